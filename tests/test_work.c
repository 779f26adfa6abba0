/* test_work.c - what takes long: it shows how far it is, stops when it is told to, keeps what it
 * found, and goes on. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/build_capture.h"
#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_marks.h"
#include "ui/app_save.h"
#include "ui/app_statistics.h"

enum { PACKETS = 200000, TRIES = 4000, WIDE = 120, TALL = 36 };

static char path[] = "/tmp/peel-test-work-XXXXXX";

/* UDP datagrams from ports 1, 2, 3, ... to port 9. */
static int set_up(void **state)
{
	uint8_t datagram[] = {
		2, 0,  0,  0, 0, 2,   2, 0, 0, 0,   0, 1, 8, 0, 0x45, 0, 0, 28, 0, 1, 0,
		0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, 0, 0,    0, 9, 0,	8, 0, 0,
	};
	struct built_capture capture;

	(void)state;
	capture_begin(&capture, 1);
	for (uint32_t n = 1; n <= PACKETS; n++) {
		datagram[34] = (uint8_t)(n >> 8);
		datagram[35] = (uint8_t)n;
		capture_add(&capture, datagram, sizeof datagram, sizeof datagram);
	}
	capture_write(&capture, path);
	capture_free(&capture);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	return unlink(path);
}

/* Without what draw() of typed_app does: nothing that goes on is waited for. */
static void look(void)
{
	app_draw(&app, &screen);
}

static void press(uint32_t key)
{
	struct event event = { .key = key };

	app_event(&app, &event);
	look();
}

/* So much time goes by, while what goes on does no more. */
static void wait_a_while(int64_t ms)
{
	look();
	app.now += ms * 1000000;
	look();
}

static void sees(const char *text)
{
	if (screen_find(&screen, text) >= 0)
		return;
	screen_print(&screen);
	fail_msg("\"%s\" is not on the screen", text);
}

static void begin(void)
{
	begin_app(path);
	screen_resize(&screen, TALL, WIDE);
	look();
}

static void reading_stops_and_goes_on(void **state)
{
	struct error error;

	(void)state;
	screen = memory_screen(TALL, WIDE);
	app_init(&app, &typed_options);
	assert_true(app_open(&app, path, &error));
	press(KEY_CTRL('C'));
	uint32_t count = app.packet_count;

	assert_true(count < PACKETS);
	sees("Reading was stopped after ");
	sees("gr reads on");
	poll(NULL, 0, 20);
	assert_int_equal(session_packet_count(app.session), count);
	type("gr");
	read_all();
	assert_int_equal(app.packet_count, PACKETS);
	assert_true(screen_find(&screen, "gr reads on") < 0);
	end_app();
}

static void the_last_packet_is_that_of_all_though_they_are_still_read(void **state)
{
	struct error error;

	(void)state;
	screen = memory_screen(TALL, WIDE);
	app_init(&app, &typed_options);
	assert_true(app_open(&app, path, &error));
	type("G");
	read_all();
	assert_int_equal(app.selected, PACKETS);
	assert_false(app.following);
	end_app();
}

static void several_packets_are_ignored_by_reading_once(void **state)
{
	(void)state;
	begin();
	press('i');
	press('j');
	press('i');
	sees("Packet 2 is to be ignored: the rest is read anew once no more are chosen.");
	sees("2 ignored");
	app_tick(&app);
	assert_int_equal(app.packet_count, PACKETS);
	app.now = app_ignored_time(&app);
	app_tick(&app);
	assert_true(app_ignored_time(&app) == INT64_MAX);
	assert_int_equal(app.packet_count, 0);
	look();
	sees("2 packets are ignored");
	read_all();
	assert_int_equal(app.packet_count, PACKETS);
	assert_int_equal(app.selected, 2);
	sees("<Ignored>");
	end_app();
}

static void marks_of_packets_to_come_are_not_summed_up(void **state)
{
	(void)state;
	begin();
	type("gg");
	press(' ');
	type("G");
	press(' ');
	app_command(&app, "ignore 1-3");
	assert_int_equal(app.packet_count, 0);
	press('g');
	press('I');
	sees("Statistics");
	type("Esc");
	app_command(&app, "ignore none");
	app_save_command(&app, "marked /dev/null");
	look();
	sees("None of the marked packets is read yet.");
	end_app();
}

