/* unit_test.h - what a file of unit tests ends with.
 *
 * All of them are one program, tests/unit_tests, which is told the file to run, with or without its folder
 * and its ".c": tests/unit_tests test_stream. */
#ifndef SUPPORT_UNIT_TEST_H
#define SUPPORT_UNIT_TEST_H

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* In place of main: UNIT_TESTS(test_stream) { ... return cmocka_run_group_tests(...); } in test_stream.c. */
#define UNIT_TESTS(file) \
	int file(void);  \
	int file(void)

/* How many of so many places a test goes through.  Under sanitizers each takes ten times as long, and it is
 * not for the places that the test is run there. */
static inline unsigned places_of(unsigned all, unsigned sanitized)
{
	const char *is_sanitized = getenv("sanitized");

	return is_sanitized && !strcmp(is_sanitized, "yes") ? sanitized : all;
}

struct unit_tests {
	const char *name;
	int (*run)(void);       /* returns how many failed */
};

/* From tests/list.mk; the last one's name is NULL. */
extern const struct unit_tests unit_table[];

#endif
