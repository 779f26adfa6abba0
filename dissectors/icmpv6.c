/* icmpv6.c - Internet Control Message Protocol for IPv6, RFC 4443.
 *
 * Also RFC 2710 and 3810 (MLD), 2894, 3122, 3971, 4065, 4286, 4620, 4861, 4884, 5568, 6275, 6743,
 * 6775, 7731, 8335; RPL is in icmpv6_rpl.c, the options of Neighbor Discovery in
 * icmpv6_options.c. */
#include "base/time.h"
#include "dissect/checksum.h"
#include "dissect/dissector.h"
#include "icmp.h"
#include "icmpv6.h"
#include "ip_names.h"

enum icmpv6_type {
	TYPE_UNREACHABLE = 1, TYPE_TOO_BIG = 2, TYPE_TIME_EXCEEDED = 3, TYPE_PARAMETER = 4,
	TYPE_ECHO = 128, TYPE_ECHO_REPLY = 129, TYPE_LISTENER_QUERY = 130, TYPE_LISTENER_REPORT = 131,
	TYPE_LISTENER_DONE = 132, TYPE_ROUTER_SOLICITATION = 133, TYPE_ROUTER_ADVERTISEMENT = 134,
	TYPE_NEIGHBOR_SOLICITATION = 135, TYPE_NEIGHBOR_ADVERTISEMENT = 136, TYPE_REDIRECT = 137,
	TYPE_RENUMBERING = 138, TYPE_NODE_QUERY = 139, TYPE_NODE_REPLY = 140,
	TYPE_INVERSE_SOLICITATION = 141, TYPE_INVERSE_ADVERTISEMENT = 142, TYPE_LISTENER_REPORT_2 = 143,
	TYPE_AGENT_REQUEST = 144, TYPE_AGENT_REPLY = 145, TYPE_PREFIX_SOLICITATION = 146,
	TYPE_PREFIX_ADVERTISEMENT = 147, TYPE_CERTIFICATION_SOLICITATION = 148,
	TYPE_CERTIFICATION_ADVERTISEMENT = 149, TYPE_MOBILITY = 150, TYPE_MULTICAST_ADVERTISEMENT = 151,
	TYPE_MULTICAST_SOLICITATION = 152, TYPE_MULTICAST_TERMINATION = 153, TYPE_FAST_HANDOVER = 154,
	TYPE_RPL = 155, TYPE_LOCATOR = 156, TYPE_DUPLICATE_REQUEST = 157, TYPE_DUPLICATE_REPLY = 158,
	TYPE_MPL = 159, TYPE_EXTENDED_ECHO = 160, TYPE_EXTENDED_ECHO_REPLY = 161,
};

enum { MLD_2_LENGTH = 28 };

