/* tcp_analysis.h - what the order of a connection's segments says about each of them.
 *
 * The first pass follows both directions and keeps 12 bytes for each packet that has TCP; every
 * pass reads them.  Findings have Wireshark's meanings (tcp.analysis.*), states are those of RFC
 * 9293, 3.3.2, of both ends once the packet has arrived, as far as what was seen tells. */
#ifndef STATE_TCP_ANALYSIS_H
#define STATE_TCP_ANALYSIS_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/dissection.h"

struct packet_index;

enum tcp_finding {
	TCP_FOUND_RETRANSMISSION = 1 << 0,	/* sent before, and time enough has passed */
	TCP_FOUND_FAST_RETRANSMISSION = 1 << 1, /* at once after duplicate ACKs asked for it */
	TCP_FOUND_SPURIOUS = 1 << 2,		/* all of it had been acknowledged */
	TCP_FOUND_OUT_OF_ORDER = 1 << 3,	/* late, but too soon to be sent again */
	TCP_FOUND_LOST_SEGMENT = 1 << 4,	/* a hole before it */
	TCP_FOUND_ACKED_UNSEEN = 1 << 5,	/* it acknowledges what the capture has not */
	TCP_FOUND_DUPLICATE_ACK = 1 << 6,
	TCP_FOUND_ZERO_WINDOW = 1 << 7,
	TCP_FOUND_ZERO_WINDOW_PROBE = 1 << 8,
	TCP_FOUND_ZERO_WINDOW_PROBE_ACK = 1 << 9,
	TCP_FOUND_WINDOW_UPDATE = 1 << 10,
	TCP_FOUND_WINDOW_FULL = 1 << 11, /* it fills what the receiver allows */
	TCP_FOUND_KEEP_ALIVE = 1 << 12,
	TCP_FOUND_KEEP_ALIVE_ACK = 1 << 13,
	TCP_FOUND_REUSED_PORTS = 1 << 14,
	TCP_FOUND_FLAGS = (1 << 15) - 1,        /* those above: tcp.analysis.flags */
	TCP_FOUND_FAST_OPEN_ACCEPTED = 1 << 15, /* the SYN-ACK acknowledges data of the SYN (RFC 7413) */
	TCP_FOUND_FAST_OPEN_IGNORED = 1 << 16,  /* it does not, though there were some and a cookie */
	TCP_FOUND_ALL = (1 << 17) - 1,
};

/* How much of a connection's life was seen: the bits of tcp.completeness. */
enum tcp_completeness {
	TCP_SEEN_SYN = 1,
	TCP_SEEN_SYN_ACK = 2,
	TCP_SEEN_ACK = 4,
	TCP_SEEN_DATA = 8,
	TCP_SEEN_FIN = 16,
	TCP_SEEN_RST = 32,
	TCP_SEEN_ALL = 63,
	/* Not of tcp.completeness: who sent the first FIN. */
	TCP_OPENER_CLOSED_FIRST = 64,
	TCP_OTHER_CLOSED_FIRST = 128,
};

enum tcp_state {
	TCP_UNKNOWN,
	TCP_CLOSED,
	TCP_LISTEN,
	TCP_SYN_SENT,
	TCP_SYN_RECEIVED,
	TCP_ESTABLISHED,
	TCP_FIN_WAIT_1,
	TCP_FIN_WAIT_2,
	TCP_CLOSE_WAIT,
	TCP_CLOSING,
	TCP_LAST_ACK,
	TCP_TIME_WAIT,
	TCP_STATES,
};

/* "ESTABLISHED", as RFC 9293 writes it. */
extern const char *const tcp_state_names[TCP_STATES];

/* A segment as its header tells it; numbers are absolute. */
struct tcp_seen {
	uint32_t sequence, acknowledgment;
	uint32_t length;   /* of the payload that was sent */
	uint32_t sacked;   /* bytes in the blocks of its SACK option */
	uint16_t window;   /* not scaled */
	uint16_t flags;	   /* RFC 9293, 3.1: FIN is bit 0 */
	bool reuses_ports; /* it opened this conversation where there was another */
};

struct tcp_analysis {
	bool is_known;                  /* false: the segment belongs to no conversation */
	uint32_t findings;    /* enum tcp_finding */
	uint32_t acks_packet; /* whose end this one acknowledges; 0: none */
	uint32_t in_flight; /* bytes sent and not acknowledged, this segment's too; 0: not known */
	uint32_t pushed;    /* bytes since the last PSH, this segment's too; 0: not known */
	uint32_t duplicate_number; /* of a duplicate ACK: which in a row, from 1 */
	uint32_t duplicate_of;	   /* and the packet that it repeats */
	uint32_t rto_packet;	   /* of a retransmission: from which packet on its sender waited */
	bool old_data;                  /* its bytes were all sent before */
	bool from_client;
	bool client_is_known; /* a SYN told it; else the ports did */
	enum tcp_state client, server;
};

/* First pass: takes in the segment at hand, of d->conversation, and says what was found out about
 * it.  Nothing, where that cannot be kept: then *analysis stays as it is. */
void tcp_analyze(struct dissection *d, const struct tcp_seen *seen, struct tcp_analysis *analysis);
/* First pass: the SYN at hand, which was analyzed, has a cookie of Fast Open.  Else nothing. */
void tcp_note_cookie(struct dissection *d);
/* The same on later passes.  Call one of the two once for each layer. */
void tcp_analysis_of(struct dissection *d, struct tcp_analysis *analysis);

/* What the index itself says of packet n's first segment: the packet whose end it acknowledges, 0
 * if none or another way is needed to know, and whether it is a duplicate ACK. */
uint32_t tcp_note_acknowledged(const struct packet_index *index, uint32_t n, bool *is_duplicate);

#endif
