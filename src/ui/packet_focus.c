/* packet_focus.c - from the flat array of nodes to the rows of a tree and back. */
#include "ui/packet_focus.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bitmap.h"
#include "base/rising.h"

enum { FIELDS = 1 << 16 };

void focus_init(struct packet_focus *focus)
{
	*focus = (struct packet_focus){ .node = NO_NODE };
	focus->open = must_zeroed(FIELDS / 8, 1);
}

void focus_free(struct packet_focus *focus)
{
	free(focus->open);
	free(focus->rows);
	*focus = (struct packet_focus){ .node = NO_NODE };
}

static const struct node *node_at(const struct packet_focus *focus, node_id node)
{
	return focus->d && node < focus->d->node_count ? &focus->d->nodes[node] : NULL;
}

const struct node *focus_node(const struct packet_focus *focus)
{
	return node_at(focus, focus->node);
}

static node_id end_of(const struct packet_focus *focus, node_id node)
{
	const struct node *n = node_at(focus, node);
	uint32_t span = n->span ? n->span : 1;
	uint32_t left = focus->d->node_count - node;

	return node + (span < left ? span : left);
}

bool focus_has_children(const struct packet_focus *focus, node_id node)
{
	node_id end = node_at(focus, node) ? end_of(focus, node) : 0;

	for (node_id i = node + 1; i < end; i = end_of(focus, i))
		if (!(focus->d->nodes[i].flags & NODE_HIDDEN))
			return true;
	return false;
}

bool focus_is_open(const struct packet_focus *focus, node_id node)
{
	const struct node *n = node_at(focus, node);

	return n && bitmap_has(focus->open, n->field);
}

static void list_rows(struct packet_focus *focus)
{
	uint32_t count = focus->d ? focus->d->node_count : 0;

	focus->row_count = 0;
	for (node_id i = 0; i < count;) {
		const struct node *n = &focus->d->nodes[i];

		if (n->flags & NODE_HIDDEN) {
			i = end_of(focus, i);
			continue;
		}
		if (focus->row_count == focus->row_room)
			focus->rows =
				must_grow(focus->rows, &focus->row_room, 256, sizeof *focus->rows);
		focus->rows[focus->row_count++] = i;
		i = bitmap_has(focus->open, n->field) ? i + 1 : end_of(focus, i);
	}
}

node_id focus_parent(const struct packet_focus *focus, node_id node)
{
	const struct node *n = node_at(focus, node);

	if (!n || !n->depth)
		return NO_NODE;
	for (node_id i = node; i-- > 0;)
		if (focus->d->nodes[i].depth < n->depth)
			return i;
	return NO_NODE;
}

node_id focus_protocol(const struct packet_focus *focus, node_id node)
{
	for (node_id i = node; node_at(focus, i); i--) {
		if (!focus->d->nodes[i].depth)
			return i;
		if (!i)
			break;
	}
	return NO_NODE;
}

/* The first row at or after the node's, by halving. */
static uint32_t row_from(const struct packet_focus *focus, node_id node)
{
	return rising_place(focus->rows, sizeof *focus->rows, 0, focus->row_count, node);
}

static bool in_sight(const struct packet_focus *focus, node_id node)
{
	uint32_t row = row_from(focus, node);

	return row < focus->row_count && focus->rows[row] == node;
}

uint32_t focus_row(const struct packet_focus *focus)
{
	uint32_t row = focus->node == NO_NODE ? 0 : row_from(focus, focus->node);

	return row < focus->row_count ? row : 0;
}

static void remember_way(struct packet_focus *focus)
{
	node_id node = focus->node;

	focus->way_length = 0;
	while (node_at(focus, node) && focus->way_length < FOCUS_DEPTH) {
		struct field_place *place = &focus->way[focus->way_length++];

		*place = (struct field_place){ .field = focus->d->nodes[node].field };
		for (node_id i = 0; i < node; i++)
			place->occurrence += focus->d->nodes[i].field == place->field;
		node = focus_parent(focus, node);
	}
}

/* The node in sight that the place means in this packet: that occurrence or the last before. */
static node_id find_place(const struct packet_focus *focus, const struct field_place *place)
{
	node_id found = NO_NODE;
	uint32_t seen = 0;

	for (node_id i = 0; i < focus->d->node_count && seen <= place->occurrence; i++) {
		if (focus->d->nodes[i].field != place->field)
			continue;
		seen++;
		if (in_sight(focus, i))
			found = i;
	}
	return found;
}

static void show_bytes_of(struct packet_focus *focus)
{
	const struct node *n = focus_node(focus);

	if (!n || !n->length || n->source >= focus->d->buffer_count)
		return;
	focus->buffer = n->source;
	focus->byte = n->start;
}

