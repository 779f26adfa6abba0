/* text_form.c - characters one by one, or so many bytes a line. */
#include "ui/text_form.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/byte_text.h"
#include "base/glyph.h"
#include "base/number_text.h"
#include "base/text.h"
#include "print/printer.h"

enum { TAB_COLUMNS = 8, HEX_BYTES = 16, C_BYTES = 8, BASE64_BYTES = 36 };

const char *const text_form_names[TEXT_FORMS] = {
	[FORM_TEXT] = "text",	       [FORM_HEX] = "hex",
	[FORM_EBCDIC] = "EBCDIC",      [FORM_UTF16] = "UTF-16 LE",
	[FORM_UTF16_BE] = "UTF-16 BE", [FORM_C] = "C array",
	[FORM_BASE64] = "Base64",
};

/* --- characters --- */

struct shown {
	char text[16];
	unsigned bytes; /* taken */
	int columns;
	bool ends_line;
};

static const struct shown dot = { .text = "·", .bytes = 1, .columns = 1 };

static struct shown show_number(uint8_t byte)
{
	struct shown shown = { .text = "\\x", .bytes = 1, .columns = 4 };

	number_put_hex(shown.text + 2, byte, 2);
	return shown;
}

/* `next`: the character after it, 0 if there is none. */
static struct shown show_ascii(uint8_t c, uint32_t next, int column)
{
	struct shown shown = { .bytes = 1, .ends_line = c == '\n' };

	if (c >= 0x20 && c < 0x7f)
		return (struct shown){ .text = { (char)c }, .bytes = 1, .columns = 1 };
	if (c == '\n' || (c == '\r' && next == '\n'))
		return shown;
	if (c == 0x1b)
		return show_number(c);
	if (c != '\t')
		return dot;
	shown.columns = TAB_COLUMNS - column % TAB_COLUMNS;
	memset(shown.text, ' ', (size_t)shown.columns);
	return shown;
}

static size_t put_character(char *at, uint32_t code)
{
	if (code < 0x800) {
		at[0] = (char)(0xc0 | code >> 6);
		at[1] = (char)(0x80 | (code & 63));
		return 2;
	}
	size_t n = code < 0x10000 ? 3 : 4;

	for (size_t i = n; i-- > 1; code >>= 6)
		at[i] = (char)(0x80 | (code & 63));
	at[0] = (char)((n == 3 ? 0xe0 : 0xf0) | code);
	return n;
}

/* A character beyond ASCII. */
static struct shown show_code(uint32_t code, unsigned bytes)
{
	struct shown shown = { .bytes = bytes, .columns = glyph_columns(code) };

	if (!text_is_safe(code) || shown.columns < 0) {
		shown.columns = 1;
		memcpy(shown.text, "·", sizeof "·");
	} else {
		put_character(shown.text, code);
	}
	return shown;
}

static struct shown show_utf8(const uint8_t *p, uint32_t n, int column)
{
	uint32_t code;

	if (*p < 0x80)
		return show_ascii(*p, n > 1 ? p[1] : 0, column);
	unsigned length = text_character(p, n, &code);
	return length ? show_code(code, length) : show_number(*p);
}

static struct shown show_ebcdic(const uint8_t *p, uint32_t n, int column)
{
	char c = ebcdic_characters[*p];

	if (c == '.' && *p != 0x4b)
		return dot;
	return show_ascii((uint8_t)c, n > 1 ? (uint8_t)ebcdic_characters[p[1]] : 0, column);
}

static uint32_t unit_at(enum text_form form, const uint8_t *p, uint32_t n)
{
	unsigned low = form == FORM_UTF16 ? 0 : 1;

	return n > 1 ? p[low] | (uint32_t)p[1 - low] << 8 : 0;
}

/* RFC 2781, 2.2 */
static struct shown show_utf16(enum text_form form, const uint8_t *p, uint32_t n, int column)
{
	uint32_t code = unit_at(form, p, n), next = n > 2 ? unit_at(form, p + 2, n - 2) : 0;

	if (n < 2)
		return show_number(*p);
	if (code < 0x80) {
		struct shown shown = show_ascii((uint8_t)code, next, column);
		shown.bytes = 2;
		return shown;
	}
	if (code >> 10 == 0xd800 >> 10 && next >> 10 == 0xdc00 >> 10)
		return show_code(0x10000 + ((code & 0x3ff) << 10 | (next & 0x3ff)), 4);
	if (code >> 11 == 0xd800 >> 11)
		return show_code(0xfffd, 2);
	return show_code(code, 2);
}

/* What stands for the character at p; nothing does for the end of a line. */
static struct shown show_character(enum text_form form, const uint8_t *p, uint32_t n, int column)
{
	if (form == FORM_UTF16 || form == FORM_UTF16_BE)
		return show_utf16(form, p, n, column);
	return form == FORM_EBCDIC ? show_ebcdic(p, n, column) : show_utf8(p, n, column);
}

/* --- lines --- */

uint32_t text_form_fixed(enum text_form form)
{
	static const uint8_t bytes[TEXT_FORMS] = {
		[FORM_HEX] = HEX_BYTES, [FORM_C] = C_BYTES, [FORM_BASE64] = BASE64_BYTES
	};

	return bytes[form];
}

uint32_t text_form_length(enum text_form form, const uint8_t *bytes, uint32_t n, int columns)
{
	uint32_t at = 0;
	int column = 0;

	while (at < n) {
		struct shown shown = show_character(form, bytes + at, n - at, column);

		if (column + shown.columns > columns && at)
			break;
		column += shown.columns;
		at += shown.bytes;
		if (shown.ends_line)
			break;
	}
	return at;
}

static void put_characters(enum text_form form, const uint8_t *bytes, uint32_t n, char *text,
			   size_t room)
{
	size_t used = 0;
	int column = 0;

	for (uint32_t at = 0; at < n && used + sizeof(struct shown) < room;) {
		struct shown shown = show_character(form, bytes + at, n - at, column);
		size_t length = strlen(shown.text);

		memcpy(text + used, shown.text, length);
		used += length;
		column += shown.columns;
		at += shown.bytes;
	}
	text[used] = '\0';
}

static void put_c(const uint8_t *bytes, uint32_t n, char *at)
{
	for (uint32_t i = 0; i < n; i++) {
		memcpy(at, "0x", 2);
		at = number_put_hex(at + 2, bytes[i], 2);
		memcpy(at, ", ", 2);
		at += i + 1 < n ? 2 : 1;
	}
	*at = '\0';
}

void text_form_line(enum text_form form, const uint8_t *bytes, uint32_t n, uint32_t position,
		    char *text, size_t room)
{
	uint32_t fixed = text_form_fixed(form);

	if (fixed && n > fixed)
		n = fixed;
	if (form == FORM_HEX)
		hex_line(text, room, bytes, position, n);
	else if (form == FORM_C)
		put_c(bytes, n, text);
	else if (form == FORM_BASE64)
		*base64_put(text, bytes, n) = '\0';
	else
		put_characters(form, bytes, n, text, room);
}
