/* statistics.c - the table of statistics, and those that were asked for. */
#include "statistics.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"
#include "option_values.h"

enum { STATISTICS_LIMIT = 64 };

/* Single ones, and tables of several that end in one without a name. */
static const struct {
	const struct statistic *first;
	bool several;
} statistic_table[] = {
	{ &expert_statistic },
	{ packet_flow_statistics, true },
	{ &flow_tcp_statistic },
	{ &follow_http_statistic },
	{ &follow_http2_statistic },
	{ &follow_quic_statistic },
	{ &follow_tls_statistic },
	{ &follow_tcp_statistic },
	{ &follow_udp_statistic },
	{ &hierarchy_statistic },
	{ &io_statistic },
	{ &credentials_statistic },
	{ arp_statistics, true },
	{ &dhcp_statistic },
	{ &leases_statistic },
	{ &leases_v6_statistic },
	{ &hosts_statistic },
	{ &http_statistic },
	{ echo_statistics, true },
	{ topics_statistics, true },
	{ traffic_statistics, true },
};

enum { GROUPS = sizeof statistic_table / sizeof *statistic_table };

/* The one after `statistic`, of NULL the first; NULL: it was the last. */
static const struct statistic *next_statistic(const struct statistic *statistic, unsigned *group)
{
	if (!statistic)
		return statistic_table[*group = 0].first;
	if (statistic_table[*group].several && statistic[1].name)
		return statistic + 1;
	return ++*group < GROUPS ? statistic_table[*group].first : NULL;
}

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
	const struct statistic *what = NULL;
	unsigned group;

	while ((what = next_statistic(what, &group))) {
		size_t n = strlen(what->name);

		if (strncmp(asked, what->name, n) != 0 || (asked[n] && asked[n] != ','))
			continue;
		*arguments = asked + n + (asked[n] == ',');
		return what;
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
	void *state = what->begin ? what->begin(arguments, error)
				  : what->begin_kind(what->kind, arguments, error);
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

bool statistics_only_tally(const struct statistics *statistics)
{
	for (unsigned i = 0; i < statistics->count; i++)
		if (statistics->asked[i].what->packet)
			return false;
	return true;
}

struct tally *statistics_tally(const struct statistics *statistics, struct session *session)
{
	struct tally *tally = tally_new(session);

	for (unsigned i = 0; i < statistics->count; i++)
		if (statistics->asked[i].what->join)
			statistics->asked[i].what->join(statistics->asked[i].state, tally);
	return tally;
}

/* As in tshark, the last one asked for comes first. */
void statistics_print(const struct statistics *statistics, struct session *session, FILE *out)
{
	for (unsigned i = statistics->count; i-- > 0;)
		statistics->asked[i].what->print(statistics->asked[i].state, session, out);
}

void statistics_help(FILE *out)
{
	const struct statistic *what = NULL;
	unsigned group;

	fputs("The available statistics for the \"-z\" option are:\n", out);
	while ((what = next_statistic(what, &group)))
		fprintf(out, "     %s%s\n          %s\n", what->name, what->arguments,
			what->meaning);
}

static bool nth_statistic(unsigned n, struct choice *choice)
{
	const struct statistic *what = NULL;
	unsigned group;

	while ((what = next_statistic(what, &group)) && n)
		n--;
	choice->name = what ? what->name : "help";
	return what || n == 0;
}

const struct choices statistic_choices = { .nth = nth_statistic };
