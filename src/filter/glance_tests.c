/* glance_tests.c - a program as tests of numbers that are seen at a glance, for one stack of
 * protocols.
 *
 * What the stack settles is left out, and each test says where to go on, so that most packets take
 * one or two.  What is no comparison of a number with constants is the machine's. */
#include <string.h>

#include "base/bytes.h"
#include "dissect/registry.h"
#include "program.h"

enum { MOST_LENGTH = 1000, MOST_TESTS = 200, MOST_MEMBERS = 16 };

/* Places of the program, until they are known as numbers of tests. */
enum { NEXT_TEST = MOST_LENGTH };

struct planner {
	const struct program *program;
	const struct glance_plan *plan;
	struct glance_test tests[MOST_TESTS];
	uint32_t count;
	uint16_t first_of[MOST_LENGTH]; /* test at this place of the program, + 1 */
	bool reached[MOST_LENGTH];
};

/* --- how the program goes on --- */

/* Is the value of this read all that is asked for, up to the test that it jumps behind? */
static uint32_t end_of_test(const struct program *program, uint32_t at)
{
	const struct instruction *read = &program->code[at], *next = read + 1;

	if (read->operation == OP_HAS)
		return at + 1;
	if (read->operation != OP_READ || at + 3 >= program->length ||
	    next->operation != OP_JUMP_UNLESS || next->operand > at + 4)
		return 0;
	const struct instruction *test = &program->code[next->operand - 1];
	if (test->operation == OP_COMPARE && next->operand == at + 4 &&
	    next[1].operation == OP_CONSTANT && test->left == read->to && test->right == next[1].to)
		return at + 4;
	if (test->operation == OP_IN && next->operand == at + 3 && test->left == read->to)
		return at + 3;
	return 0;
}

static uint16_t end_with(bool answer)
{
	return answer ? GLANCE_YES : GLANCE_NO;
}

/* Does the stack say what the test at this place is? */
static bool is_settled(const struct planner *p, uint32_t at, bool *answer)
{
	const struct instruction *read = &p->program->code[at];
	enum glance_way way = p->plan->reads[read->operand].way;

	*answer = way == GLANCE_PRESENT;
	return way == GLANCE_ABSENT || way == GLANCE_PRESENT;
}

/* The place of the next test, or the end. */
static uint16_t follow(const struct planner *p, uint32_t at, bool answer)
{
	for (;;) {
		const struct instruction *code = &p->program->code[at];
		uint32_t end = 0;
		switch ((enum operation)code->operation) {
		case OP_RETURN:
			return end_with(answer);
		case OP_JUMP:
			at = code->operand;
			continue;
		case OP_JUMP_IF:
			at = answer ? code->operand : at + 1;
			continue;
		case OP_JUMP_UNLESS:
			at = answer ? at + 1 : code->operand;
			continue;
		case OP_NOT:
			answer = !answer;
			at++;
			continue;
		case OP_SET:
			answer = code->operand;
			at++;
			continue;
		case OP_HAS:
		case OP_READ:
			end = end_of_test(p->program, at);
			if (!end || !is_settled(p, at, &answer))
				return (uint16_t)at;
			at = end;
			continue;
		default:
			return (uint16_t)at;
		}
	}
}

/* --- one test --- */

/* The constant as a number that orders as the values do; false: it is of another kind. */
static bool number_of(const struct field *field, const struct value *constant,
		      struct glance_test *test, uint64_t *number)
{
	switch (type_family(field->type)) {
	case FAMILY_INTEGER:
		*number = constant->number;
		return !type_is_signed(field->type) && !type_is_signed(constant->type);
	case FAMILY_DURATION:
	case FAMILY_TIME:
		*number = constant->number ^ GLANCE_SIGN;
		return true;
	case FAMILY_IPV4:
		test->mask = constant->prefix ? ~0u << (32 - constant->prefix) : 0;
		*number = constant->number & test->mask;
		return constant->prefix <= 32;
	case FAMILY_BYTES:
		if (field->type != FIELD_ETHER || constant->length != 6)
			return false;
		*number =
			(uint64_t)load_be16(constant->bytes) << 32 | load_be32(constant->bytes + 2);
		return true;
	default:
		return false;
	}
}

