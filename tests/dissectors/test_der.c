/* test_der.c - numbers of ASN.1, of every length. */
#include "../../dissectors/der.h"
#include "support/unit_test.h"

static struct der of(const char *bytes, uint32_t length)
{
	return (struct der){ DER_INTEGER, (const uint8_t *)bytes, 0, length, { 0 } };
}

static void numbers_have_their_sign(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		uint32_t length;
		int64_t with_sign;
		uint64_t without;
	} numbers[] = {
		{ "", 0, 0, 0 },
		{ "\x7f", 1, 127, 127 },
		{ "\x80", 1, -128, 128 },
		{ "\xff\xfe", 2, -2, 65534 },
		{ "\x7f\xff\xff\xff\xff\xff\xff\xff", 8, INT64_MAX, INT64_MAX },
		{ "\x80\x00\x00\x00\x00\x00\x00\x00", 8, INT64_MIN, 1ull << 63 },
		{ "\x00\xff\xff\xff\xff\xff\xff\xff\xff", 9, -1, UINT64_MAX },
		/* Longer than any number that is shown: the tenth byte does not count. */
		{ "\x00\x00\x00\x00\x00\x00\x00\x01\x02\x03", 10, 0x102, 0x102 },
	};

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct der der = of(numbers[i].bytes, numbers[i].length);

		assert_true(der_signed(&der) == numbers[i].with_sign);
		assert_true(der_unsigned(&der) == numbers[i].without);
	}
}

UNIT_TESTS(test_der)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_have_their_sign),
	};
	return cmocka_run_group_tests_name("der", tests, NULL, NULL);
}
