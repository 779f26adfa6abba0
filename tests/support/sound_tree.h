/* sound_tree.h - what holds for the nodes of any packet, and a sum of all they say. */
#ifndef SUPPORT_SOUND_TREE_H
#define SUPPORT_SOUND_TREE_H

#include <stdint.h>

#include "dissect/dissection.h"

/* NULL, or the rule that is broken, in words that are valid until the next call. */
const char *sound_tree_fault(const struct dissection *d);

/* What a list shows of the packet; in the dissection's memory. */
char *row_of(struct dissection *d);

/* The same for two dissections that show the same. */
uint64_t dissection_fingerprint(const struct dissection *d);

#endif
