/* canvas.c - cells, and the one door that text goes through to reach them. */
#include "ui/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/glyph.h"
#include "base/text.h"

enum { ELLIPSIS = 0x2026, REPLACEMENT = 0xfffd };

enum { LEAST_ENDS = 5, CUT_ROOM = 1024 };

/* Lines, bars and the like say nothing when they are read aloud. */
static uint32_t plain_character(uint32_t code)
{
	switch (code) {
	case 0x25b8: /* ▸ */
		return '+';
	case 0x25be: /* ▾ */
		return '-';
	case 0x25cf: /* ● */
		return '*';
	default:
		return code >= 0x2500 && code < 0x25a0 ? ' ' : code;
	}
}

/* The character that is shown for `code`, and its columns: 0 for one that combines. */
static uint32_t shown_as(const struct screen *screen, uint32_t code, int *columns)
{
	enum glyphs glyphs = screen->glyphs;

	*columns = 1;
	if (screen->plain)
		code = plain_character(code);
	if (code >= 0x20 && code < 0x7f)
		return code;
	if (!text_is_safe(code))
		code = REPLACEMENT;
	if (glyphs == GLYPHS_ASCII)
		return (uint32_t)glyph_ascii(code);
	if (glyphs == GLYPHS_CP437 && glyph_cp437(code))
		return glyph_cp437(code);
	*columns = glyph_columns(code);
	if (*columns >= 0)
		return code;
	*columns = 1;
	return glyphs == GLYPHS_UNICODE ? REPLACEMENT : '?';
}

void screen_resize(struct screen *screen, int rows, int columns)
{
	size_t count = (size_t)rows * (size_t)columns;

	screen->cells = must_resize(screen->cells, count ? count : 1, sizeof *screen->cells);
	screen->rows = rows;
	screen->columns = columns;
	screen_clear(screen);
}

void screen_clear(struct screen *screen)
{
	size_t count = (size_t)screen->rows * (size_t)screen->columns;

	for (size_t i = 0; i < count; i++)
		screen->cells[i] = (struct cell){ .code = ' ', .columns = 1 };
	screen->cursor_row = screen->cursor_column = 0;
	screen->typing = false;
}

void screen_free(struct screen *screen)
{
	free(screen->cells);
	*screen = (struct screen){ 0 };
}

static struct rect common(struct rect a, struct rect b)
{
	int row = a.row > b.row ? a.row : b.row;
	int column = a.column > b.column ? a.column : b.column;
	int end_row = a.row + a.rows < b.row + b.rows ? a.row + a.rows : b.row + b.rows;
	int end_column = a.column + a.columns < b.column + b.columns ? a.column + a.columns
								     : b.column + b.columns;

	return (struct rect){ row, column, end_row > row ? end_row - row : 0,
			      end_column > column ? end_column - column : 0 };
}

struct canvas canvas_on(struct screen *screen, struct rect area)
{
	struct rect all = { 0, 0, screen->rows, screen->columns };

	return (struct canvas){ screen, common(area, all) };
}

struct canvas canvas_part(const struct canvas *canvas, struct rect part)
{
	part.row += canvas->area.row;
	part.column += canvas->area.column;
	return (struct canvas){ canvas->screen, common(part, canvas->area) };
}

static struct cell *cell_at(const struct canvas *canvas, int row, int column)
{
	const struct rect *area = &canvas->area;

	if (row < 0 || column < 0 || row >= area->rows || column >= area->columns)
		return NULL;
	return &canvas->screen->cells[(size_t)(area->row + row) * (size_t)canvas->screen->columns +
				      (size_t)(area->column + column)];
}

/* Half a wide character may not stay behind: a terminal would shift the line. */
static void tear(const struct canvas *canvas, int row, int column)
{
	struct cell *cell = cell_at(canvas, row, column);
	struct cell *before = cell_at(canvas, row, column - 1);
	struct cell *after = cell_at(canvas, row, column + 1);

	if (!cell->code && before)
		*before = (struct cell){ .code = ' ', .columns = 1, .style = before->style };
	if (cell->columns == 2 && after)
		*after = (struct cell){ .code = ' ', .columns = 1, .style = after->style };
}

static void put(struct canvas *canvas, int row, int column, uint32_t code, int columns,
		enum style style)
{
	struct cell *cell = cell_at(canvas, row, column);

	if (!cell)
		return;
	tear(canvas, row, column);
	*cell = (struct cell){ .code = code, .columns = (uint8_t)columns, .style = (uint8_t)style };
	if (columns == 2) {
		tear(canvas, row, column + 1);
		*cell_at(canvas, row, column + 1) =
			(struct cell){ .columns = 1, .style = (uint8_t)style };
	}
}

static void put_mark(struct canvas *canvas, int row, int column, uint32_t code)
{
	struct cell *cell = cell_at(canvas, row, column);

	if (cell && !cell->code)
		cell = cell_at(canvas, row, column - 1);
	for (int i = 0; cell && i < CELL_MARKS; i++) {
		if (!cell->marks[i]) {
			cell->marks[i] = code;
			return;
		}
	}
}

