/* ipv6.c - Internet Protocol version 6, RFC 8200: the header itself.
 *
 *     +---+--------+---------------------+
 *     |ver|traffic |     flow label      |
 *     +---+--------+-+--------+----------+
 *     |payload length|next hdr|hop limit |
 *     +--------------+--------+----------+
 *     |  source, destination: 16 bytes   |
 *     +----------------------------------+
 */
#include <string.h>

#include "dissect/dissection_settings.h"
#include "dissect/dissector.h"
#include "dissect/names.h"
#include "ip.h"
#include "ip_names.h"
#include "ipv6.h"

enum { HEADER_LENGTH = 40 };

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

static const struct field ipv6_fields[IPV6_FIELD_COUNT] = {
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

	[IPV6_HOPOPTS] = { "ipv6.hopopts", "IPv6 Hop-by-Hop Option", FIELD_PROTOCOL,
					.help = "Options for every router on the way",
					.reference = "RFC 8200, 4.3" },
	[IPV6_HOPOPTS_NXT] = { "ipv6.hopopts.nxt", "Next Header", FIELD_U8,
			       .names = ip_protocol_names,
					.help = "What follows this header",
					.reference = "RFC 8200, 4.3" },
	[IPV6_HOPOPTS_LEN] = { "ipv6.hopopts.len", "Length", FIELD_U8,
					.help = "Its length, in units of 8 bytes beyond the first",
					.reference = "RFC 8200, 4.3" },
	[IPV6_HOPOPTS_LEN_OCT] = { "ipv6.hopopts.len_oct", "Length", FIELD_U16, .unit = " bytes",
					.help = "The same in bytes",
					.reference = "RFC 8200, 4.3" },
	[IPV6_DSTOPTS] = { "ipv6.dstopts", "Destination Options for IPv6", FIELD_PROTOCOL,
					.help = "Options for the host that it goes to",
					.reference = "RFC 8200, 4.6" },
	[IPV6_DSTOPTS_NXT] = { "ipv6.dstopts.nxt", "Next Header", FIELD_U8,
			       .names = ip_protocol_names,
					.help = "What follows this header",
					.reference = "RFC 8200, 4.6" },
	[IPV6_DSTOPTS_LEN] = { "ipv6.dstopts.len", "Length", FIELD_U8,
					.help = "Its length, in units of 8 bytes beyond the first",
					.reference = "RFC 8200, 4.6" },
	[IPV6_DSTOPTS_LEN_OCT] = { "ipv6.dstopts.len_oct", "Length", FIELD_U16, .unit = " bytes",
					.help = "The same in bytes",
					.reference = "RFC 8200, 4.6" },
	[IPV6_ROUTING] = { "ipv6.routing", "Routing Header for IPv6", FIELD_PROTOCOL,
					.help = "Stations that the packet goes through",
					.reference = "RFC 8200, 4.4" },
	[IPV6_ROUTING_NXT] = { "ipv6.routing.nxt", "Next Header", FIELD_U8,
			       .names = ip_protocol_names,
					.help = "What follows this header",
					.reference = "RFC 8200, 4.4" },
	[IPV6_ROUTING_LEN] = { "ipv6.routing.len", "Length", FIELD_U8,
					.help = "Its length, in units of 8 bytes beyond the first",
					.reference = "RFC 8200, 4.4" },
	[IPV6_ROUTING_LEN_OCT] = { "ipv6.routing.len_oct", "Length", FIELD_U16, .unit = " bytes",
					.help = "The same in bytes",
					.reference = "RFC 8200, 4.4" },
	[IPV6_ROUTING_TYPE] = { "ipv6.routing.type", "Type", FIELD_U8, .names = routing_names,
					.help = "How the stations are written",
					.reference = "RFC 8200, 4.4" },
	[IPV6_ROUTING_SEGLEFT] = { "ipv6.routing.segleft", "Segments Left", FIELD_U8,
					.help = "How many stations are still to come",
					.reference = "RFC 8200, 4.4" },
	[IPV6_ROUTING_UNKNOWN] = { "ipv6.routing.unknown_data", "Type-Specific Data", FIELD_BYTES,
					.help = "What the header says, of a type that is not known",
					.reference = "RFC 8200, 4.4" },
	[IPV6_ROUTING_SRC_RESERVED] = { "ipv6.routing.src.reserved", "Reserved", FIELD_BYTES,
					.help = "Not used, and 0",
					.reference = "RFC 8200, 4.4" },
	[IPV6_ROUTING_SRC_ADDR] = { "ipv6.routing.src.addr", "Address", FIELD_IPV6,
					.help = "A station",
					.reference = "RFC 8200, 4.4" },
	[IPV6_ROUTING_MIP_RESERVED] = { "ipv6.routing.mipv6.reserved", "Reserved", FIELD_BYTES,
					.help = "Not used, and 0",
					.reference = "RFC 6275, 6.4" },
	[IPV6_ROUTING_MIP_ADDR] = { "ipv6.routing.mipv6.home_address", "Home Address", FIELD_IPV6,
					.help = "The address that the host has at home",
					.reference = "RFC 6275, 6.4" },
	[IPV6_ROUTING_RPL_CMPRI] = { "ipv6.routing.rpl.cmprI", "Compressed Internal Octets (CmprI)",
				     FIELD_U32, .mask = 0xf0000000,
					.help = "Bytes that all stations but the last share with "
						"the destination, and leave out",
					.reference = "RFC 6554, 3" },
	[IPV6_ROUTING_RPL_CMPRE] = { "ipv6.routing.rpl.cmprE", "Compressed Final Octets (CmprE)",
				     FIELD_U32, .mask = 0x0f000000,
					.help = "The same of the last",
					.reference = "RFC 6554, 3" },
	[IPV6_ROUTING_RPL_PAD] = { "ipv6.routing.rpl.pad", "Padding Bytes", FIELD_U32,
				   .mask = 0x00f00000,
					.help = "Bytes that fill the header",
					.reference = "RFC 6554, 3" },
	[IPV6_ROUTING_RPL_RESERVED] = { "ipv6.routing.rpl.reserved", "Reserved", FIELD_U32,
					.mask = 0x000fffff,
					.help = "Not used, and 0",
					.reference = "RFC 6554, 3" },
	[IPV6_ROUTING_RPL_COUNT] = { "ipv6.routing.rpl.addr_count", "Total Address Count",
				     FIELD_I32,
					.help = "How many stations there are",
					.reference = "RFC 6554, 3" },
	[IPV6_ROUTING_RPL_ADDR] = { "ipv6.routing.rpl.address", "Address", FIELD_BYTES,
					.help = "What a station's address has of its own",
					.reference = "RFC 6554, 3" },
	[IPV6_ROUTING_RPL_FULL] = { "ipv6.routing.rpl.full_address", "Full Address", FIELD_IPV6,
					.help = "The whole address",
					.reference = "RFC 6554, 3" },
	[IPV6_ROUTING_SRH_LAST] = { "ipv6.routing.srh.last_entry", "Last Entry", FIELD_U8,
					.help = "The number of the last segment in the list",
					.reference = "RFC 8754, 2" },
	[IPV6_ROUTING_SRH_FLAGS] = { "ipv6.routing.srh.flags", "Flags", FIELD_U8, BASE_HEX,
					.help = "Flags; none is defined",
					.reference = "RFC 8754, 2" },
	[IPV6_ROUTING_SRH_TAG] = { "ipv6.routing.srh.tag", "Tag", FIELD_BYTES,
					.help = "A class that the packet belongs to",
					.reference = "RFC 8754, 2" },
	[IPV6_ROUTING_SRH_ADDR] = { "ipv6.routing.srh.addr", "Address", FIELD_IPV6,
					.help = "A segment of the way, the last one first",
					.reference = "RFC 8754, 2" },
	[IPV6_ROUTING_CRH16_CURRENT] = { "ipv6.routing.crh16.current_sid", "Current SID",
					 FIELD_U16,
					.help = "The segment that the packet is on its way to",
					.reference = "RFC 9631" },
	[IPV6_ROUTING_CRH32_CURRENT] = { "ipv6.routing.crh32.current_sid", "Current SID",
					 FIELD_U32,
					.help = "The segment that the packet is on its way to",
					.reference = "RFC 9631" },
	[IPV6_ROUTING_CRH16_SID] = { "ipv6.routing.crh16.sid", "Segment ID", FIELD_U16,
					.help = "A segment of the way, as a number",
					.reference = "RFC 9631" },
	[IPV6_ROUTING_CRH32_SID] = { "ipv6.routing.crh32.sid", "Segment ID", FIELD_U32,
					.help = "A segment of the way, as a number",
					.reference = "RFC 9631" },
	[IPV6_ROUTING_SIDS] = { "ipv6.routing.crh.sids", "Segment Identifiers", FIELD_NONE,
				.flags = FIELD_WORDS,
					.help = "The segments of the way",
					.reference = "RFC 9631" },
	[IPV6_FRAGHDR] = { "ipv6.fraghdr", "Fragment Header for IPv6", FIELD_PROTOCOL,
					.help = "The packet is a part of a longer one",
					.reference = "RFC 8200, 4.5" },
	[IPV6_FRAGHDR_NXT] = { "ipv6.fraghdr.nxt", "Next header", FIELD_U8,
			       .names = ip_protocol_names,
					.help = "What follows this header, in the whole packet",
					.reference = "RFC 8200, 4.5" },
	[IPV6_FRAGHDR_RESERVED] = { "ipv6.fraghdr.reserved_octet", "Reserved octet", FIELD_U8,
				    BASE_HEX,
					.help = "Not used, and 0",
					.reference = "RFC 8200, 4.5" },
	[IPV6_FRAGHDR_OFFSET] = { "ipv6.fraghdr.offset", "Offset", FIELD_U16, .mask = 0xfff8,
				  .help = "In units of 8 bytes",
					.reference = "RFC 8200, 4.5" },
	[IPV6_FRAGHDR_BITS] = { "ipv6.fraghdr.reserved_bits", "Reserved bits", FIELD_U16,
				.mask = 0x0006,
					.help = "Not used, and 0",
					.reference = "RFC 8200, 4.5" },
	[IPV6_FRAGHDR_MORE] = { "ipv6.fraghdr.more", "More Fragments", FIELD_BOOL,
				.names = yes_names, .mask = 0x0001,
					.help = "Another fragment follows",
					.reference = "RFC 8200, 4.5" },
	[IPV6_FRAGHDR_IDENT] = { "ipv6.fraghdr.ident", "Identification", FIELD_U32, BASE_HEX,
					.help = "The same in all fragments of one packet",
					.reference = "RFC 8200, 4.5" },

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

	[IPV6_OPT] = { "ipv6.opt", "IPv6 Option", FIELD_NONE,
					.help = "One option",
					.reference = "RFC 8200, 4.2" },
	[IPV6_OPT_TYPE] = { "ipv6.opt.type", "Type", FIELD_U8, BASE_HEX, option_names,
					.help = "What the option is about",
					.reference = "RFC 8200, 4.2" },
	[IPV6_OPT_ACTION] = { "ipv6.opt.type.action", "Action", FIELD_U8, .names = action_names,
			      .mask = 0xc0,
					.help = "What to do for who does not know it",
					.reference = "RFC 8200, 4.2" },
	[IPV6_OPT_CHANGE] = { "ipv6.opt.type.change", "May Change", FIELD_BOOL, .names = yes_names,
			      .mask = 0x20,
					.help = "Routers may change it",
					.reference = "RFC 8200, 4.2" },
	[IPV6_OPT_REST] = { "ipv6.opt.type.rest", "Low-Order Bits", FIELD_U8, BASE_HEX,
			    .mask = 0x1f,
					.help = "The rest of the number",
					.reference = "RFC 8200, 4.2" },
	[IPV6_OPT_LENGTH] = { "ipv6.opt.length", "Length", FIELD_U8,
					.help = "Bytes that follow",
					.reference = "RFC 8200, 4.2" },
	[IPV6_OPT_PAD1] = { "ipv6.opt.pad1", "Pad1", FIELD_NONE,
					.help = "One byte that fills the header",
					.reference = "RFC 8200, 4.2" },
	[IPV6_OPT_PADN] = { "ipv6.opt.padn", "PadN", FIELD_BYTES, .flags = FIELD_MAY_BE_EMPTY,
					.help = "Bytes that fill the header",
					.reference = "RFC 8200, 4.2" },
	[IPV6_OPT_PMTU_MIN] = { "ipv6.opt.pmtu.min", "Minimum Reported PMTU", FIELD_U16,
					.help = "The longest packet that the way takes so far",
					.reference = "RFC 9268" },
	[IPV6_OPT_PMTU_RTN] = { "ipv6.opt.pmtu.rtn", "Return Minimum PMTU", FIELD_U16,
					.help = "The longest packet that the way back took",
					.reference = "RFC 9268" },
	[IPV6_OPT_PMTU_FLAG] = { "ipv6.opt.pmtu.r_flag", "Return Flag", FIELD_BOOL,
				 .names = true_names,
					.help = "The other side should tell what it got",
					.reference = "RFC 9268" },
	[IPV6_OPT_ROUTER_ALERT] = { "ipv6.opt.router_alert", "Router Alert", FIELD_U16,
				    .names = router_alert_names,
					.help = "Routers should look into the packet, for this",
					.reference = "RFC 2711" },
	[IPV6_OPT_TEL] = { "ipv6.opt.tel", "Tunnel Encapsulation Limit", FIELD_U8,
					.help = "How many more tunnels the packet may go into",
					.reference = "RFC 2473, 4.1" },
	[IPV6_OPT_JUMBO] = { "ipv6.opt.jumbo", "Payload Length", FIELD_U32,
					.help = "The length of a packet beyond 65,535 bytes",
					.reference = "RFC 2675, 2" },
	[IPV6_OPT_CALIPSO_DOI] = { "ipv6.opt.calipso.doi", "CALIPSO Domain of Interpretation",
				   FIELD_U32,
					.help = "Who says what the numbers mean",
					.reference = "RFC 5570, 5" },
	[IPV6_OPT_CALIPSO_LENGTH] = { "ipv6.opt.calipso.cmpt.length", "Compartment Length",
				      FIELD_U8,
					.help = "Words of the bitmap",
					.reference = "RFC 5570, 5" },
	[IPV6_OPT_CALIPSO_LEVEL] = { "ipv6.opt.calipso.sens_level", "Sensitivity Level", FIELD_U8,
					.help = "How secret the packet is",
					.reference = "RFC 5570, 5" },
	[IPV6_OPT_CALIPSO_CHECKSUM] = { "ipv6.opt.calipso.checksum", "Checksum", FIELD_U16,
					BASE_HEX,
					.help = "A sum over the option",
					.reference = "RFC 5570, 5" },
	[IPV6_OPT_CALIPSO_BITMAP] = { "ipv6.opt.calipso.cmpt_bitmap", "Compartment Bitmap",
				      FIELD_BYTES,
					.help = "For which compartments",
					.reference = "RFC 5570, 5" },
	[IPV6_OPT_DPD_HASH] = { "ipv6.opt.smf_dpd.hash_bit", "H-bit", FIELD_BOOL,
				.names = true_names, .mask = 0x80,
					.help = "Copies are known by a hash",
					.reference = "RFC 6621, 6.1" },
	[IPV6_OPT_DPD_TID_TYPE] = { "ipv6.opt.smf_dpd.tid_type", "TaggerID Type", FIELD_U8,
				    .names = tagger_names, .mask = 0x70,
					.help = "What kind of name the tagger has",
					.reference = "RFC 6621, 6.1" },
	[IPV6_OPT_DPD_TID_LEN] = { "ipv6.opt.smf_dpd.tid_len", "TaggerID Length", FIELD_U8,
				   .mask = 0x0f,
					.help = "Bytes of it",
					.reference = "RFC 6621, 6.1" },
	[IPV6_OPT_DPD_TAGGER] = { "ipv6.opt.smf_dpd.tagger_id", "TaggerID", FIELD_BYTES,
					.help = "Who numbers the packets",
					.reference = "RFC 6621, 6.1" },
	[IPV6_OPT_DPD_IDENT] = { "ipv6.opt.smf_dpd.ident", "Identifier", FIELD_BYTES,
					.help = "The number of the packet",
					.reference = "RFC 6621, 6.1" },
	[IPV6_OPT_DPD_HAV] = { "ipv6.opt.smf_dpd.hav", "Hash Assist Value", FIELD_BYTES,
					.help = "Bytes that make the hash differ",
					.reference = "RFC 6621, 6.1" },
	[IPV6_OPT_PDM_SCALE_DTLR] = { "ipv6.opt.pdm.scale_dtlr", "Scale DTLR", FIELD_U8,
					.help = "By how many bits the first time is shifted",
					.reference = "RFC 8250, 3.2" },
	[IPV6_OPT_PDM_SCALE_DTLS] = { "ipv6.opt.pdm.scale_dtls", "Scale DTLS", FIELD_U8,
					.help = "By how many bits the second time is shifted",
					.reference = "RFC 8250, 3.2" },
	[IPV6_OPT_PDM_PSN] = { "ipv6.opt.pdm.psn_this_pkt", "PSN This Packet", FIELD_U16,
					.help = "The number of this packet",
					.reference = "RFC 8250, 3.2" },
	[IPV6_OPT_PDM_PSN_RECEIVED] = { "ipv6.opt.pdm.psn_last_recv", "PSN Last Received",
					FIELD_U16,
					.help = "The number of the last one that came",
					.reference = "RFC 8250, 3.2" },
	[IPV6_OPT_PDM_DELTA_RECEIVED] = { "ipv6.opt.pdm.delta_last_recv",
					  "Delta Time Last Received", FIELD_U16,
					.help = "How long the sender took to answer it",
					.reference = "RFC 8250, 3.2" },
	[IPV6_OPT_PDM_DELTA_SENT] = { "ipv6.opt.pdm.delta_last_sent", "Delta Time Last Sent",
				      FIELD_U16,
					.help = "How long the other side took before",
					.reference = "RFC 8250, 3.2" },
	[IPV6_OPT_QS_FUNC] = { "ipv6.opt.qs_func", "Function", FIELD_U8,
			       .names = ip_quick_start_function_names, .mask = 0xf0,
					.help = "Whether this asks or reports",
					.reference = "RFC 4782" },
	[IPV6_OPT_QS_RATE] = { "ipv6.opt.qs_rate", "Rate", FIELD_U8,
			       .names = ip_quick_start_rate_names, .mask = 0x0f,
					.help = "The rate that is asked for, or was allowed",
					.reference = "RFC 4782" },
	[IPV6_OPT_QS_TTL] = { "ipv6.opt.qs_ttl", "QS TTL", FIELD_U8,
					.help = "Each router that agrees takes one off",
					.reference = "RFC 4782" },
	[IPV6_OPT_QS_TTL_DIFF] = { "ipv6.opt.qs_ttl_diff", "TTL Diff", FIELD_U8,
					.help = "Tells whether all routers agreed",
					.reference = "RFC 4782" },
	[IPV6_OPT_QS_UNUSED] = { "ipv6.opt.qs_unused", "Not Used", FIELD_U8,
					.help = "Not used",
					.reference = "RFC 4782" },
	[IPV6_OPT_QS_NONCE] = { "ipv6.opt.qs_nonce", "QS Nonce", FIELD_U32, BASE_HEX,
				.mask = 0xfffffffc,
					.help = "Random bits that show whether a router lowered "
						"the rate",
					.reference = "RFC 4782" },
	[IPV6_OPT_QS_RESERVED] = { "ipv6.opt.qs_reserved", "Reserved", FIELD_U32, BASE_HEX,
				   .mask = 3,
					.help = "Not used, and 0",
					.reference = "RFC 4782" },
	[IPV6_OPT_IOAM_RESERVED] = { "ipv6.opt.ioam.rsv", "Reserved", FIELD_U8,
					.help = "Not used",
					.reference = "RFC 9486" },
	[IPV6_OPT_IOAM_TYPE] = { "ipv6.opt.ioam.opt_type", "Option-Type", FIELD_U8,
				 .names = ioam_names,
					.help = "What routers write down, or check",
					.reference = "RFC 9486" },
	[IPV6_OPT_TPF] = { "ipv6.opt.tpf_information", "TPF Information", FIELD_U32, BASE_HEX,
					.help = "What a tunnel says of its payload" },
	[IPV6_OPT_HOME_ADDRESS] = { "ipv6.opt.mipv6.home_address", "MIPv6 Home Address",
				    FIELD_IPV6,
					.help = "The address that the host has at home",
					.reference = "RFC 6275, 6.3" },
	[IPV6_OPT_RPL_FLAG] = { "ipv6.opt.rpl.flag", "Flag", FIELD_U8, BASE_HEX,
					.help = "How the packet moves in the tree of routers",
					.reference = "RFC 6553, 3" },
	[IPV6_OPT_RPL_O] = { "ipv6.opt.rpl.flag.o", "Down", FIELD_BOOL, .names = true_names,
			     .mask = 0x80,
					.help = "It goes down, away from the root",
					.reference = "RFC 6553, 3" },
	[IPV6_OPT_RPL_R] = { "ipv6.opt.rpl.flag.r", "Rank Error", FIELD_BOOL, .names = true_names,
			     .mask = 0x40,
					.help = "It came from a router of the wrong rank",
					.reference = "RFC 6553, 3" },
	[IPV6_OPT_RPL_F] = { "ipv6.opt.rpl.flag.f", "Forwarding Error", FIELD_BOOL,
			     .names = true_names, .mask = 0x20,
					.help = "A router found no way down",
					.reference = "RFC 6553, 3" },
	[IPV6_OPT_RPL_RESERVED] = { "ipv6.opt.rpl.flag.rsv", "Reserved", FIELD_U8, BASE_HEX,
				    .mask = 0x1f,
					.help = "Not used, and 0",
					.reference = "RFC 6553, 3" },
	[IPV6_OPT_RPL_INSTANCE] = { "ipv6.opt.rpl.instance_id", "RPLInstanceID", FIELD_U8,
				    BASE_HEX,
					.help = "Which tree",
					.reference = "RFC 6553, 3" },
	[IPV6_OPT_RPL_RANK] = { "ipv6.opt.rpl.sender_rank", "Sender Rank", FIELD_U16, BASE_HEX,
					.help = "How far from the root the last router is",
					.reference = "RFC 6553, 3" },
	[IPV6_OPT_ILNP_NONCE] = { "ipv6.opt.ilnp_nonce", "ILNP Nonce", FIELD_BYTES,
					.help = "Random bytes that show that a message is from the "
						"same node",
					.reference = "RFC 6744" },
	[IPV6_OPT_LIO_LENGTH] = { "ipv6.opt.lio.length", "LineIDLen", FIELD_U8,
					.help = "Bytes of the line's name",
					.reference = "RFC 6788" },
	[IPV6_OPT_LIO_ID] = { "ipv6.opt.lio.line_id", "Line ID", FIELD_TEXT,
					.help = "The line that the customer hangs on",
					.reference = "RFC 6788" },
	[IPV6_OPT_MPL_FLAG] = { "ipv6.opt.mpl.flag", "Flag", FIELD_U8, BASE_HEX,
					.help = "How the message is numbered",
					.reference = "RFC 7731, 6.1" },
	[IPV6_OPT_MPL_S] = { "ipv6.opt.mpl.flag.s", "Seed ID Length", FIELD_U8, .names = seed_names,
			     .mask = 0xc0,
					.help = "How long the name of its source is",
					.reference = "RFC 7731, 6.1" },
	[IPV6_OPT_MPL_M] = { "ipv6.opt.mpl.flag.m", "Largest Sequence", FIELD_BOOL,
			     .names = true_names, .mask = 0x20,
					.help = "It is the latest message of its source",
					.reference = "RFC 7731, 6.1" },
	[IPV6_OPT_MPL_V] = { "ipv6.opt.mpl.flag.v", "Version", FIELD_BOOL, .names = true_names,
			     .mask = 0x10,
					.help = "Must be 0",
					.reference = "RFC 7731, 6.1" },
	[IPV6_OPT_MPL_RESERVED] = { "ipv6.opt.mpl.flag.rsv", "Reserved", FIELD_U8, BASE_HEX,
				    .mask = 0x0f,
					.help = "Not used, and 0",
					.reference = "RFC 7731, 6.1" },
	[IPV6_OPT_MPL_SEQUENCE] = { "ipv6.opt.mpl.sequence", "Sequence", FIELD_U8, BASE_HEX,
					.help = "The number of the message",
					.reference = "RFC 7731, 6.1" },
	[IPV6_OPT_MPL_SEED] = { "ipv6.opt.mpl.seed_id", "Seed ID", FIELD_BYTES,
					.help = "The source",
					.reference = "RFC 7731, 6.1" },
	[IPV6_OPT_DFF_FLAGS] = { "ipv6.opt.dff.flags", "Flags", FIELD_U8, BASE_HEX,
					.help = "How the packet looks for its way",
					.reference = "RFC 6971" },
	[IPV6_OPT_DFF_VER] = { "ipv6.opt.dff.flag.ver", "Version (VER)", FIELD_U8, .mask = 0xc0,
					.help = "The version: 0",
					.reference = "RFC 6971" },
	[IPV6_OPT_DFF_DUP] = { "ipv6.opt.dff.flag.dup", "Duplicate (DUP)", FIELD_BOOL,
			       .names = true_names, .mask = 0x20,
					.help = "The packet was sent again, as nobody confirmed it",
					.reference = "RFC 6971" },
	[IPV6_OPT_DFF_RET] = { "ipv6.opt.dff.flag.ret", "Return (RET)", FIELD_BOOL,
			       .names = true_names, .mask = 0x10,
					.help = "The packet came back, as there was no way on",
					.reference = "RFC 6971" },
	[IPV6_OPT_DFF_RESERVED] = { "ipv6.opt.dff.flag.rsv", "Reserved", FIELD_U8, BASE_HEX,
				    .mask = 0x0f,
					.help = "Not used, and 0",
					.reference = "RFC 6971" },
	[IPV6_OPT_DFF_SEQUENCE] = { "ipv6.opt.dff.sequence_number", "Sequence Number", FIELD_U16,
				    BASE_DEC_HEX,
					.help = "The number of the packet",
					.reference = "RFC 6971" },
	[IPV6_OPT_EXPERIMENTAL] = { "ipv6.opt.experimental", "Experimental Option", FIELD_BYTES,
					.help = "An option that is being tried",
					.reference = "RFC 8200, 4.2" },
	[IPV6_OPT_UNKNOWN_DATA] = { "ipv6.opt_unknown_data", "Unknown Data", FIELD_BYTES,
					.help = "What the option says",
					.reference = "RFC 8200, 4.2" },
	[IPV6_OPT_UNKNOWN] = { "ipv6.opt.unknown", "Unknown Option Payload", FIELD_BYTES,
					.help = "What the option says",
					.reference = "RFC 8200, 4.2" },

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
	[IPV6_OPT_INVALID_LENGTH] = FINDING("ipv6.opt.invalid_len", "Invalid IPv6 option length",
					    EXPERT_ERROR, GROUP_MALFORMED),
	[IPV6_OPT_HEADER_MISMATCH] =
		FINDING("ipv6.opt.header_mismatch", "Wrong options extension header for type",
			EXPERT_WARN, GROUP_PROTOCOL),
	[IPV6_OPT_DEPRECATED] = FINDING("ipv6.opt.deprecated", "Option type is deprecated",
					EXPERT_NOTE, GROUP_DEPRECATED),
	[IPV6_OPT_UNKNOWN_DATA_NOTE] =
		FINDING("ipv6.opt.unknown_data.expert", "Unknown Data (not interpreted)",
			EXPERT_NOTE, GROUP_UNDECODED),
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
	[IPV6_HOPOPTS_NOT_FIRST] = FINDING(
		"ipv6.hopopts.not_first",
		"IPv6 Hop-by-Hop extension header must appear immediately after IPv6 header",
		EXPERT_ERROR, GROUP_PROTOCOL),
	[IPV6_ROUTING_INVALID_LENGTH] =
		FINDING("ipv6.routing.invalid_length", "Invalid IPv6 Routing header length",
			EXPERT_ERROR, GROUP_MALFORMED),
	[IPV6_ROUTING_INVALID_SEGLEFT] =
		FINDING("ipv6.routing.invalid_segleft",
			"IPv6 Routing Header segments left field must not exceed address count",
			EXPERT_WARN, GROUP_PROTOCOL),
	[IPV6_ROUTING_UNDECODED] =
		FINDING("ipv6.routing.undecoded", "Undecoded IPv6 routing header field",
			EXPERT_NOTE, GROUP_UNDECODED),
	[IPV6_ROUTING_DEPRECATED] =
		FINDING("ipv6.routing.deprecated", "Routing header type is deprecated", EXPERT_NOTE,
			GROUP_DEPRECATED),
};

