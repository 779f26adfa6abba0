/* stream_ladder.c - the face that draws each segment as an arrow between both ends. */
#include <stdio.h>
#include <string.h>

#include "base/span.h"
#include "print/ladder_text.h"
#include "stream_faces.h"
#include "ui/app_capture.h"
#include "ui/plain.h"

enum { HEADING_ROWS = 1, HEADED_FROM = 6, COPY_COLUMNS = 120 };

static int heading_rows(const struct view *view)
{
	return view->area.rows >= HEADED_FROM ? HEADING_ROWS : 0;
}

static uint32_t rows_shown(const struct view *view)
{
	int rows = view->area.rows - heading_rows(view);

	return rows > 0 ? (uint32_t)rows : 0;
}

static bool same_row(const struct ladder_row *a, const struct ladder_row *b)
{
	return a->segment == b->segment && a->kind == b->kind;
}

/* Rows move while runs grow; the selection stays on what it was on. */
static void find_selected(struct stream_screen *stream)
{
	const struct ladder *ladder = stream->ladder;
	uint32_t row = stream->row;

	if (stream->follows && ladder->row_count)
		row = ladder->row_count - 1;
	else if (row >= ladder->row_count || !same_row(&ladder->rows[row], &stream->seen))
		row = ladder_row_of(ladder, stream->seen.segment);
	if (!row && ladder->row_count > 1 && ladder->rows[0].kind == ROW_SECTION)
		row = 1;
	stream->row = row < ladder->row_count ? row : 0;
	if (ladder->row_count)
		stream->seen = ladder->rows[stream->row];
}

static void select_row(struct app *app, uint32_t row)
{
	struct stream_screen *stream = &app->stream;

	if (row >= stream->ladder->row_count)
		return;
	stream->row = row;
	stream->seen = stream->ladder->rows[row];
	stream->wanted = 0;
	stream->follows = row == stream->ladder->row_count - 1 && app_can_grow(app);
}

/* The name of a section is no place to stop at, if there is another in that direction. */
static uint32_t beside_section(const struct ladder *ladder, uint32_t from, uint32_t to)
{
	uint32_t row = to;

	while (row < ladder->row_count && ladder->rows[row].kind == ROW_SECTION)
		row += to > from || !row ? 1 : UINT32_MAX;
	return row < ladder->row_count ? row : from;
}

static void settle(struct view *view, struct app *app, int rows, int columns)
{
	struct stream_screen *stream = &app->stream;

	(void)rows;
	(void)columns;
	find_selected(stream);
	/* The line that ends the ladder is the last. */
	view->top =
		top_for(view->top, stream->row, stream->ladder->row_count + 1, rows_shown(view));
	/* Who comes to the first row of a section sees its name. */
	if (view->top && view->top == stream->row && stream->row < stream->ladder->row_count &&
	    stream->ladder->rows[view->top - 1].kind == ROW_SECTION && rows_shown(view) > 1)
		view->top--;
	/* Whoever is on the last row sees that. */
	if (stream->row + 1 == stream->ladder->row_count)
		view->top = top_for(view->top, stream->row + 1, stream->ladder->row_count + 1,
				    rows_shown(view));
}

/* --- drawing --- */

static const enum style tone_styles[] = {
	[TONE_CONTROL] = STYLE_NORMAL,	[TONE_CLIENT] = STYLE_CLIENT,
	[TONE_SERVER] = STYLE_SERVER,	[TONE_OPENING] = STYLE_PROTOCOL,
	[TONE_PROBLEM] = STYLE_WARNING, [TONE_RESET] = STYLE_FIELD_BAD,
	[TONE_SECTION] = STYLE_PANE,
};

static enum style part_style(const struct ladder_line *line, enum ladder_part part)
{
	switch (part) {
	case LADDER_CLIENT_LINE:
	case LADDER_SERVER_LINE:
		return STYLE_PANE;
	case LADDER_ARROW:
		return tone_styles[line->tone];
	case LADDER_NOTE:
		if (line->noted)
			return line->tone == TONE_RESET ? STYLE_FIELD_BAD : STYLE_WARNING;
		return strncmp(line->text[part], "✓", 3) ? STYLE_DIM : STYLE_GOOD;
	case LADDER_DELTA:
	case LADDER_WINDOW:
	case LADDER_CLIENT_STATE:
	case LADDER_SERVER_STATE:
		return STYLE_DIM;
	default:
		return line->noted ? tone_styles[line->tone] : STYLE_NORMAL;
	}
}

static bool stands_right(enum ladder_part part)
{
	return part == LADDER_NUMBER || part == LADDER_TIME || part == LADDER_DELTA ||
	       part == LADDER_WINDOW || part == LADDER_CLIENT_STATE;
}

