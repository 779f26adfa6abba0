/* icmp.h - what ICMP and ICMPv6 share: quoted packets, extensions, echoes. */
#ifndef DISSECTORS_ICMP_H
#define DISSECTORS_ICMP_H

#include "dissect/dissector.h"

enum {
	ICMP, ICMP_TYPE, ICMP_CODE, ICMP_CHECKSUM, ICMP_CHECKSUM_STATUS, ICMP_UNUSED, ICMP_RESERVED,
	ICMP_IDENT, ICMP_IDENT_LE, ICMP_SEQ, ICMP_SEQ_LE, ICMP_MTU, ICMP_NUM_ADDRS,
	ICMP_ADDR_ENTRY_SIZE, ICMP_LIFETIME, ICMP_POINTER, ICMP_ROUTER_ADDRESS, ICMP_PREF_LEVEL,
	ICMP_ORIGINATE, ICMP_RECEIVE, ICMP_TRANSMIT, ICMP_ADDRESS_MASK, ICMP_REDIR_GW,
	ICMP_RESP_IN, ICMP_NO_RESP, ICMP_RESP_TO, ICMP_RESPTIME, ICMP_DATA_TIME,
	ICMP_DATA_TIME_RELATIVE, ICMP_LENGTH, ICMP_LENGTH_ORIGINAL,
	/* Mobile IP agents. */
	ICMP_MIP, ICMP_MIP_TYPE, ICMP_MIP_LENGTH, ICMP_MIP_PREFIX_LENGTH, ICMP_MIP_SEQ,
	ICMP_MIP_LIFE, ICMP_MIP_FLAGS, ICMP_MIP_R, ICMP_MIP_B, ICMP_MIP_H, ICMP_MIP_F, ICMP_MIP_M,
	ICMP_MIP_G, ICMP_MIP_V, ICMP_MIP_RT, ICMP_MIP_U, ICMP_MIP_X, ICMP_MIP_RESERVED,
	ICMP_MIP_COA, ICMP_MIP_CHALLENGE, ICMP_MIP_CONTENT,
	/* Extensions. */
	ICMP_EXT, ICMP_EXT_VERSION, ICMP_EXT_RES, ICMP_EXT_CHECKSUM, ICMP_EXT_CHECKSUM_STATUS,
	ICMP_EXT_OBJECT, ICMP_EXT_LENGTH, ICMP_EXT_CLASS, ICMP_EXT_CTYPE, ICMP_EXT_DATA,
	ICMP_MPLS, ICMP_MPLS_LABEL, ICMP_MPLS_EXP, ICMP_MPLS_S, ICMP_MPLS_TTL, ICMP_MPLS_DATA,
	ICMP_INT_INFO_ROLE, ICMP_INT_INFO_RESERVED, ICMP_INT_INFO_IFINDEX,
	ICMP_INT_INFO_IPADDR, ICMP_INT_INFO_NAME_PRESENT, ICMP_INT_INFO_MTU_PRESENT,
	ICMP_INT_INFO_INDEX, ICMP_INT_INFO_ADDRESS, ICMP_INT_INFO_AFI, ICMP_INT_INFO_IPV4,
	ICMP_INT_INFO_IPV6, ICMP_INT_INFO_UNKNOWN, ICMP_INT_INFO_NAMES, ICMP_INT_INFO_NAME_LENGTH,
	ICMP_INT_INFO_NAME, ICMP_INT_INFO_MTU,
	ICMP_EXT_ECHO_SEQ, ICMP_EXT_ECHO_REQ_RES, ICMP_EXT_ECHO_REQ_LOCAL, ICMP_EXT_ECHO_RSP_STATE,
	ICMP_EXT_ECHO_RSP_RES, ICMP_EXT_ECHO_RSP_ACTIVE, ICMP_EXT_ECHO_RSP_IPV4,
	ICMP_EXT_ECHO_RSP_IPV6,
	ICMP_INT_IDENT_NAME, ICMP_INT_IDENT_INDEX, ICMP_INT_IDENT_AFI, ICMP_INT_IDENT_LENGTH,
	ICMP_INT_IDENT_RESERVED, ICMP_INT_IDENT_IPV4, ICMP_INT_IDENT_IPV6, ICMP_INT_IDENT_ADDRESS,
	/* Findings. */
	ICMP_NO_RESPONSE_SEEN, ICMP_CHECKSUM_BAD, ICMP_EXT_CHECKSUM_BAD, ICMP_EXT_BAD_LENGTH,
	ICMP_FIELD_COUNT
};

enum icmp_type {
	ICMP_ECHO_REPLY = 0, ICMP_UNREACHABLE = 3, ICMP_SOURCE_QUENCH = 4, ICMP_REDIRECT = 5,
	ICMP_ALTERNATE_HOST = 6, ICMP_ECHO = 8, ICMP_ROUTER_ADVERTISEMENT = 9, ICMP_ROUTER_SOLICITATION = 10,
	ICMP_TIME_EXCEEDED = 11, ICMP_PARAMETER = 12, ICMP_TIMESTAMP = 13, ICMP_TIMESTAMP_REPLY = 14,
	ICMP_INFORMATION = 15, ICMP_INFORMATION_REPLY = 16, ICMP_MASK = 17, ICMP_MASK_REPLY = 18,
	ICMP_PHOTURIS = 40, ICMP_EXTENDED_ECHO = 42, ICMP_EXTENDED_ECHO_REPLY = 43,
};

extern const struct field icmp_fields[ICMP_FIELD_COUNT];
extern const struct dissector icmp_dissector;
extern const struct value_name echo_state_names[];
/* Never NULL. */
const char *icmp_type_name(uint8_t type, uint8_t code);
/* The names of a type's codes; NULL: they have none. */
const struct value_name *icmp_code_names(uint8_t type);

/* Shows the packet that a message quotes, below the tree that is open; nothing is learnt from it,
 * and the columns stay. */
void show_quoted_packet(struct dissection *d, struct cursor quote, uint16_t ethertype);
/* The same of a packet that did not arrive: its connection learns that. */
void show_undelivered_packet(struct dissection *d, struct cursor quote, uint16_t ethertype);

/* RFC 4884, 5837 and 8335: the extensions to the end of the cursor, with the fields of icmp. */
void show_icmp_extensions(struct dissection *d, struct cursor *c);

/* What belongs together: an echo request and its reply. */
struct echo { uint32_t packet; int64_t time_ns; };

/* The checksum without the type's part of it: a request and its reply have it in common. */
uint32_t echo_sum(uint16_t checksum, uint8_t type);
/* Keeps an echo request or finds the request of a reply: true if there is a partner. */
bool pair_echo(struct dissection *d, bool request, uint32_t key, uint32_t sum, uint8_t protocol,
	       struct echo *partner);

#endif
