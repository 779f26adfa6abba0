/* header_lines.h - header fields that were packed, as lines to read: "name: value". */
#ifndef DISSECTORS_HEADER_LINES_H
#define DISSECTORS_HEADER_LINES_H

#include "dissect/dissector.h"
#include "dissect/text_line.h"

struct header_lines {
	uint8_t *bytes; /* in the arena */
	uint32_t length, room;
	bool asked_for; /* else nothing is gathered */
};

void header_lines_add(struct dissection *d, struct header_lines *lines,
		      const struct text_part *name, const struct text_part *value);
/* As a source of its own, with an empty line at its end. */
void header_lines_put(struct dissection *d, const struct cursor *c, unsigned field,
		      struct header_lines *lines);

#endif
