/* tcp_opening.c - rules about the handshake. */
#include "tcp_judging.h"

enum { NEAR_SERVER = 10 }; /* captured there if the server answers that many times faster */

static void tell_options(struct judging *j)
{
	const struct tcp_life_side *c = j->client, *s = j->server;
	struct arena *arena = &j->v->arena;
	uint32_t cut = j->life->cut_packet;

	if (cut && (cut == c->syn_packet || cut == s->syn_packet))
		return;
	const char *mss = c->mss && s->mss ? arena_printf(arena, "MSS %u/%u", c->mss, s->mss)
					   : "MSS not agreed";
	const char *sack = c->sack_permitted && s->sack_permitted ? "SACK both"
			   : c->sack_permitted			  ? "SACK client only"
			   : s->sack_permitted			  ? "SACK server only"
								  : "no SACK";
	const char *scale =
		c->has_scale && s->has_scale
			? arena_printf(arena, "window scale %u/%u", 1u << c->scale, 1u << s->scale)
			: "no window scale";

	verdict_add(j->v, &tcp_rules[RULE_OPTIONS], "%s, %s, %s.", mss, sack, scale);
}

static void tell_complete(struct judging *j)
{
	const struct tcp_life *life = j->life;
	struct verdict *v = j->v;
	int64_t network = time_between(syn_time(j), life->syn_ack_ns);
	int64_t client = time_between(life->syn_ack_ns, life->ack_ns);
	const char *a = verdict_span(v, network), *b = verdict_span(v, client);
	const char *all = verdict_span(v, network + client);

	if (network < 0)
		/* Stored in the wrong order: how the time was spent cannot be told. */
		verdict_add(v, &tcp_rules[RULE_H1], "Handshake complete in %s.", b);
	else if (network < client / NEAR_SERVER)
		verdict_add(v, &tcp_rules[RULE_H1],
			    "Handshake complete in %s (server %s, client+network %s).", all, a, b);
	else
		verdict_add(v, &tcp_rules[RULE_H1],
			    "Handshake complete in %s (network %s, client %s).", all, a, b);
	point_at(v, j->client->syn_packet);
	point_at(v, life->syn_ack_packet);
	point_at(v, life->ack_packet);
	tell_options(j);
}

/* The SYN-ACK acknowledges the SYN, and of the data in it as much as the server accepts. */
static bool syn_ack_is_exact(struct judging *j)
{
	uint32_t ack = j->life->syn_ack_acknowledgment - j->client->syn_sequence;

	if (ack >= 1 && ack <= 1 + j->client->syn_length)
		return true;
	verdict_add(j->v, &tcp_rules[RULE_WRONG_SYN_ACK],
		    "SYN-ACK #%u acknowledges %u instead of 1, the SYN's number + 1.",
		    j->life->syn_ack_packet, ack);
	point_at(j->v, j->client->syn_packet);
	point_at(j->v, j->life->syn_ack_packet);
	return false;
}

static bool ack_is_exact(struct judging *j)
{
	const struct tcp_life *life = j->life;
	uint32_t sequence = life->ack_sequence - j->client->syn_sequence;
	uint32_t ack = life->ack_acknowledgment - j->server->syn_sequence;
	uint32_t accepted = life->syn_ack_acknowledgment - j->client->syn_sequence;
	/* Data in the SYN that the server does not accept is sent again, behind what it
	 * acknowledged. */
	bool in_order = sequence == accepted || sequence == 1 + j->client->syn_length;

	if (in_order && ack == 1)
		return true;
	/* Later segments may come first: then the third packet itself is what the capture lacks. */
	if (sequence != accepted && ack == 1 && sequence > accepted &&
	    sequence < UINT32_C(1) << 30 && j->client->hole_count)
		return true;
	if (ack != 1 && ack > 1 && j->server->bytes &&
	    ack <= j->server->next - j->server->syn_sequence && in_order)
		return true;
	verdict_add(j->v, &tcp_rules[RULE_WRONG_ACK],
		    "The handshake's ACK #%u has sequence number %u and acknowledges %u; %u and 1 "
		    "complete it.",
		    life->ack_packet, sequence, ack, accepted);
	point_at(j->v, life->ack_packet);
	return false;
}

