/* connection_id.c - a hash table of IDs; slots double, and are looked through from the hash on. */
#include "state/connection_id.h"

#include <string.h>

#include "base/hash.h"
#include "tables.h"

enum { SLOTS_LEAST = 1 << 8 };

struct known_id {
	uint8_t id[CONNECTION_ID_ROOM];
	uint8_t length; /* 0: the slot is free */
	uint8_t side;
	void *connection;
};

struct connection_id_table {
	struct known_id *slots;
	uint32_t mask, count;
	uint32_t lengths; /* bit n: IDs of n bytes are known */
	uint32_t connections;
};

struct connection_id_table *connection_id_table_new(void)
{
	return must_zeroed(1, sizeof(struct connection_id_table));
}

void connection_id_table_free(struct connection_id_table *table)
{
	if (!table)
		return;
	free(table->slots);
	free(table);
}

/* Where the ID is, or where it belongs. */
static struct known_id *slot_of(const struct connection_id_table *table, const uint8_t *id,
				uint32_t n)
{
	uint32_t at = (uint32_t)hash_bytes(id, n) & table->mask;

	while (table->slots[at].length &&
	       (table->slots[at].length != n || memcmp(table->slots[at].id, id, n)))
		at = (at + 1) & table->mask;
	return &table->slots[at];
}

static void grow(struct connection_id_table *table)
{
	struct connection_id_table old = *table;
	uint32_t room = old.slots ? (old.mask + 1) * 2 : SLOTS_LEAST;

	table->slots = must_zeroed(room, sizeof *table->slots);
	table->mask = room - 1;
	for (uint32_t i = 0; old.slots && i <= old.mask; i++)
		if (old.slots[i].length)
			*slot_of(table, old.slots[i].id, old.slots[i].length) = old.slots[i];
	free(old.slots);
}

void connection_id_learn(struct dissection *d, const uint8_t *id, uint32_t n,
			 const struct id_owner *owner)
{
	if (!d->pen || !n || n > CONNECTION_ID_ROOM)
		return;
	struct connection_id_table *table = d->pen->connection_ids;
	if (!table->slots || table->count > table->mask / 2)
		grow(table);
	struct known_id *slot = slot_of(table, id, n);
	if (!slot->length && table->count == CONNECTION_IDS)
		return;
	table->count += !slot->length;
	memcpy(slot->id, id, n);
	slot->length = (uint8_t)n;
	slot->side = (uint8_t)owner->side;
	slot->connection = owner->connection;
	table->lengths |= 1u << n;
}

struct id_owner connection_id_find(const struct dissection *d, const uint8_t *id, uint32_t n)
{
	struct id_owner none = { 0 };

	if (!d->pen || !d->pen->connection_ids->slots || !n || n > CONNECTION_ID_ROOM)
		return none;
	const struct known_id *slot = slot_of(d->pen->connection_ids, id, n);
	return slot->length ? (struct id_owner){ slot->connection, slot->side } : none;
}

struct id_owner connection_id_match(const struct dissection *d, const uint8_t *at, uint32_t n,
				    uint32_t *length)
{
	struct id_owner owner = { 0 };

	for (uint32_t i = CONNECTION_ID_ROOM; d->pen && i && !owner.connection; i--) {
		if (i > n || !(d->pen->connection_ids->lengths & 1u << i))
			continue;
		owner = connection_id_find(d, at, i);
		*length = i;
	}
	return owner;
}

uint32_t connection_id_number(struct dissection *d)
{
	return d->pen->connection_ids->connections++;
}
