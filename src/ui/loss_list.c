/* loss_list.c - places, the earliest first; where they are too many, two neighbours become one. */
#include "ui/loss_list.h"

#include "base/rising.h"

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
	uint32_t i = rising_place(list->at, sizeof *list->at, offsetof(struct loss, after), list->count, from);
	uint64_t sum = 0;

	for (; i < list->count && list->at[i].after < to; i++)
		sum += list->at[i].packets;
	return sum;
}
