/* icmpv6_fields.c - the names of the values of ICMPv6 and the table of its fields, with the rows of
 * the header, of errors and of echoes.  The rows of the other messages are in icmpv6_*_rows.h. */
#include "dissect/checksum.h"
#include "icmp.h"
#include "icmpv6.h"
#include "ip_names.h"

static const struct value_name type_names[] = {
	{ 1, "Destination Unreachable" },
	{ 2, "Packet Too Big" },
	{ 3, "Time Exceeded" },
	{ 4, "Parameter Problem" },
	{ 100, "Private experimentation" },
	{ 101, "Private experimentation" },
	{ 127, "Reserved for expansion of ICMPv6 error messages" },
	{ 128, "Echo (ping) request" },
	{ 129, "Echo (ping) reply" },
	{ 130, "Multicast Listener Query" },
	{ 131, "Multicast Listener Report" },
	{ 132, "Multicast Listener Done" },
	{ 133, "Router Solicitation" },
	{ 134, "Router Advertisement" },
	{ 135, "Neighbor Solicitation" },
	{ 136, "Neighbor Advertisement" },
	{ 137, "Redirect" },
	{ 138, "Router Renumbering" },
	{ 139, "Node Information Query" },
	{ 140, "Node Information Reply" },
	{ 141, "Inverse Neighbor Discovery Solicitation" },
	{ 142, "Inverse Neighbor Discovery Advertisement" },
	{ 143, "Multicast Listener Report Message v2" },
	{ 144, "Home Agent Address Discovery Request" },
	{ 145, "Home Agent Address Discovery Reply" },
	{ 146, "Mobile Prefix Solicitation" },
	{ 147, "Mobile Prefix Advertisement" },
	{ 148, "Certification Path Solicitation" },
	{ 149, "Certification Path Advertisement" },
	{ 150, "Experimental Mobility" },
	{ 151, "Multicast Router Advertisement" },
	{ 152, "Multicast Router Solicitation" },
	{ 153, "Multicast Router Termination" },
	{ 154, "FMIPv6" },
	{ 155, "RPL Control" },
	{ 156, "Locator Update" },
	{ 157, "Duplicate Address Request" },
	{ 158, "Duplicate Address Confirmation" },
	{ 159, "MPL Control Message" },
	{ 160, "Extended Echo request" },
	{ 161, "Extended Echo reply" },
	{ 200, "Private experimentation" },
	{ 201, "Private experimentation" },
	{ 255, "Reserved for expansion of ICMPv6 informational messages" },
	{ 0, NULL },
};

static const struct value_name nd_ra_flag_prf_names[] = {
	{ 0, "Medium" }, { 1, "High" }, { 2, "Reserved" }, { 3, "Low" }, { 0, NULL },
};

static const struct value_name option_names[] = {
	{ 1, "Source link-layer address" },
	{ 2, "Target link-layer address" },
	{ 3, "Prefix information" },
	{ 4, "Redirected header" },
	{ 5, "MTU" },
	{ 6, "NBMA Shortcut Limit Option" },
	{ 7, "Advertisement Interval" },
	{ 8, "Home Agent Information" },
	{ 9, "Source Address List" },
	{ 10, "Target Address List" },
	{ 11, "CGA" },
	{ 12, "RSA Signature" },
	{ 13, "Timestamp" },
	{ 14, "Nonce" },
	{ 15, "Trust Anchor" },
	{ 16, "Certificate" },
	{ 17, "IP Address/Prefix Option" },
	{ 18, "New Router Prefix Information" },
	{ 19, "Link-layer Address" },
	{ 20, "Neighbor Advertisement Acknowledgment" },
	{ 23, "MAP" },
	{ 24, "Route Information" },
	{ 25, "Recursive DNS Server" },
	{ 26, "RA Flags Extension" },
	{ 27, "Handover Key Request" },
	{ 28, "Handover Key Reply" },
	{ 29, "Handover Assist Information" },
	{ 30, "Mobile Node Identifier Option" },
	{ 31, "DNS Search List Option" },
	{ 32, "Proxy Signature (PS)" },
	{ 33, "Address Registration Option" },
	{ 34, "6LoWPAN Context Option" },
	{ 35, "Authoritative Border Router" },
	{ 36, "6LoWPAN Capability Indication Option" },
	{ 37, "DHCP Captive-Portal" },
	{ 38, "PREF64 Option" },
	{ 138, "CARD Request" },
	{ 139, "CARD Reply" },
	{ 253, "RFC3692-style Experiment 1" },
	{ 254, "RFC3692-style Experiment 2" },
	{ 0, NULL },
};

