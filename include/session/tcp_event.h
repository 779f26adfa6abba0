/* tcp_event.h - a TCP segment as an event of its connection: header, options, analysis and states,
 * of a packet that was taken apart with dissection.tells_segments. */
#ifndef SESSION_TCP_EVENT_H
#define SESSION_TCP_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/dissection.h"
#include "state/tcp_analysis.h"
#include "state/tcp_bit.h"

struct tcp_event {
	uint32_t packet;
	int64_t time_ns;
	uint32_t stream;
	bool from_client;
	bool from_opener; /* of the conversation */
	uint16_t source_port, destination_port;
	uint32_t sequence, acknowledgment; /* absolute */
	uint32_t relative_sequence, relative_acknowledgment;
	uint32_t length; /* of the payload that was sent */
	uint32_t window; /* in bytes */
	uint16_t flags;
	uint32_t findings; /* enum tcp_finding */
	uint32_t acks_packet, duplicate_of, duplicate_number;
	int64_t ack_rtt_ns; /* since acks_packet */
	uint32_t mss;	    /* 0: not said */
	uint8_t scale;
	bool has_scale, sack_permitted;
	bool has_sack;			/* like the rest of it, known where fields were asked for */
	uint32_t sack_left, sack_right; /* its first block, relative */
	bool fast_open_cookie;		/* not a mere request for one */
	bool is_cut;			/* the capture lacks some of its header */
	bool has_ports_only;		/* all but the ports: nothing else is known */
	enum tcp_state client, server;
	const uint8_t *payload; /* what was captured of it, as long as the dissection stands */
	uint32_t payload_held;
};

/* The segments in the packet that was taken apart, in the order of its layers; at most `room`. */
unsigned tcp_events_of(const struct dissection *d, struct tcp_event *events, unsigned room);

#endif
