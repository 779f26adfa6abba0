/* eapol.c - EAP over LANs, IEEE 802.1X-2020 11.3, with the key descriptors of IEEE 802.1X-2001 and
 * IEEE 802.11-2016 12.7.2.
 *
 *      0         1         2                 4
 *      +---------+---------+-----------------+
 *      | version |  type   | length          |
 *      +---------+---------+-----------------+
 *
 * A station and an access point that know a key prove that to each other in four messages, and the
 * access point tells new group keys in two.  Which message one is stands in no field of its own. */
#include "ethertype.h"
#include "ip_names.h"
#include "wlan.h"

enum {
	EAPOL,
	EAPOL_VERSION,
	EAPOL_TYPE,
	EAPOL_LEN,
	EAPOL_DESCRIPTOR,
	EAPOL_DESCRIPTOR_BODY,
	EAPOL_KEY_LEN,
	EAPOL_REPLAY_COUNTER,
	EAPOL_KEY_IV,
	EAPOL_KEY_INDEX,
	EAPOL_KEY_INDEX_TYPE,
	EAPOL_KEY_INDEX_NUMBER,
	EAPOL_KEY_SIGNATURE,
	EAPOL_KEY,
	EAPOL_KEY_GENERATED,
	RSNA_MESSAGE,
	RSNA_INFO,
	RSNA_INFO_VERSION,
	RSNA_INFO_TYPE,
	RSNA_INFO_INDEX,
	RSNA_INFO_INSTALL,
	RSNA_INFO_ACK,
	RSNA_INFO_MIC,
	RSNA_INFO_SECURE,
	RSNA_INFO_ERROR,
	RSNA_INFO_REQUEST,
	RSNA_INFO_ENCRYPTED,
	RSNA_INFO_SMK,
	RSNA_NONCE,
	RSNA_RSC,
	RSNA_ID,
	RSNA_MIC,
	RSNA_DATA_LEN,
	RSNA_DATA,
	RSNA_EXTRANEOUS,
};

extern const struct dissector eap_dissector;

/* To an access point that the station may go to next. */
enum { ETHERTYPE_PREAUTHENTICATION = 0x88c7 };

enum { TYPE_EAP, TYPE_START, TYPE_LOGOFF, TYPE_KEY };
enum { DESCRIPTOR_RC4 = 1, DESCRIPTOR_RSN = 2, DESCRIPTOR_WPA = 254 };
enum {
	INFO_PAIRWISE = 1 << 3,
	INFO_ACK = 1 << 7,
	INFO_MIC = 1 << 8,
	INFO_ERROR = 1 << 10,
	INFO_REQUEST = 1 << 11,
	INFO_ENCRYPTED = 1 << 12
};

static const struct value_name version_names[] = {
	{ 1, "802.1X-2001" }, { 2, "802.1X-2004" }, { 3, "802.1X-2010" }, { 0 }
};

static const struct value_name type_names[] = {
	{ TYPE_EAP, "EAP Packet" },	 { TYPE_START, "Start" },
	{ TYPE_LOGOFF, "Logoff" },	 { TYPE_KEY, "Key" },
	{ 4, "Encapsulated ASF Alert" }, { 5, "MKA" },
	{ 6, "Announcement (Generic)" }, { 7, "Announcement (Specific)" },
	{ 8, "Announcement Request" },	 { 0 },
};

static const struct value_name descriptor_names[] = {
	{ DESCRIPTOR_RC4, "RC4 Descriptor" },
	{ DESCRIPTOR_RSN, "EAPOL RSN Key" },
	{ DESCRIPTOR_WPA, "EAPOL WPA Key" },
	{ 0 },
};

static const struct value_name index_type_names[] = { { 0, "Broadcast" }, { 1, "Unicast" }, { 0 } };
static const struct value_name key_type_names[] = { { 0, "Group Key" },
						    { 1, "Pairwise Key" },
						    { 0 } };

static const struct value_name key_version_names[] = {
	{ 1, "RC4 Cipher, HMAC-MD5 MIC" },
	{ 2, "AES Cipher, HMAC-SHA1 MIC" },
	{ 3, "AES Cipher, AES-128-CMAC MIC" },
	{ 0 },
};

