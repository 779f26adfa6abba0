/* ip.c - Internet Protocol version 4, RFC 791.
 *
 *      0      7 8     15 16    23 24    31
 *     +---+----+--------+--------+--------+
 *     |ver|len |   DS   |  total length   |
 *     +--------+--------+---+-------------+
 *     | identification  |flg|frag. offset |
 *     +--------+--------+---+-------------+
 *     |  TTL   |protocol|    checksum     |
 *     +--------+--------+--------+--------+
 *     |  source address, destination ...  |
 *     +--------+--------+--------+--------+
 */
#include <string.h>

#include "dissect/checksum.h"
#include "dissect/dissector.h"
#include "dissect/names.h"
#include "dissect/dissection_settings.h"
#include "ip.h"
#include "ip_datagram.h"
#include "ip_names.h"
#include "state/reassembly.h"

enum { FIXED_HEADER = 20, LEAST_TTL = 5, ETHERTYPE_IPV4 = 0x0800, ETHERTYPE_IPV6 = 0x86dd };
enum { FLAG_MORE = 0x2000, OFFSET_MASK = 0x1fff };
enum { LLMNR_GROUP = 252 }; /* 224.0.0.252: any TTL will do (RFC 4795, 2.5) */

/* What is needed of a header once it has been read. */
struct header {
	uint32_t size;	       /* of the header with its options, in bytes */
	uint32_t total;	       /* as the packet says; what was sent if it says 0 */
	uint16_t id, fragment; /* fragment: flags and offset, as on the wire */
	uint8_t protocol, ttl;
};

/* "...0 0000 0001 1000": the low `bits` bits of a word of `width`, a blank every four. */
static const char *bit_pattern(char text[24], unsigned value, unsigned bits, unsigned width)
{
	char *to = text;

	for (unsigned i = width; i-- > 0;) {
		*to++ = i >= bits ? '.' : value >> i & 1 ? '1' : '0';
		if (i && i % 4 == 0)
			*to++ = ' ';
	}
	*to = '\0';
	return text;
}

static void show_ds_field(struct dissection *d, struct cursor *c)
{
	unsigned ds = (unsigned)take_flags(d, c, IP_DSFIELD, IP_DSFIELD_DSCP, IP_DSFIELD_ECN);

	label(d, last_node(d), " (DSCP: %s, ECN: %s)", dscp_short_name(ds >> 2),
	      ecn_short_name(ds));
}

/* False: there is no sense in what follows. */
static bool show_total_length(struct dissection *d, struct cursor *c, struct header *h,
			      uint32_t sent)
{
	uint32_t start = c->pos;

	h->total = cursor_u16(c);
	if (!h->total) {
		h->total = sent;
		node_id node = add_uint(d, c, IP_LEN, start, 2, sent);
		node_flag(d, node, NODE_GENERATED);
		label(d, node,
		      " bytes (reported as 0, presumed to be because of "
		      "\"TCP segmentation offload\" (TSO))");
		return true;
	}
	node_id node = add_uint(d, c, IP_LEN, start, 2, h->total);
	if (h->total < h->size) {
		label(d, node, " bytes (bogus, less than header length %u)", h->size);
		note_finding_on(d, last_node(d), IP_BOGUS_LENGTH, "Bogus IP length");
		info(d, "Bogus IP length (%u, less than header length %u)", h->total, h->size);
		return false;
	}
	if (h->total > sent && !d->in_error)
		note_finding_on(d, last_node(d), IP_BOGUS_LENGTH,
				"IPv4 total length exceeds packet length (%u bytes)", sent);
	return true;
}

