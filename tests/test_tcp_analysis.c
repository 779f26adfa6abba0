/* test_tcp_analysis.c - each finding about a segment, and what nearly is one.
 *
 * What tshark 4.0.17 says of the same segments is what stands here. */
#include <stdio.h>
#include <string.h>

#include "dissect/registry.h"
#include "session/session.h"
#include "state/tcp_analysis.h"
#include "support/dissect_hex.h"
#include "support/segments.h"
#include "support/unit_test.h"

enum { ISN = 999, MS = 1000, BOTH = ACK | PUSH };

static struct view_port view;
static bool scanned;

static int begin(void **state)
{
	(void)state;
	segments_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	if (scanned)
		view_port_free(&view);
	scanned = false;
	segments_end();
	return 0;
}

/* The client's data begin with 1000, the server's with 5001; a round trip takes 2 ms. */
static int begin_open(void **state)
{
	begin(state);
	segments_handshake(ISN);
	return 0;
}

static const struct dissection *packet(uint32_t number)
{
	if (!scanned)
		view_port_init(&view, segments_session());
	scanned = true;
	assert_true(view_port_dissect(&view, number, WANT_FIELDS));
	return &view.d;
}

/* The findings on it, without "tcp.analysis.", with blanks between. */
static const char *found(uint32_t number)
{
	static const char prefix[] = "tcp.analysis.";
	static char text[256];
	const struct dissection *d = packet(number);
	char *at = text;

	*at = '\0';
	for (uint32_t n = 0; n < d->node_count; n++) {
		const struct field *field = registry_field(d->nodes[n].field);
		/* What a finding is about may have its name, too. */
		if (n == 0 || d->nodes[n - 1].field != registry_field_named("_ws.expert"))
			continue;
		if (field->severity && !strncmp(field->abbrev, prefix, strlen(prefix)))
			at += snprintf(at, sizeof text - (size_t)(at - text), "%s%s",
				       at == text ? "" : " ", field->abbrev + strlen(prefix));
	}
	return text;
}

#define assert_found(number, words) assert_string_equal(found(number), words)

/* A value of its analysis; 0: it is not there. */
static uint64_t value(uint32_t number, const char *abbrev)
{
	const struct dissection *d = packet(number);

	return has_node(d, abbrev) ? node_named(d, abbrev, 0)->value.number : 0;
}

static uint32_t client(uint32_t sequence, const char *text)
{
	return segment(true, sequence, 5001, BOTH, text);
}

static uint32_t server(uint32_t sequence, uint32_t acknowledged)
{
	return segment(false, sequence, acknowledged, ACK, "");
}

static uint32_t client_later(uint32_t ms, uint32_t sequence, const char *text)
{
	segments_wait(ms * MS);
	return client(sequence, text);
}

/* --- sent again --- */

static void late_copies_are_retransmissions(void **state)
{
	(void)state;
	uint32_t first = client(1000, "abcd");
	uint32_t second = client(1004, "efgh");
	uint32_t again = client_later(199, 1004, "efgh");

	assert_found(first, "");
	assert_found(second, "");
	assert_found(again, "retransmission");
	/* The sender had waited since the first that was not acknowledged. */
	assert_int_equal(value(again, "tcp.analysis.rto_frame"), first);
	assert_int_equal(value(again, "tcp.analysis.rto"), 201 * INT64_C(1000000));
}

static void a_part_is_a_retransmission_too(void **state)
{
	(void)state;
	client(1000, "abcdefgh");
	uint32_t part = client_later(200, 1002, "cd");
	uint32_t longer = client_later(200, 1004, "efghijkl");
	uint32_t next = client_later(200, 1012, "mn");

	assert_found(part, "retransmission");
	assert_found(longer, "retransmission");
	assert_found(next, "");
}

static void a_syn_and_a_fin_can_be_sent_again(void **state)
{
	(void)state;
	segment(true, ISN, 0, SYN, "");
	segments_wait(1000 * MS);
	uint32_t syn = segment(true, ISN, 0, SYN, "");
	segment(false, 5000, 1000, SYN | ACK, "");
	segment(true, 1000, 5001, ACK, "");
	uint32_t fin = segment(true, 1000, 5001, FIN | ACK, "");
	segments_wait(300 * MS);
	uint32_t fin_again = segment(true, 1000, 5001, FIN | ACK, "");

	assert_found(syn, "retransmission");
	assert_found(fin, "");
	assert_found(fin_again, "retransmission");
}

