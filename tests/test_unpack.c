/* test_unpack.c - packed bytes: whole, cut, wrong, in several members, and too much of them. */
#include <string.h>

#include "dissect/unpack.h"
#include "support/unit_test.h"

#ifdef HAVE_ZLIB
#include <zlib.h>

enum { LIMIT = 1 << 20 };

/* gzip (31), zlib (15) or raw (-15) of `n` bytes of one letter. */
static uint32_t pack(uint8_t *out, uint32_t room, int window, char letter, uint32_t n)
{
	static uint8_t plain[LIMIT];
	z_stream z = { .next_in = plain, .avail_in = n, .next_out = out, .avail_out = room };

	memset(plain, letter, n);
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return room - z.avail_out;
}

static void unpacks_all_members(void **state)
{
	uint8_t packed[400];
	uint32_t n = pack(packed, sizeof packed, 31, 'a', 3);

	n += pack(packed + n, (uint32_t)sizeof packed - n, 31, 'b', 2);
	struct unpacked out = unpack(*state, PACKING_GZIP, packed, n, LIMIT);
	assert_int_equal(out.end, UNPACK_WHOLE);
	assert_int_equal(out.length, 5);
	assert_memory_equal(out.bytes, "aaabb", 5);
}

static void takes_deflate_with_and_without_header(void **state)
{
	for (int window = -15; window <= 15; window += 30) {
		uint8_t packed[200];
		uint32_t n = pack(packed, sizeof packed, window, 'x', 100);
		struct unpacked out = unpack(*state, PACKING_DEFLATE, packed, n, LIMIT);
		assert_int_equal(out.end, UNPACK_WHOLE);
		assert_int_equal(out.length, 100);
	}
}

static void stops_at_the_limit(void **state)
{
	uint8_t packed[4000];
	uint32_t n = pack(packed, sizeof packed, 31, 'x', LIMIT);
	struct unpacked out = unpack(*state, PACKING_GZIP, packed, n, 10000);

	assert_int_equal(out.end, UNPACK_LIMITED);
	assert_int_equal(out.length, 10000);
}

static void fills_the_limit_exactly(void **state)
{
	uint8_t packed[4000];
	uint32_t n = pack(packed, sizeof packed, 31, 'x', 10000);

	assert_int_equal(unpack(*state, PACKING_GZIP, packed, n, 10001).end, UNPACK_WHOLE);
	assert_int_equal(unpack(*state, PACKING_GZIP, packed, n, 9999).end, UNPACK_LIMITED);
}

static void gives_what_came_before_the_cut(void **state)
{
	uint8_t packed[4000];
	uint32_t n = pack(packed, sizeof packed, 31, 'x', 100000);
	struct unpacked out = unpack(*state, PACKING_GZIP, packed, n - 20, LIMIT);

	assert_int_equal(out.end, UNPACK_CUT);
	assert_in_range(out.length, 1, 100000);
}

static void tells_what_is_wrong(void **state)
{
	struct unpacked out =
		unpack(*state, PACKING_GZIP, (const uint8_t *)"no gzip at all", 14, LIMIT);

	assert_int_equal(out.end, UNPACK_BROKEN);
	assert_int_equal(out.length, 0);
}

/* --- deflate that goes on --- */

/* The next message of a sender that keeps its context, ended by a flush or by a last block. */
static uint32_t pack_more(z_stream *z, uint8_t *out, uint32_t room, const char *text, int flush)
{
	z->next_in = (Bytef *)(uintptr_t)text;
	z->avail_in = (uInt)strlen(text);
	z->next_out = out;
	z->avail_out = room;
	assert_true(deflate(z, flush) >= Z_OK);
	return room - z->avail_out;
}

static void goes_on_with_what_came_before(void **state)
{
	static const char text[] = "a text that is long enough to be referred to";
	uint8_t first[100], second[100];
	z_stream z = { 0 };

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
	uint32_t n = pack_more(&z, first, sizeof first, text, Z_SYNC_FLUSH);
	uint32_t m = pack_more(&z, second, sizeof second, text, Z_SYNC_FLUSH);
	deflateEnd(&z);
	assert_true(m < n / 2);
	struct inflation *inflation = inflation_begin();
	inflation_feed(inflation, *state, first, n, LIMIT);
	struct unpacked out = inflation_feed(inflation, *state, second, m, LIMIT);
	assert_int_equal(out.end, UNPACK_CUT);
	assert_int_equal(out.length, strlen(text));
	assert_memory_equal(out.bytes, text, out.length);
	inflation_end(inflation);
	/* Without it the second refers to nothing. */
	inflation = inflation_begin();
	assert_int_equal(inflation_feed(inflation, *state, second, m, LIMIT).end, UNPACK_BROKEN);
	assert_int_equal(inflation_feed(inflation, *state, first, n, LIMIT).end, UNPACK_BROKEN);
	inflation_end(inflation);
}

static void a_last_block_does_not_end_the_context(void **state)
{
	static const char text[] = "a text that is long enough to be referred to";
	uint8_t first[100], second[100];
	z_stream z = { 0 };

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
	uint32_t n = pack_more(&z, first, sizeof first, text, Z_FINISH);
	assert_int_equal(deflateReset(&z), Z_OK);
	assert_int_equal(deflateSetDictionary(&z, (const Bytef *)text, sizeof text - 1), Z_OK);
	uint32_t m = pack_more(&z, second, sizeof second, text, Z_SYNC_FLUSH);
	deflateEnd(&z);
	struct inflation *inflation = inflation_begin();
	inflation_feed(inflation, *state, first, n, LIMIT);
	struct unpacked out = inflation_feed(inflation, *state, second, m, LIMIT);
	assert_int_equal(out.length, strlen(text));
	assert_memory_equal(out.bytes, text, out.length);
	inflation_end(inflation);
}

static void what_goes_on_has_a_limit_too(void **state)
{
	uint8_t packed[4000];
	uint32_t n = pack(packed, sizeof packed, -15, 'x', LIMIT);
	struct inflation *inflation = inflation_begin();
	struct unpacked out = inflation_feed(inflation, *state, packed, n, 10000);

	assert_int_equal(out.end, UNPACK_LIMITED);
	assert_int_equal(out.length, 10000);
	assert_int_equal(inflation_feed(inflation, *state, packed, n, LIMIT).length, 0);
	inflation_end(inflation);
}

UNIT_TESTS(test_unpack)
{
	struct CMUnitTest tests[] = {
		cmocka_unit_test(unpacks_all_members),
		cmocka_unit_test(takes_deflate_with_and_without_header),
		cmocka_unit_test(stops_at_the_limit),
		cmocka_unit_test(fills_the_limit_exactly),
		cmocka_unit_test(gives_what_came_before_the_cut),
		cmocka_unit_test(tells_what_is_wrong),
		cmocka_unit_test(goes_on_with_what_came_before),
		cmocka_unit_test(a_last_block_does_not_end_the_context),
		cmocka_unit_test(what_goes_on_has_a_limit_too),
	};
	struct arena arena = { 0 };
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tests[i].initial_state = &arena;
	int failed = cmocka_run_group_tests_name("unpack", tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}

#else

#include <stdio.h>

UNIT_TESTS(test_unpack)
{
	puts("1..0 # SKIP built without zlib");
	return 0;
}

#endif
