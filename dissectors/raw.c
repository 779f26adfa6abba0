/* raw.c - packets without a link layer: the first four bits tell IPv4 from IPv6. */
#include "ethertype.h"

enum { RAW };

static const struct field raw_fields[] = {
	[RAW] = { "raw", "Raw packet data", FIELD_PROTOCOL,
				.help = "The packet begins with its IP header" },
};

static void raw_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;
	bool known = false;

	info_begin(d);
	info_protocol(d, "N/A");
	no_link_addresses(d);
	info(d, "Raw packet data");
	if (!cursor_peek(c, 0, 2, &p)) {
		cursor_skip(c, 2);
		return;
	}
	if (p[0] >> 4 == 4)
		known = hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV4, *c);
	else if (p[0] >> 4 == 6)
		known = hand_on(d, BY_ETHERTYPE, ETHERTYPE_IPV6, *c);
	if (!known)
		hand_on_as_data(d, *c);
}

static const struct plain_header raw_plain = { .carries = true };

static const struct claim raw_claims[] = {
	{ BY_LINK_TYPE, 12 }, { BY_LINK_TYPE, 14 }, { BY_LINK_TYPE, 101 },
};

const struct dissector raw_dissector = {
	.name = "raw",
	.short_name = "Raw",
	.title = "Raw packet data",
	.fields = raw_fields,
	.field_count = COUNT(raw_fields),
	.claims = raw_claims,
	.claim_count = COUNT(raw_claims),
	.plain = &raw_plain,
	.dissect = raw_dissect,
};
