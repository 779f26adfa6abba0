/* tls.c - Transport Layer Security, RFC 5246 and RFC 8446, and SSL before it: records, and
 * handshake messages out of them.
 *
 *      0       1               3               5
 *     +-------+-------+-------+-------+-------+--- - -
 *     | type  |    version    |    length     | fragment
 *     +-------+-------+-------+-------+-------+--- - -
 *
 * A layer is the whole records at hand.  Handshake messages go on from record to record; the first
 * pass keeps where a layer's first record stands, and which messages are put together in it. */
#include "tls.h"

#include <string.h>

#include "dissect/registry.h"
#include "dissect/text_line.h"
#include "state/announced.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/pieces.h"
#include "state/reassembly.h"
#include "quic.h"
#include "tls_keys.h"
#include "tls_version.h"

enum { RECORD_HEADER = 5, HANDSHAKE_HEADER = 4, HTTPS_PORT = 443, COMPLETED_LIMIT = 256 };

enum standing_flag {
	SIDE_ENCRYPTED = 1, /* this side has changed its cipher */
};

/* Where a layer begins: its fact.  Of the most common ones only the first member is kept. */
struct tls_standing {
	uint32_t version : 16; /* of the connection; 0: not known */
	uint32_t flags : 8;    /* enum standing_flag */
	uint32_t type : 8;     /* of the handshake message that goes on */
	uint32_t suite : 16;
	uint32_t head_length : 16; /* bytes of its header that came, while that is not whole */
	uint32_t left;		   /* bytes of it to come; 0: none goes on, unless head_length */
	uint8_t head[HANDSHAKE_HEADER];
};

/* A message that the layer completes or opens, and where in it. */
struct tls_made {
	uint32_t place;	  /* of the record, counted from 0, times 2; + 1: it was opened by keys */
	uint32_t message; /* its number + 1 */
};

/* FACT_OTHER: all of them, in their order. */
struct tls_completed {
	uint32_t count;
	struct tls_made made[];
};

struct tls_side {
	bool encrypted;
	uint32_t pieces; /* of the handshake message at work (state/pieces.h) */
	uint32_t type, left, head_length;
	uint8_t head[HANDSHAKE_HEADER];
	uint32_t inner; /* its half of the stream inside, with a key log */
};

/* What opens a side's records. */
struct tls_unlocking {
	uint32_t keys, pending; /* numbers + 1; pending: from its ChangeCipherSpec on */
	struct secret traffic;	/* TLS 1.3: of its application data */
	uint64_t sequence;
	uint8_t last_block[16]; /* of its ciphertext, for TLS 1.0 */
};

struct tls_connection {
	struct tls_side side[2];	 /* [0]: of the one who opened the connection */
	struct tls_unlocking *unlocking; /* [2]: of each side; NULL: there was no key log */
	const struct dissector *inner;	 /* NULL: not known yet */
	const struct dissector *plain;	 /* who speaks on a port of TLS instead; NULL: no one */
	struct tls_waiting waiting;	 /* for the version */
	struct tls_agreement agreement;
	uint16_t version, suite;
	bool client_known, client_opened, renegotiates;
	bool inner_asked, plain_asked, plain_at_work;
};

/* A layer at work. */
struct tls_layer {
	struct tls_connection *connection; /* NULL after the first pass */
	struct tls_side *side;
	struct tls_standing now;
	uint16_t chosen;		       /* the version that later packets chose; 0: none */
	const struct tls_completed *completed; /* after the first pass; NULL: none */
	uint32_t completed_count;
	uint32_t record;     /* which one is at work */
	struct cursor plain; /* what the record at work protects; if has_plain */
	bool has_plain;
	bool inner_worded; /* the Protocol column is that of what is inside */
	bool opened;	   /* what is shown was opened by keys */
	bool changes_keys; /* TLS 1.3: with the record's end the side takes its next ones */
	uint32_t words;	   /* of Info, in this record */
	struct tls_made made[COMPLETED_LIMIT]; /* in the first pass */
};

static struct tls_connection *tls_connection(const struct dissection *d)
{
	return conversation_state(d, &tls_dissector, sizeof(struct tls_connection));
}

/* --- where messages end --- */

static bool is_content_type(uint8_t type)
{
	return type >= TLS_CONTENT_CHANGE_CIPHER_SPEC && type <= TLS_CONTENT_HEARTBEAT;
}

