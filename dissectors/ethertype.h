/* ethertype.h - what Ethernet, VLAN tags, SNAP and cooked captures share: handing on by
 * EtherType, and what is left of the frame after what that protocol says it has. */
#ifndef ETHERTYPE_H
#define ETHERTYPE_H

#include "dissect/dissector.h"

enum {
	ETHERTYPE_IPV4 = 0x0800, ETHERTYPE_ARP = 0x0806, ETHERTYPE_RARP = 0x8035,
	ETHERTYPE_VLAN = 0x8100, ETHERTYPE_IPV6 = 0x86dd, ETHERTYPE_PPPOE_DISCOVERY = 0x8863,
	ETHERTYPE_PPPOE_SESSION = 0x8864, ETHERTYPE_EAPOL = 0x888e, ETHERTYPE_8021AD = 0x88a8,
	ETHERTYPE_QINQ = 0x9100,
	ETHERNET_LENGTH_MAX = 1500,     /* a type up to this is a length */
	ETHERTYPE_MIN = 1536,           /* and from this a type (IEEE 802.3, 3.2.6) */
};

extern const struct value_name ethertype_names[], hardware_names[];
extern const struct dissector eth_dissector, gre_dissector, llc_dissector;

/* Hands on as frame.protocols tells it ("ethertype:ip"); what nobody knows is data. */
void hand_on_by_ethertype(struct dissection *d, uint16_t type, struct cursor payload);

/* What of the bytes behind the type field the protocol there does not count as its own. */
struct cursor ethertype_rest(uint16_t type, const struct cursor *payload);

/* Padding, trailer and frame check sequence below the layer at work: the field of its own
 * dissector for a trailer, and whether the last 4 bytes may be a check sequence. */
void show_ethernet_trailer(struct dissection *d, struct cursor rest, unsigned trailer_field,
			   bool may_have_fcs);

/* The same of ethertype_rest(). */
void show_ethertype_trailer(struct dissection *d, uint16_t type, const struct cursor *payload,
			    unsigned trailer_field, bool may_have_fcs);

/* Source and destination are "N/A" unless a layer below has addresses. */
void no_link_addresses(struct dissection *d);

/* Hands on by EtherType what a frame without a check sequence of its own carries, then shows the trailer. */
void hand_on_framed(struct dissection *d, uint16_t type, const struct cursor *payload,
		    unsigned trailer_field);

#endif
