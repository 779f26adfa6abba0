/* verify_tcp.c - a verdict on each TCP connection: one more pass over the packets that have TCP. */
#include <stdlib.h>
#include <string.h>

#include "base/bitmap.h"
#include "dissect/path.h"
#include "dissect/registry.h"
#include "session/tcp_verdict.h"
#include "session/verify.h"
#include "state/conversation.h"

enum { EVENTS = 8, SENT_KEPT = 4096 };

/* Payload that was sent, to compare with when it is sent again. */
struct sent {
	uint32_t sequence, length, packet;
};

struct sent_list {
	struct sent *rows; /* the latest, in the order of packets */
	uint32_t count, room;
};

struct connection {
	struct tcp_life life;
	struct sent_list sent[2]; /* by tcp_event.from_client */
};

struct verify_tcp {
	struct verify_run *run;
	struct tcp_event_reader reader;
	struct view_port port, earlier; /* earlier: of the packet that sent the same bytes before */
	struct connection **connections; /* by stream; NULL: no packet of it yet */
	uint32_t room;
};

static struct connection *connection_of(struct verify_tcp *t, uint32_t stream)
{
	if (stream >= t->room) {
		uint32_t room = t->room ? t->room : 256;
		while (room <= stream)
			room = room <= UINT32_MAX / 2 ? room * 2 : UINT32_MAX;
		t->connections = must_resize(t->connections, room, sizeof *t->connections);
		memset(t->connections + t->room, 0, (room - t->room) * sizeof *t->connections);
		t->room = room;
	}
	struct connection **connection = &t->connections[stream];
	if (!*connection) {
		*connection = must_zeroed(1, sizeof **connection);
		tcp_life_begin(&(*connection)->life, stream);
	}
	return *connection;
}

/* --- bytes that are sent again --- */

static void keep_sent(struct sent_list *list, const struct tcp_event *event)
{
	if (list->count == SENT_KEPT) {
		list->count /= 2;
		memmove(list->rows, list->rows + list->count, list->count * sizeof *list->rows);
	}
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 4;
		list->rows = must_resize(list->rows, list->room, sizeof *list->rows);
	}
	list->rows[list->count++] = (struct sent){ event->sequence, event->length, event->packet };
}

/* The payload of that packet's segment of the same stream. */
static bool read_earlier(struct verify_tcp *t, const struct sent *sent, uint32_t stream,
			 struct tcp_event *found)
{
	struct tcp_event events[EVENTS];

	t->earlier.d.wanted_fields = t->reader.wanted;
	if (!view_port_dissect(&t->earlier, sent->packet, WANT_FIELDS))
		return false;
	unsigned count = tcp_events_read(&t->reader, &t->earlier.d, events, EVENTS);
	for (unsigned i = 0; i < count; i++) {
		if (events[i].stream == stream && events[i].sequence == sent->sequence) {
			*found = events[i];
			return true;
		}
	}
	return false;
}

/* Where the two differ in the bytes that both hold; false: nowhere. */
static bool differ(const struct tcp_event *a, const struct tcp_event *b, uint32_t *start,
		   uint32_t *length)
{
	uint32_t into_a = 0, into_b = 0;
	int32_t shift = (int32_t)(b->sequence - a->sequence);

	if (shift >= 0)
		into_a = (uint32_t)shift;
	else
		into_b = 0u - (uint32_t)shift;
	if (into_a >= a->payload_held || into_b >= b->payload_held)
		return false;
	uint32_t n = a->payload_held - into_a < b->payload_held - into_b ? a->payload_held - into_a
									 : b->payload_held - into_b;
	const uint8_t *p = a->payload + into_a, *q = b->payload + into_b;
	uint32_t first = 0, last = n;
	while (first < n && p[first] == q[first])
		first++;
	if (first == n)
		return false;
	while (p[last - 1] == q[last - 1])
		last--;
	*start = a->sequence + into_a + first;
	*length = last - first;
	return true;
}

/* The status of a segment's checksum, or UINT64_MAX. */
static uint64_t checksum_status(struct verify_tcp *t, const struct tcp_event *event)
{
	const struct dissection *d = &t->earlier.d;
	int stream = registry_field_named("tcp.stream"),
	    status = registry_field_named("tcp.checksum.status");
	bool found = false;

	t->earlier.d.wanted_fields = NULL;
	if (!view_port_dissect(&t->earlier, event->packet, WANT_FIELDS))
		return UINT64_MAX;
	for (uint32_t n = 0; n < d->node_count; n++) {
		if (d->nodes[n].field == stream)
			found = d->nodes[n].value.number == event->stream;
		else if (found && d->nodes[n].field == status)
			return d->nodes[n].value.number;
	}
	return UINT64_MAX;
}

