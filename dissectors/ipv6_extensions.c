/* ipv6_extensions.c - the headers between IPv6's own and what it carries.
 *
 * RFC 8200, section 4; routing headers: RFC 5095, 6275, 6554, 8754, RFC 9631.  Each takes at
 * least 8 bytes, so a chain ends however it loops. */
#include <string.h>

#include "dissect/dissector.h"
#include "ip_datagram.h"
#include "ip_names.h"
#include "ipv6.h"
#include "state/reassembly.h"

enum { ROUTING_SOURCE = 0, ROUTING_MOBILE = 2, ROUTING_RPL = 3, ROUTING_SEGMENTS = 4,
       ROUTING_COMPACT_16 = 5, ROUTING_COMPACT_32 = 6, AH_FIXED = 12 };

/* A next header and a length in units of 8 bytes, without the first 8.  Returns a cursor on what
 * follows these two bytes. */
static struct cursor show_start(struct dissection *d, struct cursor *c, struct ipv6_chain *chain,
				unsigned next_field, uint32_t *size)
{
	chain->next = take_u8(d, c, next_field);
	*size = take_u8(d, c, next_field + 1) * 8u + 8;
	put_uint(d, next_field + 2, *size);
	return cursor_split(c, *size - 2);
}

/* The header was longer than what holds it: only now, as all that is there has been shown. */
static void check_end(struct cursor *c, const struct cursor *body, uint32_t start, uint32_t size)
{
	if (cursor_ok(c) && body->reported - start < size)
		cursor_fail(c, size - (body->reported - start));
}

static void show_option_header(struct dissection *d, struct ipv6_chain *chain, bool hop_by_hop)
{
	struct cursor *c = &chain->at;
	uint32_t size, start = c->pos;

	path_mention(d, hop_by_hop ? "ipv6.hopopts" : "ipv6.dstopts");
	ipv6_word(d, chain, hop_by_hop ? "IPv6 hop-by-hop options" : "IPv6 destination options");
	node_id tree = open_tree(d, c, hop_by_hop ? IPV6_HOPOPTS : IPV6_DSTOPTS);
	if (hop_by_hop && !chain->first)
		note_finding(d, IPV6_HOPOPTS_NOT_FIRST,
			     "IPv6 Hop-by-Hop extension header must appear "
			     "immediately after IPv6 header");
	struct cursor body = show_start(d, c, chain, hop_by_hop ? IPV6_HOPOPTS_NXT : IPV6_DSTOPTS_NXT,
					&size);
	/* In the bare first pass too: where they lie, nothing behind them is reached. */
	ipv6_show_options(d, &body, chain, hop_by_hop);
	check_end(c, &body, start, size);
	close_tree(d, tree, c);
}

/* A source route ends where it says, not where the header is sent next. */
static void set_final(struct dissection *d, const uint8_t *address)
{
	if (address)
		memcpy(d->to.address, address, 16);
}

static void label_stop(struct dissection *d, unsigned index, const uint8_t *address)
{
	char text[ADDRESS_TEXT_ROOM];

	if (!(d->wants & WANT_ANY_LABELS) || last_node(d) == NO_NODE)
		return;
	address_text_ipv6(address, text);
	label_set(d, last_node(d), "Address[%u]: %s", index, text);
}

/* Addresses to the end of the header, numbered from `index`; the one that is the last stop
 * becomes the destination. */
static void show_stops(struct dissection *d, struct cursor *body, unsigned field, unsigned index,
		       uint32_t count, bool first_is_last)
{
	const uint8_t *final = NULL;

	for (uint32_t i = 0; i < count && cursor_more(body); i++) {
		const uint8_t *address = take_ipv6(d, body, field);
		if (!address)
			return;
		label_stop(d, index + i, address);
		if (!first_is_last || !final)
			final = address;
	}
	set_final(d, final);
}

