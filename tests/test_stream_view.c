/* test_stream_view.c - the stream view on screens of three sizes, as keys are typed. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_capture.h"
#include "ui/app_statistics.h"

static char path[4200];

static void name_capture(const char *name)
{
	const char *srcdir = getenv("srcdir");

	snprintf(path, sizeof path, "%s/captures/%s", srcdir ? srcdir : ".", name);
}

static void open_capture(const char *name)
{
	name_capture(name);
	begin_app(path);
}

static int tear_down(void **state)
{
	(void)state;
	end_app();
	return 0;
}

static uint32_t selected_packet(void)
{
	const struct ladder *ladder = app.stream.ladder;

	return ladder->segments[ladder->rows[app.stream.row].segment].packet;
}

/* --- coming and going --- */

static void opens_and_leaves_without_a_trace(void **state)
{
	(void)state;
	open_capture("tcp.pcap");
	type("5 G s");
	assert_true(app.stream.open);
	assert_on_screen(&screen, "Stream 0 · TCP 198.51.100.10:52400 ⇄ 203.0.113.10:5001");
	type("j j Tab Tab j Tab j Esc");
	assert_false(app.stream.open);
	assert_int_equal(app.selected, 5);
	assert_int_equal(app.focus, PANE_LIST);
	assert_on_screen(&screen, "Details ─ #5");
}

static void turn_wheel(enum mouse_kind kind, int row, int column)
{
	app_event(&app, &(struct event){ .key = KEY_MOUSE,
					 .mouse = { .kind = kind, .row = row, .column = column } });
	draw();
}

static void the_wheel_moves_in_the_packet_below(void **state)
{
	(void)state;
	open_capture("tcp.pcap");
	type("5 G s");
	show_at(60, 200);
	const struct packet_focus *focus = app_focus(&app);
	const struct view *details = &app.views[VIEW_STREAM_DETAILS];
	const struct view *bytes = &app.views[VIEW_STREAM_BYTES];
	uint32_t row = focus_row(focus), at = app.stream.row;

	assert_true(row >= 3);
	turn_wheel(MOUSE_WHEEL_UP, details->area.row + 2, details->area.column + 3);
	assert_int_equal(focus_row(focus), row - 3);
	turn_wheel(MOUSE_WHEEL_DOWN, details->area.row + 2, details->area.column + 3);
	assert_int_equal(focus_row(focus), row);
	uint32_t byte = focus->byte;

	turn_wheel(MOUSE_WHEEL_UP, bytes->area.row + 2, bytes->area.column + 3);
	assert_int_equal(focus->byte, byte % 16);
	assert_int_equal(app.stream.row, at);
	assert_int_equal(app.packet.d->packet.number, 5);
}

static void opens_at_the_packet(void **state)
{
	(void)state;
	open_capture("tcp.pcap");
	type("10 G s");
	assert_int_equal(selected_packet(), 10);
	type("Esc 6 G s");
	assert_int_equal(selected_packet(), 4); /* in the run 4-9 */
	assert_int_equal(app.stream.ladder->rows[app.stream.row].kind, ROW_RUN);
	type("Esc 17 G s");
	assert_on_screen(&screen, "Stream 1 ·");
}

static void packets_without_a_stream_have_none(void **state)
{
	(void)state;
	open_capture("arp.pcap");
	type("s");
	assert_false(app.stream.open);
	assert_on_screen(&screen, "Packet #1 belongs to no TCP or UDP stream.");
}

static void enter_goes_to_the_packet_and_esc_returns(void **state)
{
	(void)state;
	open_capture("tcp.pcap");
	type("s j j Enter");
	assert_false(app.stream.open);
	assert_int_equal(app.selected, 3);
	type("Esc");
	assert_true(app.stream.open);
	assert_int_equal(selected_packet(), 3);
	type("q");
	assert_false(app.stream.open);
	assert_false(app.quit);
	type("Esc");
	assert_false(app.stream.open);
}

static void goes_from_stream_to_stream(void **state)
{
	(void)state;
	open_capture("tcp.pcap");
	type("s Right");
	assert_on_screen(&screen, "Stream 1 ·");
	type("Left Left");
	assert_on_screen(&screen, "This is the first TCP stream.");
	type("99 Right");
	assert_on_screen(&screen, "This is the last TCP stream.");
	assert_on_screen(&screen, "Stream 0 ·");
}

