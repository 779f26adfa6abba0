/* dissection.c - making nodes: what the packet says becomes rows of one array.
 *
 * Every function that adds asks wanted() first, which is also where a failed layer
 * stops having any effect. */
#include <stdlib.h>
#include <string.h>

#include "base/bitmap.h"
#include "dissect/dissector.h"
#include "dissect/registry.h"
#include "node_order.h"

static const uint8_t widths[FIELD_TYPES] = {
	[FIELD_BOOL] = 1, [FIELD_U8] = 1, [FIELD_U16] = 2, [FIELD_U24] = 3, [FIELD_U32] = 4,
	[FIELD_U40] = 5, [FIELD_U48] = 6, [FIELD_U56] = 7, [FIELD_U64] = 8,
	[FIELD_I8] = 1, [FIELD_I16] = 2, [FIELD_I24] = 3, [FIELD_I32] = 4, [FIELD_I64] = 8,
	[FIELD_IPV4] = 4, [FIELD_EUI64] = 8, [FIELD_FRAME] = 4,
};

unsigned field_width(enum field_type type)
{
	return widths[type];
}

unsigned field_placed_width(const struct field *field)
{
	unsigned bits = field->mask ? 64 - (unsigned)__builtin_clzll(field->mask) : 1;

	switch (field->type) {
	case FIELD_BOOL:
		return (bits + 7) / 8;
	case FIELD_ETHER:
		return 6;
	case FIELD_IPV6:
		return 16;
	default:
		return widths[field->type];
	}
}

const char *value_name(const struct value_name *names, uint64_t value)
{
	if (!names)
		return NULL;
	for (; names->name; names++)
		if (names->value == value)
			return names->name;
	return NULL;
}

void dissection_init(struct dissection *d)
{
	static const uint8_t no_fault = FAULT_NONE;

	*d = (struct dissection){ .gather_limit = UINT32_MAX, .fault = &no_fault };
	d->info = must_alloc(INFO_LIMIT + 1);
	d->info[0] = '\0';
}

void dissection_free(struct dissection *d)
{
	free(d->nodes);
	free(d->labels);
	free(d->findings);
	free(d->parts);
	free(d->info);
	for (unsigned i = 0; i < FACT_PLACES; i++)
		free(d->fact_places[i]);
	arena_free(&d->arena);
	*d = (struct dissection){ 0 };
}

static inline bool layer_ok(const struct dissection *d)
{
	return likely(*d->fault == FAULT_NONE);
}

static inline const struct layer *layer_at_work(const struct dissection *d)
{
	return &d->layers[d->layer_count - 1];
}

static inline const struct field *field_at(const struct dissection *d, unsigned field)
{
	return &d->fields[field];
}

static inline bool wanted(const struct dissection *d, unsigned field)
{
	if (!wants_fields(d))
		return false;
	/* Of a filter's few fields most are not: that is asked first. */
	if (d->wanted_fields &&
	    !bitmap_has(d->wanted_fields, layer_at_work(d)->first_field + field))
		return false;
	return layer_ok(d) && d->node_count < MAX_NODES;
}

bool field_wanted(const struct dissection *d, unsigned field)
{
	return wanted(d, field);
}

bool field_asked_for(const struct dissection *d, unsigned field)
{
	return wants_fields(d) && d->wanted_fields && wanted(d, field);
}

static void grow_nodes(struct dissection *d)
{
	d->node_room = d->node_room ? d->node_room * 2 : 256;
	d->nodes = must_resize(d->nodes, d->node_room, sizeof *d->nodes);
}

/* What of [start, start + length) is in the buffer: a length that the packet says may be a lie. */
static uint32_t in_buffer(const struct dissection *d, uint8_t source, uint32_t start, uint32_t length)
{
	uint32_t end = d->buffers[source].length;

	if (start >= end)
		return 0;
	return length < end - start ? length : end - start;
}

