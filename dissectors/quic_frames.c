/* quic_frames.c - the frames in a packet that was opened (RFC 9000, 19), and what they carry.
 *
 * Words of Info and streams wait until the packet's tree is closed, as HTTP/3 stands behind it. */
#include <string.h>

#include "dissect/registry.h"
#include "http3.h"
#include "quic.h"
#include "state/reassembly.h"

enum frame_type {
	PADDING = 0x00,
	PING = 0x01,
	ACK = 0x02,
	ACK_ECN = 0x03,
	CRYPTO = 0x06,
	NEW_TOKEN = 0x07,
	STREAM = 0x08,
	STREAM_LAST = 0x0f,
	NEW_CONNECTION_ID = 0x18,
	PATH_CHALLENGE = 0x1a,
	PATH_RESPONSE = 0x1b,
	CLOSE_TRANSPORT = 0x1c,
	CLOSE_APPLICATION = 0x1d,
	DATAGRAM = 0x30,
	DATAGRAM_LENGTH = 0x31,
	ACK_FREQUENCY = 0xaf,
};

enum stream_flag { STREAM_FIN = 1, STREAM_LENGTH = 2, STREAM_OFFSET = 4 };

/* What is told of a frame once all are shown. */
struct frame_told {
	const char *word;
	uint64_t id;
	bool has_id;
	bool is_stream;
	struct stream_part part;
	struct cursor bytes;
};

struct quic_told {
	struct frame_told *frames;
	uint32_t count, room;
};

uint64_t quic_varint(struct cursor *c)
{
	const uint8_t *at;
	uint32_t n = cursor_peek(c, 0, 1, &at) ? 1u << (*at >> 6) : 1;
	uint64_t value = cursor_u8(c) & 0x3f;

	while (--n)
		value = value << 8 | cursor_u8(c);
	return cursor_ok(c) ? value : 0;
}

uint64_t quic_take_varint(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t start = c->pos;
	uint64_t value = quic_varint(c);

	if (cursor_ok(c))
		add_uint(d, c, field, start, c->pos - start, value);
	return value;
}

uint64_t quic_take_named(struct dissection *d, struct cursor *c, unsigned field)
{
	uint64_t value = quic_take_varint(d, c, field);
	const char *name = value_name(d->fields[field].names, value);

	if (cursor_ok(c))
		label_set(d, last_node(d), "%s: %s (0x%016llx)", d->fields[field].name,
			  name ? name : "Unknown", (unsigned long long)value);
	return value;
}

bool quic_peek_varint(const struct cursor *c, uint32_t offset, uint64_t *value, uint32_t *n)
{
	const uint8_t *at;

	if (!cursor_peek(c, offset, 1, &at))
		return false;
	*n = 1u << (*at >> 6);
	if (!cursor_peek(c, offset, *n, &at))
		return false;
	*value = at[0] & 0x3f;
	for (uint32_t i = 1; i < *n; i++)
		*value = *value << 8 | at[i];
	return true;
}

/* As many bytes as there are: a length that overruns the packet is a fault of the packet. */
static uint32_t length_of(uint64_t n)
{
	return n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
}

static void take_varint_bytes(struct dissection *d, struct cursor *c, unsigned length_field,
			      unsigned field)
{
	uint32_t n = length_of(quic_take_varint(d, c, length_field));

	if (n)
		take_bytes(d, c, field, n);
}

/* --- frames that need more than a list of numbers --- */

static void take_ack(struct dissection *d, struct cursor *c, bool ecn)
{
	quic_take_varint(d, c, QUIC_ACK_LARGEST);
	quic_take_varint(d, c, QUIC_ACK_DELAY);
	uint64_t count = quic_take_varint(d, c, QUIC_ACK_COUNT);
	quic_take_varint(d, c, QUIC_ACK_FIRST);
	for (uint64_t i = 0; i < count && cursor_more(c); i++) {
		if (i < QUIC_RANGES_LIMIT) {
			quic_take_varint(d, c, QUIC_ACK_GAP);
			quic_take_varint(d, c, QUIC_ACK_RANGE);
		} else {
			quic_varint(c);
			quic_varint(c);
		}
	}
	if (!ecn)
		return;
	quic_take_varint(d, c, QUIC_ACK_ECT0);
	quic_take_varint(d, c, QUIC_ACK_ECT1);
	quic_take_varint(d, c, QUIC_ACK_CE);
}