const char *ipv6_routing_name(uint8_t type)
{
	return value_name(routing_names, type);
}

const char *ipv6_option_name(uint8_t type)
{
	return value_name(option_names, type);
}

void ipv6_word(struct dissection *d, struct ipv6_chain *chain, const char *words)
{
	info(d, "%s%s", chain->worded ? ", " : "", words);
	chain->worded = true;
}

/* An address's 16 bytes and where they stand. */
struct place { const uint8_t *bytes; uint32_t start; bool source; };

/* A number of 1 to 4 bytes at `offset`, shown for its side and, hidden, for either. */
static void tell_number(struct dissection *d, const struct cursor *c, const struct place *place,
			unsigned field, unsigned offset, unsigned n, uint32_t value)
{
	unsigned side = field - IPV6_SLAAC_MAC + (place->source ? IPV6_SRC_SLAAC_MAC
								 : IPV6_DST_SLAAC_MAC);

	node_flag(d, add_uint(d, c, side, place->start + offset, n, value), NODE_GENERATED);
	put_alias(d, field, value);
}

/* RFC 4291, appendix A: the universal bit set and ff:fe in the middle. */
static void tell_mac(struct dissection *d, const struct cursor *c, const struct place *place)
{
	const uint8_t *id = place->bytes + 8;
	uint8_t *mac = arena_alloc(&d->arena, 6);
	unsigned side = place->source ? IPV6_SRC_SLAAC_MAC : IPV6_DST_SLAAC_MAC;

	memcpy(mac, id, 3);
	memcpy(mac + 3, id + 5, 3);
	mac[0] ^= 2;
	node_flag(d, add_bytes(d, c, side, place->start + 8, 8, mac, 6), NODE_GENERATED);
	put_alias_bytes(d, IPV6_SLAAC_MAC, mac, 6);
}

