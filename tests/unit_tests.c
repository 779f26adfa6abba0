/* unit_tests.c - runs the unit tests of one file. */
#include <stdio.h>
#include <string.h>

#include "support/unit_test.h"

static const struct unit_tests *find_tests(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	size_t length = strcspn(name, ".");
	const struct unit_tests *tests = unit_table;
	while (tests->name && (strlen(tests->name) != length || memcmp(tests->name, name, length)))
		tests++;
	return tests->name ? tests : NULL;
}

int main(int argc, char **argv)
{
	const struct unit_tests *tests = argc == 2 ? find_tests(argv[1]) : NULL;
	if (tests)
		return tests->run();
	fprintf(stderr, "usage: %s FILE, which is one of\n", argv[0]);
	for (tests = unit_table; tests->name; tests++)
		fprintf(stderr, "  %s\n", tests->name);
	return 2;
}
