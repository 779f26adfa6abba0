/* test_tcp_state.c - each way through the state diagram of RFC 9293, 3.3.2, that can be seen. */
#include "state/tcp_state.h"
#include "support/unit_test.h"

enum { CLIENT, SERVER };

static struct tcp_states states;

static int begin(void **state)
{
	(void)state;
	states = (struct tcp_states){ 0 };
	return 0;
}

/* The client's numbers begin with 100, the server's with 500. */
static void send(unsigned side, unsigned flags, uint32_t sequence, uint32_t acknowledgment)
{
	struct tcp_seen seen = { .sequence = (side == CLIENT ? 100 : 500) + sequence,
				 .acknowledgment = (side == CLIENT ? 500 : 100) + acknowledgment,
				 .flags = (uint16_t)flags };

	tcp_states_step(&states, side, &seen, true);
}

static void expect_at(const char *client, const char *server, int line)
{
	_assert_string_equal(tcp_state_names[states.of[CLIENT]], client, __FILE__, line);
	_assert_string_equal(tcp_state_names[states.of[SERVER]], server, __FILE__, line);
}

#define expect(client, server) expect_at(client, server, __LINE__)

static void open_both(void)
{
	send(CLIENT, TCP_BIT_SYN, 0, 0);
	send(SERVER, TCP_BIT_SYN | TCP_BIT_ACK, 0, 1);
	send(CLIENT, TCP_BIT_ACK, 1, 1);
}

static void opens_in_three_steps(void **state)
{
	(void)state;
	expect("unknown", "unknown");
	send(CLIENT, TCP_BIT_SYN, 0, 0);
	expect("SYN-SENT", "SYN-RECEIVED");
	send(SERVER, TCP_BIT_SYN | TCP_BIT_ACK, 0, 1);
	expect("ESTABLISHED", "SYN-RECEIVED");
	send(CLIENT, TCP_BIT_ACK, 1, 1);
	expect("ESTABLISHED", "ESTABLISHED");
}

static void opens_from_both_sides(void **state)
{
	(void)state;
	send(CLIENT, TCP_BIT_SYN, 0, 0);
	send(SERVER, TCP_BIT_SYN, 0, 0);
	expect("SYN-RECEIVED", "SYN-RECEIVED");
	send(CLIENT, TCP_BIT_SYN | TCP_BIT_ACK, 0, 1);
	send(SERVER, TCP_BIT_SYN | TCP_BIT_ACK, 0, 1);
	expect("ESTABLISHED", "ESTABLISHED");
}

static void the_opener_closes_first(void **state)
{
	(void)state;
	open_both();
	send(CLIENT, TCP_BIT_FIN | TCP_BIT_ACK, 1, 1);
	expect("FIN-WAIT-1", "CLOSE-WAIT");
	send(SERVER, TCP_BIT_ACK, 1, 2);
	expect("FIN-WAIT-2", "CLOSE-WAIT");
	send(SERVER, TCP_BIT_FIN | TCP_BIT_ACK, 1, 2);
	expect("TIME-WAIT", "LAST-ACK");
	send(CLIENT, TCP_BIT_ACK, 2, 2);
	expect("TIME-WAIT", "CLOSED");
}

static void the_other_closes_first(void **state)
{
	(void)state;
	open_both();
	send(SERVER, TCP_BIT_FIN | TCP_BIT_ACK, 1, 1);
	expect("CLOSE-WAIT", "FIN-WAIT-1");
	send(CLIENT, TCP_BIT_FIN | TCP_BIT_ACK, 1, 2);
	expect("LAST-ACK", "TIME-WAIT");
	send(SERVER, TCP_BIT_ACK, 2, 2);
	expect("CLOSED", "TIME-WAIT");
}

static void both_close_at_once(void **state)
{
	(void)state;
	open_both();
	send(CLIENT, TCP_BIT_FIN | TCP_BIT_ACK, 1, 1);
	send(SERVER, TCP_BIT_FIN | TCP_BIT_ACK, 1, 1);
	expect("CLOSING", "CLOSING");
	send(CLIENT, TCP_BIT_ACK, 2, 2);
	expect("CLOSING", "TIME-WAIT");
	send(SERVER, TCP_BIT_ACK, 2, 2);
	expect("TIME-WAIT", "TIME-WAIT");
}

