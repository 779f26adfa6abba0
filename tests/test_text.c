/* test_text.c - text from outside: valid UTF-8, nothing that a terminal obeys. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"
#include "support/unit_test.h"

static const char *cleaned(const char *bytes, size_t n, bool escapes)
{
	static char out[400];

	size_t length = text_clean(out, sizeof out, (const uint8_t *)bytes, n, escapes);
	assert_int_equal(length, strlen(out));
	return out;
}

#define ESCAPED(literal) cleaned(literal, sizeof literal - 1, true)
#define REPLACED(literal) cleaned(literal, sizeof literal - 1, false)

static void knows_valid_utf8(void **state)
{
	(void)state;
	static const struct { const char *bytes; unsigned length; uint32_t code; } cases[] = {
		{ "a", 1, 'a' }, { "\x7f", 1, 0x7f },
		{ "\xc2\x80", 2, 0x80 }, { "\xdf\xbf", 2, 0x7ff },
		{ "\xe0\xa0\x80", 3, 0x800 }, { "\xef\xbf\xbf", 3, 0xffff },
		{ "\xf0\x90\x80\x80", 4, 0x10000 }, { "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
		{ "\x80", 0 }, { "\xc0\x80", 0 }, { "\xc1\xbf", 0 }, { "\xe0\x9f\xbf", 0 },
		{ "\xed\xa0\x80", 0 }, { "\xed\xbf\xbf", 0 }, { "\xf0\x8f\xbf\xbf", 0 },
		{ "\xf4\x90\x80\x80", 0 }, { "\xf5\x80\x80\x80", 0 }, { "\xff", 0 }, { "\xfe", 0 },
		{ "\xe2\x82", 0 }, { "\xe2\x28\xa1", 0 }, { "\xf0\x90\x80", 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const uint8_t *p = (const uint8_t *)cases[i].bytes;
		uint32_t code = 0;

		assert_int_equal(text_character(p, strlen(cases[i].bytes), &code), cases[i].length);
		assert_int_equal(code, cases[i].code);
	}
}

static void knows_what_a_terminal_obeys(void **state)
{
	(void)state;
	static const uint32_t unsafe[] = { 0, 0x1b, '\n', 0x7f, 0x80, 0x9b, 0x9f, 0x2028, 0x2029,
		0x061c, 0x200e, 0x202a, 0x202e, 0x2066, 0x2069, 0xfffe, 0x1fffe, 0xfdd0, 0xfeff,
		0xe0041, 0xd800, 0x110000 };
	static const uint32_t safe[] = { ' ', '~', 0xa0, 0xe9, 0x5d0, 0x2192, 0x4e2d, 0xfffd, 0x1f600 };

	for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
		assert_false(text_is_safe(unsafe[i]));
	for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
		assert_true(text_is_safe(safe[i]));
}

static void escapes_what_a_terminal_obeys(void **state)
{
	(void)state;
	assert_string_equal(ESCAPED("a\a\b\f\n\r\t\v\\\"z"), "a\\a\\b\\f\\n\\r\\t\\v\\\"z");
	assert_string_equal(ESCAPED("\x1b[31m\0\x7f"), "\\033[31m\\000\\177");
	assert_string_equal(ESCAPED("\xe2\x80\xa8\xc2\x85\xe2\x80\xae"), "\\u2028\\u0085\\u202E");
	assert_string_equal(ESCAPED("\xf3\xa0\x81\x81"), "\\U000E0041");
	assert_string_equal(ESCAPED("\xc3\xa9\xe2\x86\x92"), "é→");
}

static void replaces_what_is_not_utf8_byte_by_byte(void **state)
{
	(void)state;
	assert_string_equal(ESCAPED("a\xff\xc0\x80z"), "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz");
	assert_string_equal(ESCAPED("\xe2\x82"), "\xef\xbf\xbd\xef\xbf\xbd");
}

static void replaces_controls_when_not_escaping(void **state)
{
	(void)state;
	assert_string_equal(REPLACED("a\x1b\\z\xe2\x80\xae"), "a\xef\xbf\xbd\\z\xef\xbf\xbd");
}

static void cuts_at_a_whole_character(void **state)
{
	(void)state;
	const uint8_t *text = (const uint8_t *)"ab\xe2\x86\x92\n";
	char out[8];

	for (size_t room = 0; room <= sizeof out; room++) {
		memset(out, '#', sizeof out);
		size_t n = text_clean(out, room, text, 6, true);
		assert_int_equal(n, room < 2 ? 0 : room == 2 ? 1 : room < 6 ? 2 : room < 8 ? 5 : 7);
		if (room)
			assert_int_equal(out[n], 0);
		for (size_t i = room; i < sizeof out; i++)
			assert_int_equal(out[i], '#');
	}
}

static void output_fits_four_bytes_per_byte(void **state)
{
	(void)state;
	uint8_t in[3];
	char out[4 * sizeof in + 1], large[100];

	for (uint32_t i = 0; i < 1u << 24; i += 251) {
		in[0] = (uint8_t)(i >> 16);
		in[1] = (uint8_t)(i >> 8);
		in[2] = (uint8_t)i;
		assert_int_equal(text_clean(out, sizeof out, in, 3, true),
				 text_clean(large, sizeof large, in, 3, true));
	}
}

static void error_text_is_clean(void **state)
{
	(void)state;
	struct error error;

	assert_false(error_set(&error, "cannot open \"%s\": %d", "a\x1b[2J\xff", 7));
	assert_string_equal(error.text, "cannot open \"a\xef\xbf\xbd[2J\xef\xbf\xbd\": 7");
	assert_false(error_set(NULL, "nobody asks"));
	assert_false(error_set(&error, "%0*d", 5000, 1));
	assert_int_equal(strlen(error.text), sizeof error.text - 1);
}

static void hash_depends_on_every_byte_and_the_length(void **state)
{
	(void)state;
	uint8_t key[40] = { 0 };

	for (size_t n = 1; n < sizeof key; n++) {
		uint64_t plain = hash_bytes(key, n);

		assert_int_equal(plain, hash_bytes(key, n));
		assert_true(plain != hash_bytes(key, n - 1));
		for (size_t i = 0; i < n; i++) {
			key[i] = 1;
			assert_true(plain != hash_bytes(key, n));
			key[i] = 0;
		}
	}
}

static void hash_spreads_addresses_over_slots(void **state)
{
	(void)state;
	enum { SLOTS = 1024, KEYS = 100 * SLOTS };
	static unsigned used[SLOTS];

	for (uint32_t i = 0; i < KEYS; i++) {
		uint8_t key[12] = { 10, 0, (uint8_t)(i >> 8), (uint8_t)i, 10, 1, 2, 3,
				    (uint8_t)(i >> 16), 80, 1, 187 };
		used[hash_bytes(key, sizeof key) % SLOTS]++;
	}
	for (int i = 0; i < SLOTS; i++)
		assert_in_range(used[i], 40, 180);
}

UNIT_TESTS(test_text)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_valid_utf8),
		cmocka_unit_test(knows_what_a_terminal_obeys),
		cmocka_unit_test(escapes_what_a_terminal_obeys),
		cmocka_unit_test(replaces_what_is_not_utf8_byte_by_byte),
		cmocka_unit_test(replaces_controls_when_not_escaping),
		cmocka_unit_test(cuts_at_a_whole_character),
		cmocka_unit_test(output_fits_four_bytes_per_byte),
		cmocka_unit_test(error_text_is_clean),
		cmocka_unit_test(hash_depends_on_every_byte_and_the_length),
		cmocka_unit_test(hash_spreads_addresses_over_slots),
	};
	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
