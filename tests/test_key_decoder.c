/* test_key_decoder.c - what terminals send, and what must not act as a command. */
#include <stdio.h>
#include <string.h>

#include "support/unit_test.h"
#include "ui/key.h"

/* The names of the keys that the bytes mean, separated by blanks; "~" for what waits in the end. */
static const char *keys_of(const char *bytes, size_t n)
{
	static char text[2000];
	struct key_decoder decoder = { 0 };
	struct event event;
	size_t used = 0;

	text[0] = 0;
	for (size_t i = 0; i < n; i++) {
		char name[KEY_NAME_ROOM];

		if (!key_decode(&decoder, (uint8_t)bytes[i], &event))
			continue;
		key_name(event.key, name);
		if (event.key == KEY_MOUSE)
			snprintf(name, sizeof name, "mouse%d:%d,%d", event.mouse.kind,
				 event.mouse.row, event.mouse.column);
		if (event.key == KEY_PASTE)
			snprintf(name, sizeof name, "paste:%.20s", event.text);
		if (event.key == KEY_ANSWER)
			snprintf(name, sizeof name, "answer:%.24s", event.text);
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used ? " " : "",
					 name);
	}
	if (key_decoder_waits(&decoder))
		snprintf(text + used, sizeof text - used, "%s~", used ? " " : "");
	return text;
}

#define KEYS(bytes) keys_of(bytes, sizeof(bytes) - 1)

static void knows_plain_keys(void **state)
{
	(void)state;
	assert_string_equal(KEYS("jG \t\r\177"), "j G Space Tab Enter Backspace");
	assert_string_equal(KEYS("\001\032\010"), "^A ^Z Backspace");
	assert_string_equal(KEYS("é日"), "é 日");
}

static void knows_the_arrows_of_every_terminal(void **state)
{
	(void)state;
	assert_string_equal(KEYS("\033[A\033OB\033[1;5C\033[1;2D"),
			    "Up Down Ctrl-Right Shift-Left");
	assert_string_equal(KEYS("\033[a\033Od"), "Shift-Up Ctrl-Left");
	assert_string_equal(KEYS("\033[5~\033[6~\033[H\033[F\033[1~\033[8~"),
			    "PageUp PageDown Home End Home End");
}

static void knows_function_keys(void **state)
{
	(void)state;
	assert_string_equal(KEYS("\033OP\033[15~\033[24~\033[[A\033[19;5~"),
			    "F1 F5 F12 F1 Ctrl-F8");
	assert_string_equal(KEYS("\033[Z"), "Shift-Tab");
}

static void knows_alt_and_modified_characters(void **state)
{
	(void)state;
	assert_string_equal(KEYS("\0331\033[27;5;101~\033[101;5u"), "Alt-1 ^E ^E");
}

static void esc_waits_and_then_is_a_key(void **state)
{
	(void)state;
	struct key_decoder decoder = { 0 };
	struct event event;

	assert_false(key_decode(&decoder, 0x1b, &event));
	assert_true(key_decoder_waits(&decoder));
	assert_true(key_decoder_flush(&decoder, &event));
	assert_int_equal(event.key, KEY_ESCAPE);
	assert_false(key_decoder_waits(&decoder));
}

static void swallows_unknown_sequences_whole(void **state)
{
	(void)state;
	assert_string_equal(KEYS("\033[Ij"), "j");     /* focus */
	assert_string_equal(KEYS("\033[?1;2cj"), "j"); /* an answer of the terminal */
	assert_string_equal(KEYS("\033[99~j"), "j");
	assert_string_equal(KEYS("\033[200;1;2;3;4;5;6;7Xj"), "j");
	assert_string_equal(
		KEYS("\033[12;34;12;34;12;34;12;34;12;34;12;34;12;34;12;34;12;34;12;34;12;34Aj"),
		"j");
}

static void reads_the_mouse(void **state)
{
	(void)state;
	assert_string_equal(KEYS("\033[<0;5;3M\033[<0;5;3m\033[<64;300;200M\033[<65;1;1M"),
			    "mouse0:2,4 mouse1:2,4 mouse3:199,299 mouse4:0,0");
	assert_string_equal(KEYS("\033[<0;5Mj"), "j");
}

static void pasted_text_is_no_command(void **state)
{
	(void)state;
	assert_string_equal(KEYS("\033[200~qQ\033[A\033[201~j"), "paste:qQ\033[A j");
}

static void drops_what_is_not_utf8(void **state)
{
	(void)state;
	assert_string_equal(KEYS("\xff\xc3j\x80k"), "j k");
	assert_string_equal(KEYS("\xc2\x9b"
				 "31mj"),
			    "3 1 m j"); /* C1 CSI is not for us */
}

static void answers_of_the_terminal_are_no_keys(void **state)
{
	(void)state;
	assert_string_equal(KEYS("\033]11;rgb:1e1e/2020/2222\033\\j"),
			    "answer:11;rgb:1e1e/2020/2222 j");
	assert_string_equal(KEYS("\033]11;rgb:ff/ff/ff\aq"), "answer:11;rgb:ff/ff/ff q");
	assert_string_equal(KEYS("\033P1$r0m\033\\q\033P>|xterm(370)\033\\G"), "q G");
	/* One that another sequence cuts short. */
	assert_string_equal(KEYS("\033]11;rgb\033[Aj"), "Up j");
	assert_string_equal(KEYS("\033]11;rgb\030j"), "j");
	assert_string_equal(KEYS("\033]11;rgb"), "~");
	/* Keys, slowly typed or not. */
	assert_string_equal(KEYS("\033]"), "~");
	assert_string_equal(KEYS("\033[1;2R"), "Shift-F3");
}

