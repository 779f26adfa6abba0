/* packet_list_view.c - the list of packets.
 *
 * Only the rows on screen are dissected and worded, so the list costs the same for
 * ten packets as for ten million. */
#include <stdio.h>

#include "ui/app.h"

enum { GUTTER = 3, MEASURED_PAGES = 3, CURSOR_MARK = 0x258c };

static const char *const time_titles[] = {
	[TIME_RELATIVE] = "Time",
	[TIME_ABSOLUTE] = "Time of day",
	[TIME_ABSOLUTE_DATE] = "Date and time",
	[TIME_ABSOLUTE_DAY_OF_YEAR] = "Day and time",
	[TIME_DELTA] = "Δ before",
	[TIME_DELTA_SHOWN] = "Δ shown",
	[TIME_EPOCH] = "Since 1970",
	[TIME_UTC_CLOCK] = "UTC",
	[TIME_UTC_DATE] = "UTC date and time",
	[TIME_UTC_DAY_OF_YEAR] = "UTC day and time",
};

/* The heading is the first to go where there is little room. */
static int heading_rows(const struct view *view)
{
	return view->area.rows >= LIST_HEADED_FROM;
}

static uint32_t rows_shown(const struct view *view)
{
	return view->area.rows > 0 ? (uint32_t)(view->area.rows - heading_rows(view)) : 0;
}

static void measure(struct app *app, uint32_t from, uint32_t to)
{
	struct list_row row;

	for (uint32_t i = from; i < to; i++)
		if (app_read_row(app, i, &row))
			columns_measure(&app->columns, &row);
}

/* The rows in sight and three pages either way, each once while one scrolls through them. */
static void measure_around(struct app *app, uint32_t top, uint32_t shown)
{
	uint32_t margin = MEASURED_PAGES * shown;
	uint32_t count = app_row_count(app);
	uint32_t from = top > margin ? top - margin : 0;
	uint32_t end = count - top > shown + margin ? top + shown + margin : count;

	if (from > app->measured_to || end < app->measured_from) {
		measure(app, from, end);
		app->measured_from = from;
		app->measured_to = end;
		return;
	}
	if (from < app->measured_from) {
		measure(app, from, app->measured_from);
		app->measured_from = from;
	}
	if (end > app->measured_to) {
		measure(app, app->measured_to, end);
		app->measured_to = end;
	}
}

static void settle(struct view *view, struct app *app)
{
	uint32_t shown = rows_shown(view);

	if (app->following)
		app_select_row(app, UINT32_MAX);
	view->top = top_for(view->top, app_selected_row(app), app_row_count(app), shown);
	if (app_row_count(app))
		measure_around(app, view->top, shown);
}

/* Touches an end only when the first or last row is in sight. */
static void draw_scroll_bar(const struct view *view, uint32_t count, struct canvas *canvas)
{
	uint32_t shown = rows_shown(view);
	int column = canvas->area.columns - 1;

	if (count <= shown || !shown)
		return;
	uint64_t length = (uint64_t)shown * shown / count;

	if (!length)
		length = 1;
	uint64_t at = (uint64_t)view->top * (shown - length) / (count - shown);

	if (!at && view->top && shown - length > 1)
		at = 1;
	for (uint32_t i = 0; i < shown; i++)
		canvas_repeat(canvas, heading_rows(view) + (int)i, column, 1, STYLE_DIM,
			      i >= at && i < at + length ? 0x2588 : 0x2502);
}

/* The last column of the gutter says that there is something to know. */
static void draw_severity(struct canvas *canvas, int line, const struct list_row *row,
			  enum style style)
{
	static const struct {
		const char *mark;
		enum style style;
	} marks[EXPERT_SEVERITIES] = {
		[EXPERT_NOTE] = { "·", STYLE_DIM },
		[EXPERT_WARN] = { "!", STYLE_WARNING },
		[EXPERT_ERROR] = { "E", STYLE_FIELD_BAD },
	};

	if (marks[row->severity].mark)
		canvas_text(canvas, line, GUTTER - 1, 1,
			    style == STYLE_NORMAL ? marks[row->severity].style : style,
			    marks[row->severity].mark);
	else if (row->has_comment)
		canvas_text(canvas, line, GUTTER - 1, 1,
			    style == STYLE_NORMAL ? STYLE_KEY : style, "c");
}

/* One of them has the place; the others are told by words, but for names. */
static void draw_mark(struct canvas *canvas, int line, const struct list_row *row,
		      enum style selected)
{
	const char letter[2] = { row->letter };
	const char *mark = row->marked		? "●"
			   : row->ignored	? "-"
			   : row->is_reference	? "⊙"
						: letter;

	if (*mark)
		canvas_text(canvas, line, 1, 1,
			    selected != STYLE_NORMAL ? selected
			    : row->ignored	     ? STYLE_DIM
						     : STYLE_WARNING,
			    mark);
}

