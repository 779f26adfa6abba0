/* ethertype.c - handing on by EtherType (IANA ieee-802-numbers). */
#include "ethertype.h"

enum { HOP_BY_HOP = 0 };

void hand_on_by_ethertype(struct dissection *d, uint16_t type, struct cursor payload)
{
	path_mention(d, "ethertype");
	if (hand_on(d, BY_ETHERTYPE, type, payload))
		return;
	const char *name = value_name(ethertype_names, type);
	if (d->wants & WANT_COLUMNS) {
		if (name) {
			info_begin(d);
			info(d, "%s", name);
		}
		info_protocol(d, arena_printf(&d->arena, "0x%04x", type));
	}
	hand_on_as_data(d, payload);
}

void no_link_addresses(struct dissection *d)
{
	if (d->from.type == ADDRESS_NONE)
		d->from.type = ADDRESS_NOT_APPLICABLE;
	if (d->to.type == ADDRESS_NONE)
		d->to.type = ADDRESS_NOT_APPLICABLE;
}

/* The protocol's own length, by its header; UINT32_MAX: it does not say. */
static uint32_t own_length(uint16_t type, const struct cursor *payload)
{
	const uint8_t *p;

	switch (type) {
	case ETHERTYPE_IPV4: {
		if (!cursor_peek(payload, 0, 20, &p) || p[0] >> 4 != 4)
			return UINT32_MAX;
		uint32_t header = (p[0] & 15u) * 4, total = load_be16(p + 2);
		return header >= 20 && total >= header ? total : UINT32_MAX;
	}
	case ETHERTYPE_IPV6:
		if (!cursor_peek(payload, 0, 40, &p) || p[0] >> 4 != 6)
			return UINT32_MAX;
		/* A jumbogram's length stands in an option behind a header of its own. */
		if (load_be16(p + 4) == 0 && p[6] == HOP_BY_HOP)
			return UINT32_MAX;
		return load_be16(p + 4) + 40u;
	case ETHERTYPE_ARP:
	case ETHERTYPE_RARP:
		return cursor_peek(payload, 0, 8, &p) ? 8 + 2u * p[4] + 2u * p[5] : UINT32_MAX;
	case ETHERTYPE_EAPOL:
		return cursor_peek(payload, 0, 4, &p) ? 4u + load_be16(p + 2) : UINT32_MAX;
	default:
		return UINT32_MAX;
	}
}

struct cursor ethertype_rest(uint16_t type, const struct cursor *payload)
{
	struct cursor rest = *payload;
	uint32_t length = own_length(type, payload);

	if (length > cursor_left(payload))
		rest.pos = rest.captured = rest.reported;
	else
		rest.pos += length;
	return rest;
}

void show_ethertype_trailer(struct dissection *d, uint16_t type, const struct cursor *payload,
			    unsigned trailer_field, bool may_have_fcs)
{
	begin_part(d, "Ethertype");
	show_ethernet_trailer(d, ethertype_rest(type, payload), trailer_field, may_have_fcs);
	end_part(d, payload);
}

void hand_on_framed(struct dissection *d, uint16_t type, const struct cursor *payload,
		    unsigned trailer_field)
{
	hand_on_by_ethertype(d, type, *payload);
	if (!only_learning(d))
		show_ethertype_trailer(d, type, payload, trailer_field, false);
}
