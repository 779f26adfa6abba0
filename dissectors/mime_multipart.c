/* mime_multipart.c - bodies of several parts, RFC 2046 section 5.1.
 *
 *     preamble CRLF --boundary CRLF  part  CRLF --boundary CRLF  part  CRLF --boundary-- CRLF
 * trailer
 *
 * A part has headers, an empty line and a body, which is shown as its Content-Type says. */
#include <string.h>

#include "media_type.h"
#include "transfer_encoding.h"

enum {
	MULTIPART,
	MULTIPART_TYPE,
	MULTIPART_PREAMBLE,
	MULTIPART_FIRST_BOUNDARY,
	MULTIPART_PART,
	MULTIPART_BOUNDARY,
	MULTIPART_LAST_BOUNDARY,
	MULTIPART_TRAILER,
	MULTIPART_DESCRIPTION,
	MULTIPART_DISPOSITION,
	MULTIPART_ENCODING,
	MULTIPART_ID,
	MULTIPART_LANGUAGE,
	MULTIPART_LENGTH,
	MULTIPART_TRANSFER_ENCODING,
	MULTIPART_CONTENT_TYPE,
	MULTIPART_HEADER,
	MULTIPART_NO_PARAMETER,
	MULTIPART_LIMIT,
};

static const struct field mime_multipart_fields[] = {
	[MULTIPART] = { "mime_multipart", "MIME Multipart Media Encapsulation", FIELD_PROTOCOL,
			.help = "Several parts in one body", .reference = "RFC 2046, 5.1.1" },
	[MULTIPART_TYPE] = { "mime_multipart.type", "Type", FIELD_TEXT,
			     .help = "What kind of multipart it is",
			     .reference = "RFC 2046, 5.1.1" },
	[MULTIPART_PREAMBLE] = { "mime_multipart.preamble", "Preamble", FIELD_BYTES,
				 .help = "Text before the first part, which readers skip",
				 .reference = "RFC 2046, 5.1.1" },
	[MULTIPART_FIRST_BOUNDARY] = { "mime_multipart.first_boundary", "First boundary",
				       FIELD_TEXT, .help = "The line before the first part",
				       .reference = "RFC 2046, 5.1.1" },
	[MULTIPART_PART] = { "mime_multipart.part", "Encapsulated multipart part", FIELD_TEXT,
			     .help = "One of the parts", .reference = "RFC 2046, 5.1.1" },
	[MULTIPART_BOUNDARY] = { "mime_multipart.boundary", "Boundary", FIELD_TEXT,
				 .help = "The line between two parts",
				 .reference = "RFC 2046, 5.1.1" },
	[MULTIPART_LAST_BOUNDARY] = { "mime_multipart.last_boundary", "Last boundary", FIELD_TEXT,
				      .help = "The line behind the last part: it ends in two more "
					      "dashes",
				      .reference = "RFC 2046, 5.1.1" },
	[MULTIPART_TRAILER] = { "mime_multipart.trailer", "Trailer", FIELD_BYTES,
				.help = "Text behind the last part, which readers skip",
				.reference = "RFC 2046, 5.1.1" },
	[MULTIPART_DESCRIPTION] = { "mime_multipart.header.content-description",
				    "Content-Description", FIELD_TEXT,
				    .help = "What the part is, in words",
				    .reference = "RFC 2045, 8" },
	[MULTIPART_DISPOSITION] = { "mime_multipart.header.content-disposition",
				    "Content-Disposition", FIELD_TEXT,
				    .help = "Whether the part is to be shown or kept, and its "
					    "file's name",
				    .reference = "RFC 2183, 2" },
	[MULTIPART_ENCODING] = { "mime_multipart.header.content-encoding", "Content-Encoding",
				 FIELD_TEXT, .help = "How the part is packed",
				 .reference = "RFC 9110, 8.4" },
	[MULTIPART_ID] = { "mime_multipart.header.content-id", "Content-Id", FIELD_TEXT,
			   .help = "A name by which other parts mention this one",
			   .reference = "RFC 2045, 7" },
	[MULTIPART_LANGUAGE] = { "mime_multipart.header.content-language", "Content-Language",
				 FIELD_TEXT, .help = "In which language the part is",
				 .reference = "RFC 9110, 8.5" },
	[MULTIPART_LENGTH] = { "mime_multipart.header.content-length", "Content-Length", FIELD_TEXT,
			       .help = "Bytes of the part", .reference = "RFC 9110, 8.6" },
	[MULTIPART_TRANSFER_ENCODING] = { "mime_multipart.header.content-transfer-encoding",
					  "Content-Transfer-Encoding", FIELD_TEXT,
					  .help = "How bytes were made into text: base64, "
						  "quoted-printable, or not at all",
					  .reference = "RFC 2045, 6" },
	[MULTIPART_CONTENT_TYPE] = { "mime_multipart.header.content-type", "Content-Type",
				     FIELD_TEXT, .help = "What the part is, for programs",
				     .reference = "RFC 2045, 5" },
	[MULTIPART_HEADER] = { "mime_multipart.header", "Header", FIELD_NONE,
			       .help = "A field of the part's header",
			       .reference = "RFC 2046, 5.1.1" },
	[MULTIPART_NO_PARAMETER] =
		FINDING("mime_multipart.no_required_parameter",
			"The multipart dissector could not find a required parameter.",
			EXPERT_ERROR, GROUP_PROTOCOL),
	[MULTIPART_LIMIT] = FINDING("mime_multipart.limit", "More parts than are taken apart",
				    EXPERT_WARN, GROUP_UNDECODED),
};

