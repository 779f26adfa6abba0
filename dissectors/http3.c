/* http3.c - HTTP/3, RFC 9114: the frames of QUIC's streams.
 *
 * A message is a frame, together with the stream's type where one begins a stream of one direction;
 * or instructions of QPACK (RFC 9204) as they come. */
#include "quic.h"
#include "state/facts.h"

enum {
	HTTP3,
	HTTP3_STREAM_TYPE,
	HTTP3_FRAME_TYPE,
	HTTP3_FRAME_LENGTH,
	HTTP3_FRAME_PAYLOAD,
	HTTP3_SETTINGS,
	HTTP3_SETTINGS_ID,
	HTTP3_SETTINGS_VALUE,
	HTTP3_MAX_TABLE_CAPACITY,
	HTTP3_MAX_SECTION_SIZE,
	HTTP3_BLOCKED_STREAMS,
	HTTP3_EXTENDED_CONNECT,
	HTTP3_PUSH_ID,
	HTTP3_PRIORITY_ELEMENT,
	HTTP3_PRIORITY_VALUE,
	HTTP3_FIELDS,
};

enum stream_type { TYPE_CONTROL, TYPE_PUSH, TYPE_ENCODER, TYPE_DECODER };

enum frame_type {
	FRAME_CANCEL_PUSH = 3,
	FRAME_SETTINGS = 4,
	FRAME_GOAWAY = 7,
	FRAME_MAX_PUSH_ID = 13,
	FRAME_PRIORITY_UPDATE = 0xf0700,
	FRAME_PRIORITY_UPDATE_PUSH = 0xf0701,
};

/* What a message is; kept as its fact unless it is a frame alone. */
enum part { PART_TYPE = 1, PART_INSTRUCTIONS = 2 };

enum { FRAME_LIMIT = 1 << 28, SETTINGS_LIMIT = 1024 }; /* bytes of a frame; rows that are shown */

static const struct value_name stream_type_names[] = {
	{ TYPE_CONTROL, "Control Stream" },
	{ TYPE_PUSH, "Push Stream" },
	{ TYPE_ENCODER, "QPACK Encoder Stream" },
	{ TYPE_DECODER, "QPACK Decoder Stream" },
	{ 0, NULL },
};
static const struct value_name frame_type_names[] = {
	{ 0, "DATA" },
	{ 1, "HEADERS" },
	{ 2, "Reserved" },
	{ FRAME_CANCEL_PUSH, "CANCEL_PUSH" },
	{ FRAME_SETTINGS, "SETTINGS" },
	{ 5, "PUSH_PROMISE" },
	{ 6, "Reserved" },
	{ FRAME_GOAWAY, "GOAWAY" },
	{ 8, "Reserved" },
	{ 9, "Reserved" },
	{ FRAME_MAX_PUSH_ID, "MAX_PUSH_ID" },
	{ 14, "Reserved" },
	{ FRAME_PRIORITY_UPDATE, "PRIORITY_UPDATE" },
	{ FRAME_PRIORITY_UPDATE_PUSH, "PRIORITY_UPDATE" },
	{ 0, NULL },
};
static const struct value_name settings_names[] = {
	{ 1, "Max Table Capacity" },
	{ 6, "Max Field Section Size" },
	{ 7, "Blocked Streams" },
	{ 8, "Extended CONNECT" },
	{ 0, NULL },
};

static const struct field http3_fields[] = {
	[HTTP3] = { "http3", "Hypertext Transfer Protocol Version 3", FIELD_PROTOCOL },
	[HTTP3_STREAM_TYPE] = { "http3.stream_type", "Stream Type", FIELD_U64, BASE_DEC,
				.names = stream_type_names,
				.help = "What a stream of one direction is for",
				.reference = "RFC 9114, 6.2" },
	[HTTP3_FRAME_TYPE] = { "http3.frame_type", "Type", FIELD_U64, BASE_DEC,
			       .names = frame_type_names, .help = "What the frame carries",
			       .reference = "RFC 9114, 7.2" },
	[HTTP3_FRAME_LENGTH] = { "http3.frame_length", "Length", FIELD_U64 },
	[HTTP3_FRAME_PAYLOAD] = { "http3.frame_payload", "Frame Payload", FIELD_BYTES },
	[HTTP3_SETTINGS] = { "http3.settings", "Settings", FIELD_NONE },
	[HTTP3_SETTINGS_ID] = { "http3.settings.id", "Settings Identifier", FIELD_U64, BASE_DEC,
				.names = settings_names },
	[HTTP3_SETTINGS_VALUE] = { "http3.settings.value", "Settings Value", FIELD_U64 },
	[HTTP3_MAX_TABLE_CAPACITY] = { "http3.settings.qpack.max_table_capacity",
				       "Max Table Capacity", FIELD_U64 },
	[HTTP3_MAX_SECTION_SIZE] = { "http3.settings.max_field_section_size",
				     "Max header list size", FIELD_U64 },
	[HTTP3_BLOCKED_STREAMS] = { "http3.settings.qpack.blocked_streams", "Blocked Streams",
				    FIELD_U64 },
	[HTTP3_EXTENDED_CONNECT] = { "http3.settings.extended_connect", "Extended CONNECT",
				     FIELD_U64 },
	[HTTP3_PUSH_ID] = { "http3.push_id", "Push ID", FIELD_U64 },
	[HTTP3_PRIORITY_ELEMENT] = { "http3.priority_update_element_id",
				     "Priority Update Element ID", FIELD_U64 },
	[HTTP3_PRIORITY_VALUE] = { "http3.priority_update_field_value",
				   "Priority Update Field Value", FIELD_TEXT },
};

/* --- where messages end --- */

static bool is_one_way(const struct quic_stream *stream)
{
	return stream->id & 2;
}

