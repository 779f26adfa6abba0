/* start_view.c - what peel shows when run alone: interfaces to capture on, files to open. */
#include <stdio.h>
#include <string.h>

#include "start_files.h"
#include "ui/app_capture.h"
#include "ui/app_memory.h"
#include "ui/quantity.h"

enum {
	CHOICE_COLUMNS = 2,
	NAME_COLUMNS = 12,
	WIDE_COLUMNS = 100,
	GRAPH_LEAST = 20,
	RATE_COLUMNS = 9
};

static uint32_t row_total(const struct app *app)
{
	return app->interfaces.count + start_file_rows(app);
}

/* Eighths of a block for the seconds gone by, the latest on the right. */
static void draw_traffic(struct canvas *canvas, int line, int column, int columns,
			 const struct interface_traffic *t)
{
	uint32_t most = 1;

	for (int i = 0; i < columns; i++)
		if (t->samples[i] > most)
			most = t->samples[i];
	for (int i = 0; i < columns; i++) {
		uint64_t n = t->samples[columns - 1 - i];
		uint32_t eighths = n ? (uint32_t)(1 + n * 7 / most) : 0;

		canvas_repeat(canvas, line, column + i, 1, STYLE_GRAPH,
			      eighths ? 0x2580 + eighths : ' ');
	}
}

static const char *state_of(const struct live_interface *i)
{
	return !i->up ? "down" : !i->running ? "no carrier" : "";
}

static void draw_interface(const struct app *app, struct canvas *canvas, int line, unsigned n)
{
	const struct live_interface *i = &app->interfaces.interfaces[n];
	const struct interface_traffic *t = &app->interfaces.traffic[n];
	int columns = canvas->area.columns;
	bool wide = columns >= WIDE_COLUMNS;
	int rates = wide ? 2 * RATE_COLUMNS + 2 : RATE_COLUMNS + 1;
	int graph = columns / 3 < TRAFFIC_SAMPLES ? columns / 3 : TRAFFIC_SAMPLES;
	bool selected = app->start_row == n;
	enum style style = selected ? STYLE_SELECTED : i->up ? STYLE_STATUS : STYLE_DIM;
	char text[QUANTITY_ROOM];

	if (graph < GRAPH_LEAST)
		graph = 0;
	int words = columns - rates - graph - NAME_COLUMNS - 7;

	if (selected) {
		canvas_blank(canvas, line, 0, style);
		canvas_text(canvas, line, 0, 1, style, "▌");
		canvas_cursor(canvas, line, 0);
	}
	canvas_text(canvas, line, 1, 1, style, t->chosen ? "✓" : " ");
	canvas_text(canvas, line, 2, 1, style, i->up && i->running ? "●" : "○");
	canvas_text(canvas, line, 4, NAME_COLUMNS, style, i->name);
	int at = 5 + NAME_COLUMNS;
	int used = canvas_text(canvas, line, at, words, style, i->addresses);

	if (!used)
		used = canvas_text(canvas, line, at, words, style, i->description);
	if (words - used > 12)
		canvas_text(canvas, line, at + used + (used ? 2 : 0), words - used - 2, style,
			    state_of(i));
	if (!t->counted)
		return;
	if (graph)
		draw_traffic(canvas, line, columns - rates - graph - 1, graph, t);
	if (graph && selected)
		canvas_restyle(canvas, line, columns - rates - graph - 1, graph, style);
	canvas_text_right(canvas, line, columns - rates, RATE_COLUMNS, style,
			  short_count_text(t->packet_rate, text));
	if (wide)
		canvas_text_right(canvas, line, columns - RATE_COLUMNS - 1, RATE_COLUMNS, style,
				  short_count_text(t->bit_rate, text));
}

void start_heading(struct canvas *canvas, int line, const char *left, const char *right)
{
	canvas_blank(canvas, line, 0, STYLE_HEADING);
	canvas_text(canvas, line, 1, -1, STYLE_HEADING, left);
	canvas_text_right(canvas, line, canvas->area.columns - text_columns(right) - 1,
			  text_columns(right), STYLE_HEADING, right);
}

static void draw_filter(struct app *app, struct canvas *canvas, int line)
{
	const struct line_edit *edit = &app->capture_filter;
	int columns = canvas->area.columns;
	char verdict[40];
	enum style style = STYLE_GOOD;

	if (app->filter_error.text[0]) {
		snprintf(verdict, sizeof verdict, "✗ not valid");
		style = STYLE_WARNING;
	} else {
		snprintf(verdict, sizeof verdict, "%s", edit->length ? "✓ valid" : "all packets");
		style = edit->length ? STYLE_GOOD : STYLE_DIM;
	}
	int at = 1 + canvas_text(canvas, line, 1, columns / 3, STYLE_KEY,
				 columns >= 60 ? "Capture filter (BPF): " : "Filter: ");
	int room = (columns - at) / 2;
	int verdict_columns = text_columns(verdict);

	if (verdict_columns < columns - at - room - 2)
		room = columns - at - verdict_columns - 2;
	if (app->filter_focused)
		line_draw(edit, canvas, line, at, room, STYLE_STATUS);
	else
		canvas_text(canvas, line, at, room, STYLE_STATUS, edit->text);
	canvas_text_right(canvas, line, at + room + 1, columns - at - room - 2, style, verdict);
}

void start_note_line(struct app *app, int line, uint32_t what)
{
	if (line >= 0 && line < START_LINES)
		app->start_lines[line] = what;
}

