/* tcp_verdict.c - the rules that a TCP connection is judged by, and what it is called. */
#include "session/tcp_verdict.h"

#include "tcp_judging.h"

const struct rule tcp_rules[] = {
	[RULE_H1] = { "H1", MARK_GOOD, OUTCOME_CLEAN, "the handshake is complete and exact" },
	[RULE_H2] = { "H2", MARK_NOTABLE, OUTCOME_NEUTRAL,
		      "the SYN was sent again before it was answered" },
	[RULE_H3] = { "H3", MARK_BAD, OUTCOME_VIOLATION, "nothing answers the SYN" },
	[RULE_UNREACHABLE] = { "unreachable", MARK_BAD, OUTCOME_VIOLATION,
			       "ICMP says that the SYN could not be delivered" },
	[RULE_ICMP_ERROR] = { "icmp-error", MARK_NOTABLE, OUTCOME_NEUTRAL,
			      "the same, but it was answered all the same" },
	[RULE_H4] = { "H4", MARK_BAD, OUTCOME_VIOLATION, "a RST answers the SYN" },
	[RULE_H5] = { "H5", MARK_OPEN, OUTCOME_UNDECIDABLE, "the handshake was not captured" },
	[RULE_H6] = { "H6", MARK_OPEN, OUTCOME_UNDECIDABLE, "the SYN was not captured" },
	[RULE_H7] = { "H7", MARK_OPEN, OUTCOME_UNDECIDABLE, "one direction was not captured" },
	[RULE_H8] = { "H8", MARK_NOTABLE, OUTCOME_NEUTRAL, "the SYN-ACK is stored before the SYN" },
	[RULE_H9] = { "H9", MARK_NOTABLE, OUTCOME_NEUTRAL, "data came with the SYN" },
	[RULE_H10] = { "H10", MARK_NOTABLE, OUTCOME_VIOLATION, "opened and reset without data" },
	[RULE_ABORTED] = { "aborted", MARK_BAD, OUTCOME_VIOLATION,
			   "its sender resets what its SYN began" },
	[RULE_CROSSED_SYN] = { "simultaneous-open", MARK_GOOD, OUTCOME_CLEAN,
			       "both sides opened at the same time" },
	[RULE_OPTIONS] = { "options", MARK_NONE, OUTCOME_NEUTRAL, "what both SYNs agreed on" },
	[RULE_WRONG_SYN_ACK] = { "wrong-syn-ack", MARK_BAD, OUTCOME_VIOLATION,
				 "the SYN-ACK does not acknowledge the SYN's number + 1" },
	[RULE_WRONG_ACK] = { "wrong-ack", MARK_BAD, OUTCOME_VIOLATION,
			     "the handshake's third packet has wrong numbers" },
	[RULE_NO_ACK] = { "no-ack", MARK_BAD, OUTCOME_VIOLATION,
			  "the SYN-ACK is not acknowledged" },
	[RULE_D1] = { "D1", MARK_NOTABLE, OUTCOME_NEUTRAL,
		      "bytes that the capture lacks were acknowledged" },
	[RULE_D2] = { "D2", MARK_NOTABLE, OUTCOME_NEUTRAL,
		      "missing bytes were never acknowledged" },
	[RULE_D3] = { "D3", MARK_NOTABLE, OUTCOME_NEUTRAL, "segments were sent again" },
	[RULE_D4] = { "D4", MARK_NOTABLE, OUTCOME_NEUTRAL, "a side closed its window" },
	[RULE_D5] = { "D5", MARK_COUNTED, OUTCOME_NEUTRAL,
		      "keep-alives, disorder, full windows, slow ACKs" },
	[RULE_D6] = { "D6", MARK_NONE, OUTCOME_NEUTRAL, "a second and more without a packet" },
	[RULE_CONFLICT] = { "conflict", MARK_BAD, OUTCOME_VIOLATION,
			    "the same bytes were sent with other content" },
	[RULE_C1] = { "C1", MARK_GOOD, OUTCOME_CLEAN,
		      "both sides closed, both FINs were acknowledged" },
	[RULE_C2] = { "C2", MARK_NOTABLE, OUTCOME_VIOLATION, "one side never closed" },
	[RULE_C3] = { "C3", MARK_NOTABLE, OUTCOME_VIOLATION, "a FIN was not acknowledged" },
	[RULE_C4] = { "C4", MARK_BAD, OUTCOME_VIOLATION, "a RST ended the connection" },
	[RULE_C5] = { "C5", MARK_NOTABLE, OUTCOME_NEUTRAL, "a FIN was sent again" },
	[RULE_C6] = { "C6", MARK_OPEN, OUTCOME_UNDECIDABLE,
		      "the connection was open at the capture's end" },
	[RULE_C7] = { "C7", MARK_GOOD, OUTCOME_CLEAN, "both sides closed at the same time" },
	[RULE_C8] = { "C8", MARK_NOTABLE, OUTCOME_VIOLATION, "the connection goes on after a RST" },
	[RULE_DATA_AFTER_FIN] = { "data-after-fin", MARK_BAD, OUTCOME_VIOLATION,
				  "data follow the FIN of their sender" },
	[RULE_DATA_AFTER_RST] = { "data-after-rst", MARK_BAD, OUTCOME_VIOLATION,
				  "data follow a valid RST of their sender" },
	[RULE_CUT] = { "cut", MARK_OPEN, OUTCOME_UNDECIDABLE, "the snap length cut a TCP header" },
	[RULE_DROPS] = { "drops", MARK_OPEN, OUTCOME_UNDECIDABLE,
			 "the capture lost packets, and this connection has holes" },
	[RULE_REUSED] = { "reused-ports", MARK_COUNTED, OUTCOME_NEUTRAL,
			  "an earlier connection had the same ports" },
	{ NULL, MARK_NONE, OUTCOME_NEUTRAL, NULL },
};

