/* column_sheet.c - all columns of the packet list, which are changed here; the list shows them at
 * once. */
#include <stdio.h>

#include "dissect/registry.h"
#include "ui/app.h"
#include "ui/app_columns.h"
#include "ui/app_rows.h"

enum { SHOWN_AT = 0, TITLE_AT = 4, WIDTH_AT = 22, NUMBERS_AT = 32, WHAT_AT = 42 };

static void begin(struct app *app)
{
	if (app->user.columns.choosing)
		app->sheet.row = app->user.columns.chosen;
}

static uint32_t count(const struct app *app)
{
	return app->user.columns.count;
}

/* "http.host", "Source, named": what it shows. */
static void what_text(const struct column *column, char text[COLUMN_FORMAT_ROOM])
{
	char format[COLUMN_FORMAT_ROOM];

	column_format_text(column, format);
	if (column->field_count && !column->format->fields)
		snprintf(text, COLUMN_FORMAT_ROOM, "%s%s",
			 registry_field(column->fields[0])->abbrev,
			 column->field_count > 1 ? ", ..." : "");
	else
		snprintf(text, COLUMN_FORMAT_ROOM, "%s", column->format->meaning);
}

static void draw_row(struct app *app, struct canvas *canvas, int line, uint32_t row,
		     enum style style)
{
	const struct list_column *c = &app->user.columns.columns[row];
	enum style dim = style == STYLE_BOX ? STYLE_BOX_DIM : style;
	char what[COLUMN_FORMAT_ROOM], format[COLUMN_FORMAT_ROOM], width[24] = "as values";

	if (column_is_info(&c->column))
		snprintf(width, sizeof width, "the rest");
	else if (c->width)
		snprintf(width, sizeof width, "%d", c->width);
	what_text(&c->column, what);
	column_format_text(&c->column, format);
	canvas_text(canvas, line, SHOWN_AT, 3, style, c->hidden ? " - " : " ✓ ");
	canvas_printf(canvas, line, TITLE_AT, WIDTH_AT - TITLE_AT - 1, c->hidden ? dim : style,
		      "%s%s", c->column.title,
		      c->sorted == SORTED_UP	 ? " ▲"
		      : c->sorted == SORTED_DOWN ? " ▼"
						 : "");
	canvas_text(canvas, line, WIDTH_AT, NUMBERS_AT - WIDTH_AT - 1, c->width ? style : dim,
		    width);
	if (column_may_be_named(&c->column))
		canvas_text(canvas, line, NUMBERS_AT, WHAT_AT - NUMBERS_AT - 1,
			    c->column.as_numbers ? style : dim,
			    c->column.as_numbers ? "numbers" : "names");
	int at = WHAT_AT + canvas_text(canvas, line, WHAT_AT, -1, style, what);

	canvas_text(canvas, line, at + 2, -1, dim, format);
}

static bool is_last_shown(const struct app *app, uint32_t row)
{
	for (unsigned i = 0; i < app->user.columns.count; i++)
		if (i != row && !app->user.columns.columns[i].hidden)
			return false;
	return !app->user.columns.columns[row].hidden;
}

/* Showing, removing: a list without columns would show nothing. */
static bool take_away(struct app *app, enum action action, uint32_t row)
{
	struct list_column *c = &app->user.columns.columns[row];

	if (is_last_shown(app, row)) {
		app_message(app, MESSAGE_NOTE, "One column has to stay.");
		return true;
	}
	/* Why rows are in an order is to be seen. */
	c->sorted = UNSORTED;
	if (action == ACTION_TOGGLE_ROW)
		c->hidden = !c->hidden;
	else
		columns_remove(&app->user.columns, row);
	app_columns_changed(app);
	return true;
}

static bool move(struct app *app, uint32_t row, uint32_t to)
{
	if (columns_move(&app->user.columns, row, to)) {
		app->sheet.row = to;
		app_columns_changed(app);
	}
	return true;
}

static bool resize(struct app *app, uint32_t row, int by)
{
	const struct list_column *c = &app->user.columns.columns[row];

	app_size_column(app, row, (c->width ? c->width : c->widest) + by);
	return true;
}

static bool act_on_look(struct app *app, enum action action, uint32_t row)
{
	struct list_column *c = &app->user.columns.columns[row];

	switch (action) {
	case ACTION_ROW_NARROWER:
		return resize(app, row, -1);
	case ACTION_ROW_WIDER:
		return resize(app, row, 1);
	case ACTION_SORT_ROW:
		app_sort_on(app, row);
		return true;
	case ACTION_ROW_FITS:
		c->width = c->width ? 0 : c->widest;
		app_columns_changed(app);
		return true;
	case ACTION_ROW_NUMBERS:
		if (!column_may_be_named(&c->column))
			return true;
		column_name_values(&c->column, c->column.as_numbers);
		if (c->sorted)
			app_resort(app);
		app_columns_changed(app);
		return true;
	default:
		return false;
	}
}

static bool act(struct app *app, enum action action, uint32_t row)
{
	app->user.columns.chosen = row;
	switch (action) {
	case ACTION_TOGGLE_ROW:
	case ACTION_REMOVE_ROW:
		return take_away(app, action, row);
	case ACTION_ROW_UP:
		return move(app, row, row - 1);
	case ACTION_ROW_DOWN:
		return move(app, row, row + 1);
	case ACTION_GO_TO_ROW:
		app_next_profile(app);
		app->sheet.row = row < app->user.columns.count ? row : app->user.columns.count - 1;
		return true;
	case ACTION_ADD_ROW:
		app_ask(app, PROMPT_COLUMN, "");
		return true;
	case ACTION_OPEN:
		app_ask(app, PROMPT_COLUMN_TITLE, app->user.columns.columns[row].column.title);
		return true;
	default:
		return act_on_look(app, action, row);
	}
}

const struct sheet_class column_sheet = {
	.title = "Columns",
	.heading = "Show Title           Width     Values    What it shows",
	.nothing = "",
	.keys = { { ACTION_TOGGLE_ROW, "Show" },
		  { ACTION_ADD_ROW, "Add" },
		  { ACTION_REMOVE_ROW, "Remove" },
		  { ACTION_ROW_UP, "Up" },
		  { ACTION_ROW_DOWN, "Down" },
		  { ACTION_ROW_WIDER, "Wider" },
		  { ACTION_SORT_ROW, "Sort" },
		  { ACTION_ROW_FITS, "Fit" },
		  { ACTION_ROW_NUMBERS, "Numbers" },
		  { ACTION_OPEN, "Title" },
		  { ACTION_GO_TO_ROW, "Profile" } },
	.begin = begin,
	.count = count,
	.draw_row = draw_row,
	.act = act,
};
