/* lcp.c - PPP Link Control Protocol, RFC 1661, 5 and 6, with options of RFC 1570, 1990 and 2125. */
#include "ppp.h"

enum { PROTOCOL_LCP = 0xc021 };

enum {
	LCP,
	LCP_MAGIC_NUMBER,
	LCP_DATA,
	LCP_MESSAGE,
	LCP_SECS_REMAINING,
	LCP_REJ_PROTO,
	LCP_OPTION,
	LCP_OPT_TYPE,
	LCP_OPT_LENGTH,
	LCP_OPT_DATA,
	LCP_OPT_MRU,
	LCP_OPT_ASYNCMAP,
	LCP_OPT_AUTH_PROTOCOL,
	LCP_OPT_ALGORITHM,
	LCP_OPT_QUALITY_PROTOCOL,
	LCP_OPT_MAGIC_NUMBER,
	LCP_OPT_FCS_ALTERNATIVES,
	LCP_OPT_MAXIMUM,
	LCP_OPT_WINDOW,
	LCP_OPT_OPERATION,
	LCP_OPT_MESSAGE,
	LCP_OPT_MRRU,
	LCP_OPT_EP_DISC_CLASS,
	LCP_OPT_LINK_DISCRIM,
	LCP_OPT_OUI,
	LCP_OPT_KIND,
};

static const struct value_name algorithm_names[] = {
	{ 0, "Reserved" },	  { 1, "Reserved" },
	{ 2, "Reserved" },	  { 3, "Reserved" },
	{ 4, "Reserved" },	  { 5, "CHAP with MD5" },
	{ 6, "CHAP with SHA-1" }, { 128, "MS-CHAP" },
	{ 129, "MS-CHAP-2" },	  { 0 },
};

static const struct value_name operation_names[] = {
	{ 0, "Location is determined by user authentication" },
	{ 1, "Message is dialing string" },
	{ 2, "Message is location identifier" },
	{ 3, "Message is E.164" },
	{ 4, "Message is distinguished name" },
	{ 5, "unassigned" },
	{ 6, "Location is determined during CBCP negotiation" },
	{ 0 },
};

static const struct value_name class_names[] = {
	{ 0, "Null" },
	{ 1, "Locally assigned address" },
	{ 2, "IP address" },
	{ 3, "IEEE 802.1 globally assigned MAC address" },
	{ 4, "PPP magic-number block" },
	{ 5, "Public switched network directory number" },
	{ 0 },
};

