/* bt-tracker.c - BitTorrent's trackers, which tell peers of each other: over UDP (BEP 15, 41).
 *
 *     connect:   | protocol: 8     | action: 4 | transaction: 4 |    | action | transaction |
 * connection: 8 | then:      | connection: 8   | action    | transaction    | ...    and answers: |
 * action | transaction | ...
 */
#include "bt-tracker.h"
#include "dissect/registry.h"
#include "state/conversation.h"

enum { CONNECT_LENGTH = 16, ANSWER_LENGTH = 8, PEER_LENGTH = 6, PEER6_LENGTH = 18 };
#define PROTOCOL_ID 0x41727101980u

enum action { ACTION_CONNECT, ACTION_ANNOUNCE, ACTION_SCRAPE, ACTION_ERROR, ACTIONS };

static const struct value_name action_names[] = {
	{ ACTION_CONNECT, "Connect" },
	{ ACTION_ANNOUNCE, "Announce" },
	{ ACTION_SCRAPE, "Scrape" },
	{ ACTION_ERROR, "Error" },
	{ 0, NULL },
};

static const struct value_name message_names[] = {
	{ 0, "Connect Request" },  { 1, "Connect Response" },
	{ 2, "Announce Request" }, { 3, "Announce Response" },
	{ 4, "Scrape Request" },   { 5, "Scrape Response" },
	{ 6, "Error Response" },   { 0, NULL },
};

const struct value_name bt_tracker_event_names[] = {
	{ 0, "None" }, { 1, "Completed" }, { 2, "Started" }, { 3, "Stopped" }, { 0, NULL },
};

static const struct value_name extension_names[] = {
	{ 0, "End Of Options" },
	{ 1, "NOP" },
	{ 2, "URL Data" },
	{ 0, NULL },
};

static const struct field tracker_fields[] = {
	[TRACKER] = { "bt-tracker", "BitTorrent Tracker", FIELD_PROTOCOL,
		      .help = "Tells the peers of a torrent of each other", .reference = "BEP 15" },
	[TRACKER_PROTOCOL_ID] = { "bt-tracker.proto_id", "Protocol", FIELD_U64, BASE_HEX,
				  .help = "Always the same, which tells the protocol" },
	[TRACKER_ACTION] = { "bt-tracker.action", "Action", FIELD_U32, .names = action_names,
			     .help = "What is asked, or answered" },
	[TRACKER_TRANSACTION] = { "bt-tracker.transaction_id", "Transaction Id", FIELD_U32,
				  .help = "The answer has that of the request" },
	[TRACKER_CONNECTION] = { "bt-tracker.connection_id", "Connection Id", FIELD_U64,
				 .help = "Shows that the sender's address is not forged" },
	[TRACKER_MESSAGE_TYPE] = { "bt-tracker.msg_type", "Message Type", FIELD_U8,
				   .names = message_names, .help = "What the message is" },
	[TRACKER_INFO_HASH] = { "bt-tracker.info_hash", "Info Hash", FIELD_BYTES,
				.help = "Which torrent: SHA-1 of its description" },
	[TRACKER_PEER_ID] = { "bt-tracker.peer_id", "Peer Id", FIELD_BYTES,
			      .help = "The peer; its first bytes name its program" },
	[TRACKER_DOWNLOADED] = { "bt-tracker.downloaded", "Downloaded", FIELD_U64,
				 .help = "Bytes that the peer has got" },
	[TRACKER_LEFT] = { "bt-tracker.left", "Left", FIELD_U64,
			   .help = "Bytes that it still lacks" },
	[TRACKER_UPLOADED] = { "bt-tracker.uploaded", "Uploaded", FIELD_U64,
			       .help = "Bytes that it gave to others" },
	[TRACKER_EVENT] = { "bt-tracker.event", "Event", FIELD_U32, .names = bt_tracker_event_names,
			    .help = "Why it announces itself now" },
	[TRACKER_IP_ADDRESS] = { "bt-tracker.ip_address", "IP Address", FIELD_IPV4,
				 .help = "Where it is; 0: where this comes from" },
	[TRACKER_KEY] = { "bt-tracker.key", "Key", FIELD_U32,
			  .help = "Shows that it is the same peer after its address changed" },
	[TRACKER_WANTED] = { "bt-tracker.num_want", "Num Want", FIELD_I32,
			     .help = "How many peers it wants to be told; -1: as many as usual" },
	[TRACKER_PORT] = { "bt-tracker.port", "Port", FIELD_U16, .help = "Where it listens" },
	[TRACKER_INTERVAL] = { "bt-tracker.interval", "Interval", FIELD_I32, .unit = " seconds",
			       .help = "After how long it should announce itself again" },
	[TRACKER_LEECHERS] = { "bt-tracker.leechers", "Leechers", FIELD_I32,
			       .help = "Peers that still lack something" },
	[TRACKER_SEEDERS] = { "bt-tracker.seeders", "Seeders", FIELD_I32,
			      .help = "Peers that have all of it" },
	[TRACKER_PEERS] = { "bt-tracker.trackers", "Peers", FIELD_NONE,
			    .help = "Whom to ask for it" },
	[TRACKER_PEER] = { "bt-tracker.tracker", "Peer", FIELD_NONE, .help = "A peer" },
	[TRACKER_PEER_IP] = { "bt-tracker.tracker.ip", "IP", FIELD_IPV4, .help = "Its address" },
	[TRACKER_PEER_IP6] = { "bt-tracker.tracker.ip6", "IPv6", FIELD_IPV6,
			       .help = "Its address" },
	[TRACKER_PEER_PORT] = { "bt-tracker.tracker.port", "Port", FIELD_U16,
				.help = "The port that it listens at" },
	[TRACKER_COMPLETED] = { "bt-tracker.completed", "Completed", FIELD_I32,
				.help = "How often it was downloaded whole" },
	[TRACKER_ERROR] = { "bt-tracker.error_msg", "Error message", FIELD_TEXT,
			    .help = "Why it was refused" },
	[TRACKER_EXTENSION] = { "bt-tracker.extension", "Extension", FIELD_NONE,
				.help = "An option behind the announcement",
				.reference = "BEP 41" },
	[TRACKER_EXTENSION_TYPE] = { "bt-tracker.extension_type", "Extension Type", FIELD_U8,
				     BASE_HEX, extension_names, .help = "Which option",
				     .reference = "BEP 41" },
	[TRACKER_EXTENSION_LENGTH] = { "bt-tracker.extension_len", "Extension Length", FIELD_U8,
				       .unit = " bytes", .help = "Bytes of the option",
				       .reference = "BEP 41" },
	[TRACKER_EXTENSION_UNKNOWN] = { "bt-tracker.extension_unknown", "Extension Unknown",
					FIELD_BYTES, .help = "An option that is not known",
					.reference = "BEP 41" },
	[TRACKER_URL_DATA] = { "bt-tracker.extension.urldata", "URL Data", FIELD_TEXT,
			       .help = "The rest of the tracker's URL", .reference = "BEP 41" },
	[TRACKER_MAGNET] = { "peel.bt-tracker.magnet", "Magnet link", FIELD_TEXT,
			     .help = "What names the torrent to other programs",
			     .reference = "BEP 9" },
	[TRACKER_FILE] = { "peel.bt-tracker.file", "Torrent", FIELD_NONE, .flags = FIELD_WORDS,
			   .help = "What the tracker knows of one torrent", .reference = "BEP 48" },
	[TRACKER_ENTRY] = { "peel.bt-tracker.entry", "Entry", FIELD_NONE, .flags = FIELD_WORDS,
			    .help = "Something else that the tracker says", .reference = "BEP 3" },
	[TRACKER_BAD_LENGTH] = FINDING("peel.bt-tracker.length_bad", "No whole number of peers",
				       EXPERT_WARN, GROUP_MALFORMED),
	[TRACKER_NO_ANSWER] = FINDING("peel.bt-tracker.bencode_bad", "The answer cannot be read on",
				      EXPERT_ERROR, GROUP_MALFORMED),
};

