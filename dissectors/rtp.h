/* rtp.h - what SDP tells of the streams it announces, and what RTP and RTCP share. */
#ifndef DISSECTORS_RTP_H
#define DISSECTORS_RTP_H

#include "dissect/dissector.h"

/* The fact (FACT_OWN) of a description: names of codings for the numbers that have none of their
 * own. */
enum { RTP_NAME_ROOM = 31, RTP_FORMATS = 32, RTP_FIRST_DYNAMIC = 96, RTP_TYPES = 128 };

struct rtp_format {
	uint8_t type;
	char name[RTP_NAME_ROOM]; /* 0-terminated */
};

struct rtp_formats {
	uint32_t count;
	struct rtp_format format[];
};

extern const struct dissector rtp_dissector, rtcp_dissector;

/* In the first pass: who described where media go can be dissected when they come. */
void sdp_announce(struct dissection *d, struct cursor c);
/* "Stream setup by SDP (frame 3)": a tree of three fields that follow each other. */
void rtp_show_setup(struct dissection *d, unsigned setup_field);

#endif
