/* plot.h - points over two axes, drawn with the dots of braille: two by four in each cell.
 *
 * Where there is no braille, a cell tells by its density. */
#ifndef UI_PLOT_H
#define UI_PLOT_H

#include <stdint.h>

#include "ui/canvas.h"

struct plot {
	int rows, columns;
	double x0, x1, y0, y1; /* what the edges stand for */
	uint8_t *dots;	       /* by cell */
	uint8_t *styles;       /* enum style: of what was drawn last */
};

/* Nothing is drawn yet. */
void plot_begin(struct plot *plot, int rows, int columns);
void plot_end(struct plot *plot);
/* Sets the axes; none of them is empty then. */
void plot_axes(struct plot *plot, double x0, double x1, double y0, double y1);

/* Points outside are lost. */
void plot_point(struct plot *plot, double x, double y, enum style style);
/* From one y to another at the same x. */
void plot_bar(struct plot *plot, double x, double from, double to, enum style style);
/* From y0 to the right, then up or down: what holds until it changes. */
void plot_step(struct plot *plot, double x0, double x1, double y, enum style style);
void plot_draw(const struct plot *plot, struct canvas *canvas, int row, int column);

#endif