static void show_fragment_word(struct dissection *d, struct cursor *c, struct header *h)
{
	struct cursor flags = *c;
	uint32_t start = c->pos;
	char bits[24];

	h->fragment = cursor_u16(c);
	take_flags(d, &flags, IP_FLAGS, IP_FLAGS_RB, IP_FLAGS_MF);
	label(d, last_node(d), "%s%s%s", h->fragment & 0x8000 ? ", Reserved bit" : "",
	      h->fragment & 0x4000 ? ", Don't fragment" : "",
	      h->fragment & FLAG_MORE ? ", More fragments" : "");
	unsigned offset = h->fragment & OFFSET_MASK;
	node_id node = add_uint(d, c, IP_FRAG_OFFSET, start, 2, offset);
	label_set(d, node, "%s = Fragment Offset: %u", bit_pattern(bits, offset, 13, 16),
		  offset * 8);
}

/* Sums the whole header once it is known to be there; `start` is where it begins. */
static void show_checksum(struct dissection *d, struct cursor *c, const struct header *h,
			  uint32_t start)
{
	const uint8_t *bytes = c->data + start;
	uint16_t sum = take_u16(d, c, IP_CHECKSUM);
	node_id node = last_node(d);

	if (!cursor_ok(c) || only_learning(d))
		return;
	bool trusts = dissection_settings()->trusts_ip_checksums;
	if (trusts || h->size > c->captured - start) {
		label(d, node, trusts ? " [validation disabled]" : " [unverified]");
		node_stand_at(d, put_uint(d, IP_CHECKSUM_STATUS, CHECKSUM_UNVERIFIED), node);
		return;
	}
	/* The sum without the checksum itself, which one's complement lets us take out again. */
	uint32_t rest = checksum_add(checksum_add(0, bytes, 10), bytes + 12, h->size - 12);
	uint16_t right = checksum_finish(rest);
	bool good = sum == right || (sum == 0xffff && right == 0);
	if (good) {
		label(d, node, " [correct]");
	} else {
		label(d, node,
		      " incorrect, should be 0x%04x"
		      "(may be caused by \"IP checksum offload\"?)",
		      right);
		note_finding_on(d, node, IP_CHECKSUM_BAD, "Bad checksum [should be 0x%04x]", right);
	}
	node_stand_at(d, put_uint(d, IP_CHECKSUM_STATUS, good ? CHECKSUM_GOOD : CHECKSUM_BAD),
		      node);
	node_stand_on(d, put_uint(d, IP_CHECKSUM_CALCULATED, good ? sum : right), node);
}

void ip_add_host(struct dissection *d, const struct cursor *c, unsigned field, unsigned alias,
		 uint32_t address)
{
	char text[NAME_ROOM];
	bool wants_field = field_wanted(d, field), wants_alias = alias && field_wanted(d, alias);

	if (!wants_field && !wants_alias)
		return;
	struct endpoint end = endpoint_ipv4(address);
	unsigned n = name_address(&end, text);
	const char *words = arena_text(&d->arena, text, n);
	if (wants_field)
		node_flag(d, add_text(d, c, field, c->pos - 4, 4, words), NODE_HIDDEN);
	if (wants_alias)
		node_flag(d, add_text(d, c, alias, c->pos - 4, 4, words), NODE_HIDDEN);
}

/* On the line of the protocol itself. */
static void label_address(struct dissection *d, const char *before, uint32_t address)
{
	char text[NAMED_TEXT_ROOM];

	if (!label_wanted(d, layer_node(d)))
		return;
	named_ipv4_text(address, text);
	label(d, layer_node(d), "%s%s", before, text);
}

static uint32_t ipv4_of(const struct endpoint *endpoint)
{
	return load_be32(endpoint->address);
}

static void set_address(struct endpoint *endpoint, const uint8_t *bytes)
{
	endpoint->type = ADDRESS_IPV4;
	endpoint->length = 4;
	memset(endpoint->address, 0, sizeof endpoint->address);
	memcpy(endpoint->address, bytes, 4);
}

