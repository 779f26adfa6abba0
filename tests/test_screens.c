/* test_screens.c - whole screens: a capture, keys typed, and what is seen. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/build_capture.h"
#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_capture.h"
#include "ui/app_rows.h"

/* 10.0.0.1:40000 opens a connection to 10.0.0.2:80 and asks for /; then ARP.  A name in ARP's
 * place would be harmless: what is dangerous is in the request. */
static const char *const packets[] = {
	"020000000002020000000001080045000028000100004006 0000 0a0000010a000002"
	"9c400050000003e8000000005002ffff00000000",
	"020000000001020000000002080045000028000200004006 0000 0a0000020a000001"
	"00509c40000007d0000003e95012ffff00000000",
	"020000000002020000000001080045000028000300004006 0000 0a0000010a000002"
	"9c400050000003e9000007d15010ffff00000000",
	"02000000000202000000000108004500004a000400004006 0000 0a0000010a000002"
	"9c400050000003e9000007d15018ffff00000000"
	"474554202f1b5b324a20485454502f312e310d0a486f73743a20610d0a0d0a0000000000",
	"ffffffffffff02000000000108060001080006040001020000000001 0a000001 000000000000 0a000002",
};

static char path[] = "/tmp/peel-screens-XXXXXX";

static int write_capture(void **state)
{
	(void)state;
	struct built_capture capture;
	uint8_t bytes[2000];

	capture_begin(&capture, 1);
	for (unsigned i = 0; i < sizeof packets / sizeof packets[0]; i++) {
		uint32_t n = bytes_of(packets[i], bytes);

		capture_add(&capture, bytes, n, n);
	}
	for (unsigned i = 0; i < 200; i++)
		capture_add(&capture, bytes, bytes_of(packets[4], bytes), 42);
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

static void shows_list_details_and_bytes(void **state)
{
	(void)state;
	assert_on_screen(&screen, "205 pkts");
	assert_int_equal(screen_find(&screen, "No."), 1);
	assert_int_equal(screen_find(&screen, "40000 → 80 [SYN]"), 2);
	assert_on_screen(&screen, "Details ─ #1");
	assert_on_screen(&screen, "Transmission Control Protocol");
	assert_on_screen(&screen, "0000  02 00 00 00 00 02");
	assert_on_screen(&screen, "? Help");
}

static void details_and_bytes_follow_the_selection(void **state)
{
	(void)state;
	type("j j j");
	assert_int_equal(app.selected, 4);
	assert_on_screen(&screen, "Details ─ #4");
	type("G");
	assert_int_equal(app.selected, 205);
	assert_on_screen(&screen, "Details ─ #205");
	assert_on_screen(&screen, "0000  ff ff ff ff ff ff");
	type("3 G");
	assert_int_equal(app.selected, 3);
	type("Tab J");
	assert_int_equal(app.selected, 4);
	type("K K");
	assert_int_equal(app.selected, 2);
}

static void nothing_of_a_packet_controls_the_terminal(void **state)
{
	(void)state;
	type("4 G");
	for (int row = 0; row < screen.rows; row++)
		assert_null(strchr(screen_row(&screen, row), 0x1b));
	assert_on_screen(&screen, "[2J");
}

static void a_field_and_its_bytes_are_linked(void **state)
{
	(void)state;
	show_at(36, 120);
	type("Tab + Home");
	while (!strstr(screen_row(&screen, screen.rows - 3), "tcp.dstport") &&
	       app.packet.node < 1000) {
		uint32_t before = focus_row(&app.packet);

		type("j");
		assert_int_not_equal(before, focus_row(&app.packet));
	}
	assert_on_screen(&screen, "tcp.dstport == 80   2 bytes at byte 36");
	assert_int_equal(app.packet.byte, 36);
	type("Tab h");
	assert_int_equal(app.packet.byte, 35);
	assert_on_screen(&screen, "tcp.srcport == 40000");
	app_focus_pane(&app, PANE_BYTES);
	type("Enter");
	assert_int_equal(app.focus, PANE_DETAILS);
}

static void open_subtrees_stay_open(void **state)
{
	(void)state;
	type("Tab + Tab Tab j");
	assert_int_equal(app.focus, PANE_LIST);
	assert_true(app.packet.row_count > 20);
	type("-");
	assert_true(app.packet.row_count < 10);
}

static void arrows_stay_in_their_pane(void **state)
{
	(void)state;
	type("Tab Up Up Up");
	assert_int_equal(app.focus, PANE_DETAILS);
	type("End Down Down");
	assert_int_equal(app.focus, PANE_DETAILS);
	assert_int_equal(app.selected, 1);
}

static void goes_to_packets(void **state)
{
	(void)state;
	type("^G 4 2 Enter");
	assert_int_equal(app.selected, 42);
	type(": 1 7 Enter");
	assert_int_equal(app.selected, 17);
	type("<");
	assert_int_equal(app.selected, 42);
	type(">");
	assert_int_equal(app.selected, 17);
	type(": 9 9 9 Enter");
	assert_int_equal(app.selected, 17);
	assert_on_screen(&screen, "There is no packet 999: the last is 205.");
	type(": n o p e Enter");
	assert_on_screen(&screen, "There is no command \"nope\"");
	type(": l a s t Enter");
	assert_int_equal(app.selected, 205);
}

static void walks_a_conversation(void **state)
{
	(void)state;
	type(".");
	assert_int_equal(app.selected, 2);
	type(". .");
	assert_int_equal(app.selected, 4);
	type(".");
	assert_int_equal(app.selected, 4);
	assert_on_screen(&screen, "This is the last packet of its conversation.");
	type(",");
	assert_int_equal(app.selected, 3);
	assert_int_equal(screen.cells[2 * screen.columns].code, 0x250c);
	assert_int_equal(screen.cells[4 * screen.columns].code, 0x2502);
}

static void zooms_and_comes_back(void **state)
{
	(void)state;
	type("z");
	assert_int_equal(screen_find(&screen, "Details"), -1);
	type("z Tab z");
	assert_int_equal(screen_find(&screen, "No."), -1);
	type("Esc Esc");
	assert_int_equal(app.focus, PANE_LIST);
	assert_on_screen(&screen, "No.");
}

static void help_comes_from_the_keys(void **state)
{
	(void)state;
	assert_true(key_map_bind(&app.user.keys, "n", 1, ACTION_NEXT));
	type("?");
	assert_on_screen(&screen, "Help · packet-list");
	assert_on_screen(&screen, "j Down n");
	type("q");
	assert_int_equal(screen_find(&screen, "Help ·"), -1);
	assert_false(app.quit);
	type("q");
	assert_true(app.quit);
}

static void what_is_said_goes_by_the_set_of_keys(void **state)
{
	(void)state;
	type("\\");
	assert_on_screen(&screen, "No filter is set: / sets one.");
	app_command(&app, "set keymap=less");
	draw();
	assert_on_screen(&screen, "& Filter");
	type("\\");
	assert_on_screen(&screen, "No filter is set: & sets one.");
	type("/");
	assert_int_equal(app.prompt, PROMPT_FIND_PACKET);
	type("Esc");
	app_command(&app, "map list X toggle-filter");
	app_command(&app, "map X nothing");
	draw();
	assert_on_screen(&screen, "\"X nothing\" was not bound: there is no action \"nothing\".");
	type("X");
	assert_on_screen(&screen, "No filter is set");
}

static void esc_never_quits(void **state)
{
	(void)state;
	type("Esc Esc Esc");
	assert_false(app.quit);
	type("^C");
	assert_false(app.quit);
	assert_on_screen(&screen, "^C again quits");
	type("^C");
	assert_true(app.quit);
}

static void time_formats_are_said(void **state)
{
	(void)state;
	type("t");
	assert_on_screen(&screen, "Δ before");
	type("t");
	assert_on_screen(&screen, "Δ shown");
	type("t");
	assert_on_screen(&screen, "Time of day");
}

static void small_screens_still_show_packets(void **state)
{
	(void)state;
	show_at(10, 40);
	assert_on_screen(&screen, "TCP  →");
	assert_on_screen(&screen, "Details");
	show_at(5, 20);
	assert_on_screen(&screen, "1 TCP  40000");
	show_at(3, 10);
	assert_row(&screen, 0, "20x5");
	show_at(1, 1);
	show_at(24, 80);
	assert_int_equal(screen_find(&screen, "No."), 1);
	assert_on_screen(&screen, "Details ─ #1");
}

static void a_screen_is_the_same_however_one_came_to_its_size(void **state)
{
	(void)state;
	char *before = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&before, &size);

	type("150 G");
	for (int row = 0; row < 24; row++)
		fprintf(out, "%s\n", screen_row(&screen, row));
	fclose(out);
	show_at(60, 200);
	show_at(3, 10);
	show_at(24, 80);
	for (int row = 0, at = 0; row < 24; row++) {
		const char *now = screen_row(&screen, row);

		assert_memory_equal(before + at, now, strlen(now));
		at += (int)strlen(now) + 1;
	}
	free(before);
}

