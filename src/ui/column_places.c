/* column_places.c - the width algorithm of the packet list, and its rows. */
#include <stdio.h>
#include <string.h>

#include "ui/list_columns.h"

enum { LEAST_INFO = 20, PROTOCOL_WORD = 6, STAGES = 9, SHORT_DECIMALS = 3, FIELDS_GO = 5 };

static void grow(int *widest, int columns)
{
	if (columns > *widest)
		*widest = columns;
}

void address_shorten(const char *address, char text[SHORT_ADDRESS + 4])
{
	size_t length = strlen(address);
	size_t tail;

	if (length <= SHORT_ADDRESS) {
		memcpy(text, address, length + 1);
		return;
	}
	const char *last = strrchr(address, ':');

	tail = last ? strlen(last) : 4;
	if (tail > 6)
		tail = 6;
	size_t head = SHORT_ADDRESS - 1 - tail;

	/* A group of digits is shown whole or not at all. */
	for (size_t i = head; i > 4; i--) {
		if (address[i - 1] == ':') {
			head = i;
			break;
		}
	}
	snprintf(text, SHORT_ADDRESS + 4, "%.*s…%s", (int)head, address, address + length - tail);
}

static bool is_address(const struct list_column *c)
{
	return c->column.format->says == SAYS_SOURCE || c->column.format->says == SAYS_DESTINATION;
}

static void cut_decimals(char *time)
{
	char *point = strrchr(time, '.');

	if (point && strlen(point) > SHORT_DECIMALS + 1)
		point[SHORT_DECIMALS + 1] = 0;
}

static void measure_short(struct list_column *c, const char *text)
{
	char shorter[SHORT_ADDRESS + 4], time[SUMMARY_TIME_ROOM];

	if (is_address(c)) {
		address_shorten(text, shorter);
		grow(&c->widest_short, text_columns(shorter));
	} else if (c->column.format->says == SAYS_TIME) {
		snprintf(time, sizeof time, "%s", text);
		cut_decimals(time);
		grow(&c->widest_short, text_columns(time));
	}
}

void columns_measure(struct list_columns *columns, const struct list_row *row)
{
	for (unsigned i = 0; i < columns->count; i++) {
		struct list_column *c = &columns->columns[i];
		const char *text = row->texts[i];

		if (c->hidden || !text || column_is_info(&c->column))
			continue;
		int width = text_columns(text);

		if (c->column.format->says == SAYS_FIELDS && width > WIDEST_FIELD)
			width = WIDEST_FIELD;
		grow(&c->widest, width);
		measure_short(c, text);
	}
}

/* What a number is cut to would be another number. */
static bool may_be_cut(const struct list_column *c)
{
	return !column_is_right(&c->column);
}

static int width_of(const struct list_column *c)
{
	int heading = text_columns(c->column.title) + 2;
	int width = c->widest;

	if (c->width && (may_be_cut(c) || c->width > width))
		return c->width;
	/* Whether it is sorted, and which way, is told after its title. */
	return c->sorted && heading > width && !c->width ? heading : width;
}

/* The first column of those that say so and are shown; -1: there is none. */
static int column_saying(const struct list_columns *columns, enum column_says says)
{
	for (unsigned i = 0; i < columns->count; i++)
		if (!columns->columns[i].hidden && columns->columns[i].column.format->says == says)
			return (int)i;
	return -1;
}

/* What is left out, one more at each stage; 0: the whole column is. */
static int width_at_stage(const struct list_column *c, int stage, bool has_info)
{
	int width = width_of(c);

	/* Why rows are in this order is to be seen. */
	if (c->sorted)
		return width;
	switch (c->column.format->says) {
	case SAYS_LENGTH:
		return stage >= 1 ? 0 : width;
	case SAYS_PROTOCOL:
		return stage >= 2 && has_info ? 0 : width;
	case SAYS_TIME:
		if (stage >= 6)
			return 0;
		return stage >= 4 && !c->width ? c->widest_short : width;
	case SAYS_NUMBER:
	case SAYS_SOURCE:
	case SAYS_DESTINATION:
		return width;
	default:
		return stage >= FIELDS_GO ? 0 : width;
	}
}

