/* machine.c - runs a filter's program on the nodes of one packet, or on what is seen of it. */
#include <string.h>

#include "dissect/registry.h"
#include "program.h"

struct machine {
	const struct program *program;
	struct dissection *d; /* NULL: not taken apart; then there is */
	struct sight *sight;
	struct arena *arena;
	bool answer;
	bool is_blind; /* something is asked for that is not seen */
	struct value_list registers[REGISTERS];
	bool kept[REGISTERS];
	struct value seen[REGISTERS][SEEN_VALUES];
};

static bool node_has_value(const struct node *node, enum field_type type)
{
	switch (type) {
	case FIELD_IPV6:
	case FIELD_ETHER:
	case FIELD_GUID:
		return node->value.bytes != NULL;
	case FIELD_TEXT:
		return node->value.text != NULL;
	case FIELD_BYTES:
	case FIELD_OID:
	case FIELD_PROTOCOL:
		return node->value.bytes != NULL || !node->value_length;
	default:
		return true;
	}
}

/* The bytes that the node stands on. */
static struct value raw_value(const struct node *node, const struct dissection *d)
{
	struct value value = { .type = FIELD_BYTES };

	if (node->source < d->buffer_count) {
		value.bytes = d->buffers[node->source].bytes + node->start;
		value.length = node->length;
	}
	return value;
}

static struct value node_value(const struct node *node, enum field_type type)
{
	struct value value = { .type = (uint8_t)type, .length = node->value_length };

	switch (type) {
	case FIELD_DOUBLE:
		value.real = node->value.real;
		break;
	case FIELD_IPV4:
		value.prefix = 32;
		value.number = node->value.number;
		break;
	case FIELD_IPV6:
		value.prefix = 128;
		value.length = 16;
		value.bytes = node->value.bytes;
		break;
	case FIELD_PROTOCOL:
		value.bytes = node->value.bytes;
		value.whole = node->value_length;
		value.length =
			node->length < node->value_length ? node->length : node->value_length;
		break;
	default:
		value.number = node->value.number;
		break;
	}
	return value;
}

/* False: the node is there without a value. */
static bool read_node(const struct read *read, const struct dissection *d, const struct node *node,
		      struct value *value)
{
	enum field_type type = registry_field(node->field)->type;

	if (!read->is_raw && !node_has_value(node, type))
		return false;
	*value = read->is_raw ? raw_value(node, d) : node_value(node, type);
	return true;
}

/* --- layers: a field belongs to the protocol that stands around it, or before it --- */

enum { MOST_PROTOCOLS = 2 * MAX_LAYERS };

struct protocol_nodes {
	uint32_t count;
	node_id at[MOST_PROTOCOLS];
};

static void find_protocols(struct protocol_nodes *all, const struct dissection *d)
{
	all->count = 0;
	for (node_id n = 0; n < d->node_count && all->count < MOST_PROTOCOLS; n++)
		if (registry_field(d->nodes[n].field)->type == FIELD_PROTOCOL)
			all->at[all->count++] = n;
}

/* Which of `all` is around node `n`, or else before it; `count`: none. */
static uint32_t protocol_around(const struct protocol_nodes *all, const struct dissection *d,
				node_id n)
{
	uint32_t before = all->count;

	for (uint32_t i = all->count; i--;) {
		if (all->at[i] > n)
			continue;
		if (all->at[i] + d->nodes[all->at[i]].span > n)
			return i;
		if (before == all->count)
			before = i;
	}
	return before;
}

static bool range_has(const struct range *range, uint32_t number, uint32_t total)
{
	int64_t from = range->from, to = range->second;

	if (from < 0)
		from += (int64_t)total + 1;
	if (range->kind == RANGE_COUNT)
		to = from + range->second - 1;
	else if (range->kind == RANGE_REST)
		to = INT64_MAX;
	else if (to < 0)
		to += (int64_t)total + 1;
	return number >= from && number <= to;
}

