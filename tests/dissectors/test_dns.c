/* test_dns.c - messages that lie: pointers, counts and lengths that no capture of ours shows. */
#include <string.h>

#include "base/arena.h"
#include "support/dissect_hex.h"
#include "support/unit_test.h"

/* Query 0x1234 for the A record of a.example. */
#define QUERY "1234 0100 0001 0000 0000 0000  01 61 07 6578616d706c65 00 0001 0001"
/* The header of a response to no question, with one answer. */
#define ANSWER "1234 8180 0000 0001 0000 0000 "
#define LOOPS  "<Name contains a pointer that loops>"

static void shows_a_query(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("dns", QUERY);

	assert_uint_field(d, "dns.id", 0x1234);
	assert_uint_field(d, "dns.flags.recdesired", 1);
	assert_uint_field(d, "dns.flags.response", 0);
	assert_false(has_node(d, "dns.flags.rcode"));
	assert_text_field(d, "dns.qry.name", "a.example");
	assert_uint_field(d, "dns.qry.name.len", 9);
	assert_uint_field(d, "dns.count.labels", 2);
	assert_string_equal(d->info, "Standard query 0x1234 A a.example");
	assert_int_equal(d->worst_fault, FAULT_NONE);
}

static void follows_pointers_either_way(void **state)
{
	(void)state;
	/* The answer's owner ends in its own rdata, which points back to offset 12. */
	const struct dissection *d =
		dissect_hex("dns", ANSWER "01 62 c01a 0005 0001 0000003c 0004  01 63 00 00");

	assert_text_field(d, "dns.resp.name", "b.c");
	assert_text_field(d, "dns.cname", "c");
	d = dissect_hex("dns", ANSWER "01 62 00 0005 0001 0000003c 0004 01 63 c00c");
	assert_text_field(d, "dns.cname", "c.b");
}

static void ends_pointers_that_loop(void **state)
{
	(void)state;
	const struct dissection *d =
		dissect_hex("dns", ANSWER "c00c 0001 0001 0000003c 0004 c0000201");

	assert_text_field(d, "dns.resp.name", LOOPS);
	assert_uint_field(d, "dns.a", 0xc0000201);
	d = dissect_hex("dns", ANSWER "c00e c00c 0001 0000003c 0000");
	assert_text_field(d, "dns.resp.name", LOOPS);
	/* One that grows by a label each time around. */
	d = dissect_hex("dns", ANSWER "01 61 c00c 0001 0001 0000003c 0004 c0000201");
	assert_text_field(d, "dns.resp.name", LOOPS);
}

static void pointer_past_the_end_is_malformed(void **state)
{
	(void)state;
	const struct dissection *d =
		dissect_hex("dns", ANSWER "ffff 0001 0001 0000003c 0004 c0000201");

	assert_int_equal(d->worst_fault, FAULT_MALFORMED);
	assert_false(has_node(d, "dns.a"));
	assert_string_equal(d->info, "Standard query response 0x1234[Malformed Packet]");
}

static void pointer_past_the_snaplen_is_cut_short(void **state)
{
	(void)state;
	const struct dissection *d =
		dissect_hex_cut("dns", "1234 8180 0001 0000 0000 0000 c012 0001 0001 01 61 00", 18);

	assert_int_equal(d->worst_fault, FAULT_CUT_SHORT);
}

static void unknown_kinds_of_labels_are_malformed(void **state)
{
	(void)state;
	assert_int_equal(dissect_hex("dns", ANSWER "41 ff 00 0001 0001 0000003c 0000")->worst_fault,
			 FAULT_MALFORMED);
	assert_int_equal(dissect_hex("dns", ANSWER "80 00 0001 0001 0000003c 0000")->worst_fault,
			 FAULT_MALFORMED);
}

/* A question whose name has `last` octets in its fourth label; the others have 63. */
static const struct dissection *question_with_long_name(struct arena *arena, unsigned last)
{
	const char *hex = "1234 0100 0001 0000 0000 0000 ";
	unsigned sizes[] = { 63, 63, 63, last };

	for (unsigned i = 0; i < 4; i++) {
		hex = arena_printf(arena, "%s%02x", hex, sizes[i]);
		for (unsigned n = 0; n < sizes[i]; n++)
			hex = arena_printf(arena, "%s78", hex);
	}
	return dissect_hex("dns", arena_printf(arena, "%s 00 0001 0001", hex));
}

static void allows_255_octets_and_no_more(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	const struct dissection *d = question_with_long_name(&arena, 61);
	assert_uint_field(d, "dns.qry.name.len", 253);
	d = question_with_long_name(&arena, 62);
	assert_text_field(d, "dns.qry.name", "<Name too long>");
	assert_uint_field(d, "dns.qry.type", 1);
	assert_int_equal(d->worst_fault, FAULT_NONE);
	arena_free(&arena);
}

