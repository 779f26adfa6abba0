/* test_value_text.c - values, tree lines and addresses read as tshark 4.0 writes them. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "dissect/checksum.h"
#include "dissect/registry.h"
#include "dissect/value_parts.h"
#include "dissect/value_text.h"
#include "support/unit_test.h"

static struct dissection d;
static const char *labels[] = { "", " [correct]" };

static struct node node_of(const char *abbrev, uint64_t number)
{
	int field = registry_field_named(abbrev);

	if (field < 0)
		fail_msg("no field is called %s", abbrev);
	return (struct node){ .field = (uint16_t)field, .span = 1, .value.number = number };
}

static struct node text_node(const char *abbrev, const char *text)
{
	struct node node = node_of(abbrev, 0);

	node.value.text = text;
	node.value_length = (uint32_t)strlen(text);
	return node;
}

static struct node bytes_node(const char *abbrev, const void *bytes, uint32_t n)
{
	struct node node = node_of(abbrev, 0);

	node.value.bytes = bytes;
	node.value_length = n;
	return node;
}

static const char *line_of(struct node node)
{
	static char text[NODE_TEXT_ROOM];
	size_t n = node_text(&d, &node, text, sizeof text);

	assert_int_equal(n, strlen(text));
	return text;
}

static const char *value_of(struct node node)
{
	return value_text(&d, &node);
}

static const char *scalar_of(enum field_type type, enum field_base base, struct node node)
{
	static char text[SCALAR_ROOM];
	const struct field field = { "x.y", "Y", type, base };

	*put_scalar(text, &field, &node) = '\0';
	return text;
}

static void numbers_have_the_base_and_width_of_their_field(void **state)
{
	(void)state;
	assert_string_equal(value_of(node_of("udp.srcport", 53)), "53");
	assert_string_equal(value_of(node_of("udp.checksum", 0x35)), "0x0035");
	assert_string_equal(value_of(node_of("ip.flags.df", 1)), "1");
	assert_string_equal(value_of(node_of("icmp.ident", 21281)), "21281");
	assert_string_equal(value_of(node_of("eth.type", 0x800)), "0x0800");
}

static void every_type_has_its_words(void **state)
{
	(void)state;
	static const uint8_t bytes[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 };
	struct node node = { .value.number = (uint64_t)-5 };
	struct node at_bytes = { .value.bytes = bytes };
	struct node real = { .value.real = 0.023 };

	assert_string_equal(scalar_of(FIELD_I8, BASE_DEC, node), "-5");
	assert_string_equal(scalar_of(FIELD_I64, BASE_DEC, node), "-5");
	assert_string_equal(scalar_of(FIELD_DURATION, BASE_DEC, node), "-0.000000005");
	assert_string_equal(scalar_of(FIELD_U64, BASE_HEX, node), "0xfffffffffffffffb");
	assert_string_equal(scalar_of(FIELD_U24, BASE_HEX, (struct node){ .value.number = 15 }),
			    "0x00000f");
	assert_string_equal(scalar_of(FIELD_U8, BASE_OCT, (struct node){ .value.number = 8 }),
			    "010");
	assert_string_equal(scalar_of(FIELD_U8, BASE_HEX_DEC, (struct node){ .value.number = 8 }),
			    "0x08");
	assert_string_equal(
		scalar_of(FIELD_IPV4, BASE_DEC, (struct node){ .value.number = 0xc0000201 }),
		"192.0.2.1");
	assert_string_equal(scalar_of(FIELD_IPV6, BASE_DEC, at_bytes), "2001:db8::1");
	assert_string_equal(scalar_of(FIELD_ETHER, BASE_DEC, at_bytes), "20:01:0d:b8:00:00");
	assert_string_equal(scalar_of(FIELD_GUID, BASE_DEC, at_bytes),
			    "20010db8-0000-0000-0000-000000000001");
	assert_string_equal(scalar_of(FIELD_EUI64, BASE_DEC,
				      (struct node){ .value.number = 0x0102030405060708 }),
			    "01:02:03:04:05:06:07:08");
	assert_string_equal(scalar_of(FIELD_DOUBLE, BASE_DEC, real), "0.023");
	assert_string_equal(scalar_of(FIELD_TIME, BASE_UTC,
				      (struct node){ .value.number = 1700000000123456789 }),
			    "Nov 14, 2023 22:13:20.123456789 UTC");
	assert_string_equal(
		scalar_of(FIELD_TIME, BASE_UTC, (struct node){ .value.number = (uint64_t)-1 }),
		"Dec 31, 1969 23:59:59.999999999 UTC");
}

static void what_has_no_value_is_there(void **state)
{
	(void)state;
	struct node layer = node_of("eth", 0);

	assert_string_equal(value_of(node_of("udp.timestamps", 0)), "1");
	assert_string_equal(value_of(layer), "eth");
	layer.label = 1;
	assert_string_equal(value_of(layer), "Ethernet [correct]");
	layer.flags = NODE_LABEL_ONLY;
	assert_string_equal(value_of(layer), " [correct]");
}

static void bytes_are_digits(void **state)
{
	(void)state;
	static const uint8_t bytes[40] = { 0xde, 0xad };

	assert_string_equal(value_of(bytes_node("udp.payload", bytes, 3)), "dead00");
	assert_string_equal(value_of(bytes_node("udp.payload", bytes, 0)), "<MISSING>");
	assert_string_equal(value_of(bytes_node("ipv6.opt.padn", bytes, 0)), "<none>");
	assert_int_equal(strlen(value_of(bytes_node("udp.payload", bytes, 40))), 80);
}

static void text_keeps_backslashes_and_loses_controls(void **state)
{
	(void)state;
	assert_string_equal(value_of(text_node("dns.qry.name", "a\\b\"c")), "a\\b\"c");
	assert_string_equal(value_of(text_node("dns.qry.name", "a\x1b[1m\tb\n")),
			    "a\\033[1m\\tb\\n");
	assert_string_equal(value_of(text_node("dns.qry.name", "\xe2\x80\xae")), "\\u202E");
	assert_string_equal(line_of(text_node("dns.qry.name", "a\nb")), "Name: a\\nb");
}

static void lines_name_values(void **state)
{
	(void)state;
	assert_string_equal(line_of(node_of("udp.srcport", 53)), "Source Port: 53");
	assert_string_equal(line_of(node_of("eth.type", 0x800)), "Type: IPv4 (0x0800)");
	assert_string_equal(line_of(node_of("eth.type", 0xffff)), "Type: Unknown (0xffff)");
	assert_string_equal(line_of(node_of("icmp.ident", 21281)),
			    "Identifier (BE): 21281 (0x5321)");
	assert_string_equal(line_of(node_of("icmpv6.opt.rdnss.lifetime", 600)), "Lifetime: 600");
	assert_string_equal(line_of(node_of("icmpv6.opt.rdnss.lifetime", UINT32_MAX)),
			    "Lifetime: Infinity (4294967295)");
	assert_string_equal(line_of(node_of("udp.time_delta", 1500000000)),
			    "Time since previous frame: 1.500000000 seconds");
}

static void masks_show_their_bits(void **state)
{
	(void)state;
	struct node version = node_of("ipv6.version", 6), low = node_of("ipv6.opt.type.rest", 5);
	struct node flag = node_of("tcp.flags.syn", 1);

	flag.length = 2;
	version.length = low.length = 1;
	assert_string_equal(line_of(version), "0110 .... = Version: 6");
	assert_string_equal(line_of(low), "...0 0101 = Low-Order Bits: 0x05");
	assert_string_equal(line_of(flag), ".... .... ..1. = Syn: Set");
	flag.value.number = 0;
	assert_string_equal(line_of(flag), ".... .... ..0. = Syn: Not set");
}

static void labels_follow_or_replace(void **state)
{
	(void)state;
	struct node node = node_of("udp.checksum", 0x1234);

	node.label = 1;
	assert_string_equal(line_of(node), "Checksum: 0x1234 [correct]");
	node.flags = NODE_LABEL_ONLY | NODE_GENERATED;
	assert_string_equal(line_of(node), "[ [correct]]");
	assert_string_equal(line_of((struct node){ .field = node.field, .flags = NODE_GENERATED }),
			    "[Checksum: 0x0000]");
}

static void long_lines_say_that_they_are_cut(void **state)
{
	(void)state;
	char text[1001];
	struct node node;

	memset(text, 'x', 1000);
	text[1000] = '\0';
	node = text_node("dns.qry.name", text);
	assert_int_equal(strlen(line_of(node)), LABEL_ROOM - 2);
	assert_memory_equal(line_of(node), "Name [truncated]: xxx", 21);
	node.flags = NODE_GENERATED;
	assert_int_equal(strlen(line_of(node)), LABEL_ROOM);
	assert_string_equal(line_of(node) + LABEL_ROOM - 2, "x]");
	for (unsigned i = 0; i + 1 < 1000; i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	node = text_node("dns.qry.name", text);
	for (size_t room = 0; room < 60; room++) {
		char cut[60] = "";
		size_t n = node_text(&d, &node, cut, room);
		assert_true(n < 60 && (room < 3 ? n == 0 : n < room));
		assert_int_equal(strlen(cut), n);
	}
}

static void many_bytes_end_with_dots(void **state)
{
	(void)state;
	static const uint8_t bytes[40] = { 0 };
	const char *line = line_of(bytes_node("udp.payload", bytes, 37));

	assert_int_equal(strlen(line), strlen("Payload: ") + 72 + 3);
	assert_string_equal(line + strlen(line) - 5, "00\xe2\x80\xa6");
	assert_string_equal(line_of(bytes_node("udp.payload", bytes, 2)), "Payload: 0000");
}

static void ipv6_is_written_as_rfc5952_says(void **state)
{
	(void)state;
	static const struct {
		uint16_t words[8];
		const char *text;
	} cases[] = {
		{ { 0 }, "::" },
		{ { [7] = 1 }, "::1" },
		{ { [7] = 0x100 }, "::100" },
		{ { [6] = 1, [7] = 2 }, "::0.1.0.2" },
		{ { [5] = 0xffff, [6] = 0x102, [7] = 0x304 }, "::ffff:1.2.3.4" },
		{ { [5] = 0xfffe, [6] = 0x102, [7] = 0x304 }, "::fffe:102:304" },
		{ { 1, 0, 0, 2 }, "1:0:0:2::" },
		{ { 1, 0, 2, 3, 4, 5, 6, 7 }, "1:0:2:3:4:5:6:7" },
		{ { 0, 0, 1, 0, 0, 0, 1, 0 }, "0:0:1::1:0" },
		{ { 1, 0, 0, 0, 2, 0, 0, 0 }, "1::2:0:0:0" },
		{ { 1, 1, 1, 1, 1, 1, 0, 0 }, "1:1:1:1:1:1::" },
		{ { 0xfe80, 0, 0, 0, 0xabcd, 0x10, 0, 0xa }, "fe80::abcd:10:0:a" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[ADDRESS_TEXT_ROOM];
		uint8_t address[16];
		for (unsigned k = 0; k < 8; k++) {
			address[2 * k] = (uint8_t)(cases[i].words[k] >> 8);
			address[2 * k + 1] = (uint8_t)cases[i].words[k];
		}
		assert_int_equal(address_text_ipv6(address, text), strlen(cases[i].text));
		assert_string_equal(text, cases[i].text);
	}
}

static void checksums_are_those_of_the_rfcs(void **state)
{
	(void)state;
	/* RFC 1071, 3: the sum is ddf2. */
	static const uint8_t example[] = { 0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7 };
	uint32_t sum = checksum_add(0, example, 4);

	assert_int_equal(checksum_finish(checksum_add(0, example, 8)), (uint16_t)~0xddf2);
	assert_int_equal(checksum_finish(checksum_add(sum, example + 4, 4)), (uint16_t)~0xddf2);
	assert_int_equal(checksum_finish(checksum_add(0, example, 3)), (uint16_t)~0xf201);
}