/* Both addresses become one column with an arrow, where the first of them was. */
static void merge_addresses(const struct list_columns *columns, int stage, struct column_places *p)
{
	int from = column_saying(columns, SAYS_SOURCE);
	int to = column_saying(columns, SAYS_DESTINATION);

	if (from < 0 || to < 0 || stage < 3)
		return;
	const struct list_column *a = &columns->columns[from], *b = &columns->columns[to];
	int widest = a->widest > b->widest ? a->widest : b->widest;
	int shortest = a->widest_short > b->widest_short ? a->widest_short : b->widest_short;

	p->peer = from < to ? from : to;
	p->columns[from] = p->columns[to] = 0;
	if (stage < 7)
		p->columns[p->peer] = 2 + (stage >= 5 ? shortest : widest);
	p->arrow = stage == 7;
}

static struct column_places at_stage(const struct list_columns *columns, int stage)
{
	bool has_info = column_saying(columns, SAYS_INFO) >= 0;
	struct column_places p = { .peer = -1,
				   .protocol_in_info =
					   stage >= 2 && column_saying(columns, SAYS_PROTOCOL) >= 0,
				   .short_time = stage >= 4,
				   .short_addresses = stage >= 5 };

	for (unsigned i = 0; i < columns->count; i++) {
		const struct list_column *c = &columns->columns[i];

		if (!c->hidden && !column_is_info(&c->column))
			p.columns[i] = width_at_stage(c, stage, has_info);
	}
	merge_addresses(columns, stage, &p);
	return p;
}

/* Info has what the others leave; without it nothing has. */
static int room_for_info(const struct list_columns *columns, const struct column_places *p,
			 int room)
{
	for (unsigned i = 0; i < columns->count; i++)
		room -= p->columns[i] ? p->columns[i] + 1 : 0;
	return room;
}

static void put_in_place(const struct list_columns *columns, struct column_places *p, int first,
			 int end)
{
	int info = column_saying(columns, SAYS_INFO), at = first;
	int room = room_for_info(columns, p, end - first);

	if (info >= 0)
		p->columns[info] = room > 0 ? room : 0;
	for (unsigned i = 0; i < columns->count; i++) {
		p->start[i] = at;
		if (at + p->columns[i] > end)
			p->columns[i] = end > at ? end - at : 0;
		at += p->columns[i] ? p->columns[i] + 1 : 0;
	}
}

struct column_places columns_place(const struct list_columns *columns, int first, int end)
{
	struct column_places p = { 0 };
	bool has_info = column_saying(columns, SAYS_INFO) >= 0;

	for (int stage = 0; stage < STAGES; stage++) {
		/* To be the first word of Info it would need as much of it as it leaves. */
		int least = stage == 1 ? LEAST_INFO - PROTOCOL_WORD : LEAST_INFO;

		p = at_stage(columns, stage);
		if (room_for_info(columns, &p, end - first) >= (has_info ? least : -1))
			break;
	}
	put_in_place(columns, &p, first, end);
	return p;
}

/* --- rows --- */

/* The peer's column stands for both addresses. */
static enum sort_way sorted_way(const struct list_columns *columns, const struct column_places *p,
				unsigned i)
{
	int sorted = columns_sorted(columns);

	if ((int)i == p->peer && sorted >= 0 && is_address(&columns->columns[sorted]))
		return columns->columns[sorted].sorted;
	return columns->columns[i].sorted;
}

