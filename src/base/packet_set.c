/* packet_set.c - a sorted array. */
#include "base/packet_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/rising.h"

/* How many are smaller. */
static uint32_t place_of(const struct packet_set *set, uint32_t number)
{
	return rising_place(set->numbers, sizeof *set->numbers, 0, set->count, number);
}

bool packet_set_has(const struct packet_set *set, uint32_t number)
{
	uint32_t at = place_of(set, number);

	return at < set->count && set->numbers[at] == number;
}

bool packet_set_toggle(struct packet_set *set, uint32_t number)
{
	uint32_t at = place_of(set, number);
	bool was_in = packet_set_has(set, number);
	uint32_t *here;

	if (!was_in && set->count == set->room)
		set->numbers = must_grow(set->numbers, &set->room, 16, sizeof *set->numbers);
	here = set->numbers + at;
	if (was_in) {
		memmove(here, here + 1, (--set->count - at) * sizeof *here);
		return false;
	}
	memmove(here + 1, here, (set->count++ - at) * sizeof *here);
	*here = number;
	return true;
}

void packet_set_add_all(struct packet_set *set, const uint32_t *numbers, uint32_t count)
{
	uint64_t room = (uint64_t)set->count + count;
	uint32_t *all = must_alloc((size_t)(room ? room : 1) * sizeof *all), n = 0;

	for (uint32_t i = 0, k = 0; i < set->count || k < count;) {
		bool own = k == count || (i < set->count && set->numbers[i] <= numbers[k]);
		uint32_t number = own ? set->numbers[i++] : numbers[k++];

		if (!n || all[n - 1] != number)
			all[n++] = number;
	}
	packet_set_free(set);
	*set = (struct packet_set){ .numbers = all,
				    .count = n,
				    .room = (uint32_t)(room ? room : 1) };
}

uint32_t packet_set_after(const struct packet_set *set, uint32_t number)
{
	uint32_t at = place_of(set, number);

	at += at < set->count && set->numbers[at] == number;
	return at < set->count ? set->numbers[at] : 0;
}

uint32_t packet_set_before(const struct packet_set *set, uint32_t number)
{
	uint32_t at = place_of(set, number);

	return at ? set->numbers[at - 1] : 0;
}

uint32_t packet_set_until(const struct packet_set *set, uint32_t number)
{
	return packet_set_has(set, number) ? number : packet_set_before(set, number);
}

void packet_set_free(struct packet_set *set)
{
	free(set->numbers);
	*set = (struct packet_set){ 0 };
}
