/* icmp.c - Internet Control Message Protocol, RFC 792.
 *
 *     +--------+--------+-----------------+
 *     |  type  |  code  |    checksum     |
 *     +--------+--------+-----------------+
 *     | depends on the type ...           |
 *     +-----------------------------------+
 *
 * Further types: RFC 950, 1256, 1475, 2521, 4065, 5944, 8335; extensions: icmp_extensions.c. */
#include "icmp.h"

#include <string.h>

#include "base/time.h"
#include "ip_names.h"
#include "message_checksum.h"

enum { HEADER_LENGTH = 8, OLD_QUOTE = 128, CODE_FRAGMENTATION = 4, INFO_WIDTH = 20 };

static const char *code_name(struct dissection *d, uint8_t type, uint8_t code)
{
	const struct value_name *names = icmp_code_names(type);

	if (!names)
		return NULL;
	const char *name = value_name(names, code);
	return name ? name : arena_printf(&d->arena, "Unknown code: %u", code);
}

/* The Info column so far: the type in a column of its own, then the code. */
static void word_type(struct dissection *d, const char *type, const char *code)
{
	static const char blanks[INFO_WIDTH + 1] = "                    ";
	size_t n = strlen(type);

	info(d, "%s%s", type, blanks + (n < INFO_WIDTH ? n : INFO_WIDTH));
	if (code)
		info(d, " (%s)", code);
}

/* A number in both byte orders, as senders disagree. */
static uint16_t take_both(struct dissection *d, struct cursor *c, unsigned big, unsigned little)
{
	struct cursor again = *c;
	uint16_t value = take_u16(d, c, big);

	take_uint_le(d, &again, little);
	return value;
}

/* "1 hour, 2 minutes, 3.004 seconds". */
static const char *duration_words(struct dissection *d, uint64_t ms)
{
	uint64_t s = ms / 1000, fraction = ms % 1000;
	static const struct {
		unsigned seconds;
		const char *name;
	} units[] = {
		{ 86400, "day" },
		{ 3600, "hour" },
		{ 60, "minute" },
	};
	const char *words = "";

	for (size_t i = 0; i < COUNT(units); i++) {
		uint64_t n = s / units[i].seconds;
		s %= units[i].seconds;
		if (n)
			words = arena_printf(&d->arena, "%s%s%llu %s%s", words, *words ? ", " : "",
					     (unsigned long long)n, units[i].name,
					     n == 1 ? "" : "s");
	}
	if (fraction)
		return arena_printf(&d->arena, "%s%s%llu.%03u seconds", words, *words ? ", " : "",
				    (unsigned long long)s, (unsigned)fraction);
	if (!s && *words)
		return words;
	return arena_printf(&d->arena, "%s%s%llu second%s", words, *words ? ", " : "",
			    (unsigned long long)s, s == 1 ? "" : "s");
}

/* Milliseconds since midnight; the top bit says that they are not (RFC 792, 16). */
static void show_time_of_day(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t ms = take_u32(d, c, field) & 0x7fffffff;

	if (d->wants & WANT_ANY_LABELS && last_node(d) != NO_NODE)
		label(d, last_node(d), " (%s after midnight UTC)", duration_words(d, ms));
}

static void show_partner(struct dissection *d, bool request, const struct echo *partner)
{
	if (!request) {
		info(d, " (request in %u)", partner->packet);
		put_uint(d, ICMP_RESP_TO, partner->packet);
		double ms = (double)time_between(partner->time_ns, d->packet.time_ns) / 1e6;
		put_double(d, ICMP_RESPTIME, ms);
		label_set(d, last_node(d), "Response time: %.3f ms", ms);
		return;
	}
	info(d, " (reply in %u)", partner->packet);
	put_uint(d, ICMP_RESP_IN, partner->packet);
}

static void show_no_response(struct dissection *d)
{
	info(d, " (no response found!)");
	put_none(d, ICMP_NO_RESP);
	note_finding_on(d, last_node(d), ICMP_NO_RESPONSE_SEEN, "No response seen to ICMP request");
}

