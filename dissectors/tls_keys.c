/* tls_keys.c - key derivation.  A suite's name says its cipher, its mode and its hash. */
#include "tls_keys.h"

#include <string.h>

#include "tls.h"

enum { KEY_BLOCK = 256, MASTER = 48, LABEL_ROOM = 64 };

static const struct suite_row {
	const char *part;
	uint8_t kind, block, key_length, iv_length; /* as struct cipher_keys */
} suite_rows[] = {
	{ "AES_128_GCM", CIPHER_GCM, BLOCK_AES, 16, 4 },
	{ "AES_256_GCM", CIPHER_GCM, BLOCK_AES, 32, 4 },
	{ "AES_128_CCM_8", CIPHER_CCM_8, BLOCK_AES, 16, 4 },
	{ "AES_256_CCM_8", CIPHER_CCM_8, BLOCK_AES, 32, 4 },
	{ "AES_128_CCM", CIPHER_CCM, BLOCK_AES, 16, 4 },
	{ "AES_256_CCM", CIPHER_CCM, BLOCK_AES, 32, 4 },
	{ "CHACHA20_POLY1305", CIPHER_CHACHA, BLOCK_AES, 32, 12 },
	{ "AES_128_CBC", CIPHER_CBC, BLOCK_AES, 16, 16 },
	{ "AES_256_CBC", CIPHER_CBC, BLOCK_AES, 32, 16 },
	{ "CAMELLIA_128_CBC", CIPHER_CBC, BLOCK_CAMELLIA, 16, 16 },
	{ "CAMELLIA_256_CBC", CIPHER_CBC, BLOCK_CAMELLIA, 32, 16 },
	{ "3DES_EDE_CBC", CIPHER_CBC, BLOCK_3DES, 24, 8 },
};

static enum digest digest_of(const char *name)
{
	return strstr(name, "SHA384") ? DIGEST_SHA384 : DIGEST_SHA256;
}

enum digest tls_suite_digest(uint16_t suite)
{
	const char *name = value_name(tls_suite_names, suite);

	return digest_of(name ? name : "");
}

bool tls_suite_keys(const struct tls_agreement *agreement, struct cipher_keys *keys)
{
	const char *name = value_name(tls_suite_names, agreement->suite);

	*keys = (struct cipher_keys){ 0 };
	for (unsigned i = 0; name && i < COUNT(suite_rows); i++) {
		const struct suite_row *row = &suite_rows[i];
		if (!strstr(name, row->part))
			continue;
		size_t length = strlen(name);
		keys->kind = row->kind;
		keys->block = row->block;
		keys->key_length = row->key_length;
		keys->iv_length = agreement->is_1_3 ? 12 : row->iv_length;
		keys->is_1_3 = agreement->is_1_3;
		keys->explicit_iv = agreement->version >= TLS_1_1;
		keys->encrypt_then_mac = agreement->encrypt_then_mac && row->kind == CIPHER_CBC;
		keys->digest = !strcmp(name + length - 3, "SHA")   ? DIGEST_SHA1
			       : !strcmp(name + length - 3, "MD5") ? DIGEST_MD5
								   : (uint8_t)digest_of(name);
		if (row->kind == CIPHER_CBC)
			keys->mac_length = (uint8_t)digest_size((enum digest)keys->digest);
		return true;
	}
	return false;
}

/* --- TLS 1.2 and before --- */

/* P_hash (RFC 5246, 5), added to what is in `out`. */
static bool add_p_hash(enum digest digest, const uint8_t *secret, size_t secret_length,
		       const struct digest_part *seed, uint8_t *out, uint32_t n)
{
	uint8_t a[DIGEST_ROOM], made[DIGEST_ROOM];
	uint32_t size = (uint32_t)digest_size(digest);

	if (!digest_hmac_parts(digest, secret, secret_length, seed, 3, a))
		return false;
	for (uint32_t at = 0; at < n; at += size) {
		struct digest_part parts[4] = { { a, size }, seed[0], seed[1], seed[2] };
		if (!digest_hmac_parts(digest, secret, secret_length, parts, 4, made) ||
		    !digest_hmac(digest, secret, secret_length, a, size, a))
			return false;
		for (uint32_t i = 0; i < size && at + i < n; i++)
			out[at + i] ^= made[i];
	}
	return true;
}

