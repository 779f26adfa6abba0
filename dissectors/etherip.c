/* etherip.c - Ethernet frames inside IP, RFC 3378: a version of 3 and twelve bits of 0. */
#include "ethertype.h"

enum { IP_PROTO_ETHERIP = 97, THE_VERSION = 3 };

enum { ETHERIP, ETHERIP_VERSION, ETHERIP_RESERVED, ETHERIP_NOT_3, ETHERIP_NOT_0 };

static const struct field etherip_fields[] = {
	[ETHERIP] = { "etherip", "EtherIP", FIELD_PROTOCOL,
		      .help = "Carries Ethernet frames inside IP", .reference = "RFC 3378" },
	[ETHERIP_VERSION] = { "etherip.ver", "Version", FIELD_U16, .mask = 0xf000,
			      .help = "Must be 3", .reference = "RFC 3378, 3" },
	[ETHERIP_RESERVED] = { "etherip.reserved", "Reserved", FIELD_U16, BASE_HEX, .mask = 0x0fff,
			       .help = "Must be 0", .reference = "RFC 3378, 3" },
	[ETHERIP_NOT_3] =
		FINDING("etherip.ver.not3", "Version must be 3", EXPERT_WARN, GROUP_PROTOCOL),
	[ETHERIP_NOT_0] = FINDING("etherip.reserved.not0", "Reserved field must be 0", EXPERT_WARN,
				  GROUP_PROTOCOL),
};

static void etherip_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	uint64_t version = look_uint(d, c, ETHERIP_VERSION);
	if (version != THE_VERSION && cursor_ok(c))
		note_finding_on(d, last_node(d), ETHERIP_NOT_3, NULL);
	label(d, layer_node(d), ", Version %u", (unsigned)version);
	if (take_uint(d, c, ETHERIP_RESERVED) && cursor_ok(c))
		note_finding_on(d, last_node(d), ETHERIP_NOT_0, NULL);
	end_header(d, c);
	if (cursor_ok(c))
		dissect_layer(d, &eth_dissector, *c);
}

static const struct claim etherip_claims[] = { { BY_IP_PROTO, IP_PROTO_ETHERIP } };

const struct dissector etherip_dissector = {
	.name = "etherip",
	.short_name = "ETHERIP",
	.title = "EtherIP",
	.fields = etherip_fields,
	.field_count = COUNT(etherip_fields),
	.claims = etherip_claims,
	.claim_count = COUNT(etherip_claims),
	.dissect = etherip_dissect,
};
