/* test_tcp_verdict.c - what a connection's life is judged to be: borders between the rules. */
#include <string.h>

#include "session/tcp_verdict.h"
#include "support/build_capture.h"
#include "support/unit_test.h"

enum { MS = 1000000, SECOND = 1000 * MS, ISN = 999, SERVER_ISN = 4999 };

static struct verdict verdict;
static struct tcp_life life;
static struct tcp_capture capture;
static struct tcp_rejection rejection;
static struct tcp_life_side *const client = &life.side[0], *const server = &life.side[1];

static int begin(void **state)
{
	(void)state;
	verdict_init(&verdict);
	memset(&life, 0, sizeof life);
	capture = (struct tcp_capture){ .last_ns = 60 * (int64_t)SECOND, .patience_ns = SECOND };
	rejection = (struct tcp_rejection){ 0 };
	return 0;
}

static int end(void **state)
{
	(void)state;
	verdict_free(&verdict);
	return 0;
}

static void ask(int64_t ns)
{
	client->packets++;
	client->syn_packet = 1;
	client->syn_count++;
	client->syn_sequence = ISN;
	client->first_syn_ns = client->last_syn_ns = ns;
	life.packets++;
}

static void answer(uint32_t acknowledgment)
{
	server->packets = 1;
	server->syn_packet = life.syn_ack_packet = 2;
	server->syn_acks = true;
	server->syn_sequence = SERVER_ISN;
	life.syn_ns = client->last_syn_ns;
	life.syn_ack_ns = life.syn_ns + 10 * MS;
	life.syn_ack_acknowledgment = acknowledgment;
}

static void complete(uint32_t sequence, uint32_t acknowledgment)
{
	life.ack_packet = 3;
	life.ack_ns = life.syn_ack_ns + 10 * MS;
	life.ack_sequence = sequence;
	life.ack_acknowledgment = acknowledgment;
}

static void open_all(void)
{
	ask(0);
	answer(ISN + 1);
	complete(ISN + 1, SERVER_ISN + 1);
}

static const struct verdict_finding *found(const char *rule)
{
	verdict_begin(&verdict, 0);
	tcp_verdict_make(&verdict, &life, &capture, &rejection);
	for (unsigned i = 0; i < verdict.finding_count; i++)
		if (!strcmp(verdict.findings[i].rule->id, rule))
			return &verdict.findings[i];
	return NULL;
}

static enum outcome weight(const char *rule)
{
	const struct verdict_finding *finding = found(rule);

	if (!finding)
		fail_msg("%s did not fire", rule);
	return finding->counts_as;
}

#define assert_no_rule(rule) assert_null(found(rule))

static void silence_is_an_answer_after_a_second(void **state)
{
	(void)state;
	ask(capture.last_ns - SECOND);
	assert_int_equal(weight("H3"), OUTCOME_VIOLATION);
	client->last_syn_ns++;
	assert_int_equal(weight("H3"), OUTCOME_UNDECIDABLE);
}

static void an_error_that_may_pass_is_waited_for(void **state)
{
	(void)state;
	ask(capture.last_ns);
	rejection = (struct tcp_rejection){ .packet = 2, .words = "Host unreachable" };
	assert_int_equal(weight("unreachable"), OUTCOME_UNDECIDABLE);
	assert_no_rule("H3");
	rejection.is_final = true;
	assert_int_equal(weight("unreachable"), OUTCOME_VIOLATION);
	rejection.is_final = false;
	client->last_syn_ns -= SECOND;
	assert_int_equal(weight("unreachable"), OUTCOME_VIOLATION);
	assert_string_equal(found("unreachable")->text,
			    "The SYN was not delivered: #2 says \"Host unreachable\".");
}

static void an_error_before_an_answer_is_neutral(void **state)
{
	(void)state;
	open_all();
	rejection = (struct tcp_rejection){ .packet = 9, .words = "Port unreachable", true };
	assert_int_equal(weight("icmp-error"), OUTCOME_NEUTRAL);
	assert_int_equal(weight("H1"), OUTCOME_CLEAN);
	assert_no_rule("unreachable");
}

static void a_refusal_says_more_than_an_error(void **state)
{
	(void)state;
	ask(0);
	life.rst_packet = 2;
	life.rst_answers_syn = true;
	rejection = (struct tcp_rejection){ .packet = 3, .words = "Port unreachable", true };
	assert_int_equal(weight("H4"), OUTCOME_VIOLATION);
	assert_no_rule("unreachable");
}

