/* icmp_extensions.c - what follows the quoted packet: RFC 4884; MPLS labels (RFC 4950),
 * interfaces (RFC 5837), whom an extended echo asks about (RFC 8335). */
#include "dissect/checksum.h"
#include "dissect/dissector.h"
#include "icmp.h"

enum { CLASS_MPLS = 1, CLASS_INTERFACE_INFO = 2, CLASS_INTERFACE_IDENT = 3 };
enum { OBJECT_HEADER = 4, AFI_IPV4 = 1, AFI_IPV6 = 2 };

static void show_labels(struct dissection *d, struct cursor *c)
{
	while (cursor_sent(c) >= 4 && cursor_ok(c)) {
		node_id tree = open_tree(d, c, ICMP_MPLS);
		uint32_t label_value = (uint32_t)look_uint(d, c, ICMP_MPLS_LABEL);
		unsigned exp = (unsigned)look_uint(d, c, ICMP_MPLS_EXP);
		unsigned bottom = (unsigned)take_uint_n(d, c, ICMP_MPLS_S, 3);
		unsigned ttl = take_u8(d, c, ICMP_MPLS_TTL);
		label_set(d, tree, "Label: %u, Exp: %u, S: %u, TTL: %u", label_value, exp, bottom, ttl);
		close_tree(d, tree, c);
	}
	if (cursor_more(c))
		take_bytes(d, c, ICMP_MPLS_DATA, cursor_sent(c));
}

static void show_address(struct dissection *d, struct cursor *c, uint16_t family, unsigned ipv4,
			 unsigned ipv6, unsigned other)
{
	if (family == AFI_IPV4)
		take_ipv4(d, c, ipv4);
	else if (family == AFI_IPV6)
		take_ipv6(d, c, ipv6);
	else if (cursor_more(c))
		take_bytes(d, c, other, cursor_sent(c));
}

/* RFC 5837, 4.1: what the C-Type says is there follows in the order of its bits. */
static void show_interface_parts(struct dissection *d, struct cursor *c, unsigned kind)
{
	if (kind & 8)
		take_u32(d, c, ICMP_INT_INFO_INDEX);
	if (kind & 4) {
		node_id tree = open_tree(d, c, ICMP_INT_INFO_ADDRESS);
		uint16_t family = take_u16(d, c, ICMP_INT_INFO_AFI);
		take_bytes(d, c, ICMP_RESERVED, 2);
		show_address(d, c, family, ICMP_INT_INFO_IPV4, ICMP_INT_INFO_IPV6,
			     ICMP_INT_INFO_UNKNOWN);
		close_tree(d, tree, c);
	}
	if (kind & 2) {
		node_id tree = open_tree(d, c, ICMP_INT_INFO_NAMES);
		uint32_t length = take_u8(d, c, ICMP_INT_INFO_NAME_LENGTH);
		/* The length counts itself. */
		if (length > 1)
			take_text(d, c, ICMP_INT_INFO_NAME, length - 1);
		close_tree(d, tree, c);
	}
	if (kind & 1)
		take_u32(d, c, ICMP_INT_INFO_MTU);
}

static void show_interface_info(struct dissection *d, struct cursor *c)
{
	static const char *const roles[] = {
		"IP interface upon which datagram arrived",
		"sub-IP component of an IP interface upon which datagram arrived",
		"IP interface through which datagram would be forwarded",
		"IP next-hop to which datagram would be forwarded",
	};
	unsigned kind = (unsigned)take_flags(d, c, ICMP_EXT_CTYPE, ICMP_INT_INFO_ROLE,
					     ICMP_INT_INFO_MTU_PRESENT);

	label(d, last_node(d), ", Interface Role: %s%s%s%s%s", roles[kind >> 6 & 3],
	      kind & 8 ? ", ifIndex" : "", kind & 4 ? ", IP Address" : "",
	      kind & 2 ? ", Interface Name" : "", kind & 1 ? ", MTU" : "");
	show_interface_parts(d, c, kind);
}

/* RFC 8335, 2.1. */
static void show_interface_ident(struct dissection *d, struct cursor *c)
{
	static const char *const ways[] = { "Reserved", "Identifies Interface By Name",
					    "Identifies Interface By Index",
					    "Identifies Interface By Address" };
	unsigned kind = take_u8(d, c, ICMP_EXT_CTYPE);

	label(d, last_node(d), " (%s)", kind < COUNT(ways) ? ways[kind] : "Unknown");
	if (kind == 1) {
		take_text(d, c, ICMP_INT_IDENT_NAME, cursor_sent(c));
	} else if (kind == 2) {
		take_u32(d, c, ICMP_INT_IDENT_INDEX);
	} else if (kind == 3) {
		uint16_t family = take_u16(d, c, ICMP_INT_IDENT_AFI);
		take_u8(d, c, ICMP_INT_IDENT_LENGTH);
		take_bytes(d, c, ICMP_INT_IDENT_RESERVED, 1);
		show_address(d, c, family, ICMP_INT_IDENT_IPV4, ICMP_INT_IDENT_IPV6,
			     ICMP_INT_IDENT_ADDRESS);
	} else if (cursor_more(c)) {
		take_bytes(d, c, ICMP_EXT_DATA, cursor_sent(c));
	}
}

