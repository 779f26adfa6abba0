/* test_text_pager.c - a stream as lines, found forwards and backwards. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "support/followed.h"
#include "support/segments.h"
#include "support/unit_test.h"
#include "ui/text_pager.h"

enum { PLACES = 200000 };

static struct text_pager pager;

static void follow_all(enum follow_kind kind)
{
	begin_follow(kind);
	while (follow_update(follow, 7, true) == FOLLOW_MORE)
		;
	pager = (struct text_pager){ .follow = follow, .columns = 40, .sides = 3 };
}

/* All lines: marks as "S", "SA", "F", "R", headers as ">" and "<", and bytes as they are shown. */
static const char *lines(void)
{
	static char text[1 << 20];
	FILE *out = fmemopen(text, sizeof text, "w");
	struct text_place place;
	char line[PAGER_LINE_ROOM];
	bool missing;

	for (bool more = pager_first(&pager, &place); more; more = pager_next(&pager, &place)) {
		if (place.kind == LINE_MARK) {
			uint16_t flags = follow_mark(follow, place.at)->flags;

			fprintf(out, "%s%s%s|", flags & SYN ? "S" : "", flags & FIN ? "F" : "",
				flags & RST ? "R" : "");
		} else if (place.kind == LINE_HEADER) {
			fprintf(out, "%s|", follow_turn(follow, place.turn)->side ? "<" : ">");
		} else {
			pager_line(&pager, &place, line, &missing);
			fprintf(out, "%s|", line);
		}
	}
	fclose(out);
	return text;
}

/* The way back has the same lines as the way there, and both end. */
static void ways_are_the_same(void)
{
	static struct text_place places[PLACES];
	struct text_place place;
	uint32_t count = 0;

	for (bool more = pager_first(&pager, &place); more; more = pager_next(&pager, &place)) {
		assert_true(count < PLACES);
		if (count)
			assert_true(pager_compare(&places[count - 1], &place) < 0);
		places[count++] = place;
	}
	if (!count)
		return;
	assert_true(pager_last(&pager, &place));
	for (uint32_t i = count; i-- > 0;) {
		assert_int_equal(pager_compare(&place, &places[i]), 0);
		assert_int_equal(pager_previous(&pager, &place), i > 0);
	}
}

static void turns_have_headers_and_lines(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "GET /\r\nHost: a\r\n\r\n");
	server(1019, "OK\n");
	follow_all(FOLLOW_TCP);
	assert_string_equal(lines(), "S|S|>|GET /|Host: a||<|OK|");
	ways_are_the_same();
}

static void closing_packets_stand_where_they_came(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "hi");
	segment(true, 1003, 5001, FIN | ACK, "");
	segment(false, 5001, 1004, RST | ACK, "");
	follow_all(FOLLOW_TCP);
	assert_string_equal(lines(), "S|S|>|hi|F|R|");
	ways_are_the_same();
}

static void nothing_controls_the_terminal(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "a\033[2Jb\007c\rd\te\302\233f\342\200\256g\377h");
	follow_all(FOLLOW_TCP);
	assert_string_equal(lines(), "S|S|>|a\\x1b[2Jb·c·d   e·f·g\\xffh|");
}

static void long_lines_go_on_in_the_next(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "1234567890123456789012345678901234567890abc\nx");
	follow_all(FOLLOW_TCP);
	assert_string_equal(lines(), "S|S|>|1234567890123456789012345678901234567890|abc|x|");
	pager.columns = 20;
	assert_string_equal(lines(), "S|S|>|12345678901234567890|12345678901234567890|abc|x|");
	ways_are_the_same();
}

static void there_is_a_way_on_the_narrowest_screen(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "1日2\n\033");
	follow_all(FOLLOW_TCP);
	pager.columns = 1;
	assert_string_equal(lines(), "S|S|>|1|日|2|\\x1b|");
	ways_are_the_same();
}

static void wide_characters_are_not_torn(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "日本語\nä€");
	follow_all(FOLLOW_TCP);
	pager.columns = 5;
	assert_string_equal(lines(), "S|S|>|日本|語|ä€|");
}

