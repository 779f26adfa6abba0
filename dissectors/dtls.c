/* dtls.c - Datagram Transport Layer Security 1.0 and 1.2, RFC 4347 and RFC 6347.
 *
 *      0       1               3               5                       11              13
 *     +-------+-------+-------+-------+-------+--- sequence number ---+-------+-------+--- - -
 *     | type  |    version    |     epoch     |                       |    length     | fragment
 *     +-------+-------+-------+-------+-------+-----------------------+-------+-------+--- - -
 *
 * Handshake messages are those of TLS, with a number and a place in the message in their headers.
 * The first pass puts fragments together that come in order; records of epoch 0 alone can be read.
 */
#include <string.h>

#include "state/conversation.h"
#include "state/facts.h"
#include "state/pieces.h"
#include "state/reassembly.h"
#include "tls.h"
#include "tls_version.h"

enum {
	RECORD_HEADER = 13,
	HANDSHAKE_HEADER = 12,
	BODY_HEADER = 4, /* type and length, which TLS's messages begin with */
	COMPLETED_LIMIT = 32,
	CONTENT_CONNECTION_ID = 25,
};

/* What the first pass keeps of a connection. */
struct dtls_side {
	uint32_t pieces;   /* of the message at work */
	uint32_t expected; /* the place of its next fragment */
	uint32_t length;
	uint16_t sequence;
	uint8_t type;
	bool resumes; /* as struct dtls_standing's */
};

struct dtls_connection {
	uint16_t version, suite;
	struct tls_waiting waiting; /* for the version */
	struct dtls_side side[2];
};

/* How a layer begins: its fact; and FACT_OTHER: numbers + 1 of the messages that are completed in
 * it. */
struct dtls_standing {
	uint16_t version, suite;
	bool resumes; /* the side's last handshake message was a ServerHello, but for tickets */
};

struct dtls_layer {
	struct dtls_connection *connection; /* NULL after the first pass */
	struct dtls_side *side;
	struct dtls_standing now;
	uint16_t chosen;       /* the version that later packets chose; 0: none */
	const uint32_t *known; /* after the first pass */
	uint32_t known_count;
	uint32_t completed[COMPLETED_LIMIT], count;
};

/* A fragment's header. */
struct dtls_fragment {
	uint8_t type;
	uint32_t length, offset, size;
	uint16_t sequence;
};

static void begin_layer(struct dissection *d, struct dtls_layer *layer)
{
	uint32_t size = 0;

	*layer = (struct dtls_layer){ 0 };
	layer->connection = conversation_state(d, &dtls_dissector, sizeof(struct dtls_connection));
	if (!layer->connection) {
		const struct dtls_standing *fact = recall(d, FACT_OWN, NULL);
		if (fact)
			layer->now = *fact;
		layer->known = recall(d, FACT_OTHER, &size);
		layer->known_count = size / sizeof *layer->known;
		layer->chosen = tls_version_chosen(d);
		return;
	}
	layer->side = &layer->connection->side[!d->from_opener];
	layer->now = (struct dtls_standing){ layer->connection->version, layer->connection->suite,
					     layer->side->resumes };
	struct dtls_standing *fact = layer->now.version ? learn(d, FACT_OWN, sizeof *fact) : NULL;
	if (fact)
		*fact = layer->now;
	if (!layer->now.suite)
		tls_version_await(d, &layer->connection->waiting);
}

static void end_layer_state(struct dissection *d, const struct dtls_layer *layer)
{
	uint32_t size = layer->count * (uint32_t)sizeof *layer->completed;

	if (!layer->connection)
		return;
	layer->connection->version = layer->now.version;
	layer->connection->suite = layer->now.suite;
	layer->side->resumes = layer->now.resumes;
	uint32_t *fact = size ? learn(d, FACT_OTHER, size) : NULL;
	if (fact)
		memcpy(fact, layer->completed, size);
}

static const char *version_word(const struct dtls_layer *layer)
{
	const char *word = tls_version_word(layer->chosen ? layer->chosen : layer->now.version);

	return word ? word : "DTLS";
}

