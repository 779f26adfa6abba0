/* conversation.h - packets between the same two endpoints of one protocol.
 *
 * Numbered apart per protocol in order of first sight: tcp.stream, udp.stream.  A
 * conversation's members are set once, by its first packet in either direction. */
#ifndef STATE_CONVERSATION_H
#define STATE_CONVERSATION_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/dissection.h"

struct conversation {
	struct endpoint opener, other;  /* who sent the first packet; ports are 0 where there are none */
	uint32_t id;                    /* among all, from 0 */
	uint32_t stream;                /* among those of its protocol, from 0 */
	uint32_t first_packet;
	uint32_t last_packet;           /* ask conversation_last_packet() */
	uint32_t found_in;              /* packet whose payload looked like `found`; a link */
	uint16_t found;                 /* registry number of that dissector */
	uint8_t protocol;               /* IP protocol number */
	bool announced;                 /* another one said that `found` would come (announced.h) */
};

_Static_assert(sizeof(struct conversation) == 64, "a cache line: most packets look one up");

/* What TCP's have besides. */
struct tcp_talk {
	uint32_t base_sequence[2];      /* [0] the opener's first number, [1] the other's */
	uint8_t base_known[2];
	int8_t window_shift[2];         /* -1: not said, -2: scaling not in use */
	/* Links, 0 until they are known. */
	uint32_t syn_packet;            /* the SYN that the handshake began with */
	uint32_t handshake_packet;      /* the first ACK after it: the round trip's end */
	uint32_t completeness;          /* enum tcp_completeness */
	/* A SYN came after other segments and changed the numbers of those before it: its fact says
	 * what they were in one pass. */
	uint32_t late_syn_in;           /* 0: none did; written last */
	uint32_t rejected_in;           /* where ICMP said that a SYN did not arrive; a link */
	uint32_t refuted_in;            /* a link: `found`, which one side was taken for, it is not */
	/* The first pass's own: */
	bool syn_seen[2];               /* from the opener, from the other */
	uint8_t asked;                  /* payloads that nobody recognised, as far as they are counted */
	bool greeted : 1;               /* the first was a greeting that does not say of what protocol */
	bool found_from_opener : 1, found_awaits_other : 1;     /* who has not yet spoken since then */
};

/* The conversation that this packet's d->from and d->to belong to; NULL inside quoted
 * packets, in unit tests without learned state, and when there are too many.  Sets
 * d->conversation and d->from_opener.  In the first pass it is found or made; later it is
 * remembered.  Call it at most once per layer, on every pass. */
const struct conversation *conversation_of(struct dissection *d, uint8_t protocol);

/* The same, but the first pass starts a new one even if there was one (a TCP SYN that reuses
 * ports). */
const struct conversation *conversation_anew(struct dissection *d, uint8_t protocol);

/* The conversation that conversation_of() would find, or that a quoted packet belonged to, without
 * making one.  First pass only, which may write in it. */
struct conversation *conversation_known(const struct dissection *d, uint8_t protocol);

/* Is it that of these two, in either direction? */
bool conversation_is_between(const struct conversation *talk, const struct endpoint *a,
			     const struct endpoint *b);

/* To write in it: first pass only, else NULL. */
struct conversation *conversation_pen(struct dissection *d);

/* Of a conversation of TCP.  To write in it: first pass only. */
const struct tcp_talk *tcp_talk_of(const struct learned *learned, const struct conversation *talk);
struct tcp_talk *tcp_talk_pen(const struct dissection *d, const struct conversation *talk);

/* What the conversation at hand was recognised as, by this packet or one before it; NULL: nothing. */
const struct dissector *conversation_recognized(const struct dissection *d);
/* In the first pass: what it is recognised as from this packet on, unless that is known. */
void conversation_recognize(struct dissection *d, const struct dissector *who);

/* When its first packet came. */
int64_t conversation_start(const struct dissection *d, const struct conversation *talk);

/* Nanoseconds since the packet before it in the conversation; 0 for the first. */
int64_t conversation_gap(const struct dissection *d);

/* Memory of `size` bytes, zeroed at first, that the dissector at work keeps for this
 * conversation during the first pass; NULL in every other pass.  Always ask with the same size.
 * message_size() gets what dissect() wrote. */
void *conversation_state(const struct dissection *d, const struct dissector *owner, uint32_t size);
/* More of it, zeroed, for that state to point to: given once, kept as long as the state. */
void *conversation_memory(const struct dissection *d, uint32_t size);

/* For the first pass, of a packet to come: what its conversation is looked for by.  The answer is
 * asked of memory now, so that it is there when conversation_fetch() reads it. */
uint32_t conversation_expect(const struct learned *learned, const struct endpoint *from,
			     const struct endpoint *to, uint8_t protocol);
/* Asks memory for what is kept of that conversation, if there is one. */
void conversation_fetch(const struct learned *learned, uint32_t hash);

/* --- for any thread, also while the first pass goes on: what was published --- */

/* How many TCP or UDP conversations there are. */
uint32_t conversation_count(const struct learned *learned, uint8_t protocol);
/* The conversation with this number within its protocol, TCP or UDP, or NULL. */
const struct conversation *conversation_numbered(const struct learned *learned, uint8_t protocol,
						 uint32_t stream);
/* Its last packet, which is published. */
uint32_t conversation_last_packet(const struct conversation *talk);

/* A packet's place in one of its conversations. */
struct conversation_place {
	uint32_t before;                /* the packet before it in the conversation; 0: none */
	uint16_t number;                /* how many conversations of the packet are around this one */
	bool found;                     /* false: the packet is not in it */
};

struct conversation_place conversation_place(const struct learned *learned,
					     const struct conversation *talk, uint32_t packet);
/* The packet's innermost conversation, or NULL. */
const struct conversation *conversation_of_index(const struct learned *learned, uint32_t packet);
/* The innermost conversation of that protocol that the packet belongs to; NULL: none. */
const struct conversation *conversation_of_packet(const struct learned *learned, uint32_t packet,
						  uint8_t protocol);

#endif
