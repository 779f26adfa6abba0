/* flow_text.h - packets and TCP segments between columns of addresses, in tshark's layout: -z flow. */
#ifndef PRINT_FLOW_TEXT_H
#define PRINT_FLOW_TEXT_H

#include <stdbool.h>
#include <stdio.h>

#include "session/session.h"
#include "session/tcp_event.h"

enum { FLOW_NODES = 40 };

struct flow_text {
	FILE *out;
	bool numbered;			   /* there are several streams */
	struct endpoint nodes[FLOW_NODES]; /* their ports are 0 */
	int node_count;
	uint32_t stream; /* of the last segment */
	bool begun;
};

/* What is drawn between two addresses. */
struct flow_arrow {
	const char *time;
	const struct endpoint *from, *to; /* their ports do not count */
	uint16_t source_port, destination_port;
	const char *label;   /* above the arrow, as far as there is room */
	const char *comment; /* behind all columns */
};

/* Begins without nodes: each is added, in the order in which they appear, before the first arrow. */
void flow_text_begin_packets(struct flow_text *flow, FILE *out);
void flow_text_add(struct flow_text *flow, const struct endpoint *end);
void flow_text_arrow(struct flow_text *flow, const struct flow_arrow *arrow);

/* Finds the nodes, in the order in which they appear; those that have no room are left out. */
void flow_text_begin(struct flow_text *flow, FILE *out, const struct session *session);
/* A segment between two ends; `time` is its time in words. */
void flow_text_segment(struct flow_text *flow, const struct tcp_event *event, const char *time,
		       const struct endpoint *from, const struct endpoint *to);

#endif