static const struct {
	const char *name;
	uint8_t field;
} headers[] = {
	{ "content-description", MULTIPART_DESCRIPTION },
	{ "content-disposition", MULTIPART_DISPOSITION },
	{ "content-encoding", MULTIPART_ENCODING },
	{ "content-id", MULTIPART_ID },
	{ "content-language", MULTIPART_LANGUAGE },
	{ "content-length", MULTIPART_LENGTH },
	{ "content-transfer-encoding", MULTIPART_TRANSFER_ENCODING },
	{ "content-type", MULTIPART_CONTENT_TYPE },
};

/* A line that separates parts, with the line end before it but for the first. */
struct boundary {
	uint32_t start, end; /* in the body */
	bool found, last;
};

/* Does the line that begins at `at` separate parts?  Sets where it ends. */
static bool is_boundary(const uint8_t *bytes, uint32_t n, uint32_t at, const char *name,
			struct boundary *b)
{
	uint32_t length = (uint32_t)strlen(name);

	if (n - at < 2 + length || memcmp(bytes + at, "--", 2) != 0 ||
	    memcmp(bytes + at + 2, name, length) != 0)
		return false;
	at += 2 + length;
	b->last = n - at >= 2 && memcmp(bytes + at, "--", 2) == 0;
	at += b->last ? 2 : 0;
	while (at < n && is_blank(bytes[at]))
		at++;
	if (at < n && bytes[at] == '\r')
		at++;
	if (at < n && bytes[at] == '\n')
		at++;
	else if (at < n)
		return false;
	b->end = at;
	return true;
}

static struct boundary find_boundary(const uint8_t *bytes, uint32_t n, uint32_t from,
				     const char *name)
{
	struct boundary b = { .start = from };

	for (uint32_t line = from; line < n && !b.found;) {
		if (is_boundary(bytes, n, line, name, &b)) {
			b.found = true;
			b.start = line;
			break;
		}
		const uint8_t *end = memchr(bytes + line, '\n', n - line);
		line = end ? (uint32_t)(end - bytes) + 1 : n;
	}
	if (!b.found)
		b.start = b.end = n;
	else if (from && b.start > from && bytes[b.start - 1] == '\n')
		b.start -= b.start - 1 > from && bytes[b.start - 2] == '\r' ? 2 : 1;
	return b;
}

static unsigned field_of(const struct text_part *name)
{
	for (unsigned i = 0; i < COUNT(headers); i++)
		if (part_is(name, headers[i].name))
			return headers[i].field;
	return MULTIPART_HEADER;
}

/* The value without the blanks around semicolons. */
static const char *compact(struct dissection *d, struct text_part value)
{
	char *out = arena_alloc(&d->arena, value.length + 1);
	uint32_t n = 0;

	for (uint32_t i = 0; i < value.length; i++) {
		uint8_t c = value.bytes[i];
		if (n && out[n - 1] == ';' && (is_blank(c) || c == '\r' || c == '\n'))
			continue;
		out[n++] = (char)c;
	}
	return n ? text_of(d, (const uint8_t *)out, n) : "";
}

/* What a part's headers say of its body. */
struct part_form {
	struct text_part type, encoding;
};

static struct part_form take_headers(struct dissection *d, struct cursor *c)
{
	struct part_form form = { .type = { 0 } };
	struct text_line line;
	const uint8_t *next;

