/* test_filter.c - display filters from text to program, and what is said of wrong ones. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "dissect/path.h"
#include "filter/filter.h"
#include "support/unit_test.h"

static struct filter *compiled(const char *text)
{
	struct filter_error error;
	struct filter *filter = filter_compile(text, NULL, &error);

	if (!filter)
		fail_msg("%s: %s", text, error.message);
	return filter;
}

static void assert_program(const char *text, const char *expected)
{
	struct filter *filter = compiled(text);
	char *printed = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&printed, &size);

	filter_print(filter, out);
	fclose(out);
	assert_string_equal(printed, expected);
	free(printed);
	filter_free(filter);
}

static void assert_refused(const char *text, unsigned column, unsigned length, const char *words)
{
	struct filter_error error;
	struct filter *filter = filter_compile(text, NULL, &error);

	if (filter)
		fail_msg("%s was taken", text);
	if (!strstr(error.message, words) || error.column != column || error.length != length)
		fail_msg("%s: %u+%u %s", text, error.column, error.length, error.message);
	free(error.text);
}

static bool is_taken(const char *text)
{
	struct filter_error error;
	struct filter *filter = filter_compile(text, NULL, &error);

	free(error.text);
	filter_free(filter);
	return filter != NULL;
}

static void tests_a_field_by_its_presence(void **state)
{
	(void)state;
	assert_program("dns", "    0  has      dns\n"
			      "    1  return\n");
	assert_program("", "    0  set      true\n"
			   "    1  return\n");
}

static void skips_a_comparison_when_the_field_is_absent(void **state)
{
	(void)state;
	assert_program("tcp.port == 80", "    0  read     r0 = tcp.port\n"
					 "    1  unless   jump 4\n"
					 "    2  constant r1 = 80\n"
					 "    3  any      r0 == r1\n"
					 "    4  return\n");
}

static void compares_all_values_for_unequal(void **state)
{
	(void)state;
	assert_program("not ip.addr != 192.0.2.0/24", "    0  read     r0 = ip.addr\n"
						      "    1  unless   jump 4\n"
						      "    2  constant r1 = 192.0.2.0/24\n"
						      "    3  all      r0 != r1\n"
						      "    4  not\n"
						      "    5  return\n");
}

static void jumps_over_what_cannot_change_the_answer(void **state)
{
	(void)state;
	assert_program("all tcp.port > 1024 and (udp or dns)", "    0  read     r0 = tcp.port\n"
							       "    1  unless   jump 4\n"
							       "    2  constant r1 = 1024\n"
							       "    3  all      r0 > r1\n"
							       "    4  unless   jump 8\n"
							       "    5  has      udp\n"
							       "    6  if       jump 8\n"
							       "    7  has      dns\n"
							       "    8  return\n");
}

static void binds_and_before_xor_before_or(void **state)
{
	(void)state;
	assert_program("ip or tcp xor udp and dns", "    0  has      ip\n"
						    "    1  if       jump 8\n"
						    "    2  has      tcp\n"
						    "    3  keep     k0\n"
						    "    4  has      udp\n"
						    "    5  unless   jump 7\n"
						    "    6  has      dns\n"
						    "    7  xor      k0\n"
						    "    8  return\n");
}

static void keeps_fields_out_of_the_constants_of_a_set(void **state)
{
	(void)state;
	assert_program("tcp.port in {80, 8000..8080, udp.port}",
		       "    0  read     r0 = tcp.port\n"
		       "    1  unless   jump 5\n"
		       "    2  read     r1 = udp.port\n"
		       "    3  unless   jump 4\n"
		       "    4  any      r0 in {80, 8000..8080, r1}\n"
		       "    5  return\n");
}

static void empties_a_register_when_part_of_an_argument_is_absent(void **state)
{
	(void)state;
	assert_program("max(tcp.srcport + 1, udp.srcport) == 5",
		       "    0  read     r0 = tcp.srcport\n"
		       "    1  unless   jump 5\n"
		       "    2  constant r1 = 1\n"
		       "    3  make     r0 = r0 + r1\n"
		       "    4  jump     6\n"
		       "    5  empty    r0\n"
		       "    6  read     r1 = udp.srcport\n"
		       "    7  unless   jump 8\n"
		       "    8  call     r0 = max(r0, r1)\n"
		       "    9  unless   jump 12\n"
		       "   10  constant r1 = 5\n"
		       "   11  any      r0 == r1\n"
		       "   12  return\n");
}

static void slices_and_masks_bytes(void **state)
{
	(void)state;
	assert_program("eth.src[0:3,-1] & ff:00 == 02:00", "    0  read     r0 = eth.src\n"
							   "    1  unless   jump 7\n"
							   "    2  slice    r0 = r0[0:3,-1:1]\n"
							   "    3  constant r1 = ff:00\n"
							   "    4  make     r0 = r0 & r1\n"
							   "    5  constant r1 = 02:00\n"
							   "    6  any      r0 == r1\n"
							   "    7  return\n");
}

static void reads_layers_and_the_selected_packet(void **state)
{
	(void)state;
	assert_program("ip.src#[1,2-3] == ${ip.dst}", "    0  read     r0 = ip.src#[1:1,2-3]\n"
						      "    1  unless   jump 5\n"
						      "    2  selected r1 = ip.dst\n"
						      "    3  unless   jump 5\n"
						      "    4  any      r0 == r1\n"
						      "    5  return\n");
}

static void binds_arithmetic_as_in_c_but_the_mask_last(void **state)
{
	(void)state;
	assert_program("tcp.len & 1 + 2 * 3 == 7", "    0  read     r0 = tcp.len\n"
						   "    1  unless   jump 10\n"
						   "    2  constant r1 = 1\n"
						   "    3  constant r2 = 2\n"
						   "    4  constant r3 = 3\n"
						   "    5  make     r2 = r2 * r3\n"
						   "    6  make     r1 = r1 + r2\n"
						   "    7  make     r0 = r0 & r1\n"
						   "    8  constant r1 = 7\n"
						   "    9  any      r0 == r1\n"
						   "   10  return\n");
}

static void underlines_what_is_wrong(void **state)
{
	(void)state;
	assert_refused("tcp.prt == 80", 0, 7, "did you mean tcp.port?");
	assert_refused("tcp.port = 80", 9, 1, "use \"==\"");
	assert_refused("port 80", 0, 4, "capture filters");
	assert_refused("tcp port 80", 4, 4, "capture filters");
	assert_refused("tcp.flags.syn == yes", 17, 3, "True, False");
	assert_refused("tcp.port in {80 443}", 16, 3, "comma");
	assert_refused("ip.addr == 10.0.0", 11, 6, "no value of ip.addr (IPv4 address)");
	assert_refused("tcp.port == 70000", 12, 5, "the largest is 65535");
	assert_refused("tcp.port == \"80\"", 12, 4, "no quotes");
	assert_refused("eth.src[5-2] == 01", 8, 3, "ends before it begins");
	assert_refused("count(tcp)", 0, 10, "no test");
	assert_refused("ip.src == ipv6.src", 10, 8, "cannot be compared");
	assert_refused("tcp.port contains 80", 0, 8, "string()");
	assert_refused("foo(tcp) == 1", 0, 3, "no function");
	assert_refused("dns.qry.name contains \"\\q\"", 23, 2, "means nothing");
	assert_refused("tcp \xc3\xa9", 4, 1, "ASCII");
}

static void says_what_may_still_become_a_filter(void **state)
{
	static const char *const texts[] = { "tcp and",		 "(tcp",       "tcp.port in {80,",
					     "http.host == \"a", "eth.src[0:", "tcp.port ==" };
	struct filter_error error;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_null(filter_compile(texts[i], NULL, &error));
		if (!error.incomplete)
			fail_msg("%s: %s", texts[i], error.message);
		free(error.text);
	}
	assert_null(filter_compile("tcp )", NULL, &error));
	assert_false(error.incomplete);
	free(error.text);
}

#ifdef HAVE_PCRE2
static void tells_where_a_regular_expression_is_wrong(void **state)
{
	(void)state;
	assert_refused("http.host matches \"[\"", 18, 3, "regular expression, character 1");
	assert_refused("http.host matches www", 18, 3, "double quotes");
}
#endif

static char *repeated(const char *before, const char *part, size_t n, const char *after)
{
	char *text = malloc(strlen(before) + n * strlen(part) + strlen(after) + 1);
	char *at = stpcpy(text, before);

	while (n--)
		at = stpcpy(at, part);
	strcpy(at, after);
	return text;
}

static void takes_filters_of_a_megabyte(void **state)
{
	static const char *const parts[] = { "tcp or ", "tcp and ", "not ", "udp xor ",
					     "tcp.port == 80 or " };

	(void)state;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		char *text = repeated("", parts[i], (1 << 20) / strlen(parts[i]), "dns");
		assert_true(is_taken(text));
		free(text);
	}
	char *set = repeated("tcp.port in {1", ", 5..6", 150000, "}");
	assert_true(is_taken(set));
	free(set);
}

static void refuses_what_is_nested_too_deep(void **state)
{
	static const char *const openings[] = { "(",	   "len(",	 "tcp.port == {",
						"max(",	   "!(",	 "tcp.port + {",
						"tcp == ", "tcp.len + ", "tcp[0]" };

	(void)state;
	for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
		char *text = repeated("", openings[i], 10000, "tcp");
		is_taken(text);
		free(text);
	}
	char *deep = repeated("", "(", 10000, "tcp");
	assert_refused(deep, 400, 1, "400 levels");
	free(deep);
	char *chain = repeated("tcp.len", " + 1", 10000, " == 1");
	assert_false(is_taken(chain));
	free(chain);
	char *both = repeated("tcp.len == ", "{1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + ", 390, "1");
	is_taken(both);
	free(both);
	char *left = repeated("", "{", 390, "tcp.len");
	char *closed = repeated(left, " + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1}", 390, " == 1");
	assert_false(is_taken(closed));
	free(left);
	free(closed);
	char *sliced = repeated("eth.src", "[0:]", 10000, " == 02");
	assert_false(is_taken(sliced));
	free(sliced);
}

/* --- macros --- */

