/* faults.h - how a layer that failed is reported; private to src/dissect. */
#ifndef DISSECT_FAULTS_H
#define DISSECT_FAULTS_H

#include "dissect/dissector.h"

/* Rows of the registry like protocols, as in Wireshark, so that filters can ask for them. */
extern const struct dissector malformed_report, short_report, expert_report;

/* What these do with bytes. */
void nothing_to_dissect(struct dissection *d, struct cursor *c);

/* Tells the user that the layer could not go on, and why; of its bytes in `buffer`. */
void report_fault(struct dissection *d, const struct layer *layer, const struct buffer *buffer);

#endif
