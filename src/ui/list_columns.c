/* list_columns.c - the width algorithm of the packet list, and its rows. */
#include "ui/list_columns.h"

#include <stdio.h>
#include <string.h>

#include "dissect/registry.h"

enum { TITLE_MOST = 16, LEAST_INFO = 20, PROTOCOL_WORD = 6, STAGES = 9, SHORT_DECIMALS = 3 };

static const struct {
	const char *title;
	int least;
	bool right;
} looks[COLUMNS] = {
	[COLUMN_NUMBER] = { "No.", 3, true },
	[COLUMN_TIME] = { "Time", 4, true },
	[COLUMN_SOURCE] = { "Source", 6, false },
	[COLUMN_DESTINATION] = { "Destination", 11, false },
	[COLUMN_PEER] = { "Peer", 4, false },
	[COLUMN_PROTOCOL] = { "Proto", 5, false },
	[COLUMN_LENGTH] = { "Len", 3, true },
	[COLUMN_INFO] = { "Info", 0, false },
};

static void grow(int *widest, int columns)
{
	if (columns > *widest)
		*widest = columns;
}

static int title_columns(const char *title)
{
	int columns = text_columns(title);

	return columns < TITLE_MOST ? columns : TITLE_MOST;
}

void columns_reset(struct list_columns *columns)
{
	columns->widest_short = 0;
	for (unsigned i = 0; i < columns->custom_count; i++)
		columns->custom[i].widest =
			title_columns(registry_field(columns->custom[i].field)->name);
	for (enum list_column c = 0; c < COLUMNS; c++)
		columns->widest[c] = looks[c].least;
}

