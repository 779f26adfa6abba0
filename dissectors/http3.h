/* http3.h - what the files of HTTP/3 share. */
#ifndef DISSECTORS_HTTP3_H
#define DISSECTORS_HTTP3_H

#include "quic.h"
#include "state/reassembly.h"

/* Limits on what a hostile connection can make of itself. */
enum {
	HTTP3_FRAME_LIMIT = 1 << 28, /* bytes of a frame */
	HTTP3_SETTINGS_LIMIT = 1024, /* rows that are shown */
	HTTP3_INSTRUCTIONS_LIMIT =
		32 << 10,	     /* bytes of QPACK's instructions that are kept of one side */
	HTTP3_CHUNKS_LIMIT = 1024,   /* in as many parts */
	HTTP3_TABLE_LIMIT = 1 << 20, /* bytes of a decoder's table */
	HTTP3_HEADERS_LIMIT = 256 << 10, /* bytes of a header list that are shown */
};

enum { HTTP3_FRAME_DATA = 0, HTTP3_FRAME_HEADERS = 1 };

enum http3_field {
	HTTP3,
	HTTP3_STREAM,
	HTTP3_STREAM_TYPE,
	HTTP3_FRAME_TYPE,
	HTTP3_FRAME_LENGTH,
	HTTP3_FRAME_PAYLOAD,
	HTTP3_SETTINGS,
	HTTP3_SETTINGS_ID,
	HTTP3_SETTINGS_VALUE,
	HTTP3_MAX_TABLE_CAPACITY,
	HTTP3_MAX_SECTION_SIZE,
	HTTP3_BLOCKED_STREAMS,
	HTTP3_EXTENDED_CONNECT,
	HTTP3_PUSH_ID,
	HTTP3_PRIORITY_ELEMENT,
	HTTP3_PRIORITY_VALUE,
	HTTP3_HEADERS_COUNT,
	HTTP3_HEADER_LINES,
	HTTP3_HEADER,
	HTTP3_HEADER_NAME_LENGTH,
	HTTP3_HEADER_NAME,
	HTTP3_HEADER_VALUE_LENGTH,
	HTTP3_HEADER_VALUE,
	HTTP3_HEADERS_FAILED,
	HTTP3_FIELDS,
};

/* A message's fact; of most messages there is none.  Instructions of QPACK's encoder are kept
 * behind it, and each has the place of those before it, so that any header block can be decoded at
 * once. */
struct http3_fact {
	uint32_t parts;	   /* enum http3_part */
	uint32_t packet;   /* the instructions that came last: the packet, 0: none */
	uint32_t serial;   /* and the layer in it */
	uint32_t capacity; /* of the decoder's table, as its side said */
	uint8_t instructions[];
};

/* What the header fields say of a body; "": nothing. */
struct http3_head {
	const char *path, *authority, *type, *coding;
};

/* The header fields of the block in `c`; `fact` may be NULL.  Shows nothing without nghttp3. */
void http3_show_headers(struct dissection *d, const struct cursor *c,
			const struct http3_fact *fact);
/* The same without showing them: sets what it finds.  Finds nothing without nghttp3. */
void http3_read_headers(struct dissection *d, const struct cursor *c, const struct http3_fact *fact,
			struct http3_head *head);

/* In the first pass: what a frame of a request's stream adds to its body. */
void http3_learn_body(struct dissection *d, struct quic_stream *stream, uint64_t type,
		      const struct cursor *payload);
/* In the first pass, after the part was fed: is the body complete?  `number` is the part's in this
 * packet. */
void http3_learn_end(struct dissection *d, struct quic_stream *stream,
		     const struct stream_part *part, uint32_t length, uint16_t number);
/* In other passes, if somebody asked for objects or for bodies: the one that was complete with this
 * part. */
void http3_offer_body(struct dissection *d, const struct cursor *c, uint16_t number);

#endif
