/* fragments.c - IP datagrams put together from fragments (RFC 791, 3.2; RFC 8200, 4.5).
 *
 * The first pass keeps where each fragment's bytes are; when a datagram has no hole left,
 * the packet that filled it is given the whole.  Where fragments overlap, the bytes that
 * came first at the lowest offset stand. */
#include <string.h>

#include "base/hash.h"
#include "state/facts.h"
#include "state/learned.h"
#include "state/reassembly.h"
#include "tables.h"

enum {
	DATAGRAM_LIMIT = 65535 + 40,    /* bytes; a fragment that reaches beyond is not kept */
	SETS = 1 << 14,                 /* datagrams waiting; then the oldest slot is given up */
	PARTS = 8192,                   /* fragments of one datagram */
};

struct fragment_set {
	struct endpoint from, to;
	struct fragment_key key;
	uint32_t message;               /* number + 1 */
	uint32_t end;                   /* of the datagram; UINT32_MAX: not known yet */
	uint32_t count, room;
	uint32_t covered;               /* bytes from 0 without a hole, when last counted */
	bool multiple_tails;
	struct kept_fragment *kept;     /* by offset, then in order of arrival */
};

struct kept_fragment {
	struct fragment_part part;
	struct extent extent;
};

struct fragment_table {
	struct fragment_set **sets;     /* NULL until there is a fragment: most captures have none */
};

/* The fact of a fragment's layer. */
struct fragment_fact {
	uint32_t message;               /* number + 1 */
	uint32_t part_count;            /* 0, or those that follow: this packet completed it */
	struct fragment_part parts[];
};

struct fragment_table *fragment_table_new(void)
{
	return must_zeroed(1, sizeof(struct fragment_table));
}

static void forget(struct fragment_set **slot)
{
	free((*slot)->kept);
	free(*slot);
	*slot = NULL;
}

void fragment_table_free(struct fragment_table *table)
{
	if (!table)
		return;
	for (uint32_t i = 0; table->sets && i < SETS; i++)
		if (table->sets[i])
			forget(&table->sets[i]);
	free(table->sets);
	free(table);
}

static bool is_set_of(const struct fragment_set *set, const struct dissection *d,
		      const struct fragment_key *key)
{
	return set->key.id == key->id && set->key.protocol == key->protocol &&
	       set->key.version == key->version &&
	       !memcmp(set->from.address, d->from.address, sizeof set->from.address) &&
	       !memcmp(set->to.address, d->to.address, sizeof set->to.address);
}

/* The slot of the datagram's set, or of one made for it: in the first of a few slots that is
 * free, else in place of the first. */
static struct fragment_set **find_set(struct dissection *d, const struct fragment_key *key)
{
	enum { TRIES = 16 };
	struct fragment_table *table = d->pen->fragments;
	struct fragment_set **made = NULL;
	uint64_t hash = hash_bytes(d->from.address, sizeof d->from.address) ^
			hash_number(hash_bytes(d->to.address, sizeof d->to.address) + key->id) ^
			key->protocol;

	if (!table->sets)
		table->sets = must_zeroed(SETS, sizeof *table->sets);
	for (unsigned i = 0; i < TRIES; i++) {
		struct fragment_set **slot = &table->sets[(hash + i) % SETS];
		if (*slot && is_set_of(*slot, d, key))
			return slot;
		if (!*slot && !made)
			made = slot;
	}
	if (!made) {
		made = &table->sets[hash % SETS];
		forget(made);
	}
	uint32_t message = message_open(d->pen->messages);
	if (!message)
		return NULL;
	*made = must_alloc(sizeof **made);
	**made = (struct fragment_set){
		.from = d->from, .to = d->to, .key = *key, .message = message, .end = UINT32_MAX,
	};
	return made;
}

static bool insert(struct fragment_set *set, const struct kept_fragment *fragment)
{
	if (set->count == PARTS)
		return false;
	if (set->count == set->room)
		set->kept = must_grow(set->kept, &set->room, 4, sizeof *set->kept);
	uint32_t at = set->count;
	while (at && set->kept[at - 1].part.offset > fragment->part.offset)
		at--;
	memmove(&set->kept[at + 1], &set->kept[at], (set->count - at) * sizeof *set->kept);
	set->kept[at] = *fragment;
	set->count++;
	return true;
}

/* How far the bytes reach from 0 without a hole. */
static uint32_t reach(const struct fragment_set *set)
{
	uint32_t end = 0;

	for (uint32_t i = 0; i < set->count && set->kept[i].part.offset <= end; i++) {
		uint32_t until = set->kept[i].part.offset + set->kept[i].part.length;
		if (until > end)
			end = until;
	}
	return end;
}

