/* test_http.c - where messages end, what belongs together, and headers that lie. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/dissect_hex.h"
#include "support/talk.h"
#include "support/unit_test.h"

#define GET	"GET /a HTTP/1.1\r\nHost: h.example\r\n\r\n"
#define HEAD	"HEAD /a HTTP/1.1\r\nHost: h.example\r\n\r\n"
#define OK	"HTTP/1.1 200 OK\r\n"
#define CHUNKED OK "Transfer-Encoding: chunked\r\n\r\n"

static int end_talk(void **state)
{
	(void)state;
	talk_end();
	return 0;
}

/* The response to a GET is whole in `number`, with this body. */
static void assert_body(uint32_t number, const char *body)
{
	const struct dissection *d = talk_packet(number);

	assert_int_equal(count_nodes(d, "http.response.code"), 1);
	assert_text_field(d, "http.file_data", body);
	assert_sound_tree(d);
}

static void reads_a_request_line(void **state)
{
	(void)state;
	talk_begin(80);
	uint32_t n = talk_client("GET /p/a?x=1&y=%20 HTTP/1.1\r\nHost: h.example\r\n\r\n");
	const struct dissection *d = talk_packet(n);

	assert_text_field(d, "http.request.method", "GET");
	assert_text_field(d, "http.request.uri.path", "/p/a");
	assert_text_field(d, "http.request.uri.query", "x=1&y=%20");
	assert_int_equal(count_nodes(d, "http.request.uri.query.parameter"), 2);
	assert_text_field(d, "http.request.full_uri", "http://h.example/p/a?x=1&y=%20");
	assert_string_equal(d->protocol, "HTTP");
	assert_string_equal(d->info, "GET /p/a?x=1&y=%20 HTTP/1.1 ");
}

static void finds_the_message_however_it_is_cut(void **state)
{
	(void)state;
	for (uint32_t size = 1; size < 40; size++) {
		talk_begin(80);
		talk_in_pieces(true, GET GET, size);
		uint32_t first = talk_in_pieces(false, OK "Content-Length: 3\r\n\r\nabc", size);
		uint32_t second = talk_in_pieces(
			false, CHUNKED "2;x=\"y\"\r\nde\r\n1\r\nf\r\n0\r\nX-T: 1\r\n\r\n", size);
		assert_body(first, "abc");
		assert_body(second, "def");
		assert_text_field(talk_packet(second), "http.chunked_trailer_part", "X-T: 1\r\n");
	}
}

static void transfer_encoding_overrides_content_length(void **state)
{
	(void)state;
	talk_begin(80);
	talk_client(GET);
	uint32_t n = talk_server(OK "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
				    "3\r\nabc\r\n0\r\n\r\n");

	assert_body(n, "abc");
	assert_true(has_node(talk_packet(n), "http.te_and_length"));
}

static void responses_without_body_end_with_the_header(void **state)
{
	static const char *const first[] = {
		"HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n",
		"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
		"HTTP/1.1 100 Continue\r\n\r\n",
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(first) / sizeof(first[0]); i++) {
		talk_begin(80);
		talk_client(GET GET);
		uint32_t short_one = talk_server(first[i]);
		uint32_t n = talk_server(OK "Content-Length: 2\r\n\r\nok");
		assert_int_equal(count_nodes(talk_packet(short_one), "http.response.code"), 1);
		assert_body(n, "ok");
	}
}

static void response_to_head_has_no_body(void **state)
{
	(void)state;
	talk_begin(80);
	talk_client(HEAD GET);
	uint32_t n =
		talk_server(OK "Content-Length: 5000\r\n\r\n" OK "Content-Length: 2\r\n\r\nok");
	const struct dissection *d = talk_packet(n);

	assert_int_equal(count_nodes(d, "http.response.code"), 2);
	assert_int_equal(count_nodes(d, "http.file_data"), 1);
	assert_int_equal(node_named(d, "http.response_number", 1)->value.number, 2);
}

static void body_without_length_lasts_until_the_end(void **state)
{
	(void)state;
	talk_begin(80);
	talk_client(GET);
	uint32_t begin = talk_server(OK "\r\nab");
	talk_server("cd");
	uint32_t end = talk_close(false);

	assert_false(has_node(talk_packet(begin), "http"));
	assert_body(end, "abcd");
}

