/* helper.h - peel-capture: what its files share; private to it. */
#ifndef CAPTURE_HELPER_H
#define CAPTURE_HELPER_H

#include <pcap.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "capture/live_capture.h"
#include "pcapng_blocks.h"

enum { CONTROL = 0, NEWS = 1, OUTPUT = 3 }; /* descriptors */
enum { BLOCK_MS = 50 }; /* the kernel hands over a block at the latest after this */

struct helper;

struct source {
	struct helper *helper;
	const char *name, *filter;
	pcap_t *pcap; /* NULL: it has vanished */
	bool nanoseconds;
	bool counts_twice; /* its received packets are not those we are given */
	uint64_t written, received, dropped, dropped_by_interface;
};

struct helper {
	struct source sources[LIVE_INTERFACES];
	unsigned source_count;
	struct block_buffer buffer;
	uint64_t written, in_file; /* packets: put into the buffer, and known to be in the file */
	off_t whole_bytes;	   /* of the file, up to the last whole block */
	uint64_t limit;
	int64_t duration_ns, started, flushed, counted, summed, drain_until;
	bool stopping, done, limit_reached, failed;
	int signals;
	char told[200]; /* the last counts */
	uint32_t snap_length;
	int buffer_mib;
	int output;		/* the file */
	struct ring_rules ring; /* as far as they say when to go on in another */
	uint64_t file_packets;
	int64_t file_began, next_interval; /* the latter in seconds of the clock */
	bool no_promiscuous, monitor, list_link_types;
	const char *link_type;
	const char *comments[CAPTURE_COMMENTS];
	unsigned comment_count;
};

/* A line to who started us.  Newlines in it would be another message. */
void helper_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
int64_t helper_now(void);
/* Nothing new is taken; what the kernel has is still read, for a while. */
void helper_begin_stop(struct helper *helper);

/* helper_source.c: one interface. */

/* Opens, chooses the link type, filters. */
bool source_open(struct helper *helper, struct source *source, struct error *error);
/* Opens only. */
bool source_activate(struct helper *helper, struct source *source, struct error *error);
/* A block that describes it, into the buffer. */
void source_describe(struct helper *helper, const struct source *source);
void source_take_counts(struct source *source);
/* Nothing more enters the ring, so what is in it can be read to its end.  False: it has none, but
 * may be told packets late (netfilter's log). */
bool source_close_ring(const struct source *source);

/* helper_file.c: what is written. */

/* False: it cannot be written, which ends all. */
bool file_flush(struct helper *helper);
void file_put_statistics(struct helper *helper);
void file_put_headers(struct helper *helper);
void file_begin(struct helper *helper);
/* This file is full: goes on in the next, or stops if there is to be none. */
void file_end(struct helper *helper);
bool file_is_full(const struct helper *helper);
bool file_is_old(const struct helper *helper);

#endif
