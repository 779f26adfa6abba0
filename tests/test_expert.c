/* test_expert.c - findings: what a packet's dissection says of them, and its tables. */
#include "dissect/dissector.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "support/dissect_hex.h"
#include "support/unit_test.h"

/* A length of 7, less than UDP's header. */
#define LENGTH_TOO_SMALL "9c40 0009 0007 0000"
/* A SYN with a window scale of 15, and something after the end of the options. */
#define THREE_FINDINGS "9c40 0050 00000001 00000000 8002 ffff 0000 0000 02040578 03030f00 00000001"

static void assert_line(const struct dissection *d, const char *abbrev, const char *line)
{
	char text[NODE_TEXT_ROOM + 1];

	node_text(d, node_named(d, abbrev, 0), text, sizeof text);
	assert_string_equal(text, line);
}

static void a_finding_is_four_lines(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("udp", LENGTH_TOO_SMALL);

	assert_line(d, "_ws.expert", "[Expert Info (Error/Malformed): Bad length value 7 < 8]");
	assert_line(d, "udp.length.bad", "[Bad length value 7 < 8]");
	assert_line(d, "_ws.expert.severity", "[Severity level: Error]");
	assert_line(d, "_ws.expert.group", "[Group: Malformed]");
	assert_int_equal(node_named(d, "_ws.expert", 0)->span, 5);
	assert_sound_tree(d);
}

static void its_numbers_are_wiresharks(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("udp", LENGTH_TOO_SMALL);

	assert_uint_field(d, "_ws.expert.severity", 8388608);
	assert_uint_field(d, "_ws.expert.group", 117440512);
	assert_text_field(d, "_ws.expert.message", "Bad length value 7 < 8");
	assert_true(node_named(d, "_ws.expert.message", 0)->flags & NODE_HIDDEN);
}

static void what_is_malformed_is_marked_for_filters(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("udp", LENGTH_TOO_SMALL);

	assert_true(node_named(d, "_ws.malformed", 0)->flags & NODE_HIDDEN);
	assert_false(has_node(dissect_hex("tcp", THREE_FINDINGS), "_ws.malformed"));
}

static void findings_are_listed_in_their_order(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("tcp", THREE_FINDINGS);

	assert_int_equal(d->finding_count, 3);
	assert_string_equal(d->findings[0].field->abbrev, "tcp.connection.syn");
	assert_string_equal(d->findings[1].field->abbrev, "tcp.options.wscale.shift.invalid");
	assert_string_equal(d->findings[1].protocol, "TCP");
	assert_string_equal(d->findings[2].field->abbrev, "tcp.non_zero_bytes_after_eol");
	assert_int_equal(d->severity, EXPERT_ERROR);
}

static void what_failed_is_whose_finding_it_is(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex("udp", "9c40 00");

	assert_int_equal(d->finding_count, 1);
	assert_string_equal(d->findings[0].protocol, "UDP");
	assert_string_equal(d->findings[0].words, "Malformed Packet (Exception occurred)");
	assert_line(d, "_ws.malformed", "[Malformed Packet: UDP]");
	assert_int_equal(d->severity, EXPERT_ERROR);
}

static void a_cut_capture_is_no_finding(void **state)
{
	(void)state;
	const struct dissection *d = dissect_hex_cut("udp", LENGTH_TOO_SMALL, 3);

	assert_int_equal(d->finding_count, 0);
	assert_int_equal(d->severity, EXPERT_NONE);
	assert_true(has_node(d, "_ws.short"));
}

static void every_finding_has_severity_and_group(void **state)
{
	(void)state;
	registry_build();
	unsigned findings = 0;

	for (unsigned i = 0; i < registry_field_count(); i++) {
		const struct field *field = registry_field(i);
		assert_true(field->severity < EXPERT_SEVERITIES && field->group < EXPERT_GROUPS);
		assert_int_equal(field->severity != EXPERT_NONE, field->group != GROUP_NONE);
		if (field->severity == EXPERT_NONE)
			continue;
		findings++;
		assert_int_equal(field->type, FIELD_NONE);
		assert_true(*expert_severity_name(field->severity) != '\0');
		assert_true(*expert_group_name(field->group) != '\0');
	}
	assert_true(findings > 50);
}

UNIT_TESTS(test_expert)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_finding_is_four_lines),
		cmocka_unit_test(its_numbers_are_wiresharks),
		cmocka_unit_test(what_is_malformed_is_marked_for_filters),
		cmocka_unit_test(findings_are_listed_in_their_order),
		cmocka_unit_test(what_failed_is_whose_finding_it_is),
		cmocka_unit_test(a_cut_capture_is_no_finding),
		cmocka_unit_test(every_finding_has_severity_and_group),
	};
	return cmocka_run_group_tests_name("expert", tests, NULL, NULL);
}
