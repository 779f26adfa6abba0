/* json.c - -T json and jsonraw: each packet an object, its layers and fields as nested objects.
 *
 * A key that occurs more than once in an object becomes one with an array, as JSON readers
 * keep only the last of several. */
#include <stdlib.h>

#include "base/number_text.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "form.h"
#include "formats.h"
#include "print/json_text.h"
#include "node_value.h"
#include "siblings.h"

enum { STEP = 2, LAYERS_INDENT = 8, KEY_ROOM = 64, LINE_ROOM = 64, LONG_KEY_ROOM = 512 };

enum part { PART_RAW, PART_VALUE, PART_TREE };

enum value_kind {
	VALUE_OTHER,
	VALUE_SCALAR,  /* needs no escaping */
	VALUE_DECIMAL, /* a number as it is */
};

/* What is printed for a field over and over: "\"ip.src\": ". */
struct key {
	char text[KEY_ROOM];
	uint8_t length; /* 0: too long for the room */
	uint8_t kind;	/* enum value_kind */
	bool has_raw, is_bare, is_words;
};

struct json {
	struct sink *sink; /* the output's, or that of the form at hand */
	struct forms forms;
	struct siblings siblings;
	struct key *keys;		 /* by registry field */
	bool values, raw, generated_raw; /* raw also of what stands on no bytes */
	bool has_forms;
	struct packet_day day;
};

static const char blanks[] = ",\n"
			     "                                                                "
			     "                                                                "
			     "                                                                "
			     "                                                                ";

/* A new line, after a comma if there was something before; whole words are copied, of which the
 * rest is written over.  Needs room for LINE_ROOM and a comma. */
static inline char *line_at(char *at, bool comma, size_t depth)
{
	memcpy(at, blanks + !comma, LINE_ROOM);
	return at + comma + 1 + depth;
}

static void put_line(struct json *json, bool comma, size_t depth)
{
	const size_t most = LINE_ROOM - 2;
	size_t first = depth < most ? depth : most;

	sink_wrote(json->sink, line_at(sink_room(json->sink, LINE_ROOM + 2), comma, first));
	for (; depth > most; depth--)
		sink_put_char(json->sink, ' ');
}

/* An object: what stands directly in [first, end). */
struct object {
	struct json *json;
	struct dissection *d;
	const struct layer_choice *choice;
	uint32_t first, end;
	unsigned depth;
	bool begun; /* a member was printed */
};

static void put_object(struct object *object);

static void put_field_key(struct object *object, uint16_t field, const char *suffix, size_t n)
{
	struct json *json = object->json;
	const struct key *key = &json->keys[field];

	put_line(json, object->begun, object->depth + STEP);
	object->begun = true;
	if (!key->length) {
		sink_put_char(json->sink, '"');
		sink_put_text(json->sink, registry_field(field)->abbrev);
	} else {
		memcpy(sink_room(json->sink, KEY_ROOM), key->text, KEY_ROOM);
		json->sink->at += key->length - 3;
	}
	sink_put(json->sink, suffix, n);
	sink_put(json->sink, "\": ", 3);
}

static void put_words_key(struct object *object, uint32_t node)
{
	struct json *json = object->json;
	const char *words = json->siblings.of[node].words;

	put_line(json, object->begun, object->depth + STEP);
	object->begun = true;
	if (json->forms.is_writing && !words_are_constant(&object->d->nodes[node]))
		forms_blank(&json->forms, object->d, node, BLANK_KEY);
	else
		json_sink_text(json->sink, words, strlen(words));
	sink_put(json->sink, ": ", 2);
}

static void put_key(struct object *object, uint32_t node, enum part part, bool both)
{
	const char *words = object->json->siblings.of[node].words;
	uint16_t field = object->d->nodes[node].field;

	if (words)
		put_words_key(object, node);
	else if (part == PART_RAW)
		put_field_key(object, field, "_raw", 4);
	else if (part == PART_TREE && both)
		put_field_key(object, field, "_tree", 5);
	else
		put_field_key(object, field, "", 0);
}

/* The bytes, where they begin, how many, the mask and the type.  Findings stand nowhere. */
static void put_raw(struct json *json, const struct dissection *d, const struct node *node,
		    unsigned depth)
{
	const struct field *field = registry_field(node->field);
	bool placed = !field->severity && strncmp(field->abbrev, "_ws.expert", 10) != 0;
	const uint64_t numbers[] = { placed ? node->start : 0, node->length, node_mask(node),
				     field_type_number(field->type) };
	char text[NUMBER_TEXT_ROOM];

	sink_put_char(json->sink, '[');
	if (placed) {
		put_line(json, false, depth + STEP);
		sink_put_char(json->sink, '"');
		node_put_raw(json->sink, d, node);
		sink_put_char(json->sink, '"');
	}
	for (unsigned i = 0; i < 4; i++) {
		put_line(json, i || placed, depth + STEP);
		sink_put(json->sink, text, (size_t)(number_put(text, numbers[i]) - text));
	}
	put_line(json, false, depth);
	sink_put_char(json->sink, ']');
}

