/* icmpv6_rpl.c - RPL control messages: RFC 6550, 6551 and 6997. */
#include <string.h>

#include "dissect/dissector.h"
#include "icmpv6.h"

enum { CODE_DIS = 0, CODE_DIO = 1, CODE_DAO = 2, CODE_DAO_ACK = 3, CODE_DRO = 4, CODE_DRO_ACK = 5,
       CODE_SECURE = 0x80, CODE_CONSISTENCY = 0x8a };

#define PARTS(row) COUNT(row), row

static const struct icmpv6_part dis_parts[] = {
	{ ICMPV6_RPL_DIS_FLAGS }, { ICMPV6_RESERVED, 1 },
};
static const struct icmpv6_part dro_parts[] = {
	{ ICMPV6_RPL_P2P_DRO_FLAG, .first = ICMPV6_RPL_P2P_DRO_FLAG_STOP,
	  .last = ICMPV6_RPL_P2P_DRO_FLAG_RESERVED },
	{ ICMPV6_RPL_P2P_DRO_DAGID },
};
static const struct icmpv6_part dro_ack_parts[] = {
	{ ICMPV6_RPL_P2P_DROACK_FLAG, .first = ICMPV6_RPL_P2P_DROACK_FLAG_SEQ,
	  .last = ICMPV6_RPL_P2P_DROACK_FLAG_RESERVED },
	{ ICMPV6_RPL_P2P_DRO_DAGID },
};
static const struct icmpv6_part configuration_parts[] = {
	{ ICMPV6_RPL_OPT_CONFIG_FLAG, .first = ICMPV6_RPL_OPT_CONFIG_RESERVED,
	  .last = ICMPV6_RPL_OPT_CONFIG_PCS },
	{ ICMPV6_RPL_OPT_CONFIG_INTERVAL_DOUBLE }, { ICMPV6_RPL_OPT_CONFIG_INTERVAL_MIN, .width = 1 },
	{ ICMPV6_RPL_OPT_CONFIG_REDUNDANCY }, { ICMPV6_RPL_OPT_CONFIG_MAX_RANK_INC },
	{ ICMPV6_RPL_OPT_CONFIG_MIN_HOP_RANK_INC }, { ICMPV6_RPL_OPT_CONFIG_OCP },
	{ ICMPV6_RPL_OPT_CONFIG_RSV }, { ICMPV6_RPL_OPT_CONFIG_DEF_LIFETIME },
	{ ICMPV6_RPL_OPT_CONFIG_LIFETIME_UNIT },
};
static const struct icmpv6_part descriptor_parts[] = { { ICMPV6_RPL_OPT_TARGETDESC_DESCRIPTOR } };
static const struct icmpv6_part metric_parts[] = {
	{ ICMPV6_RPL_OPT_METRIC_TYPE },
	{ ICMPV6_RPL_OPT_METRIC_FLAGS, .first = ICMPV6_RPL_OPT_METRIC_RESERVED,
	  .last = ICMPV6_RPL_OPT_METRIC_PREC },
	{ ICMPV6_RPL_OPT_METRIC_LENGTH },
};

static void label_prefix(struct dissection *d, node_id tree, const uint8_t *address, unsigned length)
{
	char text[ADDRESS_TEXT_ROOM];

	if (!(d->wants & WANT_ANY_LABELS) || !address)
		return;
	address_text_ipv6(address, text);
	label(d, tree, " %s/%u", text, length);
}

/* The first bytes of an address to the end of the option, at most 16. */
static const uint8_t *take_prefix(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t n = cursor_sent(c) < 16 ? cursor_sent(c) : 16, start = c->pos;
	const uint8_t *bytes = cursor_bytes(c, n);

	if (!bytes || only_learning(d))
		return NULL;
	uint8_t *whole = arena_alloc(&d->arena, 16);
	memset(whole, 0, 16);
	memcpy(whole, bytes, n);
	if (n)
		add_bytes(d, c, field, start, n, whole, 16);
	return whole;
}

