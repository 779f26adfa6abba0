/* http2.h - what the parts of HTTP/2 share: fields, header blocks, streams. */
#ifndef DISSECTORS_HTTP2_H
#define DISSECTORS_HTTP2_H

#include "dissect/dissector.h"

/* clang-format off */
enum {
	HTTP2, HTTP2_STREAM, HTTP2_MAGIC, HTTP2_LENGTH, HTTP2_TYPE, HTTP2_FLAGS, HTTP2_FLAGS_UNUSED,
	HTTP2_FLAGS_UNUSED_SETTINGS, HTTP2_FLAGS_UNUSED_PING, HTTP2_FLAGS_UNUSED_CONTINUATION,
	HTTP2_FLAGS_UNUSED_PUSH_PROMISE, HTTP2_FLAGS_UNUSED_DATA, HTTP2_FLAGS_UNUSED_HEADERS,
	HTTP2_FLAGS_PRIORITY, HTTP2_FLAGS_PADDED, HTTP2_FLAGS_EH, HTTP2_FLAGS_END_STREAM,
	HTTP2_FLAGS_ACK_PING, HTTP2_FLAGS_ACK_SETTINGS, HTTP2_R, HTTP2_STREAMID, HTTP2_PADDING,
	HTTP2_PAD_LENGTH, HTTP2_EXCLUSIVE, HTTP2_STREAM_DEPENDENCY, HTTP2_WEIGHT, HTTP2_WEIGHT_REAL,
	HTTP2_DATA, HTTP2_DATA_PADDING, HTTP2_HEADERS, HTTP2_HEADERS_PADDING, HTTP2_HEADER_LENGTH,
	HTTP2_HEADER_COUNT, HTTP2_HEADER_LIST, HTTP2_HEADER_LINES, HTTP2_BODY, HTTP2_HEADER, HTTP2_HEADER_NAME_LENGTH, HTTP2_HEADER_NAME,
	HTTP2_HEADER_VALUE_LENGTH, HTTP2_HEADER_VALUE, HTTP2_HEADER_UNESCAPED, HTTP2_HEADER_REPR,
	HTTP2_HEADER_INDEX, HTTP2_TABLE_UPDATE, HTTP2_TABLE_UPDATE_SIZE, HTTP2_FULL_URI,
	HTTP2_RST_ERROR, HTTP2_SETTINGS, HTTP2_SETTINGS_ID, HTTP2_SETTINGS_HEADER_TABLE_SIZE,
	HTTP2_SETTINGS_ENABLE_PUSH, HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS,
	HTTP2_SETTINGS_INITIAL_WINDOW_SIZE, HTTP2_SETTINGS_MAX_FRAME_SIZE,
	HTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, HTTP2_SETTINGS_EXTENDED_CONNECT, HTTP2_SETTINGS_UNKNOWN,
	HTTP2_PUSH_R, HTTP2_PUSH_STREAM, HTTP2_PUSH_HEADER, HTTP2_PUSH_PADDING, HTTP2_PING, HTTP2_PONG,
	HTTP2_GOAWAY_R, HTTP2_GOAWAY_LAST, HTTP2_GOAWAY_ERROR, HTTP2_GOAWAY_DATA, HTTP2_WINDOW_R,
	HTTP2_WINDOW_INCREMENT, HTTP2_CONTINUATION_HEADER, HTTP2_ALTSVC_LENGTH, HTTP2_ALTSVC_ORIGIN,
	HTTP2_ALTSVC_VALUE, HTTP2_ORIGIN, HTTP2_ORIGIN_LENGTH, HTTP2_ORIGIN_TEXT, HTTP2_UPDATE_STREAM,
	HTTP2_UPDATE_VALUE, HTTP2_UNKNOWN, HTTP2_FRAME_SIZE, HTTP2_BLOCK_FAILED, HTTP2_SIZE_EXCEEDED,
	HTTP2_STREAM_CLOSED, HTTP2_WINDOW_ZERO, HTTP2_BLOCK_BROKEN, HTTP2_BODY_FAILED,
	HTTP2_HEADERS_AUTHORITY, HTTP2_HEADERS_METHOD, HTTP2_HEADERS_PATH, HTTP2_HEADERS_SCHEME, HTTP2_HEADERS_STATUS, HTTP2_HEADERS_ACCEPT, HTTP2_HEADERS_ACCEPT_CHARSET, HTTP2_HEADERS_ACCEPT_ENCODING, HTTP2_HEADERS_ACCEPT_LANGUAGE, HTTP2_HEADERS_ACCEPT_RANGES, HTTP2_HEADERS_ACCESS_CONTROL_ALLOW_ORIGIN, HTTP2_HEADERS_AGE, HTTP2_HEADERS_ALLOW, HTTP2_HEADERS_AUTHORIZATION, HTTP2_HEADERS_CACHE_CONTROL, HTTP2_HEADERS_CONTENT_DISPOSITION, HTTP2_HEADERS_CONTENT_ENCODING, HTTP2_HEADERS_CONTENT_LANGUAGE, HTTP2_HEADERS_CONTENT_LENGTH, HTTP2_HEADERS_CONTENT_LOCATION, HTTP2_HEADERS_CONTENT_RANGE, HTTP2_HEADERS_CONTENT_TYPE, HTTP2_HEADERS_COOKIE, HTTP2_HEADERS_DATE, HTTP2_HEADERS_ETAG, HTTP2_HEADERS_EXPECT, HTTP2_HEADERS_EXPIRES, HTTP2_HEADERS_FROM, HTTP2_HEADERS_IF_MATCH, HTTP2_HEADERS_IF_MODIFIED_SINCE, HTTP2_HEADERS_IF_NONE_MATCH, HTTP2_HEADERS_IF_RANGE, HTTP2_HEADERS_IF_UNMODIFIED_SINCE, HTTP2_HEADERS_LAST_MODIFIED, HTTP2_HEADERS_LINK, HTTP2_HEADERS_LOCATION, HTTP2_HEADERS_MAX_FORWARDS, HTTP2_HEADERS_PROXY_AUTHENTICATE, HTTP2_HEADERS_PROXY_AUTHORIZATION, HTTP2_HEADERS_RANGE, HTTP2_HEADERS_REFERER, HTTP2_HEADERS_REFRESH, HTTP2_HEADERS_RETRY_AFTER, HTTP2_HEADERS_SERVER, HTTP2_HEADERS_SET_COOKIE, HTTP2_HEADERS_STRICT_TRANSPORT_SECURITY, HTTP2_HEADERS_USER_AGENT, HTTP2_HEADERS_VARY, HTTP2_HEADERS_VIA, HTTP2_HEADERS_WWW_AUTHENTICATE,
	HTTP2_FIELDS,
};
/* clang-format on */
enum {
	HTTP2_FIRST_HEADER = HTTP2_HEADERS_AUTHORITY,
	HTTP2_LAST_HEADER = HTTP2_HEADERS_WWW_AUTHENTICATE
};

