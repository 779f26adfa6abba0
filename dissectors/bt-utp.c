/* bt-utp.c - uTorrent Transport Protocol, BEP 29.
 *
 *      0       4       8               16              24              32
 *     | type  | ver   | extension     | connection                    |
 *     | timestamp in microseconds                                     |
 *     | difference to the other side's                                |
 *     | window                                                        |
 *     | sequence                      | acknowledgment                |
 *     | then extensions, each with the kind of the next and its length, and the payload */
#include <string.h>

#include "bittorrent.h"
#include "dissect/registry.h"
#include "state/capture_state.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/reassembly.h"

enum { HEADER_LENGTH = 20, KNOWN_VERSION = 1, UDP_PROTOCOL = 17, MOST_EXTENSIONS = 16 };

enum type { TYPE_DATA, TYPE_FIN, TYPE_STATE, TYPE_RESET, TYPE_SYN, TYPES };

enum extension { EXTENSION_NONE, EXTENSION_SACK, EXTENSION_BITS, EXTENSIONS };

enum {
	UTP,
	UTP_VERSION,
	UTP_TYPE,
	UTP_NEXT,
	UTP_CONNECTION,
	UTP_TIMESTAMP,
	UTP_DIFFERENCE,
	UTP_WINDOW,
	UTP_SEQUENCE,
	UTP_ACKNOWLEDGED,
	UTP_EXTENSION,
	UTP_EXTENSION_LENGTH,
	UTP_BITMASK,
	UTP_UNKNOWN,
	UTP_LENGTH,
	UTP_DATA,
	UTP_PDU_SIZE,
	UTP_CONTINUATION,
	UTP_STREAM,
	UTP_SEGMENTS,
	UTP_SEGMENT,
	UTP_SEGMENT_COUNT,
	UTP_REASSEMBLED_LENGTH,
	UTP_REASSEMBLED_IN,
};

static const struct value_name type_names[] = {
	{ TYPE_DATA, "Data" },	 { TYPE_FIN, "Fin" }, { TYPE_STATE, "State" },
	{ TYPE_RESET, "Reset" }, { TYPE_SYN, "Syn" }, { 0, NULL },
};

static const struct value_name extension_names[] = {
	{ EXTENSION_NONE, "No Extension" },
	{ EXTENSION_SACK, "Selective ACKs" },
	{ EXTENSION_BITS, "Extension bits" },
	{ 0, NULL },
};

