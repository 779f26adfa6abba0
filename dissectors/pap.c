/* pap.c - PPP Password Authentication Protocol, RFC 1334, 2. */
#include "ppp.h"

enum { PROTOCOL_PAP = 0xc023, AUTHENTICATE_REQUEST = 1, AUTHENTICATE_ACK, AUTHENTICATE_NAK };

enum {
	PAP,
	PAP_CODE,
	PAP_IDENTIFIER,
	PAP_LENGTH,
	PAP_DATA,
	PAP_PEER_ID_LENGTH,
	PAP_PEER_ID,
	PAP_PASSWORD_LENGTH,
	PAP_PASSWORD,
	PAP_MESSAGE_LENGTH,
	PAP_MESSAGE,
	PAP_STUFF,
};

static const struct value_name code_names[] = {
	{ 1, "Authenticate-Request" },
	{ 2, "Authenticate-Ack" },
	{ 3, "Authenticate-Nak" },
	{ 0 },
};

static const struct field pap_fields[] = {
	[PAP] = { "pap", "PPP Password Authentication Protocol", FIELD_PROTOCOL,
		  .help = "Sends name and password once, as they are", .reference = "RFC 1334, 2" },
	[PAP_CODE] = { "pap.code", "Code", FIELD_U8, .names = code_names,
		       .help = "Whether this asks, accepts or refuses",
		       .reference = "RFC 1334, 2.2" },
	[PAP_IDENTIFIER] = { "pap.identifier", "Identifier", FIELD_U8,
			     .help = "Joins a reply to its request", .reference = "RFC 1334, 2.2" },
	[PAP_LENGTH] = { "pap.length", "Length", FIELD_U16, .help = "Bytes of the message",
			 .reference = "RFC 1334, 2.2" },
	[PAP_DATA] = { "pap.data", "Data", FIELD_NONE, .help = "The message's data",
		       .reference = "RFC 1334, 2.2" },
	[PAP_PEER_ID_LENGTH] = { "pap.peer_id.length", "Peer-ID-Length", FIELD_U8,
				 .help = "Bytes of the name", .reference = "RFC 1334, 2.2.1" },
	[PAP_PEER_ID] = { "pap.peer_id", "Peer-ID", FIELD_TEXT, .help = "The name of who wants in",
			  .reference = "RFC 1334, 2.2.1" },
	[PAP_PASSWORD_LENGTH] = { "pap.password.length", "Password-Length", FIELD_U8,
				  .help = "Bytes of the password", .reference = "RFC 1334, 2.2.1" },
	[PAP_PASSWORD] = { "pap.password", "Password", FIELD_TEXT, .flags = FIELD_SECRET,
			   .help = "The password, readable for anybody on the line",
			   .reference = "RFC 1334, 2.2.1" },
	[PAP_MESSAGE_LENGTH] = { "pap.message.length", "Message-Length", FIELD_U8,
				 .help = "Bytes of the message", .reference = "RFC 1334, 2.2.2" },
	[PAP_MESSAGE] = { "pap.message", "Message", FIELD_TEXT, .help = "Words for people",
			  .reference = "RFC 1334, 2.2.2" },
	[PAP_STUFF] = { "pap.stuff", "stuff", FIELD_BYTES,
			.help = "Bytes that no rule accounts for", .reference = "RFC 1334, 2.2" },
};

static const char *take_counted(struct dissection *d, struct cursor *c, unsigned length_field,
				unsigned field)
{
	uint32_t n = take_u8(d, c, length_field);

	return take_text(d, c, field, n);
}

static void pap_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	unsigned code = take_u8(d, c, PAP_CODE);
	const char *name = value_name(code_names, code);
	if (cursor_ok(c))
		info(d, "%s", name ? name : "Unknown");
	take_u8(d, c, PAP_IDENTIFIER);
	uint32_t length = take_u16(d, c, PAP_LENGTH);
	struct cursor body = cursor_split(c, length > 4 ? length - 4 : 0);
	if (!cursor_more(&body))
		return;
	node_id tree = open_tree(d, &body, PAP_DATA);
	if (code == AUTHENTICATE_REQUEST) {
		const char *peer = take_counted(d, &body, PAP_PEER_ID_LENGTH, PAP_PEER_ID);
		const char *password = take_counted(d, &body, PAP_PASSWORD_LENGTH, PAP_PASSWORD);
		if (cursor_ok(&body))
			info(d, " (Peer-ID='%s', Password='%s')", peer, password);
	} else if (code == AUTHENTICATE_ACK || code == AUTHENTICATE_NAK) {
		const char *message = take_counted(d, &body, PAP_MESSAGE_LENGTH, PAP_MESSAGE);
		if (cursor_ok(&body))
			info(d, " (Message='%s')", message);
	} else {
		take_bytes(d, &body, PAP_STUFF, cursor_left(&body));
	}
	close_tree(d, tree, &body);
}

static const struct claim pap_claims[] = { { BY_PPP_PROTO, PROTOCOL_PAP } };

const struct dissector pap_dissector = {
	.name = "pap",
	.short_name = "PPP PAP",
	.title = "PPP Password Authentication Protocol",
	.fields = pap_fields,
	.field_count = COUNT(pap_fields),
	.claims = pap_claims,
	.claim_count = COUNT(pap_claims),
	.dissect = pap_dissect,
};
