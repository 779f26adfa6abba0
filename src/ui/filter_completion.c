/* filter_completion.c - finds fields and values; all fields are looked through for each key. */
#include "ui/filter_completion.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "dissect/registry.h"
#include "session/session.h"
#include "state/conversation.h"
#include "ui/fuzzy.h"

enum { CLOSE_MOST = 24, CLOSE_LETTERS = 3, LOOKED_AT = 4096, PROTOCOL_TCP = 6, PROTOCOL_UDP = 17 };

/* How well a name fits: the first is the best. */
enum fit { FITS_START_IN_FILE, FITS_START, FITS_INSIDE_IN_FILE, FITS_INSIDE, FITS_NOT };

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '-' || c == ':';
}

static const char *type_name(const struct field *field)
{
	switch (field->type) {
	case FIELD_PROTOCOL:
		return "protocol";
	case FIELD_NONE:
		return "present or not";
	case FIELD_BOOL:
		return "true, false";
	case FIELD_IPV4:
		return "IPv4 address";
	case FIELD_IPV6:
		return "IPv6 address";
	case FIELD_ETHER:
		return "MAC address";
	case FIELD_BYTES:
		return "bytes";
	case FIELD_TEXT:
		return "text";
	case FIELD_TIME:
		return "date and time";
	case FIELD_DURATION:
		return "time";
	case FIELD_FRAME:
		return "packet number";
	case FIELD_DOUBLE:
		return "number with point";
	case FIELD_I8:
	case FIELD_I16:
	case FIELD_I24:
	case FIELD_I32:
	case FIELD_I64:
		return "signed number";
	case FIELD_EUI64:
		return "EUI-64";
	case FIELD_GUID:
		return "GUID";
	case FIELD_OID:
		return "OID";
	default:
		return field->names ? "number, has names" : "number";
	}
}

static void add(struct completion *completion, const char *text, const char *title,
		const char *type, bool in_file)
{
	completion->total++;
	if (completion->count == COMPLETIONS)
		return;
	struct completion_choice *choice = &completion->choices[completion->count++];

	snprintf(choice->text, sizeof choice->text, "%s", text);
	choice->title = title;
	choice->type = type;
	choice->in_file = in_file;
	choice->field = -1;
}

static void add_field(struct completion *completion, unsigned n, bool in_file)
{
	const struct field *field = registry_field(n);
	unsigned at = completion->count;

	add(completion, field->abbrev, field->name, type_name(field), in_file);
	if (at < completion->count)
		completion->choices[at].field = (int)n;
}

/* --- names --- */

/* Which dissectors have layers in the file, a byte each. */
static void find_present(const struct session *session, uint8_t *present, unsigned count)
{
	const struct path_table *paths = session ? session_learned(session)->paths : NULL;

	memset(present, 0, count);
	for (unsigned p = 1; paths && p < path_count(paths); p++) {
		const char *name = path_name(paths, (uint16_t)p);
		const struct dissector *dissector = name ? registry_dissector_named(name) : NULL;
		int id = dissector ? registry_dissector_id(dissector) : -1;

		if (id >= 0 && (unsigned)id < count)
			present[id] = 1;
	}
	int root = registry_root() ? registry_dissector_id(registry_root()) : -1;

	if (root >= 0 && (unsigned)root < count)
		present[root] = 1;
}

static enum fit fit_of(const char *name, const char *word, size_t length, bool in_file)
{
	if (!strncasecmp(name, word, length))
		return in_file ? FITS_START_IN_FILE : FITS_START;
	if (length < 2)
		return FITS_NOT;
	for (const char *p = name + 1; *p; p++)
		if (!strncasecmp(p, word, length))
			return in_file ? FITS_INSIDE_IN_FILE : FITS_INSIDE;
	return FITS_NOT;
}

static bool has_letters(const char *name, const char *letters)
{
	for (; *name && *letters; name++)
		letters += tolower((unsigned char)*name) == tolower((unsigned char)*letters);
	return !*letters;
}

struct presence {
	uint8_t dissectors[1024]; /* 1: in this file */
	unsigned count;
};

static bool is_present(const struct presence *present, unsigned field)
{
	int owner = registry_dissector_id(registry_field_owner(field));

	return owner >= 0 && (unsigned)owner < present->count && present->dissectors[owner];
}

/* Of fields that share a name. */
static bool is_first(unsigned field)
{
	return registry_field_named(registry_field(field)->abbrev) == (int)field;
}

