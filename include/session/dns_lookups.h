/* dns_lookups.h - which DNS messages belong to one lookup, and how it went.
 *
 * Kept are numbers of packets, never names: 12 bytes a message, 24 a lookup, and 16 for each way
 * to find one again.  One thread at a time. */
#ifndef SESSION_DNS_LOOKUPS_H
#define SESSION_DNS_LOOKUPS_H

#include <stdbool.h>
#include <stdint.h>

#include "session/verify.h"

enum dns_role { /* what a message is to its lookup */
		DNS_ROLE_QUERY,
		DNS_ROLE_RESPONSE,
		DNS_ROLE_WRONG_ID, /* answers this question, with another ID */
		DNS_ROLE_WRONG_QUESTION,
		DNS_ROLE_WRONG_SOURCE,
		DNS_ROLE_WRONG_PORT, /* goes to another port than the query came from */
		DNS_ROLE_ECHO,	     /* comes back from the server as a query */
		DNS_ROLE_RETRY,	     /* the same question over TCP, after a truncated answer */
		DNS_ROLE_ERROR,	     /* ICMP says that the query got lost */
		DNS_ROLE_SAME_ID, /* a query with the same ID, still open when this one was sent */
};

struct dns_part {
	uint32_t packet;
	uint32_t next; /* index of the lookup's next part; 0: none */
	uint16_t ordinal;
	uint8_t role; /* enum dns_role */
};

struct dns_lookup {
	uint32_t first, last; /* index of its parts */
	uint32_t queries, responses;
	int64_t last_ns; /* its latest query or response */
};

struct dns_lookups;

struct dns_lookups *dns_lookups_new(struct session *session);
void dns_lookups_free(struct dns_lookups *lookups);
/* Takes in at most `packets` more of those that the session has read; false: there are more. */
bool dns_lookups_extend(struct dns_lookups *lookups, uint32_t packets);
/* In the order of their first packets. */
uint32_t dns_lookups_count(const struct dns_lookups *lookups);
const struct dns_lookup *dns_lookup_numbered(const struct dns_lookups *lookups, uint32_t n);
/* NULL: there is none of this index. */
const struct dns_part *dns_part_numbered(const struct dns_lookups *lookups, uint32_t index);
/* Fills run->verdict with what is to be said of lookup n; `run` was made for dns_lookups' session
 * and knows the capture's bounds. */
void dns_lookups_judge(struct dns_lookups *lookups, struct verify_run *run, uint32_t n);

#endif
