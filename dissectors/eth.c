/* eth.c - Ethernet II and IEEE 802.3.
 *
 *      0           6           12     14                              n-4
 *     +-----------+-----------+------+----------------+---------+- - - - - -+
 *     |destination|  source   | type | payload        | padding |    FCS    |
 *     +-----------+-----------+------+----------------+---------+- - - - - -+
 *
 * A type of 1500 or less is the payload's length, and the payload then 802.2. */
#include <string.h>

#include "dissect/names.h"
#include "ethertype.h"

enum { HEADER_LENGTH = 14, FCS_LENGTH = 4, SHORTEST = 60, SHORTEST_WITH_FCS = 64 };

enum {
	ETH, ETH_DST, ETH_DST_RESOLVED, ETH_DST_OUI, ETH_DST_LG, ETH_DST_IG, ETH_SRC,
	ETH_SRC_RESOLVED, ETH_SRC_OUI, ETH_SRC_LG, ETH_SRC_IG, ETH_ADDR, ETH_ADDR_RESOLVED,
	ETH_ADDR_OUI, ETH_LG, ETH_IG, ETH_TYPE, ETH_LEN, ETH_INVALID_LENTYPE, ETH_PADDING,
	ETH_TRAILER, ETH_FCS, ETH_FCS_STATUS, ETH_INVALID_LENTYPE_NOTE, ETH_LEN_PAST_END,
	ETH_PADDING_BAD, ETH_SRC_NOT_GROUP,
};

static const char kind_by_type[] = "Ethernet II";

static const struct value_name lg_names[] = {
	{ 0, "Globally unique address (factory default)" },
	{ 1, "Locally administered address (this is NOT the factory default)" },
	{ 0 },
};

static const struct value_name ig_names[] = {
	{ 0, "Individual address (unicast)" }, { 1, "Group address (multicast/broadcast)" }, { 0 },
};

static const struct value_name fcs_status_names[] = {
	{ 0, "Bad" }, { 1, "Good" }, { 2, "Unverified" }, { 0 }
};

#define LG_FIELD(abbrev, ...)                                                                      \
	{ abbrev, "LG bit", FIELD_BOOL, .names = lg_names, .mask = 0x020000,                       \
	  .help = "Somebody chose the address, it is not the maker's",                             \
	  .reference = "IEEE 802, 8.4", __VA_ARGS__ }
#define IG_FIELD(abbrev, ...)                                                                      \
	{ abbrev, "IG bit", FIELD_BOOL, .names = ig_names, .mask = 0x010000,                       \
	  .help = "The address is of several stations, or of all",                                 \
	  .reference = "IEEE 802, 8.4", __VA_ARGS__ }

