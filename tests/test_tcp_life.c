/* test_tcp_life.c - what a connection's life keeps of its segments: holes, resets, who is who. */
#include "session/tcp_life.h"
#include "support/unit_test.h"

enum { CLIENT_PORT = 40000, SERVER_PORT = 80, MS = 1000000 };
enum { FIN = TCP_BIT_FIN, SYN = TCP_BIT_SYN, RST = TCP_BIT_RST, ACK = TCP_BIT_ACK };

static const struct endpoint client_end = { .address = { 1 }, .length = 4, .port = CLIENT_PORT };
static const struct endpoint server_end = { .address = { 2 }, .length = 4, .port = SERVER_PORT };
static struct tcp_life life;
static uint32_t packets;
static bool rst_closes, client_is_known_late;

static int begin(void **state)
{
	(void)state;
	packets = 0;
	rst_closes = true;
	client_is_known_late = false;
	tcp_life_begin(&life, 0);
	return 0;
}

static int end(void **state)
{
	(void)state;
	tcp_life_free(&life);
	return 0;
}

/* Numbers are as on the wire; 10 ms after the one before. */
static uint32_t send(bool client, unsigned flags, uint32_t sequence, uint32_t acknowledgment,
		     uint32_t length)
{
	bool closed = flags & RST && rst_closes;

	packets++;
	struct tcp_event event = {
		.packet = packets,
		.time_ns = packets * 10 * (int64_t)MS,
		.from_client = client != client_is_known_late,
		.source_port = client ? CLIENT_PORT : SERVER_PORT,
		.destination_port = client ? SERVER_PORT : CLIENT_PORT,
		.sequence = sequence,
		.acknowledgment = acknowledgment,
		.length = length,
		.window = 64000,
		.flags = (uint16_t)flags,
		.client = closed ? TCP_CLOSED : TCP_ESTABLISHED,
		.server = closed ? TCP_CLOSED : TCP_ESTABLISHED,
	};

	tcp_life_take(&life, &event, client ? &client_end : &server_end,
		      client ? &server_end : &client_end);
	return packets;
}

static void open_both(void)
{
	send(true, SYN, 0, 0, 0);
	send(false, SYN | ACK, 1000, 1, 0);
	send(true, ACK, 1, 1001, 0);
}

static void assert_hole(unsigned i, uint32_t start, uint32_t end_)
{
	assert_true(i < life.side[0].hole_count);
	assert_int_equal(life.side[0].holes[i].start, start);
	assert_int_equal(life.side[0].holes[i].end, end_);
}

static void a_hole_is_filled(void **state)
{
	(void)state;
	open_both();
	send(true, ACK, 101, 1001, 50);
	assert_int_equal(life.side[0].hole_count, 1);
	assert_hole(0, 1, 101);
	send(true, ACK, 1, 1001, 100);
	assert_int_equal(life.side[0].hole_count, 0);
}

static void a_hole_shrinks_from_either_end(void **state)
{
	(void)state;
	open_both();
	send(true, ACK, 101, 1001, 50);
	send(true, ACK, 1, 1001, 20);
	assert_hole(0, 21, 101);
	send(true, ACK, 81, 1001, 20);
	assert_int_equal(life.side[0].hole_count, 1);
	assert_hole(0, 21, 81);
}

static void a_hole_falls_into_two(void **state)
{
	(void)state;
	open_both();
	send(true, ACK, 101, 1001, 50);
	send(true, ACK, 41, 1001, 20);
	assert_int_equal(life.side[0].hole_count, 2);
	assert_hole(0, 1, 41);
	assert_hole(1, 61, 101);
}

static void a_hole_is_acknowledged_only_as_a_whole(void **state)
{
	(void)state;
	open_both();
	send(true, ACK, 101, 1001, 50);
	send(false, ACK, 1001, 100, 0);
	assert_int_equal(life.side[0].holes[0].acknowledged_in, 0);
	uint32_t packet = send(false, ACK, 1001, 101, 0);
	assert_int_equal(life.side[0].holes[0].acknowledged_in, packet);
}

static void holes_wrap_around_zero(void **state)
{
	(void)state;
	send(true, SYN, UINT32_MAX - 10, 0, 0);
	send(true, ACK, 20, 1001, 10);
	assert_hole(0, UINT32_MAX - 9, 20);
	send(true, ACK, UINT32_MAX - 9, 1001, 30);
	assert_int_equal(life.side[0].hole_count, 0);
}