#define X    "IEEE 802.1X-2020, 11.3"
#define RC4  "IEEE 802.1X-2001, 7.6"
#define RSNA "IEEE 802.11-2016, 12.7.2"
#define INFO_BIT(abbrev, name, bit, words)                                                         \
	{                                                                                          \
		"wlan_rsna_eapol.keydes.key_info." abbrev, name, FIELD_BOOL,                       \
			.names = set_names, .mask = bit, .help = words, .reference = RSNA          \
	}

static const struct field eapol_fields[] = {
	[EAPOL] = { "eapol", "802.1X Authentication", FIELD_PROTOCOL,
		    .help = "Who wants to use a port of a switch or an access point proves who it "
			    "is, and gets keys",
		    .reference = X },
	[EAPOL_VERSION] = { "eapol.version", "Version", FIELD_U8, .names = version_names,
			    .help = "The edition of the standard that the sender knows",
			    .reference = X },
	[EAPOL_TYPE] = { "eapol.type", "Type", FIELD_U8, .names = type_names,
			 .help = "What the packet is for", .reference = X },
	[EAPOL_LEN] = { "eapol.len", "Length", FIELD_U16, .help = "Bytes behind this header",
			.reference = X },
	[EAPOL_DESCRIPTOR] = { "eapol.keydes.type", "Key Descriptor Type", FIELD_U8,
			       .names = descriptor_names,
			       .help = "Which standard says what follows", .reference = RSNA },
	[EAPOL_DESCRIPTOR_BODY] = { "eapol.keydes.body", "Key Descriptor Body", FIELD_BYTES,
				    .help = "A descriptor of another kind", .reference = RC4 },
	[EAPOL_KEY_LEN] = { "eapol.keydes.key_len", "Key Length", FIELD_U16,
			    .help = "Bytes of the key", .reference = RSNA },
	[EAPOL_REPLAY_COUNTER] = { "eapol.keydes.replay_counter", "Replay Counter", FIELD_U64,
				   .help = "Grows with each message of the authenticator; an "
					   "answer repeats it",
				   .reference = RSNA },
	[EAPOL_KEY_IV] = { "eapol.keydes.key_iv", "Key IV", FIELD_BYTES,
			   .help = "What the encryption of the key begins with",
			   .reference = RSNA },
	[EAPOL_KEY_INDEX] = { "eapol.keydes.key_index", "Key Index", FIELD_U8, BASE_HEX,
			      .help = "Which key this is, and for whom", .reference = RC4 },
	[EAPOL_KEY_INDEX_TYPE] = { "eapol.keydes.key_index.type", "Type", FIELD_BOOL,
				   .names = index_type_names, .mask = 0x80,
				   .help = "Whether the key is for this station or for all",
				   .reference = RC4 },
	[EAPOL_KEY_INDEX_NUMBER] = { "eapol.keydes.key_index.number", "Number", FIELD_U8,
				     .mask = 0x7f, .help = "Which of the keys", .reference = RC4 },
	[EAPOL_KEY_SIGNATURE] = { "eapol.keydes.key_signature", "Key Signature", FIELD_BYTES,
				  .help = "HMAC-MD5 of the packet", .reference = RC4 },
	[EAPOL_KEY] = { "eapol.keydes.key", "Key", FIELD_BYTES, .help = "The key, encrypted",
			.reference = RC4 },
	[EAPOL_KEY_GENERATED] = { "eapol.keydes.key.generated_locally", "Key Generated Locally",
				  FIELD_BOOL,
				  .help = "Without a key it is taken from what was agreed on "
					  "before",
				  .reference = RC4 },
	[RSNA_MESSAGE] = { "wlan_rsna_eapol.keydes.msgnr", "Message number", FIELD_U8,
			   .help = "Which message of the handshake this is, by its flags and data",
			   .reference = "IEEE 802.11-2016, 12.7.6" },
	[RSNA_INFO] = { "wlan_rsna_eapol.keydes.key_info", "Key Information", FIELD_U16, BASE_HEX,
			.help = "Flags of the message", .reference = RSNA },
	[RSNA_INFO_VERSION] = { "wlan_rsna_eapol.keydes.key_info.keydes_version",
				"Key Descriptor Version", FIELD_U16, .names = key_version_names,
				.mask = 0x0007,
				.help = "How key data are encrypted and the message is "
					"authenticated",
				.reference = RSNA },
	[RSNA_INFO_TYPE] = { "wlan_rsna_eapol.keydes.key_info.key_type", "Key Type", FIELD_BOOL,
			     .names = key_type_names, .mask = INFO_PAIRWISE,
			     .help = "Whether it is about the keys of two stations or those of all",
			     .reference = RSNA },
	[RSNA_INFO_INDEX] = { "wlan_rsna_eapol.keydes.key_info.key_index", "Key Index", FIELD_U16,
			      .mask = 0x0030, .help = "Which group key, in WPA",
			      .reference = RSNA },
	[RSNA_INFO_INSTALL] = INFO_BIT("install", "Install", 1 << 6,
				       "The receiver is to use the key from now on"),
	[RSNA_INFO_ACK] =
		INFO_BIT("key_ack", "Key ACK", INFO_ACK, "The authenticator wants an answer"),
	[RSNA_INFO_MIC] =
		INFO_BIT("key_mic", "Key MIC", INFO_MIC, "The message is authenticated by its MIC"),
	[RSNA_INFO_SECURE] = INFO_BIT("secure", "Secure", 1 << 9, "All keys have been agreed on"),
	[RSNA_INFO_ERROR] =
		INFO_BIT("error", "Error", INFO_ERROR, "The station saw a MIC of a frame fail"),
	[RSNA_INFO_REQUEST] = INFO_BIT("request", "Request", INFO_REQUEST,
				       "The station asks for a new handshake"),
	[RSNA_INFO_ENCRYPTED] = INFO_BIT("encrypted_key_data", "Encrypted Key Data", INFO_ENCRYPTED,
					 "The key data are encrypted"),
	[RSNA_INFO_SMK] = INFO_BIT("smk_message", "SMK Message", 1 << 13,
				   "Of a handshake between two stations"),
	[RSNA_NONCE] = { "wlan_rsna_eapol.keydes.nonce", "WPA Key Nonce", FIELD_BYTES,
			 .help = "The sender's random number, of which the keys are made",
			 .reference = RSNA },
	[RSNA_RSC] = { "wlan_rsna_eapol.keydes.rsc", "WPA Key RSC", FIELD_BYTES,
		       .help = "Where the counter of frames under the group key stands",
		       .reference = RSNA },
	[RSNA_ID] = { "wlan_rsna_eapol.keydes.id", "WPA Key ID", FIELD_BYTES, .help = "Reserved",
		      .reference = RSNA },
	[RSNA_MIC] = { "wlan_rsna_eapol.keydes.mic", "WPA Key MIC", FIELD_BYTES,
		       .help = "Proves that the sender has the key", .reference = RSNA },
	[RSNA_DATA_LEN] = { "wlan_rsna_eapol.keydes.data_len", "WPA Key Data Length", FIELD_U16,
			    .help = "Bytes of key data", .reference = RSNA },
	[RSNA_DATA] = { "wlan_rsna_eapol.keydes.data", "WPA Key Data", FIELD_BYTES,
			.help = "Elements, among them what ciphers a station wants, and group keys",
			.reference = RSNA },
	[RSNA_EXTRANEOUS] = { "wlan_rsna_eapol.extraneous", "WPA EAPOL Extraneous Data",
			      FIELD_BYTES, .help = "What follows the key data", .reference = RSNA },
};