static const struct icmpv6_part router_advertisement_parts[] = {
	{ ICMPV6_ND_RA_ROUTER_LIFETIME }, { ICMPV6_ND_RA_REACHABLE_TIME },
	{ ICMPV6_ND_RA_RETRANS_TIMER },
};
static const struct icmpv6_part agent_request_parts[] = {
	{ ICMPV6_MIP6_IDENTIFIER }, { ICMPV6_RESERVED, 2 },
};
static const struct icmpv6_part prefix_advertisement_parts[] = {
	{ ICMPV6_MIP6_IDENTIFIER },
	{ ICMPV6_MIP6_FLAG, .first = ICMPV6_MIP6_FLAG_M, .last = ICMPV6_MIP6_FLAG_RSV },
};
static const struct icmpv6_part certification_parts[] = {
	{ ICMPV6_SEND_IDENTIFIER }, { ICMPV6_SEND_COMPONENT },
};
static const struct icmpv6_part certification_reply_parts[] = {
	{ ICMPV6_SEND_IDENTIFIER }, { ICMPV6_SEND_ALL_COMPONENTS }, { ICMPV6_SEND_COMPONENT },
	{ ICMPV6_RESERVED, 2 },
};
static const struct icmpv6_part multicast_router_parts[] = {
	{ ICMPV6_MCAST_RA_QUERY_INTERVAL }, { ICMPV6_MCAST_RA_ROBUSTNESS_VARIABLE },
};
static const struct icmpv6_part duplicate_parts[] = {
	{ ICMPV6_6LOWPANND_DA_STATUS }, { ICMPV6_6LOWPANND_DA_RSV }, { ICMPV6_6LOWPANND_DA_LIFETIME },
	{ ICMPV6_6LOWPANND_DA_EUI64 }, { ICMPV6_6LOWPANND_DA_REG_ADDR },
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
	const uint8_t *bytes = c->data + start;
	uint32_t n = c->reported - start, pseudo = 0;
	uint16_t sum = take_u16(d, c, ICMPV6_CHECKSUM);
	node_id node = last_node(d);

	if (!cursor_ok(c) || only_learning(d))
		return;
	if (d->in_error || n > c->captured - start ||
	    !checksum_pseudo_header(&d->from, &d->to, IP_PROTO_ICMPV6, n, &pseudo)) {
		label(d, node, " [unverified]%s", d->in_error ? " [in ICMP error packet]" : "");
		node_stand_at(d, put_uint(d, ICMPV6_CHECKSUM_STATUS, CHECKSUM_UNVERIFIED), node);
		return;
	}
	uint16_t right = checksum_finish(checksum_add(checksum_add(pseudo, bytes, 2), bytes + 4, n - 4));
	bool good = right == sum || (right == 0 && sum == 0xffff);
	if (good) {
		label(d, node, " [correct]");
	} else {
		label(d, node, " incorrect, should be 0x%04x", right);
		note_finding_on(d, node, ICMPV6_CHECKSUM_BAD_EXPERT,
				"Bad checksum [should be 0x%04x]", right);
	}
	node_stand_at(d, put_uint(d, ICMPV6_CHECKSUM_STATUS, good ? CHECKSUM_GOOD : CHECKSUM_BAD),
		      node);
}

/* As common_sum() of icmp.c: what a request's and its reply's checksum have in common. */
static uint32_t common_sum(uint16_t checksum, uint8_t type)
{
	uint32_t sum = (uint16_t)~checksum + (uint32_t)(uint16_t)~(type << 8);

	sum = (sum & 0xffff) + (sum >> 16);
	return sum == 0xffff ? 0 : sum;
}

static void show_echo(struct dissection *d, struct cursor *c, bool request, uint32_t sum)
{
	struct echo partner;
	uint16_t id = take_u16(d, c, ICMPV6_ECHO_IDENTIFIER);
	uint16_t sequence = take_u16(d, c, ICMPV6_ECHO_SEQUENCE_NUMBER);

	if (!cursor_ok(c))
		return;
	info(d, " id=0x%04x, seq=%u, hop limit=%u", id, sequence, d->hops_left);
	bool paired = pair_echo(d, request, (uint32_t)id << 16 | sequence, sum, IP_PROTO_ICMPV6, &partner);
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

	if (type == TYPE_TOO_BIG) {
		take_u32(d, c, ICMPV6_MTU);
	} else if (type == TYPE_PARAMETER) {
		take_u32(d, c, ICMPV6_POINTER);
	} else if (cursor_peek(c, 0, 1, &p) && *p) {
		length = take_u8(d, c, ICMPV6_LENGTH) * 8u;
		take_bytes(d, c, ICMPV6_RESERVED, 3);
	} else {
		take_bytes(d, c, ICMPV6_RESERVED, 4);
	}
	show_quote(d, c, length);
}

/* RFC 3810, 5.1: a longer query is of the second version. */
static void show_listener(struct dissection *d, struct cursor *c, uint8_t type, uint32_t length)
{
	bool second = type == TYPE_LISTENER_QUERY && length >= MLD_2_LENGTH;

	unsigned code = cursor_u16(c);
	/* From 32768 on a floating point number (RFC 3810, 5.1.3). */
	if (second && code >= 0x8000)
		code = ((code & 0xfff) | 0x1000) << ((code >> 12 & 7) + 3);
	if (cursor_ok(c))
		add_uint(d, c, second ? ICMPV6_MLD_MAXIMUM_RESPONSE_CODE : ICMPV6_MLD_MAXIMUM_RESPONSE_DELAY,
			 c->pos - 2, 2, code);
	take_bytes(d, c, ICMPV6_RESERVED, 2);
	take_ipv6(d, c, ICMPV6_MLD_MULTICAST_ADDRESS);
	if (!second)
		return;
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_MLD_FLAG, ICMPV6_MLD_FLAG_S,
					      ICMPV6_MLD_FLAG_RESERVED);
	if (flags & 8)
		label(d, last_node(d), ", Suppress Router-Side Processing");
	take_u8(d, c, ICMPV6_MLD_QQI);
	unsigned count = take_u16(d, c, ICMPV6_MLD_NB_SOURCES);
	for (unsigned i = 0; i < count && cursor_ok(c); i++)
		take_ipv6(d, c, ICMPV6_MLD_SOURCE_ADDRESS);
}

