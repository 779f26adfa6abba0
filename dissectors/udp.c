/* udp.c - User Datagram Protocol, RFC 768; jumbograms: RFC 2675, 4.  UDP-Lite, RFC 3828, whose checksum
 * covers only the first bytes: it says how many where UDP has its length.
 *
 *      0      7 8     15 16    23 24    31
 *     +--------+--------+--------+--------+
 *     |   source port   | destination port|
 *     +--------+--------+--------+--------+
 *     |     length      |    checksum     |
 *     +--------+--------+--------+--------+
 */
#include "base/time.h"
#include "dissect/checksum.h"
#include "dissect/dissector.h"
#include "dissect/registry.h"
#include "dissect/dissection_settings.h"
#include "state/announced.h"

enum { HEADER_LENGTH = 8, IP_PROTO_UDP = 17, IP_PROTO_UDPLITE = 136, JUMBO = 65536 };
/* As traceroute has them that asks for at most 10 hops. */
enum { FIRST_TRACEROUTE_PORT = 33435, TRACEROUTE_PORTS = 30, ATTEMPTS_PER_HOP = 3 };

enum {
	UDP, UDP_SRCPORT, UDP_DSTPORT, UDP_PORT, UDP_LENGTH, UDP_CHECKSUM, UDP_CHECKSUM_CALCULATED,
	UDP_CHECKSUM_STATUS, UDP_STREAM, UDP_TIMESTAMPS, UDP_TIME_RELATIVE, UDP_TIME_DELTA,
	UDP_PAYLOAD, UDP_LENGTH_BAD, UDP_LENGTH_BAD_ZERO, UDP_CHECKSUM_BAD, UDP_CHECKSUM_ZERO,
	UDP_POSSIBLE_TRACEROUTE, UDP_COVERAGE, UDP_COVERAGE_BAD,
};

