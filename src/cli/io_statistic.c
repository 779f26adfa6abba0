/* io_statistic.c - -z io,stat,INTERVAL[,FILTER|CALCULATION(FIELD)FILTER]... */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "dissect/registry.h"
#include "filters.h"
#include "print/io_text.h"
#include "statistics.h"

enum { COLUMNS_LIMIT = 100, NS_IN_US = 1000, WORD_ROOM = 256 };

struct io_asked {
	struct io_column columns[COLUMNS_LIMIT];
	struct io_series *series[COLUMNS_LIMIT];
	struct filter *filters[COLUMNS_LIMIT];
	char *titles[COLUMNS_LIMIT];
	unsigned count;
	int64_t interval_ns;
};

static const char *const kind_names[IO_KINDS] = {
	[IO_FRAMES] = "FRAMES", [IO_BYTES] = "BYTES", [IO_COUNT] = "COUNT", [IO_SUM] = "SUM",
	[IO_MIN] = "MIN",	[IO_MAX] = "MAX",     [IO_AVG] = "AVG",	    [IO_LOAD] = "LOAD",
};

static void end_io(void *state)
{
	struct io_asked *asked = state;

	for (unsigned i = 0; i < asked->count; i++) {
		io_series_free(asked->series[i]);
		filter_free(asked->filters[i]);
		free(asked->titles[i]);
	}
	free(asked);
}

/* "SUM(tcp.len)tcp": its kind, what is in the parentheses, and where the filter begins.  A text
 * that names no calculation is all filter. */
static enum io_kind split_column(const char *text, char field[WORD_ROOM], const char **filter)
{
	field[0] = '\0';
	for (unsigned i = IO_FRAMES; i < IO_KINDS; i++) {
		size_t n = strlen(kind_names[i]);
		const char *end = strchr(text, ')');

		if (strncmp(text, kind_names[i], n) != 0)
			continue;
		if (!text[n]) {
			*filter = text + n;
			return (enum io_kind)i;
		}
		if (text[n] != '(' || !end || (size_t)(end - text) - n > WORD_ROOM)
			continue;
		snprintf(field, WORD_ROOM, "%.*s", (int)(end - text - (ptrdiff_t)n - 1),
			 text + n + 1);
		*filter = end + 1;
		return (enum io_kind)i;
	}
	*filter = text;
	return IO_FRAMES_AND_BYTES;
}

static bool has_numbers(enum field_type type)
{
	return (type >= FIELD_U8 && type <= FIELD_DOUBLE) || type == FIELD_DURATION ||
	       type == FIELD_FRAME;
}

/* The field's number; -1: *error. */
static int find_field(enum io_kind kind, const char *name, struct error *error)
{
	int field = registry_field_named(name);

	if (!*name)
		error_set(error, "You didn't specify a field name for %s(*).", kind_names[kind]);
	else if (field < 0)
		error_set(error, "There is no field named '%s'.", name);
	else if (kind == IO_LOAD && registry_field((unsigned)field)->type != FIELD_DURATION)
		error_set(error, "LOAD() is only supported for relative-time fields such as "
				 "dns.time");
	else if (kind > IO_COUNT && !has_numbers(registry_field((unsigned)field)->type))
		error_set(error,
			  "%s doesn't have integral values, so %s(*) calculations are not "
			  "supported on it.",
			  name, kind_names[kind]);
	else
		return field;
	return -1;
}

static bool add_column(struct io_asked *asked, const char *text, struct error *error)
{
	char field_name[WORD_ROOM];
	const char *words;
	enum io_kind kind = split_column(text, field_name, &words);
	int field = -1;

	if (asked->count == COLUMNS_LIMIT)
		return error_set(error, "more than %d columns", COLUMNS_LIMIT);
	if (kind >= IO_COUNT && (field = find_field(kind, field_name, error)) < 0)
		return false;
	/* Without a filter, packets that have the field. */
	if (!*words && field >= 0)
		words = field_name;
	struct filter *filter = *words ? filter_argument(words, error) : NULL;
	if (*words && !filter)
		return false;
	unsigned n = asked->count++;
	asked->filters[n] = filter;
	asked->titles[n] = must_copy(text);
	asked->series[n] = io_series_new(asked->interval_ns, kind, field);
	asked->columns[n] = (struct io_column){ asked->series[n], asked->titles[n] };
	return true;
}

static bool add_columns(struct io_asked *asked, const char *text, struct error *error)
{
	for (;;) {
		size_t n = strcspn(text, ",");
		char *column = must_alloc(n + 1);

		memcpy(column, text, n);
		column[n] = '\0';
		bool good = add_column(asked, column, error);
		free(column);
		if (!good || !text[n])
			return good;
		text += n + 1;
	}
}

static void *begin_io(const char *arguments, struct error *error)
{
	char *end;
	double interval = strtod(arguments, &end);
	struct io_asked *asked;

	if (end == arguments || (*end && *end != ',') || isnan(interval)) {
		error_set(error,
			  "invalid \"-z io,stat,<interval>[,<filter>][,<filter>]...\" argument");
		return NULL;
	}
	asked = must_zeroed(1, sizeof *asked);
	/* As in tshark to the microsecond; what is not positive is all of the capture. */
	if (interval > 0 && interval < 1e9)
		asked->interval_ns = (int64_t)(interval * 1e6 + 0.5) * NS_IN_US;
	if (add_columns(asked, *end ? end + 1 : end, error))
		return asked;
	end_io(asked);
	return NULL;
}

static void join_io(void *state, struct tally *tally)
{
	struct io_asked *asked = state;

	for (unsigned i = 0; i < asked->count; i++)
		io_series_join(asked->series[i], tally, asked->filters[i]);
}

/* Until the latest packet, which need not be the last one. */
static int64_t duration_of(const struct session *session)
{
	const struct packet_index *index = &session_learned(session)->index;
	uint32_t count = session_packet_count(session);
	int64_t longest = 0;

	for (uint32_t n = 2; n <= count; n++) {
		int64_t ns = time_between(index_time(index, 1), index_time(index, n));
		if (ns > longest)
			longest = ns;
	}
	return longest;
}

static void print_io_statistic(void *state, struct session *session, FILE *out)
{
	const struct io_asked *asked = state;

	print_io(out, asked->columns, asked->count, duration_of(session));
}

const struct statistic io_statistic = {
	.name = "io,stat",
	.arguments = ",INTERVAL[,FILTER|,CALCULATION(FIELD)FILTER]...",
	.meaning = "packets and bytes in each INTERVAL of seconds (0: in all), or FRAMES, BYTES, "
		   "COUNT, "
		   "SUM, MIN, MAX, AVG, LOAD of a field",
	.begin = begin_io,
	.join = join_io,
	.print = print_io_statistic,
	.end = end_io,
};
