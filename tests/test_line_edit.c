/* test_line_edit.c - a line that is typed. */
#include <string.h>

#include "support/memory_screen.h"
#include "support/unit_test.h"
#include "ui/line_edit.h"

static void type(struct line_edit *line, uint32_t key)
{
	line_type(line, &(struct event){ .key = key });
}

static void edits_by_characters(void **state)
{
	(void)state;
	struct line_edit line = { 0 };

	type(&line, 'a');
	type(&line, 0xe9);
	type(&line, 0x65e5);
	type(&line, KEY_LEFT);
	type(&line, KEY_BACKSPACE);
	assert_string_equal(line.text, "a日");
	type(&line, KEY_DELETE);
	assert_string_equal(line.text, "a");
	type(&line, KEY_DELETE);
	type(&line, KEY_RIGHT);
	assert_int_equal(line.cursor, 1);
}

static void knows_words_and_ends(void **state)
{
	(void)state;
	struct line_edit line;

	line_set(&line, "tcp port 80");
	type(&line, KEY_CTRL('W'));
	assert_string_equal(line.text, "tcp port ");
	type(&line, KEY_CTRL('A'));
	type(&line, KEY_CTRL('Y'));
	assert_string_equal(line.text, "80tcp port ");
	type(&line, KEY_CTRL('K'));
	assert_string_equal(line.text, "80");
	type(&line, KEY_CTRL('U'));
	assert_string_equal(line.text, "");
	type(&line, KEY_BACKSPACE);
	assert_string_equal(line.text, "");
}

static void pasted_text_loses_control_characters(void **state)
{
	(void)state;
	struct line_edit line = { 0 };

	line_type(&line, &(struct event){ .key = KEY_PASTE, .text = "port\n\03380\xff" });
	assert_string_equal(line.text, "port80");
}

static void a_full_line_takes_no_more(void **state)
{
	(void)state;
	struct line_edit line = { 0 };

	for (unsigned i = 0; i < 2 * LINE_ROOM; i++)
		type(&line, 0x65e5);
	assert_true(line.length < LINE_ROOM);
	assert_int_equal(strlen(line.text), line.length);
	assert_int_equal(line.length % 3, 0);
}

static void scrolls_so_that_the_cursor_shows(void **state)
{
	(void)state;
	struct screen screen = memory_screen(1, 12);
	struct canvas canvas = memory_canvas(&screen);
	struct line_edit line;

	line_set(&line, "0123456789abcdef");
	line_draw(&line, &canvas, 0, 2, 8, STYLE_NORMAL);
	assert_row(&screen, 0, "  9abcdef");
	assert_int_equal(screen.cursor_column, 9);
	assert_true(screen.typing);
	screen_free(&screen);
}

UNIT_TESTS(test_line_edit)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edits_by_characters),
		cmocka_unit_test(knows_words_and_ends),
		cmocka_unit_test(pasted_text_loses_control_characters),
		cmocka_unit_test(a_full_line_takes_no_more),
		cmocka_unit_test(scrolls_so_that_the_cursor_shows),
	};
	return cmocka_run_group_tests_name("line_edit", tests, NULL, NULL);
}
