/* tally_statistic.c - what statistics of the shared pass have in common: counts and a filter. */
#include "tally_statistic.h"

#include <stdlib.h>

#include "base/arena.h"
#include "filters.h"

struct asked {
	const struct tally_kind *kind;
	struct filter *filter; /* NULL: everything counts */
	char *text;	       /* the filter's; "": none */
	void *counts;
};

void *tally_statistic_begin(const void *kind, const char *arguments, struct error *error)
{
	struct filter *filter = *arguments ? filter_argument(arguments, error) : NULL;

	if (*arguments && !filter)
		return NULL;
	struct asked *asked = must_zeroed(1, sizeof *asked);
	asked->kind = kind;
	asked->filter = filter;
	asked->text = must_copy(arguments);
	asked->counts = asked->kind->begin(asked->kind->variant);
	return asked;
}

void tally_statistic_join(void *state, struct tally *tally)
{
	const struct asked *asked = state;

	tally_add(tally, asked->kind->counter, asked->counts, asked->filter);
}

void tally_statistic_print(void *state, struct session *session, FILE *out)
{
	const struct asked *asked = state;

	asked->kind->print(asked->counts, asked->kind->variant, asked->text, session, out);
}

void tally_statistic_end(void *state)
{
	struct asked *asked = state;

	filter_free(asked->filter);
	asked->kind->end(asked->counts);
	free(asked->text);
	free(asked);
}
