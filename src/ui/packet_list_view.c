/* packet_list_view.c - the list of packets.
 *
 * Only the rows on screen are dissected and worded, so the list costs the same for
 * ten packets as for ten million. */
#include <stdio.h>

#include "ui/app.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_rows.h"
#include "ui/app_save.h"
#include "ui/quantity.h"

enum { GUTTER = 3, MEASURED_PAGES = 3, CURSOR_MARK = 0x258c, THUMB = 0x2588 };

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
			columns_measure(&app->user.columns, &row);
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

/* One more if packets were lost before it. */
static uint32_t lines_of(const struct app *app, uint32_t row)
{
	return app_lost_before(app, row) ? 2 : 1;
}

/* So far down that a row is in sight, with the lines between rows that are none. */
static uint32_t top_with_losses(const struct view *view, const struct app *app, uint32_t row)
{
	uint32_t top = view->top, shown = rows_shown(view), lines = 0;

	for (uint32_t i = top; row < app_row_count(app) && i <= row; i++)
		lines += lines_of(app, i);
	while (lines > shown && top < row)
		lines -= lines_of(app, top++);
	return top;
}

static void settle(struct view *view, struct app *app)
{
	uint32_t shown = rows_shown(view);

	if (app->following)
		app_select_row(app, UINT32_MAX);
	view->top = top_for(view->top, app_selected_row(app), app_row_count(app), shown);
	view->top = top_with_losses(view, app, app_selected_row(app));
	if (app_row_count(app))
		measure_around(app, view->top, shown);
}

/* Touches an end only when the first or last row is in sight. */
static void draw_scroll_bar(const struct view *view, struct app *app, uint32_t count,
			    struct canvas *canvas)
{
	static const struct {
		uint32_t glyph;
		enum style style;
	} signs[] = {
		[SIGN_NONE] = { 0x2502, STYLE_DIM },
		[SIGN_PROBLEM] = { '!', STYLE_WARNING },
		[SIGN_HIT] = { '+', STYLE_GOOD },
		[SIGN_MARK] = { 0x2022, STYLE_WARNING },
	};
	uint32_t shown = rows_shown(view);
	int column = canvas->area.columns - 1;

	if (count <= shown || !shown || app->user.plain)
		return;
	uint64_t length = (uint64_t)shown * shown / count;

	if (!length)
		length = 1;
	uint64_t at = (uint64_t)view->top * (shown - length) / (count - shown);

	if (!at && view->top && shown - length > 1)
		at = 1;
	for (uint32_t i = 0; i < shown; i++) {
		uint32_t from = (uint32_t)((uint64_t)i * count / shown);
		uint32_t end = (uint32_t)((uint64_t)(i + 1) * count / shown);
		bool is_here = i >= at && i < at + length;
		enum scroll_sign sign = is_here ? SIGN_NONE : app_scroll_sign(app, from, end);

		canvas_repeat(canvas, heading_rows(view) + (int)i, column, 1,
			      is_here ? STYLE_DIM : signs[sign].style,
			      is_here ? THUMB : signs[sign].glyph);
	}
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
		canvas_text(canvas, line, GUTTER - 1, 1, style == STYLE_NORMAL ? STYLE_KEY : style,
			    "c");
}

/* One of them has the place; the others are told by words, but for names. */
static void draw_mark(struct canvas *canvas, int line, const struct list_row *row,
		      enum style selected)
{
	const char letter[2] = { row->letter };
	const char *mark = row->marked	       ? "●"
			   : row->ignored      ? "-"
			   : row->is_reference ? "⊙"
					       : letter;

	if (*mark)
		canvas_text(canvas, line, 1, 1,
			    selected != STYLE_NORMAL ? selected
			    : row->ignored	     ? STYLE_DIM
						     : STYLE_WARNING,
			    mark);
}

static void draw_loss(const struct app *app, struct canvas *canvas, uint32_t row, int line)
{
	uint64_t lost = app_lost_before(app, row);
	char count[QUANTITY_ROOM];

	canvas_printf(canvas, line, GUTTER, -1, STYLE_WARNING, "── %s packet%s lost here ──",
		      count_text(lost, count), lost == 1 ? " was" : "s were");
}

