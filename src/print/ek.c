/* ek.c - -T ek: two lines of JSON for each packet, as Elasticsearch takes them in bulk.
 *
 * All that is below a layer stands in one object, so what occurs more than once anywhere in it
 * becomes an array. */
#include <stdlib.h>
#include <time.h>

#include "base/number_text.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "formats.h"
#include "print/json_text.h"
#include "node_value.h"

struct member {
	const char *name; /* without quotes */
	uint32_t group;	  /* members of one name have one */
};

struct ek {
	struct sink *sink;
	struct member *members; /* by registry field */
	uint8_t *no_raw;
	bool raw;
	struct packet_day day;
	/* Of the object at hand; by group. */
	uint32_t generation;
	uint32_t *seen, *last;
	struct link {
		uint32_t next; /* node of the same name; 0: none */
		bool later;
	} * links; /* by node */
	uint32_t room;
};

enum { TEXT_NAME_ROOM = 512 };

static void underscore(char *name)
{
	for (; *name; name++)
		if (*name == '.')
			*name = '_';
}

/* "ip_ip_src": whose field it is, and its name. */
static char *member_name(unsigned number)
{
	const struct field *field = registry_field(number);
	const char *owner = registry_field_owner(number)->name;
	char name[TEXT_NAME_ROOM];

	if (field->flags & FIELD_WORDS)
		snprintf(name, sizeof name, "text");
	else if (field->type == FIELD_PROTOCOL || field->flags & FIELD_AS_PROTOCOL)
		snprintf(name, sizeof name, "%s", field->abbrev);
	else if (!strncmp(field->abbrev, "_ws.expert", 10))
		snprintf(name, sizeof name, "_ws_expert_%s", field->abbrev);
	else
		snprintf(name, sizeof name, "%s_%s", owner, field->abbrev);
	underscore(name);
	return must_copy(name);
}

