/* test_key_log.c - lines of SSLKEYLOGFILE, and what is found by them. */
#include <stdlib.h>
#include <string.h>

#include "state/learned.h"
#include "state/sealed.h"
#include "support/unit_test.h"

#define RANDOM "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define OTHER  "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static struct learned *learned;

static int start(void **state)
{
	(void)state;
	learned = learned_new();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	learned_free(learned);
	return 0;
}

static void log_has(const char *text)
{
	secrets_read(learned, (const uint8_t *)text, (uint32_t)strlen(text));
}

/* The first byte of the secret of RANDOM, or of OTHER; -1: none. */
static int found(const char *label, uint8_t first)
{
	struct secret secret;
	uint8_t random[32];

	for (unsigned i = 0; i < sizeof random; i++)
		random[i] = i ? (uint8_t)i : first;
	return secret_find(learned, label, random, &secret) ? secret.bytes[0] : -1;
}

static void finds_by_label_and_random(void **state)
{
	(void)state;
	log_has("# a comment\nCLIENT_RANDOM " RANDOM " 0102\nEXPORTER_SECRET " RANDOM " 03\r\n"
		"CLIENT_RANDOM " OTHER " 04");
	assert_int_equal(found("CLIENT_RANDOM", 0), 1);
	assert_int_equal(found("EXPORTER_SECRET", 0), 3);
	assert_int_equal(found("CLIENT_RANDOM", 0xff), 4);
	assert_int_equal(found("EXPORTER_SECRET", 0xff), -1);
	assert_int_equal(found("CLIENT_RANDO", 0), -1);
	assert_int_equal(found("CLIENT_RANDOM_OF_A_VERY_LONG_NAME", 0), -1);
}

static void reads_over_what_is_no_secret(void **state)
{
	(void)state;
	log_has("\n \nCLIENT_RANDOM\nCLIENT_RANDOM 0102 03\nCLIENT_RANDOM " RANDOM
		"\nCLIENT_RANDOM " RANDOM " xy\nCLIENT_RANDOM " RANDOM "00 01\n");
	assert_false(secrets_known(learned));
}

static void the_last_line_counts(void **state)
{
	(void)state;
	log_has("CLIENT_RANDOM " RANDOM " 01\nCLIENT_RANDOM " RANDOM " 02\n");
	assert_int_equal(found("CLIENT_RANDOM", 0), 2);
}

/* Else a capture's own log, a line again and again, would make every look-up walk over all. */
static void a_line_said_again_takes_no_room(void **state)
{
	static const char line[] = "CLIENT_RANDOM " RANDOM " 01\n";

	(void)state;
	for (unsigned i = 0; i < SECRETS_LIMIT_LINES; i++)
		secrets_read(learned, (const uint8_t *)line, sizeof line - 1);
	log_has("CLIENT_RANDOM " OTHER " 02\n");
	assert_int_equal(found("CLIENT_RANDOM", 0xff), 2);
}

UNIT_TESTS(test_key_log)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(finds_by_label_and_random, start, stop),
		cmocka_unit_test_setup_teardown(reads_over_what_is_no_secret, start, stop),
		cmocka_unit_test_setup_teardown(the_last_line_counts, start, stop),
		cmocka_unit_test_setup_teardown(a_line_said_again_takes_no_room, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
