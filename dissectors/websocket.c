/* websocket.c - WebSocket, RFC 6455: frames after an HTTP upgrade.
 *
 *     +-+-+-+-+-------+-+-------------+-------------------------------+
 *     |F|R|R|R| opcode|M| length (7)  |   more of it (16 or 64)       |
 *     |I|S|S|S|  (4)  |A|             |   if that is 126 or 127       |
 *     |N|V|V|V|       |S|             |                               |
 *     +-+-+-+-+-------+-+-------------+ - - - - - - - - - - - - - - - +
 *     |   masking key (32), if MASK   |   payload                     |
 *
 * A message is all the whole frames at hand. */
#include <string.h>

#include "media_type.h"
#include "websocket.h"

enum {
	WEBSOCKET,
	WEBSOCKET_FRAME,
	WEBSOCKET_FIN,
	WEBSOCKET_RSV,
	WEBSOCKET_PMC,
	WEBSOCKET_OPCODE,
	WEBSOCKET_MASK,
	WEBSOCKET_LENGTH,
	WEBSOCKET_LENGTH_16,
	WEBSOCKET_LENGTH_64,
	WEBSOCKET_KEY,
	WEBSOCKET_MASKED_PAYLOAD,
	WEBSOCKET_PAYLOAD,
	WEBSOCKET_CONTINUE,
	WEBSOCKET_TEXT,
	WEBSOCKET_CLOSE,
	WEBSOCKET_CLOSE_STATUS,
	WEBSOCKET_CLOSE_REASON,
	WEBSOCKET_PING,
	WEBSOCKET_PONG,
	WEBSOCKET_UNKNOWN,
	WEBSOCKET_CONTROL_BAD,
	WEBSOCKET_UNPACK_FAILED,
};

enum {
	OPCODE_CONTINUATION,
	OPCODE_TEXT,
	OPCODE_BINARY,
	OPCODE_CLOSE = 8,
	OPCODE_PING,
	OPCODE_PONG
};
enum { IS_CONTROL = 8, CONTROL_LIMIT = 125, LENGTH_16 = 126, LENGTH_64 = 127 };

static const struct value_name opcode_names[] = {
	{ OPCODE_CONTINUATION, "Continuation" },
	{ OPCODE_TEXT, "Text" },
	{ OPCODE_BINARY, "Binary" },
	{ OPCODE_CLOSE, "Connection Close" },
	{ OPCODE_PING, "Ping" },
	{ OPCODE_PONG, "Pong" },
	{ 0, NULL },
};
static const struct value_name status_names[] = {
	{ 1000, "Normal Closure" },   { 1001, "Going Away" },
	{ 1002, "Protocol error" },   { 1003, "Unsupported Data" },
	{ 1004, "---Reserved----" },  { 1005, "No Status Rcvd" },
	{ 1006, "Abnormal Closure" }, { 1007, "Invalid frame payload data" },
	{ 1008, "Policy Violation" }, { 1009, "Message Too Big" },
	{ 1010, "Mandatory Ext." },   { 1011, "Internal Server" },
	{ 1015, "TLS handshake" },    { 0, NULL },
};

