/* icmpv6_options.c - the options of Neighbor Discovery.
 *
 * RFC 4861, 3971, 3122, 4068, 4140, 4191, 4443, 5175, 5269, 5271, 5568, 6496, 6775, 7400, 8106,
 * 8781, 8910.  Most are a row of fields; what is more has a function. */
#include <string.h>

#include "dissect/dissector.h"
#include "icmp.h"
#include "icmpv6.h"

enum { OPTION_SOURCE = 1, OPTION_TARGET = 2, OPTION_PREFIX = 3, OPTION_REDIRECTED = 4 };

/* What an option holds after its type and length: a row of parts, or more than that. */
struct option {
	uint8_t type;
	uint8_t part_count;
	const struct icmpv6_part *parts;
	void (*show)(struct dissection *d, struct cursor *c, node_id tree);
};

#define PARTS(row) COUNT(row), row

static const struct icmpv6_part mtu_parts[] = {
	{ ICMPV6_OPT_RESERVED, 2 }, { ICMPV6_OPT_MTU },
};
static const struct icmpv6_part shortcut_parts[] = {
	{ ICMPV6_OPT_NBMA_SHORTCUT_LIMIT }, { ICMPV6_OPT_RESERVED, 1 }, { ICMPV6_OPT_RESERVED, 4 },
};
static const struct icmpv6_part interval_parts[] = {
	{ ICMPV6_OPT_RESERVED, 2 }, { ICMPV6_OPT_ADVERTISEMENT_INTERVAL },
};
static const struct icmpv6_part agent_parts[] = {
	{ ICMPV6_OPT_RESERVED, 2 }, { ICMPV6_OPT_HOME_AGENT_PREFERENCE },
	{ ICMPV6_OPT_HOME_AGENT_LIFETIME },
};
static const struct icmpv6_part signature_parts[] = {
	{ ICMPV6_OPT_RESERVED, 2 }, { ICMPV6_OPT_RSA_KEY_HASH, 16 },
	{ ICMPV6_OPT_DIGITAL_SIGNATURE_PADDING, REST },
};
static const struct icmpv6_part proxy_signature_parts[] = {
	{ ICMPV6_OPT_RESERVED, 2 }, { ICMPV6_OPT_PS_KEY_HASH, 16 },
	{ ICMPV6_OPT_DIGITAL_SIGNATURE_PADDING, REST },
};
static const struct icmpv6_part nonce_parts[] = { { ICMPV6_OPT_NONCE, REST } };
static const struct icmpv6_part certificate_parts[] = {
	{ ICMPV6_OPT_CERT_TYPE }, { ICMPV6_OPT_RESERVED, 1 }, { ICMPV6_OPT_CERTIFICATE_PADDING, REST },
};
static const struct icmpv6_part ip_address_parts[] = {
	{ ICMPV6_OPT_IPA_OPTION_CODE }, { ICMPV6_OPT_IPA_PREFIX_LEN }, { ICMPV6_OPT_RESERVED, 4 },
	{ ICMPV6_OPT_IPA_IPV6_ADDRESS },
};
static const struct icmpv6_part new_prefix_parts[] = {
	{ ICMPV6_OPT_NRPI_OPTION_CODE }, { ICMPV6_OPT_NRPI_PREFIX_LEN }, { ICMPV6_OPT_RESERVED, 4 },
	{ ICMPV6_OPT_NRPI_PREFIX },
};
static const struct icmpv6_part link_parts[] = {
	{ ICMPV6_OPT_LLA_OPTION_CODE }, { ICMPV6_OPT_LLA_BYTES, REST },
};
static const struct icmpv6_part registration_parts[] = {
	{ ICMPV6_OPT_ARO_STATUS }, { ICMPV6_OPT_RESERVED, 3 }, { ICMPV6_OPT_ARO_REGISTRATION_LIFETIME },
	{ ICMPV6_OPT_ARO_EUI64 },
};
static const struct icmpv6_part border_parts[] = {
	{ ICMPV6_OPT_ABRO_VERSION_LOW }, { ICMPV6_OPT_ABRO_VERSION_HIGH },
	{ ICMPV6_OPT_ABRO_VALID_LIFETIME }, { ICMPV6_OPT_ABRO_6LBR_ADDRESS },
};
static const struct icmpv6_part capability_parts[] = {
	{ ICMPV6_OPT_6CIO_UNASSIGNED1, .look = true }, { ICMPV6_OPT_6CIO_FLAG_G },
	{ ICMPV6_OPT_6CIO_UNASSIGNED2 },
};
static const struct icmpv6_part portal_parts[] = { { ICMPV6_OPT_CAPTIVE_PORTAL, REST } };