static void tell_embedded(struct dissection *d, const struct cursor *c, const struct place *place)
{
	node_flag(d, add_bytes(d, c, IPV6_EMBEDDED_PREFIX, place->start, 12, place->bytes, 12),
		  NODE_GENERATED);
	uint32_t address = load_be32(place->bytes + 12);
	unsigned side = place->source ? IPV6_SRC_EMBEDDED : IPV6_DST_EMBEDDED;
	node_flag(d, add_uint(d, c, side, place->start + 12, 4, address), NODE_GENERATED);
	node_flag(d, add_uint(d, c, IPV6_EMBEDDED, place->start + 12, 4, address), NODE_GENERATED);
}

/* What else an address says: RFC 3056, 4380, 5214, 6052. */
static void tell_address(struct dissection *d, const struct cursor *c, const struct place *place)
{
	static const uint8_t teredo[4] = { 0x20, 0x01 }, nat64[12] = { 0, 0x64, 0xff, 0x9b };
	const uint8_t *p = place->bytes;

	if (load_be16(p) == 0x2002) {
		tell_number(d, c, place, IPV6_6TO4_GATEWAY, 2, 4, load_be32(p + 2));
		tell_number(d, c, place, IPV6_6TO4_SLA, 6, 2, load_be16(p + 6));
	} else if (!memcmp(p, teredo, 4)) {
		tell_number(d, c, place, IPV6_TEREDO_SERVER, 4, 4, load_be32(p + 4));
		tell_number(d, c, place, IPV6_TEREDO_PORT, 10, 2, (uint16_t)~load_be16(p + 10));
		tell_number(d, c, place, IPV6_TEREDO_CLIENT, 12, 4, ~load_be32(p + 12));
	} else if (!memcmp(p, nat64, 12)) {
		tell_embedded(d, c, place);
	}
	if (p[8] & 2 && p[11] == 0xff && p[12] == 0xfe)
		tell_mac(d, c, place);
	else if ((load_be32(p + 8) | 0x02000000) == 0x02005efe)
		tell_number(d, c, place, IPV6_ISATAP, 12, 4, load_be32(p + 12));
}

