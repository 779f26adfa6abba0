/* dhcp_special.c - DHCP's options that say several things. */
#include <string.h>

#include "base/text.h"
#include "dhcp.h"

enum { MOST_POINTERS = 128, NAME_ROOM = 256 };

/* --- names as in DNS (RFC 1035, 3.1), which may point back into the option (RFC 3397) --- */

struct wire_name {
	char text[NAME_ROOM];
	uint32_t length;
	bool good;
};

static void add_label(struct wire_name *name, const uint8_t *bytes, uint32_t n)
{
	if (name->length + n + 2 > NAME_ROOM) {
		name->good = false;
		return;
	}
	if (name->length)
		name->text[name->length++] = '.';
	memcpy(name->text + name->length, bytes, n);
	name->length += n;
	name->text[name->length] = '\0';
}

/* Reads the name at `offset` of the option; returns where what follows it begins. */
static uint32_t read_name(const uint8_t *bytes, uint32_t n, uint32_t offset, struct wire_name *name)
{
	uint32_t end = 0, jumps = 0;

	*name = (struct wire_name){ .good = true };
	while (offset < n && bytes[offset] && name->good) {
		uint32_t length = bytes[offset];
		if (length >= 0xc0 && offset + 1 < n) {
			if (!end)
				end = offset + 2;
			uint32_t target = (length & 0x3fu) << 8 | bytes[offset + 1];
			name->good = target < offset && ++jumps <= MOST_POINTERS;
			offset = target;
			continue;
		}
		if (length > 63 || length > n - offset - 1) {
			name->good = false;
			break;
		}
		add_label(name, bytes + offset + 1, length);
		offset += 1 + length;
	}
	if (!name->good)
		return n;
	if (end)
		return end;
	return offset < n ? offset + 1 : n;
}

/* Names up to the end of the option. */
static void take_names(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t n = cursor_left(c), start = c->pos, at = 0;
	const uint8_t *bytes = cursor_bytes(c, n);
	struct wire_name name;

	while (bytes && at < n) {
		uint32_t end = read_name(bytes, n, at, &name);
		const char *text = text_of(d, (const uint8_t *)name.text, name.length);
		add_text(d, c, field, start + at, end - at, text);
		if (!name.good) {
			note_finding_on(d, last_node(d), DHCP_PARSE_ERROR,
					"Parse error: not a name");
			return;
		}
		at = end;
	}
}

/* --- one function for each --- */

/* A GUID whose first three numbers have the low byte first (RFC 4578, 2.3). */
static void take_guid(struct dissection *d, struct cursor *c)
{
	static const uint8_t order[] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
	uint32_t start = c->pos;
	const uint8_t *bytes = cursor_bytes(c, sizeof order);

	if (!bytes || !field_wanted(d, DHCP_CLIENT_ID_UUID))
		return;
	uint8_t *guid = arena_alloc(&d->arena, sizeof order);
	for (unsigned i = 0; i < sizeof order; i++)
		guid[i] = bytes[order[i]];
	add_bytes(d, c, DHCP_CLIENT_ID_UUID, start, sizeof order, guid, sizeof order);
}

static void take_pairs(struct dissection *d, struct cursor *c, unsigned first)
{
	if (cursor_left(c) % 8)
		note_finding(d, DHCP_BAD_LENGTH, "Option length isn't a multiple of 8");
	while (cursor_left(c) >= 8) {
		take_ipv4(d, c, first);
		take_ipv4(d, c, first + 1);
	}
}

static void take_policy(struct dissection *d, struct cursor *c)
{
	take_pairs(d, c, DHCP_POLICY_IP);
}

static void take_routes(struct dissection *d, struct cursor *c)
{
	take_pairs(d, c, DHCP_ROUTE_IP);
}

static void take_request_list(struct dissection *d, struct cursor *c)
{
	while (cursor_more(c)) {
		uint8_t code = take_u8(d, c, DHCP_REQUEST_ITEM);
		label_set(d, last_node(d), "Parameter Request List Item: (%u) %s", code,
			  dhcp_option_name(code));
	}
}

