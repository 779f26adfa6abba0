/* ip.c - Internet Protocol version 4, RFC 791.
 *
 *      0      7 8     15 16    23 24    31
 *     +---+----+--------+--------+--------+
 *     |ver|len |   DS   |  total length   |
 *     +--------+--------+---+-------------+
 *     | identification  |flg|frag. offset |
 *     +--------+--------+---+-------------+
 *     |  TTL   |protocol|    checksum     |
 *     +--------+--------+--------+--------+
 *     |  source address, destination ...  |
 *     +--------+--------+--------+--------+
 */
#include <string.h>

#include "dissect/checksum.h"
#include "dissect/dissector.h"
#include "dissect/names.h"
#include "dissect/dissection_settings.h"
#include "ip.h"
#include "ip_names.h"
#include "state/reassembly.h"

enum { FIXED_HEADER = 20, LEAST_TTL = 5, ETHERTYPE_IPV4 = 0x0800, ETHERTYPE_IPV6 = 0x86dd };
enum { FLAG_MORE = 0x2000, OFFSET_MASK = 0x1fff };
enum { LLMNR = 0xe00000fc };            /* 224.0.0.252: any TTL will do (RFC 4795, 2.5) */

/* What is needed of a header once it has been read. */
struct header {
	uint32_t size;                  /* of the header with its options, in bytes */
	uint32_t total;                 /* as the packet says; what was sent if it says 0 */
	uint16_t id, fragment;          /* fragment: flags and offset, as on the wire */
	uint8_t protocol, ttl;
};

static const struct value_name option_class_names[] = {
	{ 0, "Control" }, { 1, "Reserved for future use" }, { 2, "Debugging and measurement" },
	{ 3, "Reserved for future use" }, { 0, NULL }
};

static const struct value_name option_number_names[] = {
	{ 0, "End of Option List (EOL)" },
	{ 1, "No-Operation (NOP)" },
	{ 2, "Security" },
	{ 3, "Loose source route" },
	{ 4, "Time stamp" },
	{ 5, "Extended security" },
	{ 6, "Commercial IP security option" },
	{ 7, "Record route" },
	{ 8, "Stream identifier" },
	{ 9, "Strict source route" },
	{ 10, "Experimental Measurement" },
	{ 11, "MTU probe" },
	{ 12, "MTU Reply" },
	{ 13, "Experimental Flow Control" },
	{ 14, "Experimental Access Control" },
	{ 15, "Ask Estrin" },
	{ 16, "IMI Traffic Descriptor" },
	{ 17, "Extended Internet Protocol" },
	{ 18, "Traceroute" },
	{ 19, "Address Extension" },
	{ 20, "Router Alert" },
	{ 21, "Selective Directed Broadcast" },
	{ 22, "Unassigned" },
	{ 23, "Dynamic Packet State" },
	{ 24, "Upstream Multicast Packet" },
	{ 25, "Quick-Start" },
	{ 30, "RFC 3692-style experiment" },
	{ 0, NULL }
};

/* RFC 791, 3.1, Security. */
const struct value_name ip_security_names[] = {
	{ 0x0000, "Unclassified" }, { 0xf135, "Confidential" }, { 0x789a, "EFTO" },
	{ 0xbc4d, "MMMM" }, { 0x5e26, "PROG" }, { 0xaf13, "Restricted" }, { 0xd788, "Secret" },
	{ 0x6bc5, "Top secret" }, { 0x35e2, "Reserved" }, { 0x9af1, "Reserved" },
	{ 0x4d78, "Reserved" }, { 0x24bd, "Reserved" }, { 0x135e, "Reserved" },
	{ 0x89af, "Reserved" }, { 0xc4d6, "Reserved" }, { 0xe26b, "Reserved" }, { 0, NULL }
};

/* RFC 1108, 2.3 and 2.4. */
static const struct value_name level_names[] = {
	{ 0x01, "Reserved 4" }, { 0x3d, "Top secret" }, { 0x5a, "Secret" }, { 0x96, "Confidential" },
	{ 0x66, "Reserved 3" }, { 0xcc, "Reserved 2" }, { 0xab, "Unclassified" },
	{ 0xf1, "Reserved 1" }, { 0, NULL }
};

static const struct value_name authority_names[] = {
	{ 0, "Datagram not protected in accordance with its rules" },
	{ 1, "Datagram protected in accordance with its rules" }, { 0, NULL }
};

static const struct value_name termination_names[] = {
	{ 0, "Final octet" }, { 1, "Additional octet present" }, { 0, NULL }
};

static const struct value_name cipso_tag_names[] = {
	{ 0, "Padding" }, { 1, "Restrictive Category Bitmap" }, { 2, "Enumerated Categories" },
	{ 5, "Ranged Categories" }, { 6, "Permissive Categories" }, { 7, "Free Form" }, { 0, NULL }
};

static const struct value_name time_stamp_flag_names[] = {
	{ 0, "Time stamps only" }, { 1, "Time stamp and address" },
	{ 3, "Time stamps for prespecified addresses" }, { 0, NULL }
};

