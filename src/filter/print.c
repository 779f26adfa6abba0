/* print.c - a filter's program as text: one line per instruction. */
#include <string.h>

#include "dissect/registry.h"
#include "program.h"

enum { VALUE_ROOM = 100 };

static const char *const relation_words[] = {
	[RELATION_EQ] = "==", [RELATION_NE] = "!=", [RELATION_GT] = ">",
	[RELATION_GE] = ">=", [RELATION_LT] = "<",  [RELATION_LE] = "<=",
};

static const char arithmetic_signs[] = "+-*/%&-";

static void print_ranges(FILE *out, const struct ranges *ranges)
{
	for (uint32_t i = 0; i < ranges->count; i++) {
		const struct range *range = &ranges->items[i];
		fprintf(out, "%s%d", i ? "," : "", range->from);
		if (range->kind == RANGE_COUNT)
			fprintf(out, ":%d", range->second);
		else if (range->kind == RANGE_TO)
			fprintf(out, "-%d", range->second);
		else
			fputc(':', out);
	}
}

static void print_read(FILE *out, const struct read *read)
{
	fprintf(out, "%s%s", read->is_raw ? "@" : "", registry_field(read->field)->abbrev);
	if (read->layers) {
		fputs("#[", out);
		print_ranges(out, read->layers);
		fputc(']', out);
	}
}

static void print_value(FILE *out, const struct value *value)
{
	char text[VALUE_ROOM];

	value_print(value, text, sizeof text);
	fputs(text, out);
}

static void print_end(FILE *out, bool in_register, uint8_t number, const struct value *value)
{
	if (in_register)
		fprintf(out, "r%u", number);
	else
		print_value(out, value);
}

static void print_set(FILE *out, const struct set *set)
{
	enum { SHOWN = 20 };

	fputc('{', out);
	for (uint32_t i = 0; i < set->count && i < SHOWN; i++) {
		const struct member *member = &set->members[i];
		fputs(i ? ", " : "", out);
		print_end(out, member->low_in_register, member->low_register, &member->low);
		if (!member->is_range)
			continue;
		fputs("..", out);
		print_end(out, member->high_in_register, member->high_register, &member->high);
	}
	if (set->count > SHOWN)
		fprintf(out, ", and %u more", set->count - SHOWN);
	fputc('}', out);
}

static void print_made(FILE *out, const struct program *program, const struct instruction *at)
{
	switch ((enum operation)at->operation) {
	case OP_READ:
		fprintf(out, "read     r%u = ", at->to);
		print_read(out, &program->reads[at->operand]);
		break;
	case OP_REFERENCE:
		fprintf(out, "selected r%u = ", at->to);
		print_read(out, &program->references[at->operand].read);
		break;
	case OP_CONSTANT:
		fprintf(out, "constant r%u = ", at->to);
		print_value(out, &program->constants[at->operand]);
		break;
	case OP_SLICE:
		fprintf(out, "slice    r%u = r%u[", at->to, at->left);
		print_ranges(out, program->slices[at->operand]);
		fputc(']', out);
		break;
	case OP_BYTES:
		fprintf(out, "bytes    r%u = r%u", at->to, at->left);
		break;
	case OP_ARITHMETIC:
		fprintf(out, "make     r%u = r%u %c r%u", at->to, at->left,
			arithmetic_signs[at->operand], at->right);
		break;
	case OP_NEGATE:
		fprintf(out, "make     r%u = -r%u", at->to, at->left);
		break;
	default:
		fprintf(out, "empty    r%u", at->to);
		break;
	}
}

static void print_call(FILE *out, const struct program *program, const struct instruction *at)
{
	const struct call *call = &program->calls[at->operand];

	fprintf(out, "call     r%u = %s(", at->to, call->function->name);
	for (unsigned i = 0; i < call->arguments; i++)
		fprintf(out, "%sr%u", i ? ", " : "", at->left + i);
	fputc(')', out);
}

static void print_test(FILE *out, const struct program *program, const struct instruction *at)
{
	bool all = at->operation == OP_COMPARE || at->operation == OP_CONTAINS ? at->operand & 1
									       : at->to;
	const char *quantifier = all ? "all" : "any";

	switch ((enum operation)at->operation) {
	case OP_HAS:
		fputs("has      ", out);
		print_read(out, &program->reads[at->operand]);
		break;
	case OP_TRUE:
		fprintf(out, "%s r%u", at->operand ? "present " : "nonzero ", at->left);
		break;
	case OP_COMPARE:
		fprintf(out, "%s      r%u %s r%u", quantifier, at->left,
			relation_words[at->operand >> 1], at->right);
		break;
	case OP_CONTAINS:
		fprintf(out, "%s      r%u contains r%u", quantifier, at->left, at->right);
		break;
	case OP_MATCHES:
		fprintf(out, "%s      r%u matches", quantifier, at->left);
		break;
	default:
		fprintf(out, "%s      r%u in ", quantifier, at->left);
		print_set(out, &program->sets[at->operand]);
		break;
	}
}

static void print_flow(FILE *out, const struct instruction *at)
{
	switch ((enum operation)at->operation) {
	case OP_NOT:
		fputs("not", out);
		break;
	case OP_KEEP:
		fprintf(out, "keep     k%u", at->to);
		break;
	case OP_XOR:
		fprintf(out, "xor      k%u", at->to);
		break;
	case OP_SET:
		fprintf(out, "set      %s", at->operand ? "true" : "false");
		break;
	case OP_JUMP:
		fprintf(out, "jump     %u", at->operand);
		break;
	case OP_JUMP_IF:
		fprintf(out, "if       jump %u", at->operand);
		break;
	case OP_JUMP_UNLESS:
		fprintf(out, "unless   jump %u", at->operand);
		break;
	default:
		fputs("return", out);
		break;
	}
}

void filter_print(const struct filter *filter, FILE *out)
{
	const struct program *program = &filter->program;

	for (uint32_t n = 0; n < program->length; n++) {
		const struct instruction *at = &program->code[n];
		fprintf(out, "%5u  ", n);
		switch ((enum operation)at->operation) {
		case OP_READ:
		case OP_REFERENCE:
		case OP_CONSTANT:
		case OP_SLICE:
		case OP_BYTES:
		case OP_ARITHMETIC:
		case OP_NEGATE:
		case OP_EMPTY:
			print_made(out, program, at);
			break;
		case OP_CALL:
			print_call(out, program, at);
			break;
		case OP_HAS:
		case OP_TRUE:
		case OP_COMPARE:
		case OP_CONTAINS:
		case OP_MATCHES:
		case OP_IN:
			print_test(out, program, at);
			break;
		default:
			print_flow(out, at);
			break;
		}
		fputc('\n', out);
	}
}

void filter_print_places(const struct filter *filter, FILE *out)
{
	const struct program *program = &filter->program;
	const char *before = "read from plain headers or the index: ";

	for (uint32_t i = 0; i < program->read_count; i++) {
		const struct read *read = &program->reads[i];
		if (!registry_field(read->field)->place || read->is_raw || read->layers)
			continue;
		fprintf(out, "%s%s", before, registry_field(read->field)->abbrev);
		before = ", ";
	}
	if (*before == ',')
		fputc('\n', out);
}