static void body_cut_by_the_end_is_shown_as_incomplete(void **state)
{
	(void)state;
	talk_begin(80);
	talk_client(GET);
	talk_server(OK "Content-Length: 10\r\n\r\nabc");
	uint32_t end = talk_close(false);

	assert_body(end, "abc");
	assert_true(has_node(talk_packet(end), "http.incomplete"));
}

static void bad_content_length_is_noted(void **state)
{
	static const char *const values[] = {
		"-1", "+2", "2, 3", "0x2", "18446744073709551616", "", "2\r\nContent-Length: 3",
	};
	char text[200];

	(void)state;
	for (unsigned i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		talk_begin(80);
		talk_client(GET);
		stpcpy(stpcpy(stpcpy(text, OK "Content-Length: "), values[i]), "\r\n\r\nab");
		talk_server(text);
		uint32_t end = talk_close(false);
		assert_true(has_node(talk_packet(end), "http.content_length.bad"));
	}
}

static void bad_chunk_ends_the_message(void **state)
{
	static const char *const chunks[] = {
		"-1\r\nabc\r\n", "g\r\n",	  "10000000000000000\r\nabc\r\n",
		"\r\n\r\n",	 "3x\r\nabc\r\n", "2\r\nabc\r\n",
	};
	char text[200];

	(void)state;
	for (unsigned i = 0; i < sizeof(chunks) / sizeof(chunks[0]); i++) {
		talk_begin(80);
		talk_client(GET);
		stpcpy(stpcpy(text, CHUNKED), chunks[i]);
		const struct dissection *d = talk_packet(talk_server(text));
		assert_true(has_node(d, "http.chunk.bad"));
		assert_sound_tree(d);
	}
}

static void pipelined_requests_are_paired_in_order(void **state)
{
	(void)state;
	talk_begin(80);
	uint32_t first = talk_client(GET);
	uint32_t second = talk_client("GET /b HTTP/1.1\r\nHost: h.example\r\n\r\n");
	uint32_t one = talk_server(OK "Content-Length: 0\r\n\r\n");
	uint32_t two = talk_server(OK "Content-Length: 0\r\n\r\n");

	assert_uint_field(talk_packet(first), "http.response_in", one);
	assert_uint_field(talk_packet(first), "http.next_request_in", second);
	assert_uint_field(talk_packet(second), "http.response_in", two);
	assert_uint_field(talk_packet(second), "http.request_number", 2);
	assert_uint_field(talk_packet(two), "http.request_in", second);
	assert_uint_field(talk_packet(two), "http.prev_response_in", one);
	assert_uint_field(talk_packet(one), "http.next_response_in", two);
	assert_text_field(talk_packet(two), "http.response_for.uri", "http://h.example/b");
	assert_uint_field(talk_packet(two), "http.time", 2000000);
}

static void final_response_is_paired_after_interim_ones(void **state)
{
	(void)state;
	talk_begin(80);
	uint32_t request = talk_client(GET);
	uint32_t interim = talk_server("HTTP/1.1 103 Early Hints\r\n\r\n");
	uint32_t final = talk_server(OK "Content-Length: 0\r\n\r\n");

	assert_uint_field(talk_packet(request), "http.response_in", final);
	assert_uint_field(talk_packet(interim), "http.request_in", request);
	assert_uint_field(talk_packet(final), "http.request_in", request);
}

static void reads_odd_request_lines(void **state)
{
	static const struct {
		const char *line;
		bool request;
	} lines[] = {
		{ "GET /\r\n\r\n", true },
		{ "OPTIONS\n\n", true },
		{ "FROB / HTTP/1.1\r\n\r\n", true },
		{ "FROB /\r\n\r\n", false },
		{ "GE T / HTTP/1.1\r\n\r\n", false },
		{ "PRI * HTTP/2.0\r\n\r\n", false },
		{ "\r\n\r\nGET / HTTP/1.1\r\n\r\n", true },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		talk_begin(80);
		const struct dissection *d = talk_packet(talk_client(lines[i].line));
		assert_int_equal(has_node(d, "http.request.method"), lines[i].request);
	}
}

