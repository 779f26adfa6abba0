/* generator.c - the tree as instructions.
 *
 * A test leaves its answer in the one place for it; what may be skipped is jumped over.  An
 * operand's value is put in the register that it is told, and uses those above for its parts. */
#include <stdlib.h>
#include <string.h>

#include "base/bitmap.h"
#include "dissect/registry.h"
#include "syntax.h"

enum { NOWHERE = UINT32_MAX };

struct generator {
	struct filter *filter;
	struct program *program;
	struct filter_error *error;
	unsigned kept; /* answers kept for xor */
};

static uint32_t emit(struct generator *g, enum operation operation, unsigned to, unsigned left,
		     uint32_t operand)
{
	struct program *program = g->program;

	if (program->length == program->room)
		program->code = must_grow(program->code, &program->room, 16, sizeof *program->code);
	program->code[program->length] = (struct instruction){
		.operation = (uint8_t)operation,
		.to = (uint8_t)to,
		.left = (uint8_t)left,
		.operand = operand,
	};
	return program->length++;
}

/* Jumps to the same place are a chain through their operands until it is known. */
static void emit_jump(struct generator *g, enum operation operation, uint32_t *chain)
{
	*chain = emit(g, operation, 0, 0, *chain);
}

static void land(struct generator *g, uint32_t chain)
{
	while (chain != NOWHERE) {
		uint32_t next = g->program->code[chain].operand;
		g->program->code[chain].operand = g->program->length;
		chain = next;
	}
}

/* One more in a table, which doubles at powers of two. */
static void *grow(void *table, uint32_t count, size_t size)
{
	return count & (count - 1) ? table : must_resize(table, count ? 2 * count : 1, size);
}

static void want_field(struct generator *g, int field, const struct ranges *layers)
{
	struct filter *filter = g->filter;

	bitmap_add(filter->wanted, (uint32_t)field);
	if (registry_field((unsigned)field)->flags & FIELD_FORWARD)
		filter->needs_later = true;
	if (!layers)
		return;
	/* Layers are counted by the protocols' own nodes. */
	for (unsigned n = 0; n < registry_field_count(); n++)
		if (registry_field(n)->type == FIELD_PROTOCOL)
			bitmap_add(filter->wanted, n);
}

static struct read read_of(const struct syntax *node)
{
	return (struct read){ (uint16_t)node->field, node->raw, node->ranges };
}

/* A hidden field stands on the bytes of the one before it, whichever that is. */
static void want_neighbours(struct generator *g, int field)
{
	const struct dissector *owner = registry_field_owner((unsigned)field);
	unsigned first = registry_first_field(owner);

	for (unsigned n = 0; n < owner->field_count; n++)
		bitmap_add(g->filter->wanted, first + n);
}

static uint32_t add_read(struct generator *g, const struct syntax *node)
{
	struct program *program = g->program;
	struct read read = read_of(node);

	for (uint32_t i = 0; i < program->read_count && i < 64; i++)
		if (program->reads[i].field == read.field &&
		    program->reads[i].is_raw == read.is_raw &&
		    program->reads[i].layers == read.layers)
			return i;
	want_field(g, node->field, node->ranges);
	if (node->raw)
		want_neighbours(g, node->field);
	program->reads = grow(program->reads, program->read_count, sizeof read);
	program->reads[program->read_count] = read;
	return program->read_count++;
}

static uint32_t add_reference(struct generator *g, const struct syntax *node)
{
	struct program *program = g->program;

	program->references =
		grow(program->references, program->reference_count, sizeof *program->references);
	program->references[program->reference_count] = (struct reference){ .read = read_of(node) };
	return program->reference_count++;
}

static uint32_t add_constant(struct generator *g, const struct value *value)
{
	struct program *program = g->program;

	program->constants = grow(program->constants, program->constant_count, sizeof *value);
	program->constants[program->constant_count] = *value;
	return program->constant_count++;
}

static uint32_t add_slice(struct generator *g, const struct ranges *ranges)
{
	struct program *program = g->program;

	program->slices = grow(program->slices, program->slice_count, sizeof ranges);
	program->slices[program->slice_count] = ranges;
	return program->slice_count++;
}

static bool generate_operand(struct generator *g, const struct syntax *node, unsigned to,
			     uint32_t *absent);

/* An operand that may be absent: then the register is empty. */
static bool generate_optional(struct generator *g, const struct syntax *node, unsigned to)
{
	uint32_t absent = NOWHERE, present = NOWHERE;

	if (!generate_operand(g, node, to, &absent))
		return false;
	/* A calculation may have left one of its parts there. */
	if (absent != NOWHERE && node->kind == SYNTAX_ARITHMETIC) {
		emit_jump(g, OP_JUMP, &present);
		land(g, absent);
		emit(g, OP_EMPTY, to, 0, 0);
		land(g, present);
		return true;
	}
	land(g, absent);
	return true;
}

