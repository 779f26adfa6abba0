/* tcp_verdict.c - the rules about opening, data and closing, each a sentence with its packets. */
#include "session/tcp_verdict.h"

#include <string.h>

#include "base/time.h"

enum {
	LONG_SILENCE_NS = 1000000000,
	NEAR_SERVER = 10, /* captured there if the server answers that many times faster */
	HOLES_TOLD = 8,
};

enum {
	H1,
	H2,
	H3,
	H4,
	H5,
	H6,
	H7,
	H8,
	H9,
	H10,
	ABORTED,
	CROSSED_SYN,
	OPTIONS,
	WRONG_SYN_ACK,
	WRONG_ACK,
	NO_ACK,
	D1,
	D2,
	D3,
	D4,
	D5,
	D6,
	CONFLICT,
	C1,
	C2,
	C3,
	C4,
	C5,
	C6,
	C7,
	C8,
	DATA_AFTER_FIN,
	DATA_AFTER_RST,
	CUT,
	DROPS,
	REUSED,
};

const struct rule tcp_rules[] = {
	[H1] = { "H1", MARK_GOOD, OUTCOME_CLEAN, "the handshake is complete and exact" },
	[H2] = { "H2", MARK_NOTABLE, OUTCOME_NEUTRAL,
		 "the SYN was sent again before it was answered" },
	[H3] = { "H3", MARK_BAD, OUTCOME_VIOLATION, "nothing answers the SYN" },
	[H4] = { "H4", MARK_BAD, OUTCOME_VIOLATION, "a RST answers the SYN" },
	[H5] = { "H5", MARK_OPEN, OUTCOME_UNDECIDABLE, "the handshake was not captured" },
	[H6] = { "H6", MARK_OPEN, OUTCOME_UNDECIDABLE, "the SYN was not captured" },
	[H7] = { "H7", MARK_OPEN, OUTCOME_UNDECIDABLE, "one direction was not captured" },
	[H8] = { "H8", MARK_NOTABLE, OUTCOME_NEUTRAL, "the SYN-ACK is stored before the SYN" },
	[H9] = { "H9", MARK_NOTABLE, OUTCOME_NEUTRAL, "data came with the SYN" },
	[H10] = { "H10", MARK_NOTABLE, OUTCOME_VIOLATION, "opened and reset without data" },
	[ABORTED] = { "aborted", MARK_BAD, OUTCOME_VIOLATION,
		      "its sender resets what its SYN began" },
	[CROSSED_SYN] = { "simultaneous-open", MARK_GOOD, OUTCOME_CLEAN,
			  "both sides opened at the same time" },
	[OPTIONS] = { "options", MARK_NONE, OUTCOME_NEUTRAL, "what both SYNs agreed on" },
	[WRONG_SYN_ACK] = { "wrong-syn-ack", MARK_BAD, OUTCOME_VIOLATION,
			    "the SYN-ACK does not acknowledge the SYN's number + 1" },
	[WRONG_ACK] = { "wrong-ack", MARK_BAD, OUTCOME_VIOLATION,
			"the handshake's third packet has wrong numbers" },
	[NO_ACK] = { "no-ack", MARK_BAD, OUTCOME_VIOLATION, "the SYN-ACK is not acknowledged" },
	[D1] = { "D1", MARK_NOTABLE, OUTCOME_NEUTRAL,
		 "bytes that the capture lacks were acknowledged" },
	[D2] = { "D2", MARK_NOTABLE, OUTCOME_NEUTRAL, "missing bytes were never acknowledged" },
	[D3] = { "D3", MARK_NOTABLE, OUTCOME_NEUTRAL, "segments were sent again" },
	[D4] = { "D4", MARK_NOTABLE, OUTCOME_NEUTRAL, "a side closed its window" },
	[D5] = { "D5", MARK_COUNTED, OUTCOME_NEUTRAL,
		 "keep-alives, disorder, full windows, slow ACKs" },
	[D6] = { "D6", MARK_NONE, OUTCOME_NEUTRAL, "a second and more without a packet" },
	[CONFLICT] = { "conflict", MARK_BAD, OUTCOME_VIOLATION,
		       "the same bytes were sent with other content" },
	[C1] = { "C1", MARK_GOOD, OUTCOME_CLEAN, "both sides closed, both FINs were acknowledged" },
	[C2] = { "C2", MARK_NOTABLE, OUTCOME_VIOLATION, "one side never closed" },
	[C3] = { "C3", MARK_NOTABLE, OUTCOME_VIOLATION, "a FIN was not acknowledged" },
	[C4] = { "C4", MARK_BAD, OUTCOME_VIOLATION, "a RST ended the connection" },
	[C5] = { "C5", MARK_NOTABLE, OUTCOME_NEUTRAL, "a FIN was sent again" },
	[C6] = { "C6", MARK_OPEN, OUTCOME_UNDECIDABLE,
		 "the connection was open at the capture's end" },
	[C7] = { "C7", MARK_GOOD, OUTCOME_CLEAN, "both sides closed at the same time" },
	[C8] = { "C8", MARK_NOTABLE, OUTCOME_VIOLATION, "the connection goes on after a RST" },
	[DATA_AFTER_FIN] = { "data-after-fin", MARK_BAD, OUTCOME_VIOLATION,
			     "data follow the FIN of their sender" },
	[DATA_AFTER_RST] = { "data-after-rst", MARK_BAD, OUTCOME_VIOLATION,
			     "data follow a valid RST of their sender" },
	[CUT] = { "cut", MARK_OPEN, OUTCOME_UNDECIDABLE, "the snap length cut a TCP header" },
	[DROPS] = { "drops", MARK_OPEN, OUTCOME_UNDECIDABLE,
		    "the capture lost packets, and this connection has holes" },
	[REUSED] = { "reused-ports", MARK_COUNTED, OUTCOME_NEUTRAL,
		     "an earlier connection had the same ports" },
	{ NULL, MARK_NONE, OUTCOME_NEUTRAL, NULL },
};