/* An address of 0, 8 or 16 bytes, of which the rest is 0. */
static const uint8_t *take_prefix(struct dissection *d, struct cursor *c, unsigned field, uint32_t n)
{
	uint8_t *whole = arena_alloc(&d->arena, 16);
	uint32_t start = c->pos;

	memset(whole, 0, 16);
	const uint8_t *bytes = cursor_bytes(c, n < 16 ? n : 16);
	if (!bytes)
		return whole;
	memcpy(whole, bytes, n < 16 ? n : 16);
	if (n)
		add_bytes(d, c, field, start, n, whole, 16);
	return whole;
}

static void label_prefix(struct dissection *d, node_id tree, const uint8_t *address, unsigned length)
{
	char text[ADDRESS_TEXT_ROOM];

	if (!(d->wants & WANT_ANY_LABELS) || !address)
		return;
	address_text_ipv6(address, text);
	label(d, tree, " %s/%u", text, length);
}

/* "02:00:00:00:00:01" of any length. */
static const char *bytes_words(struct dissection *d, const uint8_t *bytes, uint32_t n)
{
	const char *words = "";

	for (uint32_t i = 0; i < n && i < 32; i++)
		words = arena_printf(&d->arena, "%s%s%02x", words, i ? ":" : "", bytes[i]);
	return words;
}

/* Ethernet fills an option of 8 bytes; IEEE 802.15.4's 8 bytes one of 16 (RFC 4944, 8). */
static void show_link_address(struct dissection *d, struct cursor *c, bool source, node_id tree)
{
	uint32_t n = cursor_sent(c) == 14 ? 8 : cursor_sent(c);
	unsigned field = source ? ICMPV6_OPT_SRC_LINKADDR : ICMPV6_OPT_TARGET_LINKADDR;
	const uint8_t *bytes;
	node_id node = NO_NODE;

	if (n == 8) {
		struct cursor again = *c;
		bytes = cursor_bytes(&again, 8);
		uint64_t value = take_uint(d, c, ICMPV6_OPT_LINKADDR_EUI64);
		put_alias(d, source ? ICMPV6_OPT_SRC_LINKADDR_EUI64 : ICMPV6_OPT_TARGET_LINKADDR_EUI64,
			  value);
		put_alias_bytes(d, ICMPV6_OPT_LINKADDR, bytes, n);
		put_alias_bytes(d, field, bytes, n);
	} else {
		bytes = take_bytes(d, c, ICMPV6_OPT_LINKADDR, n);
		node = last_node(d);
		put_alias_bytes(d, field, bytes, n);
	}
	if (!bytes || only_learning(d))
		return;
	const char *words = bytes_words(d, bytes, n);
	label_set(d, node, "Link-layer address: %s", words);
	label(d, tree, " : %s", words);
	info(d, " %s %s", source ? "from" : "is at", words);
	if (cursor_more(c))
		add_node(d, c, ICMPV6_OPT_PADDING, c->pos, cursor_left(c));
	cursor_skip(c, cursor_sent(c));
}

static void show_source(struct dissection *d, struct cursor *c, node_id tree)
{
	show_link_address(d, c, true, tree);
}

static void show_target(struct dissection *d, struct cursor *c, node_id tree)
{
	show_link_address(d, c, false, tree);
}

static void show_prefix(struct dissection *d, struct cursor *c, node_id tree)
{
	unsigned length = take_u8(d, c, ICMPV6_OPT_PREFIX_LENGTH);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_OPT_PREFIX_FLAG, ICMPV6_OPT_PREFIX_FLAG_L,
					      ICMPV6_OPT_PREFIX_FLAG_RESERVED);

	label(d, last_node(d), "%s%s%s", flags & 0x80 ? ", On-link flag(L)" : "",
	      flags & 0x40 ? ", Autonomous address-configuration flag(A)" : "",
	      flags & 0x20 ? ", Router address flag(R)" : "");
	take_u32(d, c, ICMPV6_OPT_PREFIX_VALID_LIFETIME);
	take_u32(d, c, ICMPV6_OPT_PREFIX_PREFERRED_LIFETIME);
	add_node(d, c, ICMPV6_OPT_RESERVED, c->pos, 4);
	cursor_skip(c, 4);
	const uint8_t *prefix = take_ipv6(d, c, ICMPV6_OPT_PREFIX);
	label(d, tree, " :");
	label_prefix(d, tree, prefix, length);
}

