/* test_terminal.c - the program on terminals of every kind: it is drawn, nothing of a packet
 * controls them, and they are given back whatever happens. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/build_capture.h"
#include "support/unit_test.h"
#include "terminal/watched.h"
#include "ui/style.h"

enum { COMMAND_ROOM = 600, QUIET_MS = 60, DRAWN_MS = 20, STOPPED_MS = 150, HOSTILE_PACKETS = 35 };

static char hostile[] = "/tmp/peel-hostile-XXXXXX";

/* `before` is set for the program, as in "TERM=linux". */
static struct watched *start(const char *before, const char *path, int rows, int columns)
{
	char command[COMMAND_ROOM];
	const char *srcdir = getenv("srcdir");

	snprintf(command, sizeof command, "exec env %s HOME= ./peel %s%s%s", before,
		 path[0] == '/' ? ""
		 : srcdir	? srcdir
				: ".",
		 path[0] == '/' ? "" : "/captures/", path);
	return watched_start(command, rows, columns);
}

/* The same, once it may be typed on. */
static struct watched *start_and_wait(const char *before, const char *path, int rows, int columns)
{
	struct watched *w = start(before, path, rows, columns);

	assert_true(watched_wait_begun(w));
	return w;
}

static void expect_seen(struct watched *w, const char *text)
{
	if (!watched_wait_for(w, text)) {
		watched_print(w);
		fail_msg("not on the screen: %s", text);
	}
}

static void expect_given_back(struct watched *w)
{
	struct terminal_state state = watched_state(w);

	assert_false(state.alternate);
	assert_false(state.cursor_hidden);
	assert_false(state.mouse);
	assert_true(watched_same_modes(w));
}

static void quit(struct watched *w)
{
	int status = watched_send(w, "Q") ? watched_wait_end(w) : -1;

	if (status)
		watched_print(w);
	assert_int_equal(status, 0);
	expect_given_back(w);
	assert_true(watched_end(w));
}

/* --- sizes --- */

static void every_size_is_drawn(void **state)
{
	(void)state;
	static const struct {
		int rows, columns;
		const char *seen;
	} sizes[] = {
		{ 1, 1, "" },	      { 1, 40, "20x5 needed" }, { 3, 10, "20x5" },
		{ 5, 20, "▌c  1" },   { 10, 40, "▌c  1" },	{ 24, 80, "No." },
		{ 300, 1000, "No." }, { 60, 20, "▌c  1" },	{ 5, 400, "▌c  1" },
	};

	for (unsigned i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct watched *w = start_and_wait("TERM=xterm-256color LC_ALL=C.UTF-8",
						   "tour.pcapng", sizes[i].rows, sizes[i].columns);

		if (sizes[i].seen[0])
			expect_seen(w, sizes[i].seen);
		assert_true(watched_type(w, "j k G ? Esc"));
		quit(w);
	}
}

/* All rows, each ended by a line feed. */
static char *copy_of_screen(const struct watched *w)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	for (int row = 0; row < watched_rows(w); row++)
		fprintf(out, "%s\n", watched_row(w, row, false));
	fclose(out);
	return text;
}

static void a_resize_storm_leaves_the_screen_of_a_fresh_start(void **state)
{
	(void)state;
	struct watched *w =
		start_and_wait("TERM=xterm-256color LC_ALL=C.UTF-8", "tour.pcapng", 24, 80);
	uint32_t seed = 11;

	for (unsigned i = 0; i < 300; i++) {
		seed = seed * 1664525 + 1013904223;
		watched_resize(w, (int)(seed >> 8 & 127) + 1, (int)(seed >> 16 & 255) + 1);
		if (i % 3 == 0)
			assert_true(watched_send(w, i % 2 ? "j" : "k"));
		watched_settle(w, 0);
	}
	watched_resize(w, 36, 120);
	watched_settle(w, QUIET_MS);
	assert_true(watched_type(w, "Home"));
	watched_settle(w, QUIET_MS);
	char *after_storm = copy_of_screen(w);

	quit(w);
	w = start_and_wait("TERM=xterm-256color LC_ALL=C.UTF-8", "tour.pcapng", 36, 120);
	assert_true(watched_type(w, "Home"));
	watched_settle(w, QUIET_MS);
	char *fresh = copy_of_screen(w);

	quit(w);
	assert_string_equal(after_storm, fresh);
	free(after_storm);
	free(fresh);
}

