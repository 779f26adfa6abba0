/* pdml.c - -T pdml: the details of each packet as XML.
 *
 * A layer is a <proto>, what stands below it a <field>; a line of text is a field without a name.
 * What stands beside the layers without being one has a <proto> around it. */
#include <stdlib.h>
#include <time.h>

#include "base/number_text.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "formats.h"
#include "node_value.h"
#include "xml_text.h"

enum { STEP = 2, FIRST_INDENT = 2, EXTENT_ROOM = 80 };

/* What is the same for all nodes of a field. */
struct tag {
	char *open; /* "<field name=\"ip.src\""; NULL: not made yet */
	uint32_t length;
	bool is_own, is_words, is_bytes_only;
	bool is_layer;
	/* Something that a finding is made of: it has the place of what it is about, and within
	 * it none. */
	bool is_report, is_expert;
};

struct pdml {
	struct sink *sink;
	struct tag *tags; /* by registry field */
};

struct place {
	const struct layer_choice *choice;
	uint32_t pos; /* of the node above */
	unsigned depth;
};

static void put_indent(struct sink *sink, size_t n)
{
	char *at = sink_room(sink, n);

	memset(at, ' ', n);
	sink_wrote(sink, at + n);
}

static void put_attribute(struct sink *sink, const char *name, const char *value, size_t n)
{
	sink_put_char(sink, ' ');
	sink_put_text(sink, name);
	sink_put(sink, "=\"", 2);
	xml_put_text(sink, value, n);
	sink_put_char(sink, '"');
}

static void put_number_attribute(struct sink *sink, const char *name, uint64_t value)
{
	char text[NUMBER_TEXT_ROOM];

	put_attribute(sink, name, text, (size_t)(number_put(text, value) - text));
}

static void make_tag(struct tag *tag, const struct field *field)
{
	bool is_words = field->flags & FIELD_WORDS;
	bool is_expert = !strcmp(field->abbrev, "_ws.expert");
	bool is_data = !strcmp(field->abbrev, "data");
	bool is_layer = field->type == FIELD_PROTOCOL && !is_expert && !is_data;
	const char *name = is_words ? "" : field->abbrev;
	struct sink text;

	sink_init(&text, NULL);
	sink_put_text(&text, is_layer ? "<proto" : "<field");
	put_attribute(&text, "name", name, strlen(name));
	*tag = (struct tag){
		.length = (uint32_t)sink_length(&text),
		.is_own = field_is_own(field),
		.is_words = is_words,
		.is_bytes_only = is_data && !is_words,
		.is_layer = is_layer,
		.is_report = field->severity || !strncmp(field->abbrev, "_ws.expert", 10),
		.is_expert = is_expert,
	};
	tag->open = memcpy(must_alloc(tag->length + 1), text.buffer, tag->length);
	sink_free(&text);
}

static const struct tag *tag_of(struct pdml *pdml, const struct node *node)
{
	struct tag *tag = &pdml->tags[node->field];

	if (unlikely(!tag->open))
		make_tag(tag, registry_field(node->field));
	return tag;
}

static void put_words(struct sink *sink, const struct dissection *d, const struct node *node)
{
	char text[NODE_TEXT_ROOM];
	size_t n = node_words(d, node, text, sizeof text);

	xml_put_text(sink, text, n);
}

static char *put_literal(char *at, const char *text)
{
	size_t n = strlen(text);

	return (char *)memcpy(at, text, n) + n;
}

static void put_extent(struct sink *sink, const struct node *node, uint32_t pos)
{
	char *at = sink_room(sink, EXTENT_ROOM);

	if (node->flags & NODE_HIDDEN)
		at = put_literal(at, " hide=\"yes\"");
	at = put_literal(at, " size=\"");
	at = number_put(at, node->length);
	at = put_literal(at, "\" pos=\"");
	at = number_put(at, pos);
	*at++ = '"';
	sink_wrote(sink, at);
}

static void put_bytes_attribute(struct sink *sink, const struct dissection *d,
				const struct node *node, const char *name)
{
	uint32_t n;
	const uint8_t *bytes = node_bytes(d, node, &n);

	if (!node->length)
		return;
	sink_put_char(sink, ' ');
	sink_put_text(sink, name);
	sink_put(sink, "=\"", 2);
	sink_put_bytes(sink, bytes, n, false);
	sink_put_char(sink, '"');
}

/* No value without room of its own has a character that XML has another word for. */
static void put_scalar_value(struct sink *sink, const struct field *field, const struct node *node)
{
	sink_wrote(sink, put_scalar(sink_room(sink, SCALAR_ROOM), field, node));
}

