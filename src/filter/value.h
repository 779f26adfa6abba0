/* value.h - what fields and literals are worth, and what can be done with that. */
#ifndef FILTER_VALUE_H
#define FILTER_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "dissect/field.h"

enum relation {
	RELATION_EQ,
	RELATION_NE,
	RELATION_GT,
	RELATION_GE,
	RELATION_LT,
	RELATION_LE,
};

/* Of pairs of values: does one hold, or does none fail? */
enum quantifier { QUANTIFIER_ANY, QUANTIFIER_ALL };

enum arithmetic {
	ARITHMETIC_ADD,
	ARITHMETIC_SUBTRACT,
	ARITHMETIC_MULTIPLY,
	ARITHMETIC_DIVIDE,
	ARITHMETIC_MODULO,
	ARITHMETIC_MASK,
	ARITHMETIC_NEGATE,
};

struct value {
	uint8_t type;	 /* enum field_type */
	uint8_t prefix;	 /* addresses: how many of their bits count */
	uint32_t length; /* of bytes and text */
	uint32_t whole;	 /* FIELD_PROTOCOL: of bytes, payload included; `length` is its own */
	union {
		uint64_t number; /* signed types: as int64_t */
		double real;
		const uint8_t *bytes;
		const char *text;
	};
};

struct value_list {
	struct value *items;
	uint32_t count, room;
};

/* Adds to a list that grows in the arena. */
void value_list_add(struct value_list *list, struct arena *arena, const struct value *value);

/* [from:count] [from-to] [from:]; negative ones count from the end. */
enum range_kind { RANGE_COUNT, RANGE_TO, RANGE_REST };
struct range {
	enum range_kind kind;
	int32_t from, second;
};
struct ranges {
	uint32_t count;
	struct range *items;
};

enum type_family {
	FAMILY_NONE,
	FAMILY_INTEGER,
	FAMILY_REAL,
	FAMILY_IPV4,
	FAMILY_IPV6,
	FAMILY_BYTES,
	FAMILY_TEXT,
	FAMILY_PROTOCOL,
	FAMILY_TIME,
	FAMILY_DURATION,
};
/* Values of one family can be compared. */
enum type_family type_family(enum field_type type);
bool type_is_signed(enum field_type type);
bool type_is_wide(enum field_type type); /* more than 32 bit */
bool type_is_sliceable(enum field_type type);
bool type_can(enum field_type type, enum arithmetic arithmetic);

/* CANNOT: -1 beside a number that is never negative. */
enum holds { HOLDS_NOT, HOLDS, CANNOT_HOLD };
enum holds value_relates(enum relation relation, const struct value *left,
			 const struct value *right);
uint32_t value_search_length(const struct value *value);
bool value_contains(const struct value *haystack, const struct value *needle);
/* False: it has no result: overflow, or a division by zero. */
bool value_arithmetic(struct arena *arena, enum arithmetic arithmetic, const struct value *left,
		      const struct value *right, struct value *result);
bool value_negate(const struct value *value, struct value *result);
/* Is it anything but 0, or nothing? */
bool value_is_true(const struct value *value);
/* The bytes that a slice is taken of. */
struct value value_bytes(struct arena *arena, const struct value *value);
/* What of the bytes is in the ranges, put together up to the first that is not there. */
struct value value_slice(struct arena *arena, const struct value *bytes,
			 const struct ranges *ranges);
/* The value as decimal digits or an address, for string(). */
struct value value_as_text(struct arena *arena, const struct value *value);
/* What len() says. */
uint64_t value_size(const struct value *value);
/* As --show-filter prints it; cleaned, and cut to fit. */
unsigned value_print(const struct value *value, char *text, unsigned room);

/* --- functions: function.c --- */

struct function {
	const char *name;
	uint8_t least, most; /* arguments */
	bool fields_only;    /* each argument is a field, no calculation */
	bool same_types;     /* arguments are of one type, and so is the result */
	bool (*takes)(enum field_type type);
	const char *takes_what; /* for messages */
	enum field_type result; /* FIELD_TYPES: that of the first argument */
	void (*run)(struct arena *arena, const struct value_list *arguments, unsigned count,
		    struct value_list *result);
};

/* NULL: there is none. */
const struct function *function_named(const uint8_t *name, uint32_t length);
extern const struct function function_table[]; /* ends without a name */

/* --- regular expressions: regex.c --- */

struct regex;

/* NULL: *message says why, at byte *offset of the pattern. */
struct regex *regex_new(const uint8_t *pattern, uint32_t length, char message[120],
			uint32_t *offset);
void regex_free(struct regex *regex);
/* Any thread may ask.  A pattern that needs too much work for a value does not match it. */
bool regex_matches(const struct regex *regex, const uint8_t *bytes, uint32_t length);

#endif
