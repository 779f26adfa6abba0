/* stream_graph.c - the face that draws one direction over time. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/span.h"
#include "stream_faces.h"
#include "ui/plot.h"
#include "ui/quantity.h"

enum { LABEL_COLUMNS = 12, AXIS_ROWS = 2, DOTS_ACROSS = 2, ZOOM_MOST = 20 };

/* What a graph is drawn with. */
struct drawing {
	const struct app *app;
	const struct ladder *ladder;
	struct plot *plot;
	bool from_opener; /* whose data it is about */
	enum style style;
	double start, end; /* the time that is shown */
};

struct span {
	double least, most;
};

static double seconds(const struct ladder *ladder, uint32_t segment)
{
	return (double)(ladder_time(ladder, segment) - ladder_time(ladder, 0)) / 1e9;
}

/* Distances from the first number of the side, so that they rise beyond 32 bits' end, too. */
static double number_of(const struct drawing *d, uint32_t sequence)
{
	return (double)ladder_sequence(d->ladder, d->from_opener, sequence, false);
}

static bool is_data(const struct drawing *d, const struct ladder_segment *s)
{
	return s->length && s->from_opener == d->from_opener;
}

static bool is_ack(const struct drawing *d, const struct ladder_segment *s)
{
	return s->from_opener != d->from_opener && s->flags & TCP_BIT_ACK &&
	       !(s->flags & TCP_BIT_RST);
}

/* Is it within the time that is shown? */
static bool is_seen(const struct drawing *d, uint32_t segment)
{
	double at = seconds(d->ladder, segment);

	return at >= d->start && at <= d->end;
}

static void reach(struct span *span, double value)
{
	if (value < span->least)
		span->least = value;
	if (value > span->most)
		span->most = value;
}

static enum style style_of(const struct drawing *d, const struct ladder_segment *s)
{
	return s->is_problem ? STYLE_FIELD_BAD : d->style;
}

/* --- numbers over time --- */

static struct span span_of_numbers(const struct drawing *d)
{
	struct span span = { INFINITY, 0 };

	for (uint32_t i = 0; i < d->ladder->segment_count; i++) {
		const struct ladder_segment *s = &d->ladder->segments[i];

		if (!is_data(d, s) || !is_seen(d, i))
			continue;
		reach(&span, number_of(d, s->sequence));
		reach(&span, number_of(d, s->sequence + s->length));
	}
	return span.least > span.most ? (struct span){ 0, 1 } : span;
}

static void draw_stevens(const struct drawing *d)
{
	for (uint32_t i = 0; i < d->ladder->segment_count; i++) {
		const struct ladder_segment *s = &d->ladder->segments[i];

		if (is_data(d, s))
			plot_point(d->plot, seconds(d->ladder, i), number_of(d, s->sequence),
				   style_of(d, s));
	}
}

static struct span span_of_trace(const struct drawing *d)
{
	struct span span = span_of_numbers(d);
	double data = span.most;

	/* A window far above the data would leave them a line at the bottom. */
	for (uint32_t i = 0; i < d->ladder->segment_count; i++) {
		const struct ladder_segment *s = &d->ladder->segments[i];
		double allowed = number_of(d, s->acknowledgment) + s->window;

		if (is_ack(d, s) && is_seen(d, i) && allowed < 2 * data - span.least)
			reach(&span, allowed);
	}
	return span;
}

static void draw_trace(const struct drawing *d)
{
	const struct ladder_segment *last = NULL;
	double before = 0, end = seconds(d->ladder, d->ladder->segment_count - 1);

	for (uint32_t i = 0; i < d->ladder->segment_count; i++) {
		const struct ladder_segment *s = &d->ladder->segments[i];
		double now = seconds(d->ladder, i);

		if (!is_ack(d, s))
			continue;
		if (last) {
			double acked = number_of(d, last->acknowledgment);

			plot_step(d->plot, before, now, acked, STYLE_GOOD);
			plot_step(d->plot, before, now, acked + last->window, STYLE_PANE);
		}
		last = s;
		before = now;
	}
	if (last)
		plot_step(d->plot, before, end, number_of(d, last->acknowledgment), STYLE_GOOD);
	for (uint32_t i = 0; i < d->ladder->segment_count; i++) {
		const struct ladder_segment *s = &d->ladder->segments[i];

		if (is_data(d, s))
			plot_bar(d->plot, seconds(d->ladder, i), number_of(d, s->sequence),
				 number_of(d, s->sequence + s->length - 1), style_of(d, s));
	}
}

