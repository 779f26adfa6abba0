/* http2_headers.c - header blocks (HPACK, RFC 7541), decoded by nghttp2.
 *
 * A block refers to a table that all blocks before it have filled.  What each layer adds is kept
 * in its fact, and the facts are chained, so that any pass fills a decoder's table for any layer
 * by walking back as many entries as were live there.  Nothing else is kept of a connection. */
#include <string.h>

#include "header_lines.h"
#include "http2.h"
#include "http_fields.h"
#include "state/facts.h"

#ifdef HAVE_NGHTTP2
#include <nghttp2/nghttp2.h>

enum {
	STATIC_ENTRIES = 61,
	DEFAULT_TABLE = 4096,
	INDEXED = 0x80,
	INCREMENTAL = 0x40,
	SIZE_UPDATE = 0x20,
	FIRST_LIST = 512, /* bytes of a header list to begin with */
};

struct entry {
	const uint8_t *name, *value;
	uint32_t name_length, value_length;
};

/* --- the table as it was --- */

/* An integer of RFC 7541, 5.1. */
static uint32_t put_integer(uint8_t *out, uint8_t first, unsigned bits, uint32_t value)
{
	uint32_t most = (1u << bits) - 1, n = 0;

	if (value < most) {
		out[n++] = (uint8_t)(first | value);
		return n;
	}
	out[n++] = (uint8_t)(first | most);
	for (value -= most; value >= 0x80; value >>= 7)
		out[n++] = (uint8_t)(value | 0x80);
	out[n++] = (uint8_t)value;
	return n;
}

static uint32_t word_at(const uint8_t *p)
{
	uint32_t word;

	memcpy(&word, p, sizeof word);
	return word;
}

/* The entries that a fact added, the oldest first.  Returns how many. */
static uint32_t entries_of(const struct http2_fact *fact, uint32_t size, struct entry *out,
			   uint32_t room)
{
	uint32_t head = (uint32_t)(sizeof *fact + fact->item_count * sizeof *fact->items);
	const uint8_t *at = (const uint8_t *)fact + head;
	uint32_t left = size > head ? size - head : 0, count = 0;

	while (count < room && count < fact->added_count && left >= 8) {
		struct entry *entry = &out[count];
		entry->name_length = word_at(at);
		entry->value_length = word_at(at + 4);
		at += 8;
		left -= 8;
		if (entry->name_length > left || entry->value_length > left - entry->name_length)
			break;
		entry->name = at;
		entry->value = at + entry->name_length;
		at += entry->name_length + entry->value_length;
		left -= entry->name_length + entry->value_length;
		count++;
	}
	return count;
}

/* Fills entries[0..live-1], the oldest first.  False: the chain does not go so far back. */
static bool walk_chain(struct dissection *d, const struct hpack_state *state, struct entry *entries)
{
	uint32_t packet = state->chain_packet, serial = state->chain_serial, left = state->live;

	while (left) {
		uint32_t size;
		const struct http2_fact *fact =
			packet ? fact_of(d, packet, FACT_OWN, (uint16_t)serial, &size)
			       : NULL;
		if (!fact || !fact->added_count)
			return false;
		struct entry *added = arena_alloc(&d->arena, fact->added_count * sizeof *added);
		uint32_t count = entries_of(fact, size, added, fact->added_count);
		while (count && left)
			entries[--left] = added[--count];
		packet = fact->before.chain_packet;
		serial = fact->before.chain_serial;
	}
	return true;
}

static void feed(nghttp2_hd_inflater *inflater, const uint8_t *bytes, size_t n)
{
	for (;;) {
		nghttp2_nv field;
		int flags = 0;
		ssize_t used = nghttp2_hd_inflate_hd2(inflater, &field, &flags, bytes, n, 1);
		if (used < 0)
			return;
		bytes += used;
		n -= (size_t)used;
		if (flags & NGHTTP2_HD_INFLATE_FINAL)
			break;
		if (!(flags & NGHTTP2_HD_INFLATE_EMIT) && !n)
			break;
	}
	nghttp2_hd_inflate_end_headers(inflater);
}

/* A block that sets the table's size and adds the entries. */
static void prime(struct dissection *d, nghttp2_hd_inflater *inflater,
		  const struct hpack_state *state, const struct entry *entries)
{
	uint32_t room = 16, n;

	for (uint32_t i = 0; i < state->live; i++)
		room += entries[i].name_length + entries[i].value_length + 16;
	uint8_t *block = arena_alloc(&d->arena, room);
	n = put_integer(block, SIZE_UPDATE, 5,
			state->table_size ? state->table_size : DEFAULT_TABLE);
	for (uint32_t i = 0; i < state->live; i++) {
		const struct entry *entry = &entries[i];
		block[n++] = INCREMENTAL;
		n += put_integer(block + n, 0, 7, entry->name_length);
		memcpy(block + n, entry->name, entry->name_length);
		n += entry->name_length;
		n += put_integer(block + n, 0, 7, entry->value_length);
		memcpy(block + n, entry->value, entry->value_length);
		n += entry->value_length;
	}
	feed(inflater, block, n);
}

