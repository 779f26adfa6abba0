/* dissect_hex.h - one dissector on a few bytes, for unit tests.
 *
 * The dissection is valid until the next call.  Nothing is learnt: every packet is the first. */
#ifndef SUPPORT_DISSECT_HEX_H
#define SUPPORT_DISSECT_HEX_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/dissection.h"

/* `hex`: digits, with blanks wherever they help. */
const struct dissection *dissect_hex(const char *dissector, const char *hex);
/* The same where the capture holds only the first `captured` bytes. */
const struct dissection *dissect_hex_cut(const char *dissector, const char *hex, uint32_t captured);

/* The n-th node, from 0, of the field with this name; fails the test if there is none. */
const struct node *node_named(const struct dissection *d, const char *abbrev, unsigned n);
bool has_node(const struct dissection *d, const char *abbrev);
unsigned count_nodes(const struct dissection *d, const char *abbrev);

/* Of the first such node. */
void assert_uint_field(const struct dissection *d, const char *abbrev, uint64_t value);
void assert_text_field(const struct dissection *d, const char *abbrev, const char *text);

/* Every prefix, both as a cut capture and as a packet that short, leaves a sound tree. */
void assert_survives_truncation(const char *dissector, const char *hex);
/* Spans nest, depths step down one by one, bytes lie inside their buffer. */
void assert_sound_tree(const struct dissection *d);

#endif