static const struct value_name opt_prefix_valid_lifetime_names[] = {
	{ 4294967295, "Infinity" },
	{ 0, NULL },
};

static const struct value_name opt_ipa_option_code_names[] = {
	{ 1, "Old Care-of Address" },
	{ 2, "New Care-of Address" },
	{ 3, "NAR's IP address" },
	{ 4, "NAR's Prefix (sent in PrRtAdv)" },
	{ 0, NULL },
};

static const struct value_name opt_lla_option_code_names[] = {
	{ 0, "Wildcard" },
	{ 1, "Link-layer Address of the New Access Point" },
	{ 2, "Link-layer Address of the MN" },
	{ 3, "Link-layer Address of the NAR" },
	{ 4, "Link-layer Address of the source" },
	{ 5, "The AP belongs to the current interface of the router" },
	{ 6, "No prefix information available" },
	{ 7, "No fast handovers support available" },
	{ 0, NULL },
};

static const struct value_name opt_naack_status_names[] = {
	{ 1, "New CoA is invalid, perform address configuration" },
	{ 2, "New CoA is invalid, use the supplied CoA" },
	{ 3, "NCoA is invalid, use NAR's IP address as NCoA in FBU" },
	{ 4, "PCoA supplied, do not send FBU" },
	{ 128, "LLA is unrecognized" },
	{ 0, NULL },
};

static const struct value_name opt_name_type_names[] = {
	{ 1, "DER Encoded X.501 Name" },
	{ 2, "FQDN" },
	{ 3, "SHA-1 Subject Key Identifier (SKI)" },
	{ 4, "SHA-224 Subject Key Identifier (SKI)" },
	{ 5, "SHA-256 Subject Key Identifier (SKI)" },
	{ 6, "SHA-384 Subject Key Identifier (SKI)" },
	{ 7, "SHA-512 Subject Key Identifier (SKI)" },
	{ 253, "Reserved for Experimental Use" },
	{ 254, "Reserved for Experimental Use" },
	{ 255, "Reserved" },
	{ 0, NULL },
};

static const struct value_name opt_cert_type_names[] = {
	{ 1, "X.509v3 Certificate" },
	{ 0, NULL },
};

static const struct value_name opt_rdnss_lifetime_names[] = {
	{ 0, "RDNSS address MUST no longer be used" },
	{ 4294967295, "Infinity" },
	{ 0, NULL },
};

static const struct value_name opt_hai_option_code_names[] = {
	{ 1, "Access Network Identifier (AN ID)" },
	{ 2, "Sector ID" },
	{ 0, NULL },
};

static const struct value_name opt_mn_option_code_names[] = {
	{ 1, "NAI" },
	{ 2, "IMSI" },
	{ 0, NULL },
};

static const struct value_name opt_dnssl_lifetime_names[] = {
	{ 0, "DNSSL domain name MUST no longer be used" },
	{ 4294967295, "Infinity" },
	{ 0, NULL },
};

static const struct value_name registration_names[] = {
	{ 0, "Success" },
	{ 1, "Duplicate Exists" },
	{ 2, "Neighbor Cache Full" },
	{ 0, NULL },
};

