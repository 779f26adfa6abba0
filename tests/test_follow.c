/* test_follow.c - what both ends said, whatever became of their segments on the way. */
#include <string.h>

#include "support/followed.h"
#include "support/segments.h"
#include "support/unit_test.h"

/* --- order --- */

static void segments_out_of_order_are_put_in_order(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	client(1007, "ghi");
	client(1004, "def");
	server(1010, "ok");
	assert_string_equal(followed(), "> abcdefghi\n< ok\n");
	assert_int_equal(follow_piece(follow, 1)->packet, 6);
	assert_int_equal(follow_turn(follow, 0)->length, 9);
}

static void turns_stand_in_the_order_they_were_understood(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1004, "def");
	server(1001, "hm");
	client(1001, "abc");
	assert_string_equal(followed(), "< hm\n> abcdef\n");
}

static void sequence_numbers_wrap_around(void **state)
{
	(void)state;
	segments_handshake(UINT32_MAX - 4);
	client(UINT32_MAX - 3, "abc");
	client(2, "ghi");
	client(UINT32_MAX, "def");
	assert_string_equal(followed(), "> abcdefghi\n");
}

static void retransmissions_count_once(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	client(1001, "abc");
	client(1001, "abcdef");
	client(1002, "bcd");
	assert_string_equal(followed(), "> abcdef\n");
	assert_int_equal(follow_sum(follow, FOLLOW_OPENER)->again, 9);
	assert_int_equal(follow_finding_count(follow), 0);
}

static void the_first_version_of_a_byte_wins(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abcdef");
	client(1004, "DEFGHI");
	assert_string_equal(followed(), "> abcdefGHI\n");
}

static void the_first_version_wins_among_those_that_wait(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1006, "FGHIJK");
	client(1004, "defghi");
	client(1002, "2345678901234567");
	client(1001, "a");
	assert_string_equal(followed(), "> a23deFGHIJK234567\n");
}

static void a_later_segment_around_one_that_waits_does_not_replace_it(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1004, "DEF");
	client(1001, "abcdefghi");
	assert_string_equal(followed(), "> abcDEFghi\n");
	assert_int_equal(follow_finding_count(follow), 1);
	assert_int_equal(follow_piece(follow, 2)->packet, 5);
}

static void other_content_of_a_retransmission_is_kept_as_a_finding(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abcdef");
	client(1001, "abXYef");
	assert_string_equal(followed(), "> abcdef\n");
	assert_int_equal(follow_finding_count(follow), 1);
	const struct follow_finding *finding = follow_finding(follow, 0);
	assert_int_equal(finding->offset, 2);
	assert_int_equal(finding->kept.packet, 4);
	assert_int_equal(finding->other.packet, 5);
	assert_int_equal(finding->kept.length, 2);
	assert_memory_equal(follow_bytes(follow, &finding->kept), "cd", 2);
	assert_memory_equal(follow_bytes(follow, &finding->other), "XY", 2);
	assert_int_equal(follow_sum(follow, FOLLOW_OPENER)->conflicting, 2);
}

static void a_retransmission_over_several_turns_is_compared_with_each(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	server(1004, "x");
	client(1004, "def");
	client(1001, "aXcdYf");
	assert_string_equal(followed(), "> abc\n< x\n> def\n");
	assert_int_equal(follow_finding_count(follow), 2);
	assert_int_equal(follow_finding(follow, 0)->offset, 1);
	assert_int_equal(follow_finding(follow, 1)->offset, 4);
}

static void a_keep_alive_is_no_finding(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	segment_bytes(true, 1003, 5001, ACK, (const uint8_t *)"\0", 1);
	client(1004, "def");
	assert_string_equal(followed(), "> abcdef\n");
	assert_int_equal(follow_finding_count(follow), 0);
}

