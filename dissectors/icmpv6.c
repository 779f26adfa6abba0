/* icmpv6.c - Internet Control Message Protocol for IPv6, RFC 4443: the header, errors, echoes (also
 * RFC 8335), and the messages that need few words: RFC 3775 (mobile nodes), 4065, 4286, 4884, 5568,
 * 6743, 6775.  The others have files of their own. */
#include "base/time.h"
#include "dissect/checksum.h"
#include "dissect/dissector.h"
#include "icmp.h"
#include "icmpv6.h"
#include "ip_names.h"
#include "message_checksum.h"

static const struct icmpv6_part agent_request_parts[] = {
	{ ICMPV6_MIP6_IDENTIFIER },
	{ ICMPV6_RESERVED, 2 },
};

static const struct icmpv6_part multicast_router_parts[] = {
	{ ICMPV6_MCAST_RA_QUERY_INTERVAL },
	{ ICMPV6_MCAST_RA_ROBUSTNESS_VARIABLE },
};

static const struct icmpv6_part duplicate_parts[] = {
	{ ICMPV6_6LOWPANND_DA_STATUS },	  { ICMPV6_6LOWPANND_DA_RSV },
	{ ICMPV6_6LOWPANND_DA_LIFETIME }, { ICMPV6_6LOWPANND_DA_EUI64 },
	{ ICMPV6_6LOWPANND_DA_REG_ADDR },
};

void icmpv6_show_parts(struct dissection *d, struct cursor *c, const struct icmpv6_part *parts,
		       unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const struct icmpv6_part *part = &parts[i];
		enum field_type type = icmpv6_fields[part->field].type;
		uint32_t n = part->bytes == REST ? cursor_sent(c) : part->bytes;

		if (part->first)
			take_flags(d, c, part->field, part->first, part->last);
		else if (part->look)
			look_uint(d, c, part->field);
		else if (type == FIELD_IPV6)
			take_ipv6(d, c, part->field);
		else if (type == FIELD_BYTES)
			take_bytes(d, c, part->field, n);
		else if (type == FIELD_TEXT)
			take_text(d, c, part->field, n);
		else if (part->width)
			take_uint_n(d, c, part->field, part->width);
		else if (type != FIELD_NONE)
			take_uint(d, c, part->field);
		else {
			add_node(d, c, part->field, c->pos, n);
			cursor_skip(c, n);
		}
	}
}

/* Over the pseudo header as well (RFC 8200, 8.1). */
static void show_checksum(struct dissection *d, struct cursor *c, uint32_t start)
{
	struct message_checksum sum = {
		.field = ICMPV6_CHECKSUM,
		.status = ICMPV6_CHECKSUM_STATUS,
		.finding = ICMPV6_CHECKSUM_BAD_EXPERT,
		.start = start,
		.length = c->reported - start,
	};

	sum.unknowable = d->in_error;
	if (!only_learning(d) && !checksum_pseudo_header(&d->from, &d->to, IP_PROTO_ICMPV6,
							 sum.length, &sum.pseudo))
		sum.unknowable = true;
	take_message_checksum(d, c, &sum);
}

static void show_echo(struct dissection *d, struct cursor *c, bool request, uint32_t sum)
{
	struct echo partner;
	uint16_t id = take_u16(d, c, ICMPV6_ECHO_IDENTIFIER);
	uint16_t sequence = take_u16(d, c, ICMPV6_ECHO_SEQUENCE_NUMBER);

	if (!cursor_ok(c))
		return;
	info(d, " id=0x%04x, seq=%u, hop limit=%u", id, sequence, d->hops_left);
	bool paired = pair_echo(d, request, (uint32_t)id << 16 | sequence, sum, IP_PROTO_ICMPV6,
				&partner);
	if (paired && request) {
		info(d, " (reply in %u)", partner.packet);
		put_uint(d, ICMPV6_RESP_IN, partner.packet);
	} else if (paired) {
		info(d, " (request in %u)", partner.packet);
		put_uint(d, ICMPV6_RESP_TO, partner.packet);
		double ms = (double)time_between(partner.time_ns, d->packet.time_ns) / 1e6;
		put_double(d, ICMPV6_RESPTIME, ms);
		label_set(d, last_node(d), "Response Time: %.3f ms", ms);
	} else if (request && !knows_no_later(d) && !d->in_error) {
		info(d, " (no response found!)");
		put_none(d, ICMPV6_NO_RESP);
		note_finding_on(d, last_node(d), ICMPV6_RESP_NOT_FOUND,
				"No response seen to ICMPv6 request in frame %u", d->packet.number);
	}
	if (cursor_more(c))
		hand_on_as_data_within(d, *c);
}

