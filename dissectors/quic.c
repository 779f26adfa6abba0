/* quic.c - QUIC version 1 and 2, RFC 9000, RFC 9001 and RFC 9369: the packets of a datagram.
 *
 *     long:  |1 1 type x x| version | n, destination ID | n, source ID | ... length | number |
 * payload short: |0 1 spin x x| destination ID | number | payload
 *
 * What is marked x, the number and the payload are protected by keys.  Those of Initial packets
 * come from the first connection ID; a key log has the others.  The first pass opens packets and
 * keeps how. */
#include "quic.h"

#include <string.h>

#include "dissect/registry.h"
#include "state/conversation.h"
#include "state/facts.h"

enum {
	LONG = 0x80,
	FIXED = 0x40,
	RETRY_TAG = 16,
	LEAST_PAYLOAD = 20, /* number and sample (RFC 9001, 5.4.2) */
	LEAST_INITIAL =
		1200, /* bytes of a datagram with a client's Initial packet (RFC 9000, 14.1) */
	LEAST_FIRST_ID = 8,
	LEAST_SHORT_ID = 4, /* shorter ones would be found by chance */
	QUIC_PORT = 443,
};

/* The layer: a datagram. */
struct quic_layer {
	const struct quic_packet *known; /* after the first pass */
	uint32_t known_count;
	struct quic_packet packets[QUIC_COALESCED_LIMIT]; /* in the first pass */
	uint32_t count;
	uint32_t first_id_length;
	const uint8_t *first_id; /* of the first packet */
};

static const char *const kind_names[] = {
	[QUIC_INITIAL] = "Initial",
	[QUIC_ZERO_RTT] = "0-RTT",
	[QUIC_HANDSHAKE] = "Handshake",
	[QUIC_RETRY] = "Retry",
	[QUIC_NEGOTIATION] = "Version Negotiation",
};

/* --- headers --- */

static enum quic_kind long_kind(uint8_t first, uint32_t version)
{
	static const uint8_t kinds[2][4] = {
		{ QUIC_INITIAL, QUIC_ZERO_RTT, QUIC_HANDSHAKE, QUIC_RETRY },
		{ QUIC_RETRY, QUIC_INITIAL, QUIC_ZERO_RTT, QUIC_HANDSHAKE },
	};

	return version ? (enum quic_kind)kinds[quic_is_version_2(version)][first >> 4 & 3]
		       : QUIC_NEGOTIATION;
}

/* An ID with its length in front; false: it is not there. */
static bool read_id(const struct cursor *c, uint32_t *at, const uint8_t **id, uint32_t *n)
{
	const uint8_t *length;

	if (!cursor_peek(c, *at, 1, &length) || !cursor_peek(c, *at + 1, *length, id))
		return false;
	*n = *length;
	*at += 1 + *n;
	return true;
}

/* The fields behind the IDs: token and length. */
static void read_long_rest(const struct cursor *c, uint32_t at, struct quic_header *header)
{
	uint64_t value;
	uint32_t n, sent = cursor_sent(c);
	bool is_cut = cursor_left(c) != sent;

	if (header->kind == QUIC_RETRY || header->kind == QUIC_NEGOTIATION) {
		header->known = true;
		header->whole = !is_cut && (header->kind != QUIC_RETRY || sent - at >= RETRY_TAG);
		return;
	}
	if (header->kind == QUIC_INITIAL) {
		if (!quic_peek_varint(c, at, &value, &n) || value > sent - at - n)
			return;
		at += n + (uint32_t)value;
	}
	if (!quic_peek_varint(c, at, &value, &n) || value > sent - at - n)
		return;
	header->known = true;
	header->number_at = at + n;
	header->size = at + n + (uint32_t)value;
	header->whole = !is_cut && value >= LEAST_PAYLOAD;
}

