/* cdp.c - Cisco Discovery Protocol: a device tells each neighbour who it is.
 *
 *     +---------+-----+----------+    +----------+------------+-------+
 *     | version | TTL | checksum |    | type: 16 | length: 16 | value |  as often as needed; the
 *     +---------+-----+----------+    +----------+------------+-------+  length counts all three
 */
#include "cdp.h"
#include "dissect/checksum.h"

enum { PID_CDP = 0x2000, TLV_HEADER = 4, CHECKSUM_AT = 2 };

/* --- checksum --- */

/* The Internet's sum, but of an odd number of bytes the last one is a signed low byte, less one
 * where that is negative, as Cisco's implementation does it. */
static uint16_t sum_of(const uint8_t *bytes, uint32_t n)
{
	uint32_t even = n & ~1u, sum = checksum_add(0, bytes, even);

	if (n > even)
		sum += bytes[even] < 0x80 ? bytes[even] : 0xff00u + bytes[even] - 1u;
	return checksum_finish(sum);
}

static void take_checksum(struct dissection *d, struct cursor *c, const struct cursor *whole)
{
	uint32_t n = cursor_left(whole);
	bool all = n == cursor_sent(whole);
	const uint8_t *bytes;
	take_u16(d, c, CDP_CHECKSUM);
	node_id node = last_node(d);
	enum checksum_status status = CHECKSUM_UNVERIFIED;

	if (!wants_fields(d) || !cursor_ok(c))
		return;
	if (!all || !cursor_peek(whole, 0, n, &bytes)) {
		label(d, node, " [unverified]");
	} else if (!sum_of(bytes, n)) {
		status = CHECKSUM_GOOD;
		label(d, node, " [correct]");
	} else {
		status = CHECKSUM_BAD;
		uint8_t *blank = arena_alloc(&d->arena, n);
		memcpy(blank, bytes, n);
		blank[CHECKSUM_AT] = blank[CHECKSUM_AT + 1] = 0;
		uint16_t right = sum_of(blank, n);
		label(d, node, " incorrect, should be 0x%04x", right);
		note_finding_on(d, node, CDP_CHECKSUM_BAD, "Bad checksum [should be 0x%04x]",
				right);
		node_flag(d, node, NODE_BAD);
	}
	node_stand_at(d, put_uint(d, CDP_CHECKSUM_STATUS, status), node);
}

/* --- addresses --- */

enum protocol { PROTOCOL_OTHER, PROTOCOL_IPV4, PROTOCOL_IPV6 };

static const struct protocol_name {
	const char *name, *bytes;
	uint8_t type, length;
	enum protocol protocol;
} protocol_names[] = {
	{ "CLNP", "\x81", 1, 1, PROTOCOL_OTHER },
	{ "IP", "\xcc", 1, 1, PROTOCOL_IPV4 },
	{ "IPv6", "\xaa\xaa\x03\0\0\0\x86\xdd", 2, 8, PROTOCOL_IPV6 },
};

static enum protocol take_protocol(struct dissection *d, struct cursor *c)
{
	uint8_t type = take_u8(d, c, CDP_PROTOCOL_TYPE);
	uint8_t length = take_u8(d, c, CDP_PROTOCOL_LENGTH);
	const uint8_t *bytes = take_bytes(d, c, CDP_PROTOCOL, length);

	for (unsigned i = 0; bytes && i < COUNT(protocol_names); i++) {
		const struct protocol_name *one = &protocol_names[i];
		if (one->type == type && one->length == length &&
		    !memcmp(bytes, one->bytes, length)) {
			label_set(d, last_node(d), "Protocol: %s", one->name);
			return one->protocol;
		}
	}
	return PROTOCOL_OTHER;
}