static void tell_capture(struct judging *j)
{
	const struct tcp_life *life = j->life;
	bool holes = j->client->hole_count || j->server->hole_count;

	if (life->reuses_ports)
		verdict_add(j->v, &tcp_rules[RULE_REUSED],
			    "An earlier connection had the same addresses and ports.");
	if (life->cut_packet) {
		verdict_add(j->v, &tcp_rules[RULE_CUT],
			    "The TCP header of #%u is cut by the snap length.", life->cut_packet);
		point_at(j->v, life->cut_packet);
	}
	if (j->capture->lost && holes)
		verdict_add(j->v, &tcp_rules[RULE_DROPS],
			    "The capture dropped %llu packets, and bytes of this connection are "
			    "missing.",
			    (unsigned long long)j->capture->lost);
}

static void add_attributes(struct judging *j)
{
	const struct tcp_life *life = j->life;
	struct verdict *v = j->v;
	char text[ADDRESS_TEXT_ROOM];

	address_text(&life->client_address, text);
	verdict_attribute(v, "client", "%s", text);
	verdict_number(v, "client_port", j->client->port);
	address_text(&life->server_address, text);
	verdict_attribute(v, "server", "%s", text);
	verdict_number(v, "server_port", j->server->port);
	verdict_number(v, "client_bytes", j->client->bytes);
	verdict_number(v, "server_bytes", j->server->bytes);
	verdict_number(v, "client_resent", j->client->resent);
	verdict_number(v, "server_resent", j->server->resent);
	if (life->syn_ack_packet && life->ack_packet && j->client->syn_packet)
		verdict_number(v, "handshake_ns",
			       (uint64_t)time_between(syn_time(j), life->ack_ns));
	verdict_number(v, "duration_ns", (uint64_t)time_between(life->first_ns, life->last_ns));
}

static void add_name(struct judging *j)
{
	char client[ADDRESS_TEXT_ROOM], server[ADDRESS_TEXT_ROOM];
	const struct tcp_life *life = j->life;

	address_text(&life->client_address, client);
	address_text(&life->server_address, server);
	if (life->client_address.type == ADDRESS_IPV6)
		verdict_name(j->v, "[%s]:%u ⇄ [%s]:%u", client, j->client->port, server,
			     j->server->port);
	else
		verdict_name(j->v, "%s:%u ⇄ %s:%u", client, j->client->port, server,
			     j->server->port);
}

void tcp_verdict_make(struct verdict *v, const struct tcp_life *life,
		      const struct tcp_capture *capture, const struct tcp_rejection *rejection)
{
	struct judging j = { v, life, capture, rejection, &life->side[0], &life->side[1] };

	add_name(&j);
	v->first_packet = life->first_packet;
	v->last_packet = life->last_packet;
	v->packet_count = life->packets;
	tcp_tell_opening(&j);
	tcp_tell_data(&j);
	tcp_tell_closing(&j);
	tell_capture(&j);
	add_attributes(&j);
}
