/* dhcpv6_options.c - DHCPv6's options: one row each, and a function for each kind of value. */
#include <string.h>

#include "dhcpv6.h"

/* Most takers know what they take, and look at no row. */
#define TAKER(name)                                                                                \
	static void name(struct dhcpv6_walk *w, struct cursor *c,                                  \
			 const struct dhcpv6_option *option __attribute__((unused)))

static const struct dhcpv6_option *option_of(uint16_t code);

static void note_malformed(struct dhcpv6_walk *w, const struct dhcpv6_option *option,
			   const char *name)
{
	note_finding(w->d, DHCPV6_MALFORMED, "%s: malformed option",
		     option->words ? option->words : name);
}

static void take_rest_text(struct dissection *d, struct cursor *c, unsigned field)
{
	take_text(d, c, field, cursor_left(c));
}

static void take_rest_bytes(struct dissection *d, struct cursor *c, unsigned field)
{
	if (cursor_left(c))
		take_bytes(d, c, field, cursor_left(c));
}

/* --- kinds of values --- */

TAKER(take_number)
{
	take_uint(w->d, c, option->field);
}

TAKER(take_words)
{
	take_rest_text(w->d, c, option->field);
}

TAKER(take_octets)
{
	take_rest_bytes(w->d, c, option->field);
}

TAKER(take_addresses)
{
	while (cursor_left(c))
		take_ipv6(w->d, c, option->field);
}

TAKER(take_counted_addresses)
{
	struct dissection *d = w->d;
	char text[ADDRESS_TEXT_ROOM];

	for (unsigned n = 1; cursor_left(c); n++) {
		struct endpoint one = { 0 };
		take_address(d, c, option->field, &one);
		address_text(&one, text);
		label_set(d, last_node(d), "%2u %s: %s", n, dhcpv6_fields[option->field].name,
			  text);
	}
}

TAKER(take_codes)
{
	while (cursor_left(c))
		take_uint(w->d, c, option->field);
}

/* The word's line names what is set, but for the reserved bits, which stand first. */
static void take_named_flags(struct dissection *d, struct cursor *c, unsigned field, unsigned first,
			     unsigned last)
{
	uint64_t word = take_flags(d, c, field, first, last);

	for (unsigned flag = first + 1; flag <= last; flag++)
		if (word & dhcpv6_fields[flag].mask)
			label(d, last_node(d), ", %s", dhcpv6_fields[flag].name);
}

TAKER(take_connect_flags)
{
	take_named_flags(w->d, c, DHCPV6_CONNECT_FLAGS, DHCPV6_CONNECT_RESERVED, DHCPV6_CONNECT_F);
}

TAKER(take_dns_flags)
{
	take_named_flags(w->d, c, DHCPV6_DNS_FLAGS, DHCPV6_DNS_RESERVED, DHCPV6_DNS_F);
}

TAKER(take_server_flags)
{
	take_named_flags(w->d, c, DHCPV6_SERVER_FLAGS, DHCPV6_SERVER_RESERVED, DHCPV6_SERVER_C);
}

/* --- names, RFC 8415, 10: as in the DNS, but never compressed --- */

struct name_reader {
	struct dhcpv6_walk *w;
	char text[4 * 256];
	uint32_t length;
	bool whole; /* it ended with the root */
};

/* False: it does not fit what is left, which is told. */
static bool read_name(struct name_reader *name, struct cursor *c)
{
	struct dissection *d = name->w->d;

	name->length = 0;
	name->whole = false;
	while (cursor_left(c)) {
		uint32_t start = c->pos;
		uint8_t n = cursor_u8(c);
		name->whole = !n;
		if (!n)
			break;
		if (n > cursor_left(c)) {
			add_uint(d, c, DHCPV6_NAME_TOO_LONG, start, 1, n);
			note_finding(d, DHCPV6_NAME_EXCEEDS, NULL);
			info(d, " [DOMAIN FIELD LEN EXCEEDED]");
			cursor_skip(c, cursor_left(c));
			return false;
		}
		const uint8_t *label = cursor_bytes(c, n);
		const char *text = text_of(d, label, n);
		size_t bytes = strlen(text);
		if (bytes + 1 >= sizeof name->text - name->length)
			return false;
		memcpy(name->text + name->length, text, bytes);
		name->length += (uint32_t)bytes;
		name->text[name->length++] = '.';
	}
	name->text[name->length] = '\0';
	return true;
}