static void tell_resent_syn(struct judging *j)
{
	const struct tcp_life *life = j->life;
	int64_t waited = time_between(j->client->first_syn_ns, life->syn_ack_ns);

	if (j->client->syn_count < 2)
		return;
	verdict_add(j->v, &tcp_rules[RULE_H2], "SYN sent %u times; answered %s after the first.",
		    j->client->syn_count, verdict_span(j->v, waited));
	point_at(j->v, j->client->syn_packet);
	point_at(j->v, life->syn_ack_packet);
}

static void tell_syn_data(struct judging *j)
{
	const struct tcp_life_side *c = j->client;

	if (!c->syn_length)
		return;
	bool valid = c->fast_open_cookie && j->life->syn_ack_packet &&
		     j->life->syn_ack_acknowledgment - c->syn_sequence > 1;
	verdict_add(j->v, &tcp_rules[RULE_H9], "%u bytes of data came with the SYN%s.",
		    c->syn_length, valid ? ", TCP Fast Open cookie valid" : "");
	point_at(j->v, c->syn_packet);
}

/* Who asked may go on asking after an error that may pass. */
static bool tell_rejection(struct judging *j, const struct tcp_life_side *asked)
{
	const struct tcp_rejection *rejection = j->rejection;
	bool is_decided = rejection->is_final || has_waited(j, asked->last_syn_ns);

	if (!rejection->packet)
		return false;
	verdict_add_as(j->v, &tcp_rules[RULE_UNREACHABLE],
		       is_decided ? OUTCOME_VIOLATION : OUTCOME_UNDECIDABLE,
		       "The SYN was not delivered: #%u says \"%s\".", rejection->packet,
		       rejection->words);
	point_at(j->v, asked->syn_packet);
	point_at(j->v, rejection->packet);
	return true;
}

static void tell_needless_rejection(struct judging *j)
{
	if (!j->rejection->packet)
		return;
	verdict_add(j->v, &tcp_rules[RULE_ICMP_ERROR], "A SYN was not delivered: #%u says \"%s\".",
		    j->rejection->packet, j->rejection->words);
	point_at(j->v, j->rejection->packet);
}

static void tell_unanswered(struct judging *j)
{
	const struct tcp_life *life = j->life;
	struct verdict *v = j->v;
	bool by_client = j->client->syn_packet;
	const struct tcp_life_side *asked = by_client ? j->client : j->server;

	if (life->rst_packet && life->rst_answers_syn) {
		verdict_add(v, &tcp_rules[RULE_H4],
			    "Connection refused by %s %s after the SYN (#%u).",
			    side_name(life->rst_from_client),
			    verdict_span(v, time_between(asked->first_syn_ns, life->last_ns)),
			    life->rst_packet);
		point_at(v, life->rst_packet);
		return;
	}
	if (life->rst_packet && life->rst_aborts_syn) {
		verdict_add(v, &tcp_rules[RULE_ABORTED], "Reset by %s %s after its SYN.",
			    side_name(life->rst_from_client),
			    verdict_span(v, time_between(asked->first_syn_ns, life->last_ns)));
		point_at(v, life->rst_packet);
		return;
	}
	if (tell_rejection(j, asked))
		return;
	verdict_add_as(v, &tcp_rules[RULE_H3],
		       has_waited(j, asked->last_syn_ns) ? OUTCOME_VIOLATION : OUTCOME_UNDECIDABLE,
		       "No answer to %u SYN in %s.", asked->syn_count,
		       verdict_span(v, time_between(asked->first_syn_ns, j->capture->last_ns)));
	point_at(v, asked->syn_packet);
}

static void tell_unacknowledged_syn_ack(struct judging *j)
{
	const struct tcp_life *life = j->life;

	if (life->rst_packet)
		return;
	verdict_add_as(j->v, &tcp_rules[RULE_NO_ACK],
		       has_waited(j, life->syn_ack_ns) ? OUTCOME_VIOLATION : OUTCOME_UNDECIDABLE,
		       "SYN-ACK #%u was not acknowledged in %s.", life->syn_ack_packet,
		       verdict_span(j->v, time_between(life->syn_ack_ns, j->capture->last_ns)));
	point_at(j->v, life->syn_ack_packet);
}