static void add_host(struct dissection *d, const struct cursor *c, unsigned field, unsigned alias,
		     const uint8_t *address)
{
	char text[NAME_ROOM];

	if (!field_wanted(d, field) && !field_wanted(d, alias))
		return;
	struct endpoint end = endpoint_ipv6(address);
	unsigned n = name_address(&end, text);
	const char *words = arena_text(&d->arena, text, n);
	node_flag(d, add_text(d, c, field, c->pos - 16, 16, words), NODE_HIDDEN);
	node_flag(d, add_text(d, c, alias, c->pos - 16, 16, words), NODE_HIDDEN);
}

/* Returns the address's node. */
static node_id show_address(struct dissection *d, struct cursor *c, bool source)
{
	struct endpoint *to = source ? &d->from : &d->to;

	take_address(d, c, source ? IPV6_SRC : IPV6_DST, to);
	node_id node = last_node(d);
	if (only_learning(d) || !cursor_ok(c))
		return node;
	const uint8_t *bytes = c->data + c->pos - 16;
	put_alias_bytes(d, IPV6_ADDR, bytes, 16);
	add_host(d, c, source ? IPV6_SRC_HOST : IPV6_DST_HOST, IPV6_HOST, bytes);
	if (d->wants & WANT_ANY_LABELS) {
		char text[NAMED_TEXT_ROOM];
		named_address_text(to, text);
		label(d, layer_node(d), ", %s: %s", source ? "Src" : "Dst", text);
	}
	return node;
}

