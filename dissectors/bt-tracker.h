/* bt-tracker.h - what HTTP asks of the protocol that it carries for BitTorrent's trackers. */
#ifndef DISSECTORS_BT_TRACKER_H
#define DISSECTORS_BT_TRACKER_H

#include "dissect/text_line.h"

/* Shows what a query (behind the `?`) announces, below the tree that is open; nothing if it is of
 * no tracker's. */
void bt_tracker_show_query(struct dissection *d, const struct cursor *c, struct text_part query);
/* Is the body a tracker's answer? */
bool bt_tracker_is_answer(const struct cursor *body);

extern const struct dissector bt_tracker_dissector, bt_tracker_answer_dissector;

#endif
