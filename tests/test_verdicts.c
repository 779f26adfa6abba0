/* test_verdicts.c - which finding makes the verdict, and verdicts as text, JSON and TAP. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/verdicts.h"
#include "support/unit_test.h"

enum { GOOD, TOLD, BAD };

static const struct rule rules[] = {
	[GOOD] = { "G1", MARK_GOOD, OUTCOME_CLEAN, "it went well" },
	[TOLD] = { "T1", MARK_NOTABLE, OUTCOME_NEUTRAL, "something odd" },
	[BAD] = { "B1", MARK_BAD, OUTCOME_VIOLATION, "it went wrong" },
	{ 0 },
};

static const struct verify_kind kind = { "trial", "case", "cases", rules, NULL };

static struct verdict v;
static char *printed;

static int set_up(void **state)
{
	(void)state;
	verdict_init(&v);
	verdict_begin(&v, 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	verdict_free(&v);
	free(printed);
	printed = NULL;
	return 0;
}

static const char *print(enum verdict_format format, bool everything, bool with_ends)
{
	struct verify_counts counts = { .subjects = 1 };
	struct verdict_printer printer = {
		.format = format, .kind = &kind, .path = "f.pcap", .everything = everything
	};
	size_t size;

	free(printed);
	printer.out = open_memstream(&printed, &size);
	counts.of[v.outcome]++;
	if (with_ends)
		verdicts_begin(&printer);
	verdicts_print(&printer, &v);
	if (with_ends)
		verdicts_end(&printer, &counts, "");
	fclose(printer.out);
	return printed;
}

static void subject_without_findings_is_clean(void **state)
{
	(void)state;
	assert_int_equal(v.outcome, OUTCOME_CLEAN);
}

static void neutral_findings_do_not_count(void **state)
{
	(void)state;
	verdict_add(&v, &rules[TOLD], "Odd.");
	assert_int_equal(v.outcome, OUTCOME_CLEAN);
}

static void violation_outweighs_undecidable(void **state)
{
	(void)state;
	verdict_add(&v, &rules[BAD], "Bad.");
	verdict_add_as(&v, &rules[TOLD], OUTCOME_UNDECIDABLE, "Who knows.");
	verdict_add(&v, &rules[GOOD], "Good.");
	assert_int_equal(v.outcome, OUTCOME_VIOLATION);
	assert_int_equal(v.findings[1].mark, MARK_OPEN);
}

static void findings_beyond_the_room_still_count(void **state)
{
	(void)state;
	for (unsigned i = 0; i < VERDICT_FINDINGS; i++)
		verdict_add(&v, &rules[TOLD], "Odd.");
	verdict_add(&v, &rules[BAD], "Bad.");
	verdict_point(&v, 7);
	assert_int_equal(v.outcome, OUTCOME_VIOLATION);
	assert_int_equal(v.finding_count, VERDICT_FINDINGS);
	assert_int_equal(v.unnamed, 1);
	assert_int_equal(v.findings[VERDICT_FINDINGS - 1].packet_count, 0);
}

static void spans_are_worded_with_their_unit(void **state)
{
	(void)state;
	assert_string_equal(verdict_span(&v, 5000), "5.0 µs");
	assert_string_equal(verdict_span(&v, 170000), "0.17 ms");
	assert_string_equal(verdict_span(&v, 5730000), "5.73 ms");
	assert_string_equal(verdict_span(&v, 185500000), "185.5 ms");
	assert_string_equal(verdict_span(&v, 5007000000), "5.007 s");
	assert_string_equal(verdict_span(&v, 60160000000), "60.16 s");
	assert_string_equal(verdict_span(&v, -2000000000), "-2.000 s");
}

static void packet_lists_end(void **state)
{
	static const uint32_t packets[] = { 1, 2, 7, 8, 9, 10, 11, 12, 13, 14 };

	(void)state;
	assert_string_equal(verdict_packet_list(&v, packets, 1), "#1");
	assert_string_equal(verdict_packet_list(&v, packets, 3), "#1, #2 and #7");
	assert_string_equal(verdict_packet_list(&v, packets, 10),
			    "#1, #2, #7, #8, #9, #10, #11, #12 and 2 more");
}

static void line_says_what_made_the_verdict(void **state)
{
	(void)state;
	verdict_name(&v, "a to b");
	verdict_add(&v, &rules[GOOD], "Good.");
	verdict_add(&v, &rules[BAD], "Bad.");
	assert_string_equal(print(VERDICTS_TEXT, false, false),
			    "violation    case 0  a to b  [G1 B1]  ✗ Bad.\n");
	assert_string_equal(print(VERDICTS_TEXT, true, false),
			    "violation    case 0  a to b  [G1 B1]\n"
			    "    G1: ✓ Good.\n    B1: ✗ Bad.\n\n");
}

static void details_stand_below_their_packet(void **state)
{
	(void)state;
	v.wants_details = true;
	verdict_detail(&v, 3, "QR", "0", "a query");
	verdict_detail(&v, 3, "TC", "1", "cut");
	verdict_detail_is_unusual(&v);
	assert_string_equal(print(VERDICTS_TEXT, true, false),
			    "clean        case 0    []\n    #3\n"
			    "        QR 0: a query\n      ! TC 1: cut\n\n");
}

static void nothing_from_packets_reaches_a_terminal(void **state)
{
	(void)state;
	verdict_name(&v, "a\033[2Jb");
	verdict_add(&v, &rules[BAD], "Name \u202e.");
	assert_string_equal(print(VERDICTS_TEXT, false, false),
			    "violation    case 0  a\\033[2Jb  [B1]  ✗ Name \\u202E.\n");
}

static void json_has_every_finding(void **state)
{
	(void)state;
	verdict_name(&v, "\"a\"");
	verdict_packet(&v, 4);
	verdict_packet(&v, 3);
	verdict_number(&v, "id", 7);
	verdict_attribute(&v, "client", "192.0.2.1:53");
	verdict_add(&v, &rules[BAD], "Bad.");
	verdict_point(&v, 4);
	assert_string_equal(print(VERDICTS_JSON, false, true),
			    "{\n  \"verify\": \"trial\",\n  \"capture\": \"f.pcap\",\n"
			    "  \"subjects\": [\n    {\n      \"number\": 0,\n"
			    "      \"name\": \"\\\"a\\\"\",\n      \"verdict\": \"violation\",\n"
			    "      \"first_packet\": 3,\n      \"last_packet\": 4,\n"
			    "      \"packets\": 2,\n      \"id\": 7,\n"
			    "      \"client\": \"192.0.2.1:53\",\n      \"findings\": [\n"
			    "        {\"rule\": \"B1\", \"counts_as\": \"violation\", "
			    "\"packets\": [4], \"text\": \"Bad.\"}\n      ]\n    }\n  ],\n"
			    "  \"summary\": {\"subjects\": 1, \"clean\": 0, \"undecidable\": 0, "
			    "\"violation\": 1, \"verdict\": \"violation\"},\n"
			    "  \"problem\": null\n}\n");
}

static void tap_skips_what_is_undecidable(void **state)
{
	(void)state;
	verdict_name(&v, "a # TODO b\\");
	verdict_add_as(&v, &rules[BAD], OUTCOME_UNDECIDABLE, "Cut at #3.");
	verdict_point(&v, 3);
	assert_string_equal(print(VERDICTS_TAP, false, true),
			    "TAP version 13\n"
			    "ok 1 - case 0: a \\# TODO b\\\\ # SKIP undecidable: Cut at \\#3.\n"
			    "  ---\n  verdict: undecidable\n  findings:\n"
			    "    - rule: B1\n      counts_as: undecidable\n"
			    "      packets:\n        - 3\n      text: \"Cut at #3.\"\n  ...\n"
			    "1..1\n# 1 case: 1 undecidable\n");
}

static void capture_without_subjects_is_undecidable(void **state)
{
	struct verify_counts none = { 0 }, odd = { .subjects = 2 };

	(void)state;
	assert_int_equal(verify_outcome(&none), OUTCOME_UNDECIDABLE);
	odd.of[OUTCOME_CLEAN] = odd.of[OUTCOME_UNDECIDABLE] = 1;
	assert_int_equal(verify_outcome(&odd), OUTCOME_UNDECIDABLE);
	odd.of[OUTCOME_VIOLATION] = 1;
	assert_int_equal(verify_outcome(&odd), OUTCOME_VIOLATION);
}

/* The row of docs/verify.md that explains a rule; the caller frees it.  The same id may stand in
 * several tables. */
