/* http3.c - HTTP/3, RFC 9114: the frames of QUIC's streams.
 *
 * A message is a frame, together with the stream's type where one begins a stream of one direction;
 * or instructions of QPACK (RFC 9204) as they come. */
#include "http3.h"

#include <string.h>

#include "state/facts.h"

enum stream_type { TYPE_CONTROL, TYPE_PUSH, TYPE_ENCODER, TYPE_DECODER };

enum frame_type {
	FRAME_CANCEL_PUSH = 3,
	FRAME_SETTINGS = 4,
	FRAME_GOAWAY = 7,
	FRAME_MAX_PUSH_ID = 13,
	FRAME_PRIORITY_UPDATE = 0xf0700,
	FRAME_PRIORITY_UPDATE_PUSH = 0xf0701,
};

enum setting { SETTING_TABLE_CAPACITY = 1 };

/* What a message is besides a frame. */
enum http3_part { PART_TYPE = 1, PART_INSTRUCTIONS = 2 };

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

static const struct field http3_fields[HTTP3_FIELDS] = {
	[HTTP3] = { "http3", "Hypertext Transfer Protocol Version 3", FIELD_PROTOCOL,
		    .help = "HTTP over QUIC: each request has a stream of its own",
		    .reference = "RFC 9114" },
	[HTTP3_STREAM] = { "peel.http3.stream_id", "Stream", FIELD_U64, .flags = FIELD_OWN,
			   .help = "The stream of QUIC that it came on",
			   .reference = "RFC 9114, 6" },
	[HTTP3_STREAM_TYPE] = { "http3.stream_type", "Stream Type", FIELD_U64, BASE_DEC,
				.names = stream_type_names,
				.help = "What a stream of one direction is for",
				.reference = "RFC 9114, 6.2" },
	[HTTP3_FRAME_TYPE] = { "http3.frame_type", "Type", FIELD_U64, BASE_DEC,
			       .names = frame_type_names, .help = "What the frame carries",
			       .reference = "RFC 9114, 7.2" },
	[HTTP3_FRAME_LENGTH] = { "http3.frame_length", "Length", FIELD_U64,
				 .help = "Bytes of the frame's payload",
				 .reference = "RFC 9114, 7.1" },
	[HTTP3_FRAME_PAYLOAD] = { "http3.frame_payload", "Frame Payload", FIELD_BYTES,
				  .help = "What the frame carries", .reference = "RFC 9114, 7.1" },
	[HTTP3_SETTINGS] = { "http3.settings", "Settings", FIELD_NONE,
			     .help = "What the sender can do and takes",
			     .reference = "RFC 9114, 7.2.4" },
	[HTTP3_SETTINGS_ID] = { "http3.settings.id", "Settings Identifier", FIELD_U64, BASE_DEC,
				.names = settings_names, .help = "Which setting",
				.reference = "RFC 9114, 7.2.4.1" },
	[HTTP3_SETTINGS_VALUE] = { "http3.settings.value", "Settings Value", FIELD_U64,
				   .help = "Its value", .reference = "RFC 9114, 7.2.4" },
	[HTTP3_MAX_TABLE_CAPACITY] = { "http3.settings.qpack.max_table_capacity",
				       "Max Table Capacity", FIELD_U64,
				       .help = "Bytes of header fields that the sender keeps for "
					       "later "
					       "reference",
				       .reference = "RFC 9204, 5" },
	[HTTP3_MAX_SECTION_SIZE] = { "http3.settings.max_field_section_size",
				     "Max header list size", FIELD_U64,
				     .help = "How long a header section the sender takes",
				     .reference = "RFC 9114, 7.2.4.1" },
	[HTTP3_BLOCKED_STREAMS] = { "http3.settings.qpack.blocked_streams", "Blocked Streams",
				    FIELD_U64,
				    .help = "How many streams may wait for instructions to decode "
					    "their headers",
				    .reference = "RFC 9204, 5" },
	[HTTP3_EXTENDED_CONNECT] = { "http3.settings.extended_connect", "Extended CONNECT",
				     FIELD_U64,
				     .help = "The sender takes CONNECT for other protocols, such "
					     "as "
					     "WebSocket",
				     .reference = "RFC 9220, 3" },
	[HTTP3_PUSH_ID] = { "http3.push_id", "Push ID", FIELD_U64, .help = "Which pushed response",
			    .reference = "RFC 9114, 4.6" },
	[HTTP3_PRIORITY_ELEMENT] = { "http3.priority_update_element_id",
				     "Priority Update Element ID", FIELD_U64,
				     .help = "The request or push whose priority changes",
				     .reference = "RFC 9218, 7.2" },
	[HTTP3_PRIORITY_VALUE] = { "http3.priority_update_field_value",
				   "Priority Update Field Value", FIELD_TEXT,
				   .help = "The new priority, as in the header field",
				   .reference = "RFC 9218, 7.2" },
	[HTTP3_HEADERS_COUNT] = { "http3.headers.count", "Headers Count", FIELD_U32,
				  .help = "How many header fields the block has",
				  .reference = "RFC 9204" },
	[HTTP3_HEADER_LINES] = { "peel.http3.header_lines", "Header Lines", FIELD_BYTES,
				 .flags = FIELD_OWN,
				 .help = "The header fields as lines, for a stream that is "
					 "followed" },
	[HTTP3_HEADER] = { "http3.headers.header", "Header", FIELD_NONE, .help = "A header field",
			   .reference = "RFC 9114, 4.2" },
	[HTTP3_HEADER_NAME_LENGTH] = { "http3.headers.header.name.length", "Name Length", FIELD_U32,
				       .help = "Bytes of the name", .reference = "RFC 9204" },
	[HTTP3_HEADER_NAME] = { "http3.headers.header.name", "Name", FIELD_TEXT,
				.help = "The header field's name; those with a colon stand for "
					"the first line",
				.reference = "RFC 9114, 4.3" },
	[HTTP3_HEADER_VALUE_LENGTH] = { "http3.headers.header.value.length", "Value Length",
					FIELD_U32, .help = "Bytes of the value",
					.reference = "RFC 9204" },
	[HTTP3_HEADER_VALUE] = { "http3.headers.header.value", "Value", FIELD_TEXT,
				 .help = "The header field's value", .reference = "RFC 9114, 4.2" },
	[HTTP3_HEADERS_FAILED] = FINDING("http3.headers.failed",
					 "Header block cannot be decoded: instructions are missing",
					 EXPERT_NOTE, GROUP_UNDECODED),
};

