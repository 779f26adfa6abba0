/* test_facts.c - what the first pass learnt of a packet's layer is found again, and only that. */
#include <string.h>
#include <time.h>

#include "dissect/dissector.h"
#include "dissect/registry.h"
#include "state/facts.h"
#include "state/learned.h"
#include "support/unit_test.h"

static struct learned *learned;
static struct dissection d;
static void (*work)(struct dissection *d);

static void layer_dissect(struct dissection *at, struct cursor *c)
{
	(void)c;
	work(at);
}

static const struct field fields[] = { { "layer", "Layer", FIELD_PROTOCOL } };
static const struct dissector layer = {
	.name = "layer",
	.short_name = "L",
	.title = "Layer",
	.fields = fields,
	.field_count = 1,
	.dissect = layer_dissect,
};

static void run(uint32_t number, void (*what)(struct dissection *d))
{
	work = what;
	d.packet = (struct packet_facts){ .number = number };
	dissect_packet_as(&d, &layer, (const uint8_t *)"");
}

/* The next packet of the first pass. */
static void first_pass(void (*what)(struct dissection *d))
{
	d.pen = learned;
	run(index_append(&learned->index), what);
	index_publish(&learned->index);
	d.pen = NULL;
}

static int set_up(void **state)
{
	(void)state;
	registry_build();
	learned = learned_new();
	dissection_init(&d);
	d.learned = learned;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	dissection_free(&d);
	learned_free(learned);
	return 0;
}

static void nothing(struct dissection *at)
{
	(void)at;
}

static void learns_its_number(struct dissection *at)
{
	uint32_t *fact = learn(at, FACT_OWN, sizeof *fact);

	assert_non_null(fact);
	*fact = at->packet.number * 7;
}

static void finds_its_number(struct dissection *at)
{
	uint32_t size;
	const uint32_t *fact = recall(at, FACT_OWN, &size);

	assert_null(learn(at, FACT_OWN, sizeof *fact));
	assert_non_null(fact);
	assert_int_equal(size, sizeof *fact);
	assert_int_equal(*fact, at->packet.number * 7);
}

static void finds_nothing(struct dissection *at)
{
	assert_null(recall(at, FACT_OWN, NULL));
	assert_null(recall(at, FACT_OTHER, NULL));
}

static void each_packet_finds_its_own(void **state)
{
	enum { PACKETS = 200000 };

	(void)state;
	for (uint32_t n = 1; n <= PACKETS; n++)
		first_pass(n % 3 ? learns_its_number : nothing);
	for (uint32_t n = PACKETS; n; n--)
		run(n, n % 3 ? finds_its_number : finds_nothing);
}

static void learns_much(struct dissection *at)
{
	uint32_t size = at->packet.number * 3001 % FACT_LIMIT;
	uint8_t *fact = learn(at, FACT_OTHER, size);

	memset(fact, (int)at->packet.number, size);
	learns_its_number(at);
}

static void finds_much(struct dissection *at)
{
	uint32_t size;
	const uint8_t *fact = recall(at, FACT_OTHER, &size);

	assert_int_equal(size, at->packet.number * 3001 % FACT_LIMIT);
	for (uint32_t i = 0; i < size; i++)
		assert_int_equal(fact[i], (uint8_t)at->packet.number);
	finds_its_number(at);
}

static void large_facts_cross_no_chunk(void **state)
{
	(void)state;
	for (uint32_t n = 1; n <= 300; n++)
		first_pass(learns_much);
	for (uint32_t n = 1; n <= 300; n++)
		run(n, finds_much);
}

/* Around the largest size and the largest number that one byte holds. */
static const struct {
	uint16_t number;
	uint32_t size;
} borders[] = {
	{ 0, 0 }, { 1, 254 }, { 2, 255 }, { 255, 254 }, { 256, 4 }, { 0xffff, 256 }, { 3, 1 },
};

enum { BORDERS = sizeof borders / sizeof borders[0] };