static const struct value_name opt_pref64_plc_names[] = {
	{ 0x0, "96 bits prefix length" },
	{ 0x1, "64 bits prefix length" },
	{ 0x2, "56 bits prefix length" },
	{ 0x3, "48 bits prefix length" },
	{ 0x4, "40 bits prefix length" },
	{ 0x5, "32 bits prefix length" },
	{ 0, NULL },
};

static const struct value_name operation_names[] = {
	{ 1, "Add" },
	{ 2, "Change" },
	{ 3, "Set Global" },
	{ 0, NULL },
};

static const struct value_name record_names[] = {
	{ 1, "Include" },
	{ 2, "Exclude" },
	{ 3, "Changed to include" },
	{ 4, "Changed to exclude" },
	{ 5, "Allow new sources" },
	{ 6, "Block old sources" },
	{ 0, NULL },
};

static const struct value_name subtype_names[] = {
	{ 2, "Router Solicitation for Proxy Advertisement" },
	{ 3, "Proxy Router Advertisement" },
	{ 4, "Handover Initiate" },
	{ 5, "Handover Acknowledge" },
	{ 0, NULL },
};

static const struct value_name ni_qtype_names[] = {
	{ 0, "NOOP" },
	{ 1, "Supported query types (Obsolete)" },
	{ 2, "Node Name" },
	{ 3, "Node addresses" },
	{ 4, "IPv4 node addresses" },
	{ 0, NULL },
};

static const struct value_name ni_flag_a_names[] = {
	{ 0, "Unicast addresses on the queried interface" },
	{ 1, "All unicast address" },
	{ 0, NULL },
};

static const struct value_name rpl_mode_names[] = {
	{ 0x0, "No Downward routes maintained by RPL" },
	{ 0x1, "Non-Storing Mode of Operation" },
	{ 0x2, "Storing Mode of Operation with no multicast support" },
	{ 0x3, "Storing Mode of Operation with multicast support" },
	{ 0x4, "P2P Route Discovery Mode of Operation" },
	{ 0, NULL },
};

static const struct value_name rpl_secure_algorithm_names[] = {
	{ 0, "Encryption: CCM with AES-128 / Signature: RSA with SHA-256" },
	{ 0, NULL },
};

static const struct value_name rpl_option_names[] = {
	{ 0, "1-byte padding" },       { 1, "n-byte padding" },
	{ 2, "DAG Metric container" }, { 3, "Routing Information" },
	{ 4, "DODAG configuration" },  { 5, "RPL Target" },
	{ 6, "Transit Information" },  { 7, "Solicited Information" },
	{ 8, "Prefix Information" },   { 9, "RPL Target Descriptor" },
	{ 10, "P2P Route Discovery" }, { 0, NULL },
};

static const struct value_name rpl_opt_metric_type_names[] = {
	{ 1, "Node State and Attribute" },
	{ 2, "Node Energy" },
	{ 3, "Hop Count" },
	{ 4, "Link Throughput" },
	{ 5, "Link Latency" },
	{ 6, "Link Quality Level" },
	{ 7, "Link ETX" },
	{ 8, "Link Color" },
	{ 0, NULL },
};

static const struct value_name mpl_seed_info_s_names[] = {
	{ 0, "0 bit, not included in MPL Seed Info" },
	{ 1, "16 bits" },
	{ 2, "64 bits" },
	{ 3, "128 bits" },
	{ 0, NULL },
};

/* RFC 4443, 4620, 2894, 6550, 8335 and IANA's registry of codes. */
static const struct value_name unreachable_names[] = {
	{ 0, "no route to destination" },
	{ 1, "Administratively prohibited" },
	{ 2, "Beyond scope of source address" },
	{ 3, "Address unreachable" },
	{ 4, "Port unreachable" },
	{ 5, "Source address failed ingress/egress policy" },
	{ 6, "Reject route to destination" },
	{ 7, "Error in Source Routing Header" },
	{ 0, NULL },
};

