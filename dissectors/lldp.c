/* lldp.c - Link Layer Discovery Protocol, IEEE 802.1AB: a station tells its neighbours who it is.
 *
 *     +---------+-----------+-------------------+
 *     | type: 7 | length: 9 | value             |  three must stand first: chassis, port and time
 * to
 *     +---------+-----------+-------------------+  live; the last one has type 0
 */
#include "lldp.h"

enum { ETHERTYPE_LLDP = 0x88cc };

enum {
	TLV_END,
	TLV_CHASSIS,
	TLV_PORT,
	TLV_TIME_TO_LIVE,
	TLV_PORT_DESCRIPTION,
	TLV_SYSTEM_NAME,
	TLV_SYSTEM_DESCRIPTION,
	TLV_CAPABILITIES,
	TLV_MANAGEMENT,
	TLV_ORGANIZATION = 127,
};

/* How an identifier of a chassis and of a port is written: their numbers are not the same. */
enum id_form { ID_BYTES, ID_TEXT, ID_MAC, ID_ADDRESS };

struct id_kind {
	const char *info; /* how the row calls it */
	enum id_form form;
};

static const struct id_kind chassis_kinds[] = {
	{ "RES", ID_BYTES }, { "CC", ID_TEXT },	   { "IA", ID_TEXT }, { "PC", ID_TEXT },
	{ "MA", ID_MAC },    { "NA", ID_ADDRESS }, { "IN", ID_TEXT }, { "LA", ID_TEXT },
};

static const struct id_kind port_kinds[] = {
	{ "RES", ID_BYTES },  { "IA", ID_TEXT }, { "PC", ID_TEXT }, { "MA", ID_MAC },
	{ "NA", ID_ADDRESS }, { "IN", ID_TEXT }, { "CI", ID_TEXT }, { "LA", ID_TEXT },
};

/* The fields of one of the two. */
struct id_fields {
	const struct id_kind *kinds;
	unsigned subtype, id, mac, ip4, ip6;
	bool as_text; /* what is no address is text */
	const char *title;
};

static const struct id_fields chassis_fields = {
	chassis_kinds,	  LLDP_CHASSIS_SUBTYPE, LLDP_CHASSIS_ID, LLDP_CHASSIS_MAC,
	LLDP_CHASSIS_IP4, LLDP_CHASSIS_IP6,	false,		 "Chassis",
};

static const struct id_fields port_fields = {
	port_kinds,    LLDP_PORT_SUBTYPE, LLDP_PORT_ID, LLDP_PORT_MAC,
	LLDP_PORT_IP4, LLDP_PORT_IP6,	  true,		"Port",
};

enum { FAMILY_IPV4 = 1, FAMILY_IPV6 = 2 };

/* Takes an address of the family, if it has the family's length; its words, or NULL. */
static const char *take_family(struct dissection *d, struct cursor *c, uint8_t family, unsigned ip4,
			       unsigned ip6)
{
	struct endpoint address = { 0 };
	char text[ADDRESS_TEXT_ROOM];
	uint32_t left = cursor_left(c);

	if (!(family == FAMILY_IPV4 && left == 4) && !(family == FAMILY_IPV6 && left == 16))
		return NULL;
	take_address(d, c, family == FAMILY_IPV4 ? ip4 : ip6, &address);
	address_text(&address, text);
	return arena_text(&d->arena, text, strlen(text));
}

static const char *hex_words(struct dissection *d, const uint8_t *bytes, uint32_t n)
{
	char *text = arena_alloc(&d->arena, 2 * (size_t)n + 1);

	*number_put_bytes(text, bytes, n) = '\0';
	return text;
}

/* The identifier's words; "" if there is none. */
static const char *take_id(struct dissection *d, struct cursor *c, const struct id_fields *fields,
			   enum id_form form)
{
	uint32_t n = cursor_left(c), start = c->pos;
	const uint8_t *bytes;
	const char *words = NULL;

	if (form == ID_MAC && n == 6) {
		char text[ADDRESS_TEXT_ROOM];
		const uint8_t *mac = take_ether(d, c, fields->mac);
		return mac ? arena_text(&d->arena, text, address_text_ether(mac, text)) : "";
	}
	if (form == ID_ADDRESS && n) {
		uint8_t family = take_u8(d, c, LLDP_FAMILY);
		words = take_family(d, c, family, fields->ip4, fields->ip6);
		n = cursor_left(c);
		start = c->pos;
	}
	if (words || !n || !cursor_peek(c, 0, n, &bytes))
		return words ? words : "";
	cursor_skip(c, n);
	words = form == ID_TEXT ? text_of(d, bytes, n) : hex_words(d, bytes, n);
	if (fields->as_text)
		add_text(d, c, fields->id, start, n, words);
	else
		add_bytes(d, c, fields->id, start, n, NULL, n);
	return words;
}

static void take_identifier(struct dissection *d, struct cursor *c, node_id tree,
			    const struct id_fields *fields)
{
	uint8_t subtype = take_u8(d, c, fields->subtype);
	const char *name = value_name(lldp_fields[fields->subtype].names, subtype);
	const struct id_kind *kind = &fields->kinds[subtype < 8 ? subtype : 0];
	const char *words = take_id(d, c, fields, kind->form);

	label_set(d, tree, "%s Subtype = %s, Id: %s", fields->title, name ? name : "Reserved",
		  words);
	info(d, "%s/%s ", kind->info, words);
}

