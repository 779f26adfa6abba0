/* tcp_segment.h - a TCP segment as its dissector read it, for who follows connections and wants no
 * fields: header, options and analysis. */
#ifndef STATE_TCP_SEGMENT_H
#define STATE_TCP_SEGMENT_H

#include "state/conversation.h"
#include "state/tcp_analysis.h"

struct tcp_segment {
	const struct tcp_segment *above; /* that of the layer above it, in tunnels; NULL: none */
	const struct conversation *talk;
	bool from_opener;
	bool is_cut; /* the capture lacks some of its header */
	bool has_ports_only; /* of the header, and no analysis: nothing else is told */
	uint16_t source_port, destination_port;
	uint32_t sequence, acknowledgment; /* absolute */
	uint32_t base[2];		   /* what relative ones count from: of either number */
	uint32_t length;		   /* of the payload that was sent */
	uint32_t window;		   /* in bytes */
	uint16_t flags;
	/* Options; without fields a SYN's only. */
	uint32_t mss; /* 0: not said */
	int scale;    /* -1: not said */
	bool sack_permitted, has_sack, has_cookie;
	uint32_t sack_left, sack_right; /* its first block, absolute */
	struct tcp_analysis analysis;
	const uint8_t *payload; /* what was captured of it, as long as the dissection stands */
	uint32_t payload_held;
};

/* Tells of the segment at hand, in the arena: what of it is known before its options are read.
 * NULL: nobody listens. */
struct tcp_segment *tcp_tell_segment(struct dissection *d, const struct tcp_analysis *analysis);

#endif
