/* parser.c - tokens to a tree, by recursive descent with a limit to its depth.
 *
 *     filter     = { xor "or" } xor
 *     xor        = { and "xor" } and
 *     and        = { not "and" } not
 *     not        = { "not" } test
 *     test       = "(" filter ")" | [ "any" | "all" ] comparison
 *     comparison = mask [ relation mask { relation mask } | "contains" mask |
 *                  "matches" string | [ "not" ] "in" "{" set "}" ]
 *     mask       = { sum "&" } sum         sum = { product "+" } product
 *     product    = { sign "*" } sign       sign = [ "-" | "+" ] value
 *     value      = "{" mask "}" | name | literal | name "(" mask { "," mask } ")" | value "[" "]"
 */
#include <stdarg.h>
#include <string.h>

#include "base/text.h"
#include "dissect/registry.h"
#include "syntax.h"

enum { MOST_LEVELS = 400 };

struct parser {
	struct lexer lexer;
	struct token token; /* the one at hand */
	struct arena *arena;
	unsigned level;
};

const char *quoted(const struct filter_error *error, struct place place, char room[QUOTED_ROOM])
{
	enum { LONGEST = 60 };
	const char *text = error->text + place.start;
	uint32_t n = place.length < LONGEST ? place.length : LONGEST;
	bool has_quotes = n && (text[0] == '"' || text[0] == '\'');
	char *at = room;

	if (!has_quotes)
		*at++ = '"';
	at += text_clean(at, QUOTED_ROOM - 8, (const uint8_t *)text, n, true);
	strcpy(at, n < place.length ? "…" : "");
	if (!has_quotes)
		strcat(at, "\"");
	return room;
}

const char *capture_filter_hint(const uint8_t *word, uint32_t length)
{
	static const char *const words[] = { "port", "host", "net", "src", "dst", "portrange" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == length && !memcmp(words[i], word, length))
			return "; capture filters (-f) have another language";
	return "";
}

bool filter_fail(struct filter_error *error, struct place place, const char *format, ...)
{
	va_list args;

	if (error->message[0])
		return false;
	error->column = place.start;
	error->length = place.length;
	va_start(args, format);
	vsnprintf(error->message, sizeof error->message, format, args);
	va_end(args);
	return false;
}

static struct place place_of(const struct token *token)
{
	return (struct place){ token->start, token->length };
}

static bool advance(struct parser *parser)
{
	return lexer_next(&parser->lexer, &parser->token);
}

static bool is_at(const struct parser *parser, enum token_type type)
{
	return parser->token.type == type;
}

static struct syntax *refuse(struct parser *parser, const char *expected)
{
	struct filter_error *error = parser->lexer.error;
	char room[QUOTED_ROOM];

	if (is_at(parser, TOKEN_END)) {
		error->incomplete = true;
		filter_fail(error, place_of(&parser->token), "the filter ends where %s is expected",
			    expected);
	} else {
		filter_fail(error, place_of(&parser->token), "%s was not expected here, but %s%s",
			    quoted(error, place_of(&parser->token), room), expected,
			    capture_filter_hint(parser->token.bytes, parser->token.byte_count));
	}
	return NULL;
}

static struct syntax *new_node(struct parser *parser, enum syntax_kind kind,
			       const struct token *token)
{
	struct syntax *node = arena_zeroed(parser->arena, sizeof *node);

	node->kind = kind;
	node->place = place_of(token);
	node->bytes = token->bytes;
	node->byte_count = token->byte_count;
	node->relation = token->relation;
	node->quantifier = token->quantifier;
	node->field = -1;
	return node;
}

