/* list_columns.h - the columns of the packet list: how wide, and which when there is no room.
 *
 * A column is as wide as the widest value measured so far, so it never shrinks while one
 * scrolls; Info takes the rest.  When less than 20 columns are left for Info, others go. */
#ifndef UI_LIST_COLUMNS_H
#define UI_LIST_COLUMNS_H

#include <stdbool.h>
#include <stdint.h>

#include "print/printer.h"
#include "ui/canvas.h"

enum list_column {
	COLUMN_NUMBER,
	COLUMN_TIME,
	COLUMN_SOURCE,
	COLUMN_DESTINATION,
	COLUMN_PEER,
	COLUMN_PROTOCOL,
	COLUMN_LENGTH,
	COLUMN_INFO,
	COLUMNS,
};

enum { CUSTOM_COLUMNS = 6, CUSTOM_MOST = 40 };

/* A field's values, before Info. */
struct custom_column {
	uint16_t field; /* in the registry */
	int widest;
};

/* What one row shows. */
struct list_row {
	uint32_t number;
	struct summary summary;
	const char *custom[CUSTOM_COLUMNS]; /* of the custom columns; NULL: has no value */
	enum style style;
	enum expert_severity severity; /* of the worst finding */
	uint32_t conversation; /* + 1; 0: none */
	bool marked, has_comment;
	bool to_opener;	       /* of its conversation: drawn as an arrow to the left */
};

struct list_columns {
	int widest[COLUMNS]; /* of what was measured; COLUMN_PEER: of both addresses */
	int widest_short;    /* of addresses shortened in the middle */
	struct custom_column custom[CUSTOM_COLUMNS];
	unsigned custom_count;
};

/* Where each column stands; columns[c] == 0: not shown. */
struct column_places {
	int start[COLUMNS], columns[COLUMNS];
	int custom_start[CUSTOM_COLUMNS], custom_columns[CUSTOM_COLUMNS];
	uint16_t custom_field[CUSTOM_COLUMNS];
	bool protocol_in_info; /* as its first word */
	bool arrow;	       /* before Info, in place of the peer */
	bool short_time;       /* 3 decimals */
	bool short_addresses;
};

/* Forgets all widths. */
void columns_reset(struct list_columns *columns);
/* A column for a field, or none any more; false: there are too many. */
bool columns_toggle(struct list_columns *columns, uint16_t field);
void columns_measure(struct list_columns *columns, const struct list_row *row);
/* `first`: the column after the gutter. */
struct column_places columns_place(const struct list_columns *columns, int first, int end);
void columns_draw_heading(const struct column_places *places, struct canvas *canvas, int row,
			  const char *time_title);
void columns_draw(const struct column_places *places, struct canvas *canvas, int line,
		  const struct list_row *row, enum style style);

/* "2001:db8:…:1f3a": an address in at most `room` columns; 0-terminated, room + 3 bytes. */
enum { SHORT_ADDRESS = 16 };
void address_shorten(const char *address, char text[SHORT_ADDRESS + 4]);

#endif
