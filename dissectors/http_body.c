/* http_body.c - what a message carries: chunks put together, unpacked, and handed on by its type.
 *
 * The bare first pass goes the same way, as the layers count, but unpacks only a beginning. */
#include <string.h>

#include "dissect/unpack.h"
#include "http_fields.h"
#include "http_message.h"
#include "media_type.h"

/* A cursor on bytes that were made of others; `cut`: there would have been more. */
static struct cursor cursor_on_found(struct dissection *d, const struct cursor *c,
				     const uint8_t *bytes, uint32_t n, bool cut, const char *title)
{
	struct cursor found = cursor_on_buffer(d, c, bytes, n, title);

	found.reported += cut;
	return found;
}

/* --- chunks --- */

/* One chunk; its data is appended to *body.  False: it was the last. */
static bool show_chunk(struct dissection *d, struct cursor *c, uint8_t *body, uint32_t *length)
{
	const uint8_t *bytes;
	uint32_t left = cursor_left(c);
	bool cut = cursor_sent(c) > left;

	if (!left || !cursor_peek(c, 0, left, &bytes)) {
		if (!cut)
			note_finding(d, HTTP_INCOMPLETE, "The last chunk is missing");
		return false;
	}
	struct http_chunk chunk = http_read_chunk(bytes, left);
	if (!chunk.valid) {
		if (cut && chunk.line == left)
			return false;
		note_finding(d, HTTP_CHUNK_BAD, "The chunk's size is no hexadecimal number");
		return false;
	}
	node_id tree = open_tree(d, c, HTTP_CHUNK);
	if (chunk.size)
		label_set(d, tree, "Data chunk (%llu octets)", (unsigned long long)chunk.size);
	else
		label_set(d, tree, "End of chunked encoding");
	add_uint(d, c, HTTP_CHUNK_SIZE, c->pos, chunk.line, chunk.size);
	cursor_skip(c, chunk.line);
	left -= chunk.line;
	uint32_t n = chunk.size < left ? (uint32_t)chunk.size : left;
	if (chunk.size && n) {
		memcpy(body + *length, take_bytes(d, c, HTTP_CHUNK_DATA, n), n);
		*length += n;
	}
	bool more = chunk.size && n == chunk.size;
	uint32_t end =
		more && cursor_peek(c, 0, left - n, &bytes) ? http_line_end(bytes, left - n) : 0;
	if (end)
		take_bytes(d, c, HTTP_CHUNK_BOUNDARY, end);
	if (chunk.size && !end && !cut)
		note_finding(d, HTTP_CHUNK_BAD, "The chunk does not end where its size says");
	close_tree(d, tree, c);
	return end > 0;
}

static void show_trailer(struct dissection *d, struct cursor *c)
{
	uint32_t start = c->pos, end = start;
	const uint8_t *bytes = c->data + start;
	struct text_line line;

	while (take_line(c, &line) && line.length)
		end = c->pos;
	if (end > start)
		add_text(d, c, HTTP_CHUNKED_TRAILER_PART, start, end - start,
			 text_of(d, bytes, end - start));
	if (c->pos > end) {
		node_id node = add_node(d, c, HTTP_HEADER_END, end, c->pos - end);
		label_set(d, node, "%s", line_text(d, &line));
	}
}

/* The chunks, and a cursor on their data put together. */
static struct cursor show_chunks(struct dissection *d, struct cursor *c)
{
	uint8_t *body = arena_alloc(&d->arena, cursor_left(c) + 1);
	uint32_t length = 0;
	bool cut = cursor_sent(c) > cursor_left(c);
	const uint8_t *next;

	node_id tree = open_tree(d, c, HTTP_CHUNKED);
	label_set(d, tree, "HTTP chunked response");
	while (show_chunk(d, c, body, &length))
		;
	if (cursor_peek(c, 0, 1, &next))
		show_trailer(d, c);
	close_tree(d, tree, c);
	return cursor_on_found(d, c, body, length, cut, "De-chunked entity body");
}

/* --- codings --- */

static const struct {
	const char *name;
	enum packing packing;
} codings[] = {
	{ "gzip", PACKING_GZIP },	{ "x-gzip", PACKING_GZIP },
	{ "deflate", PACKING_DEFLATE }, { "x-deflate", PACKING_DEFLATE },
	{ "br", PACKING_BROTLI },	{ "zstd", PACKING_ZSTD },
};

static enum packing packing_named(const struct text_part *name)
{
	for (unsigned i = 0; i < COUNT(codings); i++)
		if (part_is(name, codings[i].name))
			return codings[i].packing;
	return PACKING_NONE;
}