/* What is being judged. */
struct judging {
	struct verdict *v;
	const struct tcp_life *life;
	const struct tcp_capture *capture;
	const struct tcp_life_side *client, *server;
};

static const char *side_name(bool client)
{
	return client ? "client" : "server";
}

static void point(struct verdict *v, uint32_t packet)
{
	if (packet)
		verdict_point(v, packet);
}

/* Has the capture gone on long enough after this to call silence an answer? */
static bool has_waited(const struct judging *j, int64_t ns)
{
	return time_between(ns, j->capture->last_ns) >= j->capture->patience_ns;
}

/* --- opening --- */

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

	verdict_add(j->v, &tcp_rules[OPTIONS], "%s, %s, %s.", mss, sack, scale);
}

static int64_t syn_time(const struct judging *j)
{
	const struct tcp_life *life = j->life;
	bool stored_later = j->client->syn_packet > life->syn_ack_packet;

	return stored_later ? j->client->first_syn_ns : life->syn_ns;
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
		verdict_add(v, &tcp_rules[H1], "Handshake complete in %s.", b);
	else if (network < client / NEAR_SERVER)
		verdict_add(v, &tcp_rules[H1],
			    "Handshake complete in %s (server %s, client+network %s).", all, a, b);
	else
		verdict_add(v, &tcp_rules[H1], "Handshake complete in %s (network %s, client %s).",
			    all, a, b);
	point(v, j->client->syn_packet);
	point(v, life->syn_ack_packet);
	point(v, life->ack_packet);
	tell_options(j);
}

/* The SYN-ACK acknowledges the SYN, and of the data in it as much as the server accepts. */
static bool syn_ack_is_exact(struct judging *j)
{
	uint32_t ack = j->life->syn_ack_acknowledgment - j->client->syn_sequence;

	if (ack >= 1 && ack <= 1 + j->client->syn_length)
		return true;
	verdict_add(j->v, &tcp_rules[WRONG_SYN_ACK],
		    "SYN-ACK #%u acknowledges %u instead of 1, the SYN's number + 1.",
		    j->life->syn_ack_packet, ack);
	point(j->v, j->client->syn_packet);
	point(j->v, j->life->syn_ack_packet);
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
	verdict_add(j->v, &tcp_rules[WRONG_ACK],
		    "The handshake's ACK #%u has sequence number %u and acknowledges %u; %u and 1 "
		    "complete it.",
		    life->ack_packet, sequence, ack, accepted);
	point(j->v, life->ack_packet);
	return false;
}

