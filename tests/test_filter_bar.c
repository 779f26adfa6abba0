/* test_filter_bar.c - a display filter is typed, judged, completed, applied, and gone back from. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_columns.h"
#include "ui/app_filter.h"
#include "ui/app_memory.h"
#include "ui/app_rows.h"
#include "ui/user_filters.h"

/* 10 packets of DNS and what answers them. */
static char path[1000];

static int set_up(void **state)
{
	(void)state;
	const char *source = getenv("srcdir");

	snprintf(path, sizeof path, "%s/captures/http.pcap", source ? source : ".");
	begin_app(path);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	end_app();
	return 0;
}

/* As if typed; words may have blanks. */
static void enter(const char *text)
{
	for (; *text; text++) {
		struct event event = { .key = (uint32_t)*text };

		app_event(&app, &event);
	}
	draw();
}

static void wait_for_filter(const struct packet_filter *pf)
{
	while (pf->run && pf->progress.tested < app.packet_count) {
		struct pollfd fd = { .fd = packet_filter_news(pf), .events = POLLIN };

		if (poll(&fd, 1, 10000) <= 0)
			fail_msg("the filter does not end");
		app_filter_news(&app);
	}
	draw();
}

static void filter_by(const char *text)
{
	type("/ ^U");
	enter(text);
	type("Esc"); /* the choices, if there are any */
	if (!app.bar.open) {
		type("/ ^U");
		enter(text);
	}
	type("Enter");
	wait_for_filter(&app.filter);
}

static void shows_the_packets_that_pass_with_their_numbers(void **state)
{
	(void)state;
	uint32_t all = app.packet_count;

	filter_by("http.request");
	assert_false(app.bar.open);
	assert_in_range(app_row_count(&app), 1, all - 1);
	for (uint32_t row = 0; row < app_row_count(&app); row++) {
		struct list_row words;

		assert_true(app_read_row(&app, row, &words));
		assert_int_equal(words.number, app_packet_in_row(&app, row));
		assert_int_equal(app_row_of_packet(&app, words.number), row);
		assert_string_equal(words.summary.protocol, "HTTP");
	}
	char said[100];

	snprintf(said, sizeof said, "%u of %u packets", app_row_count(&app), all);
	assert_on_screen(&screen, said);
	show_at(36, 120);
	snprintf(said, sizeof said, "displayed %u of %u", app_row_count(&app), all);
	assert_on_screen(&screen, said);
}

static void the_selection_stays_or_goes_to_the_next(void **state)
{
	(void)state;
	filter_by("http.request");
	uint32_t request = app_packet_in_row(&app, 0);

	assert_int_equal(app.selected, request);
	type("X");
	assert_int_equal(app.selected, 1);
	assert_int_equal(app_row_count(&app), app.packet_count);
	app_go_to(&app, request);
	filter_by("http");
	assert_int_equal(app.selected, request);
	type("\\");
	assert_int_equal(app_row_count(&app), app.packet_count);
	assert_int_equal(app.selected, request);
	assert_on_screen(&screen, "The filter is off");
	type("\\");
	wait_for_filter(&app.filter);
	assert_in_range(app_row_count(&app), 1, app.packet_count - 1);
}

static void says_that_nothing_matches(void **state)
{
	(void)state;
	filter_by("frame.number == 4000000");
	assert_on_screen(&screen, "No packet matches \"frame.number == 4000000\"");
	assert_int_equal(app.selected, 0);
	type("j G k J K . % Tab j Tab + - z z Esc");
	type("X");
	assert_int_equal(app.selected, 1);
}

static void judges_what_is_typed(void **state)
{
	(void)state;
	show_at(24, 100);
	type("/");
	enter("tcp.fla");
	assert_on_screen(&screen, "… incomplete");
	type("^U");
	enter("tcp.prot == 80");
	assert_true(screen_find(&screen, "✗") >= 0);
	assert_false(app.bar.valid);
	type("Enter");
	assert_true(app.bar.open);
	assert_null(app.filter_text);
	int caret = screen_find(&screen, "▲");

	assert_int_equal(caret, 1);
	assert_int_equal(screen.cells[screen.columns + 9].code, 0x25b2);
	type("^U");
	enter("tcp.port == ");
	assert_true(screen_find(&screen, "…") == 0);
	type("^U");
	enter("port 80");
	assert_on_screen(&screen, "tcp.port == 80 || udp.port == 80 (Tab)");
	type("Tab");
	assert_string_equal(app.bar.line.text, "tcp.port == 80 || udp.port == 80");
	assert_true(app.bar.valid);
	type("^U");
	enter("ip.addr != 1.2.3.4");
	assert_on_screen(&screen, "!==");
}

