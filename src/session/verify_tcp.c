/* verify_tcp.c - a verdict on each TCP connection: one more pass over the packets that have TCP. */
#include <stdlib.h>
#include <string.h>

#include "base/bitmap.h"
#include "dissect/path.h"
#include "session/tcp_connection.h"
#include "session/tcp_verdict.h"
#include "session/verify.h"

enum { EVENTS = 8 };

struct verify_tcp {
	struct verify_run *run;
	struct tcp_event_reader reader;
	struct view_port port;
	struct tcp_witness witness;
	struct tcp_connection **connections; /* by stream; NULL: no packet of it yet */
	uint32_t room;
};

static struct tcp_connection *connection_of(struct verify_tcp *t, uint32_t stream)
{
	if (stream >= t->room) {
		uint32_t room = t->room ? t->room : 256;
		while (room <= stream)
			room = room <= UINT32_MAX / 2 ? room * 2 : UINT32_MAX;
		t->connections = must_resize(t->connections, room, sizeof *t->connections);
		memset(t->connections + t->room, 0, (room - t->room) * sizeof *t->connections);
		t->room = room;
	}
	struct tcp_connection **connection = &t->connections[stream];
	if (!*connection) {
		*connection = must_zeroed(1, sizeof **connection);
		tcp_connection_begin(*connection, stream);
	}
	return *connection;
}

/* The ends of the segment, which the conversation knows in the order of its opening. */
static void take_event(struct verify_tcp *t, const struct tcp_event *event)
{
	const struct conversation *talk =
		conversation_numbered(session_learned(t->run->session), 6, event->stream);
	const uint8_t *chosen = t->run->verdict.chosen;

	if (!talk)
		return;
	struct tcp_connection *connection = connection_of(t, event->stream);
	tcp_connection_take(connection, &t->witness, event, talk, t->port.d.from_opener);
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
		struct tcp_connection *connection = t->connections[i];
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
		struct tcp_connection *connection = t->connections[i];
		if (!connection)
			continue;
		tcp_connection_free(connection);
		free(connection);
	}
	free(t->connections);
}

static void verify_tcp(struct verify_run *run)
{
	struct verify_tcp t = { .run = run };

	tcp_event_reader_init(&t.reader);
	view_port_init(&t.port, run->session);
	tcp_witness_init(&t.witness, run->session, &t.reader);
	take_all(&t);
	tell_all(&t);
	free_all(&t);
	tcp_witness_free(&t.witness);
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