static void take_link_address(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t n = cursor_left(c), start = c->pos;
	const uint8_t *bytes = cursor_bytes(c, n);
	const char *text = "";

	for (uint32_t i = 0; bytes && i < n && field_wanted(d, field); i++)
		text = arena_printf(&d->arena, "%s%s%02x", text, i ? ":" : "", bytes[i]);
	add_text(d, c, field, start, n, text);
}

/* RFC 8415, 11. */
static void take_duid(struct dissection *d, struct cursor *c)
{
	switch (take_u16(d, c, DHCP_CLIENT_DUID_TYPE)) {
	case 1:
		take_u16(d, c, DHCP_CLIENT_LLT_HW);
		take_u32(d, c, DHCP_CLIENT_TIME);
		if (cursor_left(c))
			take_link_address(d, c, DHCP_CLIENT_LINK);
		break;
	case 2:
		take_u32(d, c, DHCP_CLIENT_ENTERPRISE);
		if (cursor_left(c))
			take_bytes(d, c, DHCP_CLIENT_ID, cursor_left(c));
		break;
	case 3:
		take_u16(d, c, DHCP_CLIENT_LL_HW);
		if (cursor_left(c))
			take_link_address(d, c, DHCP_CLIENT_LINK);
		break;
	default:
		break;
	}
}

/* A hardware address, an identity and a DUID (RFC 4361), or what the client likes. */
static void take_client_id(struct dissection *d, struct cursor *c)
{
	enum { IS_DUID = 255, HARDWARE_TYPES = 48 };
	const uint8_t *at = NULL;
	uint32_t n = cursor_left(c);
	uint8_t type = cursor_peek(c, 0, 1, &at) ? *at : 0;

	if (type == IS_DUID) {
		cursor_skip(c, 1);
		uint32_t start = c->pos;
		uint32_t iaid = cursor_u32(c);
		add_text(d, c, DHCP_CLIENT_IAID, start, 4, arena_printf(&d->arena, "%08x", iaid));
		take_duid(d, c);
	} else if (type == 0 && n == 17) {
		cursor_skip(c, 1);
		take_guid(d, c);
	} else if (type > 0 && type < HARDWARE_TYPES) {
		take_u8(d, c, DHCP_HW_TYPE);
		if ((type == 1 || type == 6) && n == 7)
			take_ether(d, c, DHCP_HW_MAC);
		else if (n > 1)
			take_bytes(d, c, DHCP_HW_ADDR, n - 1);
	} else {
		take_u8(d, c, DHCP_CLIENT_ID_TYPE);
		if (n > 1)
			take_text(d, c, DHCP_CLIENT_ID_TEXT, n - 1);
	}
}

/* RFC 3004; many clients send a text instead. */
static void take_user_class(struct dissection *d, struct cursor *c)
{
	struct cursor look = *c;
	uint32_t whole = cursor_left(c);
	const uint8_t *at;

	while (cursor_left(&look) && cursor_peek(&look, 0, 1, &at) && *at &&
	       *at < cursor_left(&look))
		cursor_skip(&look, 1u + *at);
	if (cursor_left(&look)) {
		take_text(d, c, DHCP_USER_CLASS_TEXT, whole);
		return;
	}
	for (unsigned i = 0; cursor_more(c); i++) {
		uint32_t start = c->pos;
		uint8_t n = cursor_peek(c, 0, 1, &at) ? *at : 0;
		node_id tree = add_uint(d, c, DHCP_USER_CLASS, start, 1u + n, i);
		label_set(d, tree, "Instance of User Class: [%u]", i);
		open_node(d, tree);
		take_u8(d, c, DHCP_USER_CLASS_LENGTH);
		take_bytes(d, c, DHCP_USER_CLASS_DATA, n);
		close_node(d, tree);
	}
}

/* RFC 2610 */
static void take_slp_agents(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, DHCP_SLP_DA);
	while (cursor_left(c) >= 4)
		take_ipv4(d, c, DHCP_SLP_ADDRESS);
}

static void take_slp_scope(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, DHCP_SLP_SCOPE);
	if (cursor_left(c))
		take_text(d, c, DHCP_SLP_STRING, cursor_left(c));
}