static bool generate_call(struct generator *g, const struct syntax *node, unsigned to,
			  uint32_t *absent)
{
	struct program *program = g->program;
	unsigned count = 0;

	for (const struct syntax *argument = node->first; argument; argument = argument->next) {
		if (!generate_optional(g, argument, to + count))
			return false;
		count++;
	}
	program->calls = grow(program->calls, program->call_count, sizeof *program->calls);
	program->calls[program->call_count] = (struct call){ node->function, (uint8_t)count };
	emit(g, OP_CALL, to, to, program->call_count++);
	emit_jump(g, OP_JUMP_UNLESS, absent);
	return true;
}

static bool is_bytes(const struct syntax *node)
{
	return type_family(node->type) == FAMILY_BYTES;
}

/* Both operands into `to` and the register after it, as bytes where only one of them is. */
static bool generate_pair(struct generator *g, const struct syntax *left, unsigned to,
			  uint32_t *absent)
{
	const struct syntax *right = left->next;
	bool differ = type_family(left->type) != type_family(right->type);

	if (!generate_operand(g, left, to, absent))
		return false;
	if (differ && !is_bytes(left))
		emit(g, OP_BYTES, to, to, 0);
	if (!generate_operand(g, right, to + 1, absent))
		return false;
	if (differ && !is_bytes(right))
		emit(g, OP_BYTES, to + 1, to + 1, 0);
	return true;
}

static bool generate_arithmetic(struct generator *g, const struct syntax *node, unsigned to,
				uint32_t *absent)
{
	if (!generate_pair(g, node->first, to, absent))
		return false;
	uint32_t at = emit(g, OP_ARITHMETIC, to, to, node->arithmetic);
	g->program->code[at].right = (uint8_t)(to + 1);
	return true;
}

static bool generate_operand(struct generator *g, const struct syntax *node, unsigned to,
			     uint32_t *absent)
{
	if (to + 1 >= REGISTERS)
		return filter_fail(g->error, node->place,
				   "this is too deep or has too many parts to be calculated");
	switch (node->kind) {
	case SYNTAX_FIELD:
		emit(g, OP_READ, to, 0, add_read(g, node));
		emit_jump(g, OP_JUMP_UNLESS, absent);
		return true;
	case SYNTAX_REFERENCE:
		emit(g, OP_REFERENCE, to, 0, add_reference(g, node));
		emit_jump(g, OP_JUMP_UNLESS, absent);
		return true;
	case SYNTAX_CONSTANT:
		emit(g, OP_CONSTANT, to, 0, add_constant(g, &node->value));
		return true;
	case SYNTAX_SLICE:
		if (!generate_operand(g, node->first, to, absent))
			return false;
		emit(g, OP_SLICE, to, to, add_slice(g, node->ranges));
		return true;
	case SYNTAX_CALL:
		return generate_call(g, node, to, absent);
	case SYNTAX_NEGATE:
		if (!generate_operand(g, node->first, to, absent))
			return false;
		emit(g, OP_NEGATE, to, to, 0);
		return true;
	default:
		return generate_arithmetic(g, node, to, absent);
	}
}

static bool generate_exists(struct generator *g, const struct syntax *what)
{
	uint32_t absent = NOWHERE;

	if (what->kind == SYNTAX_FIELD) {
		emit(g, OP_HAS, 0, 0, add_read(g, what));
		return true;
	}
	if (!generate_operand(g, what, 0, &absent))
		return false;
	/* Of a slice it counts that it is there, of a calculation that it is not 0. */
	emit(g, OP_TRUE, 0, 0, what->kind == SYNTAX_SLICE);
	land(g, absent);
	return true;
}

static bool generate_compare(struct generator *g, const struct syntax *node)
{
	uint32_t absent = NOWHERE;
	bool is_search = node->kind == SYNTAX_CONTAINS;

	if (!generate_pair(g, node->first, 0, &absent))
		return false;
	uint32_t at = emit(g, is_search ? OP_CONTAINS : OP_COMPARE, 0, 0,
			   (uint32_t)node->relation << 1 | node->quantifier);
	g->program->code[at].right = 1;
	land(g, absent);
	return true;
}

static bool generate_matches(struct generator *g, const struct syntax *node)
{
	struct program *program = g->program;
	uint32_t absent = NOWHERE;

	if (!generate_operand(g, node->first, 0, &absent))
		return false;
	program->regexes = grow(program->regexes, program->regex_count, sizeof *program->regexes);
	program->regexes[program->regex_count] = node->regex;
	emit(g, OP_MATCHES, node->quantifier, 0, program->regex_count++);
	land(g, absent);
	return true;
}