static bool is_record(const uint8_t *at)
{
	return is_content_type(at[0]) && (at[1] == 3 || at[1] == 0x7f) &&
	       at[2] <= 4 + (at[1] == 0x7f) * 251;
}

/* A hello of SSL 2.0, which may offer later versions: length with its high bit, 1, version. */
static bool is_sslv2_hello(const uint8_t *at)
{
	return at[0] & 0x80 && at[2] == 1 &&
	       ((at[3] == 3 && at[4] <= 4) || (at[3] == 0 && at[4] == 2));
}

/* The server's answer to it; behind type and certificate type stands the version. */
static bool is_sslv2_answer(const uint8_t *at)
{
	return at[0] & 0x80 && at[2] == 4 && at[3] <= 1 && at[4] == 1;
}

static uint32_t sslv2_size(const uint8_t *at)
{
	if (at[0] & 0x80)
		return (uint32_t)((at[0] & 0x7f) << 8 | at[1]) + 2;
	return (uint32_t)((at[0] & 0x3f) << 8 | at[1]) + 3;
}

/* Bytes of the record that begins there; 0: none does. */
static uint32_t record_size(const uint8_t *at, uint16_t version)
{
	if (version == SSL_2_0)
		return sslv2_size(at);
	if (is_record(at))
		return RECORD_HEADER + load_be16(at + 3);
	return is_sslv2_hello(at) || is_sslv2_answer(at) ? sslv2_size(at) : 0;
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

static void tls_message_size(struct dissection *d, const struct cursor *c,
			     struct message_scan *scan)
{
	if (d->layers[d->layer_count - 1].dissector == &quic_dissector) {
		tls_carried_size(c, scan);
		return;
	}
	struct tls_connection *connection = tls_connection(d);
	const struct dissector *plain = connection ? spoken_instead(d, connection, c) : NULL;
	/* In a tunnel it may hand on to TLS again. */
	if (plain && !connection->plain_at_work) {
		scan->other = plain;
		connection->plain_at_work = true;
		plain->message_size(d, c, scan);
		connection->plain_at_work = false;
		return;
	}
	uint16_t version = connection ? connection->version : 0;
	uint32_t left = cursor_left(c), size = 0;
	const uint8_t *at = NULL;

	while (cursor_peek(c, size, RECORD_HEADER, &at)) {
		uint32_t n = record_size(at, version);
		if (!n) {
			/* What follows a record and is none is shown with it; on TLS's ports so is
			 * the rest of a record that began before the capture. */
			size = size || version || is_expected(d) ? left : 0;
			scan->size = size;
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

/* A hello of either side, with a length that fits its record: no other protocol begins so. */
static bool tls_looks_like(const struct dissection *d, const struct cursor *c)
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

/* --- words --- */

static const char *version_word(const struct tls_layer *layer, uint16_t own)
{
	const char *word =
		tls_version_word(layer->now.version ? (uint16_t)layer->now.version : layer->chosen);

	if (!word)
		word = tls_version_word(own);
	return word ? word : "SSL";
}

static void say(struct dissection *d, struct tls_layer *layer, const char *words)
{
	if (d->info_length)
		info_words(d, ", ");
	info(d, "%s", words);
	layer->words++;
}

/* --- where layers begin --- */

static void begin_layer(struct dissection *d, struct tls_layer *layer)
{
	layer->connection = tls_connection(d);
	if (!layer->connection) {
		uint32_t size;
		const void *fact = recall(d, FACT_OWN, &size);
		if (fact)
			memcpy(&layer->now, fact,
			       size < sizeof layer->now ? size : sizeof layer->now);
		layer->completed = recall(d, FACT_OTHER, NULL);
		if (!layer->now.version)
			layer->chosen = tls_version_chosen(d);
		return;
	}
	struct tls_side *side = layer->side = &layer->connection->side[!d->from_opener];
	layer->now = (struct tls_standing){
		.version = layer->connection->version,
		.flags = side->encrypted ? SIDE_ENCRYPTED : 0,
		.type = side->type & 0xff,
		.suite = layer->connection->suite,
		.head_length = side->head_length & 0xffff,
		.left = side->left,
	};
	memcpy(layer->now.head, side->head, sizeof side->head);
	if (!layer->now.version)
		tls_version_await(d, &layer->connection->waiting);
	bool plain = side->encrypted && !side->left && !side->head_length;
	uint32_t size = plain ? sizeof(uint32_t) : sizeof layer->now;
	void *fact = layer->now.version || side->left || side->head_length
			     ? learn(d, FACT_OWN, size)
			     : NULL;
	if (fact)
		memcpy(fact, &layer->now, size);
}

static void end_layer_state(struct dissection *d, struct tls_layer *layer)
{
	struct tls_side *side = layer->side;

	if (!side)
		return;
	side->encrypted = layer->now.flags & SIDE_ENCRYPTED;
	side->type = layer->now.type;
	side->left = layer->now.left;
	side->head_length = layer->now.head_length;
	memcpy(side->head, layer->now.head, sizeof side->head);
	layer->connection->version = (uint16_t)layer->now.version;
	layer->connection->suite = (uint16_t)layer->now.suite;
	if (!layer->completed_count)
		return;
	struct tls_completed *fact =
		learn(d, FACT_OTHER,
		      (uint32_t)(sizeof *fact + layer->completed_count * sizeof *fact->made));
	if (!fact)
		return;
	fact->count = layer->completed_count;
	memcpy(fact->made, layer->made, layer->completed_count * sizeof *fact->made);
}

/* --- handshake messages --- */

static bool is_1_3_version(uint32_t version)
{
	return version == TLS_1_3 || version >> 8 == 0x7f || version >> 8 == 0xfb;
}

/* Which of a connection's sides is the client's. */
static unsigned client_side(const struct tls_connection *connection)
{
	return !connection->client_opened;
}

/* Of the side that sent the packet; NULL: nothing opens its records. */
static struct tls_unlocking *unlocking_of(const struct dissection *d,
					  const struct tls_connection *connection)
{
	return connection && connection->unlocking ? &connection->unlocking[!d->from_opener] : NULL;
}

/* A side's keys from a traffic secret of the log (RFC 8446, 7.1). */
static void take_traffic_keys(struct dissection *d, struct tls_connection *connection,
			      unsigned side, const struct secret *secret)
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
			take_traffic_keys(d, connection, side, &secret);
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

/* In the first pass: who is who, and the keys that a log has. */
static void learn_keys(struct dissection *d, struct tls_connection *connection,
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
	agreement->is_1_3 = is_1_3_version(hello->version);
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

/* What the protocol negotiated in ALPN is here; NULL: not known. */
static const struct dissector *inner_by_name(const uint8_t *name, uint32_t n)
{
	static const struct {
		const char *name, *dissector;
	} rows[] = {
		{ "http/1.1", "http" }, { "http/1.0", "http" }, { "h2", "http2" },
		{ "dot", "dns" },	{ "imap", "imap" },	{ "pop3", "pop" },
		{ "ftp", "ftp" },	{ "smtp", "smtp" },
	};

	for (unsigned i = 0; i < COUNT(rows); i++)
		if (strlen(rows[i].name) == n && !memcmp(rows[i].name, name, n))
			return registry_dissector_named(rows[i].dissector);
	return NULL;
}

static void learn_hello(struct dissection *d, struct tls_layer *layer,
			const struct tls_hello *hello)
{
	if (!hello->random)
		return;
	if (layer->connection)
		learn_keys(d, layer->connection, hello);
	if (hello->is_client)
		return;
	layer->now.version = hello->version;
	layer->now.suite = hello->suite;
	if (layer->connection)
		tls_version_settle(d, &layer->connection->waiting, hello->version);
	if (layer->connection && hello->alpn)
		layer->connection->inner = inner_by_name(hello->alpn, hello->alpn_length);
}

/* Messages after which a side of TLS 1.3 goes on with other keys. */
static void learn_message(struct dissection *d, struct tls_layer *layer, uint8_t type,
			  const struct tls_hello *hello)
{
	struct tls_connection *connection = layer->connection;

	if (type == TLS_SERVER_HELLO || type == TLS_CLIENT_HELLO)
		learn_hello(d, layer, hello);
	if (!connection || !connection->agreement.is_1_3)
		return;
	if (type == TLS_ENCRYPTED_EXTENSIONS && hello->alpn)
		connection->inner = inner_by_name(hello->alpn, hello->alpn_length);
	struct tls_unlocking *unlocking = unlocking_of(d, connection);
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
	say(d, layer, message.name);
	tls_take_body(d, c, &message, &reading);
	learn_message(d, layer, message.type, &reading.hello);
}

/* After the first pass: the next message that was made in this record; 0: none was. */
static uint32_t made_before(struct tls_layer *layer, bool by_keys)
{
	uint32_t n = layer->completed_count;

	if (!layer->completed || n >= layer->completed->count ||
	    layer->completed->made[n].place != layer->record * 2 + by_keys)
		return 0;
	layer->completed_count++;
	return layer->completed->made[n].message;
}

static void keep_made(struct tls_layer *layer, bool by_keys, uint32_t message)
{
	if (layer->completed_count < COMPLETED_LIMIT)
		layer->made[layer->completed_count++] =
			(struct tls_made){ layer->record * 2 + by_keys, message };
}

/* The message that this fragment completes; 0: not known. */
static uint32_t completed_message(struct dissection *d, struct tls_layer *layer)
{
	if (!layer->connection)
		return made_before(layer, false);
	uint32_t message = pieces_finish(d, layer->side->pieces);
	if (layer->completed_count == COMPLETED_LIMIT)
		return 0;
	if (message)
		keep_made(layer, false, message);
	return message;
}

static void label_fragment(struct dissection *d, node_id node, uint8_t type, const char *which)
{
	label_set(d, node, "Handshake Protocol: %s (%s)", tls_handshake_name(type), which);
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
	if (alone && n >= HANDSHAKE_HEADER) {
		if (d->info_length)
			info_words(d, ", ");
		info(d, "[%s Fragment]", tls_handshake_name(at[0]));
	}
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
		if (d->info_length)
			info_words(d, ", ");
		info(d, "[%s Fragment]", tls_handshake_name((uint8_t)now->type));
		return;
	}
	uint32_t message = completed_message(d, layer);
	if (!message)
		return;
	struct cursor whole = pieces_source(d, c, message, "Reassembled Handshake Message");
	show_message_parts(d, &whole, pieces_numbered(d, message), &tls_fragment_fields);
	show_message(d, layer, &whole);
}

static void show_encrypted(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	node_id node = add_node(d, c, TLS_HANDSHAKE, c->pos, cursor_left(c));

	label_set(d, node, "Handshake Protocol: Encrypted Handshake Message");
	say(d, layer, "Encrypted Handshake Message");
	cursor_skip(c, cursor_left(c));
}

/* Could a handshake message begin here, and not ciphertext? */
static bool is_message(const uint8_t *at)
{
	return tls_is_handshake_type(at[0]) && load_be24(at + 1) <= TLS_HANDSHAKE_LIMIT;
}

/* The handshake messages in a record; what to call the record. */
static const char *show_handshake(struct dissection *d, struct tls_layer *layer, struct cursor *c)
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
			show_encrypted(d, layer, c);
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

/* --- other records --- */

static const char *show_change(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	add_node(d, c, TLS_CHANGE_CIPHER_SPEC, c->pos, cursor_left(c));
	cursor_skip(c, cursor_left(c));
	layer->now.flags |= SIDE_ENCRYPTED;
	struct tls_unlocking *unlocking = unlocking_of(d, layer->connection);
	if (unlocking && unlocking->pending) {
		unlocking->keys = unlocking->pending;
		unlocking->pending = 0;
		unlocking->sequence = 0;
	}
	say(d, layer, "Change Cipher Spec");
	return "Change Cipher Spec";
}

static const char *show_alert(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	const uint8_t *at;
	node_id tree = open_tree(d, c, TLS_ALERT);
	const char *level = NULL, *description = NULL;

	if (cursor_left(c) == 2 && cursor_peek(c, 0, 2, &at)) {
		level = value_name(tls_level_names, at[0]);
		description = value_name(tls_alert_names, at[1]);
	}
	if (!level || !description || (layer->now.flags & SIDE_ENCRYPTED && !layer->opened)) {
		label_set(d, tree, "Alert Message: Encrypted Alert");
		cursor_skip(c, cursor_left(c));
		close_tree(d, tree, c);
		say(d, layer, "Encrypted Alert");
		return "Encrypted Alert";
	}
	const char *words =
		arena_printf(&d->arena, "Alert (Level: %s, Description: %s)", level, description);
	take_u8(d, c, TLS_ALERT_LEVEL);
	if (take_u8(d, c, TLS_ALERT_DESCRIPTION) && at[0] == 2)
		note_finding_on(d, last_node(d), TLS_FATAL_ALERT, "Fatal alert: %s", description);
	close_tree(d, tree, c);
	say(d, layer, words);
	return words;
}

/* What is known to be spoken inside by the port. */
static const char *inner_protocol(const struct dissection *d)
{
	static const struct {
		uint16_t port;
		const char *title;
	} rows[] = {
		{ 25, "Simple Mail Transfer Protocol" },
		{ 110, "Post Office Protocol" },
		{ 143, "Internet Message Access Protocol" },
		{ 443, "Hypertext Transfer Protocol" },
		{ 465, "Simple Mail Transfer Protocol" },
		{ 587, "Simple Mail Transfer Protocol" },
		{ 636, "Lightweight Directory Access Protocol" },
		{ 853, "Domain Name System" },
		{ 993, "Internet Message Access Protocol" },
		{ 995, "Post Office Protocol" },
		{ 8443, "Hypertext Transfer Protocol" },
	};

	for (unsigned i = 0; i < COUNT(rows); i++)
		if (rows[i].port == d->from.port || rows[i].port == d->to.port)
			return rows[i].title;
	return NULL;
}

/* Who dissects what is inside, by ALPN, else as it was announced, else by the port, else by its
 * looks; first pass only. */
static const struct dissector *inner_dissector(struct dissection *d, struct tls_layer *layer,
					       const struct cursor *plain)
{
	static const struct {
		uint16_t port;
		const char *name;
	} rows[] = {
		{ 443, "http" }, { 8443, "http" }, { 993, "imap" }, { 143, "imap" },
		{ 995, "pop" },	 { 110, "pop" },   { 465, "smtp" }, { 587, "smtp" },
		{ 25, "smtp" },	 { 990, "ftp" },   { 21, "ftp" },   { 853, "dns" },
	};
	struct tls_connection *connection = layer->connection;

	if (connection->inner || connection->inner_asked)
		return connection->inner;
	connection->inner_asked = true;
	const struct dissector *announced = announced_dissector(d);
	connection->inner = announced != &tls_dissector ? announced : NULL;
	for (unsigned i = 0; i < COUNT(rows) && !connection->inner; i++)
		if (rows[i].port == d->from.port || rows[i].port == d->to.port)
			connection->inner = registry_dissector_named(rows[i].name);
	for (const struct dissector *const *at = registry_recognizers(RECOGNIZE_STREAM_BEGINNING);
	     !connection->inner && *at; at++)
		if (*at != &tls_dissector && (*at)->looks_like(d, plain))
			connection->inner = *at;
	return connection->inner;
}

static void tell_parts(struct dissection *d, const struct message *message, bool within)
{
	static const struct part_fields fields = { TLS_SEGMENTS, TLS_SEGMENT, TLS_SEGMENT_COUNT,
						   TLS_REASSEMBLED_LENGTH, TLS_REASSEMBLED_DATA };

	if (!within)
		show_message_parts_beside(d, message, &fields);
}

static void show_segment(struct dissection *d, const struct segment_fate *fate,
			 const struct cursor *plain)
{
	if (!fate->part_of_message || !(d->wants & WANT_FIELDS))
		return;
	if (fate->reassembled_in && fate->reassembled_in != d->packet.number)
		put_uint(d, TLS_SEGMENTS_IN, fate->reassembled_in);
	put_bytes(d, TLS_SEGMENT_DATA, plain);
	label_set(d, last_node(d), "TLS segment data (%u byte%s)", cursor_left(plain),
		  cursor_left(plain) == 1 ? "" : "s");
}

/* Gives what was opened to whom it is for, once the record has been shown. */
static void hand_on_plain(struct dissection *d, struct tls_layer *layer)
{
	struct cursor *c = &layer->plain;
	const struct dissector *inner = layer->connection ? inner_dissector(d, layer, c) : NULL;
	struct segment_fate fate = { 0 };
	const char *protocol = d->protocol;
	uint32_t before = d->info_length;

	layer->has_plain = false;
	if (c->source && (inner || !layer->connection))
		fate = stream_feed_inner(d, layer->side ? &layer->side->inner : NULL, c, inner);
	show_segment(d, &fate, c);
	if (fate.dissected || d->info_length != before) {
		layer->inner_worded |= fate.dissected;
		return;
	}
	if (!fate.unfinished)
		hand_on_as_data(d, *c);
	d->protocol = protocol;
	say(d, layer, fate.unfinished ? "[TLS segment of a reassembled PDU]" : "Application Data");
}

static const char *show_plain(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	const char *inner = inner_protocol(d);

	layer->plain = *c;
	layer->has_plain = true;
	if (c->source)
		put_bytes(d, TLS_PLAINTEXT, c);
	if (inner)
		put_text(d, TLS_APP_DATA_PROTO, inner);
	return inner ? inner : "Application Data";
}

static const char *show_application_data(struct dissection *d, struct tls_layer *layer,
					 struct cursor *c)
{
	const char *inner = inner_protocol(d);
	uint32_t n = cursor_sent(c);

	if (layer->opened)
		return show_plain(d, layer, c);

	if (n)
		take_bytes(d, c, TLS_APP_DATA, n);
	if (inner)
		put_text(d, TLS_APP_DATA_PROTO, inner);
	say(d, layer, "Application Data");
	return inner ? inner : "Application Data";
}

static const char *show_heartbeat(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	const uint8_t *at;
	const char *words = "Encrypted Heartbeat";
	node_id tree = open_tree(d, c, TLS_HEARTBEAT);

	if ((!(layer->now.flags & SIDE_ENCRYPTED) || layer->opened) && cursor_peek(c, 0, 3, &at) &&
	    (at[0] == 1 || at[0] == 2)) {
		words = at[0] == 1 ? "Heartbeat Request" : "Heartbeat Response";
		take_u8(d, c, TLS_HEARTBEAT_TYPE);
		uint32_t n = take_u16(d, c, TLS_HEARTBEAT_LENGTH);
		struct cursor payload = tls_vector(d, c, n);
		if (n)
			take_bytes(d, &payload, TLS_HEARTBEAT_PAYLOAD, cursor_left(&payload));
	}
	cursor_skip(c, cursor_left(c));
	close_tree(d, tree, c);
	say(d, layer, words);
	return words;
}

/* --- records --- */

static bool is_1_3(const struct tls_layer *layer)
{
	return layer->now.version == TLS_1_3 || layer->now.version >> 8 == 0x7f ||
	       layer->now.version >> 8 == 0xfb;
}

static void show_content(struct dissection *d, struct tls_layer *layer, node_id tree, uint8_t type,
			 uint16_t version, struct cursor *c)
{
	static const char *const protocols[] = { "Change Cipher Spec", "Alert", "Handshake",
						 "Application Data", "Heartbeat" };
	const char *name = "", *before = version_word(layer, version);

	switch (type) {
	case TLS_CONTENT_CHANGE_CIPHER_SPEC:
		name = show_change(d, layer, c);
		break;
	case TLS_CONTENT_ALERT:
		name = show_alert(d, layer, c);
		break;
	case TLS_CONTENT_HANDSHAKE:
		name = show_handshake(d, layer, c);
		break;
	case TLS_CONTENT_APPLICATION_DATA:
		name = show_application_data(d, layer, c);
		break;
	default:
		name = show_heartbeat(d, layer, c);
	}
	if (type == TLS_CONTENT_ALERT)
		label_set(d, tree, "%s Record Layer: %s", before, name);
	else
		label_set(d, tree, "%s Record Layer: %s Protocol: %s", before,
			  protocols[type - TLS_CONTENT_CHANGE_CIPHER_SPEC], name);
	if (!layer->inner_worded)
		info_protocol(d, version_word(layer, version));
}

/* Opens the record in `c`, which is behind its header, if there are keys. */
static bool open_record(struct dissection *d, struct tls_layer *layer, const struct cursor *c,
			struct sealed_record *sealed, struct opened *opened)
{
	struct tls_unlocking *side = unlocking_of(d, layer->connection);

	if (!layer->connection) {
		uint32_t n = layer->completed_count, message = made_before(layer, true);
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
	keep_made(layer, true, done ? opened->message : 0);
	if (!done)
		note_finding(d, TLS_UNDECRYPTED, NULL);
	return done;
}

/* The content of a record whose fragment is `c`. */
static void show_fragment(struct dissection *d, struct tls_layer *layer, node_id tree, uint8_t type,
			  uint16_t version, struct cursor *c)
{
	struct sealed_record sealed = { .type = type, .version = version };
	struct opened opened = { 0 };

	layer->changes_keys = false;
	layer->opened = open_record(d, layer, c, &sealed, &opened);
	if (layer->opened && is_content_type(opened.type)) {
		struct cursor plain = sealed_source(d, c, &opened, "Decrypted TLS");
		if (is_1_3(layer))
			put_uint(d, TLS_RECORD_TYPE, opened.type);
		if (opened.type == TLS_CONTENT_APPLICATION_DATA)
			take_bytes(d, c, TLS_APP_DATA, cursor_left(c));
		show_content(d, layer, tree, opened.type, version, &plain);
		cursor_skip(c, cursor_left(c));
	} else {
		layer->opened = false;
		show_content(d, layer, tree, type, version, c);
	}
	layer->opened = false;
	struct tls_unlocking *unlocking = unlocking_of(d, layer->connection);
	if (layer->changes_keys && unlocking && unlocking->traffic.length)
		take_traffic_keys(d, layer->connection, !d->from_opener, &unlocking->traffic);
}

static void show_record(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	node_id tree = open_tree(d, c, TLS_RECORD);
	const uint8_t *at;
	bool opaque =
		cursor_peek(c, 0, 1, &at) && at[0] == TLS_CONTENT_APPLICATION_DATA && is_1_3(layer);
	uint8_t type = take_u8(d, c, opaque ? TLS_RECORD_OPAQUE_TYPE : TLS_RECORD_TYPE);
	uint16_t version = take_u16(d, c, TLS_RECORD_VERSION);
	uint16_t length = take_u16(d, c, TLS_RECORD_LENGTH);

	if (length > TLS_RECORD_LIMIT || (!length && type != TLS_CONTENT_APPLICATION_DATA))
		note_finding_on(d, last_node(d), TLS_LENGTH_INVALID, NULL);
	struct cursor fragment = tls_vector(d, c, length);
	layer->words = 0;
	if (!layer->inner_worded)
		info_protocol(d, version_word(layer, version));
	show_fragment(d, layer, tree, type, version, &fragment);
	layer->record++;
	/* TLS 1.3 sends ChangeCipherSpec for the looks of it (RFC 8446, appendix D.4). */
	if (is_1_3(layer))
		layer->now.flags &= 0xff & ~(unsigned)SIDE_ENCRYPTED;
	close_tree(d, tree, c);
	if (layer->has_plain)
		hand_on_plain(d, layer);
}

/* --- SSL 2.0 --- */

static void show_sslv2_hello(struct dissection *d, struct cursor *c)
{
	take_u16(d, c, TLS_HANDSHAKE_VERSION);
	uint32_t ciphers = take_u16(d, c, TLS_SSLV2_CIPHERS_LENGTH);
	uint32_t session = take_u16(d, c, TLS_SESSION_ID_LENGTH);
	uint32_t challenge = take_u16(d, c, TLS_SSLV2_CHALLENGE_LENGTH);
	struct cursor list = tls_vector(d, c, ciphers);
	node_id tree = open_tree(d, &list, TLS_SUITES);

	label_set(d, tree, "Cipher Specs (%u specs)", ciphers / 3);
	while (cursor_sent(&list) >= 3)
		take_uint(d, &list, TLS_SSLV2_CIPHER);
	close_tree(d, tree, &list);
	if (session)
		take_bytes(d, c, TLS_SESSION_ID, session);
	struct cursor rest = tls_vector(d, c, challenge);
	add_node(d, &rest, TLS_SSLV2_CHALLENGE, rest.pos, cursor_left(&rest));
}

static void take_sslv2_type(struct dissection *d, struct cursor *c)
{
	uint8_t type = take_u8(d, c, TLS_HANDSHAKE_TYPE);
	const char *name = value_name(tls_sslv2_names, type);

	label_set(d, last_node(d), "Handshake Message Type: %s (%u)", name ? name : "Unknown",
		  type);
}

static void show_sslv2_record(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	node_id tree = open_tree(d, c, TLS_RECORD);
	const uint8_t *at;

	if (!cursor_peek(c, 0, RECORD_HEADER, &at)) {
		cursor_skip(c, cursor_sent(c));
		return;
	}
	uint32_t head = at[0] & 0x80 ? 2 : 3;
	uint32_t size = sslv2_size(at) - head;
	add_uint(d, c, TLS_RECORD_VERSION, c->pos, head, SSL_2_0);
	node_flag(d, last_node(d), NODE_GENERATED);
	add_uint(d, c, TLS_RECORD_LENGTH, c->pos, head, size);
	cursor_skip(c, head);
	struct cursor record = cursor_split(c, size);
	const char *name = "Encrypted Data";
	if (is_sslv2_hello(at)) {
		name = "Client Hello";
		take_sslv2_type(d, &record);
		show_sslv2_hello(d, &record);
	} else if (is_sslv2_answer(at)) {
		name = "Server Hello";
		layer->now.version = SSL_2_0;
		take_sslv2_type(d, &record);
	} else if (head == 2 && at[2] == 2 && !(layer->now.flags & SIDE_ENCRYPTED)) {
		name = "Client Master Key";
		layer->now.flags |= SIDE_ENCRYPTED;
		take_sslv2_type(d, &record);
	}
	cursor_skip(&record, cursor_left(&record));
	label_set(d, tree, "SSLv2 Record Layer: %s", name);
	close_tree(d, tree, c);
	say(d, layer, name);
	info_protocol(d, "SSLv2");
}

static void show_unknown(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	bool known = layer->now.version != 0;
	node_id tree = open_tree(d, c, TLS_RECORD);

	label_set(d, tree, "%s", known ? "Ignored Unknown Record" : "Continuation Data");
	if (known)
		note_finding(d, TLS_UNKNOWN_RECORD, NULL);
	cursor_skip(c, cursor_sent(c));
	close_tree(d, tree, c);
	say(d, layer, known ? "Ignored Unknown Record" : "Continuation Data");
	info_protocol(d, known ? version_word(layer, 0) : "SSL");
}

static void tls_dissect(struct dissection *d, struct cursor *c)
{
	struct tls_layer layer;
	const uint8_t *at;

	if (d->layer_count > 1 && d->layers[d->layer_count - 2].dissector == &quic_dissector) {
		tls_carried_dissect(d, c);
		return;
	}
	memset(&layer, 0, offsetof(struct tls_layer, made));
	layer.words = 0;
	begin_layer(d, &layer);
	info_begin(d);
	while (cursor_more(c)) {
		if (cursor_peek(c, 0, RECORD_HEADER, &at) && layer.now.version != SSL_2_0 &&
		    is_record(at))
			show_record(d, &layer, c);
		else if (cursor_peek(c, 0, RECORD_HEADER, &at) &&
			 (layer.now.version == SSL_2_0 || is_sslv2_hello(at) ||
			  is_sslv2_answer(at)))
			show_sslv2_record(d, &layer, c);
		else
			show_unknown(d, &layer, c);
	}
	info_fence(d);
	end_layer_state(d, &layer);
}

static const struct claim tls_claims[] = {
	{ BY_TCP_PORT, HTTPS_PORT }, { BY_TCP_PORT, 465 },  { BY_TCP_PORT, 636 },
	{ BY_TCP_PORT, 853 },	     { BY_TCP_PORT, 989 },  { BY_TCP_PORT, 990 },
	{ BY_TCP_PORT, 992 },	     { BY_TCP_PORT, 993 },  { BY_TCP_PORT, 995 },
	{ BY_TCP_PORT, 5061 },	     { BY_TCP_PORT, 8443 }, { BY_TCP_PORT, 8883 },
};

/* Of a record nothing is told before it is whole. */
static bool tls_word_beginning(struct dissection *d, const struct cursor *c)
{
	if (!begins_tls(c))
		return false;
	info_begin(d);
	return true;
}

const struct dissector tls_dissector = {
	.name = "tls",
	.short_name = "TLS",
	.title = "Transport Layer Security",
	.fields = tls_fields,
	.field_count = TLS_FIELDS,
	.claims = tls_claims,
	.claim_count = COUNT(tls_claims),
	.dissect = tls_dissect,
	.looks_like = tls_looks_like,
	.message_size = tls_message_size,
	.word_beginning = tls_word_beginning,
	.tell_parts = tell_parts,
};
