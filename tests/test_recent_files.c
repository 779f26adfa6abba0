/* test_recent_files.c - what the start screen and the open dialog offer, and that it is remembered.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_capture.h"

enum { DAY = 86400 };

static char home[40], folder[50], here[4096];

/* A folder to be in, with one capture, one text and one folder in it. */
static int set_up(void **state)
{
	char command[5000];
	const char *srcdir = getenv("srcdir");
	char *captures = realpath(srcdir ? srcdir : ".", NULL);

	(void)state;
	strcpy(home, "/tmp/peel-recent-XXXXXX");
	assert_non_null(mkdtemp(home));
	setenv("XDG_STATE_HOME", home, 1);
	setenv("HOME", home, 1);
	setenv("TZ", "UTC", 1);
	snprintf(folder, sizeof folder, "%s/work", home);
	snprintf(command, sizeof command,
		 "mkdir -p %s/deep && cp %s/captures/http.pcap %s && echo > %s/notes", folder,
		 captures, folder, folder);
	free(captures);
	assert_int_equal(system(command), 0);
	assert_non_null(getcwd(here, sizeof here));
	assert_int_equal(chdir(folder), 0);
	typed_options = (struct ui_options){ .remembers = true };
	return 0;
}

static int tear_down(void **state)
{
	char command[100];

	(void)state;
	assert_int_equal(chdir(here), 0);
	snprintf(command, sizeof command, "rm -r '%s'", home);
	typed_options = (struct ui_options){ 0 };
	unsetenv("XDG_STATE_HOME");
	return system(command);
}

static void sees(const char *text)
{
	if (screen_find(&screen, text) >= 0)
		return;
	screen_print(&screen);
	fail_msg("\"%s\" is not on the screen", text);
}

static void begin_start_screen(void)
{
	screen = memory_screen(36, 120);
	app_init(&app, &typed_options);
	app_start_screen(&app);
	draw();
}

static void open_and_leave(const char *keys)
{
	begin_app("http.pcap");
	type(keys);
	end_app();
}

static void the_last_file_left_comes_first(void **state)
{
	struct recent_files recent = { .count = 0 };
	char path[] = "/gone/a\tb\\c\nd.pcap";
	struct recent_file other = { .path = path, .packets = 7, .left = 9 };

	(void)state;
	open_and_leave("");
	recent_files_add(&other);
	recent_files_read(&recent);
	assert_int_equal(recent.count, 2);
	assert_string_equal(recent.files[0].path, other.path);
	assert_int_equal(recent.files[0].packets, 7);
	assert_false(recent.files[0].is_there);
	assert_true(recent.files[1].is_there);
	open_and_leave("");
	recent_files_read(&recent);
	assert_int_equal(recent.count, 2);
	assert_non_null(strstr(recent.files[0].path, "/work/http.pcap"));
	recent_files_remove(other.path);
	recent_files_read(&recent);
	assert_int_equal(recent.count, 1);
	recent_files_free(&recent);
}

static void no_more_than_twenty_are_kept(void **state)
{
	struct recent_files recent = { .count = 0 };
	char path[40];

	(void)state;
	for (unsigned i = 0; i < 30; i++) {
		struct recent_file file = { .path = path };

		snprintf(path, sizeof path, "/x/%u.pcap", i);
		recent_files_add(&file);
	}
	recent_files_read(&recent);
	assert_int_equal(recent.count, RECENT_FILES);
	assert_string_equal(recent.files[0].path, "/x/29.pcap");
	assert_string_equal(recent.files[RECENT_FILES - 1].path, "/x/10.pcap");
	recent_files_free(&recent);
}

static void lines_that_mean_nothing_are_left_out(void **state)
{
	struct recent_files recent = { .count = 0 };
	char path[200];

	(void)state;
	snprintf(path, sizeof path, "%s/peel", home);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/peel/recent", home);
	FILE *out = fopen(path, "w");

	fputs("\n1 2 3\nx y z\n1 2 3 4 5 not-absolute\n1 2 3 4 5 /fine\tip\n", out);
	fclose(out);
	recent_files_read(&recent);
	assert_int_equal(recent.count, 1);
	assert_string_equal(recent.files[0].path, "/fine");
	assert_string_equal(recent.files[0].filter, "ip");
	recent_files_free(&recent);
}