/* The quote, and behind it extensions if the message said how long the quote is (RFC 4884, 4.3). */
static void show_quote(struct dissection *d, struct cursor *c, uint32_t length)
{
	const uint8_t *p;
	bool extended = length && length < cursor_sent(c);
	struct cursor quote = cursor_split(c, extended ? length : cursor_sent(c));

	if (!cursor_peek(&quote, 0, 1, &p)) {
		cursor_fail(c, 1);
		return;
	}
	if (*p >> 4 == 6)
		show_undelivered_packet(d, quote, 0x86dd);
	else
		hand_on_as_data_within(d, quote);
	if (extended) {
		path_mention(d, "icmp");
		show_icmp_extensions(d, c);
	}
}

static void show_error(struct dissection *d, struct cursor *c, uint8_t type)
{
	const uint8_t *p;
	uint32_t length = 0;

	if (type == ICMPV6_TOO_BIG) {
		take_u32(d, c, ICMPV6_MTU);
	} else if (type == ICMPV6_PARAMETER) {
		take_u32(d, c, ICMPV6_POINTER);
	} else if (cursor_peek(c, 0, 1, &p) && *p) {
		length = take_u8(d, c, ICMPV6_LENGTH) * 8u;
		take_bytes(d, c, ICMPV6_RESERVED, 3);
	} else {
		take_bytes(d, c, ICMPV6_RESERVED, 4);
	}
	show_quote(d, c, length);
}

/* RFC 4065 and 5568: the subtype says what the code means. */
static void show_fast_handover(struct dissection *d, struct cursor *c)
{
	uint8_t subtype = take_u8(d, c, ICMPV6_FMIP6_SUBTYPE);
	const char *name = icmpv6_name(ICMPV6_FMIP6_SUBTYPE, subtype);

	if (name)
		info(d, " (%s)", name);
	else
		info(d, " (Unknown (%u))", subtype);
	if (subtype == 4) {
		unsigned flags =
			(unsigned)take_flags(d, c, ICMPV6_FMIP6_HI_FLAG, ICMPV6_FMIP6_HI_FLAG_S,
					     ICMPV6_FMIP6_HI_FLAG_RESERVED);
		label(d, last_node(d), "%s%s",
		      flags & 0x80 ? ", Assigned address configuration" : "",
		      flags & 0x40 ? ", Buffer" : "");
	} else {
		take_bytes(d, c, ICMPV6_RESERVED, 1);
	}
	take_u16(d, c, ICMPV6_FMIP6_IDENTIFIER);
	icmpv6_show_options(d, c);
}

/* RFC 6743, 3. */
static void show_locators(struct dissection *d, struct cursor *c)
{
	unsigned count = take_u8(d, c, ICMPV6_ILNP_NB_LOCS);

	take_bytes(d, c, ICMPV6_RESERVED, 1);
	take_bytes(d, c, ICMPV6_RESERVED, 2);
	for (unsigned i = 0; i < count && cursor_ok(c); i++) {
		take_uint(d, c, ICMPV6_ILNP_NB_LOCATOR);
		take_uint_n(d, c, ICMPV6_ILNP_NB_PREFERENCE, 2);
		take_uint_n(d, c, ICMPV6_ILNP_NB_LIFETIME, 2);
	}
}

/* RFC 8335; the extension is ICMP's. */
static void show_extended_echo(struct dissection *d, struct cursor *c, bool request)
{
	take_u16(d, c, ICMPV6_ECHO_IDENTIFIER);
	take_u8(d, c, ICMPV6_EXT_ECHO_SEQ);
	if (request) {
		look_uint(d, c, ICMPV6_EXT_ECHO_REQ_RES);
		take_uint(d, c, ICMPV6_EXT_ECHO_REQ_LOCAL);
		if (cursor_more(c)) {
			path_mention(d, "icmp");
			show_icmp_extensions(d, c);
		}
		return;
	}
	look_uint(d, c, ICMPV6_EXT_ECHO_RSP_STATE);
	look_uint(d, c, ICMPV6_EXT_ECHO_RSP_RES);
	look_uint(d, c, ICMPV6_EXT_ECHO_RSP_ACTIVE);
	look_uint(d, c, ICMPV6_EXT_ECHO_RSP_IPV4);
	take_uint(d, c, ICMPV6_EXT_ECHO_RSP_IPV6);
}

