/* number_text.c - numbers as digits without printf. */
#include "base/number_text.h"

#include <string.h>

static const char hex_digits[] = "0123456789abcdef";

static const char pairs[] =
	"00010203040506070809101112131415161718192021222324252627282930313233343536373839"
	"40414243444546474849505152535455565758596061626364656667686970717273747576777879"
	"8081828384858687888990919293949596979899";

/* Digits that `value` has. */
static unsigned digit_count(uint64_t value)
{
	static const uint64_t powers[] = {
		0, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
		10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000,
		1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000,
		10000000000000000000u,
	};
	/* 1233 / 4096 is the logarithm of 2, near enough for 64 bits. */
	unsigned guess = (64 - (unsigned)__builtin_clzll(value | 1)) * 1233 >> 12;

	return guess + (value >= powers[guess]);
}

char *number_put_fixed(char *at, uint64_t value, unsigned digits)
{
	char *end = at + digits, *from = end;

	while (from - at >= 2) {
		from -= 2;
		memcpy(from, pairs + value % 100 * 2, 2);
		value /= 100;
	}
	if (from > at)
		*at = (char)('0' + value % 10);
	return end;
}

char *number_put(char *at, uint64_t value)
{
	if (value < 10) {
		*at = (char)('0' + value);
		return at + 1;
	}
	return number_put_fixed(at, value, digit_count(value));
}

char *number_put_octet(char *at, uint8_t value)
{
	unsigned hundreds = value / 100u, rest = value % 100u;

	*at = (char)('0' + hundreds);
	at += hundreds > 0;
	memcpy(at, pairs + 2 * rest + (value < 10), 2);
	return at + 1 + (value >= 10);
}

char *number_put_right(char *at, uint64_t value, unsigned width)
{
	for (unsigned digits = digit_count(value); digits < width; digits++)
		*at++ = ' ';
	return number_put(at, value);
}

char *number_put_signed(char *at, int64_t value)
{
	if (value >= 0)
		return number_put(at, (uint64_t)value);
	*at++ = '-';
	return number_put(at, -(uint64_t)value);
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
