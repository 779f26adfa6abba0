/* checksum.h - the Internet checksum (RFC 1071) and CRC-32. */
#ifndef DISSECT_CHECKSUM_H
#define DISSECT_CHECKSUM_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/dissection.h"

/* Values of *.checksum.status, as Wireshark numbers them. */
enum checksum_status {
	CHECKSUM_BAD, CHECKSUM_GOOD, CHECKSUM_UNVERIFIED, CHECKSUM_NOT_PRESENT, CHECKSUM_ILLEGAL,
};
extern const struct value_name checksum_status_names[];

/* Adds n bytes, 16 bits at a time in network order, to a running sum that starts at 0.
 * Only the last part of a sum may be of odd length. */
uint32_t checksum_add(uint32_t sum, const uint8_t *bytes, uint32_t n);
/* The folded, complemented 16 bits. */
uint16_t checksum_finish(uint32_t sum);
/* The sum of the pseudo header of IPv4 (RFC 9293, 3.1) or IPv6 (RFC 8200, 8.1) by the type
 * of the addresses; false: they are of neither. */
bool checksum_pseudo_header(const struct endpoint *from, const struct endpoint *to, uint8_t protocol,
			    uint32_t length, uint32_t *sum);

#endif