static void show_other(struct dissection *d, struct cursor *c, uint8_t type)
{
	switch (type) {
	case ICMPV6_AGENT_REQUEST:
	case ICMPV6_PREFIX_SOLICITATION:
	case ICMPV6_AGENT_REPLY:
		ICMPV6_SHOW(d, c, agent_request_parts);
		while (type == ICMPV6_AGENT_REPLY && cursor_more(c))
			take_ipv6(d, c, ICMPV6_MIP6_HOME_AGENT_ADDRESS);
		break;
	case ICMPV6_MOBILITY:
	case ICMPV6_FAST_HANDOVER:
		show_fast_handover(d, c);
		break;
	case ICMPV6_MULTICAST_ADVERTISEMENT:
		ICMPV6_SHOW(d, c, multicast_router_parts);
		break;
	case ICMPV6_MULTICAST_SOLICITATION:
	case ICMPV6_MULTICAST_TERMINATION:
		break;
	case ICMPV6_LOCATOR:
		show_locators(d, c);
		break;
	case ICMPV6_DUPLICATE_REQUEST:
	case ICMPV6_DUPLICATE_REPLY:
		ICMPV6_SHOW(d, c, duplicate_parts);
		break;
	case ICMPV6_MPL:
		icmpv6_show_seeds(d, c);
		break;
	default:
		note_finding(d, ICMPV6_UNDECODED_TYPE, "ICMPv6 type %u is not known", type);
		if (cursor_more(c))
			take_bytes(d, c, ICMPV6_DATA, cursor_sent(c));
	}
}

static void show_body(struct dissection *d, struct cursor *c, const struct icmpv6_message *m)
{
	switch (m->type) {
	case ICMPV6_UNREACHABLE:
	case ICMPV6_TOO_BIG:
	case ICMPV6_TIME_EXCEEDED:
	case ICMPV6_PARAMETER:
		show_error(d, c, m->type);
		break;
	case ICMPV6_ECHO:
	case ICMPV6_ECHO_REPLY:
		show_echo(d, c, m->type == ICMPV6_ECHO, echo_sum(m->checksum, m->type));
		break;
	case ICMPV6_LISTENER_QUERY:
	case ICMPV6_LISTENER_REPORT:
	case ICMPV6_LISTENER_DONE:
		icmpv6_show_listener(d, c, m->type, m->length);
		break;
	case ICMPV6_LISTENER_REPORT_2:
		icmpv6_show_listener_report(d, c);
		break;
	case ICMPV6_RENUMBERING:
		icmpv6_show_renumbering(d, c, m->code);
		break;
	case ICMPV6_NODE_QUERY:
		icmpv6_show_node_query(d, c, m->code);
		break;
	case ICMPV6_NODE_REPLY:
		icmpv6_show_node_reply(d, c, m->code);
		break;
	case ICMPV6_RPL:
		icmpv6_show_rpl(d, c, m->code);
		break;
	case ICMPV6_EXTENDED_ECHO:
	case ICMPV6_EXTENDED_ECHO_REPLY:
		show_extended_echo(d, c, m->type == ICMPV6_EXTENDED_ECHO);
		break;
	default:
		if (!icmpv6_show_discovery(d, c, m->type))
			show_other(d, c, m->type);
	}
}

/* " (Port unreachable)" behind the code, if the type's codes have names. */
static const char *code_words(struct dissection *d, uint8_t type, uint8_t code)
{
	const struct value_name *names = icmpv6_code_names(type);

	if (!names)
		return NULL;
	const char *name = value_name(names, code);
	if (name)
		return name;
	return type == ICMPV6_UNREACHABLE ? "Unknown"
					  : arena_printf(&d->arena, "Unknown (%u)", code);
}

static void icmpv6_dissect(struct dissection *d, struct cursor *c)
{
	struct icmpv6_message m = { .length = cursor_sent(c) };
	uint32_t start = c->pos;
	const uint8_t *p;

	info_begin(d);
	m.type = take_u8(d, c, ICMPV6_TYPE);
	const char *type_name = icmpv6_name(ICMPV6_TYPE, m.type);
	if (type_name)
		info(d, "%s", type_name);
	else
		info(d, "Unknown (%u)", m.type);
	m.code = take_u8(d, c, ICMPV6_CODE);
	const char *words = only_learning(d) ? NULL : code_words(d, m.type, m.code);
	if (words) {
		label(d, last_node(d), " (%s)", words);
		info(d, " (%s)", words);
	}
	if (cursor_peek(c, 0, 2, &p))
		m.checksum = load_be16(p);
	show_checksum(d, c, start);
	if (cursor_ok(c))
		show_body(d, c, &m);
}

static bool icmpv6_is_plain(struct outline *o)
{
	o->header = 4;
	return true;
}

static const struct plain_header icmpv6_plain = { icmpv6_is_plain, .bytes = 4 };

static const struct claim icmpv6_claims[] = { { BY_IP_PROTO, IP_PROTO_ICMPV6 } };

const struct dissector icmpv6_dissector = {
	.name = "icmpv6",
	.short_name = "ICMPv6",
	.title = "Internet Control Message Protocol v6",
	.fields = icmpv6_fields,
	.field_count = ICMPV6_FIELD_COUNT,
	.claims = icmpv6_claims,
	.claim_count = COUNT(icmpv6_claims),
	.borrows = &icmp_dissector,
	.plain = &icmpv6_plain,
	.dissect = icmpv6_dissect,
};