static void take_rc4(struct dissection *d, struct cursor *c)
{
	uint16_t length = take_u16(d, c, EAPOL_KEY_LEN);

	take_uint(d, c, EAPOL_REPLAY_COUNTER);
	take_bytes(d, c, EAPOL_KEY_IV, 16);
	take_flags(d, c, EAPOL_KEY_INDEX, EAPOL_KEY_INDEX_TYPE, EAPOL_KEY_INDEX_NUMBER);
	take_bytes(d, c, EAPOL_KEY_SIGNATURE, 16);
	bool is_there = cursor_left(c);
	if (length && is_there)
		take_bytes(d, c, EAPOL_KEY, length);
	if (length)
		add_uint(d, c, EAPOL_KEY_GENERATED, c->pos, 0, !is_there);
}

/* 0: it belongs to no handshake.  A message that a station sends on its own has Request set. */
static unsigned message_number(uint16_t bits, uint16_t data_length)
{
	if (bits & INFO_REQUEST)
		return 0;
	if (!(bits & INFO_PAIRWISE))
		return bits & INFO_ACK ? 1 : 2;
	if (bits & INFO_ACK)
		return bits & INFO_MIC ? 3 : 1;
	return data_length ? 2 : 4;
}

static void word_message(struct dissection *d, uint16_t bits, unsigned number)
{
	if (number)
		info(d, " (%sMessage %u of %u)", bits & INFO_PAIRWISE ? "" : "Group ", number,
		     bits & INFO_PAIRWISE ? 4 : 2);
	else
		info(d, " (Request%s)", bits & INFO_ERROR ? ", Error" : "");
}

