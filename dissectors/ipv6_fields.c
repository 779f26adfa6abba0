/* ipv6_fields.c - the names of IPv6's values and the table of its fields, with the rows of the header, of what its addresses
 * tell, and of reassembly.  Those of the headers that follow and of their options are in ipv6_*_rows.h. */
#include "ip_names.h"
#include "ipv6.h"

static const struct value_name action_names[] = {
	{ 0, "Skip and continue" }, { 1, "Discard" },
	{ 2, "Discard and send ICMP Parameter Problem" },
	{ 3, "Discard and send ICMP if not multicast" }, { 0, NULL }
};

static const struct value_name option_names[] = {
	{ 0x00, "Pad1" },
	{ 0x01, "PadN" },
	{ 0x04, "Tunnel Encapsulation Limit" },
	{ 0x05, "Router Alert" },
	{ 0x07, "CALIPSO" },
	{ 0x08, "SMF_DPD" },
	{ 0x0f, "Performance and Diagnostic Metrics" },
	{ 0x1e, "Experimental (0x1E)" },
	{ 0x26, "Quick-Start" },
	{ 0x30, "Path MTU Option" },
	{ 0x31, "IOAM Option" },
	{ 0x3e, "Experimental (0x3E)" },
	{ 0x41, "Tunnel Payload Forwarding (TPF) Information" },
	{ 0x5e, "Experimental (0x5E)" },
	{ 0x63, "RPL Option" },
	{ 0x6d, "MPL Option" },
	{ 0x7e, "Experimental (0x7E)" },
	{ 0x8a, "Endpoint Identification" },
	{ 0x8b, "ILNP Nonce" },
	{ 0x8c, "Line-Identification Option" },
	{ 0x9e, "Experimental (0x9E)" },
	{ 0xbe, "Experimental (0xBE)" },
	{ 0xc2, "Jumbo Payload" },
	{ 0xc9, "Home Address" },
	{ 0xde, "Experimental (0xDE)" },
	{ 0xee, "IP_DFF" },
	{ 0xfe, "Experimental (0xFE)" },
	{ 0, NULL }
};

static const struct value_name router_alert_names[] = {
	{ 0, "MLD" }, { 1, "RSVP" }, { 2, "Active Network" }, { 0, NULL }
};

static const struct value_name tagger_names[] = {
	{ 0, "NULL" }, { 1, "DEFAULT" }, { 2, "IPv4" }, { 3, "IPv6" }, { 0, NULL }
};

static const struct value_name seed_names[] = {
	{ 0, "0" }, { 1, "16-bit unsigned integer" }, { 2, "64-bit unsigned integer" },
	{ 3, "128-bit unsigned integer" }, { 0, NULL }
};

static const struct value_name ioam_names[] = {
	{ 0, "Pre-allocated Trace" }, { 1, "Incremental Trace" }, { 2, "Proof of Transit" },
	{ 3, "Edge to Edge" }, { 0, NULL }
};

static const struct value_name routing_names[] = {
	{ 0, "Source Route" }, { 1, "Nimrod" }, { 2, "Type 2 Routing" }, { 3, "RPL Source Route" },
	{ 4, "Segment Routing" }, { 5, "Compact Routing Header 16" },
	{ 6, "Compact Routing Header 32" }, { 253, "Experiment 1" }, { 254, "Experiment 2" },
	{ 0, NULL }
};