	while (cursor_peek(c, 0, 1, &next) && take_line(c, &line) && line.length) {
		while (cursor_peek(c, 0, 1, &next) && is_blank(*next)) {
			struct text_line more;
			take_line(c, &more);
			line.length = more.start - line.start + more.length;
			line.whole = more.start - line.start + more.whole;
		}
		struct text_part name = line_part(&line), value = name;
		name.length = part_find(&name, ':');
		value = part_from(&value,
				  name.length < value.length ? name.length + 1 : name.length);
		value = trim_part(value);
		unsigned field = field_of(&name);
		if (field == MULTIPART_CONTENT_TYPE)
			form.type = value;
		else if (field == MULTIPART_TRANSFER_ENCODING)
			form.encoding = value;
		if (!wants_fields(d))
			continue;
		/* The empty line is shown with the last header. */
		uint32_t end = 0;
		if (cursor_peek(c, 0, 1, &next) && *next == '\n')
			end = 1;
		else if (cursor_peek(c, 0, 2, &next) && memcmp(next, "\r\n", 2) == 0)
			end = 2;
		line.whole += end;
		node_id node =
			field == MULTIPART_HEADER
				? add_node(d, c, field, line.start, line.whole)
				: add_text(d, c, field, line.start, line.whole, compact(d, value));
		label_set(d, node, "%s", line_text(d, &line));
	}
	return form;
}

static void take_part(struct dissection *d, struct cursor *c, struct cursor part, bool handed_on)
{
	node_id tree = add_text(d, c, MULTIPART_PART, part.pos, cursor_left(&part), "");

	open_node(d, tree);
	struct part_form form = take_headers(d, &part);
	struct text_part type = form.type;
	if (type.length) {
		struct text_part bare = type;
		bare.length = part_find(&type, ';');
		bare = trim_part(bare);
		label_set(d, tree, "Encapsulated multipart part:  (%s)", part_text(d, &bare));
	}
	if (!cursor_left(&part) || !handed_on)
		;
	else if (type.length)
		hand_on_media_within(d, type, transfer_decoded(d, &part, &form.encoding));
	else
		hand_on_as_data_within(d, part);
	close_node(d, tree);
}

static void show_boundary(struct dissection *d, struct cursor *c, const struct boundary *b,
			  unsigned field)
{
	uint32_t n = b->end - b->start;
	const uint8_t *bytes = cursor_bytes(c, n);

	if (bytes && wants_fields(d))
		add_text(d, c, field, c->pos - n, n, text_of(d, bytes, n));
}

static void take_parts(struct dissection *d, struct cursor *c, const uint8_t *bytes,
		       const char *name)
{
	uint32_t base = c->pos, n = cursor_left(c), parts = 0;
	struct boundary b = find_boundary(bytes, n, 0, name);

	if (!b.found)
		return hand_on_as_data_within(d, *c);
	if (b.start)
		take_bytes(d, c, MULTIPART_PREAMBLE, b.start);
	show_boundary(d, c, &b, MULTIPART_FIRST_BOUNDARY);
	while (b.found && !b.last && cursor_ok(c)) {
		struct boundary next = find_boundary(bytes, n, b.end, name);
		bool handed_on = b.end < PARTS_WITHIN;
		if (only_learning(d) && !handed_on)
			return;
		if (parts++ == PARTS_LIMIT) {
			note_finding(d, MULTIPART_LIMIT, NULL);
			return;
		}
		struct cursor part = cursor_split(c, next.start - b.end);
		take_part(d, c, part, handed_on);
		b = next;
		if (b.found)
			show_boundary(d, c, &b,
				      b.last ? MULTIPART_LAST_BOUNDARY : MULTIPART_BOUNDARY);
	}
	if (b.last && c->pos - base < n)
		take_bytes(d, c, MULTIPART_TRAILER, cursor_left(c));
}

static unsigned depth_of(const struct dissection *d)
{
	unsigned count = 0;

	for (unsigned i = 0; i < d->layer_count; i++)
		count += d->layers[i].dissector == &mime_multipart_dissector;
	return count;
}

static void mime_multipart_dissect(struct dissection *d, struct cursor *c)
{
	const char *name = media_parameter(d, "boundary"),
		   *type = d->media_type ? d->media_type : "";
	uint32_t n = cursor_left(c);
	const uint8_t *bytes;

	if (!n || !cursor_peek(c, 0, n, &bytes))
		return;
	if (!name || !*name) {
		note_finding(d, MULTIPART_NO_PARAMETER, NULL);
		hand_on_as_data(d, *c);
		return;
	}
	label(d, layer_node(d), ", Type: %s, Boundary: \"%s\"", type, name);
	put_text(d, MULTIPART_TYPE, type);
	if (depth_of(d) > MULTIPART_DEPTH_LIMIT) {
		note_finding(d, MULTIPART_LIMIT, NULL);
		hand_on_as_data_within(d, *c);
		return;
	}
	take_parts(d, c, bytes, name);
}

const struct dissector mime_multipart_dissector = {
	.name = "mime_multipart",
	.short_name = "MIME multipart",
	.title = "MIME Multipart Media Encapsulation",
	.fields = mime_multipart_fields,
	.field_count = COUNT(mime_multipart_fields),
	.dissect = mime_multipart_dissect,
};
