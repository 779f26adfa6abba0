/* facts.h - what the first pass learnt about a packet's layers, found again later.
 *
 * A fact is a small record, made of members of at most 4 bytes, that a dissector keeps
 * for one layer of one packet.  It never moves, so the first pass may fill in a link to a
 * later packet when that is seen ("Response in"): such members are read and written
 * with fact_link() and fact_set_link(), and their fields flagged FIELD_FORWARD. */
#ifndef STATE_FACTS_H
#define STATE_FACTS_H

#include <stdint.h>

#include "dissect/dissection.h"

enum fact_kind {
	FACT_OWN,               /* the dissector's */
	FACT_OTHER,             /* the dissector's second kind */
	FACT_OUTCOME,           /* what later packets made of it */
	FACT_OUTER,             /* conversations around the innermost */
	FACT_ANNOUNCED,         /* who announced the conversation that begins */
	FACT_FRAGMENT, FACT_SEGMENT,
	FACT_INNER,             /* what bytes of a stream inside a stream came to */
	 FACT_MESSAGES,
	FACT_STREAM_END,        /* what a stream that ends had carried, counted as FACT_INNER */
	FACT_PIECES,            /* what the layer is the last piece of (pieces.h) */
	FACT_TCP_NOTE,          /* of a second TCP segment in a packet, and so on */
	FACT_TCP_EXTRA, FACT_TCP_WIDE_NOTE, FACT_TCP_EARLY,
};

/* In the first pass a zeroed record for this packet and layer, to be filled in; NULL in every
 * other pass, inside quoted packets and when the layer has failed, so learning is skipped:
 *
 *         struct dns_match *match = learn(d, FACT_OWN, sizeof *match);
 *         if (match)
 *                 match->query = ...;
 *
 * `size` is at most FACT_LIMIT, else NULL. */
enum { FACT_LIMIT = 1 << 18 };

void *learn(struct dissection *d, enum fact_kind kind, uint32_t size);

/* The record of this packet and layer, or NULL; in the first pass what has just been learnt.
 * `size`, if not NULL, is set to its size. */
const void *recall(struct dissection *d, enum fact_kind kind, uint32_t *size);

/* The same for state/, which counts by other things than layers. */
void *learn_numbered(struct dissection *d, enum fact_kind kind, uint16_t number, uint32_t size);
const void *recall_numbered(struct dissection *d, enum fact_kind kind, uint16_t number,
			    uint32_t *size);

/* The record of another packet that is indexed, or NULL. */
const void *fact_of(struct dissection *d, uint32_t packet, enum fact_kind kind, uint16_t number,
		    uint32_t *size);
/* The same where nothing is dissected: to be asked once in a while only, as it may have to pass over
 * all facts of 64 packets. */
const void *fact_in(const struct learned *learned, uint32_t packet, enum fact_kind kind, uint16_t number,
		    uint32_t *size);

/* The number of the layer at work there. */
static inline uint16_t fact_number(const struct dissection *d)
{
	return d->layers[d->layer_count - 1].serial;
}

/* Nanoseconds from that packet, which is indexed, to this one. */
int64_t time_since(const struct dissection *d, uint32_t packet);

/* The record of an earlier packet, to set links in it: first pass only, else NULL. */
void *fact_pen(struct dissection *d, uint32_t packet, enum fact_kind kind, uint16_t number);

static inline uint32_t fact_link(const uint32_t *link)
{
	return __atomic_load_n(link, __ATOMIC_RELAXED);
}

/* The same to be shown: 0 for a later packet, if the dissection is for one pass. */
static inline uint32_t link_seen(const struct dissection *d, const uint32_t *link)
{
	uint32_t packet = fact_link(link);

	return d->one_pass && packet > d->packet.number ? 0 : packet;
}

static inline void fact_set_link(uint32_t *link, uint32_t packet)
{
	__atomic_store_n(link, packet, __ATOMIC_RELAXED);
}

#endif
