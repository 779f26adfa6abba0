/* time_range.h - from the earliest to the latest of some packets, which need not be stored in the
 * order of their times. */
#ifndef SESSION_TIME_RANGE_H
#define SESSION_TIME_RANGE_H

#include "session/session.h"

struct time_range {
	bool known; /* one of them has a time */
	int64_t earliest, latest;
	uint32_t up_to; /* time_range_extend() has seen the packets from 1 to this one */
};

/* Takes in a packet, unless it has no time. */
void time_range_add(struct time_range *range, const struct session *session, uint32_t packet);
/* All packets up to this one. */
void time_range_extend(struct time_range *range, const struct session *session, uint32_t up_to);
/* Nanoseconds, as time_between(). */
int64_t time_range_span(const struct time_range *range);

#endif
