/* icmp.c - Internet Control Message Protocol, RFC 792.
 *
 *     +--------+--------+-----------------+
 *     |  type  |  code  |    checksum     |
 *     +--------+--------+-----------------+
 *     | depends on the type ...           |
 *     +-----------------------------------+
 *
 * Further types: RFC 950, 1256, 1475, 2521, 4065, 5944, 8335; extensions: icmp_extensions.c. */
#include "icmp.h"

#include <string.h>

#include "base/time.h"
#include "dissect/checksum.h"
#include "ip_names.h"

enum icmp_type {
	TYPE_ECHO_REPLY = 0, TYPE_UNREACHABLE = 3, TYPE_SOURCE_QUENCH = 4, TYPE_REDIRECT = 5,
	TYPE_ALTERNATE_HOST = 6, TYPE_ECHO = 8, TYPE_ROUTER_ADVERTISEMENT = 9, TYPE_ROUTER_SOLICITATION = 10,
	TYPE_TIME_EXCEEDED = 11, TYPE_PARAMETER = 12, TYPE_TIMESTAMP = 13, TYPE_TIMESTAMP_REPLY = 14,
	TYPE_INFORMATION = 15, TYPE_INFORMATION_REPLY = 16, TYPE_MASK = 17, TYPE_MASK_REPLY = 18,
	TYPE_PHOTURIS = 40, TYPE_EXTENDED_ECHO = 42, TYPE_EXTENDED_ECHO_REPLY = 43,
};

enum { HEADER_LENGTH = 8, OLD_QUOTE = 128, CODE_FRAGMENTATION = 4, INFO_WIDTH = 20 };

static const struct value_name type_names[] = {
	{ 0, "Echo (ping) reply" },
	{ 1, "Reserved" },
	{ 2, "Reserved" },
	{ 3, "Destination unreachable" },
	{ 4, "Source quench (flow control)" },
	{ 5, "Redirect" },
	{ 6, "Alternate host address" },
	{ 8, "Echo (ping) request" },
	{ 9, "Router advertisement" },
	{ 10, "Router solicitation" },
	{ 11, "Time-to-live exceeded" },
	{ 12, "Parameter problem" },
	{ 13, "Timestamp request" },
	{ 14, "Timestamp reply" },
	{ 15, "Information request" },
	{ 16, "Information reply" },
	{ 17, "Address mask request" },
	{ 18, "Address mask reply" },
	{ 19, "Reserved (for security)" },
	{ 30, "Traceroute" },
	{ 31, "Datagram Conversion Error" },
	{ 32, "Mobile Host Redirect" },
	{ 33, "IPv6 Where-Are-You" },
	{ 34, "IPv6 I-Am-Here" },
	{ 35, "Mobile Registration Request" },
	{ 36, "Mobile Registration Reply" },
	{ 37, "Domain Name Request" },
	{ 38, "Domain Name Reply" },
	{ 39, "SKIP" },
	{ 40, "Photuris" },
	{ 41, "Experimental mobility protocols" },
	{ 42, "Extended Echo request" },
	{ 43, "Extended Echo reply" },
	{ 0, NULL }
};

static const struct value_name unreachable_names[] = {
	{ 0, "Network unreachable" },
	{ 1, "Host unreachable" },
	{ 2, "Protocol unreachable" },
	{ 3, "Port unreachable" },
	{ 4, "Fragmentation needed" },
	{ 5, "Source route failed" },
	{ 6, "Destination network unknown" },
	{ 7, "Destination host unknown" },
	{ 8, "Source host isolated" },
	{ 9, "Network administratively prohibited" },
	{ 10, "Host administratively prohibited" },
	{ 11, "Network unreachable for TOS" },
	{ 12, "Host unreachable for TOS" },
	{ 13, "Communication administratively filtered" },
	{ 14, "Host precedence violation" },
	{ 15, "Precedence cutoff in effect" },
	{ 0, NULL }
};

static const struct value_name redirect_names[] = {
	{ 0, "Redirect for network" }, { 1, "Redirect for host" },
	{ 2, "Redirect for TOS and network" }, { 3, "Redirect for TOS and host" }, { 0, NULL }
};

static const struct value_name alternate_names[] = {
	{ 0, "Alternate address for host" }, { 0, NULL }
};

static const struct value_name advertisement_names[] = {
	{ 0, "Normal router advertisement" }, { 16, "Does not route common traffic" }, { 0, NULL }
};

static const struct value_name time_names[] = {
	{ 0, "Time to live exceeded in transit" }, { 1, "Fragment reassembly time exceeded" },
	{ 0, NULL }
};

static const struct value_name parameter_names[] = {
	{ 0, "Pointer indicates the error" }, { 1, "Required option missing" }, { 2, "Bad length" },
	{ 0, NULL }
};

/* RFC 2521. */
static const struct value_name photuris_names[] = {
	{ 0, "Bad SPI" }, { 1, "Authentication Failed" }, { 2, "Decompression Failed" },
	{ 3, "Decryption Failed" }, { 4, "Need Authentication" }, { 5, "Need Authorization" },
	{ 0, NULL }
};

static const struct value_name query_names[] = {
	{ 0, "No error" }, { 0, NULL }
};

static const struct value_name reply_names[] = {
	{ 0, "No error" }, { 1, "Malformed Query" }, { 2, "No Such Interface" },
	{ 3, "No Such Table Entry" }, { 4, "Multiple Interfaces Satisfy Query" }, { 0, NULL }
};

const struct value_name echo_state_names[] = {
	{ 0, "Reserved" }, { 1, "Incomplete" }, { 2, "Reachable" }, { 3, "Stale" }, { 4, "Delay" },
	{ 5, "Probe" }, { 6, "Failed" }, { 0, NULL }
};

