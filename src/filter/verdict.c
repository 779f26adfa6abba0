/* verdict.c - what a filter says to a stack of protocols, before a packet is taken apart.
 *
 * The program is followed with what the answer may be at each instruction: true, false or
 * both.  A field whose protocol is not in the stack is not in the packet. */
#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "program.h"

/* As a bit of layers that no packet has: none of those above it is left out. */
#define WALK_ALL (UINT64_C(1) << 63)

struct stack {
	const struct path_table *paths;
	uint16_t path;
};

static bool stack_holds(const struct stack *stack, const char *name)
{
	for (uint16_t path = stack->path; path != PATH_NONE; path = path_parent(stack->paths, path))
		if (!path_is_mention(stack->paths, path) &&
		    !strcmp(path_name(stack->paths, path), name))
			return true;
	return false;
}

static bool layer_shows(const struct dissector *layer, const struct dissector *owner)
{
	return layer && (layer == owner || layer->fields_of == owner || layer->borrows == owner);
}

/* Who borrows fields does not show those that are placed. */
static bool layer_shows_field(const struct dissector *layer, const struct dissector *owner,
			      const struct field *field)
{
	return layer_shows(layer, owner) && !(field->place && layer->borrows == owner);
}

/* NULL: what stands there in the path is mentioned only. */
static const struct dissector *layer_at(const struct stack *stack, uint16_t path)
{
	if (path_is_mention(stack->paths, path))
		return NULL;
	return registry_dissector_named(path_name(stack->paths, path));
}

/* Is there a layer that shows fields of this one? */
static bool stack_shows(const struct stack *stack, const struct dissector *owner,
			const struct field *field)
{
	for (uint16_t path = stack->path; path != PATH_NONE; path = path_parent(stack->paths, path))
		if (layer_shows_field(layer_at(stack, path), owner, field))
			return true;
	return false;
}

unsigned answer_on_path(const struct read *read, bool is_test, const struct path_table *paths,
			uint16_t path)
{
	const struct dissector *owner = registry_field_owner(read->field);
	const struct field *field = registry_field(read->field);
	const struct stack stack = { paths, path };

	/* What stands apart is in no path. */
	if (owner->apart)
		return MAY_BE_EITHER;
	/* Parts of a protocol may be of that type too. */
	if (field != &owner->fields[0])
		return stack_shows(&stack, owner, field) ? MAY_BE_EITHER : MAY_BE_FALSE;
	if (!stack_holds(&stack, owner->name))
		return MAY_BE_FALSE;
	return is_test && !read->layers ? MAY_BE_TRUE : MAY_BE_EITHER;
}

static unsigned negated(unsigned answer)
{
	return (answer & MAY_BE_FALSE ? MAY_BE_TRUE : 0u) |
	       (answer & MAY_BE_TRUE ? MAY_BE_FALSE : 0u);
}

static unsigned differ(unsigned left, unsigned right)
{
	if (left == MAY_BE_EITHER || right == MAY_BE_EITHER)
		return MAY_BE_EITHER;
	return left == right ? MAY_BE_FALSE : MAY_BE_TRUE;
}

/* What may be in the machine's places for values and answers. */
struct places {
	bool filled[REGISTERS]; /* registers: may there be values? */
	uint8_t kept[REGISTERS];
};

static unsigned answer_to_call(const struct program *program, const struct instruction *at,
			       struct places *places)
{
	unsigned arguments = program->calls[at->operand].arguments;
	bool filled = false;

	for (unsigned i = 0; i < arguments; i++)
		filled = filled || places->filled[at->left + i];
	places->filled[at->to] = filled;
	return filled ? MAY_BE_EITHER : MAY_BE_FALSE;
}

static unsigned answer_to_fetch(const struct program *program, const struct instruction *at,
				unsigned answer, const struct stack *stack, struct places *places)
{
	if (at->operation == OP_READ)
		answer = answer_on_path(&program->reads[at->operand], false, stack->paths,
					stack->path);
	else if (at->operation == OP_REFERENCE)
		answer = program->references[at->operand].values.count ? MAY_BE_TRUE : MAY_BE_FALSE;
	places->filled[at->to] = at->operation == OP_CONSTANT || answer & MAY_BE_TRUE;
	return answer;
}

static unsigned answer_after(const struct program *program, const struct instruction *at,
			     unsigned answer, const struct stack *stack, struct places *places)
{
	switch ((enum operation)at->operation) {
	case OP_HAS:
		return answer_on_path(&program->reads[at->operand], true, stack->paths,
				      stack->path);
	case OP_READ:
	case OP_REFERENCE:
	case OP_CONSTANT:
		return answer_to_fetch(program, at, answer, stack, places);
	case OP_CALL:
		return answer_to_call(program, at, places);
	case OP_TRUE:
	case OP_COMPARE:
	case OP_CONTAINS:
	case OP_MATCHES:
	case OP_IN:
		return MAY_BE_EITHER;
	case OP_NOT:
		return negated(answer);
	case OP_KEEP:
		places->kept[at->to] = (uint8_t)answer;
		return answer;
	case OP_XOR:
		return differ(places->kept[at->to], answer);
	case OP_SET:
		return at->operand ? MAY_BE_TRUE : MAY_BE_FALSE;
	default:
		return answer;
	}
}

