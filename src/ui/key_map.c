/* key_map.c - bindings, and the little machine that recognises what was typed.
 *
 * There are no time-outs: a prefix waits for its next key until Esc. */
#include "ui/key_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

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

bool key_map_bind(struct key_map *map, const char *text, size_t length, enum action action)
{
	struct binding new = { .action = (uint16_t)action,
			       .places = (uint16_t)action_table[action].places };

	if (!parse_keys(text, length, &new))
		return false;
	for (unsigned i = 0; i < map->binding_count; i++) {
		struct binding *old = &map->bindings[i];

		if (old->length == new.length && starts_with(old, new.keys, new.length))
			old->places &= (uint16_t) ~new.places;
	}
	if (map->binding_count == map->binding_room) {
		map->binding_room = map->binding_room ? 2 * map->binding_room : 128;
		map->bindings = must_resize(map->bindings, map->binding_room, sizeof new);
	}
	map->bindings[map->binding_count++] = new;
	return true;
}

void key_map_init(struct key_map *map)
{
	*map = (struct key_map){ 0 };
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		const char *keys = action_table[a].keys;

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

void key_map_typed(const struct key_map *map, char text[KEYS_ROOM])
{
	size_t used = 0;

	text[0] = 0;
	if (map->count)
		used = (size_t)snprintf(text, KEYS_ROOM, "%u", map->count);
	put_names(text, used, map->typed, map->typed_count);
}