static void read_header(const struct cursor *c, struct quic_header *header)
{
	const uint8_t *bytes;
	uint32_t at = 5;

	*header = (struct quic_header){ .kind = QUIC_ONE_RTT, .size = cursor_left(c) };
	if (!cursor_peek(c, 0, 1, &bytes))
		return;
	header->first = bytes[0];
	if (!(bytes[0] & LONG)) {
		header->known = true;
		header->whole = cursor_left(c) == cursor_sent(c);
		return;
	}
	header->kind = QUIC_INITIAL;
	if (!cursor_peek(c, 0, at, &bytes))
		return;
	header->version = load_be32(bytes + 1);
	header->kind = long_kind(bytes[0], header->version);
	if (read_id(c, &at, &header->dcid, &header->dcid_length) &&
	    read_id(c, &at, &header->scid, &header->scid_length))
		read_long_rest(c, at, header);
}

/* --- what is shown --- */

static const char *id_text(struct dissection *d, const uint8_t *id, uint32_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_alloc(&d->arena, 2 * n + 1);

	for (uint32_t i = 0; i < n; i++) {
		text[2 * i] = digits[id[i] >> 4];
		text[2 * i + 1] = digits[id[i] & 15];
	}
	text[2 * n] = '\0';
	return text;
}

static void take_id(struct dissection *d, struct cursor *c, unsigned length_field, unsigned field)
{
	uint32_t n = take_u8(d, c, length_field);

	if (n)
		take_bytes(d, c, field, n);
}

/* Versions that nobody speaks are offered so that refusing keeps working (RFC 9000, 15). */
static void label_version(struct dissection *d, uint32_t version, const char *words)
{
	if ((version & 0x0f0f0f0f) == 0x0a0a0a0a)
		label(d, last_node(d), "%s", words);
}

static void show_connection(struct dissection *d, const struct cursor *c,
			    const struct quic_packet *packet)
{
	node_id tree = open_tree(d, c, QUIC_CONNECTION);

	put_uint(d, QUIC_CONNECTION_NUMBER, packet->connection - 1);
	close_tree(d, tree, c);
}

/* Bits of the first byte that were protected, or not. */
static void put_bits(struct dissection *d, const struct cursor *c, unsigned field, uint8_t first)
{
	uint8_t mask = (uint8_t)quic_fields[field].mask;

	add_uint(d, c, field, c->pos, 1, (uint64_t)(first & mask) >> __builtin_ctz(mask));
}

static void show_unopened(struct dissection *d, struct cursor *c, const struct quic_packet *packet,
			  node_id payload)
{
	static const char *const reasons[] = {
		[QUIC_NO_HANDSHAKE] =
			"Failed to create decryption context: Missing TLS handshake, unsupported "
			"ciphers or padding",
		[QUIC_NO_SECRETS] =
			"Failed to create decryption context: Secrets are not available",
		[QUIC_DAMAGED] = "Decryption failed: Decryption (checktag) failed: Checksum error",
	};

	if (packet->closed == QUIC_DAMAGED && packet->unmasked) {
		note_finding_on(d, payload, QUIC_DECRYPTION_FAILED, "%s", reasons[packet->closed]);
		return;
	}
	if (packet->closed >= QUIC_NO_HANDSHAKE)
		note_finding(d, QUIC_DECRYPTION_FAILED, "%s", reasons[packet->closed]);
	if (cursor_more(c))
		take_bytes(d, c, QUIC_REMAINING_PAYLOAD, cursor_sent(c));
}

/* The packet number, and the payload under `field`; then the frames, if they were opened. */
static struct quic_told *show_payload(struct dissection *d, struct cursor *c,
				      struct quic_at_work *work, unsigned field, node_id header)
{
	const struct quic_packet *packet = &work->packet;
	struct opened *opened = &work->opened;

	if (!packet->unmasked) {
		show_unopened(d, c, packet, NO_NODE);
		return NULL;
	}
	uint32_t n = (packet->first & 3u) + 1;
	add_uint(d, c, QUIC_NUMBER, c->pos, n, packet->number);
	cursor_skip(c, n);
	info(d, ", PKN: %u", packet->number);
	if (header != NO_NODE)
		label(d, header, " PKN=%u", packet->number);
	node_id payload = NO_NODE;
	if (cursor_more(c)) {
		take_bytes(d, c, field, cursor_sent(c));
		payload = last_node(d);
	}
	bool again =
		packet->message && (opened->message || sealed_reopen(d, packet->message, opened));
	if (!again)
		show_unopened(d, c, packet, payload);
	if (field == QUIC_PROTECTED_PAYLOAD)
		close_tree(d, header, c);
	if (!again)
		return NULL;
	struct cursor plain = sealed_source(d, c, opened, "Decrypted QUIC");
	return quic_show_frames(d, &plain, work);
}