static const struct field ip_fields[IP_FIELD_COUNT] = {
	[IP] = { "ip", "Internet Protocol Version 4", FIELD_PROTOCOL,
					.help = "Brings the packet from host to host, over any "
						"number of routers",
					.reference = "RFC 791" },
	[IP_VERSION] = { "ip.version", "Version", FIELD_U8, .mask = 0xf0, .flags = FIELD_NO_MASK,
					.help = "Always 4",
					.reference = "RFC 791, 3.1" },
	[IP_HDR_LEN] = { "ip.hdr_len", "Header Length", FIELD_U8,
			 .help = "Header length in bytes", .reference = "RFC 791, 3.1",
			 .place = PLACE_HEADER_LENGTH },
	[IP_DSFIELD] = { "ip.dsfield", "Differentiated Services Field", FIELD_U8, BASE_HEX,
					.help = "How routers should treat the packet",
					.reference = "RFC 2474, 3", PLACED(1) },
	[IP_DSFIELD_DSCP] = { "ip.dsfield.dscp", "Differentiated Services Codepoint", FIELD_U8,
			      .names = ip_dscp_names, .mask = 0xfc,
					.help = "The class of service",
					.reference = "RFC 2474, 3", PLACED(1) },
	[IP_DSFIELD_ECN] = { "ip.dsfield.ecn", "Explicit Congestion Notification", FIELD_U8,
			     .names = ip_ecn_names, .mask = 0x03,
					.help = "Whether congestion can be, or was, marked",
					.reference = "RFC 3168, 5", PLACED(1) },
	[IP_LEN] = { "ip.len", "Total Length", FIELD_U16,
					.help = "Header and payload, in bytes",
					.reference = "RFC 791, 3.1", PLACED(2) },
	[IP_ID] = { "ip.id", "Identification", FIELD_U16, BASE_HEX_DEC,
					.help = "The same in all fragments of one packet",
					.reference = "RFC 6864", PLACED(4) },
	[IP_FLAGS] = { "ip.flags", "Flags", FIELD_U8, BASE_HEX, .mask = 0xe0,
					.help = "About fragments",
					.reference = "RFC 791, 3.1", PLACED(6) },
	[IP_FLAGS_RB] = { "ip.flags.rb", "Reserved bit", FIELD_BOOL, .names = set_names,
			  .mask = 0x80, .help = "Must not be set", .reference = "RFC 791, 3.1",
			  PLACED(6) },
	[IP_FLAGS_DF] = { "ip.flags.df", "Don't fragment", FIELD_BOOL, .names = set_names,
			  .mask = 0x40,
					.help = "Routers must not cut the packet; they report that "
						"it is too big",
					.reference = "RFC 791, 3.1", PLACED(6) },
	[IP_FLAGS_MF] = { "ip.flags.mf", "More fragments", FIELD_BOOL, .names = set_names,
			  .mask = 0x20,
					.help = "Another fragment follows",
					.reference = "RFC 791, 3.1", PLACED(6) },
	[IP_FRAG_OFFSET] = { "ip.frag_offset", "Fragment Offset", FIELD_U16, .mask = OFFSET_MASK,
			     .help = "In units of 8 bytes; the tree shows bytes", .reference = "RFC 791, 3.1",
			     PLACED(6) },
	[IP_TTL] = { "ip.ttl", "Time to Live", FIELD_U8,
					.help = "Each router takes one off; at 0 the packet is "
						"dropped and reported",
					.reference = "RFC 791, 3.1", PLACED(8) },
	[IP_PROTO] = { "ip.proto", "Protocol", FIELD_U8, .names = ip_protocol_names,
					.help = "What the payload is",
					.reference = "RFC 791, 3.1", PLACED(9) },
	[IP_CHECKSUM] = { "ip.checksum", "Header Checksum", FIELD_U16, BASE_HEX,
					.help = "A sum over the header alone",
					.reference = "RFC 791, 3.1", PLACED(10) },
	[IP_CHECKSUM_STATUS] = { "ip.checksum.status", "Header checksum status", FIELD_U8,
				 .base = BASE_NAME, .names = checksum_status_names,
					.help = "Whether the header's checksum is right" },
	[IP_CHECKSUM_CALCULATED] = { "ip.checksum_calculated", "Calculated Checksum", FIELD_U16,
				     BASE_HEX, .help = "What the header's checksum should be" },
	[IP_SRC] = { "ip.src", "Source Address", FIELD_IPV4, .flags = FIELD_OF_CONVERSATION,
					.help = "The host that sent it",
					.reference = "RFC 791, 3.1", PLACED(12) },
	[IP_SRC_HOST] = { "ip.src_host", "Source Host", FIELD_TEXT,
			  .flags = FIELD_OF_CONVERSATION,
					.help = "The same, with a name where one is known" },
	[IP_DST] = { "ip.dst", "Destination Address", FIELD_IPV4, .flags = FIELD_OF_CONVERSATION,
					.help = "The host that it goes to",
					.reference = "RFC 791, 3.1", PLACED(16) },
	[IP_DST_HOST] = { "ip.dst_host", "Destination Host", FIELD_TEXT,
			  .flags = FIELD_OF_CONVERSATION,
					.help = "The same, with a name where one is known" },
	[IP_ADDR] = { "ip.addr", "Source or Destination Address", FIELD_IPV4,
		      .flags = FIELD_OF_CONVERSATION,
					.help = "Either host's address", PLACED_TWICE(12, 16) },
	[IP_HOST] = { "ip.host", "Source or Destination Host", FIELD_TEXT,
		      .flags = FIELD_OF_CONVERSATION,
					.help = "Either host's address or name" },
	[IP_CUR_RT] = { "ip.cur_rt", "Current Route", FIELD_IPV4,
			.help = "Where a source-routed packet is sent next" },
	[IP_CUR_RT_HOST] = { "ip.cur_rt_host", "Current Route Host", FIELD_TEXT,
					.help = "The same, with a name where one is known" },
	PLACE_ROWS(IP_PLACES, "ip"),

	[IP_FRAGMENTS] = { "ip.fragments", "IPv4 Fragments", FIELD_BYTES,
					.help = "The fragments that the packet was put together "
						"from" },
	[IP_FRAGMENT] = { "ip.fragment", "IPv4 Fragment", FIELD_FRAME,
					.help = "One of them" },
	[IP_FRAGMENT_ERROR] = { "ip.fragment.error", "Defragmentation error", FIELD_FRAME,
					.help = "What was wrong with the fragments" },
	[IP_FRAGMENT_OVERLAP] = { "ip.fragment.overlap", "Fragment overlap", FIELD_BOOL,
				  .names = true_names,
					.help = "It has bytes that another one has" },
	[IP_FRAGMENT_CONFLICT] = { "ip.fragment.overlap.conflict",
				   "Conflicting data in fragment overlap", FIELD_BOOL,
				   .names = true_names,
					.help = "It has other bytes than another one in the same "
						"place" },
	[IP_FRAGMENT_MULTIPLE_TAILS] = { "ip.fragment.multipletails",
					 "Multiple tail fragments found", FIELD_BOOL,
					 .names = true_names,
					.help = "Several claim to be the last" },
	[IP_FRAGMENT_TOO_LONG] = { "ip.fragment.toolongfragment", "Fragment too long", FIELD_BOOL,
				   .names = true_names,
					.help = "It has bytes behind the packet's end" },
	[IP_FRAGMENT_COUNT] = { "ip.fragment.count", "Fragment count", FIELD_U32,
					.help = "How many there were" },
	[IP_REASSEMBLED_IN] = { "ip.reassembled_in", "Reassembled IPv4 in frame", FIELD_FRAME,
				.flags = FIELD_FORWARD,
					.help = "The packet in which the whole is shown" },
	[IP_REASSEMBLED_LENGTH] = { "ip.reassembled.length", "Reassembled IPv4 length", FIELD_U32,
					.help = "How long the whole is" },
	[IP_REASSEMBLED_DATA] = { "ip.reassembled.data", "Reassembled IPv4 data", FIELD_BYTES,
					.help = "Its bytes" },

	[IP_OPTIONS] = { "ip.options", "Options", FIELD_NONE, .flags = FIELD_WORDS,
					.help = "What is said beyond the fixed header",
					.reference = "RFC 791, 3.1" },
	[IP_OPTION] = { "ip.options.unknown", "IP Option", FIELD_NONE, .flags = FIELD_WORDS,
					.help = "An option that is not known",
					.reference = "RFC 791, 3.1" },
	[IP_OPTION_EOL] = { "ip.options.eol", "IP Option - End of Options List (EOL)", FIELD_NONE,
					.help = "The end of the options",
					.reference = "RFC 791, 3.1" },
	[IP_OPTION_NOP] = { "ip.options.nop", "IP Option - No-Operation (NOP)", FIELD_NONE,
					.help = "A byte between options",
					.reference = "RFC 791, 3.1" },
	[IP_OPTION_SECURITY] = { "ip.options.security", "IP Option - Security", FIELD_NONE,
					.help = "How secret the packet is",
					.reference = "RFC 791, 3.1" },
	[IP_OPTION_LSRR] = { "ip.options.route", "IP Option - Loose Source Route", FIELD_NONE,
					.help = "Routers that the packet must go through, with "
						"others between them",
					.reference = "RFC 791, 3.1" },
	[IP_OPTION_TIMESTAMP] = { "ip.options.timestamp", "IP Option - Time Stamp", FIELD_NONE,
					.help = "Routers write down when the packet came",
					.reference = "RFC 791, 3.1" },
	[IP_OPTION_EXT_SECURITY] = { "ip.options.ext_security", "IP Option - Extended Security",
				     FIELD_NONE,
					.help = "More about how secret the packet is",
					.reference = "RFC 1108" },
	[IP_OPTION_CIPSO] = { "ip.options.cipso", "IP Option - Commercial Security", FIELD_NONE,
					.help = "How secret the packet is, as firms label it",
					.reference = "FIPS 188" },
	[IP_OPTION_RECORD_ROUTE] = { "ip.options.record_route", "IP Option - Record Route",
				     FIELD_NONE,
					.help = "Routers write down where the packet went",
					.reference = "RFC 791, 3.1" },
	[IP_OPTION_SID] = { "ip.options.sid", "IP Option - Stream ID", FIELD_NONE,
					.help = "A number of a stream, for a network that is no "
						"more",
					.reference = "RFC 791, 3.1" },
	[IP_OPTION_SSRR] = { "ip.options.source_route", "IP Option - Strict Source Route",
			     FIELD_NONE,
					.help = "All routers that the packet must go through",
					.reference = "RFC 791, 3.1" },
	[IP_OPTION_MTU_PROBE] = { "ip.options.mtu_probe", "IP Option - MTU Probe", FIELD_NONE,
					.help = "Routers lower the value to the longest packet "
						"that they take",
					.reference = "RFC 1063" },
	[IP_OPTION_MTU_REPLY] = { "ip.options.mtu_reply", "IP Option - MTU Reply", FIELD_NONE,
					.help = "The value that a probe came with",
					.reference = "RFC 1063" },
	[IP_OPTION_TRACEROUTE] = { "ip.options.traceroute", "IP Option - Traceroute", FIELD_NONE,
					.help = "Routers report that the packet went through",
					.reference = "RFC 1393" },
	[IP_OPTION_ROUTER_ALERT] = { "ip.options.routeralert", "IP Option - Router Alert",
				     FIELD_NONE,
					.help = "Routers should look into the packet",
					.reference = "RFC 2113" },
	[IP_OPTION_SDB] = { "ip.options.sdb", "IP Option - Selective Directed Broadcast",
			    FIELD_NONE,
					.help = "To several networks' stations at once",
					.reference = "RFC 1770" },
	[IP_OPTION_QUICK_START] = { "ip.options.qs", "IP Option - Quick-Start", FIELD_NONE,
					.help = "Asks routers how fast a connection may begin",
					.reference = "RFC 4782" },
	[IP_OPT_TYPE] = { "ip.opt.type", "Type", FIELD_U8,
					.help = "What the option is about",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_TYPE_COPY] = { "ip.opt.type.copy", "Copy on fragmentation", FIELD_BOOL,
			       .names = yes_names, .mask = 0x80,
					.help = "It is repeated in every fragment",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_TYPE_CLASS] = { "ip.opt.type.class", "Class", FIELD_U8, .names = option_class_names,
				.mask = 0x60,
					.help = "Whether it controls or measures",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_TYPE_NUMBER] = { "ip.opt.type.number", "Number", FIELD_U8,
				 .names = option_number_names, .mask = 0x1f,
					.help = "The number of the option",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_LEN] = { "ip.opt.len", "Length", FIELD_U8,
					.help = "Bytes of the option",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_PTR] = { "ip.opt.ptr", "Pointer", FIELD_U8,
					.help = "Where the next router reads or writes",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_SID] = { "ip.opt.sid", "Stream Identifier", FIELD_U16,
					.help = "The number of the stream",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_MTU] = { "ip.opt.mtu", "MTU", FIELD_U16,
					.help = "The longest packet that the way takes",
					.reference = "RFC 1063" },
	[IP_OPT_ID_NUMBER] = { "ip.opt.id_number", "ID Number", FIELD_U16,
					.help = "Which trace it belongs to",
					.reference = "RFC 1393" },
	[IP_OPT_OHC] = { "ip.opt.ohc", "Outbound Hop Count", FIELD_U16,
					.help = "How many routers it went through on its way out",
					.reference = "RFC 1393" },
	[IP_OPT_RHC] = { "ip.opt.rhc", "Return Hop Count", FIELD_U16,
					.help = "How many routers it went through on its way back",
					.reference = "RFC 1393" },
	[IP_OPT_ORIGINATOR] = { "ip.opt.originator", "Originator IP Address", FIELD_IPV4,
					.help = "Who traces",
					.reference = "RFC 1393" },
	[IP_OPT_RA] = { "ip.opt.ra", "Router Alert", FIELD_U16,
					.help = "What they should do with it",
					.reference = "RFC 2113" },
	[IP_OPT_ADDR] = { "ip.opt.addr", "IP Address", FIELD_IPV4,
					.help = "An address on the way",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_PADDING] = { "ip.opt.padding", "Padding", FIELD_BYTES,
					.help = "Bytes that fill the header",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_QS_FUNC] = { "ip.opt.qs_func", "Function", FIELD_U8,
			     .names = ip_quick_start_function_names, .mask = 0xf0,
					.help = "Whether this asks or reports",
					.reference = "RFC 4782" },
	[IP_OPT_QS_RATE] = { "ip.opt.qs_rate", "Rate", FIELD_U8, .names = ip_quick_start_rate_names,
			     .mask = 0x0f,
					.help = "The rate that is asked for, or was allowed",
					.reference = "RFC 4782" },
	[IP_OPT_QS_TTL] = { "ip.opt.qs_ttl", "QS TTL", FIELD_U8,
					.help = "Each router that agrees takes one off",
					.reference = "RFC 4782" },
	[IP_OPT_QS_TTL_DIFF] = { "ip.opt.qs_ttl_diff", "TTL Diff", FIELD_U8,
					.help = "Tells whether all routers agreed",
					.reference = "RFC 4782" },
	[IP_OPT_QS_UNUSED] = { "ip.opt.qs_unused", "Not Used", FIELD_U8,
					.help = "Not used",
					.reference = "RFC 4782" },
	[IP_OPT_QS_NONCE] = { "ip.opt.qs_nonce", "QS Nonce", FIELD_U32, BASE_HEX,
			      .mask = 0xfffffffc,
					.help = "Random bits that show whether a router lowered "
						"the rate",
					.reference = "RFC 4782" },
	[IP_OPT_QS_RESERVED] = { "ip.opt.qs_reserved", "Reserved", FIELD_U32, BASE_HEX, .mask = 3,
					.help = "Not used, and 0",
					.reference = "RFC 4782" },
	[IP_OPT_SEC_SECURITY] = { "ip.opt.sec_rfc791_sec", "Security", FIELD_U16, BASE_HEX,
				  .names = ip_security_names,
					.help = "How secret",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_SEC_COMPARTMENTS] = { "ip.opt.sec_rfc791_comp", "Compartments", FIELD_U16,
					.help = "For which compartment",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_SEC_HANDLING] = { "ip.opt.sec_rfc791_hr", "Handling Restrictions", FIELD_TEXT,
					.help = "Who may handle it",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_SEC_CONTROL] = { "ip.opt.sec_rfc791_tcc", "Transmission Control Code", FIELD_TEXT,
					.help = "A community of users",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_SEC_LEVEL] = { "ip.opt.sec_cl", "Classification Level", FIELD_U8, BASE_HEX,
			       .names = level_names,
					.help = "How secret",
					.reference = "RFC 1108" },
	[IP_OPT_SEC_FLAGS] = { "ip.opt.sec_prot_auth_flags", "Protection Authority Flags", FIELD_U8,
			       BASE_HEX,
					.help = "Whose rules hold",
					.reference = "RFC 1108" },
	[IP_OPT_SEC_GENSER] = { "ip.opt.sec_prot_auth_genser", "GENSER", FIELD_BOOL,
				.names = authority_names, .mask = 0x80,
					.help = "Those of GENSER",
					.reference = "RFC 1108" },
	[IP_OPT_SEC_SIOP_ESI] = { "ip.opt.sec_prot_auth_siop_esi", "SIOP-ESI", FIELD_BOOL,
				  .names = authority_names, .mask = 0x40,
					.help = "Those of SIOP-ESI",
					.reference = "RFC 1108" },
	[IP_OPT_SEC_SCI] = { "ip.opt.sec_prot_auth_sci", "SCI", FIELD_BOOL,
			     .names = authority_names, .mask = 0x20,
					.help = "Those of SCI",
					.reference = "RFC 1108" },
	[IP_OPT_SEC_NSA] = { "ip.opt.sec_prot_auth_nsa", "NSA", FIELD_BOOL,
			     .names = authority_names, .mask = 0x10,
					.help = "Those of NSA",
					.reference = "RFC 1108" },
	[IP_OPT_SEC_DOE] = { "ip.opt.sec_prot_auth_doe", "DOE", FIELD_BOOL,
			     .names = authority_names, .mask = 0x08,
					.help = "Those of DOE",
					.reference = "RFC 1108" },
	[IP_OPT_SEC_UNASSIGNED] = { "ip.opt.sec_prot_auth_unassigned", "Unassigned", FIELD_U8,
				    BASE_HEX, .mask = 0x06,
					.help = "Not used",
					.reference = "RFC 1108" },
	[IP_OPT_SEC_FTI] = { "ip.opt.sec_prot_auth_fti", "Field Termination Indicator", FIELD_BOOL,
			     .names = termination_names, .mask = 0x01,
					.help = "Another byte of flags follows",
					.reference = "RFC 1108" },
	[IP_OPT_EXT_SEC_FORMAT] = { "ip.opt.ext_sec_add_sec_info_format_code",
				    "Additional Security Info Format Code", FIELD_U8, BASE_HEX,
					.help = "How the rest is to be read",
					.reference = "RFC 1108" },
	[IP_OPT_EXT_SEC_INFO] = { "ip.opt.ext_sec_add_sec_info", "Additional Security Info",
				  FIELD_BYTES,
					.help = "The rest",
					.reference = "RFC 1108" },
	[IP_REC_RT] = { "ip.rec_rt", "Recorded Route", FIELD_IPV4,
					.help = "A router that the packet went through",
					.reference = "RFC 791, 3.1" },
	[IP_REC_RT_HOST] = { "ip.rec_rt_host", "Recorded Route Host", FIELD_TEXT,
					.help = "The same, with a name where one is known" },
	[IP_SRC_RT] = { "ip.src_rt", "Source Route", FIELD_IPV4,
					.help = "A router that the packet must go through",
					.reference = "RFC 791, 3.1" },
	[IP_SRC_RT_HOST] = { "ip.src_rt_host", "Source Route Host", FIELD_TEXT,
					.help = "The same, with a name where one is known" },
	[IP_EMPTY_RT] = { "ip.empty_rt", "Empty Route", FIELD_IPV4,
					.help = "Room for another router",
					.reference = "RFC 791, 3.1" },
	[IP_EMPTY_RT_HOST] = { "ip.empty_rt_host", "Empty Route Host", FIELD_TEXT,
					.help = "The same, with a name where one is known" },
	[IP_CIPSO_TAG_TYPE] = { "ip.cipso.tag_type", "Tag Type", FIELD_U8,
				.names = cipso_tag_names,
					.help = "How the label is written",
					.reference = "FIPS 188" },
	[IP_CIPSO_DOI] = { "ip.cipso.doi", "DOI", FIELD_U32,
					.help = "Who says what the numbers mean",
					.reference = "FIPS 188" },
	[IP_CIPSO_LEVEL] = { "ip.cipso.sensitivity_level", "Sensitivity Level", FIELD_U8,
					.help = "How secret",
					.reference = "FIPS 188" },
	[IP_CIPSO_CATEGORIES] = { "ip.cipso.categories", "Categories", FIELD_TEXT,
					.help = "For which categories",
					.reference = "FIPS 188" },
	[IP_CIPSO_TAG_DATA] = { "ip.cipso.tag_data", "Tag data", FIELD_BYTES,
					.help = "What the label says",
					.reference = "FIPS 188" },
	[IP_OPT_OVERFLOW] = { "ip.opt.overflow", "Overflow", FIELD_U8, .mask = 0xf0,
					.help = "How many routers found no room for their time",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_FLAG] = { "ip.opt.flag", "Flag", FIELD_U8, BASE_HEX, .names = time_stamp_flag_names,
			  .mask = 0x0f,
					.help = "Whether addresses are written with the times",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_TIME_STAMP] = { "ip.opt.time_stamp", "Time stamp", FIELD_U32,
					.help = "When the packet came there, in milliseconds since "
						"midnight UTC",
					.reference = "RFC 791, 3.1" },
	[IP_OPT_TIME_STAMP_ADDR] = { "ip.opt.time_stamp_addr", "Address", FIELD_IPV4,
					.help = "The router whose time follows",
					.reference = "RFC 791, 3.1" },

	[IP_OPT_LEN_INVALID] = FINDING("ip.opt.len.invalid", "Invalid length for option",
				       EXPERT_WARN, GROUP_PROTOCOL),
	[IP_OPT_PTR_BEFORE_ADDRESS] =
		FINDING("ip.opt.ptr.before_address", "Pointer points before first address",
			EXPERT_WARN, GROUP_PROTOCOL),
	[IP_OPT_PTR_MIDDLE_ADDRESS] =
		FINDING("ip.opt.ptr.middle_address", "Pointer points to middle of address",
			EXPERT_WARN, GROUP_PROTOCOL),
	[IP_SUBOPT_TOO_LONG] =
		FINDING("ip.subopt_too_long", "Suboption would go past end of option", EXPERT_WARN,
			GROUP_PROTOCOL),
	[IP_NOP] = FINDING("ip.nop", "4 NOP in a row - a router may have removed some options",
			   EXPERT_WARN, GROUP_PROTOCOL),
	[IP_BOGUS_LENGTH] =
		FINDING("ip.bogus_ip_length", "Bogus IP length", EXPERT_ERROR, GROUP_PROTOCOL),
	[IP_CHECKSUM_BAD] =
		FINDING("ip.checksum_bad.expert", "Bad checksum", EXPERT_ERROR, GROUP_CHECKSUM),
	[IP_TTL_LNCB] = FINDING("ip.ttl.lncb", "Time To Live", EXPERT_NOTE, GROUP_SEQUENCE),
	[IP_TTL_TOO_SMALL] =
		FINDING("ip.ttl.too_small", "Time To Live", EXPERT_NOTE, GROUP_SEQUENCE),
	[IP_CIPSO_MALFORMED] =
		FINDING("ip.cipso.malformed", "Malformed CIPSO tag", EXPERT_ERROR, GROUP_SEQUENCE),
	[IP_BOGUS_VERSION] =
		FINDING("ip.bogus_ip_version", "Bogus IP version", EXPERT_ERROR, GROUP_PROTOCOL),
	[IP_BOGUS_HEADER_LENGTH] = FINDING("ip.bogus_header_length", "Bogus IP header length",
					   EXPERT_ERROR, GROUP_PROTOCOL),
};

