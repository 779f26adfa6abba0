/* packet_find.h - looking for packets: by what is in their bytes, by a filter, or by the words of
 * their rows. */
#ifndef UI_PACKET_FIND_H
#define UI_PACKET_FIND_H

#include "ui/line_edit.h"
#include "ui/packet_filter.h"

enum find_kind { FIND_WORDS, FIND_TEXT, FIND_REGEX, FIND_HEX, FIND_FILTER, FIND_KINDS };

struct packet_find {
	enum find_kind kind;
	char text[LINE_ROOM];	     /* "": nothing was looked for yet */
	struct packet_filter filter; /* of all kinds but FIND_WORDS */
	bool looking, backwards, wrapped;
	uint32_t from;	 /* where one was */
	uint32_t row;	 /* FIND_WORDS: the next to look at... */
	uint32_t looked; /* ...and how many were */
	int64_t since;
};

/* The filter that finds it; false: it is not of its kind. */
bool find_filter(enum find_kind kind, const char *text, char filter[2 * LINE_ROOM]);

#endif