static nghttp2_hd_inflater *inflater_of(struct http2_walk *w, const struct hpack_state *state)
{
	struct dissection *d = w->d;
	struct entry *entries = arena_alloc(&d->arena, (state->live + 1) * sizeof *entries);
	nghttp2_hd_inflater *inflater;

	if (nghttp2_hd_inflate_new(&inflater) != 0)
		return NULL;
	nghttp2_hd_inflate_change_table_size(inflater, HPACK_TABLE_LIMIT);
	struct hpack_state filled = *state;
	if (state->live && (!d->learned || !walk_chain(d, state, entries)))
		filled.live = 0;
	prime(d, inflater, &filled, entries);
	return inflater;
}

/* --- one block --- */

static void add_entry(struct http2_walk *w, const nghttp2_nv *field)
{
	uint32_t lengths[2] = { (uint32_t)field->namelen, (uint32_t)field->valuelen };
	uint32_t n = 8 + lengths[0] + lengths[1];

	if (!w->d->pen)
		return;
	if (n > w->added_room - w->added_bytes) {
		uint32_t room = w->added_room + (n > 1024 ? n : 1024) * 2;
		uint8_t *bytes = arena_alloc(&w->d->arena, room);
		if (w->added_bytes)
			memcpy(bytes, w->added, w->added_bytes);
		w->added = bytes;
		w->added_room = room;
	}
	uint8_t *at = w->added + w->added_bytes;
	memcpy(at, lengths, 8);
	memcpy(at + 8, field->name, lengths[0]);
	memcpy(at + 8 + lengths[0], field->value, lengths[1]);
	w->added_bytes += n;
	w->added_count++;
}

/* How a field is written: RFC 7541, 6. */
struct representation {
	const char *name;
	uint8_t mask, value, index_bits;
};

static const struct representation representations[] = {
	{ "Indexed Header Field", 0x80, 0x80, 7 },
	{ "Literal Header Field with Incremental Indexing", 0xc0, 0x40, 6 },
	{ "Literal Header Field never Indexed", 0xf0, 0x10, 4 },
	{ "Literal Header Field without Indexing", 0xf0, 0x00, 4 },
};

/* Reads an integer of 1 to 5 bytes; 0: it is none. */
static uint32_t read_integer(const uint8_t *bytes, size_t n, unsigned bits, uint32_t *value)
{
	uint32_t most = (1u << bits) - 1, at = 1;
	uint64_t number = n ? bytes[0] & most : 0;

	for (unsigned shift = 0; n && number >= most && at < n && at < 6; shift += 7) {
		number += (uint64_t)(bytes[at] & 0x7f) << shift;
		if (!(bytes[at++] & 0x80))
			break;
	}
	*value = number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
	return n ? at : 0;
}

static unsigned header_field(const char *name)
{
	for (unsigned field = HTTP2_FIRST_HEADER; field <= HTTP2_LAST_HEADER; field++)
		if (strcmp(http2_fields[field].name, name) == 0)
			return field;
	return 0;
}

static const char *unescape(struct dissection *d, const char *text)
{
	size_t n = strlen(text), out = 0;
	char *to = arena_alloc(&d->arena, n + 1);

	if (!strchr(text, '%'))
		return text;
	for (size_t i = 0; i < n; i++) {
		unsigned high, low;
		const char *digits = "0123456789abcdef", *at;
		if (text[i] == '%' && n - i > 2 &&
		    (at = strchr(digits, text[i + 1] | 0x20)) != NULL) {
			high = (unsigned)(at - digits);
			if ((at = strchr(digits, text[i + 2] | 0x20)) != NULL) {
				low = (unsigned)(at - digits);
				to[out++] = (char)(high << 4 | low);
				i += 2;
				continue;
			}
		}
		to[out++] = text[i];
	}
	return text_of(d, (const uint8_t *)to, (uint32_t)out);
}

