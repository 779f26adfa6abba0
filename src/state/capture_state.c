/* capture_state.c - a table by dissector and key; its rows never move. */
#include "state/capture_state.h"

#include <string.h>

#include "base/hash.h"
#include "tables.h"

enum { FIRST_SLOTS = 256 };

struct capture_row {
	struct capture_row *next; /* in its slot */
	const struct dissector *owner;
	uint64_t hash;
	uint32_t length;
	uint8_t key[CAPTURE_KEY_LIMIT];
	_Alignas(16) uint8_t bytes[];
};

struct capture_table {
	struct capture_row **slots;
	uint32_t slot_count, count; /* slots: a power of two */
	struct arena rows;
};

static struct capture_table *table_of(struct learned *learned)
{
	struct capture_table *table = learned->capture_states;

	if (table)
		return table;
	table = learned->capture_states = must_zeroed(1, sizeof *table);
	table->slot_count = FIRST_SLOTS;
	table->slots = must_zeroed(FIRST_SLOTS, sizeof *table->slots);
	return table;
}

void capture_table_free(struct capture_table *table)
{
	if (!table)
		return;
	arena_free(&table->rows);
	free(table->slots);
	free(table);
}

static void grow(struct capture_table *table)
{
	struct capture_row **old = table->slots;
	uint32_t count = table->slot_count;

	table->slot_count = 2 * count;
	table->slots = must_zeroed(table->slot_count, sizeof *table->slots);
	for (uint32_t i = 0; i < count; i++)
		for (struct capture_row *row = old[i], *next; row; row = next) {
			struct capture_row **slot =
				&table->slots[row->hash & (table->slot_count - 1)];
			next = row->next;
			row->next = *slot;
			*slot = row;
		}
	free(old);
}

void *capture_state(const struct dissection *d, const void *key, uint32_t length, uint32_t size)
{
	if (!d->pen || d->in_error || length > CAPTURE_KEY_LIMIT)
		return NULL;
	struct capture_table *table = table_of(d->pen);
	const struct dissector *owner = d->layers[d->layer_count - 1].dissector;
	uint64_t hash = hash_bytes(key, length) ^ hash_number((uintptr_t)owner);
	struct capture_row *row = table->slots[hash & (table->slot_count - 1)];

	for (; row; row = row->next)
		if (row->hash == hash && row->owner == owner && row->length == length &&
		    !memcmp(row->key, key, length))
			return row->bytes;
	if (table->count == CAPTURE_STATES_LIMIT)
		return NULL;
	if (table->count == table->slot_count)
		grow(table);
	row = arena_zeroed(&table->rows, sizeof *row + size);
	row->owner = owner;
	row->hash = hash;
	row->length = length;
	memcpy(row->key, key, length);
	struct capture_row **slot = &table->slots[hash & (table->slot_count - 1)];
	row->next = *slot;
	*slot = row;
	table->count++;
	return row->bytes;
}
