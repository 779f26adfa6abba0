/* quic_connection.c - what the first pass knows of connections: whose a packet is, and its keys.
 *
 * A connection is found by the ID that a packet names, wherever it comes from (RFC 9000, 5.2);
 * where IDs are empty, by addresses and ports. */
#include <string.h>

#include "dissect/registry.h"
#include "quic.h"
#include "state/connection_id.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/pieces.h"
#include "state/reassembly.h"

enum { LEAST_ORIGINAL_ID = 8 }; /* bytes of the ID that a client makes up (RFC 9000, 7.2) */

_Static_assert(sizeof(struct quic_connection) + QUIC_STREAM_KINDS * QUIC_STREAMS_OF_A_KIND *
							sizeof(struct quic_stream) <=
		       24 << 10,
	       "a connection's state has a budget");

/* What a pair of addresses and ports was last used by. */
struct quic_path {
	struct quic_connection *connection;
	bool client_opened;
};

static struct quic_path *path_of(struct dissection *d)
{
	return conversation_state(d, &quic_dissector, sizeof(struct quic_path));
}

enum quic_space_number quic_space_of(enum quic_kind kind)
{
	return kind == QUIC_INITIAL	? SPACE_INITIAL
	       : kind == QUIC_HANDSHAKE ? SPACE_HANDSHAKE
					: SPACE_APPLICATION;
}

/* --- whose packet --- */

static struct quic_connection *new_connection(struct dissection *d,
					      const struct quic_header *header, bool from_server)
{
	struct quic_connection *connection = conversation_memory(d, sizeof *connection);
	struct id_owner server = { connection, QUIC_SERVER };

	if (!connection)
		return NULL;
	connection->number = connection_id_number(d);
	connection->version = header->version;
	if (from_server || !header->dcid_length || header->dcid_length > QUIC_ID_ROOM)
		return connection;
	memcpy(connection->original_id, header->dcid, header->dcid_length);
	connection->original_id_length = (uint8_t)header->dcid_length;
	connection_id_learn(d, header->dcid, header->dcid_length, &server);
	return connection;
}

/* An Initial packet for an ID that nobody is known by: from a client, as long as this pair of ends
 * or the port does not say otherwise. */
static bool comes_from_server(const struct dissection *d, const struct quic_path *path)
{
	if (path && path->connection)
		return d->from_opener != path->client_opened;
	return d->from.port == 443 && d->to.port != 443;
}

static void find_long(struct dissection *d, const struct quic_header *header,
		      struct quic_path *path, struct quic_at_work *work)
{
	struct id_owner owner = connection_id_find(d, header->dcid, header->dcid_length);
	bool from_server = comes_from_server(d, path);

	work->connection = owner.connection;
	work->packet.from_server = owner.side == QUIC_CLIENT;
	if (owner.connection)
		return;
	work->packet.from_server = from_server;
	if (path)
		work->connection = path->connection;
	/* A client that goes on from the same port with a new connection. */
	bool anew = header->kind == QUIC_INITIAL && header->dcid_length >= LEAST_ORIGINAL_ID &&
		    !from_server;
	if (header->kind == QUIC_INITIAL && (anew || !work->connection))
		work->connection = new_connection(d, header, from_server);
}

static void find_short(struct dissection *d, struct quic_header *header, const uint8_t *at,
		       uint32_t n, const struct quic_path *path, struct quic_at_work *work)
{
	struct quic_connection *connection = path ? path->connection : NULL;
	uint32_t length = 0;

	if (connection) {
		bool from_server = d->from_opener != path->client_opened;
		const struct quic_side *receiver = &connection->side[!from_server];
		struct id_owner owner = connection_id_find(d, at + 1, receiver->id_length);
		work->connection = connection;
		work->packet.from_server = from_server;
		if (receiver->id_length <= n - 1)
			header->dcid_length = receiver->id_length;
		if (!receiver->id_length || owner.connection == connection)
			return;
	}
	struct id_owner owner = connection_id_match(d, at + 1, n - 1, &length);
	if (!owner.connection)
		return;
	work->connection = owner.connection;
	work->packet.from_server = owner.side == QUIC_CLIENT;
	header->dcid_length = length;
}

static void take_id(struct dissection *d, struct quic_at_work *work,
		    const struct quic_header *header)
{
	struct quic_side *sender = &work->connection->side[work->packet.from_server];

	if (header->scid_length > QUIC_ID_ROOM)
		return;
	if (sender->id_known && sender->id_length == header->scid_length &&
	    (!header->scid_length || !memcmp(sender->id, header->scid, header->scid_length)))
		return;
	sender->id_known = true;
	sender->id_length = (uint8_t)header->scid_length;
	if (!header->scid_length)
		return;
	memcpy(sender->id, header->scid, header->scid_length);
	quic_learn_id(d, work, header->scid, header->scid_length);
}

