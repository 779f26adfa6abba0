/* packet_index.c - blocks of columns, made as packets come. */
#include "state/packet_index.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"

uint32_t index_append(struct packet_index *x)
{
	uint32_t block = x->count / INDEX_BLOCK;

	if (block == INDEX_BLOCKS)
		return 0;
	if (!x->block[block]) {
		x->group[block] = must_zeroed(INDEX_BLOCK / INDEX_GROUP, sizeof *x->group[block]);
		x->block[block] = huge_alloc(sizeof *x->block[block],
					     x->rest * (sizeof *x->block[block] / INDEX_BLOCK));
	}
	return ++x->count;
}

struct tcp_note *index_tcp_note(struct packet_index *x, uint32_t n)
{
	struct index_group *group = index_group_of(x, n);
	uint64_t noted = atomic_load_explicit(&group->noted, memory_order_relaxed);
	uint64_t bit = UINT64_C(1) << (n - 1) % INDEX_GROUP;

	assert(!(noted & bit) && n == x->count);
	uint32_t at = x->note_count++;
	struct tcp_note **notes = &x->tcp[at / TCP_NOTES];

	if (!*notes)
		*notes = huge_alloc(TCP_NOTES * sizeof **notes,
				    x->rest * x->note_count / x->count * sizeof **notes);
	if (!noted)
		group->first_note = at;
	atomic_store_explicit(&group->noted, noted | bit, memory_order_relaxed);
	return &(*notes)[at % TCP_NOTES];
}

void index_publish(struct packet_index *x)
{
	atomic_store_explicit(&x->published, x->count, memory_order_release);
}

void index_free(struct packet_index *x)
{
	for (uint32_t i = 0; i < INDEX_BLOCKS && x->block[i]; i++) {
		huge_free(x->block[i], sizeof *x->block[i]);
		free(x->group[i]);
	}
	for (uint32_t i = 0; i < sizeof x->tcp / sizeof x->tcp[0]; i++)
		if (x->tcp[i])
			huge_free(x->tcp[i], TCP_NOTES * sizeof *x->tcp[i]);
}
