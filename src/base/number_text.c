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

/* Each with as many digits as it says. */
static inline char *put_two(char *at, uint32_t value)
{
	memcpy(at, pairs + (size_t)value * 2, 2);
	return at + 2;
}

static inline char *put_four(char *at, uint32_t value)
{
	return put_two(put_two(at, value / 100), value % 100);
}

static inline char *put_eight(char *at, uint32_t value)
{
	return put_four(put_four(at, value / 10000), value % 10000);
}

static inline char *put_digit(char *at, uint32_t value)
{
	*at = (char)('0' + value);
	return at + 1;
}

char *number_put_nine(char *at, uint32_t value)
{
	return put_eight(put_digit(at, value / 100000000), value % 100000000);
}

char *number_put_fixed(char *at, uint64_t value, unsigned digits)
{
	char *end = at + digits, *from = end;

	while (from - at >= 2) {
		from -= 2;
		put_two(from, (uint32_t)(value % 100));
		value /= 100;
	}
	if (from > at)
		*at = (char)('0' + value % 10);
	return end;
}

/* Without 0 in front, of less than 10,000 and of less than 100,000,000. */
static inline char *put_short(char *at, uint32_t value)
{
	if (value >= 1000)
		return put_four(at, value);
	if (value >= 100)
		return put_two(put_digit(at, value / 100), value % 100);
	return value < 10 ? put_digit(at, value) : put_two(at, value);
}

static inline char *put_medium(char *at, uint32_t value)
{
	if (value < 10000)
		return put_short(at, value);
	return put_four(put_short(at, value / 10000), value % 10000);
}

char *number_put(char *at, uint64_t value)
{
	enum { EIGHT = 100000000 };

	if (value < 10)
		return put_digit(at, (uint32_t)value);
	if (value < EIGHT)
		return put_medium(at, (uint32_t)value);
	at = number_put(at, value / EIGHT);
	return put_eight(at, (uint32_t)(value % EIGHT));
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

/* "00: " to "ff: ": four bytes each. */
#define SIXTEEN(digit) \
	digit "0: " digit "1: " digit "2: " digit "3: " digit "4: " digit "5: " digit "6: " \
	digit "7: " digit "8: " digit "9: " digit "a: " digit "b: " digit "c: " digit "d: " \
	digit "e: " digit "f: "
static const char bytes_apart[] =
	SIXTEEN("0") SIXTEEN("1") SIXTEEN("2") SIXTEEN("3") SIXTEEN("4") SIXTEEN("5") SIXTEEN("6")
	SIXTEEN("7") SIXTEEN("8") SIXTEEN("9") SIXTEEN("a") SIXTEEN("b") SIXTEEN("c") SIXTEEN("d")
	SIXTEEN("e") SIXTEEN("f");

char *number_put_hex(char *at, uint64_t value, unsigned digits)
{
	unsigned left = digits;

	for (; left >= 2; value >>= 8) {
		left -= 2;
		memcpy(at + left, bytes_apart + 4 * (value & 255), 2);
	}
	if (left)
		*at = hex_digits[value & 15];
	return at + digits;
}

char *number_put_bytes(char *at, const uint8_t *bytes, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++, at += 2)
		memcpy(at, bytes_apart + 4 * (size_t)bytes[i], 2);
	return at;
}

char *number_put_bytes_apart(char *at, const uint8_t *bytes, uint32_t n)
{
	if (!n)
		return at;
#pragma GCC unroll 4
	for (uint32_t i = 0; i < n; i++, at += 3)
		memcpy(at, bytes_apart + 4 * (size_t)bytes[i], 4);
	return at - 1;
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
