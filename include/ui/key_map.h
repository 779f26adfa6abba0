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
	uint16_t line; /* of the user's file; 0: it is in no file */
};

/* Whose habits the keys are like; what no other program has is the same in all. */
enum key_set { KEY_SET_DEFAULT, KEY_SET_VIM, KEY_SET_LESS, KEY_SET_WIRESHARK, KEY_SETS };

extern const char *const key_set_names[KEY_SETS];
/* KEY_SETS: there is none of that name. */
enum key_set key_set_named(const char *name);

struct key_map {
	struct binding *bindings; /* zeroed: no keys */
	unsigned binding_count, binding_room;
	uint32_t typed[BINDING_KEYS]; /* of a sequence that is not complete */
	unsigned typed_count;
	uint32_t count; /* typed before it; 0: none */
	uint32_t last;	/* the key that was typed last, for actions that several keys have */
};

void key_map_init(struct key_map *map, enum key_set set);
void key_map_free(struct key_map *map);
/* Binds the keys in `text`, "gg" or "Ctrl-Down", to an action where it means something, and takes
 * them from whatever had them there, or had keys that begin so.  False: not the name of keys. */
bool key_map_bind(struct key_map *map, const char *text, size_t length, enum action action);

/* Does what a line of the user's says: "[bind] [PLACE] KEYS ACTION".  `line` is its number in the
 * file, or 0; `said` is what is wrong with it, or what it takes away from others, or "".  False:
 * nothing was bound. */
enum { KEY_LINE_ROOM = 300 };
bool key_map_read_line(struct key_map *map, const char *text, unsigned line,
		       char said[KEY_LINE_ROOM]);

/* One more key, typed with the focus in `place`.  ACTION_NONE: the sequence goes on, or means
 * nothing; `*count` is what was typed before it, 0 for nothing. */
enum action key_map_type(struct key_map *map, enum place place, uint32_t key, uint32_t *count);
/* Types the first key of an action's keys, if more follow it: what else begins so is offered then. */
void key_map_begin(struct key_map *map, enum action action, enum place place);
/* Forgets a sequence begun; false: there was none. */
bool key_map_cancel(struct key_map *map);

/* The names of the keys of an action, up to `limit` of them, separated by blanks. */
enum { KEYS_ROOM = 80 };
void key_map_names(const struct key_map *map, enum action action, unsigned places, unsigned limit,
		   char text[KEYS_ROOM]);
/* The first of them, wherever the action means something; what is said of keys goes by it. */
const char *key_of(const struct key_map *map, enum action action, char text[KEYS_ROOM]);
/* "stream, packets": what a line of the user's would call them. */
enum { PLACES_ROOM = 120 };
const char *places_text(unsigned places, char text[PLACES_ROOM]);
/* What has been typed so far: "12g". */
void key_map_typed(const struct key_map *map, char text[KEYS_ROOM]);

#endif