static const struct field udp_fields[] = {
	[UDP]                     = { "udp", "User Datagram Protocol", FIELD_PROTOCOL,
					.help = "Carries one datagram from port to port; nothing "
						"is promised of its arrival",
					.reference = "RFC 768" },
	[UDP_SRCPORT]             = { "udp.srcport", "Source Port", FIELD_U16, BASE_PORT,
				      .flags = FIELD_OF_CONVERSATION,
					.help = "The port that an answer should go to",
					.reference = "RFC 768", PLACED(0) },
	[UDP_DSTPORT]             = { "udp.dstport", "Destination Port", FIELD_U16, BASE_PORT,
				      .flags = FIELD_OF_CONVERSATION,
					.help = "The port that it goes to: well-known ones tell "
						"the service",
					.reference = "RFC 768", PLACED(2) },
	[UDP_PORT]                = { "udp.port", "Source or Destination Port", FIELD_U16,
				      BASE_PORT,
				      .flags = FIELD_OF_CONVERSATION,
					.help = "Either port", PLACED_TWICE(0, 2) },
	[UDP_LENGTH]              = { "udp.length", "Length", FIELD_U16,
				      .help = "Header and payload, in bytes", .reference = "RFC 768",
				      PLACED(4) },
	[UDP_CHECKSUM]            = { "udp.checksum", "Checksum", FIELD_U16, BASE_HEX,
					.help = "A sum over the datagram and the addresses, to "
						"notice damage; 0: none",
					.reference = "RFC 768", PLACED(6) },
	[UDP_CHECKSUM_CALCULATED] = { "udp.checksum_calculated", "Calculated Checksum", FIELD_U16,
				      BASE_HEX,
				      .help = "What the checksum should be" },
	[UDP_CHECKSUM_STATUS]     = { "udp.checksum.status", "Checksum Status", FIELD_U8,
				      .base = BASE_NAME, .names = checksum_status_names,
					.help = "Whether the checksum is right" },
	[UDP_STREAM]              = { "udp.stream", "Stream index", FIELD_U32,
				      .help = "Conversations by UDP, in order of first sight",
				      .flags = FIELD_OF_CONVERSATION,
				      .place = PLACE_STREAM, .other_place = IP_PROTO_UDP },
	[UDP_TIMESTAMPS]          = { "udp.timestamps", "Timestamps", FIELD_NONE, .flags = FIELD_WORDS,
					.help = "When this was within its conversation" },
	[UDP_TIME_RELATIVE]       = { "udp.time_relative", "Time since first frame", FIELD_DURATION,
				      .unit = " seconds",
					.help = "Since the conversation's first datagram" },
	[UDP_TIME_DELTA]          = { "udp.time_delta", "Time since previous frame", FIELD_DURATION,
				      .unit = " seconds",
					.help = "Since the conversation's datagram before this" },
	[UDP_PAYLOAD]             = { "udp.payload", "Payload", FIELD_BYTES,
					.help = "What the datagram carries" },
	[UDP_LENGTH_BAD] =
		FINDING("udp.length.bad", "Bad length value", EXPERT_ERROR, GROUP_MALFORMED),
	[UDP_LENGTH_BAD_ZERO] = FINDING("udp.length.bad_zero", "Length is zero but payload < 65536",
					EXPERT_WARN, GROUP_PROTOCOL),
	[UDP_CHECKSUM_BAD] =
		FINDING("udp.checksum.bad", "Bad checksum", EXPERT_ERROR, GROUP_CHECKSUM),
	[UDP_CHECKSUM_ZERO] = FINDING("udp.checksum.zero", "Illegal checksum value (0)",
				      EXPERT_ERROR, GROUP_CHECKSUM),
	[UDP_POSSIBLE_TRACEROUTE] = FINDING("udp.possible_traceroute", "Possible traceroute",
					    EXPERT_CHAT, GROUP_SEQUENCE),
	[UDP_COVERAGE]            = { "udp.checksum_coverage", "Checksum coverage", FIELD_U16,
					.help = "How many bytes the checksum of UDP-Lite is about; 0: "
						"all",
					.reference = "RFC 3828, 3.1" },
	[UDP_COVERAGE_BAD] = FINDING("udplite.checksum_coverage.bad", "Bad checksum coverage length value",
				     EXPERT_ERROR, GROUP_MALFORMED),
};

static const struct field udplite_fields[] = {
	{ "udplite", "Lightweight User Datagram Protocol", FIELD_PROTOCOL,
	  .help = "UDP whose payload may arrive damaged", .reference = "RFC 3828" },
};

static void note_length(struct dissection *d, node_id node, uint32_t length, const char *than)
{
	note_finding_on(d, node, UDP_LENGTH_BAD, "Bad length value %u %s", length, than);
}

struct extent {
	uint8_t protocol;
	uint32_t length, covered; /* of the datagram, in bytes, and what of it is summed */
};

/* What is to be summed, or false: bytes are missing, or there is no pseudo header. */
static bool sum_datagram(const struct dissection *d, const struct cursor *datagram,
			 const struct extent *extent, uint32_t *sum)
{
	const uint8_t *bytes;

	return cursor_peek(datagram, 0, extent->covered, &bytes) &&
	       checksum_pseudo_header(&d->from, &d->to, extent->protocol, extent->length, sum) &&
	       (*sum = checksum_add(*sum, bytes, extent->covered), true);
}

static void verify(struct dissection *d, node_id node, uint16_t given, uint32_t sum)
{
	/* The sum over the datagram has `given` in it; taking it out leaves what it should be. */
	uint16_t expected = checksum_finish(sum + (uint16_t)~given);
	bool good = checksum_finish(sum) == 0;

	if (expected == 0)
		expected = 0xffff;
	open_node(d, node);
	if (good) {
		label(d, node, " [correct]");
	} else {
		label(d, node,
		      " incorrect, should be 0x%04x (maybe caused by \"UDP checksum offload\"?)",
		      expected);
		note_finding(d, UDP_CHECKSUM_BAD, "Bad checksum [should be 0x%04x]", expected);
		if (dissection_settings()->words_udp_checksums)
			info(d, " [UDP CHECKSUM INCORRECT]");
	}
	node_stand_on(d, put_uint(d, UDP_CHECKSUM_CALCULATED, good ? given : expected), node);
	close_node(d, node);
	if (!good)
		node_flag(d, node, NODE_BAD);
	node_stand_at(d, put_uint(d, UDP_CHECKSUM_STATUS, good ? CHECKSUM_GOOD : CHECKSUM_BAD),
		      node);
}

