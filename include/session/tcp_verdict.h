/* tcp_verdict.h - what is to be said of a connection's life: rules, in docs/verify.md. */
#ifndef SESSION_TCP_VERDICT_H
#define SESSION_TCP_VERDICT_H

#include "session/tcp_life.h"
#include "session/tcp_rejection.h"
#include "session/verdict.h"

extern const struct rule tcp_rules[];

/* Of the capture as a whole. */
struct tcp_capture {
	int64_t last_ns;     /* its latest packet */
	int64_t patience_ns; /* what is unsaid for less than this at its end may be said later */
	uint64_t lost;	     /* packets that it is known to lack */
	bool goes_on;	     /* more may come */
};

/* Fills the verdict, which was begun, with findings and attributes. */
void tcp_verdict_make(struct verdict *v, const struct tcp_life *life,
		      const struct tcp_capture *capture, const struct tcp_rejection *rejection);

#endif
