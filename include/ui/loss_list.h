/* loss_list.h - where packets were lost while they were captured, as far as counts tell that came
 * from time to time.  The packet list has a line for each place. */
#ifndef UI_LOSS_LIST_H
#define UI_LOSS_LIST_H

#include <stdint.h>

enum { LOSSES_KEPT = 256 };

struct loss {
	uint32_t after; /* this packet, at the latest */
	uint64_t packets;
};

struct loss_list {
	struct loss at[LOSSES_KEPT]; /* zeroed: none; by their places */
	unsigned count;
	uint64_t told; /* of the whole capture */
};

/* `lost` in all, when `captured` packets had been captured. */
void losses_tell(struct loss_list *list, uint64_t lost, uint32_t captured);
/* After packet `from`, or it, and before packet `to`. */
uint64_t losses_between(const struct loss_list *list, uint32_t from, uint32_t to);

#endif