static void put_show(struct sink *sink, struct dissection *d, const struct node *node)
{
	const struct field *field = registry_field(node->field);

	sink_put_text(sink, " show=\"");
	if (field->type == FIELD_BYTES) {
		sink_put_bytes(sink, node->value.bytes, node->value_length, true);
	} else if (field->type == FIELD_TEXT) {
		xml_put_text(sink, node->value.text ? node->value.text : "", node->value_length);
	} else if (value_is_long(field->type)) {
		const char *text = value_text(d, node);
		xml_put_text(sink, text, strlen(text));
	} else {
		put_scalar_value(sink, field, node);
	}
	sink_put_char(sink, '"');
}

/* The value as it is shown, and its bytes. */
static void put_value(struct sink *sink, struct dissection *d, const struct node *node)
{
	const struct field *field = registry_field(node->field);

	if (field->type == FIELD_NONE) {
		sink_put_text(sink, " show=\"\" value=\"\"");
		return;
	}
	put_show(sink, d, node);
	if (node_mask(node) && node->length) {
		sink_put_text(sink, " value=\"");
		node_put_raw(sink, d, node);
		sink_put_char(sink, '"');
		put_bytes_attribute(sink, d, node, "unmaskedvalue");
	} else {
		put_bytes_attribute(sink, d, node, "value");
	}
}

/* All of the opening tag but its end. */
static void open_tag(struct sink *sink, struct dissection *d, const struct node *node,
		     const struct tag *tag, uint32_t pos_above)
{
	sink_put(sink, tag->open, tag->length);
	if (tag->is_bytes_only) {
		put_bytes_attribute(sink, d, node, "value");
		return;
	}
	sink_put_text(sink, tag->is_words ? " show=\"" : " showname=\"");
	put_words(sink, d, node);
	sink_put_char(sink, '"');
	put_extent(sink, node, tag->is_report ? pos_above : node->start);
	if (tag->is_words)
		put_bytes_attribute(sink, d, node, "value");
	else if (registry_field(node->field)->type != FIELD_PROTOCOL)
		put_value(sink, d, node);
}

static void put_nodes(struct pdml *pdml, struct dissection *d, uint32_t first, uint32_t end,
		      const struct place *place);

static void put_children(struct pdml *pdml, struct dissection *d, uint32_t at,
			 const struct place *place)
{
	const struct node *node = &d->nodes[at];
	const struct tag *tag = tag_of(pdml, node);
	const char *name = tag->is_words ? "text" : registry_field(node->field)->abbrev;
	struct place below = { layer_choice_below(place->choice), tag->is_expert ? 0 : node->start,
			       place->depth + STEP };

	if (layer_chosen(place->choice, name)) {
		put_nodes(pdml, d, at + 1, at + node->span, &below);
		return;
	}
	put_indent(pdml->sink, below.depth);
	sink_put_text(pdml->sink, "<field name=\"filtered\"");
	put_attribute(pdml->sink, "value", name, strlen(name));
	sink_put_text(pdml->sink, " />\n");
}

static void put_node(struct pdml *pdml, struct dissection *d, uint32_t at,
		     const struct place *place)
{
	const struct node *node = &d->nodes[at];
	const struct tag *tag = tag_of(pdml, node);
	bool wrapped = place->depth == FIRST_INDENT && !tag->is_layer;
	struct sink *sink = pdml->sink;
	struct place here = *place;

	if (tag->is_own)
		return;
	if (wrapped) {
		sink_put_text(sink, "  <proto name=\"fake-field-wrapper\">\n");
		here.depth += STEP;
	}
	put_indent(sink, here.depth);
	open_tag(sink, d, node, tag, place->pos);
	if (node->span > 1) {
		sink_put_text(sink, ">\n");
		put_children(pdml, d, at, &here);
		put_indent(sink, place->depth);
		sink_put_text(sink, tag->is_layer ? "</proto>\n" : "</field>\n");
	} else {
		sink_put_text(sink, "/>\n");
	}
	if (wrapped)
		sink_put_text(sink, "  </proto>\n");
}

static void put_nodes(struct pdml *pdml, struct dissection *d, uint32_t first, uint32_t end,
		      const struct place *place)
{
	for (uint32_t at = first; at < end; at += d->nodes[at].span)
		put_node(pdml, d, at, place);
}

struct general {
	const char *name, *title;
	char show[SCALAR_ROOM], value[SCALAR_ROOM];
};

static void put_general_number(struct general *general, uint64_t number)
{
	uint64_t rest = number;
	unsigned digits = 1;

	while (rest >>= 4)
		digits++;
	*number_put(general->show, number) = '\0';
	*number_put_hex(general->value, number, digits) = '\0';
}

