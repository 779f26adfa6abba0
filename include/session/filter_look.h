/* filter_look.h - one thread's way to ask a filter about packets of a session.
 *
 * Asked in this order: the packet's stack of protocols; what was found for another packet of the
 * same conversation; the packet index and plain headers; at last the packet taken apart. */
#ifndef SESSION_FILTER_LOOK_H
#define SESSION_FILTER_LOOK_H

#include "filter/filter.h"
#include "session/session.h"

struct filter_look;

enum { LOOK_MOST = 64 }; /* packets asked about at a time */

struct filter_look_options {
	bool one_pass;	   /* links to later packets are not seen */
	bool only_dissect; /* nothing is known without taking the packet apart: for tests */
};

/* Session and filter must outlive it. */
struct filter_look *filter_look_new(struct session *session, const struct filter *filter,
				    const struct filter_look_options *options);
void filter_look_free(struct filter_look *look);

/* Which of `count` packets from `first` on pass: a bit each.  They are published, and `first` is 1
 * and a multiple of LOOK_MOST, or all are before the next such one. */
uint64_t filter_look_at(struct filter_look *look, uint32_t first, unsigned count);
/* The same of one packet, for who would take it apart anyhow: FILTER_LOOK if it takes that. */
enum filter_verdict filter_look_glance(struct filter_look *look, uint32_t packet);
/* How many packets a glance decided so far in filter_look_at(). */
uint32_t filter_look_glances(const struct filter_look *look);
/* A packet could not be read (any more); it did not pass. */
bool filter_look_is_damaged(const struct filter_look *look);

#endif
