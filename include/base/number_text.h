/* number_text.h - numbers as digits, for lines that are printed a million times.
 *
 * Each writes at `at` without a 0 and returns the end of what it wrote. */
#ifndef BASE_NUMBER_TEXT_H
#define BASE_NUMBER_TEXT_H

#include <stddef.h>
#include <stdint.h>

enum { NUMBER_TEXT_ROOM = 24, NUMBER_GROUPED_ROOM = 32 };

char *number_put(char *at, uint64_t value);
char *number_put_signed(char *at, int64_t value);
/* "12 408": digits in groups of three, from five digits on. */
char *number_put_grouped(char *at, uint64_t value);
/* Blanks in front, up to `width`. */
char *number_put_right(char *at, uint64_t value, unsigned width);
/* Exactly `digits` of them, 0 in front. */
char *number_put_fixed(char *at, uint64_t value, unsigned digits);
char *number_put_hex(char *at, uint64_t value, unsigned digits);
/* Nine digits: nanoseconds of a second. */
char *number_put_nine(char *at, uint32_t value);
/* "192.0.2.1", without a branch; writes up to three bytes more than it returns. */
char *number_put_ipv4(char *at, uint32_t address);
/* "0a1b": two digits a byte. */
char *number_put_bytes(char *at, const uint8_t *bytes, uint32_t n);
/* "0a:1b"; writes up to two bytes more than it returns. */
char *number_put_bytes_apart(char *at, const uint8_t *bytes, uint32_t n);
/* "1.3.6.1", as far as `room` lasts: arcs of seven bits a byte, the first number is two of them (X.690,
 * 8.19).  Four bytes of room for each of the n, and three numbers' more, are enough. */
char *number_put_oid(char *at, size_t room, const uint8_t *bytes, uint32_t n);

/* What a hexadecimal digit of either case stands for; -1: it is none. */
static inline int hex_value(uint8_t digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	digit |= 0x20;
	return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

#endif
