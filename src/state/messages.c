/* messages.c - what several packets hold together, as references to their bytes. */
#include <string.h>

#include "state/sealed.h"
#include "tables.h"

/* A message within a message within ... : as deep as bytes are looked for. */
enum { DEEPEST_MESSAGE = 4, MESSAGE_SHIFT = 14 };

struct message_table *message_table_new(void)
{
	struct message_table *table = must_zeroed(1, sizeof *table);

	table_init(&table->messages, sizeof(struct message), MESSAGE_SHIFT);
	table_init(&table->extents, sizeof(struct extent), EXTENT_SHIFT);
	return table;
}

void message_table_free(struct message_table *table)
{
	table_free(&table->messages);
	table_free(&table->extents);
	free(table);
}

uint32_t message_open(struct message_table *table)
{
	return table_append(&table->messages) ? table->messages.count : 0;
}

struct message *message_numbered(const struct message_table *table, uint32_t number_plus_1)
{
	return table_row(&table->messages, number_plus_1 - 1);
}

bool message_complete(struct message_table *table, struct message *message,
		      const struct extent *extents, uint32_t count, uint32_t packet)
{
	struct table *rows = &table->extents;

	if (!count || count > EXTENT_CHUNK)
		return false;
	/* Neighbours: what does not fit into this chunk goes to the next. */
	if ((rows->count & (EXTENT_CHUNK - 1)) + count > EXTENT_CHUNK)
		rows->count = (rows->count | (EXTENT_CHUNK - 1)) + 1;
	if (rows->count >> EXTENT_SHIFT >= TABLE_CHUNKS)
		return false;
	message->first_extent = rows->count;
	message->extent_count = count;
	message->length = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct extent *row = table_append(rows);
		*row = extents[i];
		message->length += extents[i].length;
	}
	__atomic_store_n(&message->completed_in, packet, __ATOMIC_RELEASE);
	return true;
}

const struct extent *message_extents(const struct learned *learned, const struct message *message)
{
	if (!message->extent_count)
		return NULL;
	return table_row(&learned->messages->extents, message->first_extent);
}

static uint32_t gather(struct dissection *d, const struct extent *extents, uint32_t count,
		       uint32_t from, uint32_t n, uint8_t *out, unsigned depth);

/* The same of a record that is opened for it; the last one that was stays at hand. */
static uint32_t gather_sealed(struct dissection *d, const struct extent *extent, uint32_t from,
			      uint32_t n, uint8_t *out)
{
	struct opened opened = { 0 };
	const struct buffer *held = NULL;
	uint32_t start = extent->start + from;

	for (unsigned i = 1; i < d->buffer_count && !held; i++)
		if (d->buffers[i].message == extent->inside)
			held = &d->buffers[i];
	if (held)
		opened = (struct opened){ .bytes = held->bytes, .length = held->length };
	else if (!sealed_reopen(d, extent->inside, &opened))
		return 0;
	if (start >= opened.length)
		return 0;
	if (n > opened.length - start)
		n = opened.length - start;
	memcpy(out, opened.bytes + start, n);
	return n;
}

/* Part [from, from + n) of one extent. */
static uint32_t gather_one(struct dissection *d, const struct extent *extent, uint32_t from,
			   uint32_t n, uint8_t *out, unsigned depth)
{
	const uint8_t *bytes = d->buffers[0].bytes;
	uint32_t held = d->buffers[0].length;

	if (extent->inside) {
		const struct message *outer =
			message_numbered(d->learned->messages, extent->inside);
		if (depth == DEEPEST_MESSAGE || !outer->extent_count)
			return 0;
		if (outer->sealed)
			return gather_sealed(d, extent, from, n, out);
		return gather(d, message_extents(d->learned, outer), outer->extent_count,
			      extent->start + from, n, out, depth + 1);
	}
	if (extent->packet != d->packet.number) {
		if (!d->source ||
		    !d->source->bytes(d->source->owner, extent->packet, &bytes, &held))
			return 0;
	}
	uint32_t start = extent->start + from;
	if (start >= held)
		return 0;
	if (n > held - start)
		n = held - start;
	memcpy(out, bytes + start, n);
	return n;
}

static uint32_t gather(struct dissection *d, const struct extent *extents, uint32_t count,
		       uint32_t from, uint32_t n, uint8_t *out, unsigned depth)
{
	uint32_t done = 0;

	for (uint32_t i = 0; i < count && done < n; i++) {
		uint32_t length = extents[i].length;
		if (from >= length) {
			from -= length;
			continue;
		}
		uint32_t part = length - from < n - done ? length - from : n - done;
		uint32_t got = gather_one(d, &extents[i], from, part, out + done, depth);
		done += got;
		if (got < part)
			break;
		from = 0;
	}
	return done;
}

uint32_t extents_gather(struct dissection *d, const struct extent *extents, uint32_t count,
			uint32_t from, uint32_t n, uint8_t *out)
{
	return gather(d, extents, count, from, n, out, 0);
}

const uint8_t *message_gather(struct dissection *d, const struct message *message, uint32_t limit,
			      uint32_t *got)
{
	uint32_t n = message->length < limit ? message->length : limit;
	uint8_t *bytes = arena_alloc(&d->arena, n ? n : 1);

	*got = message->extent_count ? gather(d, message_extents(d->learned, message),
					      message->extent_count, 0, n, bytes, 0)
				     : 0;
	return bytes;
}

