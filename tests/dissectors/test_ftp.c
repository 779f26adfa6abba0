/* test_ftp.c - addresses that lie, replies of several lines, the working directory. */
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

static const struct dissection *client_says(const char *text)
{
	talk_begin(21);
	return talk_packet(talk_client(text));
}

static const struct dissection *server_says(const char *text)
{
	talk_begin(21);
	return talk_packet(talk_server(text));
}

static void shows_commands(void **state)
{
	(void)state;
	const struct dissection *d = client_says("RETR a b.txt\r\n");

	assert_text_field(d, "ftp.request.command", "RETR");
	assert_text_field(d, "ftp.request.arg", "a b.txt");
	assert_uint_field(d, "ftp.request", 1);
	assert_uint_field(d, "ftp.response", 0);
	assert_string_equal(d->info, "Request: RETR a b.txt");
}

static void only_a_reply_s_first_line_has_fields(void **state)
{
	(void)state;
	const struct dissection *d =
		server_says("211-Features\r\n 220 x\r\n220 y\r\n211 End\r\n226 done\r\n");

	assert_int_equal(count_nodes(d, "ftp.response.code"), 2);
	assert_text_field(d, "ftp.response.arg", "Features");
	assert_int_equal(count_nodes(d, "ftp.line"), 5);
	assert_string_equal(d->info, "Response: 211-Features | 226 done");
}

static void reads_port(void **state)
{
	(void)state;
	const struct dissection *d = client_says("PORT 192,0,2,1,19,137\r\n");

	assert_uint_field(d, "ftp.active.cip", 0xc0000201);
	assert_uint_field(d, "ftp.active.port", 5001);
	assert_false(has_node(d, "ftp.active.nat"));
	assert_uint_field(client_says("PORT 10,0,0,1,0,0\r\n"), "ftp.active.nat", 1);
}

static void notes_bad_ports(void **state)
{
	static const char *const bad[] = {
		"192,0,2,1,256,1",	"1,2,3,4,5", "a,b,c,d,e,f", "1,2,3,4,-1,5",
		"1,2,3,4,4294967297,5", "",	     ",,,,,",	    "1,2,3,4,5,"
	};
	char text[100];

	(void)state;
	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		stpcpy(stpcpy(stpcpy(text, "PORT "), bad[i]), "\r\n");
		const struct dissection *d = client_says(text);
		assert_true(has_node(d, "ftp.port.args_invalid"));
		assert_false(has_node(d, "ftp.active.port"));
	}
}

static void reads_pasv(void **state)
{
	(void)state;
	const struct dissection *d = server_says("227 Entering (198,51,100,2,4,5).\r\n");

	assert_uint_field(d, "ftp.passive.ip", 0xc6336402);
	assert_uint_field(d, "ftp.passive.port", 1029);
	assert_false(has_node(d, "ftp.passive.nat"));
	assert_uint_field(server_says("227 =10,0,0,1,4,5\r\n"), "ftp.passive.nat", 1);
	assert_true(has_node(server_says("227 (999,1,1,1,1,1)\r\n"), "ftp.passive.args_invalid"));
	assert_true(has_node(server_says("227\r\n"), "ftp.passive.args_invalid"));
}

static void reads_eprt(void **state)
{
	static const char *const bad[] = { "|3|192.0.2.1|1|",
					   "|1|192.0.2.1|65536|",
					   "|2|192.0.2.1|1|",
					   "|1|192.0.2.1|",
					   "",
					   "|",
					   "|1|999.0.2.1|1|" };
	char text[100];

	(void)state;
	const struct dissection *d = client_says("EPRT !2!2001:db8::1!5000!\r\n");
	assert_uint_field(d, "ftp.eprt.af", 2);
	assert_int_equal(node_named(d, "ftp.eprt.ipv6", 0)->value.bytes[15], 1);
	assert_uint_field(d, "ftp.eprt.port", 5000);
	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		stpcpy(stpcpy(stpcpy(text, "EPRT "), bad[i]), "\r\n");
		assert_true(has_node(client_says(text), "ftp.eprt.args_invalid"));
	}
}

static void reads_epsv(void **state)
{
	static const char *const bad[] = { "(|||70000|)", "(|||)", "(||||)", "(|1|x|5|)", "(", "" };
	char text[100];

	(void)state;
	const struct dissection *d = server_says("229 Extended (|||5003|)\r\n");
	assert_uint_field(d, "ftp.epsv.port", 5003);
	assert_uint_field(d, "ftp.epsv.ip", 0xc6336402);
	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		stpcpy(stpcpy(stpcpy(text, "229 "), bad[i]), "\r\n");
		assert_true(has_node(server_says(text), "ftp.epsv.args_invalid"));
	}
}

