/* follow.h - what the two ends of a conversation said, in order.
 *
 * A stream is followed packet by packet, also while the capture grows.  It becomes turns: what
 * one side said until the other did.  A turn is made of pieces, each a reference to the bytes of
 * one packet, or to bytes that are missing; bytes are fetched when they are looked at.  So a
 * stream of any size takes 16 bytes per packet and some per turn.
 *
 * TCP payload stands in the order of sequence numbers.  Of bytes that were sent twice the first
 * to come counts; where the others differ, both are kept as a finding.  Bytes that did not come
 * are missing as soon as the receiver acknowledged more than them, or the capture ends.  Each UDP
 * datagram is a turn.
 *
 * A follow belongs to one thread; the first pass may go on in another. */
#ifndef SESSION_FOLLOW_H
#define SESSION_FOLLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "session/session.h"
#include "session/stream_list.h"

struct follow;

enum follow_side { FOLLOW_OPENER, FOLLOW_OTHER, FOLLOW_SIDES };

/* piece.source: a buffer of the packet's dissection (0: the frame), or one of these */
enum follow_missing {
	FOLLOW_CUT = 0xfe,  /* sent in this packet, but the capture cut it */
	FOLLOW_LOST = 0xff, /* not seen; `packet` is what showed that */
};

struct follow_piece { /* 16 bytes */
	uint32_t packet;
	uint32_t start : 24, source : 8; /* in the packet's buffer `source` */
	uint32_t length;
	uint32_t offset; /* low 32 bits of where it stands in what its side said */
};

static inline bool follow_is_missing(const struct follow_piece *piece)
{
	return piece->source >= FOLLOW_CUT;
}

enum follow_turn_kind {
	TURN_DATA,
	TURN_RESET, /* what came with a RST explains it, and is no data */
};

struct follow_turn {
	uint64_t offset[FOLLOW_SIDES]; /* what each side had said before it, in bytes */
	uint32_t length;	       /* of what this side says, with what is missing */
	uint32_t missing;
	uint32_t first_piece, piece_count;
	uint32_t known_in; /* the packet that brought its first byte into order; ascending */
	uint8_t side;	   /* enum follow_side */
	uint8_t kind;	   /* enum follow_turn_kind */
};

/* A packet that opens or ends a connection, and the turns that are before it. */
struct follow_mark {
	uint32_t packet;
	uint32_t turns;
	uint16_t flags; /* of the TCP header: FIN 1, SYN 2, RST 4, ACK 16 */
	uint8_t side;
};

/* Bytes that were sent again with other content, or that came after they had been given up. */
struct follow_finding {
	struct follow_piece kept;  /* what stands in the turn; missing: `other` is what came late */
	struct follow_piece other; /* the same place in the later packet */
	uint64_t offset;	   /* in what the side said */
	uint8_t side;
};

struct follow_sum {
	uint64_t bytes; /* that are there */
	uint64_t missing;
	uint64_t again;	      /* sent more than once */
	uint64_t late;	      /* of the missing: came after they had been given up */
	uint64_t conflicting; /* of `again`: with other content */
	uint64_t unchecked;   /* of `again`: not compared, as they lie in too many pieces */
	bool started;	      /* its beginning is in the capture */
	bool finished;	      /* it sent a FIN and all before that is there or missing */
};

enum follow_kind {
	FOLLOW_TCP,
	FOLLOW_UDP,
	FOLLOW_HTTP, /* of a TCP stream: each message's header and its body, a piece each,
		      * as the dissector puts them together; numbers that count bytes count
		      * these */
	FOLLOW_TLS,  /* what the records of a TCP stream's application data protect, a piece each */
	FOLLOW_HTTP2, /* of a stream of HTTP/2 in a TCP stream: each frame a piece, header lists
		       * decoded */
	FOLLOW_QUIC,  /* of a stream in a connection of QUIC: what its frames carry, as they came */
	FOLLOW_HTTP2_MESSAGES, /* of a stream of HTTP/2: header fields as lines, and each body when
				* it is whole, unpacked */
	FOLLOW_HTTP3_MESSAGES, /* the same of a stream of QUIC */
	FOLLOW_KINDS,
};

/* A stream within a stream.  HTTP/2: `connection` is 0. */
struct follow_inner {
	uint32_t connection, stream;
};

