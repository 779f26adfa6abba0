/* checker.c - do the types fit?  Literals become values of what they are compared with. */
#include <string.h>

#include "dissect/nearest.h"
#include "dissect/registry.h"
#include "syntax.h"

static const char *const type_names[FIELD_TYPES] = {
	[FIELD_PROTOCOL] = "protocol",
	[FIELD_NONE] = "label",
	[FIELD_BOOL] = "boolean",
	[FIELD_U8] = "unsigned 8 bit",
	[FIELD_U16] = "unsigned 16 bit",
	[FIELD_U24] = "unsigned 24 bit",
	[FIELD_U32] = "unsigned 32 bit",
	[FIELD_U40] = "unsigned 40 bit",
	[FIELD_U48] = "unsigned 48 bit",
	[FIELD_U56] = "unsigned 56 bit",
	[FIELD_U64] = "unsigned 64 bit",
	[FIELD_I8] = "signed 8 bit",
	[FIELD_I16] = "signed 16 bit",
	[FIELD_I24] = "signed 24 bit",
	[FIELD_I32] = "signed 32 bit",
	[FIELD_I64] = "signed 64 bit",
	[FIELD_DOUBLE] = "floating point",
	[FIELD_IPV4] = "IPv4 address",
	[FIELD_IPV6] = "IPv6 address",
	[FIELD_ETHER] = "Ethernet address",
	[FIELD_EUI64] = "EUI-64",
	[FIELD_GUID] = "GUID",
	[FIELD_OID] = "object identifier",
	[FIELD_BYTES] = "bytes",
	[FIELD_TEXT] = "text",
	[FIELD_TIME] = "time",
	[FIELD_DURATION] = "duration",
	[FIELD_FRAME] = "packet number",
};

const char *type_name(enum field_type type)
{
	return type < FIELD_TYPES ? type_names[type] : "value";
}

/* Where in the filter we are, and where what is made goes. */
struct checking {
	struct filter *filter;
	struct filter_error *error;
};

static bool is_literal(const struct syntax *node)
{
	return node->kind == SYNTAX_WORD || node->kind == SYNTAX_STRING ||
	       node->kind == SYNTAX_CHARACTER;
}

/* Bytes that were cut out of something can be compared with whatever has bytes. */
static bool is_cut_out(const struct syntax *node)
{
	while (node->kind == SYNTAX_ARITHMETIC)
		node = node->first;
	return node->kind == SYNTAX_SLICE ||
	       ((node->kind == SYNTAX_FIELD || node->kind == SYNTAX_REFERENCE) && node->raw);
}

static bool refuse_types(const struct checking *c, const struct syntax *left,
			 const struct syntax *right)
{
	char a[QUOTED_ROOM], b[QUOTED_ROOM];

	return filter_fail(c->error, right->place, "%s (%s) and %s (%s) cannot be compared",
			   quoted(c->error, left->place, a), type_name(left->type),
			   quoted(c->error, right->place, b), type_name(right->type));
}

static bool check_compatible(const struct checking *c, const struct syntax *left,
			     const struct syntax *right)
{
	if (type_family(left->type) == type_family(right->type) &&
	    type_family(left->type) != FAMILY_NONE)
		return true;
	if ((is_cut_out(left) || is_cut_out(right)) && type_is_sliceable(left->type) &&
	    type_is_sliceable(right->type))
		return true;
	return refuse_types(c, left, right);
}

/* The field whose names of values the other side may use. */
static int field_of(const struct syntax *node)
{
	while (node->kind == SYNTAX_ARITHMETIC || node->kind == SYNTAX_NEGATE)
		node = node->first;
	return node->kind == SYNTAX_FIELD || node->kind == SYNTAX_REFERENCE ? node->field : -1;
}

static struct wanted_type type_of(const struct syntax *node)
{
	return (struct wanted_type){ .type = node->type, .field = field_of(node) };
}