/* ping puts the time in front of its data: seconds and microseconds, in its own byte order. */
static bool data_time(const struct dissection *d, const uint8_t *p, int64_t *ns)
{
	const int64_t day = INT64_C(86400) * 1000000000;
	const uint32_t words[2][2] = { { load_be32(p), load_be32(p + 4) },
				       { load_le32(p), load_le32(p + 4) } };

	for (int i = 0; i < 2; i++) {
		if (words[i][1] >= 1000000)
			continue;
		*ns = (int64_t)words[i][0] * 1000000000 + (int64_t)words[i][1] * 1000;
		int64_t ago = time_between(*ns, d->packet.time_ns);
		if (ago > -day && ago < day)
			return true;
	}
	return false;
}

static void show_echo_data(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;
	int64_t ns;

	if (!only_learning(d) && d->packet.has_time && cursor_peek(c, 0, 8, &p) &&
	    data_time(d, p, &ns)) {
		add_uint(d, c, ICMP_DATA_TIME, c->pos, 8, (uint64_t)ns);
		put_duration(d, ICMP_DATA_TIME_RELATIVE, time_between(ns, d->packet.time_ns));
		cursor_skip(c, 8);
	}
	if (cursor_more(c))
		hand_on_as_data_within(d, *c);
}

static void show_echo(struct dissection *d, struct cursor *c, uint8_t type, uint16_t checksum)
{
	bool request = type == ICMP_ECHO;

	/* Only together do the two identify an exchange: half a pair would match the wrong one. */
	if (cursor_left(c) < 4) {
		cursor_skip(c, 4);
		return;
	}
	uint16_t ident = take_both(d, c, ICMP_IDENT, ICMP_IDENT_LE);
	uint16_t seq = take_both(d, c, ICMP_SEQ, ICMP_SEQ_LE);

	if (!cursor_ok(c))
		return;
	info(d, " id=0x%04x, seq=%u/%u, ttl=%u", ident, seq, (uint16_t)(seq << 8 | seq >> 8),
	     d->hops_left);
	struct echo partner;
	if (pair_echo(d, request, (uint32_t)ident << 16 | seq, echo_sum(checksum, type),
		      IP_PROTO_ICMP, &partner))
		show_partner(d, request, &partner);
	else if (request && !knows_no_later(d) && !d->in_error)
		show_no_response(d);
	show_echo_data(d, c);
}

static void show_identified(struct dissection *d, struct cursor *c)
{
	uint16_t ident = take_both(d, c, ICMP_IDENT, ICMP_IDENT_LE);
	uint16_t seq = take_both(d, c, ICMP_SEQ, ICMP_SEQ_LE);

	info(d, " id=0x%04x, seq=%u/%u, ttl=%u", ident, seq, (uint16_t)(seq << 8 | seq >> 8),
	     d->hops_left);
}

/* RFC 4884, 4: the length of the quote, where there is one. */
static uint32_t show_quote_length(struct dissection *d, struct cursor *c)
{
	uint32_t words = take_u8(d, c, ICMP_LENGTH);

	put_uint(d, ICMP_LENGTH_ORIGINAL, words * 4);
	return words;
}

/* The second word of an error: unused but for a pointer, a length and an MTU. */
static uint32_t show_error_word(struct dissection *d, struct cursor *c, uint8_t type, uint8_t code)
{
	const uint8_t *p;
	bool mtu = type == ICMP_UNREACHABLE && code == CODE_FRAGMENTATION;
	bool has_length = cursor_peek(c, 1, 1, &p) && *p;
	uint32_t words = 0;

	if (type == ICMP_PARAMETER)
		add_uint(d, c, ICMP_POINTER, c->pos, 1, cursor_u8(c));
	else if (has_length)
		take_bytes(d, c, ICMP_UNUSED, 1);
	else
		take_bytes(d, c, ICMP_UNUSED, mtu ? 2 : 4);
	if (has_length)
		words = show_quote_length(d, c);
	else if (type == ICMP_PARAMETER)
		take_bytes(d, c, ICMP_UNUSED, 3);
	if (mtu)
		take_u16(d, c, ICMP_MTU);
	else if (has_length)
		take_bytes(d, c, ICMP_UNUSED, 2);
	return words * 4;
}