/* --- kinds of terminals --- */

static void every_kind_of_terminal_is_served(void **state)
{
	(void)state;
	static const char *const kinds[] = {
		/* ncurses forgets some memory when it does not know a terminal. */
		"ASAN_OPTIONS=detect_leaks=0 TERM=nosuchterm",
		"TERM=vt100",
		"TERM=linux",
		"TERM=screen",
		"TERM=screen-256color",
		"TERM=xterm",
		"TERM=xterm-256color",
		"TERM=tmux-256color",
		"TERM=xterm NO_COLOR=1",
		"TERM=xterm LC_ALL=C",
		"TERM=linux LC_ALL=C",
	};

	for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		char before[100];

		snprintf(before, sizeof before, "%s", kinds[i]);
		struct watched *w = start_and_wait(before, "tour.pcapng", 24, 80);

		assert_true(watched_type(w, "j j Tab j"));
		expect_seen(w, "#3");
		quit(w);
	}
}

/* Where it is not said what it can do, too. */
static void a_dumb_terminal_gets_lines(void **state)
{
	(void)state;
	static const char *const kinds[] = { "TERM=dumb LC_ALL=C.UTF-8", "-u TERM" };

	for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct watched *w = start(kinds[i], "udp.pcap", 24, 160);
		size_t length;

		assert_int_equal(watched_wait_end(w), 0);
		expect_seen(w, "UDP");
		const uint8_t *bytes = watched_output(w, &length);

		assert_null(memchr(bytes, 0x1b, length));
		assert_true(watched_end(w));
	}
}

static void the_c_locale_gets_ascii(void **state)
{
	(void)state;
	struct watched *w = start_and_wait("TERM=xterm-256color LC_ALL=C", hostile, 24, 80);
	size_t length;

	assert_true(watched_type(w, "j j Tab + j j s Tab Esc"));
	const uint8_t *bytes = watched_output(w, &length);

	for (size_t i = 0; i < length; i++)
		assert_in_range(bytes[i], 1, 0x7e);
	quit(w);
}

static void the_mouse_selects_and_f12_gives_it_back(void **state)
{
	(void)state;
	struct watched *w =
		start_and_wait("TERM=xterm-256color LC_ALL=C.UTF-8", "tour.pcapng", 24, 80);

	assert_true(watched_click(w, 6, 30, 1));
	expect_seen(w, "Details ─ #5 ");
	assert_true(watched_click(w, 15, 10, 1));
	expect_seen(w, "▌▸ Internet Protocol");
	assert_true(watched_click(w, 5, 30, 5));
	expect_seen(w, "Details ─ #8 ");
	assert_true(watched_state(w).mouse);
	assert_true(watched_type(w, "F12"));
	watched_settle(w, DRAWN_MS);
	assert_false(watched_state(w).mouse);
	quit(w);
}

/* --- what is not typed --- */

static void what_is_pasted_is_no_command(void **state)
{
	(void)state;
	struct watched *w =
		start_and_wait("TERM=xterm-256color LC_ALL=C.UTF-8", "tour.pcapng", 24, 80);

	watched_send_bytes(w, "\033[200~dns Q\nQ\033[201~");
	expect_seen(w, "You pasted \"dns Q Q\". Is that a display filter?");
	assert_true(watched_send(w, "n"));
	for (unsigned i = 0; i < 500 && watched_shows(w, "You pasted"); i++)
		watched_settle(w, DRAWN_MS);
	assert_false(watched_shows(w, "You pasted"));
	watched_send_bytes(w, "\033[200~dns\033[201~");
	expect_seen(w, "You pasted \"dns\"");
	assert_true(watched_send(w, "y Enter"));
	expect_seen(w, "Filter: dns");
	quit(w);
}

