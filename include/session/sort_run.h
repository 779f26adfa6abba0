/* sort_run.h - brings packets into another order, on threads of its own, while a screen goes on.
 *
 * One thread owns the run: it starts, polls and frees it.  What each packet is sorted by is asked
 * for by all threads at once. */
#ifndef SESSION_SORT_RUN_H
#define SESSION_SORT_RUN_H

#include "session/session.h"

/* What a packet is sorted by.  A number compares as 8 bytes would, the highest first. */
struct sort_value {
	enum sort_kind { SORT_LAST, SORT_NUMBER, SORT_BYTES } kind; /* SORT_LAST: it has none */
	uint64_t number;
	const void *bytes; /* until the port takes another packet apart */
	uint32_t length;
};

struct sort_order {
	/* `before`: the packet in the row before it, 0: none.  `port` is the thread's own. */
	void (*value)(const void *owner, struct view_port *port, uint32_t packet, uint32_t before,
		      struct sort_value *value);
	const void *owner;
	const uint8_t *wanted_fields; /* of dissections; one bit a field */
	bool down; /* the greatest first; those without a value are last all the same */
};

struct sort_progress {
	uint32_t done; /* of the packets; those that only wait for the others' end count for less */
	bool finished;
};

struct sort_run;

/* `packets`: one for each row, which the run takes over; NULL: packets 1..count.  Session, owner
 * and fields must outlive the run.  NULL: there is no thread to run it. */
struct sort_run *sort_run_start(struct session *session, const struct sort_order *order,
				uint32_t *packets, uint32_t count, unsigned interval_ms);
/* Stops it within a packet's time, if it is still at work; NULL is fine. */
void sort_run_free(struct sort_run *run);
/* Readable when there is news: call sort_run_poll(). */
int sort_run_news(const struct sort_run *run);
struct sort_progress sort_run_poll(struct sort_run *run);
/* Once it has finished: which row, counted from 0, comes n-th, and where row n has come to.  The
 * caller frees both. */
void sort_run_take(struct sort_run *run, uint32_t **rows, uint32_t **ranks);

#endif
