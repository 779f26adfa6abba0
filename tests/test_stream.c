/* test_stream.c - segments in any order give the sender's messages, once each, and the
 * same again in every later pass. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"
#include "state/conversation.h"
#include "state/learned.h"
#include "state/reassembly.h"
#include "support/unit_test.h"

enum { MAX_PACKETS = 4000, SEEN_ROOM = 1 << 18 };

/* A capture in memory: each packet is a segment's payload. */
struct wire {
	struct { struct segment segment; bool reply; uint32_t length, sent; char bytes[64]; } packet[MAX_PACKETS];
	uint32_t count;
	struct learned *learned;
	struct dissection d;
	struct packet_source source;
	char seen[SEEN_ROOM];           /* "3<hello|" : message "hello" was shown in packet 3 */
	size_t seen_length;
};

static struct wire *wire;

static bool wire_bytes(void *owner, uint32_t number, const uint8_t **bytes, uint32_t *length)
{
	struct wire *w = owner;

	if (!number || number > w->count)
		return false;
	*bytes = (const uint8_t *)w->packet[number - 1].bytes;
	*length = w->packet[number - 1].length;
	return true;
}

/* Lines, but what begins with "*" lasts until the stream ends, and "4:abcd" is counted. */
static void line_size(struct dissection *d, const struct cursor *c, struct message_scan *scan)
{
	const uint8_t *at;
	uint32_t n = cursor_left(c);

	(void)d;
	if (!n || !cursor_peek(c, 0, n, &at))
		return;
	if (scan->offset == 0 && at[0] == '*') {
		scan->until_end = true;
		return;
	}
	if (scan->offset == 0 && at[0] >= '1' && at[0] <= '9') {
		scan->size = 2u + (uint32_t)(at[0] - '0');
		scan->known = true;
		return;
	}
	const uint8_t *end = memchr(at, '\n', n);
	if (end) {
		scan->size = scan->offset + (uint32_t)(end - at) + 1;
		scan->known = true;
	} else {
		scan->offset += n;
	}
}

static void line_dissect(struct dissection *d, struct cursor *c)
{
	uint32_t n = cursor_left(c);
	const uint8_t *text = cursor_bytes(c, n);

	assert_true(wire->seen_length + n + 16 < SEEN_ROOM);
	wire->seen_length += (size_t)sprintf(wire->seen + wire->seen_length, "%u%c", d->packet.number,
					     d->from_opener ? '>' : '<');
	for (uint32_t i = 0; i < n; i++)
		wire->seen[wire->seen_length++] = text[i] == '\n' ? '/' : (char)text[i];
	wire->seen[wire->seen_length++] = '|';
	wire->seen[wire->seen_length] = '\0';
}

static const struct field line_fields[] = { { "line", "Line", FIELD_PROTOCOL } };
static const struct dissector line_dissector = {
	.name = "line", .short_name = "LINE", .title = "Line", .fields = line_fields, .field_count = 1,
	.dissect = line_dissect, .message_size = line_size,
};

static struct segment_fate fates[MAX_PACKETS + 1];

static void segment_dissect(struct dissection *d, struct cursor *c)
{
	const struct endpoint client = { .type = ADDRESS_IPV4, .length = 4, .port = 1000, .address = { 1 } };
	const struct endpoint server = { .type = ADDRESS_IPV4, .length = 4, .port = 2000, .address = { 2 } };
	uint32_t n = d->packet.number;
	bool reply = wire->packet[n - 1].reply;

	d->from = reply ? server : client;
	d->to = reply ? client : server;
	assert_non_null(conversation_of(d, 6));
	fates[n] = stream_feed(d, &wire->packet[n - 1].segment, c, &line_dissector, NULL);
}

static const struct dissector segment_dissector = {
	.name = "segment", .short_name = "SEG", .title = "Segment", .fields = line_fields, .field_count = 1,
	.dissect = segment_dissect,
};

static void look_at(uint32_t number)
{
	struct dissection *d = &wire->d;

	d->packet = (struct packet_facts){ .number = number, .captured = wire->packet[number - 1].length,
					   .reported = wire->packet[number - 1].sent };
	d->learned = wire->learned;
	d->source = &wire->source;
	dissect_packet_as(d, &segment_dissector, (const uint8_t *)wire->packet[number - 1].bytes);
}