static void a_finding_leads_to_its_stream(void **state)
{
	(void)state;
	open_capture("verify-tcp-data.pcap");
	type("gx");
	while (app_findings_time(&app) == 0)
		app_find_more(&app);
	draw();
	type("s");
	assert_true(app.stream.open);
	type("Esc");
	assert_on_screen(&screen, "Findings ─");
}

/* --- the ladder --- */

static void ladder_at_80_by_24(void **state)
{
	(void)state;
	open_capture("http.pcap");
	type("s");
	assert_row(
		&screen, 0,
		" Stream 0 · TCP 198.51.100.10:40272 ⇄ 203.0.113.10:80          10 pkts  3.09 ms");
	assert_row(&screen, 1,
		   " ✓ Handshake complete in 0.04 ms (network 0.03 ms, client 0.01 ms).");
	assert_row(
		&screen, 4,
		"── [Ladder] Text Summary Graph ─ runs folded · relative ───── 1–13 of 13 rows ──");
	assert_row(&screen, 5,
		   "   No.       Time  198.51.100.10:40272            203.0.113.10:80  Note");
	assert_row(
		&screen, 6,
		"── handshake ─────┬──────────────────────────────────────────────┬──────────────");
	assert_row(&screen, 7,
		   "▌    1   0.000000 │─ SYN  seq 0  MSS 1460 WS 1024 SACK ─────────▶│");
	assert_row(&screen, 11,
		   "     4   0.000335 │━ 141 B  seq 1–141  GET /private/secret.tx… ━▶│");
	assert_row(&screen, 18,
		   "    10   0.003088 │─ ACK  ack 264 ──────────────────────────────▶│ ✓ closed");
	assert_row(
		&screen, 22,
		" Now: client SYN-SENT, server SYN-RECEIVED.   #1 from client: asks to open a co…");
}

static void ladder_at_120_by_36(void **state)
{
	(void)state;
	open_capture("http.pcap");
	show_at(36, 120);
	type("s j j j");
	assert_on_screen(&screen, "[Stream]");
	assert_row(&screen, 1,
		   " Stream 0 · TCP  client 198.51.100.10:40272 ⇄ 203.0.113.10:80 server"
		   "                141 B → · ← 262 B  10 pkts  3.09 ms");
	assert_row(&screen, 12,
		   "▌    4   0.000335  +0.29 ms │━ 141 B  seq 1–141 ack 1 PSH  "
		   "GET /private/secret.txt HTTP/1.1 ━━━━▶│   64512");
	assert_on_screen(&screen, "Details ─ #4 · HTTP · GET /private/secret.txt HTTP/1.1");
	assert_on_screen(&screen, "▌▾ Transmission Control Protocol, Src Port: 40272");
	assert_on_screen(&screen,
			 "#4 from client: data.   Now: client ESTABLISHED, server ESTABLISHED");
}

static void ladder_at_200_by_60_shows_states_and_bytes(void **state)
{
	(void)state;
	open_capture("tcp.pcap");
	show_at(60, 200);
	type("s j");
	int row = screen_find(&screen, "  ESTABLISHED │◀── SYN ACK  seq 0 ack 1");

	assert_true(row > 0);
	assert_on_screen(&screen, "SYN-SENT │─ SYN  seq 0");
	assert_on_screen(&screen, "▶│ SYN-RECEIVED");
	assert_on_screen(&screen, "FIN-WAIT-1 │─ FIN ACK");
	assert_on_screen(&screen, "▶│ CLOSE-WAIT");
	assert_on_screen(&screen, "Details ─ #2");
	assert_on_screen(&screen, "Bytes ─");
	assert_on_screen(&screen, "Flags: 0x012 (SYN, ACK)");
}

static void runs_fold_and_open(void **state)
{
	(void)state;
	open_capture("tcp.pcap");
	type("s");
	assert_on_screen(&screen, "4–9   0.005318 │━ 3 seg 3000 B  seq 1–3000 · 3 ACK");
	type("4 G");
	type("gg n n n Up");
	while (app.stream.ladder->rows[app.stream.row].kind != ROW_RUN)
		type("j");
	type("Enter");
	assert_int_equal(screen_find(&screen, "3 seg 3000 B"), -1);
	assert_on_screen(&screen, "5   0.005320 │━ 1448 B  seq 1449–2896");
	assert_on_screen(&screen, "11–14   0.007150 │◀━━ 2 seg 2002 B");
	type("c");
	assert_int_equal(screen_find(&screen, " seg "), -1);
	assert_on_screen(&screen, "all segments");
	type("c");
	assert_on_screen(&screen, "3 seg 3000 B");
}

