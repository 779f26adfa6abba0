/* test_recorded_filters.c - the tables in tests/filters: which packets tshark 4.0.17 says pass a
 * filter.
 *
 * tests/filters/record.sh wrote them and says what a row is. */
#include <dirent.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "session/filter_run.h"
#include "support/unit_test.h"

enum { MOST_FILES = 100, PATH_ROOM = 512, LINE_ROOM = 4096, NUMBERS_ROOM = 4096 };

static const char *source_folder(void)
{
	const char *folder = getenv("srcdir");

	return folder && *folder ? folder : ".";
}

static struct session *scan_file(const char *path)
{
	char whole[PATH_ROOM + LINE_ROOM];
	struct error error;

	snprintf(whole, sizeof whole, "%s/%s", source_folder(), path);
	struct capture_file *file = capture_file_open(whole, &error);
	if (!file)
		fail_msg("%s", error.text);
	struct session *session = session_new(file);
	while (session_scan(session, 1000, true) == SCAN_MORE)
		;
	return session;
}

static void add_range(char *text, size_t room, uint32_t from, uint32_t to)
{
	size_t n = strlen(text);

	if (from == to)
		snprintf(text + n, room - n, "%s%u", n ? "," : "", from);
	else
		snprintf(text + n, room - n, "%s%u-%u", n ? "," : "", from, to);
}

/* "1,3-5" or "none" */
static void word_numbers(const struct filter_run *run, char *text, size_t room)
{
	uint32_t from = 0, to = 0;

	text[0] = '\0';
	for (uint32_t n = 0; (n = filter_run_next(run, n));) {
		if (from && n == to + 1) {
			to = n;
			continue;
		}
		if (from)
			add_range(text, room, from, to);
		from = to = n;
	}
	if (from)
		add_range(text, room, from, to);
	else
		snprintf(text, room, "none");
}

static void ask(struct session *session, const char *text, char *answer, size_t room)
{
	struct filter_error error;
	struct filter *filter = filter_compile(text, NULL, &error);
	struct filter_run_options options = { .threads = 1, .interval_ms = 1 };

	free(error.text);
	if (!filter) {
		snprintf(answer, room, "error");
		return;
	}
	struct filter_run *run = filter_run_start(session, filter, &options);
	assert_non_null(run);
	filter_run_feed(run, session_packet_count(session), true);
	while (!filter_run_poll(run).done) {
		struct pollfd news = { filter_run_news(run), POLLIN, 0 };
		assert_int_equal(poll(&news, 1, 60000), 1);
	}
	word_numbers(run, answer, room);
	filter_run_free(run);
	filter_free(filter);
}

/* How many rows there were, and differ. */
struct tally {
	unsigned rows, wrong;
};

static void check_row(struct session *session, char *line, struct tally *tally)
{
	char answer[NUMBERS_ROOM], *filter = strchr(line, '\t');

	*filter++ = '\0';
	ask(session, filter, answer, sizeof answer);
	tally->rows++;
	if (strcmp(answer, line) == 0)
		return;
	tally->wrong++;
	print_error("%s\n  tshark: %s\n  peel:   %s\n", filter, line, answer);
}

static void agrees_with_tshark(void **state)
{
	const char *path = *state;
	struct session *session = NULL;
	struct tally tally = { 0 };
	char line[LINE_ROOM];
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		if (!strncmp(line, "capture ", 8)) {
			session_free(session);
			session = scan_file(line + 8);
		} else if (session && strchr(line, '\t')) {
			check_row(session, line, &tally);
		}
	}
	fclose(file);
	session_free(session);
	assert_true(tally.rows > 0);
	if (tally.wrong)
		fail_msg("%s: %u of %u rows differ", path, tally.wrong, tally.rows);
}

static int is_table(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name);

	return n > 4 && !strcmp(entry->d_name + n - 4, ".txt");
}

UNIT_TESTS(test_recorded_filters)
{
	static struct CMUnitTest tests[MOST_FILES];
	static char paths[MOST_FILES][2 * PATH_ROOM];
	char folder[PATH_ROOM];
	struct dirent **entries;
	unsigned count = 0;

	setenv("TZ", "UTC", 1);
	tzset();
	snprintf(folder, sizeof folder, "%s/tests/filters", source_folder());
	int found = scandir(folder, &entries, is_table, alphasort);
	for (int i = 0; i < found; i++) {
		if (count < MOST_FILES) {
			snprintf(paths[count], sizeof paths[count], "%s/%s", folder,
				 entries[i]->d_name);
			tests[count] = (struct CMUnitTest)cmocka_unit_test(agrees_with_tshark);
			tests[count].name = strrchr(paths[count], '/') + 1;
			tests[count].initial_state = paths[count];
			count++;
		}
		free(entries[i]);
	}
	if (found >= 0)
		free(entries);
	return _cmocka_run_group_tests("recorded filters", tests, count, NULL, NULL);
}