static bool fits(const struct screen *screen, const char *text, int room)
{
	while (*text && room >= 0) {
		int columns;

		shown_as(screen, glyph_next(&text), &columns);
		room -= columns;
	}
	return room >= 0;
}

int canvas_text(struct canvas *canvas, int row, int column, int room, enum style style,
		const char *text)
{
	const struct screen *screen = canvas->screen;
	int left = canvas->area.columns - column;
	int used = 0;

	if (room < 0 || room > left)
		room = left;
	if (room <= 0 || row < 0 || row >= canvas->area.rows)
		return 0;
	bool whole = fits(screen, text, room);
	int limit = whole ? room : room - 1;

	while (*text) {
		int columns;
		uint32_t code = shown_as(screen, glyph_next(&text), &columns);

		if (columns > limit - used)
			break;
		if (columns)
			put(canvas, row, column + used, code, columns, style);
		else if (used)
			put_mark(canvas, row, column + used - 1, code);
		used += columns;
	}
	if (!whole) {
		int columns;

		put(canvas, row, column + used, shown_as(screen, ELLIPSIS, &columns), 1, style);
		used++;
	}
	return used;
}

int canvas_printf(struct canvas *canvas, int row, int column, int room, enum style style,
		  const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return canvas_text(canvas, row, column, room, style, text);
}

void canvas_text_right(struct canvas *canvas, int row, int column, int room, enum style style,
		       const char *text)
{
	int columns = text_columns(text);

	if (columns < room) {
		column += room - columns;
		room = columns;
	}
	canvas_text(canvas, row, column, room, style, text);
}

void canvas_text_ends(struct canvas *canvas, int row, int column, int room, enum style style,
		      const char *text)
{
	int columns = text_columns(text), head = (room - 1) / 2, tail = room - 1 - head;
	const char *from = text, *to = text;
	char cut[CUT_ROOM];

	if (columns <= room || room < LEAST_ENDS) {
		canvas_text(canvas, row, column, room, style, text);
		return;
	}
	while (text_columns(from) > tail)
		glyph_next(&from);
	for (const char *next = to; columns - text_columns(next) <= head; glyph_next(&next))
		to = next;
	snprintf(cut, sizeof cut, "%.*s…%s", (int)(to - text), text, from);
	canvas_text(canvas, row, column, room, style, cut);
}

void canvas_repeat(struct canvas *canvas, int row, int column, int count, enum style style,
		   uint32_t code)
{
	int columns;

	code = shown_as(canvas->screen, code, &columns);
	for (int i = 0; i < count; i++)
		put(canvas, row, column + i, code, 1, style);
}

void canvas_blank(struct canvas *canvas, int row, int column, enum style style)
{
	canvas_repeat(canvas, row, column, canvas->area.columns - column, style, ' ');
}

void canvas_restyle(struct canvas *canvas, int row, int column, int columns, enum style style)
{
	for (int i = 0; i < columns; i++) {
		struct cell *cell = cell_at(canvas, row, column + i);

		if (cell)
			cell->style = (uint8_t)style;
	}
}

static uint32_t small_letter(uint32_t code)
{
	return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
}

/* How many columns from there on read as the needle does; 0: they do not. */
static int columns_reading(const struct canvas *canvas, int row, int column, const char *needle,
			   bool exactly)
{
	int from = column;

	while (*needle) {
		const struct cell *cell = cell_at(canvas, row, column);
		uint32_t code = glyph_next(&needle);

		if (!cell || !cell->columns)
			return 0;
		if (exactly ? cell->code != code : small_letter(cell->code) != small_letter(code))
			return 0;
		column += cell->columns;
	}
	return column - from;
}

void canvas_mark(struct canvas *canvas, int row, const char *needle, bool exactly, enum style style)
{
	for (int column = 0; column < canvas->area.columns;) {
		int columns = columns_reading(canvas, row, column, needle, exactly);

		canvas_restyle(canvas, row, column, columns, style);
		column += columns ? columns : 1;
	}
}

void canvas_cursor(struct canvas *canvas, int row, int column)
{
	if (!cell_at(canvas, row, column))
		return;
	canvas->screen->cursor_row = canvas->area.row + row;
	canvas->screen->cursor_column = canvas->area.column + column;
}

struct text_line text_line_of(const char *text, int columns)
{
	static const struct screen usual = { .glyphs = GLYPHS_UNICODE };
	struct text_line line = { .rest = text };
	const char *blank = NULL;
	int used = 0;

	while (*line.rest && *line.rest != '\n') {
		const char *at = line.rest;
		int width;

		shown_as(&usual, glyph_next(&line.rest), &width);
		used += width;
		if (used > columns || line.rest - text >= (int)sizeof line.text) {
			line.rest = blank ? blank : at > text ? at : line.rest;
			break;
		}
		if (*at == ' ')
			blank = at;
	}
	size_t length = (size_t)(line.rest - text);

	if (length > sizeof line.text - 1)
		length = sizeof line.text - 1;
	memcpy(line.text, text, length);
	if (*line.rest == '\n' || *line.rest == ' ')
		line.rest++;
	return line;
}