static bool overlap(const struct sent *sent, const struct tcp_event *event)
{
	int32_t from = (int32_t)(event->sequence - sent->sequence);

	return from < 0 ? 0u - (uint32_t)from < event->length : (uint32_t)from < sent->length;
}

static void compare_resent(struct verify_tcp *t, struct connection *connection,
			   const struct tcp_event *event)
{
	const struct sent_list *list = &connection->sent[event->from_client];
	struct tcp_event before;
	struct tcp_conflict conflict = { .second_packet = event->packet,
					 .from_client = event->from_client };

	for (uint32_t i = list->count; i-- > 0;) {
		if (!overlap(&list->rows[i], event) ||
		    !read_earlier(t, &list->rows[i], connection->life.stream, &before))
			continue;
		/* One of the two was damaged on its way, and the receiver knew it. */
		if (differ(&before, event, &conflict.start, &conflict.length) &&
		    checksum_status(t, &before) == checksum_status(t, event)) {
			conflict.first_packet = before.packet;
			tcp_life_note_conflict(&connection->life, &conflict);
		}
		return;
	}
}

static void take_payload(struct verify_tcp *t, struct connection *connection,
			 const struct tcp_event *event)
{
	uint32_t resent = TCP_FOUND_RETRANSMISSION | TCP_FOUND_FAST_RETRANSMISSION |
			  TCP_FOUND_SPURIOUS | TCP_FOUND_OUT_OF_ORDER;

	if (!event->length || event->findings & TCP_FOUND_KEEP_ALIVE)
		return;
	if (event->findings & resent)
		compare_resent(t, connection, event);
	keep_sent(&connection->sent[event->from_client], event);
}

/* --- the pass --- */

/* The ends of the segment, which the conversation knows in the order of its opening. */
static void take_event(struct verify_tcp *t, const struct tcp_event *event)
{
	const struct conversation *talk =
		conversation_numbered(session_learned(t->run->session), 6, event->stream);
	const uint8_t *chosen = t->run->verdict.chosen;

	if (!talk)
		return;
	struct connection *connection = connection_of(t, event->stream);
	bool opener = talk->opener.port == event->source_port &&
		      (talk->opener.port != talk->other.port || t->port.d.from_opener);
	tcp_life_take(&connection->life, event, opener ? &talk->opener : &talk->other,
		      opener ? &talk->other : &talk->opener);
	take_payload(t, connection, event);
	if (!chosen || bitmap_has(chosen, event->packet))
		connection->life.chosen = true;
}

static void take_packet(struct verify_tcp *t, uint32_t number)
{
	struct tcp_event events[EVENTS];

	t->port.d.wanted_fields = t->reader.wanted;
	if (!view_port_dissect(&t->port, number, WANT_FIELDS))
		return;
	unsigned count = tcp_events_read(&t->reader, &t->port.d, events, EVENTS);
	for (unsigned i = 0; i < count; i++)
		if (events[i].stream != UINT32_MAX)
			take_event(t, &events[i]);
}

static void take_all(struct verify_tcp *t)
{
	const struct packet_index *index = &session_learned(t->run->session)->index;
	uint32_t count = session_packet_count(t->run->session);

	for (uint32_t n = 1; n <= count; n++) {
		const struct tcp_note *note = index_tcp_note_of(index, n);
		if (note && note->bits)
			take_packet(t, n);
	}
}

static void tell_all(struct verify_tcp *t)
{
	struct verdict *v = &t->run->verdict;
	struct tcp_capture capture = {
		.last_ns = t->run->last_ns,
		.patience_ns = VERIFY_PATIENCE_NS,
		.lost = t->run->lost,
	};

	for (uint32_t i = 0; i < t->room && !t->run->stopped; i++) {
		struct connection *connection = t->connections[i];
		if (!connection || !connection->life.chosen)
			continue;
		verdict_begin(v, i);
		tcp_verdict_make(v, &connection->life, &capture);
		v->has_chosen = true;
		verify_tell(t->run);
	}
}

static void free_all(struct verify_tcp *t)
{
	for (uint32_t i = 0; i < t->room; i++) {
		struct connection *connection = t->connections[i];
		if (!connection)
			continue;
		tcp_life_free(&connection->life);
		free(connection->sent[0].rows);
		free(connection->sent[1].rows);
		free(connection);
	}
	free(t->connections);
}

static void verify_tcp(struct verify_run *run)
{
	struct verify_tcp t = { .run = run };

	tcp_event_reader_init(&t.reader);
	view_port_init(&t.port, run->session);
	view_port_init(&t.earlier, run->session);
	take_all(&t);
	tell_all(&t);
	free_all(&t);
	view_port_free(&t.earlier);
	view_port_free(&t.port);
	tcp_event_reader_free(&t.reader);
}

const struct verify_kind verify_tcp_kind = {
	.name = "tcp",
	.subject = "stream",
	.subjects = "streams",
	.rules = tcp_rules,
	.run = verify_tcp,
};