static void show_addresses(struct dissection *d, struct cursor *c)
{
	node_id from = show_address(d, c, true), to = show_address(d, c, false);
	if (only_learning(d) || !cursor_ok(c))
		return;
	const uint8_t *bytes = c->data + c->pos - 32;
	tell_address(d, c, &(struct place){ bytes, c->pos - 32, true });
	tell_address(d, c, &(struct place){ bytes + 16, c->pos - 16, false });
	if (!dissection_settings()->no_ipv6_places)
		ip_show_places(d, IPV6_PLACES, from, to);
}

/* The first word, of which the version has been shown. */
static void show_first_word(struct dissection *d, struct cursor *c)
{
	struct cursor word = *c;
	unsigned tclass = (unsigned)take_flags(d, &word, IPV6_TCLASS, IPV6_TCLASS_DSCP,
					       IPV6_TCLASS_ECN);

	label(d, last_node(d), " (DSCP: %s, ECN: %s)", dscp_short_name(tclass >> 2),
	      ecn_short_name(tclass));
	cursor_skip(c, 1);
	take_uint(d, c, IPV6_FLOW);
}

/* How much follows the header that belongs to the packet; what follows that goes back to the
 * layer below.  `payload` stands after the header. */
static uint32_t payload_length(struct dissection *d, const struct cursor *payload, node_id node,
			       uint32_t said, struct ipv6_chain *chain)
{
	uint32_t sent = cursor_sent(payload);

	if (said == 0 && chain->next == IP_PROTO_HOPOPTS) {
		said = ipv6_jumbo_length(payload);
		chain->jumbo = said != 0;
		if (chain->jumbo) {
			label(d, node, " (Jumbogram)");
		} else {
			note_finding_on(d, node, IPV6_JUMBO_MISSING,
					"IPv6 payload length equals 0 and Hop-By-Hop "
					"present and Jumbo Payload option missing");
			ipv6_word(d, chain, "Invalid IPv6 payload length ");
		}
	} else if (said == 0) {
		note_finding_on(d, node, IPV6_PLEN_ZERO,
				"IPv6 payload length equals 0 (maybe because of "
				"\"TCP segmentation offload\" (TSO))");
	}
	if (said > sent && !d->in_error && !only_learning(d)) {
		note_finding_on(d, node, IPV6_PLEN_EXCEEDS_FRAMING,
				"IPv6 payload length exceeds framing length (%u bytes)", sent);
	}
	return said;
}

