/* null.c - BSD loopback: four bytes that say the address family (LINKTYPE_NULL, LINKTYPE_LOOP).
 *
 * LINKTYPE_NULL has them in the capturing machine's byte order, and LINKTYPE_LOOP in
 * network order.  Families are small, so the order shows. */
#include "ethertype.h"

enum { LINK_NULL = 0, LINK_LOOP = 108, PPP_ALL_STATIONS = 0xff03 };

enum { NULL_PROTOCOL, NULL_FAMILY, NULL_TYPE };

static const struct value_name family_names[] = {
	{ 2, "IP" },	{ 7, "OSI" },	{ 16, "Appletalk" }, { 23, "Netware IPX/SPX" },
	{ 24, "IPv6" }, { 28, "IPv6" }, { 30, "IPv6" },	     { 0 },
};

static const struct field null_fields[] = {
	[NULL_PROTOCOL] = { "null", "Null/Loopback", FIELD_PROTOCOL,
			    .help = "What the BSDs put in front of packets of the loopback "
				    "interface" },
	[NULL_FAMILY] = { "null.family", "Family", FIELD_U32, .names = family_names,
			  .help = "What protocol follows, in the numbers of the system "
				  "that captured" },
	[NULL_TYPE] = { "null.type", "Type", FIELD_U16, BASE_HEX, ethertype_names,
			.help = "What protocol follows" },
};

static uint16_t family_ethertype(uint32_t family)
{
	switch (family) {
	case 2:
		return ETHERTYPE_IPV4;
	case 24:
	case 28:
	case 30:
		return ETHERTYPE_IPV6;
	default:
		return 0;
	}
}

static uint32_t swapped(uint32_t word)
{
	return __builtin_bswap32(word);
}

static void dissect_family(struct dissection *d, struct cursor *c)
{
	uint32_t family = cursor_u32(c);

	if (family & 0xffff0000 && d->packet.link_type == LINK_NULL)
		family = swapped(family);
	uint16_t type = family_ethertype(family);
	if (family >= ETHERTYPE_MIN && family <= UINT16_MAX) {
		type = (uint16_t)family;
		add_uint(d, c, NULL_TYPE, c->pos - 2, 2, type);
	} else {
		add_uint(d, c, NULL_FAMILY, c->pos - 4, 4, family);
	}
	if (!cursor_ok(c))
		return;
	end_header(d, c);
	if ((!type || !hand_on(d, BY_ETHERTYPE, type, *c)) && cursor_more(c))
		hand_on_as_data(d, *c);
}

static void null_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;

	if (!cursor_peek(c, 0, 2, &p)) {
		cursor_skip(c, 2);
		return;
	}
	if (load_be16(p) == PPP_ALL_STATIONS && who_claims(BY_LINK_TYPE, 9)) {
		node_flag(d, layer_node(d), NODE_HIDDEN);
		dissect_layer(d, who_claims(BY_LINK_TYPE, 9), *c);
		return;
	}
	info_begin(d);
	info_protocol(d, "N/A");
	no_link_addresses(d);
	info(d, "Null/Loopback");
	dissect_family(d, c);
}

static bool null_is_plain(struct outline *o)
{
	const uint8_t *p = o->bytes + o->at;

	o->header = 4;
	return load_be16(p) != PPP_ALL_STATIONS;
}

static const struct plain_header null_plain = { null_is_plain, .bytes = 4, .carries = true };

static const struct claim null_claims[] = {
	{ BY_LINK_TYPE, LINK_NULL },
	{ BY_LINK_TYPE, LINK_LOOP },
};

const struct dissector null_dissector = {
	.name = "null",
	.short_name = "Null",
	.title = "Null/Loopback",
	.fields = null_fields,
	.field_count = COUNT(null_fields),
	.claims = null_claims,
	.claim_count = COUNT(null_claims),
	.plain = &null_plain,
	.dissect = null_dissect,
};
