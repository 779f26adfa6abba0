/* tls_handshake.c - the bodies of handshake messages, RFC 5246, 7.4 and RFC 8446, 4. */
#include <string.h>

#include "tls.h"

enum { RANDOM_BYTES = 32, TICKET_DAY = 86400 };

/* SHA-256 of "HelloRetryRequest": the random of a ServerHello that is one (RFC 8446, 4.1.3). */
static const uint8_t retry_random[RANDOM_BYTES] = {
	0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c,
	0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb,
	0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
};

const char *tls_handshake_name(uint8_t type)
{
	const char *name = value_name(tls_handshake_names, type);

	return name ? name : "Unknown Handshake Message";
}

bool tls_is_handshake_type(uint8_t type)
{
	return value_name(tls_handshake_names, type) != NULL;
}

static bool is_1_3(uint16_t version)
{
	return version == TLS_1_3 || version >> 8 == 0x7f || version >> 8 == 0xfb;
}

const char *tls_version_word(uint16_t version)
{
	switch (version) {
	case SSL_2_0:
		return "SSLv2";
	case SSL_3_0:
		return "SSLv3";
	case TLS_1_0:
		return "TLSv1";
	case TLS_1_1:
		return "TLSv1.1";
	case TLS_1_2:
		return "TLSv1.2";
	case DTLS_1_0:
	case 0x0100:
		return "DTLSv1.0";
	case DTLS_1_2:
		return "DTLSv1.2";
	default:
		return is_1_3(version) ? "TLSv1.3" : NULL;
	}
}

struct cursor tls_vector(struct dissection *d, struct cursor *c, uint32_t n)
{
	if (n > cursor_sent(c)) {
		note_finding_on(d, last_node(d), TLS_VECTOR_LENGTH, "The vector of %u bytes has %u",
				n, cursor_sent(c));
		n = cursor_sent(c);
	}
	return cursor_split(c, n);
}

static void take_rest(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t n = cursor_sent(c);

	if (n)
		take_bytes(d, c, field, n);
}

/* A vector of bytes with its length in front, which has its own field. */
static struct cursor take_opaque(struct dissection *d, struct cursor *c, unsigned length_field,
				 unsigned field)
{
	uint32_t n = (uint32_t)take_uint(d, c, length_field);
	struct cursor v = tls_vector(d, c, n), bytes = v;

	if (n)
		take_rest(d, &v, field);
	return bytes;
}

/* --- hellos --- */

static void take_random(struct dissection *d, struct cursor *c, const struct tls_reading *reading)
{
	struct cursor parts = *c;

	take_bytes(d, c, TLS_RANDOM, RANDOM_BYTES);
	if (!wants_fields(d) || is_1_3(reading->version) || !cursor_ok(c))
		return;
	node_id node = last_node(d);
	open_node(d, node);
	uint32_t at = parts.pos;
	add_uint(d, &parts, TLS_RANDOM_TIME, at, 4, cursor_u32(&parts) * UINT64_C(1000000000));
	take_bytes(d, &parts, TLS_RANDOM_BYTES, RANDOM_BYTES - 4);
	close_node(d, node);
}

static void take_session_id(struct dissection *d, struct cursor *c, struct tls_hello *hello)
{
	uint32_t n = cursor_u8(c);

	add_uint(d, c, TLS_SESSION_ID_LENGTH, c->pos - 1, 1, n);
	if (n > 32)
		note_finding_on(d, last_node(d), TLS_SESSION_ID_ERROR, NULL);
	struct cursor v = tls_vector(d, c, n);
	hello->session_id_length = cursor_left(&v);
	if (!n)
		return;
	cursor_peek(&v, 0, hello->session_id_length, &hello->session_id);
	take_rest(d, &v, TLS_SESSION_ID);
}

static void take_suites(struct dissection *d, struct cursor *c)
{
	uint32_t n = take_u16(d, c, TLS_SUITES_LENGTH);
	struct cursor v = tls_vector(d, c, n);
	node_id tree = open_tree(d, &v, TLS_SUITES);

	label_set(d, tree, "Cipher Suites (%u suite%s)", n / 2, n / 2 == 1 ? "" : "s");
	while (cursor_sent(&v) >= 2)
		take_u16(d, &v, TLS_SUITE);
	close_tree(d, tree, &v);
}

