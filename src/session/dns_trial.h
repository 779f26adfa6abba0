/* dns_trial.h - a lookup while it is judged: what its messages showed, by rule; private to
 * src/session. */
#ifndef SESSION_DNS_TRIAL_H
#define SESSION_DNS_TRIAL_H

#include "dns_message.h"
#include "session/dns_lookups.h"
#include "session/verify.h"

enum dns_rule {
	ANSWERED,
	FAILED,
	UNANSWERED,
	UNREACHABLE,
	ICMP_ERROR,
	NO_ANSWER_NEEDED,
	ANNOUNCEMENT,
	NO_QUERY,
	WRONG_ID,
	WRONG_QUESTION,
	WRONG_SOURCE,
	WRONG_PORT,
	TWO_ANSWERS,
	QUERY_AGAIN,
	RESPONSE_AGAIN,
	TC_RETRIED,
	TC_NOT_RETRIED,
	TC_OVER_TCP,
	ECHOED,
	OPCODE_DIFFERS,
	AA_IN_QUERY,
	RA_IN_QUERY,
	RCODE_IN_QUERY,
	Z_SET,
	RD_DIFFERS,
	RA_WITHOUT_RD,
	OPT_UNASKED,
	CNAME_LOOP,
	TTL_ZERO,
	ID_REUSED,
	OUT_OF_ORDER,
	MULTICAST_BITS,
	MULTICAST_PORT,
	NAME_CONFLICT,
	NAME_TENTATIVE,
	EXTRA_DATA,
	MALFORMED,
	CUT,
	DNS_RULES,
};

enum { TYPE_IXFR = 251, TYPE_AXFR = 252, TYPE_ANY = 255 };

struct evidence {
	uint32_t packets[FINDING_PACKETS], last;
	uint32_t places; /* different packets */
	uint32_t count;	 /* messages: over TCP a packet may hold many */
};

/* A lookup while its messages are read. */
struct dns_trial {
	struct verify_run *run;
	struct verdict *verdict;
	struct dns_reader *reader;
	const struct dns_lookups *lookups;
	struct evidence of[DNS_RULES];
	struct evidence queries, responses;
	struct dns_message query, response; /* the first of each, if there is one */
	bool query_has_opt;
	int64_t last_query_ns;
	unsigned rcode; /* of the first response, with the upper bits */
	uint32_t records, messages;
	uint64_t answers;
	bool saw_asking;
	const char *wrong[DNS_RULES]; /* what the first of them has instead */
	const char *error_words;
};

/* Reads the lookup's messages again; t->run, verdict, reader and lookups are given. */
void dns_trial_read(struct dns_trial *t, const struct dns_lookup *lookup);
/* Zones come in as many messages as they need. */
static inline bool dns_is_transfer(const struct dns_message *m)
{
	return m->type == TYPE_IXFR || m->type == TYPE_AXFR;
}

/* dns_verdict.c */

extern const struct rule dns_rules[]; /* ends with a row without id */

/* Names the subject and says what was found. */
void dns_verdict_make(struct dns_trial *t);
/* "192.0.2.1:53", "[2001:db8::1]:53" */
const char *dns_end_text(struct verdict *v, const struct endpoint *end);
/* "AAAA www.example.com" */
const char *dns_question_text(struct dns_trial *t, const struct dns_message *m);

#endif
