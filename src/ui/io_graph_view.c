/* io_graph_view.c - curves of packets over time, with a cursor that reads them.
 *
 *     552 ┤⣿⣿
 *      23 ┤⣿⣿⣿⣿  ⣿⣿        ⣤⣤    ⣀⣀
 *       1 ┤⣿⣿⣿⣿  ⣿⣿  ⣶⣶    ⣿⣿    ⣿⣿      ⣶⣶
 *         └▲───────────┬───────────┬─────────
 *          0 s         6 s         12 s
 *    ▌1 all packets 552   2 tcp.analysis.flags 3   3 dns 0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/app.h"
#include "ui/app_statistics.h"
#include "ui/copy.h"
#include "ui/explain.h"
#include "ui/plot.h"
#include "ui/quantity.h"

enum {
	TITLE_ROWS = 1,
	AXIS_ROWS = 2,
	LEGEND_MOST = 3,
	LEAST_PLOT = 3,
	NARROWEST = 24,
	LEFT = 10,
	NAME_COLUMNS = 40,
	TICK_COLUMNS = 12,
	DOTS = 2,     /* in a column */
	GAP_FROM = 6, /* intervals so many dots wide have a gap between them */
	PAGES = 4,    /* that the screen is wide */
	VALUE_ROOM = 48,
};

static const enum style curve_styles[IO_CURVES] = { STYLE_GRAPH,    STYLE_FIELD_BAD, STYLE_CLIENT,
						    STYLE_PROTOCOL, STYLE_WARNING,   STYLE_DIM };

/* What is drawn, and where. */
struct frame {
	const struct io_graph *graph;
	uint32_t first, shown, all; /* intervals */
	int rows, columns;	    /* of the plot */
	double most;		    /* the value at its upper edge */
};

/* --- words --- */

static const char *value_text(const struct io_graph *graph, double value, char text[VALUE_ROOM])
{
	char number[QUANTITY_ROOM];
	uint64_t whole = value < 1e18 ? (uint64_t)(value + 0.5) : 0;

	if (graph->unit == IO_BYTES_IN)
		snprintf(text, VALUE_ROOM, "%s", bytes_text(whole, number));
	else if (graph->unit == IO_BITS_A_SECOND)
		snprintf(text, VALUE_ROOM, "%s bit/s", short_count_text(whole, number));
	else
		snprintf(text, VALUE_ROOM, "%s", count_text(whole, number));
	return text;
}

/* The title says what bits are of: there is little room at the axis. */
static const char *axis_text(const struct io_graph *graph, double value, char text[VALUE_ROOM])
{
	value_text(graph, value, text);
	if (graph->unit == IO_BITS_A_SECOND)
		text[strcspn(text, "b") - 1] = '\0';
	return text;
}

/* With as many digits as an interval has. */
static const char *time_text(const struct io_graph *graph, uint32_t interval,
			     char text[QUANTITY_ROOM])
{
	int digits = 0;

	for (int64_t unit = INT64_C(1000000000); unit > graph->interval_ns && digits < 6;
	     unit /= 10)
		digits++;
	snprintf(text, QUANTITY_ROOM, "%.*f s", digits,
		 (double)interval * (double)graph->interval_ns / 1e9);
	return text;
}

/* It is 1, 2 or 5 of a unit. */
static const char *interval_text(int64_t ns, char text[QUANTITY_ROOM])
{
	if (ns >= INT64_C(60000000000))
		return span_text(ns, text);
	if (ns >= INT64_C(1000000000))
		snprintf(text, QUANTITY_ROOM, "%d s", (int)(ns / 1000000000));
	else if (ns >= 1000000)
		snprintf(text, QUANTITY_ROOM, "%d ms", (int)(ns / 1000000));
	else
		snprintf(text, QUANTITY_ROOM, "%d µs", (int)(ns / 1000));
	return text;
}