static void ascii_screens_are_ascii(void **state)
{
	(void)state;
	screen.glyphs = GLYPHS_ASCII;
	screen.mono = true;
	type("4 G Tab + End Tab l ?");
	for (int i = 0; i < screen.rows * screen.columns; i++)
		assert_true(screen.cells[i].code < 0x7f);
	type("Esc");
	assert_on_screen(&screen, "[");
}

static void assert_nothing_is_drawn(void)
{
	for (int i = 0; i < screen.rows * screen.columns; i++)
		assert_false(screen.cells[i].code >= 0x2500 && screen.cells[i].code < 0x25a0);
}

static void plain_screens_are_sentences_in_one_pane(void **state)
{
	(void)state;
	static const char *const views[] = { "4 G",	"Tab",	 "Tab",	    "Tab s",
					     "Tab",	"Tab",	 "Esc g x", "Esc g c",
					     "Esc g p", "Esc ?", "Esc g o", "Esc :" };

	app_command(&app, "set plain");
	for (int rows = 5; rows <= 60; rows += 11) {
		for (unsigned i = 0; i < sizeof views / sizeof views[0]; i++) {
			type(views[i]);
			show_at(rows, rows < 30 ? 80 : 200);
			assert_nothing_is_drawn();
		}
		type("Esc Esc");
	}
	show_at(24, 80);
	type("2 G");
	assert_row(
		&screen, 23,
		" Packet 2 of 205, TCP from 10.0.0.2 to 10.0.0.1, 54 bytes: 80 → 40000 [SYN, ACK…");
	assert_int_equal(screen_find(&screen, "Details"), -1);
	type("s");
	assert_on_screen(&screen, "#2 server to client: SYN, ACK, sequence 0, acknowledges 1");
	assert_on_screen(&screen, "Part: handshake");
}

