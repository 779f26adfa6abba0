/* tcp_state.h - RFC 9293's state of both ends, from the segments that pass between them;
 * private to src/state. */
#ifndef STATE_TCP_STATE_H
#define STATE_TCP_STATE_H

#include "state/tcp_analysis.h"
#include "state/tcp_bit.h"

struct tcp_states {
	uint8_t of[2]; /* enum tcp_state: the opener's, the other's */
	bool fin_sent[2];
	uint32_t fin_end[2]; /* the number that acknowledges the FIN */
};

/* The segment was sent by `side` and is taken to arrive.  `in_window`: of a RST, that its number is
 * one the receiver accepts. */
void tcp_states_step(struct tcp_states *states, unsigned side, const struct tcp_seen *seen,
		     bool in_window);

#endif
