/* dissector.h - what a protocol offers: one constant struct at the end of its file. */
#ifndef DISSECT_DISSECTOR_H
#define DISSECT_DISSECTOR_H

#include "dissect/claim.h"
#include "dissect/dissection.h"
#include "dissect/plain_header.h"

/* How long is the message of a stream that begins at the cursor?  Asked by the first
 * pass whenever more of it is there; kept with the message. */
struct message_scan {
	uint32_t offset;        /* the cursor stands at this byte of the message: 0 at first.  Set it to
				 * be shown only later bytes next time; it may also go back */
	uint32_t needed;        /* set: ask again once the message has this many bytes.  Left 0: ask
				 * when there is one more */
	uint32_t size;          /* set with `known`: the message's bytes.  0: not this protocol */
	bool known;
	bool until_end;         /* set: the message lasts until the stream ends */
	const struct dissector *other; /* set with `known`: who dissects it instead, as after STARTTLS */
	bool ended;             /* given: the stream ends after these bytes */
	uint8_t state;          /* the dissector's own, 0 at first */
	uint32_t value;         /* the dissector's own, 0 at first */
};

struct message; /* state/reassembly.h */

struct dissector {
	const char *name;       /* "udp": the filter's name and the file's */
	const char *short_name; /* "UDP": the Protocol column */
	const char *title;      /* "User Datagram Protocol": the tree */
	const struct field *fields;     /* [0]: the protocol itself */
	unsigned field_count;
	const struct claim *claims;
	unsigned claim_count;
	/* Whose fields it uses beside its own protocol field [0]: mdns those of dns.  May be NULL. */
	const struct dissector *fields_of;
	/* Whose fields it shows among its own (use_fields_of).  May be NULL. */
	const struct dissector *borrows;
	void (*dissect)(struct dissection *d, struct cursor *c);
	/* May be NULL: none of its fields is PLACED(). */
	const struct plain_header *plain;
	bool apart; /* it tells about the packet and is no layer of it: not in its path */

	/* May be NULL.  Both only look: they add nothing and learn nothing.  message_size()
	 * may read conversation_state(), and mark there that TLS has begun. */
	bool (*looks_like)(const struct dissection *d, const struct cursor *c);
	/* May be NULL.  Asked in the first pass of payload that no one recognised: it may remember
	 * what makes it sure of a later one, or be sure now. */
	bool (*becomes_sure)(struct dissection *d, const struct cursor *c);
	/* May be NULL.  Asked in the first pass of the first bytes from the other side than that which
	 * was recognised in a stream: does this side speak something else?  Then so do both. */
	bool (*is_refuted)(const struct dissection *d, const struct cursor *c);
	bool in_datagrams; /* it recognises datagrams as well as streams */
	bool at_beginning; /* it recognises conversations by their first payloads, and is asked of them only */
	void (*message_size)(struct dissection *d, const struct cursor *c, struct message_scan *scan);
	bool foreign_is_payload; /* what is not this protocol is left to TCP, and no layer `data` */
	bool tells_size; /* whoever carries its messages shows how long each is */
	/* May be NULL.  Begins the row of a packet that has a message's beginning, and not its end;
	 * false: nothing of it can be told yet. */
	bool (*word_beginning)(struct dissection *d, const struct cursor *c);
	/* May be NULL.  Of who carries streams: tells what the message was put together from whose bytes
	 * are the last buffer, before it is dissected; `within`: in the tree that is open. */
	void (*tell_parts)(struct dissection *d, const struct message *message, bool within);
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Gives the payload to whoever claimed the key.  False: no one did. */
bool hand_on(struct dissection *d, enum claim_table table, uint32_t key, struct cursor payload);
/* Who claimed the key; NULL: no one. */
const struct dissector *who_claims(enum claim_table table, uint32_t key);
/* Who claimed one of two ports; *matched is it.  NULL: no one. */
const struct dissector *who_claims_port(enum claim_table table, uint16_t one, uint16_t other,
					uint32_t *matched);
/* The last resort: shows the payload as data. */
void hand_on_as_data(struct dissection *d, struct cursor payload);
/* The same below the tree that is open. */
void hand_on_as_data_within(struct dissection *d, struct cursor payload);
/* Runs one dissector on its bytes: what hand_on() does once it knows whom to call. */
void dissect_layer(struct dissection *d, const struct dissector *dissector, struct cursor c);
/* The same with the layers below as children of the tree that is open; not where that is too deep. */
void dissect_layer_within(struct dissection *d, const struct dissector *dissector, struct cursor c);
/* hand_on() with the layers below as children of the tree that is open, as ICMP shows
 * the packet it quotes. */
bool hand_on_within(struct dissection *d, enum claim_table table, uint32_t key, struct cursor payload);
/* Fields mean another dissector's from here on, as eth.padding does for VLAN tags; NULL: one's own. */
void use_fields_of(struct dissection *d, const struct dissector *dissector);
/* A name in frame.protocols that is not a layer of its own: "ethertype". */
void path_mention(struct dissection *d, const char *name);

#endif
