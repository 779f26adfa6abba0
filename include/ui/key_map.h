/* key_map.h - which keys do what where: sequences of keys, with a count before them. */
#ifndef UI_KEY_MAP_H
#define UI_KEY_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/action.h"
#include "ui/key.h"

enum { BINDING_KEYS = 4, KEY_COUNT_LIMIT = 1000000000 };

struct binding {
	uint32_t keys[BINDING_KEYS];
	uint8_t length;
	uint16_t places, action;
};

struct key_map {
	struct binding *bindings; /* zeroed: no keys */
	unsigned binding_count, binding_room;
	uint32_t typed[BINDING_KEYS]; /* of a sequence that is not complete */
	unsigned typed_count;
	uint32_t count; /* typed before it; 0: none */
};

/* All default keys. */
void key_map_init(struct key_map *map);
void key_map_free(struct key_map *map);
/* Binds the keys in `text`, "gg" or "Ctrl-Down", to an action where it means something, and takes
 * them from whatever had them there.  False: not the name of keys. */
bool key_map_bind(struct key_map *map, const char *text, size_t length, enum action action);

/* One more key, typed with the focus in `place`.  ACTION_NONE: the sequence goes on, or means
 * nothing; `*count` is what was typed before it, 0 for nothing. */
enum action key_map_type(struct key_map *map, enum place place, uint32_t key, uint32_t *count);
/* Forgets a sequence begun; false: there was none. */
bool key_map_cancel(struct key_map *map);

/* The names of the keys of an action, up to `limit` of them, separated by blanks. */
enum { KEYS_ROOM = 80 };
void key_map_names(const struct key_map *map, enum action action, unsigned places, unsigned limit,
		   char text[KEYS_ROOM]);
/* What has been typed so far: "12g". */
void key_map_typed(const struct key_map *map, char text[KEYS_ROOM]);

#endif
