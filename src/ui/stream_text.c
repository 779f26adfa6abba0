/* stream_text.c - the face that shows what both sides said, each in its place and colour. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/span.h"
#include "base/time.h"
#include "print/ladder_text.h"
#include "stream_faces.h"
#include "ui/app_capture.h"
#include "ui/app_stream.h"
#include "ui/quantity.h"

enum { INDENT = 8, INDENT_FROM = 60, TITLE_ROOM = 300, READING_ROOM = 80 };

/* --- sides --- */

static enum ladder_side side_of(const struct stream_screen *stream, unsigned follow_side)
{
	return ladder_side(stream->ladder, follow_side == FOLLOW_OPENER);
}

unsigned text_sides(const struct stream_screen *stream)
{
	unsigned sides = 0;

	for (unsigned f = 0; f < FOLLOW_SIDES; f++)
		if (stream->sides >> side_of(stream, f) & 1)
			sides |= 1u << f;
	return sides;
}

static int indent_of(enum ladder_side side, int columns)
{
	return 1 + (side == LADDER_SERVER && columns >= INDENT_FROM ? INDENT : 0);
}

/* --- where one is --- */

void text_begin(struct app *app)
{
	struct stream_screen *stream = &app->stream;

	if (stream->follow)
		return;
	if (!stream->text_wanted)
		stream->text_wanted = ladder_face.packet(app);
	reading_begin(app);
	stream->pager = (struct text_pager){ .follow = stream->follow, .form = stream->pager.form };
	stream->pending = true;
	app_stream_more(app);
}

void text_forget(struct stream_screen *stream)
{
	text_save_stop(stream);
	stream->searching = stream->search_waits = false;
	stream->search = (struct follow_search){ 0 };
	follow_free(stream->follow);
	stream->follow = NULL;
	stream->pager = (struct text_pager){ .form = stream->pager.form };
}

static uint32_t rows_shown(const struct view *view)
{
	return face_rows(view);
}

static void begin(struct text_pager *pager)
{
	if (!pager_first(pager, &pager->top))
		return;
	pager->cursor = pager->top;
	pager->begun = true;
}

static void settle(struct view *view, struct app *app, int rows, int columns)
{
	struct stream_screen *stream = &app->stream;
	struct text_pager *pager = &stream->pager;
	int room = columns - indent_of(LADDER_SERVER, columns) - 1;

	(void)view;
	text_begin(app);
	if (!pager->follow || rows <= 0)
		return;
	bool changed = pager->columns != room || pager->sides != text_sides(stream);

	pager->columns = room > 1 ? room : 1;
	pager->sides = text_sides(stream);
	if (!pager->begun)
		begin(pager);
	if (!pager->begun)
		return;
	text_go_to_wanted(app, rows);
	if (stream->search_waits)
		text_find_begin(app);
	if (changed) {
		text_mend(pager, &pager->cursor);
		text_mend(pager, &pager->top);
	}
	if (stream->follows)
		pager_last(pager, &pager->cursor);
	text_scroll(pager, (uint32_t)rows);
}

/* --- drawing --- */

static void time_of(const struct app *app, uint32_t packet, char *text, size_t room)
{
	char seconds[40];

	snprintf(text, room, "%s s",
		 ladder_seconds(session_packet_time(app->session, 1),
				session_packet_time(app->session, packet), seconds));
}