static void take_time_to_live(struct dissection *d, struct cursor *c, node_id tree)
{
	uint16_t seconds = take_u16(d, c, LLDP_TIME_TO_LIVE);

	label_set(d, tree, "Time To Live = %u sec", seconds);
	info(d, "%u ", seconds);
}

static void take_words(struct dissection *d, struct cursor *c, node_id tree, unsigned field,
		       const char *before)
{
	const char *words = take_text(d, c, field, cursor_left(c));

	label_set(d, tree, "%s = %s", lldp_fields[field].name, words);
	if (before)
		info(d, "%s=%s ", before, words);
}

static void take_capabilities(struct dissection *d, struct cursor *c, node_id tree)
{
	label_set(d, tree, "Capabilities");
	take_flags(d, c, LLDP_CAPABILITIES, LLDP_CAPABILITIES + 1, LLDP_CAPABILITIES + 8);
	take_flags(d, c, LLDP_ENABLED, LLDP_ENABLED + 1, LLDP_ENABLED + 8);
}

static void take_management(struct dissection *d, struct cursor *c, node_id tree)
{
	label_set(d, tree, "Management Address");
	uint8_t length = take_u8(d, c, LLDP_ADDRESS_LENGTH);
	struct cursor address = cursor_split(c, length);
	uint8_t family = take_u8(d, &address, LLDP_ADDRESS_SUBTYPE);
	if (!take_family(d, &address, family, LLDP_ADDRESS_IP4, LLDP_ADDRESS_IP6) &&
	    cursor_left(&address))
		take_bytes(d, &address, LLDP_ADDRESS_HEX, cursor_left(&address));
	take_u8(d, c, LLDP_INTERFACE_SUBTYPE);
	take_u32(d, c, LLDP_INTERFACE);
	uint8_t identifier = take_u8(d, c, LLDP_OID_LENGTH);
	if (identifier)
		take_bytes(d, c, LLDP_OID, identifier);
}

/* False: it is the last one, or there is none. */
static bool take_tlv(struct dissection *d, struct cursor *c)
{
	struct cursor look = *c;
	uint16_t head = cursor_u16(&look);
	uint8_t type = (uint8_t)(head >> 9);
	node_id tree = open_tree(d, c, LLDP_TLV);

	look_uint(d, c, LLDP_TLV_TYPE);
	take_uint(d, c, LLDP_TLV_LENGTH);
	struct cursor value = cursor_split(c, head & 0x1ff);
	if ((head & 0x1ffu) > cursor_sent(&value))
		cursor_skip(&value, head & 0x1ffu);
	const char *name = value_name(lldp_fields[LLDP_TLV_TYPE].names, type);
	label_set(d, tree, "%s", name ? name : "Unknown TLV");
	switch (type) {
	case TLV_CHASSIS:
		take_identifier(d, &value, tree, &chassis_fields);
		break;
	case TLV_PORT:
		take_identifier(d, &value, tree, &port_fields);
		break;
	case TLV_TIME_TO_LIVE:
		take_time_to_live(d, &value, tree);
		break;
	case TLV_PORT_DESCRIPTION:
		take_words(d, &value, tree, LLDP_PORT_DESCRIPTION, NULL);
		break;
	case TLV_SYSTEM_NAME:
		take_words(d, &value, tree, LLDP_SYSTEM_NAME, "SysN");
		break;
	case TLV_SYSTEM_DESCRIPTION:
		take_words(d, &value, tree, LLDP_SYSTEM_DESCRIPTION, "SysD");
		break;
	case TLV_CAPABILITIES:
		take_capabilities(d, &value, tree);
		break;
	case TLV_MANAGEMENT:
		take_management(d, &value, tree);
		break;
	case TLV_ORGANIZATION:
		lldp_take_organization(d, &value, tree);
		break;
	default:
		break;
	}
	close_tree(d, tree, c);
	return type != TLV_END;
}

/* The first three are of one kind each, in this order (802.1AB, 8.2).  False: they are not. */
static bool take_first(struct dissection *d, struct cursor *c)
{
	static const char *const names[] = { "Chassis ID", "Port ID", "Time to Live" };
	const uint8_t *head;

	for (unsigned i = 0; i < COUNT(names); i++) {
		uint8_t type = cursor_peek(c, 0, 2, &head) ? head[0] >> 1 : 0;
		if (cursor_left(c) < 2) {
			cursor_skip(c, 2);
			return false;
		}
		if (type != i + 1) {
			note_finding(d, LLDP_WRONG_ORDER, "Invalid %s (0x%02X), expected (0x%02X)",
				     names[i], type, i + 1);
			info_begin(d);
			info(d, "Invalid %s TLV", names[i]);
			return false;
		}
		take_tlv(d, c);
	}
	return true;
}

static void lldp_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	if (take_first(d, c))
		while (cursor_more(c) && take_tlv(d, c))
			;
	end_layer(d, c);
}

static const struct claim lldp_claims[] = { { BY_ETHERTYPE, ETHERTYPE_LLDP } };

const struct dissector lldp_dissector = {
	.name = "lldp",
	.short_name = "LLDP",
	.title = "Link Layer Discovery Protocol",
	.fields = lldp_fields,
	.field_count = LLDP_FIELDS,
	.claims = lldp_claims,
	.claim_count = COUNT(lldp_claims),
	.dissect = lldp_dissect,
};
