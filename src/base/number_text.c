/* number_text.c - numbers as digits without printf. */
#include "base/number_text.h"

#include <stdbool.h>
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

/* "0...1..." to "259.": four bytes each. */
#define TEN(tens, rest) \
	tens "0" rest tens "1" rest tens "2" rest tens "3" rest tens "4" rest \
	tens "5" rest tens "6" rest tens "7" rest tens "8" rest tens "9" rest
static const char octets[] =
	TEN("", "...") TEN("1", "..") TEN("2", "..") TEN("3", "..") TEN("4", "..") TEN("5", "..")
	TEN("6", "..") TEN("7", "..") TEN("8", "..") TEN("9", "..") TEN("10", ".") TEN("11", ".")
	TEN("12", ".") TEN("13", ".") TEN("14", ".") TEN("15", ".") TEN("16", ".") TEN("17", ".")
	TEN("18", ".") TEN("19", ".") TEN("20", ".") TEN("21", ".") TEN("22", ".") TEN("23", ".")
	TEN("24", ".") TEN("25", ".");

char *number_put_ipv4(char *at, uint32_t address)
{
	for (unsigned shift = 32; shift;) {
		unsigned octet = address >> (shift -= 8) & 255;
		memcpy(at, octets + 4 * (size_t)octet, 4);
		at += 2 + (octet > 9) + (octet > 99);
	}
	return at - 1;
}

char *number_put_grouped(char *at, uint64_t value)
{
	char digits[NUMBER_GROUPED_ROOM];
	size_t length = (size_t)(number_put(digits, value) - digits);

	for (size_t i = 0; i < length; i++) {
		if (i && length > 4 && (length - i) % 3 == 0)
			*at++ = ' ';
		*at++ = digits[i];
	}
	return at;
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

char *number_put_oid(char *at, size_t room, const uint8_t *bytes, uint32_t n)
{
	const char *end = at + room;
	uint64_t arc = 0;
	bool first = true;

	for (uint32_t i = 0; i < n && end - at > 2 * NUMBER_TEXT_ROOM; i++) {
		arc = arc << 7 | (bytes[i] & 0x7f);
		if (bytes[i] & 0x80)
			continue;
		if (first) {
			uint64_t top = arc < 80 ? arc / 40 : 2;
			at = number_put(at, top);
			arc -= 40 * top;
			first = false;
		}
		*at++ = '.';
		at = number_put(at, arc);
		arc = 0;
	}
	return at;
}
