/* dhcp_options.c - DHCP's options (RFC 2132 and IANA's list): names, and those of one kind of
 * value. */
#include "dhcp.h"
#include "dns.h"

struct plain_option {
	const char *name;
	uint8_t kind; /* enum dhcp_kind */
	uint16_t field;
};

#define PLAIN(code, enumerator, words, which, ...)                                                 \
	[code] = { words, DHCP_##which, DHCP_##enumerator },

static const struct plain_option plain_options[256] = { DHCP_PLAIN_OPTIONS(PLAIN) };
static const struct plain_option relay_options[256] = {
	DHCP_PLAIN_SUBOPTIONS(PLAIN)[16] = { "Access Point BSSID", DHCP_SPECIAL, DHCP_RELAY_BSSID },
	[0] = { "Padding", DHCP_BYTES, DHCP_RELAY_VALUE },
	[19] = { "Source Port", DHCP_BYTES, DHCP_RELAY_VALUE },
};

/* Those without a row of one kind. */
static const char *const other_names[256] = {
	[0] = "Padding",
	[21] = "Policy Filter",
	[33] = "Static Route",
	[43] = "Vendor-Specific Information",
	[52] = "Option Overload",
	[53] = "DHCP Message Type",
	[55] = "Parameter Request List",
	[61] = "Client identifier",
	[62] = "Novell/Netware IP domain",
	[63] = "Novell Options",
	[77] = "User Class Information",
	[78] = "Directory Agent Information",
	[79] = "Service Location Agent Scope",
	[80] = "Rapid commit",
	[81] = "Client Fully Qualified Domain Name",
	[82] = "Agent Information Option",
	[83] = "iSNS",
	[84] = "Removed/Unassigned",
	[88] = "BCMCS Controller Domain Name",
	[89] = "BCMCS Controller IPv4 address",
	[90] = "Authentication",
	[94] = "Client Network Device Interface",
	[95] = "LDAP",
	[96] = "Removed/Unassigned",
	[97] = "UUID/GUID-based Client Identifier",
	[98] = "Open Group's User Authentication",
	[99] = "Civic Addresses Configuration",
	[102] = "Removed/unassigned",
	[103] = "Removed/unassigned",
	[104] = "Removed/unassigned",
	[105] = "Removed/unassigned",
	[106] = "Removed/unassigned",
	[107] = "Removed/unassigned",
	[108] = "IPv6-Only Preferred",
	[110] = "Removed/Unassigned",
	[115] = "Removed/Unassigned",
	[119] = "Domain Search",
	[120] = "SIP Servers",
	[121] = "Classless Static Route",
	[122] = "CableLabs Client Configuration",
	[123] = "Coordinate-based Location Configuration",
	[124] = "V-I Vendor Class",
	[125] = "V-I Vendor-specific Information",
	[126] = "Removed/Unassigned",
	[127] = "Removed/Unassigned",
	[128] = "DOCSIS full security server IP",
	[129] = "PXE - undefined (vendor specific)",
	[130] = "PXE - undefined (vendor specific)",
	[131] = "PXE - undefined (vendor specific)",
	[132] = "PXE - undefined (vendor specific)",
	[133] = "PXE - undefined (vendor specific)",
	[134] = "PXE - undefined (vendor specific)",
	[135] = "PXE - undefined (vendor specific)",
	[137] = "LoST Server Domain Name",
	[139] = "IPv4 Address-MoS",
	[140] = "IPv4 FQDN-MoS",
	[141] = "SIP UA Configuration Domains",
	[143] = "Zerotouch Redirect",
	[144] = "Geospatial Location",
	[146] = "RDNSS Selection",
	[151] = "Leasequery Status code",
	[158] = "PCP Server",
	[159] = "Portparams",
	[160] = "Unassigned (ex DHCP Captive-Portal)",
	[175] = "Etherboot",
	[176] = "IP Telephone",
	[177] = "Etherboot",
	[208] = "PXELINUX Magic",
	[211] = "Reboot Time",
	[212] = "6RD",
	[213] = "V4 Access Domain",
	[220] = "Subnet Allocation",
	[221] = "Virtual Subnet Selection",
	[242] = "Private/Avaya IP Telephone",
	[249] = "Private/Classless Static Route (Microsoft)",
	[255] = "End",
};

const char *dhcp_option_name(uint8_t code)
{
	if (plain_options[code].name)
		return plain_options[code].name;
	if (other_names[code])
		return other_names[code];
	return code >= 224 ? "Private" : "Unassigned";
}

/* Bytes that each value of the kind takes; 0: any number. */
static uint32_t kind_width(enum dhcp_kind kind)
{
	switch (kind) {
	case DHCP_BOOL:
	case DHCP_U8:
	case DHCP_U8S:
	case DHCP_HEX8:
		return 1;
	case DHCP_U16:
	case DHCP_U16S:
		return 2;
	case DHCP_ADDRESS:
	case DHCP_ADDRESSES:
	case DHCP_HEX32:
	case DHCP_SECONDS:
	case DHCP_SIGNED_SECONDS:
	case DHCP_EPOCH:
		return 4;
	default:
		return 0;
	}
}

static bool kind_repeats(enum dhcp_kind kind)
{
	return kind == DHCP_ADDRESSES || kind == DHCP_U8S || kind == DHCP_U16S;
}

static bool length_fits(enum dhcp_kind kind, uint32_t length)
{
	uint32_t width = kind_width(kind);

	if (!width)
		return length > 0;
	return kind_repeats(kind) ? length && length % width == 0 : length == width;
}

static void note_length(struct dissection *d, enum dhcp_kind kind)
{
	if (kind_repeats(kind))
		note_finding(d, DHCP_BAD_LENGTH, "Option length isn't a multiple of %u",
			     kind_width(kind));
	else
		note_finding(d, DHCP_BAD_LENGTH, "length isn't %u", kind_width(kind));
}

static void take_seconds(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t seconds = take_u32(d, c, field);
	const char *title = dhcp_fields[field].name;

	if (!dns_wants_words(d))
		return;
	if (dhcp_fields[field].type == FIELD_I32 && (int32_t)seconds < 0)
		label_set(d, last_node(d), "%s: (%ds) -%s", title, (int32_t)seconds,
			  dns_seconds_text(d, -seconds));
	else if (seconds == UINT32_MAX)
		label_set(d, last_node(d), "%s: (%us) infinity", title, seconds);
	else
		label_set(d, last_node(d), "%s: (%us) %s", title, seconds,
			  dns_seconds_text(d, seconds));
}

static void take_one(struct dissection *d, struct cursor *c, node_id tree,
		     const struct plain_option *option)
{
	uint32_t start = c->pos;

	switch (option->kind) {
	case DHCP_ADDRESS: {
		char text[ADDRESS_TEXT_ROOM];
		address_text_ipv4(take_ipv4(d, c, option->field), text);
		label(d, tree, " (%s)", text);
		break;
	}
	case DHCP_ADDRESSES:
		take_ipv4(d, c, option->field);
		break;
	case DHCP_TEXT:
		take_text(d, c, option->field, cursor_left(c));
		break;
	case DHCP_BOOL: {
		bool value = cursor_u8(c) != 0;
		add_uint(d, c, option->field, start, 1, value);
		break;
	}
	case DHCP_SECONDS:
	case DHCP_SIGNED_SECONDS:
		take_seconds(d, c, option->field);
		break;
	case DHCP_EPOCH: {
		int64_t seconds = cursor_u32(c);
		add_uint(d, c, option->field, start, 4, (uint64_t)(seconds * INT64_C(1000000000)));
		break;
	}
	case DHCP_RAW:
		take_bytes(d, c, option->field, cursor_left(c));
		break;
	default:
		/* RFC 4578 gives 9 to EFI on x86-64, its erratum 4625 gives it to byte code. */
		if (take_uint(d, c, option->field) == 9 && option->field == DHCP_ARCHITECTURE)
			note_finding_on(d, last_node(d), DHCP_AMBIGUOUS_ARCHITECTURE, NULL);
	}
}

static void take_plain(struct dissection *d, struct cursor *c, node_id tree,
		       const struct plain_option *option)
{
	do
		take_one(d, c, tree, option);
	while (kind_repeats(option->kind) && cursor_more(c));
}

/* --- the relay agent's: RFC 3046 --- */

static void take_relay_value(struct dissection *d, struct cursor *c, node_id tree, uint8_t code)
{
	const struct plain_option *option = &relay_options[code];
	uint32_t n = cursor_left(c);
	bool fits = option->name && option->kind != DHCP_BYTES && length_fits(option->kind, n);

	if (n) {
		add_bytes(d, c, DHCP_RELAY_VALUE, c->pos, n, NULL, n);
		if (fits)
			node_flag(d, last_node(d), NODE_HIDDEN);
	}
	if (!fits) {
		if (option->name && kind_width(option->kind))
			note_length(d, option->kind);
		cursor_skip(c, n);
	} else if (option->kind == DHCP_SPECIAL) {
		take_ether(d, c, option->field);
	} else {
		take_plain(d, c, tree, option);
	}
}

static void take_relay(struct dissection *d, struct cursor *c)
{
	while (cursor_more(c)) {
		uint32_t start = c->pos;
		uint8_t code = (uint8_t)look_uint(d, c, DHCP_RELAY_SUBOPTION);
		node_id tree = last_node(d);
		const char *name = relay_options[code].name;

		cursor_skip(c, 1);
		label_set(d, tree, "Option 82 Suboption: (%u) %s", code, name ? name : "Unknown");
		if (code == 0 || !cursor_more(c))
			continue;
		open_node(d, tree);
		uint8_t length = take_u8(d, c, DHCP_SUBOPTION_LENGTH);
		if (length > cursor_sent(c))
			note_finding(d, DHCP_SUBOPTION_INVALID,
				     "Invalid suboption %u: its %u bytes do not fit", code, length);
		struct cursor value = cursor_split(c, length);
		node_set_length(d, tree, c->pos - start);
		take_relay_value(d, &value, tree, code);
		close_node(d, tree);
	}
}

/* --- any option --- */

void dhcp_add_value(struct dissection *d, const struct cursor *c, bool hidden)
{
	uint32_t n = cursor_left(c);

	add_bytes(d, c, DHCP_OPTION_VALUE, c->pos, n, NULL, n);
	if (hidden)
		node_flag(d, last_node(d), NODE_HIDDEN);
}

void dhcp_option_value(struct dissection *d, node_id tree, uint8_t code, struct cursor *c)
{
	const struct plain_option *option = &plain_options[code];
	uint32_t n = cursor_left(c);

	if (option->name) {
		bool fits = length_fits(option->kind, n);
		dhcp_add_value(d, c, fits);
		if (fits)
			take_plain(d, c, tree, option);
		else if (n && kind_width(option->kind))
			note_length(d, option->kind);
		return;
	}
	if (!n) {
		dhcp_add_value(d, c, false);
		return;
	}
	struct cursor value = *c;
	dhcp_add_value(d, c, false);
	node_id bytes = last_node(d);
	if (code == 82) {
		take_relay(d, &value);
	} else if (!dhcp_special_value(d, code, &value)) {
		return;
	}
	node_flag(d, bytes, NODE_HIDDEN);
}