const struct field ipv6_fields[IPV6_FIELD_COUNT] = {
	[IPV6] = { "ipv6", "Internet Protocol Version 6", FIELD_PROTOCOL,
					.help = "Brings the packet from host to host, over any "
						"number of routers",
					.reference = "RFC 8200" },
	[IPV6_VERSION] = { "ipv6.version", "Version", FIELD_U8, .mask = 0xf0,
			   .flags = FIELD_NO_MASK,
					.help = "Always 6",
					.reference = "RFC 8200, 3", PLACED(0) },
	[IPV6_TCLASS] = { "ipv6.tclass", "Traffic Class", FIELD_U32, BASE_HEX, .mask = 0x0ff00000,
					.help = "How routers should treat the packet",
					.reference = "RFC 8200, 3", PLACED(0) },
	[IPV6_TCLASS_DSCP] = { "ipv6.tclass.dscp", "Differentiated Services Codepoint", FIELD_U32,
			       .names = ip_dscp_names, .mask = 0x0fc00000,
					.help = "The class of service",
					.reference = "RFC 2474, 3", PLACED(0) },
	[IPV6_TCLASS_ECN] = { "ipv6.tclass.ecn", "Explicit Congestion Notification", FIELD_U32,
			      .names = ip_ecn_names, .mask = 0x00300000,
					.help = "Whether congestion can be, or was, marked",
					.reference = "RFC 3168, 5", PLACED(0) },
	[IPV6_FLOW] = { "ipv6.flow", "Flow Label", FIELD_U24, BASE_HEX, .mask = 0x0fffff,
					.help = "The same in all packets of one conversation, so "
						"that they take one way",
					.reference = "RFC 6437", PLACED(1) },
	[IPV6_PLEN] = { "ipv6.plen", "Payload Length", FIELD_U16,
			.help = "What follows the IPv6 header, in bytes",
					.reference = "RFC 8200, 3", PLACED(4) },
	[IPV6_NXT] = { "ipv6.nxt", "Next Header", FIELD_U8, .names = ip_protocol_names,
					.help = "What follows this header",
					.reference = "RFC 8200, 3", PLACED(6) },
	[IPV6_HLIM] = { "ipv6.hlim", "Hop Limit", FIELD_U8,
					.help = "Each router takes one off; at 0 the packet is "
						"dropped and reported",
					.reference = "RFC 8200, 3", PLACED(7) },
	[IPV6_SRC] = { "ipv6.src", "Source Address", FIELD_IPV6, .flags = FIELD_OF_CONVERSATION,
					.help = "The host that sent it",
					.reference = "RFC 8200, 3", PLACED(8) },
	[IPV6_SRC_HOST] = { "ipv6.src_host", "Source Host", FIELD_TEXT,
			    .flags = FIELD_OF_CONVERSATION,
					.help = "The same, with a name where one is known" },
	[IPV6_DST] = { "ipv6.dst", "Destination Address", FIELD_IPV6,
		       .flags = FIELD_OF_CONVERSATION,
					.help = "The host that it goes to",
					.reference = "RFC 8200, 3", PLACED(24) },
	[IPV6_DST_HOST] = { "ipv6.dst_host", "Destination Host", FIELD_TEXT,
			    .flags = FIELD_OF_CONVERSATION,
					.help = "The same, with a name where one is known" },
	[IPV6_ADDR] = { "ipv6.addr", "Source or Destination Address", FIELD_IPV6,
			.flags = FIELD_OF_CONVERSATION,
					.help = "Either host's address", PLACED_TWICE(8, 24) },
	[IPV6_HOST] = { "ipv6.host", "Source or Destination Host", FIELD_TEXT,
			.flags = FIELD_OF_CONVERSATION,
					.help = "Either host's address or name" },

	[IPV6_SRC_SLAAC_MAC] = { "ipv6.src_slaac_mac", "Source SLAAC MAC", FIELD_ETHER,
					.help = "The MAC address that the source's was made from",
					.reference = "RFC 4291, A" },
	[IPV6_SRC_ISATAP] = { "ipv6.src_isatap_ipv4", "Source ISATAP IPv4", FIELD_IPV4,
					.help = "The IPv4 address in the source's",
					.reference = "RFC 5214" },
	[IPV6_SRC_6TO4_GATEWAY] = { "ipv6.src_6to4_gw_ipv4", "Source 6to4 Gateway IPv4",
				    FIELD_IPV4,
					.help = "The IPv4 address of the source's gateway",
					.reference = "RFC 3056" },
	[IPV6_SRC_6TO4_SLA] = { "ipv6.src_6to4_sla_id", "Source 6to4 SLA ID", FIELD_U16,
					.help = "The network behind that gateway",
					.reference = "RFC 3056" },
	[IPV6_SRC_TEREDO_SERVER] = { "ipv6.src_ts_ipv4", "Source Teredo Server IPv4", FIELD_IPV4,
					.help = "The Teredo server of the source",
					.reference = "RFC 4380, 4" },
	[IPV6_SRC_TEREDO_PORT] = { "ipv6.src_tc_port", "Source Teredo Port", FIELD_U16,
					.help = "The port that the source's traffic seems to come "
						"from",
					.reference = "RFC 4380, 4" },
	[IPV6_SRC_TEREDO_CLIENT] = { "ipv6.src_tc_ipv4", "Source Teredo Client IPv4", FIELD_IPV4,
					.help = "The IPv4 address that it seems to come from",
					.reference = "RFC 4380, 4" },
	[IPV6_SRC_EMBEDDED] = { "ipv6.src_embed_ipv4", "Source Embedded IPv4", FIELD_IPV4,
					.help = "The IPv4 address that the source's stands for",
					.reference = "RFC 6052, 2" },
	[IPV6_DST_SLAAC_MAC] = { "ipv6.dst_slaac_mac", "Destination SLAAC MAC", FIELD_ETHER,
					.help = "The MAC address that the destination's was made "
						"from",
					.reference = "RFC 4291, A" },
	[IPV6_DST_ISATAP] = { "ipv6.dst_isatap_ipv4", "Destination ISATAP IPv4", FIELD_IPV4,
					.help = "The IPv4 address in the destination's",
					.reference = "RFC 5214" },
	[IPV6_DST_6TO4_GATEWAY] = { "ipv6.dst_6to4_gw_ipv4", "Destination 6to4 Gateway IPv4",
				    FIELD_IPV4,
					.help = "The IPv4 address of the destination's gateway",
					.reference = "RFC 3056" },
	[IPV6_DST_6TO4_SLA] = { "ipv6.dst_6to4_sla_id", "Destination 6to4 SLA ID", FIELD_U16,
					.help = "The network behind that gateway",
					.reference = "RFC 3056" },
	[IPV6_DST_TEREDO_SERVER] = { "ipv6.dst_ts_ipv4", "Destination Teredo Server IPv4",
				     FIELD_IPV4,
					.help = "The Teredo server of the destination",
					.reference = "RFC 4380, 4" },
	[IPV6_DST_TEREDO_PORT] = { "ipv6.dst_tc_port", "Destination Teredo Port", FIELD_U16,
					.help = "The port that the destination can be reached by",
					.reference = "RFC 4380, 4" },
	[IPV6_DST_TEREDO_CLIENT] = { "ipv6.dst_tc_ipv4", "Destination Teredo Client IPv4",
				     FIELD_IPV4,
					.help = "The IPv4 address that it can be reached by",
					.reference = "RFC 4380, 4" },
	[IPV6_DST_EMBEDDED] = { "ipv6.dst_embed_ipv4", "Destination Embedded IPv4", FIELD_IPV4,
					.help = "The IPv4 address that the destination's stands "
						"for",
					.reference = "RFC 6052, 2" },
	[IPV6_SLAAC_MAC] = { "ipv6.slaac_mac", "SLAAC MAC", FIELD_ETHER,
			     .help = "The MAC address that an address was made from (RFC 4291)",
					.reference = "RFC 4291, A" },
	[IPV6_ISATAP] = { "ipv6.isatap_ipv4", "ISATAP IPv4", FIELD_IPV4, .help = "RFC 5214",
					.reference = "RFC 5214" },
	[IPV6_6TO4_GATEWAY] = { "ipv6.6to4_gw_ipv4", "6to4 Gateway IPv4", FIELD_IPV4,
				.help = "RFC 3056",
					.reference = "RFC 3056" },
	[IPV6_6TO4_SLA] = { "ipv6.6to4_sla_id", "6to4 SLA ID", FIELD_U16,
					.help = "The network behind a gateway",
					.reference = "RFC 3056" },
	[IPV6_TEREDO_SERVER] = { "ipv6.ts_ipv4", "Teredo Server IPv4", FIELD_IPV4,
				 .help = "RFC 4380",
					.reference = "RFC 4380, 4" },
	[IPV6_TEREDO_PORT] = { "ipv6.tc_port", "Teredo Port", FIELD_U16,
					.help = "The port of a Teredo client",
					.reference = "RFC 4380, 4" },
	[IPV6_TEREDO_CLIENT] = { "ipv6.tc_ipv4", "Teredo Client IPv4", FIELD_IPV4,
					.help = "The IPv4 address of a Teredo client",
					.reference = "RFC 4380, 4" },
	[IPV6_EMBEDDED] = { "ipv6.embed_ipv4", "Embedded IPv4", FIELD_IPV4, .help = "RFC 6052",
					.reference = "RFC 6052, 2" },
	[IPV6_EMBEDDED_PREFIX] = { "ipv6.embed_ipv4_prefix", "Embedded IPv4 Prefix", FIELD_BYTES,
					.help = "What such addresses begin with",
					.reference = "RFC 6052, 2" },
	PLACE_ROWS(IPV6_PLACES, "ipv6"),

	[IPV6_FRAGMENTS] = { "ipv6.fragments", "IPv6 Fragments", FIELD_NONE,
					.help = "The fragments that the packet was put together "
						"from" },
	[IPV6_FRAGMENT] = { "ipv6.fragment", "IPv6 Fragment", FIELD_FRAME,
					.help = "One of them" },
	[IPV6_FRAGMENT_ERROR] = { "ipv6.fragment.error", "Defragmentation error", FIELD_FRAME,
					.help = "What was wrong with the fragments" },
	[IPV6_FRAGMENT_OVERLAP] = { "ipv6.fragment.overlap", "Fragment overlap", FIELD_BOOL,
				    .names = true_names,
					.help = "It has bytes that another one has" },
	[IPV6_FRAGMENT_CONFLICT] = { "ipv6.fragment.overlap.conflict",
				     "Conflicting data in fragment overlap", FIELD_BOOL,
				     .names = true_names,
					.help = "It has other bytes than another one in the same "
						"place" },
	[IPV6_FRAGMENT_MULTIPLE_TAILS] = { "ipv6.fragment.multipletails",
					   "Multiple tail fragments found", FIELD_BOOL,
					   .names = true_names,
					.help = "Several claim to be the last" },
	[IPV6_FRAGMENT_TOO_LONG] = { "ipv6.fragment.toolongfragment", "Fragment too long",
				     FIELD_BOOL, .names = true_names,
					.help = "It has bytes behind the packet's end" },
	[IPV6_FRAGMENT_COUNT] = { "ipv6.fragment.count", "Fragment count", FIELD_U32,
					.help = "How many there were" },
	[IPV6_REASSEMBLED_IN] = { "ipv6.reassembled.in", "Reassembled IPv6 in frame", FIELD_FRAME,
				  .flags = FIELD_FORWARD,
					.help = "The packet in which the whole is shown" },
	[IPV6_REASSEMBLED_LENGTH] = { "ipv6.reassembled.length", "Reassembled IPv6 length",
				      FIELD_U32,
					.help = "How long the whole is" },
	[IPV6_REASSEMBLED_DATA] = { "ipv6.reassembled.data", "Reassembled IPv6 data", FIELD_BYTES,
					.help = "Its bytes" },

	[IPV6_JUMBO_MISSING] = FINDING("ipv6.opt.jumbo.missing",
				       "IPv6 payload length equals 0 and Hop-By-Hop present and "
				       "Jumbo Payload option missing",
				       EXPERT_ERROR, GROUP_MALFORMED),
	[IPV6_JUMBO_PROHIBITED] = FINDING("ipv6.opt.jumbo.prohibited",
					  "When IPv6 payload length does not equal 0 a Jumbo "
					  "Payload option must not be present",
					  EXPERT_WARN, GROUP_PROTOCOL),
	[IPV6_JUMBO_TRUNCATED] = FINDING("ipv6.opt.jumbo.truncated",
					 "Jumbo Payload option present and jumbo length < 65536",
					 EXPERT_WARN, GROUP_PROTOCOL),
	[IPV6_JUMBO_FRAGMENT] =
		FINDING("ipv6.opt.jumbo.fragment",
			"Jumbo Payload option cannot be used with a fragment header", EXPERT_WARN,
			GROUP_PROTOCOL),
	[IPV6_PLEN_EXCEEDS_FRAMING] =
		FINDING("ipv6.plen_exceeds_framing",
			"IPv6 payload length does not match expected framing length", EXPERT_WARN,
			GROUP_PROTOCOL),
	[IPV6_PLEN_ZERO] = FINDING("ipv6.plen_zero",
				   "IPv6 payload length equals 0 (maybe because of \"TCP "
				   "segmentation offload\" (TSO))",
				   EXPERT_CHAT, GROUP_PROTOCOL),
	[IPV6_BOGUS_VERSION] = FINDING("ipv6.bogus_ipv6_version", "Bogus IP version", EXPERT_ERROR,
				       GROUP_MALFORMED),
	[IPV6_INVALID_HEADER] = FINDING("ipv6.invalid_header", "Invalid IPv6 header", EXPERT_ERROR,
					GROUP_MALFORMED),
#include "ipv6_extension_rows.h"
#include "ipv6_option_rows.h"
};

const char *ipv6_routing_name(uint8_t type)
{
	return value_name(routing_names, type);
}

const char *ipv6_option_name(uint8_t type)
{
	return value_name(option_names, type);
}
