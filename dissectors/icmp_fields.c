/* icmp_fields.c - the fields of ICMP and the names of their values. */
#include "dissect/checksum.h"
#include "icmp.h"
#include "ip_names.h"

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
	{ 0, NULL },
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
	{ 0, NULL },
};

static const struct value_name redirect_names[] = {
	{ 0, "Redirect for network" },
	{ 1, "Redirect for host" },
	{ 2, "Redirect for TOS and network" },
	{ 3, "Redirect for TOS and host" },
	{ 0, NULL },
};

static const struct value_name alternate_names[] = {
	{ 0, "Alternate address for host" },
	{ 0, NULL },
};

static const struct value_name advertisement_names[] = {
	{ 0, "Normal router advertisement" },
	{ 16, "Does not route common traffic" },
	{ 0, NULL },
};

static const struct value_name time_names[] = {
	{ 0, "Time to live exceeded in transit" },
	{ 1, "Fragment reassembly time exceeded" },
	{ 0, NULL },
};

static const struct value_name parameter_names[] = {
	{ 0, "Pointer indicates the error" },
	{ 1, "Required option missing" },
	{ 2, "Bad length" },
	{ 0, NULL },
};

/* RFC 2521. */
static const struct value_name photuris_names[] = {
	{ 0, "Bad SPI" },
	{ 1, "Authentication Failed" },
	{ 2, "Decompression Failed" },
	{ 3, "Decryption Failed" },
	{ 4, "Need Authentication" },
	{ 5, "Need Authorization" },
	{ 0, NULL },
};

static const struct value_name query_names[] = {
	{ 0, "No error" },
	{ 0, NULL },
};

static const struct value_name reply_names[] = {
	{ 0, "No error" },
	{ 1, "Malformed Query" },
	{ 2, "No Such Interface" },
	{ 3, "No Such Table Entry" },
	{ 4, "Multiple Interfaces Satisfy Query" },
	{ 0, NULL },
};

const struct value_name echo_state_names[] = {
	{ 0, "Reserved" }, { 1, "Incomplete" }, { 2, "Reachable" }, { 3, "Stale" },
	{ 4, "Delay" },	   { 5, "Probe" },	{ 6, "Failed" },    { 0, NULL },
};

static const struct value_name agent_names[] = {
	{ 0, "One byte padding extension" },
	{ 16, "Mobility Agent Advertisement Extension" },
	{ 19, "Prefix Lengths Extension" },
	{ 24, "Challenge Extension" },
	{ 0, NULL },
};

static const struct value_name class_names[] = {
	{ 1, "MPLS Label Stack Class" },
	{ 2, "Interface Information Object" },
	{ 3, "Interface Identification Object" },
	{ 0, NULL },
};

static const struct value_name role_names[] = {
	{ 0, "IP interface upon which datagram arrived" },
	{ 1, "sub-IP component of an IP interface upon which datagram arrived" },
	{ 2, "IP interface through which datagram would be forwarded" },
	{ 3, "IP next-hop to which datagram would be forwarded" },
	{ 0, NULL },
};

static const struct value_name present_names[] = {
	{ 0, "Not Present" },
	{ 1, "Present" },
	{ 0, NULL },
};

