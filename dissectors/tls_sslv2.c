/* tls_sslv2.c - hellos in the records of SSL 2.0, which clients of its successors sent, too (RFC
 * 5246, appendix E.2). */
#include "tls_layer.h"

/* A hello of SSL 2.0, which may offer later versions: length with its high bit, 1, version. */
bool sslv2_is_hello(const uint8_t *at)
{
	return at[0] & 0x80 && at[2] == 1 &&
	       ((at[3] == 3 && at[4] <= 4) || (at[3] == 0 && at[4] == 2));
}

/* The server's answer to it; behind type and certificate type stands the version. */
bool sslv2_is_answer(const uint8_t *at)
{
	return at[0] & 0x80 && at[2] == 4 && at[3] <= 1 && at[4] == 1;
}

uint32_t sslv2_size(const uint8_t *at)
{
	if (at[0] & 0x80)
		return (uint32_t)((at[0] & 0x7f) << 8 | at[1]) + 2;
	return (uint32_t)((at[0] & 0x3f) << 8 | at[1]) + 3;
}

static void show_sslv2_hello(struct dissection *d, struct cursor *c)
{
	take_u16(d, c, TLS_HANDSHAKE_VERSION);
	uint32_t ciphers = take_u16(d, c, TLS_SSLV2_CIPHERS_LENGTH);
	uint32_t session = take_u16(d, c, TLS_SESSION_ID_LENGTH);
	uint32_t challenge = take_u16(d, c, TLS_SSLV2_CHALLENGE_LENGTH);
	struct cursor list = tls_vector(d, c, ciphers);
	node_id tree = open_tree(d, &list, TLS_SUITES);

	label_set(d, tree, "Cipher Specs (%u specs)", ciphers / 3);
	while (cursor_sent(&list) >= 3)
		take_uint(d, &list, TLS_SSLV2_CIPHER);
	close_tree(d, tree, &list);
	if (session)
		take_bytes(d, c, TLS_SESSION_ID, session);
	struct cursor rest = tls_vector(d, c, challenge);
	add_node(d, &rest, TLS_SSLV2_CHALLENGE, rest.pos, cursor_left(&rest));
}

static void take_sslv2_type(struct dissection *d, struct cursor *c)
{
	uint8_t type = take_u8(d, c, TLS_HANDSHAKE_TYPE);
	const char *name = value_name(tls_sslv2_names, type);

	label_set(d, last_node(d), "Handshake Message Type: %s (%u)", name ? name : "Unknown",
		  type);
}

void sslv2_show_record(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	node_id tree = open_tree(d, c, TLS_RECORD);
	const uint8_t *at;

	if (!cursor_peek(c, 0, RECORD_HEADER, &at)) {
		cursor_skip(c, cursor_sent(c));
		return;
	}
	uint32_t head = at[0] & 0x80 ? 2 : 3;
	uint32_t size = sslv2_size(at) - head;
	add_uint(d, c, TLS_RECORD_VERSION, c->pos, head, SSL_2_0);
	node_flag(d, last_node(d), NODE_GENERATED);
	add_uint(d, c, TLS_RECORD_LENGTH, c->pos, head, size);
	cursor_skip(c, head);
	struct cursor record = cursor_split(c, size);
	const char *name = "Encrypted Data";
	if (sslv2_is_hello(at)) {
		name = "Client Hello";
		take_sslv2_type(d, &record);
		show_sslv2_hello(d, &record);
	} else if (sslv2_is_answer(at)) {
		name = "Server Hello";
		layer->now.version = SSL_2_0;
		take_sslv2_type(d, &record);
	} else if (head == 2 && at[2] == 2 && !(layer->now.flags & SIDE_ENCRYPTED)) {
		name = "Client Master Key";
		layer->now.flags |= SIDE_ENCRYPTED;
		take_sslv2_type(d, &record);
	}
	cursor_skip(&record, cursor_left(&record));
	label_set(d, tree, "SSLv2 Record Layer: %s", name);
	close_tree(d, tree, c);
	tls_say(d, name);
	info_protocol(d, "SSLv2");
}