static bool wrote(const struct watched *w, const char *what)
{
	size_t length, n = strlen(what);
	const uint8_t *p = watched_output(w, &length);

	for (size_t i = 0; i + n <= length; i++)
		if (!memcmp(p + i, what, n))
			return true;
	return false;
}

static void pasting_is_given_back(void **state)
{
	(void)state;
	struct watched *w =
		start_and_wait("TERM=xterm-256color LC_ALL=C.UTF-8", "tour.pcapng", 24, 80);

	assert_true(wrote(w, "\033[?2004h"));
	assert_false(wrote(w, "\033[?2004l"));
	assert_true(watched_send(w, "Q"));
	assert_int_equal(watched_wait_end(w), 0);
	assert_true(wrote(w, "\033[?2004l"));
	/* What a question drew is not left there. */
	assert_false(watched_shows(w, "─"));
	assert_true(watched_end(w));
}

/* The style of the title's words, as the terminal is told it, in a light and in a dark theme. */
static bool has_colour(const struct watched *w, const int32_t colours[2])
{
	char sequence[40];

	snprintf(sequence, sizeof sequence, "48;5;%dm", colours[1]);
	return wrote(w, sequence);
}

static void the_background_is_asked_for(void **state)
{
	(void)state;
	const struct style_look *title = &style_looks[STYLE_TITLE];
	static const char *const light[] = { "ffff/ffff/ffff", "ff/fa/e0" };
	struct watched *w = NULL;

	/* On a busy machine an answer may come too late to be taken. */
	for (unsigned i = 0; i < 5; i++) {
		if (w)
			quit(w);
		w = start("-u COLORFGBG TERM=xterm-256color LC_ALL=C.UTF-8", "tour.pcapng", 24, 80);
		watched_answers(w, light[i % 2], false);
		assert_true(watched_wait_begun(w));
		watched_settle(w, DRAWN_MS);
		if (has_colour(w, title->light))
			break;
	}
	assert_true(has_colour(w, title->light));
	/* The answer was no key. */
	expect_seen(w, "Details ─ #1 ");
	assert_true(watched_type(w, "j"));
	expect_seen(w, "Details ─ #2 ");
	quit(w);
	w = start("-u COLORFGBG TERM=xterm-256color LC_ALL=C.UTF-8", "tour.pcapng", 24, 80);
	watched_answers(w, "1e1e/1e1e/1e1e", false);
	assert_true(watched_wait_begun(w));
	watched_settle(w, DRAWN_MS);
	assert_false(has_colour(w, title->light));
	quit(w);
}

static void who_gives_lines_two_cells_gets_ascii(void **state)
{
	(void)state;
	struct watched *w = NULL;

	for (unsigned i = 0; i < 5; i++) {
		if (w)
			quit(w);
		w = start("-u COLORFGBG TERM=xterm-256color LC_ALL=C.UTF-8", "tour.pcapng", 24, 80);
		watched_answers(w, NULL, true);
		assert_true(watched_wait_begun(w));
		watched_settle(w, DRAWN_MS);
		if (watched_shows(w, "-- Details - #1 "))
			break;
	}
	expect_seen(w, "-- Details - #1 ");
	quit(w);
}

static void old_terminals_are_asked_nothing(void **state)
{
	(void)state;
	static const char *const terms[] = { "TERM=linux LC_ALL=C.UTF-8",
					     "TERM=vt100 LC_ALL=C.UTF-8" };

	for (unsigned i = 0; i < 2; i++) {
		struct watched *w = start_and_wait(terms[i], "tour.pcapng", 24, 80);

		assert_false(wrote(w, "\033]11"));
		assert_false(wrote(w, "\033[6n"));
		quit(w);
	}
}

