/* key_map.c - bindings, and the little machine that recognises what was typed.
 *
 * There are no time-outs: a prefix waits for its next key until Esc. */
#include "ui/key_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

const char *const key_set_names[KEY_SETS] = {
	[KEY_SET_DEFAULT] = "default",
	[KEY_SET_VIM] = "vim",
	[KEY_SET_LESS] = "less",
	[KEY_SET_WIRESHARK] = "wireshark",
};

/* What has other keys in a set than in the table of actions. */
static const struct {
	enum key_set set;
	enum action action;
	const char *keys;
} differences[] = {
	{ KEY_SET_VIM, ACTION_PAGE_DOWN, "^F PageDown" },
	{ KEY_SET_VIM, ACTION_PAGE_UP, "^B PageUp" },
	{ KEY_SET_VIM, ACTION_FIND_PACKET, "/" },
	{ KEY_SET_VIM, ACTION_FILTER, "& ^_" },
	{ KEY_SET_VIM, ACTION_NEXT_MATCH, "n" },
	{ KEY_SET_VIM, ACTION_PREVIOUS_MATCH, "N" },
	{ KEY_SET_VIM, ACTION_BACK, "^O < Alt-Left" },
	{ KEY_SET_VIM, ACTION_OPEN_FILE, "o" },
	{ KEY_SET_VIM, ACTION_EXPAND, "zo l Right" },
	{ KEY_SET_VIM, ACTION_COLLAPSE, "zc h Left" },
	{ KEY_SET_VIM, ACTION_EXPAND_TREE, "zO Shift-Right" },
	{ KEY_SET_VIM, ACTION_COLLAPSE_TREE, "zC Shift-Left" },
	{ KEY_SET_VIM, ACTION_EXPAND_ALL, "zR + Ctrl-Right" },
	{ KEY_SET_VIM, ACTION_COLLAPSE_ALL, "zM - Ctrl-Left" },
	{ KEY_SET_VIM, ACTION_ZOOM, "zz" },
	{ KEY_SET_VIM, ACTION_QUIT, "ZZ ZQ Q ^Q" },
	{ KEY_SET_LESS, ACTION_PAGE_DOWN, "Space ^F ^V PageDown" },
	{ KEY_SET_LESS, ACTION_PAGE_UP, "b ^B Alt-v PageUp" },
	{ KEY_SET_LESS, ACTION_FIND_PACKET, "/" },
	{ KEY_SET_LESS, ACTION_FILTER, "& ^_" },
	{ KEY_SET_LESS, ACTION_NEXT_MATCH, "n" },
	{ KEY_SET_LESS, ACTION_PREVIOUS_MATCH, "N" },
	{ KEY_SET_LESS, ACTION_MARK, "M" },
	{ KEY_SET_LESS, ACTION_NEXT_BUFFER, "B" },
	{ KEY_SET_WIRESHARK, ACTION_HALF_DOWN, "Shift-PageDown" },
	{ KEY_SET_WIRESHARK, ACTION_HALF_UP, "Shift-PageUp" },
	{ KEY_SET_WIRESHARK, ACTION_IGNORE, "^D i" },
};

enum key_set key_set_named(const char *name)
{
	enum key_set set = KEY_SET_DEFAULT;

	while (set < KEY_SETS && strcmp(key_set_names[set], name) != 0)
		set++;
	return set;
}

static const char *keys_in_set(enum key_set set, enum action action)
{
	for (size_t i = 0; i < sizeof differences / sizeof differences[0]; i++)
		if (differences[i].set == set && differences[i].action == action)
			return differences[i].keys;
	return action_table[action].keys;
}

static bool parse_keys(const char *text, size_t length, struct binding *binding)
{
	const char *end = text + length;

	binding->length = 0;
	while (text < end) {
		uint32_t key = key_parse(&text, (size_t)(end - text));

		if (!key || binding->length == BINDING_KEYS)
			return false;
		binding->keys[binding->length++] = key;
	}
	return binding->length > 0;
}

static bool starts_with(const struct binding *binding, const uint32_t *keys, unsigned count)
{
	return binding->length >= count && !memcmp(binding->keys, keys, count * sizeof *keys);
}

/* Could only one of them ever be typed? */
static bool is_in_the_way(const struct binding *a, const struct binding *b)
{
	return a->places & b->places &&
	       (a->length < b->length ? starts_with(b, a->keys, a->length)
				      : starts_with(a, b->keys, b->length));
}

