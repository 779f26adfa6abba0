/* colour_rules.h - filters with colours: the first that a packet passes says how its line looks.
 *
 * The rules are those of Wireshark's colorfilters files.  What they name that is not known here is
 * taken for absent, so that the rest of a rule still works. */
#ifndef FILTER_COLOUR_RULES_H
#define FILTER_COLOUR_RULES_H

#include "filter/filter.h"

struct colour {
	uint8_t red, green, blue;
};

struct colour_rule {
	char *name, *text;
	struct colour back, fore;
	bool disabled;
	bool is_passing;       /* for this run only: not printed */
	bool is_whole;	       /* all that it names is known here */
	struct filter *filter; /* NULL: it can pass nothing here */
};

struct colour_rules {
	struct colour_rule *rules; /* zeroed: none */
	unsigned count;
	uint8_t *wanted; /* the fields that all of them read: a bit per registry field */
	bool needs_later;
};

/* Wireshark's own. */
void colour_rules_default(struct colour_rules *rules);
/* From the lines of a file; a line that is no rule is left out and counted. */
unsigned colour_rules_read(struct colour_rules *rules, FILE *in);
void colour_rules_print(const struct colour_rules *rules, FILE *out);
/* Before those that are there. */
void colour_rules_add(struct colour_rules *rules, const char *name, const char *text,
		      struct colour back, struct colour fore);
void colour_rules_remove(struct colour_rules *rules, unsigned n);
void colour_rules_free(struct colour_rules *rules);

/* The first rule that passes a packet, whose dissection has the wanted fields; -1: none. */
int colour_rules_match(const struct colour_rules *rules, struct dissection *d,
		       const struct path_table *paths);

#endif