static const struct field utp_fields[] = {
	[UTP] = { "bt-utp", "uTorrent Transport Protocol", FIELD_PROTOCOL,
		  .help = "Streams over UDP that give way to other traffic",
		  .reference = "BEP 29" },
	[UTP_VERSION] = { "bt-utp.ver", "Version", FIELD_U8, .mask = 0x0f, .help = "Always 1",
			  .reference = "BEP 29" },
	[UTP_TYPE] = { "bt-utp.type", "Type", FIELD_U8, .names = type_names, .mask = 0xf0,
		       .help = "What the packet is: SYN opens, FIN ends, RESET "
			       "breaks off",
		       .reference = "BEP 29" },
	[UTP_NEXT] = { "bt-utp.next_extension_type", "Next Extension Type", FIELD_U8,
		       .names = extension_names,
		       .help = "What follows the header, or this extension",
		       .reference = "BEP 29" },
	[UTP_CONNECTION] = { "bt-utp.connection_id", "Connection ID", FIELD_U16,
			     .help = "One more in what the opener sends than in what it receives" },
	[UTP_TIMESTAMP] = { "bt-utp.timestamp_us", "Timestamp Microseconds", FIELD_U32,
			    .help = "The sender's clock in microseconds", .reference = "BEP 29" },
	[UTP_DIFFERENCE] = { "bt-utp.timestamp_diff_us", "Timestamp Difference Microseconds",
			     FIELD_U32, .help = "How long the last packet took, by two clocks" },
	[UTP_WINDOW] = { "bt-utp.wnd_size", "Window Size", FIELD_U32, .unit = " bytes",
			 .help = "How many more bytes the sender takes", .reference = "BEP 29" },
	[UTP_SEQUENCE] = { "bt-utp.seq_nr", "Sequence number", FIELD_U16,
			   .help = "Of packets, not bytes" },
	[UTP_ACKNOWLEDGED] = { "bt-utp.ack_nr", "ACK number", FIELD_U16,
			       .help = "The last packet that the sender has got",
			       .reference = "BEP 29" },
	[UTP_EXTENSION] = { "bt-utp.extension", "Extension", FIELD_NONE,
			    .help = "What is said beyond the header", .reference = "BEP 29" },
	[UTP_EXTENSION_LENGTH] = { "bt-utp.extension_len", "Extension Length", FIELD_U8,
				   .unit = " bytes", .help = "Bytes of the extension",
				   .reference = "BEP 29" },
	[UTP_BITMASK] = { "bt-utp.extension_bitmask", "Extension Bitmask", FIELD_BYTES,
			  .help = "Packets from two after the acknowledged one, each byte's low "
				  "bit first" },
	[UTP_UNKNOWN] = { "bt-utp.extension_unknown", "Extension Unknown", FIELD_BYTES,
			  .help = "An extension that is not known", .reference = "BEP 29" },
	[UTP_LENGTH] = { "bt-utp.len", "uTP Segment Len", FIELD_U32,
			 .help = "How many bytes the packet carries" },
	[UTP_DATA] = { "bt-utp.data", "Data", FIELD_BYTES, .help = "What the packet carries",
		       .reference = "BEP 29" },
	[UTP_PDU_SIZE] = { "bt-utp.pdu.size", "PDU Size", FIELD_U32,
			   .help = "How long the message is" },
	[UTP_CONTINUATION] = { "bt-utp.continuation_to",
			       "This is a continuation to the PDU in frame", FIELD_FRAME,
			       .help = "The packet in which this message began" },
	[UTP_STREAM] = { "bt-utp.stream", "Stream index", FIELD_U32,
			 .help = "Counts uTP's connections in the capture" },
	[UTP_SEGMENTS] = { "peel.bt-utp.segments", "Reassembled uTP packets", FIELD_NONE,
			   .help = "The packets that the message was put together from" },
	[UTP_SEGMENT] = { "peel.bt-utp.segment", "uTP packet", FIELD_FRAME, .help = "One of them" },
	[UTP_SEGMENT_COUNT] = { "peel.bt-utp.segment.count", "Packet count", FIELD_U32,
				.help = "How many there were" },
	[UTP_REASSEMBLED_LENGTH] = { "peel.bt-utp.reassembled.length", "Reassembled uTP length",
				     FIELD_U32, .help = "How long the message is" },
	[UTP_REASSEMBLED_IN] = { "peel.bt-utp.reassembled_in", "Reassembled PDU in frame",
				 FIELD_FRAME, .flags = FIELD_FORWARD | FIELD_SEES_BELOW,
				 .help = "The packet in which the message is whole, and shown" },
};

extern const struct dissector bt_utp_dissector;

/* --- connections: the first pass's --- */

enum { RECENT = 4 }; /* connections between the same two ends that are kept apart */

struct utp_side {
	uint16_t id; /* what it puts into its packets; if id_known */
	bool id_known;
	uint32_t half; /* its stream; 0: not followed yet */
	bool has_received;
	uint16_t received; /* the first packet of it that the other side may lack */
	/* Where messages begin, as long as packets come in order. */
	bool in_order;
	uint16_t next;
	uint32_t unread; /* bytes of a message that began in packet `begun` */
	uint32_t begun;
};

struct utp_connection {
	uint32_t number;	  /* among all + 1; 0: free */
	struct utp_side sides[2]; /* [0]: of who opened the conversation */
};

/* What a side sent that may be uTP, while that is not sure. */
struct utp_trace {
	uint16_t connection, sequence;
	bool seen;
};

struct utp_talk {
	struct utp_connection recent[RECENT]; /* the last one used first */
	struct utp_trace traces[2];
};

/* The fact of a packet; only the first member if it does not continue or begin a message. */
struct utp_told {
	uint32_t stream; /* + 1 */
	uint32_t skip;	 /* bytes that end a message that began earlier */
	uint32_t begun;	 /* where that was; 0: it is not known where messages begin */
};

