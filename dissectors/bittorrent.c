/* bittorrent.c - BitTorrent's peers: BEP 3, 5 (Port), 6 (fast), 10 (extension protocol).
 *
 *     | 19 | "BitTorrent protocol" | reserved: 8 | info hash: 20 | peer: 20 |   once at first
 *     | length: 4 | type | ... |                                              then; length 0: alive
 */
#include <string.h>

#include "bencode.h"
#include "bittorrent.h"
#include "dissect/text_line.h"
#include "state/conversation.h"

/* A block is 16 KiB, some ask for 128; bitfields of large torrents have as much. */
enum { LONGEST_MESSAGE = 1 << 20, HANDSHAKE = 68, HASH_LENGTH = 20 };

enum type {
	TYPE_CHOKE,
	TYPE_UNCHOKE,
	TYPE_INTERESTED,
	TYPE_NOT_INTERESTED,
	TYPE_HAVE,
	TYPE_BITFIELD,
	TYPE_REQUEST,
	TYPE_PIECE,
	TYPE_CANCEL,
	TYPE_PORT,
	TYPE_SUGGEST = 13,
	TYPE_HAVE_ALL,
	TYPE_HAVE_NONE,
	TYPE_REJECT,
	TYPE_ALLOWED_FAST,
	TYPE_EXTENDED = 20,
	TYPE_KEEPALIVE = 257,
};

enum {
	BT,
	BT_NAME_LENGTH,
	BT_NAME,
	BT_RESERVED,
	BT_INFO_HASH,
	BT_PEER_ID,
	BT_MESSAGE,
	BT_LENGTH,
	BT_TYPE,
	BT_BITFIELD,
	BT_INDEX,
	BT_BEGIN,
	BT_PIECE_LENGTH,
	BT_DATA,
	BT_PORT,
	BT_EXTENDED_ID,
	BT_EXTENDED,
	BT_CONTINUATION,
	BT_VERSION,
	BT_BAD_LENGTH,
};

static const struct value_name type_names[] = { { TYPE_CHOKE, "Choke" },
						{ TYPE_UNCHOKE, "Unchoke" },
						{ TYPE_INTERESTED, "Interested" },
						{ TYPE_NOT_INTERESTED, "Not Interested" },
						{ TYPE_HAVE, "Have" },
						{ TYPE_BITFIELD, "Bitfield" },
						{ TYPE_REQUEST, "Request" },
						{ TYPE_PIECE, "Piece" },
						{ TYPE_CANCEL, "Cancel" },
						{ TYPE_PORT, "Port" },
						{ TYPE_SUGGEST, "Suggest Piece" },
						{ TYPE_HAVE_ALL, "Have All" },
						{ TYPE_HAVE_NONE, "Have None" },
						{ TYPE_REJECT, "Reject Request" },
						{ TYPE_ALLOWED_FAST, "Allowed Fast" },
						{ TYPE_EXTENDED, "Extended" },
						{ TYPE_KEEPALIVE, "Keepalive" },
						{ 0, NULL } };

static const struct field bittorrent_fields[] = {
	[BT] = { "bittorrent", "BitTorrent", FIELD_PROTOCOL,
		 .help = "Peers exchange pieces of files with each other", .reference = "BEP 3" },
	[BT_NAME_LENGTH] = { "bittorrent.protocol.name.length", "Protocol Name Length", FIELD_U8,
			     .help = "Bytes of the name: 19", .reference = "BEP 3" },
	[BT_NAME] = { "bittorrent.protocol.name", "Protocol Name", FIELD_TEXT,
		      .help = "Always the same", .reference = "BEP 3" },
	[BT_RESERVED] = { "bittorrent.reserved", "Reserved Extension Bytes", FIELD_BYTES,
			  .help = "Bits for what the peer understands beyond the "
				  "basics",
			  .reference = "BEP 3" },
	[BT_INFO_HASH] = { "bittorrent.info_hash", "SHA1 Hash of info dictionary", FIELD_BYTES,
			   .help = "Which torrent this is about", .reference = "BEP 3" },
	[BT_PEER_ID] = { "bittorrent.peer_id", "Peer ID", FIELD_BYTES,
			 .help = "Begins with what program and version it is (BEP 20)",
			 .reference = "BEP 3" },
	[BT_MESSAGE] = { "bittorrent.msg", "Message", FIELD_NONE,
			 .help = "What one peer tells the other", .reference = "BEP 3" },
	[BT_LENGTH] = { "bittorrent.msg.length", "Message Length", FIELD_U32,
			.help = "Bytes that follow; 0 only keeps the connection "
				"open",
			.reference = "BEP 3" },
	[BT_TYPE] = { "bittorrent.msg.type", "Message Type", FIELD_U8, .names = type_names,
		      .help = "What the message is", .reference = "BEP 3" },
	[BT_BITFIELD] = { "bittorrent.msg.bitfield", "Bitfield data", FIELD_BYTES,
			  .help = "A bit for each piece that the peer has", .reference = "BEP 3" },
	[BT_INDEX] = { "bittorrent.piece.index", "Piece index", FIELD_U32, BASE_HEX,
		       .help = "Which piece", .reference = "BEP 3" },
	[BT_BEGIN] = { "bittorrent.piece.begin", "Begin offset of piece", FIELD_U32, BASE_HEX,
		       .help = "Where in the piece, in bytes", .reference = "BEP 3" },
	[BT_PIECE_LENGTH] = { "bittorrent.piece.length", "Piece Length", FIELD_U32, BASE_HEX,
			      .help = "How many bytes", .reference = "BEP 3" },
	[BT_DATA] = { "bittorrent.piece.data", "Data in a piece", FIELD_BYTES,
		      .flags = FIELD_MAY_BE_EMPTY, .help = "The bytes", .reference = "BEP 3" },
	[BT_PORT] = { "bittorrent.port", "Port", FIELD_U16,
		      .help = "Where its DHT node listens (BEP 5)", .reference = "BEP 5" },
	[BT_EXTENDED_ID] = { "bittorrent.extended.id", "Extended Message ID", FIELD_U8,
			     .help = "0: the handshake that gives the other numbers their names",
			     .reference = "BEP 10" },
	[BT_EXTENDED] = { "bittorrent.extended", "Extended Message", FIELD_BYTES,
			  .help = "What an extension says", .reference = "BEP 10" },
	[BT_CONTINUATION] = { "bittorrent.continuous_data", "Extended Message", FIELD_BYTES,
			      .help = "Encrypted, or the middle of a message" },
	[BT_VERSION] = { "bittorrent.version", "Client version", FIELD_TEXT,
			 .help = "The program, as its peer id tells" },
	[BT_BAD_LENGTH] =
		FINDING("bittorrent.msg.length.invalid", "Length does not fit the message's type",
			EXPERT_WARN, GROUP_PROTOCOL),
};

