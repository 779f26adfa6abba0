/* capture_ring.h - one capture in several files: when to begin the next, what it is called, which
 * one goes.  Names and rules are dumpcap's (-b, -a). */
#ifndef CAPTURE_CAPTURE_RING_H
#define CAPTURE_CAPTURE_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/error.h"

struct ring_rules {	       /* 0 of each: no such rule */
	bool several;	       /* -b was given; else file_bytes ends the capture */
	uint64_t file_bytes;   /* -b or -a filesize:, in bytes */
	uint64_t file_packets; /* -b packets: */
	uint64_t file_ns;      /* -b duration: */
	uint32_t interval;     /* -b interval:, whole seconds of the clock */
	uint32_t keep;	       /* -b files: */
	uint32_t files;	       /* -a files: */
	bool time_first;       /* -b nametimenum:2 */
	const char *name_file; /* -b printname:; "-", "stderr", or a file */
};

/* May -b files: go with these?  The error is tshark's. */
bool ring_rules_check(const struct ring_rules *rules, struct error *error);

struct capture_ring {
	const struct ring_rules *rules;
	const char *pattern;  /* -w */
	char **names;	      /* of the files that are there, `keep` or more of them */
	uint32_t room, begun; /* begun: how many files */
	uint32_t number;      /* of the last one; names that were taken are left out */
};

/* "DIR/x_00001_20261125214606.pcapng" for a pattern "DIR/x.pcapng". */
bool ring_name(const struct ring_rules *rules, const char *pattern, uint32_t number, time_t when,
	       char *name, size_t room);
/* Makes the next file, and removes the one whose place it takes; a descriptor, or -1.  A file that is
 * there already is left alone. */
int ring_next(struct capture_ring *ring, char *name, size_t room, struct error *error);
/* The last file that was begun is complete: tells its name if that was asked for. */
void ring_ended(const struct capture_ring *ring);
void ring_free(struct capture_ring *ring);

#endif