static void take_name_as(struct dhcpv6_walk *w, struct cursor *c, unsigned field, bool dot)
{
	struct dissection *d = w->d;
	struct name_reader name = { .w = w };
	uint32_t start = c->pos;

	if (!read_name(&name, c))
		return;
	if (name.length == 0 && name.whole) {
		note_finding(d, DHCPV6_ROOT_ONLY, NULL);
		info(d, " [ROOT-ONLY DOMAIN NAME]");
		return;
	}
	if (name.length && (!dot || !name.whole))
		name.length--;
	add_text(d, c, field, start, c->pos - start, arena_text(&d->arena, name.text, name.length));
}

TAKER(take_names)
{
	while (cursor_left(c))
		take_name_as(w, c, option->field, true);
}

TAKER(take_name)
{
	take_name_as(w, c, option->field, true);
}

TAKER(take_plain_name)
{
	take_name_as(w, c, option->field, false);
}

/* The option's words are the title of a list. */
TAKER(take_name_list)
{
	node_id tree = open_tree(w->d, c, DHCPV6_NAME_LIST);

	label_set(w->d, tree, "%s", option->words);
	take_names(w, c, option);
	close_tree(w->d, tree, c);
}

/* --- identifiers, RFC 8415, 11 --- */

static const char *take_hex(struct dissection *d, struct cursor *c, unsigned field, uint32_t n,
			    const char *between)
{
	uint32_t start = c->pos;
	const uint8_t *bytes = cursor_bytes(c, n);
	const char *text = "";

	if (!bytes || only_learning(d))
		return "";
	char *at = arena_alloc(&d->arena, 3 * (size_t)n + 1);
	text = at;
	for (uint32_t i = 0; i < n; i++) {
		if (i && *between)
			*at++ = *between;
		at = number_put_bytes(at, bytes + i, 1);
	}
	*at = '\0';
	if (field)
		add_text(d, c, field, start, n, text);
	return text;
}

static void take_link(struct dissection *d, struct cursor *c, unsigned field)
{
	if (cursor_left(c))
		take_hex(d, c, field, cursor_left(c), ":");
}

TAKER(take_duid)
{
	enum { CLIENT = 1 };
	struct dissection *d = w->d;
	struct cursor whole = *c;
	bool client = option == option_of(CLIENT);

	const char *text = take_hex(d, &whole, 0, cursor_left(&whole), "");
	if (client)
		info(d, "CID: %s ", text);
	whole = *c;
	if (cursor_left(c) < 2) {
		note_malformed(w, option, "DUID");
		return;
	}
	take_rest_bytes(d, &whole, DHCPV6_DUID);
	switch (take_u16(d, c, DHCPV6_DUID_TYPE)) {
	case 1: {
		/* Seconds since 2000. */
		static const int64_t epoch = 946684800;
		take_u16(d, c, DHCPV6_LLT_HW);
		uint32_t start = c->pos;
		int64_t second = cursor_u32(c) + epoch;
		add_uint(d, c, DHCPV6_LLT_TIME, start, 4, (uint64_t)(second * 1000000000));
		take_link(d, c, DHCPV6_LLT_LINK);
		break;
	}
	case 2:
		take_u32(d, c, DHCPV6_DUID_ENTERPRISE);
		take_rest_bytes(d, c, DHCPV6_DUID_IDENTIFIER);
		break;
	case 3:
		take_u16(d, c, DHCPV6_LL_HW);
		take_link(d, c, DHCPV6_LL_LINK);
		break;
	case 4:
		take_rest_bytes(d, c, DHCPV6_DUID_UUID);
		break;
	default:
		break;
	}
}

/* --- associations of addresses and prefixes, RFC 8415, 21.4 to 21.6, 21.21, 21.22 --- */

TAKER(take_association)
{
	struct dissection *d = w->d;

	take_hex(d, c, DHCPV6_IAID, 4, "");
	take_u32(d, c, DHCPV6_T1);
	take_u32(d, c, DHCPV6_T2);
	dhcpv6_take_options(w, c);
}

