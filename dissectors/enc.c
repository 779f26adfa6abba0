/* enc.c - OpenBSD's enc(4): what IPsec opened or will close, behind what it knows of the packet.
 *
 *      0             4            8            12
 *      +-------------+------------+------------+
 *      | family      | SPI        | flags      |
 *      +-------------+------------+------------+
 *
 * Family and flags are in the capturing machine's byte order. */
#include "ethertype.h"

enum { LINK_ENC = 109, FAMILY_IPV4 = 2, FAMILY_IPV6 = 24 };

enum {
	ENC,
	ENC_FAMILY,
	ENC_SPI,
	ENC_FLAGS,
	ENC_ENCRYPTED,
	ENC_AUTHENTICATED,
	ENC_COMPRESSED,
	ENC_HEADER,
	ENC_RESERVED
};

static const struct value_name family_names[] = { { FAMILY_IPV4, "IPv4" },
						  { FAMILY_IPV6, "IPv6" },
						  { 0 } };

#define FLAG(abbrev, name, bit, sentence)                                                          \
	{                                                                                          \
		abbrev, name, FIELD_BOOL, .mask = bit, .bits = 32, .help = sentence                \
	}

static const struct field enc_fields[] = {
	[ENC] = { "enc", "OpenBSD Encapsulating device", FIELD_PROTOCOL,
		  .help = "What OpenBSD puts in front of packets inside IPsec" },
	[ENC_FAMILY] = { "enc.af", "Address Family", FIELD_U32, .names = family_names,
			 .help = "What protocol follows, in OpenBSD's numbers" },
	[ENC_SPI] = { "enc.spi", "SPI", FIELD_U32, BASE_HEX, .help = "The security association" },
	[ENC_FLAGS] = { "enc.flags", "Flags", FIELD_U32, BASE_HEX,
			.help = "What IPsec does for the packet" },
	[ENC_ENCRYPTED] = FLAG("enc.flags.payload_enc", "Payload encrypted", 0x400,
			       "The payload is encrypted on the wire"),
	[ENC_AUTHENTICATED] = FLAG("enc.flags.payload_auth", "Payload authenticated", 0x800,
				   "The payload is authenticated"),
	[ENC_COMPRESSED] = FLAG("enc.flags.payload_compress", "Payload compressed", 0x1000,
				"The payload is compressed on the wire"),
	[ENC_HEADER] = FLAG("enc.flags.header_auth", "Header authenticated", 0x2000,
			    "The header is authenticated"),
	[ENC_RESERVED] = { "enc.flags.reserved", "Reserved", FIELD_U32, BASE_HEX,
			   .mask = 0xffffc3ff, .help = "Bits that must be 0" },
};

/* Families are small, so the order shows. */
static uint32_t ordered(uint32_t word, bool swap)
{
	return swap ? __builtin_bswap32(word) : word;
}

static void show_flags(struct dissection *d, const struct cursor *c, uint32_t flags)
{
	uint32_t at = c->pos - 4;

	add_uint(d, c, ENC_FLAGS, at, 4, flags);
	node_id tree = last_node(d);
	open_node(d, tree);
	for (unsigned field = ENC_ENCRYPTED; field <= ENC_RESERVED; field++) {
		uint32_t mask = (uint32_t)enc_fields[field].mask;
		add_uint(d, c, field, at, 4, (flags & mask) / (mask & -mask));
		if (field < ENC_RESERVED && flags & mask)
			label(d, tree, ", %s", enc_fields[field].name);
	}
	close_node(d, tree);
}

static void enc_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	uint32_t family = cursor_u32(c), spi;
	bool swap = family > UINT16_MAX;

	family = ordered(family, swap);
	add_uint(d, c, ENC_FAMILY, c->pos - 4, 4, family);
	spi = take_u32(d, c, ENC_SPI);
	uint32_t flags = ordered(cursor_u32(c), swap);
	if (!cursor_ok(c))
		return;
	show_flags(d, c, flags);
	end_header(d, c);
	const char *name = value_name(family_names, family);
	if (!name)
		name = arena_printf(&d->arena, "unknown (%u)", family);
	label_set(d, layer_node(d), "Enc %s, SPI 0x%8.8x", name, spi);
	info(d, "%s, SPI 0x%8.8x", name, spi);
	if ((family == FAMILY_IPV4 && hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV4, *c)) ||
	    (family == FAMILY_IPV6 && hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV6, *c)))
		return;
	hand_on_as_data(d, *c);
}

static const struct claim enc_claims[] = { { BY_LINK_TYPE, LINK_ENC } };

const struct dissector enc_dissector = {
	.name = "enc",
	.short_name = "ENC",
	.title = "OpenBSD Encapsulating device",
	.fields = enc_fields,
	.field_count = COUNT(enc_fields),
	.claims = enc_claims,
	.claim_count = COUNT(enc_claims),
	.dissect = enc_dissect,
};
