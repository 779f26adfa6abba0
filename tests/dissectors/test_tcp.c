/* test_tcp.c - segments that lie or are cut; what is right stands in captures/tcp.pcap. */
#include <stdio.h>
#include <string.h>

#include "support/dissect_hex.h"
#include "support/unit_test.h"

/* Ports 40000 -> 9 up to the acknowledgment number. */
#define PORTS_AND_NUMBERS "9c40 0009 00000064 000000c8 "
#define SEGMENT PORTS_AND_NUMBERS "5018 0200 0000 0000 61626364"
/* MSS 1460, SACK permitted, timestamps, no-operation, window scale 7. */
#define SYN "9c40 0009 00000064 00000000 a002 faf0 0000 0000" \
	    "020405b4 0402 080a 00000001 00000000 01 030307"

static void shows_header_fields(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("tcp", SEGMENT);

	assert_uint_field(d, "tcp.srcport", 40000);
	assert_uint_field(d, "tcp.dstport", 9);
	assert_uint_field(d, "tcp.seq_raw", 100);
	assert_uint_field(d, "tcp.ack_raw", 200);
	assert_uint_field(d, "tcp.len", 4);
	assert_uint_field(d, "tcp.hdr_len", 20);
	assert_uint_field(d, "tcp.flags", 0x18);
	assert_uint_field(d, "tcp.flags.push", 1);
	assert_uint_field(d, "tcp.flags.fin", 0);
	assert_text_field(d, "tcp.flags.str", "·······AP···");
	assert_string_equal(d->info, "40000 → 9 [PSH, ACK] Seq=100 Ack=200 Win=512 Len=4");
}

static void reads_the_options_of_a_syn(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("tcp", SYN);

	assert_uint_field(d, "tcp.options.mss_val", 1460);
	assert_uint_field(d, "tcp.options.wscale.shift", 7);
	assert_uint_field(d, "tcp.options.wscale.multiplier", 128);
	assert_uint_field(d, "tcp.options.timestamp.tsval", 1);
	assert_int_equal(count_nodes(d, "tcp.option_kind"), 5);
	assert_string_equal(d->info, "40000 → 9 [SYN] Seq=100 Win=64240 Len=0 MSS=1460 SACK_PERM TSval=1 TSecr=0 WS=128");
}

/* As tshark 4.0.17 words them, blanks included. */
static void tells_rare_options(void **state)
{
	(void)state;
	const struct dissection *d =
		dissect_hex("tcp", PORTS_AND_NUMBERS "f010 0200 0000 0000"
			    "fe05 00ac 21 fd06 1234 abcd 1b08 03 05 01020304 1c04 8005"
			    "1d0c 0102 1122334455667788 01 01010101");

	assert_string_equal(d->info, "40000 → 9 [ACK] Seq=100 Ack=200 Win=512 Len=0 TARR=16"
				     " ExID=1234 QSresp=320 Kbit/s USER_TO=5TCP AO");
	assert_uint_field(d, "tcp.options.tarr.rate", 16);
	assert_uint_field(d, "tcp.options.tar.reserved", 1);
}

static void notes_a_shift_beyond_14(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("tcp", PORTS_AND_NUMBERS "6002 0200 0000 0000 030320 00");

	assert_uint_field(d, "tcp.options.wscale.shift", 32);
	assert_uint_field(d, "tcp.options.wscale.multiplier", 1 << 14);
	assert_true(has_node(d, "tcp.options.wscale.shift.invalid"));
}

static void stops_at_an_option_that_overruns(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("tcp", PORTS_AND_NUMBERS "6010 0200 0000 0000 0208 05b4");

	assert_true(has_node(d, "tcp.option.len.invalid"));
	assert_false(has_node(d, "tcp.options.mss_val"));
	assert_int_equal(d->worst_fault, FAULT_NONE);
}

static void stops_at_an_option_shorter_than_its_head(void **state)
{
	(void)state;
	for (unsigned length = 0; length < 2; length++) {
		const struct dissection *d = length
			? dissect_hex("tcp", PORTS_AND_NUMBERS "6010 0200 0000 0000 0801 0000")
			: dissect_hex("tcp", PORTS_AND_NUMBERS "6010 0200 0000 0000 0800 0000");
		assert_true(has_node(d, "tcp.option.len.invalid"));
		assert_false(has_node(d, "tcp.option_kind"));
		assert_string_equal(d->findings[0].words,
				    length ? "Timestamps (with too-short option length = 1 byte)"
					   : "Timestamps (with too-short option length = 0 bytes)");
	}
}

static void notes_four_nops_in_a_row_once(void **state)
{
	(void)state;
	const struct dissection *d =
		dissect_hex("tcp", PORTS_AND_NUMBERS "7010 0200 0000 0000 01010101 01010100");

	assert_int_equal(count_nodes(d, "tcp.nop"), 1);
	assert_false(has_node(dissect_hex("tcp", PORTS_AND_NUMBERS "7010 0200 0000 0000 010101"
								   "0402 010101"),
			      "tcp.nop"));
}

