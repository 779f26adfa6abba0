/* time_range.c - reads times from the index only, each once. */
#include "session/time_range.h"

#include "base/time.h"

void time_range_add(struct time_range *range, const struct session *session, uint32_t packet)
{
	const struct index_block *block = index_block_of(&session_learned(session)->index, packet);
	int64_t time = block->time_ns[index_slot(packet)];

	if (!(block->flags[index_slot(packet)] & INDEX_HAS_TIME))
		return;
	if (!range->known || time < range->earliest)
		range->earliest = time;
	if (!range->known || time > range->latest)
		range->latest = time;
	range->known = true;
}

void time_range_extend(struct time_range *range, const struct session *session, uint32_t up_to)
{
	while (range->up_to < up_to)
		time_range_add(range, session, ++range->up_to);
}

int64_t time_range_span(const struct time_range *range)
{
	return time_between(range->earliest, range->latest);
}
