/* tls.h - what the files of TLS share: fields, names, the connection, and handshake messages, which
 * DTLS and QUIC carry too. */
#ifndef DISSECTORS_TLS_H
#define DISSECTORS_TLS_H

#include "dissect/dissector.h"

/* Limits on what a hostile message can make of itself. */
enum {
	TLS_RECORD_LIMIT = 16384 + 2048, /* bytes of a record's fragment (RFC 5246, 6.2.3) */
	TLS_HANDSHAKE_LIMIT = 1 << 17,	 /* a longer handshake message is taken for ciphertext */
	TLS_CERTIFICATES_LIMIT = 64,	 /* certificates of a chain that are taken apart */
	TLS_EXTENSIONS_LIMIT = 256,	 /* extensions of a hello that fingerprints count */
	X509_DEPTH_LIMIT = 16,		 /* levels of DER */
	X509_NAMES_LIMIT = 4096,	 /* parts of one certificate's names that are shown */
};

enum tls_field {
	TLS,
	TLS_RECORD,
	TLS_RECORD_TYPE,
	TLS_RECORD_OPAQUE_TYPE,
	TLS_RECORD_VERSION,
	TLS_RECORD_LENGTH,
	TLS_APP_DATA,
	TLS_APP_DATA_PROTO,
	TLS_PLAINTEXT,
	TLS_IS_ESCAPE,
	TLS_PADDING_LENGTH,
	TLS_CHANGE_CIPHER_SPEC,
	TLS_ALERT,
	TLS_ALERT_LEVEL,
	TLS_ALERT_DESCRIPTION,
	TLS_HEARTBEAT,
	TLS_HEARTBEAT_TYPE,
	TLS_HEARTBEAT_LENGTH,
	TLS_HEARTBEAT_PAYLOAD,
	TLS_HANDSHAKE,
	TLS_HANDSHAKE_TYPE,
	TLS_HANDSHAKE_LENGTH,
	TLS_HANDSHAKE_VERSION,
	TLS_RANDOM,
	TLS_RANDOM_TIME,
	TLS_RANDOM_BYTES,
	TLS_SESSION_ID_LENGTH,
	TLS_SESSION_ID,
	TLS_SUITES_LENGTH,
	TLS_SUITES,
	TLS_SUITE,
	TLS_COMPRESSIONS_LENGTH,
	TLS_COMPRESSIONS,
	TLS_COMPRESSION,
	TLS_EXTENSIONS_LENGTH,
	TLS_EXTENSION,
	TLS_EXTENSION_TYPE,
	TLS_EXTENSION_LENGTH,
	TLS_EXTENSION_DATA,
	TLS_NAMES,
	TLS_NAMES_LENGTH,
	TLS_NAME_TYPE,
	TLS_NAME_LENGTH,
	TLS_NAME,
	TLS_ALPN_LENGTH,
	TLS_ALPN_LIST,
	TLS_ALPN_NAME_LENGTH,
	TLS_ALPN_NAME,
	TLS_ALPS_LENGTH,
	TLS_ALPS_LIST,
	TLS_ALPS_NAME_LENGTH,
	TLS_ALPS_NAME,
	TLS_NPN_LENGTH,
	TLS_NPN_NAME,
	TLS_VERSIONS_LENGTH,
	TLS_SUPPORTED_VERSION,
	TLS_GROUPS_LENGTH,
	TLS_GROUPS,
	TLS_GROUP,
	TLS_POINTS_LENGTH,
	TLS_POINTS,
	TLS_POINT,
	TLS_SIGNATURES_LENGTH,
	TLS_SIGNATURES,
	TLS_SIGNATURE_ALGORITHM,
	TLS_SIGNATURE_HASH,
	TLS_SIGNATURE_SIGNER,
	TLS_KEY_SHARE,
	TLS_KEY_SHARE_LENGTH,
	TLS_KEY_SHARE_ENTRY,
	TLS_KEY_SHARE_GROUP,
	TLS_KEY_SHARE_SELECTED,
	TLS_KEY_EXCHANGE_LENGTH,
	TLS_KEY_EXCHANGE,
	TLS_PSK_MODES_LENGTH,
	TLS_PSK_MODE,
	TLS_PSK,
	TLS_PSK_IDENTITIES_LENGTH,
	TLS_PSK_IDENTITY,
	TLS_PSK_IDENTITY_LENGTH,
	TLS_PSK_IDENTITY_BYTES,
	TLS_PSK_AGE,
	TLS_PSK_BINDERS_LENGTH,
	TLS_PSK_BINDERS,
	TLS_PSK_SELECTED,
	TLS_RENEGOTIATION,
	TLS_RENEGOTIATION_LENGTH,
	TLS_RENEGOTIATION_INFO,
	TLS_STATUS_TYPE,
	TLS_STATUS_LENGTH,
	TLS_STATUS_LIST_LENGTH,
	TLS_STATUS_RESPONDERS_LENGTH,
	TLS_STATUS_EXTENSIONS_LENGTH,
	TLS_STATUS_RESPONSE,
	TLS_STATUS_UNDECODED,
	TLS_COOKIE_LENGTH,
	TLS_COOKIE,
	TLS_PADDING_DATA,
	TLS_MAX_FRAGMENT,
	TLS_RECORD_SIZE_LIMIT,
	TLS_EARLY_DATA_SIZE,
	TLS_HEARTBEAT_MODE,
	TLS_COMPRESS_LENGTH,
	TLS_COMPRESS_ALGORITHM,
	TLS_COMPRESS_PLAIN_LENGTH,
	TLS_COMPRESS_DATA_LENGTH,
	TLS_COMPRESS_DATA,
	TLS_CONNECTION_ID_LENGTH,
	TLS_CONNECTION_ID,
	TLS_SCTS_LENGTH,
	TLS_SCT,
	TLS_SCT_LENGTH,
	TLS_SCT_VERSION,
	TLS_SCT_LOG,
	TLS_SCT_TIME,
	TLS_SCT_EXTENSIONS_LENGTH,
	TLS_SCT_EXTENSIONS,
	TLS_SCT_SIGNATURE_LENGTH,
	TLS_SCT_SIGNATURE,
	TLS_QUIC_PARAMETER,
	TLS_QUIC_PARAMETER_TYPE,
	TLS_QUIC_PARAMETER_LENGTH,
	TLS_QUIC_PARAMETER_VALUE,
	TLS_QUIC_ORIGINAL_ID,
	TLS_QUIC_IDLE_TIMEOUT,
	TLS_QUIC_RESET_TOKEN,
	TLS_QUIC_UDP_SIZE,
	TLS_QUIC_MAX_DATA,
	TLS_QUIC_BIDI_LOCAL,
	TLS_QUIC_BIDI_REMOTE,
	TLS_QUIC_UNI,
	TLS_QUIC_STREAMS_BIDI,
	TLS_QUIC_STREAMS_UNI,
	TLS_QUIC_ACK_EXPONENT,
	TLS_QUIC_ACK_DELAY,
	TLS_QUIC_ADDRESS_IPV4,
	TLS_QUIC_ADDRESS_PORT4,
	TLS_QUIC_ADDRESS_IPV6,
	TLS_QUIC_ADDRESS_PORT6,
	TLS_QUIC_ADDRESS_ID_LENGTH,
	TLS_QUIC_ADDRESS_ID,
	TLS_QUIC_ADDRESS_TOKEN,
	TLS_QUIC_ID_LIMIT,
	TLS_QUIC_SOURCE_ID,
	TLS_QUIC_RETRY_ID,
	TLS_QUIC_DATAGRAM_SIZE,
	TLS_QUIC_LOSS_BITS,
	TLS_QUIC_MIN_ACK_DELAY,
	TLS_QUIC_GOOGLE_VERSION,
	TLS_QUIC_GOOGLE_RTT,
	TLS_QUIC_GOOGLE_OPTIONS,
	TLS_QUIC_GOOGLE_AGENT,
	TLS_QUIC_CHOSEN_VERSION,
	TLS_QUIC_OTHER_VERSION,
	TLS_CERTIFICATES_LENGTH,
	TLS_CERTIFICATES,
	TLS_CERTIFICATE_LENGTH,
	TLS_CERTIFICATE,
	TLS_CERTIFICATE_CONTEXT_LENGTH,
	TLS_CERTIFICATE_CONTEXT,
	TLS_CERTIFICATE_TYPES_COUNT,
	TLS_CERTIFICATE_TYPES,
	TLS_CERTIFICATE_TYPE,
	TLS_DNAMES_LENGTH,
	TLS_DNAMES,
	TLS_DNAME_LENGTH,
	TLS_DNAME,
	TLS_TICKET,
	TLS_TICKET_LIFETIME,
	TLS_TICKET_AGE_ADD,
	TLS_TICKET_NONCE_LENGTH,
	TLS_TICKET_NONCE,
	TLS_TICKET_LENGTH,
	TLS_SESSION_TICKET,
	TLS_PARAMS,
	TLS_CURVE_TYPE,
	TLS_NAMED_CURVE,
	TLS_SERVER_POINT_LENGTH,
	TLS_SERVER_POINT,
	TLS_CLIENT_POINT_LENGTH,
	TLS_CLIENT_POINT,
	TLS_P_LENGTH,
	TLS_P,
	TLS_G_LENGTH,
	TLS_G,
	TLS_YS_LENGTH,
	TLS_YS,
	TLS_YC_LENGTH,
	TLS_YC,
	TLS_MODULUS_LENGTH,
	TLS_MODULUS,
	TLS_EXPONENT_LENGTH,
	TLS_EXPONENT,
	TLS_EPMS_LENGTH,
	TLS_EPMS,
	TLS_HINT_LENGTH,
	TLS_HINT,
	TLS_IDENTITY_LENGTH,
	TLS_IDENTITY,
	TLS_SIGNATURE_LENGTH,
	TLS_SIGNATURE,
	TLS_VERIFY_LENGTH,
	TLS_VERIFY,
	TLS_VERIFY_DATA,
	TLS_KEY_UPDATE,
	TLS_JA3_FULL,
	TLS_JA3,
	TLS_JA3S_FULL,
	TLS_JA3S,
	TLS_JA4,
	TLS_JA4_RAW,
	TLS_FRAGMENT_COUNT,
	TLS_FRAGMENT,
	TLS_FRAGMENTS,
	TLS_REASSEMBLED_IN,
	TLS_SSLV2_CIPHERS_LENGTH,
	TLS_SSLV2_CIPHER,
	TLS_SSLV2_CHALLENGE_LENGTH,
	TLS_SSLV2_CHALLENGE,
	TLS_SESSION_ID_ERROR,
	TLS_VECTOR_LENGTH,
	TLS_TOO_SMALL,
	TLS_TRAILING,
	TLS_UNKNOWN_RECORD,
	TLS_LENGTH_INVALID,
	TLS_RESUMED,
	TLS_FATAL_ALERT,
	TLS_OLD_VERSION,
	TLS_CERTIFICATE_DATES,
	TLS_CERTIFICATE_DAMAGED,
	TLS_UNDECRYPTED,
	X509_SIGNED,
	X509_VERSION,
	X509_SERIAL,
	X509_SIGNATURE,
	X509_ALGORITHM,
	X509_ISSUER,
	X509_RDN_SEQUENCE,
	X509_RDN,
	X509_ATTRIBUTE,
	X509_ATTRIBUTE_ID,
	X509_DIRECTORY_STRING,
	X509_TELETEX,
	X509_PRINTABLE,
	X509_UNIVERSAL,
	X509_BMP,
	X509_UTF8,
	X509_COUNTRY,
	X509_IA5,
	X509_SERIAL_NAME,
	X509_VALIDITY,
	X509_NOT_BEFORE,
	X509_NOT_AFTER,
	X509_UTC_TIME,
	X509_GENERALIZED_TIME,
	X509_SUBJECT,
	X509_SUBJECT_SEQUENCE,
	X509_KEY_INFO,
	X509_KEY_ALGORITHM,
	X509_KEY,
	X509_CURVE,
	X509_MODULUS,
	X509_EXPONENT,
	X509_EXTENSIONS,
	X509_EXTENSION,
	X509_EXTENSION_ID,
	X509_CRITICAL,
	X509_EXTENSION_VALUE,
	X509_GENERAL_NAMES,
	X509_GENERAL_NAME,
	X509_EMAIL,
	X509_DNS_NAME,
	X509_URI,
	X509_IPV4,
	X509_IPV6,
	X509_DIRECTORY_NAME,
	X509_SUBJECT_KEY,
	X509_AUTHORITY,
	X509_AUTHORITY_KEY,
	X509_AUTHORITY_ISSUER,
	X509_AUTHORITY_SERIAL,
	X509_CONSTRAINTS,
	X509_CA,
	X509_PATH_LENGTH,
	X509_KEY_USAGE,
	X509_USAGE_SIGNATURE,
	X509_USAGE_COMMITMENT,
	X509_USAGE_KEY,
	X509_USAGE_DATA,
	X509_USAGE_AGREEMENT,
	X509_USAGE_CERTIFICATES,
	X509_USAGE_LISTS,
	X509_USAGE_ENCIPHER,
	X509_PURPOSES,
	X509_PURPOSE,
	X509_PADDING,
	X509_SIGNATURE_ALGORITHM,
	X509_ENCRYPTED,
	TLS_SEGMENTS,
	TLS_SEGMENT,
	TLS_SEGMENT_COUNT,
	TLS_SEGMENT_DATA,
	TLS_SEGMENTS_IN,
	TLS_REASSEMBLED_LENGTH,
	TLS_REASSEMBLED_DATA,
	TLS_FIELDS,
};

