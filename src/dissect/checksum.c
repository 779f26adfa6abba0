/* checksum.c - the Internet checksum (RFC 1071) and CRC-32 (IEEE 802.3, 3.2.9). */
#include "dissect/checksum.h"

#include <endian.h>
#include <string.h>

#include "base/bytes.h"

const struct value_name checksum_status_names[] = {
	{ CHECKSUM_BAD, "Bad" },
	{ CHECKSUM_GOOD, "Good" },
	{ CHECKSUM_UNVERIFIED, "Unverified" },
	{ CHECKSUM_NOT_PRESENT, "Not present" },
	{ CHECKSUM_ILLEGAL, "Illegal" },
	{ 0, NULL },
};

static uint32_t fold(uint64_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint32_t)sum;
}

/* 65536 is 1 modulo 65535, so words of 32 bits may be added as they are.  Most of them in the order of
 * this machine's bytes: the sum has its bytes in that order then (RFC 1071, 2). */
uint32_t checksum_add(uint32_t sum, const uint8_t *bytes, uint32_t n)
{
	uint64_t total = 0, word;
	uint32_t pos = 0;

	for (; n - pos >= sizeof word; pos += sizeof word) {
		memcpy(&word, bytes + pos, sizeof word);
		total += (word & UINT32_MAX) + (word >> 32);
	}
	total = (uint64_t)sum + be16toh((uint16_t)fold(total));
	if (n - pos >= 4) {
		total += load_be32(bytes + pos);
		pos += 4;
	}
	if (n - pos >= 2) {
		total += load_be16(bytes + pos);
		pos += 2;
	}
	if (pos < n)
		total += (uint32_t)bytes[pos] << 8;
	return fold(total);
}

uint16_t checksum_finish(uint32_t sum)
{
	return (uint16_t)~fold(sum);
}

bool checksum_pseudo_header(const struct endpoint *from, const struct endpoint *to,
			    uint8_t protocol, uint32_t length, uint32_t *sum)
{
	if (from->type != to->type || (from->type != ADDRESS_IPV4 && from->type != ADDRESS_IPV6))
		return false;
	uint32_t size = from->type == ADDRESS_IPV4 ? 4 : 16;

	*sum = checksum_add(fold((uint64_t)length + protocol), from->address, size);
	*sum = checksum_add(*sum, to->address, size);
	return true;
}
