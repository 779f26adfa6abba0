/* syntax.h - a filter as tokens and as a tree: what lexer, parser, checker and generator share. */
#ifndef FILTER_SYNTAX_H
#define FILTER_SYNTAX_H

#include "filter/filter.h"
#include "program.h"

enum token_type {
	TOKEN_END,
	TOKEN_WORD,   /* a name, a number, an address: decided by where it stands */
	TOKEN_FIELD,  /* .name: a field, whatever else it may be */
	TOKEN_STRING, /* in double quotes; `bytes` has it without them */
	TOKEN_CHARACTER,
	TOKEN_REFERENCE, /* ${field} */
	TOKEN_RAW,	 /* @ */
	TOKEN_LAYER,	 /* #, followed by a number or [ */
	TOKEN_OPEN,
	TOKEN_CLOSE, /* ( ) */
	TOKEN_OPEN_SET,
	TOKEN_CLOSE_SET,  /* { } */
	TOKEN_OPEN_RANGE, /* [ */
	TOKEN_COMMA,
	TOKEN_DOTS, /* .. */
	TOKEN_NOT,
	TOKEN_AND,
	TOKEN_XOR,
	TOKEN_OR,
	TOKEN_ANY,
	TOKEN_ALL,
	TOKEN_COMPARE, /* `relation` and `quantifier` */
	TOKEN_CONTAINS,
	TOKEN_MATCHES,
	TOKEN_IN,
	TOKEN_PLUS,
	TOKEN_MINUS,
	TOKEN_TIMES,
	TOKEN_DIVIDE,
	TOKEN_MODULO,
	TOKEN_MASK,
};

struct token {
	enum token_type type;
	uint32_t start, length; /* in the text */
	enum relation relation;
	enum quantifier quantifier;
	const uint8_t *bytes; /* TOKEN_STRING, TOKEN_CHARACTER: decoded; else as written */
	uint32_t byte_count;
};

/* Where in the text something stands. */
struct place {
	uint32_t start, length;
};

struct lexer {
	const char *text;
	uint32_t length, at;
	struct arena *arena;
	struct filter_error *error;
};

/* False: *error is set. */
bool lexer_next(struct lexer *lexer, struct token *token);
/* quotes.c: a string or character, which begins at the lexer's place. */
bool lexer_quoted(struct lexer *lexer, struct token *token);
/* ranges.c: the ranges after [ up to and with ]; and those after #, a number or [ranges]. */
bool lexer_ranges(struct lexer *lexer, struct ranges *ranges);
bool lexer_layers(struct lexer *lexer, struct ranges *ranges);
/* Is the next thing an opening parenthesis? */
bool lexer_sees_call(const struct lexer *lexer);

enum syntax_kind {
	/* Tests. */
	SYNTAX_OR,
	SYNTAX_AND,
	SYNTAX_XOR,
	SYNTAX_NOT,
	SYNTAX_COMPARE, /* two or more operands, each pair compared */
	SYNTAX_CONTAINS,
	SYNTAX_MATCHES,
	SYNTAX_IN, /* the first operand in the others: SYNTAX_RANGE or one value */
	SYNTAX_EXISTS,
	/* Operands. */
	SYNTAX_WORD,
	SYNTAX_STRING,
	SYNTAX_CHARACTER,
	SYNTAX_FIELD,
	SYNTAX_REFERENCE,
	SYNTAX_SLICE,
	SYNTAX_CALL,
	SYNTAX_ARITHMETIC,
	SYNTAX_NEGATE,
	SYNTAX_RANGE,	 /* two operands, in a set */
	SYNTAX_CONSTANT, /* what a literal becomes once its type is known */
};

struct syntax {
	enum syntax_kind kind;
	struct place place;
	struct syntax *first, *last, *next; /* children; the next of its siblings */
	unsigned depth;			    /* of the tree below */
	enum relation relation;
	enum quantifier quantifier;
	bool quantified; /* any or all was written */
	enum arithmetic arithmetic;
	const uint8_t *bytes; /* of literals and calls' names */
	uint32_t byte_count;
	int field;		     /* registry number */
	bool raw;		     /* @field */
	const struct ranges *ranges; /* SYNTAX_SLICE: of bytes; SYNTAX_FIELD: of layers, or NULL */
	/* The checker's: */
	enum field_type type;
	const struct function *function;
	struct value value;	   /* SYNTAX_CONSTANT */
	const struct regex *regex; /* SYNTAX_MATCHES */
};

/* NULL: *error is set.  An empty text gives a tree of NULL too, without a message. */
struct syntax *parse_filter(struct arena *arena, const char *text, struct filter_error *error);

/* Names become fields, literals values, types fit, or *error says what does not. */
bool check_filter(struct filter *filter, struct syntax *tree, struct filter_error *error);
/* What a literal is to become: a value of the type of what it is compared with. */
struct wanted_type {
	enum field_type type;
	int field;    /* whose names of values it may be; -1: none */
	bool partial; /* part of an address will do, as in `eth.addr contains 02:00` */
};

/* literal.c: a word, string or character as a value of a type. */
bool literal_value(struct arena *arena, const struct syntax *node, const struct wanted_type *wanted,
		   struct value *value, struct filter_error *error);
bool literal_bytes(struct arena *arena, const char *text, uint32_t length, struct value *value);
bool literal_time(const char *text, int64_t *ns);
bool literal_duration(const char *text, int64_t *ns);

/* Always false; keeps the first error. */
bool filter_fail(struct filter_error *error, struct place place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* How a place reads in a message: cut to 60 bytes, cleaned. */
enum { QUOTED_ROOM = 260 };
const char *quoted(const struct filter_error *error, struct place place, char room[QUOTED_ROOM]);

/* "": it is no word of capture filters. */
const char *capture_filter_hint(const uint8_t *word, uint32_t length);

/* "unsigned 16 bit": what a message calls a type. */
const char *type_name(enum field_type type);

/* Expands ${name:arguments}; NULL: *error is set.  The caller frees it. */
char *expand_macros(const char *text, const struct filter_macros *macros,
		    struct filter_error *error);

bool generate_program(struct filter *filter, const struct syntax *tree, struct filter_error *error);

#endif
