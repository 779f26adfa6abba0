/* dns_options.c - lists within records: EDNS options, service parameters, stateful operations. */
#include "dns.h"

#include <string.h>

/* --- EDNS (RFC 6891, 6.1.2) --- */

enum option_code {
	OPTION_DAU = 5,
	OPTION_DHU,
	OPTION_N3U,
	OPTION_CLIENT_SUBNET,
	OPTION_COOKIE = 10,
	OPTION_KEEPALIVE,
	OPTION_PADDING,
	OPTION_CHAIN,
	OPTION_ERROR = 15,
	OPTION_CLIENT_SUBNET_DRAFT = 20730,
};

enum { FAMILY_IPV4 = 1, FAMILY_IPV6 = 2, CLIENT_COOKIE_SIZE = 8 };
enum { CLIENT_SUBNET_LIMIT = 4 + 16 };

/* RFC 7871, 6: the address without the bytes that the prefix does not cover. */
static void take_client_subnet(struct dissection *d, struct cursor *c)
{
	uint16_t family = take_u16(d, c, DNS_OPT_CLIENT_FAMILY);
	take_uint(d, c, DNS_OPT_CLIENT_NETMASK);
	take_uint(d, c, DNS_OPT_CLIENT_SCOPE);
	uint32_t n = cursor_sent(c);
	uint32_t start = c->pos;
	uint8_t *address = arena_zeroed(&d->arena, 16);

	if (family != FAMILY_IPV4 && family != FAMILY_IPV6) {
		take_bytes(d, c, DNS_OPT_CLIENT_ADDR, n);
		return;
	}
	const uint8_t *part = cursor_bytes(c, n);
	if (!part)
		return;
	memcpy(address, part, n < 16 ? n : 16);
	if (family == FAMILY_IPV4)
		add_uint(d, c, DNS_OPT_CLIENT_ADDR4, start, n, load_be32(address));
	else
		add_bytes(d, c, DNS_OPT_CLIENT_ADDR6, start, n, address, 16);
}

static void take_each(struct dissection *d, struct cursor *c, unsigned field)
{
	while (cursor_more(c))
		take_uint(d, c, field);
}

static void take_option_value(struct dissection *d, uint16_t code, struct cursor *c)
{
	switch (code) {
	case OPTION_DAU:
		take_each(d, c, DNS_OPT_DAU);
		return;
	case OPTION_DHU:
		take_each(d, c, DNS_OPT_DHU);
		return;
	case OPTION_N3U:
		take_each(d, c, DNS_OPT_N3U);
		return;
	case OPTION_CLIENT_SUBNET:
	case OPTION_CLIENT_SUBNET_DRAFT:
		take_client_subnet(d, c);
		return;
	case OPTION_COOKIE:
		take_bytes(d, c, DNS_OPT_COOKIE_CLIENT, CLIENT_COOKIE_SIZE);
		take_bytes(d, c, DNS_OPT_COOKIE_SERVER, cursor_sent(c));
		return;
	case OPTION_KEEPALIVE:
		if (cursor_more(c))
			take_uint(d, c, DNS_OPT_EDNS_TCP_KEEPALIVE_TIMEOUT);
		return;
	case OPTION_PADDING:
		take_bytes(d, c, DNS_OPT_PADDING, cursor_sent(c));
		return;
	case OPTION_CHAIN:
		take_text(d, c, DNS_OPT_CHAIN_FQDN, cursor_sent(c));
		return;
	case OPTION_ERROR:
		take_uint(d, c, DNS_OPT_EXT_ERROR_INFO_CODE);
		if (cursor_more(c))
			take_text(d, c, DNS_OPT_EXT_ERROR_EXTRA_TEXT, cursor_sent(c));
		return;
	default:
		return;
	}
}

/* Returns how long the option's data is. */
static uint16_t take_option_head(struct dissection *d, struct cursor *c, uint16_t code)
{
	bool is_draft = code == OPTION_CLIENT_SUBNET_DRAFT;

	take_uint(d, c, DNS_OPT_CODE);
	if (is_draft)
		note_finding_on(d, last_node(d), DNS_DEPR_OPC,
				"Deprecated opcode. Client subnet OPT assigned as 8.");
	uint16_t size = take_u16(d, c, DNS_OPT_LEN);
	if ((is_draft || code == OPTION_CLIENT_SUBNET) && size > CLIENT_SUBNET_LIMIT)
		note_finding_on(d, last_node(d), DNS_RR_OPT_BAD_LENGTH, NULL);
	return size;
}