static void times_are_told_as_people_do(void **state)
{
	static const int64_t now = 1795000000; /* Wednesday, 2026-11-18 11:06:40 */
	char text[WHEN_ROOM];

	(void)state;
	assert_string_equal(when_text(now - 3600, now, text), "10:06");
	assert_string_equal(when_text(now - DAY, now, text), "yest.");
	assert_string_equal(when_text(now - 3 * DAY, now, text), "Sun");
	assert_string_equal(when_text(now - 30 * DAY, now, text), "2026-10-19");
	assert_string_equal(when_text(now + 3 * DAY, now, text), "2026-11-21");
}

static void who_is_new_is_told_how_to_begin(void **state)
{
	(void)state;
	begin_start_screen();
	sees("New here? Enter opens, ? shows keys, q leaves.");
	sees("Open a file");
	end_app();
	open_and_leave("");
	begin_start_screen();
	assert_true(screen_find(&screen, "New here?") < 0);
	sees("Recent files");
	end_app();
}

static void the_last_session_is_restored_with_its_filter(void **state)
{
	(void)state;
	open_and_leave("/ http Enter G Space");
	begin_start_screen();
	sees("~/work/http.pcap");
	sees("1 mark, filter: http");
	sees("Last session: http.pcap, filter \"http\", packet #");
	type("r");
	read_all();
	assert_string_equal(app.filter_text, "http");
	assert_int_equal(app.marked.count, 1);
	end_app();
	/* Opened as any other file it is only offered. */
	begin_app("http.pcap");
	assert_null(app.filter_text);
	sees("Last time: filter \"http\"");
	end_app();
}

static void a_file_that_is_gone_is_said_to_be_and_can_be_removed(void **state)
{
	char path[] = "/gone/x.pcap";
	struct recent_file gone = { .path = path, .packets = 7 };

	(void)state;
	recent_files_add(&gone);
	begin_start_screen();
	type("Tab");
	sees("/gone/x.pcap  (no longer there: d removes it from the list)");
	type("Enter");
	sees("no such file");
	type("d");
	assert_true(screen_find(&screen, "(no longer there") < 0);
	sees("/gone/x.pcap is not listed any more");
	type("G d");
	sees("no file is removed");
	end_app();
}

static void the_open_dialog_lists_and_completes(void **state)
{
	(void)state;
	begin_start_screen();
	type("o");
	sees("│ deep/");
	sees("│ http.pcap");
	assert_true(screen_find(&screen, "notes") < 0);
	type("n");
	sees("│ notes");
	type("Tab");
	sees("Open file: notes");
	type("^U h Tab Enter");
	read_all();
	assert_string_equal(app_name(&app), "http.pcap");
	end_app();
}

static void the_open_dialog_looks_into_folders(void **state)
{
	(void)state;
	begin_start_screen();
	type("o Down Enter");
	sees("Open file: deep/");
	sees("There are no captures here");
	type("^U z");
	sees("No file here begins so.");
	type("^U z /");
	sees("There is no such folder, or it cannot be read.");
	type("Esc");
	assert_int_equal(app.prompt, PROMPT_NONE);
	end_app();
}

static void the_open_dialog_begins_with_recent_files(void **state)
{
	(void)state;
	open_and_leave("");
	begin_start_screen();
	type("o Down");
	sees("▌~/work/http.pcap");
	type("Enter");
	read_all();
	assert_string_equal(app_name(&app), "http.pcap");
	end_app();
}

#define RECENT_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_TESTS(test_recent_files)
{
	const struct CMUnitTest tests[] = {
		RECENT_TEST(the_last_file_left_comes_first),
		RECENT_TEST(no_more_than_twenty_are_kept),
		RECENT_TEST(lines_that_mean_nothing_are_left_out),
		RECENT_TEST(times_are_told_as_people_do),
		RECENT_TEST(who_is_new_is_told_how_to_begin),
		RECENT_TEST(the_last_session_is_restored_with_its_filter),
		RECENT_TEST(a_file_that_is_gone_is_said_to_be_and_can_be_removed),
		RECENT_TEST(the_open_dialog_lists_and_completes),
		RECENT_TEST(the_open_dialog_looks_into_folders),
		RECENT_TEST(the_open_dialog_begins_with_recent_files),
	};
	return cmocka_run_group_tests_name("recent files", tests, NULL, NULL);
}
