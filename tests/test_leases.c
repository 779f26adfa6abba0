/* test_leases.c - transactions of DHCP: what belongs together, how it ended. */
#include <stdio.h>
#include <string.h>

#include "dissect/registry.h"
#include "session/leases.h"
#include "support/build_capture.h"
#include "support/unit_test.h"

enum { LINKTYPE_RAW = 101, LARGEST = 512, HEADERS = 28, FIXED = 236 };
enum { DISCOVER = 1, OFFER, REQUEST, DECLINE, ACK, NAK, RELEASE, INFORM };

static struct built_capture capture;
static struct session *session;
static struct leases *leases;

static int begin(void **state)
{
	(void)state;
	capture_begin(&capture, LINKTYPE_RAW);
	return 0;
}

static int end(void **state)
{
	(void)state;
	leases_free(leases);
	session_free(session);
	capture_free(&capture);
	return 0;
}

/* From client 02:...:`mac`, or to it, with `options` after the message type. */
static void say_more(unsigned type, unsigned id, unsigned mac, const char *options)
{
	bool server = type == OFFER || type == ACK || type == NAK;
	uint8_t packet[LARGEST] = { 0 };
	char hex[200];

	bytes_of(server ? "4500 0000 0000 0000 4011 0000 c0000201 ffffffff 0043 0044"
			: "4500 0000 0000 0000 4011 0000 00000000 ffffffff 0044 0043",
		 packet);
	snprintf(hex, sizeof hex, "%02x 01 06 00 %08x", server ? 2 : 1, id);
	bytes_of(hex, packet + HEADERS);
	if (server && type != NAK)
		bytes_of("c0000264", packet + HEADERS + 16);
	snprintf(hex, sizeof hex, "0200000000%02x", mac);
	bytes_of(hex, packet + HEADERS + 28);
	snprintf(hex, sizeof hex, "63825363 3501%02x %s ff", type, options);
	uint32_t n = HEADERS + FIXED + bytes_of(hex, packet + HEADERS + FIXED);
	packet[2] = (uint8_t)(n >> 8);
	packet[3] = (uint8_t)n;
	packet[24] = (uint8_t)((n - 20) >> 8);
	packet[25] = (uint8_t)(n - 20);
	capture_add(&capture, packet, n, n);
}

/* RFC 8415, 7.3 */
enum {
	SOLICIT = 1,
	ADVERTISE,
	REQUEST6,
	CONFIRM,
	RENEW,
	REBIND,
	REPLY,
	RELEASE6,
	DECLINE6,
	ASK = 11
};
#define RELAY_FORWARD                                                                              \
	"0c00 20010db800010000 0000000000000001 fe80000000000000 0000000000000a0a 0009"
#define RELAY_REPLY "0d00 20010db800010000 0000000000000001 fe80000000000000 0000000000000a0a 0009"
#define LEASED	    "0003 0028 00000001 00000000 00000000 0005 0018 20010db8000000000000000000000064 "
#define FOR_AN_HOUR "00000708 00000e10"

/* A message of DHCPv6 with a client's DUID-LL of 02:...:`mac`; in a relay's if `relay`. */
static void say6_in(const char *relay, unsigned type, unsigned id, unsigned mac,
		    const char *options)
{
	bool server = type == ADVERTISE || type == REPLY;
	uint8_t packet[LARGEST] = { 0 }, inner[LARGEST];
	char hex[400];

	snprintf(hex, sizeof hex, "%02x %06x 0001 000a 0003 0001 0200000000%02x %s", type, id, mac,
		 options);
	uint32_t n = bytes_of(hex, inner), at = 48;
	bytes_of("6000 0000 0000 1140", packet);
	bytes_of(server ? "20010db8000000000000000000000001" : "fe800000000000000000000000000a0a",
		 packet + 8);
	bytes_of("ff020000000000000000000000010002", packet + 24);
	bytes_of(server ? "0223 0222" : "0222 0223", packet + 40);
	if (relay) {
		at += bytes_of(relay, packet + at) + 2;
		packet[at - 2] = (uint8_t)(n >> 8);
		packet[at - 1] = (uint8_t)n;
	}
	memcpy(packet + at, inner, n);
	n += at;
	packet[5] = packet[45] = (uint8_t)(n - 40);
	capture_add(&capture, packet, n, n);
}

static void say6(unsigned type, unsigned id, const char *options)
{
	say6_in(NULL, type, id, 1, options);
}

static void say(unsigned type, unsigned id, unsigned mac)
{
	say_more(type, id, mac, "");
}

static void count(void)
{
	struct error error;

	leases = leases_new();
	session = scan_bytes(capture.bytes, capture.length, &error);
	assert_non_null(session);
	struct tally *tally = tally_new(session);
	tally_add(tally, &leases_counter, leases, NULL);
	while (tally_step(tally, 3, session_packet_count(session)))
		;
	tally_free(tally);
}

