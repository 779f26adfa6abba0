/* test_tcp_segment.c - what TCP tells of its segments is what it shows of them, in each pass and in
 * every capture. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/capture_file.h"
#include "session/session.h"
#include "session/tcp_event.h"
#include "support/dissect_hex.h"
#include "support/unit_test.h"

enum { EVENTS = 8, EVENTS_KEPT = 1 << 16 };

struct told {
	struct tcp_event events[EVENTS_KEPT];
	uint32_t count;
};

static void keep(void *owner, const struct dissection *d)
{
	struct told *told = owner;

	assert_in_range(told->count, 0, EVENTS_KEPT - EVENTS);
	told->count += tcp_events_of(d, told->events + told->count, EVENTS);
}

/* What no later segment changes, as numbers do that are relative, and windows that are scaled. */
static void assert_same(const struct tcp_event *now, const struct tcp_event *later)
{
	assert_int_equal(now->packet, later->packet);
	assert_int_equal(now->time_ns, later->time_ns);
	assert_int_equal(now->stream, later->stream);
	assert_int_equal(now->from_client, later->from_client);
	assert_int_equal(now->from_opener, later->from_opener);
	assert_int_equal(now->source_port, later->source_port);
	assert_int_equal(now->destination_port, later->destination_port);
	assert_int_equal(now->sequence, later->sequence);
	assert_int_equal(now->acknowledgment, later->acknowledgment);
	assert_int_equal(now->length, later->length);
	assert_int_equal(!now->window, !later->window);
	assert_int_equal(now->flags, later->flags);
	assert_int_equal(now->findings, later->findings);
	assert_int_equal(now->acks_packet, later->acks_packet);
	assert_int_equal(now->ack_rtt_ns, later->ack_rtt_ns);
	assert_int_equal(now->mss, later->mss);
	assert_int_equal(now->has_scale, later->has_scale);
	assert_int_equal(now->sack_permitted, later->sack_permitted);
	assert_int_equal(now->fast_open_cookie, later->fast_open_cookie);
	assert_int_equal(now->is_cut, later->is_cut);
	assert_int_equal(now->client, later->client);
	assert_int_equal(now->server, later->server);
	assert_int_equal(now->payload_held, later->payload_held);
}

/* Told beside its fields, of which a cut header has not all. */
static void assert_shown(const struct dissection *d, const struct tcp_event *event)
{
	assert_uint_field(d, "tcp.stream", event->stream);
	assert_uint_field(d, "tcp.srcport", event->source_port);
	assert_uint_field(d, "tcp.dstport", event->destination_port);
	assert_uint_field(d, "tcp.seq_raw", event->sequence);
	assert_uint_field(d, "tcp.seq", event->relative_sequence);
	assert_uint_field(d, "tcp.ack_raw", event->acknowledgment);
	assert_uint_field(d, "tcp.ack", event->relative_acknowledgment);
	assert_uint_field(d, "tcp.len", event->length);
	assert_uint_field(d, "tcp.flags", event->flags);
	assert_uint_field(d, "tcp.window_size", event->window);
	assert_uint_field(d, "peel.tcp.from_client", event->from_client);
	assert_int_equal(has_node(d, "tcp.options.sack_perm"), event->sack_permitted);
	assert_int_equal(has_node(d, "tcp.options.wscale.shift"), event->has_scale);
	assert_int_equal(has_node(d, "tcp.options.tfo.cookie"), event->fast_open_cookie);
	assert_int_equal(has_node(d, "tcp.options.sack"), event->has_sack);
	if (event->mss)
		assert_uint_field(d, "tcp.options.mss_val", event->mss);
	if (has_node(d, "tcp.options.sack_le")) {
		assert_uint_field(d, "tcp.options.sack_le", event->sack_left);
		assert_uint_field(d, "tcp.options.sack_re", event->sack_right);
	}
	if (event->acks_packet) {
		assert_uint_field(d, "tcp.analysis.acks_frame", event->acks_packet);
		assert_uint_field(d, "tcp.analysis.ack_rtt", (uint64_t)event->ack_rtt_ns);
	}
	assert_int_equal(has_node(d, "tcp.payload"), event->payload_held > 0);
	if (event->payload_held)
		assert_memory_equal(node_named(d, "tcp.payload", 0)->value.bytes, event->payload,
				    event->payload_held);
}

static struct session *scan(const char *path, struct told *told)
{
	struct error error;
	struct capture_file *file = capture_file_open(path, &error);

	assert_non_null(file);
	struct session *session = session_new(file);
	session_watch(session, keep, told);
	while (session_scan(session, 1000, true) == SCAN_MORE)
		;
	return session;
}

static void compare(struct session *session, const struct told *told)
{
	uint32_t n = 0;
	struct view_port port;
	struct tcp_event events[EVENTS];

	view_port_init(&port, session);
	port.d.tells_segments = true;
	for (uint32_t number = 1; number <= session_packet_count(session); number++) {
		assert_true(view_port_dissect(&port, number, WANT_FIELDS));
		unsigned count = tcp_events_of(&port.d, events, EVENTS);
		for (unsigned i = 0; i < count; i++, n++)
			assert_same(&told->events[n], &events[i]);
		if (count == 1 && count_nodes(&port.d, "tcp.srcport") == 1 && !events[0].is_cut)
			assert_shown(&port.d, &events[0]);
	}
	assert_int_equal(n, told->count);
	view_port_free(&port);
}

static void is_told_as_it_is_shown(void **state)
{
	(void)state;
	const char *srcdir = getenv("srcdir");
	char pattern[4096];
	glob_t found;
	uint32_t segments = 0;
	struct told *told = malloc(sizeof *told);

	assert_non_null(told);
	snprintf(pattern, sizeof pattern, "%s/captures/*.pcap*", srcdir ? srcdir : ".");
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		told->count = 0;
		struct session *session = scan(found.gl_pathv[i], told);
		compare(session, told);
		session_free(session);
		segments += told->count;
	}
	assert_true(segments > 1000);
	globfree(&found);
	free(told);
}

UNIT_TESTS(test_tcp_segment)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_told_as_it_is_shown),
	};
	return cmocka_run_group_tests_name("tcp_segment", tests, NULL, NULL);
}