static void show_representation(struct dissection *d, const struct cursor *c, const uint8_t *bytes,
				uint32_t start, uint32_t n)
{
	const struct representation *r = representations;
	uint32_t index;

	while ((bytes[0] & r->mask) != r->value)
		r++;
	read_integer(bytes, n, r->index_bits, &index);
	const char *text = r == representations ? r->name
						: arena_printf(&d->arena, "%s - %s", r->name,
							       index ? "Indexed Name" : "New Name");
	add_text(d, c, HTTP2_HEADER_REPR, start, n, text);
	if (index)
		add_uint(d, c, HTTP2_HEADER_INDEX, start, n, index);
}

static void show_field(struct dissection *d, const struct cursor *c, const nghttp2_nv *nv,
		       const uint8_t *bytes, uint32_t n)
{
	uint32_t start = (uint32_t)(bytes - c->data);
	const char *name = text_of(d, nv->name, (uint32_t)nv->namelen);
	const char *value = nv->valuelen ? text_of(d, nv->value, (uint32_t)nv->valuelen) : "";
	unsigned field = header_field(name);
	node_id tree = add_node(d, c, HTTP2_HEADER, start, n);

	label_set(d, tree, "Header: %s: %s", name, value);
	open_node(d, tree);
	add_uint(d, c, HTTP2_HEADER_NAME_LENGTH, start, n, nv->namelen);
	add_text(d, c, HTTP2_HEADER_NAME, start, n, name);
	add_uint(d, c, HTTP2_HEADER_VALUE_LENGTH, start, n, nv->valuelen);
	add_text(d, c, HTTP2_HEADER_VALUE, start, n, value);
	if (http_header_is_secret(name))
		node_flag(d, last_node(d), NODE_SECRET);
	if (field)
		add_text(d, c, field, start, n, value);
	put_text(d, HTTP2_HEADER_UNESCAPED, unescape(d, value));
	show_representation(d, c, bytes, start, n);
	close_node(d, tree);
}

static void note_head(struct dissection *d, const nghttp2_nv *nv, struct http2_head *head)
{
	const struct {
		const char *name;
		const char **to;
	} known[] = {
		{ ":method", &head->method },	       { ":path", &head->path },
		{ ":scheme", &head->scheme },	       { ":authority", &head->authority },
		{ ":status", &head->status },	       { "content-type", &head->type },
		{ "content-encoding", &head->coding },
	};

	for (unsigned i = 0; i < COUNT(known); i++)
		if (nv->namelen == strlen(known[i].name) &&
		    memcmp(nv->name, known[i].name, nv->namelen) == 0)
			*known[i].to =
				nv->valuelen ? text_of(d, nv->value, (uint32_t)nv->valuelen) : "";
}

/* Size updates stand before the first field. */
static void skip_updates(struct dissection *d, const struct cursor *c, const uint8_t **bytes,
			 uint32_t *n)
{
	uint32_t size;

	while (*n && (**bytes & 0xe0) == SIZE_UPDATE) {
		uint32_t used = read_integer(*bytes, *n, 5, &size);
		uint32_t start = (uint32_t)(*bytes - c->data);
		node_id tree = add_node(d, c, HTTP2_TABLE_UPDATE, start, used);
		open_node(d, tree);
		add_uint(d, c, HTTP2_TABLE_UPDATE_SIZE, start, used, size);
		close_node(d, tree);
		*bytes += used;
		*n -= used;
	}
}

struct block_sums {
	uint32_t count, length;
	uint8_t *list; /* names and values with their lengths in front; NULL: nobody looks at it */
	uint32_t list_length, list_room;
	struct header_lines lines;
};

static void put_string(uint8_t **at, const uint8_t *bytes, size_t n)
{
	for (unsigned i = 0; i < 4; i++)
		*(*at)++ = (uint8_t)(n >> (24 - 8 * i));
	memcpy(*at, bytes, n);
	*at += n;
}

static void list_field(struct dissection *d, struct block_sums *sums, const nghttp2_nv *nv)
{
	uint32_t n = (uint32_t)(nv->namelen + nv->valuelen + 8);

	if (n > sums->list_room - sums->list_length) {
		uint32_t room = 2 * sums->list_room + n;
		uint8_t *list = arena_alloc(&d->arena, room);
		memcpy(list, sums->list, sums->list_length);
		sums->list = list;
		sums->list_room = room;
	}
	uint8_t *at = sums->list + sums->list_length;
	put_string(&at, nv->name, nv->namelen);
	put_string(&at, nv->value, nv->valuelen);
	sums->list_length += n;
}

static void show_list(struct dissection *d, const struct cursor *block,
		      const struct block_sums *sums)
{
	struct cursor list =
		cursor_on_buffer(d, block, sums->list, sums->list_length, "Decompressed Header");

	if (list.source)
		put_bytes(d, HTTP2_HEADER_LIST, &list);
}

