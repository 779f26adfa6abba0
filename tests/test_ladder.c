/* test_ladder.c - which rows show a conversation, and the way among them. */
#include <stdio.h>
#include <string.h>

#include "print/ladder_text.h"
#include "session/ladder.h"
#include "session/session.h"
#include "support/build_capture.h"
#include "support/segments.h"
#include "support/unit_test.h"

static struct ladder *ladder;

static int start(void **state)
{
	(void)state;
	segments_begin();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	ladder_free(ladder);
	ladder = NULL;
	segments_end();
	return 0;
}

static void begin(struct session *session, uint8_t protocol)
{
	ladder_free(ladder);
	ladder = ladder_new(session, protocol, 0);
	assert_non_null(ladder);
}

static void draw(void)
{
	begin(segments_session(), STREAM_TCP);
	while (ladder_update(ladder, 3))
		;
}

static void put_row(FILE *out, const struct ladder_row *row)
{
	static const char *const phases[] = { "handshake", "data", "close" };
	const struct ladder_segment *s = &ladder->segments[row->segment];
	const struct ladder_gap *gap;

	switch (row->kind) {
	case ROW_SECTION:
		fprintf(out, "[%s] ", phases[row->count]);
		break;
	case ROW_SEGMENT:
		fprintf(out, "%u ", s->packet);
		break;
	case ROW_RUN:
		fprintf(out, "%u-%u ", s->packet, s[row->count - 1].packet);
		break;
	case ROW_TROUBLE:
		fprintf(out, "%u!%u ", s->packet, s[row->count - 1].packet);
		break;
	case ROW_SILENCE:
		fputs("silence ", out);
		break;
	default:
		gap = &ladder->gaps[row->count];
		fprintf(out, "gap(%u", gap->end - gap->start);
		if (gap->filled_in)
			fprintf(out, " until %u) ", gap->filled_in);
		else
			fprintf(out, " lacks %u) ", gap->rest_end - gap->rest_start);
		break;
	}
}

/* "[handshake] 1 2 3 [data] 4-9 gap(2 lacks 2) 10 [close] 11 " */
static const char *rows(void)
{
	static char text[1 << 16];
	FILE *out = fmemopen(text, sizeof text, "w");

	for (uint32_t i = 0; i < ladder->row_count; i++)
		put_row(out, &ladder->rows[i]);
	fclose(out);
	return text;
}

/* Six segments of the server's, which the client acknowledges by twos: packets 4 to 12. */
static void say_run(void)
{
	segments_handshake(1000);
	for (uint32_t i = 0; i < 6; i++) {
		segment(false, 5001 + 3 * i, 1001, ACK, "abc");
		if (i % 2)
			segment(true, 1001, 5004 + 3 * i, ACK, "");
	}
}

/* --- rows --- */

static void sections_come_from_the_states(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment(true, 1001, 5001, PUSH | ACK, "hello");
	segment(false, 5001, 1006, ACK, "");
	segment(true, 1006, 5001, FIN | ACK, "");
	segment(false, 5001, 1007, FIN | ACK, "");
	segment(true, 1007, 5002, ACK, "");
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4 5 [close] 6 7 8 ");
}

static void a_refused_connection_has_no_data(void **state)
{
	(void)state;
	segment(true, 1000, 0, SYN, "");
	segment(false, 0, 1001, RST | ACK, "");
	draw();
	assert_string_equal(rows(), "[handshake] 1 [close] 2 ");
	assert_true(ladder->segments[1].is_problem);
}

static void without_a_handshake_it_begins_with_data(void **state)
{
	(void)state;
	segment(true, 1001, 5001, PUSH | ACK, "hello");
	segment(false, 5001, 1006, ACK, "");
	draw();
	assert_string_equal(rows(), "[data] 1 2 ");
	assert_false(ladder->client_is_known);
}

static void runs_of_data_are_one_row(void **state)
{
	(void)state;
	say_run();
	segment(true, 1001, 5019, PUSH | ACK, "more");
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4-12 13 ");
	ladder_fold(ladder, false);
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4 5 6 7 8 9 10 11 12 13 ");
}