TAKER(take_temporary)
{
	take_hex(w->d, c, DHCPV6_IATA, 4, "");
	dhcpv6_take_options(w, c);
}

TAKER(take_leased)
{
	struct dissection *d = w->d;
	struct endpoint address = { 0 };
	char text[ADDRESS_TEXT_ROOM];

	take_address(d, c, DHCPV6_IA_ADDRESS, &address);
	address_text(&address, text);
	info(d, "IAA: %s ", text);
	take_u32(d, c, DHCPV6_IA_PREFERRED);
	take_u32(d, c, DHCPV6_IA_VALID);
	dhcpv6_take_options(w, c);
}

TAKER(take_prefix)
{
	struct dissection *d = w->d;

	take_u32(d, c, DHCPV6_PREFIX_PREFERRED);
	take_u32(d, c, DHCPV6_PREFIX_VALID);
	take_u8(d, c, DHCPV6_PREFIX_LENGTH);
	take_ipv6(d, c, DHCPV6_PREFIX);
	dhcpv6_take_options(w, c);
}

TAKER(take_exclude)
{
	take_u8(w->d, c, DHCPV6_EXCLUDE_LENGTH);
	take_rest_bytes(w->d, c, DHCPV6_EXCLUDE_SUBNET);
}

/* --- others of RFC 8415 --- */

TAKER(take_elapsed)
{
	uint32_t start = c->pos;

	/* In hundredths of a second. */
	add_uint(w->d, c, DHCPV6_ELAPSED, start, 2, 10u * cursor_u16(c));
}

TAKER(take_message)
{
	struct dissection *d = w->d;
	node_id tree = open_tree(d, c, DHCPV6);

	dhcpv6_take_message(w, c);
	close_tree(d, tree, c);
}

TAKER(take_authentication)
{
	enum { DELAYED = 2, KEY_AND_HMAC = 20 };
	struct dissection *d = w->d;
	uint8_t protocol = take_u8(d, c, DHCPV6_AUTH_PROTOCOL);

	take_u8(d, c, DHCPV6_AUTH_ALGORITHM);
	take_u8(d, c, DHCPV6_AUTH_RDM);
	take_bytes(d, c, DHCPV6_AUTH_REPLAY, 8);
	uint32_t left = cursor_left(c);
	if (protocol == DELAYED && left >= KEY_AND_HMAC) {
		if (left > KEY_AND_HMAC)
			take_text(d, c, DHCPV6_AUTH_REALM, left - KEY_AND_HMAC);
		take_u32(d, c, DHCPV6_AUTH_KEY);
		take_bytes(d, c, DHCPV6_AUTH_MD5, 16);
		return;
	}
	take_rest_bytes(d, c, DHCPV6_AUTH_INFO);
}

TAKER(take_status)
{
	take_u16(w->d, c, DHCPV6_STATUS);
	if (cursor_left(c))
		take_rest_text(w->d, c, DHCPV6_STATUS_MESSAGE);
}

TAKER(take_user_class)
{
	struct dissection *d = w->d;

	while (cursor_left(c)) {
		node_id tree = open_tree(d, c, DHCPV6_USER_CLASS);
		uint16_t n = take_u16(d, c, DHCPV6_USER_CLASS_LENGTH);
		struct cursor value = cursor_split(c, n);
		if (n > cursor_left(&value))
			note_malformed(w, option, "User Class");
		take_rest_bytes(d, &value, DHCPV6_USER_CLASS_DATA);
		close_tree(d, tree, c);
	}
}

TAKER(take_vendor_class)
{
	struct dissection *d = w->d;

	take_u32(d, c, DHCPV6_VENDOR_CLASS_ENTERPRISE);
	while (cursor_left(c) >= 2) {
		uint16_t n = cursor_u16(c);
		struct cursor value = cursor_split(c, n);
		if (n > cursor_left(&value))
			note_malformed(w, option, "VENDOR_CLASS");
		take_rest_text(d, &value, DHCPV6_VENDOR_CLASS_DATA);
	}
}

