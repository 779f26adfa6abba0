/* test_names.c - what addresses and ports are called: files, order of belief, hostile text. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dissect/names.h"
#include "support/unit_test.h"

/* A file that holds this, to be removed. */
static char *file_with(const char *text)
{
	static char path[] = "/tmp/test_names.XXXXXX";

	memcpy(path + sizeof path - 7, "XXXXXX", 6);
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	return path;
}

static void read_as(bool (*reader)(const char *path, struct error *error), const char *text)
{
	struct error error;
	char *path = file_with(text);

	assert_true(reader(path, &error));
	unlink(path);
}

static const char *called(const struct endpoint *address)
{
	static char text[NAME_ROOM];

	name_address(address, text);
	return text;
}

static const char *ether_called(uint64_t address)
{
	uint8_t bytes[6];

	for (unsigned i = 0; i < 6; i++)
		bytes[i] = (uint8_t)(address >> (40 - 8 * i));
	struct endpoint end = endpoint_ether(bytes);
	return called(&end);
}

static const char *ipv4_called(uint32_t address)
{
	struct endpoint end = endpoint_ipv4(address);

	return called(&end);
}

static int forget(void **state)
{
	(void)state;
	names_free();
	return 0;
}

static void nothing_has_a_name_unless_asked(void **state)
{
	(void)state;
	read_as(names_read_hosts, "192.0.2.1 one.example\n");
	read_as(names_read_services, "http 80/tcp\n");
	assert_string_equal(ipv4_called(0xc0000201), "192.0.2.1");
	assert_null(name_port(IPPROTO_TCP, 80));
	names_choose(NAMES_HOST);
	assert_string_equal(ipv4_called(0xc0000201), "one.example");
	assert_null(name_port(IPPROTO_TCP, 80));
}

static void first_line_of_an_address_counts(void **state)
{
	(void)state;
	uint8_t six[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 };
	struct endpoint end = endpoint_ipv6(six);

	names_choose(NAMES_HOST);
	read_as(names_read_hosts,
		"# comment\n192.0.2.1\tone.example alias # more\n"
		"192.0.2.1 two.example\n2001:db8::1 six.example\n192.0.2.9\nodd x\n");
	assert_string_equal(ipv4_called(0xc0000201), "one.example");
	assert_string_equal(called(&end), "six.example");
	assert_string_equal(ipv4_called(0xc0000209), "192.0.2.9");
}

static void files_are_believed_before_answers_whose_last_counts(void **state)
{
	(void)state;
	struct endpoint one = endpoint_ipv4(0xc0000201), two = endpoint_ipv4(0xc0000202);

	names_choose(NAMES_HOST);
	read_as(names_read_hosts, "192.0.2.1 one.example\n");
	names_add_host(&one, "lie.example", NAME_FROM_ANSWER);
	names_add_host(&two, "first.example", NAME_FROM_ANSWER);
	names_add_host(&two, "last.example", NAME_FROM_ANSWER);
	assert_string_equal(ipv4_called(0xc0000201), "one.example");
	assert_string_equal(ipv4_called(0xc0000202), "last.example");
}

static void ports_of_an_endpoint_do_not_matter(void **state)
{
	(void)state;
	struct endpoint end = endpoint_ipv4(0xc0000201);

	names_choose(NAMES_HOST);
	names_add_host(&end, "one.example", NAME_FROM_ANSWER);
	end.port = 80;
	assert_string_equal(called(&end), "one.example");
}