static void events_problems_and_answers_are_found(void **state)
{
	(void)state;
	open_capture("verify-tcp-data.pcap");
	type("58 G s");
	assert_on_screen(&screen, "Stream 6 ·");
	type("]");
	assert_int_equal(selected_packet(), 66);
	type("] ] ]");
	assert_int_equal(selected_packet(), 69);
	type("]");
	assert_on_screen(&screen, "No problem after this row.");
	type("[");
	assert_int_equal(selected_packet(), 68);
	type("n n");
	assert_int_equal(selected_packet(), 71);
	type("%");
	assert_int_equal(selected_packet(), 72);
	type("%");
	assert_int_equal(selected_packet(), 73);
	type("%");
	assert_int_equal(selected_packet(), 72);
	type("N N");
	assert_int_equal(selected_packet(), 69);
}

static void numbers_can_be_shown_as_they_are(void **state)
{
	(void)state;
	open_capture("verify-tcp-data.pcap");
	type("s");
	assert_on_screen(&screen, "SYN  seq 0 ");
	type("r");
	assert_int_equal(screen_find(&screen, "SYN  seq 0 "), -1);
	assert_on_screen(&screen, "absolute");
}

static void problems_stand_out_without_colours(void **state)
{
	(void)state;
	open_capture("verify-tcp-data.pcap");
	type("s");
	assert_on_screen(&screen, "│╌ 50 B not captured  seq 101–150 ╌");
	assert_on_screen(&screen, "! gap");
	int row = screen_find(&screen, "50 B not captured");
	assert_int_equal(screen_style(&screen, row, 25), STYLE_WARNING);
	screen.glyphs = GLYPHS_ASCII;
	screen.mono = true;
	draw();
	assert_on_screen(&screen, "|. 50 B not captured  seq 101-150 .");
	assert_on_screen(&screen, "|= 100 B  seq 1-100 ack 1 PSH ====");
}

static void datagrams_have_a_ladder_too(void **state)
{
	(void)state;
	open_capture("dns.pcap");
	type("s");
	assert_on_screen(&screen, "Stream 0 · UDP 198.51.100.10:38355 ⇄ 203.0.113.10:53");
	assert_on_screen(&screen, "│━ 30 B  Standard query 0xf7bc A example.te… ━▶│");
	type("Tab");
	assert_on_screen(&screen, "turn 1 of 2");
	type("Tab");
	assert_on_screen(&screen, "Data sent                30 B                       142 B");
	assert_int_equal(screen_find(&screen, "FIN"), -1);
	type("Tab");
	assert_on_screen(&screen, "There are graphs of TCP only.");
}

/* --- the text --- */

static void text_at_80_by_24(void **state)
{
	(void)state;
	open_capture("http.pcap");
	type("s Tab gg");
	assert_row(
		&screen, 4,
		"── Ladder [Text] Summary Graph ─ as sent · text ───────────────── turn 1 of 2 ──");
	assert_row(&screen, 5, "▌· client → server  SYN  #1  0.000000 s");
	assert_row(
		&screen, 7,
		"── client → server  141 B  #4  0.000335 s   ────────────────────────────────────");
	assert_row(&screen, 8, "▏GET /private/secret.txt HTTP/1.1");
	assert_row(&screen, 9, "▏Host: www.example.test");
	assert_row(
		&screen, 14,
		"══ server → client  262 B  #6  0.002027 s  (+1.69 ms) ══════════════════════════");
	assert_row(&screen, 15, "        ┃HTTP/1.1 200 OK");
	assert_int_equal(screen_style(&screen, 8, 3), STYLE_CLIENT);
	assert_int_equal(screen_style(&screen, 15, 12), STYLE_SERVER);
}