TAKER(take_vendor_options)
{
	struct dissection *d = w->d;

	take_u32(d, c, DHCPV6_VENDOR_ENTERPRISE);
	while (cursor_left(c) >= 4) {
		node_id tree = open_tree(d, c, DHCPV6_VENDOR_OPTION);
		take_u16(d, c, DHCPV6_VENDOR_CODE);
		uint16_t n = take_u16(d, c, DHCPV6_VENDOR_LENGTH);
		struct cursor value = cursor_split(c, n);
		if (n > cursor_left(&value))
			note_malformed(w, option, "VENDOR_OPTS");
		take_rest_bytes(d, &value, DHCPV6_VENDOR_DATA);
		close_tree(d, tree, c);
	}
}

TAKER(take_remote)
{
	take_u32(w->d, c, DHCPV6_REMOTE_ENTERPRISE);
	take_rest_bytes(w->d, c, DHCPV6_REMOTE_ID);
}

/* RFC 4704, 4.1: what the flags of a client and of a server mean. */
static void take_fqdn_flags(struct dhcpv6_walk *w, struct cursor *c)
{
	static const char *const of_client[] = {
		"CLIENT wants to update its AAAA RRs and SERVER to update its PTR RRs",
		"CLIENT wants SERVER to update both its AAAA and PTR RRs",
		"CLIENT wants NO server updates",
	};
	static const char *const of_server[] = {
		"SERVER SHALL update PTR RRs",
		"SERVER SHALL update both AAAA and PTR RRs",
		"SERVER SHALL NOT update any RRs",
	};
	enum { REPLY = 7, ADVERTISE = 2, RECONFIGURE_REPLY = 19, S = 1, O = 2, N = 4 };
	struct dissection *d = w->d;
	bool server = w->type == REPLY || w->type == ADVERTISE || w->type == RECONFIGURE_REPLY;
	struct cursor look = *c;
	uint8_t flags = cursor_u8(&look);
	const char *const *words = server ? of_server : of_client;

	take_flags(d, c, DHCPV6_FQDN_FLAGS, server ? DHCPV6_FQDN_SERVER_N : DHCPV6_FQDN_CLIENT_N,
		   server ? DHCPV6_FQDN_SERVER_S : DHCPV6_FQDN_CLIENT_S);
	node_id node = last_node(d);
	if ((flags & N) && (flags & S))
		note_finding(d, DHCPV6_S_BIT_WRONG, NULL);
	else
		label_set(d, node, "Flags: 0x%02x  [%s]", flags,
			  flags & N ? words[2] : words[flags & S]);
}

TAKER(take_fqdn)
{
	take_fqdn_flags(w, c);
	if (cursor_left(c))
		take_name_as(w, c, DHCPV6_FQDN_NAME, true);
}

/* --- time servers, leases looked up, IPv4 over IPv6, failover --- */

TAKER(take_time_servers)
{
	struct dissection *d = w->d;

	while (cursor_left(c) >= 4) {
		struct cursor look = *c;
		uint16_t type = cursor_u16(&look);
		const char *name = value_name(dhcpv6_fields[DHCPV6_NTP_TYPE].names, type);
		node_id tree = open_tree(d, c, DHCPV6_NTP_TREE);
		label_set(d, tree, "%s", name ? name : "Unknown");
		take_u16(d, c, DHCPV6_NTP_TYPE);
		uint16_t n = take_u16(d, c, DHCPV6_NTP_LENGTH);
		struct cursor value = cursor_split(c, n);
		if (n > cursor_left(&value))
			note_malformed(w, option, "NTP_SERVER");
		if (type == 1 || type == 2)
			take_ipv6(d, &value, type == 1 ? DHCPV6_NTP_SERVER : DHCPV6_NTP_MULTICAST);
		else if (type == 3)
			take_name_as(w, &value, DHCPV6_NTP_NAME, true);
		close_tree(d, tree, c);
	}
}

TAKER(take_options_only)
{
	dhcpv6_take_options(w, c);
}

TAKER(take_query)
{
	take_u8(w->d, c, DHCPV6_LQ_QUERY);
	take_ipv6(w->d, c, DHCPV6_LQ_LINK);
	dhcpv6_take_options(w, c);
}

