/* test_follow_inner.c - streams within a stream, and messages as they are read: of captures, as
 * only whole connections have them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/follow.h"
#include "support/followed.h"
#include "support/typed_app.h"
#include "support/unit_test.h"

/* Follows stream 0 of a capture to its end. */
static const char *follow_kind(const char *capture, enum follow_kind kind, const uint32_t *inner,
			       uint32_t packet)
{
	follow_free(follow);
	if (!app.session)
		begin_app_on(capture);
	read_all();
	follow = follow_new(app.session, kind, 0);
	assert_non_null(follow);
	if (inner)
		follow_choose_inner(follow, (struct follow_inner){ 0, *inner });
	else if (packet)
		assert_true(follow_choose_inner_of(follow, packet));
	while (follow_update(follow, 3, true) == FOLLOW_MORE)
		;
	return tell();
}

static int tear_down(void **state)
{
	follow_free(follow);
	follow = NULL;
	end_app();
	return stop(state);
}

static void assert_inners(const uint32_t *streams, uint32_t count)
{
	assert_int_equal(follow_inner_count(follow), count);
	for (uint32_t i = 0; i < count; i++)
		assert_int_equal(follow_inner_at(follow, i).stream, streams[i]);
}

/* What stands behind the header fields of the message in a packet. */
static void assert_body(uint32_t packet, const char *body)
{
	struct follow_place place;
	uint8_t bytes[1000];
	uint32_t length = (uint32_t)strlen(body);

	assert_true(follow_find_packet(follow, packet, &place));
	const struct follow_turn *turn = follow_turn(follow, place.turn);

	assert_true(turn->length < sizeof bytes && turn->length > length);
	assert_int_equal(follow_read(follow, turn, 0, bytes, sizeof bytes), turn->length);
	assert_memory_equal(bytes + turn->length - length, body, length);
	assert_memory_equal(bytes + turn->length - length - 4, "\r\n\r\n", 4);
}

static void bodies_are_unpacked(void **state)
{
	(void)state;
	follow_kind("json.pcap", FOLLOW_HTTP, NULL, 0);
#ifdef HAVE_BROTLI
	assert_body(63, "{\"a\":1}");
#endif
#ifdef HAVE_ZSTD
	assert_body(65, "{\"a\":1}");
#endif
	assert_int_equal(follow_mark_count(follow), 4);
}

#ifdef HAVE_NGHTTP2
static void the_first_request_is_followed_if_no_one_chose(void **state)
{
	(void)state;
	const char *text = follow_kind("http2.pcap", FOLLOW_HTTP2_MESSAGES, NULL, 0);

	assert_int_equal(strncmp(text, "> :method: GET\n:path: /index.html\n", 34), 0);
	assert_non_null(strstr(text, "content-type: text/html; charset=utf-8\n\n<!doctype html>"));
	assert_int_equal(follow_chosen(follow)->stream, 1);
	assert_inners((const uint32_t[]){ 1 }, 1);
}

static void frames_of_the_connection_are_a_stream_too(void **state)
{
	(void)state;
	const uint32_t control = 0;

	follow_kind("http2.pcap", FOLLOW_HTTP2, &control, 0);
	assert_inners((const uint32_t[]){ 0, 1 }, 2);
	assert_int_not_equal(follow_turn_count(follow), 0);
}
#endif

#if defined HAVE_NGHTTP3 && defined HAVE_GCRYPT
static void streams_of_quic_are_listed_as_they_begin(void **state)
{
	(void)state;
	const char *text = follow_kind("http3.pcapng", FOLLOW_HTTP3_MESSAGES, NULL, 0);

	assert_string_equal(text, "> :method: GET\n:scheme: https\n:authority: h3.example\n"
				  ":path: /two.txt\n\n\n"
				  "< :status: 200\ncontent-type: text/plain\n\nfirst, second\n\n");
	assert_inners((const uint32_t[]){ 0, 4, 8, 12 }, 4);
}

static void a_body_stands_between_its_header_fields_and_trailers(void **state)
{
	(void)state;
	const char *text = follow_kind("http3.pcapng", FOLLOW_HTTP3_MESSAGES, NULL, 8);
	const char *reply = strstr(text, "< :status: 103\n\n:status: 200\n");

	assert_int_equal(follow_chosen(follow)->stream, 4);
	assert_non_null(reply);
	assert_non_null(strstr(reply, "content-encoding: gzip\n\npeel\npeel\n"));
	assert_non_null(strstr(reply, "peel\nchecksum: none\n\n"));
}
#endif

static void a_packet_without_streams_chooses_none(void **state)
{
	(void)state;
	follow_kind("http2.pcap", FOLLOW_HTTP2, NULL, 0);
	assert_false(follow_choose_inner_of(follow, 1));
}

UNIT_TESTS(test_follow_inner)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, NULL, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(bodies_are_unpacked),
#ifdef HAVE_NGHTTP2
		CASE(the_first_request_is_followed_if_no_one_chose),
		CASE(frames_of_the_connection_are_a_stream_too),
#endif
#if defined HAVE_NGHTTP3 && defined HAVE_GCRYPT
		CASE(streams_of_quic_are_listed_as_they_begin),
		CASE(a_body_stands_between_its_header_fields_and_trailers),
#endif
		CASE(a_packet_without_streams_chooses_none),
	};
	return cmocka_run_group_tests_name("follow_inner", tests, NULL, NULL);
}
