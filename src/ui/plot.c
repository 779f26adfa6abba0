/* plot.c - dots, and the characters that show them. */
#include "ui/plot.h"

#include <stdlib.h>

#include "base/arena.h"

enum { DOTS_ACROSS = 2, DOTS_DOWN = 4, BRAILLE = 0x2800 };

/* The bits of a braille character by column and row of the dot. */
static const uint8_t bits[DOTS_ACROSS][DOTS_DOWN] = { { 0x01, 0x02, 0x04, 0x40 },
						      { 0x08, 0x10, 0x20, 0x80 } };

void plot_begin(struct plot *plot, int rows, int columns)
{
	size_t cells = rows > 0 && columns > 0 ? (size_t)rows * (size_t)columns : 1;

	*plot = (struct plot){ .rows = rows, .columns = columns };
	plot->dots = must_zeroed(cells, 1);
	plot->styles = must_zeroed(cells, 1);
}

void plot_end(struct plot *plot)
{
	free(plot->dots);
	free(plot->styles);
}

void plot_axes(struct plot *plot, double x0, double x1, double y0, double y1)
{
	plot->x0 = x0;
	plot->x1 = x1 > x0 ? x1 : x0 + 1;
	plot->y0 = y0;
	plot->y1 = y1 > y0 ? y1 : y0 + 1;
}

static int across(const struct plot *plot, double x)
{
	double share = (x - plot->x0) / (plot->x1 - plot->x0);

	return share < 0 || share > 1 ? -1 : (int)(share * (plot->columns * DOTS_ACROSS - 1) + 0.5);
}

static int down(const struct plot *plot, double y)
{
	double share = (y - plot->y0) / (plot->y1 - plot->y0);
	int last = plot->rows * DOTS_DOWN - 1;

	if (share < 0)
		return last + 1;
	return share > 1 ? -1 : last - (int)(share * last + 0.5);
}

static void dot(struct plot *plot, int x, int y, enum style style)
{
	if (x < 0 || y < 0 || x >= plot->columns * DOTS_ACROSS || y >= plot->rows * DOTS_DOWN)
		return;
	int cell = y / DOTS_DOWN * plot->columns + x / DOTS_ACROSS;

	plot->dots[cell] |= bits[x % DOTS_ACROSS][y % DOTS_DOWN];
	plot->styles[cell] = (uint8_t)style;
}

void plot_point(struct plot *plot, double x, double y, enum style style)
{
	dot(plot, across(plot, x), down(plot, y), style);
}

void plot_bar(struct plot *plot, double x, double from, double to, enum style style)
{
	int low = down(plot, from), high = down(plot, to), at = across(plot, x);

	if (low < high) {
		int other = low;

		low = high;
		high = other;
	}
	if (high < 0)
		high = 0;
	for (; high <= low && high < plot->rows * DOTS_DOWN; high++)
		dot(plot, at, high, style);
}

void plot_step(struct plot *plot, double x0, double x1, double y, enum style style)
{
	int at = across(plot, x0), end = across(plot, x1), row = down(plot, y);

	if (x1 < plot->x0 || x0 > plot->x1)
		return;
	if (at < 0)
		at = 0;
	if (end < 0)
		end = plot->columns * DOTS_ACROSS - 1;
	for (; at <= end; at++)
		dot(plot, at, row, style);
}

static uint32_t code_of(const struct canvas *canvas, uint8_t dots)
{
	static const char density[] = { ' ', '.', '.', ':', ':', '+', '+', '#', '#' };

	return canvas->screen->glyphs == GLYPHS_UNICODE
		       ? BRAILLE + (uint32_t)dots
		       : (uint32_t)density[__builtin_popcount(dots)];
}

void plot_draw(const struct plot *plot, struct canvas *canvas, int row, int column)
{
	for (int i = 0; i < plot->rows * plot->columns; i++)
		if (plot->dots[i])
			canvas_repeat(canvas, row + i / plot->columns, column + i % plot->columns,
				      1, plot->styles[i], code_of(canvas, plot->dots[i]));
}