/* A node at the depth at work, in an array that has room. */
static inline struct node *put_node(struct dissection *d, unsigned number, uint32_t start, uint32_t length,
				    unsigned source)
{
	struct node *node = &d->nodes[d->node_count];

	*node = (struct node){ .field = (uint16_t)number, .depth = d->depth, .span = 1, .start = start,
			       .length = length, .source = source & 0xff };
	d->last = d->node_count++;
	return node;
}

static struct node *append(struct dissection *d, unsigned number, const struct cursor *c, uint32_t start,
			   uint32_t length);
static struct node *append_generated(struct dissection *d, unsigned number);

/* Apart, so that the usual way has no call in it, and keeps all it works with in registers. */
static __attribute__((noinline, cold)) struct node *
append_growing(struct dissection *d, unsigned number, const struct cursor *c, uint32_t start, uint32_t length)
{
	grow_nodes(d);
	return append(d, number, c, start, length);
}

static __attribute__((noinline, cold)) struct node *append_generated_growing(struct dissection *d,
									     unsigned number)
{
	grow_nodes(d);
	return append_generated(d, number);
}

/* A node of the registry's field `number`. */
static __attribute__((noinline)) struct node *append(struct dissection *d, unsigned number,
						     const struct cursor *c, uint32_t start,
						     uint32_t length)
{
	if (unlikely(d->node_count == d->node_room))
		return append_growing(d, number, c, start, length);
	uint8_t source = c ? c->source : 0;
	return put_node(d, number, start, in_buffer(d, source, start, length), source);
}

/* Of what was found out: it stands where its layer begins. */
static __attribute__((noinline)) struct node *append_generated(struct dissection *d, unsigned number)
{
	if (unlikely(d->node_count == d->node_room))
		return append_generated_growing(d, number);
	node_id layer = layer_at_work(d)->node;
	uint32_t start = layer == NO_NODE ? 0 : d->nodes[layer].start;
	struct node *node = put_node(d, number, start, 0, layer == NO_NODE ? 0 : d->nodes[layer].source);
	node->flags = NODE_GENERATED;
	return node;
}

/* Most often nobody wants it. */
static inline __attribute__((always_inline)) struct node *
add(struct dissection *d, unsigned field, const struct cursor *c, uint32_t start, uint32_t length)
{
	if (!wanted(d, field)) {
		d->last = NO_NODE;
		return NULL;
	}
	return append(d, layer_at_work(d)->first_field + field, c, start, length);
}

/* The same of what was found out. */
static inline __attribute__((always_inline)) struct node *add_generated(struct dissection *d, unsigned field)
{
	if (!wanted(d, field)) {
		d->last = NO_NODE;
		return NULL;
	}
	return append_generated(d, layer_at_work(d)->first_field + field);
}

static uint64_t load_le(const uint8_t *p, unsigned n)
{
	uint64_t value = 0;

	while (n--)
		value = value << 8 | p[n];
	return value;
}

/* The word at the cursor that the field is in; *p is NULL when it is not there. */
static inline uint64_t read_word(struct cursor *c, const struct field *f, uint32_t n, bool little,
				 const uint8_t **p)
{
	*p = cursor_bytes(c, n);
	if (!*p)
		return 0;
	return field_bits(f, little ? load_le(*p, n) : load_be(*p, n), n);
}

static uint64_t take_word(struct dissection *d, struct cursor *c, unsigned field, uint32_t n, bool little)
{
	const uint8_t *p;

	if (n > 8)
		n = 8;
	uint64_t value = read_word(c, field_at(d, field), n, little, &p);
	if (!p) {
		d->last = NO_NODE;
		return 0;
	}
	if (wants_fields(d)) {
		struct node *node = add(d, field, c, c->pos - n, n);
		if (node)
			node->value.number = value;
	}
	return value;
}

/* By far the most often called: without fields it only reads. */
uint64_t take_uint(struct dissection *d, struct cursor *c, unsigned field)
{
	const struct field *f = field_at(d, field);
	const uint8_t *p;

	if (wants_fields(d))
		return take_word(d, c, field, widths[f->type], false);
	return read_word(c, f, widths[f->type], false, &p);
}

