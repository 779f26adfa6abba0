/* stream_view.c - one stream: who, how it went, and a face that shows it.
 *
 *       Stream 0 · TCP  client 192.0.2.1:40000 ⇄ 198.51.100.2:80 server     538 B → · ← 0 B
 *       ✓ Handshake complete in 5.73 ms (network 5.55 ms, client 0.17 ms).
 *      ── [Ladder] Text Summary Graph ─ folded · relative ─────────────────── 7–20 of 24 ──
 *
 * The head is drawn here; what is below is the face's. */
#include <stdio.h>
#include <string.h>

#include "base/span.h"
#include "print/ladder_text.h"
#include "stream_faces.h"
#include "ui/app_filter.h"
#include "ui/app_stream.h"
#include "ui/quantity.h"

enum { HEAD_ROWS = 1, TABS_ROWS = 1, FACE_LEAST = 6, WHO_ROOM = 800, SENTENCES_IN = 5 };

static const struct stream_face_class *const faces[FACES] = {
	[FACE_LADDER] = &ladder_face,
	[FACE_TEXT] = &text_face,
	[FACE_SUMMARY] = &summary_face,
	[FACE_GRAPH] = &graph_face,
};

const struct stream_face_class *stream_face(const struct app *app)
{
	return faces[app->stream.face];
}

enum style style_of_side(enum ladder_side side)
{
	return side == LADDER_CLIENT ? STYLE_CLIENT : STYLE_SERVER;
}

enum style style_of_mark(enum mark mark)
{
	static const enum style styles[MARKS] = {
		[MARK_NONE] = STYLE_NORMAL,   [MARK_COUNTED] = STYLE_NORMAL,
		[MARK_GOOD] = STYLE_GOOD,     [MARK_NOTABLE] = STYLE_WARNING,
		[MARK_BAD] = STYLE_FIELD_BAD, [MARK_OPEN] = STYLE_WARNING,
	};

	return styles[mark];
}

const char *sides_text(unsigned sides)
{
	return sides == 1u << LADDER_CLIENT   ? "client only"
	       : sides == 1u << LADDER_SERVER ? "server only"
					      : "both sides";
}

/* --- sentences --- */

static int lines_of(const struct verdict_finding *finding, int columns)
{
	const char *text = finding->text;
	int lines = 0;

	for (; *text && columns > 4; lines++)
		text = text_line_of(text, columns - 4).rest;
	return lines;
}

/* When there is no room for all, what counts least is left to the summary. */
static bool is_minor(const struct verdict_finding *finding, unsigned level)
{
	return level && (finding->mark == MARK_NONE || finding->mark == MARK_COUNTED);
}

static int lines_of_all(const struct verdict *v, int columns, unsigned level, unsigned *left_out)
{
	int lines = 0;

	*left_out = 0;
	for (unsigned i = 0; i < v->finding_count; i++) {
		if (is_minor(&v->findings[i], level))
			++*left_out;
		else
			lines += lines_of(&v->findings[i], columns);
	}
	return lines;
}

/* Which sentences are shown: 0 all, 1 without the minor ones. */
static unsigned level_for(const struct verdict *v, int columns, int most)
{
	unsigned left_out;

	return lines_of_all(v, columns, 0, &left_out) > most;
}

static int rows_of_sentences(const struct app *app, int columns, int most)
{
	const struct verdict *v = &app->stream.verdict;
	unsigned left_out;
	int lines = lines_of_all(v, columns, level_for(v, columns, most), &left_out);

	return app->stream.judged ? (lines < most ? lines : most) : 0;
}

static int draw_sentence(struct canvas *canvas, int line, int end,
			 const struct verdict_finding *finding)
{
	const char *text = finding->text;
	enum style style = style_of_mark(finding->mark);

	canvas_text(canvas, line, 1, 1, style, mark_texts[finding->mark]);
	for (; *text && line < end; line++) {
		struct text_line part = text_line_of(text, canvas->area.columns - 4);
		bool cut = line + 1 == end && *part.rest;

		/* What does not fit is cut where it is seen. */
		canvas_text(canvas, line, 3, -1, STYLE_NORMAL, cut ? text : part.text);
		text = part.rest;
	}
	return line;
}

/* Draws sentences in at most so many lines; *left_out: how many had no room. */
static int draw_sentences(const struct app *app, struct canvas *canvas, int line, int most,
			  unsigned *left_out)
{
	const struct verdict *v = &app->stream.verdict;
	int first = line, end = line + most;
	unsigned level = level_for(v, canvas->area.columns, most), told = 0;

	*left_out = 0;
	if (!app->stream.judged)
		return 0;
	for (unsigned i = 0; i < v->finding_count && line < end; i++) {
		if (is_minor(&v->findings[i], level))
			continue;
		line = draw_sentence(canvas, line, end, &v->findings[i]);
		told++;
	}
	*left_out = v->finding_count - told;
	return line - first;
}

