/* eap.c - Extensible Authentication Protocol, RFC 3748 4.
 *
 *      0         1         2                 4         5
 *      +---------+---------+-----------------+---------+--------------
 *      |  code   |   id    | length          |  type   | type's data ...
 *      +---------+---------+-----------------+---------+--------------
 *
 * Requests and responses have a type; Success and Failure end with the length. */
#include "dissect/dissector.h"

enum {
	EAP,
	EAP_CODE,
	EAP_ID,
	EAP_LEN,
	EAP_TYPE,
	EAP_DESIRED_TYPE,
	EAP_IDENTITY,
	EAP_NOTIFICATION,
	EAP_MD5_VALUE_SIZE,
	EAP_MD5_VALUE,
	EAP_MD5_EXTRA,
	EAP_TLS_FLAGS,
	EAP_TLS_LENGTH_INCLUDED,
	EAP_TLS_MORE,
	EAP_TLS_START,
	EAP_TLS_VERSION,
	EAP_TLS_LEN,
	EAP_EXT_VENDOR_ID,
	EAP_EXT_VENDOR_TYPE,
	EAP_DATA,
	EAP_BAD_LENGTH,
	EAP_WEAK,
	EAP_GUESSABLE,
	EAP_MD5_OVERFLOW,
};

enum { CODE_REQUEST = 1, CODE_RESPONSE, CODE_SUCCESS, CODE_FAILURE };
enum {
	TYPE_IDENTITY = 1,
	TYPE_NOTIFICATION = 2,
	TYPE_NAK = 3,
	TYPE_MD5 = 4,
	TYPE_TLS = 13,
	TYPE_LEAP = 17,
	TYPE_TTLS = 21,
	TYPE_PEAP = 25,
	TYPE_EXPANDED = 254,
};
enum { FLAG_LENGTH = 0x80, FLAG_MORE = 0x40, HEADER_LENGTH = 4 };

static const struct value_name code_names[] = {
	{ CODE_REQUEST, "Request" },
	{ CODE_RESPONSE, "Response" },
	{ CODE_SUCCESS, "Success" },
	{ CODE_FAILURE, "Failure" },
	{ 5, "Initiate" },
	{ 6, "Finish" },
	{ 0 },
};