static void both_may_speak_at_once(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	segment(false, 5001, 1001, PUSH | ACK, "uvw");
	segment(true, 1004, 5001, PUSH | ACK, "def");
	segment(false, 5004, 1004, PUSH | ACK, "xyz");
	assert_string_equal(followed(), "> abc\n< uvw\n> def\n< xyz\n");
	assert_int_equal(follow_turn(follow, 3)->offset[FOLLOW_OTHER], 3);
	assert_int_equal(follow_turn(follow, 3)->offset[FOLLOW_OPENER], 6);
}

/* --- what is missing --- */

static void a_gap_is_lost_once_more_is_acknowledged(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	client(1007, "ghi");
	server(1010, "ok");
	assert_string_equal(followed(), "> abc[3 lost]ghi\n< ok\n");
	assert_int_equal(follow_turn(follow, 0)->missing, 3);
	assert_int_equal(follow_turn(follow, 0)->length, 9);
	assert_int_equal(follow_piece(follow, 1)->packet, 6);
}

static void a_gap_is_waited_for_until_then(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	client(1007, "ghi");
	server(1007, "ok");
	client(1004, "def");
	assert_string_equal(followed(), "> abc\n< ok\n> defghi\n");
}

static void a_gap_that_nobody_acknowledged_is_lost_at_the_end(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	client(1007, "ghi");
	client(1013, "mno");
	server(1004, "ok");
	begin_follow(FOLLOW_TCP);
	assert_int_equal(follow_update(follow, UINT32_MAX, false), FOLLOW_WAITING);
	assert_string_equal(tell(), "> abc\n< ok\n");
	assert_int_equal(follow_update(follow, UINT32_MAX, true), FOLLOW_DONE);
	assert_string_equal(tell(), "> abc\n< ok\n> [3 lost]ghi[3 lost]mno\n");
}

static void bytes_acknowledged_at_the_end_are_lost(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	server(1014, "ok");
	assert_string_equal(followed(), "> abc\n< ok\n> [10 lost]\n");
}

static void one_byte_acknowledged_at_the_end_may_be_a_fin(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	server(1005, "ok");
	assert_string_equal(followed(), "> abc\n< ok\n");
}

static void what_a_fin_comes_after_is_lost(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	segment(true, 1010, 5001, FIN | ACK, "");
	server(1011, "ok");
	assert_string_equal(followed(), "> abc[6 lost]\n< ok\n");
	assert_true(follow_sum(follow, FOLLOW_OPENER)->finished);
	assert_false(follow_sum(follow, FOLLOW_OTHER)->finished);
}

static void a_fin_is_no_byte(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment(true, 1001, 5001, FIN | ACK, "abc");
	segment(false, 5001, 1005, ACK, "");
	segment(true, 1005, 5001, PUSH | ACK, "after");
	segment(false, 5001, 1010, ACK, "");
	assert_string_equal(followed(), "> abcafter\n");
}

static void what_comes_after_it_was_given_up_is_a_finding(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	client(1007, "ghi");
	segment(false, 5001, 1010, ACK, "");
	client(1004, "def");
	assert_string_equal(followed(), "> abc[3 lost]ghi\n");
	assert_int_equal(follow_finding_count(follow), 1);
	assert_int_equal(follow_finding(follow, 0)->kept.source, FOLLOW_LOST);
	assert_memory_equal(follow_bytes(follow, &follow_finding(follow, 0)->other), "def", 3);
	assert_int_equal(follow_sum(follow, FOLLOW_OPENER)->late, 3);
}

static void bytes_that_the_capture_cut_are_marked(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment_cut(true, 1001, 5001, "abcdefghij", 4);
	client(1011, "klm");
	segment_cut(true, 1014, 5001, "nopq", 0);
	assert_string_equal(followed(), "> abcd[6 cut]klm[4 cut]\n");
	assert_int_equal(follow_sum(follow, FOLLOW_OPENER)->bytes, 7);
	assert_int_equal(follow_sum(follow, FOLLOW_OPENER)->missing, 10);
}

static void a_whole_segment_fills_what_was_cut_while_it_waits(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment_cut(true, 1004, 5001, "defghi", 2);
	client(1004, "defghi");
	client(1001, "abc");
	assert_string_equal(followed(), "> abcdefghi\n");
}

/* --- checksums --- */