/* False: it is not version 6, and has been shown as what it is. */
static bool show_version(struct dissection *d, struct cursor *c)
{
	unsigned version = (unsigned)look_uint(d, c, IPV6_VERSION);

	if (!cursor_ok(c))
		return false;
	use_fields_of(d, &ip_dissector);
	put_alias(d, IP_VERSION, version);
	use_fields_of(d, NULL);
	if (version != 6) {
		note_finding_on(d, last_node(d), IPV6_BOGUS_VERSION, "Bogus IPv6 version");
		hand_on_as_data(d, *c);
		return false;
	}
	if (cursor_sent(c) < HEADER_LENGTH) {
		note_finding(d, IPV6_INVALID_HEADER, "IPv6 header must be exactly 40 bytes");
		info(d, "Invalid IPv6 header (%u bytes, need exactly 40)", cursor_sent(c));
	}
	return true;
}

/* The row tells that instead of the headers before, unless they are a message (Mobile IPv6). */
static void show_no_next(struct dissection *d, const struct ipv6_chain *chain)
{
	const char *protocol = d->protocol;

	if (chain->first || chain->last != IP_PROTO_MOBILITY) {
		info_begin(d);
		info_protocol(d, protocol);
		info(d, "IPv6 no next header");
	}
	if (cursor_more(&chain->at))
		hand_on_as_data(d, chain->at);
}

