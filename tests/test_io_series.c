/* test_io_series.c - intervals of time: where packets fall, what is made of a field's values. */
#include <stdlib.h>

#include "dissect/registry.h"
#include "session/io_series.h"
#include "support/segments.h"
#include "support/unit_test.h"

enum { MS = 1000000 };

/* Five datagrams at 0, 1, 2, 12 and 33 ms, of 1 to 5 bytes. */
static int begin(void **state)
{
	(void)state;
	segments_begin();
	datagram(true, "1");
	datagram(true, "22");
	datagram(false, "333");
	segments_wait(9000);
	datagram(true, "4444");
	segments_wait(20000);
	datagram(true, "55555");
	return 0;
}

static int end(void **state)
{
	(void)state;
	segments_end();
	return 0;
}

static struct io_series *counted(int64_t interval_ns, enum io_kind kind, const char *field)
{
	struct io_series *series = io_series_new(interval_ns, kind, field ? tally_field(field) : 0);
	struct session *session = segments_session();
	struct tally *tally = tally_new(session);

	io_series_join(series, tally, NULL);
	while (tally_step(tally, 2, session_packet_count(session)))
		;
	tally_free(tally);
	return series;
}

static void packets_fall_into_the_interval_of_their_time(void **state)
{
	(void)state;
	struct io_series *series = counted(10 * MS, IO_FRAMES_AND_BYTES, NULL);
	static const unsigned frames[] = { 3, 1, 0, 1 };

	assert_int_equal(io_series_count(series), 4);
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(io_series_cell(series, i).frames, frames[i]);
	assert_int_equal(io_series_cell(series, 0).bytes, 3 * 28 + 1 + 2 + 3);
	assert_int_equal(io_series_cell(series, 2).bytes, 0);
	assert_int_equal(io_series_cell(series, 99).frames, 0);
	assert_false(io_series_is_cut(series));
	io_series_free(series);
}

static void without_an_interval_all_is_one(void **state)
{
	(void)state;
	struct io_series *series = counted(0, IO_FRAMES_AND_BYTES, NULL);

	assert_int_equal(io_series_count(series), 1);
	assert_int_equal(io_series_cell(series, 0).frames, 5);
	io_series_free(series);
}

static void values_have_sums_and_bounds(void **state)
{
	(void)state;
	struct io_series *series = counted(10 * MS, IO_SUM, "udp.length");
	struct io_cell cell = io_series_cell(series, 0);

	assert_int_equal(cell.values, 3);
	assert_int_equal(cell.sum.whole, 3 * 8 + 1 + 2 + 3);
	assert_int_equal(cell.least.whole, 9);
	assert_int_equal(cell.largest.whole, 11);
	assert_int_equal(io_series_cell(series, 2).values, 0);
	assert_false(io_series_is_time(series));
	io_series_free(series);
}

/* A packet without the field has no value, but is a frame. */
static void a_packet_without_the_field_has_no_value(void **state)
{
	(void)state;
	segment(true, 1, 0, SYN, "");
	struct io_series *series = counted(0, IO_COUNT, "udp.length");

	assert_int_equal(io_series_cell(series, 0).values, 5);
	io_series_free(series);
}

/* A gap of 21 ms before the packet at 33: it fills the interval before, and parts of two. */
static void load_is_spread_over_the_time_it_took(void **state)
{
	(void)state;
	struct io_series *series = counted(10 * MS, IO_LOAD, "frame.time_delta");

	assert_true(io_series_is_time(series));
	int64_t *load = io_series_load(series);
	assert_int_equal(load[2], 10 * MS);
	assert_int_equal(load[3], 3 * MS);
	assert_int_equal(load[0] + load[1], 20 * MS);
	free(load);
	io_series_free(series);
}

static void intervals_have_a_limit(void **state)
{
	(void)state;
	segments_wait(10000000);
	datagram(true, "late");
	struct io_series *series = counted(1000, IO_FRAMES, NULL);

	assert_int_equal(io_series_count(series), 33001);
	assert_true(io_series_is_cut(series));
	io_series_free(series);
}

UNIT_TESTS(test_io_series)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(packets_fall_into_the_interval_of_their_time, begin,
						end),
		cmocka_unit_test_setup_teardown(without_an_interval_all_is_one, begin, end),
		cmocka_unit_test_setup_teardown(values_have_sums_and_bounds, begin, end),
		cmocka_unit_test_setup_teardown(a_packet_without_the_field_has_no_value, begin,
						end),
		cmocka_unit_test_setup_teardown(load_is_spread_over_the_time_it_took, begin, end),
		cmocka_unit_test_setup_teardown(intervals_have_a_limit, begin, end),
	};
	registry_build();
	return cmocka_run_group_tests_name("io_series", tests, NULL, NULL);
}
