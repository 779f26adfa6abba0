/* quic.h - what the files of QUIC share: fields, headers, and what the first pass keeps. */
#ifndef DISSECTORS_QUIC_H
#define DISSECTORS_QUIC_H

#include "tls.h"
#include "tls_keys.h"

/* Limits on what a hostile packet can make of itself. */
enum {
	QUIC_COALESCED_LIMIT = 32,   /* packets of a datagram that are taken apart */
	QUIC_FRAMES_LIMIT = 2048,    /* frames of a packet, a run of padding being one */
	QUIC_RANGES_LIMIT = 4096,    /* ranges of an ACK that are shown */
	QUIC_STREAMS_OF_A_KIND = 64, /* the last streams of each kind that are put together */
	QUIC_STREAM_KINDS = 4,
	QUIC_ID_ROOM = 20, /* bytes of a connection ID (RFC 9000, 17.2) */
};

enum quic_field {
	QUIC,
	QUIC_CONNECTION,
	QUIC_CONNECTION_NUMBER,
	QUIC_PACKET_LENGTH,
	QUIC_HEADER_FORM,
	QUIC_PACKET_TYPE,
	QUIC_PACKET_TYPE_V2,
	QUIC_LONG_RESERVED,
	QUIC_NUMBER_LENGTH,
	QUIC_DCID,
	QUIC_SCID,
	QUIC_DCIL,
	QUIC_SCIL,
	QUIC_TOKEN_LENGTH,
	QUIC_TOKEN,
	QUIC_LENGTH,
	QUIC_NUMBER,
	QUIC_VERSION,
	QUIC_SUPPORTED_VERSION,
	QUIC_UNUSED,
	QUIC_SHORT,
	QUIC_FIXED_BIT,
	QUIC_SPIN_BIT,
	QUIC_SHORT_RESERVED,
	QUIC_KEY_PHASE,
	QUIC_PAYLOAD,
	QUIC_PROTECTED_PAYLOAD,
	QUIC_REMAINING_PAYLOAD,
	QUIC_RETRY_TOKEN,
	QUIC_RETRY_TAG,
	QUIC_UNPREDICTABLE,
	QUIC_RESET_TOKEN,
	QUIC_FRAME,
	QUIC_FRAME_TYPE,
	QUIC_PADDING_LENGTH,
	QUIC_ACK_LARGEST,
	QUIC_ACK_DELAY,
	QUIC_ACK_COUNT,
	QUIC_ACK_FIRST,
	QUIC_ACK_GAP,
	QUIC_ACK_RANGE,
	QUIC_ACK_ECT0,
	QUIC_ACK_ECT1,
	QUIC_ACK_CE,
	QUIC_RESET_STREAM,
	QUIC_RESET_ERROR,
	QUIC_RESET_SIZE,
	QUIC_STOP_STREAM,
	QUIC_STOP_ERROR,
	QUIC_CRYPTO_OFFSET,
	QUIC_CRYPTO_LENGTH,
	QUIC_CRYPTO_DATA,
	QUIC_CRYPTO_FRAGMENTS,
	QUIC_CRYPTO_FRAGMENT,
	QUIC_CRYPTO_FRAGMENT_COUNT,
	QUIC_NEW_TOKEN_LENGTH,
	QUIC_NEW_TOKEN,
	QUIC_STREAM_FIN,
	QUIC_STREAM_HAS_LENGTH,
	QUIC_STREAM_HAS_OFFSET,
	QUIC_STREAM_ID,
	QUIC_STREAM_INITIATOR,
	QUIC_STREAM_DIRECTION,
	QUIC_STREAM_OFFSET,
	QUIC_STREAM_LENGTH,
	QUIC_STREAM_DATA,
	QUIC_BODY_STREAM,
	QUIC_BODY,
	QUIC_FRAGMENTS,
	QUIC_FRAGMENT,
	QUIC_FRAGMENT_COUNT,
	QUIC_REASSEMBLED_LENGTH,
	QUIC_REASSEMBLED_DATA,
	QUIC_REASSEMBLED_IN,
	QUIC_MAX_DATA,
	QUIC_MAX_STREAM_ID,
	QUIC_MAX_STREAM_DATA,
	QUIC_MAX_STREAMS,
	QUIC_DATA_LIMIT,
	QUIC_BLOCKED_STREAM,
	QUIC_STREAM_LIMIT,
	QUIC_NEW_ID_RETIRE,
	QUIC_NEW_ID_SEQUENCE,
	QUIC_NEW_ID_LENGTH,
	QUIC_NEW_ID,
	QUIC_NEW_ID_RESET_TOKEN,
	QUIC_RETIRE_SEQUENCE,
	QUIC_PATH_CHALLENGE,
	QUIC_PATH_RESPONSE,
	QUIC_CLOSE_ERROR,
	QUIC_CLOSE_APPLICATION_ERROR,
	QUIC_CLOSE_ALERT,
	QUIC_CLOSE_FRAME_TYPE,
	QUIC_CLOSE_REASON_LENGTH,
	QUIC_CLOSE_REASON,
	QUIC_DATAGRAM_LENGTH,
	QUIC_DATAGRAM,
	QUIC_FREQUENCY_SEQUENCE,
	QUIC_FREQUENCY_THRESHOLD,
	QUIC_FREQUENCY_DELAY,
	QUIC_FREQUENCY_FLAGS,
	QUIC_FREQUENCY_IGNORE_CE,
	QUIC_FREQUENCY_IGNORE_ORDER,
	QUIC_TIME_STAMP,
	QUIC_UNKNOWN_CONNECTION,
	QUIC_UNKNOWN_FRAME,
	QUIC_DECRYPTION_FAILED,
	QUIC_PROTOCOL_VIOLATION,
	QUIC_BAD_RETRY,
	QUIC_COALESCED_PADDING,
	QUIC_RETRANSMISSION,
	QUIC_OVERLAP,
	QUIC_FIELDS,
};

