/* tcp_transfer.c - rules about what was sent between opening and closing. */
#include "base/number_text.h"
#include "tcp_judging.h"

enum { HOLES_TOLD = 8 };

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
			verdict_add(v, &tcp_rules[RULE_D1],
				    "%u bytes from %s are not in the capture (before #%u), but %s "
				    "acknowledged them "
				    "(#%u): the capture lost them, not the network.",
				    bytes, side_name(client), hole->before, side_name(!client),
				    hole->acknowledged_in);
		else
			verdict_add(v, &tcp_rules[RULE_D2],
				    "%u bytes from %s are missing and were never acknowledged: "
				    "lost before %s, or "
				    "after the capture point.",
				    bytes, side_name(client), side_name(!client));
		point_at(v, hole->before);
		point_at(v, hole->acknowledged_in);
	}
	if (rest)
		verdict_add(v, &tcp_rules[RULE_D2],
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
	verdict_add(j->v, &tcp_rules[RULE_D3],
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
	verdict_add(j->v, &tcp_rules[RULE_D4],
		    "%s closed its window for %s (#%u–#%u): its application did not read.",
		    client ? "Client" : "Server", verdict_span(j->v, ns), from, to);
	point_at(j->v, from);
	point_at(j->v, to);
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
		verdict_add(j->v, &tcp_rules[RULE_D5], "%s.", text);
}

/* "…at dawn": what is no plain ASCII as \\x and two digits. */
static const char *excerpt_text(struct verdict *v, const struct tcp_excerpt *excerpt)
{
	static const char ellipsis[] = "…";
	char text[4 * sizeof excerpt->bytes + 1], *at = text;

	for (unsigned i = 0; i < excerpt->count; i++) {
		uint8_t c = excerpt->bytes[i];
		if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
			*at++ = (char)c;
			continue;
		}
		*at++ = '\\';
		*at++ = 'x';
		at = number_put_hex(at, c, 2);
	}
	*at = '\0';
	return arena_printf(&v->arena, "%s%s%s", excerpt->begins_before ? ellipsis : "", text,
			    excerpt->goes_on ? ellipsis : "");
}

static void tell_conflict(struct judging *j)
{
	const struct tcp_conflict *conflict = &j->life->conflict;
	struct verdict *v = j->v;

	if (!j->life->conflict_count)
		return;
	verdict_add(v, &tcp_rules[RULE_CONFLICT],
		    "%s sent the same bytes twice with other content: %u bytes from number %u on, "
		    "\"%s\" in #%u and \"%s\" in #%u.",
		    conflict->from_client ? "Client" : "Server", conflict->length, conflict->start,
		    excerpt_text(v, &conflict->versions[0]), conflict->first_packet,
		    excerpt_text(v, &conflict->versions[1]), conflict->second_packet);
	point_at(v, conflict->first_packet);
	point_at(v, conflict->second_packet);
}

void tcp_tell_data(struct judging *j)
{
	const struct tcp_life *life = j->life;
	struct verdict *v = j->v;

	if (j->client->packets && j->server->packets) {
		tell_holes(j, true);
		tell_holes(j, false);
	}
	tell_resent(j);
	tell_conflict(j);
	tell_closed_window(j, true);
	tell_closed_window(j, false);
	tell_counts(j);
	if (life->longest_silence_ns > LONG_SILENCE_NS) {
		verdict_add(v, &tcp_rules[RULE_D6], "Longest silence: %s before #%u.",
			    verdict_span(v, life->longest_silence_ns), life->silence_before);
		point_at(v, life->silence_before);
	}
}
