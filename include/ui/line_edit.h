/* line_edit.h - a line of text that is typed, with the keys of readline. */
#ifndef UI_LINE_EDIT_H
#define UI_LINE_EDIT_H

#include <stdbool.h>

#include "ui/canvas.h"
#include "ui/key.h"

enum { LINE_ROOM = 1024 };

struct line_edit {
	char text[LINE_ROOM];	 /* zeroed: an empty line */
	unsigned length, cursor; /* in bytes */
	char killed[LINE_ROOM];
};

void line_set(struct line_edit *line, const char *text);
/* False: not a key that edits. */
bool line_type(struct line_edit *line, const struct event *event);
/* Scrolled so that the cursor shows; the hardware cursor is put there. */
void line_draw(const struct line_edit *line, struct canvas *canvas, int row, int column, int room,
	       enum style style);

#endif