/* Zero says that there is none, which only IPv4 allows, and UDP-Lite never.  What ICMP quotes is past judging. */
static void show_no_checksum(struct dissection *d, node_id node, bool lite)
{
	bool allowed = (d->from.type != ADDRESS_IPV6 && !lite) || d->in_error;

	label(d, node, allowed ? " [zero-value ignored]" : " [zero-value illegal]");
	if (!allowed) {
		note_finding_on(d, node, UDP_CHECKSUM_ZERO, "Illegal checksum value (0)");
		info(d, " [ILLEGAL CHECKSUM (0)]");
	}
	open_node(d, node);
	node_stand_at(
		d,
		put_uint(d, UDP_CHECKSUM_STATUS, allowed ? CHECKSUM_NOT_PRESENT : CHECKSUM_ILLEGAL),
		node);
	close_node(d, node);
}

static void take_checksum(struct dissection *d, struct cursor *c, const struct cursor *datagram,
			  const struct extent *extent)
{
	uint16_t given = take_u16(d, c, UDP_CHECKSUM);
	node_id node = last_node(d);
	uint32_t sum;

	if (only_learning(d) || !cursor_ok(c))
		return;
	if (given == 0) {
		show_no_checksum(d, node, extent->protocol == IP_PROTO_UDPLITE);
	} else if (!dissection_settings()->trusts_udp_checksums && sum_datagram(d, datagram, extent, &sum)) {
		verify(d, node, given, sum);
	} else {
		label(d, node, " [unverified]");
		node_stand_at(d, put_uint(d, UDP_CHECKSUM_STATUS, CHECKSUM_UNVERIFIED), node);
	}
}

static void show_conversation(struct dissection *d, const struct cursor *c, bool empty)
{
	const struct conversation *talk = conversation_of(d, IP_PROTO_UDP);

	if (!talk || only_learning(d))
		return;
	add_uint(d, c, UDP_STREAM, c->pos, 0, talk->stream);
	node_flag(d, last_node(d), NODE_GENERATED);
	if (empty)
		return;
	node_id tree = put_none(d, UDP_TIMESTAMPS);
	open_node(d, tree);
	put_duration(d, UDP_TIME_RELATIVE, time_between(conversation_start(d, talk), d->packet.time_ns));
	put_duration(d, UDP_TIME_DELTA, conversation_gap(d));
	close_node(d, tree);
}

enum { BEGINNING_NS = 1000000000 };

/* Are those that look at a conversation's beginning asked of this datagram? */
static bool is_at_beginning(const struct dissection *d)
{
	return !d->conversation ||
	       time_between(conversation_start(d, d->conversation), d->packet.time_ns) <
		       BEGINNING_NS;
}

/* The first dissector in the list that recognises the payload, asked anew for each datagram: one pair of
 * ports may carry several protocols, as BitTorrent's does. */
static const struct dissector *find_by_looks(const struct dissection *d, const struct cursor *payload)
{
	const struct dissector *known = conversation_recognized(d);
	enum recognizers which =
		!known && is_at_beginning(d) ? RECOGNIZE_DATAGRAM_BEGINNING : RECOGNIZE_DATAGRAM;

	if (known && known->at_beginning && known->looks_like(d, payload))
		return known;
	for (const struct dissector *const *at = registry_recognizers(which); *at; at++)
		if ((*at)->looks_like(d, payload))
			return *at;
	return NULL;
}