/* --- throughput --- */

static double bin_seconds(const struct drawing *d)
{
	int bins = d->plot->columns * DOTS_ACROSS;

	return d->end > d->start && bins > 0 ? (d->end - d->start) / bins : 1;
}

/* Bits a second in each column of dots; the caller frees them. */
static double *rates_of(const struct drawing *d)
{
	int bins = d->plot->columns * DOTS_ACROSS;
	double *rates = must_zeroed((size_t)bins + 1, sizeof *rates);
	double width = bin_seconds(d);

	for (uint32_t i = 0; i < d->ladder->segment_count; i++) {
		const struct ladder_segment *s = &d->ladder->segments[i];
		double bin = (seconds(d->ladder, i) - d->start) / width;

		if (is_data(d, s) && is_seen(d, i))
			rates[(int)bin < bins ? (int)bin : bins - 1] += s->length * 8.0 / width;
	}
	return rates;
}

static struct span span_of_rates(const struct drawing *d)
{
	struct span span = { 0, 1 };
	double *rates = rates_of(d);

	for (int i = 0; i < d->plot->columns * DOTS_ACROSS; i++)
		reach(&span, rates[i]);
	free(rates);
	return span;
}

static void draw_rates(const struct drawing *d)
{
	double *rates = rates_of(d), width = bin_seconds(d);

	for (int i = 0; i < d->plot->columns * DOTS_ACROSS; i++)
		if (rates[i] > 0)
			plot_bar(d->plot, d->start + (i + 0.5) * width, 0, rates[i], d->style);
	free(rates);
}

/* --- round trips --- */

static bool tells_rtt(const struct drawing *d, const struct ladder_segment *s)
{
	return s->from_opener != d->from_opener && s->rtt_us;
}

static struct span span_of_rtt(const struct drawing *d)
{
	struct span span = { 0, 0 };

	for (uint32_t i = 0; i < d->ladder->segment_count; i++)
		if (tells_rtt(d, &d->ladder->segments[i]) && is_seen(d, i))
			reach(&span, d->ladder->segments[i].rtt_us / 1e6);
	return span;
}

static void draw_rtt(const struct drawing *d)
{
	for (uint32_t i = 0; i < d->ladder->segment_count; i++)
		if (tells_rtt(d, &d->ladder->segments[i]))
			plot_point(d->plot, seconds(d->ladder, i),
				   d->ladder->segments[i].rtt_us / 1e6, d->style);
}

/* --- windows --- */

static struct span span_of_windows(const struct drawing *d)
{
	struct span span = { 0, 1 };

	for (uint32_t i = 0; i < d->ladder->segment_count; i++) {
		const struct ladder_segment *s = &d->ladder->segments[i];

		if (is_ack(d, s) && is_seen(d, i) && !(s->flags & TCP_BIT_SYN))
			reach(&span, s->window);
	}
	return span;
}

/* What the receiver allows, and below it what is under way. */
static void draw_windows(const struct drawing *d)
{
	double sent = 0, acked = 0, before = 0, window = -1;

	for (uint32_t i = 0; i < d->ladder->segment_count; i++) {
		const struct ladder_segment *s = &d->ladder->segments[i];
		double now = seconds(d->ladder, i);

		if (is_data(d, s) && number_of(d, s->sequence + s->length) > sent)
			sent = number_of(d, s->sequence + s->length);
		if (is_ack(d, s) && !(s->flags & TCP_BIT_SYN)) {
			if (window >= 0)
				plot_step(d->plot, before, now, window, STYLE_PANE);
			acked = number_of(d, s->acknowledgment);
			window = s->window;
			before = now;
		}
		if (sent > acked && acked > 0)
			plot_bar(d->plot, now, 0, sent - acked, d->style);
	}
	if (window >= 0)
		plot_step(d->plot, before, seconds(d->ladder, d->ladder->segment_count - 1), window,
			  STYLE_PANE);
}

/* --- all of them --- */

static void name_bytes(double value, char text[SPAN_ROOM])
{
	char count[QUANTITY_ROOM];

	snprintf(text, SPAN_ROOM, "%s", bytes_text((uint64_t)(value + 0.5), count));
}

