/* exchange_groups.h - what requests have in common, in figures: how many failed, how long they
 * took.
 */
#ifndef SESSION_EXCHANGE_GROUPS_H
#define SESSION_EXCHANGE_GROUPS_H

#include "session/exchanges.h"

enum exchange_key { EXCHANGE_SERVER, EXCHANGE_NAME, EXCHANGE_HOST };

/* Replies by the time they took: below 1 ms, 3 ms, 10 ms ... 1 s, and from there on. */
enum { EXCHANGE_SPANS = 8, EXCHANGE_NAME_ROOM = 520 };

struct exchange_sums {
	uint32_t count, answered, failed, retried; /* failed: their reply says so */
	int64_t median_ns, late_ns, slowest_ns;	   /* of the answered; late: 95 % are faster */
	uint32_t slowest; /* packet of that request; 0: none was answered */
	uint32_t spans[EXCHANGE_SPANS];
};

struct exchange_group {
	uint32_t first; /* row of the first of them, which has what they have in common */
	struct exchange_sums sums;
};

/* Of all; `rows` NULL, or of these rows. */
struct exchange_sums exchanges_sum(const struct exchanges *exchanges, const uint32_t *rows,
				   uint32_t count);
/* In the order of their first requests: *count groups that the caller frees. */
struct exchange_group *exchanges_group(const struct exchanges *exchanges, enum exchange_key key,
				       uint32_t *count);
/* What a request is grouped by. */
void exchange_key_text(const struct exchange *e, enum exchange_key key,
		       char text[EXCHANGE_NAME_ROOM]);
/* Does its reply say that it failed? */
bool exchange_failed(const struct exchanges *exchanges, const struct exchange *e);

#endif