static void note_again(struct dissection *d, enum stream_again again)
{
	if (again != STREAM_NEW)
		note_finding(d, again == STREAM_AGAIN ? QUIC_RETRANSMISSION : QUIC_OVERLAP, NULL);
}

static void take_crypto(struct dissection *d, struct cursor *c, struct quic_at_work *work)
{
	struct quic_side *sender =
		work->connection ? &work->connection->side[work->packet.from_server] : NULL;
	struct stream_part part = { .within = true };

	part.offset = quic_take_varint(d, c, QUIC_CRYPTO_OFFSET);
	uint32_t n = length_of(quic_take_varint(d, c, QUIC_CRYPTO_LENGTH));
	struct cursor bytes = cursor_split(c, n);
	add_node(d, &bytes, QUIC_CRYPTO_DATA, bytes.pos, cursor_left(&bytes));
	if (!cursor_ok(c) || part.offset > UINT32_MAX - n)
		return;
	d->carrier = work->connection ? &work->connection->handshake : NULL;
	struct segment_fate fate = stream_feed_part(
		d, sender ? &sender->space[quic_space_of(work->kind)].crypto : NULL, &part, &bytes,
		&tls_dissector);
	d->carrier = NULL;
	quic_learn_handshake(d, work);
	note_again(d, fate.again);
}

static void take_stream(struct dissection *d, struct cursor *c, unsigned type, node_id tree,
			struct frame_told *told)
{
	const char *yes = type & STREAM_FIN ? "1" : "0";
	struct cursor id_at = *c;

	told->is_stream = true;
	told->has_id = true;
	told->part.is_last = type & STREAM_FIN;
	told->id = quic_take_varint(d, c, QUIC_STREAM_ID);
	node_id id = last_node(d);
	uint32_t id_length = c->pos - id_at.pos;
	open_node(d, id);
	add_uint(d, &id_at, QUIC_STREAM_INITIATOR, id_at.pos, id_length, told->id & 1);
	add_uint(d, &id_at, QUIC_STREAM_DIRECTION, id_at.pos, id_length, told->id >> 1 & 1);
	close_node(d, id);
	if (type & STREAM_OFFSET)
		told->part.offset = quic_take_varint(d, c, QUIC_STREAM_OFFSET);
	uint32_t n = type & STREAM_LENGTH ? length_of(quic_take_varint(d, c, QUIC_STREAM_LENGTH))
					  : cursor_left(c);
	told->bytes = cursor_split(c, n);
	put_bytes(d, QUIC_STREAM_DATA, &told->bytes);
	node_flag(d, last_node(d), 0);
	label_set(d, tree, "STREAM id=%llu fin=%s off=%llu len=%u dir=%s origin=%s",
		  (unsigned long long)told->id, yes, (unsigned long long)told->part.offset, n,
		  told->id & 2 ? "Unidirectional" : "Bidirectional",
		  told->id & 1 ? "Server-initiated" : "Client-initiated");
}

static void take_new_id(struct dissection *d, struct cursor *c, struct quic_at_work *work)
{
	const uint8_t *id, *token;

	quic_take_varint(d, c, QUIC_NEW_ID_SEQUENCE);
	quic_take_varint(d, c, QUIC_NEW_ID_RETIRE);
	uint32_t n = take_u8(d, c, QUIC_NEW_ID_LENGTH);
	node_id length = last_node(d);
	if (n < 1 || n > QUIC_ID_ROOM)
		note_finding_on(d, length, QUIC_PROTOCOL_VIOLATION,
				"Connection ID must be between 1 and 20 bytes");
	if (n && cursor_peek(c, 0, n, &id) && n <= QUIC_ID_ROOM)
		quic_learn_id(d, work, id, n);
	if (n)
		take_bytes(d, c, QUIC_NEW_ID, n);
	if (cursor_peek(c, 0, TLS_RESET_TOKEN, &token))
		quic_learn_reset_token(d, work, token);
	take_bytes(d, c, QUIC_NEW_ID_RESET_TOKEN, TLS_RESET_TOKEN);
}

