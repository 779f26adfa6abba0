/* tls_keys.h - from a key log's secrets to the keys of each side (RFC 5246, 6.3; RFC 8446, 7). */
#ifndef DISSECTORS_TLS_KEYS_H
#define DISSECTORS_TLS_KEYS_H

#include "state/sealed.h"

enum { TLS_RANDOM_ROOM = 32 };

/* What a handshake agreed on. */
struct tls_agreement {
	uint16_t version, suite;
	bool encrypt_then_mac, is_1_3;
	uint8_t client_random[TLS_RANDOM_ROOM], server_random[TLS_RANDOM_ROOM];
};

/* What the suite says of keys: kind and lengths; false: it is not known. */
bool tls_suite_keys(const struct tls_agreement *agreement, struct cipher_keys *keys);
/* Of keys that come from secrets. */
enum digest tls_suite_digest(uint16_t suite);
/* Up to TLS 1.2: the keys of both sides, [0] the client's.  False: the log or the suite is unknown.
 */
bool tls_keys_1_2(const struct dissection *d, const struct tls_agreement *agreement,
		  struct cipher_keys keys[2]);
/* TLS 1.3: the keys that come from a side's traffic secret. */
bool tls_keys_1_3(const struct tls_agreement *agreement, const struct secret *secret,
		  struct cipher_keys *keys);
/* The secret that follows a KeyUpdate. */
bool tls_next_secret(const struct tls_agreement *agreement, struct secret *secret);
/* RFC 8446, 7.1: HKDF-Expand-Label without context; `prefix` is "tls13 ". */
bool tls_expand_label(enum digest digest, const struct secret *secret, const char *label,
		      uint8_t *out, uint32_t n);

#endif