static const struct field eth_fields[] = {
	[ETH]                      = { "eth", "Ethernet", FIELD_PROTOCOL,
					.help = "Brings the frame to a station of the same network",
					.reference = "IEEE 802.3" },
	[ETH_DST]                  = { "eth.dst", "Destination", FIELD_ETHER,
					.help = "The station that it goes to on this network; "
						"often a router",
					.reference = "IEEE 802.3, 3.1", PLACED(0) },
	[ETH_DST_RESOLVED]         = { "eth.dst_resolved", "Destination (resolved)", FIELD_TEXT,
					.help = "The same, with a name where one is known" },
	[ETH_DST_OUI]              = { "eth.dst.oui", "Destination OUI", FIELD_U24, BASE_OUI,
					.help = "Who made the station that it goes to, as a number",
					PLACED(0) },
	[ETH_DST_LG]               = LG_FIELD("eth.dst.lg", PLACED(0)),
	[ETH_DST_IG]               = IG_FIELD("eth.dst.ig", PLACED(0)),
	[ETH_SRC]                  = { "eth.src", "Source", FIELD_ETHER,
					.help = "The station that sent it on this network",
					.reference = "IEEE 802.3, 3.1", PLACED(6) },
	[ETH_SRC_RESOLVED]         = { "eth.src_resolved", "Source (resolved)", FIELD_TEXT,
					.help = "The same, with a name where one is known" },
	[ETH_SRC_OUI]              = { "eth.src.oui", "Source OUI", FIELD_U24, BASE_OUI,
					.help = "Who made the station that sent it, as a number",
					PLACED(6) },
	[ETH_SRC_LG]               = LG_FIELD("eth.src.lg", PLACED(6)),
	[ETH_SRC_IG]               = IG_FIELD("eth.src.ig", PLACED(6)),
	[ETH_ADDR]                 = { "eth.addr", "Address", FIELD_ETHER,
					.help = "Either station's address", PLACED_TWICE(0, 6) },
	[ETH_ADDR_RESOLVED]        = { "eth.addr_resolved", "Address (resolved)", FIELD_TEXT,
					.help = "The same, with a name where one is known" },
	[ETH_ADDR_OUI]             = { "eth.addr.oui", "Address OUI", FIELD_U24, BASE_OUI,
					.help = "Who made the station, as a number",
					PLACED_TWICE(0, 6) },
	[ETH_LG]                   = LG_FIELD("eth.lg", PLACED_TWICE(0, 6)),
	[ETH_IG]                   = IG_FIELD("eth.ig", PLACED_TWICE(0, 6)),
	[ETH_TYPE]                 = { "eth.type", "Type", FIELD_U16, BASE_HEX, ethertype_names,
					.help = "What the payload is",
					.reference = "IEEE 802.3, 3.2.6", PLACED(12) },
	[ETH_LEN]                  = { "eth.len", "Length", FIELD_U16,
				       .help = "Of the payload, in bytes" },
	[ETH_INVALID_LENTYPE]      = { "eth.invalid_lentype", "Invalid length/type", FIELD_U16,
				       BASE_HEX_DEC,
					.help = "Too large for a length and too small for a type" },
	[ETH_PADDING]              = { "eth.padding", "Padding", FIELD_BYTES,
				       .flags = FIELD_SEES_BELOW,
				       .help = "Zeros that fill the shortest frame" },
	[ETH_TRAILER]              = { "eth.trailer", "Trailer", FIELD_BYTES,
				       .flags = FIELD_SEES_BELOW,
				       .help = "What follows the payload and is not padding" },
	[ETH_FCS]                  = { "eth.fcs", "Frame check sequence", FIELD_U32, BASE_HEX,
				       .flags = FIELD_SEES_BELOW,
					.help = "A sum over the frame, to notice damage",
					.reference = "IEEE 802.3, 3.2.9" },
	[ETH_FCS_STATUS]           = { "eth.fcs.status", "FCS Status", FIELD_U8,
				       .base = BASE_NAME, .names = fcs_status_names,
				       .flags = FIELD_SEES_BELOW,
					.help = "Whether that sum is right" },
	[ETH_INVALID_LENTYPE_NOTE] = FINDING("eth.invalid_lentype.expert", "Invalid length/type",
					     EXPERT_WARN, GROUP_PROTOCOL),
	[ETH_LEN_PAST_END] =
		FINDING("eth.len.past_end", "Length field value goes past the end of the payload",
			EXPERT_ERROR, GROUP_MALFORMED),
	[ETH_PADDING_BAD] =
		FINDING("eth.padding_bad",
			"Padding identification may be inaccurate and impact trailer dissector",
			EXPERT_NOTE, GROUP_PROTOCOL),
	[ETH_SRC_NOT_GROUP] =
		FINDING("eth.src_not_group",
			"Source MAC must not be a group address: IEEE 802.3-2002, Section 3.2.3(b)",
			EXPERT_WARN, GROUP_PROTOCOL),
};

/* The fields of one of the two addresses; those of either one follow the same bytes. */
struct address_fields {
	uint8_t address, resolved, oui, lg, ig;
};

static const struct address_fields destination_fields = {
	ETH_DST, ETH_DST_RESOLVED, ETH_DST_OUI, ETH_DST_LG, ETH_DST_IG,
};
static const struct address_fields source_fields = {
	ETH_SRC, ETH_SRC_RESOLVED, ETH_SRC_OUI, ETH_SRC_LG, ETH_SRC_IG,
};

static void add_hidden_number(struct dissection *d, const struct cursor *c, unsigned field,
			      uint32_t start,
			      uint64_t value)
{
	node_flag(d, add_uint(d, c, field, start, 3, value), NODE_HIDDEN);
}

/* NULL if nobody wants it. */
static const char *name_of(struct dissection *d, const struct address_fields *fields,
			   const uint8_t *address)
{
	char text[NAME_ROOM];

	if (!field_wanted(d, fields->resolved) && !field_wanted(d, ETH_ADDR_RESOLVED))
		return NULL;
	struct endpoint end = endpoint_ether(address);
	unsigned n = name_address(&end, text);
	return arena_text(&d->arena, text, n);
}

static void add_name(struct dissection *d, const struct cursor *c, unsigned field, uint32_t start,
		     const char *name)
{
	if (name)
		node_flag(d, add_text(d, c, field, start, 6, name), NODE_HIDDEN);
}

