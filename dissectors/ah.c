/* ah.c - IP Authentication Header, RFC 4302. */
#include "dissect/dissector.h"
#include "ip_names.h"

enum { FIXED_LENGTH = 12 };

enum { AH, AH_NEXT_HEADER, AH_LENGTH, AH_RESERVED, AH_SPI, AH_SEQUENCE, AH_ICV };

static const struct field ah_fields[] = {
	[AH] = { "ah", "Authentication Header", FIELD_PROTOCOL,
		 .help = "Shows that a packet was not changed on its way, and "
			 "whom it is from",
		 .reference = "RFC 4302" },
	[AH_NEXT_HEADER] = { "ah.next_header", "Next header", FIELD_U8, .names = ip_protocol_names,
			     .help = "What the protected payload is",
			     .reference = "RFC 4302, 2.1" },
	[AH_LENGTH] = { "ah.length", "Length", FIELD_U8,
			.help = "In units of 4 bytes, without the first 2" },
	[AH_RESERVED] = { "ah.reserved", "Reserved", FIELD_BYTES, .help = "Must be 0",
			  .reference = "RFC 4302, 2.3" },
	[AH_SPI] = { "ah.spi", "AH SPI", FIELD_U32, BASE_HEX, .help = "Security parameters index" },
	[AH_SEQUENCE] = { "ah.sequence", "AH Sequence", FIELD_U32,
			  .help = "Counts packets, so that none can be sent again by "
				  "others",
			  .reference = "RFC 4302, 2.5" },
	[AH_ICV] = { "ah.icv", "AH ICV", FIELD_BYTES, .help = "Integrity check value" },
};

/* IPv6 shows what follows itself, and gives no more than the header. */
static void ah_dissect(struct dissection *d, struct cursor *c)
{
	struct cursor payload = *c;
	uint8_t next = take_u8(d, c, AH_NEXT_HEADER);
	uint32_t length = take_u8(d, c, AH_LENGTH) * 4u + 8;

	label(d, last_node(d), " (%u bytes)", length);
	take_bytes(d, c, AH_RESERVED, 2);
	uint32_t spi = take_u32(d, c, AH_SPI);
	take_u32(d, c, AH_SEQUENCE);
	info_begin(d);
	info(d, "AH (SPI=0x%08x)", spi);
	take_bytes(d, c, AH_ICV, length > FIXED_LENGTH ? length - FIXED_LENGTH : 0);
	end_header(d, c);
	cursor_skip(&payload, length);
	if (!cursor_more(c) || !cursor_more(&payload))
		return;
	if (!hand_on(d, BY_IP_PROTO, next, payload))
		hand_on_as_data(d, payload);
}

static const struct claim ah_claims[] = { { BY_IP_PROTO, IP_PROTO_AH } };

const struct dissector ah_dissector = {
	.name = "ah",
	.short_name = "AH",
	.title = "Authentication Header",
	.fields = ah_fields,
	.field_count = COUNT(ah_fields),
	.claims = ah_claims,
	.claim_count = COUNT(ah_claims),
	.dissect = ah_dissect,
};