static void tell_resent_syn(struct judging *j)
{
	const struct tcp_life *life = j->life;
	int64_t waited = time_between(j->client->first_syn_ns, life->syn_ack_ns);

	if (j->client->syn_count < 2)
		return;
	verdict_add(j->v, &tcp_rules[H2], "SYN sent %u times; answered %s after the first.",
		    j->client->syn_count, verdict_span(j->v, waited));
	point(j->v, j->client->syn_packet);
	point(j->v, life->syn_ack_packet);
}

static void tell_syn_data(struct judging *j)
{
	const struct tcp_life_side *c = j->client;

	if (!c->syn_length)
		return;
	bool valid = c->fast_open_cookie && j->life->syn_ack_packet &&
		     j->life->syn_ack_acknowledgment - c->syn_sequence > 1;
	verdict_add(j->v, &tcp_rules[H9], "%u bytes of data came with the SYN%s.", c->syn_length,
		    valid ? ", TCP Fast Open cookie valid" : "");
	point(j->v, c->syn_packet);
}

static void tell_unanswered(struct judging *j)
{
	const struct tcp_life *life = j->life;
	struct verdict *v = j->v;
	bool by_client = j->client->syn_packet;
	const struct tcp_life_side *asked = by_client ? j->client : j->server;

	if (life->rst_packet && life->rst_answers_syn) {
		verdict_add(v, &tcp_rules[H4], "Connection refused by %s %s after the SYN (#%u).",
			    side_name(life->rst_from_client),
			    verdict_span(v, time_between(asked->first_syn_ns, life->last_ns)),
			    life->rst_packet);
		point(v, life->rst_packet);
		return;
	}
	if (life->rst_packet && life->rst_aborts_syn) {
		verdict_add(v, &tcp_rules[ABORTED], "Reset by %s %s after its SYN.",
			    side_name(life->rst_from_client),
			    verdict_span(v, time_between(asked->first_syn_ns, life->last_ns)));
		point(v, life->rst_packet);
		return;
	}
	verdict_add_as(v, &tcp_rules[H3],
		       has_waited(j, asked->last_syn_ns) ? OUTCOME_VIOLATION : OUTCOME_UNDECIDABLE,
		       "No answer to %u SYN in %s.", asked->syn_count,
		       verdict_span(v, time_between(asked->first_syn_ns, j->capture->last_ns)));
	point(v, asked->syn_packet);
}

static void tell_unacknowledged_syn_ack(struct judging *j)
{
	const struct tcp_life *life = j->life;

	if (life->rst_packet)
		return;
	verdict_add_as(j->v, &tcp_rules[NO_ACK],
		       has_waited(j, life->syn_ack_ns) ? OUTCOME_VIOLATION : OUTCOME_UNDECIDABLE,
		       "SYN-ACK #%u was not acknowledged in %s.", life->syn_ack_packet,
		       verdict_span(j->v, time_between(life->syn_ack_ns, j->capture->last_ns)));
	point(j->v, life->syn_ack_packet);
}

static void tell_order(struct judging *j)
{
	uint32_t answer = j->life->syn_ack_packet, syn = j->client->syn_packet;

	if (!answer || !syn || answer > syn)
		return;
	verdict_add(j->v, &tcp_rules[H8],
		    "Packets are out of order in the capture: #%u (SYN-ACK) is stored before #%u "
		    "(SYN).",
		    answer, syn);
	point(j->v, answer);
	point(j->v, syn);
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
		j->v, &tcp_rules[H7],
		"Only %s → %s was captured; times and losses of the other direction are unknown.",
		side_name(client), side_name(!client));
	return true;
}

