/* ssh_exchange.c - the messages by which both sides agree on keys.
 *
 * What 30 and 31 mean depends on the method, which may not be in the capture: what they carry shows
 * it. */
#include <string.h>

#include "base/digest.h"
#include "ssh.h"

enum ssh_code {
	CODE_KEX_FIRST = 30,
	CODE_KEX_REPLY = 31,
	CODE_GEX_INIT = 32,
	CODE_GEX_REPLY = 33,
	CODE_GEX_REQUEST = 34,
};

/* The list's text whoever looks at its field, as the fingerprint is made of it. */
static const char *take_list(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t length = take_u32(d, c, field);
	const uint8_t *bytes;
	const char *text = "";

	if (wants_fields(d) && cursor_peek(c, 0, length, &bytes))
		text = text_of(d, bytes, length);
	take_text(d, c, field + 1, length);
	return text;
}

/* HASSH: the lists that tell makes of programs apart, and the digest of them. */
static void put_fingerprint(struct dissection *d, const char *lists[LISTS], bool from_server)
{
	static const uint8_t hashed[2][4] = {
		{ LIST_KEX, LIST_CIPHER_TO_SERVER, LIST_MAC_TO_SERVER, LIST_COMPRESSION_TO_SERVER },
		{ LIST_KEX, LIST_CIPHER_TO_CLIENT, LIST_MAC_TO_CLIENT, LIST_COMPRESSION_TO_CLIENT },
	};
	const uint8_t *which = hashed[from_server];
	unsigned field = from_server ? SSH_HASSH_SERVER_ALGORITHMS : SSH_HASSH_ALGORITHMS;
	uint8_t digest[DIGEST_ROOM];

	if (!field_wanted(d, field) && !field_wanted(d, field + 1))
		return;
	const char *text = arena_printf(&d->arena, "%s;%s;%s;%s", lists[which[0]], lists[which[1]],
					lists[which[2]], lists[which[3]]);
	put_text(d, field, text);
	if (!digest_bytes(DIGEST_MD5, text, strlen(text), digest))
		return;
	size_t n = digest_size(DIGEST_MD5);
	char *hex = arena_alloc(&d->arena, 2 * n + 1);
	*number_put_bytes(hex, digest, (uint32_t)n) = '\0';
	put_text(d, field + 1, hex);
}

static void take_kexinit(struct dissection *d, struct cursor *c, bool from_server)
{
	const char *lists[LISTS];
	node_id tree = open_tree(d, c, SSH_ALGORITHMS);

	take_bytes(d, c, SSH_COOKIE, SSH_COOKIE_LENGTH);
	for (unsigned i = 0; i < LISTS; i++)
		lists[i] = take_list(d, c, SSH_LISTS_FIRST + 2 * i);
	take_u8(d, c, SSH_FIRST_FOLLOWS);
	take_bytes(d, c, SSH_RESERVED, 4);
	if (cursor_ok(c))
		put_fingerprint(d, lists, from_server);
	close_tree(d, tree, c);
}

/* The length of the string at the cursor, which is not stepped over. */
static uint32_t string_length(const struct cursor *c)
{
	const uint8_t *at;

	return cursor_peek(c, 0, 4, &at) ? load_be32(at) : 0;
}

/* A point of a curve: of X25519 (RFC 8731), or uncompressed (RFC 5656, 4). */
static bool is_point(const struct cursor *c)
{
	uint32_t n = string_length(c);
	const uint8_t *at;

	return n == 32 ||
	       ((n == 65 || n == 97 || n == 133) && cursor_peek(c, 4, 1, &at) && *at == 4);
}

/* The names of keys are text, and numbers of groups are not. */
static bool is_host_key(const struct cursor *c)
{
	const uint8_t *at;

	return cursor_peek(c, 4, 8, &at) && load_be32(at) < 128 && at[4] >= 'a' && at[4] <= 'z';
}

static void take_number(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t n = take_u32(d, c, SSH_MPINT);

	if (n)
		take_bytes(d, c, field, n);
}

static void take_exchanged(struct dissection *d, struct cursor *c, bool from_server)
{
	if (!is_point(c)) {
		take_number(d, c, from_server ? SSH_DH_F : SSH_DH_E);
		return;
	}
	uint32_t n = take_u32(d, c, from_server ? SSH_ECDH_LENGTH_S : SSH_ECDH_LENGTH_C);
	take_bytes(d, c, from_server ? SSH_ECDH_S : SSH_ECDH_C, n);
}

/* --- keys and signatures: RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709 --- */

/* The name of a kind of key or signature, from the packet, as the first pass makes no texts. */
struct kind {
	const uint8_t *name;
	uint32_t length;
};

static bool is_kind(const struct kind *kind, const char *name)
{
	return kind->length == strlen(name) && !memcmp(kind->name, name, kind->length);
}

/* Not a certificate for one, whose name goes on. */
static bool is_ecdsa(const struct kind *kind)
{
	return is_kind(kind, "ecdsa-sha2-nistp256") || is_kind(kind, "ecdsa-sha2-nistp384") ||
	       is_kind(kind, "ecdsa-sha2-nistp521");
}