/* Elements, as in the frames of the access point. */
static void take_key_data(struct dissection *d, struct cursor *c, uint32_t length, bool encrypted)
{
	struct cursor elements = *c;

	take_bytes(d, c, RSNA_DATA, length);
	node_id node = last_node(d);
	if (encrypted)
		return;
	elements = cursor_split(&elements, length);
	open_node(d, node);
	use_fields_of(d, &wlan_dissector);
	wlan_show_elements(d, &elements);
	use_fields_of(d, NULL);
	close_node(d, node);
}

static void take_rsna(struct dissection *d, struct cursor *c)
{
	enum { TO_DATA_LENGTH = 92 };
	const uint8_t *at;
	uint16_t bits = 0;

	begin_part(d, "802.11 RSNA EAPOL");
	if (cursor_peek(c, 0, TO_DATA_LENGTH + 2, &at)) {
		bits = load_be16(at);
		unsigned number = message_number(bits, load_be16(at + TO_DATA_LENGTH));
		word_message(d, bits, number);
		if (number)
			put_uint(d, RSNA_MESSAGE, number);
	}
	take_flags(d, c, RSNA_INFO, RSNA_INFO_VERSION, RSNA_INFO_SMK);
	take_u16(d, c, EAPOL_KEY_LEN);
	take_uint(d, c, EAPOL_REPLAY_COUNTER);
	take_bytes(d, c, RSNA_NONCE, 32);
	take_bytes(d, c, EAPOL_KEY_IV, 16);
	take_bytes(d, c, RSNA_RSC, 8);
	take_bytes(d, c, RSNA_ID, 8);
	take_bytes(d, c, RSNA_MIC, 16);
	uint16_t length = take_u16(d, c, RSNA_DATA_LEN);
	if (length)
		take_key_data(d, c, length, bits & INFO_ENCRYPTED);
	if (cursor_more(c))
		take_bytes(d, c, RSNA_EXTRANEOUS, cursor_left(c));
	end_part(d, c);
}

static void take_key(struct dissection *d, struct cursor *c)
{
	uint8_t descriptor = take_u8(d, c, EAPOL_DESCRIPTOR);

	if (descriptor == DESCRIPTOR_RC4)
		take_rc4(d, c);
	else if (descriptor == DESCRIPTOR_RSN || descriptor == DESCRIPTOR_WPA)
		take_rsna(d, c);
	else if (cursor_left(c))
		take_bytes(d, c, EAPOL_DESCRIPTOR_BODY, cursor_left(c));
}

static void eapol_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	take_u8(d, c, EAPOL_VERSION);
	uint8_t type = take_u8(d, c, EAPOL_TYPE);
	const char *name = value_name(type_names, type);
	uint16_t length = take_u16(d, c, EAPOL_LEN);
	if (!cursor_ok(c))
		return;
	if (name)
		info(d, "%s", name);
	else
		info(d, "Unknown Type (0x%02X)", type);
	struct cursor body = cursor_split(c, length);
	if (type == TYPE_KEY) {
		take_key(d, &body);
		return;
	}
	end_header(d, c);
	if (type == TYPE_EAP)
		dissect_layer(d, &eap_dissector, body);
	else if (cursor_more(&body))
		hand_on_as_data(d, body);
}

static const struct claim eapol_claims[] = { { BY_ETHERTYPE, ETHERTYPE_EAPOL },
					     { BY_ETHERTYPE, ETHERTYPE_PREAUTHENTICATION } };

const struct dissector eapol_dissector = {
	.name = "eapol",
	.short_name = "EAPOL",
	.title = "802.1X Authentication",
	.fields = eapol_fields,
	.field_count = COUNT(eapol_fields),
	.claims = eapol_claims,
	.claim_count = COUNT(eapol_claims),
	.borrows = &wlan_dissector,
	.dissect = eapol_dissect,
};
