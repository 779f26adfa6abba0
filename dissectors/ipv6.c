/* ipv6.c - Internet Protocol version 6, RFC 8200: the header itself.
 *
 *     +---+--------+---------------------+
 *     |ver|traffic |     flow label      |
 *     +---+--------+-+--------+----------+
 *     |payload length|next hdr|hop limit |
 *     +--------------+--------+----------+
 *     |  source, destination: 16 bytes   |
 *     +----------------------------------+
 */
#include <string.h>

#include "dissect/dissection_settings.h"
#include "dissect/dissector.h"
#include "dissect/names.h"
#include "ip.h"
#include "ip_names.h"
#include "ipv6.h"

enum { HEADER_LENGTH = 40 };

void ipv6_word(struct dissection *d, struct ipv6_chain *chain, const char *words)
{
	info(d, "%s%s", chain->worded ? ", " : "", words);
	chain->worded = true;
}

/* An address's 16 bytes and where they stand. */
struct place {
	const uint8_t *bytes;
	uint32_t start;
	bool source;
};

/* A number of 1 to 4 bytes at `offset`, shown for its side and, hidden, for either. */
static void tell_number(struct dissection *d, const struct cursor *c, const struct place *place,
			unsigned field, unsigned offset, unsigned n, uint32_t value)
{
	unsigned side =
		field - IPV6_SLAAC_MAC + (place->source ? IPV6_SRC_SLAAC_MAC : IPV6_DST_SLAAC_MAC);

	node_flag(d, add_uint(d, c, side, place->start + offset, n, value), NODE_GENERATED);
	put_alias(d, field, value);
}

/* RFC 4291, appendix A: the universal bit set and ff:fe in the middle. */
static void tell_mac(struct dissection *d, const struct cursor *c, const struct place *place)
{
	const uint8_t *id = place->bytes + 8;
	uint8_t *mac = arena_alloc(&d->arena, 6);
	unsigned side = place->source ? IPV6_SRC_SLAAC_MAC : IPV6_DST_SLAAC_MAC;

	memcpy(mac, id, 3);
	memcpy(mac + 3, id + 5, 3);
	mac[0] ^= 2;
	node_flag(d, add_bytes(d, c, side, place->start + 8, 8, mac, 6), NODE_GENERATED);
	put_alias_bytes(d, IPV6_SLAAC_MAC, mac, 6);
}

static void tell_embedded(struct dissection *d, const struct cursor *c, const struct place *place)
{
	node_flag(d, add_bytes(d, c, IPV6_EMBEDDED_PREFIX, place->start, 12, place->bytes, 12),
		  NODE_GENERATED);
	uint32_t address = load_be32(place->bytes + 12);
	unsigned side = place->source ? IPV6_SRC_EMBEDDED : IPV6_DST_EMBEDDED;
	node_flag(d, add_uint(d, c, side, place->start + 12, 4, address), NODE_GENERATED);
	node_flag(d, add_uint(d, c, IPV6_EMBEDDED, place->start + 12, 4, address), NODE_GENERATED);
}

/* What else an address says: RFC 3056, 4380, 5214, 6052. */
static void tell_address(struct dissection *d, const struct cursor *c, const struct place *place)
{
	static const uint8_t teredo[4] = { 0x20, 0x01 }, nat64[12] = { 0, 0x64, 0xff, 0x9b };
	const uint8_t *p = place->bytes;

	if (load_be16(p) == 0x2002) {
		tell_number(d, c, place, IPV6_6TO4_GATEWAY, 2, 4, load_be32(p + 2));
		tell_number(d, c, place, IPV6_6TO4_SLA, 6, 2, load_be16(p + 6));
	} else if (!memcmp(p, teredo, 4)) {
		tell_number(d, c, place, IPV6_TEREDO_SERVER, 4, 4, load_be32(p + 4));
		tell_number(d, c, place, IPV6_TEREDO_PORT, 10, 2, (uint16_t)~load_be16(p + 10));
		tell_number(d, c, place, IPV6_TEREDO_CLIENT, 12, 4, ~load_be32(p + 12));
	} else if (!memcmp(p, nat64, 12)) {
		tell_embedded(d, c, place);
	}
	if (p[8] & 2 && p[11] == 0xff && p[12] == 0xfe)
		tell_mac(d, c, place);
	else if ((load_be32(p + 8) | 0x02000000) == 0x02005efe)
		tell_number(d, c, place, IPV6_ISATAP, 12, 4, load_be32(p + 12));
}

