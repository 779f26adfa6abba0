/* ieee8021ad.c - provider bridge tags ("QinQ"), IEEE 802.1ad: laid out as those in vlan.c. */
#include "ethertype.h"

enum {
	IEEE8021AD, IEEE8021AD_PRIORITY, IEEE8021AD_DEI, IEEE8021AD_ID, IEEE8021AD_SVID,
	IEEE8021AD_CVID, IEEE8021AH_ETYPE, IEEE8021AH_TRAILER,
};

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
	hand_on_by_ethertype(d, type, *c);
	if (!only_learning(d))
		show_ethertype_trailer(d, type, c, IEEE8021AH_TRAILER, false);
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