static bool has_children(const struct node *node)
{
	return node->span > 1;
}

/* Does a node have this part? */
static inline bool has_part(const struct json *json, const struct node *node, enum part part)
{
	const struct key *key = &json->keys[node->field];

	if (part == PART_TREE)
		return has_children(node);
	if (part == PART_RAW)
		return key->has_raw && (json->generated_raw || node->length);
	if (!json->values)
		return key->is_words && !has_children(node);
	return !has_children(node) || !(key->is_bare || key->is_words);
}

static void put_form_key(struct sink *sink, struct dissection *d, const struct node *node)
{
	const char *words = key_of_words(d, node);

	json_sink_text(sink, words, strlen(words));
}

static void write_form(struct object *layer, struct form_slot *slot)
{
	struct json *json = layer->json;
	struct object object = *layer;
	struct sink *sink = json->sink;

	forms_begin(&json->forms, layer->first);
	json->sink = &json->forms.text;
	put_object(&object);
	json->sink = sink;
	forms_end(&json->forms, slot, layer->d, layer->end, layer->depth);
}

/* All that is in a layer: by its form, if many layers have its shape. */
static void put_layer(struct object *layer)
{
	static const struct form_fillers fillers = { node_put_json, put_form_key };
	struct json *json = layer->json;
	struct form_slot *slot =
		forms_slot(&json->forms, layer->d, layer->first, layer->end, layer->depth);

	if (slot && !slot->form)
		write_form(layer, slot);
	if (slot && !slot->form->is_open)
		form_fill(slot->form, json->sink, layer->d, layer->first, &fillers);
	else
		put_object(layer);
}

static void put_tree(const struct object *object, uint32_t at, unsigned depth)
{
	const struct node *node = &object->d->nodes[at];
	const char *words = object->json->siblings.of[at].words;
	const char *name = words ? words : registry_field(node->field)->abbrev;
	struct json *json = object->json;

	if (layer_chosen(object->choice, name)) {
		struct object below = { .json = json,
					.d = object->d,
					.first = at + 1,
					.end = at + node->span,
					.choice = layer_choice_below(object->choice),
					.depth = depth };
		if (json->has_forms && object->depth == LAYERS_INDENT - STEP)
			put_layer(&below);
		else
			put_object(&below);
		return;
	}
	sink_put_char(json->sink, '{');
	put_line(json, false, depth + STEP);
	sink_put(json->sink, "\"filtered\": ", 12);
	json_sink_text(json->sink, name, strlen(name));
	put_line(json, false, depth);
	sink_put_char(json->sink, '}');
}

static void put_plain_blank(const struct object *object, uint32_t at)
{
	struct json *json = object->json;
	bool decimal = json->keys[object->d->nodes[at].field].kind == VALUE_DECIMAL;

	forms_blank(&json->forms, object->d, at, decimal ? BLANK_DECIMAL : BLANK_SCALAR);
}

static void put_value(const struct object *object, uint32_t at)
{
	struct json *json = object->json;
	const struct node *node = &object->d->nodes[at];

	if (!json->forms.is_writing || registry_field(node->field)->type == FIELD_NONE) {
		node_put_json(json->sink, object->d, node);
	} else if (json->keys[node->field].kind == VALUE_OTHER) {
		forms_blank(&json->forms, object->d, at, BLANK_VALUE);
	} else {
		sink_put_char(json->sink, '"');
		put_plain_blank(object, at);
		sink_put_char(json->sink, '"');
	}
}

static void put_part(const struct object *object, uint32_t at, enum part part, unsigned depth)
{
	const struct node *node = &object->d->nodes[at];

	if (part == PART_TREE)
		put_tree(object, at, depth);
	else if (part == PART_RAW)
		put_raw(object->json, object->d, node, depth);
	else if (registry_field(node->field)->flags & FIELD_WORDS)
		sink_put(object->json->sink, "\"\"", 2);
	else
		put_value(object, at);
}

