/* test_time_range.c - how long a range is, however far apart its ends are. */
#include "session/time_range.h"
#include "support/unit_test.h"

static void spans_what_lies_between(void **state)
{
	(void)state;
	struct time_range none = { 0 };
	struct time_range second = { .known = true, .earliest = 500, .latest = 1000000500 };

	assert_int_equal(time_range_span(&none), 0);
	assert_int_equal(time_range_span(&second), 1000000000);
}

static void ends_at_what_64_bits_can_say(void **state)
{
	(void)state;
	struct time_range all = { .known = true, .earliest = INT64_MIN, .latest = INT64_MAX };

	assert_true(time_range_span(&all) == INT64_MAX);
}

UNIT_TESTS(test_time_range)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_what_lies_between),
		cmocka_unit_test(ends_at_what_64_bits_can_say),
	};
	return cmocka_run_group_tests_name("time_range", tests, NULL, NULL);
}