static void names_from_packets_are_cleaned_and_bounded(void **state)
{
	(void)state;
	struct endpoint end = endpoint_ipv4(0xc0000201);
	char longest[300];

	names_choose(NAMES_HOST);
	names_add_host(&end, "a\033[31m\n", NAME_FROM_ANSWER);
	assert_string_equal(ipv4_called(0xc0000201), "a\\033[31m\\n");
	memset(longest, 'x', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	names_add_host(&end, longest, NAME_FROM_ANSWER);
	assert_int_equal(strlen(ipv4_called(0xc0000201)), NAME_ROOM - 1);
}

static void many_hosts_are_all_found(void **state)
{
	(void)state;
	char name[32];

	names_choose(NAMES_HOST);
	for (uint32_t i = 0; i < 5000; i++) {
		struct endpoint end = endpoint_ipv4(0x0a000000 + i);
		snprintf(name, sizeof name, "host%u", i);
		names_add_host(&end, name, NAME_FROM_ANSWER);
	}
	for (uint32_t i = 0; i < 5000; i++) {
		snprintf(name, sizeof name, "host%u", i);
		assert_string_equal(ipv4_called(0x0a000000 + i), name);
	}
}

static void services_are_of_one_protocol_or_of_several(void **state)
{
	(void)state;
	names_choose(NAMES_PORT);
	read_as(names_read_services, "peel-a 60001/tcp\npeel-b 60001/udp "
				     "x\npeel-c\t60002/tcp/udp\npeel-d 60010-60012/udp\n"
				     "bad 99999/tcp\nbad 5-4/tcp\n");
	assert_string_equal(name_port(IPPROTO_TCP, 60001), "peel-a");
	assert_string_equal(name_port(IPPROTO_UDP, 60001), "peel-b");
	assert_string_equal(name_port(IPPROTO_UDP, 60002), "peel-c");
	assert_string_equal(name_port(IPPROTO_UDP, 60012), "peel-d");
	assert_null(name_port(IPPROTO_TCP, 60012));
	assert_null(name_port(132, 60001));
}

/* The longest prefix counts; what is behind a maker's three bytes is shown whole. */
static void makers_are_known_by_their_prefix(void **state)
{
	(void)state;
	names_choose(NAMES_ETHER);
	read_as(names_read_makers, "02:AA:0C\tShort\tShort and Company\n02-AA-0C-01/28\tLonger\n"
				   "02-AB/17 Odd\n02:AA:0C:00:00:07 Exact\n\nxx y\n");
	assert_string_equal(ether_called(0x02aa0c200008), "Short_20:00:08");
	assert_string_equal(ether_called(0x02aa0c000008), "Longer_08");
	assert_string_equal(ether_called(0x02aa0c000007), "Exact");
	assert_string_equal(ether_called(0x02ab00000016), "Odd_16");
	assert_string_equal(ether_called(0x02ab80000016), "02:ab:80:00:00:16");
	assert_string_equal(ether_called(0xffffffffffff), "Broadcast");
}

static void named_text_has_both(void **state)
{
	(void)state;
	char text[NAMED_TEXT_ROOM];

	named_ipv4_text(0xc0000201, text);
	assert_string_equal(text, "192.0.2.1");
	names_choose(NAMES_HOST);
	read_as(names_read_hosts, "192.0.2.1 one.example\n");
	named_ipv4_text(0xc0000201, text);
	assert_string_equal(text, "one.example (192.0.2.1)");
}

static void what_a_capture_told_is_forgotten(void **state)
{
	(void)state;
	struct endpoint one = endpoint_ipv4(0xc0000201), two = endpoint_ipv4(0xc0000202);
	unsigned before = names_host_count();

	names_choose(NAMES_HOST);
	names_add_host(&one, "one.test", NAME_FROM_ANSWER);
	names_add_host(&two, "two.test", NAME_FROM_FILE);
	names_forget(NAME_FROM_ANSWER);
	assert_string_equal(ipv4_called(0xc0000201), "192.0.2.1");
	assert_string_equal(ipv4_called(0xc0000202), "two.test");
	names_forget(NAME_FROM_ANSWER);
	names_add_host(&one, "again.test", NAME_FROM_CAPTURE);
	assert_string_equal(ipv4_called(0xc0000201), "again.test");
	assert_true(names_host_count() >= before);
}

static const char *vlan_called(uint16_t id)
{
	static char text[NAME_ROOM];

	return name_vlan(id, text);
}

static void vlans_have_names_or_their_number(void **state)
{
	(void)state;
	read_as(names_read_vlans, "# ours\n100 Lab two \tand more\n100 Other\n5\tOffice\n6\n4096 Beyond\n7x No\n");
	assert_null(vlan_called(100));
	names_choose(NAMES_VLAN);
	assert_string_equal(vlan_called(100), "Lab two");
	assert_string_equal(vlan_called(5), "Office");
	assert_string_equal(vlan_called(6), "<6>");
	assert_string_equal(vlan_called(7), "<7>");
	assert_null(vlan_called(4096));
}

UNIT_TESTS(test_names)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(nothing_has_a_name_unless_asked, forget),
		cmocka_unit_test_teardown(first_line_of_an_address_counts, forget),
		cmocka_unit_test_teardown(files_are_believed_before_answers_whose_last_counts,
					  forget),
		cmocka_unit_test_teardown(ports_of_an_endpoint_do_not_matter, forget),
		cmocka_unit_test_teardown(names_from_packets_are_cleaned_and_bounded, forget),
		cmocka_unit_test_teardown(many_hosts_are_all_found, forget),
		cmocka_unit_test_teardown(services_are_of_one_protocol_or_of_several, forget),
		cmocka_unit_test_teardown(makers_are_known_by_their_prefix, forget),
		cmocka_unit_test_teardown(named_text_has_both, forget),
		cmocka_unit_test_teardown(what_a_capture_told_is_forgotten, forget),
		cmocka_unit_test_teardown(vlans_have_names_or_their_number, forget),
	};
	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
