/* ipv6_options.c - the options of hop-by-hop and destination headers.
 *
 * RFC 8200, 4.2; RFC 2473, 2675, 2711, 4782, 5570, 6275, 6553, 6621, 6744, 6788, 6971, 7731,
 * 8250, 9268. */
#include <string.h>

#include "dissect/dissector.h"
#include "ip_names.h"
#include "ipv6.h"

enum { OPTION_PAD1 = 0x00, OPTION_PADN = 0x01, OPTION_QUICK_START = 0x26, OPTION_JUMBO = 0xc2,
       JUMBO_MIN = 65536 };

enum header_kind { ANY_HEADER, HOP_BY_HOP, DESTINATION };

/* What an option's data is and where it may stand. */
struct option {
	uint8_t type;
	uint8_t minimum, exact;         /* length of its data; exact 0: any from minimum on */
	enum header_kind belongs_to;
	bool deprecated;
	void (*show)(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain);
	const char *complains;          /* how a wrong length is announced; NULL: by the name */
};

static void show_padding(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	take_bytes(d, c, IPV6_OPT_PADN, cursor_sent(c));
}

static void show_tunnel_limit(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	take_u8(d, c, IPV6_OPT_TEL);
}

static void show_router_alert(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	take_u16(d, c, IPV6_OPT_ROUTER_ALERT);
}

static void show_calipso(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	take_u32(d, c, IPV6_OPT_CALIPSO_DOI);
	uint32_t words = take_u8(d, c, IPV6_OPT_CALIPSO_LENGTH);
	take_u8(d, c, IPV6_OPT_CALIPSO_LEVEL);
	take_u16(d, c, IPV6_OPT_CALIPSO_CHECKSUM);
	take_bytes(d, c, IPV6_OPT_CALIPSO_BITMAP, words * 4);
}

/* RFC 6621, 6.1: with the H bit all of it is a hash assist value. */
static void show_duplicate_detection(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	if (look_uint(d, c, IPV6_OPT_DPD_HASH)) {
		take_bytes(d, c, IPV6_OPT_DPD_HAV, cursor_sent(c));
		return;
	}
	unsigned type = (unsigned)look_uint(d, c, IPV6_OPT_DPD_TID_TYPE);
	uint32_t length = take_u8(d, c, IPV6_OPT_DPD_TID_LEN) + 1u;
	if (type)
		take_bytes(d, c, IPV6_OPT_DPD_TAGGER, length);
	if (cursor_more(c))
		take_bytes(d, c, IPV6_OPT_DPD_IDENT, cursor_sent(c));
}

static void show_metrics(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	take_u8(d, c, IPV6_OPT_PDM_SCALE_DTLR);
	take_u8(d, c, IPV6_OPT_PDM_SCALE_DTLS);
	take_u16(d, c, IPV6_OPT_PDM_PSN);
	take_u16(d, c, IPV6_OPT_PDM_PSN_RECEIVED);
	take_u16(d, c, IPV6_OPT_PDM_DELTA_RECEIVED);
	take_u16(d, c, IPV6_OPT_PDM_DELTA_SENT);
}

static void show_quick_start(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	unsigned function = (unsigned)look_uint(d, c, IPV6_OPT_QS_FUNC);

	if (function != 0 && function != 8)
		return;
	take_u8(d, c, IPV6_OPT_QS_RATE);
	if (function == 0) {
		unsigned ttl = take_u8(d, c, IPV6_OPT_QS_TTL);
		put_uint(d, IPV6_OPT_QS_TTL_DIFF, (uint8_t)(chain->hop_limit - ttl));
	} else {
		take_u8(d, c, IPV6_OPT_QS_UNUSED);
	}
	look_uint(d, c, IPV6_OPT_QS_NONCE);
	take_u32(d, c, IPV6_OPT_QS_RESERVED);
}