static void an_acknowledgment_below_the_fin_moves_nothing(void **state)
{
	(void)state;
	open_both();
	send(CLIENT, TCP_BIT_FIN | TCP_BIT_ACK, 1, 1);
	send(SERVER, TCP_BIT_ACK, 1, 1);
	expect("FIN-WAIT-1", "CLOSE-WAIT");
}

static void a_fin_sent_again_moves_nothing(void **state)
{
	(void)state;
	open_both();
	send(CLIENT, TCP_BIT_FIN | TCP_BIT_ACK, 1, 1);
	send(SERVER, TCP_BIT_ACK, 1, 2);
	send(CLIENT, TCP_BIT_FIN | TCP_BIT_ACK, 1, 1);
	expect("FIN-WAIT-2", "CLOSE-WAIT");
}

static void closes_before_it_is_established(void **state)
{
	(void)state;
	send(CLIENT, TCP_BIT_SYN, 0, 0);
	send(SERVER, TCP_BIT_SYN | TCP_BIT_ACK, 0, 1);
	send(SERVER, TCP_BIT_FIN | TCP_BIT_ACK, 1, 1);
	expect("CLOSE-WAIT", "FIN-WAIT-1");
}

static void a_reset_ends_it_if_it_is_in_the_window(void **state)
{
	struct tcp_seen seen = { .flags = TCP_BIT_RST };

	(void)state;
	open_both();
	tcp_states_step(&states, SERVER, &seen, false);
	expect("ESTABLISHED", "ESTABLISHED");
	tcp_states_step(&states, SERVER, &seen, true);
	expect("CLOSED", "CLOSED");
}

static void a_refused_connection_is_closed(void **state)
{
	(void)state;
	send(CLIENT, TCP_BIT_SYN, 0, 0);
	send(SERVER, TCP_BIT_RST | TCP_BIT_ACK, 0, 1);
	expect("CLOSED", "CLOSED");
}

static void what_began_before_the_capture_is_established(void **state)
{
	(void)state;
	send(SERVER, TCP_BIT_ACK, 1000, 1000);
	expect("ESTABLISHED", "ESTABLISHED");
}

static void a_fin_may_be_all_that_was_captured(void **state)
{
	(void)state;
	send(CLIENT, TCP_BIT_FIN | TCP_BIT_ACK, 1000, 1000);
	expect("FIN-WAIT-1", "CLOSE-WAIT");
}

static void numbers_may_wrap(void **state)
{
	struct tcp_seen fin = { .sequence = UINT32_MAX, .flags = TCP_BIT_FIN | TCP_BIT_ACK };
	struct tcp_seen ack = { .acknowledgment = 0, .flags = TCP_BIT_ACK };

	(void)state;
	open_both();
	tcp_states_step(&states, CLIENT, &fin, true);
	tcp_states_step(&states, SERVER, &ack, true);
	expect("FIN-WAIT-2", "CLOSE-WAIT");
}

UNIT_TESTS(test_tcp_state)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(opens_in_three_steps, begin),
		cmocka_unit_test_setup(opens_from_both_sides, begin),
		cmocka_unit_test_setup(the_opener_closes_first, begin),
		cmocka_unit_test_setup(the_other_closes_first, begin),
		cmocka_unit_test_setup(both_close_at_once, begin),
		cmocka_unit_test_setup(an_acknowledgment_below_the_fin_moves_nothing, begin),
		cmocka_unit_test_setup(a_fin_sent_again_moves_nothing, begin),
		cmocka_unit_test_setup(closes_before_it_is_established, begin),
		cmocka_unit_test_setup(a_reset_ends_it_if_it_is_in_the_window, begin),
		cmocka_unit_test_setup(a_refused_connection_is_closed, begin),
		cmocka_unit_test_setup(what_began_before_the_capture_is_established, begin),
		cmocka_unit_test_setup(a_fin_may_be_all_that_was_captured, begin),
		cmocka_unit_test_setup(numbers_may_wrap, begin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