static void assert_outcome(uint32_t row, const char *steps, const char *expected)
{
	char text[LEASE_TEXT_ROOM];

	assert_in_range(row, 0, leases_count(leases) - 1);
	assert_string_equal(leases_row(leases, row)->steps, steps);
	assert_string_equal(lease_outcome_text(leases_row(leases, row), text), expected);
}

static void four_messages_are_one_lease(void **state)
{
	(void)state;
	say_more(DISCOVER, 7, 1, "0c03 616263");
	say_more(OFFER, 7, 1, "3304 00000e10 3604 c0000201");
	say(REQUEST, 7, 1);
	say_more(ACK, 7, 1, "3304 00000e10 3604 c0000201");
	count();
	assert_int_equal(leases_count(leases), 1);
	assert_outcome(0, "DORA", "leased for 3600 s");
	const struct lease *lease = leases_row(leases, 0);
	assert_int_equal(lease->first, 1);
	assert_int_equal(lease->last, 4);
	assert_int_equal(lease->took_ns, 3000000);
	char text[LEASE_TEXT_ROOM];
	assert_string_equal(lease_address_text(lease, text), "192.0.2.100");
	address_text(&lease->server, text);
	assert_string_equal(text, "192.0.2.1");
	assert_string_equal(lease->name, "abc");
}

static void clients_with_the_same_number_are_told_apart(void **state)
{
	(void)state;
	say(DISCOVER, 7, 1);
	say(DISCOVER, 7, 2);
	say(OFFER, 7, 2);
	count();
	assert_int_equal(leases_count(leases), 2);
	assert_outcome(0, "D", "no offer");
	assert_outcome(1, "DO", "offered, not requested");
}

static void what_is_said_again_is_the_same_step(void **state)
{
	(void)state;
	say(DISCOVER, 7, 1);
	say(DISCOVER, 7, 1);
	say(OFFER, 7, 1);
	say(OFFER, 7, 1);
	say(REQUEST, 7, 1);
	say(ACK, 7, 1);
	say(ACK, 7, 1);
	count();
	assert_int_equal(leases_count(leases), 1);
	assert_outcome(0, "DORA", "leased");
	assert_int_equal(leases_row(leases, 0)->messages, 7);
	assert_int_equal(leases_row(leases, 0)->took_ns, 5000000);
}

static void a_client_with_its_answer_begins_anew(void **state)
{
	(void)state;
	say(REQUEST, 7, 1);
	say(ACK, 7, 1);
	say(REQUEST, 7, 1);
	say(NAK, 7, 1);
	say(RELEASE, 8, 1);
	say(DECLINE, 9, 1);
	count();
	assert_int_equal(leases_count(leases), 4);
	assert_outcome(0, "RA", "leased");
	assert_outcome(1, "RN", "refused");
	assert_outcome(2, "L", "released");
	assert_outcome(3, "X", "declined");
}

static void an_inform_gets_no_address(void **state)
{
	(void)state;
	say(INFORM, 7, 1);
	say(ACK, 7, 1);
	say(INFORM, 8, 1);
	count();
	assert_outcome(0, "IA", "informed");
	assert_outcome(1, "I", "no answer");
}

static void a_late_offer_changes_nothing(void **state)
{
	(void)state;
	say(DISCOVER, 7, 1);
	say_more(OFFER, 7, 1, "3604 c0000201");
	say(REQUEST, 7, 1);
	say_more(OFFER, 7, 1, "3604 c0000209");
	count();
	assert_outcome(0, "DORO", "no answer");
	char server[ADDRESS_TEXT_ROOM];
	address_text(&leases_row(leases, 0)->server, server);
	assert_string_equal(server, "192.0.2.1");
}

static void an_answer_without_its_question_took_no_time(void **state)
{
	(void)state;
	say(OFFER, 7, 1);
	say(REQUEST, 7, 1);
	say(ACK, 7, 1);
	count();
	assert_outcome(0, "ORA", "leased");
	assert_int_equal(leases_row(leases, 0)->took_ns, -1);
}

static void a_long_talk_is_cut(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		say(DISCOVER, 7, 1);
		say(OFFER, 7, 1);
	}
	count();
	assert_int_equal(leases_count(leases), 1);
	assert_int_equal(strlen(leases_row(leases, 0)->steps), LEASE_STEPS);
	assert_int_equal(leases_row(leases, 0)->messages, 40);
}