/* "...0 0000 0001 1000": the low `bits` bits of a word of `width`, a blank every four. */
static const char *bit_pattern(char text[24], unsigned value, unsigned bits, unsigned width)
{
	char *to = text;

	for (unsigned i = width; i-- > 0;) {
		*to++ = i >= bits ? '.' : value >> i & 1 ? '1' : '0';
		if (i && i % 4 == 0)
			*to++ = ' ';
	}
	*to = '\0';
	return text;
}

static void show_ds_field(struct dissection *d, struct cursor *c)
{
	unsigned ds = (unsigned)take_flags(d, c, IP_DSFIELD, IP_DSFIELD_DSCP, IP_DSFIELD_ECN);

	label(d, last_node(d), " (DSCP: %s, ECN: %s)", dscp_short_name(ds >> 2), ecn_short_name(ds));
}

/* False: there is no sense in what follows. */
static bool show_total_length(struct dissection *d, struct cursor *c, struct header *h, uint32_t sent)
{
	uint32_t start = c->pos;

	h->total = cursor_u16(c);
	if (!h->total) {
		h->total = sent;
		node_id node = add_uint(d, c, IP_LEN, start, 2, sent);
		node_flag(d, node, NODE_GENERATED);
		label(d, node, " bytes (reported as 0, presumed to be because of "
		      "\"TCP segmentation offload\" (TSO))");
		return true;
	}
	node_id node = add_uint(d, c, IP_LEN, start, 2, h->total);
	if (h->total < h->size) {
		label(d, node, " bytes (bogus, less than header length %u)", h->size);
		note_finding_on(d, last_node(d), IP_BOGUS_LENGTH, "Bogus IP length");
		info(d, "Bogus IP length (%u, less than header length %u)", h->total, h->size);
		return false;
	}
	if (h->total > sent && !d->in_error)
		note_finding_on(d, last_node(d), IP_BOGUS_LENGTH,
				"IPv4 total length exceeds packet length (%u bytes)", sent);
	return true;
}

