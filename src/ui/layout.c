/* layout.c - rows and columns for the regions of the main screen.
 *
 * The title line of a pane is what separates it from the one above, so there are no boxes. */
#include "ui/layout.h"

enum {
	SIDE_BY_SIDE_COLUMNS = 150,
	EXPLAIN_COLUMNS = 180,
	EXPLAIN_ROWS = 50,
	BYTES_COLUMNS = 80,
	BYTES_ROWS = 24,
	TALL_ROWS = 30,
	TITLED_ROWS = 8,
	EXPLAIN_WIDTH = 40,
	BYTES_WIDTH = 78,
};

static struct rect rows_of(struct rect *rest, int rows)
{
	struct rect part = *rest;

	part.rows = rows < rest->rows ? rows : rest->rows;
	rest->row += part.rows;
	rest->rows -= part.rows;
	return part;
}

static struct rect last_rows_of(struct rect *rest, int rows)
{
	struct rect part = *rest;

	part.rows = rows < rest->rows ? rows : rest->rows;
	rest->rows -= part.rows;
	part.row = rest->row + rest->rows;
	return part;
}

static struct rect last_columns_of(struct rect *rest, int columns)
{
	struct rect part = *rest;

	part.columns = columns < rest->columns ? columns : rest->columns;
	rest->columns -= part.columns;
	part.column = rest->column + rest->columns;
	return part;
}

/* List above; details, bytes and explanation side by side below. */
static void place_wide(struct layout *layout, struct rect rest, bool explain)
{
	layout->panes[PANE_LIST] = rows_of(&rest, rest.rows / 2 + 1);
	if (explain)
		layout->explain = last_columns_of(&rest, EXPLAIN_WIDTH);
	layout->panes[PANE_BYTES] = last_columns_of(&rest, BYTES_WIDTH);
	layout->panes[PANE_DETAILS] = rest;
}

/* All three above one another.  A heading and two titles take a row each. */
static void place_stacked(struct layout *layout, struct rect rest)
{
	int content = rest.rows - 3;
	int bytes = content / 7 > 3 ? content / 7 : 3;
	int details = content < 24 ? (content - bytes) / 3 : ((content - bytes) * 2 + 4) / 5;

	layout->panes[PANE_BYTES] = last_rows_of(&rest, bytes + 1);
	layout->panes[PANE_DETAILS] = last_rows_of(&rest, details + 1);
	layout->panes[PANE_LIST] = rest;
}

static void place_small(struct layout *layout, struct rect rest)
{
	layout->panes[PANE_DETAILS] = last_rows_of(&rest, rest.rows >= 7 ? rest.rows / 3 : 0);
	layout->panes[PANE_LIST] = rest;
}

static void place_one(struct layout *layout, struct rect rest, enum pane pane)
{
	for (enum pane p = 0; p < PANES; p++)
		layout->panes[p].rows = 0;
	layout->explain.rows = 0;
	layout->panes[pane] = rest;
}

struct layout layout_make(int rows, int columns, enum pane focus, bool zoomed, bool filter)
{
	struct layout layout = { 0 };
	struct rect rest = { 0, 0, rows, columns };

	if (rows < LEAST_ROWS || columns < LEAST_COLUMNS) {
		layout.too_small = true;
		return layout;
	}
	layout.keys = last_rows_of(&rest, 1);
	layout.status = last_rows_of(&rest, rows >= TALL_ROWS ? 2 : 1);
	if (rows >= TALL_ROWS || (rows >= TITLED_ROWS && !filter))
		layout.title = rows_of(&rest, 1);
	if (rows >= TALL_ROWS || filter)
		layout.filter = rows_of(&rest, 1);

	if (columns >= SIDE_BY_SIDE_COLUMNS && rows >= BYTES_ROWS)
		place_wide(&layout, rest, columns >= EXPLAIN_COLUMNS && rows >= EXPLAIN_ROWS);
	else if (columns >= BYTES_COLUMNS && rows >= BYTES_ROWS)
		place_stacked(&layout, rest);
	else
		place_small(&layout, rest);
	if (zoomed || !layout.panes[focus].rows)
		place_one(&layout, rest, focus);
	return layout;
}
