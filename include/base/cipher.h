/* cipher.h - opening one protected record (RFC 5246, 6.2.3; RFC 8446, 5.2), by libgcrypt. */
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
	uint8_t key[32], iv[16], mac_key[DIGEST_ROOM];
};

struct sealed_record {
	const uint8_t *bytes; /* behind the header */
	uint32_t length;
	uint64_t sequence;
	uint8_t type;
	uint16_t version;
	const uint8_t *previous; /* CBC without explicit IV: the last block of the record before */
};

/* Opens it into `out`, room for its length; *n says how many bytes came out.  False: it is damaged,
 * the keys are not its own, or peel was built without libgcrypt. */
bool cipher_open(const struct cipher_keys *keys, const struct sealed_record *record, uint8_t *out,
		 uint32_t *n);

#endif