static const struct value_name agent_names[] = {
	{ 0, "One byte padding extension" }, { 16, "Mobility Agent Advertisement Extension" },
	{ 19, "Prefix Lengths Extension" }, { 24, "Challenge Extension" }, { 0, NULL }
};

static const struct value_name class_names[] = {
	{ 1, "MPLS Label Stack Class" }, { 2, "Interface Information Object" },
	{ 3, "Interface Identification Object" }, { 0, NULL }
};

static const struct value_name role_names[] = {
	{ 0, "IP interface upon which datagram arrived" },
	{ 1, "sub-IP component of an IP interface upon which datagram arrived" },
	{ 2, "IP interface through which datagram would be forwarded" },
	{ 3, "IP next-hop to which datagram would be forwarded" }, { 0, NULL }
};

static const struct value_name present_names[] = {
	{ 0, "Not Present" }, { 1, "Present" }, { 0, NULL }
};

static const struct field icmp_fields[ICMP_FIELD_COUNT] = {
	[ICMP] = { "icmp", "Internet Control Message Protocol", FIELD_PROTOCOL,
					.help = "Tells a sender what became of its packets, and "
						"answers pings",
					.reference = "RFC 792" },
	[ICMP_TYPE] = { "icmp.type", "Type", FIELD_U8,
					.help = "What the message is about",
					.reference = "RFC 792", PLACED(0) },
	[ICMP_CODE] = { "icmp.code", "Code", FIELD_U8,
					.help = "More about the type",
					.reference = "RFC 792", PLACED(1) },
	[ICMP_CHECKSUM] = { "icmp.checksum", "Checksum", FIELD_U16, BASE_HEX,
					.help = "A sum over the message, to notice damage",
					.reference = "RFC 792", PLACED(2) },
	[ICMP_CHECKSUM_STATUS] = { "icmp.checksum.status", "Checksum Status", FIELD_U8,
				   .base = BASE_NAME, .names = checksum_status_names,
					.help = "Whether the checksum is right" },
	[ICMP_UNUSED] = { "icmp.unused", "Unused", FIELD_BYTES,
					.help = "Not used, and 0",
					.reference = "RFC 792" },
	[ICMP_RESERVED] = { "icmp.reserved", "Reserved", FIELD_BYTES,
					.help = "Not used",
					.reference = "RFC 792" },
	[ICMP_IDENT] = { "icmp.ident", "Identifier (BE)", FIELD_U16, BASE_DEC_HEX,
					.help = "Which ping this is of: a program's own number",
					.reference = "RFC 792" },
	[ICMP_IDENT_LE] = { "icmp.ident_le", "Identifier (LE)", FIELD_U16, BASE_DEC_HEX,
					.help = "The same, if the sender had the less significant "
						"byte first",
					.reference = "RFC 792" },
	[ICMP_SEQ] = { "icmp.seq", "Sequence Number (BE)", FIELD_U16, BASE_DEC_HEX,
					.help = "Which of its pings this is",
					.reference = "RFC 792" },
	[ICMP_SEQ_LE] = { "icmp.seq_le", "Sequence Number (LE)", FIELD_U16, BASE_DEC_HEX,
					.help = "The same, if the sender had the less significant "
						"byte first",
					.reference = "RFC 792" },
	[ICMP_MTU] = { "icmp.mtu", "MTU of next hop", FIELD_U16,
					.help = "The longest packet that the next network takes",
					.reference = "RFC 1191, 4" },
	[ICMP_NUM_ADDRS] = { "icmp.num_addrs", "Number of addresses", FIELD_U8,
					.help = "How many routers are advertised",
					.reference = "RFC 1256, 3" },
	[ICMP_ADDR_ENTRY_SIZE] = { "icmp.addr_entry_size", "Address entry size", FIELD_U8,
					.help = "Words of 4 bytes for each of them: 2",
					.reference = "RFC 1256, 3" },
	[ICMP_LIFETIME] = { "icmp.lifetime", "Lifetime", FIELD_U16,
					.help = "For how many seconds that holds",
					.reference = "RFC 1256, 3" },
	[ICMP_POINTER] = { "icmp.pointer", "Pointer", FIELD_U32,
					.help = "The byte of the packet that is the problem",
					.reference = "RFC 792" },
	[ICMP_ROUTER_ADDRESS] = { "icmp.router_address", "Router address", FIELD_IPV4,
					.help = "A router on this network",
					.reference = "RFC 1256, 3" },
	[ICMP_PREF_LEVEL] = { "icmp.pref_level", "Preference level", FIELD_I32,
					.help = "The highest is to be the default router",
					.reference = "RFC 1256, 3" },
	[ICMP_ORIGINATE] = { "icmp.originate_timestamp", "Originate Timestamp", FIELD_U32,
					.help = "When the asker sent it, in milliseconds since "
						"midnight UTC",
					.reference = "RFC 792" },
	[ICMP_RECEIVE] = { "icmp.receive_timestamp", "Receive Timestamp", FIELD_U32,
					.help = "When it was received there, in milliseconds since "
						"midnight UTC",
					.reference = "RFC 792" },
	[ICMP_TRANSMIT] = { "icmp.transmit_timestamp", "Transmit Timestamp", FIELD_U32,
					.help = "When the reply was sent, in milliseconds since "
						"midnight UTC",
					.reference = "RFC 792" },
	[ICMP_ADDRESS_MASK] = { "icmp.address_mask", "Address Mask", FIELD_IPV4,
					.help = "The mask of this network",
					.reference = "RFC 950" },
	[ICMP_REDIR_GW] = { "icmp.redir_gw", "Gateway Address", FIELD_IPV4,
					.help = "The router to use for that host from now on",
					.reference = "RFC 792" },
	[ICMP_RESP_IN] = { "icmp.resp_in", "Response frame", FIELD_FRAME, .flags = FIELD_FORWARD,
					.help = "The packet that answers this ping" },
	[ICMP_NO_RESP] = { "icmp.no_resp", "No response seen", FIELD_NONE, .flags = FIELD_FORWARD,
					.help = "Nobody answered this ping in this capture" },
	[ICMP_RESP_TO] = { "icmp.resp_to", "Request frame", FIELD_FRAME,
					.help = "The ping that this answers" },
	[ICMP_RESPTIME] = { "icmp.resptime", "Response time", FIELD_DOUBLE, .unit = " ms",
					.help = "How long the answer took, in milliseconds" },
	[ICMP_DATA_TIME] = { "icmp.data_time", "Timestamp from icmp data", FIELD_TIME, BASE_UTC,
					.help = "The sender put a time into the data: this" },
	[ICMP_DATA_TIME_RELATIVE] = { "icmp.data_time_relative",
				      "Timestamp from icmp data (relative)", FIELD_DURATION,
					.help = "How long ago that was when the packet was "
						"captured" },
	[ICMP_LENGTH] = { "icmp.length", "Length", FIELD_U8,
			  .help = "Of the quoted packet, in units of 4 bytes",
					.reference = "RFC 4884" },
	[ICMP_LENGTH_ORIGINAL] = { "icmp.length.original_datagram", "Length of original datagram",
				   FIELD_U8,
					.help = "The same in bytes",
					.reference = "RFC 4884" },

	[ICMP_MIP] = { "icmp.mip", "Ext", FIELD_NONE, .flags = FIELD_WORDS,
					.help = "What a mobility agent says of itself",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_TYPE] = { "icmp.mip.type", "Extension Type", FIELD_U8, .names = agent_names,
					.help = "What the extension is about",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_LENGTH] = { "icmp.mip.length", "Length", FIELD_U8,
					.help = "Bytes that follow",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_PREFIX_LENGTH] = { "icmp.mip.prefixlength", "Prefix Length", FIELD_U8,
					.help = "How many bits of each router's address are the "
						"network's",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_SEQ] = { "icmp.mip.seq", "Sequence Number", FIELD_U16,
					.help = "Counts these messages; a small number says that "
						"the agent began anew",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_LIFE] = { "icmp.mip.life", "Registration Lifetime", FIELD_U16,
					.help = "For how many seconds the agent takes a "
						"registration",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_FLAGS] = { "icmp.mip.flags", "Flags", FIELD_U16, BASE_HEX,
					.help = "What the agent offers",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_R] = { "icmp.mip.r", "Registration Required", FIELD_BOOL, .names = true_names,
			 .mask = 0x8000,
					.help = "Visitors must register here, even with an address "
						"of their own",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_B] = { "icmp.mip.b", "Busy", FIELD_BOOL, .names = true_names, .mask = 0x4000,
					.help = "No more visitors are taken",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_H] = { "icmp.mip.h", "Home Agent", FIELD_BOOL, .names = true_names,
			 .mask = 0x2000,
					.help = "It is an agent for hosts that are at home here",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_F] = { "icmp.mip.f", "Foreign Agent", FIELD_BOOL, .names = true_names,
			 .mask = 0x1000,
					.help = "It is an agent for visitors",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_M] = { "icmp.mip.m", "Minimal Encapsulation", FIELD_BOOL, .names = true_names,
			 .mask = 0x0800,
					.help = "Minimal encapsulation is understood",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_G] = { "icmp.mip.g", "GRE", FIELD_BOOL, .names = true_names, .mask = 0x0400,
					.help = "GRE is understood",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_V] = { "icmp.mip.v", "VJ Comp", FIELD_BOOL, .names = true_names, .mask = 0x0200,
					.help = "Van Jacobson's header compression is understood",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_RT] = { "icmp.mip.rt", "Reverse tunneling", FIELD_BOOL, .names = true_names,
			  .mask = 0x0100,
					.help = "Packets may be sent back through the tunnel",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_U] = { "icmp.mip.u", "UDP tunneling", FIELD_BOOL, .names = true_names,
			 .mask = 0x0080,
					.help = "The tunnel may run over UDP",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_X] = { "icmp.mip.x", "Revocation support", FIELD_BOOL, .names = true_names,
			 .mask = 0x0040,
					.help = "Registrations can be revoked",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_RESERVED] = { "icmp.mip.reserved", "Reserved", FIELD_U16, BASE_HEX,
				.mask = 0x003f,
					.help = "Not used, and 0",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_COA] = { "icmp.mip.coa", "Care-Of-Address", FIELD_IPV4,
					.help = "An address that visitors may be reached at",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_CHALLENGE] = { "icmp.mip.challenge", "Challenge", FIELD_BYTES,
					.help = "Bytes that a registration must answer",
					.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_CONTENT] = { "icmp.mip.content", "Content", FIELD_BYTES,
					.help = "What the extension says",
					.reference = "RFC 5944, 2.1" },

	[ICMP_EXT] = { "icmp.ext", "ICMP Multi-Part Extensions", FIELD_NONE,
					.help = "What else is told about the packet",
					.reference = "RFC 4884" },
	[ICMP_EXT_VERSION] = { "icmp.ext.version", "Version", FIELD_U8,
					.help = "Always 2",
					.reference = "RFC 4884" },
	[ICMP_EXT_RES] = { "icmp.ext.res", "Reserved", FIELD_U16, BASE_HEX, .mask = 0x0fff,
					.help = "Not used, and 0",
					.reference = "RFC 4884" },
	[ICMP_EXT_CHECKSUM] = { "icmp.ext.checksum", "Checksum", FIELD_U16, BASE_HEX,
					.help = "A sum over the extensions, to notice damage",
					.reference = "RFC 4884" },
	[ICMP_EXT_CHECKSUM_STATUS] = { "icmp.ext.checksum.status", "Checksum Status", FIELD_U8,
				       .base = BASE_NAME, .names = checksum_status_names,
					.help = "Whether that checksum is right",
					.reference = "RFC 4884" },
	[ICMP_EXT_OBJECT] = { "icmp.ext.object", "Object", FIELD_NONE, .flags = FIELD_WORDS,
					.help = "One thing that is told",
					.reference = "RFC 4884" },
	[ICMP_EXT_LENGTH] = { "icmp.ext.length", "Length", FIELD_U16,
					.help = "Bytes of the object with its header",
					.reference = "RFC 4884" },
	[ICMP_EXT_CLASS] = { "icmp.ext.class", "Class", FIELD_U8, .names = class_names,
					.help = "What the object is about",
					.reference = "RFC 4884" },
	[ICMP_EXT_CTYPE] = { "icmp.ext.ctype", "C-Type", FIELD_U8,
					.help = "More about its class",
					.reference = "RFC 4884" },
	[ICMP_EXT_DATA] = { "icmp.ext.data", "Data", FIELD_BYTES,
					.help = "What it says",
					.reference = "RFC 4884" },
	[ICMP_MPLS] = { "icmp.mpls", "Label", FIELD_NONE, .flags = FIELD_WORDS,
					.help = "A label that the packet had when the router "
						"dropped it",
					.reference = "RFC 4950" },
	[ICMP_MPLS_LABEL] = { "icmp.mpls.label", "Label", FIELD_U24, .mask = 0xfffff0,
					.help = "The label",
					.reference = "RFC 4950" },
	[ICMP_MPLS_EXP] = { "icmp.mpls.exp", "Experimental", FIELD_U24, .mask = 0x00000e,
					.help = "How urgent the packet was",
					.reference = "RFC 4950" },
	[ICMP_MPLS_S] = { "icmp.mpls.s", "Stack bit", FIELD_BOOL, .names = set_names,
			  .mask = 0x000001,
					.help = "This is the last label",
					.reference = "RFC 4950" },
	[ICMP_MPLS_TTL] = { "icmp.mpls.ttl", "Time to live", FIELD_U8,
					.help = "How many routers the label had still to go",
					.reference = "RFC 4950" },
	[ICMP_MPLS_DATA] = { "icmp.mpls.data", "Data", FIELD_BYTES,
					.help = "What follows the labels",
					.reference = "RFC 4950" },
	[ICMP_INT_INFO_ROLE] = { "icmp.int_info.role", "Interface Role", FIELD_U8,
				 .names = role_names, .mask = 0xc0,
					.help = "What the interface has to do with the packet",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_RESERVED] = { "icmp.int_info.reserved", "Reserved", FIELD_U8, .mask = 0x30,
					.help = "Not used, and 0",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_IFINDEX] = { "icmp.int_info.ifindex", "ifIndex", FIELD_BOOL,
				    .names = true_names, .mask = 0x08,
					.help = "The interface's number is told",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_IPADDR] = { "icmp.int_info.ipaddr", "IP Address", FIELD_BOOL,
				   .names = present_names, .mask = 0x04,
					.help = "The interface's address is told",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_NAME_PRESENT] = { "icmp.int_info.name_present", "Interface Name", FIELD_BOOL,
					 .names = present_names, .mask = 0x02,
					.help = "The interface's name is told",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_MTU_PRESENT] = { "icmp.int_info.mtu_present", "MTU", FIELD_BOOL,
					.names = present_names, .mask = 0x01,
					.help = "The longest packet that the interface takes is "
						"told",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_INDEX] = { "icmp.int_info.index", "Interface Index", FIELD_U32,
					.help = "The interface's number",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_ADDRESS] = { "icmp.int_info.address", "IP Address Sub-Object", FIELD_NONE, .flags = FIELD_WORDS,
					.help = "The interface's address",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_AFI] = { "icmp.int_info.afi", "Address Family Identifier", FIELD_U16,
					.help = "Of which protocol the address is",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_IPV4] = { "icmp.int_info.ipv4", "Source", FIELD_IPV4,
					.help = "The address",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_IPV6] = { "icmp.int_info.ipv6", "Source", FIELD_IPV6,
					.help = "The address",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_UNKNOWN] = { "icmp.int_info.ipunknown", "Source", FIELD_BYTES,
					.help = "The address",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_NAMES] = { "icmp.int_info.name_object", "Interface Name Sub-Object",
				  FIELD_NONE, .flags = FIELD_WORDS,
					.help = "The interface's name",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_NAME_LENGTH] = { "icmp.int_info.name_length", "Name Length", FIELD_U8,
					.help = "Bytes of the name, this one too",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_NAME] = { "icmp.int_info.name", "Name", FIELD_TEXT,
					.help = "The name",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_MTU] = { "icmp.int_info.mtu", "Maximum Transmission Unit", FIELD_U32,
					.help = "The longest packet that the interface takes",
					.reference = "RFC 5837" },
	[ICMP_EXT_ECHO_SEQ] = { "icmp.ext.echo.seq", "Sequence Number", FIELD_U8, BASE_DEC_HEX,
					.help = "Which of the requests this is",
					.reference = "RFC 8335" },
	[ICMP_EXT_ECHO_REQ_RES] = { "icmp.ext.echo.req.res", "Reserved", FIELD_U8, BASE_HEX,
				    .mask = 0xfe,
					.help = "Not used, and 0",
					.reference = "RFC 8335" },
	[ICMP_EXT_ECHO_REQ_LOCAL] = { "icmp.ext.echo.req.local", "Local bit", FIELD_BOOL,
				      .names = set_names, .mask = 0x01,
					.help = "The interface that is asked about is the "
						"receiver's own",
					.reference = "RFC 8335" },
	[ICMP_EXT_ECHO_RSP_STATE] = { "icmp.ext.echo.rsp.state", "State", FIELD_U8,
				      .names = echo_state_names, .mask = 0xe0,
					.help = "What the receiver knows of a neighbour",
					.reference = "RFC 8335" },
	[ICMP_EXT_ECHO_RSP_RES] = { "icmp.ext.echo.rsp.res", "Reserved", FIELD_U8, BASE_HEX,
				    .mask = 0x18,
					.help = "Not used, and 0",
					.reference = "RFC 8335" },
	[ICMP_EXT_ECHO_RSP_ACTIVE] = { "icmp.ext.echo.rsp.active", "Active bit", FIELD_BOOL,
				       .names = set_names, .mask = 0x04,
					.help = "The interface is up",
					.reference = "RFC 8335" },
	[ICMP_EXT_ECHO_RSP_IPV4] = { "icmp.ext.echo.rsp.ipv4", "IPv4 bit", FIELD_BOOL,
				     .names = set_names, .mask = 0x02,
					.help = "IPv4 runs on it",
					.reference = "RFC 8335" },
	[ICMP_EXT_ECHO_RSP_IPV6] = { "icmp.ext.echo.rsp.ipv6", "IPv6 bit", FIELD_BOOL,
				     .names = set_names, .mask = 0x01,
					.help = "IPv6 runs on it",
					.reference = "RFC 8335" },
	[ICMP_INT_IDENT_NAME] = { "icmp.int_ident.name", "Name", FIELD_TEXT,
					.help = "The interface that is asked about, by name",
					.reference = "RFC 8335" },
	[ICMP_INT_IDENT_INDEX] = { "icmp.int_ident.index", "Interface Index", FIELD_U32,
					.help = "The interface that is asked about, by number",
					.reference = "RFC 8335" },
	[ICMP_INT_IDENT_AFI] = { "icmp.int_ident.afi", "Address Family Identifier", FIELD_U16,
				 .names = address_family_names,
					.help = "Of which protocol the address is",
					.reference = "RFC 8335" },
	[ICMP_INT_IDENT_LENGTH] = { "icmp.int_ident.addr_length", "Address Length", FIELD_U8,
					.help = "Bytes of the address",
					.reference = "RFC 8335" },
	[ICMP_INT_IDENT_RESERVED] = { "icmp.int_ident.reserved", "Reserved", FIELD_BYTES,
					.help = "Not used, and 0",
					.reference = "RFC 8335" },
	[ICMP_INT_IDENT_IPV4] = { "icmp.int_ident.ipv4", "Address", FIELD_IPV4,
					.help = "The interface that is asked about, by address",
					.reference = "RFC 8335" },
	[ICMP_INT_IDENT_IPV6] = { "icmp.int_ident.ipv6", "Address", FIELD_IPV6,
					.help = "The interface that is asked about, by address",
					.reference = "RFC 8335" },
	[ICMP_INT_IDENT_ADDRESS] = { "icmp.int_ident.address", "Address", FIELD_BYTES,
					.help = "The interface that is asked about, by address",
					.reference = "RFC 8335" },

	[ICMP_NO_RESPONSE_SEEN] = { "icmp.resp_not_found", "Response not found", FIELD_NONE,
				    .flags = FIELD_FORWARD,
				    .severity = EXPERT_WARN, .group = GROUP_SEQUENCE,
					.help = "Nobody answered this ping in this capture" },
	[ICMP_CHECKSUM_BAD] =
		FINDING("icmp.checksum_bad", "Bad checksum", EXPERT_WARN, GROUP_CHECKSUM),
	[ICMP_EXT_CHECKSUM_BAD] =
		FINDING("icmp.ext.checksum_bad", "Bad checksum", EXPERT_WARN, GROUP_CHECKSUM),
	[ICMP_EXT_BAD_LENGTH] = { "icmp.ext.bad_length", "Object with bad length", FIELD_NONE, .flags = FIELD_WORDS,
					.help = "The object is shorter than its header, or longer "
						"than what is left",
					.reference = "RFC 4884" },
};