/* IANA eap-numbers. */
static const struct value_name type_names[] = {
	{ TYPE_IDENTITY, "Identity" },
	{ TYPE_NOTIFICATION, "Notification" },
	{ TYPE_NAK, "Legacy Nak (Response Only)" },
	{ TYPE_MD5, "MD5-Challenge EAP (EAP-MD5-CHALLENGE)" },
	{ 5, "One-Time Password EAP (EAP-OTP)" },
	{ 6, "Generic Token Card EAP (EAP-GTC)" },
	{ 7, "Allocated" },
	{ 8, "Allocated" },
	{ 9, "RSA Public Key Authentication EAP (EAP-RSA-PKA)" },
	{ 10, "DSS Unilateral EAP (EAP-DSS)" },
	{ 11, "KEA EAP (EAP-KEA)" },
	{ 12, "KEA Validate EAP (EAP-KEA-VALIDATE)" },
	{ TYPE_TLS, "TLS EAP (EAP-TLS)" },
	{ 14, "Defender Token EAP (EAP-AXENT)" },
	{ 15, "RSA Security SecurID EAP (EAP-RSA-SECURID)" },
	{ 16, "Arcot Systems EAP (EAP-ARCOT-SYSTEMS)" },
	{ TYPE_LEAP, "Cisco Wireless EAP / Lightweight EAP (EAP-LEAP)" },
	{ 18, "GSM Subscriber Identity Modules EAP (EAP-SIM)" },
	{ 19, "Secure Remote Password SHA1 Part 1 EAP (EAP-SRP-SHA1-PART1)" },
	{ 20, "Secure Remote Password SHA1 Part 2 EAP (EAP-SRP-SHA1-PART2)" },
	{ TYPE_TTLS, "Tunneled TLS EAP (EAP-TTLS)" },
	{ 22, "Remote Access Service EAP (EAP-RAS)" },
	{ 23, "UMTS Authentication and Key Agreement EAP (EAP-AKA)" },
	{ 24, "3Com Wireless EAP (EAP-3COM-WIRELESS)" },
	{ TYPE_PEAP, "Protected EAP (EAP-PEAP)" },
	{ 26, "MS-Authentication EAP (EAP-MS-AUTH)" },
	{ 27, "Mutual Authentication w/Key Exchange EAP (EAP-MAKE)" },
	{ 28, "CRYPTOCard EAP (EAP-CRYPTOCARD)" },
	{ 29, "MS-CHAP-v2 EAP (EAP-MS-CHAP-V2)" },
	{ 30, "DynamID EAP (EAP-DYNAMID)" },
	{ 31, "Rob EAP (EAP-ROB)" },
	{ 32, "Protected One-Time Password EAP (EAP-POTP)" },
	{ 33, "MS-Authentication TLV EAP (EAP-MS-AUTH-TLV)" },
	{ 34, "SentriNET (EAP-SENTRINET)" },
	{ 35, "Actiontec Wireless EAP (EAP-ACTIONTEC-WIRELESS)" },
	{ 36, "Cogent Systems Biometrics Authentication EAP (EAP-COGENT-BIOMETRIC)" },
	{ 37, "AirFortress EAP (EAP-AIRFORTRESS)" },
	{ 38, "HTTP Digest EAP (EAP-HTTP-DIGEST)" },
	{ 39, "SecureSuite EAP (EAP-SECURESUITE)" },
	{ 40, "DeviceConnect EAP (EAP-DEVICECONNECT)" },
	{ 41, "Simple Password Exponential Key Exchange EAP (EAP-SPEKE)" },
	{ 42, "MOBAC EAP (EAP-MOBAC)" },
	{ 43, "Flexible Authentication via Secure Tunneling EAP (EAP-FAST)" },
	{ 44, "ZoneLabs EAP (EAP-ZLXEAP)" },
	{ 45, "Link EAP (EAP-LINK)" },
	{ 46, "Password Authenticated eXchange EAP (EAP-PAX)" },
	{ 47, "Pre-Shared Key EAP (EAP-PSK)" },
	{ 48, "Shared-secret Authentication and Key Establishment EAP (EAP-SAKE)" },
	{ 49, "Internet Key Exchange v2 EAP (EAP-IKEv2)" },
	{ 50, "UMTS Authentication and Key Agreement' EAP (EAP-AKA')" },
	{ 51, "Generalized Pre-Shared Key EAP (EAP-GPSK)" },
	{ 52, "Password EAP (EAP-pwd)" },
	{ 53, "Encrypted Key Exchange v1 EAP (EAP-EKEv1)" },
	{ 55, "Tunneled EAP protocol" },
	{ TYPE_EXPANDED, "Expanded Type" },
	{ 255, "Experimental" },
	{ 0 },
};

