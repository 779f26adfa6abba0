/* layout.h - where each region stands, by the size of the terminal. */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include <stdbool.h>

#include "ui/canvas.h"

enum pane { PANE_LIST, PANE_DETAILS, PANE_BYTES, PANES };

enum { LEAST_COLUMNS = 20, LEAST_ROWS = 5 };

/* How the panes stand to each other. */
enum arrangement {
	ARRANGED_BY_SIZE, /* one of the others, as the terminal is large */
	ARRANGED_STACKED, /* above one another */
	ARRANGED_BESIDE,  /* the list above, details and bytes beside one another */
	ARRANGED_COLUMNS, /* the list at the left, details above bytes at the right */
	ARRANGED_WITHOUT_BYTES,
	ARRANGEMENTS,
};

/* "usual", "stacked", "beside", "columns", "no-bytes". */
extern const char *const arrangement_names[ARRANGEMENTS];

/* A region without rows or columns is not shown. */
struct layout {
	bool too_small;
	enum arrangement arrangement; /* the one that was chosen, if it fits */
	struct rect title, filter, panes[PANES], explain, status, keys;
};

/* What the user gave panes, in thousandths of the room for all of them; 0: as is usual. */
struct pane_sizes {
	int list_rows, bytes_rows, bytes_columns, list_columns;
};

struct layout_choice {
	enum pane focus;
	bool zoomed, filter;
	enum arrangement arrangement;
	struct pane_sizes sizes;
};

/* `zoomed`: only the pane in focus.  A pane that has no place of its own is shown alone when it
 * has the focus.  `filter`: its bar is to be shown; where there are few rows, in place of the
 * title, and where there are many, always. */
struct layout layout_make(int rows, int columns, enum pane focus, bool zoomed, bool filter);

struct layout layout_choose(int rows, int columns, const struct layout_choice *choice);
/* Gives a pane so many rows, or columns if it stands beside another, more than it has; false: nothing
 * there can grow. */
bool layout_grow(const struct layout *layout, enum pane pane, int by, struct pane_sizes *sizes);
/* Is there room for it on a terminal of this size? */
bool layout_fits(int rows, int columns, enum arrangement arrangement);
/* Do details and bytes stand beside one another? */
bool layout_is_wide(const struct layout *layout);

#endif