static void draw_title(const struct view *view, const struct app *app, struct canvas *canvas)
{
	static const char *const units[IO_UNITS] = { "packets in", "bytes in", "bit/s over" };
	const struct statistics_screen *s = &app->statistics;
	const struct io_graph *graph = &s->graph;
	char left[120], right[160], span[QUANTITY_ROOM], keys[KEYS_ROOM], at[QUANTITY_ROOM],
		packets[QUANTITY_ROOM], bytes[QUANTITY_ROOM];
	struct io_cell cell = { 0 };

	if (graph->curves[graph->chosen].series)
		cell = io_series_cell(graph->curves[graph->chosen].series, graph->cursor);
	snprintf(left, sizeof left, "I/O graph ─ %s %s%s", units[graph->unit],
		 interval_text(graph->interval_ns, span), graph->logarithmic ? " ─ log" : "");
	if (tally_done(s->tally) < app->packet_count)
		snprintf(right, sizeof right,
			 s->stopped ? "stopped at %u %%, %s goes on" : "so far: %u %%",
			 (unsigned)((uint64_t)tally_done(s->tally) * 100 / app->packet_count),
			 key_of(&app->user.keys, ACTION_GO_ON, keys));
	else
		snprintf(right, sizeof right, "%s: %s packet%s, %s B",
			 time_text(graph, graph->cursor, at), count_text(cell.frames, packets),
			 cell.frames == 1 ? "" : "s", count_text(cell.bytes, bytes));
	draw_pane_title(view, canvas, left, right);
}

/* --- the plot --- */

/* Intervals that a column of dots stands for: from, up to before *end. */
static uint32_t intervals_at(const struct frame *frame, int dot, uint32_t *end)
{
	uint64_t dots = (uint64_t)frame->columns * DOTS;
	uint64_t from = (uint64_t)dot * frame->shown / dots;
	uint64_t to = ((uint64_t)dot + 1) * frame->shown / dots;

	*end = frame->first + (uint32_t)(to > from ? to : from + 1);
	return frame->first + (uint32_t)from;
}

static int dot_of(const struct frame *frame, uint32_t interval)
{
	double share = ((double)(interval - frame->first) + 0.5) / frame->shown;

	return (int)(share * frame->columns * DOTS);
}

static double highest(const struct frame *frame)
{
	double most = frame->graph->logarithmic ? 10 : 1;

	for (unsigned c = 0; c < frame->graph->count; c++)
		for (uint32_t i = 0; i < frame->shown && !frame->graph->curves[c].hidden; i++)
			most = fmax(most, io_graph_value(frame->graph, c, frame->first + i));
	return most;
}

static double height_of(const struct frame *frame, double value)
{
	return !frame->graph->logarithmic ? value : value > 1 ? log10(value) : 0;
}

/* Is it the last dot of a wide interval? */
static bool is_gap(const struct frame *frame, int dot)
{
	uint32_t end, now, next;

	if (frame->columns * DOTS < GAP_FROM * (int)frame->shown)
		return false;
	now = intervals_at(frame, dot, &end);
	next = intervals_at(frame, dot + 1, &end);
	return now != next;
}

static void plot_curve(const struct frame *frame, struct plot *plot, unsigned curve)
{
	for (int dot = 0; dot < frame->columns * DOTS; dot++) {
		uint32_t end, interval = intervals_at(frame, dot, &end);
		double most = 0;

		for (; interval < end; interval++)
			most = fmax(most, io_graph_value(frame->graph, curve, interval));
		if (most > 0 && !is_gap(frame, dot))
			plot_bar(plot, dot, 0, height_of(frame, most), curve_styles[curve]);
	}
}

static void draw_values(const struct frame *frame, struct canvas *canvas)
{
	double top = height_of(frame, frame->most);
	char text[VALUE_ROOM];

	for (int row = 0; row < frame->rows; row++)
		canvas_text(canvas, TITLE_ROWS + row, LEFT - 1, 1, STYLE_PANE, "│");
	for (int i = 0; i < 3; i++) {
		int row = i * (frame->rows - 1) / 2;
		double height = top * (1 - (double)row / (frame->rows - 1));
		double value = frame->graph->logarithmic ? pow(10, height) : height;

		canvas_text_right(canvas, TITLE_ROWS + row, 0, LEFT - 2, STYLE_DIM,
				  axis_text(frame->graph, value, text));
		canvas_text(canvas, TITLE_ROWS + row, LEFT - 1, 1, STYLE_PANE, "┤");
	}
}

static void draw_times(const struct frame *frame, struct canvas *canvas)
{
	int row = TITLE_ROWS + frame->rows;
	int64_t interval = frame->graph->interval_ns;
	int64_t least = interval * frame->shown / frame->columns * TICK_COLUMNS;
	int64_t step = io_graph_round(least > interval ? least : interval);
	int64_t from = frame->first * interval, to = from + frame->shown * interval;
	char text[QUANTITY_ROOM];

	while (step < least)
		step *= 10;

	canvas_text(canvas, row, LEFT - 1, 1, STYLE_PANE, "└");
	canvas_repeat(canvas, row, LEFT, frame->columns, STYLE_PANE, 0x2500);
	for (int64_t at = (from + step - 1) / step * step; at < to; at += step) {
		int column = (int)((double)(at - from) / (double)(to - from) * frame->columns);

		canvas_text(canvas, row, LEFT + column, 1, STYLE_PANE, "┬");
		snprintf(text, sizeof text, "%.9g s", (double)at / 1e9);
		if (text_columns(text) <= frame->columns - column)
			canvas_text(canvas, row + 1, LEFT + column, -1, STYLE_DIM, text);
	}
}