/* Compares what an overlapping fragment says with what stands there already. */
static bool differs(struct dissection *d, const struct kept_fragment *fragment, const uint8_t *whole,
		    uint32_t have, uint32_t end)
{
	uint32_t from = fragment->part.offset, n = have - from;

	if (n > fragment->part.length)
		n = fragment->part.length;
	if (from >= end || !n)
		return false;
	uint8_t *bytes = arena_alloc(&d->arena, n);
	uint32_t got = extents_gather(d, &fragment->extent, 1, 0, n, bytes);
	return memcmp(bytes, whole + from, got) != 0;
}

/* Fills the datagram in order of offsets; notes what overlaps and what is too long.
 * Returns the number of extents that make it up. */
static uint32_t assemble(struct dissection *d, struct fragment_set *set, struct extent *extents)
{
	uint8_t *whole = arena_alloc(&d->arena, set->end ? set->end : 1);
	uint32_t have = 0, count = 0;

	for (uint32_t i = 0; i < set->count; i++) {
		struct kept_fragment *fragment = &set->kept[i];
		uint32_t from = fragment->part.offset, until = from + fragment->part.length;
		if (until > set->end)
			fragment->part.flags |= FRAGMENT_TOO_LONG;
		if (from < have) {
			fragment->part.flags |= FRAGMENT_OVERLAP;
			if (differs(d, fragment, whole, have, set->end))
				fragment->part.flags |= FRAGMENT_CONFLICT;
		}
		if (until > set->end)
			until = set->end;
		if (until <= have)
			continue;
		struct extent extent = fragment->extent;
		extent.start += have - from;
		extent.length = until - have;
		extents_gather(d, &extent, 1, 0, extent.length, whole + have);
		extents[count++] = extent;
		have = until;
	}
	return count;
}

static void learn_completed(struct dissection *d, struct fragment_set *set)
{
	struct extent *extents = arena_alloc(&d->arena, set->count * sizeof *extents);
	uint32_t count = assemble(d, set, extents);
	struct message *message = message_numbered(d->pen->messages, set->message);

	if (!message_complete(d->pen->messages, message, extents, count, d->packet.number))
		return;
	struct fragment_fact *fact =
		learn(d, FACT_FRAGMENT, (uint32_t)(sizeof *fact + set->count * sizeof fact->parts[0]));
	if (!fact)
		return;
	fact->message = set->message;
	fact->part_count = set->count;
	for (uint32_t i = 0; i < set->count; i++)
		fact->parts[i] = set->kept[i].part;
}

/* First pass: keeps the fragment, and completes the datagram if it was the last one missing. */
static void keep(struct dissection *d, const struct fragment_key *key, uint32_t offset, bool more,
		 const struct cursor *part)
{
	uint32_t length = cursor_left(part);
	struct kept_fragment fragment = {
		.part = { d->packet.number, offset, length, 0 },
		.extent = extent_of(d, part),
	};

	if (!length || part->captured < part->reported || offset > DATAGRAM_LIMIT ||
	    length > DATAGRAM_LIMIT - offset)
		return;
	struct fragment_set **slot = find_set(d, key);
	if (!slot)
		return;
	struct fragment_set *set = *slot;
	if (!more) {
		if (set->end != UINT32_MAX && set->end != offset + length)
			fragment.part.flags |= FRAGMENT_MULTIPLE_TAILS;
		else
			set->end = offset + length;
	}
	if (!insert(set, &fragment)) {
		forget(slot);
		return;
	}
	if (offset <= set->covered)
		set->covered = reach(set);
	if (set->end != UINT32_MAX && set->covered >= set->end) {
		learn_completed(d, set);
		forget(slot);
		return;
	}
	struct fragment_fact *fact = learn(d, FACT_FRAGMENT, sizeof *fact);
	if (fact)
		fact->message = set->message;
}

struct datagram fragment_add(struct dissection *d, const struct fragment_key *key, uint32_t offset, bool more,
			     const struct cursor *part, struct cursor *whole)
{
	struct datagram datagram = { 0 };

	if (d->pen && !d->in_error)
		keep(d, key, offset, more, part);
	const struct fragment_fact *fact = recall(d, FACT_FRAGMENT, NULL);
	if (!fact)
		return datagram;
	datagram.message = message_numbered(d->learned->messages, fact->message);
	datagram.reassembled_in = link_seen(d, &datagram.message->completed_in);
	if (!fact->part_count)
		return datagram;
	uint32_t got;
	const uint8_t *bytes = message_gather(d, datagram.message, DATAGRAM_LIMIT, &got);
	datagram.parts = fact->parts;
	datagram.part_count = fact->part_count;
	datagram.complete_here = true;
	*whole = cursor_on_buffer(d, part, bytes, got, key->version == 4 ? "Reassembled IPv4" : "Reassembled IPv6");
	whole->reported = datagram.message->length;
	if (whole->source)
		d->buffers[whole->source].message = fact->message;
	return datagram;
}
