/* arcnet.c - ARCNET: packets of BSD's and Linux's drivers, RFC 1201 (split into fragments) and RFC
 * 1051.
 *
 *  RFC 1201   0        1        2  (Linux: 4)   3       4              6
 *             +--------+--------+- - - - +------+-------+--------------+
 *             | source | dest   | offset | prot | split | sequence     |
 *             +--------+--------+- - - - +------+-------+--------------+
 *
 * Other protocols have nothing behind their number. */
#include "ethertype.h"

enum { LINK_ARCNET = 7, LINK_ARCNET_LINUX = 129, EXCEPTION = 0xff };

enum {
	ARCNET,
	ARCNET_SRC,
	ARCNET_DST,
	ARCNET_OFFSET,
	ARCNET_PROTOCOL,
	ARCNET_SPLIT,
	ARCNET_EXCEPTION,
	ARCNET_PADDING,
	ARCNET_SEQUENCE,
};

enum {
	IP_1051 = 0xf0,
	ARP_1051 = 0xf1,
	IP_1201 = 0xd4,
	ARP_1201 = 0xd5,
	RARP_1201 = 0xd6,
	BACNET = 0xcd,
	IPV6_1201 = 0xc4,
};

static const struct value_name protocol_names[] = {
	{ 0x00, "Datapoint boot" },
	{ 0x01, "Datapoint mount" },
	{ 0x08, "PowerLAN beacon" },
	{ 0x80, "Diagnose" },
	{ IPV6_1201, "IPv6" },
	{ BACNET, "BACnet" },
	{ IP_1201, "RFC 1201 IP" },
	{ ARP_1201, "RFC 1201 ARP" },
	{ RARP_1201, "RFC 1201 RARP" },
	{ 0xdd, "Appletalk" },
	{ 0xe8, "Encapsulated Ethernet" },
	{ 0xec, "Novell of some sort" },
	{ IP_1051, "RFC 1051 IP" },
	{ ARP_1051, "RFC 1051 ARP" },
	{ 0xf3, "PowerLAN beacon2" },
	{ 0xf7, "Banyan VINES" },
	{ 0xfa, "IPX" },
	{ 0 },
};

static const struct field arcnet_fields[] = {
	[ARCNET] = { "arcnet", "ARCNET", FIELD_PROTOCOL,
		     .help = "A local network whose stations have one byte as address",
		     .reference = "RFC 1201" },
	[ARCNET_SRC] = { "arcnet.src", "Source", FIELD_U8, BASE_HEX, .help = "The sending station",
			 .reference = "RFC 1201, 2" },
	[ARCNET_DST] = { "arcnet.dst", "Dest", FIELD_U8, BASE_HEX,
			 .help = "The receiving station; 0: all", .reference = "RFC 1201, 2" },
	[ARCNET_OFFSET] = { "arcnet.offset", "Offset", FIELD_BYTES,
			    .help = "Where the packet begins in the card's memory (Linux)" },
	[ARCNET_PROTOCOL] = { "arcnet.protID", "Protocol ID", FIELD_U8, BASE_HEX, protocol_names,
			      .help = "What the payload is", .reference = "RFC 1201, 3" },
	[ARCNET_SPLIT] = { "arcnet.split_flag", "Split Flag", FIELD_U8,
			   .help = "Which fragment of a long packet this is; 0: it is whole",
			   .reference = "RFC 1201, 3.1" },
	[ARCNET_EXCEPTION] = { "arcnet.exception_flag", "Exception Flag", FIELD_U8, BASE_HEX,
			       .help = "0xff: padding makes the packet longer than 253 bytes",
			       .reference = "RFC 1201, 3.1" },
	[ARCNET_PADDING] = { "arcnet.padding", "Padding", FIELD_U16, BASE_HEX,
			     .help = "Filler of such a packet", .reference = "RFC 1201, 3.1" },
	[ARCNET_SEQUENCE] = { "arcnet.sequence", "Sequence", FIELD_U16,
			      .help = "The same number in all fragments of a packet",
			      .reference = "RFC 1201, 3.1" },
};

static bool is_fragmented(uint8_t protocol)
{
	return protocol != IP_1051 && protocol != ARP_1051 && protocol != BACNET &&
	       protocol != 0x80;
}

static void take_fragment(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;

	if (cursor_peek(c, 0, 1, &p) && *p == EXCEPTION) {
		take_u8(d, c, ARCNET_EXCEPTION);
		take_u16(d, c, ARCNET_PADDING);
		take_u8(d, c, ARCNET_PROTOCOL);
	}
	take_u8(d, c, ARCNET_SPLIT);
	take_u16(d, c, ARCNET_SEQUENCE);
}

static bool hand_on_protocol(struct dissection *d, uint8_t protocol, struct cursor payload)
{
	switch (protocol) {
	case IP_1051:
	case IP_1201:
		return hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV4, payload);
	case ARP_1051:
	case ARP_1201:
		return hand_on(d, BY_ETHERTYPE, ETHERTYPE_ARP, payload);
	case IPV6_1201:
		return hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV6, payload);
	case BACNET:
		dissect_layer(d, &llc_dissector, payload);
		return true;
	default:
		return false;
	}
}

static void arcnet_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	info(d, "ARCNET");
	take_u8(d, c, ARCNET_SRC);
	take_u8(d, c, ARCNET_DST);
	if (d->packet.link_type == LINK_ARCNET_LINUX)
		take_bytes(d, c, ARCNET_OFFSET, 2);
	uint8_t protocol = take_u8(d, c, ARCNET_PROTOCOL);
	if (is_fragmented(protocol))
		take_fragment(d, c);
	if (!cursor_ok(c))
		return;
	end_header(d, c);
	if (!hand_on_protocol(d, protocol, *c))
		hand_on_as_data(d, *c);
}

static const struct claim arcnet_claims[] = {
	{ BY_LINK_TYPE, LINK_ARCNET },
	{ BY_LINK_TYPE, LINK_ARCNET_LINUX },
};

const struct dissector arcnet_dissector = {
	.name = "arcnet",
	.short_name = "ARCNET",
	.title = "ARCNET",
	.fields = arcnet_fields,
	.field_count = COUNT(arcnet_fields),
	.claims = arcnet_claims,
	.claim_count = COUNT(arcnet_claims),
	.dissect = arcnet_dissect,
};