static void pseudo_headers_need_two_addresses_of_a_kind(void **state)
{
	(void)state;
	struct endpoint from = { .type = ADDRESS_IPV4, .address = { 192, 0, 2, 1 } };
	struct endpoint to = { .type = ADDRESS_IPV4, .address = { 192, 0, 2, 2 } };
	uint32_t sum;

	assert_true(checksum_pseudo_header(&from, &to, 17, 12, &sum));
	assert_int_equal(sum, 2 * 0xc000 % 0xffff + 0x0201 + 0x0202 + 17 + 12);
	to.type = ADDRESS_IPV6;
	assert_false(checksum_pseudo_header(&from, &to, 17, 12, &sum));
	from.type = to.type = ADDRESS_ETHER;
	assert_false(checksum_pseudo_header(&from, &to, 17, 12, &sum));
}

static int set_up(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	registry_build();
	d.labels = labels;
	d.label_count = 2;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&d.arena);
	return 0;
}

static void assert_clean(const char *abbrev, const char *words)
{
	char clean[1024];

	if (!words)
		return;
	text_clean(clean, sizeof clean, (const uint8_t *)words, strlen(words), true);
	if (strcmp(clean, words) != 0)
		fail_msg("%s: \"%s\" has to be cleaned", abbrev, clean);
}

