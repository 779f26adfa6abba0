/* nflog.c - what Linux's packet filter logs: LINKTYPE_NFLOG, a packet among what is told about it.
 *
 *      0        1         2          4
 *     +--------+---------+----------+ +--------+------+---------+-----+
 *     | family | version | resource | | length | type | value   | pad |  ...
 *     +--------+---------+----------+ +--------+------+---------+-----+
 *
 * Length and type of a value have the byte order of who captured; all else is big-endian.  The
 * length counts its own 4 bytes, and not the padding to a multiple of 4. */
#include "base/bytes.h"
#include "ethertype.h"

enum { LINK_NFLOG = 239, HEADER = 4, FAMILY_IPV4 = 2, FAMILY_IPV6 = 10, TYPE_MASK = 0x7fff };

enum tlv_type {
	TLV_PACKET = 1,
	TLV_TIMESTAMP = 3,
	TLV_PAYLOAD = 9,
	TLV_PREFIX = 10,
	TLV_LAST = 17,
};

enum {
	NFLOG,
	NFLOG_FAMILY,
	NFLOG_VERSION,
	NFLOG_RESOURCE,
	NFLOG_TLV,
	NFLOG_TLV_LENGTH,
	NFLOG_TLV_TYPE,
	NFLOG_PROTOCOL,
	NFLOG_HOOK,
	NFLOG_INDEV,
	NFLOG_OUTDEV,
	NFLOG_PHYSINDEV,
	NFLOG_PHYSOUTDEV,
	NFLOG_PREFIX,
	NFLOG_UID,
	NFLOG_GID,
	NFLOG_TIMESTAMP,
	NFLOG_VALUE,
	NFLOG_BAD_LENGTH,
};

static const struct value_name family_names[] = {
	{ 0, "Unspecified" }, { 1, "IPv4/IPv6" }, { 2, "IPv4" },    { 3, "ARP" }, { 5, "Netdev" },
	{ 7, "Bridge" },      { 10, "IPv6" },	  { 12, "DECNET" }, { 0 },
};

static const struct value_name hook_names[] = {
	{ 0, "Pre-routing" }, { 1, "Local in" },     { 2, "Forward" },
	{ 3, "Local out" },   { 4, "Post-routing" }, { 0 },
};

static const struct value_name type_names[] = {
	{ 0, "NFULA_UNSPEC" },
	{ 1, "NFULA_PACKET_HDR" },
	{ 2, "NFULA_MARK" },
	{ 3, "NFULA_TIMESTAMP" },
	{ 4, "NFULA_IFINDEX_INDEV" },
	{ 5, "NFULA_IFINDEX_OUTDEV" },
	{ 6, "NFULA_IFINDEX_PHYSINDEV" },
	{ 7, "NFULA_IFINDEX_PHYSOUTDEV" },
	{ 8, "NFULA_HWADDR" },
	{ 9, "NFULA_PAYLOAD" },
	{ 10, "NFULA_PREFIX" },
	{ 11, "NFULA_UID" },
	{ 12, "NFULA_SEQ" },
	{ 13, "NFULA_SEQ_GLOBAL" },
	{ 14, "NFULA_GID" },
	{ 15, "NFULA_HWTYPE" },
	{ 16, "NFULA_HWHEADER" },
	{ 17, "NFULA_HWLEN" },
	{ 0 },
};

#define FROM .reference = "LINKTYPE_NFLOG"