static const struct field websocket_fields[] = {
	[WEBSOCKET] = { "websocket", "WebSocket", FIELD_PROTOCOL,
			.help = "Messages in both directions on a connection that "
				"HTTP began",
			.reference = "RFC 6455" },
	[WEBSOCKET_FRAME] = { "websocket.frame", "Frame", FIELD_NONE,
			      .help = "A message or a part of one", .reference = "RFC 6455, 5.2" },
	[WEBSOCKET_FIN] = { "websocket.fin", "Fin", FIELD_BOOL, BASE_DEC, NULL, 0x80,
			    .help = "The message's last frame", .reference = "RFC 6455, 5.2" },
	[WEBSOCKET_RSV] = { "websocket.rsv", "Reserved", FIELD_U8, BASE_HEX, NULL, 0x70,
			    .help = "Bits for extensions", .reference = "RFC 6455, 5.2" },
	[WEBSOCKET_PMC] = { "websocket.pmc", "Per-Message Compressed", FIELD_BOOL, BASE_DEC, NULL,
			    0x40, .help = "The message is packed; its first frame says so",
			    .reference = "RFC 7692, 6" },
	[WEBSOCKET_OPCODE] = { "websocket.opcode", "Opcode", FIELD_U8, BASE_DEC, opcode_names, 0x0f,
			       .help = "What the frame is", .reference = "RFC 6455, 5.2" },
	[WEBSOCKET_MASK] = { "websocket.mask", "Mask", FIELD_BOOL, BASE_DEC, NULL, 0x80,
			     .help = "The payload is masked, as all that clients send",
			     .reference = "RFC 6455, 5.2" },
	[WEBSOCKET_LENGTH] = { "websocket.payload_length", "Payload length", FIELD_U8, BASE_DEC,
			       NULL, 0x7f,
			       .help = "Bytes of payload; 126 and 127 say that the length "
				       "follows",
			       .reference = "RFC 6455, 5.2" },
	[WEBSOCKET_LENGTH_16] = { "websocket.payload_length_ext_16",
				  "Extended Payload length (16 bits)", FIELD_U16,
				  .help = "Bytes of payload", .reference = "RFC 6455, 5.2" },
	[WEBSOCKET_LENGTH_64] = { "websocket.payload_length_ext_64",
				  "Extended Payload length (64 bits)", FIELD_U64,
				  .help = "Bytes of payload", .reference = "RFC 6455, 5.2" },
	[WEBSOCKET_KEY] = { "websocket.masking_key", "Masking-Key", FIELD_BYTES,
			    .help = "What the payload is masked with, so that proxies "
				    "do not take it for something else",
			    .reference = "RFC 6455, 5.2" },
	[WEBSOCKET_MASKED_PAYLOAD] = { "websocket.masked_payload", "Masked payload", FIELD_NONE,
				       .help = "The payload as it was sent",
				       .reference = "RFC 6455, 5.2" },
	[WEBSOCKET_PAYLOAD] = { "websocket.payload", "Payload", FIELD_NONE, .help = "The payload",
				.reference = "RFC 6455, 5.2" },
	[WEBSOCKET_CONTINUE] = { "websocket.payload.continue", "Continue", FIELD_BYTES,
				 .help = "More of the message", .reference = "RFC 6455, 5.2" },
	[WEBSOCKET_TEXT] = { "websocket.payload.text", "Text", FIELD_TEXT, .help = "Text",
			     .reference = "RFC 6455, 5.2" },
	[WEBSOCKET_CLOSE] = { "websocket.payload.close", "Close", FIELD_NONE,
			      .help = "Why the connection is closed",
			      .reference = "RFC 6455, 5.5" },
	[WEBSOCKET_CLOSE_STATUS] = { "websocket.payload.close.status_code", "Status code",
				     FIELD_U16, BASE_DEC, status_names,
				     .help = "The reason as a number",
				     .reference = "RFC 6455, 5.5" },
	[WEBSOCKET_CLOSE_REASON] = { "websocket.payload.close.reason", "Reason", FIELD_TEXT,
				     .help = "The reason in words", .reference = "RFC 6455, 5.5" },
	[WEBSOCKET_PING] = { "websocket.payload.ping", "Ping", FIELD_BYTES,
			     .help = "Bytes that a pong must repeat",
			     .reference = "RFC 6455, 5.5" },
	[WEBSOCKET_PONG] = { "websocket.payload.pong", "Pong", FIELD_BYTES,
			     .help = "The bytes of the ping that this answers",
			     .reference = "RFC 6455, 5.5" },
	[WEBSOCKET_UNKNOWN] = { "websocket.payload.unknown", "Unknown", FIELD_BYTES,
				.help = "The payload of a frame that is not known",
				.reference = "RFC 6455, 5.2" },
	[WEBSOCKET_CONTROL_BAD] =
		FINDING("websocket.control.bad", "A control frame is cut in parts or too long",
			EXPERT_WARN, GROUP_PROTOCOL),
	[WEBSOCKET_UNPACK_FAILED] = FINDING("websocket.decompression.failed.expert",
					    "Decompression failed", EXPERT_WARN, GROUP_PROTOCOL),
};