static void counts_before_it_is_applied(void **state)
{
	(void)state;
	type("/");
	enter("http.request");
	assert_int_equal(app.bar.preview.run, NULL);
	app.now = app_preview_time(&app);
	assert_true(app.now < INT64_MAX);
	app_preview(&app);
	wait_for_filter(&app.bar.preview);
	char said[100];

	snprintf(said, sizeof said, "✓ %u of %u packets", app.bar.preview.progress.passed,
		 app.packet_count);
	assert_on_screen(&screen, said);
	assert_int_equal(app_row_count(&app), app.packet_count);
	uint32_t passed = app.bar.preview.progress.passed;

	type("Esc Enter");
	assert_int_equal(app_row_count(&app), passed);
}

static void completes_fields_of_this_file_first(void **state)
{
	(void)state;
	type("/");
	enter("http.re");
	assert_in_range(app.bar.completion.count, 2, COMPLETIONS);
	assert_on_screen(&screen, "http.request");
	assert_on_screen(&screen, "Tab completes");
	assert_true(app.bar.completion.choices[0].in_file);
	type("Down Tab");
	assert_int_equal(strncmp(app.bar.line.text, "http.re", 7), 0);
	assert_true(app.bar.valid);
	type("^U");
	enter("http.request.metho");
	type("Tab");
	assert_string_equal(app.bar.line.text, "http.request.method");
	type("^U");
	enter("tcp.flags.syn == ");
	type("Down Tab");
	assert_string_equal(app.bar.line.text, "tcp.flags.syn == true");
	type("^U");
	enter("tcp.port == ");
	assert_on_screen(&screen, "in this file");
}

static void the_box_does_not_hide_the_selected_packet(void **state)
{
	(void)state;
	type("j j j");
	char before[200];

	snprintf(before, sizeof before, "%s", screen_row(&screen, screen.cursor_row));
	type("/");
	enter("tcp");
	assert_true(screen_find(&screen, "Tab completes") > 0);
	assert_true(screen_find(&screen, before) > 0);
}

static void goes_back_and_forward_in_filters(void **state)
{
	(void)state;
	filter_by("http");
	filter_by("tcp");
	filter_by("http.request");
	type("u");
	assert_string_equal(app.filter_text, "tcp");
	type("u");
	assert_string_equal(app.filter_text, "http");
	type("U U");
	assert_string_equal(app.filter_text, "http.request");
	type("X u");
	assert_string_equal(app.filter_text, "http.request");
	type("/ ^U h Esc Up");
	assert_string_equal(app.bar.line.text, "http.request");
	type("Up");
	assert_string_equal(app.bar.line.text, "http");
	type("Down Down");
	assert_string_equal(app.bar.line.text, "h");
	type("^C");
	assert_string_equal(app.filter_text, "http.request");
}

static void filters_by_the_selected_field(void **state)
{
	(void)state;
	app_go_to(&app, 1);
	app.packet.node = NO_NODE;
	for (node_id i = 0; i < app.packet.d->node_count; i++)
		if (app.packet.d->nodes[i].length == 2 && app.packet.node == NO_NODE &&
		    app.packet.d->nodes[i].depth == 1)
			focus_select_node(&app.packet, i);
	type("fs");
	wait_for_filter(&app.filter);
	assert_non_null(strstr(app.filter_text, " == "));
	assert_int_not_equal(app_row_of_packet(&app, 1), UINT32_MAX);
	uint32_t passed = app_row_count(&app);

	type("fn");
	wait_for_filter(&app.filter);
	assert_int_equal(strncmp(app.filter_text, "!(", 2), 0);
	assert_int_equal(app_row_count(&app), app.packet_count - passed);
	type("X fc");
	wait_for_filter(&app.filter);
	assert_string_equal(app.filter_text, "tcp.stream == 0");
	type("fx");
	assert_non_null(strstr(app.filter_text, ".src == "));
	type("fd");
	assert_non_null(strstr(app.filter_text, ".dst == "));
	type("fa");
	assert_non_null(strstr(app.filter_text, ") && "));
	type("X fs fo");
	assert_non_null(strstr(app.filter_text, ") || "));
	type("X fs fA");
	assert_non_null(strstr(app.filter_text, ") && !("));
	type("X fs fO");
	assert_non_null(strstr(app.filter_text, ") || !("));
	type("X fp");
	assert_true(app.bar.open);
	assert_null(app.filter_text);
	assert_true(app.bar.valid);
}

static void all_packets_are_frames(void **state)
{
	(void)state;
	type("fs");
	assert_null(app.filter_text);
	assert_on_screen(&screen, "Select a field in the details first");
	type("fl");
	assert_int_equal(app.user.rules.count, 20);
	type("Tab j fl");
	assert_int_equal(app.user.rules.count, 21);
	assert_string_equal(app.user.rules.rules[0].text, "eth");
	assert_string_equal(app_rule_name(&app), "eth");
	assert_int_equal(screen_style(&screen, 3, 10), STYLE_RULE);
}