/* From low to high, or the numbers outside. */
static void take_range(struct glance_test *test, uint64_t low, uint64_t high, bool outside)
{
	test->low = low;
	test->span = high - low;
	test->outside = outside;
}

static void take_relation(struct glance_test *test, enum relation relation, uint64_t number)
{
	switch (relation) {
	case RELATION_EQ:
	case RELATION_NE:
		take_range(test, number, number, relation == RELATION_NE);
		break;
	case RELATION_LT:
	case RELATION_GE:
		take_range(test, number, UINT64_MAX, relation == RELATION_LT);
		break;
	case RELATION_GT:
	case RELATION_LE:
		take_range(test, 0, number, relation == RELATION_GT);
		break;
	}
}

/* The source of the number, and where to go on. */
static bool begin_test(const struct planner *p, uint32_t at, uint32_t end, struct glance_test *test)
{
	const struct instruction *read = &p->program->code[at];
	const struct glance_read *how = &p->plan->reads[read->operand];
	const struct field *field = registry_field(p->program->reads[read->operand].field);

	*test = (struct glance_test){
		.field = field,
		.way = how->way,
		.layer = how->layer,
		.mask = field->mask ? field->mask : UINT64_MAX,
		.shift = field->mask ? (uint8_t)__builtin_ctzll(field->mask) : 0,
		.place = field->place,
		.other_place = how->way == GLANCE_PLACE ? field->other_place : 0,
		.width = (uint8_t)field_placed_width(field),
		.then = follow(p, end, true),
		.otherwise = follow(p, end, false),
	};
	/* Bits that a number does not have are no mask. */
	if (field->place > PLACE_LAST_OFFSET) {
		test->mask = UINT64_MAX;
		test->shift = 0;
	}
	return field->mask || field->type != FIELD_BOOL;
}

static bool add_test(struct planner *p, const struct glance_test *test)
{
	if (p->count == MOST_TESTS)
		return false;
	p->tests[p->count++] = *test;
	return true;
}

static bool plan_compare(struct planner *p, struct glance_test *test, uint32_t at)
{
	const struct instruction *constant = &p->program->code[at + 2], *compare = constant + 1;
	uint64_t number;

	if (!number_of(test->field, &p->program->constants[constant->operand], test, &number))
		return false;
	test->all = compare->operand & 1;
	take_relation(test, compare->operand >> 1, number);
	return add_test(p, test);
}

/* A test for each member, of which one has to hold. */
static bool plan_in(struct planner *p, const struct glance_test *test, uint32_t at)
{
	const struct instruction *in = &p->program->code[at + 2];
	const struct set *set = &p->program->sets[in->operand];

	if (!set->count || set->count > MOST_MEMBERS)
		return false;
	for (uint32_t i = 0; i < set->count; i++) {
		const struct member *member = &set->members[i];
		struct glance_test one = *test, high_end = *test;
		uint64_t low, high;
		if (member->low_in_register || member->high_in_register ||
		    !number_of(test->field, &member->low, &one, &low) ||
		    !number_of(test->field, &member->high, &high_end, &high))
			return false;
		/* A range of networks, or one that is empty. */
		if (one.mask != high_end.mask || low > high)
			return false;
		one.all = in->to == QUANTIFIER_ALL;
		take_range(&one, low, high, false);
		if (i + 1 < set->count)
			one.otherwise = NEXT_TEST;
		if (!add_test(p, &one))
			return false;
	}
	return true;
}

/* False: this is no test of a number. */
static bool plan_place(struct planner *p, uint32_t at)
{
	const struct instruction *read = &p->program->code[at];
	uint32_t end = end_of_test(p->program, at);
	struct glance_test test;

	if (!end)
		return false;
	if (p->plan->reads[read->operand].way == GLANCE_CANNOT)
		return add_test(p, &(struct glance_test){ .way = GLANCE_CANNOT });
	if (read->operation == OP_HAS || !begin_test(p, at, end, &test))
		return false;
	return end == at + 4 ? plan_compare(p, &test, at) : plan_in(p, &test, at);
}

