/* dns_flags.h - the bits of a DNS header, each with a sentence that says what its value means. */
#ifndef SESSION_DNS_FLAGS_H
#define SESSION_DNS_FLAGS_H

#include <stdbool.h>
#include <stdint.h>

enum dns_kind {
	DNS_KIND_PLAIN,	     /* RFC 1035 */
	DNS_KIND_MULTICAST,  /* RFC 6762 */
	DNS_KIND_LINK_LOCAL, /* RFC 4795 */
	DNS_KINDS,
};

enum dns_flag_bit {
	DNS_QR = 0x8000,
	DNS_OPCODE = 0x7800,
	DNS_AA = 0x0400,
	DNS_TC = 0x0200,
	DNS_RD = 0x0100,
	DNS_RA = 0x0080,
	DNS_Z = 0x0040,
	DNS_AD = 0x0020,
	DNS_CD = 0x0010,
	DNS_RCODE = 0x000f,
	DNS_LINK_LOCAL_Z = 0x00f0,
	DNS_NOTIFY = 0x2000, /* a value of the OPCODE's */
};

enum { DNS_FLAG_LINES = 10 };

struct dns_flag_line {
	const char *name;    /* "QR" */
	uint16_t mask;	     /* where its bits are in the header's word */
	unsigned value;	     /* shifted down */
	const char *meaning; /* "this is a response" */
	bool unusual;	     /* set, or not 0, where it says something special */
	bool legal;	     /* its RFC allows it here */
};

/* From the first bit to the last; returns how many lines there are. */
unsigned dns_flags_explain(uint16_t flags, enum dns_kind kind,
			   struct dns_flag_line lines[DNS_FLAG_LINES]);
/* What the OPT record's DO bit means (RFC 3225). */
const char *dns_do_meaning(bool set);
/* "NXDOMAIN"; NULL: none is assigned.  With the upper bits that an OPT record adds. */
const char *dns_rcode_word(unsigned rcode);
/* "the name does not exist" */
const char *dns_rcode_meaning(unsigned rcode);

#endif