static void draw_row(const struct view *view, struct app *app, struct canvas *canvas, uint32_t row,
		     const struct column_places *places, bool later)
{
	struct list_row words;
	int line = heading_rows(view) + (int)(row - view->top);
	bool selected = row == app_selected_row(app);
	enum style style;

	if (!app_read_row(app, row, &words)) {
		canvas_printf(canvas, line, GUTTER, -1, STYLE_WARNING,
			      "%u cannot be read: the file was changed",
			      app_packet_in_row(app, row));
		return;
	}
	style = words.style;
	if (selected)
		style = view->focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
	canvas_blank(canvas, line, GUTTER, style);
	canvas_repeat(canvas, line, 0, 1, STYLE_GUTTER, app_relation(app, row, later));
	if (selected) {
		canvas_repeat(canvas, line, 1, 2, style, ' ');
		canvas_repeat(canvas, line, 1, 1, style, CURSOR_MARK);
		canvas_cursor(canvas, line, 1);
	}
	draw_mark(canvas, line, &words, selected ? style : STYLE_NORMAL);
	draw_severity(canvas, line, &words, selected ? style : STYLE_NORMAL);
	columns_draw(&app->columns, places, canvas, line, &words, style);
}

static void draw_no_match(const struct view *view, struct app *app, struct canvas *canvas)
{
	int line = heading_rows(view) + (view->area.rows > 3);

	if (app_is_filtering(app)) {
		canvas_text(canvas, line, GUTTER, -1, STYLE_DIM, "No packet yet.");
		return;
	}
	canvas_printf(canvas, line, GUTTER, -1, STYLE_STATUS, "No packet matches \"%s\".",
		      app->filter_text ? app->filter_text : "");
	canvas_printf(canvas, line + 1, GUTTER, -1, STYLE_DIM,
		      "u previous filter   \\ show all   it was checked on %u packets",
		      app->filter.progress.tested);
}

static void draw_nothing(const struct view *view, struct app *app, struct canvas *canvas)
{
	int line = heading_rows(view);
	const char *problem = app_problem(app);
	const char *text = "This capture has a valid header and no packets.";

	char listening[600];

	snprintf(listening, sizeof listening, "Listening on %s%s%s. No packets yet.",
		 app->live_name, app->live_filter[0] ? " for " : "", app->live_filter);
	if (app_is_live(app))
		text = listening;
	else if (app->scan_state != SCAN_DONE)
		text = "Reading... no packets yet.";
	else if (problem[0])
		text = "No packet could be read.";
	canvas_text(canvas, line + (view->area.rows > 3), GUTTER, -1, STYLE_DIM, text);
	canvas_text(canvas, line + 1 + (view->area.rows > 3), GUTTER, -1, STYLE_WARNING, problem);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	uint32_t count = app_row_count(app);
	uint32_t shown = rows_shown(view);
	struct column_places places =
		columns_place(&app->columns, GUTTER, canvas->area.columns - (count > shown));

	app->column_places = places;
	if (heading_rows(view)) {
		columns_draw_heading(&app->columns, &places, canvas, 0,
				     time_titles[app->time_format]);
		canvas_text(canvas, 0, 0, 1, STYLE_HEADING, view->focused ? "▸" : " ");
	}
	if (!count && app->packet_count)
		draw_no_match(view, app, canvas);
	else if (!count)
		draw_nothing(view, app, canvas);

	bool later = false;
	uint32_t end = count - view->top > shown ? view->top + shown : count;

	/* From below, so that a row knows whether its conversation goes on. */
	for (uint32_t row = end; row-- > view->top;) {
		draw_row(view, app, canvas, row, &places, later);
		uint32_t talk = app_conversation(app, app_packet_in_row(app, row));

		later |= talk && talk == app_conversation(app, app->selected);
	}
	draw_scroll_bar(view, count, canvas);
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	uint32_t row = app_selected_row(app);
	uint32_t to;

	if (count && (action == ACTION_FIRST || action == ACTION_LAST))
		return false;
	if (row == UINT32_MAX)
		row = 0;
	if (row_moved(action, count, row, app_row_count(app), rows_shown(view), &to)) {
		bool further = action == ACTION_LAST || (action == ACTION_NEXT && to == row);

		app_select_row(app, to);
		app->following = further && app_is_live(app);
		return true;
	}
	if (action == ACTION_OPEN || action == ACTION_EXPAND) {
		app_focus_pane(app, PANE_DETAILS);
		return true;
	}
	return action == ACTION_COLLAPSE;
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	uint32_t count = app_row_count(app);
	uint32_t shown = rows_shown(view);
	uint32_t row = app_selected_row(app);

	if (!count)
		return;
	if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
		enum action action = mouse->kind == MOUSE_WHEEL_UP ? ACTION_PREVIOUS : ACTION_NEXT;

		act(view, app, action, 3);
		return;
	}
	if (mouse->row < heading_rows(view))
		return;
	uint32_t line = (uint32_t)(mouse->row - heading_rows(view));

	if (mouse->column == view->area.columns - 1 && count > shown && shown > 1)
		row = (uint32_t)((uint64_t)line * (count - 1) / (shown - 1));
	else
		row = view->top + line;
	if (row < count) {
		app->following = false;
		app_select_row(app, row);
	}
}

const struct view_class packet_list_view = {
	.name = "packet-list",
	.place = IN_LIST,
	.settle = settle,
	.draw = draw,
	.act = act,
	.click = click,
};