bool columns_toggle(struct list_columns *columns, uint16_t field)
{
	unsigned i = 0;

	while (i < columns->custom_count && columns->custom[i].field != field)
		i++;
	if (i < columns->custom_count) {
		memmove(columns->custom + i, columns->custom + i + 1,
			(--columns->custom_count - i) * sizeof columns->custom[0]);
		return true;
	}
	if (i == CUSTOM_COLUMNS)
		return false;
	columns->custom[columns->custom_count++] = (struct custom_column){ .field = field };
	columns_reset(columns);
	return true;
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

void columns_measure(struct list_columns *columns, const struct list_row *row)
{
	const struct summary *s = &row->summary;
	const char *addresses[] = { s->source, s->destination };
	char text[SHORT_ADDRESS + 4];

	grow(&columns->widest[COLUMN_NUMBER], text_columns(s->number));
	grow(&columns->widest[COLUMN_TIME], text_columns(s->time));
	grow(&columns->widest[COLUMN_SOURCE], text_columns(s->source));
	grow(&columns->widest[COLUMN_DESTINATION], text_columns(s->destination));
	grow(&columns->widest[COLUMN_PROTOCOL], text_columns(s->protocol));
	grow(&columns->widest[COLUMN_LENGTH], text_columns(s->length));
	for (unsigned i = 0; i < columns->custom_count; i++) {
		int width = row->custom[i] ? text_columns(row->custom[i]) : 0;

		grow(&columns->custom[i].widest, width < CUSTOM_MOST ? width : CUSTOM_MOST);
	}
	for (unsigned i = 0; i < 2; i++) {
		address_shorten(addresses[i], text);
		grow(&columns->widest[COLUMN_PEER], text_columns(addresses[i]) + 2);
		grow(&columns->widest_short, text_columns(text) + 2);
	}
}

/* How many columns the time loses when it has 3 decimals. */
static int time_saved(const struct list_columns *columns)
{
	int width = columns->widest[COLUMN_TIME];

	return width > 8 ? width - 6 < 3 ? width - 6 : 3 : 0;
}

/* What is left out, one more at each stage. */
static struct column_places at_stage(const struct list_columns *columns, int stage)
{
	struct column_places p = { .protocol_in_info = stage >= 2,
				   .short_time = stage >= 4,
				   .short_addresses = stage >= 5,
				   .arrow = stage == 7 };

	memcpy(p.columns, columns->widest, sizeof p.columns);
	p.columns[COLUMN_PEER] = 0;
	if (stage >= 1)
		p.columns[COLUMN_LENGTH] = 0;
	if (stage >= 2)
		p.columns[COLUMN_PROTOCOL] = 0;
	if (stage >= 3) {
		p.columns[COLUMN_SOURCE] = p.columns[COLUMN_DESTINATION] = 0;
		p.columns[COLUMN_PEER] = columns->widest[COLUMN_PEER];
	}
	if (stage >= 4)
		p.columns[COLUMN_TIME] -= time_saved(columns);
	if (stage >= 5)
		p.columns[COLUMN_PEER] = columns->widest_short;
	if (stage >= 6)
		p.columns[COLUMN_TIME] = 0;
	if (stage >= 7)
		p.columns[COLUMN_PEER] = 0;
	return p;
}

struct column_places columns_place(const struct list_columns *columns, int first, int end)
{
	struct column_places p = { 0 };

	for (int stage = 0; stage < STAGES; stage++) {
		int at = first;

		p = at_stage(columns, stage);
		for (enum list_column c = 0; c < COLUMN_INFO; c++) {
			p.start[c] = at;
			at += p.columns[c] ? p.columns[c] + 1 : 0;
		}
		for (unsigned i = 0; i < CUSTOM_COLUMNS && stage < 5; i++) {
			if (i >= columns->custom_count)
				break;
			p.custom_field[i] = columns->custom[i].field;
			p.custom_columns[i] = columns->custom[i].widest;
			p.custom_start[i] = at;
			at += p.custom_columns[i] + 1;
		}
		p.start[COLUMN_INFO] = at;
		p.columns[COLUMN_INFO] = end > at ? end - at : 0;
		/* To be the first word of Info it would need as much of it as it leaves. */
		int least = stage == 1 ? LEAST_INFO - PROTOCOL_WORD : LEAST_INFO;

		if (p.columns[COLUMN_INFO] >= least)
			break;
	}
	return p;
}

static void draw_custom(const struct column_places *p, struct canvas *canvas, int line,
			const struct list_row *row, enum style style)
{
	for (unsigned i = 0; i < CUSTOM_COLUMNS && p->custom_columns[i]; i++)
		canvas_text(canvas, line, p->custom_start[i], p->custom_columns[i], style,
			    !row	     ? registry_field(p->custom_field[i])->name
			    : row->custom[i] ? row->custom[i]
					     : "");
}

void columns_draw_heading(const struct column_places *p, struct canvas *canvas, int row,
			  const char *time_title)
{
	canvas_blank(canvas, row, 0, STYLE_HEADING);
	for (enum list_column c = 0; c < COLUMNS; c++) {
		const char *title = c == COLUMN_TIME ? time_title : looks[c].title;

		if (!p->columns[c])
			continue;
		if (looks[c].right)
			canvas_text_right(canvas, row, p->start[c], p->columns[c], STYLE_HEADING,
					  title);
		else
			canvas_text(canvas, row, p->start[c], p->columns[c], STYLE_HEADING, title);
	}
	draw_custom(p, canvas, row, NULL, STYLE_HEADING);
}

static void cut_decimals(char *time)
{
	char *point = strrchr(time, '.');

	if (point && strlen(point) > SHORT_DECIMALS + 1)
		point[SHORT_DECIMALS + 1] = 0;
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
	canvas_printf(canvas, line, p->start[COLUMN_PEER], p->columns[COLUMN_PEER], style, "%s %s",
		      row->to_opener ? "←" : "→", peer);
}

static void draw_info(const struct column_places *p, struct canvas *canvas, int line,
		      const struct list_row *row, enum style style)
{
	int at = p->start[COLUMN_INFO];
	int end = at + p->columns[COLUMN_INFO];

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

void columns_draw(const struct column_places *p, struct canvas *canvas, int line,
		  const struct list_row *row, enum style style)
{
	const struct summary *s = &row->summary;
	const char *texts[COLUMNS] = { [COLUMN_NUMBER] = s->number,
				       [COLUMN_SOURCE] = s->source,
				       [COLUMN_DESTINATION] = s->destination,
				       [COLUMN_PROTOCOL] = s->protocol,
				       [COLUMN_LENGTH] = s->length };
	char time[sizeof s->time];

	memcpy(time, s->time, sizeof time);
	if (p->short_time)
		cut_decimals(time);
	texts[COLUMN_TIME] = time;
	for (enum list_column c = 0; c < COLUMN_INFO; c++) {
		if (!p->columns[c] || !texts[c])
			continue;
		if (looks[c].right)
			canvas_text_right(canvas, line, p->start[c], p->columns[c], style,
					  texts[c]);
		else
			canvas_text(canvas, line, p->start[c], p->columns[c], style, texts[c]);
	}
	if (p->columns[COLUMN_PEER])
		draw_peer(p, canvas, line, row, style);
	draw_custom(p, canvas, line, row, style);
	draw_info(p, canvas, line, row, style);
}