static void show_address(struct dissection *d, const struct cursor *c,
			 const struct address_fields *fields,
			 uint32_t start)
{
	const uint8_t *p = c->data + start;
	uint64_t oui = load_be24(p), lg = p[0] >> 1 & 1, ig = p[0] & 1;

	node_id node = add_bytes(d, c, fields->address, start, 6, p, 6);
	open_node(d, node);
	if (fields->address == ETH_SRC && ig)
		note_finding(d, ETH_SRC_NOT_GROUP, NULL);
	const char *name = name_of(d, fields, p);
	add_name(d, c, fields->resolved, start, name);
	add_hidden_number(d, c, fields->oui, start, oui);
	add_bytes(d, c, ETH_ADDR, start, 6, p, 6);
	add_name(d, c, ETH_ADDR_RESOLVED, start, name);
	add_hidden_number(d, c, ETH_ADDR_OUI, start, oui);
	add_uint(d, c, fields->lg, start, 3, lg);
	add_hidden_number(d, c, ETH_LG, start, lg);
	add_uint(d, c, fields->ig, start, 3, ig);
	add_hidden_number(d, c, ETH_IG, start, ig);
	close_node(d, node);
}

static void set_endpoint(struct endpoint *endpoint, const uint8_t *address)
{
	*endpoint = (struct endpoint){ .type = ADDRESS_ETHER, .length = 6 };
	memcpy(endpoint->address, address, 6);
}

static void label_layer(struct dissection *d, const char *kind)
{
	char from[NAMED_TEXT_ROOM], to[NAMED_TEXT_ROOM];

	if (!label_wanted(d, layer_node(d)))
		return;
	named_address_text(&d->from, from);
	named_address_text(&d->to, to);
	label_set(d, layer_node(d), "%s, Src: %s, Dst: %s", kind, from, to);
}

static void show_fcs(struct dissection *d, struct cursor *c)
{
	if (cursor_left(c) < FCS_LENGTH)
		return;
	take_uint(d, c, ETH_FCS);
	label(d, last_node(d), " [unverified]");
	put_uint(d, ETH_FCS_STATUS, 2);
}

static uint32_t frame_length(const struct dissection *d)
{
	return d->packet.reported - d->packet.fcs_bytes;
}

/* How much of what follows the payload makes up the shortest frame there may be. */
static uint32_t padding_length(const struct cursor *rest, uint32_t frame)
{
	uint32_t sent = cursor_sent(rest);

	return frame < SHORTEST || frame - sent >= SHORTEST ? 0 : SHORTEST - (frame - sent);
}

/* Do other bytes than zeros stand where n bytes of padding should? */
static bool has_odd_padding(const struct cursor *rest, uint32_t n)
{
	const uint8_t *p;

	return cursor_peek(rest, 0, n, &p) && !bytes_are_zero(p, n);
}

static void take_padding(struct dissection *d, struct cursor *rest, uint32_t n)
{
	if (!n || n > cursor_left(rest))
		return;
	use_fields_of(d, &eth_dissector);
	take_bytes(d, rest, ETH_PADDING, n);
	use_fields_of(d, NULL);
}

void show_ethernet_trailer(struct dissection *d, struct cursor rest, unsigned trailer_field,
			   bool may_have_fcs)
{
	static const char no_padding[] =
		"Didn't find padding of zeros, and an undecoded trailer exists. "
		"There may be padding of non-zeros.";

	if (only_learning(d) || !cursor_left(&rest))
		return;
	uint32_t frame = frame_length(d), padding = padding_length(&rest, frame);
	bool odd_padding = has_odd_padding(&rest, padding);
	if (!odd_padding)
		take_padding(d, &rest, padding);
	bool whole = cursor_left(&rest) == cursor_sent(&rest);
	struct cursor fcs = { .fault = rest.fault };
	if (may_have_fcs && whole && frame >= SHORTEST_WITH_FCS &&
	    cursor_left(&rest) >= FCS_LENGTH)
		fcs = cursor_cut_tail(&rest, FCS_LENGTH);
	if (cursor_left(&rest)) {
		take_bytes(d, &rest, trailer_field, cursor_left(&rest));
		node_id node = last_node(d);
		open_node(d, node);
		if (odd_padding) {
			use_fields_of(d, &eth_dissector);
			note_finding(d, ETH_PADDING_BAD, no_padding);
			use_fields_of(d, NULL);
		}
		close_node(d, node);
	}
	show_fcs(d, &fcs);
}

/* Not if the file says so, and not in GRE, which carries frames without it (RFC 1701). */
static bool may_have_fcs(const struct dissection *d)
{
	return !d->packet.fcs_bytes &&
	       (d->layer_count < 2 || d->layers[d->layer_count - 2].dissector != &gre_dissector);
}

