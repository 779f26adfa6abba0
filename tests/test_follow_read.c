/* test_follow_read.c - turns read, searched and found again; streams that grow, and large ones. */
#include <stdlib.h>
#include <string.h>

#include "support/followed.h"
#include "support/segments.h"
#include "support/unit_test.h"

/* --- reading and finding --- */

static void a_turn_is_read_by_position(void **state)
{
	(void)state;
	uint8_t bytes[16];
	uint32_t into;

	segments_handshake(1000);
	client(1001, "abc");
	client(1004, "def");
	client(1010, "jkl");
	segment(false, 5001, 1013, ACK, "");
	followed();
	const struct follow_turn *turn = follow_turn(follow, 0);
	assert_int_equal(follow_read(follow, turn, 1, bytes, 16), 5);
	assert_memory_equal(bytes, "bcdef", 5);
	assert_int_equal(follow_read(follow, turn, 7, bytes, 16), 0);
	assert_int_equal(follow_read(follow, turn, 10, bytes, 1), 1);
	assert_int_equal(bytes[0], 'k');
	assert_int_equal(follow_piece_at(follow, turn, 5, &into)->packet, 5);
	assert_int_equal(into, 2);
	assert_null(follow_piece_at(follow, turn, 12, &into));
}

static void a_packet_is_found_in_its_turn(void **state)
{
	(void)state;
	struct follow_place place;

	segments_handshake(1000);
	client(1001, "abc");
	client(1007, "ghi");
	segment(false, 5001, 1004, PUSH | ACK, "x");
	client(1004, "def");
	followed();
	assert_true(follow_find_packet(follow, 5, &place));
	assert_int_equal(place.turn, 2);
	assert_int_equal(place.position, 3);
	assert_true(follow_find_packet(follow, 4, &place));
	assert_int_equal(place.turn, 0);
	assert_false(follow_find_packet(follow, 2, &place));
}

static uint32_t search_all(const char *needle, unsigned flags, struct follow_place *first)
{
	struct follow_search search = { .needle = (const uint8_t *)needle,
					.length = (uint32_t)strlen(needle),
					.flags = flags };
	enum follow_search_state state;
	uint32_t count = 0;

	if (flags & SEARCH_BACKWARDS)
		search.at = (struct follow_place){ follow_turn_count(follow) - 1, UINT32_MAX };
	while ((state = follow_search(follow, &search, 1)) != SEARCH_END) {
		if (state == SEARCH_MORE)
			continue;
		if (!count++)
			*first = search.at;
		search.at.position += flags & SEARCH_BACKWARDS ? search.length - 1 : 1;
	}
	return count;
}

static void bytes_are_found_across_packets_but_not_across_gaps(void **state)
{
	(void)state;
	struct follow_place at;

	segments_handshake(1000);
	client(1001, "needle nee");
	client(1011, "dle");
	client(1016, "NEEDLE nee");
	segment(false, 5001, 1026, PUSH | ACK, "dle needle");
	followed();
	assert_int_equal(search_all("needle", SEARCH_OPENER | SEARCH_OTHER, &at), 3);
	assert_int_equal(search_all("needle", SEARCH_OPENER, &at), 2);
	assert_int_equal(search_all("needle", SEARCH_OPENER | SEARCH_ANY_CASE, &at), 3);
	assert_int_equal(search_all("needle", SEARCH_OPENER | SEARCH_BACKWARDS, &at), 2);
	assert_int_equal(at.position, 7);
	assert_int_equal(search_all("e", SEARCH_OTHER | SEARCH_BACKWARDS, &at), 4);
	assert_int_equal(search_all("absent", SEARCH_OPENER | SEARCH_OTHER | SEARCH_BACKWARDS, &at),
			 0);
}

static void bytes_are_found_across_chunks(void **state)
{
	(void)state;
	static uint8_t bytes[60000];
	struct follow_place at;

	segments_handshake(1000);
	memset(bytes, 'a', sizeof(bytes));
	for (uint32_t i = 0; i < 20; i++) {
		memcpy(bytes + 16384 * (i % 3 + 1) - 5 + i % 8, "needle", 6);
		segment_bytes(true, 1001 + i * 60000, 5001, ACK, bytes, sizeof(bytes));
		memset(bytes, 'a', sizeof(bytes));
	}
	followed();
	assert_int_equal(search_all("needle", SEARCH_OPENER, &at), 20);
	assert_int_equal(at.position, 16384 - 5);
	assert_int_equal(search_all("needle", SEARCH_OPENER | SEARCH_BACKWARDS, &at), 20);
	assert_int_equal(at.position, 19 * 60000 + 32768 - 5 + 3);
}

