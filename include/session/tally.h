/* tally.h - one pass over the packets of a session that many counters share.
 *
 * A counter says of each packet whether the index has all that it needs; only where one
 * does not, or its filter must look, the packet is taken apart, once for all of them.  One thread
 * owns a tally; the first pass may still go on. */
#ifndef SESSION_TALLY_H
#define SESSION_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "filter/filter.h"
#include "session/session.h"

struct tally;

/* A packet that counts. */
struct tally_packet {
	const struct learned *learned;
	struct session *session;
	uint32_t number;
	uint32_t length; /* on the wire */
	uint16_t path;
	uint16_t flags;		    /* enum index_flag */
	int64_t since_ns;	    /* the first packet of the capture */
	struct tally *tally;	    /* for tally_bytes() */
	const struct dissection *d; /* NULL: this counter did not ask for it */
};

struct counter {
	/* NULL: it never needs a dissection. */
	bool (*must_look)(void *state, const struct tally_packet *packet);
	void (*count)(void *state, const struct tally_packet *packet);
	/* The fields that it reads when it looks: names, ended by NULL.  NULL: none. */
	const char *const *fields;
	bool all_protocols; /* and the nodes of all protocols */
	bool all_fields;
	unsigned wants; /* enum want, beside WANT_FIELDS */
};

struct tally *tally_new(struct session *session);
void tally_free(struct tally *tally);

/* `counter`, `state` and `filter` (NULL: everything counts) must outlive the tally. */
void tally_add(struct tally *tally, const struct counter *counter, void *state,
	       const struct filter *filter);
/* Does one of them read what only later packets tell, so that all must be known first? */
bool tally_needs_later(const struct tally *tally);

/* Counts at most `packets` more, and none after packet `last`; false: none was left. */
bool tally_step(struct tally *tally, uint32_t packets, uint32_t last);
/* Packets counted so far. */
uint32_t tally_done(const struct tally *tally);
/* A packet could not be read any more. */
bool tally_is_damaged(const struct tally *tally);

/* The captured bytes of the packet that is being counted; false: not to be had. */
bool tally_bytes(struct tally *tally, const struct tally_packet *packet, const uint8_t **bytes,
		 uint32_t *length);

/* --- what counters read of a dissection --- */

/* A field's registry number; `abbrev` is one of ours. */
uint16_t tally_field(const char *abbrev);
/* Does the packet's stack name this protocol, in front of what ICMP quotes?  To be remembered by
 * path. */
bool tally_path_has(const struct tally_packet *packet, const char *protocol);
/* The first node of this field, or NULL. */
const struct node *tally_node(const struct dissection *d, uint16_t field);

#endif
