/* fields.c - -T fields: chosen fields of a packet on one line.
 *
 * The nodes are walked once; a table by registry number says which columns a field fills. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bitmap.h"
#include "dissect/nearest.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "formats.h"
#include "print/column.h"

enum { COLUMN_LIMIT = 4096, NO_ENTRY = 0 };

enum shown_column {
	SHOW_NONE,
	SHOW_NUMBER,
	SHOW_TIME,
	SHOW_SOURCE,
	SHOW_DESTINATION,
	SHOW_PROTOCOL,
	SHOW_LENGTH,
	SHOW_INFO,
	SHOW_CHOSEN, /* of the user's: see `chosen` */
};

static const struct {
	const char *name;
	enum shown_column column;
} column_names[] = {
	{ "No.", SHOW_NUMBER },
	{ "Time", SHOW_TIME },
	{ "Source", SHOW_SOURCE },
	{ "Destination", SHOW_DESTINATION },
	{ "Protocol", SHOW_PROTOCOL },
	{ "Length", SHOW_LENGTH },
	{ "Info", SHOW_INFO },
	/* As Wireshark abbreviates them. */
	{ "number", SHOW_NUMBER },
	{ "def_src", SHOW_SOURCE },
	{ "def_dst", SHOW_DESTINATION },
	{ "packet_length", SHOW_LENGTH },
};

struct entry {
	char *name;
	enum shown_column column;    /* SHOW_NONE: a field */
	uint32_t field;		     /* registry number */
	const struct column *chosen; /* NULL: there is none of this title */
	uint16_t next;		     /* another entry for the same field, counted from 1 */
	char *text;		     /* the values of the packet at hand, one after the other */
	size_t length, room;
	size_t *ends; /* of the values in `text` */
	unsigned count, ends_room;
};

struct field_list {
	struct entry *entries;
	uint16_t count;
	uint16_t *entry_of; /* by registry number, counted from 1 */
	uint8_t *wanted;
	unsigned wants;
	bool needs_later, header, bom;
	char separator, aggregator, occurrence, quote;
};

struct field_list *field_list_new(void)
{
	struct field_list *list = must_zeroed(1, sizeof *list);

	registry_build();
	list->entry_of = must_zeroed(registry_field_count() + 1, sizeof *list->entry_of);
	list->wanted = must_zeroed(registry_field_count() / 8 + 1, 1);
	list->separator = '\t';
	list->aggregator = ',';
	list->occurrence = 'a';
	return list;
}

static void *copy_of(const void *bytes, size_t n)
{
	return n ? memcpy(must_alloc(n), bytes, n) : NULL;
}

struct field_list *field_list_copy(const struct field_list *list)
{
	if (!list)
		return NULL;
	struct field_list *copy = copy_of(list, sizeof *list);

	copy->entries = copy_of(list->entries, list->count * sizeof *list->entries);
	for (unsigned i = 0; i < copy->count; i++) {
		struct entry *entry = &copy->entries[i];
		entry->name = must_copy(entry->name);
		entry->text = NULL;
		entry->ends = NULL;
		entry->room = entry->ends_room = 0;
	}
	copy->entry_of =
		copy_of(list->entry_of, (registry_field_count() + 1) * sizeof *list->entry_of);
	copy->wanted = copy_of(list->wanted, registry_field_count() / 8 + 1);
	return copy;
}

void field_list_free(struct field_list *list)
{
	if (!list)
		return;
	for (unsigned i = 0; i < list->count; i++) {
		free(list->entries[i].name);
		free(list->entries[i].text);
		free(list->entries[i].ends);
	}
	free(list->entries);
	free(list->entry_of);
	free(list->wanted);
	free(list);
}

static const char prefix[] = "_ws.col.";

static enum shown_column column_named(const char *name)
{
	if (strncmp(name, prefix, sizeof prefix - 1) != 0)
		return SHOW_NONE;
	for (size_t i = 0; i < sizeof column_names / sizeof *column_names; i++)
		if (!strcasecmp(name + sizeof prefix - 1, column_names[i].name))
			return column_names[i].column;
	return SHOW_CHOSEN;
}

static void want_field(struct field_list *list, struct entry *entry, uint16_t number)
{
	const struct field *field = registry_field(entry->field);

	entry->next = list->entry_of[entry->field];
	list->entry_of[entry->field] = number;
	bitmap_add(list->wanted, entry->field);
	list->wants |= WANT_FIELDS | (field->type == FIELD_PROTOCOL ? WANT_LABELS : 0u);
	list->needs_later |= (field->flags & FIELD_FORWARD) != 0;
}

static bool no_field(const char *name, struct error *error)
{
	const char *near[NEAREST_LIMIT] = { NULL };

	nearest_fields(name, near);
	return error_set(error,
			 near[0] ? "Some fields aren't valid: \"%s\"; did you mean \"%s\"?"
				 : "Some fields aren't valid: \"%s\"",
			 name, near[0]);
}

