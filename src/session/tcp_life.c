/* tcp_life.c - takes in one segment after the other. */
#include "session/tcp_life.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/sequence.h"
#include "base/time.h"

enum {
	SLOW_ACK_NS = 200000000,
	UNKNOWN_ANSWER_NS =
		1000000000, /* a side whose distance is not known may answer that late */
};

/* A segment at work. */
struct step {
	struct tcp_life *life;
	const struct tcp_event *event;
	struct tcp_life_side *own, *other;
	uint32_t end; /* the number after it */
};

void tcp_life_begin(struct tcp_life *life, uint32_t stream)
{
	*life = (struct tcp_life){ .stream = stream };
}

void tcp_life_free(struct tcp_life *life)
{
	for (unsigned i = 0; i < 2; i++)
		free(life->side[i].holes);
}

/* --- who is who --- */

static void set_addresses(struct tcp_life *life, const struct tcp_event *event,
			  const struct endpoint *from, const struct endpoint *to)
{
	life->client_address = event->from_client ? *from : *to;
	life->server_address = event->from_client ? *to : *from;
	life->side[0].port = event->from_client ? event->source_port : event->destination_port;
	life->side[1].port = event->from_client ? event->destination_port : event->source_port;
}

/* A SYN may show that the ports had been read the wrong way round. */
static void turn_round(struct tcp_life *life, const struct tcp_event *event)
{
	uint16_t client = event->from_client ? event->source_port : event->destination_port;

	if (client == life->side[0].port || client != life->side[1].port)
		return;
	struct tcp_life_side side = life->side[0];
	life->side[0] = life->side[1];
	life->side[1] = side;
	struct endpoint address = life->client_address;
	life->client_address = life->server_address;
	life->server_address = address;
	life->conflict.from_client = !life->conflict.from_client;
	life->rst_from_client = !life->rst_from_client;
	for (unsigned i = 0; i < TCP_LIFE_IGNORED; i++)
		life->ignored[i].from_client = !life->ignored[i].from_client;
}

/* --- holes --- */

static void add_hole(struct tcp_life_side *side, struct tcp_hole hole)
{
	if (side->hole_count == TCP_LIFE_HOLES) {
		side->holes_dropped += hole.end - hole.start;
		return;
	}
	if (side->hole_count == side->hole_room)
		side->holes = must_grow(side->holes, &side->hole_room, 2, sizeof *side->holes);
	side->holes[side->hole_count++] = hole;
}

/* What came late after all: a hole may vanish, shrink, or fall into two. */
static void fill_holes(struct tcp_life_side *side, uint32_t start, uint32_t end)
{
	unsigned kept = 0, count = side->hole_count;
	struct tcp_hole rest[TCP_LIFE_HOLES + 1];
	unsigned rests = 0;

	for (unsigned i = 0; i < count; i++) {
		struct tcp_hole hole = side->holes[i];
		if (!sequence_before(hole.start, end) || !sequence_before(start, hole.end)) {
			side->holes[kept++] = hole;
			continue;
		}
		struct tcp_hole left = hole, right = hole;
		left.end = start;
		right.start = end;
		if (sequence_before(left.start, left.end))
			side->holes[kept++] = left;
		if (sequence_before(right.start, right.end) && rests < TCP_LIFE_HOLES)
			rest[rests++] = right;
	}
	side->hole_count = kept;
	for (unsigned i = 0; i < rests; i++)
		add_hole(side, rest[i]);
}

/* --- opening --- */

static void take_options(struct tcp_life_side *side, const struct tcp_event *event)
{
	side->mss = event->mss;
	side->has_scale = event->has_scale;
	side->scale = event->scale;
	side->sack_permitted = event->sack_permitted;
}

