/* message_checksum.h - the checksum in bytes 2 and 3 of ICMP's, ICMPv6's and IGMP's messages. */
#ifndef DISSECTORS_MESSAGE_CHECKSUM_H
#define DISSECTORS_MESSAGE_CHECKSUM_H

#include "dissect/dissection.h"

struct message_checksum {
	uint16_t field, status, finding; /* fields */
	uint32_t start;			 /* where the message begins */
	uint32_t length;		 /* of what is summed, 4 or more */
	uint32_t pseudo;		 /* the sum of a pseudo header; 0: there is none */
	bool unknowable;		 /* what it covers is not at hand */
};

/* Takes the checksum, and tells whether it is right. */
void take_message_checksum(struct dissection *d, struct cursor *c,
			   const struct message_checksum *sum);

#endif