/* The quoted packet ends with the option. */
static void show_redirected(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	add_node(d, c, ICMPV6_OPT_RESERVED, c->pos, 6);
	cursor_skip(c, 6);
	add_node(d, c, ICMPV6_OPT_REDIRECTED_PACKET, c->pos, cursor_left(c));
	show_quoted_packet(d, *c, 0x86dd);
	cursor_skip(c, cursor_sent(c));
}

static void show_address_list(struct dissection *d, struct cursor *c, node_id tree)
{
	char text[ADDRESS_TEXT_ROOM];

	add_node(d, c, ICMPV6_OPT_RESERVED, c->pos, 6);
	cursor_skip(c, 6);
	while (cursor_sent(c) >= 16 && cursor_ok(c)) {
		const uint8_t *address = take_ipv6(d, c, ICMPV6_OPT_IPV6_ADDRESS);
		if (address && d->wants & WANT_ANY_LABELS) {
			address_text_ipv6(address, text);
			label(d, tree, " %s", text);
		}
	}
}

/* RFC 3972, 3; the extensions are RFC 4581's. */
static void show_cga(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	uint32_t pad = take_u8(d, c, ICMPV6_OPT_CGA_PAD_LENGTH);
	add_node(d, c, ICMPV6_OPT_RESERVED, c->pos, 1);
	cursor_skip(c, 1);
	uint32_t sent = cursor_sent(c);
	struct cursor body = cursor_split(c, pad < sent ? sent - pad : 0);
	node_id node = add_bytes(d, &body, ICMPV6_OPT_CGA, body.pos, cursor_left(&body), NULL,
				 cursor_left(&body));
	open_node(d, node);
	take_bytes(d, &body, ICMPV6_OPT_CGA_MODIFIER, 16);
	take_bytes(d, &body, ICMPV6_OPT_CGA_SUBNET_PREFIX, 8);
	take_bytes(d, &body, ICMPV6_OPT_CGA_COUNT, 1);
	add_node(d, &body, ICMPV6_OPT_CGA_SUBJECT_PUBLIC_KEY_INFO, body.pos, cursor_left(&body));
	cursor_skip(&body, cursor_sent(&body));
	close_node(d, node);
	if (cursor_more(c))
		add_node(d, c, ICMPV6_OPT_PADDING, c->pos, cursor_left(c));
	cursor_skip(c, cursor_sent(c));
}

/* RFC 3971, 5.3.1: seconds in 48 bits and a fraction in 16. */
static void show_timestamp(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	add_node(d, c, ICMPV6_OPT_RESERVED, c->pos, 6);
	cursor_skip(c, 6);
	uint32_t start = c->pos;
	uint64_t value = cursor_u64(c);
	uint64_t ns = (value >> 16) * 1000000000 + (value & 0xffff) * 1000000000 / 65536;
	if (value >> 16 < UINT64_C(9000000000))
		add_uint(d, c, ICMPV6_OPT_TIMESTAMP, start, 8, ns);
}

/* RFC 3971, 6.4.3. */
static void show_trust_anchor(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	uint8_t type = take_u8(d, c, ICMPV6_OPT_NAME_TYPE);
	uint32_t pad = take_u8(d, c, ICMPV6_OPT_CGA_PAD_LENGTH);
	uint32_t sent = cursor_sent(c), n = pad < sent ? sent - pad : 0;
	if (type == 1)
		take_bytes(d, c, ICMPV6_OPT_NAME_X501, n);
	else if (type == 2)
		take_text(d, c, ICMPV6_OPT_NAME_TYPE_FQDN, n);
	else
		take_bytes(d, c, ICMPV6_DATA, n);
	if (cursor_more(c))
		add_node(d, c, ICMPV6_OPT_PADDING, c->pos, cursor_left(c));
	cursor_skip(c, cursor_sent(c));
}

