/* dhcpv6.c - Dynamic Host Configuration Protocol for IPv6, RFC 8415.
 *
 *     +------+-----------------+      +------+------+------------------+------------------+
 *     | type | transaction: 3  |  or  | type | hops | link address: 16 | peer address: 16 |
 *     +------+-----------------+      +------+------+------------------+------------------+
 *     | code: 2, length: 2, value; and so on        | options; one holds the relayed message |
 */
#include "dhcpv6.h"

enum { CLIENT_PORT = 546, SERVER_PORT = 547 };

enum {
	MESSAGE_RELAY_FORWARD = 12,
	MESSAGE_RELAY_REPLY = 13,
};

static bool is_relayed(uint8_t type)
{
	return type == MESSAGE_RELAY_FORWARD || type == MESSAGE_RELAY_REPLY;
}

/* A relay agent's message counts those that it is in (RFC 8415, 19.1.1). */
static void check_hops(struct dhcpv6_walk *w, const struct cursor *c, uint8_t hops, node_id node)
{
	struct cursor look = *c;
	const uint8_t *at;

	cursor_skip(&look, 32);
	while (cursor_peek(&look, 0, 5, &at) && load_be16(at) != 9)
		cursor_skip(&look, 4u + load_be16(at + 2));
	if (!cursor_peek(&look, 0, 6, &at))
		return;
	if (!is_relayed(at[4]) && hops)
		note_finding_on(w->d, node, DHCPV6_HOPCOUNT_WRONG,
				"Hopcount of most inner message has to equal 0 instead of %u",
				hops);
	else if (is_relayed(at[4]) && hops != at[5] + 1)
		note_finding_on(w->d, node, DHCPV6_HOPCOUNT_WRONG,
				"hopcount is not correctly incremented by 1 (expected : %u, actual "
				": %u)",
				at[5] + 1u, hops);
}

static void take_relayed(struct dhcpv6_walk *w, struct cursor *c)
{
	struct dissection *d = w->d;
	struct endpoint link = { 0 }, peer = { 0 };
	char text[ADDRESS_TEXT_ROOM];

	uint8_t hops = take_u8(d, c, DHCPV6_HOPCOUNT);
	check_hops(w, c, hops, last_node(d));
	take_address(d, c, DHCPV6_LINKADDR, &link);
	take_address(d, c, DHCPV6_PEERADDR, &peer);
	address_text(&link, text);
	info(d, "L: %s ", text);
}

void dhcpv6_take_message(struct dhcpv6_walk *w, struct cursor *c)
{
	struct dissection *d = w->d;
	uint8_t outer = w->type;

	w->type = take_u8(d, c, DHCPV6_MSGTYPE);
	const char *name = value_name(dhcpv6_fields[DHCPV6_MSGTYPE].names, w->type);
	if (name)
		info(d, "%s ", name);
	else
		info(d, "Message Type %u ", w->type);
	if (is_relayed(w->type)) {
		take_relayed(w, c);
	} else {
		uint32_t transaction = (uint32_t)take_uint(d, c, DHCPV6_XID);
		info(d, "XID: 0x%06x ", transaction);
	}
	dhcpv6_take_options(w, c);
	w->type = outer;
}

static void dhcpv6_dissect(struct dissection *d, struct cursor *c)
{
	struct dhcpv6_walk w = { .d = d };

	info_begin(d);
	dhcpv6_take_message(&w, c);
}

/* Options up to the last byte, among them who the client is (RFC 8415, 11), which all but few
 * messages have. */
static bool has_client(const uint8_t *at, uint32_t n)
{
	enum {
		OPTION_HEAD = 4,
		OPTION_CLIENTID = 1,
		LAST_DUID = 4,
		LEAST_DUID = 6,
		LAST_OPTION = 160
	};
	bool found = false;
	uint32_t size;

	for (; n >= OPTION_HEAD; at += OPTION_HEAD + size, n -= OPTION_HEAD + size) {
		uint32_t option = load_be16(at);
		size = load_be16(at + 2);
		if (!option || option > LAST_OPTION || size > n - OPTION_HEAD)
			return false;
		if (option != OPTION_CLIENTID)
			continue;
		if (size < LEAST_DUID || !load_be16(at + 4) || load_be16(at + 4) > LAST_DUID)
			return false;
		found = true;
	}
	return found && !n;
}

static bool dhcpv6_looks_like(const struct dissection *d, const struct cursor *c)
{
	enum { HEADER = 4, LAST_TYPE = 11 };
	uint32_t n = cursor_left(c);
	const uint8_t *at;

	(void)d;
	return n > HEADER && n == cursor_sent(c) && cursor_peek(c, 0, n, &at) && at[0] &&
	       at[0] <= LAST_TYPE && has_client(at + HEADER, n - HEADER);
}

static const struct claim dhcpv6_claims[] = {
	{ BY_UDP_PORT, CLIENT_PORT },
	{ BY_UDP_PORT, SERVER_PORT },
};

const struct dissector dhcpv6_dissector = {
	.name = "dhcpv6",
	.short_name = "DHCPv6",
	.title = "DHCPv6",
	.fields = dhcpv6_fields,
	.field_count = DHCPV6_FIELDS,
	.claims = dhcpv6_claims,
	.claim_count = COUNT(dhcpv6_claims),
	.dissect = dhcpv6_dissect,
	.looks_like = dhcpv6_looks_like,
	.at_beginning = true,
};
