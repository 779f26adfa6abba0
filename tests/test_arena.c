/* test_arena.c - memory freed all at once: alignment, reuse, growth. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "support/unit_test.h"

static void gives_aligned_memory_that_does_not_overlap(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	unsigned char *last = arena_alloc(&arena, 1);

	for (size_t n = 1; n < 3000; n += 7) {
		unsigned char *got = arena_alloc(&arena, n);

		assert_int_equal((uintptr_t)got % 16, 0);
		assert_true(got != last);
		memset(got, (int)(n & 0xff), n);
		last = got;
	}
	arena_free(&arena);
	assert_int_equal(arena_size(&arena), 0);
}

static void keeps_what_was_written_across_blocks(void **state)
{
	(void)state;
	enum { COUNT = 500, SIZE = 1000 };
	struct arena arena = { 0 };
	unsigned char *got[COUNT];

	for (int i = 0; i < COUNT; i++) {
		got[i] = arena_alloc(&arena, SIZE);
		memset(got[i], i & 0xff, SIZE);
	}
	for (int i = 0; i < COUNT; i++) {
		assert_int_equal(got[i][0], i & 0xff);
		assert_int_equal(got[i][SIZE - 1], i & 0xff);
	}
	arena_free(&arena);
}

static void gives_large_memory_whatever_is_expected_of_it(void **state)
{
	(void)state;
	enum { PAGE = 1 << 21, SIZE = 3 * PAGE - 5 };
	static const uint64_t expected[] = { 0, 1, PAGE, 2 * PAGE + 1, SIZE, UINT64_MAX };

	for (unsigned i = 0; i < sizeof expected / sizeof expected[0]; i++) {
		uint8_t *got = huge_alloc(SIZE, expected[i]);
		assert_int_equal((uintptr_t)got % PAGE, 0);
		for (uint32_t at = 0; at < SIZE; at += 4096) {
			assert_int_equal(got[at], 0);
			got[at] = 1;
		}
		huge_free(got, SIZE);
	}
}

static void reaches_rows_that_are_zeros(void **state)
{
	(void)state;
	uint32_t room = 0;
	uint64_t *rows = must_reach(NULL, &room, 3, sizeof *rows);

	assert_true(room > 3);
	for (uint32_t i = 0; i < room; i++) {
		assert_int_equal(rows[i], 0);
		rows[i] = i + 1;
	}
	uint32_t had = room;
	rows = must_reach(rows, &room, had * 5, sizeof *rows);
	assert_true(room > had * 5);
	for (uint32_t i = 0; i < room; i++)
		assert_int_equal(rows[i], i < had ? i + 1 : 0);
	free(rows);
}

static void fill(struct arena *arena)
{
	for (size_t n = 1; n < 200000; n *= 3)
		memset(arena_alloc(arena, n), 1, n);
}

static void allocates_nothing_more_once_warm(void **state)
{
	(void)state;
	struct arena arena = { 0 };

	fill(&arena);
	size_t warm = arena_size(&arena);
	for (int i = 0; i < 100; i++) {
		arena_reset(&arena);
		fill(&arena);
	}
	assert_int_equal(arena_size(&arena), warm);
	arena_free(&arena);
}

static void requests_that_grow_do_not_add_a_block_each(void **state)
{
	(void)state;
	struct arena arena = { 0 };

	for (size_t n = 100000; n < 101000; n++) {
		arena_reset(&arena);
		arena_alloc(&arena, n);
	}
	assert_true(arena_size(&arena) < 1000000);
	arena_free(&arena);
}

static void clears_when_asked(void **state)
{
	(void)state;
	struct arena arena = { 0 };

	memset(arena_alloc(&arena, 64), 0xff, 64);
	arena_reset(&arena);
	const unsigned char *zero = arena_zeroed(&arena, 64);
	for (int i = 0; i < 64; i++)
		assert_int_equal(zero[i], 0);
	arena_free(&arena);
}

static void prints_short_and_long_text(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	char *text = arena_text(&arena, "abcdef", 3);
	char *shorter = arena_printf(&arena, "%d-%s", 12, "x");
	char *longer = arena_printf(&arena, "%0*d", 1000, 7);

	assert_string_equal(text, "abc");
	assert_string_equal(shorter, "12-x");
	assert_int_equal(strlen(longer), 1000);
	assert_int_equal(longer[999], '7');
	assert_string_equal(arena_text(&arena, NULL, 0), "");
	arena_free(&arena);
}

static void must_functions_give_usable_memory(void **state)
{
	(void)state;
	char *copy = must_copy("some text");
	int *numbers = must_zeroed(4, sizeof *numbers);

	assert_string_equal(copy, "some text");
	assert_int_equal(numbers[3], 0);
	numbers[3] = 9;
	numbers = must_resize(numbers, 1000, sizeof *numbers);
	assert_int_equal(numbers[3], 9);
	free(numbers);
	free(copy);
	free(must_alloc(0));
}

static void rows_grow_by_twice_their_room(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	uint32_t *kept = NULL, *own = NULL, kept_room = 0, own_room = 0;

	for (uint32_t n = 0; n < 100; n++) {
		if (n == kept_room)
			kept = arena_grow(&arena, kept, &kept_room, 3, sizeof *kept);
		if (n == own_room)
			own = must_grow(own, &own_room, 4, sizeof *own);
		kept[n] = own[n] = n;
	}
	assert_int_equal(kept_room, 192);
	assert_int_equal(own_room, 128);
	for (uint32_t n = 0; n < 100; n++)
		assert_true(kept[n] == n && own[n] == n);
	free(own);
	arena_free(&arena);
}

UNIT_TESTS(test_arena)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_aligned_memory_that_does_not_overlap),
		cmocka_unit_test(keeps_what_was_written_across_blocks),
		cmocka_unit_test(gives_large_memory_whatever_is_expected_of_it),
		cmocka_unit_test(reaches_rows_that_are_zeros),
		cmocka_unit_test(allocates_nothing_more_once_warm),
		cmocka_unit_test(requests_that_grow_do_not_add_a_block_each),
		cmocka_unit_test(clears_when_asked),
		cmocka_unit_test(prints_short_and_long_text),
		cmocka_unit_test(must_functions_give_usable_memory),
		cmocka_unit_test(rows_grow_by_twice_their_room),
	};
	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