TAKER(take_relay_data)
{
	take_ipv6(w->d, c, DHCPV6_LQ_PEER);
	take_rest_text(w->d, c, DHCPV6_LQ_MESSAGE);
}

/* A prefix of `bits`, in as few bytes as it needs. */
static void take_short_prefix(struct dissection *d, struct cursor *c, unsigned field, uint8_t bits)
{
	uint32_t n = (bits + 7u) / 8, start = c->pos;

	if (n > 16)
		n = 16;
	const uint8_t *bytes = cursor_bytes(c, n);
	if (!bytes)
		return;
	uint8_t *address = arena_zeroed(&d->arena, 16);
	memcpy(address, bytes, n);
	add_bytes(d, c, field, start, n, address, 16);
}

TAKER(take_rule)
{
	struct dissection *d = w->d;

	take_named_flags(d, c, DHCPV6_RULE_FLAGS, DHCPV6_RULE_RESERVED, DHCPV6_RULE_FMR);
	take_u8(d, c, DHCPV6_RULE_EA);
	take_u8(d, c, DHCPV6_RULE_IPV4_LENGTH);
	take_ipv4(d, c, DHCPV6_RULE_IPV4);
	uint8_t bits = take_u8(d, c, DHCPV6_RULE_IPV6_LENGTH);
	take_short_prefix(d, c, DHCPV6_RULE_IPV6, bits);
	dhcpv6_take_options(w, c);
}

TAKER(take_default_rule)
{
	uint8_t bits = take_u8(w->d, c, DHCPV6_DMR_LENGTH);

	take_short_prefix(w->d, c, DHCPV6_DMR, bits);
}

TAKER(take_binding)
{
	struct dissection *d = w->d;

	take_ipv4(d, c, DHCPV6_BIND_IPV4);
	uint8_t bits = take_u8(d, c, DHCPV6_BIND_LENGTH);
	take_short_prefix(d, c, DHCPV6_BIND, bits);
	dhcpv6_take_options(w, c);
}

/* The set's number stands in the word's upper bits (RFC 7598, 4.5). */
TAKER(take_ports)
{
	struct dissection *d = w->d;

	take_u8(d, c, DHCPV6_PORTS_OFFSET);
	uint8_t bits = take_u8(d, c, DHCPV6_PORTS_LENGTH);
	uint32_t start = c->pos;
	uint16_t word = cursor_u16(c);
	add_uint(d, c, DHCPV6_PORTS_PSID, start, 2,
		 bits < 16 ? (uint32_t)word >> (16 - bits) : word);
}

TAKER(take_version)
{
	take_u16(w->d, c, DHCPV6_MAJOR);
	take_u16(w->d, c, DHCPV6_MINOR);
}

TAKER(take_reconfigure_key)
{
	take_u32(w->d, c, DHCPV6_RECONFIGURE_TIME);
	take_rest_bytes(w->d, c, DHCPV6_RECONFIGURE_KEY);
}

/* --- the options --- */