static const struct field lcp_fields[] = {
	[LCP] = { "lcp", "PPP Link Control Protocol", FIELD_PROTOCOL,
		  .help = "Sets up, tests and closes the link", .reference = "RFC 1661, 5" },
	[LCP_MAGIC_NUMBER] = { "lcp.magic_number", "Magic Number", FIELD_U32, BASE_HEX,
			       .help = "A random number by which an end finds out that it "
				       "hears itself",
			       .reference = "RFC 1661, 5.8" },
	[LCP_DATA] = { "lcp.data", "Data", FIELD_BYTES, .help = "What an echo carries",
		       .reference = "RFC 1661, 5.8" },
	[LCP_MESSAGE] = { "lcp.message", "Message", FIELD_TEXT, .help = "Words for people",
			  .reference = "RFC 1570, 2.1" },
	[LCP_SECS_REMAINING] = { "lcp.secs_remaining", "Seconds Remaining", FIELD_U32,
				 .unit = " seconds",
				 .help = "How long the session will go on, in seconds",
				 .reference = "RFC 1570, 2.2" },
	[LCP_REJ_PROTO] = { "lcp.rej_proto", "Rejected Protocol", FIELD_U16, BASE_HEX,
			    ppp_protocol_names,
			    .help = "The protocol that the other end does not know",
			    .reference = "RFC 1661, 5.7" },
	[LCP_OPTION] = { "lcp.option", "Option", FIELD_NONE, .flags = FIELD_WORDS,
			 .help = "A property of the link that is to be agreed on",
			 .reference = "RFC 1661, 6" },
	[LCP_OPT_TYPE] = { "lcp.opt.type", "Type", FIELD_U8, .help = "Which option",
			   .reference = "RFC 1661, 6" },
	[LCP_OPT_LENGTH] = { "lcp.opt.length", "Length", FIELD_U8,
			     .help = "Bytes of the option, these two included",
			     .reference = "RFC 1661, 6" },
	[LCP_OPT_DATA] = { "lcp.opt.data", "Data", FIELD_BYTES, .help = "The option's value",
			   .reference = "RFC 1661, 6" },
	[LCP_OPT_MRU] = { "lcp.opt.mru", "Maximum Receive Unit", FIELD_U16,
			  .help = "The longest packet that the sender takes",
			  .reference = "RFC 1661, 6.1" },
	[LCP_OPT_ASYNCMAP] = { "lcp.opt.asyncmap", "Async Control Character Map", FIELD_U32,
			       BASE_HEX,
			       .help = "Which control characters must be escaped on a line",
			       .reference = "RFC 1662, 7.1" },
	[LCP_OPT_AUTH_PROTOCOL] = { "lcp.opt.auth_protocol", "Authentication Protocol", FIELD_U16,
				    BASE_HEX, ppp_protocol_names,
				    .help = "How the other end shall prove who it is",
				    .reference = "RFC 1661, 6.2" },
	[LCP_OPT_ALGORITHM] = { "lcp.opt.algorithm", "Algorithm", FIELD_U8,
				.names = algorithm_names, .help = "How CHAP hashes",
				.reference = "RFC 1994, 3" },
	[LCP_OPT_QUALITY_PROTOCOL] = { "lcp.opt.quality_protocol", "Quality Protocol", FIELD_U16,
				       BASE_HEX, ppp_protocol_names,
				       .help = "How the link's quality is watched",
				       .reference = "RFC 1661, 6.3" },
	[LCP_OPT_MAGIC_NUMBER] = { "lcp.opt.magic_number", "Magic Number", FIELD_U32, BASE_HEX,
				   .help = "A random number by which an end finds out that it "
					   "hears itself",
				   .reference = "RFC 1661, 6.4" },
	[LCP_OPT_FCS_ALTERNATIVES] = { "lcp.opt.fcs_alternatives", "FCS Alternatives", FIELD_U8,
				       BASE_HEX, .help = "Other checksums of frames",
				       .reference = "RFC 1570, 2.3" },
	[LCP_OPT_MAXIMUM] = { "lcp.opt.maximum", "Maximum", FIELD_U8,
			      .help = "How far packets are padded", .reference = "RFC 1570, 2.4" },
	[LCP_OPT_WINDOW] = { "lcp.opt.window", "Window", FIELD_U8,
			     .help = "How many frames may be on their way",
			     .reference = "RFC 1663" },
	[LCP_OPT_OPERATION] = { "lcp.opt.operation", "Operation", FIELD_U8,
				.names = operation_names,
				.help = "How the caller wants to be called back",
				.reference = "RFC 1570, 2.5" },
	[LCP_OPT_MESSAGE] = { "lcp.opt.message", "Message", FIELD_BYTES,
			      .help = "Whom to call back", .reference = "RFC 1570, 2.5" },
	[LCP_OPT_MRRU] = { "lcp.opt.mrru", "MRRU", FIELD_U16,
			   .help = "The longest packet that is put together from several "
				   "links",
			   .reference = "RFC 1990, 5.1.1" },
	[LCP_OPT_EP_DISC_CLASS] = { "lcp.opt.ep_disc_class", "Class", FIELD_U8,
				    .names = class_names, .help = "What kind of name the end has",
				    .reference = "RFC 1990, 5.1.3" },
	[LCP_OPT_LINK_DISCRIM] = { "lcp.opt.link_discrim", "Link Discriminator", FIELD_U16,
				   BASE_DEC_HEX,
				   .help = "Tells this link from others of the bundle",
				   .reference = "RFC 2125" },
	[LCP_OPT_OUI] = { "lcp.opt.oui", "OUI", FIELD_U24, BASE_OUI,
			  .help = "The maker who defines the option", .reference = "RFC 2153" },
	[LCP_OPT_KIND] = { "lcp.opt.kind", "Kind", FIELD_U8, BASE_DEC_HEX,
			   .help = "Which of the maker's options", .reference = "RFC 2153" },
};

