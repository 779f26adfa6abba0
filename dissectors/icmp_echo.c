/* icmp_echo.c - which reply belongs to which echo request.
 *
 * The requests between two addresses are chained through the facts of their packets, the newest
 * first; a reply looks along the chain for its identifier, sequence number and data. */
#include "dissect/dissector.h"
#include "icmp.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/learned.h"

/* How far a reply looks back: enough for a flood of requests, and a bound for hostile ones. */
enum { LOOK_BACK = 512 };

struct echo_fact {
	uint32_t partner;               /* a request's reply (a forward link), a reply's request; 0: none */
	uint32_t key, sum;              /* of a request */
	uint32_t packet;
	uint32_t older[2];              /* the request before it: an address, in two halves */
};

struct echo_state { struct echo_fact *newest; };

static struct echo_fact *older_than(const struct echo_fact *fact)
{
	return (struct echo_fact *)((uintptr_t)fact->older[1] << 16 << 16 | fact->older[0]);
}

static void keep_request(struct dissection *d, struct echo_state *state, uint32_t key, uint32_t sum)
{
	struct echo_fact *fact = learn(d, FACT_OWN, sizeof *fact);

	if (!fact)
		return;
	uintptr_t older = (uintptr_t)state->newest;
	*fact = (struct echo_fact){ .key = key, .sum = sum, .packet = d->packet.number,
				    .older = { (uint32_t)older, (uint32_t)(older >> 16 >> 16) } };
	state->newest = fact;
}

static void keep_reply(struct dissection *d, const struct echo_state *state, uint32_t key, uint32_t sum)
{
	struct echo_fact *request = state->newest;

	for (unsigned i = 0; request && i < LOOK_BACK; i++, request = older_than(request))
		if (request->key == key && request->sum == sum)
			break;
	if (!request || request->key != key || request->sum != sum || fact_link(&request->partner))
		return;
	struct echo_fact *fact = learn(d, FACT_OWN, sizeof *fact);
	if (!fact)
		return;
	fact->partner = request->packet;
	fact_set_link(&request->partner, d->packet.number);
}

bool pair_echo(struct dissection *d, bool request, uint32_t key, uint32_t sum, uint8_t protocol,
	       struct echo *partner)
{
	if (!conversation_of(d, protocol))
		return false;
	const struct dissector *owner = d->layers[d->layer_count - 1].dissector;
	struct echo_state *state = conversation_state(d, owner, sizeof *state);
	if (state && request)
		keep_request(d, state, key, sum);
	else if (state)
		keep_reply(d, state, key, sum);
	if (d->pen && request)
		return false;
	const struct echo_fact *fact = recall(d, FACT_OWN, NULL);
	uint32_t other = fact ? link_seen(d, &fact->partner) : 0;
	if (!other)
		return false;
	*partner = (struct echo){ other, index_time(&d->learned->index, other) };
	return true;
}
