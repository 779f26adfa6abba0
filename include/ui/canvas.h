/* canvas.h - a grid of character cells, on which views draw and which a terminal or a test shows.
 *
 * canvas_text() is the one way for text to the screen.  It takes UTF-8 only, puts U+FFFD for
 * what is not fit for a terminal, and marks with an ellipsis what did not fit. */
#ifndef UI_CANVAS_H
#define UI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/glyph.h"
#include "ui/style.h"

enum { CELL_MARKS = 2 };

struct cell {
	uint32_t code;		    /* 0: the right half of a wide character */
	uint32_t marks[CELL_MARKS]; /* combining characters; 0: none */
	uint8_t style;		    /* enum style */
	uint8_t columns;	    /* 1 or 2 */
};

enum glyphs { GLYPHS_UNICODE, GLYPHS_CP437, GLYPHS_ASCII };

struct rect {
	int row, column, rows, columns;
};

struct screen {
	struct cell *cells; /* zeroed: an empty screen */
	int rows, columns;
	enum glyphs glyphs;
	bool mono;		       /* meaning needs marks where colours would show it */
	bool plain;		       /* to be read aloud: nothing is drawn by characters */
	int cursor_row, cursor_column; /* of the hardware cursor */
	bool typing;		       /* it is to be seen: text is typed there */
};

/* A part of a screen, with coordinates of its own.  What is drawn outside is lost. */
struct canvas {
	struct screen *screen;
	struct rect area;
};

void screen_resize(struct screen *screen, int rows, int columns);
void screen_clear(struct screen *screen);
void screen_free(struct screen *screen);

struct canvas canvas_on(struct screen *screen, struct rect area);
struct canvas canvas_part(const struct canvas *canvas, struct rect part);

/* Draws text in `room` columns from `column` on; returns how many it took.  Longer text ends in
 * an ellipsis.  room < 0: up to the canvas's edge. */
int canvas_text(struct canvas *canvas, int row, int column, int room, enum style style,
		const char *text);
int canvas_printf(struct canvas *canvas, int row, int column, int room, enum style style,
		  const char *format, ...) __attribute__((format(printf, 6, 7)));
/* The same, ending at column + room. */
void canvas_text_right(struct canvas *canvas, int row, int column, int room, enum style style,
		       const char *text);
/* The same from `column` on, but longer text has the ellipsis in its middle: both its ends tell
 * it from others. */
void canvas_text_ends(struct canvas *canvas, int row, int column, int room, enum style style,
		      const char *text);
/* `count` times the same character, which may be beyond ASCII. */
void canvas_repeat(struct canvas *canvas, int row, int column, int count, enum style style,
		   uint32_t code);
/* Blanks from `column` to the edge. */
void canvas_blank(struct canvas *canvas, int row, int column, enum style style);
void canvas_restyle(struct canvas *canvas, int row, int column, int columns, enum style style);
/* Gives a style to what reads so in a row; letters of ASCII alike, unless `exactly`. */
void canvas_mark(struct canvas *canvas, int row, const char *needle, bool exactly,
		 enum style style);
/* Where the hardware cursor rests, so that screen readers follow it. */
void canvas_cursor(struct canvas *canvas, int row, int column);

/* The first line of a text that is broken between words, and what follows. */
struct text_line {
	char text[512];
	const char *rest;
};
struct text_line text_line_of(const char *text, int columns);

#endif