static void show_listener_record(struct dissection *d, struct cursor *c)
{
	char text[ADDRESS_TEXT_ROOM];
	node_id tree = open_tree(d, c, ICMPV6_MLDR_MAR);
	uint8_t type = take_u8(d, c, ICMPV6_MLDR_MAR_RECORD_TYPE);
	uint32_t aux = take_u8(d, c, ICMPV6_MLDR_MAR_AUX_DATA_LEN) * 4u;
	unsigned count = take_u16(d, c, ICMPV6_MLDR_MAR_NB_SOURCES);
	const uint8_t *group = take_ipv6(d, c, ICMPV6_MLDR_MAR_MULTICAST_ADDRESS);

	if (group && d->wants & WANT_ANY_LABELS) {
		const char *name = icmpv6_record_name(type);
		address_text_ipv6(group, text);
		label(d, tree, " %s: %s", name ? name : "Unknown Record Type", text);
	}
	for (unsigned i = 0; i < count && cursor_ok(c); i++)
		take_ipv6(d, c, ICMPV6_MLDR_MAR_SOURCE_ADDRESS);
	if (aux)
		take_bytes(d, c, ICMPV6_MLDR_MAR_AUXILIARY_DATA, aux);
	close_tree(d, tree, c);
}

static void show_listener_report(struct dissection *d, struct cursor *c)
{
	take_bytes(d, c, ICMPV6_RESERVED, 2);
	take_u16(d, c, ICMPV6_MLDR_NB_MCAST_RECORDS);
	/* Whatever their number is said to be. */
	while (cursor_more(c))
		show_listener_record(d, c);
}

static void word_address(struct dissection *d, const char *before, const uint8_t *address)
{
	char text[ADDRESS_TEXT_ROOM];

	if (!address || !(d->wants & WANT_COLUMNS))
		return;
	address_text_ipv6(address, text);
	info(d, "%s%s", before, text);
}

static void show_router_advertisement(struct dissection *d, struct cursor *c)
{
	static const char *const preferences[] = { "Medium", "High", "Reserved", "Low" };

	take_u8(d, c, ICMPV6_ND_RA_CUR_HOP_LIMIT);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_ND_RA_FLAG, ICMPV6_ND_RA_FLAG_M,
					      ICMPV6_ND_RA_FLAG_RSV);
	label(d, last_node(d), "%s%s%s, Prf (Default Router Preference): %s%s",
	      flags & 0x80 ? ", Managed address configuration" : "",
	      flags & 0x40 ? ", Other configuration" : "", flags & 0x20 ? ", Home Agent" : "",
	      preferences[flags >> 3 & 3], flags & 0x04 ? ", Proxy" : "");
	icmpv6_show_parts(d, c, router_advertisement_parts, COUNT(router_advertisement_parts));
	icmpv6_show_options(d, c);
}

static void show_neighbor_advertisement(struct dissection *d, struct cursor *c)
{
	static const struct { uint32_t bit; const char *name, *word; } bits[] = {
		{ 0x80000000, "Router", "rtr" }, { 0x40000000, "Solicited", "sol" },
		{ 0x20000000, "Override", "ovr" },
	};
	uint32_t flags = (uint32_t)take_flags(d, c, ICMPV6_ND_NA_FLAG, ICMPV6_ND_NA_FLAG_R,
					      ICMPV6_ND_NA_FLAG_RSV);

	for (size_t i = 0; i < COUNT(bits); i++)
		if (flags & bits[i].bit)
			label(d, last_node(d), ", %s", bits[i].name);
	word_address(d, " ", take_ipv6(d, c, ICMPV6_ND_NA_TARGET_ADDRESS));
	info(d, " (");
	const char *between = "";
	for (size_t i = 0; i < COUNT(bits); i++) {
		if (!(flags & bits[i].bit))
			continue;
		info(d, "%s%s", between, bits[i].word);
		between = ", ";
	}
	info(d, *between ? ")" : "none)");
	icmpv6_show_options(d, c);
}