/* --- what all share --- */

void bt_tracker_put_magnet(struct dissection *d, const uint8_t *hash)
{
	char hex[2 * TRACKER_HASH_LENGTH + 1];

	if (!hash || !wants_fields(d))
		return;
	*number_put_bytes(hex, hash, TRACKER_HASH_LENGTH) = '\0';
	put_text(d, TRACKER_MAGNET, arena_printf(&d->arena, "magnet:?xt=urn:btih:%s", hex));
}

void bt_tracker_take_hash(struct dissection *d, struct cursor *c)
{
	bt_tracker_put_magnet(d, take_bytes(d, c, TRACKER_INFO_HASH, TRACKER_HASH_LENGTH));
}

uint32_t bt_tracker_take_peers(struct dissection *d, struct cursor *c, bool v6)
{
	uint32_t size = v6 ? PEER6_LENGTH : PEER_LENGTH, count = 0;
	node_id tree = open_tree(d, c, TRACKER_PEERS);
	char text[ADDRESS_TEXT_ROOM];

	for (; cursor_left(c) >= size; count++) {
		node_id node = open_tree(d, c, TRACKER_PEER);
		struct endpoint peer = { 0 };
		take_address(d, c, v6 ? TRACKER_PEER_IP6 : TRACKER_PEER_IP, &peer);
		uint16_t port = take_u16(d, c, TRACKER_PEER_PORT);
		address_text(&peer, text);
		label_set(d, node, v6 ? "Peer: [%s]:%u" : "Peer: %s:%u", text, port);
		close_tree(d, node, c);
	}
	if (cursor_left(c))
		note_finding(d, TRACKER_BAD_LENGTH, NULL);
	label_set(d, tree, "Peers: %u", count);
	close_tree(d, tree, c);
	return count;
}

/* --- over UDP --- */