static void say(struct dissection *d, const char *words)
{
	if (d->info_length)
		info_words(d, ", ");
	info(d, "%s", words);
}

/* --- handshake messages --- */

/* In the first pass: the message that the fragment completes, its number + 1; 0: none yet. */
static uint32_t add_fragment(struct dissection *d, struct dtls_side *side,
			     const struct dtls_fragment *fragment, const struct cursor *c)
{
	if (!fragment->offset) {
		pieces_drop(d, side->pieces);
		*side = (struct dtls_side){ .pieces = side->pieces,
					    .resumes = side->resumes,
					    .length = fragment->length,
					    .sequence = fragment->sequence,
					    .type = fragment->type };
	}
	if (fragment->sequence != side->sequence || fragment->type != side->type ||
	    fragment->length != side->length || fragment->offset != side->expected ||
	    !fragment->size)
		return 0;
	piece_add(d, &side->pieces, c);
	side->expected += fragment->size;
	return side->expected == side->length ? pieces_finish(d, side->pieces) : 0;
}

static uint32_t completed_message(struct dissection *d, struct dtls_layer *layer,
				  const struct dtls_fragment *fragment, const struct cursor *c)
{
	uint32_t message;

	if (!layer->side)
		return layer->count < layer->known_count ? layer->known[layer->count++] : 0;
	message = layer->count < COMPLETED_LIMIT ? add_fragment(d, layer->side, fragment, c) : 0;
	if (layer->count < COMPLETED_LIMIT)
		layer->completed[layer->count++] = message;
	return message;
}

static const struct part_fields fragment_fields = { DTLS_FRAGMENTS, DTLS_FRAGMENT,
						    DTLS_FRAGMENT_COUNT, DTLS_REASSEMBLED_LENGTH };

static void show_body(struct dissection *d, struct dtls_layer *layer, struct cursor *body,
		      uint8_t type)
{
	struct tls_reading reading = {
		.version = layer->now.version,
		.suite = layer->now.suite,
		.is_datagram = true,
	};

	tls_handshake_body(d, body, type, &reading);
	if (type != TLS_HELLO_VERIFY_REQUEST && type != TLS_SERVER_HELLO)
		return;
	layer->now.version = reading.hello.version;
	if (layer->connection)
		tls_version_settle(d, &layer->connection->waiting, layer->now.version);
	if (type == TLS_SERVER_HELLO)
		layer->now.suite = reading.hello.suite;
}

static struct dtls_fragment take_fragment_header(struct dissection *d, struct cursor *c)
{
	struct dtls_fragment fragment;

	fragment.type = take_u8(d, c, TLS_HANDSHAKE_TYPE);
	fragment.length = (uint32_t)take_uint(d, c, TLS_HANDSHAKE_LENGTH);
	fragment.sequence = take_u16(d, c, DTLS_MESSAGE_SEQUENCE);
	fragment.offset = (uint32_t)take_uint(d, c, DTLS_FRAGMENT_OFFSET);
	fragment.size = (uint32_t)take_uint(d, c, DTLS_FRAGMENT_LENGTH);
	if (fragment.size > fragment.length || fragment.offset > fragment.length - fragment.size)
		note_finding(d, DTLS_FRAGMENT_PAST_END, NULL);
	return fragment;
}