static void take_syn(struct step *s)
{
	const struct tcp_event *event = s->event;
	struct tcp_life *life = s->life;
	struct tcp_life_side *own = s->own;

	if (!own->syn_count++) {
		own->syn_packet = event->packet;
		own->first_syn_ns = event->time_ns;
		own->syn_sequence = event->sequence;
		own->syn_length = event->length;
		own->syn_acks = event->flags & TCP_BIT_ACK;
		own->fast_open_cookie = event->fast_open_cookie;
		take_options(own, event);
	}
	own->last_syn_ns = event->time_ns;
	if (event->flags & TCP_BIT_ACK && !own->syn_ack_packet) {
		own->syn_ack_packet = event->packet;
		own->syn_ack_sequence = event->sequence;
		own->syn_ack_acknowledgment = event->acknowledgment;
	}
	if (!(event->flags & TCP_BIT_ACK)) {
		if (s->other->syn_packet && !s->other->syn_acks && !life->syn_ack_packet)
			life->syn_crossed = true;
		return;
	}
	if (life->syn_ack_packet)
		return;
	life->syn_ack_packet = event->packet;
	life->syn_ack_ns = event->time_ns;
	life->syn_ack_acknowledgment = event->acknowledgment;
	life->syn_ns = s->other->last_syn_ns;
}

/* The handshake's third packet: what answers the SYN-ACK. */
static void take_handshake_ack(struct step *s)
{
	const struct tcp_event *event = s->event;
	struct tcp_life *life = s->life;

	if (life->ack_packet || !life->syn_ack_packet || s->own->syn_acks ||
	    (event->flags & (TCP_BIT_ACK | TCP_BIT_SYN | TCP_BIT_RST)) != TCP_BIT_ACK)
		return;
	life->ack_packet = event->packet;
	life->ack_ns = event->time_ns;
	life->ack_sequence = event->sequence;
	life->ack_acknowledgment = event->acknowledgment;
}

/* --- bytes --- */

static void take_payload(struct step *s)
{
	const struct tcp_event *event = s->event;
	struct tcp_life_side *own = s->own;

	own->bytes += event->length;
	if (event->length && !s->life->first_data_packet && !(event->flags & TCP_BIT_SYN))
		s->life->first_data_packet = event->packet;
	if (!own->has_next) {
		own->has_next = true;
		own->first_sequence = event->sequence;
		own->next = s->end;
		return;
	}
	if (sequence_before(own->next, event->sequence))
		add_hole(own, (struct tcp_hole){ own->next, event->sequence, event->packet, 0 });
	else if (own->hole_count)
		fill_holes(own, event->sequence, s->end);
	if (sequence_before(own->next, s->end))
		own->next = s->end;
}

static void take_ack(struct step *s)
{
	const struct tcp_event *event = s->event;
	struct tcp_life_side *own = s->own, *other = s->other;
	uint32_t ack = event->acknowledgment;

	/* Even a number sent before may acknowledge it, if it had been too high then. */
	if (other->fin_packet && !other->fin_acknowledged_in &&
	    !sequence_before(ack, other->fin_end))
		other->fin_acknowledged_in = event->packet;
	if (own->has_ack && !sequence_before(own->acknowledgment, ack))
		return;
	own->has_ack = true;
	own->acknowledgment = ack;
	own->acknowledged_in = event->packet;
	if (other->has_next && sequence_before(other->next, ack)) {
		add_hole(other,
			 (struct tcp_hole){ other->next, ack, event->packet, event->packet });
		other->next = ack;
	}
	for (unsigned i = 0; i < other->hole_count; i++)
		if (!other->holes[i].acknowledged_in && !sequence_before(ack, other->holes[i].end))
			other->holes[i].acknowledged_in = event->packet;
	if (event->acks_packet && event->ack_rtt_ns > SLOW_ACK_NS && other->bytes &&
	    !other->fin_acknowledged_in)
		own->slow_acks++;
}

