/* tcp_event.c - what TCP's dissector told of a segment, as an event. */
#include "session/tcp_event.h"

#include "state/conversation.h"
#include "state/facts.h"
#include "state/tcp_segment.h"

static void take_header(struct tcp_event *event, const struct tcp_segment *segment)
{
	event->stream = segment->talk->stream;
	event->from_opener = segment->from_opener;
	event->source_port = segment->source_port;
	event->destination_port = segment->destination_port;
	event->sequence = segment->sequence;
	event->acknowledgment = segment->acknowledgment;
	event->relative_sequence = segment->sequence - segment->base[0];
	event->relative_acknowledgment = segment->flags & TCP_BIT_ACK
						 ? segment->acknowledgment - segment->base[1]
						 : segment->acknowledgment;
	event->length = segment->length;
	event->window = segment->window;
	event->flags = segment->flags;
	event->is_cut = segment->is_cut;
	event->has_ports_only = segment->has_ports_only;
	event->payload = segment->payload;
	event->payload_held = segment->payload_held;
}

static void take_options(struct tcp_event *event, const struct tcp_segment *segment)
{
	event->mss = segment->mss;
	event->has_scale = segment->scale >= 0;
	event->scale = event->has_scale ? (uint8_t)segment->scale : 0;
	event->sack_permitted = segment->sack_permitted;
	event->has_sack = segment->has_sack;
	if (event->has_sack) {
		event->sack_left = segment->sack_left - segment->base[1];
		event->sack_right = segment->sack_right - segment->base[1];
	}
	event->fast_open_cookie = segment->has_cookie;
}

static void take_analysis(struct tcp_event *event, const struct tcp_analysis *analysis)
{
	event->from_client = analysis->from_client;
	event->findings = analysis->findings;
	event->acks_packet = analysis->acks_packet;
	event->duplicate_of = analysis->duplicate_of;
	event->duplicate_number = analysis->duplicate_number;
	event->client = analysis->client;
	event->server = analysis->server;
}

unsigned tcp_events_of(const struct dissection *d, struct tcp_event *events, unsigned room)
{
	unsigned count = 0;

	for (const struct tcp_segment *at = d->segments; at; at = at->above)
		count++;
	unsigned n = count;
	for (const struct tcp_segment *at = d->segments; at; at = at->above) {
		if (--n >= room)
			continue;
		struct tcp_event *event = &events[n];
		*event = (struct tcp_event){ .packet = d->packet.number,
					     .time_ns = d->packet.time_ns };
		take_header(event, at);
		take_options(event, at);
		take_analysis(event, &at->analysis);
		if (event->acks_packet)
			event->ack_rtt_ns = time_since(d, event->acks_packet);
	}
	return count < room ? count : room;
}