static void take_compressions(struct dissection *d, struct cursor *c)
{
	uint32_t n = take_u8(d, c, TLS_COMPRESSIONS_LENGTH);
	struct cursor v = tls_vector(d, c, n);
	node_id tree = open_tree(d, &v, TLS_COMPRESSIONS);

	label_set(d, tree, "Compression Methods (%u method%s)", n, n == 1 ? "" : "s");
	while (cursor_more(&v))
		take_u8(d, &v, TLS_COMPRESSION);
	close_tree(d, tree, &v);
}

static void note_old_version(struct dissection *d, uint16_t version)
{
	if (version == SSL_2_0 || version == SSL_3_0 || version == TLS_1_0 || version == TLS_1_1 ||
	    version == DTLS_1_0)
		note_finding_on(d, last_node(d), TLS_OLD_VERSION, "%s is no longer to be used%s",
				tls_version_word(version),
				version <= SSL_3_0 ? " (RFC 7568)" : " (RFC 8996)");
}

static void client_hello(struct dissection *d, struct cursor *c, struct tls_reading *reading)
{
	struct cursor whole = *c;

	reading->hello.is_client = true;
	reading->hello.version = take_u16(d, c, TLS_HANDSHAKE_VERSION);
	cursor_peek(c, 0, RANDOM_BYTES, &reading->hello.random);
	take_random(d, c, reading);
	take_session_id(d, c, &reading->hello);
	if (reading->is_datagram) {
		uint32_t n = cursor_u8(c);
		add_uint(d, c, DTLS_COOKIE_LENGTH, c->pos - 1, 1, n);
		struct cursor v = tls_vector(d, c, n);
		take_rest(d, &v, DTLS_COOKIE);
	}
	take_suites(d, c);
	take_compressions(d, c);
	if (cursor_more(c))
		tls_extensions(d, c, TLS_CLIENT_HELLO, reading);
	tls_fingerprint(d, &whole, TLS_CLIENT_HELLO, reading);
}

/* Does the ServerHello whose random is at the cursor choose TLS 1.3, in an extension? */
static bool random_follows_1_3(struct cursor c)
{
	uint8_t fault = FAULT_NONE;
	uint32_t length;

	c.fault = &fault;
	cursor_skip(&c, RANDOM_BYTES);
	cursor_skip(&c, cursor_u8(&c));
	cursor_skip(&c, 3);
	cursor_u16(&c);
	for (; cursor_left(&c) >= 6; cursor_skip(&c, length)) {
		uint16_t type = cursor_u16(&c);
		length = cursor_u16(&c);
		if (type == 43)
			return is_1_3(cursor_u16(&c));
	}
	return false;
}

static void server_hello(struct dissection *d, struct cursor *c, struct tls_reading *reading)
{
	struct cursor whole = *c;
	uint16_t version = take_u16(d, c, TLS_HANDSHAKE_VERSION);
	/* Drafts of TLS 1.3 before the 22nd had neither session nor compression. */
	bool is_draft = version >> 8 == 0x7f && (version & 0xff) < 22;

	reading->hello.version = version;
	note_old_version(d, version);
	if (cursor_peek(c, 0, RANDOM_BYTES, &reading->hello.random))
		reading->hello.is_retry =
			!memcmp(reading->hello.random, retry_random, RANDOM_BYTES);
	if (is_draft || random_follows_1_3(*c))
		reading->version = is_draft ? version : TLS_1_3;
	take_random(d, c, reading);
	if (!is_draft)
		take_session_id(d, c, &reading->hello);
	reading->hello.suite = take_u16(d, c, TLS_SUITE);
	if (!is_draft)
		take_u8(d, c, TLS_COMPRESSION);
	if (cursor_more(c))
		tls_extensions(d, c, TLS_SERVER_HELLO, reading);
	tls_fingerprint(d, &whole, TLS_SERVER_HELLO, reading);
}

static void hello_verify_request(struct dissection *d, struct cursor *c,
				 struct tls_reading *reading)
{
	if (!reading->is_datagram)
		return;
	reading->hello.version = take_u16(d, c, TLS_HANDSHAKE_VERSION);
	uint32_t n = cursor_u8(c);
	add_uint(d, c, DTLS_COOKIE_LENGTH, c->pos - 1, 1, n);
	struct cursor v = tls_vector(d, c, n);
	take_rest(d, &v, DTLS_COOKIE);
}