extern const struct field quic_fields[QUIC_FIELDS];
extern const struct value_name quic_version_names[], quic_frame_names[], quic_error_names[];
extern const struct dissector quic_dissector;
extern const struct dissector http3_dissector;

/* What a packet is for (RFC 9000, 12). */
enum quic_kind {
	QUIC_INITIAL,
	QUIC_ZERO_RTT,
	QUIC_HANDSHAKE,
	QUIC_RETRY,
	QUIC_ONE_RTT,
	QUIC_NEGOTIATION,
};

enum quic_side_number { QUIC_CLIENT, QUIC_SERVER };

/* A packet's header, as far as it can be read by anybody. */
struct quic_header {
	enum quic_kind kind;
	bool known;	  /* it has all fields that it should */
	bool whole;	  /* and all of the packet is there */
	uint8_t first;	  /* the first byte, protected */
	uint32_t version; /* 0 in short headers */
	const uint8_t *dcid, *scid;
	uint32_t dcid_length, scid_length;
	uint32_t number_at; /* bytes before the packet number */
	uint32_t size;	    /* bytes of the packet */
};

/* Why a packet's payload is not shown. */
enum quic_closed {
	QUIC_OPENED,
	QUIC_UNTRIED,
	QUIC_NO_HANDSHAKE, /* no suite is known */
	QUIC_NO_SECRETS,
	QUIC_DAMAGED,
	QUIC_RESET, /* it is a stateless reset */
};

enum quic_retry_check { QUIC_RETRY_UNCHECKED, QUIC_RETRY_GOOD, QUIC_RETRY_BAD };

/* What the first pass found out about a packet: a row of its layer's fact. */
struct quic_packet {
	uint32_t message;    /* what was opened: its number + 1; 0: it was not */
	uint32_t connection; /* its number + 1; 0: not known */
	uint32_t number;     /* of the packet, if it was unmasked */
	uint8_t from_server;
	uint8_t id_length; /* of a short header's ID */
	uint8_t closed;	   /* enum quic_closed */
	uint8_t first;	   /* its first byte without protection, if it was unmasked */
	uint8_t unmasked;
	uint8_t retry; /* enum quic_retry_check */
	uint8_t spare[2];
};

/* --- what the first pass keeps of a connection --- */

/* What one side sends packets of one kind with. */
struct quic_space {
	uint32_t keys;	   /* number + 1; 0: none yet */
	uint32_t crypto;   /* its CRYPTO frames: half of a stream */
	uint64_t expected; /* the number after its largest */
};

enum quic_space_number { SPACE_INITIAL, SPACE_HANDSHAKE, SPACE_APPLICATION, QUIC_SPACES };

struct quic_side {
	struct quic_space space[QUIC_SPACES];
	uint32_t early_keys;	      /* of 0-RTT */
	uint32_t old_keys, next_keys; /* before and after a key update */
	bool phase;		      /* of the keys at work */
	struct secret traffic;	      /* of next_keys, or of the keys at work if there are none */
	uint8_t id[QUIC_ID_ROOM];     /* what it goes by, as far as long headers say */
	uint8_t id_length;
	bool id_known;
};

/* Initial keys, of one version; a connection may change its version once (RFC 9368). */
struct quic_initial {
	uint32_t version;
	uint32_t keys[2];
};

/* What HTTP/3 keeps of one side's table of header fields. */
struct quic_qpack {
	uint32_t packet, serial; /* where the last instructions are; packet 0: none came */
	uint32_t kept;		 /* bytes of them all */
	uint32_t capacity;	 /* of the table that the other side fills here */
};