static void two_exchanges_of_dhcpv6_are_one_lease(void **state)
{
	(void)state;
	say6(SOLICIT, 7, "");
	say6(SOLICIT, 7, "");
	say6(ADVERTISE, 7, LEASED FOR_AN_HOUR);
	say6(REQUEST6, 8, LEASED "00000000 00000000");
	say6(REPLY, 8, LEASED FOR_AN_HOUR);
	count();
	assert_int_equal(leases_count(leases), 1);
	assert_outcome(0, "SARr", "leased for 3600 s");
	const struct lease *lease = leases_row(leases, 0);
	char text[LEASE_TEXT_ROOM], filter[200];
	assert_string_equal(lease_address_text(lease, text), "2001:db8::64");
	assert_string_equal(lease_client_text(lease, text), "02:00:00:00:00:01");
	address_text(&lease->server, text);
	assert_string_equal(text, "2001:db8::1");
	assert_int_equal(lease->took_ns, 4000000);
	lease_filter(lease, filter, sizeof filter);
	assert_string_equal(filter, "dhcpv6.xid in {0x000007, 0x000008} && frame.number in {1..5}");
}

static void a_renewal_is_a_row_of_its_own(void **state)
{
	(void)state;
	say6(SOLICIT, 7, "000e 0000");
	say6(REPLY, 7, LEASED FOR_AN_HOUR);
	say6(RENEW, 8, LEASED FOR_AN_HOUR);
	say6(REPLY, 8, LEASED FOR_AN_HOUR);
	say6(RENEW, 9, LEASED FOR_AN_HOUR);
	say6(REBIND, 10, LEASED FOR_AN_HOUR);
	say6(REPLY, 10, "0003 0012 00000001 00000000 00000000 000d 0002 0003");
	count();
	assert_int_equal(leases_count(leases), 4);
	assert_outcome(0, "Sr", "leased for 3600 s");
	assert_outcome(1, "Nr", "leased for 3600 s");
	assert_outcome(2, "N", "no answer");
	assert_outcome(3, "Br", "refused: NoBinding");
}

static void relayed_messages_are_those_within(void **state)
{
	(void)state;
	say6_in(NULL, SOLICIT, 7, 1, "");
	say6_in(RELAY_FORWARD, SOLICIT, 7, 1, "");
	say6_in(RELAY_REPLY, ADVERTISE, 7, 1, "000d 0002 0002");
	say6_in(NULL, ADVERTISE, 7, 1, "000d 0002 0002");
	say6_in(RELAY_FORWARD, SOLICIT, 7, 2, "");
	count();
	assert_int_equal(leases_count(leases), 2);
	assert_outcome(0, "SA", "refused: NoAddrAvail");
	assert_outcome(1, "S", "no offer");
	char text[ADDRESS_TEXT_ROOM];
	address_text(&leases_row(leases, 0)->relay, text);
	assert_string_equal(text, "2001:db8:1::1");
}

static void what_dhcpv6_asks_beside_leases(void **state)
{
	(void)state;
	say6(CONFIRM, 7, LEASED FOR_AN_HOUR);
	say6(REPLY, 7, "000d 0002 0000");
	say6(CONFIRM, 8, LEASED FOR_AN_HOUR);
	say6(REPLY, 8, "000d 0002 0004");
	say6(ASK, 9, "");
	say6(REPLY, 9, "");
	say6(RELEASE6, 10, LEASED FOR_AN_HOUR);
	say6(RELEASE6, 10, LEASED FOR_AN_HOUR);
	say6(REPLY, 10, "000d 0002 0000");
	say6(DECLINE6, 11, LEASED FOR_AN_HOUR);
	count();
	assert_int_equal(leases_count(leases), 5);
	assert_outcome(0, "Cr", "confirmed");
	assert_outcome(1, "Cr", "refused: NotOnLink");
	assert_outcome(2, "Ir", "informed");
	assert_outcome(3, "Lr", "released");
	assert_outcome(4, "X", "declined");
}

UNIT_TESTS(test_leases)
{
	registry_build();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(four_messages_are_one_lease, begin, end),
		cmocka_unit_test_setup_teardown(clients_with_the_same_number_are_told_apart, begin,
						end),
		cmocka_unit_test_setup_teardown(what_is_said_again_is_the_same_step, begin, end),
		cmocka_unit_test_setup_teardown(a_client_with_its_answer_begins_anew, begin, end),
		cmocka_unit_test_setup_teardown(an_inform_gets_no_address, begin, end),
		cmocka_unit_test_setup_teardown(a_late_offer_changes_nothing, begin, end),
		cmocka_unit_test_setup_teardown(an_answer_without_its_question_took_no_time, begin,
						end),
		cmocka_unit_test_setup_teardown(a_long_talk_is_cut, begin, end),
		cmocka_unit_test_setup_teardown(two_exchanges_of_dhcpv6_are_one_lease, begin, end),
		cmocka_unit_test_setup_teardown(a_renewal_is_a_row_of_its_own, begin, end),
		cmocka_unit_test_setup_teardown(relayed_messages_are_those_within, begin, end),
		cmocka_unit_test_setup_teardown(what_dhcpv6_asks_beside_leases, begin, end),
	};
	return cmocka_run_group_tests_name("leases", tests, NULL, NULL);
}