static void label_object(struct dissection *d, node_id tree, unsigned class, unsigned type, bool cut)
{
	const char *end = cut ? " (truncated)" : "";

	if (class == CLASS_MPLS && type == 1)
		label_set(d, tree, "MPLS Stack Entry%s", end);
	else if (class == CLASS_INTERFACE_INFO)
		label_set(d, tree, "Interface Information Object%s", end);
	else if (class == CLASS_INTERFACE_IDENT)
		label_set(d, tree, "Interface Identification Object%s", end);
	else
		label_set(d, tree, "Unknown object (%u/%u)%s", class, type, end);
}

static void show_object_data(struct dissection *d, struct cursor *c, unsigned class, unsigned type)
{
	if (class == CLASS_INTERFACE_INFO) {
		show_interface_info(d, c);
		return;
	}
	if (class == CLASS_INTERFACE_IDENT) {
		show_interface_ident(d, c);
		return;
	}
	take_u8(d, c, ICMP_EXT_CTYPE);
	if (class == CLASS_MPLS && type == 1)
		show_labels(d, c);
	else if (cursor_more(c))
		take_bytes(d, c, ICMP_EXT_DATA, cursor_sent(c));
}

/* False: no object can be found behind this one. */
static bool show_object(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;
	node_id tree = open_tree(d, c, ICMP_EXT_OBJECT);

	if (!cursor_peek(c, 0, OBJECT_HEADER, &p)) {
		cursor_fail(c, OBJECT_HEADER);
		close_node(d, tree);
		return false;
	}
	uint32_t length = load_be16(p);
	bool bad = length < OBJECT_HEADER, cut = length > cursor_sent(c);
	if (bad)
		label_set(d, tree, "Object with bad length");
	else
		label_object(d, tree, p[2], p[3], cut);
	struct cursor object = cursor_split(c, bad ? OBJECT_HEADER : length);
	take_u16(d, &object, ICMP_EXT_LENGTH);
	take_u8(d, &object, ICMP_EXT_CLASS);
	if (!bad)
		show_object_data(d, &object, p[2], p[3]);
	close_tree(d, tree, &object);
	return !bad && !cut;
}

static void show_checksum(struct dissection *d, struct cursor *c, uint32_t start)
{
	const uint8_t *bytes = c->data + start;
	uint32_t n = c->reported - start;
	uint16_t sum = take_u16(d, c, ICMP_EXT_CHECKSUM);
	node_id node = last_node(d);

	if (!cursor_ok(c) || only_learning(d))
		return;
	if (!sum || n > c->captured - start) {
		label(d, node, sum ? " [unverified]" : " [none]");
		node_stand_at(d,
			      put_uint(d, ICMP_EXT_CHECKSUM_STATUS,
				       sum ? CHECKSUM_UNVERIFIED : CHECKSUM_NOT_PRESENT),
			      node);
		return;
	}
	uint16_t right = checksum_finish(checksum_add(checksum_add(0, bytes, 2), bytes + 4, n - 4));
	if (right == sum) {
		label(d, node, " [correct]");
	} else {
		label(d, node, " incorrect, should be 0x%04x", right);
		note_finding_on(d, node, ICMP_EXT_CHECKSUM_BAD, "Bad checksum [should be 0x%04x]",
				right);
	}
	node_stand_at(
		d,
		put_uint(d, ICMP_EXT_CHECKSUM_STATUS, right == sum ? CHECKSUM_GOOD : CHECKSUM_BAD),
		node);
}

static void show_structure(struct dissection *d, struct cursor *c)
{
	uint32_t start = c->pos;
	node_id tree = open_tree(d, c, ICMP_EXT);
	const uint8_t *p;
	unsigned version = cursor_peek(c, 0, 1, &p) ? *p >> 4 : 0;

	if (cursor_left(c))
		add_uint(d, c, ICMP_EXT_VERSION, c->pos, 1, version);
	take_u16(d, c, ICMP_EXT_RES);
	show_checksum(d, c, start);
	if (version != 1 && version != 2) {
		label_set(d, tree, "ICMP Multi-Part Extensions (unknown version)");
		cursor_skip(c, cursor_sent(c));
	} else {
		while (cursor_more(c) && show_object(d, c))
			;
	}
	close_tree(d, tree, c);
}

void show_icmp_extensions(struct dissection *d, struct cursor *c)
{
	if (only_learning(d))
		return;
	/* ICMPv6 has no fields of its own for these. */
	use_fields_of(d, &icmp_dissector);
	show_structure(d, c);
	use_fields_of(d, NULL);
}