static void show_error(struct dissection *d, struct cursor *c, uint8_t type, uint8_t code)
{
	uint32_t length = show_error_word(d, c, type, code);
	const uint8_t *p;

	/* Before RFC 4884 extensions followed a quote of 128 bytes, if it needed no more. */
	if (!length && cursor_sent(c) > OLD_QUOTE && cursor_peek(c, 2, 2, &p) &&
	    load_be16(p) <= OLD_QUOTE)
		length = OLD_QUOTE;
	bool extended = length && length < cursor_sent(c);
	struct cursor quote = cursor_split(c, extended ? length : cursor_sent(c));
	show_undelivered_packet(d, quote, 0x0800);
	if (extended)
		show_icmp_extensions(d, c);
}

/* RFC 792: the quote is the IP header and 8 bytes, whatever else follows. */
static void show_redirect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;

	take_ipv4(d, c, ICMP_REDIR_GW);
	if (!cursor_peek(c, 0, 1, &p)) {
		cursor_fail(c, 1);
		return;
	}
	show_quoted_packet(d, cursor_split(c, (*p & 15u) * 4 + 8), 0x0800);
}

/* RFC 5944, 2.1.1. */
static void show_agent_flags(struct dissection *d, struct cursor *c)
{
	static const char *const names[] = {
		"Registration Required",
		"Busy",
		"Home Agent",
		"Foreign Agent",
		"Minimal Encapsulation",
		"GRE",
		"VJ Comp",
		"Reverse tunneling",
		"UDP tunneling",
		"Revocation support",
	};
	unsigned flags = (unsigned)take_flags(d, c, ICMP_MIP_FLAGS, ICMP_MIP_R, ICMP_MIP_RESERVED);

	for (unsigned i = 0; i < COUNT(names); i++)
		if (flags & 0x8000u >> i)
			label(d, last_node(d), ", %s", names[i]);
}

static void show_agent_extension(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, ICMP_MIP);
	uint8_t type = take_u8(d, c, ICMP_MIP_TYPE);
	const char *name = value_name(icmp_fields[ICMP_MIP_TYPE].names, type);

	label(d, tree, ": %s", name ? name : "Unknown");
	if (type == 0) {
		close_tree(d, tree, c);
		return;
	}
	uint32_t length = take_u8(d, c, ICMP_MIP_LENGTH);
	struct cursor data = cursor_split(c, length);
	if (type == 16) {
		take_u16(d, &data, ICMP_MIP_SEQ);
		take_u16(d, &data, ICMP_MIP_LIFE);
		show_agent_flags(d, &data);
		while (cursor_sent(&data) >= 4)
			take_ipv4(d, &data, ICMP_MIP_COA);
	} else if (type == 19) {
		while (cursor_more(&data))
			take_u8(d, &data, ICMP_MIP_PREFIX_LENGTH);
	} else if (length) {
		take_bytes(d, &data, type == 24 ? ICMP_MIP_CHALLENGE : ICMP_MIP_CONTENT, length);
	}
	close_tree(d, tree, c);
}

/* RFC 1256, 3. */
static void show_router_advertisement(struct dissection *d, struct cursor *c)
{
	unsigned count = take_u8(d, c, ICMP_NUM_ADDRS);
	unsigned size = take_u8(d, c, ICMP_ADDR_ENTRY_SIZE);
	uint16_t lifetime = take_u16(d, c, ICMP_LIFETIME);

	if (d->wants & WANT_ANY_LABELS)
		label(d, last_node(d), " (%s)", duration_words(d, lifetime * UINT64_C(1000)));
	for (unsigned i = 0; size >= 2 && i < count && cursor_more(c); i++) {
		take_ipv4(d, c, ICMP_ROUTER_ADDRESS);
		take_u32(d, c, ICMP_PREF_LEVEL);
		cursor_skip(c, (size - 2) * 4);
	}
	while (size >= 2 && cursor_more(c))
		show_agent_extension(d, c);
}