/* What ncurses-term has of xterm-direct, as it is not everywhere. */
static const char direct_entry[] =
	"xterm-direct|24 bits,use=xterm-256color,RGB,colors#0x1000000,pairs#0x7fff,"
	"setaf=\\E[%?%p1%{8}%<%t3%p1%d%e38\\:2\\:\\:%p1%{65536}%/%d\\:%p1%{256}%/%{255}%&%d"
	"\\:%p1%{255}%&%d%;m,"
	"setab=\\E[%?%p1%{8}%<%t4%p1%d%e48\\:2\\:\\:%p1%{65536}%/%d\\:%p1%{256}%/%{255}%&%d"
	"\\:%p1%{255}%&%d%;m,\n";

static void colours_have_24_bits_where_the_terminal_says_so(void **state)
{
	(void)state;
	char folder[] = "/tmp/peel-terminfo-XXXXXX", command[COMMAND_ROOM], before[COMMAND_ROOM];

	assert_non_null(mkdtemp(folder));
	snprintf(command, sizeof command, "cat >%s/in && tic -x -o %s %s/in 2>/dev/null", folder,
		 folder, folder);
	FILE *tic = popen(command, "w");

	fputs(direct_entry, tic);
	if (pclose(tic))
		skip();
	snprintf(before, sizeof before,
		 "TERMINFO_DIRS=%s:/lib/terminfo:/usr/share/terminfo COLORTERM=truecolor "
		 "TERM=xterm-256color LC_ALL=C.UTF-8",
		 folder);
	struct watched *w = start_and_wait(before, "tour.pcapng", 60, 200);

	expect_seen(w, "24-bit colours");
	/* A row of ARP, by the rule of Wireshark's: faf0d7, darkened. */
	assert_true(wrote(w, "\033[38:2::250:240:215m"));
	assert_false(wrote(w, "38;5;"));
	quit(w);
	/* Who has no such entry has 256. */
	w = start_and_wait("COLORTERM=truecolor TERM=xterm-256color LC_ALL=C.UTF-8 "
			   "TERMINFO_DIRS=/lib/terminfo",
			   "tour.pcapng", 60, 200);
	assert_true(wrote(w, "38;5;"));
	quit(w);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	assert_int_equal(system(command), 0);
}

/* --- hostile text --- */

/* What each packet says: control sequences that would be seen, wide and combining characters, text
 * from right to left and the marks that turn it, and bytes that are no UTF-8. */
static const char *const sayings[] = {
	"\033[2J\033[31mRED\033[0m\033[999;999H",
	"\033]0;TITLE\007\033]52;c;SGVsbG8=\007\033P1$tX\033\\",
	"\033[?1049l\033c\033(0\016\017\r\n\t\b\177",
	"\302\2332J\302\2350;C1\302\234\23331m\220\237",
	"中文宽字Ａ😀👩\342\200\215💻",
	"a\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87\xcc\x88z\xcd\x8f\xe2\x83\xa0",
	"\342\200\256evil\xe2\x80\xac\xe2\x81\xa6x\xe2\x81\xa9\xd7\x90\xd7\x91\xd8\xa7\xe2\x80\x8f",
	"\xed\xa0\x80\xf4\x90\x80\x80\xc0\xaf\xff\xfe\xe2\x82",
	"\xf3\xa0\x81\x81\xe2\x80\xa8\xe2\x80\xa9\xef\xbb\xbf\xc2\xad\xe2\x80\x8b",
};

enum { SAYINGS = sizeof sayings / sizeof sayings[0], FRAME_ROOM = 1000 };

/* Ethernet, IPv4 and TCP around an HTTP request that says it in its path, host and another header.
 */