/* --- all of them --- */

static bool is_place(uint16_t to)
{
	return to < MOST_LENGTH;
}

static void reach(struct planner *p, uint16_t to)
{
	if (is_place(to))
		p->reached[to] = true;
}

/* Jumps only go forward, so what is reached lies behind. */
static bool plan_places(struct planner *p, uint16_t first)
{
	reach(p, first);
	for (uint32_t at = 0; at < p->program->length; at++) {
		if (!p->reached[at])
			continue;
		uint32_t from = p->count;
		p->first_of[at] = (uint16_t)(from + 1);
		if (!plan_place(p, at))
			return false;
		for (; from < p->count; from++) {
			if (p->tests[from].way == GLANCE_CANNOT)
				continue;
			reach(p, p->tests[from].then);
			reach(p, p->tests[from].otherwise);
		}
	}
	return true;
}

static uint16_t test_at(const struct planner *p, uint16_t to, uint32_t next)
{
	if (to == NEXT_TEST)
		return (uint16_t)next;
	return is_place(to) ? (uint16_t)(p->first_of[to] - 1) : to;
}

void plan_tests(const struct program *program, struct glance_plan *plan, struct arena *arena)
{
	struct planner p = { .program = program, .plan = plan };

	if (program->length >= MOST_LENGTH)
		return;
	uint16_t first = follow(&p, 0, false);
	if (!is_place(first) || !plan_places(&p, first))
		return;
	for (uint32_t i = 0; i < p.count; i++) {
		p.tests[i].then = test_at(&p, p.tests[i].then, i + 1);
		p.tests[i].otherwise = test_at(&p, p.tests[i].otherwise, i + 1);
	}
	struct glance_test *tests = arena_alloc(arena, p.count * sizeof *tests);
	memcpy(tests, p.tests, p.count * sizeof *tests);
	plan->tests = tests;
}

/* --- at work --- */

static bool is_in_range(const struct glance_test *test, uint64_t word)
{
	uint64_t number = (word & test->mask) >> test->shift;

	return (number - test->low <= test->span) != test->outside;
}

static uint64_t word_at(const struct glance_test *test, const uint8_t *header, unsigned place)
{
	return load_be(header + place - 1, test->width);
}

/* With two values one has to be there, or both. */
static uint16_t test_header(const struct glance_test *test, const struct glanced_header *header)
{
	bool holds;

	if (test->place == PLACE_HEADER_LENGTH) {
		holds = is_in_range(test, header->header);
	} else if (test->place == PLACE_PAYLOAD_LENGTH) {
		holds = is_in_range(test, header->payload);
	} else {
		holds = is_in_range(test, word_at(test, header->bytes, test->place));
		if (test->other_place && holds == test->all)
			holds = is_in_range(test, word_at(test, header->bytes, test->other_place));
	}
	return holds ? test->then : test->otherwise;
}

static uint16_t test_index(const struct glance_test *test, const struct sight *sight)
{
	struct value value;
	uint32_t count;

	if (!see_index(sight->glance, test->field, &value, &count))
		return GLANCE_LOOK;
	if (!count)
		return test->otherwise;
	bool is_time = test->field->place >= PLACE_PACKET_TIME;
	uint64_t number = is_time ? value.number ^ GLANCE_SIGN : value.number;
	return is_in_range(test, number) ? test->then : test->otherwise;
}

enum filter_verdict run_tests(struct sight *sight)
{
	const struct glance_test *tests = sight->plan->tests;
	uint16_t at = 0;

	if (sight->plan->layer_count && !find_headers(sight))
		return FILTER_LOOK;
	while (at < GLANCE_LOOK) {
		const struct glance_test *test = &tests[at];
		if (test->way == GLANCE_PLACE)
			at = test_header(test, &sight->headers[test->layer]);
		else if (test->way == GLANCE_INDEX)
			at = test_index(test, sight);
		else
			return FILTER_LOOK;
	}
	return at == GLANCE_LOOK ? FILTER_LOOK : at == GLANCE_YES ? FILTER_YES : FILTER_NO;
}
