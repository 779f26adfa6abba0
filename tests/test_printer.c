/* test_printer.c - packets as lines, trees, bytes, fields and JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dissect/registry.h"
#include "print/packet_format.h"
#include "print/printer.h"
#include "support/dissect_hex.h"
#include "support/unit_test.h"

enum { SECOND = 1000000000 };

/* Ports 40000 -> 9, 5 bytes of payload. */
#define DATAGRAM "9c40 0009 000d 0000 68656c6c6f"

static char *printed;
static size_t printed_length;

static FILE *open_print(void)
{
	free(printed);
	printed = NULL;
	return open_memstream(&printed, &printed_length);
}

static const char *close_print(FILE *out)
{
	fclose(out);
	return printed;
}

/* The Time column of a packet at `now`. */
static const char *time_in(enum time_format format, int64_t now, const struct time_context *times)
{
	static struct summary summary;
	struct dissection d = {
		.packet = { .number = 7, .shown = 7, .time_ns = now, .has_time = true }
	};

	summary_make(&summary, &d, format, times, 6);
	return summary.time;
}

static void times_are_told_in_every_format(void **state)
{
	(void)state;
	int64_t now = 1700000000 * (int64_t)SECOND + 123456789;
	struct time_context times = { .first_ns = now - 61 * (int64_t)SECOND,
				      .previous_ns = now + SECOND / 2,
				      .previous_shown_ns = now - 2 * (int64_t)SECOND,
				      .has_previous = true };

	assert_string_equal(time_in(TIME_RELATIVE, now, &times), "61.000000");
	assert_string_equal(time_in(TIME_DELTA, now, &times), "-0.500000");
	assert_string_equal(time_in(TIME_DELTA_SHOWN, now, &times), "2.000000");
	assert_string_equal(time_in(TIME_EPOCH, now, &times), "1700000000.123456");
	assert_string_equal(time_in(TIME_ABSOLUTE, now, &times), "22:13:20.123456");
	assert_string_equal(time_in(TIME_UTC_CLOCK, now, &times), "22:13:20.123456");
	assert_string_equal(time_in(TIME_ABSOLUTE_DATE, now, &times), "2023-11-14 22:13:20.123456");
	assert_string_equal(time_in(TIME_UTC_DAY_OF_YEAR, now, &times), "2023/318 22:13:20.123456");
	assert_string_equal(time_in(TIME_UTC_DATE, -SECOND / 2, &times),
			    "1969-12-31 23:59:59.500000");
}

static void spans_are_told_in_hours(void **state)
{
	(void)state;
	struct time_context times = { .hours = true };

	assert_string_equal(time_in(TIME_RELATIVE, 0, &times), " 0.000000s");
	assert_string_equal(time_in(TIME_RELATIVE, 61 * (int64_t)SECOND, &times), "1m  1.000000s");
	assert_string_equal(time_in(TIME_RELATIVE, 90000 * (int64_t)SECOND, &times),
			    "25h  0m  0.000000s");
	assert_string_equal(time_in(TIME_RELATIVE, -5 * (int64_t)SECOND, &times), "- 5.000000s");
}

static void spans_beyond_64_bits_do_not_trap(void **state)
{
	(void)state;
	struct time_context times = { .first_ns = INT64_MAX };

	assert_true(strlen(time_in(TIME_RELATIVE, INT64_MIN, &times)) > 0);
	assert_true(strlen(time_in(TIME_ABSOLUTE_DAY_OF_YEAR, INT64_MIN, &times)) < 48);
	assert_true(strlen(time_in(TIME_EPOCH, INT64_MIN, &times)) < 48);
}

static const struct time_context no_times;

static struct dissection udp_packet(char *info)
{
	return (struct dissection){
		.packet = { .number = 7, .shown = 7, .has_time = true, .reported = 46 },
		.from = { .type = ADDRESS_IPV4, .address = { 192, 0, 2, 1 } },
		.to = { .type = ADDRESS_IPV4, .address = { 192, 0, 2, 2 } },
		.protocol = "UDP",
		.info = info,
		.info_length = (uint32_t)strlen(info),
	};
}

