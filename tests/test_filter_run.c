/* test_filter_run.c - a filter over many packets: what threads find together, while packets come.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "session/filter_run.h"
#include "support/build_capture.h"
#include "support/unit_test.h"

enum { PACKETS = 50000, PATIENCE_MS = 20000 };

/* UDP datagrams from ports 1, 2, 3, ..., every fifth an ARP request. */
static struct session *many_packets(void)
{
	static const uint8_t datagram[] = {
		2, 0,  0,  0, 0, 2,   2, 0, 0, 0,   0, 1, 8, 0, 0x45, 0, 0, 28, 0, 1, 0,
		0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, 0, 0,    0, 9, 0,	8, 0, 0,
	};
	static const uint8_t request[] = { 255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 1, 8, 6 };
	struct built_capture capture;
	struct error error;
	uint8_t packet[sizeof datagram];

	capture_begin(&capture, 1);
	for (uint32_t n = 1; n <= PACKETS; n++) {
		memcpy(packet, datagram, sizeof packet);
		packet[34] = (uint8_t)(n >> 8);
		packet[35] = (uint8_t)n;
		if (n % 5 == 0)
			capture_add(&capture, request, sizeof request, sizeof request);
		else
			capture_add(&capture, packet, sizeof packet, sizeof packet);
	}
	struct session *session = scan_bytes(capture.bytes, capture.length, &error);
	assert_non_null(session);
	assert_int_equal(session_packet_count(session), PACKETS);
	capture_free(&capture);
	return session;
}

static struct session *session;

static int set_up(void **state)
{
	(void)state;
	session = many_packets();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	session_free(session);
	return 0;
}

static struct filter *compiled(const char *text)
{
	struct filter_error error;
	struct filter *filter = filter_compile(text, NULL, &error);

	if (!filter)
		fail_msg("%s: %s", text, error.message);
	return filter;
}

static struct filter_run *started(const struct filter *filter, unsigned threads)
{
	struct filter_run_options options = { .threads = threads, .interval_ms = 1 };
	struct filter_run *run = filter_run_start(session, filter, &options);

	assert_non_null(run);
	return run;
}

/* Waits for news until so many packets are decided. */
static struct filter_progress wait_for(struct filter_run *run, uint32_t tested)
{
	struct filter_progress progress = filter_run_poll(run);

	while (progress.tested < tested) {
		struct pollfd news = { filter_run_news(run), POLLIN, 0 };
		if (poll(&news, 1, PATIENCE_MS) != 1)
			fail_msg("no news at %u", progress.tested);
		struct filter_progress next = filter_run_poll(run);
		assert_true(next.tested >= progress.tested && next.passed >= progress.passed);
		progress = next;
	}
	return progress;
}

static bool should_pass(uint32_t n)
{
	return n % 5 && (n & 0xffff) > 20000 && n % 3 == 0;
}

static const char wanted[] = "udp.srcport > 20000 and udp.srcport % 3 == 0";

static void finds_what_passes_on_any_number_of_threads(void **state)
{
	struct filter *filter = compiled("udp.srcport > 20000 and not frame.number % 3 > 0");

	(void)state;
	for (unsigned threads = 1; threads <= 4; threads++) {
		struct filter_run *run = started(filter, threads);
		uint32_t passed = 0;
		filter_run_feed(run, PACKETS, true);
		struct filter_progress progress = wait_for(run, PACKETS);
		for (uint32_t n = 1; n <= PACKETS; n++) {
			assert_int_equal(filter_run_passes(run, n), should_pass(n));
			passed += should_pass(n);
		}
		assert_int_equal(progress.passed, passed);
		assert_true(progress.done);
		filter_run_free(run);
	}
	filter_free(filter);
}

static void numbers_the_rows_that_pass(void **state)
{
	struct filter *filter = compiled("udp.srcport > 20000 and not frame.number % 3 > 0");
	struct filter_run *run = started(filter, 2);
	uint32_t row = 0, last = 0;

	(void)state;
	filter_run_feed(run, PACKETS, true);
	wait_for(run, PACKETS);
	for (uint32_t n = 1; n <= PACKETS; n++) {
		assert_int_equal(filter_run_row(run, n), row);
		if (!should_pass(n))
			continue;
		assert_int_equal(filter_run_packet(run, row), n);
		assert_int_equal(filter_run_next(run, last), n);
		last = n;
		row++;
	}
	assert_int_equal(filter_run_packet(run, row), 0);
	assert_int_equal(filter_run_next(run, last), 0);
	filter_run_free(run);
	filter_free(filter);
}

