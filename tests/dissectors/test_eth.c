/* test_eth.c - where a frame's payload ends: padding, trailer, check sequence,
	length fields that lie. */
#include "support/dissect_hex.h"
#include "support/unit_test.h"

#define ADDRESSES "020000000002 020000000001 "
#define ARP_REQUEST "0001 0800 06 04 0001 020000000001 c0000201 000000000000 c6336402 "
#define ZEROS_18 "000000000000 000000000000 000000000000 "

static void takes_zeros_up_to_60_bytes_for_padding(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("eth", ADDRESSES "0806" ARP_REQUEST ZEROS_18);

	assert_int_equal(node_named(d, "eth.padding", 0)->length, 18);
	assert_false(has_node(d, "eth.trailer"));
	assert_false(has_node(d, "eth.fcs"));
}

static void shows_padding_in_its_own_tree(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("eth", ADDRESSES "0806" ARP_REQUEST ZEROS_18);

	assert_true(node_named(d, "eth.padding", 0) < node_named(d, "arp", 0));
	assert_sound_tree(d);
}

static void takes_other_bytes_for_a_trailer(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("eth", ADDRESSES "0806" ARP_REQUEST
						 "000000000000 000000000000 000000000055");

	assert_false(has_node(d, "eth.padding"));
	assert_int_equal(node_named(d, "eth.trailer", 0)->length, 18);
	assert_true(has_node(d, "eth.padding_bad"));
}

static void finds_no_padding_in_a_shorter_frame(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("eth", ADDRESSES "0806" ARP_REQUEST "0000");

	assert_false(has_node(d, "eth.padding"));
	assert_false(has_node(d, "eth.padding_bad"));
	assert_int_equal(node_named(d, "eth.trailer", 0)->length, 2);
}

static void takes_the_end_of_64_bytes_for_a_check_sequence(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("eth",
						 ADDRESSES "0806" ARP_REQUEST ZEROS_18 "12345678");

	assert_int_equal(node_named(d, "eth.padding", 0)->length, 18);
	assert_uint_field(d, "eth.fcs", 0x12345678);
	assert_uint_field(d, "eth.fcs.status", 2);
}

static void guesses_no_check_sequence_where_the_capture_is_cut(void **state)
{
	(void)state;
	const struct dissection *d =
		dissect_hex_cut("eth", ADDRESSES "0806" ARP_REQUEST ZEROS_18 "12345678", 62);

	assert_false(has_node(d, "eth.fcs"));
	assert_int_equal(node_named(d, "eth.trailer", 0)->length, 2);
}

static void reads_a_small_type_as_a_length(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("eth", ADDRESSES "0005 f0f003 aabb 0000");

	assert_uint_field(d, "eth.len", 5);
	assert_uint_field(d, "llc.dsap", 0xf0);
	assert_int_equal(node_named(d, "data.data", 0)->length, 2);
	assert_int_equal(node_named(d, "eth.trailer", 0)->length, 2);
}

static void notes_a_length_beyond_the_frame(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("eth", ADDRESSES "05dc f0f003 aabb");

	assert_true(has_node(d, "eth.len.past_end"));
	assert_int_equal(node_named(d, "data.data", 0)->length, 2);
	assert_false(has_node(d, "_ws.malformed.expert"));
}

static void knows_neither_length_nor_type_between_them(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("eth", ADDRESSES "05ff aabb");

	assert_uint_field(d, "eth.invalid_lentype", 0x05ff);
	assert_false(has_node(d, "eth.type"));
	assert_string_equal(d->info, "Ethernet Unknown: Invalid length/type: 0x05ff (1535)");
}

static void takes_type_zero_for_a_type(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("eth", ADDRESSES "0000 aabb");

	assert_uint_field(d, "eth.type", 0);
	assert_string_equal(d->protocol, "0x0000");
}

static void notes_a_group_address_as_source(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("eth", "020000000002 030000000001 0000 aabb");

	assert_true(has_node(d, "eth.src_not_group"));
	assert_uint_field(d, "eth.src.ig", 1);
	assert_uint_field(d, "eth.dst.ig", 0);
}

static void a_cut_header_shows_no_field(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("eth", "020000000002 020000000001 08");

	assert_false(has_node(d, "eth.dst"));
	assert_int_equal(d->from.type, ADDRESS_ETHER);
	assert_string_equal(d->info, "[Malformed Packet]");
}

static void puts_padding_behind_a_tag_into_the_tree_of_the_tag(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("eth", ADDRESSES "8100 0064 0806" ARP_REQUEST
						 "000000000000 000000000000 0000 12345678");

	assert_true(node_named(d, "vlan", 0) < node_named(d, "eth.padding", 0));
	assert_true(node_named(d, "vlan.trailer", 0) < node_named(d, "arp", 0));
	assert_int_equal(node_named(d, "eth.padding", 0)->length, 14);
	assert_int_equal(node_named(d, "vlan.trailer", 0)->length, 4);
	assert_uint_field(d, "vlan.id", 100);
	assert_sound_tree(d);
}

static void survives_truncation(void **state)
{
	(void)state;
	assert_survives_truncation("eth", ADDRESSES "0806" ARP_REQUEST ZEROS_18 "12345678");
	assert_survives_truncation("eth",
				   ADDRESSES "0028 aaaa03 000000 0806" ARP_REQUEST "0000 0000");
	assert_survives_truncation("eth",
				   ADDRESSES "88a8 0064 8100 0005 0806" ARP_REQUEST "0000 0000");
}

UNIT_TESTS(test_eth)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_zeros_up_to_60_bytes_for_padding),
		cmocka_unit_test(shows_padding_in_its_own_tree),
		cmocka_unit_test(takes_other_bytes_for_a_trailer),
		cmocka_unit_test(finds_no_padding_in_a_shorter_frame),
		cmocka_unit_test(takes_the_end_of_64_bytes_for_a_check_sequence),
		cmocka_unit_test(guesses_no_check_sequence_where_the_capture_is_cut),
		cmocka_unit_test(reads_a_small_type_as_a_length),
		cmocka_unit_test(notes_a_length_beyond_the_frame),
		cmocka_unit_test(knows_neither_length_nor_type_between_them),
		cmocka_unit_test(takes_type_zero_for_a_type),
		cmocka_unit_test(notes_a_group_address_as_source),
		cmocka_unit_test(a_cut_header_shows_no_field),
		cmocka_unit_test(puts_padding_behind_a_tag_into_the_tree_of_the_tag),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("eth", tests, NULL, NULL);
}