/* False: the list ends within it. */
static bool take_one_address(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, CDP_ADDRESS_TREE);
	enum protocol protocol = take_protocol(d, c);
	uint16_t length = take_u16(d, c, CDP_ADDRESS_LENGTH);
	struct cursor value = cursor_split(c, length);
	bool whole = cursor_sent(&value) == length;
	struct endpoint address = { 0 };
	char text[ADDRESS_TEXT_ROOM];

	if (whole && protocol != PROTOCOL_OTHER && length == (protocol == PROTOCOL_IPV4 ? 4 : 16)) {
		bool old = protocol == PROTOCOL_IPV4;
		take_address(d, &value, old ? CDP_IPV4 : CDP_IPV6, &address);
		address_text(&address, text);
		label_set(d, tree, "%s address: %s", old ? "IP" : "IPv6", text);
	} else {
		const uint8_t *bytes = take_bytes(d, &value, CDP_ADDRESS, cursor_sent(&value));
		if (!whole)
			label(d, last_node(d), " (truncated)");
		if (!whole)
			label_set(d, tree, "Truncated address");
		else if (bytes && length <= 64 && wants_fields(d)) {
			char hex[2 * 64 + 1];
			*number_put_bytes(hex, bytes, length) = '\0';
			label_set(d, tree, "Address: %s", hex);
		}
	}
	close_tree(d, tree, c);
	return whole && cursor_ok(c);
}

static void take_addresses(struct dissection *d, struct cursor *c)
{
	uint32_t count = take_u32(d, c, CDP_ADDRESS_COUNT);

	for (uint32_t i = 0; i < count && cursor_more(c); i++)
		if (!take_one_address(d, c))
			break;
}

/* --- values, in the TLV's tree that is open --- */

/* How a TLV is taken apart. */
struct tlv {
	uint16_t type;
	uint16_t field;
	void (*take)(struct dissection *d, struct cursor *c, node_id tree, const struct tlv *tlv);
	const char *title; /* of its line; NULL: the field's name */
};

static const char *title_of(const struct tlv *tlv)
{
	return tlv->title ? tlv->title : cdp_fields[tlv->field].name;
}

static void take_words(struct dissection *d, struct cursor *c, node_id tree, const struct tlv *tlv)
{
	const char *words = take_text(d, c, tlv->field, cursor_left(c));

	label_set(d, tree, "%s: %s", title_of(tlv), words);
	if (tlv->field == CDP_DEVICE_ID || tlv->field == CDP_PORT_ID)
		info(d, "%s: %s  ", title_of(tlv), words);
}

static void take_number(struct dissection *d, struct cursor *c, node_id tree, const struct tlv *tlv)
{
	const struct field *field = &cdp_fields[tlv->field];
	uint32_t value = (uint32_t)take_uint(d, c, tlv->field);
	const char *name = field->names ? value_name(field->names, value != 0) : NULL;

	if (name)
		label_set(d, tree, "%s: %s", title_of(tlv), name);
	else if (field->base == BASE_HEX)
		label_set(d, tree, "%s: 0x%02x", title_of(tlv), value);
	else
		label_set(d, tree, field->unit ? "%s: %u %s" : "%s: %u", title_of(tlv), value,
			  field->unit);
}

static void take_address_list(struct dissection *d, struct cursor *c, node_id tree,
			      const struct tlv *tlv)
{
	label_set(d, tree, "%s", title_of(tlv));
	take_addresses(d, c);
}

static void take_bits(struct dissection *d, struct cursor *c, node_id tree, const struct tlv *tlv)
{
	unsigned bits = tlv->field == CDP_CAPABILITIES ? CDP_ADDRESS_COUNT : CDP_CHECKSUM_BAD;

	label_set(d, tree, "%s", title_of(tlv));
	take_flags(d, c, tlv->field, tlv->field + 1u, bits - 1);
}

/* A node for each line. */
static void take_lines(struct dissection *d, struct cursor *c, node_id tree, const struct tlv *tlv)
{
	const uint8_t *bytes;

	label_set(d, tree, "%s", title_of(tlv));
	while (cursor_left(c) && cursor_peek(c, 0, cursor_left(c), &bytes)) {
		const uint8_t *end = memchr(bytes, '\n', cursor_left(c));
		uint32_t n = end ? (uint32_t)(end - bytes) : cursor_left(c);
		add_text(d, c, tlv->field, c->pos, n, text_of(d, bytes, n));
		cursor_skip(c, n + (end != NULL));
	}
}

enum { PREFIX_BYTES = 5 };