static struct filter_macros *macros_of(const char *lines)
{
	char path[] = "/tmp/peel-macros-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, lines, strlen(lines)), strlen(lines));
	close(fd);
	struct filter_macros *macros = filter_macros_read(path);
	unlink(path);
	return macros;
}

static void replaces_macros_and_their_arguments(void **state)
{
	struct filter_macros *macros =
		macros_of("# comment\n\"between\",\"$1 >= $2 and $1 <= $3\"\n"
			  "\"web\",\"${between:tcp.port;80;\x22\x22\x22\x22}\"\nnonsense\n");
	struct filter_error error;
	struct filter *filter = filter_compile("${between:tcp.port;80;90}", macros, &error);

	(void)state;
	assert_non_null(filter);
	filter_free(filter);
	assert_null(filter_compile("udp or ${between:tcp.port;80}", macros, &error));
	assert_int_equal(error.column, 7);
	free(error.text);
	assert_null(filter_compile("${betwen:1;2;3}", macros, &error));
	assert_non_null(strstr(error.message, "no macro"));
	free(error.text);
	filter_macros_free(macros);
}

static void shows_faults_in_the_text_of_macros(void **state)
{
	struct filter_macros *macros = macros_of("\"bad\",\"tcp.prt == 1\"\n");
	struct filter_error error;

	(void)state;
	assert_null(filter_compile("udp or ${bad}", macros, &error));
	assert_string_equal(error.text, "udp or tcp.prt == 1");
	assert_int_equal(error.column, 7);
	free(error.text);
	filter_macros_free(macros);
}

