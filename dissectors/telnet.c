/* telnet.c - Telnet, RFC 854: text, with commands between that begin with a byte of 255 (IAC).
 *
 *     IAC command                        no operation, break, go ahead, ...
 *     IAC will|won't|do|don't option     RFC 855
 *     IAC SB option ... IAC SE           what an option has to say
 *
 * A message is all that is at hand, up to a command that has not come whole. */
#include <string.h>

#include "dissect/text_line.h"
#include "telnet.h"

enum { PORT = 23 };

enum {
	OPTION_TERMINAL_TYPE = 24,
	OPTION_WINDOW_SIZE = 31,
	OPTION_TERMINAL_SPEED = 32,
	OPTION_FLOW_CONTROL = 33,
	OPTION_DISPLAY = 35,
	OPTION_AUTHENTICATION = 37,
	OPTION_ENCRYPTION = 38,
};

/* A suboption that does not end within so many bytes is taken as it is. */
enum { SUBOPTION_LIMIT = 1 << 16 };

/* IANA's list of Telnet options. */
static const char *const option_names[] = {
	"Binary Transmission",
	"Echo",
	"Reconnection",
	"Suppress Go Ahead",
	"Approx Message Size Negotiation",
	"Status",
	"Timing Mark",
	"Remote Controlled Trans and Echo",
	"Output Line Width",
	"Output Page Size",
	"Output Carriage-Return Disposition",
	"Output Horizontal Tab Stops",
	"Output Horizontal Tab Disposition",
	"Output Formfeed Disposition",
	"Output Vertical Tabstops",
	"Output Vertical Tab Disposition",
	"Output Linefeed Disposition",
	"Extended ASCII",
	"Logout",
	"Byte Macro",
	"Data Entry Terminal",
	"SUPDUP",
	"SUPDUP Output",
	"Send Location",
	"Terminal Type",
	"End of Record",
	"TACACS User Identification",
	"Output Marking",
	"Terminal Location Number",
	"Telnet 3270 Regime",
	"X.3 PAD",
	"Negotiate About Window Size",
	"Terminal Speed",
	"Remote Flow Control",
	"Linemode",
	"X Display Location",
	"Environment Option",
	"Authentication Option",
	"Encryption Option",
	"New Environment Option",
	"TN3270E",
	"XAUTH",
	"CHARSET",
	"Remote Serial Port",
	"COM Port Control",
	"Suppress Local Echo",
	"Start TLS",
	"KERMIT",
	"SEND-URL",
	"FORWARD_X",
};

static const char *option_name(uint8_t option)
{
	return option < COUNT(option_names) ? option_names[option] : "<unknown option>";
}

/* --- suboptions --- */

static void take_rest(struct dissection *d, struct cursor *c, unsigned field)
{
	if (cursor_left(c))
		take_bytes(d, c, field, cursor_left(c));
}

/* RFC 1091 and its like: one end asks, the other tells. */
static void take_text_option(struct dissection *d, struct cursor *c, const char *what)
{
	enum { IS, SEND };
	uint32_t start = c->pos;
	uint8_t command = cursor_u8(c);

	if (command != IS && command != SEND) {
		note_finding(d, TELNET_WRONG_SUBCOMMAND, "Invalid %s subcommand %u", what, command);
		return;
	}
	node_id line = add_node(d, c, TELNET_SUBOPTION, start, 1);
	label_set(d, line, command == SEND ? "Send your %s" : "Here's my %s", what);
	if (command == IS && cursor_left(c))
		take_text(d, c, TELNET_VALUE, cursor_left(c));
}

static void take_window_size(struct dissection *d, struct cursor *c)
{
	enum { LENGTH = 4 };
	uint32_t length = cursor_left(c);

	if (length != LENGTH) {
		note_finding(d, TELNET_WRONG_LENGTH,
			     "Suboption parameter length is %u, should be %u", length, LENGTH);
		return;
	}
	take_u16(d, c, TELNET_WIDTH);
	take_u16(d, c, TELNET_HEIGHT);
}

static void take_authentication(struct dissection *d, struct cursor *c)
{
	enum { NAME = 3 };
	uint8_t command = take_u8(d, c, TELNET_AUTH_CMD);

	if (command == NAME) {
		if (cursor_left(c))
			take_text(d, c, TELNET_AUTH_NAME, cursor_left(c));
		return;
	}
	while (cursor_left(c) >= 2) {
		take_u8(d, c, TELNET_AUTH_TYPE);
		look_uint(d, c, TELNET_AUTH_ENC);
		look_uint(d, c, TELNET_AUTH_CRED);
		look_uint(d, c, TELNET_AUTH_HOW);
		take_uint(d, c, TELNET_AUTH_WHO);
		if (command != 1)
			break;
	}
	take_rest(d, c, TELNET_OPTION_DATA);
}