/* DTLS has the same up to certificates, which are TLS's there too, and some of its own. */
enum dtls_field {
	DTLS_EPOCH = X509_SIGNED,
	DTLS_SEQUENCE,
	DTLS_MESSAGE_SEQUENCE,
	DTLS_FRAGMENT_OFFSET,
	DTLS_FRAGMENT_LENGTH,
	DTLS_COOKIE_LENGTH,
	DTLS_COOKIE,
	DTLS_FRAGMENTS,
	DTLS_FRAGMENT,
	DTLS_FRAGMENT_COUNT,
	DTLS_REASSEMBLED_LENGTH,
	DTLS_FRAGMENT_PAST_END,
	DTLS_FIELDS,
};

extern const struct field dtls_fields[DTLS_FIELDS];
extern const struct dissector dtls_dissector;

extern const struct field tls_fields[TLS_FIELDS];
extern const struct dissector tls_dissector;

extern const struct value_name tls_suite_names[], tls_sslv2_names[], tls_extension_names[],
	tls_group_names[], tls_signature_names[], tls_version_names[], tls_alert_names[],
	tls_handshake_names[], tls_certificate_type_names[], tls_hash_names[], tls_signer_names[],
	tls_level_names[], tls_content_names[];

enum tls_content {
	TLS_CONTENT_CHANGE_CIPHER_SPEC = 20,
	TLS_CONTENT_ALERT = 21,
	TLS_CONTENT_HANDSHAKE = 22,
	TLS_CONTENT_APPLICATION_DATA = 23,
	TLS_CONTENT_HEARTBEAT = 24,
};