static void hidden_packets_are_not_gone_to(void **state)
{
	(void)state;
	filter_by("http.request");
	uint32_t at = app.selected;

	type(": 1 Enter");
	assert_int_equal(app.selected, at);
	assert_on_screen(&screen, "Packet 1 is hidden by the filter: \\ shows all.");
	type("] [ . , %");
	assert_int_not_equal(app_row_of_packet(&app, app.selected), UINT32_MAX);
}

static void filters_are_remembered(void **state)
{
	(void)state;
	char folder[] = "/tmp/peel-filters-XXXXXX", command[100];
	static struct ui_options remembering; /* looked at until the app is freed */

	remembering = *app.options;
	assert_non_null(mkdtemp(folder));
	setenv("XDG_CONFIG_HOME", folder, 1);
	setenv("XDG_STATE_HOME", folder, 1);
	remembering.remembers = true;
	app.options = &remembering;
	filter_by("http.request");
	app_command(&app, "save-filter asked");
	app_command(&app, "filter tcp");
	filter_history_free(&app.user.history);
	saved_filters_free(&app.user.saved_filters);
	app_read_user_files(&app);
	assert_int_equal(app.user.history.count, 2);
	assert_string_equal(app.user.history.texts[0], "http.request");
	assert_string_equal(app.user.history.texts[1], "tcp");
	type("/ ^U");
	enter("ask");
	type("Tab");
	assert_string_equal(app.bar.line.text, "http.request");
	snprintf(command, sizeof command, "rm -r %s", folder);
	assert_int_equal(system(command), 0);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_STATE_HOME");
}

/* Every size, with and without a filter, typing one and not. */
static void stands_on_every_screen(void **state)
{
	(void)state;
	static const int sizes[][2] = {
		{ 24, 80 }, { 36, 120 }, { 60, 200 }, { 5, 20 }, { 10, 40 }
	};

	for (unsigned i = 0; i < 5; i++) {
		show_at(sizes[i][0], sizes[i][1]);
		filter_by("http.request");
		assert_true(screen_find(&screen, "Filter: ") >= 0);
		assert_true(screen_find(&screen, "http.req") >= 0);
		type("/");
		enter(" && tcp.po");
		assert_true(screen.typing);
		type("^C X");
		assert_int_equal(app.selected, 1);
	}
}

static void any_keys_may_be_typed(void **state)
{
	(void)state;
	static const char *const keys[] = { "/",  "Tab",   "Down", "Up",	"Enter", "Esc", "f",
					    "s",  "n",	   "a",	   "o",		"X",	 "u",	"U",
					    "\\", "h",	   "t",	   "p",		".",	 "=",	"=",
					    "1",  "Space", "^U",   "Backspace", "j",	 "G",	"(",
					    ")",  "^C",	   "d" };
	uint32_t seed = 11;

	for (unsigned i = 0; i < 6000; i++) {
		seed = seed * 1664525 + 1013904223;
		if (seed >> 24 < 4)
			show_at((int)(seed >> 8 & 63) + 1, (int)(seed >> 14 & 255) + 1);
		app.quit = app.stream.open = false;
		type(keys[(seed >> 16) % (sizeof keys / sizeof keys[0])]);
		app_filter_news(&app);
	}
}

static const struct completion_choice *offered(const char *text)
{
	for (unsigned i = 0; i < app.bar.completion.count; i++)
		if (!strcmp(app.bar.completion.choices[i].text, text))
			return &app.bar.completion.choices[i];
	return NULL;
}

static void letters_may_be_left_out(void **state)
{
	(void)state;
	type("/");
	enter("htreqmth");
	assert_int_equal(app.bar.completion.total, app.bar.completion.count);
	assert_string_equal(app.bar.completion.choices[0].text, "http.request.method");
	type("Tab");
	assert_string_equal(app.bar.line.text, "http.request.method");
	/* What fits better comes before. */
	type("^U");
	enter("tcp.flags.r");
	assert_string_equal(app.bar.completion.choices[0].text, "tcp.flags.res");
	type("^U");
	enter("zqzqz");
	assert_int_equal(app.bar.completion.count, 0);
}

static void fields_say_in_how_many_packets_they_are(void **state)
{
	(void)state;
	type("/");
	enter("http.request.met");
	assert_int_equal(app_field_count_time(&app), 0);
	while (app_field_count_time(&app) == 0)
		app_count_fields(&app);
	draw();
	const struct completion_choice *method = offered("http.request.method");
	char text[40];

	assert_non_null(method);
	unsigned counted = app.bar.counter.packets[method->field];

	snprintf(text, sizeof text, " %u │", counted);
	assert_on_screen(&screen, text);
	type("Esc Esc");
	filter_by("http.request.method");
	assert_int_equal(app_row_count(&app), counted);
	assert_int_equal(app_field_count_time(&app), INT64_MAX);
}

