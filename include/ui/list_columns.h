/* list_columns.h - the columns of the packet list: which, in which order, how wide, and which when
 * there is no room.
 *
 * A column is as wide as the widest value measured so far, so it never shrinks while one
 * scrolls, unless the user says how wide it is; Info takes the rest.  When less than 20 columns are
 * left for Info, others go. */
#ifndef UI_LIST_COLUMNS_H
#define UI_LIST_COLUMNS_H

#include <stdbool.h>
#include <stdint.h>

#include "print/column.h"
#include "print/printer.h"
#include "ui/canvas.h"

/* The name of a set of columns, and of its file. */
enum { PROFILE_ROOM = 24, PROFILE_FILE_ROOM = PROFILE_ROOM + 10 };

enum { LIST_COLUMNS = 32, WIDTH_LEAST = 3, WIDTH_MOST = 200, WIDEST_FIELD = 40 };

/* Rows from which on the list has a heading. */
enum { LIST_HEADED_FROM = 7 };

enum sort_way { UNSORTED, SORTED_UP, SORTED_DOWN };

struct list_column {
	struct column column;
	bool hidden;
	enum sort_way sorted; /* at most one is */
	int width;	      /* the user's; 0: as wide as its values */
	int widest;	      /* value or title, of what was measured */
	int widest_short;     /* of addresses shortened in the middle, times with 3 decimals */
};

/* What one row shows. */
struct list_row {
	uint32_t number;
	struct summary summary;
	const char *texts[LIST_COLUMNS]; /* of the columns that are not hidden */
	enum style style;
	enum expert_severity severity; /* of the worst finding */
	uint32_t conversation;	       /* + 1; 0: none */
	bool marked, ignored, has_comment;
	bool is_reference; /* of time */
	char letter;	   /* its name as a place, or the number of its conversation's colour; 0: none */
	bool to_opener; /* of its conversation: drawn as an arrow to the left */
};

struct list_columns {
	struct list_column columns[LIST_COLUMNS];
	unsigned count;
	unsigned chosen; /* what keys move, size and sort */
	bool choosing;	 /* it was chosen by keys: its heading shows it */
};

/* Where each column stands; columns[c] == 0: not shown. */
struct column_places {
	int start[LIST_COLUMNS], columns[LIST_COLUMNS];
	int peer; /* the column that shows the peer in place of both addresses; -1: none */
	bool protocol_in_info; /* as its first word */
	bool arrow;	       /* before Info, in place of the peer */
	bool short_time;       /* 3 decimals */
	bool short_addresses;
};

/* The usual ones. */
void columns_default(struct list_columns *columns);
/* Those of gui.column.format, as many as there is room for. */
void columns_take(struct list_columns *columns, const struct column_list *list);
/* Forgets all widths that were measured. */
void columns_reset(struct list_columns *columns);
/* The column that shows a field alone; -1: none does. */
int columns_find_field(const struct list_columns *columns, uint16_t field);
/* Before Info, if that is the last one; its place, or -1: there are too many. */
int columns_add(struct list_columns *columns, const struct column *column);
void columns_remove(struct list_columns *columns, unsigned n);
/* False: it stands at that end already. */
bool columns_move(struct list_columns *columns, unsigned n, unsigned to);
/* The one that is sorted by; -1: none is. */
int columns_sorted(const struct list_columns *columns);
void columns_sort(struct list_columns *columns, unsigned n, enum sort_way way);
bool column_is_right(const struct column *column);
bool column_is_info(const struct column *column);

void columns_measure(struct list_columns *columns, const struct list_row *row);
/* `first`: the column after the gutter. */
struct column_places columns_place(const struct list_columns *columns, int first, int end);
void columns_draw_heading(const struct list_columns *columns, const struct column_places *places,
			  struct canvas *canvas, int row, const char *time_title);
void columns_draw(const struct list_columns *columns, const struct column_places *places,
		  struct canvas *canvas, int line, const struct list_row *row, enum style style);

/* "2001:db8:…:1f3a": an address in at most `room` columns; 0-terminated, room + 3 bytes. */
enum { SHORT_ADDRESS = 16 };
void address_shorten(const char *address, char text[SHORT_ADDRESS + 4]);

#endif
