/* tls_extensions.c - what hellos, certificates and tickets carry besides (RFC 8446, 4.2; RFC 6066).
 */
#include "tls.h"

enum { EXTENSION_TICKET = 35 };

typedef void read_extension(struct dissection *d, struct cursor *c, uint8_t type,
			    struct tls_reading *reading);

static void take_rest(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t n = cursor_sent(c);

	if (n)
		take_bytes(d, c, field, n);
}

void tls_signature_algorithm(struct dissection *d, struct cursor *c)
{
	struct cursor parts = *c;

	uint16_t both = take_u16(d, c, TLS_SIGNATURE_ALGORITHM);
	if (!wants_fields(d))
		return;
	node_id node = last_node(d);
	const char *hash = value_name(tls_hash_names, both >> 8);
	const char *signer = value_name(tls_signer_names, both & 0xff);
	/* Pairs of TLS 1.2 that have no name of their own. */
	if (hash && signer && !value_name(tls_signature_names, both))
		label_set(d, node, "Signature Algorithm: %s %s (0x%04x)", hash, signer, both);
	open_node(d, node);
	take_u8(d, &parts, TLS_SIGNATURE_HASH);
	take_u8(d, &parts, TLS_SIGNATURE_SIGNER);
	close_node(d, node);
}

void tls_signature_algorithms(struct dissection *d, struct cursor *c)
{
	uint32_t n = take_u16(d, c, TLS_SIGNATURES_LENGTH);
	struct cursor v = tls_vector(d, c, n);
	node_id tree = open_tree(d, &v, TLS_SIGNATURES);

	label_set(d, tree, "Signature Hash Algorithms (%u algorithm%s)", n / 2,
		  n / 2 == 1 ? "" : "s");
	while (cursor_sent(&v) >= 2)
		tls_signature_algorithm(d, &v);
	close_tree(d, tree, &v);
}

static void read_signatures(struct dissection *d, struct cursor *c, uint8_t type,
			    struct tls_reading *reading)
{
	(void)type;
	(void)reading;
	tls_signature_algorithms(d, c);
}

static void read_names(struct dissection *d, struct cursor *c, uint8_t type,
		       struct tls_reading *reading)
{
	if (!cursor_more(c))
		return;
	node_id tree = open_tree(d, c, TLS_NAMES);
	struct cursor v = tls_vector(d, c, take_u16(d, c, TLS_NAMES_LENGTH));
	while (cursor_more(&v)) {
		take_u8(d, &v, TLS_NAME_TYPE);
		struct cursor name = tls_vector(d, &v, take_u16(d, &v, TLS_NAME_LENGTH));
		uint32_t n = cursor_left(&name);
		if (type == TLS_CLIENT_HELLO &&
		    cursor_peek(&name, 0, n, &reading->hello.server_name))
			reading->hello.server_name_length = n;
		take_text(d, &name, TLS_NAME, cursor_sent(&name));
	}
	close_tree(d, tree, &v);
}

static void read_alpn(struct dissection *d, struct cursor *c, uint8_t type,
		      struct tls_reading *reading)
{
	struct cursor v = tls_vector(d, c, take_u16(d, c, TLS_ALPN_LENGTH));
	node_id tree = open_tree(d, &v, TLS_ALPN_LIST);

	(void)type;
	while (cursor_more(&v)) {
		struct cursor name = tls_vector(d, &v, take_u8(d, &v, TLS_ALPN_NAME_LENGTH));
		uint32_t n = cursor_left(&name);
		if (!reading->hello.alpn && cursor_peek(&name, 0, n, &reading->hello.alpn))
			reading->hello.alpn_length = n;
		take_text(d, &name, TLS_ALPN_NAME, cursor_sent(&name));
	}
	close_tree(d, tree, &v);
}