static void show_fragment_word(struct dissection *d, struct cursor *c, struct header *h)
{
	struct cursor flags = *c;
	uint32_t start = c->pos;
	char bits[24];

	h->fragment = cursor_u16(c);
	take_flags(d, &flags, IP_FLAGS, IP_FLAGS_RB, IP_FLAGS_MF);
	label(d, last_node(d), "%s%s%s", h->fragment & 0x8000 ? ", Reserved bit" : "",
	      h->fragment & 0x4000 ? ", Don't fragment" : "",
	      h->fragment & FLAG_MORE ? ", More fragments" : "");
	unsigned offset = h->fragment & OFFSET_MASK;
	node_id node = add_uint(d, c, IP_FRAG_OFFSET, start, 2, offset);
	label_set(d, node, "%s = Fragment Offset: %u", bit_pattern(bits, offset, 13, 16), offset * 8);
}

/* Sums the whole header once it is known to be there; `start` is where it begins. */
static void show_checksum(struct dissection *d, struct cursor *c, const struct header *h,
			  uint32_t start)
{
	const uint8_t *bytes = c->data + start;
	uint16_t sum = take_u16(d, c, IP_CHECKSUM);
	node_id node = last_node(d);

	if (!cursor_ok(c) || only_learning(d))
		return;
	bool trusts = dissection_settings()->trusts_ip_checksums;
	if (trusts || h->size > c->captured - start) {
		label(d, node, trusts ? " [validation disabled]" : " [unverified]");
		node_stand_at(d, put_uint(d, IP_CHECKSUM_STATUS, CHECKSUM_UNVERIFIED), node);
		return;
	}
	/* The sum without the checksum itself, which one's complement lets us take out again. */
	uint32_t rest = checksum_add(checksum_add(0, bytes, 10), bytes + 12, h->size - 12);
	uint16_t right = checksum_finish(rest);
	bool good = sum == right || (sum == 0xffff && right == 0);
	if (good) {
		label(d, node, " [correct]");
	} else {
		label(d, node,
		      " incorrect, should be 0x%04x"
		      "(may be caused by \"IP checksum offload\"?)",
		      right);
		note_finding_on(d, node, IP_CHECKSUM_BAD, "Bad checksum [should be 0x%04x]", right);
	}
	node_stand_at(d, put_uint(d, IP_CHECKSUM_STATUS, good ? CHECKSUM_GOOD : CHECKSUM_BAD),
		      node);
	node_stand_on(d, put_uint(d, IP_CHECKSUM_CALCULATED, good ? sum : right), node);
}