/* --- lists, growth, size --- */

static void previous_packets_are_found_without_a_walk(void **state)
{
	(void)state;
	struct stream_list list;

	segments_handshake(1000);
	segments_client_port(40001);
	segments_handshake(2000);
	segments_client_port(40000);
	client(1001, "abc");
	struct session *session = segments_session();
	assert_int_equal(stream_count(session, STREAM_TCP), 2);
	assert_int_equal(stream_count(session, STREAM_UDP), 0);
	assert_true(stream_list_open(&list, session, STREAM_TCP, 0));
	assert_int_equal(stream_list_extend(&list), 4);
	assert_int_equal(list.packets[3], 7);
	assert_int_equal(stream_of_packet(session, 5)->stream, 1);
	stream_list_free(&list);
	assert_false(stream_list_open(&list, session, STREAM_TCP, 2));
}

static void a_growing_capture_gives_the_same_turns(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	client(1007, "ghi");
	segment(false, 5001, 1004, PUSH | ACK, "x");
	client(1004, "def");
	client(1013, "mno");
	segment(false, 5002, 1016, PUSH | ACK, "y");
	char *whole = strdup(followed());
	struct session *session = segments_unscanned();
	session_scan(session, 1, true);
	follow_in(session);
	while (session_scan(session, 1, true) == SCAN_MORE)
		assert_int_equal(follow_update(follow, UINT32_MAX, false), FOLLOW_WAITING);
	assert_int_equal(follow_update(follow, UINT32_MAX, true), FOLLOW_DONE);
	assert_string_equal(tell(), whole);
	free(whole);
}

static void it_follows_while_another_thread_scans(void **state)
{
	(void)state;
	enum { SEGMENTS = 20000 };

	segments_handshake(1000);
	for (uint32_t i = 0; i < SEGMENTS; i++)
		client(1001 + 2 * (i ^ 1), "ab");
	struct session *session = segments_unscanned();
	session_scan(session, 1, true);
	follow_in(session);
	struct scanner *scanner = scanner_start(session, 1);
	assert_non_null(scanner);
	while (follow_progress(follow) < SEGMENTS + 3)
		follow_update(follow, 100, false);
	scanner_stop(scanner);
	assert_int_equal(follow_update(follow, 1, true), FOLLOW_DONE);
	assert_int_equal(follow_sum(follow, FOLLOW_OPENER)->bytes, 2 * SEGMENTS);
	assert_int_equal(follow_turn_count(follow), 1);
}

static void backwards(uint32_t n)
{
	for (uint32_t i = n; i > 0; i--)
		client(1001 + 2 * i, "ab");
}

static void nested(uint32_t n)
{
	static uint8_t bytes[40000];

	for (uint32_t i = n; i > 0; i--)
		segment_bytes(true, 1001 + i, 5001, ACK, bytes, n + n - i);
}

/* The work may grow with the number of segments (and the logarithm), not with its square. */
/* So many that work growing with their square would not end while one waits. */
static void assert_followed(void (*say)(uint32_t n), uint32_t n, uint64_t bytes)
{
	segments_begin();
	segments_handshake(1000);
	say(n);
	begin_follow(FOLLOW_TCP);
	assert_int_equal(follow_update(follow, UINT32_MAX, true), FOLLOW_DONE);
	assert_int_equal(follow_sum(follow, FOLLOW_OPENER)->bytes, bytes);
}

static void many_segments_in_reverse_are_followed(void **state)
{
	(void)state;
	assert_followed(backwards, 80000, 160000);
}

static void many_segments_around_each_other_are_followed(void **state)
{
	(void)state;
	assert_followed(nested, 4000, 7999);
}

UNIT_TESTS(test_follow_read)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(a_turn_is_read_by_position),
		CASE(a_packet_is_found_in_its_turn),
		CASE(bytes_are_found_across_packets_but_not_across_gaps),
		CASE(bytes_are_found_across_chunks),
		CASE(previous_packets_are_found_without_a_walk),
		CASE(a_growing_capture_gives_the_same_turns),
		CASE(it_follows_while_another_thread_scans),
		CASE(many_segments_in_reverse_are_followed),
		CASE(many_segments_around_each_other_are_followed),
	};
	return cmocka_run_group_tests_name("follow_read", tests, NULL, NULL);
}