static void gaps_are_lines(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "abc");
	client(1014, "def");
	server(1017, "ok");
	segment_cut(true, 1017, 5003, "cut", 1);
	follow_all(FOLLOW_TCP);
	assert_string_equal(lines(), "S|S|>|abc|⟨gap: 10 bytes not captured⟩|def|<|ok|>|c|"
				     "⟨2 bytes cut off by the capture⟩|");
	ways_are_the_same();
}

static void gaps_beside_one_another_are_one(void **state)
{
	(void)state;
	segments_handshake(1000);
	for (uint32_t i = 0; i < 300; i++)
		segment_cut(true, 1001 + 2 * i, 5001, "ab", 0);
	follow_all(FOLLOW_TCP);
	assert_string_equal(lines(), "S|S|>|⟨512 bytes cut off by the capture⟩|"
				     "⟨88 bytes cut off by the capture⟩|");
	ways_are_the_same();
}

static void one_side_can_be_shown(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "one");
	server(1004, "two");
	client(1004, "three");
	follow_all(FOLLOW_TCP);
	pager.sides = 1 << FOLLOW_OTHER;
	assert_string_equal(lines(), "S|S|<|two|");
	ways_are_the_same();
	pager.sides = 1 << FOLLOW_OPENER;
	assert_string_equal(lines(), "S|S|>|one|>|three|");
	ways_are_the_same();
}

static void hex_lines_have_sixteen_bytes(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "0123456789abcdefgh");
	follow_all(FOLLOW_TCP);
	pager.form = FORM_HEX;
	assert_non_null(strstr(lines(), "0000  30 31 32"));
	assert_non_null(strstr(lines(), "0010  67 68"));
	ways_are_the_same();
}

static void bytes_can_be_taken_for_other_alphabets(void **state)
{
	(void)state;
	static const uint8_t wide[] = "h\0\xe9\0=\xd8\x00\xde\0\xd8!\0\r\0\n\0\x1b\0[";
	static const uint8_t old[] = "\xc8\x85\x93\x93\x96\x4b\x15\xe6\x00\x2f\x25\xf1";

	segments_handshake(1000);
	segment_bytes(true, 1001, 5001, ACK, wide, sizeof wide - 1);
	segment_bytes(false, 5001, 1001 + sizeof wide - 1, ACK, old, sizeof old - 1);
	follow_all(FOLLOW_TCP);
	pager.form = FORM_UTF16;
	pager.sides = 1 << FOLLOW_OPENER;
	assert_string_equal(lines(), "S|S|>|hé😀\xef\xbf\xbd!|\\x1b\\x5b|");
	pager.form = FORM_UTF16_BE;
	assert_non_null(strstr(lines(), "栀"));
	pager.form = FORM_EBCDIC;
	pager.sides = 1 << !FOLLOW_OPENER;
	assert_string_equal(lines(), "S|S|<|Hello.|W··|1|");
	ways_are_the_same();
}

static void bytes_can_be_taken_to_programs(void **state)
{
	(void)state;
	segments_handshake(1000);
	client(1001, "0123456789 and more than one line has of either");
	follow_all(FOLLOW_TCP);
	pager.form = FORM_C;
	assert_non_null(strstr(lines(), "|0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37,|0x38, "));
	ways_are_the_same();
	pager.form = FORM_BASE64;
	assert_string_equal(
		lines(),
		"S|S|>|MDEyMzQ1Njc4OSBhbmQgbW9yZSB0aGFuIG9uZSBsaW5lIGhh|cyBvZiBlaXRoZXI=|");
	ways_are_the_same();
}

static void a_line_knows_its_packet(void **state)
{
	(void)state;
	struct text_place place;

	segments_handshake(1000);
	client(1001, "ab\n");
	client(1004, "cd\n");
	follow_all(FOLLOW_TCP);
	assert_true(pager_first(&pager, &place));
	assert_int_equal(pager_packet(&pager, &place), 1);
	assert_true(pager_last(&pager, &place));
	assert_int_equal(pager_packet(&pager, &place), 5);
	struct text_place found = pager_place_of(&pager, &(struct follow_place){ 0, 4 });
	assert_int_equal(pager_compare(&found, &place), 0);
}