/* Takes the last name off the list, which says what was applied last. */
static struct text_part take_last(struct text_part *list)
{
	const uint8_t *comma = list->length ? memrchr(list->bytes, ',', list->length) : NULL;
	struct text_part last = part_from(list, comma ? (uint32_t)(comma - list->bytes) + 1 : 0);

	list->length = comma ? (uint32_t)(comma - list->bytes) : 0;
	return trim_part(last);
}

/* How much is unpacked where only the layers count: types that look into their bodies need more. */
static uint32_t unpacked_limit(const struct dissection *d)
{
	return wants_fields(d) ? INFLATED_LIMIT : INFLATED_LEARNING;
}

/* Unpacks what `c` has of each coding in turn.  False: it cannot be. */
static bool unpack_codings(struct dissection *d, struct text_part list, const struct cursor *c,
			   struct unpacked *out)
{
	uint32_t n = cursor_left(c);

	*out = (struct unpacked){ .bytes = c->data + c->pos, .length = n };
	for (unsigned i = 0; list.length; i++) {
		struct text_part name = take_last(&list);
		if (!name.length || part_is(&name, "identity"))
			continue;
		if (i == CODINGS_LIMIT)
			return false;
		*out = unpack(&d->arena, packing_named(&name), out->bytes, out->length,
			      unpacked_limit(d));
		if (!out->length)
			return false;
	}
	return true;
}

static bool has_coding(struct text_part list)
{
	list = trim_part(list);
	return list.length && !part_is(&list, "identity");
}

bool http_unpack(struct dissection *d, struct text_part list, struct cursor *body)
{
	struct unpacked out;

	if (!has_coding(list) || !cursor_left(body))
		return true;
	if (!unpack_codings(d, list, body, &out))
		return false;
	*body = cursor_on_found(d, body, out.bytes, out.length, out.end != UNPACK_WHOLE,
				"Uncompressed entity body");
	return true;
}

static void note_unpacked(struct dissection *d, const struct unpacked *out, bool cut)
{
	if (out->end == UNPACK_BROKEN)
		note_finding(d, HTTP_DECOMPRESSION_FAILED, "Decompression failed after %u bytes",
			     out->length);
	else if (out->end == UNPACK_LIMITED && wants_fields(d))
		note_finding(d, HTTP_DECOMPRESSION_LIMIT, "Only %u bytes were unpacked",
			     out->length);
	else if (out->end == UNPACK_CUT && !cut)
		note_finding(d, HTTP_DECOMPRESSION_FAILED, "The packed body is not complete");
}

/* The body without its codings; false: it was shown as data, being none. */
static bool show_codings(struct dissection *d, const struct http_head *head, struct cursor *body)
{
	struct text_part list = trim_part(head->content_encoding);
	struct unpacked out;

	if (!has_coding(list) || !cursor_left(body))
		return true;
	bool cut = cursor_sent(body) > cursor_left(body);
	bool good = unpack_codings(d, list, body, &out);
	node_id node = add_node(d, body, HTTP_CONTENT_ENCODED, body->pos, cursor_left(body));
	open_node(d, node);
	if (good) {
		label_set(d, node, "Content-encoded entity body (%s): %u bytes -> %u bytes",
			  part_text(d, &list), cursor_sent(body), out.length);
		note_unpacked(d, &out, cut);
	} else {
		label_set(d, node, "Content-encoded entity body (%s): %u bytes",
			  part_text(d, &list), cursor_sent(body));
		note_finding(d, HTTP_DECOMPRESSION_FAILED, NULL);
		hand_on_as_data_within(d, *body);
	}
	close_node(d, node);
	if (good)
		*body = cursor_on_found(d, body, out.bytes, out.length, out.end != UNPACK_WHOLE,
					"Uncompressed entity body");
	return good;
}

void http_show_body(struct dissection *d, const struct http_head *head, struct cursor *c)
{
	struct cursor body = head->framing == FRAMING_CHUNKED ? show_chunks(d, c) : *c;
	const uint8_t *bytes;

	if (!cursor_sent(&body) || !show_codings(d, head, &body))
		return;
	uint32_t n = cursor_left(&body);
	if (!cursor_peek(&body, 0, n, &bytes))
		return;
	http_offer_object(d, head, &body);
	if (wants_fields(d) && field_wanted(d, HTTP_FILE_DATA)) {
		node_id node =
			add_text(d, &body, HTTP_FILE_DATA, body.pos, n, text_of(d, bytes, n));
		label_set(d, node, "File Data: %u bytes",
			  body.source == c->source ? cursor_sent(&body) : n);
	}
	if (head->content_type.bytes)
		hand_on_media(d, head->content_type, body);
	else
		hand_on_as_data_within(d, body);
}
