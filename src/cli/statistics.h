/* statistics.h - what -z asks for: tables that are printed after the last packet.
 *
 * One row of a table says what a statistic is called, takes and does; options, -z help and
 * completion know it then. */
#ifndef CLI_STATISTICS_H
#define CLI_STATISTICS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "dissect/dissection.h"
#include "filter/filter.h"
#include "session/session.h"
#include "session/tally.h"

struct statistic {
	const char *name;      /* "expert"; may hold commas, as "io,stat" does */
	const char *arguments; /* what may follow, for -z help; "": nothing */
	const char *meaning;   /* a phrase */
	unsigned wants;	       /* enum want */
	/* `arguments`: what follows the name and a comma, "" if nothing does. NULL: *error. */
	void *(*begin)(const char *arguments, struct error *error);
	/* The same for statistics that are alike but for their kind. */
	const void *kind;
	void *(*begin_kind)(const void *kind, const char *arguments, struct error *error);
	/* Of the packets that it wants; NULL: of all. */
	const struct filter *(*filter)(const void *state);
	/* Adds its counters to the pass that all share, which ends before print(); may be NULL. */
	void (*join)(void *state, struct tally *tally);
	/* NULL: it looks at no packet before it prints. */
	void (*packet)(void *state, const struct dissection *d);
	void (*print)(void *state, struct session *session, FILE *out);
	void (*end)(void *state);
};

extern const struct statistic expert_statistic, flow_tcp_statistic, hierarchy_statistic,
	io_statistic;
extern const struct statistic follow_http_statistic, follow_tcp_statistic, follow_udp_statistic,
	follow_tls_statistic, follow_http2_statistic, follow_quic_statistic;
extern const struct statistic credentials_statistic, dhcp_statistic, hosts_statistic,
	http_statistic, leases_statistic, leases_v6_statistic;
/* Several, the last one without a name. */
extern const struct statistic arp_statistics[], echo_statistics[], packet_flow_statistics[],
	topics_statistics[], traffic_statistics[];

/* All that one command line asks for. */
struct statistics;

struct statistics *statistics_new(void);
void statistics_free(struct statistics *statistics);
/* "expert,warn" */
bool statistics_add(struct statistics *statistics, const char *asked, struct error *error);
/* What each packet has to be taken apart with. */
unsigned statistics_wants(const struct statistics *statistics);
/* One bit for each field that they, or their filters, look at themselves. */
const uint8_t *statistics_fields(const struct statistics *statistics);
void statistics_packet(struct statistics *statistics, struct dissection *d);
/* Is nothing asked for but what the shared pass counts?  Then it can run behind the first pass. */
bool statistics_only_tally(const struct statistics *statistics);
/* The shared pass, which is to be run before they are printed. */
struct tally *statistics_tally(const struct statistics *statistics, struct session *session);
/* `session` was scanned to its end. */
void statistics_print(const struct statistics *statistics, struct session *session, FILE *out);

/* A line for each that there is. */
void statistics_help(FILE *out);

#endif
