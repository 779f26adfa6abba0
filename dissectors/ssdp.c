/* ssdp.c - Simple Service Discovery Protocol (UPnP Device Architecture 2.0, 1): HTTP's messages in
 * datagrams to a group. */
#include "http_fields.h"
#include "http_message.h"

static const struct field ssdp_fields[] = {
	{ "ssdp", "Simple Service Discovery Protocol", FIELD_PROTOCOL },
};

static void ssdp_dissect(struct dissection *d, struct cursor *c)
{
	use_fields_of(d, &http_dissector);
	http_dissect(d, c);
}

static const struct claim ssdp_claims[] = { { BY_UDP_PORT, 1900 } };

const struct dissector ssdp_dissector = {
	.name = "ssdp",
	.short_name = "SSDP",
	.title = "Simple Service Discovery Protocol",
	.fields = ssdp_fields,
	.field_count = COUNT(ssdp_fields),
	.claims = ssdp_claims,
	.claim_count = COUNT(ssdp_claims),
	.borrows = &http_dissector,
	.dissect = ssdp_dissect,
};