static const struct value_name time_names[] = {
	{ 0, "hop limit exceeded in transit" },
	{ 1, "fragment reassembly time exceeded" },
	{ 0, NULL },
};

static const struct value_name parameter_names[] = {
	{ 0, "erroneous header field encountered" },
	{ 1, "unrecognized Next Header type encountered" },
	{ 2, "unrecognized IPv6 option encountered" },
	{ 3, "IPv6 First Fragment has incomplete IPv6 Header Chain" },
	{ 0, NULL },
};

static const struct value_name renumbering_names[] = {
	{ 0, "Command" },
	{ 1, "Result" },
	{ 255, "Sequence Number Reset" },
	{ 0, NULL },
};

static const struct value_name query_names[] = {
	{ 0, "Query subject = IPv6 addresses" },
	{ 1, "Query subject = DNS name or empty" },
	{ 2, "Query subject = IPv4 addresses" },
	{ 0, NULL },
};

static const struct value_name reply_names[] = {
	{ 0, "Successful" },
	{ 1, "Refused" },
	{ 2, "Unknown query type" },
	{ 0, NULL },
};

static const struct value_name rpl_names[] = {
	{ 0, "DODAG Information Solicitation" },
	{ 1, "DODAG Information Object" },
	{ 2, "Destination Advertisement Object" },
	{ 3, "Destination Advertisement Object Acknowledgment" },
	{ 4, "P2P Discovery Reply Object" },
	{ 5, "P2P Discovery Reply Object Acknowledgement" },
	{ 128, "Secure DODAG Information Solicitation" },
	{ 129, "Secure DODAG Information Object" },
	{ 130, "Secure Destination Advertisement Object" },
	{ 131, "Secure Destination Advertisement Object Acknowledgment" },
	{ 138, "Consistency Check" },
	{ 0, NULL },
};

static const struct value_name echo_query_names[] = { { 0, "No error" }, { 0, NULL } };

static const struct value_name echo_reply_names[] = {
	{ 0, "No error" },
	{ 1, "Malformed Query" },
	{ 2, "No Such Interface" },
	{ 3, "No Such Table Entry" },
	{ 4, "Multiple Interfaces Satisfy Query" },
	{ 0, NULL },
};

const struct value_name *icmpv6_code_names(uint8_t type)
{
	switch (type) {
	case 1:
		return unreachable_names;
	case 3:
		return time_names;
	case 4:
		return parameter_names;
	case 138:
		return renumbering_names;
	case 139:
		return query_names;
	case 140:
		return reply_names;
	case 155:
		return rpl_names;
	case 160:
		return echo_query_names;
	case 161:
		return echo_reply_names;
	default:
		return NULL;
	}
}