static const struct field nflog_fields[] = {
	[NFLOG] = { "nflog", "Linux Netfilter NFLOG", FIELD_PROTOCOL,
		    .help = "A packet that a rule of Linux's packet filter logs", FROM },
	[NFLOG_FAMILY] = { "nflog.family", "Family", FIELD_U8, .names = family_names,
			   .help = "Which filter it is from, and so what the packet is", FROM },
	[NFLOG_VERSION] = { "nflog.version", "Version", FIELD_U8, .help = "Of this format: 0",
			    FROM },
	[NFLOG_RESOURCE] = { "nflog.res_id", "Resource id", FIELD_U16,
			     .help = "The group that the rule logs to", FROM },
	[NFLOG_TLV] = { "nflog.tlv", "TLV", FIELD_BYTES, .help = "One thing that is told", FROM },
	[NFLOG_TLV_LENGTH] = { "nflog.tlv_length", "Length", FIELD_U16,
			       .help = "Of length, type and value in bytes", FROM },
	[NFLOG_TLV_TYPE] = { "nflog.tlv_type", "Type", FIELD_U16, BASE_DEC, type_names, TYPE_MASK,
			     .help = "What is told", FROM },
	[NFLOG_PROTOCOL] = { "nflog.protocol", "HW protocol", FIELD_U16, BASE_HEX, ethertype_names,
			     .help = "The packet's EtherType", FROM },
	[NFLOG_HOOK] = { "nflog.hook", "Netfilter hook", FIELD_U8, .names = hook_names,
			 .help = "Where on its way through the system the packet is", FROM },
	[NFLOG_INDEV] = { "nflog.ifindex_indev", "IFINDEX_INDEV", FIELD_U32,
			  .help = "Number of the interface that it came in by", FROM },
	[NFLOG_OUTDEV] = { "nflog.ifindex_outdev", "IFINDEX_OUTDEV", FIELD_U32,
			   .help = "Number of the interface that it leaves by", FROM },
	[NFLOG_PHYSINDEV] = { "nflog.ifindex_physindev", "IFINDEX_PHYSINDEV", FIELD_U32,
			      .help = "Of a bridge: the port that it came in by", FROM },
	[NFLOG_PHYSOUTDEV] = { "nflog.ifindex_physoutdev", "IFINDEX_PHYSOUTDEV", FIELD_U32,
			       .help = "Of a bridge: the port that it leaves by", FROM },
	[NFLOG_PREFIX] = { "nflog.prefix", "Prefix", FIELD_TEXT,
			   .help = "What the rule says of its packets", FROM },
	[NFLOG_UID] = { "nflog.uid", "UID", FIELD_I32, .help = "The user who sent it", FROM },
	[NFLOG_GID] = { "nflog.gid", "GID", FIELD_I32, .help = "The group of who sent it", FROM },
	[NFLOG_TIMESTAMP] = { "nflog.timestamp", "Timestamp", FIELD_TIME,
			      .help = "When the packet came", FROM },
	[NFLOG_VALUE] = { "nflog.tlv_value", "Value", FIELD_BYTES, .help = "As it stands there",
			  FROM },
	[NFLOG_BAD_LENGTH] = FINDING("nflog.tlv_length.bad", "Wrong length of a TLV", EXPERT_ERROR,
				     GROUP_MALFORMED),
};

#undef FROM

/* Of the values with a field of their own. */
static const struct {
	uint8_t field, size;
} plain_values[TLV_LAST + 1] = {
	[4] = { NFLOG_INDEV, 4 },      [5] = { NFLOG_OUTDEV, 4 }, [6] = { NFLOG_PHYSINDEV, 4 },
	[7] = { NFLOG_PHYSOUTDEV, 4 }, [11] = { NFLOG_UID, 4 },	  [14] = { NFLOG_GID, 4 },
};

static void take_timestamp(struct dissection *d, struct cursor *c)
{
	uint32_t start = c->pos;
	uint64_t seconds = cursor_u64(c), micros = cursor_u64(c);

	if (seconds < UINT32_MAX && micros < 1000000)
		add_uint(d, c, NFLOG_TIMESTAMP, start, 16, seconds * 1000000000 + micros * 1000);
}

static void take_value(struct dissection *d, struct cursor *c, unsigned type)
{
	uint32_t n = cursor_left(c);

	if (type == TLV_PACKET && n >= 3) {
		take_u16(d, c, NFLOG_PROTOCOL);
		take_u8(d, c, NFLOG_HOOK);
	} else if (type == TLV_TIMESTAMP && n == 16) {
		take_timestamp(d, c);
	} else if (type == TLV_PREFIX) {
		take_text(d, c, NFLOG_PREFIX, n);
	} else if (type <= TLV_LAST && plain_values[type].size && n == plain_values[type].size) {
		take_u32(d, c, plain_values[type].field);
	} else if (type != TLV_PAYLOAD && n) {
		take_bytes(d, c, NFLOG_VALUE, n);
	}
}