static void draw_cursor(const struct frame *frame, struct canvas *canvas)
{
	int row = TITLE_ROWS + frame->rows;
	int column = LEFT + dot_of(frame, frame->graph->cursor) / DOTS;

	for (int i = 0; i < frame->rows; i++)
		canvas_restyle(canvas, TITLE_ROWS + i, column, 1, STYLE_SELECTED_IDLE);
	canvas_text(canvas, row, column, 1, STYLE_KEY, "▲");
	canvas_cursor(canvas, row, column);
}

static void draw_plot(const struct frame *frame, struct canvas *canvas)
{
	struct plot plot;

	plot_begin(&plot, frame->rows, frame->columns);
	plot_axes(&plot, 0, frame->columns * DOTS - 1, 0, height_of(frame, frame->most));
	for (unsigned i = 0; i < frame->graph->count; i++)
		if (!frame->graph->curves[i].hidden)
			plot_curve(frame, &plot, i);
	draw_values(frame, canvas);
	plot_draw(&plot, canvas, TITLE_ROWS, LEFT);
	plot_end(&plot);
	draw_times(frame, canvas);
	draw_cursor(frame, canvas);
}

/* --- the legend --- */

static void legend_text(const struct io_graph *graph, unsigned n, char text[300])
{
	const struct io_curve *curve = &graph->curves[n];
	struct text_line name = text_line_of(io_curve_name(curve), NAME_COLUMNS);
	char value[VALUE_ROOM];

	snprintf(text, 300, "%s%u %.200s%s %s", n == graph->chosen ? "▌" : " ", n + 1, name.text,
		 *name.rest ? "…" : "",
		 curve->hidden ? "(hidden)"
			       : value_text(graph, io_graph_value(graph, n, graph->cursor), value));
}

/* Without a canvas only counts the rows that it takes. */
static int flow_legend(const struct io_graph *graph, struct canvas *canvas, int row, int columns)
{
	int column = 0, first = row;
	char text[300];

	for (unsigned i = 0; i < graph->count; i++) {
		legend_text(graph, i, text);
		if (column && column + text_columns(text) > columns) {
			column = 0;
			row++;
		}
		if (canvas)
			canvas_text(canvas, row, column, -1,
				    graph->curves[i].hidden ? STYLE_DIM : curve_styles[i], text);
		column += text_columns(text) + 2;
	}
	return row - first + 1;
}

/* --- the view --- */

static struct frame frame_in(const struct view *view, const struct app *app)
{
	const struct io_graph *graph = &app->statistics.graph;
	int legend = flow_legend(graph, NULL, 0, view->area.columns);
	struct frame frame = { .graph = graph, .first = graph->first };

	if (legend > LEGEND_MOST)
		legend = LEGEND_MOST;
	frame.all = io_graph_intervals(app);
	frame.shown = io_graph_shown(app);
	frame.rows = view->area.rows - TITLE_ROWS - AXIS_ROWS - legend;
	frame.columns = view->area.columns - LEFT - 1;
	return frame;
}

static void settle(struct view *view, struct app *app)
{
	struct io_graph *graph = &app->statistics.graph;

	(void)view;
	if (!app->statistics.tally)
		return;
	uint32_t all = io_graph_intervals(app), shown = io_graph_shown(app);

	if (graph->cursor >= all)
		graph->cursor = all - 1;
	graph->first = top_for(graph->first, graph->cursor, all, shown);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	if (!app->statistics.tally)
		return;
	struct frame frame = frame_in(view, app);

	draw_title(view, app, canvas);
	if (frame.rows < LEAST_PLOT || view->area.columns < NARROWEST) {
		/* Too small for a curve: the numbers at the cursor. */
		flow_legend(frame.graph, canvas, TITLE_ROWS, view->area.columns);
		canvas_cursor(canvas, TITLE_ROWS, 0);
		return;
	}
	frame.most = highest(&frame);
	draw_plot(&frame, canvas);
	flow_legend(frame.graph, canvas, TITLE_ROWS + frame.rows + AXIS_ROWS, view->area.columns);
}