uint64_t take_uint_le(struct dissection *d, struct cursor *c, unsigned field)
{
	return take_word(d, c, field, widths[field_at(d, field)->type], true);
}

uint64_t take_uint_n(struct dissection *d, struct cursor *c, unsigned field, uint32_t n)
{
	return take_word(d, c, field, n, false);
}

uint64_t look_uint_n(struct dissection *d, struct cursor *c, unsigned field, uint32_t n)
{
	struct cursor copy = *c;

	return take_word(d, &copy, field, n, false);
}

uint64_t look_uint(struct dissection *d, struct cursor *c, unsigned field)
{
	return look_uint_n(d, c, field, widths[field_at(d, field)->type]);
}

/* Of a word that more fields stand on: room and wishes are asked for as add() does. */
static inline void add_bit(struct dissection *d, unsigned field, const struct node *word, uint64_t value)
{
	if (!wanted(d, field))
		return;
	if (unlikely(d->node_count == d->node_room))
		grow_nodes(d);
	put_node(d, layer_at_work(d)->first_field + field, word->start, word->length, word->source)
		->value.number = value;
}

uint64_t take_flags(struct dissection *d, struct cursor *c, unsigned field, unsigned first, unsigned last)
{
	const struct field *f = field_at(d, field);
	uint32_t n = widths[f->type];
	struct cursor at = *c;
	const uint8_t *p = cursor_bytes(c, n);

	if (!p) {
		d->last = NO_NODE;
		return 0;
	}
	uint64_t word = load_be(p, n), value = field_bits(f, word, n);
	if (!wants_fields(d))
		return value;
	struct node *node = add(d, field, &at, at.pos, n);
	if (node)
		node->value.number = value;
	node_id tree = d->last;
	open_node(d, tree);
	const struct node place = { .start = at.pos, .length = in_buffer(d, at.source, at.pos, n),
				    .source = at.source };
	for (unsigned i = first; i <= last; i++)
		add_bit(d, i, &place, field_bits(field_at(d, i), word, n));
	close_node(d, tree);
	d->last = tree;
	return value;
}

const uint8_t *take_bytes(struct dissection *d, struct cursor *c, unsigned field, uint32_t n)
{
	const uint8_t *p = cursor_bytes(c, n);

	if (!p)
		d->last = NO_NODE;
	else if (wants_fields(d))
		add_bytes(d, c, field, c->pos - n, n, p, n);
	return p;
}

const char *take_text(struct dissection *d, struct cursor *c, unsigned field, uint32_t n)
{
	const uint8_t *p = cursor_bytes(c, n);

	if (!p || only_learning(d)) {
		d->last = NO_NODE;
		return "";
	}
	if (!wanted(d, field) && !(d->wants & WANT_COLUMNS)) {
		d->last = NO_NODE;
		return "";
	}
	const char *text = text_of(d, p, n);
	add_text(d, c, field, c->pos - n, n, text);
	return text;
}

uint32_t take_ipv4(struct dissection *d, struct cursor *c, unsigned field)
{
	return (uint32_t)take_word(d, c, field, 4, false);
}

const uint8_t *take_ipv6(struct dissection *d, struct cursor *c, unsigned field)
{
	return take_bytes(d, c, field, 16);
}

const uint8_t *take_ether(struct dissection *d, struct cursor *c, unsigned field)
{
	return take_bytes(d, c, field, 6);
}

/* Its type and length; a constant length each, so that copying is not a call. */
static inline void copy_address(struct endpoint *to, enum field_type type, const uint8_t *p)
{
	memset(to->address, 0, sizeof to->address);
	if (type == FIELD_IPV4) {
		to->type = ADDRESS_IPV4;
		memcpy(to->address, p, to->length = 4);
	} else if (type == FIELD_IPV6) {
		to->type = ADDRESS_IPV6;
		memcpy(to->address, p, to->length = 16);
	} else {
		to->type = ADDRESS_ETHER;
		memcpy(to->address, p, to->length = 6);
	}
}

