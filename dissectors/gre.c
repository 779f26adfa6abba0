/* gre.c - Generic Routing Encapsulation, RFC 2784, with key and sequence number (RFC 2890), the
 * routing of RFC 1701, and version 1 as PPTP uses it (RFC 2637, 4.1).
 *
 *      0                   1 1     1 1 2   3
 *      0 1 2 3 4 5   8     3 6     6 7 4   1
 *     +-+-+-+-+-+---+-----+---+---------------+
 *     |C|R|K|S|s|Rec|A   0|Ver| protocol type |
 *     +-+-+-+-+-+---+-----+---+---------------+
 *     | checksum (C or R)     | offset        |
 *     | key (K); version 1: length, call ID   |
 *     | sequence number (S)                   |
 *     | acknowledgment number (A, version 1)  |
 *     | routing (R)                           |
 *     +---------------------------------------+
 */
#include "dissect/checksum.h"
#include "ethertype.h"
#include "ip_names.h"

enum {
	GRE,
	GRE_FLAGS,
	GRE_CHECKSUM_BIT,
	GRE_ROUTING_BIT,
	GRE_KEY_BIT,
	GRE_SEQUENCE_BIT,
	GRE_STRICT,
	GRE_RECURSION,
	GRE_ACK_BIT,
	GRE_RESERVED,
	GRE_VERSION,
	GRE_PROTO,
	GRE_CHECKSUM,
	GRE_CHECKSUM_STATUS,
	GRE_OFFSET,
	GRE_KEY,
	GRE_PAYLOAD_LENGTH,
	GRE_CALL_ID,
	GRE_SEQUENCE,
	GRE_ACK,
	GRE_ROUTING,
	GRE_ROUTING_FAMILY,
	GRE_ROUTING_OFFSET,
	GRE_ROUTING_LENGTH,
	GRE_ROUTING_INFORMATION,
	GRE_WCCP,
	GRE_WCCP_DYNAMIC,
	GRE_WCCP_ALTERNATIVE,
	GRE_WCCP_VALID,
	GRE_WCCP_SERVICE,
	GRE_WCCP_ALTERNATIVE_BUCKET,
	GRE_WCCP_PRIMARY_BUCKET,
	GRE_CHECKSUM_BAD,
};

enum {
	HAS_CHECKSUM = 0x8000,
	HAS_ROUTING = 0x4000,
	HAS_KEY = 0x2000,
	HAS_SEQUENCE = 0x1000,
	HAS_ACK = 0x0080,
	VERSION_BITS = 0x0007,
	TYPE_BRIDGED = 0x6558,
	TYPE_PPP = 0x880b,
	TYPE_WCCP = 0x883e,
	TYPE_ERSPAN = 0x88be,
	TYPE_ERSPAN_III = 0x22eb,
	TYPE_EOIP = 0x6400,
	TYPE_FRAME_RELAY = 0x6559,
	TYPE_METADATA = 0x8909,
	TYPE_CDP = 0x2000,
	/* What Aruba's access points send to their controllers; a tunnel's number is in the third digit. */
	TYPE_ARUBA_FIRST = 0x8200,
	TYPE_ARUBA_LAST = 0x8370,
};

extern const struct dissector cmd_dissector, erspan_dissector, fr_dissector, ppp_dissector,
	wlan_dissector;

static const struct value_name version_names[] = { { 0, "GRE" }, { 1, "Enhanced GRE" }, { 0 } };

