/* nsh.c - Network Service Header, RFC 8300: which services a packet has still to pass.
 *
 *      0  2 3 4          10        16     20      24             32
 *      +--+-+-+----------+---------+------+-------+--------------+
 *      |V |O|C| TTL      | length  |  0   |MD type| next protocol|
 *      | service path identifier                  | index        |
 *      | metadata: four words (type 1), or TLVs (type 2)         |
 *      +---------------------------------------------------------+
 */
#include "ethertype.h"

enum { TYPE_NSH = 0x894f, FIXED = 1, BASE_WORDS = 2, FIXED_WORDS = 6 };

enum {
	NSH,
	NSH_VERSION,
	NSH_O,
	NSH_C,
	NSH_TTL,
	NSH_LENGTH,
	NSH_TYPE,
	NSH_NEXT,
	NSH_PATH,
	NSH_INDEX,
	NSH_CONTEXT,
	NSH_CLASS,
	NSH_METADATA_TYPE,
	NSH_UNASSIGNED,
	NSH_METADATA_LENGTH,
	NSH_METADATA,
	NSH_LENGTH_INVALID,
};

static const struct value_name next_names[] = {
	{ 0, "None" },
	{ 1, "IPv4" },
	{ 2, "IPv6" },
	{ 3, "Ethernet" },
	{ 4, "NSH" },
	{ 5, "MPLS" },
	{ 0xfe, "Experiment 1" },
	{ 0xff, "Experiment 2" },
	{ 0 },
};

static const struct field nsh_fields[] = {
	[NSH] = { "nsh", "Network Service Header", FIELD_PROTOCOL,
		  .help = "Steers a packet through a chain of services", .reference = "RFC 8300" },
	[NSH_VERSION] = { "nsh.version", "Version", FIELD_U16, BASE_DEC_HEX, .mask = 0xc000,
			  .help = "Version of the header: 0", .reference = "RFC 8300, 2.2" },
	[NSH_O] = { "nsh.Obit", "O Bit", FIELD_U16, .mask = 0x2000,
		    .help = "The packet is for operation of the chain",
		    .reference = "RFC 8300, 2.2" },
	[NSH_C] = { "nsh.CBit", "C Bit", FIELD_U16, .mask = 0x1000,
		    .help = "A critical TLV follows (older drafts)" },
	[NSH_TTL] = { "nsh.ttl", "Time to live", FIELD_U16, BASE_HEX, .mask = 0x0fc0,
		      .help = "How many services may still be passed",
		      .reference = "RFC 8300, 2.2" },
	[NSH_LENGTH] = { "nsh.length", "Length", FIELD_U16, BASE_DEC_HEX, .mask = 0x003f,
			 .help = "Words of the header", .reference = "RFC 8300, 2.2" },
	[NSH_TYPE] = { "nsh.mdtype", "MD Type", FIELD_U8, BASE_DEC_HEX,
		       .help = "What metadata looks like", .reference = "RFC 8300, 2.2" },
	[NSH_NEXT] = { "nsh.nextproto", "Next Protocol", FIELD_U8, .names = next_names,
		       .help = "What the payload is", .reference = "RFC 8300, 2.2" },
	[NSH_PATH] = { "nsh.spi", "SPI", FIELD_U24, BASE_DEC_HEX, .help = "The chain of services",
		       .reference = "RFC 8300, 2.3" },
	[NSH_INDEX] = { "nsh.si", "SI", FIELD_U8, BASE_DEC_HEX,
			.help = "The place in the chain, counted down",
			.reference = "RFC 8300, 2.3" },
	[NSH_CONTEXT] = { "nsh.contextheader", "Context Header", FIELD_BYTES,
			  .help = "Metadata of fixed length", .reference = "RFC 8300, 2.4" },
	[NSH_CLASS] = { "nsh.metadataclass", "TLV Class", FIELD_U16, BASE_DEC_HEX,
			.help = "Who defined the TLV", .reference = "RFC 8300, 2.5.1" },
	[NSH_METADATA_TYPE] = { "nsh.metadatatype", "Type", FIELD_U8, BASE_DEC_HEX,
				.help = "Which of its TLVs", .reference = "RFC 8300, 2.5.1" },
	[NSH_UNASSIGNED] = { "nsh.metadataunassignedbit", "Unassigned Bit", FIELD_U8, BASE_HEX,
			     .mask = 0x80, .help = "Must be 0", .reference = "RFC 8300, 2.5.1" },
	[NSH_METADATA_LENGTH] = { "nsh.metadatalen", "Length", FIELD_U8, BASE_HEX, .mask = 0x7f,
				  .help = "Bytes of the value", .reference = "RFC 8300, 2.5.1" },
	[NSH_METADATA] = { "nsh.metadata", "Variable Metadata", FIELD_BYTES, .help = "The value",
			   .reference = "RFC 8300, 2.5.1" },
	[NSH_LENGTH_INVALID] =
		FINDING("nsh.length.invalid", "Invalid total length", EXPERT_WARN, GROUP_PROTOCOL),
};