/* RFC 4702 */
static void take_fqdn(struct dissection *d, struct cursor *c)
{
	enum { ENCODED = 4 };
	uint64_t flags = take_flags(d, c, DHCP_FQDN_FLAGS, DHCP_FQDN_MBZ, DHCP_FQDN_S);
	node_id tree = last_node(d);

	for (unsigned i = 0; i < 4; i++)
		if (flags & 8u >> i)
			label(d, tree, ", %s", dhcp_fields[DHCP_FQDN_N + i].name);
	take_u8(d, c, DHCP_FQDN_RCODE1);
	take_u8(d, c, DHCP_FQDN_RCODE2);
	if (!cursor_more(c))
		return;
	if (flags & ENCODED)
		take_names(d, c, DHCP_FQDN_NAME);
	else
		take_text(d, c, DHCP_FQDN_NAME, cursor_left(c));
}

/* RFC 3118 */
static void take_authentication(struct dissection *d, struct cursor *c)
{
	enum { DELAYED = 1, HMAC_MD5 = 1, HASH_LENGTH = 16 };
	uint8_t protocol = take_u8(d, c, DHCP_AUTH_PROTOCOL);
	uint8_t algorithm =
		take_u8(d, c, protocol == DELAYED ? DHCP_AUTH_DELAYED : DHCP_AUTH_ALGORITHM);

	if (take_u8(d, c, DHCP_AUTH_RDM) == 0)
		take_uint(d, c, DHCP_AUTH_COUNTER);
	else
		take_text(d, c, DHCP_AUTH_VALUE, 8);
	if (protocol == DELAYED && algorithm == HMAC_MD5 && cursor_left(c) >= 4 + HASH_LENGTH) {
		take_u32(d, c, DHCP_AUTH_SECRET);
		take_bytes(d, c, DHCP_AUTH_HASH, HASH_LENGTH);
	} else if (cursor_left(c)) {
		take_text(d, c, DHCP_AUTH_INFORMATION, cursor_left(c));
	}
}

/* RFC 4578, 2.2: type 1 is UNDI. */
static void take_network_interface(struct dissection *d, struct cursor *c)
{
	cursor_skip(c, 1);
	take_u8(d, c, DHCP_NDI_MAJOR);
	take_u8(d, c, DHCP_NDI_MINOR);
}

static void take_machine(struct dissection *d, struct cursor *c)
{
	enum { GUID_LENGTH = 16 };

	cursor_skip(c, 1);
	if (cursor_left(c) == GUID_LENGTH)
		take_guid(d, c);
	else if (cursor_left(c))
		take_bytes(d, c, DHCP_CLIENT_ID, cursor_left(c));
}

/* RFC 4776 */
static void take_civic(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, DHCP_CIVIC_WHAT);
	take_text(d, c, DHCP_CIVIC_COUNTRY, 2);
	while (cursor_more(c)) {
		take_u8(d, c, DHCP_CIVIC_TYPE);
		uint8_t n = take_u8(d, c, DHCP_CIVIC_LENGTH);
		if (n)
			take_text(d, c, DHCP_CIVIC_VALUE, n);
	}
}

static void take_search(struct dissection *d, struct cursor *c)
{
	take_names(d, c, DHCP_SEARCH);
}

/* RFC 3361 */
static void take_sip(struct dissection *d, struct cursor *c)
{
	enum { NAMES, ADDRESSES };
	uint8_t encoding = take_u8(d, c, DHCP_SIP_ENCODING);

	if (encoding == NAMES) {
		take_names(d, c, DHCP_SIP_NAME);
	} else if (encoding == ADDRESSES) {
		if (cursor_left(c) % 4)
			note_finding(d, DHCP_BAD_LENGTH, "length isn't a multiple of 4 plus 1");
		while (cursor_left(c) >= 4)
			take_ipv4(d, c, DHCP_SIP_ADDRESS);
	} else {
		note_finding(d, DHCP_BAD_SIP, NULL);
	}
}