/* --- head --- */

static int sentence_rows(const struct view *view, const struct app *app)
{
	int most = view->area.rows / SENTENCES_IN;
	int room = view->area.rows - HEAD_ROWS - TABS_ROWS - FACE_LEAST;

	if (app->stream.face == FACE_SUMMARY || room <= 0)
		return 0;
	if (most < 2)
		most = 2;
	return rows_of_sentences(app, view->area.columns, most < room ? most : room);
}

static int head_rows(const struct view *view, const struct app *app)
{
	if (view->area.rows < FACE_LEAST + HEAD_ROWS + TABS_ROWS)
		return TABS_ROWS;
	return HEAD_ROWS + sentence_rows(view, app) + TABS_ROWS;
}

uint32_t face_rows(const struct view *view)
{
	return view->area.rows > 0 ? (uint32_t)view->area.rows : 0;
}

static void figures_text(const struct app *app, char *text, size_t room)
{
	const struct ladder *ladder = app->stream.ladder;
	const struct ladder_sum *sum = ladder->sum;
	bool opener = ladder->client_is_opener;
	uint32_t count = ladder->segment_count;
	char to[QUANTITY_ROOM], from[QUANTITY_ROOM], packets[QUANTITY_ROOM], span[SPAN_ROOM];

	if (!count) {
		snprintf(text, room, "reading…");
		return;
	}
	snprintf(text, room, "%s → · ← %s  %s pkts  %s", bytes_text(sum[!opener].bytes, to),
		 bytes_text(sum[opener].bytes, from), count_text(count, packets),
		 span_short(ladder_time(ladder, count - 1) - ladder_time(ladder, 0), span));
}

static void draw_who(struct app *app, struct canvas *canvas)
{
	const struct ladder *ladder = app->stream.ladder;
	char client[END_TEXT_ROOM], server[END_TEXT_ROOM], text[WHO_ROOM], figures[200];
	const char *figures_start = figures;
	bool is_tcp = ladder->protocol == STREAM_TCP;
	int columns = canvas->area.columns, right;

	ladder_end_text(ladder, LADDER_CLIENT, client);
	ladder_end_text(ladder, LADDER_SERVER, server);
	figures_text(app, figures, sizeof figures);
	right = text_columns(figures);
	snprintf(text, sizeof text, "Stream %u · %s  client%s %s ⇄ %s server",
		 ladder->list.talk->stream, is_tcp ? "TCP" : "UDP",
		 is_tcp && !ladder->client_is_known ? "?" : "", client, server);
	if (text_columns(text) + right + 4 > columns)
		snprintf(text, sizeof text, "Stream %u · %s %s ⇄ %s", ladder->list.talk->stream,
			 is_tcp ? "TCP" : "UDP", client, server);
	int used = 1 + canvas_text(canvas, 0, 1, -1, STYLE_HEADING, text);

	if (used + right + 3 > columns && strstr(figures, "  "))
		right = text_columns(figures_start = strstr(figures, "  ") + 2);
	if (used + right + 3 <= columns)
		canvas_text_right(canvas, 0, columns - right - 1, right, STYLE_NORMAL,
				  figures_start);
}

/* "[Ladder] Text Summary(+3) Graph ─ runs folded": the summary has sentences more. */
static void tabs_text(struct app *app, unsigned left_out, char *text, size_t room)
{
	size_t used = 0;
	char set[150];

	for (enum stream_face f = 0; f < FACES; f++) {
		used += (size_t)snprintf(text + used, room - used,
					 f == app->stream.face ? "%s[%s]" : "%s%s", f ? " " : "",
					 faces[f]->title);
		if (f == FACE_SUMMARY && left_out && f != app->stream.face)
			used += (size_t)snprintf(text + used, room - used, "(+%u)", left_out);
	}
	stream_face(app)->set(app, set, sizeof set);
	if (set[0])
		snprintf(text + used, room - used, " ─ %s", set);
}

static void draw_tabs(const struct view *view, struct view *face, struct app *app,
		      struct canvas *canvas, int line, const char *left)
{
	struct canvas row = canvas_part(canvas, (struct rect){ line, 0, 1, canvas->area.columns });
	char right[150] = "", keys[KEYS_ROOM];