void ip_add_host(struct dissection *d, const struct cursor *c, unsigned field, unsigned alias,
		 uint32_t address)
{
	char text[NAME_ROOM];
	bool wants_field = field_wanted(d, field), wants_alias = alias && field_wanted(d, alias);

	if (!wants_field && !wants_alias)
		return;
	struct endpoint end = endpoint_ipv4(address);
	unsigned n = name_address(&end, text);
	const char *words = arena_text(&d->arena, text, n);
	if (wants_field)
		node_flag(d, add_text(d, c, field, c->pos - 4, 4, words), NODE_HIDDEN);
	if (wants_alias)
		node_flag(d, add_text(d, c, alias, c->pos - 4, 4, words), NODE_HIDDEN);
}

/* On the line of the protocol itself. */
static void label_address(struct dissection *d, const char *before, uint32_t address)
{
	char text[NAMED_TEXT_ROOM];

	if (!(d->wants & WANT_ANY_LABELS))
		return;
	named_ipv4_text(address, text);
	label(d, layer_node(d), "%s%s", before, text);
}

static uint32_t ipv4_of(const struct endpoint *endpoint)
{
	return load_be32(endpoint->address);
}

static void set_address(struct endpoint *endpoint, const uint8_t *bytes)
{
	endpoint->type = ADDRESS_IPV4;
	endpoint->length = 4;
	memset(endpoint->address, 0, sizeof endpoint->address);
	memcpy(endpoint->address, bytes, 4);
}

