/* cipher.c - AEAD and CBC of TLS records, AEAD and header protection of QUIC's packets. */
#include "base/cipher.h"

#include <string.h>

#ifdef HAVE_GCRYPT
#include <gcrypt.h>

enum { NONCE = 12, EXPLICIT = 8, TAG = 16, SHORT_TAG = 8, HEADER = 13, HEADER_1_3 = 5 };

static int algorithm_of(const struct cipher_keys *keys)
{
	if (keys->kind == CIPHER_CHACHA)
		return GCRY_CIPHER_CHACHA20;
	if (keys->block == BLOCK_3DES)
		return GCRY_CIPHER_3DES;
	if (keys->block == BLOCK_CAMELLIA)
		return keys->key_length == 16 ? GCRY_CIPHER_CAMELLIA128 : GCRY_CIPHER_CAMELLIA256;
	return keys->key_length == 16 ? GCRY_CIPHER_AES128 : GCRY_CIPHER_AES256;
}

static void put_number(uint8_t *at, uint64_t number, unsigned n)
{
	while (n--) {
		at[n] = (uint8_t)number;
		number >>= 8;
	}
}

/* What the MAC covers before the data: sequence number, type, version, length. */
static void put_header(uint8_t head[HEADER], const struct sealed_record *record, uint32_t length)
{
	put_number(head, record->sequence, 8);
	head[8] = record->type;
	put_number(head + 9, record->version, 2);
	put_number(head + 11, length, 2);
}

static bool has_explicit_nonce(const struct cipher_keys *keys)
{
	return !keys->is_1_3 && !keys->is_quic && keys->kind != CIPHER_CHACHA;
}

static void put_nonce(const struct cipher_keys *keys, const struct sealed_record *record,
		      uint8_t nonce[NONCE])
{
	memcpy(nonce, keys->iv, NONCE);
	if (has_explicit_nonce(keys)) {
		memcpy(nonce + NONCE - EXPLICIT, record->bytes, EXPLICIT);
		return;
	}
	for (unsigned i = 0; i < 8; i++)
		nonce[NONCE - 1 - i] ^= (uint8_t)(record->sequence >> 8 * i);
}

static bool run_aead(gcry_cipher_hd_t cipher, const struct cipher_keys *keys,
		     const struct sealed_record *record, uint8_t *out, uint32_t n)
{
	uint32_t skip = has_explicit_nonce(keys) ? EXPLICIT : 0;
	uint32_t tag = keys->kind == CIPHER_CCM_8 ? SHORT_TAG : TAG;
	uint8_t nonce[NONCE], made[HEADER];
	const uint8_t *head = made;
	size_t head_length = HEADER;

	put_nonce(keys, record, nonce);
	put_header(made, record, n);
	if (keys->is_quic) {
		head = record->head;
		head_length = record->head_length;
	} else if (keys->is_1_3) {
		head_length = HEADER_1_3;
		made[0] = record->type;
		put_number(made + 1, record->version, 2);
		put_number(made + 3, record->length, 2);
	}
	if (gcry_cipher_setkey(cipher, keys->key, keys->key_length) ||
	    gcry_cipher_setiv(cipher, nonce, NONCE))
		return false;
	uint64_t lengths[3] = { n, head_length, tag };
	if ((keys->kind == CIPHER_CCM || keys->kind == CIPHER_CCM_8) &&
	    gcry_cipher_ctl(cipher, GCRYCTL_SET_CCM_LENGTHS, lengths, sizeof lengths))
		return false;
	return !gcry_cipher_authenticate(cipher, head, head_length) &&
	       !gcry_cipher_decrypt(cipher, out, n, record->bytes + skip, n) &&
	       !gcry_cipher_checktag(cipher, record->bytes + skip + n, tag);
}

static bool open_aead(const struct cipher_keys *keys, const struct sealed_record *record,
		      uint8_t *out, uint32_t *n)
{
	uint32_t skip = has_explicit_nonce(keys) ? EXPLICIT : 0;
	uint32_t tag = keys->kind == CIPHER_CCM_8 ? SHORT_TAG : TAG;
	int mode = keys->kind == CIPHER_GCM	 ? GCRY_CIPHER_MODE_GCM
		   : keys->kind == CIPHER_CHACHA ? GCRY_CIPHER_MODE_POLY1305
						 : GCRY_CIPHER_MODE_CCM;
	gcry_cipher_hd_t cipher;

	if (record->length < skip + tag || gcry_cipher_open(&cipher, algorithm_of(keys), mode, 0))
		return false;
	*n = record->length - skip - tag;
	bool done = run_aead(cipher, keys, record, out, *n);
	gcry_cipher_close(cipher);
	return done;
}

