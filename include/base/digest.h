/* digest.h - hashes of bytes, by libgcrypt where it is there. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum digest {
	DIGEST_MD5,
	DIGEST_SHA1,
	DIGEST_SHA256,
	DIGEST_SHA384,
	DIGESTS,
};

enum { DIGEST_ROOM = 48 }; /* bytes of the longest one */

/* Bytes of a digest. */
size_t digest_size(enum digest digest);
/* False: peel was built without libgcrypt. */
bool digest_bytes(enum digest digest, const void *bytes, size_t n, uint8_t out[DIGEST_ROOM]);
/* RFC 2104. */
bool digest_hmac(enum digest digest, const uint8_t *key, size_t key_length, const void *bytes,
		 size_t n, uint8_t out[DIGEST_ROOM]);
/* The same of several runs of bytes, one after the other. */
struct digest_part {
	const void *bytes;
	size_t length;
};
bool digest_hmac_parts(enum digest digest, const uint8_t *key, size_t key_length,
		       const struct digest_part *parts, unsigned count, uint8_t out[DIGEST_ROOM]);

/* Bytes that come one after the other. */
struct digest_run;
/* NULL: peel was built without libgcrypt. */
struct digest_run *digest_run_new(enum digest digest);
void digest_run_add(struct digest_run *run, const void *bytes, size_t n);
/* Of all that was added; false: it cannot be made. */
bool digest_run_end(struct digest_run *run, uint8_t out[DIGEST_ROOM]);
void digest_run_free(struct digest_run *run);

#endif