static void show_redirect(struct dissection *d, struct cursor *c)
{
	take_bytes(d, c, ICMPV6_RESERVED, 4);
	take_ipv6(d, c, ICMPV6_ND_RD_TARGET_ADDRESS);
	take_ipv6(d, c, ICMPV6_RD_NA_DESTINATION_ADDRESS);
	icmpv6_show_options(d, c);
}

/* RFC 2894, 3.2.1.2. */
static void show_use_prefix(struct dissection *d, struct cursor *c)
{
	char text[ADDRESS_TEXT_ROOM];
	node_id tree = open_tree(d, c, ICMPV6_RR_PCO_UP);
	unsigned use = take_u8(d, c, ICMPV6_RR_PCO_UP_USELEN);
	unsigned keep = take_u8(d, c, ICMPV6_RR_PCO_UP_KEEPLEN);

	for (int i = 0; i < 2; i++) {
		unsigned flags = (unsigned)take_flags(d, c, i ? ICMPV6_RR_PCO_UP_RAFLAGS
							      : ICMPV6_RR_PCO_UP_FLAGMASK,
						      ICMPV6_RR_PCO_UP_FLAGMASK_L,
						      ICMPV6_RR_PCO_UP_FLAGMASK_RESERVED);
		label(d, last_node(d), "%s%s", flags & 0x80 ? ", On-link flag(L)" : "",
		      flags & 0x40 ? ", Autonomous address-configuration flag(A)" : "");
	}
	take_u32(d, c, ICMPV6_RR_PCO_UP_VALIDLIFETIME);
	take_u32(d, c, ICMPV6_RR_PCO_UP_PREFERREDLIFETIME);
	uint32_t flags = (uint32_t)take_flags(d, c, ICMPV6_RR_PCO_UP_FLAG, ICMPV6_RR_PCO_UP_FLAG_V,
					      ICMPV6_RR_PCO_UP_FLAG_RESERVED);
	label(d, last_node(d), "%s%s", flags & 0x80000000 ? ", Decrement valid lifetime" : "",
	      flags & 0x40000000 ? ", Decrement preferred lifetime" : "");
	const uint8_t *prefix = take_ipv6(d, c, ICMPV6_RR_PCO_UP_USEPREFIX);
	if (prefix && d->wants & WANT_ANY_LABELS) {
		address_text_ipv6(prefix, text);
		label(d, tree, ": %s/%u (keep %u)", text, use, keep);
	}
	close_tree(d, tree, c);
}

static void show_prefix_control(struct dissection *d, struct cursor *c)
{
	char text[ADDRESS_TEXT_ROOM];
	node_id tree = open_tree(d, c, ICMPV6_RR_PCO_MP);
	const char *operation = icmpv6_operation_name(take_u8(d, c, ICMPV6_RR_PCO_MP_OPCODE));
	unsigned words = take_u8(d, c, ICMPV6_RR_PCO_MP_OPLENGTH);

	take_u8(d, c, ICMPV6_RR_PCO_MP_ORDINAL);
	unsigned match = take_u8(d, c, ICMPV6_RR_PCO_MP_MATCHLEN);
	unsigned least = take_u8(d, c, ICMPV6_RR_PCO_MP_MINLEN);
	unsigned most = take_u8(d, c, ICMPV6_RR_PCO_MP_MAXLEN);
	take_bytes(d, c, ICMPV6_RESERVED, 2);
	const uint8_t *prefix = take_ipv6(d, c, ICMPV6_RR_PCO_MP_MATCHPREFIX);
	if (prefix && d->wants & WANT_ANY_LABELS) {
		address_text_ipv6(prefix, text);
		label(d, tree, ": %s %s/%u (%u-%u)", operation ? operation : "Unknown", text, match, least,
		      most);
	}
	close_tree(d, tree, c);
	/* The length counts the matching part as 3 units of 8 bytes, and 4 for each prefix to use. */
	for (; words >= 7 && cursor_more(c); words -= 4)
		show_use_prefix(d, c);
}

