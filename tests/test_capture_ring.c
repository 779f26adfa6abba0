/* test_capture_ring.c - what the files of one capture are called, and when there may be several. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "capture/capture_ring.h"

static const char *name_of(const char *pattern, uint32_t number, bool time_first)
{
	static char name[200];
	struct ring_rules rules = { .several = true, .time_first = time_first };

	assert_true(ring_name(&rules, pattern, number, 1600000000, name, sizeof name));
	return name;
}

static void number_and_time_stand_before_the_suffix(void **state)
{
	(void)state;
	assert_string_equal(name_of("a/b.c/x.pcapng", 1, false),
			    "a/b.c/x_00001_20200913122640.pcapng");
	assert_string_equal(name_of("a/b.c/x", 12, false), "a/b.c/x_00012_20200913122640");
	assert_string_equal(name_of("x.y.z", 99999, true), "x.y_20200913122640_99999.z");
	assert_string_equal(name_of("x", 100001, false), "x_00001_20200913122640");
}

static void long_names_are_refused(void **state)
{
	struct ring_rules rules = { .several = true };
	char name[10];

	(void)state;
	assert_false(ring_name(&rules, "abcdef", 1, 0, name, sizeof name));
}

static void several_files_want_a_rule(void **state)
{
	struct ring_rules rules = { .several = true, .keep = 3 };
	struct error error;

	(void)state;
	assert_false(ring_rules_check(&rules, &error));
	assert_non_null(strstr(error.text, "no maximum capture file size"));
	rules.interval = 1;
	assert_true(ring_rules_check(&rules, &error));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(number_and_time_stand_before_the_suffix),
		cmocka_unit_test(long_names_are_refused),
		cmocka_unit_test(several_files_want_a_rule),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests_name("capture_ring", tests, NULL, NULL);
}
