/* stride.h - plain headers of which nothing is learnt, stepped over; private to src/dissect. */
#ifndef DISSECT_STRIDE_H
#define DISSECT_STRIDE_H

#include "dissect/dissector.h"

/* May headers be stepped over?  Only if none of their fields is shown. */
static inline bool may_stride(const struct dissection *d)
{
	const struct packet_facts *packet = &d->packet;

	return !wants_fields(d) && likely(!packet->ignored && !packet->sent_less && !packet->fcs_bytes);
}

/* From `who` on, whose layer *c is.  Returns whose layer *c is then: the first that does not let itself
 * be stepped over.  The packet's state is as if those before it had handed on. */
const struct dissector *stride(struct dissection *d, const struct dissector *who, struct cursor *c);

#endif
