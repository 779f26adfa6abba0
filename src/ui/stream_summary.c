/* stream_summary.c - the face that tells of the stream as a whole: sentences, and both sides in
 * figures. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/span.h"
#include "print/ladder_text.h"
#include "stream_faces.h"
#include "ui/quantity.h"

enum { SENTENCES_MOST = 200, LABEL_COLUMNS = 26, SIDE_COLUMNS = 26, CELL_ROOM = 120 };

/* What a row of the table says of one side. */
struct asked {
	const struct app *app;
	const struct ladder *ladder;
	const struct ladder_sum *sum, *other;
	const struct tcp_life_side *life;
	enum ladder_side side;
};

static void say(char cell[CELL_ROOM], const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static void say(char cell[CELL_ROOM], const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(cell, CELL_ROOM, format, args);
	va_end(args);
}

static int64_t duration(const struct ladder *ladder)
{
	uint32_t count = ladder->segment_count;

	return count ? ladder_time(ladder, count - 1) - ladder_time(ladder, 0) : 0;
}

static void say_address(const struct asked *a, char cell[CELL_ROOM])
{
	ladder_end_text(a->ladder, a->side, cell);
}

static void say_packets(const struct asked *a, char cell[CELL_ROOM])
{
	char count[QUANTITY_ROOM], bytes[QUANTITY_ROOM];

	say(cell, "%s (%s B)", count_text(a->sum->packets, count),
	    count_text(a->sum->wire_bytes, bytes));
}

static void say_payload(const struct asked *a, char cell[CELL_ROOM])
{
	char bytes[QUANTITY_ROOM];

	say(cell, "%s B", count_text(a->sum->bytes, bytes));
}

static void say_rate(const struct asked *a, char cell[CELL_ROOM])
{
	int64_t ns = duration(a->ladder);
	char rate[QUANTITY_ROOM];

	if (ns <= 0)
		return;
	double bits = (double)a->sum->bytes * 8e9 / (double)ns;

	say(cell, "%s%sbit/s", short_count_text((uint64_t)bits, rate), bits < 10000 ? " " : "");
}

static void say_resent(const struct asked *a, char cell[CELL_ROOM])
{
	const struct tcp_life_side *life = a->life;
	double share =
		a->sum->bytes ? 100.0 * (double)life->resent_bytes / (double)a->sum->bytes : 0;

	if (life->resent)
		say(cell, "%u (%" PRIu64 " B, %.1f %%)", life->resent, life->resent_bytes, share);
	else
		say(cell, "none");
}

static void say_found(const struct asked *a, unsigned finding, char cell[CELL_ROOM])
{
	say(cell, "%u", a->sum->found[__builtin_ctz(finding)]);
}

static void say_duplicates(const struct asked *a, char cell[CELL_ROOM])
{
	say_found(a, TCP_FOUND_DUPLICATE_ACK, cell);
}

static void say_disorder(const struct asked *a, char cell[CELL_ROOM])
{
	say_found(a, TCP_FOUND_OUT_OF_ORDER, cell);
}

static void say_zero(const struct asked *a, char cell[CELL_ROOM])
{
	say_found(a, TCP_FOUND_ZERO_WINDOW, cell);
}

static void say_keep_alives(const struct asked *a, char cell[CELL_ROOM])
{
	say_found(a, TCP_FOUND_KEEP_ALIVE, cell);
}

/* Who acknowledges late is far away, or slow: so this is the other's data and this side's ACKs. */
static void say_rtt(const struct asked *a, char cell[CELL_ROOM])
{
	const struct ladder_sum *sum = a->sum;
	char mean[SPAN_ROOM];

	if (sum->rtt_count)
		say(cell, "%s in the mean",
		    span_short((int64_t)(sum->rtt_sum_us / sum->rtt_count) * 1000, mean));
}

static void say_rtt_bounds(const struct asked *a, char cell[CELL_ROOM])
{
	const struct ladder_sum *sum = a->sum;
	char least[SPAN_ROOM], most[SPAN_ROOM];

	if (sum->rtt_count)
		say(cell, "%s to %s", span_short((int64_t)sum->rtt_least_us * 1000, least),
		    span_short((int64_t)sum->rtt_most_us * 1000, most));
}

static void say_window(const struct asked *a, char cell[CELL_ROOM])
{
	char least[QUANTITY_ROOM], most[QUANTITY_ROOM];

	if (a->sum->has_window)
		say(cell, "%s to %s B", count_text(a->sum->window_least, least),
		    count_text(a->sum->window_most, most));
}

static void say_options(const struct asked *a, char cell[CELL_ROOM])
{
	const struct tcp_life_side *life = a->life;
	char scale[40] = "", mss[40] = "no MSS";

	if (!life->syn_packet) {
		say(cell, "no SYN seen");
		return;
	}
	if (life->mss)
		snprintf(mss, sizeof mss, "MSS %u", life->mss);
	if (life->has_scale)
		snprintf(scale, sizeof scale, ", scale %u", 1u << (life->scale & 31));
	say(cell, "%.30s%.30s%s%s", mss, scale, life->sack_permitted ? ", SACK" : "",
	    life->fast_open_cookie ? ", TFO" : "");
}

static void say_close(const struct asked *a, char cell[CELL_ROOM])
{
	const struct tcp_life_side *life = a->life;

	if (!life->fin_packet)
		return;
	if (life->fin_acknowledged_in)
		say(cell, "#%u, acknowledged in #%u", life->fin_packet, life->fin_acknowledged_in);
	else
		say(cell, "#%u, not acknowledged", life->fin_packet);
}

static void say_state(const struct asked *a, char cell[CELL_ROOM])
{
	const struct ladder_segment *last = &a->ladder->segments[a->ladder->segment_count - 1];

	/* What the other side sent may never have come. */
	if (!a->sum->packets)
		say(cell, "unknown");
	else
		say(cell, "%s",
		    tcp_state_names[a->side == LADDER_CLIENT ? last->client : last->server]);
}

static const struct {
	const char *label;
	bool tcp_only;
	void (*say)(const struct asked *asked, char cell[CELL_ROOM]);
} table[] = {
	{ "Address", false, say_address },	     { "Packets sent", false, say_packets },
	{ "Data sent", false, say_payload },	     { "Mean rate of data", false, say_rate },
	{ "Options in its SYN", true, say_options }, { "Window, least to most", true, say_window },
	{ "Acknowledges after", true, say_rtt },     { "  least to most", true, say_rtt_bounds },
	{ "Sent again", true, say_resent },	     { "Duplicate ACKs", true, say_duplicates },
	{ "Out of order", true, say_disorder },	     { "Zero windows", true, say_zero },
	{ "Keep-alives", true, say_keep_alives },    { "FIN", true, say_close },
	{ "State at the end", true, say_state },
};

/* --- lines --- */

/* Draws what is on the screen of lines that are numbered from 0. */
struct paper {
	struct canvas *canvas;
	int top, line;
};

static int row_of(const struct paper *paper)
{
	return paper->line - paper->top;
}

static bool has_row(const struct ladder *ladder, size_t row)
{
	return !table[row].tcp_only || ladder->protocol == STREAM_TCP;
}

static void make_cell(const struct app *app, size_t row, enum ladder_side side,
		      char cell[CELL_ROOM])
{
	const struct ladder *ladder = app->stream.ladder;
	bool opener = (side == LADDER_CLIENT) == ladder->client_is_opener;
	struct asked asked = { app,
			       ladder,
			       &ladder->sum[!opener],
			       &ladder->sum[opener],
			       &ladder_life(ladder)->side[side],
			       side };

	cell[0] = '\0';
	table[row].say(&asked, cell);
}

/* All of it: sentences, and the table with tabs between. */
static void copy(struct app *app, bool whole, FILE *out)
{
	const struct verdict *v = &app->stream.verdict;
	char cell[CELL_ROOM];

	(void)whole;
	for (unsigned i = 0; app->stream.judged && i < v->finding_count; i++)
		fprintf(out, "%s %s\n", mark_texts[v->findings[i].mark], v->findings[i].text);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (!has_row(app->stream.ladder, i))
			continue;
		fputs(table[i].label + strspn(table[i].label, " "), out);
		for (enum ladder_side side = LADDER_CLIENT; side < LADDER_SIDES; side++) {
			make_cell(app, i, side, cell);
			fprintf(out, "\t%s", cell);
		}
		putc('\n', out);
	}
}

