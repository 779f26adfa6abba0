/* der.h - elements of ASN.1 in the Basic and Distinguished Encoding Rules (X.690).
 *
 * The reader only looks ahead and never faults. */
#ifndef DISSECTORS_DER_H
#define DISSECTORS_DER_H

#include "dissect/dissector.h"

enum der_tag {
	DER_BOOLEAN = 0x01,
	DER_INTEGER = 0x02,
	DER_BIT_STRING = 0x03,
	DER_OCTET_STRING = 0x04,
	DER_OID = 0x06,
	DER_UTF8 = 0x0c,
	DER_PRINTABLE = 0x13,
	DER_TELETEX = 0x14,
	DER_IA5 = 0x16,
	DER_UTC_TIME = 0x17,
	DER_GENERALIZED_TIME = 0x18,
	DER_UNIVERSAL = 0x1c,
	DER_BMP = 0x1e,
	DER_LIST = 0x20, /* the bit of those that have elements inside */
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_CONTEXT = 0x80,	/* [0] */
	DER_CONSTRUCTED = 0xa0, /* [0], with elements inside */
};

/* One element; `bytes` are its contents. */
struct der {
	uint8_t tag;
	const uint8_t *bytes;
	uint32_t start, length; /* of the contents */
	struct cursor body;	/* on them */
};

/* The next element, which the cursor steps over.  False: there is none, or it is damaged; then the
 * cursor has nothing left.  Lengths that only an end marker ends count as damage. */
bool take_der(struct cursor *c, struct der *der);
/* The same if it has this tag; else the cursor stays. */
bool take_tagged(struct cursor *c, uint8_t tag, struct der *der);
uint32_t count_elements(struct cursor c);
/* The contents as a number, with its sign or without: the last 64 bits of the first nine bytes, as
 * the largest without a sign has a zero before its eight.  Nothing is 0. */
int64_t der_signed(const struct der *der);
uint64_t der_unsigned(const struct der *der);

#endif
