/* test_exchanges.c - requests with their replies: pairs, who waits in vain, what is no request. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "session/exchange_groups.h"
#include "support/build_capture.h"
#include "support/unit_test.h"

enum { LINKTYPE_RAW = 101, LARGEST = 512 };

static struct built_capture capture;

static int begin(void **state)
{
	(void)state;
	capture_begin(&capture, LINKTYPE_RAW);
	return 0;
}

static int end(void **state)
{
	(void)state;
	capture_free(&capture);
	return 0;
}

/* A datagram from 192.0.2.1 port 40000 to 198.51.100.2 port 53, or back. */
static void say(bool client, const char *hex)
{
	uint8_t packet[LARGEST];
	uint32_t n = bytes_of(client ? "4500 0000 0000 0000 4011 0000 c0000201 c6336402 9c40 0035"
				     : "4500 0000 0000 0000 4011 0000 c6336402 c0000201 0035 9c40",
			      packet);

	n += 4;
	n += bytes_of(hex, packet + n);
	packet[2] = 0;
	packet[3] = (uint8_t)n;
	packet[24] = 0;
	packet[25] = (uint8_t)(n - 20);
	packet[26] = packet[27] = 0;
	capture_add(&capture, packet, n, n);
}

/* "a.b A IN" */
#define QUESTION "0161 0162 00 0001 0001"

static void ask(const char *id)
{
	char hex[100] = "";

	strcat(strcat(hex, id), "0100 0001 0000 0000 0000" QUESTION);
	say(true, hex);
}

static void answer(const char *id, const char *flags)
{
	char hex[100] = "";

	strcat(strcat(strcat(hex, id), flags), "0001 0000 0000 0000" QUESTION);
	say(false, hex);
}

static struct session *session;

static struct exchanges *counted(enum exchange_protocol protocol)
{
	struct exchanges *exchanges = exchanges_new(protocol);
	struct error error;

	session = scan_bytes(capture.bytes, capture.length, &error);
	assert_non_null(session);
	struct tally *tally = tally_new(session);
	tally_add(tally, &exchanges_counter, exchanges, NULL);
	while (tally_step(tally, 3, session_packet_count(session)))
		;
	tally_free(tally);
	return exchanges;
}

static void forget(struct exchanges *exchanges)
{
	exchanges_free(exchanges);
	session_free(session);
}

static void a_lookup_has_its_answer_and_its_time(void **state)
{
	(void)state;
	ask("1234");
	answer("1234", "8180");
	struct exchanges *exchanges = counted(EXCHANGE_DNS);

	assert_int_equal(exchanges_count(exchanges), 1);
	const struct exchange *row = exchanges_row(exchanges, 0);
	assert_int_equal(row->request, 1);
	assert_int_equal(row->reply, 2);
	assert_int_equal(row->took_ns, 1000000);
	assert_string_equal(row->kind, "A (Host Address)");
	assert_string_equal(row->name, "a.b");
	assert_string_equal(row->result, "No error");
	assert_int_equal(row->status, 0);
	forget(exchanges);
}

/* Two that cross each other, and one that nobody answers. */
static void answers_find_their_lookups_by_number(void **state)
{
	(void)state;
	ask("0001");
	ask("0002");
	ask("0003");
	answer("0002", "8183");
	answer("0001", "8180");
	struct exchanges *exchanges = counted(EXCHANGE_DNS);

	assert_int_equal(exchanges_count(exchanges), 3);
	assert_int_equal(exchanges_row(exchanges, 0)->reply, 5);
	assert_int_equal(exchanges_row(exchanges, 1)->reply, 4);
	assert_int_equal(exchanges_row(exchanges, 1)->status, 3);
	assert_int_equal(exchanges_row(exchanges, 2)->reply, 0);
	assert_int_equal(exchanges_row(exchanges, 2)->took_ns, -1);
	assert_string_equal(exchanges_row(exchanges, 2)->result, "");
	forget(exchanges);
}

static void the_same_asked_again_is_one_lookup(void **state)
{
	(void)state;
	ask("0001");
	ask("0001");
	ask("0002");
	ask("0001");
	answer("0001", "8180");
	ask("0001");
	struct exchanges *exchanges = counted(EXCHANGE_DNS);

	assert_int_equal(exchanges_count(exchanges), 3);
	const struct exchange *row = exchanges_row(exchanges, 0);
	assert_int_equal(row->requests, 3);
	assert_int_equal(row->again, 4);
	assert_int_equal(row->reply, 5);
	assert_int_equal(row->took_ns, 4000000);
	assert_int_equal(row->id, 1);
	assert_int_equal(exchanges_row(exchanges, 1)->request, 3);
	/* Once it was answered the same words are another lookup. */
	assert_int_equal(exchanges_row(exchanges, 2)->request, 6);
	forget(exchanges);
}

static void many_repeated_questions_are_found_again(void **state)
{
	(void)state;
	char id[5];

	for (unsigned round = 0; round < 2; round++)
		for (unsigned i = 0; i < 300; i++) {
			snprintf(id, sizeof id, "%04x", i);
			ask(id);
		}
	struct exchanges *exchanges = counted(EXCHANGE_DNS);

	assert_int_equal(exchanges_count(exchanges), 300);
	for (unsigned i = 0; i < 300; i++)
		assert_int_equal(exchanges_row(exchanges, i)->again, i + 301);
	forget(exchanges);
}

static void groups_sum_up_their_requests(void **state)
{
	(void)state;
	ask("0001");
	answer("0001", "8180");
	ask("0002");
	ask("0003");
	answer("0003", "8183");
	ask("0004");
	ask("0005");
	ask("0004");
	answer("0004", "8180");
	struct exchanges *exchanges = counted(EXCHANGE_DNS);
	uint32_t count;
	struct exchange_group *groups = exchanges_group(exchanges, EXCHANGE_NAME, &count);

	assert_int_equal(count, 1);
	assert_int_equal(groups[0].sums.count, 5);
	assert_int_equal(groups[0].sums.answered, 3);
	assert_int_equal(groups[0].sums.failed, 1);
	assert_int_equal(groups[0].sums.retried, 1);
	assert_int_equal(groups[0].sums.median_ns, 1000000);
	assert_int_equal(groups[0].sums.slowest_ns, 3000000);
	assert_int_equal(groups[0].sums.slowest, 6);
	assert_int_equal(groups[0].sums.spans[1], 2);
	assert_int_equal(groups[0].sums.spans[2], 1);
	free(groups);
	forget(exchanges);
}

static void what_is_of_another_protocol_does_not_count(void **state)
{
	(void)state;
	ask("0001");
	answer("0001", "8180");
	struct exchanges *exchanges = counted(EXCHANGE_HTTP);

	assert_int_equal(exchanges_count(exchanges), 0);
	forget(exchanges);
}

UNIT_TESTS(test_exchanges)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_lookup_has_its_answer_and_its_time, begin, end),
		cmocka_unit_test_setup_teardown(answers_find_their_lookups_by_number, begin, end),
		cmocka_unit_test_setup_teardown(the_same_asked_again_is_one_lookup, begin, end),
		cmocka_unit_test_setup_teardown(many_repeated_questions_are_found_again, begin,
						end),
		cmocka_unit_test_setup_teardown(groups_sum_up_their_requests, begin, end),
		cmocka_unit_test_setup_teardown(what_is_of_another_protocol_does_not_count, begin,
						end),
	};
	registry_build();
	return cmocka_run_group_tests_name("exchanges", tests, NULL, NULL);
}