/* How many interfaces there is room for, and from which on. */
static void draw_interfaces(struct view *view, struct app *app, struct canvas *canvas, int *line,
			    int rows)
{
	uint32_t shown =
		app->interfaces.count < (uint32_t)rows ? app->interfaces.count : (uint32_t)rows;
	uint32_t row = app->start_row < app->interfaces.count ? app->start_row : UINT32_MAX;

	view->top = top_for(view->top, row, app->interfaces.count, shown);
	for (uint32_t i = 0; i < shown; i++) {
		start_note_line(app, *line, view->top + i);
		draw_interface(app, canvas, (*line)++, view->top + i);
	}
	if (!app->interfaces.count)
		canvas_text(canvas, (*line)++, 2, -1, STYLE_WARNING,
			    app->interfaces.error.text[0] ? app->interfaces.error.text
							  : "There are no interfaces.");
}

static void draw_hint(const struct app *app, struct canvas *canvas, int line)
{
	bool wide = canvas->area.columns >= WIDE_COLUMNS;

	if (app->options->remembers && !app->recent.count)
		canvas_text(canvas, line, 1, -1, STYLE_GOOD,
			    "New here? Enter opens, ? shows keys, q leaves.");
	else
		canvas_text(canvas, line, 1, -1, STYLE_DIM,
			    wide ? "Space selects several interfaces. Traffic is only counted "
				   "here; nothing is recorded until you press Enter."
				 : "Space selects several interfaces. Enter records; until then "
				   "nothing is.");
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	int rows = canvas->area.rows;
	bool roomy = rows >= 18;
	bool wide = canvas->area.columns >= WIDE_COLUMNS;
	int line = roomy ? 1 : 0;
	int files = start_file_lines(app, rows / 2);
	int rest = rows - line - 2 - (roomy ? 3 : 0) - files;

	for (int i = 0; i < START_LINES; i++)
		app->start_lines[i] = START_NOTHING;
	start_heading(canvas, line++, "Capture on",
		      wide ? "last minute     pkt/s     bit/s" : "pkt/s");
	draw_interfaces(view, app, canvas, &line, rest > 1 ? rest : 1);
	line += roomy;
	start_note_line(app, line, START_FILTER);
	draw_filter(app, canvas, line++);
	line += roomy;
	draw_start_files(app, canvas, line, rows / 2);
	if (roomy && line + files < rows)
		draw_hint(app, canvas, rows - 1);
}

static void capture(struct app *app, unsigned row)
{
	struct live_options options = { 0 };
	struct error error = { "" };

	for (unsigned i = 0; i < app->interfaces.count && options.interface_count < LIVE_INTERFACES;
	     i++) {
		if (!app->interfaces.traffic[i].chosen && i != row)
			continue;
		options.filters[options.interface_count] =
			app->capture_filter.length ? app->capture_filter.text : NULL;
		options.interfaces[options.interface_count++] = app->interfaces.interfaces[i].name;
	}
	if (!app_capture(app, &options, &error)) {
		app->dialog = DIALOG_ERROR;
		snprintf(app->dialog_text, sizeof app->dialog_text, "%s", error.text);
	}
}

static void open_row(struct app *app)
{
	unsigned row = app->start_row;
	struct error error = { "" };

	if (row < app->interfaces.count) {
		capture(app, row);
		return;
	}
	if (!open_start_file(app, row - app->interfaces.count, &error))
		app_message(app, MESSAGE_ERROR, "%s", error.text);
}

static void restore(struct app *app)
{
	struct error error = { "" };

	if (!app_restore(app, &error))
		app_message(app, MESSAGE_ERROR, "%s", error.text);
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	uint32_t page = view->area.rows > 4 ? (uint32_t)view->area.rows / 2 : 1;

	if (row_moved(action, count, app->start_row, row_total(app), page, &app->start_row))
		return true;
	switch (action) {
	case ACTION_NEXT_PANE:
		app->start_row = app->start_row < app->interfaces.count ? app->interfaces.count : 0;
		return true;
	case ACTION_PREVIOUS_PANE:
	case ACTION_EDIT_FILTER:
		app->filter_focused = true;
		return true;
	case ACTION_SELECT:
		if (app->start_row < app->interfaces.count)
			app->interfaces.traffic[app->start_row].chosen ^= 1;
		return true;
	case ACTION_REFRESH:
		interface_list_refresh(&app->interfaces);
		return true;
	case ACTION_RESTORE:
		restore(app);
		return true;
	case ACTION_REMOVE_ROW:
		if (app->start_row >= app->interfaces.count)
			remove_start_file(app, app->start_row - app->interfaces.count);
		return true;
	case ACTION_OPEN:
		open_row(app);
		return true;
	default:
		return false;
	}
}

static bool type(struct view *view, struct app *app, const struct event *event)
{
	(void)view;
	if (!app->filter_focused || event->key == KEY_MOUSE)
		return false;
	switch (event->key) {
	case KEY_ENTER:
	case KEY_ESCAPE:
	case KEY_TAB:
	case KEY_BACK_TAB:
	case KEY_CTRL('C'):
	case KEY_UP:
	case KEY_DOWN:
		app->filter_focused = false;
		return true;
	default:
		line_type(&app->capture_filter, event);
		app_check_filter(app);
		return true;
	}
}

/* A click at the left of an interface chooses it, too. */
static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	uint32_t what = mouse->row < START_LINES ? app->start_lines[mouse->row] : START_NOTHING;

	(void)view;
	app->filter_focused = what == START_FILTER;
	if (what == START_RESTORE)
		restore(app);
	else if (what < row_total(app))
		app->start_row = what;
	if (what < app->interfaces.count && mouse->column <= CHOICE_COLUMNS)
		app->interfaces.traffic[what].chosen ^= 1;
}

const struct view_class start_view = {
	.name = "start",
	.place = IN_START,
	.draw = draw,
	.act = act,
	.type = type,
	.click = click,
};
