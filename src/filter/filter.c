/* filter.c - a filter from its text to what any thread may run. */
#include "filter/filter.h"

#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "syntax.h"

static bool compile(struct filter *filter, struct filter_error *error)
{
	struct syntax *tree = parse_filter(&filter->arena, filter->text, error);

	if (error->message[0] || (tree && !check_filter(filter, tree, error)))
		return false;
	return generate_program(filter, tree, error);
}

struct filter *filter_compile(const char *text, const struct filter_macros *macros,
			      struct filter_error *error)
{
	struct filter *filter = must_zeroed(1, sizeof *filter);
	char *expanded;

	registry_build();
	*error = (struct filter_error){ 0 };
	filter->wanted = must_zeroed(registry_field_count() / 8 + 1, 1);
	expanded = expand_macros(text, macros, error);
	if (expanded) {
		filter->text = arena_text(&filter->arena, expanded, strlen(expanded));
		free(expanded);
		if (compile(filter, error)) {
			free(error->text);
			error->text = NULL;
			return filter;
		}
	}
	filter_free(filter);
	return NULL;
}

void filter_free(struct filter *filter)
{
	if (!filter)
		return;
	struct program *program = &filter->program;
	for (uint32_t i = 0; i < program->set_count; i++)
		free(program->sets[i].members);
	for (uint32_t i = 0; i < filter->regex_count; i++)
		regex_free(filter->regexes[i]);
	free(program->code);
	free(program->reads);
	free(program->constants);
	free(program->slices);
	free(program->calls);
	free(program->sets);
	free(program->regexes);
	free(program->references);
	free(filter->regexes);
	free(filter->wanted);
	arena_free(&filter->selected);
	arena_free(&filter->arena);
	free(filter);
}

const uint8_t *filter_wanted_fields(const struct filter *filter)
{
	return filter->wanted;
}

bool filter_needs_later(const struct filter *filter)
{
	return filter->needs_later;
}

bool filter_matches(const struct filter *filter, struct dissection *d)
{
	return run_program(&filter->program, d);
}

bool filter_has_references(const struct filter *filter)
{
	return filter->program.reference_count > 0;
}

/* What a value points at lives as long as its packet only. */
static void keep_bytes(struct arena *arena, struct value *value)
{
	enum type_family family = type_family(value->type);

	if (value->length && (family == FAMILY_BYTES || family == FAMILY_TEXT ||
			      family == FAMILY_PROTOCOL || family == FAMILY_IPV6))
		value->text = arena_text(arena, value->text, value->length);
}

void filter_set_reference(struct filter *filter, struct dissection *d)
{
	struct program *program = &filter->program;

	arena_reset(&filter->selected);
	for (uint32_t i = 0; i < program->reference_count; i++) {
		struct reference *reference = &program->references[i];
		reference->values = (struct value_list){ 0 };
		if (!d)
			continue;
		read_values(&reference->read, d, &filter->selected, &reference->values);
		for (uint32_t k = 0; k < reference->values.count; k++)
			keep_bytes(&filter->selected, &reference->values.items[k]);
	}
}
