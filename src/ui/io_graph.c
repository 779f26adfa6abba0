/* io_graph.c - which curves there are, what their intervals are, and where the cursor stands. */
#include "ui/io_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "ui/app.h"
#include "ui/app_statistics.h"
#include "ui/quantity.h"

enum {
	GRAPH_STEPS = 400,	  /* intervals at first, about */
	INTERVALS_MOST = 1 << 17, /* that a user may choose: each is looked at to draw them */
	SHOWN_LEAST = 8,
};

static const int64_t LEAST_INTERVAL = INT64_C(1000), LEAST_AT_FIRST = INT64_C(1000000),
		     MOST_INTERVAL = INT64_C(500000000000000);

/* --- intervals --- */

int64_t io_graph_round(int64_t least_ns)
{
	static const int factors[] = { 1, 2, 5 };

	for (int64_t unit = LEAST_INTERVAL;; unit *= 10)
		for (unsigned i = 0; i < 3; i++)
			if (unit * factors[i] >= least_ns || unit >= MOST_INTERVAL)
				return unit * factors[i];
}

/* Times are counted from the first packet, which need not be the earliest. */
static int64_t span_from_first(const struct app *app)
{
	int64_t span = time_between(session_packet_time(app->session, 1), app->times.latest);

	return app->times.known && span > 0 ? span : 0;
}

static int64_t interval_at_first(const struct app *app)
{
	int64_t least = span_from_first(app) / GRAPH_STEPS;

	return io_graph_round(least > LEAST_AT_FIRST ? least : LEAST_AT_FIRST);
}

uint32_t io_graph_intervals(const struct app *app)
{
	const struct io_graph *graph = &app->statistics.graph;
	int64_t most = span_from_first(app) / graph->interval_ns + 1;

	for (unsigned i = 0; i < graph->count; i++)
		if (graph->curves[i].series && io_series_count(graph->curves[i].series) > most)
			most = io_series_count(graph->curves[i].series);
	return most < IO_INTERVALS ? (uint32_t)most : IO_INTERVALS;
}

uint32_t io_graph_shown(const struct app *app)
{
	uint32_t all = io_graph_intervals(app), shown = all >> app->statistics.graph.zoom;

	if (shown >= SHOWN_LEAST)
		return shown;
	return all < SHOWN_LEAST ? all : SHOWN_LEAST;
}

/* The time at the cursor stays. */
void io_graph_change_interval(struct app *app, int by)
{
	struct io_graph *graph = &app->statistics.graph;
	int64_t was = graph->interval_ns, at = graph->cursor * was;
	int64_t wanted = by > 0 ? io_graph_round(was + 1) : LEAST_INTERVAL;
	char text[QUANTITY_ROOM];

	while (by < 0 && io_graph_round(wanted + 1) < was)
		wanted = io_graph_round(wanted + 1);
	if (wanted > MOST_INTERVAL ||
	    wanted >= 2 * (time_range_span(&app->times) + LEAST_AT_FIRST) ||
	    (by < 0 &&
	     (wanted >= was || time_range_span(&app->times) / wanted >= INTERVALS_MOST))) {
		app_message(app, MESSAGE_NOTE, "Intervals of %s are the %s for this capture.",
			    span_text(was, text), by > 0 ? "longest" : "shortest");
		return;
	}
	graph->wanted_ns = wanted;
	app_begin_counting(app);
	graph->cursor = (uint32_t)(at / wanted);
}

void io_graph_zoom(struct app *app, bool in)
{
	struct io_graph *graph = &app->statistics.graph;
	uint32_t shown = io_graph_shown(app);
	char key[KEYS_ROOM];

	if (in && shown <= SHOWN_LEAST)
		app_message(app, MESSAGE_NOTE, "%s makes shorter intervals.",
			    key_of(&app->user.keys, ACTION_SHORTER_INTERVAL, key));
	else if (in)
		graph->zoom++;
	else if (graph->zoom)
		graph->zoom--;
	shown = io_graph_shown(app);
	graph->first = graph->cursor > shown / 2 ? graph->cursor - shown / 2 : 0;
}

/* --- curves --- */

const char *io_curve_name(const struct io_curve *curve)
{
	return curve->text[0] ? curve->text : "all packets";
}

static struct filter *compiled(const struct app *app, const char *text, char *message)
{
	struct filter_error error;
	struct filter *filter = filter_compile(text, app->user.macros, &error);

	if (!filter && message)
		memcpy(message, error.message, FILTER_MESSAGE_ROOM);
	free(error.text);
	return filter;
}

static void remove_curve(struct io_graph *graph, unsigned n)
{
	free(graph->curves[n].text);
	memmove(&graph->curves[n], &graph->curves[n + 1],
		(graph->count - n - 1) * sizeof graph->curves[0]);
	graph->count--;
	if (graph->chosen >= graph->count)
		graph->chosen = graph->count ? graph->count - 1 : 0;
}

static bool add_curve(struct io_graph *graph, const char *text, bool displayed)
{
	for (unsigned i = 0; i < graph->count; i++)
		if (!strcmp(graph->curves[i].text, text))
			return true;
	if (graph->count == IO_CURVES)
		return false;
	graph->curves[graph->count++] =
		(struct io_curve){ .text = must_copy(text), .displayed = displayed };
	return true;
}