static void tell_order(struct judging *j)
{
	uint32_t answer = j->life->syn_ack_packet, syn = j->client->syn_packet;

	if (!answer || !syn || answer > syn)
		return;
	verdict_add(j->v, &tcp_rules[RULE_H8],
		    "Packets are out of order in the capture: #%u (SYN-ACK) is stored before #%u "
		    "(SYN).",
		    answer, syn);
	point_at(j->v, answer);
	point_at(j->v, syn);
}

/* A direction without a packet: what can be told of the other says little. */
static bool tell_one_sided(struct judging *j)
{
	bool client = j->client->packets, server = j->server->packets;

	if (client && server)
		return false;
	/* Of a single packet there is no other direction to miss. */
	if (j->life->packets == 1)
		return true;
	verdict_add(
		j->v, &tcp_rules[RULE_H7],
		"Only %s → %s was captured; times and losses of the other direction are unknown.",
		side_name(client), side_name(!client));
	return true;
}

/* RFC 9293, figure 8: each side's SYN-ACK has its number again, and the other's + 1. */
static bool crossed_is_exact(struct judging *j, const struct tcp_life_side *own,
			     const struct tcp_life_side *other)
{
	uint32_t ack = own->syn_ack_acknowledgment - other->syn_sequence;
	uint32_t sequence = own->syn_ack_sequence - own->syn_sequence;

	if (own->syn_ack_packet && (sequence || ack < 1 || ack > 1 + other->syn_length)) {
		verdict_add(j->v, &tcp_rules[RULE_WRONG_SYN_ACK],
			    "SYN-ACK #%u has sequence number %u and acknowledges %u instead of 0 "
			    "and 1.",
			    own->syn_ack_packet, sequence, ack);
		point_at(j->v, other->syn_packet);
		point_at(j->v, own->syn_ack_packet);
		return false;
	}
	if (own->has_ack)
		return true;
	verdict_add_as(j->v, &tcp_rules[RULE_NO_ACK],
		       has_waited(j, other->last_syn_ns) ? OUTCOME_VIOLATION : OUTCOME_UNDECIDABLE,
		       "SYN #%u was not acknowledged in %s.", other->syn_packet,
		       verdict_span(j->v, time_between(other->last_syn_ns, j->capture->last_ns)));
	point_at(j->v, other->syn_packet);
	return false;
}

static void tell_crossed(struct judging *j)
{
	bool client = crossed_is_exact(j, j->client, j->server);
	bool server = crossed_is_exact(j, j->server, j->client);

	if (!client || !server)
		return;
	verdict_add(j->v, &tcp_rules[RULE_CROSSED_SYN],
		    "Opened by both sides at the same time (#%u, #%u).", j->client->syn_packet,
		    j->server->syn_packet);
	point_at(j->v, j->client->syn_packet);
	point_at(j->v, j->server->syn_packet);
}

void tcp_tell_opening(struct judging *j)
{
	const struct tcp_life *life = j->life;
	struct verdict *v = j->v;

	tell_order(j);
	if (only_asked(j) || (j->client->syn_packet && life->rst_packet && life->rst_answers_syn)) {
		tell_syn_data(j);
		tell_unanswered(j);
		return;
	}
	if (!j->client->syn_packet) {
		if (life->syn_ack_packet)
			verdict_add(v, &tcp_rules[RULE_H6],
				    "Only part of the handshake was captured (SYN missing).");
		else
			verdict_add(v, &tcp_rules[RULE_H5],
				    "Handshake not captured: the connection already existed. "
				    "Sequence numbers count "
				    "from the first byte seen.");
		tell_one_sided(j);
		return;
	}
	if (tell_one_sided(j))
		return;
	tell_needless_rejection(j);
	if (life->syn_crossed) {
		tell_crossed(j);
		return;
	}
	if (!life->syn_ack_packet) {
		tell_unanswered(j);
		return;
	}
	tell_resent_syn(j);
	tell_syn_data(j);
	if (!syn_ack_is_exact(j))
		return;
	if (!life->ack_packet)
		tell_unacknowledged_syn_ack(j);
	else if (ack_is_exact(j))
		tell_complete(j);
}