static void take_extension(struct dissection *d, struct cursor *c)
{
	enum { END, NOP, URL_DATA };
	node_id tree = open_tree(d, c, TRACKER_EXTENSION);
	uint8_t type = take_u8(d, c, TRACKER_EXTENSION_TYPE);
	const char *name = value_name(extension_names, type);

	label_set(d, tree, "Extension: %s", name ? name : "Unknown");
	if (type > NOP) {
		uint8_t length = take_u8(d, c, TRACKER_EXTENSION_LENGTH);
		if (type == URL_DATA)
			take_text(d, c, TRACKER_URL_DATA, length);
		else if (length)
			take_bytes(d, c, TRACKER_EXTENSION_UNKNOWN, length);
	}
	close_tree(d, tree, c);
}

static void take_announcement(struct dissection *d, struct cursor *c)
{
	bt_tracker_take_hash(d, c);
	take_bytes(d, c, TRACKER_PEER_ID, TRACKER_HASH_LENGTH);
	for (unsigned field = TRACKER_DOWNLOADED; field <= TRACKER_UPLOADED; field++)
		take_uint(d, c, field);
	uint32_t event = take_u32(d, c, TRACKER_EVENT);
	const char *name = value_name(bt_tracker_event_names, event);
	take_ipv4(d, c, TRACKER_IP_ADDRESS);
	take_u32(d, c, TRACKER_KEY);
	take_u32(d, c, TRACKER_WANTED);
	uint16_t port = take_u16(d, c, TRACKER_PORT);
	info(d, ", Event=%s Port=%u", name ? name : "Unknown", port);
	while (cursor_more(c))
		take_extension(d, c);
}

static void take_request(struct dissection *d, struct cursor *c, uint32_t action)
{
	if (action == ACTION_ANNOUNCE)
		take_announcement(d, c);
	while (action == ACTION_SCRAPE && cursor_more(c))
		bt_tracker_take_hash(d, c);
}

static void take_answer(struct dissection *d, struct cursor *c, uint32_t action)
{
	const char *words;
	uint32_t count = 0;

	switch (action) {
	case ACTION_CONNECT:
		take_uint(d, c, TRACKER_CONNECTION);
		break;
	case ACTION_ANNOUNCE:
		take_u32(d, c, TRACKER_INTERVAL);
		take_u32(d, c, TRACKER_LEECHERS);
		take_u32(d, c, TRACKER_SEEDERS);
		count = bt_tracker_take_peers(d, c, d->from.type == ADDRESS_IPV6);
		info(d, ", Peers=%u", count);
		break;
	case ACTION_SCRAPE:
		for (; cursor_more(c); count++) {
			take_u32(d, c, TRACKER_SEEDERS);
			take_u32(d, c, TRACKER_COMPLETED);
			take_u32(d, c, TRACKER_LEECHERS);
		}
		info(d, ", Torrents=%u", count);
		break;
	case ACTION_ERROR:
		words = take_text(d, c, TRACKER_ERROR, cursor_left(c));
		info(d, ": %s", words);
		break;
	default:
		break;
	}
}

static bool is_connect_request(const struct cursor *c)
{
	const uint8_t *at;

	return cursor_peek(c, 0, CONNECT_LENGTH, &at) && load_be64(at) == PROTOCOL_ID &&
	       load_be32(at + 8) == ACTION_CONNECT;
}

static void bt_tracker_dissect(struct dissection *d, struct cursor *c)
{
	bool connects = is_connect_request(c), asks = connects || d->from_opener;

	info_begin(d);
	if (connects) {
		/* What follows between these ends is the tracker's. */
		conversation_recognize(d, &bt_tracker_dissector);
		take_uint(d, c, TRACKER_PROTOCOL_ID);
	} else if (asks) {
		take_uint(d, c, TRACKER_CONNECTION);
	}
	uint32_t action = take_u32(d, c, TRACKER_ACTION);
	take_u32(d, c, TRACKER_TRANSACTION);
	if (!cursor_ok(c))
		return;
	if (action < ACTIONS) {
		uint32_t type = action == ACTION_ERROR ? 6 : 2 * action + !asks;
		info(d, "%s", value_name(message_names, type));
		put_uint(d, TRACKER_MESSAGE_TYPE, type);
	} else {
		info_words(d, "Unknown");
	}
	if (asks && action != ACTION_ERROR)
		take_request(d, c, action);
	else
		take_answer(d, c, action);
	if (cursor_more(c))
		hand_on_as_data_within(d, *c);
}

static bool bt_tracker_looks_like(const struct dissection *d, const struct cursor *c)
{
	const uint8_t *at;

	if (is_connect_request(c))
		return true;
	if (conversation_recognized(d) != &bt_tracker_dissector)
		return false;
	return cursor_peek(c, 0, d->from_opener ? CONNECT_LENGTH : ANSWER_LENGTH, &at) &&
	       load_be32(at + (d->from_opener ? 8 : 0)) < ACTIONS;
}

const struct dissector bt_tracker_dissector = {
	.name = "bt-tracker",
	.short_name = "BT-Tracker",
	.title = "BitTorrent Tracker",
	.fields = tracker_fields,
	.field_count = COUNT(tracker_fields),
	.dissect = bt_tracker_dissect,
	.looks_like = bt_tracker_looks_like,
};
