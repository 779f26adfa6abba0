/* hierarchy.h - protocols by what they are in, with packets and bytes: the stacks, without what
 * ICMP quotes. */
#ifndef SESSION_HIERARCHY_H
#define SESSION_HIERARCHY_H

#include "session/tally.h"

struct hierarchy_node {
	const char *name;
	uint32_t parent, first_child, last_child, next; /* 0: none */
	uint32_t depth;					/* of the outermost protocols 1 */
	uint64_t frames, bytes;
};

struct hierarchy;

/* shows_fields: with what stands beside protocols and is none, as tshark has it (FTP's directories). */
struct hierarchy *hierarchy_new(bool shows_fields);
void hierarchy_free(struct hierarchy *hierarchy);
/* The state is a struct hierarchy. */
extern const struct counter hierarchy_counter;

/* Node 0 is above all protocols; children are in the order in which they were seen. */
uint32_t hierarchy_count(const struct hierarchy *hierarchy);
const struct hierarchy_node *hierarchy_node(const struct hierarchy *hierarchy, uint32_t n);

#endif