/* What tshark tells of each packet first. */
static void put_general(struct sink *sink, const struct dissection *d)
{
	struct general facts[] = {
		{ .name = "num", .title = "Number" },
		{ .name = "len", .title = "Frame Length" },
		{ .name = "caplen", .title = "Captured Length" },
		{ .name = "timestamp", .title = "Captured Time" },
	};
	const uint64_t numbers[] = { d->packet.shown, d->packet.reported, d->packet.captured };

	for (unsigned i = 0; i < 3; i++)
		put_general_number(&facts[i], numbers[i]);
	time_text(d->packet.time_ns, false, facts[3].show, SCALAR_ROOM);
	duration_text(d->packet.time_ns, 9, facts[3].value, SCALAR_ROOM);
	sink_put_text(sink, "  <proto name=\"geninfo\" pos=\"0\" showname=\"General information\"");
	put_number_attribute(sink, "size", d->packet.reported);
	sink_put_text(sink, ">\n");
	for (unsigned i = 0; i < 4; i++) {
		sink_put_text(sink, "    <field");
		put_attribute(sink, "name", facts[i].name, strlen(facts[i].name));
		sink_put_text(sink, " pos=\"0\"");
		put_attribute(sink, "show", facts[i].show, strlen(facts[i].show));
		put_attribute(sink, "showname", facts[i].title, strlen(facts[i].title));
		put_attribute(sink, "value", facts[i].value, strlen(facts[i].value));
		put_number_attribute(sink, "size", d->packet.reported);
		sink_put_text(sink, "/>\n");
	}
	sink_put_text(sink, "  </proto>\n");
}

static void put_fields(struct sink *sink, const struct field_list *list)
{
	size_t n;

	for (unsigned i = 0; i < field_list_count(list); i++)
		for (unsigned value = 0; value < field_list_values(list, i); value++) {
			const char *text = field_list_value(list, i, value, &n);
			sink_put_text(sink, "  <field");
			put_attribute(sink, "name", field_list_name(list, i),
				      strlen(field_list_name(list, i)));
			put_attribute(sink, "value", text, n);
			sink_put_text(sink, "/>\n");
		}
}

static void pdml_packet(struct packet_output *output, struct dissection *d,
			const struct summary *columns)
{
	const struct place layers = { &output->choice, 0, FIRST_INDENT };
	struct pdml *pdml = output->state;

	(void)columns;
	sink_put_text(&output->sink, "<packet>\n");
	put_general(&output->sink, d);
	if (packet_output_has_fields(output))
		put_fields(&output->sink, output->fields);
	else
		put_nodes(pdml, d, 0, d->node_count, &layers);
	sink_put_text(&output->sink, "</packet>\n\n\n");
}

static void pdml_begin(struct packet_output *output)
{
	struct pdml *pdml = must_zeroed(1, sizeof *pdml);
	char date[40] = "";
	time_t now = time(NULL);
	struct tm tm;

	registry_build();
	pdml->sink = &output->sink;
	pdml->tags = must_zeroed(registry_field_count() + 1, sizeof *pdml->tags);
	output->state = pdml;
	if (localtime_r(&now, &tm))
		strftime(date, sizeof date, "%a %b %e %H:%M:%S %Y", &tm);
	sink_put_text(&output->sink,
		      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		      "<?xml-stylesheet type=\"text/xsl\" href=\"pdml2html.xsl\"?>\n"
		      "<!-- You can find pdml2html.xsl in /usr/share/wireshark or at "
		      "https://gitlab.com/wireshark/wireshark/-/raw/master/pdml2html.xsl. -->\n"
		      "<pdml version=\"0\" creator=\"peel/" PACKAGE_VERSION "\"");
	put_attribute(&output->sink, "time", date, strlen(date));
	put_attribute(&output->sink, "capture_file", output->path, strlen(output->path));
	sink_put_text(&output->sink, ">\n");
}

static void pdml_end(struct packet_output *output)
{
	struct pdml *pdml = output->state;

	sink_put_text(&output->sink, "</pdml>\n");
	for (unsigned i = 0; i < registry_field_count(); i++)
		free(pdml->tags[i].open);
	free(pdml->tags);
	free(pdml);
}

const struct packet_format pdml_format = {
	.name = "pdml",
	.wants = WANT_FIELDS | WANT_LABELS,
	.takes_fields = true,
	.takes_choice = true,
	.begin = pdml_begin,
	.packet = pdml_packet,
	.end = pdml_end,
};