static void take_encryption(struct dissection *d, struct cursor *c)
{
	enum {
		IS,
		SUPPORT,
		REPLY,
		START,
		END,
		REQUEST_START,
		REQUEST_END,
		ENCRYPT_KEY,
		DECRYPT_KEY
	};

	switch (take_u8(d, c, TELNET_ENC_CMD)) {
	case IS:
	case REPLY:
		if (cursor_left(c))
			take_u8(d, c, TELNET_ENC_TYPE);
		take_rest(d, c, TELNET_ENC_DATA);
		break;
	case SUPPORT:
		while (cursor_left(c))
			take_u8(d, c, TELNET_ENC_TYPE);
		break;
	case START:
	case REQUEST_START:
	case ENCRYPT_KEY:
	case DECRYPT_KEY:
		take_rest(d, c, TELNET_ENC_KEY);
		break;
	default:
		take_rest(d, c, TELNET_OPTION_DATA);
	}
}

static void take_suboption(struct dissection *d, struct cursor *c, uint8_t option)
{
	if (!cursor_left(c))
		return;
	switch (option) {
	case OPTION_TERMINAL_TYPE:
	case OPTION_DISPLAY:
		take_text_option(d, c, option_name(option));
		break;
	case OPTION_WINDOW_SIZE:
		take_window_size(d, c);
		break;
	case OPTION_FLOW_CONTROL:
		take_u8(d, c, TELNET_FLOW);
		break;
	case OPTION_AUTHENTICATION:
		take_authentication(d, c);
		break;
	case OPTION_ENCRYPTION:
		take_encryption(d, c);
		break;
	default:
		break;
	}
	take_rest(d, c, TELNET_OPTION_DATA);
}

/* --- commands and text --- */

/* Where the suboption that began before these bytes ends: at an IAC with another byte than IAC
 * behind it.  False: it does not, within them; *end is where to look on when there are more. */
static bool find_suboption_end(const uint8_t *bytes, uint32_t n, uint32_t *end)
{
	for (uint32_t at = 0; at < n; at += 2) {
		const uint8_t *next = memchr(bytes + at, IAC, n - at);
		if (!next)
			break;
		at = (uint32_t)(next - bytes);
		*end = at;
		if (at + 1 == n)
			return false;
		if (bytes[at + 1] != IAC)
			return true;
	}
	*end = n;
	return false;
}

/* Bytes that the command at the cursor takes, the end of a suboption not among them; 0: more are
 * needed to say. */
static uint32_t command_length(const uint8_t *bytes, uint32_t n)
{
	uint32_t end;

	if (n < 2 || (bytes[1] >= SB && bytes[1] < IAC && n < 3))
		return 0;
	if (bytes[1] == SB)
		return find_suboption_end(bytes + 3, n - 3, &end) ? 3 + end : 0;
	return bytes[1] > SB && bytes[1] < IAC ? 3 : 2;
}

/* Two IACs in a suboption stand for one: then the value is a buffer of its own. */
static void unescape(struct dissection *d, struct cursor *value)
{
	uint32_t n = cursor_left(value), out = 0;
	const uint8_t *bytes;

	if (!n || !cursor_peek(value, 0, n, &bytes) || !memchr(bytes, IAC, n))
		return;
	uint8_t *to = arena_alloc(&d->arena, n);
	for (uint32_t at = 0; at < n; at++) {
		to[out++] = bytes[at];
		at += bytes[at] == IAC && at + 1 < n && bytes[at + 1] == IAC;
	}
	*value = cursor_on_buffer(d, value, to, out, "Suboption");
}

static void take_option(struct dissection *d, struct cursor *c, uint8_t command, uint32_t length,
			node_id tree)
{
	uint32_t start = c->pos;
	uint8_t option = cursor_u8(c);
	const char *name = option_name(option);
	struct cursor value = cursor_split(c, length - 3);

	label_set(d, tree, "%s %s", value_name(telnet_fields[TELNET_CMD].names, command), name);
	node_id node = add_uint(d, c, TELNET_SUBCMD, start, 1, option);
	label_set(d, node, "Subcommand: %s", name);
	if (command != SB)
		return;
	open_node(d, node);
	unescape(d, &value);
	take_suboption(d, &value, option);
	close_node(d, node);
	node_set_length(d, node, 1);
}

static void take_command(struct dissection *d, struct cursor *c, uint32_t length)
{
	node_id tree = open_tree(d, c, TELNET_COMMAND);

	cursor_skip(c, 1);
	uint8_t command = take_u8(d, c, TELNET_CMD);
	const char *name = value_name(telnet_fields[TELNET_CMD].names, command);
	if (length > 2)
		take_option(d, c, command, length, tree);
	else if (name)
		label_set(d, tree, "%s", name);
	else
		label_set(d, tree, "<unknown command %u>", command);
	close_tree(d, tree, c);
}