/* In the first pass: does this datagram, with those before it, tell who recognises it? */
static bool becomes_known(struct dissection *d, const struct cursor *payload)
{
	enum recognizers which =
		is_at_beginning(d) ? RECOGNIZE_DATAGRAM_BEGINNING : RECOGNIZE_DATAGRAM;

	for (const struct dissector *const *at = registry_recognizers(which); *at; at++)
		if ((*at)->becomes_sure && (*at)->becomes_sure(d, payload))
			return true;
	return false;
}

/* What was announced, then the lower port: servers listen there; then what recognises it. */
static void hand_on_by_port(struct dissection *d, struct cursor payload)
{
	const struct dissector *announced = announced_dissector(d);
	uint32_t port;

	if (announced) {
		dissect_layer(d, announced, payload);
		return;
	}
	who_claims_port(BY_UDP_PORT, d->from.port, d->to.port, &port);
	if (hand_on(d, BY_UDP_PORT, port, payload))
		return;
	const struct dissector *found = find_by_looks(d, &payload);
	if (!found && d->pen && becomes_known(d, &payload))
		found = find_by_looks(d, &payload);
	if (found && found->at_beginning)
		conversation_recognize(d, found);
	d->detected = found;
	if (found)
		dissect_layer(d, found, payload);
	else
		hand_on_as_data(d, payload);
	d->detected = NULL;
}

/* The datagram's length by its header, checked against what IP delivered; 0: not to be used. */
static uint32_t take_length(struct dissection *d, struct cursor *c, uint32_t sent)
{
	uint32_t length = take_u16(d, c, UDP_LENGTH);
	node_id node = last_node(d);

	if (!cursor_ok(c))
		return 0;
	if (length == 0 && d->from.type == ADDRESS_IPV6 && sent >= HEADER_LENGTH) {
		if (sent < JUMBO)
			note_finding_on(d, node, UDP_LENGTH_BAD_ZERO,
					"Length is zero but payload < 65536");
		info(d, " Len=%u [Jumbogram]", sent - HEADER_LENGTH);
		return sent;
	}
	if (length < HEADER_LENGTH) {
		label(d, node, " (bogus, must be >= %d)", HEADER_LENGTH);
		note_length(d, node, length, "< 8");
		info(d, " [BAD UDP LENGTH %u < %d]", length, HEADER_LENGTH);
		return 0;
	}
	if (length > sent && !d->in_error) {
		label(d, node, " (bogus, payload length %u)", sent);
		note_length(d, node, length, "> IP payload length");
		info(d, " [BAD UDP LENGTH %u > IP PAYLOAD LENGTH]", length);
	}
	info_count(d, " Len=", length - HEADER_LENGTH);
	return length;
}

/* traceroute counts its attempts, three for each hop, in the port that it sends to. */
static void note_traceroute(struct dissection *d, node_id node, uint32_t port)
{
	uint32_t attempt = port - FIRST_TRACEROUTE_PORT;

	if (port >= FIRST_TRACEROUTE_PORT && attempt < TRACEROUTE_PORTS)
		note_finding_on(d, node, UDP_POSSIBLE_TRACEROUTE,
				"Possible traceroute: hop #%u, attempt #%u",
				attempt / ATTEMPTS_PER_HOP + 1, attempt % ATTEMPTS_PER_HOP + 1);
}

/* The datagram is as long as IP says. */
static struct extent take_coverage(struct dissection *d, struct cursor *c, uint32_t sent)
{
	uint32_t coverage = take_u16(d, c, UDP_COVERAGE);
	struct extent extent = { IP_PROTO_UDPLITE, sent, coverage ? coverage : sent };