const struct field icmp_fields[ICMP_FIELD_COUNT] = {
	[ICMP] = { "icmp", "Internet Control Message Protocol", FIELD_PROTOCOL,
		   .help = "Tells a sender what became of its packets, and answers pings",
		   .reference = "RFC 792" },
	[ICMP_TYPE] = { "icmp.type", "Type", FIELD_U8, .help = "What the message is about",
			.reference = "RFC 792", PLACED(0) },
	[ICMP_CODE] = { "icmp.code", "Code", FIELD_U8, .help = "More about the type",
			.reference = "RFC 792", PLACED(1) },
	[ICMP_CHECKSUM] = { "icmp.checksum", "Checksum", FIELD_U16, BASE_HEX,
			    .help = "A sum over the message, to notice damage",
			    .reference = "RFC 792", PLACED(2) },
	[ICMP_CHECKSUM_STATUS] = { "icmp.checksum.status", "Checksum Status", FIELD_U8,
				   .base = BASE_NAME, .names = checksum_status_names,
				   .help = "Whether the checksum is right" },
	[ICMP_UNUSED] = { "icmp.unused", "Unused", FIELD_BYTES, .help = "Not used, and 0",
			  .reference = "RFC 792" },
	[ICMP_RESERVED] = { "icmp.reserved", "Reserved", FIELD_BYTES, .help = "Not used",
			    .reference = "RFC 792" },
	[ICMP_IDENT] = { "icmp.ident", "Identifier (BE)", FIELD_U16, BASE_DEC_HEX,
			 .help = "Which ping this is of: a program's own number",
			 .reference = "RFC 792" },
	[ICMP_IDENT_LE] = { "icmp.ident_le", "Identifier (LE)", FIELD_U16, BASE_DEC_HEX,
			    .help = "The same, if the sender had the less significant byte first",
			    .reference = "RFC 792" },
	[ICMP_SEQ] = { "icmp.seq", "Sequence Number (BE)", FIELD_U16, BASE_DEC_HEX,
		       .help = "Which of its pings this is", .reference = "RFC 792" },
	[ICMP_SEQ_LE] = { "icmp.seq_le", "Sequence Number (LE)", FIELD_U16, BASE_DEC_HEX,
			  .help = "The same, if the sender had the less significant byte first",
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
			    .help = "For how many seconds that holds", .reference = "RFC 1256, 3" },
	[ICMP_POINTER] = { "icmp.pointer", "Pointer", FIELD_U32,
			   .help = "The byte of the packet that is the problem",
			   .reference = "RFC 792" },
	[ICMP_ROUTER_ADDRESS] = { "icmp.router_address", "Router address", FIELD_IPV4,
				  .help = "A router on this network", .reference = "RFC 1256, 3" },
	[ICMP_PREF_LEVEL] = { "icmp.pref_level", "Preference level", FIELD_I32,
			      .help = "The highest is to be the default router",
			      .reference = "RFC 1256, 3" },
	[ICMP_ORIGINATE] = { "icmp.originate_timestamp", "Originate Timestamp", FIELD_U32,
			     .help = "When the asker sent it, in milliseconds since midnight UTC",
			     .reference = "RFC 792" },
	[ICMP_RECEIVE] = { "icmp.receive_timestamp", "Receive Timestamp", FIELD_U32,
			   .help = "When it was received there, in milliseconds since midnight UTC",
			   .reference = "RFC 792" },
	[ICMP_TRANSMIT] = { "icmp.transmit_timestamp", "Transmit Timestamp", FIELD_U32,
			    .help = "When the reply was sent, in milliseconds since midnight UTC",
			    .reference = "RFC 792" },
	[ICMP_ADDRESS_MASK] = { "icmp.address_mask", "Address Mask", FIELD_IPV4,
				.help = "The mask of this network", .reference = "RFC 950" },
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
				   FIELD_U8, .help = "The same in bytes", .reference = "RFC 4884" },

	[ICMP_MIP] = { "icmp.mip", "Ext", FIELD_NONE, .flags = FIELD_WORDS,
		       .help = "What a mobility agent says of itself",
		       .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_TYPE] = { "icmp.mip.type", "Extension Type", FIELD_U8, .names = agent_names,
			    .help = "What the extension is about", .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_LENGTH] = { "icmp.mip.length", "Length", FIELD_U8, .help = "Bytes that follow",
			      .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_PREFIX_LENGTH] = { "icmp.mip.prefixlength", "Prefix Length", FIELD_U8,
				     .help = "How many bits of each router's address are the "
					     "network's",
				     .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_SEQ] = { "icmp.mip.seq", "Sequence Number", FIELD_U16,
			   .help = "Counts these messages; a small number says that the agent "
				   "began anew",
			   .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_LIFE] = { "icmp.mip.life", "Registration Lifetime", FIELD_U16,
			    .help = "For how many seconds the agent takes a registration",
			    .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_FLAGS] = { "icmp.mip.flags", "Flags", FIELD_U16, BASE_HEX,
			     .help = "What the agent offers", .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_R] = { "icmp.mip.r", "Registration Required", FIELD_BOOL, .names = true_names,
			 .mask = 0x8000,
			 .help = "Visitors must register here, even with an address of their own",
			 .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_B] = { "icmp.mip.b", "Busy", FIELD_BOOL, .names = true_names, .mask = 0x4000,
			 .help = "No more visitors are taken", .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_H] = { "icmp.mip.h", "Home Agent", FIELD_BOOL, .names = true_names,
			 .mask = 0x2000, .help = "It is an agent for hosts that are at home here",
			 .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_F] = { "icmp.mip.f", "Foreign Agent", FIELD_BOOL, .names = true_names,
			 .mask = 0x1000, .help = "It is an agent for visitors",
			 .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_M] = { "icmp.mip.m", "Minimal Encapsulation", FIELD_BOOL, .names = true_names,
			 .mask = 0x0800, .help = "Minimal encapsulation is understood",
			 .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_G] = { "icmp.mip.g", "GRE", FIELD_BOOL, .names = true_names, .mask = 0x0400,
			 .help = "GRE is understood", .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_V] = { "icmp.mip.v", "VJ Comp", FIELD_BOOL, .names = true_names, .mask = 0x0200,
			 .help = "Van Jacobson's header compression is understood",
			 .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_RT] = { "icmp.mip.rt", "Reverse tunneling", FIELD_BOOL, .names = true_names,
			  .mask = 0x0100, .help = "Packets may be sent back through the tunnel",
			  .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_U] = { "icmp.mip.u", "UDP tunneling", FIELD_BOOL, .names = true_names,
			 .mask = 0x0080, .help = "The tunnel may run over UDP",
			 .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_X] = { "icmp.mip.x", "Revocation support", FIELD_BOOL, .names = true_names,
			 .mask = 0x0040, .help = "Registrations can be revoked",
			 .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_RESERVED] = { "icmp.mip.reserved", "Reserved", FIELD_U16, BASE_HEX,
				.mask = 0x003f, .help = "Not used, and 0",
				.reference = "RFC 5944, 2.1" },
	[ICMP_MIP_COA] = { "icmp.mip.coa", "Care-Of-Address", FIELD_IPV4,
			   .help = "An address that visitors may be reached at",
			   .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_CHALLENGE] = { "icmp.mip.challenge", "Challenge", FIELD_BYTES,
				 .help = "Bytes that a registration must answer",
				 .reference = "RFC 5944, 2.1" },
	[ICMP_MIP_CONTENT] = { "icmp.mip.content", "Content", FIELD_BYTES,
			       .help = "What the extension says", .reference = "RFC 5944, 2.1" },

	[ICMP_EXT] = { "icmp.ext", "ICMP Multi-Part Extensions", FIELD_NONE,
		       .help = "What else is told about the packet", .reference = "RFC 4884" },
	[ICMP_EXT_VERSION] = { "icmp.ext.version", "Version", FIELD_U8, .help = "Always 2",
			       .reference = "RFC 4884" },
	[ICMP_EXT_RES] = { "icmp.ext.res", "Reserved", FIELD_U16, BASE_HEX, .mask = 0x0fff,
			   .help = "Not used, and 0", .reference = "RFC 4884" },
	[ICMP_EXT_CHECKSUM] = { "icmp.ext.checksum", "Checksum", FIELD_U16, BASE_HEX,
				.help = "A sum over the extensions, to notice damage",
				.reference = "RFC 4884" },
	[ICMP_EXT_CHECKSUM_STATUS] = { "icmp.ext.checksum.status", "Checksum Status", FIELD_U8,
				       .base = BASE_NAME, .names = checksum_status_names,
				       .help = "Whether that checksum is right",
				       .reference = "RFC 4884" },
	[ICMP_EXT_OBJECT] = { "icmp.ext.object", "Object", FIELD_NONE, .flags = FIELD_WORDS,
			      .help = "One thing that is told", .reference = "RFC 4884" },
	[ICMP_EXT_LENGTH] = { "icmp.ext.length", "Length", FIELD_U16,
			      .help = "Bytes of the object with its header",
			      .reference = "RFC 4884" },
	[ICMP_EXT_CLASS] = { "icmp.ext.class", "Class", FIELD_U8, .names = class_names,
			     .help = "What the object is about", .reference = "RFC 4884" },
	[ICMP_EXT_CTYPE] = { "icmp.ext.ctype", "C-Type", FIELD_U8, .help = "More about its class",
			     .reference = "RFC 4884" },
	[ICMP_EXT_DATA] = { "icmp.ext.data", "Data", FIELD_BYTES, .help = "What it says",
			    .reference = "RFC 4884" },
	[ICMP_MPLS] = { "icmp.mpls", "Label", FIELD_NONE, .flags = FIELD_WORDS,
			.help = "A label that the packet had when the router dropped it",
			.reference = "RFC 4950" },
	[ICMP_MPLS_LABEL] = { "icmp.mpls.label", "Label", FIELD_U24, .mask = 0xfffff0,
			      .help = "The label", .reference = "RFC 4950" },
	[ICMP_MPLS_EXP] = { "icmp.mpls.exp", "Experimental", FIELD_U24, .mask = 0x00000e,
			    .help = "How urgent the packet was", .reference = "RFC 4950" },
	[ICMP_MPLS_S] = { "icmp.mpls.s", "Stack bit", FIELD_BOOL, .names = set_names,
			  .mask = 0x000001, .help = "This is the last label",
			  .reference = "RFC 4950" },
	[ICMP_MPLS_TTL] = { "icmp.mpls.ttl", "Time to live", FIELD_U8,
			    .help = "How many routers the label had still to go",
			    .reference = "RFC 4950" },
	[ICMP_MPLS_DATA] = { "icmp.mpls.data", "Data", FIELD_BYTES,
			     .help = "What follows the labels", .reference = "RFC 4950" },
	[ICMP_INT_INFO_ROLE] = { "icmp.int_info.role", "Interface Role", FIELD_U8,
				 .names = role_names, .mask = 0xc0,
				 .help = "What the interface has to do with the packet",
				 .reference = "RFC 5837" },
	[ICMP_INT_INFO_RESERVED] = { "icmp.int_info.reserved", "Reserved", FIELD_U8, .mask = 0x30,
				     .help = "Not used, and 0", .reference = "RFC 5837" },
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
				  .help = "The interface's number", .reference = "RFC 5837" },
	[ICMP_INT_INFO_ADDRESS] = { "icmp.int_info.address", "IP Address Sub-Object", FIELD_NONE,
				    .flags = FIELD_WORDS, .help = "The interface's address",
				    .reference = "RFC 5837" },
	[ICMP_INT_INFO_AFI] = { "icmp.int_info.afi", "Address Family Identifier", FIELD_U16,
				.help = "Of which protocol the address is",
				.reference = "RFC 5837" },
	[ICMP_INT_INFO_IPV4] = { "icmp.int_info.ipv4", "Source", FIELD_IPV4, .help = "The address",
				 .reference = "RFC 5837" },
	[ICMP_INT_INFO_IPV6] = { "icmp.int_info.ipv6", "Source", FIELD_IPV6, .help = "The address",
				 .reference = "RFC 5837" },
	[ICMP_INT_INFO_UNKNOWN] = { "icmp.int_info.ipunknown", "Source", FIELD_BYTES,
				    .help = "The address", .reference = "RFC 5837" },
	[ICMP_INT_INFO_NAMES] = { "icmp.int_info.name_object", "Interface Name Sub-Object",
				  FIELD_NONE, .flags = FIELD_WORDS, .help = "The interface's name",
				  .reference = "RFC 5837" },
	[ICMP_INT_INFO_NAME_LENGTH] = { "icmp.int_info.name_length", "Name Length", FIELD_U8,
					.help = "Bytes of the name, this one too",
					.reference = "RFC 5837" },
	[ICMP_INT_INFO_NAME] = { "icmp.int_info.name", "Name", FIELD_TEXT, .help = "The name",
				 .reference = "RFC 5837" },
	[ICMP_INT_INFO_MTU] = { "icmp.int_info.mtu", "Maximum Transmission Unit", FIELD_U32,
				.help = "The longest packet that the interface takes",
				.reference = "RFC 5837" },
	[ICMP_EXT_ECHO_SEQ] = { "icmp.ext.echo.seq", "Sequence Number", FIELD_U8, BASE_DEC_HEX,
				.help = "Which of the requests this is", .reference = "RFC 8335" },
	[ICMP_EXT_ECHO_REQ_RES] = { "icmp.ext.echo.req.res", "Reserved", FIELD_U8, BASE_HEX,
				    .mask = 0xfe, .help = "Not used, and 0",
				    .reference = "RFC 8335" },
	[ICMP_EXT_ECHO_REQ_LOCAL] = { "icmp.ext.echo.req.local", "Local bit", FIELD_BOOL,
				      .names = set_names, .mask = 0x01,
				      .help = "The interface that is asked about is the receiver's "
					      "own",
				      .reference = "RFC 8335" },
	[ICMP_EXT_ECHO_RSP_STATE] = { "icmp.ext.echo.rsp.state", "State", FIELD_U8,
				      .names = echo_state_names, .mask = 0xe0,
				      .help = "What the receiver knows of a neighbour",
				      .reference = "RFC 8335" },
	[ICMP_EXT_ECHO_RSP_RES] = { "icmp.ext.echo.rsp.res", "Reserved", FIELD_U8, BASE_HEX,
				    .mask = 0x18, .help = "Not used, and 0",
				    .reference = "RFC 8335" },
	[ICMP_EXT_ECHO_RSP_ACTIVE] = { "icmp.ext.echo.rsp.active", "Active bit", FIELD_BOOL,
				       .names = set_names, .mask = 0x04,
				       .help = "The interface is up", .reference = "RFC 8335" },
	[ICMP_EXT_ECHO_RSP_IPV4] = { "icmp.ext.echo.rsp.ipv4", "IPv4 bit", FIELD_BOOL,
				     .names = set_names, .mask = 0x02, .help = "IPv4 runs on it",
				     .reference = "RFC 8335" },
	[ICMP_EXT_ECHO_RSP_IPV6] = { "icmp.ext.echo.rsp.ipv6", "IPv6 bit", FIELD_BOOL,
				     .names = set_names, .mask = 0x01, .help = "IPv6 runs on it",
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
				    .help = "Bytes of the address", .reference = "RFC 8335" },
	[ICMP_INT_IDENT_RESERVED] = { "icmp.int_ident.reserved", "Reserved", FIELD_BYTES,
				      .help = "Not used, and 0", .reference = "RFC 8335" },
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
				    .flags = FIELD_FORWARD, .severity = EXPERT_WARN,
				    .group = GROUP_SEQUENCE,
				    .help = "Nobody answered this ping in this capture" },
	[ICMP_CHECKSUM_BAD] =
		FINDING("icmp.checksum_bad", "Bad checksum", EXPERT_WARN, GROUP_CHECKSUM),
	[ICMP_EXT_CHECKSUM_BAD] =
		FINDING("icmp.ext.checksum_bad", "Bad checksum", EXPERT_WARN, GROUP_CHECKSUM),
	[ICMP_EXT_BAD_LENGTH] = { "icmp.ext.bad_length", "Object with bad length", FIELD_NONE,
				  .flags = FIELD_WORDS,
				  .help = "The object is shorter than its header, or longer than "
					  "what is left",
				  .reference = "RFC 4884" },
};

const struct value_name *icmp_code_names(uint8_t type)
{
	switch (type) {
	case ICMP_UNREACHABLE:
		return unreachable_names;
	case ICMP_REDIRECT:
		return redirect_names;
	case ICMP_ALTERNATE_HOST:
		return alternate_names;
	case ICMP_ROUTER_ADVERTISEMENT:
		return advertisement_names;
	case ICMP_TIME_EXCEEDED:
		return time_names;
	case ICMP_PARAMETER:
		return parameter_names;
	case ICMP_PHOTURIS:
		return photuris_names;
	case ICMP_EXTENDED_ECHO:
		return query_names;
	case ICMP_EXTENDED_ECHO_REPLY:
		return reply_names;
	default:
		return NULL;
	}
}

const char *icmp_type_name(uint8_t type, uint8_t code)
{
	if (type == ICMP_ROUTER_ADVERTISEMENT && (code == 0 || code == 16))
		return "Mobile IP Advertisement";
	const char *name = value_name(type_names, type);
	return name ? name : "Unknown ICMP (obsolete or malformed?)";
}
