/* lexer.c - a filter's text as tokens.
 *
 * A word is anything that may be a name, a number, an address or bytes; the longest of these
 * readings is taken, and where it stands says what it is. */
#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>

#include "syntax.h"

static const struct keyword {
	const char *word;
	enum token_type type;
	enum relation relation;
	enum quantifier quantifier;
} keywords[] = {
	{ "not", TOKEN_NOT },
	{ "and", TOKEN_AND },
	{ "or", TOKEN_OR },
	{ "xor", TOKEN_XOR },
	{ "in", TOKEN_IN },
	{ "any", TOKEN_ANY },
	{ "all", TOKEN_ALL },
	{ "contains", TOKEN_CONTAINS },
	{ "matches", TOKEN_MATCHES },
	{ "bitwise_and", TOKEN_MASK },
	{ "eq", TOKEN_COMPARE, RELATION_EQ, QUANTIFIER_ANY },
	{ "any_eq", TOKEN_COMPARE, RELATION_EQ, QUANTIFIER_ANY },
	{ "all_eq", TOKEN_COMPARE, RELATION_EQ, QUANTIFIER_ALL },
	{ "ne", TOKEN_COMPARE, RELATION_NE, QUANTIFIER_ALL },
	{ "all_ne", TOKEN_COMPARE, RELATION_NE, QUANTIFIER_ALL },
	{ "any_ne", TOKEN_COMPARE, RELATION_NE, QUANTIFIER_ANY },
	{ "gt", TOKEN_COMPARE, RELATION_GT, QUANTIFIER_ANY },
	{ "ge", TOKEN_COMPARE, RELATION_GE, QUANTIFIER_ANY },
	{ "lt", TOKEN_COMPARE, RELATION_LT, QUANTIFIER_ANY },
	{ "le", TOKEN_COMPARE, RELATION_LE, QUANTIFIER_ANY },
};

/* Longer signs before those that they begin with. */
static const struct keyword signs[] = {
	{ "===", TOKEN_COMPARE, RELATION_EQ, QUANTIFIER_ALL },
	{ "!==", TOKEN_COMPARE, RELATION_NE, QUANTIFIER_ANY },
	{ "==", TOKEN_COMPARE, RELATION_EQ, QUANTIFIER_ANY },
	{ "!=", TOKEN_COMPARE, RELATION_NE, QUANTIFIER_ALL },
	{ "~=", TOKEN_COMPARE, RELATION_NE, QUANTIFIER_ANY },
	{ ">=", TOKEN_COMPARE, RELATION_GE, QUANTIFIER_ANY },
	{ "<=", TOKEN_COMPARE, RELATION_LE, QUANTIFIER_ANY },
	{ ">", TOKEN_COMPARE, RELATION_GT, QUANTIFIER_ANY },
	{ "<", TOKEN_COMPARE, RELATION_LT, QUANTIFIER_ANY },
	{ "&&", TOKEN_AND },
	{ "||", TOKEN_OR },
	{ "^^", TOKEN_XOR },
	{ "..", TOKEN_DOTS },
	{ "!", TOKEN_NOT },
	{ "~", TOKEN_MATCHES },
	{ "&", TOKEN_MASK },
	{ "+", TOKEN_PLUS },
	{ "-", TOKEN_MINUS },
	{ "*", TOKEN_TIMES },
	{ "/", TOKEN_DIVIDE },
	{ "%", TOKEN_MODULO },
	{ "(", TOKEN_OPEN },
	{ ")", TOKEN_CLOSE },
	{ "{", TOKEN_OPEN_SET },
	{ "}", TOKEN_CLOSE_SET },
	{ "[", TOKEN_OPEN_RANGE },
	{ ",", TOKEN_COMMA },
	{ "#", TOKEN_LAYER },
	{ "@", TOKEN_RAW },
};

static unsigned char char_at(const struct lexer *lexer, uint32_t at)
{
	return at < lexer->length ? (unsigned char)lexer->text[at] : 0;
}

static bool is_name(unsigned char c)
{
	return isalnum(c) || c == '_';
}

