/* http3_headers.c - header blocks (QPACK, RFC 9204), decoded by nghttp3.
 *
 * A block refers to a table that a stream of instructions has filled.  Those that came before it
 * are chained by facts; a decoder is filled with them anew for each block that needs it. */
#include "header_lines.h"
#include "http3.h"
#include "http_fields.h"

#include <string.h>

#include "state/facts.h"

#ifdef HAVE_NGHTTP3
#include <nghttp3/nghttp3.h>

enum { BLOCKED_STREAMS = 1 };

/* One part of the instructions. */
struct chunk {
	const uint8_t *bytes;
	uint32_t length;
};

static const struct http3_fact *chunk_of(struct dissection *d, const struct http3_fact *after,
					 uint32_t *size)
{
	return after->packet
		       ? fact_of(d, after->packet, FACT_OWN, (uint16_t)after->serial, size)
		       : NULL;
}

/* Feeds the decoder all instructions that came before the block, from the first on. */
static void fill_table(struct dissection *d, nghttp3_qpack_decoder *decoder,
		       const struct http3_fact *fact)
{
	struct chunk *chunks = arena_alloc(&d->arena, HTTP3_CHUNKS_LIMIT * sizeof *chunks);
	uint32_t count = 0, size = 0;

	while (count < HTTP3_CHUNKS_LIMIT && (fact = chunk_of(d, fact, &size)) &&
	       size > sizeof *fact)
		chunks[count++] =
			(struct chunk){ fact->instructions, size - (uint32_t)sizeof *fact };
	while (count--)
		if (nghttp3_qpack_decoder_read_encoder(decoder, chunks[count].bytes,
						       chunks[count].length) < 0)
			return;
}

static const char *text_in(struct dissection *d, const nghttp3_rcbuf *text, uint32_t *n)
{
	nghttp3_vec bytes = nghttp3_rcbuf_get_buf(text);

	*n = (uint32_t)bytes.len;
	return *n ? text_of(d, bytes.base, *n) : "";
}

static void show_header(struct dissection *d, const struct cursor *c, const nghttp3_qpack_nv *field,
			uint32_t start, uint32_t n)
{
	uint32_t name_length, value_length;
	const char *name = text_in(d, field->name, &name_length);
	const char *value = text_in(d, field->value, &value_length);
	node_id tree = add_node(d, c, HTTP3_HEADER, start, n);

	label_set(d, tree, "Header: %s: %s", name, value);
	open_node(d, tree);
	add_uint(d, c, HTTP3_HEADER_NAME_LENGTH, start, n, name_length);
	add_text(d, c, HTTP3_HEADER_NAME, start, n, name);
	add_uint(d, c, HTTP3_HEADER_VALUE_LENGTH, start, n, value_length);
	add_text(d, c, HTTP3_HEADER_VALUE, start, n, value);
	if (http_header_is_secret(name))
		node_flag(d, last_node(d), NODE_SECRET);
	close_node(d, tree);
}

static void note_header(struct dissection *d, const nghttp3_qpack_nv *field,
			struct http3_head *head)
{
	const struct {
		int32_t token;
		const char **value;
	} rows[] = {
		{ NGHTTP3_QPACK_TOKEN__PATH, &head->path },
		{ NGHTTP3_QPACK_TOKEN__AUTHORITY, &head->authority },
		{ NGHTTP3_QPACK_TOKEN_CONTENT_TYPE, &head->type },
		{ NGHTTP3_QPACK_TOKEN_CONTENT_ENCODING, &head->coding },
	};
	uint32_t n;

	for (unsigned i = 0; i < COUNT(rows); i++)
		if (rows[i].token == field->token)
			*rows[i].value = text_in(d, field->value, &n);
}

static struct text_part part_of(const nghttp3_rcbuf *text)
{
	nghttp3_vec bytes = nghttp3_rcbuf_get_buf(text);

	return (struct text_part){ bytes.base, 0, (uint32_t)bytes.len };
}

