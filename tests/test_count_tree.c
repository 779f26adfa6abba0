/* test_count_tree.c - topics counted: where nodes are, how they are ordered, bursts, averages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/count_tree.h"
#include "support/unit_test.h"

enum { MS = 1000000 };

static void add_times(struct count_tree *tree, uint32_t parent, const char *name, unsigned times)
{
	while (times--)
		count_tree_tick(tree, parent, name);
}

static void a_name_is_one_node_below_each_parent(void **state)
{
	(void)state;
	struct count_tree *tree = count_tree_new();
	uint32_t a = count_tree_node(tree, COUNT_TREE_ROOT, "a");
	uint32_t b = count_tree_node(tree, COUNT_TREE_ROOT, "b");
	uint32_t below_a = count_tree_tick(tree, a, "same");

	assert_int_equal(count_tree_tick(tree, a, "same"), below_a);
	assert_int_not_equal(count_tree_tick(tree, b, "same"), below_a);
	assert_int_equal(count_tree_at_node(tree, below_a)->count, 2);
	assert_int_equal(count_tree_at_node(tree, below_a)->depth, 1);
	assert_int_equal(count_tree_at_node(tree, below_a)->parent, a);
	assert_int_equal(count_tree_at_node(tree, a)->count, 0);
	assert_int_equal(count_tree_size(tree), 5);
	count_tree_free(tree);
}

static void many_nodes_are_found_again(void **state)
{
	(void)state;
	struct count_tree *tree = count_tree_new();
	char name[16];

	for (unsigned round = 0; round < 2; round++)
		for (unsigned i = 0; i < 5000; i++) {
			snprintf(name, sizeof name, "n%u", i);
			count_tree_tick(tree, COUNT_TREE_ROOT, name);
		}
	assert_int_equal(count_tree_size(tree), 5001);
	assert_int_equal(count_tree_at_node(tree, 5000)->count, 2);
	count_tree_free(tree);
}

/* Names are cut at 1,024 bytes, so two that differ behind that are one. */
static void long_names_are_cut(void **state)
{
	(void)state;
	struct count_tree *tree = count_tree_new();
	char name[1100];

	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	uint32_t node = count_tree_tick(tree, COUNT_TREE_ROOT, name);
	name[1050] = 'y';
	assert_int_equal(count_tree_tick(tree, COUNT_TREE_ROOT, name), node);
	assert_int_equal(strlen(count_tree_at_node(tree, node)->name), 1024);
	count_tree_free(tree);
}

static void most_often_counted_come_first_then_names_backwards(void **state)
{
	(void)state;
	struct count_tree *tree = count_tree_new();
	static const char *const wanted[] = { "often", "c", "b", "a" };

	count_tree_node(tree, COUNT_TREE_ROOT, "top");
	add_times(tree, 1, "a", 1);
	add_times(tree, 1, "c", 1);
	add_times(tree, 1, "often", 3);
	add_times(tree, 1, "b", 1);
	uint32_t *children = count_tree_children(tree, 1);
	for (unsigned i = 0; i < 4; i++)
		assert_string_equal(count_tree_at_node(tree, children[i])->name, wanted[i]);
	free(children);
	count_tree_keep_order(tree, 1);
	children = count_tree_children(tree, 1);
	assert_string_equal(count_tree_at_node(tree, children[0])->name, "a");
	assert_string_equal(count_tree_at_node(tree, children[2])->name, "often");
	free(children);
	count_tree_free(tree);
}

/* 3 within 100 ms, then after a pause 2. */
static void a_burst_is_what_came_within_a_tenth_of_a_second(void **state)
{
	(void)state;
	struct count_tree *tree = count_tree_new();
	static const int64_t times_ms[] = { 1000, 1040, 1090, 1300, 1310 };
	uint32_t node = count_tree_node(tree, COUNT_TREE_ROOT, "n");

	for (unsigned i = 0; i < 5; i++) {
		count_tree_at(tree, times_ms[i] * MS);
		count_tree_add(tree, node);
	}
	assert_int_equal(count_tree_at_node(tree, node)->most, 3);
	assert_int_equal(count_tree_at_node(tree, node)->most_start_ns, 1000 * MS);
	assert_int_equal(count_tree_elapsed(tree), 310 * MS);
	count_tree_free(tree);
}

/* Out of order, within the burst and before it. */
static void time_may_run_backwards(void **state)
{
	(void)state;
	struct count_tree *tree = count_tree_new();
	static const int64_t times_ms[] = { 1000, 980, 990, 10 };
	uint32_t node = count_tree_node(tree, COUNT_TREE_ROOT, "n");

	for (unsigned i = 0; i < 4; i++) {
		count_tree_at(tree, times_ms[i] * MS);
		count_tree_add(tree, node);
	}
	assert_int_equal(count_tree_at_node(tree, node)->count, 4);
	assert_int_equal(count_tree_at_node(tree, node)->most, 3);
	count_tree_free(tree);
}

static void values_have_a_total_and_bounds(void **state)
{
	(void)state;
	struct count_tree *tree = count_tree_new();
	uint32_t node = count_tree_make(tree, COUNT_TREE_ROOT, "n", VALUE_WHOLE);

	count_tree_add_value(tree, node, VALUE_WHOLE, 7);
	count_tree_add_value(tree, node, VALUE_WHOLE, -2);
	count_tree_add_value(tree, node, VALUE_WHOLE, 4);
	const struct count_node *n = count_tree_at_node(tree, node);
	assert_int_equal((int)n->total, 9);
	assert_int_equal((int)n->least, -2);
	assert_int_equal((int)n->largest, 7);
	count_tree_free(tree);
}

UNIT_TESTS(test_count_tree)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_one_node_below_each_parent),
		cmocka_unit_test(many_nodes_are_found_again),
		cmocka_unit_test(long_names_are_cut),
		cmocka_unit_test(most_often_counted_come_first_then_names_backwards),
		cmocka_unit_test(a_burst_is_what_came_within_a_tenth_of_a_second),
		cmocka_unit_test(time_may_run_backwards),
		cmocka_unit_test(values_have_a_total_and_bounds),
	};
	return cmocka_run_group_tests_name("count_tree", tests, NULL, NULL);
}
