/* teredo.c - IPv6 through NATs, RFC 4380: in UDP, behind up to two indications.
 *
 *      0    1    2          3          4
 *      +----+----+----------+----------+-----------+------+-------+------+
 *      | 0    1  | ID bytes | au bytes | client ID | auth | nonce | conf |  authentication
 *      +----+----+----------+----------+-----------+------+-------+------+
 *      | 0    0  | port                | address   |                         origin, all bits
 * inverted
 *      +----+----+---------------------+-----------+
 */
#include "dissect/dissector.h"

enum { PORT_TEREDO = 3544, IP_PROTO_IPV6 = 41, AUTHENTICATION = 1, ORIGIN = 0, NONCE_LENGTH = 8 };

enum {
	TEREDO,
	TEREDO_AUTH,
	TEREDO_AUTH_ID_LENGTH,
	TEREDO_AUTH_VALUE_LENGTH,
	TEREDO_AUTH_ID,
	TEREDO_AUTH_VALUE,
	TEREDO_AUTH_NONCE,
	TEREDO_AUTH_CONFIRMATION,
	TEREDO_ORIGIN,
	TEREDO_ORIGIN_PORT,
	TEREDO_ORIGIN_ADDRESS,
};

static const struct field teredo_fields[] = {
	[TEREDO] = { "teredo", "Teredo IPv6 over UDP tunneling", FIELD_PROTOCOL,
		     .help = "Gives a host behind a NAT an IPv6 address", .reference = "RFC 4380" },
	[TEREDO_AUTH] = { "teredo.auth", "Teredo Authentication header", FIELD_NONE,
			  .help = "Proves who the client is", .reference = "RFC 4380, 5.1.1" },
	[TEREDO_AUTH_ID_LENGTH] = { "teredo.auth.idlen", "Client identifier length", FIELD_U8,
				    .help = "Bytes of the client's identifier",
				    .reference = "RFC 4380, 5.1.1" },
	[TEREDO_AUTH_VALUE_LENGTH] = { "teredo.auth.aulen", "Authentication value length", FIELD_U8,
				       .help = "Bytes of the proof",
				       .reference = "RFC 4380, 5.1.1" },
	[TEREDO_AUTH_ID] = { "teredo.auth.id", "Client identifier", FIELD_BYTES,
			     .help = "Who the client is", .reference = "RFC 4380, 5.1.1" },
	[TEREDO_AUTH_VALUE] = { "teredo.auth.value", "Authentication value", FIELD_BYTES,
				.help = "The proof", .reference = "RFC 4380, 5.1.1" },
	[TEREDO_AUTH_NONCE] = { "teredo.auth.nonce", "Nonce value", FIELD_BYTES,
				.help = "A random number that the answer repeats",
				.reference = "RFC 4380, 5.1.1" },
	[TEREDO_AUTH_CONFIRMATION] = { "teredo.auth.conf", "Confirmation byte", FIELD_BYTES,
				       .help = "Not 0: the client needs a new key",
				       .reference = "RFC 4380, 5.1.1" },
	[TEREDO_ORIGIN] = { "teredo.orig", "Teredo Origin Indication header", FIELD_NONE,
			    .help = "Where the packet came from", .reference = "RFC 4380, 5.1.1" },
	[TEREDO_ORIGIN_PORT] = { "teredo.orig.port", "Origin UDP port", FIELD_U16,
				 .help = "The client's port as the server sees it",
				 .reference = "RFC 4380, 5.1.1" },
	[TEREDO_ORIGIN_ADDRESS] = { "teredo.orig.addr", "Origin IPv4 address", FIELD_IPV4,
				    .help = "The client's address as the server sees it",
				    .reference = "RFC 4380, 5.1.1" },
};

static void take_authentication(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, TEREDO_AUTH);

	cursor_skip(c, 2);
	uint8_t id_length = take_u8(d, c, TEREDO_AUTH_ID_LENGTH);
	uint8_t value_length = take_u8(d, c, TEREDO_AUTH_VALUE_LENGTH);
	if (id_length)
		take_bytes(d, c, TEREDO_AUTH_ID, id_length);
	if (value_length)
		take_bytes(d, c, TEREDO_AUTH_VALUE, value_length);
	take_bytes(d, c, TEREDO_AUTH_NONCE, NONCE_LENGTH);
	take_bytes(d, c, TEREDO_AUTH_CONFIRMATION, 1);
	close_tree(d, tree, c);
}

/* NATs that replace addresses wherever they find them do not find these. */
static void take_origin(struct dissection *d, struct cursor *c)
{
	node_id tree = open_tree(d, c, TEREDO_ORIGIN);

	cursor_skip(c, 2);
	uint16_t port = (uint16_t)~cursor_u16(c);
	add_uint(d, c, TEREDO_ORIGIN_PORT, c->pos - 2, 2, port);
	uint32_t address = ~cursor_u32(c);
	add_uint(d, c, TEREDO_ORIGIN_ADDRESS, c->pos - 4, 4, address);
	close_tree(d, tree, c);
}

static void teredo_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *p;

	info_begin(d);
	if (cursor_peek(c, 0, 2, &p) && load_be16(p) == AUTHENTICATION)
		take_authentication(d, c);
	if (cursor_peek(c, 0, 2, &p) && load_be16(p) == ORIGIN)
		take_origin(d, c);
	if (!cursor_ok(c))
		return;
	end_header(d, c);
	if (cursor_more(c) && !hand_on(d, BY_IP_PROTO, IP_PROTO_IPV6, *c))
		hand_on_as_data(d, *c);
}

static const struct claim teredo_claims[] = { { BY_UDP_PORT, PORT_TEREDO } };

const struct dissector teredo_dissector = {
	.name = "teredo",
	.short_name = "Teredo",
	.title = "Teredo IPv6 over UDP tunneling",
	.fields = teredo_fields,
	.field_count = COUNT(teredo_fields),
	.claims = teredo_claims,
	.claim_count = COUNT(teredo_claims),
	.dissect = teredo_dissect,
};