static void filter_stops_and_goes_on(void **state)
{
	static const char text[] = "udp.srcport > 30000 && frame matches \"(a+)+b\"";
	struct work_progress p;

	(void)state;
	begin();
	assert_true(app_set_filter(&app, text));
	wait_a_while(2000);
	sees("Filtering ▕");
	sees(" of 200 000 packets  ");
	sees(" found  ");
	sees("^C stops");
	press(KEY_CTRL('C'));
	sees("The filter was stopped at #");
	assert_int_equal(app_work(&app, WORK_FILTERING, &p), WORK_NONE);
	uint32_t tested = app.filter.progress.tested;

	assert_true(tested < PACKETS);
	app_set_filter(&app, text);
	for (unsigned i = 0; i < TRIES && app_is_filtering(&app); i++) {
		poll(NULL, 0, 5);
		app_filter_news(&app);
		assert_true(app.filter.progress.tested >= tested);
	}
	assert_int_equal(app.filter.progress.tested, PACKETS);
	end_app();
}

static void counting_stops_with_what_was_counted(void **state)
{
	struct statistics_screen *s = &app.statistics;

	(void)state;
	begin();
	app_show_statistics(&app, TAB_CONVERSATIONS);
	app_count_more(&app);
	look();
	sees("so far: ");
	press(KEY_CTRL('C'));
	sees("stopped at ");
	uint32_t counted = tally_done(s->tally);

	assert_true(counted > 0 && counted < PACKETS);
	assert_int_equal(app_statistics_time(&app), INT64_MAX);
	assert_int_equal(s->made_at, counted);
	press('g');
	press('r');
	draw();
	assert_int_equal(tally_done(s->tally), PACKETS);
	end_app();
}

static void judging_stops_and_goes_on(void **state)
{
	(void)state;
	begin();
	app_show_findings(&app);
	app_find_more(&app);
	look();
	press(KEY_CTRL('C'));
	sees("stopped at ");
	assert_true(expert_pass_done(app.experts.pass) < PACKETS);
	press('g');
	press('r');
	draw();
	assert_int_equal(expert_pass_done(app.experts.pass), PACKETS);
	end_app();
}

static void escape_stops_what_was_asked_for_before_it_leaves(void **state)
{
	(void)state;
	begin();
	app_show_statistics(&app, TAB_HIERARCHY);
	app_find_packet(&app, FIND_WORDS, "nothing like this");
	wait_a_while(400);
	sees("Looking for it ▕");
	press(KEY_ESCAPE);
	sees("was stopped after ");
	assert_true(app.statistics.open);
	press(KEY_ESCAPE);
	assert_false(app.statistics.open);
	end_app();
}

static void what_is_short_is_not_told(void **state)
{
	(void)state;
	begin();
	app_find_packet(&app, FIND_WORDS, "nothing like this");
	wait_a_while(200);
	assert_true(screen_find(&screen, "Looking for it") < 0);
	end_app();
}

static void saving_that_is_stopped_writes_nothing(void **state)
{
	char folder[] = "/tmp/peel-test-work-XXXXXX", name[100];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(name, sizeof name, "%s/x.pcapng", folder);
	begin();
	app_save(&app, name, false);
	app_save_more(&app);
	wait_a_while(400);
	sees("Saving ▕");
	sees("4096 of 200 000 packets");
	press(KEY_ESCAPE);
	sees("was not written");
	end_app();
	assert_int_equal(rmdir(folder), 0);
}

UNIT_TESTS(test_work)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reading_stops_and_goes_on),
		cmocka_unit_test(the_last_packet_is_that_of_all_though_they_are_still_read),
		cmocka_unit_test(several_packets_are_ignored_by_reading_once),
		cmocka_unit_test(marks_of_packets_to_come_are_not_summed_up),
		cmocka_unit_test(filter_stops_and_goes_on),
		cmocka_unit_test(counting_stops_with_what_was_counted),
		cmocka_unit_test(judging_stops_and_goes_on),
		cmocka_unit_test(escape_stops_what_was_asked_for_before_it_leaves),
		cmocka_unit_test(what_is_short_is_not_told),
		cmocka_unit_test(saving_that_is_stopped_writes_nothing),
	};
	return cmocka_run_group_tests_name("work", tests, set_up, tear_down);
}
