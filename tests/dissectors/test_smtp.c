/* test_smtp.c - mails cut anywhere, AUTH, commands that were refused, replies that lie. */
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

static void shows_each_pipelined_command(void **state)
{
	(void)state;
	talk_begin(25);
	uint32_t n = talk_client("MAIL FROM:<a@x.example>\r\nRCPT TO:<b@x.example>\r\nRSET\r\n");
	const struct dissection *d = talk_packet(n);

	assert_int_equal(count_nodes(d, "smtp"), 1);
	assert_int_equal(count_nodes(d, "smtp.req.command"), 3);
	assert_int_equal(count_nodes(d, "smtp.req.parameter"), 2);
	assert_string_equal(d->info, "C: MAIL FROM:<a@x.example> | RCPT TO:<b@x.example> | RSET");
}

static void reply_of_several_lines_is_one_response(void **state)
{
	(void)state;
	talk_begin(25);
	uint32_t n = talk_server("250-mail.example\r\n250-SIZE 10\r\n250 DSN\r\n220 next\r\n");
	const struct dissection *d = talk_packet(n);

	assert_int_equal(count_nodes(d, "smtp.response"), 2);
	assert_int_equal(count_nodes(d, "smtp.response.code"), 2);
	assert_int_equal(count_nodes(d, "smtp.rsp.parameter"), 4);
	assert_string_equal(d->info, "S: 250-mail.example | SIZE 10 | DSN | 220 next");
}

static void reply_goes_on_in_the_next_packet(void **state)
{
	(void)state;
	talk_begin(25);
	talk_server("250-mail.example\r\n");
	const struct dissection *d = talk_packet(talk_server("250 DSN\r\n"));

	assert_false(has_node(d, "smtp.response"));
	assert_text_field(d, "smtp.rsp.parameter", "DSN");
}

static void other_code_within_a_reply_is_noted(void **state)
{
	(void)state;
	talk_begin(25);
	const struct dissection *d = talk_packet(talk_server("250-a\r\n251 b\r\n"));

	assert_true(has_node(d, "smtp.response.code.unexpected"));
}

static void mail_ends_once_however_it_is_cut(void **state)
{
	(void)state;
	for (uint32_t size = 1; size < 20; size++) {
		talk_begin(25);
		talk_client("DATA\r\n");
		talk_server("354 go on\r\n");
		uint32_t end = talk_in_pieces(true, "S: x\r\n\r\n..\r\n.\n.y\r\n\r\r\n.\r\n", size);
		uint32_t quit = talk_client("QUIT\r\n");

		assert_true(has_node(talk_packet(end), "smtp.eom"));
		assert_uint_field(talk_packet(end), "smtp.data.reassembled.length", 21);
		assert_false(has_node(talk_packet(end - 1), "smtp.eom"));
		assert_text_field(talk_packet(quit), "smtp.req.command", "QUIT");
	}
}

static void empty_mail_ends_at_once(void **state)
{
	(void)state;
	talk_begin(25);
	talk_client("DATA\r\n");
	talk_server("354 go on\r\n");

	assert_true(has_node(talk_packet(talk_client(".\r\n")), "smtp.eom"));
}

static void commands_follow_data_that_was_refused(void **state)
{
	(void)state;
	talk_begin(25);
	talk_client("MAIL FROM:<a@x.example>\r\nDATA\r\n");
	talk_server("250 ok\r\n503 no recipient\r\n");

	assert_text_field(talk_packet(talk_client("RSET\r\n")), "smtp.req.command", "RSET");
}

static void bdat_counts_its_bytes(void **state)
{
	(void)state;
	talk_begin(25);
	uint32_t n = talk_client("BDAT 12 LAST\r\nDATA\r\n.\r\nx\r\nQUIT\r\n");
	const struct dissection *d = talk_packet(n);

	assert_int_equal(count_nodes(d, "smtp.req.command"), 2);
	assert_int_equal(count_nodes(d, "smtp.data.line"), 3);
}

static void auth_login_is_decoded(void **state)
{
	(void)state;
	talk_begin(587);
	talk_client("AUTH LOGIN\r\n");
	talk_server("334 VXNlcm5hbWU6\r\n");
	uint32_t user = talk_client("dXNlcg==\r\n");
	talk_server("334 UGFzc3dvcmQ6\r\n");
	uint32_t password = talk_client("c2VjcmV0\r\n");
	talk_server("235 ok\r\n");
	uint32_t after = talk_client("NOOP\r\n");

	assert_text_field(talk_packet(user), "smtp.auth.username", "user");
	assert_string_equal(talk_packet(user)->info, "C: User: dXNlcg==");
	assert_text_field(talk_packet(password), "smtp.auth.password", "secret");
	assert_text_field(talk_packet(after), "smtp.req.command", "NOOP");
}

static void auth_plain_is_decoded(void **state)
{
	(void)state;
	talk_begin(587);
	uint32_t n = talk_client("AUTH PLAIN AHVzZXIAc2VjcmV0\r\n");

	assert_text_field(talk_packet(n), "smtp.auth.username", "user");
	assert_text_field(talk_packet(n), "smtp.auth.password", "secret");
	talk_begin(587);
	n = talk_client("AUTH PLAIN !!!\r\n");
	assert_true(has_node(talk_packet(n), "smtp.base64_decode"));
}

/* A TLS record of 257 bytes. */
static const char *tls_record(void)
{
	static char record[5 + 257 + 1] = "\x17\x03\x01\x01\x01";

	memset(record + 5, 'x', 257);
	return record;
}

static void tls_follows_starttls(void **state)
{
	(void)state;
	talk_begin(25);
	talk_client("STARTTLS\r\n");
	talk_server("220 go\r\n");
	const struct dissection *d = talk_packet(talk_client(tls_record()));

	assert_false(has_node(d, "smtp.command_line"));
	assert_true(has_node(d, "tls.app_data"));
}

static void tls_stays_and_plain_text_does_too(void **state)
{
	(void)state;
	talk_begin(25);
	talk_client("STARTTLS\r\n");
	talk_server("220 go\r\n");
	talk_client(tls_record());
	assert_true(has_node(talk_packet(talk_client("NOOP\r\n")), "data"));
	talk_begin(25);
	talk_client("STARTTLS\r\n");
	talk_server("220 go\r\n");
	assert_string_equal(talk_packet(talk_client("NOOP\r\n"))->protocol, "SMTP");
}

static void survives_truncation(void **state)
{
	(void)state;
	/* 250-a, 250 b, 334 and base64 */
	assert_survives_truncation("smtp", "3235302d610d0a32353020620d0a33333420595742680d0a");
}

UNIT_TESTS(test_smtp)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_each_pipelined_command),
		cmocka_unit_test(reply_of_several_lines_is_one_response),
		cmocka_unit_test(reply_goes_on_in_the_next_packet),
		cmocka_unit_test(other_code_within_a_reply_is_noted),
		cmocka_unit_test(mail_ends_once_however_it_is_cut),
		cmocka_unit_test(empty_mail_ends_at_once),
		cmocka_unit_test(commands_follow_data_that_was_refused),
		cmocka_unit_test(bdat_counts_its_bytes),
		cmocka_unit_test(auth_login_is_decoded),
		cmocka_unit_test(auth_plain_is_decoded),
		cmocka_unit_test(tls_follows_starttls),
		cmocka_unit_test(tls_stays_and_plain_text_does_too),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("smtp", tests, NULL, end_talk);
}