/* --- where messages end --- */

static bool is_one_way(const struct quic_stream *stream)
{
	return stream->id & 2;
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
	uint64_t size, type = stream && is_one_way(stream) ? stream->type : TYPE_CONTROL + 1;

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
	scan->size = size < HTTP3_FRAME_LIMIT ? n + (uint32_t)size : left;
}

/* --- frames --- */

static void show_settings(struct dissection *d, struct cursor *c, struct quic_qpack *own)
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

	for (unsigned count = 0; cursor_more(c) && count < HTTP3_SETTINGS_LIMIT; count++) {
		node_id tree = open_tree(d, c, HTTP3_SETTINGS);
		uint64_t id = quic_take_named(d, c, HTTP3_SETTINGS_ID);
		uint32_t start = c->pos;
		uint64_t value = quic_take_varint(d, c, HTTP3_SETTINGS_VALUE);
		const char *name = value_name(settings_names, id);
		if (own && id == SETTING_TABLE_CAPACITY && value <= UINT32_MAX)
			own->capacity = (uint32_t)value;
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

static void show_body(struct dissection *d, struct cursor *c, uint64_t type,
		      const struct http3_fact *fact)
{
	struct quic_stream *stream = d->carrier;

	switch (type) {
	case HTTP3_FRAME_HEADERS:
		if (wants_fields(d))
			http3_show_headers(d, c, fact);
		break;
	case FRAME_SETTINGS:
		show_settings(d, c, stream ? &stream->connection->qpack[stream->sender] : NULL);
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

static void show_frame(struct dissection *d, struct cursor *c, const struct http3_fact *fact)
{
	uint64_t type = quic_take_named(d, c, HTTP3_FRAME_TYPE);
	const char *name = value_name(frame_type_names, type);
	node_id node = last_node(d);

	/* Such types are there to be read over (RFC 9114, 7.2.8). */
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
	show_body(d, &body, type, fact);
}

/* --- what the first pass keeps --- */

/* QPACK's instructions, which later blocks of this side need. */
static void learn_instructions(struct dissection *d, struct quic_qpack *qpack, unsigned parts,
			       const struct cursor *c)
{
	const uint8_t *bytes;
	uint32_t n = cursor_left(c);

	if (!n || !cursor_peek(c, 0, n, &bytes) || n > HTTP3_INSTRUCTIONS_LIMIT - qpack->kept) {
		/* What follows a hole cannot be read. */
		qpack->kept = n ? HTTP3_INSTRUCTIONS_LIMIT : qpack->kept;
		n = 0;
	}
	struct http3_fact *fact = learn(d, FACT_OWN, (uint32_t)sizeof *fact + n);
	if (!fact)
		return;
	*fact = (struct http3_fact){ .parts = parts,
				     .packet = qpack->packet,
				     .serial = qpack->serial };
	if (!n)
		return;
	memcpy(fact->instructions, bytes, n);
	qpack->kept += n;
	qpack->packet = d->packet.number;
	qpack->serial = fact_number(d);
}

/* A frame: of a header block that refers to the table, which instructions it builds on. */
static void learn_frame(struct dissection *d, struct quic_stream *stream, unsigned parts,
			const struct cursor *c)
{
	const struct quic_qpack *qpack = stream->connection->qpack;
	uint64_t type = 0, length;
	uint32_t n = 0, m = 0;
	const uint8_t *required = NULL;

	if (quic_peek_varint(c, 0, &type, &n) && quic_peek_varint(c, n, &length, &m)) {
		struct cursor payload = *c;
		cursor_skip(&payload, n + m);
		if (!is_one_way(stream))
			http3_learn_body(d, stream, type, &payload);
		if (type == HTTP3_FRAME_HEADERS)
			cursor_peek(&payload, 0, 1, &required);
	}
	if (!parts && !(required && *required))
		return;
	struct http3_fact *fact = learn(d, FACT_OWN, sizeof *fact);
	if (fact)
		*fact = (struct http3_fact){
			.parts = parts,
			.packet = qpack[stream->sender].packet,
			.serial = qpack[stream->sender].serial,
			.capacity = qpack[!stream->sender].capacity,
		};
}

/* What the message is, by the stream's state; the cursor stands at it. */
static void learn_message(struct dissection *d, const struct cursor *c)
{
	struct quic_stream *stream = d->carrier;
	struct cursor rest = *c;
	unsigned parts = 0;
	uint64_t type;
	uint32_t n;

	stream->body[stream->sender].seen += cursor_sent(c);
	if (is_one_way(stream) && !stream->type && quic_peek_varint(c, 0, &type, &n)) {
		stream->type = type + 1;
		parts = PART_TYPE;
		cursor_skip(&rest, n);
	}
	type = is_one_way(stream) ? stream->type - 1 : TYPE_CONTROL;
	if (type == TYPE_ENCODER) {
		learn_instructions(d, &stream->connection->qpack[stream->sender],
				   parts | PART_INSTRUCTIONS, &rest);
		return;
	}
	if (has_frames(type)) {
		learn_frame(d, stream, parts, &rest);
		return;
	}
	struct http3_fact *fact = learn(d, FACT_OWN, sizeof *fact);
	if (fact)
		fact->parts = parts | PART_INSTRUCTIONS;
}

static void http3_dissect(struct dissection *d, struct cursor *c)
{
	if (d->carrier)
		learn_message(d, c);
	const struct http3_fact *fact = recall(d, FACT_OWN, NULL);
	unsigned parts = fact ? fact->parts : 0;

	info_protocol(d, "HTTP3");
	if (field_asked_for(d, HTTP3_STREAM))
		put_uint(d, HTTP3_STREAM, d->carrier_stream);
	if (parts & PART_TYPE)
		quic_take_named(d, c, HTTP3_STREAM_TYPE);
	if (parts & PART_INSTRUCTIONS)
		cursor_skip(c, cursor_left(c));
	else
		show_frame(d, c, fact);
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