/* What the answer may be where the instruction goes on, or jumps. */
static void follow(const struct instruction *at, uint32_t n, unsigned answer, uint8_t *possible)
{
	unsigned jumps = at->operation == OP_JUMP	   ? MAY_BE_EITHER
			 : at->operation == OP_JUMP_IF	   ? MAY_BE_TRUE
			 : at->operation == OP_JUMP_UNLESS ? MAY_BE_FALSE
							   : 0u;

	if (answer & jumps)
		possible[at->operand] |= (uint8_t)(answer & jumps);
	possible[n + 1] |= (uint8_t)(answer & ~jumps);
}

enum filter_verdict filter_verdict_on_path(const struct filter *filter,
					   const struct path_table *paths, uint16_t path)
{
	const struct program *program = &filter->program;
	struct stack stack = { paths, path };
	struct places places = { 0 };

	if (path_table_is_cut(paths))
		return FILTER_LOOK;
	uint8_t *possible = must_zeroed(program->length + 1, 1);
	possible[0] = MAY_BE_FALSE;
	for (uint32_t n = 0; n + 1 < program->length; n++) {
		const struct instruction *at = &program->code[n];
		if (possible[n])
			follow(at, n, answer_after(program, at, possible[n], &stack, &places),
			       possible);
	}
	unsigned answer = possible[program->length - 1];
	free(possible);
	return answer == MAY_BE_TRUE	? FILTER_YES
	       : answer == MAY_BE_FALSE ? FILTER_NO
					: FILTER_LOOK;
}

/* One bit for each layer that shows fields of the owner. */
static uint64_t layers_of(const struct stack *stack, const struct dissector *owner)
{
	uint64_t layers = 0;

	/* From the top: each layer above moves those below by one. */
	for (uint16_t path = stack->path; path != PATH_NONE;
	     path = path_parent(stack->paths, path)) {
		const struct dissector *layer = layer_at(stack, path);
		if (!layer)
			continue;
		if (layers >> 63)
			return UINT64_MAX;
		layers = layers << 1 | layer_shows(layer, owner);
	}
	return layers;
}

uint64_t filter_wanted_layers(const struct filter *filter, const struct path_table *paths,
			      uint16_t path)
{
	const struct program *program = &filter->program;
	struct stack stack = { paths, path };
	uint64_t layers = 0;

	if (path_table_is_cut(paths))
		return UINT64_MAX;
	for (uint32_t i = 0; i < program->read_count && layers != UINT64_MAX; i++) {
		const struct read *read = &program->reads[i];
		const struct dissector *owner = registry_field_owner(read->field);
		/* Layers are counted over all of the packet. */
		if (owner->apart || read->layers)
			return UINT64_MAX;
		layers |= layers_of(&stack, owner);
		const struct field *field = registry_field(read->field);
		if (field->flags & FIELD_SEES_BELOW || field->severity != EXPERT_NONE)
			layers |= WALK_ALL;
	}
	/* 0 would mean all of them. */
	return layers ? layers : 1;
}

static unsigned count_layers(const struct stack *stack, const struct dissector *owner)
{
	unsigned count = 0;

	for (uint16_t path = stack->path; path != PATH_NONE; path = path_parent(stack->paths, path))
		count += layer_shows(layer_at(stack, path), owner);
	return count;
}

bool is_never_read(const struct program *program, uint32_t read)
{
	for (uint32_t n = 0; n < program->length; n++)
		if (program->code[n].operation == OP_READ && program->code[n].operand == read)
			return false;
	return true;
}

/* Of one layer of the packet, and the same in the whole conversation. */
static bool is_of_ends(const struct program *program, uint32_t n, unsigned layers)
{
	const struct read *read = &program->reads[n];
	const struct field *field = registry_field(read->field);
	const struct dissector *owner = registry_field_owner(read->field);

	if (owner->apart || read->layers || read->is_raw)
		return false;
	if (layers == 0 || (field == &owner->fields[0] && is_never_read(program, n)))
		return true;
	/* In a tunnel the outer ends are not those of the conversation. */
	return layers == 1 && field->flags & FIELD_OF_CONVERSATION;
}

uint16_t filter_ends_class(const struct filter *filter, const struct path_table *paths,
			   uint16_t path)
{
	const struct program *program = &filter->program;
	struct stack stack = { paths, path };
	uint16_t class = 1;

	if (path_table_is_cut(paths) || program->read_count > 15)
		return 0;
	for (uint32_t n = 0; n < program->read_count; n++) {
		unsigned layers =
			count_layers(&stack, registry_field_owner(program->reads[n].field));
		if (!is_of_ends(program, n, layers))
			return 0;
		class = (uint16_t)(class << 1 | (layers > 0));
	}
	return class;
}
