/* vlan.c - VLAN tags, IEEE 802.1Q; also stacked by EtherType 0x9100.  Provider tags: ieee8021ad.c.
 *
 *      0   3 4           16              32
 *     +---+-+------------+----------------+
 *     |PCP|D|  VLAN ID   | type or length |
 *     +---+-+------------+----------------+
 */
#include "dissect/names.h"
#include "ethertype.h"

enum {
	VLAN, VLAN_PRIORITY, VLAN_DEI, VLAN_ID, VLAN_ID_NAME, VLAN_ETYPE, VLAN_LEN, VLAN_TRAILER,
	VLAN_LEN_PAST_END,
};

static const struct value_name priority_names[] = {
	{ 0, "Best Effort (default)" }, { 1, "Background" }, { 2, "Excellent Effort" },
	{ 3, "Critical Applications" }, { 4, "Video, < 100ms latency and jitter" },
	{ 5, "Voice, < 10ms latency and jitter" }, { 6, "Internetwork Control" },
	{ 7, "Network Control" }, { 0 },
};

static const struct value_name eligible_names[] = { { 0, "Ineligible" }, { 1, "Eligible" }, { 0 } };

static const struct field vlan_fields[] = {
	[VLAN]              = { "vlan", "802.1Q Virtual LAN", FIELD_PROTOCOL,
					.help = "Says which of several networks on one wire the "
						"frame belongs to",
					.reference = "IEEE 802.1Q, 9.6" },
	[VLAN_PRIORITY]     = { "vlan.priority", "Priority", FIELD_U16, .names = priority_names,
				.mask = 0xe000,
					.help = "How urgent the frame is: 7 is highest",
					.reference = "IEEE 802.1Q, 9.6", PLACED(0) },
	[VLAN_DEI]          = { "vlan.dei", "DEI", FIELD_BOOL, .names = eligible_names,
				.mask = 0x1000,
				.help = "Drop Eligible Indicator",
					.reference = "IEEE 802.1Q, 9.6", PLACED(0) },
	[VLAN_ID]           = { "vlan.id", "ID", FIELD_U16, .mask = 0x0fff, .help = "VLAN ID",
					.reference = "IEEE 802.1Q, 9.6", PLACED(0) },
	[VLAN_ID_NAME]      = { "vlan.id_name", "Name", FIELD_TEXT,
					.help = "What your file \"vlans\" calls it",
					.reference = "IEEE 802.1Q, 9.6" },
	[VLAN_ETYPE]        = { "vlan.etype", "Type", FIELD_U16, BASE_HEX, ethertype_names,
					.help = "What follows the tag",
					.reference = "IEEE 802.1Q, 9.6", PLACED(2) },
	[VLAN_LEN]          = { "vlan.len", "Length", FIELD_U16,
				.help = "Of the payload, in bytes" },
	[VLAN_TRAILER]      = { "vlan.trailer", "Trailer", FIELD_BYTES,
				  .flags = FIELD_SEES_BELOW,
					.help = "Bytes behind the payload" },
	[VLAN_LEN_PAST_END] =
		FINDING("vlan.len.past_end", "Length field value goes past the end of the payload",
			EXPERT_ERROR, GROUP_MALFORMED),
};

static void dissect_length(struct dissection *d, struct cursor *c, uint32_t length)
{
	node_id node = add_uint(d, c, VLAN_LEN, c->pos - 2, 2, length);
	const uint8_t *p;

	if (length > cursor_sent(c))
		note_finding_on(d, node, VLAN_LEN_PAST_END, NULL);
	struct cursor payload = cursor_split(c, length);
	if (cursor_peek(&payload, 0, 2, &p) && load_be16(p) == 0xffff)
		hand_on_as_data(d, payload);
	else
		dissect_layer(d, &llc_dissector, payload);
	show_ethernet_trailer(d, *c, VLAN_TRAILER, false);
}

static void show_name(struct dissection *d, uint16_t id)
{
	char text[NAME_ROOM];
	const char *name = field_wanted(d, VLAN_ID_NAME) ? name_vlan(id, text) : NULL;

	if (name)
		put_text(d, VLAN_ID_NAME, name == text ? arena_printf(&d->arena, "%s", text) : name);
}

static void vlan_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	unsigned priority = (unsigned)look_uint(d, c, VLAN_PRIORITY);
	unsigned eligible = (unsigned)look_uint_n(d, c, VLAN_DEI, 2);
	uint16_t id = take_u16(d, c, VLAN_ID) & 0x0fff;
	if (!cursor_ok(c))
		return;
	show_name(d, id);
	info(d, "PRI: %u  DEI: %u  ID: %u", priority, eligible, id);
	label(d, layer_node(d), ", PRI: %u, DEI: %u, ID: %u", priority, eligible, id);
	uint16_t type = cursor_u16(c);
	if (!cursor_ok(c))
		return;
	end_header(d, c);
	if (type <= ETHERNET_LENGTH_MAX) {
		dissect_length(d, c, type);
		return;
	}
	add_uint(d, c, VLAN_ETYPE, c->pos - 2, 2, type);
	hand_on_framed(d, type, c, VLAN_TRAILER);
}

static bool vlan_is_plain(struct outline *o)
{
	o->header = 4;
	return load_be16(o->bytes + o->at + 2) > ETHERNET_LENGTH_MAX;
}

static const struct plain_header vlan_plain = { vlan_is_plain, .bytes = 4, .carries = true };

static const struct claim vlan_claims[] = {
	{ BY_ETHERTYPE, ETHERTYPE_VLAN }, { BY_ETHERTYPE, ETHERTYPE_QINQ },
};

const struct dissector vlan_dissector = {
	.name = "vlan",
	.short_name = "VLAN",
	.title = "802.1Q Virtual LAN",
	.fields = vlan_fields,
	.field_count = COUNT(vlan_fields),
	.claims = vlan_claims,
	.claim_count = COUNT(vlan_claims),
	.borrows = &eth_dissector,
	.plain = &vlan_plain,
	.dissect = vlan_dissect,
};
