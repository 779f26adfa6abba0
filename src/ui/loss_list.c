/* loss_list.c - places, the earliest first; where they are too many, two neighbours become one. */
#include "ui/loss_list.h"

static void join_neighbours(struct loss_list *list)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < list->count; i += 2) {
		struct loss joined = list->at[i];

		if (i + 1 < list->count)
			joined.packets += list->at[i + 1].packets;
		list->at[kept++] = joined;
	}
	list->count = kept;
}

void losses_tell(struct loss_list *list, uint64_t lost, uint32_t captured)
{
	if (lost <= list->told)
		return;
	struct loss *last = list->count ? &list->at[list->count - 1] : 0;
	uint64_t more = lost - list->told;

	list->told = lost;
	if (last && last->after == captured) {
		last->packets += more;
		return;
	}
	if (list->count == LOSSES_KEPT)
		join_neighbours(list);
	list->at[list->count++] = (struct loss){ captured, more };
}

uint64_t losses_between(const struct loss_list *list, uint32_t from, uint32_t to)
{
	unsigned low = 0, high = list->count;
	uint64_t sum = 0;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;

		if (list->at[middle].after < from)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < list->count && list->at[low].after < to; low++)
		sum += list->at[low].packets;
	return sum;
}