static bool mac_is_right(const struct cipher_keys *keys, const struct sealed_record *record,
			 const uint8_t *data, uint32_t n, const uint8_t *mac)
{
	uint8_t head[HEADER], made[DIGEST_ROOM];
	struct digest_part parts[] = { { head, HEADER }, { data, n } };

	put_header(head, record, n);
	return digest_hmac_parts((enum digest)keys->digest, keys->mac_key, keys->mac_length, parts,
				 2, made) &&
	       !memcmp(made, mac, keys->mac_length);
}

static bool run_cbc(const struct cipher_keys *keys, const uint8_t *iv, const uint8_t *bytes,
		    uint32_t length, uint8_t *out)
{
	gcry_cipher_hd_t cipher;
	uint32_t block = keys->block == BLOCK_3DES ? 8 : 16;

	if (gcry_cipher_open(&cipher, algorithm_of(keys), GCRY_CIPHER_MODE_CBC, 0))
		return false;
	bool done = !gcry_cipher_setkey(cipher, keys->key, keys->key_length) &&
		    !gcry_cipher_setiv(cipher, iv, block) &&
		    !gcry_cipher_decrypt(cipher, out, length, bytes, length);
	gcry_cipher_close(cipher);
	return done;
}

static bool open_cbc(const struct cipher_keys *keys, const struct sealed_record *record,
		     uint8_t *out, uint32_t *n)
{
	uint32_t block = keys->block == BLOCK_3DES ? 8 : 16, length = record->length;
	const uint8_t *bytes = record->bytes, *iv = record->previous;

	if (keys->encrypt_then_mac) {
		if (length < keys->mac_length)
			return false;
		length -= keys->mac_length;
		if (!mac_is_right(keys, record, bytes, length, bytes + length))
			return false;
	}
	if (keys->explicit_iv) {
		if (length < block)
			return false;
		iv = bytes;
		bytes += block;
		length -= block;
	}
	if (!length || length % block || !iv || !run_cbc(keys, iv, bytes, length, out))
		return false;
	uint32_t padding = out[length - 1] + 1u;
	uint32_t mac = keys->encrypt_then_mac ? 0 : keys->mac_length;
	if (padding + mac > length)
		return false;
	*n = length - padding - mac;
	return !mac || mac_is_right(keys, record, out, *n, out + *n);
}

bool cipher_open(const struct cipher_keys *keys, const struct sealed_record *record, uint8_t *out,
		 uint32_t *n)
{
	if (keys->kind == CIPHER_NONE)
		return false;
	if (keys->kind == CIPHER_CBC)
		return open_cbc(keys, record, out, n);
	return open_aead(keys, record, out, n);
}

static bool encrypt_zeros(gcry_cipher_hd_t cipher, const struct cipher_keys *keys,
			  const uint8_t *sample, uint8_t *mask)
{
	static const uint8_t zeros[CIPHER_MASK];

	return !gcry_cipher_setkey(cipher, keys->header_key, keys->key_length) &&
	       !gcry_cipher_setiv(cipher, sample, CIPHER_SAMPLE) &&
	       !gcry_cipher_encrypt(cipher, mask, CIPHER_MASK, zeros, sizeof zeros);
}

static bool encrypt_sample(gcry_cipher_hd_t cipher, const struct cipher_keys *keys,
			   const uint8_t *sample, uint8_t *mask)
{
	uint8_t block[CIPHER_SAMPLE];

	if (gcry_cipher_setkey(cipher, keys->header_key, keys->key_length) ||
	    gcry_cipher_encrypt(cipher, block, sizeof block, sample, CIPHER_SAMPLE))
		return false;
	memcpy(mask, block, CIPHER_MASK);
	return true;
}

bool cipher_mask(const struct cipher_keys *keys, const uint8_t sample[CIPHER_SAMPLE],
		 uint8_t mask[CIPHER_MASK])
{
	bool stream = keys->kind == CIPHER_CHACHA;
	gcry_cipher_hd_t cipher;

	if (gcry_cipher_open(&cipher, algorithm_of(keys),
			     stream ? GCRY_CIPHER_MODE_STREAM : GCRY_CIPHER_MODE_ECB, 0))
		return false;
	bool done = stream ? encrypt_zeros(cipher, keys, sample, mask)
			   : encrypt_sample(cipher, keys, sample, mask);
	gcry_cipher_close(cipher);
	return done;
}

#else

bool cipher_mask(const struct cipher_keys *keys, const uint8_t sample[CIPHER_SAMPLE],
		 uint8_t mask[CIPHER_MASK])
{
	(void)keys;
	(void)sample;
	(void)mask;
	return false;
}

bool cipher_open(const struct cipher_keys *keys, const struct sealed_record *record, uint8_t *out,
		 uint32_t *n)
{
	(void)keys;
	(void)record;
	(void)out;
	(void)n;
	return false;
}

#endif