static void assert_time(struct time_minute *minute, int64_t time_ns, bool utc)
{
	char ours[SCALAR_ROOM + 1], whole[SCALAR_ROOM + 1];

	*put_time_of_minute(ours, minute, time_ns, utc) = '\0';
	*put_time_text(whole, time_ns, utc) = '\0';
	assert_string_equal(ours, whole);
}

/* Half hours, summer time, and seconds: Liberia's until 1972. */
static void a_minute_is_remembered_in_any_zone(void **state)
{
	static const char *const zones[] = { "UTC", "Europe/Berlin", "Asia/Kolkata",
					     "Africa/Monrovia", "<+0530:20>-5:30:20" };
	const int64_t second = 1000000000;
	const int64_t begins[] = { INT64_MIN, -61 * second, -1, 0, 58 * second,
				   1711846798 * second /* clocks go forward */ };

	(void)state;
	for (unsigned zone = 0; zone < sizeof zones / sizeof *zones; zone++) {
		struct time_minute minute = { 0 };
		setenv("TZ", zones[zone], 1);
		tzset();
		for (unsigned i = 0; i < sizeof begins / sizeof *begins; i++)
			for (unsigned step = 0; step < 130; step++) {
				int64_t at = begins[i] + step * (second - 7) / (1 + step % 3);
				assert_time(&minute, at, false);
				assert_time(&minute, at, step % 5 == 0);
			}
	}
	setenv("TZ", "UTC", 1);
	tzset();
}