/* NULL: there is no such stream (yet). */
struct follow *follow_new(struct session *session, enum follow_kind kind, uint32_t stream);
/* Do streams of the kind have others within: those of HTTP/2, QUIC and HTTP/3? */
bool follow_has_inner(enum follow_kind kind);
/* Which of those; before the first update.  If nobody chooses, the first request is followed. */
void follow_choose_inner(struct follow *follow, struct follow_inner inner);
/* The first one that the packet has something of; false: it has nothing of any. */
bool follow_choose_inner_of(struct follow *follow, uint32_t packet);
/* The one that is followed; NULL: none was found yet. */
const struct follow_inner *follow_chosen(const struct follow *follow);
/* Those that were found so far, in the order in which they begin, up to a limit. */
uint32_t follow_inner_count(const struct follow *follow);
struct follow_inner follow_inner_at(const struct follow *follow, uint32_t n);
/* Does the UDP conversation begin with a packet of that connection of QUIC? */
bool follow_begins_connection(struct session *session, const struct conversation *talk,
			      uint32_t connection);
void follow_free(struct follow *follow);

enum follow_state {
	FOLLOW_MORE,	/* there are more packets to take in */
	FOLLOW_WAITING, /* none for now */
	FOLLOW_DONE,	/* the capture has ended, and what waited is in turns */
};
/* Takes in at most `packets` more.  `ended`: the first pass is over. */
enum follow_state follow_update(struct follow *follow, uint32_t packets, bool ended);
/* How many of its packets were taken in. */
uint32_t follow_progress(const struct follow *follow);

/* The packets of the stream; more may be in it than were taken in. */
const struct stream_list *follow_packets(const struct follow *follow);
const struct follow_sum *follow_sum(const struct follow *follow, enum follow_side side);

/* Turns, pieces, marks and findings are numbered from 0, and only added to; a turn that is the last
 * may still grow.  Pointers hold until the next follow_update(). */
uint32_t follow_turn_count(const struct follow *follow);
const struct follow_turn *follow_turn(const struct follow *follow, uint32_t n);
const struct follow_piece *follow_piece(const struct follow *follow, uint32_t n);
uint32_t follow_mark_count(const struct follow *follow);
const struct follow_mark *follow_mark(const struct follow *follow, uint32_t n);
uint32_t follow_finding_count(const struct follow *follow);
const struct follow_finding *follow_finding(const struct follow *follow, uint32_t n);

/* --- reading: positions count from the turn's first byte, with what is missing --- */

/* The piece that holds a turn's byte, and how far into it; NULL: beyond the turn's end. */
const struct follow_piece *follow_piece_at(const struct follow *follow,
					   const struct follow_turn *turn, uint32_t position,
					   uint32_t *into);
/* A piece's bytes, all of them, until the next call for this follow.  NULL: it is missing, or the
 * file was changed. */
const uint8_t *follow_bytes(struct follow *follow, const struct follow_piece *piece);
/* At most n bytes of a turn from `position` on, up to the first that is missing; how many. */
uint32_t follow_read(struct follow *follow, const struct follow_turn *turn, uint32_t position,
		     uint8_t *out, uint32_t n);

struct follow_place {
	uint32_t turn, position;
};

/* Where the packet's first byte that counts stands; false: nothing of it stands in a turn. */
bool follow_find_packet(const struct follow *follow, uint32_t packet, struct follow_place *place);

enum follow_search_flag {
	SEARCH_OPENER = 1 << FOLLOW_OPENER, /* in what it said */
	SEARCH_OTHER = 1 << FOLLOW_OTHER,
	SEARCH_BACKWARDS = 4,
	SEARCH_ANY_CASE = 8, /* of ASCII letters */
};

enum follow_search_state { SEARCH_MORE, SEARCH_FOUND, SEARCH_END };

enum { FOLLOW_NEEDLE_LIMIT = 1024 };

struct follow_search {
	const uint8_t *needle;
	uint32_t length;	/* 1 to FOLLOW_NEEDLE_LIMIT */
	unsigned flags;		/* enum follow_search_flag; the sides to look at */
	struct follow_place at; /* look from here on (backwards: before it); then where it was
				 * found, or where to go on */
};

/* Looks through about `budget` bytes.  What is found lies within one turn, with nothing missing in
 * it. */
enum follow_search_state follow_search(struct follow *follow, struct follow_search *search,
				       uint32_t budget);

#endif
