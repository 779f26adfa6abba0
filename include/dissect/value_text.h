/* value_text.h - values and labels as text, from type, base, names and mask.
 *
 * The only place that words values; all text that comes out is clean (base/text.h). */
#ifndef DISSECT_VALUE_TEXT_H
#define DISSECT_VALUE_TEXT_H

#include <stddef.h>

#include "dissect/dissection.h"

enum { LABEL_ROOM = 240, NODE_TEXT_ROOM = LABEL_ROOM + 2, SCALAR_ROOM = 96 };

/* The value alone, as -T fields prints it: "53", "0x0035", "192.0.2.1".  Lives in the
 * dissection's arena.  Controls in text are escaped.  What has no value gives "1", a protocol
 * its title and label, or its name if it has no label. */
const char *value_text(struct dissection *d, const struct node *node);

/* The line of the tree: "Source Port: 53", ".... ...1 = Fin: Set", "[Stream index: 0]".
 * Cut to fit at a whole character; returns its length. */
size_t node_text(const struct dissection *d, const struct node *node, char *text, size_t room);

/* The same without the brackets of what was found out. */
size_t node_words(const struct dissection *d, const struct node *node, char *text, size_t room);

/* What a column says of a node: its value; `named`: its name, where a number or an address has one.  What
 * has no value is there: "✓".  Clean, and cut to fit; returns its length. */
size_t node_value_text(const struct node *node, bool named, char *text, size_t room);

/* Does a node of this type need more room than SCALAR_ROOM? */
bool value_is_long(enum field_type type);
/* The value of one that does not, as -T fields prints it; returns the end, without a 0. */
char *put_scalar(char at[SCALAR_ROOM], const struct field *field, const struct node *node);

/* A time as tshark's frame.time ("Nov 22, 2026 10:27:00.000000000 UTC"). */
size_t time_text(int64_t time_ns, bool utc, char *text, size_t room);
/* The same without a 0; returns the end. */
char *put_time_text(char at[SCALAR_ROOM], int64_t time_ns, bool utc);
/* The same again and again: `minute`, zeroed at first, remembers what was written last. */
struct time_minute {
	int64_t number; /* since 1970 */
	bool utc;
	uint8_t head, tail; /* bytes of text before and after the seconds; head 0: none */
	char text[SCALAR_ROOM];
};
char *put_time_of_minute(char at[SCALAR_ROOM], struct time_minute *minute, int64_t time_ns,
			 bool utc);
/* Seconds with 0 to 9 decimals: "-1.500000000". */
size_t duration_text(int64_t ns, unsigned decimals, char *text, size_t room);
/* With 9 of them, without a 0; returns the end. */
char *put_duration_text(char *at, int64_t ns);

#endif
