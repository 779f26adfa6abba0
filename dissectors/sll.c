/* sll.c - Linux cooked captures, of the "any" device: LINKTYPE_LINUX_SLL and _SLL2.
 *
 *  v1   0      2      4      6                14     16
 *      +------+------+------+----------------+------+
 *      | type | ARPHRD|length| address        | proto|
 *      +------+------+------+----------------+------+
 *  v2   0      2      4          8      10   11   12               20
 *      +------+------+----------+------+----+----+----------------+
 *      | proto|   0  | interface| ARPHRD|type| len| address        |
 *      +------+------+----------+------+----+----+----------------+
 */
#include <string.h>

#include "ethertype.h"

extern const struct dissector ppp_dissector;

enum {
	LINK_LINUX_SLL = 113, LINK_LINUX_SLL2 = 276, ADDRESS_ROOM = 8, PROTOCOL_8023 = 1,
	PROTOCOL_ETHERNET = 3, PROTOCOL_LLC = 4, PROTOCOL_PPP = 7, HARDWARE_IPGRE = 778, HARDWARE_FRAD = 770,
};

enum {
	SLL, SLL_PKTTYPE, SLL_HATYPE, SLL_HALEN, SLL_SRC_ETH, SLL_SRC_IPV4, SLL_SRC_OTHER,
	SLL_UNUSED, SLL_LTYPE, SLL_GRETYPE, SLL_ETYPE, SLL_TRAILER, SLL_IFINDEX,
};

static const struct value_name packet_type_names[] = {
	{ 0, "Unicast to us" }, { 1, "Broadcast" }, { 2, "Multicast" },
	{ 3, "Unicast to another host" }, { 4, "Sent by us" }, { 0 },
};

static const struct value_name linux_names[] = {
	{ 0x01, "Raw 802.3" }, { 0x03, "Ethernet" }, { 0x04, "802.2 LLC" }, { 0x07, "PPP (HDLC)" },
	{ 0x0c, "CAN" }, { 0x0d, "CAN FD" }, { 0x17, "IrDA LAP" }, { 0xf5, "ISI" },
	{ 0xf6, "IEEE 802.15.4" }, { 0 },
};

static const struct field sll_fields[] = {
	[SLL]           = { "sll", "Linux cooked capture v1", FIELD_PROTOCOL,
				.help = "What Linux puts in front of packets that are captured "
					"on all interfaces" },
	[SLL_PKTTYPE]   = { "sll.pkttype", "Packet type", FIELD_U16, .names = packet_type_names,
				.help = "Whether the packet was for this host, for all, for "
					"others, or sent by it", PLACED(0) },
	[SLL_HATYPE]    = { "sll.hatype", "Link-layer address type", FIELD_U16,
			    .names = hardware_names,
				.help = "What kind of network the interface is on", PLACED(2) },
	[SLL_HALEN]     = { "sll.halen", "Link-layer address length", FIELD_U16,
				.help = "Bytes of the sender's address", PLACED(4) },
	[SLL_SRC_ETH]   = { "sll.src.eth", "Source", FIELD_ETHER,
				.help = "The MAC address of who sent this" },
	[SLL_SRC_IPV4]  = { "sll.src.ipv4", "Source", FIELD_IPV4,
				.help = "The address of who sent this, on a tunnel" },
	[SLL_SRC_OTHER] = { "sll.src.other", "Source", FIELD_BYTES,
				.help = "The address of who sent this" },
	[SLL_UNUSED]    = { "sll.unused", "Unused", FIELD_BYTES,
				.help = "Filler behind a short address" },
	[SLL_LTYPE]     = { "sll.ltype", "Protocol", FIELD_U16, BASE_HEX, linux_names,
				.help = "What the payload is, by Linux's own numbers" },
	[SLL_GRETYPE]   = { "sll.gretype", "Protocol", FIELD_U16, BASE_HEX, ethertype_names,
				.help = "What the payload is, on a tunnel" },
	[SLL_ETYPE]     = { "sll.etype", "Protocol", FIELD_U16, BASE_HEX, ethertype_names,
				.help = "What the payload is: an EtherType", PLACED(14) },
	[SLL_TRAILER]   = { "sll.trailer", "Trailer", FIELD_BYTES,
				  .flags = FIELD_SEES_BELOW,
				.help = "Bytes behind the packet" },
	[SLL_IFINDEX]   = { "sll.ifindex", "Interface index", FIELD_U32,
				.help = "Number of the interface in its host" },
};