static void the_last_segment_stands_apart(void **state)
{
	(void)state;
	say_run();
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4-11 12 ");
}

static void few_segments_are_no_run(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment(true, 1001, 5001, ACK, "a");
	segment(false, 5001, 1002, ACK, "");
	segment(false, 5001, 1002, ACK, "b");
	segment(true, 1002, 5002, ACK, "");
	segment(true, 1002, 5002, ACK, "c");
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4 5 6 7 8 ");
}

static void a_run_ends_where_the_other_side_speaks(void **state)
{
	(void)state;
	say_run();
	for (uint32_t i = 0; i < 4; i++)
		segment(true, 1001 + i, 5019, ACK, "x");
	segment(false, 5019, 1005, ACK, "");
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4-12 13-16 17 ");
}

static void one_run_can_be_opened(void **state)
{
	(void)state;
	say_run();
	for (uint32_t i = 0; i < 4; i++)
		segment(true, 1001 + i, 5019, ACK, "x");
	segment(false, 5019, 1005, ACK, "");
	draw();
	ladder_open_run(ladder, ladder_row_of(ladder, ladder_segment_of(ladder, 14)));
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4-12 13 14 15 16 17 ");
	ladder_fold(ladder, true);
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4-12 13-16 17 ");
}

/* `times` duplicate ACKs, each followed by data of the server's in order. */
static uint32_t say_trouble(unsigned times, uint32_t sequence)
{
	for (unsigned i = 0; i < times; i++, sequence++) {
		segment(true, 1001, 5001, ACK, "");
		segment(false, sequence, 1001, ACK, "x");
	}
	return sequence;
}

static void much_trouble_is_one_row(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment(true, 1001, 5001, ACK, "");
	uint32_t sequence = say_trouble(14, 5001);
	draw();
	assert_int_equal(ladder->row_count, 2 + 32);
	segment(true, 1001, 5001, ACK, "");
	segment(false, sequence, 1001, ACK, "x");
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4!33 34 ");
	ladder_open_run(ladder, ladder_row_of(ladder, ladder_segment_of(ladder, 20)));
	assert_int_equal(ladder->row_count, 2 + 34);
	ladder_fold(ladder, true);
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4!33 34 ");
	ladder_fold(ladder, false);
	assert_int_equal(ladder->row_count, 2 + 34);
}

static void trouble_ends_when_all_is_well_for_long(void **state)
{
	(void)state;
	enum { CALM = 256 };
	segments_handshake(1000);
	segment(true, 1001, 5001, ACK, "");
	uint32_t sequence = say_trouble(16, 5001);
	for (unsigned i = 0; i < CALM + 5; i++)
		segment(false, sequence + i, 1001, ACK, "x");
	draw();
	/* The last data of the trouble count for it. */
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4!291 292-296 297 ");
}

static void trouble_does_not_reach_over_silence(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment(true, 1001, 5001, ACK, "");
	uint32_t sequence = say_trouble(20, 5001);
	segments_wait(60000000);
	sequence = say_trouble(20, sequence);
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4!44 silence 45!83 84 ");
	assert_int_equal(ladder_next(ladder, 4, STOP_PROBLEM, false), 5);
}

static void what_is_missing_in_trouble_is_part_of_it(void **state)
{
	(void)state;
	uint32_t sequence = 5001;

	segments_handshake(1000);
	segment(true, 1001, 5001, ACK, "");
	for (unsigned i = 0; i < 20; i++, sequence += 3)
		segment(false, sequence + 1, 1001, ACK, "xy");
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4!23 gap(1 lacks 1) 24 ");
}

static void what_went_wrong_is_not_folded(void **state)
{
	(void)state;
	say_run();
	segment(false, 5016, 1001, ACK, "abc");
	for (uint32_t i = 0; i < 6; i++)
		segment(false, 5019 + 3 * i, 1001, ACK, "abc");
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4-12 13 14-18 19 ");
}