static void show_retry(struct dissection *d, struct cursor *c, const struct quic_packet *packet)
{
	uint32_t n = cursor_left(c);

	if (n > RETRY_TAG)
		take_bytes(d, c, QUIC_RETRY_TOKEN, n - RETRY_TAG);
	take_bytes(d, c, QUIC_RETRY_TAG, RETRY_TAG);
	if (packet->retry == QUIC_RETRY_GOOD)
		label(d, last_node(d), " [verified]");
	else if (packet->retry == QUIC_RETRY_BAD)
		note_finding_on(d, last_node(d), QUIC_BAD_RETRY, NULL);
	else
		note_finding_on(d, last_node(d), QUIC_BAD_RETRY,
				"Cannot verify Retry Packet due to unknown ODCID");
}

static void show_versions(struct dissection *d, struct cursor *c)
{
	while (cursor_more(c))
		label_version(d, take_u32(d, c, QUIC_SUPPORTED_VERSION), " (GREASE)");
}

/* The first byte, version and IDs, which all long headers begin with. */
static void show_invariants(struct dissection *d, struct cursor *c,
			    const struct quic_header *header, const struct quic_packet *packet)
{
	look_uint(d, c, QUIC_HEADER_FORM);
	if (header->kind == QUIC_NEGOTIATION) {
		look_uint(d, c, QUIC_UNUSED);
	} else {
		if (header->kind != QUIC_RETRY)
			look_uint(d, c, QUIC_FIXED_BIT);
		look_uint(d, c,
			  quic_is_version_2(header->version) ? QUIC_PACKET_TYPE_V2
							     : QUIC_PACKET_TYPE);
	}
	if (packet->unmasked) {
		put_bits(d, c, QUIC_LONG_RESERVED, packet->first);
		put_bits(d, c, QUIC_NUMBER_LENGTH, packet->first);
	}
	cursor_skip(c, 1);
	label_version(d, take_u32(d, c, QUIC_VERSION), " (Forcing Version Negotiation)");
	take_id(d, c, QUIC_DCIL, QUIC_DCID);
	take_id(d, c, QUIC_SCIL, QUIC_SCID);
}

static void word_long(struct dissection *d, const struct quic_header *header)
{
	info_begin(d);
	info(d, "%s", kind_names[header->kind]);
	if (header->dcid_length)
		info(d, ", DCID=%s", id_text(d, header->dcid, header->dcid_length));
	if (header->scid_length)
		info(d, ", SCID=%s", id_text(d, header->scid, header->scid_length));
}

static struct quic_told *show_long(struct dissection *d, struct cursor *c,
				   const struct quic_header *header, struct quic_at_work *work)
{
	show_invariants(d, c, header, &work->packet);
	if (!cursor_ok(c))
		return NULL;
	word_long(d, header);
	if (header->kind == QUIC_RETRY) {
		show_retry(d, c, &work->packet);
		return NULL;
	}
	if (header->kind == QUIC_NEGOTIATION) {
		show_versions(d, c);
		return NULL;
	}
	if (header->kind == QUIC_INITIAL) {
		uint64_t n = quic_take_varint(d, c, QUIC_TOKEN_LENGTH);
		if (n)
			take_bytes(d, c, QUIC_TOKEN, n < UINT32_MAX ? (uint32_t)n : UINT32_MAX);
	}
	quic_take_varint(d, c, QUIC_LENGTH);
	return show_payload(d, c, work, QUIC_PAYLOAD, NO_NODE);
}

