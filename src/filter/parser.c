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
#include "parser.h"

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

bool parser_advance(struct parser *parser)
{
	return lexer_next(&parser->lexer, &parser->token);
}

struct syntax *parser_refuse(struct parser *parser, const char *expected)
{
	struct filter_error *error = parser->lexer.error;
	char room[QUOTED_ROOM];

	if (parser_at(parser, TOKEN_END)) {
		error->incomplete = true;
		filter_fail(error, token_place(&parser->token),
			    "the filter ends where %s is expected", expected);
	} else {
		filter_fail(error, token_place(&parser->token),
			    "%s was not expected here, but %s%s",
			    quoted(error, token_place(&parser->token), room), expected,
			    capture_filter_hint(parser->token.bytes, parser->token.byte_count));
	}
	return NULL;
}

struct syntax *parser_node(struct parser *parser, enum syntax_kind kind, const struct token *token)
{
	struct syntax *node = arena_zeroed(parser->arena, sizeof *node);

	node->kind = kind;
	node->place = token_place(token);
	node->bytes = token->bytes;
	node->byte_count = token->byte_count;
	node->relation = token->relation;
	node->quantifier = token->quantifier;
	node->field = -1;
	return node;
}

void syntax_adopt(struct syntax *parent, struct syntax *child)
{
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	if (parent->depth <= child->depth)
		parent->depth = child->depth + 1;
}

/* From the first child's start to the last one's end. */
void syntax_span(struct syntax *node)
{
	uint32_t end = node->last->place.start + node->last->place.length;

	node->place.start = node->first->place.start;
	node->place.length = end - node->place.start;
}

bool parser_deeper(struct parser *parser)
{
	if (++parser->level <= MOST_LEVELS)
		return true;
	return filter_fail(parser->lexer.error, token_place(&parser->token),
			   "nested more than %d levels deep", MOST_LEVELS);
}

static struct syntax *parse_or(struct parser *parser);

bool parser_expect(struct parser *parser, enum token_type type, const char *what)
{
	if (parser_at(parser, type))
		return parser_advance(parser);
	parser_refuse(parser, what);
	return false;
}

/* One value of a set, or low..high. */
static struct syntax *parse_member(struct parser *parser)
{
	struct syntax *low =
		parser_at(parser, TOKEN_MINUS) ? parse_sign(parser) : parse_sliced(parser);

	if (!low || !parser_at(parser, TOKEN_DOTS))
		return low;
	struct syntax *range = parser_node(parser, SYNTAX_RANGE, &parser->token);
	syntax_adopt(range, low);
	if (!parser_advance(parser))
		return NULL;
	struct syntax *high =
		parser_at(parser, TOKEN_MINUS) ? parse_sign(parser) : parse_sliced(parser);
	if (!high)
		return NULL;
	syntax_adopt(range, high);
	syntax_span(range);
	return range;
}

static struct syntax *parse_set(struct parser *parser, struct syntax *left)
{
	struct syntax *node = parser_node(parser, SYNTAX_IN, &parser->token);

	node->quantifier = QUANTIFIER_ANY;
	syntax_adopt(node, left);
	if (!parser_advance(parser) ||
	    !parser_expect(parser, TOKEN_OPEN_SET, "a set, as in {80, 443}"))
		return NULL;
	for (;;) {
		struct syntax *member = parse_member(parser);
		if (!member)
			return NULL;
		syntax_adopt(node, member);
		if (!parser_at(parser, TOKEN_COMMA))
			break;
		if (!parser_advance(parser))
			return NULL;
	}
	if (parser_at(parser, TOKEN_CLOSE_SET))
		return parser_advance(parser) ? node : NULL;
	return parser_refuse(parser,
			     "\"}\" or a comma between two members of a set, as in {80, 443}");
}

/* a < b < c: each with the next one. */
static struct syntax *parse_relations(struct parser *parser, struct syntax *left)
{
	struct syntax *all = NULL;