/* The destination; with a source route the header holds the next stop instead.  Returns its node. */
static node_id show_destination(struct dissection *d, struct cursor *c, const struct header *h)
{
	const uint8_t *options;
	uint32_t last;

	if (h->size > FIXED_HEADER && cursor_peek(c, 4, h->size - FIXED_HEADER, &options) &&
	    ip_final_destination(options, h->size - FIXED_HEADER, &last)) {
		uint32_t next = take_ipv4(d, c, IP_CUR_RT);
		ip_add_host(d, c, IP_CUR_RT_HOST, 0, next);
		const uint8_t bytes[4] = { (uint8_t)(last >> 24), (uint8_t)(last >> 16),
					   (uint8_t)(last >> 8), (uint8_t)last };
		set_address(&d->to, bytes);
		label_address(d, ", Dst: ", last);
		label_address(d, ", Via: ", next);
		return NO_NODE;
	}
	take_address(d, c, IP_DST, &d->to);
	node_id node = last_node(d);
	if (only_learning(d) || !cursor_ok(c))
		return node;
	uint32_t address = ipv4_of(&d->to);
	put_alias(d, IP_ADDR, address);
	ip_add_host(d, c, IP_DST_HOST, IP_HOST, address);
	label_address(d, ", Dst: ", address);
	return node;
}

