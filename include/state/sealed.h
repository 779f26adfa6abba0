/* sealed.h - records whose plaintext is made from keys.
 *
 * Kept are the keys of each side, once, and for each record where its ciphertext lies, which keys
 * open it and its sequence number; never plaintext.  A record is a message (reassembly.h) whose
 * bytes are made when they are looked at, so what is inside can be put together like anything else.
 */
#ifndef STATE_SEALED_H
#define STATE_SEALED_H

#include "base/cipher.h"
#include "dissect/dissection.h"
#include "dissect/dissector.h"
#include "state/reassembly.h"

/* --- key logs: lines of SSLKEYLOGFILE, from a file or the capture itself --- */

enum { SECRET_ROOM = 48, SECRETS_LIMIT_LINES = 1 << 20 };

struct secret {
	uint8_t bytes[SECRET_ROOM];
	uint32_t length;
};

/* Takes in the lines that say something; others are read over.  Before or between packets of the
 * first pass. */
void secrets_read(struct learned *learned, const uint8_t *text, uint32_t n);
/* What the log says under the label for a client's random; false: nothing. */
bool secret_find(const struct learned *learned, const char *label, const uint8_t random[32],
		 struct secret *secret);
bool secrets_known(const struct learned *learned);

/* --- records --- */

/* In the first pass: keeps the keys; their number + 1, or 0 when there are too many. */
uint32_t sealed_keys(struct dissection *d, const struct cipher_keys *keys);

/* A record that was opened. */
struct opened {
	const uint8_t *bytes; /* in the arena */
	uint32_t length;
	uint8_t type;	  /* of what is inside */
	uint32_t message; /* its number + 1 */
};

/* In the first pass: opens the record in `c` by keys number + 1, and keeps how.  `sealed` has its
 * header and sequence number.  False: it does not open. */
bool sealed_open(struct dissection *d, const struct cursor *c, uint32_t keys,
		 const struct sealed_record *sealed, struct opened *opened);
/* In the first pass: the last block of its ciphertext, which CBC without explicit IVs goes on from.
 */
void sealed_last_block(const struct dissection *d, uint32_t keys,
		       const struct sealed_record *sealed, uint8_t block[16]);
/* In every pass: opens it again. */
bool sealed_reopen(struct dissection *d, uint32_t message, struct opened *opened);
/* A packet of QUIC, all of a cursor (RFC 9001, 5). */
struct sealed_packet {
	uint32_t number_at; /* given: bytes before its number */
	uint64_t expected;  /* given: the number after the largest that came */
	uint64_t number;
	uint8_t number_length;
	uint8_t first_byte; /* without its protection */
};

/* Takes the protection off its header.  False: the keys are none, or it is too short. */
bool sealed_unmask(struct dissection *d, const struct cursor *c, uint32_t keys,
		   struct sealed_packet *packet);
/* In the first pass: opens the packet whose header was unmasked.  False: it does not open. */
bool sealed_open_packet(struct dissection *d, const struct cursor *c, uint32_t keys,
			const struct sealed_packet *packet, struct opened *opened);
/* Its bytes as a source of their own. */
struct cursor sealed_source(struct dissection *d, const struct cursor *c,
			    const struct opened *opened, const char *title);

#endif
