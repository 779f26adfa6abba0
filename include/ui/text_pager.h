/* text_pager.h - a followed stream as lines for a screen, without making all of them.
 *
 *      ── client → server  275 B  #4  0.078331 s ───────────
 *      ▏GET / HTTP/1.1
 *      ══ server → client  16 263 B  #6–#38  0.158962 s  (+80.6 ms) ══
 *              ┃HTTP/1.1 200 OK
 *
 * A line is found from the one before or after it; so that the latter is no long way, lines also
 * break at certain places.  What bytes stand for never controls a terminal. */
#ifndef UI_TEXT_PAGER_H
#define UI_TEXT_PAGER_H

#include <stdbool.h>
#include <stdint.h>

#include "session/follow.h"
#include "ui/text_form.h"

enum text_line_kind {
	LINE_MARK,   /* a packet that opens or ends the connection */
	LINE_HEADER, /* of a turn */
	LINE_BODY,
};

struct text_place {
	uint32_t turn; /* the number of turns: behind the last */
	uint8_t kind;
	uint32_t at; /* LINE_MARK: number of the mark; LINE_BODY: position in the turn */
};

struct text_pager {
	struct follow *follow;
	int columns;	/* that bytes may take */
	enum text_form form;
	unsigned sides; /* shown: a bit per enum follow_side */
	struct text_place top, cursor;
	bool begun; /* top and cursor stand somewhere */
};

enum { PAGER_LINE_ROOM = 2048 };

/* False: there is none. */
bool pager_first(const struct text_pager *pager, struct text_place *place);
bool pager_last(const struct text_pager *pager, struct text_place *place);
bool pager_next(const struct text_pager *pager, struct text_place *place);
bool pager_previous(const struct text_pager *pager, struct text_place *place);
/* Where a byte's line begins. */
struct text_place pager_place_of(const struct text_pager *pager, const struct follow_place *byte);
/* The packet that a line is from; 0: none. */
uint32_t pager_packet(const struct text_pager *pager, const struct text_place *place);

/* The bytes of a line in words that are fit for a screen; *missing: it is a gap. */
void pager_line(const struct text_pager *pager, const struct text_place *place,
		char text[PAGER_LINE_ROOM], bool *missing);
/* Of two places the one that comes first: below 0, 0, above 0. */
int pager_compare(const struct text_place *a, const struct text_place *b);

#endif