/* --- what is missing --- */

static void missing_bytes_have_a_row(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment(true, 1001, 5001, ACK, "abc");
	segment(true, 1009, 5001, ACK, "def");
	segment(false, 5001, 1012, ACK, "");
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4 gap(5 lacks 5) 5 6 ");
}

static void what_comes_later_fills_a_gap(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment(true, 1004, 5001, ACK, "def");
	segment(true, 1001, 5001, ACK, "abc");
	segment(false, 5001, 1007, ACK, "");
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] gap(3 until 5) 4 5 6 ");
}

static void a_part_that_comes_later_shortens_it(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment(true, 1007, 5001, ACK, "xyz");
	segment(true, 1001, 5001, ACK, "ab");
	segment(true, 1005, 5001, ACK, "cd");
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] gap(6 lacks 2) 4 5 6 ");
}

static void an_acknowledgment_shows_what_the_capture_lacks(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment(false, 5001, 1011, ACK, "");
	segment(true, 1011, 5001, ACK, "abc");
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] gap(10 lacks 10) 4 5 ");
}

static void what_is_missing_before_a_fin_is_data(void **state)
{
	(void)state;
	segments_handshake(1000);
	segment(true, 1001, 5001, ACK, "abc");
	segment(true, 1010, 5001, FIN | ACK, "");
	draw();
	assert_string_equal(rows(), "[handshake] 1 2 3 [data] 4 gap(6 lacks 6) [close] 5 ");
}

/* --- the way --- */

static uint32_t row_of_packet(uint32_t packet)
{
	return ladder_row_of(ladder, ladder_segment_of(ladder, packet));
}

static void finds_the_row_of_a_packet(void **state)
{
	(void)state;
	say_run();
	segment(true, 1001, 5019, PUSH | ACK, "more");
	draw();
	assert_int_equal(row_of_packet(1), 1);
	assert_int_equal(row_of_packet(4), 5);
	assert_int_equal(row_of_packet(8), 5);
	assert_int_equal(row_of_packet(13), 6);
	assert_int_equal(row_of_packet(99), 6);
}

static void goes_from_event_to_event(void **state)
{
	(void)state;
	say_run();
	segment(false, 5016, 1001, ACK, "abc");
	segment(false, 5019, 1001, FIN | ACK, "");
	draw();
	assert_int_equal(ladder_next(ladder, row_of_packet(3), STOP_EVENT, false),
			 row_of_packet(13));
	assert_int_equal(ladder_next(ladder, row_of_packet(13), STOP_EVENT, false),
			 row_of_packet(14));
	assert_int_equal(ladder_next(ladder, row_of_packet(14), STOP_EVENT, false), LADDER_NOWHERE);
	assert_int_equal(ladder_next(ladder, row_of_packet(13), STOP_EVENT, true),
			 row_of_packet(3));
	assert_int_equal(ladder_next(ladder, 0, STOP_PROBLEM, false), row_of_packet(13));
	assert_int_equal(ladder_next(ladder, row_of_packet(13), STOP_PROBLEM, true),
			 LADDER_NOWHERE);
}

static uint32_t answer_to(uint32_t packet)
{
	uint32_t answer = ladder_answer(ladder, ladder_segment_of(ladder, packet));

	return answer == LADDER_NOWHERE ? 0 : ladder->segments[answer].packet;
}

static void data_and_acknowledgment_answer_each_other(void **state)
{
	(void)state;
	say_run();
	segment(false, 5019, 1001, ACK, "lost");
	draw();
	assert_int_equal(answer_to(1), 2);
	assert_int_equal(answer_to(2), 3);
	assert_int_equal(answer_to(3), 2);
	assert_int_equal(answer_to(4), 6);
	assert_int_equal(answer_to(5), 6);
	assert_int_equal(answer_to(6), 5);
	assert_int_equal(answer_to(13), 0);
}

/* --- numbers --- */

