/* pieces.c - lists of extents that grow in the first pass; a complete one becomes a message. */
#include "state/pieces.h"

#include "state/facts.h"
#include "state/reassembly.h"
#include "tables.h"

struct piece_list {
	struct extent *extents;
	uint32_t count, room;
	bool overflowed;
};

struct pieces_table {
	struct table lists; /* struct piece_list */
};

struct pieces_table *pieces_table_new(void)
{
	struct pieces_table *table = must_zeroed(1, sizeof *table);

	table_init(&table->lists, sizeof(struct piece_list), 8);
	return table;
}

void pieces_table_free(struct pieces_table *table)
{
	if (!table)
		return;
	for (uint32_t i = 0; i < table->lists.count; i++) {
		struct piece_list *list = table_row(&table->lists, i);
		free(list->extents);
	}
	table_free(&table->lists);
	free(table);
}

static struct piece_list *list_of(struct dissection *d, uint32_t number)
{
	if (!d->pen || d->in_error || !number)
		return NULL;
	return table_row(&d->pen->pieces->lists, number - 1);
}

void piece_add(struct dissection *d, uint32_t *number, const struct cursor *piece)
{
	if (d->pen && !d->in_error && !*number && table_append(&d->pen->pieces->lists))
		*number = d->pen->pieces->lists.count;
	struct piece_list *list = list_of(d, *number);
	if (!list || list->overflowed)
		return;
	if (list->count == EXTENT_CHUNK) {
		list->overflowed = true;
		return;
	}
	if (list->count == list->room)
		list->extents = must_grow(list->extents, &list->room, 4, sizeof *list->extents);
	list->extents[list->count++] = extent_of(d, piece);
}

void pieces_drop(struct dissection *d, uint32_t number)
{
	struct piece_list *list = list_of(d, number);

	if (!list)
		return;
	list->count = 0;
	list->overflowed = false;
}

uint32_t pieces_finish(struct dissection *d, uint32_t number)
{
	struct piece_list *list = list_of(d, number);
	uint32_t message = 0;

	if (list && list->count && !list->overflowed &&
	    (message = message_open(d->pen->messages)) &&
	    !message_complete(d->pen->messages, message_numbered(d->pen->messages, message),
			      list->extents, list->count, d->packet.number))
		message = 0;
	pieces_drop(d, number);
	return message;
}

void pieces_complete(struct dissection *d, uint32_t number)
{
	uint32_t message = pieces_finish(d, number);
	uint32_t *fact = message ? learn(d, FACT_PIECES, sizeof *fact) : NULL;

	if (fact)
		*fact = message;
}

const struct message *pieces_of(struct dissection *d)
{
	const uint32_t *fact = recall(d, FACT_PIECES, NULL);

	return fact ? message_numbered(d->learned->messages, *fact) : NULL;
}

const struct message *pieces_numbered(const struct dissection *d, uint32_t message)
{
	return message_numbered(d->learned->messages, message);
}

struct cursor pieces_whole(struct dissection *d, const struct cursor *c, const char *title)
{
	const uint32_t *fact = recall(d, FACT_PIECES, NULL);
	struct cursor none = *c;

	none.captured = none.reported = none.pos;
	return fact ? message_source(d, c, *fact, title) : none;
}
