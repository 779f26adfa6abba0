/* capture_info.h - what a capture is: its file, times, interfaces, comments, and how complete it
 * is. */
#ifndef PRINT_CAPTURE_INFO_H
#define PRINT_CAPTURE_INFO_H

#include <stdint.h>
#include <stdio.h>

#include "session/file_digest.h"
#include "session/session.h"
#include "session/time_range.h"

/* Packets of a kind: all, those displayed, those marked. */
struct packet_sums {
	uint64_t packets, bytes; /* bytes on the wire */
	struct time_range times;
};

/* What is missing in it. */
struct capture_quality {
	uint64_t lost;	    /* packets that interfaces say they dropped */
	uint64_t cut;	    /* packets of which not all bytes were captured */
	uint64_t backwards; /* packets with an earlier time than the one before */
};

/* Adds one packet. */
void packet_sums_add(struct packet_sums *sums, const struct session *session, uint32_t packet);
/* Of all packets that were read; goes through the index once. */
struct packet_sums session_sums(const struct session *session);
struct capture_quality session_quality(const struct session *session);
/* "120 packets were lost while capturing; 3452 are cut short"; "": nothing is missing. */
enum { QUALITY_ROOM = 300 };
void quality_text(const struct capture_quality *quality, char text[QUALITY_ROOM]);

/* What is told besides.  All pointers may be NULL. */
struct capture_info_extras {
	const struct packet_sums *displayed, *marked;
	const struct file_digest *digest; /* of the session's files */
	unsigned columns;		  /* where sentences are broken */
};

/* Headings begin a line, what is below them is set in. */
void capture_info_print(FILE *out, const struct session *session,
			const struct capture_info_extras *extras);

#endif