/* Bytes of the frame's header as its second byte says. */
static uint32_t header_length(uint8_t second)
{
	uint32_t more = (second & 0x7f) == LENGTH_16 ? 2 : (second & 0x7f) == LENGTH_64 ? 8 : 0;

	return 2 + more + (second & 0x80 ? 4 : 0);
}

static void show_close(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, WEBSOCKET_CLOSE);

	if (cursor_left(c) >= 2)
		take_u16(d, c, WEBSOCKET_CLOSE_STATUS);
	if (cursor_left(c))
		take_text(d, c, WEBSOCKET_CLOSE_REASON, cursor_left(c));
	close_tree(d, tree, c);
}

/* Returns the payload, to be handed on. */
static struct cursor show_payload(struct dissection *d, struct cursor *c, uint8_t opcode)
{
	struct cursor payload = *c;
	node_id tree = open_tree(d, c, WEBSOCKET_PAYLOAD);
	uint32_t n = cursor_left(c);

	switch (opcode) {
	case OPCODE_CONTINUATION:
		take_bytes(d, c, WEBSOCKET_CONTINUE, n);
		break;
	case OPCODE_TEXT:
		take_text(d, c, WEBSOCKET_TEXT, n);
		break;
	case OPCODE_CLOSE:
		show_close(d, c);
		break;
	case OPCODE_BINARY:
		cursor_skip(c, n);
		break;
	case OPCODE_PING:
	case OPCODE_PONG:
		take_bytes(d, c, opcode == OPCODE_PING ? WEBSOCKET_PING : WEBSOCKET_PONG, n);
		break;
	default:
		take_bytes(d, c, WEBSOCKET_UNKNOWN, n);
	}
	close_tree(d, tree, c);
	return payload;
}

/* The payload with the mask taken off it (RFC 6455, 5.3). */
static struct cursor unmask(struct dissection *d, const struct cursor *c, const uint8_t *key)
{
	uint32_t n = cursor_left(c);
	uint8_t *plain = arena_alloc(&d->arena, n + 1);
	const uint8_t *bytes;

	if (!cursor_peek(c, 0, n, &bytes))
		return *c;
	for (uint32_t i = 0; i < n; i++)
		plain[i] = bytes[i] ^ key[i % 4];
	return cursor_on_buffer(d, c, plain, n, "Unmasked data");
}

/* A frame, as its header says. */
struct frame {
	uint8_t opcode;
	bool fin, masked, packed;
};

static struct cursor unpack_payload(struct dissection *d, const struct cursor *c, bool last,
				    struct websocket_walk *walk)
{
	struct unpacked plain = websocket_unpack(d, walk, c, last);

	if (plain.end != UNPACK_CUT && !plain.length)
		add_node(d, c, WEBSOCKET_PAYLOAD, c->pos, cursor_left(c));
	if (plain.end != UNPACK_CUT)
		note_finding(d, WEBSOCKET_UNPACK_FAILED, NULL);
	return cursor_on_buffer(d, c, plain.bytes, plain.length, "Decompressed payload");
}

static struct cursor take_payload(struct dissection *d, struct cursor *c, const struct frame *frame,
				  struct websocket_walk *walk)
{
	const uint8_t *key = frame->masked ? take_bytes(d, c, WEBSOCKET_KEY, 4) : NULL;
	struct cursor plain = *c;

	if (!cursor_sent(c))
		return *c;
	if (key) {
		add_node(d, c, WEBSOCKET_MASKED_PAYLOAD, c->pos, cursor_left(c));
		plain = unmask(d, c, key);
	}
	if (frame->packed)
		plain = unpack_payload(d, &plain, frame->fin, walk);
	if (key || frame->packed)
		return cursor_left(&plain) ? show_payload(d, &plain, frame->opcode) : plain;
	return show_payload(d, c, frame->opcode);
}

/* The first byte.  Whether a message is packed its first frame says (RFC 7692, 6). */
static void take_first_byte(struct dissection *d, struct cursor *c, struct frame *frame,
			    struct websocket_walk *walk)
{
	frame->fin = look_uint(d, c, WEBSOCKET_FIN);
	look_uint(d, c, WEBSOCKET_RSV);
	bool packed = walk->deflates && look_uint(d, c, WEBSOCKET_PMC);
	frame->opcode = (uint8_t)take_uint(d, c, WEBSOCKET_OPCODE);
	if (frame->opcode & IS_CONTROL)
		return;
	if (frame->opcode != OPCODE_CONTINUATION)
		walk->open = packed;
	frame->packed = walk->open;
	if (frame->fin)
		walk->open = false;
}