static void who_closed_first_closes_when_it_says_so_again(void **state)
{
	(void)state;
	uint32_t first = segment(true, 1000, 5001, FIN | ACK, "");
	uint32_t second = segment(false, 5001, 1000, FIN | ACK, "");
	uint32_t again = segment(true, 1000, 5002, FIN | ACK, "");

	assert_true(has_node(packet(first), "tcp.connection.fin_active"));
	assert_true(has_node(packet(second), "tcp.connection.fin_passive"));
	assert_true(has_node(packet(again), "tcp.connection.fin_active"));
	assert_int_equal(value(again, "tcp.completeness"),
			 TCP_SEEN_SYN | TCP_SEEN_SYN_ACK | TCP_SEEN_ACK | TCP_SEEN_FIN);
}

static void two_duplicates_make_it_fast(void **state)
{
	(void)state;
	client(1000, "abcd");
	client(1004, "efgh");
	server(5001, 1000);
	uint32_t one = server(5001, 1000);
	uint32_t two = server(5001, 1000);
	uint32_t fast = client(1000, "abcd");

	assert_found(one, "duplicate_ack");
	assert_found(two, "duplicate_ack");
	assert_int_equal(value(two, "tcp.analysis.duplicate_ack_num"), 3);
	assert_found(fast, "fast_retransmission retransmission");
	assert_int_equal(value(fast, "tcp.analysis.rto_frame"), 0);
}

static void within_20_ms(void **state)
{
	(void)state;
	client(1000, "abcd");
	server(5001, 1000);
	server(5001, 1000);
	server(5001, 1000);
	uint32_t fast = client_later(18, 1000, "abcd");

	assert_found(fast, "fast_retransmission retransmission");
}

static void one_duplicate_does_not(void **state)
{
	(void)state;
	client(1000, "abcd");
	uint32_t only = server(5001, 1000);
	uint32_t again = client(1000, "abcd");

	assert_found(only, "duplicate_ack");
	assert_found(again, "retransmission");
}

static void nor_do_duplicates_of_20_ms_ago(void **state)
{
	(void)state;
	client(1000, "abcd");
	server(5001, 1000);
	server(5001, 1000);
	server(5001, 1000);
	uint32_t again = client_later(19, 1000, "abcd");

	assert_found(again, "retransmission");
}

static void nor_do_duplicates_that_ask_for_other_bytes(void **state)
{
	(void)state;
	client(1000, "abcd");
	client(1004, "efgh");
	server(5001, 1000);
	server(5001, 1000);
	server(5001, 1000);
	uint32_t other = client_later(10, 1004, "efgh");

	assert_found(other, "retransmission");
}

static void acknowledged_bytes_are_sent_needlessly(void **state)
{
	(void)state;
	client(1000, "abcd");
	server(5001, 1004);
	uint32_t again = client_later(200, 1000, "abcd");
	uint32_t one_more = client_later(200, 1000, "abcde");

	assert_found(again, "spurious_retransmission retransmission");
	assert_found(one_more, "retransmission");
}

/* --- late, lost --- */

static void soon_after_what_follows_it_is_out_of_order(void **state)
{
	(void)state;
	client(1000, "abcd");
	uint32_t ahead = client(1008, "ijkl");
	uint32_t late = client(1004, "efgh");

	assert_found(ahead, "lost_segment");
	assert_found(late, "out_of_order");
}

static void a_round_trip_later_it_was_sent_again(void **state)
{
	(void)state;
	client(1000, "abcd");
	client(1008, "ijkl");
	uint32_t late = client_later(1, 1004, "efgh");

	assert_found(late, "retransmission");
}

static void without_a_handshake_3_ms_are_soon(void **state)
{
	(void)state;
	client(1000, "abcd");
	client(1008, "ijkl");
	uint32_t late = client_later(1, 1004, "efgh");
	client(1016, "qrst");
	uint32_t later = client_later(2, 1012, "mnop");

	assert_found(late, "out_of_order");
	assert_found(later, "retransmission");
}