/* All bits behind the first two, as bytes. */
static const uint8_t *unpredictable_bits(struct dissection *d, const uint8_t *at, uint32_t n)
{
	uint8_t *bits = arena_alloc(&d->arena, n);

	for (uint32_t i = 0; i < n; i++)
		bits[i] = (uint8_t)(at[i] << 2 | (i + 1 < n ? at[i + 1] >> 6 : 0));
	return bits;
}

static void show_reset(struct dissection *d, struct cursor *c)
{
	uint32_t n = cursor_left(c) - TLS_RESET_TOKEN;
	const uint8_t *at;

	look_uint(d, c, QUIC_HEADER_FORM);
	look_uint(d, c, QUIC_FIXED_BIT);
	if (cursor_peek(c, 0, n, &at))
		add_bytes(d, c, QUIC_UNPREDICTABLE, c->pos, n, unpredictable_bits(d, at, n), n);
	cursor_skip(c, n);
	take_bytes(d, c, QUIC_RESET_TOKEN, TLS_RESET_TOKEN);
	info_begin(d);
	info(d, "Stateless Reset");
}

static struct quic_told *show_short(struct dissection *d, struct cursor *c,
				    const struct quic_header *header, struct quic_at_work *work)
{
	enum { PHASE = 4 };
	uint8_t first = work->packet.first;

	if (work->packet.closed == QUIC_RESET) {
		show_reset(d, c);
		return NULL;
	}
	node_id tree = open_tree(d, c, QUIC_SHORT);

	look_uint(d, c, QUIC_HEADER_FORM);
	look_uint(d, c, QUIC_FIXED_BIT);
	look_uint(d, c, QUIC_SPIN_BIT);
	if (work->packet.unmasked) {
		put_bits(d, c, QUIC_SHORT_RESERVED, first);
		put_bits(d, c, QUIC_KEY_PHASE, first);
		put_bits(d, c, QUIC_NUMBER_LENGTH, first);
	}
	cursor_skip(c, 1);
	info_begin(d);
	info(d, "Protected Payload (KP%u)", first & PHASE ? 1 : 0);
	if (header->dcid_length) {
		label(d, tree, " DCID=%s", id_text(d, header->dcid, header->dcid_length));
		take_bytes(d, c, QUIC_DCID, header->dcid_length);
		info(d, ", DCID=%s", id_text(d, header->dcid, header->dcid_length));
	}
	if (!work->packet.unmasked)
		close_tree(d, tree, c);
	if (!work->packet.connection)
		note_finding(d, QUIC_UNKNOWN_CONNECTION, NULL);
	return show_payload(d, c, work, QUIC_PROTECTED_PAYLOAD,
			    work->packet.unmasked ? tree : NO_NODE);
}

/* --- datagrams --- */

/* Further packets of a datagram are for the same connection (RFC 9000, 12.2): anything else is
 * padding. */
static bool is_padding(const struct quic_layer *layer, const struct cursor *c,
		       const struct quic_header *header)
{
	const uint8_t *id = header->dcid;
	uint32_t n = layer->first_id_length;

	if (header->kind == QUIC_ONE_RTT ? !cursor_peek(c, 1, n, &id)
					 : !id || header->dcid_length != n)
		return true;
	return n && memcmp(id, layer->first_id, n) != 0;
}

/* What was found out about the packet, in this pass or the first one. */
static void learn_packet(struct dissection *d, struct quic_layer *layer, const struct cursor *c,
			 struct quic_header *header, struct quic_at_work *work)
{
	if (d->pen && !d->in_error) {
		quic_learn(d, c, header, work);
		layer->packets[layer->count] = work->packet;
	} else if (layer->count < layer->known_count) {
		work->packet = layer->known[layer->count];
		if (header->kind == QUIC_ONE_RTT)
			header->dcid_length = work->packet.id_length;
	}
	if (header->kind == QUIC_ONE_RTT && !cursor_peek(c, 1, header->dcid_length, &header->dcid))
		header->dcid_length = 0;
	work->kind = header->kind;
	if (layer->count)
		return;
	layer->first_id = header->dcid;
	layer->first_id_length = header->dcid ? header->dcid_length : 0;
}

