/* tcp_connection.c - keeps where bytes were sent, and compares them when they are sent again. */
#include "session/tcp_connection.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/sequence.h"
#include "dissect/path.h"
#include "dissect/registry.h"

enum { EVENTS = 8, SENT_KEPT = 4096, EXCERPT_BEFORE = 8 };

void tcp_witness_init(struct tcp_witness *witness, struct session *session)
{
	view_port_init(&witness->port, session);
	witness->port.d.tells_segments = true;
}

/* One bit for each layer of such a stack that is TCP's: those behind the last one are not looked
 * at. */
static uint64_t layers_of(const struct path_table *paths, uint16_t path)
{
	uint64_t layers = 0;

	if (path_table_is_cut(paths))
		return UINT64_MAX;
	for (; path != PATH_NONE; path = path_parent(paths, path)) {
		if (path_is_mention(paths, path))
			continue;
		if (layers >> 63)
			return UINT64_MAX;
		layers = layers << 1 | !strcmp(path_name(paths, path), "tcp");
	}
	return layers ? layers : 1;
}

static bool read_layers(struct tcp_witness *witness, uint32_t packet, unsigned wants)
{
	const struct learned *learned = session_learned(witness->port.session);
	const struct index_block *block = index_block_of(&learned->index, packet);

	witness->port.d.wanted_layers = layers_of(learned->paths, block->path[index_slot(packet)]);
	return view_port_dissect(&witness->port, packet, wants);
}

bool tcp_witness_read(struct tcp_witness *witness, uint32_t packet)
{
	return read_layers(witness, packet, 0);
}

void tcp_witness_free(struct tcp_witness *witness)
{
	view_port_free(&witness->port);
}

void tcp_connection_begin(struct tcp_connection *connection, uint32_t stream)
{
	*connection = (struct tcp_connection){ 0 };
	tcp_life_begin(&connection->life, stream);
}

void tcp_connection_free(struct tcp_connection *connection)
{
	tcp_life_free(&connection->life);
	free(connection->sent[0].rows);
	free(connection->sent[1].rows);
}

static void keep_sent(struct tcp_sent_list *list, const struct tcp_event *event)
{
	if (list->count == SENT_KEPT) {
		list->count /= 2;
		memmove(list->rows, list->rows + list->count, list->count * sizeof *list->rows);
	}
	if (list->count == list->room)
		list->rows = must_grow(list->rows, &list->room, 4, sizeof *list->rows);
	list->rows[list->count++] =
		(struct tcp_sent){ event->sequence, event->length, event->packet };
}

/* The payload of that packet's segment of the same stream. */
static bool read_earlier(struct tcp_witness *witness, const struct tcp_sent *sent, uint32_t stream,
			 struct tcp_event *found)
{
	struct tcp_event events[EVENTS];

	if (!tcp_witness_read(witness, sent->packet))
		return false;
	unsigned count = tcp_events_of(&witness->port.d, events, EVENTS);
	for (unsigned i = 0; i < count; i++) {
		if (events[i].stream == stream && events[i].sequence == sent->sequence) {
			*found = events[i];
			return true;
		}
	}
	return false;
}

static struct tcp_excerpt excerpt(const uint8_t *bytes, uint32_t n, uint32_t first)
{
	struct tcp_excerpt text = { 0 };
	uint32_t from = first < EXCERPT_BEFORE ? 0 : first - EXCERPT_BEFORE;

	text.begins_before = from != 0;
	text.goes_on = n - from > sizeof text.bytes;
	text.count = (uint8_t)(text.goes_on ? sizeof text.bytes : n - from);
	memcpy(text.bytes, bytes + from, text.count);
	return text;
}

/* Where the two differ in the bytes that both hold; false: nowhere. */
static bool differ(const struct tcp_event *a, const struct tcp_event *b,
		   struct tcp_conflict *conflict)
{
	uint32_t into_a = 0, into_b = 0;
	int32_t shift = sequence_distance(a->sequence, b->sequence);

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
	conflict->start = a->sequence + into_a + first;
	conflict->length = last - first;
	conflict->versions[0] = excerpt(p, n, first);
	conflict->versions[1] = excerpt(q, n, first);
	return true;
}

/* The status of a segment's checksum, or UINT64_MAX. */
static uint64_t checksum_status(struct tcp_witness *witness, const struct tcp_event *event)
{
	const struct dissection *d = &witness->port.d;
	int stream = registry_field_named("tcp.stream"),
	    status = registry_field_named("tcp.checksum.status");
	bool found = false;

	if (!read_layers(witness, event->packet, WANT_FIELDS))
		return UINT64_MAX;
	for (uint32_t n = 0; n < d->node_count; n++) {
		if (d->nodes[n].field == stream)
			found = d->nodes[n].value.number == event->stream;
		else if (found && d->nodes[n].field == status)
			return d->nodes[n].value.number;
	}
	return UINT64_MAX;
}

static bool overlap(const struct tcp_sent *sent, const struct tcp_event *event)
{
	/* Both are compared, as a branch that nobody can foretell costs more. */
	return (event->sequence - sent->sequence < sent->length) |
	       (sent->sequence - event->sequence < event->length);
}

static void compare_resent(struct tcp_witness *witness, struct tcp_connection *connection,
			   const struct tcp_event *event)
{
	const struct tcp_sent_list *list = &connection->sent[event->from_client];
	struct tcp_event before;
	struct tcp_conflict conflict = { .second_packet = event->packet,
					 .from_client = event->from_client };

	for (uint32_t i = list->count; i-- > 0;) {
		if (!overlap(&list->rows[i], event) ||
		    !read_earlier(witness, &list->rows[i], connection->life.stream, &before))
			continue;
		/* One of the two was damaged on its way, and the receiver knew it. */
		if (differ(&before, event, &conflict) &&
		    checksum_status(witness, &before) == checksum_status(witness, event)) {
			conflict.first_packet = before.packet;
			tcp_life_note_conflict(&connection->life, &conflict);
		}
		return;
	}
}

static void take_payload(struct tcp_witness *witness, struct tcp_connection *connection,
			 const struct tcp_event *event)
{
	uint32_t resent = TCP_FOUND_RETRANSMISSION | TCP_FOUND_FAST_RETRANSMISSION |
			  TCP_FOUND_SPURIOUS | TCP_FOUND_OUT_OF_ORDER;

	/* The first conflict is told, others change nothing. */
	if (!event->length || event->findings & TCP_FOUND_KEEP_ALIVE ||
	    connection->life.conflict_count)
		return;
	if (event->findings & resent)
		compare_resent(witness, connection, event);
	keep_sent(&connection->sent[event->from_client], event);
}

void tcp_connection_take(struct tcp_connection *connection, struct tcp_witness *witness,
			 const struct tcp_event *event, const struct conversation *talk)
{
	bool opener = event->from_opener;

	tcp_life_take(&connection->life, event, opener ? &talk->opener : &talk->other,
		      opener ? &talk->other : &talk->opener);
	take_payload(witness, connection, event);
}
