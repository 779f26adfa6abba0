/* announced.h - conversations that another one says will come: FTP's data, TFTP's transfers. */
#ifndef STATE_ANNOUNCED_H
#define STATE_ANNOUNCED_H

#include <stdint.h>

#include "state/conversation.h"

/* In the first pass: the next conversations of `protocol` (TCP or UDP) that have `end` at either
 * side carry what `who` dissects, whatever their ports are known by.  A later announcement of the
 * same end replaces it.  Many ends (thousands) are remembered, not all. */
void announce_conversation(struct dissection *d, uint8_t protocol, const struct endpoint *end,
			   const struct dissector *who);

/* Who dissects what the conversation at hand carries, if it was announced, or NULL. */
const struct dissector *announced_dissector(const struct dissection *d);

/* The packet that announced it, and its layer there: fact_of() finds what that layer learnt. */
struct announcement {
	uint32_t packet;
	uint32_t layer;
};

/* What announced the conversation, or NULL. */
const struct announcement *announcement_of(const struct learned *learned,
					   const struct conversation *talk);

#endif
