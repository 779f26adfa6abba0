/* test_mouse.c - what is done by clicks and held buttons outside of headings and edges. */
#include <string.h>

#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_capture.h"

enum { TALL = 36, WIDE = 120 };

static void mouse(enum mouse_kind kind, int row, int column)
{
	/* Nothing is a second click. */
	app.clicked_at = 0;
	app_event(&app, &(struct event){ .key = KEY_MOUSE,
					 .mouse = { .kind = kind, .row = row, .column = column } });
	draw();
}

static void double_click(int row, int column)
{
	mouse(MOUSE_PRESS, row, column);
	app_event(&app, &(struct event){
				.key = KEY_MOUSE,
				.mouse = { .kind = MOUSE_PRESS, .row = row, .column = column } });
	draw();
}

/* Where a text begins that stands in the row that has `in_row`. */
static int column_of(const char *in_row, const char *text)
{
	const char *row = screen_row(&screen, screen_find(&screen, in_row));
	const char *at = strstr(row, text);

	assert_non_null(at);
	int columns = 0;

	for (const char *p = row; p < at; p++)
		columns += ((uint8_t)*p & 0xc0) != 0x80;
	return columns;
}

static int set_up(void **state)
{
	(void)state;
	begin_app_on("tour.pcapng");
	show_at(TALL, WIDE);
	return 0;
}

static int begin_start(void **state)
{
	static struct ui_options none;

	(void)state;
	screen = memory_screen(TALL, WIDE);
	app_init(&app, &none);
	app_start_screen(&app);
	draw();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	end_app();
	return 0;
}

/* In the middle of what the keys open. */
static void turn(const char *keys)
{
	type(keys);
	draw();
	mouse(MOUSE_WHEEL_DOWN, TALL / 2, 20);
}

static void the_wheel_moves_three_rows_of_what_it_is_over(void **state)
{
	(void)state;
	type("gg");
	mouse(MOUSE_WHEEL_DOWN, 4, 20);
	assert_int_equal(app.selected, 4);
	mouse(MOUSE_WHEEL_UP, 4, 20);
	assert_int_equal(app.selected, 1);
	mouse(MOUSE_WHEEL_DOWN, screen_find(&screen, "▸ Ethernet"), 20);
	assert_int_equal(focus_row(&app.packet), 3);
	turn("gx");
	assert_int_equal(expert_tree_selected(&app.experts), 3);
	turn("q ge");
	assert_int_equal(app.statistics.selected, 3);
	turn("q ?");
	assert_int_equal(app.help.chosen, 3);
	turn("Esc go");
	assert_int_equal(app.sheet.row, 3);
	turn("Esc :");
	assert_int_equal(app.palette.chosen, 2);
	type("Esc");
}

static void the_wheel_does_nothing_where_nothing_scrolls(void **state)
{
	(void)state;
	type("gg");
	for (int column = 0; column < WIDE; column += 3) {
		mouse(MOUSE_WHEEL_DOWN, 0, column);
		mouse(MOUSE_WHEEL_UP, 1, column);
		mouse(MOUSE_WHEEL_DOWN, TALL - 1, column);
	}
	assert_false(app.help_open || app.stream.open || app.statistics.open || app.bar.open);
	assert_int_equal(app.selected, 1);
}

static void bytes_are_dragged_to_copy_them(void **state)
{
	(void)state;
	type("40G");
	int row = screen_find(&screen, " 0030 "), digits = column_of(" 0030 ", "0030") + 6;

	mouse(MOUSE_PRESS, row, digits);
	assert_int_equal(app.packet.byte, 0x30);
	assert_null(app.user.copied);
	mouse(MOUSE_RELEASE, row, digits);
	assert_null(app.user.copied);
	mouse(MOUSE_PRESS, row, digits);
	mouse(MOUSE_DRAG, row, digits + 3);
	mouse(MOUSE_DRAG, row, digits + 9);
	assert_on_screen(&screen, "4 bytes, 0x30 to 0x33");
	assert_int_equal(screen_style(&screen, row, digits + 9), STYLE_BYTES_FIELD);
	assert_int_not_equal(screen_style(&screen, row, digits + 12), STYLE_BYTES_FIELD);
	mouse(MOUSE_RELEASE, row, digits + 9);
	assert_on_screen(&screen, "Sent bytes as hexadecimal digits (8 B)");
	assert_int_equal(strlen(app.user.copied), 8);
	mouse(MOUSE_PRESS, row, digits);
	assert_int_equal(app.range.kind, RANGE_NONE);
}

static void what_is_dragged_as_text_is_copied_as_text(void **state)
{
	(void)state;
	type("40G Tab End");
	int row = screen_find(&screen, "c1HEAD"), from = column_of("c1HEAD", "HEAD");

	mouse(MOUSE_PRESS, row, from + 3);
	mouse(MOUSE_DRAG, row, from);
	/* The digits beside are not what is dragged. */
	mouse(MOUSE_DRAG, row, 10);
	mouse(MOUSE_RELEASE, row, from);
	assert_string_equal(app.user.copied, "HEAD");
}

static void the_filter_line_is_clicked_to_type_in_it(void **state)
{
	(void)state;
	mouse(MOUSE_PRESS, screen_find(&screen, "Filter: none"), 40);
	assert_true(app.bar.open);
	type("dns");
	assert_on_screen(&screen, "Filter: dns");
}

static void help_is_clicked(void **state)
{
	(void)state;
	type("?");
	double_click(screen_find(&screen, "Conversations"), column_of("Conversations", "Conv"));
	assert_false(app.help_open);
	assert_true(app.statistics.open);
}

static void the_start_screen_is_clicked(void **state)
{
	(void)state;
	int row = screen_find(&screen, " lo ");

	mouse(MOUSE_PRESS, row, 30);
	assert_string_equal(app.interfaces.interfaces[app.start_row].name, "lo");
	assert_false(app.interfaces.traffic[app.start_row].chosen);
	mouse(MOUSE_PRESS, row, 1);
	assert_true(app.interfaces.traffic[app.start_row].chosen);
	mouse(MOUSE_PRESS, screen_find(&screen, "Capture filter"), 30);
	type("port");
	assert_string_equal(app.capture_filter.text, "port");
	double_click(screen_find(&screen, "Browse"), 10);
	assert_on_screen(&screen, "Open file:");
}

static void where_nothing_is_a_click_does_nothing(void **state)
{
	(void)state;
	uint32_t row = app.start_row;

	for (int line = 0; line < TALL; line++)
		if (app.start_lines[line] == START_NOTHING && line + 1 < TALL - 2)
			mouse(MOUSE_PRESS, line + 1, 50);
	assert_int_equal(app.start_row, row);
	assert_int_equal(app.prompt, PROMPT_NONE);
}

#define TEST(name)  cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define START(name) cmocka_unit_test_setup_teardown(name, begin_start, tear_down)

UNIT_TESTS(test_mouse)
{
	const struct CMUnitTest tests[] = {
		TEST(the_wheel_moves_three_rows_of_what_it_is_over),
		TEST(the_wheel_does_nothing_where_nothing_scrolls),
		TEST(bytes_are_dragged_to_copy_them),
		TEST(what_is_dragged_as_text_is_copied_as_text),
		TEST(the_filter_line_is_clicked_to_type_in_it),
		TEST(help_is_clicked),
		START(the_start_screen_is_clicked),
		START(where_nothing_is_a_click_does_nothing),
	};
	return cmocka_run_group_tests_name("mouse", tests, NULL, NULL);
}