void take_address(struct dissection *d, struct cursor *c, unsigned field, struct endpoint *to)
{
	enum field_type type = field_at(d, field)->type;
	uint32_t n = type == FIELD_IPV4 ? 4 : type == FIELD_IPV6 ? 16 : 6;
	const uint8_t *p = cursor_bytes(c, n);

	if (!p) {
		d->last = NO_NODE;
		return;
	}
	copy_address(to, type, p);
	if (!wants_fields(d))
		return;
	struct node *node = add(d, field, c, c->pos - n, n);
	if (!node)
		return;
	if (type == FIELD_IPV4) {
		node->value.number = load_be32(p);
	} else {
		node->value.bytes = p;
		node->value_length = n;
	}
}

node_id add_node(struct dissection *d, const struct cursor *c, unsigned field, uint32_t start, uint32_t length)
{
	if (!wants_fields(d))
		return NO_NODE;
	add(d, field, c, start, length);
	return d->last;
}

node_id add_uint(struct dissection *d, const struct cursor *c, unsigned field, uint32_t start, uint32_t length,
		 uint64_t value)
{
	if (!wants_fields(d))
		return NO_NODE;
	struct node *node = add(d, field, c, start, length);

	if (node)
		node->value.number = value;
	return d->last;
}

node_id add_bytes(struct dissection *d, const struct cursor *c, unsigned field, uint32_t start, uint32_t length,
		  const uint8_t *bytes, uint32_t n)
{
	if (!wants_fields(d))
		return NO_NODE;
	struct node *node = add(d, field, c, start, length);

	if (node) {
		node->value.bytes = bytes ? bytes : c->data + start;
		node->value_length = bytes ? n : in_buffer(d, c->source, start, n);
	}
	return d->last;
}

node_id add_text(struct dissection *d, const struct cursor *c, unsigned field, uint32_t start, uint32_t length,
		 const char *text)
{
	if (!wants_fields(d))
		return NO_NODE;
	struct node *node = add(d, field, c, start, length);

	if (node) {
		node->value.text = text;
		node->value_length = (uint32_t)strlen(text);
	}
	return d->last;
}

node_id put_none(struct dissection *d, unsigned field)
{
	if (!wants_fields(d))
		return NO_NODE;
	add_generated(d, field);
	return d->last;
}

node_id put_uint(struct dissection *d, unsigned field, uint64_t value)
{
	if (!wants_fields(d))
		return NO_NODE;
	struct node *node = add_generated(d, field);

	if (node)
		node->value.number = value;
	return d->last;
}

node_id put_double(struct dissection *d, unsigned field, double value)
{
	if (!wants_fields(d))
		return NO_NODE;
	struct node *node = add_generated(d, field);

	if (node)
		node->value.real = value;
	return d->last;
}

node_id put_text(struct dissection *d, unsigned field, const char *text)
{
	if (!wants_fields(d))
		return NO_NODE;
	struct node *node = add_generated(d, field);

	if (node) {
		node->value.text = text;
		node->value_length = (uint32_t)strlen(text);
	}
	return d->last;
}

node_id put_duration(struct dissection *d, unsigned field, int64_t ns)
{
	return put_uint(d, field, (uint64_t)ns);
}

/* Hidden, on the bytes of the last node that is there. */
static struct node *add_alias(struct dissection *d, unsigned field)
{
	uint32_t start = 0, length = 0, source = 0;

	if (d->last != NO_NODE) {
		start = d->nodes[d->last].start;
		length = d->nodes[d->last].length;
		source = d->nodes[d->last].source;
	}
	struct node *node = add(d, field, NULL, start, length);
	if (node) {
		node->source = source & 0xff;
		node->flags = NODE_HIDDEN;
	}
	return node;
}

void put_alias(struct dissection *d, unsigned field, uint64_t value)
{
	if (!wants_fields(d))
		return;
	struct node *node = add_alias(d, field);
	if (node)
		node->value.number = value;
}

void put_alias_bytes(struct dissection *d, unsigned field, const uint8_t *bytes, uint32_t n)
{
	if (!bytes || !wants_fields(d))
		return;
	struct node *node = add_alias(d, field);
	if (node) {
		node->value.bytes = bytes;
		node->value_length = n;
	}
}