static void say_damaged(const char *again)
{
	segments_sum(true);
	segments_handshake(1000);
	client(1001, "abc");
	segments_sum(false);
	client(1004, "dXf");
	segments_sum(true);
	client(1007, "ghi");
	client(1004, again);
	segment(false, 5001, 1010, ACK, "");
}

static void a_damaged_segment_is_not_what_was_received(void **state)
{
	(void)state;
	say_damaged("def");
	assert_string_equal(followed(), "> abcdefghi\n");
	assert_int_equal(follow_finding_count(follow), 0);
}

static void a_damaged_segment_is_better_than_none(void **state)
{
	(void)state;
	say_damaged("");
	assert_string_equal(followed(), "> abcdXfghi\n");
}

static void a_whole_segment_is_better_than_a_damaged_one_that_came_first(void **state)
{
	(void)state;
	segments_sum(true);
	segments_handshake(1000);
	client(1001, "abc");
	segments_sum(false);
	client(1007, "gXi");
	segments_sum(true);
	client(1007, "ghi");
	segment(false, 5001, 1010, ACK, "");
	assert_string_equal(followed(), "> abc[3 lost]ghi\n");
}

static void payload_whose_checksums_are_all_wrong_counts(void **state)
{
	(void)state;
	segments_sum(true);
	segments_handshake(1000);
	segments_sum(false);
	client(1001, "abc");
	server(1004, "xyz");
	client(1004, "def");
	assert_string_equal(followed(), "> abc\n< xyz\n> def\n");
}

/* --- beginnings --- */

static void data_of_a_syn_comes_first(void **state)
{
	(void)state;
	segment(true, 1000, 0, SYN, "fast");
	segment(false, 5000, 1005, SYN | ACK, "open");
	segment(true, 1005, 5005, PUSH | ACK, "ed");
	assert_string_equal(followed(), "> fast\n< open\n> ed\n");
}

static void data_of_a_syn_that_was_refused_is_sent_again(void **state)
{
	(void)state;
	segment(true, 1000, 0, SYN, "fast");
	segment(false, 5000, 1001, SYN | ACK, "");
	segment(true, 1001, 5001, PUSH | ACK, "fast+more");
	assert_string_equal(followed(), "> fast+more\n");
}

static void without_a_beginning_it_begins_with_the_first_segment(void **state)
{
	(void)state;
	segment(true, 1001, 5001, PUSH | ACK, "abc");
	segment(false, 5001, 1004, PUSH | ACK, "xyz");
	segment(true, 998, 5004, PUSH | ACK, "old");
	segment(true, 1004, 5004, PUSH | ACK, "def");
	assert_string_equal(followed(), "> abc\n< xyz\n> def\n");
	assert_false(follow_sum(follow, FOLLOW_OPENER)->started);
}

static void a_syn_ack_says_where_the_other_side_begins(void **state)
{
	(void)state;
	segment(false, 5000, 1001, SYN | ACK, "");
	segment(true, 1004, 5001, PUSH | ACK, "def");
	segment(false, 5001, 1007, PUSH | ACK, "xyz");
	assert_string_equal(followed(), "< [3 lost]def\n> xyz\n");
}

static void a_syn_ack_that_lies_hides_nothing(void **state)
{
	(void)state;
	segment(false, 5000, 2001, SYN | ACK, "");
	segment(true, 1001, 5001, PUSH | ACK, "abc");
	assert_string_equal(followed(), "< abc\n");
}

static void a_syn_that_comes_late_is_the_beginning_all_the_same(void **state)
{
	(void)state;
	segment(true, 1007, 5001, FIN | ACK, "");
	segment(true, 1000, 5001, SYN | ACK, "");
	client(1004, "def");
	segment(false, 5001, 1008, ACK, "");
	assert_string_equal(followed(), "> [3 lost]def\n");
	assert_true(follow_sum(follow, FOLLOW_OPENER)->finished);
}

