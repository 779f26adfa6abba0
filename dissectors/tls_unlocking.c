/* tls_unlocking.c - the keys that open a connection's records, where a key log has its secrets. */
#include <string.h>

#include "state/conversation.h"
#include "tls_layer.h"

bool tls_is_1_3(uint32_t version)
{
	return version == TLS_1_3 || version >> 8 == 0x7f || version >> 8 == 0xfb;
}

/* Which of a connection's sides is the client's. */
static unsigned client_side(const struct tls_connection *connection)
{
	return !connection->client_opened;
}

struct tls_unlocking *tls_unlocking_of(const struct dissection *d,
				       const struct tls_connection *connection)
{
	return connection && connection->unlocking ? &connection->unlocking[!d->from_opener] : NULL;
}

void tls_take_traffic_keys(struct dissection *d, struct tls_connection *connection, unsigned side,
			   const struct secret *secret)
{
	struct cipher_keys keys;

	connection->unlocking[side].keys =
		tls_keys_1_3(&connection->agreement, secret, &keys) ? sealed_keys(d, &keys) : 0;
	connection->unlocking[side].sequence = 0;
}

static void begin_keys_1_3(struct dissection *d, struct tls_connection *connection)
{
	static const char *const labels[2][2] = {
		{ "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0" },
		{ "SERVER_HANDSHAKE_TRAFFIC_SECRET", "SERVER_TRAFFIC_SECRET_0" },
	};
	const uint8_t *random = connection->agreement.client_random;

	for (unsigned i = 0; i < 2; i++) {
		unsigned side = i ? !client_side(connection) : client_side(connection);
		struct tls_unlocking *unlocking = &connection->unlocking[side];
		struct secret secret;
		unlocking->keys = 0;
		if (secret_find(d->learned, labels[i][0], random, &secret))
			tls_take_traffic_keys(d, connection, side, &secret);
		if (!secret_find(d->learned, labels[i][1], random, &unlocking->traffic))
			unlocking->traffic.length = 0;
	}
}

static void begin_keys_1_2(struct dissection *d, struct tls_connection *connection)
{
	struct cipher_keys keys[2];
	unsigned client = client_side(connection);
	bool known = tls_keys_1_2(d, &connection->agreement, keys);

	for (unsigned i = 0; i < 2; i++) {
		struct tls_unlocking *unlocking = &connection->unlocking[i ? !client : client];
		unlocking->pending = known ? sealed_keys(d, &keys[i]) : 0;
		memcpy(unlocking->last_block, keys[i].iv, known ? sizeof unlocking->last_block : 0);
	}
}

void tls_learn_keys(struct dissection *d, struct tls_connection *connection,
		    const struct tls_hello *hello)
{
	struct tls_agreement *agreement = &connection->agreement;

	if (hello->is_client) {
		connection->client_known = true;
		connection->client_opened = d->from_opener;
		memcpy(agreement->client_random, hello->random, TLS_RANDOM_ROOM);
		return;
	}
	if (!connection->client_known) {
		connection->client_known = true;
		connection->client_opened = !d->from_opener;
	}
	agreement->version = hello->version;
	agreement->suite = hello->suite;
	agreement->encrypt_then_mac = hello->encrypt_then_mac;
	agreement->is_1_3 = tls_is_1_3(hello->version);
	memcpy(agreement->server_random, hello->random, TLS_RANDOM_ROOM);
	if (hello->is_retry || !secrets_known(d->learned))
		return;
	if (!connection->unlocking)
		connection->unlocking = conversation_memory(d, 2 * sizeof(struct tls_unlocking));
	if (agreement->is_1_3)
		begin_keys_1_3(d, connection);
	else
		begin_keys_1_2(d, connection);
}

bool tls_open_record(struct dissection *d, struct tls_layer *layer, const struct cursor *c,
		     struct sealed_record *sealed, struct opened *opened)
{
	struct tls_unlocking *side = tls_unlocking_of(d, layer->connection);

	if (!layer->connection) {
		uint32_t n = layer->completed_count, message = tls_layer_made(layer, true);
		if (!message && n != layer->completed_count)
			note_finding(d, TLS_UNDECRYPTED, NULL);
		return message && sealed_reopen(d, message, opened);
	}
	if (layer->connection->agreement.is_1_3 && sealed->type != TLS_CONTENT_APPLICATION_DATA)
		return false;
	if (!side || !side->keys || !cursor_left(c) ||
	    sealed->type == TLS_CONTENT_CHANGE_CIPHER_SPEC ||
	    layer->completed_count == COMPLETED_LIMIT)
		return false;
	cursor_peek(c, 0, cursor_left(c), &sealed->bytes);
	sealed->length = cursor_left(c);
	sealed->sequence = side->sequence;
	sealed->previous = side->last_block;
	bool done = sealed_open(d, c, side->keys, sealed, opened);
	if (done || !layer->connection->agreement.is_1_3)
		side->sequence++;
	sealed_last_block(d, side->keys, sealed, side->last_block);
	tls_layer_keep(layer, true, done ? opened->message : 0);
	if (!done)
		note_finding(d, TLS_UNDECRYPTED, NULL);
	return done;
}
