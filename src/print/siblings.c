/* siblings.c - which members of an object share a key. */
#include "siblings.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "node_value.h"

void siblings_init(struct siblings *siblings)
{
	registry_build();
	*siblings = (struct siblings){ 0 };
	siblings->fields = must_zeroed(registry_field_count() + 1, sizeof *siblings->fields);
	for (unsigned i = 0; i < registry_field_count(); i++) {
		const struct field *field = registry_field(i);
		siblings->fields[i].kind = field_is_own(field)		? SIBLING_HIDDEN
					   : field->flags & FIELD_WORDS ? SIBLING_WORDS
									: SIBLING_FIELD;
	}
}

void siblings_free(struct siblings *siblings)
{
	free(siblings->fields);
	free(siblings->of);
	*siblings = (struct siblings){ 0 };
}

static bool ends_in(const char *text, size_t n, const char *suffix)
{
	size_t length = strlen(suffix);

	return n >= length && !memcmp(text + n - length, suffix, length);
}

bool words_are_constant(const struct node *node)
{
	return !node->label && node_is_bare(registry_field(node->field));
}

/* Words that a field's key could be, too, are told apart by a blank. */
const char *key_of_words(struct dissection *d, const struct node *node)
{
	char text[NODE_TEXT_ROOM + 2];
	size_t n = node_words(d, node, text, NODE_TEXT_ROOM);

	if (ends_in(text, n, "_raw") || ends_in(text, n, "_tree") ||
	    registry_field_named(text) >= 0)
		text[n++] = ' ';
	return arena_text(&d->arena, text, n);
}

static void chain(struct siblings *siblings, uint32_t before, uint32_t node)
{
	siblings->of[before].next = node;
	siblings->of[node].skipped = true;
}

/* Lines of text: `count` of them are in [first, end). */
static void gather_words(struct siblings *siblings, struct dissection *d, uint32_t first,
			 uint32_t end, uint32_t count)
{
	uint32_t size = 4;

	while (size < 2 * count)
		size *= 2;
	uint32_t *last = arena_zeroed(&d->arena, size * sizeof *last);
	for (uint32_t i = first; i < end; i += d->nodes[i].span) {
		struct sibling *at = &siblings->of[i];
		if (siblings->fields[d->nodes[i].field].kind != SIBLING_WORDS)
			continue;
		at->words = key_of_words(d, &d->nodes[i]);
		siblings->depends |= count > 1 && !words_are_constant(&d->nodes[i]);
		uint32_t slot = (uint32_t)hash_bytes(at->words, strlen(at->words)) & (size - 1);
		while (last[slot] && strcmp(siblings->of[last[slot] - 1].words, at->words) != 0)
			slot = (slot + 1) & (size - 1);
		if (last[slot])
			chain(siblings, last[slot] - 1, i);
		last[slot] = i + 1;
	}
}

void siblings_gather(struct siblings *siblings, struct dissection *d, uint32_t first, uint32_t end)
{
	uint32_t generation = ++siblings->generation, words = 0;

	siblings->depends = false;

	if (siblings->room < d->node_count) {
		siblings->room = d->node_count + d->node_count / 2;
		siblings->of = must_resize(siblings->of, siblings->room, sizeof *siblings->of);
	}
	for (uint32_t i = first; i < end; i += d->nodes[i].span) {
		struct seen_field *field = &siblings->fields[d->nodes[i].field];
		siblings->of[i] = (struct sibling){ .skipped = field->kind == SIBLING_HIDDEN };
		words += field->kind == SIBLING_WORDS;
		if (field->kind != SIBLING_FIELD)
			continue;
		if (field->generation == generation)
			chain(siblings, field->last, i);
		field->generation = generation;
		field->last = i;
	}
	if (words)
		gather_words(siblings, d, first, end, words);
}