static void acknowledgments_of_what_was_never_sent_end(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	segment(false, 5001, 1001 + 0x7fffffffu, ACK, "");
	client(1004, "def");
	client(1001 + 0x7ffffff0u, "far");
	assert_non_null(strstr(followed(), "> abcdef"));
}

/* --- resets, marks, datagrams --- */

static void what_explains_a_reset_is_no_data(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	segment(false, 5001, 1004, RST | ACK, "why");
	segment(false, 5001, 1004, PUSH | ACK, "xyz");
	client(1004, "def");
	assert_string_equal(followed(), "> abc\n< RST: why\n< xyz\n> def\n");
	assert_int_equal(follow_sum(follow, FOLLOW_OTHER)->bytes, 3);
}

static void marks_tell_between_which_turns_it_opened_and_ended(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	segment(false, 5001, 1004, FIN | ACK, "xyz");
	segment(true, 1004, 5005, RST, "");
	followed();
	assert_int_equal(follow_mark_count(follow), 4);
	assert_int_equal(follow_mark(follow, 1)->flags, SYN | ACK);
	assert_int_equal(follow_mark(follow, 1)->turns, 0);
	assert_int_equal(follow_mark(follow, 2)->turns, 2);
	assert_int_equal(follow_mark(follow, 3)->packet, 6);
}

static void each_datagram_is_a_turn(void **state)
{
	(void)state;
	datagram(true, "one");
	datagram(true, "two");
	datagram(false, "");
	datagram(false, "three");
	begin_follow(FOLLOW_UDP);
	assert_int_equal(follow_update(follow, UINT32_MAX, true), FOLLOW_DONE);
	assert_string_equal(tell(), "> one\n> two\n< three\n");
	assert_int_equal(follow_turn(follow, 1)->offset[FOLLOW_OPENER], 3);
}

UNIT_TESTS(test_follow)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(segments_out_of_order_are_put_in_order),
		CASE(turns_stand_in_the_order_they_were_understood),
		CASE(sequence_numbers_wrap_around),
		CASE(retransmissions_count_once),
		CASE(the_first_version_of_a_byte_wins),
		CASE(the_first_version_wins_among_those_that_wait),
		CASE(a_later_segment_around_one_that_waits_does_not_replace_it),
		CASE(other_content_of_a_retransmission_is_kept_as_a_finding),
		CASE(a_retransmission_over_several_turns_is_compared_with_each),
		CASE(a_keep_alive_is_no_finding),
		CASE(both_may_speak_at_once),
		CASE(a_gap_is_lost_once_more_is_acknowledged),
		CASE(a_gap_is_waited_for_until_then),
		CASE(a_gap_that_nobody_acknowledged_is_lost_at_the_end),
		CASE(bytes_acknowledged_at_the_end_are_lost),
		CASE(one_byte_acknowledged_at_the_end_may_be_a_fin),
		CASE(what_a_fin_comes_after_is_lost),
		CASE(a_fin_is_no_byte),
		CASE(what_comes_after_it_was_given_up_is_a_finding),
		CASE(bytes_that_the_capture_cut_are_marked),
		CASE(a_whole_segment_fills_what_was_cut_while_it_waits),
		CASE(a_damaged_segment_is_not_what_was_received),
		CASE(a_damaged_segment_is_better_than_none),
		CASE(a_whole_segment_is_better_than_a_damaged_one_that_came_first),
		CASE(payload_whose_checksums_are_all_wrong_counts),
		CASE(data_of_a_syn_comes_first),
		CASE(data_of_a_syn_that_was_refused_is_sent_again),
		CASE(without_a_beginning_it_begins_with_the_first_segment),
		CASE(a_syn_ack_says_where_the_other_side_begins),
		CASE(a_syn_ack_that_lies_hides_nothing),
		CASE(a_syn_that_comes_late_is_the_beginning_all_the_same),
		CASE(acknowledgments_of_what_was_never_sent_end),
		CASE(what_explains_a_reset_is_no_data),
		CASE(marks_tell_between_which_turns_it_opened_and_ended),
		CASE(each_datagram_is_a_turn),
	};
	return cmocka_run_group_tests_name("follow", tests, NULL, NULL);
}