static void show_acknowledgment(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	take_u8(d, c, ICMPV6_OPT_NAACK_OPTION_CODE);
	uint8_t status = take_u8(d, c, ICMPV6_OPT_NAACK_STATUS);
	if (status == 2 && cursor_sent(c) >= 16) {
		take_ipv6(d, c, ICMPV6_OPT_NAACK_SUPPLIED_NCOA);
		return;
	}
	add_node(d, c, ICMPV6_OPT_RESERVED, c->pos, 4);
	cursor_skip(c, 4);
}

static void show_anchor_point(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	look_uint(d, c, ICMPV6_OPT_MAP_DISTANCE);
	take_u8(d, c, ICMPV6_OPT_MAP_PREFERENCE);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_OPT_MAP_FLAG, ICMPV6_OPT_MAP_FLAG_R,
					      ICMPV6_OPT_MAP_FLAG_RESERVED);
	if (flags & 0x80)
		label(d, last_node(d), ", RCoA Flag");
	take_u32(d, c, ICMPV6_OPT_MAP_VALID_LIFETIME);
	take_ipv6(d, c, ICMPV6_OPT_MAP_GLOBAL_ADDRESS);
}

static void show_route(struct dissection *d, struct cursor *c, node_id tree)
{
	static const char *const names[] = { "Medium", "High", "Reserved", "Low" };
	unsigned length = take_u8(d, c, ICMPV6_OPT_PREFIX_LENGTH);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_OPT_ROUTE_INFO_FLAG,
					      ICMPV6_OPT_ROUTE_INFO_FLAG_ROUTE_PREFERENCE,
					      ICMPV6_OPT_ROUTE_INFO_FLAG_RESERVED);
	const char *preference = names[flags >> 3 & 3];

	label(d, last_node(d), ", Route Preference: %s", preference);
	take_u32(d, c, ICMPV6_OPT_ROUTE_LIFETIME);
	const uint8_t *prefix = take_prefix(d, c, ICMPV6_OPT_PREFIX, cursor_sent(c));
	label(d, tree, " : %s", preference);
	label_prefix(d, tree, prefix, length);
}

static void show_dns_servers(struct dissection *d, struct cursor *c, node_id tree)
{
	char text[ADDRESS_TEXT_ROOM];

	add_node(d, c, ICMPV6_OPT_RESERVED, c->pos, 2);
	cursor_skip(c, 2);
	take_u32(d, c, ICMPV6_OPT_RDNSS_LIFETIME);
	while (cursor_more(c)) {
		const uint8_t *address = take_ipv6(d, c, ICMPV6_OPT_RDNSS);
		if (address && d->wants & WANT_ANY_LABELS) {
			address_text_ipv6(address, text);
			label(d, tree, " %s", text);
		}
	}
}

/* A name of RFC 1035's labels without compression; returns it with dots, NULL at the padding. */
static const char *take_name(struct dissection *d, struct cursor *c)
{
	const char *name = "";
	uint8_t length = cursor_u8(c);

	if (!length)
		return NULL;
	while (length && length < 64 && cursor_ok(c)) {
		const uint8_t *bytes = cursor_bytes(c, length);
		if (!bytes)
			break;
		if (!only_learning(d))
			name = arena_printf(&d->arena, "%s%s%s", name, *name ? "." : "",
					    text_of(d, bytes, length));
		length = cursor_u8(c);
	}
	return name;
}

static void show_search_list(struct dissection *d, struct cursor *c, node_id tree)
{
	add_node(d, c, ICMPV6_OPT_RESERVED, c->pos, 2);
	cursor_skip(c, 2);
	take_u32(d, c, ICMPV6_OPT_DNSSL_LIFETIME);
	while (cursor_more(c)) {
		uint32_t start = c->pos;
		const char *name = take_name(d, c);
		if (!name) {
			uint32_t left = cursor_sent(c);
			add_node(d, c, ICMPV6_OPT_PADDING, start, left + 1);
			cursor_skip(c, left);
			return;
		}
		add_text(d, c, ICMPV6_OPT_DNSSL, start, c->pos - start, name);
		label(d, tree, " %s", name);
	}
}

static void show_more_flags(struct dissection *d, struct cursor *c, node_id tree)
{
	static const char *const names[] = { "Medium", "High", "Reserved", "Low" };

	(void)tree;
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_OPT_EFO, ICMPV6_OPT_EFO_M, ICMPV6_OPT_EFO_RSV);
	label(d, last_node(d), "%s%s%s, Prf (Default Router Preference): %s%s",
	      flags & 0x8000 ? ", Managed address configuration" : "",
	      flags & 0x4000 ? ", Other configuration" : "", flags & 0x2000 ? ", Home Agent" : "",
	      names[flags >> 11 & 3], flags & 0x0400 ? ", Proxy" : "");
	add_node(d, c, ICMPV6_OPT_RESERVED, c->pos, 4);
	cursor_skip(c, 4);
}