enum tls_version {
	SSL_2_0 = 0x0002,
	SSL_3_0 = 0x0300,
	TLS_1_0 = 0x0301,
	TLS_1_1 = 0x0302,
	TLS_1_2 = 0x0303,
	TLS_1_3 = 0x0304,
	DTLS_1_0 = 0xfeff,
	DTLS_1_2 = 0xfefd,
};

enum tls_handshake_type {
	TLS_HELLO_REQUEST = 0,
	TLS_CLIENT_HELLO = 1,
	TLS_SERVER_HELLO = 2,
	TLS_HELLO_VERIFY_REQUEST = 3,
	TLS_NEW_SESSION_TICKET = 4,
	TLS_END_OF_EARLY_DATA = 5,
	TLS_HELLO_RETRY_REQUEST = 6,
	TLS_ENCRYPTED_EXTENSIONS = 8,
	TLS_HANDSHAKE_CERTIFICATE = 11,
	TLS_SERVER_KEY_EXCHANGE = 12,
	TLS_CERTIFICATE_REQUEST = 13,
	TLS_SERVER_HELLO_DONE = 14,
	TLS_CERTIFICATE_VERIFY = 15,
	TLS_CLIENT_KEY_EXCHANGE = 16,
	TLS_FINISHED = 20,
	TLS_CERTIFICATE_STATUS = 22,
	TLS_KEY_UPDATE_MESSAGE = 24,
	TLS_COMPRESSED_CERTIFICATE = 25,
};