static uint32_t header_size(const nghttp3_qpack_nv *field)
{
	return (uint32_t)(nghttp3_rcbuf_get_buf(field->name).len +
			  nghttp3_rcbuf_get_buf(field->value).len + 32);
}

/* The fields of the block, shown if `head` is NULL; false: it does not decode. */
static bool read_block(struct dissection *d, const struct cursor *c, nghttp3_qpack_decoder *decoder,
		       nghttp3_qpack_stream_context *context, struct http3_head *head)
{
	uint32_t n = cursor_left(c), at = 0, shown = 0, count = 0;
	const uint8_t *bytes;
	uint8_t flags = 0;
	struct header_lines lines = { .asked_for =
					      !head && field_asked_for(d, HTTP3_HEADER_LINES) };

	if (!cursor_peek(c, 0, n, &bytes))
		return true;
	while (!(flags & NGHTTP3_QPACK_DECODE_FLAG_FINAL) && shown < HTTP3_HEADERS_LIMIT) {
		nghttp3_qpack_nv field;
		nghttp3_ssize used = nghttp3_qpack_decoder_read_request(
			decoder, context, &field, &flags, bytes + at, n - at, 1);
		if (used < 0 || flags & NGHTTP3_QPACK_DECODE_FLAG_BLOCKED)
			return false;
		if (flags & NGHTTP3_QPACK_DECODE_FLAG_EMIT) {
			if (head)
				note_header(d, &field, head);
			else
				show_header(d, c, &field, c->pos + at, (uint32_t)used);
			struct text_part name = part_of(field.name), value = part_of(field.value);
			header_lines_add(d, &lines, &name, &value);
			shown += header_size(&field);
			count++;
			nghttp3_rcbuf_decref(field.name);
			nghttp3_rcbuf_decref(field.value);
		} else if (!used && !(flags & NGHTTP3_QPACK_DECODE_FLAG_FINAL)) {
			return false;
		}
		at += (uint32_t)used;
	}
	if (!head)
		put_uint(d, HTTP3_HEADERS_COUNT, count);
	header_lines_put(d, c, HTTP3_HEADER_LINES, &lines);
	return true;
}

static bool decode(struct dissection *d, const struct cursor *c, const struct http3_fact *fact,
		   struct http3_head *head)
{
	const nghttp3_mem *memory = nghttp3_mem_default();
	uint32_t capacity =
		fact && fact->capacity < HTTP3_TABLE_LIMIT ? fact->capacity : HTTP3_TABLE_LIMIT;
	nghttp3_qpack_decoder *decoder;
	nghttp3_qpack_stream_context *context;

	if (!cursor_left(c) ||
	    nghttp3_qpack_decoder_new(&decoder, fact ? capacity : 0, BLOCKED_STREAMS, memory))
		return true;
	bool good = true;
	if (fact)
		fill_table(d, decoder, fact);
	if (!nghttp3_qpack_stream_context_new(&context, 0, memory)) {
		good = read_block(d, c, decoder, context, head);
		nghttp3_qpack_stream_context_del(context);
	}
	nghttp3_qpack_decoder_del(decoder);
	return good;
}

void http3_show_headers(struct dissection *d, const struct cursor *c, const struct http3_fact *fact)
{
	if (!decode(d, c, fact, NULL))
		note_finding(d, HTTP3_HEADERS_FAILED, NULL);
}

void http3_read_headers(struct dissection *d, const struct cursor *c, const struct http3_fact *fact,
			struct http3_head *head)
{
	decode(d, c, fact, head);
}

#else

void http3_show_headers(struct dissection *d, const struct cursor *c, const struct http3_fact *fact)
{
	(void)d;
	(void)c;
	(void)fact;
}

void http3_read_headers(struct dissection *d, const struct cursor *c, const struct http3_fact *fact,
			struct http3_head *head)
{
	(void)d;
	(void)c;
	(void)fact;
	(void)head;
}

#endif
