/* ipcp.c - PPP's control protocols for IPv4 (RFC 1332, 1877) and IPv6 (RFC 5072). */
#include "ppp.h"

enum { PROTOCOL_IPCP = 0x8021, PROTOCOL_IPV6CP = 0x8057 };

enum {
	IPCP,
	IPCP_DATA,
	IPCP_OPTION,
	IPCP_OPT_TYPE,
	IPCP_OPT_LENGTH,
	IPCP_OPT_SRC_ADDRESS,
	IPCP_OPT_DST_ADDRESS,
	IPCP_OPT_COMPRESS_PROTO,
	IPCP_OPT_MAX_SLOT_ID,
	IPCP_OPT_COMP_SLOT_ID,
	IPCP_OPT_IP_ADDRESS,
	IPCP_OPT_MOBILE_NODE,
	IPCP_OPT_PRI_DNS,
	IPCP_OPT_PRI_NBNS,
	IPCP_OPT_SEC_DNS,
	IPCP_OPT_SEC_NBNS,
};

enum {
	IPV6CP,
	IPV6CP_OPTION,
	IPV6CP_OPT_TYPE,
	IPV6CP_OPT_LENGTH,
	IPV6CP_IDENTIFIER,
	IPV6CP_COMPRESSION
};

static const struct value_name compression_names[] = {
	{ 0x0003, "Robust Header Compression (ROHC)" },
	{ 0x002d, "VJ compression" },
	{ 0x0037, "VJ compression (RFC1172-typo)" },
	{ 0x0061, "IPHC compression" },
	{ 0 },
};

static const struct value_name slot_names[] = {
	{ 0, "The slot identifier must not be compressed" },
	{ 1, "The slot identifier may be compressed" },
	{ 0 },
};

static const struct field ipcp_fields[] = {
	[IPCP] = { "ipcp", "PPP IP Control Protocol", FIELD_PROTOCOL,
		   .help = "Agrees on IP addresses for the ends of the link",
		   .reference = "RFC 1332" },
	[IPCP_DATA] = { "ipcp.data", "Data", FIELD_BYTES, .help = "The message's data",
			.reference = "RFC 1332" },
	[IPCP_OPTION] = { "ipcp.option", "Option", FIELD_NONE, .flags = FIELD_WORDS,
			  .help = "A setting that is to be agreed on", .reference = "RFC 1332, 3" },
	[IPCP_OPT_TYPE] = { "ipcp.opt.type", "Type", FIELD_U8, .help = "Which option",
			    .reference = "RFC 1332, 3" },
	[IPCP_OPT_LENGTH] = { "ipcp.opt.length", "Length", FIELD_U8,
			      .help = "Bytes of the option, these two included",
			      .reference = "RFC 1332, 3" },
	[IPCP_OPT_SRC_ADDRESS] = { "ipcp.opt.src_address", "Source IP Address", FIELD_IPV4,
				   .help = "The sender's address, in the old form",
				   .reference = "RFC 1172, 5.1" },
	[IPCP_OPT_DST_ADDRESS] = { "ipcp.opt.dst_address", "Destination IP Address", FIELD_IPV4,
				   .help = "The receiver's address, in the old form",
				   .reference = "RFC 1172, 5.1" },
	[IPCP_OPT_COMPRESS_PROTO] = { "ipcp.opt.compress_proto", "IP Compression Protocol",
				      FIELD_U16, BASE_HEX, compression_names,
				      .help = "How headers are compressed",
				      .reference = "RFC 1332, 3.2" },
	[IPCP_OPT_MAX_SLOT_ID] = { "ipcp.opt.max_slot_id", "Max Slot ID", FIELD_U8,
				   .help = "How many connections' headers are kept, less one",
				   .reference = "RFC 1332, 4" },
	[IPCP_OPT_COMP_SLOT_ID] = { "ipcp.opt.comp_slot_id", "Comp Slot ID", FIELD_BOOL,
				    .names = slot_names, .mask = 0x01,
				    .help = "Whether a packet may leave out which connection it "
					    "belongs to",
				    .reference = "RFC 1332, 4" },
	[IPCP_OPT_IP_ADDRESS] = { "ipcp.opt.ip_address", "IP Address", FIELD_IPV4,
				  .help = "The address that the sender wants; 0.0.0.0 asks for "
					  "one",
				  .reference = "RFC 1332, 3.3" },
	[IPCP_OPT_MOBILE_NODE] = { "ipcp.opt.mobilenodehomeaddress", "Mobile Node's Home Address",
				   FIELD_IPV4, .help = "The address at home of a mobile host",
				   .reference = "RFC 2290, 2" },
	[IPCP_OPT_PRI_DNS] = { "ipcp.opt.pri_dns_address", "Primary DNS Address", FIELD_IPV4,
			       .help = "The first DNS server; 0.0.0.0 asks for it",
			       .reference = "RFC 1877, 1.1" },
	[IPCP_OPT_PRI_NBNS] = { "ipcp.opt.pri_nbns_address", "Primary NBNS Address", FIELD_IPV4,
				.help = "The first NetBIOS name server; 0.0.0.0 asks for it",
				.reference = "RFC 1877, 1.2" },
	[IPCP_OPT_SEC_DNS] = { "ipcp.opt.sec_dns_address", "Secondary DNS Address", FIELD_IPV4,
			       .help = "The second DNS server; 0.0.0.0 asks for it",
			       .reference = "RFC 1877, 1.3" },
	[IPCP_OPT_SEC_NBNS] = { "ipcp.opt.sec_nbns_address", "Secondary NBNS Address", FIELD_IPV4,
				.help = "The second NetBIOS name server; 0.0.0.0 asks for it",
				.reference = "RFC 1877, 1.4" },
};