static void add_host(struct dissection *d, const struct cursor *c, unsigned field, unsigned alias,
		     const uint8_t *address)
{
	char text[NAME_ROOM];

	if (!field_wanted(d, field) && !field_wanted(d, alias))
		return;
	struct endpoint end = endpoint_ipv6(address);
	unsigned n = name_address(&end, text);
	const char *words = arena_text(&d->arena, text, n);
	node_flag(d, add_text(d, c, field, c->pos - 16, 16, words), NODE_HIDDEN);
	node_flag(d, add_text(d, c, alias, c->pos - 16, 16, words), NODE_HIDDEN);
}

/* Returns the address's node. */
static node_id show_address(struct dissection *d, struct cursor *c, bool source)
{
	struct endpoint *to = source ? &d->from : &d->to;

	take_address(d, c, source ? IPV6_SRC : IPV6_DST, to);
	node_id node = last_node(d);
	if (only_learning(d) || !cursor_ok(c))
		return node;
	const uint8_t *bytes = c->data + c->pos - 16;
	put_alias_bytes(d, IPV6_ADDR, bytes, 16);
	add_host(d, c, source ? IPV6_SRC_HOST : IPV6_DST_HOST, IPV6_HOST, bytes);
	if (d->wants & WANT_ANY_LABELS) {
		char text[NAMED_TEXT_ROOM];
		named_address_text(to, text);
		label(d, layer_node(d), ", %s: %s", source ? "Src" : "Dst", text);
	}
	return node;
}

static void show_addresses(struct dissection *d, struct cursor *c)
{
	node_id from = show_address(d, c, true), to = show_address(d, c, false);
	if (only_learning(d) || !cursor_ok(c))
		return;
	const uint8_t *bytes = c->data + c->pos - 32;
	tell_address(d, c, &(struct place){ bytes, c->pos - 32, true });
	tell_address(d, c, &(struct place){ bytes + 16, c->pos - 16, false });
	if (!dissection_settings()->no_ipv6_places)
		ip_show_places(d, IPV6_PLACES, from, to);
}

/* The first word, of which the version has been shown. */
static void show_first_word(struct dissection *d, struct cursor *c)
{
	struct cursor word = *c;
	unsigned tclass =
		(unsigned)take_flags(d, &word, IPV6_TCLASS, IPV6_TCLASS_DSCP, IPV6_TCLASS_ECN);

	label(d, last_node(d), " (DSCP: %s, ECN: %s)", dscp_short_name(tclass >> 2),
	      ecn_short_name(tclass));
	cursor_skip(c, 1);
	take_uint(d, c, IPV6_FLOW);
}

/* How much follows the header that belongs to the packet; what follows that goes back to the
 * layer below.  `payload` stands after the header. */
static uint32_t payload_length(struct dissection *d, const struct cursor *payload, node_id node,
			       uint32_t said, struct ipv6_chain *chain)
{
	uint32_t sent = cursor_sent(payload);

	if (said == 0 && chain->next == IP_PROTO_HOPOPTS) {
		said = ipv6_jumbo_length(payload);
		chain->jumbo = said != 0;
		if (chain->jumbo) {
			label(d, node, " (Jumbogram)");
		} else {
			note_finding_on(d, node, IPV6_JUMBO_MISSING,
					"IPv6 payload length equals 0 and Hop-By-Hop "
					"present and Jumbo Payload option missing");
			ipv6_word(d, chain, "Invalid IPv6 payload length ");
		}
	} else if (said == 0 && chain->next != IP_PROTO_NONE) {
		note_finding_on(d, node, IPV6_PLEN_ZERO,
				"IPv6 payload length equals 0 (maybe because of "
				"\"TCP segmentation offload\" (TSO))");
	}
	if (said > sent && !d->in_error && !only_learning(d)) {
		note_finding_on(d, node, IPV6_PLEN_EXCEEDS_FRAMING,
				"IPv6 payload length exceeds framing length (%u bytes)", sent);
	}
	return said;
}