static bool make_key_block(const struct tls_agreement *agreement, const struct secret *master,
			   uint8_t block[KEY_BLOCK])
{
	struct digest_part seed[3] = { { "key expansion", 13 },
				       { agreement->server_random, TLS_RANDOM_ROOM },
				       { agreement->client_random, TLS_RANDOM_ROOM } };
	const char *name = value_name(tls_suite_names, agreement->suite);
	size_t half = (master->length + 1) / 2;

	memset(block, 0, KEY_BLOCK);
	if (agreement->version >= TLS_1_2)
		return add_p_hash(digest_of(name), master->bytes, master->length, seed, block,
				  KEY_BLOCK);
	return add_p_hash(DIGEST_MD5, master->bytes, half, seed, block, KEY_BLOCK) &&
	       add_p_hash(DIGEST_SHA1, master->bytes + master->length - half, half, seed, block,
			  KEY_BLOCK);
}

bool tls_keys_1_2(const struct dissection *d, const struct tls_agreement *agreement,
		  struct cipher_keys keys[2])
{
	struct secret master;
	uint8_t block[KEY_BLOCK];
	const uint8_t *at = block;

	if (agreement->version < TLS_1_0 || !tls_suite_keys(agreement, &keys[0]) ||
	    !secret_find(d->learned, "CLIENT_RANDOM", agreement->client_random, &master) ||
	    master.length != MASTER || !make_key_block(agreement, &master, block))
		return false;
	keys[1] = keys[0];
	for (unsigned i = 0; i < 2; i++, at += keys[0].mac_length)
		memcpy(keys[i].mac_key, at, keys[0].mac_length);
	for (unsigned i = 0; i < 2; i++, at += keys[0].key_length)
		memcpy(keys[i].key, at, keys[0].key_length);
	for (unsigned i = 0; i < 2; i++, at += keys[0].iv_length)
		memcpy(keys[i].iv, at, keys[0].iv_length);
	return true;
}

/* --- TLS 1.3 --- */

bool tls_expand_label(enum digest digest, const struct secret *secret, const char *label,
		      uint8_t *out, uint32_t n)
{
	uint8_t info[LABEL_ROOM], made[DIGEST_ROOM];
	size_t length = strlen(label);
	uint32_t at = 0;

	if (length + 11 > sizeof info || n > digest_size(digest))
		return false;
	info[at++] = (uint8_t)(n >> 8);
	info[at++] = (uint8_t)n;
	info[at++] = (uint8_t)(length + 6);
	memcpy(info + at, "tls13 ", 6);
	memcpy(info + at + 6, label, length);
	at += 6 + (uint32_t)length;
	info[at++] = 0;
	info[at++] = 1; /* HKDF's first block */
	if (!digest_hmac(digest, secret->bytes, secret->length, info, at, made))
		return false;
	memcpy(out, made, n);
	return true;
}

bool tls_keys_1_3(const struct tls_agreement *agreement, const struct secret *secret,
		  struct cipher_keys *keys)
{
	const char *name = value_name(tls_suite_names, agreement->suite);

	return tls_suite_keys(agreement, keys) &&
	       tls_expand_label(digest_of(name), secret, "key", keys->key, keys->key_length) &&
	       tls_expand_label(digest_of(name), secret, "iv", keys->iv, keys->iv_length);
}

bool tls_next_secret(const struct tls_agreement *agreement, struct secret *secret)
{
	const char *name = value_name(tls_suite_names, agreement->suite);

	return name && tls_expand_label(digest_of(name), secret, "traffic upd", secret->bytes,
					secret->length);
}