static void goes_on_when_more_packets_are_there(void **state)
{
	static const uint32_t pieces[] = { 1, 63, 64, 100, 16383, 16384, 16385, 40000, PACKETS };
	struct filter *filter = compiled("arp");
	struct filter_run *run = started(filter, 2);

	(void)state;
	assert_int_equal(filter_run_poll(run).tested, 0);
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		filter_run_feed(run, pieces[i], false);
		struct filter_progress progress = wait_for(run, pieces[i]);
		assert_int_equal(progress.tested, pieces[i]);
		assert_int_equal(progress.passed, pieces[i] / 5);
		assert_false(progress.done);
	}
	filter_run_feed(run, PACKETS, true);
	assert_true(filter_run_poll(run).done);
	filter_run_free(run);
	filter_free(filter);
}

static void keeps_what_it_knew_when_it_is_stopped(void **state)
{
	struct filter *filter = compiled("udp.srcport > 20000 or frame matches \"(a+)+bb\"");
	struct filter_run *run = started(filter, 2);

	(void)state;
	filter_run_feed(run, PACKETS, true);
	wait_for(run, 64);
	filter_run_stop(run);
	struct filter_progress progress = filter_run_poll(run);
	assert_true(progress.tested >= 64);
	for (uint32_t n = 1; n <= progress.tested; n++)
		assert_int_equal(filter_run_passes(run, n), n % 5 && n > 20000);
	filter_run_free(run);
	filter_free(filter);
}

static void goes_on_from_where_it_was_stopped(void **state)
{
	struct filter *filter = compiled("udp.srcport > 20000 or frame matches \"(a+)+bb\"");
	struct filter_run *run = started(filter, 2);

	(void)state;
	filter_run_feed(run, PACKETS, false);
	wait_for(run, 64);
	for (unsigned i = 0; i < 3; i++) {
		filter_run_stop(run);
		assert_true(filter_run_go_on(run));
		assert_true(filter_run_go_on(run));
	}
	wait_for(run, PACKETS);
	for (uint32_t n = 1; n <= PACKETS; n++)
		assert_int_equal(filter_run_passes(run, n), n % 5 && n > 20000);
	filter_run_free(run);
	filter_free(filter);
}

static void ends_before_it_has_begun(void **state)
{
	struct filter *filter = compiled(wanted);

	(void)state;
	filter_run_free(started(filter, 3));
	struct filter_run *run = started(filter, 1);
	filter_run_feed(run, 0, true);
	assert_true(filter_run_poll(run).done);
	assert_int_equal(filter_run_next(run, 0), 0);
	filter_run_free(run);
	filter_run_free(NULL);
	filter_free(filter);
}

/* MPLS in UDP (RFC 7510), and in it IPv6 from ::1, ::2, ::3 whose payload has no ports. */
static struct session *tunnelled_packets(void)
{
	static const char hex[] = "020000000002 020000000001 0800"
				  "45000049 00010000 40110000 c0000201 c0000202 9c4019eb 00350000"
				  "00064140"
				  "60000000 0005fd40 00000000000000000000000000000000"
				  "00000000000000000000000000000099 68656c6c6f";
	enum { LAST_OF_SOURCE = 14 + 20 + 8 + 4 + 8 + 15 };
	struct built_capture capture;
	struct error error;
	uint8_t packet[sizeof hex];
	uint32_t n = bytes_of(hex, packet);

	capture_begin(&capture, 1);
	for (uint8_t i = 1; i <= 3; i++) {
		packet[LAST_OF_SOURCE] = i;
		capture_add(&capture, packet, n, n);
	}
	struct session *made = scan_bytes(capture.bytes, capture.length, &error);
	assert_non_null(made);
	capture_free(&capture);
	return made;
}

static void takes_no_tunnels_ends_for_those_inside(void **state)
{
	struct session *tunnel = tunnelled_packets();
	struct filter *filter = compiled("ipv6.src == ::2");
	struct filter_run_options options = { .threads = 1, .interval_ms = 1 };
	struct filter_run *run = filter_run_start(tunnel, filter, &options);

	(void)state;
	assert_non_null(run);
	filter_run_feed(run, 3, true);
	wait_for(run, 3);
	for (uint32_t n = 1; n <= 3; n++)
		assert_int_equal(filter_run_passes(run, n), n == 2);
	filter_run_free(run);
	filter_free(filter);
	session_free(tunnel);
}

UNIT_TESTS(test_filter_run)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_passes_on_any_number_of_threads),
		cmocka_unit_test(numbers_the_rows_that_pass),
		cmocka_unit_test(goes_on_when_more_packets_are_there),
		cmocka_unit_test(keeps_what_it_knew_when_it_is_stopped),
		cmocka_unit_test(goes_on_from_where_it_was_stopped),
		cmocka_unit_test(ends_before_it_has_begun),
		cmocka_unit_test(takes_no_tunnels_ends_for_those_inside),
	};
	return cmocka_run_group_tests_name("filter run", tests, set_up, tear_down);
}
