/* text.c - UTF-8 checked as RFC 3629 says, and what must not reach a terminal. */
#include "base/text.h"

#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"      /* U+FFFD */

enum { LONGEST_ESCAPE = 10 };           /* \UNNNNNNNN */

/* The least character that n bytes may stand for: below it the encoding is overlong. */
static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };

static unsigned length_by_lead(uint8_t lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xc2 || lead > 0xf4)
		return 0;
	return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

unsigned text_character(const uint8_t *p, size_t n, uint32_t *code)
{
	unsigned length = length_by_lead(p[0]);
	uint32_t c = p[0];

	if (!length || length > n)
		return 0;
	if (length > 1)
		c &= 0x7fu >> length;
	for (unsigned i = 1; i < length; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (c < least[length] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*code = c;
	return length;
}

static bool turns_direction(uint32_t code)
{
	return code == 0x061c || code == 0x200e || code == 0x200f ||
	       (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

bool text_is_safe(uint32_t code)
{
	if (code < 0x20 || (code >= 0x7f && code <= 0x9f))
		return false;
	if (code < 0x061c)
		return true;
	if (code == 0x2028 || code == 0x2029 || code == 0xfeff || turns_direction(code))
		return false;
	if (code >= 0xfff9 && code <= 0xfffb) /* interlinear annotation */
		return false;
	if (code >= 0xe0000 && code <= 0xe007f)         /* invisible tags */
		return false;
	if ((code & 0xfffe) == 0xfffe || (code >= 0xfdd0 && code <= 0xfdef))
		return false;
	return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

static unsigned put_hex(char *out, char kind, uint32_t code, unsigned digits)
{
	out[0] = '\\';
	out[1] = kind;
	for (unsigned i = 0; i < digits; i++)
		out[2 + i] = "0123456789ABCDEF"[code >> 4 * (digits - 1 - i) & 15];
	return 2 + digits;
}

/* Three octal digits, as Wireshark. */
static unsigned put_octal(char *out, uint32_t code)
{
	out[0] = '\\';
	out[1] = (char)('0' + (code >> 6));
	out[2] = (char)('0' + (code >> 3 & 7));
	out[3] = (char)('0' + (code & 7));
	return 4;
}

/* How an unsafe character is written; returns its length, at most LONGEST_ESCAPE. */
static unsigned escape(char *out, uint32_t code)
{
	static const char letters[] = "abtnvfr";        /* 7 to 13 */

	out[0] = '\\';
	if (code >= '\a' && code <= '\r') {
		out[1] = letters[code - '\a'];
		return 2;
	}
	if (code < 0x80)
		return put_octal(out, code);
	if (code < 0x10000)
		return put_hex(out, 'u', code, 4);
	return put_hex(out, 'U', code, 8);
}

size_t text_clean(char *out, size_t room, const uint8_t *bytes, size_t n, bool escapes)
{
	size_t done = 0;

	if (!room)
		return 0;
	for (size_t pos = 0; pos < n;) {
		char escaped[LONGEST_ESCAPE];
		const char *piece = (const char *)bytes + pos;
		uint32_t code = 0;
		unsigned length = text_character(bytes + pos, n - pos, &code);
		unsigned size = length;

		if (!length || (!escapes && !text_is_safe(code))) {
			piece = REPLACEMENT;
			size = sizeof REPLACEMENT - 1;
		} else if (!text_is_safe(code)) {
			size = escape(escaped, code);
			piece = escaped;
		}
		if (size > room - 1 - done)
			break;
		memcpy(out + done, piece, size);
		done += size;
		pos += length ? length : 1;
	}
	out[done] = 0;
	return done;
}

/* Eight bytes at once: is each of them 0x20 to 0x7e? */
static bool word_is_plain(uint64_t word)
{
	const uint64_t ones = UINT64_MAX / 0xff, high = 0x80 * ones;

	return !((word | (word - 0x20 * ones) | (word + ones)) & high);
}

bool text_is_plain(const uint8_t *bytes, size_t n)
{
	uint64_t word;

	for (; n >= sizeof word; n -= sizeof word, bytes += sizeof word) {
		memcpy(&word, bytes, sizeof word);
		if (!word_is_plain(word))
			return false;
	}
	for (size_t i = 0; i < n; i++)
		if (bytes[i] < 0x20 || bytes[i] > 0x7e)
			return false;
	return true;
}
