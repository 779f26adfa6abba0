/* form.c - the text of a subtree with blanks where values go. */
#include "form.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/number_text.h"
#include "dissect/registry.h"

enum {
	NODE_LIMIT = 256,  /* of a form */
	BLANK_LIMIT = 512, /* as nodes may have keys of their own */
	TEXT_LIMIT = 8192,
	COPIED = 64, /* bytes of text at least; what is too much is written over */
	BEFORE_LIMIT = SINK_PIECE - COPIED - SCALAR_ROOM,
};

void forms_init(struct forms *forms, const struct form_fillers *fillers)
{
	*forms = (struct forms){ .fillers = fillers };
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

/* Field, depth, flags and span: one word of the node. */
static inline uint64_t head_of(const struct node *node)
{
	return node->field | (uint64_t)node->depth << 16 | (uint64_t)node->flags << 24 |
	       (uint64_t)node->span << 32;
}

/* And whether it has words of its own. */
static inline uint64_t shape_of(const struct node *node)
{
	return head_of(node) | (uint64_t)(node->label != 0) << 63;
}

static uint64_t hash_of(const struct node *nodes, uint32_t count, unsigned depth)
{
	uint64_t hash = depth + ((uint64_t)count << 32);

	for (uint32_t i = 0; i < count; i++)
		hash = (hash << 5 | hash >> 59) ^ shape_of(&nodes[i]) * 0x9e3779b97f4a7c15u;
	return hash_number(hash) | 1;
}

static bool has_heads(const uint64_t *shape, const struct node *nodes, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (shape[i] != head_of(&nodes[i]))
			return false;
	return true;
}

static bool has_shape(const struct form *form, const struct dissection *d, uint32_t first,
		      uint32_t count, unsigned depth)
{
	const struct node *nodes = d->nodes + first;

	if (form->node_count != count || form->depth != depth)
		return false;
	/* Most packets have no labels that anybody wants. */
	if (!d->label_count)
		return has_heads(form->shape, nodes, count);
	for (uint32_t i = 0; i < count; i++)
		if (form->shape[i] != shape_of(&nodes[i]))
			return false;
	return true;
}

/* By the hash. */
static struct form_slot *slot_of(struct forms *forms, const struct dissection *d, uint32_t first,
				 uint32_t count, unsigned depth)
{
	uint64_t hash = hash_of(d->nodes + first, count, depth);
	struct form_slot *slot = &forms->slots[hash >> 32 & (FORM_SLOTS - 1)];

	if (slot->form && slot->hash == hash && has_shape(slot->form, d, first, count, depth))
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

struct form_slot *forms_slot(struct forms *forms, const struct dissection *d, uint32_t first,
			     uint32_t end, unsigned depth)
{
	uint32_t count = end - first;

	if (count > NODE_LIMIT)
		return NULL;
	uint16_t *guess = &forms->guesses[(d->nodes[first - 1].field + 31 * count) % FORM_GUESSES];
	struct form_slot *slot = &forms->slots[*guess];
	if (slot->form && has_shape(slot->form, d, first, count, depth))
		return slot;
	slot = slot_of(forms, d, first, count, depth);
	if (slot)
		*guess = (uint16_t)(slot - forms->slots);
	return slot;
}

void forms_begin(struct forms *forms, uint32_t first)
{
	sink_empty(&forms->text);
	forms->first = first;
	forms->blank_count = 0;
	forms->blank_at = 0;
	forms->is_open = false;
	forms->is_writing = true;
}

static enum blank_kind scalar_kind(const struct field *field)
{
	switch (field->type) {
	case FIELD_BOOL:
		return BLANK_BIT;
	case FIELD_IPV4:
		return BLANK_IPV4;
	case FIELD_ETHER:
		return BLANK_ETHER;
	case FIELD_TIME:
		return BLANK_TIME;
	case FIELD_DURATION:
		return BLANK_DURATION;
	default:
		break;
	}
	bool hex = field->base == BASE_HEX || field->base == BASE_HEX_DEC;
	return hex && field->type >= FIELD_U8 && field->type <= FIELD_U64 ? BLANK_HEX
									  : BLANK_SCALAR;
}

void forms_blank(struct forms *forms, const struct dissection *d, uint32_t node,
		 enum blank_kind kind)
{
	const struct field *field = registry_field(d->nodes[node].field);
	size_t at = sink_length(&forms->text);

	if (forms->blank_count == BLANK_LIMIT || at > TEXT_LIMIT ||
	    at - forms->blank_at > BEFORE_LIMIT) {
		forms->is_open = true;
		return;
	}
	forms->blanks[forms->blank_count++] = (struct blank){
		.field = field,
		.node = node - forms->first,
		.before = (uint16_t)(at - forms->blank_at),
		.kind = (uint8_t)(kind == BLANK_SCALAR ? scalar_kind(field) : kind),
		.digits = (uint8_t)(2 * field_width(field->type)),
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

/* Short values, for which there is room; the same as put_scalar() writes. */
static inline char *fill(char *at, const struct blank *blank, const struct node *node,
			 struct time_minute *minute)
{
	uint64_t number = node->value.number;

	switch (blank->kind) {
	case BLANK_NOTHING:
		return at;
	case BLANK_DECIMAL:
		return number_put(at, number);
	case BLANK_BIT:
		*at = number ? '1' : '0';
		return at + 1;
	case BLANK_HEX:
		memcpy(at, "0x", 2);
		return number_put_hex(at + 2, number, blank->digits);
	case BLANK_IPV4:
		return number_put_ipv4(at, (uint32_t)number);
	case BLANK_ETHER:
		return node->value.bytes ? number_put_bytes_apart(at, node->value.bytes, 6) : at;
	case BLANK_TIME:
		return put_time_of_minute(at, minute, (int64_t)number,
					  blank->field->base == BASE_UTC);
	case BLANK_DURATION:
		return put_duration_text(at, (int64_t)number);
	default:
		return put_scalar(at, blank->field, node);
	}
}

/* By copies of constant size. */
static inline char *put_before(char *at, const char *text, size_t n)
{
	memcpy(at, text, COPIED);
	for (size_t done = COPIED; done < n; done += COPIED)
		memcpy(at + done, text + done, COPIED);
	return at + n;
}

static char *fill_long(const struct forms *forms, struct sink *sink, struct dissection *d,
		       const struct blank *blank, const struct node *node)
{
	if (blank->kind == BLANK_KEY)
		forms->fillers->key(sink, d, node);
	else
		forms->fillers->value(sink, d, node);
	return sink->at;
}

/* The sink is told where the text ends only when it has to know. */
void form_fill(struct forms *forms, const struct form *form, struct sink *sink,
	       struct dissection *d, uint32_t first)
{
	const struct blank *blank = form->blanks, *end = blank + form->blank_count;
	const struct node *nodes = d->nodes + first;
	const char *text = form->text;
	char *at = sink->at;

	for (; blank < end; text += blank->before, blank++) {
		const struct node *node = &nodes[blank->node];
		size_t needed = blank->before + COPIED + SCALAR_ROOM;
		if (unlikely((size_t)(sink->end - at) < needed)) {
			sink_wrote(sink, at);
			at = sink_room(sink, needed);
		}
		at = put_before(at, text, blank->before);
		if (blank->kind == BLANK_VALUE || blank->kind == BLANK_KEY) {
			sink_wrote(sink, at);
			at = fill_long(forms, sink, d, blank, node);
		} else {
			at = fill(at, blank, node, &forms->minute);
		}
	}
	sink_wrote(sink, at);
}