/* The first length and type make sense in one order only: both are small, and not 0. */
static bool is_little(const struct cursor *c)
{
	const uint8_t *p;

	return cursor_peek(c, 0, 4, &p) && p[1] == 0 && p[3] == 0 && (p[0] || p[2]);
}

static void hand_on_payload(struct dissection *d, unsigned family, uint16_t protocol,
			    struct cursor payload)
{
	if (family == FAMILY_IPV4)
		protocol = ETHERTYPE_IPV4;
	else if (family == FAMILY_IPV6)
		protocol = ETHERTYPE_IPV6;
	if (!hand_on(d, BY_ETHERTYPE, protocol, payload))
		hand_on_as_data(d, payload);
}

/* Behind a length that cannot be, nobody knows where the next one is. */
static void skip_padding(struct dissection *d, struct cursor *c, uint32_t length)
{
	uint32_t left = cursor_left(c), padding = (4 - length % 4) % 4;

	if (length < 4)
		note_finding(d, NFLOG_BAD_LENGTH, "%u bytes, shorter than a TLV's head", length);
	cursor_skip(c, length < 4 || padding > left ? left : padding);
}

/* One of them; the payload is kept for later, as what is told may follow it. */
static unsigned take_tlv(struct dissection *d, struct cursor *c, bool little, struct cursor *value)
{
	const uint8_t *p;

	if (!cursor_peek(c, 0, 4, &p)) {
		cursor_skip(c, 4);
		return 0;
	}
	uint32_t length = little ? load_le16(p) : load_be16(p);
	unsigned type = (little ? load_le16(p + 2) : load_be16(p + 2)) & TYPE_MASK;
	uint32_t body = length > 4 ? length - 4 : 0, start = c->pos;
	node_id tree = open_tree(d, c, NFLOG_TLV);
	const char *name = value_name(type_names, type);
	label_set(d, tree, "TLV Type: %s (%u), Length: %u", name ? name : "Unknown", type, length);
	add_uint(d, c, NFLOG_TLV_LENGTH, start, 2, length);
	add_uint(d, c, NFLOG_TLV_TYPE, start + 2, 2, type);
	cursor_skip(c, 4);
	*value = cursor_split(c, body);
	struct cursor inside = *value;
	take_value(d, &inside, type);
	close_tree(d, tree, c);
	skip_padding(d, c, length);
	return type;
}

static void nflog_dissect(struct dissection *d, struct cursor *c)
{
	struct cursor value, payload = { 0 };
	uint16_t protocol = 0;
	bool has_payload = false;
	const uint8_t *p;

	info_begin(d);
	no_link_addresses(d);
	unsigned family = take_u8(d, c, NFLOG_FAMILY);
	take_u8(d, c, NFLOG_VERSION);
	take_u16(d, c, NFLOG_RESOURCE);
	bool little = is_little(c);
	while (cursor_more(c)) {
		unsigned type = take_tlv(d, c, little, &value);
		if (type == TLV_PACKET && cursor_peek(&value, 0, 2, &p))
			protocol = load_be16(p);
		if (type == TLV_PAYLOAD) {
			payload = value;
			has_payload = true;
		}
	}
	end_header(d, c);
	if (has_payload)
		hand_on_payload(d, family, protocol, payload);
}

static const struct claim nflog_claims[] = { { BY_LINK_TYPE, LINK_NFLOG } };

const struct dissector nflog_dissector = {
	.name = "nflog",
	.short_name = "NFLOG",
	.title = "Linux Netfilter NFLOG",
	.fields = nflog_fields,
	.field_count = COUNT(nflog_fields),
	.claims = nflog_claims,
	.claim_count = COUNT(nflog_claims),
	.dissect = nflog_dissect,
};
