/* follow.c - takes in the packets of a stream one after the other, and keeps its turns. */
#include "session/follow.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bitmap.h"
#include "dissect/checksum.h"
#include "dissect/registry.h"
#include "follow_parts.h"

enum {
	TURN_LIMIT = INT32_MAX,	  /* bytes; more is another turn of the same side */
	MARKED_FLAGS = 1 | 2 | 4, /* FIN, SYN, RST */
};

struct follow_way {
	uint8_t protocol;     /* enum stream_protocol */
	uint8_t header_bytes; /* that FIELD_LENGTH counts */
	/* What a packet says; it has been taken apart. */
	void (*take)(struct follow *follow, enum follow_side side);
	const char *fields[FOLLOW_FIELDS];
};

static void take_segment(struct follow *follow, enum follow_side side);

static const struct follow_way ways[FOLLOW_KINDS] = {
	[FOLLOW_TCP] = {
		.protocol = STREAM_TCP, .take = take_segment,
		.fields = {
			[FIELD_LENGTH] = "tcp.len", [FIELD_SEQUENCE] = "tcp.seq_raw",
			[FIELD_ACKNOWLEDGED] = "tcp.ack_raw", [FIELD_FLAGS] = "tcp.flags",
			[FIELD_PAYLOAD] = "tcp.payload", [FIELD_CHECKSUM] = "tcp.checksum.status",
		},
	},
	[FOLLOW_UDP] = {
		.protocol = STREAM_UDP, .header_bytes = 8, .take = take_segment,
		.fields = { [FIELD_LENGTH] = "udp.length", [FIELD_PAYLOAD] = "udp.payload" },
	},
	[FOLLOW_HTTP] = {
		.protocol = STREAM_TCP, .take = http_take,
		.fields = {
			[FIELD_FLAGS] = "tcp.flags", [FIELD_MESSAGE] = "http",
			[FIELD_HEADER_END] = "http.header_end", [FIELD_BODY] = "http.file_data",
		},
	},
	[FOLLOW_TLS] = {
		.protocol = STREAM_TCP, .take = http_take,
		.fields = { [FIELD_FLAGS] = "tcp.flags", [FIELD_BODY] = "peel.tls.plaintext" },
	},
	[FOLLOW_HTTP2] = {
		.protocol = STREAM_TCP, .take = http2_take,
		.fields = {
			[FIELD_FLAGS] = "tcp.flags", [FIELD_HTTP2_FRAME] = "http2.stream",
			[FIELD_INNER_STREAM] = "http2.streamid", [FIELD_HTTP2_TYPE] = "http2.type",
			[FIELD_BODY] = "peel.http2.header_list",
		},
	},
	[FOLLOW_QUIC] = {
		.protocol = STREAM_UDP, .take = inner_take,
		.fields = {
			[FIELD_QUIC_CONNECTION] = "quic.connection.number",
			[FIELD_INNER_STREAM] = "quic.stream.stream_id",
			[FIELD_BODY] = "quic.stream_data",
		},
	},
	[FOLLOW_HTTP2_MESSAGES] = {
		.protocol = STREAM_TCP, .take = inner_take,
		.fields = {
			[FIELD_FLAGS] = "tcp.flags", [FIELD_INNER_STREAM] = "http2.streamid",
			[FIELD_HEADER_LINES] = "peel.http2.header_lines",
			[FIELD_BODY] = "peel.http2.body",
		},
	},
	[FOLLOW_HTTP3_MESSAGES] = {
		.protocol = STREAM_UDP, .take = http3_take,
		.fields = {
			[FIELD_QUIC_CONNECTION] = "quic.connection.number",
			[FIELD_INNER_STREAM] = "quic.stream.stream_id",
			[FIELD_HTTP3_STREAM] = "peel.http3.stream_id",
			[FIELD_HTTP3_TYPE] = "http3.frame_type",
			[FIELD_BODY_STREAM] = "peel.quic.body.stream_id",
			[FIELD_HEADER_LINES] = "peel.http3.header_lines",
			[FIELD_BODY] = "peel.quic.body",
		},
	},
};

