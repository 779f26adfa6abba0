/* lldp_organizations.c - TLVs that the IEEE's working groups 802.1 (802.1Q, Annex D) and 802.3
 * (802.3, clause 79) define; LLDP-MED is in lldp_media.c, those of others are bytes. */
#include "lldp.h"

enum { OUI_8021 = 0x0080c2, OUI_8023 = 0x00120f, OUI_TIA = 0x0012bb };

static void take_vlan_name(struct dissection *d, struct cursor *c)
{
	take_u16(d, c, LLDP_8021_VLAN);
	uint8_t length = take_u8(d, c, LLDP_8021_VLAN_NAME_LENGTH);
	if (length)
		take_text(d, c, LLDP_8021_VLAN_NAME, length);
}

static void take_8021(struct dissection *d, struct cursor *c, uint8_t subtype)
{
	enum { PORT_VLAN = 1, PROTOCOL_VLAN, VLAN_NAME, PROTOCOL, AGGREGATION = 7 };
	uint8_t length;

	switch (subtype) {
	case PORT_VLAN:
		take_u16(d, c, LLDP_8021_PORT_VLAN);
		break;
	case PROTOCOL_VLAN:
		take_flags(d, c, LLDP_8021_FLAGS, LLDP_8021_SUPPORTED, LLDP_8021_ENABLED);
		take_u16(d, c, LLDP_8021_PROTOCOL_VLAN);
		break;
	case VLAN_NAME:
		take_vlan_name(d, c);
		break;
	case PROTOCOL:
		length = take_u8(d, c, LLDP_8021_PROTOCOL_LENGTH);
		if (length)
			take_bytes(d, c, LLDP_8021_PROTOCOL, length);
		break;
	case AGGREGATION:
		take_flags(d, c, LLDP_8021_AGGREGATION, LLDP_8021_AGGREGATION_CAP,
			   LLDP_8021_AGGREGATION_TYPE);
		take_u32(d, c, LLDP_8021_AGGREGATED);
		break;
	default:
		break;
	}
}

static void take_8023(struct dissection *d, struct cursor *c, uint8_t subtype, node_id subtype_node)
{
	enum { NEGOTIATION = 1, POWER, AGGREGATION, FRAME_SIZE, FLAGS = 16 };

	switch (subtype) {
	case NEGOTIATION:
		take_flags(d, c, LLDP_8023_NEGOTIATION, LLDP_8023_NEGOTIATION_SUPPORTED,
			   LLDP_8023_NEGOTIATION_ENABLED);
		take_flags(d, c, LLDP_8023_ADVERTISED, LLDP_8023_ADVERTISED + 1,
			   LLDP_8023_ADVERTISED + FLAGS);
		take_u16(d, c, LLDP_8023_MAU);
		break;
	case POWER:
		take_flags(d, c, LLDP_8023_POWER, LLDP_8023_POWER_CLASS_OF_PORT,
			   LLDP_8023_POWER_PAIRS);
		take_u8(d, c, LLDP_8023_PAIR);
		take_u8(d, c, LLDP_8023_CLASS);
		break;
	case AGGREGATION:
		note_finding_on(d, subtype_node, LLDP_DEPRECATED, NULL);
		take_flags(d, c, LLDP_8023_AGGREGATION, LLDP_8023_AGGREGATION_CAP,
			   LLDP_8023_AGGREGATION_ENABLED);
		take_u32(d, c, LLDP_8023_AGGREGATED);
		break;
	case FRAME_SIZE:
		take_u16(d, c, LLDP_8023_FRAME_SIZE);
		break;
	default:
		break;
	}
}

void lldp_take_organization(struct dissection *d, struct cursor *c, node_id tree)
{
	uint32_t oui = (uint32_t)take_uint(d, c, LLDP_OUI);
	const char *organization = value_name(lldp_fields[LLDP_OUI].names, oui);

	label_set(d, last_node(d), organization ? "%s: %02x:%02x:%02x (%s)" : "%s: %02x:%02x:%02x",
		  lldp_fields[LLDP_OUI].name, oui >> 16, oui >> 8 & 0xff, oui & 0xff, organization);
	unsigned field = oui == OUI_8021   ? LLDP_8021_SUBTYPE
			 : oui == OUI_8023 ? LLDP_8023_SUBTYPE
			 : oui == OUI_TIA  ? LLDP_MEDIA_SUBTYPE
					   : LLDP_OTHER_SUBTYPE;
	uint8_t subtype = take_u8(d, c, field);
	const char *name =
		lldp_fields[field].names ? value_name(lldp_fields[field].names, subtype) : NULL;

	if (lldp_fields[field].names)
		label_set(d, last_node(d), "%s: %s (0x%02x)", lldp_fields[field].name,
			  name ? name : "Unknown", subtype);
	label_set(d, tree, name ? "%s - %s" : "%s - %s (%u)",
		  organization ? organization : "Unknown", name ? name : "Unknown", subtype);
	if (oui == OUI_8021)
		take_8021(d, c, subtype);
	else if (oui == OUI_8023)
		take_8023(d, c, subtype, last_node(d));
	else if (oui == OUI_TIA)
		lldp_take_media(d, c, subtype);
	if (cursor_left(c))
		take_bytes(d, c, LLDP_OTHER_CONTENT, cursor_left(c));
}
