/* field_glance.h - values of chosen fields of a packet that is not taken apart: those that stand at
 * a place of a plain header, or in the packet index. */
#ifndef FILTER_FIELD_GLANCE_H
#define FILTER_FIELD_GLANCE_H

#include "filter/filter.h"

/* By registry number. */
struct chosen_fields {
	const uint16_t *fields;
	uint32_t count;
};

enum { GLANCED_VALUES = 2 }; /* of a field, at most */

/* How these fields of packets with this stack are read, in the arena; NULL: it takes a dissection.
 */
const struct glance_plan *plan_field_glance(const struct chosen_fields *chosen,
					    const struct path_table *paths, uint16_t path,
					    struct arena *arena);
/* The nodes that a dissection would have for the n-th field, as far as put_scalar() reads them:
 * counts[n] of them, from nodes[n * GLANCED_VALUES] on.  Their bytes are those of the glance.
 * False: it takes a dissection. */
bool glance_at_fields(const struct chosen_fields *chosen, const struct glance_plan *plan,
		      const struct glance *glance, struct node *nodes, uint8_t *counts);

#endif
