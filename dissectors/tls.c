/* tls.c - Transport Layer Security, RFC 5246 and RFC 8446, and SSL before it: records.
 *
 *      0       1               3               5
 *     +-------+-------+-------+-------+-------+--- - -
 *     | type  |    version    |    length     | fragment
 *     +-------+-------+-------+-------+-------+--- - -
 *
 * A layer is the whole records at hand.  Handshake messages (tls_messages.c) go on from record to
 * record; the first pass keeps where a layer's first record stands, and which messages are put
 * together in it (tls_layer.c). */
#include <string.h>

#include "dissect/text_line.h"
#include "quic.h"
#include "tls_layer.h"

enum { HTTPS_PORT = 443 };

static const char *show_change(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	node_id node = add_node(d, c, TLS_CHANGE_CIPHER_SPEC, c->pos, cursor_left(c));
	cursor_skip(c, cursor_left(c));
	/* A server that has nothing more to agree on (RFC 5246, 7.3). */
	if (layer->now.flags & SIDE_RESUMES && !tls_is_1_3(layer->now.version))
		note_finding_on(d, node, TLS_RESUMED, NULL);
	layer->now.flags |= SIDE_ENCRYPTED;
	layer->now.flags &= 0xff & ~(unsigned)SIDE_RESUMES;
	struct tls_unlocking *unlocking = tls_unlocking_of(d, layer->connection);
	if (unlocking && unlocking->pending) {
		unlocking->keys = unlocking->pending;
		unlocking->pending = 0;
		unlocking->sequence = 0;
	}
	tls_say(d, "Change Cipher Spec");
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
		tls_say(d, "Encrypted Alert");
		return "Encrypted Alert";
	}
	const char *words =
		arena_printf(&d->arena, "Alert (Level: %s, Description: %s)", level, description);
	take_u8(d, c, TLS_ALERT_LEVEL);
	if (take_u8(d, c, TLS_ALERT_DESCRIPTION) && at[0] == 2)
		note_finding_on(d, last_node(d), TLS_FATAL_ALERT, "Fatal alert: %s", description);
	close_tree(d, tree, c);
	tls_say(d, words);
	return words;
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
	tls_say(d, words);
	return words;
}

/* The header of a record that is shown. */
struct tls_record {
	node_id tree;
	uint8_t type;
	uint16_t version;
};

/* Of the type that its header says, or that of what was opened. */
static void show_content(struct dissection *d, struct tls_layer *layer,
			 const struct tls_record *record, uint8_t type, struct cursor *c)
{
	static const char *const protocols[] = { "Change Cipher Spec", "Alert", "Handshake",
						 "Application Data", "Heartbeat" };
	const char *name = "", *before = tls_layer_version_word(layer, record->version);

	switch (type) {
	case TLS_CONTENT_CHANGE_CIPHER_SPEC:
		name = show_change(d, layer, c);
		break;
	case TLS_CONTENT_ALERT:
		name = show_alert(d, layer, c);
		break;
	case TLS_CONTENT_HANDSHAKE:
		name = tls_show_handshake(d, layer, c);
		break;
	case TLS_CONTENT_APPLICATION_DATA:
		name = tls_show_application_data(d, layer, c);
		break;
	default:
		name = show_heartbeat(d, layer, c);
	}
	if (type == TLS_CONTENT_ALERT)
		label_set(d, record->tree, "%s Record Layer: %s", before, name);
	else
		label_set(d, record->tree, "%s Record Layer: %s Protocol: %s", before,
			  protocols[type - TLS_CONTENT_CHANGE_CIPHER_SPEC], name);
	if (!layer->inner_worded)
		info_protocol(d, tls_layer_version_word(layer, record->version));
}

/* The content of a record whose fragment is `c`. */
static void show_fragment(struct dissection *d, struct tls_layer *layer,
			  const struct tls_record *record, struct cursor *c)
{
	struct sealed_record sealed = { .type = record->type, .version = record->version };
	struct opened opened = { 0 };

	layer->changes_keys = false;
	layer->opened = tls_open_record(d, layer, c, &sealed, &opened);
	if (layer->opened && tls_is_content_type(opened.type)) {
		struct cursor plain = sealed_source(d, c, &opened, "Decrypted TLS");
		if (tls_is_1_3(layer->now.version))
			put_uint(d, TLS_RECORD_TYPE, opened.type);
		if (opened.type == TLS_CONTENT_APPLICATION_DATA)
			take_bytes(d, c, TLS_APP_DATA, cursor_left(c));
		show_content(d, layer, record, opened.type, &plain);
		cursor_skip(c, cursor_left(c));
	} else {
		layer->opened = false;
		show_content(d, layer, record, record->type, c);
	}
	layer->opened = false;
	struct tls_unlocking *unlocking = tls_unlocking_of(d, layer->connection);
	if (layer->changes_keys && unlocking && unlocking->traffic.length)
		tls_take_traffic_keys(d, layer->connection, !d->from_opener, &unlocking->traffic);
}

static void show_record(struct dissection *d, struct tls_layer *layer, struct cursor *c)
{
	struct tls_record record = { .tree = open_tree(d, c, TLS_RECORD) };
	const uint8_t *at;
	bool opaque = cursor_peek(c, 0, 1, &at) && at[0] == TLS_CONTENT_APPLICATION_DATA &&
		      tls_is_1_3(layer->now.version);
	record.type = take_u8(d, c, opaque ? TLS_RECORD_OPAQUE_TYPE : TLS_RECORD_TYPE);
	record.version = take_u16(d, c, TLS_RECORD_VERSION);
	uint16_t length = take_u16(d, c, TLS_RECORD_LENGTH);

	if (length > TLS_RECORD_LIMIT || (!length && record.type != TLS_CONTENT_APPLICATION_DATA))
		note_finding_on(d, last_node(d), TLS_LENGTH_INVALID, NULL);
	struct cursor fragment = tls_vector(d, c, length);
	if (!layer->inner_worded)
		info_protocol(d, tls_layer_version_word(layer, record.version));
	show_fragment(d, layer, &record, &fragment);
	layer->record++;
	/* TLS 1.3 sends ChangeCipherSpec for the looks of it (RFC 8446, appendix D.4). */
	if (tls_is_1_3(layer->now.version))
		layer->now.flags &= 0xff & ~(unsigned)SIDE_ENCRYPTED;
	close_tree(d, record.tree, c);
	if (layer->has_plain)
		tls_hand_on_plain(d, layer);
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
	tls_say(d, known ? "Ignored Unknown Record" : "Continuation Data");
	info_protocol(d, known ? tls_layer_version_word(layer, 0) : "SSL");
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
	tls_layer_begin(d, &layer);
	info_begin(d);
	while (cursor_more(c)) {
		bool old = layer.now.version == SSL_2_0;
		if (!cursor_peek(c, 0, RECORD_HEADER, &at))
			show_unknown(d, &layer, c);
		else if (!old && tls_is_record(at))
			show_record(d, &layer, c);
		else if (old || sslv2_is_hello(at) || sslv2_is_answer(at))
			sslv2_show_record(d, &layer, c);
		else
			show_unknown(d, &layer, c);
	}
	info_fence(d);
	tls_layer_end(d, &layer);
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
	.tell_parts = tls_tell_parts,
};