#define R "RFC 3748, "
static const struct field eap_fields[] = {
	[EAP] = { "eap", "Extensible Authentication Protocol", FIELD_PROTOCOL,
		  .help = "Who wants into a network proves who it is, in a way that both sides "
			  "know",
		  .reference = "RFC 3748" },
	[EAP_CODE] = { "eap.code", "Code", FIELD_U8, .names = code_names,
		       .help = "Whether it asks, answers or ends the login", .reference = R "4" },
	[EAP_ID] = { "eap.id", "Id", FIELD_U8, .help = "A response has that of its request",
		     .reference = R "4.1" },
	[EAP_LEN] = { "eap.len", "Length", FIELD_U16, .help = "Bytes from the code on",
		      .reference = R "4" },
	[EAP_TYPE] = { "eap.type", "Type", FIELD_U8, .names = type_names,
		       .help = "What is asked for, or the way of proving it", .reference = R "5" },
	[EAP_DESIRED_TYPE] = { "eap.desired_type", "Desired Auth Type", FIELD_U8,
			       .names = type_names,
			       .help = "A way that the client would rather go; 0: none",
			       .reference = R "5.3.1" },
	[EAP_IDENTITY] = { "eap.identity", "Identity", FIELD_TEXT,
			   .help = "Who wants in; with a request, words to show",
			   .reference = R "5.1" },
	[EAP_NOTIFICATION] = { "eap.notification", "Notification", FIELD_TEXT,
			       .help = "Words to show", .reference = R "5.2" },
	[EAP_MD5_VALUE_SIZE] = { "eap.md5.value_size", "EAP-MD5 Value-Size", FIELD_U8,
				 .help = "Bytes of the value", .reference = "RFC 1994, 4.1" },
	[EAP_MD5_VALUE] = { "eap.md5.value", "EAP-MD5 Value", FIELD_BYTES,
			    .help = "The challenge, or the MD5 of it with the password",
			    .reference = "RFC 1994, 4.1" },
	[EAP_MD5_EXTRA] = { "eap.md5.extra_data", "EAP-MD5 Extra Data", FIELD_BYTES,
			    .help = "The sender's name", .reference = "RFC 1994, 4.1" },
	[EAP_TLS_FLAGS] = { "eap.tls.flags", "EAP-TLS Flags", FIELD_U8, BASE_HEX,
			    .help = "How the message goes on", .reference = "RFC 5216, 3.1" },
	[EAP_TLS_LENGTH_INCLUDED] = { "eap.tls.flags.len_included", "Length Included", FIELD_BOOL,
				      .mask = FLAG_LENGTH,
				      .help = "The length of the whole message follows",
				      .reference = "RFC 5216, 3.1" },
	[EAP_TLS_MORE] = { "eap.tls.flags.more_fragments", "More Fragments", FIELD_BOOL,
			   .mask = FLAG_MORE, .help = "The message goes on in the next packet",
			   .reference = "RFC 5216, 3.1" },
	[EAP_TLS_START] = { "eap.tls.flags.start", "Start", FIELD_BOOL, .mask = 0x20,
			    .help = "The client is to begin", .reference = "RFC 5216, 3.1" },
	[EAP_TLS_VERSION] = { "eap.tls.flags.version", "Version", FIELD_U8, .mask = 0x07,
			      .help = "Of TTLS (RFC 5281, 9.1) or PEAP",
			      .reference = "RFC 5281, 9.1" },
	[EAP_TLS_LEN] = { "eap.tls.len", "EAP-TLS Length", FIELD_U32,
			  .help = "Bytes of the whole message", .reference = "RFC 5216, 3.1" },
	[EAP_EXT_VENDOR_ID] = { "eap.ext.vendor_id", "EAP-EXT Vendor Id", FIELD_U24, BASE_HEX,
				.help = "Whose way it is, by an enterprise number",
				.reference = R "5.7" },
	[EAP_EXT_VENDOR_TYPE] = { "eap.ext.vendor_type", "EAP-EXT Vendor Type", FIELD_U32, BASE_HEX,
				  .help = "Which of that vendor's ways", .reference = R "5.7" },
	[EAP_DATA] = { "eap.data", "EAP Data", FIELD_BYTES,
		       .help = "What this way of proving it says", .reference = R "5" },
	[EAP_BAD_LENGTH] = FINDING("eap.bad_length", "Bad length (too small or too large)",
				   EXPERT_WARN, GROUP_PROTOCOL),
	[EAP_WEAK] = FINDING("eap.mitm_attacks",
			     "Vulnerable to MITM attacks. If possible, change EAP type.",
			     EXPERT_WARN, GROUP_SECURITY),
	[EAP_GUESSABLE] = FINDING("eap.dictionary_attacks",
				  "Vulnerable to dictionary attacks. If possible, change EAP type.",
				  EXPERT_WARN, GROUP_SECURITY),
	[EAP_MD5_OVERFLOW] =
		FINDING("eap.md5.value_size.overflow", "Overflow", EXPERT_WARN, GROUP_PROTOCOL),
};

