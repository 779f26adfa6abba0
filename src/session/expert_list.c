/* expert_list.c - a hash table of kinds of findings, over rows in the order they came in. */
#include "session/expert_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"

enum {
	ROW_LIMIT = 1 << 16,
	SLOTS = 1 << 17,
	WORDS_LIMIT = 239, /* bytes: as much as tshark keeps */
};

struct expert_list {
	enum expert_likeness likeness;
	uint32_t packets_left;
	uint32_t count, room;
	struct expert_row *rows;
	uint32_t *slots; /* row + 1; 0: free */
	struct arena words;
	uint64_t totals[EXPERT_SEVERITIES];
};

struct expert_list *expert_list_new(enum expert_likeness likeness, uint32_t packets)
{
	struct expert_list *list = must_zeroed(1, sizeof *list);

	list->likeness = likeness;
	list->packets_left = packets;
	list->slots = must_zeroed(SLOTS, sizeof *list->slots);
	return list;
}

void expert_list_free(struct expert_list *list)
{
	if (!list)
		return;
	for (uint32_t i = 0; i < list->count; i++)
		free(list->rows[i].packets);
	free(list->rows);
	free(list->slots);
	arena_free(&list->words);
	free(list);
}

/* At most WORDS_LIMIT bytes, and no half character. */
static size_t kept_length(const char *words)
{
	size_t n = strnlen(words, WORDS_LIMIT + 1);

	if (n <= WORDS_LIMIT)
		return n;
	n = WORDS_LIMIT;
	while (n && ((uint8_t)words[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* What a row is found by; rows of others have no field. */
struct key {
	const char *protocol;
	const struct field *field;
	const char *words;
	size_t length;
	enum expert_severity severity;
};

static bool is_of(const struct expert_row *row, const struct key *key,
		  enum expert_likeness likeness)
{
	if (row->severity != key->severity || strcmp(row->protocol, key->protocol) != 0)
		return false;
	if (!row->field || !key->field || likeness == EXPERT_SAME_FIELD)
		return row->field == key->field;
	return row->group == key->field->group && strlen(row->words) == key->length &&
	       !memcmp(row->words, key->words, key->length);
}

/* Where the row stands, or the free slot where it would. */
static uint32_t *find_slot(const struct expert_list *list, const struct key *key)
{
	uint32_t slot = (uint32_t)(hash_bytes(key->words, key->length) % SLOTS);

	while (list->slots[slot] && !is_of(&list->rows[list->slots[slot] - 1], key, list->likeness))
		slot = (slot + 1) % SLOTS;
	return &list->slots[slot];
}

static struct expert_row *add_row(struct expert_list *list, uint32_t *slot, const struct key *key)
{
	if (list->count == list->room)
		list->rows = must_grow(list->rows, &list->room, 64, sizeof *list->rows);
	struct expert_row *row = &list->rows[list->count++];
	*row = (struct expert_row){
		.protocol = key->protocol,
		.field = key->field,
		.words = arena_text(&list->words, key->words, key->length),
		.severity = key->severity,
		.group = key->field ? (enum expert_group)key->field->group : GROUP_NONE,
	};
	*slot = list->count;
	return row;
}

static struct expert_row *row_of(struct expert_list *list, const struct finding *finding)
{
	const char *words =
		list->likeness == EXPERT_SAME_FIELD ? finding->field->name : finding->words;
	struct key key = { finding->protocol, finding->field, words, kept_length(words),
			   (enum expert_severity)finding->field->severity };
	uint32_t *slot = find_slot(list, &key);

	if (!*slot && list->count >= ROW_LIMIT) {
		key = (struct key){ "", NULL, "Others", strlen("Others"), key.severity };
		slot = find_slot(list, &key);
	}
	return *slot ? &list->rows[*slot - 1] : add_row(list, slot, &key);
}

static void remember_packet(struct expert_list *list, struct expert_row *row, uint32_t number)
{
	bool is_known = row->packet_count && row->packets[row->packet_count - 1] == number;

	if (is_known || !list->packets_left)
		return;
	if (row->packet_count == row->packet_room)
		row->packets = must_grow(row->packets, &row->packet_room, 4, sizeof *row->packets);
	row->packets[row->packet_count++] = number;
	list->packets_left--;
}

void expert_list_take(struct expert_list *list, const struct dissection *d)
{
	for (uint32_t i = 0; i < d->finding_count; i++) {
		if (d->findings[i].quoted)
			continue;
		struct expert_row *row = row_of(list, &d->findings[i]);

		row->count++;
		list->totals[row->severity]++;
		remember_packet(list, row, d->packet.number);
	}
}

uint32_t expert_list_count(const struct expert_list *list)
{
	return list->count;
}

const struct expert_row *expert_list_row(const struct expert_list *list, uint32_t n)
{
	return &list->rows[n];
}

uint64_t expert_list_total(const struct expert_list *list, enum expert_severity severity)
{
	return list->totals[severity];
}