/* The header's numbers. */
struct utp_header {
	uint8_t type;
	uint16_t connection, sequence, acknowledged;
};

/* Who opens a connection sends one more than it receives, but in its SYN. */
static bool belongs(const struct utp_connection *connection, unsigned side,
		    const struct utp_header *header)
{
	const struct utp_side *own = &connection->sides[side], *other = &connection->sides[!side];
	uint16_t apart = (uint16_t)(header->connection - other->id);

	if (header->type == TYPE_SYN)
		return own->id_known && own->id == (uint16_t)(header->connection + 1);
	if (own->id_known)
		return own->id == header->connection;
	return other->id_known && (apart == 1 || apart == UINT16_MAX);
}

static void begin_connection(struct dissection *d, struct utp_connection *connection, unsigned side,
			     const struct utp_header *header)
{
	uint32_t *count = capture_state(d, "", 0, sizeof *count);

	for (unsigned i = 0; i < 2; i++)
		stream_forget(d, connection->sides[i].half);
	uint32_t halves[2] = { connection->sides[0].half, connection->sides[1].half };
	*connection = (struct utp_connection){ .number = count ? ++*count : 1 };
	for (unsigned i = 0; i < 2; i++)
		connection->sides[i].half = halves[i];
	struct utp_side *own = &connection->sides[side], *other = &connection->sides[!side];
	own->id = header->connection;
	if (header->type == TYPE_SYN) {
		own->id++;
		other->id = header->connection;
		other->id_known = true;
	}
	own->id_known = true;
}

static struct utp_connection *connection_of(struct dissection *d, struct utp_talk *talk,
					    const struct utp_header *header)
{
	unsigned side = !d->from_opener, at = 0;

	while (at < RECENT - 1 && talk->recent[at].number &&
	       !belongs(&talk->recent[at], side, header))
		at++;
	struct utp_connection found = talk->recent[at];
	memmove(talk->recent + 1, talk->recent, at * sizeof found);
	if (!found.number || !belongs(&found, side, header))
		begin_connection(d, &found, side, header);
	found.sides[side].id_known = true;
	if (header->type != TYPE_SYN)
		found.sides[side].id = header->connection;
	talk->recent[0] = found;
	return &talk->recent[0];
}

/* Which messages begin and go on in the packet. */
static void follow_messages(struct dissection *d, struct utp_side *side, uint16_t sequence,
			    const struct cursor *payload, struct utp_told *told)
{
	uint32_t n = cursor_left(payload);
	const uint8_t *bytes;

	if (!cursor_peek(payload, 0, n, &bytes))
		return;
	if (!side->in_order && bittorrent_resumes(bytes, n)) {
		side->in_order = true;
		side->next = sequence;
		side->unread = 0;
	}
	/* Sent again, or something is missing: only the latter matters. */
	if (!side->in_order || sequence != side->next) {
		if ((uint16_t)(sequence - side->next) < 0x8000)
			side->in_order = false;
		return;
	}
	side->next++;
	uint32_t at = told->skip = side->unread < n ? side->unread : n;
	told->begun = told->skip ? side->begun : d->packet.number;
	side->unread -= told->skip;
	while (at < n) {
		uint32_t length = bittorrent_message_length(bytes + at, n - at);
		if (!length) {
			side->in_order = false;
			break;
		}
		if (length > n - at) {
			side->unread = length - (n - at);
			side->begun = d->packet.number;
			break;
		}
		at += length;
	}
}