/* Nobody but the one who asked, and only to ask or to give up: that is no capture of one side. */
static bool only_asked(const struct judging *j)
{
	const struct tcp_life_side *c = j->client;

	return c->syn_packet && !j->server->packets && !c->has_ack &&
	       c->bytes == c->syn_length * (uint64_t)c->syn_count;
}

static void tell_opening(struct judging *j)
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
			verdict_add(v, &tcp_rules[H6],
				    "Only part of the handshake was captured (SYN missing).");
		else
			verdict_add(v, &tcp_rules[H5],
				    "Handshake not captured: the connection already existed. "
				    "Sequence numbers count "
				    "from the first byte seen.");
		tell_one_sided(j);
		return;
	}
	if (tell_one_sided(j))
		return;
	if (life->syn_crossed) {
		verdict_add(v, &tcp_rules[CROSSED_SYN],
			    "Opened by both sides at the same time (#%u, #%u).",
			    j->client->syn_packet, j->server->syn_packet);
		point(v, j->client->syn_packet);
		point(v, j->server->syn_packet);
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

/* --- data --- */

static void tell_holes(struct judging *j, bool client)
{
	const struct tcp_life_side *side = client ? j->client : j->server;
	struct verdict *v = j->v;
	unsigned told = 0;
	uint64_t rest = side->holes_dropped;

	for (unsigned i = 0; i < side->hole_count; i++) {
		const struct tcp_hole *hole = &side->holes[i];
		uint32_t bytes = hole->end - hole->start;
		if (told == HOLES_TOLD) {
			rest += bytes;
			continue;
		}
		told++;
		if (hole->acknowledged_in)
			verdict_add(v, &tcp_rules[D1],
				    "%u bytes from %s are not in the capture (before #%u), but %s "
				    "acknowledged them "
				    "(#%u): the capture lost them, not the network.",
				    bytes, side_name(client), hole->before, side_name(!client),
				    hole->acknowledged_in);
		else
			verdict_add(v, &tcp_rules[D2],
				    "%u bytes from %s are missing and were never acknowledged: "
				    "lost before %s, or "
				    "after the capture point.",
				    bytes, side_name(client), side_name(!client));
		point(v, hole->before);
		point(v, hole->acknowledged_in);
	}
	if (rest)
		verdict_add(v, &tcp_rules[D2],
			    "%llu more bytes from %s are missing in further places.",
			    (unsigned long long)rest, side_name(client));
}

static void tell_resent(struct judging *j)
{
	const struct tcp_life_side *c = j->client, *s = j->server;
	uint32_t resent = c->resent + s->resent, fast = c->resent_fast + s->resent_fast;
	uint32_t needless = c->resent_needless + s->resent_needless;
	uint64_t bytes = c->resent_bytes + s->resent_bytes, all = c->bytes + s->bytes;

	if (!resent)
		return;
	verdict_add(j->v, &tcp_rules[D3],
		    "%u segments (%llu B, %.1f %%) resent: %u fast, %u by timeout, %u needless.",
		    resent, (unsigned long long)bytes,
		    100.0 * (double)bytes / (double)(all ? all : 1), fast, resent - fast - needless,
		    needless);
}

static void tell_closed_window(struct judging *j, bool client)
{
	const struct tcp_life_side *side = client ? j->client : j->server;
	uint32_t from = side->longest_closed_packet, to = side->longest_opened_packet;
	int64_t ns = side->longest_closed_ns;

	if (side->closed_packet &&
	    (!from || time_between(side->closed_ns, j->life->last_ns) > ns)) {
		from = side->closed_packet;
		to = j->life->last_packet;
		ns = time_between(side->closed_ns, j->life->last_ns);
	}
	if (!from)
		return;
	verdict_add(j->v, &tcp_rules[D4],
		    "%s closed its window for %s (#%u–#%u): its application did not read.",
		    client ? "Client" : "Server", verdict_span(j->v, ns), from, to);
	point(j->v, from);
	point(j->v, to);
}

static void tell_counts(struct judging *j)
{
	const struct tcp_life_side *c = j->client, *s = j->server;
	const struct {
		uint32_t count;
		const char *one, *many;
	} counts[] = {
		{ c->keep_alives + s->keep_alives, "keep-alive", "keep-alives" },
		{ c->out_of_order + s->out_of_order, "out of order", "out of order" },
		{ c->window_full + s->window_full, "window full", "times window full" },
		{ c->slow_acks + s->slow_acks, "ACK later than 200 ms", "ACKs later than 200 ms" },
	};
	const char *text = "";

	for (unsigned i = 0; i < sizeof counts / sizeof *counts; i++)
		if (counts[i].count)
			text = arena_printf(&j->v->arena, "%s%s%u %s", text, *text ? ", " : "",
					    counts[i].count,
					    counts[i].count == 1 ? counts[i].one : counts[i].many);
	if (*text)
		verdict_add(j->v, &tcp_rules[D5], "%s.", text);
}

static void tell_data(struct judging *j)
{
	const struct tcp_life *life = j->life;
	struct verdict *v = j->v;

	if (j->client->packets && j->server->packets) {
		tell_holes(j, true);
		tell_holes(j, false);
	}
	tell_resent(j);
	if (life->conflict_count) {
		verdict_add(v, &tcp_rules[CONFLICT],
			    "%s sent the same bytes twice with other content: %u bytes from number "
			    "%u on in #%u and #%u.",
			    life->conflict.from_client ? "Client" : "Server", life->conflict.length,
			    life->conflict.start, life->conflict.first_packet,
			    life->conflict.second_packet);
		point(v, life->conflict.first_packet);
		point(v, life->conflict.second_packet);
	}
	tell_closed_window(j, true);
	tell_closed_window(j, false);
	tell_counts(j);
	if (life->longest_silence_ns > LONG_SILENCE_NS) {
		verdict_add(v, &tcp_rules[D6], "Longest silence: %s before #%u.",
			    verdict_span(v, life->longest_silence_ns), life->silence_before);
		point(v, life->silence_before);
	}
}

/* --- closing --- */

static void tell_ignored_rst(struct judging *j)
{
	const struct tcp_life *life = j->life;

	for (unsigned i = 0; i < life->ignored_count && i < TCP_LIFE_IGNORED; i++) {
		const struct tcp_ignored_rst *rst = &life->ignored[i];
		verdict_add(j->v, &tcp_rules[C8],
			    "RST #%u from %s did not end the connection (it goes on with #%u): "
			    "ignored or forged.",
			    rst->packet, side_name(rst->from_client), rst->goes_on_packet);
		point(j->v, rst->packet);
		point(j->v, rst->goes_on_packet);
	}
	if (life->rst_data_packet) {
		verdict_add(j->v, &tcp_rules[DATA_AFTER_RST],
			    "Data (#%u) follow a valid RST of their sender.",
			    life->rst_data_packet);
		point(j->v, life->rst_data_packet);
	}
}

static void tell_late_data(struct judging *j, bool client)
{
	const struct tcp_life_side *side = client ? j->client : j->server;

	if (!side->late_data_packet)
		return;
	verdict_add(j->v, &tcp_rules[DATA_AFTER_FIN], "%s sent %u bytes (#%u) beyond its FIN #%u.",
		    client ? "Client" : "Server", side->late_data_bytes, side->late_data_packet,
		    side->fin_packet);
	point(j->v, side->fin_packet);
	point(j->v, side->late_data_packet);
}

static void tell_resent_fin(struct judging *j, bool client)
{
	const struct tcp_life_side *side = client ? j->client : j->server;

	if (side->fin_count < 2)
		return;
	verdict_add(j->v, &tcp_rules[C5], "FIN sent %u times.", side->fin_count);
	point(j->v, side->fin_packet);
}

static void tell_reset(struct judging *j)
{
	const struct tcp_life *life = j->life;
	struct verdict *v = j->v;
	bool empty = !j->client->bytes && !j->server->bytes;
	const char *side = side_name(life->rst_from_client);

	if (life->ack_packet && empty && !j->client->fin_packet && !j->server->fin_packet) {
		verdict_add(v, &tcp_rules[H10], "Opened and reset by %s without data.", side);
		point(v, life->rst_packet);
		return;
	}
	const char *idle = life->rst_idle_ns >= LONG_SILENCE_NS
				   ? arena_printf(&v->arena, " after %s idle",
						  verdict_span(v, life->rst_idle_ns))
				   : "";
	const char *rest = life->rst_unacknowledged
				   ? arena_printf(&v->arena, "%u bytes were unacknowledged",
						  life->rst_unacknowledged)
				   : "everything had been acknowledged";
	verdict_add_as(v, &tcp_rules[C4],
		       life->rst_after_close ? OUTCOME_NEUTRAL : OUTCOME_VIOLATION,
		       "Reset by %s #%u%s; %s.", side, life->rst_packet, idle, rest);
	point(v, life->rst_packet);
}

static void tell_open_fin(struct judging *j, const struct tcp_life_side *side)
{
	if (j->capture->goes_on)
		verdict_add_as(j->v, &tcp_rules[C3], OUTCOME_UNDECIDABLE,
			       "FIN #%u was not acknowledged yet.", side->fin_packet);
	else
		verdict_add(j->v, &tcp_rules[C3],
			    "FIN #%u was not acknowledged before the capture ended.",
			    side->fin_packet);
	point(j->v, side->fin_packet);
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
		verdict_add(v, &tcp_rules[C7], "Closed by both sides at the same time (#%u, #%u).",
			    first->fin_packet, second->fin_packet);
		point(v, first->fin_packet);
		point(v, second->fin_packet);
		return;
	}
	verdict_add(v, &tcp_rules[C1],
		    "Closed by %s FIN #%u, then %s FIN #%u; both acknowledged (#%u, #%u).",
		    side_name(client_first), first->fin_packet, side_name(!client_first),
		    second->fin_packet, first->fin_acknowledged_in, second->fin_acknowledged_in);
	point(v, first->fin_packet);
	point(v, second->fin_packet);
	point(v, first->fin_acknowledged_in);
	point(v, second->fin_acknowledged_in);
}