/* What HTTP/3 knows of the body that one side sends in a stream. */
struct http3_half {
	uint32_t head; /* the header block's message; 0: none, so there is no body */
	uint32_t head_packet;
	uint32_t list; /* pieces of the body */
	uint32_t seen; /* bytes of the stream that were dissected, and in all: modulo 2^32 */
	uint32_t end;
	uint16_t head_serial;
	bool ended; /* `end` is known */
	bool has_body;
};

struct quic_stream {
	struct quic_connection *connection;
	uint64_t id;
	unsigned sender; /* enum quic_side_number: of the bytes at hand */
	bool used;
	uint32_t half[2]; /* of the client, of the server */
	uint64_t type;	  /* HTTP/3's, + 1, once it is known; 0: not yet */
	struct http3_half body[2];
};

struct quic_connection {
	uint32_t number;
	uint32_t version;
	struct quic_side side[2];
	struct quic_initial initial[2];
	uint8_t original_id[QUIC_ID_ROOM]; /* the first one that the client chose for the server */
	uint8_t original_id_length;
	bool retried;
	bool told_closed; /* that packets of 1-RTT cannot be opened: said of the first alone */
	struct tls_carried handshake;
	struct quic_qpack qpack[2];
	uint32_t head_list; /* HTTP/3's, for one header block at a time */
	const struct dissector *inner;
	bool inner_asked;
	struct quic_stream
		*streams; /* QUIC_STREAM_KINDS times QUIC_STREAMS_OF_A_KIND; NULL: none */
};

/* A packet at work. */
struct quic_at_work {
	struct quic_connection *connection; /* NULL after the first pass, or not known */
	struct quic_packet packet;
	struct opened opened; /* if packet.message is set */
	enum quic_kind kind;
};

/* In the first pass: whose packet it is, and what can be opened of `c`, which is all of it.  Header
 * and connection ID are known; a short header's ID may be found here. */
void quic_learn(struct dissection *d, const struct cursor *c, struct quic_header *header,
		struct quic_at_work *work);
/* In the first pass: is the short header in `c` for an ID that is known, of so many bytes or more?
 */
bool quic_knows_id(const struct dissection *d, const struct cursor *c, uint32_t least);
/* In the first pass: its sender goes by this ID too. */
void quic_learn_id(struct dissection *d, struct quic_at_work *work, const uint8_t *id, uint32_t n);
/* In the first pass: its sender says with this token, of TLS_RESET_TOKEN bytes, that it knows
 * nothing of the connection any more (RFC 9000, 10.3). */
void quic_learn_reset_token(struct dissection *d, struct quic_at_work *work, const uint8_t *token);
/* In the first pass: takes what the handshake told meanwhile. */
void quic_learn_handshake(struct dissection *d, struct quic_at_work *work);
/* The stream's state; NULL: after the first pass, or it is an old one. */
struct quic_stream *quic_stream_of(struct dissection *d, struct quic_at_work *work, uint64_t id);
/* Who dissects its streams; NULL: no one. */
const struct dissector *quic_inner(struct quic_connection *connection);
/* Which space a kind's packets count in. */
enum quic_space_number quic_space_of(enum quic_kind kind);

/* --- keys --- */

bool quic_is_version_2(uint32_t version);
/* Both sides' keys of Initial packets, [0] the client's (RFC 9001, 5.2). */
bool quic_initial_keys(uint32_t version, const uint8_t *id, uint32_t n, struct cipher_keys keys[2]);
bool quic_keys(uint32_t version, uint16_t suite, const struct secret *secret,
	       struct cipher_keys *keys);
/* The secret and the keys after a key update; header keys stay (RFC 9001, 6.1). */
bool quic_next_keys(uint32_t version, uint16_t suite, struct secret *secret,
		    struct cipher_keys *keys);
/* Is a Retry's integrity tag, its last 16 bytes, right? */
bool quic_retry_is_good(struct dissection *d, uint32_t version, const uint8_t *id,
			uint32_t id_length, const uint8_t *packet, uint32_t n);

/* --- frames --- */

/* What its STREAM frames carry, to be called once the packet's tree is closed. */
struct quic_told;
struct quic_told *quic_show_frames(struct dissection *d, struct cursor *c,
				   struct quic_at_work *work);
void quic_tell_parts(struct dissection *d, const struct message *message, bool of_handshake);
void quic_tell_frames(struct dissection *d, const struct quic_told *told,
		      struct quic_at_work *work);

/* RFC 9000, 16: the two high bits say how many bytes there are. */
uint64_t quic_take_varint(struct dissection *d, struct cursor *c, unsigned field);
uint64_t quic_varint(struct cursor *c);
/* The same for a number that has a name: the tree shows it in hexadecimal, -e in decimal digits. */
uint64_t quic_take_named(struct dissection *d, struct cursor *c, unsigned field);
/* Without moving; false: it is not all there. */
bool quic_peek_varint(const struct cursor *c, uint32_t offset, uint64_t *value, uint32_t *n);

#endif
