/* erspan.c - frames that a switch mirrors to another place, inside GRE (draft-foschiano-erspan),
 * types II and III.  Type I has no header, and GRE no sequence number then (gre.c).
 *
 *  II     0      4           16    19   21 22          32
 *         +------+-----------+-----+----+--+-----------+
 *         | 1    | VLAN      | COS |enc | T| session   |
 *         | reserved    | index                        |
 *         +-------------+------------------------------+
 *  III    | 2    | VLAN      | COS |BSO | T| session   |
 *         | time stamp                                 |
 *         | security group tag   |P| FT  | HW |D|gra|O |
 *         | platform ID and what it adds (O): 8 bytes  |
 *         +--------------------------------------------+
 */
#include "ethertype.h"

enum { TYPE_II = 1, TYPE_III = 2 };

enum {
	ERSPAN,
	ERSPAN_VERSION,
	ERSPAN_VLAN,
	ERSPAN_COS,
	ERSPAN_ENCAP,
	ERSPAN_BSO,
	ERSPAN_TRUNCATED,
	ERSPAN_SESSION,
	ERSPAN_RESERVED,
	ERSPAN_INDEX,
	ERSPAN_TIMESTAMP,
	ERSPAN_GROUP,
	ERSPAN_HAS_FRAME,
	ERSPAN_FRAME_TYPE,
	ERSPAN_HARDWARE,
	ERSPAN_DIRECTION,
	ERSPAN_GRANULARITY,
	ERSPAN_OPTIONAL,
	ERSPAN_PLATFORM,
	ERSPAN_1_RESERVED,
	ERSPAN_1_DOMAIN,
	ERSPAN_1_PORT,
	ERSPAN_3_RESERVED,
	ERSPAN_3_PORT,
	ERSPAN_3_TIMESTAMP,
	ERSPAN_4_RESERVED1,
	ERSPAN_4_RESERVED2,
	ERSPAN_4_RESERVED3,
	ERSPAN_5_SWITCH,
	ERSPAN_5_PORT,
	ERSPAN_5_TIMESTAMP,
	ERSPAN_7_RESERVED,
	ERSPAN_7_SOURCE,
	ERSPAN_7_TIMESTAMP,
	ERSPAN_OTHER,
	ERSPAN_VERSION_UNKNOWN,
};

static const struct value_name version_names[] = { { TYPE_II, "Type II" },
						   { TYPE_III, "Type III" },
						   { 0 } };
static const struct value_name encap_names[] = {
	{ 0, "Originally without VLAN tag" },
	{ 1, "Originally ISL encapsulated" },
	{ 2, "Originally 802.1Q encapsulated" },
	{ 3, "VLAN tag preserved in frame" },
	{ 0 },
};
static const struct value_name bso_names[] = {
	{ 0, "Good or unknown integrity" },
	{ 1, "Short frame" },
	{ 2, "Oversized frame" },
	{ 3, "CRC or alignment error" },
	{ 0 },
};
static const struct value_name truncated_names[] = { { 0, "Not truncated" },
						     { 1, "Truncated" },
						     { 0 } };
static const struct value_name frame_type_names[] = { { 0, "Ethernet" }, { 2, "IP" }, { 0 } };
static const struct value_name direction_names[] = { { 0, "Ingress" }, { 1, "Egress" }, { 0 } };
static const struct value_name granularity_names[] = {
	{ 0, "100 microseconds" },
	{ 1, "100 nanoseconds" },
	{ 2, "IEEE 1588" },
	{ 3, "Custom granularity" },
	{ 0 },
};

#define BITS(abbrev, name, type, bits_of, sentence, ...)                                           \
	{                                                                                          \
		"erspan." abbrev, name, type, .mask = bits_of, .help = sentence,                   \
					      .reference = "draft-foschiano-erspan", ##__VA_ARGS__ \
	}

