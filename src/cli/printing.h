/* printing.h - chosen packets printed by several threads, in the order in which they were chosen;
 * private to src/cli.
 *
 * One thread chooses packets.  Others take pieces of what was chosen, make text of them, and write
 * it when all before it is written. */
#ifndef CLI_PRINTING_H
#define CLI_PRINTING_H

#include "batch_print.h"

struct printing;

/* May others print for this one?  Not where somebody watches each line come, or where something
 * else happens to each packet. */
bool printing_is_possible(const struct batch *batch);
/* Goes on where the batch stands, which is not to print until printing_end().  `one_pass`: as in
 * dissection.  NULL: it would not help. */
struct printing *printing_start(struct batch *batch, bool one_pass);
/* Packet `number` is shown next.  False: it cannot go on, batch_end() tells why. */
bool printing_choose(struct printing *printing, uint32_t number);
/* What was chosen is printed without waiting for more; false: it cannot go on. */
bool printing_hurry(struct printing *printing);
/* When all is printed: frees it; NULL is fine. */
void printing_end(struct printing *printing);

#endif