/* Returns whose stream the packet belongs to; NULL: it is not the first pass, or no one's. */
static struct utp_side *follow(struct dissection *d, const struct utp_header *header,
			       const struct cursor *payload)
{
	struct utp_talk *talk = conversation_state(d, &bt_utp_dissector, sizeof *talk);

	if (!talk)
		return NULL;
	struct utp_connection *connection = connection_of(d, talk, header);
	struct utp_side *side = &connection->sides[!d->from_opener];
	struct utp_side *other = &connection->sides[d->from_opener];
	struct utp_told told = { .stream = connection->number };
	if (header->type == TYPE_DATA && cursor_left(payload))
		follow_messages(d, side, header->sequence, payload, &told);
	if (header->type != TYPE_SYN && header->type != TYPE_RESET) {
		other->received = (uint16_t)(header->acknowledged + 1);
		other->has_received = true;
	}
	uint32_t size = told.begun ? sizeof told : sizeof told.stream;
	void *fact = learn(d, FACT_OWN, size);
	if (fact)
		memcpy(fact, &told, size);
	return side;
}

/* --- showing --- */

static struct utp_told told_of(struct dissection *d)
{
	struct utp_told told = { 0 };
	uint32_t size;
	const void *fact = recall(d, FACT_OWN, &size);

	if (fact)
		memcpy(&told, fact, size < sizeof told ? size : sizeof told);
	return told;
}

static void show_messages(struct dissection *d, const struct utp_told *told,
			  const struct cursor *payload)
{
	uint32_t n = cursor_left(payload), at = told->skip;
	const uint8_t *bytes;

	if (!told->begun || at > n || !cursor_peek(payload, 0, n, &bytes))
		return;
	if (told->skip)
		put_uint(d, UTP_CONTINUATION, told->begun);
	while (at < n) {
		uint32_t length = bittorrent_message_length(bytes + at, n - at);
		if (length)
			put_uint(d, UTP_PDU_SIZE, length);
		if (!length || length > n - at)
			break;
		at += length;
	}
}

static void tell_parts(struct dissection *d, const struct message *message, bool within)
{
	static const struct part_fields fields = { UTP_SEGMENTS, UTP_SEGMENT, UTP_SEGMENT_COUNT,
						   UTP_REASSEMBLED_LENGTH, 0 };

	(void)within;
	show_message_parts_beside(d, message, &fields);
}

/* Gives what the packet completes to the peers' protocol. */
static void hand_on_messages(struct dissection *d, const struct utp_header *header,
			     struct utp_side *side, const struct cursor *payload)
{
	struct stream_packet packet = { .number = header->sequence,
					.acknowledged = side ? side->received : 0,
					.has_acknowledged = side && side->has_received };
	const uint8_t *bytes;
	uint32_t n = cursor_left(payload);

	if (header->type != TYPE_DATA)
		return;
	bool begins = side && cursor_peek(payload, 0, n, &bytes) && bittorrent_resumes(bytes, n);
	struct segment_fate fate =
		stream_feed_packet(d, side && (side->half || begins) ? &side->half : NULL, &packet,
				   payload, &bittorrent_dissector);
	if (fate.part_of_message && fate.reassembled_in && d->wants & WANT_FIELDS &&
	    fate.reassembled_in != d->packet.number)
		put_uint(d, UTP_REASSEMBLED_IN, fate.reassembled_in);
}

static uint8_t take_extension(struct dissection *d, struct cursor *c, uint8_t kind)
{
	node_id tree = open_tree(d, c, UTP_EXTENSION);
	uint8_t next = take_u8(d, c, UTP_NEXT);
	uint8_t length = take_u8(d, c, UTP_EXTENSION_LENGTH);

	label_set(d, tree, "Extension %s, Len=%u",
		  kind == EXTENSION_SACK   ? "Selective ACKs"
		  : kind == EXTENSION_BITS ? "Extension Bits"
					   : "Unknown",
		  length);
	if (length)
		take_bytes(d, c, kind < EXTENSIONS ? UTP_BITMASK : UTP_UNKNOWN, length);
	close_tree(d, tree, c);
	return next;
}