static void take_packet(struct dissection *d, struct quic_layer *layer, struct cursor *c,
			struct quic_header *header)
{
	struct quic_at_work work = { 0 };
	struct cursor packet = cursor_split(c, header->number_at ? header->size : cursor_sent(c));
	node_id tree = layer->count ? open_tree_beside(d, &packet, QUIC) : layer_node(d);

	node_set_length(d, tree, cursor_left(&packet));
	learn_packet(d, layer, &packet, header, &work);
	if (work.packet.connection && !layer->count)
		show_connection(d, &packet, &work.packet);
	put_uint(d, QUIC_PACKET_LENGTH, cursor_left(&packet));
	const struct quic_told *told = header->kind == QUIC_ONE_RTT
					       ? show_short(d, &packet, header, &work)
					       : show_long(d, &packet, header, &work);
	if (layer->count)
		close_tree_beside(d, tree);
	if (told && cursor_ok(c))
		quic_tell_frames(d, told, &work);
	layer->count++;
}

static void show_padding(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree_beside(d, c, QUIC);

	note_finding(d, QUIC_COALESCED_PADDING, NULL);
	node_set_length(d, tree, cursor_left(c));
	cursor_skip(c, cursor_left(c));
	close_tree_beside(d, tree);
}

static void begin_layer(struct dissection *d, struct quic_layer *layer)
{
	uint32_t size = 0;

	layer->count = layer->first_id_length = 0;
	layer->known = d->pen ? NULL : recall(d, FACT_OWN, &size);
	layer->known_count = size / sizeof *layer->known;
}

static void end_layer_state(struct dissection *d, const struct quic_layer *layer)
{
	uint32_t size = layer->count * (uint32_t)sizeof *layer->packets;
	struct quic_packet *fact = d->pen && size ? learn(d, FACT_OWN, size) : NULL;

	if (fact)
		memcpy(fact, layer->packets, size);
}

static void quic_dissect(struct dissection *d, struct cursor *c)
{
	struct quic_layer layer;
	struct quic_header header;

	begin_layer(d, &layer);
	while (cursor_more(c) && layer.count < QUIC_COALESCED_LIMIT) {
		read_header(c, &header);
		if (layer.count && is_padding(&layer, c, &header)) {
			show_padding(d, c);
			break;
		}
		take_packet(d, &layer, c, &header);
	}
	end_layer_state(d, &layer);
}

/* --- is it? --- */

static bool is_known_version(uint32_t version)
{
	return version == 1 || version == 0x6b3343cf || version == 0x709a50c4 ||
	       (version >> 8 == 0xff0000 && (version & 0xff) >= 23 && (version & 0xff) <= 34) ||
	       (version & 0x0f0f0f0f) == 0x0a0a0a0a;
}

/* A long header of a version that is known; what follows between the same ends, its fixed bit
 * greased (RFC 9287) or not; and what is for an ID that is known, from wherever it comes. */
static bool quic_looks_like(const struct dissection *d, const struct cursor *c)
{
	bool on_port = d->from.port == QUIC_PORT || d->to.port == QUIC_PORT;
	struct quic_header header;

	read_header(c, &header);
	if (conversation_recognized(d) == &quic_dissector)
		return true;
	if (header.kind == QUIC_ONE_RTT)
		return quic_knows_id(d, c, header.first & FIXED ? LEAST_SHORT_ID : LEAST_FIRST_ID);
	if (!(header.first & FIXED) || !is_known_version(header.version) ||
	    header.dcid_length > QUIC_ID_ROOM || header.scid_length > QUIC_ID_ROOM)
		return false;
	if (on_port)
		return true;
	return header.known &&
	       (header.kind != QUIC_INITIAL || header.dcid_length < LEAST_FIRST_ID ||
		cursor_left(c) >= LEAST_INITIAL);
}

const struct dissector quic_dissector = {
	.name = "quic",
	.short_name = "QUIC",
	.title = "QUIC IETF",
	.fields = quic_fields,
	.field_count = QUIC_FIELDS,
	.dissect = quic_dissect,
	.looks_like = quic_looks_like,
	.tell_parts = quic_tell_parts,
};