static void take_close(struct dissection *d, struct cursor *c, bool transport, node_id tree)
{
	enum { TLS_ERRORS = 0x100, TLS_ERRORS_END = 0x200 };
	uint32_t start = c->pos;
	uint64_t error = quic_varint(c);

	if (!cursor_ok(c))
		return;
	add_uint(d, c, transport ? QUIC_CLOSE_ERROR : QUIC_CLOSE_APPLICATION_ERROR, start,
		 c->pos - start, error);
	if (transport && error >= TLS_ERRORS && error < TLS_ERRORS_END) {
		const char *alert = value_name(tls_alert_names, error - TLS_ERRORS);
		label_set(d, last_node(d), "Error code: CRYPTO_ERROR (%llu)",
			  (unsigned long long)error);
		add_uint(d, c, QUIC_CLOSE_ALERT, start, c->pos - start, error - TLS_ERRORS);
		label(d, tree, " Error code: CRYPTO_ERROR (%s)", alert ? alert : "Unknown");
	} else if (transport) {
		const char *name = value_name(quic_error_names, error);
		label(d, tree, " Error code: %s", name ? name : "Unknown");
	} else {
		label(d, tree, " Error code: 0x%llx", (unsigned long long)error);
	}
	if (transport)
		quic_take_varint(d, c, QUIC_CLOSE_FRAME_TYPE);
	uint32_t n = length_of(quic_take_varint(d, c, QUIC_CLOSE_REASON_LENGTH));
	take_text(d, c, QUIC_CLOSE_REASON, n);
}

static void take_frequency(struct dissection *d, struct cursor *c)
{
	quic_take_varint(d, c, QUIC_FREQUENCY_SEQUENCE);
	quic_take_varint(d, c, QUIC_FREQUENCY_THRESHOLD);
	quic_take_varint(d, c, QUIC_FREQUENCY_DELAY);
	take_flags(d, c, QUIC_FREQUENCY_FLAGS, QUIC_FREQUENCY_IGNORE_CE,
		   QUIC_FREQUENCY_IGNORE_ORDER);
}

/* --- all others: numbers of variable size, one after the other --- */

enum { NUMBERS = 3, LARGEST_TYPE = 0x2f5 };

static const struct frame_row {
	uint16_t type;
	bool says_id; /* the first number is a stream, which the words name */
	const char *word;
	uint8_t numbers[NUMBERS]; /* fields; 0 ends them */
} frame_rows[] = {
	{ PING, false, "PING", { 0 } },
	{ ACK, false, "ACK", { 0 } },
	{ ACK_ECN, false, "ACK_ECN", { 0 } },
	{ 0x04, true, "RS", { QUIC_RESET_STREAM, QUIC_RESET_ERROR, QUIC_RESET_SIZE } },
	{ 0x05, true, "SS", { QUIC_STOP_STREAM, QUIC_STOP_ERROR } },
	{ CRYPTO, false, "CRYPTO", { 0 } },
	{ NEW_TOKEN, false, "NT", { 0 } },
	{ 0x10, false, "MD", { QUIC_MAX_DATA } },
	{ 0x11, true, "MSD", { QUIC_MAX_STREAM_ID, QUIC_MAX_STREAM_DATA } },
	{ 0x12, false, "MS", { QUIC_MAX_STREAMS } },
	{ 0x13, false, "MS", { QUIC_MAX_STREAMS } },
	{ 0x14, false, "DB", { QUIC_DATA_LIMIT } },
	{ 0x15, true, "SDB", { QUIC_BLOCKED_STREAM, QUIC_DATA_LIMIT } },
	{ 0x16, false, "SB", { QUIC_STREAM_LIMIT } },
	{ 0x17, false, "SB", { QUIC_STREAM_LIMIT } },
	{ NEW_CONNECTION_ID, false, "NCI", { 0 } },
	{ 0x19, false, "RC", { QUIC_RETIRE_SEQUENCE } },
	{ PATH_CHALLENGE, false, "PC", { 0 } },
	{ PATH_RESPONSE, false, "PR", { 0 } },
	{ CLOSE_TRANSPORT, false, "CC", { 0 } },
	{ CLOSE_APPLICATION, false, "CC", { 0 } },
	{ 0x1e, false, "DONE", { 0 } },
	{ DATAGRAM, false, "DG", { 0 } },
	{ DATAGRAM_LENGTH, false, "DG", { 0 } },
	{ 0xac, false, "IA", { 0 } },
	{ ACK_FREQUENCY, false, "AF", { 0 } },
	{ LARGEST_TYPE, false, "TS", { QUIC_TIME_STAMP } },
};

