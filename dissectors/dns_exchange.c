/* dns_exchange.c - which answer belongs to which query, and what was sent again. */
#include "state/conversation.h"
#include "state/facts.h"
#include "state/requests.h"
#include "dns.h"

enum role {
	ROLE_QUERY = 1,
	ROLE_QUERY_AGAIN,
	ROLE_RESPONSE,
	ROLE_RESPONSE_AGAIN,
	ROLE_UNSOLICITED
};

/* What a message is in its exchange. */
struct role_fact {
	uint32_t role;	 /* enum role */
	uint32_t packet; /* the query answered or repeated, or the response repeated */
};

/* A query that is not a repetition. */
struct query_fact {
	struct role_fact role;
	uint32_t answered_in; /* a forward link */
	struct request request;
};

/* The same ID after more than that is another query. */
#define RETRY_NS INT64_C(5000000000)

/* For the first pass: the newest query of each chain; how far one is searched. */
enum { CHAINS = 4, CHAIN_SEARCH = 64 };

struct exchange_state {
	struct request *newest[CHAINS];
};

static struct query_fact *find_query(const struct exchange_state *state, uint16_t id)
{
	struct request *request = request_find(state->newest[id % CHAINS], id, CHAIN_SEARCH);

	return request ? FACT_OF_REQUEST(request, struct query_fact, request) : NULL;
}

static void learn_query(struct dissection *d, struct exchange_state *state, uint16_t id)
{
	struct query_fact *earlier = find_query(state, id);

	if (earlier && !earlier->answered_in &&
	    time_since(d, earlier->request.packet) <= RETRY_NS) {
		struct role_fact *again = learn(d, FACT_OWN, sizeof *again);
		if (again)
			*again = (struct role_fact){ ROLE_QUERY_AGAIN, earlier->request.packet };
		return;
	}
	struct query_fact *query = learn(d, FACT_OWN, sizeof *query);
	if (!query)
		return;
	query->role.role = ROLE_QUERY;
	request_add(&state->newest[id % CHAINS], &query->request, id, d->packet.number);
}

static void learn_response(struct dissection *d, struct exchange_state *state, uint16_t id)
{
	struct query_fact *query = find_query(state, id);
	struct role_fact *fact = learn(d, FACT_OWN, sizeof *fact);

	if (!fact)
		return;
	if (!query) {
		fact->role = ROLE_UNSOLICITED;
	} else if (!query->answered_in) {
		*fact = (struct role_fact){ ROLE_RESPONSE, query->request.packet };
		fact_set_link(&query->answered_in, d->packet.number);
	} else {
		*fact = (struct role_fact){ ROLE_RESPONSE_AGAIN, query->answered_in };
	}
}

void dns_learn_role(struct dissection *d, uint16_t id, bool is_response)
{
	const struct dissector *owner = d->layers[d->layer_count - 1].dissector;

	if (!d->pen)
		return;
	struct exchange_state *state = conversation_state(d, owner, sizeof *state);
	if (!state)
		return;
	if (is_response)
		learn_response(d, state, id);
	else
		learn_query(d, state, id);
}

void dns_note_repetition(struct dissection *d, node_id id_node)
{
	const struct role_fact *fact = recall(d, FACT_OWN, NULL);

	if (!fact || (fact->role != ROLE_QUERY_AGAIN && fact->role != ROLE_RESPONSE_AGAIN))
		return;
	bool query = fact->role == ROLE_QUERY_AGAIN;
	note_finding_on(d, id_node, query ? DNS_RETRANSMIT_REQUEST : DNS_RETRANSMIT_RESPONSE,
			"DNS %s retransmission. Original %s in frame %u",
			query ? "query" : "response", query ? "request" : "response", fact->packet);
}

static void show_repetition(struct dissection *d, const struct role_fact *fact)
{
	bool query = fact->role == ROLE_QUERY_AGAIN;

	put_uint(d, query ? DNS_RETRANSMIT_REQUEST_IN : DNS_RETRANSMIT_RESPONSE_IN, fact->packet);
	put_uint(d, DNS_RETRANSMISSION, 1);
}

void dns_show_role(struct dissection *d)
{
	const struct role_fact *fact = recall(d, FACT_OWN, NULL);

	if (!fact)
		return;
	switch (fact->role) {
	case ROLE_QUERY: {
		uint32_t answer = link_seen(d, &((const struct query_fact *)fact)->answered_in);
		if (answer)
			put_uint(d, DNS_RESPONSE_IN, answer);
		return;
	}
	case ROLE_RESPONSE:
		put_uint(d, DNS_RESPONSE_TO, fact->packet);
		put_duration(d, DNS_TIME, time_since(d, fact->packet));
		return;
	case ROLE_UNSOLICITED:
		put_uint(d, DNS_UNSOLICITED, 1);
		return;
	default:
		show_repetition(d, fact);
	}
}
