/* http2.c - HTTP/2, RFC 9113: frames over a stream that begins with a magic line.
 *
 *     +-----------------------------------------------+
 *     |                 length (24)                   |
 *     +---------------+---------------+---------------+
 *     |   type (8)    |   flags (8)   |
 *     +-+-------------+---------------+-------------------------------+
 *     |R|                 stream identifier (31)                      |
 *     +=+=============================================================+
 *     |                   payload                                   ...
 *
 * A message is all the whole frames at hand.  The first pass follows streams
 * (http2_streams.c): header blocks of several frames, and bodies, are put together with pieces. */
#include <string.h>

#include "http2.h"
#include "http_fields.h"
#include "http_message.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/pieces.h"
#include "state/reassembly.h"

enum { FRAME_HEADER = 9, MAGIC_LENGTH = 24 };

static const char magic[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

enum frame_type {
	TYPE_DATA,
	TYPE_HEADERS,
	TYPE_PRIORITY,
	TYPE_RST_STREAM,
	TYPE_SETTINGS,
	TYPE_PUSH_PROMISE,
	TYPE_PING,
	TYPE_GOAWAY,
	TYPE_WINDOW_UPDATE,
	TYPE_CONTINUATION,
	TYPE_ALTSVC,
	TYPE_BLOCKED,
	TYPE_ORIGIN,
	TYPE_PRIORITY_UPDATE = 16,
};

enum {
	FLAG_END_STREAM = 0x01,
	FLAG_ACK = 0x01,
	FLAG_END_HEADERS = 0x04,
	FLAG_PADDED = 0x08,
	FLAG_PRIORITY = 0x20
};

struct frame {
	uint32_t length, stream;
	uint8_t type, flags;
	node_id node;
};

/* --- header blocks --- */

static void word_head(struct http2_walk *w, const struct frame *f, const struct http2_head *head)
{
	struct dissection *d = w->d;
	uint64_t code;

	if (head->method && head->path) {
		info(d, ": %s %s", head->method, head->path);
		label(d, f->node, ", %s %s", head->method, head->path);
	} else if (head->status) {
		struct text_part part = { (const uint8_t *)head->status, 0,
					  (uint32_t)strlen(head->status) };
		const char *name =
			part_number(&part, 999, &code) ? value_name(http_status_names, code) : NULL;
		info(d, ": %s %s", head->status, name ? name : "");
		label(d, f->node, ", %s %s", head->status, name ? name : "");
	}
	if (head->method && head->path && head->scheme && head->authority)
		put_text(d, HTTP2_FULL_URI,
			 arena_printf(&d->arena, "%s://%s%s", head->scheme, head->authority,
				      head->path));
}

static void show_block(struct http2_walk *w, const struct frame *f, const struct cursor *block,
		       uint32_t stream)
{
	struct http2_head head;

	http2_show_block(w, block, &head);
	word_head(w, f, &head);
	if (w->connection)
		http2_learn_head(w, stream, &head);
}

/* A fragment of a header block; the last one is followed by what the block says. */
static void take_fragment(struct http2_walk *w, struct cursor *c, const struct frame *f,
			  unsigned field, uint32_t stream)
{
	struct dissection *d = w->d;
	struct http2_half *half = w->half;
	struct cursor block = *c;
	bool last = f->flags & FLAG_END_HEADERS;

	if (cursor_left(c))
		take_bytes(d, c, field, cursor_left(c));
	if (half && (half->block_stream || !last) && is_lasting(d, &block)) {
		struct cursor piece = http2_whole_of(block);
		piece_add(d, &half->block_list, &piece);
		half->block_stream = last ? 0 : f->stream;
		uint32_t message = last ? pieces_finish(d, half->block_list) : 0;
		if (message)
			http2_add_item(w, ITEM_BLOCK)->message = message;
	}
	const struct http2_item *item = http2_item_of(w, ITEM_BLOCK);
	if (item)
		block = message_source(d, c, item->message, "Header block");
	if (last)
		show_block(w, f, &block, stream);
}

/* --- frames --- */

/* The pad length and the padding that it says, which is cut off the payload. */
static struct cursor take_padding(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	struct cursor none = *c;
	uint32_t length = 0;

	none.pos = none.captured = none.reported;
	if (f->flags & FLAG_PADDED) {
		length = take_u8(w->d, c, HTTP2_PADDING);
		if (length > cursor_sent(c)) {
			note_finding(w->d, HTTP2_FRAME_SIZE, NULL);
			length = cursor_sent(c);
		}
		none = cursor_cut_tail(c, length);
	}
	put_uint(w->d, HTTP2_PAD_LENGTH, length);
	return none;
}

static void show_padding(struct http2_walk *w, struct cursor *padding, unsigned field)
{
	if (cursor_left(padding))
		take_bytes(w->d, padding, field, cursor_left(padding));
}

static void take_priority(struct http2_walk *w, struct cursor *c)
{
	look_uint_n(w->d, c, HTTP2_EXCLUSIVE, 4);
	take_uint(w->d, c, HTTP2_STREAM_DEPENDENCY);
	uint8_t weight = take_u8(w->d, c, HTTP2_WEIGHT);
	put_uint(w->d, HTTP2_WEIGHT_REAL, weight + 1u);
}

static void take_data(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	struct cursor padding = take_padding(w, c, f), data = *c;

	if (w->connection)
		http2_learn_data(w, f->stream, &data, f->flags & FLAG_END_STREAM);
	if (http2_item_of(w, ITEM_CLOSED))
		note_finding(w->d, HTTP2_STREAM_CLOSED, NULL);
	take_bytes(w->d, c, HTTP2_DATA, cursor_left(c));
	show_padding(w, &padding, HTTP2_DATA_PADDING);
	http2_show_body(w, c, data);
}

static void take_headers(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	struct cursor padding = take_padding(w, c, f);

	if (f->flags & FLAG_PRIORITY)
		take_priority(w, c);
	take_fragment(w, c, f, HTTP2_HEADERS, f->stream);
	show_padding(w, &padding, HTTP2_HEADERS_PADDING);
	/* Without DATA before it this ends a message without a body. */
	if (f->flags & FLAG_END_STREAM) {
		if (w->connection)
			http2_learn_data(w, f->stream, NULL, true);
		http2_show_body(w, c, *c);
	}
}

static void take_push_promise(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	struct cursor padding = take_padding(w, c, f);

	look_uint_n(w->d, c, HTTP2_PUSH_R, 4);
	uint32_t promised = (uint32_t)take_uint(w->d, c, HTTP2_PUSH_STREAM);
	take_fragment(w, c, f, HTTP2_PUSH_HEADER, promised);
	show_padding(w, &padding, HTTP2_PUSH_PADDING);
}

static const uint8_t settings_fields[] = {
	[1] = HTTP2_SETTINGS_HEADER_TABLE_SIZE,	     [2] = HTTP2_SETTINGS_ENABLE_PUSH,
	[3] = HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, [4] = HTTP2_SETTINGS_INITIAL_WINDOW_SIZE,
	[5] = HTTP2_SETTINGS_MAX_FRAME_SIZE,	     [6] = HTTP2_SETTINGS_MAX_HEADER_LIST_SIZE,
	[8] = HTTP2_SETTINGS_EXTENDED_CONNECT,
};

static void take_settings(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	struct dissection *d = w->d;

	if (f->length % 6 || (f->flags & FLAG_ACK && f->length))
		note_finding(d, HTTP2_FRAME_SIZE, NULL);
	while (cursor_left(c) >= 6) {
		node_id tree = open_tree(d, c, HTTP2_SETTINGS);
		uint16_t id = take_u16(d, c, HTTP2_SETTINGS_ID);
		unsigned field = id < COUNT(settings_fields) ? settings_fields[id] : 0;
		const char *name = value_name(http2_fields[HTTP2_SETTINGS_ID].names, id);
		uint32_t value = take_u32(d, c, field ? field : HTTP2_SETTINGS_UNKNOWN);
		label_set(d, tree, "Settings - %s : %u",
			  name ? name : arena_printf(&d->arena, "Unknown (%u)", id), value);
		close_tree(d, tree, c);
	}
}

static void take_goaway(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	(void)f;
	look_uint_n(w->d, c, HTTP2_GOAWAY_R, 4);
	take_uint(w->d, c, HTTP2_GOAWAY_LAST);
	take_u32(w->d, c, HTTP2_GOAWAY_ERROR);
	if (cursor_left(c))
		take_bytes(w->d, c, HTTP2_GOAWAY_DATA, cursor_left(c));
}

static void take_ping(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	if (f->length != 8)
		note_finding(w->d, HTTP2_FRAME_SIZE, NULL);
	take_bytes(w->d, c, f->flags & FLAG_ACK ? HTTP2_PONG : HTTP2_PING, cursor_left(c));
}

static void take_window_update(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	(void)f;
	look_uint_n(w->d, c, HTTP2_WINDOW_R, 4);
	if (!take_uint(w->d, c, HTTP2_WINDOW_INCREMENT))
		note_finding(w->d, HTTP2_WINDOW_ZERO, NULL);
}

static void take_rst_stream(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	struct http2_stream *stream = http2_stream_of(w, f->stream);

	if (stream)
		stream->ended[w->side] = true;
	take_u32(w->d, c, HTTP2_RST_ERROR);
}

static void take_priority_frame(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	(void)f;
	take_priority(w, c);
}

static void take_continuation(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	put_uint(w->d, HTTP2_PAD_LENGTH, 0);
	take_fragment(w, c, f, HTTP2_CONTINUATION_HEADER, f->stream);
}

static void take_altsvc(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	uint16_t length = take_u16(w->d, c, HTTP2_ALTSVC_LENGTH);

	(void)f;
	take_text(w->d, c, HTTP2_ALTSVC_ORIGIN, length);
	if (cursor_left(c))
		take_text(w->d, c, HTTP2_ALTSVC_VALUE, cursor_left(c));
}

static void take_origin(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	(void)f;
	while (cursor_more(c)) {
		node_id tree = open_tree(w->d, c, HTTP2_ORIGIN);
		uint16_t length = take_u16(w->d, c, HTTP2_ORIGIN_LENGTH);
		take_text(w->d, c, HTTP2_ORIGIN_TEXT, length);
		close_tree(w->d, tree, c);
	}
}

static void take_priority_update(struct http2_walk *w, struct cursor *c, const struct frame *f)
{
	(void)f;
	take_u32(w->d, c, HTTP2_UPDATE_STREAM);
	take_text(w->d, c, HTTP2_UPDATE_VALUE, cursor_left(c));
}

#define SHOWN(flag) (uint16_t)(HTTP2_FLAGS_##flag)

/* Flags of a type in the order they are shown, and the words of those that are set. */
static const struct {
	void (*take)(struct http2_walk *w, struct cursor *c, const struct frame *f);
	uint16_t flags[5];
} frame_types[] = {
	[TYPE_DATA] = { take_data, { SHOWN(UNUSED_DATA), SHOWN(PADDED), SHOWN(END_STREAM) } },
	[TYPE_HEADERS] = { take_headers,
			   { SHOWN(UNUSED_HEADERS), SHOWN(PRIORITY), SHOWN(PADDED), SHOWN(EH),
			     SHOWN(END_STREAM) } },
	[TYPE_PRIORITY] = { take_priority_frame, { SHOWN(UNUSED) } },
	[TYPE_RST_STREAM] = { take_rst_stream, { SHOWN(UNUSED) } },
	[TYPE_SETTINGS] = { take_settings, { SHOWN(UNUSED_SETTINGS), SHOWN(ACK_SETTINGS) } },
	[TYPE_PUSH_PROMISE] = { take_push_promise,
				{ SHOWN(UNUSED_PUSH_PROMISE), SHOWN(PADDED), SHOWN(EH) } },
	[TYPE_PING] = { take_ping, { SHOWN(UNUSED_PING), SHOWN(ACK_PING) } },
	[TYPE_GOAWAY] = { take_goaway, { SHOWN(UNUSED) } },
	[TYPE_WINDOW_UPDATE] = { take_window_update, { SHOWN(UNUSED) } },
	[TYPE_CONTINUATION] = { take_continuation, { SHOWN(UNUSED_CONTINUATION), SHOWN(EH) } },
	[TYPE_ALTSVC] = { take_altsvc, { SHOWN(UNUSED) } },
	[TYPE_ORIGIN] = { take_origin, { SHOWN(UNUSED) } },
	[TYPE_PRIORITY_UPDATE] = { take_priority_update, { SHOWN(UNUSED) } },
};

static bool is_known(uint8_t type)
{
	return type < COUNT(frame_types) && frame_types[type].take;
}

static void show_flags(struct dissection *d, struct cursor *c, const struct frame *f)
{
	static const uint16_t none[] = { HTTP2_FLAGS_UNUSED, 0, 0, 0, 0 };
	const uint16_t *shown = is_known(f->type) ? frame_types[f->type].flags : none;
	uint8_t flags = (uint8_t)look_uint(d, c, HTTP2_FLAGS);
	node_id tree = last_node(d);

	open_node(d, tree);
	for (unsigned i = 0; i < 5 && shown[i]; i++)
		look_uint(d, c, shown[i]);
	close_node(d, tree);
	for (unsigned i = 5; i-- > 1;)
		if (shown[i] && flags & http2_fields[shown[i]].mask)
			label(d, tree, ", %s", http2_fields[shown[i]].name);
	cursor_skip(c, 1);
}

/* A header block must not be interrupted (RFC 9113, 4.3). */
static void check_block(struct http2_walk *w, const struct frame *f)
{
	struct http2_half *half = w->half;

	if (!half || !half->block_stream ||
	    (f->type == TYPE_CONTINUATION && f->stream == half->block_stream))
		return;
	pieces_drop(w->d, half->block_list);
	half->block_stream = 0;
}

static void take_frame(struct http2_walk *w, struct cursor *c)
{
	struct dissection *d = w->d;
	struct frame f = { 0 };
	const uint8_t *at;

	if (!cursor_peek(c, 0, FRAME_HEADER, &at)) {
		cursor_skip(c, FRAME_HEADER);
		return;
	}
	f.node = open_tree(d, c, HTTP2_STREAM);
	f.length = (uint32_t)take_uint(d, c, HTTP2_LENGTH);
	f.type = take_u8(d, c, HTTP2_TYPE);
	f.flags = at[4];
	const char *name = value_name(http2_fields[HTTP2_TYPE].names, f.type);
	if (!name)
		name = arena_printf(&d->arena, "Unknown type (%u)", f.type);
	show_flags(d, c, &f);
	look_uint_n(d, c, HTTP2_R, 4);
	f.stream = (uint32_t)take_uint(d, c, HTTP2_STREAMID);
	info(d, "%s%s[%u]", w->frame ? ", " : "", name, f.stream);
	label_set(d, f.node, "Stream: %s, Stream ID: %u, Length %u", name, f.stream, f.length);
	struct cursor payload = cursor_split(c, f.length);
	check_block(w, &f);
	if (is_known(f.type))
		frame_types[f.type].take(w, &payload, &f);
	else if (cursor_left(&payload))
		take_bytes(d, &payload, HTTP2_UNKNOWN, cursor_left(&payload));
	close_tree(d, f.node, c);
	w->frame++;
}

static bool at_magic(const struct cursor *c)
{
	const uint8_t *at;

	return cursor_peek(c, 0, MAGIC_LENGTH, &at) && memcmp(at, magic, MAGIC_LENGTH) == 0;
}

static void take_magic(struct http2_walk *w, struct cursor *c)
{
	node_id tree = open_tree(w->d, c, HTTP2_STREAM);

	label_set(w->d, tree, "Stream: Magic");
	info(w->d, "Magic");
	take_text(w->d, c, HTTP2_MAGIC, MAGIC_LENGTH);
	close_tree(w->d, tree, c);
	w->frame++;
}

static void http2_dissect(struct dissection *d, struct cursor *c)
{
	struct http2_walk w = { .d = d, .side = from_client(d) ? 0 : 1 };
	struct hpack_state after;

	w.connection = conversation_state(d, &http2_dissector, sizeof *w.connection);
	if (w.connection)
		w.half = &w.connection->half[w.side];
	else
		w.fact = recall(d, FACT_OWN, NULL);
	if (w.half)
		w.before = w.half->hpack;
	else if (w.fact)
		w.before = w.fact->before;
	info_begin(d);
	if (d->info_fence)
		info_words(d, ", ");
	if (at_magic(c))
		take_magic(&w, c);
	while (cursor_left(c))
		take_frame(&w, c);
	info_fence(d);
	http2_end_blocks(&w, &after);
	http2_learn_layer(&w, &after);
	/* The capture lacks the rest. */
	if (cursor_more(c) && !only_learning(d))
		cursor_skip(c, 1);
}

/* The magic line and whole frames as far as they are there; of a message that came in parts
 * only its first frame. */
static void http2_message_size(struct dissection *d, const struct cursor *c,
			       struct message_scan *scan)
{
	uint32_t at = 0, n = cursor_left(c);
	const uint8_t *bytes;

	(void)d;
	if (at_magic(c))
		at = MAGIC_LENGTH;
	while (cursor_peek(c, at, FRAME_HEADER, &bytes)) {
		uint32_t size = FRAME_HEADER +
				((uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 8 | bytes[2]);
		if (size > n - at) {
			if (!at)
				scan->needed = size;
			break;
		}
		at += size;
		if (scan->state)
			break;
	}
	if (at) {
		scan->known = true;
		scan->size = at;
		return;
	}
	scan->state = 1;
}

static bool http2_looks_like(const struct dissection *d, const struct cursor *c)
{
	(void)d;
	return at_magic(c);
}

const struct dissector http2_dissector = {
	.name = "http2",
	.short_name = "HTTP2",
	.title = "HyperText Transfer Protocol 2",
	.fields = http2_fields,
	.field_count = HTTP2_FIELDS,
	.dissect = http2_dissect,
	.looks_like = http2_looks_like,
	.message_size = http2_message_size,
};
