/* form.c - the text of a subtree with blanks where values go. */
#include "form.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/number_text.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"

enum {
	NODE_LIMIT = 256,  /* of a form */
	BLANK_LIMIT = 512, /* as nodes may have keys of their own */
	TEXT_LIMIT = 8192,
	COPIED = 64, /* bytes of text at least; what is too much is written over */
	BEFORE_LIMIT = SINK_PIECE - COPIED - SCALAR_ROOM,
};

void forms_init(struct forms *forms)
{
	*forms = (struct forms){ 0 };
	sink_init(&forms->text, NULL);
	forms->blanks = must_alloc(BLANK_LIMIT * sizeof *forms->blanks);
}

static void form_free(struct form *form)
{
	if (!form)
		return;
	free(form->shape);
	free(form->blanks);
	free(form->text);
	free(form);
}

void forms_free(struct forms *forms)
{
	for (unsigned i = 0; i < FORM_SLOTS; i++)
		form_free(forms->slots[i].form);
	sink_free(&forms->text);
	free(forms->blanks);
	*forms = (struct forms){ 0 };
}

/* Field, depth, flags and span, and whether it has words of its own. */
static inline uint64_t shape_of(const struct node *node)
{
	return node->field | (uint64_t)node->depth << 16 | (uint64_t)node->flags << 24 |
	       (uint64_t)node->span << 32 | (uint64_t)(node->label != 0) << 63;
}

static uint64_t hash_of(const struct node *nodes, uint32_t count, unsigned depth)
{
	uint64_t hash = depth + ((uint64_t)count << 32);

	for (uint32_t i = 0; i < count; i++)
		hash = (hash << 5 | hash >> 59) ^ shape_of(&nodes[i]) * 0x9e3779b97f4a7c15u;
	return hash_number(hash) | 1;
}

static bool has_shape(const struct form *form, const struct node *nodes, uint32_t count,
		      unsigned depth)
{
	if (form->node_count != count || form->depth != depth)
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (form->shape[i] != shape_of(&nodes[i]))
			return false;
	return true;
}

struct form_slot *forms_slot(struct forms *forms, const struct dissection *d, uint32_t first,
			     uint32_t end, unsigned depth)
{
	const struct node *nodes = d->nodes + first;
	uint32_t count = end - first;

	if (count > NODE_LIMIT)
		return NULL;
	uint64_t hash = hash_of(nodes, count, depth);
	struct form_slot *slot = &forms->slots[hash >> 32 & (FORM_SLOTS - 1)];
	if (slot->form && slot->hash == hash && has_shape(slot->form, nodes, count, depth))
		return slot;
	if (slot->seen != hash) {
		slot->seen = hash;
		return NULL;
	}
	form_free(slot->form);
	slot->form = NULL;
	slot->hash = hash;
	return slot;
}

void forms_begin(struct forms *forms, uint32_t first)
{
	forms->text.at = forms->text.buffer;
	forms->first = first;
	forms->blank_count = 0;
	forms->blank_at = 0;
	forms->is_open = false;
	forms->is_writing = true;
}

void forms_blank(struct forms *forms, const struct dissection *d, uint32_t node,
		 enum blank_kind kind)
{
	size_t at = (size_t)(forms->text.at - forms->text.buffer);

	if (forms->blank_count == BLANK_LIMIT || at > TEXT_LIMIT ||
	    at - forms->blank_at > BEFORE_LIMIT) {
		forms->is_open = true;
		return;
	}
	forms->blanks[forms->blank_count++] = (struct blank){
		.field = registry_field(d->nodes[node].field),
		.node = node - forms->first,
		.before = (uint16_t)(at - forms->blank_at),
		.kind = (uint16_t)kind,
	};
	forms->blank_at = at;
}

static void *copy_of(const void *from, size_t size, size_t spare)
{
	return memcpy(must_zeroed(size + spare, 1), from, size);
}

void forms_end(struct forms *forms, struct form_slot *slot, const struct dissection *d,
	       uint32_t end, unsigned depth)
{
	uint32_t first = forms->first, count = end - first;
	struct form *form = must_zeroed(1, sizeof *form);

	forms_blank(forms, d, first, BLANK_NOTHING);
	forms->is_writing = false;
	form->depth = depth;
	form->node_count = count;
	form->shape = must_zeroed(count + 1, sizeof *form->shape);
	for (uint32_t i = 0; i < count; i++)
		form->shape[i] = shape_of(&d->nodes[first + i]);
	form->is_open = forms->is_open;
	if (!form->is_open) {
		form->blank_count = forms->blank_count;
		form->blanks = copy_of(forms->blanks, forms->blank_count * sizeof *form->blanks, 0);
		form->text = copy_of(forms->text.buffer, forms->blank_at, COPIED);
	}
	slot->form = form;
}

/* Short values alone; the room was asked for. */
static inline char *fill(char *at, const struct blank *blank, const struct node *node)
{
	if (blank->kind == BLANK_DECIMAL)
		return number_put(at, node->value.number);
	return put_scalar(at, blank->field, node);
}

/* Text in front of a blank; the first bytes, which mostly are all, by a copy of constant size. */
static inline char *put_before(struct sink *sink, const char *text, size_t n)
{
	char *at = sink_room(sink, n + COPIED + SCALAR_ROOM);

	memcpy(at, text, COPIED);
	if (n > COPIED)
		memcpy(at + COPIED, text + COPIED, n - COPIED);
	return at + n;
}

void form_fill(const struct form *form, struct sink *sink, struct dissection *d, uint32_t first,
	       const struct form_fillers *fillers)
{
	const struct blank *blank = form->blanks, *end = blank + form->blank_count;
	const char *text = form->text;

	for (; blank < end; text += blank->before, blank++) {
		const struct node *node = &d->nodes[first + blank->node];
		char *at = put_before(sink, text, blank->before);
		if (blank->kind == BLANK_DECIMAL || blank->kind == BLANK_SCALAR)
			at = fill(at, blank, node);
		sink_wrote(sink, at);
		if (blank->kind == BLANK_VALUE)
			fillers->value(sink, d, node);
		else if (blank->kind == BLANK_KEY)
			fillers->key(sink, d, node);
	}
}
