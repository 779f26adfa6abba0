/* cipher.h - opening one protected record (RFC 5246, 6.2.3; RFC 8446, 5.2) or packet of QUIC (RFC
 * 9001, 5), by libgcrypt. */
#ifndef BASE_CIPHER_H
#define BASE_CIPHER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"

enum cipher_kind { CIPHER_NONE, CIPHER_GCM, CIPHER_CCM, CIPHER_CCM_8, CIPHER_CHACHA, CIPHER_CBC };
enum block_cipher { BLOCK_AES, BLOCK_3DES, BLOCK_CAMELLIA };

/* What one side protects its records with. */
struct cipher_keys {
	uint8_t kind;	/* enum cipher_kind */
	uint8_t block;	/* enum block_cipher */
	uint8_t digest; /* enum digest: of CBC's MAC */
	uint8_t key_length, iv_length, mac_length;
	bool encrypt_then_mac; /* RFC 7366 */
	bool is_1_3;	       /* the nonce and the additional data are those of TLS 1.3 */
	bool explicit_iv;      /* CBC: each record has its own, as since TLS 1.1 */
	bool is_quic;	       /* the additional data is the packet's header */
	uint8_t key[32], iv[16], mac_key[DIGEST_ROOM];
	uint8_t header_key[32]; /* QUIC: of the header's protection */
};

struct sealed_record {
	const uint8_t *bytes; /* behind the header */
	uint32_t length;
	uint64_t sequence;
	uint8_t type;
	uint16_t version;
	const uint8_t *previous; /* CBC without explicit IV: the last block of the record before */
	const uint8_t *head;	 /* QUIC: the packet's header without its protection */
	uint32_t head_length;
};

/* Opens it into `out`, room for its length; *n says how many bytes came out.  False: it is damaged,
 * the keys are not its own, or peel was built without libgcrypt. */
bool cipher_open(const struct cipher_keys *keys, const struct sealed_record *record, uint8_t *out,
		 uint32_t *n);

enum { CIPHER_SAMPLE = 16, CIPHER_MASK = 5 };

/* What the header's protected bits are masked with (RFC 9001, 5.4), by a sample of ciphertext. */
bool cipher_mask(const struct cipher_keys *keys, const uint8_t sample[CIPHER_SAMPLE],
		 uint8_t mask[CIPHER_MASK]);

#endif
