/* quic_keys.c - from connection IDs and secrets to the keys of packets (RFC 9001, 5; RFC
 * 9369, 3.3). */
#include <string.h>

#include "quic.h"
#include "tls.h"

enum { SALT = 20, AES_128_GCM_SHA256 = 0x1301, TAG = 16, KEY = 16, NONCE = 12 };

/* What versions have of their own.  Others are read like version 1: its invariants hold for them,
 * and who offers one to be refused protects it so. */
static const struct version_row {
	uint32_t first, last;
	uint8_t salt[SALT], retry_key[KEY], retry_nonce[NONCE];
	bool is_version_2;
} version_rows[] = {
	{ 0x00000001,
	  0x00000001,
	  { 0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17,
	    0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a },
	  { 0xbe, 0x0c, 0x69, 0x0b, 0x9f, 0x66, 0x57, 0x5a, 0x1d, 0x76, 0x6b, 0x54, 0xe3, 0x68,
	    0xc8, 0x4e },
	  { 0x46, 0x15, 0x99, 0xd3, 0x5d, 0x63, 0x2b, 0xf2, 0x23, 0x98, 0x25, 0xbb },
	  false },
	{ 0x6b3343cf,
	  0x6b3343cf,
	  { 0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93,
	    0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e, 0xd9 },
	  { 0x8f, 0xb4, 0xb0, 0x1b, 0x56, 0xac, 0x48, 0xe2, 0x60, 0xfb, 0xcb, 0xce, 0xad, 0x7c,
	    0xcc, 0x92 },
	  { 0xd8, 0x69, 0x69, 0xbc, 0x2d, 0x7c, 0x6d, 0x99, 0x90, 0xef, 0xb0, 0x4a },
	  true },
	/* Draft 01 of version 2 */
	{ 0x709a50c4,
	  0x709a50c4,
	  { 0xa7, 0x07, 0xc2, 0x03, 0xa5, 0x9b, 0x47, 0x18, 0x4a, 0x1d,
	    0x62, 0xca, 0x57, 0x04, 0x06, 0xea, 0x7a, 0xe3, 0xe5, 0xd3 },
	  { 0xba, 0x85, 0x8d, 0xc7, 0xb4, 0x3d, 0xe5, 0xdb, 0xf8, 0x76, 0x17, 0xff, 0x4a, 0xb2,
	    0x53, 0xdb },
	  { 0x14, 0x1b, 0x99, 0xc2, 0x39, 0xb0, 0x3e, 0x78, 0x5d, 0x6a, 0x2e, 0x9f },
	  true },
	/* Drafts 29 to 32 of version 1 */
	{ 0xff00001d,
	  0xff000020,
	  { 0xaf, 0xbf, 0xec, 0x28, 0x99, 0x93, 0xd2, 0x4c, 0x9e, 0x97,
	    0x86, 0xf1, 0x9c, 0x61, 0x11, 0xe0, 0x43, 0x90, 0xa8, 0x99 },
	  { 0xcc, 0xce, 0x18, 0x7e, 0xd0, 0x9a, 0x09, 0xd0, 0x57, 0x28, 0x15, 0x5a, 0x6c, 0xb9,
	    0x6b, 0xe1 },
	  { 0xe5, 0x49, 0x30, 0xf9, 0x7f, 0x21, 0x36, 0xf0, 0x53, 0x0a, 0x8c, 0x1c },
	  false },
	/* Drafts 23 to 28 */
	{ 0xff000017,
	  0xff00001c,
	  { 0xc3, 0xee, 0xf7, 0x12, 0xc7, 0x2e, 0xbb, 0x5a, 0x11, 0xa7,
	    0xd2, 0x43, 0x2b, 0xb4, 0x63, 0x65, 0xbe, 0xf9, 0xf5, 0x02 },
	  { 0x4d, 0x32, 0xec, 0xdb, 0x2a, 0x21, 0x33, 0xc8, 0x41, 0xe4, 0x04, 0x3d, 0xf2, 0x7d,
	    0x44, 0x30 },
	  { 0x4d, 0x16, 0x11, 0xd0, 0x55, 0x13, 0xa5, 0x52, 0xc5, 0x87, 0xd5, 0x75 },
	  false },
};