static void count_findings(struct step *s)
{
	const struct tcp_event *event = s->event;
	struct tcp_life_side *own = s->own;
	uint32_t resent =
		TCP_FOUND_RETRANSMISSION | TCP_FOUND_FAST_RETRANSMISSION | TCP_FOUND_SPURIOUS;

	own->keep_alives += !!(event->findings & TCP_FOUND_KEEP_ALIVE);
	own->out_of_order += !!(event->findings & TCP_FOUND_OUT_OF_ORDER);
	own->window_full += !!(event->findings & TCP_FOUND_WINDOW_FULL);
	if (!event->length || !(event->findings & resent))
		return;
	own->resent++;
	own->resent_bytes += event->length;
	own->resent_fast += !!(event->findings & TCP_FOUND_FAST_RETRANSMISSION);
	own->resent_needless += !!(event->findings & TCP_FOUND_SPURIOUS);
}

static void take_window(struct step *s)
{
	const struct tcp_event *event = s->event;
	struct tcp_life_side *own = s->own;

	if (event->flags & (TCP_BIT_SYN | TCP_BIT_FIN | TCP_BIT_RST))
		return;
	if (!event->window && !own->closed_packet) {
		own->closed_packet = event->packet;
		own->closed_ns = event->time_ns;
	} else if (event->window && own->closed_packet) {
		int64_t ns = time_between(own->closed_ns, event->time_ns);
		if (!own->longest_closed_packet || ns > own->longest_closed_ns) {
			own->longest_closed_ns = ns;
			own->longest_closed_packet = own->closed_packet;
			own->longest_opened_packet = event->packet;
		}
		own->closed_packet = 0;
	}
}

/* --- closing --- */

static void take_fin(struct step *s)
{
	const struct tcp_event *event = s->event;
	struct tcp_life_side *own = s->own;

	if (own->fin_count++)
		return;
	own->fin_packet = event->packet;
	own->fin_end = s->end;
	own->fin_crossed =
		s->other->fin_packet && sequence_before(event->acknowledgment, s->other->fin_end);
}

static void find_late_data(struct step *s)
{
	const struct tcp_event *event = s->event;
	struct tcp_life_side *own = s->own;

	if (!event->length || !own->fin_packet ||
	    !sequence_before(own->fin_end - 1, event->sequence + event->length))
		return;
	if (!own->late_data_packet)
		own->late_data_packet = event->packet;
	own->late_data_bytes += event->length;
}

/* Bytes that `side` sent and the other has not acknowledged; FIN and SYN are none. */
static uint32_t unacknowledged(const struct tcp_life_side *side, const struct tcp_life_side *other)
{
	uint32_t next =
		side->fin_packet && side->next == side->fin_end ? side->next - 1 : side->next;

	if (!side->has_next || !other->has_ack || !sequence_before(other->acknowledgment, next))
		return 0;
	return next - other->acknowledgment;
}

static void take_rst(struct step *s)
{
	const struct tcp_event *event = s->event;
	struct tcp_life *life = s->life;

	if (life->rst_packet)
		return;
	life->rst_packet = event->packet;
	life->rst_from_client = event->from_client;
	life->rst_valid = event->client == TCP_CLOSED && event->server == TCP_CLOSED;
	life->rst_ns = event->time_ns;
	life->rst_idle_ns = life->packets > 1 ? time_between(life->last_ns, event->time_ns) : 0;
	life->rst_answers_syn =
		s->other->syn_packet && !s->other->syn_acks && !life->syn_ack_packet;
	life->rst_aborts_syn =
		s->own->syn_packet && !life->syn_ack_packet && !life->rst_answers_syn;
	life->rst_unacknowledged =
		unacknowledged(s->own, s->other) + unacknowledged(s->other, s->own);
	life->rst_after_close = s->own->fin_acknowledged_in && s->other->fin_acknowledged_in;
}

