/* test_live_screens.c - what is seen of a capture that goes on, with a helper that only talks. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "support/build_capture.h"
#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_capture.h"
#include "ui/app_rows.h"
#include "ui/app_save.h"

enum { PACKETS = 20 };

static char path[] = "/tmp/peel-live-screens-XXXXXX";
static int helper_says; /* what is written here comes from the helper */

static int write_capture(void **state)
{
	(void)state;
	static const uint8_t packet[60] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x88, 0xb5 };
	struct built_capture capture;

	capture_begin(&capture, 1);
	for (unsigned i = 0; i < PACKETS; i++)
		capture_add(&capture, packet, sizeof packet, sizeof packet);
	capture_write(&capture, path);
	capture_free(&capture);
	return 0;
}

static int remove_capture(void **state)
{
	(void)state;
	return unlink(path);
}

/* A capture of which `seen` packets have been shown. */
static void go_live(uint32_t seen)
{
	struct live_capture *live = must_zeroed(1, sizeof *live);
	int ends[2];

	assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
	*live = (struct live_capture){ .control = -1, .news = ends[0], .temporary = true };
	helper_says = ends[1];
	live->pid = fork();
	if (!live->pid) {
		close(ends[1]);
		for (;;)
			pause();
	}
	app.live = live;
	app.live_since = app.now;
	app.following = true;
	strcpy(app.live_name, "vb");
	app.packet_count = seen;
	app_select_row(&app, UINT32_MAX);
	draw();
}

static int set_up(void **state)
{
	(void)state;
	begin_app(path);
	helper_says = -1;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	if (helper_says >= 0)
		close(helper_says);
	end_app();
	return 0;
}

static void helper_tells(const char *line)
{
	assert_int_equal(write(helper_says, line, strlen(line)), strlen(line));
	app_news(&app);
	draw();
}

static void helper_ends(void)
{
	struct pollfd gone = { .fd = app.live->news };

	helper_tells("end\n");
	close(helper_says);
	helper_says = -1;
	kill(app.live->pid, SIGKILL);
	assert_int_equal(poll(&gone, 1, 10000), 1);
	app_news(&app);
	draw();
}

static void says_why_a_capture_ended(void **state)
{
	(void)state;
	go_live(PACKETS);
	assert_on_screen(&screen, "LIVE vb  20 pkts");
	helper_tells("problem Capturing on \"vb\" ended: The interface disappeared.\n");
	helper_ends();
	assert_false(app_is_live(&app));
	assert_on_screen(&screen, "Capturing on \"vb\" ended: The interface disappeared.");
	type("k");
	assert_on_screen(&screen, "STOPPED vb  20 pkts");
}

static void counts_losses(void **state)
{
	(void)state;
	go_live(PACKETS);
	assert_on_screen(&screen, "lost 0");
	helper_tells("counts 60 100 30 9 1\n");
	assert_on_screen(&screen, "!! lost 40 (40 %): kernel 30, interface 9, untold 1");
}

static void losses_stand_where_they_happened(void **state)
{
	(void)state;
	static const int sizes[][2] = { { 24, 80 }, { 36, 120 }, { 60, 200 } };

	go_live(PACKETS);
	helper_tells("counts 18 40 4120 0 0\n");
	for (unsigned i = 0; i < 3; i++) {
		show_at(sizes[i][0], sizes[i][1]);
		int line = screen_find(&screen, "── 4120 packets were lost here ──");

		assert_true(line > 0);
		assert_int_equal(screen_find(&screen, "   19 "), line + 1);
	}
}

static void names_the_capture_filter(void **state)
{
	(void)state;
	strcpy(app.live_filter, "port 53 or icmp");
	go_live(PACKETS);
	assert_on_screen(&screen, " vb  only port 53 or icmp  [Packets]");
	app.packet_count = 0;
	app.times = (struct time_range){ 0 };
	draw();
	assert_on_screen(&screen, "Listening on vb for port 53 or icmp. No packets yet.");
	strcpy(app.live_filter, "host 192.0.2.1 and (port 53 or port 5353 or port 853)");
	draw();
	assert_on_screen(&screen, " vb  only host 192.0.2.1 and (port 53 or port 5353 or…");
}

static void what_comes_after_saving_is_unsaved(void **state)
{
	(void)state;
	char to[] = "/tmp/peel-saved-XXXXXX";

	close(mkstemp(to));
	go_live(15);
	app_save(&app, to, true);
	while (app.saving)
		app_tick(&app);
	assert_false(app_has_unsaved(&app));
	assert_string_equal(app.live_saved_as, to);
	app_news(&app);
	type("q");
	assert_on_screen(&screen, "Keep the 5 packets captured on vb since you saved?");
	type("Esc");
	app_save(&app, to, true);
	while (app.saving)
		app_tick(&app);
	type("q");
	assert_true(app.quit);
	unlink(to);
}

static void quitting_stops_and_may_be_thought_over(void **state)
{
	(void)state;
	go_live(PACKETS);
	app.live->control = open("/dev/null", O_RDONLY | O_CLOEXEC);
	type("q s");
	assert_on_screen(&screen, "Save all ");
	assert_int_equal(app.live->control, -1);
	assert_true(app.quit_when_saved);
	type("Esc");
	assert_false(app.quit_when_saved);
	type("q s Enter");
	assert_false(app.quit_when_saved);
	assert_false(app.quit);
}

static void starting_anew_asks_what_becomes_of_packets(void **state)
{
	(void)state;
	go_live(PACKETS);
	type("^R");
	assert_on_screen(&screen, "Capture anew on vb? 20 packets captured so far are in no");
	type("Enter");
	assert_int_equal(app.dialog, DIALOG_RESTART);
	type("s");
	assert_on_screen(&screen, "Save all 20 as:");
	type("Esc");
	assert_true(app_is_live(&app));
}