/* Codes that have names, by type. */
static const struct value_name *code_names(uint8_t type)
{
	switch (type) {
	case TYPE_UNREACHABLE: return unreachable_names;
	case TYPE_REDIRECT: return redirect_names;
	case TYPE_ALTERNATE_HOST: return alternate_names;
	case TYPE_ROUTER_ADVERTISEMENT: return advertisement_names;
	case TYPE_TIME_EXCEEDED: return time_names;
	case TYPE_PARAMETER: return parameter_names;
	case TYPE_PHOTURIS: return photuris_names;
	case TYPE_EXTENDED_ECHO: return query_names;
	case TYPE_EXTENDED_ECHO_REPLY: return reply_names;
	default: return NULL;
	}
}

static const char *type_name(uint8_t type, uint8_t code)
{
	if (type == TYPE_ROUTER_ADVERTISEMENT && (code == 0 || code == 16))
		return "Mobile IP Advertisement";
	const char *name = value_name(type_names, type);
	return name ? name : "Unknown ICMP (obsolete or malformed?)";
}

static const char *code_name(struct dissection *d, uint8_t type, uint8_t code)
{
	const struct value_name *names = code_names(type);

	if (!names)
		return NULL;
	const char *name = value_name(names, code);
	return name ? name : arena_printf(&d->arena, "Unknown code: %u", code);
}