/* The directory after a reply to `command`. */
static void assert_directory(const char *command, const char *reply, const char *directory)
{
	talk_client(command);
	assert_text_field(talk_packet(talk_server(reply)), "ftp.current-working-directory",
			  directory);
}

static void follows_the_working_directory(void **state)
{
	static const struct {
		const char *command, *reply, *directory;
	} steps[] = {
		{ "CWD a\r\n", "250 ok\r\n", "" },
		{ "PWD\r\n", "257 \"/x \"\"y\"\"\" is it\r\n", "/x \"y\"" },
		{ "CWD sub/./deep\r\n", "250 ok\r\n", "/x \"y\"/sub/deep" },
		{ "CWD nosuch\r\n", "550 no\r\n", "/x \"y\"/sub/deep" },
		{ "CDUP\r\n", "250 ok\r\n", "/x \"y\"/sub" },
		{ "CWD ../../../..\r\n", "250 ok\r\n", "/" },
		{ "CWD ./.\r\n", "250 ok\r\n", "/" },
		{ "CWD a\r\n", "250 ok\r\n", "/a" },
		{ "CWD /z//\r\n", "250 ok\r\n", "/z/" },
		{ "CWD b/\r\n", "250 ok\r\n", "/z/b/" },
		{ "CDUP\r\n", "250 ok\r\n", "/z" },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		talk_begin(21);
		for (unsigned j = 0; j < i; j++) {
			talk_client(steps[j].command);
			talk_server(steps[j].reply);
		}
		assert_directory(steps[i].command, steps[i].reply, steps[i].directory);
	}
}

static void directory_that_is_too_long_is_forgotten(void **state)
{
	char text[400] = "CWD /";

	(void)state;
	memset(text + 5, 'a', 300);
	stpcpy(text + 305, "\r\n");
	talk_begin(21);
	assert_directory(text, "250 ok\r\n", "");
}

static void longest_directory_has_no_room_for_more(void **state)
{
	char reply[300] = "257 \"/", directory[256] = "/";

	(void)state;
	memset(directory + 1, 'a', 254);
	memset(reply + 6, 'a', 254);
	stpcpy(reply + 260, "\" is it\r\n");
	talk_begin(21);
	talk_client("PWD\r\n");
	talk_server(reply);
	assert_directory("CWD ./\r\n", "250 ok\r\n", directory);
	talk_begin(21);
	talk_client("PWD\r\n");
	talk_server(reply);
	assert_directory("CWD b\r\n", "250 ok\r\n", "");
}

/* A TLS record of 257 bytes. */
static const char *tls_record(void)
{
	static char record[5 + 257 + 1] = "\x17\x03\x01\x01\x01";

	memset(record + 5, 'x', 257);
	return record;
}

static void tls_follows_auth(void **state)
{
	(void)state;
	talk_begin(21);
	talk_client("AUTH TLS\r\n");
	talk_server("234 go\r\n");
	const struct dissection *d = talk_packet(talk_client(tls_record()));

	assert_false(has_node(d, "ftp.request.command"));
	assert_true(has_node(d, "tls.app_data"));
}

static void tls_stays_and_plain_text_does_too(void **state)
{
	(void)state;
	talk_begin(21);
	talk_client("AUTH TLS\r\n");
	talk_server("234 go\r\n");
	talk_client(tls_record());
	assert_true(has_node(talk_packet(talk_client("NOOP\r\n")), "data"));
	talk_begin(21);
	talk_client("AUTH TLS\r\n");
	talk_server("234 go\r\n");
	assert_string_equal(talk_packet(talk_client("NOOP\r\n"))->protocol, "FTP");
}

static void survives_truncation(void **state)
{
	(void)state;
	/* 227 (1,2,3,4,5,6) */
	assert_survives_truncation("ftp", "3232372028312c322c332c342c352c36290d0a");
}

UNIT_TESTS(test_ftp)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_commands),
		cmocka_unit_test(only_a_reply_s_first_line_has_fields),
		cmocka_unit_test(reads_port),
		cmocka_unit_test(notes_bad_ports),
		cmocka_unit_test(reads_pasv),
		cmocka_unit_test(reads_eprt),
		cmocka_unit_test(reads_epsv),
		cmocka_unit_test(follows_the_working_directory),
		cmocka_unit_test(directory_that_is_too_long_is_forgotten),
		cmocka_unit_test(longest_directory_has_no_room_for_more),
		cmocka_unit_test(tls_follows_auth),
		cmocka_unit_test(tls_stays_and_plain_text_does_too),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("ftp", tests, NULL, end_talk);
}
