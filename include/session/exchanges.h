/* exchanges.h - requests and what they were answered: DNS lookups, HTTP requests. */
#ifndef SESSION_EXCHANGES_H
#define SESSION_EXCHANGES_H

#include "dissect/address.h"
#include "session/tally.h"

enum exchange_protocol { EXCHANGE_DNS, EXCHANGE_HTTP };

enum { EXCHANGES_LIMIT = 1 << 20 };

struct exchange {
	uint32_t request, reply; /* packets; 0: not seen */
	uint32_t again,
		requests; /* packet that asked the same last, 0: none; how often it was asked */
	int64_t since_ns, took_ns; /* took_ns: from the first request on; -1 without a reply */
	const char *kind, *host,
		*name;	    /* "A", "", "example.org"; "GET", host, path; as they came */
	const char *result; /* "No error"; "Not Found"; "": none */
	uint32_t status;    /* rcode, status code */
	uint32_t length;    /* of the reply's packet */

	/* Of DNS. */
	struct endpoint client, server;
	uint32_t id, records; /* records: in the reply's answer section */
};

struct exchanges;

struct exchanges *exchanges_new(enum exchange_protocol protocol);
enum exchange_protocol exchanges_protocol(const struct exchanges *exchanges);
void exchanges_free(struct exchanges *exchanges);
/* The state is a struct exchanges. */
extern const struct counter exchanges_counter;

/* In the order of their requests. */
uint32_t exchanges_count(const struct exchanges *exchanges);
const struct exchange *exchanges_row(const struct exchanges *exchanges, uint32_t n);

#endif
