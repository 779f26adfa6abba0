/* test_format.c - words and numbers without printf: the same as printf's. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/format.h"
#include "base/number_text.h"
#include "support/unit_test.h"

static size_t __attribute__((format(printf, 3, 4)))
formatted(char *out, size_t room, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	size_t n = format_text(out, room, format, args);
	va_end(args);
	return n;
}

#define assert_as_printf(...)                                                                      \
	do {                                                                                       \
		char ours[200], theirs[200];                                                       \
		size_t length = formatted(ours, sizeof ours, __VA_ARGS__);                         \
		assert_int_equal(length, snprintf(theirs, sizeof theirs, __VA_ARGS__));            \
		assert_string_equal(ours, theirs);                                                 \
	} while (0)

static const uint64_t numbers[] = {
	0,
	1,
	9,
	10,
	99,
	100,
	255,
	999,
	1000,
	4095,
	65535,
	65536,
	99999999,
	100000000,
	UINT32_MAX,
	9999999999,
	10000000000,
	INT64_MAX,
	9999999999999999999u,
	10000000000000000000u,
	UINT64_MAX,
};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

static void formats_as_printf(void **state)
{
	(void)state;
	assert_as_printf("%s", "");
	assert_as_printf("no conversion");
	assert_as_printf("%s (%u)%s%%", "words", 17u, "");
	assert_as_printf("%.*s|%c|", 3, "abcdef", 'x');
	assert_as_printf("%d %d %03d %4d", -1, 0, -7, -12);
	for (unsigned i = 0; i < NUMBERS; i++) {
		assert_as_printf("%u %04x %X %02x", (unsigned)numbers[i], (unsigned)numbers[i],
				 (unsigned)numbers[i], (unsigned)numbers[i]);
		assert_as_printf("%" PRIu64 " %020" PRIx64 " %3" PRIu64, numbers[i], numbers[i],
				 numbers[i]);
		assert_as_printf("%" PRId64 " %zu", (int64_t)numbers[i], (size_t)numbers[i]);
	}
}

static void leaves_the_rest_to_printf(void **state)
{
	(void)state;
	assert_as_printf("%u %.3f %s", 1u, 2.5, "after");
	assert_as_printf("%-8s|%8s|", "left", "right");
	assert_as_printf("%0*X", 6, 0xabcu);
	assert_as_printf("%.2s", "cut");
	assert_as_printf("%60u", 1u);
}

static void says_what_did_not_fit(void **state)
{
	char out[8];

	(void)state;
	assert_int_equal(formatted(out, sizeof out, "%s %s", "abcd", "efgh"), 9);
	assert_string_equal(out, "abcd ef");
	assert_int_equal(formatted(out, sizeof out, "%s", "12345678"), 8);
	assert_string_equal(out, "1234567");
}

static void tells_words_from_arguments(void **state)
{
	struct format_reader reader = { .at = "a%s" };
	size_t n;

	(void)state;
	assert_memory_equal(format_piece(&reader, &n), "a", 1);
	assert_false(reader.foreign);
}

static void writes_numbers_as_printf(void **state)
{
	char ours[64], theirs[64];

	(void)state;
	for (unsigned i = 0; i < NUMBERS; i++) {
		*number_put(ours, numbers[i]) = '\0';
		snprintf(theirs, sizeof theirs, "%" PRIu64, numbers[i]);
		assert_string_equal(ours, theirs);
		*number_put_right(ours, numbers[i], 12) = '\0';
		snprintf(theirs, sizeof theirs, "%12" PRIu64, numbers[i]);
		assert_string_equal(ours, theirs);
		*number_put_fixed(ours, numbers[i] % 1000000000, 9) = '\0';
		snprintf(theirs, sizeof theirs, "%09" PRIu64, numbers[i] % 1000000000);
		assert_string_equal(ours, theirs);
		*number_put_nine(ours, (uint32_t)(numbers[i] % 1000000000)) = '\0';
		assert_string_equal(ours, theirs);
		*number_put_hex(ours, numbers[i] & 0xfffff, 5) = '\0';
		snprintf(theirs, sizeof theirs, "%05" PRIx64, numbers[i] & 0xfffff);
		assert_string_equal(ours, theirs);
	}
}

static void writes_every_length_of_a_number(void **state)
{
	char ours[64], theirs[64];

	(void)state;
	for (uint64_t power = 1; power < UINT64_MAX / 10; power *= 10)
		for (unsigned less = 0; less < 2; less++) {
			*number_put(ours, power - less) = '\0';
			snprintf(theirs, sizeof theirs, "%" PRIu64, power - less);
			assert_string_equal(ours, theirs);
		}
}

static void bytes_stand_apart(void **state)
{
	static const uint8_t bytes[] = { 0x00, 0x0a, 0xff, 0x5c, 0x81 };
	char text[20];

	(void)state;
	*number_put_bytes_apart(text, bytes, sizeof bytes) = '\0';
	assert_string_equal(text, "00:0a:ff:5c:81");
	*number_put_bytes_apart(text, bytes, 1) = '\0';
	assert_string_equal(text, "00");
	assert_ptr_equal(number_put_bytes_apart(text, bytes, 0), text);
}

static void writes_every_octet(void **state)
{
	char ours[20], theirs[20];

	(void)state;
	for (unsigned i = 0; i < 256; i++) {
		*number_put_ipv4(ours, i << 24 | (255 - i) << 16 | i) = '\0';
		snprintf(theirs, sizeof theirs, "%u.%u.0.%u", i, 255 - i, i);
		assert_string_equal(ours, theirs);
	}
}

static void oids_are_cut_to_their_room(void **state)
{
	(void)state;
	static const uint8_t oid[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d };
	uint8_t long_oid[200];
	char text[100];

	*number_put_oid(text, sizeof text, oid, sizeof oid) = '\0';
	assert_string_equal(text, "1.2.840.113549");
	memset(long_oid, 0x7f, sizeof long_oid);
	char *end = number_put_oid(text, sizeof text, long_oid, sizeof long_oid);
	assert_true(end < text + sizeof text);
	memset(long_oid, 0xff, sizeof long_oid);
	assert_true(number_put_oid(text, sizeof text, long_oid, sizeof long_oid) == text);
}

UNIT_TESTS(test_format)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_as_printf),
		cmocka_unit_test(leaves_the_rest_to_printf),
		cmocka_unit_test(says_what_did_not_fit),
		cmocka_unit_test(tells_words_from_arguments),
		cmocka_unit_test(writes_numbers_as_printf),
		cmocka_unit_test(writes_every_length_of_a_number),
		cmocka_unit_test(bytes_stand_apart),
		cmocka_unit_test(writes_every_octet),
		cmocka_unit_test(oids_are_cut_to_their_room),
	};
	return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
