/* test_udp.c - what captures/udp.pcap cannot show: datagrams that lie or are cut. */
#include "support/dissect_hex.h"
#include "support/unit_test.h"

/* Ports 40000 -> 9, 4 bytes of payload. */
#define DATAGRAM "9c40 0009 000c 591f 01020304"

static void shows_header_fields(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("udp", DATAGRAM);

	assert_uint_field(d, "udp.srcport", 40000);
	assert_uint_field(d, "udp.dstport", 9);
	assert_uint_field(d, "udp.length", 12);
	assert_int_equal(node_named(d, "udp", 0)->length, 8);
	assert_string_equal(d->protocol, "UDP");
	assert_string_equal(d->info, "40000 → 9 Len=4");
}

static void answers_to_either_port(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("udp", DATAGRAM);

	assert_int_equal(node_named(d, "udp.port", 0)->value.number, 40000);
	assert_int_equal(node_named(d, "udp.port", 1)->value.number, 9);
}

static void reports_length_shorter_than_header(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("udp", "9c40 0009 0007 0000");

	assert_true(has_node(d, "udp.length.bad"));
	assert_false(has_node(d, "udp.checksum"));
	assert_string_equal(d->info, "40000 → 9 [BAD UDP LENGTH 7 < 8]");
}

static void reports_length_longer_than_packet(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("udp", "9c40 0009 0010 0000 01020304");

	assert_true(has_node(d, "udp.length.bad"));
	assert_int_equal(node_named(d, "udp.payload", 0)->length, 4);
	assert_string_equal(d->info, "40000 → 9 [BAD UDP LENGTH 16 > IP PAYLOAD LENGTH] Len=8");
}

/* Without a pseudo header, as here, nothing can be said of a checksum. */
static void leaves_a_checksum_unverified(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("udp", DATAGRAM);

	assert_uint_field(d, "udp.checksum.status", 2);
	assert_false(has_node(d, "udp.checksum_calculated"));
}

static void tells_cut_capture_from_malformed(void **state)
{
	(void)state;
	assert_string_equal(dissect_hex_cut("udp", DATAGRAM, 5)->info,
			    "40000 → 9[Packet size limited during capture]");
	assert_string_equal(dissect_hex("udp", "9c40 0009 00")->info,
			    "40000 → 9[Malformed Packet]");
}

static void cut_header_adds_nothing_unread(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex_cut("udp", DATAGRAM, 3);

	assert_true(has_node(d, "udp.srcport"));
	assert_false(has_node(d, "udp.dstport"));
	assert_int_equal(count_nodes(d, "udp.port"), 0);
}

static void an_empty_datagram_has_no_payload(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("udp", "9c40 0009 0008 0000 ffff");

	assert_false(has_node(d, "udp.payload"));
	assert_false(has_node(d, "data"));
	assert_uint_field(d, "udp.checksum.status", 3);
}

static void of_a_payload_that_was_not_captured_nothing_is_said(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex_cut("udp", DATAGRAM, 8);

	assert_string_equal(d->info, "40000 → 9 Len=4[Packet size limited during capture]");
	assert_false(has_node(d, "udp.payload"));
	assert_false(has_node(d, "data"));
}

static void survives_truncation(void **state)
{
	(void)state;
	assert_survives_truncation("udp", DATAGRAM);
	assert_survives_truncation("udp", "d903 0035 001b 0000"
					  "1234 0100 0001 0000 0000 0000 01 61 00 0001 0001");
}

UNIT_TESTS(test_udp)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_header_fields),
		cmocka_unit_test(answers_to_either_port),
		cmocka_unit_test(reports_length_shorter_than_header),
		cmocka_unit_test(reports_length_longer_than_packet),
		cmocka_unit_test(leaves_a_checksum_unverified),
		cmocka_unit_test(tells_cut_capture_from_malformed),
		cmocka_unit_test(cut_header_adds_nothing_unread),
		cmocka_unit_test(an_empty_datagram_has_no_payload),
		cmocka_unit_test(of_a_payload_that_was_not_captured_nothing_is_said),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("udp", tests, NULL, NULL);
}
