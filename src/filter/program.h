/* program.h - what a filter compiles to.  Jumps only go forward, so every program ends.
 *
 * A register holds a list of values, since a field can occur many times.  Beside the registers
 * there is one answer, true or false, which tests set and jumps ask. */
#ifndef FILTER_PROGRAM_H
#define FILTER_PROGRAM_H

#include "base/arena.h"
#include "dissect/plain_header.h"
#include "filter/filter.h"
#include "value.h"

enum operation {
	OP_HAS,	       /* answer: is there a `reads[operand]`? */
	OP_READ,       /* to = the values of reads[operand]; answer: are there any? */
	OP_REFERENCE,  /* the same of the selected packet: references[operand] */
	OP_CONSTANT,   /* to = constants[operand] */
	OP_SLICE,      /* to = slices[operand] of each of left */
	OP_BYTES,      /* to = each of left as bytes */
	OP_CALL,       /* to = calls[operand] of the registers from left on; answer: any? */
	OP_ARITHMETIC, /* to = left and right; operand: enum arithmetic */
	OP_NEGATE,     /* to = minus left */
	OP_TRUE,       /* answer: is any of left true or not empty? */
	OP_COMPARE,    /* answer: left and right; operand: relation and quantifier */
	OP_CONTAINS,   /* answer: the same */
	OP_MATCHES,    /* answer: left; to: quantifier; operand: regexes */
	OP_IN,	       /* answer: left; to: quantifier; operand: sets */
	OP_NOT,	       /* answer: not answer */
	OP_KEEP,       /* kept[to] = answer */
	OP_XOR,	       /* answer: kept[to] or answer, not both */
	OP_SET,	       /* answer = operand */
	OP_EMPTY,      /* to = no values */
	OP_JUMP,
	OP_JUMP_IF, /* to the instruction `operand` if answer */
	OP_JUMP_UNLESS,
	OP_RETURN,
};

struct instruction { /* 8 bytes */
	uint8_t operation;
	uint8_t to, left, right; /* registers */
	uint32_t operand;
};

enum { REGISTERS = 256, NO_LAYERS = 0 };

/* A field, or with `layers` only those of some layers. */
struct read {
	uint16_t field;
	uint8_t is_raw; /* its bytes, whatever its type */
	const struct ranges *layers;
};

/* One member of a set: low == high for a single value.  A register instead of constants holds what
 * is known only at work. */
struct member {
	bool is_range, low_in_register, high_in_register;
	uint8_t low_register, high_register;
	struct value low, high;
};

struct set {
	struct member *members;
	uint32_t count;
	bool is_sorted; /* numbers by their low end, none overlapping: halving finds one */
};

struct call {
	const struct function *function;
	uint8_t arguments;
};

struct reference {
	struct read read;
	struct value_list values;
};

struct program {
	struct instruction *code;
	uint32_t length, room;
	struct read *reads;
	struct value *constants;
	const struct ranges **slices;
	struct call *calls;
	struct set *sets;
	const struct regex **regexes;
	struct reference *references;
	uint32_t read_count, constant_count, slice_count, call_count, set_count, regex_count,
		reference_count;
};

struct filter {
	struct arena arena; /* of tree and constants */
	struct program program;
	struct arena selected; /* of the references' values */
	uint8_t *wanted;       /* a bit for each field */
	const char *text;      /* with its macros replaced */
	bool needs_later;
	struct regex **regexes; /* to be freed */
	uint32_t regex_count;
};

/* How one of the program's reads is done on packets with some stack, without taking them apart. */
enum glance_way {
	GLANCE_CANNOT,
	GLANCE_ABSENT,	/* the field is in none of them */
	GLANCE_PRESENT, /* the protocol is in all of them: no more is asked */
	GLANCE_INDEX,	/* the packet index knows it */
	GLANCE_PLACE,	/* it stands in the header of layers[layer] */
};

enum { GLANCE_LAYERS = 8 };

struct glance_read {
	uint8_t way;
	uint8_t layer;
};

/* Is a number in a range?  Then where to go on: another test, or an end. */
struct glance_test {
	const struct field *field;
	uint64_t mask, low, span; /* of the masked number, from `low` to `low + span` */
	uint16_t then, otherwise;
	uint8_t way, layer; /* as in a glance_read */
	uint8_t place, other_place, width, shift;
	bool outside; /* of that range */
	bool all;     /* of two values */
};

enum { GLANCE_LOOK = 0xfffd, GLANCE_NO, GLANCE_YES };

/* What makes signed numbers order as unsigned ones. */
#define GLANCE_SIGN (UINT64_C(1) << 63)

struct glance_plan {
	uint8_t layer_count; /* those whose headers are looked at, outermost first */
	const struct plain_header *layers[GLANCE_LAYERS];
	const struct glance_test *tests; /* NULL: it takes the machine */
	struct glance_read reads[];	 /* as the program's */
};

/* A header that was found. */
struct glanced_header {
	const uint8_t *bytes;
	uint32_t header, payload; /* their lengths */
};

/* Stands in for a dissection. */
struct sight {
	const struct glance *glance;
	const struct glance_plan *plan;
	struct glanced_header headers[GLANCE_LAYERS];
	bool is_walked;
};

/* machine.c */
bool run_program(const struct program *program, struct dissection *d);
/* The same by what is seen of a packet. */
enum filter_verdict run_on_sight(const struct program *program, struct sight *sight,
				 struct arena *arena);

/* verdict.c: may it be there, in packets with this stack?  As a test alone, or with its value. */
enum { MAY_BE_FALSE = 1, MAY_BE_TRUE = 2, MAY_BE_EITHER = 3 };
unsigned answer_on_path(const struct read *read, bool is_test, const struct path_table *paths,
			uint16_t path);

/* glance.c: false: one is not as they mostly are. */
bool find_headers(struct sight *sight);
/* False: the index does not know.  *count: 0 or 1. */
bool see_index(const struct glance *glance, const struct field *field, struct value *value,
	       uint32_t *count);
/* The values of the field with this number, which the plan has as its n-th read: at most SEEN_VALUES
 * of them.  False: it takes a dissection. */
enum { SEEN_VALUES = 2 };
bool see_values(struct sight *sight, uint32_t read, uint16_t number,
		struct value values[SEEN_VALUES], uint32_t *count);
/* glance_tests.c: the program as tests, if it can be; and at work. */
void plan_tests(const struct program *program, struct glance_plan *plan, struct arena *arena);
enum filter_verdict run_tests(struct sight *sight);
/* Is it only asked whether it is there? */
bool is_never_read(const struct program *program, uint32_t read);
void read_values(const struct read *read, struct dissection *d, struct arena *arena,
		 struct value_list *list);

#endif
