/* icmp_echo.c - which reply belongs to which echo request.
 *
 * A reply has its request's identifier, sequence number and data. */
#include "dissect/dissector.h"
#include "icmp.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/learned.h"
#include "state/requests.h"

/* How far a reply looks back: enough for a flood of requests, and a bound for hostile ones. */
enum { LOOK_BACK = 512 };

struct echo_fact {
	uint32_t partner;		/* a request's reply (a forward link), a reply's request; 0: none */
	uint32_t sum;			/* of a request's data */
	struct request request;
};

struct echo_state { struct request *newest; };

static void keep_request(struct dissection *d, struct echo_state *state, uint32_t key, uint32_t sum)
{
	struct echo_fact *fact = learn(d, FACT_OWN, sizeof *fact);

	if (!fact)
		return;
	fact->sum = sum;
	request_add(&state->newest, &fact->request, key, d->packet.number);
}

static struct echo_fact *find_request(const struct echo_state *state, uint32_t key, uint32_t sum)
{
	struct request *request = state->newest;

	for (unsigned i = 0; request && i < LOOK_BACK; i++, request = request_before(request)) {
		struct echo_fact *fact = FACT_OF_REQUEST(request, struct echo_fact, request);
		if (request->key == key && fact->sum == sum)
			return fact;
	}
	return NULL;
}

static void keep_reply(struct dissection *d, const struct echo_state *state, uint32_t key, uint32_t sum)
{
	struct echo_fact *request = find_request(state, key, sum);

	if (!request || fact_link(&request->partner))
		return;
	uint32_t *partner = learn(d, FACT_OWN, sizeof *partner);
	if (!partner)
		return;
	*partner = request->request.packet;
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
	const uint32_t *link = recall(d, FACT_OWN, NULL);
	uint32_t other = link ? link_seen(d, link) : 0;
	if (!other)
		return false;
	*partner = (struct echo){ other, index_time(&d->learned->index, other) };
	return true;
}

uint32_t echo_sum(uint16_t checksum, uint8_t type)
{
	uint32_t sum = (uint16_t)~checksum + (uint32_t)(uint16_t)~(type << 8);

	sum = (sum & 0xffff) + (sum >> 16);
	return sum == 0xffff ? 0 : sum;
}