	if (!cursor_ok(c))
		return (struct extent){ 0 };
	if (extent.covered < HEADER_LENGTH || extent.covered > sent) {
		label(d, last_node(d), " (bogus, must be >= %d and <= %u)", HEADER_LENGTH, sent);
		note_finding_on(d, last_node(d), UDP_COVERAGE_BAD,
				"Bad checksum coverage length value %u < %d or > %u", coverage, HEADER_LENGTH, sent);
	}
	node_id node = put_uint(d, UDP_LENGTH, sent);
	node_stand_at(d, node, last_node(d));
	info_count(d, " Len=", sent >= HEADER_LENGTH ? sent - HEADER_LENGTH : 0);
	return extent;
}

static void dissect_datagram(struct dissection *d, struct cursor *c, bool lite)
{
	struct cursor datagram = *c;

	node_set_length(d, layer_node(d), HEADER_LENGTH);
	d->from.port = take_u16(d, c, UDP_SRCPORT);
	node_id source = last_node(d);
	note_traceroute(d, source, d->from.port);
	d->to.port = take_u16(d, c, UDP_DSTPORT);
	node_id destination = last_node(d);
	note_traceroute(d, destination, d->to.port);
	put_alias(d, UDP_PORT, d->from.port);
	node_stand_on(d, last_node(d), source);
	put_alias(d, UDP_PORT, d->to.port);
	node_stand_on(d, last_node(d), destination);
	info_begin(d);
	tell_ports(d, IP_PROTO_UDP);

	struct extent extent = { IP_PROTO_UDP };
	if (lite)
		extent = take_coverage(d, c, cursor_sent(&datagram));
	else
		extent.length = extent.covered = take_length(d, c, cursor_sent(&datagram));
	uint32_t length = extent.length;
	if (length < HEADER_LENGTH)
		return;
	take_checksum(d, c, &datagram, &extent);
	show_conversation(d, c, length == HEADER_LENGTH);

	struct cursor payload = cursor_split(c, length - HEADER_LENGTH);
	uint32_t held = cursor_left(&payload);
	if (length == HEADER_LENGTH || !cursor_sent(&payload))
		return;
	/* Nothing of it was captured, so nobody can say more. */
	if (!held && !d->in_error) {
		cursor_skip(&payload, 1);
		return;
	}
	node_id node = put_bytes(d, UDP_PAYLOAD, &payload);
	label_set(d, node, "UDP payload (%u byte%s)", held, held == 1 ? "" : "s");
	hand_on_by_port(d, payload);
}

static void udp_dissect(struct dissection *d, struct cursor *c)
{
	dissect_datagram(d, c, false);
}

static void udplite_dissect(struct dissection *d, struct cursor *c)
{
	dissect_datagram(d, c, true);
}

static bool udp_is_plain(struct outline *o)
{
	uint32_t length = load_be16(o->bytes + o->at + 4);

	if (length < HEADER_LENGTH || length > o->reported - o->at)
		return false;
	outline_cut(o, length);
	o->header = HEADER_LENGTH;
	return true;
}

static const struct plain_header udp_plain = { udp_is_plain, .bytes = HEADER_LENGTH, .carries = true };

static const struct claim udp_claims[] = { { BY_IP_PROTO, IP_PROTO_UDP } };

const struct dissector udp_dissector = {
	.name = "udp",
	.short_name = "UDP",
	.title = "User Datagram Protocol",
	.fields = udp_fields,
	.field_count = COUNT(udp_fields),
	.claims = udp_claims,
	.claim_count = COUNT(udp_claims),
	.plain = &udp_plain,
	.dissect = udp_dissect,
};

static const struct claim udplite_claims[] = { { BY_IP_PROTO, IP_PROTO_UDPLITE } };

const struct dissector udplite_dissector = {
	.name = "udplite",
	.short_name = "UDP-Lite",
	.title = "Lightweight User Datagram Protocol",
	.fields = udplite_fields,
	.field_count = COUNT(udplite_fields),
	.fields_of = &udp_dissector,
	.claims = udplite_claims,
	.claim_count = COUNT(udplite_claims),
	.dissect = udplite_dissect,
};
