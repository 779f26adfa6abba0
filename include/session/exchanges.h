/* exchanges.h - requests and what they were answered: DNS lookups, HTTP requests. */
#ifndef SESSION_EXCHANGES_H
#define SESSION_EXCHANGES_H

#include "session/tally.h"

enum exchange_protocol { EXCHANGE_DNS, EXCHANGE_HTTP };

enum { EXCHANGES_LIMIT = 1 << 20 };

struct exchange {
	uint32_t request, reply;   /* packets; 0: not seen */
	int64_t since_ns, took_ns; /* took_ns: -1 without a reply */
	const char *kind, *host,
		*name;	    /* "A", "", "example.org"; "GET", host, path; as they came */
	const char *result; /* "No error"; "Not Found"; "": none */
	uint32_t status;    /* rcode, status code */
	uint32_t length;    /* of the reply's packet */
};

struct exchanges;

struct exchanges *exchanges_new(enum exchange_protocol protocol);
void exchanges_free(struct exchanges *exchanges);
/* The state is a struct exchanges. */
extern const struct counter exchanges_counter;

/* In the order of their requests. */
uint32_t exchanges_count(const struct exchanges *exchanges);
const struct exchange *exchanges_row(const struct exchanges *exchanges, uint32_t n);

#endif