/* --- certificates --- */

static void certificate(struct dissection *d, struct cursor *c, const struct tls_reading *reading)
{
	if (is_1_3(reading->version))
		take_opaque(d, c, TLS_CERTIFICATE_CONTEXT_LENGTH, TLS_CERTIFICATE_CONTEXT);
	uint32_t n = (uint32_t)take_uint(d, c, TLS_CERTIFICATES_LENGTH);
	struct cursor list = tls_vector(d, c, n);

	if (!n)
		return;
	node_id tree = open_tree(d, &list, TLS_CERTIFICATES);
	label_set(d, tree, "Certificates (%u bytes)", n);
	for (unsigned i = 0; cursor_more(&list); i++) {
		struct cursor one =
			tls_vector(d, &list, (uint32_t)take_uint(d, &list, TLS_CERTIFICATE_LENGTH));
		struct cursor der = one;
		take_rest(d, &one, TLS_CERTIFICATE);
		if (i < TLS_CERTIFICATES_LIMIT)
			x509_mention(d, der);
		if (wants_fields(d) && i < TLS_CERTIFICATES_LIMIT && cursor_ok(&one)) {
			use_fields_of(d, &tls_dissector);
			x509_certificate(d, der, last_node(d));
			use_fields_of(d, NULL);
		}
		if (is_1_3(reading->version)) {
			struct tls_reading inner = *reading;
			tls_extensions(d, &list, TLS_HANDSHAKE_CERTIFICATE, &inner);
		}
	}
	close_tree(d, tree, &list);
}

static void take_certificate_types(struct dissection *d, struct cursor *c)
{
	uint32_t n = take_u8(d, c, TLS_CERTIFICATE_TYPES_COUNT);
	struct cursor v = tls_vector(d, c, n);
	node_id tree = open_tree(d, &v, TLS_CERTIFICATE_TYPES);

	label_set(d, tree, "Certificate types (%u type%s)", n, n == 1 ? "" : "s");
	while (cursor_more(&v))
		take_u8(d, &v, TLS_CERTIFICATE_TYPE);
	close_tree(d, tree, &v);
}

static void certificate_request(struct dissection *d, struct cursor *c, struct tls_reading *reading)
{
	if (is_1_3(reading->version)) {
		take_opaque(d, c, TLS_CERTIFICATE_CONTEXT_LENGTH, TLS_CERTIFICATE_CONTEXT);
		tls_extensions(d, c, TLS_CERTIFICATE_REQUEST, reading);
		return;
	}
	take_certificate_types(d, c);
	if (reading->version == TLS_1_2 || reading->version == DTLS_1_2)
		tls_signature_algorithms(d, c);
	uint32_t n = take_u16(d, c, TLS_DNAMES_LENGTH);
	struct cursor names = tls_vector(d, c, n);
	if (!n)
		return;
	node_id tree = open_tree(d, &names, TLS_DNAMES);
	label_set(d, tree, "Distinguished Names (%u byte%s)", n, n == 1 ? "" : "s");
	while (cursor_more(&names)) {
		struct cursor name = tls_vector(d, &names, take_u16(d, &names, TLS_DNAME_LENGTH));
		node_id one = open_tree(d, &name, TLS_DNAME);
		x509_mention(d, name);
		if (wants_fields(d)) {
			use_fields_of(d, &tls_dissector);
			x509_name(d, name);
			use_fields_of(d, NULL);
		}
		cursor_skip(&name, cursor_left(&name));
		close_tree(d, one, &name);
	}
	close_tree(d, tree, &names);
}

static void certificate_status(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, TLS_STATUS_TYPE);
	struct cursor v = tls_vector(d, c, (uint32_t)cursor_u24(c));
	take_rest(d, &v, TLS_STATUS_RESPONSE);
}

/* --- keys --- */

enum key_exchange { EXCHANGE_RSA, EXCHANGE_DH, EXCHANGE_ECDH, EXCHANGE_PSK, EXCHANGE_OTHER };

static bool begins(const char *name, const char *with)
{
	return !strncmp(name, with, strlen(with));
}