static void name_number(double value, char text[SPAN_ROOM])
{
	char count[QUANTITY_ROOM];

	snprintf(text, SPAN_ROOM, "%s", count_text((uint64_t)(value + 0.5), count));
}

static void name_rate(double value, char text[SPAN_ROOM])
{
	char count[QUANTITY_ROOM];
	const char *number = short_count_text((uint64_t)(value + 0.5), count);

	snprintf(text, SPAN_ROOM, "%s%sbit/s", number, value < 10000 ? " " : "");
}

static void name_span(double value, char text[SPAN_ROOM])
{
	span_short((int64_t)(value * 1e9), text);
}

static const struct {
	const char *title, *legend;
	struct span (*span)(const struct drawing *d);
	void (*draw)(const struct drawing *d);
	void (*name)(double value, char text[SPAN_ROOM]);
} graphs[GRAPHS] = {
	[GRAPH_STEVENS] = { "Stevens", "sequence numbers; red: sent again, late", span_of_numbers,
			    draw_stevens, name_number },
	[GRAPH_TRACE] = { "tcptrace", "bars: data; line below: acked; above: allowed",
			  span_of_trace, draw_trace, name_number },
	[GRAPH_THROUGHPUT] = { "throughput", "payload, also what was sent again", span_of_rates,
			       draw_rates, name_rate },
	[GRAPH_RTT] = { "round trips", "from data to their acknowledgment", span_of_rtt, draw_rtt,
			name_span },
	[GRAPH_WINDOW] = { "window", "line: allowed; bars: not acknowledged yet", span_of_windows,
			   draw_windows, name_bytes },
};

/* If both are asked for, who sent more. */
static enum ladder_side side_of(const struct stream_screen *stream)
{
	const struct ladder *ladder = stream->ladder;

	if (stream->sides != 3)
		return stream->sides == 1u << LADDER_CLIENT ? LADDER_CLIENT : LADDER_SERVER;
	return ladder_side(ladder, ladder->sum[0].bytes >= ladder->sum[1].bytes);
}

static void draw_axes(const struct drawing *d, struct canvas *canvas, enum stream_graph graph)
{
	const struct plot *plot = d->plot;
	int rows = plot->rows, left = LABEL_COLUMNS;
	char top[SPAN_ROOM], bottom[SPAN_ROOM], begin[SPAN_ROOM], end[SPAN_ROOM], middle[SPAN_ROOM];

	graphs[graph].name(plot->y1, top);
	graphs[graph].name(plot->y0, bottom);
	graphs[graph].name((plot->y0 + plot->y1) / 2, middle);
	canvas_text_right(canvas, 0, 0, left - 1, STYLE_NORMAL, top);
	if (rows > 6)
		canvas_text_right(canvas, rows / 2, 0, left - 1, STYLE_NORMAL, middle);
	canvas_text_right(canvas, rows - 1, 0, left - 1, STYLE_NORMAL, bottom);
	for (int row = 0; row < rows; row++)
		canvas_text(canvas, row, left - 1, 1, STYLE_PANE,
			    row && row != rows - 1 && row != rows / 2 ? "│" : "┤");
	canvas_repeat(canvas, rows, left, plot->columns, STYLE_PANE, 0x2500);
	canvas_text(canvas, rows, left - 1, 1, STYLE_PANE, "└");
	span_short((int64_t)(plot->x1 * 1e9), end);
	span_short((int64_t)(plot->x0 * 1e9), begin);
	canvas_text(canvas, rows + 1, left, -1, STYLE_NORMAL, plot->x0 > 0 ? begin : "0 s");
	canvas_text_right(canvas, rows + 1, left, plot->columns, STYLE_NORMAL, end);
	int room = plot->columns - 13 - text_columns(end);

	canvas_text(canvas, rows + 1, left + 11, room > 10 ? room : 0, STYLE_DIM,
		    graphs[graph].legend);
}

static double selected_time(const struct drawing *d)
{
	const struct stream_screen *stream = &d->app->stream;

	return stream->row < d->ladder->row_count
		       ? seconds(d->ladder, d->ladder->rows[stream->row].segment)
		       : 0;
}

/* The part of the time that is shown has the selected segment in its middle, if that can be. */
static void choose_time(struct drawing *d)
{
	double all = seconds(d->ladder, d->ladder->segment_count - 1);
	double width = all / (double)(UINT64_C(1) << d->app->stream.graph_zoom);

	d->start = selected_time(d) - width / 2;
	if (d->start > all - width)
		d->start = all - width;
	if (d->start < 0)
		d->start = 0;
	d->end = d->start + width;
}