static void holes_without_room_are_counted(void **state)
{
	(void)state;
	open_both();
	for (uint32_t i = 0; i <= TCP_LIFE_HOLES; i++)
		send(true, ACK, 11 + 20 * i, 1001, 10);
	assert_int_equal(life.side[0].hole_count, TCP_LIFE_HOLES);
	assert_int_equal(life.side[0].holes_dropped, 10);
}

static void an_early_acknowledgment_counts_when_sent_again(void **state)
{
	(void)state;
	send(true, SYN, 0, 0, 0);
	send(false, SYN | ACK, 1000, 2, 0);
	send(true, FIN | ACK, 1, 1001, 0);
	assert_int_equal(life.side[0].fin_acknowledged_in, 0);
	uint32_t packet = send(false, ACK, 1001, 2, 0);
	assert_int_equal(life.side[0].fin_acknowledged_in, packet);
}

static void a_reset_that_is_believed_ends_it(void **state)
{
	(void)state;
	open_both();
	uint32_t packet = send(false, RST, 1001, 0, 0);
	assert_int_equal(life.rst_packet, packet);
	assert_true(life.rst_valid);
	assert_false(life.rst_from_client);
	assert_int_equal(life.ignored_count, 0);
}

static void a_reset_is_ignored_if_its_sender_goes_on(void **state)
{
	(void)state;
	rst_closes = false;
	open_both();
	uint32_t rst = send(false, RST, 999999, 0, 0);
	uint32_t next = send(false, ACK, 1001, 1, 10);
	assert_int_equal(life.rst_packet, 0);
	assert_int_equal(life.ignored_count, 1);
	assert_int_equal(life.ignored[0].packet, rst);
	assert_int_equal(life.ignored[0].goes_on_packet, next);
	assert_int_equal(life.rst_data_packet, 0);
}

static void data_after_a_valid_reset_are_noted(void **state)
{
	(void)state;
	open_both();
	send(true, RST, 1, 0, 0);
	uint32_t packet = send(true, ACK, 1, 1001, 10);
	assert_int_equal(life.rst_data_packet, packet);
}

static void an_answer_on_its_way_does_not_contradict_a_reset(void **state)
{
	(void)state;
	open_both();
	uint32_t rst = send(true, RST, 1, 0, 0);
	send(false, ACK, 1001, 1, 10);
	assert_int_equal(life.rst_packet, rst);
	assert_int_equal(life.ignored_count, 0);
}

static void bytes_are_unacknowledged_when_reset(void **state)
{
	(void)state;
	open_both();
	send(true, ACK, 1, 1001, 70);
	send(false, ACK, 1001, 31, 0);
	send(false, RST | ACK, 1001, 31, 0);
	assert_int_equal(life.rst_unacknowledged, 40);
}

static void a_syn_ack_alone_tells_who_the_client_is(void **state)
{
	(void)state;
	send(false, SYN | ACK, 1000, 1, 0);
	assert_int_equal(life.side[0].port, CLIENT_PORT);
	assert_int_equal(life.client_address.address[0], 1);
	assert_int_equal(life.side[1].syn_packet, 1);
	assert_int_equal(life.syn_ack_packet, 1);
	assert_int_equal(life.side[0].syn_packet, 0);
}

static void sides_turn_round_when_a_syn_tells_better(void **state)
{
	(void)state;
	client_is_known_late = true;
	send(true, ACK, 1, 1001, 10);
	assert_int_equal(life.side[0].port, SERVER_PORT);
	client_is_known_late = false;
	send(true, SYN, 0, 0, 0);
	assert_int_equal(life.side[0].port, CLIENT_PORT);
	assert_int_equal(life.side[0].bytes, 10);
	assert_int_equal(life.client_address.address[0], 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

UNIT_TESTS(test_tcp_life)
{
	const struct CMUnitTest tests[] = {
		TEST(a_hole_is_filled),
		TEST(a_hole_shrinks_from_either_end),
		TEST(a_hole_falls_into_two),
		TEST(a_hole_is_acknowledged_only_as_a_whole),
		TEST(holes_wrap_around_zero),
		TEST(holes_without_room_are_counted),
		TEST(an_early_acknowledgment_counts_when_sent_again),
		TEST(a_reset_that_is_believed_ends_it),
		TEST(a_reset_is_ignored_if_its_sender_goes_on),
		TEST(data_after_a_valid_reset_are_noted),
		TEST(an_answer_on_its_way_does_not_contradict_a_reset),
		TEST(bytes_are_unacknowledged_when_reset),
		TEST(a_syn_ack_alone_tells_who_the_client_is),
		TEST(sides_turn_round_when_a_syn_tells_better),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
