/* parser.h - the parser's two halves: operands and tests. */
#ifndef FILTER_PARSER_H
#define FILTER_PARSER_H

#include "syntax.h"

/* Of parentheses; of a tree in all. */
enum { MOST_LEVELS = 400, MOST_DEPTH = 1000 };

struct parser {
	struct lexer lexer;
	struct token token; /* the one at hand */
	struct arena *arena;
	unsigned level;
};

static inline struct place token_place(const struct token *token)
{
	return (struct place){ token->start, token->length };
}

static inline bool parser_at(const struct parser *parser, enum token_type type)
{
	return parser->token.type == type;
}

bool parser_advance(struct parser *parser);
/* Goes on behind a token, or refuses another. */
bool parser_expect(struct parser *parser, enum token_type type, const char *what);
/* NULL, with an error about the token at hand. */
struct syntax *parser_refuse(struct parser *parser, const char *expected);
/* One level more; false: there are too many. */
bool parser_deeper(struct parser *parser);

struct syntax *parser_node(struct parser *parser, enum syntax_kind kind, const struct token *token);
void syntax_adopt(struct syntax *parent, struct syntax *child);
/* From the first child's start to the last one's end. */
void syntax_span(struct syntax *node);

struct syntax *parse_mask(struct parser *parser);
struct syntax *parse_sign(struct parser *parser);
struct syntax *parse_sliced(struct parser *parser);

#endif