static const struct frame_row *frame_row(uint64_t type)
{
	for (unsigned i = 0; i < COUNT(frame_rows); i++)
		if (frame_rows[i].type == type)
			return &frame_rows[i];
	return NULL;
}

static void take_numbers(struct dissection *d, struct cursor *c, const struct frame_row *row,
			 node_id tree, struct frame_told *told)
{
	uint64_t value[NUMBERS] = { 0 };

	for (unsigned i = 0; i < NUMBERS && row->numbers[i]; i++)
		value[i] = quic_take_varint(d, c, row->numbers[i]);
	if (!row->says_id)
		return;
	told->has_id = true;
	told->id = value[0];
	label(d, tree, " id=%llu", (unsigned long long)told->id);
	if (row->numbers[1] == QUIC_RESET_ERROR || row->numbers[1] == QUIC_STOP_ERROR)
		label(d, tree, " Error code: 0x%llx", (unsigned long long)value[1]);
}

static void take_body(struct dissection *d, struct cursor *c, unsigned type, node_id tree,
		      struct quic_at_work *work)
{
	switch (type) {
	case ACK:
	case ACK_ECN:
		take_ack(d, c, type == ACK_ECN);
		break;
	case CRYPTO:
		take_crypto(d, c, work);
		break;
	case NEW_TOKEN:
		take_varint_bytes(d, c, QUIC_NEW_TOKEN_LENGTH, QUIC_NEW_TOKEN);
		break;
	case NEW_CONNECTION_ID:
		take_new_id(d, c, work);
		break;
	case PATH_CHALLENGE:
		take_bytes(d, c, QUIC_PATH_CHALLENGE, 8);
		break;
	case PATH_RESPONSE:
		take_bytes(d, c, QUIC_PATH_RESPONSE, 8);
		break;
	case CLOSE_TRANSPORT:
	case CLOSE_APPLICATION:
		take_close(d, c, type == CLOSE_TRANSPORT, tree);
		break;
	case DATAGRAM:
		if (cursor_left(c))
			take_bytes(d, c, QUIC_DATAGRAM, cursor_left(c));
		break;
	case DATAGRAM_LENGTH:
		take_varint_bytes(d, c, QUIC_DATAGRAM_LENGTH, QUIC_DATAGRAM);
		break;
	case ACK_FREQUENCY:
		take_frequency(d, c);
		break;
	default:
		break;
	}
}

static void take_padding(struct dissection *d, struct cursor *c, struct frame_told *told)
{
	const uint8_t *at;
	uint32_t n = 0;
	node_id tree = open_tree(d, c, QUIC_FRAME);
	uint32_t start = c->pos;

	while (cursor_peek(c, n, 1, &at) && !*at)
		n++;
	quic_take_named(d, c, QUIC_FRAME_TYPE);
	cursor_skip(c, n - 1);
	add_uint(d, c, QUIC_PADDING_LENGTH, start, n, n);
	node_flag(d, last_node(d), NODE_GENERATED);
	label_set(d, tree, "PADDING Length: %u", n);
	close_tree(d, tree, c);
	told->word = "PADDING";
}

static void take_frame(struct dissection *d, struct cursor *c, struct quic_at_work *work,
		       struct frame_told *told)
{
	node_id tree = open_tree(d, c, QUIC_FRAME);
	uint64_t type = quic_take_named(d, c, QUIC_FRAME_TYPE);
	const char *name = value_name(quic_frame_names, type);
	const struct frame_row *row = frame_row(type);

