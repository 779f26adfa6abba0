/* view_tabs.h - the views named in the title line, for the mouse and for whoever does not know them. */
#ifndef UI_VIEW_TABS_H
#define UI_VIEW_TABS_H

struct app;
struct canvas;

enum { VIEW_TABS = 11 };

/* Where one stands in the title line; from == to: it does not. */
struct view_tab {
	int from, to;
};

/* From column `at` on: all, if they end before `end_of_all`, or the open one, if it does before
 * `end_of_one`.  Returns the column after them, or the one two before `at`. */
int view_tabs_draw(struct app *app, struct canvas *canvas, int at, int end_of_all, int end_of_one);
void view_tabs_click(struct app *app, int column);

#endif