static void ipv6_dissect(struct dissection *d, struct cursor *c)
{
	struct ipv6_chain chain = { .first = true };

	info_begin(d);
	if (!show_version(d, c))
		return;
	show_first_word(d, c);
	uint32_t said = take_u16(d, c, IPV6_PLEN);
	node_id length_node = last_node(d);
	chain.next = take_u8(d, c, IPV6_NXT);
	chain.hop_limit = d->hops_left = take_u8(d, c, IPV6_HLIM);
	show_addresses(d, c);
	if (!cursor_ok(c))
		return;
	said = payload_length(d, c, length_node, said, &chain);
	if (said < cursor_sent(c)) {
		cursor_cut_tail(c, cursor_sent(c) - said);
		end_layer(d, c);
	}
	chain.at = *c;
	ipv6_show_extensions(d, &chain);
	if (chain.at.source == c->source)
		end_header(d, &chain.at);
	if (chain.stopped || !cursor_ok(c))
		return;
	if (chain.next == IP_PROTO_NONE) {
		show_no_next(d, &chain);
		return;
	}
	if (hand_on(d, BY_IP_PROTO, chain.next, chain.at))
		return;
	info(d, "%sUnknown IP Protocol: %s (%u)", chain.worded ? ", " : "", ip_protocol_name(chain.next),
	     chain.next);
	hand_on_as_data(d, chain.at);
}

