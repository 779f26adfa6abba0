/* expert_statistic.c - -z expert: how often each finding was made, worst first. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "session/expert_list.h"
#include "filters.h"
#include "statistics.h"

enum { WORDS_ROOM = 1024 };

struct expert_counts {
	struct expert_list *list;
	enum expert_severity least;
	struct filter *filter; /* NULL: all packets count */
};

/* "warn", with what follows it in *rest. */
static enum expert_severity severity_named(const char *text, const char **rest)
{
	static const char *const names[EXPERT_SEVERITIES] = {
		[EXPERT_COMMENT] = "comment", [EXPERT_CHAT] = "chat",	[EXPERT_NOTE] = "note",
		[EXPERT_WARN] = "warn",	      [EXPERT_ERROR] = "error",
	};
	size_t n = strcspn(text, ",");

	for (unsigned i = EXPERT_COMMENT; i < EXPERT_SEVERITIES; i++) {
		if (strlen(names[i]) != n || strncmp(text, names[i], n) != 0)
			continue;
		*rest = text + n + (text[n] == ',');
		return (enum expert_severity)i;
	}
	*rest = text;
	return EXPERT_COMMENT;
}

static void *begin_counts(const char *arguments, struct error *error)
{
	const char *text;
	enum expert_severity least = severity_named(arguments, &text);
	struct filter *filter = *text ? filter_argument(text, error) : NULL;

	if (*text && !filter)
		return NULL;
	struct expert_counts *counts = must_zeroed(1, sizeof *counts);
	counts->list = expert_list_new(EXPERT_SAME_WORDS, 0);
	counts->least = least;
	counts->filter = filter;
	return counts;
}

static const struct filter *filter_of_counts(const void *state)
{
	return ((const struct expert_counts *)state)->filter;
}

static void count_packet(void *state, const struct dissection *d)
{
	expert_list_take(((struct expert_counts *)state)->list, d);
}

static void print_row(const struct expert_row *row, FILE *out)
{
	char words[WORDS_ROOM];

	text_clean(words, sizeof words, (const uint8_t *)row->words, strlen(row->words), true);
	fprintf(out, "%12llu %10s %18s  %s\n", (unsigned long long)row->count,
		expert_group_name(row->group), row->protocol, words);
}

static void print_severity(const struct expert_list *list, enum expert_severity severity,
			   const char *title, FILE *out)
{
	uint64_t total = expert_list_total(list, severity);

	if (!total)
		return;
	fprintf(out, "\n%s (%llu)\n=============\n%12s %10s %18s  %s\n", title,
		(unsigned long long)total, "Frequency", "Group", "Protocol", "Summary");
	for (uint32_t i = 0; i < expert_list_count(list); i++)
		if (expert_list_row(list, i)->severity == severity)
			print_row(expert_list_row(list, i), out);
}

static void print_counts(void *state, struct session *session, FILE *out)
{
	static const char *const titles[EXPERT_SEVERITIES] = {
		[EXPERT_COMMENT] = "Comments", [EXPERT_CHAT] = "Chats",	  [EXPERT_NOTE] = "Notes",
		[EXPERT_WARN] = "Warns",       [EXPERT_ERROR] = "Errors",
	};
	const struct expert_counts *counts = state;

	(void)session;
	for (unsigned i = EXPERT_ERROR; i >= counts->least; i--)
		print_severity(counts->list, (enum expert_severity)i, titles[i], out);
}

static void end_counts(void *state)
{
	struct expert_counts *counts = state;

	filter_free(counts->filter);
	expert_list_free(counts->list);
	free(counts);
}

const struct statistic expert_statistic = {
	.name = "expert",
	.arguments = "[,error|,warn|,note|,chat|,comment][,FILTER]",
	.meaning = "findings of this severity or worse in packets that pass, and how often each "
		   "was made",
	.wants = WANT_FIELDS,
	.begin = begin_counts,
	.filter = filter_of_counts,
	.packet = count_packet,
	.print = print_counts,
	.end = end_counts,
};
