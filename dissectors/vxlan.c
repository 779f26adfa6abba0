/* vxlan.c - Virtual eXtensible Local Area Network, RFC 7348, with Group Policy and Generic Protocol
 * Extension (the Internet drafts of these names).
 *
 *     0        8        16             24       31
 *     +--------+--------+---------------+--------+
 *     | flags           | group policy ID        |
 *     | network identifier              |reserved|
 *     +--------+--------+---------------+--------+
 */
#include "ethertype.h"

enum {
	VXLAN,
	VXLAN_FLAGS,
	VXLAN_FLAG_G,
	VXLAN_FLAG_I,
	VXLAN_FLAG_D,
	VXLAN_FLAG_A,
	VXLAN_FLAGS_RESERVED,
	VXLAN_GBP,
	VXLAN_VER,
	VXLAN_I_BIT,
	VXLAN_P_BIT,
	VXLAN_O_BIT,
	VXLAN_RESERVED_16,
	VXLAN_NEXT_PROTO,
	VXLAN_VNI,
	VXLAN_RESERVED8,
};

enum { PORT_VXLAN = 4789, PORT_GPE = 4790 };

static const struct value_name defined_names[] = { { 0, "Not defined" }, { 1, "Defined" }, { 0 } };

static const struct value_name next_names[] = {
	{ 1, "IPv4" }, { 2, "IPv6" }, { 3, "Ethernet" }, { 4, "Network Service Header" },
	{ 5, "MPLS" }, { 0 },
};

#define FLAG(abbrev, name, bit, words, sentence, section)                                          \
	{                                                                                          \
		abbrev, name, FIELD_BOOL, .names = words, .mask = bit, .bits = 16,                 \
					  .help = sentence, .reference = section                   \
	}

static const struct field vxlan_fields[] = {
	[VXLAN] = { "vxlan", "Virtual eXtensible Local Area Network", FIELD_PROTOCOL,
		    .help = "Carries Ethernet frames of a virtual network inside "
			    "UDP",
		    .reference = "RFC 7348" },
	[VXLAN_FLAGS] = { "vxlan.flags", "Flags", FIELD_U16, BASE_HEX,
			  .help = "Which fields mean something", .reference = "RFC 7348, 5" },
	[VXLAN_FLAG_G] =
		FLAG("vxlan.flag_g", "GBP Extension", 0x8000, defined_names,
		     "A group's ID for policies follows", "draft-smith-vxlan-group-policy"),
	[VXLAN_FLAG_I] = FLAG("vxlan.flag_i", "VXLAN Network ID (VNI)", 0x0800, NULL,
			      "The network's number is there; must be set", "RFC 7348, 5"),
	[VXLAN_FLAG_D] = FLAG("vxlan.flag_d", "Don't Learn", 0x0040, NULL,
			      "The receiver must not learn the frame's source address",
			      "draft-smith-vxlan-group-policy"),
	[VXLAN_FLAG_A] = FLAG("vxlan.flag_a", "Policy Applied", 0x0008, NULL,
			      "The policy was applied already", "draft-smith-vxlan-group-policy"),
	[VXLAN_FLAGS_RESERVED] = { "vxlan.flags_reserved", "Reserved(R)", FIELD_U16, BASE_HEX,
				   .mask = 0x77b7, .help = "Bits that must be 0",
				   .reference = "RFC 7348, 5" },
	[VXLAN_GBP] = { "vxlan.gbp", "Group Policy ID", FIELD_U16,
			.help = "The group that the sender belongs to",
			.reference = "draft-smith-vxlan-group-policy" },
	[VXLAN_VER] = { "vxlan.ver", "Version", FIELD_U8, .mask = 0x30,
			.help = "Version of the header", .reference = "draft-ietf-nvo3-vxlan-gpe" },
	[VXLAN_I_BIT] = { "vxlan.i_bit", "Instance", FIELD_U8, .mask = 0x08,
			  .help = "The network's number is there",
			  .reference = "draft-ietf-nvo3-vxlan-gpe" },
	[VXLAN_P_BIT] = { "vxlan.p_bit", "Next Protocol Bit", FIELD_U8, .mask = 0x04,
			  .help = "The next protocol is said",
			  .reference = "draft-ietf-nvo3-vxlan-gpe" },
	[VXLAN_O_BIT] = { "vxlan.o_bit", "OAM bit", FIELD_U8, .mask = 0x01,
			  .help = "The packet is for the operators of the network",
			  .reference = "draft-ietf-nvo3-vxlan-gpe" },
	[VXLAN_RESERVED_16] = { "vxlan.reserved_16", "Reserved", FIELD_U16,
				.help = "Bits that must be 0", .reference = "RFC 7348, 5" },
	[VXLAN_NEXT_PROTO] = { "vxlan.next_proto", "Next Protocol", FIELD_U8, .names = next_names,
			       .help = "What the payload is",
			       .reference = "draft-ietf-nvo3-vxlan-gpe" },
	[VXLAN_VNI] = { "vxlan.vni", "VXLAN Network Identifier (VNI)", FIELD_U24,
			.help = "Number of the virtual network", .reference = "RFC 7348, 5" },
	[VXLAN_RESERVED8] = { "vxlan.reserved8", "Reserved", FIELD_U8,
			      .help = "Bits that must be 0", .reference = "RFC 7348, 5" },
};

