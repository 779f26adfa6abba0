/* tls_messages.c - handshake messages, which go on from record to record. */
#include <string.h>

#include "state/pieces.h"
#include "state/reassembly.h"
#include "tls_layer.h"

/* The server says by ALPN what is inside. */
static void learn_inner(struct tls_layer *layer, const struct tls_hello *hello)
{
	if (!hello->alpn)
		return;
	uint8_t row = tls_inner_row(hello->alpn, hello->alpn_length);
	layer->now.flags = flags_with_inner(layer->now.flags, row);
	if (!layer->connection)
		return;
	layer->connection->inner = tls_inner_by_name(hello->alpn, hello->alpn_length);
	layer->connection->inner_row = row;
}

static void learn_hello(struct dissection *d, struct tls_layer *layer,
			const struct tls_hello *hello)
{
	if (!hello->random)
		return;
	if (layer->connection)
		tls_learn_keys(d, layer->connection, hello);
	if (hello->is_client)
		return;
	layer->now.version = hello->version;
	layer->now.suite = hello->suite;
	if (layer->connection)
		tls_version_settle(d, &layer->connection->waiting, hello->version);
	learn_inner(layer, hello);
}

/* Messages after which a side of TLS 1.3 goes on with other keys. */
static void learn_message(struct dissection *d, struct tls_layer *layer, uint8_t type,
			  const struct tls_hello *hello)
{
	struct tls_connection *connection = layer->connection;

	if (type == TLS_SERVER_HELLO || type == TLS_CLIENT_HELLO)
		learn_hello(d, layer, hello);
	if (type != TLS_NEW_SESSION_TICKET)
		layer->now.flags &= 0xff & ~(unsigned)SIDE_RESUMES;
	if (type == TLS_SERVER_HELLO)
		layer->now.flags |= SIDE_RESUMES;
	if (type == TLS_ENCRYPTED_EXTENSIONS)
		learn_inner(layer, hello);
	if (!connection || !connection->agreement.is_1_3)
		return;
	struct tls_unlocking *unlocking = tls_unlocking_of(d, connection);
	if (type == TLS_KEY_UPDATE_MESSAGE && unlocking && unlocking->traffic.length)
		layer->changes_keys = tls_next_secret(&connection->agreement, &unlocking->traffic);
	if (type == TLS_FINISHED)
		layer->changes_keys = true;
}

/* The whole message in `c`. */
static void show_message(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	struct tls_reading reading = {
		.version = (uint16_t)layer->now.version,
		.suite = (uint16_t)layer->now.suite,
	};
	struct tls_message message;

	tls_take_head(d, c, &message);
	tls_say(d, message.name);
	tls_take_body(d, c, &message, &reading);
	learn_message(d, layer, message.type, &reading.hello);
}

/* The message that this fragment completes; 0: not known. */
static uint32_t completed_message(struct dissection *d, struct tls_layer *layer)
{
	if (!layer->connection)
		return tls_layer_made(layer, false);
	uint32_t message = pieces_finish(d, layer->side->pieces);
	if (layer->completed_count == COMPLETED_LIMIT)
		return 0;
	if (message)
		tls_layer_keep(layer, false, message);
	return message;
}

static void label_fragment(struct dissection *d, node_id node, uint8_t type, const char *which)
{
	label_set(d, node, "Handshake Protocol: %s (%s)", tls_handshake_name(type), which);
}

static void word_fragment(struct dissection *d, uint8_t type)
{
	if (d->info_length)
		info_words(d, ", ");
	info(d, "[%s Fragment]", tls_handshake_name(type));
}

/* A message begins whose rest is in records to come. */
static void begin_fragment(struct dissection *d, struct tls_layer *layer, struct cursor *c,
			   bool alone)
{
	struct tls_standing *now = &layer->now;
	uint32_t n = cursor_left(c);
	const uint8_t *at;

	if (!cursor_peek(c, 0, n, &at))
		return;
	now->type = at[0];
	if (n < HANDSHAKE_HEADER) {
		memcpy(now->head, at, n);
		now->head_length = n & 0xffff;
	} else {
		now->left = load_be24(at + 1) + HANDSHAKE_HEADER - n;
	}
	if (layer->side) {
		pieces_drop(d, layer->side->pieces);
		piece_add(d, &layer->side->pieces, c);
	}
	node_id node = add_node(d, c, TLS_HANDSHAKE, c->pos, n);
	label_fragment(d, node, at[0], "fragment");
	if (alone && n >= HANDSHAKE_HEADER)
		word_fragment(d, at[0]);
	cursor_skip(c, n);
}

