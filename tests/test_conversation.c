/* test_conversation.c - the packets of a conversation, found from its last one, also where a packet
 * is in several. */
#include <stdlib.h>
#include <string.h>

#include "state/conversation.h"
#include "state/learned.h"
#include "support/unit_test.h"

enum { TCP = 6, UDP = 17 };

static struct learned *learned;
static struct dissection *d;

static int start(void **state)
{
	(void)state;
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
}

/* The packet belongs to the conversation between two ports of hosts that are all alike. */
static const struct conversation *join(uint8_t protocol, uint16_t from, uint16_t to)
{
	d->from = (struct endpoint){ .type = ADDRESS_IPV4, .length = 4, .port = from };
	d->to = (struct endpoint){ .type = ADDRESS_IPV4, .length = 4, .port = to };
	return conversation_of(d, protocol);
}

static uint32_t end_packet(void)
{
	learned_publish(learned);
	return d->packet.number;
}

static void the_last_packet_is_known_once_it_is_published(void **state)
{
	(void)state;
	begin_packet();
	const struct conversation *talk = join(TCP, 1, 2);
	assert_int_equal(conversation_count(learned, TCP), 0);
	assert_int_equal(end_packet(), 1);
	assert_int_equal(conversation_count(learned, TCP), 1);
	assert_ptr_equal(conversation_numbered(learned, TCP, 0), talk);
	begin_packet();
	join(TCP, 2, 1);
	assert_int_equal(conversation_last_packet(talk), 1);
	end_packet();
	assert_int_equal(conversation_last_packet(talk), 2);
	assert_null(conversation_numbered(learned, TCP, 1));
	assert_int_equal(conversation_count(learned, 1), 0);
}

static void each_conversation_of_a_packet_has_its_own_packet_before(void **state)
{
	(void)state;
	begin_packet();
	const struct conversation *inner = join(TCP, 1, 2);
	end_packet();
	begin_packet();
	const struct conversation *outer = join(UDP, 3, 4);
	end_packet();
	begin_packet();
	join(UDP, 4, 3);
	join(UDP, 5, 6);
	join(TCP, 1, 2);
	end_packet();
	struct conversation_place place = conversation_place(learned, outer, 3);
	assert_true(place.found);
	assert_int_equal(place.before, 2);
	assert_int_equal(place.number, 0);
	place = conversation_place(learned, inner, 3);
	assert_int_equal(place.before, 1);
	assert_int_equal(place.number, 2);
	assert_false(conversation_place(learned, outer, 1).found);
	assert_int_equal(conversation_last_packet(outer), 3);
	assert_int_equal(conversation_last_packet(inner), 3);
	assert_ptr_equal(conversation_of_packet(learned, 3, TCP), inner);
	assert_int_equal(conversation_of_packet(learned, 3, UDP)->stream, 1);
	assert_null(conversation_of_packet(learned, 2, TCP));
}

static void a_packet_that_meets_its_conversation_again_is_in_it_once(void **state)
{
	(void)state;
	begin_packet();
	const struct conversation *talk = join(UDP, 1, 2);
	end_packet();
	begin_packet();
	join(UDP, 1, 2);
	join(UDP, 1, 2);
	end_packet();
	struct conversation_place place = conversation_place(learned, talk, 2);
	assert_int_equal(place.before, 1);
	assert_int_equal(place.number, 0);
}

UNIT_TESTS(test_conversation)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(the_last_packet_is_known_once_it_is_published),
		CASE(each_conversation_of_a_packet_has_its_own_packet_before),
		CASE(a_packet_that_meets_its_conversation_again_is_in_it_once),
	};
	return cmocka_run_group_tests_name("conversation", tests, NULL, NULL);
}
