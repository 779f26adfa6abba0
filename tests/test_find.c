/* test_find.c - packets found, marked, named; and where time counts from. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/value_text.h"
#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_filter.h"
#include "ui/app_marks.h"
#include "ui/app_rows.h"

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

static void until_found(void)
{
	while (app_is_finding(&app)) {
		struct pollfd fd = { .fd = packet_filter_news(&app.find.filter), .events = POLLIN };

		if (fd.fd >= 0 && poll(&fd, 1, 10000) <= 0)
			fail_msg("the search does not end");
		app_filter_news(&app);
		app_tick(&app);
	}
	draw();
}

static void find(enum find_kind kind, const char *text)
{
	app_find_packet(&app, kind, text);
	until_found();
}

static const char *node_text_of_selected(void)
{
	static char text[200];

	node_text(app.packet.d, focus_node(&app.packet), text, sizeof text);
	return text;
}

static bool row_shows(const char *text)
{
	return strstr(screen_row(&screen, screen.cursor_row), text) != NULL;
}

static void finds_words_of_the_list(void **state)
{
	(void)state;
	type("^F P O S T Enter");
	until_found();
	assert_int_equal(app.selected, 29);
	assert_true(row_shows("POST /form"));
	type("n");
	until_found();
	assert_int_equal(app.selected, 31);
	type("n");
	until_found();
	assert_on_screen(&screen, "\"POST\": packet 29   wrapped to the top");
	find(FIND_WORDS, "get ");
	uint32_t first = app.selected;

	type("n");
	until_found();
	assert_int_not_equal(app.selected, first);
	type("N");
	until_found();
	assert_int_equal(app.selected, first);
	find(FIND_WORDS, "zzzz");
	assert_on_screen(&screen, "No match for \"zzzz\" in 57 packets");
	assert_int_equal(app.selected, first);
}

/* The style of the first cell of a row that shows the text. */
static enum style style_of(const char *text)
{
	int row = screen_find(&screen, text);
	const char *line = screen_row(&screen, row), *at = strstr(line, text);
	int column = 0;

	for (const char *p = line; p < at; p++)
		column += ((unsigned char)*p & 0xc0) != 0x80;
	return (enum style)screen.cells[row * screen.columns + column].style;
}

static void finds_words_of_details(void **state)
{
	(void)state;
	find(FIND_DETAILS, "content-type: text/plain");
	assert_int_equal(app.selected, 6);
	assert_string_equal(node_text_of_selected(),
			    "Content-Type: text/plain; charset=utf-8\\r\\n");
	type("n");
	until_found();
	assert_int_not_equal(app.selected, 6);
	find(FIND_DETAILS, "Content-TYPE");
	assert_on_screen(&screen, "No match");
}

static void what_was_found_is_marked_until_escape(void **state)
{
	(void)state;
	find(FIND_WORDS, "POST");
	assert_int_equal(style_of("POST /form"), STYLE_HIT);
	type("Esc");
	assert_int_not_equal(style_of("POST /form"), STYLE_HIT);
	find(FIND_DETAILS, "content-type");
	assert_int_equal(style_of("Content-Type"), STYLE_HIT);
	/* Also while it is typed. */
	type("Esc ^F Tab Tab Tab Tab Tab ^U P O S T");
	assert_on_screen(&screen, "Find words of the list:");
	assert_int_equal(style_of("POST /form"), STYLE_HIT);
	type("Esc");
}

static void goes_to_the_bytes_that_were_found(void **state)
{
	(void)state;
	find(FIND_TEXT, "get /private");
	assert_int_equal(app.packet.byte, 66);
	find(FIND_HEX, "47 45 54 20 2f 70");
	assert_int_equal(app.packet.byte, 66);
}

static void finds_text_and_bytes(void **state)
{
	(void)state;
	find(FIND_TEXT, "get /private");
	assert_int_equal(app.selected, 4);
	assert_on_screen(&screen, "hit 1 of 1");
	find(FIND_TEXT, "GET /PRIVATE");
	assert_on_screen(&screen, "No match");
	find(FIND_TEXT, "secret.txt");
	assert_int_equal(app.selected, 4);
	find(FIND_TEXT, "secret?txt");
	assert_on_screen(&screen, "No match");
	/* The bytes are in the segment before the one that completes the request. */
	find(FIND_REGEX, "POST.*HTTP");
	assert_int_equal(app.selected, 29);
	find(FIND_HEX, "47 45:54 20");
	assert_int_equal(app.selected, 46);
	find(FIND_HEX, "xyz");
	assert_on_screen(&screen, "is not bytes in hexadecimal");
	find(FIND_REGEX, "[");
	assert_false(app_is_finding(&app));
}

static void finds_by_filters_and_goes_both_ways(void **state)
{
	(void)state;
	find(FIND_FILTER, "http.response");
	assert_int_equal(app.selected, 6);
	type("^N");
	until_found();
	assert_int_equal(app.selected, 16);
	type("^B ^B");
	until_found();
	assert_on_screen(&screen, "wrapped to the end");
	find(FIND_FILTER, "nosuch.field");
	assert_on_screen(&screen, "neither a field nor a protocol");
}