static void take_option(struct dissection *d, struct cursor *c)
{
	const uint8_t *head;

	if (!cursor_peek(c, 0, 4, &head)) {
		cursor_skip(c, 4);
		return;
	}
	node_id tree = open_tree(d, c, DNS_OPT);
	uint16_t code = load_be16(head);
	const char *name = value_name(dns_option_names, code);
	if (name)
		label_set(d, tree, "Option: %s", name);
	else
		label_set(d, tree, "Option: Unknown (%u)", code);
	uint16_t size = take_option_head(d, c, code);
	bool whole = size <= cursor_sent(c);
	struct cursor value = cursor_split(c, size);
	struct cursor all = value;
	if (whole) {
		take_bytes(d, &all, DNS_OPT_DATA, size);
		take_option_value(d, code, &value);
	} else {
		cursor_fail(&value, UINT32_MAX);
	}
	close_tree(d, tree, c);
}

void dns_options_dissect(struct dissection *d, struct cursor *c)
{
	while (cursor_more(c))
		take_option(d, c);
}

/* --- SVCB and HTTPS (RFC 9460, 2.2) --- */

/* The parameter's line names that many of its values; the tree below shows them all. */
enum { MAX_WORDED = 32 };

enum service_key {
	SERVICE_MANDATORY,
	SERVICE_ALPN,
	SERVICE_NO_DEFAULT_ALPN,
	SERVICE_PORT,
	SERVICE_IPV4_HINT,
	SERVICE_ECH,
	SERVICE_IPV6_HINT,
	SERVICE_ODOH = 32769,
};