node_id put_bytes(struct dissection *d, unsigned field, const struct cursor *c)
{
	uint32_t n = cursor_left(c);

	return add_bytes(d, c, field, c->pos, n, c->data + c->pos, n);
}

/* Depth is kept balanced even where nothing is added, so that it needs no checks elsewhere. */
node_id open_tree(struct dissection *d, const struct cursor *c, unsigned field)
{
	node_id tree = add_node(d, c, field, c->pos, 0);

	open_node(d, tree);
	return tree;
}

/* It ends at the cursor; if it has a value, those are its bytes. */
static void end_tree(struct node *tree, const struct cursor *c)
{
	if (c->pos >= tree->start)
		tree->length = c->pos - tree->start;
	if (registry_field(tree->field)->type == FIELD_BYTES) {
		tree->value.bytes = c->data + tree->start;
		tree->value_length = tree->length;
	}
}

void close_tree(struct dissection *d, node_id tree, const struct cursor *c)
{
	if (tree != NO_NODE)
		end_tree(&d->nodes[tree], c);
	close_node(d, tree);
}

void gather_children(struct dissection *d, node_id node)
{
	uint32_t first_new = d->opened[d->depth];

	if (node == NO_NODE)
		return;
	/* Others stand between: the new ones belong before them. */
	uint32_t end = node + d->nodes[node].span;
	if (end < first_new)
		rotate_nodes(d->nodes, end, first_new, d->node_count);
	d->nodes[node].span += d->node_count - first_new;
	d->last = node;
}

/* In a layer that adds none it would be another layer's. */
node_id last_node(const struct dissection *d)
{
	return wants_fields(d) ? d->last : NO_NODE;
}

void node_flag(struct dissection *d, node_id node, unsigned flags)
{
	if (node != NO_NODE && layer_ok(d))
		d->nodes[node].flags = (uint8_t)(d->nodes[node].flags | flags);
}

void node_set_length(struct dissection *d, node_id node, uint32_t length)
{
	if (node != NO_NODE && layer_ok(d))
		d->nodes[node].length =
			in_buffer(d, (uint8_t)d->nodes[node].source, d->nodes[node].start, length);
}

void node_stand_on(struct dissection *d, node_id node, node_id other)
{
	node_stand_at(d, node, other);
	if (node != NO_NODE && other != NO_NODE)
		d->nodes[node].length = d->nodes[other].length;
}

void node_stand_at(struct dissection *d, node_id node, node_id other)
{
	if (node == NO_NODE || other == NO_NODE)
		return;
	d->nodes[node].start = d->nodes[other].start;
	d->nodes[node].source = d->nodes[other].source;
}

node_id layer_node(const struct dissection *d)
{
	return layer_at_work(d)->node;
}

void end_header(struct dissection *d, const struct cursor *c)
{
	const struct layer *layer = layer_at_work(d);

	if (layer->node != NO_NODE && cursor_ok(c))
		d->nodes[layer->node].length = c->pos - d->nodes[layer->node].start;
}

void end_layer(struct dissection *d, const struct cursor *c)
{
	const struct layer *layer = layer_at_work(d);

	if (layer->node != NO_NODE && cursor_ok(c))
		d->nodes[layer->node].value_length = c->captured - d->nodes[layer->node].start;
}

struct cursor cursor_on_buffer(struct dissection *d, const struct cursor *c, const uint8_t *bytes, uint32_t n,
			       const char *title)
{
	struct cursor made = { .data = bytes, .fault = c->fault, .captured = n, .reported = n };

	if (d->buffer_count == MAX_BUFFERS) {
		/* No room to show it: its nodes point at nothing, but are there. */
		made.source = 0;
		return made;
	}
	d->buffers[d->buffer_count] = (struct buffer){
		.bytes = bytes, .length = n, .title = title, .partial = d->buffers[c->source].partial,
	};
	made.source = d->buffer_count++;
	return made;
}