static void read_alps(struct dissection *d, struct cursor *c, uint8_t type,
		      struct tls_reading *reading)
{
	(void)reading;
	if (type != TLS_CLIENT_HELLO) {
		take_rest(d, c, TLS_EXTENSION_DATA);
		return;
	}
	struct cursor v = tls_vector(d, c, take_u16(d, c, TLS_ALPS_LENGTH));
	node_id tree = open_tree(d, &v, TLS_ALPS_LIST);
	while (cursor_more(&v)) {
		struct cursor name = tls_vector(d, &v, take_u8(d, &v, TLS_ALPS_NAME_LENGTH));
		take_text(d, &name, TLS_ALPS_NAME, cursor_sent(&name));
	}
	close_tree(d, tree, &v);
}

static void read_npn(struct dissection *d, struct cursor *c, uint8_t type,
		     struct tls_reading *reading)
{
	(void)type;
	(void)reading;
	while (cursor_more(c)) {
		struct cursor name = tls_vector(d, c, take_u8(d, c, TLS_NPN_LENGTH));
		take_text(d, &name, TLS_NPN_NAME, cursor_sent(&name));
	}
}

static void read_versions(struct dissection *d, struct cursor *c, uint8_t type,
			  struct tls_reading *reading)
{
	if (type != TLS_CLIENT_HELLO) {
		reading->hello.version = reading->version = take_u16(d, c, TLS_SUPPORTED_VERSION);
		return;
	}
	struct cursor v = tls_vector(d, c, take_u8(d, c, TLS_VERSIONS_LENGTH));
	while (cursor_sent(&v) >= 2)
		take_u16(d, &v, TLS_SUPPORTED_VERSION);
}

static void read_groups(struct dissection *d, struct cursor *c, uint8_t type,
			struct tls_reading *reading)
{
	uint32_t n = take_u16(d, c, TLS_GROUPS_LENGTH);
	struct cursor v = tls_vector(d, c, n);
	node_id tree = open_tree(d, &v, TLS_GROUPS);

	(void)type;
	(void)reading;
	label_set(d, tree, "Supported Groups (%u group%s)", n / 2, n / 2 == 1 ? "" : "s");
	while (cursor_sent(&v) >= 2)
		take_u16(d, &v, TLS_GROUP);
	close_tree(d, tree, &v);
}

static void read_points(struct dissection *d, struct cursor *c, uint8_t type,
			struct tls_reading *reading)
{
	uint32_t n = take_u8(d, c, TLS_POINTS_LENGTH);
	struct cursor v = tls_vector(d, c, n);
	node_id tree = open_tree(d, &v, TLS_POINTS);

	(void)type;
	(void)reading;
	label_set(d, tree, "Elliptic curves point formats (%u)", n);
	while (cursor_more(&v))
		take_u8(d, &v, TLS_POINT);
	close_tree(d, tree, &v);
}

static void take_key_share(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, TLS_KEY_SHARE_ENTRY);
	uint16_t group = take_u16(d, c, TLS_KEY_SHARE_GROUP);
	uint32_t n = take_u16(d, c, TLS_KEY_EXCHANGE_LENGTH);
	struct cursor key = tls_vector(d, c, n);
	const char *name = value_name(tls_group_names, group);

	label_set(d, tree, "Key Share Entry: Group: %s, Key Exchange length: %u",
		  name ? name : "Unknown", n);
	take_rest(d, &key, TLS_KEY_EXCHANGE);
	close_tree(d, tree, c);
}

static void read_key_share(struct dissection *d, struct cursor *c, uint8_t type,
			   struct tls_reading *reading)
{
	node_id tree = open_tree(d, c, TLS_KEY_SHARE);

	if (type == TLS_CLIENT_HELLO) {
		struct cursor v = tls_vector(d, c, take_u16(d, c, TLS_KEY_SHARE_LENGTH));
		while (cursor_sent(&v) >= 4)
			take_key_share(d, &v);
	} else if (reading->hello.is_retry || cursor_sent(c) == 2) {
		take_u16(d, c, TLS_KEY_SHARE_SELECTED);
	} else {
		take_key_share(d, c);
	}
	close_tree(d, tree, c);
}