static void bt_utp_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	look_uint(d, c, UTP_VERSION);
	uint8_t type = (uint8_t)take_uint(d, c, UTP_TYPE);
	uint8_t extension = take_u8(d, c, UTP_NEXT);
	struct utp_header header = { .type = type, .connection = take_u16(d, c, UTP_CONNECTION) };
	const char *name = value_name(type_names, type);

	if (type == TYPE_SYN)
		conversation_recognize(d, &bt_utp_dissector);
	info(d, "Connection ID:%u [%s]", header.connection, name ? name : "Unknown");
	take_u32(d, c, UTP_TIMESTAMP);
	take_u32(d, c, UTP_DIFFERENCE);
	uint32_t window = take_u32(d, c, UTP_WINDOW);
	header.sequence = take_u16(d, c, UTP_SEQUENCE);
	header.acknowledged = take_u16(d, c, UTP_ACKNOWLEDGED);
	info(d, " Seq=%u Ack=%u Win=%u", header.sequence, header.acknowledged, window);
	for (unsigned i = 0; extension && cursor_more(c) && i < MOST_EXTENSIONS; i++)
		extension = take_extension(d, c, extension);
	uint32_t length = cursor_sent(c);
	put_uint(d, UTP_LENGTH, length);
	info(d, " Len=%u", length);
	end_header(d, c);
	struct utp_side *side = cursor_ok(c) ? follow(d, &header, c) : NULL;
	struct utp_told told = told_of(d);
	if (told.stream)
		put_uint(d, UTP_STREAM, told.stream - 1);
	if (!length)
		return;
	put_bytes(d, UTP_DATA, c);
	show_messages(d, &told, c);
	hand_on_messages(d, &header, side, c);
}

/* --- is it? --- */

static bool is_header(const struct cursor *c, const uint8_t **at)
{
	uint32_t n = cursor_left(c), offset = HEADER_LENGTH;

	if (n < HEADER_LENGTH || !cursor_peek(c, 0, n, at))
		return false;
	const uint8_t *bytes = *at;
	if ((bytes[0] & 15) != KNOWN_VERSION || bytes[0] >> 4 >= TYPES || bytes[1] >= EXTENSIONS)
		return false;
	for (uint8_t next = bytes[1]; next; next = bytes[offset], offset += 2u + bytes[offset + 1])
		if (next >= EXTENSIONS || offset + 2 > n || bytes[offset + 1] % 4 ||
		    bytes[offset + 1] > n - offset - 2)
			return false;
	return bytes[0] >> 4 == TYPE_DATA ? true : bytes[0] >> 4 == TYPE_FIN || offset == n;
}

/* A SYN acknowledges nothing, and few else have four zero bytes there; what is between the same
 * ends after one is uTP too if it looks so. */
static bool bt_utp_looks_like(const struct dissection *d, const struct cursor *c)
{
	const uint8_t *at;

	if (!is_header(c, &at))
		return false;
	if (at[0] >> 4 == TYPE_SYN)
		return load_be16(at + 18) == 0 && load_be32(at + 8) == 0;
	return conversation_recognized(d) == &bt_utp_dissector;
}

enum { NEAR = 256 };

/* Without a SYN both sides must have sent what looks like it, in one connection, and this must
 * acknowledge what the other side has sent, or is about to. */
static bool bt_utp_becomes_sure(struct dissection *d, const struct cursor *c)
{
	const uint8_t *at;
	struct utp_talk *talk = d->conversation && is_header(c, &at)
					? conversation_state(d, &bt_utp_dissector, sizeof *talk)
					: NULL;

	if (!talk)
		return false;
	struct utp_trace *own = &talk->traces[!d->from_opener];
	const struct utp_trace *other = &talk->traces[d->from_opener];
	*own = (struct utp_trace){ load_be16(at + 2), load_be16(at + 16), true };
	uint16_t apart = (uint16_t)(own->connection - other->connection);
	uint16_t behind = (uint16_t)(other->sequence - load_be16(at + 18) + NEAR);
	if (!other->seen || (apart != 1 && apart != UINT16_MAX) || behind > 2 * NEAR)
		return false;
	conversation_recognize(d, &bt_utp_dissector);
	return true;
}

const struct dissector bt_utp_dissector = {
	.name = "bt-utp",
	.short_name = "BT-uTP",
	.title = "uTorrent Transport Protocol",
	.fields = utp_fields,
	.field_count = COUNT(utp_fields),
	.dissect = bt_utp_dissect,
	.looks_like = bt_utp_looks_like,
	.becomes_sure = bt_utp_becomes_sure,
	.tell_parts = tell_parts,
};