/* --- making and freeing --- */

static void choose_fields(struct follow *follow)
{
	follow->wanted = must_zeroed((registry_field_count() + 7) / 8, 1);
	for (unsigned i = 0; i < FOLLOW_FIELDS; i++) {
		const char *name = ways[follow->kind].fields[i];
		int number = name ? registry_field_named(name) : -1;

		follow->fields[i] = number < 0 ? UINT32_MAX : (uint32_t)number;
		if (number >= 0)
			bitmap_add(follow->wanted, (uint32_t)number);
	}
}

struct follow *follow_new(struct session *session, enum follow_kind kind, uint32_t stream)
{
	struct stream_list list;

	if (!stream_list_open(&list, session, ways[kind].protocol, stream))
		return NULL;
	struct follow *follow = must_zeroed(1, sizeof(*follow));
	follow->session = session;
	follow->kind = kind;
	follow->list = list;
	view_port_init(&follow->port, session);
	view_port_init(&follow->reader, session);
	choose_fields(follow);
	follow->port.d.wanted_fields = follow->reader.d.wanted_fields = follow->wanted;
	return follow;
}

bool follow_begins_connection(struct session *session, const struct conversation *talk,
			      uint32_t connection)
{
	int field = registry_field_named("quic.connection.number");
	struct view_port port;
	bool begins = false;

	if (field < 0)
		return false;
	uint8_t *wanted = must_zeroed((registry_field_count() + 7) / 8, 1);
	bitmap_add(wanted, (uint32_t)field);
	view_port_init(&port, session);
	port.d.wanted_fields = wanted;
	if (view_port_dissect(&port, talk->first_packet, WANT_FIELDS))
		for (uint32_t i = 0; i < port.d.node_count; i++)
			begins |= port.d.nodes[i].field == (uint32_t)field &&
				  port.d.nodes[i].value.number == connection;
	view_port_free(&port);
	free(wanted);
	return begins;
}

void follow_free(struct follow *follow)
{
	if (!follow)
		return;
	order_free(&follow->half[FOLLOW_OPENER]);
	order_free(&follow->half[FOLLOW_OTHER]);
	view_port_free(&follow->port);
	view_port_free(&follow->reader);
	stream_list_free(&follow->list);
	inners_free(&follow->inners);
	free(follow->wanted);
	free(follow->pieces);
	free(follow->turns);
	free(follow->marks);
	free(follow->findings);
	free(follow->scratch);
	free(follow);
}

/* --- turns --- */

static struct follow_turn *last_turn(const struct follow *follow)
{
	return follow->turn_count ? &follow->turns[follow->turn_count - 1] : NULL;
}

void follow_append_turn(struct follow *follow, enum follow_side side, enum follow_turn_kind kind)
{
	if (follow->turn_count == follow->turn_room)
		follow->turns =
			must_grow(follow->turns, &follow->turn_room, 16, sizeof(*follow->turns));
	follow->turns[follow->turn_count++] = (struct follow_turn){
		.offset = { (uint64_t)follow->half[0].next, (uint64_t)follow->half[1].next },
		.first_piece = follow->piece_count,
		.known_in = follow->packet,
		.side = (uint8_t)side,
		.kind = (uint8_t)kind,
	};
}

/* The turn that bytes of the side belong to. */
static struct follow_turn *turn_for(struct follow *follow, enum follow_side side, uint32_t length)
{
	struct follow_turn *turn = last_turn(follow);

	if (turn && turn->kind == TURN_RESET && !turn->piece_count)
		return turn;
	if (!turn || turn->side != side || turn->kind != TURN_DATA ||
	    follow->half[side].next - (int64_t)turn->offset[side] > (int64_t)TURN_LIMIT - length)
		follow_append_turn(follow, side, TURN_DATA);
	return last_turn(follow);
}

