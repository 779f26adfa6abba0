/* siblings.h - which members of an object share a key; private to src/print.
 *
 * Found without sorting: a table by field number remembers the last one seen. */
#ifndef PRINT_SIBLINGS_H
#define PRINT_SIBLINGS_H

#include "dissect/dissection.h"

struct sibling {
	uint32_t next;	   /* with the same key, 0: none */
	bool skipped;	   /* not the first with its key, or not shown */
	const char *words; /* the key of a line of text, in the dissection's arena; NULL: its
			      field's name */
};

enum sibling_kind { SIBLING_FIELD, SIBLING_WORDS, SIBLING_HIDDEN };

struct siblings {
	uint32_t generation;
	struct seen_field {
		uint32_t generation; /* the object it was seen in */
		uint32_t last;	     /* the node there */
		uint8_t kind;	     /* enum sibling_kind */
	} * fields;		     /* by registry field */
	struct sibling *of;	     /* by node */
	uint32_t room;
	bool depends; /* what was gathered last: on what several lines of text say */
};

void siblings_init(struct siblings *siblings);
void siblings_free(struct siblings *siblings);
/* Is it the same for all nodes of its field? */
bool words_are_constant(const struct node *node);
/* The key of a line of text, in the dissection's arena. */
const char *key_of_words(struct dissection *d, const struct node *node);
/* Looks at the nodes directly in [first, end); what it found of others before stays. */
void siblings_gather(struct siblings *siblings, struct dissection *d, uint32_t first, uint32_t end);

#endif
