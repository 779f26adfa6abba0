/* test_tally.c - one pass for all counters: who is shown which packet, taken apart or not. */
#include <string.h>

#include "filter/filter.h"
#include "dissect/registry.h"
#include "session/count_trees.h"
#include "session/session.h"
#include "session/tally.h"
#include "support/build_capture.h"
#include "support/segments.h"
#include "support/unit_test.h"

/* What one counter was shown. */
struct seen {
	uint32_t packets, taken_apart, last;
	int64_t last_ns;
	bool looks; /* it wants to */
	uint16_t field, other;
	bool had_field, had_other;
};

static bool must_look(void *state, const struct tally_packet *packet)
{
	(void)packet;
	return ((struct seen *)state)->looks;
}

static void count(void *state, const struct tally_packet *packet)
{
	struct seen *seen = state;

	seen->packets++;
	seen->last = packet->number;
	seen->last_ns = packet->since_ns;
	if (!packet->d)
		return;
	seen->taken_apart++;
	seen->had_field |= tally_node(packet->d, seen->field) != NULL;
	seen->had_other |= tally_node(packet->d, seen->other) != NULL;
}

static const char *const fields[] = { "tcp.len", NULL };
static const struct counter counter = { must_look, count, .fields = fields };
static const struct counter index_counter = { NULL, count };

static int begin(void **state)
{
	(void)state;
	segments_begin();
	segments_handshake(1000);
	segment(true, 1001, 5001, PUSH | ACK, "request");
	datagram(true, "x");
	return 0;
}

static int end(void **state)
{
	(void)state;
	segments_end();
	return 0;
}

static struct filter *filter_of(const char *text)
{
	struct filter_error error;
	struct filter *filter = filter_compile(text, NULL, &error);

	assert_non_null(filter);
	return filter;
}

static void pass(struct tally *tally)
{
	while (tally_step(tally, 2, 5))
		;
}

static void packets_come_in_order_with_their_time(void **state)
{
	(void)state;
	struct seen seen = { 0 };
	struct tally *tally = tally_new(segments_session());

	tally_add(tally, &index_counter, &seen, NULL);
	assert_true(tally_step(tally, 3, 5));
	assert_int_equal(tally_done(tally), 3);
	assert_int_equal(seen.last, 3);
	pass(tally);
	assert_int_equal(seen.packets, 5);
	assert_int_equal(seen.last_ns, 4000000);
	assert_false(tally_step(tally, 10, 5));
	assert_false(tally_is_damaged(tally));
	tally_free(tally);
}

static void only_who_must_look_is_shown_a_dissection(void **state)
{
	(void)state;
	struct seen looks = { .looks = true }, walks = { 0 }, reads_index = { 0 };
	struct tally *tally = tally_new(segments_session());

	tally_add(tally, &counter, &looks, NULL);
	tally_add(tally, &counter, &walks, NULL);
	tally_add(tally, &index_counter, &reads_index, NULL);
	pass(tally);
	assert_int_equal(looks.packets, 5);
	assert_int_equal(looks.taken_apart, 5);
	assert_int_equal(walks.packets, 5);
	assert_int_equal(walks.taken_apart, 0);
	assert_int_equal(reads_index.taken_apart, 0);
	tally_free(tally);
}

static void only_wanted_fields_are_there(void **state)
{
	(void)state;
	struct seen seen = { .looks = true,
			     .field = tally_field("tcp.len"),
			     .other = tally_field("tcp.srcport") };
	struct tally *tally = tally_new(segments_session());

	tally_add(tally, &counter, &seen, NULL);
	pass(tally);
	assert_true(seen.had_field);
	assert_false(seen.had_other);
	tally_free(tally);
}

/* Each has its own; one that protocols decide needs no look. */
static void filters_say_what_counts(void **state)
{
	(void)state;
	struct seen long_ones = { 0 }, datagrams = { 0 };
	struct filter *one = filter_of("tcp.len > 0"), *two = filter_of("udp");
	struct tally *tally = tally_new(segments_session());

	tally_add(tally, &index_counter, &long_ones, one);
	tally_add(tally, &index_counter, &datagrams, two);
	pass(tally);
	assert_int_equal(long_ones.packets, 1);
	assert_int_equal(long_ones.last, 4);
	assert_int_equal(datagrams.packets, 1);
	assert_int_equal(datagrams.last, 5);
	tally_free(tally);
	filter_free(one);
	filter_free(two);
}

static void what_later_packets_tell_is_asked_for(void **state)
{
	(void)state;
	struct seen seen = { 0 };
	struct filter *now = filter_of("tcp.len > 0"), *later = filter_of("dns.response_in");
	struct tally *tally = tally_new(segments_session());

	tally_add(tally, &index_counter, &seen, now);
	assert_false(tally_needs_later(tally));
	tally_add(tally, &index_counter, &seen, later);
	assert_true(tally_needs_later(tally));
	tally_free(tally);
	filter_free(now);
	filter_free(later);
}

/* GRE with a frame of Ethernet in it, which carries ARP. */
static void a_tunnelled_frame_without_ip_counts_for_the_tunnels_ends(void **state)
{
	(void)state;
	struct built_capture capture;
	struct error error;
	uint8_t packet[200];
	uint32_t n = bytes_of("45000042 00000000 402f 0000 c0000201 c6336402 00006558"
			      "ffffffffffff 020000000001 0806"
			      "0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002",
			      packet);

	capture_begin(&capture, 101);
	capture_add(&capture, packet, n, n);
	struct session *session = scan_bytes(capture.bytes, capture.length, &error);
	assert_non_null(session);
	struct topics *topics = topics_new(TOPICS_HOSTS);
	struct tally *tally = tally_new(session);
	tally_add(tally, &addresses_counter, topics, NULL);
	while (tally_step(tally, 2, 1))
		;
	const struct count_tree *tree = topics_tree(topics);
	assert_int_equal(count_tree_size(tree), 4);
	assert_string_equal(count_tree_at_node(tree, 2)->name, "192.0.2.1");
	assert_string_equal(count_tree_at_node(tree, 3)->name, "198.51.100.2");
	tally_free(tally);
	topics_free(topics);
	session_free(session);
	capture_free(&capture);
}

UNIT_TESTS(test_tally)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(packets_come_in_order_with_their_time, begin, end),
		cmocka_unit_test_setup_teardown(only_who_must_look_is_shown_a_dissection, begin,
						end),
		cmocka_unit_test_setup_teardown(only_wanted_fields_are_there, begin, end),
		cmocka_unit_test_setup_teardown(filters_say_what_counts, begin, end),
		cmocka_unit_test_setup_teardown(what_later_packets_tell_is_asked_for, begin, end),
		cmocka_unit_test(a_tunnelled_frame_without_ip_counts_for_the_tunnels_ends),
	};
	registry_build();
	return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