/* One end of a member: a constant, or the next register. */
static bool generate_end(struct generator *g, const struct syntax *node, unsigned *next,
			 bool *in_register, uint8_t *number)
{
	*in_register = node->kind != SYNTAX_CONSTANT;
	if (!*in_register)
		return true;
	*number = (uint8_t)*next;
	return generate_optional(g, node, (*next)++);
}

static bool generate_member(struct generator *g, const struct syntax *node, unsigned *next,
			    struct member *member)
{
	const struct syntax *low = node, *high = node;

	*member = (struct member){ .is_range = node->kind == SYNTAX_RANGE };
	if (member->is_range) {
		low = node->first;
		high = low->next;
	}
	if (!generate_end(g, low, next, &member->low_in_register, &member->low_register))
		return false;
	member->low = low->value;
	if (!member->is_range) {
		member->high = member->low;
		member->high_in_register = member->low_in_register;
		member->high_register = member->low_register;
		return true;
	}
	member->high = high->value;
	return generate_end(g, high, next, &member->high_in_register, &member->high_register);
}

static int order_members(const void *a, const void *b)
{
	const struct member *left = a, *right = b;

	return (left->low.number > right->low.number) - (left->low.number < right->low.number);
}

/* Many plain numbers are found by halving. */
static void sort_set(struct set *set, enum field_type type)
{
	enum { FEW = 8 };
	bool plain = type_family(type) == FAMILY_INTEGER && !type_is_signed(type);

	for (uint32_t i = 0; plain && i < set->count; i++) {
		const struct member *member = &set->members[i];
		plain = !member->low_in_register && !member->high_in_register &&
			!type_is_signed(member->low.type) && !type_is_signed(member->high.type);
	}
	if (!plain || set->count <= FEW)
		return;
	qsort(set->members, set->count, sizeof *set->members, order_members);
	for (uint32_t i = 1; i < set->count; i++)
		if (set->members[i].low.number <= set->members[i - 1].high.number)
			return;
	set->is_sorted = true;
}

static bool generate_in(struct generator *g, const struct syntax *node)
{
	struct program *program = g->program;
	const struct syntax *left = node->first;
	uint32_t absent = NOWHERE, count = 0;
	unsigned next = 1;

	for (const struct syntax *member = left->next; member; member = member->next)
		count++;
	struct set set = { must_zeroed(count, sizeof *set.members), 0, false };
	program->sets = grow(program->sets, program->set_count, sizeof set);
	uint32_t number = program->set_count++;
	program->sets[number] = set;
	if (!generate_operand(g, left, 0, &absent))
		return false;
	for (const struct syntax *member = left->next; member; member = member->next)
		if (!generate_member(g, member, &next, &set.members[set.count++]))
			return false;
	sort_set(&set, left->type);
	program->sets[number] = set;
	emit(g, OP_IN, node->quantifier, 0, number);
	land(g, absent);
	return true;
}

static bool generate_test(struct generator *g, const struct syntax *node);

/* The first part that decides ends the row. */
static bool generate_row(struct generator *g, const struct syntax *node, enum operation jump)
{
	uint32_t decided = NOWHERE;

	for (const struct syntax *child = node->first; child; child = child->next) {
		if (!generate_test(g, child))
			return false;
		if (child->next)
			emit_jump(g, jump, &decided);
	}
	land(g, decided);
	return true;
}

static bool generate_xor(struct generator *g, const struct syntax *node)
{
	unsigned kept = g->kept++;

	if (kept >= REGISTERS)
		return filter_fail(g->error, node->place, "nested too deep");
	for (const struct syntax *child = node->first; child; child = child->next) {
		if (!generate_test(g, child))
			return false;
		if (child != node->first)
			emit(g, OP_XOR, kept, 0, 0);
		if (child->next)
			emit(g, OP_KEEP, kept, 0, 0);
	}
	g->kept--;
	return true;
}

static bool generate_test(struct generator *g, const struct syntax *node)
{
	switch (node->kind) {
	case SYNTAX_OR:
		return generate_row(g, node, OP_JUMP_IF);
	case SYNTAX_AND:
		return generate_row(g, node, OP_JUMP_UNLESS);
	case SYNTAX_XOR:
		return generate_xor(g, node);
	case SYNTAX_NOT:
		if (!generate_test(g, node->first))
			return false;
		emit(g, OP_NOT, 0, 0, 0);
		return true;
	case SYNTAX_EXISTS:
		return generate_exists(g, node->first);
	case SYNTAX_MATCHES:
		return generate_matches(g, node);
	case SYNTAX_IN:
		return generate_in(g, node);
	default:
		return generate_compare(g, node);
	}
}

bool generate_program(struct filter *filter, const struct syntax *tree, struct filter_error *error)
{
	struct generator g = { filter, &filter->program, error, 0 };

	if (!tree)
		emit(&g, OP_SET, 0, 0, true);
	else if (!generate_test(&g, tree))
		return false;
	emit(&g, OP_RETURN, 0, 0, 0);
	return true;
}