static void a_syn_ack_acknowledges_the_syn_and_its_data(void **state)
{
	(void)state;
	static const struct {
		uint32_t data, acknowledged;
		bool exact;
	} cases[] = {
		{ 0, 1, true },	 { 0, 0, false },  { 0, 2, false },   { 0, UINT32_MAX, false },
		{ 50, 1, true }, { 50, 51, true }, { 50, 52, false }, { 50, 0, false },
	};

	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		begin(state);
		ask(0);
		client->syn_length = cases[i].data;
		answer(ISN + cases[i].acknowledged);
		complete(ISN + cases[i].acknowledged, SERVER_ISN + 1);
		assert_int_equal(found("wrong-syn-ack") == NULL, cases[i].exact);
		assert_int_equal(found("H1") != NULL, cases[i].exact);
		end(state);
	}
	begin(state);
}

static void the_third_packet_has_both_numbers(void **state)
{
	(void)state;
	open_all();
	assert_no_rule("wrong-ack");
	life.ack_sequence--;
	assert_int_equal(weight("wrong-ack"), OUTCOME_VIOLATION);
	life.ack_sequence++;
	life.ack_acknowledgment++;
	assert_int_equal(weight("wrong-ack"), OUTCOME_VIOLATION);
	assert_no_rule("H1");
}

static void cross(struct tcp_life_side *side, uint32_t packet, uint32_t isn,
		  uint32_t acknowledgment)
{
	side->packets = 2;
	side->syn_packet = packet;
	side->syn_count = 2;
	side->syn_sequence = side->syn_ack_sequence = isn;
	side->syn_ack_packet = packet + 2;
	side->syn_ack_acknowledgment = side->acknowledgment = acknowledgment;
	side->has_ack = true;
	life.packets += 2;
	life.syn_crossed = true;
	life.syn_ack_packet = 3;
}

static void both_syn_acks_of_a_crossed_opening_are_exact(void **state)
{
	(void)state;
	cross(client, 1, ISN, SERVER_ISN + 1);
	cross(server, 2, SERVER_ISN, ISN + 1);
	assert_int_equal(weight("simultaneous-open"), OUTCOME_CLEAN);
	server->syn_ack_acknowledgment++;
	assert_int_equal(weight("wrong-syn-ack"), OUTCOME_VIOLATION);
	assert_no_rule("simultaneous-open");
	server->syn_ack_acknowledgment--;
	client->syn_ack_sequence++;
	assert_int_equal(weight("wrong-syn-ack"), OUTCOME_VIOLATION);
	client->syn_ack_sequence--;
	client->has_ack = false;
	client->syn_ack_packet = 0;
	assert_int_equal(weight("no-ack"), OUTCOME_VIOLATION);
	assert_no_rule("simultaneous-open");
}

static void a_conflict_shows_both_versions(void **state)
{
	(void)state;
	open_all();
	life.conflict_count = 1;
	life.conflict = (struct tcp_conflict){
		.first_packet = 4,
		.second_packet = 5,
		.start = 7,
		.length = 2,
		.from_client = true,
		.versions = { { .bytes = "a\x1b[2J\"\\", .count = 8, .goes_on = true },
			      { .bytes = { 0xff, 0 }, .count = 2, .begins_before = true } },
	};
	assert_string_equal(
		found("conflict")->text,
		"Client sent the same bytes twice with other content: 2 bytes from "
		"number 7 on, \"a\\x1b[2J\\x22\\x5c\\x00…\" in #4 and \"…\\xff\\x00\" in #5.");
}

static void many_holes_are_summed_up(void **state)
{
	(void)state;
	struct tcp_hole holes[10];

	open_all();
	for (unsigned i = 0; i < 10; i++)
		holes[i] = (struct tcp_hole){ 100 * i, 100 * i + 10, i + 4, 0 };
	client->holes = holes;
	client->hole_count = 10;
	client->holes_dropped = 5;
	found("D2");
	unsigned told = 0;
	for (unsigned i = 0; i < verdict.finding_count; i++)
		told += !strcmp(verdict.findings[i].rule->id, "D2");
	assert_int_equal(told, 9);
	assert_string_equal(verdict.findings[verdict.finding_count - 2].text,
			    "25 more bytes from client are missing in further places.");
}

static void drops_matter_where_bytes_are_missing(void **state)
{
	(void)state;
	struct tcp_hole hole = { 0, 10, 4, 0 };

	open_all();
	capture.lost = 12;
	assert_no_rule("drops");
	client->holes = &hole;
	client->hole_count = 1;
	assert_int_equal(weight("drops"), OUTCOME_UNDECIDABLE);
	capture.lost = 0;
	assert_no_rule("drops");
}

static void a_reset_after_both_fins_harms_nobody(void **state)
{
	(void)state;
	open_all();
	client->bytes = 100;
	life.rst_packet = 9;
	assert_int_equal(weight("C4"), OUTCOME_VIOLATION);
	life.rst_after_close = true;
	assert_int_equal(weight("C4"), OUTCOME_NEUTRAL);
	client->bytes = 0;
	assert_int_equal(weight("H10"), OUTCOME_VIOLATION);
	assert_no_rule("C4");
}

