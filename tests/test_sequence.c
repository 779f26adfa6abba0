/* test_sequence.c - numbers are compared the short way around. */
#include "base/sequence.h"
#include "support/unit_test.h"

static void the_short_way_counts(void **state)
{
	(void)state;
	assert_int_equal(sequence_distance(10, 15), 5);
	assert_int_equal(sequence_distance(15, 10), -5);
	assert_int_equal(sequence_distance(0xfffffffe, 3), 5);
	assert_int_equal(sequence_distance(3, 0xfffffffe), -5);
}

static void nothing_is_before_itself(void **state)
{
	(void)state;
	assert_true(sequence_before(0xffffffff, 0));
	assert_false(sequence_before(0, 0xffffffff));
	assert_false(sequence_before(7, 7));
	assert_true(sequence_before(1, 0x80000000));
	assert_false(sequence_before(1, 0x80000002));
}

UNIT_TESTS(test_sequence)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_short_way_counts),
		cmocka_unit_test(nothing_is_before_itself),
	};
	return cmocka_run_group_tests_name("sequence", tests, NULL, NULL);
}
