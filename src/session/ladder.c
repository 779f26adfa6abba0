/* ladder.c - takes in the packets of a conversation one after the other. */
#include "session/ladder.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bitmap.h"
#include "base/time.h"
#include "dissect/registry.h"
#include "ladder_parts.h"
#include "session/tcp_verdict.h"
#include "session/verify.h"

enum { EVENTS = 8, TIMES_AT_ONCE = 1 << 20 };

/* --- making and freeing --- */

static void want_udp(struct ladder_work *work)
{
	int field = registry_field_named("udp.length");

	work->wanted = must_zeroed(registry_field_count() / 8 + 1, 1);
	work->udp_length_field = field < 0 ? UINT32_MAX : (uint32_t)field;
	if (field >= 0)
		bitmap_add(work->wanted, (uint32_t)field);
}

struct ladder *ladder_new(struct session *session, uint8_t protocol, uint32_t stream)
{
	struct stream_list list;

	if (!stream_list_open(&list, session, protocol, stream))
		return NULL;
	struct ladder *ladder = must_zeroed(1, sizeof *ladder);
	struct ladder_work *work = must_zeroed(1, sizeof *work);

	*ladder = (struct ladder){ .session = session,
				   .list = list,
				   .protocol = protocol,
				   .client_is_opener = true,
				   .folds = true,
				   .work = work };
	want_udp(work);
	view_port_init(&work->port, session);
	view_port_init(&work->words, session);
	work->port.d.tells_segments = work->words.d.tells_segments = true;
	tcp_witness_init(&work->witness, session);
	tcp_connection_begin(&work->connection, stream);
	work->last_ns = INT64_MIN;
	return ladder;
}

void ladder_free(struct ladder *ladder)
{
	if (!ladder)
		return;
	struct ladder_work *work = ladder->work;

	tcp_connection_free(&work->connection);
	tcp_witness_free(&work->witness);
	view_port_free(&work->words);
	view_port_free(&work->port);
	free(work->wanted);
	free(work);
	stream_list_free(&ladder->list);
	free(ladder->segments);
	free(ladder->gaps);
	free(ladder->rows);
	free(ladder);
}

/* --- reading --- */

static bool read_datagram(const struct ladder *ladder, const struct dissection *d,
			  struct tcp_event *event)
{
	*event = (struct tcp_event){ .packet = d->packet.number,
				     .time_ns = d->packet.time_ns,
				     .stream = ladder->list.talk->stream,
				     .from_client = d->from_opener };
	for (uint32_t n = 0; n < d->node_count; n++)
		if (d->nodes[n].field == ladder->work->udp_length_field)
			event->length = (uint32_t)d->nodes[n].value.number;
	event->length -= event->length < 8 ? event->length : 8;
	return true;
}

/* The event of the packet that belongs to this conversation. */
static bool read_event(const struct ladder *ladder, const struct dissection *d,
		       struct tcp_event *event)
{
	struct tcp_event events[EVENTS];

	if (ladder->protocol != STREAM_TCP)
		return read_datagram(ladder, d, event);
	unsigned count = tcp_events_of(d, events, EVENTS);
	for (unsigned i = 0; i < count; i++) {
		if (events[i].stream != ladder->list.talk->stream || events[i].has_ports_only)
			continue;
		*event = events[i];
		return true;
	}
	return false;
}

bool ladder_read(struct ladder *ladder, uint32_t segment, struct tcp_event *event,
		 const struct dissection **d)
{
	struct view_port *port = &ladder->work->words;

	port->d.wanted_fields = ladder->work->wanted;
	*d = &port->d;
	return view_port_dissect(port, ladder->segments[segment].packet,
				 WANT_FIELDS | WANT_COLUMNS) &&
	       read_event(ladder, &port->d, event);
}

/* --- taking in --- */

static bool both_are_in(const struct tcp_event *event, enum tcp_state state)
{
	return event->client == state && event->server == state;
}

static bool is_opening(uint8_t state)
{
	return state == TCP_CLOSED || state == TCP_LISTEN || state == TCP_SYN_SENT ||
	       state == TCP_SYN_RECEIVED;
}

static bool is_closing(enum tcp_state state)
{
	return state == TCP_CLOSED || state >= TCP_FIN_WAIT_1;
}

static enum ladder_phase phase_of(const struct ladder *ladder, const struct tcp_event *event)
{
	const struct ladder_segment *last =
		ladder->segment_count ? &ladder->segments[ladder->segment_count - 1] : NULL;