static void draw_line(struct canvas *canvas, const struct ladder_layout *layout, int row,
		      const struct ladder_line *line)
{
	if (line->is_rule) {
		canvas_text(canvas, row, 0, -1, STYLE_PANE, line->arrow);
		return;
	}
	for (enum ladder_part p = 0; p < LADDER_PARTS; p++) {
		const char *text = p == LADDER_ARROW ? line->arrow : line->text[p];
		enum style style = part_style(line, p);

		if (!layout->room[p] || !*text)
			continue;
		if (stands_right(p))
			canvas_text_right(canvas, row, layout->start[p], layout->room[p], style,
					  text);
		else
			canvas_text(canvas, row, layout->start[p], layout->room[p], style, text);
	}
}

static void draw_heading(struct canvas *canvas, const struct ladder_layout *layout,
			 const struct ladder *ladder)
{
	struct ladder_line line;

	canvas_blank(canvas, 0, 0, STYLE_HEADING);
	ladder_heading(&line, layout, ladder);
	draw_line(canvas, layout, 0, &line);
	canvas_restyle(canvas, 0, 0, canvas->area.columns, STYLE_HEADING);
}

static void draw_sentence(const struct app *app, struct canvas *canvas, int at, uint32_t row,
			  const struct ladder_line *line)
{
	char text[FACE_TEXT_ROOM];

	plain_ladder_row(app, row, line, text, sizeof text);
	canvas_text(canvas, at, 2, -1, STYLE_NORMAL, text);
}

static bool is_marked(const struct app *app, uint32_t n)
{
	const struct ladder *ladder = app->stream.ladder;
	const struct ladder_row *row = &ladder->rows[n];
	uint32_t count = ladder_row_opens(row) ? row->count : row->kind == ROW_SEGMENT;

	return count && stream_has_marked(app, ladder->segments[row->segment].packet,
					  ladder->segments[row->segment + count - 1].packet);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	struct stream_screen *stream = &app->stream;
	struct ladder *ladder = stream->ladder;
	struct ladder_layout layout = { .absolute = stream->absolute };
	struct ladder_line line;
	int first = heading_rows(view);

	ladder_layout_make(&layout, ladder, canvas->area.columns);
	if (first && !app->user.plain)
		draw_heading(canvas, &layout, ladder);
	for (uint32_t i = 0; i < rows_shown(view); i++) {
		uint32_t row = view->top + i;
		int at = first + (int)i;

		if (row > ladder->row_count || !ladder->row_count)
			break;
		if (row == ladder->row_count) {
			if (app->scan_state == SCAN_DONE && !app_is_live(app) && !app->user.plain) {
				ladder_end_line(&line, &layout);
				draw_line(canvas, &layout, at, &line);
			}
			break;
		}
		ladder_line_make(&line, &layout, ladder, row);
		if (app->user.plain)
			draw_sentence(app, canvas, at, row, &line);
		else
			draw_line(canvas, &layout, at, &line);
		bool marked = is_marked(app, row);

		if (marked)
			canvas_text(canvas, at, 0, 1, STYLE_WARNING, "●");
		if (row != stream->row)
			continue;
		if (!marked)
			canvas_text(canvas, at, 0, 1, STYLE_SELECTED, "▌");
		canvas_restyle(canvas, at, 0, canvas->area.columns,
			       view->focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE);
		canvas_cursor(canvas, at, 0);
	}
}

/* --- words --- */

/* As it stands on a wide screen; or only what the arrow and the note say. */
static void copy(struct app *app, bool whole, FILE *out)
{
	struct stream_screen *stream = &app->stream;
	struct ladder_layout layout = { .absolute = stream->absolute };
	struct ladder_line line;

	if (stream->row >= stream->ladder->row_count)
		return;
	ladder_layout_make(&layout, stream->ladder, COPY_COLUMNS);
	ladder_line_make(&line, &layout, stream->ladder, stream->row);
	if (line.is_rule || !whole) {
		fprintf(out, "%s%s%s", line.label, line.text[LADDER_NOTE][0] ? "  " : "",
			line.text[LADDER_NOTE]);
		return;
	}
	for (enum ladder_part p = 0; p < LADDER_PARTS; p++)
		fprintf(out, "%s%s", p ? " " : "", p == LADDER_ARROW ? line.arrow : line.text[p]);
}

static void set(struct app *app, char *text, size_t room)
{
	snprintf(text, room, "%s · %s", app->stream.ladder->folds ? "runs folded" : "all segments",
		 app->stream.absolute ? "absolute" : "relative");
}

static void where(struct view *view, struct app *app, char *text, size_t room)
{
	uint32_t count = app->stream.ladder->row_count;
	uint32_t last = view->top + rows_shown(view);

	snprintf(text, room, "%u–%u of %u rows", count ? view->top + 1 : 0,
		 last < count ? last : count, count);
}

static uint32_t selected_segment(const struct app *app)
{
	const struct ladder *ladder = app->stream.ladder;

	return app->stream.row < ladder->row_count ? ladder->rows[app->stream.row].segment
						   : LADDER_NOWHERE;
}