static void what_ends_where_all_ends_is_no_disorder(void **state)
{
	(void)state;
	client(1000, "abcd");
	uint32_t again = client(1000, "abcd");

	assert_found(again, "retransmission");
}

static void a_gap_is_noticed_once(void **state)
{
	(void)state;
	client(1000, "abcd");
	uint32_t next = client(1004, "efgh");
	uint32_t ahead = client(1009, "jkl");
	uint32_t behind = client(1012, "m");

	assert_found(next, "");
	assert_found(ahead, "lost_segment");
	assert_found(behind, "");
}

static void a_rst_ahead_is_no_gap(void **state)
{
	(void)state;
	client(1000, "abcd");
	uint32_t ahead = segment(true, 1005, 5001, RST | ACK, "");

	assert_found(ahead, "");
}

static void acknowledging_the_unseen_is_told_once(void **state)
{
	(void)state;
	client(1000, "abcd");
	uint32_t seen = server(5001, 1004);
	uint32_t unseen = server(5001, 1005);
	uint32_t again = server(5001, 1005);
	uint32_t more = server(5001, 1006);

	assert_found(seen, "");
	assert_found(unseen, "ack_lost_segment");
	assert_found(again, "duplicate_ack");
	assert_found(more, "");
}

/* --- acknowledgments without news --- */

static void only_what_says_nothing_new_is_a_duplicate(void **state)
{
	(void)state;
	/* The SYN-ACK had acknowledged the same. */
	uint32_t bare = server(5001, 1000);
	uint32_t data = segment(false, 5001, 1000, BOTH, "x");
	uint32_t fin = segment(false, 5002, 1000, FIN | ACK, "");
	client(1000, "abcd");
	uint32_t news = server(5003, 1004);

	assert_found(bare, "duplicate_ack");
	assert_found(data, "");
	assert_found(fin, "");
	assert_found(news, "");
}

static void duplicates_are_counted(void **state)
{
	(void)state;
	client(1000, "abcd");
	uint32_t first = server(5001, 1004);
	uint32_t one = server(5001, 1004);
	uint32_t two = server(5001, 1004);
	client(1004, "efgh");
	server(5001, 1008);
	uint32_t one_again = server(5001, 1008);

	assert_int_equal(value(one, "tcp.analysis.duplicate_ack_num"), 1);
	assert_int_equal(value(two, "tcp.analysis.duplicate_ack_num"), 2);
	assert_int_equal(value(two, "tcp.analysis.duplicate_ack_frame"), first);
	assert_int_equal(value(one_again, "tcp.analysis.duplicate_ack_num"), 1);
}

static void another_window_is_an_update(void **state)
{
	(void)state;
	client(1000, "abcd");
	server(5001, 1004);
	segments_window(65000);
	uint32_t smaller = server(5001, 1004);
	segments_window(0);
	uint32_t closed = server(5001, 1004);

	assert_found(smaller, "window_update");
	assert_found(closed, "zero_window");
}

/* --- windows --- */

static void zero_is_told_where_a_window_means_something(void **state)
{
	(void)state;
	segments_window(0);
	uint32_t closed = server(5001, 1000);
	uint32_t fin = segment(false, 5001, 1000, FIN | ACK, "");
	uint32_t rst = segment(false, 5002, 1000, RST | ACK, "");

	assert_found(closed, "zero_window");
	assert_found(fin, "");
	assert_found(rst, "");
}

static void one_byte_against_a_closed_window_is_a_probe(void **state)
{
	(void)state;
	segments_window(0);
	server(5001, 1000);
	segments_window(65535);
	uint32_t probe = client(1000, "a");
	segments_window(0);
	uint32_t answer = server(5001, 1000);
	segments_window(65535);
	uint32_t two_bytes = client(1000, "ab");

	assert_found(probe, "zero_window_probe");
	assert_found(answer, "zero_window zero_window_probe_ack");
	assert_found(two_bytes, "");
}

