/* xml.c - Extensible Markup Language 1.0: elements as a tree, without looking into any DTD. */
#include <string.h>

#include "media_type.h"

enum {
	XML,
	XML_PI,
	XML_CDATA_SECTION,
	XML_COMMENT,
	XML_ATTRIBUTE,
	XML_DOCTYPE,
	XML_CDATA,
	XML_TAG,
	XML_PI_END,
	XML_DECLARATION,
	XML_VERSION,
	XML_ENCODING,
	XML_STANDALONE,
	XML_TAG_END,
	XML_UNKNOWN,
	XML_TOO_DEEP,
};

static const struct field xml_fields[] = {
	[XML] = { "xml", "eXtensible Markup Language", FIELD_PROTOCOL,
		  .help = "A document of elements within elements", .reference = "XML 1.0, 2.1" },
	[XML_PI] = { "xml.xmlpi", "XMLPI", FIELD_TEXT,
		     .help = "What a program is told about the document",
		     .reference = "XML 1.0, 2.6" },
	[XML_CDATA_SECTION] = { "xml.cdatasection", "CDATASection", FIELD_TEXT,
				.help = "Text in which nothing is markup",
				.reference = "XML 1.0, 2.7" },
	[XML_COMMENT] = { "xml.comment", "Comment", FIELD_TEXT, .help = "A remark for people",
			  .reference = "XML 1.0, 2.5" },
	[XML_ATTRIBUTE] = { "xml.attribute", "Attribute", FIELD_TEXT,
			    .help = "A name and a value that an element has",
			    .reference = "XML 1.0, 3.1" },
	[XML_DOCTYPE] = { "xml.doctype", "Doctype", FIELD_TEXT,
			  .help = "Which grammar the document follows",
			  .reference = "XML 1.0, 2.8" },
	[XML_CDATA] = { "xml.cdata", "CDATA", FIELD_TEXT, .help = "Text between tags",
			.reference = "XML 1.0, 2.4" },
	[XML_TAG] = { "xml.tag", "Tag", FIELD_TEXT, .help = "Where an element begins",
		      .reference = "XML 1.0, 3.1" },
	[XML_PI_END] = { "xml.xmlpi.end", "End of the instruction", FIELD_NONE,
			 .help = "Where the instruction ends", .reference = "XML 1.0, 2.6" },
	[XML_DECLARATION] = { "xml.xmlpi.xml", "xml.xmlpi.xml", FIELD_TEXT,
			      .help = "Begins a document: says version and encoding",
			      .reference = "XML 1.0, 2.8" },
	[XML_VERSION] = { "xml.xmlpi.xml.version", "version", FIELD_TEXT, .help = "The version of XML",
			  .reference = "XML 1.0, 2.8" },
	[XML_ENCODING] = { "xml.xmlpi.xml.encoding", "encoding", FIELD_TEXT,
			   .help = "How characters are encoded", .reference = "XML 1.0, 4.3.3" },
	[XML_STANDALONE] = { "xml.xmlpi.xml.standalone", "standalone", FIELD_TEXT,
			     .help = "Whether nothing outside is needed to read it",
			     .reference = "XML 1.0, 2.9" },
	[XML_TAG_END] = { "xml.tag.end", "End of the tag", FIELD_NONE, .help = "Where the tag ends",
			  .reference = "XML 1.0, 3.1" },
	[XML_UNKNOWN] = { "xml.unknown", "Unknown", FIELD_TEXT,
			  .help = "Markup that is none of the others",
			  .reference = "XML 1.0, 3.1" },
	[XML_TOO_DEEP] = FINDING("xml.too_deep", "Elements are nested too deeply", EXPERT_WARN,
				 GROUP_UNDECODED),
};

struct markup {
	struct dissection *d;
	const struct cursor *c;
	struct text_part rest;
	node_id open[XML_DEPTH_LIMIT]; /* elements that have not ended */
	unsigned depth;
	bool too_deep;
};

