/* filter_run.h - which packets of a session pass a filter: found by several threads, in blocks,
 * while the first pass may still go on.
 *
 * One thread owns the run: it feeds it, polls it and asks for rows.  What is decided is kept as
 * one bit a packet.  A filter that reads what only later packets tell (filter_needs_later) is to
 * be fed once the first pass is done. */
#ifndef SESSION_FILTER_RUN_H
#define SESSION_FILTER_RUN_H

#include "session/filter_look.h"

struct filter_run;

struct filter_run_options {
	unsigned threads;     /* 0: as many as there are processors */
	unsigned interval_ms; /* between two pieces of news, at least */
	struct filter_look_options look;
};

struct filter_progress {
	uint32_t tested; /* packets 1..tested are decided */
	uint32_t passed; /* of these */
	bool done;	 /* all that will ever be fed are */
	bool damaged;	 /* a packet could not be read any more; it does not pass */
};

/* Session and filter must outlive the run. */
struct filter_run *filter_run_start(struct session *session, const struct filter *filter,
				    const struct filter_run_options *options);
/* Stops it, if it is still at work, within a packet's time, and frees it; NULL is fine. */
void filter_run_free(struct filter_run *run);
/* Stops it; what was decided so far stays. */
void filter_run_stop(struct filter_run *run);
/* From there, as if it had not been stopped; false: no thread can be started. */
bool filter_run_go_on(struct filter_run *run);

/* Packets 1..published may be tested; `finished`: there will be no more. */
void filter_run_feed(struct filter_run *run, uint32_t published, bool finished);
/* Readable when there is news: call filter_run_poll(). */
int filter_run_news(const struct filter_run *run);
struct filter_progress filter_run_poll(struct filter_run *run);

/* Of the packets that the last poll said were tested: */
bool filter_run_passes(const struct filter_run *run, uint32_t number);
/* The first packet after `number` that passes; 0: none so far. */
uint32_t filter_run_next(const struct filter_run *run, uint32_t number);
/* The packet in row 0, 1, ...; 0: there are not so many. */
uint32_t filter_run_packet(const struct filter_run *run, uint32_t row);
/* How many packets before this one pass: its row, if it passes itself. */
uint32_t filter_run_row(const struct filter_run *run, uint32_t number);

#endif