/* What a hello says that matters beyond itself. */
struct tls_hello {
	bool is_client, is_retry;
	bool encrypt_then_mac, extended_master_secret;
	uint16_t version;      /* the one chosen; a client's: the legacy one */
	uint16_t suite;	       /* the one chosen */
	const uint8_t *random; /* 32 bytes, or NULL */
	const uint8_t *session_id;
	uint32_t session_id_length;
	const uint8_t *alpn; /* the first protocol; NULL: none */
	uint32_t alpn_length;
	const uint8_t *server_name;
	uint32_t server_name_length;
	const uint8_t *reset_token; /* QUIC's, TLS_RESET_TOKEN bytes, or NULL */
};

/* How a handshake message is read. */
struct tls_reading {
	uint16_t version; /* of the connection; 0: not known */
	uint16_t suite;	  /* 0: not known */
	bool is_datagram; /* DTLS: hellos have cookies */
	bool over_quic;
	struct tls_hello hello; /* filled in by hellos */
};

enum { TLS_RESET_TOKEN = 16 }; /* bytes (RFC 9000, 10.3) */

/* What a handshake without records tells the connection that carries it (QUIC), which offers it as
 * dissection.carrier. */
struct tls_carried {
	bool has_client, has_server;
	bool has_reset_token; /* the server's; whoever takes it clears this */
	uint8_t client_random[32];
	uint16_t suite;
	char alpn[16]; /* the protocol negotiated; "": none yet */
	uint8_t reset_token[TLS_RESET_TOKEN];
};