/* The Info column so far: the type in a column of its own, then the code. */
static void word_type(struct dissection *d, const char *type, const char *code)
{
	static const char blanks[INFO_WIDTH + 1] = "                    ";
	size_t n = strlen(type);

	info(d, "%s%s", type, blanks + (n < INFO_WIDTH ? n : INFO_WIDTH));
	if (code)
		info(d, " (%s)", code);
}

static void show_checksum(struct dissection *d, struct cursor *c, uint32_t start)
{
	const uint8_t *bytes = c->data + start;
	uint32_t n = c->reported - start;
	uint16_t sum = take_u16(d, c, ICMP_CHECKSUM);
	node_id node = last_node(d);

	if (!cursor_ok(c) || only_learning(d))
		return;
	if (d->in_error || n > c->captured - start) {
		label(d, node, " [unverified]%s", d->in_error ? " [in ICMP error packet]" : "");
		node_stand_at(d, put_uint(d, ICMP_CHECKSUM_STATUS, CHECKSUM_UNVERIFIED), node);
		return;
	}
	uint16_t right = checksum_finish(checksum_add(checksum_add(0, bytes, 2), bytes + 4, n - 4));
	bool good = right == sum || (right == 0 && sum == 0xffff);
	if (good) {
		label(d, node, " [correct]");
	} else {
		label(d, node, " incorrect, should be 0x%04x", right);
		note_finding_on(d, node, ICMP_CHECKSUM_BAD, "Bad checksum [should be 0x%04x]",
				right);
	}
	node_stand_at(d, put_uint(d, ICMP_CHECKSUM_STATUS, good ? CHECKSUM_GOOD : CHECKSUM_BAD),
		      node);
}

