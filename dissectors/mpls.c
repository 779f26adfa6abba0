/* mpls.c - MultiProtocol Label Switching's label stack, RFC 3032; its bits as of RFC 5462.
 *
 *     0                  20  23 24      31
 *     +------------------+---+-+--------+
 *     | label            |exp|S|  TTL   |  one after another, until S is set
 *     +------------------+---+-+--------+
 */
#include "ethertype.h"

enum { MPLS, MPLS_LABEL, MPLS_EXP, MPLS_BOTTOM, MPLS_TTL, MPLS_INVALID_LABEL };

enum {
	LABEL_IPV4_NULL = 0,
	LABEL_IPV6_NULL = 2,
	LABEL_IMPLICIT_NULL = 3,
	ENTRY_LENGTH = 4,
};

/* IANA mpls-label-values. */
static const struct value_name label_names[] = {
	{ 0, "IPv4 Explicit-Null" },
	{ 1, "Router Alert" },
	{ 2, "IPv6 Explicit-Null" },
	{ 3, "Implicit-Null" },
	{ 7, "Entropy Label Indicator (ELI)" },
	{ 13, "Generic Associated Channel Label (GAL)" },
	{ 14, "OAM Alert" },
	{ 15, "Extension Label" },
	{ 0 },
};

static const struct field mpls_fields[] = {
	[MPLS] = { "mpls", "MultiProtocol Label Switching Header", FIELD_PROTOCOL,
		   .help = "Labels by which routers forward a packet without "
			   "looking at its addresses",
		   .reference = "RFC 3032" },
	[MPLS_LABEL] = { "mpls.label", "MPLS Label", FIELD_U32, BASE_DEC_HEX, label_names,
			 .mask = 0xfffff000, .flags = FIELD_FEW_NAMES,
			 .help = "What the next router looks up to forward the packet",
			 .reference = "RFC 3032, 2.1" },
	[MPLS_EXP] = { "mpls.exp", "MPLS Experimental Bits", FIELD_U32, .mask = 0x00000e00,
		       .help = "The traffic class" },
	[MPLS_BOTTOM] = { "mpls.bottom", "MPLS Bottom Of Label Stack", FIELD_U32,
			  .mask = 0x00000100, .help = "No label follows: the packet comes next",
			  .reference = "RFC 3032, 2.1" },
	[MPLS_TTL] = { "mpls.ttl", "MPLS TTL", FIELD_U32, .mask = 0x000000ff,
		       .help = "Each router takes 1 off; at 0 the packet is dropped",
		       .reference = "RFC 3032, 2.1" },
	[MPLS_INVALID_LABEL] =
		FINDING("mpls.invalid_label", "Invalid Label", EXPERT_WARN, GROUP_PROTOCOL),
};

/* False: it is the last one. */
static bool take_entry(struct dissection *d, struct cursor *c, node_id tree, uint32_t *label)
{
	*label = (uint32_t)look_uint(d, c, MPLS_LABEL);
	const char *name = value_name(label_names, *label);
	node_id node = last_node(d);
	uint32_t exp = (uint32_t)look_uint(d, c, MPLS_EXP);
	uint32_t bottom = (uint32_t)look_uint(d, c, MPLS_BOTTOM);
	uint32_t ttl = (uint32_t)take_uint(d, c, MPLS_TTL);
	if (name)
		label(d, tree, ", Label: %u (%s)", *label, name);
	else
		label(d, tree, ", Label: %u", *label);
	label(d, tree, ", Exp: %u, S: %u, TTL: %u", exp, bottom, ttl);
	if (*label == LABEL_IMPLICIT_NULL)
		note_finding_on(d, node, MPLS_INVALID_LABEL, NULL);
	return !bottom && cursor_ok(c);
}

/* The stack does not say what it carries: the first four bits do (RFC 4928, 2). */
static void hand_on_payload(struct dissection *d, struct cursor *c, uint32_t label)
{
	const uint8_t *first;

	if (!cursor_peek(c, 0, 1, &first))
		return;
	unsigned version = *first >> 4;
	if (label == LABEL_IPV4_NULL || (label != LABEL_IPV6_NULL && version == 4))
		hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV4, *c);
	else if (label == LABEL_IPV6_NULL || version == 6)
		hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV6, *c);
	else
		hand_on_as_data(d, *c);
}

static void mpls_dissect(struct dissection *d, struct cursor *c)
{
	uint32_t label;

	info_begin(d);
	info(d, "MPLS Label Switched Packet");
	bool more = take_entry(d, c, layer_node(d), &label);
	end_header(d, c);
	while (more && cursor_more(c)) {
		node_id tree = open_tree_beside(d, c, MPLS);
		more = take_entry(d, c, tree, &label);
		node_set_length(d, tree, ENTRY_LENGTH);
		close_tree_beside(d, tree);
	}
	if (cursor_ok(c) && cursor_sent(c))
		hand_on_payload(d, c, label);
}

static const struct claim mpls_claims[] = { { BY_ETHERTYPE, 0x8847 },
					    { BY_ETHERTYPE, 0x8848 },
					    { BY_IP_PROTO, 137 },
					    { BY_PPP_PROTO, 0x0281 },
					    { BY_PPP_PROTO, 0x0283 },
					    { BY_UDP_PORT, 6635 } };

const struct dissector mpls_dissector = {
	.name = "mpls",
	.short_name = "MPLS",
	.title = "MultiProtocol Label Switching Header",
	.fields = mpls_fields,
	.field_count = COUNT(mpls_fields),
	.claims = mpls_claims,
	.claim_count = COUNT(mpls_claims),
	.dissect = mpls_dissect,
};