static const struct field erspan_fields[] = {
	[ERSPAN] = { "erspan", "Encapsulated Remote Switch Packet ANalysis", FIELD_PROTOCOL,
		     .help = "Carries frames that a switch mirrors",
		     .reference = "draft-foschiano-erspan" },
	[ERSPAN_VERSION] = BITS("version", "Version", FIELD_U16, 0xf000, "Which header this is",
				.names = version_names),
	[ERSPAN_VLAN] =
		BITS("vlan", "Vlan", FIELD_U16, 0x0fff, "The VLAN that the frame was seen in"),
	[ERSPAN_COS] = BITS("cos", "COS", FIELD_U16, 0xe000, "The frame's priority"),
	[ERSPAN_ENCAP] = BITS("encap", "Encap", FIELD_U16, 0x1800, "How the frame was tagged",
			      .names = encap_names),
	[ERSPAN_BSO] = BITS("bso", "Bad/Short/Oversized", FIELD_U16, 0x1800,
			    "Whether the frame was damaged", .names = bso_names),
	[ERSPAN_TRUNCATED] = BITS("truncated", "Truncated", FIELD_U16, 0x0400,
				  "Whether the frame was cut", .names = truncated_names),
	[ERSPAN_SESSION] = BITS("spanid", "SpanID", FIELD_U16, 0x03ff, "The mirroring session"),
	[ERSPAN_RESERVED] =
		BITS("reserved", "Reserved", FIELD_U32, 0xfff00000, "Bits that must be 0"),
	[ERSPAN_INDEX] = BITS("index", "Index", FIELD_U32, 0x000fffff,
			      "The port and direction, in the switch's numbers"),
	[ERSPAN_TIMESTAMP] = BITS("timestamp", "Timestamp", FIELD_U32, 0xffffffff,
				  "When the frame was mirrored"),
	[ERSPAN_GROUP] = BITS("sgt", "Security Group Tag", FIELD_U16, 0xffff,
			      "The group that the frame belongs to"),
	[ERSPAN_HAS_FRAME] = BITS("p", "Has Ethernet PDU", FIELD_U16, 0x8000,
				  "Whether an Ethernet frame follows"),
	[ERSPAN_FRAME_TYPE] = BITS("ft", "Frame Type", FIELD_U16, 0x7c00,
				   "What kind of frame follows", .names = frame_type_names),
	[ERSPAN_HARDWARE] = BITS("hw", "Hardware ID", FIELD_U16, 0x03f0, "The engine that mirrors"),
	[ERSPAN_DIRECTION] =
		BITS("direction", "Direction", FIELD_BOOL, 0x0008,
		     "Whether the frame came in or went out", .names = direction_names, .bits = 16),
	[ERSPAN_GRANULARITY] = BITS("gra", "Timestamp granularity", FIELD_U16, 0x0006,
				    "What the time stamp counts", .names = granularity_names),
	[ERSPAN_OPTIONAL] = BITS("o", "Optional Sub headers", FIELD_U16, 0x0001,
				 "Whether a platform's own header follows"),
	[ERSPAN_PLATFORM] =
		BITS("platid", "Platform ID", FIELD_U32, 0xfc000000, "Whose header this is"),
	[ERSPAN_1_RESERVED] =
		BITS("pid1.rsvd1", "Reserved", FIELD_U32, 0x03fff000, "Bits that must be 0"),
	[ERSPAN_1_DOMAIN] =
		BITS("pid1.vsmid", "VSM Domain ID", FIELD_U32, 0x00000fff, "The virtual switch"),
	[ERSPAN_1_PORT] = BITS("pid1.port_index", "Port ID/Index", FIELD_U32, 0xffffffff,
			       "The mirrored port"),
	[ERSPAN_3_RESERVED] =
		BITS("pid3.rsvd1", "Reserved", FIELD_U32, 0x03ffc000, "Bits that must be 0"),
	[ERSPAN_3_PORT] = BITS("pid3.port_index", "Port ID/Index", FIELD_U32, 0x00003fff,
			       "The mirrored port"),
	[ERSPAN_3_TIMESTAMP] = BITS("pid3.timestamp", "Upper 32-bit Timestamp", FIELD_U32,
				    0xffffffff, "The upper half of the time stamp"),
	[ERSPAN_4_RESERVED1] =
		BITS("pid4.rsvd1", "Reserved", FIELD_U32, 0x03ffc000, "Bits that must be 0"),
	[ERSPAN_4_RESERVED2] =
		BITS("pid4.rsvd2", "Reserved", FIELD_U32, 0x00003fff, "Bits that must be 0"),
	[ERSPAN_4_RESERVED3] =
		BITS("pid4.rsvd3", "Reserved", FIELD_U32, 0xffffffff, "Bits that must be 0"),
	[ERSPAN_5_SWITCH] = BITS("pid5.switchid", "Switch ID", FIELD_U32, 0x03ff0000,
				 "The switch that mirrors"),
	[ERSPAN_5_PORT] = BITS("pid5.port_index", "Port ID/Index", FIELD_U32, 0x0000ffff,
			       "The mirrored port"),
	[ERSPAN_5_TIMESTAMP] = BITS("pid5.timestamp", "Timestamp (seconds)", FIELD_U32, 0xffffffff,
				    "The seconds of the time stamp"),
	[ERSPAN_7_RESERVED] =
		BITS("pid7.rsvd1", "Reserved", FIELD_U32, 0x03f00000, "Bits that must be 0"),
	[ERSPAN_7_SOURCE] = BITS("pid7.source_index", "Source Index", FIELD_U32, 0x000fffff,
				 "What is mirrored"),
	[ERSPAN_7_TIMESTAMP] = BITS("pid7.timestamp", "Upper 32-bit Timestamp", FIELD_U32,
				    0xffffffff, "The upper half of the time stamp"),
	[ERSPAN_OTHER] =
		BITS("pid.rsvd", "Reserved", FIELD_U64, 0x03ffffff, "Another platform's own"),
	[ERSPAN_VERSION_UNKNOWN] =
		FINDING("erspan.version.unknown", "Unknown version", EXPERT_WARN, GROUP_UNDECODED),
};

