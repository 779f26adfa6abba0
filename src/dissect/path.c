/* path.c - a tree of protocol names: a path is its parent and one name more. */
#include "dissect/path.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/likely.h"

enum { FIRST_SLOTS = 512, MOST_SLOTS = PATH_LIMIT * 4, PATH_LONGEST = 200 };

struct path_entry {
	const char *name;
	uint16_t parent, depth;
	bool is_mention;
};

/* Names are constants, but two files may hold the same one: `slots` maps (path, name's
 * address) to a path, several of them to one. */
struct path_slot {
	uint64_t key;                   /* slot_key(); 0: free */
	uint16_t path;
};

struct path_table {
	struct path_entry entries[PATH_LIMIT];
	struct path_slot *slots;        /* the first pass's own; grows */
	uint32_t slot_count, slots_used;        /* the first a power of two */
	_Atomic uint32_t count;         /* paths 1..count - 1 are there; 0 is PATH_NONE */
	_Atomic bool cut;
};

struct path_table *path_table_new(void)
{
	struct path_table *table = must_zeroed(1, sizeof *table);

	table->count = 1;
	table->slot_count = FIRST_SLOTS;
	table->slots = must_zeroed(FIRST_SLOTS, sizeof *table->slots);
	return table;
}

void path_table_free(struct path_table *table)
{
	if (table)
		free(table->slots);
	free(table);
}

/* All that tells one step from another, as an address has no more than 48 bits that differ. */
static inline uint64_t slot_key(uint16_t path, const char *name, bool is_mention)
{
	_Static_assert(PATH_LIMIT <= 1 << 15, "a path and a bit share 16 bits");
	return (uint64_t)(uintptr_t)name << 16 | (uint64_t)is_mention << 15 | path;
}

static inline struct path_slot *find_slot(struct path_table *table, uint64_t key)
{
	uint64_t at = key * UINT64_C(0x9e3779b97f4a7c15) >> 32;

	for (;; at++) {
		struct path_slot *slot = &table->slots[at & (table->slot_count - 1)];
		if (slot->key == key || !slot->key)
			return slot;
	}
}

static void grow_slots(struct path_table *table)
{
	struct path_slot *old = table->slots;
	uint32_t count = table->slot_count;

	table->slot_count = 2 * count;
	table->slots = must_zeroed(table->slot_count, sizeof *table->slots);
	for (uint32_t i = 0; i < count; i++)
		if (old[i].key)
			*find_slot(table, old[i].key) = old[i];
	free(old);
}

static uint16_t find_by_text(const struct path_table *table, const struct path_entry *wanted)
{
	for (uint32_t i = 1; i < table->count; i++) {
		const struct path_entry *entry = &table->entries[i];
		if (entry->parent == wanted->parent && entry->is_mention == wanted->is_mention &&
		    !strcmp(entry->name, wanted->name))
			return (uint16_t)i;
	}
	return PATH_NONE;
}

static uint16_t __attribute__((noinline)) add_path(struct path_table *table, uint16_t path, const char *name,
						   bool is_mention)
{
	if (table->count == PATH_LIMIT || table->entries[path].depth == PATH_LONGEST ||
	    table->slots_used == MOST_SLOTS / 2) {
		table->cut = true;
		return path;
	}
	if (table->slots_used == table->slot_count / 2)
		grow_slots(table);
	struct path_entry entry = {
		.name = name, .parent = path, .depth = (uint16_t)(table->entries[path].depth + 1),
		.is_mention = is_mention,
	};
	uint16_t made = find_by_text(table, &entry);
	if (made == PATH_NONE) {
		made = (uint16_t)table->count;
		table->entries[made] = entry;
		table->count++;
	}
	table->slots_used++;
	uint64_t key = slot_key(path, name, is_mention);
	*find_slot(table, key) = (struct path_slot){ key, made };
	return made;
}

uint16_t path_extend(struct path_table *table, uint16_t path, const char *name)
{
	const struct path_slot *slot = find_slot(table, slot_key(path, name, false));

	return likely(slot->key) ? slot->path : add_path(table, path, name, false);
}

uint16_t path_extend_mention(struct path_table *table, uint16_t path, const char *name)
{
	const struct path_slot *slot = find_slot(table, slot_key(path, name, true));

	return likely(slot->key) ? slot->path : add_path(table, path, name, true);
}

bool path_is_mention(const struct path_table *table, uint16_t path)
{
	return table->entries[path].is_mention;
}

static char *add_word(char *at, char *end, const char *word)
{
	size_t n = strlen(word);

	if (n > (size_t)(end - at))
		return NULL;
	memcpy(at, word, n);
	return at + n;
}

unsigned path_text(const struct path_table *table, uint16_t path, char text[PATH_TEXT_ROOM])
{
	uint16_t stack[PATH_LONGEST + 1];
	unsigned depth = 0;
	char *at = text, *end = text + PATH_TEXT_ROOM - sizeof ":...";

	for (; path != PATH_NONE; path = table->entries[path].parent)
		stack[depth++] = path;
	while (depth--) {
		char *next = at == text ? at : add_word(at, end, ":");
		next = next ? add_word(next, end, table->entries[stack[depth]].name) : NULL;
		if (!next) {
			at = stpcpy(at, ":...");
			break;
		}
		at = next;
	}
	*at = '\0';
	return (unsigned)(at - text);
}

bool path_table_is_cut(const struct path_table *table)
{
	return table->cut;
}

unsigned path_count(const struct path_table *table)
{
	return table->count;
}

uint16_t path_parent(const struct path_table *table, uint16_t path)
{
	return table->entries[path].parent;
}

const char *path_name(const struct path_table *table, uint16_t path)
{
	return table->entries[path].name;
}