/* Where the selected segment is. */
static void draw_cursor(const struct drawing *d, struct canvas *canvas)
{
	const struct plot *plot = d->plot;
	const struct stream_screen *stream = &d->app->stream;

	if (stream->row >= d->ladder->row_count)
		return;
	double share = (selected_time(d) - plot->x0) / (plot->x1 - plot->x0);
	int column = LABEL_COLUMNS + (int)(share * (plot->columns - 1) + 0.5);

	if (share < 0 || share > 1)
		return;
	for (int row = 0; row < plot->rows; row++)
		canvas_text(canvas, row, column, 1, STYLE_DIM, "│");
	canvas_text(canvas, plot->rows, column, 1, STYLE_KEY, "▲");
	canvas_cursor(canvas, plot->rows, column);
}

/* Why there is nothing to draw; NULL: there is. */
static const char *lacks(const struct drawing *d, const struct canvas *canvas,
			 enum stream_graph graph, enum ladder_side side)
{
	if (d->ladder->protocol != STREAM_TCP)
		return "There are graphs of TCP only.";
	if (!d->ladder->segment_count || canvas->area.rows < AXIS_ROWS + 2 ||
	    canvas->area.columns < 2 * LABEL_COLUMNS)
		return "No room for a graph.";
	if (graph != GRAPH_WINDOW && !d->ladder->sum[!d->from_opener].bytes)
		return side == LADDER_CLIENT ? "The client sent no data."
					     : "The server sent no data.";
	return NULL;
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	const struct stream_screen *stream = &app->stream;
	const struct ladder *ladder = stream->ladder;
	enum ladder_side side = side_of(stream);
	struct plot plot;
	struct drawing d = { .app = app,
			     .ladder = ladder,
			     .plot = &plot,
			     .from_opener = (side == LADDER_CLIENT) == ladder->client_is_opener,
			     .style = style_of_side(side) };

	(void)view;
	const char *lack = lacks(&d, canvas, stream->graph, side);
	if (lack) {
		canvas_text(canvas, 0, 1, -1, STYLE_DIM, lack);
		return;
	}
	plot_begin(&plot, canvas->area.rows - AXIS_ROWS, canvas->area.columns - LABEL_COLUMNS - 1);
	choose_time(&d);
	struct span span = graphs[stream->graph].span(&d);

	plot_axes(&plot, d.start, d.end, span.least, span.most);
	graphs[stream->graph].draw(&d);
	draw_axes(&d, canvas, stream->graph);
	draw_cursor(&d, canvas);
	plot_draw(&plot, canvas, 0, LABEL_COLUMNS);
	plot_end(&plot);
}

static void settle(struct view *view, struct app *app, int rows, int columns)
{
	ladder_face.settle(view, app, rows, columns);
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	if (action == ACTION_VARIANT) {
		app->stream.graph = (enum stream_graph)((app->stream.graph + 1) % GRAPHS);
		return true;
	}
	if (action == ACTION_ZOOM_IN || action == ACTION_ZOOM_OUT) {
		unsigned *zoom = &app->stream.graph_zoom;

		*zoom += action == ACTION_ZOOM_IN ? *zoom < ZOOM_MOST : *zoom ? UINT32_MAX : 0;
		return true;
	}
	return action != ACTION_OPEN && ladder_face.act(view, app, action, count);
}

static void set(struct app *app, char *text, size_t room)
{
	snprintf(text, room, "%s · %s", graphs[app->stream.graph].title,
		 side_of(&app->stream) == LADDER_CLIENT ? "client → server" : "server → client");
}

static void where(struct view *view, struct app *app, char *text, size_t room)
{
	uint32_t packet = ladder_face.packet(app);

	(void)view;
	if (packet)
		snprintf(text, room, "#%u", packet);
	else
		text[0] = '\0';
}

static void explain(struct app *app, char *text, size_t room)
{
	ladder_face.explain(app, text, room);
}

static uint32_t packet(struct app *app)
{
	return ladder_face.packet(app);
}

const struct stream_face_class graph_face = {
	.title = "Graph",
	.settle = settle,
	.draw = draw,
	.act = act,
	.set = set,
	.where = where,
	.explain = explain,
	.packet = packet,
};
