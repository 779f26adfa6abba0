/* json.c - -T json and jsonraw: each packet an object. */
#include <stdlib.h>

#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "formats.h"
#include "json_object.h"
#include "print/json_text.h"

enum {
	STEP = JSON_STEP,
	LAYERS_INDENT = JSON_LAYERS_INDENT,
	KEY_ROOM = JSON_KEY_ROOM,
	LONG_KEY_ROOM = 512
};

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
		json_put_line(json, begun, LAYERS_INDENT);
		begun = true;
		json_sink_text(json->sink, field_list_name(list, i),
			       strlen(field_list_name(list, i)));
		sink_put(json->sink, ": [", 3);
		for (unsigned value = 0; value < count; value++) {
			const char *text = field_list_value(list, i, value, &n);
			json_put_line(json, value > 0, LAYERS_INDENT + STEP);
			json_sink_text(json->sink, text, n);
		}
		json_put_line(json, false, LAYERS_INDENT);
		sink_put_char(json->sink, ']');
	}
	if (begun)
		json_put_line(json, false, LAYERS_INDENT - STEP);
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
		json_put_layers(json, d, &output->choice);
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
	forms_init(&json->forms, &json_fillers);
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