static void one_byte_into_an_open_window_is_none(void **state)
{
	(void)state;
	server(5001, 1000);
	uint32_t byte = client(1000, "a");

	assert_found(byte, "");
}

static void the_last_byte_of_the_window_fills_it(void **state)
{
	(void)state;
	segments_window(8);
	server(5001, 1000);
	segments_window(65535);
	uint32_t most = client(1000, "abcdefg");
	uint32_t all = client(1007, "h");

	assert_found(most, "");
	assert_found(all, "window_full");
}

static void windows_are_scaled_but_those_of_syns(void **state)
{
	(void)state;
	static const uint8_t by_four[] = { 1, 3, 3, 2 };

	segments_window(8);
	segments_options(by_four, 4);
	segment(true, ISN, 0, SYN, "");
	segments_options(by_four, 4);
	segment(false, 5000, 1000, SYN | ACK, "");
	segment(true, 1000, 5001, ACK, "");
	uint32_t fills_syn = client(1000, "abcdefgh");
	server(5001, 1008);
	uint32_t eight = client(1008, "abcdefgh");
	uint32_t rest = client(1016, "abcdefghabcdefghabcdefgh");

	assert_found(fills_syn, "window_full");
	assert_found(eight, "");
	assert_found(rest, "window_full");
}

/* --- keep-alives --- */

static void the_byte_before_the_next_keeps_alive(void **state)
{
	(void)state;
	client(1000, "abcd");
	server(5001, 1004);
	uint32_t empty = client_later(1000, 1003, "");
	uint32_t answer = server(5001, 1004);
	uint32_t byte = client_later(1000, 1003, "d");
	uint32_t answer_too = server(5001, 1004);

	assert_found(empty, "keep_alive");
	assert_found(answer, "keep_alive_ack");
	assert_found(byte, "keep_alive");
	assert_true(has_node(packet(byte), "data"));
	assert_found(answer_too, "keep_alive_ack");
}

static void what_only_looks_like_it_does_not(void **state)
{
	(void)state;
	client(1000, "abcd");
	server(5001, 1004);
	uint32_t two = client_later(1000, 1002, "cd");
	uint32_t answer = server(5001, 1004);
	uint32_t fin = segment(true, 1003, 5001, FIN | ACK, "");
	uint32_t old_and_new = client_later(1000, 1003, "de");

	assert_found(old_and_new, "");
	assert_found(two, "spurious_retransmission retransmission");
	assert_found(answer, "duplicate_ack");
	assert_found(fin, "retransmission");
}

/* --- opening --- */

static void a_syn_with_another_number_opens_anew(void **state)
{
	(void)state;
	uint32_t same = segment(true, ISN, 0, SYN, "");
	uint32_t other = segment(true, ISN + 77777, 0, SYN, "");

	assert_found(same, "retransmission");
	assert_found(other, "reused_ports");
	assert_int_equal(value(same, "tcp.stream"), 0);
	assert_int_equal(value(other, "tcp.stream"), 1);
}

/* Windows asks three times before it believes that nobody listens. */
static void the_same_number_does_not_even_after_a_rst(void **state)
{
	(void)state;
	segment(true, ISN, 0, SYN, "");
	segment(false, 0, 1000, RST | ACK, "");
	segments_wait(500 * MS);
	uint32_t syn = segment(true, ISN, 0, SYN, "");

	assert_found(syn, "retransmission");
	assert_int_equal(value(syn, "tcp.stream"), 0);
}

static void a_syn_ack_takes_or_leaves_the_data_of_a_syn(void **state)
{
	(void)state;
	static const uint8_t cookie[] = { 34, 8, 1, 2, 3, 4, 5, 6 };

	segments_options(cookie, sizeof cookie);
	uint32_t syn = segment(true, ISN, 0, SYN, "abcd");
	uint32_t taken = segment(false, 5000, 1004, SYN | ACK, "");
	segments_client_port(40001);
	segments_options(cookie, sizeof cookie);
	segment(true, ISN, 0, SYN, "abcd");
	uint32_t left = segment(false, 5000, 1000, SYN | ACK, "");

	assert_found(syn, "tfo_syn");
	assert_found(taken, "tfo_ack");
	assert_found(left, "tfo_ignored");
}

