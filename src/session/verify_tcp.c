/* verify_tcp.c - a verdict on each TCP connection, whose segments it watches in the first pass. */
#include <stdlib.h>
#include <string.h>

#include "base/bitmap.h"
#include "session/tcp_connection.h"
#include "session/tcp_verdict.h"
#include "session/verify.h"

enum { EVENTS = 8 };

struct verify_tcp {
	struct session *session;
	struct tcp_witness witness;
	struct view_port rejections;
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

static void take_packet(void *owner, const struct dissection *d)
{
	struct verify_tcp *t = owner;
	struct tcp_event events[EVENTS];
	unsigned count = tcp_events_of(d, events, EVENTS);

	for (unsigned i = 0; i < count; i++) {
		const struct conversation *talk =
			conversation_numbered(session_learned(t->session), 6, events[i].stream);
		if (talk)
			tcp_connection_take(connection_of(t, events[i].stream), &t->witness,
					    &events[i], talk);
	}
}

/* Which connections have packets that were asked for. */
static void choose(struct verify_tcp *t, const uint8_t *chosen)
{
	struct tcp_event events[EVENTS];
	struct view_port *port = &t->witness.port;
	uint32_t packets = session_packet_count(t->session);

	for (uint32_t n = 1; n <= packets; n++) {
		if (!bitmap_has(chosen, n) || !tcp_witness_read(&t->witness, n))
			continue;
		unsigned count = tcp_events_of(&port->d, events, EVENTS);
		for (unsigned i = 0; i < count; i++)
			connection_of(t, events[i].stream)->life.chosen = true;
	}
}

static void tell_all(struct verify_tcp *t, struct verify_run *run)
{
	struct verdict *v = &run->verdict;
	struct tcp_capture capture = {
		.last_ns = run->last_ns,
		.patience_ns = VERIFY_PATIENCE_NS,
		.lost = run->lost,
	};

	for (uint32_t i = 0; i < t->room && !run->stopped; i++) {
		struct tcp_connection *connection = t->connections[i];
		if (!connection || !(connection->life.chosen || !v->chosen))
			continue;
		const struct conversation *talk =
			conversation_numbered(session_learned(t->session), 6, i);
		struct tcp_rejection rejection = tcp_rejection_of(talk, &t->rejections);
		verdict_begin(v, i);
		tcp_verdict_make(v, &connection->life, &capture, &rejection);
		v->has_chosen = true;
		verify_tell(run);
	}
}

static void *watch(struct session *session)
{
	struct verify_tcp *t = must_zeroed(1, sizeof *t);

	t->session = session;
	tcp_witness_init(&t->witness, session);
	view_port_init(&t->rejections, session);
	session_watch(session, take_packet, t);
	return t;
}

static void verify_tcp(struct verify_run *run)
{
	struct verify_tcp *t = run->watched;

	if (run->verdict.chosen)
		choose(t, run->verdict.chosen);
	tell_all(t, run);
}

static void forget(void *watched)
{
	struct verify_tcp *t = watched;

	session_watch(t->session, NULL, NULL);
	for (uint32_t i = 0; i < t->room; i++) {
		if (t->connections[i])
			tcp_connection_free(t->connections[i]);
		free(t->connections[i]);
	}
	free(t->connections);
	tcp_witness_free(&t->witness);
	view_port_free(&t->rejections);
	free(t);
}

const struct verify_kind verify_tcp_kind = {
	.name = "tcp",
	.subject = "stream",
	.subjects = "streams",
	.rules = tcp_rules,
	.watch = watch,
	.forget = forget,
	.run = verify_tcp,
};