/* A number in both byte orders, as senders disagree. */
static uint16_t take_both(struct dissection *d, struct cursor *c, unsigned big, unsigned little)
{
	struct cursor again = *c;
	uint16_t value = take_u16(d, c, big);

	take_uint_le(d, &again, little);
	return value;
}

/* "1 hour, 2 minutes, 3.004 seconds". */
static const char *duration_words(struct dissection *d, uint64_t ms)
{
	uint64_t s = ms / 1000, fraction = ms % 1000;
	static const struct { unsigned seconds; const char *name; } units[] = {
		{ 86400, "day" }, { 3600, "hour" }, { 60, "minute" },
	};
	const char *words = "";

	for (size_t i = 0; i < COUNT(units); i++) {
		uint64_t n = s / units[i].seconds;
		s %= units[i].seconds;
		if (n)
			words = arena_printf(&d->arena, "%s%s%llu %s%s", words, *words ? ", " : "",
					     (unsigned long long)n, units[i].name, n == 1 ? "" : "s");
	}
	if (fraction)
		return arena_printf(&d->arena, "%s%s%llu.%03u seconds", words, *words ? ", " : "",
				    (unsigned long long)s, (unsigned)fraction);
	if (!s && *words)
		return words;
	return arena_printf(&d->arena, "%s%s%llu second%s", words, *words ? ", " : "",
			    (unsigned long long)s, s == 1 ? "" : "s");
}

