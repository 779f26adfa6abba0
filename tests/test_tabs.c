/* test_tabs.c - several captures at once: which is shown, what goes along, how they are left. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "support/memory_screen.h"
#include "support/unit_test.h"
#include "ui/app.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_rows.h"
#include "ui/app_tabs.h"
#include "ui/tabs.h"

enum { TALL = 36, WIDE = 120, PATH_ROOM = 400 };

static struct tabs tabs;
static struct screen screen;
static struct ui_options options;

static struct app *shown(void)
{
	return tabs_current(&tabs);
}

static void read_all(struct app *app)
{
	while (app->scan_state != SCAN_DONE) {
		struct pollfd fd = { .fd = scanner_news(app->scanner), .events = POLLIN };

		if (poll(&fd, 1, 10000) <= 0)
			fail_msg("the first pass does not end");
		app_news(app);
	}
}

static void draw(void)
{
	shown()->now = app_clock();
	app_draw(shown(), &screen);
}

static void press(const char *keys)
{
	size_t length = strlen(keys);

	for (const char *at = keys; *at;) {
		struct event event = { .key = key_parse(&at, length - (size_t)(at - keys)) };

		app_event(shown(), &event);
		draw();
	}
}

static char *path_of(const char *capture, char path[PATH_ROOM])
{
	const char *srcdir = getenv("srcdir");

	snprintf(path, PATH_ROOM, "%s/captures/%s", srcdir ? srcdir : ".", capture);
	return path;
}

static bool open_beside(const char *capture, struct error *error)
{
	char room[PATH_ROOM], *path = path_of(capture, room);

	return tabs_open(&tabs, &path, 1, error);
}

/* tour.pcapng, udp.pcap and http.pcap; the first is shown. */
static int set_up(void **state)
{
	struct error error = { "" };
	char path[PATH_ROOM];

	(void)state;
	options = (struct ui_options){ 0 };
	tabs_init(&tabs, &options);
	screen = memory_screen(TALL, WIDE);
	assert_true(app_open(shown(), path_of("tour.pcapng", path), &error));
	read_all(shown());
	assert_true(open_beside("udp.pcap", &error));
	read_all(shown());
	assert_true(open_beside("http.pcap", &error));
	read_all(shown());
	tabs_show(&tabs, 0);
	draw();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	tabs_free(&tabs);
	screen_free(&screen);
	return 0;
}

static void keys_go_from_one_to_the_next(void **state)
{
	(void)state;
	assert_on_screen(&screen, "[1 tour.pcapng]  2 udp.pcap   3 http.pcap");
	press("gt");
	assert_on_screen(&screen, " 1 tour.pcapng  [2 udp.pcap]  3 http.pcap");
	press("gT");
	press("gT");
	assert_on_screen(&screen, "[3 http.pcap]");
	press("gt");
	assert_int_equal(tabs.at, 0);
	press("2gt");
	assert_int_equal(tabs.at, 1);
	press("7gt");
	assert_int_equal(tabs.at, 1);
	assert_on_screen(&screen, "There are 3 tabs.");
	app_command(shown(), "tab 3");
	assert_int_equal(tabs.at, 2);
}

static void where_one_is_belongs_to_the_file(void **state)
{
	(void)state;
	press("40G");
	app_set_filter(shown(), "http");
	press("gt");
	assert_null(shown()->filter_text);
	assert_int_equal(shown()->selected, 1);
	press("gT");
	assert_string_equal(shown()->filter_text, "http");
	assert_int_equal(shown()->selected, 40);
}

static void what_is_set_goes_along(void **state)
{
	(void)state;
	press("t");
	press("C");
	app_command(shown(), "map ^X next-problem");
	app_command(shown(), "set theme=mono");
	app_command(shown(), "set plain=on");
	enum time_format format = shown()->user.time_format;

	press("gt");
	assert_int_equal(shown()->user.time_format, format);
	assert_false(shown()->user.colours);
	assert_true(shown()->user.plain);
	assert_string_equal(shown()->user.theme_name, "mono");
	assert_true(shown()->theme_changed);
	press("1G");
	struct event event = { .key = KEY_CTRL('X') };

	app_event(shown(), &event);
	assert_int_equal(shown()->selected, 8);
	/* What was said is one list, whichever file it was said of. */
	assert_true(shown()->user.messages.count > 0);
}

static void rows_are_sorted_as_the_columns_say(void **state)
{
	(void)state;
	app_command(shown(), "sort-by Len");
	press("gt");
	assert_true(columns_sorted(&shown()->user.columns) >= 0);
	app_command(shown(), "sort-by");
	for (unsigned i = 0; i < 400 && tabs.apps[0]->order.run; i++) {
		poll(NULL, 0, 5);
		app_order_news(tabs.apps[0]);
	}
	press("gT");
	assert_true(columns_sorted(&shown()->user.columns) < 0);
	assert_null(shown()->order.run);
	assert_int_equal(shown()->order.count, 0);
}