void focus_on(struct packet_focus *focus, struct dissection *d)
{
	focus->d = d;
	focus->node = NO_NODE;
	focus->buffer = 0;
	focus->byte = 0;
	list_rows(focus);
	if (!d)
		return;
	for (unsigned i = 0; i < focus->way_length && focus->node == NO_NODE; i++)
		focus->node = find_place(focus, &focus->way[i]);
	if (focus->node == NO_NODE && focus->row_count)
		focus->node = focus->rows[0];
	show_bytes_of(focus);
}

static void settle_on(struct packet_focus *focus, node_id node)
{
	focus->node = node;
	remember_way(focus);
}

void focus_select_row(struct packet_focus *focus, uint32_t row)
{
	if (!focus->row_count)
		return;
	if (row >= focus->row_count)
		row = focus->row_count - 1;
	settle_on(focus, focus->rows[row]);
	show_bytes_of(focus);
}

static void reveal(struct packet_focus *focus, node_id node)
{
	bool changed = false;

	for (node_id p = focus_parent(focus, node); p != NO_NODE; p = focus_parent(focus, p)) {
		changed |= !focus_is_open(focus, p);
		bitmap_add(focus->open, focus->d->nodes[p].field);
	}
	if (changed)
		list_rows(focus);
}

void focus_select_node(struct packet_focus *focus, node_id node)
{
	if (!node_at(focus, node))
		return;
	reveal(focus, node);
	settle_on(focus, node);
	show_bytes_of(focus);
}

static bool covers(const struct node *n, unsigned buffer, uint32_t byte)
{
	return n->source == buffer && byte >= n->start && byte - n->start < n->length;
}

/* The deepest, then the shortest, then the first of the nodes that cover the byte. */
static node_id innermost(const struct packet_focus *focus, unsigned buffer, uint32_t byte)
{
	const struct node *best = NULL;
	node_id found = NO_NODE;

	for (node_id i = 0; i < focus->d->node_count; i++) {
		const struct node *n = &focus->d->nodes[i];

		if (n->flags & NODE_HIDDEN || !covers(n, buffer, byte))
			continue;
		if (best && (n->depth < best->depth ||
			     (n->depth == best->depth && n->length >= best->length)))
			continue;
		best = n;
		found = i;
	}
	return found;
}

void focus_select_byte(struct packet_focus *focus, unsigned buffer, uint32_t byte)
{
	if (!focus->d || buffer >= focus->d->buffer_count || !focus->d->buffers[buffer].length)
		return;
	if (byte >= focus->d->buffers[buffer].length)
		byte = focus->d->buffers[buffer].length - 1;
	const struct node *n = focus_node(focus);
	node_id node = innermost(focus, buffer, byte);

	/* A flag stays selected while the cursor moves within its word. */
	bool stays = n && node != NO_NODE && covers(n, buffer, byte) &&
		     n->depth == focus->d->nodes[node].depth &&
		     n->length == focus->d->nodes[node].length &&
		     n->start == focus->d->nodes[node].start;
	if (node != NO_NODE && !stays) {
		reveal(focus, node);
		settle_on(focus, node);
	}
	focus->buffer = buffer;
	focus->byte = byte;
}

static void set_open(struct packet_focus *focus, node_id node, bool open)
{
	uint16_t field = focus->d->nodes[node].field;

	if (open)
		bitmap_add(focus->open, field);
	else
		focus->open[field >> 3] &= (uint8_t) ~(1u << (field & 7));
}

/* A cursor whose row went out of sight moves to the nearest node around it. */
static void rows_changed(struct packet_focus *focus)
{
	node_id node = focus->node;

	list_rows(focus);
	while (node_at(focus, node) && !in_sight(focus, node))
		node = focus_parent(focus, node);
	if (node != focus->node && node != NO_NODE)
		settle_on(focus, node);
}

void focus_open(struct packet_focus *focus, node_id node, bool open)
{
	if (!node_at(focus, node))
		return;
	set_open(focus, node, open);
	rows_changed(focus);
}

void focus_open_subtree(struct packet_focus *focus, node_id node, bool open)
{
	if (!node_at(focus, node))
		return;
	for (node_id i = node; i < end_of(focus, node); i++)
		if (focus->d->nodes[i].span > 1)
			set_open(focus, i, open);
	rows_changed(focus);
}

void focus_open_all(struct packet_focus *focus, bool open)
{
	if (!open)
		memset(focus->open, 0, FIELDS / 8);
	for (node_id i = 0; open && focus->d && i < focus->d->node_count; i++)
		if (focus->d->nodes[i].span > 1)
			set_open(focus, i, true);
	rows_changed(focus);
}
