/* ladder_label.h - the words in an arrow, the least of which go first where there is no room;
 * private to src/print. */
#ifndef PRINT_LADDER_LABEL_H
#define PRINT_LADDER_LABEL_H

#include "print/ladder_text.h"

enum word { WORD_HEAD, WORD_SEQUENCE, WORD_ACK, WORD_FLAGS, WORD_ABOVE, WORD_OPTIONS, WORDS };

struct label {
	char word[WORDS][LADDER_PART_ROOM];
};

/* A segment as it was read for its row. */
struct reading {
	struct ladder *ladder;
	const struct ladder_layout *layout;
	const struct ladder_segment *segment;
	struct tcp_event event;
	const struct dissection *d;
};

void label_segment(struct label *label, const struct reading *r);
/* `row` is a ROW_TROUBLE: how often what went wrong.  Returns the segment whose arrow it has. */
uint32_t label_trouble(struct label *label, const struct ladder *ladder,
		       const struct ladder_row *row);
/* `row` is a ROW_RUN; returns the segment whose arrow it has. */
uint32_t label_run(struct label *label, const struct ladder_layout *layout, struct ladder *ladder,
		   const struct ladder_row *row);
void label_gap(struct label *label, const struct ladder_layout *layout, const struct ladder *ladder,
	       const struct ladder_gap *gap);

/* Shortens it to so many columns, and joins its words. */
void fit_label(struct label *label, int columns);
void join_label(const struct label *label, char text[LADDER_TEXT_ROOM]);

/* A rule over the whole width, which both life lines cross. */
void ladder_rule(struct ladder_line *line, const struct ladder_layout *layout, const char *words,
		 const char *crossing);

/* Appends text; what has no room is left out. */
void append_text(char *text, size_t room, const char *more);
void append_repeated(char *text, size_t room, int columns, const char *glyph);
/* Cuts to so many columns, with an ellipsis for what is gone. */
void cut_text(char *text, int columns);

#endif
