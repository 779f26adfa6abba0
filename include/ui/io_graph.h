/* io_graph.h - packets over time as curves, each of a display filter, and a cursor that reads them.
 *
 * What the user chose (curves, unit, scale) stays while a capture is left and opened again;
 * what is counted does not. */
#ifndef UI_IO_GRAPH_H
#define UI_IO_GRAPH_H

#include "session/io_series.h"

enum { IO_CURVES = 6 };

enum io_unit { IO_PACKETS_IN, IO_BYTES_IN, IO_BITS_A_SECOND, IO_UNITS };

struct io_curve {
	char *text;		/* of its filter; "": all packets */
	bool hidden, displayed; /* displayed: it is the display filter, as it was when one looked */
	struct filter *filter;	/* NULL: all packets */
	struct io_series *series;
};

struct io_graph {
	struct io_curve curves[IO_CURVES];
	unsigned count, chosen;
	bool is_set_up; /* it had its first curves */
	enum io_unit unit;
	bool logarithmic;
	int64_t wanted_ns; /* interval chosen by the user; 0: as fits the capture */
	int64_t interval_ns;
	uint32_t cursor; /* interval */
	unsigned zoom;	 /* how often the time shown was halved */
	uint32_t first;	 /* interval shown */
};

struct app;

/* Before it is shown: curves of the first time, the display filter's, and the cursor at the
 * selected packet. */
void io_graph_open(struct app *app);
/* The tally is to count for the graph from now on, and no more. */
void io_graph_begin(struct app *app);
void io_graph_end(struct io_graph *graph);
/* Another capture comes: its time is another. */
void io_graph_forget(struct io_graph *graph);
void io_graph_free(struct io_graph *graph);

/* A curve more; if the filter is not valid it is asked for again. */
void io_graph_add(struct app *app, const char *filter);
void io_graph_remove(struct app *app);
/* by 1: the next longer interval; -1: the next shorter one. */
void io_graph_change_interval(struct app *app, int by);
void io_graph_zoom(struct app *app, bool in);
/* The next interval (by 1), or the one before (by -1), in which the chosen curve has packets. */
void io_graph_to_busy(struct app *app, int by);
/* Closes the view, and shows the first packet of the curve in the cursor's interval. */
void io_graph_go(struct app *app);

/* Intervals of the capture, at least 1, and how many of them are shown. */
uint32_t io_graph_intervals(const struct app *app);
uint32_t io_graph_shown(const struct app *app);
/* 1, 2 or 5 of a unit, at least so many nanoseconds. */
int64_t io_graph_round(int64_t least_ns);
const char *io_curve_name(const struct io_curve *curve);
double io_graph_value(const struct io_graph *graph, unsigned curve, uint32_t interval);

#endif
