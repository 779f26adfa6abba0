/* flow_text.h - TCP segments between columns of addresses, in tshark's layout: -z flow,tcp. */
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

/* Finds the nodes, in the order in which they appear; those that have no room are left out. */
void flow_text_begin(struct flow_text *flow, FILE *out, const struct session *session);
/* A segment between two ends; `time` is its time in words. */
void flow_text_segment(struct flow_text *flow, const struct tcp_event *event, const char *time,
		       const struct endpoint *from, const struct endpoint *to);

#endif