static bool layers_have(const struct ranges *layers, const struct protocol_nodes *all,
			const struct dissection *d, node_id n)
{
	uint32_t around = protocol_around(all, d, n), total = 0, number = 0;

	for (uint32_t i = 0; i < all->count && around < all->count; i++) {
		if (d->nodes[all->at[i]].field != d->nodes[all->at[around]].field)
			continue;
		total++;
		number += i <= around;
	}
	for (uint32_t i = 0; i < layers->count; i++)
		if (range_has(&layers->items[i], number, total))
			return true;
	return false;
}

static void read_layers(const struct read *read, struct dissection *d, struct arena *arena,
			struct value_list *list)
{
	struct protocol_nodes all;

	find_protocols(&all, d);
	for (node_id n = 0; n < d->node_count; n++) {
		struct value value;
		if (d->nodes[n].field == read->field && layers_have(read->layers, &all, d, n) &&
		    read_node(read, d, &d->nodes[n], &value))
			value_list_add(list, arena, &value);
	}
}

void read_values(const struct read *read, struct dissection *d, struct arena *arena,
		 struct value_list *list)
{
	*list = (struct value_list){ 0 };
	if (read->layers) {
		read_layers(read, d, arena, list);
		return;
	}
	for (node_id n = 0; n < d->node_count; n++) {
		struct value value;
		if (d->nodes[n].field == read->field && read_node(read, d, &d->nodes[n], &value))
			value_list_add(list, arena, &value);
	}
}

static bool has(const struct read *read, struct dissection *d)
{
	struct value_list list;

	if (read->layers) {
		read_values(read, d, &d->arena, &list);
		return list.count > 0;
	}
	for (node_id n = 0; n < d->node_count; n++)
		if (d->nodes[n].field == read->field)
			return true;
	return false;
}

/* --- what makes values of values --- */

static void slice(struct machine *m, const struct instruction *at)
{
	struct value_list made = { 0 }, *from = &m->registers[at->left];
	struct arena *arena = m->arena;

	for (uint32_t i = 0; i < from->count; i++) {
		struct value value = value_bytes(arena, &from->items[i]);
		if (at->operation == OP_SLICE)
			value = value_slice(arena, &value, m->program->slices[at->operand]);
		value_list_add(&made, arena, &value);
	}
	m->registers[at->to] = made;
}

static void negate(struct machine *m, const struct instruction *at)
{
	struct value_list made = { 0 }, *from = &m->registers[at->left];
	struct value value;

	for (uint32_t i = 0; i < from->count; i++)
		if (value_negate(&from->items[i], &value))
			value_list_add(&made, m->arena, &value);
	m->registers[at->to] = made;
}

/* Of lists that make more pairs than these only the first pairs are looked at: a packet may hold a
 * field a hundred thousand times. */
enum { MOST_RESULTS = 1 << 16, MOST_PAIRS = 1 << 22 };

static void calculate(struct machine *m, const struct instruction *at)
{
	struct value_list made = { 0 };
	const struct value_list *left = &m->registers[at->left], *right = &m->registers[at->right];
	struct value value;
	uint32_t pairs = 0;

	for (uint32_t i = 0; i < left->count; i++)
		for (uint32_t k = 0; k < right->count && pairs < MOST_RESULTS; k++, pairs++)
			if (value_arithmetic(m->arena, at->operand, &left->items[i],
					     &right->items[k], &value))
				value_list_add(&made, m->arena, &value);
	m->registers[at->to] = made;
}

static void call(struct machine *m, const struct instruction *at)
{
	const struct call *call = &m->program->calls[at->operand];
	struct value_list made = { 0 };

	call->function->run(m->arena, &m->registers[at->left], call->arguments, &made);
	m->registers[at->to] = made;
	m->answer = made.count > 0;
}

/* --- tests --- */

