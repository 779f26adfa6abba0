/* test_ipv6.c - chains of headers that lie, loop or are cut. */
#include <string.h>

#include "session/session.h"
#include "support/build_capture.h"
#include "support/dissect_hex.h"
#include "support/unit_test.h"

#define ADDRESSES "20010db8000000000000000000000001 20010db8000100000000000000000002"
#define STOP "20010db8000000000000000000000009"

static void shows_header_fields(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ipv6", "6b8fffff 0004 fd 40" ADDRESSES "01020304");

	assert_uint_field(d, "ipv6.tclass", 0xb8);
	assert_uint_field(d, "ipv6.flow", 0xfffff);
	assert_uint_field(d, "ipv6.plen", 4);
	assert_int_equal(count_nodes(d, "ipv6.addr"), 2);
	assert_string_equal(d->info, "Unknown IP Protocol: Unknown (253)");
}

static void walks_a_chain_to_its_end(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ipv6", "60000000 0018 00 40" ADDRESSES
		"3c 00 0502 0000 0000" "3c 00 0104 00000000" "3b 00 0104 00000000");

	assert_true(has_node(d, "ipv6.opt.router_alert"));
	assert_int_equal(count_nodes(d, "ipv6.dstopts.nxt"), 2);
	assert_uint_field(d, "ipv6.dstopts.nxt", 60);
}

static void another_version_is_told_and_data(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ipv6", "45000039 0001");

	assert_string_equal(d->info, "Bogus IPv6 version (4, must be 6)");
	assert_true(has_node(d, "ipv6.bogus_ipv6_version"));
}

static void row_tells_only_that_nothing_follows(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ipv6", "60000000 000c 3c 40" ADDRESSES
		"3b 00 0104 00000000" "01020304");

	assert_string_equal(d->info, "IPv6 no next header");
	/* A Mobility Header is a message, and no header before one. */
	d = dissect_hex("ipv6", "60000000 0008 87 40" ADDRESSES "3b 00 00 00 0000 0000");
	assert_string_equal(d->info, "Binding Refresh Request");
}

static void last_stop_of_a_routing_header_is_the_destination(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ipv6", "60000000 0018 2b 40" ADDRESSES
		"3b 02 00 01 00000000" STOP);

	assert_int_equal(d->to.address[15], 9);
	/* Unless it has been visited. */
	d = dissect_hex("ipv6", "60000000 0018 2b 40" ADDRESSES "3b 02 00 00 00000000" STOP);
	assert_int_equal(d->to.address[15], 2);
}

static void option_that_overruns_its_header_ends_there(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ipv6", "60000000 000c 3c 40" ADDRESSES
		"fd 00 1eff 01020304" "aabbccdd");

	assert_true(has_node(d, "ipv6.opt.invalid_len"));
	assert_int_equal(node_named(d, "ipv6.opt.experimental", 0)->length, 4);
	assert_int_equal(d->worst_fault, FAULT_NONE);
}

/* A tunnel's limit (4), the same with the right length and header, and an alert for routers (5). */
static void options_are_told_where_they_belong(void **state)
{
	(void)state;
	assert_true(has_node(dissect_hex("ipv6", "60000000 0008 00 40" ADDRESSES
						 "3b 00 0401 00 010100"),
			     "ipv6.opt.header_mismatch"));
	assert_false(has_node(dissect_hex("ipv6", "60000000 0008 3c 40" ADDRESSES
						  "3b 00 0401 00 010100"),
			      "ipv6.opt.header_mismatch"));
	assert_true(has_node(dissect_hex("ipv6", "60000000 0008 3c 40" ADDRESSES
						 "3b 00 0502 0000 0100"),
			     "ipv6.opt.header_mismatch"));
}

static void header_that_overruns_the_packet_is_malformed(void **state)
{
	(void)state;
	assert_int_equal(dissect_hex("ipv6", "60000000 0008 3c 40" ADDRESSES "3b ff 0104 00000000")->worst_fault,
			 FAULT_MALFORMED);
}

static void payload_longer_than_the_frame_is_noted(void **state)
{
	(void)state;
	assert_true(has_node(dissect_hex("ipv6", "60000000 1388 fd 40" ADDRESSES "01020304"),
			     "ipv6.plen_exceeds_framing"));
}

static void options_that_lie_end_the_first_pass_too(void **state)
{
	(void)state;
	struct built_capture capture;
	struct error error;
	uint8_t packet[200];
	char text[PATH_TEXT_ROOM];

	capture_begin(&capture, 101);
	/* The last byte of the header is an option without a length. */
	uint32_t n = bytes_of("60000000 0010 00 40" ADDRESSES "11 00 000000000000"
			      "9c40 0035 0008 0000", packet);
	capture_add(&capture, packet, n, n);
	packet[47] = 0x1e;
	capture_add(&capture, packet, n, n);
	struct session *session = scan_bytes(capture.bytes, capture.length, &error);
	assert_non_null(session);
	const struct learned *learned = session_learned(session);
	path_text(learned->paths, index_block_of(&learned->index, 1)->path[0], text);
	assert_non_null(strstr(text, ":udp"));
	path_text(learned->paths, index_block_of(&learned->index, 2)->path[1], text);
	assert_null(strstr(text, ":udp"));
	session_free(session);
	capture_free(&capture);
}

static void survives_truncation(void **state)
{
	(void)state;
	assert_survives_truncation("ipv6", "60000000 0050 00 40" ADDRESSES
		"2b 00 0502 0000 0000" "2b 02 03 01 99200000 11223344556677 aabbccddeeffaa 0000"
		"2b 03 04 01 01000007" STOP STOP "3c 00 05 01 0001 0002" "fd 00 6304 a01e0100" "01020304");
}

UNIT_TESTS(test_ipv6)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_header_fields),
		cmocka_unit_test(walks_a_chain_to_its_end),
		cmocka_unit_test(another_version_is_told_and_data),
		cmocka_unit_test(row_tells_only_that_nothing_follows),
		cmocka_unit_test(last_stop_of_a_routing_header_is_the_destination),
		cmocka_unit_test(option_that_overruns_its_header_ends_there),
		cmocka_unit_test(options_are_told_where_they_belong),
		cmocka_unit_test(header_that_overruns_the_packet_is_malformed),
		cmocka_unit_test(payload_longer_than_the_frame_is_noted),
		cmocka_unit_test(options_that_lie_end_the_first_pass_too),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("ipv6", tests, NULL, NULL);
}
