/* ladder.h - one TCP or UDP conversation as a ladder: its segments in the order of the capture, and
 * the rows that show them.
 *
 * Taken in step by step, also while the capture grows.  A segment keeps what rows, graphs and sums
 * need; what a row says in words is read from its packet when it is drawn.  A ladder belongs to
 * one thread. */
#ifndef SESSION_LADDER_H
#define SESSION_LADDER_H

#include <stdbool.h>
#include <stdint.h>

#include "session/session.h"
#include "session/stream_list.h"
#include "session/tcp_connection.h"
#include "session/verdict.h"

enum ladder_side { LADDER_CLIENT, LADDER_SERVER, LADDER_SIDES };

enum ladder_phase { PHASE_HANDSHAKE, PHASE_DATA, PHASE_CLOSE, PHASES };

struct ladder_segment {
	uint32_t packet;
	uint32_t sequence, acknowledgment; /* absolute; UDP has none */
	uint32_t length;		   /* of the payload that was sent */
	uint32_t window;		   /* in bytes */
	uint32_t findings;		   /* enum tcp_finding */
	uint32_t rtt_us;		   /* of what it acknowledges; 0: it tells of none */
	uint16_t flags;			   /* enum tcp_bit */
	uint8_t from_opener;
	uint8_t phase;		/* enum ladder_phase */
	uint8_t client, server; /* enum tcp_state, once it has arrived */
	bool is_ordinary;	/* may stand in a run */
	bool is_problem;
	bool opens_run; /* the run, or the trouble, that begins with it is shown segment by segment
			 */
};

/* Bytes that the capture lacks. */
struct ladder_gap {
	uint32_t segment; /* what showed it */
	uint32_t start, end;
	uint32_t rest_start, rest_end; /* what has not come later, as far as that is told */
	uint32_t filled_in;	       /* the packet that brought the last of them; 0: none */
	uint8_t from_opener;
};

enum ladder_row_kind {
	ROW_SECTION, /* a phase begins */
	ROW_SEGMENT,
	ROW_RUN,     /* several: data of one side, and what acknowledges them */
	ROW_TROUBLE, /* many, of which many went wrong: sent again, late, asked for again */
	ROW_SILENCE,
	ROW_GAP,
};

struct ladder_row {
	uint8_t kind;
	uint32_t segment; /* the one shown, the first of a run, or the one behind it */
	uint32_t count;	  /* of segments; of ROW_GAP: number of the gap */
};

enum { LADDER_FINDINGS = 15 }; /* the bits of TCP_FOUND_FLAGS */

/* What one side sent, [0] the opener. */
struct ladder_sum {
	uint32_t packets;
	uint64_t wire_bytes, bytes; /* bytes: of payload */
	uint32_t found[LADDER_FINDINGS];
	bool has_window;
	uint32_t window_least, window_most; /* but of SYN and RST; only if has_window */
	uint32_t rtt_count;		    /* how often it acknowledged what told a time */
	uint64_t rtt_sum_us;
	uint32_t rtt_least_us, rtt_most_us;
};

struct ladder {
	struct session *session;
	struct stream_list list;
	uint8_t protocol;      /* enum stream_protocol */
	bool client_is_opener; /* who is left */
	bool client_is_known;

	struct ladder_segment *segments;
	uint32_t segment_count, segment_room, taken; /* taken: packets of the list */
	struct ladder_gap *gaps;
	uint32_t gap_count, gap_room;
	uint32_t base[2]; /* number that is shown as 0, [0] the opener's */
	bool has_base[2];
	struct ladder_sum sum[2];

	/* Rows. */
	struct ladder_row *rows;
	uint32_t row_count, row_room;
	bool folds; /* runs are shown as one row each */

	/* Its own. */
	struct ladder_work *work;
};

/* NULL: there is no such stream (yet). */
struct ladder *ladder_new(struct session *session, uint8_t protocol, uint32_t stream);
void ladder_free(struct ladder *ladder);

/* Takes in at most `packets` more; false: there are none for now. */
bool ladder_update(struct ladder *ladder, uint32_t packets);
/* Runs as one row each, or all segments. */
void ladder_fold(struct ladder *ladder, bool folds);
/* Does it stand for several segments that ladder_open_run() shows? */
static inline bool ladder_row_opens(const struct ladder_row *row)
{
	return row->kind == ROW_RUN || row->kind == ROW_TROUBLE;
}

/* Shows the segments of the run in that row, or what trouble it has as runs and segments. */
void ladder_open_run(struct ladder *ladder, uint32_t row);

static inline enum ladder_side ladder_side(const struct ladder *ladder, bool from_opener)
{
	return from_opener == ladder->client_is_opener ? LADDER_CLIENT : LADDER_SERVER;
}

/* Is it a pure acknowledgment? */
bool ladder_is_ack(const struct ladder_segment *segment);
int64_t ladder_time(const struct ladder *ladder, uint32_t segment);
/* Since the one before it; 0 for the first. */
int64_t ladder_gap_ns(const struct ladder *ladder, uint32_t segment);
/* Numbers as they are shown: from 0, unless `absolute`. */
uint32_t ladder_sequence(const struct ladder *ladder, bool from_opener, uint32_t number,
			 bool absolute);
const struct endpoint *ladder_end(const struct ladder *ladder, enum ladder_side side);

/* --- finding the way --- */

#define LADDER_NOWHERE UINT32_MAX

/* The row that shows a segment, in a run or by itself. */
uint32_t ladder_row_of(const struct ladder *ladder, uint32_t segment);
/* The segment of a packet, or the last before it. */
uint32_t ladder_segment_of(const struct ladder *ladder, uint32_t packet);
enum ladder_stop {
	STOP_EVENT,   /* what is no ordinary segment */
	STOP_PROBLEM, /* what went wrong */
};
/* The next such row after (or before) that one. */
uint32_t ladder_next(const struct ladder *ladder, uint32_t row, enum ladder_stop stop,
		     bool backwards);
/* From data to the segment that acknowledges them, else from an acknowledgment to what it is of. */
uint32_t ladder_answer(const struct ladder *ladder, uint32_t segment);

/* --- */

/* Fills a verdict on what was taken in; TCP only.  `lost`: packets known to be dropped; `goes_on`:
 * more may come. */
void ladder_judge(struct ladder *ladder, struct verdict *verdict, uint64_t lost, bool goes_on);
/* Of what was taken in; TCP only. */
const struct tcp_life *ladder_life(const struct ladder *ladder);
/* How a packet is read for the words of its row: fills `event`, whose payload holds until the next
 * use of the port.  False: it cannot be read. */
bool ladder_read(struct ladder *ladder, uint32_t segment, struct tcp_event *event,
		 const struct dissection **d);

#endif