/* Milliseconds since midnight; the top bit says that they are not (RFC 792, 16). */
static void show_time_of_day(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t ms = take_u32(d, c, field) & 0x7fffffff;

	if (d->wants & WANT_ANY_LABELS && last_node(d) != NO_NODE)
		label(d, last_node(d), " (%s after midnight UTC)", duration_words(d, ms));
}

/* The checksum without the type's part of it: a request and its reply have it in common. */
static uint32_t common_sum(uint16_t checksum, uint8_t type)
{
	uint32_t sum = (uint16_t)~checksum + (uint32_t)(uint16_t)~(type << 8);

	sum = (sum & 0xffff) + (sum >> 16);
	return sum == 0xffff ? 0 : sum;
}

static void show_partner(struct dissection *d, bool request, const struct echo *partner)
{
	if (!request) {
		info(d, " (request in %u)", partner->packet);
		put_uint(d, ICMP_RESP_TO, partner->packet);
		double ms = (double)time_between(partner->time_ns, d->packet.time_ns) / 1e6;
		put_double(d, ICMP_RESPTIME, ms);
		label_set(d, last_node(d), "Response time: %.3f ms", ms);
		return;
	}
	info(d, " (reply in %u)", partner->packet);
	put_uint(d, ICMP_RESP_IN, partner->packet);
}

static void show_no_response(struct dissection *d)
{
	info(d, " (no response found!)");
	put_none(d, ICMP_NO_RESP);
	note_finding_on(d, last_node(d), ICMP_NO_RESPONSE_SEEN, "No response seen to ICMP request");
}

/* ping puts the time in front of its data: seconds and microseconds, in its own byte order. */
static bool data_time(const struct dissection *d, const uint8_t *p, int64_t *ns)
{
	const int64_t day = INT64_C(86400) * 1000000000;
	const uint32_t words[2][2] = { { load_be32(p), load_be32(p + 4) }, { load_le32(p), load_le32(p + 4) } };

	for (int i = 0; i < 2; i++) {
		if (words[i][1] >= 1000000)
			continue;
		*ns = (int64_t)words[i][0] * 1000000000 + (int64_t)words[i][1] * 1000;
		int64_t ago = time_between(*ns, d->packet.time_ns);
		if (ago > -day && ago < day)
			return true;
	}
	return false;
}