static void without_cookie_or_data_there_is_nothing_to_ignore(void **state)
{
	(void)state;
	static const uint8_t cookie[] = { 34, 8, 1, 2, 3, 4, 5, 6 };

	segment(true, ISN, 0, SYN, "abcd");
	uint32_t no_cookie = segment(false, 5000, 1000, SYN | ACK, "");
	segments_client_port(40001);
	segments_options(cookie, sizeof cookie);
	segment(true, ISN, 0, SYN, "");
	uint32_t no_data = segment(false, 5000, 1000, SYN | ACK, "");

	assert_found(no_cookie, "");
	assert_found(no_data, "");
}

static void the_round_trip_is_measured_from_the_last_syn(void **state)
{
	(void)state;
	segment(true, ISN, 0, SYN, "");
	segments_wait(999 * MS);
	segment(true, ISN, 0, SYN, "");
	segment(false, 5000, 1000, SYN | ACK, "");
	uint32_t third = segment(true, 1000, 5001, ACK, "");
	uint32_t later = client(1000, "abcd");

	assert_int_equal(value(third, "tcp.analysis.initial_rtt"), 2000000);
	assert_int_equal(value(later, "tcp.analysis.initial_rtt"), 2000000);
}

static void completeness_grows(void **state)
{
	(void)state;
	uint32_t last = segment(true, 1000, 5001, FIN | ACK, "");

	assert_int_equal(value(last, "tcp.completeness"), 1 + 2 + 4 + 16);
}

/* --- what is acknowledged and on its way --- */

static void an_ack_names_what_ends_there(void **state)
{
	(void)state;
	uint32_t first = client(1000, "abcd");
	client(1004, "efgh");
	uint32_t one = server(5001, 1004);
	uint32_t inside = server(5001, 1006);

	assert_int_equal(value(one, "tcp.analysis.acks_frame"), first);
	assert_int_equal(value(one, "tcp.analysis.ack_rtt"), 2000000);
	assert_int_equal(value(inside, "tcp.analysis.acks_frame"), 0);
}

static void what_is_on_its_way_is_counted(void **state)
{
	(void)state;
	uint32_t four = client(1000, "abcd");
	uint32_t eight = client(1004, "efgh");
	server(5001, 1004);
	uint32_t less = client(1008, "ij");

	assert_int_equal(value(four, "tcp.analysis.bytes_in_flight"), 4);
	assert_int_equal(value(eight, "tcp.analysis.bytes_in_flight"), 8);
	assert_int_equal(value(less, "tcp.analysis.bytes_in_flight"), 6);
}

static void a_gap_leaves_it_unknown_until_the_next_ack(void **state)
{
	(void)state;
	client(1000, "abcd");
	uint32_t ahead = client(1009, "jkl");
	server(5001, 1004);
	uint32_t known = client(1012, "m");

	assert_int_equal(value(ahead, "tcp.analysis.bytes_in_flight"), 0);
	assert_int_equal(value(known, "tcp.analysis.bytes_in_flight"), 4);
}

static void what_is_on_its_way_may_be_much(void **state)
{
	(void)state;
	enum { FAR = 1 << 24 };
	client(1000, "a");
	client(999 + FAR, "b");
	server(5001, 1000);
	uint32_t largest = client(1000 + FAR - 2, "c");
	uint32_t more = client(1000 + FAR - 1, "de");
	uint32_t acked = server(5001, 1001 + FAR);

	assert_int_equal(value(largest, "tcp.analysis.bytes_in_flight"), FAR);
	assert_int_equal(value(more, "tcp.analysis.bytes_in_flight"), FAR + 1);
	assert_int_equal(value(more, "tcp.analysis.push_bytes_sent"), 2);
	assert_int_equal(value(acked, "tcp.analysis.acks_frame"), more);
}