bool field_list_add(struct field_list *list, const char *name, struct error *error)
{
	enum shown_column column = column_named(name);
	int field = column == SHOW_NONE ? registry_field_named(name) : 0;

	if (field < 0)
		return no_field(name, error);
	if (list->count == COLUMN_LIMIT)
		return error_set(error, "more than %d fields", COLUMN_LIMIT);
	list->entries = must_resize(list->entries, list->count + 1u, sizeof *list->entries);
	struct entry *entry = &list->entries[list->count++];
	*entry = (struct entry){ .name = must_copy(name),
				 .column = column,
				 .field = (uint32_t)field };
	if (column == SHOW_NONE)
		want_field(list, entry, list->count);
	else
		list->wants |= WANT_COLUMNS;
	return true;
}

bool field_list_use_columns(struct field_list *list, const struct column_list *columns,
			    struct error *error)
{
	for (unsigned i = 0; i < list->count; i++) {
		struct entry *entry = &list->entries[i];
		const struct column *column;

		if (entry->column == SHOW_NONE)
			continue;
		if (!columns->count && entry->column == SHOW_CHOSEN)
			return no_field(entry->name, error);
		if (!columns->count)
			continue;
		entry->column = SHOW_CHOSEN;
		entry->chosen = column = column_list_find(columns, entry->name + sizeof prefix - 1);
		if (!column)
			continue;
		list->wants |= column_wants(column);
		column_want_fields(column, list->wanted);
		list->needs_later |= column_needs_later(column);
	}
	return true;
}

static bool set_switch(const char *value, bool *into)
{
	*into = !strcasecmp(value, "y");
	return *into || !strcasecmp(value, "n");
}

/* A character, "/t" or "/s". */
static bool set_character(const char *value, char *into)
{
	if (!strcmp(value, "/t") || !strcmp(value, "/s"))
		*into = value[1] == 't' ? '\t' : ' ';
	else if (value[0] > ' ' && value[0] < 0x7f && !value[1])
		*into = value[0];
	else
		return false;
	return true;
}

static bool set_choice(const char *value, const char *choices, char *into)
{
	if (!value[0] || value[1] || !strchr(choices, value[0]))
		return false;
	*into = value[0];
	return true;
}

bool field_list_option(struct field_list *list, const char *option)
{
	const char *value = strchr(option, '=');
	size_t n = value ? (size_t)(value++ - option) : 0;
	bool good = false;

	if (n == 6 && !strncmp(option, "header", n))
		good = set_switch(value, &list->header);
	else if (n == 3 && !strncmp(option, "bom", n))
		good = set_switch(value, &list->bom);
	else if (n == 9 && !strncmp(option, "separator", n))
		good = set_character(value, &list->separator);
	else if (n == 10 && !strncmp(option, "aggregator", n))
		good = set_character(value, &list->aggregator);
	else if (n == 10 && !strncmp(option, "occurrence", n))
		good = set_choice(value, "fla", &list->occurrence);
	else if (n == 5 && !strncmp(option, "quote", n))
		good = set_choice(value, "dsn", &list->quote);
	return good;
}

bool field_list_is_empty(const struct field_list *list)
{
	return list->count == 0;
}

const uint8_t *field_list_wanted(const struct field_list *list)
{
	return list->wanted;
}

unsigned field_list_wants(const struct field_list *list)
{
	return list->wants;
}

bool field_list_needs_later(const struct field_list *list)
{
	return list->needs_later;
}

/* Room for one more value of n bytes; NULL: it is not asked for. */
static char *entry_room(const struct field_list *list, struct entry *entry, size_t n)
{
	if (entry->count && list->occurrence == 'f')
		return NULL;
	if (list->occurrence == 'l')
		entry->count = 0, entry->length = 0;
	if (n > entry->room - entry->length) {
		entry->room = 2 * entry->room + n + 64;
		entry->text = must_resize(entry->text, entry->room, 1);
	}
	if (entry->count == entry->ends_room) {
		entry->ends_room = 2 * entry->ends_room + 4;
		entry->ends = must_resize(entry->ends, entry->ends_room, sizeof *entry->ends);
	}
	return entry->text + entry->length;
}

static void entry_added(struct entry *entry, const char *end)
{
	entry->length = (size_t)(end - entry->text);
	entry->ends[entry->count++] = entry->length;
}

static void entry_text(const struct field_list *list, struct entry *entry, const char *text)
{
	size_t n = strlen(text);
	char *at = entry_room(list, entry, n);

	if (!at)
		return;
	memcpy(at, text, n);
	entry_added(entry, at + n);
}

static void entry_value(const struct field_list *list, struct entry *entry, struct dissection *d,
			const struct node *node)
{
	const struct field *field = registry_field(node->field);

	if (value_is_long(field->type)) {
		entry_text(list, entry, value_text(d, node));
		return;
	}
	char *at = entry_room(list, entry, SCALAR_ROOM);
	if (at)
		entry_added(entry, put_scalar(at, field, node));
}

