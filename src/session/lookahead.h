/* lookahead.h - asks memory for what the packets to come will need; private to src/session.
 *
 * A capture of many connections touches another one with each packet, and what is kept of them does
 * not fit into the caches: without this the first pass waits for memory for a good part of its
 * time. */
#ifndef SESSION_LOOKAHEAD_H
#define SESSION_LOOKAHEAD_H

#include <stdbool.h>
#include <stdint.h>

struct capture_file;
struct learned;

struct lookahead {
	uint32_t expected; /* the hash of what the next packet is between */
	bool expects;
};

/* Before a packet is taken apart, and after capture_file_next() returned it. */
void look_ahead(struct lookahead *ahead, const struct capture_file *file,
		const struct learned *learned);

#endif
