/* redact.h - masks secrets in a packet that was taken apart: --redact.
 *
 * A secret is a field flagged FIELD_SECRET, or a node that its dissector flagged NODE_SECRET.
 * What it says is masked wherever the packet shows it: in values, labels, Info and bytes.  A secret
 * that is split over packets is known only in the last of them. */
#ifndef DISSECT_REDACT_H
#define DISSECT_REDACT_H

#include "dissect/dissection.h"

/* The packet must have been taken apart with all fields. */
void redact(struct dissection *d);

#endif
