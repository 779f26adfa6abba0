/* test_ip.c - what captures/ip.pcap cannot show: headers that lie or are cut. */
#include "dissect/checksum.h"
#include "support/dissect_hex.h"
#include "support/unit_test.h"

/* 192.0.2.1 to 198.51.100.2, protocol 253, 4 bytes of payload. */
#define PLAIN "4500 0018 0001 0000 40fd 8db1 c0000201 c6336402 01020304"
/* The same with a record route option that is full, and an end of options. */
#define ROUTED "4700 0020 0001 0000 40fd 79a3 c0000201 c6336402 0707 08 0a000001 00 01020304"

static void shows_header_fields(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ip", PLAIN);

	assert_uint_field(d, "ip.hdr_len", 20);
	assert_uint_field(d, "ip.len", 24);
	assert_uint_field(d, "ip.ttl", 64);
	assert_uint_field(d, "ip.proto", 253);
	assert_uint_field(d, "ip.checksum.status", CHECKSUM_GOOD);
	assert_int_equal(count_nodes(d, "ip.addr"), 2);
	assert_string_equal(d->protocol, "IPv4");
	assert_string_equal(d->info, "Unknown (253)");
}

static void wrong_checksum_is_noted(void **state)
{
	(void)state;
	const struct dissection *d =
		dissect_hex("ip", "4500 0018 0001 0000 40fd 0000 c0000201 c6336402 01020304");

	assert_uint_field(d, "ip.checksum.status", CHECKSUM_BAD);
	assert_uint_field(d, "ip.checksum_calculated", 0x8db1);
	assert_true(has_node(d, "ip.checksum_bad.expert"));
}

static void length_zero_means_all_there_is(void **state)
{
	(void)state;
	assert_uint_field(dissect_hex("ip", "4500 0000 0001 0000 40fd 0000 c0000201 c6336402 01020304"),
			  "ip.len", 24);
}

static void length_below_the_header_ends_it(void **state)
{
	(void)state;
	const struct dissection *d =
		dissect_hex("ip", "4500 0013 0001 0000 40fd 0000 c0000201 c6336402");

	assert_string_equal(d->info, "Bogus IP length (19, less than header length 20)");
	assert_false(has_node(d, "ip.src"));
}

static void header_length_below_20_ends_it(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ip", "4400 0018 0001 0000 40fd 0000 c0000201 c6336402");

	assert_string_equal(d->info, "Bogus IP header length (16, must be at least 20)");
}

static void last_address_of_a_source_route_is_the_destination(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ip",
		"4700 001c 0001 0000 40fd 0000 c0000201 c6336402 8307 04 0a000009 00");

	assert_uint_field(d, "ip.cur_rt", 0xc6336402);
	assert_uint_field(d, "ip.dst", 0x0a000009);
	assert_int_equal(d->to.address[3], 9);
}

static void option_that_overruns_ends_the_options(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ip",
		"4600 001c 0001 0000 40fd 0000 c0000201 c6336402 07ff 0400 01020304");

	assert_true(has_node(d, "ip.opt.len.invalid"));
	assert_false(has_node(d, "ip.opt.ptr"));
	assert_int_equal(d->worst_fault, FAULT_NONE);
}

static void survives_truncation(void **state)
{
	(void)state;
	assert_survives_truncation("ip", PLAIN);
	assert_survives_truncation("ip", ROUTED);
	assert_survives_truncation("ip", "4f00 003c 0001 0000 4001 0000 c0000201 c6336402"
				   "8610 00000001 010a 0005 8040000000ff 440c 0d01 0a000001 00000001"
				   "1908 0510 00112230 0000 0000");
}

/* To the group of mDNS, with a TTL of 1. */
static void right_ttl_depends_on_who_sends(void **state)
{
	(void)state;
	assert_true(has_node(dissect_hex("ip", "4500 0018 0001 0000 0111 0000 c0000201 e00000fb"
					       "14e914e90008 0000"),
			     "ip.ttl.lncb"));
	assert_false(has_node(dissect_hex("ip", "4500 001c 0001 0000 0102 0000 c0000201 e00000fb"
						"1600 09fa e00000fb"),
			      "ip.ttl.lncb"));
}

UNIT_TESTS(test_ip)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_header_fields),
		cmocka_unit_test(wrong_checksum_is_noted),
		cmocka_unit_test(length_zero_means_all_there_is),
		cmocka_unit_test(length_below_the_header_ends_it),
		cmocka_unit_test(right_ttl_depends_on_who_sends),
		cmocka_unit_test(header_length_below_20_ends_it),
		cmocka_unit_test(last_address_of_a_source_route_is_the_destination),
		cmocka_unit_test(option_that_overruns_ends_the_options),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("ip", tests, NULL, NULL);
}