static void adopt(struct syntax *parent, struct syntax *child)
{
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

/* From the first child's start to the last one's end. */
static void span_children(struct syntax *node)
{
	uint32_t end = node->last->place.start + node->last->place.length;

	node->place.start = node->first->place.start;
	node->place.length = end - node->place.start;
}

static bool deeper(struct parser *parser)
{
	if (++parser->level <= MOST_LEVELS)
		return true;
	return filter_fail(parser->lexer.error, place_of(&parser->token),
			   "nested more than %d levels deep", MOST_LEVELS);
}

static struct syntax *parse_or(struct parser *parser);
static struct syntax *parse_mask(struct parser *parser);

static bool expect(struct parser *parser, enum token_type type, const char *what)
{
	if (is_at(parser, type))
		return advance(parser);
	refuse(parser, what);
	return false;
}

static struct syntax *parse_call(struct parser *parser)
{
	struct syntax *call = new_node(parser, SYNTAX_CALL, &parser->token);

	if (!deeper(parser) || !advance(parser) || !expect(parser, TOKEN_OPEN, "\"(\""))
		return NULL;
	while (!is_at(parser, TOKEN_CLOSE) || call->first) {
		struct syntax *argument = parse_mask(parser);
		if (!argument)
			return NULL;
		adopt(call, argument);
		if (!is_at(parser, TOKEN_COMMA))
			break;
		if (!advance(parser))
			return NULL;
	}
	uint32_t end = parser->token.start + parser->token.length;
	if (!expect(parser, TOKEN_CLOSE, "\")\""))
		return NULL;
	call->place.length = end - call->place.start;
	parser->level--;
	return call;
}

static bool parse_layers(struct parser *parser, struct syntax *field)
{
	struct ranges *ranges = arena_alloc(parser->arena, sizeof *ranges);
	char room[QUOTED_ROOM];

	if (field->kind == SYNTAX_WORD)
		return filter_fail(parser->lexer.error, field->place, "%s is no field",
				   quoted(parser->lexer.error, field->place, room));
	/* The layers follow at once, and are no tokens. */
	if (!lexer_layers(&parser->lexer, ranges))
		return false;
	field->ranges = ranges;
	field->place.length = parser->lexer.at - field->place.start;
	return advance(parser);
}

/* name, .name or @name, and its layers. */
static struct syntax *parse_name(struct parser *parser)
{
	bool is_raw = is_at(parser, TOKEN_RAW);
	uint32_t start = parser->token.start;
	char name[256], room[QUOTED_ROOM];

	if (is_raw && !advance(parser))
		return NULL;
	struct token token = parser->token;
	bool is_word = token.type == TOKEN_WORD;
	if (!is_word && token.type != TOKEN_FIELD)
		return refuse(parser, "a field");
	struct syntax *node = new_node(parser, SYNTAX_FIELD, &token);
	node->raw = is_raw;
	node->place.length += node->place.start - start;
	node->place.start = start;
	if (token.byte_count < sizeof name) {
		memcpy(name, token.bytes, token.byte_count);
		name[token.byte_count] = '\0';
		/* ":ab" is bytes, whatever is called so. */
		if (parser->lexer.text[token.start] != ':')
			node->field = registry_field_named(name);
	}
	if (node->field < 0 && (is_raw || !is_word)) {
		filter_fail(parser->lexer.error, node->place,
			    "%s is neither a field nor a protocol",
			    quoted(parser->lexer.error, place_of(&token), room));
		return NULL;
	}
	if (node->field < 0)
		node->kind = SYNTAX_WORD;
	if (!advance(parser))
		return NULL;
	if (is_at(parser, TOKEN_LAYER) && !parse_layers(parser, node))
		return NULL;
	return node;
}

static struct syntax *parse_reference(struct parser *parser)
{
	struct syntax *node = new_node(parser, SYNTAX_REFERENCE, &parser->token);
	struct lexer inner = parser->lexer;
	struct parser part = { .arena = parser->arena, .lexer = inner };

	/* What is between the braces, read as a field. */
	part.lexer.at = (uint32_t)((const char *)node->bytes - inner.text);
	part.lexer.length = part.lexer.at + node->byte_count;
	if (!lexer_next(&part.lexer, &part.token))
		return NULL;
	struct syntax *field = parse_name(&part);
	if (!field)
		return NULL;
	if (field->kind != SYNTAX_FIELD || !is_at(&part, TOKEN_END)) {
		filter_fail(inner.error, node->place,
			    "only a field can be between \"${\" and \"}\"");
		return NULL;
	}
	node->field = field->field;
	node->raw = field->raw;
	node->ranges = field->ranges;
	return advance(parser) ? node : NULL;
}

static struct syntax *parse_literal(struct parser *parser)
{
	enum syntax_kind kind = is_at(parser, TOKEN_STRING) ? SYNTAX_STRING : SYNTAX_CHARACTER;
	struct syntax *node = new_node(parser, kind, &parser->token);

	return advance(parser) ? node : NULL;
}

static struct syntax *parse_entity(struct parser *parser)
{
	switch (parser->token.type) {
	case TOKEN_WORD:
		if (lexer_sees_call(&parser->lexer))
			return parse_call(parser);
		return parse_name(parser);
	case TOKEN_FIELD:
	case TOKEN_RAW:
		return parse_name(parser);
	case TOKEN_REFERENCE:
		return parse_reference(parser);
	case TOKEN_STRING:
	case TOKEN_CHARACTER:
		return parse_literal(parser);
	default:
		return refuse(parser, "a field or a value");
	}
}

/* An entity and what of its bytes: x[0:2][1]. */
static struct syntax *parse_sliced(struct parser *parser)
{
	struct syntax *node = parse_entity(parser);
	unsigned slices = 0;

	while (node && is_at(parser, TOKEN_OPEN_RANGE)) {
		struct syntax *slice = new_node(parser, SYNTAX_SLICE, &parser->token);
		struct ranges *ranges = arena_alloc(parser->arena, sizeof *ranges);
		if (!lexer_ranges(&parser->lexer, ranges))
			return NULL;
		slice->ranges = ranges;
		slice->place.start = node->place.start;
		slice->place.length = parser->lexer.at - node->place.start;
		adopt(slice, node);
		node = slice;
		if (++slices > MOST_LEVELS) {
			refuse(parser, "fewer slices");
			return NULL;
		}
		if (!advance(parser))
			return NULL;
	}
	return node;
}

static struct syntax *parse_value(struct parser *parser)
{
	if (!is_at(parser, TOKEN_OPEN_SET))
		return parse_sliced(parser);
	if (!deeper(parser) || !advance(parser))
		return NULL;
	struct syntax *node = parse_mask(parser);
	if (!node || !expect(parser, TOKEN_CLOSE_SET, "\"}\""))
		return NULL;
	parser->level--;
	return node;
}

static struct syntax *parse_sign(struct parser *parser)
{
	struct token sign = parser->token;

	if (sign.type != TOKEN_PLUS && sign.type != TOKEN_MINUS)
		return parse_value(parser);
	if (!advance(parser))
		return NULL;
	struct syntax *node = parse_value(parser);
	if (!node || sign.type == TOKEN_PLUS)
		return node;
	struct syntax *negated = new_node(parser, SYNTAX_NEGATE, &sign);
	adopt(negated, node);
	negated->place.length = node->place.start + node->place.length - sign.start;
	return negated;
}

static enum arithmetic arithmetic_of(enum token_type type)
{
	switch (type) {
	case TOKEN_PLUS:
		return ARITHMETIC_ADD;
	case TOKEN_MINUS:
		return ARITHMETIC_SUBTRACT;
	case TOKEN_TIMES:
		return ARITHMETIC_MULTIPLY;
	case TOKEN_DIVIDE:
		return ARITHMETIC_DIVIDE;
	case TOKEN_MODULO:
		return ARITHMETIC_MODULO;
	default:
		return ARITHMETIC_MASK;
	}
}

/* A chain leans to the left, so its length is a depth of the tree. */
static struct syntax *parse_chain(struct parser *parser, enum token_type first,
				  enum token_type last,
				  struct syntax *(*parse_part)(struct parser *parser))
{
	struct syntax *node = parse_part(parser);
	unsigned length = 0;

	while (node && parser->token.type >= first && parser->token.type <= last) {
		struct syntax *made = new_node(parser, SYNTAX_ARITHMETIC, &parser->token);
		made->arithmetic = arithmetic_of(parser->token.type);
		if (++length > MOST_LEVELS) {
			refuse(parser, "a shorter calculation");
			return NULL;
		}
		if (!advance(parser))
			return NULL;
		adopt(made, node);
		if (!(node = parse_part(parser)))
			return NULL;
		adopt(made, node);
		span_children(made);
		node = made;
	}
	return node;
}

static struct syntax *parse_product(struct parser *parser)
{
	return parse_chain(parser, TOKEN_TIMES, TOKEN_MODULO, parse_sign);
}

static struct syntax *parse_sum(struct parser *parser)
{
	return parse_chain(parser, TOKEN_PLUS, TOKEN_MINUS, parse_product);
}

static struct syntax *parse_mask(struct parser *parser)
{
	return parse_chain(parser, TOKEN_MASK, TOKEN_MASK, parse_sum);
}

/* One value of a set, or low..high. */
static struct syntax *parse_member(struct parser *parser)
{
	struct syntax *low = is_at(parser, TOKEN_MINUS) ? parse_sign(parser) : parse_sliced(parser);

	if (!low || !is_at(parser, TOKEN_DOTS))
		return low;
	struct syntax *range = new_node(parser, SYNTAX_RANGE, &parser->token);
	adopt(range, low);
	if (!advance(parser))
		return NULL;
	struct syntax *high =
		is_at(parser, TOKEN_MINUS) ? parse_sign(parser) : parse_sliced(parser);
	if (!high)
		return NULL;
	adopt(range, high);
	span_children(range);
	return range;
}

static struct syntax *parse_set(struct parser *parser, struct syntax *left)
{
	struct syntax *node = new_node(parser, SYNTAX_IN, &parser->token);

	node->quantifier = QUANTIFIER_ANY;
	adopt(node, left);
	if (!advance(parser) || !expect(parser, TOKEN_OPEN_SET, "a set, as in {80, 443}"))
		return NULL;
	for (;;) {
		struct syntax *member = parse_member(parser);
		if (!member)
			return NULL;
		adopt(node, member);
		if (!is_at(parser, TOKEN_COMMA))
			break;
		if (!advance(parser))
			return NULL;
	}
	if (is_at(parser, TOKEN_CLOSE_SET))
		return advance(parser) ? node : NULL;
	return refuse(parser, "\"}\" or a comma between two members of a set, as in {80, 443}");
}

/* a < b < c: each with the next one. */
static struct syntax *parse_relations(struct parser *parser, struct syntax *left)
{
	struct syntax *all = NULL;

	while (is_at(parser, TOKEN_COMPARE)) {
		struct syntax *node = new_node(parser, SYNTAX_COMPARE, &parser->token);
		if (!advance(parser))
			return NULL;
		struct syntax *right = parse_mask(parser);
		if (!right)
			return NULL;
		struct syntax *kept = arena_alloc(parser->arena, sizeof *kept);
		*kept = *right;
		adopt(node, left);
		adopt(node, right);
		if (all || is_at(parser, TOKEN_COMPARE)) {
			if (!all)
				all = new_node(parser, SYNTAX_AND, &parser->token);
			adopt(all, node);
		} else {
			return node;
		}
		left = kept;
	}
	return all;
}

static struct syntax *parse_search(struct parser *parser, struct syntax *left)
{
	bool contains = is_at(parser, TOKEN_CONTAINS);
	struct syntax *node =
		new_node(parser, contains ? SYNTAX_CONTAINS : SYNTAX_MATCHES, &parser->token);

	node->quantifier = QUANTIFIER_ANY;
	if (!advance(parser))
		return NULL;
	struct syntax *right = parse_mask(parser);
	if (!right)
		return NULL;
	adopt(node, left);
	adopt(node, right);
	return node;
}

static struct syntax *negate(struct parser *parser, const struct token *token, struct syntax *test)
{
	if (!test)
		return NULL;
	struct syntax *node = new_node(parser, SYNTAX_NOT, token);
	adopt(node, test);
	return node;
}

/* `quantifier`, if not NULL, is any or all. */
static struct syntax *parse_comparison(struct parser *parser, const struct token *quantifier)
{
	struct syntax *left = parse_mask(parser), *node;
	struct token token = parser->token;

	if (!left)
		return NULL;
	switch (token.type) {
	case TOKEN_COMPARE:
		return parse_relations(parser, left);
	case TOKEN_CONTAINS:
	case TOKEN_MATCHES:
		return parse_search(parser, left);
	case TOKEN_IN:
		return parse_set(parser, left);
	case TOKEN_NOT:
		if (!advance(parser))
			return NULL;
		if (!is_at(parser, TOKEN_IN))
			return refuse(parser, "\"in\"");
		node = parse_set(parser, left);
		return negate(parser, &token, node);
	default:
		break;
	}
	if (quantifier)
		return refuse(parser, "a comparison");
	node = new_node(parser, SYNTAX_EXISTS, &token);
	node->place = left->place;
	adopt(node, left);
	return node;
}

static void quantify(struct syntax *node, enum quantifier quantifier)
{
	/* "all x not in" is "not any x in", as in Wireshark 4.0. */
	if (node->kind == SYNTAX_NOT)
		return;
	if (node->kind == SYNTAX_AND) {
		for (struct syntax *child = node->first; child; child = child->next)
			quantify(child, quantifier);
		return;
	}
	node->quantifier = quantifier;
	node->quantified = true;
}

static struct syntax *parse_quantified(struct parser *parser)
{
	struct token token = parser->token;

	if (!advance(parser))
		return NULL;
	struct syntax *node = parse_comparison(parser, &token);
	if (node)
		quantify(node, token.type == TOKEN_ANY ? QUANTIFIER_ANY : QUANTIFIER_ALL);
	return node;
}

static struct syntax *parse_test(struct parser *parser)
{
	if (is_at(parser, TOKEN_ANY) || is_at(parser, TOKEN_ALL))
		return parse_quantified(parser);
	if (!is_at(parser, TOKEN_OPEN))
		return parse_comparison(parser, NULL);
	if (!deeper(parser) || !advance(parser))
		return NULL;
	struct syntax *node = parse_or(parser);
	if (!node || !expect(parser, TOKEN_CLOSE, "\")\""))
		return NULL;
	parser->level--;
	return node;
}

static struct syntax *parse_not(struct parser *parser)
{
	struct token token = parser->token;
	bool negated = false;

	while (is_at(parser, TOKEN_NOT)) {
		negated = !negated;
		if (!advance(parser))
			return NULL;
	}
	struct syntax *node = parse_test(parser);
	return negated ? negate(parser, &token, node) : node;
}

/* A row of parts between the same words is one node, however long it is. */
static struct syntax *parse_row(struct parser *parser, enum token_type between,
				enum syntax_kind kind,
				struct syntax *(*parse_part)(struct parser *parser))
{
	struct syntax *node = parse_part(parser), *row = NULL;

	while (node && is_at(parser, between)) {
		if (!row) {
			row = new_node(parser, kind, &parser->token);
			adopt(row, node);
		}
		if (!advance(parser) || !(node = parse_part(parser)))
			return NULL;
		adopt(row, node);
	}
	return node && row ? row : node;
}

static struct syntax *parse_and(struct parser *parser)
{
	return parse_row(parser, TOKEN_AND, SYNTAX_AND, parse_not);
}

static struct syntax *parse_xor(struct parser *parser)
{
	return parse_row(parser, TOKEN_XOR, SYNTAX_XOR, parse_and);
}

static struct syntax *parse_or(struct parser *parser)
{
	return parse_row(parser, TOKEN_OR, SYNTAX_OR, parse_xor);
}

struct syntax *parse_filter(struct arena *arena, const char *text, struct filter_error *error)
{
	struct parser parser = {
		.lexer = { text, (uint32_t)strlen(text), 0, arena, error },
		.arena = arena,
	};

	if (!advance(&parser) || is_at(&parser, TOKEN_END))
		return NULL;
	struct syntax *tree = parse_or(&parser);
	/* A word that is nothing is the first fault; the checker tells of it. */
	if (tree && tree->kind == SYNTAX_EXISTS && tree->first->kind == SYNTAX_WORD)
		return tree;
	if (tree && !is_at(&parser, TOKEN_END))
		return refuse(&parser, "the end, or \"and\" or \"or\"");
	return tree;
}