/* One part of all members that share a key: alone or as an array; `count` of them have it. */
static void put_parts(struct object *object, uint32_t first, enum part part, uint32_t count)
{
	struct json *json = object->json;
	unsigned depth = object->depth + STEP;
	bool begun = false;

	if (count == 1) {
		while (!has_part(json, &object->d->nodes[first], part))
			first = json->siblings.of[first].next;
		put_part(object, first, part, depth);
		return;
	}
	sink_put_char(json->sink, '[');
	for (uint32_t at = first; at; at = json->siblings.of[at].next) {
		if (!has_part(json, &object->d->nodes[at], part))
			continue;
		put_line(json, begun, depth + STEP);
		begun = true;
		put_part(object, at, part, depth + STEP);
	}
	put_line(json, false, depth);
	sink_put_char(json->sink, ']');
}

/* Words are the key of a value and of a tree alike, so a record that was cut before its first field
 * goes into one array with whole ones. */
static void put_mixed(struct object *object, uint32_t first)
{
	struct json *json = object->json;
	unsigned depth = object->depth + STEP;
	bool begun = false;

	put_words_key(object, first);
	sink_put_char(json->sink, '[');
	for (uint32_t at = first; at; at = json->siblings.of[at].next) {
		put_line(json, begun, depth + STEP);
		begun = true;
		put_part(object, at, has_children(&object->d->nodes[at]) ? PART_TREE : PART_VALUE,
			 depth + STEP);
	}
	put_line(json, false, depth);
	sink_put_char(json->sink, ']');
}

static void put_member(struct object *object, uint32_t first)
{
	struct json *json = object->json;
	uint32_t counts[3] = { 0 };

	for (uint32_t at = first;; at = json->siblings.of[at].next) {
		for (enum part part = PART_RAW; part <= PART_TREE; part++)
			counts[part] += has_part(json, &object->d->nodes[at], part);
		if (!json->siblings.of[at].next)
			break;
	}
	if (json->siblings.of[first].words && counts[PART_VALUE] && counts[PART_TREE]) {
		put_mixed(object, first);
		return;
	}
	/* jsonraw has no values, but the key of the tree leaves room for one. */
	uint16_t field = object->d->nodes[first].field;
	bool both = counts[PART_VALUE] || (!json->values && !node_is_bare(registry_field(field)));
	for (enum part part = PART_RAW; part <= PART_TREE; part++)
		if (counts[part]) {
			put_key(object, first, part, both);
			put_parts(object, first, part, counts[part]);
		}
}

static char *put_plain_value(char *at, const struct node *node, enum value_kind kind)
{
	if (kind == VALUE_DECIMAL)
		return number_put(at, node->value.number);
	return put_scalar(at, registry_field(node->field), node);
}

/* The common case, a short value alone: copied by whole words, of which the rest is written over.
 */
static bool put_plain_member(struct object *object, uint32_t at)
{
	struct json *json = object->json;
	const struct sibling *sibling = &json->siblings.of[at];
	const struct node *node = &object->d->nodes[at];
	const struct key *key = &json->keys[node->field];
	size_t indent = object->depth + STEP;

	if (key->kind == VALUE_OTHER || !key->length || sibling->next || has_children(node) ||
	    json->raw || indent + 2 > LINE_ROOM)
		return false;
	char *to = sink_room(json->sink, LINE_ROOM + KEY_ROOM + SCALAR_ROOM + 4);
	to = line_at(to, object->begun, indent);
	memcpy(to, key->text, KEY_ROOM);
	to += key->length;
	*to++ = '"';
	if (json->forms.is_writing) {
		sink_wrote(json->sink, to);
		put_plain_blank(object, at);
		to = json->sink->at;
	} else {
		to = put_plain_value(to, node, key->kind);
	}
	*to++ = '"';
	sink_wrote(json->sink, to);
	object->begun = true;
	return true;
}

static void put_object(struct object *object)
{
	struct json *json = object->json;
	struct dissection *d = object->d;

	siblings_gather(&json->siblings, d, object->first, object->end);
	json->forms.is_open |= json->siblings.depends;
	sink_put_char(json->sink, '{');
	for (uint32_t at = object->first; at < object->end; at += d->nodes[at].span) {
		if (!json->siblings.of[at].skipped && !put_plain_member(object, at))
			put_member(object, at);
	}
	if (object->begun)
		put_line(json, false, object->depth);
	sink_put_char(json->sink, '}');
}