const struct field icmpv6_fields[ICMPV6_FIELD_COUNT] = {
	[ICMPV6] = { "icmpv6", "Internet Control Message Protocol v6", FIELD_PROTOCOL,
		     .help = "Errors, tests and the finding of neighbours and routers for IPv6",
		     .reference = "RFC 4443" },
	[ICMPV6_TYPE] = { "icmpv6.type", "Type", FIELD_U8, .names = type_names,
			  .help = "What the message is; below 128 it reports an error",
			  .reference = "RFC 4443, 2.1", PLACED(0) },
	[ICMPV6_CODE] = { "icmpv6.code", "Code", FIELD_U8, .help = "More exactly, by the type",
			  .reference = "RFC 4443, 2.1", PLACED(1) },
	[ICMPV6_CHECKSUM] = { "icmpv6.checksum", "Checksum", FIELD_U16, BASE_HEX,
			      .help = "Of the message and a pseudo header with both addresses",
			      .reference = "RFC 4443, 2.3", PLACED(2) },
	[ICMPV6_CHECKSUM_STATUS] = { "icmpv6.checksum.status", "Checksum Status", FIELD_U8,
				     .base = BASE_NAME, .names = checksum_status_names,
				     .help = "Whether the checksum is right",
				     .reference = "RFC 4443, 2.3" },
	[ICMPV6_RESERVED] = { "icmpv6.reserved", "Reserved", FIELD_BYTES, .help = "Must be 0",
			      .reference = "RFC 4443, 2.1" },
	[ICMPV6_DATA] = { "icmpv6.data", "Data", FIELD_BYTES,
			  .help = "What an echo carries, and its reply repeats",
			  .reference = "RFC 4443, 4.1" },
	[ICMPV6_UNKNOWN_DATA] = { "icmpv6.unknown_data", "Unknown Data", FIELD_BYTES,
				  .help = "Bytes that this type does not define",
				  .reference = "RFC 4443, 2.1" },
	[ICMPV6_MTU] = { "icmpv6.mtu", "MTU", FIELD_U32,
			 .help = "The longest packet that the next link takes: send no longer ones",
			 .reference = "RFC 4443, 3.2" },
	[ICMPV6_POINTER] = { "icmpv6.pointer", "Pointer", FIELD_U32,
			     .help = "Which byte of the packet was wrong",
			     .reference = "RFC 4443, 3.4" },
	[ICMPV6_ECHO_IDENTIFIER] = { "icmpv6.echo.identifier", "Identifier", FIELD_U16, BASE_HEX,
				     .help = "Joins replies to the program that asks",
				     .reference = "RFC 4443, 4.1" },
	[ICMPV6_ECHO_SEQUENCE_NUMBER] = { "icmpv6.echo.sequence_number", "Sequence", FIELD_U16,
					  .help = "Joins a reply to its request",
					  .reference = "RFC 4443, 4.1" },
	[ICMPV6_LENGTH] = { "icmpv6.length", "Length of original datagram", FIELD_U8,
			    .help = "How much of the datagram is quoted, in units of eight bytes",
			    .reference = "RFC 4884, 4" },
	[ICMPV6_EXT_ECHO_SEQ] = { "icmpv6.ext.echo.seq", "Sequence number", FIELD_U8, BASE_DEC_HEX,
				  .help = "Counts requests; the reply repeats it",
				  .reference = "RFC 8335, 2" },
	[ICMPV6_EXT_ECHO_REQ_RES] = { "icmpv6.ext.echo.req.res", "Reserved", FIELD_U8, BASE_HEX,
				      .mask = 0xfe, .help = "Not defined; 0",
				      .reference = "RFC 8335, 2" },
	[ICMPV6_EXT_ECHO_REQ_LOCAL] = { "icmpv6.ext.echo.req.local", "Local bit", FIELD_BOOL,
					.names = set_names, .mask = 0x1,
					.help = "The interface asked about is the receiver's own, "
						"not a neighbour's",
					.reference = "RFC 8335, 2" },
	[ICMPV6_EXT_ECHO_RSP_STATE] = { "icmpv6.ext.echo.rsp.state", "State", FIELD_U8,
					.names = echo_state_names, .mask = 0xe0,
					.help = "How far the neighbour's address is resolved",
					.reference = "RFC 8335, 3" },
	[ICMPV6_EXT_ECHO_RSP_RES] = { "icmpv6.ext.echo.rsp.res", "Reserved", FIELD_U8, BASE_HEX,
				      .mask = 0x18, .help = "Not defined; 0",
				      .reference = "RFC 8335, 3" },
	[ICMPV6_EXT_ECHO_RSP_ACTIVE] = { "icmpv6.ext.echo.rsp.active", "Active bit", FIELD_BOOL,
					 .names = set_names, .mask = 0x4,
					 .help = "The interface is up",
					 .reference = "RFC 8335, 3" },
	[ICMPV6_EXT_ECHO_RSP_IPV4] = { "icmpv6.ext.echo.rsp.ipv4", "IPv4 bit", FIELD_BOOL,
				       .names = set_names, .mask = 0x2,
				       .help = "IPv4 runs on the interface",
				       .reference = "RFC 8335, 3" },
	[ICMPV6_EXT_ECHO_RSP_IPV6] = { "icmpv6.ext.echo.rsp.ipv6", "IPv6 bit", FIELD_BOOL,
				       .names = set_names, .mask = 0x1,
				       .help = "IPv6 runs on the interface",
				       .reference = "RFC 8335, 3" },
	[ICMPV6_RESP_IN] = { "icmpv6.resp_in", "Response In", FIELD_FRAME, .flags = FIELD_FORWARD,
			     .help = "The packet of the reply", .reference = "RFC 4443, 4.2" },
	[ICMPV6_NO_RESP] = { "icmpv6.no_resp", "No response seen", FIELD_NONE,
			     .flags = FIELD_FORWARD, .help = "No reply was found in the capture",
			     .reference = "RFC 4443, 4.1" },
	[ICMPV6_RESP_TO] = { "icmpv6.resp_to", "Response To", FIELD_FRAME,
			     .help = "The packet of the request", .reference = "RFC 4443, 4.1" },
	[ICMPV6_RESPTIME] = { "icmpv6.resptime", "Response Time", FIELD_DOUBLE, .unit = " ms",
			      .help = "How long the reply took", .reference = "RFC 4443, 4.2" },
	[ICMPV6_INVALID_OPTION_LENGTH] =
		FINDING("icmpv6.invalid_option_length", "Invalid Option Length", EXPERT_ERROR,
			GROUP_MALFORMED),
	[ICMPV6_UNDECODED_OPTION] = FINDING("icmpv6.undecoded.option", "Undecoded option",
					    EXPERT_NOTE, GROUP_UNDECODED),
	[ICMPV6_UNKNOWN_DATA_EXPERT] =
		FINDING("icmpv6.unknown_data.expert", "Unknown Data (not interpreted)",
			EXPERT_ERROR, GROUP_MALFORMED),
	[ICMPV6_RPL_P2P_DRO_ZERO] =
		FINDING("icmpv6.rpl.p2p.dro.zero", "This field MUST be set to zero", EXPERT_WARN,
			GROUP_PROTOCOL),
	[ICMPV6_RPL_P2P_DRO_RDO_ZERO] =
		FINDING("icmpv6.rpl.p2p.dro.rdo.zero",
			"This field MUST be set to zero when the P2P-RDO is included in a P2P-DRO",
			EXPERT_WARN, GROUP_PROTOCOL),
	[ICMPV6_UNDECODED_RPL_OPTION] =
		FINDING("icmpv6.undecoded.rpl_option", "Undecoded RPL Option", EXPERT_NOTE,
			GROUP_UNDECODED),
	[ICMPV6_UNDECODED_TYPE] =
		FINDING("icmpv6.undecoded.type", "Undecoded type", EXPERT_NOTE, GROUP_UNDECODED),
	[ICMPV6_CHECKSUM_BAD_EXPERT] =
		FINDING("icmpv6.checksum_bad.expert", "Bad checksum", EXPERT_WARN, GROUP_CHECKSUM),
	[ICMPV6_RESP_NOT_FOUND] = { "icmpv6.resp_not_found", "Response not found", FIELD_NONE,
				    .flags = FIELD_FORWARD, .severity = EXPERT_WARN,
				    .group = GROUP_SEQUENCE },
#include "icmpv6_discovery_rows.h"
#include "icmpv6_option_rows.h"
#include "icmpv6_multicast_rows.h"
#include "icmpv6_renumbering_rows.h"
#include "icmpv6_mobility_rows.h"
#include "icmpv6_node_rows.h"
#include "icmpv6_rpl_option_rows.h"
#include "icmpv6_rpl_rows.h"
};
