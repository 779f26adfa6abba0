/* test_canvas.c - text on cells: what fits, what is cut, what must not get through. */
#include <string.h>

#include "support/memory_screen.h"
#include "support/unit_test.h"

static void shows_text(void **state)
{
	(void)state;
	struct screen screen = memory_screen(2, 20);
	struct canvas canvas = memory_canvas(&screen);

	assert_int_equal(canvas_text(&canvas, 1, 3, -1, STYLE_TITLE, "55079 → 80"), 10);
	assert_row(&screen, 0, "");
	assert_row(&screen, 1, "   55079 → 80");
	assert_int_equal(screen_style(&screen, 1, 3), STYLE_TITLE);
	assert_int_equal(screen_style(&screen, 1, 2), STYLE_NORMAL);
	screen_free(&screen);
}

static void marks_a_cut(void **state)
{
	(void)state;
	struct screen screen = memory_screen(3, 8);
	struct canvas canvas = memory_canvas(&screen);

	canvas_text(&canvas, 0, 0, -1, STYLE_NORMAL, "12345678");
	canvas_text(&canvas, 1, 0, -1, STYLE_NORMAL, "123456789");
	canvas_text(&canvas, 2, 2, 4, STYLE_NORMAL, "123456");
	assert_row(&screen, 0, "12345678");
	assert_row(&screen, 1, "1234567…");
	assert_row(&screen, 2, "  123…");
	screen_free(&screen);
}

static void lets_no_control_character_through(void **state)
{
	(void)state;
	struct screen screen = memory_screen(1, 30);
	struct canvas canvas = memory_canvas(&screen);

	canvas_text(&canvas, 0, 0, -1, STYLE_NORMAL,
		    "a\033[2Jb\nc\xc2\x9b"
		    "d\xe2\x80\xae"
		    "e\xff"
		    "f");
	assert_row(&screen, 0, "a�[2Jb�c�d�e�f");
	screen_free(&screen);
}

static void counts_wide_characters(void **state)
{
	(void)state;
	struct screen screen = memory_screen(2, 5);
	struct canvas canvas = memory_canvas(&screen);

	assert_int_equal(text_columns("日本"), 4);
	assert_int_equal(canvas_text(&canvas, 0, 0, -1, STYLE_NORMAL, "日本"), 4);
	assert_row(&screen, 0, "日本");
	assert_int_equal(canvas_text(&canvas, 1, 0, 4, STYLE_NORMAL, "日本語"), 3);
	assert_row(&screen, 1, "日…");
	screen_free(&screen);
}

static void half_a_wide_character_does_not_stay(void **state)
{
	(void)state;
	struct screen screen = memory_screen(1, 6);
	struct canvas canvas = memory_canvas(&screen);

	canvas_text(&canvas, 0, 0, -1, STYLE_NORMAL, "日本");
	canvas_text(&canvas, 0, 1, -1, STYLE_NORMAL, "x");
	assert_row(&screen, 0, " x本");
	canvas_text(&canvas, 0, 2, -1, STYLE_NORMAL, "y");
	assert_row(&screen, 0, " xy");
	screen_free(&screen);
}

static void keeps_few_combining_marks(void **state)
{
	(void)state;
	struct screen screen = memory_screen(1, 10);
	struct canvas canvas = memory_canvas(&screen);

	assert_int_equal(canvas_text(&canvas, 0, 0, -1, STYLE_NORMAL, "e\xcc\x81\xcc\x82\xcc\x83x"),
			 2);
	assert_row(&screen, 0, "e\xcc\x81\xcc\x82x");
	screen_free(&screen);
}

static void speaks_ascii_to_terminals_that_know_no_more(void **state)
{
	(void)state;
	struct screen screen = memory_screen(2, 20);
	struct canvas canvas = memory_canvas(&screen);

	screen.glyphs = GLYPHS_ASCII;
	canvas_text(&canvas, 0, 0, -1, STYLE_NORMAL, "▸ 80 → 443 … é");
	canvas_text(&canvas, 1, 0, 4, STYLE_NORMAL, "12345");
	assert_row(&screen, 0, "+ 80 > 443 ~ ?");
	assert_row(&screen, 1, "123~");
	screen_free(&screen);
}

static void a_part_clips(void **state)
{
	(void)state;
	struct screen screen = memory_screen(3, 10);
	struct canvas canvas = memory_canvas(&screen);
	struct canvas part = canvas_part(&canvas, (struct rect){ 1, 4, 1, 3 });

	canvas_text(&part, 0, 0, -1, STYLE_NORMAL, "abcdef");
	canvas_text(&part, 1, 0, -1, STYLE_NORMAL, "below");
	canvas_repeat(&part, 0, -5, 20, STYLE_TITLE, '=');
	assert_row(&screen, 1, "    ===");
	assert_row(&screen, 2, "");
	screen_free(&screen);
}

static void breaks_lines_between_words(void **state)
{
	(void)state;
	struct text_line line = text_line_of("one two three", 8);

	assert_string_equal(line.text, "one two");
	line = text_line_of(line.rest, 3);
	assert_string_equal(line.text, "thr");
	assert_string_equal(text_line_of(line.rest, 8).text, "ee");
	assert_string_equal(text_line_of("a\nb", 8).text, "a");
}

UNIT_TESTS(test_canvas)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_text),
		cmocka_unit_test(marks_a_cut),
		cmocka_unit_test(lets_no_control_character_through),
		cmocka_unit_test(counts_wide_characters),
		cmocka_unit_test(half_a_wide_character_does_not_stay),
		cmocka_unit_test(keeps_few_combining_marks),
		cmocka_unit_test(speaks_ascii_to_terminals_that_know_no_more),
		cmocka_unit_test(a_part_clips),
		cmocka_unit_test(breaks_lines_between_words),
	};
	return cmocka_run_group_tests_name("canvas", tests, NULL, NULL);
}