static void what_is_acknowledged_may_be_far_back(void **state)
{
	(void)state;
	enum { BETWEEN = 1 << 16 };
	uint32_t early = client(1000, "a"), late = client(1001, "b");

	for (uint32_t i = 0; i < BETWEEN - 2; i++)
		datagram(true, "-");
	uint32_t far = server(5001, 1001), near = server(5001, 1002);

	assert_int_equal(far - early, BETWEEN);
	assert_int_equal(near - late, BETWEEN);
	assert_int_equal(value(far, "tcp.analysis.acks_frame"), early);
	assert_int_equal(value(near, "tcp.analysis.acks_frame"), late);
	assert_int_equal(value(late, "tcp.analysis.bytes_in_flight"), 2);
}

static void what_the_other_side_holds_is_not_on_its_way(void **state)
{
	(void)state;
	/* SACK of 1004 to 1008. */
	static const uint8_t sack[] = { 1, 1, 5, 10, 0, 0, 0x3, 0xec, 0, 0, 0x3, 0xf0 };

	client(1000, "abcd");
	client(1004, "efgh");
	segments_options(sack, sizeof sack);
	server(5001, 1000);
	uint32_t more = client(1008, "ij");

	assert_int_equal(value(more, "tcp.analysis.bytes_in_flight"), 6);
}

static void bytes_are_counted_since_the_last_push(void **state)
{
	(void)state;
	uint32_t one = segment(true, 1000, 5001, ACK, "abcd");
	uint32_t two = segment(true, 1004, 5001, ACK | PUSH, "efgh");
	uint32_t anew = segment(true, 1008, 5001, ACK, "i");

	assert_int_equal(value(one, "tcp.analysis.push_bytes_sent"), 4);
	assert_int_equal(value(two, "tcp.analysis.push_bytes_sent"), 8);
	assert_int_equal(value(anew, "tcp.analysis.push_bytes_sent"), 1);
}

/* --- numbers wrap --- */

static void numbers_go_on_beyond_the_last(void **state)
{
	(void)state;
	segments_handshake(UINT32_MAX - 2);
	uint32_t across = client(UINT32_MAX - 1, "abcd");
	uint32_t next = client(2, "efgh");
	uint32_t acknowledged = server(5001, 2);
	uint32_t again = client_later(200, 2, "efgh");
	uint32_t needless = client_later(200, UINT32_MAX - 1, "abcd");
	uint32_t ahead = client_later(200, 7, "j");

	assert_found(across, "");
	assert_found(next, "");
	assert_int_equal(value(next, "tcp.seq"), 5);
	assert_int_equal(value(acknowledged, "tcp.analysis.acks_frame"), across);
	assert_found(again, "retransmission");
	assert_found(needless, "spurious_retransmission retransmission");
	assert_found(ahead, "lost_segment");
}

/* --- who is who, and in what state --- */

static void the_lower_port_serves_if_no_syn_tells(void **state)
{
	(void)state;
	uint32_t first = server(5001, 1000);
	uint32_t answer = client(1000, "abcd");

	assert_int_equal(value(first, "peel.tcp.from_client"), 0);
	assert_int_equal(value(answer, "peel.tcp.from_client"), 1);
}

static void a_syn_ack_tells_who_serves(void **state)
{
	(void)state;
	uint32_t syn_ack = segment(true, ISN, 5001, SYN | ACK, "");
	uint32_t answer = segment(false, 5001, 1000, ACK, "");

	assert_int_equal(value(syn_ack, "peel.tcp.from_client"), 0);
	assert_int_equal(value(answer, "peel.tcp.from_client"), 1);
}

static void a_rst_counts_inside_the_window_only(void **state)
{
	(void)state;
	server(5001, 1000);
	uint32_t far = segment(true, 1000 + 65536, 5001, RST, "");
	uint32_t old = segment(true, 999, 5001, RST, "");
	uint32_t last = segment(true, 1000 + 65535, 5001, RST, "");

	assert_text_field(packet(far), "peel.tcp.state.client", "ESTABLISHED");
	assert_text_field(packet(old), "peel.tcp.state.client", "ESTABLISHED");
	assert_text_field(packet(last), "peel.tcp.state.client", "CLOSED");
}