static void read_psk_modes(struct dissection *d, struct cursor *c, uint8_t type,
			   struct tls_reading *reading)
{
	struct cursor v = tls_vector(d, c, take_u8(d, c, TLS_PSK_MODES_LENGTH));

	(void)type;
	(void)reading;
	while (cursor_more(&v))
		take_u8(d, &v, TLS_PSK_MODE);
}

static void read_psk(struct dissection *d, struct cursor *c, uint8_t type,
		     struct tls_reading *reading)
{
	node_id tree = open_tree(d, c, TLS_PSK);

	(void)reading;
	if (type != TLS_CLIENT_HELLO) {
		take_u16(d, c, TLS_PSK_SELECTED);
		close_tree(d, tree, c);
		return;
	}
	struct cursor v = tls_vector(d, c, take_u16(d, c, TLS_PSK_IDENTITIES_LENGTH));
	while (cursor_more(&v)) {
		node_id one = open_tree(d, &v, TLS_PSK_IDENTITY);
		uint32_t n = take_u16(d, &v, TLS_PSK_IDENTITY_LENGTH);
		struct cursor identity = tls_vector(d, &v, n);
		label_set(d, one, "PSK Identity (length: %u)", n);
		take_rest(d, &identity, TLS_PSK_IDENTITY_BYTES);
		take_u32(d, &v, TLS_PSK_AGE);
		close_tree(d, one, &v);
	}
	struct cursor binders = tls_vector(d, c, take_u16(d, c, TLS_PSK_BINDERS_LENGTH));
	add_node(d, &binders, TLS_PSK_BINDERS, binders.pos, cursor_left(&binders));
	close_tree(d, tree, c);
}

static void read_renegotiation(struct dissection *d, struct cursor *c, uint8_t type,
			       struct tls_reading *reading)
{
	node_id tree = open_tree(d, c, TLS_RENEGOTIATION);
	struct cursor v = tls_vector(d, c, take_u8(d, c, TLS_RENEGOTIATION_LENGTH));

	(void)type;
	(void)reading;
	take_rest(d, &v, TLS_RENEGOTIATION_INFO);
	close_tree(d, tree, c);
}

static void read_status(struct dissection *d, struct cursor *c, uint8_t type,
			struct tls_reading *reading)
{
	(void)reading;
	if (!cursor_more(c))
		return;
	take_u8(d, c, TLS_STATUS_TYPE);
	if (type == TLS_HANDSHAKE_CERTIFICATE) {
		struct cursor v = tls_vector(d, c, cursor_u24(c));
		take_rest(d, &v, TLS_STATUS_RESPONSE);
		return;
	}
	struct cursor ids = tls_vector(d, c, take_u16(d, c, TLS_STATUS_RESPONDERS_LENGTH));
	if (cursor_left(&ids))
		note_finding_on(d, last_node(d), TLS_STATUS_UNDECODED, NULL);
	struct cursor more = tls_vector(d, c, take_u16(d, c, TLS_STATUS_EXTENSIONS_LENGTH));
	if (cursor_left(&more))
		note_finding_on(d, last_node(d), TLS_STATUS_UNDECODED, NULL);
}

static void take_sct(struct dissection *d, struct cursor *v)
{
	node_id tree = open_tree(d, v, TLS_SCT);
	struct cursor one = tls_vector(d, v, take_u16(d, v, TLS_SCT_LENGTH));

	take_u8(d, &one, TLS_SCT_VERSION);
	take_bytes(d, &one, TLS_SCT_LOG, 32);
	uint32_t at = one.pos;
	add_uint(d, &one, TLS_SCT_TIME, at, 8, cursor_u64(&one) * 1000000);
	struct cursor more = tls_vector(d, &one, take_u16(d, &one, TLS_SCT_EXTENSIONS_LENGTH));
	if (cursor_left(&more))
		add_node(d, &more, TLS_SCT_EXTENSIONS, more.pos, cursor_left(&more));
	tls_signature_algorithm(d, &one);
	struct cursor bytes = tls_vector(d, &one, take_u16(d, &one, TLS_SCT_SIGNATURE_LENGTH));
	take_rest(d, &bytes, TLS_SCT_SIGNATURE);
	close_tree(d, tree, v);
}

