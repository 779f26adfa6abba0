/* dhcp.c - Dynamic Host Configuration Protocol, RFC 2131, and BOOTP, RFC 951.
 *
 *     +-----------+-----------+-----------+-----------+
 *     | op        | htype     | hlen      | hops      |
 *     | transaction                                   |
 *     | seconds               | flags                 |
 *     | client, your, next server's, relay's address  |  4 of 4 bytes
 *     | hardware address                              |  16 bytes
 *     | server's name, boot file                      |  64 and 128 bytes; may hold options
 *     | magic cookie, options                         |
 */
#include <string.h>

#include "dhcp.h"
#include "dns.h"

enum {
	FIXED_LENGTH = 236,
	CHADDR_LENGTH = 16,
	SNAME_LENGTH = 64,
	FILE_LENGTH = 128,
	SNAME_AT = 44,
	FILE_AT = 108,
	COOKIE = 0x63825363,
	PAD = 0,
	OVERLOAD = 52,
	MESSAGE_TYPE = 53,
	END = 255,
};

enum { OVERLOADS_FILE = 1, OVERLOADS_SNAME = 2 };

/* Info lines up what follows the message's type. */
enum { INFO_TYPE_WIDTH = 8 };

/* What options say that matters before they are shown; the last of each counts. */
struct dhcp_message {
	struct cursor start;
	uint8_t type;	  /* 0: none; this is BOOTP */
	uint8_t overload; /* the fields that hold options as well */
};

/* --- options --- */

/* "sname" and "file" with options in them, below option 52. */
static void take_options(struct dissection *d, struct cursor *c, const struct dhcp_message *message,
			 unsigned missing);

static void take_overloaded(struct dissection *d, const struct dhcp_message *message, uint32_t at,
			    uint32_t length, unsigned missing)
{
	struct cursor whole = message->start;

	cursor_skip(&whole, at);
	struct cursor c = cursor_split(&whole, length);
	node_id tree = open_tree(d, &c, DHCP_OVERLOAD_TREE);
	label_set(d, tree, "%s option overload",
		  missing == DHCP_FILE_END_MISSING ? "Boot file name" : "Server host name");
	/* Within them the option is nothing but a number. */
	take_options(d, &c, NULL, missing);
	close_tree(d, tree, &c);
}

static void take_overload(struct dissection *d, struct cursor *c,
			  const struct dhcp_message *message)
{
	uint8_t which = take_u8(d, c, DHCP_OVERLOAD);

	if (!message)
		return;
	if (which & OVERLOADS_SNAME)
		take_overloaded(d, message, SNAME_AT, SNAME_LENGTH, DHCP_SNAME_END_MISSING);
	if (which & OVERLOADS_FILE)
		take_overloaded(d, message, FILE_AT, FILE_LENGTH, DHCP_FILE_END_MISSING);
}

static void take_padding(struct dissection *d, struct cursor *c)
{
	struct cursor run = *c;
	const uint8_t *at;
	node_id tree = add_uint(d, c, DHCP_OPTION, c->pos, 1, PAD);

	while (cursor_peek(&run, 0, 1, &at) && *at == PAD)
		cursor_skip(&run, 1);
	label_set(d, tree, "Option: (0) Padding");
	node_set_length(d, tree, run.pos - c->pos);
	open_node(d, tree);
	take_bytes(d, c, DHCP_PADDING, run.pos - c->pos);
	close_node(d, tree);
}

static void take_end(struct dissection *d, struct cursor *c)
{
	/* Not its code: that is in the field of its own, as with Wireshark. */
	node_id tree = add_uint(d, c, DHCP_OPTION, c->pos, 1, 0);

	label_set(d, tree, "Option: (255) End");
	open_node(d, tree);
	take_u8(d, c, DHCP_END);
	close_node(d, tree);
}

static void take_option(struct dissection *d, struct cursor *c, const struct dhcp_message *message)
{
	uint32_t start = c->pos;
	uint8_t code = (uint8_t)look_uint(d, c, DHCP_OPTION);
	node_id tree = last_node(d);
	const char *name = dhcp_option_name(code);

	cursor_skip(c, 1);
	label_set(d, tree, "Option: (%u) %s", code, name);
	open_node(d, tree);
	uint8_t length = take_u8(d, c, DHCP_OPTION_LENGTH);
	struct cursor value = cursor_split(c, length);
	if (length > cursor_sent(&value))
		cursor_skip(&value, length);
	node_set_length(d, tree, c->pos - start);
	if (code == MESSAGE_TYPE && length) {
		dhcp_add_value(d, &value, true);
		uint8_t type = take_u8(d, &value, DHCP_OPTION_DHCP);
		const char *words = value_name(dhcp_message_names, type);
		label(d, tree, " (%s)",
		      words ? words
			    : arena_printf(&d->arena, "Unknown Message Type (0x%02x)", type));
	} else if (code == OVERLOAD && length) {
		dhcp_add_value(d, &value, true);
		take_overload(d, &value, message);
	} else {
		dhcp_option_value(d, tree, code, &value);
	}
	if (cursor_left(&value))
		cursor_skip(&value, cursor_left(&value));
	close_node(d, tree);
}

