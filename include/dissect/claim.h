/* claim.h - by what a dissector is chosen. */
#ifndef DISSECT_CLAIM_H
#define DISSECT_CLAIM_H

#include <stdint.h>

enum claim_table {
	BY_LINK_TYPE, /* LINKTYPE_* */
	BY_ETHERTYPE, /* also in SNAP with OUI 0, SLL, GRE ... */
	BY_LLC_SAP,   /* the DSAP */
	BY_CISCO_PID, /* in SNAP with Cisco's OUI */
	BY_IP_PROTO,  /* IPv4's Protocol, IPv6's Next Header */
	BY_PPP_PROTO,
	BY_TCP_PORT,
	BY_UDP_PORT,
	CLAIM_TABLES,
};

struct claim {
	enum claim_table table;
	uint32_t key; /* below 65536 */
};

#endif