static enum holds pair_holds(const struct instruction *at, const struct value *left,
			     const struct value *right)
{
	if (at->operation == OP_CONTAINS)
		return value_contains(left, right) ? HOLDS : HOLDS_NOT;
	return value_relates(at->operand >> 1, left, right);
}

/* Any: one pair holds.  All: there is none that does not; nor may it fail to be comparable. */
static bool compare(const struct machine *m, const struct instruction *at)
{
	const struct value_list *left = &m->registers[at->left], *right = &m->registers[at->right];
	enum quantifier quantifier = at->operand & 1;
	enum holds decisive = quantifier == QUANTIFIER_ANY ? HOLDS : HOLDS_NOT;
	uint32_t pairs = 0;

	for (uint32_t i = 0; i < left->count; i++)
		for (uint32_t k = 0; k < right->count && pairs < MOST_PAIRS; k++, pairs++)
			if (pair_holds(at, &left->items[i], &right->items[k]) == decisive)
				return quantifier == QUANTIFIER_ANY;
	return quantifier == QUANTIFIER_ALL;
}

static bool matches(const struct machine *m, const struct instruction *at)
{
	const struct value_list *left = &m->registers[at->left];
	const struct regex *regex = m->program->regexes[at->operand];
	bool any = at->to == QUANTIFIER_ANY;

	for (uint32_t i = 0; i < left->count; i++)
		if (regex_matches(regex, left->items[i].bytes,
				  value_search_length(&left->items[i])) == any)
			return any;
	return !any;
}

static bool is_between(const struct value *value, const struct value *low, const struct value *high)
{
	return value_relates(RELATION_GE, value, low) == HOLDS &&
	       value_relates(RELATION_LE, value, high) == HOLDS;
}

static struct value_list end_of(const struct machine *m, bool in_register, uint8_t number,
				const struct value *constant)
{
	if (in_register)
		return m->registers[number];
	/* Only read from. */
	return (struct value_list){ (struct value *)(uintptr_t)constant, 1, 1 };
}

static bool is_member(const struct machine *m, const struct member *member,
		      const struct value *value)
{
	struct value_list low =
		end_of(m, member->low_in_register, member->low_register, &member->low);
	struct value_list high =
		end_of(m, member->high_in_register, member->high_register, &member->high);

	for (uint32_t i = 0; i < low.count; i++) {
		if (!member->is_range) {
			if (value_relates(RELATION_EQ, value, &low.items[i]) == HOLDS)
				return true;
			continue;
		}
		for (uint32_t k = 0; k < high.count; k++)
			if (is_between(value, &low.items[i], &high.items[k]))
				return true;
	}
	return false;
}

static bool is_in_sorted(const struct set *set, uint64_t number)
{
	uint32_t from = 0, to = set->count;

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;
		if (number < set->members[middle].low.number)
			to = middle;
		else if (number > set->members[middle].high.number)
			from = middle + 1;
		else
			return true;
	}
	return false;
}

static bool is_in(const struct machine *m, const struct set *set, const struct value *value)
{
	if (set->is_sorted)
		return is_in_sorted(set, value->number);
	for (uint32_t i = 0; i < set->count; i++)
		if (is_member(m, &set->members[i], value))
			return true;
	return false;
}

/* All: one member has all values, as in Wireshark 4.0. */
static bool all_in(const struct machine *m, const struct set *set, const struct value_list *values)
{
	for (uint32_t i = 0; i < set->count; i++) {
		uint32_t k = 0;
		while (k < values->count && is_member(m, &set->members[i], &values->items[k]))
			k++;
		if (k == values->count)
			return true;
	}
	return false;
}

static bool in_set(const struct machine *m, const struct instruction *at)
{
	const struct value_list *values = &m->registers[at->left];
	const struct set *set = &m->program->sets[at->operand];

	if (at->to == QUANTIFIER_ALL)
		return all_in(m, set, values);
	for (uint32_t i = 0; i < values->count; i++)
		if (is_in(m, set, &values->items[i]))
			return true;
	return false;
}

