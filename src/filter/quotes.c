/* quotes.c - strings, raw strings and characters, with what a backslash means in them. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "syntax.h"

/* Puts a character as UTF-8; its length. */
static uint32_t put_utf8(uint8_t *at, uint32_t code)
{
	if (code < 0x80) {
		at[0] = (uint8_t)code;
		return 1;
	}
	unsigned more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
	for (unsigned i = more; i; i--) {
		at[i] = (uint8_t)(0x80 | (code & 0x3f));
		code >>= 6;
	}
	static const uint8_t lead[] = { 0, 0xc0, 0xe0, 0xf0 };
	at[0] = (uint8_t)(lead[more] | code);
	return more + 1;
}

static unsigned digit_value(char c)
{
	return isdigit((unsigned char)c) ? (unsigned)(c - '0')
					 : (unsigned)(tolower((unsigned char)c) - 'a' + 10);
}

/* Up to `most` digits to the base; how many there were. */
static unsigned read_digits(const char *text, uint32_t left, unsigned base, unsigned most,
			    uint32_t *value)
{
	unsigned n = 0;

	*value = 0;
	while (n < most && n < left && isxdigit((unsigned char)text[n]) &&
	       digit_value(text[n]) < base)
		*value = *value * base + digit_value(text[n++]);
	return n;
}

/* As C has it: no surrogates, nothing that has a shorter spelling. */
static bool is_universal(uint32_t code)
{
	if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return false;
	return code >= 0xa0 || code == '$' || code == '@' || code == '`';
}

/* What stands after the backslash at text[0]: its length in the text, and *code.  `is_byte`: the
 * code is a byte and no character.  0: it means nothing. */
static uint32_t read_escape(const char *text, uint32_t left, uint32_t *code, bool *is_byte)
{
	static const char letters[] = "abfnrtv", meanings[] = "\a\b\f\n\r\t\v";
	const char *letter = left > 1 && text[1] ? strchr(letters, text[1]) : NULL;

	*is_byte = true;
	if (left < 2)
		return 0;
	if (letter || strchr("'\"\\", text[1])) {
		*code = (uint8_t)(letter ? meanings[letter - letters] : text[1]);
		return text[1] ? 2 : 0;
	}
	if (text[1] == 'x') {
		unsigned n = read_digits(text + 2, left - 2, 16, 2, code);
		return n ? 2 + n : 0;
	}
	if (text[1] == 'u' || text[1] == 'U') {
		unsigned wanted = text[1] == 'u' ? 4 : 8;
		*is_byte = false;
		unsigned n = read_digits(text + 2, left - 2, 16, wanted, code);
		return n == wanted ? 2 + n : 0;
	}
	unsigned n = read_digits(text + 1, left - 1, 8, 3, code);
	return n && *code <= 0xff ? 1 + n : 0;
}

static bool refuse_escape(struct lexer *lexer, uint32_t at)
{
	uint32_t left = lexer->length - at;
	struct place place = { at, left < 2 ? left : 2 };
	char room[QUOTED_ROOM];

	return filter_fail(lexer->error, place,
			   "%s means nothing in a string (write \\\\ for a backslash, or r\"...\")",
			   quoted(lexer->error, place, room));
}

/* Up to the closing quote; false: it is missing. */
static bool find_end(const struct lexer *lexer, uint32_t at, char quote, uint32_t *end)
{
	for (; at < lexer->length; at++) {
		if (lexer->text[at] == '\\')
			at++;
		else if (lexer->text[at] == quote) {
			*end = at;
			return true;
		}
	}
	return false;
}

static bool decode(struct lexer *lexer, uint32_t at, uint32_t end, bool characters,
		   struct token *token)
{
	uint8_t *out = arena_alloc(lexer->arena, end - at + 4);

	token->bytes = out;
	while (at < end) {
		uint32_t code;
		bool is_byte;
		if (lexer->text[at] != '\\') {
			out[token->byte_count++] = (uint8_t)lexer->text[at++];
			continue;
		}
		uint32_t n = read_escape(lexer->text + at, end - at, &code, &is_byte);
		/* A character constant is a number, however it is spelt. */
		if (!n || (!is_byte && !characters && !is_universal(code)))
			return refuse_escape(lexer, at);
		if (is_byte)
			out[token->byte_count++] = (uint8_t)code;
		else
			token->byte_count += put_utf8(out + token->byte_count, code & 0x1fffff);
		at += n;
	}
	return true;
}

static bool check_character(struct lexer *lexer, const struct token *token)
{
	struct place place = { token->start, token->length };
	char room[QUOTED_ROOM];

	if (token->byte_count == 1)
		return token->bytes[0] < 0x80 || lexer->text[token->start + 1] == '\\' ||
		       filter_fail(lexer->error, place, "%s is not ASCII",
				   quoted(lexer->error, place, room));
	return filter_fail(lexer->error, place,
			   token->byte_count
				   ? "%s is more than one character; strings have double quotes"
				   : "%s has no character",
			   quoted(lexer->error, place, room));
}

bool lexer_quoted(struct lexer *lexer, struct token *token)
{
	bool is_raw = lexer->text[lexer->at] == 'r' || lexer->text[lexer->at] == 'R';
	uint32_t start = lexer->at + is_raw, end;
	char quote = lexer->text[start];

	token->type = quote == '"' ? TOKEN_STRING : TOKEN_CHARACTER;
	if (!find_end(lexer, start + 1, quote, &end)) {
		lexer->error->incomplete = true;
		return filter_fail(lexer->error, (struct place){ lexer->at, 1 },
				   "the closing %s is missing", quote == '"' ? "\"" : "'");
	}
	token->length = end + 1 - lexer->at;
	lexer->at = end + 1;
	if (is_raw) {
		token->bytes = (const uint8_t *)lexer->text + start + 1;
		token->byte_count = end - start - 1;
		return true;
	}
	return decode(lexer, start + 1, end, quote == '\'', token) &&
	       (quote == '"' || check_character(lexer, token));
}