/* As GRE's implementors call them; the others: ethertype_names. */
static const struct value_name type_names[] = {
	{ ETHERTYPE_IPV4, "IP" },
	{ TYPE_BRIDGED, "Transparent Ethernet bridging" },
	{ TYPE_PPP, "PPP" },
	{ TYPE_WCCP, "WCCP" },
	{ ETHERTYPE_IPV6, "IPv6" },
	{ 0x8847, "MPLS label switched packet" },
	{ 0x88be, "ERSPAN" },
	{ 0x00fe, "OSI" },
	{ 0x2000, "CDP (Cisco)" },
	{ 0x2001, "NHRP" },
	{ 0x22eb, "ERSPAN III" },
	{ 0x6400, "MIKROTIK EoIP" },
	{ 0x6559, "Frame Relay" },
	{ 0x8909, "CiscoMetaData" },
	{ 0x8200, "ARUBA WLAN" },
	{ 0xb7ea, "Huawei GRE bonding" },
	{ 0xfeae, "AIROHIVE AP AP" },
	/* A router sends itself such a packet in another, by way of its neighbour. */
	{ 0, "Possible GRE keepalive packet" },
	{ 0 },
};

#define FLAG(abbrev, name, bit, sentence, section)                                                 \
	{                                                                                          \
		abbrev, name, FIELD_BOOL, .names = yes_names, .mask = bit, .bits = 16,             \
					  .help = sentence, .reference = section                   \
	}