static node_id show_source(struct dissection *d, struct cursor *c)
{
	take_address(d, c, IP_SRC, &d->from);
	node_id node = last_node(d);
	if (only_learning(d) || !cursor_ok(c))
		return node;
	uint32_t address = ipv4_of(&d->from);
	put_alias(d, IP_ADDR, address);
	ip_add_host(d, c, IP_SRC_HOST, IP_HOST, address);
	label_address(d, ", Src: ", address);
	return node;
}

static bool is_multicast(uint32_t address)
{
	return address >> 28 == 0xe;
}

/* VRRP, GLBP and mDNS tell by a TTL of 255 that no router was on the way. */
static bool sent_with_255(unsigned group)
{
	return group == 18 || group == 102 || group == 251;
}

/* RFC 5771: what is sent to 224.0.0.x should not be forwarded. */
static void judge_ttl(struct dissection *d, node_id node, const struct header *h, uint32_t to)
{
	bool local = to >> 8 == 0xe00000;
	unsigned right = sent_with_255(to & 0xff) ? 255 : 1;

	if (local && h->ttl != right && to != LLMNR) {
		note_finding_on(d, node, IP_TTL_LNCB,
				"\"Time To Live\" != %u for a packet sent to the Local Network "
				"Control Block (see RFC 3171)",
				right);
	} else if (!local && !is_multicast(to) && h->ttl < LEAST_TTL && h->protocol != IP_PROTO_PIM) {
		note_finding_on(d, node, IP_TTL_TOO_SMALL, "\"Time To Live\" only %u", h->ttl);
	}
}

/* The first two nibbles.  False: this is no IPv4 header. */
static bool show_version(struct dissection *d, struct cursor *c, struct header *h)
{
	struct cursor whole = *c;
	char bits[24];
	unsigned version = (unsigned)look_uint(d, c, IP_VERSION);

	if (!cursor_ok(c))
		return false;
	if (version != 4) {
		note_finding_on(d, last_node(d), IP_BOGUS_VERSION, "Bogus IPv4 version");
		info(d, "Bogus IPv4 version (%u, must be 4)", version);
		if (version == 6)
			hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV6, whole);
		return false;
	}
	unsigned words = cursor_u8(c) & 0xf;
	h->size = words * 4;
	node_id node = add_uint(d, c, IP_HDR_LEN, c->pos - 1, 1, h->size);
	label_set(d, node, ".... %s = Header Length: %u bytes (%u)", bit_pattern(bits, words, 4, 4),
		  h->size, words);
	if (h->size < FIXED_HEADER) {
		const char *problem = arena_printf(&d->arena,
			"Bogus IP header length (%u, must be at least 20)", h->size);
		note_finding_on(d, last_node(d), IP_BOGUS_HEADER_LENGTH, "%s", problem);
		info(d, "%s", problem);
		return false;
	}
	return true;
}

/* Reads the header; false when what follows is not to be read. */
static bool show_header(struct dissection *d, struct cursor *c, struct header *h)
{
	uint32_t start = c->pos, sent = cursor_sent(c);
	const uint8_t *fixed;

	if (!show_version(d, c, h))
		return false;
	show_ds_field(d, c);
	if (!show_total_length(d, c, h, sent))
		return false;
	if (h->total < sent) {
		cursor_cut_tail(c, sent - h->total);
		end_layer(d, c);
	}
	h->id = take_u16(d, c, IP_ID);
	show_fragment_word(d, c, h);
	h->ttl = d->hops_left = take_u8(d, c, IP_TTL);
	node_id ttl = last_node(d);
	if (cursor_peek(c, 0, 11, &fixed)) {
		h->protocol = fixed[0];
		judge_ttl(d, ttl, h, load_be32(fixed + 7));
	}
	h->protocol = take_u8(d, c, IP_PROTO);
	show_checksum(d, c, h, start);
	node_id source = show_source(d, c), destination = show_destination(d, c, h);
	if (cursor_ok(c) && !dissection_settings()->no_ipv4_places)
		ip_show_places(d, IP_PLACES, source, destination);
	if (h->size > FIXED_HEADER) {
		d->is_routed = true;
		struct cursor options = cursor_split(c, h->size - FIXED_HEADER);
		ip_show_options(d, &options, h->ttl);
	}
	end_header(d, c);
	return cursor_ok(c);
}

/* 0 if the header and its checksum fit. */
static uint16_t header_sum(const uint8_t *header, uint32_t n)
{
	return checksum_finish(checksum_add(0, header, n));
}

/* Does show_header() find more in a fixed header than its fields? */
static bool is_remarkable(const uint8_t *header)
{
	bool local = load_be24(header + 16) == 0xe00000;

	return local || header[8] < LEAST_TTL || header_sum(header, FIXED_HEADER) != 0;
}

/* The same when no field is wanted, and only for a header with nothing odd about it. */
static bool skim_header(struct dissection *d, struct cursor *c, struct header *h)
{
	const uint8_t *p;
	uint32_t sent = cursor_sent(c);

	if (!cursor_peek(c, 0, FIXED_HEADER, &p) || p[0] != 0x45)
		return false;
	h->size = FIXED_HEADER;
	h->total = load_be16(p + 2);
	if (h->total < FIXED_HEADER || h->total > sent)
		return false;
	if (!only_learning(d) && is_remarkable(p))
		return false;
	if (h->total < sent)
		cursor_cut_tail(c, sent - h->total);
	cursor_skip(c, FIXED_HEADER);
	h->id = load_be16(p + 4);
	h->fragment = load_be16(p + 6);
	h->ttl = d->hops_left = p[8];
	h->protocol = p[9];
	set_address(&d->from, p + 12);
	set_address(&d->to, p + 16);
	return true;
}

