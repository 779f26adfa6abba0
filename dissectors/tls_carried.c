/* tls_carried.c - handshake messages, and those that QUIC carries without records (RFC 9001, 4). */
#include <string.h>

#include "state/pieces.h"
#include "state/reassembly.h"
#include "tls.h"

enum { HEADER = 4, RETRY_RANDOM = 0xcf21ad74 };

const struct part_fields tls_fragment_fields = { .tree = TLS_FRAGMENTS,
						 .part = TLS_FRAGMENT,
						 .count = TLS_FRAGMENT_COUNT };

void tls_take_head(struct dissection *d, struct cursor *c, struct tls_message *message)
{
	const uint8_t *at;

	message->tree = open_tree(d, c, TLS_HANDSHAKE);
	message->type = take_u8(d, c, TLS_HANDSHAKE_TYPE);
	message->length = (uint32_t)take_uint(d, c, TLS_HANDSHAKE_LENGTH);
	message->name = tls_handshake_name(message->type);
	/* The random of a ServerHello tells whether it is a HelloRetryRequest. */
	if (message->type == TLS_SERVER_HELLO && cursor_peek(c, 2, 32, &at) &&
	    load_be32(at) == RETRY_RANDOM)
		message->name = tls_handshake_name(TLS_HELLO_RETRY_REQUEST);
	label_set(d, message->tree, "Handshake Protocol: %s", message->name);
}

void tls_take_body(struct dissection *d, struct cursor *c, const struct tls_message *message,
		   struct tls_reading *reading)
{
	struct cursor body = cursor_split(c, message->length);

	tls_handshake_body(d, &body, message->type, reading);
	close_tree(d, message->tree, c);
}

void tls_carried_size(const struct cursor *c, struct message_scan *scan)
{
	const uint8_t *at;

	if (!cursor_peek(c, 0, HEADER, &at)) {
		scan->needed = HEADER;
		return;
	}
	scan->known = true;
	scan->size = load_be24(at + 1) + HEADER;
	/* Such as bytes that are no handshake: they are shown as they are. */
	if (!tls_is_handshake_type(at[0]) || scan->size > TLS_HANDSHAKE_LIMIT)
		scan->size = 0;
}

static void learn_message(struct tls_carried *carried, uint8_t type, const struct tls_hello *hello)
{
	if (type == TLS_CLIENT_HELLO && hello->random) {
		memcpy(carried->client_random, hello->random, sizeof carried->client_random);
		carried->has_client = true;
	}
	if (type == TLS_SERVER_HELLO && hello->random && !hello->is_retry) {
		carried->suite = hello->suite;
		carried->has_server = true;
	}
	if (type == TLS_ENCRYPTED_EXTENSIONS && hello->alpn &&
	    hello->alpn_length < sizeof carried->alpn) {
		memset(carried->alpn, 0, sizeof carried->alpn);
		memcpy(carried->alpn, hello->alpn, hello->alpn_length);
	}
	if (type == TLS_ENCRYPTED_EXTENSIONS && hello->reset_token) {
		memcpy(carried->reset_token, hello->reset_token, sizeof carried->reset_token);
		carried->has_reset_token = true;
	}
}

/* What several frames of QUIC carried is told as what several records carry, if it came in order.
 */
static void show_fragments(struct dissection *d, const struct cursor *whole,
			   const struct tls_message *message)
{
	uint32_t number = whole->source ? d->buffers[whole->source].message : 0;
	const struct message *parts = number ? pieces_numbered(d, number) : NULL;

	if (!parts || parts->sealed || parts->extent_count < 2 || !message_came_in_order(d, parts))
		return;
	label_set(d, message->tree, "Handshake Protocol: %s (last fragment)", message->name);
	show_message_parts(d, whole, parts, &tls_fragment_fields);
}

void tls_carried_dissect(struct dissection *d, struct cursor *c)
{
	struct tls_reading reading = { .version = TLS_1_3, .over_quic = true };
	node_id tree = open_tree(d, c, TLS_RECORD);
	struct tls_message message;
	struct cursor whole = *c;

	tls_take_head(d, c, &message);
	show_fragments(d, &whole, &message);
	label_set(d, tree, "TLSv1.3 Record Layer: Handshake Protocol: %s", message.name);
	tls_take_body(d, c, &message, &reading);
	close_tree(d, tree, c);
	if (d->carrier)
		learn_message(d->carrier, message.type, &reading.hello);
}