static void zero_bytes_do_not_end_a_name(void **state)
{
	(void)state;
	const struct dissection *d =
		dissect_hex("dns", "1234 0100 0001 0000 0000 0000 03 610062 00 0001 0001");

	assert_text_field(d, "dns.qry.name", "a\\000b");
	assert_uint_field(d, "dns.qry.name.len", 3);
}

static void counts_beyond_the_message_are_malformed(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("dns", "1234 8180 ffff ffff ffff ffff");

	assert_uint_field(d, "dns.count.answers", 65535);
	assert_int_equal(count_nodes(d, "dns.qry.name"), 0);
	assert_string_equal(d->info, "Standard query response 0x1234[Malformed Packet]");
}

static void shows_what_the_counts_leave_out(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("dns", "1234 0100 0000 0000 0000 0000 010203");

	assert_uint_field(d, "dns.extraneous.length", 3);
	assert_int_equal(node_named(d, "dns.extraneous.data", 0)->length, 3);
}

static void rdata_past_the_end_is_malformed(void **state)
{
	(void)state;
	const struct dissection *d =
		dissect_hex("dns", ANSWER "00 0001 0001 0000003c ffff c0000201");

	assert_false(has_node(d, "dns.a"));
	assert_int_equal(d->worst_fault, FAULT_MALFORMED);
	assert_string_equal(d->info, "Standard query response 0x1234 A[Malformed Packet]");
}

static void rdata_ends_where_its_length_says(void **state)
{
	(void)state;
	/* Two records; the first one's name would run on into the second. */
	const struct dissection *d = dissect_hex("dns", "1234 8180 0000 0002 0000 0000"
							"00 0005 0001 0000003c 0002 01 61"
							"00 0001 0001 0000003c 0004 c0000201");

	assert_int_equal(d->worst_fault, FAULT_MALFORMED);
	assert_false(has_node(d, "dns.a"));
	/* A string that claims more than the record. */
	d = dissect_hex("dns", ANSWER "00 0010 0001 0000003c 0003 ff 6162");
	assert_uint_field(d, "dns.txt.length", 255);
	assert_false(has_node(d, "dns.txt"));
	assert_int_equal(d->worst_fault, FAULT_MALFORMED);
}

static void empty_rdata_is_no_fault(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("dns", ANSWER "00 0001 00fe 00000000 0000");

	assert_int_equal(d->worst_fault, FAULT_NONE);
	assert_string_equal(d->info, "Standard query response 0x1234 A");
}

static void options_past_the_record_are_malformed(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex(
		"dns",
		"1234 0100 0000 0000 0000 0001 00 0029 04d0 00 00 8000 0008 000a 0fa0 61626364");

	assert_uint_field(d, "dns.rr.udp_payload_size", 1232);
	assert_uint_field(d, "dns.resp.z.do", 1);
	assert_uint_field(d, "dns.opt.len", 4000);
	assert_false(has_node(d, "dns.opt.data"));
	assert_int_equal(d->worst_fault, FAULT_MALFORMED);
}

/* An OPT record with one option. */
#define OPT_HEAD "1234 0100 0000 0000 0000 0001  00 0029 1000 00000000 "

static void judges_client_subnets_by_code_and_length(void **state)
{
	(void)state;
	const struct dissection *d =
		dissect_hex("dns", OPT_HEAD "000c 0008 0008 0001 2000 c0000201");
	assert_int_equal(d->finding_count, 0);
	d = dissect_hex("dns", OPT_HEAD "000c 50fa 0008 0001 2000 c0000201");
	assert_true(has_node(d, "dns.depr.opc"));
	d = dissect_hex("dns", OPT_HEAD "0019 0008 0015 0001 2000 c0000201"
					"00000000 00000000 00000000 00");
	assert_true(has_node(d, "dns.rr.opt.bad_length"));
	assert_int_equal(node_named(d, "_ws.expert", 0)->depth,
			 node_named(d, "dns.opt.len", 0)->depth + 1);
}

static void notes_a_time_to_live_that_looks_negative(void **state)
{
	(void)state;
	assert_true(has_node(dissect_hex("dns", ANSWER "00 0001 0001 80000000 0004 c0000201"),
			     "dns.ttl.high_bit_set"));
	assert_false(has_node(dissect_hex("dns", ANSWER "00 0001 0001 7fffffff 0004 c0000201"),
			      "dns.ttl.high_bit_set"));
}

static void names_unknown_types_and_codes_by_number(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("dns", "1234 f98f 0000 0001 0000 0000"
							"00 fff0 0001 0000003c 0002 abcd");

	assert_string_equal(d->info, "Unknown operation (15) response 0x1234 Unknown error (15) "
				     "Unknown (65520)");
	assert_int_equal(node_named(d, "dns.data", 0)->length, 2);
}