void quic_learn_id(struct dissection *d, struct quic_at_work *work, const uint8_t *id, uint32_t n)
{
	struct id_owner owner = { work->connection, work->packet.from_server };

	if (work->connection)
		connection_id_learn(d, id, n, &owner);
}

/* Tokens stand with IDs, marked, so that none is taken for one. */
enum { TOKEN_MARK = 0xff, MARKED_TOKEN = 1 + TLS_RESET_TOKEN };

static void mark_token(const uint8_t *token, uint8_t marked[MARKED_TOKEN])
{
	marked[0] = TOKEN_MARK;
	memcpy(marked + 1, token, TLS_RESET_TOKEN);
}

void quic_learn_reset_token(struct dissection *d, struct quic_at_work *work, const uint8_t *token)
{
	uint8_t marked[MARKED_TOKEN];

	mark_token(token, marked);
	quic_learn_id(d, work, marked, sizeof marked);
}

void quic_learn_handshake(struct dissection *d, struct quic_at_work *work)
{
	struct tls_carried *handshake = work->connection ? &work->connection->handshake : NULL;

	if (!handshake || !handshake->has_reset_token)
		return;
	handshake->has_reset_token = false;
	quic_learn_reset_token(d, work, handshake->reset_token);
}

bool quic_knows_id(const struct dissection *d, const struct cursor *c, uint32_t least)
{
	const uint8_t *at;
	uint32_t n = cursor_left(c), length = 0;

	return cursor_peek(c, 0, n, &at) && n > 1 &&
	       connection_id_match(d, at + 1, n - 1, &length).connection && length >= least;
}

static void find_connection(struct dissection *d, const uint8_t *at, uint32_t n,
			    struct quic_header *header, struct quic_at_work *work)
{
	struct quic_path *path = path_of(d);

	if (header->kind == QUIC_ONE_RTT)
		find_short(d, header, at, n, path, work);
	else
		find_long(d, header, path, work);
	if (!work->connection)
		return;
	work->packet.connection = work->connection->number + 1;
	work->packet.id_length = (uint8_t)header->dcid_length;
	if (path) {
		path->connection = work->connection;
		path->client_opened = d->from_opener != (bool)work->packet.from_server;
	}
	conversation_recognize(d, &quic_dissector);
	if (header->kind != QUIC_ONE_RTT && header->kind != QUIC_NEGOTIATION)
		take_id(d, work, header);
}

/* --- keys --- */

static uint32_t initial_keys(struct dissection *d, struct quic_connection *connection,
			     uint32_t version, unsigned side)
{
	struct quic_initial *initial = connection->initial;
	struct cipher_keys keys[2];

	if (initial[0].version && initial[0].version != version)
		initial++;
	if (initial->version)
		return initial->version == version ? initial->keys[side] : 0;
	if (!connection->original_id_length ||
	    !quic_initial_keys(version, connection->original_id, connection->original_id_length,
			       keys))
		return 0;
	initial->version = version;
	for (unsigned i = 0; i < 2; i++)
		initial->keys[i] = sealed_keys(d, &keys[i]);
	return initial->keys[side];
}

static uint32_t keys_of_secret(struct dissection *d, const struct quic_connection *connection,
			       uint16_t suite, const struct secret *secret)
{
	struct cipher_keys keys;

	return quic_keys(connection->version, suite, secret, &keys) ? sealed_keys(d, &keys) : 0;
}

/* The log's secret of this label and side. */
static bool find_secret(const struct dissection *d, const struct quic_connection *connection,
			const char *label, struct secret *secret)
{
	return connection->handshake.has_client &&
	       secret_find(d->learned, label, connection->handshake.client_random, secret);
}

/* Early data are sent before a suite is agreed on: the secret's length tells its hash, and suites
 * with that hash are few. */
static uint32_t early_keys(struct dissection *d, struct quic_connection *connection)
{
	enum { SHA256_SUITE = 0x1301, SHA384_SUITE = 0x1302, SHA384_LENGTH = 48 };
	struct quic_side *client = &connection->side[QUIC_CLIENT];
	struct secret secret;

	if (!client->early_keys &&
	    find_secret(d, connection, "CLIENT_EARLY_TRAFFIC_SECRET", &secret))
		client->early_keys = keys_of_secret(
			d, connection, secret.length == SHA384_LENGTH ? SHA384_SUITE : SHA256_SUITE,
			&secret);
	return client->early_keys;
}

