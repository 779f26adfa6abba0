/* tls_version.c - the version that a handshake agrees on, a fact of the layers before. */
#include "tls_version.h"

#include "state/facts.h"

void tls_version_await(struct dissection *d, struct tls_waiting *waiting)
{
	if (waiting->count == TLS_WAITING_LIMIT || !learn(d, FACT_OUTCOME, sizeof(uint32_t)))
		return;
	waiting->packet[waiting->count] = d->packet.number;
	waiting->layer[waiting->count++] = fact_number(d);
}

void tls_version_settle(struct dissection *d, const struct tls_waiting *waiting, uint16_t version)
{
	for (uint16_t i = 0; i < waiting->count; i++) {
		uint32_t *chosen = fact_pen(d, waiting->packet[i], FACT_OUTCOME, waiting->layer[i]);
		if (chosen)
			fact_set_link(chosen, version);
	}
}

uint16_t tls_version_chosen(struct dissection *d)
{
	const uint32_t *chosen = d->one_pass ? NULL : recall(d, FACT_OUTCOME, NULL);

	return chosen ? (uint16_t)fact_link(chosen) : 0;
}
