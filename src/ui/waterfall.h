/* waterfall.h - requests as bars over time, in the rows of a table of statistics. */
#ifndef UI_WATERFALL_H
#define UI_WATERFALL_H

#include "ui/app.h"

/* Is the tab one of requests? */
bool has_waterfall(const struct statistics_screen *s);
/* Rows `top` and those after it, with a heading in the line before the first. */
void draw_waterfall(const struct view *view, const struct app *app, struct canvas *canvas, int line,
		    uint32_t shown);

#endif