void io_graph_open(struct app *app)
{
	struct io_graph *graph = &app->statistics.graph;
	int64_t at = app->selected ? time_between(session_packet_time(app->session, 1),
						  session_packet_time(app->session, app->selected))
				   : 0;

	if (!graph->is_set_up) {
		add_curve(graph, "", false);
		add_curve(graph, "tcp.analysis.flags", false);
		add_curve(graph, "dns", false);
		graph->is_set_up = true;
	}
	for (unsigned i = graph->count; i-- > 0;)
		if (graph->curves[i].displayed)
			remove_curve(graph, i);
	if (app->filter_text)
		add_curve(graph, app->filter_text, true);
	graph->interval_ns = graph->wanted_ns ? graph->wanted_ns : interval_at_first(app);
	graph->cursor = at > 0 ? (uint32_t)(at / graph->interval_ns) : 0;
}

void io_graph_begin(struct app *app)
{
	struct statistics_screen *s = &app->statistics;
	struct io_graph *graph = &s->graph;

	if (graph->wanted_ns)
		graph->interval_ns = graph->wanted_ns;
	for (unsigned i = 0; i < graph->count; i++) {
		struct io_curve *curve = &graph->curves[i];

		curve->filter = curve->text[0] ? compiled(app, curve->text, NULL) : NULL;
		/* A macro in it may be gone. */
		if (curve->text[0] && !curve->filter)
			continue;
		curve->series = io_series_new(graph->interval_ns, IO_FRAMES_AND_BYTES, -1);
		io_series_join(curve->series, s->tally, curve->filter);
	}
}

void io_graph_end(struct io_graph *graph)
{
	for (unsigned i = 0; i < graph->count; i++) {
		io_series_free(graph->curves[i].series);
		filter_free(graph->curves[i].filter);
		graph->curves[i].series = NULL;
		graph->curves[i].filter = NULL;
	}
}

void io_graph_forget(struct io_graph *graph)
{
	graph->wanted_ns = 0;
	graph->zoom = 0;
	graph->first = graph->cursor = 0;
}

void io_graph_free(struct io_graph *graph)
{
	io_graph_end(graph);
	while (graph->count)
		remove_curve(graph, graph->count - 1);
}

void io_graph_add(struct app *app, const char *text)
{
	struct io_graph *graph = &app->statistics.graph;
	char message[FILTER_MESSAGE_ROOM];
	struct filter *filter = compiled(app, text, message);

	if (!filter) {
		app_ask(app, PROMPT_CURVE, text);
		app_message(app, MESSAGE_WARNING, "%s", message);
		return;
	}
	filter_free(filter);
	app_statistics_end(app);
	if (!add_curve(graph, text, false))
		app_message(app, MESSAGE_NOTE, "There is room for %d curves: remove one first.",
			    IO_CURVES);
	for (unsigned i = 0; i < graph->count; i++)
		if (!strcmp(graph->curves[i].text, text))
			graph->chosen = i;
	app_begin_counting(app);
}

void io_graph_remove(struct app *app)
{
	struct io_graph *graph = &app->statistics.graph;

	if (graph->count < 2) {
		app_message(app, MESSAGE_NOTE, "The last curve stays.");
		return;
	}
	app_statistics_end(app);
	remove_curve(graph, graph->chosen);
	app_begin_counting(app);
}

/* --- what they say --- */

static struct io_cell cell_of(const struct io_graph *graph, unsigned curve, uint32_t interval)
{
	const struct io_series *series = graph->curves[curve].series;

	return series ? io_series_cell(series, interval) : (struct io_cell){ 0 };
}

double io_graph_value(const struct io_graph *graph, unsigned curve, uint32_t interval)
{
	struct io_cell cell = cell_of(graph, curve, interval);

	switch (graph->unit) {
	case IO_BYTES_IN:
		return (double)cell.bytes;
	case IO_BITS_A_SECOND:
		return (double)cell.bytes * 8e9 / (double)graph->interval_ns;
	default:
		return (double)cell.frames;
	}
}

void io_graph_to_busy(struct app *app, int by)
{
	struct io_graph *graph = &app->statistics.graph;
	uint32_t all = io_graph_intervals(app);

	/* Before the first one is UINT32_MAX. */
	for (uint32_t at = graph->cursor + (uint32_t)by; at < all; at += (uint32_t)by)
		if (cell_of(graph, graph->chosen, at).frames) {
			graph->cursor = at;
			return;
		}
	app_message(app, MESSAGE_NOTE, "%s has no packets %s.",
		    io_curve_name(&graph->curves[graph->chosen]),
		    by > 0 ? "later than here" : "before");
}

void io_graph_go(struct app *app)
{
	struct statistics_screen *s = &app->statistics;
	uint32_t packet = cell_of(&s->graph, s->graph.chosen, s->graph.cursor).first;
	char next[KEYS_ROOM];

	if (!packet) {
		app_message(app, MESSAGE_NOTE,
			    "%s has no packets in this interval: %s goes to the next that has.",
			    io_curve_name(&s->graph.curves[s->graph.chosen]),
			    key_of(&app->user.keys, ACTION_NEXT_BUSY, next));
		return;
	}
	s->open = false;
	app_statistics_end(app);
	app_focus_pane(app, PANE_LIST);
	app_go_to(app, packet);
}
