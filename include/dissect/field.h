/* field.h - what a protocol's fields are called and how they are shown: data, not code. */
#ifndef DISSECT_FIELD_H
#define DISSECT_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/expert.h"

enum field_type {
	FIELD_PROTOCOL,
	FIELD_NONE,             /* a label or a subtree without a value */
	FIELD_BOOL,
	FIELD_U8, FIELD_U16, FIELD_U24, FIELD_U32, FIELD_U40, FIELD_U48, FIELD_U56, FIELD_U64,
	FIELD_I8, FIELD_I16, FIELD_I24, FIELD_I32, FIELD_I64,
	FIELD_DOUBLE,
	FIELD_IPV4,             /* value.number: host order */
	FIELD_IPV6,             /* value.bytes: 16 */
	FIELD_ETHER,            /* value.bytes: 6 */
	FIELD_EUI64,            /* value.number */
	FIELD_GUID,             /* value.bytes: 16 */
	FIELD_OID,              /* value.bytes, `value_length` of them */
	FIELD_BYTES,            /* value.bytes, `value_length` of them */
	FIELD_TEXT,             /* value.text: UTF-8, may hold any character; cleaned when printed */
	FIELD_TIME,             /* value.number: int64_t nanoseconds since 1970 */
	FIELD_DURATION,         /* value.number: int64_t nanoseconds */
	FIELD_FRAME,            /* value.number: a packet's number */
	FIELD_TYPES,
};

enum field_base {
	BASE_DEC,               /* also for types that have no base */
	BASE_HEX,
	BASE_OCT,
	BASE_DEC_HEX,
	BASE_HEX_DEC,
	BASE_PORT,              /* decimal; named from the services when resolving */
	BASE_OUI,               /* U24: vendor, named when resolving */
	BASE_UTC,               /* FIELD_TIME: shown in UTC; else local time */
	BASE_NAME,              /* decimal; in the tree its name alone, without the number */
	BASE_LINK,              /* FIELD_BYTES: a link-layer address, with colons if it has 6 bytes */
	FIELD_BASES,
};

/* A value of FIELD_TIME: nobody said when.  Shown as NULL. */
#define TIME_UNSET INT64_MIN

struct value_name {
	uint64_t value;
	const char *name;       /* NULL ends the table */
};

enum field_flag {
	FIELD_FORWARD = 1,   /* known only once later packets were read */
	FIELD_FEW_NAMES = 2, /* only special values have names: no "Unknown (5)" for the others */
	FIELD_MAY_BE_EMPTY = 4, /* FIELD_BYTES: none of them is "<none>", not "<MISSING>" */
	FIELD_SEES_BELOW =
		8, /* depends on what the layers below take: trailers, messages in parts */
	/* The same in all packets of a conversation that go the same way: its ends and its number.
	 */
	FIELD_OF_CONVERSATION = 16,
	FIELD_WORDS = 32, /* Wireshark has a line of text here and no field: its layouts name it by
			     its words */
	FIELD_OWN =
		128, /* peel's own, in every packet of its protocol: not in Wireshark's layouts */
	FIELD_NO_MASK =
		256, /* shown with its bits, but Wireshark's row has no mask: its bytes are whole */
	FIELD_SECRET = 512, /* a password, a key: --redact masks what it says */
	FIELD_AS_PROTOCOL = 64, /* Wireshark lists it as a protocol, whatever its type */
};

struct field {
	const char *abbrev;     /* "udp.srcport": the name filters and -e use */
	const char *name;       /* "Source Port": the name the tree shows */
	enum field_type type;
	enum field_base base;
	const struct value_name *names;
	uint64_t mask;          /* the bits that count; 0: all */
	const char *help;       /* one sentence for --fields and the man page */
	const char *unit;       /* follows the number in the tree: " seconds" */
	uint16_t flags;         /* enum field_flag */
	uint8_t bits;           /* of the word that a mask is shown in; 0: all of its bytes */
	uint8_t severity;	/* enum expert_severity; EXPERT_NONE: no finding */
	uint8_t group;		/* enum expert_group */
	uint8_t place, other_place; /* see PLACED */
	const char *reference;	/* where it is defined: "RFC 768"; NULL: as its protocol */
};

/* Where its value stands in each plain header of its protocol (dissect/plain_header.h), for who wants
 * no more of the packet: so many bytes behind the header's first.  A field of bits stands in as few
 * bytes as its mask needs.  Who borrows the protocol's fields does not show it. */
#define PLACED(offset) .place = (offset) + 1
/* The same of a field that is shown twice. */
#define PLACED_TWICE(offset, other) .place = (offset) + 1, .other_place = (other) + 1

/* What is known otherwise, in place of an offset: `.place = PLACE_...`. */
enum placing {
	PLACE_NONE,
	PLACE_LAST_OFFSET = 200,
	PLACE_HEADER_LENGTH,
	PLACE_PAYLOAD_LENGTH,	/* what was sent behind the header, as far as it is the layer's */
	PLACE_STREAM,		/* the number of the packet's conversation, of IP's protocol `other_place` */
	PLACE_PACKET_NUMBER,
	PLACE_PACKET_LENGTH,
	PLACE_PACKET_TIME,
	PLACE_PACKET_TIME_DELTA,
	PLACE_PACKET_TIME_RELATIVE,
};

/* Is it for -e, filters and the screen alone? */
static inline bool field_is_own(const struct field *field)
{
	return field->flags & FIELD_OWN;
}

/* The row of a finding; `words` are its name, and what it says where nothing else is said. */
#define FINDING(abbrev, words, severity, group)                                                    \
	{                                                                                          \
		abbrev, words, FIELD_NONE, BASE_DEC, NULL, 0, NULL, NULL, 0, 0, severity, group,   \
			0, 0, NULL                                                         \
	}

/* The name of a value, or NULL. */
const char *value_name(const struct value_name *names, uint64_t value);

/* Bytes that a number of this type takes on the wire (FIELD_BOOL: 1); 0: not a number. */
unsigned field_width(enum field_type type);

/* Its bits of a word of n bytes, shifted down; signed types keep their sign. */
static inline uint64_t field_bits(const struct field *f, uint64_t word, unsigned n)
{
	if (f->mask)
		return (word & f->mask) >> __builtin_ctzll(f->mask);
	if (f->type >= FIELD_U8 && f->type <= FIELD_U64)
		return word;
	if (f->type >= FIELD_I8 && f->type <= FIELD_I64 && n < 8) {
		uint64_t sign = UINT64_C(1) << (8 * n - 1);
		return (word ^ sign) - sign;
	}
	if (f->type == FIELD_BOOL)
		return word != 0;
	return word;
}

/* How many bytes its value takes where it is placed. */
unsigned field_placed_width(const struct field *field);

#endif