static void learns_borders(struct dissection *at)
{
	for (unsigned i = 0; i < BORDERS; i++) {
		void *fact = learn_numbered(at, FACT_OWN, borders[i].number, borders[i].size);
		memset(fact, (int)i + 1, borders[i].size);
	}
}

static void finds_borders(struct dissection *at)
{
	for (unsigned i = BORDERS; i-- > 0;) {
		uint32_t size = 0;
		const uint8_t *fact = recall_numbered(at, FACT_OWN, borders[i].number, &size);

		assert_non_null(fact);
		assert_int_equal(size, borders[i].size);
		for (uint32_t k = 0; k < size; k++)
			assert_int_equal(fact[k], i + 1);
	}
	assert_null(recall_numbered(at, FACT_OWN, 254, NULL));
}

static void numbers_and_sizes_may_need_more_than_a_byte(void **state)
{
	(void)state;
	first_pass(learns_borders);
	first_pass(learns_borders);
	run(1, finds_borders);
	run(2, finds_borders);
}

static unsigned deep;

static void layers_learn(struct dissection *at)
{
	uint32_t *fact = learn(at, FACT_OWN, sizeof *fact);

	*fact = deep;
	if (deep++ < 20)
		dissect_layer(at, &layer, (struct cursor){ .data = (const uint8_t *)"" });
}

static void layers_recall(struct dissection *at)
{
	const uint32_t *fact = recall(at, FACT_OWN, NULL);

	assert_int_equal(*fact, deep);
	if (deep++ < 20)
		dissect_layer(at, &layer, (struct cursor){ .data = (const uint8_t *)"" });
	/* On the way back too, behind where the last one was found. */
	assert_ptr_equal(recall(at, FACT_OWN, NULL), fact);
}

static void each_layer_finds_its_own(void **state)
{
	(void)state;
	deep = 0;
	first_pass(layers_learn);
	deep = 0;
	run(1, layers_recall);
}

enum { CROWDED = 64, CROWD = 2000 };

static void learns_a_crowd(struct dissection *at)
{
	for (uint16_t n = 0; n < CROWD; n++) {
		uint32_t *fact = learn_numbered(at, FACT_INNER, n, sizeof *fact);
		*fact = at->packet.number * CROWD + n;
	}
}

static void finds_its_crowd(struct dissection *at)
{
	uint32_t size, neighbour = at->packet.number % CROWDED + 1;

	for (uint16_t n = CROWD; n--;) {
		const uint32_t *fact = recall_numbered(at, FACT_INNER, n, &size);
		assert_int_equal(*fact, at->packet.number * CROWD + n);
		assert_int_equal(size, sizeof *fact);
		assert_null(recall_numbered(at, FACT_OWN, n, NULL));
		fact = fact_of(at, neighbour, FACT_INNER, n, &size);
		assert_int_equal(*fact, neighbour * CROWD + n);
		assert_null(fact_of(at, neighbour, FACT_OWN, n, NULL));
	}
	assert_null(recall_numbered(at, FACT_INNER, CROWD, NULL));
}

/* 512,000 questions; walking past all others for each took minutes. */
static void many_facts_are_found_as_fast_as_few(void **state)
{
	(void)state;
	clock_t began = clock();

	for (uint32_t n = 1; n <= CROWDED; n++)
		first_pass(learns_a_crowd);
	for (uint32_t n = 1; n <= CROWDED; n++)
		run(n, finds_its_crowd);
	assert_true(clock() - began < 15 * CLOCKS_PER_SEC);
}

UNIT_TESTS(test_facts)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_packet_finds_its_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(large_facts_cross_no_chunk, set_up, tear_down),
		cmocka_unit_test_setup_teardown(numbers_and_sizes_may_need_more_than_a_byte, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(each_layer_finds_its_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(many_facts_are_found_as_fast_as_few, set_up,
						tear_down),
	};
	return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
