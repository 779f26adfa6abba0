/* tcp_state.c - the state diagram of RFC 9293, 3.3.2, seen from between the two ends. */
#include "tcp_state.h"
#include "base/sequence.h"

const char *const tcp_state_names[TCP_STATES] = {
	[TCP_UNKNOWN] = "unknown",
	[TCP_CLOSED] = "CLOSED",
	[TCP_LISTEN] = "LISTEN",
	[TCP_SYN_SENT] = "SYN-SENT",
	[TCP_SYN_RECEIVED] = "SYN-RECEIVED",
	[TCP_ESTABLISHED] = "ESTABLISHED",
	[TCP_FIN_WAIT_1] = "FIN-WAIT-1",
	[TCP_FIN_WAIT_2] = "FIN-WAIT-2",
	[TCP_CLOSE_WAIT] = "CLOSE-WAIT",
	[TCP_CLOSING] = "CLOSING",
	[TCP_LAST_ACK] = "LAST-ACK",
	[TCP_TIME_WAIT] = "TIME-WAIT",
};

static bool opened(uint8_t state)
{
	return state >= TCP_ESTABLISHED;
}

/* A SYN makes its receiver answer; two that cross open the connection together (3.5, figure 8). */
static void step_syn(struct tcp_states *states, unsigned side, bool ack)
{
	uint8_t *sender = &states->of[side], *receiver = &states->of[!side];

	if (opened(*sender)) {
		/* Of two SYN-ACKs that cross, the second one. */
		if (ack && *receiver == TCP_SYN_RECEIVED)
			*receiver = TCP_ESTABLISHED;
		return;
	}
	*sender = ack || *sender == TCP_SYN_RECEIVED ? TCP_SYN_RECEIVED : TCP_SYN_SENT;
	if (!ack)
		*receiver = TCP_SYN_RECEIVED;
	else if (!opened(*receiver))
		*receiver = TCP_ESTABLISHED;
}

/* An acknowledgment of the other end's FIN moves that end on. */
static void step_ack_of_fin(struct tcp_states *states, unsigned side, uint32_t acknowledgment)
{
	static const uint8_t next[TCP_STATES] = {
		[TCP_FIN_WAIT_1] = TCP_FIN_WAIT_2,
		[TCP_CLOSING] = TCP_TIME_WAIT,
		[TCP_LAST_ACK] = TCP_CLOSED,
	};
	uint8_t *other = &states->of[!side];

	if (!states->fin_sent[!side] || sequence_before(acknowledgment, states->fin_end[!side]))
		return;
	if (next[*other])
		*other = next[*other];
}

static void step_fin(struct tcp_states *states, unsigned side, const struct tcp_seen *seen)
{
	static const uint8_t sent[TCP_STATES] = {
		[TCP_UNKNOWN] = TCP_FIN_WAIT_1,
		[TCP_SYN_RECEIVED] = TCP_FIN_WAIT_1,
		[TCP_ESTABLISHED] = TCP_FIN_WAIT_1,
		[TCP_CLOSE_WAIT] = TCP_LAST_ACK,
	};
	static const uint8_t received[TCP_STATES] = {
		[TCP_UNKNOWN] = TCP_CLOSE_WAIT,	    [TCP_SYN_RECEIVED] = TCP_CLOSE_WAIT,
		[TCP_ESTABLISHED] = TCP_CLOSE_WAIT, [TCP_FIN_WAIT_1] = TCP_CLOSING,
		[TCP_FIN_WAIT_2] = TCP_TIME_WAIT,
	};
	uint8_t *sender = &states->of[side], *receiver = &states->of[!side];
	bool crossed = states->fin_sent[!side] && !states->fin_sent[side] &&
		       *sender == TCP_CLOSE_WAIT &&
		       (!(seen->flags & TCP_BIT_ACK) ||
			sequence_before(seen->acknowledgment, states->fin_end[!side]));

	if (states->fin_sent[side])
		return;
	states->fin_sent[side] = true;
	states->fin_end[side] = seen->sequence + seen->length + 1;
	if (crossed) {
		/* It had not seen the other FIN when it sent its own. */
		*sender = *receiver = TCP_CLOSING;
		return;
	}
	if (sent[*sender])
		*sender = sent[*sender];
	if (received[*receiver])
		*receiver = received[*receiver];
}

/* In the middle of a capture: who sends data or acknowledges is connected. */
static void step_established(struct tcp_states *states, unsigned side)
{
	for (unsigned i = 0; i < 2; i++)
		if (states->of[i] == TCP_UNKNOWN)
			states->of[i] = TCP_ESTABLISHED;
	if (states->of[side] == TCP_SYN_SENT || states->of[side] == TCP_SYN_RECEIVED)
		states->of[side] = TCP_ESTABLISHED;
	if (states->of[!side] == TCP_SYN_RECEIVED)
		states->of[!side] = TCP_ESTABLISHED;
}

void tcp_states_step(struct tcp_states *states, unsigned side, const struct tcp_seen *seen,
		     bool in_window)
{
	bool ack = seen->flags & TCP_BIT_ACK;

	if (seen->flags & TCP_BIT_RST) {
		if (in_window)
			states->of[0] = states->of[1] = TCP_CLOSED;
		return;
	}
	if (seen->flags & TCP_BIT_SYN) {
		step_syn(states, side, ack);
		return;
	}
	if (!ack || states->of[side] == TCP_CLOSED)
		return;
	step_established(states, side);
	step_ack_of_fin(states, side, seen->acknowledgment);
	if (seen->flags & TCP_BIT_FIN)
		step_fin(states, side, seen);
}
