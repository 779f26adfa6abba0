/* connection_id.h - connections that go by IDs in their packets and not by addresses (RFC
 * 9000, 5.1).
 *
 * All of it belongs to the first pass. */
#ifndef STATE_CONNECTION_ID_H
#define STATE_CONNECTION_ID_H

#include "dissect/dissection.h"

/* IDs that are kept in all, and the longest one: longer ones are not. */
enum { CONNECTION_IDS = 1 << 20, CONNECTION_ID_ROOM = 20 };

/* Who goes by an ID. */
struct id_owner {
	void *connection; /* what the dissector keeps of it; NULL: the ID is not known */
	unsigned side;	  /* of the connection, as the dissector counts */
};

/* The bytes at `id` are an ID of the owner from now on; one of no bytes is not kept. */
void connection_id_learn(struct dissection *d, const uint8_t *id, uint32_t n,
			 const struct id_owner *owner);
struct id_owner connection_id_find(const struct dissection *d, const uint8_t *id, uint32_t n);
/* The longest known ID that the n bytes at `at` begin with; *length is its length. */
struct id_owner connection_id_match(const struct dissection *d, const uint8_t *at, uint32_t n,
				    uint32_t *length);
/* Connections count from 0: the next one's number. */
uint32_t connection_id_number(struct dissection *d);

#endif
