/* chap.c - PPP Challenge Handshake Authentication Protocol, RFC 1994. */
#include "ppp.h"

enum { PROTOCOL_CHAP = 0xc223, CHALLENGE = 1, RESPONSE, SUCCESS, FAILURE };

enum {
	CHAP,
	CHAP_CODE,
	CHAP_IDENTIFIER,
	CHAP_LENGTH,
	CHAP_DATA,
	CHAP_VALUE_SIZE,
	CHAP_VALUE,
	CHAP_NAME,
	CHAP_MESSAGE,
	CHAP_STUFF,
};

static const struct value_name code_names[] = {
	{ 1, "Challenge" }, { 2, "Response" }, { 3, "Success" }, { 4, "Failure" }, { 0 },
};

static const struct field chap_fields[] = {
	[CHAP] = { "chap", "PPP Challenge Handshake Authentication Protocol", FIELD_PROTOCOL,
		   .help = "Proves that a secret is known without sending it",
		   .reference = "RFC 1994" },
	[CHAP_CODE] = { "chap.code", "Code", FIELD_U8, .names = code_names,
			.help = "Challenge, response, success or failure",
			.reference = "RFC 1994, 4" },
	[CHAP_IDENTIFIER] = { "chap.identifier", "Identifier", FIELD_U8,
			      .help = "Joins a response to its challenge",
			      .reference = "RFC 1994, 4" },
	[CHAP_LENGTH] = { "chap.length", "Length", FIELD_U16, .help = "Bytes of the message",
			  .reference = "RFC 1994, 4" },
	[CHAP_DATA] = { "chap.data", "Data", FIELD_NONE, .help = "The message's data",
			.reference = "RFC 1994, 4" },
	[CHAP_VALUE_SIZE] = { "chap.value_size", "Value Size", FIELD_U8,
			      .help = "Bytes of the value", .reference = "RFC 1994, 4.1" },
	[CHAP_VALUE] = { "chap.value", "Value", FIELD_BYTES,
			 .help = "The challenge, or the hash of it and the secret",
			 .reference = "RFC 1994, 4.1" },
	[CHAP_NAME] = { "chap.name", "Name", FIELD_TEXT, .help = "Who sends this",
			.reference = "RFC 1994, 4.1" },
	[CHAP_MESSAGE] = { "chap.message", "Message", FIELD_TEXT, .help = "Words for people",
			   .reference = "RFC 1994, 4.2" },
	[CHAP_STUFF] = { "chap.stuff", "Stuff", FIELD_BYTES,
			 .help = "Bytes that no rule accounts for", .reference = "RFC 1994, 4" },
};

static void dissect_handshake(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, CHAP_DATA);
	uint32_t n = take_u8(d, c, CHAP_VALUE_SIZE);
	const uint8_t *value = take_bytes(d, c, CHAP_VALUE, n);
	const char *name = take_text(d, c, CHAP_NAME, cursor_left(c));

	close_tree(d, tree, c);
	if (!value || !(d->wants & WANT_COLUMNS))
		return;
	info(d, " (NAME='%s', VALUE=0x", name);
	for (uint32_t i = 0; i < n; i++)
		info(d, "%02x", value[i]);
	info(d, ")");
}

static void chap_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	unsigned code = take_u8(d, c, CHAP_CODE);
	const char *name = value_name(code_names, code);
	if (cursor_ok(c))
		info(d, "%s", name ? name : "Unknown");
	take_u8(d, c, CHAP_IDENTIFIER);
	uint32_t length = take_u16(d, c, CHAP_LENGTH);
	struct cursor body = cursor_split(c, length > 4 ? length - 4 : 0);
	if (!cursor_more(&body))
		return;
	if (code == CHALLENGE || code == RESPONSE) {
		dissect_handshake(d, &body);
	} else if (code == SUCCESS || code == FAILURE) {
		const char *message = take_text(d, &body, CHAP_MESSAGE, cursor_left(&body));
		info(d, " (MESSAGE='%s')", message);
	} else {
		take_bytes(d, &body, CHAP_STUFF, cursor_left(&body));
	}
}

static const struct claim chap_claims[] = { { BY_PPP_PROTO, PROTOCOL_CHAP } };

const struct dissector chap_dissector = {
	.name = "chap",
	.short_name = "PPP CHAP",
	.title = "PPP Challenge Handshake Authentication Protocol",
	.fields = chap_fields,
	.field_count = COUNT(chap_fields),
	.claims = chap_claims,
	.claim_count = COUNT(chap_claims),
	.dissect = chap_dissect,
};