static void ends_macros_that_lead_to_themselves(void **state)
{
	struct filter_macros *macros =
		macros_of("\"a\",\"${b} or ${b}\"\n\"b\",\"${a} and ${a}\"\n");
	struct filter_error error;

	(void)state;
	assert_null(filter_compile("${a}", macros, &error));
	assert_non_null(strstr(error.message, "without end"));
	free(error.text);
	filter_macros_free(macros);
}

/* --- verdicts --- */

static uint16_t path_of(struct path_table *paths, const char *const *names)
{
	uint16_t path = PATH_NONE;

	for (; *names; names++)
		path = path_extend(paths, path, *names);
	return path;
}

static enum filter_verdict verdict_of(const char *text, const char *const *names)
{
	struct path_table *paths = path_table_new();
	struct filter *filter = compiled(text);
	enum filter_verdict verdict = filter_verdict_on_path(filter, paths, path_of(paths, names));

	filter_free(filter);
	path_table_free(paths);
	return verdict;
}

static const char *const dns_names[] = { "frame", "eth", "ethertype", "ip", "udp", "dns", NULL };
static const char *const mdns_names[] = { "frame", "eth", "ethertype", "ip", "udp", "mdns", NULL };
static const char *const vlan_names[] = { "frame", "sll", "ethertype", "vlan", "ipv6", NULL };