/* RFC 9268, 5: the low bit of the second word is a flag. */
static void show_path_mtu(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	take_u16(d, c, IPV6_OPT_PMTU_MIN);
	uint16_t word = cursor_u16(c);
	add_uint(d, c, IPV6_OPT_PMTU_RTN, c->pos - 2, 2, word & 0xfffeu);
	add_uint(d, c, IPV6_OPT_PMTU_FLAG, c->pos - 1, 1, word & 1);
}

static void show_ioam(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	take_u8(d, c, IPV6_OPT_IOAM_RESERVED);
	take_u8(d, c, IPV6_OPT_IOAM_TYPE);
}

static void show_tunnel_payload(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	take_u32(d, c, IPV6_OPT_TPF);
}

static void show_rpl(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	unsigned flags = (unsigned)take_flags(d, c, IPV6_OPT_RPL_FLAG, IPV6_OPT_RPL_O,
					      IPV6_OPT_RPL_RESERVED);
	label(d, last_node(d), "%s%s%s", flags & 0x80 ? ", Down" : "", flags & 0x40 ? ", Rank Error" : "",
	      flags & 0x20 ? ", Forwarding Error" : "");
	take_u8(d, c, IPV6_OPT_RPL_INSTANCE);
	take_u16(d, c, IPV6_OPT_RPL_RANK);
}

static void show_mpl(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	static const char *const names[] = { "0", "16-bit unsigned integer", "64-bit unsigned integer",
					     "128-bit unsigned integer" };
	static const uint8_t sizes[] = { 0, 2, 8, 16 };

	(void)chain;
	unsigned flags = (unsigned)take_flags(d, c, IPV6_OPT_MPL_FLAG, IPV6_OPT_MPL_S,
					      IPV6_OPT_MPL_RESERVED);
	label(d, last_node(d), ", Seed ID Length: %s%s%s", names[flags >> 6 & 3],
	      flags & 0x20 ? ", Largest Sequence" : "", flags & 0x10 ? ", Version" : "");
	if (!(flags >> 6))
		note_finding_on(d, last_node(d), IPV6_OPT_MPL_SOURCE_SEED, NULL);
	take_u8(d, c, IPV6_OPT_MPL_SEQUENCE);
	if (flags >> 6)
		take_bytes(d, c, IPV6_OPT_MPL_SEED, sizes[flags >> 6 & 3]);
}

static void show_nonce(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	take_bytes(d, c, IPV6_OPT_ILNP_NONCE, cursor_sent(c));
}

static void show_line_id(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	uint32_t length = take_u8(d, c, IPV6_OPT_LIO_LENGTH);
	take_text(d, c, IPV6_OPT_LIO_ID, length);
}

static void show_jumbo(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	uint32_t length = take_u32(d, c, IPV6_OPT_JUMBO);

	if (!chain->jumbo)
		note_finding(d, IPV6_JUMBO_PROHIBITED,
			     "When IPv6 payload length does not equal 0 a Jumbo "
			     "Payload option must not be present");
	if (length < JUMBO_MIN)
		note_finding_on(d, last_node(d), IPV6_JUMBO_TRUNCATED,
				"Jumbo Payload option present and jumbo length < 65536");
}

static void show_home_address(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	const uint8_t *address = take_ipv6(d, c, IPV6_OPT_HOME_ADDRESS);
	/* Whom the packet is from, and what checksums count (RFC 6275, 11.3.1). */
	if (address)
		memcpy(d->from.address, address, 16);
}

static void show_dff(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	unsigned flags = (unsigned)take_flags(d, c, IPV6_OPT_DFF_FLAGS, IPV6_OPT_DFF_VER,
					      IPV6_OPT_DFF_RESERVED);
	label(d, last_node(d), "%s%s", flags & 0x20 ? ", Duplicate (DUP)" : "",
	      flags & 0x10 ? ", Return (RET)" : "");
	take_u16(d, c, IPV6_OPT_DFF_SEQUENCE);
}

static void show_experimental(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	take_bytes(d, c, IPV6_OPT_EXPERIMENTAL, cursor_sent(c));
}

