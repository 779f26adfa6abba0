/* tcp_life.h - the life of one TCP connection, gathered from its segments in the order of the
 * capture: who opened it and how, what was lost, resent and held up, and how it ended.
 *
 * Of fixed size however long the connection lives; verdicts are drawn from it (tcp_verdict.h). */
#ifndef SESSION_TCP_LIFE_H
#define SESSION_TCP_LIFE_H

#include <stdbool.h>
#include <stdint.h>

#include "session/tcp_event.h"

enum { TCP_LIFE_HOLES = 64, TCP_LIFE_IGNORED = 4 };

/* A RST after which the connection goes on. */
struct tcp_ignored_rst {
	uint32_t packet, goes_on_packet;
	bool from_client;
};

/* Bytes that were skipped: [start, end). */
struct tcp_hole {
	uint32_t start, end;
	uint32_t before;	  /* the packet behind it */
	uint32_t acknowledged_in; /* 0: never */
};

/* What one side sent.  Packet numbers are 0 where there was none. */
struct tcp_life_side {
	uint32_t packets;
	uint64_t bytes; /* of payload, also those sent again */
	uint16_t port;

	uint32_t syn_packet, syn_count;
	int64_t first_syn_ns, last_syn_ns;
	uint32_t syn_sequence, syn_length; /* length: data that came with it */
	bool syn_acks, fast_open_cookie;
	uint32_t syn_ack_packet; /* the first with both, and its numbers */
	uint32_t syn_ack_sequence, syn_ack_acknowledgment;
	bool has_scale, sack_permitted;
	uint8_t scale;
	uint32_t mss;

	bool has_next;
	uint32_t next; /* after the highest byte seen */
	uint32_t first_sequence;
	bool has_ack;
	uint32_t acknowledgment;  /* the highest one it sent */
	uint32_t acknowledged_in; /* and the packet that first did */

	uint32_t fin_packet, fin_count, fin_end;
	uint32_t fin_acknowledged_in;
	bool fin_crossed;			    /* sent before the other FIN had reached it */
	uint32_t late_data_packet, late_data_bytes; /* data after its FIN */

	struct tcp_hole *holes; /* in the order they were found, at most TCP_LIFE_HOLES */
	unsigned hole_count, hole_room;
	uint64_t holes_dropped; /* bytes of holes for which there was no room */

	uint32_t resent, resent_fast, resent_needless;
	uint64_t resent_bytes;
	uint32_t keep_alives, out_of_order, window_full, slow_acks;
	uint32_t closed_packet; /* its window closed here; 0: it is open */
	uint32_t longest_closed_packet, longest_opened_packet;
	int64_t closed_ns, longest_closed_ns;
};

/* Bytes around the first that differs. */
struct tcp_excerpt {
	uint8_t bytes[24];
	uint8_t count;
	bool goes_on; /* more of what both sent follows */
	bool begins_before;
};

struct tcp_conflict { /* the same bytes, sent with other content */
	uint32_t first_packet, second_packet;
	uint32_t start, length; /* absolute number of the first that differs */
	bool from_client;
	struct tcp_excerpt versions[2]; /* of the first packet, of the second */
};

struct tcp_life {
	uint32_t stream;
	bool started, client_known;
	struct endpoint client_address, server_address;
	struct tcp_life_side side[2]; /* [0] the client's, [1] the server's */
	uint32_t packets, first_packet, last_packet;
	int64_t first_ns, last_ns;
	bool chosen; /* a packet that was asked for is among them */

	uint32_t syn_ack_packet;	    /* the first one, and the ACK that answered it */
	int64_t syn_ns, syn_ack_ns, ack_ns; /* syn_ns: the SYN that was answered */
	uint32_t syn_ack_acknowledgment;
	uint32_t ack_packet, ack_sequence, ack_acknowledgment;
	uint32_t first_data_packet;
	bool syn_crossed; /* both sides opened */
	bool reuses_ports;

	uint32_t rst_packet; /* the first that ended it */
	bool rst_from_client;
	bool rst_valid;	      /* the receiver must believe it (RFC 9293, 3.5.3) */
	bool rst_answers_syn; /* a SYN of the other side's */
	bool rst_aborts_syn;  /* its own */
	int64_t rst_ns, rst_idle_ns;
	uint32_t rst_unacknowledged; /* bytes of either side at that time */
	bool rst_after_close;	     /* both FINs had been acknowledged */
	struct tcp_ignored_rst ignored[TCP_LIFE_IGNORED];
	unsigned ignored_count;	  /* also of those for which there was no room */
	uint32_t rst_data_packet; /* the first with data from who had ended it by a valid RST */

	uint32_t silence_before; /* the packet that ended the longest silence */
	int64_t longest_silence_ns;
	uint32_t cut_packet;	      /* the capture lacks a part of its TCP header */
	struct tcp_conflict conflict; /* the first one */
	uint32_t conflict_count;
};

void tcp_life_begin(struct tcp_life *life, uint32_t stream);
void tcp_life_free(struct tcp_life *life);
/* Takes in the next segment; `from` and `to` are its addresses with ports. */
void tcp_life_take(struct tcp_life *life, const struct tcp_event *event,
		   const struct endpoint *from, const struct endpoint *to);

/* A segment of it was sent before, with other bytes. */
void tcp_life_note_conflict(struct tcp_life *life, const struct tcp_conflict *conflict);

#endif