static void show_source_route(struct dissection *d, struct cursor *body, uint8_t left, node_id left_node,
			      uint8_t type)
{
	uint32_t count = body->reported - body->pos < 4 ? 0 : (body->reported - body->pos - 4) / 16;
	bool mobile = type == ROUTING_MOBILE;

	if (left > count) {
		note_finding_on(d, left_node, IPV6_ROUTING_INVALID_SEGLEFT,
				"IPv6 Type %u Routing Header segments left field must not "
				"exceed address count (%u)",
				type, count);
	}
	take_bytes(d, body, mobile ? IPV6_ROUTING_MIP_RESERVED : IPV6_ROUTING_SRC_RESERVED, 4);
	struct endpoint kept = d->to;
	show_stops(d, body, mobile ? IPV6_ROUTING_MIP_ADDR : IPV6_ROUTING_SRC_ADDR, 1, count, false);
	if (!left)
		d->to = kept;
}

/* RFC 6554, 3: addresses without the octets they share with the destination. */
static void show_rpl_stop(struct dissection *d, struct cursor *body, unsigned index, unsigned elided,
			  const uint8_t destination[16])
{
	uint8_t *whole = arena_alloc(&d->arena, 16);
	const uint8_t *part = take_bytes(d, body, IPV6_ROUTING_RPL_ADDR, 16 - elided);

	if (!part)
		return;
	memcpy(whole, destination, elided);
	memcpy(whole + elided, part, 16 - elided);
	node_id node = add_bytes(d, body, IPV6_ROUTING_RPL_FULL, body->pos - (16 - elided), 16 - elided,
				 whole, 16);
	node_flag(d, node, NODE_GENERATED);
	label_stop(d, index, whole);
	memcpy(d->to.address, whole, 16);
}

static void show_rpl_route(struct dissection *d, struct cursor *body, uint8_t left)
{
	struct endpoint kept = d->to;
	unsigned inner = (unsigned)look_uint(d, body, IPV6_ROUTING_RPL_CMPRI);
	unsigned last = (unsigned)look_uint(d, body, IPV6_ROUTING_RPL_CMPRE);
	unsigned pad = (unsigned)look_uint(d, body, IPV6_ROUTING_RPL_PAD);

	take_u32(d, body, IPV6_ROUTING_RPL_RESERVED);
	int64_t bytes = (int64_t)cursor_sent(body) - pad - (16 - last);
	int64_t count = bytes < 0 ? 0 : bytes / (16 - inner) + 1;
	put_uint(d, IPV6_ROUTING_RPL_COUNT, (uint64_t)count);
	for (int64_t i = 1; i <= count && cursor_more(body); i++)
		show_rpl_stop(d, body, (unsigned)i, i == count ? last : inner, kept.address);
	if (!left)
		d->to = kept;
}

/* RFC 8754, 2: the last segment to be visited comes first. */
static void show_segments(struct dissection *d, struct cursor *body, uint8_t left)
{
	struct endpoint kept = d->to;
	uint32_t last = take_u8(d, body, IPV6_ROUTING_SRH_LAST);

	take_u8(d, body, IPV6_ROUTING_SRH_FLAGS);
	take_bytes(d, body, IPV6_ROUTING_SRH_TAG, 2);
	show_stops(d, body, IPV6_ROUTING_SRH_ADDR, 0, last + 1, true);
	if (!left)
		d->to = kept;
}

static void show_compact(struct dissection *d, struct cursor *body, uint8_t left, unsigned width)
{
	unsigned current = width == 2 ? IPV6_ROUTING_CRH16_CURRENT : IPV6_ROUTING_CRH32_CURRENT;
	unsigned sid = width == 2 ? IPV6_ROUTING_CRH16_SID : IPV6_ROUTING_CRH32_SID;
	const uint8_t *p;

	if (cursor_peek(body, left * width, width, &p))
		put_uint(d, current, width == 2 ? load_be16(p) : load_be32(p));
	node_id tree = open_tree(d, body, IPV6_ROUTING_SIDS);
	for (unsigned i = 0; cursor_sent(body) >= width; i++) {
		uint32_t value = (uint32_t)take_uint(d, body, sid);
		label_set(d, last_node(d), "SID[%u] = %u", i, value);
		if (!cursor_ok(body))
			break;
	}
	close_tree(d, tree, body);
}