static void show_renumbering_result(struct dissection *d, struct cursor *c)
{
	char text[ADDRESS_TEXT_ROOM];
	node_id tree = open_tree(d, c, ICMPV6_RR_RM);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_RR_RM_FLAG, ICMPV6_RR_RM_FLAG_RESERVED,
					      ICMPV6_RR_RM_FLAG_F);

	label(d, last_node(d), "%s%s", flags & 2 ? ", Bounds" : "", flags & 1 ? ", Forbidden" : "");
	take_u8(d, c, ICMPV6_RR_RM_ORDINAL);
	unsigned matched = take_u8(d, c, ICMPV6_RR_RM_MATCHEDLEN);
	uint32_t interface = take_u32(d, c, ICMPV6_RR_RM_INTERFACEINDEX);
	const uint8_t *prefix = take_ipv6(d, c, ICMPV6_RR_RM_MATCHEDPREFIX);
	if (prefix && d->wants & WANT_ANY_LABELS) {
		address_text_ipv6(prefix, text);
		label(d, tree, ": %s/%u (interface %u)", text, matched, interface);
	}
	close_tree(d, tree, c);
}

static void show_renumbering(struct dissection *d, struct cursor *c, uint8_t code)
{
	static const char *const names[] = { "Test Command", "Result requested", "All Interfaces",
					     "Site-specific", "Processed previously" };

	take_u32(d, c, ICMPV6_RR_SEQUENCE_NUMBER);
	take_u8(d, c, ICMPV6_RR_SEGMENT_NUMBER);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_RR_FLAG, ICMPV6_RR_FLAG_T, ICMPV6_RR_FLAG_RSV);
	for (unsigned i = 0; i < COUNT(names); i++)
		if (flags & 0x80u >> i)
			label(d, last_node(d), ", %s", names[i]);
	take_u16(d, c, ICMPV6_RR_MAXDELAY);
	take_bytes(d, c, ICMPV6_RESERVED, 4);
	if (code == 0) {
		show_prefix_control(d, c);
		return;
	}
	while (code == 1 && cursor_more(c))
		show_renumbering_result(d, c);
}

/* RFC 1035 labels to the end, with dots. */
static void take_names(struct dissection *d, struct cursor *c, unsigned field)
{
	while (cursor_more(c)) {
		uint32_t start = c->pos;
		const char *name = "";
		uint8_t length;
		while ((length = cursor_u8(c)) && length < 64 && cursor_more(c)) {
			const uint8_t *bytes = cursor_bytes(c, length);
			if (bytes && !only_learning(d))
				name = arena_printf(&d->arena, "%s%s%s", name, *name ? "." : "",
						    text_of(d, bytes, length));
		}
		if (*name)
			add_text(d, c, field, start, c->pos - start, name);
	}
}

static void show_node_flags(struct dissection *d, struct cursor *c)
{
	static const char *const names[] = { "Global-scope addresses", "Site-local addresses",
					     "Link-local addresses", "Compression", "Unicast Addresses",
					     "Truncated" };
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_NI_FLAG, ICMPV6_NI_FLAG_G, ICMPV6_NI_FLAG_RSV);

	for (unsigned i = 0; i < COUNT(names); i++)
		if (flags & 0x20u >> i)
			label(d, last_node(d), ", %s", names[i]);
}

static void show_node_query(struct dissection *d, struct cursor *c, uint8_t code)
{
	take_u16(d, c, ICMPV6_NI_QTYPE);
	show_node_flags(d, c);
	take_uint(d, c, ICMPV6_NI_NONCE);
	if (code == 0)
		take_ipv6(d, c, ICMPV6_NI_QUERY_SUBJECT_IPV6);
	else if (code == 1)
		take_names(d, c, ICMPV6_NI_QUERY_SUBJECT_FQDN);
	else if (code == 2)
		take_ipv4(d, c, ICMPV6_NI_QUERY_SUBJECT_IPV4);
}