/* One field of the block.  Returns the bytes it took; 0: that was all; -1: it is wrong. */
static ssize_t take_field(struct http2_walk *w, const struct cursor *c, const uint8_t *bytes,
			  uint32_t n, struct block_sums *sums, struct http2_head *head)
{
	nghttp2_hd_inflater *inflater = w->inflater;
	nghttp2_nv nv;
	int flags = 0;
	ssize_t used = nghttp2_hd_inflate_hd2(inflater, &nv, &flags, bytes, n, 1);

	if (used < 0 || !(flags & NGHTTP2_HD_INFLATE_EMIT))
		return used < 0 ? -1 : 0;
	const uint8_t *end = bytes + used;
	skip_updates(w->d, c, &bytes, &n);
	uint32_t length = end > bytes ? (uint32_t)(end - bytes) : 1;
	size_t room = nghttp2_hd_inflate_get_max_dynamic_table_size(inflater);
	if (n && (*bytes & 0xc0) == INCREMENTAL && nv.namelen + nv.valuelen + 32 <= room)
		add_entry(w, &nv);
	note_head(w->d, &nv, head);
	sums->count++;
	sums->length += (uint32_t)(nv.namelen + nv.valuelen + 8);
	if (sums->length > HEADER_LIST_LIMIT || !wants_fields(w->d) || !n)
		return used;
	show_field(w->d, c, &nv, bytes, length);
	if (sums->list)
		list_field(w->d, sums, &nv);
	header_lines_add(w->d, &sums->lines,
			 &(struct text_part){ nv.name, 0, (uint32_t)nv.namelen },
			 &(struct text_part){ nv.value, 0, (uint32_t)nv.valuelen });
	return used;
}

static void restart(struct http2_walk *w)
{
	struct hpack_state empty = { 0 };

	nghttp2_hd_inflate_del(w->inflater);
	w->inflater = inflater_of(w, &empty);
}

void http2_show_block(struct http2_walk *w, const struct cursor *block, struct http2_head *head)
{
	struct dissection *d = w->d;
	uint32_t n = cursor_left(block);
	struct block_sums sums = {
		.lines.asked_for = field_asked_for(d, HTTP2_HEADER_LINES),
	};
	const uint8_t *bytes;
	ssize_t used = 0;

	if (wants_fields(d) && field_wanted(d, HTTP2_HEADER_LIST))
		sums.list = arena_alloc(&d->arena, sums.list_room = FIRST_LIST);

	*head = (struct http2_head){ 0 };
	w->decoded = true;
	if (!w->inflater)
		w->inflater = inflater_of(w, &w->before);
	if (!w->inflater || !cursor_peek(block, 0, n, &bytes))
		return;
	node_id length = put_uint(d, HTTP2_HEADER_LENGTH, 0);
	node_id count = put_uint(d, HTTP2_HEADER_COUNT, 0);
	do {
		used = take_field(w, block, bytes, n, &sums, head);
		bytes += used > 0 ? used : 0;
		n -= used > 0 ? (uint32_t)used : 0;
	} while (used > 0);
	if (length != NO_NODE)
		d->nodes[length].value.number = sums.length;
	if (count != NO_NODE)
		d->nodes[count].value.number = sums.count;
	if (sums.list_length)
		show_list(d, block, &sums);
	header_lines_put(d, block, HTTP2_HEADER_LINES, &sums.lines);
	if (sums.length > HEADER_LIST_LIMIT)
		note_finding(d, HTTP2_SIZE_EXCEEDED, "Only %u bytes of header fields are shown",
			     HEADER_LIST_LIMIT);
	head->failed = used < 0;
	if (head->failed) {
		note_finding(d, HTTP2_BLOCK_FAILED, NULL);
		restart(w);
	} else {
		nghttp2_hd_inflate_end_headers(w->inflater);
	}
}

void http2_end_blocks(struct http2_walk *w, struct hpack_state *after)
{
	*after = w->before;
	if (!w->inflater)
		return;
	size_t entries = nghttp2_hd_inflate_get_num_table_entries(w->inflater);
	after->live = entries > STATIC_ENTRIES ? (uint32_t)(entries - STATIC_ENTRIES) : 0;
	after->table_size = (uint32_t)nghttp2_hd_inflate_get_max_dynamic_table_size(w->inflater);
	nghttp2_hd_inflate_del(w->inflater);
	w->inflater = NULL;
}

#else

void http2_show_block(struct http2_walk *w, const struct cursor *block, struct http2_head *head)
{
	(void)w;
	(void)block;
	*head = (struct http2_head){ .failed = true };
}

void http2_end_blocks(struct http2_walk *w, struct hpack_state *after)
{
	*after = w->before;
}

#endif
