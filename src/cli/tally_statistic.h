/* tally_statistic.h - statistics that count in the pass that all share: TYPE[,FILTER].
 *
 * One row of a kind's table says how it is counted and printed. */
#ifndef CLI_TALLY_STATISTIC_H
#define CLI_TALLY_STATISTIC_H

#include "statistics.h"

struct tally_kind {
	const struct counter *counter;
	unsigned variant; /* given to what follows */
	void *(*begin)(unsigned variant);
	/* `filter`: its text, "" for none. */
	void (*print)(const void *counts, unsigned variant, const char *filter,
		      struct session *session, FILE *out);
	void (*end)(void *counts);
};

/* For struct statistic; its kind is a struct tally_kind. */
void *tally_statistic_begin(const void *kind, const char *arguments, struct error *error);
void tally_statistic_join(void *state, struct tally *tally);
void tally_statistic_print(void *state, struct session *session, FILE *out);
void tally_statistic_end(void *state);

#define TALLY_STATISTIC(name_, meaning_, counter_, variant_, begin_, print_, end_)                 \
	{                                                                                          \
		.name = name_, .arguments = "[,FILTER]", .meaning = meaning_,                      \
		.kind = &(const struct tally_kind){ counter_, variant_, begin_, print_, end_ },    \
		.begin_kind = tally_statistic_begin, .join = tally_statistic_join,                 \
		.print = tally_statistic_print, .end = tally_statistic_end,                        \
	}

#endif