/* RFC 3442: as many bytes of the network as its mask has. */
static void take_classless(struct dissection *d, struct cursor *c)
{
	while (cursor_more(c)) {
		uint32_t start = c->pos;
		uint8_t width = cursor_u8(c);
		if (width > 32) {
			note_finding(d, DHCP_BAD_MASK_WIDTH, "Mask width (%u) > 32", width);
			return;
		}
		uint32_t bytes = (width + 7u) / 8, network = 0;
		for (uint32_t i = 0; i < bytes; i++)
			network |= (uint32_t)cursor_u8(c) << (24 - 8 * i);
		uint32_t router = cursor_u32(c);
		char to[ADDRESS_TEXT_ROOM], by[ADDRESS_TEXT_ROOM];
		address_text_ipv4(network, to);
		address_text_ipv4(router, by);
		node_id node = add_bytes(d, c, DHCP_CLASSLESS, start, 5 + bytes, NULL, 5 + bytes);
		if (width)
			label_set(d, node, " %s/%u-%s", to, width, by);
		else
			label_set(d, node, " default-%s", by);
	}
}

/* RFC 3925, 3 */
static void take_vendor_class(struct dissection *d, struct cursor *c)
{
	while (cursor_more(c)) {
		take_u32(d, c, DHCP_VI_CLASS_ENTERPRISE);
		uint8_t n = take_u8(d, c, DHCP_VI_CLASS_LENGTH);
		if (n)
			take_text(d, c, DHCP_VI_CLASS_DATA, n);
	}
}

static void take_vendor_information(struct dissection *d, struct cursor *c)
{
	while (cursor_more(c)) {
		uint32_t start = c->pos;
		take_u32(d, c, DHCP_VI_ENTERPRISE);
		node_id tree = last_node(d);
		open_node(d, tree);
		uint8_t n = take_u8(d, c, DHCP_VI_LENGTH);
		if (n)
			take_bytes(d, c, DHCP_VI_VALUE, n);
		node_set_length(d, tree, c->pos - start);
		close_node(d, tree);
	}
}

/* RFC 5223 */
static void take_lost(struct dissection *d, struct cursor *c)
{
	take_names(d, c, DHCP_LOST);
}

/* RFC 6731, 4.3 */
static void take_rdnss(struct dissection *d, struct cursor *c)
{
	take_uint_n(d, c, DHCP_RDNSS_PREFERENCE, 1);
	take_ipv4(d, c, DHCP_RDNSS_PRIMARY);
	take_ipv4(d, c, DHCP_RDNSS_SECONDARY);
	if (cursor_left(c))
		take_names(d, c, DHCP_RDNSS_DOMAIN);
}

static void take_status(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, DHCP_STATUS);
	if (cursor_left(c))
		take_text(d, c, DHCP_STATUS_MESSAGE, cursor_left(c));
}

/* RFC 7618 */
static void take_ports(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, DHCP_PORTS_OFFSET);
	take_u8(d, c, DHCP_PORTS_LENGTH);
	take_bytes(d, c, DHCP_PORTS_PSID, 2);
}

/* RFC 5969, 7.1.1 */
static void take_6rd(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, DHCP_6RD_MASK);
	take_u8(d, c, DHCP_6RD_LENGTH);
	take_ipv6(d, c, DHCP_6RD_PREFIX);
	while (cursor_more(c))
		take_ipv4(d, c, DHCP_6RD_RELAY);
}

static void (*const special[256])(struct dissection *d, struct cursor *c) = {
	[21] = take_policy,
	[33] = take_routes,
	[55] = take_request_list,
	[61] = take_client_id,
	[77] = take_user_class,
	[78] = take_slp_agents,
	[79] = take_slp_scope,
	[81] = take_fqdn,
	[90] = take_authentication,
	[94] = take_network_interface,
	[97] = take_machine,
	[99] = take_civic,
	[119] = take_search,
	[120] = take_sip,
	[121] = take_classless,
	[124] = take_vendor_class,
	[125] = take_vendor_information,
	[137] = take_lost,
	[146] = take_rdnss,
	[151] = take_status,
	[159] = take_ports,
	[212] = take_6rd,
	[249] = take_classless,
};

bool dhcp_special_value(struct dissection *d, uint8_t code, struct cursor *c)
{
	if (!special[code])
		return false;
	special[code](d, c);
	return true;
}
