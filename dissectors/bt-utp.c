/* bt-utp.c - uTorrent Transport Protocol, BEP 29.
 *
 *      0       4       8               16              24              32
 *     | type  | ver   | extension     | connection                    |
 *     | timestamp in microseconds                                     |
 *     | difference to the other side's                                |
 *     | window                                                        |
 *     | sequence                      | acknowledgment                |
 *     | then extensions, each with the kind of the next and its length, and the payload */
#include "bittorrent.h"
#include "dissect/registry.h"
#include "state/conversation.h"
#include "state/facts.h"

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
};

extern const struct dissector bt_utp_dissector;

/* --- what a direction's payload goes on with: the first pass's --- */

struct utp_side {
	uint32_t unread; /* bytes of a message that began in packet `begun` */
	uint32_t begun;
	uint16_t connection; /* only this one's are followed */
	uint16_t sequence;   /* the next one */
	uint8_t known;	     /* the fields above are set */
	uint8_t lost;	     /* it cannot be told where messages begin */
};

/* What a side sent that may be uTP, while that is not sure. */
struct utp_trace {
	uint16_t connection, sequence;
	bool seen;
};

struct utp_talk {
	struct utp_side sides[2];
	struct utp_trace traces[2];
};

/* Of a packet with payload. */
struct utp_payload {
	uint32_t skip;	/* bytes that end a message that began earlier */
	uint32_t begun; /* where that was */
};

static void follow(struct dissection *d, uint8_t type, uint16_t connection, uint16_t sequence,
		   const struct cursor *payload)
{
	struct utp_talk *talk = conversation_state(d, &bt_utp_dissector, sizeof *talk);
	uint32_t n = cursor_left(payload), at = 0;
	const uint8_t *bytes;

	if (!talk || type != TYPE_DATA || !n || !cursor_peek(payload, 0, n, &bytes))
		return;
	struct utp_side *side = &talk->sides[!d->from_opener];
	bool begins = bittorrent_begins(bytes, n);
	if (begins || !side->known) {
		*side = (struct utp_side){
			.known = 1, .connection = connection, .sequence = sequence, .lost = !begins
		};
	}
	if (connection != side->connection || sequence != side->sequence) {
		/* Sent again, or something is missing: only the latter matters. */
		if (connection == side->connection &&
		    (uint16_t)(sequence - side->sequence) < 0x8000)
			side->lost = 1;
		return;
	}
	side->sequence++;
	struct utp_payload *kept = side->lost ? NULL : learn(d, FACT_OWN, sizeof *kept);
	if (!kept)
		return;
	kept->skip = side->unread < n ? side->unread : n;
	kept->begun = side->begun;
	side->unread -= kept->skip;
	at = kept->skip;
	while (at < n) {
		uint32_t length =
			n - at >= 5 || begins ? bittorrent_message_length(bytes + at, n - at) : 0;
		if (!length) {
			side->lost = 1;
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

/* --- showing --- */

static void hand_on_messages(struct dissection *d, struct cursor *payload)
{
	const struct utp_payload *kept = recall(d, FACT_OWN, NULL);
	const uint8_t *bytes;

	if (!kept)
		return;
	if (kept->skip && kept->begun)
		put_uint(d, UTP_CONTINUATION, kept->begun);
	cursor_skip(payload, kept->skip < cursor_left(payload) ? kept->skip : cursor_left(payload));
	uint32_t n = cursor_left(payload), whole = 0;
	if (!n || !cursor_peek(payload, 0, n, &bytes))
		return;
	while (whole < n) {
		uint32_t length = bittorrent_message_length(bytes + whole, n - whole);
		if (length)
			put_uint(d, UTP_PDU_SIZE, length);
		if (!length || length > n - whole)
			break;
		whole += length;
	}
	if (whole)
		dissect_layer(d, &bittorrent_dissector, cursor_split(payload, whole));
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
	uint16_t connection = take_u16(d, c, UTP_CONNECTION);
	const char *name = value_name(type_names, type);

	if (type == TYPE_SYN)
		conversation_recognize(d, &bt_utp_dissector);
	info(d, "Connection ID:%u [%s]", connection, name ? name : "Unknown");
	take_u32(d, c, UTP_TIMESTAMP);
	take_u32(d, c, UTP_DIFFERENCE);
	uint32_t window = take_u32(d, c, UTP_WINDOW);
	uint16_t sequence = take_u16(d, c, UTP_SEQUENCE);
	uint16_t acknowledged = take_u16(d, c, UTP_ACKNOWLEDGED);
	info(d, " Seq=%u Ack=%u Win=%u", sequence, acknowledged, window);
	for (unsigned i = 0; extension && cursor_more(c) && i < MOST_EXTENSIONS; i++)
		extension = take_extension(d, c, extension);
	uint32_t length = cursor_sent(c);
	put_uint(d, UTP_LENGTH, length);
	info(d, " Len=%u", length);
	end_header(d, c);
	if (!length)
		return;
	follow(d, type, connection, sequence, c);
	put_bytes(d, UTP_DATA, c);
	hand_on_messages(d, c);
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
};
