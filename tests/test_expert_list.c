/* test_expert_list.c - findings counted together: by words, by field, within bounds. */
#include <stdio.h>
#include <string.h>

#include "session/expert_list.h"
#include "support/unit_test.h"

static const struct field fields[] = {
	FINDING("a.bad", "Bad", EXPERT_ERROR, GROUP_CHECKSUM),
	FINDING("a.odd", "Odd", EXPERT_NOTE, GROUP_PROTOCOL),
};
static const char a[] = "A", b[] = "B";

/* Packet `number` with one finding. */
static void take(struct expert_list *list, uint32_t number, const char *protocol, unsigned field,
		 const char *words)
{
	struct finding finding = { &fields[field], protocol, words };
	struct dissection d = { .findings = &finding, .finding_count = 1 };

	d.packet.number = number;
	expert_list_take(list, &d);
}

static void quoted_packets_do_not_count(void **state)
{
	(void)state;
	struct expert_list *list = expert_list_new(EXPERT_SAME_WORDS, 0);
	struct finding findings[] = { { &fields[0], a, "Bad", .quoted = true },
				      { &fields[1], a, "Odd" } };
	struct dissection d = { .findings = findings, .finding_count = 2 };

	expert_list_take(list, &d);
	assert_int_equal(expert_list_count(list), 1);
	assert_string_equal(expert_list_row(list, 0)->words, "Odd");
	assert_int_equal(expert_list_total(list, EXPERT_ERROR), 0);
	expert_list_free(list);
}

static void equal_words_are_one_row(void **state)
{
	(void)state;
	struct expert_list *list = expert_list_new(EXPERT_SAME_WORDS, 0);

	take(list, 1, a, 0, "Bad [1]");
	take(list, 2, a, 1, "Odd");
	take(list, 3, a, 0, "Bad [2]");
	take(list, 4, a, 0, "Bad [1]");
	take(list, 5, b, 0, "Bad [1]");
	assert_int_equal(expert_list_count(list), 4);
	assert_string_equal(expert_list_row(list, 0)->words, "Bad [1]");
	assert_int_equal(expert_list_row(list, 0)->count, 2);
	assert_int_equal(expert_list_row(list, 0)->group, GROUP_CHECKSUM);
	assert_ptr_equal(expert_list_row(list, 3)->protocol, b);
	assert_int_equal(expert_list_total(list, EXPERT_ERROR), 4);
	assert_int_equal(expert_list_total(list, EXPERT_NOTE), 1);
	assert_int_equal(expert_list_total(list, EXPERT_WARN), 0);
	expert_list_free(list);
}

static void one_field_is_one_row_with_its_packets(void **state)
{
	(void)state;
	struct expert_list *list = expert_list_new(EXPERT_SAME_FIELD, 100);

	take(list, 3, a, 0, "Bad [1]");
	take(list, 3, a, 0, "Bad [1]");
	take(list, 7, a, 0, "Bad [2]");
	take(list, 8, a, 1, "Odd");
	assert_int_equal(expert_list_count(list), 2);
	const struct expert_row *row = expert_list_row(list, 0);
	assert_string_equal(row->words, "Bad");
	assert_int_equal(row->count, 3);
	assert_int_equal(row->packet_count, 2);
	assert_int_equal(row->packets[0], 3);
	assert_int_equal(row->packets[1], 7);
	expert_list_free(list);
}

static void no_more_packets_are_kept_than_asked_for(void **state)
{
	(void)state;
	struct expert_list *list = expert_list_new(EXPERT_SAME_FIELD, 5);

	for (uint32_t n = 1; n <= 1000; n++)
		take(list, n, a, n % 2, "words");
	assert_int_equal(expert_list_row(list, 0)->packet_count, 3);
	assert_int_equal(expert_list_row(list, 1)->packet_count, 2);
	assert_int_equal(expert_list_row(list, 1)->count, 500);
	expert_list_free(list);
}

static void rows_end_and_the_rest_is_counted_as_others(void **state)
{
	(void)state;
	enum { KINDS = 70000 };
	struct expert_list *list = expert_list_new(EXPERT_SAME_WORDS, 0);
	char words[20];

	for (uint32_t n = 1; n <= KINDS; n++) {
		snprintf(words, sizeof words, "Bad [%u]", n);
		take(list, n, a, 0, words);
	}
	uint32_t count = expert_list_count(list);
	assert_int_equal(count, 65537);
	assert_string_equal(expert_list_row(list, count - 1)->words, "Others");
	assert_int_equal(expert_list_row(list, count - 1)->count, KINDS - 65536);
	assert_int_equal(expert_list_row(list, count - 1)->severity, EXPERT_ERROR);
	assert_int_equal(expert_list_total(list, EXPERT_ERROR), KINDS);
	expert_list_free(list);
}

static void long_words_are_cut_at_a_character(void **state)
{
	(void)state;
	struct expert_list *list = expert_list_new(EXPERT_SAME_WORDS, 0);
	char words[1000];

	memset(words, 'x', 238);
	strcpy(words + 238, "\xe2\x80\xa6 and more");
	take(list, 1, a, 0, words);
	assert_int_equal(strlen(expert_list_row(list, 0)->words), 238);
	words[300] = '\0';
	strcpy(words + 241, " and other things");
	take(list, 2, a, 0, words);
	assert_int_equal(expert_list_count(list), 1);
	expert_list_free(list);
}

UNIT_TESTS(test_expert_list)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quoted_packets_do_not_count),
		cmocka_unit_test(equal_words_are_one_row),
		cmocka_unit_test(one_field_is_one_row_with_its_packets),
		cmocka_unit_test(no_more_packets_are_kept_than_asked_for),
		cmocka_unit_test(rows_end_and_the_rest_is_counted_as_others),
		cmocka_unit_test(long_words_are_cut_at_a_character),
	};
	return cmocka_run_group_tests_name("expert_list", tests, NULL, NULL);
}