static void columns_are_aligned_as_tshark_does(void **state)
{
	(void)state;
	char info[] = "40000 \xe2\x86\x92 9 Len=4", line[SUMMARY_LINE_ROOM];
	struct dissection d = udp_packet(info);

	size_t length = summary_line(line, &d, TIME_RELATIVE, &no_times, 6);
	assert_int_equal(length, strlen(line));
	assert_string_equal(line, "    7   0.000000    192.0.2.1 \xe2\x86\x92 192.0.2.2    UDP 46 "
				  "40000 \xe2\x86\x92 9 Len=4");
	d.packet.shown = 1234567;
	d.packet.has_time = false;
	d.from = (struct endpoint){ .type = ADDRESS_IPV6,
				    .address = { 0x20, 1, 0xd, 0xb8, [15] = 1 } };
	summary_line(line, &d, TIME_RELATIVE, &no_times, 6);
	assert_string_equal(line,
			    "1234567             2001:db8::1 \xe2\x86\x92 192.0.2.2    UDP 46 "
			    "40000 \xe2\x86\x92 9 Len=4");
}

static void a_line_that_is_too_long_ends_with_a_whole_character(void **state)
{
	(void)state;
	char info[INFO_LIMIT + 1] = "", line[SUMMARY_LINE_ROOM];

	for (size_t i = 0; i + 3 <= INFO_LIMIT; i += 3)
		memcpy(info + i, "\xe2\x86\x92", 3);
	for (unsigned shift = 0; shift < 3; shift++) {
		struct dissection d = udp_packet(info + shift);
		size_t n = summary_line(line, &d, TIME_RELATIVE, &no_times, 6);
		assert_int_equal(strlen(line), n);
		assert_true(n < SUMMARY_LINE_ROOM && n + 3 >= SUMMARY_LINE_ROOM);
		assert_int_equal((uint8_t)line[n - 1], 0x92);
	}
}

static void bytes_are_sixteen_a_line(void **state)
{
	(void)state;
	uint8_t bytes[18] = { [0] = 'A', [16] = 0x80, [17] = '~' };
	FILE *out = open_print();

	hex_print_bytes(out, bytes, sizeof bytes, HEX_ASCII);
	assert_string_equal(
		close_print(out),
		"0000  41 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00   A...............\n"
		"0010  80 7e                                             .~\n");
	char line[80];
	size_t length = hex_line(line, sizeof line, bytes + 16, 16, 2);
	assert_int_equal(length, strlen(line));
	assert_string_equal(line, "0010  80 7e                                             .~");
}

static void a_second_buffer_gets_titles(void **state)
{
	(void)state;
	struct dissection d = { .buffers = { { (const uint8_t *)"a", 1, NULL },
					     { (const uint8_t *)"bc", 2, "Reassembled TCP" } },
				.buffer_count = 2 };
	FILE *out = open_print();

	hex_print(out, &d, &(struct hex_style){ 0 });
	assert_string_equal(close_print(out),
			    "Frame (1 byte):\n"
			    "0000  61                                                a\n"
			    "Reassembled TCP (2 bytes):\n"
			    "0000  62 63                                             bc\n");
}

static struct dissection *udp(void)
{
	/* The tests' own; printing may use its arena. */
	return (struct dissection *)(uintptr_t)dissect_hex("udp", DATAGRAM);
}

static const char *tree_of(const char *open_only, bool bytes_follow)
{
	struct tree_style style = { .open_only = open_only, .bytes_follow = bytes_follow };
	FILE *out = open_print();

	tree_print(out, udp(), &style);
	return close_print(out);
}

static void the_tree_is_indented(void **state)
{
	(void)state;
	const char *tree = tree_of(NULL, true);

	assert_memory_equal(tree,
			    "User Datagram Protocol, Src Port: 40000, Dst Port: 9\n"
			    "    Source Port: 40000\n    Destination Port: 9\n",
			    50);
	assert_null(strstr(tree, "Source or Destination Port"));
	assert_null(strstr(tree, "0000  68"));
	assert_non_null(strstr(tree, "\nData (5 bytes)\n    Data: 68656c6c6f\n"));
	assert_non_null(strstr(
		tree_of(NULL, false),
		"\nData (5 bytes)\n\n"
		"0000  68 65 6c 6c 6f                                    hello\n    Data: "));
}