static struct kind take_kind(struct dissection *d, struct cursor *c, unsigned length_field,
			     node_id tree)
{
	struct kind kind = { .length = take_u32(d, c, length_field) };

	if (!cursor_peek(c, 0, kind.length, &kind.name))
		kind = (struct kind){ (const uint8_t *)"", 0 };
	const char *text = take_text(d, c, length_field + 1, kind.length);
	label(d, tree, " (type: %s)", text);
	return kind;
}

static void take_key(struct dissection *d, struct cursor *key, const struct kind *kind)
{
	if (is_kind(kind, "ssh-rsa")) {
		take_number(d, key, SSH_RSA_E);
		take_number(d, key, SSH_RSA_N);
	} else if (is_kind(kind, "ssh-dss")) {
		for (unsigned i = 0; i < 4; i++)
			take_number(d, key, SSH_DSA_P + i);
	} else if (is_ecdsa(kind)) {
		take_text(d, key, SSH_ECDSA_CURVE, take_u32(d, key, SSH_ECDSA_CURVE_LENGTH));
		take_bytes(d, key, SSH_ECDSA_Q, take_u32(d, key, SSH_ECDSA_Q_LENGTH));
	} else if (is_kind(kind, "ssh-ed25519") || is_kind(kind, "ssh-ed448")) {
		take_bytes(d, key, SSH_EDDSA_KEY, take_u32(d, key, SSH_EDDSA_KEY_LENGTH));
	}
	if (cursor_left(key))
		take_bytes(d, key, SSH_HOST_KEY_DATA, cursor_left(key));
}

static void take_host_key(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, SSH_HOST_KEY);
	uint32_t n = take_u32(d, c, SSH_HOST_KEY_LENGTH);
	struct cursor key = cursor_split(c, n);
	struct kind kind = take_kind(d, &key, SSH_HOST_KEY_TYPE_LENGTH, tree);

	take_key(d, &key, &kind);
	close_tree(d, tree, c);
}

static void take_signature(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, SSH_SIGNATURE);
	uint32_t n = take_u32(d, c, SSH_SIGNATURE_LENGTH);
	struct cursor signature = cursor_split(c, n);
	struct kind kind = take_kind(d, &signature, SSH_SIGNATURE_TYPE_LENGTH, tree);

	if (is_kind(&kind, "ssh-rsa"))
		take_number(d, &signature, SSH_SIGNATURE_RSA);
	else if (is_kind(&kind, "ssh-dss"))
		take_number(d, &signature, SSH_SIGNATURE_DSA);
	if (cursor_left(&signature))
		take_bytes(d, &signature, SSH_SIGNATURE_DATA, cursor_left(&signature));
	close_tree(d, tree, c);
}

static void take_reply(struct dissection *d, struct cursor *c)
{
	take_host_key(d, c);
	take_exchanged(d, c, true);
	take_signature(d, c);
}

/* What 30 and 31 mean depends on the method, which what they carry shows. */
const char *ssh_code_words(struct dissection *d, const struct cursor *body, uint8_t code)
{
	const char *words = value_name(ssh_fields[SSH_CODE].names, code);

	if (code == CODE_KEX_FIRST && is_point(body))
		return "Elliptic Curve Diffie-Hellman Key Exchange Init";
	if (code == CODE_KEX_REPLY && !is_host_key(body))
		return "Diffie-Hellman Group Exchange Group";
	if (code == CODE_KEX_REPLY) {
		struct cursor rest = *body;
		uint32_t n = string_length(body);
		if (n <= cursor_left(body) && cursor_left(body) - n >= 4) {
			cursor_skip(&rest, 4 + n);
			if (is_point(&rest))
				return "Elliptic Curve Diffie-Hellman Key Exchange Reply";
		}
	}
	return words ? words : arena_printf(&d->arena, "Unknown (%u)", code);
}

void ssh_take_body(struct dissection *d, struct cursor *c, uint8_t code, bool from_server)
{
	switch (code) {
	case SSH_KEXINIT:
		take_kexinit(d, c, from_server);
		break;
	case CODE_KEX_FIRST:
	case CODE_GEX_INIT:
		take_exchanged(d, c, false);
		break;
	case CODE_KEX_REPLY:
		if (is_host_key(c)) {
			take_reply(d, c);
		} else {
			take_number(d, c, SSH_GEX_P);
			take_number(d, c, SSH_GEX_G);
		}
		break;
	case CODE_GEX_REPLY:
		take_reply(d, c);
		break;
	case CODE_GEX_REQUEST:
		take_u32(d, c, SSH_GEX_MIN);
		take_u32(d, c, SSH_GEX_BITS);
		take_u32(d, c, SSH_GEX_MAX);
		break;
	default:
		break;
	}
	if (cursor_left(c))
		take_bytes(d, c, SSH_PAYLOAD, cursor_left(c));
}