	if (ladder->protocol != STREAM_TCP)
		return PHASE_DATA;
	if (event->flags & TCP_BIT_RST)
		return PHASE_CLOSE;
	if (event->flags & TCP_BIT_SYN)
		return PHASE_HANDSHAKE;
	if (is_closing(event->client) || is_closing(event->server))
		return event->flags & TCP_BIT_FIN || (last && last->phase == PHASE_CLOSE) ||
				       event->client >= TCP_FIN_WAIT_1 ||
				       event->server >= TCP_FIN_WAIT_1
			       ? PHASE_CLOSE
			       : PHASE_HANDSHAKE;
	if (!last || last->phase != PHASE_HANDSHAKE || event->length)
		return PHASE_DATA;
	/* The ACK that completes the handshake is its last packet. */
	return !both_are_in(event, TCP_ESTABLISHED) || is_opening(last->client) ||
			       is_opening(last->server)
		       ? PHASE_HANDSHAKE
		       : PHASE_DATA;
}

static enum expert_severity severity_of(const struct ladder *ladder, uint32_t packet)
{
	return index_severity(&session_learned(ladder->session)->index, packet);
}

static struct ladder_segment *append(struct ladder *ladder)
{
	if (ladder->segment_count == ladder->segment_room)
		ladder->segments = must_grow(ladder->segments, &ladder->segment_room, 64,
					     sizeof *ladder->segments);
	return &ladder->segments[ladder->segment_count++];
}

static void add_segment(struct ladder *ladder, const struct tcp_event *event, bool from_opener)
{
	enum { GOOD = TCP_FOUND_WINDOW_UPDATE | TCP_FOUND_KEEP_ALIVE | TCP_FOUND_KEEP_ALIVE_ACK };
	enum ladder_phase phase = phase_of(ladder, event);
	enum expert_severity severity = severity_of(ladder, event->packet);
	uint32_t found = event->findings & TCP_FOUND_FLAGS;
	bool marks = event->flags & (TCP_BIT_SYN | TCP_BIT_FIN | TCP_BIT_RST);
	int64_t rtt = event->ack_rtt_ns / 1000;

	*append(ladder) = (struct ladder_segment){
		.packet = event->packet,
		.sequence = event->sequence,
		.acknowledgment = event->acknowledgment,
		.length = event->length,
		.window = event->window,
		.findings = event->findings,
		.rtt_us = event->acks_packet && rtt > 0 && rtt < UINT32_MAX ? (uint32_t)rtt : 0,
		.flags = event->flags,
		.from_opener = from_opener,
		.phase = (uint8_t)phase,
		.client = (uint8_t)event->client,
		.server = (uint8_t)event->server,
		.is_ordinary = !marks && !(found & ~(uint32_t)TCP_FOUND_WINDOW_UPDATE) &&
			       phase != PHASE_HANDSHAKE && severity < EXPERT_NOTE,
		.is_problem = found & ~(uint32_t)GOOD || event->flags & TCP_BIT_RST ||
			      severity >= EXPERT_WARN,
	};
}

static void count_rtt(struct ladder_sum *sum, uint32_t us)
{
	if (!us)
		return;
	if (!sum->rtt_count || us < sum->rtt_least_us)
		sum->rtt_least_us = us;
	if (us > sum->rtt_most_us)
		sum->rtt_most_us = us;
	sum->rtt_sum_us += us;
	sum->rtt_count++;
}

static void count_segment(struct ladder *ladder, const struct dissection *d)
{
	const struct ladder_segment *segment = &ladder->segments[ladder->segment_count - 1];
	struct ladder_sum *sum = &ladder->sum[!segment->from_opener];

	sum->packets++;
	sum->wire_bytes += d->packet.reported;
	sum->bytes += segment->length;
	for (unsigned i = 0; i < LADDER_FINDINGS; i++)
		sum->found[i] += segment->findings >> i & 1;
	count_rtt(sum, segment->rtt_us);
	if (segment->flags & (TCP_BIT_SYN | TCP_BIT_RST))
		return;
	if (!sum->has_window || segment->window < sum->window_least)
		sum->window_least = segment->window;
	if (!sum->has_window || segment->window > sum->window_most)
		sum->window_most = segment->window;
	sum->has_window = true;
}

static void note_base(struct ladder *ladder, const struct tcp_event *event, bool from_opener)
{
	ladder->base[!from_opener] = event->sequence - event->relative_sequence;
	ladder->has_base[!from_opener] = true;
	if (ladder->has_base[from_opener] || !(event->flags & TCP_BIT_ACK))
		return;
	ladder->base[from_opener] = event->acknowledgment - event->relative_acknowledgment;
}

static unsigned span_bucket(int64_t ns)
{
	uint64_t n = ns > 0 ? (uint64_t)ns : 0;

	if (n < 8)
		return (unsigned)n;
	unsigned octave = 63 - (unsigned)__builtin_clzll(n);
	return octave * 4 + (unsigned)(n >> (octave - 2) & 3);
}

