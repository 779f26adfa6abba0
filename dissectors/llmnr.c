/* llmnr.c - Link-local Multicast Name Resolution, RFC 4795: DNS messages to a group. */
#include "dns.h"

extern const struct dissector dns_dissector;

static const struct field llmnr_fields[] = {
	{ "llmnr", "Link-local Multicast Name Resolution", FIELD_PROTOCOL,
	  .help = "Finds names on the local network without a server", .reference = "RFC 4795" },
};

static void llmnr_dissect(struct dissection *d, struct cursor *c)
{
	dns_dissect_as(d, c, DNS_LINK_LOCAL);
}

static const struct claim llmnr_claims[] = { { BY_UDP_PORT, 5355 }, { BY_TCP_PORT, 5355 } };

const struct dissector llmnr_dissector = {
	.name = "llmnr",
	.short_name = "LLMNR",
	.title = "Link-local Multicast Name Resolution",
	.fields = llmnr_fields,
	.field_count = COUNT(llmnr_fields),
	.claims = llmnr_claims,
	.claim_count = COUNT(llmnr_claims),
	.fields_of = &dns_dissector,
	.dissect = llmnr_dissect,
};
