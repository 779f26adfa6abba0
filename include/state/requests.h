/* requests.h - requests that may be answered, for the first pass.
 *
 * They stand in the facts of their packets, chained from the newest on, so a conversation keeps no
 * more than where the chain begins.  A search goes so far and no further: a conversation that never
 * gets answers costs no more than another. */
#ifndef STATE_REQUESTS_H
#define STATE_REQUESTS_H

#include <stddef.h>
#include <stdint.h>

/* A member of a request's fact. */
struct request {
	uint32_t key; /* what an answer is known by: an identifier, a hash */
	uint32_t packet;
	uint32_t before[2]; /* the address of the one before it, in halves as facts are kept */
};

/* The fact whose member a request is. */
#define FACT_OF_REQUEST(request, type, member) ((type *)((char *)(request)-offsetof(type, member)))

/* NULL: it is the first of its chain. */
static inline struct request *request_before(const struct request *request)
{
	return (struct request *)((uintptr_t)request->before[1] << 16 << 16 | request->before[0]);
}

static inline void request_add(struct request **newest, struct request *request, uint32_t key,
			       uint32_t packet)
{
	uintptr_t before = (uintptr_t)*newest;

	*request = (struct request){ key,
				     packet,
				     { (uint32_t)before, (uint32_t)(before >> 16 >> 16) } };
	*newest = request;
}

/* The newest with this key among `most` from there on; NULL: none. */
static inline struct request *request_find(struct request *newest, uint32_t key, unsigned most)
{
	struct request *request = newest;

	for (; request && most; request = request_before(request), most--)
		if (request->key == key)
			return request;
	return NULL;
}

#endif