/* A line's end: LF, CR LF, CR NUL or a CR alone. */
static uint32_t line_length(const uint8_t *bytes, uint32_t n)
{
	uint32_t at = 0;

	while (at < n && bytes[at] != '\r' && bytes[at] != '\n')
		at++;
	if (at == n)
		return n;
	bool pair = bytes[at] == '\r' && at + 1 < n && (bytes[at + 1] == '\n' || !bytes[at + 1]);
	return at + 1 + pair;
}

/* Text up to the next command; two IACs are a byte of it. */
static void take_lines(struct dissection *d, struct cursor *c)
{
	const uint8_t *bytes;
	uint32_t n = cursor_left(c), at = 0;

	if (!cursor_peek(c, 0, n, &bytes))
		return;
	for (;;) {
		const uint8_t *next = memchr(bytes + at, IAC, n - at);
		if (!next)
			break;
		at = (uint32_t)(next - bytes);
		if (at + 1 == n || bytes[at + 1] != IAC) {
			n = at;
			break;
		}
		at += 2;
	}
	for (at = 0; at < n;) {
		uint32_t length = line_length(bytes + at, n - at);
		take_text(d, c, TELNET_DATA, length);
		at += length;
	}
}

static void telnet_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *bytes;

	info_begin(d);
	info(d, "Telnet Data ...");
	while (cursor_left(c)) {
		uint32_t left = cursor_left(c);
		if (!cursor_peek(c, 0, left, &bytes))
			break;
		if (*bytes != IAC || (left > 1 && bytes[1] == IAC)) {
			take_lines(d, c);
			continue;
		}
		uint32_t length = command_length(bytes, left);
		/* Cut off: what is there of it. */
		take_command(d, c, length ? length : left);
	}
}

/* The whole commands and the text at hand; *part is the command behind them that is not whole. */
static uint32_t whole_length(const uint8_t *bytes, uint32_t n, const uint8_t **part)
{
	uint32_t at = 0;

	*part = NULL;
	while (at < n) {
		const uint8_t *next = memchr(bytes + at, IAC, n - at);
		if (!next)
			return n;
		at = (uint32_t)(next - bytes);
		uint32_t length = command_length(next, n - at);
		if (!length) {
			*part = next;
			return at;
		}
		at += length;
	}
	return at;
}

enum { IN_SUBOPTION = 1 };

static void scan_suboption(const uint8_t *bytes, uint32_t n, struct message_scan *scan)
{
	uint32_t end = 0;

	scan->known = find_suboption_end(bytes, n, &end) || scan->ended ||
		      scan->offset + n > SUBOPTION_LIMIT;
	scan->offset += scan->ended ? n : end;
	scan->size = scan->offset;
}

static void telnet_message_size(struct dissection *d, const struct cursor *c,
				struct message_scan *scan)
{
	uint32_t n = cursor_left(c);
	const uint8_t *bytes, *part;

	(void)d;
	if (!cursor_peek(c, 0, n, &bytes))
		return;
	if (scan->state == IN_SUBOPTION) {
		scan_suboption(bytes, n, scan);
		return;
	}
	scan->size = whole_length(bytes, n, &part);
	scan->known = scan->size || scan->ended;
	if (scan->known && !scan->size)
		scan->size = n;
	if (scan->known || n < 3 || part[1] != SB)
		return;
	scan->state = IN_SUBOPTION;
	scan->offset = 3;
	scan_suboption(bytes + 3, n - 3, scan);
}

/* Two commands about options (RFC 855): text does not begin so, and files do not either. */
static bool telnet_looks_like(const struct dissection *d, const struct cursor *c)
{
	enum { COMMAND = 3, LAST_OPTION = 140 };
	const uint8_t *at;

	(void)d;
	if (!cursor_peek(c, 0, 2 * COMMAND, &at))
		return false;
	for (unsigned i = 0; i < 2; i++, at += COMMAND)
		if (at[0] != IAC || at[1] < WILL || at[1] > DONT || at[2] > LAST_OPTION)
			return false;
	return true;
}

static const struct claim telnet_claims[] = { { BY_TCP_PORT, PORT } };

const struct dissector telnet_dissector = {
	.name = "telnet",
	.short_name = "TELNET",
	.title = "Telnet",
	.fields = telnet_fields,
	.field_count = TELNET_FIELDS,
	.claims = telnet_claims,
	.claim_count = COUNT(telnet_claims),
	.dissect = telnet_dissect,
	.looks_like = telnet_looks_like,
	.at_beginning = true,
	.message_size = telnet_message_size,
};