uint16_t *field_list_numbers(const struct field_list *list, uint32_t *count)
{
	uint16_t *numbers = must_alloc((list->count + 1u) * sizeof *numbers);

	for (*count = 0; *count < list->count; ++*count) {
		const struct entry *entry = &list->entries[*count];
		if (entry->column != SHOW_NONE ||
		    value_is_long(registry_field(entry->field)->type)) {
			free(numbers);
			return NULL;
		}
		numbers[*count] = (uint16_t)entry->field;
	}
	return numbers;
}

void field_list_take(struct field_list *list, const struct node *nodes, const uint8_t *counts,
		     unsigned room)
{
	for (unsigned i = 0; i < list->count; i++) {
		struct entry *entry = &list->entries[i];
		entry->count = 0;
		entry->length = 0;
		for (unsigned n = 0; n < counts[i]; n++) {
			const struct node *node = &nodes[i * room + n];
			char *at = entry_room(list, entry, SCALAR_ROOM);
			if (at)
				entry_added(entry,
					    put_scalar(at, registry_field(node->field), node));
		}
	}
}

static void gather_nodes(const struct field_list *list, struct dissection *d)
{
	for (uint32_t n = 0; n < d->node_count; n++) {
		uint16_t number = list->entry_of[d->nodes[n].field];
		for (; number != NO_ENTRY; number = list->entries[number - 1].next)
			entry_value(list, &list->entries[number - 1], d, &d->nodes[n]);
	}
}

static const char *usual_text(const struct summary *summary, enum shown_column column)
{
	switch (column) {
	case SHOW_NUMBER:
		return summary->number;
	case SHOW_TIME:
		return summary->time;
	case SHOW_SOURCE:
		return summary->source;
	case SHOW_DESTINATION:
		return summary->destination;
	case SHOW_PROTOCOL:
		return summary->protocol;
	case SHOW_LENGTH:
		return summary->length;
	case SHOW_INFO:
		return summary->info;
	case SHOW_NONE:
	case SHOW_CHOSEN:
		break;
	}
	return "";
}

static void gather_chosen(const struct field_list *list, struct entry *entry, struct dissection *d,
			  const struct column_facts *facts)
{
	char room[COLUMN_TEXT_ROOM];

	if (entry->chosen)
		entry_text(list, entry, column_text(entry->chosen, d, facts, room));
}

void field_list_gather(struct field_list *list, struct dissection *d, const struct summary *columns,
		       const struct column_facts *facts)
{
	for (unsigned i = 0; i < list->count; i++) {
		struct entry *entry = &list->entries[i];
		entry->count = 0;
		entry->length = 0;
		if (entry->column == SHOW_CHOSEN)
			gather_chosen(list, entry, d, facts);
		else if (entry->column != SHOW_NONE)
			entry_text(list, entry, usual_text(columns, entry->column));
	}
	if (list->wants & WANT_FIELDS)
		gather_nodes(list, d);
}

unsigned field_list_count(const struct field_list *list)
{
	return list->count;
}

const char *field_list_name(const struct field_list *list, unsigned n)
{
	return list->entries[n].name;
}

unsigned field_list_values(const struct field_list *list, unsigned n)
{
	return list->entries[n].count;
}

const char *field_list_value(const struct field_list *list, unsigned n, unsigned value,
			     size_t *length)
{
	const struct entry *entry = &list->entries[n];
	size_t start = value ? entry->ends[value - 1] : 0;

	*length = entry->ends[value] - start;
	return entry->text + start;
}

static void put_entry(struct sink *sink, const struct field_list *list, const struct entry *entry,
		      char quote)
{
	size_t start = 0;

	if (quote)
		sink_put_char(sink, quote);
	for (unsigned i = 0; i < entry->count; i++) {
		if (i)
			sink_put_char(sink, list->aggregator);
		sink_put(sink, entry->text + start, entry->ends[i] - start);
		start = entry->ends[i];
	}
	if (quote)
		sink_put_char(sink, quote);
}

static void fields_packet(struct packet_output *output, struct dissection *d,
			  const struct summary *columns)
{
	const struct field_list *list = output->fields;
	char quote = list->quote == 'd' ? '"' : list->quote == 's' ? '\'' : 0;

	(void)d;
	(void)columns;
	for (unsigned i = 0; i < list->count; i++) {
		if (i)
			sink_put_char(&output->sink, list->separator);
		if (list->entries[i].count)
			put_entry(&output->sink, list, &list->entries[i], quote);
	}
	sink_put_char(&output->sink, '\n');
}

static void fields_begin(struct packet_output *output)
{
	const struct field_list *list = output->fields;

	if (list->bom)
		sink_put_text(&output->sink, "\xef\xbb\xbf");
	if (!list->header)
		return;
	for (unsigned i = 0; i < list->count; i++) {
		if (i)
			sink_put_char(&output->sink, list->separator);
		sink_put_text(&output->sink, list->entries[i].name);
	}
	sink_put_char(&output->sink, '\n');
}

static void fields_end(struct packet_output *output)
{
	(void)output;
}

const struct packet_format fields_format = {
	.name = "fields",
	.takes_fields = true,
	.only_fields = true,
	.begin = fields_begin,
	.packet = fields_packet,
	.end = fields_end,
};