static void a_string_without_end_is_given_up(void **state)
{
	(void)state;
	struct key_decoder decoder = { 0 };
	struct event event;

	for (const char *p = "\033]11;rgb"; *p; p++)
		assert_false(key_decode(&decoder, (uint8_t)*p, &event));
	for (unsigned i = 0; i < 100 && key_decoder_waits(&decoder); i++)
		assert_false(key_decoder_flush(&decoder, &event));
	assert_false(key_decoder_waits(&decoder));
	assert_true(key_decode(&decoder, 'j', &event));
	for (const char *p = "\033]11;"; *p; p++)
		key_decode(&decoder, (uint8_t)*p, &event);
	for (unsigned i = 0; i < 10000; i++)
		key_decode(&decoder, 'x', &event);
	assert_false(key_decoder_waits(&decoder));
}

static void a_paste_without_end_is_given_up(void **state)
{
	(void)state;
	struct key_decoder decoder = { 0 };
	struct event event;

	for (const char *p = "\033[200~dns"; *p; p++)
		assert_false(key_decode(&decoder, (uint8_t)*p, &event));
	for (unsigned i = 0; i < 100 && key_decoder_waits(&decoder); i++)
		assert_false(key_decoder_flush(&decoder, &event));
	assert_false(key_decoder_waits(&decoder));
	assert_true(key_decode(&decoder, 'q', &event));
	assert_int_equal(event.key, 'q');
}

static void the_place_of_the_cursor_is_told_once(void **state)
{
	(void)state;
	struct key_decoder decoder = { .asks_position = true };
	struct event event = { 0 };

	for (const char *p = "\033[1;2R"; *p; p++)
		key_decode(&decoder, (uint8_t)*p, &event);
	assert_int_equal(event.key, KEY_ANSWER);
	assert_string_equal(event.text, "position 1 2");
	for (const char *p = "\033[1;2R"; *p; p++)
		key_decode(&decoder, (uint8_t)*p, &event);
	assert_int_equal(event.key, (KEY_F1 + 2) | KEY_SHIFT);
}

static void a_long_paste_is_cut(void **state)
{
	(void)state;
	static struct key_decoder decoder;
	struct event event = { 0 };

	for (const char *p = "\033[200~"; *p; p++)
		key_decode(&decoder, (uint8_t)*p, &event);
	for (unsigned i = 0; i < 3 * PASTE_LIMIT; i++)
		assert_false(key_decode(&decoder, 'x', &event));
	for (const char *p = "\033[201~"; *p; p++)
		key_decode(&decoder, (uint8_t)*p, &event);
	assert_int_equal(event.key, KEY_PASTE);
	assert_true(strlen(event.text) <= PASTE_LIMIT);
}

static void lives_through_any_bytes(void **state)
{
	(void)state;
	static struct key_decoder decoder;
	struct event event;
	uint32_t seed = 1;

	for (unsigned i = 0; i < 1000000; i++) {
		seed = seed * 1664525 + 1013904223;
		uint8_t byte = (uint8_t)(seed >> 24);

		if (seed % 5 == 0)
			byte = (uint8_t) "\033[<;0M~O"[seed >> 8 & 7];
		if (key_decode(&decoder, byte, &event))
			assert_int_not_equal(event.key, KEY_NONE);
	}
}

static void names_keys_and_reads_names(void **state)
{
	(void)state;
	static const char *const names[] = { "j",     "^F",    "PageDown", "Shift-Tab", "Ctrl-Down",
					     "Alt-1", "Space", "F12",	   "é" };

	for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *text = names[i];
		char name[KEY_NAME_ROOM];

		key_name(key_parse(&text, strlen(text)), name);
		assert_string_equal(name, names[i]);
		assert_int_equal(*text, 0);
	}
}

UNIT_TESTS(test_key_decoder)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_plain_keys),
		cmocka_unit_test(knows_the_arrows_of_every_terminal),
		cmocka_unit_test(knows_function_keys),
		cmocka_unit_test(knows_alt_and_modified_characters),
		cmocka_unit_test(esc_waits_and_then_is_a_key),
		cmocka_unit_test(swallows_unknown_sequences_whole),
		cmocka_unit_test(reads_the_mouse),
		cmocka_unit_test(pasted_text_is_no_command),
		cmocka_unit_test(drops_what_is_not_utf8),
		cmocka_unit_test(answers_of_the_terminal_are_no_keys),
		cmocka_unit_test(a_string_without_end_is_given_up),
		cmocka_unit_test(a_paste_without_end_is_given_up),
		cmocka_unit_test(the_place_of_the_cursor_is_told_once),
		cmocka_unit_test(a_long_paste_is_cut),
		cmocka_unit_test(lives_through_any_bytes),
		cmocka_unit_test(names_keys_and_reads_names),
	};
	return cmocka_run_group_tests_name("key_decoder", tests, NULL, NULL);
}