static bool any_true(const struct value_list *list, bool is_slice)
{
	for (uint32_t i = 0; i < list->count; i++)
		if (is_slice ? list->items[i].length > 0 : value_is_true(&list->items[i]))
			return true;
	return false;
}

static struct value_list see(struct machine *m, const struct instruction *at)
{
	struct value *values = m->seen[at->to];
	uint32_t count;

	if (!see_values(m->sight, at->operand, m->program->reads[at->operand].field, values,
			&count))
		m->is_blind = true;
	return (struct value_list){ values, count, count };
}

static void fetch(struct machine *m, const struct instruction *at)
{
	const struct program *program = m->program;

	switch (at->operation) {
	case OP_READ:
		if (m->d)
			read_values(&program->reads[at->operand], m->d, m->arena,
				    &m->registers[at->to]);
		else
			m->registers[at->to] = see(m, at);
		break;
	case OP_REFERENCE:
		m->registers[at->to] = program->references[at->operand].values;
		break;
	default:
		m->registers[at->to] =
			(struct value_list){ &program->constants[at->operand], 1, 1 };
		return;
	}
	m->answer = m->registers[at->to].count > 0;
}

static void step(struct machine *m, const struct instruction *at)
{
	switch ((enum operation)at->operation) {
	case OP_HAS:
		m->answer =
			m->d ? has(&m->program->reads[at->operand], m->d) : see(m, at).count > 0;
		break;
	case OP_READ:
	case OP_REFERENCE:
	case OP_CONSTANT:
		fetch(m, at);
		break;
	case OP_SLICE:
	case OP_BYTES:
		slice(m, at);
		break;
	case OP_CALL:
		call(m, at);
		break;
	case OP_ARITHMETIC:
		calculate(m, at);
		break;
	case OP_NEGATE:
		negate(m, at);
		break;
	case OP_TRUE:
		m->answer = any_true(&m->registers[at->left], at->operand);
		break;
	case OP_COMPARE:
	case OP_CONTAINS:
		m->answer = compare(m, at);
		break;
	case OP_MATCHES:
		m->answer = matches(m, at);
		break;
	case OP_IN:
		m->answer = in_set(m, at);
		break;
	case OP_NOT:
		m->answer = !m->answer;
		break;
	case OP_KEEP:
		m->kept[at->to] = m->answer;
		break;
	case OP_XOR:
		m->answer = m->kept[at->to] != m->answer;
		break;
	case OP_SET:
		m->answer = at->operand;
		break;
	case OP_EMPTY:
		m->registers[at->to] = (struct value_list){ 0 };
		break;
	case OP_JUMP:
	case OP_JUMP_IF:
	case OP_JUMP_UNLESS:
	case OP_RETURN:
		break;
	}
}

static bool run(struct machine *m)
{
	const struct program *program = m->program;
	const struct instruction *at = program->code;

	/* Registers are written before they are read. */
	m->answer = m->is_blind = false;
	for (;;) {
		bool jumps = at->operation == OP_JUMP ||
			     (at->operation == OP_JUMP_IF && m->answer) ||
			     (at->operation == OP_JUMP_UNLESS && !m->answer);
		if (at->operation == OP_RETURN)
			return m->answer;
		if (!jumps)
			step(m, at);
		if (m->is_blind)
			return false;
		at = jumps ? &program->code[at->operand] : at + 1;
	}
}

bool run_program(const struct program *program, struct dissection *d)
{
	struct machine machine;

	machine.program = program;
	machine.d = d;
	machine.arena = &d->arena;
	return run(&machine);
}

enum filter_verdict run_on_sight(const struct program *program, struct sight *sight,
				 struct arena *arena)
{
	struct machine machine;

	machine.program = program;
	machine.d = NULL;
	machine.sight = sight;
	machine.arena = arena;
	bool passes = run(&machine);
	return machine.is_blind ? FILTER_LOOK : passes ? FILTER_YES : FILTER_NO;
}