	stream_face(app)->where(face, app, right, sizeof right);
	if (app->stream.pending)
		snprintf(right, sizeof right,
			 app->stream.stopped ? "stopped: %u of %u packets, %s goes on"
					     : "reading… %u of %u packets",
			 app->stream.ladder->taken, app->stream.ladder->list.count,
			 key_of(&app->user.keys, ACTION_GO_ON, keys));
	draw_pane_title(view, &row, left, right);
}

/* The face is a view of its own below the head, so that it knows how many rows it has. */
static struct view face_of(const struct view *view, const struct app *app)
{
	struct view face = *view;
	int head = head_rows(view, app);

	face.area.row += head;
	face.area.rows = view->area.rows > head ? view->area.rows - head : 0;
	return face;
}

static void settle(struct view *view, struct app *app)
{
	struct view face = face_of(view, app);

	stream_face(app)->settle(&face, app, face.area.rows, face.area.columns);
	view->top = face.top;
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	struct view face = face_of(view, app);
	int head = head_rows(view, app);
	unsigned left_out = 0;
	char tabs[300];

	if (head > TABS_ROWS) {
		draw_who(app, canvas);
		draw_sentences(app, canvas, HEAD_ROWS, head - HEAD_ROWS - TABS_ROWS, &left_out);
	}
	tabs_text(app, left_out, tabs, sizeof tabs);
	draw_tabs(view, &face, app, canvas, head - TABS_ROWS, tabs);
	struct canvas below =
		canvas_part(canvas, (struct rect){ head, 0, face.area.rows, canvas->area.columns });

	stream_face(app)->draw(&face, app, &below);
}

/* --- keys --- */

static void next_face(struct app *app, int by)
{
	app->stream.face = (enum stream_face)(((int)app->stream.face + by + FACES) % FACES);
	app->stream.pending = true;
}

static void next_side(struct stream_screen *stream)
{
	/* Both, client, server, both. */
	stream->sides = stream->sides == 3		       ? 1u << LADDER_CLIENT
			: stream->sides == 1u << LADDER_CLIENT ? 1u << LADDER_SERVER
							       : 3;
}

/* In the list, where what it shows is seen; Esc comes back. */
static void filter_by_stream(struct app *app)
{
	const struct ladder *ladder = app->stream.ladder;
	uint32_t packet = stream_face(app)->packet(app);
	char filter[60];

	snprintf(filter, sizeof filter, "%s.stream == %u",
		 ladder->protocol == STREAM_TCP ? "tcp" : "udp", ladder->list.talk->stream);
	app_stream_leave_for(app, packet ? packet : app->selected);
	app_set_filter(app, filter);
}

static bool act_on_all(struct app *app, enum action action, uint32_t count)
{
	int times = count > 0 && count < 1000000 ? (int)count : 1;

	switch (action) {
	case ACTION_NEXT_FACE:
		next_face(app, 1);
		return true;
	case ACTION_PREVIOUS_FACE:
		next_face(app, -1);
		return true;
	case ACTION_NEXT_STREAM:
		app_stream_step(app, times);
		return true;
	case ACTION_PREVIOUS_STREAM:
		app_stream_step(app, -times);
		return true;
	case ACTION_ABSOLUTE:
		app->stream.absolute = !app->stream.absolute;
		return true;
	case ACTION_DIRECTION:
		next_side(&app->stream);
		return true;
	case ACTION_READING:
	case ACTION_NEXT_INNER:
	case ACTION_PREVIOUS_INNER:
		reading_act(app, action);
		return true;
	case ACTION_FILTER_CONVERSATION:
		filter_by_stream(app);
		return true;
	case ACTION_FIND:
		app_ask(app, PROMPT_FIND, app->stream.needle);
		return true;
	case ACTION_SAVE_STREAM:
		app_ask(app, PROMPT_SAVE_STREAM, "");
		return true;
	case ACTION_CLOSE:
	case ACTION_LEAVE:
		app_stream_close(app);
		return true;
	default:
		return false;
	}
}

static void go_to_packet(struct app *app)
{
	uint32_t packet = stream_face(app)->packet(app);

	if (packet)
		app_stream_leave_for(app, packet);
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	struct view face = face_of(view, app);
	bool done = stream_face(app)->act(&face, app, action, count);

	view->top = face.top;
	if (done || act_on_all(app, action, count) || stream_act_on_marks(app, action) ||
	    stream_copy(app, action))
		return true;
	if (action != ACTION_OPEN)
		return false;
	go_to_packet(app);
	return true;
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	struct view face = face_of(view, app);
	int row = mouse->row - head_rows(view, app);

	if (row >= 0 && stream_face(app)->pick)
		stream_face(app)->pick(&face, app, row);
}

const struct view_class stream_view = {
	.name = "stream",
	.place = IN_STREAM,
	.settle = settle,
	.draw = draw,
	.act = act,
	.click = click,
};