static int by_name(const void *a, const void *b)
{
	const struct member *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static void name_members(struct ek *ek)
{
	unsigned count = registry_field_count();
	struct member **sorted = must_alloc((count + 1) * sizeof *sorted);

	ek->members = must_zeroed(count + 1, sizeof *ek->members);
	for (unsigned i = 0; i < count; i++) {
		ek->members[i].name = member_name(i);
		sorted[i] = &ek->members[i];
	}
	qsort(sorted, count, sizeof *sorted, by_name);
	for (unsigned i = 0; i < count; i++)
		sorted[i]->group = i && !strcmp(sorted[i]->name, sorted[i - 1]->name)
					   ? sorted[i - 1]->group
					   : i;
	free(sorted);
}

/* A field called as the bytes of another would be has the name for itself. */
static void find_raw_names(struct ek *ek)
{
	char name[TEXT_NAME_ROOM + 4];

	ek->no_raw = must_zeroed(registry_field_count() + 1, 1);
	for (unsigned i = 0; i < registry_field_count(); i++) {
		size_t n = strlen(ek->members[i].name);
		if (n < 4 || strcmp(ek->members[i].name + n - 4, "_raw") != 0)
			continue;
		for (unsigned other = 0; other < registry_field_count(); other++) {
			snprintf(name, sizeof name, "%s_raw", ek->members[other].name);
			if (!strcmp(name, ek->members[i].name))
				ek->no_raw[other] = 1;
		}
	}
}

static void ek_begin(struct packet_output *output)
{
	struct ek *ek = must_zeroed(1, sizeof *ek);

	registry_build();
	ek->sink = &output->sink;
	ek->raw = output->bytes;
	ek->seen = must_zeroed(registry_field_count() + 1, sizeof *ek->seen);
	ek->last = must_zeroed(registry_field_count() + 1, sizeof *ek->last);
	name_members(ek);
	if (ek->raw)
		find_raw_names(ek);
	output->state = ek;
}

static void ek_end(struct packet_output *output)
{
	struct ek *ek = output->state;

	for (unsigned i = 0; i < registry_field_count(); i++)
		free((char *)(uintptr_t)ek->members[i].name);
	free(ek->members);
	free(ek->no_raw);
	free(ek->seen);
	free(ek->last);
	free(ek->links);
	free(ek);
}

struct layer_object {
	struct ek *ek;
	struct dissection *d;
	const struct layer_choice *choice;
	uint32_t first, end;
	bool is_top;
};

static const struct field *field_of(const struct layer_object *object, uint32_t at)
{
	return registry_field(object->d->nodes[at].field);
}

static bool is_skipped(const struct layer_object *object, uint32_t at)
{
	return field_is_own(field_of(object, at));
}

static const char *choice_name(const struct field *field)
{
	return field->flags & FIELD_WORDS ? "text" : field->abbrev;
}

/* The one after `at` that stands in the same object: its child, unless that is an object of its
 * own. */
static uint32_t step(const struct layer_object *object, uint32_t at)
{
	const struct node *node = &object->d->nodes[at];
	bool inner = field_of(object, at)->type == FIELD_PROTOCOL || object->is_top ||
		     is_skipped(object, at) ||
		     !layer_chosen(object->choice, choice_name(field_of(object, at)));

	return inner ? at + node->span : at + 1;
}

/* Which nodes of the object have the same name. */
static void link_members(const struct layer_object *object)
{
	struct ek *ek = object->ek;
	uint32_t generation = ++ek->generation;

	if (ek->room < object->d->node_count) {
		ek->room = object->d->node_count + object->d->node_count / 2;
		ek->links = must_resize(ek->links, ek->room, sizeof *ek->links);
	}
	for (uint32_t at = object->first; at < object->end; at = step(object, at)) {
		uint32_t group = ek->members[object->d->nodes[at].field].group;
		ek->links[at] = (struct link){ 0 };
		if (is_skipped(object, at))
			continue;
		if (ek->seen[group] == generation) {
			ek->links[ek->last[group]].next = at;
			ek->links[at].later = true;
		}
		ek->seen[group] = generation;
		ek->last[group] = at;
	}
}

static void put_object(const struct layer_object *object);

static void put_filtered(struct sink *sink, const struct field *field)
{
	const char *name = choice_name(field);

	sink_put_text(sink, "{\"filtered\":");
	json_sink_text(sink, name, strlen(name));
	sink_put_char(sink, '}');
}

/* "2026-11-25T10:27:00.000000000Z" */
static void put_time(struct sink *sink, int64_t time_ns)
{
	int64_t rest = time_ns % 1000000000;
	time_t seconds = (time_t)(time_ns / 1000000000 - (rest < 0));
	char text[64];
	struct tm tm;

	if (!gmtime_r(&seconds, &tm)) {
		sink_put(sink, "null", 4);
		return;
	}
	size_t n = strftime(text, sizeof text, "\"%Y-%m-%dT%H:%M:%S.", &tm);
	char *at = number_put_fixed(text + n, (uint64_t)(rest < 0 ? rest + 1000000000 : rest), 9);
	*at++ = 'Z';
	*at++ = '"';
	sink_put(sink, text, (size_t)(at - text));
}

static void put_words(struct sink *sink, const struct dissection *d, const struct node *node)
{
	char text[NODE_TEXT_ROOM];

	json_sink_text(sink, text, node_words(d, node, text, sizeof text));
}

static void put_below(const struct layer_object *object, uint32_t at)
{
	const struct layer_choice *below = object->choice;

	if (object->is_top)
		below = layer_choice_below(below);
	put_object(&(struct layer_object){ object->ek, object->d, below, at + 1,
					   at + object->d->nodes[at].span, false });
}

static void put_value(const struct layer_object *object, uint32_t at)
{
	const struct node *node = &object->d->nodes[at];
	const struct field *field = field_of(object, at);
	struct sink *sink = object->ek->sink;

	if (!layer_chosen(object->choice, choice_name(field)))
		put_filtered(sink, field);
	else if (field->flags & FIELD_WORDS)
		put_words(sink, object->d, node);
	else if (node->span > 1 && (field->type == FIELD_PROTOCOL || object->is_top))
		put_below(object, at);
	else if (field->type == FIELD_NONE)
		sink_put(sink, "null", 4);
	else if (field->type == FIELD_BOOL)
		sink_put_text(sink, node->value.number ? "true" : "false");
	else if (field->type == FIELD_TIME)
		put_time(sink, (int64_t)node->value.number);
	else
		node_put_json(sink, object->d, node);
}

static void put_raw_value(const struct layer_object *object, uint32_t at)
{
	sink_put_char(object->ek->sink, '"');
	node_put_raw(object->ek->sink, object->d, &object->d->nodes[at]);
	sink_put_char(object->ek->sink, '"');
}

static bool has_raw(const struct layer_object *object, uint32_t at)
{
	return object->d->nodes[at].length && !(field_of(object, at)->flags & FIELD_WORDS);
}

/* All that have the name of the first: alone, or as an array. */
static void put_member(const struct layer_object *object, uint32_t first, bool raw, bool *begun)
{
	struct ek *ek = object->ek;
	struct sink *sink = ek->sink;
	uint32_t count = 0, at = first;

	do {
		count += !raw || has_raw(object, at);
	} while ((at = ek->links[at].next));
	if (!count)
		return;
	if (*begun)
		sink_put_char(sink, ',');
	*begun = true;
	sink_put_char(sink, '"');
	sink_put_text(sink, ek->members[object->d->nodes[first].field].name);
	sink_put_text(sink, raw ? "_raw\":" : "\":");
	if (count > 1)
		sink_put_char(sink, '[');
	bool comma = false;
	for (at = first;; at = ek->links[at].next) {
		if (!raw || has_raw(object, at)) {
			if (comma)
				sink_put_char(sink, ',');
			comma = true;
			if (raw)
				put_raw_value(object, at);
			else
				put_value(object, at);
		}
		if (!ek->links[at].next)
			break;
	}
	if (count > 1)
		sink_put_char(sink, ']');
}

static void put_object(const struct layer_object *object)
{
	struct ek *ek = object->ek;
	bool begun = false;

	link_members(object);
	sink_put_char(ek->sink, '{');
	for (uint32_t at = object->first; at < object->end; at = step(object, at)) {
		if (ek->links[at].later || is_skipped(object, at))
			continue;
		if (ek->raw && !ek->no_raw[object->d->nodes[at].field])
			put_member(object, at, true, &begun);
		put_member(object, at, false, &begun);
	}
	sink_put_char(ek->sink, '}');
}

static void put_fields(struct sink *sink, const struct field_list *list)
{
	char name[TEXT_NAME_ROOM];
	bool begun = false;
	size_t n;

	sink_put_char(sink, '{');
	for (unsigned i = 0; i < field_list_count(list); i++) {
		if (!field_list_values(list, i))
			continue;
		if (begun)
			sink_put_char(sink, ',');
		begun = true;
		snprintf(name, sizeof name, "%s", field_list_name(list, i));
		underscore(name);
		json_sink_text(sink, name, strlen(name));
		sink_put(sink, ":[", 2);
		for (unsigned value = 0; value < field_list_values(list, i); value++) {
			const char *text = field_list_value(list, i, value, &n);
			if (value)
				sink_put_char(sink, ',');
			json_sink_text(sink, text, n);
		}
		sink_put_char(sink, ']');
	}
	sink_put_char(sink, '}');
}

static void ek_packet(struct packet_output *output, struct dissection *d,
		      const struct summary *columns)
{
	struct ek *ek = output->state;
	char text[40];

	(void)columns;
	sink_put_text(ek->sink, "{\"index\":{\"_index\":\"packets-");
	sink_put_text(ek->sink, packet_date(&ek->day, d));
	sink_put_text(ek->sink, "\",\"_type\":\"doc\"}}\n{\"timestamp\":\"");
	sink_put(ek->sink, text,
		 (size_t)(number_put_signed(text, d->packet.time_ns / 1000000) - text));
	sink_put_text(ek->sink, "\",\"layers\":");
	if (packet_output_has_fields(output))
		put_fields(ek->sink, output->fields);
	else
		put_object(
			&(struct layer_object){ ek, d, &output->choice, 0, d->node_count, true });
	sink_put(ek->sink, "}\n", 2);
}

const struct packet_format ek_format = {
	.name = "ek",
	.wants = WANT_FIELDS | WANT_NAMING_LABELS,
	.takes_fields = true,
	.takes_bytes = true,
	.takes_choice = true,
	.begin = ek_begin,
	.packet = ek_packet,
	.end = ek_end,
};