	label_set(d, tree, "%s", name ? name : "Unknown");
	if (row) {
		told->word = row->word;
		take_numbers(d, c, row, tree, told);
		take_body(d, c, (unsigned)type, tree, work);
	} else if (type >= STREAM && type <= STREAM_LAST) {
		node_id flags = last_node(d);
		struct cursor at = *c;
		at.pos--;
		open_node(d, flags);
		look_uint(d, &at, QUIC_STREAM_FIN);
		look_uint(d, &at, QUIC_STREAM_HAS_LENGTH);
		look_uint(d, &at, QUIC_STREAM_HAS_OFFSET);
		close_node(d, flags);
		told->word = "STREAM";
		take_stream(d, c, (unsigned)type, tree, told);
	} else if (cursor_ok(c)) {
		note_finding(d, QUIC_UNKNOWN_FRAME, "Unknown Frame Type 0x%llx",
			     (unsigned long long)type);
	}
	close_tree(d, tree, c);
}

static struct frame_told *next_told(struct dissection *d, struct quic_told *told)
{
	if (told->count == told->room)
		told->frames =
			arena_grow(&d->arena, told->frames, &told->room, 16, sizeof *told->frames);
	told->frames[told->count] = (struct frame_told){ 0 };
	return &told->frames[told->count++];
}

struct quic_told *quic_show_frames(struct dissection *d, struct cursor *c,
				   struct quic_at_work *work)
{
	struct quic_told *told = arena_zeroed(&d->arena, sizeof *told);
	const uint8_t *at;

	while (cursor_left(c) && told->count < QUIC_FRAMES_LIMIT) {
		struct frame_told *frame = next_told(d, told);
		if (cursor_peek(c, 0, 1, &at) && *at == PADDING)
			take_padding(d, c, frame);
		else
			take_frame(d, c, work, frame);
	}
	return told;
}

void quic_tell_parts(struct dissection *d, const struct message *message, bool of_handshake)
{
	static const struct part_fields stream = { QUIC_FRAGMENTS, QUIC_FRAGMENT,
						   QUIC_FRAGMENT_COUNT, QUIC_REASSEMBLED_LENGTH,
						   QUIC_REASSEMBLED_DATA };
	static const struct part_fields crypto = { .tree = QUIC_CRYPTO_FRAGMENTS,
						   .part = QUIC_CRYPTO_FRAGMENT,
						   .count = QUIC_CRYPTO_FRAGMENT_COUNT };
	struct cursor whole = cursor_on_last_buffer(d);

	/* What came in order TLS tells itself. */
	if (of_handshake && !message_came_in_order(d, message))
		show_message_parts(d, &whole, message, &crypto);
	else if (!of_handshake)
		show_message_parts_beside(d, message, &stream);
}

static void feed_stream(struct dissection *d, const struct frame_told *frame,
			struct quic_at_work *work)
{
	const struct dissector *inner = work->connection ? quic_inner(work->connection) : NULL;
	struct quic_stream *stream = inner ? quic_stream_of(d, work, frame->id) : NULL;

	if (stream)
		stream->sender = work->packet.from_server;
	/* What stream_feed_part() counts must be the same in every pass. */
	d->carrier = stream;
	d->carrier_stream = frame->id;
	uint16_t number = d->inner_seen;
	struct segment_fate fate =
		stream_feed_part(d, stream ? &stream->half[work->packet.from_server] : NULL,
				 &frame->part, &frame->bytes, inner);
	d->carrier = NULL;
	if (fate.part_of_message && fate.reassembled_in && d->wants & WANT_FIELDS &&
	    fate.reassembled_in != d->packet.number)
		put_uint(d, QUIC_REASSEMBLED_IN, fate.reassembled_in);
	if (stream)
		http3_learn_end(d, stream, &frame->part, cursor_sent(&frame->bytes), number);
	if (field_asked_for(d, QUIC_BODY))
		put_uint(d, QUIC_BODY_STREAM, frame->id);
	if (d->tells_objects || field_asked_for(d, QUIC_BODY))
		http3_offer_body(d, &frame->bytes, number);
}

void quic_tell_frames(struct dissection *d, const struct quic_told *told, struct quic_at_work *work)
{
	for (uint32_t i = 0; i < told->count; i++) {
		const struct frame_told *frame = &told->frames[i];
		if (frame->word)
			info(d, ", %s", frame->word);
		if (frame->has_id)
			info(d, "(%llu)", (unsigned long long)frame->id);
		if (frame->is_stream && cursor_ok(&frame->bytes))
			feed_stream(d, frame, work);
	}
}