/* Four bytes are a gateway, else each five a network. */
static void take_prefixes(struct dissection *d, struct cursor *c, node_id tree,
			  const struct tlv *tlv)
{
	char text[ADDRESS_TEXT_ROOM];

	(void)tlv;
	if (cursor_left(c) == 4) {
		address_text_ipv4(take_ipv4(d, c, CDP_GATEWAY), text);
		label_set(d, tree, "ODR Default gateway: %s", text);
		return;
	}
	label_set(d, tree, "IP Prefixes: %u", cursor_left(c) / PREFIX_BYTES);
	while (cursor_left(c) >= PREFIX_BYTES) {
		uint32_t start = c->pos, address = cursor_u32(c);
		uint8_t bits = cursor_u8(c);
		add_uint(d, c, CDP_PREFIX, start, PREFIX_BYTES, address);
		address_text_ipv4(address, text);
		label_set(d, last_node(d), "IP Prefix: %s/%u", text, bits);
	}
}

static void take_hello(struct dissection *d, struct cursor *c, node_id tree, const struct tlv *tlv)
{
	uint32_t oui = (uint32_t)take_uint(d, c, CDP_OUI);
	if (oui == 0x0c)
		label_set(d, last_node(d), "OUI: 00:00:0c (Cisco Systems, Inc)");
	uint16_t protocol = take_u16(d, c, CDP_HELLO_PROTOCOL);
	const char *name = value_name(cdp_fields[CDP_HELLO_PROTOCOL].names, protocol);

	if (name) {
		label_set(d, tree, "%s: %s", title_of(tlv), name);
	} else {
		label_set(d, tree, "%s: Unknown (0x%04x)", title_of(tlv), protocol);
		take_bytes(d, c, CDP_HELLO_UNKNOWN, cursor_left(c));
		return;
	}
	take_ipv4(d, c, CDP_CLUSTER_MASTER);
	take_ipv4(d, c, CDP_CLUSTER_IP);
	for (unsigned field = CDP_CLUSTER_VERSION; field <= CDP_CLUSTER_UNKNOWN; field++)
		take_u8(d, c, field);
	take_ether(d, c, CDP_CLUSTER_COMMANDER);
	take_ether(d, c, CDP_CLUSTER_SWITCH);
	take_u8(d, c, CDP_CLUSTER_UNKNOWN);
	take_u16(d, c, CDP_CLUSTER_VLAN);
}

static void take_voice(struct dissection *d, struct cursor *c, node_id tree, const struct tlv *tlv)
{
	label_set(d, tree, "%s", title_of(tlv));
	take_bytes(d, c, CDP_DATA, 1);
	if (cursor_left(c) >= 2) {
		uint16_t vlan = take_u16(d, c, CDP_VOICE_VLAN);
		label(d, tree, ": VLAN %u", vlan);
	}
}

static void take_location(struct dissection *d, struct cursor *c, node_id tree,
			  const struct tlv *tlv)
{
	take_u8(d, c, CDP_LOCATION_UNKNOWN);
	take_words(d, c, tree, tlv);
}

static void take_power(struct dissection *d, struct cursor *c, node_id tree, const struct tlv *tlv)
{
	const char *before = ": ";

	take_u16(d, c, CDP_REQUEST_ID);
	take_u16(d, c, CDP_MANAGEMENT_ID);
	label_set(d, tree, "%s", title_of(tlv));
	for (; cursor_left(c) >= 4; before = ", ") {
		uint32_t power = take_u32(d, c, tlv->field);
		label(d, tree, "%s%u mW", before, power);
	}
}

static void take_rest(struct dissection *d, struct cursor *c, node_id tree, const struct tlv *tlv)
{
	if (tlv->title)
		label_set(d, tree, "%s", tlv->title);
	take_bytes(d, c, tlv->field, cursor_left(c));
}

