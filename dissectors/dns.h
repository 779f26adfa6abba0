/* dns.h - what the files of the DNS dissectors (dns, mdns, llmnr) share. */
#ifndef DISSECTORS_DNS_H
#define DISSECTORS_DNS_H

#include "dissect/dissector.h"

enum dns_field {
	DNS,
	DNS_LENGTH,
	DNS_FLAGS,
	DNS_FLAGS_RESPONSE,
	DNS_FLAGS_OPCODE,
	DNS_FLAGS_AUTHORITATIVE,
	DNS_FLAGS_CONFLICT,
	DNS_FLAGS_TRUNCATED,
	DNS_FLAGS_RECDESIRED,
	DNS_FLAGS_TENTATIVE,
	DNS_FLAGS_RECAVAIL,
	DNS_FLAGS_Z,
	DNS_FLAGS_AUTHENTICATED,
	DNS_FLAGS_CHECKDISABLE,
	DNS_FLAGS_RCODE,
	DNS_ID,
	DNS_QRY_TYPE,
	DNS_QRY_CLASS,
	DNS_QRY_QU,
	DNS_QRY_NAME,
	DNS_QRY_NAME_LEN,
	DNS_COUNT_LABELS,
	DNS_RESP_TYPE,
	DNS_RESP_CLASS,
	DNS_RESP_CACHE_FLUSH,
	DNS_RESP_EXT_RCODE,
	DNS_RESP_EDNS0_VERSION,
	DNS_RESP_Z,
	DNS_RESP_Z_DO,
	DNS_RESP_Z_RESERVED,
	DNS_SRV_SERVICE,
	DNS_SRV_PROTO,
	DNS_SRV_NAME,
	DNS_SRV_PRIORITY,
	DNS_SRV_WEIGHT,
	DNS_SRV_PORT,
	DNS_SRV_TARGET,
	DNS_NAPTR_ORDER,
	DNS_NAPTR_PREFERENCE,
	DNS_NAPTR_FLAGS_LENGTH,
	DNS_NAPTR_FLAGS,
	DNS_NAPTR_SERVICE_LENGTH,
	DNS_NAPTR_SERVICE,
	DNS_NAPTR_REGEX_LENGTH,
	DNS_NAPTR_REGEX,
	DNS_NAPTR_REPLACEMENT_LENGTH,
	DNS_NAPTR_REPLACEMENT,
	DNS_RESP_NAME,
	DNS_RESP_TTL,
	DNS_RESP_LEN,
	DNS_A,
	DNS_MD,
	DNS_MF,
	DNS_MB,
	DNS_MG,
	DNS_MR,
	DNS_NULL,
	DNS_AAAA,
	DNS_CNAME,
	DNS_RR_UDP_PAYLOAD_SIZE,
	DNS_SOA_MNAME,
	DNS_SOA_RNAME,
	DNS_SOA_SERIAL_NUMBER,
	DNS_SOA_REFRESH_INTERVAL,
	DNS_SOA_RETRY_INTERVAL,
	DNS_SOA_EXPIRE_LIMIT,
	DNS_SOA_MINIMUM_TTL,
	DNS_PTR_DOMAIN_NAME,
	DNS_WKS_ADDRESS,
	DNS_WKS_PROTOCOL,
	DNS_WKS_BITS,
	DNS_HINFO_CPU_LENGTH,
	DNS_HINFO_CPU,
	DNS_HINFO_OS_LENGTH,
	DNS_HINFO_OS,
	DNS_MINFO_R,
	DNS_MINFO_E,
	DNS_MX_PREFERENCE,
	DNS_MX_MAIL_EXCHANGE,
	DNS_TXT_LENGTH,
	DNS_TXT,
	DNS_OPENPGPKEY,
	DNS_CSYNC_SOA,
	DNS_CSYNC_FLAGS,
	DNS_CSYNC_FLAGS_IMMEDIATE,
	DNS_CSYNC_FLAGS_SOAMINIMUM,
	DNS_CSYNC_TYPE_BITMAP,
	DNS_ZONEMD_SERIAL,
	DNS_ZONEMD_SCHEME,
	DNS_ZONEMD_HASH_ALGO,
	DNS_ZONEMD_DIGEST,
	DNS_SVCB_SVCPRIORITY,
	DNS_SVCB_TARGETNAME,
	DNS_SVCB_SVCPARAM_KEY,
	DNS_SVCB_SVCPARAM_VALUE_LENGTH,
	DNS_SVCB_SVCPARAM_VALUE,
	DNS_SVCB_SVCPARAM,
	DNS_SVCB_SVCPARAM_MANDATORY_KEY,
	DNS_SVCB_SVCPARAM_ALPN_LENGTH,
	DNS_SVCB_SVCPARAM_ALPN,
	DNS_SVCB_SVCPARAM_PORT,
	DNS_SVCB_SVCPARAM_IPV4HINT_IP,
	DNS_SVCB_SVCPARAM_ECHCONFIG,
	DNS_SVCB_SVCPARAM_IPV6HINT_IP,
	DNS_SVCB_SVCPARAM_ODOHCONFIG,
	DNS_SPF_LENGTH,
	DNS_SPF,
	DNS_ILNP_NID_PREFERENCE,
	DNS_ILNP_NID,
	DNS_ILNP_L32_PREFERENCE,
	DNS_ILNP_L32,
	DNS_ILNP_L64_PREFERENCE,
	DNS_ILNP_L64,
	DNS_ILNP_LP_PREFERENCE,
	DNS_ILNP_LP,
	DNS_EUI48,
	DNS_EUI64,
	DNS_RRSIG_TYPE_COVERED,
	DNS_RRSIG_ALGORITHM,
	DNS_RRSIG_LABELS,
	DNS_RRSIG_ORIGINAL_TTL,
	DNS_RRSIG_SIGNATURE_EXPIRATION,
	DNS_RRSIG_SIGNATURE_INCEPTION,
	DNS_RRSIG_KEY_TAG,
	DNS_RRSIG_SIGNERS_NAME,
	DNS_RRSIG_SIGNATURE,
	DNS_DNSKEY_FLAGS,
	DNS_DNSKEY_FLAGS_ZONE_KEY,
	DNS_DNSKEY_FLAGS_KEY_REVOKED,
	DNS_DNSKEY_FLAGS_SECURE_ENTRY_POINT,
	DNS_DNSKEY_FLAGS_RESERVED,
	DNS_DNSKEY_PROTOCOL,
	DNS_DNSKEY_ALGORITHM,
	DNS_DNSKEY_KEY_ID,
	DNS_DNSKEY_PUBLIC_KEY,
	DNS_KEY_FLAGS,
	DNS_KEY_FLAGS_AUTHENTICATION,
	DNS_KEY_FLAGS_CONFIDENTIALITY,
	DNS_KEY_FLAGS_REQUIRED,
	DNS_KEY_FLAGS_ASSOCIATED_USER,
	DNS_KEY_FLAGS_ASSOCIATED_NAMED_ENTITY,
	DNS_KEY_FLAGS_IPSEC,
	DNS_KEY_FLAGS_MIME,
	DNS_KEY_FLAGS_SIGNATORY,
	DNS_KEY_PROTOCOL,
	DNS_KEY_ALGORITHM,
	DNS_KEY_KEY_ID,
	DNS_KEY_PUBLIC_KEY,
	DNS_PX_PREFERENCE,
	DNS_PX_MAP822,
	DNS_PX_MAP400,
	DNS_TKEY_ALGO_NAME,
	DNS_TKEY_SIGNATURE_EXPIRATION,
	DNS_TKEY_SIGNATURE_INCEPTION,
	DNS_TKEY_MODE,
	DNS_TKEY_ERROR,
	DNS_TKEY_KEY_SIZE,
	DNS_TKEY_KEY_DATA,
	DNS_TKEY_OTHER_SIZE,
	DNS_TKEY_OTHER_DATA,
	DNS_IPSECKEY_GATEWAY_PRECEDENCE,
	DNS_IPSECKEY_GATEWAY_ALGORITHM,
	DNS_IPSECKEY_GATEWAY_TYPE,
	DNS_IPSECKEY_GATEWAY_IPV4,
	DNS_IPSECKEY_GATEWAY_IPV6,
	DNS_IPSECKEY_GATEWAY_DNS,
	DNS_IPSECKEY_PUBLIC_KEY,
	DNS_XPF_IP_VERSION,
	DNS_XPF_PROTOCOL,
	DNS_XPF_SOURCE_IPV4,
	DNS_XPF_DESTINATION_IPV4,
	DNS_XPF_SOURCE_IPV6,
	DNS_XPF_DESTINATION_IPV6,
	DNS_XPF_SPORT,
	DNS_XPF_DPORT,
	DNS_A6_PREFIX_LEN,
	DNS_A6_ADDRESS_SUFFIX,
	DNS_A6_PREFIX_NAME,
	DNS_DNAME,
	DNS_LOC_VERSION,
	DNS_LOC_SIZE,
	DNS_LOC_HORIZONTAL_PRECISION,
	DNS_LOC_VERTICAL_PRECISION,
	DNS_LOC_LATITUDE,
	DNS_LOC_LONGITUDE,
	DNS_LOC_ALTITUDE,
	DNS_LOC_UNKNOWN_DATA,
	DNS_NXT_NEXT_DOMAIN_NAME,
	DNS_KX_PREFERENCE,
	DNS_KX_KEY_EXCHANGE,
	DNS_CERT_TYPE,
	DNS_CERT_KEY_TAG,
	DNS_CERT_ALGORITHM,
	DNS_CERT_CERTIFICATE,
	DNS_NSEC_NEXT_DOMAIN_NAME,
	DNS_NS,
	DNS_OPT,
	DNS_OPT_CODE,
	DNS_OPT_LEN,
	DNS_OPT_DATA,
	DNS_OPT_DAU,
	DNS_OPT_DHU,
	DNS_OPT_N3U,
	DNS_OPT_CLIENT_FAMILY,
	DNS_OPT_CLIENT_NETMASK,
	DNS_OPT_CLIENT_SCOPE,
	DNS_OPT_CLIENT_ADDR,
	DNS_OPT_CLIENT_ADDR4,
	DNS_OPT_CLIENT_ADDR6,
	DNS_OPT_COOKIE_CLIENT,
	DNS_OPT_COOKIE_SERVER,
	DNS_OPT_EDNS_TCP_KEEPALIVE_TIMEOUT,
	DNS_OPT_PADDING,
	DNS_OPT_CHAIN_FQDN,
	DNS_OPT_EXT_ERROR_INFO_CODE,
	DNS_OPT_EXT_ERROR_EXTRA_TEXT,
	DNS_COUNT_QUERIES,
	DNS_COUNT_ZONES,
	DNS_COUNT_ANSWERS,
	DNS_COUNT_PREREQUISITES,
	DNS_COUNT_AUTH_RR,
	DNS_COUNT_UPDATES,
	DNS_NSEC3_ALGO,
	DNS_NSEC3_FLAGS,
	DNS_NSEC3_FLAGS_OPT_OUT,
	DNS_NSEC3_ITERATIONS,
	DNS_NSEC3_SALT_LENGTH,
	DNS_NSEC3_SALT_VALUE,
	DNS_NSEC3_HASH_LENGTH,
	DNS_NSEC3_HASH_VALUE,
	DNS_TLSA_CERTIFICATE_USAGE,
	DNS_TLSA_SELECTOR,
	DNS_TLSA_MATCHING_TYPE,
	DNS_TLSA_CERTIFICATE_ASSOCIATION_DATA,
	DNS_TSIG_ALGORITHM_NAME,
	DNS_TSIG_TIME_SIGNED,
	DNS_TSIG_ORIGINAL_ID,
	DNS_TSIG_ERROR,
	DNS_TSIG_FUDGE,
	DNS_TSIG_MAC_SIZE,
	DNS_TSIG_OTHER_LEN,
	DNS_TSIG_MAC,
	DNS_TSIG_OTHER_DATA,
	DNS_RESPONSE_IN,
	DNS_RESPONSE_TO,
	DNS_RETRANSMISSION,
	DNS_RETRANSMIT_REQUEST_IN,
	DNS_RETRANSMIT_RESPONSE_IN,
	DNS_TIME,
	DNS_UNSOLICITED,
	DNS_COUNT_ADD_RR,
	DNS_SSHFP_ALGORITHM,
	DNS_SSHFP_FINGERPRINT_TYPE,
	DNS_SSHFP_FINGERPRINT,
	DNS_HIP_HIT_LENGTH,
	DNS_HIP_HIT_PK_ALGO,
	DNS_HIP_PK_LENGTH,
	DNS_HIP_HIT,
	DNS_HIP_PK,
	DNS_HIP_RENDEZVOUS_SERVER,
	DNS_DHCID_RDATA,
	DNS_DS_KEY_ID,
	DNS_DS_ALGORITHM,
	DNS_DS_DIGEST_TYPE,
	DNS_DS_DIGEST,
	DNS_APL_ADDRESS_FAMILY,
	DNS_APL_CODED_PREFIX,
	DNS_APL_NEGATION,
	DNS_APL_AFDLENGTH,
	DNS_APL_AFDPART_IPV4,
	DNS_APL_AFDPART_IPV6,
	DNS_APL_AFDPART_DATA,
	DNS_GPOS_LONGITUDE_LENGTH,
	DNS_GPOS_LONGITUDE,
	DNS_GPOS_LATITUDE_LENGTH,
	DNS_GPOS_LATITUDE,
	DNS_GPOS_ALTITUDE_LENGTH,
	DNS_GPOS_ALTITUDE,
	DNS_RP_MAILBOX,
	DNS_RP_TXT_RR,
	DNS_AFSDB_SUBTYPE,
	DNS_AFSDB_HOSTNAME,
	DNS_X25_LENGTH,
	DNS_X25_PSDN_ADDRESS,
	DNS_IDSN_LENGTH,
	DNS_IDSN_ADDRESS,
	DNS_IDSN_SA_LENGTH,
	DNS_IDSN_SA_ADDRESS,
	DNS_RT_SUBTYPE,
	DNS_RT_INTERMEDIATE_HOST,
	DNS_NSAP_RDATA,
	DNS_NSAP_PTR_OWNER,
	DNS_CAA_FLAGS,
	DNS_CAA_FLAGS_ISSUER_CRITICAL,
	DNS_CAA_ISSUE,
	DNS_CAA_ISSUEWILD,
	DNS_CAA_IODEF,
	DNS_CAA_UNKNOWN,
	DNS_CAA_TAG_LENGTH,
	DNS_CAA_TAG,
	DNS_CAA_VALUE,
	DNS_EXTRANEOUS_DATA,
	DNS_EXTRANEOUS_LENGTH,
	DNS_WINS_LOCAL_FLAG,
	DNS_WINS_LOOKUP_TIMEOUT,
	DNS_WINS_CACHE_TIMEOUT,
	DNS_WINS_NB_WINS_SERVERS,
	DNS_WINS_WINS_SERVER,
	DNS_WINSR_LOCAL_FLAG,
	DNS_WINSR_LOOKUP_TIMEOUT,
	DNS_WINSR_CACHE_TIMEOUT,
	DNS_WINSR_NAME_RESULT_DOMAIN,
	DNS_DATA,
	DNS_DSO,
	DNS_DSO_TLV,
	DNS_DSO_TLV_TYPE,
	DNS_DSO_TLV_LENGTH,
	DNS_DSO_TLV_DATA,
	DNS_DSO_TLV_KEEPALIVE_INACTIVITY,
	DNS_DSO_TLV_KEEPALIVE_INTERVAL,
	DNS_DSO_TLV_RETRYDELAY_RETRYDELAY,
	DNS_DSO_TLV_ENCPAD_PADDING,
	DNS_RR_OPT_BAD_LENGTH,
	DNS_UNDECODED_TYPE,
	DNS_DEPR_OPC,
	DNS_TTL_HIGH_BIT_SET,
	DNS_TSIG_NOALG,
	DNS_KEY_ID_BUFFER_TOO_SHORT,
	DNS_RETRANSMIT_REQUEST,
	DNS_RETRANSMIT_RESPONSE,
	DNS_EXTRANEOUS,
	DNS_QUERIES,
	DNS_ZONE,
	DNS_ANSWERS,
	DNS_PREREQUISITES,
	DNS_AUTHORITIES,
	DNS_UPDATES,
	DNS_ADDITIONALS,
	DNS_QUESTION,
	DNS_RECORD,
	DNS_UNICODE_NAME,
	DNS_FIELD_COUNT,
};

