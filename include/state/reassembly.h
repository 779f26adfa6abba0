/* reassembly.h - messages that come in several packets: IP fragments and TCP streams.
 *
 * Kept are references, never bytes: 16 bytes an extent.  What is complete in a packet is a
 * fact of that packet, so any pass finds it again and gathers the bytes when looked at. */
#ifndef STATE_REASSEMBLY_H
#define STATE_REASSEMBLY_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/dissection.h"
#include "dissect/dissector.h"

struct extent {
	uint32_t packet;        /* whose bytes */
	uint32_t start, length; /* within the frame, or within message `inside` */
	uint32_t inside;        /* 0: the frame; else the message, + 1, these bytes are part of */
};

struct message {
	uint32_t first_extent, extent_count;
	uint32_t length;
	uint32_t completed_in;  /* the packet that is shown with the whole message; 0: never (yet) */
	uint32_t sealed;        /* 0: its bytes are those of its extents; else they are made from them (sealed.h) */
};

/* --- IP fragments --- */

struct fragment_key {
	uint32_t id;
	uint8_t protocol;
	uint8_t version;        /* 4 or 6 */
};

enum fragment_flag {
	FRAGMENT_OVERLAP = 1,           /* covers bytes that were there */
	FRAGMENT_CONFLICT = 2,          /* with other content */
	FRAGMENT_TOO_LONG = 4,          /* beyond the end that was said */
	FRAGMENT_MULTIPLE_TAILS = 8,    /* a second last fragment, ending elsewhere */
};

struct fragment_part { uint32_t packet, offset, length, flags; };       /* flags: enum fragment_flag */

struct datagram {               /* as seen from the packet at hand */
	const struct message *message;  /* NULL: not a fragment that could be kept */
	const struct fragment_part *parts;      /* in the order of offsets; set in the completing packet */
	uint32_t part_count;
	uint32_t reassembled_in;        /* a forward link; 0: not known */
	bool complete_here;             /* this packet completed it: *whole is the datagram's payload */
};

/* Puts the fragment in `part` at `offset`; `more`: others follow it.  Sources are d->from and d->to.
 * The first pass keeps it; every pass finds it again. */
struct datagram fragment_add(struct dissection *d, const struct fragment_key *key, uint32_t offset, bool more,
			     const struct cursor *part, struct cursor *whole);

/* --- TCP streams --- */

struct segment {
	uint32_t sequence;      /* of the header: a SYN's payload begins one later */
	uint32_t acknowledged;
	bool syn, fin, ack;
};

/* Did an earlier packet have these bytes of the stream?  Told of stream_feed_part(). */
enum stream_again {
	STREAM_NEW,
	STREAM_AGAIN,	/* all of them */
	STREAM_OVERLAP, /* the first of them */
};

/* What a segment's payload came to in this packet. */
struct segment_fate {
	bool part_of_message;           /* its bytes end up in a message of several segments */
	uint32_t reassembled_in;        /* the first such message's packet, a forward link; 0: none */
	bool dissected;                 /* a message was handed to a dissector in this packet */
	bool unfinished;                /* its last bytes wait for more */
	bool begins;                    /* they are the beginning of what they wait for */
	uint32_t ends;                  /* its first bytes that end what earlier segments began */
	uint32_t waits;                 /* its last bytes that wait */
	enum stream_again again;
	/* Where that begins, as long as its size is not known; NULL: here, or it is. */
	const struct extent *beginning;
};

/* Which bytes of a payload are part of messages of several segments: `data`, for each part; and `in`,
 * the packet that has the waiting message's end. */
void show_segment_parts(struct dissection *d, const struct cursor *payload,
			const struct segment_fate *fate, unsigned in, unsigned data);

/* A message that is complete in this packet. */
struct whole_message {
	const struct dissector *dissector; /* whose it is */
	const struct message *message;	   /* NULL: all of it is in this segment */
	uint32_t size, index;		   /* the index counts those of this packet, from 0 */
};

/* Feeds a segment's payload in stream order to `dissector` (its message_size and dissect),
 * and runs dissect once for each message that is complete in this packet; `report` (may be NULL) is
 * called before each, to show its size and "[2 Reassembled TCP Segments]". */
struct segment_fate stream_feed(struct dissection *d, const struct segment *segment,
				const struct cursor *payload, const struct dissector *dissector,
				void (*report)(struct dissection *d, const struct whole_message *whole));

/* The same for a stream inside a stream (what TLS protects): its bytes come in order, the next ones in
 * `bytes`.  `half` is a number that the caller keeps for each direction in the first pass, 0 at first;
 * it may be NULL in others, where also `dissector` is not looked at. */
struct segment_fate stream_feed_inner(struct dissection *d, uint32_t *half, const struct cursor *bytes,
				      const struct dissector *dissector);

/* The same where the bytes may come in any order and again, each time with their place: QUIC's (RFC
 * 9000, 2.2).  Whoever dissects them stands below the tree that is open, or after the layer. */
struct stream_part {
	uint64_t offset; /* of the bytes, in the stream */
	bool is_last;	 /* the stream ends after them */
	bool within;	 /* shown below the tree that is open */
};

struct segment_fate stream_feed_part(struct dissection *d, uint32_t *half,
				     const struct stream_part *part, const struct cursor *bytes,
				     const struct dissector *dissector);
/* In the first pass: the half begins anew with another stream. */
void stream_forget(struct dissection *d, uint32_t half);

/* How many messages are counted in one segment at most; what follows them is left as data. */
enum { SEGMENT_MESSAGES = 4096 };

/* Where a message's bytes are from, in the tree that is open: its words get "#6(1448), #8(182)", as far
 * as 20 of them go, and each extent is a node of `field`, a packet's number, on its bytes, which begin
 * at the cursor.  `total` bytes of them count. */
void show_extents(struct dissection *d, const struct cursor *c, node_id tree, unsigned field,
		  const struct extent *extents, uint32_t count, uint32_t total);

/* The fields that tell what a message was put together from; length and data are 0 if there are none. */
struct part_fields {
	unsigned tree, part, count, length, data;
};

/* A tree with them, in the one that is open: "3 Message fragments (90 bytes): #1(40), ...".  The
 * message's bytes begin at the cursor. */
void show_message_parts(struct dissection *d, const struct cursor *c, const struct message *message,
			const struct part_fields *fields);
/* The same beside the protocols, of the message whose bytes are the last buffer. */
void show_message_parts_beside(struct dissection *d, const struct message *message,
			       const struct part_fields *fields);
/* That message's bytes. */
struct cursor cursor_on_last_buffer(const struct dissection *d);

/* The same as stream_feed_inner() where the bytes have the number of their packet, and may come out of
 * order or again: uTP's.  In the first pass the other side has received all packets before
 * `acknowledged`, if `has_acknowledged`. */
struct stream_packet {
	uint16_t number, acknowledged;
	bool has_acknowledged;
};

struct segment_fate stream_feed_packet(struct dissection *d, uint32_t *half,
				       const struct stream_packet *packet, const struct cursor *bytes,
				       const struct dissector *dissector);

/* Did its bytes come in the order in which it has them? */
bool message_came_in_order(const struct dissection *d, const struct message *message);
const struct extent *message_extents(const struct learned *learned, const struct message *message);

/* The message's bytes in the arena, up to `limit`; *got says how many. */
const uint8_t *message_gather(struct dissection *d, const struct message *message, uint32_t limit,
			      uint32_t *got);
/* The same as a buffer of the packet at hand, as far as it gathers; `number`: what the message is called. */
struct cursor message_source(struct dissection *d, const struct cursor *c, uint32_t number, const char *title);

#endif