static void draw_title(const struct list_columns *columns, const struct column_places *p,
		       unsigned i, struct canvas *canvas, int row, const char *time_title)
{
	const struct list_column *c = &columns->columns[i];
	const struct column_format *format = c->column.format;
	bool chosen = columns->choosing && i == columns->chosen;
	enum style style = chosen ? STYLE_SELECTED : STYLE_HEADING;
	bool is_usual_time = format->says == SAYS_TIME && format->time == TIME_AS_CHOSEN &&
			     !strcmp(c->column.title, "Time");
	enum sort_way way = sorted_way(columns, p, i);
	char title[COLUMN_TITLE_ROOM + 8];

	snprintf(title, sizeof title, "%s%s",
		 (int)i == p->peer ? "Peer"
		 : is_usual_time   ? time_title
				   : c->column.title,
		 way == SORTED_UP     ? " ▲"
		 : way == SORTED_DOWN ? " ▼"
				      : "");
	if (chosen)
		canvas_repeat(canvas, row, p->start[i], p->columns[i], style, ' ');
	if (column_is_right(&c->column))
		canvas_text_right(canvas, row, p->start[i], p->columns[i], style, title);
	else
		canvas_text(canvas, row, p->start[i], p->columns[i], style, title);
}

void columns_draw_heading(const struct list_columns *columns, const struct column_places *p,
			  struct canvas *canvas, int row, const char *time_title)
{
	canvas_blank(canvas, row, 0, STYLE_HEADING);
	for (unsigned i = 0; i < columns->count; i++)
		if (p->columns[i])
			draw_title(columns, p, i, canvas, row, time_title);
}

static void draw_peer(const struct column_places *p, struct canvas *canvas, int line,
		      const struct list_row *row, enum style style)
{
	const struct summary *s = &row->summary;
	const char *peer = row->to_opener ? s->source : s->destination;
	char shorter[SHORT_ADDRESS + 4];

	if (p->short_addresses) {
		address_shorten(peer, shorter);
		peer = shorter;
	}
	canvas_printf(canvas, line, p->start[p->peer], p->columns[p->peer], style, "%s %s",
		      row->to_opener ? "←" : "→", peer);
}

static void draw_info(const struct column_places *p, unsigned i, struct canvas *canvas, int line,
		      const struct list_row *row, enum style style)
{
	int at = p->start[i];
	int end = at + p->columns[i];

	if (p->protocol_in_info) {
		const char *protocol = row->summary.protocol;
		int columns = text_columns(protocol);

		canvas_text(canvas, line, at, end - at, style, protocol);
		at += (columns < 4 ? 4 : columns) + 1;
	}
	if (p->arrow && at < end)
		at += canvas_text(canvas, line, at, 1, style, row->to_opener ? "←" : "→");
	canvas_text(canvas, line, at, end > at ? end - at : 0, style, row->summary.info);
}

static void draw_cell(const struct list_column *c, const struct column_places *p, unsigned i,
		      struct canvas *canvas, int line, const char *text, enum style style)
{
	char time[SUMMARY_TIME_ROOM];

	if (c->column.format->says == SAYS_TIME && p->short_time && !c->width) {
		snprintf(time, sizeof time, "%s", text);
		cut_decimals(time);
		text = time;
	}
	if (column_is_right(&c->column))
		canvas_text_right(canvas, line, p->start[i], p->columns[i], style, text);
	else
		canvas_text(canvas, line, p->start[i], p->columns[i], style, text);
}

void columns_draw(const struct list_columns *columns, const struct column_places *p,
		  struct canvas *canvas, int line, const struct list_row *row, enum style style)
{
	for (unsigned i = 0; i < columns->count; i++) {
		const struct list_column *c = &columns->columns[i];

		if (!p->columns[i])
			continue;
		if ((int)i == p->peer)
			draw_peer(p, canvas, line, row, style);
		else if (column_is_info(&c->column))
			draw_info(p, i, canvas, line, row, style);
		else if (row->texts[i])
			draw_cell(c, p, i, canvas, line, row->texts[i], style);
	}
}