/* A segment on the wire, taken in by the first pass. */
static void put(bool reply, uint32_t sequence, const char *text, size_t n, const char *flags)
{
	uint32_t number = index_append(&wire->learned->index);

	assert_int_equal(number, wire->count + 1);
	assert_true(n <= sizeof wire->packet[0].bytes);
	wire->count = number;
	wire->packet[number - 1].segment = (struct segment){
		.sequence = sequence, .syn = strchr(flags, 'S'), .fin = strchr(flags, 'F'),
	};
	wire->packet[number - 1].reply = reply;
	wire->packet[number - 1].length = wire->packet[number - 1].sent = (uint32_t)n;
	memcpy(wire->packet[number - 1].bytes, text, n);
	wire->d.pen = wire->learned;
	look_at(number);
	index_publish(&wire->learned->index);
}

static void send_text(uint32_t sequence, const char *text)
{
	put(false, sequence, text, strlen(text), "");
}

static void acknowledge(uint32_t number)
{
	put(true, 1, "", 0, "");
	wire->packet[wire->count - 1].segment.ack = true;
	wire->packet[wire->count - 1].segment.acknowledged = number;
	look_at(wire->count);
}

/* What was seen; and the same must be seen by a pass that does not learn, in any order. */
static const char *seen(void)
{
	static char first[SEEN_ROOM];

	memcpy(first, wire->seen, wire->seen_length + 1);
	wire->seen_length = 0;
	wire->seen[0] = '\0';
	wire->d.pen = NULL;
	for (uint32_t n = 1; n <= wire->count; n++)
		look_at(n);
	assert_string_equal(wire->seen, first);
	for (uint32_t n = wire->count; n; n--)
		look_at(n);
	memcpy(wire->seen, first, strlen(first) + 1);
	wire->seen_length = strlen(first);
	return first;
}

static int set_up(void **state)
{
	(void)state;
	registry_build();
	wire = must_zeroed(1, sizeof *wire);
	wire->learned = learned_new();
	wire->source = (struct packet_source){ wire_bytes, wire };
	dissection_init(&wire->d);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	dissection_free(&wire->d);
	learned_free(wire->learned);
	free(wire);
	return 0;
}

static void shows_a_message_in_its_packet(void **state)
{
	(void)state;
	put(false, 99, "", 0, "S");
	send_text(100, "hello\n");
	assert_string_equal(seen(), "2>hello/|");
}

static void shows_several_messages_of_one_segment(void **state)
{
	(void)state;
	send_text(100, "a\nb\n3:xyz");
	assert_string_equal(seen(), "1>a/|1>b/|1>3:xyz|");
}

static void joins_a_message_of_several_segments_in_the_last(void **state)
{
	(void)state;
	send_text(100, "hel");
	send_text(103, "l");
	send_text(104, "o\nwor");
	send_text(109, "ld\n");
	assert_string_equal(seen(), "3>hello/|4>world/|");
	assert_true(fates[1].unfinished);
	assert_int_equal(fates[1].reassembled_in, 3);
	assert_true(fates[3].dissected && fates[3].unfinished);
	assert_int_equal(fates[3].reassembled_in, 4);
	assert_false(fates[4].unfinished);
}

static void says_where_a_message_of_unknown_size_began(void **state)
{
	(void)state;
	put(false, 99, "", 0, "S");
	send_text(100, "one\ntw");
	send_text(106, "o th");
	send_text(110, "ree");
	send_text(113, "\n");
	assert_string_equal(seen(), "2>one/|5>two three/|");
	assert_true(fates[2].begins);
	assert_null(fates[2].beginning);
	for (unsigned n = 3; n <= 4; n++) {
		assert_non_null(fates[n].beginning);
		assert_int_equal(fates[n].beginning->packet, 2);
		assert_int_equal(fates[n].beginning->start, 4);
		assert_int_equal(fates[n].beginning->length, 2);
	}
	assert_null(fates[5].beginning);
}

static void puts_segments_into_order(void **state)
{
	(void)state;
	put(false, 99, "", 0, "S");
	send_text(106, "world\n");
	send_text(103, "lo\n");
	send_text(100, "hel");
	assert_string_equal(seen(), "4>hello/|4>world/|");
	for (unsigned n = 2; n <= 3; n++) {
		assert_true(fates[n].unfinished && fates[n].part_of_message);
		assert_false(fates[n].begins || fates[n].dissected);
	}
	assert_false(fates[4].unfinished);
}

static void shows_retransmitted_bytes_once(void **state)
{
	(void)state;
	send_text(100, "one\n");
	send_text(100, "one\n");
	send_text(102, "e\ntwo\n");
	assert_string_equal(seen(), "1>one/|3>two/|");
}