/* RFC 6551, 3 and 4: one object of the kind that the type says. */
static void show_metric_object(struct dissection *d, struct cursor *c, uint8_t type)
{
	switch (type) {
	case 1:
		take_flags(d, c, ICMPV6_RPL_OPT_METRIC_NSA_OBJECT, ICMPV6_RPL_OPT_METRIC_NSA_OBJECT_RESERVED,
			   ICMPV6_RPL_OPT_METRIC_NSA_OBJECT_FLAG_O);
		break;
	case 2:
		take_flags(d, c, ICMPV6_RPL_OPT_METRIC_NE_OBJECT, ICMPV6_RPL_OPT_METRIC_NE_OBJECT_FLAGS,
			   ICMPV6_RPL_OPT_METRIC_NE_OBJECT_ENERGY);
		break;
	case 3:
		take_flags(d, c, ICMPV6_RPL_OPT_METRIC_HP_OBJECT, ICMPV6_RPL_OPT_METRIC_HP_OBJECT_RESERVED,
			   ICMPV6_RPL_OPT_METRIC_HP_OBJECT_HP);
		break;
	case 4:
		take_u32(d, c, ICMPV6_RPL_OPT_METRIC_LT_OBJECT_LT);
		break;
	case 5:
		take_u32(d, c, ICMPV6_RPL_OPT_METRIC_LL_OBJECT_LL);
		break;
	case 7:
		take_u16(d, c, ICMPV6_RPL_OPT_METRIC_ETX_OBJECT_ETX);
		break;
	default:
		break;
	}
	if (cursor_more(c))
		take_bytes(d, c, ICMPV6_UNKNOWN_DATA, cursor_sent(c));
}

static void show_metrics(struct dissection *d, struct cursor *c, node_id tree)
{
	const uint8_t *p;

	(void)tree;
	while (cursor_peek(c, 0, 4, &p)) {
		icmpv6_show_parts(d, c, metric_parts, COUNT(metric_parts));
		struct cursor object = cursor_split(c, p[3]);
		show_metric_object(d, &object, p[0]);
	}
	if (cursor_more(c))
		take_bytes(d, c, ICMPV6_UNKNOWN_DATA, cursor_sent(c));
}

static void show_route(struct dissection *d, struct cursor *c, node_id tree)
{
	static const char *const names[] = { "Medium", "High", "Reserved", "Low" };
	unsigned length = take_u8(d, c, ICMPV6_RPL_OPT_ROUTE_PREFIX_LENGTH);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_RPL_OPT_ROUTE_FLAG, ICMPV6_RPL_OPT_ROUTE_PREF,
					      ICMPV6_RPL_OPT_ROUTE_RESERVED);

	label(d, last_node(d), ", Preference: %s", names[flags >> 3 & 3]);
	take_u32(d, c, ICMPV6_RPL_OPT_ROUTE_LIFETIME);
	label_prefix(d, tree, take_prefix(d, c, ICMPV6_RPL_OPT_ROUTE_PREFIX), length);
}

static void show_target(struct dissection *d, struct cursor *c, node_id tree)
{
	add_node(d, c, ICMPV6_RPL_OPT_TARGET_FLAG, c->pos, 1);
	cursor_skip(c, 1);
	unsigned length = take_u8(d, c, ICMPV6_RPL_OPT_TARGET_PREFIX_LENGTH);
	label_prefix(d, tree, take_prefix(d, c, ICMPV6_RPL_OPT_TARGET_PREFIX), length);
}

static void show_transit(struct dissection *d, struct cursor *c, node_id tree)
{
	char text[ADDRESS_TEXT_ROOM];
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_RPL_OPT_TRANSIT_FLAG,
					      ICMPV6_RPL_OPT_TRANSIT_FLAG_E,
					      ICMPV6_RPL_OPT_TRANSIT_FLAG_RSV);

	if (flags & 0x80)
		label(d, last_node(d), ", External");
	take_u8(d, c, ICMPV6_RPL_OPT_TRANSIT_PATHCTL);
	take_u8(d, c, ICMPV6_RPL_OPT_TRANSIT_PATHSEQ);
	take_u8(d, c, ICMPV6_RPL_OPT_TRANSIT_PATHLIFETIME);
	while (cursor_sent(c) >= 16 && cursor_ok(c)) {
		const uint8_t *address = take_ipv6(d, c, ICMPV6_RPL_OPT_TRANSIT_PARENT);
		if (address && d->wants & WANT_ANY_LABELS) {
			address_text_ipv6(address, text);
			label(d, tree, " %s", text);
		}
	}
}