static const struct tlv tlvs[] = {
	{ 0x0001, CDP_DEVICE_ID, take_words, NULL },
	{ 0x0002, CDP_ADDRESS_COUNT, take_address_list, "Addresses" },
	{ 0x0003, CDP_PORT_ID, take_words, "Port ID" },
	{ 0x0004, CDP_CAPABILITIES, take_bits, NULL },
	{ 0x0005, CDP_SOFTWARE, take_lines, "Software Version" },
	{ 0x0006, CDP_PLATFORM, take_words, NULL },
	{ 0x0007, CDP_PREFIX, take_prefixes, NULL },
	{ 0x0008, CDP_HELLO_PROTOCOL, take_hello, "Protocol Hello" },
	{ 0x0009, CDP_VTP_DOMAIN, take_words, NULL },
	{ 0x000a, CDP_NATIVE_VLAN, take_number, NULL },
	{ 0x000b, CDP_DUPLEX, take_number, NULL },
	{ 0x000e, CDP_VOICE_VLAN, take_voice, "VoIP VLAN Reply" },
	{ 0x000f, CDP_VOICE_VLAN, take_voice, "VoIP VLAN Query" },
	{ 0x0010, CDP_POWER_CONSUMPTION, take_number, NULL },
	{ 0x0011, CDP_MTU, take_number, NULL },
	{ 0x0012, CDP_TRUST_BITMAP, take_number, NULL },
	{ 0x0013, CDP_UNTRUSTED_COS, take_number, NULL },
	{ 0x0014, CDP_SYSTEM_NAME, take_words, NULL },
	{ 0x0015, CDP_SYSTEM_OID, take_rest, "System Object Identifier" },
	{ 0x0016, CDP_ADDRESS_COUNT, take_address_list, "Management Addresses" },
	{ 0x0017, CDP_LOCATION, take_location, NULL },
	{ 0x0019, CDP_POWER_REQUESTED, take_power, "Power Request" },
	{ 0x001a, CDP_POWER_AVAILABLE, take_power, "Power Available" },
	{ 0x001d, CDP_DATA, take_rest, "EnergyWise" },
	{ 0x001f, CDP_SPARE_POE, take_bits, NULL },
};

static const struct tlv *find_tlv(uint16_t type)
{
	static const struct tlv unknown = { 0, CDP_DATA, take_rest, NULL };

	for (unsigned i = 0; i < COUNT(tlvs); i++)
		if (tlvs[i].type == type)
			return &tlvs[i];
	return &unknown;
}

/* False: nothing can follow. */
static bool take_tlv(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, CDP_TLV);
	uint16_t type = take_u16(d, c, CDP_TLV_TYPE);
	uint16_t length = take_u16(d, c, CDP_TLV_LENGTH);
	bool good = length >= TLV_HEADER;
	const char *name = value_name(cdp_fields[CDP_TLV_TYPE].names, type);

	if (good) {
		uint32_t n = length - (uint32_t)TLV_HEADER;
		struct cursor value = cursor_split(c, n);
		label_set(d, tree, "Type: %s, length: %u", name ? name : "Unknown", length);
		if (n > cursor_sent(&value))
			cursor_skip(&value, n);
		find_tlv(type)->take(d, &value, tree, find_tlv(type));
	} else if (cursor_ok(c)) {
		label_set(d, tree, "TLV with invalid length %u (< %d)", length, TLV_HEADER);
	}
	close_tree(d, tree, c);
	return good;
}

static void cdp_dissect(struct dissection *d, struct cursor *c)
{
	struct cursor whole = *c;

	info_begin(d);
	take_u8(d, c, CDP_VERSION);
	take_u8(d, c, CDP_TTL);
	take_checksum(d, c, &whole);
	while (cursor_more(c))
		if (!take_tlv(d, c)) {
			if (cursor_more(c))
				hand_on_as_data_within(d, *c);
			break;
		}
	end_layer(d, c);
}

static const struct claim cdp_claims[] = { { BY_CISCO_PID, PID_CDP }, { BY_ETHERTYPE, PID_CDP } };

const struct dissector cdp_dissector = {
	.name = "cdp",
	.short_name = "CDP",
	.title = "Cisco Discovery Protocol",
	.fields = cdp_fields,
	.field_count = CDP_FIELDS,
	.claims = cdp_claims,
	.claim_count = COUNT(cdp_claims),
	.dissect = cdp_dissect,
};