	while (parser_at(parser, TOKEN_COMPARE)) {
		struct syntax *node = parser_node(parser, SYNTAX_COMPARE, &parser->token);
		if (!parser_advance(parser))
			return NULL;
		struct syntax *right = parse_mask(parser);
		if (!right)
			return NULL;
		struct syntax *kept = arena_alloc(parser->arena, sizeof *kept);
		*kept = *right;
		syntax_adopt(node, left);
		syntax_adopt(node, right);
		if (all || parser_at(parser, TOKEN_COMPARE)) {
			if (!all)
				all = parser_node(parser, SYNTAX_AND, &parser->token);
			syntax_adopt(all, node);
		} else {
			return node;
		}
		left = kept;
	}
	return all;
}

static struct syntax *parse_search(struct parser *parser, struct syntax *left)
{
	bool contains = parser_at(parser, TOKEN_CONTAINS);
	struct syntax *node =
		parser_node(parser, contains ? SYNTAX_CONTAINS : SYNTAX_MATCHES, &parser->token);

	node->quantifier = QUANTIFIER_ANY;
	if (!parser_advance(parser))
		return NULL;
	struct syntax *right = parse_mask(parser);
	if (!right)
		return NULL;
	syntax_adopt(node, left);
	syntax_adopt(node, right);
	return node;
}

static struct syntax *negate(struct parser *parser, const struct token *token, struct syntax *test)
{
	if (!test)
		return NULL;
	struct syntax *node = parser_node(parser, SYNTAX_NOT, token);
	syntax_adopt(node, test);
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
		if (!parser_advance(parser))
			return NULL;
		if (!parser_at(parser, TOKEN_IN))
			return parser_refuse(parser, "\"in\"");
		node = parse_set(parser, left);
		return negate(parser, &token, node);
	default:
		break;
	}
	if (quantifier)
		return parser_refuse(parser, "a comparison");
	node = parser_node(parser, SYNTAX_EXISTS, &token);
	node->place = left->place;
	syntax_adopt(node, left);
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

	if (!parser_advance(parser))
		return NULL;
	struct syntax *node = parse_comparison(parser, &token);
	if (node)
		quantify(node, token.type == TOKEN_ANY ? QUANTIFIER_ANY : QUANTIFIER_ALL);
	return node;
}

static struct syntax *parse_test(struct parser *parser)
{
	if (parser_at(parser, TOKEN_ANY) || parser_at(parser, TOKEN_ALL))
		return parse_quantified(parser);
	if (!parser_at(parser, TOKEN_OPEN))
		return parse_comparison(parser, NULL);
	if (!parser_deeper(parser) || !parser_advance(parser))
		return NULL;
	struct syntax *node = parse_or(parser);
	if (!node || !parser_expect(parser, TOKEN_CLOSE, "\")\""))
		return NULL;
	parser->level--;
	return node;
}

static struct syntax *parse_not(struct parser *parser)
{
	struct token token = parser->token;
	bool negated = false;

	while (parser_at(parser, TOKEN_NOT)) {
		negated = !negated;
		if (!parser_advance(parser))
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

	while (node && parser_at(parser, between)) {
		if (!row) {
			row = parser_node(parser, kind, &parser->token);
			syntax_adopt(row, node);
		}
		if (!parser_advance(parser) || !(node = parse_part(parser)))
			return NULL;
		syntax_adopt(row, node);
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

	if (!parser_advance(&parser) || parser_at(&parser, TOKEN_END))
		return NULL;
	struct syntax *tree = parse_or(&parser);
	/* A word that is nothing is the first fault; the checker tells of it. */
	if (tree && tree->kind == SYNTAX_EXISTS && tree->first->kind == SYNTAX_WORD)
		return tree;
	if (tree && !parser_at(&parser, TOKEN_END))
		return parser_refuse(&parser, "the end, or \"and\" or \"or\"");
	return tree;
}
