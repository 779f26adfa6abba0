/* esp.c - IP Encapsulating Security Payload, RFC 4303.  What follows the numbers is encrypted. */
#include <string.h>

#include "dissect/dissector.h"
#include "ip_names.h"
#include "state/capture_state.h"
#include "state/facts.h"

enum { ESP, ESP_SPI, ESP_SEQUENCE, ESP_EXPECTED, ESP_PREVIOUS, ESP_WRONG_SEQUENCE };

static const struct field esp_fields[] = {
	[ESP] = { "esp", "Encapsulating Security Payload", FIELD_PROTOCOL,
		  .help = "Encrypts a packet's payload", .reference = "RFC 4303" },
	[ESP_SPI] = { "esp.spi", "ESP SPI", FIELD_U32, BASE_HEX_DEC,
		      .help = "Security parameters index" },
	[ESP_SEQUENCE] = { "esp.sequence", "ESP Sequence", FIELD_U32,
			   .help = "Counts packets, so that none can be sent again by "
				   "others",
			   .reference = "RFC 4303, 2.2" },
	[ESP_EXPECTED] = { "esp.sequence-analysis.expected-sn", "Expected SN", FIELD_U32,
			   .help = "The number behind that of the packet before" },
	[ESP_PREVIOUS] = { "esp.sequence-analysis.previous-frame", "Previous Frame", FIELD_FRAME,
			   .help = "The packet before, with the same SPI and receiver" },
	[ESP_WRONG_SEQUENCE] = FINDING("esp.sequence-analysis.wrong-sequence-number",
				       "Wrong Sequence Number", EXPERT_WARN, GROUP_SEQUENCE),
};

/* The last packet of a security association, which its receiver knows by the SPI (RFC 4301, 4.1).
 */
struct esp_last {
	uint32_t packet, sequence;
};

struct esp_key {
	uint8_t spi[4], receiver[16];
};

static struct esp_last *last_of_association(const struct dissection *d, uint32_t spi)
{
	struct esp_key key = { .spi = { 0 } };

	memcpy(key.spi, &spi, sizeof spi);
	memcpy(key.receiver, d->to.address, sizeof key.receiver);
	return capture_state(d, &key, sizeof key, sizeof(struct esp_last));
}

/* Keeps the packet before this one, if their numbers do not follow each other. */
static void learn_sequence(struct dissection *d, uint32_t spi, uint32_t sequence)
{
	struct esp_last *last = last_of_association(d, spi);

	if (!last)
		return;
	if (last->packet && sequence != last->sequence + 1) {
		struct esp_last *fact = learn(d, FACT_OWN, sizeof *fact);
		if (fact)
			*fact = *last;
	}
	*last = (struct esp_last){ d->packet.number, sequence };
}

static void show_wrong_sequence(struct dissection *d, uint32_t spi, uint32_t sequence,
				const struct esp_last *last)
{
	static const char words[] = "Wrong Sequence Number for SPI %08x - %u %s";
	uint32_t expected = last->sequence + 1;
	node_id node = put_uint(d, ESP_EXPECTED, expected);

	if (sequence > expected) {
		label(d, node, " (%u SNs missing)", sequence - expected);
		note_finding_on(d, node, ESP_WRONG_SEQUENCE, words, spi, sequence - expected,
				"missing");
	} else if (sequence == last->sequence) {
		note_finding_on(d, node, ESP_WRONG_SEQUENCE, words, spi, sequence, "repeated");
	} else {
		note_finding_on(d, node, ESP_WRONG_SEQUENCE, words, spi, expected - sequence,
				"less than expected");
	}
	put_uint(d, ESP_PREVIOUS, last->packet);
}

static void esp_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	uint32_t spi = take_u32(d, c, ESP_SPI);
	info(d, "ESP (SPI=0x%08x)", spi);
	uint32_t sequence = take_u32(d, c, ESP_SEQUENCE);
	if (!cursor_ok(c))
		return;
	learn_sequence(d, spi, sequence);
	const struct esp_last *last = recall(d, FACT_OWN, NULL);
	if (last)
		show_wrong_sequence(d, spi, sequence, last);
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