static uint32_t make_request(unsigned n, uint32_t sequence, uint8_t *frame)
{
	static const char header[] = "0200000000020200000000010800"
				     "4500000000010000400600000a0000010a000002"
				     "9c400050000000000000000150180fff00000000";
	uint32_t start_of_text = bytes_of(header, frame);
	int length = snprintf((char *)frame + start_of_text, FRAME_ROOM - start_of_text,
			      "GET /%s HTTP/1.1\r\nHost: %s\r\nX-Said: %s\r\n\r\n", sayings[n],
			      sayings[n], sayings[n]);
	uint32_t whole = start_of_text + (uint32_t)length;

	frame[16] = (uint8_t)((whole - 14) >> 8);
	frame[17] = (uint8_t)(whole - 14);
	for (unsigned i = 0; i < 4; i++)
		frame[38 + i] = (uint8_t)(sequence >> (24 - 8 * i));
	return whole;
}

/* The same in a DNS question, whose labels may hold any byte. */
static uint32_t make_question(unsigned n, uint8_t *frame)
{
	static const char header[] = "0200000000020200000000010800"
				     "4500000000010000401100000a0000010a000002"
				     "9c40003500000000"
				     "123401000001000000000000";
	uint32_t used = bytes_of(header, frame);
	size_t length = strlen(sayings[n]);

	frame[used++] = (uint8_t)length;
	memcpy(frame + used, sayings[n], length);
	used += (uint32_t)length;
	memcpy(frame + used, "\0\0\1\0\1", 5);
	used += 5;
	frame[16] = (uint8_t)((used - 14) >> 8);
	frame[17] = (uint8_t)(used - 14);
	frame[38] = (uint8_t)((used - 34) >> 8);
	frame[39] = (uint8_t)(used - 34);
	return used;
}

static int write_hostile(void **state)
{
	(void)state;
	struct built_capture capture;
	uint8_t frame[FRAME_ROOM];
	uint32_t sequence = 1;

	capture_begin(&capture, 1);
	for (unsigned i = 0; i < SAYINGS; i++) {
		uint32_t n = make_request(i, sequence, frame);

		sequence += n - 54;
		capture_add(&capture, frame, n, n);
		n = make_question(i, frame);
		capture_add(&capture, frame, n, n);
	}
	capture_write(&capture, hostile);
	capture_free(&capture);
	return 0;
}

static int remove_hostile(void **state)
{
	(void)state;
	return unlink(hostile);
}

/* The length of a sequence that peel sends for its own ends; 0: it is none of these. */
static size_t own_sequence(const uint8_t *p, size_t left)
{
	size_t n = 2;

	if (left >= 3 && p[1] == '(' && (p[2] == 'B' || p[2] == '0'))
		return 3;
	if (left >= 2 && (p[1] == '=' || p[1] == '>' || p[1] == '7' || p[1] == '8' || p[1] == 'M'))
		return 2;
	if (left >= 8 && !memcmp(p, "\033]11;?\033\\", 8))
		return 8;
	if (left < 3 || p[1] != '[')
		return 0;
	if (p[n] == '?')
		n++;
	while (n < left && ((p[n] >= '0' && p[n] <= '9') || p[n] == ';'))
		n++;
	return n < left && memchr("ABCDHJKGdmhlrbPXLMS@TZtn", p[n], 24) ? n + 1 : 0;
}

/* One character of the output that is not in a sequence; false: it has no business there. */
static bool is_harmless(const uint8_t *p, size_t left, size_t *length)
{
	static const char *const turning[] = { "\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac",
					       "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa6",
					       "\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9",
					       "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xa8",
					       "\xe2\x80\xa9" };

	*length = 1;
	if (*p < 0x80)
		return *p == '\r' || *p == '\n' || *p == '\b' || (*p >= 0x20 && *p < 0x7f);
	*length = *p >= 0xf0 ? 4 : *p >= 0xe0 ? 3 : 2;
	if (*p < 0xc2 || *p > 0xf4 || *length > left || (*p == 0xc2 && p[1] < 0xa0))
		return false;
	for (unsigned i = 0; i < sizeof turning / sizeof turning[0]; i++)
		if (*length == 3 && !memcmp(p, turning[i], 3))
			return false;
	return true;
}