static void a_refusal_must_acknowledge_the_syn(void **state)
{
	(void)state;
	segment(true, ISN, 0, SYN, "");
	uint32_t wrong = segment(false, 0, ISN, RST | ACK, "");
	uint32_t right = segment(false, 0, ISN + 1, RST | ACK, "");

	assert_text_field(packet(wrong), "peel.tcp.state.client", "SYN-SENT");
	assert_text_field(packet(right), "peel.tcp.state.client", "CLOSED");
}

/* --- bounds --- */

static void only_so_many_segments_wait(void **state)
{
	(void)state;
	enum { MANY = 10001 };
	uint32_t first = client(1000, "a");

	for (uint32_t i = 1; i < MANY; i++)
		client(1000 + i, "a");
	uint32_t first_acked = server(5001, 1001);
	uint32_t last_acked = server(5001, 1000 + MANY);
	uint32_t after = client(1000 + MANY, "a");
	uint32_t acked_again = server(5001, 1000 + MANY + 1);

	assert_int_equal(value(first_acked, "tcp.analysis.acks_frame"), first);
	/* That one had found no place. */
	assert_int_equal(value(last_acked, "tcp.analysis.acks_frame"), 0);
	assert_found(last_acked, "");
	assert_int_equal(value(acked_again, "tcp.analysis.acks_frame"), after);
}

#define of(test)      cmocka_unit_test_setup_teardown(test, begin, end)
#define of_open(test) cmocka_unit_test_setup_teardown(test, begin_open, end)

UNIT_TESTS(test_tcp_analysis)
{
	const struct CMUnitTest tests[] = {
		of_open(late_copies_are_retransmissions),
		of_open(a_part_is_a_retransmission_too),
		of(a_syn_and_a_fin_can_be_sent_again),
		of_open(who_closed_first_closes_when_it_says_so_again),
		of_open(two_duplicates_make_it_fast),
		of_open(within_20_ms),
		of_open(one_duplicate_does_not),
		of_open(nor_do_duplicates_of_20_ms_ago),
		of_open(nor_do_duplicates_that_ask_for_other_bytes),
		of_open(acknowledged_bytes_are_sent_needlessly),
		of_open(soon_after_what_follows_it_is_out_of_order),
		of_open(a_round_trip_later_it_was_sent_again),
		of(without_a_handshake_3_ms_are_soon),
		of_open(what_ends_where_all_ends_is_no_disorder),
		of_open(a_gap_is_noticed_once),
		of_open(a_rst_ahead_is_no_gap),
		of_open(acknowledging_the_unseen_is_told_once),
		of_open(only_what_says_nothing_new_is_a_duplicate),
		of_open(duplicates_are_counted),
		of_open(another_window_is_an_update),
		of_open(zero_is_told_where_a_window_means_something),
		of_open(one_byte_against_a_closed_window_is_a_probe),
		of_open(one_byte_into_an_open_window_is_none),
		of_open(the_last_byte_of_the_window_fills_it),
		of(windows_are_scaled_but_those_of_syns),
		of_open(the_byte_before_the_next_keeps_alive),
		of_open(what_only_looks_like_it_does_not),
		of_open(a_syn_with_another_number_opens_anew),
		of(the_same_number_does_not_even_after_a_rst),
		of(a_syn_ack_takes_or_leaves_the_data_of_a_syn),
		of(without_cookie_or_data_there_is_nothing_to_ignore),
		of(the_round_trip_is_measured_from_the_last_syn),
		of_open(completeness_grows),
		of_open(an_ack_names_what_ends_there),
		of_open(what_is_on_its_way_is_counted),
		of_open(what_is_on_its_way_may_be_much),
		of_open(what_is_acknowledged_may_be_far_back),
		of_open(a_gap_leaves_it_unknown_until_the_next_ack),
		of_open(what_the_other_side_holds_is_not_on_its_way),
		of_open(bytes_are_counted_since_the_last_push),
		of(numbers_go_on_beyond_the_last),
		of(the_lower_port_serves_if_no_syn_tells),
		of(a_syn_ack_tells_who_serves),
		of_open(a_rst_counts_inside_the_window_only),
		of(a_refusal_must_acknowledge_the_syn),
		of_open(only_so_many_segments_wait),
	};
	return cmocka_run_group_tests_name("tcp_analysis", tests, NULL, NULL);
}