static uint32_t packet(struct app *app)
{
	uint32_t segment = selected_segment(app);

	return segment == LADDER_NOWHERE ? 0 : app->stream.ladder->segments[segment].packet;
}

static void explain(struct app *app, char *text, size_t room)
{
	const struct ladder *ladder = app->stream.ladder;
	char span[SPAN_ROOM];

	text[0] = '\0';
	if (app->stream.row >= ladder->row_count)
		return;
	const struct ladder_row *row = &ladder->rows[app->stream.row];

	switch (row->kind) {
	case ROW_RUN:
		snprintf(text, room,
			 "%u segments in a row, data of one side and what acknowledges them: Enter "
			 "shows them, c all.",
			 row->count);
		break;
	case ROW_TROUBLE:
		snprintf(text, room,
			 "%u segments, of which many went wrong: Enter shows them, c all.",
			 row->count);
		break;
	case ROW_SILENCE:
		snprintf(text, room, "For %s neither side sent anything, then #%u.",
			 span_short(ladder_gap_ns(ladder, row->segment), span),
			 ladder->segments[row->segment].packet);
		break;
	case ROW_GAP:
		snprintf(text, room,
			 ladder->gaps[row->count].filled_in
				 ? "#%u is ahead of bytes that come later: their order was changed "
				   "on the way, or they were lost and sent again."
				 : "#%u shows that bytes before it were sent; the capture has none "
				   "of them.",
			 ladder->segments[row->segment].packet);
		break;
	default:
		explain_segment(app, row->segment, text, room);
		break;
	}
}

/* --- keys --- */

static void jump(struct app *app, uint32_t row, const char *why_not)
{
	if (row == LADDER_NOWHERE)
		app_message(app, MESSAGE_NOTE, "%s", why_not);
	else
		select_row(app, row);
}

static void jump_to_answer(struct app *app)
{
	const struct ladder *ladder = app->stream.ladder;
	uint32_t segment = selected_segment(app);
	uint32_t answer =
		segment == LADDER_NOWHERE ? LADDER_NOWHERE : ladder_answer(ladder, segment);

	if (answer == LADDER_NOWHERE)
		app_message(app, MESSAGE_NOTE,
			    ladder->protocol == STREAM_TCP
				    ? "Nothing here acknowledges this, or is acknowledged by it."
				    : "UDP acknowledges nothing.");
	else
		select_row(app, ladder_row_of(ladder, answer));
}

static bool open_run(struct app *app)
{
	struct stream_screen *stream = &app->stream;

	if (stream->row >= stream->ladder->row_count ||
	    !ladder_row_opens(&stream->ladder->rows[stream->row]))
		return false;
	ladder_open_run(stream->ladder, stream->row);
	if (stream->row < stream->ladder->row_count)
		stream->seen = stream->ladder->rows[stream->row];
	return true;
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	struct stream_screen *stream = &app->stream;
	struct ladder *ladder = stream->ladder;
	uint32_t to;

	if (row_moved(action, count, stream->row, ladder->row_count, rows_shown(view), &to)) {
		select_row(app, beside_section(ladder, stream->row, to));
		return true;
	}
	switch (action) {
	case ACTION_NEXT_EVENT:
	case ACTION_PREVIOUS_EVENT:
		jump(app,
		     ladder_next(ladder, stream->row, STOP_EVENT, action == ACTION_PREVIOUS_EVENT),
		     action == ACTION_NEXT_EVENT ? "No event after this row."
						 : "No event before this row.");
		return true;
	case ACTION_NEXT_PROBLEM:
	case ACTION_PREVIOUS_PROBLEM:
		jump(app,
		     ladder_next(ladder, stream->row, STOP_PROBLEM,
				 action == ACTION_PREVIOUS_PROBLEM),
		     action == ACTION_NEXT_PROBLEM ? "No problem after this row."
						   : "No problem before this row.");
		return true;
	case ACTION_LINKED:
		jump_to_answer(app);
		return true;
	case ACTION_FOLD:
		ladder_fold(ladder, !ladder->folds);
		return true;
	case ACTION_OPEN:
		return open_run(app);
	default:
		return false;
	}
}

static void go(struct app *app, uint32_t packet)
{
	const struct ladder *ladder = app->stream.ladder;
	uint32_t row = ladder_row_of(ladder, ladder_segment_of(ladder, packet));

	if (row != LADDER_NOWHERE)
		select_row(app, row);
}

static void pick(struct view *view, struct app *app, int row)
{
	if (row >= heading_rows(view))
		select_row(app, view->top + (uint32_t)(row - heading_rows(view)));
}

const struct stream_face_class ladder_face = {
	.title = "Ladder",
	.settle = settle,
	.draw = draw,
	.act = act,
	.set = set,
	.where = where,
	.explain = explain,
	.packet = packet,
	.pick = pick,
	.copy = copy,
	.go = go,
};