static void show_echo_data(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;
	int64_t ns;

	if (!only_learning(d) && d->packet.has_time && cursor_peek(c, 0, 8, &p) && data_time(d, p, &ns)) {
		add_uint(d, c, ICMP_DATA_TIME, c->pos, 8, (uint64_t)ns);
		put_duration(d, ICMP_DATA_TIME_RELATIVE, time_between(ns, d->packet.time_ns));
		cursor_skip(c, 8);
	}
	if (cursor_more(c))
		hand_on_as_data_within(d, *c);
}

static void show_echo(struct dissection *d, struct cursor *c, uint8_t type, uint16_t checksum)
{
	bool request = type == TYPE_ECHO;

	/* Only together do the two identify an exchange: half a pair would match the wrong one. */
	if (cursor_left(c) < 4) {
		cursor_skip(c, 4);
		return;
	}
	uint16_t ident = take_both(d, c, ICMP_IDENT, ICMP_IDENT_LE);
	uint16_t seq = take_both(d, c, ICMP_SEQ, ICMP_SEQ_LE);

	if (!cursor_ok(c))
		return;
	info(d, " id=0x%04x, seq=%u/%u, ttl=%u", ident, seq, (uint16_t)(seq << 8 | seq >> 8), d->hops_left);
	struct echo partner;
	if (pair_echo(d, request, (uint32_t)ident << 16 | seq, common_sum(checksum, type), IP_PROTO_ICMP,
		      &partner))
		show_partner(d, request, &partner);
	else if (request && !knows_no_later(d) && !d->in_error)
		show_no_response(d);
	show_echo_data(d, c);
}

static void show_identified(struct dissection *d, struct cursor *c)
{
	uint16_t ident = take_both(d, c, ICMP_IDENT, ICMP_IDENT_LE);
	uint16_t seq = take_both(d, c, ICMP_SEQ, ICMP_SEQ_LE);

	info(d, " id=0x%04x, seq=%u/%u, ttl=%u", ident, seq, (uint16_t)(seq << 8 | seq >> 8), d->hops_left);
}

/* RFC 4884, 4: the length of the quote, where there is one. */
static uint32_t show_quote_length(struct dissection *d, struct cursor *c)
{
	uint32_t words = take_u8(d, c, ICMP_LENGTH);

	put_uint(d, ICMP_LENGTH_ORIGINAL, words * 4);
	return words;
}

/* The second word of an error: unused but for a pointer, a length and an MTU. */
static uint32_t show_error_word(struct dissection *d, struct cursor *c, uint8_t type, uint8_t code)
{
	const uint8_t *p;
	bool mtu = type == TYPE_UNREACHABLE && code == CODE_FRAGMENTATION;
	bool has_length = cursor_peek(c, 1, 1, &p) && *p;
	uint32_t words = 0;

	if (type == TYPE_PARAMETER)
		add_uint(d, c, ICMP_POINTER, c->pos, 1, cursor_u8(c));
	else if (has_length)
		take_bytes(d, c, ICMP_UNUSED, 1);
	else
		take_bytes(d, c, ICMP_UNUSED, mtu ? 2 : 4);
	if (has_length)
		words = show_quote_length(d, c);
	else if (type == TYPE_PARAMETER)
		take_bytes(d, c, ICMP_UNUSED, 3);
	if (mtu)
		take_u16(d, c, ICMP_MTU);
	else if (has_length)
		take_bytes(d, c, ICMP_UNUSED, 2);
	return words * 4;
}

static void show_error(struct dissection *d, struct cursor *c, uint8_t type, uint8_t code)
{
	uint32_t length = show_error_word(d, c, type, code);
	const uint8_t *p;

	/* Before RFC 4884 extensions followed a quote of 128 bytes, if it needed no more. */
	if (!length && cursor_sent(c) > OLD_QUOTE && cursor_peek(c, 2, 2, &p) && load_be16(p) <= OLD_QUOTE)
		length = OLD_QUOTE;
	bool extended = length && length < cursor_sent(c);
	struct cursor quote = cursor_split(c, extended ? length : cursor_sent(c));
	show_undelivered_packet(d, quote, 0x0800);
	if (extended)
		show_icmp_extensions(d, c);
}

/* RFC 792: the quote is the IP header and 8 bytes, whatever else follows. */
static void show_redirect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;

	take_ipv4(d, c, ICMP_REDIR_GW);
	if (!cursor_peek(c, 0, 1, &p)) {
		cursor_fail(c, 1);
		return;
	}
	show_quoted_packet(d, cursor_split(c, (*p & 15u) * 4 + 8), 0x0800);
}

/* RFC 5944, 2.1.1. */
static void show_agent_flags(struct dissection *d, struct cursor *c)
{
	static const char *const names[] = {
		"Registration Required", "Busy", "Home Agent", "Foreign Agent", "Minimal Encapsulation",
		"GRE", "VJ Comp", "Reverse tunneling", "UDP tunneling", "Revocation support",
	};
	unsigned flags = (unsigned)take_flags(d, c, ICMP_MIP_FLAGS, ICMP_MIP_R, ICMP_MIP_RESERVED);

	for (unsigned i = 0; i < COUNT(names); i++)
		if (flags & 0x8000u >> i)
			label(d, last_node(d), ", %s", names[i]);
}

