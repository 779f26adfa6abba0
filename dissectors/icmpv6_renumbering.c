/* icmpv6_renumbering.c - Router Renumbering, RFC 2894. */
#include "icmpv6.h"

/* RFC 2894, 3.2.1.2. */
static void show_use_prefix(struct dissection *d, struct cursor *c)
{
	char text[ADDRESS_TEXT_ROOM];
	node_id tree = open_tree(d, c, ICMPV6_RR_PCO_UP);
	unsigned use = take_u8(d, c, ICMPV6_RR_PCO_UP_USELEN);
	unsigned keep = take_u8(d, c, ICMPV6_RR_PCO_UP_KEEPLEN);

	for (int i = 0; i < 2; i++) {
		unsigned flags = (unsigned)take_flags(
			d, c, i ? ICMPV6_RR_PCO_UP_RAFLAGS : ICMPV6_RR_PCO_UP_FLAGMASK,
			ICMPV6_RR_PCO_UP_FLAGMASK_L, ICMPV6_RR_PCO_UP_FLAGMASK_RESERVED);
		label(d, last_node(d), "%s%s", flags & 0x80 ? ", On-link flag(L)" : "",
		      flags & 0x40 ? ", Autonomous address-configuration flag(A)" : "");
	}
	take_u32(d, c, ICMPV6_RR_PCO_UP_VALIDLIFETIME);
	take_u32(d, c, ICMPV6_RR_PCO_UP_PREFERREDLIFETIME);
	uint32_t flags = (uint32_t)take_flags(d, c, ICMPV6_RR_PCO_UP_FLAG, ICMPV6_RR_PCO_UP_FLAG_V,
					      ICMPV6_RR_PCO_UP_FLAG_RESERVED);
	label(d, last_node(d), "%s%s", flags & 0x80000000 ? ", Decrement valid lifetime" : "",
	      flags & 0x40000000 ? ", Decrement preferred lifetime" : "");
	const uint8_t *prefix = take_ipv6(d, c, ICMPV6_RR_PCO_UP_USEPREFIX);
	if (prefix && d->wants & WANT_ANY_LABELS) {
		address_text_ipv6(prefix, text);
		label(d, tree, ": %s/%u (keep %u)", text, use, keep);
	}
	close_tree(d, tree, c);
}

static void show_prefix_control(struct dissection *d, struct cursor *c)
{
	char text[ADDRESS_TEXT_ROOM];
	node_id tree = open_tree(d, c, ICMPV6_RR_PCO_MP);
	const char *operation =
		icmpv6_name(ICMPV6_RR_PCO_MP_OPCODE, take_u8(d, c, ICMPV6_RR_PCO_MP_OPCODE));
	unsigned words = take_u8(d, c, ICMPV6_RR_PCO_MP_OPLENGTH);

	take_u8(d, c, ICMPV6_RR_PCO_MP_ORDINAL);
	unsigned match = take_u8(d, c, ICMPV6_RR_PCO_MP_MATCHLEN);
	unsigned least = take_u8(d, c, ICMPV6_RR_PCO_MP_MINLEN);
	unsigned most = take_u8(d, c, ICMPV6_RR_PCO_MP_MAXLEN);
	take_bytes(d, c, ICMPV6_RESERVED, 2);
	const uint8_t *prefix = take_ipv6(d, c, ICMPV6_RR_PCO_MP_MATCHPREFIX);
	if (prefix && d->wants & WANT_ANY_LABELS) {
		address_text_ipv6(prefix, text);
		label(d, tree, ": %s %s/%u (%u-%u)", operation ? operation : "Unknown", text, match,
		      least, most);
	}
	close_tree(d, tree, c);
	/* The length counts the matching part as 3 units of 8 bytes, and 4 for each prefix to use.
	 */
	for (; words >= 7 && cursor_more(c); words -= 4)
		show_use_prefix(d, c);
}

static void show_renumbering_result(struct dissection *d, struct cursor *c)
{
	char text[ADDRESS_TEXT_ROOM];
	node_id tree = open_tree(d, c, ICMPV6_RR_RM);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_RR_RM_FLAG, ICMPV6_RR_RM_FLAG_RESERVED,
					      ICMPV6_RR_RM_FLAG_F);

	label(d, last_node(d), "%s%s", flags & 2 ? ", Bounds" : "", flags & 1 ? ", Forbidden" : "");
	take_u8(d, c, ICMPV6_RR_RM_ORDINAL);
	unsigned matched = take_u8(d, c, ICMPV6_RR_RM_MATCHEDLEN);
	uint32_t interface = take_u32(d, c, ICMPV6_RR_RM_INTERFACEINDEX);
	const uint8_t *prefix = take_ipv6(d, c, ICMPV6_RR_RM_MATCHEDPREFIX);
	if (prefix && d->wants & WANT_ANY_LABELS) {
		address_text_ipv6(prefix, text);
		label(d, tree, ": %s/%u (interface %u)", text, matched, interface);
	}
	close_tree(d, tree, c);
}

void icmpv6_show_renumbering(struct dissection *d, struct cursor *c, uint8_t code)
{
	static const char *const names[] = { "Test Command", "Result requested", "All Interfaces",
					     "Site-specific", "Processed previously" };

	take_u32(d, c, ICMPV6_RR_SEQUENCE_NUMBER);
	take_u8(d, c, ICMPV6_RR_SEGMENT_NUMBER);
	unsigned flags =
		(unsigned)take_flags(d, c, ICMPV6_RR_FLAG, ICMPV6_RR_FLAG_T, ICMPV6_RR_FLAG_RSV);
	for (unsigned i = 0; i < COUNT(names); i++)
		if (flags & 0x80u >> i)
			label(d, last_node(d), ", %s", names[i]);
	take_u16(d, c, ICMPV6_RR_MAXDELAY);
	take_bytes(d, c, ICMPV6_RESERVED, 4);
	if (code == 0) {
		show_prefix_control(d, c);
		return;
	}
	while (code == 1 && cursor_more(c))
		show_renumbering_result(d, c);
}