struct close_field {
	unsigned field;
	int score;
	bool in_file;
};

static bool is_closer(const struct close_field *a, const struct close_field *b)
{
	return a->in_file != b->in_file ? a->in_file : a->score > b->score;
}

/* In order, the nearest first. */
static void keep(struct close_field best[CLOSE_MOST], unsigned *count, const struct close_field *one)
{
	unsigned at = *count;

	if (at < CLOSE_MOST)
		(*count)++;
	else if (!is_closer(one, &best[--at]))
		return;
	for (; at && is_closer(one, &best[at - 1]); at--)
		best[at] = best[at - 1];
	best[at] = *one;
}

/* Names that have the letters of the word in their order, with others between them. */
static void find_close(struct completion *completion, const char *word,
		       const struct presence *present)
{
	struct close_field best[CLOSE_MOST];
	size_t length = strlen(word);
	unsigned count = 0;

	for (unsigned i = 0; i < registry_field_count(); i++) {
		const char *name = registry_field(i)->abbrev;

		if (!has_letters(name, word) || fit_of(name, word, length, true) != FITS_NOT ||
		    !is_first(i))
			continue;
		/* Of those that fit as well, the shorter. */
		struct close_field one = { i, 8 * fuzzy_score(word, name) - (int)strlen(name),
					   is_present(present, i) };

		keep(best, &count, &one);
	}
	for (unsigned i = 0; i < count; i++)
		add_field(completion, best[i].field, best[i].in_file);
}

static void find_names(struct completion *completion, const char *word, size_t length,
		       const struct session *session)
{
	struct presence present = { .count = registry_dissector_count() };

	if (present.count > sizeof present.dissectors)
		present.count = sizeof present.dissectors;
	find_present(session, present.dissectors, present.count);
	for (enum fit fit = FITS_START_IN_FILE; fit < FITS_NOT; fit++)
		for (unsigned i = 0; i < registry_field_count(); i++)
			if (fit_of(registry_field(i)->abbrev, word, length,
				   is_present(&present, i)) == fit &&
			    is_first(i))
				add_field(completion, i, is_present(&present, i));
	if (length >= CLOSE_LETTERS && length < COMPLETION_ROOM) {
		char letters[COMPLETION_ROOM];

		snprintf(letters, sizeof letters, "%.*s", (int)length, word);
		find_close(completion, letters, &present);
	}
}

static void find_saved(struct completion *completion, const char *word, size_t length,
		       const struct saved_filters *saved)
{
	for (unsigned i = 0; saved && i < saved->count; i++)
		if (!strncasecmp(saved->filters[i].name, word, length))
			add(completion, saved->filters[i].text, saved->filters[i].name,
			    "saved filter", true);
}

/* --- values --- */

static void add_value(struct completion *completion, const char *word, size_t length,
		      const char *value, const char *title)
{
	if (strncasecmp(value, word, length) != 0)
		return;
	for (unsigned i = 0; i < completion->count; i++)
		if (!strcmp(completion->choices[i].text, value))
			return;
	add(completion, value, title, "", true);
}

static void find_named(struct completion *completion, const struct field *field, const char *word,
		       size_t length)
{
	for (const struct value_name *n = field->names; n && n->name; n++) {
		char value[32];

		snprintf(value, sizeof value, "%" PRIu64, n->value);
		/* The name finds its number. */
		bool by_name = length && !strncasecmp(n->name, word, length);

		add_value(completion, by_name ? "" : word, by_name ? 0 : length, value, n->name);
	}
}

static void add_end(struct completion *completion, const struct field *field, const char *word,
		    size_t length, const struct endpoint *end)
{
	char value[ADDRESS_TEXT_ROOM];

	if (field->base == BASE_PORT)
		snprintf(value, sizeof value, "%u", end->port);
	else if ((field->type == FIELD_IPV4 && end->type == ADDRESS_IPV4) ||
		 (field->type == FIELD_IPV6 && end->type == ADDRESS_IPV6))
		address_text(end, value);
	else
		return;
	add_value(completion, word, length, value, "in this file");
}