static const struct field gre_fields[] = {
	[GRE] = { "gre", "Generic Routing Encapsulation", FIELD_PROTOCOL,
		  .help = "Carries packets of any protocol inside IP", .reference = "RFC 2784" },
	[GRE_FLAGS] = { "gre.flags_and_version", "Flags and Version", FIELD_U16, BASE_HEX,
			.help = "Which fields follow, and the version",
			.reference = "RFC 2784, 2.1" },
	[GRE_CHECKSUM_BIT] = FLAG("gre.flags.checksum", "Checksum Bit", HAS_CHECKSUM,
				  "A checksum follows", "RFC 2784, 2.2"),
	[GRE_ROUTING_BIT] = FLAG("gre.flags.routing", "Routing Bit", HAS_ROUTING,
				 "Source routes follow; not used any more", "RFC 1701"),
	[GRE_KEY_BIT] = FLAG("gre.flags.key", "Key Bit", HAS_KEY, "A key follows", "RFC 2890, 2.1"),
	[GRE_SEQUENCE_BIT] = FLAG("gre.flags.sequence_number", "Sequence Number Bit", HAS_SEQUENCE,
				  "A sequence number follows", "RFC 2890, 2.2"),
	[GRE_STRICT] = FLAG("gre.flags.strict_source_route", "Strict Source Route Bit", 0x0800,
			    "All source routes are strict; not used any more", "RFC 1701"),
	[GRE_RECURSION] = { "gre.flags.recursion_control", "Recursion control", FIELD_U16,
			    .mask = 0x0700,
			    .help = "How many more times the packet may be encapsulated; "
				    "not used any more",
			    .reference = "RFC 1701" },
	[GRE_ACK_BIT] = FLAG("gre.flags.ack", "Acknowledgment", HAS_ACK,
			     "An acknowledgement follows (PPTP)", "RFC 2637, 4.1"),
	[GRE_RESERVED] = { "gre.flags.reserved", "Flags (Reserved)", FIELD_U16, .mask = 0x00f8,
			   .help = "Bits that must be 0", .reference = "RFC 2784, 2.3" },
	[GRE_VERSION] = { "gre.flags.version", "Version", FIELD_U16, .names = version_names,
			  .mask = VERSION_BITS, .help = "0, or 1 for PPTP",
			  .reference = "RFC 2784, 2.3.1" },
	[GRE_PROTO] = { "gre.proto", "Protocol Type", FIELD_U16, BASE_HEX, type_names,
			.flags = FIELD_FEW_NAMES, .help = "What the payload is: an EtherType",
			.reference = "RFC 2784, 2.4" },
	[GRE_CHECKSUM] = { "gre.checksum", "Checksum", FIELD_U16, BASE_HEX,
			   .help = "Of header and payload", .reference = "RFC 2784, 2.5" },
	[GRE_CHECKSUM_STATUS] = { "gre.checksum.status", "Checksum Status", FIELD_U8,
				  .base = BASE_NAME, .names = checksum_status_names,
				  .help = "Whether the checksum is right",
				  .reference = "RFC 2784, 2.5" },
	[GRE_OFFSET] = { "gre.offset", "Offset", FIELD_U16,
			 .help = "Where the source route that is in use begins",
			 .reference = "RFC 1701" },
	[GRE_KEY] = { "gre.key", "Key", FIELD_U32, BASE_HEX,
		      .help = "Tells flows within the tunnel apart", .reference = "RFC 2890, 2.1" },
	[GRE_PAYLOAD_LENGTH] = { "gre.key.payload_length", "Payload Length", FIELD_U16,
				 .help = "Bytes of payload (PPTP)", .reference = "RFC 2637, 4.1" },
	[GRE_CALL_ID] = { "gre.key.call_id", "Call ID", FIELD_U16,
			  .help = "The receiver's number of the call (PPTP)",
			  .reference = "RFC 2637, 4.1" },
	[GRE_SEQUENCE] = { "gre.sequence_number", "Sequence Number", FIELD_U32,
			   .help = "Counts packets, so that late ones can be told",
			   .reference = "RFC 2890, 2.2" },
	[GRE_ACK] = { "gre.ack_number", "Acknowledgment Number", FIELD_U32,
		      .help = "The highest sequence number that was received (PPTP)",
		      .reference = "RFC 2637, 4.1" },
	[GRE_ROUTING] = { "gre.routing", "Routing", FIELD_NONE, .help = "A source route",
			  .reference = "RFC 1701" },
	[GRE_ROUTING_FAMILY] = { "gre.routing.address_family", "Address Family", FIELD_U16,
				 .help = "What the route's addresses are; 0 ends the list",
				 .reference = "RFC 1701" },
	[GRE_ROUTING_OFFSET] = { "gre.routing.sre_offset", "SRE Offset", FIELD_U8,
				 .help = "Which address of the route is the next",
				 .reference = "RFC 1701" },
	[GRE_ROUTING_LENGTH] = { "gre.routing.src_length", "SRE Length", FIELD_U8,
				 .help = "Bytes of the route", .reference = "RFC 1701" },
	[GRE_ROUTING_INFORMATION] = { "gre.routing.information", "Routing Information", FIELD_BYTES,
				      .help = "The addresses of the route",
				      .reference = "RFC 1701" },
	[GRE_WCCP] = { "gre.wccp.redirect_header", "Redirect Header", FIELD_NONE,
		       .help = "What a router adds that sends web traffic to a cache",
		       .reference = "draft-wilson-wrec-wccp-v2" },
	[GRE_WCCP_DYNAMIC] = { "gre.wccp.dynamic_service", "Dynamic Service", FIELD_BOOL, .mask = 1,
			       .help = "The service is one that caches have defined",
			       .reference = "draft-wilson-wrec-wccp-v2" },
	[GRE_WCCP_ALTERNATIVE] = { "gre.wccp.alternative_bucket_used", "Alternative bucket used",
				   FIELD_BOOL, .mask = 2, .help = "The alternative bucket was used",
				   .reference = "draft-wilson-wrec-wccp-v2" },
	[GRE_WCCP_VALID] = { "gre.wccp.redirect_header_valid", "WCCP Redirect header is valid",
			     FIELD_BOOL, .mask = 4,
			     .help = "Whether the rest of this header means something",
			     .reference = "draft-wilson-wrec-wccp-v2" },
	[GRE_WCCP_SERVICE] = { "gre.wccp.service_id", "Service ID", FIELD_U8,
			       .help = "Which service, 0 being HTTP",
			       .reference = "draft-wilson-wrec-wccp-v2" },
	[GRE_WCCP_ALTERNATIVE_BUCKET] = { "gre.wccp.alternative_bucket", "Alternative Bucket",
					  FIELD_U8,
					  .help = "The other bucket that the packet's hash leads "
						  "to",
					  .reference = "draft-wilson-wrec-wccp-v2" },
	[GRE_WCCP_PRIMARY_BUCKET] = { "gre.wccp.primary_bucket", "Primary Bucket", FIELD_U8,
				      .help = "The bucket, and so the cache, that the packet's "
					      "hash "
					      "leads to",
				      .reference = "draft-wilson-wrec-wccp-v2" },
	[GRE_CHECKSUM_BAD] = FINDING("gre.checksum.incorrect", "Incorrect GRE Checksum",
				     EXPERT_WARN, GROUP_PROTOCOL),
};