static uint32_t run_of(const struct lexer *lexer, uint32_t at, bool (*belongs)(unsigned char))
{
	uint32_t start = at;

	while (belongs(char_at(lexer, at)))
		at++;
	return at - start;
}

static bool is_inside_name(unsigned char c)
{
	return is_name(c) || c == '-';
}

static bool is_hex(unsigned char c)
{
	return isxdigit(c);
}

static bool is_address(unsigned char c)
{
	return isxdigit(c) || c == ':' || c == '.';
}

static bool is_digit(unsigned char c)
{
	return isdigit(c);
}

/* Names joined by single dots; the first begins with a letter, a digit or _. */
static uint32_t length_of_name(const struct lexer *lexer, uint32_t at)
{
	uint32_t start = at;

	if (!is_name(char_at(lexer, at)))
		return 0;
	at += run_of(lexer, at, is_inside_name);
	while (char_at(lexer, at) == '.' && is_inside_name(char_at(lexer, at + 1)))
		at += 1 + run_of(lexer, at + 1, is_inside_name);
	return at - start;
}

/* "00:1b:..": two digits each, at least two of them. */
static uint32_t length_of_bytes(const struct lexer *lexer, uint32_t at)
{
	uint32_t start = at, end = at;

	while (isxdigit(char_at(lexer, at)) && isxdigit(char_at(lexer, at + 1))) {
		at += 2;
		end = at;
		if (char_at(lexer, at) != ':')
			break;
		at++;
	}
	return end - start > 2 ? end - start : 0;
}

/* Up to `most` digits after a slash. */
static uint32_t length_of_prefix(const struct lexer *lexer, uint32_t at, uint32_t most)
{
	if (char_at(lexer, at) != '/')
		return 0;
	uint32_t digits = run_of(lexer, at + 1, is_digit);
	return digits ? 1 + (digits < most ? digits : most) : 0;
}

static bool is_whole_address(const struct lexer *lexer, uint32_t at, uint32_t n, int family)
{
	char text[INET6_ADDRSTRLEN];
	uint8_t address[16];

	if (n >= sizeof text)
		return false;
	memcpy(text, lexer->text + at, n);
	text[n] = '\0';
	return inet_pton(family, text, address) == 1;
}

/* The longest beginning that is an IPv6 address, with its prefix. */
static uint32_t length_of_ipv6(const struct lexer *lexer, uint32_t at)
{
	uint32_t n = 0;

	while (n < INET6_ADDRSTRLEN - 1 && is_address(char_at(lexer, at + n)))
		n++;
	for (; n >= 2; n--)
		if (is_whole_address(lexer, at, n, AF_INET6))
			return n + length_of_prefix(lexer, at + n, 3);
	return 0;
}

static uint32_t length_of_subnet(const struct lexer *lexer, uint32_t at, uint32_t name)
{
	if (char_at(lexer, at + name) != '/' || !is_whole_address(lexer, at, name, AF_INET))
		return 0;
	uint32_t prefix = length_of_prefix(lexer, at + name, 2);
	return prefix ? name + prefix : 0;
}

/* ":" and hexadecimal digits: bytes, even if a field has that name. */
static uint32_t length_of_marked(const struct lexer *lexer, uint32_t at)
{
	if (char_at(lexer, at) != ':' || !isxdigit(char_at(lexer, at + 1)))
		return 0;
	uint32_t bytes = length_of_bytes(lexer, at + 1);
	return 1 + (bytes ? bytes : run_of(lexer, at + 1, is_hex));
}

