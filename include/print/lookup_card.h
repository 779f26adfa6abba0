/* lookup_card.h - one DNS lookup: its messages as they came, how it went, a message's flags bit by
 * bit, and the records it was answered. */
#ifndef PRINT_LOOKUP_CARD_H
#define PRINT_LOOKUP_CARD_H

#include <stdio.h>

#include "session/dns_lookups.h"

struct lookup_card {
	struct view_port *port;		   /* to read its packets with */
	const struct dns_lookups *lookups; /* it is among */
	const struct dns_lookup *lookup;
	const struct verdict *verdict; /* on it */
	bool of_query;		       /* the flags are the query's */
	unsigned columns;	       /* sentences are broken to so many */
};

/* What begins a line is a heading. */
void lookup_card_print(FILE *out, const struct lookup_card *card);
/* The first message of its queries, or of its responses: a packet, 0: there is none. */
uint32_t lookup_packet(const struct lookup_card *card, bool query);

#endif
