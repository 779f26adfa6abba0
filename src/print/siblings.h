/* siblings.h - which members of an object share a key; private to src/print.
 *
 * Found without sorting: a table by field number remembers the last one seen. */
#ifndef PRINT_SIBLINGS_H
#define PRINT_SIBLINGS_H

#include "dissect/dissection.h"

struct sibling {
	uint32_t next;	   /* with the same key, 0: none */
	bool later;	   /* not the first with its key */
	const char *words; /* the key of a line of text, in the dissection's arena; NULL: its
			      field's name */
};

struct siblings {
	uint32_t generation;
	uint32_t *seen, *last; /* by registry field: in which object, and where */
	struct sibling *of;    /* by node */
	uint32_t room;
};

void siblings_init(struct siblings *siblings);
void siblings_free(struct siblings *siblings);
/* Looks at the nodes directly in [first, end); what it found of others before stays. */
void siblings_gather(struct siblings *siblings, struct dissection *d, uint32_t first, uint32_t end);

#endif