static void take_header(struct dissection *d, struct cursor *c)
{
	uint16_t flags = (uint16_t)look_uint(d, c, VXLAN_FLAGS);
	node_id tree = last_node(d);

	open_node(d, tree);
	for (unsigned field = VXLAN_FLAG_G; field <= VXLAN_FLAGS_RESERVED; field++) {
		look_uint_n(d, c, field, 2);
		if (field < VXLAN_FLAGS_RESERVED && flags & vxlan_fields[field].mask)
			label(d, tree, ", %s", vxlan_fields[field].name);
	}
	close_node(d, tree);
	cursor_skip(c, 2);
}

static void vxlan_dissect(struct dissection *d, struct cursor *c)
{
	bool gpe = d->matched_port == PORT_GPE;
	uint8_t next = 3;

	info_begin(d);
	if (gpe) {
		look_uint(d, c, VXLAN_VER);
		look_uint(d, c, VXLAN_I_BIT);
		look_uint(d, c, VXLAN_P_BIT);
		take_uint_n(d, c, VXLAN_O_BIT, 1);
		take_u16(d, c, VXLAN_RESERVED_16);
		next = take_u8(d, c, VXLAN_NEXT_PROTO);
	} else {
		take_header(d, c);
		take_u16(d, c, VXLAN_GBP);
	}
	take_uint(d, c, VXLAN_VNI);
	take_u8(d, c, VXLAN_RESERVED8);
	end_header(d, c);
	if (!cursor_ok(c))
		return;
	static const uint16_t types[] = {
		[1] = ETHERTYPE_IPV4, [2] = ETHERTYPE_IPV6, [4] = 0x894f, [5] = 0x8847
	};
	if (next == 3)
		dissect_layer(d, &eth_dissector, *c);
	else if (next >= COUNT(types) || !types[next] || !hand_on(d, BY_ETHERTYPE, types[next], *c))
		hand_on_as_data(d, *c);
}

static const struct claim vxlan_claims[] = { { BY_UDP_PORT, PORT_VXLAN },
					     { BY_UDP_PORT, PORT_GPE } };

const struct dissector vxlan_dissector = {
	.name = "vxlan",
	.short_name = "VxLAN",
	.title = "Virtual eXtensible Local Area Network",
	.fields = vxlan_fields,
	.field_count = COUNT(vxlan_fields),
	.claims = vxlan_claims,
	.claim_count = COUNT(vxlan_claims),
	.dissect = vxlan_dissect,
};