/* False: it is not version 6, and has been shown as what it is. */
static bool show_version(struct dissection *d, struct cursor *c)
{
	unsigned version = (unsigned)look_uint(d, c, IPV6_VERSION);
	node_id node = last_node(d);

	if (!cursor_ok(c))
		return false;
	use_fields_of(d, &ip_dissector);
	put_alias(d, IP_VERSION, version);
	use_fields_of(d, NULL);
	if (version != 6) {
		note_finding_on(d, node, IPV6_BOGUS_VERSION, "Bogus IPv6 version");
		info(d, "Bogus IPv6 version (%u, must be 6)", version);
		hand_on_as_data(d, *c);
		return false;
	}
	if (cursor_sent(c) < HEADER_LENGTH) {
		note_finding(d, IPV6_INVALID_HEADER, "IPv6 header must be exactly 40 bytes");
		info(d, "Invalid IPv6 header (%u bytes, need exactly 40)", cursor_sent(c));
	}
	return true;
}

/* The row tells that instead of the headers before, unless they are a message (Mobile IPv6). */
static void show_no_next(struct dissection *d, const struct ipv6_chain *chain)
{
	const char *protocol = d->protocol;

	if (chain->first || chain->last != IP_PROTO_MOBILITY) {
		info_begin(d);
		info_protocol(d, protocol);
		info(d, "IPv6 no next header");
	}
	if (cursor_more(&chain->at))
		hand_on_as_data(d, chain->at);
}

static void ipv6_dissect(struct dissection *d, struct cursor *c)
{
	struct ipv6_chain chain = { .first = true };

	info_begin(d);
	if (!show_version(d, c))
		return;
	show_first_word(d, c);
	uint32_t said = take_u16(d, c, IPV6_PLEN);
	node_id length_node = last_node(d);
	chain.next = take_u8(d, c, IPV6_NXT);
	chain.hop_limit = d->hops_left = take_u8(d, c, IPV6_HLIM);
	show_addresses(d, c);
	if (!cursor_ok(c))
		return;
	said = payload_length(d, c, length_node, said, &chain);
	if (said < cursor_sent(c)) {
		cursor_cut_tail(c, cursor_sent(c) - said);
		end_layer(d, c);
	}
	chain.at = *c;
	ipv6_show_extensions(d, &chain);
	if (chain.at.source == c->source)
		end_header(d, &chain.at);
	if (chain.stopped || !cursor_ok(c))
		return;
	if (chain.next == IP_PROTO_NONE) {
		show_no_next(d, &chain);
		return;
	}
	if (hand_on(d, BY_IP_PROTO, chain.next, chain.at))
		return;
	info(d, "%sUnknown IP Protocol: %s (%u)", chain.worded ? ", " : "",
	     ip_protocol_name(chain.next), chain.next);
	hand_on_as_data(d, chain.at);
}

/* No extensions, and no jumbogram. */
static bool ipv6_is_plain(struct outline *o)
{
	const uint8_t *p = o->bytes + o->at;
	uint32_t total = HEADER_LENGTH + (uint32_t)load_be16(p + 4);
	bool carries = p[6] == IP_PROTO_TCP || p[6] == IP_PROTO_UDP || p[6] == IP_PROTO_ICMPV6;

	if (p[0] >> 4 != 6 || !carries || total == HEADER_LENGTH || total > o->reported - o->at)
		return false;
	outline_cut(o, total);
	o->header = HEADER_LENGTH;
	return true;
}

static struct onward ipv6_step(struct dissection *d, const struct outline *o)
{
	const uint8_t *p = o->bytes + o->at;

	d->hops_left = p[7];
	d->from = endpoint_ipv6(p + 8);
	d->to = endpoint_ipv6(p + 24);
	return (struct onward){ BY_IP_PROTO, p[6] };
}

static const struct plain_header ipv6_plain = { ipv6_is_plain, ipv6_step, .bytes = HEADER_LENGTH,
						.carries = true };

static const struct claim ipv6_claims[] = {
	{ BY_ETHERTYPE, 0x86dd },
	{ BY_LINK_TYPE, 229 },
	{ BY_IP_PROTO, IP_PROTO_IPV6 },
	{ BY_PPP_PROTO, 0x0057 },
};

const struct dissector ipv6_dissector = {
	.name = "ipv6",
	.short_name = "IPv6",
	.title = "Internet Protocol Version 6",
	.fields = ipv6_fields,
	.field_count = IPV6_FIELD_COUNT,
	.claims = ipv6_claims,
	.claim_count = COUNT(ipv6_claims),
	.borrows = &ip_dissector,
	.plain = &ipv6_plain,
	.dissect = ipv6_dissect,
};
