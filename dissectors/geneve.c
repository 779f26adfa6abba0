/* geneve.c - Generic Network Virtualization Encapsulation, RFC 8926.
 *
 *      0  2      8 9 10     16                 32
 *      +--+------+-+-+------+------------------+
 *      |V | opt. |O|C| res. | protocol type    |
 *      | network identifier        | reserved  |
 *      | options ...                           |
 *      +---------------------------------------+
 */
#include "ethertype.h"

enum { PORT_GENEVE = 6081, TYPE_BRIDGED = 0x6558 };

enum {
	GENEVE,
	GENEVE_VERSION,
	GENEVE_LENGTH,
	GENEVE_FLAGS,
	GENEVE_OAM,
	GENEVE_CRITICAL,
	GENEVE_FLAGS_RESERVED,
	GENEVE_TYPE,
	GENEVE_VNI,
	GENEVE_RESERVED,
	GENEVE_OPTIONS,
	GENEVE_OPTION,
	GENEVE_OPTION_CLASS,
	GENEVE_OPTION_TYPE,
	GENEVE_OPTION_CRITICAL,
	GENEVE_OPTION_FLAGS,
	GENEVE_OPTION_RESERVED,
	GENEVE_OPTION_DATA,
	GENEVE_VERSION_UNKNOWN,
	GENEVE_OPTION_INVALID,
};

enum { VERSION_BITS = 0xc0, LENGTH_BITS = 0x3f, OPTION_LENGTH_BITS = 0x1f, CRITICAL_BIT = 0x80 };

static const struct value_name type_names[] = {
	{ TYPE_BRIDGED, "Transparent Ethernet bridging" },
	{ ETHERTYPE_IPV4, "IPv4" },
	{ ETHERTYPE_IPV6, "IPv6" },
	{ ETHERTYPE_ARP, "ARP" },
	{ 0x8847, "MPLS label switched packet" },
	{ 0 },
};

#define FLAG(abbrev, name, bit, sentence)                                                          \
	{                                                                                          \
		abbrev, name, FIELD_BOOL, .mask = bit, .help = sentence,                           \
					  .reference = "RFC 8926, 3.4"                             \
	}

