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

/* What is the same for all nodes of a field. */
struct member {
	char *key;	 /* "\"ip_ip_src\":" */
	uint32_t length; /* of it */
	uint32_t group;	 /* members of one name have one */
	bool is_own;	 /* not shown */
	bool is_words, is_protocol;
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
		bool later;    /* than another, or not shown */
	} * links;	       /* by node */
	uint32_t room;
};

/* RAW_KEY_BEGIN: without as much of its end, a key begins that of the bytes. */
enum { TEXT_NAME_ROOM = 512, RAW_KEY_BEGIN = 2 };

static void underscore(char *name)
{
	for (; *name; name++)
		if (*name == '.')
			*name = '_';
}

/* Of "ip_ip_src": whose field it is, and its name. */
static void make_member(struct member *member, unsigned number)
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
	size_t n = strlen(name);
	*member = (struct member){
		.key = must_alloc(n + sizeof "\"\":"),
		.length = (uint32_t)n + 3,
		.is_own = field_is_own(field),
		.is_words = field->flags & FIELD_WORDS,
		.is_protocol = field->type == FIELD_PROTOCOL,
	};
	sprintf(member->key, "\"%s\":", name);
}

static int by_name(const void *a, const void *b)
{
	const struct member *const *x = a, *const *y = b;

	return strcmp((*x)->key, (*y)->key);
}

static void name_members(struct ek *ek)
{
	unsigned count = registry_field_count();
	struct member **sorted = must_alloc((count + 1) * sizeof *sorted);

	ek->members = must_zeroed(count + 1, sizeof *ek->members);
	for (unsigned i = 0; i < count; i++) {
		make_member(&ek->members[i], i);
		sorted[i] = &ek->members[i];
	}
	qsort(sorted, count, sizeof *sorted, by_name);
	for (unsigned i = 0; i < count; i++)
		sorted[i]->group =
			i && !strcmp(sorted[i]->key, sorted[i - 1]->key) ? sorted[i - 1]->group : i;
	free(sorted);
}

/* Is the key what that of another's bytes would be? */
static bool is_key_of_raw(const struct member *key, const struct member *other)
{
	uint32_t n = other->length - RAW_KEY_BEGIN;

	return key->length == other->length + 4 && !memcmp(key->key, other->key, n) &&
	       !memcmp(key->key + n, "_raw", 4);
}

/* A field called as the bytes of another would be has the name for itself. */
static void find_raw_names(struct ek *ek)
{
	ek->no_raw = must_zeroed(registry_field_count() + 1, 1);
	for (unsigned i = 0; i < registry_field_count(); i++) {
		const struct member *member = &ek->members[i];
		if (!strstr(member->key, "_raw\":"))
			continue;
		for (unsigned other = 0; other < registry_field_count(); other++)
			if (is_key_of_raw(member, &ek->members[other]))
				ek->no_raw[other] = 1;
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
		free(ek->members[i].key);
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

static inline const struct member *member_of(const struct layer_object *object, uint32_t at)
{
	return &object->ek->members[object->d->nodes[at].field];
}

static const char *choice_name(const struct field *field)
{
	return field->flags & FIELD_WORDS ? "text" : field->abbrev;
}

static inline bool is_chosen(const struct layer_object *object, uint32_t at)
{
	return !object->choice || !object->choice->names ||
	       layer_chosen(object->choice, choice_name(field_of(object, at)));
}

/* The one after `at` that stands in the same object: its child, unless that is an object of its
 * own. */
static inline uint32_t step(const struct layer_object *object, uint32_t at)
{
	const struct member *member = member_of(object, at);
	bool inner =
		member->is_protocol || object->is_top || member->is_own || !is_chosen(object, at);

	return inner ? at + object->d->nodes[at].span : at + 1;
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
		const struct member *member = member_of(object, at);
		uint32_t group = member->group;
		ek->links[at] = (struct link){ .later = member->is_own };
		if (member->is_own)
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

/* "T10:27:00.000000000Z" */
static char *put_clock(char *at, const struct tm *tm, uint32_t ns)
{
	const int parts[] = { tm->tm_hour, tm->tm_min, tm->tm_sec };

	for (unsigned i = 0; i < 3; i++) {
		*at++ = i ? ':' : 'T';
		at = number_put_fixed(at, (unsigned)parts[i], 2);
	}
	*at++ = '.';
	at = number_put_nine(at, ns);
	*at++ = 'Z';
	return at;
}

/* "2026-11-25T10:27:00.000000000Z" */
static void put_time(struct sink *sink, int64_t time_ns)
{
	int64_t rest = time_ns % 1000000000;
	time_t seconds = (time_t)(time_ns / 1000000000 - (rest < 0));
	char *at = sink_room(sink, 64);
	struct tm tm;

	if (!gmtime_r(&seconds, &tm)) {
		sink_put(sink, "null", 4);
		return;
	}
	*at++ = '"';
	at = number_put_signed(at, 1900 + (int64_t)tm.tm_year);
	*at++ = '-';
	at = number_put_fixed(at, 1 + (unsigned)tm.tm_mon, 2);
	*at++ = '-';
	at = number_put_fixed(at, (unsigned)tm.tm_mday, 2);
	at = put_clock(at, &tm, (uint32_t)(rest < 0 ? rest + 1000000000 : rest));
	*at++ = '"';
	sink_wrote(sink, at);
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

static void put_plain_value(struct sink *sink, struct dissection *d, const struct node *node,
			    const struct field *field)
{
	if (field->type == FIELD_NONE)
		sink_put(sink, "null", 4);
	else if (field->type == FIELD_BOOL)
		sink_put_text(sink, node->value.number ? "true" : "false");
	else if (field->type == FIELD_TIME)
		put_time(sink, (int64_t)node->value.number);
	else
		node_put_json(sink, d, node);
}

static void put_value(const struct layer_object *object, uint32_t at)
{
	const struct node *node = &object->d->nodes[at];
	const struct member *member = member_of(object, at);
	struct sink *sink = object->ek->sink;

	if (!is_chosen(object, at))
		put_filtered(sink, field_of(object, at));
	else if (member->is_words)
		put_words(sink, object->d, node);
	else if (node->span > 1 && (member->is_protocol || object->is_top))
		put_below(object, at);
	else
		put_plain_value(sink, object->d, node, field_of(object, at));
}

static void put_raw_value(const struct layer_object *object, uint32_t at)
{
	sink_put_char(object->ek->sink, '"');
	node_put_raw(object->ek->sink, object->d, &object->d->nodes[at]);
	sink_put_char(object->ek->sink, '"');
}

static bool has_raw(const struct layer_object *object, uint32_t at)
{
	return object->d->nodes[at].length && !member_of(object, at)->is_words;
}

static void put_key(struct sink *sink, const struct member *member, bool raw, bool *begun)
{
	if (*begun)
		sink_put_char(sink, ',');
	*begun = true;
	sink_put(sink, member->key, member->length - (raw ? RAW_KEY_BEGIN : 0));
	if (raw)
		sink_put_text(sink, "_raw\":");
}

static void put_part(const struct layer_object *object, uint32_t at, bool raw)
{
	if (raw)
		put_raw_value(object, at);
	else
		put_value(object, at);
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
	put_key(sink, member_of(object, first), raw, begun);
	if (count > 1)
		sink_put_char(sink, '[');
	bool comma = false;
	for (at = first;; at = ek->links[at].next) {
		if (!raw || has_raw(object, at)) {
			if (comma)
				sink_put_char(sink, ',');
			comma = true;
			put_part(object, at, raw);
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
		if (ek->links[at].later)
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
