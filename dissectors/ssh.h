/* ssh.h - what the files of the dissector of SSH share. */
#ifndef DISSECTORS_SSH_H
#define DISSECTORS_SSH_H

#include "dissect/dissector.h"

enum {
	SSH,
	SSH_PROTOCOL,
	SSH_LINE,
	SSH_PACKET,
	SSH_PACKET_LENGTH,
	SSH_PADDING_LENGTH,
	SSH_KEY_EXCHANGE,
	SSH_CODE,
	SSH_ALGORITHMS,
	SSH_COOKIE,
	SSH_LISTS_FIRST,
	SSH_LISTS_LAST = SSH_LISTS_FIRST + 19,
	SSH_FIRST_FOLLOWS,
	SSH_RESERVED,
	SSH_HASSH_ALGORITHMS,
	SSH_HASSH,
	SSH_HASSH_SERVER_ALGORITHMS,
	SSH_HASSH_SERVER,
	SSH_MPINT,
	SSH_DH_E,
	SSH_DH_F,
	SSH_ECDH_LENGTH_C,
	SSH_ECDH_C,
	SSH_ECDH_LENGTH_S,
	SSH_ECDH_S,
	SSH_GEX_MIN,
	SSH_GEX_BITS,
	SSH_GEX_MAX,
	SSH_GEX_P,
	SSH_GEX_G,
	SSH_HOST_KEY,
	SSH_HOST_KEY_LENGTH,
	SSH_HOST_KEY_TYPE_LENGTH,
	SSH_HOST_KEY_TYPE,
	SSH_RSA_E,
	SSH_RSA_N,
	SSH_DSA_P,
	SSH_DSA_Q,
	SSH_DSA_G,
	SSH_DSA_Y,
	SSH_ECDSA_CURVE_LENGTH,
	SSH_ECDSA_CURVE,
	SSH_ECDSA_Q_LENGTH,
	SSH_ECDSA_Q,
	SSH_EDDSA_KEY_LENGTH,
	SSH_EDDSA_KEY,
	SSH_HOST_KEY_DATA,
	SSH_SIGNATURE,
	SSH_SIGNATURE_LENGTH,
	SSH_SIGNATURE_TYPE_LENGTH,
	SSH_SIGNATURE_TYPE,
	SSH_SIGNATURE_RSA,
	SSH_SIGNATURE_DSA,
	SSH_SIGNATURE_DATA,
	SSH_PAYLOAD,
	SSH_PADDING,
	SSH_ENCRYPTED_LENGTH,
	SSH_ENCRYPTED,
	SSH_SEQUENCE,
	SSH_DIRECTION,
	SSH_LENGTH_BAD,
	SSH_FIELDS,
};

enum list {
	LIST_KEX,
	LIST_HOST_KEY,
	LIST_CIPHER_TO_SERVER,
	LIST_CIPHER_TO_CLIENT,
	LIST_MAC_TO_SERVER,
	LIST_MAC_TO_CLIENT,
	LIST_COMPRESSION_TO_SERVER,
	LIST_COMPRESSION_TO_CLIENT,
	LIST_LANGUAGE_TO_SERVER,
	LIST_LANGUAGE_TO_CLIENT,
	LISTS,
};

enum { SSH_KEXINIT = 20, SSH_NEWKEYS = 21, SSH_COOKIE_LENGTH = 16 };

extern const struct field ssh_fields[SSH_FIELDS];

/* --- ssh_exchange.c --- */

const char *ssh_code_words(struct dissection *d, const struct cursor *body, uint8_t code);
void ssh_take_body(struct dissection *d, struct cursor *c, uint8_t code, bool from_server);

/* --- ssh_agreed.c: what both sides' lists come to (RFC 4253, 7.1) --- */

enum ssh_agreed_on {
	AGREED_KEX,
	AGREED_CIPHER, /* of what the client says, then of what the server says */
	AGREED_COMPRESSION = AGREED_CIPHER + 2,
	AGREED_NAMES = AGREED_COMPRESSION + 2,
};

/* A fact of the later of both packets with lists: the names, each with its 0. */
struct ssh_agreed {
	uint16_t starts[AGREED_NAMES];
	char names[];
};

/* A fact of each message: how far the connection was where it begins. */
struct ssh_start {
	uint8_t phase;
	uint8_t version;
	uint16_t sequence;
	uint32_t agreed_in, agreed_layer; /* links: where the agreement is; packet 0: nowhere yet */
};

/* The first pass's, of a connection. */
struct ssh_offers {
	uint32_t *hashes; /* of names of the side that spoke first, list by list; NULL: none yet */
	uint8_t counts[AGREED_NAMES];
	bool of_server;
	uint32_t first_in, first_layer; /* where they were */
	uint32_t agreed_in, agreed_layer;
};

/* In the first pass: the packet of code 20 whose lists the cursor is at came. */
void ssh_note_offer(struct dissection *d, struct ssh_offers *offers, const struct cursor *lists,
		    bool of_server);
void ssh_know_agreed(struct ssh_start *start, const struct ssh_offers *offers);
/* What the message at hand is sent by; NULL: that is not known. */
const struct ssh_agreed *ssh_agreed_of(struct dissection *d, const struct ssh_start *start);
const char *ssh_agreed_name(const struct ssh_agreed *agreed, unsigned on);

#endif
