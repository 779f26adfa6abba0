/* test_cursor.c - bounds: what fits, what was cut off, what was never there. */
#include "dissect/cursor.h"
#include "support/unit_test.h"

static const uint8_t bytes[] = { 0x12, 0x34, 0x56, 0x78 };

/* Four bytes held, of `reported` that were sent. */
static struct cursor cursor_on(uint8_t *fault, uint32_t reported)
{
	*fault = FAULT_NONE;
	return (struct cursor){ .data = bytes, .fault = fault, .captured = 4, .reported = reported };
}

static void reads_big_endian(void **state)
{
	(void)state;
	uint8_t fault;
	struct cursor c = cursor_on(&fault, 4);

	assert_int_equal(cursor_u16(&c), 0x1234);
	assert_int_equal(cursor_u8(&c), 0x56);
	assert_int_equal(cursor_left(&c), 1);
}

static void read_past_end_is_malformed_and_sticks(void **state)
{
	(void)state;
	uint8_t fault;
	struct cursor c = cursor_on(&fault, 4);

	cursor_skip(&c, 2);
	assert_int_equal(cursor_u32(&c), 0);
	assert_int_equal(fault, FAULT_MALFORMED);
	assert_int_equal(cursor_u8(&c), 0);     /* would fit, but the layer has failed */
	assert_int_equal(cursor_left(&c), 0);
}

static void read_past_snaplen_is_cut_short(void **state)
{
	(void)state;
	uint8_t fault;
	struct cursor c = cursor_on(&fault, 100);

	cursor_skip(&c, 5);
	assert_int_equal(fault, FAULT_CUT_SHORT);
}

static void loop_notices_that_the_capture_was_cut(void **state)
{
	(void)state;
	uint8_t fault;
	struct cursor c = cursor_on(&fault, 6);
	unsigned rounds = 0;

	while (cursor_more(&c)) {
		cursor_u16(&c);
		rounds++;
	}
	assert_int_equal(rounds, 3);            /* two that fit, one that did not */
	assert_int_equal(fault, FAULT_CUT_SHORT);
}

static void split_is_clamped_and_shares_the_fault(void **state)
{
	(void)state;
	uint8_t fault;
	struct cursor c = cursor_on(&fault, 4);
	struct cursor option = cursor_split(&c, UINT32_MAX);

	assert_int_equal(cursor_left(&option), 4);
	assert_int_equal(cursor_left(&c), 0);
	cursor_skip(&option, 5);
	assert_false(cursor_ok(&c));
}

UNIT_TESTS(test_cursor)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_big_endian),
		cmocka_unit_test(read_past_end_is_malformed_and_sticks),
		cmocka_unit_test(read_past_snaplen_is_cut_short),
		cmocka_unit_test(loop_notices_that_the_capture_was_cut),
		cmocka_unit_test(split_is_clamped_and_shares_the_fault),
	};
	return cmocka_run_group_tests_name("cursor", tests, NULL, NULL);
}