static void expect_harmless(const struct watched *w)
{
	size_t left, length;
	const uint8_t *p = watched_output(w, &left);
	const uint8_t *begin = p;

	while (left) {
		bool is_sequence = *p == 0x1b;

		length = is_sequence ? own_sequence(p, left) : 0;
		if (is_sequence ? !length : !is_harmless(p, left, &length))
			fail_msg("byte %zu of the output: %02x %02x %02x %02x", (size_t)(p - begin),
				 p[0], left > 1 ? p[1] : 0, left > 2 ? p[2] : 0,
				 left > 3 ? p[3] : 0);
		p += length;
		left -= length;
	}
}

static void nothing_of_a_packet_reaches_the_terminal_as_control(void **state)
{
	(void)state;
	struct watched *w = start_and_wait("TERM=xterm-256color LC_ALL=C.UTF-8", hostile, 36, 120);

	assert_true(watched_type(w, "Tab +"));
	for (unsigned i = 0; i < 2 * SAYINGS; i++)
		assert_true(watched_type(w, "J End"));
	assert_true(watched_type(
		w, "Tab End z Esc gh j j Esc gd j j Esc gx j Esc 1gg s Tab j j j x Tab Tab Esc"));
	assert_true(watched_type(w, "/ \"http.host == \" Esc ^F \"evil\" Enter"));
	watched_settle(w, QUIET_MS);
	expect_harmless(w);
	assert_true(watched_state(w).alternate);
	quit(w);
}

/* The same of texts in every protocol, of names, comments and interfaces. */
static void no_text_of_a_capture_controls_the_terminal(void **state)
{
	(void)state;
	struct watched *w =
		start_and_wait("TERM=xterm-256color LC_ALL=C.UTF-8", "hostile.pcapng", 40, 120);

	assert_true(watched_type(w, "Tab +"));
	for (unsigned i = 0; i < HOSTILE_PACKETS; i++)
		assert_true(watched_type(w, "J End"));
	assert_true(watched_type(
		w, "Esc gh Esc gd Esc gc Esc ge Esc gx Esc gp Esc gl Esc ga Esc gi Esc go Esc"));
	assert_true(watched_type(w, "1gg s Tab Tab Tab Right Tab Right Tab Esc"));
	watched_settle(w, QUIET_MS);
	expect_harmless(w);
	assert_true(watched_state(w).alternate);
	quit(w);
}

/* Were a character wider or narrower than peel thinks, the last column would be another's. */
static void wide_text_leaves_the_frame_in_place(void **state)
{
	(void)state;
	struct watched *w = start_and_wait("TERM=xterm-256color LC_ALL=C.UTF-8", hostile, 14, 80);

	for (unsigned i = 0; i < 2 * SAYINGS; i++) {
		assert_true(watched_type(w, "j"));
		watched_settle(w, DRAWN_MS);
		unsigned bars = 0;

		for (int row = 0; row < watched_rows(w); row++) {
			const char *text = watched_row(w, row, true);
			size_t length = strlen(text);

			if (length > 3)
				bars += !strcmp(text + length - 3, "│") ||
					!strcmp(text + length - 3, "█");
		}
		assert_in_range(bars, 4, 14);
	}
	quit(w);
}

/* --- the end --- */

static void a_signal_ends_it_and_gives_the_terminal_back(void **state)
{
	(void)state;
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT };

	for (unsigned i = 0; i < sizeof signals / sizeof signals[0]; i++) {
		struct watched *w =
			start_and_wait("TERM=xterm-256color LC_ALL=C.UTF-8", "tour.pcapng", 24, 80);

		expect_seen(w, "? Help");
		assert_true(watched_state(w).alternate);
		assert_true(watched_state(w).mouse);
		kill(watched_process(w), signals[i]);
		assert_int_equal(watched_wait_end(w), 0);
		expect_given_back(w);
		assert_true(watched_end(w));
	}
}

