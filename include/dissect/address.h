/* address.h - whom a packet is from or to, at whichever layer said so last. */
#ifndef DISSECT_ADDRESS_H
#define DISSECT_ADDRESS_H

#include <stdint.h>

enum address_type {
	ADDRESS_NONE, ADDRESS_ETHER, ADDRESS_IPV4, ADDRESS_IPV6,
	ADDRESS_NOT_APPLICABLE,         /* the link layer has none: "N/A" */
};

struct endpoint {
	uint8_t type;           /* enum address_type */
	uint8_t length;         /* of address, in bytes */
	uint16_t port;
	uint8_t address[16];    /* network order; the rest is 0 */
};

enum { ADDRESS_TEXT_ROOM = 48 };

/* "192.0.2.1", "2001:db8::1" (RFC 5952), "02:00:00:00:00:01", ""; returns the length. */
unsigned address_text(const struct endpoint *endpoint, char text[ADDRESS_TEXT_ROOM]);
unsigned address_text_ipv4(uint32_t address, char text[ADDRESS_TEXT_ROOM]);
unsigned address_text_ipv6(const uint8_t address[16], char text[ADDRESS_TEXT_ROOM]);
unsigned address_text_ether(const uint8_t address[6], char text[ADDRESS_TEXT_ROOM]);

#endif
