/* program.h - what a filter compiles to.  Jumps only go forward, so every program ends.
 *
 * A register holds a list of values, since a field can occur many times.  Beside the registers
 * there is one answer, true or false, which tests set and jumps ask. */
#ifndef FILTER_PROGRAM_H
#define FILTER_PROGRAM_H

#include "base/arena.h"
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

/* machine.c */
bool run_program(const struct program *program, struct dissection *d);
void read_values(const struct read *read, struct dissection *d, struct arena *arena,
		 struct value_list *list);

#endif
