/* test_objects.c - names of files that were transferred: whatever they say, they stay in a folder. */
#include <string.h>

#include "session/objects.h"
#include "support/unit_test.h"

static const char *file_name(const char *name, const char *type)
{
	static char text[OBJECT_NAME_ROOM];
	struct object object = {
		.kind = "http", .name = (char *)(uintptr_t)name, .type = (char *)(uintptr_t)type,
		.packet = 7,
	};

	object_file_name(&object, text);
	return text;
}

static void keeps_ordinary_names(void **state)
{
	(void)state;
	assert_string_equal(file_name("index.html", ""), "index.html");
	assert_string_equal(file_name("Grüße 1.txt", ""), "Grüße 1.txt");
}

static void escapes_what_leads_elsewhere(void **state)
{
	(void)state;
	assert_string_equal(file_name("../../etc/passwd", ""), "%2e.%2f..%2fetc%2fpasswd");
	assert_string_equal(file_name("..", ""), "%2e.");
	assert_string_equal(file_name("/", ""), "%2f");
	assert_string_equal(file_name(".profile", ""), "%2eprofile");
	assert_string_equal(file_name("a\\b:c", ""), "a%5cb%3ac");
	assert_string_equal(file_name("\033[2J\n", ""), "%1b[2J%0a");
}

static void names_what_has_none_after_its_packet(void **state)
{
	(void)state;
	assert_string_equal(file_name("", ""), "object7");
	assert_string_equal(file_name("", "text/html; charset=x"), "object7.html");
	assert_string_equal(file_name("", "message/rfc822"), "object7.eml");
	assert_string_equal(file_name("", "a/../b"), "object7...%2fb");
}

static void cuts_long_names(void **state)
{
	char name[2000];

	(void)state;
	memset(name, '/', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	assert_in_range(strlen(file_name(name, "")), 100, OBJECT_NAME_ROOM - 20);
	for (unsigned i = 0; i + 2 < sizeof name; i += 2)
		memcpy(name + i, "\xc3\xbc", 2);
	const char *cut = file_name(name, "");
	assert_in_range(strlen(cut), 100, OBJECT_NAME_ROOM - 20);
	assert_int_equal((unsigned char)cut[strlen(cut) - 1], 0xbc);
}

UNIT_TESTS(test_objects)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_ordinary_names),
		cmocka_unit_test(escapes_what_leads_elsewhere),
		cmocka_unit_test(names_what_has_none_after_its_packet),
		cmocka_unit_test(cuts_long_names),
	};
	return cmocka_run_group_tests_name("objects", tests, NULL, NULL);
}