/* RFC 8335, 2 and 3. */
static void show_extended_echo(struct dissection *d, struct cursor *c, bool request)
{
	take_both(d, c, ICMP_IDENT, ICMP_IDENT_LE);
	take_u8(d, c, ICMP_EXT_ECHO_SEQ);
	if (request) {
		look_uint(d, c, ICMP_EXT_ECHO_REQ_RES);
		take_uint(d, c, ICMP_EXT_ECHO_REQ_LOCAL);
		if (cursor_more(c))
			show_icmp_extensions(d, c);
		return;
	}
	look_uint(d, c, ICMP_EXT_ECHO_RSP_STATE);
	look_uint(d, c, ICMP_EXT_ECHO_RSP_RES);
	look_uint(d, c, ICMP_EXT_ECHO_RSP_ACTIVE);
	look_uint(d, c, ICMP_EXT_ECHO_RSP_IPV4);
	take_uint(d, c, ICMP_EXT_ECHO_RSP_IPV6);
}

static void show_body(struct dissection *d, struct cursor *c, uint8_t type, uint8_t code,
		      uint16_t checksum)
{
	switch (type) {
	case ICMP_ECHO:
	case ICMP_ECHO_REPLY:
		show_echo(d, c, type, checksum);
		break;
	case ICMP_UNREACHABLE:
	case ICMP_TIME_EXCEEDED:
	case ICMP_PARAMETER:
		show_error(d, c, type, code);
		break;
	case ICMP_REDIRECT:
		show_redirect(d, c);
		break;
	case ICMP_SOURCE_QUENCH:
		cursor_skip(c, 4);
		show_quoted_packet(d, *c, 0x0800);
		break;
	case ICMP_ROUTER_ADVERTISEMENT:
		show_router_advertisement(d, c);
		break;
	case ICMP_TIMESTAMP:
	case ICMP_TIMESTAMP_REPLY:
		show_identified(d, c);
		show_time_of_day(d, c, ICMP_ORIGINATE);
		show_time_of_day(d, c, ICMP_RECEIVE);
		show_time_of_day(d, c, ICMP_TRANSMIT);
		break;
	case ICMP_INFORMATION:
	case ICMP_INFORMATION_REPLY:
		show_identified(d, c);
		break;
	case ICMP_MASK:
	case ICMP_MASK_REPLY:
		show_identified(d, c);
		take_ipv4(d, c, ICMP_ADDRESS_MASK);
		break;
	case ICMP_EXTENDED_ECHO:
	case ICMP_EXTENDED_ECHO_REPLY:
		show_extended_echo(d, c, type == ICMP_EXTENDED_ECHO);
		break;
	default:
		break;
	}
}

static void icmp_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;
	uint32_t start = c->pos;

	info_begin(d);
	if (!cursor_peek(c, 0, 6, &p)) {
		cursor_fail(c, 6);
		return;
	}
	const char *type_words = icmp_type_name(p[0], p[1]), *code_words = code_name(d, p[0], p[1]);
	word_type(d, type_words, code_words);
	uint8_t type = take_u8(d, c, ICMP_TYPE);
	label(d, last_node(d), " (%s)", type_words);
	uint8_t code = take_u8(d, c, ICMP_CODE);
	if (code_words)
		label(d, last_node(d), " (%s)", code_words);
	take_message_checksum(d, c,
			      &(struct message_checksum){
				      .field = ICMP_CHECKSUM,
				      .status = ICMP_CHECKSUM_STATUS,
				      .finding = ICMP_CHECKSUM_BAD,
				      .start = start,
				      .length = c->reported - start,
				      .unknowable = d->in_error,
			      });
	show_body(d, c, type, code, load_be16(p + 2));
}

static bool icmp_is_plain(struct outline *o)
{
	o->header = HEADER_LENGTH;
	return true;
}

static const struct plain_header icmp_plain = { icmp_is_plain, .bytes = HEADER_LENGTH };

static const struct claim icmp_claims[] = { { BY_IP_PROTO, IP_PROTO_ICMP } };

const struct dissector icmp_dissector = {
	.name = "icmp",
	.short_name = "ICMP",
	.title = "Internet Control Message Protocol",
	.fields = icmp_fields,
	.field_count = ICMP_FIELD_COUNT,
	.claims = icmp_claims,
	.claim_count = COUNT(icmp_claims),
	.plain = &icmp_plain,
	.dissect = icmp_dissect,
};
