/* ladder_parts.h - what the parts of a ladder share; private to src/session. */
#ifndef SESSION_LADDER_PARTS_H
#define SESSION_LADDER_PARTS_H

#include "session/ladder.h"

enum {
	SPAN_BUCKETS = 256, /* of pauses by length, four an octave */
	GAPS_OPEN = 64,	    /* of a side that may still be filled */
};

/* Where the rows stand; the last segment is shown apart, so it is taken back when more come. */
struct row_builder {
	uint32_t segments, rows, gaps; /* done */
	uint32_t run_row, run_first, run_count;
	bool run_has_data, run_from_opener, run_is_row;
	/* Trouble: how many segments, how many of them went wrong, how many did not since. */
	uint32_t trouble_row, trouble_first, trouble_count, trouble_wrong, trouble_calm;
	bool trouble_is_row;
	uint32_t gap_row; /* where what is missing before the segment at work is told */
	uint8_t phase;
};

struct ladder_way { /* of one direction, to find what is missing */
	bool has_next;
	uint32_t next;
	uint32_t open[GAPS_OPEN]; /* numbers of gaps */
	unsigned open_count;
};

struct ladder_work {
	uint8_t *wanted; /* of UDP */
	uint32_t udp_length_field;
	struct view_port port, words;
	struct tcp_witness witness;
	struct tcp_connection connection;
	struct ladder_way way[2]; /* [0] the opener's */
	uint32_t spans[SPAN_BUCKETS], span_count;
	int64_t silence_ns; /* as the rows were made with */
	struct row_builder before_last, builder;
	uint32_t timed_packets; /* whose time last_ns knows */
	int64_t last_ns;
};

/* Takes in what has come; makes all anew if what is silence has changed. */
void ladder_extend_rows(struct ladder *ladder);
void ladder_remake_rows(struct ladder *ladder);
/* What bytes are missing before the segment, and which that were have come; it is the last in the
 * list. */
void ladder_note_gaps(struct ladder *ladder, const struct tcp_event *event, bool from_opener);

#endif
