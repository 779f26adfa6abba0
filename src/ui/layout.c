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
	WHOLE = 1000,
	PANE_LEAST = 2, /* rows: a title, and one more */
	LIST_LEAST = 3,
	SIDE_LEAST = 20, /* columns */
	STACKED_COLUMNS = 40,
	BESIDE_COLUMNS = 80,
	COLUMNS_COLUMNS = 110,
	ARRANGED_ROWS = 18,
	RIGHT_LEAST = 44,
};

const char *const arrangement_names[ARRANGEMENTS] = {
	[ARRANGED_BY_SIZE] = "usual",	       [ARRANGED_STACKED] = "stacked",
	[ARRANGED_BESIDE] = "beside",	       [ARRANGED_COLUMNS] = "columns",
	[ARRANGED_WITHOUT_BYTES] = "no-bytes",
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

static int clamp(int n, int least, int most)
{
	return n > most ? most : n < least ? least : n;
}

/* So many thousandths, or what is usual; `least` are left for others. */
static int share_of(int share, int whole, int usual, int own_least, int least)
{
	int wanted = share ? (share * whole + WHOLE / 2) / WHOLE : usual;

	return share ? clamp(wanted, own_least, whole - least) : usual;
}

/* List above; details, bytes and explanation side by side below. */
static void place_wide(struct layout *layout, struct rect rest, bool explain,
		       const struct pane_sizes *sizes)
{
	layout->panes[PANE_LIST] =
		rows_of(&rest, share_of(sizes->list_rows, rest.rows, rest.rows / 2 + 1, LIST_LEAST,
					PANE_LEAST));
	if (explain)
		layout->explain = last_columns_of(&rest, EXPLAIN_WIDTH);
	layout->panes[PANE_BYTES] = last_columns_of(
		&rest, share_of(sizes->bytes_columns, rest.columns,
				rest.columns >= 2 * BYTES_WIDTH - SIDE_LEAST ? BYTES_WIDTH
									     : rest.columns / 2,
				SIDE_LEAST, SIDE_LEAST));
	layout->panes[PANE_DETAILS] = rest;
}

/* All three above one another.  A heading and two titles take a row each. */
static void place_stacked(struct layout *layout, struct rect rest, const struct pane_sizes *sizes)
{
	int content = rest.rows - 3;
	int bytes = content / 7 > 3 ? content / 7 : 3;
	int details = content < 24 ? (content - bytes) / 3 : ((content - bytes) * 2 + 4) / 5;
	int list = rest.rows - bytes - details - 2;

	bytes = share_of(sizes->bytes_rows, rest.rows, bytes + 1, PANE_LEAST,
			 LIST_LEAST + PANE_LEAST);
	list = share_of(sizes->list_rows, rest.rows, list, LIST_LEAST, bytes + PANE_LEAST);
	layout->panes[PANE_BYTES] = last_rows_of(&rest, bytes);
	details = clamp(rest.rows - list, PANE_LEAST, rest.rows - LIST_LEAST);
	layout->panes[PANE_DETAILS] = last_rows_of(&rest, details);
	layout->panes[PANE_LIST] = rest;
}

/* The list at the left, details above bytes at the right. */
static void place_columns(struct layout *layout, struct rect rest, const struct pane_sizes *sizes)
{
	int right = clamp(rest.columns * 2 / 5, RIGHT_LEAST, BYTES_WIDTH + 2);
	int list = share_of(sizes->list_columns, rest.columns, rest.columns - right, SIDE_LEAST,
			    SIDE_LEAST);
	struct rect side = last_columns_of(&rest, rest.columns - list);

	layout->panes[PANE_LIST] = rest;
	layout->panes[PANE_BYTES] =
		last_rows_of(&side, share_of(sizes->bytes_rows, side.rows, side.rows / 3,
					     PANE_LEAST, PANE_LEAST));
	layout->panes[PANE_DETAILS] = side;
}

static void place_small(struct layout *layout, struct rect rest, const struct pane_sizes *sizes)
{
	int details = rest.rows >= 7 ? rest.rows / 3 : 0;

	if (details)
		details = rest.rows - share_of(sizes->list_rows, rest.rows, rest.rows - details,
					       LIST_LEAST, PANE_LEAST);
	layout->panes[PANE_DETAILS] = last_rows_of(&rest, details);
	layout->panes[PANE_LIST] = rest;
}

static void place_one(struct layout *layout, struct rect rest, enum pane pane)
{
	for (enum pane p = 0; p < PANES; p++)
		layout->panes[p].rows = 0;
	layout->explain.rows = 0;
	layout->panes[pane] = rest;
}

bool layout_fits(int rows, int columns, enum arrangement arrangement)
{
	static const int least[ARRANGEMENTS] = {
		[ARRANGED_STACKED] = STACKED_COLUMNS,
		[ARRANGED_BESIDE] = BESIDE_COLUMNS,
		[ARRANGED_COLUMNS] = COLUMNS_COLUMNS,
		[ARRANGED_WITHOUT_BYTES] = LEAST_COLUMNS,
	};

	return arrangement == ARRANGED_BY_SIZE ||
	       (rows >= ARRANGED_ROWS && columns >= least[arrangement]);
}

static void place_panes(struct layout *layout, struct rect rest, int rows,
			const struct pane_sizes *sizes)
{
	bool is_tall = rows >= BYTES_ROWS;

	switch (layout->arrangement) {
	case ARRANGED_STACKED:
		place_stacked(layout, rest, sizes);
		return;
	case ARRANGED_BESIDE:
		place_wide(layout, rest, false, sizes);
		return;
	case ARRANGED_COLUMNS:
		place_columns(layout, rest, sizes);
		return;
	case ARRANGED_WITHOUT_BYTES:
		place_small(layout, rest, sizes);
		return;
	default:
		break;
	}
	if (rest.columns >= SIDE_BY_SIDE_COLUMNS && is_tall)
		place_wide(layout, rest, rest.columns >= EXPLAIN_COLUMNS && rows >= EXPLAIN_ROWS,
			   sizes);
	else if (rest.columns >= BYTES_COLUMNS && is_tall)
		place_stacked(layout, rest, sizes);
	else
		place_small(layout, rest, sizes);
}

struct layout layout_make(int rows, int columns, enum pane focus, bool zoomed, bool filter)
{
	struct layout_choice choice = { .focus = focus, .zoomed = zoomed, .filter = filter };

	return layout_choose(rows, columns, &choice);
}

struct layout layout_choose(int rows, int columns, const struct layout_choice *choice)
{
	const struct pane_sizes *sizes = &choice->sizes;
	enum pane focus = choice->focus;
	bool filter = choice->filter;
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

	if (layout_fits(rows, columns, choice->arrangement))
		layout.arrangement = choice->arrangement;
	place_panes(&layout, rest, rows, sizes);
	if (choice->zoomed || !layout.panes[focus].rows)
		place_one(&layout, rest, focus);
	return layout;
}

bool layout_is_wide(const struct layout *layout)
{
	const struct rect *details = &layout->panes[PANE_DETAILS];
	const struct rect *bytes = &layout->panes[PANE_BYTES];

	return bytes->rows && details->rows && bytes->row == details->row;
}

static int thousandths(int n, int whole)
{
	int share = (n * WHOLE + whole / 2) / whole;

	return clamp(share, 1, WHOLE);
}

/* How many rows all panes have. */
static int rows_of_all(const struct layout *layout)
{
	int rows = layout->panes[PANE_LIST].rows + layout->panes[PANE_DETAILS].rows;

	return layout_is_wide(layout) ? rows : rows + layout->panes[PANE_BYTES].rows;
}

/* Of the columns at the left and at the right. */
static bool grow_in_columns(const struct layout *layout, enum pane pane, int by,
			    struct pane_sizes *sizes)
{
	const struct rect *list = &layout->panes[PANE_LIST], *bytes = &layout->panes[PANE_BYTES];
	const struct rect *details = &layout->panes[PANE_DETAILS];
	int columns = list->columns + details->columns, rows = details->rows + bytes->rows;

	if (pane == PANE_LIST)
		sizes->list_columns = thousandths(
			clamp(list->columns + by, SIDE_LEAST, columns - SIDE_LEAST), columns);
	else
		sizes->bytes_rows = thousandths(clamp(bytes->rows + (pane == PANE_BYTES ? by : -by),
						      PANE_LEAST, rows - PANE_LEAST),
						rows);
	return true;
}

bool layout_grow(const struct layout *layout, enum pane pane, int by, struct pane_sizes *sizes)
{
	const struct rect *list = &layout->panes[PANE_LIST], *bytes = &layout->panes[PANE_BYTES];
	const struct rect *details = &layout->panes[PANE_DETAILS];
	int rows = rows_of_all(layout), columns = details->columns + bytes->columns;

	if (!list->rows || !details->rows)
		return false;
	if (layout->arrangement == ARRANGED_COLUMNS)
		return grow_in_columns(layout, pane, by, sizes);
	if (pane == PANE_BYTES && layout_is_wide(layout))
		sizes->bytes_columns = thousandths(
			clamp(bytes->columns + by, SIDE_LEAST, columns - SIDE_LEAST), columns);
	else if (pane == PANE_BYTES)
		sizes->bytes_rows = thousandths(clamp(bytes->rows + by, PANE_LEAST,
						      bytes->rows + details->rows - PANE_LEAST),
						rows);
	else
		sizes->list_rows =
			thousandths(clamp(list->rows + (pane == PANE_LIST ? by : -by), LIST_LEAST,
					  list->rows + details->rows - PANE_LEAST),
				    rows);
	return true;
}