/* "a, b or c" */
static void name_nearest(const struct syntax *node, char *text, size_t room)
{
	const char *found[NEAREST_LIMIT];
	char name[81];

	if (node->kind != SYNTAX_WORD || node->byte_count >= sizeof name)
		return;
	memcpy(name, node->bytes, node->byte_count);
	name[node->byte_count] = '\0';
	unsigned count = nearest_fields(name, found);
	for (unsigned i = 0; i < count; i++) {
		size_t n = strlen(text);
		snprintf(text + n, room - n, "%s%s",
			 i == 0		 ? "; did you mean "
			 : i + 1 < count ? ", "
					 : " or ",
			 found[i]);
	}
	if (count)
		strncat(text, "?", room - strlen(text) - 1);
}

static bool refuse_unknown(const struct checking *c, const struct syntax *node)
{
	char room[QUOTED_ROOM], near[FILTER_MESSAGE_ROOM] = "";
	const char *hint = capture_filter_hint(node->bytes, node->byte_count);

	if (!hint[0])
		name_nearest(node, near, sizeof near);
	return filter_fail(c->error, node->place, "%s is neither a field nor a protocol%s%s",
			   quoted(c->error, node->place, room), hint, near);
}

static bool check_value(const struct checking *c, struct syntax *node,
			const struct wanted_type *wanted);

static bool check_slice(const struct checking *c, struct syntax *node)
{
	struct syntax *whole = node->first;
	char room[QUOTED_ROOM];

	if (whole->kind == SYNTAX_WORD)
		return refuse_unknown(c, whole);
	if (is_literal(whole))
		return filter_fail(c->error, whole->place, "only fields can be sliced");
	if (!check_value(c, whole, NULL))
		return false;
	if (!type_is_sliceable(whole->type))
		return filter_fail(c->error, node->place, "%s (%s) has no bytes to slice",
				   quoted(c->error, whole->place, room), type_name(whole->type));
	node->type = FIELD_BYTES;
	return true;
}

static bool refuse_argument(const struct checking *c, const struct syntax *call,
			    const struct syntax *argument)
{
	char room[QUOTED_ROOM];

	return filter_fail(c->error, argument->place, "%s cannot be an argument of %s(): %s is",
			   quoted(c->error, argument->place, room), call->function->name,
			   call->function->takes_what);
}

static bool check_argument(const struct checking *c, const struct syntax *call,
			   struct syntax *argument)
{
	const struct function *function = call->function;
	bool is_first = argument == call->first;
	struct wanted_type wanted = is_first ? (struct wanted_type){ 0 } : type_of(call->first);

	if (is_first && argument->kind == SYNTAX_WORD)
		return refuse_unknown(c, argument);
	if ((function->fields_only && argument->kind != SYNTAX_FIELD) ||
	    argument->kind == SYNTAX_STRING || argument->kind == SYNTAX_CHARACTER)
		return refuse_argument(c, call, argument);
	if (!check_value(c, argument, is_first ? NULL : &wanted))
		return false;
	if (!function->takes(argument->type))
		return refuse_argument(c, call, argument);
	if (function->same_types && argument->kind != SYNTAX_CONSTANT &&
	    argument->type != call->first->type)
		return refuse_types(c, call->first, argument);
	return true;
}

static bool check_call(const struct checking *c, struct syntax *node)
{
	struct place name = { node->place.start, node->byte_count };
	unsigned count = 0;
	char room[QUOTED_ROOM];

	node->function = function_named(node->bytes, node->byte_count);
	if (!node->function)
		return filter_fail(c->error, name,
				   "there is no function %s; there are: upper, lower, len, count, "
				   "string, max, min, abs",
				   quoted(c->error, name, room));
	for (struct syntax *argument = node->first; argument; argument = argument->next) {
		count++;
		if (count <= node->function->most && !check_argument(c, node, argument))
			return false;
	}
	if (count < node->function->least || count > node->function->most)
		return filter_fail(c->error, node->place, "%s() takes %s%u argument%s, not %u",
				   node->function->name,
				   node->function->least != node->function->most ? "1 to " : "",
				   node->function->most, node->function->most == 1 ? "" : "s",
				   count);
	node->type =
		node->function->result == FIELD_TYPES ? node->first->type : node->function->result;
	return true;
}