static void only_listed_protocols_are_open(void **state)
{
	(void)state;
	assert_string_equal(
		tree_of("tcp,udpx", true),
		"User Datagram Protocol, Src Port: 40000, Dst Port: 9\nData (5 bytes)\n\n");
	assert_non_null(strstr(tree_of("tcp,udp", true), "    Source Port: 40000\n"));
	assert_null(strstr(tree_of("tcp,udp", true), "    Data:"));
}

/* What -T fields prints for `names` and `options`, which end with NULL. */
static const char *fields(const char *const *names, const char *const *options)
{
	struct field_list *list = field_list_new();
	struct summary columns = { .number = "1", .info = "words" };
	struct error error;
	FILE *out = open_print();

	for (; *options; options++)
		assert_true(field_list_option(list, *options));
	for (; *names; names++)
		assert_true(field_list_add(list, *names, &error));
	struct packet_output output = { .out = out,
					.format = packet_format_named("fields"),
					.fields = list };
	packet_output_begin(&output);
	packet_output_packet(&output, udp(), &columns);
	packet_output_end(&output);
	field_list_free(list);
	return close_print(out);
}

#define FIELDS(options, ...) fields((const char *const[]){ __VA_ARGS__, NULL }, options)
#define OPTIONS(...)	     ((const char *const[]){ __VA_ARGS__, NULL })
static const char *const no_options[] = { NULL };

static void fields_are_separated(void **state)
{
	(void)state;
	assert_string_equal(FIELDS(no_options, "udp.srcport", "tcp.port", "udp.port"),
			    "40000\t\t40000,9\n");
	assert_string_equal(FIELDS(no_options, "udp.port", "udp.port"), "40000,9\t40000,9\n");
	assert_string_equal(FIELDS(no_options, "_ws.col.Info", "_ws.col.info", "udp.length"),
			    "words\twords\t13\n");
}

static void options_shape_the_fields(void **state)
{
	(void)state;
	assert_string_equal(
		FIELDS(OPTIONS("header=y", "separator=;", "quote=d"), "udp.port", "dns.id"),
		"udp.port;dns.id\n\"40000,9\";\n");
	assert_string_equal(FIELDS(OPTIONS("occurrence=f"), "udp.port"), "40000\n");
	assert_string_equal(FIELDS(OPTIONS("occurrence=l", "bom=y"), "udp.port"), "\xef\xbb\xbf"
										  "9\n");
	assert_string_equal(FIELDS(OPTIONS("aggregator=/s", "separator=/s", "quote=s"), "udp.port",
				   "udp.length"),
			    "'40000 9' '13'\n");
}

static void wrong_fields_and_options_are_named(void **state)
{
	(void)state;
	struct field_list *list = field_list_new();
	struct error error;

	assert_false(field_list_add(list, "udp.sprcort", &error));
	assert_string_equal(
		error.text,
		"Some fields aren't valid: \"udp.sprcort\"; did you mean \"udp.srcport\"?");
	assert_false(field_list_add(list, "nothing-at-all-like-this", &error));
	assert_string_equal(error.text, "Some fields aren't valid: \"nothing-at-all-like-this\"");
	assert_false(field_list_option(list, "header"));
	assert_false(field_list_option(list, "header=x"));
	assert_false(field_list_option(list, "separator=ab"));
	assert_false(field_list_option(list, "quote="));
	assert_true(field_list_is_empty(list));
	field_list_free(list);
}

static void lists_know_what_they_need(void **state)
{
	(void)state;
	struct field_list *list = field_list_new();

	assert_int_equal(field_list_wants(list), 0);
	assert_true(field_list_add(list, "_ws.col.Protocol", NULL));
	assert_int_equal(field_list_wants(list), WANT_COLUMNS);
	assert_true(field_list_add(list, "udp.srcport", NULL));
	assert_int_equal(field_list_wants(list), WANT_COLUMNS | WANT_FIELDS);
	assert_false(field_list_needs_later(list));
	assert_true(field_list_add(list, "dns.response_in", NULL));
	assert_true(field_list_needs_later(list));
	assert_true(field_list_add(list, "udp", NULL));
	assert_int_equal(field_list_wants(list), WANT_COLUMNS | WANT_FIELDS | WANT_LABELS);
	field_list_free(list);
}