static void take_options(struct dissection *d, struct cursor *c, const struct dhcp_message *message,
			 unsigned missing)
{
	const uint8_t *code;

	while (cursor_more(c)) {
		if (!cursor_peek(c, 0, 1, &code)) {
			cursor_skip(c, 1);
		} else if (*code == PAD) {
			take_padding(d, c);
		} else if (*code == END) {
			take_end(d, c);
			if (cursor_more(c) && message)
				take_bytes(d, c, DHCP_PADDING, cursor_sent(c));
			return;
		} else {
			take_option(d, c, message);
		}
	}
	if (!message || message->type)
		note_finding(d, missing, NULL);
}

/* Looks for what is to be known first; faults are found when the options are shown. */
static void look_ahead(struct dhcp_message *message)
{
	struct cursor c = message->start;
	const uint8_t *at;
	uint32_t offset = FIXED_LENGTH + 4;

	if (!cursor_peek(&c, FIXED_LENGTH, 4, &at) || load_be32(at) != COOKIE)
		return;
	while (cursor_peek(&c, offset, 1, &at) && *at != END) {
		if (*at == PAD) {
			offset++;
			continue;
		}
		if (!cursor_peek(&c, offset, 3, &at))
			return;
		if (at[0] == MESSAGE_TYPE && at[1])
			message->type = at[2];
		if (at[0] == OVERLOAD && at[1])
			message->overload = at[2];
		offset += 2u + at[1];
	}
}

/* --- the fixed part --- */

static void take_secs(struct dissection *d, struct cursor *c)
{
	const uint8_t *at;
	uint32_t start = c->pos;
	uint16_t seconds = cursor_peek(c, 0, 2, &at) ? load_be16(at) : 0;

	/* Nobody waits for so many minutes: a common mistake. */
	if (seconds < 256 || seconds & 0xff) {
		take_u16(d, c, DHCP_SECS);
		return;
	}
	cursor_skip(c, 2);
	node_id node = add_uint(d, c, DHCP_SECS, start, 2, seconds >> 8);
	note_finding_on(d, node, DHCP_SECS_LE, NULL);
}

static const uint8_t *take_hardware(struct dissection *d, struct cursor *c, uint8_t type,
				    uint8_t length)
{
	const uint8_t *address = NULL;

	if (length > CHADDR_LENGTH)
		length = CHADDR_LENGTH;
	if ((type == 1 || type == 6) && length == 6)
		address = take_ether(d, c, DHCP_HW_MAC);
	else if (length)
		take_bytes(d, c, DHCP_HW_ADDR, length);
	else
		note_finding(d, DHCP_NO_CLIENT_ADDRESS, NULL);
	if (CHADDR_LENGTH > length)
		take_bytes(d, c, DHCP_HW_PADDING, CHADDR_LENGTH - length);
	return address;
}

static void take_name(struct dissection *d, struct cursor *c, unsigned field, uint32_t length,
		      unsigned overloaded)
{
	if (overloaded) {
		cursor_skip(c, length);
		note_finding(d, overloaded, NULL);
		return;
	}
	const uint8_t *at;
	bool given = cursor_peek(c, 0, 1, &at) && *at;
	take_text(d, c, field, length);
	if (!given)
		label_set(d, last_node(d), "%s not given", dhcp_fields[field].name);
}

/* Info for what is no DHCP. */
static void say_bootp(struct dissection *d, uint8_t op, const uint8_t *mac)
{
	if (!d->in_error)
		info_protocol(d, "BOOTP");
	if (op != 1 && op != 2) {
		info(d, "Unknown BOOTP message type (%u)", op);
		return;
	}
	char text[ADDRESS_TEXT_ROOM] = "";
	if (mac)
		address_text_ether(mac, text);
	info(d, op == 1 ? "Boot Request from %s" : "Boot Reply", text);
	if (op == 1 && mac)
		info(d, " (%s)", text);
}

