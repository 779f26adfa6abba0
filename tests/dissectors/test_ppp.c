/* test_ppp.c - short headers, and options whose length cannot be right. */
#include <string.h>

#include "support/dissect_hex.h"
#include "support/unit_test.h"

#define LCP_REQUEST "ff03 c021 01 01 "

static void address_and_control_may_be_left_out(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ppp", "c021 09 01 0008 01020304");

	assert_false(has_node(d, "ppp.address"));
	assert_uint_field(d, "ppp.protocol", 0xc021);
	assert_uint_field(d, "lcp.magic_number", 0x01020304);
}

static void a_protocol_may_be_one_byte(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ppp", "fd 0102");

	assert_uint_field(d, "ppp.protocol", 0xfd);
	assert_int_equal(node_named(d, "ppp.protocol", 0)->length, 1);
	assert_int_equal(node_named(d, "data.data", 0)->length, 2);
}

static void reads_options_one_by_one(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ppp",
						 LCP_REQUEST "000f 01 04 05d4 03 05 c223 05 07 02");

	assert_uint_field(d, "lcp.opt.mru", 1492);
	assert_uint_field(d, "lcp.opt.auth_protocol", 0xc223);
	assert_uint_field(d, "lcp.opt.algorithm", 5);
	assert_int_equal(count_nodes(d, "lcp.opt.type"), 3);
}

static void stops_at_an_option_too_short_for_itself(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ppp", LCP_REQUEST "0008 01 00 05d4");

	assert_true(has_node(d, "ppp.opt.len.invalid"));
	assert_false(has_node(d, "lcp.opt.mru"));
	assert_false(has_node(d, "_ws.malformed"));
}

static void stops_at_an_option_that_overruns(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ppp", LCP_REQUEST "0008 01 ff 05d4");

	assert_true(has_node(d, "ppp.opt.len.invalid"));
	assert_int_equal(count_nodes(d, "lcp.opt.type"), 0);
}

/* The quoted request must neither become the packet's own words nor count as a layer below. */
static void a_rejected_packet_is_shown_as_quoted(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("ppp", "ff03 c021 08 05 000a 8057 01 01 0004");

	assert_string_equal(d->protocol, "PPP LCP");
	assert_string_equal(d->info, "Protocol Reject");
	assert_int_equal(node_named(d, "ipv6cp", 0)->depth, 1);
	assert_sound_tree(d);
}

static void a_tag_beyond_the_payload_is_malformed(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("pppoed", "11 09 0000 0006 0101 007f 7878");

	assert_true(has_node(d, "_ws.malformed"));
	assert_false(has_node(d, "pppoed.tags.service_name"));
}

static void the_list_of_tags_ends_where_it_says(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("pppoed",
						 "11 07 0000 000e 0102 0002 4143"
						 "0000 0000 0103 0000");

	assert_text_field(d, "pppoed.tags.ac_name", "AC");
	assert_string_equal(d->info, "Active Discovery Offer (PADO) AC-Name='AC'");
}

static void what_follows_a_session_s_payload_is_noted_unless_it_may_be_padding(void **state)
{
	(void)state;
	char longer[200] = "1100 0001 0004 c021 0900 ";

	assert_false(has_node(dissect_hex("pppoes", "1100 0001 0004 c021 0900 000000"),
			      "pppoe.payload_length.bad"));
	for (unsigned i = 0; i < 37; i++)
		strcat(longer, "00 ");
	assert_true(has_node(dissect_hex("pppoes", longer), "pppoe.payload_length.bad"));
}

static void survives_truncation(void **state)
{
	(void)state;
	assert_survives_truncation("ppp",
				   LCP_REQUEST "0018 01 04 05d4 03 05 c223 05 07 02 0d 03 06"
				   "63 03 78 12 02");
	assert_survives_truncation("ppp", "ff03 c223 01 01 000d 04 01020304 6e616d65");
	assert_survives_truncation("pppoed",
				   "11 09 0000 0014 0101 0000 0105 000c 00000de9 0103616263 0201");
}

UNIT_TESTS(test_ppp)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(address_and_control_may_be_left_out),
		cmocka_unit_test(a_protocol_may_be_one_byte),
		cmocka_unit_test(reads_options_one_by_one),
		cmocka_unit_test(stops_at_an_option_too_short_for_itself),
		cmocka_unit_test(stops_at_an_option_that_overruns),
		cmocka_unit_test(a_rejected_packet_is_shown_as_quoted),
		cmocka_unit_test(a_tag_beyond_the_payload_is_malformed),
		cmocka_unit_test(the_list_of_tags_ends_where_it_says),
		cmocka_unit_test(
			what_follows_a_session_s_payload_is_noted_unless_it_may_be_padding),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("ppp", tests, NULL, NULL);
}
