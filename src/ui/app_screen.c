/* app_screen.c - one screen: who is on it, and where. */
#include <stdio.h>

#include "stream_faces.h"
#include "ui/app_statistics.h"
#include "ui/app_stream.h"

enum {
	DIALOG_COLUMNS = 76,
	TITLED_ROWS = 30,
	LIVE_STREAM_ROWS = 20,
	STREAM_SPLIT = 28, /* rows from which on details are below a stream */
	STREAM_TALL = 44,
	DETAILS_ROWS = 8,
	STREAM_WIDE = 150, /* columns from which on bytes are beside them */
	STREAM_BYTES = 79,
	PALETTE_ROWS = 18,
	SHEET_COLUMNS = 140,
	SHEET_LIST_ROWS = 9,
	PALETTE_COLUMNS = 100,
};

/* A line at the left of a pane that stands beside another. */
static struct rect set_apart(struct rect area, bool joins_left, struct screen *screen)
{
	struct canvas canvas = canvas_on(screen, area);

	for (int row = 0; row < area.rows; row++)
		canvas_text(&canvas, row, 0, 1, STYLE_PANE, row ? "│" : joins_left ? "┬" : "├");
	area.column++;
	area.columns--;
	return area;
}

static void draw_view(struct app *app, enum view_id id, struct rect area, bool focused,
		      struct screen *screen)
{
	struct view *view = &app->views[id];

	if (area.column > 0 && (id <= VIEW_EXPLAIN || id == VIEW_STREAM_BYTES))
		area = set_apart(area, app->layout.arrangement != ARRANGED_COLUMNS, screen);
	view->area = area;
	view->focused = focused;
	if (area.rows <= 0 || area.columns <= 0)
		return;
	struct canvas canvas = canvas_on(screen, area);

	if (view->class->settle)
		view->class->settle(view, app);
	view->class->draw(view, app, &canvas);
}

static void draw_packets(struct app *app, struct screen *screen)
{
	const struct layout *layout = &app->layout;
	bool plain = !app->help_open && !app->dialog;

	draw_view(app, VIEW_EXPLAIN, layout->explain, false, screen);
	for (enum pane p = 0; p < PANES; p++)
		if (p != app->focus)
			draw_view(app, (enum view_id)p, layout->panes[p], false, screen);
	/* The focused one last: the hardware cursor stays where it puts it. */
	draw_view(app, (enum view_id)app->focus, layout->panes[app->focus], plain, screen);
}

static void draw_too_small(struct screen *screen)
{
	struct canvas canvas =
		canvas_on(screen, (struct rect){ 0, 0, screen->rows, screen->columns });
	char text[80];
	const char *rest = text;

	snprintf(text, sizeof text, "%dx%d needed, this is %dx%d", LEAST_COLUMNS, LEAST_ROWS,
		 screen->columns, screen->rows);
	for (int row = 0; *rest && row < screen->rows; row++) {
		struct text_line line = text_line_of(rest, screen->columns);

		canvas_text(&canvas, row, 0, -1, STYLE_NORMAL, line.text);
		rest = line.rest;
	}
}

static struct rect middle_of(const struct screen *screen, int rows, int columns)
{
	struct rect r = { 0, 0, rows, columns };

	if (r.rows > screen->rows)
		r.rows = screen->rows;
	if (r.columns > screen->columns)
		r.columns = screen->columns;
	r.row = (screen->rows - r.rows) / 2;
	r.column = (screen->columns - r.columns) / 2;
	return r;
}

/* Its text, a blank line, the answers and a frame. */
static int dialog_rows(const struct app *app, const struct screen *screen)
{
	int columns = screen->columns < DIALOG_COLUMNS ? screen->columns : DIALOG_COLUMNS;
	const char *text = app->dialog_text;
	int rows = 4;

	for (; *text; rows++)
		text = text_line_of(text, columns - 4).rest;
	return rows;
}

/* Above the last lines, which go on talking. */
static struct rect sheet_area(const struct app *app, const struct screen *screen)
{
	struct rect area = { 0, 0, app->layout.status.row, screen->columns };
	int margin = area.rows > 20 ? 1 : 0;