/* clang-format off */
static const struct dhcpv6_option options[] = {
	[1] = { take_duid, 0, 0, 0, "DUID" },
	[2] = { take_duid, 0, 0, 0, "DUID" },
	[3] = { take_association, 12, 0, 0, "IA_NA" },
	[4] = { take_temporary, 4, 0, 0, "IA_TA" },
	[5] = { take_leased, 24, 0, 0, "IA_ADDR" },
	[6] = { take_codes, 0, 2, DHCPV6_REQUESTED, NULL },
	[7] = { take_number, 1, 1, DHCPV6_PREFERENCE, "PREFERENCE" },
	[8] = { take_elapsed, 2, 2, 0, "ELAPSED-TIME" },
	[9] = { take_message, 1, 0, 0, "RELAY-MSG" },
	[11] = { take_authentication, 11, 0, 0, "AUTH" },
	[12] = { take_addresses, 16, 16, DHCPV6_UNICAST, "UNICAST" },
	[13] = { take_status, 2, 0, 0, NULL },
	[15] = { take_user_class, 0, 0, 0, NULL },
	[16] = { take_vendor_class, 4, 0, 0, "VENDOR_CLASS" },
	[17] = { take_vendor_options, 4, 0, 0, "VENDOR_OPTS" },
	[18] = { take_octets, 0, 0, DHCPV6_INTERFACE_ID, NULL },
	[19] = { take_number, 1, 1, DHCPV6_RECONFIGURE, "RECONF_MSG" },
	[21] = { take_name_list, 0, 0, DHCPV6_SIP_NAME, "SIP Servers Domain Search List" },
	[22] = { take_addresses, 16, 16, DHCPV6_SIP_SERVER, "SIP servers address" },
	[23] = { take_counted_addresses, 16, 16, DHCPV6_DNS_SERVER, "DNS servers address" },
	[24] = { take_name_list, 0, 0, DHCPV6_SEARCH, "Domain name suffix search list" },
	[25] = { take_association, 12, 0, 0, "IA_PD" },
	[26] = { take_prefix, 25, 0, 0, "IA_PREFIX" },
	[27] = { take_addresses, 16, 16, DHCPV6_NIS_SERVER, "NIS servers address" },
	[28] = { take_addresses, 16, 16, DHCPV6_NISP_SERVER, "NISP servers address" },
	[29] = { take_name_list, 0, 0, DHCPV6_NIS_NAME, "nis-domain-name" },
	[30] = { take_name_list, 0, 0, DHCPV6_NISP_NAME, "nisp-domain-name" },
	[31] = { take_counted_addresses, 16, 16, DHCPV6_SNTP_SERVER, "SNTP servers address" },
	[32] = { take_number, 4, 4, DHCPV6_LIFETIME, "LIFETIME" },
	[33] = { take_name_list, 0, 0, DHCPV6_BCMCS_NAME, "BCMCS Servers Domain Search List" },
	[34] = { take_addresses, 16, 16, DHCPV6_BCMCS_SERVER, "BCMCS servers address" },
	[37] = { take_remote, 4, 0, 0, "REMOTE_ID" },
	[38] = { take_words, 0, 0, DHCPV6_SUBSCRIBER, NULL },
	[39] = { take_fqdn, 1, 0, 0, "FQDN" },
	[40] = { take_addresses, 16, 16, DHCPV6_PANA, "PANA agents address" },
	[41] = { take_words, 0, 0, DHCPV6_TIMEZONE, NULL },
	[42] = { take_words, 0, 0, DHCPV6_TZDB, NULL },
	[43] = { take_codes, 0, 2, DHCPV6_REQUESTED, NULL },
	[44] = { take_query, 17, 0, 0, "LQ_QUERY" },
	[45] = { take_options_only, 0, 0, 0, NULL },
	[46] = { take_number, 4, 4, DHCPV6_LQ_TIME, "CLT_TIME" },
	[47] = { take_relay_data, 16, 0, 0, "LQ_RELAY_DATA" },
	[48] = { take_addresses, 16, 16, DHCPV6_LQ_CLIENT_LINK, "LQ client links address" },
	[52] = { take_addresses, 16, 16, DHCPV6_CAPWAP, "CAPWAP Access Controllers address" },
	[56] = { take_time_servers, 4, 0, 0, "NTP_SERVER" },
	[64] = { take_name, 0, 0, DHCPV6_AFTR, NULL },
	[66] = { take_options_only, 0, 0, 0, NULL },
	[67] = { take_exclude, 2, 0, 0, "PD_EXCLUDE" },
	[89] = { take_rule, 8, 0, 0, "S46_RULE" },
	[90] = { take_addresses, 16, 16, DHCPV6_BR, "S46_BR" },
	[91] = { take_default_rule, 1, 0, 0, "S46_DMR" },
	[92] = { take_binding, 5, 0, 0, "S46_V4V6BIND" },
	[93] = { take_ports, 4, 0, 0, "S46_PORTPARAMS" },
	[94] = { take_options_only, 0, 0, 0, NULL },
	[95] = { take_options_only, 0, 0, 0, NULL },
	[96] = { take_options_only, 0, 0, 0, NULL },
	[103] = { take_words, 0, 0, DHCPV6_CAPTIVE_PORTAL, NULL },
	[112] = { take_words, 0, 0, DHCPV6_MUD_URL, NULL },
	[114] = { take_number, 1, 1, DHCPV6_BINDING_STATUS, NULL },
	[115] = { take_connect_flags, 2, 2, 0, NULL },
	[116] = { take_options_only, 0, 0, 0, NULL },
	[117] = { take_plain_name, 0, 0, DHCPV6_DNS_HOST, NULL },
	[118] = { take_plain_name, 0, 0, DHCPV6_DNS_ZONE, NULL },
	[119] = { take_dns_flags, 2, 2, 0, NULL },
	[120] = { take_number, 4, 4, DHCPV6_EXPIRATION, NULL },
	[121] = { take_number, 4, 4, DHCPV6_UNACKED, NULL },
	[122] = { take_number, 4, 4, DHCPV6_MCLT, NULL },
	[123] = { take_number, 4, 4, DHCPV6_PARTNER, NULL },
	[124] = { take_number, 4, 4, DHCPV6_PARTNER_SENT, NULL },
	[125] = { take_number, 4, 4, DHCPV6_PARTNER_DOWN, NULL },
	[126] = { take_number, 4, 4, DHCPV6_PARTNER_RAW, NULL },
	[127] = { take_version, 4, 4, 0, NULL },
	[128] = { take_number, 4, 4, DHCPV6_KEEPALIVE, NULL },
	[129] = { take_reconfigure_key, 4, 0, 0, NULL },
	[130] = { take_words, 0, 0, DHCPV6_RELATIONSHIP, NULL },
	[131] = { take_server_flags, 1, 1, 0, NULL },
	[132] = { take_number, 1, 1, DHCPV6_SERVER_STATE, NULL },
	[133] = { take_number, 4, 4, DHCPV6_STATE_START, NULL },
	[134] = { take_number, 4, 4, DHCPV6_STATE_EXPIRATION, NULL },
	[135] = { take_number, 2, 2, DHCPV6_RELAY_PORT, NULL },
	[165] = { take_addresses, 16, 16, DHCPV6_HOME_AGENT, "MIP6 home agent" },
	[166] = { take_addresses, 16, 16, DHCPV6_HOME_ADDRESS, "MIP6 home address" },
	[167] = { take_words, 0, 0, DHCPV6_NAI, NULL },
};
/* clang-format on */

