/* ip_datagram.h - what a datagram was put together from, for IPv4 and IPv6. */
#ifndef DISSECTORS_IP_DATAGRAM_H
#define DISSECTORS_IP_DATAGRAM_H

#include "dissect/dissection.h"
#include "state/reassembly.h"

/* Where a protocol shows that. */
struct datagram_fields {
	const char *protocol; /* "IPv4" */
	uint16_t part, wrong_part, overlap, conflict, multiple_tails, too_long;
	uint16_t count, length, data;
};

/* The parts of `whole`, below `tree` and in words on its line:
 * "3 IPv4 Fragments (520 bytes): #2(256), #3(128), #4(264)". */
void show_datagram_parts(struct dissection *d, node_id tree, const struct datagram *datagram,
			 const struct cursor *whole, const struct datagram_fields *fields);

#endif
