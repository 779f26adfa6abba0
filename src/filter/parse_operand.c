/* parse_operand.c - what is compared: fields, literals, calls, slices and calculations. */
#include <string.h>

#include "dissect/registry.h"
#include "parser.h"

static struct syntax *parse_call(struct parser *parser)
{
	struct syntax *call = parser_node(parser, SYNTAX_CALL, &parser->token);

	if (!parser_deeper(parser) || !parser_advance(parser) ||
	    !parser_expect(parser, TOKEN_OPEN, "\"(\""))
		return NULL;
	while (!parser_at(parser, TOKEN_CLOSE) || call->first) {
		struct syntax *argument = parse_mask(parser);
		if (!argument)
			return NULL;
		syntax_adopt(call, argument);
		if (!parser_at(parser, TOKEN_COMMA))
			break;
		if (!parser_advance(parser))
			return NULL;
	}
	uint32_t end = parser->token.start + parser->token.length;
	if (!parser_expect(parser, TOKEN_CLOSE, "\")\""))
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
	return parser_advance(parser);
}

/* name, .name or @name, and its layers. */
static struct syntax *parse_name(struct parser *parser)
{
	bool is_raw = parser_at(parser, TOKEN_RAW);
	uint32_t start = parser->token.start;
	char name[256], room[QUOTED_ROOM];

	if (is_raw && !parser_advance(parser))
		return NULL;
	struct token token = parser->token;
	bool is_word = token.type == TOKEN_WORD;
	if (!is_word && token.type != TOKEN_FIELD)
		return parser_refuse(parser, "a field");
	struct syntax *node = parser_node(parser, SYNTAX_FIELD, &token);
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
			    quoted(parser->lexer.error, token_place(&token), room));
		return NULL;
	}
	if (node->field < 0)
		node->kind = SYNTAX_WORD;
	if (!parser_advance(parser))
		return NULL;
	if (parser_at(parser, TOKEN_LAYER) && !parse_layers(parser, node))
		return NULL;
	return node;
}

static struct syntax *parse_reference(struct parser *parser)
{
	struct syntax *node = parser_node(parser, SYNTAX_REFERENCE, &parser->token);
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
	if (field->kind != SYNTAX_FIELD || !parser_at(&part, TOKEN_END)) {
		filter_fail(inner.error, node->place,
			    "only a field can be between \"${\" and \"}\"");
		return NULL;
	}
	node->field = field->field;
	node->raw = field->raw;
	node->ranges = field->ranges;
	return parser_advance(parser) ? node : NULL;
}

static struct syntax *parse_literal(struct parser *parser)
{
	enum syntax_kind kind = parser_at(parser, TOKEN_STRING) ? SYNTAX_STRING : SYNTAX_CHARACTER;
	struct syntax *node = parser_node(parser, kind, &parser->token);

	return parser_advance(parser) ? node : NULL;
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
		return parser_refuse(parser, "a field or a value");
	}
}

/* An entity and what of its bytes: x[0:2][1]. */
struct syntax *parse_sliced(struct parser *parser)
{
	struct syntax *node = parse_entity(parser);

	while (node && parser_at(parser, TOKEN_OPEN_RANGE)) {
		struct syntax *slice = parser_node(parser, SYNTAX_SLICE, &parser->token);
		struct ranges *ranges = arena_alloc(parser->arena, sizeof *ranges);
		if (!lexer_ranges(&parser->lexer, ranges))
			return NULL;
		slice->ranges = ranges;
		slice->place.start = node->place.start;
		slice->place.length = parser->lexer.at - node->place.start;
		syntax_adopt(slice, node);
		node = slice;
		if (slice->depth > MOST_DEPTH) {
			parser_refuse(parser, "fewer slices");
			return NULL;
		}
		if (!parser_advance(parser))
			return NULL;
	}
	return node;
}

static struct syntax *parse_value(struct parser *parser)
{
	if (!parser_at(parser, TOKEN_OPEN_SET))
		return parse_sliced(parser);
	if (!parser_deeper(parser) || !parser_advance(parser))
		return NULL;
	struct syntax *node = parse_mask(parser);
	if (!node || !parser_expect(parser, TOKEN_CLOSE_SET, "\"}\""))
		return NULL;
	parser->level--;
	return node;
}

struct syntax *parse_sign(struct parser *parser)
{
	struct token sign = parser->token;

	if (sign.type != TOKEN_PLUS && sign.type != TOKEN_MINUS)
		return parse_value(parser);
	if (!parser_advance(parser))
		return NULL;
	struct syntax *node = parse_value(parser);
	if (!node || sign.type == TOKEN_PLUS)
		return node;
	struct syntax *negated = parser_node(parser, SYNTAX_NEGATE, &sign);
	syntax_adopt(negated, node);
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

	while (node && parser->token.type >= first && parser->token.type <= last) {
		struct syntax *made = parser_node(parser, SYNTAX_ARITHMETIC, &parser->token);
		made->arithmetic = arithmetic_of(parser->token.type);
		if (!parser_advance(parser))
			return NULL;
		syntax_adopt(made, node);
		if (!(node = parse_part(parser)))
			return NULL;
		syntax_adopt(made, node);
		if (made->depth > MOST_DEPTH)
			return parser_refuse(parser, "a shorter calculation");
		syntax_span(made);
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

struct syntax *parse_mask(struct parser *parser)
{
	return parse_chain(parser, TOKEN_MASK, TOKEN_MASK, parse_sum);
}