extern const struct field dns_fields[DNS_FIELD_COUNT];
extern const struct value_name dns_type_names[], dns_class_names[], dns_rcode_names[];
extern const struct value_name dns_opcode_names[], dns_option_names[], dns_param_names[];

extern const struct dissector dns_dissector, nbns_dissector;

enum dns_type {
	DNS_TYPE_NULL = 10,
	DNS_TYPE_SRV = 33,
	DNS_TYPE_OPT = 41,
	DNS_TYPE_ANY = 255,
};

enum dns_variant { DNS_UNICAST, DNS_MULTICAST, DNS_LINK_LOCAL, DNS_IN_HTTP };

struct dns_message {
	struct cursor whole; /* at the message's first byte: what pointers count from */
	enum dns_variant variant;
	uint16_t flags;
};

struct dns_name {
	const char *text;	 /* "www.example.com", "<Root>"; "" when no one will see it */
	uint32_t start, wire;	 /* its place, and how many bytes it takes there */
	uint32_t length, labels; /* of the name as decoded, before anything is escaped */
};

/* One record, while it is read. */
struct dns_record {
	node_id node;
	uint16_t type;
	const char *owner;
	uint32_t start, length; /* of the rdata, as far as it was sent */
};

/* dns_looks.c */

bool dns_looks_like(const struct dissection *d, const struct cursor *c);
bool nbns_looks_like(const struct dissection *d, const struct cursor *c);