static void notes_a_segment_size_where_there_should_be_none(void **state)
{
	(void)state;
	static const char option[] = "0204 0578";
	char hex[200];

	snprintf(hex, sizeof hex, "%s 6010 0200 0000 0000 %s", PORTS_AND_NUMBERS, option);
	assert_true(has_node(dissect_hex("tcp", hex), "tcp.options.mss.present"));
	snprintf(hex, sizeof hex, "%s 6002 0200 0000 0000 %s", PORTS_AND_NUMBERS, option);
	assert_false(has_node(dissect_hex("tcp", hex), "tcp.options.mss.present"));
	assert_false(has_node(dissect_hex("tcp", hex), "tcp.options.mss.absent"));
	assert_true(has_node(dissect_hex("tcp", PORTS_AND_NUMBERS "6002 0200 0000 0000 01010101"),
			     "tcp.options.mss.absent"));
}

static void shows_an_option_of_wrong_length_as_bytes(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("tcp", PORTS_AND_NUMBERS "6010 0200 0000 0000 0303 07 00");

	assert_uint_field(d, "tcp.options.wscale.shift", 7);
	d = dissect_hex("tcp", PORTS_AND_NUMBERS "6010 0200 0000 0000 0304 0707");
	assert_true(has_node(d, "tcp.option.len.invalid"));
	assert_false(has_node(d, "tcp.options.wscale.shift"));
	assert_true(has_node(d, "tcp.options.unknown.payload"));
}

static void notes_bytes_after_the_end_of_options(void **state)
{
	(void)state;
	assert_true(has_node(dissect_hex("tcp", PORTS_AND_NUMBERS "6010 0200 0000 0000 00000001"),
			     "tcp.non_zero_bytes_after_eol"));
	assert_false(has_node(dissect_hex("tcp", PORTS_AND_NUMBERS "6010 0200 0000 0000 00000000"),
			      "tcp.non_zero_bytes_after_eol"));
}

static void reports_a_header_length_below_20(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("tcp", PORTS_AND_NUMBERS "4010 0200 0000 0000");

	assert_true(has_node(d, "tcp.bogus_header_length"));
	assert_false(has_node(d, "tcp.window_size_value"));
}

static void reports_a_header_longer_than_the_segment(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("tcp", PORTS_AND_NUMBERS "f010 0200 0000 0000 01010101");

	assert_true(has_node(d, "tcp.short_segment"));
	assert_uint_field(d, "tcp.len", 0);
}

static void notes_numbers_that_no_flag_covers(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("tcp", PORTS_AND_NUMBERS "5002 0200 0000 0007");

	assert_true(has_node(d, "tcp.ack.nonzero"));
	assert_true(has_node(d, "tcp.urgent_pointer.non_zero"));
}

static void of_a_payload_that_was_not_captured_nothing_is_said(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex_cut("tcp", SEGMENT, 20);

	assert_string_equal(d->protocol, "TCP");
	assert_null(strstr(d->info, "limited"));
	assert_false(has_node(d, "tcp.payload"));
	assert_false(has_node(d, "data"));
}

static void row_tells_numbers_of_a_header_that_is_cut_behind_them(void **state)
{
	(void)state;
	assert_non_null(strstr(dissect_hex_cut("tcp", SEGMENT, 16)->info, " Win=512"));
	assert_null(strstr(dissect_hex_cut("tcp", SEGMENT, 16)->info, " Len="));
	assert_null(strstr(dissect_hex_cut("tcp", SEGMENT, 15)->info, " Seq="));
}

static void survives_truncation(void **state)
{
	(void)state;
	assert_survives_truncation("tcp", SEGMENT);
	assert_survives_truncation("tcp", SYN);
	/* every kind once, with bodies of the length that it should have */
	assert_survives_truncation("tcp", PORTS_AND_NUMBERS "f010 0200 0000 0000"
				   "050a 00000001 00000002 1e0c 0181 1122334455667788"
				   "1d08 0102 aabbccdd 1c04 8005 0000 0000");
	assert_survives_truncation("tcp", PORTS_AND_NUMBERS "f010 0200 0000 0000"
				   "1e14 2005 00000001 00000002 00000003 0004 0005"
				   "2204 abcd fd06 f989 0102 1e06 3001 0102 01010101");
}

UNIT_TESTS(test_tcp)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_header_fields),
		cmocka_unit_test(reads_the_options_of_a_syn),
		cmocka_unit_test(tells_rare_options),
		cmocka_unit_test(notes_a_shift_beyond_14),
		cmocka_unit_test(stops_at_an_option_that_overruns),
		cmocka_unit_test(stops_at_an_option_shorter_than_its_head),
		cmocka_unit_test(notes_four_nops_in_a_row_once),
		cmocka_unit_test(notes_a_segment_size_where_there_should_be_none),
		cmocka_unit_test(shows_an_option_of_wrong_length_as_bytes),
		cmocka_unit_test(notes_bytes_after_the_end_of_options),
		cmocka_unit_test(reports_a_header_length_below_20),
		cmocka_unit_test(reports_a_header_longer_than_the_segment),
		cmocka_unit_test(notes_numbers_that_no_flag_covers),
		cmocka_unit_test(of_a_payload_that_was_not_captured_nothing_is_said),
		cmocka_unit_test(row_tells_numbers_of_a_header_that_is_cut_behind_them),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("tcp", tests, NULL, NULL);
}