static struct cursor take_frame(struct dissection *d, struct cursor *c, uint8_t *opcode_out,
				struct websocket_walk *walk)
{
	struct frame frame = { 0 };

	take_first_byte(d, c, &frame, walk);
	frame.masked = look_uint(d, c, WEBSOCKET_MASK);
	uint64_t length = take_uint(d, c, WEBSOCKET_LENGTH);

	if (length == LENGTH_16)
		length = take_u16(d, c, WEBSOCKET_LENGTH_16);
	else if (length == LENGTH_64)
		length = take_uint(d, c, WEBSOCKET_LENGTH_64);
	const char *name = value_name(opcode_names, frame.opcode);
	info_begin(d);
	info(d, "WebSocket %s%s", name ? name : "Unknown", frame.fin ? " [FIN] " : "[FRAGMENT]  ");
	if (frame.masked)
		info(d, "[MASKED]");
	if (frame.opcode & IS_CONTROL && (!frame.fin || length > CONTROL_LIMIT))
		note_finding(d, WEBSOCKET_CONTROL_BAD, NULL);
	uint64_t rest = length + (frame.masked ? 4 : 0);
	struct cursor payload = cursor_split(c, rest < UINT32_MAX ? (uint32_t)rest : UINT32_MAX);
	*opcode_out = frame.opcode;
	return take_payload(d, &payload, &frame, walk);
}

static void websocket_dissect(struct dissection *d, struct cursor *c)
{
	struct websocket_walk walk;
	bool first = true;

	websocket_walk_begin(d, &walk);
	while (cursor_left(c)) {
		struct cursor ahead = *c;
		const uint8_t *head;
		bool alone = first && cursor_peek(&ahead, 0, 2, &head) &&
			     header_length(head[1]) + (uint64_t)(head[1] & 0x7f) >= cursor_left(c);
		node_id tree = alone ? NO_NODE : open_tree(d, c, WEBSOCKET_FRAME);
		uint8_t opcode;
		struct cursor payload = take_frame(d, c, &opcode, &walk);
		if (!alone)
			close_tree(d, tree, c);
		if (opcode == OPCODE_TEXT && cursor_sent(&payload))
			dissect_layer(d, &data_text_lines_dissector, payload);
		else if (opcode == OPCODE_BINARY && cursor_sent(&payload))
			hand_on_as_data(d, payload);
		first = false;
	}
	websocket_walk_end(d, &walk);
	/* The capture lacks the rest. */
	if (cursor_more(c) && !only_learning(d))
		cursor_skip(c, 1);
}

/* Whole frames as far as they are there; of a message that came in parts only its first frame. */
static void websocket_message_size(struct dissection *d, const struct cursor *c,
				   struct message_scan *scan)
{
	uint32_t at = 0, n = cursor_left(c);
	const uint8_t *bytes;

	(void)d;
	while (cursor_peek(c, at, 2, &bytes)) {
		uint32_t header = header_length(bytes[1]);
		uint64_t length = bytes[1] & 0x7f;
		if (header > n - at || !cursor_peek(c, at, header, &bytes))
			break;
		if (length == LENGTH_16)
			length = load_be16(bytes + 2);
		else if (length == LENGTH_64)
			length = load_be64(bytes + 2);
		if (length > n - at - header) {
			if (!at)
				scan->needed =
					length < INT32_MAX ? header + (uint32_t)length : UINT32_MAX;
			break;
		}
		at += header + (uint32_t)length;
		if (scan->state)
			break;
	}
	scan->known = at != 0;
	scan->size = at;
	scan->state = 1;
}

const struct dissector websocket_dissector = {
	.name = "websocket",
	.short_name = "WebSocket",
	.title = "WebSocket",
	.fields = websocket_fields,
	.field_count = COUNT(websocket_fields),
	.dissect = websocket_dissect,
	.message_size = websocket_message_size,
};