static void show_agent_extension(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, ICMP_MIP);
	uint8_t type = take_u8(d, c, ICMP_MIP_TYPE);
	const char *name = value_name(agent_names, type);

	label(d, tree, ": %s", name ? name : "Unknown");
	if (type == 0) {
		close_tree(d, tree, c);
		return;
	}
	uint32_t length = take_u8(d, c, ICMP_MIP_LENGTH);
	struct cursor data = cursor_split(c, length);
	if (type == 16) {
		take_u16(d, &data, ICMP_MIP_SEQ);
		take_u16(d, &data, ICMP_MIP_LIFE);
		show_agent_flags(d, &data);
		while (cursor_sent(&data) >= 4)
			take_ipv4(d, &data, ICMP_MIP_COA);
	} else if (type == 19) {
		while (cursor_more(&data))
			take_u8(d, &data, ICMP_MIP_PREFIX_LENGTH);
	} else if (length) {
		take_bytes(d, &data, type == 24 ? ICMP_MIP_CHALLENGE : ICMP_MIP_CONTENT, length);
	}
	close_tree(d, tree, c);
}

/* RFC 1256, 3. */
static void show_router_advertisement(struct dissection *d, struct cursor *c)
{
	unsigned count = take_u8(d, c, ICMP_NUM_ADDRS);
	unsigned size = take_u8(d, c, ICMP_ADDR_ENTRY_SIZE);
	uint16_t lifetime = take_u16(d, c, ICMP_LIFETIME);

	if (d->wants & WANT_ANY_LABELS)
		label(d, last_node(d), " (%s)", duration_words(d, lifetime * UINT64_C(1000)));
	for (unsigned i = 0; size >= 2 && i < count && cursor_more(c); i++) {
		take_ipv4(d, c, ICMP_ROUTER_ADDRESS);
		take_u32(d, c, ICMP_PREF_LEVEL);
		cursor_skip(c, (size - 2) * 4);
	}
	while (size >= 2 && cursor_more(c))
		show_agent_extension(d, c);
}

/* RFC 8335, 2 and 3. */
static void show_extended_echo(struct dissection *d, struct cursor *c, bool request)
{
	take_both(d, c, ICMP_IDENT, ICMP_IDENT_LE);
	take_u8(d, c, ICMP_EXT_ECHO_SEQ);
	if (request) {
		look_uint(d, c, ICMP_EXT_ECHO_REQ_RES);
		take_uint(d, c, ICMP_EXT_ECHO_REQ_LOCAL);
		if (cursor_more(c))
			show_icmp_extensions(d, c);
		return;
	}
	look_uint(d, c, ICMP_EXT_ECHO_RSP_STATE);
	look_uint(d, c, ICMP_EXT_ECHO_RSP_RES);
	look_uint(d, c, ICMP_EXT_ECHO_RSP_ACTIVE);
	look_uint(d, c, ICMP_EXT_ECHO_RSP_IPV4);
	take_uint(d, c, ICMP_EXT_ECHO_RSP_IPV6);
}

static void show_body(struct dissection *d, struct cursor *c, uint8_t type, uint8_t code, uint16_t checksum)
{
	switch (type) {
	case TYPE_ECHO:
	case TYPE_ECHO_REPLY:
		show_echo(d, c, type, checksum);
		break;
	case TYPE_UNREACHABLE:
	case TYPE_TIME_EXCEEDED:
	case TYPE_PARAMETER:
		show_error(d, c, type, code);
		break;
	case TYPE_REDIRECT:
		show_redirect(d, c);
		break;
	case TYPE_SOURCE_QUENCH:
		cursor_skip(c, 4);
		show_quoted_packet(d, *c, 0x0800);
		break;
	case TYPE_ROUTER_ADVERTISEMENT:
		show_router_advertisement(d, c);
		break;
	case TYPE_TIMESTAMP:
	case TYPE_TIMESTAMP_REPLY:
		show_identified(d, c);
		show_time_of_day(d, c, ICMP_ORIGINATE);
		show_time_of_day(d, c, ICMP_RECEIVE);
		show_time_of_day(d, c, ICMP_TRANSMIT);
		break;
	case TYPE_INFORMATION:
	case TYPE_INFORMATION_REPLY:
		show_identified(d, c);
		break;
	case TYPE_MASK:
	case TYPE_MASK_REPLY:
		show_identified(d, c);
		take_ipv4(d, c, ICMP_ADDRESS_MASK);
		break;
	case TYPE_EXTENDED_ECHO:
	case TYPE_EXTENDED_ECHO_REPLY:
		show_extended_echo(d, c, type == TYPE_EXTENDED_ECHO);
		break;
	default:
		break;
	}
}

static void icmp_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;
	uint32_t start = c->pos;

	info_begin(d);
	if (!cursor_peek(c, 0, 6, &p)) {
		cursor_fail(c, 6);
		return;
	}
	const char *type_words = type_name(p[0], p[1]), *code_words = code_name(d, p[0], p[1]);
	word_type(d, type_words, code_words);
	uint8_t type = take_u8(d, c, ICMP_TYPE);
	label(d, last_node(d), " (%s)", type_words);
	uint8_t code = take_u8(d, c, ICMP_CODE);
	if (code_words)
		label(d, last_node(d), " (%s)", code_words);
	show_checksum(d, c, start);
	show_body(d, c, type, code, load_be16(p + 2));
}

static bool icmp_is_plain(struct outline *o)
{
	o->header = HEADER_LENGTH;
	return true;
}

static const struct plain_header icmp_plain = { icmp_is_plain, HEADER_LENGTH };

static const struct claim icmp_claims[] = { { BY_IP_PROTO, IP_PROTO_ICMP } };

const struct dissector icmp_dissector = {
	.name = "icmp",
	.short_name = "ICMP",
	.title = "Internet Control Message Protocol",
	.fields = icmp_fields,
	.field_count = COUNT(icmp_fields),
	.claims = icmp_claims,
	.claim_count = COUNT(icmp_claims),
	.plain = &icmp_plain,
	.dissect = icmp_dissect,
};