static void a_file_that_is_not_there_leaves_all_as_it_was(void **state)
{
	(void)state;
	type("^O / n o n e Enter");
	assert_on_screen(&screen, "/none");
	assert_int_equal(app.packet_count, 205);
}

static void a_long_message_is_shown_whole(void **state)
{
	(void)state;
	show_at(10, 40);
	app_message(&app, MESSAGE_WARNING,
		    "one two three four five six seven eight nine ten eleven "
		    "twelve thirteen fourteen");
	draw();
	assert_on_screen(&screen, "one two three");
	assert_on_screen(&screen, "fourteen");
	type("j");
	assert_int_equal(screen_find(&screen, "fourteen"), -1);
}

static void saves_and_asks_before_it_replaces(void **state)
{
	(void)state;
	char to[] = "/tmp/peel-saved-XXXXXX";
	char command[100];
	struct error error = { "" };

	close(mkstemp(to));
	snprintf(command, sizeof command, "w %s", to);
	app_command(&app, command);
	draw();
	assert_on_screen(&screen, "is there already");
	type("y");
	while (app.saving)
		app_tick(&app);
	draw();
	assert_on_screen(&screen, "Saved 205 packets");
	assert_true(app_open(&app, to, &error));
	unlink(to);
}

static void paths_are_those_of_a_shell(void **state)
{
	(void)state;
	char saved[200];

	setenv("HOME", "/tmp", 1);
	app_command(&app, "w /tmp");
	assert_int_equal(app.dialog, DIALOG_NONE);
	draw();
	assert_on_screen(&screen, "cannot write \"/tmp\": Is a directory.");
	snprintf(saved, sizeof saved, "w ~/%s.copy", path + strlen("/tmp/"));
	app_command(&app, saved);
	while (app.saving)
		app_tick(&app);
	snprintf(saved, sizeof saved, "%s.copy", path);
	assert_int_equal(unlink(saved), 0);
	snprintf(saved, sizeof saved, "e ~/%s", path + strlen("/tmp/"));
	app_command(&app, saved);
	assert_string_equal(capture_file_path(session_file(app.session)), path);
}