static const struct dhcpv6_option *option_of(uint16_t code)
{
	static const struct dhcpv6_option named_only = { NULL };

	return code < COUNT(options) ? &options[code] : &named_only;
}

static const char *option_name(struct dissection *d, uint16_t code)
{
	const char *name = value_name(dhcpv6_option_names, code);

	return name || only_learning(d) ? name : arena_printf(&d->arena, "DHCP option %u", code);
}

static void take_value(struct dhcpv6_walk *w, struct cursor *c, uint16_t code, const char *name)
{
	const struct dhcpv6_option *option = option_of(code);
	uint32_t n = cursor_sent(c);

	if (!option->take)
		return;
	if (n < option->least || (option->each && n % option->each)) {
		note_malformed(w, option, name);
		return;
	}
	w->depth++;
	if (w->depth < DHCPV6_DEPTH_LIMIT)
		option->take(w, c, option);
	w->depth--;
}

void dhcpv6_take_options(struct dhcpv6_walk *w, struct cursor *c)
{
	struct dissection *d = w->d;

	while (cursor_more(c)) {
		struct cursor look = *c;
		uint16_t code = cursor_u16(&look), length = cursor_u16(&look);
		const char *name = option_name(d, code);
		uint32_t start = c->pos;
		node_id tree = add_text(d, c, DHCPV6_OPTION, start, cursor_left(c), name);
		label_set(d, tree, "%s", name);
		open_node(d, tree);
		take_u16(d, c, DHCPV6_OPTION_TYPE);
		take_u16(d, c, DHCPV6_OPTION_LENGTH);
		if (length > cursor_sent(c)) {
			note_malformed(w, option_of(code), name);
			cursor_skip(c, cursor_sent(c));
		} else {
			struct cursor value = cursor_split(c, length);
			take_value(w, &value, code, name);
		}
		node_set_length(d, tree, c->pos - start);
		close_node(d, tree);
	}
}