static void what_cannot_be_begun_anew_stays(void **state)
{
	(void)state;
	static const struct live_options none = { .interface_count = 0 };

	go_live(PACKETS);
	app.live_options = must_zeroed(1, sizeof none);
	*app.live_options = none;
	helper_ends();
	type("^E r");
	assert_on_screen(&screen, "no interface to capture on.");
	type("Enter");
	assert_on_screen(&screen, "STOPPED vb  20 pkts");
}

static void a_frozen_view_stays_while_packets_come(void **state)
{
	(void)state;
	static const int sizes[][2] = { { 24, 80 }, { 36, 120 }, { 60, 200 } };
	char text[100];

	go_live(3);
	type("p");
	app_news(&app);
	assert_int_equal(app.packet_count, 3);
	assert_int_equal(app_row_count(&app), 3);
	snprintf(text, sizeof text, "○ FROZEN vb  +%d new, p shows them", PACKETS - 3);
	for (unsigned i = 0; i < 3; i++) {
		show_at(sizes[i][0], sizes[i][1]);
		assert_on_screen(&screen, text);
	}
	assert_true(app_has_unsaved(&app));
	type("p");
	assert_int_equal(app.packet_count, PACKETS);
	assert_on_screen(&screen, "● LIVE vb");
	assert_true(app.following);
	assert_int_equal(app.selected, PACKETS);
}

static void what_is_saved_is_all_of_it(void **state)
{
	(void)state;
	go_live(3);
	type("p");
	app_news(&app);
	type("^S");
	assert_false(app.frozen);
	assert_int_equal(app_save_count(&app, SAVE_ALL), PACKETS);
}

static void a_frozen_view_stays_when_the_capture_ends(void **state)
{
	(void)state;
	go_live(3);
	type("p");
	helper_ends();
	assert_int_equal(app.packet_count, 3);
	assert_on_screen(&screen, "■ STOPPED vb");
	assert_on_screen(&screen, "○ FROZEN");
	type("p");
	assert_int_equal(app.packet_count, PACKETS);
}

static void who_looks_into_a_packet_keeps_it(void **state)
{
	(void)state;
	go_live(10);
	app.packet_count = 12;
	app_news(&app);
	assert_int_equal(app.selected, PACKETS);
	app.packet_count = 10;
	app_select_row(&app, UINT32_MAX);
	type("Tab");
	assert_true(app.following);
	type("j");
	assert_false(app.following);
	app_news(&app);
	assert_int_equal(app.packet_count, PACKETS);
	assert_int_equal(app.selected, 10);
}

static void going_on_at_the_end_follows(void **state)
{
	(void)state;
	go_live(10);
	type("k");
	assert_false(app.following);
	type("j");
	assert_false(app.following);
	type("j");
	assert_true(app.following);
	type("Enter");
	assert_true(app.following);
	type("Enter");
	assert_false(app.following);
	type("End F");
	assert_true(app.following);
}

/* As by a program that writes without regard to where packets end. */
static void append(const uint8_t *bytes, size_t n)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);

	assert_int_equal(write(fd, bytes, n), n);
	close(fd);
	app_look_for_growth(&app);
	read_all();
	draw();
}

static void a_file_that_is_written_to_is_read_on(void **state)
{
	(void)state;
	uint8_t record[16 + 60];
	struct stat whole;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_int_equal(fstat(fd, &whole), 0);
	assert_int_equal(pread(fd, record, sizeof record, whole.st_size - (off_t)sizeof record),
			 sizeof record);
	close(fd);
	type("F");
	assert_on_screen(&screen, "Following new packets.");
	append(record, 40);
	assert_int_equal(app.packet_count, PACKETS);
	assert_on_screen(&screen, "⚠ cut off");
	append(record + 40, sizeof record - 40);
	assert_int_equal(app.packet_count, PACKETS + 1);
	assert_int_equal(app.selected, PACKETS + 1);
	assert_int_equal(screen_find(&screen, "cut off"), -1);
	append(record, sizeof record);
	assert_int_equal(app.selected, PACKETS + 2);
	char title[400];

	snprintf(title, sizeof title, "%s", screen_row(&screen, 0));
	type("p");
	append(record, sizeof record);
	assert_string_equal(screen_row(&screen, 0), title);
	show_at(24, 80);
	assert_on_screen(&screen, "○ FROZEN  +1 new, p shows them");
	type("p");
	assert_string_not_equal(screen_row(&screen, 0), title);
	assert_int_equal(truncate(path, whole.st_size), 0);
	type("g g G");
	assert_on_screen(&screen, "cannot be read again: the file was changed.");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_TESTS(test_live_screens)
{
	const struct CMUnitTest tests[] = {
		TEST(says_why_a_capture_ended),
		TEST(counts_losses),
		TEST(losses_stand_where_they_happened),
		TEST(names_the_capture_filter),
		TEST(what_comes_after_saving_is_unsaved),
		TEST(quitting_stops_and_may_be_thought_over),
		TEST(starting_anew_asks_what_becomes_of_packets),
		TEST(what_cannot_be_begun_anew_stays),
		TEST(a_frozen_view_stays_while_packets_come),
		TEST(what_is_saved_is_all_of_it),
		TEST(a_frozen_view_stays_when_the_capture_ends),
		TEST(who_looks_into_a_packet_keeps_it),
		TEST(going_on_at_the_end_follows),
		TEST(a_file_that_is_written_to_is_read_on),
	};
	return cmocka_run_group_tests_name("live_screens", tests, write_capture, remove_capture);
}
