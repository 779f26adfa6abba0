/* ieee8021ad.c - provider bridge tags ("QinQ"), IEEE 802.1ad: laid out as those in vlan.c.  Provider backbone
 * bridges (MAC in MAC), IEEE 802.1ah: a customer's frame, with its addresses, behind the number of a service.
 * The types of both have one name.
 *
 *      0        3    4     5     6    8             32
 *      +--------+----+-----+-----+----+--------------+
 *      |priority|drop| NCA | res | res| service      |
 *      | customer's destination, source, EtherType   |
 *      +---------------------------------------------+
 */
#include "ethertype.h"

enum {
	IEEE8021AD, IEEE8021AD_PRIORITY, IEEE8021AD_DEI, IEEE8021AD_ID, IEEE8021AD_SVID,
	IEEE8021AD_CVID, IEEE8021AH_ETYPE, IEEE8021AH_TRAILER, AH_TAG, AH_PRIORITY, AH_DROP, AH_NCA, AH_RES1,
	AH_RES2, AH_SERVICE, AH_DESTINATION, AH_SOURCE,
};

enum { TYPE_8021AH = 0x88e7 };

#define BITS(abbrev, name, bits_of, sentence)                                                      \
	{                                                                                          \
		"ieee8021ah." abbrev, name, FIELD_U32, .mask = bits_of, .help = sentence,          \
						       .reference = "IEEE 802.1ah"                 \
	}

static const struct field ieee8021ad_fields[] = {
	[IEEE8021AD]          = { "ieee8021ad", "IEEE 802.1ad", FIELD_PROTOCOL,
					.help = "A provider's tag, outside of those that customers "
						"use",
					.reference = "IEEE 802.1Q, 9.6" },
	[IEEE8021AD_PRIORITY] = { "ieee8021ad.priority", "Priority", FIELD_U16, .mask = 0xe000,
					.help = "How urgent the frame is: 7 is highest",
					.reference = "IEEE 802.1Q, 9.6" },
	[IEEE8021AD_DEI]      = { "ieee8021ad.dei", "DEI", FIELD_U16, .mask = 0x1000,
				  .help = "Drop Eligible Indicator" },
	[IEEE8021AD_ID]       = { "ieee8021ad.id", "ID", FIELD_U16, .mask = 0x0fff,
				  .help = "VLAN ID" },
	[IEEE8021AD_SVID]     = { "ieee8021ad.svid", "ID", FIELD_U16, .mask = 0x0fff,
				  .help = "The provider's VLAN ID, of two tags" },
	[IEEE8021AD_CVID]     = { "ieee8021ad.cvid", "ID", FIELD_U16, .mask = 0x0fff,
				  .help = "The customer's VLAN ID, of two tags" },
	[IEEE8021AH_ETYPE]    = { "ieee8021ah.etype", "Type", FIELD_U16, BASE_HEX,
				  ethertype_names,
					.help = "What follows the tags",
					.reference = "IEEE 802.1Q, 9.6" },
	[IEEE8021AH_TRAILER]  = { "ieee8021ah.trailer", "Trailer", FIELD_BYTES,
				  .flags = FIELD_SEES_BELOW,
					.help = "Bytes behind the payload" },
	[AH_TAG] = { "peel.ieee8021ah.tag", "I-Tag", FIELD_NONE,
		     .help = "The service, and how to treat the frame" },
	[AH_PRIORITY] = BITS("priority", "Priority", 0xe0000000, "The frame's priority"),
	[AH_DROP] = BITS("drop", "DROP", 0x10000000, "To be dropped before others"),
	[AH_NCA] = BITS("nca", "NCA", 0x08000000, "The addresses are no customer's"),
	[AH_RES1] = BITS("res1", "RES1", 0x04000000, "Must be 0"),
	[AH_RES2] = BITS("res2", "RES2", 0x03000000, "Must be 0"),
	[AH_SERVICE] = BITS("isid", "I-SID", 0x00ffffff, "The service"),
	[AH_DESTINATION] = { "ieee8021ah.cdst", "C-Destination", FIELD_ETHER,
			     .help = "The customer's destination address",
			     .reference = "IEEE 802.1ah" },
	[AH_SOURCE] = { "ieee8021ah.csrc", "C-Source", FIELD_ETHER,
			.help = "The customer's source address", .reference = "IEEE 802.1ah" },
};