static void draw_table(const struct app *app, struct paper *paper)
{
	const struct ladder *ladder = app->stream.ladder;
	int label = LABEL_COLUMNS, room = (paper->canvas->area.columns - label) / 2;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char cell[CELL_ROOM];

		if (!has_row(ladder, i))
			continue;
		canvas_text(paper->canvas, row_of(paper), 1, label - 2, STYLE_DIM, table[i].label);
		for (enum ladder_side side = LADDER_CLIENT; side < LADDER_SIDES; side++) {
			make_cell(app, i, side, cell);
			canvas_text(paper->canvas, row_of(paper), label + (int)side * room,
				    room - 1, STYLE_NORMAL, cell);
		}
		paper->line++;
	}
}

static void draw_heading(const struct app *app, struct paper *paper)
{
	int label = LABEL_COLUMNS, room = (paper->canvas->area.columns - label) / 2;
	bool known =
		app->stream.ladder->client_is_known || app->stream.ladder->protocol != STREAM_TCP;

	canvas_text(paper->canvas, row_of(paper), label, room, STYLE_CLIENT,
		    known ? "client" : "client?");
	canvas_text(paper->canvas, row_of(paper), label + room, room, STYLE_SERVER, "server");
	paper->line++;
}

/* The rule's name stands behind, or below where there is no room, for who looks it up. */
static void draw_findings(const struct app *app, struct paper *paper)
{
	const struct verdict *v = &app->stream.verdict;
	int columns = paper->canvas->area.columns;

	for (unsigned i = 0; app->stream.judged && i < v->finding_count; i++) {
		const struct verdict_finding *finding = &v->findings[i];
		enum style style = style_of_mark(finding->mark);
		const char *text = finding->text;
		const char *id = finding->rule->id;

		canvas_text(paper->canvas, row_of(paper), 1, 1, style, mark_texts[finding->mark]);
		while (*text && columns > 8) {
			struct text_line part = text_line_of(text, columns - 4);

			int used = 3 + canvas_text(paper->canvas, row_of(paper), 3, -1,
						   STYLE_NORMAL, part.text);

			text = part.rest;
			if (!*text && used + 3 + (int)strlen(id) >= columns) {
				paper->line++;
				used = 2;
			}
			if (!*text)
				canvas_printf(paper->canvas, row_of(paper), used + 1, -1, STYLE_DIM,
					      "[%s]", id);
			paper->line++;
		}
	}
	if (app->stream.judged)
		paper->line++;
}

