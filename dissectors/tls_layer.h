/* tls_layer.h - what the files that read TLS's records share: a connection, and a layer of it at
 * work. */
#ifndef DISSECTORS_TLS_LAYER_H
#define DISSECTORS_TLS_LAYER_H

#include "state/sealed.h"
#include "tls.h"
#include "tls_keys.h"
#include "tls_version.h"

enum { RECORD_HEADER = 5, HANDSHAKE_HEADER = 4, COMPLETED_LIMIT = 256 };

enum standing_flag {
	SIDE_ENCRYPTED = 1, /* this side has changed its cipher */
	SIDE_RESUMES = 2,   /* its last handshake message was a ServerHello, but for tickets */
	INNER_SHIFT = 2,    /* the other bits: what both agreed on by ALPN (tls_inner_row()) */
};

/* Where a layer begins: its fact.  Of the most common ones only the first member is kept. */
struct tls_standing {
	uint32_t version : 16; /* of the connection; 0: not known */
	uint32_t flags : 8;    /* enum standing_flag */
	uint32_t type : 8;     /* of the handshake message that goes on */
	uint32_t suite : 16;
	uint32_t head_length : 16; /* bytes of its header that came, while that is not whole */
	uint32_t left;		   /* bytes of it to come; 0: none goes on, unless head_length */
	uint8_t head[HANDSHAKE_HEADER];
};

static inline uint8_t flags_with_inner(unsigned flags, unsigned row)
{
	return (uint8_t)((flags & ~(~0u << INNER_SHIFT)) | (row & 0x3f) << INNER_SHIFT);
}

/* A message that the layer completes or opens, and where in it. */
struct tls_made {
	uint32_t place;	  /* of the record, counted from 0, times 2; + 1: it was opened by keys */
	uint32_t message; /* its number + 1 */
};

/* FACT_OTHER: all of them, in their order. */
struct tls_completed {
	uint32_t count;
	struct tls_made made[];
};

struct tls_side {
	uint8_t flags;	 /* enum standing_flag */
	uint32_t pieces; /* of the handshake message at work (state/pieces.h) */
	uint32_t type, left, head_length;
	uint8_t head[HANDSHAKE_HEADER];
	uint32_t inner; /* its half of the stream inside, with a key log */
};

/* What opens a side's records. */
struct tls_unlocking {
	uint32_t keys, pending; /* numbers + 1; pending: from its ChangeCipherSpec on */
	struct secret traffic;	/* TLS 1.3: of its application data */
	uint64_t sequence;
	uint8_t last_block[16]; /* of its ciphertext, for TLS 1.0 */
};

struct tls_connection {
	struct tls_side side[2];	 /* [0]: of the one who opened the connection */
	struct tls_unlocking *unlocking; /* [2]: of each side; NULL: there was no key log */
	const struct dissector *inner;	 /* NULL: not known yet */
	uint8_t inner_row;		 /* by ALPN (tls_inner_row()); 0: not agreed on */
	const struct dissector *plain;	 /* who speaks on a port of TLS instead; NULL: no one */
	struct tls_waiting waiting;	 /* for the version */
	struct tls_agreement agreement;
	uint16_t version, suite;
	bool client_known, client_opened, renegotiates;
	bool inner_asked, plain_asked, plain_at_work;
};

/* A layer at work. */
struct tls_layer {
	struct tls_connection *connection; /* NULL after the first pass */
	struct tls_side *side;
	struct tls_standing now;
	uint16_t chosen;		       /* the version that later packets chose; 0: none */
	const struct tls_completed *completed; /* after the first pass; NULL: none */
	uint32_t completed_count;
	uint32_t record;     /* which one is at work */
	struct cursor plain; /* what the record at work protects; if has_plain */
	bool has_plain;
	bool inner_worded;    /* the Protocol column is that of what is inside */
	bool said_unfinished; /* in the row, of a message inside */
	bool opened;	      /* what is shown was opened by keys */
	bool changes_keys;    /* TLS 1.3: with the record's end the side takes its next ones */
	struct tls_made made[COMPLETED_LIMIT]; /* in the first pass */
};

/* --- tls_layer.c: what a layer knows at its beginning, and leaves behind --- */

/* NULL after the first pass. */
struct tls_connection *tls_connection_of(const struct dissection *d);
void tls_layer_begin(struct dissection *d, struct tls_layer *layer);
void tls_layer_end(struct dissection *d, struct tls_layer *layer);
/* After the first pass: the next message that was made in this record; 0: none was. */
uint32_t tls_layer_made(struct tls_layer *layer, bool by_keys);
void tls_layer_keep(struct tls_layer *layer, bool by_keys, uint32_t message);
/* "TLSv1.2", of the connection if that is known, else the record's `own`; never NULL. */
const char *tls_layer_version_word(const struct tls_layer *layer, uint16_t own);
/* Adds words to Info, with a comma between. */
void tls_say(struct dissection *d, const char *words);

/* --- tls_record_size.c: where records end --- */

bool tls_is_content_type(uint8_t type);
/* Of RECORD_HEADER bytes, as all that looks at the beginning of a record. */
bool tls_is_record(const uint8_t *at);
void tls_message_size(struct dissection *d, const struct cursor *c, struct message_scan *scan);
bool tls_looks_like(const struct dissection *d, const struct cursor *c);

/* --- tls_sslv2.c --- */

bool sslv2_is_hello(const uint8_t *at);
bool sslv2_is_answer(const uint8_t *at);
/* Bytes of the record, with its header of 2 or 3. */
uint32_t sslv2_size(const uint8_t *at);
void sslv2_show_record(struct dissection *d, struct tls_layer *layer, struct cursor *c);

/* --- tls_unlocking.c: what opens records --- */

bool tls_is_1_3(uint32_t version);
/* Of the side that sent the packet; NULL: nothing opens its records. */
struct tls_unlocking *tls_unlocking_of(const struct dissection *d,
				       const struct tls_connection *connection);
/* In the first pass: who is who, and the keys that a log has. */
void tls_learn_keys(struct dissection *d, struct tls_connection *connection,
		    const struct tls_hello *hello);
/* A side's keys from a traffic secret of the log (RFC 8446, 7.1). */
void tls_take_traffic_keys(struct dissection *d, struct tls_connection *connection, unsigned side,
			   const struct secret *secret);
/* Opens the record in `c`, which is behind its header, if there are keys. */
bool tls_open_record(struct dissection *d, struct tls_layer *layer, const struct cursor *c,
		     struct sealed_record *sealed, struct opened *opened);

/* --- tls_messages.c: handshake messages out of records --- */

/* Those in a record; what to call the record. */
const char *tls_show_handshake(struct dissection *d, struct tls_layer *layer, struct cursor *c);

/* --- tls_inner.c: what is spoken inside --- */

/* What the protocol negotiated in ALPN is here; NULL: not known. */
const struct dissector *tls_inner_by_name(const uint8_t *name, uint32_t n);
/* Its number in the list of names, from 1, which fits into standing_flag's bits; 0: it is not
 * there. */
uint8_t tls_inner_row(const uint8_t *name, uint32_t n);
/* A record of application data; what to call it.  What was opened is left in layer->plain. */
const char *tls_show_application_data(struct dissection *d, struct tls_layer *layer,
				      struct cursor *c);
/* Gives what was opened to whom it is for, once the record has been shown. */
void tls_hand_on_plain(struct dissection *d, struct tls_layer *layer);
/* As struct dissector's tell_parts(). */
void tls_tell_parts(struct dissection *d, const struct message *message, bool within);

#endif