static void used_filters_are_searched_backwards(void **state)
{
	(void)state;
	filter_by("http.request");
	filter_by("tcp.port == 80");
	filter_by("http.response");
	type("/ ^U");
	enter("dns");
	type("^R");
	assert_string_equal(app.bar.line.text, "http.response");
	enter("HTTP");
	assert_string_equal(app.bar.line.text, "http.response");
	type("^R");
	assert_string_equal(app.bar.line.text, "http.request");
	type("^R");
	assert_string_equal(app.bar.line.text, "http.request");
	type("Backspace Backspace Backspace Backspace");
	enter("port");
	assert_string_equal(app.bar.line.text, "tcp.port == 80");
	assert_on_screen(&screen, "with \"port\"");
	type("Esc");
	assert_string_equal(app.bar.line.text, "dns");
	assert_true(app.bar.open);
	type("^R");
	enter("nowhere");
	assert_on_screen(&screen, "with \"nowhere\": none");
	type("Esc ^R");
	enter("port");
	type("Enter");
	assert_true(app.bar.open);
	type("Enter");
	assert_string_equal(app.filter_text, "tcp.port == 80");
}

static void paste(const char *text)
{
	app_event(&app, &(struct event){ .key = KEY_PASTE, .text = text });
	draw();
}

static void what_is_pasted_beside_a_line_is_asked_about(void **state)
{
	(void)state;
	static const int sizes[][2] = { { 24, 80 }, { 36, 120 }, { 60, 200 } };

	paste("tcp.port\n== 80");
	for (unsigned i = 0; i < 3; i++) {
		show_at(sizes[i][0], sizes[i][1]);
		assert_on_screen(&screen,
				 "You pasted \"tcp.port == 80\". Is that a display filter?");
	}
	type("n");
	assert_false(app.bar.open);
	paste(" \n");
	assert_int_equal(app.dialog, DIALOG_NONE);
	paste("tcp.port == 80");
	type("y");
	assert_string_equal(app.bar.line.text, "tcp.port == 80");
	type("Enter ?");
	paste("dns");
	assert_int_equal(app.dialog, DIALOG_NONE);
}

static void typed_live(const char *text)
{
	enter(text);
	app.now += INT64_C(1000000000);
	app_preview(&app);
	wait_for_filter(&app.filter);
}

static void may_be_applied_while_it_is_typed(void **state)
{
	(void)state;
	filter_by("tcp");
	uint32_t tcp = app_row_count(&app);

	type(": set Space filter.live=on Enter / ^U");
	assert_true(app.user.filter_live);
	typed_live("http.request");
	assert_true(app.bar.open);
	assert_string_equal(app.filter_text, "http.request");
	assert_in_range(app_row_count(&app), 1, tcp - 1);
	/* What is not valid changes nothing. */
	typed_live(" &&");
	assert_string_equal(app.filter_text, "http.request");
	type("Esc");
	if (app.bar.open)
		type("Esc");
	wait_for_filter(&app.filter);
	assert_string_equal(app.filter_text, "tcp");
	assert_int_equal(app_row_count(&app), tcp);
	type("/ ^U");
	typed_live("http.response");
	type("Esc Enter");
	if (app.bar.open)
		type("Enter");
	assert_string_equal(app.filter_text, "http.response");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_TESTS(test_filter_bar)
{
	const struct CMUnitTest tests[] = {
		TEST(shows_the_packets_that_pass_with_their_numbers),
		TEST(the_selection_stays_or_goes_to_the_next),
		TEST(says_that_nothing_matches),
		TEST(letters_may_be_left_out),
		TEST(fields_say_in_how_many_packets_they_are),
		TEST(used_filters_are_searched_backwards),
		TEST(what_is_pasted_beside_a_line_is_asked_about),
		TEST(may_be_applied_while_it_is_typed),
		TEST(judges_what_is_typed),
		TEST(counts_before_it_is_applied),
		TEST(completes_fields_of_this_file_first),
		TEST(the_box_does_not_hide_the_selected_packet),
		TEST(goes_back_and_forward_in_filters),
		TEST(filters_by_the_selected_field),
		TEST(all_packets_are_frames),
		TEST(hidden_packets_are_not_gone_to),
		TEST(filters_are_remembered),
		TEST(stands_on_every_screen),
		TEST(any_keys_may_be_typed),
	};
	return cmocka_run_group_tests_name("filter_bar", tests, NULL, NULL);
}
