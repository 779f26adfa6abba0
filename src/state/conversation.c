/* conversation.c - finding the conversation by addresses and ports, in the first pass only;
 * later passes read it from the packet's index entry. */
#include "state/conversation.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "dissect/registry.h"
#include "state/facts.h"
#include "state/learned.h"
#include "tables.h"

struct conversation_memory {
	struct conversation_memory *next;
	uint16_t owner; /* whose: its number in the registry */
	uint8_t inside; /* within how many streams inside streams: SMTP before and after STARTTLS */
	_Alignas(16) uint8_t bytes[];
};

/* What a packet around the innermost conversation belongs to. */
struct outer_fact {
	uint32_t conversation, previous;
};

/* The hash is beside the number: whoever else is in the way is told from it, and moved when the
 * slots grow, without touching the conversation. */
struct slot {
	uint32_t id; /* + 1; 0: free */
	uint32_t hash;
};

enum { IP_PROTO_TCP = 6, IP_PROTO_UDP = 17, NUMBERED_PROTOCOLS = 256, LISTED_PROTOCOLS = 2 };

struct conversation_table {
	struct table rows; /* struct conversation */
	struct table
		memories; /* struct conversation_memory *: the first of each, while it is wanted */
	struct table by_stream[LISTED_PROTOCOLS]; /* uint32_t: of TCP and of UDP */
	struct table tcp;			  /* struct tcp_talk: by the number of the stream */
	_Atomic uint32_t listed[LISTED_PROTOCOLS]; /* how many of those readers may see */
	uint32_t streams[NUMBERED_PROTOCOLS];
	struct slot *slots;
	uint32_t slot_mask, slots_used;
	uint64_t seed;
	struct arena memory;
	uint32_t joined[MAX_LAYERS]; /* by the packet at work */
	uint32_t joined_count;
};

static struct table *stream_list(struct conversation_table *table, uint8_t protocol)
{
	if (protocol == IP_PROTO_TCP)
		return &table->by_stream[0];
	return protocol == IP_PROTO_UDP ? &table->by_stream[1] : NULL;
}

struct conversation_table *conversation_table_new(void)
{
	struct conversation_table *table = must_zeroed(1, sizeof *table);

	table_init(&table->rows, sizeof(struct conversation), 12);
	table_init(&table->memories, sizeof(struct conversation_memory *), 14);
	for (unsigned i = 0; i < LISTED_PROTOCOLS; i++)
		table_init(&table->by_stream[i], sizeof(uint32_t), 14);
	table_init(&table->tcp, sizeof(struct tcp_talk), 12);
	table->slot_mask = (1 << 12) - 1;
	table->slots = must_zeroed(table->slot_mask + 1, sizeof *table->slots);
	if (getrandom(&table->seed, sizeof table->seed, GRND_NONBLOCK) < 0)
		table->seed = (uintptr_t)table;
	return table;
}

void conversation_table_finish(struct conversation_table *table)
{
	table_free(&table->memories);
	memset(table->memories.chunk, 0, sizeof table->memories.chunk);
	table->memories.count = 0;
	free(table->slots);
	table->slots = NULL;
	arena_free(&table->memory);
}

void conversation_table_free(struct conversation_table *table)
{
	conversation_table_finish(table);
	table_free(&table->rows);
	table_free(&table->tcp);
	for (unsigned i = 0; i < LISTED_PROTOCOLS; i++)
		table_free(&table->by_stream[i]);
	free(table);
}