static void an_empty_stream_has_no_lines(void **state)
{
	(void)state;
	struct text_place place;

	segment(true, 1001, 5001, ACK, "");
	follow_all(FOLLOW_TCP);
	assert_false(pager_first(&pager, &place));
	assert_false(pager_last(&pager, &place));
}

/* --- any bytes --- */

static uint32_t seed;

static uint32_t chance(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static uint32_t any_bytes(uint8_t *bytes, uint32_t most)
{
	uint32_t n = 1 + chance(most), kind = chance(4);

	for (uint32_t i = 0; i < n; i++)
		bytes[i] = kind == 0   ? (uint8_t)chance(256)
			   : kind == 1 ? (uint8_t)("\r\n\t\033 xä"[chance(8)])
			   : kind == 2 ? (uint8_t)(0x80 | chance(64))
				       : (uint8_t)(chance(60) ? 'a' + chance(26) : '\n');
	return n;
}

static void say_anything(void)
{
	static uint8_t bytes[9000];
	uint32_t next[2] = { 1001, 5001 };

	segments_handshake(1000);
	for (uint32_t i = 0; i < 12; i++) {
		bool from_client = chance(2);
		uint32_t *own = &next[!from_client];
		uint32_t n = any_bytes(bytes, sizeof bytes);

		if (!chance(6))
			*own += 1 + chance(9000);
		segment_bytes(from_client, *own, next[from_client], ACK, bytes, n);
		*own += n;
	}
}

static void hex_is_of_the_bytes(void)
{
	struct text_place place;
	char line[PAGER_LINE_ROOM], first[8];
	uint8_t byte;
	bool missing;

	for (bool more = pager_first(&pager, &place); more; more = pager_next(&pager, &place)) {
		if (place.kind != LINE_BODY)
			continue;
		pager_line(&pager, &place, line, &missing);
		if (missing)
			continue;
		assert_int_equal(
			follow_read(follow, follow_turn(follow, place.turn), place.at, &byte, 1),
			1);
		snprintf(first, sizeof first, "  %02x ", byte);
		assert_non_null(strstr(line, first));
		assert_memory_equal(strchr(line, ' '), first, 5);
	}
}

static void lines_are_the_same_both_ways(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 25; i++) {
		seed = i;
		stop(NULL);
		start(NULL);
		say_anything();
		follow_all(FOLLOW_TCP);
		pager.columns = (int)(10 + chance(120));
		ways_are_the_same();
		pager.form = FORM_HEX;
		ways_are_the_same();
		hex_is_of_the_bytes();
		pager.sides = 1 + chance(2);
		for (pager.form = FORM_EBCDIC; pager.form < TEXT_FORMS; pager.form++)
			ways_are_the_same();
		pager.form = FORM_TEXT;
		ways_are_the_same();
		for (const char *at = lines(); *at; at++)
			assert_true((uint8_t)*at >= 0x20 && *at != 0x7f);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

UNIT_TESTS(test_text_pager)
{
	const struct CMUnitTest tests[] = {
		TEST(turns_have_headers_and_lines),
		TEST(closing_packets_stand_where_they_came),
		TEST(nothing_controls_the_terminal),
		TEST(long_lines_go_on_in_the_next),
		TEST(there_is_a_way_on_the_narrowest_screen),
		TEST(wide_characters_are_not_torn),
		TEST(gaps_are_lines),
		TEST(gaps_beside_one_another_are_one),
		TEST(one_side_can_be_shown),
		TEST(hex_lines_have_sixteen_bytes),
		TEST(bytes_can_be_taken_for_other_alphabets),
		TEST(bytes_can_be_taken_to_programs),
		TEST(a_line_knows_its_packet),
		TEST(an_empty_stream_has_no_lines),
		TEST(lines_are_the_same_both_ways),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("text_pager", tests, NULL, NULL);
}