/* No extensions, and no jumbogram. */
static bool ipv6_is_plain(struct outline *o)
{
	const uint8_t *p = o->bytes + o->at;
	uint32_t total = HEADER_LENGTH + (uint32_t)load_be16(p + 4);
	bool carries = p[6] == IP_PROTO_TCP || p[6] == IP_PROTO_UDP || p[6] == IP_PROTO_ICMPV6;

	if (p[0] >> 4 != 6 || !carries || total == HEADER_LENGTH || total > o->reported - o->at)
		return false;
	outline_cut(o, total);
	o->header = HEADER_LENGTH;
	return true;
}

static const struct plain_header ipv6_plain = { ipv6_is_plain, HEADER_LENGTH, .carries = true };

static const struct claim ipv6_claims[] = {
	{ BY_ETHERTYPE, 0x86dd },
	{ BY_LINK_TYPE, 229 },
	{ BY_IP_PROTO, IP_PROTO_IPV6 },
	{ BY_PPP_PROTO, 0x0057 },
};

const struct dissector ipv6_dissector = {
	.name = "ipv6",
	.short_name = "IPv6",
	.title = "Internet Protocol Version 6",
	.fields = ipv6_fields,
	.field_count = COUNT(ipv6_fields),
	.claims = ipv6_claims,
	.claim_count = COUNT(ipv6_claims),
	.borrows = &ip_dissector,
	.plain = &ipv6_plain,
	.dissect = ipv6_dissect,
};