static void find_ends(struct completion *completion, const struct field *field, const char *word,
		      size_t length, const struct session *session)
{
	static const uint8_t protocols[] = { PROTOCOL_TCP, PROTOCOL_UDP };

	for (unsigned p = 0; session && p < 2; p++) {
		const struct learned *learned = session_learned(session);
		uint32_t count = conversation_count(learned, protocols[p]);

		if (field->base == BASE_PORT && strncmp(field->abbrev, p ? "udp" : "tcp", 3) != 0)
			continue;
		for (uint32_t i = 0; i < count && i < LOOKED_AT; i++) {
			const struct conversation *talk =
				conversation_numbered(learned, protocols[p], i);

			if (!talk)
				continue;
			add_end(completion, field, word, length, &talk->other);
			add_end(completion, field, word, length, &talk->opener);
		}
	}
}

static void find_values(struct completion *completion, const struct field *field, const char *word,
			size_t length, const struct session *session)
{
	completion->is_value = true;
	if (field->type == FIELD_BOOL) {
		add_value(completion, word, length, "true", "");
		add_value(completion, word, length, "false", "");
	}
	find_named(completion, field, word, length);
	if (field->type == FIELD_IPV4 || field->type == FIELD_IPV6 || field->base == BASE_PORT)
		find_ends(completion, field, word, length, session);
}

/* The field that is compared with what begins at `from`; NULL: none is, or one nobody knows. */
static const struct field *field_before(const char *line, unsigned from, bool *is_compared)
{
	static const char *const words[] = { "eq", "ne", "gt", "lt", "ge", "le" };
	char name[COMPLETION_ROOM];
	unsigned end = from, start;
	bool compared = false;

	while (end && line[end - 1] == ' ')
		end--;
	for (; end && strchr("=!<>", line[end - 1]); end--)
		compared = true;
	for (unsigned i = 0; !compared && i < 6; i++) {
		if (end > 3 && !strncmp(line + end - 3, " ", 1) &&
		    !strncmp(line + end - 2, words[i], 2)) {
			compared = true;
			end -= 3;
		}
	}
	*is_compared = compared;
	while (end && line[end - 1] == ' ')
		end--;
	for (start = end; start && is_word(line[start - 1]);)
		start--;
	if (!compared || end - start >= sizeof name)
		return NULL;
	snprintf(name, sizeof name, "%.*s", (int)(end - start), line + start);
	int field = registry_field_named(name);

	return field < 0 ? NULL : registry_field((unsigned)field);
}

/* Words between two tests, which are no beginnings of fields. */
static bool is_operator(const char *word, size_t length)
{
	static const char *const words[] = { "and", "or",	"not",	   "xor", "in",
					     "eq",  "ne",	"gt",	   "lt",  "ge",
					     "le",  "contains", "matches", "any", "all" };

	for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strlen(words[i]) == length && !memcmp(words[i], word, length))
			return true;
	return false;
}

void completion_find(struct completion *completion, const char *line, unsigned cursor,
		     const struct session *session, const struct saved_filters *saved)
{
	unsigned from = cursor;
	bool quoted = false;

	completion->count = completion->total = 0;
	completion->chosen = -1;
	completion->closed = completion->is_value = false;
	while (from && is_word(line[from - 1]))
		from--;
	for (unsigned i = 0; i < from; i++)
		quoted ^= line[i] == '"' && (!i || line[i - 1] != '\\');
	completion->from = from;
	completion->to = cursor;
	if (quoted)
		return;
	bool is_compared;
	const struct field *field = field_before(line, from, &is_compared);
	size_t length = cursor - from;

	if (field) {
		find_values(completion, field, line + from, length, session);
		return;
	}
	if (!length || isdigit((unsigned char)line[from]) || is_compared || is_operator(line + from, length))
		return;
	if (!from)
		find_saved(completion, line, length, saved);
	find_names(completion, line + from, length, session);
	/* Only what is there already. */
	if (completion->total == 1 && !strcmp(completion->choices[0].text, line + from))
		completion->count = completion->total = 0;
}

unsigned completion_common(const struct completion *completion, char text[COMPLETION_ROOM])
{
	unsigned word = completion->to - completion->from, common = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < completion->count; i++) {
		const char *choice = completion->choices[i].text;
		unsigned length = (unsigned)strlen(choice);

		if (!i) {
			snprintf(text, COMPLETION_ROOM, "%s", choice);
			common = length;
		}
		/* Those that hold the word somewhere else have nothing to say. */
		if (strncasecmp(choice, text, word) != 0)
			continue;
		for (unsigned j = 0; j < common; j++)
			if (j >= length ||
			    tolower((unsigned char)choice[j]) != tolower((unsigned char)text[j]))
				common = j;
	}
	if (common <= word || completion->total > completion->count)
		common = 0;
	text[common] = '\0';
	return common;
}