static void show_handover_key(struct dissection *d, struct cursor *c, bool reply)
{
	uint32_t pad = take_u8(d, c, ICMPV6_OPT_HKR_PAD_LENGTH);
	look_uint(d, c, ICMPV6_OPT_HKR_AT);
	take_u8(d, c, ICMPV6_OPT_HKR_RESERVED);
	if (reply)
		take_u16(d, c, ICMPV6_OPT_HKR_LIFETIME);
	uint32_t sent = cursor_sent(c);
	take_bytes(d, c, reply ? ICMPV6_OPT_HKR_ENCRYPTED_HANDOVER_KEY
			       : ICMPV6_OPT_HKR_ENCRYPTION_PUBLIC_KEY, pad < sent ? sent - pad : 0);
	if (cursor_more(c))
		take_bytes(d, c, ICMPV6_OPT_HKR_PADDING, cursor_sent(c));
}

static void show_key_request(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	show_handover_key(d, c, false);
}

static void show_key_reply(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	show_handover_key(d, c, true);
}

static void show_assist(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	take_u8(d, c, ICMPV6_OPT_HAI_OPTION_CODE);
	uint32_t length = take_u8(d, c, ICMPV6_OPT_HAI_LENGTH);
	take_bytes(d, c, ICMPV6_OPT_HAI_VALUE, length);
	cursor_skip(c, cursor_sent(c));
}

static void show_mobile_node(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	take_u8(d, c, ICMPV6_OPT_MN_OPTION_CODE);
	uint32_t length = take_u8(d, c, ICMPV6_OPT_MN_LENGTH);
	take_bytes(d, c, ICMPV6_OPT_MN_VALUE, length);
	cursor_skip(c, cursor_sent(c));
}

static void show_context(struct dissection *d, struct cursor *c, node_id tree)
{
	unsigned length = take_u8(d, c, ICMPV6_OPT_6CO_CONTEXT_LENGTH);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_OPT_6CO_FLAG, ICMPV6_OPT_6CO_FLAG_C,
					      ICMPV6_OPT_6CO_FLAG_RESERVED);

	if (flags & 0x10)
		label(d, last_node(d), ", Compression Flag");
	add_node(d, c, ICMPV6_OPT_RESERVED, c->pos, 2);
	cursor_skip(c, 2);
	take_u16(d, c, ICMPV6_OPT_6CO_VALID_LIFETIME);
	label_prefix(d, tree, take_prefix(d, c, ICMPV6_OPT_6CO_CONTEXT_PREFIX, cursor_sent(c)), length);
}

/* RFC 8781, 4: 13 bits of lifetime in units of 8 seconds. */
static void show_nat64_prefix(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	look_uint(d, c, ICMPV6_OPT_PREF64_SCALED_LIFETIME);
	take_u16(d, c, ICMPV6_OPT_PREF64_PLC);
	take_prefix(d, c, ICMPV6_OPT_PREF64_PREFIX, 12);
}

/* A status, and from the sixth byte on who registers. */
static void label_registration(struct dissection *d, node_id tree, const uint8_t *p)
{
	const char *status = icmpv6_name(ICMPV6_OPT_ARO_STATUS, p[0]);

	label(d, tree, " : Register %s %s", bytes_words(d, p + 6, 8), status ? status : "Unknown");
}

static void label_number(struct dissection *d, const struct cursor *c, node_id tree, uint8_t type)
{
	const uint8_t *p;

	if (type == 5 && cursor_peek(c, 2, 4, &p))
		label(d, tree, " : %u", load_be32(p));
	else if (type == 6 && cursor_peek(c, 0, 1, &p))
		label(d, tree, " : %u", *p);
	else if (type == 7 && cursor_peek(c, 2, 4, &p))
		label(d, tree, " : %u", load_be32(p));
	else if ((type == 17 || type == 18) && cursor_peek(c, 0, 22, &p))
		label_prefix(d, tree, p + 6, p[1]);
	else if (type == 33 && cursor_peek(c, 0, 14, &p))
		label_registration(d, tree, p);
	else if (type == 35 && cursor_peek(c, 0, 22, &p)) {
		char text[ADDRESS_TEXT_ROOM];
		address_text_ipv6(p + 6, text);
		label(d, tree, " : Version %u.%u, Valid Lifetime : %u, 6LBR : %s", load_be16(p + 2),
		      load_be16(p), load_be16(p + 4), text);
	}
}