static void add(struct key_map *map, struct binding new)
{
	for (unsigned i = 0; i < map->binding_count; i++)
		if (is_in_the_way(&map->bindings[i], &new))
			map->bindings[i].places &= (uint16_t) ~new.places;
	if (map->binding_count == map->binding_room)
		map->bindings = must_grow(map->bindings, &map->binding_room, 128, sizeof new);
	map->bindings[map->binding_count++] = new;
}

bool key_map_bind(struct key_map *map, const char *text, size_t length, enum action action)
{
	struct binding new = { .action = (uint16_t)action,
			       .places = (uint16_t)action_table[action].places };

	if (!parse_keys(text, length, &new))
		return false;
	add(map, new);
	return true;
}

void key_map_init(struct key_map *map, enum key_set set)
{
	*map = (struct key_map){ 0 };
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		const char *keys = keys_in_set(set, a);

		while (*keys) {
			size_t n = strcspn(keys, " ");

			key_map_bind(map, keys, n, a);
			keys += n + (keys[n] == ' ');
		}
	}
}

void key_map_free(struct key_map *map)
{
	free(map->bindings);
	*map = (struct key_map){ 0 };
}

/* NULL: none starts with what was typed. */
static const struct binding *find(const struct key_map *map, enum place place)
{
	for (unsigned i = 0; i < map->binding_count; i++) {
		const struct binding *b = &map->bindings[i];

		if (b->places & place && starts_with(b, map->typed, map->typed_count))
			return b;
	}
	return NULL;
}

static bool take_digit(struct key_map *map, uint32_t key)
{
	if (map->typed_count || key < '0' || key > '9' || (key == '0' && !map->count))
		return false;
	uint32_t digit = key - '0';

	if (map->count > (KEY_COUNT_LIMIT - digit) / 10)
		map->count = KEY_COUNT_LIMIT;
	else
		map->count = map->count * 10 + digit;
	return true;
}

enum action key_map_type(struct key_map *map, enum place place, uint32_t key, uint32_t *count)
{
	*count = 0;
	map->last = key;
	if (take_digit(map, key))
		return ACTION_NONE;
	if (key == KEY_ESCAPE && key_map_cancel(map))
		return ACTION_NONE;
	map->typed[map->typed_count++] = key;
	const struct binding *b = find(map, place);

	if (b && b->length > map->typed_count)
		return ACTION_NONE;
	*count = map->count;
	map->typed_count = map->count = 0;
	return b ? (enum action)b->action : ACTION_NONE;
}

void key_map_begin(struct key_map *map, enum action action, enum place place)
{
	key_map_cancel(map);
	for (unsigned i = 0; i < map->binding_count; i++) {
		const struct binding *b = &map->bindings[i];

		if (b->action != (uint16_t)action || !(b->places & place) || b->length < 2)
			continue;
		map->typed[map->typed_count++] = b->keys[0];
		return;
	}
}

bool key_map_cancel(struct key_map *map)
{
	bool had = map->typed_count || map->count;

	map->typed_count = map->count = 0;
	return had;
}

static size_t put_names(char *text, size_t used, const uint32_t *keys, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		char name[KEY_NAME_ROOM];

		key_name(keys[i], name);
		if (used + strlen(name) + 1 < KEYS_ROOM)
			used += (size_t)snprintf(text + used, KEYS_ROOM - used, "%s", name);
	}
	return used;
}

void key_map_names(const struct key_map *map, enum action action, unsigned places, unsigned limit,
		   char text[KEYS_ROOM])
{
	size_t used = 0;

	text[0] = 0;
	for (unsigned i = 0; i < map->binding_count && limit; i++) {
		const struct binding *b = &map->bindings[i];

		if (b->action != (uint16_t)action || !(b->places & places))
			continue;
		if (used && used + 2 < KEYS_ROOM)
			text[used++] = ' ';
		used = put_names(text, used, b->keys, b->length);
		limit--;
	}
	text[used] = 0;
}

const char *key_of(const struct key_map *map, enum action action, char text[KEYS_ROOM])
{
	key_map_names(map, action, action_table[action].places, 1, text);
	return text[0] ? text : action_table[action].name;
}

void key_map_typed(const struct key_map *map, char text[KEYS_ROOM])
{
	size_t used = 0;

	text[0] = 0;
	if (map->count)
		used = (size_t)snprintf(text, KEYS_ROOM, "%u", map->count);
	put_names(text, used, map->typed, map->typed_count);
}

/* --- lines of the user's --- */

static const struct {
	const char *name;
	unsigned places;
} places_named[] = {
	{ "list", IN_LIST },	   { "details", IN_DETAILS }, { "bytes", IN_BYTES },
	{ "packets", IN_PACKETS }, { "start", IN_START },     { "help", IN_HELP },
	{ "findings", IN_EXPERT }, { "stream", IN_STREAM },   { "statistics", IN_STATISTICS },
	{ "graph", IN_GRAPH },	   { "sheet", IN_SHEET },     { "anywhere", ANYWHERE },
};

