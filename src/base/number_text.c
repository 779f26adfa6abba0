/* number_text.c - numbers as digits without printf. */
#include "base/number_text.h"

#include <string.h>

static const char hex_digits[] = "0123456789abcdef";

static const char pairs[] =
	"00010203040506070809101112131415161718192021222324252627282930313233343536373839"
	"40414243444546474849505152535455565758596061626364656667686970717273747576777879"
	"8081828384858687888990919293949596979899";

char *number_put(char *at, uint64_t value)
{
	char digits[NUMBER_TEXT_ROOM];
	char *from = digits + sizeof digits;

	while (value >= 100) {
		from -= 2;
		memcpy(from, pairs + value % 100 * 2, 2);
		value /= 100;
	}
	if (value >= 10) {
		from -= 2;
		memcpy(from, pairs + value * 2, 2);
	} else {
		*--from = (char)('0' + value);
	}
	size_t n = (size_t)(digits + sizeof digits - from);
	memcpy(at, from, n);
	return at + n;
}

char *number_put_signed(char *at, int64_t value)
{
	if (value >= 0)
		return number_put(at, (uint64_t)value);
	*at++ = '-';
	return number_put(at, -(uint64_t)value);
}

char *number_put_fixed(char *at, uint64_t value, unsigned digits)
{
	for (unsigned i = digits; i-- > 0; value /= 10)
		at[i] = (char)('0' + value % 10);
	return at + digits;
}

char *number_put_hex(char *at, uint64_t value, unsigned digits)
{
	for (unsigned i = digits; i-- > 0; value >>= 4)
		at[i] = hex_digits[value & 15];
	return at + digits;
}

char *number_put_bytes(char *at, const uint8_t *bytes, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		*at++ = hex_digits[bytes[i] >> 4];
		*at++ = hex_digits[bytes[i] & 15];
	}
	return at;
}
