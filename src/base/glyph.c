/* glyph.c - the table of stand-ins, and widths. */
#include "base/glyph.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/text.h"

enum { REPLACEMENT = 0xfffd };

/* What stands for characters that a terminal's font or locale lacks. */
struct stand_in {
	uint16_t code, cp437;
	char ascii;
};

static const struct stand_in stand_ins[] = {
	{ 0x00b5, 'u', 'u' },	  { 0x00b7, 0x00b7, '.' }, { 0x00d7, 'x', 'x' },
	{ 0x0394, 'd', 'd' },	  { 0x2013, '-', '-' },	   { 0x2014, '-', '-' },
	{ 0x201c, '"', '"' },	  { 0x201d, '"', '"' },	   { 0x2022, 0x00b7, '*' },
	{ 0x2026, '~', '~' },	  { 0x2190, 0x2190, '<' }, { 0x2191, 0x2191, '^' },
	{ 0x2192, 0x2192, '>' },  { 0x2193, 0x2193, 'v' }, { 0x21c4, '=', '=' },
	{ 0x2248, '~', '~' },	  { 0x2264, 0x2264, '<' }, { 0x2265, 0x2265, '>' },
	{ 0x2299, 'o', '@' },	  { 0x22ee, ':', ':' },	  { 0x23f8, '=', '=' },	   { 0x2500, 0x2500, '-' },
	{ 0x2501, 0x2550, '=' },  { 0x2502, 0x2502, '|' }, { 0x2503, 0x2551, '#' },
	{ 0x250c, 0x250c, ',' },  { 0x2510, 0x2510, '.' }, { 0x2514, 0x2514, '`' },
	{ 0x2518, 0x2518, '\'' }, { 0x251c, 0x251c, '|' }, { 0x2524, 0x2524, '|' },
	{ 0x252c, 0x252c, '+' },  { 0x2534, 0x2534, '+' }, { 0x253c, 0x253c, '+' },
	{ 0x254c, '.', '.' },	  { 0x254d, '~', '~' },	   { 0x254e, ':', ':' },
	{ 0x2550, 0x2550, '#' },  { 0x2581, '_', ' ' },	   { 0x2582, '.', '.' },
	{ 0x2583, ':', ':' },	  { 0x2584, 0x2584, '-' }, { 0x2585, 0x2584, '=' },
	{ 0x2586, 0x2584, '+' },  { 0x2587, 0x2588, '*' }, { 0x2588, 0x2588, '#' },
	{ 0x258c, 0x258c, '>' },  { 0x258f, '|', '|' },	   { 0x2591, 0x2591, '.' },
	{ 0x25a0, 0x25a0, '#' },  { 0x25b2, '^', '^' },	   { 0x25b6, 0x25ba, '>' },
	{ 0x25b8, '>', '+' },	  { 0x25bc, 'v', 'v' },	   { 0x25be, 'v', '-' },
	{ 0x25c0, 0x25c4, '<' },  { 0x25cb, 'o', 'o' },	   { 0x25cf, '*', '*' },
	{ 0x26a0, '!', '!' },	  { 0x2713, 'v', 'v' },	   { 0x2717, 'x', 'x' },
	{ 0x27e8, '<', '<' },	  { 0x27e9, '>', '>' },	   { 0xfffd, '?', '?' },
};

static int by_code(const void *key, const void *entry)
{
	uint32_t code = *(const uint32_t *)key;
	const struct stand_in *s = entry;

	return code < s->code ? -1 : code > s->code;
}

static const struct stand_in *stand_in_for(uint32_t code)
{
	return bsearch(&code, stand_ins, sizeof stand_ins / sizeof stand_ins[0],
		       sizeof stand_ins[0], by_code);
}

char glyph_ascii(uint32_t code)
{
	const struct stand_in *s = stand_in_for(code);

	return s ? s->ascii : '?';
}

uint32_t glyph_cp437(uint32_t code)
{
	const struct stand_in *s = stand_in_for(code);

	return s ? s->cp437 : 0;
}

int glyph_columns(uint32_t code)
{
	if (code >= 0x20 && code < 0x7f)
		return 1;
	return wcwidth((wchar_t)(text_is_safe(code) ? code : REPLACEMENT));
}

uint32_t glyph_next(const char **text)
{
	const uint8_t *p = (const uint8_t *)*text;
	size_t left = strnlen(*text, 4);
	uint32_t code = REPLACEMENT;
	unsigned length = text_character(p, left, &code);

	*text += length ? length : 1;
	return length ? code : REPLACEMENT;
}

int text_columns(const char *text)
{
	int total = 0;

	while (*text) {
		int columns = glyph_columns(glyph_next(&text));

		total += columns < 0 ? 1 : columns;
	}
	return total;
}