static uint32_t log_keys(struct dissection *d, struct quic_connection *connection,
			 enum quic_kind kind, unsigned side)
{
	static const char *const labels[2][2] = {
		{ "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET" },
		{ "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0" },
	};
	struct quic_side *sender = &connection->side[side];
	struct quic_space *space = &sender->space[quic_space_of(kind)];
	struct secret secret;

	if (space->keys || !connection->handshake.has_server ||
	    !find_secret(d, connection, labels[kind == QUIC_ONE_RTT][side], &secret))
		return space->keys;
	space->keys = keys_of_secret(d, connection, connection->handshake.suite, &secret);
	if (kind == QUIC_ONE_RTT)
		sender->traffic = secret;
	return space->keys;
}

/* The keys of the phase to come are made when a packet first claims to be of it. */
static uint32_t next_keys(struct dissection *d, struct quic_connection *connection,
			  struct quic_side *sender)
{
	uint16_t suite = connection->handshake.suite;
	struct cipher_keys keys;
	struct secret first;

	if (sender->next_keys || !sender->traffic.length)
		return sender->next_keys;
	/* The header's keys stay those of the first secret. */
	const char *label = sender == &connection->side[QUIC_CLIENT] ? "CLIENT_TRAFFIC_SECRET_0"
								     : "SERVER_TRAFFIC_SECRET_0";
	if (!find_secret(d, connection, label, &first) ||
	    !quic_keys(connection->version, suite, &first, &keys) ||
	    !quic_next_keys(connection->version, suite, &sender->traffic, &keys))
		return 0;
	sender->next_keys = sealed_keys(d, &keys);
	return sender->next_keys;
}

/* --- opening --- */

static bool open_with(struct dissection *d, const struct cursor *c, uint32_t keys,
		      const struct sealed_packet *sealed, struct quic_at_work *work)
{
	struct opened opened;

	if (!sealed_open_packet(d, c, keys, sealed, &opened))
		return false;
	work->packet.message = opened.message;
	work->opened = opened;
	return true;
}

/* A packet of the other phase: of the next one, or a late one of the last (RFC 9001, 6.3). */
static bool open_other_phase(struct dissection *d, const struct cursor *c, struct quic_side *sender,
			     const struct sealed_packet *sealed, struct quic_at_work *work)
{
	struct quic_space *space = &sender->space[SPACE_APPLICATION];
	uint32_t next;

	if (sender->old_keys && open_with(d, c, sender->old_keys, sealed, work))
		return true;
	next = next_keys(d, work->connection, sender);
	if (!next || !open_with(d, c, next, sealed, work))
		return false;
	sender->old_keys = space->keys;
	space->keys = next;
	sender->next_keys = 0;
	sender->phase = !sender->phase;
	return true;
}

static void open_packet(struct dissection *d, const struct cursor *c,
			const struct quic_header *header, struct quic_at_work *work, uint32_t keys)
{
	enum { PHASE = 4 };
	struct quic_side *sender = &work->connection->side[work->packet.from_server];
	struct quic_space *space = &sender->space[quic_space_of(header->kind)];
	struct sealed_packet sealed = { .number_at = header->number_at,
					.expected = space->expected };
	bool opened;

	work->packet.closed = QUIC_DAMAGED;
	if (!sealed_unmask(d, c, keys, &sealed))
		return;
	work->packet.unmasked = true;
	work->packet.first = sealed.first_byte;
	work->packet.number = (uint32_t)sealed.number;
	if (header->kind == QUIC_ONE_RTT && !(sealed.first_byte & PHASE) == sender->phase)
		opened = open_other_phase(d, c, sender, &sealed, work);
	else
		opened = open_with(d, c, keys, &sealed, work);
	if (!opened)
		return;
	work->packet.closed = QUIC_OPENED;
	if (sealed.number >= space->expected)
		space->expected = sealed.number + 1;
}

static void try_to_open(struct dissection *d, const struct cursor *c,
			const struct quic_header *header, struct quic_at_work *work)
{
	struct quic_connection *connection = work->connection;
	unsigned side = work->packet.from_server;
	uint32_t keys =
		header->kind == QUIC_INITIAL	? initial_keys(d, connection, header->version, side)
		: header->kind == QUIC_ZERO_RTT ? early_keys(d, connection)
						: log_keys(d, connection, header->kind, side);

	if (keys)
		open_packet(d, c, header, work, keys);
	else if (header->kind == QUIC_ONE_RTT && connection->told_closed)
		work->packet.closed = QUIC_UNTRIED;
	else
		work->packet.closed =
			connection->handshake.has_server || header->kind == QUIC_ZERO_RTT
				? QUIC_NO_SECRETS
				: QUIC_NO_HANDSHAKE;
	connection->told_closed |= !keys && header->kind == QUIC_ONE_RTT;
}

