/* http_message.h - how an HTTP/1 message is delimited (RFC 9112), apart from how it is shown. */
#ifndef DISSECTORS_HTTP_MESSAGE_H
#define DISSECTORS_HTTP_MESSAGE_H

#include "dissect/dissector.h"
#include "dissect/text_line.h"

enum http_kind { HTTP_KIND_NONE, HTTP_KIND_REQUEST, HTTP_KIND_RESPONSE };

/* The first line in its parts; those that are not there are empty. */
struct http_start {
	enum http_kind kind;
	struct text_part method, uri, version, code, phrase;
	uint16_t status; /* 0: the code is no number of three digits */
};

enum http_framing {
	FRAMING_NO_LENGTH,
	FRAMING_LENGTH,
	FRAMING_CHUNKED,
	FRAMING_OTHER_CODING, /* a transfer coding that is not chunked in the end */
	FRAMING_BAD_LENGTH,   /* a Content-Length that is no number, or two that differ */
};

/* What the header section says about the body. */
struct http_head {
	struct http_start start;
	uint32_t size; /* with the empty line at its end; 0: that is not there */
	enum http_framing framing;
	uint64_t content_length;
	bool has_length, has_coding;
	struct text_part content_type, content_encoding, host, upgrade,
		websocket_extensions;		       /* bytes are NULL: not there */
	struct text_part location, cookie, set_cookie; /* of several the last */
	bool conditional;	 /* has If-Match, If-None-Match ... (RFC 9110, 13.1) */
	const char *object_name; /* for who saves the body; NULL: not known */
};

/* What a connection's first pass remembers for the next message. */
struct http_request_fact;
struct http_response_fact;
enum { HTTP_COOKIES = 16 };
struct http_cookie_seen {
	uint32_t name_hash, packet;
};
struct http_connection {
	struct http_request_fact *first_pending; /* the oldest request without a final response */
	struct http_request_fact *last_request;
	struct http_response_fact *last_response;
	uint32_t exchanges;
	uint32_t *total; /* the same where facts find it, in the first of them; NULL: none yet */
	uint32_t last_exchange_request; /* packet of the last exchange's request, 0: none */
	const struct http_request_fact *connect;  /* that led to the tunnel; NULL: an Upgrade did */
	struct http_response_fact *last_redirect; /* and where it leads to, in short */
	uint32_t redirect_hash;
	struct http_cookie_seen *cookies; /* HTTP_COOKIES of them; NULL: no response set any */
	uint32_t cookie_count;		  /* the oldest is forgotten first */
	bool tunnel;			  /* after CONNECT or Upgrade: not HTTP any more */
	const struct dissector *next;	  /* whose the tunnel's bytes are; NULL: no one knows */
};

/* Packets are known by number, 0: none.  Members are at most 4 bytes wide, as facts want. */
enum http_fact_kind { FACT_REQUEST = 1, FACT_RESPONSE, FACT_TUNNEL };

/* How many exchanges the fact's connection has. */
struct http_total {
	uint32_t count; /* in the first fact of a connection: as far as it was read */
	uint32_t at[2]; /* a pointer to that one's */
};

struct http_request_fact {
	uint8_t kind;
	bool head, connect; /* the method, as far as the answer depends on it */
	uint16_t layer;	    /* its number in the packet */
	uint16_t uri_length;
	uint32_t packet;
	uint32_t exchange;
	struct http_total total;
	uint32_t previous_request;
	uint32_t response_in, next_request; /* links forward */
	uint32_t next_pending[2];	    /* a pointer; for the first pass alone */
	uint32_t redirected_in;		    /* the response that led here */
	uint32_t cookie_set_in;		    /* the last that set one of its cookies */
	char uri[];
};

struct http_response_fact {
	uint8_t kind;
	bool no_body;		/* the request was HEAD, or CONNECT that was granted */
	uint16_t request_layer; /* where its fact is */
	uint32_t packet;
	uint32_t exchange;
	struct http_total total;
	uint32_t request_in;
	uint32_t previous_request, previous_response;
	uint32_t next_request, next_response; /* links forward */
	uint32_t followed_in; /* the request that goes where Location says; a link forward */
};

/* Of the exchange's connection; where packets are told as they come, up to this one. */
uint32_t http_exchanges_told(const struct dissection *d, uint32_t exchange,
			     const struct http_total *total);

/* What this response answers; NULL: no request that was seen. */
const struct http_request_fact *http_answered_request(struct dissection *d,
						      const struct http_response_fact *response);

/* Could a message begin at the cursor?  A quick look. */
bool http_may_begin(const struct cursor *c);
/* RFC 9110, 5.6.2: as methods and the names of header fields are. */
bool http_is_token(const struct text_part *word);
bool http_read_start(struct text_part line, struct http_start *start);
/* Reads the header section at the start of n bytes. */
void http_read_head(const uint8_t *bytes, uint32_t n, struct http_head *head);
/* Is there a body, as this response's code and request say? */
bool http_has_body(const struct http_start *start, bool head, bool connect);

struct http_tunnel_fact {
	uint8_t kind;
	uint32_t next; /* registry number + 1 of who dissects it; 0: data */
	uint32_t target_length;
	char target[];
};

struct http_chunk {
	uint64_t size;
	uint32_t line; /* bytes of the line that says the size */
	bool valid;
};
/* The chunk's first line, which must be whole. */
struct http_chunk http_read_chunk(const uint8_t *bytes, uint32_t n);

/* Bytes of the line end at the front of n bytes: 2, 1 or 0. */
uint32_t http_line_end(const uint8_t *bytes, uint32_t n);

/* The dissector's message_size(). */
void http_message_size(struct dissection *d, const struct cursor *c, struct message_scan *scan);
struct http_connection *http_connection_of(const struct dissection *d);

/* The URI with scheme and host; in the arena. */
const char *http_full_uri(struct dissection *d, const struct http_head *head);

/* The last part of the path of `uri`; "/" if that is empty. */
const char *http_last_part(struct dissection *d, const char *uri, uint32_t n);
/* The body as a file to save (dissect/object.h): its name, then its bytes. */
void http_name_object(struct dissection *d, struct http_head *head, const void *fact);
void http_offer_object(struct dissection *d, const struct http_head *head,
		       const struct cursor *body);
/* Keeps with the message what it answers, or who will; nothing after the first pass. */
void http_learn(struct dissection *d, const struct http_head *head);

/* Takes the message's body off the cursor and hands it on; also in the bare first pass. */
void http_show_body(struct dissection *d, const struct http_head *head, struct cursor *c);
/* Takes the codings that Content-Encoding names off the body.  False: it cannot be unpacked. */
bool http_unpack(struct dissection *d, struct text_part codings, struct cursor *body);
/* One whole message, for protocols that look like HTTP. */
void http_dissect(struct dissection *d, struct cursor *c);

extern const struct dissector http_dissector;

#endif