/* "══ server → client  16 263 B  #6–#38  0.158962 s  (+80.6 ms)" */
static void header_text(struct app *app, uint32_t number, char *text, size_t room)
{
	struct follow *follow = app->stream.follow;
	const struct follow_turn *turn = follow_turn(follow, number);
	enum ladder_side side = side_of(&app->stream, turn->side);
	char bytes[QUANTITY_ROOM], time[60], packets[60], gap[SPAN_ROOM + 4] = "", span[SPAN_ROOM];
	uint32_t first = turn->known_in, last = first;

	if (turn->piece_count) {
		first = follow_piece(follow, turn->first_piece)->packet;
		last = follow_piece(follow, turn->first_piece + turn->piece_count - 1)->packet;
	}
	time_of(app, first, time, sizeof time);
	snprintf(packets, sizeof packets, last > first ? "#%u–#%u" : "#%u", first, last);
	if (number) {
		const struct follow_turn *before = follow_turn(follow, number - 1);
		uint32_t end = before->piece_count
				       ? follow_piece(follow,
						      before->first_piece + before->piece_count - 1)
						 ->packet
				       : before->known_in;

		snprintf(gap, sizeof gap, "(+%s)",
			 span_short(time_between(session_packet_time(app->session, end),
						 session_packet_time(app->session, first)),
				    span));
	}
	snprintf(text, room, "%s  %s B%s  %s  %s  %s",
		 side == LADDER_CLIENT ? "client → server" : "server → client",
		 count_text(turn->length, bytes), turn->missing ? ", some missing" : "", packets,
		 time, gap);
}

static bool turn_is_marked(const struct app *app, uint32_t number)
{
	const struct follow *follow = app->stream.follow;
	const struct follow_turn *turn = follow_turn(follow, number);
	uint32_t end = turn->first_piece + turn->piece_count;

	return turn->piece_count &&
	       stream_has_marked(app, follow_piece(follow, turn->first_piece)->packet,
				 follow_piece(follow, end - 1)->packet);
}

static void draw_header(struct app *app, struct canvas *canvas, int row, uint32_t turn)
{
	enum ladder_side side = side_of(&app->stream, follow_turn(app->stream.follow, turn)->side);
	uint32_t line = side == LADDER_CLIENT ? 0x2500 : 0x2550;
	enum style style = style_of_side(side);
	char text[TITLE_ROOM];

	header_text(app, turn, text, sizeof text);
	canvas_repeat(canvas, row, 0, canvas->area.columns, style, line);
	if (turn_is_marked(app, turn))
		canvas_text(canvas, row, 1, 1, STYLE_WARNING, "●");
	canvas_text(canvas, row, 2, 1, style, " ");
	int used = canvas_text(canvas, row, 3, canvas->area.columns - 5, style, text);

	canvas_text(canvas, row, 3 + used, 1, style, " ");
}

static void mark_text(struct app *app, const struct follow_mark *mark, char *text, size_t room)
{
	enum ladder_side side = side_of(&app->stream, mark->side);
	char flags[40], time[60];

	time_of(app, mark->packet, time, sizeof time);
	snprintf(text, room, "%s  %s  #%u  %s",
		 side == LADDER_CLIENT ? "client → server" : "server → client",
		 ladder_flags_text(mark->flags, flags), mark->packet, time);
}

static void draw_mark(struct app *app, struct canvas *canvas, int row, uint32_t number)
{
	const struct follow_mark *mark = follow_mark(app->stream.follow, number);
	enum style style = mark->flags & TCP_BIT_RST ? STYLE_FIELD_BAD : STYLE_DIM;
	bool marked = packet_set_has(&app->marked, mark->packet);
	char text[TITLE_ROOM];

	mark_text(app, mark, text, sizeof text);
	canvas_text(canvas, row, 1, -1, marked ? STYLE_WARNING : style, marked ? "●" : "·");
	canvas_text(canvas, row, 3, -1, style, text);
}

/* ASCII letters of either case are alike. */
static bool begins_with(const char *text, const char *needle)
{
	for (; *needle; text++, needle++) {
		int a = *text, b = *needle;

		a += a >= 'A' && a <= 'Z' ? 32 : 0;
		b += b >= 'A' && b <= 'Z' ? 32 : 0;
		if (a != b)
			return false;
	}
	return true;
}

/* What was searched for stands out wherever it is on the screen. */
static void highlight(const struct app *app, struct canvas *canvas, int row, int column,
		      const char *text)
{
	const char *needle = app->stream.needle;
	char before[PAGER_LINE_ROOM];

	if (!needle[0])
		return;
	for (const char *at = text; *at; at++) {
		if (!begins_with(at, needle))
			continue;
		snprintf(before, sizeof before, "%.*s", (int)(at - text), text);
		canvas_restyle(canvas, row, column + text_columns(before), text_columns(needle),
			       STYLE_BYTES_FIELD);
	}
}