static void a_prefix_of_an_a6_record_has_at_most_128_bits(void **state)
{
	(void)state;
	assert_int_equal(dissect_hex("dns", ANSWER "00 0026 0001 0000003c 0001 ff")->worst_fault,
			 FAULT_MALFORMED);
}

static void an_update_has_sections_of_its_own(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("dns", "1234 2800 0001 0000 0001 0000"
							"01 61 00 0006 0001"
							"c00c 0001 00ff 00000000 0000");

	assert_uint_field(d, "dns.count.zones", 1);
	assert_uint_field(d, "dns.count.updates", 1);
	assert_false(has_node(d, "dns.count.queries"));
	assert_string_equal(d->info, "Dynamic update 0x1234 SOA a A");
}

static void multicast_takes_the_top_bit_of_the_class(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("mdns", "0000 0000 0001 0001 0000 0000"
							 "01 61 00 0001 8001"
							 "c00c 0001 8001 00000078 0004 c0000201");

	assert_uint_field(d, "dns.qry.class", 1);
	assert_uint_field(d, "dns.qry.qu", 1);
	assert_uint_field(d, "dns.resp.class", 1);
	assert_uint_field(d, "dns.resp.cache_flush", 1);
	assert_string_equal(d->protocol, "MDNS");
	assert_string_equal(d->info, "Standard query 0x0000 A a, \"QU\" question "
				     "A, cache flush 192.0.2.1");
	assert_false(has_node(dissect_hex("dns", QUERY), "dns.qry.qu"));
}

static void link_local_has_flags_of_its_own(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("llmnr", "1234 0500 0000 0000 0000 0000");

	assert_uint_field(d, "dns.flags.conflict", 1);
	assert_uint_field(d, "dns.flags.tentative", 1);
	assert_false(has_node(d, "dns.flags.recdesired"));
	assert_string_equal(d->protocol, "LLMNR");
}

static void survives_truncation(void **state)
{
	(void)state;
	assert_survives_truncation("dns", QUERY);
	assert_survives_truncation("dns", ANSWER "01 61 00 0006 0001 0000003c 0018 00 00"
						 "00000001 00000002 00000003 00000004 00000005");
	assert_survives_truncation("dns",
				   ANSWER "01 61 00 0041 0001 0000003c 0018 0001 00"
					  "0001 0003 02 6832 0004 0004 c0000201 0003 0002 01bb");
	assert_survives_truncation("dns",
				   ANSWER "00 0029 04d0 00 00 8000 001b 000a 0008 0102030405060708"
					  "0008 0007 0001 18 00 c00002 000b 0000");
	assert_survives_truncation("dns", ANSWER "00 0032 0001 0000003c 000e 01 00 0001 02 abcd"
						 "02 0102 00 02 4001");
	assert_survives_truncation(
		"mdns", "0000 8400 0000 0001 0000 0000"
			"01 61 01 62 01 63 00 0021 8001 00000078 000a 0000 0000 0277 01 64 c00e");
}

UNIT_TESTS(test_dns)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_a_query),
		cmocka_unit_test(follows_pointers_either_way),
		cmocka_unit_test(ends_pointers_that_loop),
		cmocka_unit_test(pointer_past_the_end_is_malformed),
		cmocka_unit_test(pointer_past_the_snaplen_is_cut_short),
		cmocka_unit_test(unknown_kinds_of_labels_are_malformed),
		cmocka_unit_test(allows_255_octets_and_no_more),
		cmocka_unit_test(zero_bytes_do_not_end_a_name),
		cmocka_unit_test(counts_beyond_the_message_are_malformed),
		cmocka_unit_test(shows_what_the_counts_leave_out),
		cmocka_unit_test(rdata_past_the_end_is_malformed),
		cmocka_unit_test(rdata_ends_where_its_length_says),
		cmocka_unit_test(empty_rdata_is_no_fault),
		cmocka_unit_test(options_past_the_record_are_malformed),
		cmocka_unit_test(judges_client_subnets_by_code_and_length),
		cmocka_unit_test(notes_a_time_to_live_that_looks_negative),
		cmocka_unit_test(names_unknown_types_and_codes_by_number),
		cmocka_unit_test(a_prefix_of_an_a6_record_has_at_most_128_bits),
		cmocka_unit_test(an_update_has_sections_of_its_own),
		cmocka_unit_test(multicast_takes_the_top_bit_of_the_class),
		cmocka_unit_test(link_local_has_flags_of_its_own),
		cmocka_unit_test(survives_truncation),
	};
	return cmocka_run_group_tests_name("dns", tests, NULL, NULL);
}
