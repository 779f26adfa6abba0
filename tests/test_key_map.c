/* test_key_map.c - sequences, counts, places, and that the default keys do not collide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "ui/key_map.h"

static struct key_map map;

static int set_up(void **state)
{
	(void)state;
	key_map_init(&map);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	key_map_free(&map);
	return 0;
}

/* What the last of the keys does; *count is what was typed before. */
static enum action type(enum place place, const char *keys, uint32_t *count)
{
	enum action action = ACTION_NONE;

	for (; *keys; keys++)
		action = key_map_type(&map, place, (uint8_t)*keys, count);
	return action;
}

static void a_sequence_is_one_action(void **state)
{
	(void)state;
	uint32_t count;

	assert_int_equal(type(IN_LIST, "g", &count), ACTION_NONE);
	assert_int_equal(type(IN_LIST, "g", &count), ACTION_FIRST);
	assert_int_equal(type(IN_LIST, "ZZ", &count), ACTION_QUIT);
}

static void a_count_goes_before(void **state)
{
	(void)state;
	uint32_t count;

	assert_int_equal(type(IN_LIST, "123G", &count), ACTION_LAST);
	assert_int_equal(count, 123);
	assert_int_equal(type(IN_LIST, "10j", &count), ACTION_NEXT);
	assert_int_equal(count, 10);
	assert_int_equal(type(IN_LIST, "j", &count), ACTION_NEXT);
	assert_int_equal(count, 0);
}

static void a_count_is_bounded(void **state)
{
	(void)state;
	uint32_t count;

	assert_int_equal(type(IN_LIST, "99999999999999999999G", &count), ACTION_LAST);
	assert_int_equal(count, KEY_COUNT_LIMIT);
}

static void esc_cancels_what_was_begun(void **state)
{
	(void)state;
	uint32_t count;
	char typed[KEYS_ROOM];

	type(IN_LIST, "12g", &count);
	key_map_typed(&map, typed);
	assert_string_equal(typed, "12g");
	assert_int_equal(key_map_type(&map, IN_LIST, KEY_ESCAPE, &count), ACTION_NONE);
	key_map_typed(&map, typed);
	assert_string_equal(typed, "");
	assert_int_equal(key_map_type(&map, IN_LIST, KEY_ESCAPE, &count), ACTION_LEAVE);
}

static void what_means_nothing_is_forgotten(void **state)
{
	(void)state;
	uint32_t count;

	assert_int_equal(type(IN_LIST, "gy", &count), ACTION_NONE);
	assert_int_equal(type(IN_LIST, "j", &count), ACTION_NEXT);
}

static void the_same_key_differs_by_place(void **state)
{
	(void)state;
	uint32_t count;

	assert_int_equal(type(IN_DETAILS, "l", &count), ACTION_EXPAND);
	assert_int_equal(type(IN_BYTES, "l", &count), ACTION_RIGHT);
	assert_int_equal(type(IN_START, "l", &count), ACTION_NONE);
}

static void a_key_can_be_bound_anew(void **state)
{
	(void)state;
	uint32_t count;
	char names[KEYS_ROOM];

	assert_true(key_map_bind(&map, "j", 1, ACTION_QUIT));
	assert_int_equal(type(IN_LIST, "j", &count), ACTION_QUIT);
	key_map_names(&map, ACTION_NEXT, IN_LIST, 3, names);
	assert_string_equal(names, "Down");
	assert_false(key_map_bind(&map, "abcde", 5, ACTION_QUIT));
	assert_false(key_map_bind(&map, "", 0, ACTION_QUIT));
}

static void every_action_has_a_key_where_it_works(void **state)
{
	(void)state;
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		for (unsigned place = 1; place <= IN_HELP; place <<= 1) {
			char names[KEYS_ROOM];

			if (!(action_table[a].places & place))
				continue;
			key_map_names(&map, a, place, 1, names);
			if (!names[0])
				fail_msg("%s has no key in place %u", action_table[a].name, place);
		}
	}
}

static void no_key_is_the_beginning_of_another(void **state)
{
	(void)state;
	for (unsigned i = 0; i < map.binding_count; i++) {
		for (unsigned j = 0; j < map.binding_count; j++) {
			const struct binding *a = &map.bindings[i], *b = &map.bindings[j];

			if (i == j || !(a->places & b->places) || a->length > b->length)
				continue;
			if (!memcmp(a->keys, b->keys, a->length * sizeof a->keys[0]))
				fail_msg("%s and %s share keys", action_table[a->action].name,
					 action_table[b->action].name);
		}
	}
}

static void names_find_actions(void **state)
{
	(void)state;
	assert_int_equal(action_named("page-down", 9), ACTION_PAGE_DOWN);
	assert_int_equal(action_named("page", 4), ACTION_NONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_sequence_is_one_action),
		TEST(a_count_goes_before),
		TEST(a_count_is_bounded),
		TEST(esc_cancels_what_was_begun),
		TEST(what_means_nothing_is_forgotten),
		TEST(the_same_key_differs_by_place),
		TEST(a_key_can_be_bound_anew),
		TEST(every_action_has_a_key_where_it_works),
		TEST(no_key_is_the_beginning_of_another),
		TEST(names_find_actions),
	};
	return cmocka_run_group_tests_name("key_map", tests, NULL, NULL);
}