/* The message, or a fragment of one, at the cursor; what to call it. */
static const char *show_message(struct dissection *d, struct dtls_layer *layer, struct cursor *c)
{
	node_id tree = open_tree(d, c, TLS_HANDSHAKE);
	struct dtls_fragment fragment = take_fragment_header(d, c);
	const char *name = tls_handshake_name(fragment.type);
	struct cursor part = cursor_split(c, fragment.size);
	bool whole = !fragment.offset && fragment.size == fragment.length;
	if (fragment.type != TLS_NEW_SESSION_TICKET)
		layer->now.resumes = fragment.type == TLS_SERVER_HELLO;
	uint32_t message =
		whole || !cursor_ok(c) ? 0 : completed_message(d, layer, &fragment, &part);

	if (!whole)
		name = arena_printf(&d->arena, "%s (%s)", name,
				    message ? "Reassembled" : "Fragment");
	label_set(d, tree, "Handshake Protocol: %s", name);
	say(d, name);
	if (whole) {
		show_body(d, layer, &part, fragment.type);
	} else if (message) {
		struct cursor body = message_source(d, c, message, "Reassembled DTLS");
		struct cursor start = body;
		show_body(d, layer, &body, fragment.type);
		close_tree(d, tree, c);
		show_message_parts(d, &start, pieces_numbered(d, message), &fragment_fields);
		return name;
	}
	close_tree(d, tree, c);
	return name;
}

static const char *show_handshake(struct dissection *d, struct dtls_layer *layer, struct cursor *c,
				  bool encrypted)
{
	const char *name = NULL;
	uint32_t count = 0;

	if (encrypted || cursor_sent(c) < HANDSHAKE_HEADER) {
		node_id node = add_node(d, c, TLS_HANDSHAKE, c->pos, cursor_left(c));
		label_set(d, node, "Handshake Protocol: Encrypted Handshake Message");
		say(d, "Encrypted Handshake Message");
		cursor_skip(c, cursor_sent(c));
		return "Encrypted Handshake Message";
	}
	for (; cursor_sent(c) >= HANDSHAKE_HEADER; count++)
		name = show_message(d, layer, c);
	cursor_skip(c, cursor_sent(c));
	return count > 1 ? "Multiple Handshake Messages" : name;
}

/* --- other records --- */

static const char *show_alert(struct dissection *d, struct cursor *c, bool encrypted)
{
	const uint8_t *at;
	node_id tree = open_tree(d, c, TLS_ALERT);
	const char *level = NULL, *description = NULL, *words = "Encrypted Alert";

	if (!encrypted && cursor_left(c) == 2 && cursor_peek(c, 0, 2, &at)) {
		level = value_name(tls_level_names, at[0]);
		description = value_name(tls_alert_names, at[1]);
	}
	if (level && description) {
		words = arena_printf(&d->arena, "Alert (Level: %s, Description: %s)", level,
				     description);
		take_u8(d, c, TLS_ALERT_LEVEL);
		take_u8(d, c, TLS_ALERT_DESCRIPTION);
	} else {
		label_set(d, tree, "Alert Message: Encrypted Alert");
		cursor_skip(c, cursor_sent(c));
	}
	close_tree(d, tree, c);
	say(d, words);
	return words;
}

static const char *show_bytes(struct dissection *d, struct cursor *c, unsigned field,
			      const char *words)
{
	if (cursor_sent(c))
		take_bytes(d, c, field, cursor_sent(c));
	say(d, words);
	return words;
}

static const char *show_change(struct dissection *d, struct dtls_layer *layer, struct cursor *c)
{
	node_id node = add_node(d, c, TLS_CHANGE_CIPHER_SPEC, c->pos, cursor_left(c));

	if (layer->now.resumes)
		note_finding_on(d, node, TLS_RESUMED, NULL);
	layer->now.resumes = false;
	cursor_skip(c, cursor_sent(c));
	say(d, "Change Cipher Spec");
	return "Change Cipher Spec";
}

static const char *show_content(struct dissection *d, struct dtls_layer *layer, struct cursor *c,
				uint8_t type, bool encrypted)
{
	switch (type) {
	case TLS_CONTENT_CHANGE_CIPHER_SPEC:
		return show_change(d, layer, c);
	case TLS_CONTENT_ALERT:
		return show_alert(d, c, encrypted);
	case TLS_CONTENT_HANDSHAKE:
		return show_handshake(d, layer, c, encrypted);
	case TLS_CONTENT_HEARTBEAT:
		add_node(d, c, TLS_HEARTBEAT, c->pos, cursor_left(c));
		cursor_skip(c, cursor_sent(c));
		say(d, "Encrypted Heartbeat");
		return "Encrypted Heartbeat";
	case CONTENT_CONNECTION_ID:
		return show_bytes(d, c, TLS_APP_DATA, "Connection ID");
	default:
		return show_bytes(d, c, TLS_APP_DATA, "Application Data");
	}
}