static void text_at_120_by_36_has_details(void **state)
{
	(void)state;
	open_capture("http.pcap");
	show_at(36, 120);
	type("6 G s Tab");
	assert_on_screen(&screen, "▌       ┃HTTP/1.1 200 OK");
	assert_on_screen(&screen, "Details ─ #6 · HTTP");
	assert_on_screen(&screen, "This line is from packet #6: Enter shows it.");
	show_at(60, 200);
	assert_on_screen(&screen, "▌       ┃HTTP/1.1 200 OK");
	assert_on_screen(&screen, "Bytes ─");
}

static void one_side_of_the_text(void **state)
{
	(void)state;
	open_capture("http.pcap");
	type("s Tab d");
	assert_on_screen(&screen, "client only");
	assert_int_equal(screen_find(&screen, "200 OK"), -1);
	type("d");
	assert_on_screen(&screen, "server only");
	assert_int_equal(screen_find(&screen, "GET /private"), -1);
	assert_on_screen(&screen, "200 OK");
	type("d");
	assert_on_screen(&screen, "both sides");
}

static void text_can_be_searched(void **state)
{
	(void)state;
	open_capture("http.pcap");
	type("s Tab gg / o k Enter");
	assert_int_equal(app.stream.pager.cursor.turn, 1);
	int row = screen_find(&screen, "200 OK");

	assert_int_equal(screen_style(&screen, row, 22), STYLE_BYTES_FIELD);
	type("/ ^U e x a m p l e Enter");
	assert_on_screen(&screen, "No \"example\" after this place.");
	type("N");
	assert_int_equal(app.stream.pager.cursor.turn, 0);
	assert_int_equal(pager_packet(&app.stream.pager, &app.stream.pager.cursor), 4);
	type("Enter");
	assert_int_equal(app.selected, 4);
}

static void text_has_other_forms(void **state)
{
	(void)state;
	open_capture("http.pcap");
	type("s Tab gg x");
	assert_on_screen(&screen, "0000  47 45 54 20 2f 70");
	assert_on_screen(&screen, "as sent · hex");
	type("x x x x");
	assert_on_screen(&screen, "as sent · C array");
	assert_on_screen(&screen, "▏0x47, 0x45, 0x54, 0x20, 0x2f, 0x70,");
	type("x");
	assert_on_screen(&screen, "▏R0VUIC9wcml2YXRlL3NlY3JldC50eHQg");
	type("x");
	assert_on_screen(&screen, "▏GET /private/secret.txt HTTP/1.1");
}

static long saved_size(const char *to)
{
	FILE *in = fopen(to, "rb");

	assert_non_null(in);
	fseek(in, 0, SEEK_END);
	long size = ftell(in);
	fclose(in);
	return size;
}

static void what_was_said_is_saved(void **state)
{
	(void)state;
	static const struct {
		const char *keys;
		long bytes;
	} sides[] = { { "", 403 }, { "d", 141 }, { "d", 262 } };
	char to[100];

	snprintf(to, sizeof to, "/tmp/peel-stream-%d", (int)getpid());
	open_capture("http.pcap");
	type("s Tab");
	for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
		type(sides[i].keys);
		type("S");
		line_set(&app.line, to);
		type("Enter");
		assert_on_screen(&screen, "Saved ");
		assert_int_equal(saved_size(to), sides[i].bytes);
		type("S");
		line_set(&app.line, to);
		type("Enter");
		assert_on_screen(&screen, "is there already");
		unlink(to);
	}
	type("S");
	line_set(&app.line, "/nowhere/at/all");
	type("Enter");
	assert_on_screen(&screen, "cannot write \"/nowhere/at/all\": No such file or directory");
}

/* --- the summary --- */

static void summary_tells_of_both_sides(void **state)
{
	(void)state;
	open_capture("verify-tcp-data.pcap");
	show_at(36, 120);
	type("58 G s Tab Tab");
	assert_on_screen(&screen, "[Summary] Graph ─ clean");
	assert_on_screen(&screen, "1 fast, 0 by timeout, 0 needless. [D3]");
	assert_on_screen(&screen, "Sent again               1 (100 B, 20.0 %)");
	assert_on_screen(&screen, "Duplicate ACKs           0"
				  "                                              3");
	assert_on_screen(&screen, "Options in its SYN       MSS 1460, SACK");
	assert_on_screen(&screen, "#71, acknowledged in #72");
	assert_on_screen(&screen, "State at the end         TIME-WAIT");
}