static void show_parts(struct dissection *d, const struct datagram *datagram)
{
	static const struct { unsigned flag, field; } flags[] = {
		{ FRAGMENT_OVERLAP, IP_FRAGMENT_OVERLAP },
		{ FRAGMENT_CONFLICT, IP_FRAGMENT_CONFLICT },
		{ FRAGMENT_MULTIPLE_TAILS, IP_FRAGMENT_MULTIPLE_TAILS },
		{ FRAGMENT_TOO_LONG, IP_FRAGMENT_TOO_LONG },
	};

	for (uint32_t i = 0; i < datagram->part_count; i++) {
		const struct fragment_part *part = &datagram->parts[i];
		bool wrong = part->flags & ~(uint32_t)FRAGMENT_OVERLAP;
		node_id node = put_uint(d, wrong ? IP_FRAGMENT_ERROR : IP_FRAGMENT, part->packet);
		label_set(d, node, "Frame: %u, payload: %u-%u (%u byte%s)", part->packet, part->offset,
			  part->offset + part->length - (part->length ? 1 : 0), part->length,
			  part->length == 1 ? "" : "s");
		open_node(d, node);
		for (size_t f = 0; f < COUNT(flags); f++)
			if (part->flags & flags[f].flag)
				put_uint(d, flags[f].field, 1);
		close_node(d, node);
	}
}

/* "[3 IPv4 Fragments (520 bytes): #2(256), #3(128), #4(264)]" and what is below it. */
static void show_reassembly(struct dissection *d, const struct datagram *datagram,
			    const struct cursor *whole)
{
	node_id tree = put_bytes(d, IP_FRAGMENTS, whole);

	node_flag(d, tree, NODE_GENERATED);
	if (d->wants & WANT_ANY_LABELS && tree != NO_NODE) {
		label_set(d, tree, "%u IPv4 Fragment%s (%u byte%s): ", datagram->part_count,
			  datagram->part_count == 1 ? "" : "s", whole->reported,
			  whole->reported == 1 ? "" : "s");
		for (uint32_t i = 0; i < datagram->part_count && i < 30; i++)
			label(d, tree, "%s#%u(%u)", i ? ", " : "", datagram->parts[i].packet,
			      datagram->parts[i].length);
	}
	open_node(d, tree);
	show_parts(d, datagram);
	put_uint(d, IP_FRAGMENT_COUNT, datagram->part_count);
	put_uint(d, IP_REASSEMBLED_LENGTH, whole->reported);
	node_flag(d, put_bytes(d, IP_REASSEMBLED_DATA, whole), NODE_GENERATED);
	close_node(d, tree);
}

/* Shows a fragment that is not (yet) to be read any further. */
static void show_waiting(struct dissection *d, const struct header *h, struct cursor payload,
			 uint32_t reassembled_in)
{
	info(d, "Fragmented IP protocol (proto=%s %u, off=%u, ID=%04x)", ip_protocol_name(h->protocol),
	     h->protocol, (h->fragment & OFFSET_MASK) * 8u, h->id);
	if (reassembled_in) {
		info(d, " [Reassembled in #%u]", reassembled_in);
		put_uint(d, IP_REASSEMBLED_IN, reassembled_in);
	}
	hand_on_as_data(d, payload);
}

/* True when *payload is what the datagram carries; false: this fragment has been shown. */
static bool assemble(struct dissection *d, const struct header *h, struct cursor *payload)
{
	uint32_t offset = (h->fragment & OFFSET_MASK) * 8u;
	bool more = h->fragment & FLAG_MORE;

	if (!offset && !more)
		return true;
	struct datagram datagram = { 0 };
	bool all_here = cursor_left(payload) >= h->total - h->size && cursor_left(payload) > 0;
	if (all_here && header_sum(payload->data + payload->pos - h->size, h->size) == 0) {
		struct fragment_key key = { .id = h->id, .protocol = h->protocol, .version = 4 };
		struct cursor whole;
		datagram = fragment_add(d, &key, offset, more, payload, &whole);
		if (datagram.complete_here) {
			show_reassembly(d, &datagram, &whole);
			*payload = whole;
			return true;
		}
	} else if (!offset) {
		return true;    /* its beginning is all that there will be */
	}
	show_waiting(d, h, *payload, datagram.reassembled_in);
	return false;
}

static void ip_dissect(struct dissection *d, struct cursor *c)
{
	struct header h = { 0 };

	info_begin(d);
	if ((wants_fields(d) || !skim_header(d, c, &h)) && !show_header(d, c, &h))
		return;
	struct cursor payload = *c;
	if (!assemble(d, &h, &payload) || payload.pos >= payload.reported)
		return;
	if (hand_on(d, BY_IP_PROTO, h.protocol, payload))
		return;
	info(d, "%s (%u)", ip_protocol_name(h.protocol), h.protocol);
	hand_on_as_data(d, payload);
}

/* Neither options, which may name another destination, nor a fragment. */
static bool ip_is_plain(struct outline *o)
{
	const uint8_t *p = o->bytes + o->at;
	uint32_t total = load_be16(p + 2);

	if (p[0] != 0x45 || load_be16(p + 6) & (FLAG_MORE | OFFSET_MASK))
		return false;
	if (total < FIXED_HEADER || total > o->reported - o->at)
		return false;
	outline_cut(o, total);
	o->header = FIXED_HEADER;
	return true;
}

static const struct plain_header ip_plain = { ip_is_plain, FIXED_HEADER, .carries = true };

static const struct claim ip_claims[] = {
	{ BY_ETHERTYPE, ETHERTYPE_IPV4 },
	{ BY_LINK_TYPE, 228 },
	{ BY_LLC_SAP, 0x06 },
	{ BY_IP_PROTO, IP_PROTO_IPV4 },
	{ BY_PPP_PROTO, 0x0021 },
};

const struct dissector ip_dissector = {
	.name = "ip",
	.short_name = "IPv4",
	.title = "Internet Protocol Version 4",
	.fields = ip_fields,
	.field_count = COUNT(ip_fields),
	.claims = ip_claims,
	.claim_count = COUNT(ip_claims),
	.plain = &ip_plain,
	.dissect = ip_dissect,
};