static void numbers_count_from_the_syn(void **state)
{
	(void)state;
	segments_handshake(UINT32_MAX - 1);
	segment(true, UINT32_MAX, 5001, ACK, "abc");
	draw();
	const struct ladder_segment *s = &ladder->segments[3];

	assert_int_equal(ladder_sequence(ladder, true, s->sequence, false), 1);
	assert_int_equal(ladder_sequence(ladder, true, s->sequence + s->length, false), 4);
	assert_int_equal(ladder_sequence(ladder, false, s->acknowledgment, false), 1);
	assert_int_equal(ladder_sequence(ladder, true, s->sequence, true), UINT32_MAX);
}

static void sums_are_by_side(void **state)
{
	(void)state;
	say_run();
	segment(false, 5016, 1001, ACK, "abc");
	draw();
	assert_int_equal(ladder->sum[0].packets, 5);
	assert_int_equal(ladder->sum[0].bytes, 0);
	assert_int_equal(ladder->sum[1].packets, 8);
	assert_int_equal(ladder->sum[1].bytes, 21);
	assert_int_equal(ladder->sum[0].rtt_least_us, 1000);
}

static void datagrams_are_rows_without_sections(void **state)
{
	(void)state;
	datagram(true, "a");
	datagram(false, "bc");
	datagram(true, "d");
	begin(segments_session(), STREAM_UDP);
	while (ladder_update(ladder, 1))
		;
	assert_string_equal(rows(), "1 2 3 ");
	assert_int_equal(ladder->segments[1].length, 2);
	assert_int_equal(ladder_side(ladder, ladder->segments[1].from_opener), LADDER_SERVER);
}

/* --- verdicts --- */

static void is_judged_as_verify_does(void **state)
{
	(void)state;
	struct verdict verdict;

	segments_handshake(1000);
	segment(true, 1001, 5001, ACK, "abc");
	segment(true, 1001, 5001, ACK, "xyz");
	draw();
	verdict_init(&verdict);
	ladder_judge(ladder, &verdict, 0, false);
	assert_string_equal(verdict.findings[0].rule->id, "H1");
	bool conflict = false;
	for (unsigned i = 0; i < verdict.finding_count; i++)
		conflict |= !strcmp(verdict.findings[i].rule->id, "conflict");
	assert_true(conflict);
	assert_string_equal(verdict.findings[verdict.finding_count - 1].text,
			    "Still open when the capture ended.");
	ladder_judge(ladder, &verdict, 0, true);
	assert_string_equal(verdict.findings[verdict.finding_count - 1].text, "Still open.");
	verdict_free(&verdict);
}

/* --- any segments --- */

static uint32_t seed;

static uint32_t chance(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static void say_anything(uint32_t count)
{
	static const unsigned flags[] = { ACK, ACK,	  ACK,	     PUSH | ACK, ACK,
					  SYN, SYN | ACK, FIN | ACK, RST,	 ACK };

	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = chance(40), to = chance(40);

		segment(chance(2), 1000 + at, 5000 + to, flags[chance(10)],
			chance(3) ? &"data of a segment"[chance(16)] : "");
	}
}

static void each_segment_is_shown_once(void)
{
	uint32_t next = 0;

	for (uint32_t i = 0; i < ladder->row_count; i++) {
		const struct ladder_row *row = &ladder->rows[i];

		assert_in_range(row->segment, next, ladder->segment_count - 1);
		if (row->kind != ROW_SEGMENT && !ladder_row_opens(row))
			continue;
		assert_int_equal(row->segment, next);
		next += row->count;
	}
	assert_int_equal(next, ladder->segment_count);
}

/* In steps of whatever size, and grown by one packet after the other. */
static void steps_do_not_matter(void **state)
{
	(void)state;
	static char whole[1 << 16];

	for (seed = 0; seed < 60; seed++) {
		uint32_t keep = seed;

		segments_end();
		segments_begin();
		segments_handshake(1000);
		say_anything(30 + chance(60));
		draw();
		each_segment_is_shown_once();
		snprintf(whole, sizeof whole, "%s", rows());
		struct session *session = segments_unscanned();

		session_scan(session, 1, true);
		begin(session, STREAM_TCP);
		while (session_scan(session, 1, true) == SCAN_MORE)
			ladder_update(ladder, 1);
		while (ladder_update(ladder, 1))
			;
		assert_string_equal(rows(), whole);
		ladder_fold(ladder, false);
		each_segment_is_shown_once();
		seed = keep;
	}
}