const char *places_text(unsigned places, char text[PLACES_ROOM])
{
	unsigned n = sizeof places_named / sizeof places_named[0];
	size_t used = 0;

	text[0] = '\0';
	/* From the end, as "packets" stands for three of those before it. */
	while (n-- && places) {
		if (places_named[n].places & ~places)
			continue;
		used += (size_t)snprintf(text + used, PLACES_ROOM - used, "%s%s", used ? ", " : "",
					 places_named[n].name);
		places &= ~places_named[n].places;
	}
	return text;
}

struct word {
	const char *text;
	int length;
};

enum { KEY_WORDS = 5 };

/* Up to one more than make sense. */
static unsigned split(const char *text, struct word words[KEY_WORDS])
{
	unsigned count = 0;

	while (count < KEY_WORDS) {
		text += strspn(text, " \t\r");
		if (!*text)
			break;
		words[count] = (struct word){ text, (int)strcspn(text, " \t\r") };
		text += words[count++].length;
	}
	return count;
}

static bool is_word(const struct word *word, const char *name)
{
	return (int)strlen(name) == word->length && !memcmp(word->text, name, (size_t)word->length);
}

/* 0: there is no such place. */
static unsigned place_named(const struct word *word)
{
	for (size_t i = 0; i < sizeof places_named / sizeof places_named[0]; i++)
		if (is_word(word, places_named[i].name))
			return places_named[i].places;
	return 0;
}

/* What the new binding takes away that its user may not have meant: keys bound in two lines, or
 * keys that begin others. */
static void say_what_it_takes(const struct key_map *map, const struct binding *new,
			      char said[KEY_LINE_ROOM])
{
	char keys[KEYS_ROOM] = "", others[KEYS_ROOM] = "";

	keys[put_names(keys, 0, new->keys, new->length)] = 0;
	for (unsigned i = 0; i < map->binding_count; i++) {
		const struct binding *old = &map->bindings[i];

		if (!is_in_the_way(old, new))
			continue;
		others[put_names(others, 0, old->keys, old->length)] = 0;
		if (old->length != new->length)
			snprintf(said, KEY_LINE_ROOM,
				 "\"%s\" and \"%s\" (%s) begin alike: the new keys count", keys,
				 others, action_table[old->action].name);
		else if (old->line)
			snprintf(said, KEY_LINE_ROOM,
				 "\"%s\" was bound in line %u: this line counts", keys, old->line);
		if (said[0])
			return;
	}
}

/* Of what the words name: false, and what is wrong. */
static bool read_words(const struct word *words, unsigned count, struct binding *new,
		       char said[KEY_LINE_ROOM])
{
	const struct word *keys = &words[count - 2], *name = &words[count - 1];
	enum action action = action_named(name->text, (size_t)name->length);
	unsigned places = count == 3 ? place_named(&words[0]) : ANYWHERE;

	if (action == ACTION_NONE)
		snprintf(said, KEY_LINE_ROOM, "there is no action \"%.*s\"", name->length,
			 name->text);
	else if (!places)
		snprintf(said, KEY_LINE_ROOM, "there is no place \"%.*s\"", words[0].length,
			 words[0].text);
	else if (!(places & action_table[action].places))
		snprintf(said, KEY_LINE_ROOM, "%s does nothing in \"%.*s\"",
			 action_table[action].name, words[0].length, words[0].text);
	else if (!parse_keys(keys->text, (size_t)keys->length, new))
		snprintf(said, KEY_LINE_ROOM, "\"%.*s\" is not a key", keys->length, keys->text);
	if (said[0])
		return false;
	new->action = (uint16_t)action;
	new->places = (uint16_t)(places & action_table[action].places);
	return true;
}

bool key_map_read_line(struct key_map *map, const char *text, unsigned line,
		       char said[KEY_LINE_ROOM])
{
	struct binding new = { .line = (uint16_t)(line < UINT16_MAX ? line : UINT16_MAX) };
	struct word words[KEY_WORDS];
	unsigned count = split(text, words), first = count && is_word(&words[0], "bind");

	said[0] = 0;
	if (count - first < 2 || count - first > 3) {
		snprintf(said, KEY_LINE_ROOM, "it is not: [bind] [PLACE] KEYS ACTION");
		return false;
	}
	if (!read_words(words + first, count - first, &new, said))
		return false;
	say_what_it_takes(map, &new, said);
	add(map, new);
	return true;
}