static void tunnel_is_no_http(void **state)
{
	(void)state;
	talk_begin(3128);
	talk_client("CONNECT h.example:443 HTTP/1.1\r\nHost: h.example:443\r\n\r\n");
	talk_server("HTTP/1.1 200 Connected\r\n\r\n");
	uint32_t n = talk_client(GET);

	assert_false(has_node(talk_packet(n), "http.request.method"));
	assert_true(has_node(talk_packet(n), "data"));
	assert_text_field(talk_packet(n), "http.proxy_connect_host", "h.example");
	assert_uint_field(talk_packet(n), "http.proxy_connect_port", 443);
}

static void what_a_tunnel_carries_stands_behind_where_it_leads(void **state)
{
	(void)state;
	talk_begin(3128);
	talk_client("CONNECT h.example:25 HTTP/1.1\r\nHost: h.example:25\r\n\r\n");
	talk_server("HTTP/1.1 200 Connected\r\n\r\n");
	const struct dissection *d = talk_packet(talk_server("220 h.example ESMTP\r\n"));

	assert_text_field(d, "http.proxy_connect_host", "h.example");
	assert_false(node_named(d, "http", 0)->flags & NODE_HIDDEN);
	assert_true(has_node(d, "smtp.response"));
}

/* Each of HTTP and TLS may name the other as who speaks. */
static void tunnel_through_a_port_of_tls_ends(void **state)
{
	(void)state;
	talk_begin(443);
	talk_client("CONNECT h.example:443 HTTP/1.1\r\nHost: h.example:443\r\n\r\n");
	talk_server("HTTP/1.1 200 Connected\r\n\r\n");
	uint32_t n = talk_client(GET);

	assert_text_field(talk_packet(4), "http.request.method", "CONNECT");
	assert_false(has_node(talk_packet(n), "http.request.method"));
}

static void refused_connect_is_followed_by_http(void **state)
{
	(void)state;
	talk_begin(3128);
	talk_client("CONNECT h.example:443 HTTP/1.1\r\nHost: h.example:443\r\n\r\n");
	talk_server("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");

	assert_text_field(talk_packet(talk_client(GET)), "http.request.method", "GET");
}

static void what_is_no_http_is_payload_until_a_request_was_seen(void **state)
{
	(void)state;
	talk_begin(80);
	uint32_t before = talk_client("\x01\x02 binary");
	uint32_t request = talk_client(GET);
	uint32_t after = talk_client("\x01\x02 binary");

	assert_string_equal(talk_packet(before)->protocol, "TCP");
	assert_false(has_node(talk_packet(before), "http"));
	assert_false(has_node(talk_packet(before), "data"));
	assert_true(has_node(talk_packet(before), "tcp.payload"));
	assert_null(strstr(talk_packet(before)->info, "reassembled"));
	assert_text_field(talk_packet(request), "http.request.method", "GET");
	assert_string_equal(talk_packet(after)->info, "Continuation");
}

static void a_segment_shows_which_bytes_end_and_begin_messages(void **state)
{
	(void)state;
	talk_begin(80);
	uint32_t first = talk_client("GET / HTTP/1.1\r\n");
	uint32_t middle = talk_client("\r\nGET /b HTTP");
	talk_client("/1.1\r\n\r\n");

	assert_int_equal(count_nodes(talk_packet(first), "tcp.segment_data"), 1);
	assert_int_equal(count_nodes(talk_packet(middle), "tcp.segment_data"), 2);
	assert_int_equal(node_named(talk_packet(middle), "tcp.segment_data", 0)->length, 2);
}

static void is_recognised_on_any_port(void **state)
{
	(void)state;
	talk_begin(9000);
	uint32_t before = talk_client("hello\r\n");
	uint32_t request = talk_client(GET);
	talk_server(OK "Content-Length: 4\r\n\r\nab");
	uint32_t response = talk_server("cd");

	assert_false(has_node(talk_packet(before), "http"));
	assert_uint_field(talk_packet(request), "http.response_in", response);
	assert_body(response, "abcd");
}

static void shows_headers(void **state)
{
	(void)state;
	talk_begin(80);
	uint32_t n =
		talk_client("GET / HTTP/1.1\r\nhOsT:  h.example \r\nCookie: a=1; b=2\r\n"
			    "Authorization: Basic dTpw\r\nX-Folded: a\r\n b\r\nno colon\r\n\r\n");
	const struct dissection *d = talk_packet(n);

	assert_text_field(d, "http.host", "h.example");
	assert_int_equal(count_nodes(d, "http.cookie_pair"), 2);
	assert_text_field(d, "http.authbasic", "u:p");
	assert_text_field(d, "http.header", "X-Folded: a\r\n b");
	assert_int_equal(count_nodes(d, "http.request.line"), 5);
}