extern const struct field http2_fields[HTTP2_FIELDS];

/* Limits.  Reaching one is a finding, but for streams, whose bodies are then not put together. */
enum {
	HPACK_TABLE_LIMIT = 64 << 10,  /* what browsers allow; RFC 9113's default is 4096 */
	HEADER_LIST_LIMIT = 256 << 10, /* bytes of a decoded header block that are shown */
	HTTP2_STREAMS = 128,	   /* of a connection that are known at a time; a power of two */
	HTTP2_CONTENTS = 32,	   /* different types of bodies in a connection */
	HTTP2_NAME_ROOM = 64,	   /* of what was asked for, as an object's name; and of its host */
	HTTP2_CONTENT_LIMIT = 256, /* bytes of a media type and a coding */
};

/* Header fields that went into the table of one direction (RFC 7541, 2.3.2), as the layers' facts
 * have them: a chain from the last layer back. */
struct hpack_state {
	uint32_t chain_packet; /* the last layer that added some, 0: none did */
	uint32_t chain_serial;
	uint32_t live;	     /* entries in the table */
	uint32_t table_size; /* what it may hold; 0: the default */
};

enum http2_item_kind { ITEM_BLOCK = 1, ITEM_BODY, ITEM_CLOSED };

/* What the first pass found out about a frame of the layer. */
struct http2_item {
	uint32_t kind, frame;
	uint32_t message;  /* number + 1 of pieces; 0: the frame has all */
	uint32_t words_at; /* a body: where in the layer's words its content's are */
};

