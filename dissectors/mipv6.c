/* mipv6.c - the Mobility Header of Mobile IPv6, RFC 6275, 6.1; its messages are left as bytes. */
#include "dissect/dissector.h"
#include "ip_names.h"

enum { MIPV6, MIPV6_PROTO, MIPV6_LENGTH, MIPV6_TYPE, MIPV6_RESERVED, MIPV6_CHECKSUM, MIPV6_DATA };

static const struct value_name type_names[] = {
	{ 0, "Binding Refresh Request" },
	{ 1, "Home Test Init" },
	{ 2, "Care-of Test Init" },
	{ 3, "Home Test" },
	{ 4, "Care-of Test" },
	{ 5, "Binding Update" },
	{ 6, "Binding Acknowledgement" },
	{ 7, "Binding Error" },
	{ 8, "Fast Binding Update" },
	{ 9, "Fast Binding Acknowledgment" },
	{ 10, "Fast Neighbor Advertisement" },
	{ 11, "Experimental Mobility Header" },
	{ 12, "Home Agent Switch" },
	{ 13, "Heartbeat" },
	{ 14, "Handover Initiate" },
	{ 15, "Handover Acknowledge" },
	{ 16, "Binding Revocation" },
	{ 17, "Localized Routing Initiation" },
	{ 18, "Localized Routing Acknowledgment" },
	{ 0, NULL }
};

static const struct field mipv6_fields[] = {
	[MIPV6] = { "mipv6", "Mobile IPv6", FIELD_PROTOCOL,
				.help = "Lets a host keep its address in other networks",
				.reference = "RFC 6275" },
	[MIPV6_PROTO] = { "mip6.proto", "Payload protocol", FIELD_U8, .names = ip_protocol_names,
				.help = "What follows this header: nothing, so far",
				.reference = "RFC 6275, 6.1.1" },
	[MIPV6_LENGTH] = { "mip6.hlen", "Header length", FIELD_U8,
			   .help = "In units of 8 bytes, without the first 8" },
	[MIPV6_TYPE] = { "mip6.mhtype", "Mobility Header Type", FIELD_U8, .names = type_names,
				.help = "What the message is",
				.reference = "RFC 6275, 6.1.1" },
	[MIPV6_RESERVED] = { "mip6.reserved", "Reserved", FIELD_U8, BASE_HEX,
				.help = "Must be 0",
				.reference = "RFC 6275, 6.1.1" },
	[MIPV6_CHECKSUM] = { "mip6.csum", "Checksum", FIELD_U16, BASE_HEX,
				.help = "Of the message and a pseudo header",
				.reference = "RFC 6275, 6.1.1" },
	[MIPV6_DATA] = { "mip6.data", "Message", FIELD_BYTES, .flags = FIELD_WORDS,
				.help = "The message, by its type",
				.reference = "RFC 6275, 6.1" },
};

static void mipv6_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	take_u8(d, c, MIPV6_PROTO);
	uint32_t length = take_u8(d, c, MIPV6_LENGTH) * 8u + 8;
	label(d, last_node(d), " (%u bytes)", length);
	uint8_t type = take_u8(d, c, MIPV6_TYPE);
	const char *name = value_name(type_names, type);
	if (name)
		info(d, "%s", name);
	else
		info(d, "Unknown (%u)", type);
	take_u8(d, c, MIPV6_RESERVED);
	take_u16(d, c, MIPV6_CHECKSUM);
	take_bytes(d, c, MIPV6_DATA, length - 6);
}

static const struct claim mipv6_claims[] = { { BY_IP_PROTO, IP_PROTO_MOBILITY } };

const struct dissector mipv6_dissector = {
	.name = "mipv6",
	.short_name = "MIPv6",
	.title = "Mobile IPv6",
	.fields = mipv6_fields,
	.field_count = COUNT(mipv6_fields),
	.claims = mipv6_claims,
	.claim_count = COUNT(mipv6_claims),
	.dissect = mipv6_dissect,
};