static void after_what_cannot_be_searched_there_is_no_search(void **state)
{
	(void)state;
	find(FIND_FILTER, "http.response");
	find(FIND_FILTER, "nosuch.field");
	type("n");
	assert_on_screen(&screen, "In the conversation");
	find(FIND_HEX, "no hex");
	type("^B");
	assert_on_screen(&screen, "In the conversation");
}

static void kinds_change_by_tab(void **state)
{
	(void)state;
	type("^F");
	assert_on_screen(&screen, "Find words of the list:");
	type("Tab");
	assert_on_screen(&screen, "Find words of details:");
	type("Tab");
	assert_on_screen(&screen, "Find text in bytes:");
	type("Tab Tab");
	assert_on_screen(&screen, "hexadecimal bytes:");
	type("5 0 4 f 5 3 5 4 Enter");
	until_found();
	assert_int_equal(app.selected, 29);
}

static void the_same_value_is_found_again(void **state)
{
	(void)state;
	app_go_to(&app, 4);
	for (node_id i = 0; i < app.packet.d->node_count; i++)
		if (app.packet.d->nodes[i].length == 3)
			focus_select_node(&app.packet, i);
	type("*");
	until_found();
	assert_true(app.selected > 4);
}

static void without_a_search_n_walks_the_conversation(void **state)
{
	(void)state;
	type("n");
	assert_int_equal(app.selected, 2);
	assert_on_screen(&screen, "In the conversation");
	type("N");
	assert_int_equal(app.selected, 1);
}

static void hits_that_are_hidden_are_passed_over(void **state)
{
	(void)state;
	assert_true(app_set_filter(&app, "http.request"));
	while (app.filter.progress.tested < app.packet_count)
		app_filter_news(&app);
	find(FIND_FILTER, "http");
	assert_int_not_equal(app_row_of_packet(&app, app.selected), UINT32_MAX);
	type("n");
	until_found();
	assert_int_not_equal(app_row_of_packet(&app, app.selected), UINT32_MAX);
}

static void marks_and_goes_among_them(void **state)
{
	(void)state;
	type("Space j Space");
	assert_true(packet_set_has(&app.marked, 1));
	assert_true(packet_set_has(&app.marked, 3));
	assert_int_equal(app.selected, 4);
	assert_int_equal(screen.cells[2 * screen.columns + 1].code, 0x25cf);
	type("{");
	assert_int_equal(app.selected, 3);
	type("{");
	assert_int_equal(app.selected, 1);
	type("{");
	assert_on_screen(&screen, "No marked packet before this one.");
	type("}");
	assert_int_equal(app.selected, 3);
	type("Space");
	assert_false(packet_set_has(&app.marked, 3));
	show_at(36, 120);
	assert_on_screen(&screen, "1 marked");
}

static void letters_name_packets(void **state)
{
	(void)state;
	app_go_to(&app, 9);
	type("ma G 'a");
	assert_int_equal(app.selected, 9);
	type("''");
	assert_int_equal(app.selected, 57);
	type("'b");
	assert_on_screen(&screen, "No packet has this letter.");
	type("m Esc j");
	assert_int_equal(app.selected, 57);
}

static void time_counts_from_references(void **state)
{
	(void)state;
	app_go_to(&app, 4);
	type("T");
	assert_on_screen(&screen, "*REF*");
	assert_on_screen(&screen, "Time counts from packet 4 on.");
	struct list_row words;

	assert_true(app_read_row(&app, 4, &words));
	assert_string_equal(words.summary.time, "0.000012");
	assert_true(app_read_row(&app, 2, &words));
	assert_string_equal(words.summary.time, "0.000044");
	type("T");
	assert_true(app_read_row(&app, 4, &words));
	assert_string_equal(words.summary.time, "0.000347");
}

static void stands_on_every_screen(void **state)
{
	(void)state;
	static const int sizes[][2] = { { 24, 80 }, { 36, 120 }, { 60, 200 }, { 5, 20 } };

	for (unsigned i = 0; i < 4; i++) {
		show_at(sizes[i][0], sizes[i][1]);
		type("^F");
		assert_on_screen(&screen, "Find ");
		assert_true(screen.typing);
		type("Esc Space");
		assert_on_screen(&screen, "●");
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_TESTS(test_find)
{
	const struct CMUnitTest tests[] = {
		TEST(finds_words_of_the_list),
		TEST(finds_words_of_details),
		TEST(what_was_found_is_marked_until_escape),
		TEST(goes_to_the_bytes_that_were_found),
		TEST(finds_text_and_bytes),
		TEST(finds_by_filters_and_goes_both_ways),
		TEST(after_what_cannot_be_searched_there_is_no_search),
		TEST(kinds_change_by_tab),
		TEST(the_same_value_is_found_again),
		TEST(without_a_search_n_walks_the_conversation),
		TEST(hits_that_are_hidden_are_passed_over),
		TEST(marks_and_goes_among_them),
		TEST(letters_name_packets),
		TEST(time_counts_from_references),
		TEST(stands_on_every_screen),
	};
	return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