static const struct field geneve_fields[] = {
	[GENEVE] = { "geneve", "Generic Network Virtualization Encapsulation", FIELD_PROTOCOL,
		     .help = "Carries frames or packets of a virtual network inside UDP",
		     .reference = "RFC 8926" },
	[GENEVE_VERSION] = { "geneve.version", "Version", FIELD_U8,
			     .help = "Version of the header: 0", .reference = "RFC 8926, 3.4" },
	[GENEVE_LENGTH] = { "geneve.option.length", "Length", FIELD_U8, .unit = " bytes",
			    .help = "Bytes of all options, or of one",
			    .reference = "RFC 8926, 3.4" },
	[GENEVE_FLAGS] = { "geneve.flags", "Flags", FIELD_U8, BASE_HEX,
			   .help = "How to treat the packet", .reference = "RFC 8926, 3.4" },
	[GENEVE_OAM] = FLAG("geneve.flags.oam", "Operations, Administration and Management Frame",
			    0x80, "The packet is for the ends of the tunnel themselves"),
	[GENEVE_CRITICAL] = FLAG("geneve.flags.critical", "Critical Options Present", 0x40,
				 "Who does not know an option must drop the packet"),
	[GENEVE_FLAGS_RESERVED] =
		FLAG("geneve.flags.reserved", "Reserved", 0x3f, "Bits that must be 0"),
	[GENEVE_TYPE] = { "geneve.proto_type", "Protocol Type", FIELD_U16, BASE_HEX,
			  ethertype_names, .help = "What the payload is: an EtherType",
			  .reference = "RFC 8926, 3.4" },
	[GENEVE_VNI] = { "geneve.vni", "Virtual Network Identifier (VNI)", FIELD_U24, BASE_HEX_DEC,
			 .help = "Number of the virtual network", .reference = "RFC 8926, 3.4" },
	[GENEVE_RESERVED] = { "geneve.reserved", "Reserved", FIELD_U8, BASE_HEX,
			      .help = "Bits that must be 0", .reference = "RFC 8926, 3.4" },
	[GENEVE_OPTIONS] = { "geneve.options", "Geneve Options", FIELD_BYTES,
			     .help = "What the ends of the tunnel tell each other",
			     .reference = "RFC 8926, 3.5" },
	[GENEVE_OPTION] = { "geneve.option", "Option", FIELD_BYTES, .help = "One of them",
			    .reference = "RFC 8926, 3.5" },
	[GENEVE_OPTION_CLASS] = { "geneve.option.class", "Class", FIELD_U16, BASE_HEX,
				  .help = "Who defined the option", .reference = "RFC 8926, 3.5" },
	[GENEVE_OPTION_TYPE] = { "geneve.option.type", "Type", FIELD_U8, BASE_HEX,
				 .help = "Which of the class's options this is",
				 .reference = "RFC 8926, 3.5" },
	[GENEVE_OPTION_CRITICAL] = { "geneve.option.type.critical", "Critical Option", FIELD_BOOL,
				     .mask = CRITICAL_BIT,
				     .help = "Who does not know it must drop the packet",
				     .reference = "RFC 8926, 3.5" },
	[GENEVE_OPTION_FLAGS] = { "geneve.option.flags", "Flags", FIELD_U8, BASE_HEX,
				  .help = "Bits that must be 0", .reference = "RFC 8926, 3.5" },
	[GENEVE_OPTION_RESERVED] = { "geneve.option.flags.reserved", "Reserved", FIELD_BOOL,
				     .mask = 0xe0, .help = "Bits that must be 0",
				     .reference = "RFC 8926, 3.5" },
	[GENEVE_OPTION_DATA] = { "geneve.option.unknown.data", "Unknown Option Data", FIELD_BYTES,
				 .help = "The option's value", .reference = "RFC 8926, 3.5" },
	[GENEVE_VERSION_UNKNOWN] =
		FINDING("geneve.version.unknown", "Unknown version", EXPERT_WARN, GROUP_PROTOCOL),
	[GENEVE_OPTION_INVALID] = FINDING("geneve.option.length.invalid",
					  "Invalid length for option", EXPERT_WARN, GROUP_PROTOCOL),
};

static const char *class_name(uint16_t class)
{
	static const struct {
		uint16_t last;
		const char *name;
	} rows[] = {
		{ 0x00ff, "Standard" },
		{ 0x0100, "Linux" },
		{ 0x0101, "Open vSwitch" },
		{ 0x0102, "Open Virtual Networking (OVN)" },
		{ 0x0103, "In-band Network Telemetry (INT)" },
		{ 0x0104, "VMware" },
		{ 0x0105, "Amazon.com, Inc." },
		{ 0x0106, "Cisco Systems, Inc." },
		{ 0x0107, "Oracle Corporation" },
		{ 0x0110, "Amazon.com, Inc." },
		{ 0x0118, "IBM" },
		{ 0x0128, "Ericsson" },
		{ 0xfeff, "Unassigned" },
		{ 0xffff, "Experimental" },
	};
	unsigned i = 0;

	while (rows[i].last < class && i + 1 < COUNT(rows))
		i++;
	return rows[i].name;
}

static void take_option(struct dissection *d, struct cursor *c)
{
	uint32_t start = c->pos;
	const uint8_t *p;

	if (!cursor_peek(c, 0, 4, &p)) {
		cursor_skip(c, 4);
		return;
	}
	uint32_t length = (p[3] & OPTION_LENGTH_BITS) * 4u + 4;
	const char *class = class_name(load_be16(p)),
		   *critical = p[2] & CRITICAL_BIT ? "Critical" : "Non-critical";
	add_bytes(d, c, GENEVE_OPTION, start, length < cursor_left(c) ? length : cursor_left(c),
		  NULL, length < cursor_left(c) ? length : cursor_left(c));
	node_id tree = last_node(d);
	label_set(d, tree, "Unknown, Class: %s (0x%04x) Type: 0x%02x (%s)", class, load_be16(p),
		  p[2], critical);
	open_node(d, tree);
	take_u16(d, c, GENEVE_OPTION_CLASS);
	label_set(d, last_node(d), "Class: %s (0x%04x)", class, load_be16(p));
	look_uint(d, c, GENEVE_OPTION_TYPE);
	label_set(d, last_node(d), "Type: 0x%02x (%s)", p[2], critical);
	look_uint(d, c, GENEVE_OPTION_CRITICAL);
	node_flag(d, last_node(d), NODE_HIDDEN);
	cursor_skip(c, 1);
	add_uint(d, c, GENEVE_OPTION_FLAGS, start + 3, 1, p[3] & 0xe0);
	node_flag(d, last_node(d), NODE_HIDDEN);
	look_uint(d, c, GENEVE_OPTION_RESERVED);
	node_flag(d, last_node(d), NODE_HIDDEN);
	cursor_skip(c, 1);
	add_uint(d, c, GENEVE_LENGTH, start + 3, 1, length);
	if (length - 4 > cursor_left(c))
		note_finding_on(d, last_node(d), GENEVE_OPTION_INVALID, NULL);
	take_bytes(d, c, GENEVE_OPTION_DATA, length - 4);
	close_node(d, tree);
}

