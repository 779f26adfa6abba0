/* link_type.h - the names of link types, and tshark's numbers for them.
 *
 * LINKTYPE_* values: https://www.tcpdump.org/linktypes.html. */
#ifndef CAPTURE_LINK_TYPE_H
#define CAPTURE_LINK_TYPE_H

#include <stdbool.h>
#include <stdint.h>

enum link_type {
	LINK_NULL = 0, LINK_ETHERNET = 1, LINK_PPP = 9, LINK_RAW_OLD = 12, LINK_RAW_BSD = 14,
	LINK_PPP_HDLC = 50, LINK_PPP_ETHER = 51, LINK_RAW = 101, LINK_LOOP = 108, LINK_LINUX_SLL = 113,
	LINK_IPV4 = 228, LINK_IPV6 = 229, LINK_LINUX_SLL2 = 276,
};

/* "EN10MB" and "Ethernet"; NULL: unknown. */
const char *link_type_name(uint16_t link_type);
const char *link_type_description(uint16_t link_type);
/* The number of a name such as "EN10MB"; false: there is none. */
bool link_type_named(const char *name, uint16_t *link_type);
/* What tshark's frame.encap_type says: WTAP_ENCAP_*; 0: unknown.  *name, if not NULL, is
 * as in the tree: "Ethernet", or "Unknown". */
uint16_t link_type_encapsulation(uint16_t link_type, const char **name);

#endif