static void show_unknown(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain)
{
	(void)chain;
	take_bytes(d, c, IPV6_OPT_UNKNOWN, cursor_sent(c));
	note_finding_on(d, last_node(d), IPV6_OPT_UNKNOWN_DATA_NOTE,
			"Unknown Data (not interpreted)");
}

static const struct option options[] = {
	{ OPTION_PADN, 0, 0, ANY_HEADER, false, show_padding, NULL },
	{ 0x04, 1, 1, DESTINATION, false, show_tunnel_limit, NULL },
	{ 0x05, 2, 2, HOP_BY_HOP, false, show_router_alert, "Router alert: Invalid Length" },
	{ 0x07, 8, 0, HOP_BY_HOP, false, show_calipso, "CALIPSO: Invalid Length" },
	{ 0x08, 1, 0, HOP_BY_HOP, false, show_duplicate_detection, NULL },
	{ 0x0f, 10, 10, DESTINATION, false, show_metrics, "PDM: Invalid length" },
	{ 0x1e, 0, 0, ANY_HEADER, false, show_experimental, NULL },
	{ OPTION_QUICK_START, 6, 6, HOP_BY_HOP, false, show_quick_start, "Quick-Start: Invalid Length" },
	{ 0x30, 4, 4, HOP_BY_HOP, false, show_path_mtu, "PMTU Option: Invalid Length" },
	{ 0x31, 2, 0, ANY_HEADER, false, show_ioam, NULL },
	{ 0x3e, 0, 0, ANY_HEADER, false, show_experimental, NULL },
	{ 0x41, 4, 4, DESTINATION, false, show_tunnel_payload, "TPF: Invalid Length" },
	{ 0x5e, 0, 0, ANY_HEADER, false, show_experimental, NULL },
	{ 0x63, 4, 0, HOP_BY_HOP, false, show_rpl, NULL },
	{ 0x6d, 2, 0, HOP_BY_HOP, false, show_mpl, NULL },
	{ 0x7e, 0, 0, ANY_HEADER, false, show_experimental, NULL },
	{ 0x8a, 0, 0, ANY_HEADER, true, show_unknown, NULL },
	{ 0x8b, 0, 0, DESTINATION, false, show_nonce, NULL },
	{ 0x8c, 1, 0, DESTINATION, false, show_line_id, NULL },
	{ 0x9e, 0, 0, ANY_HEADER, false, show_experimental, NULL },
	{ 0xbe, 0, 0, ANY_HEADER, false, show_experimental, NULL },
	{ OPTION_JUMBO, 4, 4, HOP_BY_HOP, false, show_jumbo, NULL },
	{ 0xc9, 16, 16, DESTINATION, false, show_home_address, NULL },
	{ 0xde, 0, 0, ANY_HEADER, false, show_experimental, NULL },
	{ 0xee, 3, 3, HOP_BY_HOP, false, show_dff, "IPv6 DFF: Invalid length" },
	{ 0xfe, 0, 0, ANY_HEADER, false, show_experimental, NULL },
};

static const struct option *option_of(uint8_t type)
{
	static const struct option unknown = { .show = show_unknown };

	for (size_t i = 0; i < COUNT(options); i++)
		if (options[i].type == type)
			return &options[i];
	return &unknown;
}

/* The option's own line; a Quick-Start option repeats its rate there. */
static void label_option(struct dissection *d, const struct cursor *c, node_id tree, uint8_t type,
			 uint8_t hop_limit)
{
	const uint8_t *p;
	const char *name = ipv6_option_name(type);

	if (name)
		label_set(d, tree, "%s", name);
	else
		label_set(d, tree, "Unknown IPv6 Option (%u)", type);
	if (type != OPTION_QUICK_START || !cursor_peek(c, 2, 2, &p))
		return;
	label(d, tree, ", %s", value_name(ip_quick_start_rate_names, p[0] & 0xf));
	if (p[0] >> 4 == 0)
		label(d, tree, ", QS TTL %u, QS TTL diff %u", p[1], (uint8_t)(hop_limit - p[1]));
}

