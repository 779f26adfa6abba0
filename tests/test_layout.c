/* test_layout.c - every size of terminal: nothing overlaps, nothing is wasted. */
#include <string.h>

#include "support/unit_test.h"
#include "ui/layout.h"

enum { MOST_ROWS = 70, MOST_COLUMNS = 210 };

/* Details above bytes, both at the right of the list. */
static void arranges_panes_as_asked(void **state)
{
	(void)state;
	struct layout_choice choice = { .focus = PANE_LIST, .arrangement = ARRANGED_COLUMNS };
	struct layout l = layout_choose(36, 120, &choice);

	assert_int_equal(l.panes[PANE_LIST].row, l.panes[PANE_DETAILS].row);
	assert_true(l.panes[PANE_DETAILS].column >= l.panes[PANE_LIST].columns);
	assert_true(l.panes[PANE_BYTES].row > l.panes[PANE_DETAILS].row);
	assert_int_equal(l.panes[PANE_BYTES].column, l.panes[PANE_DETAILS].column);
	assert_true(layout_grow(&l, PANE_LIST, 10, &choice.sizes));
	assert_int_equal(layout_choose(36, 120, &choice).panes[PANE_LIST].columns,
			 l.panes[PANE_LIST].columns + 10);
	choice.arrangement = ARRANGED_STACKED;
	l = layout_choose(60, 200, &choice);
	assert_int_equal(l.panes[PANE_BYTES].columns, 200);
	choice.arrangement = ARRANGED_WITHOUT_BYTES;
	assert_int_equal(layout_choose(60, 200, &choice).panes[PANE_BYTES].rows, 0);
	/* What does not fit is as usual. */
	choice.arrangement = ARRANGED_COLUMNS;
	assert_int_equal(layout_choose(24, 80, &choice).arrangement, ARRANGED_BY_SIZE);
}

static void cover(unsigned char *cells, int columns, struct rect r)
{
	for (int row = r.row; row < r.row + r.rows; row++)
		for (int column = r.column; column < r.column + r.columns; column++)
			cells[row * columns + column]++;
}

static void assert_covered_once(int rows, int columns, enum pane focus, bool zoomed)
{
	static unsigned char cells[MOST_ROWS * MOST_COLUMNS];
	struct layout_choice choice = { .focus = focus,
					.zoomed = zoomed,
					.filter = rows % 3 == 0,
					.arrangement = (enum arrangement)(columns % ARRANGEMENTS) };
	struct layout l = layout_choose(rows, columns, &choice);

	memset(cells, 0, sizeof cells);
	cover(cells, columns, l.title);
	cover(cells, columns, l.filter);
	cover(cells, columns, l.explain);
	cover(cells, columns, l.status);
	cover(cells, columns, l.keys);
	for (enum pane p = 0; p < PANES; p++)
		cover(cells, columns, l.panes[p]);
	for (int i = 0; i < rows * columns; i++)
		if (cells[i] != 1)
			fail_msg("%dx%d: row %d column %d is covered %u times", columns, rows,
				 i / columns, i % columns, cells[i]);
	assert_true(l.panes[focus].rows > 0);
}

static void covers_every_size_once(void **state)
{
	(void)state;
	for (int rows = LEAST_ROWS; rows <= MOST_ROWS; rows++)
		for (int columns = LEAST_COLUMNS; columns <= MOST_COLUMNS; columns += 6)
			for (enum pane focus = 0; focus < PANES; focus++)
				assert_covered_once(rows, columns, focus, (rows + columns) % 2);
}

static void gives_the_rows_that_were_promised(void **state)
{
	(void)state;
	struct layout l = layout_make(24, 80, PANE_LIST, false, false);

	assert_int_equal(l.panes[PANE_LIST].rows, 1 + 10);
	assert_int_equal(l.panes[PANE_DETAILS].rows, 1 + 5);
	assert_int_equal(l.panes[PANE_BYTES].rows, 1 + 3);
	assert_int_equal(l.status.rows, 1);

	l = layout_make(36, 120, PANE_LIST, false, false);
	assert_int_equal(l.panes[PANE_LIST].rows, 1 + 14);
	assert_int_equal(l.panes[PANE_DETAILS].rows, 1 + 10);
	assert_int_equal(l.panes[PANE_BYTES].rows, 1 + 4);
	assert_int_equal(l.status.rows, 2);
}

static void puts_panes_side_by_side_where_it_is_wide(void **state)
{
	(void)state;
	struct layout l = layout_make(60, 200, PANE_LIST, false, false);

	assert_int_equal(l.panes[PANE_BYTES].row, l.panes[PANE_DETAILS].row);
	assert_true(l.explain.columns > 0);
	assert_true(l.panes[PANE_LIST].rows >= 28);
	l = layout_make(40, 160, PANE_LIST, false, false);
	assert_int_equal(l.panes[PANE_BYTES].row, l.panes[PANE_DETAILS].row);
	assert_int_equal(l.explain.columns, 0);
}

static void small_terminals_show_bytes_alone(void **state)
{
	(void)state;
	assert_int_equal(layout_make(10, 40, PANE_LIST, false, false).panes[PANE_BYTES].rows, 0);
	struct layout l = layout_make(10, 40, PANE_BYTES, false, false);

	assert_int_equal(l.panes[PANE_LIST].rows, 0);
	assert_true(l.panes[PANE_BYTES].rows >= 6);
}

static void tiny_ones_are_too_small(void **state)
{
	(void)state;
	assert_true(layout_make(3, 10, PANE_LIST, false, false).too_small);
	assert_true(layout_make(5, 19, PANE_LIST, false, false).too_small);
	assert_false(layout_make(5, 20, PANE_LIST, false, false).too_small);
}

static void zoom_shows_one_pane(void **state)
{
	(void)state;
	struct layout l = layout_make(24, 80, PANE_DETAILS, true, false);

	assert_int_equal(l.panes[PANE_LIST].rows, 0);
	assert_int_equal(l.panes[PANE_DETAILS].rows, 21);
}

UNIT_TESTS(test_layout)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(covers_every_size_once),
		cmocka_unit_test(arranges_panes_as_asked),
		cmocka_unit_test(gives_the_rows_that_were_promised),
		cmocka_unit_test(puts_panes_side_by_side_where_it_is_wide),
		cmocka_unit_test(small_terminals_show_bytes_alone),
		cmocka_unit_test(tiny_ones_are_too_small),
		cmocka_unit_test(zoom_shows_one_pane),
	};
	return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