static const char *type_name(struct dissection *d, uint16_t type)
{
	const char *name = value_name(type_names, type);

	if (!name)
		name = value_name(ethertype_names, type);
	return name ? name : arena_printf(&d->arena, "0x%04x (unknown)", type);
}

static uint16_t take_flags_word(struct dissection *d, struct cursor *c)
{
	const uint8_t *bytes;
	uint16_t flags = cursor_peek(c, 0, 2, &bytes) ? load_be16(bytes) : 0;
	bool enhanced = (flags & VERSION_BITS) == 1;

	look_uint(d, c, GRE_FLAGS);
	node_id tree = last_node(d);
	open_node(d, tree);
	for (unsigned field = GRE_CHECKSUM_BIT; field <= GRE_VERSION; field++)
		if (field != (enhanced ? GRE_RESERVED : GRE_ACK_BIT))
			look_uint_n(d, c, field, 2);
	close_node(d, tree);
	cursor_skip(c, 2);
	return flags;
}

/* RFC 2784 section 2.3: of the header and the payload. */
static void take_checksum(struct dissection *d, struct cursor *c, const struct cursor *packet)
{
	const uint8_t *bytes;
	uint32_t n = cursor_sent(packet);
	unsigned status = CHECKSUM_UNVERIFIED;

	uint16_t found = take_u16(d, c, GRE_CHECKSUM);
	node_id node = last_node(d);
	if (only_learning(d))
		return;
	if (cursor_left(packet) == n && cursor_peek(packet, 0, n, &bytes)) {
		uint16_t rest = checksum_finish(checksum_add(0, bytes, n));
		uint32_t right = rest + (uint32_t)found;
		right = (right & 0xffff) + (right >> 16);
		status = rest ? CHECKSUM_BAD : CHECKSUM_GOOD;
		if (rest) {
			label(d, node, " incorrect, should be 0x%04x", right);
			note_finding_on(d, node, GRE_CHECKSUM_BAD,
					"Incorrect GRE Checksum [should be 0x%04x]", right);
		} else {
			label(d, node, " [correct]");
		}
	}
	put_uint(d, GRE_CHECKSUM_STATUS, status);
}

/* RFC 1701: source route entries, up to one without length. */
static void take_routing(struct dissection *d, struct cursor *c)
{
	bool more = true;

	while (more && cursor_more(c)) {
		node_id tree = open_tree(d, c, GRE_ROUTING);
		take_u16(d, c, GRE_ROUTING_FAMILY);
		take_u8(d, c, GRE_ROUTING_OFFSET);
		uint8_t length = take_u8(d, c, GRE_ROUTING_LENGTH);
		if (length)
			take_bytes(d, c, GRE_ROUTING_INFORMATION, length);
		more = length != 0;
		close_tree(d, tree, c);
	}
}

/* A version 2 header of WCCP comes before the packet, which begins with IPv4's version. */
static void take_redirection(struct dissection *d, struct cursor *c)
{
	const uint8_t *first;

	if (!cursor_peek(c, 0, 1, &first) || *first >> 4 == 4)
		return;
	node_id tree = open_tree(d, c, GRE_WCCP);
	look_uint(d, c, GRE_WCCP_DYNAMIC);
	look_uint(d, c, GRE_WCCP_ALTERNATIVE);
	take_uint_n(d, c, GRE_WCCP_VALID, 1);
	take_u8(d, c, GRE_WCCP_SERVICE);
	take_u8(d, c, GRE_WCCP_ALTERNATIVE_BUCKET);
	take_u8(d, c, GRE_WCCP_PRIMARY_BUCKET);
	close_tree(d, tree, c);
}