/* The fields of -e, each with an array of its values. */
static void put_fields(struct json *json, const struct field_list *list)
{
	bool begun = false;
	size_t n;

	sink_put_char(json->sink, '{');
	for (unsigned i = 0; i < field_list_count(list); i++) {
		unsigned count = field_list_values(list, i);
		if (!count)
			continue;
		put_line(json, begun, LAYERS_INDENT);
		begun = true;
		json_sink_text(json->sink, field_list_name(list, i),
			       strlen(field_list_name(list, i)));
		sink_put(json->sink, ": [", 3);
		for (unsigned value = 0; value < count; value++) {
			const char *text = field_list_value(list, i, value, &n);
			put_line(json, value > 0, LAYERS_INDENT + STEP);
			json_sink_text(json->sink, text, n);
		}
		put_line(json, false, LAYERS_INDENT);
		sink_put_char(json->sink, ']');
	}
	if (begun)
		put_line(json, false, LAYERS_INDENT - STEP);
	sink_put_char(json->sink, '}');
}

static void json_packet(struct packet_output *output, struct dissection *d,
			const struct summary *columns)
{
	struct json *json = output->state;
	const char *date = packet_date(&json->day, d);

	(void)columns;
	sink_put_text(json->sink, output->count ? ",\n  {\n    \"_index\": \"packets-"
						: "\n  {\n    \"_index\": \"packets-");
	sink_put_text(json->sink, date);
	sink_put_text(json->sink, "\",\n    \"_type\": \"doc\",\n    \"_score\": null,\n"
				  "    \"_source\": {\n      \"layers\": ");
	if (packet_output_has_fields(output)) {
		put_fields(json, output->fields);
	} else {
		struct object layers = { .json = json,
					 .d = d,
					 .end = d->node_count,
					 .choice = &output->choice,
					 .depth = LAYERS_INDENT - STEP };
		put_object(&layers);
	}
	sink_put_text(json->sink, "\n    }\n  }");
}

static enum value_kind value_kind(const struct field *field)
{
	if (value_is_long(field->type) || field->flags & FIELD_WORDS)
		return VALUE_OTHER;
	bool decimal =
		field->base != BASE_HEX && field->base != BASE_HEX_DEC && field->base != BASE_OCT;
	if ((field->type >= FIELD_U8 && field->type <= FIELD_U64 && decimal) ||
	    field->type == FIELD_FRAME)
		return VALUE_DECIMAL;
	return VALUE_SCALAR;
}

/* A field called as the bytes of another would be has the name for itself. */
static bool has_raw_key(const struct json *json, const struct field *field)
{
	char name[LONG_KEY_ROOM];

	if (!json->raw || field->flags & FIELD_WORDS)
		return false;
	snprintf(name, sizeof name, "%s_raw", field->abbrev);
	return !json->values || registry_field_named(name) < 0;
}

static void make_keys(struct json *json)
{
	json->keys = must_zeroed(registry_field_count() + 1, sizeof *json->keys);
	for (unsigned i = 0; i < registry_field_count(); i++) {
		const struct field *field = registry_field(i);
		struct key *key = &json->keys[i];
		size_t n = strlen(field->abbrev);
		key->kind = (uint8_t)value_kind(field);
		key->is_words = field->flags & FIELD_WORDS;
		key->is_bare = node_is_bare(field);
		key->has_raw = has_raw_key(json, field);
		if (n + 4 >= KEY_ROOM)
			continue;
		key->text[0] = '"';
		memcpy(key->text + 1, field->abbrev, n);
		memcpy(key->text + 1 + n, "\": ", 4);
		key->length = (uint8_t)(n + 4);
	}
}

static void begin(struct packet_output *output, bool values)
{
	struct json *json = must_zeroed(1, sizeof *json);

	*json = (struct json){ .sink = &output->sink,
			       .values = values,
			       .raw = output->bytes || !values,
			       .generated_raw = !values,
			       .has_forms = values && !output->bytes && !output->choice.names };
	forms_init(&json->forms);
	siblings_init(&json->siblings);
	make_keys(json);
	output->state = json;
	sink_put_char(json->sink, '[');
}

static void json_begin(struct packet_output *output)
{
	begin(output, true);
}

static void jsonraw_begin(struct packet_output *output)
{
	begin(output, false);
}

static void json_end(struct packet_output *output)
{
	struct json *json = output->state;

	sink_put_text(json->sink, output->count ? "\n]\n" : "]\n");
	siblings_free(&json->siblings);
	forms_free(&json->forms);
	free(json->keys);
	free(json);
}

const struct packet_format json_format = {
	.name = "json",
	.wants = WANT_FIELDS | WANT_NAMING_LABELS,
	.takes_fields = true,
	.takes_bytes = true,
	.takes_choice = true,
	.begin = json_begin,
	.packet = json_packet,
	.end = json_end,
};

const struct packet_format jsonraw_format = {
	.name = "jsonraw",
	.wants = WANT_FIELDS | WANT_NAMING_LABELS,

	.takes_bytes = true,
	.takes_choice = true,
	.begin = jsonraw_begin,
	.packet = json_packet,
	.end = json_end,
};