static void tell_one_fin(struct judging *j, bool client)
{
	const struct tcp_life_side *side = client ? j->client : j->server;

	if (j->life->rst_packet)
		return;
	if (j->capture->goes_on)
		verdict_add_as(j->v, &tcp_rules[C2], OUTCOME_UNDECIDABLE,
			       "Half-closed: %s sent FIN #%u; %s has not closed yet.",
			       side_name(client), side->fin_packet, side_name(!client));
	else
		verdict_add(j->v, &tcp_rules[C2], "Half-closed: %s sent FIN #%u; %s never closed.",
			    side_name(client), side->fin_packet, side_name(!client));
	point(j->v, side->fin_packet);
	if (side->fin_acknowledged_in)
		return;
	tell_open_fin(j, side);
}

static void tell_closing(struct judging *j)
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
		verdict_add(j->v, &tcp_rules[C6],
			    j->capture->goes_on ? "Still open."
						: "Still open when the capture ended.");
}

/* --- the capture itself --- */

static void tell_capture(struct judging *j)
{
	const struct tcp_life *life = j->life;
	bool holes = j->client->hole_count || j->server->hole_count;

	if (life->reuses_ports)
		verdict_add(j->v, &tcp_rules[REUSED],
			    "An earlier connection had the same addresses and ports.");
	if (life->cut_packet) {
		verdict_add(j->v, &tcp_rules[CUT],
			    "The TCP header of #%u is cut by the snap length.", life->cut_packet);
		point(j->v, life->cut_packet);
	}
	if (j->capture->lost && holes)
		verdict_add(j->v, &tcp_rules[DROPS],
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
		      const struct tcp_capture *capture)
{
	struct judging j = { v, life, capture, &life->side[0], &life->side[1] };

	add_name(&j);
	v->first_packet = life->first_packet;
	v->last_packet = life->last_packet;
	v->packet_count = life->packets;
	tell_opening(&j);
	tell_data(&j);
	tell_closing(&j);
	tell_capture(&j);
	add_attributes(&j);
}
