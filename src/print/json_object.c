/* json_object.c - layers and fields as nested objects. */
#include "json_object.h"

#include "base/number_text.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "print/json_text.h"

enum {
	STEP = JSON_STEP,
	LAYERS_INDENT = JSON_LAYERS_INDENT,
	KEY_ROOM = JSON_KEY_ROOM,
	LINE_ROOM = 64,
	PLAIN_LAYERS = 12
};

enum part { PART_RAW, PART_VALUE, PART_TREE };

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

void json_put_line(struct json *json, bool comma, size_t depth)
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

	json_put_line(json, object->begun, object->depth + STEP);
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

	json_put_line(json, object->begun, object->depth + STEP);
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
		json_put_line(json, false, depth + STEP);
		sink_put_char(json->sink, '"');
		node_put_raw(json->sink, d, node);
		sink_put_char(json->sink, '"');
	}
	for (unsigned i = 0; i < 4; i++) {
		json_put_line(json, i || placed, depth + STEP);
		sink_put(json->sink, text, (size_t)(number_put(text, numbers[i]) - text));
	}
	json_put_line(json, false, depth);
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

const struct form_fillers json_fillers = { node_put_json, put_form_key };

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
	struct json *json = layer->json;
	struct form_slot *slot =
		forms_slot(&json->forms, layer->d, layer->first, layer->end, layer->depth);

	if (slot && !slot->form)
		write_form(layer, slot);
	if (slot && !slot->form->is_open)
		form_fill(&json->forms, slot->form, json->sink, layer->d, layer->first);
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
	json_put_line(json, false, depth + STEP);
	sink_put(json->sink, "\"filtered\": ", 12);
	json_sink_text(json->sink, name, strlen(name));
	json_put_line(json, false, depth);
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
		json_put_line(json, begun, depth + STEP);
		begun = true;
		put_part(object, at, part, depth + STEP);
	}
	json_put_line(json, false, depth);
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
		json_put_line(json, begun, depth + STEP);
		begun = true;
		put_part(object, at, has_children(&object->d->nodes[at]) ? PART_TREE : PART_VALUE,
			 depth + STEP);
	}
	json_put_line(json, false, depth);
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
		json_put_line(json, false, object->depth);
	sink_put_char(json->sink, '}');
}

/* A layer that has fields, and whose key is its name. */
static bool is_plain_layer(const struct json *json, const struct node *node)
{
	const struct key *key = &json->keys[node->field];

	return has_children(node) && key->is_bare && key->length &&
	       json->siblings.fields[node->field].kind == SIBLING_FIELD;
}

/* The common case: plain layers whose forms are at hand, each another protocol's. */
static bool are_plain_layers(const struct json *json, const struct dissection *d)
{
	uint16_t seen[PLAIN_LAYERS];
	unsigned count = 0;

	for (uint32_t at = 0; at < d->node_count; at += d->nodes[at].span) {
		if (count == PLAIN_LAYERS || !is_plain_layer(json, &d->nodes[at]))
			return false;
		seen[count] = d->nodes[at].field;
		for (unsigned i = 0; i < count; i++)
			if (seen[i] == seen[count])
				return false;
		count++;
	}
	return json->has_forms;
}

static void put_plain_layers(struct object *layers)
{
	struct json *json = layers->json;
	struct dissection *d = layers->d;

	sink_put_char(json->sink, '{');
	for (uint32_t at = 0; at < layers->end; at += d->nodes[at].span) {
		struct object below = *layers;
		put_field_key(layers, d->nodes[at].field, "", 0);
		below.first = at + 1;
		below.end = at + d->nodes[at].span;
		below.depth += STEP;
		below.begun = false;
		put_layer(&below);
	}
	if (layers->begun)
		json_put_line(json, false, layers->depth);
	sink_put_char(json->sink, '}');
}

void json_put_layers(struct json *json, struct dissection *d, const struct layer_choice *choice)
{
	struct object layers = { .json = json,
				 .d = d,
				 .end = d->node_count,
				 .choice = choice,
				 .depth = LAYERS_INDENT - STEP };

	if (are_plain_layers(json, d))
		put_plain_layers(&layers);
	else
		put_object(&layers);
}