/* The first record's type was looked at before; later ones may have any, and be cut off. */
static const char *protocol_of(uint8_t type)
{
	static const char *const names[] = { "Change Cipher Spec", "Alert",	"Handshake",
					     "Application Data",   "Heartbeat", "Connection ID" };

	if (type < TLS_CONTENT_CHANGE_CIPHER_SPEC || type > CONTENT_CONNECTION_ID)
		return "Unknown";
	return names[type - TLS_CONTENT_CHANGE_CIPHER_SPEC];
}

static void show_record(struct dissection *d, struct dtls_layer *layer, struct cursor *c)
{
	node_id tree = open_tree(d, c, TLS_RECORD);
	uint8_t type = take_u8(d, c, TLS_RECORD_TYPE);

	take_u16(d, c, TLS_RECORD_VERSION);
	bool encrypted = take_u16(d, c, DTLS_EPOCH) != 0;
	take_uint(d, c, DTLS_SEQUENCE);
	uint16_t length = take_u16(d, c, TLS_RECORD_LENGTH);
	if (length > TLS_RECORD_LIMIT)
		note_finding_on(d, last_node(d), TLS_LENGTH_INVALID, NULL);
	const char *before = version_word(layer);
	info_protocol(d, before);
	struct cursor fragment = cursor_split(c, length);
	const char *name = show_content(d, layer, &fragment, type, encrypted);
	if (type == TLS_CONTENT_ALERT && encrypted)
		label_set(d, tree, "%s Record Layer: %s", before, name);
	else
		label_set(d, tree, "%s Record Layer: %s Protocol: %s", before, protocol_of(type),
			  name);
	info_protocol(d, version_word(layer));
	close_tree(d, tree, c);
}

static bool is_record(const uint8_t *at)
{
	return at[0] >= TLS_CONTENT_CHANGE_CIPHER_SPEC && at[0] <= CONTENT_CONNECTION_ID &&
	       ((at[1] == 0xfe && (at[2] == 0xff || at[2] == 0xfd)) || (at[1] == 1 && at[2] == 0));
}

static void dtls_dissect(struct dissection *d, struct cursor *c)
{
	struct dtls_layer layer;
	const uint8_t *at;

	begin_layer(d, &layer);
	info_begin(d);
	while (cursor_more(c)) {
		if (cursor_peek(c, 0, 3, &at) && !is_record(at)) {
			say(d, "Continuation Data");
			break;
		}
		show_record(d, &layer, c);
	}
	end_layer_state(d, &layer);
}

/* Records up to the datagram's end; handshake in the open has a type and a length that may be. */
static bool dtls_looks_like(const struct dissection *d, const struct cursor *c)
{
	uint32_t left = cursor_left(c), offset = 0;
	const uint8_t *at;

	(void)d;
	while (left - offset >= RECORD_HEADER && cursor_peek(c, offset, RECORD_HEADER, &at)) {
		uint32_t length = load_be16(at + 11);
		if (!is_record(at) || !length || length > TLS_RECORD_LIMIT)
			return false;
		if (length > left - offset - RECORD_HEADER)
			return left < cursor_sent(c);
		if (at[0] == TLS_CONTENT_HANDSHAKE && !load_be16(at + 3) &&
		    !tls_is_handshake_type(at[RECORD_HEADER]))
			return false;
		offset += RECORD_HEADER + length;
	}
	return offset && offset == left;
}

const struct dissector dtls_dissector = {
	.name = "dtls",
	.short_name = "DTLS",
	.title = "Datagram Transport Layer Security",
	.fields = dtls_fields,
	.field_count = DTLS_FIELDS,
	.borrows = &tls_dissector,
	.dissect = dtls_dissect,
	.looks_like = dtls_looks_like,
};