static void decides_protocols_by_the_path(void **state)
{
	(void)state;
	assert_int_equal(verdict_of("dns", dns_names), FILTER_YES);
	assert_int_equal(verdict_of("tcp", dns_names), FILTER_NO);
	assert_int_equal(verdict_of("not tcp and (udp or arp)", dns_names), FILTER_YES);
	assert_int_equal(verdict_of("tcp xor udp", dns_names), FILTER_YES);
	assert_int_equal(verdict_of("ip xor udp", dns_names), FILTER_NO);
	assert_int_equal(verdict_of("", dns_names), FILTER_YES);
}

static void looks_only_where_a_field_may_be(void **state)
{
	(void)state;
	assert_int_equal(verdict_of("tcp.port == 80", dns_names), FILTER_NO);
	assert_int_equal(verdict_of("!(tcp.port == 80)", dns_names), FILTER_YES);
	assert_int_equal(verdict_of("dns.id == 1", dns_names), FILTER_LOOK);
	assert_int_equal(verdict_of("dns.id == 1 and tcp", dns_names), FILTER_NO);
	assert_int_equal(verdict_of("dns.id == 1 or udp", dns_names), FILTER_YES);
	assert_int_equal(verdict_of("count(tcp.port) == 2", dns_names), FILTER_NO);
	assert_int_equal(verdict_of("udp#2", dns_names), FILTER_LOOK);
	assert_int_equal(verdict_of("_ws.malformed", dns_names), FILTER_LOOK);
}

static void knows_whose_fields_a_protocol_shows(void **state)
{
	(void)state;
	assert_int_equal(verdict_of("dns.id == 1", mdns_names), FILTER_LOOK);
	assert_int_equal(verdict_of("dns", mdns_names), FILTER_NO);
	assert_int_equal(verdict_of("eth.padding", vlan_names), FILTER_LOOK);
	assert_int_equal(verdict_of("ip.version == 6", vlan_names), FILTER_LOOK);
}

static void says_which_fields_only_later_packets_tell(void **state)
{
	struct filter *later = compiled("dns.response_in > 5"), *now = compiled("dns.id == 5");

	(void)state;
	assert_true(filter_needs_later(later));
	assert_false(filter_needs_later(now));
	filter_free(later);
	filter_free(now);
}

UNIT_TESTS(test_filter)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tests_a_field_by_its_presence),
		cmocka_unit_test(skips_a_comparison_when_the_field_is_absent),
		cmocka_unit_test(compares_all_values_for_unequal),
		cmocka_unit_test(jumps_over_what_cannot_change_the_answer),
		cmocka_unit_test(binds_and_before_xor_before_or),
		cmocka_unit_test(keeps_fields_out_of_the_constants_of_a_set),
		cmocka_unit_test(empties_a_register_when_part_of_an_argument_is_absent),
		cmocka_unit_test(slices_and_masks_bytes),
		cmocka_unit_test(reads_layers_and_the_selected_packet),
		cmocka_unit_test(binds_arithmetic_as_in_c_but_the_mask_last),
		cmocka_unit_test(underlines_what_is_wrong),
		cmocka_unit_test(says_what_may_still_become_a_filter),
#ifdef HAVE_PCRE2
		cmocka_unit_test(tells_where_a_regular_expression_is_wrong),
#endif
		cmocka_unit_test(takes_filters_of_a_megabyte),
		cmocka_unit_test(refuses_what_is_nested_too_deep),
		cmocka_unit_test(replaces_macros_and_their_arguments),
		cmocka_unit_test(shows_faults_in_the_text_of_macros),
		cmocka_unit_test(ends_macros_that_lead_to_themselves),
		cmocka_unit_test(decides_protocols_by_the_path),
		cmocka_unit_test(looks_only_where_a_field_may_be),
		cmocka_unit_test(knows_whose_fields_a_protocol_shows),
		cmocka_unit_test(says_which_fields_only_later_packets_tell),
	};
	return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}