static void say_dhcp(struct dissection *d, uint8_t type)
{
	const char *words = value_name(dhcp_message_names, type);

	if (!words)
		words = arena_printf(&d->arena, "Unknown Message Type (0x%02x)", type);
	if (!d->in_error)
		info_protocol(d, "DHCP");
	info(d, "DHCP %s", words);
	for (size_t n = strlen(words); n < INFO_TYPE_WIDTH; n++)
		info_words(d, " ");
	label(d, layer_node(d), " (%s)", words);
}

static void take_rest(struct dissection *d, struct cursor *c, const struct dhcp_message *message)
{
	const uint8_t *at;

	if (!cursor_more(c))
		return;
	if (cursor_peek(c, 0, 4, &at) && load_be32(at) == COOKIE) {
		take_ipv4(d, c, DHCP_COOKIE);
		label_set(d, last_node(d), "Magic cookie: DHCP");
		take_options(d, c, message, DHCP_END_MISSING);
	} else {
		take_bytes(d, c, DHCP_VENDOR_OPTIONS, cursor_sent(c));
	}
}

static void dhcp_dissect(struct dissection *d, struct cursor *c)
{
	struct dhcp_message message = { .start = *c };

	info_begin(d);
	if (only_learning(d) && cursor_left(c) == cursor_sent(c) && cursor_left(c) < FIXED_LENGTH) {
		cursor_skip(c, FIXED_LENGTH);
		return;
	}
	look_ahead(&message);
	uint8_t op = take_u8(d, c, DHCP_TYPE);
	uint8_t type = take_u8(d, c, DHCP_HW_TYPE);
	uint8_t length = take_u8(d, c, DHCP_HW_LEN);
	if (message.type)
		say_dhcp(d, message.type);
	else if (op != 1 || !cursor_ok(c))
		say_bootp(d, op, NULL);
	take_u8(d, c, DHCP_HOPS);
	uint32_t id = take_u32(d, c, DHCP_ID);
	if (message.type)
		info(d, " - Transaction ID 0x%x", id);
	take_secs(d, c);
	uint64_t flags = take_flags(d, c, DHCP_FLAGS, DHCP_FLAGS_BC, DHCP_FLAGS_RESERVED);
	label(d, last_node(d), flags & 0x8000 ? ", Broadcast flag (Broadcast)" : " (Unicast)");
	take_ipv4(d, c, DHCP_IP_CLIENT);
	take_ipv4(d, c, DHCP_IP_YOUR);
	take_ipv4(d, c, DHCP_IP_SERVER);
	take_ipv4(d, c, DHCP_IP_RELAY);
	const uint8_t *mac = take_hardware(d, c, type, length);
	if (!message.type && op == 1 && cursor_ok(c))
		say_bootp(d, op, mac);
	take_name(d, c, DHCP_SERVER, SNAME_LENGTH,
		  message.overload & OVERLOADS_SNAME ? DHCP_SERVER_OVERLOADED : 0);
	take_name(d, c, DHCP_FILE, FILE_LENGTH,
		  message.overload & OVERLOADS_FILE ? DHCP_FILE_OVERLOADED : 0);
	take_rest(d, c, &message);
	if (!message.type)
		node_flag(d, put_uint(d, DHCP_BOOTP, 1), NODE_HIDDEN);
}

/* The cookie, and what stands where a request or an answer has little to choose. */
static bool dhcp_looks_like(const struct dissection *d, const struct cursor *c)
{
	const uint8_t *at;

	(void)d;
	return cursor_peek(c, 0, FIXED_LENGTH + 4, &at) && load_be32(at + FIXED_LENGTH) == COOKIE &&
	       (at[0] == 1 || at[0] == 2) && at[2] <= CHADDR_LENGTH;
}

static const struct claim dhcp_claims[] = {
	{ BY_UDP_PORT, 67 },
	{ BY_UDP_PORT, 68 },
	{ BY_UDP_PORT, 4011 },
};

const struct dissector dhcp_dissector = {
	.name = "dhcp",
	.short_name = "DHCP/BOOTP",
	.title = "Dynamic Host Configuration Protocol",
	.fields = dhcp_fields,
	.field_count = DHCP_FIELDS,
	.claims = dhcp_claims,
	.claim_count = COUNT(dhcp_claims),
	.dissect = dhcp_dissect,
	.looks_like = dhcp_looks_like,
	.at_beginning = true,
};