/* A handshake message without a record around it, all of `c`. */
void tls_carried_dissect(struct dissection *d, struct cursor *c);
void tls_carried_size(const struct cursor *c, struct message_scan *scan);
/* A handshake message that is shown: its header, then its body. */
struct tls_message {
	node_id tree;
	uint8_t type;
	uint32_t length; /* of its body */
	const char *name;
};

/* Of a message that several records carried: for show_message_parts(). */
extern const struct part_fields tls_fragment_fields;

void tls_take_head(struct dissection *d, struct cursor *c, struct tls_message *message);
void tls_take_body(struct dissection *d, struct cursor *c, const struct tls_message *message,
		   struct tls_reading *reading);

/* The body of a handshake message: all of `c`.  The fields at work are those of tls. */
void tls_handshake_body(struct dissection *d, struct cursor *c, uint8_t type,
			struct tls_reading *reading);
/* Extensions with their length in front, up to the end of `c`. */
void tls_extensions(struct dissection *d, struct cursor *c, uint8_t type,
		    struct tls_reading *reading);
/* QUIC's transport parameters, all of `c`. */
void tls_quic_parameters(struct dissection *d, struct cursor *c, struct tls_hello *hello);
/* The next n bytes that are a vector (RFC 8446, 3.4) of `n`: noted if they are not there. */
struct cursor tls_vector(struct dissection *d, struct cursor *c, uint32_t n);
void tls_signature_algorithm(struct dissection *d, struct cursor *c);
void tls_signature_algorithms(struct dissection *d, struct cursor *c);
const char *tls_handshake_name(uint8_t type);
bool tls_is_handshake_type(uint8_t type);
/* "TLSv1.2". */
const char *tls_version_word(uint16_t version);

/* Fingerprints of the hello in `c`, its body; nothing if nobody looks. */
void tls_fingerprint(struct dissection *d, const struct cursor *c, uint8_t type,
		     const struct tls_reading *reading);

/* One certificate (RFC 5280), which is all of `c`, below `node`. */
void x509_certificate(struct dissection *d, struct cursor c, node_id node);
/* A name, as in certificate requests. */
void x509_name(struct dissection *d, struct cursor c);
/* Puts those into the path who take the parts of a certificate or name apart in tshark. */
void x509_mention(struct dissection *d, struct cursor c);

#endif
