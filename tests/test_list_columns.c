/* test_list_columns.c - how wide columns are, and which go when there is no room. */
#include <stdio.h>
#include <string.h>

#include "support/memory_screen.h"
#include "support/unit_test.h"
#include "ui/list_columns.h"

static struct list_row row_of(const char *number, const char *source, const char *destination)
{
	struct list_row row = { .summary = { .protocol = "TCP",
					     .info = "443 → 50000 [ACK] Seq=1" } };

	snprintf(row.summary.number, sizeof row.summary.number, "%s", number);
	snprintf(row.summary.time, sizeof row.summary.time, "12.345678");
	snprintf(row.summary.source, sizeof row.summary.source, "%s", source);
	snprintf(row.summary.destination, sizeof row.summary.destination, "%s", destination);
	snprintf(row.summary.length, sizeof row.summary.length, "1514");
	return row;
}

/* The texts of the usual columns are those of the summary. */
static void measure(struct list_columns *widths, struct list_row *row)
{
	const struct summary *s = &row->summary;
	const char *texts[] = { s->number,   s->time,	s->source, s->destination,
				s->protocol, s->length, s->info };

	for (unsigned i = 0; i < widths->count; i++)
		row->texts[i] = texts[i];
	columns_measure(widths, row);
}

/* One row as it is drawn in so many columns. */
static const char *drawn(int columns, struct list_row *row)
{
	static struct screen screen;
	struct list_columns widths;
	struct canvas canvas;

	screen_free(&screen);
	screen = memory_screen(1, columns);
	canvas = memory_canvas(&screen);
	columns_default(&widths);
	measure(&widths, row);
	struct column_places places = columns_place(&widths, 0, columns);

	columns_draw(&widths, &places, &canvas, 0, row, STYLE_NORMAL);
	return screen_row(&screen, 0);
}

static void leaves_columns_out_in_order(void **state)
{
	(void)state;
	struct list_row row = row_of("12345", "10.0.0.1", "192.168.100.200");

	assert_string_equal(
		drawn(90, &row),
		"12345 12.345678 10.0.0.1 192.168.100.200 TCP   1514 443 → 50000 [ACK] Seq=1");
	assert_string_equal(
		drawn(70, &row),
		"12345 12.345678 10.0.0.1 192.168.100.200 TCP   443 → 50000 [ACK] Seq=1");
	assert_string_equal(drawn(64, &row),
			    "12345 12.345678 10.0.0.1 192.168.100.200 TCP   443 → 50000 [ACK…");
	assert_string_equal(drawn(56, &row),
			    "12345 12.345678 → 192.168.100.200 TCP  443 → 50000 [ACK…");
	assert_string_equal(drawn(51, &row), "12345 12.345 → 192.168.100.200 TCP  443 → 50000 [A…");
	assert_string_equal(drawn(45, &row), "12345 → 192.168.100.200 TCP  443 → 50000 [AC…");
	assert_string_equal(drawn(30, &row), "12345 TCP  →443 → 50000 [ACK]…");
	assert_string_equal(drawn(20, &row), "12345 TCP  443 → 50…");
}

static void numbers_are_never_cut(void **state)
{
	(void)state;
	struct list_row row = row_of("4294967295", "2001:db8:85a3::8a2e:370:7334", "::1");

	for (int columns = 20; columns < 200; columns++)
		assert_memory_equal(drawn(columns, &row), "4294967295 ", 11);
}

static void long_addresses_are_shortened_in_the_middle(void **state)
{
	(void)state;
	char text[SHORT_ADDRESS + 4];

	address_shorten("2001:db8:85a3::8a2e:370:7334", text);
	assert_string_equal(text, "2001:db8:…:7334");
	assert_true(text_columns(text) <= SHORT_ADDRESS);
	address_shorten("192.168.100.200", text);
	assert_string_equal(text, "192.168.100.200");
	address_shorten("02:00:00:00:00:01", text);
	assert_true(text_columns(text) <= SHORT_ADDRESS);
}

static void the_peer_is_who_did_not_open(void **state)
{
	(void)state;
	struct list_row row = row_of("1", "10.0.0.1", "192.168.100.200");

	row.to_opener = true;
	assert_non_null(strstr(drawn(46, &row), "← 10.0.0.1"));
}

static void widths_only_grow(void **state)
{
	(void)state;
	struct list_row narrow = row_of("1", "10.0.0.1", "10.0.0.2");
	struct list_row wide = row_of("1", "100.100.100.100", "10.0.0.2");
	struct list_columns widths;

	columns_default(&widths);
	measure(&widths, &wide);
	measure(&widths, &narrow);
	assert_int_equal(widths.columns[2].widest, 15);
}

UNIT_TESTS(test_list_columns)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_columns_out_in_order),
		cmocka_unit_test(numbers_are_never_cut),
		cmocka_unit_test(long_addresses_are_shortened_in_the_middle),
		cmocka_unit_test(the_peer_is_who_did_not_open),
		cmocka_unit_test(widths_only_grow),
	};
	return cmocka_run_group_tests_name("list_columns", tests, NULL, NULL);
}