/* The fact of a layer: items, then text of what went into the table, then words. */
struct http2_fact {
	struct hpack_state before;
	uint32_t item_count;
	uint32_t added_count, added_bytes;
	struct http2_item items[];
};

/* What a body is, as its head says it. */
struct http2_content {
	struct http2_content *next;
	uint32_t size; /* of words: the media type and the coding, each ended by a 0 */
	char words[];
};

struct http2_stream {
	uint32_t id;
	uint32_t list[2]; /* pieces of the bodies */
	uint8_t has_pieces[2], ended[2];
	const struct http2_content *content[2]; /* NULL: not a body to put together */
	char name[HTTP2_NAME_ROOM];		/* the last part of the path; "": not known */
};

struct http2_half {
	struct hpack_state hpack;
	uint32_t block_list;   /* pieces of a header block that is not complete */
	uint32_t block_stream; /* 0: there is none */
};

struct http2_connection {
	struct http2_half half[2];
	struct http2_stream *streams; /* by number, as many as are open at a time */
	uint32_t stream_room;	      /* a power of two; 0: none yet */
	uint32_t content_count;
	struct http2_content *contents;
	char host[HTTP2_NAME_ROOM]; /* that was asked last */
};

/* What a decoded block says. */
struct http2_head {
	const char *method, *path, *scheme, *authority, *status, *type, *coding;
	bool failed;
};

/* A layer being taken apart: one or more frames. */
struct http2_walk {
	struct dissection *d;
	struct http2_connection *connection; /* in the first pass */
	struct http2_half *half;
	const struct http2_fact *fact; /* in the others; NULL: nothing was learnt */
	unsigned side;		       /* 0: the client's frames */
	uint32_t frame;
	void *inflater; /* nghttp2_hd_inflater; NULL: not needed yet */
	bool decoded;	/* a block was: the table counts */
	struct hpack_state before;
	struct http2_item *items;
	uint32_t item_count, item_room;
	char *words; /* of the items' contents */
	uint32_t word_bytes, word_room;
	uint8_t *added; /* name length, value length, name, value; and again */
	uint32_t added_count, added_bytes, added_room;
};

/* Decodes a header block and shows its fields. */
void http2_show_block(struct http2_walk *w, const struct cursor *block, struct http2_head *head);
/* Ends the use of the inflater; *after is the table then. */
void http2_end_blocks(struct http2_walk *w, struct hpack_state *after);

/* --- http2_streams.c: what the first pass learns of a layer's streams --- */

/* What was found out about the frame at work; NULL: nothing of that kind. */
const struct http2_item *http2_item_of(const struct http2_walk *w, enum http2_item_kind kind);
struct http2_item *http2_add_item(struct http2_walk *w, enum http2_item_kind kind);
/* The stream's place; NULL after the first pass.  One that has ended makes room for the next. */
struct http2_stream *http2_stream_of(struct http2_walk *w, uint32_t id);
void http2_learn_head(struct http2_walk *w, uint32_t id, const struct http2_head *head);
/* What DATA brings; `last`: the sender ends the stream with this frame. */
void http2_learn_data(struct http2_walk *w, uint32_t id, const struct cursor *data, bool last);
/* Keeps it, with the table as it is `after` the layer. */
void http2_learn_layer(struct http2_walk *w, const struct hpack_state *after);
/* All that was sent of it, also what a pass does not fetch. */
struct cursor http2_whole_of(struct cursor c);

/* The body that ends with the frame at work, of which `body` is what that has. */
void http2_show_body(struct http2_walk *w, const struct cursor *c, struct cursor body);

extern const struct dissector http2_dissector;

#endif