static void what_may_still_come_is_undecidable(void **state)
{
	(void)state;
	open_all();
	client->fin_packet = 5;
	client->fin_count = 1;
	assert_int_equal(weight("C2"), OUTCOME_VIOLATION);
	assert_int_equal(weight("C3"), OUTCOME_VIOLATION);
	capture.goes_on = true;
	assert_int_equal(weight("C2"), OUTCOME_UNDECIDABLE);
	assert_int_equal(weight("C3"), OUTCOME_UNDECIDABLE);
}

/* --- ICMP over IPv6, and of what it is final --- */

#define SYN6                                                                                       \
	"60000000 0014 06 40 20010db8000000000000000000000001 20010db8000000000000000000000002"    \
	" 9c40 0050 00000007 00000000 50020100 0000 0000"

static struct tcp_rejection rejected(const char *head)
{
	static struct view_port port;
	static struct session *session;
	struct built_capture built;
	struct error error;
	uint8_t bytes[300];
	uint8_t syn[60];

	if (session) {
		view_port_free(&port);
		session_free(session);
	}
	capture_begin(&built, 101);
	uint32_t n = bytes_of(SYN6, syn);
	capture_add(&built, syn, n, n);
	uint32_t m = bytes_of("60000000 0044 3a 40 20010db8000000000000000000000002"
			      "20010db8000000000000000000000001",
			      bytes);
	m += bytes_of(head, bytes + m);
	memcpy(bytes + m, syn, n);
	capture_add(&built, bytes, m + n, m + n);
	session = scan_bytes(built.bytes, built.length, &error);
	capture_free(&built);
	assert_non_null(session);
	view_port_init(&port, session);
	return tcp_rejection_of(conversation_numbered(session_learned(session), 6, 0), &port);
}

static void errors_over_ipv6_are_known_by_their_code(void **state)
{
	(void)state;
	static const struct {
		const char *head;
		bool is_final;
	} cases[] = {
		{ "0100 0000 00000000", false }, { "0101 0000 00000000", true },
		{ "0103 0000 00000000", false }, { "0104 0000 00000000", true },
		{ "0200 0000 00000500", false }, { "0301 0000 00000000", false },
	};

	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct tcp_rejection got = rejected(cases[i].head);
		assert_int_equal(got.packet, 2);
		assert_int_equal(got.is_final, cases[i].is_final);
	}
	assert_string_equal(rejected("0104 0000 00000000").words,
			    "Destination Unreachable (Port unreachable)");
	assert_int_equal(rejected("8900 0000 00000000").packet, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

static void a_reset_claims_no_acknowledgments_that_were_not_seen(void **state)
{
	(void)state;
	client->packets = 1;
	life.rst_packet = 1;
	life.rst_from_client = true;
	assert_non_null(found("C4"));
	assert_string_equal(found("C4")->text,
			    "Reset by client #1; what had been acknowledged is not known.");
	server->packets = 1;
	assert_string_equal(found("C4")->text,
			    "Reset by client #1; everything had been acknowledged.");
}

static void a_reset_in_place_of_the_third_packet_leaves_the_handshake_open(void **state)
{
	(void)state;
	ask(0);
	answer(ISN + 1);
	life.rst_packet = 3;
	life.rst_from_client = true;
	assert_string_equal(found("C4")->text,
			    "Reset by client #3; the handshake was not complete.");
	assert_null(found("H10"));
}

UNIT_TESTS(test_tcp_verdict)
{
	const struct CMUnitTest tests[] = {
		TEST(silence_is_an_answer_after_a_second),
		TEST(an_error_that_may_pass_is_waited_for),
		TEST(an_error_before_an_answer_is_neutral),
		TEST(a_refusal_says_more_than_an_error),
		TEST(a_syn_ack_acknowledges_the_syn_and_its_data),
		TEST(the_third_packet_has_both_numbers),
		TEST(both_syn_acks_of_a_crossed_opening_are_exact),
		TEST(a_conflict_shows_both_versions),
		TEST(many_holes_are_summed_up),
		TEST(drops_matter_where_bytes_are_missing),
		TEST(a_reset_after_both_fins_harms_nobody),
		TEST(what_may_still_come_is_undecidable),
		TEST(errors_over_ipv6_are_known_by_their_code),
		TEST(a_reset_claims_no_acknowledgments_that_were_not_seen),
		TEST(a_reset_in_place_of_the_third_packet_leaves_the_handshake_open),
	};
	return cmocka_run_group_tests_name("tcp_verdict", tests, NULL, NULL);
}
