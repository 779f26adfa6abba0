/* test_packet_list_view.c - the list over ten million packets that are not there. */
#include <stdio.h>
#include <string.h>

#include "support/memory_screen.h"
#include "support/unit_test.h"
#include "ui/app.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_rows.h"
#include "ui/app_save.h"

enum { ROWS = 12, COLUMNS_WIDE = 100, TEN_MILLION = 10000000 };

static struct app app;
static struct view view;
static struct screen screen;
static unsigned rows_read;

/* What the view asks of the app. */

uint32_t app_row_count(const struct app *of)
{
	return of->packet_count;
}

uint32_t app_packet_in_row(const struct app *of, uint32_t row)
{
	return row < of->packet_count ? row + 1 : 0;
}

bool app_is_filtering(const struct app *of)
{
	(void)of;
	return false;
}

bool app_range_of_rows(const struct app *of, uint32_t *first, uint32_t *last)
{
	*first = *last = of->range.packet;
	return false;
}

uint64_t app_lost_before(const struct app *of, uint32_t row)
{
	return losses_between(&of->losses, row, row + 1);
}

uint32_t app_selected_row(const struct app *of)
{
	return of->selected - 1;
}

void app_select_row(struct app *of, uint32_t row)
{
	of->selected = row < of->packet_count ? row + 1 : of->packet_count;
}

bool app_read_row(struct app *of, uint32_t row, struct list_row *out)
{
	(void)of;
	rows_read++;
	*out = (struct list_row){
		.number = row + 1,
		.style = (enum style)(STYLE_RULE + 3),
		.summary = { .protocol = "TCP", .info = "words", .time = "1.5", .length = "60" }
	};
	snprintf(out->summary.number, sizeof out->summary.number, "%u", row + 1);
	snprintf(out->summary.source, sizeof out->summary.source, "10.0.0.1");
	snprintf(out->summary.destination, sizeof out->summary.destination, "10.0.0.2");
	const struct summary *s = &out->summary;
	const char *texts[] = { s->number,   s->time,	s->source, s->destination,
				s->protocol, s->length, s->info };

	for (unsigned i = 0; i < sizeof texts / sizeof texts[0]; i++)
		out->texts[i] = texts[i];
	return row != 6;
}

/* Packet 5,000,000 is marked, the last one is a problem. */
enum scroll_sign app_scroll_sign(struct app *of, uint32_t from, uint32_t end)
{
	if (from < 5000000 && end >= 5000000)
		return SIGN_MARK;
	return end == of->packet_count ? SIGN_PROBLEM : SIGN_NONE;
}

uint32_t app_conversation(const struct app *of, uint32_t packet)
{
	(void)of;
	return packet % 3 + 1;
}

uint32_t app_relation(const struct app *of, uint32_t row, bool later)
{
	(void)later;
	return app_conversation(of, row + 1) == app_conversation(of, of->selected) ? 0x2502 : ' ';
}

bool app_is_live(const struct app *of)
{
	return of->live_since;
}

const char *app_problem(const struct app *of)
{
	(void)of;
	return "";
}

void app_focus_pane(struct app *of, enum pane pane)
{
	of->focus = pane;
}

static int set_up(void **state)
{
	(void)state;
	memset(&app, 0, sizeof app);
	app.packet_count = TEN_MILLION;
	app.scan_state = SCAN_DONE;
	app.selected = 1;
	app.user.colours = true;
	columns_default(&app.user.columns);
	view = (struct view){ .class = &packet_list_view,
			      .area = { 0, 0, ROWS, COLUMNS_WIDE },
			      .focused = true };
	screen = memory_screen(ROWS, COLUMNS_WIDE);
	rows_read = 0;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	screen_free(&screen);
	return 0;
}

static void act(enum action action, uint32_t count)
{
	struct canvas canvas = memory_canvas(&screen);

	screen_clear(&screen);
	if (action)
		view.class->act(&view, &app, action, count);
	view.class->settle(&view, &app);
	view.class->draw(&view, &app, &canvas);
}

static void shows_headings_and_rows(void **state)
{
	(void)state;
	act(ACTION_NONE, 0);
	assert_row(&screen, 0, "▸  No. Time Source   Destination Proto Len Info");
	assert_int_equal(screen_find(&screen, "▌   1"), 1);
	assert_int_equal(screen_style(&screen, 1, 10), STYLE_SELECTED);
	assert_int_equal(screen_style(&screen, 2, 10), (enum style)(STYLE_RULE + 3));
	assert_int_equal(screen.cursor_row, 1);
}

static void follows_the_selection_to_the_end(void **state)
{
	(void)state;
	act(ACTION_LAST, 0);
	assert_int_equal(screen_find(&screen, "▌ 10000000"), ROWS - 1);
	assert_int_equal(screen_find(&screen, "9999999"), ROWS - 2);
	act(ACTION_FIRST, 0);
	assert_int_equal(screen_find(&screen, "▌        1"), 1);
}

static void reads_only_rows_around_what_is_shown(void **state)
{
	(void)state;
	act(ACTION_LAST, 0);
	assert_true(rows_read < 10 * ROWS);
	rows_read = 0;
	act(ACTION_PREVIOUS, 0);
	assert_true(rows_read <= ROWS);
}

static void columns_do_not_shrink_while_one_scrolls(void **state)
{
	(void)state;
	act(ACTION_LAST, 0);
	act(ACTION_FIRST, 0);
	assert_int_equal(app.user.columns.columns[0].widest, 8);
}

