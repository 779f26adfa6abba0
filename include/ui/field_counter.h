/* field_counter.h - in how many packets each field occurs, counted while somebody chooses one: of the
 * first packets of a capture, in short steps. */
#ifndef UI_FIELD_COUNTER_H
#define UI_FIELD_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

#include "session/session.h"

enum { COUNTED_MOST = 20000 };

struct field_counter {
	struct view_port port;
	uint32_t *packets;   /* by number in the registry; NULL: nothing was begun */
	uint32_t *last_seen; /* the packet that was counted last for it */
	uint16_t *names;     /* the first field of the same name */
	uint32_t done;	     /* packets that were looked at */
};

/* Looks at some more of `count` packets; false: it has seen all that it will. */
bool field_counter_step(struct field_counter *counter, struct session *session, uint32_t count);
bool field_counter_is_done(const struct field_counter *counter, uint32_t count);
void field_counter_end(struct field_counter *counter);

#endif