/* Does the part go on where the last piece of the turn ends? */
static bool continues(const struct follow *follow, const struct follow_turn *turn,
		      const struct part *part)
{
	if (!turn->piece_count || follows_messages(follow))
		return false;
	const struct follow_piece *last = &follow->pieces[follow->piece_count - 1];
	return last->packet == part->packet && last->source == part->source &&
	       last->source < FOLLOW_CUT && last->start + last->length == part->at;
}

static void append_piece(struct follow *follow, const struct follow_piece *piece)
{
	if (follow->piece_count == follow->piece_room)
		follow->pieces =
			must_grow(follow->pieces, &follow->piece_room, 64, sizeof(*follow->pieces));
	follow->pieces[follow->piece_count++] = *piece;
}

void follow_append(struct follow *follow, enum follow_side side, const struct part *part,
		   uint32_t length)
{
	struct follow_turn *turn = turn_for(follow, side, length);
	struct follow_sum *sum = &follow->half[side].sum;
	uint32_t offset = (uint32_t)follow->half[side].next;

	if (continues(follow, turn, part)) {
		follow->pieces[follow->piece_count - 1].length += length;
	} else {
		append_piece(follow, &(struct follow_piece){ .packet = part->packet,
							     .start = part->at,
							     .source = part->source,
							     .length = length,
							     .offset = offset });
		turn->piece_count++;
	}
	turn->length = offset - (uint32_t)turn->offset[side] + length;
	if (part->source >= FOLLOW_CUT) {
		turn->missing += length;
		sum->missing += length;
	} else if (turn->kind == TURN_DATA) {
		sum->bytes += length;
	}
}

void follow_append_lost(struct follow *follow, enum follow_side side, uint32_t length)
{
	struct part lost = { .packet = follow->packet, .source = FOLLOW_LOST };

	follow_append(follow, side, &lost, length);
}

static void append_mark(struct follow *follow, enum follow_side side, uint16_t flags)
{
	if (follow->mark_count == follow->mark_room)
		follow->marks =
			must_grow(follow->marks, &follow->mark_room, 8, sizeof(*follow->marks));
	follow->marks[follow->mark_count++] = (struct follow_mark){
		.packet = follow->packet,
		.turns = follow->turn_count,
		.flags = flags,
		.side = (uint8_t)side,
	};
}

/* --- packets --- */

/* The header and payload of the innermost layer that was wanted. */
static struct follow_segment read_segment(const struct follow *follow)
{
	const struct dissection *d = &follow->port.d;
	struct follow_segment segment = { 0 };
	uint32_t header = ways[follow->kind].header_bytes;

	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];

		if (node->field == follow->fields[FIELD_LENGTH]) {
			uint32_t length = (uint32_t)node->value.number;

			length -= length < header ? length : header;
			segment = (struct follow_segment){ .length = length,
							   .sum = CHECKSUM_UNVERIFIED };
		} else if (node->field == follow->fields[FIELD_SEQUENCE]) {
			segment.sequence = (uint32_t)node->value.number;
		} else if (node->field == follow->fields[FIELD_ACKNOWLEDGED]) {
			segment.acknowledged = (uint32_t)node->value.number;
		} else if (node->field == follow->fields[FIELD_FLAGS]) {
			segment.flags = (uint16_t)node->value.number;
			segment.whole = true;
		} else if (node->field == follow->fields[FIELD_CHECKSUM]) {
			segment.sum = (uint8_t)node->value.number;
		} else if (node->field == follow->fields[FIELD_PAYLOAD]) {
			segment.at = node->start;
			segment.captured = node->length;
			segment.source = node->source;
		}
	}
	if (d->packet.captured == d->packet.reported || segment.captured > segment.length)
		segment.length = segment.captured;
	return segment;
}