	area.row += margin;
	area.rows -= 2 * margin;
	if (app->sheet.kind == SHEET_OF_COLUMNS && area.rows > SHEET_LIST_ROWS) {
		/* The list shows above it what is changed. */
		int rows = (int)app->user.columns.count + 3, most = area.rows - SHEET_LIST_ROWS;

		rows = rows < most ? rows : most;
		area.row += area.rows - rows;
		area.rows = rows;
	}
	if (area.columns > SHEET_COLUMNS) {
		area.column = (area.columns - SHEET_COLUMNS) / 2;
		area.columns = SHEET_COLUMNS;
	}
	return area;
}

static void draw_above(struct app *app, struct screen *screen)
{
	if (app->sheet.kind)
		draw_view(app, VIEW_SHEET, sheet_area(app, screen),
			  !app->help_open && !app->dialog && !app->prompt, screen);
	if (app->help_open) {
		int margin = screen->rows > 16 ? 1 : 0;

		draw_view(app, VIEW_HELP,
			  middle_of(screen, screen->rows - 2 * margin,
				    screen->columns > 152 ? 152 : screen->columns - 2 * margin),
			  true, screen);
	}
	if (app->dialog)
		draw_view(app, VIEW_DIALOG,
			  middle_of(screen, dialog_rows(app, screen), DIALOG_COLUMNS), true,
			  screen);
}

/* How a sequence of keys may go on reaches over what is above, too. */
static struct rect key_area(const struct app *app, const struct screen *screen)
{
	struct rect area = app->layout.keys;
	int more = key_rows_wanted(app, screen->columns) - 1;

	if (!area.rows || more > app->layout.status.row)
		return area;
	area.row -= more;
	area.rows += more;
	return area;
}

/* A message may reach over what is above, but never over half of the screen. */
static struct rect status_area(const struct app *app, const struct screen *screen)
{
	struct rect area = app->layout.status;
	int more = app->prompt ? 0 : status_rows_wanted(app, screen->columns) - 1;

	if (more > screen->rows / 2)
		more = screen->rows / 2;
	if (more > area.row)
		more = area.row;
	int keys = key_area(app, screen).rows;

	area.row -= more + (keys ? keys - 1 : 0);
	area.rows += more;
	return area;
}

/* Above the prompt, and never over all of what is chosen for. */
static struct rect palette_area(const struct app *app, const struct screen *screen)
{
	int above = app->layout.status.row;
	int rows = app_asks_for_file(app) ? file_chooser_rows(app) : palette_rows(app);
	int most = above * 2 / 3 > 5 ? above * 2 / 3 : above;

	if (rows > most)
		rows = most;
	if (rows > PALETTE_ROWS)
		rows = PALETTE_ROWS;
	int columns = screen->columns > PALETTE_COLUMNS ? PALETTE_COLUMNS : screen->columns;

	return (struct rect){ above - rows, 0, rows, columns };
}

enum view_id app_statistics_view(const struct app *app)
{
	return app->statistics.tab == TAB_GRAPH ? VIEW_IO_GRAPH : VIEW_STATISTICS;
}

/* A stream says itself what it is; where there are few rows that is enough. */
static bool shows_title(const struct app *app, const struct screen *screen)
{
	return !app->stream.open || screen->rows >= TITLED_ROWS;
}

/* What one view alone takes. */
static struct rect body_of(const struct app *app, const struct screen *screen)
{
	int top = shows_title(app, screen) ? app->layout.title.rows : 0;

	return (struct rect){ top, 0, app->layout.status.row - top, screen->columns };
}

/* The stream above, and on large screens the packet at its cursor below. */
static void draw_stream(struct app *app, struct screen *screen)
{
	struct rect upper = body_of(app, screen), lower, bytes;
	bool plain = !app->help_open && !app->dialog;

	lower = upper;
	lower.rows = app->stream.face == FACE_SUMMARY ? 0
		     : upper.rows >= STREAM_TALL      ? upper.rows / 3
		     : upper.rows >= STREAM_SPLIT     ? DETAILS_ROWS
						      : 0;
	upper.rows -= lower.rows;
	lower.row += upper.rows;
	app->views[VIEW_STREAM].area = upper;
	stream_view.settle(&app->views[VIEW_STREAM], app);
	app_stream_show_packet(app, lower.rows ? stream_face(app)->packet(app) : 0);
	bytes = lower;
	bytes.columns = lower.columns >= STREAM_WIDE ? STREAM_BYTES : 0;
	lower.columns -= bytes.columns;
	bytes.column = lower.columns;
	draw_view(app, VIEW_STREAM_DETAILS, lower, false, screen);
	draw_view(app, VIEW_STREAM_BYTES, bytes, false, screen);
	/* Last, as the hardware cursor rests in it. */
	draw_view(app, VIEW_STREAM, upper, plain, screen);
}

