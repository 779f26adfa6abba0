/* test_palette.c - choosing what to do from a list, settings, and what was said. */
#include <string.h>

#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/fuzzy.h"

static int set_up(void **state)
{
	(void)state;
	begin_app_on("http.pcap");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	end_app();
	return 0;
}

/* --- letters that stand for words --- */

static void letters_must_come_in_order(void **state)
{
	(void)state;
	assert_true(fuzzy_score("cnv", "Conversations") > 0);
	assert_int_equal(fuzzy_score("vnc", "Conversations"), 0);
	assert_int_equal(fuzzy_score("x", ""), 0);
}

static void beginnings_and_runs_are_better(void **state)
{
	(void)state;
	assert_true(fuzzy_score("np", "next-packet") > fuzzy_score("np", "snap"));
	assert_true(fuzzy_score("mark", "next marked") > fuzzy_score("mark", "more a rk"));
	assert_true(fuzzy_score("copy", "copy-row") > fuzzy_score("copy", "to copy-row"));
}

static void only_what_is_clear_is_taken_for_meant(void **state)
{
	(void)state;
	assert_true(fuzzy_is_clear("np", "next packet"));
	assert_true(fuzzy_is_clear("FOLL", "Follow new packets"));
	assert_false(fuzzy_is_clear("nope", "Next packet, from any pane"));
}

/* --- the list --- */

static void the_list_shows_actions_with_their_keys(void **state)
{
	(void)state;
	type(":");
	assert_on_screen(&screen, "Next row");
	type("z o o m");
	type("Esc");
	assert_int_equal(screen_find(&screen, "choose"), -1);
	type(": m a r k");
	int row = screen_find(&screen, "Mark, or not");

	assert_true(row >= 0);
	assert_non_null(strstr(screen_row(&screen, row), "Space"));
}

static void enter_does_what_is_chosen(void **state)
{
	(void)state;
	type(": n e x t Space p a c k Enter");
	assert_int_equal(app.selected, 2);
	assert_int_equal(app.prompt, PROMPT_NONE);
	type(": Down Down Enter");
	assert_int_equal(app.selected, 1);
}

static void what_is_not_clear_is_not_done(void **state)
{
	(void)state;
	type(": n o p e Enter");
	assert_on_screen(&screen, "There is no command \"nope\"");
	type(": x y z z y");
	assert_on_screen(&screen, "nothing is called so");
	type("Enter");
	assert_on_screen(&screen, "There is no command \"xyzzy\"");
}

static void tab_fills_the_line(void **state)
{
	(void)state;
	type(": s a v e - f Tab");
	assert_string_equal(app.line.text, "save-filter ");
	assert_on_screen(&screen, ":save-filter NAME");
	assert_on_screen(&screen, "such as  :save-filter slow");
	type("Esc");
	type(": g o t o Enter");
	assert_on_screen(&screen, "such as :goto 12:04:05");
}

static void a_field_goes_into_the_filter_bar(void **state)
{
	(void)state;
	type(": t c p . p o r t Enter");
	assert_true(app.bar.open);
	assert_string_equal(app.bar.line.text, "tcp.port");
}

static void it_fits_small_screens(void **state)
{
	(void)state;
	show_at(5, 20);
	type(": z o");
	assert_on_screen(&screen, ":zo");
	type("Enter");
	assert_true(app.zoomed);
	show_at(60, 200);
	type(":");
	assert_on_screen(&screen, "choose");
}

static void other_views_have_it_too(void **state)
{
	(void)state;
	type("s : h e l p Enter");
	assert_true(app.help_open);
}

/* --- settings --- */

static void settings_are_set_and_told(void **state)
{
	(void)state;
	app_command(&app, "set time=utc");
	assert_int_equal(app.user.time_format, TIME_UTC_DATE);
	app_command(&app, "set nocolours");
	assert_false(app.user.colours);
	app_command(&app, "set colours");
	assert_true(app.user.colours);
	app_command(&app, "set time");
	assert_string_equal(app.message, "time=utc  (set here)");
	app_command(&app, "set time=never");
	assert_non_null(strstr(app.message, "relative delta shown"));
	assert_int_equal(app.user.time_format, TIME_UTC_DATE);
	app_command(&app, "set nothing=1");
	assert_non_null(strstr(app.message, "no setting \"nothing\""));
}

static void options_go_from_value_to_value(void **state)
{
	(void)state;
	type("g o");
	assert_on_screen(&screen, "Options");
	assert_on_screen(&screen, "relative    default");
	type("Enter");
	assert_int_equal(app.user.time_format, TIME_DELTA);
	assert_on_screen(&screen, "delta       set here");
	for (int i = 0; i < 6; i++)
		type("Space");
	assert_int_equal(app.user.time_format, TIME_RELATIVE);
	type("q");
	assert_int_equal(app.sheet.kind, SHEET_NONE);
	assert_false(app.quit);
}

static void keys_are_bound_by_command(void **state)
{
	(void)state;
	app_command(&app, "map x next-packet");
	type("x");
	assert_int_equal(app.selected, 2);
	app_command(&app, "map x nonsense");
	assert_non_null(strstr(app.message, "no action"));
}

static void a_number_is_a_packets_and_no_word(void **state)
{
	(void)state;
	type(":");
	type("6 4");
	assert_on_screen(&screen, "Enter goes to this packet");
	assert_int_equal(app.palette.count, 0);
	type("Esc");
}

static void goes_to_a_time_of_day(void **state)
{
	(void)state;
	app_command(&app, "goto 99:99");
	assert_non_null(strstr(app.message, "no packet's number, and no time"));
	app_command(&app, "goto 00:00:00");
	assert_int_equal(app.selected, 1);
	app_command(&app, "goto 7");
	assert_int_equal(app.selected, 7);
}

/* --- messages --- */

static void what_was_said_stays_in_the_list(void **state)
{
	(void)state;
	app_command(&app, "zzyzx");
	app_command(&app, "9999");
	app_command(&app, "9999");
	type("g :");
	assert_on_screen(&screen, "There is no command \"zzyzx\"");
	assert_on_screen(&screen, "There is no packet 9999");
	assert_int_equal(app.user.messages.count, 2);
	for (unsigned i = 0; i < 2 * MESSAGES_KEPT; i++)
		app_message(&app, MESSAGE_NOTE, "message %u", i);
	assert_int_equal(app.user.messages.count, MESSAGES_KEPT);
	type("Esc");
	assert_int_equal(app.sheet.kind, SHEET_NONE);
}

#define APP_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

UNIT_TESTS(test_palette)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_must_come_in_order),
		cmocka_unit_test(beginnings_and_runs_are_better),
		cmocka_unit_test(only_what_is_clear_is_taken_for_meant),
		APP_TEST(the_list_shows_actions_with_their_keys),
		APP_TEST(enter_does_what_is_chosen),
		APP_TEST(what_is_not_clear_is_not_done),
		APP_TEST(tab_fills_the_line),
		APP_TEST(a_field_goes_into_the_filter_bar),
		APP_TEST(it_fits_small_screens),
		APP_TEST(other_views_have_it_too),
		APP_TEST(settings_are_set_and_told),
		APP_TEST(options_go_from_value_to_value),
		APP_TEST(keys_are_bound_by_command),
		APP_TEST(a_number_is_a_packets_and_no_word),
		APP_TEST(goes_to_a_time_of_day),
		APP_TEST(what_was_said_stays_in_the_list),
	};

	return cmocka_run_group_tests_name("palette", tests, NULL, NULL);
}
