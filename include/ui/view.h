/* view.h - one region of the screen.  A view shows the app and asks the app for changes; it owns
 * its scroll position and nothing else, and never touches another view or the terminal. */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/action.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct app;
struct view;

struct view_class {
	const char *name; /* as in "bind packet-list j next" */
	enum place place; /* whose keys it takes */
	/* Scrolls so that the selection shows.  May be NULL, as all below. */
	void (*settle)(struct view *view, struct app *app);
	void (*draw)(struct view *view, struct app *app, struct canvas *canvas);
	/* `count`: typed before it, 0 for nothing.  False: not mine. */
	bool (*act)(struct view *view, struct app *app, enum action action, uint32_t count);
	/* Keys before they become actions, for views in which text is typed.  False: not mine. */
	bool (*type)(struct view *view, struct app *app, const struct event *event);
	/* A click, in the view's own coordinates. */
	void (*click)(struct view *view, struct app *app, const struct mouse *mouse);
	/* A turn of the wheel by so many rows, down if positive.  NULL: as ACTION_NEXT and its like. */
	void (*scroll)(struct view *view, struct app *app, const struct mouse *mouse, int rows);
};

struct view {
	const struct view_class *class;
	struct rect area;
	bool focused;
	uint32_t top; /* first row shown */
};

extern const struct view_class packet_list_view, packet_tree_view, packet_bytes_view, explain_view,
	title_bar_view, status_bar_view, key_bar_view, filter_bar_view, help_view, prompt_view, dialog_view,
	start_view, expert_view, stream_view, statistics_view,
	io_graph_view, palette_view, sheet_view,
	file_chooser_view;

/* The byte that is shown in a place of the view; false: none. */
struct byte_place {
	uint32_t byte;
	bool as_text; /* not as digits */
};
bool packet_bytes_at(const struct view *view, const struct app *app, const struct mouse *mouse,
		     struct byte_place *place);

/* Rows that the palette takes with its frame. */
int palette_rows(const struct app *app);

/* A pane's title line, which separates it from what is above. */
void draw_pane_title(const struct view *view, struct canvas *canvas, const char *left,
		     const char *right);

/* A frame around the whole canvas, blank inside, with words in its upper and lower edge. */
void draw_box(struct canvas *canvas, const char *title, const char *bottom);

/* Where a row goes that is moved by an action of GROUP_MOVE; false: the action moves nothing. */
bool row_moved(enum action action, uint32_t count, uint32_t row, uint32_t rows, uint32_t page,
	       uint32_t *to);
/* The first row shown, so that `row` is among the `shown` ones and no space is wasted. */
uint32_t top_for(uint32_t top, uint32_t row, uint32_t rows, uint32_t shown);

#endif