static void read_scts(struct dissection *d, struct cursor *c, uint8_t type,
		      struct tls_reading *reading)
{
	(void)type;
	(void)reading;
	if (!cursor_more(c))
		return;
	struct cursor v = tls_vector(d, c, take_u16(d, c, TLS_SCTS_LENGTH));
	while (cursor_sent(&v) >= 2)
		take_sct(d, &v);
}

static void read_cookie(struct dissection *d, struct cursor *c, uint8_t type,
			struct tls_reading *reading)
{
	struct cursor v = tls_vector(d, c, take_u16(d, c, TLS_COOKIE_LENGTH));

	(void)type;
	(void)reading;
	take_rest(d, &v, TLS_COOKIE);
}

static void read_ticket(struct dissection *d, struct cursor *c, uint8_t type,
			struct tls_reading *reading)
{
	uint32_t n = cursor_sent(c);

	(void)type;
	(void)reading;
	node_id node = put_bytes(d, TLS_EXTENSION_DATA, c);
	label_set(d, node, "Data (%u byte%s)", n, n == 1 ? "" : "s");
	cursor_skip(c, n);
}

static void read_padding(struct dissection *d, struct cursor *c, uint8_t type,
			 struct tls_reading *reading)
{
	(void)type;
	(void)reading;
	take_rest(d, c, TLS_PADDING_DATA);
}

static void read_early_data(struct dissection *d, struct cursor *c, uint8_t type,
			    struct tls_reading *reading)
{
	(void)reading;
	if (type == TLS_NEW_SESSION_TICKET)
		take_u32(d, c, TLS_EARLY_DATA_SIZE);
}

static void read_compress(struct dissection *d, struct cursor *c, uint8_t type,
			  struct tls_reading *reading)
{
	struct cursor v = tls_vector(d, c, take_u8(d, c, TLS_COMPRESS_LENGTH));

	(void)type;
	(void)reading;
	while (cursor_sent(&v) >= 2)
		take_u16(d, &v, TLS_COMPRESS_ALGORITHM);
}

static void read_one_byte(struct dissection *d, struct cursor *c, unsigned field)
{
	take_u8(d, c, field);
}

static void read_max_fragment(struct dissection *d, struct cursor *c, uint8_t type,
			      struct tls_reading *reading)
{
	(void)type;
	(void)reading;
	read_one_byte(d, c, TLS_MAX_FRAGMENT);
}

static void read_heartbeat(struct dissection *d, struct cursor *c, uint8_t type,
			   struct tls_reading *reading)
{
	(void)type;
	(void)reading;
	read_one_byte(d, c, TLS_HEARTBEAT_MODE);
}

static void read_size_limit(struct dissection *d, struct cursor *c, uint8_t type,
			    struct tls_reading *reading)
{
	(void)type;
	(void)reading;
	take_u16(d, c, TLS_RECORD_SIZE_LIMIT);
}

static void read_connection_id(struct dissection *d, struct cursor *c, uint8_t type,
			       struct tls_reading *reading)
{
	struct cursor v = tls_vector(d, c, take_u8(d, c, TLS_CONNECTION_ID_LENGTH));

	(void)type;
	(void)reading;
	take_rest(d, &v, TLS_CONNECTION_ID);
}

/* A flag in the connection: that it is there is what it says. */
static void read_encrypt_then_mac(struct dissection *d, struct cursor *c, uint8_t type,
				  struct tls_reading *reading)
{
	(void)d;
	(void)c;
	(void)type;
	reading->hello.encrypt_then_mac = true;
}