static void a_file_opens_beside_or_in_place_of_the_start_screen(void **state)
{
	struct error error = { "" };
	char command[PATH_ROOM + 10], path[PATH_ROOM];

	(void)state;
	snprintf(command, sizeof command, "tabe %s", path_of("dns.pcap", path));
	app_command(shown(), command);
	assert_int_equal(tabs.count, 4);
	assert_int_equal(tabs.at, 3);
	app_command(shown(), "tabe /nowhere");
	assert_int_equal(tabs.count, 4);
	assert_non_null(strstr(shown()->message, "no such file"));
	assert_false(open_beside("nowhere", &error));

	struct tabs one;

	tabs_init(&one, &options);
	app_start_screen(tabs_current(&one));
	app_open_tab(tabs_current(&one), path);
	assert_int_equal(one.count, 1);
	assert_non_null(tabs_current(&one)->session);
	tabs_free(&one);
}

static void files_are_merged_in_a_tab_of_their_own(void **state)
{
	char command[PATH_ROOM + 10], path[PATH_ROOM];

	(void)state;
	snprintf(command, sizeof command, "merge %s", path_of("udp.pcap", path));
	app_command(shown(), command);
	assert_int_equal(tabs.count, 4);
	assert_string_equal(app_name(shown()), "tour.pcapng + udp.pcap");
	read_all(shown());
	assert_int_equal(shown()->packet_count,
			 tabs.apps[0]->packet_count + tabs.apps[1]->packet_count);
	/* And what is merged already with one more. */
	snprintf(command, sizeof command, "merge %s", path_of("dns.pcap", path));
	app_command(shown(), command);
	assert_string_equal(app_name(shown()), "tour.pcapng + udp.pcap + dns.pcap");
	app_command(shown(), "merge /nowhere");
	assert_int_equal(tabs.count, 5);
}

static void leaving_one_shows_the_one_before(void **state)
{
	(void)state;
	tabs_show(&tabs, 1);
	press("q");
	assert_true(shown()->quit);
	assert_true(tabs_leave(&tabs));
	assert_string_equal(app_name(shown()), "tour.pcapng");
	assert_true(tabs_leave(&tabs));
	assert_string_equal(app_name(shown()), "http.pcap");
	assert_false(tabs_leave(&tabs));
}

static void the_number_of_tabs_is_limited(void **state)
{
	struct error error = { "" };

	(void)state;
	while (tabs.count < TABS_MOST)
		assert_true(open_beside("udp.pcap", &error));
	assert_false(open_beside("udp.pcap", &error));
	draw();
	assert_on_screen(&screen, "[30 udp.pcap]");
}

static void leaving_all_asks_where_packets_are_unsaved(void **state)
{
	struct live_capture *live = must_zeroed(1, sizeof *live);

	(void)state;
	tabs.apps[1]->live = live;
	press("Q");
	assert_int_equal(tabs.at, 1);
	assert_int_equal(shown()->dialog, DIALOG_KEEP);
	assert_false(shown()->quit);
	press("d");
	assert_true(shown()->quit);
	tabs.apps[1]->live = NULL;
	free(live);
	assert_true(tabs_leave(&tabs));
	tabs_leave_all(&tabs);
	assert_true(shown()->quit);
}

static void names_are_others_in_all_of_them(void **state)
{
	(void)state;
	tabs_show(&tabs, 1);
	press("7G");
	tabs_show(&tabs, 0);
	assert_true(app_choose_names(shown(), (struct name_choice){ ALL_NAMES, false }));
	for (unsigned i = 0; i < 3; i++) {
		assert_int_equal(tabs.apps[i]->scan_state, SCAN_MORE);
		read_all(tabs.apps[i]);
		assert_true(tabs.apps[i]->packet_count > 0);
	}
	assert_int_equal(tabs.apps[1]->selected, 7);
	app_choose_names(shown(), (struct name_choice){ 0, false });
}

static void press_title(int column)
{
	app_event(shown(), &(struct event){ .key = KEY_MOUSE,
					    .mouse = { .kind = MOUSE_PRESS, .column = column } });
	draw();
}

static void a_tab_is_clicked(void **state)
{
	(void)state;
	struct error error = { "" };

	assert_true(open_beside("arp.pcap", &error));
	draw();
	assert_int_equal(tabs.at, tabs.count - 1);
	press_title(4);
	assert_int_equal(tabs.at, 0);
	press_title(WIDE - 3);
	assert_int_equal(tabs.at, 0);
	const char *row = screen_row(&screen, 0), *at = strstr(row, " 2 ");

	assert_non_null(at);
	press_title((int)(at - row) + 1);
	assert_int_equal(tabs.at, 1);
}

#define TABS_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_TESTS(test_tabs)
{
	const struct CMUnitTest tests[] = {
		TABS_TEST(keys_go_from_one_to_the_next),
		TABS_TEST(a_tab_is_clicked),
		TABS_TEST(where_one_is_belongs_to_the_file),
		TABS_TEST(what_is_set_goes_along),
		TABS_TEST(rows_are_sorted_as_the_columns_say),
		TABS_TEST(a_file_opens_beside_or_in_place_of_the_start_screen),
		TABS_TEST(files_are_merged_in_a_tab_of_their_own),
		TABS_TEST(leaving_one_shows_the_one_before),
		TABS_TEST(the_number_of_tabs_is_limited),
		TABS_TEST(leaving_all_asks_where_packets_are_unsaved),
		TABS_TEST(names_are_others_in_all_of_them),
	};
	return cmocka_run_group_tests_name("tabs", tests, NULL, NULL);
}