static const struct ppp_option option_table[] = {
	{ 0, 6, false, "Vendor Specific", { LCP_OPT_OUI, LCP_OPT_KIND, LCP_OPT_DATA } },
	{ 1, 4, true, "Maximum Receive Unit", { LCP_OPT_MRU } },
	{ 2, 6, true, "Async Control Character Map", { LCP_OPT_ASYNCMAP } },
	{ 3,
	  4,
	  true,
	  "Authentication Protocol",
	  { LCP_OPT_AUTH_PROTOCOL, LCP_OPT_ALGORITHM, LCP_OPT_DATA } },
	{ 4, 4, true, "Quality Protocol", { LCP_OPT_QUALITY_PROTOCOL, LCP_OPT_DATA } },
	{ 5, 6, true, "Magic Number", { LCP_OPT_MAGIC_NUMBER } },
	{ 7, 2, false, "Protocol Field Compression", { 0 } },
	{ 8, 2, false, "Address and Control Field Compression", { 0 } },
	{ 9, 3, true, "FCS Alternatives", { LCP_OPT_FCS_ALTERNATIVES } },
	{ 10, 3, true, "Self-Describing Pad", { LCP_OPT_MAXIMUM } },
	{ 11, 4, true, "Numbered Mode", { LCP_OPT_WINDOW, LCP_OPT_DATA } },
	{ 13, 3, true, "Callback", { LCP_OPT_OPERATION, LCP_OPT_MESSAGE } },
	{ 15, 2, false, "Compound Frames", { 0 } },
	{ 16, 2, false, "Nominal Data Encapsulation (deprecated)", { LCP_OPT_DATA } },
	{ 17, 4, true, "Multilink MRRU", { LCP_OPT_MRRU } },
	{ 18, 2, false, "Multilink Short Sequence Number Header", { 0 } },
	{ 19,
	  3,
	  true,
	  "Multilink Endpoint Discriminator",
	  { LCP_OPT_EP_DISC_CLASS, LCP_OPT_DATA } },
	{ 23, 4, true, "Link Discriminator for BACP", { LCP_OPT_LINK_DISCRIM } },
	{ 0 },
};

static const struct ppp_options options = { option_table, LCP_OPTION, LCP_OPT_TYPE,
					    LCP_OPT_LENGTH };

static void take_rest(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t n = cursor_left(c);

	if (!n)
		return;
	if (field == LCP_MESSAGE)
		take_text(d, c, field, n);
	else
		take_bytes(d, c, field, n);
}

/* The packet that the peer does not speak, as far as it was sent back. */
static void dissect_rejected(struct dissection *d, struct cursor *c)
{
	uint16_t protocol = take_u16(d, c, LCP_REJ_PROTO);

	if (!cursor_more(c))
		return;
	bool outer = d->in_error;
	unsigned columns = columns_off(d);
	d->in_error = true;
	if (!hand_on_within(d, BY_PPP_PROTO, protocol, *c))
		take_rest(d, c, LCP_DATA);
	d->in_error = outer;
	columns_on(d, columns);
}

static void lcp_dissect(struct dissection *d, struct cursor *c)
{
	struct cursor body;
	unsigned code = take_control_header(d, c, &body);

	switch (code) {
	case 0:
		break;
	case CONFIGURE_REQUEST:
	case CONFIGURE_ACK:
	case CONFIGURE_NAK:
	case CONFIGURE_REJECT:
		show_options(d, &body, &options);
		break;
	case PROTOCOL_REJECT:
		dissect_rejected(d, &body);
		break;
	case ECHO_REQUEST:
	case ECHO_REPLY:
	case DISCARD_REQUEST:
		take_u32(d, &body, LCP_MAGIC_NUMBER);
		take_rest(d, &body, LCP_DATA);
		break;
	case IDENTIFICATION:
		take_u32(d, &body, LCP_MAGIC_NUMBER);
		take_rest(d, &body, LCP_MESSAGE);
		break;
	case TIME_REMAINING:
		take_u32(d, &body, LCP_MAGIC_NUMBER);
		take_u32(d, &body, LCP_SECS_REMAINING);
		take_rest(d, &body, LCP_MESSAGE);
		break;
	default:
		take_rest(d, &body, LCP_DATA);
		break;
	}
}

static const struct claim lcp_claims[] = { { BY_PPP_PROTO, PROTOCOL_LCP } };

const struct dissector lcp_dissector = {
	.name = "lcp",
	.short_name = "PPP LCP",
	.title = "PPP Link Control Protocol",
	.fields = lcp_fields,
	.field_count = COUNT(lcp_fields),
	.claims = lcp_claims,
	.claim_count = COUNT(lcp_claims),
	.borrows = &ppp_dissector,
	.dissect = lcp_dissect,
};
