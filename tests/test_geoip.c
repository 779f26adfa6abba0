/* test_geoip.c - places of addresses, and databases that lie. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dissect/geoip.h"
#include "dissect/names.h"
#include "support/unit_test.h"

enum { ROOM = 1 << 14 };

static char folder[] = "/tmp/peel-geoip-XXXXXX";
static char path[sizeof folder + 20];
static uint8_t whole[ROOM];
static size_t size;
static unsigned complaints;

static void count_complaint(const char *words)
{
	assert_non_null(strstr(words, "is no database of places"));
	complaints++;
}

static void write_database(const uint8_t *bytes, size_t n)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	fclose(file);
}

static int set_up(void **state)
{
	const char *srcdir = getenv("srcdir");
	char from[4096];

	(void)state;
	snprintf(from, sizeof from, "%s/captures/geoip-city.mmdb", srcdir ? srcdir : ".");
	FILE *file = fopen(from, "rb");
	if (!file || !mkdtemp(folder))
		return -1;
	size = fread(whole, 1, sizeof whole, file);
	fclose(file);
	snprintf(path, sizeof path, "%s/a.mmdb", folder);
	return setenv("PEEL_GEOIP", folder, 1);
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

static void need_library(void)
{
	if (!geoip_library_version())
		skip();
}

static bool is_words(const struct place_words *words, const char *text)
{
	return words->length == strlen(text) && !memcmp(words->bytes, text, words->length);
}

static void an_address_has_a_place(void **state)
{
	(void)state;
	need_library();
	write_database(whole, size);
	geoip_open(count_complaint);
	assert_int_equal(complaints, 0);

	struct endpoint lisbon = endpoint_ipv4(0xc0000201), nowhere = endpoint_ipv4(0x0a000001);
	struct place place;
	assert_true(geoip_find(&lisbon, &place));
	assert_true(is_words(&place.city, "Lisbon"));
	assert_true(is_words(&place.iso, "PT"));
	assert_true(place.has_position && place.longitude < -9.13 && place.longitude > -9.14);
	assert_false(place.has_system);
	assert_false(geoip_find(&nowhere, &place));
	geoip_close();
	assert_false(geoip_find(&lisbon, &place));
}

/* Reads all that is found, so that a sanitizer sees what lies outside. */
static void ask_everything(void)
{
	static const uint8_t kyiv[16] = { 0x20, 0x01, 0x0d, 0xb8 };
	const struct endpoint asked[] = { endpoint_ipv4(0xc0000201), endpoint_ipv4(0xc6336414),
					  endpoint_ipv4(0xcb00710a), endpoint_ipv6(kyiv) };

	geoip_open(count_complaint);
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		struct place place;
		unsigned sum = 0;
		if (!geoip_find(&asked[i], &place))
			continue;
		const struct place_words *all[] = { &place.city, &place.country, &place.iso,
						    &place.organization };
		for (size_t w = 0; w < sizeof all / sizeof *all; w++)
			for (uint32_t n = 0; all[w]->bytes && n < all[w]->length; n++)
				sum += (uint8_t)all[w]->bytes[n];
		assert_true(sum < 256 * ROOM);
	}
	geoip_close();
}

static void a_cut_database_does_no_harm(void **state)
{
	(void)state;
	need_library();
	complaints = 0;
	for (size_t n = 0; n < size; n += 7) {
		write_database(whole, n);
		ask_everything();
	}
	assert_true(complaints > 100);
}

static void a_damaged_database_does_no_harm(void **state)
{
	static uint8_t damaged[ROOM];

	(void)state;
	need_library();
	for (size_t n = 0; n < size; n++) {
		memcpy(damaged, whole, size);
		damaged[n] ^= (uint8_t)(n % 255 + 1);
		write_database(damaged, size);
		ask_everything();
	}
}

UNIT_TESTS(test_geoip)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_has_a_place),
		cmocka_unit_test(a_cut_database_does_no_harm),
		cmocka_unit_test(a_damaged_database_does_no_harm),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