void explain_io_graph(struct app *app, char *text, size_t room)
{
	const struct io_graph *graph = &app->statistics.graph;
	const struct io_curve *curve = &graph->curves[graph->chosen];
	char from[QUANTITY_ROOM], to[QUANTITY_ROOM], count[QUANTITY_ROOM];
	struct io_cell cell = { 0 };

	if (curve->series)
		cell = io_series_cell(curve->series, graph->cursor);
	time_text(graph, graph->cursor, from);
	time_text(graph, graph->cursor + 1, to);
	if (cell.first)
		snprintf(text, room, "%s to %s: #%u is the first of %s (%s)", from, to, cell.first,
			 count_text(cell.frames, count), io_curve_name(curve));
	else
		snprintf(text, room, "%s to %s: none (%s)", from, to, io_curve_name(curve));
}

/* Moves the cursor; false: the action does not. */
static bool move(struct app *app, enum action action, uint32_t count)
{
	struct io_graph *graph = &app->statistics.graph;
	uint32_t all = io_graph_intervals(app), page = io_graph_shown(app) / PAGES, to;
	static const struct {
		enum action moves, as;
	} across[] = {
		{ ACTION_RIGHT, ACTION_NEXT },		{ ACTION_LEFT, ACTION_PREVIOUS },
		{ ACTION_PAGE_DOWN, ACTION_PAGE_DOWN }, { ACTION_PAGE_UP, ACTION_PAGE_UP },
		{ ACTION_HALF_DOWN, ACTION_HALF_DOWN }, { ACTION_HALF_UP, ACTION_HALF_UP },
		{ ACTION_FIRST, ACTION_FIRST },		{ ACTION_LAST, ACTION_LAST },
	};

	if (action == ACTION_NEXT || action == ACTION_PREVIOUS) {
		row_moved(action, count, graph->chosen, graph->count, 1, &to);
		graph->chosen = to;
		return true;
	}
	for (size_t i = 0; i < sizeof across / sizeof across[0]; i++) {
		if (across[i].moves != action)
			continue;
		row_moved(across[i].as, count, graph->cursor, all, page ? page : 1, &to);
		graph->cursor = to;
		return true;
	}
	return false;
}

/* Changes curves or intervals; false: the action does not. */
static bool change(struct app *app, enum action action)
{
	struct io_graph *graph = &app->statistics.graph;

	switch (action) {
	case ACTION_ADD_CURVE:
		app_ask(app, PROMPT_CURVE, "");
		return true;
	case ACTION_REMOVE_CURVE:
		io_graph_remove(app);
		return true;
	case ACTION_TOGGLE_CURVE:
		graph->curves[graph->chosen].hidden = !graph->curves[graph->chosen].hidden;
		return true;
	case ACTION_GRAPH_UNIT:
		graph->unit = (graph->unit + 1) % IO_UNITS;
		return true;
	case ACTION_LOGARITHMIC:
		graph->logarithmic = !graph->logarithmic;
		return true;
	case ACTION_SHORTER_INTERVAL:
	case ACTION_LONGER_INTERVAL:
		io_graph_change_interval(app, action == ACTION_LONGER_INTERVAL ? 1 : -1);
		return true;
	case ACTION_ZOOM_IN:
	case ACTION_ZOOM_OUT:
		io_graph_zoom(app, action == ACTION_ZOOM_IN);
		return true;
	default:
		return false;
	}
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	(void)view;
	if (!app->statistics.tally)
		return false;
	if (move(app, action, count) || change(app, action))
		return true;
	switch (action) {
	case ACTION_NEXT_BUSY:
	case ACTION_PREVIOUS_BUSY:
		io_graph_to_busy(app, action == ACTION_NEXT_BUSY ? 1 : -1);
		return true;
	case ACTION_OPEN:
		io_graph_go(app);
		return true;
	case ACTION_CLOSE:
	case ACTION_LEAVE:
		app->statistics.open = false;
		app_statistics_end(app);
		return true;
	default:
		return statistics_copy(app, action) || app_act_on_statistics(app, action);
	}
}

static void scroll(struct view *view, struct app *app, const struct mouse *mouse, int rows)
{
	(void)view, (void)mouse;
	move(app, rows < 0 ? ACTION_LEFT : ACTION_RIGHT, (uint32_t)abs(rows));
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	struct io_graph *graph = &app->statistics.graph;
	struct frame frame = frame_in(view, app);
	uint32_t end;

	if (mouse->column >= LEFT && mouse->column < LEFT + frame.columns)
		graph->cursor = intervals_at(&frame, (mouse->column - LEFT) * DOTS, &end);
}

const struct view_class io_graph_view = {
	.name = "graph",
	.place = IN_GRAPH,
	.settle = settle,
	.draw = draw,
	.act = act,
	.click = click,
	.scroll = scroll,
};
