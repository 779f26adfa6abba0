/* chdlc.c - Cisco's HDLC framing of serial lines, and the Serial Line Address Resolution Protocol
 * in it.
 *
 *      0         1         2                 4
 *      +---------+---------+-----------------+
 *      | address | control | protocol        |
 *      +---------+---------+-----------------+
 */
#include "ethertype.h"

enum {
	LINK_CHDLC = 104,
	PROTOCOL_SLARP = 0x8035,
	PROTOCOL_BRIDGED = 0x6558,
	PROTOCOL_CDP = 0x2000,
	PROTOCOL_OSI = 0xfefe
};

enum { CHDLC, CHDLC_ADDRESS, CHDLC_CONTROL, CHDLC_PROTOCOL, CHDLC_PADDING };
enum {
	SLARP,
	SLARP_TYPE,
	SLARP_ADDRESS,
	SLARP_NETMASK,
	SLARP_OWN,
	SLARP_RETURNED,
	SLARP_RELIABILITY,
	SLARP_RELIABILITY_INVALID,
};

static const struct value_name address_names[] = { { 0x0f, "Unicast" },
						   { 0x8f, "Multicast" },
						   { 0 } };

static const struct value_name protocol_names[] = {
	{ ETHERTYPE_IPV4, "IP" },
	{ ETHERTYPE_IPV6, "IPv6" },
	{ PROTOCOL_CDP, "Cisco Discovery Protocol" },
	{ 0x4242, "Spanning Tree BPDU" },
	{ PROTOCOL_BRIDGED, "Transparent Ethernet bridging" },
	{ PROTOCOL_SLARP, "SLARP" },
	{ 0x8847, "MPLS unicast" },
	{ 0x8848, "MPLS multicast" },
	{ PROTOCOL_OSI, "OSI" },
	{ 0 },
};

static const struct field chdlc_fields[] = {
	[CHDLC] = { "chdlc", "Cisco HDLC", FIELD_PROTOCOL,
		    .help = "How Cisco's routers frame packets on serial lines" },
	[CHDLC_ADDRESS] = { "chdlc.address", "Address", FIELD_U8, BASE_HEX, address_names,
			    .help = "Whether the packet is for the other end or for all" },
	[CHDLC_CONTROL] = { "chdlc.control", "Control", FIELD_U8, BASE_HEX, .help = "Always 0" },
	[CHDLC_PROTOCOL] = { "chdlc.protocol", "Protocol", FIELD_U16, BASE_HEX, protocol_names,
			     .help = "What the payload is: mostly an EtherType" },
	[CHDLC_PADDING] = { "chdlc.clns_padding", "CLNS Padding", FIELD_U8, BASE_HEX,
			    .help = "Filler in front of OSI's packets" },
};

enum { SLARP_REQUEST, SLARP_REPLY, SLARP_LINE_CHECK, WHOLLY_RELIABLE = 0xffff };

static const struct value_name slarp_type_names[] = {
	{ SLARP_REQUEST, "Request" },
	{ SLARP_REPLY, "Reply" },
	{ SLARP_LINE_CHECK, "Line keepalive" },
	{ 0 },
};

static const struct field slarp_fields[] = {
	[SLARP] = { "slarp", "Cisco SLARP", FIELD_PROTOCOL,
		    .help = "Asks the other end of a serial line for its address, and tells that "
			    "the "
			    "line is up" },
	[SLARP_TYPE] = { "slarp.ptype", "Packet type", FIELD_U32, .names = slarp_type_names,
			 .help = "What the packet is" },
	[SLARP_ADDRESS] = { "slarp.address", "Address", FIELD_IPV4,
			    .help = "The sender's address" },
	[SLARP_NETMASK] = { "slarp.netmask", "Netmask", FIELD_IPV4,
			    .help = "The mask of the sender's network" },
	[SLARP_OWN] = { "slarp.mysequence", "Outgoing sequence number", FIELD_U32,
			.help = "Counts the sender's keepalives" },
	[SLARP_RETURNED] = { "slarp.yoursequence", "Returned sequence number", FIELD_U32,
			     .help = "The last number that came from the other end" },
	[SLARP_RELIABILITY] = { "slarp.reliability", "Reliability", FIELD_U16, BASE_HEX,
				.help = "Must be 0xffff" },
	[SLARP_RELIABILITY_INVALID] =
		FINDING("slarp.reliability.invalid", "Reliability must be 0xFFFF", EXPERT_ERROR,
			GROUP_MALFORMED),
};