static const struct field ieee8021ah_fields[] = {
	{ "ieee8021ah", "IEEE 802.1ah", FIELD_PROTOCOL,
	  .help = "Carries customers' frames through a provider's network", .reference = "IEEE 802.1ah" },
};

struct tag {
	unsigned priority, eligible, id;
};

static struct tag take_tag(struct dissection *d, struct cursor *c, unsigned id_field)
{
	struct tag tag;

	tag.priority = (unsigned)look_uint(d, c, IEEE8021AD_PRIORITY);
	tag.eligible = (unsigned)look_uint(d, c, IEEE8021AD_DEI);
	tag.id = take_u16(d, c, id_field);
	return tag;
}

static void ieee8021ad_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;
	bool two = cursor_peek(c, 2, 2, &p) && load_be16(p) == ETHERTYPE_8021AD;

	info_begin(d);
	struct tag tag = take_tag(d, c, two ? IEEE8021AD_SVID : IEEE8021AD_ID);
	if (!cursor_ok(c))
		return;
	info(d, "PRI: %u  DROP: %u ID: %u", tag.priority, tag.eligible, tag.id);
	if (two) {
		cursor_skip(c, 2);
		struct tag inner = take_tag(d, c, IEEE8021AD_CVID);
		label(d, layer_node(d), ", S-VID: %u, C-VID: %u", tag.id, inner.id);
	} else {
		label(d, layer_node(d), ", ID: %u", tag.id);
	}
	uint16_t type = take_u16(d, c, IEEE8021AH_ETYPE);
	if (!cursor_ok(c))
		return;
	end_header(d, c);
	hand_on_framed(d, type, c, IEEE8021AH_TRAILER);
}

static const struct claim ieee8021ad_claims[] = { { BY_ETHERTYPE, ETHERTYPE_8021AD } };

const struct dissector ieee8021ad_dissector = {
	.name = "ieee8021ad",
	.short_name = "802.1AD",
	.title = "IEEE 802.1ad",
	.fields = ieee8021ad_fields,
	.field_count = COUNT(ieee8021ad_fields),
	.claims = ieee8021ad_claims,
	.claim_count = COUNT(ieee8021ad_claims),
	.borrows = &eth_dissector,
	.dissect = ieee8021ad_dissect,
};

static void take_service(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, AH_TAG);
	uint32_t service = 0;

	for (unsigned field = AH_PRIORITY; field <= AH_SERVICE; field++)
		service = (uint32_t)look_uint(d, c, field);
	cursor_skip(c, 4);
	label_set(d, tree, "I-Tag, I-SID: %u", service);
	label(d, layer_node(d), ", I-SID: %u", service);
	info(d, "I-SID: %u", service);
	close_tree(d, tree, c);
}

/* The header is behind the cursor. */
static void name_ends(struct dissection *d, const struct cursor *c)
{
	struct cursor header = *c;
	const uint8_t *p;

	header.pos -= 14;
	if (!cursor_peek(&header, 0, 12, &p))
		return;
	label(d, layer_node(d), ", C-Src: %02x:%02x:%02x:%02x:%02x:%02x", p[6], p[7], p[8], p[9],
	      p[10], p[11]);
	label(d, layer_node(d), ", C-Dst: %02x:%02x:%02x:%02x:%02x:%02x", p[0], p[1], p[2], p[3],
	      p[4], p[5]);
}

static void ieee8021ah_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	take_service(d, c);
	take_address(d, c, AH_DESTINATION, &d->to);
	take_address(d, c, AH_SOURCE, &d->from);
	uint16_t type = take_u16(d, c, IEEE8021AH_ETYPE);
	if (!cursor_ok(c))
		return;
	end_header(d, c);
	name_ends(d, c);
	hand_on_framed(d, type, c, IEEE8021AH_TRAILER);
}

static const struct claim ieee8021ah_claims[] = { { BY_ETHERTYPE, TYPE_8021AH } };

const struct dissector ieee8021ah_dissector = {
	.name = "ieee8021ah",
	.short_name = "802.1ah",
	.title = "IEEE 802.1ah",
	.fields = ieee8021ah_fields,
	.field_count = COUNT(ieee8021ah_fields),
	.fields_of = &ieee8021ad_dissector,
	.claims = ieee8021ah_claims,
	.claim_count = COUNT(ieee8021ah_claims),
	.borrows = &eth_dissector,
	.dissect = ieee8021ah_dissect,
};