/* 802.3: the field is the payload's length. */
static void dissect_length(struct dissection *d, struct cursor *c, uint32_t length)
{
	const uint8_t *p;
	bool raw = cursor_peek(c, 0, 2, &p) && load_be16(p) == 0xffff;

	label_set(d, layer_node(d), "IEEE 802.3 Ethernet %s", raw ? "Raw " : "");
	node_id node = add_uint(d, c, ETH_LEN, c->pos - 2, 2, length);
	if (length > cursor_sent(c))
		note_finding_on(d, node, ETH_LEN_PAST_END, NULL);
	struct cursor payload = cursor_split(c, length);
	if (raw)
		hand_on_as_data(d, payload);
	else
		dissect_layer(d, &llc_dissector, payload);
	show_ethernet_trailer(d, *c, ETH_TRAILER, may_have_fcs(d));
}

static void dissect_invalid(struct dissection *d, struct cursor *c, uint16_t type)
{
	node_id node = add_uint(d, c, ETH_INVALID_LENTYPE, c->pos - 2, 2, type);

	label_layer(d, "Ethernet Unknown");
	note_finding_on(d, node, ETH_INVALID_LENTYPE_NOTE, "Invalid length/type: 0x%04x (%u)", type,
			type);
	info(d, "Ethernet Unknown: Invalid length/type: 0x%04x (%u)", type, type);
	hand_on_as_data(d, *c);
}

static void dissect_type(struct dissection *d, struct cursor *c, uint16_t type)
{
	label_layer(d, kind_by_type);
	add_uint(d, c, ETH_TYPE, c->pos - 2, 2, type);
	info_words(d, kind_by_type);
	hand_on_by_ethertype(d, type, *c);
	if (!only_learning(d))
		show_ethertype_trailer(d, type, c, ETH_TRAILER, may_have_fcs(d));
}

static void eth_dissect(struct dissection *d, struct cursor *c)
{
	struct cursor fcs = { .fault = c->fault };
	uint32_t start = c->pos;
	const uint8_t *p;

	info_begin(d);
	if (d->packet.fcs_bytes == FCS_LENGTH && d->layer_count == 2)
		fcs = cursor_cut_tail(c, FCS_LENGTH);
	if (cursor_peek(c, 0, 6, &p))
		set_endpoint(&d->to, p);
	if (cursor_peek(c, 6, 6, &p))
		set_endpoint(&d->from, p);
	p = cursor_bytes(c, HEADER_LENGTH);
	if (!p)
		return;
	uint16_t type = load_be16(p + 12);
	if (wants_fields(d)) {
		end_header(d, c);
		show_address(d, c, &destination_fields, start);
		show_address(d, c, &source_fields, start + 6);
	}
	if (type >= ETHERTYPE_MIN || type == 0)
		dissect_type(d, c, type);
	else if (type <= ETHERNET_LENGTH_MAX)
		dissect_length(d, c, type);
	else
		dissect_invalid(d, c, type);
	show_fcs(d, &fcs);
}

static bool eth_is_plain(struct outline *o)
{
	o->header = HEADER_LENGTH;
	return load_be16(o->bytes + o->at + 12) >= ETHERTYPE_MIN;
}

/* Padding that is not zeros is found fault with. */
static bool eth_stands_out(const struct dissection *d, const struct outline *o)
{
	uint32_t start = o->at + HEADER_LENGTH;
	uint8_t no_fault = FAULT_NONE;
	const struct cursor payload = { .data = o->bytes, .fault = &no_fault, .pos = start,
					.captured = o->captured, .reported = o->reported };
	struct cursor rest = ethertype_rest(load_be16(o->bytes + start - 2), &payload);

	return has_odd_padding(&rest, padding_length(&rest, frame_length(d)));
}

static struct onward eth_step(struct dissection *d, const struct outline *o)
{
	const uint8_t *p = o->bytes + o->at;

	set_endpoint(&d->to, p);
	set_endpoint(&d->from, p + 6);
	return (struct onward){ BY_ETHERTYPE, load_be16(p + 12) };
}

static const struct plain_header eth_plain = { eth_is_plain, eth_step, eth_stands_out,
					       .words = kind_by_type, .mention = "ethertype",
					       .bytes = HEADER_LENGTH, .carries = true };

/* 143: a frame right behind IP, RFC 8986 9.1. */
static const struct claim eth_claims[] = { { BY_LINK_TYPE, 1 }, { BY_IP_PROTO, 143 } };

const struct dissector eth_dissector = {
	.name = "eth",
	.short_name = "Ethernet",
	.title = "Ethernet",
	.fields = eth_fields,
	.field_count = COUNT(eth_fields),
	.claims = eth_claims,
	.claim_count = COUNT(eth_claims),
	.plain = &eth_plain,
	.dissect = eth_dissect,
};