static void completes_names_and_lists_them(void **state)
{
	(void)state;
	char names[2][100];

	for (int i = 0; i < 2; i++) {
		snprintf(names[i], sizeof names[i], "%s.same%d", path, i);
		close(open(names[i], O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	}
	type("^O");
	line_set(&app.line, names[0]);
	type("Backspace Backspace Backspace Tab");
	assert_int_equal(app.line.length, strlen(names[0]) - 1);
	assert_on_screen(&screen, "Tab completes · 2 ─");
	unlink(names[0]);
	unlink(names[1]);
}

/* Any keys at any size: nothing breaks, and the selection stays on a packet. */
static void lives_through_any_keys(void **state)
{
	(void)state;
	static const char *const keys[] = {
		"j",	     "k",  "g",	 "G", "Tab", "Shift-Tab", "z",	    "h",   "l",	   "+",
		"-",	     "t",  "C",	 "?", "Esc", "b",	  "%",	    ".",   ",",	   "[",
		"]",	     "<",  ">",	 "1", "9",   "PageDown",  "PageUp", "End", "Home", "Enter",
		"Backspace", "^D", "^U", "J", "K",   "^G",	  "F12"
	};
	uint32_t seed = 7;

	for (unsigned i = 0; i < 20000; i++) {
		seed = seed * 1664525 + 1013904223;
		if (seed >> 24 < 4)
			show_at((int)(seed >> 8 & 63) + 1, (int)(seed >> 14 & 255) + 1);
		type(keys[(seed >> 16) % (sizeof keys / sizeof keys[0])]);
		/* A filter that was typed may let none pass. */
		assert_in_range(app.selected, app_row_count(&app) ? 1 : 0, 205);
		app_event(&app,
			  &(struct event){ .key = KEY_MOUSE,
					   .mouse = { .kind = (enum mouse_kind)(seed >> 20 & 3),
						      .row = (int)(seed >> 8 & 63),
						      .column = (int)(seed >> 12 & 127) } });
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_TESTS(test_screens)
{
	const struct CMUnitTest tests[] = {
		TEST(shows_list_details_and_bytes),
		TEST(details_and_bytes_follow_the_selection),
		TEST(nothing_of_a_packet_controls_the_terminal),
		TEST(a_field_and_its_bytes_are_linked),
		TEST(open_subtrees_stay_open),
		TEST(arrows_stay_in_their_pane),
		TEST(goes_to_packets),
		TEST(walks_a_conversation),
		TEST(zooms_and_comes_back),
		TEST(help_comes_from_the_keys),
		TEST(what_is_said_goes_by_the_set_of_keys),
		TEST(esc_never_quits),
		TEST(time_formats_are_said),
		TEST(small_screens_still_show_packets),
		TEST(a_screen_is_the_same_however_one_came_to_its_size),
		TEST(ascii_screens_are_ascii),
		TEST(plain_screens_are_sentences_in_one_pane),
		TEST(a_file_that_is_not_there_leaves_all_as_it_was),
		TEST(a_long_message_is_shown_whole),
		TEST(saves_and_asks_before_it_replaces),
		TEST(paths_are_those_of_a_shell),
		TEST(completes_names_and_lists_them),
		TEST(lives_through_any_keys),
	};
	return cmocka_run_group_tests_name("screens", tests, write_capture, remove_capture);
}
