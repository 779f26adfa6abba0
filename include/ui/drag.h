/* drag.h - what the mouse has hold of, while its button is down. */
#ifndef UI_DRAG_H
#define UI_DRAG_H

#include <stdbool.h>

enum drag_kind {
	DRAG_NONE,
	DRAG_HEADING, /* of a column: to another place */
	DRAG_EDGE,    /* of a column: its width */
	DRAG_PANE,    /* the edge of the pane `column`: its size */
	DRAG_BYTES,   /* of a packet, from the byte `column` on: they are copied */
};

struct drag {
	enum drag_kind kind;
	unsigned column; /* which */
	int from;	 /* where it was taken hold of, or where what is sized begins */
	bool moved;	 /* it is no click any more */
	bool as_text;	 /* DRAG_BYTES: of what is shown as text, not as digits */
};

#endif