static void show_solicited(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	take_u8(d, c, ICMPV6_RPL_OPT_SOLICITED_INSTANCE);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_RPL_OPT_SOLICITED_FLAG,
					      ICMPV6_RPL_OPT_SOLICITED_FLAG_V,
					      ICMPV6_RPL_OPT_SOLICITED_FLAG_RSV);
	label(d, last_node(d), "%s%s%s", flags & 0x80 ? ", Version predicate" : "",
	      flags & 0x40 ? ", InstanceID predicate" : "", flags & 0x20 ? ", DODAGID predicate" : "");
	take_ipv6(d, c, ICMPV6_RPL_OPT_SOLICITED_DODAGID);
	take_u8(d, c, ICMPV6_RPL_OPT_SOLICITED_VERSION);
}

static void show_prefix(struct dissection *d, struct cursor *c, node_id tree)
{
	unsigned length = take_u8(d, c, ICMPV6_RPL_OPT_PREFIX_LENGTH);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_RPL_OPT_PREFIX_FLAG,
					      ICMPV6_RPL_OPT_PREFIX_FLAG_L,
					      ICMPV6_RPL_OPT_CONFIG_FLAG_RSV);

	label(d, last_node(d), "%s%s%s", flags & 0x80 ? ", On Link" : "",
	      flags & 0x40 ? ", Auto Address Config" : "", flags & 0x20 ? ", Router Address" : "");
	take_u32(d, c, ICMPV6_RPL_OPT_PREFIX_VALID_LIFETIME);
	take_u32(d, c, ICMPV6_RPL_OPT_PREFIX_PREFERRED_LIFETIME);
	add_node(d, c, ICMPV6_RPL_OPT_RESERVED, c->pos, 4);
	cursor_skip(c, 4);
	label_prefix(d, tree, take_ipv6(d, c, ICMPV6_RPL_OPT_PREFIX), length);
}

/* How many routes are wanted means something for source routes only. */
static bool counts_routes_by_hop(const struct cursor *c)
{
	enum { HOP_BY_HOP = 0x40, ROUTES = 0x30 };
	const uint8_t *flags;

	return cursor_peek(c, 0, 1, &flags) && *flags & HOP_BY_HOP && *flags & ROUTES;
}

/* RFC 6997, 7: addresses lack the octets that all of them share. */
static void show_discovery(struct dissection *d, struct cursor *c, node_id tree)
{
	(void)tree;
	look_uint(d, c, ICMPV6_RPL_OPT_ROUTEDISCOVERY_FLAG_REPLY);
	look_uint(d, c, ICMPV6_RPL_OPT_ROUTEDISCOVERY_FLAG_HOPBYHOP);
	look_uint(d, c, ICMPV6_RPL_OPT_ROUTEDISCOVERY_FLAG_NUMOFROUTES);
	if (counts_routes_by_hop(c))
		note_finding_on(
			d, last_node(d), ICMPV6_RPL_P2P_DRO_RDO_ZERO,
			"This field MUST be set to zero when Hop-by-Hop Routes are being discovered");
	unsigned elided = take_u8(d, c, ICMPV6_RPL_OPT_ROUTEDISCOVERY_FLAG_COMPR);
	look_uint(d, c, ICMPV6_RPL_OPT_ROUTEDISCOVERY_LIFETIME);
	take_u8(d, c, ICMPV6_RPL_OPT_ROUTEDISCOVERY_MAXRANK);
	for (bool target = true; cursor_sent(c) >= 16 - elided && cursor_ok(c); target = false) {
		uint32_t start = c->pos, n = 16 - elided;
		uint8_t *whole = arena_alloc(&d->arena, 16);
		const uint8_t *bytes = cursor_bytes(c, n);
		memset(whole, 0, 16);
		if (!bytes)
			return;
		memcpy(whole + elided, bytes, n);
		add_bytes(d, c, target ? ICMPV6_RPL_OPT_ROUTEDISCOVERY_TARGETADDR
				       : ICMPV6_RPL_OPT_ROUTEDISCOVERY_ADDRVEC_ADDR, start, n, whole, 16);
	}
}

