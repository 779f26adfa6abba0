/* mdns.c - Multicast Domain Name System, RFC 6762: DNS messages to a group. */
#include "dns.h"

extern const struct dissector dns_dissector;

static const struct field mdns_fields[] = {
	{ "mdns", "Multicast Domain Name System", FIELD_PROTOCOL,
	  .help = "Finds names and services on the local network without "
		  "a server",
	  .reference = "RFC 6762" },
};

static void mdns_dissect(struct dissection *d, struct cursor *c)
{
	dns_dissect_as(d, c, DNS_MULTICAST);
}

static const struct claim mdns_claims[] = { { BY_UDP_PORT, 5353 } };

const struct dissector mdns_dissector = {
	.name = "mdns",
	.short_name = "mDNS",
	.title = "Multicast Domain Name System",
	.fields = mdns_fields,
	.field_count = COUNT(mdns_fields),
	.claims = mdns_claims,
	.claim_count = COUNT(mdns_claims),
	.fields_of = &dns_dissector,
	.plain = &dns_plain,
	.dissect = mdns_dissect,
};
