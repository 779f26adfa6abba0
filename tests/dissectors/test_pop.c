/* test_pop.c - which replies have data, where it ends, replies that fit no command. */
#include <string.h>

#include "support/dissect_hex.h"
#include "support/talk.h"
#include "support/unit_test.h"

static int end_talk(void **state)
{
	(void)state;
	talk_end();
	return 0;
}

static void shows_commands_and_replies(void **state)
{
	(void)state;
	talk_begin(110);
	uint32_t command = talk_client("USER a b\r\n");
	uint32_t reply = talk_server("+OK go on\r\n");

	assert_text_field(talk_packet(command), "pop.request.command", "USER");
	assert_text_field(talk_packet(command), "pop.request.parameter", "a b");
	assert_string_equal(talk_packet(command)->info, "C: USER a b");
	assert_text_field(talk_packet(reply), "pop.response.indicator", "+OK");
	assert_text_field(talk_packet(reply), "pop.response.description", "go on");
	assert_string_equal(talk_packet(reply)->info, "S: +OK go on");
}

static void data_ends_once_however_it_is_cut(void **state)
{
	(void)state;
	for (uint32_t size = 1; size < 20; size++) {
		talk_begin(110);
		talk_client("RETR 1\r\n");
		uint32_t end = talk_in_pieces(false, "+OK\r\nS: x\r\n..\r\n.\n.y\r\n.\r\n", size);
		uint32_t next = talk_server("+OK bye\r\n");

		assert_true(has_node(talk_packet(end), "pop.response.data"));
		assert_text_field(talk_packet(next), "pop.response.description", "bye");
		assert_false(has_node(talk_packet(next), "pop.response.data"));
	}
}

static void list_without_its_dot_ends_at_the_next_reply(void **state)
{
	(void)state;
	talk_begin(110);
	talk_client("LIST\r\n");
	talk_server("+OK\r\n1 20\r\n");
	uint32_t item = talk_server("+ 2 30\r\n");
	talk_client("RETR 1\r\n");
	uint32_t reply = talk_server("+OK mail\r\nFrom: a\r\n\r\n");
	uint32_t mail = talk_server("+OK b\r\n.\r\n");

	assert_true(has_node(talk_packet(item), "pop.response.data"));
	assert_text_field(talk_packet(reply), "pop.response.description", "mail");
	assert_true(has_node(talk_packet(mail), "pop.response.data"));
}

static void argument_says_whether_list_has_data(void **state)
{
	(void)state;
	talk_begin(110);
	talk_client("LIST 1\r\nLIST\r\nNOOP\r\n");
	const struct dissection *d =
		talk_packet(talk_server("+OK 1 20\r\n+OK\r\n1 20\r\n.\r\n+OK\r\n"));

	assert_int_equal(count_nodes(d, "pop.response.indicator"), 3);
	assert_int_equal(count_nodes(d, "pop.response.data"), 2);
}

static void error_has_no_data(void **state)
{
	(void)state;
	talk_begin(110);
	talk_client("RETR 9\r\n");
	talk_server("-ERR no\r\n");

	assert_text_field(talk_packet(talk_server("+OK x\r\n")), "pop.response.description", "x");
}

static void more_commands_than_are_remembered_do_no_harm(void **state)
{
	(void)state;
	talk_begin(110);
	for (unsigned i = 0; i < 200; i++)
		talk_client("RETR 1\r\n");
	for (unsigned i = 0; i < 200; i++)
		talk_server("-ERR no\r\n");
	talk_client("CAPA\r\n");
	assert_true(has_node(talk_packet(talk_server("+OK\r\nTOP\r\n.\r\n")), "pop.response.data"));
}

/* A TLS record of 257 bytes. */
static const char *tls_record(void)
{
	static char record[5 + 257 + 1] = "\x17\x03\x01\x01\x01";

	memset(record + 5, 'x', 257);
	return record;
}

static void tls_follows_stls(void **state)
{
	(void)state;
	talk_begin(110);
	talk_client("STLS\r\n");
	talk_server("+OK\r\n");
	const struct dissection *d = talk_packet(talk_client(tls_record()));

	assert_false(has_node(d, "pop.request.command"));
	assert_true(has_node(d, "tls.app_data"));
}

static void tls_stays_and_plain_text_does_too(void **state)
{
	(void)state;
	talk_begin(110);
	talk_client("STLS\r\n");
	talk_server("+OK\r\n");
	talk_client(tls_record());
	assert_true(has_node(talk_packet(talk_client("NOOP\r\n")), "data"));
	talk_begin(110);
	talk_client("STLS\r\n");
	talk_server("+OK\r\n");
	assert_string_equal(talk_packet(talk_client("NOOP\r\n"))->protocol, "POP");
}

static void survives_truncation(void **state)
{
	(void)state;
	assert_survives_truncation("pop", "2b4f4b20610d0a");
	assert_survives_truncation("pop", "78790d0a2e0d0a");
}

UNIT_TESTS(test_pop)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_commands_and_replies),
		cmocka_unit_test(data_ends_once_however_it_is_cut),
		cmocka_unit_test(list_without_its_dot_ends_at_the_next_reply),
		cmocka_unit_test(argument_says_whether_list_has_data),
		cmocka_unit_test(error_has_no_data),
		cmocka_unit_test(more_commands_than_are_remembered_do_no_harm),
		cmocka_unit_test(tls_follows_stls),
		cmocka_unit_test(tls_stays_and_plain_text_does_too),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("pop", tests, NULL, end_talk);
}