/* A client that is told to retry goes on with the ID that the server chose (RFC 9000, 17.2.5.2). */
static void learn_retry(struct dissection *d, const uint8_t *at, const struct quic_header *header,
			struct quic_at_work *work)
{
	struct quic_connection *connection = work->connection;

	if (!work->packet.from_server || connection->retried || !connection->original_id_length ||
	    !header->scid_length || header->scid_length > QUIC_ID_ROOM)
		return;
	bool good = quic_retry_is_good(d, header->version, connection->original_id,
				       connection->original_id_length, at, header->size);
	work->packet.retry = good ? QUIC_RETRY_GOOD : QUIC_RETRY_BAD;
	if (!good)
		return;
	connection->retried = true;
	memcpy(connection->original_id, header->scid, header->scid_length);
	connection->original_id_length = (uint8_t)header->scid_length;
	memset(connection->initial, 0, sizeof connection->initial);
}

/* A datagram that ends with a side's token comes from that side (RFC 9000, 10.3.1). */
static bool find_reset(struct dissection *d, const uint8_t *at, uint32_t n,
		       const struct quic_header *header, struct quic_at_work *work)
{
	enum { LEAST_RESET = 5 + TLS_RESET_TOKEN };
	uint8_t marked[MARKED_TOKEN];

	if (header->kind != QUIC_ONE_RTT || n < LEAST_RESET)
		return false;
	mark_token(at + n - TLS_RESET_TOKEN, marked);
	struct id_owner owner = connection_id_find(d, marked, sizeof marked);
	if (!owner.connection)
		return false;
	work->connection = owner.connection;
	work->packet.connection = work->connection->number + 1;
	work->packet.from_server = owner.side == QUIC_SERVER;
	work->packet.closed = QUIC_RESET;
	return true;
}

void quic_learn(struct dissection *d, const struct cursor *c, struct quic_header *header,
		struct quic_at_work *work)
{
	const uint8_t *at;
	uint32_t n = cursor_left(c);

	work->packet.closed = QUIC_UNTRIED;
	if (!n || !cursor_peek(c, 0, n, &at))
		return;
	find_connection(d, at, n, header, work);
	if (header->kind == QUIC_ONE_RTT)
		header->number_at = 1 + header->dcid_length;
	if (!header->whole || find_reset(d, at, n, header, work) || !work->connection)
		return;
	if (header->kind == QUIC_RETRY)
		learn_retry(d, at, header, work);
	else if (header->kind != QUIC_NEGOTIATION)
		try_to_open(d, c, header, work);
	/* A version that the server chose instead (RFC 9368). */
	if (header->kind == QUIC_HANDSHAKE)
		work->connection->version = header->version;
}

/* --- streams --- */

static void forget_bodies(struct dissection *d, struct quic_stream *stream)
{
	for (unsigned side = 0; side < 2; side++) {
		uint32_t list = stream->body[side].list;
		pieces_drop(d, list);
		stream->body[side] = (struct http3_half){ .list = list };
	}
}

struct quic_stream *quic_stream_of(struct dissection *d, struct quic_at_work *work, uint64_t id)
{
	struct quic_connection *connection = work->connection;
	unsigned kind = id % QUIC_STREAM_KINDS,
		 place = (id / QUIC_STREAM_KINDS) % QUIC_STREAMS_OF_A_KIND;

	if (!connection)
		return NULL;
	if (!connection->streams)
		connection->streams =
			conversation_memory(d, QUIC_STREAM_KINDS * QUIC_STREAMS_OF_A_KIND *
						       sizeof *connection->streams);
	struct quic_stream *stream = &connection->streams[kind * QUIC_STREAMS_OF_A_KIND + place];
	if (stream->used && stream->id > id)
		return NULL;
	if (stream->id != id || !stream->used) {
		stream_forget(d, stream->half[0]);
		stream_forget(d, stream->half[1]);
		stream->type = 0;
		forget_bodies(d, stream);
		stream->connection = connection;
		stream->id = id;
		stream->used = true;
	}
	return stream;
}

const struct dissector *quic_inner(struct quic_connection *connection)
{
	const char *alpn = connection->handshake.alpn;

	return !strncmp(alpn, "h3", 2) && (!alpn[2] || alpn[2] == '-') ? &http3_dissector : NULL;
}