/* What an option holds after its type and length. */
struct option {
	uint8_t type;
	uint8_t part_count;
	const struct icmpv6_part *parts;
	void (*show)(struct dissection *d, struct cursor *c, node_id tree);
};

static const struct option options[] = {
	{ 2, .show = show_metrics },
	{ 3, .show = show_route },
	{ 4, PARTS(configuration_parts) },
	{ 5, .show = show_target },
	{ 6, .show = show_transit },
	{ 7, .show = show_solicited },
	{ 8, .show = show_prefix },
	{ 9, PARTS(descriptor_parts) },
	{ 10, .show = show_discovery },
};

static void show_data(struct dissection *d, struct cursor *c, uint8_t type, node_id tree)
{
	if (type == 1) {
		node_id node = add_node(d, c, ICMPV6_RPL_OPT_PADN, c->pos, cursor_left(c));
		label(d, node, " (Length : %u bytes)", cursor_sent(c));
		cursor_skip(c, cursor_sent(c));
		return;
	}
	size_t i = 0;
	while (i < COUNT(options) && options[i].type != type)
		i++;
	if (i == COUNT(options))
		note_finding(d, ICMPV6_UNDECODED_RPL_OPTION, "RPL option %u is not known", type);
	else if (options[i].show)
		options[i].show(d, c, tree);
	else
		icmpv6_show_parts(d, c, options[i].parts, options[i].part_count);
	if (!cursor_more(c))
		return;
	take_bytes(d, c, i == COUNT(options) ? ICMPV6_DATA : ICMPV6_UNKNOWN_DATA, cursor_sent(c));
	if (i < COUNT(options))
		note_finding_on(d, last_node(d), ICMPV6_UNKNOWN_DATA_EXPERT, NULL);
}

static void show_option(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, ICMPV6_OPT);
	uint8_t type = take_u8(d, c, ICMPV6_RPL_OPT_TYPE);
	const char *name = icmpv6_name(ICMPV6_RPL_OPT_TYPE, type);

	if (name)
		label_set(d, tree, "ICMPv6 RPL Option (%s", name);
	else
		label_set(d, tree, "ICMPv6 RPL Option (Unknown %u", type);
	if (type != 0) {
		uint32_t length = take_u8(d, c, ICMPV6_RPL_OPT_LENGTH);
		bool overruns = length > cursor_sent(c);
		struct cursor data = cursor_split(c, length);
		show_data(d, &data, type, tree);
		if (overruns)
			cursor_fail(c, length);
	}
	label(d, tree, ")");
	close_tree(d, tree, c);
}

static void show_options(struct dissection *d, struct cursor *c)
{
	while (cursor_more(c))
		show_option(d, c);
}

/* RFC 6550, 6.1: what stands in front of a secure message. */
static void show_security(struct dissection *d, struct cursor *c)
{
	static const uint8_t source_length[4] = { 0, 0, 8, 8 };

	take_flags(d, c, ICMPV6_RPL_SECURE_FLAG, ICMPV6_RPL_SECURE_FLAG_T, ICMPV6_RPL_SECURE_FLAG_RSV);
	take_u8(d, c, ICMPV6_RPL_SECURE_ALGORITHM);
	unsigned mode = (unsigned)look_uint(d, c, ICMPV6_RPL_SECURE_KIM);
	look_uint(d, c, ICMPV6_RPL_SECURE_LVL);
	take_u8(d, c, ICMPV6_RPL_SECURE_RSV);
	cursor_skip(c, 1);
	take_u32(d, c, ICMPV6_RPL_SECURE_COUNTER);
	if (source_length[mode & 3])
		take_bytes(d, c, ICMPV6_RPL_SECURE_KEY_SOURCE, source_length[mode & 3]);
	if (mode != 1)
		take_u8(d, c, ICMPV6_RPL_SECURE_KEY_INDEX);
}

