/* test_follow_text.c - records of a followed stream as text: what a capture does not show. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/follow_text.h"
#include "support/unit_test.h"

static char *printed;

/* What one record of the client prints, without heading and frame. */
static const char *print(const char *format, const char *bytes, bool on_terminal)
{
	size_t size;

	free(printed);
	FILE *out = open_memstream(&printed, &size);
	assert_non_null(out);
	struct follow_text text = {
		.out = out,
		.format = follow_format_named(format, strlen(format)),
		.protocol = "tcp",
		.filter = "",
		.first_record = 1,
		.last_record = 1,
		.on_terminal = on_terminal,
	};
	assert_non_null(text.format);
	follow_text_record(&text, &(struct follow_record){ .bytes = (const uint8_t *)bytes,
							   .length = (uint32_t)strlen(bytes) });
	fflush(out);
	size_t begin = (size_t)(strstr(printed, "Node 1: :0\n") + strlen("Node 1: :0\n") - printed);
	follow_text_end(&text);
	fclose(out);
	char *end = strstr(printed + begin, "=====");
	*end = '\0';
	return printed + begin;
}

static void ascii_shows_line_ends_and_nothing_else_that_moves(void **state)
{
	(void)state;
	assert_string_equal(print("ascii", "a\tb\x1b[2Jc\r\nd\re\x7f\xc3\xa9", false),
			    "16\na.b.[2Jc\r\nd\re...\n");
}

static void a_terminal_gets_no_lone_return(void **state)
{
	(void)state;
	assert_string_equal(print("ascii", "a\rb\r\nc\r", true), "7\na.b\r\nc.\n");
	assert_string_equal(print("utf-8", "a\rb\r\nc\r", true), "7\na.b\r\nc.\n");
}

static void utf8_shows_characters_that_are_whole_and_safe(void **state)
{
	(void)state;
	assert_string_equal(
		print("utf-8", "d\xc3\xa9j\xc3\xa0 \xc3 \xe2\x80\xae\xc2\x85\x1b", false),
		"15\nd\xc3\xa9j\xc3\xa0 . ...\n");
}

static void ebcdic_shows_letters_digits_and_punctuation(void **state)
{
	(void)state;
	assert_string_equal(print("ebcdic", "\xc8\x85\x93\x93\x96\x6b\x40\xe6\xf4\x5a\x15", false),
			    "11\nHello, W4!\n\n");
}

static int stop(void **state)
{
	(void)state;
	free(printed);
	printed = NULL;
	return 0;
}

UNIT_TESTS(test_follow_text)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ascii_shows_line_ends_and_nothing_else_that_moves),
		cmocka_unit_test(a_terminal_gets_no_lone_return),
		cmocka_unit_test(utf8_shows_characters_that_are_whole_and_safe),
		cmocka_unit_test(ebcdic_shows_letters_digits_and_punctuation),
	};
	return cmocka_run_group_tests_name("follow_text", tests, NULL, stop);
}