static void draw_whole(const struct app *app, struct paper *paper)
{
	const struct ladder *ladder = app->stream.ladder;
	char span[SPAN_ROOM], first[40];

	ladder_seconds(session_packet_time(app->session, 1), ladder_time(ladder, 0), first);
	canvas_printf(paper->canvas, row_of(paper), 1, -1, STYLE_NORMAL,
		      "%u packets, #%u to #%u, from %s s on, in %s", ladder->segment_count,
		      ladder->segments[0].packet,
		      ladder->segments[ladder->segment_count - 1].packet, first,
		      span_short(duration(ladder), span));
	paper->line += 2;
}

static int draw_all(const struct app *app, struct canvas *canvas, int top)
{
	struct paper paper = { canvas, top, 0 };

	if (!app->stream.ladder->segment_count)
		return 0;
	draw_findings(app, &paper);
	draw_whole(app, &paper);
	draw_heading(app, &paper);
	draw_table(app, &paper);
	return paper.line;
}

static int lines_in(const struct app *app, int columns)
{
	struct screen none = { 0 };
	struct canvas nowhere = { &none, { 0, 0, 0, columns } };

	return draw_all(app, &nowhere, 0);
}

static void settle(struct view *view, struct app *app, int rows, int columns)
{
	int lines = lines_in(app, columns);

	(void)view;
	if (lines <= rows)
		app->stream.summary_top = 0;
	else if (app->stream.summary_top > (uint32_t)(lines - rows))
		app->stream.summary_top = (uint32_t)(lines - rows);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	(void)view;
	draw_all(app, canvas, (int)app->stream.summary_top);
	canvas_cursor(canvas, 0, 0);
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	return row_moved(action, count, app->stream.summary_top, SENTENCES_MOST, face_rows(view),
			 &app->stream.summary_top);
}

static void set(struct app *app, char *text, size_t room)
{
	const struct stream_screen *stream = &app->stream;

	snprintf(text, room, "%s", stream->judged ? outcome_names[stream->verdict.outcome] : "");
}

static void where(struct view *view, struct app *app, char *text, size_t room)
{
	int lines = lines_in(app, view->area.columns), rows = view->area.rows;
	int top = (int)app->stream.summary_top;

	text[0] = '\0';
	if (lines > rows && rows > 0)
		snprintf(text, room, "%s%s %d–%d of %d lines", top ? "↑" : "",
			 top + rows < lines ? "↓" : "", top + 1, top + rows, lines);
}

static void explain(struct app *app, char *text, size_t room)
{
	snprintf(text, room,
		 app->stream.ladder->protocol == STREAM_TCP
			 ? "How long each side takes to acknowledge is as seen where it was "
			   "captured."
			 : "");
}

static uint32_t packet(struct app *app)
{
	return ladder_face.packet(app);
}

const struct stream_face_class summary_face = {
	.title = "Summary",
	.settle = settle,
	.draw = draw,
	.act = act,
	.set = set,
	.where = where,
	.explain = explain,
	.packet = packet,
	.copy = copy,
};
