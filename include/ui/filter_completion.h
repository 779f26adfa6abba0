/* filter_completion.h - how the word at the cursor of a filter could go on: fields, of protocols in
 * this file first, and such that have its letters with others between them last; and after a comparison, values that the field may have. */
#ifndef UI_FILTER_COMPLETION_H
#define UI_FILTER_COMPLETION_H

#include <stdbool.h>
#include <stdint.h>

struct session;

enum { COMPLETIONS = 100, COMPLETION_ROOM = 128 };

struct completion_choice {
	char text[COMPLETION_ROOM]; /* that replaces the word */
	const char *title;	    /* "Source Port"; "" */
	const char *type;	    /* "unsigned, 2 bytes"; "" */
	bool in_file;		    /* its protocol is in the file */
	int field;		    /* in the registry; -1: it is none */
};

/* A filter that has a name. */
struct saved_filter {
	char *name, *text;
};

struct saved_filters {
	struct saved_filter *filters; /* zeroed: none */
	unsigned count;
};

struct completion {
	struct completion_choice choices[COMPLETIONS];
	unsigned count;	   /* of choices */
	unsigned total;	   /* of what would fit, more than are kept */
	unsigned from, to; /* the word, in bytes of the line */
	int chosen;	   /* -1: none yet */
	bool closed;	   /* by the user, until the next key */
	bool is_value;	   /* values, not names */
};

/* For a line and its cursor.  `session`: NULL is no file. */
void completion_find(struct completion *completion, const char *line, unsigned cursor,
		     const struct session *session, const struct saved_filters *saved);
/* What all choices begin with, beyond the word; its length, 0 for none. */
unsigned completion_common(const struct completion *completion, char text[COMPLETION_ROOM]);

#endif
