/* user_filters.c - the files filter-history (what was used) and filters (what has a name). */
#include "ui/user_filters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/user_file.h"

static const char history_file[] = "filter-history";
static const char saved_file[] = "filters";

bool filter_history_add(struct filter_history *history, const char *text)
{
	if (!*text) {
		history->at = history->count;
		return false;
	}
	for (unsigned i = 0; i < history->count; i++) {
		if (strcmp(history->texts[i], text) != 0)
			continue;
		char *again = history->texts[i];

		memmove(history->texts + i, history->texts + i + 1,
			(--history->count - i) * sizeof history->texts[0]);
		history->texts[history->count++] = again;
		history->at = history->count - 1;
		return i + 1 < history->count;
	}
	if (history->count == FILTERS_KEPT) {
		free(history->texts[0]);
		memmove(history->texts, history->texts + 1,
			--history->count * sizeof history->texts[0]);
	}
	history->texts[history->count++] = must_copy(text);
	history->at = history->count - 1;
	return true;
}

unsigned filter_history_find(const struct filter_history *history, unsigned from,
			     const char *begins)
{
	for (unsigned n = from ? from - 1 : history->count; n; n--)
		if (!strncmp(history->texts[n - 1], begins, strlen(begins)))
			return n;
	return 0;
}

unsigned filter_history_search(const struct filter_history *history, unsigned from,
			       const char *inside)
{
	for (unsigned n = from ? from - 1 : history->count; n; n--)
		if (strcasestr(history->texts[n - 1], inside))
			return n;
	return 0;
}

static void take_used(void *owner, const char *line)
{
	filter_history_add(owner, line);
}

void filter_history_read(struct filter_history *history)
{
	user_file_read(USER_STATE, history_file, take_used, history);
	history->at = history->count;
}

/* What somebody else has added meanwhile stays. */
void filter_history_write(const struct filter_history *history, bool remembers)
{
	struct filter_history all = { .count = 0 };
	char *text = NULL;
	size_t size = 0;

	if (!remembers)
		return;
	filter_history_read(&all);
	for (unsigned i = 0; i < history->count; i++)
		filter_history_add(&all, history->texts[i]);
	FILE *out = open_memstream(&text, &size);

	for (unsigned i = 0; out && i < all.count; i++)
		fprintf(out, "%s\n", all.texts[i]);
	if (out && !fclose(out))
		user_file_write(USER_STATE, history_file, text);
	free(text);
	filter_history_free(&all);
}

void filter_history_free(struct filter_history *history)
{
	while (history->count)
		free(history->texts[--history->count]);
	history->at = 0;
}

/* --- those with names --- */

static void take_saved(void *owner, const char *line)
{
	const char *equals = strchr(line, '=');
	char name[COMPLETION_ROOM];

	line += strspn(line, " \t");
	if (!equals || *line == '#' || equals <= line)
		return;
	size_t length = (size_t)(equals - line);

	while (length && strchr(" \t", line[length - 1]))
		length--;
	snprintf(name, sizeof name, "%.*s", (int)length, line);
	equals++;
	saved_filters_set(owner, name, equals + strspn(equals, " \t"));
}

void saved_filters_read(struct saved_filters *saved)
{
	user_file_read(USER_CONFIG, saved_file, take_saved, saved);
}

void saved_filters_set(struct saved_filters *saved, const char *name, const char *text)
{
	unsigned i = 0;

	while (i < saved->count && strcmp(saved->filters[i].name, name) != 0)
		i++;
	if (i < saved->count) {
		free(saved->filters[i].name);
		free(saved->filters[i].text);
		saved->filters[i] = saved->filters[--saved->count];
	}
	if (!*text || !*name)
		return;
	saved->filters = must_resize(saved->filters, saved->count + 1, sizeof *saved->filters);
	saved->filters[saved->count++] =
		(struct saved_filter){ .name = must_copy(name), .text = must_copy(text) };
}

bool saved_filters_write(const struct saved_filters *saved)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	bool fine = false;

	for (unsigned i = 0; out && i < saved->count; i++)
		fprintf(out, "%s = %s\n", saved->filters[i].name, saved->filters[i].text);
	if (out && !fclose(out))
		fine = user_file_write(USER_CONFIG, saved_file, text);
	free(text);
	return fine;
}

void saved_filters_free(struct saved_filters *saved)
{
	for (unsigned i = 0; i < saved->count; i++) {
		free(saved->filters[i].name);
		free(saved->filters[i].text);
	}
	free(saved->filters);
	*saved = (struct saved_filters){ 0 };
}