static inline uint64_t mix(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t endpoint_hash(const struct endpoint *e, uint64_t seed)
{
	uint64_t words[2];

	memcpy(words, e->address, sizeof words);
	return mix(words[0] ^ seed, words[1] ^ e->port ^ 0x9e3779b97f4a7c15u ^ seed << 1);
}

/* The same for both directions. */
static uint32_t pair_hash(const struct conversation_table *table, const struct endpoint *a,
			  const struct endpoint *b, uint8_t protocol)
{
	uint64_t sum = endpoint_hash(a, table->seed) + endpoint_hash(b, table->seed);

	return (uint32_t)mix(sum + protocol, table->seed | 1);
}

static bool same_endpoint(const struct endpoint *a, const struct endpoint *b)
{
	return !memcmp(a, b, sizeof *a);
}

bool conversation_is_between(const struct conversation *talk, const struct endpoint *a,
			     const struct endpoint *b)
{
	return (same_endpoint(&talk->opener, a) && same_endpoint(&talk->other, b)) ||
	       (same_endpoint(&talk->opener, b) && same_endpoint(&talk->other, a));
}

/* The slot of the latest conversation of this pair, or the free one for it, which has its hash. */
static struct slot *find_slot(const struct conversation_table *table, const struct dissection *d,
			      uint8_t protocol)
{
	uint32_t hash = pair_hash(table, &d->from, &d->to, protocol);

	for (uint32_t at = hash;; at++) {
		struct slot *slot = &table->slots[at & table->slot_mask];
		if (!slot->id) {
			slot->hash = hash;
			return slot;
		}
		if (slot->hash != hash)
			continue;
		const struct conversation *talk = table_row(&table->rows, slot->id - 1);
		if (talk->protocol == protocol && conversation_is_between(talk, &d->from, &d->to))
			return slot;
	}
}

uint32_t conversation_expect(const struct learned *learned, const struct endpoint *from,
			     const struct endpoint *to, uint8_t protocol)
{
	const struct conversation_table *table = learned->conversations;
	uint32_t hash = pair_hash(table, from, to, protocol);

	__builtin_prefetch(&table->slots[hash & table->slot_mask]);
	return hash;
}

void conversation_fetch(const struct learned *learned, uint32_t hash)
{
	const struct conversation_table *table = learned->conversations;
	const struct slot *slot = &table->slots[hash & table->slot_mask];

	if (!slot->id || slot->hash != hash)
		return;
	__builtin_prefetch(table_row(&table->rows, slot->id - 1));
	__builtin_prefetch(table_row(&table->memories, slot->id - 1));
}

/* Asks for what is kept of a conversation that was just found. */
static inline void fetch_kept(const struct learned *learned, const struct conversation *talk)
{
	const struct conversation_table *table = learned->conversations;

	if (talk->protocol == IP_PROTO_TCP) {
		__builtin_prefetch(table_row(&table->tcp, talk->stream));
		tcp_track_fetch(learned->tcp_tracks, talk->stream);
	}
	const struct conversation_memory *const *memory = table_row(&table->memories, talk->id);
	if (*memory) {
		__builtin_prefetch(*memory);
		__builtin_prefetch((const uint8_t *)*memory + 64);
	}
}

static void grow_slots(struct conversation_table *table)
{
	struct slot *old = table->slots;
	uint32_t old_mask = table->slot_mask;

	table->slot_mask = old_mask * 2 + 1;
	table->slots = must_zeroed((size_t)table->slot_mask + 1, sizeof *table->slots);
	for (uint32_t i = 0; i <= old_mask; i++) {
		if (!old[i].id)
			continue;
		uint32_t at = old[i].hash;
		while (table->slots[at & table->slot_mask].id)
			at++;
		table->slots[at & table->slot_mask] = old[i];
	}
	free(old);
}

static struct conversation *make(struct conversation_table *table, struct dissection *d,
				 uint8_t protocol)
{
	uint32_t id = table->rows.count;
	struct conversation *talk = table_append(&table->rows);

	if (!talk || !table_append(&table->memories))
		return NULL;
	*talk = (struct conversation){
		.opener = d->from,
		.other = d->to,
		.id = id,
		.stream = table->streams[protocol]++,
		.first_packet = d->packet.number,
		.protocol = protocol,
	};
	apply_announcement(d, talk);
	struct table *list = stream_list(table, protocol);
	uint32_t *row = list ? table_append(list) : NULL;
	if (row)
		*row = id;
	if (protocol == IP_PROTO_TCP) {
		struct tcp_talk *tcp = table_append(&table->tcp);
		if (!tcp)
			return NULL;
		*tcp = (struct tcp_talk){ .window_shift = { -1, -1 } };
	}
	return talk;
}

/* Writes into the packet's index entry which conversation is its innermost; the one that was
 * there becomes a fact. */
static void note_in_index(struct dissection *d, const struct conversation *talk, uint32_t previous)
{
	struct index_block *block = index_block_of(&d->pen->index, d->packet.number);
	uint32_t slot = index_slot(d->packet.number);

	if (block->conversation[slot]) {
		struct outer_fact *outer = learn_numbered(
			d, FACT_OUTER, (uint16_t)(d->conversations_seen - 1), sizeof *outer);
		if (outer) {
			*outer = (struct outer_fact){ block->conversation[slot],
						      block->previous[slot] };
			block->flags[slot] |= INDEX_OUTER;
		}
	}
	block->conversation[slot] = talk->id + 1;
	block->previous[slot] = previous;
}

static bool has_joined(const struct conversation_table *table, uint32_t id)
{
	for (uint32_t i = 0; i < table->joined_count; i++)
		if (table->joined[i] == id)
			return true;
	return false;
}

static void join(struct dissection *d, const struct conversation *talk)
{
	struct conversation_table *table = d->pen->conversations;
	/* A packet may meet its own conversation again inside a tunnel. */
	uint32_t previous = has_joined(table, talk->id) ? 0 : talk->last_packet;

	note_in_index(d, talk, previous);
	d->previous_packet = previous;
	if (table->joined_count < MAX_LAYERS)
		table->joined[table->joined_count++] = talk->id;
}

/* What was joined is published after the packet: who sees it as a conversation's last can read
 * its index entry. */
void conversation_table_publish(struct conversation_table *table, uint32_t packet)
{
	for (uint32_t i = 0; i < table->joined_count; i++) {
		struct conversation *talk = table_row(&table->rows, table->joined[i]);
		__atomic_store_n(&talk->last_packet, packet, __ATOMIC_RELEASE);
	}
	table->joined_count = 0;
	for (unsigned i = 0; i < LISTED_PROTOCOLS; i++) {
		uint32_t count = table->by_stream[i].count;
		if (count != atomic_load_explicit(&table->listed[i], memory_order_relaxed))
			atomic_store_explicit(&table->listed[i], count, memory_order_release);
	}
}

static const struct conversation *find_again(struct dissection *d)
{
	uint32_t packet = d->packet.number;

	if (!is_indexed(d))
		return NULL;
	const struct index_block *block = index_block_of(&d->learned->index, packet);
	uint32_t slot = index_slot(packet);
	uint32_t id = block->conversation[slot];
	d->previous_packet = block->previous[slot];
	if (block->flags[slot] & INDEX_OUTER) {
		const struct outer_fact *outer =
			recall_numbered(d, FACT_OUTER, d->conversations_seen, NULL);
		if (outer) {
			id = outer->conversation;
			d->previous_packet = outer->previous;
		}
	}
	return id ? table_row(&d->learned->conversations->rows, id - 1) : NULL;
}

static const struct conversation *find_or_make(struct dissection *d, uint8_t protocol, bool anew)
{
	struct conversation_table *table = d->pen->conversations;

	if (table->slots_used > table->slot_mask / 4 * 3)
		grow_slots(table);
	struct slot *slot = find_slot(table, d, protocol);
	if (slot->id && !anew) {
		const struct conversation *known = table_row(&table->rows, slot->id - 1);

		fetch_kept(d->pen, known);
		return known;
	}
	const struct conversation *talk = make(table, d, protocol);
	if (!talk)
		return NULL;
	table->slots_used += !slot->id;
	slot->id = talk->id + 1;
	return talk;
}

static const struct conversation *enter(struct dissection *d, uint8_t protocol, bool anew)
{
	const struct conversation *talk;

	if (d->in_error || d->layers[d->layer_count - 1].fault != FAULT_NONE)
		return NULL;
	if (d->pen) {
		talk = find_or_make(d, protocol, anew);
		if (talk)
			join(d, talk);
	} else {
		talk = find_again(d);
	}
	if (!talk)
		return NULL;
	d->conversations_seen++;
	d->conversation = talk;
	d->from_opener = same_endpoint(&talk->opener, &d->from);
	return talk;
}

const struct conversation *conversation_of(struct dissection *d, uint8_t protocol)
{
	return enter(d, protocol, false);
}

const struct conversation *conversation_anew(struct dissection *d, uint8_t protocol)
{
	return enter(d, protocol, true);
}

struct conversation *conversation_known(const struct dissection *d, uint8_t protocol)
{
	if (!d->pen)
		return NULL;
	const struct slot *slot = find_slot(d->pen->conversations, d, protocol);
	return slot->id ? table_row(&d->pen->conversations->rows, slot->id - 1) : NULL;
}

struct conversation *conversation_pen(struct dissection *d)
{
	if (!d->pen || !d->conversation)
		return NULL;
	return table_row(&d->pen->conversations->rows, d->conversation->id);
}

const struct tcp_talk *tcp_talk_of(const struct learned *learned, const struct conversation *talk)
{
	return table_row(&learned->conversations->tcp, talk->stream);
}

struct tcp_talk *tcp_talk_pen(const struct dissection *d, const struct conversation *talk)
{
	return table_row(&d->pen->conversations->tcp, talk->stream);
}

const struct dissector *conversation_recognized(const struct dissection *d)
{
	const struct conversation *talk = d->conversation;
	uint32_t found_in = talk ? fact_link(&talk->found_in) : 0;

	return found_in && d->packet.number >= found_in ? registry_dissector(talk->found) : NULL;
}

void conversation_recognize(struct dissection *d, const struct dissector *who)
{
	struct conversation *talk = conversation_pen(d);

	if (!talk || talk->announced || talk->found_in)
		return;
	talk->found = (uint16_t)registry_dissector_id(who);
	fact_set_link(&talk->found_in, d->packet.number);
}

int64_t conversation_start(const struct dissection *d, const struct conversation *talk)
{
	return index_time(&d->learned->index, talk->first_packet);
}

int64_t conversation_gap(const struct dissection *d)
{
	if (!d->previous_packet || !d->learned)
		return 0;
	return time_since(d, d->previous_packet);
}

void *conversation_state(const struct dissection *d, const struct dissector *owner, uint32_t size)
{
	if (!d->pen || !d->conversation)
		return NULL;
	struct conversation_table *table = d->pen->conversations;
	struct conversation_memory **link = table_row(&table->memories, d->conversation->id);
	for (; *link; link = &(*link)->next)
		if (registry_dissector((*link)->owner) == owner && (*link)->inside == d->inside)
			return (*link)->bytes;
	*link = arena_zeroed(&table->memory, sizeof **link + size);
	(*link)->owner = (uint16_t)registry_dissector_id(owner);
	(*link)->inside = d->inside;
	return (*link)->bytes;
}

void *conversation_memory(const struct dissection *d, uint32_t size)
{
	return d->pen ? arena_zeroed(&d->pen->conversations->memory, size) : NULL;
}

uint32_t conversation_count(const struct learned *learned, uint8_t protocol)
{
	const struct conversation_table *table = learned->conversations;

	if (protocol != IP_PROTO_TCP && protocol != IP_PROTO_UDP)
		return 0;
	return atomic_load_explicit(&table->listed[protocol == IP_PROTO_UDP], memory_order_acquire);
}

const struct conversation *conversation_numbered(const struct learned *learned, uint8_t protocol,
						 uint32_t stream)
{
	if (stream >= conversation_count(learned, protocol))
		return NULL;
	const uint32_t *id = table_row(stream_list(learned->conversations, protocol), stream);
	return table_row(&learned->conversations->rows, *id);
}

uint32_t conversation_last_packet(const struct conversation *talk)
{
	return __atomic_load_n(&talk->last_packet, __ATOMIC_ACQUIRE);
}

/* The packet's n-th conversation from outside; false: it has no more. */
static bool nth_of_packet(const struct learned *learned, uint32_t packet, uint16_t n,
			  struct outer_fact *nth)
{
	const struct index_block *block = index_block_of(&learned->index, packet);
	uint32_t slot = index_slot(packet);
	uint32_t size;
	const struct outer_fact *outer = block->flags[slot] & INDEX_OUTER
						 ? fact_in(learned, packet, FACT_OUTER, n, &size)
						 : NULL;

	if (outer) {
		*nth = *outer;
		return true;
	}
	/* The innermost is behind the last of those around it. */
	if (n && (!(block->flags[slot] & INDEX_OUTER) ||
		  !fact_in(learned, packet, FACT_OUTER, n - 1, &size)))
		return false;
	*nth = (struct outer_fact){ block->conversation[slot], block->previous[slot] };
	return nth->conversation != 0;
}

struct conversation_place conversation_place(const struct learned *learned,
					     const struct conversation *talk, uint32_t packet)
{
	struct conversation_place place = { 0 };
	struct outer_fact nth;

	for (uint16_t n = 0; n < MAX_LAYERS && nth_of_packet(learned, packet, n, &nth); n++) {
		if (nth.conversation != talk->id + 1)
			continue;
		/* If it meets its own conversation again within, only the first has a packet
		 * before. */
		if (!place.found)
			place = (struct conversation_place){ nth.previous, n, true };
	}
	return place;
}

const struct conversation *conversation_of_index(const struct learned *learned, uint32_t packet)
{
	const struct index_block *block = index_block_of(&learned->index, packet);
	uint32_t id = block->conversation[index_slot(packet)];

	return id ? table_row(&learned->conversations->rows, id - 1) : NULL;
}

const struct conversation *conversation_of_packet(const struct learned *learned, uint32_t packet,
						  uint8_t protocol)
{
	const struct conversation *found = NULL;
	struct outer_fact nth;

	for (uint16_t n = 0; n < MAX_LAYERS && nth_of_packet(learned, packet, n, &nth); n++) {
		const struct conversation *talk =
			table_row(&learned->conversations->rows, nth.conversation - 1);
		if (talk->protocol == protocol)
			found = talk;
	}
	return found;
}