static void show_node_reply(struct dissection *d, struct cursor *c, uint8_t code)
{
	unsigned type = take_u16(d, c, ICMPV6_NI_QTYPE);

	show_node_flags(d, c);
	take_uint(d, c, ICMPV6_NI_NONCE);
	if (code != 0 || !cursor_more(c))
		return;
	if (type == 2) {
		take_u32(d, c, ICMPV6_NI_REPLY_NODE_TTL);
		take_names(d, c, ICMPV6_NI_REPLY_NODE_NAME);
	}
	while ((type == 3 || type == 4) && cursor_more(c)) {
		take_u32(d, c, ICMPV6_NI_REPLY_NODE_TTL);
		if (type == 3)
			take_ipv6(d, c, ICMPV6_NI_REPLY_NODE_ADDRESS);
		else
			take_ipv4(d, c, ICMPV6_NI_REPLY_IPV4_ADDRESS);
	}
}

/* RFC 4065 and 5568: the subtype says what the code means. */
static void show_fast_handover(struct dissection *d, struct cursor *c)
{
	uint8_t subtype = take_u8(d, c, ICMPV6_FMIP6_SUBTYPE);
	const char *name = icmpv6_subtype_name(subtype);

	if (name)
		info(d, " (%s)", name);
	else
		info(d, " (Unknown (%u))", subtype);
	if (subtype == 4) {
		unsigned flags = (unsigned)take_flags(d, c, ICMPV6_FMIP6_HI_FLAG, ICMPV6_FMIP6_HI_FLAG_S,
						      ICMPV6_FMIP6_HI_FLAG_RESERVED);
		label(d, last_node(d), "%s%s", flags & 0x80 ? ", Assigned address configuration" : "",
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

/* A seed without an identifier is the sender. */
static void show_seed(struct dissection *d, struct cursor *c, uint32_t n)
{
	char text[ADDRESS_TEXT_ROOM];
	uint32_t start = c->pos;
	const uint8_t *seed = cursor_bytes(c, n);
	const char *words = "";

	if (!seed || only_learning(d))
		return;
	if (!n) {
		unsigned length = address_text(&d->from, text);
		words = arena_text(&d->arena, text, length);
	}
	for (uint32_t i = 0; i < n; i++)
		words = arena_printf(&d->arena, "%s%02x", words, seed[i]);
	add_text(d, c, ICMPV6_MPL_SEED_INFO_SEED_ID, start, n, words);
}

/* A bit for each message from the lowest sequence number on. */
static void show_buffered(struct dissection *d, struct cursor *c, uint32_t n, unsigned minimum)
{
	const uint8_t *bits = cursor_bytes(c, n);

	for (uint32_t i = 0; bits && i < n * 8; i++)
		if (bits[i / 8] & 0x80u >> i % 8)
			put_uint(d, ICMPV6_MPL_SEED_INFO_SEQUENCE, (minimum + i) & 0xff);
}

/* RFC 7731, 6.2: what the sender has of each seed. */
static void show_seeds(struct dissection *d, struct cursor *c)
{
	static const uint8_t sizes[] = { 0, 2, 8, 16 };

	for (unsigned i = 1; cursor_more(c); i++) {
		node_id tree = open_tree(d, c, ICMPV6_MPL_SEED_INFO);
		label_set(d, tree, "MPL Seed Info: [%u]", i);
		unsigned minimum = take_u8(d, c, ICMPV6_MPL_SEED_INFO_MIN_SEQUENCE);
		uint32_t length = (uint32_t)look_uint(d, c, ICMPV6_MPL_SEED_INFO_BM_LEN);
		unsigned kind = take_u8(d, c, ICMPV6_MPL_SEED_INFO_S);
		show_seed(d, c, sizes[kind & 3]);
		if (cursor_sent(c) < length)
			note_finding(
				d, ICMPV6_UNKNOWN_DATA_EXPERT,
				"Remaining data, %u bytes, is too short for Buffered Messages of %u bytes",
				cursor_sent(c), length);
		show_buffered(d, c, length < cursor_sent(c) ? length : cursor_sent(c), minimum);
		close_tree(d, tree, c);
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

#define SHOW(parts) icmpv6_show_parts(d, c, parts, COUNT(parts))

/* The types of Neighbor Discovery and what else has its options. */
static bool show_discovery(struct dissection *d, struct cursor *c, uint8_t type)
{
	switch (type) {
	case TYPE_ROUTER_ADVERTISEMENT:
		show_router_advertisement(d, c);
		return true;
	case TYPE_NEIGHBOR_SOLICITATION:
		take_bytes(d, c, ICMPV6_RESERVED, 4);
		word_address(d, " for ", take_ipv6(d, c, ICMPV6_ND_NS_TARGET_ADDRESS));
		break;
	case TYPE_NEIGHBOR_ADVERTISEMENT:
		show_neighbor_advertisement(d, c);
		return true;
	case TYPE_REDIRECT:
		show_redirect(d, c);
		return true;
	case TYPE_ROUTER_SOLICITATION:
	case TYPE_INVERSE_SOLICITATION:
	case TYPE_INVERSE_ADVERTISEMENT:
		take_bytes(d, c, ICMPV6_RESERVED, 4);
		break;
	case TYPE_PREFIX_ADVERTISEMENT: {
		unsigned flags = 0;
		const uint8_t *p;
		if (cursor_peek(c, 2, 1, &p))
			flags = *p;
		SHOW(prefix_advertisement_parts);
		label(d, last_node(d), "%s%s", flags & 0x80 ? ", Managed address configuration" : "",
		      flags & 0x40 ? ", Other configuration" : "");
		break;
	}
	case TYPE_CERTIFICATION_SOLICITATION:
		SHOW(certification_parts);
		break;
	case TYPE_CERTIFICATION_ADVERTISEMENT:
		SHOW(certification_reply_parts);
		break;
	default:
		return false;
	}
	icmpv6_show_options(d, c);
	return true;
}

static void show_other(struct dissection *d, struct cursor *c, uint8_t type)
{
	switch (type) {
	case TYPE_AGENT_REQUEST:
	case TYPE_PREFIX_SOLICITATION:
	case TYPE_AGENT_REPLY:
		SHOW(agent_request_parts);
		while (type == TYPE_AGENT_REPLY && cursor_more(c))
			take_ipv6(d, c, ICMPV6_MIP6_HOME_AGENT_ADDRESS);
		break;
	case TYPE_MOBILITY:
	case TYPE_FAST_HANDOVER:
		show_fast_handover(d, c);
		break;
	case TYPE_MULTICAST_ADVERTISEMENT:
		SHOW(multicast_router_parts);
		break;
	case TYPE_MULTICAST_SOLICITATION:
	case TYPE_MULTICAST_TERMINATION:
		break;
	case TYPE_LOCATOR:
		show_locators(d, c);
		break;
	case TYPE_DUPLICATE_REQUEST:
	case TYPE_DUPLICATE_REPLY:
		SHOW(duplicate_parts);
		break;
	case TYPE_MPL:
		show_seeds(d, c);
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
	case TYPE_UNREACHABLE:
	case TYPE_TOO_BIG:
	case TYPE_TIME_EXCEEDED:
	case TYPE_PARAMETER:
		show_error(d, c, m->type);
		break;
	case TYPE_ECHO:
	case TYPE_ECHO_REPLY:
		show_echo(d, c, m->type == TYPE_ECHO, common_sum(m->checksum, m->type));
		break;
	case TYPE_LISTENER_QUERY:
	case TYPE_LISTENER_REPORT:
	case TYPE_LISTENER_DONE:
		show_listener(d, c, m->type, m->length);
		break;
	case TYPE_LISTENER_REPORT_2:
		show_listener_report(d, c);
		break;
	case TYPE_RENUMBERING:
		show_renumbering(d, c, m->code);
		break;
	case TYPE_NODE_QUERY:
		show_node_query(d, c, m->code);
		break;
	case TYPE_NODE_REPLY:
		show_node_reply(d, c, m->code);
		break;
	case TYPE_RPL:
		icmpv6_show_rpl(d, c, m->code);
		break;
	case TYPE_EXTENDED_ECHO:
	case TYPE_EXTENDED_ECHO_REPLY:
		show_extended_echo(d, c, m->type == TYPE_EXTENDED_ECHO);
		break;
	default:
		if (!show_discovery(d, c, m->type))
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
	return type == TYPE_UNREACHABLE ? "Unknown" : arena_printf(&d->arena, "Unknown (%u)", code);
}

static void icmpv6_dissect(struct dissection *d, struct cursor *c)
{
	struct icmpv6_message m = { .length = cursor_sent(c) };
	uint32_t start = c->pos;
	const uint8_t *p;

	info_begin(d);
	m.type = take_u8(d, c, ICMPV6_TYPE);
	const char *type_name = icmpv6_type_name(m.type);
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