static void take_md5(struct dissection *d, struct cursor *c)
{
	uint8_t size = take_u8(d, c, EAP_MD5_VALUE_SIZE);
	uint32_t left = cursor_left(c);

	if (size > cursor_sent(c) && cursor_ok(c))
		note_finding_on(d, last_node(d), EAP_MD5_OVERFLOW, NULL);
	if (left)
		take_bytes(d, c, EAP_MD5_VALUE, size < left ? size : left);
	if (cursor_more(c))
		take_bytes(d, c, EAP_MD5_EXTRA, cursor_left(c));
}

/* EAP-TLS, RFC 5216 3.1, and those that are made like it: RFC 5281 and PEAP have a version besides.
 */
static void take_tls(struct dissection *d, struct cursor *c, uint8_t type)
{
	uint64_t flags = take_flags(d, c, EAP_TLS_FLAGS, EAP_TLS_LENGTH_INCLUDED,
				    type == TYPE_TLS ? EAP_TLS_START : EAP_TLS_VERSION);

	if (flags & FLAG_LENGTH)
		take_u32(d, c, EAP_TLS_LEN);
	if (cursor_more(c))
		hand_on_as_data_within(d, *c);
}

static void take_expanded(struct dissection *d, struct cursor *c)
{
	take_uint(d, c, EAP_EXT_VENDOR_ID);
	take_u32(d, c, EAP_EXT_VENDOR_TYPE);
	if (cursor_more(c))
		take_bytes(d, c, EAP_DATA, cursor_left(c));
}

static void take_type_data(struct dissection *d, struct cursor *c, uint8_t type)
{
	switch (type) {
	case TYPE_IDENTITY: /* what follows a zero are options, RFC 3748 5.1 */
		if (cursor_more(c))
			take_text(d, c, EAP_IDENTITY, cursor_left(c));
		break;
	case TYPE_NOTIFICATION:
		if (cursor_more(c))
			take_text(d, c, EAP_NOTIFICATION, cursor_left(c));
		break;
	case TYPE_NAK:
		while (cursor_left(c))
			take_u8(d, c, EAP_DESIRED_TYPE);
		break;
	case TYPE_MD5:
		take_md5(d, c);
		break;
	case TYPE_TLS:
	case TYPE_TTLS:
	case TYPE_PEAP:
		take_tls(d, c, type);
		break;
	case TYPE_EXPANDED:
		take_expanded(d, c);
		break;
	default:
		if (cursor_more(c))
			take_bytes(d, c, EAP_DATA, cursor_left(c));
	}
}

static void take_type(struct dissection *d, struct cursor *c)
{
	uint8_t type = take_u8(d, c, EAP_TYPE);
	const char *name = value_name(type_names, type);

	if (!cursor_ok(c))
		return;
	if (type == TYPE_MD5 || type == TYPE_LEAP)
		note_finding_on(d, last_node(d), type == TYPE_MD5 ? EAP_WEAK : EAP_GUESSABLE, NULL);
	if (name)
		info(d, ", %s", name);
	else
		info(d, ", Unknown type (0x%02x)", type);
	take_type_data(d, c, type);
}

static void eap_dissect(struct dissection *d, struct cursor *c)
{
	uint32_t sent = cursor_sent(c);

	info_begin(d);
	uint8_t code = take_u8(d, c, EAP_CODE);
	const char *name = value_name(code_names, code);
	take_u8(d, c, EAP_ID);
	uint16_t length = take_u16(d, c, EAP_LEN);
	if (!cursor_ok(c))
		return;
	if (name)
		info(d, "%s", name);
	else
		info(d, "Unknown code (0x%02X)", code);
	if (length < HEADER_LENGTH || length > sent)
		note_finding_on(d, last_node(d), EAP_BAD_LENGTH, NULL);
	if (code != CODE_REQUEST && code != CODE_RESPONSE)
		return;
	struct cursor body = cursor_split(c, length > HEADER_LENGTH ? length - HEADER_LENGTH : 0);
	if (cursor_sent(&body))
		take_type(d, &body);
}

const struct dissector eap_dissector = {
	.name = "eap",
	.short_name = "EAP",
	.title = "Extensible Authentication Protocol",
	.fields = eap_fields,
	.field_count = COUNT(eap_fields),
	.dissect = eap_dissect,
};
