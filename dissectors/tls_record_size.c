/* tls_record_size.c - where TLS's records end, and by what they are recognised. */
#include "dissect/registry.h"
#include "state/conversation.h"
#include "quic.h"
#include "tls_layer.h"

bool tls_is_content_type(uint8_t type)
{
	return type >= TLS_CONTENT_CHANGE_CIPHER_SPEC && type <= TLS_CONTENT_HEARTBEAT;
}

bool tls_is_record(const uint8_t *at)
{
	return tls_is_content_type(at[0]) && (at[1] == 3 || at[1] == 0x7f) &&
	       at[2] <= 4 + (at[1] == 0x7f) * 251;
}

/* Bytes of the record that begins there; 0: none does. */
static uint32_t record_size(const uint8_t *at, uint16_t version)
{
	if (version == SSL_2_0)
		return sslv2_size(at);
	if (tls_is_record(at))
		return RECORD_HEADER + load_be16(at + 3);
	return sslv2_is_hello(at) || sslv2_is_answer(at) ? sslv2_size(at) : 0;
}

/* Is it here because of its port? */
static bool is_expected(const struct dissection *d)
{
	uint32_t port;

	return !d->inside &&
	       who_claims_port(BY_TCP_PORT, d->from.port, d->to.port, &port) == &tls_dissector;
}

/* On a port of TLS the first bytes may be no record: then who recognises them has the connection.
 */
static const struct dissector *
spoken_instead(struct dissection *d, struct tls_connection *connection, const struct cursor *c)
{
	const uint8_t *at;

	if (connection->plain_asked || !cursor_peek(c, 0, RECORD_HEADER, &at))
		return connection->plain;
	connection->plain_asked = true;
	if (record_size(at, 0) || !is_expected(d))
		return NULL;
	for (const struct dissector *const *who = registry_recognizers(RECOGNIZE_STREAM_BEGINNING);
	     !connection->plain && *who; who++)
		if (*who != &tls_dissector && (*who)->looks_like(d, c))
			connection->plain = *who;
	return connection->plain;
}

/* The whole records at the cursor, once it is known that TLS is spoken. */
static void measure_records(struct dissection *d, const struct cursor *c, uint16_t version,
			    struct message_scan *scan)
{
	uint32_t left = cursor_left(c), size = 0;
	const uint8_t *at = NULL;

	while (cursor_peek(c, size, RECORD_HEADER, &at)) {
		uint32_t n = record_size(at, version);
		if (!n) {
			/* What follows a record and is none is shown with it; on TLS's ports so is
			 * the rest of a record that began before the capture. */
			scan->size = size || version || is_expected(d) ? left : 0;
			scan->known = true;
			return;
		}
		if (n > left - size)
			break;
		size += n;
		/* One that came in several segments is a message of its own. */
		if (scan->state)
			break;
	}
	scan->size = size;
	scan->known = size != 0;
	if (size)
		return;
	scan->state = 1;
	scan->needed = left < RECORD_HEADER ? RECORD_HEADER : record_size(at, version);
	scan->known = scan->ended;
	scan->size = scan->ended ? left : 0;
}

void tls_message_size(struct dissection *d, const struct cursor *c, struct message_scan *scan)
{
	if (d->layers[d->layer_count - 1].dissector == &quic_dissector) {
		tls_carried_size(c, scan);
		return;
	}
	struct tls_connection *connection = tls_connection_of(d);
	const struct dissector *plain = connection ? spoken_instead(d, connection, c) : NULL;
	/* In a tunnel it may hand on to TLS again. */
	if (!plain || connection->plain_at_work) {
		measure_records(d, c, connection ? connection->version : 0, scan);
		return;
	}
	scan->other = plain;
	connection->plain_at_work = true;
	plain->message_size(d, c, scan);
	connection->plain_at_work = false;
}

/* A hello of either side, with a length that fits its record: no other protocol begins so. */
bool tls_looks_like(const struct dissection *d, const struct cursor *c)
{
	const uint8_t *at;

	(void)d;
	if (!cursor_peek(c, 0, RECORD_HEADER + HANDSHAKE_HEADER + 2, &at))
		return false;
	if (at[0] != TLS_CONTENT_HANDSHAKE || at[1] != 3 || at[2] > 4)
		return false;
	uint32_t record = load_be16(at + 3), message = load_be24(at + 6);
	if (record > TLS_RECORD_LIMIT || (at[5] != TLS_CLIENT_HELLO && at[5] != TLS_SERVER_HELLO))
		return false;
	return message >= 38 && message <= TLS_HANDSHAKE_LIMIT && at[9] == 3 && at[10] <= 4;
}
