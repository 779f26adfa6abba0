/* esp.c - IP Encapsulating Security Payload, RFC 4303.  What follows the numbers is encrypted. */
#include "dissect/dissector.h"
#include "ip_names.h"

enum { ESP, ESP_SPI, ESP_SEQUENCE };

static const struct field esp_fields[] = {
	[ESP] = { "esp", "Encapsulating Security Payload", FIELD_PROTOCOL,
		  .help = "Encrypts a packet's payload", .reference = "RFC 4303" },
	[ESP_SPI] = { "esp.spi", "ESP SPI", FIELD_U32, BASE_HEX_DEC,
		      .help = "Security parameters index" },
	[ESP_SEQUENCE] = { "esp.sequence", "ESP Sequence", FIELD_U32,
			   .help = "Counts packets, so that none can be sent again by "
				   "others",
			   .reference = "RFC 4303, 2.2" },
};

static void esp_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	uint32_t spi = take_u32(d, c, ESP_SPI);
	info(d, "ESP (SPI=0x%08x)", spi);
	take_u32(d, c, ESP_SEQUENCE);
}

static const struct claim esp_claims[] = { { BY_IP_PROTO, IP_PROTO_ESP } };

const struct dissector esp_dissector = {
	.name = "esp",
	.short_name = "ESP",
	.title = "Encapsulating Security Payload",
	.fields = esp_fields,
	.field_count = COUNT(esp_fields),
	.claims = esp_claims,
	.claim_count = COUNT(esp_claims),
	.dissect = esp_dissect,
};