/* Where there is no line for it always. */
static bool shows_filter(const struct app *app)
{
	return app->session && !app->stream.open && !app->expert_open && !app->statistics.open &&
	       (app->bar.open || app->filter_text);
}

/* With what hangs below it while it is typed. */
static struct rect filter_area(const struct app *app)
{
	struct rect area = app->layout.filter;

	if (app->bar.open)
		area.rows = app->layout.status.row - area.row;
	return area;
}

static void draw_filtered_packets(struct app *app, struct screen *screen)
{
	bool plain = !app->help_open && !app->dialog;

	draw_packets(app, screen);
	draw_view(app, VIEW_FILTER, filter_area(app), plain && app->bar.open, screen);
}

/* A screen looks as if it had always had its size: widths are measured anew. */
static void note_size(struct app *app, const struct screen *screen)
{
	if (app->drawn_rows != screen->rows || app->drawn_columns != screen->columns) {
		app->drawn_rows = screen->rows;
		app->drawn_columns = screen->columns;
		app_refit_sheet(app);
		columns_reset(&app->user.columns);
		app->measured_from = app->measured_to = 0;
	}
}

/* What is read aloud is on the last line; the keys are told by help. */
static void put_status_last(struct app *app, const struct screen *screen)
{
	struct layout *layout = &app->layout;

	layout->panes[app->focus].rows += layout->status.rows - 1;
	layout->keys.rows = 0;
	layout->keys.row = screen->rows;
	layout->status.row = screen->rows - 1;
	layout->status.rows = 1;
}

void app_draw(struct app *app, struct screen *screen)
{
	app_note_work(app);
	screen_clear(screen);
	note_size(app, screen);
	app->place = app_place(app);
	struct layout_choice choice = { .focus = app->focus,
					.zoomed = app->zoomed || app->user.plain,
					.filter = shows_filter(app),
					.arrangement = app->arrangement,
					.sizes = app->user.pane_sizes };

	app->layout = layout_choose(screen->rows + app->user.plain, screen->columns, &choice);
	screen->plain = app->user.plain;
	app->dirty = false;
	if (app->user.plain)
		put_status_last(app, screen);
	if (app->stream.open && app->live && app->layout.status.rows == 1 &&
	    screen->rows >= LIVE_STREAM_ROWS) {
		/* What is selected has a line of its own, in place of the title. */
		app->layout.status.row--;
		app->layout.status.rows++;
	}
	if (app->layout.too_small) {
		draw_too_small(screen);
		return;
	}
	const struct layout *layout = &app->layout;

	app->views[VIEW_TITLE].area.rows = app->views[VIEW_FILTER].area.rows = 0;
	if (shows_title(app, screen))
		draw_view(app, VIEW_TITLE, layout->title, false, screen);
	if (app->stream.open)
		draw_stream(app, screen);
	else if (app->statistics.open)
		draw_view(app, app_statistics_view(app), body_of(app, screen),
			  !app->help_open && !app->dialog, screen);
	else if (app->session && !app->expert_open)
		draw_filtered_packets(app, screen);
	else
		draw_view(app, app->expert_open ? VIEW_EXPERT : VIEW_START, body_of(app, screen),
			  !app->help_open && !app->dialog, screen);
	draw_view(app, VIEW_STATUS, status_area(app, screen), false, screen);
	draw_view(app, VIEW_KEYS, key_area(app, screen), false, screen);
	if (app->prompt == PROMPT_COMMAND)
		draw_view(app, VIEW_PALETTE, palette_area(app, screen), true, screen);
	if (app_asks_for_file(app))
		draw_view(app, VIEW_FILES, palette_area(app, screen), true, screen);
	if (app->prompt)
		draw_view(app, VIEW_PROMPT,
			  (struct rect){ layout->status.row, 0, 1, screen->columns }, true, screen);
	draw_above(app, screen);
}