static void show_unknown_route(struct dissection *d, struct cursor *body)
{
	take_bytes(d, body, IPV6_ROUTING_UNKNOWN, cursor_sent(body));
	note_finding_on(d, last_node(d), IPV6_ROUTING_UNDECODED,
			"Undecoded IPv6 routing header field");
}

static void show_route(struct dissection *d, struct cursor *body, uint8_t type, uint8_t left,
		       node_id left_node)
{
	switch (type) {
	case ROUTING_SOURCE:
	case ROUTING_MOBILE:
		show_source_route(d, body, left, left_node, type);
		break;
	case ROUTING_RPL:
		show_rpl_route(d, body, left);
		break;
	case ROUTING_SEGMENTS:
		show_segments(d, body, left);
		break;
	case ROUTING_COMPACT_16:
		show_compact(d, body, left, 2);
		break;
	case ROUTING_COMPACT_32:
		show_compact(d, body, left, 4);
		break;
	default:
		show_unknown_route(d, body);
	}
}

static void show_routing_header(struct dissection *d, struct ipv6_chain *chain)
{
	struct cursor *c = &chain->at;
	uint32_t size, start = c->pos;
	const uint8_t *p;

	d->is_routed = true;
	path_mention(d, "ipv6.routing");
	ipv6_word(d, chain, "IPv6 routing");
	node_id tree = open_tree(d, c, IPV6_ROUTING);
	if (cursor_peek(c, 2, 1, &p)) {
		const char *name = ipv6_routing_name(*p);
		if (name)
			label(d, tree, " (%s)", name);
		else
			label(d, tree, " (Unknown type %u)", *p);
	}
	struct cursor body = show_start(d, c, chain, IPV6_ROUTING_NXT, &size);
	uint8_t type = take_u8(d, &body, IPV6_ROUTING_TYPE);
	if (type == ROUTING_SOURCE)
		note_finding_on(d, last_node(d), IPV6_ROUTING_DEPRECATED,
				"Routing header type is deprecated");
	uint8_t left = take_u8(d, &body, IPV6_ROUTING_SEGLEFT);
	show_route(d, &body, type, left, last_node(d));
	check_end(c, &body, start, size);
	close_tree(d, tree, c);
}

static void show_reassembly(struct dissection *d, const struct datagram *datagram,
			    const struct cursor *whole)
{
	static const struct datagram_fields fields = {
		.protocol = "IPv6",
		.part = IPV6_FRAGMENT,
		.wrong_part = IPV6_FRAGMENT_ERROR,
		.overlap = IPV6_FRAGMENT_OVERLAP,
		.conflict = IPV6_FRAGMENT_CONFLICT,
		.multiple_tails = IPV6_FRAGMENT_MULTIPLE_TAILS,
		.too_long = IPV6_FRAGMENT_TOO_LONG,
		.count = IPV6_FRAGMENT_COUNT,
		.length = IPV6_REASSEMBLED_LENGTH,
		.data = IPV6_REASSEMBLED_DATA,
	};

	show_datagram_parts(d, put_none(d, IPV6_FRAGMENTS), datagram, whole, &fields);
}

/* The fields of a fragment header. */
struct fragment { uint32_t offset, id; bool more; };

static struct fragment show_fragment_fields(struct dissection *d, struct ipv6_chain *chain)
{
	struct cursor *c = &chain->at;
	struct fragment f;
	node_id tree = open_tree(d, c, IPV6_FRAGHDR);