/* With a source route the header holds the next stop instead.  Returns the address's node. */
static node_id show_destination(struct dissection *d, struct cursor *c, const struct header *h)
{
	const uint8_t *options;
	uint32_t last;

	if (h->size > FIXED_HEADER && cursor_peek(c, 4, h->size - FIXED_HEADER, &options) &&
	    ip_final_destination(options, h->size - FIXED_HEADER, &last)) {
		uint32_t next = take_ipv4(d, c, IP_CUR_RT);
		ip_add_host(d, c, IP_CUR_RT_HOST, 0, next);
		const uint8_t bytes[4] = { (uint8_t)(last >> 24), (uint8_t)(last >> 16),
					   (uint8_t)(last >> 8), (uint8_t)last };
		set_address(&d->to, bytes);
		label_address(d, ", Dst: ", last);
		label_address(d, ", Via: ", next);
		return NO_NODE;
	}
	take_address(d, c, IP_DST, &d->to);
	node_id node = last_node(d);
	if (only_learning(d) || !cursor_ok(c))
		return node;
	uint32_t address = ipv4_of(&d->to);
	put_alias(d, IP_ADDR, address);
	ip_add_host(d, c, IP_DST_HOST, IP_HOST, address);
	label_address(d, ", Dst: ", address);
	return node;
}

static node_id show_source(struct dissection *d, struct cursor *c)
{
	take_address(d, c, IP_SRC, &d->from);
	node_id node = last_node(d);
	if (only_learning(d) || !cursor_ok(c))
		return node;
	uint32_t address = ipv4_of(&d->from);
	put_alias(d, IP_ADDR, address);
	ip_add_host(d, c, IP_SRC_HOST, IP_HOST, address);
	label_address(d, ", Src: ", address);
	return node;
}

static bool is_multicast(uint32_t address)
{
	return address >> 28 == 0xe;
}

/* The TTL that belongs to a group of the Local Network Control Block; 0: any.  VRRP, GLBP and mDNS
 * tell by 255 that no router was on the way; IGMP has 1 whatever the group (RFC 3376, 4). */
static unsigned right_ttl(unsigned group, uint8_t protocol)
{
	if (protocol == IP_PROTO_IGMP)
		return 1;
	if (group == LLMNR_GROUP)
		return 0;
	return group == 18 || group == 102 || group == 251 ? 255 : 1;
}

/* RFC 5771: what is sent to 224.0.0.x should not be forwarded. */
static void judge_ttl(struct dissection *d, node_id node, const struct header *h, uint32_t to)
{
	bool local = to >> 8 == 0xe00000;
	unsigned right = local ? right_ttl(to & 0xff, h->protocol) : 0;

	if (right && h->ttl != right) {
		note_finding_on(d, node, IP_TTL_LNCB,
				"\"Time To Live\" != %u for a packet sent to the Local Network "
				"Control Block (see RFC 3171)",
				right);
	} else if (!local && !is_multicast(to) && h->ttl < LEAST_TTL &&
		   h->protocol != IP_PROTO_PIM) {
		note_finding_on(d, node, IP_TTL_TOO_SMALL, "\"Time To Live\" only %u", h->ttl);
	}
}

/* The first two nibbles.  False: this is no IPv4 header. */
static bool show_version(struct dissection *d, struct cursor *c, struct header *h)
{
	struct cursor whole = *c;
	char bits[24];
	unsigned version = (unsigned)look_uint(d, c, IP_VERSION);

	if (!cursor_ok(c))
		return false;
	if (version != 4) {
		note_finding_on(d, last_node(d), IP_BOGUS_VERSION, "Bogus IPv4 version");
		info(d, "Bogus IPv4 version (%u, must be 4)", version);
		if (version == 6)
			hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV6, whole);
		return false;
	}
	unsigned words = cursor_u8(c) & 0xf;
	h->size = words * 4;
	node_id node = add_uint(d, c, IP_HDR_LEN, c->pos - 1, 1, h->size);
	label_set(d, node, ".... %s = Header Length: %u bytes (%u)", bit_pattern(bits, words, 4, 4),
		  h->size, words);
	if (h->size < FIXED_HEADER) {
		const char *problem = arena_printf(
			&d->arena, "Bogus IP header length (%u, must be at least 20)", h->size);
		note_finding_on(d, last_node(d), IP_BOGUS_HEADER_LENGTH, "%s", problem);
		info(d, "%s", problem);
		return false;
	}
	return true;
}