static void show_dio(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, ICMPV6_RPL_DIO_INSTANCE);
	take_u8(d, c, ICMPV6_RPL_DIO_VERSION);
	take_u16(d, c, ICMPV6_RPL_DIO_RANK);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_RPL_DIO_FLAG, ICMPV6_RPL_DIO_FLAG_G,
					      ICMPV6_RPL_DIO_FLAG_PREFERENCE);
	const char *mode = icmpv6_name(ICMPV6_RPL_DIO_FLAG_MOP, flags >> 3 & 7);
	label(d, last_node(d), "%s, Mode of Operation (MOP): %s", flags & 0x80 ? ", Grounded (G)" : "",
	      mode ? mode : "Unknown");
	take_u8(d, c, ICMPV6_RPL_DIO_DTSN);
	take_u8(d, c, ICMPV6_RPL_DIO_FLAGS);
	take_bytes(d, c, ICMPV6_RESERVED, 1);
	take_ipv6(d, c, ICMPV6_RPL_DIO_DAGID);
}

static void show_dao(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, ICMPV6_RPL_DAO_INSTANCE);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_RPL_DAO_FLAG, ICMPV6_RPL_DAO_FLAG_K,
					      ICMPV6_RPL_DAO_FLAG_RSV);
	label(d, last_node(d), "%s%s", flags & 0x80 ? ", DAO-ACK Request (K)" : "",
	      flags & 0x40 ? ", DODAGID Present (D)" : "");
	take_bytes(d, c, ICMPV6_RESERVED, 1);
	take_u8(d, c, ICMPV6_RPL_DAO_SEQUENCE);
	if (flags & 0x40)
		take_ipv6(d, c, ICMPV6_RPL_DAO_DODAGID);
}

static void show_dao_ack(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, ICMPV6_RPL_DAOACK_INSTANCE);
	unsigned flags = (unsigned)take_flags(d, c, ICMPV6_RPL_DAOACK_FLAG, ICMPV6_RPL_DAOACK_FLAG_D,
					      ICMPV6_RPL_DAOACK_FLAG_RSV);
	if (flags & 0x80)
		label(d, last_node(d), ", DODAGID Present (D)");
	take_u8(d, c, ICMPV6_RPL_DAOACK_SEQUENCE);
	take_u8(d, c, ICMPV6_RPL_DAOACK_STATUS);
	if (flags & 0x80)
		take_ipv6(d, c, ICMPV6_RPL_DAOACK_DODAGID);
}

static void show_consistency(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, ICMPV6_RPL_CC_INSTANCE);
	take_flags(d, c, ICMPV6_RPL_CC_FLAG, ICMPV6_RPL_CC_FLAG_R, ICMPV6_RPL_CC_FLAG_RSV);
	take_u16(d, c, ICMPV6_RPL_CC_NONCE);
	take_ipv6(d, c, ICMPV6_RPL_CC_DODAGID);
	take_u32(d, c, ICMPV6_RPL_CC_DESTINATION_COUNTER);
}

/* RFC 6997, 8: the version has no meaning in what answers a discovery. */
static void show_reply(struct dissection *d, struct cursor *c, const struct icmpv6_part *parts,
		       unsigned count)
{
	take_u8(d, c, ICMPV6_RPL_P2P_DRO_INSTANCE);
	if (take_u8(d, c, ICMPV6_RPL_P2P_DRO_VERSION))
		note_finding_on(d, last_node(d), ICMPV6_RPL_P2P_DRO_ZERO, NULL);
	icmpv6_show_parts(d, c, parts, count);
}

void icmpv6_show_rpl(struct dissection *d, struct cursor *c, uint8_t code)
{
	if (code >= CODE_SECURE && (code <= CODE_SECURE + CODE_DAO_ACK || code == CODE_CONSISTENCY))
		show_security(d, c);
	if (code == CODE_CONSISTENCY) {
		show_consistency(d, c);
		show_options(d, c);
		return;
	}
	switch (code & 0x7f) {
	case CODE_DIS:
		icmpv6_show_parts(d, c, dis_parts, COUNT(dis_parts));
		break;
	case CODE_DIO:
		show_dio(d, c);
		break;
	case CODE_DAO:
		show_dao(d, c);
		break;
	case CODE_DAO_ACK:
		show_dao_ack(d, c);
		break;
	case CODE_DRO:
		show_reply(d, c, dro_parts, COUNT(dro_parts));
		break;
	case CODE_DRO_ACK:
		show_reply(d, c, dro_ack_parts, COUNT(dro_ack_parts));
		break;
	default:
		if (cursor_more(c))
			take_bytes(d, c, ICMPV6_DATA, cursor_sent(c));
		return;
	}
	show_options(d, c);
}
