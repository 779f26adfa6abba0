/* answered_hosts.h - the names that DNS answers in a capture give to addresses: a counter for a
 * tally, which looks at packets of DNS, mDNS and LLMNR only. */
#ifndef SESSION_ANSWERED_HOSTS_H
#define SESSION_ANSWERED_HOSTS_H

#include <stdint.h>

#include "dissect/address.h"
#include "session/tally.h"

struct answered_hosts;

struct answered_host {
	struct endpoint address;
	const char *name; /* the last one that was said; as it came */
};

struct answered_hosts *answered_hosts_new(void);
void answered_hosts_free(struct answered_hosts *hosts);
extern const struct counter answered_hosts_counter; /* its state: the hosts */

/* In the order in which their addresses came. */
uint32_t answered_hosts_count(const struct answered_hosts *hosts);
const struct answered_host *answered_host(const struct answered_hosts *hosts, uint32_t n);
/* From now on each goes into the book as it is said; where one thread does all. */
void answered_hosts_name_at_once(struct answered_hosts *hosts);
/* Into the book of names; nobody may be reading packets. */
void answered_hosts_add_names(const struct answered_hosts *hosts);

#endif
