/* test_traffic.c - who talked to whom: directions, ends, filters, what has no conversation. */
#include <stdlib.h>
#include <string.h>

#include "filter/filter.h"
#include "dissect/registry.h"
#include "session/traffic.h"
#include "support/segments.h"
#include "support/unit_test.h"

static int begin(void **state)
{
	(void)state;
	segments_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	segments_end();
	return 0;
}

/* Counts all that was said; to be freed. */
static struct traffic *counted(enum traffic_layer layer, const struct filter *filter)
{
	struct traffic *traffic = traffic_new(layer);

	traffic_keep_times(traffic);
	struct session *session = segments_session();
	struct tally *tally = tally_new(session);

	tally_add(tally, &traffic_counter, traffic, filter);
	while (tally_step(tally, 1, session_packet_count(session)))
		;
	tally_free(tally);
	return traffic;
}

static void each_direction_counts_by_itself(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment(true, 1001, 5001, PUSH | ACK, "request");
	struct traffic *traffic = counted(TRAFFIC_TCP, NULL);

	assert_int_equal(traffic_count(traffic), 1);
	const struct traffic_row *row = traffic_row(traffic, 0);
	assert_int_equal(row->a.port, 40000);
	assert_int_equal(row->b.port, 9999);
	assert_int_equal(row->frames[0], 3);
	assert_int_equal(row->frames[1], 1);
	assert_int_equal(row->bytes[0] - 2 * row->bytes[1], 40 + 7);
	assert_int_equal(row->first_ns, 0);
	assert_int_equal(row->last_ns, 3000000);
	traffic_free(traffic);
}

static void who_sends_first_comes_first(void **state)
{
	(void)state;
	datagram(false, "from the server");
	datagram(true, "answer");
	struct traffic *traffic = counted(TRAFFIC_UDP, NULL);

	assert_int_equal(traffic_count(traffic), 1);
	assert_int_equal(traffic_row(traffic, 0)->a.port, 9999);
	assert_int_equal(traffic_row(traffic, 0)->frames[0], 1);
	assert_int_equal(traffic_row(traffic, 0)->frames[1], 1);
	traffic_free(traffic);
}

/* Two connections between the same hosts, and a datagram. */
static void a_layer_puts_together_what_is_below_its_ports(void **state)
{
	(void)state;
	segments_handshake(1000);
	segments_client_port(40001);
	segments_handshake(3000);
	datagram(true, "x");
	struct traffic *tcp = counted(TRAFFIC_TCP, NULL), *udp = counted(TRAFFIC_UDP, NULL);
	struct traffic *ip = counted(TRAFFIC_IP, NULL), *six = counted(TRAFFIC_IPV6, NULL);

	assert_int_equal(traffic_count(tcp), 2);
	assert_int_equal(traffic_count(udp), 1);
	assert_int_equal(traffic_count(ip), 1);
	assert_int_equal(traffic_row(ip, 0)->frames[0] + traffic_row(ip, 0)->frames[1], 7);
	assert_int_equal(traffic_count(six), 0);
	traffic_free(tcp);
	traffic_free(udp);
	traffic_free(ip);
	traffic_free(six);
}

static void ends_are_told_once_with_what_they_sent_and_got(void **state)
{
	(void)state;
	segments_handshake(1000);
	segments_client_port(40001);
	segments_handshake(3000);
	struct traffic *traffic = counted(TRAFFIC_TCP, NULL);
	uint32_t count;
	struct traffic_row *ends = traffic_ends(traffic, &count);

	assert_int_equal(count, 3);
	assert_int_equal(ends[0].a.port, 40000);
	assert_int_equal(ends[1].a.port, 9999);
	assert_int_equal(ends[1].frames[0], 2);
	assert_int_equal(ends[1].frames[1], 4);
	traffic_sort(ends, count);
	assert_int_equal(ends[0].a.port, 9999);
	assert_int_equal(ends[1].a.port, 40000);
	free(ends);
	traffic_free(traffic);
}

/* A packet a millisecond: intervals grow from 1 to 4 ms while they are counted. */
static void intervals_of_time_add_up_to_all_packets(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 100; i++)
		datagram(i % 2, "x");
	struct traffic *traffic = counted(TRAFFIC_UDP, NULL);
	int64_t interval;
	const uint32_t *times = traffic_times(traffic, 0, &interval);

	assert_int_equal(interval, 4000000);
	for (unsigned i = 0; i < TRAFFIC_TIMES; i++)
		assert_int_equal(times[i], i < 25 ? 4 : 0);
	traffic_free(traffic);
}

static void a_filter_leaves_packets_out(void **state)
{
	(void)state;
	struct filter_error error;
	struct filter *filter = filter_compile("tcp.len > 0", NULL, &error);

	assert_non_null(filter);
	segments_handshake(1000);
	segment(true, 1001, 5001, PUSH | ACK, "request");
	struct traffic *traffic = counted(TRAFFIC_TCP, filter);
	assert_int_equal(traffic_count(traffic), 1);
	assert_int_equal(traffic_row(traffic, 0)->frames[0], 1);
	assert_int_equal(traffic_row(traffic, 0)->frames[1], 0);
	traffic_free(traffic);
	filter_free(filter);
}

UNIT_TESTS(test_traffic)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_direction_counts_by_itself, begin, end),
		cmocka_unit_test_setup_teardown(who_sends_first_comes_first, begin, end),
		cmocka_unit_test_setup_teardown(a_layer_puts_together_what_is_below_its_ports,
						begin, end),
		cmocka_unit_test_setup_teardown(ends_are_told_once_with_what_they_sent_and_got,
						begin, end),
		cmocka_unit_test_setup_teardown(intervals_of_time_add_up_to_all_packets, begin,
						end),
		cmocka_unit_test_setup_teardown(a_filter_leaves_packets_out, begin, end),
	};
	registry_build();
	return cmocka_run_group_tests_name("traffic", tests, NULL, NULL);
}