static const char *base64_text(struct dissection *d, const uint8_t *bytes, uint32_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *text = arena_alloc(&d->arena, ((size_t)n + 2) / 3 * 4 + 1);
	char *out = text;

	for (uint32_t i = 0; i < n; i += 3) {
		uint32_t left = n - i;
		uint32_t word = (uint32_t)bytes[i] << 16 |
				(left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
				(left > 2 ? bytes[i + 2] : 0);
		*out++ = digits[word >> 18];
		*out++ = digits[word >> 12 & 63];
		*out++ = left > 1 ? digits[word >> 6 & 63] : '=';
		*out++ = left > 2 ? digits[word & 63] : '=';
	}
	*out = '\0';
	return text;
}

static const char *service_key_word(struct dissection *d, uint16_t key)
{
	const char *name = value_name(dns_param_names, key);

	if (name || !dns_wants_words(d))
		return name ? name : "";
	return arena_printf(&d->arena, "key%u", key);
}

static void word_value(struct dissection *d, node_id tree, unsigned place, const char *value)
{
	if (place < MAX_WORDED)
		label(d, tree, "%s%s", place ? "," : "=", value);
	else if (place == MAX_WORDED)
		label(d, tree, ",...");
}

static void take_mandatory(struct dissection *d, struct cursor *c, node_id tree)
{
	for (unsigned place = 0; cursor_more(c); place++) {
		uint16_t key = take_u16(d, c, DNS_SVCB_SVCPARAM_MANDATORY_KEY);
		word_value(d, tree, place, service_key_word(d, key));
	}
}

static void take_alpn(struct dissection *d, struct cursor *c, node_id tree)
{
	for (unsigned place = 0; cursor_more(c); place++) {
		uint8_t n = take_u8(d, c, DNS_SVCB_SVCPARAM_ALPN_LENGTH);
		const char *name = take_text(d, c, DNS_SVCB_SVCPARAM_ALPN, n);
		word_value(d, tree, place, name);
	}
}

static void take_hints(struct dissection *d, struct cursor *c, node_id tree, bool ipv6)
{
	char text[ADDRESS_TEXT_ROOM] = "";

	for (unsigned place = 0; cursor_more(c); place++) {
		if (ipv6) {
			const uint8_t *address = take_ipv6(d, c, DNS_SVCB_SVCPARAM_IPV6HINT_IP);
			if (address && dns_wants_words(d))
				address_text_ipv6(address, text);
		} else {
			uint32_t address = take_ipv4(d, c, DNS_SVCB_SVCPARAM_IPV4HINT_IP);
			if (dns_wants_words(d))
				address_text_ipv4(address, text);
		}
		word_value(d, tree, place, text);
	}
}

static void take_config(struct dissection *d, struct cursor *c, node_id tree, unsigned field)
{
	const char *name = field == DNS_SVCB_SVCPARAM_ECHCONFIG ? "ECHConfig" : "ODoHConfig";
	uint32_t n = cursor_sent(c);
	const uint8_t *config = take_bytes(d, c, field, n);
	node_id node = last_node(d);

	if (!config || !(d->wants & WANT_ANY_LABELS))
		return;
	const char *text = base64_text(d, config, n);
	label_set(d, node, "%s: %s", name, text);
	label(d, tree, "=%s", text);
}

static void take_service_value(struct dissection *d, uint16_t key, struct cursor *c, node_id tree)
{
	uint32_t n = cursor_sent(c);

	switch (key) {
	case SERVICE_MANDATORY:
		take_mandatory(d, c, tree);
		return;
	case SERVICE_ALPN:
		take_alpn(d, c, tree);
		return;
	case SERVICE_NO_DEFAULT_ALPN:
		return;
	case SERVICE_PORT:
		n = take_u16(d, c, DNS_SVCB_SVCPARAM_PORT);
		label(d, tree, "=%u", n);
		return;
	case SERVICE_IPV4_HINT:
	case SERVICE_IPV6_HINT:
		take_hints(d, c, tree, key == SERVICE_IPV6_HINT);
		return;
	case SERVICE_ECH:
		take_config(d, c, tree, DNS_SVCB_SVCPARAM_ECHCONFIG);
		return;
	case SERVICE_ODOH:
		take_config(d, c, tree, DNS_SVCB_SVCPARAM_ODOHCONFIG);
		return;
	default:
		break;
	}
	if (n == 0)
		return;
	const uint8_t *value = take_bytes(d, c, DNS_SVCB_SVCPARAM_VALUE, n);
	if (value)
		label(d, tree, "=%s", text_of(d, value, n));
}

void dns_service_dissect(struct dissection *d, const struct dns_message *m, struct cursor *c)
{
	take_uint(d, c, DNS_SVCB_SVCPRIORITY);
	dns_name_take(d, m, c, DNS_SVCB_TARGETNAME);
	while (cursor_more(c)) {
		node_id tree = open_tree(d, c, DNS_SVCB_SVCPARAM);
		uint16_t key = take_u16(d, c, DNS_SVCB_SVCPARAM_KEY);
		label(d, tree, ": %s", service_key_word(d, key));
		uint16_t size = take_u16(d, c, DNS_SVCB_SVCPARAM_VALUE_LENGTH);
		bool whole = size <= cursor_sent(c);
		struct cursor value = cursor_split(c, size);
		take_service_value(d, key, &value, tree);
		if (!whole)
			cursor_fail(c, UINT32_MAX);
		close_tree(d, tree, c);
	}
}

/* --- stateful operations (RFC 8490, 5.4) --- */

enum { STATEFUL_KEEPALIVE = 1, STATEFUL_RETRY_DELAY, STATEFUL_PADDING };

static void take_stateful_value(struct dissection *d, uint16_t type, struct cursor *c)
{
	switch (type) {
	case STATEFUL_KEEPALIVE:
		take_uint(d, c, DNS_DSO_TLV_KEEPALIVE_INACTIVITY);
		take_uint(d, c, DNS_DSO_TLV_KEEPALIVE_INTERVAL);
		return;
	case STATEFUL_RETRY_DELAY:
		take_uint(d, c, DNS_DSO_TLV_RETRYDELAY_RETRYDELAY);
		return;
	case STATEFUL_PADDING:
		take_bytes(d, c, DNS_DSO_TLV_ENCPAD_PADDING, cursor_sent(c));
		return;
	default:
		take_bytes(d, c, DNS_DSO_TLV_DATA, cursor_sent(c));
	}
}

void dns_stateful_dissect(struct dissection *d, struct cursor *c)
{
	node_id all = open_tree(d, c, DNS_DSO);

	while (cursor_more(c)) {
		node_id tree = open_tree(d, c, DNS_DSO_TLV);
		uint16_t type = take_u16(d, c, DNS_DSO_TLV_TYPE);
		uint16_t size = take_u16(d, c, DNS_DSO_TLV_LENGTH);
		bool whole = size <= cursor_sent(c);
		struct cursor value = cursor_split(c, size);
		if (whole)
			take_stateful_value(d, type, &value);
		else
			cursor_fail(&value, UINT32_MAX);
		close_tree(d, tree, c);
	}
	close_tree(d, all, c);
}
