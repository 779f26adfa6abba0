/* test_announced.c - conversations that another one says will come. */
#include <stdlib.h>

#include "dissect/registry.h"
#include "state/announced.h"
#include "state/learned.h"
#include "support/unit_test.h"

enum { TCP = 6, UDP = 17 };

static struct learned *learned;
static struct dissection *d;
static const struct dissector *ftp_data, *dns;

static int start(void **state)
{
	(void)state;
	registry_build();
	ftp_data = registry_dissector_named("ftp-data");
	dns = registry_dissector_named("dns");
	learned = learned_new();
	d = calloc(1, sizeof(*d));
	assert_non_null(d);
	dissection_init(d);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	dissection_free(d);
	free(d);
	learned_free(learned);
	return 0;
}

static void begin_packet(void)
{
	d->packet.number = index_append(&learned->index);
	d->learned = d->pen = learned;
	d->layer_count = 1;
	d->conversations_seen = 0;
	d->conversation = NULL;
}

static struct endpoint host(uint8_t last, uint16_t port)
{
	return (struct endpoint){
		.type = ADDRESS_IPV4, .length = 4, .port = port, .address = { 192, 0, 2, last }
	};
}

static void announce(uint16_t port, const struct dissector *who)
{
	struct endpoint end = host(1, port);

	begin_packet();
	announce_conversation(d, TCP, &end, who);
	learned_publish(learned);
}

static const struct conversation *talk(uint8_t protocol, struct endpoint from, struct endpoint to)
{
	begin_packet();
	d->from = from;
	d->to = to;
	const struct conversation *talk = conversation_of(d, protocol);
	learned_publish(learned);
	return talk;
}

static void either_side_may_have_the_announced_end(void **state)
{
	(void)state;
	announce(4000, ftp_data);
	talk(TCP, host(2, 5000), host(1, 4000));
	assert_ptr_equal(announced_dissector(d), ftp_data);
	talk(TCP, host(1, 4000), host(3, 5000));
	assert_ptr_equal(announced_dissector(d), ftp_data);
}

static void other_ends_and_protocols_are_not_announced(void **state)
{
	(void)state;
	announce(4000, ftp_data);
	talk(TCP, host(2, 5000), host(1, 4001));
	assert_null(announced_dissector(d));
	talk(TCP, host(2, 4000), host(3, 4000));
	assert_null(announced_dissector(d));
	talk(UDP, host(2, 5000), host(1, 4000));
	assert_null(announced_dissector(d));
}

static void the_packet_that_announced_it_is_known(void **state)
{
	(void)state;
	announce(4000, ftp_data);
	announce(4001, ftp_data);
	const struct conversation *found = talk(TCP, host(2, 5000), host(1, 4001));
	const struct announcement *by = announcement_of(learned, found);
	assert_non_null(by);
	assert_int_equal(by->packet, 2);
	assert_null(announcement_of(learned, talk(TCP, host(2, 5000), host(1, 9))));
}

static void a_later_announcement_replaces_the_earlier(void **state)
{
	(void)state;
	announce(4000, dns);
	announce(4000, ftp_data);
	talk(TCP, host(2, 5000), host(1, 4000));
	assert_ptr_equal(announced_dissector(d), ftp_data);
}

static void the_latest_of_very_many_are_remembered(void **state)
{
	(void)state;
	for (unsigned port = 1; port < 60000; port++)
		announce((uint16_t)port, dns);
	announce(4000, ftp_data);
	talk(TCP, host(2, 5000), host(1, 4000));
	assert_ptr_equal(announced_dissector(d), ftp_data);
}

static void what_an_error_quotes_announces_nothing(void **state)
{
	struct endpoint end = host(1, 4000);

	(void)state;
	begin_packet();
	d->in_error = true;
	announce_conversation(d, TCP, &end, ftp_data);
	d->in_error = false;
	talk(TCP, host(2, 5000), host(1, 4000));
	assert_null(announced_dissector(d));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

UNIT_TESTS(test_announced)
{
	const struct CMUnitTest tests[] = {
		TEST(either_side_may_have_the_announced_end),
		TEST(other_ends_and_protocols_are_not_announced),
		TEST(the_packet_that_announced_it_is_known),
		TEST(a_later_announcement_replaces_the_earlier),
		TEST(the_latest_of_very_many_are_remembered),
		TEST(what_an_error_quotes_announces_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
