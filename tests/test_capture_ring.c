/* test_capture_ring.c - what the files of one capture are called, and when there may be several. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "capture/capture_ring.h"
#include "support/unit_test.h"

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

/* A ring in a folder of its own. */
struct ring_place {
	char folder[40], pattern[60];
	struct ring_rules rules;
	struct capture_ring ring;
};

static void begin(struct ring_place *place)
{
	memset(place, 0, sizeof *place);
	strcpy(place->folder, "/tmp/test_ring.XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->pattern, sizeof place->pattern, "%s/x.pcapng", place->folder);
	place->rules.several = true;
	place->ring.rules = &place->rules;
	place->ring.pattern = place->pattern;
}

static void next(struct ring_place *place, char name[200])
{
	struct error error;
	int fd = ring_next(&place->ring, name, 200, &error);

	assert_true(fd >= 0);
	close(fd);
}

static void end(struct ring_place *place)
{
	ring_free(&place->ring);
	assert_int_equal(rmdir(place->folder), 0);
}

static void only_the_last_files_are_kept(void **state)
{
	struct ring_place place;
	char names[5][200];

	(void)state;
	begin(&place);
	place.rules.keep = 2;
	for (unsigned i = 0; i < 5; i++)
		next(&place, names[i]);
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(access(names[i], F_OK), i < 3 ? -1 : 0);
	unlink(names[3]);
	unlink(names[4]);
	end(&place);
}

/* The second in which the ring is asked is not known, so all of the next ones are taken. */
static void files_that_are_there_are_left_alone(void **state)
{
	struct ring_place place;
	char taken[4][200], name[200], text[8] = "";
	time_t now = time(NULL);

	(void)state;
	begin(&place);
	for (unsigned i = 0; i < 4; i++) {
		assert_true(ring_name(&place.rules, place.pattern, 1, now + i, taken[i],
				      sizeof taken[i]));
		int fd = open(taken[i], O_WRONLY | O_CREAT, 0600);
		assert_int_equal(write(fd, "mine", 4), 4);
		close(fd);
	}
	next(&place, name);
	assert_non_null(strstr(name, "/x_00002_"));
	unlink(name);
	next(&place, name);
	assert_non_null(strstr(name, "/x_00003_"));
	unlink(name);
	for (unsigned i = 0; i < 4; i++) {
		int fd = open(taken[i], O_RDONLY);
		assert_int_equal(read(fd, text, sizeof text), 4);
		close(fd);
		assert_int_equal(unlink(taken[i]), 0);
	}
	end(&place);
}

UNIT_TESTS(test_capture_ring)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(number_and_time_stand_before_the_suffix),
		cmocka_unit_test(long_names_are_refused),
		cmocka_unit_test(several_files_want_a_rule),
		cmocka_unit_test(only_the_last_files_are_kept),
		cmocka_unit_test(files_that_are_there_are_left_alone),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests_name("capture_ring", tests, NULL, NULL);
}