/* XML 1.0, 2.3 */
static bool is_white(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct text_part trim(struct text_part part)
{
	while (part.length && is_white(part.bytes[0]))
		part = part_from(&part, 1);
	while (part.length && is_white(part.bytes[part.length - 1]))
		part.length--;
	return part;
}

/* Takes n bytes off the front. */
static struct text_part take(struct markup *m, uint32_t n)
{
	struct text_part part = m->rest;

	part.length = n;
	m->rest = part_from(&m->rest, n);
	return part;
}

/* Where `end` ends in the rest, or its length. */
static uint32_t end_of(const struct markup *m, const char *end)
{
	const uint8_t *at = memmem(m->rest.bytes, m->rest.length, end, strlen(end));

	return at ? (uint32_t)(at - m->rest.bytes) + (uint32_t)strlen(end) : m->rest.length;
}

static bool begins(const struct markup *m, const char *text)
{
	return m->rest.length >= strlen(text) && memcmp(m->rest.bytes, text, strlen(text)) == 0;
}

static node_id add_markup(struct markup *m, unsigned field, struct text_part part)
{
	node_id node = add_part(m->d, m->c, field, &part);

	label_set(m->d, node, "%s", part_text(m->d, &part));
	return node;
}

/* Up to a > outside quotes. */
static uint32_t tag_length(const struct markup *m)
{
	uint8_t quote = 0;

	for (uint32_t i = 0; i < m->rest.length; i++) {
		uint8_t c = m->rest.bytes[i];
		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return i + 1;
	}
	return m->rest.length;
}

/* name="value", with what is between taken as it is. */
static struct text_part take_attribute(struct text_part *rest)
{
	struct text_part one = *rest;
	uint32_t i = 0;
	uint8_t quote = 0;

	for (; i < rest->length; i++) {
		uint8_t c = rest->bytes[i];
		if (quote) {
			if (c == quote) {
				i++;
				break;
			}
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (is_white(c)) {
			break;
		}
	}
	one.length = i;
	*rest = part_from(rest, i);
	*rest = trim(*rest);
	return one;
}

/* What is between the quotes of name="value". */
static struct text_part value_in(struct text_part one, uint32_t name)
{
	struct text_part value = part_from(&one, name);

	while (value.length && value.bytes[0] != '"' && value.bytes[0] != '\'')
		value = part_from(&value, 1);
	if (value.length)
		value = part_from(&value, 1);
	if (value.length)
		value.length--;
	return value;
}

/* One of the three that a declaration can have is a field of its own. */
static void show_declared(struct markup *m, struct text_part one)
{
	for (unsigned field = XML_VERSION; field <= XML_STANDALONE; field++) {
		uint32_t n = (uint32_t)strlen(xml_fields[field].name);
		if (one.length <= n || memcmp(one.bytes, xml_fields[field].name, n) != 0)
			continue;
		struct text_part value = value_in(one, n);
		label_set(m->d, add_part(m->d, m->c, field, &value), "%s", part_text(m->d, &one));
		return;
	}
	add_markup(m, XML_ATTRIBUTE, one);
}

static void show_declaration(struct markup *m, struct text_part inside)
{
	inside = trim(inside);
	while (inside.length) {
		struct text_part one = take_attribute(&inside);
		if (!one.length)
			return;
		show_declared(m, one);
	}
}

static void show_attributes(struct markup *m, struct text_part inside)
{
	inside = trim(inside);
	while (inside.length) {
		struct text_part one = take_attribute(&inside);
		if (!one.length)
			return;
		add_markup(m, XML_ATTRIBUTE, one);
	}
}

/* The part between the name and the end of a tag of `tail` bytes. */
static struct text_part inside_of(struct text_part tag, uint32_t skip, uint32_t tail,
				  uint32_t *name)
{
	struct text_part inside = tag;

	*name = skip;
	while (*name < tag.length && !is_white(tag.bytes[*name]) && tag.bytes[*name] != '>' &&
	       tag.bytes[*name] != '/' && tag.bytes[*name] != '?')
		(*name)++;
	inside.length -= tail < inside.length ? tail : inside.length;
	return part_from(&inside, *name < inside.length ? *name : inside.length);
}

static void show_end(struct markup *m, unsigned field, struct text_part end)
{
	node_id node = add_node(m->d, m->c, field, end.start, end.length);

	label_set(m->d, node, "%s", part_text(m->d, &end));
}

static void show_instruction(struct markup *m)
{
	struct text_part whole = take(m, end_of(m, "?>")), name = whole, end = whole;
	struct text_part inside = inside_of(whole, 2, 2, &name.length);

	bool declares = name.length == 5 && memcmp(name.bytes, "<?xml", 5) == 0;
	node_id node = add_part(m->d, m->c, declares ? XML_DECLARATION : XML_PI, &whole);
	label_set(m->d, node, "%s", part_text(m->d, &name));
	open_node(m->d, node);
	if (declares)
		show_declaration(m, inside);
	else
		show_attributes(m, inside);
	end = part_from(&whole, whole.length > 2 ? whole.length - 2 : 0);
	show_end(m, XML_PI_END, end);
	close_node(m->d, node);
}

static void show_doctype(struct markup *m)
{
	struct text_part plain = m->rest, name;
	plain.length = tag_length(m);
	/* A bracket opens declarations, which have tags of their own. */
	bool has_declarations = part_find(&plain, '[') < plain.length;
	struct text_part whole = take(m, has_declarations ? end_of(m, "]>") : plain.length),
			 rest = whole;

	rest = part_from(&rest, strlen("<!DOCTYPE"));
	rest = trim(rest);
	name = rest;
	name.length = 0;
	while (name.length < rest.length && !is_white(rest.bytes[name.length]) &&
	       rest.bytes[name.length] != '>' && rest.bytes[name.length] != '[')
		name.length++;
	node_id node = add_text(m->d, m->c, XML_DOCTYPE, whole.start, whole.length,
				part_text(m->d, &name));
	label_set(m->d, node, "%s", part_text(m->d, &whole));
}

static void show_opening(struct markup *m)
{
	struct text_part tag = take(m, tag_length(m)), name = tag;
	bool empty = tag.length > 2 && tag.bytes[tag.length - 2] == '/';
	struct text_part inside = inside_of(tag, 1, empty ? 2 : 1, &name.length);
	bool bare = !trim(inside).length;

	node_id node = add_part(m->d, m->c, XML_TAG, &tag);
	label_set(m->d, node, "%s", part_text(m->d, bare ? &tag : &name));
	if (m->depth == XML_DEPTH_LIMIT) {
		if (!m->too_deep)
			note_finding(m->d, XML_TOO_DEEP, NULL);
		m->too_deep = true;
		return;
	}
	m->open[m->depth++] = node;
	open_node(m->d, node);
	show_attributes(m, inside);
	if (!empty)
		return;
	close_node(m->d, node);
	m->depth--;
}

/* An end that fits no element is taken for one of the innermost. */
static void show_closing(struct markup *m)
{
	struct text_part tag = take(m, tag_length(m));

	show_end(m, XML_TAG_END, tag);
	if (m->depth)
		close_node(m->d, m->open[--m->depth]);
}

static void show_next(struct markup *m)
{
	if (m->rest.bytes[0] != '<') {
		struct text_part text = take(m, part_find(&m->rest, '<'));
		text = trim(text);
		if (text.length)
			add_markup(m, XML_CDATA, text);
	} else if (begins(m, "<!--")) {
		add_markup(m, XML_COMMENT, take(m, end_of(m, "-->")));
	} else if (begins(m, "<![CDATA[")) {
		add_markup(m, XML_CDATA_SECTION, take(m, end_of(m, "]]>")));
	} else if (begins(m, "<!DOCTYPE")) {
		show_doctype(m);
	} else if (begins(m, "<?")) {
		show_instruction(m);
	} else if (begins(m, "</")) {
		show_closing(m);
	} else if (m->rest.length > 1 && !is_white(m->rest.bytes[1])) {
		show_opening(m);
	} else {
		add_markup(m, XML_UNKNOWN, take(m, tag_length(m)));
	}
}

static void xml_dissect(struct dissection *d, struct cursor *c)
{
	struct markup m = { .d = d, .c = c };
	uint32_t n = cursor_left(c);
	const uint8_t *bytes;

	if (only_learning(d) || !cursor_peek(c, 0, n, &bytes))
		return;
	if (d->wants & WANT_COLUMNS)
		info_protocol(d, arena_printf(&d->arena, "%s/XML", d->protocol));
	if (!wants_fields(d))
		return;
	m.rest = (struct text_part){ bytes, c->pos, n };
	while (m.rest.length && cursor_ok(c))
		show_next(&m);
	while (m.depth)
		close_node(d, m.open[--m.depth]);
	cursor_skip(c, n);
}

const struct dissector xml_dissector = {
	.name = "xml",
	.short_name = "XML",
	.title = "eXtensible Markup Language",
	.fields = xml_fields,
	.field_count = COUNT(xml_fields),
	.dissect = xml_dissect,
};