static void draw_body(struct app *app, struct canvas *canvas, int row,
		      const struct text_place *place)
{
	const struct text_pager *pager = &app->stream.pager;
	enum ladder_side side =
		side_of(&app->stream, follow_turn(pager->follow, place->turn)->side);
	int column = indent_of(side, canvas->area.columns);
	char text[PAGER_LINE_ROOM];
	bool missing;

	pager_line(pager, place, text, &missing);
	canvas_text(canvas, row, column - 1, 1, style_of_side(side),
		    side == LADDER_CLIENT ? "▏" : "┃");
	canvas_text(canvas, row, column, -1, missing ? STYLE_WARNING : style_of_side(side), text);
	highlight(app, canvas, row, column, text);
}

static void draw_line(struct app *app, struct canvas *canvas, int row,
		      const struct text_place *place)
{
	if (place->kind == LINE_MARK)
		draw_mark(app, canvas, row, place->at);
	else if (place->kind == LINE_HEADER)
		draw_header(app, canvas, row, place->turn);
	else
		draw_body(app, canvas, row, place);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	const struct text_pager *pager = &app->stream.pager;
	struct text_place place = pager->top;
	uint32_t rows = rows_shown(view);

	if (!pager->begun) {
		canvas_text(canvas, 0, 1, -1, STYLE_DIM,
			    app->stream.pending ? "Reading…" : stream_nothing_read(&app->stream));
		return;
	}
	for (uint32_t row = 0; row < rows; row++) {
		draw_line(app, canvas, (int)row, &place);
		if (!pager_compare(&place, &pager->cursor)) {
			canvas_text(canvas, (int)row, 0, 1, STYLE_SELECTED, "▌");
			canvas_restyle(canvas, (int)row, 0,
				       place.kind == LINE_BODY ? 1 : canvas->area.columns,
				       STYLE_SELECTED);
			canvas_cursor(canvas, (int)row, 0);
		}
		if (pager_next(pager, &place))
			continue;
		/* What opens and ends the connection may be all there is. */
		if (!follow_turn_count(pager->follow) && !app->stream.pending)
			canvas_text(canvas, (int)row + 1, 1, -1, STYLE_DIM,
				    stream_nothing_read(&app->stream));
		break;
	}
}

/* --- words --- */

static void set(struct app *app, char *text, size_t room)
{
	char reading[READING_ROOM];
	bool is_alone = !stream_has_readings(&app->stream);

	reading_text(&app->stream, reading, sizeof reading);
	/* Where there is more to say, what is usual is not said. */
	snprintf(text, room, "%s%s%s · %s", reading,
		 is_alone		  ? ""
		 : app->stream.sides == 3 ? ""
					  : " · ",
		 is_alone || app->stream.sides != 3 ? sides_text(app->stream.sides) : "",
		 text_form_names[app->stream.pager.form]);
}

static void where(struct view *view, struct app *app, char *text, size_t room)
{
	const struct text_pager *pager = &app->stream.pager;
	uint32_t count = pager->follow ? follow_turn_count(pager->follow) : 0;
	uint32_t turn = pager->cursor.turn < count ? pager->cursor.turn + 1 : count;

	(void)view;
	snprintf(text, room, "turn %u of %u", turn, count);
	if (app->stream.searching)
		snprintf(text, room, "searching…");
}

static uint32_t packet(struct app *app)
{
	const struct text_pager *pager = &app->stream.pager;

	return pager->begun ? pager_packet(pager, &pager->cursor) : 0;
}