static bool refuse_arithmetic(const struct checking *c, const struct syntax *node,
			      const struct syntax *operand)
{
	static const char *const words[] = {
		[ARITHMETIC_ADD] = "+",	   [ARITHMETIC_SUBTRACT] = "-", [ARITHMETIC_MULTIPLY] = "*",
		[ARITHMETIC_DIVIDE] = "/", [ARITHMETIC_MODULO] = "%",	[ARITHMETIC_MASK] = "&",
		[ARITHMETIC_NEGATE] = "-",
	};
	char room[QUOTED_ROOM];

	return filter_fail(c->error, operand->place, "\"%s\" is not for %s (%s)",
			   words[node->arithmetic], quoted(c->error, operand->place, room),
			   type_name(operand->type));
}

static bool fold(const struct checking *c, struct syntax *node, bool good)
{
	if (!good)
		return filter_fail(c->error, node->place, "this has no result");
	node->kind = SYNTAX_CONSTANT;
	node->type = node->value.type;
	node->first = node->last = NULL;
	return true;
}

static bool check_arithmetic(const struct checking *c, struct syntax *node,
			     const struct wanted_type *wanted)
{
	struct syntax *left = node->first, *right = left->next;

	if (!check_value(c, left, wanted))
		return false;
	if (!type_can(left->type, node->arithmetic))
		return refuse_arithmetic(c, node, left);
	/* Literals keep the field's type where a calculation went below zero. */
	struct wanted_type other =
		left->kind == SYNTAX_CONSTANT && wanted ? *wanted : type_of(left);
	if (!check_value(c, right, &other))
		return false;
	if (!type_can(right->type, node->arithmetic))
		return refuse_arithmetic(c, node, right);
	if (!check_compatible(c, left, right))
		return false;
	node->type = left->type;
	return true;
}

static bool check_negate(const struct checking *c, struct syntax *node,
			 const struct wanted_type *wanted)
{
	node->arithmetic = ARITHMETIC_NEGATE;
	if (!check_value(c, node->first, wanted))
		return false;
	if (!type_can(node->first->type, ARITHMETIC_NEGATE))
		return refuse_arithmetic(c, node, node->first);
	node->type = node->first->type;
	if (node->first->kind == SYNTAX_CONSTANT)
		return fold(c, node, value_negate(&node->first->value, &node->value));
	return true;
}

static bool check_literal(const struct checking *c, struct syntax *node,
			  const struct wanted_type *wanted)
{
	char room[QUOTED_ROOM];

	if (!wanted && node->kind == SYNTAX_WORD)
		return refuse_unknown(c, node);
	if (!wanted)
		return filter_fail(c->error, node->place, "a field is expected here, not %s",
				   quoted(c->error, node->place, room));
	if (!literal_value(&c->filter->arena, node, wanted, &node->value, c->error))
		return false;
	node->kind = SYNTAX_CONSTANT;
	node->type = node->value.type;
	return true;
}

/* `wanted`: what a literal is to become; NULL: there may be none. */
static bool check_value(const struct checking *c, struct syntax *node,
			const struct wanted_type *wanted)
{
	switch (node->kind) {
	case SYNTAX_FIELD:
	case SYNTAX_REFERENCE:
		node->type = node->raw ? FIELD_BYTES : registry_field((unsigned)node->field)->type;
		return true;
	case SYNTAX_SLICE:
		return check_slice(c, node);
	case SYNTAX_CALL:
		return check_call(c, node);
	case SYNTAX_ARITHMETIC:
		return check_arithmetic(c, node, wanted);
	case SYNTAX_NEGATE:
		return check_negate(c, node, wanted);
	case SYNTAX_CONSTANT:
		return true;
	default:
		return check_literal(c, node, wanted);
	}
}

static bool check_exists(const struct checking *c, struct syntax *node)
{
	struct syntax *what = node->first;

	if (!check_value(c, what, NULL))
		return false;
	if (what->kind == SYNTAX_CALL)
		return filter_fail(c->error, what->place,
				   "a function is no test: compare its result, as in "
				   "count(ip.addr) > 2");
	if (what->kind == SYNTAX_REFERENCE)
		return filter_fail(c->error, what->place, "compare a field with this one");
	return true;
}