/* Bytes that make the header whole, if it is not. */
static void complete_head(struct tls_standing *now, const struct cursor *c)
{
	const uint8_t *at;
	uint32_t n = HANDSHAKE_HEADER - now->head_length;

	if (n > cursor_left(c))
		n = cursor_left(c);
	if (!cursor_peek(c, 0, n, &at))
		return;
	memcpy(now->head + now->head_length, at, n);
	if (now->head_length + n < HANDSHAKE_HEADER) {
		now->left = 0;
		return;
	}
	now->left = load_be24(now->head + 1) + HANDSHAKE_HEADER - now->head_length;
	now->head_length = 0;
}

/* The message that went on into this record. */
static void continue_message(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	struct tls_standing *now = &layer->now;
	uint32_t had = now->head_length;

	if (had)
		complete_head(now, c);
	uint32_t held = cursor_left(c), n = now->left < held ? now->left : held;
	if (had && now->head_length) {
		n = held;
		now->head_length = (had + held) & 0xffff;
	} else {
		now->left -= n;
	}
	struct cursor piece = cursor_split(c, n);
	if (layer->side)
		piece_add(d, &layer->side->pieces, &piece);
	bool done = !now->left && !now->head_length;
	node_id node = add_node(d, &piece, TLS_HANDSHAKE, piece.pos, n);
	label_fragment(d, node, (uint8_t)now->type, done ? "last fragment" : "fragment");
	if (!done) {
		word_fragment(d, (uint8_t)now->type);
		return;
	}
	uint32_t message = completed_message(d, layer);
	if (!message)
		return;
	struct cursor whole = message_source(d, c, message, "Reassembled Handshake Message");
	show_message_parts(d, &whole, pieces_numbered(d, message), &tls_fragment_fields);
	show_message(d, layer, &whole);
}

static void show_encrypted(struct dissection *d, struct cursor *c)
{
	node_id node = add_node(d, c, TLS_HANDSHAKE, c->pos, cursor_left(c));

	label_set(d, node, "Handshake Protocol: Encrypted Handshake Message");
	tls_say(d, "Encrypted Handshake Message");
	cursor_skip(c, cursor_left(c));
}

/* Could a handshake message begin here, and not ciphertext? */
static bool is_message(const uint8_t *at)
{
	return tls_is_handshake_type(at[0]) && load_be24(at + 1) <= TLS_HANDSHAKE_LIMIT;
}

const char *tls_show_handshake(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	const char *name = NULL;
	const uint8_t *at = NULL;
	uint32_t count = 0;

	while (cursor_left(c)) {
		const char *one;
		count++;
		if (layer->now.left || layer->now.head_length) {
			one = tls_handshake_name((uint8_t)layer->now.type);
			continue_message(d, layer, c);
		} else if ((layer->now.flags & SIDE_ENCRYPTED && !layer->opened) ||
			   (cursor_peek(c, 0, HANDSHAKE_HEADER, &at) && !is_message(at))) {
			one = "Encrypted Handshake Message";
			show_encrypted(d, c);
		} else if (!cursor_peek(c, 0, HANDSHAKE_HEADER, &at) ||
			   load_be24(at + 1) > cursor_left(c) - HANDSHAKE_HEADER) {
			cursor_peek(c, 0, 1, &at);
			one = arena_printf(&d->arena, "%s (fragment)", tls_handshake_name(at[0]));
			begin_fragment(d, layer, c, count == 1);
		} else {
			struct cursor message =
				cursor_split(c, load_be24(at + 1) + HANDSHAKE_HEADER);
			one = tls_handshake_name(at[0]);
			show_message(d, layer, &message);
		}
		name = count > 1 ? "Multiple Handshake Messages" : one;
	}
	return name ? name : "Encrypted Handshake Message";
}