	chain->next = take_u8(d, c, IPV6_FRAGHDR_NXT);
	take_u8(d, c, IPV6_FRAGHDR_RESERVED);
	f.offset = (uint32_t)look_uint(d, c, IPV6_FRAGHDR_OFFSET) * 8;
	label(d, last_node(d), " (%u bytes)", f.offset);
	look_uint(d, c, IPV6_FRAGHDR_BITS);
	f.more = take_uint_n(d, c, IPV6_FRAGHDR_MORE, 2);
	f.id = take_u32(d, c, IPV6_FRAGHDR_IDENT);
	close_tree(d, tree, c);
	return f;
}

static void show_fragment(struct dissection *d, struct ipv6_chain *chain)
{
	path_mention(d, "ipv6.fraghdr");
	struct fragment f = show_fragment_fields(d, chain);
	struct cursor *c = &chain->at;

	if (!cursor_ok(c))
		return;
	info(d, "%sIPv6 fragment (off=%u more=%c ident=0x%08x nxt=%u)", chain->worded ? ", " : "", f.offset,
	     f.more ? 'y' : 'n', f.id, chain->next);
	chain->worded = true;
	if (chain->jumbo)
		note_finding(d, IPV6_JUMBO_FRAGMENT,
			     "Jumbo Payload option cannot be used with a fragment header");
	if (!f.offset && !f.more)
		return;
	struct datagram datagram = { 0 };
	if (cursor_left(c) == cursor_sent(c) && cursor_left(c) > 0) {
		struct fragment_key key = { .id = f.id, .version = 6 };
		struct cursor whole;
		datagram = fragment_add(d, &key, f.offset, f.more, c, &whole);
		if (datagram.complete_here) {
			show_reassembly(d, &datagram, &whole);
			*c = whole;
			return;
		}
	} else if (!f.offset) {
		return;         /* its beginning is all that there will be */
	}
	if (datagram.reassembled_in)
		put_uint(d, IPV6_REASSEMBLED_IN, datagram.reassembled_in);
	hand_on_as_data(d, *c);
	chain->stopped = true;
}

/* A header whose dissector shows it below this one: AH, mobility, shim6.  Its length is in units of
 * `unit` bytes, without the first 8. */
static void show_other(struct dissection *d, struct ipv6_chain *chain, uint32_t unit)
{
	struct cursor *c = &chain->at;
	const uint8_t *p;
	uint8_t type = chain->next;

	if (!cursor_peek(c, 0, 2, &p)) {
		cursor_fail(c, 2);
		return;
	}
	uint8_t next = p[0];
	uint32_t size = p[1] * unit + 8;
	struct cursor header = *c;
	/* An AH that says it is shorter than its fixed part is read as far as that. */
	if (type == IP_PROTO_AH && size < AH_FIXED)
		header = cursor_split(&header, AH_FIXED);
	else
		header = cursor_split(&header, size);
	cursor_split(c, size);
	if (!hand_on_within(d, BY_IP_PROTO, type, header)) {
		info(d, "%s (%u)", ip_protocol_name(type), type);
		hand_on_as_data(d, header);
		chain->stopped = true;
	}
	chain->next = next;
}

void ipv6_show_extensions(struct dissection *d, struct ipv6_chain *chain)
{
	for (; cursor_ok(&chain->at) && !chain->stopped; chain->first = false) {
		uint8_t type = chain->next;

		switch (type) {
		case IP_PROTO_HOPOPTS:
			begin_part(d, "IPv6 Hop-by-Hop");
			show_option_header(d, chain, true);
			break;
		case IP_PROTO_DSTOPTS:
			begin_part(d, "IPv6 Destination");
			show_option_header(d, chain, false);
			break;
		case IP_PROTO_ROUTING:
			begin_part(d, "IPv6 Routing");
			show_routing_header(d, chain);
			break;
		case IP_PROTO_FRAGMENT:
			begin_part(d, "IPv6 Fragment");
			show_fragment(d, chain);
			break;
		case IP_PROTO_AH:
			show_other(d, chain, 4);
			break;
		case IP_PROTO_MOBILITY:
		case IP_PROTO_SHIM6:
			show_other(d, chain, 8);
			break;
		default:
			return;
		}
		end_part(d, &chain->at);
		chain->last = type;
	}
}