static bool check_compare(const struct checking *c, struct syntax *node)
{
	struct syntax *left = node->first, *right = left->next;
	char room[QUOTED_ROOM];

	if (!check_value(c, left, NULL))
		return false;
	if (type_family(left->type) == FAMILY_NONE)
		return filter_fail(c->error, left->place, "%s has no value to compare",
				   quoted(c->error, left->place, room));
	struct wanted_type wanted = type_of(left);
	return check_value(c, right, &wanted) && check_compatible(c, left, right);
}

static bool has_parts(enum field_type type)
{
	enum type_family family = type_family(type);

	return family == FAMILY_BYTES || family == FAMILY_TEXT || family == FAMILY_PROTOCOL;
}

/* What `contains` or `matches` looks in. */
static bool check_search(const struct checking *c, struct syntax *node)
{
	struct syntax *left = node->first;
	char room[QUOTED_ROOM];

	if (!check_value(c, left, NULL))
		return false;
	return has_parts(left->type) ||
	       filter_fail(c->error, left->place, "%s (%s) is neither text nor bytes%s",
			   quoted(c->error, left->place, room), type_name(left->type),
			   type_family(left->type) == FAMILY_INTEGER ? "; string() makes it text"
								     : "");
}

static bool check_contains(const struct checking *c, struct syntax *node)
{
	if (!check_search(c, node))
		return false;
	struct syntax *left = node->first, *right = left->next;
	struct wanted_type wanted = type_of(left);
	wanted.partial = true;
	return check_value(c, right, &wanted) && check_compatible(c, left, right);
}

static bool keep_regex(struct filter *filter, struct regex *regex)
{
	filter->regexes =
		must_resize(filter->regexes, filter->regex_count + 1u, sizeof *filter->regexes);
	filter->regexes[filter->regex_count++] = regex;
	return true;
}

static bool check_matches(const struct checking *c, struct syntax *node)
{
	struct syntax *pattern = node->first->next;
	char message[120];
	uint32_t offset;

	if (!check_search(c, node))
		return false;
	if (node->first->type == FIELD_OID || node->first->type == FIELD_GUID)
		return filter_fail(c->error, node->first->place,
				   "%s matches no regular expression; string() makes it text",
				   type_name(node->first->type));
	if (pattern->kind != SYNTAX_STRING)
		return filter_fail(c->error, pattern->place,
				   "a regular expression stands in double quotes");
	struct regex *regex = regex_new(pattern->bytes, pattern->byte_count, message, &offset);
	if (!regex)
		return filter_fail(c->error, pattern->place, "regular expression, character %u: %s",
				   offset ? offset : 1, message);
	node->regex = regex;
	return keep_regex(c->filter, regex);
}

static bool check_member(const struct checking *c, const struct syntax *left, struct syntax *member)
{
	struct wanted_type wanted = type_of(left);

	return check_value(c, member, &wanted) && check_compatible(c, left, member);
}

static bool check_in(const struct checking *c, struct syntax *node)
{
	struct syntax *left = node->first;
	char room[QUOTED_ROOM];

	if (!check_value(c, left, NULL))
		return false;
	if (left->kind != SYNTAX_FIELD || type_family(left->type) == FAMILY_NONE)
		return filter_fail(c->error, left->place, "only a field can be in a set, not %s",
				   quoted(c->error, left->place, room));
	for (struct syntax *member = left->next; member; member = member->next) {
		if (member->kind != SYNTAX_RANGE) {
			if (!check_member(c, left, member))
				return false;
			continue;
		}
		if (!check_member(c, left, member->first) ||
		    !check_member(c, left, member->first->next))
			return false;
	}
	return true;
}

static bool check_test(const struct checking *c, struct syntax *node)
{
	switch (node->kind) {
	case SYNTAX_EXISTS:
		return check_exists(c, node);
	case SYNTAX_COMPARE:
		return check_compare(c, node);
	case SYNTAX_CONTAINS:
		return check_contains(c, node);
	case SYNTAX_MATCHES:
		return check_matches(c, node);
	case SYNTAX_IN:
		return check_in(c, node);
	default:
		for (struct syntax *child = node->first; child; child = child->next)
			if (!check_test(c, child))
				return false;
		return true;
	}
}

bool check_filter(struct filter *filter, struct syntax *tree, struct filter_error *error)
{
	struct checking checking = { filter, error };

	return check_test(&checking, tree);
}