/* The sender's half: a stream of one direction has one that is used. */
static uint64_t *type_of(struct quic_stream *stream)
{
	return &stream->type[stream->id & 1];
}

static bool has_frames(uint64_t type)
{
	return type == TYPE_CONTROL;
}

static bool frame_size(const struct cursor *c, uint32_t offset, uint64_t *size)
{
	uint64_t type, length;
	uint32_t n, m;

	if (!quic_peek_varint(c, offset, &type, &n) ||
	    !quic_peek_varint(c, offset + n, &length, &m))
		return false;
	*size = n + m + length;
	return true;
}

static void http3_message_size(struct dissection *d, const struct cursor *c,
			       struct message_scan *scan)
{
	struct quic_stream *stream = d->carrier;
	uint32_t left = cursor_left(c), n = 0;
	uint64_t size, type = stream && is_one_way(stream) ? *type_of(stream) : TYPE_CONTROL + 1;

	if (!type && !quic_peek_varint(c, 0, &type, &n))
		return;
	type -= !n;
	if (!has_frames(type)) {
		scan->known = true;
		scan->size = left;
		return;
	}
	if (!frame_size(c, n, &size))
		return;
	scan->known = true;
	scan->size = size < FRAME_LIMIT ? n + (uint32_t)size : left;
}

/* --- frames --- */

static void show_settings(struct dissection *d, struct cursor *c)
{
	static const struct {
		uint64_t id;
		unsigned field;
	} rows[] = {
		{ 1, HTTP3_MAX_TABLE_CAPACITY },
		{ 6, HTTP3_MAX_SECTION_SIZE },
		{ 7, HTTP3_BLOCKED_STREAMS },
		{ 8, HTTP3_EXTENDED_CONNECT },
	};

	for (unsigned count = 0; cursor_more(c) && count < SETTINGS_LIMIT; count++) {
		node_id tree = open_tree(d, c, HTTP3_SETTINGS);
		uint64_t id = quic_take_named(d, c, HTTP3_SETTINGS_ID);
		uint32_t start = c->pos;
		uint64_t value = quic_take_varint(d, c, HTTP3_SETTINGS_VALUE);
		const char *name = value_name(settings_names, id);
		for (unsigned i = 0; i < COUNT(rows) && cursor_ok(c); i++)
			if (rows[i].id == id)
				add_uint(d, c, rows[i].field, start, c->pos - start, value);
		/* Such identifiers are there to be read over (RFC 9114, 7.2.4.1). */
		if (!name)
			name = id % 31 == 2 ? "Reserved (GREASE)" : "Unknown";
		label_set(d, tree, "Settings - %s: %llu", name, (unsigned long long)value);
		close_tree(d, tree, c);
	}
}

static void show_body(struct dissection *d, struct cursor *c, uint64_t type)
{
	switch (type) {
	case FRAME_SETTINGS:
		show_settings(d, c);
		break;
	case FRAME_CANCEL_PUSH:
	case FRAME_MAX_PUSH_ID:
		quic_take_varint(d, c, HTTP3_PUSH_ID);
		break;
	case FRAME_PRIORITY_UPDATE:
	case FRAME_PRIORITY_UPDATE_PUSH:
		quic_take_varint(d, c, HTTP3_PRIORITY_ELEMENT);
		take_text(d, c, HTTP3_PRIORITY_VALUE, cursor_left(c));
		break;
	default:
		break;
	}
}

static void show_frame(struct dissection *d, struct cursor *c)
{
	uint64_t type = quic_take_named(d, c, HTTP3_FRAME_TYPE);
	const char *name = value_name(frame_type_names, type);
	node_id node = last_node(d);

	if (name)
		info(d, ", %s", name);
	else
		label_set(d, node, "Type: %s (0x%016llx)",
			  type % 31 == 2 ? "Reserved (GREASE)" : "Unknown",
			  (unsigned long long)type);
	quic_take_varint(d, c, HTTP3_FRAME_LENGTH);
	struct cursor body = *c;
	if (cursor_sent(c))
		take_bytes(d, c, HTTP3_FRAME_PAYLOAD, cursor_sent(c));
	show_body(d, &body, type);
}

/* What the message is, in the first pass by the stream's state. */
static unsigned parts_of(struct dissection *d, const struct cursor *c)
{
	struct quic_stream *stream = d->carrier;
	const uint32_t *known = stream ? NULL : recall(d, FACT_OWN, NULL);
	unsigned parts = 0;
	uint64_t type;
	uint32_t n;

	if (!stream)
		return known ? *known : 0;
	if (!is_one_way(stream))
		return 0;
	if (!*type_of(stream) && quic_peek_varint(c, 0, &type, &n)) {
		*type_of(stream) = type + 1;
		parts |= PART_TYPE;
	}
	if (!has_frames(*type_of(stream) - 1))
		parts |= PART_INSTRUCTIONS;
	uint32_t *fact = parts ? learn(d, FACT_OWN, sizeof *fact) : NULL;
	if (fact)
		*fact = parts;
	return parts;
}

static void http3_dissect(struct dissection *d, struct cursor *c)
{
	unsigned parts = parts_of(d, c);

	info_protocol(d, "HTTP3");
	if (parts & PART_TYPE)
		quic_take_named(d, c, HTTP3_STREAM_TYPE);
	if (parts & PART_INSTRUCTIONS)
		cursor_skip(c, cursor_left(c));
	else
		show_frame(d, c);
}

const struct dissector http3_dissector = {
	.name = "http3",
	.short_name = "HTTP3",
	.title = "Hypertext Transfer Protocol Version 3",
	.fields = http3_fields,
	.field_count = COUNT(http3_fields),
	.dissect = http3_dissect,
	.message_size = http3_message_size,
};
