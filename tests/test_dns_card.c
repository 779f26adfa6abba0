/* test_dns_card.c - a DNS message's flags: what each says, and whether it may. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/dns_card.h"
#include "session/dns_flags.h"
#include "support/dissect_hex.h"
#include "support/unit_test.h"

/* A question for "a", type A, class IN. */
#define QUESTION "0001 0000 0000 0000 01 61 00 0001 0001"

static char *card_of(const char *protocol, const char *hex, unsigned columns)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	dns_card_print(out, dissect_hex(protocol, hex), columns);
	fclose(out);
	return text;
}

static bool says(const char *protocol, const char *hex, const char *line)
{
	char *text = card_of(protocol, hex, 120);
	bool found = strstr(text, line) != NULL;

	if (!found)
		fprintf(stderr, "%s", text);
	free(text);
	return found;
}

/* Is this bit, of a message with these flags, as it may be? */
static bool may(uint16_t flags, enum dns_kind kind, const char *name)
{
	struct dns_flag_line lines[DNS_FLAG_LINES];
	unsigned count = dns_flags_explain(flags, kind, lines);

	for (unsigned i = 0; i < count; i++)
		if (!strcmp(lines[i].name, name))
			return lines[i].legal;
	fail_msg("no line %s", name);
	return false;
}

static void each_bit_has_its_value_and_meaning(void **state)
{
	(void)state;
	assert_true(says("dns", "1234 0100" QUESTION, "Flags 0x0100 of the query 0x1234\n"));
	assert_true(says("dns", "1234 0100" QUESTION,
			 " ✓ RD     1               .... ...1 .... .... recursion desired"));
	assert_true(says("dns", "1234 8183" QUESTION,
			 " ! RCODE  3  NXDOMAIN     .... .... .... 0011 the name does not exist"));
}

static void what_must_not_be_is_marked(void **state)
{
	(void)state;
	assert_true(says("dns", "1234 0140" QUESTION,
			 " ✗ Z      1               .... .... .1.. .... reserved, must be 0"));
	assert_false(may(0x0400, DNS_KIND_PLAIN, "AA"));
	assert_true(may(0x8400, DNS_KIND_PLAIN, "AA"));
	assert_false(may(0x0080, DNS_KIND_PLAIN, "RA"));
	assert_false(may(0x0003, DNS_KIND_PLAIN, "RCODE"));
	assert_true(may(0x8003, DNS_KIND_PLAIN, "RCODE"));
	assert_false(may(0x800f, DNS_KIND_PLAIN, "RCODE"));
	assert_false(may(0x7800, DNS_KIND_PLAIN, "OPCODE"));
	/* A NOTIFY has it set (RFC 1996). */
	assert_true(may(0x2400, DNS_KIND_PLAIN, "AA"));
}

static void multicast_has_rules_of_its_own(void **state)
{
	(void)state;
	assert_true(may(0x8400, DNS_KIND_MULTICAST, "AA"));
	assert_false(may(0x8000, DNS_KIND_MULTICAST, "AA"));
	assert_false(may(0x0100, DNS_KIND_MULTICAST, "RD"));
	assert_true(may(0x0200, DNS_KIND_MULTICAST, "TC"));
	assert_false(may(0x8600, DNS_KIND_MULTICAST, "TC"));
	assert_true(may(0x0400, DNS_KIND_LINK_LOCAL, "C"));
	assert_false(may(0x0010, DNS_KIND_LINK_LOCAL, "Z"));
}

/* An OPT record with the DO bit, and the upper bits of the code: 1 << 4 | 0 is BADVERS. */
static void edns_adds_to_it(void **state)
{
	static const char response[] = "1234 8180 0001 0000 0000 0001 01 61 00 0001 0001"
				       "00 0029 04d0 01 00 8000 0000";

	(void)state;
	assert_true(says("dns", response, " ✓ DO     1               of the OPT record"));
	assert_true(says("dns", response, "RCODE  0  BADVERS"));
	assert_true(says("dns", response, "the server does not speak this version of EDNS"));
}

static void narrow_cards_leave_the_bits_out(void **state)
{
	(void)state;
	char *text = card_of("dns", "1234 0100" QUESTION, 60);

	assert_null(strstr(text, "...."));
	for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
		assert_true(strcspn(line, "\n") < 70);
	free(text);
}

static void other_packets_have_none(void **state)
{
	(void)state;
	char *text = card_of("udp", "9c40 0009 000c 591f 01020304", 80);

	assert_string_equal(text, "");
	free(text);
}

UNIT_TESTS(test_dns_card)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_bit_has_its_value_and_meaning),
		cmocka_unit_test(what_must_not_be_is_marked),
		cmocka_unit_test(multicast_has_rules_of_its_own),
		cmocka_unit_test(edns_adds_to_it),
		cmocka_unit_test(narrow_cards_leave_the_bits_out),
		cmocka_unit_test(other_packets_have_none),
	};
	return cmocka_run_group_tests_name("dns card", tests, NULL, NULL);
}