/* dns_names.c */

/* Reads a name that may be compressed.  The cursor steps over its bytes where it stands. */
struct dns_name dns_name_read(struct dissection *d, const struct dns_message *m, struct cursor *c);
/* The same with a node; returns the text. */
const char *dns_name_take(struct dissection *d, const struct dns_message *m, struct cursor *c,
			  unsigned field);
/* A name that says it is coded, as Unicode: generated, on the bytes of the name. */
void dns_name_show_unicode(struct dissection *d, const struct cursor *c,
			   const struct dns_name *name);
/* "AAAA", "Unknown (65280)" */
const char *dns_type_word(struct dissection *d, uint16_t type);
/* "5 minutes", as text in the arena. */
const char *dns_seconds_text(struct dissection *d, uint32_t seconds);
/* A number of seconds, with its words. */
uint32_t dns_seconds_take(struct dissection *d, struct cursor *c, unsigned field);
/* Is anyone going to see words, in the tree or in a column? */
static inline bool dns_wants_words(const struct dissection *d)
{
	return d->wants & (WANT_ANY_LABELS | WANT_COLUMNS);
}

/* dns_records.c */

/* The data of a record, whose header was read. */
void dns_rdata_dissect(struct dissection *d, const struct dns_message *m,
		       const struct dns_record *record, struct cursor *c);

