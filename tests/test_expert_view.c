/* test_expert_view.c - the screen of findings: order, packets, severities, and the way back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dissect/checksum.h"
#include "support/build_capture.h"
#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/explain.h"

#define ETHERNET	    "020000000002 020000000001 0800"
#define IPV4(ttl, protocol) "45000020 00000000 " ttl protocol "0000 c0000201 c6336402 "

/* A TTL of 3; two checksums of UDP that are wrong, a length that is; a request, with a wrong
 * checksum, for a page whose name would clear the screen. */
static const char *const packets[] = {
	ETHERNET IPV4("03", "11") "9c40 0009 000c 0000 01020304",
	ETHERNET IPV4("40", "11") "9c40 0009 000c 1111 01020304",
	ETHERNET IPV4("40", "11") "9c40 0009 000c 2222 05060708",
	ETHERNET IPV4("40", "11") "9c40 0009 0007 0000 01020304",
	ETHERNET "45000040 00000000 40060000 c0000201 c6336402 9c400050 00000001 00000000 50182000"
		 "00000000 474554202f1b5b324a20485454502f312e310d0a0d0a0d0a",
};

static char path[] = "/tmp/peel-findings-XXXXXX";

static int write_capture(void **state)
{
	(void)state;
	struct built_capture capture;
	uint8_t bytes[200];

	capture_begin(&capture, 1);
	for (unsigned i = 0; i < sizeof packets / sizeof packets[0]; i++) {
		uint32_t n = bytes_of(packets[i], bytes);
		uint16_t sum = checksum_finish(checksum_add(0, bytes + 14, 20));

		bytes[24] = (uint8_t)(sum >> 8);
		bytes[25] = (uint8_t)sum;
		capture_add(&capture, bytes, n, n);
	}
	capture_write(&capture, path);
	capture_free(&capture);
	return 0;
}

static int remove_capture(void **state)
{
	(void)state;
	return unlink(path);
}

static int set_up(void **state)
{
	(void)state;
	begin_app(path);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	end_app();
	return 0;
}

static void lists_the_worst_first(void **state)
{
	(void)state;
	type("gx");
	int malformed =
		screen_find(&screen, "Error    Malformed  UDP             1  Bad length value");
	int checksum = screen_find(&screen, "Error    Checksum   UDP             2  Bad checksum");
	int note = screen_find(&screen, "Note     Sequence   IPv4            1  Time To Live");
	int chat = screen_find(&screen, "Chat     Sequence   HTTP            1  Formatted text");

	assert_in_range(checksum, 0, 23);
	assert_in_range(malformed, checksum + 1, 23);
	assert_in_range(note, malformed + 1, 23);
	assert_in_range(chat, note + 1, 23);
	assert_on_screen(&screen, "Findings ─ 4 errors · 1 note · 1 chat");
	assert_on_screen(&screen, "[Findings] ●4E 1N");
}

static void an_open_kind_shows_its_packets_with_their_words(void **state)
{
	(void)state;
	type("gx l");
	assert_on_screen(&screen, "▌▾ Error    Checksum");
	int first = screen_find(&screen, "#2      Bad checksum [should be 0x");

	assert_in_range(first, 0, 23);
	assert_int_equal(screen_find(&screen, "#3      Bad checksum [should be 0x"), first + 1);
	type("j j h");
	assert_on_screen(&screen, "▌▾ Error    Checksum");
	type("h");
	assert_on_screen(&screen, "▌▸ Error    Checksum");
	assert_int_equal(screen_find(&screen, "#3      Bad checksum"), -1);
}

static void enter_goes_to_the_packet(void **state)
{
	(void)state;
	type("gx l j j Enter");
	assert_int_equal(app.selected, 3);
	assert_on_screen(&screen, "[Packets]");
	assert_on_screen(&screen, "Details");
	type("gx");
	assert_on_screen(&screen, "▌    #3");
	type("k k Enter");
	assert_int_equal(app.selected, 2);
	type("<");
	assert_int_equal(app.selected, 3);
}

static void looking_changes_nothing(void **state)
{
	(void)state;
	type("j gx j j l Esc");
	assert_int_equal(app.selected, 2);
	assert_on_screen(&screen, "[Packets]");
	type("gx j q");
	assert_int_equal(app.selected, 2);
	assert_false(app.quit);
}

static void severities_can_be_hidden_and_it_says_so(void **state)
{
	(void)state;
	type("gx e");
	assert_on_screen(&screen, "4 errors (hidden) · 1 note · 1 chat");
	assert_int_equal(screen_find(&screen, "Error    "), -1);
	assert_on_screen(&screen, "▌▸ Note     Sequence");
	type("n c");
	assert_on_screen(&screen, "Nothing but what is hidden.");
	type("Enter l h j G");
	type("e");
	assert_on_screen(&screen, "▌▸ Error    Checksum");
}

static void packets_are_marked_in_the_list(void **state)
{
	(void)state;
	type("G");
	assert_on_screen(&screen, "  ·  1 ");
	assert_on_screen(&screen, "  E  2 ");
	assert_on_screen(&screen, "  E  4 ");
}

static void the_next_problem_may_be_one_that_only_looking_finds(void **state)
{
	(void)state;
	type("gg ]");
	assert_int_equal(app.selected, 4);
	type("gx Esc gg ]");
	assert_int_equal(app.selected, 2);
	type("[");
	assert_int_equal(app.selected, 1);
}

static void words_of_packets_cannot_reach_the_terminal(void **state)
{
	(void)state;
	type("gx G l j");
	assert_on_screen(&screen, "#5      GET /");
	for (int i = 0; i < screen.rows * screen.columns; i++)
		assert_int_not_equal(screen.cells[i].code, 0x1b);
	char text[400];
	explain_finding(&app, text, sizeof text);
	assert_non_null(strstr(text, "http.chat"));
}

static void small_screens_keep_what_was_found(void **state)
{
	(void)state;
	static const int sizes[][2] = {
		{ 5, 20 }, { 10, 40 }, { 24, 60 }, { 36, 120 }, { 60, 200 }
	};

	type("gx l j");
	for (unsigned i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		screen_resize(&screen, sizes[i][0], sizes[i][1]);
		app_draw(&app, &screen);
		assert_on_screen(&screen, "#2      Bad");
	}
	type("k");
	screen_resize(&screen, 5, 20);
	app_draw(&app, &screen);
	assert_on_screen(&screen, "▌▾E Bad checksum");
	screen_resize(&screen, 36, 120);
	app_draw(&app, &screen);
	assert_on_screen(&screen, "#2 #3");
}

static void help_tells_the_keys_of_findings(void **state)
{
	(void)state;
	type("gx ?");
	assert_on_screen(&screen, "Help · findings");
	assert_on_screen(&screen, "Errors on or off");
	type("Esc");
	assert_on_screen(&screen, "[Findings]");
}

UNIT_TESTS(test_expert_view)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lists_the_worst_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_open_kind_shows_its_packets_with_their_words,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(enter_goes_to_the_packet, set_up, tear_down),
		cmocka_unit_test_setup_teardown(looking_changes_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(severities_can_be_hidden_and_it_says_so, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(packets_are_marked_in_the_list, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_next_problem_may_be_one_that_only_looking_finds,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(words_of_packets_cannot_reach_the_terminal, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(small_screens_keep_what_was_found, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(help_tells_the_keys_of_findings, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("expert_view", tests, write_capture, remove_capture);
}