static void take_sender(struct dissection *d, struct cursor *c, uint32_t length)
{
	uint32_t room = ADDRESS_ROOM;

	if (length == 6) {
		take_address(d, c, SLL_SRC_ETH, &d->from);
	} else if (length == 4) {
		take_address(d, c, SLL_SRC_IPV4, &d->from);
	} else if (length > 0) {
		length = length < ADDRESS_ROOM ? length : ADDRESS_ROOM;
		take_bytes(d, c, SLL_SRC_OTHER, length);
	}
	if (length < room)
		take_bytes(d, c, SLL_UNUSED, room - length);
}

static void hand_on_by_protocol(struct dissection *d, struct cursor *c, uint16_t hardware,
				uint16_t protocol)
{
	if (hardware == HARDWARE_IPGRE) {
		if (!hand_on(d, BY_ETHERTYPE, protocol, *c))
			hand_on_as_data(d, *c);
	} else if (hardware == HARDWARE_FRAD || protocol >= ETHERTYPE_MIN) {
		hand_on_framed(d, protocol, c, SLL_TRAILER);
	} else if (protocol == PROTOCOL_LLC) {
		dissect_layer(d, &llc_dissector, *c);
	} else if (protocol == PROTOCOL_ETHERNET) {
		dissect_layer(d, &eth_dissector, *c);
	} else if (protocol == PROTOCOL_PPP) {
		dissect_layer(d, &ppp_dissector, *c);
	} else {
		hand_on_as_data(d, *c);
	}
}

static unsigned protocol_field(uint16_t hardware, uint16_t protocol)
{
	if (hardware == HARDWARE_IPGRE)
		return SLL_GRETYPE;
	return protocol < ETHERTYPE_MIN ? SLL_LTYPE : SLL_ETYPE;
}

static void begin_info(struct dissection *d, unsigned packet_type)
{
	const char *name = value_name(packet_type_names, packet_type);

	info_begin(d);
	if (name)
		info(d, "%s", name);
	else
		info(d, "Unknown (%u)", packet_type);
}

static void sll_dissect(struct dissection *d, struct cursor *c)
{
	unsigned packet_type = take_u16(d, c, SLL_PKTTYPE);
	if (cursor_ok(c))
		begin_info(d, packet_type);
	uint16_t hardware = take_u16(d, c, SLL_HATYPE);
	uint32_t length = take_u16(d, c, SLL_HALEN);
	take_sender(d, c, length);
	uint16_t protocol = cursor_u16(c);
	if (!cursor_ok(c))
		return;
	add_uint(d, c, protocol_field(hardware, protocol), c->pos - 2, 2, protocol);
	end_header(d, c);
	hand_on_by_protocol(d, c, hardware, protocol);
}

static void sll2_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;

	label_set(d, layer_node(d), "Linux cooked capture v2");
	if (!cursor_peek(c, 0, 10, &p)) {
		cursor_skip(c, 10);
		return;
	}
	uint16_t protocol = load_be16(p), hardware = load_be16(p + 8);
	cursor_skip(c, 4);
	add_uint(d, c, protocol_field(hardware, protocol), c->pos - 4, 2, protocol);
	take_u32(d, c, SLL_IFINDEX);
	take_u16(d, c, SLL_HATYPE);
	unsigned packet_type = (unsigned)take_uint_n(d, c, SLL_PKTTYPE, 1);
	if (cursor_ok(c))
		begin_info(d, packet_type);
	take_sender(d, c, (uint32_t)take_uint_n(d, c, SLL_HALEN, 1));
	if (!cursor_ok(c))
		return;
	end_header(d, c);
	hand_on_by_protocol(d, c, hardware, protocol);
}

static void dissect_either(struct dissection *d, struct cursor *c)
{
	if (d->packet.link_type == LINK_LINUX_SLL2)
		sll2_dissect(d, c);
	else
		sll_dissect(d, c);
}

/* The first version, and an EtherType behind it. */
static bool sll_is_plain(struct outline *o)
{
	const uint8_t *p = o->bytes + o->at;
	uint16_t hardware = load_be16(p + 2);

	o->header = 16;
	return o->link_type == LINK_LINUX_SLL && load_be16(p + 14) >= ETHERTYPE_MIN &&
	       hardware != HARDWARE_IPGRE;
}

static const struct plain_header sll_plain = { sll_is_plain, .bytes = 16, .carries = true };

static const struct claim sll_claims[] = {
	{ BY_LINK_TYPE, LINK_LINUX_SLL }, { BY_LINK_TYPE, LINK_LINUX_SLL2 },
};

const struct dissector sll_dissector = {
	.name = "sll",
	.short_name = "SLL",
	.title = "Linux cooked capture v1",
	.fields = sll_fields,
	.field_count = COUNT(sll_fields),
	.claims = sll_claims,
	.claim_count = COUNT(sll_claims),
	.borrows = &eth_dissector,
	.plain = &sll_plain,
	.dissect = dissect_either,
};