static void summary_scrolls_on_small_screens(void **state)
{
	(void)state;
	open_capture("verify-tcp-data.pcap");
	show_at(12, 60);
	type("58 G s Tab Tab");
	assert_int_equal(screen_find(&screen, "State at the end"), -1);
	assert_on_screen(&screen, "↓ 1–");
	type("j");
	assert_on_screen(&screen, "↑↓ 2–");
	type("G");
	assert_on_screen(&screen, "State at the end");
	assert_on_screen(&screen, "↑ ");
	type("gg");
	assert_on_screen(&screen, "Handshake complete");
	show_at(60, 200);
	assert_int_equal(screen_find(&screen, " lines"), -1);
	assert_on_screen(&screen, "State at the end");
	assert_on_screen(&screen, "Handshake complete");
}

static void rules_are_named_however_narrow_it_is(void **state)
{
	(void)state;
	open_capture("verify-tcp-data.pcap");
	type("58 G s Tab Tab");
	for (int columns = 30; columns < 120; columns++) {
		show_at(60, columns);
		assert_on_screen(&screen, "[H1]");
		assert_on_screen(&screen, "[options]");
		assert_on_screen(&screen, "[D3]");
		assert_on_screen(&screen, "[C1]");
	}
}

/* --- the graphs --- */

static unsigned braille_cells(void)
{
	unsigned count = 0;

	for (int i = 0; i < screen.rows * screen.columns; i++)
		count += screen.cells[i].code > 0x2800 && screen.cells[i].code < 0x2900;
	return count;
}

static void each_graph_has_dots_and_axes(void **state)
{
	(void)state;
	static const char *const titles[] = {
		"─ Stevens", "─ tcptrace", "─ throughput", "─ round trips", "─ window",
	};
	static const int sizes[][2] = { { 24, 80 }, { 36, 120 }, { 60, 200 } };

	open_capture("tcp.pcap");
	type("s Tab Tab Tab");
	for (size_t i = 0; i < 15; i++) {
		show_at(sizes[i / 5][0], sizes[i / 5][1]);
		assert_on_screen(&screen, titles[i % 5]);
		assert_on_screen(&screen, "└");
		assert_on_screen(&screen, "7.28 ms");
		assert_true(braille_cells() > 0);
		type("x");
	}
	assert_on_screen(&screen, titles[0]);
}

static void graphs_have_a_direction_and_a_scale(void **state)
{
	(void)state;
	open_capture("tcp.pcap");
	type("s Tab Tab Tab");
	assert_on_screen(&screen, "client → server");
	assert_row(&screen, 5, "       3001┤│                                               ⠠");
	type("d d");
	assert_on_screen(&screen, "server → client");
	type("+ +");
	assert_on_screen(&screen, "1.82 ms");
	type("- - -");
	assert_on_screen(&screen, "7.28 ms");
	screen.glyphs = GLYPHS_ASCII;
	draw();
	assert_int_equal(braille_cells(), 0);
}

/* --- a capture that grows --- */

/* The first `packets` of a pcap file; the rest is appended by the next call with the same file. */
static void copy_some(FILE *from, FILE *to, unsigned packets)
{
	uint8_t bytes[65536];
	uint32_t header[4];

	if (!ftell(from)) {
		assert_int_equal(fread(bytes, 1, 24, from), 24);
		fwrite(bytes, 1, 24, to);
	}
	while (packets-- && fread(header, sizeof header, 1, from) == 1) {
		assert_int_equal(fread(bytes, 1, header[2], from), header[2]);
		fwrite(header, sizeof header, 1, to);
		fwrite(bytes, 1, header[2], to);
	}
	fflush(to);
}

static void goes_on_while_the_capture_grows(void **state)
{
	(void)state;
	name_capture("http.pcap");
	FILE *from = fopen(path, "rb"), *to;

	snprintf(path, sizeof path, "/tmp/peel-growing-%d", (int)getpid());
	to = fopen(path, "wb");
	copy_some(from, to, 3);
	begin_app(path);
	type("s G");
	assert_on_screen(&screen, "Still open when the capture ended.");
	assert_int_equal(selected_packet(), 3);
	copy_some(from, to, 4);
	app_look_for_growth(&app);
	read_all();
	assert_on_screen(&screen, "GET /private/secret.tx");
	assert_int_equal(selected_packet(), 7);
	type("Tab G");
	assert_on_screen(&screen, "turn 2 of 2");
	copy_some(from, to, 3);
	app_look_for_growth(&app);
	read_all();
	assert_on_screen(&screen, "· server → client  FIN ACK  #9");
	type("Shift-Tab");
	assert_on_screen(&screen, "✓ closed");
	assert_on_screen(&screen, "Closed by client FIN #8, then server FIN #9");
	assert_int_equal(app.selected, 1);
	fclose(from);
	fclose(to);
	unlink(path);
}

