/* icmpv6_discovery.c - Neighbor Discovery, RFC 4861, and messages that have its options: RFC 3122
 * (inverse), 3971 (paths of certificates), 6275 (prefixes of mobile nodes). */
#include "icmpv6.h"

static const struct icmpv6_part router_advertisement_parts[] = {
	{ ICMPV6_ND_RA_ROUTER_LIFETIME },
	{ ICMPV6_ND_RA_REACHABLE_TIME },
	{ ICMPV6_ND_RA_RETRANS_TIMER },
};

static const struct icmpv6_part prefix_advertisement_parts[] = {
	{ ICMPV6_MIP6_IDENTIFIER },
	{ ICMPV6_MIP6_FLAG, .first = ICMPV6_MIP6_FLAG_M, .last = ICMPV6_MIP6_FLAG_RSV },
};

static const struct icmpv6_part certification_parts[] = {
	{ ICMPV6_SEND_IDENTIFIER },
	{ ICMPV6_SEND_COMPONENT },
};

static const struct icmpv6_part certification_reply_parts[] = {
	{ ICMPV6_SEND_IDENTIFIER },
	{ ICMPV6_SEND_ALL_COMPONENTS },
	{ ICMPV6_SEND_COMPONENT },
	{ ICMPV6_RESERVED, 2 },
};

static void word_address(struct dissection *d, const char *before, const uint8_t *address)
{
	char text[ADDRESS_TEXT_ROOM];

	if (!address || !(d->wants & WANT_COLUMNS))
		return;
	address_text_ipv6(address, text);
	info(d, "%s%s", before, text);
}

static void show_router_advertisement(struct dissection *d, struct cursor *c)
{
	static const char *const preferences[] = { "Medium", "High", "Reserved", "Low" };

	take_u8(d, c, ICMPV6_ND_RA_CUR_HOP_LIMIT);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_ND_RA_FLAG, ICMPV6_ND_RA_FLAG_M,
					      ICMPV6_ND_RA_FLAG_RSV);
	label(d, last_node(d), "%s%s%s, Prf (Default Router Preference): %s%s",
	      flags & 0x80 ? ", Managed address configuration" : "",
	      flags & 0x40 ? ", Other configuration" : "", flags & 0x20 ? ", Home Agent" : "",
	      preferences[flags >> 3 & 3], flags & 0x04 ? ", Proxy" : "");
	ICMPV6_SHOW(d, c, router_advertisement_parts);
	icmpv6_show_options(d, c);
}

static void show_neighbor_advertisement(struct dissection *d, struct cursor *c)
{
	static const struct {
		uint32_t bit;
		const char *name, *word;
	} bits[] = {
		{ 0x80000000, "Router", "rtr" },
		{ 0x40000000, "Solicited", "sol" },
		{ 0x20000000, "Override", "ovr" },
	};
	uint32_t flags = (uint32_t)take_flags(d, c, ICMPV6_ND_NA_FLAG, ICMPV6_ND_NA_FLAG_R,
					      ICMPV6_ND_NA_FLAG_RSV);

	for (size_t i = 0; i < COUNT(bits); i++)
		if (flags & bits[i].bit)
			label(d, last_node(d), ", %s", bits[i].name);
	word_address(d, " ", take_ipv6(d, c, ICMPV6_ND_NA_TARGET_ADDRESS));
	info(d, " (");
	const char *between = "";
	for (size_t i = 0; i < COUNT(bits); i++) {
		if (!(flags & bits[i].bit))
			continue;
		info(d, "%s%s", between, bits[i].word);
		between = ", ";
	}
	info(d, *between ? ")" : "none)");
	icmpv6_show_options(d, c);
}

static void show_redirect(struct dissection *d, struct cursor *c)
{
	take_bytes(d, c, ICMPV6_RESERVED, 4);
	take_ipv6(d, c, ICMPV6_ND_RD_TARGET_ADDRESS);
	take_ipv6(d, c, ICMPV6_RD_NA_DESTINATION_ADDRESS);
	icmpv6_show_options(d, c);
}

bool icmpv6_show_discovery(struct dissection *d, struct cursor *c, uint8_t type)
{
	switch (type) {
	case ICMPV6_ROUTER_ADVERTISEMENT:
		show_router_advertisement(d, c);
		return true;
	case ICMPV6_NEIGHBOR_SOLICITATION:
		take_bytes(d, c, ICMPV6_RESERVED, 4);
		word_address(d, " for ", take_ipv6(d, c, ICMPV6_ND_NS_TARGET_ADDRESS));
		break;
	case ICMPV6_NEIGHBOR_ADVERTISEMENT:
		show_neighbor_advertisement(d, c);
		return true;
	case ICMPV6_REDIRECT:
		show_redirect(d, c);
		return true;
	case ICMPV6_ROUTER_SOLICITATION:
	case ICMPV6_INVERSE_SOLICITATION:
	case ICMPV6_INVERSE_ADVERTISEMENT:
		take_bytes(d, c, ICMPV6_RESERVED, 4);
		break;
	case ICMPV6_PREFIX_ADVERTISEMENT: {
		unsigned flags = 0;
		const uint8_t *p;
		if (cursor_peek(c, 2, 1, &p))
			flags = *p;
		ICMPV6_SHOW(d, c, prefix_advertisement_parts);
		label(d, last_node(d), "%s%s",
		      flags & 0x80 ? ", Managed address configuration" : "",
		      flags & 0x40 ? ", Other configuration" : "");
		break;
	}
	case ICMPV6_CERTIFICATION_SOLICITATION:
		ICMPV6_SHOW(d, c, certification_parts);
		break;
	case ICMPV6_CERTIFICATION_ADVERTISEMENT:
		ICMPV6_SHOW(d, c, certification_reply_parts);
		break;
	default:
		return false;
	}
	icmpv6_show_options(d, c);
	return true;
}
