/* tcp_closing.c - rules about FINs, RSTs and what follows them. */
#include "tcp_judging.h"

static void tell_ignored_rst(struct judging *j)
{
	const struct tcp_life *life = j->life;

	for (unsigned i = 0; i < life->ignored_count && i < TCP_LIFE_IGNORED; i++) {
		const struct tcp_ignored_rst *rst = &life->ignored[i];
		verdict_add(j->v, &tcp_rules[RULE_C8],
			    "RST #%u from %s did not end the connection (it goes on with #%u): "
			    "ignored or forged.",
			    rst->packet, side_name(rst->from_client), rst->goes_on_packet);
		point_at(j->v, rst->packet);
		point_at(j->v, rst->goes_on_packet);
	}
	if (life->rst_data_packet) {
		verdict_add(j->v, &tcp_rules[RULE_DATA_AFTER_RST],
			    "Data (#%u) follow a valid RST of their sender.",
			    life->rst_data_packet);
		point_at(j->v, life->rst_data_packet);
	}
}

static void tell_late_data(struct judging *j, bool client)
{
	const struct tcp_life_side *side = client ? j->client : j->server;

	if (!side->late_data_packet)
		return;
	verdict_add(j->v, &tcp_rules[RULE_DATA_AFTER_FIN],
		    "%s sent %u bytes (#%u) beyond its FIN #%u.", client ? "Client" : "Server",
		    side->late_data_bytes, side->late_data_packet, side->fin_packet);
	point_at(j->v, side->fin_packet);
	point_at(j->v, side->late_data_packet);
}

static void tell_resent_fin(struct judging *j, bool client)
{
	const struct tcp_life_side *side = client ? j->client : j->server;

	if (side->fin_count < 2)
		return;
	verdict_add(j->v, &tcp_rules[RULE_C5], "FIN sent %u times.", side->fin_count);
	point_at(j->v, side->fin_packet);
}

static bool is_empty(const struct judging *j)
{
	return !j->client->bytes && !j->server->bytes;
}

/* What the reset cut off. */
static const char *loss_of_reset(struct judging *j)
{
	const struct tcp_life *life = j->life;

	/* Of whom nothing is seen no acknowledgment is, either. */
	if (!j->client->packets || !j->server->packets)
		return "what had been acknowledged is not known";
	if (life->rst_unacknowledged)
		return arena_printf(&j->v->arena, "%u bytes were unacknowledged",
				    life->rst_unacknowledged);
	if (life->syn_ack_packet && !life->ack_packet && is_empty(j))
		return "the handshake was not complete";
	return "everything had been acknowledged";
}

static void tell_reset(struct judging *j)
{
	const struct tcp_life *life = j->life;
	struct verdict *v = j->v;
	const char *side = side_name(life->rst_from_client);

	if (life->ack_packet && is_empty(j) && !j->client->fin_packet && !j->server->fin_packet) {
		verdict_add(v, &tcp_rules[RULE_H10], "Opened and reset by %s without data.", side);
		point_at(v, life->rst_packet);
		return;
	}
	const char *idle = life->rst_idle_ns >= LONG_SILENCE_NS
				   ? arena_printf(&v->arena, " after %s idle",
						  verdict_span(v, life->rst_idle_ns))
				   : "";
	verdict_add_as(v, &tcp_rules[RULE_C4],
		       life->rst_after_close ? OUTCOME_NEUTRAL : OUTCOME_VIOLATION,
		       "Reset by %s #%u%s; %s.", side, life->rst_packet, idle, loss_of_reset(j));
	point_at(v, life->rst_packet);
}

static void tell_open_fin(struct judging *j, const struct tcp_life_side *side)
{
	if (j->capture->goes_on)
		verdict_add_as(j->v, &tcp_rules[RULE_C3], OUTCOME_UNDECIDABLE,
			       "FIN #%u was not acknowledged yet.", side->fin_packet);
	else
		verdict_add(j->v, &tcp_rules[RULE_C3],
			    "FIN #%u was not acknowledged before the capture ended.",
			    side->fin_packet);
	point_at(j->v, side->fin_packet);
}

static void tell_both_fins(struct judging *j)
{
	bool client_first = j->client->fin_packet < j->server->fin_packet;
	const struct tcp_life_side *first = client_first ? j->client : j->server;
	const struct tcp_life_side *second = client_first ? j->server : j->client;
	struct verdict *v = j->v;

	if (!first->fin_acknowledged_in || !second->fin_acknowledged_in) {
		const struct tcp_life_side *open = first->fin_acknowledged_in ? second : first;
		if (j->life->rst_packet)
			return;
		tell_open_fin(j, open);
		return;
	}
	if (second->fin_crossed) {
		verdict_add(v, &tcp_rules[RULE_C7],
			    "Closed by both sides at the same time (#%u, #%u).", first->fin_packet,
			    second->fin_packet);
		point_at(v, first->fin_packet);
		point_at(v, second->fin_packet);
		return;
	}
	verdict_add(v, &tcp_rules[RULE_C1],
		    "Closed by %s FIN #%u, then %s FIN #%u; both acknowledged (#%u, #%u).",
		    side_name(client_first), first->fin_packet, side_name(!client_first),
		    second->fin_packet, first->fin_acknowledged_in, second->fin_acknowledged_in);
	point_at(v, first->fin_packet);
	point_at(v, second->fin_packet);
	point_at(v, first->fin_acknowledged_in);
	point_at(v, second->fin_acknowledged_in);
}

static void tell_one_fin(struct judging *j, bool client)
{
	const struct tcp_life_side *side = client ? j->client : j->server;

	if (j->life->rst_packet)
		return;
	if (j->capture->goes_on)
		verdict_add_as(j->v, &tcp_rules[RULE_C2], OUTCOME_UNDECIDABLE,
			       "Half-closed: %s sent FIN #%u; %s has not closed yet.",
			       side_name(client), side->fin_packet, side_name(!client));
	else
		verdict_add(j->v, &tcp_rules[RULE_C2],
			    "Half-closed: %s sent FIN #%u; %s never closed.", side_name(client),
			    side->fin_packet, side_name(!client));
	point_at(j->v, side->fin_packet);
	if (side->fin_acknowledged_in)
		return;
	tell_open_fin(j, side);
}

void tcp_tell_closing(struct judging *j)
{
	const struct tcp_life *life = j->life;
	bool client = j->client->fin_packet, server = j->server->fin_packet;
	bool one_sided = !j->client->packets || !j->server->packets;

	tell_ignored_rst(j);
	if (life->rst_packet && (life->rst_answers_syn || life->rst_aborts_syn))
		return;
	tell_resent_fin(j, true);
	tell_resent_fin(j, false);
	tell_late_data(j, true);
	tell_late_data(j, false);
	if (client && server)
		tell_both_fins(j);
	else if ((client || server) && !one_sided)
		tell_one_fin(j, client);
	if (life->rst_packet)
		tell_reset(j);
	else if (!client && !server && !only_asked(j))
		verdict_add(j->v, &tcp_rules[RULE_C6],
			    j->capture->goes_on ? "Still open."
						: "Still open when the capture ended.");
}
