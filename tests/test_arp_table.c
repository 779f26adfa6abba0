/* test_arp_table.c - ARP over time: questions with answers, who had which address. */
#include <stdio.h>

#include "dissect/registry.h"
#include "session/arp_table.h"
#include "support/build_capture.h"
#include "support/unit_test.h"

enum { LINKTYPE_ETHERNET = 1, LARGEST = 64 };

static struct built_capture capture;
static struct session *session;
static struct arp_table *table;

static int begin(void **state)
{
	(void)state;
	capture_begin(&capture, LINKTYPE_ETHERNET);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arp_table_free(table);
	session_free(session);
	capture_free(&capture);
	return 0;
}

/* Stations are 02:...:`mac`, addresses 192.0.2.`host`; host 0 is 0.0.0.0. */
static void say(unsigned opcode, unsigned mac, unsigned host, unsigned to_mac, unsigned to_host)
{
	char hex[160];
	uint8_t packet[LARGEST];

	snprintf(hex, sizeof hex,
		 "ffffffffffff 0200000000%02x 0806 0001 0800 06 04 %04x"
		 "0200000000%02x %s%02x 0200000000%02x %s%02x",
		 mac, opcode, mac, host ? "c00002" : "000000", host, to_mac,
		 to_host ? "c00002" : "000000", to_host);
	uint32_t n = bytes_of(hex, packet);
	capture_add(&capture, packet, n, n);
}

static void ask(unsigned mac, unsigned host, unsigned for_host)
{
	say(1, mac, host, 0, for_host);
}

static void reply(unsigned mac, unsigned host, unsigned to_mac, unsigned to_host)
{
	say(2, mac, host, to_mac, to_host);
}

static void count(void)
{
	struct error error;

	table = arp_table_new();
	session = scan_bytes(capture.bytes, capture.length, &error);
	assert_non_null(session);
	struct tally *tally = tally_new(session);
	tally_add(tally, &arp_table_counter, table, NULL);
	while (tally_step(tally, 3, session_packet_count(session)))
		;
	tally_free(tally);
}

static void an_answer_belongs_to_its_question(void **state)
{
	(void)state;
	ask(1, 1, 2);
	ask(1, 1, 3);
	reply(3, 3, 1, 1);
	count();
	assert_int_equal(arp_exchanges_count(table), 2);
	assert_int_equal(arp_exchange(table, 0)->answered, 0);
	assert_int_equal(arp_exchange(table, 0)->took_ns, -1);
	assert_int_equal(arp_exchange(table, 1)->answered, 3);
	assert_int_equal(arp_exchange(table, 1)->took_ns, 1000000);
	assert_int_equal(arp_exchange(table, 1)->answer_mac[5], 3);
}

static void two_stations_may_answer_one_question(void **state)
{
	char note[ARP_TEXT_ROOM];

	(void)state;
	ask(1, 1, 2);
	reply(2, 2, 1, 1);
	reply(6, 2, 1, 1);
	count();
	assert_int_equal(arp_exchanges_count(table), 1);
	assert_int_equal(arp_exchange(table, 0)->answered, 2);
	assert_int_equal(arp_exchange(table, 0)->answers, 2);
	assert_string_equal(arp_note_text(arp_exchange(table, 0), note),
			    "conflict with #2, 2 replies");
}

static void an_answer_that_nobody_asked_for_is_told(void **state)
{
	char note[ARP_TEXT_ROOM];

	(void)state;
	reply(6, 2, 1, 1);
	ask(1, 1, 3);
	reply(3, 3, 1, 1);
	reply(3, 3, 1, 1);
	count();
	assert_int_equal(arp_exchanges_count(table), 3);
	assert_int_equal(arp_exchange(table, 0)->kind, ARP_REPLY);
	assert_int_equal(arp_exchange(table, 0)->asker, 0xc0000201);
	assert_int_equal(arp_exchange(table, 0)->target, 0xc0000202);
	assert_string_equal(arp_note_text(arp_exchange(table, 0), note), "not asked");
	assert_int_equal(arp_exchange(table, 2)->kind, ARP_REPLY);
}

static void an_answer_long_after_the_question_is_none(void **state)
{
	(void)state;
	ask(1, 1, 2);
	capture.late_us = 6000000;
	reply(2, 2, 1, 1);
	count();
	assert_int_equal(arp_exchanges_count(table), 2);
	assert_int_equal(arp_exchange(table, 0)->answered, 0);
}

static void probes_and_announcements_are_told_apart(void **state)
{
	(void)state;
	ask(1, 0, 9);
	ask(1, 9, 9);
	say(2, 1, 9, 0xff, 9);
	count();
	assert_int_equal(arp_exchanges_count(table), 3);
	assert_int_equal(arp_exchange(table, 0)->kind, ARP_PROBE);
	assert_int_equal(arp_exchange(table, 1)->kind, ARP_ANNOUNCEMENT);
	assert_int_equal(arp_exchange(table, 2)->kind, ARP_ANNOUNCEMENT);
	assert_int_equal(arp_bindings_count(table), 1);
	assert_int_equal(arp_binding(table, 0)->announcements, 2);
	assert_int_equal(arp_binding(table, 0)->first, 2);
	assert_int_equal(arp_binding(table, 0)->last, 3);
}

static void a_station_that_takes_an_address_names_who_had_it(void **state)
{
	(void)state;
	ask(1, 1, 2);
	reply(2, 2, 1, 1);
	reply(6, 2, 1, 1);
	count();
	assert_int_equal(arp_bindings_count(table), 3);
	assert_int_equal(arp_binding(table, 0)->other, 0);
	assert_int_equal(arp_binding(table, 2)->mac[5], 6);
	assert_int_equal(arp_binding(table, 2)->other, 1 + 1);
	assert_int_equal(arp_binding(table, 2)->conflicts, 1);
}

static void any_number_of_stations_is_kept(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 200; i++)
		ask(i, i + 1, 250);
	count();
	assert_int_equal(arp_bindings_count(table), 200);
	assert_int_equal(arp_binding(table, 199)->mac[5], 199);
}

UNIT_TESTS(test_arp_table)
{
	registry_build();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_answer_belongs_to_its_question, begin, end),
		cmocka_unit_test_setup_teardown(two_stations_may_answer_one_question, begin, end),
		cmocka_unit_test_setup_teardown(an_answer_that_nobody_asked_for_is_told, begin,
						end),
		cmocka_unit_test_setup_teardown(an_answer_long_after_the_question_is_none, begin,
						end),
		cmocka_unit_test_setup_teardown(probes_and_announcements_are_told_apart, begin,
						end),
		cmocka_unit_test_setup_teardown(a_station_that_takes_an_address_names_who_had_it,
						begin, end),
		cmocka_unit_test_setup_teardown(any_number_of_stations_is_kept, begin, end),
	};
	return cmocka_run_group_tests_name("arp_table", tests, NULL, NULL);
}
