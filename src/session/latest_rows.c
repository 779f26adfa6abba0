/* latest_rows.c - open addressing, at most three quarters full. */
#include "latest_rows.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"

enum { LEAST_ROOM = 64 };

void latest_rows_free(struct latest_rows *latest)
{
	free(latest->slots);
	*latest = (struct latest_rows){ 0 };
}

/* The key's slot, or the free one where it would be; there is room. */
static struct latest_row *slot_of(const struct latest_rows *latest, uint64_t key)
{
	uint32_t at = (uint32_t)key & (latest->room - 1);

	while (latest->slots[at].row && latest->slots[at].key != key)
		at = (at + 1) & (latest->room - 1);
	return &latest->slots[at];
}

uint32_t latest_row_of(const struct latest_rows *latest, const void *key, size_t n)
{
	return latest->room ? slot_of(latest, hash_bytes(key, n))->row - 1 : UINT32_MAX;
}

static void grow(struct latest_rows *latest)
{
	struct latest_rows old = *latest;

	latest->room = old.room ? 2 * old.room : LEAST_ROOM;
	latest->slots = must_zeroed(latest->room, sizeof *latest->slots);
	for (uint32_t i = 0; i < old.room; i++)
		if (old.slots[i].row)
			*slot_of(latest, old.slots[i].key) = old.slots[i];
	free(old.slots);
}

void latest_row_set(struct latest_rows *latest, const void *key, size_t n, uint32_t row)
{
	if (latest->count >= latest->room / 4 * 3)
		grow(latest);
	struct latest_row *slot = slot_of(latest, hash_bytes(key, n));

	latest->count += !slot->row;
	*slot = (struct latest_row){ slot->row ? slot->key : hash_bytes(key, n), row + 1 };
}