static void a_crash_gives_the_terminal_back(void **state)
{
	(void)state;
	static const int signals[] = { SIGSEGV, SIGABRT };

	for (unsigned i = 0; i < sizeof signals / sizeof signals[0]; i++) {
		struct watched *w = start_and_wait(
			"ASAN_OPTIONS=handle_segv=0:handle_abort=0 TERM=xterm-256color "
			"LC_ALL=C.UTF-8",
			"tour.pcapng", 24, 80);

		expect_seen(w, "? Help");
		kill(watched_process(w), signals[i]);
		assert_int_equal(watched_wait_end(w), 128 + signals[i]);
		expect_given_back(w);
		expect_seen(w, "internal error");
		assert_true(watched_end(w));
	}
}

static void closing_the_terminal_leaves_no_process(void **state)
{
	(void)state;
	struct watched *w =
		start_and_wait("TERM=xterm-256color LC_ALL=C.UTF-8", "tour.pcapng", 24, 80);

	assert_true(watched_type(w, "40G s"));
	assert_true(watched_end(w));
}

/* A shell with jobs: peel stops, the shell goes on, and fg brings the screen back. */
static void ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again(void **state)
{
	(void)state;
	char command[COMMAND_ROOM];
	const char *srcdir = getenv("srcdir");

	snprintf(command, sizeof command,
		 "set -m; HOME=/dev/null LC_ALL=C.UTF-8 TERM=xterm-256color ./peel "
		 "%s/captures/tour.pcapng; "
		 "echo STOPPED; read -r line; fg >/dev/null; echo ENDED $?; read -r line",
		 srcdir ? srcdir : ".");
	struct watched *w = watched_start(command, 24, 80);

	assert_true(watched_wait_begun(w));
	assert_true(watched_type(w, "j"));
	assert_true(watched_send(w, "^Z"));
	expect_seen(w, "STOPPED");
	watched_settle(w, STOPPED_MS);
	expect_given_back(w);
	assert_true(watched_send(w, "Enter"));
	expect_seen(w, "Details ─ #2");
	assert_true(watched_state(w).alternate);
	assert_true(watched_state(w).mouse);
	assert_true(watched_send(w, "q"));
	expect_seen(w, "ENDED 0");
	expect_given_back(w);
	assert_true(watched_end(w));
}

UNIT_TESTS(test_terminal)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size_is_drawn),
		cmocka_unit_test(a_resize_storm_leaves_the_screen_of_a_fresh_start),
		cmocka_unit_test(every_kind_of_terminal_is_served),
		cmocka_unit_test(a_dumb_terminal_gets_lines),
		cmocka_unit_test(the_c_locale_gets_ascii),
		cmocka_unit_test(the_mouse_selects_and_f12_gives_it_back),
		cmocka_unit_test(what_is_pasted_is_no_command),
		cmocka_unit_test(pasting_is_given_back),
		cmocka_unit_test(the_background_is_asked_for),
		cmocka_unit_test(who_gives_lines_two_cells_gets_ascii),
		cmocka_unit_test(old_terminals_are_asked_nothing),
		cmocka_unit_test(colours_have_24_bits_where_the_terminal_says_so),
		cmocka_unit_test(nothing_of_a_packet_reaches_the_terminal_as_control),
		cmocka_unit_test(no_text_of_a_capture_controls_the_terminal),
		cmocka_unit_test(wide_text_leaves_the_frame_in_place),
		cmocka_unit_test(a_signal_ends_it_and_gives_the_terminal_back),
		cmocka_unit_test(a_crash_gives_the_terminal_back),
		cmocka_unit_test(closing_the_terminal_leaves_no_process),
		cmocka_unit_test(ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again),
	};

	/* Nothing of those who run the tests. */
	unsetenv("NO_COLOR");
	unsetenv("TMUX");
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_STATE_HOME");
	return cmocka_run_group_tests(tests, write_hostile, remove_hostile);
}