static const struct version_row *version_row(uint32_t version)
{
	/* Facebook's, which is draft 27; and those that are offered to be refused */
	if (version == 0xfaceb002)
		version = 0xff00001b;
	if ((version & 0x0f0f0f0f) == 0x0a0a0a0a)
		version = 0xff00001d;
	for (unsigned i = 0; i < COUNT(version_rows); i++)
		if (version >= version_rows[i].first && version <= version_rows[i].last)
			return &version_rows[i];
	return &version_rows[0];
}

bool quic_is_version_2(uint32_t version)
{
	return version_row(version)->is_version_2;
}

/* "quic key", "quicv2 key". */
static bool expand(uint32_t version, enum digest digest, const struct secret *secret,
		   const char *what, uint8_t *out, uint32_t n)
{
	char label[16] = "quic";

	if (quic_is_version_2(version))
		strcat(label, "v2");
	strcat(label, " ");
	strcat(label, what);
	return tls_expand_label(digest, secret, label, out, n);
}

static bool make_keys(uint32_t version, uint16_t suite, const struct secret *secret,
		      struct cipher_keys *keys, bool with_header)
{
	struct tls_agreement agreement = { .version = TLS_1_3, .suite = suite, .is_1_3 = true };
	enum digest digest = tls_suite_digest(suite);
	uint8_t header_key[sizeof keys->header_key];

	memcpy(header_key, keys->header_key, sizeof header_key);
	if (!tls_suite_keys(&agreement, keys))
		return false;
	keys->is_1_3 = false;
	keys->is_quic = true;
	memcpy(keys->header_key, header_key, sizeof header_key);
	return expand(version, digest, secret, "key", keys->key, keys->key_length) &&
	       expand(version, digest, secret, "iv", keys->iv, keys->iv_length) &&
	       (!with_header ||
		expand(version, digest, secret, "hp", keys->header_key, keys->key_length));
}

bool quic_keys(uint32_t version, uint16_t suite, const struct secret *secret,
	       struct cipher_keys *keys)
{
	*keys = (struct cipher_keys){ 0 };
	return make_keys(version, suite, secret, keys, true);
}

bool quic_next_keys(uint32_t version, uint16_t suite, struct secret *secret,
		    struct cipher_keys *keys)
{
	struct secret next = { .length = secret->length };

	if (!expand(version, tls_suite_digest(suite), secret, "ku", next.bytes, next.length) ||
	    !make_keys(version, suite, &next, keys, false))
		return false;
	*secret = next;
	return true;
}

bool quic_initial_keys(uint32_t version, const uint8_t *id, uint32_t n, struct cipher_keys keys[2])
{
	static const char *const labels[2] = { "client in", "server in" };
	struct secret start = { .length = 32 }, secret = { .length = 32 };

	if (!digest_hmac(DIGEST_SHA256, version_row(version)->salt, SALT, id, n, start.bytes))
		return false;
	for (unsigned i = 0; i < 2; i++)
		if (!tls_expand_label(DIGEST_SHA256, &start, labels[i], secret.bytes,
				      secret.length) ||
		    !quic_keys(version, AES_128_GCM_SHA256, &secret, &keys[i]))
			return false;
	return true;
}

bool quic_retry_is_good(struct dissection *d, uint32_t version, const uint8_t *id,
			uint32_t id_length, const uint8_t *packet, uint32_t n)
{
	const struct version_row *row = version_row(version);
	struct cipher_keys keys = {
		.kind = CIPHER_GCM, .block = BLOCK_AES, .key_length = KEY, .is_quic = true
	};
	uint8_t nothing[TAG];
	uint32_t got;

	if (n < TAG)
		return false;
	uint8_t *head = arena_alloc(&d->arena, 1 + id_length + n);
	head[0] = (uint8_t)id_length;
	memcpy(head + 1, id, id_length);
	memcpy(head + 1 + id_length, packet, n - TAG);
	memcpy(keys.key, row->retry_key, KEY);
	memcpy(keys.iv, row->retry_nonce, NONCE);
	struct sealed_record tag = {
		.bytes = packet + n - TAG,
		.length = TAG,
		.head = head,
		.head_length = 1 + id_length + n - TAG,
	};
	return cipher_open(&keys, &tag, nothing, &got);
}
