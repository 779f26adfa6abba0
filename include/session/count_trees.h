/* count_trees.h - what is counted as trees of topics: lengths, addresses, DNS, HTTP. */
#ifndef SESSION_COUNT_TREES_H
#define SESSION_COUNT_TREES_H

#include "session/count_tree.h"
#include "session/tally.h"

/* A tree and what its counter keeps beside it; the state of its counter. */
struct topics;

enum topics_kind {
	TOPICS_LENGTHS,
	TOPICS_HOSTS, /* of IPv4, as those that follow */
	TOPICS_SOURCES_AND_DESTINATIONS,
	TOPICS_PROTOCOLS,
	TOPICS_DESTINATIONS,
	TOPICS_HOSTS_IPV6,
	TOPICS_SOURCES_AND_DESTINATIONS_IPV6,
	TOPICS_PROTOCOLS_IPV6,
	TOPICS_DESTINATIONS_IPV6,
	TOPICS_DNS,
	TOPICS_HTTP,
	TOPICS_HTTP_REQUESTS,
	TOPICS_HTTP_SERVERS,
	TOPICS_HTTP_SEQUENCES,
	TOPICS_KINDS,
};

struct topics *topics_new(enum topics_kind kind);
void topics_free(struct topics *topics);
const struct count_tree *topics_tree(const struct topics *topics);

extern const struct counter lengths_counter, addresses_counter, dns_counter, http_counter,
	http_sequences_counter;

#endif