static void moves_by_pages_and_counts(void **state)
{
	(void)state;
	act(ACTION_PAGE_DOWN, 0);
	assert_int_equal(app.selected, ROWS); /* the heading is no row */
	act(ACTION_NEXT, 100);
	assert_int_equal(app.selected, ROWS + 100);
	act(ACTION_PREVIOUS, 4000000000u);
	assert_int_equal(app.selected, 1);
	act(ACTION_NEXT, 4000000000u);
	assert_int_equal(app.selected, TEN_MILLION);
}

static void following_ends_when_one_looks_and_begins_at_the_end(void **state)
{
	(void)state;
	app.live_since = 1;
	act(ACTION_LAST, 0);
	assert_true(app.following);
	app.packet_count++;
	act(ACTION_NONE, 0);
	assert_int_equal(app.selected, TEN_MILLION + 1);
	act(ACTION_PREVIOUS, 0);
	assert_false(app.following);
}

static void an_empty_capture_says_so(void **state)
{
	(void)state;
	app.packet_count = app.selected = 0;
	app.scan_state = SCAN_DONE;
	act(ACTION_NEXT, 0);
	assert_on_screen(&screen, "a valid header and no packets");
}

static void a_packet_that_went_away_says_so(void **state)
{
	(void)state;
	act(ACTION_NONE, 0);
	assert_on_screen(&screen, "7 cannot be read");
}

static void the_scroll_bar_touches_the_end_only_there(void **state)
{
	(void)state;
	const int right = COLUMNS_WIDE - 1;

	act(ACTION_LAST, 0);
	assert_int_equal(screen.cells[(ROWS - 1) * COLUMNS_WIDE + right].code, 0x2588);
	app.selected = TEN_MILLION - ROWS;
	view.top = app.selected - 5;
	act(ACTION_NONE, 0);
	assert_int_equal(screen.cells[(ROWS - 1) * COLUMNS_WIDE + right].code, '!');
}

static void the_scroll_bar_shows_what_is_where(void **state)
{
	(void)state;
	const int right = COLUMNS_WIDE - 1;
	unsigned marks = 0;

	act(ACTION_FIRST, 0);
	for (int row = 1; row < ROWS; row++)
		marks += screen.cells[row * COLUMNS_WIDE + right].code == 0x2022;
	assert_int_equal(marks, 1);
	assert_int_equal(screen.cells[1 * COLUMNS_WIDE + right].code, 0x2588);
	assert_int_equal(screen.cells[(ROWS - 1) * COLUMNS_WIDE + right].code, '!');
}

static void a_click_selects(void **state)
{
	(void)state;
	act(ACTION_NONE, 0);
	view.class->click(&view, &app,
			  &(struct mouse){ .kind = MOUSE_PRESS, .row = 4, .column = 20 });
	assert_int_equal(app.selected, 4);
	view.class->click(&view, &app,
			  &(struct mouse){ .kind = MOUSE_PRESS,
					   .row = ROWS - 1,
					   .column = COLUMNS_WIDE - 1 });
	assert_int_equal(app.selected, TEN_MILLION);
}

static void losses_have_lines_of_their_own(void **state)
{
	(void)state;
	losses_tell(&app.losses, 3, 2);
	losses_tell(&app.losses, 4, 4);
	act(ACTION_NONE, 0);
	assert_int_equal(screen_find(&screen, "3 packets were lost here"), 3);
	assert_int_equal(screen_find(&screen, "1 packet was lost here"), 6);
	assert_int_equal(screen_find(&screen, "    3  "), 4);
	view.class->click(&view, &app,
			  &(struct mouse){ .kind = MOUSE_PRESS, .row = 7, .column = 20 });
	assert_int_equal(app.selected, 5);
	act(ACTION_NEXT, 5);
	assert_int_equal(screen_find(&screen, "▌  10"), ROWS - 1);
	losses_tell(&app.losses, 9, TEN_MILLION - 2);
	act(ACTION_LAST, 0);
	assert_int_equal(screen_find(&screen, "5 packets were lost here"), ROWS - 3);
	assert_int_equal(screen_find(&screen, "▌ 10000000"), ROWS - 1);
}

static void many_losses_are_told_together(void **state)
{
	(void)state;
	for (uint32_t i = 1; i <= 10 * LOSSES_KEPT; i++)
		losses_tell(&app.losses, 2 * i, i);
	assert_true(app.losses.count <= LOSSES_KEPT);
	assert_int_equal(losses_between(&app.losses, 0, UINT32_MAX), 20 * LOSSES_KEPT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(shows_headings_and_rows),
		TEST(follows_the_selection_to_the_end),
		TEST(reads_only_rows_around_what_is_shown),
		TEST(columns_do_not_shrink_while_one_scrolls),
		TEST(moves_by_pages_and_counts),
		TEST(following_ends_when_one_looks_and_begins_at_the_end),
		TEST(an_empty_capture_says_so),
		TEST(a_packet_that_went_away_says_so),
		TEST(the_scroll_bar_touches_the_end_only_there),
		TEST(losses_have_lines_of_their_own),
		TEST(many_losses_are_told_together),
		TEST(the_scroll_bar_shows_what_is_where),
		TEST(a_click_selects),
	};
	return cmocka_run_group_tests_name("packet_list_view", tests, NULL, NULL);
}
