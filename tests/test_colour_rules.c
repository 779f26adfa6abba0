/* test_colour_rules.c - Wireshark's rules: which one a packet meets, and what becomes of the
 * others. */
#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "filter/colour_rules.h"
#include "session/session.h"
#include "support/unit_test.h"

static struct colour_rules rules;

static int set_up(void **state)
{
	(void)state;
	rules = (struct colour_rules){ 0 };
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	colour_rules_free(&rules);
	return 0;
}

static unsigned read_text(const char *text)
{
	char copy[1000];

	snprintf(copy, sizeof copy, "%s", text);
	FILE *in = fmemopen(copy, strlen(copy), "r");
	unsigned faults = colour_rules_read(&rules, in);

	fclose(in);
	return faults;
}

/* The name of the rule that packet `number` of one of our captures meets; "": none. */
static const char *rule_of(const char *capture, uint32_t number)
{
	const char *source = getenv("srcdir");
	char path[1000];
	struct error error;
	struct view_port port;

	snprintf(path, sizeof path, "%s/captures/%s", source ? source : ".", capture);
	struct session *session = session_new(capture_file_open(path, &error));

	while (session_scan(session, UINT32_MAX, true) == SCAN_MORE)
		;
	view_port_init(&port, session);
	port.d.wanted_fields = rules.wanted;
	assert_true(view_port_dissect(&port, number, WANT_FIELDS));
	int n = colour_rules_match(&rules, &port.d, session_learned(session)->paths);

	view_port_free(&port);
	session_free(session);
	return n < 0 ? "" : rules.rules[n].name;
}

static void has_the_twenty_of_wireshark(void **state)
{
	(void)state;
	colour_rules_default(&rules);
	assert_int_equal(rules.count, 20);
	assert_string_equal(rules.rules[0].name, "Bad TCP");
	assert_string_equal(rules.rules[19].name, "System Event");
	/* All but those of which nothing is known can match. */
	for (unsigned i = 0; i < rules.count; i++)
		assert_non_null(rules.rules[i].filter);
	assert_false(rules.rules[1].is_whole);
	assert_true(rules.rules[5].is_whole);
}

/* As `tshark --color` on a terminal has them. */
static void finds_the_rule_that_tshark_finds(void **state)
{
	(void)state;
	colour_rules_default(&rules);
	assert_string_equal(rule_of("http.pcap", 1), "HTTP");
	assert_string_equal(rule_of("arp.pcap", 1), "ARP");
	assert_string_equal(rule_of("udp.pcap", 1), "UDP");
	assert_string_equal(rule_of("icmp.pcap", 1), "ICMP");
}

static void the_first_wins_and_some_are_off(void **state)
{
	(void)state;
	assert_int_equal(read_text("# words\n"
				   "!@off@tcp@[0,0,0][65535,65535,65535]\n"
				   "@no@frame.number == 9@[0,0,0][1,2,3]\n"
				   "\n"
				   "@yes@tcp@[4718,10030,11796][63479,34695,34695]\n"
				   "@late@tcp@[0,0,0][65535,65535,65535]\n"),
			 0);
	assert_int_equal(rules.count, 4);
	assert_true(rules.rules[0].disabled);
	assert_int_equal(rules.rules[2].back.red, 18);
	assert_int_equal(rules.rules[2].fore.red, 247);
	assert_string_equal(rule_of("http.pcap", 1), "yes");
	assert_string_equal(rule_of("http.pcap", 9), "no");
	assert_string_equal(rule_of("arp.pcap", 1), "");
	colour_rules_add(&rules, "mine", "tcp.port == 80", (struct colour){ 1, 2, 3 },
			 (struct colour){ 4, 5, 6 });
	assert_string_equal(rule_of("http.pcap", 1), "mine");
}

static void what_is_not_known_is_absent(void **state)
{
	(void)state;
	read_text("@a@nosuch || nosuch.type == 3 || tcp@[0,0,0][1,1,1]\n"
		  "@b@nosuch.x == \"a b\" || !nosuch@[0,0,0][1,1,1]\n"
		  "@c@tcp. == (@[0,0,0][1,1,1]\n");
	assert_non_null(rules.rules[0].filter);
	assert_false(rules.rules[0].is_whole);
	assert_null(rules.rules[2].filter);
	assert_string_equal(rule_of("http.pcap", 1), "a");
	assert_string_equal(rule_of("udp.pcap", 1), "b");
}

static void refuses_lines_that_are_no_rules(void **state)
{
	(void)state;
	assert_int_equal(read_text("@\n@@\n@a@tcp\n@a@tcp@[1,2]\nx\n@a@tcp@[1,2,3][4,5,6\n!\n"), 6);
	assert_in_range(rules.count, 1, 1);
}

static void writes_what_it_read(void **state)
{
	(void)state;
	static const char text[] = "@a@tcp.port == 80@[4626,10023,11822][63479,34695,34695]\n"
				   "!@b@ip[0] == 4@[0,0,0][65535,65535,65535]\n";
	char *again = NULL;
	size_t size;

	read_text(text);
	FILE *out = open_memstream(&again, &size);

	colour_rules_print(&rules, out);
	fclose(out);
	assert_string_equal(again, text);
	free(again);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_TESTS(test_colour_rules)
{
	const struct CMUnitTest tests[] = {
		TEST(has_the_twenty_of_wireshark),     TEST(finds_the_rule_that_tshark_finds),
		TEST(the_first_wins_and_some_are_off), TEST(what_is_not_known_is_absent),
		TEST(refuses_lines_that_are_no_rules), TEST(writes_what_it_read),
	};
	return cmocka_run_group_tests_name("colour_rules", tests, NULL, NULL);
}
