/* test_icmp.c - ICMP, ICMPv6 and IGMP messages that are cut, lie or quote what is odd. */
#include <string.h>

#include "support/dissect_hex.h"
#include "support/unit_test.h"

#define QUOTE "4500 0020 0001 0000 4011 0000 c0000201 c6336402 9c40 0009 000c 0000"
#define TARGET "20010db8000000000000000000000009"

static void quoted_packet_leaves_columns_and_addresses(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("icmp", "0303 0000 00000000" QUOTE);

	assert_string_equal(d->protocol, "ICMP");
	assert_string_equal(d->info, "Destination unreachable (Port unreachable)");
	assert_uint_field(d, "ip.src", 0xc0000201);
	assert_uint_field(d, "udp.dstport", 9);
	assert_int_equal(d->from.type, ADDRESS_NONE);
	assert_int_equal(node_named(d, "ip", 0)->depth, 1);
}

static void quote_that_ends_early_is_no_fault(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("icmp", "0b00 0000 00000000 4500 0020 0001");

	assert_uint_field(d, "ip.id", 1);
	assert_int_equal(d->worst_fault, FAULT_NONE);
	assert_string_equal(d->info, "Time-to-live exceeded (Time to live exceeded in transit)");
}

static void too_short_for_its_type_shows_nothing(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("icmp", "0800 0000 01");

	assert_false(has_node(d, "icmp.type"));
	assert_string_equal(d->info, "[Malformed Packet]");
}

static void object_with_bad_length_ends_the_extensions(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("icmp", "0b00 0000 00 0b 0000" QUOTE
		"00000000 00000000 00000000 00000000" "2000 0000 0003 0101 0008 0101 00064140");

	assert_int_equal(count_nodes(d, "icmp.ext.length"), 1);
	assert_false(has_node(d, "icmp.mpls.label"));
}

/* Otherwise its text would be copied again for each of its labels. */
static void name_without_end_is_told_in_parts(void **state)
{
	(void)state;
	enum { LABELS = 200, HEADER = 40 };
	char hex[HEADER + 4 * LABELS + 3] = "8c00000000020000" "0000000000000000" "00000000";

	for (unsigned i = 0; i < LABELS; i++)
		memcpy(hex + HEADER + 4 * i, "0161", 5);
	strcpy(hex + HEADER + 4 * LABELS, "00");
	const struct dissection *d = dissect_hex("icmpv6", hex);
	assert_int_equal(count_nodes(d, "icmpv6.ni.reply.node_name"), 2);
	assert_int_equal(node_named(d, "icmpv6.ni.reply.node_name", 0)->length, 256);
}

static void option_without_length_ends_the_options(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("icmpv6", "8700 0000 00000000" TARGET
		"0100 020000000001 0501 0000 000005dc");

	assert_true(has_node(d, "icmpv6.invalid_option_length"));
	assert_int_equal(count_nodes(d, "icmpv6.opt.type"), 1);
	assert_int_equal(d->worst_fault, FAULT_NONE);
}

static void option_that_overruns_is_malformed(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("icmpv6", "8700 0000 00000000" TARGET "01ff 020000000001");

	assert_int_equal(d->worst_fault, FAULT_MALFORMED);
}

static void response_times_are_floating_point(void **state)
{
	(void)state;
	assert_uint_field(dissect_hex("igmp", "11c5 0000 e0000101 027d 0000"), "igmp.max_resp", 2688);
	assert_uint_field(dissect_hex("icmpv6", "8200 0000 9710 0000" TARGET "027d 0000"),
			  "icmpv6.mld.maximum_response_code", 94464);
}

static void rows_tell_what_travels_in_igmp(void **state)
{
	(void)state;
	static const char blocks[] = "1f20 0000 e0000101 0a000001 0a000002 0a000003 40000007"
				     "00000000 0a000004 0a000005 0a000006 00000001 00000002 00000003"
				     "03 00 18 00";

	assert_string_equal(dissect_hex("igmp", blocks)->info, "Traceroute Request");
	assert_string_equal(dissect_hex("igmp", "1430 0000 00000000")->info, "Unknown (48)");
}

static void report_with_fewer_records_than_it_says_is_malformed(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("igmp", "2200 0000 0000 ffff 0100 0000 e0000101");

	assert_int_equal(count_nodes(d, "igmp.record_type"), 1);
	assert_int_equal(d->worst_fault, FAULT_MALFORMED);
}

static void survives_truncation(void **state)
{
	(void)state;
	assert_survives_truncation("icmp", "0304 0000 000005dc" QUOTE);
	assert_survives_truncation("icmp", "0b00 0000 00 0b 0000" QUOTE
		"00000000 00000000 00000000 00000000" "2000 0000 0008 0101 00064140 000c 0244 0001 0000 0a000001");
	assert_survives_truncation("icmp", "0910 0000 0102 0708 0a000001 00000005 100a 0005 0708 c000 0a000009"
		"1302 0810 00 1804 11223344");
	assert_survives_truncation("icmpv6", "8600 0000 40c8 0708 00000001 00000002 0101 020000000001"
		"0304 40e0 00000258 ffffffff 00000000" TARGET "1904 0000 00000064" TARGET "0000000000000000"
		"1f02 0000 00000064 036162630000 0000");
	assert_survives_truncation("icmpv6", "9b01 0000 1e01 0100 8805 0000" TARGET
		"040e 0014 030a 0800 0100 0001 00ff ffff 0616 8000 01ff" TARGET "0000");
	assert_survives_truncation("igmp", "2200 0000 0000 0002 0100 0001 e0000101 0a000001"
		"0401 0000 e0000102 11223344");
}

UNIT_TESTS(test_icmp)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quoted_packet_leaves_columns_and_addresses),
		cmocka_unit_test(quote_that_ends_early_is_no_fault),
		cmocka_unit_test(too_short_for_its_type_shows_nothing),
		cmocka_unit_test(object_with_bad_length_ends_the_extensions),
		cmocka_unit_test(name_without_end_is_told_in_parts),
		cmocka_unit_test(option_without_length_ends_the_options),
		cmocka_unit_test(option_that_overruns_is_malformed),
		cmocka_unit_test(response_times_are_floating_point),
		cmocka_unit_test(rows_tell_what_travels_in_igmp),
		cmocka_unit_test(report_with_fewer_records_than_it_says_is_malformed),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("icmp", tests, NULL, NULL);
}
