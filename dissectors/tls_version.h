/* tls_version.h - the version that a handshake agrees on, told to the layers that came before it
 * did: a second pass names it in the row of a Client Hello. */
#ifndef DISSECTORS_TLS_VERSION_H
#define DISSECTORS_TLS_VERSION_H

#include <stdint.h>

#include "dissect/dissection.h"

/* Layers that begin before the version is known; what is beyond is left as it stands. */
enum { TLS_WAITING_LIMIT = 4 };

struct tls_waiting {
	uint32_t packet[TLS_WAITING_LIMIT];
	uint16_t layer[TLS_WAITING_LIMIT];
	uint16_t count;
};

/* In the first pass: the layer at work waits. */
void tls_version_await(struct dissection *d, struct tls_waiting *waiting);
/* In the first pass: the handshake chose `version`, as far as it is known. */
void tls_version_settle(struct dissection *d, const struct tls_waiting *waiting, uint16_t version);
/* What was chosen after the layer at work; 0: nothing, or nobody may know yet. */
uint16_t tls_version_chosen(struct dissection *d);

#endif