static const struct field ipv6cp_fields[] = {
	[IPV6CP] = { "ipv6cp", "PPP IPv6 Control Protocol", FIELD_PROTOCOL,
		     .help = "Agrees on IPv6 over the link", .reference = "RFC 5072" },
	[IPV6CP_OPTION] = { "ipv6cp.option", "Option", FIELD_NONE, .flags = FIELD_WORDS,
			    .help = "A setting that is to be agreed on",
			    .reference = "RFC 5072, 4" },
	[IPV6CP_OPT_TYPE] = { "ipv6cp.opt.type", "Type", FIELD_U8, .help = "Which option",
			      .reference = "RFC 5072, 4" },
	[IPV6CP_OPT_LENGTH] = { "ipv6cp.opt.length", "Length", FIELD_U8,
				.help = "Bytes of the option, these two included",
				.reference = "RFC 5072, 4" },
	[IPV6CP_IDENTIFIER] = { "ipv6cp.interface_identifier", "Interface Identifier", FIELD_BYTES,
				.help = "The last 64 bits of the sender's link-local address",
				.reference = "RFC 5072, 4.1" },
	[IPV6CP_COMPRESSION] = { "ipv6cp.compress_proto", "IP Compression Protocol", FIELD_U16,
				 BASE_HEX, .help = "How headers are compressed",
				 .reference = "RFC 5172" },
};

static const struct ppp_option ipcp_table[] = {
	{ 1,
	  10,
	  false,
	  "IP Addresses (deprecated)",
	  { IPCP_OPT_SRC_ADDRESS, IPCP_OPT_DST_ADDRESS } },
	{ 2,
	  4,
	  false,
	  "IP Compression Protocol",
	  { IPCP_OPT_COMPRESS_PROTO, IPCP_OPT_MAX_SLOT_ID, IPCP_OPT_COMP_SLOT_ID, IPCP_DATA } },
	{ 3, 6, false, "IP Address", { IPCP_OPT_IP_ADDRESS } },
	{ 4, 6, false, "Mobile Node's Home IP Address", { IPCP_OPT_MOBILE_NODE } },
	{ 129, 6, false, "Primary DNS Server IP Address", { IPCP_OPT_PRI_DNS } },
	{ 130, 6, false, "Primary NBNS Server IP Address", { IPCP_OPT_PRI_NBNS } },
	{ 131, 6, false, "Secondary DNS Server IP Address", { IPCP_OPT_SEC_DNS } },
	{ 132, 6, false, "Secondary NBNS Server IP Address", { IPCP_OPT_SEC_NBNS } },
	{ 0 },
};

static const struct ppp_option ipv6cp_table[] = {
	{ 1, 10, false, "Interface Identifier", { IPV6CP_IDENTIFIER } },
	{ 2, 4, false, "IP Compression Protocol", { IPV6CP_COMPRESSION } },
	{ 0 },
};

static const struct ppp_options ipcp_options = { ipcp_table, IPCP_OPTION, IPCP_OPT_TYPE,
						 IPCP_OPT_LENGTH };
static const struct ppp_options ipv6cp_options = {
	ipv6cp_table,
	IPV6CP_OPTION,
	IPV6CP_OPT_TYPE,
	IPV6CP_OPT_LENGTH,
};

static void dissect_control(struct dissection *d, struct cursor *c,
			    const struct ppp_options *options)
{
	struct cursor body;
	unsigned code = take_control_header(d, c, &body);

	if (code >= CONFIGURE_REQUEST && code <= CONFIGURE_REJECT)
		show_options(d, &body, options);
}

static void ipcp_dissect(struct dissection *d, struct cursor *c)
{
	dissect_control(d, c, &ipcp_options);
}

static void ipv6cp_dissect(struct dissection *d, struct cursor *c)
{
	dissect_control(d, c, &ipv6cp_options);
}

static const struct claim ipcp_claims[] = { { BY_PPP_PROTO, PROTOCOL_IPCP } };
static const struct claim ipv6cp_claims[] = { { BY_PPP_PROTO, PROTOCOL_IPV6CP } };

const struct dissector ipcp_dissector = {
	.name = "ipcp",
	.short_name = "PPP IPCP",
	.title = "PPP IP Control Protocol",
	.fields = ipcp_fields,
	.field_count = COUNT(ipcp_fields),
	.claims = ipcp_claims,
	.claim_count = COUNT(ipcp_claims),
	.borrows = &ppp_dissector,
	.dissect = ipcp_dissect,
};

const struct dissector ipv6cp_dissector = {
	.name = "ipv6cp",
	.short_name = "PPP IPV6CP",
	.title = "PPP IPv6 Control Protocol",
	.fields = ipv6cp_fields,
	.field_count = COUNT(ipv6cp_fields),
	.claims = ipv6cp_claims,
	.claim_count = COUNT(ipv6cp_claims),
	.borrows = &ppp_dissector,
	.dissect = ipv6cp_dissect,
};