static void read_master_secret(struct dissection *d, struct cursor *c, uint8_t type,
			       struct tls_reading *reading)
{
	(void)d;
	(void)c;
	(void)type;
	reading->hello.extended_master_secret = true;
}

static void read_quic_parameters(struct dissection *d, struct cursor *c, uint8_t type,
				 struct tls_reading *reading)
{
	(void)type;
	tls_quic_parameters(d, c, &reading->hello);
}

static const struct extension_row {
	uint16_t type;
	read_extension *read;
	uint8_t vector; /* bytes of the length that it cannot be without; 0: it may be empty */
} extension_rows[] = {
	{ 0, read_names },
	{ 1, read_max_fragment },
	{ 5, read_status },
	{ 10, read_groups, 2 },
	{ 11, read_points, 1 },
	{ 13, read_signatures, 2 },
	{ 15, read_heartbeat },
	{ 16, read_alpn, 2 },
	{ 18, read_scts },
	{ 21, read_padding },
	{ 22, read_encrypt_then_mac },
	{ 23, read_master_secret },
	{ 27, read_compress, 1 },
	{ 28, read_size_limit },
	{ 35, read_ticket },
	{ 40, read_key_share },
	{ 41, read_psk },
	{ 42, read_early_data },
	{ 43, read_versions },
	{ 44, read_cookie, 2 },
	{ 45, read_psk_modes, 1 },
	{ 50, read_signatures, 2 },
	{ 51, read_key_share },
	{ 54, read_connection_id },
	{ 57, read_quic_parameters },
	{ 13172, read_npn },
	{ 17513, read_alps },
	{ 65281, read_renegotiation },
	{ 65445, read_quic_parameters },
};

static const struct extension_row *row_of(uint16_t type)
{
	for (unsigned i = 0; i < COUNT(extension_rows); i++)
		if (extension_rows[i].type == type)
			return &extension_rows[i];
	return NULL;
}

static void take_extension(struct dissection *d, struct cursor *c, uint8_t type,
			   struct tls_reading *reading)
{
	node_id tree = open_tree(d, c, TLS_EXTENSION);
	uint16_t kind = take_u16(d, c, TLS_EXTENSION_TYPE);
	const char *name = value_name(tls_extension_names, kind);
	uint32_t n = take_u16(d, c, TLS_EXTENSION_LENGTH);
	struct cursor body = tls_vector(d, c, n);
	const struct extension_row *row = row_of(kind);
	read_extension *read = row ? row->read : NULL;

	if (name)
		label_set(d, tree, "Extension: %s (len=%u)", name, n);
	else
		label_set(d, tree, "Extension: Unknown type %u (len=%u)", kind, n);
	/* Some say all by being there. */
	if (read && (n || kind == EXTENSION_TICKET || read == read_encrypt_then_mac ||
		     read == read_master_secret)) {
		read(d, &body, type, reading);
	} else if (read && row->vector) {
		note_finding(d, TLS_TOO_SMALL, "No more room for vector of length %u",
			     row->vector);
	} else if (!read) {
		put_bytes(d, TLS_EXTENSION_DATA, &body);
		cursor_skip(&body, cursor_sent(&body));
	}
	if (cursor_left(&body))
		note_finding(d, TLS_TRAILING, "%u bytes of trailing data", cursor_left(&body));
	close_tree(d, tree, c);
}

void tls_extensions(struct dissection *d, struct cursor *c, uint8_t type,
		    struct tls_reading *reading)
{
	struct cursor v = tls_vector(d, c, take_u16(d, c, TLS_EXTENSIONS_LENGTH));

	while (cursor_sent(&v) >= 4)
		take_extension(d, &v, type, reading);
	if (cursor_left(&v))
		note_finding(d, TLS_TRAILING, "%u bytes of trailing data", cursor_left(&v));
}
