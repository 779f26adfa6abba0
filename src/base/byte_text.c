/* byte_text.c - tables and digits of old and new alphabets. */
#include "base/byte_text.h"

const char ebcdic_characters[256] =
	".............\r.......\n...............\n.........................."
	" ...........<(+|&.........!$*);^-/........|,%_>?.........`:#@'=\""
	".abcdefghi.......jklmnopqr.......~stuvwxyz......^.........[]...."
	"{ABCDEFGHI......}JKLMNOPQR......\\.STUVWXYZ......0123456789......";

char *base64_put(char *at, const uint8_t *bytes, uint32_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789+/";

	for (uint32_t i = 0; i < n; i += 3) {
		uint32_t left = n - i;
		uint32_t word = (uint32_t)bytes[i] << 16 |
				(left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
				(left > 2 ? bytes[i + 2] : 0);

		*at++ = digits[word >> 18];
		*at++ = digits[word >> 12 & 63];
		*at++ = left > 1 ? digits[word >> 6 & 63] : '=';
		*at++ = left > 2 ? digits[word & 63] : '=';
	}
	return at;
}
