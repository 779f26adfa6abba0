/* bt-tracker.h - BitTorrent's trackers: what HTTP asks of the protocol that it carries for them,
 * and what the ways over UDP and HTTP share. */
#ifndef DISSECTORS_BT_TRACKER_H
#define DISSECTORS_BT_TRACKER_H

#include "dissect/text_line.h"

/* Shows what a query (behind the `?`) announces, below the tree that is open; nothing if it is of
 * no tracker's. */
void bt_tracker_show_query(struct dissection *d, const struct cursor *c, struct text_part query);
/* Is the body a tracker's answer? */
bool bt_tracker_is_answer(const struct cursor *body);

extern const struct dissector bt_tracker_dissector, bt_tracker_answer_dissector;

enum { TRACKER_HASH_LENGTH = 20 };

enum {
	TRACKER,
	TRACKER_PROTOCOL_ID,
	TRACKER_ACTION,
	TRACKER_TRANSACTION,
	TRACKER_CONNECTION,
	TRACKER_MESSAGE_TYPE,
	TRACKER_INFO_HASH,
	TRACKER_PEER_ID,
	TRACKER_DOWNLOADED,
	TRACKER_LEFT,
	TRACKER_UPLOADED,
	TRACKER_EVENT,
	TRACKER_IP_ADDRESS,
	TRACKER_KEY,
	TRACKER_WANTED,
	TRACKER_PORT,
	TRACKER_INTERVAL,
	TRACKER_LEECHERS,
	TRACKER_SEEDERS,
	TRACKER_PEERS,
	TRACKER_PEER,
	TRACKER_PEER_IP,
	TRACKER_PEER_IP6,
	TRACKER_PEER_PORT,
	TRACKER_COMPLETED,
	TRACKER_ERROR,
	TRACKER_EXTENSION,
	TRACKER_EXTENSION_TYPE,
	TRACKER_EXTENSION_LENGTH,
	TRACKER_EXTENSION_UNKNOWN,
	TRACKER_URL_DATA,
	TRACKER_MAGNET,
	TRACKER_FILE,
	TRACKER_ENTRY,
	TRACKER_BAD_LENGTH,
	TRACKER_NO_ANSWER,
};

extern const struct value_name bt_tracker_event_names[];

/* The link that names the torrent, behind its hash. */
void bt_tracker_put_magnet(struct dissection *d, const uint8_t *hash);
/* The hash, and that. */
void bt_tracker_take_hash(struct dissection *d, struct cursor *c);
/* Addresses with their ports, to the cursor's end.  Returns how many. */
uint32_t bt_tracker_take_peers(struct dissection *d, struct cursor *c, bool v6);

#endif