/* By the suite's name, which says it (RFC 5246, appendix C). */
static enum key_exchange key_exchange_of(uint16_t suite)
{
	static const struct {
		const char *begins;
		enum key_exchange exchange;
	} rows[] = {
		{ "TLS_ECDHE_PSK", EXCHANGE_OTHER }, { "TLS_DHE_PSK", EXCHANGE_OTHER },
		{ "TLS_RSA_PSK", EXCHANGE_OTHER },   { "TLS_ECDH", EXCHANGE_ECDH },
		{ "TLS_DH", EXCHANGE_DH },	     { "TLS_RSA", EXCHANGE_RSA },
		{ "TLS_PSK", EXCHANGE_PSK },
	};
	const char *name = value_name(tls_suite_names, suite);

	for (unsigned i = 0; name && i < COUNT(rows); i++)
		if (begins(name, rows[i].begins))
			return rows[i].exchange;
	return EXCHANGE_OTHER;
}

static void take_signature(struct dissection *d, struct cursor *c,
			   const struct tls_reading *reading)
{
	if (!cursor_more(c))
		return;
	if (reading->version == TLS_1_2 || reading->version == DTLS_1_2)
		tls_signature_algorithm(d, c);
	take_opaque(d, c, TLS_SIGNATURE_LENGTH, TLS_SIGNATURE);
}

static void server_key_exchange(struct dissection *d, struct cursor *c,
				const struct tls_reading *reading)
{
	enum key_exchange exchange = key_exchange_of(reading->suite);
	node_id tree = open_tree(d, c, TLS_PARAMS);

	switch (exchange) {
	case EXCHANGE_ECDH:
		label_set(d, tree, "EC Diffie-Hellman Server Params");
		if (take_u8(d, c, TLS_CURVE_TYPE) != 3)
			break;
		take_u16(d, c, TLS_NAMED_CURVE);
		take_opaque(d, c, TLS_SERVER_POINT_LENGTH, TLS_SERVER_POINT);
		take_signature(d, c, reading);
		break;
	case EXCHANGE_DH:
		label_set(d, tree, "Diffie-Hellman Server Params");
		take_opaque(d, c, TLS_P_LENGTH, TLS_P);
		take_opaque(d, c, TLS_G_LENGTH, TLS_G);
		take_opaque(d, c, TLS_YS_LENGTH, TLS_YS);
		take_signature(d, c, reading);
		break;
	case EXCHANGE_RSA:
		label_set(d, tree, "RSA-EXPORT Server Params");
		take_opaque(d, c, TLS_MODULUS_LENGTH, TLS_MODULUS);
		take_opaque(d, c, TLS_EXPONENT_LENGTH, TLS_EXPONENT);
		take_signature(d, c, reading);
		break;
	case EXCHANGE_PSK:
		label_set(d, tree, "PSK Server Params");
		take_opaque(d, c, TLS_HINT_LENGTH, TLS_HINT);
		break;
	case EXCHANGE_OTHER:
		break;
	}
	cursor_skip(c, cursor_left(c));
	close_tree(d, tree, c);
}

static void client_key_exchange(struct dissection *d, struct cursor *c,
				const struct tls_reading *reading)
{
	node_id tree = open_tree(d, c, TLS_PARAMS);

	switch (key_exchange_of(reading->suite)) {
	case EXCHANGE_ECDH:
		label_set(d, tree, "EC Diffie-Hellman Client Params");
		take_opaque(d, c, TLS_CLIENT_POINT_LENGTH, TLS_CLIENT_POINT);
		break;
	case EXCHANGE_DH:
		label_set(d, tree, "Diffie-Hellman Client Params");
		take_opaque(d, c, TLS_YC_LENGTH, TLS_YC);
		break;
	case EXCHANGE_RSA:
		label_set(d, tree, "RSA Encrypted PreMaster Secret");
		/* SSL 3.0 has no length in front (RFC 6101, 5.6.7.1). */
		if (reading->version == SSL_3_0)
			take_rest(d, c, TLS_EPMS);
		else
			take_opaque(d, c, TLS_EPMS_LENGTH, TLS_EPMS);
		break;
	case EXCHANGE_PSK:
		label_set(d, tree, "PSK Client Params");
		take_opaque(d, c, TLS_IDENTITY_LENGTH, TLS_IDENTITY);
		break;
	case EXCHANGE_OTHER:
		break;
	}
	cursor_skip(c, cursor_left(c));
	close_tree(d, tree, c);
}

