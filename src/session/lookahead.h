/* lookahead.h - asks memory for what the packets to come will need; private to src/session.
 *
 * A capture of many connections touches another one with each packet, and what is kept of them does
 * not fit into the caches: without this the first pass waits for memory for a good part of its
 * time. */
#ifndef SESSION_LOOKAHEAD_H
#define SESSION_LOOKAHEAD_H

#include <stdbool.h>
#include <stdint.h>

struct learned;
struct record;

/* What a packet to come is likely to be between. */
struct expected {
	uint32_t ends; /* a hash of both */
	bool is_known;
};

/* Once records have been read: looks at the packets in them. */
void look_ahead(const struct learned *learned, const struct record *records,
		const uint8_t *const *bytes, unsigned count, struct expected *expected);
/* While the packet before it is taken apart. */
void fetch_expected(const struct learned *learned, const struct expected *expected);

#endif
