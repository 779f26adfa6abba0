/* packet_index.c - blocks of columns, made as packets come. */
#include "state/packet_index.h"

#include <stdlib.h>

#include "base/arena.h"

uint32_t index_append(struct packet_index *x)
{
	uint32_t block = x->count / INDEX_BLOCK;

	if (block == INDEX_BLOCKS)
		return 0;
	if (!x->block[block])
		x->block[block] = must_zeroed(1, sizeof *x->block[block]);
	return ++x->count;
}

void index_publish(struct packet_index *x)
{
	atomic_store_explicit(&x->published, x->count, memory_order_release);
}

void index_free(struct packet_index *x)
{
	for (uint32_t i = 0; i < INDEX_BLOCKS && x->block[i]; i++)
		free(x->block[i]);
}