/* --- how long messages are --- */

bool bittorrent_begins(const uint8_t *at, uint32_t n)
{
	static const char name[] = "\x13"
				   "BitTorrent protocol";
	uint32_t known = sizeof name - 1;

	return n > 0 && !memcmp(at, name, n < known ? n : known);
}

uint32_t bittorrent_message_length(const uint8_t *at, uint32_t n)
{
	if (n && at[0] == 0x13)
		return bittorrent_begins(at, n) ? HANDSHAKE : 0;
	if (n < 4)
		return n && at[0] ? 0 : 5;
	uint32_t length = load_be32(at);
	if (length > LONGEST_MESSAGE)
		return 0;
	if (length && n > 4 && !value_name(type_names, at[4]))
		return 0;
	return 4 + length;
}

bool bittorrent_resumes(const uint8_t *at, uint32_t n)
{
	/* With its type; 0: it has no fixed one. */
	static const uint8_t lengths[] = {
		[TYPE_CHOKE] = 1,	   [TYPE_UNCHOKE] = 1,	 [TYPE_INTERESTED] = 1,
		[TYPE_NOT_INTERESTED] = 1, [TYPE_HAVE] = 5,	 [TYPE_REQUEST] = 13,
		[TYPE_CANCEL] = 13,	   [TYPE_PORT] = 3,	 [TYPE_SUGGEST] = 5,
		[TYPE_HAVE_ALL] = 1,	   [TYPE_HAVE_NONE] = 1, [TYPE_REJECT] = 13,
		[TYPE_ALLOWED_FAST] = 5,
	};

	if (bittorrent_begins(at, n))
		return true;
	if (n < 5 || !load_be32(at) || !bittorrent_message_length(at, n))
		return false;
	if (at[4] < COUNT(lengths) && lengths[at[4]])
		return load_be32(at) == lengths[at[4]];
	return at[4] == TYPE_PIECE ? load_be32(at) > 9 : n >= 4 + load_be32(at);
}

/* All whole messages at hand, at least one; else what is encrypted, as it comes. */
static void bittorrent_message_size(struct dissection *d, const struct cursor *c,
				    struct message_scan *scan)
{
	uint32_t n = cursor_left(c), at = 0;
	const uint8_t *bytes;

	(void)d;
	if (!cursor_peek(c, 0, n, &bytes))
		return;
	while (at < n) {
		uint32_t length = bittorrent_message_length(bytes + at, n - at);
		if (!length) {
			if (!at)
				at = n;
			break;
		}
		if (length > n - at) {
			if (!at && !scan->ended) {
				scan->needed = length;
				return;
			}
			break;
		}
		at += length;
	}
	scan->size = at ? at : n;
	scan->known = true;
}

/* --- messages --- */

static void take_handshake(struct dissection *d, struct cursor *c)
{
	uint8_t length = take_u8(d, c, BT_NAME_LENGTH);

	take_text(d, c, BT_NAME, length);
	take_bytes(d, c, BT_RESERVED, 8);
	take_bytes(d, c, BT_INFO_HASH, HASH_LENGTH);
	take_bytes(d, c, BT_PEER_ID, HASH_LENGTH);
	info_words(d, "Handshake  ");
}