/* Two datagrams as far apart as 64 bits of nanoseconds can say, in pcapng of this machine's order.
 */
static struct session *ends_of_time(void)
{
	static const uint32_t head[] = {
		0x0a0d0d0a, 28, 0x1a2b3c4d, 1,	   UINT32_MAX, UINT32_MAX, 28, /* section */
		1,	    32, 101,	    65535, 0x0008000e, 0,	   0xc0000000,
		32, /* offset: -2^62 s */
		1,	    32, 101,	    65535, 0x0008000e, 0,	   0x40000000,
		32, /* 2^62 s */
	};
	static const uint8_t datagram[28] = { 0x45, 0,	  0,   28, 0, 1, 0,   0, 64, 17,
					      0,    0,	  192, 0,  2, 1, 192, 0, 2,  2,
					      0x9c, 0x40, 0,   9,  0, 8, 0,   0 };
	struct error error;
	uint8_t bytes[sizeof head + 2 * 60], *at = bytes + sizeof head;

	memcpy(bytes, head, sizeof head);
	for (uint32_t interface = 0; interface < 2; interface++, at += 60) {
		const uint32_t packet[] = { 6, 60, interface, 0, 0, 28, 28 }, length = 60;
		memcpy(at, packet, sizeof packet);
		memcpy(at + 28, datagram, sizeof datagram);
		memcpy(at + 56, &length, sizeof length);
	}
	return scan_bytes(bytes, sizeof bytes, &error);
}

static void times_may_be_as_far_apart_as_can_be(void **state)
{
	(void)state;
	struct session *session = ends_of_time();
	struct ladder_layout layout = { 0 };

	assert_non_null(session);
	begin(session, STREAM_UDP);
	while (ladder_update(ladder, 3))
		;
	assert_int_equal(ladder->segment_count, 2);
	ladder_layout_make(&layout, ladder, 140);
	assert_int_equal(layout.room[LADDER_TIME], strlen("9223372036.854775"));
	ladder_free(ladder);
	ladder = NULL;
	session_free(session);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

UNIT_TESTS(test_ladder)
{
	const struct CMUnitTest tests[] = {
		TEST(sections_come_from_the_states),
		TEST(a_refused_connection_has_no_data),
		TEST(without_a_handshake_it_begins_with_data),
		TEST(runs_of_data_are_one_row),
		TEST(the_last_segment_stands_apart),
		TEST(few_segments_are_no_run),
		TEST(a_run_ends_where_the_other_side_speaks),
		TEST(one_run_can_be_opened),
		TEST(what_went_wrong_is_not_folded),
		TEST(much_trouble_is_one_row),
		TEST(trouble_ends_when_all_is_well_for_long),
		TEST(trouble_does_not_reach_over_silence),
		TEST(what_is_missing_in_trouble_is_part_of_it),
		TEST(missing_bytes_have_a_row),
		TEST(what_comes_later_fills_a_gap),
		TEST(a_part_that_comes_later_shortens_it),
		TEST(an_acknowledgment_shows_what_the_capture_lacks),
		TEST(what_is_missing_before_a_fin_is_data),
		TEST(finds_the_row_of_a_packet),
		TEST(goes_from_event_to_event),
		TEST(data_and_acknowledgment_answer_each_other),
		TEST(numbers_count_from_the_syn),
		TEST(sums_are_by_side),
		TEST(datagrams_are_rows_without_sections),
		TEST(is_judged_as_verify_does),
		TEST(steps_do_not_matter),
		TEST(times_may_be_as_far_apart_as_can_be),
	};
	return cmocka_run_group_tests_name("ladder", tests, NULL, NULL);
}
