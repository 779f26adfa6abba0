/* test_arp.c - addresses of all sizes, and what an announcement is. */
#include "support/dissect_hex.h"
#include "support/unit_test.h"

#define ETHERNET_REQUEST "0001 0800 06 04 0001 "

static void tells_probe_announcement_and_gratuitous(void **state)
{
	(void)state;
	const struct dissection *d;

	d = dissect_hex("arp", ETHERNET_REQUEST "020000000001 00000000 000000000000 c0000201");
	assert_true(has_node(d, "arp.isprobe"));
	assert_string_equal(d->info, "Who has 192.0.2.1? (ARP Probe)");
	d = dissect_hex("arp", ETHERNET_REQUEST "020000000001 c0000201 000000000000 c0000201");
	assert_true(has_node(d, "arp.isannouncement"));
	assert_string_equal(d->info, "ARP Announcement for 192.0.2.1");
	d = dissect_hex("arp", ETHERNET_REQUEST "020000000001 c0000201 ffffffffffff c0000201");
	assert_true(has_node(d, "arp.isgratuitous"));
	assert_false(has_node(d, "arp.isannouncement"));
	assert_string_equal(d->info, "Gratuitous ARP for 192.0.2.1 (Request)");
}

static void shows_sizes_it_does_not_know_as_bytes(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("arp",
						 "0018 0800 08 04 0001 0102030405060708 c0000201"
						 "0000000000000000 c6336402");

	assert_int_equal(node_named(d, "arp.src.hw", 0)->length, 8);
	assert_uint_field(d, "arp.src.proto_ipv4", 0xc0000201);
	assert_false(has_node(d, "arp.src.hw_mac"));
	d = dissect_hex("arp", "0001 1234 06 03 0001 020000000001 010203 000000000000 010204");
	assert_int_equal(node_named(d, "arp.dst.proto", 0)->length, 3);
	assert_string_equal(d->info, "Who has 010204? Tell 010203");
}

static void has_no_address_of_size_zero(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("arp", "0001 0800 00 00 0001");

	assert_false(has_node(d, "arp.src.hw_mac"));
	assert_false(has_node(d, "arp.src.proto_ipv4"));
	assert_string_equal(d->info, "Who has <No address>? Tell <No address>");
}

static void sizes_beyond_the_packet_are_malformed(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("arp",
						 "0001 0800 ff ff 0001 020000000001 c0000201");

	assert_true(has_node(d, "_ws.malformed"));
	assert_false(has_node(d, "arp.src.hw"));
	assert_string_equal(d->info, "[Malformed Packet]");
}

static void survives_truncation(void **state)
{
	(void)state;
	assert_survives_truncation("arp",
				   ETHERNET_REQUEST "020000000001 c0000201 000000000000 c6336402");
	assert_survives_truncation("arp",
				   "0001 0800 06 04 0007 020000000001 c0000201"
				   "000000000000 00020000");
}

UNIT_TESTS(test_arp)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_probe_announcement_and_gratuitous),
		cmocka_unit_test(shows_sizes_it_does_not_know_as_bytes),
		cmocka_unit_test(has_no_address_of_size_zero),
		cmocka_unit_test(sizes_beyond_the_packet_are_malformed),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("arp", tests, NULL, NULL);
}