/* How long a side takes to answer what passes the capture: the handshake showed it. */
static int64_t answer_time(const struct tcp_life *life, bool client)
{
	if (!life->syn_ack_packet || (client && !life->ack_packet))
		return UNKNOWN_ANSWER_NS;
	int64_t ns = client ? time_between(life->syn_ack_ns, life->ack_ns)
			    : time_between(life->syn_ns, life->syn_ack_ns);
	return ns > 0 ? ns : UNKNOWN_ANSWER_NS;
}

/* Who goes on after its own RST did not send it, or did not mean it.  The other side may have had
 * data on their way, but not for longer than it takes to answer. */
static bool goes_on(const struct tcp_life *life, const struct tcp_event *event)
{
	if (event->from_client == life->rst_from_client)
		return true;
	return event->length &&
	       time_between(life->rst_ns, event->time_ns) > answer_time(life, event->from_client);
}

static void find_going_on(struct step *s)
{
	const struct tcp_event *event = s->event;
	struct tcp_life *life = s->life;

	if (!life->rst_packet || !goes_on(life, event))
		return;
	if (event->length && life->rst_valid && event->from_client == life->rst_from_client &&
	    !life->rst_data_packet)
		life->rst_data_packet = event->packet;
	if (life->ignored_count < TCP_LIFE_IGNORED)
		life->ignored[life->ignored_count] = (struct tcp_ignored_rst){
			life->rst_packet,
			event->packet,
			life->rst_from_client,
		};
	life->ignored_count++;
	life->rst_packet = 0;
}

/* --- */

static void note_silence(struct tcp_life *life, const struct tcp_event *event)
{
	int64_t ns = time_between(life->last_ns, event->time_ns);

	if (life->packets && ns > life->longest_silence_ns) {
		life->longest_silence_ns = ns;
		life->silence_before = event->packet;
	}
}

static void take_segment(struct step *s)
{
	const struct tcp_event *event = s->event;

	find_going_on(s);
	if (event->flags & TCP_BIT_SYN)
		take_syn(s);
	take_handshake_ack(s);
	find_late_data(s);
	take_payload(s);
	if (event->flags & TCP_BIT_FIN)
		take_fin(s);
	if (event->flags & TCP_BIT_ACK)
		take_ack(s);
	count_findings(s);
	take_window(s);
}

/* It was there, and that is all. */
static void take_cut_segment(struct tcp_life *life, const struct tcp_event *event)
{
	if (!life->started)
		return;
	life->side[life->side[0].port != event->source_port].packets++;
	note_silence(life, event);
	if (!life->cut_packet)
		life->cut_packet = event->packet;
	life->packets++;
	life->last_packet = event->packet;
	life->last_ns = event->time_ns;
}

void tcp_life_take(struct tcp_life *life, const struct tcp_event *event,
		   const struct endpoint *from, const struct endpoint *to)
{
	if (event->has_ports_only) {
		take_cut_segment(life, event);
		return;
	}
	if (!life->started) {
		set_addresses(life, event, from, to);
		life->first_packet = event->packet;
		life->first_ns = event->time_ns;
		life->reuses_ports = event->findings & TCP_FOUND_REUSED_PORTS;
	}
	life->started = true;
	turn_round(life, event);
	bool counts = event->flags & (TCP_BIT_SYN | TCP_BIT_FIN);
	struct step s = {
		.life = life,
		.event = event,
		.own = &life->side[!event->from_client],
		.other = &life->side[event->from_client],
		.end = event->sequence + event->length + counts,
	};
	s.own->packets++;
	note_silence(life, event);
	if (event->is_cut && !life->cut_packet)
		life->cut_packet = event->packet;
	if (event->flags & TCP_BIT_RST)
		take_rst(&s);
	else
		take_segment(&s);
	life->packets++;
	life->last_packet = event->packet;
	life->last_ns = event->time_ns;
}

void tcp_life_note_conflict(struct tcp_life *life, const struct tcp_conflict *conflict)
{
	if (!life->conflict_count++)
		life->conflict = *conflict;
}