static void take_platform(struct dissection *d, struct cursor *c)
{
	static const struct {
		uint8_t platform, first, last; /* parts of the first word, then `second` */
		uint8_t second;
	} rows[] = {
		{ 1, ERSPAN_1_RESERVED, ERSPAN_1_DOMAIN, ERSPAN_1_PORT },
		{ 3, ERSPAN_3_RESERVED, ERSPAN_3_PORT, ERSPAN_3_TIMESTAMP },
		{ 4, ERSPAN_4_RESERVED1, ERSPAN_4_RESERVED2, ERSPAN_4_RESERVED3 },
		{ 5, ERSPAN_5_SWITCH, ERSPAN_5_PORT, ERSPAN_5_TIMESTAMP },
		{ 6, ERSPAN_5_SWITCH, ERSPAN_5_PORT, ERSPAN_5_TIMESTAMP },
		{ 7, ERSPAN_7_RESERVED, ERSPAN_7_SOURCE, ERSPAN_7_TIMESTAMP },
	};
	uint64_t platform = look_uint(d, c, ERSPAN_PLATFORM);

	for (unsigned i = 0; i < COUNT(rows); i++) {
		if (platform != rows[i].platform)
			continue;
		for (unsigned field = rows[i].first; field <= rows[i].last; field++)
			look_uint(d, c, field);
		cursor_skip(c, 4);
		take_u32(d, c, rows[i].second);
		return;
	}
	take_uint(d, c, ERSPAN_OTHER);
}

static void take_type_3(struct dissection *d, struct cursor *c)
{
	take_u32(d, c, ERSPAN_TIMESTAMP);
	take_u16(d, c, ERSPAN_GROUP);
	look_uint(d, c, ERSPAN_HAS_FRAME);
	look_uint(d, c, ERSPAN_FRAME_TYPE);
	look_uint(d, c, ERSPAN_HARDWARE);
	look_uint_n(d, c, ERSPAN_DIRECTION, 2);
	look_uint(d, c, ERSPAN_GRANULARITY);
	if (take_uint(d, c, ERSPAN_OPTIONAL))
		take_platform(d, c);
}

static void take_type_2(struct dissection *d, struct cursor *c)
{
	look_uint(d, c, ERSPAN_RESERVED);
	take_uint(d, c, ERSPAN_INDEX);
}

static void erspan_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	info(d, "ERSPAN:");
	uint64_t version = look_uint(d, c, ERSPAN_VERSION);
	const char *name = value_name(version_names, version);

	if (!cursor_ok(c))
		return;
	label_set(d, layer_node(d), "Encapsulated Remote Switch Packet ANalysis %s",
		  name ? name : "Unknown");
	if (!name) {
		note_finding_on(d, last_node(d), ERSPAN_VERSION_UNKNOWN, "Unknown version %u",
				(unsigned)version);
		return;
	}
	take_uint(d, c, ERSPAN_VLAN);
	look_uint(d, c, ERSPAN_COS);
	look_uint(d, c, version == TYPE_II ? ERSPAN_ENCAP : ERSPAN_BSO);
	look_uint(d, c, ERSPAN_TRUNCATED);
	take_uint(d, c, ERSPAN_SESSION);
	if (version == TYPE_II)
		take_type_2(d, c);
	else
		take_type_3(d, c);
	end_header(d, c);
	if (cursor_more(c))
		dissect_layer(d, &eth_dissector, *c);
}

const struct dissector erspan_dissector = {
	.name = "erspan",
	.short_name = "ERSPAN",
	.title = "Encapsulated Remote Switch Packet ANalysis",
	.fields = erspan_fields,
	.field_count = COUNT(erspan_fields),
	.dissect = erspan_dissect,
};
