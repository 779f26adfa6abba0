/* capture_state.h - what a dissector knows by a key of its own all through the capture: which
 * hardware address an IP address was seen with. */
#ifndef STATE_CAPTURE_STATE_H
#define STATE_CAPTURE_STATE_H

#include <stdint.h>

#include "dissect/dissection.h"

enum {
	CAPTURE_KEY_LIMIT = 32,		/* bytes of a key */
	CAPTURE_STATES_LIMIT = 1 << 18, /* keys in a capture */
};

/* Memory of `size` bytes, zeroed at first, that the dissector at work keeps for the key during the
 * first pass; NULL in every other pass, inside quoted packets, and for a new key when there are too
 * many.  Always ask with the same size. */
void *capture_state(const struct dissection *d, const void *key, uint32_t length, uint32_t size);

#endif