static void count_span(struct ladder *ladder)
{
	struct ladder_work *work = ladder->work;

	if (ladder->segment_count < 2)
		return;
	work->spans[span_bucket(ladder_gap_ns(ladder, ladder->segment_count - 1))]++;
	work->span_count++;
}

static void take_packet(struct ladder *ladder, uint32_t packet)
{
	struct ladder_work *work = ladder->work;
	struct view_port *port = &work->port;
	const struct conversation *talk = ladder->list.talk;
	struct tcp_event event;

	port->d.wanted_fields = ladder->work->wanted;
	port->d.stop_after =
		(uint16_t)(conversation_place(ladder->list.learned, talk, packet).number + 1);
	if (!view_port_dissect(port, packet, WANT_FIELDS) || port->d.conversation != talk ||
	    !read_event(ladder, &port->d, &event))
		return;
	bool from_opener = port->d.from_opener;

	if (ladder->protocol == STREAM_TCP) {
		ladder->client_is_opener = event.from_client == from_opener;
		ladder->client_is_known |= !!(event.flags & TCP_BIT_SYN);
		note_base(ladder, &event, from_opener);
	}
	add_segment(ladder, &event, from_opener);
	count_segment(ladder, &port->d);
	count_span(ladder);
	if (ladder->protocol != STREAM_TCP)
		return;
	ladder_note_gaps(ladder, &event, from_opener);
	tcp_connection_take(&work->connection, &work->witness, &event, talk);
}

/* The latest time of the capture, for verdicts: silence at its end decides nothing. */
static bool note_times(struct ladder *ladder)
{
	const struct packet_index *index = &ladder->list.learned->index;
	struct ladder_work *work = ladder->work;
	uint32_t count = session_packet_count(ladder->session);
	uint32_t end = count - work->timed_packets > TIMES_AT_ONCE
			       ? work->timed_packets + TIMES_AT_ONCE
			       : count;

	while (work->timed_packets < end) {
		uint32_t n = ++work->timed_packets;
		const struct index_block *block = index_block_of(index, n);
		uint32_t slot = index_slot(n);
		if (block->flags[slot] & INDEX_HAS_TIME && block->time_ns[slot] > work->last_ns)
			work->last_ns = block->time_ns[slot];
	}
	return work->timed_packets < count;
}

bool ladder_update(struct ladder *ladder, uint32_t packets)
{
	uint32_t count = stream_list_extend(&ladder->list), before = ladder->segment_count;

	for (; packets && ladder->taken < count; packets--)
		take_packet(ladder, ladder->list.packets[ladder->taken++]);
	if (ladder->segment_count != before)
		ladder_extend_rows(ladder);
	return note_times(ladder) || ladder->taken < count;
}

/* --- what there is --- */

bool ladder_is_ack(const struct ladder_segment *segment)
{
	return !segment->length && (segment->flags & ~TCP_BIT_PSH) == TCP_BIT_ACK;
}

int64_t ladder_time(const struct ladder *ladder, uint32_t segment)
{
	return session_packet_time(ladder->session, ladder->segments[segment].packet);
}

int64_t ladder_gap_ns(const struct ladder *ladder, uint32_t segment)
{
	return segment ? time_between(ladder_time(ladder, segment - 1),
				      ladder_time(ladder, segment))
		       : 0;
}

uint32_t ladder_sequence(const struct ladder *ladder, bool from_opener, uint32_t number,
			 bool absolute)
{
	return absolute ? number : number - ladder->base[!from_opener];
}

const struct endpoint *ladder_end(const struct ladder *ladder, enum ladder_side side)
{
	const struct conversation *talk = ladder->list.talk;

	return ladder->client_is_opener == (side == LADDER_CLIENT) ? &talk->opener : &talk->other;
}

void ladder_judge(struct ladder *ladder, struct verdict *verdict, uint64_t lost, bool goes_on)
{
	struct tcp_capture capture = {
		.last_ns = ladder->work->last_ns,
		.patience_ns = VERIFY_PATIENCE_NS,
		.lost = lost,
		.goes_on = goes_on,
	};

	verdict_begin(verdict, ladder->list.talk->stream);
	ladder->work->words.d.wanted_fields = NULL;
	struct tcp_rejection rejection = tcp_rejection_of(ladder->list.talk, &ladder->work->words);
	tcp_verdict_make(verdict, &ladder->work->connection.life, &capture, &rejection);
}

const struct tcp_life *ladder_life(const struct ladder *ladder)
{
	return &ladder->work->connection.life;
}