static char *documented(const char *id, enum outcome counts_as)
{
	const char *srcdir = getenv("srcdir");
	char path[1000], start[100], *row = NULL;
	size_t room = 0;

	snprintf(path, sizeof path, "%s/docs/verify.md", srcdir ? srcdir : ".");
	snprintf(start, sizeof start, "| `%s` | ", id);
	FILE *in = fopen(path, "r");
	assert_non_null(in);
	bool found = false;
	while (!found && getline(&row, &room, in) > 0)
		found = !strncmp(row, start, strlen(start)) &&
			strstr(row + strlen(start), outcome_names[counts_as]);
	fclose(in);
	if (!found) {
		free(row);
		row = NULL;
	}
	return row;
}

static void every_rule_is_documented(void **state)
{
	(void)state;
	for (unsigned i = 0; verify_kinds[i]; i++)
		for (const struct rule *rule = verify_kinds[i]->rules; rule->id; rule++) {
			char *row = documented(rule->id, rule->counts_as);
			if (!row)
				fail_msg("%s of --verify %s is not in docs/verify.md", rule->id,
					 verify_kinds[i]->name);
			free(row);
		}
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

UNIT_TESTS(test_verdicts)
{
	const struct CMUnitTest tests[] = {
		CASE(subject_without_findings_is_clean),
		CASE(neutral_findings_do_not_count),
		CASE(violation_outweighs_undecidable),
		CASE(findings_beyond_the_room_still_count),
		CASE(spans_are_worded_with_their_unit),
		CASE(packet_lists_end),
		CASE(line_says_what_made_the_verdict),
		CASE(details_stand_below_their_packet),
		CASE(nothing_from_packets_reaches_a_terminal),
		CASE(json_has_every_finding),
		CASE(tap_skips_what_is_undecidable),
		CASE(capture_without_subjects_is_undecidable),
		CASE(every_rule_is_documented),
	};
	return cmocka_run_group_tests_name("verdicts", tests, NULL, NULL);
}
