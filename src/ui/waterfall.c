/* waterfall.c - each request's bar begins when it was sent and ends with its reply; the whole width
 * is the time of the rows on the screen.
 *
 *     #     Request                           ▕0.078 s                     0.412 s▏      Took
 *     4     GET bro.org/                      ▕██████████                         ▏    156 ms
 *     40    GET bro.org/css/pygments.css      ▕          █████                    ▏     75 ms
 */
#include "waterfall.h"

#include <stdio.h>
#include <string.h>

#include "base/span.h"
#include "statistics_requests.h"

enum { MARGIN = 2, PACKET_COLUMNS = 8, TOOK_COLUMNS = 10, LEAST_BAR = 12, WORDS_ROOM = 700 };

struct span {
	int64_t from, to; /* ns since the capture's first packet */
};

bool has_waterfall(const struct statistics_screen *s)
{
	return is_table_of_requests(s->tab);
}

static int64_t end_of(const struct exchange *e)
{
	int64_t end;

	if (e->took_ns <= 0)
		return e->since_ns;
	return __builtin_add_overflow(e->since_ns, e->took_ns, &end) ? INT64_MAX : end;
}

static struct span span_of(const struct statistics_screen *s, uint32_t top, uint32_t shown)
{
	struct span span = { INT64_MAX, INT64_MIN };

	for (uint32_t row = top; row < s->rows && row - top < shown; row++) {
		const struct exchange *e = request_in_row(s, row);

		span.from = e->since_ns < span.from ? e->since_ns : span.from;
		span.to = end_of(e) > span.to ? end_of(e) : span.to;
	}
	return span;
}

static int place_of(const struct span *span, int64_t at, int columns)
{
	double whole = (double)span->to - (double)span->from;
	double share = whole > 0 ? ((double)at - (double)span->from) / whole : 0;
	int place = (int)(share * columns);

	return place < 0 ? 0 : place >= columns ? columns - 1 : place;
}

/* At least one cell; what was not answered has a cross where it began. */
static void draw_bar(struct canvas *canvas, int line, int column, int columns,
		     const struct span *span, const struct exchange *e, enum style style)
{
	int from = place_of(span, e->since_ns, columns), to = place_of(span, end_of(e), columns);
	bool plain = style == STYLE_NORMAL;

	canvas_text(canvas, line, column, 1, style, "▕");
	canvas_text(canvas, line, column + 1 + columns, 1, style, "▏");
	if (!e->reply)
		canvas_text(canvas, line, column + 1 + from, 1, plain ? STYLE_WARNING : style, "✗");
	else
		canvas_repeat(canvas, line, column + 1 + from, to - from + 1,
			      plain ? STYLE_GRAPH : style, 0x2588);
}

static void words_of(const struct statistics_screen *s, const struct exchange *e,
		     char text[WORDS_ROOM])
{
	if (s->tab == TAB_HTTP)
		/* A path has no host; what a proxy is asked for has. */
		snprintf(text, WORDS_ROOM, "%s %.200s%.400s", e->kind,
			 e->name[0] == '/' ? e->host : "", e->name);
	else
		snprintf(text, WORDS_ROOM, "%.*s %.500s", (int)strcspn(e->kind, " "), e->kind,
			 e->name);
}

struct places {
	int words, bar, bar_columns, took;
};

static struct places places_in(int columns)
{
	int took = columns - TOOK_COLUMNS - 1, words = MARGIN + PACKET_COLUMNS + 1;
	int room = took - words - 4, bar = room / 2 > LEAST_BAR ? room / 2 : LEAST_BAR;

	return (struct places){
		.words = words, .bar = took - bar - 3, .bar_columns = bar, .took = took
	};
}

static void draw_heading(struct canvas *canvas, int line, const struct places *at,
			 const struct span *span, bool any)
{
	char from[40], to[40];

	canvas_blank(canvas, line, 0, STYLE_HEADING);
	canvas_text_right(canvas, line, MARGIN, PACKET_COLUMNS, STYLE_HEADING, "#");
	canvas_text(canvas, line, at->words, at->bar - at->words - 1, STYLE_HEADING, "Request");
	canvas_text_right(canvas, line, at->took, TOOK_COLUMNS, STYLE_HEADING, "Took");
	if (!any)
		return;
	snprintf(from, sizeof from, "%.3f s", (double)span->from / 1e9);
	snprintf(to, sizeof to, "%.3f s", (double)span->to / 1e9);
	if (text_columns(from) + text_columns(to) + 1 > at->bar_columns)
		return;
	canvas_text(canvas, line, at->bar + 1, -1, STYLE_HEADING, from);
	canvas_text_right(canvas, line, at->bar + 1, at->bar_columns, STYLE_HEADING, to);
}

static void draw_row(const struct view *view, const struct statistics_screen *s,
		     struct canvas *canvas, int line, uint32_t row, const struct places *at,
		     const struct span *span)
{
	const struct exchange *e = request_in_row(s, row);
	enum style style = STYLE_NORMAL;
	char words[WORDS_ROOM], took[SPAN_ROOM];

	if (row == s->selected) {
		style = view->focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
		canvas_blank(canvas, line, 0, style);
		canvas_text(canvas, line, 0, 1, style, "▌");
		canvas_cursor(canvas, line, 0);
	}
	snprintf(words, sizeof words, "%u", e->request);
	canvas_text_right(canvas, line, MARGIN, PACKET_COLUMNS, style, words);
	words_of(s, e, words);
	canvas_text(canvas, line, at->words, at->bar - at->words - 1, style, words);
	draw_bar(canvas, line, at->bar, at->bar_columns, span, e, style);
	canvas_text_right(canvas, line, at->took, TOOK_COLUMNS, style,
			  e->took_ns >= 0 ? span_short(e->took_ns, took) : "no reply");
}

void draw_waterfall(const struct view *view, const struct app *app, struct canvas *canvas, int line,
		    uint32_t shown)
{
	const struct statistics_screen *s = &app->statistics;
	struct places at = places_in(canvas->area.columns);
	struct span span = { 0, 1 };

	if (s->rows)
		span = span_of(s, view->top, shown);
	else
		canvas_text(canvas, line, MARGIN, -1, STYLE_DIM,
			    "There is nothing of this kind here.");
	if (line > 1)
		draw_heading(canvas, line - 1, &at, &span, s->rows);
	for (uint32_t row = view->top; row < s->rows && row - view->top < shown; row++)
		draw_row(view, s, canvas, line++, row, &at, &span);
}