static void take_options(struct dissection *d, struct cursor *c, uint32_t length)
{
	struct cursor options = cursor_split(c, length);

	put_bytes(d, GENEVE_OPTIONS, &options);
	node_id tree = last_node(d);
	label_set(d, tree, "Options: (%u bytes)", length);
	open_node(d, tree);
	while (cursor_more(&options))
		take_option(d, &options);
	close_node(d, tree);
}

static uint64_t take_flag_bits(struct dissection *d, struct cursor *c)
{
	uint64_t flags = look_uint(d, c, GENEVE_FLAGS);
	node_id tree = last_node(d);

	open_node(d, tree);
	for (unsigned field = GENEVE_OAM; field <= GENEVE_FLAGS_RESERVED; field++) {
		look_uint(d, c, field);
		if (flags & geneve_fields[field].mask)
			label(d, tree, ", %s", geneve_fields[field].name);
	}
	close_node(d, tree);
	cursor_skip(c, 1);
	return flags;
}

static void geneve_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	uint8_t first = cursor_u8(c);
	uint32_t length = (first & LENGTH_BITS) * 4u;

	add_uint(d, c, GENEVE_VERSION, 0, 1, (unsigned)(first & VERSION_BITS) >> 6);
	if (first & VERSION_BITS)
		note_finding(d, GENEVE_VERSION_UNKNOWN, "Unknown version %u",
			     (first & VERSION_BITS) >> 6);
	add_uint(d, c, GENEVE_LENGTH, 0, 1, length);
	uint64_t flags = take_flag_bits(d, c);
	uint16_t type = take_u16(d, c, GENEVE_TYPE);
	const char *name = value_name(type_names, type);
	uint32_t vni = (uint32_t)take_uint(d, c, GENEVE_VNI);
	const uint8_t *reserved;

	if (!cursor_peek(c, 0, 1, &reserved)) {
		cursor_skip(c, 1);
		return;
	}
	add_uint(d, c, GENEVE_RESERVED, c->pos, 1, *reserved);
	if (!*reserved)
		node_flag(d, last_node(d), NODE_HIDDEN);
	cursor_skip(c, 1);
	label(d, layer_node(d), ", VNI: 0x%06x%s", vni, flags & 0x80 ? ", OAM" : "");
	if (!name)
		name = value_name(ethertype_names, type);
	if (name)
		info(d, "Encapsulated %s", name);
	else
		info(d, "Encapsulated 0x%04x (unknown)", type);
	if (length)
		take_options(d, c, length);
	end_header(d, c);
	if (!cursor_more(c))
		return;
	if (type == TYPE_BRIDGED)
		dissect_layer(d, &eth_dissector, *c);
	else if (!hand_on(d, BY_ETHERTYPE, type, *c))
		hand_on_as_data(d, *c);
}

static const struct claim geneve_claims[] = { { BY_UDP_PORT, PORT_GENEVE } };

const struct dissector geneve_dissector = {
	.name = "geneve",
	.short_name = "Geneve",
	.title = "Generic Network Virtualization Encapsulation",
	.fields = geneve_fields,
	.field_count = COUNT(geneve_fields),
	.claims = geneve_claims,
	.claim_count = COUNT(geneve_claims),
	.dissect = geneve_dissect,
};