static void show_type(struct dissection *d, struct cursor *c, const struct option *option, uint8_t type,
		      bool hop_by_hop)
{
	const char *name = ipv6_option_name(type);

	if (type == OPTION_PAD1)
		take_u8(d, c, IPV6_OPT_TYPE);
	else
		take_flags(d, c, IPV6_OPT_TYPE, IPV6_OPT_ACTION, IPV6_OPT_REST);
	node_id node = last_node(d);
	open_node(d, node);
	if (option->belongs_to && option->belongs_to != (hop_by_hop ? HOP_BY_HOP : DESTINATION))
		note_finding(d, IPV6_OPT_HEADER_MISMATCH, "%s must use a %s options header", name,
			     hop_by_hop ? "destination" : "hop-by-hop");
	if (option->deprecated)
		note_finding(d, IPV6_OPT_DEPRECATED, "Option type is deprecated");
	close_node(d, node);
}

static void check_length(struct dissection *d, const struct option *option, uint8_t type, uint32_t length)
{
	if (length >= option->minimum && (!option->exact || length <= option->exact))
		return;
	const char *words = option->complains
		? arena_printf(&d->arena, "%s (%u bytes)", option->complains, length)
		: arena_printf(&d->arena, "%s: Invalid length (%u bytes)", ipv6_option_name(type), length);
	note_finding_on(d, last_node(d), IPV6_OPT_INVALID_LENGTH, "%s", words);
}

static void show_data(struct dissection *d, struct cursor *c, const struct option *option,
		      const struct ipv6_chain *chain)
{
	if (option->minimum <= cursor_sent(c))
		option->show(d, c, chain);
	if (!cursor_more(c))
		return;
	take_bytes(d, c, IPV6_OPT_UNKNOWN_DATA, cursor_sent(c));
	note_finding_on(d, last_node(d), IPV6_OPT_UNKNOWN_DATA_NOTE,
			"Unknown Data (not interpreted)");
}

static void show_option(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain,
			bool hop_by_hop, uint8_t type)
{
	node_id tree = open_tree(d, c, IPV6_OPT);
	const struct option *option = option_of(type);

	label_option(d, c, tree, type, chain->hop_limit);
	show_type(d, c, option, type, hop_by_hop);
	if (type == OPTION_PAD1) {
		add_node(d, c, IPV6_OPT_PAD1, c->pos - 1, 1);
		close_tree(d, tree, c);
		return;
	}
	uint32_t length = take_u8(d, c, IPV6_OPT_LENGTH);
	check_length(d, option, type, length);
	if (length > cursor_sent(c))
		note_finding_on(d, last_node(d), IPV6_OPT_INVALID_LENGTH,
				"Option goes past the end of its header");
	struct cursor data = cursor_split(c, length);
	show_data(d, &data, option, chain);
	close_tree(d, tree, c);
}

void ipv6_show_options(struct dissection *d, struct cursor *c, const struct ipv6_chain *chain,
		       bool hop_by_hop)
{
	const uint8_t *type;

	while (cursor_peek(c, 0, 1, &type))
		show_option(d, c, chain, hop_by_hop, *type);
	if (cursor_more(c))
		cursor_fail(c, 1);
}

uint32_t ipv6_jumbo_length(const struct cursor *c)
{
	const uint8_t *header, *p;
	uint8_t fault = FAULT_NONE;
	struct cursor at = *c;

	at.fault = &fault;      /* looking ahead must not fail the layer */
	if (!cursor_peek(c, 0, 2, &header) || !cursor_peek(c, 0, header[1] * 8u + 8, &header))
		return 0;
	cursor_skip(&at, 2);
	uint32_t end = at.pos + header[1] * 8u + 6;
	while (at.pos < end && cursor_peek(&at, 0, 2, &p)) {
		if (p[0] == OPTION_JUMBO && p[1] == 4 && cursor_peek(&at, 2, 4, &p))
			return load_be32(p) < JUMBO_MIN ? 0 : load_be32(p);
		cursor_skip(&at, p[0] == OPTION_PAD1 ? 1 : p[1] + 2u);
		if (!cursor_ok(&at))
			break;
	}
	return 0;
}