static bool is_chosen(const struct app *app, uint32_t row)
{
	uint32_t first, last;

	return app_range_of_rows(app, &first, &last) && row >= first && row <= last;
}

struct row_place {
	uint32_t row;
	int line;
	bool later; /* its conversation goes on below */
};

static void draw_row(const struct view *view, struct app *app, struct canvas *canvas,
		     const struct row_place *at)
{
	const struct column_places *places = &app->column_places;
	struct list_row words;
	uint32_t row = at->row;
	int line = at->line;
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
	else if (is_chosen(app, row))
		style = STYLE_SELECTED_IDLE;
	canvas_blank(canvas, line, GUTTER, style);
	canvas_repeat(canvas, line, 0, 1, STYLE_GUTTER, app_relation(app, row, at->later));
	if (selected) {
		canvas_repeat(canvas, line, 1, 2, style, ' ');
		canvas_repeat(canvas, line, 1, 1, style, CURSOR_MARK);
		canvas_cursor(canvas, line, 1);
	}
	draw_mark(canvas, line, &words, selected ? style : STYLE_NORMAL);
	draw_severity(canvas, line, &words, selected ? style : STYLE_NORMAL);
	columns_draw(&app->user.columns, places, canvas, line, &words, style);
	find_mark_hits(app, FIND_WORDS, canvas, line);
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

/* From below, so that a row knows whether its conversation goes on. */
static void draw_rows(const struct view *view, struct app *app, struct canvas *canvas)
{
	uint32_t lines = 0, end = view->top;
	struct row_place at = { .later = false };

	while (end < app_row_count(app) && lines + lines_of(app, end) <= rows_shown(view))
		lines += lines_of(app, end++);
	for (at.row = end; at.row-- > view->top;) {
		at.line = heading_rows(view) + (int)--lines;
		draw_row(view, app, canvas, &at);
		if (lines_of(app, at.row) > 1)
			draw_loss(app, canvas, at.row, heading_rows(view) + (int)--lines);
		uint32_t talk = app_conversation(app, app_packet_in_row(app, at.row));

		at.later |= talk && talk == app_conversation(app, app->selected);
	}
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	uint32_t count = app_row_count(app);
	uint32_t shown = rows_shown(view);
	struct column_places places =
		columns_place(&app->user.columns, GUTTER, canvas->area.columns - (count > shown));

	app->column_places = places;
	if (heading_rows(view)) {
		columns_draw_heading(&app->user.columns, &places, canvas, 0,
				     time_titles[app->user.time_format]);
		canvas_text(canvas, 0, 0, 1, STYLE_HEADING, view->focused ? "▸" : " ");
	}
	if (!count && app->packet_count)
		draw_no_match(view, app, canvas);
	else if (!count)
		draw_nothing(view, app, canvas);

	draw_rows(view, app, canvas);
	draw_scroll_bar(view, app, count, canvas);
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
		if (action == ACTION_LAST && !app->live && app->scan_state != SCAN_DONE)
			app->following = app->follows_to_end = true;
		return true;
	}
	if (action == ACTION_OPEN || action == ACTION_EXPAND) {
		app_focus_pane(app, PANE_DETAILS);
		return true;
	}
	return action == ACTION_COLLAPSE;
}

static uint32_t row_at(const struct view *view, const struct app *app, uint32_t line)
{
	uint32_t row = view->top, count = app_row_count(app);

	while (row < count && line >= lines_of(app, row))
		line -= lines_of(app, row++);
	return row;
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	uint32_t count = app_row_count(app);
	uint32_t shown = rows_shown(view);
	uint32_t row = app_selected_row(app);

	if (!count || mouse->row < heading_rows(view))
		return;
	uint32_t line = (uint32_t)(mouse->row - heading_rows(view));

	if (mouse->column == view->area.columns - 1 && count > shown && shown > 1)
		row = (uint32_t)((uint64_t)line * (count - 1) / (shown - 1));
	else
		row = row_at(view, app, line);
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
