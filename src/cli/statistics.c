/* statistics.c - the table of statistics, and those that were asked for. */
#include "statistics.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"

enum { STATISTICS_LIMIT = 64 };

static const struct statistic *const statistic_table[] = {
	&expert_statistic,
	&flow_tcp_statistic,
	&follow_http_statistic,
	&follow_tcp_statistic,
	&follow_udp_statistic,
};

enum { STATISTICS = sizeof statistic_table / sizeof *statistic_table };

struct statistics {
	struct {
		const struct statistic *what;
		void *state;
	} asked[STATISTICS_LIMIT];
	unsigned count;
	uint8_t *fields;
};

struct statistics *statistics_new(void)
{
	struct statistics *statistics = must_zeroed(1, sizeof *statistics);

	registry_build();
	statistics->fields = must_zeroed(registry_field_count() / 8 + 1, 1);
	return statistics;
}

void statistics_free(struct statistics *statistics)
{
	if (!statistics)
		return;
	for (unsigned i = 0; i < statistics->count; i++)
		statistics->asked[i].what->end(statistics->asked[i].state);
	free(statistics->fields);
	free(statistics);
}

/* The statistic whose name `asked` begins with, and what follows the name. */
static const struct statistic *statistic_named(const char *asked, const char **arguments)
{
	for (unsigned i = 0; i < STATISTICS; i++) {
		size_t n = strlen(statistic_table[i]->name);

		if (strncmp(asked, statistic_table[i]->name, n) != 0 ||
		    (asked[n] && asked[n] != ','))
			continue;
		*arguments = asked + n + (asked[n] == ',');
		return statistic_table[i];
	}
	return NULL;
}

static const struct filter *filter_of(const struct statistic *what, const void *state)
{
	return what->filter ? what->filter(state) : NULL;
}

static void want_fields(struct statistics *statistics, const struct filter *filter)
{
	const uint8_t *wanted = filter_wanted_fields(filter);

	for (unsigned i = 0; i < registry_field_count() / 8 + 1; i++)
		statistics->fields[i] |= wanted[i];
}

bool statistics_add(struct statistics *statistics, const char *asked, struct error *error)
{
	const char *arguments;
	const struct statistic *what = statistic_named(asked, &arguments);

	if (!what)
		return error_set(error, "Invalid -z argument \"%s\" (peel -z help lists them)",
				 asked);
	if (statistics->count == STATISTICS_LIMIT)
		return error_set(error, "more than %d statistics", STATISTICS_LIMIT);
	void *state = what->begin(arguments, error);
	if (!state)
		return false;
	if (filter_of(what, state))
		want_fields(statistics, filter_of(what, state));
	statistics->asked[statistics->count].what = what;
	statistics->asked[statistics->count++].state = state;
	return true;
}

unsigned statistics_wants(const struct statistics *statistics)
{
	unsigned wants = 0;

	for (unsigned i = 0; i < statistics->count; i++)
		wants |= statistics->asked[i].what->wants;
	return wants;
}

const uint8_t *statistics_fields(const struct statistics *statistics)
{
	return statistics->fields;
}

void statistics_packet(struct statistics *statistics, struct dissection *d)
{
	for (unsigned i = 0; i < statistics->count; i++) {
		const struct statistic *what = statistics->asked[i].what;
		const struct filter *filter = filter_of(what, statistics->asked[i].state);

		if (what->packet && (!filter || filter_matches(filter, d)))
			what->packet(statistics->asked[i].state, d);
	}
}

/* As in tshark, the last one asked for comes first. */
void statistics_print(const struct statistics *statistics, struct session *session, FILE *out)
{
	for (unsigned i = statistics->count; i-- > 0;)
		statistics->asked[i].what->print(statistics->asked[i].state, session, out);
}

void statistics_help(FILE *out)
{
	fputs("The available statistics for the \"-z\" option are:\n", out);
	for (unsigned i = 0; i < STATISTICS; i++)
		fprintf(out, "     %s%s\n          %s\n", statistic_table[i]->name,
			statistic_table[i]->arguments, statistic_table[i]->meaning);
}