/* Lines are made of them as they are. */
static void words_of_fields_are_clean(void **state)
{
	(void)state;
	registry_build();
	for (unsigned i = 0; i < registry_field_count(); i++) {
		const struct field *field = registry_field(i);
		assert_clean(field->abbrev, field->name);
		assert_clean(field->abbrev, field->unit);
		for (const struct value_name *at = field->names; at && at->name; at++)
			assert_clean(field->abbrev, at->name);
	}
}

UNIT_TESTS(test_value_text)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_fields_are_clean),
		cmocka_unit_test(a_minute_is_remembered_in_any_zone),
		cmocka_unit_test(numbers_have_the_base_and_width_of_their_field),
		cmocka_unit_test(every_type_has_its_words),
		cmocka_unit_test(what_has_no_value_is_there),
		cmocka_unit_test(bytes_are_digits),
		cmocka_unit_test(text_keeps_backslashes_and_loses_controls),
		cmocka_unit_test(lines_name_values),
		cmocka_unit_test(masks_show_their_bits),
		cmocka_unit_test(labels_follow_or_replace),
		cmocka_unit_test(long_lines_say_that_they_are_cut),
		cmocka_unit_test(many_bytes_end_with_dots),
		cmocka_unit_test(ipv6_is_written_as_rfc5952_says),
		cmocka_unit_test(checksums_are_those_of_the_rfcs),
		cmocka_unit_test(pseudo_headers_need_two_addresses_of_a_kind),
	};
	return cmocka_run_group_tests_name("value_text", tests, set_up, tear_down);
}