static void names_of_header_fields_are_words(void **state)
{
	static const struct {
		const char *line;
		bool bad;
	} lines[] = {
		{ "X-One.2|a: b", false },	{ "Bad Name: b", true },
		{ "Content-Length : 3", true }, { ": nothing", true },
		{ "no colon", false },		{ "Na{m}e: b", true },
		{ "One: b\r\n two: c", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		char text[64];
		snprintf(text, sizeof text, "GET / HTTP/1.1\r\n%s\r\n\r\n", lines[i].line);
		talk_begin(80);
		assert_int_equal(has_node(talk_packet(talk_client(text)), "http.bad_header_name"),
				 lines[i].bad);
		talk_end();
	}
}

static void http_in_clear_on_the_port_of_tls_is_noted(void **state)
{
	(void)state;
	talk_begin(443);
	assert_true(has_node(talk_packet(talk_client(GET)), "http.tls_port"));
	talk_end();
	talk_begin(80);
	assert_false(has_node(talk_packet(talk_client(GET)), "http.tls_port"));
	talk_end();
}

static void a_row_does_not_blame_the_capture_for_what_it_did_not_fetch(void **state)
{
	enum { BODY = 100000 };
	char *text = malloc(BODY + 200);
	int head = sprintf(text, OK "Content-Type: image/png\r\nContent-Length: %d\r\n\r\n", BODY);

	(void)state;
	memset(text + head, 'x', BODY);
	text[head + BODY] = '\0';
	memcpy(text + head, "\x89PNG\r\n\x1a\n\x01\x01", 10);
	talk_begin(80);
	talk_client(GET);
	uint32_t n = talk_in_pieces(false, text, 1400);
	assert_string_equal(talk_row(n)->info, "HTTP/1.1 200 OK  (PNG)");
	free(text);
}

static void survives_truncation(void **state)
{
	(void)state;
	/* "HTTP/1.1 200 OK", chunked: one chunk of "a" and a trailer. */
	assert_survives_truncation("http",
				   "485454502f312e3120323030204f4b0d0a"
				   "5472616e736665722d456e636f64696e673a206368756e6b65640d0a"
				   "0d0a310d0a610d0a300d0a583a20790d0a0d0a");
}

UNIT_TESTS(test_http)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_request_line),
		cmocka_unit_test(finds_the_message_however_it_is_cut),
		cmocka_unit_test(transfer_encoding_overrides_content_length),
		cmocka_unit_test(responses_without_body_end_with_the_header),
		cmocka_unit_test(response_to_head_has_no_body),
		cmocka_unit_test(body_without_length_lasts_until_the_end),
		cmocka_unit_test(body_cut_by_the_end_is_shown_as_incomplete),
		cmocka_unit_test(bad_content_length_is_noted),
		cmocka_unit_test(bad_chunk_ends_the_message),
		cmocka_unit_test(pipelined_requests_are_paired_in_order),
		cmocka_unit_test(final_response_is_paired_after_interim_ones),
		cmocka_unit_test(reads_odd_request_lines),
		cmocka_unit_test(tunnel_is_no_http),
		cmocka_unit_test(what_a_tunnel_carries_stands_behind_where_it_leads),
		cmocka_unit_test(tunnel_through_a_port_of_tls_ends),
		cmocka_unit_test(refused_connect_is_followed_by_http),
		cmocka_unit_test(what_is_no_http_is_payload_until_a_request_was_seen),
		cmocka_unit_test(a_segment_shows_which_bytes_end_and_begin_messages),
		cmocka_unit_test(is_recognised_on_any_port),
		cmocka_unit_test(shows_headers),
		cmocka_unit_test(names_of_header_fields_are_words),
		cmocka_unit_test(http_in_clear_on_the_port_of_tls_is_noted),
		cmocka_unit_test(a_row_does_not_blame_the_capture_for_what_it_did_not_fetch),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("http", tests, NULL, end_talk);
}