/* What a format prints for a packet; NULL: for none. */
static const char *print_as(struct packet_output output, struct dissection *d)
{
	struct summary columns = { .number = "1", .info = "a < b & \"c\" \x01", .protocol = "UDP" };

	output.out = open_print();
	output.path = "x.pcap";
	packet_output_begin(&output);
	if (d)
		packet_output_packet(&output, d, &columns);
	packet_output_end(&output);
	return close_print(output.out);
}

#define PRINTED(name, d, ...)                                                                      \
	print_as((struct packet_output){ .format = packet_format_named(name), __VA_ARGS__ }, d)

static const char *json_of(struct dissection *d)
{
	return PRINTED("json", d, .bytes = false);
}

static void json_merges_what_occurs_twice(void **state)
{
	(void)state;
	const char *json = json_of(udp());

	assert_non_null(strstr(json, "\"udp.srcport\": \"40000\",\n"));
	assert_non_null(strstr(json, "          \"udp.port\": [\n            \"40000\",\n          "
				     "  \"9\"\n          ]"));
	assert_non_null(strstr(json, "\"udp.payload\": \"68:65:6c:6c:6f\""));
	assert_non_null(
		strstr(json, "        \"data\": {\n          \"data.data\": \"68:65:6c:6c:6f\""));
	assert_string_equal(json + strlen(json) - 12, "    }\n  }\n]\n");
}

static void json_strings_are_escaped(void **state)
{
	(void)state;
	struct node node = { .field = (uint16_t)registry_field_named("dns.qry.name"), .span = 1 };
	struct dissection d = { .nodes = &node, .node_count = 1 };

	node.value.text = "\"\\\b\t\x01\x7f\xc3\xa9\xe2\x80\xa8\xf3\xa0\x81\x81\xff";
	node.value_length = (uint32_t)strlen(node.value.text);
	assert_non_null(strstr(json_of(&d),
			       "\"dns.qry.name\": \"\\\"\\\\\\b\\t\\u0001\\u007f\xc3\xa9\\u2028"
			       "\\udb40\\udc41\xef\xbf\xbd\"\n"));
	arena_free(&d.arena);
}

static void json_of_no_packets_is_an_array(void **state)
{
	(void)state;
	assert_string_equal(json_of(NULL), "[]\n");
}

static void catalogs_have_a_line_each(void **state)
{
	(void)state;
	FILE *out = open_print();

	catalog_fields(out);
	const char *text = close_print(out);
	assert_non_null(strstr(text, "P\tUser Datagram Protocol\tudp\n"));
	assert_non_null(
		strstr(text, "F\tSource Port\tudp.srcport\tFT_UINT16\tudp\tBASE_DEC\t0x0\t"));
	assert_non_null(strstr(text, "F\tDon't fragment\tip.flags.df\tFT_BOOLEAN\tip\t8\t0x40\t"));
	out = open_print();
	catalog_protocols(out);
	assert_non_null(strstr(close_print(out), "User Datagram Protocol\tUDP\tudp\n"));
}

static int set_up(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	registry_build();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	free(printed);
	return 0;
}

UNIT_TESTS(test_printer)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_told_in_every_format),
		cmocka_unit_test(spans_are_told_in_hours),
		cmocka_unit_test(spans_beyond_64_bits_do_not_trap),
		cmocka_unit_test(columns_are_aligned_as_tshark_does),
		cmocka_unit_test(a_line_that_is_too_long_ends_with_a_whole_character),
		cmocka_unit_test(bytes_are_sixteen_a_line),
		cmocka_unit_test(a_second_buffer_gets_titles),
		cmocka_unit_test(the_tree_is_indented),
		cmocka_unit_test(only_listed_protocols_are_open),
		cmocka_unit_test(fields_are_separated),
		cmocka_unit_test(options_shape_the_fields),
		cmocka_unit_test(wrong_fields_and_options_are_named),
		cmocka_unit_test(lists_know_what_they_need),
		cmocka_unit_test(json_merges_what_occurs_twice),
		cmocka_unit_test(json_strings_are_escaped),
		cmocka_unit_test(json_of_no_packets_is_an_array),
		cmocka_unit_test(catalogs_have_a_line_each),
	};
	return cmocka_run_group_tests_name("printer", tests, set_up, tear_down);
}