/* Reads the header; false when what follows is not to be read. */
static bool show_header(struct dissection *d, struct cursor *c, struct header *h)
{
	uint32_t start = c->pos, sent = cursor_sent(c);
	const uint8_t *fixed;

	if (!show_version(d, c, h))
		return false;
	show_ds_field(d, c);
	if (!show_total_length(d, c, h, sent))
		return false;
	if (h->total < sent) {
		cursor_cut_tail(c, sent - h->total);
		end_layer(d, c);
	}
	h->id = take_u16(d, c, IP_ID);
	show_fragment_word(d, c, h);
	h->ttl = d->hops_left = take_u8(d, c, IP_TTL);
	node_id ttl = last_node(d);
	if (cursor_peek(c, 0, 11, &fixed)) {
		h->protocol = fixed[0];
		judge_ttl(d, ttl, h, load_be32(fixed + 7));
	}
	h->protocol = take_u8(d, c, IP_PROTO);
	show_checksum(d, c, h, start);
	node_id source = show_source(d, c), destination = show_destination(d, c, h);
	if (cursor_ok(c) && !dissection_settings()->no_ipv4_places)
		ip_show_places(d, IP_PLACES, source, destination);
	if (h->size > FIXED_HEADER) {
		d->is_routed = true;
		struct cursor options = cursor_split(c, h->size - FIXED_HEADER);
		ip_show_options(d, &options, h->ttl);
	}
	end_header(d, c);
	return cursor_ok(c);
}

/* 0 if the header and its checksum fit. */
static uint16_t header_sum(const uint8_t *header, uint32_t n)
{
	return checksum_finish(checksum_add(0, header, n));
}

/* Does show_header() find more in a fixed header than its fields? */
static bool is_remarkable(const uint8_t *header)
{
	bool local = load_be24(header + 16) == 0xe00000;

	return local || header[8] < LEAST_TTL || header_sum(header, FIXED_HEADER) != 0;
}

/* The same when no field is wanted, and only for a header with nothing odd about it. */
static bool skim_header(struct dissection *d, struct cursor *c, struct header *h)
{
	const uint8_t *p;
	uint32_t sent = cursor_sent(c);

	if (!cursor_peek(c, 0, FIXED_HEADER, &p) || p[0] != 0x45)
		return false;
	h->size = FIXED_HEADER;
	h->total = load_be16(p + 2);
	if (h->total < FIXED_HEADER || h->total > sent)
		return false;
	if (!only_learning(d) && is_remarkable(p))
		return false;
	if (h->total < sent)
		cursor_cut_tail(c, sent - h->total);
	cursor_skip(c, FIXED_HEADER);
	h->id = load_be16(p + 4);
	h->fragment = load_be16(p + 6);
	h->ttl = d->hops_left = p[8];
	h->protocol = p[9];
	set_address(&d->from, p + 12);
	set_address(&d->to, p + 16);
	return true;
}

static void show_reassembly(struct dissection *d, const struct datagram *datagram,
			    const struct cursor *whole)
{
	static const struct datagram_fields fields = {
		.protocol = "IPv4",
		.part = IP_FRAGMENT,
		.wrong_part = IP_FRAGMENT_ERROR,
		.overlap = IP_FRAGMENT_OVERLAP,
		.conflict = IP_FRAGMENT_CONFLICT,
		.multiple_tails = IP_FRAGMENT_MULTIPLE_TAILS,
		.too_long = IP_FRAGMENT_TOO_LONG,
		.count = IP_FRAGMENT_COUNT,
		.length = IP_REASSEMBLED_LENGTH,
		.data = IP_REASSEMBLED_DATA,
	};
	node_id tree = put_bytes(d, IP_FRAGMENTS, whole);

	node_flag(d, tree, NODE_GENERATED);
	show_datagram_parts(d, tree, datagram, whole, &fields);
}

