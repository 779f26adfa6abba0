/* packet_index.h - what is kept of every packet: columns in blocks, 32 bytes a packet.
 *
 * The first pass appends and publishes; any thread reads packets 1..published. */
#ifndef STATE_PACKET_INDEX_H
#define STATE_PACKET_INDEX_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/expert.h"

enum {
	INDEX_BLOCK = 1 << 16, /* packets */
	INDEX_BLOCKS = 1 << 14,
	TCP_NOTES = 8 * INDEX_BLOCK, /* kept together: whole huge pages */
	INDEX_GROUP = 64,	     /* packets, of which is said where more of them is */
};

enum index_flag {
	INDEX_HAS_FACTS = 1,
	INDEX_HAS_TIME = 2,
	INDEX_NOTES = 4, /* the file says more of it: capture_file_notes() */
	INDEX_CUT = 8, /* the capture holds less than was sent */
	INDEX_COMMENT = 16,
	INDEX_OUTER = 32,	 /* belongs to more than one conversation */
	INDEX_ENDS = 64,	 /* its addresses and ports are those of its one conversation */
	INDEX_FROM_OPENER = 128, /* with INDEX_ENDS: sent by the side that opened it */
	INDEX_SEVERITY = 7 << 8, /* enum expert_severity of the worst finding, shifted */
	INDEX_SEVERITY_SHIFT = 8,
};

struct index_block {
	int64_t time_ns[INDEX_BLOCK];
	uint32_t offset_low[INDEX_BLOCK];       /* of the record in the file, 48 bits */
	uint16_t offset_high[INDEX_BLOCK];
	uint16_t interface[INDEX_BLOCK];
	uint32_t reported[INDEX_BLOCK];         /* bytes on the wire */
	uint32_t conversation[INDEX_BLOCK];     /* innermost one + 1, 0: none */
	uint32_t previous[INDEX_BLOCK];         /* packet before it in that conversation, 0: none */
	uint16_t path[INDEX_BLOCK];             /* interned protocol stack */
	uint16_t flags[INDEX_BLOCK];            /* enum index_flag */
};

_Static_assert(sizeof(struct index_block) == 1 << 21, "a block is one huge page");

/* What was found out about a packet's (first) TCP segment: tcp_analysis.c knows what it means. */
struct tcp_note {
	uint32_t bits;
	uint16_t acks_back;
	uint16_t in_flight_low, pushed_low;
	uint8_t in_flight_high, pushed_high;
};

_Static_assert(TCP_NOTES * sizeof(struct tcp_note) % (1 << 21) == 0, "notes fill huge pages");

/* Where more is kept of so many packets.  Readers look at bits of published packets, and those
 * below them, while the writer adds others. */
struct index_group {
	uint64_t facts;		/* where their facts begin, + 1; 0: they have none */
	_Atomic uint64_t noted; /* a bit for each that has a TCP note; these follow one another */
	uint32_t first_note;
};

struct packet_index {
	struct index_block *block[INDEX_BLOCKS];
	struct index_group *group[INDEX_BLOCKS]; /* beside each block */
	struct tcp_note *tcp[INDEX_BLOCKS / (TCP_NOTES / INDEX_BLOCK)];
	uint32_t note_count;
	_Atomic uint32_t published;             /* packets 1..published may be read */
	uint32_t count;                         /* the writer's own: appended, perhaps not published */
	uint64_t rest;                          /* about so many are thought to follow */
};

static inline struct index_block *index_block_of(const struct packet_index *x, uint32_t n)
{
	return x->block[(n - 1) / INDEX_BLOCK];
}

static inline uint32_t index_slot(uint32_t n)
{
	return (n - 1) % INDEX_BLOCK;
}

/* When packet n came. */
static inline int64_t index_time(const struct packet_index *x, uint32_t n)
{
	return index_block_of(x, n)->time_ns[index_slot(n)];
}

/* The worst finding that the first pass noted in packet n. */
static inline enum expert_severity index_severity(const struct packet_index *x, uint32_t n)
{
	return (enum expert_severity)(
		(index_block_of(x, n)->flags[index_slot(n)] & INDEX_SEVERITY) >>
		INDEX_SEVERITY_SHIFT);
}

static inline struct index_group *index_group_of(const struct packet_index *x, uint32_t n)
{
	return &x->group[(n - 1) / INDEX_BLOCK][index_slot(n) / INDEX_GROUP];
}

/* Room for one more packet; its number, or 0 when there are too many. */
uint32_t index_append(struct packet_index *x);
/* The writer's: a note, zeroed, for packet n, the last one, which has none yet. */
struct tcp_note *index_tcp_note(struct packet_index *x, uint32_t n);
/* The same to read; NULL: there is none. */
static inline const struct tcp_note *index_tcp_note_of(const struct packet_index *x, uint32_t n)
{
	struct index_group *group = index_group_of(x, n);
	uint64_t noted = atomic_load_explicit(&group->noted, memory_order_relaxed);
	uint64_t bit = UINT64_C(1) << (n - 1) % INDEX_GROUP;

	if (!(noted & bit))
		return NULL;
	uint32_t at = group->first_note + (uint32_t)__builtin_popcountll(noted & (bit - 1));
	return &x->tcp[at / TCP_NOTES][at % TCP_NOTES];
}

void index_publish(struct packet_index *x);
void index_free(struct packet_index *x);

#endif
