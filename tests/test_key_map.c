/* test_key_map.c - sequences, counts, places, sets of keys, and that none collide. */
#include <stdio.h>
#include <string.h>

#include "support/unit_test.h"
#include "ui/key_map.h"

static struct key_map map;

static int set_up(void **state)
{
	(void)state;
	key_map_init(&map, KEY_SET_DEFAULT);
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
	for (enum key_set set = KEY_SET_DEFAULT; set < KEY_SETS; set++) {
		key_map_free(&map);
		key_map_init(&map, set);
		for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
			for (unsigned place = 1; place <= IN_GRAPH; place <<= 1) {
				char names[KEYS_ROOM];

				if (!(action_table[a].places & place))
					continue;
				key_map_names(&map, a, place, 1, names);
				if (!names[0])
					fail_msg("%s has no key in place %u of the %s keys",
						 action_table[a].name, place, key_set_names[set]);
			}
		}
	}
}

/* Binding takes such keys away: the action would lose one of its own unseen. */
static void no_key_is_taken_by_another(void **state)
{
	(void)state;
	for (unsigned i = 0; i < map.binding_count; i++) {
		const struct binding *b = &map.bindings[i];

		if (b->places != action_table[b->action].places)
			fail_msg("%s lost a key to another action", action_table[b->action].name);
	}
}

static void each_set_has_its_habits(void **state)
{
	(void)state;
	static const struct {
		enum key_set set;
		const char *keys;
		enum action action;
	} habits[] = {
		{ KEY_SET_DEFAULT, "\x06", ACTION_FIND_PACKET },
		{ KEY_SET_DEFAULT, "/", ACTION_FILTER },
		{ KEY_SET_VIM, "\x06", ACTION_PAGE_DOWN },
		{ KEY_SET_VIM, "\x02", ACTION_PAGE_UP },
		{ KEY_SET_VIM, "/", ACTION_FIND_PACKET },
		{ KEY_SET_VIM, "&", ACTION_FILTER },
		{ KEY_SET_VIM, "zR", ACTION_EXPAND_ALL },
		{ KEY_SET_VIM, "zz", ACTION_ZOOM },
		{ KEY_SET_LESS, " ", ACTION_PAGE_DOWN },
		{ KEY_SET_LESS, "b", ACTION_PAGE_UP },
		{ KEY_SET_LESS, "/", ACTION_FIND_PACKET },
		{ KEY_SET_LESS, "&", ACTION_FILTER },
		{ KEY_SET_LESS, "M", ACTION_MARK },
		{ KEY_SET_WIRESHARK, "\x04", ACTION_IGNORE },
		{ KEY_SET_WIRESHARK, "\x02", ACTION_PREVIOUS_MATCH },
	};

	for (size_t i = 0; i < sizeof habits / sizeof habits[0]; i++) {
		uint32_t count;

		key_map_free(&map);
		key_map_init(&map, habits[i].set);
		assert_int_equal(type(IN_LIST, habits[i].keys, &count), habits[i].action);
	}
	assert_int_equal(key_set_named("less"), KEY_SET_LESS);
	assert_int_equal(key_set_named("emacs"), KEY_SETS);
}

static void assert_said(const char *line, unsigned number, const char *said)
{
	char text[KEY_LINE_ROOM];

	key_map_read_line(&map, line, number, text);
	assert_string_equal(text, said);
}

static void a_line_may_name_a_place(void **state)
{
	(void)state;
	uint32_t count;

	assert_said("bind list Ctrl-F page-down", 1, "");
	assert_int_equal(type(IN_LIST, "\x06", &count), ACTION_PAGE_DOWN);
	assert_int_equal(type(IN_DETAILS, "\x06", &count), ACTION_FIND_PACKET);
	assert_said("gz\tquit\r", 2, "");
	assert_int_equal(type(IN_STREAM, "gz", &count), ACTION_QUIT);
	assert_said("details x next", 3, "");
	assert_int_equal(type(IN_LIST, "x", &count), ACTION_NONE);
	assert_int_equal(type(IN_DETAILS, "x", &count), ACTION_NEXT);
}

static void a_line_that_is_wrong_says_why(void **state)
{
	(void)state;
	assert_said("x page-donw", 1, "there is no action \"page-donw\"");
	assert_said("lst x next", 1, "there is no place \"lst\"");
	assert_said("start x copy-row", 1, "copy-row does nothing in \"start\"");
	assert_said("Hyper-x quit", 1, "\"Hyper-x\" is not a key");
	assert_said("bind x", 1, "it is not: [bind] [PLACE] KEYS ACTION");
	assert_said("x", 1, "it is not: [bind] [PLACE] KEYS ACTION");
	assert_said("bind list x next please", 1, "it is not: [bind] [PLACE] KEYS ACTION");
}

static void lines_that_take_from_others_say_so(void **state)
{
	(void)state;
	uint32_t count;

	assert_said("x next", 3, "");
	assert_said("x quit", 7, "\"x\" was bound in line 3: this line counts");
	assert_said("g last", 8, "\"g\" and \"gg\" (first) begin alike: the new keys count");
	assert_int_equal(type(IN_LIST, "g", &count), ACTION_LAST);
	assert_int_equal(type(IN_LIST, "g", &count), ACTION_LAST);
	assert_said("jj next", 9, "\"jj\" and \"j\" (next) begin alike: the new keys count");
	assert_int_equal(type(IN_LIST, "j", &count), ACTION_NONE);
	assert_int_equal(type(IN_LIST, "j", &count), ACTION_NEXT);
}

static void names_find_actions(void **state)
{
	(void)state;
	assert_int_equal(action_named("page-down", 9), ACTION_PAGE_DOWN);
	assert_int_equal(action_named("page", 4), ACTION_NONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_TESTS(test_key_map)
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
		TEST(no_key_is_taken_by_another),
		TEST(each_set_has_its_habits),
		TEST(a_line_may_name_a_place),
		TEST(a_line_that_is_wrong_says_why),
		TEST(lines_that_take_from_others_say_so),
		TEST(names_find_actions),
	};
	return cmocka_run_group_tests_name("key_map", tests, NULL, NULL);
}
