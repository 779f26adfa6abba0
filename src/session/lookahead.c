/* lookahead.c - reads the ends of the next packets where they stand in plain Ethernet, IPv4 and
 * IPv6, while those before them are still to be taken apart.
 *
 * Nothing depends on it: what is odd is passed over, and a wrong guess costs the time it took. */
#include "lookahead.h"

#include <string.h>

#include "base/bytes.h"
#include "capture/capture_file.h"
#include "dissect/address.h"
#include "state/conversation.h"

enum {
	TYPE_AT = 12,
	TYPE_IPV4 = 0x0800,
	TYPE_IPV6 = 0x86dd,
	/* RFC 791, 3.1: a header without options */
	IPV4_AT = 14,
	IPV4_PLAIN = 0x45,
	IPV4_PROTOCOL_AT = 23,
	IPV4_FROM_AT = 26,
	IPV4_TO_AT = 30,
	IPV4_PORTS_AT = 34,
	/* RFC 8200, 3: a header without extensions */
	IPV6_NEXT_AT = 20,
	IPV6_FROM_AT = 22,
	IPV6_TO_AT = 38,
	IPV6_PORTS_AT = 54,
	LOOKED_AT = 58,
	PROTOCOL_TCP = 6,
	PROTOCOL_UDP = 17,
};

struct ends {
	struct endpoint from, to;
	uint8_t protocol;
};

static void take_ends(struct ends *ends, const uint8_t *from, const uint8_t *to, size_t length,
		      const uint8_t *ports)
{
	memcpy(ends->from.address, from, length);
	memcpy(ends->to.address, to, length);
	ends->from.port = load_be16(ports);
	ends->to.port = load_be16(ports + 2);
}

static bool find_ends(struct ends *ends, const uint8_t *p)
{
	uint16_t type = load_be16(p + TYPE_AT);

	if (type == TYPE_IPV4 && p[IPV4_AT] == IPV4_PLAIN) {
		ends->protocol = p[IPV4_PROTOCOL_AT];
		take_ends(ends, p + IPV4_FROM_AT, p + IPV4_TO_AT, 4, p + IPV4_PORTS_AT);
	} else if (type == TYPE_IPV6) {
		ends->protocol = p[IPV6_NEXT_AT];
		take_ends(ends, p + IPV6_FROM_AT, p + IPV6_TO_AT, 16, p + IPV6_PORTS_AT);
	}
	return ends->protocol == PROTOCOL_TCP || ends->protocol == PROTOCOL_UDP;
}

void look_ahead(const struct learned *learned, const struct record *records,
		const uint8_t *const *bytes, unsigned count, struct expected *expected)
{
	for (unsigned n = 0; n < count; n++) {
		struct ends ends = { 0 };
		expected[n].is_known =
			records[n].captured >= LOOKED_AT && find_ends(&ends, bytes[n]);
		if (expected[n].is_known)
			expected[n].ends = conversation_expect(learned, &ends.from, &ends.to, ends.protocol);
	}
}

void fetch_expected(const struct learned *learned, const struct expected *expected)
{
	if (expected->is_known)
		conversation_fetch(learned, expected->ends);
}
