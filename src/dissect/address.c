/* address.c - addresses as people write them. */
#include "dissect/address.h"

#include <stdbool.h>
#include <string.h>

#include "base/bytes.h"
#include "base/number_text.h"

unsigned address_text_ipv4(uint32_t address, char text[ADDRESS_TEXT_ROOM])
{
	char *end = number_put_ipv4(text, address);

	*end = '\0';
	return (unsigned)(end - text);
}

/* The first of the longest runs of at least two words that are 0 (RFC 5952, 4.2). */
static void find_zeros(const uint16_t words[8], unsigned *start, unsigned *length)
{
	*start = *length = 0;
	for (unsigned i = 0; i < 8; i++) {
		unsigned n = 0;
		while (i + n < 8 && !words[i + n])
			n++;
		if (n > 1 && n > *length) {
			*start = i;
			*length = n;
		}
		i += n;
	}
}

static char *put_word(char *at, uint16_t word)
{
	return number_put_hex(at, word, word > 0xfff ? 4 : word > 0xff ? 3 : word > 0xf ? 2 : 1);
}

unsigned address_text_ipv6(const uint8_t address[16], char text[ADDRESS_TEXT_ROOM])
{
	uint16_t words[8];
	unsigned zeros, count;
	char *at = text;

	for (unsigned i = 0; i < 8; i++)
		words[i] = load_be16(address + 2 * i);
	find_zeros(words, &zeros, &count);
	/* IPv4 in IPv6 shows its last 32 bits as IPv4 (RFC 5952, 5). */
	bool mixed = !zeros && (count == 6 || (count == 5 && words[5] == 0xffff));
	unsigned last = mixed ? 6 : 8;

	for (unsigned i = 0; i < last;) {
		if (count && i == zeros) {
			*at++ = ':';
			i += count;
			if (i == 8)
				*at++ = ':';
			continue;
		}
		if (i)
			*at++ = ':';
		at = put_word(at, words[i++]);
	}
	if (mixed) {
		*at++ = ':';
		at = number_put_ipv4(at, load_be32(address + 12));
	}
	*at = '\0';
	return (unsigned)(at - text);
}

unsigned address_text_ether(const uint8_t address[6], char text[ADDRESS_TEXT_ROOM])
{
	char *end = number_put_bytes_apart(text, address, 6);

	*end = '\0';
	return (unsigned)(end - text);
}

unsigned address_text(const struct endpoint *endpoint, char text[ADDRESS_TEXT_ROOM])
{
	switch ((enum address_type)endpoint->type) {
	case ADDRESS_ETHER:
		return address_text_ether(endpoint->address, text);
	case ADDRESS_IPV4:
		return address_text_ipv4(load_be32(endpoint->address), text);
	case ADDRESS_IPV6:
		return address_text_ipv6(endpoint->address, text);
	case ADDRESS_NOT_APPLICABLE:
		return (unsigned)(stpcpy(text, "N/A") - text);
	case ADDRESS_NONE:
		break;
	}
	text[0] = '\0';
	return 0;
}