static void explain(struct app *app, char *text, size_t room)
{
	const struct stream_screen *stream = &app->stream;
	uint32_t n = packet(app);
	char open[KEYS_ROOM], save[KEYS_ROOM], turn[KEYS_ROOM], side[60] = "";

	text[0] = '\0';
	if (!n)
		return;
	if (stream->sides == 3)
		snprintf(side, sizeof side, "both sides (%s: one)",
			 key_of(&app->user.keys, ACTION_DIRECTION, turn));
	snprintf(text, room, "This line is from packet #%u: %s shows it. %s saves %s.", n,
		 key_of(&app->user.keys, ACTION_OPEN, open),
		 key_of(&app->user.keys, ACTION_SAVE_STREAM, save),
		 side[0]				? side
		 : stream->sides == 1u << LADDER_CLIENT ? "what the client said"
							: "what the server said");
}

static void copy(struct app *app, bool whole, FILE *out)
{
	const struct text_pager *pager = &app->stream.pager;
	char text[PAGER_LINE_ROOM] = "";
	bool missing;

	(void)whole;
	if (!pager->begun)
		return;
	if (pager->cursor.kind == LINE_MARK)
		mark_text(app, follow_mark(pager->follow, pager->cursor.at), text, sizeof text);
	else if (pager->cursor.kind == LINE_HEADER)
		header_text(app, pager->cursor.turn, text, sizeof text);
	else
		pager_line(pager, &pager->cursor, text, &missing);
	fputs(text, out);
}

/* --- keys --- */

static bool step(struct text_pager *pager, bool back)
{
	return back ? pager_previous(pager, &pager->cursor) : pager_next(pager, &pager->cursor);
}

static bool move(struct app *app, enum action action, uint32_t count, uint32_t page)
{
	struct text_pager *pager = &app->stream.pager;
	uint32_t times = count ? count : 1, lines = 1;
	bool back =
		action == ACTION_PREVIOUS || action == ACTION_PAGE_UP || action == ACTION_HALF_UP;

	switch (action) {
	case ACTION_NEXT:
	case ACTION_PREVIOUS:
		break;
	case ACTION_PAGE_DOWN:
	case ACTION_PAGE_UP:
		lines = page;
		break;
	case ACTION_HALF_DOWN:
	case ACTION_HALF_UP:
		lines = (page + 1) / 2;
		break;
	case ACTION_FIRST:
		pager_first(pager, &pager->cursor);
		return true;
	case ACTION_LAST:
		pager_last(pager, &pager->cursor);
		app->stream.follows = app_can_grow(app);
		return true;
	default:
		return false;
	}
	/* No more than can be walked without keeping anybody waiting. */
	if (times > 1000)
		times = 1000;
	for (uint32_t i = 0; i < times * lines && i < 10000 && step(pager, back); i++)
		;
	return true;
}

static void change_variant(struct app *app)
{
	struct text_pager *pager = &app->stream.pager;

	pager->form = (enum text_form)((pager->form + 1) % TEXT_FORMS);
	text_mend(pager, &pager->cursor);
	text_mend(pager, &pager->top);
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	uint32_t page = rows_shown(view) > 1 ? rows_shown(view) - 1 : 1;

	if (!app->stream.pager.begun)
		return false;
	app->stream.text_wanted = 0;
	if (action != ACTION_LAST)
		app->stream.follows = false;
	if (move(app, action, count, page))
		return true;
	switch (action) {
	case ACTION_NEXT_EVENT:
	case ACTION_PREVIOUS_EVENT:
		text_find_again(app, action == ACTION_PREVIOUS_EVENT);
		return true;
	case ACTION_VARIANT:
		change_variant(app);
		return true;
	default:
		return false;
	}
}

static void go(struct app *app, uint32_t packet)
{
	struct stream_screen *stream = &app->stream;
	struct text_place place;

	if (!stream->pager.begun)
		return;
	stream->follows = false;
	if (text_place_of(stream, packet, &place))
		stream->pager.cursor = place;
}

static void pick(struct view *view, struct app *app, int row)
{
	struct text_pager *pager = &app->stream.pager;
	struct text_place at = pager->top;

	(void)view;
	if (!pager->begun)
		return;
	for (int i = 0; i < row; i++)
		if (!pager_next(pager, &at))
			return;
	pager->cursor = at;
	app->stream.follows = false;
}

const struct stream_face_class text_face = {
	.title = "Text",
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
