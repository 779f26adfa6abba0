/* udpencap.c - ESP and IKE through NATs on port 4500, RFC 3948: four bytes of 0 are no SPI, so IKE
 * follows. */
#include "dissect/dissector.h"

enum { PORT_UDPENCAP = 4500, IP_PROTO_ESP = 50, KEEPALIVE = 0xff };

enum { UDPENCAP, UDPENCAP_KEEPALIVE, UDPENCAP_MARKER };

static const struct field udpencap_fields[] = {
	[UDPENCAP] = { "udpencap", "UDP Encapsulation of IPsec Packets", FIELD_PROTOCOL,
		       .help = "Carries IPsec through NATs", .reference = "RFC 3948" },
	[UDPENCAP_KEEPALIVE] = { "udpencap.nat_keepalive", "NAT-keepalive packet", FIELD_NONE,
				 .help = "Keeps the NAT from forgetting the ports",
				 .reference = "RFC 3948, 2.3" },
	[UDPENCAP_MARKER] = { "udpencap.non_esp_marker", "Non-ESP Marker", FIELD_NONE,
			      .help = "Four bytes of 0: what follows is IKE",
			      .reference = "RFC 3948, 2.2" },
};

static void udpencap_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;

	info_begin(d);
	if (cursor_sent(c) == 1 && cursor_peek(c, 0, 1, &p) && *p == KEEPALIVE) {
		add_node(d, c, UDPENCAP_KEEPALIVE, c->pos, 1);
		cursor_skip(c, 1);
		info(d, "NAT-keepalive");
		return;
	}
	if (!cursor_peek(c, 0, 4, &p)) {
		cursor_skip(c, 4);
		return;
	}
	if (load_be32(p) == 0) {
		add_node(d, c, UDPENCAP_MARKER, c->pos, 4);
		cursor_skip(c, 4);
		info(d, "ISAKMP");
		end_header(d, c);
		if (cursor_more(c))
			hand_on_as_data(d, *c);
		return;
	}
	info(d, "ESP");
	end_header(d, c);
	if (!hand_on(d, BY_IP_PROTO, IP_PROTO_ESP, *c))
		hand_on_as_data(d, *c);
}

static const struct claim udpencap_claims[] = { { BY_UDP_PORT, PORT_UDPENCAP } };

const struct dissector udpencap_dissector = {
	.name = "udpencap",
	.short_name = "UDPENCAP",
	.title = "UDP Encapsulation of IPsec Packets",
	.fields = udpencap_fields,
	.field_count = COUNT(udpencap_fields),
	.claims = udpencap_claims,
	.claim_count = COUNT(udpencap_claims),
	.dissect = udpencap_dissect,
};