static void follows_numbers_that_wrap(void **state)
{
	(void)state;
	put(false, 0xfffffffb, "", 0, "S");
	send_text(0xfffffffc, "abc");
	send_text(3, "h\n");
	send_text(0xffffffff, "defg");
	assert_string_equal(seen(), "4>abcdefgh/|");
}

static void starts_with_the_first_payload_when_the_syn_is_missing(void **state)
{
	(void)state;
	send_text(5000, "late\n");
	assert_string_equal(seen(), "1>late/|");
}

static void waits_for_a_hole_until_it_is_acknowledged(void **state)
{
	(void)state;
	send_text(100, "one\nlo");
	send_text(110, "two\n");
	send_text(114, "three\n");
	assert_string_equal(seen(), "1>one/|");
	wire->d.pen = wire->learned;
	acknowledge(120);
	send_text(120, "four\n");
	assert_string_equal(seen(), "1>one/|5>two/|5>three/|5>four/|");
}

static void ends_a_message_with_the_stream(void **state)
{
	(void)state;
	send_text(100, "*until");
	put(false, 106, " the end", 8, "F");
	assert_string_equal(seen(), "2>*until the end|");
}

static void ends_it_with_a_fin_of_its_own(void **state)
{
	(void)state;
	send_text(100, "*abc");
	put(false, 104, "", 0, "F");
	assert_string_equal(seen(), "2>*abc|");
}

static void takes_a_fin_that_came_early(void **state)
{
	(void)state;
	send_text(100, "*a");
	put(false, 104, "de", 2, "F");
	send_text(102, "bc");
	assert_string_equal(seen(), "3>*abcde|");
}

static void keeps_directions_apart(void **state)
{
	(void)state;
	send_text(100, "as");
	put(true, 100, "bu", 2, "");
	send_text(102, "k\n");
	put(true, 102, "t\n", 2, "");
	assert_string_equal(seen(), "3>ask/|4<but/|");
}

/* Any cutting, order and repetition of the same bytes gives the same messages. */
static void any_segmentation_gives_the_same_messages(void **state)
{
	enum { ROUNDS = 60, TEXT = 3000, WINDOW = 400 };
	(void)state;
	for (unsigned round = 1; round <= ROUNDS; round++) {
		char text[TEXT + 1], want[3 * TEXT], got[3 * TEXT];
		size_t n = 0, wanted = 0, had = 0;

		srand(round);
		while (n < TEXT - 64) {
			size_t length = (size_t)(rand() % 60);
			for (size_t i = 0; i < length; i++)
				want[wanted++] = text[n++] = (char)('a' + rand() % 26);
			text[n++] = '\n';
			want[wanted++] = '/';
			want[wanted++] = '|';
		}
		want[wanted] = '\0';
		put(false, 999, "", 0, "S");
		/* Everything is sent in bursts that reach back and ahead; then once more in order. */
		for (size_t base = 0; base < n; base += WINDOW / 4) {
			for (unsigned i = 0; i < 12; i++) {
				size_t at = base + (size_t)(rand() % WINDOW), size = 1 + (size_t)(rand() % 60);
				if (at + size <= n)
					put(false, (uint32_t)(1000 + at), text + at, size, "");
			}
		}
		for (size_t at = 0; at < n; at += 60)
			put(false, (uint32_t)(1000 + at), text + at, n - at < 60 ? n - at : 60, "");
		const char *all = seen();
		for (const char *p = all; *p; p++) {
			p = strchr(p, '>');
			for (p++; *p != '|'; p++)
				got[had++] = *p;
			got[had++] = '|';
		}
		got[had] = '\0';
		assert_string_equal(got, want);
		tear_down(NULL);
		set_up(NULL);
	}
}

UNIT_TESTS(test_stream)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(shows_a_message_in_its_packet, set_up, tear_down),
		cmocka_unit_test_setup_teardown(shows_several_messages_of_one_segment, set_up, tear_down),
		cmocka_unit_test_setup_teardown(joins_a_message_of_several_segments_in_the_last, set_up, tear_down),
		cmocka_unit_test_setup_teardown(says_where_a_message_of_unknown_size_began, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(puts_segments_into_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(shows_retransmitted_bytes_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(follows_numbers_that_wrap, set_up, tear_down),
		cmocka_unit_test_setup_teardown(starts_with_the_first_payload_when_the_syn_is_missing, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(waits_for_a_hole_until_it_is_acknowledged, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ends_a_message_with_the_stream, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ends_it_with_a_fin_of_its_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(takes_a_fin_that_came_early, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeps_directions_apart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(any_segmentation_gives_the_same_messages, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("stream", tests, NULL, NULL);
}