static void new_session_ticket(struct dissection *d, struct cursor *c, struct tls_reading *reading)
{
	node_id tree = open_tree(d, c, TLS_TICKET);
	uint32_t seconds = take_u32(d, c, TLS_TICKET_LIFETIME);

	if (seconds && seconds % TICKET_DAY == 0)
		label(d, last_node(d), " (%u day%s)", seconds / TICKET_DAY,
		      seconds == TICKET_DAY ? "" : "s");
	if (is_1_3(reading->version)) {
		take_u32(d, c, TLS_TICKET_AGE_ADD);
		take_opaque(d, c, TLS_TICKET_NONCE_LENGTH, TLS_TICKET_NONCE);
	}
	take_opaque(d, c, TLS_TICKET_LENGTH, TLS_SESSION_TICKET);
	if (is_1_3(reading->version) && cursor_more(c))
		tls_extensions(d, c, TLS_NEW_SESSION_TICKET, reading);
	close_tree(d, tree, c);
}

static void certificate_verify(struct dissection *d, struct cursor *c,
			       const struct tls_reading *reading)
{
	if (reading->version == TLS_1_2 || reading->version == DTLS_1_2 || is_1_3(reading->version))
		tls_signature_algorithm(d, c);
	take_opaque(d, c, TLS_VERIFY_LENGTH, TLS_VERIFY);
}

static void finished(struct dissection *d, struct cursor *c)
{
	node_id node = add_node(d, c, TLS_VERIFY_DATA, c->pos, cursor_left(c));

	(void)node;
	cursor_skip(c, cursor_left(c));
}

static void compressed_certificate(struct dissection *d, struct cursor *c)
{
	take_u16(d, c, TLS_COMPRESS_ALGORITHM);
	take_uint(d, c, TLS_COMPRESS_PLAIN_LENGTH);
	take_opaque(d, c, TLS_COMPRESS_DATA_LENGTH, TLS_COMPRESS_DATA);
}

static void read_body(struct dissection *d, struct cursor *c, uint8_t type,
		      struct tls_reading *reading)
{
	switch (type) {
	case TLS_CLIENT_HELLO:
		client_hello(d, c, reading);
		break;
	case TLS_SERVER_HELLO:
	case TLS_HELLO_RETRY_REQUEST:
		server_hello(d, c, reading);
		break;
	case TLS_HELLO_VERIFY_REQUEST:
		hello_verify_request(d, c, reading);
		break;
	case TLS_NEW_SESSION_TICKET:
		new_session_ticket(d, c, reading);
		break;
	case TLS_ENCRYPTED_EXTENSIONS:
		tls_extensions(d, c, type, reading);
		break;
	case TLS_HANDSHAKE_CERTIFICATE:
		certificate(d, c, reading);
		break;
	case TLS_SERVER_KEY_EXCHANGE:
		server_key_exchange(d, c, reading);
		break;
	case TLS_CERTIFICATE_REQUEST:
		certificate_request(d, c, reading);
		break;
	case TLS_CERTIFICATE_VERIFY:
		certificate_verify(d, c, reading);
		break;
	case TLS_CLIENT_KEY_EXCHANGE:
		client_key_exchange(d, c, reading);
		break;
	case TLS_FINISHED:
		finished(d, c);
		break;
	case TLS_CERTIFICATE_STATUS:
		certificate_status(d, c);
		break;
	case TLS_KEY_UPDATE_MESSAGE:
		take_u8(d, c, TLS_KEY_UPDATE);
		break;
	case TLS_COMPRESSED_CERTIFICATE:
		compressed_certificate(d, c);
		break;
	default:
		cursor_skip(c, cursor_left(c));
	}
}

void tls_handshake_body(struct dissection *d, struct cursor *c, uint8_t type,
			struct tls_reading *reading)
{
	reading->hello = (struct tls_hello){ 0 };
	read_body(d, c, type, reading);
	if (cursor_left(c))
		note_finding(d, TLS_TRAILING, "%u bytes of trailing data", cursor_left(c));
}