static uint32_t longer(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static uint32_t length_of_word(const struct lexer *lexer, uint32_t at)
{
	uint32_t name = length_of_name(lexer, at);
	uint32_t n = longer(name, length_of_subnet(lexer, at, name));

	/* Only where a colon follows can it be more. */
	if (char_at(lexer, at) == ':' || char_at(lexer, at + run_of(lexer, at, is_hex)) == ':') {
		n = longer(n, length_of_bytes(lexer, at));
		n = longer(n, length_of_ipv6(lexer, at));
		n = longer(n, length_of_marked(lexer, at));
	}
	return n;
}

static void take_plain(struct lexer *lexer, struct token *token, enum token_type type, uint32_t n)
{
	token->type = type;
	token->length = n;
	token->bytes = (const uint8_t *)lexer->text + lexer->at;
	token->byte_count = n;
	lexer->at += n;
}

static void take_word(struct lexer *lexer, struct token *token, uint32_t n)
{
	const char *text = lexer->text + lexer->at;

	take_plain(lexer, token, TOKEN_WORD, n);
	if (text[0] == ':' && n > 1 && text[1] != ':') {
		token->bytes++;
		token->byte_count--;
		return;
	}
	for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
		if (strlen(keywords[i].word) != n || memcmp(keywords[i].word, text, n) != 0)
			continue;
		token->type = keywords[i].type;
		token->relation = keywords[i].relation;
		token->quantifier = keywords[i].quantifier;
	}
}

static bool take_sign(struct lexer *lexer, struct token *token)
{
	const char *text = lexer->text + lexer->at;

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		uint32_t n = (uint32_t)strlen(signs[i].word);
		if (strncmp(text, signs[i].word, n) != 0)
			continue;
		take_plain(lexer, token, signs[i].type, n);
		token->relation = signs[i].relation;
		token->quantifier = signs[i].quantifier;
		return true;
	}
	return false;
}

static bool take_reference(struct lexer *lexer, struct token *token)
{
	uint32_t at = lexer->at + 2;
	const char *end = memchr(lexer->text + at, '}', lexer->length - at);

	if (!end)
		return filter_fail(lexer->error, (struct place){ lexer->at, 2 }, "\"}\" missing");
	take_plain(lexer, token, TOKEN_REFERENCE, (uint32_t)(end + 1 - lexer->text) - lexer->at);
	token->bytes += 2;
	token->byte_count -= 3;
	return true;
}

static bool refuse_character(struct lexer *lexer)
{
	struct place place = { lexer->at, 1 };
	unsigned char c = char_at(lexer, lexer->at);
	char room[QUOTED_ROOM];

	if (c == '=')
		return filter_fail(lexer->error, place, "\"=\" compares nothing; use \"==\"");
	if (c == '|')
		return filter_fail(lexer->error, place, "\"|\" is no operator; use \"||\"");
	if (c >= 0x80 || c < ' ' || c == 0x7f)
		return filter_fail(lexer->error, place,
				   "only within double quotes may there be other characters than "
				   "printable ASCII");
	return filter_fail(lexer->error, place, "%s was not expected here",
			   quoted(lexer->error, place, room));
}

static void skip_blanks(struct lexer *lexer)
{
	while (lexer->at < lexer->length && strchr(" \t\n\r\v\f", lexer->text[lexer->at]))
		lexer->at++;
}

bool lexer_next(struct lexer *lexer, struct token *token)
{
	skip_blanks(lexer);
	*token = (struct token){ .type = TOKEN_END, .start = lexer->at };
	if (lexer->at == lexer->length)
		return true;
	unsigned char c = char_at(lexer, lexer->at), next = char_at(lexer, lexer->at + 1);
	if (c == '"' || ((c == 'r' || c == 'R') && next == '"') || c == '\'')
		return lexer_quoted(lexer, token);
	if (c == '$' && next == '{')
		return take_reference(lexer, token);
	uint32_t n = length_of_word(lexer, lexer->at);
	if (n) {
		take_word(lexer, token, n);
		return true;
	}
	if (c == '.' && is_name(next)) {
		take_plain(lexer, token, TOKEN_FIELD, 1 + length_of_name(lexer, lexer->at + 1));
		token->bytes++;
		token->byte_count--;
		return true;
	}
	return take_sign(lexer, token) || refuse_character(lexer);
}

bool lexer_sees_call(const struct lexer *lexer)
{
	struct lexer ahead = *lexer;

	skip_blanks(&ahead);
	return char_at(&ahead, ahead.at) == '(';
}
