/* packet_find.h - looking for packets: by what is in their bytes, by a filter, or by the words of
 * their rows and details. */
#ifndef UI_PACKET_FIND_H
#define UI_PACKET_FIND_H

#include "ui/line_edit.h"
#include "ui/packet_filter.h"

enum find_kind { FIND_WORDS, FIND_DETAILS, FIND_TEXT, FIND_REGEX, FIND_HEX, FIND_FILTER, FIND_KINDS };

struct packet_find {
	enum find_kind kind;
	char text[LINE_ROOM];	     /* "": nothing was looked for yet */
	struct packet_filter filter; /* of all kinds but those by rows */
	bool looking, backwards, wrapped;
	bool marks;	 /* it is marked where it is on the screen */
	uint32_t from;	 /* where one was */
	uint32_t row;	 /* by rows: the next to look at... */
	uint32_t looked; /* ...and how many were */
	int64_t since;
};

/* Are packets looked at one by one, row by row? */
bool find_is_by_rows(enum find_kind kind);
/* The filter that finds it; false: it is not of its kind. */
bool find_filter(enum find_kind kind, const char *text, char filter[2 * LINE_ROOM]);

struct app;
struct canvas;

/* Then letters are what they are; else small ones stand for large ones too. */
bool find_has_capital(const char *text);
/* Does the row, or its packet's details, have what is looked for? */
bool find_in_row(struct app *app, uint32_t row);
/* Selects the field or the bytes that were found in the selected packet. */
void find_show_place(struct app *app);
/* What is marked where words of that kind stand; "": nothing. */
const char *find_marked(const struct app *app, enum find_kind kind);
/* Marks it in a row of a canvas. */
void find_mark_hits(const struct app *app, enum find_kind kind, struct canvas *canvas, int row);

#endif