static void take_fixed(struct dissection *d, struct cursor *c)
{
	for (unsigned i = BASE_WORDS; i < FIXED_WORDS; i++)
		take_bytes(d, c, NSH_CONTEXT, 4);
}

/* Values are padded to whole words. */
static void take_variable(struct dissection *d, struct cursor *c, uint32_t bytes)
{
	struct cursor rest = cursor_split(c, bytes);

	while (cursor_more(&rest)) {
		take_u16(d, &rest, NSH_CLASS);
		take_u8(d, &rest, NSH_METADATA_TYPE);
		look_uint(d, &rest, NSH_UNASSIGNED);
		uint32_t length = (uint32_t)take_uint(d, &rest, NSH_METADATA_LENGTH);
		if (length)
			take_bytes(d, &rest, NSH_METADATA, length);
		cursor_skip(&rest, (4 - length % 4) % 4);
	}
}

static uint32_t take_length(struct dissection *d, struct cursor *c)
{
	look_uint(d, c, NSH_VERSION);
	look_uint(d, c, NSH_O);
	look_uint(d, c, NSH_C);
	look_uint(d, c, NSH_TTL);
	return (uint32_t)take_uint(d, c, NSH_LENGTH);
}

static void nsh_dissect(struct dissection *d, struct cursor *c)
{
	static const uint16_t types[] = {
		[1] = ETHERTYPE_IPV4, [2] = ETHERTYPE_IPV6, [4] = TYPE_NSH, [5] = 0x8847
	};

	info_begin(d);
	uint32_t words = take_length(d, c);
	node_id length = last_node(d);
	uint8_t type = take_u8(d, c, NSH_TYPE), next = take_u8(d, c, NSH_NEXT);
	take_uint(d, c, NSH_PATH);
	take_u8(d, c, NSH_INDEX);
	if (!cursor_ok(c))
		return;
	if (type == FIXED && words != FIXED_WORDS)
		note_finding_on(d, length, NSH_LENGTH_INVALID,
				"Length MUST be of value 0x6 for MD Type equal to 0x1");
	if (type == FIXED)
		take_fixed(d, c);
	else if (words > BASE_WORDS)
		take_variable(d, c, (words - BASE_WORDS) * 4);
	end_header(d, c);
	if (!cursor_more(c))
		return;
	if (next == 3)
		dissect_layer(d, &eth_dissector, *c);
	else if (next >= COUNT(types) || !types[next] || !hand_on(d, BY_ETHERTYPE, types[next], *c))
		hand_on_as_data(d, *c);
}

static const struct claim nsh_claims[] = { { BY_ETHERTYPE, TYPE_NSH } };

const struct dissector nsh_dissector = {
	.name = "nsh",
	.short_name = "NSH",
	.title = "Network Service Header",
	.fields = nsh_fields,
	.field_count = COUNT(nsh_fields),
	.claims = nsh_claims,
	.claim_count = COUNT(nsh_claims),
	.dissect = nsh_dissect,
};