/* --- whatever comes --- */

static void keys_and_help_come_from_the_table(void **state)
{
	(void)state;
	open_capture("tcp.pcap");
	type("s");
	assert_on_screen(&screen, "q Back  Tab Text, graphs  Enter Packet");
	assert_true(key_map_bind(&app.user.keys, "F9", 2, ACTION_FOLD));
	type("?");
	assert_on_screen(&screen, "Help · stream");
	show_at(50, 160);
	assert_on_screen(&screen, "c F9");
	type("Esc");
	assert_true(app.stream.open);
}

/* Any keys at any size, in any capture of ours: nothing breaks. */
static void lives_through_any_keys(void **state)
{
	(void)state;
	static const char *const keys[] = { "j", "k",	  "g",	      "G",	"Tab",	"Shift-Tab",
					    "n", "N",	  "]",	      "[",	"%",	"c",
					    "r", "d",	  "x",	      "Right",	"Left", "+",
					    "-", "Enter", "PageDown", "PageUp", "s",	"Esc",
					    "?", "1",	  "End",      "Home",	"^D",	"^U",
					    "J", ".",	  "q" };
	static const char *const captures[] = { "tour.pcapng", "verify-tcp-combined.pcap",
						"follow.pcap" };
	uint32_t seed = 11;

	for (unsigned i = 0; i < 6000; i++) {
		if (i % 2000 == 0) {
			if (i)
				end_app();
			open_capture(captures[i / 2000]);
		}
		seed = seed * 1664525 + 1013904223;
		if (seed >> 24 < 4)
			show_at((int)(seed >> 8 & 63) + 1, (int)(seed >> 14 & 255) + 1);
		type(keys[(seed >> 16) % (sizeof keys / sizeof keys[0])]);
		app.quit = false;
		app_event(&app,
			  &(struct event){ .key = KEY_MOUSE,
					   .mouse = { .kind = (enum mouse_kind)(seed >> 20 & 3),
						      .row = (int)(seed >> 8 & 63),
						      .column = (int)(seed >> 12 & 127) } });
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, NULL, tear_down)

UNIT_TESTS(test_stream_view)
{
	const struct CMUnitTest tests[] = {
		TEST(opens_and_leaves_without_a_trace),
		TEST(the_wheel_moves_in_the_packet_below),
		TEST(opens_at_the_packet),
		TEST(packets_without_a_stream_have_none),
		TEST(enter_goes_to_the_packet_and_esc_returns),
		TEST(goes_from_stream_to_stream),
		TEST(a_finding_leads_to_its_stream),
		TEST(ladder_at_80_by_24),
		TEST(ladder_at_120_by_36),
		TEST(ladder_at_200_by_60_shows_states_and_bytes),
		TEST(runs_fold_and_open),
		TEST(events_problems_and_answers_are_found),
		TEST(numbers_can_be_shown_as_they_are),
		TEST(problems_stand_out_without_colours),
		TEST(datagrams_have_a_ladder_too),
		TEST(text_at_80_by_24),
		TEST(text_at_120_by_36_has_details),
		TEST(one_side_of_the_text),
		TEST(text_can_be_searched),
		TEST(text_has_other_forms),
		TEST(what_was_said_is_saved),
		TEST(summary_tells_of_both_sides),
		TEST(summary_scrolls_on_small_screens),
		TEST(rules_are_named_however_narrow_it_is),
		TEST(each_graph_has_dots_and_axes),
		TEST(graphs_have_a_direction_and_a_scale),
		TEST(goes_on_while_the_capture_grows),
		TEST(keys_and_help_come_from_the_table),
		TEST(lives_through_any_keys),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("stream_view", tests, NULL, NULL);
}