static void take_datagram(struct follow *follow, enum follow_side side,
			  const struct follow_segment *segment)
{
	uint32_t captured = segment->captured, sent = segment->length;
	struct follow_half *half = &follow->half[side];
	struct part part = { .packet = follow->packet,
			     .at = segment->at & 0xffffff,
			     .source = segment->source };

	if (!sent)
		return;
	follow_append_turn(follow, side, TURN_DATA);
	half->sum.started = true;
	if (captured)
		follow_append(follow, side, &part, captured);
	half->next += captured;
	part.source = FOLLOW_CUT;
	if (captured < sent)
		follow_append(follow, side, &part, sent - captured);
	half->next += sent - captured;
}

uint16_t follow_depth(const struct follow *follow, uint32_t packet)
{
	if (follows_messages(follow))
		return 0;
	return (uint16_t)(conversation_place(follow->list.learned, follow->list.talk, packet)
				  .number +
			  1);
}

static void take_segment(struct follow *follow, enum follow_side side)
{
	struct follow_segment segment = read_segment(follow);

	if (follow->kind == FOLLOW_UDP) {
		take_datagram(follow, side, &segment);
	} else if (segment.whole) {
		order_take(follow, side, &segment);
		if (segment.flags & MARKED_FLAGS)
			append_mark(follow, side, segment.flags);
	}
}

/* What opens or ends the connection that messages are in. */
static void mark_connection(struct follow *follow, enum follow_side side)
{
	const struct dissection *d = &follow->port.d;

	for (uint32_t i = 0; i < d->node_count; i++) {
		uint16_t flags = (uint16_t)d->nodes[i].value.number;

		if (d->nodes[i].field == follow->fields[FIELD_FLAGS] && flags & MARKED_FLAGS)
			append_mark(follow, side, flags);
	}
}

static void take_packet(struct follow *follow, uint32_t packet)
{
	struct view_port *port = &follow->port;

	follow->packet = packet;
	port->d.stop_after = follow_depth(follow, packet);
	if (!view_port_dissect(port, packet, WANT_FIELDS) ||
	    port->d.conversation != follow->list.talk)
		return;
	enum follow_side side = port->d.from_opener ? FOLLOW_OPENER : FOLLOW_OTHER;
	ways[follow->kind].take(follow, side);
	if (follows_messages(follow))
		mark_connection(follow, side);
}

enum follow_state follow_update(struct follow *follow, uint32_t packets, bool ended)
{
	uint32_t count = stream_list_extend(&follow->list);

	for (; packets && follow->taken < count; packets--)
		take_packet(follow, follow->list.packets[follow->taken++]);
	if (follow->taken < count)
		return FOLLOW_MORE;
	if (!ended)
		return FOLLOW_WAITING;
	if (!follow->done)
		order_finish(follow);
	follow->done = true;
	return FOLLOW_DONE;
}

/* --- what there is --- */

uint32_t follow_progress(const struct follow *follow)
{
	return follow->taken;
}

const struct stream_list *follow_packets(const struct follow *follow)
{
	return &follow->list;
}

const struct follow_sum *follow_sum(const struct follow *follow, enum follow_side side)
{
	return &follow->half[side].sum;
}

uint32_t follow_turn_count(const struct follow *follow)
{
	return follow->turn_count;
}

const struct follow_turn *follow_turn(const struct follow *follow, uint32_t n)
{
	return &follow->turns[n];
}

const struct follow_piece *follow_piece(const struct follow *follow, uint32_t n)
{
	return &follow->pieces[n];
}

uint32_t follow_mark_count(const struct follow *follow)
{
	return follow->mark_count;
}

const struct follow_mark *follow_mark(const struct follow *follow, uint32_t n)
{
	return &follow->marks[n];
}

uint32_t follow_finding_count(const struct follow *follow)
{
	return follow->finding_count;
}

const struct follow_finding *follow_finding(const struct follow *follow, uint32_t n)
{
	return &follow->findings[n];
}