/* dns_options.c */

/* The data of an OPT record (RFC 6891). */
void dns_options_dissect(struct dissection *d, struct cursor *c);
/* The data of SVCB and HTTPS records (RFC 9460). */
void dns_service_dissect(struct dissection *d, const struct dns_message *m, struct cursor *c);
/* The messages of DNS Stateful Operations (RFC 8490). */
void dns_stateful_dissect(struct dissection *d, struct cursor *c);

/* dns_security.c: the records that hold keys, signatures and hashes. */
void dns_key_take(struct dissection *d, struct cursor *c);
void dns_dnskey_take(struct dissection *d, struct cursor *c);
void dns_nsec3_take(struct dissection *d, struct cursor *c);
void dns_nsec3param_take(struct dissection *d, struct cursor *c);
void dns_tsig_take(struct dissection *d, const struct dns_message *m, struct cursor *c);
/* A type that a bitmap names in the byte before the cursor. */
void dns_type_in_bitmap_add(struct dissection *d, const struct cursor *c, unsigned type);
/* The types a record says exist, in windows (RFC 4034, 4.1.2). */
void dns_type_windows_take(struct dissection *d, struct cursor *c);

/* dns.c */
/* Of queries and responses, over UDP. */
extern const struct plain_header dns_plain;

void dns_dissect_as(struct dissection *d, struct cursor *c, enum dns_variant variant);

static inline unsigned dns_opcode(uint16_t flags)
{
	return flags >> 11 & 15;
}

/* In the first pass: what the message is in its exchange. */
void dns_learn_role(struct dissection *d, uint16_t id, bool is_response);
/* A finding below the ID. */
void dns_note_repetition(struct dissection *d, node_id id_node);
/* In which packet the other half of the exchange is. */
void dns_show_role(struct dissection *d);

#endif
