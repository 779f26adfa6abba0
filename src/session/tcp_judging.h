/* tcp_judging.h - what the parts of a verdict on a TCP connection share; private to src/session. */
#ifndef SESSION_TCP_JUDGING_H
#define SESSION_TCP_JUDGING_H

#include "base/time.h"
#include "session/tcp_verdict.h"

enum { LONG_SILENCE_NS = 1000000000 };

/* Rows of tcp_rules. */
enum tcp_rule {
	RULE_H1,
	RULE_H2,
	RULE_H3,
	RULE_UNREACHABLE,
	RULE_ICMP_ERROR,
	RULE_H4,
	RULE_H5,
	RULE_H6,
	RULE_H7,
	RULE_H8,
	RULE_H9,
	RULE_H10,
	RULE_ABORTED,
	RULE_CROSSED_SYN,
	RULE_OPTIONS,
	RULE_WRONG_SYN_ACK,
	RULE_WRONG_ACK,
	RULE_NO_ACK,
	RULE_D1,
	RULE_D2,
	RULE_D3,
	RULE_D4,
	RULE_D5,
	RULE_D6,
	RULE_CONFLICT,
	RULE_C1,
	RULE_C2,
	RULE_C3,
	RULE_C4,
	RULE_C5,
	RULE_C6,
	RULE_C7,
	RULE_C8,
	RULE_DATA_AFTER_FIN,
	RULE_DATA_AFTER_RST,
	RULE_CUT,
	RULE_DROPS,
	RULE_REUSED,
};

/* What is being judged. */
struct judging {
	struct verdict *v;
	const struct tcp_life *life;
	const struct tcp_capture *capture;
	const struct tcp_rejection *rejection;
	const struct tcp_life_side *client, *server;
};

static inline const char *side_name(bool client)
{
	return client ? "client" : "server";
}

static inline void point_at(struct verdict *v, uint32_t packet)
{
	if (packet)
		verdict_point(v, packet);
}

/* Has the capture gone on long enough after this to call silence an answer? */
static inline bool has_waited(const struct judging *j, int64_t ns)
{
	return time_between(ns, j->capture->last_ns) >= j->capture->patience_ns;
}

/* Nobody but the one who asked, and only to ask or to give up: that is no capture of one side. */
static inline bool only_asked(const struct judging *j)
{
	const struct tcp_life_side *c = j->client;

	return c->syn_packet && !j->server->packets && !c->has_ack &&
	       c->bytes == c->syn_length * (uint64_t)c->syn_count;
}

/* When the SYN that was answered had been sent. */
static inline int64_t syn_time(const struct judging *j)
{
	const struct tcp_life *life = j->life;
	bool stored_later = j->client->syn_packet > life->syn_ack_packet;

	return stored_later ? j->client->first_syn_ns : life->syn_ns;
}

/* Each adds what there is to say of its subject. */
void tcp_tell_opening(struct judging *j);
void tcp_tell_data(struct judging *j);
void tcp_tell_closing(struct judging *j);

#endif