static void take_addresses(struct dissection *d, struct cursor *c, const char *kind)
{
	struct cursor words = *c;
	const uint8_t *p;

	take_ipv4(d, c, SLARP_ADDRESS);
	take_ipv4(d, c, SLARP_NETMASK);
	if (cursor_peek(&words, 0, 8, &p))
		info(d, "%s, from %u.%u.%u.%u, mask %u.%u.%u.%u", kind, p[0], p[1], p[2], p[3],
		     p[4], p[5], p[6], p[7]);
}

static void take_line_check(struct dissection *d, struct cursor *c)
{
	uint32_t own = take_u32(d, c, SLARP_OWN);
	uint32_t returned = take_u32(d, c, SLARP_RETURNED);

	info(d, "Line keepalive, outgoing sequence %u, returned sequence %u", own, returned);
	if (take_u16(d, c, SLARP_RELIABILITY) != WHOLLY_RELIABLE && cursor_ok(c))
		note_finding_on(d, last_node(d), SLARP_RELIABILITY_INVALID, NULL);
}

static void slarp_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	uint32_t type = take_u32(d, c, SLARP_TYPE);
	switch (type) {
	case SLARP_REQUEST:
	case SLARP_REPLY:
		take_addresses(d, c, slarp_type_names[type].name);
		break;
	case SLARP_LINE_CHECK:
		take_line_check(d, c);
		break;
	default:
		info(d, "Unknown packet type 0x%08X", type);
		end_header(d, c);
		if (cursor_more(c))
			hand_on_as_data(d, *c);
		return;
	}
	end_header(d, c);
}

const struct dissector slarp_dissector = {
	.name = "slarp",
	.short_name = "SLARP",
	.title = "Cisco SLARP",
	.fields = slarp_fields,
	.field_count = COUNT(slarp_fields),
	.dissect = slarp_dissect,
};

/* These numbers are EtherTypes, but not all EtherTypes are used. */
static bool hand_on_protocol(struct dissection *d, uint16_t protocol, struct cursor payload)
{
	switch (protocol) {
	case PROTOCOL_SLARP:
		dissect_layer(d, &slarp_dissector, payload);
		return true;
	case PROTOCOL_BRIDGED:
		dissect_layer(d, &eth_dissector, payload);
		return true;
	case PROTOCOL_CDP:
		return hand_on(d, BY_CISCO_PID, protocol, payload);
	case ETHERTYPE_IPV4:
	case ETHERTYPE_IPV6:
	case 0x8847:
	case 0x8848:
		return hand_on(d, BY_ETHERTYPE, protocol, payload);
	default:
		return false;
	}
}

static void chdlc_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	no_link_addresses(d);
	take_u8(d, c, CHDLC_ADDRESS);
	take_u8(d, c, CHDLC_CONTROL);
	uint16_t protocol = take_u16(d, c, CHDLC_PROTOCOL);
	if (!cursor_ok(c))
		return;
	if (protocol == PROTOCOL_OSI)
		take_u8(d, c, CHDLC_PADDING);
	end_header(d, c);
	if (hand_on_protocol(d, protocol, *c))
		return;
	if (d->wants & WANT_COLUMNS)
		info_protocol(d, arena_printf(&d->arena, "0x%04x", protocol));
	hand_on_as_data(d, *c);
}

static const struct claim chdlc_claims[] = { { BY_LINK_TYPE, LINK_CHDLC } };

const struct dissector chdlc_dissector = {
	.name = "chdlc",
	.short_name = "CHDLC",
	.title = "Cisco HDLC",
	.fields = chdlc_fields,
	.field_count = COUNT(chdlc_fields),
	.claims = chdlc_claims,
	.claim_count = COUNT(chdlc_claims),
	.dissect = chdlc_dissect,
};