static const struct option options[] = {
	{ OPTION_SOURCE, .show = show_source },
	{ OPTION_TARGET, .show = show_target },
	{ OPTION_PREFIX, .show = show_prefix },
	{ OPTION_REDIRECTED, .show = show_redirected },
	{ 5, PARTS(mtu_parts) },
	{ 6, PARTS(shortcut_parts) },
	{ 7, PARTS(interval_parts) },
	{ 8, PARTS(agent_parts) },
	{ 9, .show = show_address_list },
	{ 10, .show = show_address_list },
	{ 11, .show = show_cga },
	{ 12, PARTS(signature_parts) },
	{ 13, .show = show_timestamp },
	{ 14, PARTS(nonce_parts) },
	{ 15, .show = show_trust_anchor },
	{ 16, PARTS(certificate_parts) },
	{ 17, PARTS(ip_address_parts) },
	{ 18, PARTS(new_prefix_parts) },
	{ 19, PARTS(link_parts) },
	{ 20, .show = show_acknowledgment },
	{ 23, .show = show_anchor_point },
	{ 24, .show = show_route },
	{ 25, .show = show_dns_servers },
	{ 26, .show = show_more_flags },
	{ 27, .show = show_key_request },
	{ 28, .show = show_key_reply },
	{ 29, .show = show_assist },
	{ 30, .show = show_mobile_node },
	{ 31, .show = show_search_list },
	{ 32, PARTS(proxy_signature_parts) },
	{ 33, PARTS(registration_parts) },
	{ 34, .show = show_context },
	{ 35, PARTS(border_parts) },
	{ 36, PARTS(capability_parts) },
	{ 37, PARTS(portal_parts) },
	{ 38, .show = show_nat64_prefix },
};

static const struct option *option_of(uint8_t type)
{
	for (size_t i = 0; i < COUNT(options); i++)
		if (options[i].type == type)
			return &options[i];
	return NULL;
}

static void show_data(struct dissection *d, struct cursor *c, uint8_t type, node_id tree)
{
	const struct option *option = option_of(type);

	if (!option) {
		note_finding(d, ICMPV6_UNDECODED_OPTION, "ICMPv6 option %u is not known", type);
		take_bytes(d, c, ICMPV6_DATA, cursor_sent(c));
		return;
	}
	if (d->wants & WANT_ANY_LABELS)
		label_number(d, c, tree, type);
	if (option->show)
		option->show(d, c, tree);
	else
		icmpv6_show_parts(d, c, option->parts, option->part_count);
	if (cursor_more(c)) {
		take_bytes(d, c, ICMPV6_UNKNOWN_DATA, cursor_sent(c));
		note_finding_on(d, last_node(d), ICMPV6_UNKNOWN_DATA_EXPERT,
				"Unknown Data (not interpreted)");
	}
}

/* False: without a length no other option can be found. */
static bool show_option(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, ICMPV6_OPT);
	uint8_t type = take_u8(d, c, ICMPV6_OPT_TYPE);
	const char *name = icmpv6_name(ICMPV6_OPT_TYPE, type);

	if (name)
		label_set(d, tree, "ICMPv6 Option (%s", name);
	else
		label_set(d, tree, "ICMPv6 Option (Unknown %u", type);
	uint32_t length = take_u8(d, c, ICMPV6_OPT_LENGTH) * 8u;
	label(d, last_node(d), " (%u bytes)", length);
	if (!length) {
		if (cursor_ok(c))
			note_finding_on(d, last_node(d), ICMPV6_INVALID_OPTION_LENGTH,
					"Invalid option length (Zero)");
		close_tree(d, tree, c);
		return false;
	}
	bool overruns = length - 2 > cursor_sent(c);
	struct cursor data = cursor_split(c, length - 2);
	show_data(d, &data, type, tree);
	if (overruns)
		cursor_fail(c, length);
	label(d, tree, ")");
	close_tree(d, tree, c);
	return true;
}

void icmpv6_show_options(struct dissection *d, struct cursor *c)
{
	while (cursor_more(c) && show_option(d, c))
		;
}