/* Shows a fragment that is not (yet) to be read any further. */
static void show_waiting(struct dissection *d, const struct header *h, struct cursor payload,
			 uint32_t reassembled_in)
{
	info(d, "Fragmented IP protocol (proto=%s %u, off=%u, ID=%04x)",
	     ip_protocol_name(h->protocol), h->protocol, (h->fragment & OFFSET_MASK) * 8u, h->id);
	if (reassembled_in) {
		info(d, " [Reassembled in #%u]", reassembled_in);
		put_uint(d, IP_REASSEMBLED_IN, reassembled_in);
	}
	hand_on_as_data(d, payload);
}

/* True when *payload is what the datagram carries; false: this fragment has been shown. */
static bool assemble(struct dissection *d, const struct header *h, struct cursor *payload)
{
	uint32_t offset = (h->fragment & OFFSET_MASK) * 8u;
	bool more = h->fragment & FLAG_MORE;

	if (!offset && !more)
		return true;
	struct datagram datagram = { 0 };
	bool all_here = cursor_left(payload) >= h->total - h->size && cursor_left(payload) > 0;
	if (all_here && header_sum(payload->data + payload->pos - h->size, h->size) == 0) {
		struct fragment_key key = { .id = h->id, .protocol = h->protocol, .version = 4 };
		struct cursor whole;
		datagram = fragment_add(d, &key, offset, more, payload, &whole);
		if (datagram.complete_here) {
			show_reassembly(d, &datagram, &whole);
			*payload = whole;
			return true;
		}
	} else if (!offset) {
		return true; /* its beginning is all that there will be */
	}
	show_waiting(d, h, *payload, datagram.reassembled_in);
	return false;
}

static void ip_dissect(struct dissection *d, struct cursor *c)
{
	struct header h = { 0 };

	info_begin(d);
	if ((wants_fields(d) || !skim_header(d, c, &h)) && !show_header(d, c, &h))
		return;
	struct cursor payload = *c;
	if (!assemble(d, &h, &payload) || payload.pos >= payload.reported)
		return;
	if (hand_on(d, BY_IP_PROTO, h.protocol, payload))
		return;
	info(d, "%s (%u)", ip_protocol_name(h.protocol), h.protocol);
	hand_on_as_data(d, payload);
}

/* Neither options, which may name another destination, nor a fragment. */
static bool ip_is_plain(struct outline *o)
{
	const uint8_t *p = o->bytes + o->at;
	uint32_t total = load_be16(p + 2);

	if (p[0] != 0x45 || load_be16(p + 6) & (FLAG_MORE | OFFSET_MASK))
		return false;
	if (total < FIXED_HEADER || total > o->reported - o->at)
		return false;
	outline_cut(o, total);
	o->header = FIXED_HEADER;
	return true;
}

static bool ip_stands_out(const struct dissection *d, const struct outline *o)
{
	(void)d;
	return is_remarkable(o->bytes + o->at);
}

static struct onward ip_step(struct dissection *d, const struct outline *o)
{
	const uint8_t *p = o->bytes + o->at;

	d->hops_left = p[8];
	set_address(&d->from, p + 12);
	set_address(&d->to, p + 16);
	return (struct onward){ BY_IP_PROTO, p[9] };
}

static const struct plain_header ip_plain = { ip_is_plain, ip_step, ip_stands_out,
					      .bytes = FIXED_HEADER, .carries = true };

static const struct claim ip_claims[] = {
	{ BY_ETHERTYPE, ETHERTYPE_IPV4 }, { BY_LINK_TYPE, 228 },    { BY_LLC_SAP, 0x06 },
	{ BY_IP_PROTO, IP_PROTO_IPV4 },	  { BY_PPP_PROTO, 0x0021 },
};

const struct dissector ip_dissector = {
	.name = "ip",
	.short_name = "IPv4",
	.title = "Internet Protocol Version 4",
	.fields = ip_fields,
	.field_count = IP_FIELD_COUNT,
	.claims = ip_claims,
	.claim_count = COUNT(ip_claims),
	.plain = &ip_plain,
	.dissect = ip_dissect,
};
