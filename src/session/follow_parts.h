/* follow_parts.h - a stream being followed; private to src/session. */
#ifndef SESSION_FOLLOW_PARTS_H
#define SESSION_FOLLOW_PARTS_H

#include "session/follow.h"

/* A segment's payload, or the part of it that the capture cut. */
struct part {
	int64_t start; /* in what its side says; negative: before its beginning */
	uint32_t length;
	uint32_t taken : 31, damaged : 1; /* bytes of it that stand in turns */
	uint32_t packet;
	uint32_t at : 24, source : 8; /* as in struct follow_piece */
};

struct part_heap {
	struct part *parts;
	uint32_t count, room;
};

/* One direction of a connection. */
struct follow_half {
	uint32_t base;	       /* sequence number of byte 0 */
	bool started, guessed; /* guessed: `base` was told by the other side */
	int64_t next;	       /* the first byte that does not stand in a turn yet */
	int64_t acknowledged;  /* bytes that the receiver said it has */
	int64_t end;	       /* where its FIN stands */
	bool has_end;
	struct part_heap waiting; /* parts that begin after `next`, the lowest first */
	struct part_heap ready;	  /* the others, in the order of packets */
	struct part_heap damaged; /* of segments with a wrong checksum, the lowest first */
	bool sums_right; /* its checksums can be right: they are not left to its network card */
	struct follow_sum sum;
};

/* What one packet says. */
struct follow_segment {
	uint32_t sequence, acknowledged;
	uint16_t flags;
	uint32_t length;       /* sent */
	uint32_t captured, at; /* of that */
	uint8_t source;
	bool whole;  /* the header was there */
	uint8_t sum; /* enum checksum_status */
};

/* What packets are asked for. */
enum follow_field {
	FIELD_LENGTH,
	FIELD_SEQUENCE,
	FIELD_ACKNOWLEDGED,
	FIELD_FLAGS,
	FIELD_PAYLOAD,
	FIELD_CHECKSUM,
	FIELD_MESSAGE,
	FIELD_HEADER_END,
	FIELD_BODY,
	FIELD_HTTP2_FRAME,
	FIELD_INNER_STREAM,
	FIELD_HTTP2_TYPE,
	FIELD_HEADER_LINES,
	FIELD_HTTP3_STREAM,
	FIELD_HTTP3_TYPE,
	FIELD_BODY_STREAM,
	FIELD_QUIC_CONNECTION,
	FOLLOW_FIELDS,
};

/* Streams within, each once: listed, and in slots by their hash. */
struct follow_inners {
	struct follow_inner *list;
	uint32_t *slots;      /* number in the list + 1; 0: free */
	uint32_t count, room; /* room: a power of two; twice as many slots */
};

struct follow {
	struct session *session;
	enum follow_kind kind;
	struct follow_inner inner; /* that is followed, if has_chosen */
	bool has_chosen;
	struct follow_inners inners;
	struct stream_list list;
	uint32_t taken;	 /* packets of the list */
	uint32_t packet; /* at work */
	bool done;
	struct view_port port;		/* for packets taken in */
	struct view_port reader;	/* for bytes looked at later */
	uint32_t reader_packet;		/* in reader.d; 0: none */
	uint8_t *wanted;		/* fields */
	uint32_t fields[FOLLOW_FIELDS]; /* registry numbers */
	struct follow_half half[FOLLOW_SIDES];
	struct follow_piece *pieces;
	struct follow_turn *turns;
	struct follow_mark *marks;
	struct follow_finding *findings;
	uint32_t piece_count, turn_count, mark_count, finding_count;
	uint32_t piece_room, turn_room, mark_room, finding_room;
	uint8_t *scratch; /* bytes that are compared */
	uint32_t scratch_room;
};

/* --- follow.c --- */

/* Appends the first `length` bytes of the part behind what its side said. */
void follow_append(struct follow *follow, enum follow_side side, const struct part *part,
		   uint32_t length);
void follow_append_lost(struct follow *follow, enum follow_side side, uint32_t length);
void follow_append_turn(struct follow *follow, enum follow_side side, enum follow_turn_kind kind);
/* How far into a packet it is taken apart: dissection.stop_after. */
uint16_t follow_depth(const struct follow *follow, uint32_t packet);
/* The stream offset at which a piece stands. */
uint64_t follow_piece_offset(const struct follow_turn *turn, const struct follow_piece *piece);
/* The first turn of the side that ends after `offset`, and its piece that does; false: there is
 * none. */
bool follow_seek(const struct follow *follow, enum follow_side side, uint64_t offset,
		 uint32_t *turn, uint32_t *piece);

/* --- follow_http.c --- */

/* The messages that are complete in the packet taken apart. */
void http_take(struct follow *follow, enum follow_side side);
void http2_take(struct follow *follow, enum follow_side side);
/* Of the stream within: what FIELD_HEADER_LINES and FIELD_BODY have. */
void inner_take(struct follow *follow, enum follow_side side);
void http3_take(struct follow *follow, enum follow_side side);

/* --- follow_inner.c --- */

/* Notes that the packet has something of a stream within; is it the one that is followed? */
bool inner_note(struct follow *follow, struct follow_inner inner);
void inners_free(struct follow_inners *inners);

/* Are pieces what dissectors put together, and no payload? */
static inline bool follows_messages(const struct follow *follow)
{
	return follow->kind != FOLLOW_TCP && follow->kind != FOLLOW_UDP;
}

/* --- follow_order.c --- */

void order_take(struct follow *follow, enum follow_side side, const struct follow_segment *segment);
/* Everything that waits is put into turns. */
void order_finish(struct follow *follow);
void order_free(struct follow_half *half);

/* --- follow_overlap.c --- */

/* Compares what of a part does not stand in turns with what does. */
void overlap_compare(struct follow *follow, enum follow_side side, const struct part *part);

#endif
