/* json_text.c - text as a JSON string. */
#include "json_text.h"

#include "base/number_text.h"
#include "base/text.h"

static void put_escaped(FILE *out, uint32_t code)
{
	char text[8] = { '\\', 'u' };

	number_put_hex(text + 2, code, 4);
	fwrite_unlocked(text, 1, 6, out);
}

/* One character that JSON or a terminal does not take as it is; false: it may stay. */
static bool put_special(FILE *out, uint32_t code)
{
	static const char letters[] = "btn\0fr"; /* 8 to 13 */

	if (code == '"' || code == '\\') {
		putc_unlocked('\\', out);
		putc_unlocked((int)code, out);
	} else if (code >= 8 && code <= 13 && letters[code - 8]) {
		putc_unlocked('\\', out);
		putc_unlocked(letters[code - 8], out);
	} else if (text_is_safe(code)) {
		return false;
	} else if (code < 0x10000) {
		put_escaped(out, code);
	} else {
		put_escaped(out, 0xd800 + ((code - 0x10000) >> 10));
		put_escaped(out, 0xdc00 + (code & 0x3ff));
	}
	return true;
}

void json_put_text(FILE *out, const char *text, size_t n)
{
	const uint8_t *p = (const uint8_t *)text;

	putc_unlocked('"', out);
	for (size_t at = 0; at < n;) {
		size_t plain = at;
		while (plain < n && p[plain] >= 0x20 && p[plain] < 0x7f && p[plain] != '"' &&
		       p[plain] != '\\')
			plain++;
		fwrite_unlocked(p + at, 1, plain - at, out);
		if (plain == n)
			break;
		uint32_t code = 0;
		unsigned length = text_character(p + plain, n - plain, &code);
		if (!length)
			fwrite_unlocked("\xef\xbf\xbd", 1, 3, out);
		else if (!put_special(out, code))
			fwrite_unlocked(p + plain, 1, length, out);
		at = plain + (length ? length : 1);
	}
	putc_unlocked('"', out);
}