/* Who takes what is no EtherType, or another thing than that EtherType. */
static const struct dissector *dissector_of(struct dissection *d, uint16_t type, bool has_sequence)
{
	switch (type) {
	case TYPE_BRIDGED:
	case TYPE_EOIP:
		return &eth_dissector;
	case TYPE_PPP:
		return &ppp_dissector;
	case TYPE_FRAME_RELAY:
		return &fr_dissector;
	case TYPE_METADATA:
		return &cmd_dissector;
	case TYPE_CDP:
		return who_claims(BY_CISCO_PID, TYPE_CDP);
	case TYPE_ERSPAN:
		if (has_sequence)
			return &erspan_dissector;
		path_mention(d, "erspan"); /* type I: the frame is all */
		return &eth_dissector;
	case TYPE_ERSPAN_III:
		return &erspan_dissector;
	default:
		return type >= TYPE_ARUBA_FIRST && type <= TYPE_ARUBA_LAST && !(type & 15) ? &wlan_dissector
											  : NULL;
	}
}

static void hand_on_type(struct dissection *d, uint16_t type, bool has_sequence, struct cursor *c)
{
	if (!cursor_more(c))
		return;
	if (type == TYPE_WCCP)
		take_redirection(d, c);
	end_header(d, c);
	const struct dissector *other = dissector_of(d, type, has_sequence);
	if (other)
		dissect_layer(d, other, *c);
	else if (!hand_on(d, BY_ETHERTYPE, type == TYPE_WCCP ? ETHERTYPE_IPV4 : type, *c))
		hand_on_as_data(d, *c);
}

static void gre_dissect(struct dissection *d, struct cursor *c)
{
	struct cursor packet = *c;

	info_begin(d);
	uint16_t flags = take_flags_word(d, c);
	bool enhanced = (flags & VERSION_BITS) == 1;
	uint16_t type = take_u16(d, c, GRE_PROTO);
	if (!only_learning(d)) {
		const char *name = type_name(d, type);
		if (value_name(ethertype_names, type) && !value_name(type_names, type))
			label_set(d, last_node(d), "Protocol Type: %s (0x%04x)", name, type);
		info(d, "Encapsulated %s", name);
		label(d, layer_node(d), " (%s)", name);
	}
	if (!enhanced && flags & (HAS_CHECKSUM | HAS_ROUTING)) {
		if (flags & HAS_CHECKSUM)
			take_checksum(d, c, &packet);
		else
			take_u16(d, c, GRE_CHECKSUM);
		take_u16(d, c, GRE_OFFSET);
	}
	if (enhanced && flags & HAS_KEY) {
		take_u16(d, c, GRE_PAYLOAD_LENGTH);
		take_u16(d, c, GRE_CALL_ID);
	} else if (flags & HAS_KEY) {
		take_u32(d, c, GRE_KEY);
	}
	if (flags & HAS_SEQUENCE)
		take_u32(d, c, GRE_SEQUENCE);
	if (enhanced && flags & HAS_ACK)
		take_u32(d, c, GRE_ACK);
	if (!enhanced && flags & HAS_ROUTING)
		take_routing(d, c);
	if (!cursor_ok(c))
		return;
	end_header(d, c);
	hand_on_type(d, type, flags & HAS_SEQUENCE, c);
}

static const struct claim gre_claims[] = { { BY_IP_PROTO, 47 }, { BY_UDP_PORT, 4754 } };

const struct dissector gre_dissector = {
	.name = "gre",
	.short_name = "GRE",
	.title = "Generic Routing Encapsulation",
	.fields = gre_fields,
	.field_count = COUNT(gre_fields),
	.claims = gre_claims,
	.claim_count = COUNT(gre_claims),
	.dissect = gre_dissect,
};