struct cursor message_source(struct dissection *d, const struct cursor *c, uint32_t number, const char *title)
{
	const struct message *message = message_numbered(d->learned->messages, number);
	uint32_t got;
	const uint8_t *bytes = message_gather(d, message, d->gather_limit, &got);
	struct cursor whole = cursor_on_buffer(d, c, bytes, got, title);

	whole.reported = message->length;
	if (whole.source) {
		d->buffers[whole.source].message = number;
		d->buffers[whole.source].partial |= got == d->gather_limit && got < message->length;
	}
	return whole;
}

void show_extents(struct dissection *d, const struct cursor *c, node_id tree, unsigned field,
		  const struct extent *extents, uint32_t count, uint32_t total)
{
	enum { WORDED = 40 };
	uint32_t at = 0;

	for (uint32_t i = 0; i < count && at < total; i++) {
		uint32_t length = extents[i].length < total - at ? extents[i].length : total - at;
		if (i < WORDED)
			label(d, tree, "%s#%u(%u)", i ? ", " : "", extents[i].packet, length);
		node_id node = add_uint(d, c, field, c->pos + at, length, extents[i].packet);
		node_flag(d, node, NODE_GENERATED);
		label_set(d, node, "Frame: %u, payload: %u-%u (%u byte%s)", extents[i].packet, at,
			  at + length - 1, length, length == 1 ? "" : "s");
		at += length;
	}
}

bool message_came_in_order(const struct dissection *d, const struct message *message)
{
	const struct extent *extents = message_extents(d->learned, message);

	for (uint32_t i = 1; extents && i < message->extent_count; i++)
		if (extents[i].packet < extents[i - 1].packet ||
		    (extents[i].packet == extents[i - 1].packet &&
		     extents[i].inside == extents[i - 1].inside &&
		     extents[i].start < extents[i - 1].start))
			return false;
	return true;
}

static void fill_parts(struct dissection *d, const struct cursor *c, node_id tree,
		       const struct message *message, const struct part_fields *fields)
{
	node_flag(d, tree, NODE_GENERATED);
	node_set_length(d, tree, message->length);
	label_set(d, tree, "%u %s (%u bytes): ", message->extent_count,
		  d->fields[fields->tree].name, message->length);
	show_extents(d, c, tree, fields->part, message_extents(d->learned, message),
		     message->extent_count, message->length);
	put_uint(d, fields->count, message->extent_count);
	if (fields->length)
		put_uint(d, fields->length, message->length);
	if (!fields->data)
		return;
	add_bytes(d, c, fields->data, c->pos, c->captured - c->pos, c->data + c->pos,
		  c->captured - c->pos);
	node_flag(d, last_node(d), NODE_GENERATED);
}

void show_message_parts(struct dissection *d, const struct cursor *c, const struct message *message,
			const struct part_fields *fields)
{
	if (!wants_fields(d) || !message_extents(d->learned, message))
		return;
	node_id tree = open_tree(d, c, fields->tree);
	fill_parts(d, c, tree, message, fields);
	close_tree(d, tree, c);
}

struct cursor cursor_on_last_buffer(const struct dissection *d)
{
	unsigned last = d->buffer_count - 1;

	return (struct cursor){ .data = d->buffers[last].bytes,
				.source = (uint8_t)last,
				.captured = d->buffers[last].length };
}

void show_message_parts_beside(struct dissection *d, const struct message *message,
			       const struct part_fields *fields)
{
	if (!wants_fields(d) || !message_extents(d->learned, message))
		return;
	struct cursor whole = cursor_on_last_buffer(d);
	node_id tree = open_tree_beside(d, &whole, fields->tree);
	fill_parts(d, &whole, tree, message, fields);
	close_tree_beside(d, tree);
}

/* n bytes of the payload from a place on. */
static void show_segment_part(struct dissection *d, struct cursor part, uint32_t from, uint32_t n,
			      unsigned field)
{
	part.pos += from < cursor_left(&part) ? from : cursor_left(&part);
	part = cursor_split(&part, n);
	put_bytes(d, field, &part);
	label_set(d, last_node(d), "%s (%u byte%s)", d->fields[field].name, cursor_left(&part),
		  cursor_left(&part) == 1 ? "" : "s");
}

void show_segment_parts(struct dissection *d, const struct cursor *payload,
			const struct segment_fate *fate, unsigned in, unsigned data)
{
	uint32_t sent = payload->reported - payload->pos;

	if (!fate->part_of_message || !(d->wants & WANT_FIELDS))
		return;
	if (fate->ends)
		show_segment_part(d, *payload, 0, fate->ends, data);
	if (fate->reassembled_in && fate->reassembled_in != d->packet.number)
		put_uint(d, in, fate->reassembled_in);
	if (fate->waits)
		show_segment_part(d, *payload, sent - fate->waits, fate->waits, data);
	else if (!fate->ends)
		show_segment_part(d, *payload, 0, sent, data);
}

struct extent extent_of(const struct dissection *d, const struct cursor *c)
{
	return (struct extent){
		.packet = d->packet.number,
		.start = c->pos,
		.length = c->captured - c->pos,
		.inside = c->source ? d->buffers[c->source].message : 0,
	};
}