static void take_extended(struct dissection *d, struct cursor *c)
{
	const uint8_t *at;
	uint8_t id = take_u8(d, c, BT_EXTENDED_ID);
	uint32_t n = cursor_left(c);

	if (!n)
		return;
	bool readable = cursor_peek(c, 0, 1, &at) && *at == 'd';
	if (id != 0 || !readable) {
		add_bytes(d, c, BT_EXTENDED, c->pos, n, NULL, n);
	} else if (!only_learning(d) || d->pen) {
		path_mention(d, "bencode");
	}
	struct cursor value = *c;
	if (readable)
		bencode_show(d, &value);
	cursor_skip(c, n);
}

struct body {
	uint16_t type;
	uint8_t fields; /* how many of index, begin and length it has */
};

static const struct body *body_of(uint8_t type)
{
	static const struct body bodies[] = {
		{ TYPE_HAVE, 1 },   { TYPE_REQUEST, 3 }, { TYPE_CANCEL, 3 },
		{ TYPE_REJECT, 3 }, { TYPE_SUGGEST, 1 }, { TYPE_ALLOWED_FAST, 1 },
	};

	for (unsigned i = 0; i < COUNT(bodies); i++)
		if (bodies[i].type == type)
			return &bodies[i];
	return NULL;
}

/* Returns what follows the type in Info and in the tree. */
static const char *take_body(struct dissection *d, struct cursor *c, uint8_t type)
{
	const struct body *body = body_of(type);
	uint32_t values[3] = { 0 };
	uint32_t n = cursor_left(c);

	for (unsigned i = 0; body && i < body->fields; i++)
		values[i] = take_u32(d, c, BT_INDEX + i);
	if (body && body->fields == 1)
		return arena_printf(&d->arena, ", Piece (Idx:0x%x)", values[0]);
	if (body)
		return arena_printf(&d->arena, ", Piece (Idx:0x%x,Begin:0x%x,Len:0x%x)", values[0],
				    values[1], values[2]);
	switch (type) {
	case TYPE_BITFIELD:
		take_bytes(d, c, BT_BITFIELD, n);
		return arena_printf(&d->arena, ", Len:0x%x", n);
	case TYPE_PIECE:
		values[0] = take_u32(d, c, BT_INDEX);
		values[1] = take_u32(d, c, BT_BEGIN);
		values[2] = cursor_left(c);
		take_bytes(d, c, BT_DATA, values[2]);
		return arena_printf(&d->arena, ", Idx:0x%x,Begin:0x%x,Len:0x%x", values[0],
				    values[1], values[2]);
	case TYPE_PORT:
		take_u16(d, c, BT_PORT);
		return "";
	case TYPE_EXTENDED:
		take_extended(d, c);
		return "";
	default:
		return "";
	}
}

static void take_message(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, BT_MESSAGE);
	uint32_t length = take_u32(d, c, BT_LENGTH);
	const char *words = "Keepalive", *more = "";

	if (length) {
		struct cursor body = cursor_split(c, length);
		uint8_t type = take_u8(d, &body, BT_TYPE);
		words = value_name(type_names, type);
		more = take_body(d, &body, type);
		if (cursor_left(&body))
			note_finding(d, BT_BAD_LENGTH,
				     "%u bytes more than a message of its type has",
				     cursor_left(&body));
	}
	info(d, "%s%s  ", words, more);
	label_set(d, tree, "Message: Len:%u, %s%s", length, words, more);
	close_tree(d, tree, c);
}

static void bittorrent_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *at;

	info_begin(d);
	while (cursor_more(c)) {
		uint32_t n = cursor_left(c);
		uint32_t length =
			n && cursor_peek(c, 0, n, &at) ? bittorrent_message_length(at, n) : 0;
		if (length && at[0] == 0x13) {
			take_handshake(d, c);
		} else if (length) {
			take_message(d, c);
		} else {
			info_words(d, "Continuation data  ");
			take_bytes(d, c, BT_CONTINUATION, cursor_sent(c));
		}
	}
	info_fence(d);
}

static bool bittorrent_looks_like(const struct dissection *d, const struct cursor *c)
{
	const uint8_t *at;

	(void)d;
	return cursor_peek(c, 0, 20, &at) && bittorrent_begins(at, 20);
}

static const struct claim bittorrent_claims[] = {
	{ BY_TCP_PORT, 6881 }, { BY_TCP_PORT, 6882 }, { BY_TCP_PORT, 6883 },
	{ BY_TCP_PORT, 6884 }, { BY_TCP_PORT, 6885 }, { BY_TCP_PORT, 6886 },
	{ BY_TCP_PORT, 6887 }, { BY_TCP_PORT, 6888 }, { BY_TCP_PORT, 6889 },
};

const struct dissector bittorrent_dissector = {
	.name = "bittorrent",
	.short_name = "BitTorrent",
	.title = "BitTorrent",
	.fields = bittorrent_fields,
	.field_count = COUNT(bittorrent_fields),
	.claims = bittorrent_claims,
	.claim_count = COUNT(bittorrent_claims),
	.borrows = &bencode_dissector,
	.dissect = bittorrent_dissect,
	.looks_like = bittorrent_looks_like,
	.message_size = bittorrent_message_size,
	.tells_size = true,
};
