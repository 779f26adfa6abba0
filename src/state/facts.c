/* facts.c - a log of small records in the order of packets.
 *
 * For every 64 packets the index says where their facts begin; from there a reader walks
 * to those of its packet.  A record says whether the packet has another one after it, so
 * that a reader never looks at what the writer is still writing. */
#include "state/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "state/learned.h"
#include "tables.h"

enum {
	CHUNK_BYTES = 1 << 21,
	CHUNKS = 1 << 15,
	KIND_SKIP = 0xff,
	SIZE_LARGE = 0xff,
	HAS_MORE = 0x80,
	PLACE = 0x3f
};

struct fact {
	uint8_t place; /* which of the 64 packets; HAS_MORE */
	uint8_t kind;  /* enum fact_kind; KIND_SKIP: go on in the next chunk */
	uint8_t number;
	uint8_t size; /* of what follows; SIZE_LARGE: a struct large_fact does, which has both */
};

struct large_fact {
	uint32_t number, size; /* of what follows it */
};

struct fact_log {
	uint8_t *chunk[CHUNKS];
	uint64_t end;	   /* position: chunk * CHUNK_BYTES + offset */
	struct fact *last; /* the last one written, and its packet, */
	uint32_t last_packet;
	uint64_t last_first; /* whose first one this is */
};

struct fact_log *fact_log_new(void)
{
	return must_zeroed(1, sizeof(struct fact_log));
}

void fact_log_free(struct fact_log *log)
{
	for (uint32_t i = 0; i < CHUNKS && log->chunk[i]; i++)
		huge_free(log->chunk[i], CHUNK_BYTES);
	free(log);
}

static struct fact *fact_at(const struct fact_log *log, uint64_t position)
{
	return (struct fact *)(void *)(log->chunk[position / CHUNK_BYTES] + position % CHUNK_BYTES);
}

static bool is_large(uint16_t number, uint32_t size)
{
	return number > UINT8_MAX || size >= SIZE_LARGE;
}

static uint32_t room_for(uint16_t number, uint32_t size)
{
	uint32_t head = sizeof(struct fact);

	if (is_large(number, size))
		head += (uint32_t)sizeof(struct large_fact);
	return head + ((size + 3) & ~3u);
}

static const struct large_fact *large_part(const struct fact *fact)
{
	return fact->size == SIZE_LARGE ? (const struct large_fact *)(const void *)(fact + 1)
					: NULL;
}

static uint32_t number_of(const struct fact *fact)
{
	return fact->size == SIZE_LARGE ? large_part(fact)->number : fact->number;
}

static uint32_t size_of(const struct fact *fact)
{
	return fact->size == SIZE_LARGE ? large_part(fact)->size : fact->size;
}

/* What is remembered. */
static void *body_of(struct fact *fact)
{
	return fact + (fact->size == SIZE_LARGE ? 1 + sizeof(struct large_fact) / sizeof *fact : 1);
}

/* Makes room for a fact, which is never split between chunks; false: the log is full. */
static bool reserve(struct fact_log *log, uint32_t room)
{
	uint64_t offset = log->end % CHUNK_BYTES;

	if (offset + room > CHUNK_BYTES) {
		fact_at(log, log->end)->kind = KIND_SKIP;
		log->end += CHUNK_BYTES - offset;
	}
	uint64_t chunk = log->end / CHUNK_BYTES;
	if (chunk >= CHUNKS)
		return false;
	if (!log->chunk[chunk])
		log->chunk[chunk] = huge_alloc(CHUNK_BYTES);
	return true;
}

static void note_in_index(struct packet_index *x, uint32_t packet, uint64_t position)
{
	struct index_block *block = index_block_of(x, packet);
	uint32_t slot = index_slot(packet);

	block->flags[slot] |= INDEX_HAS_FACTS;
	uint64_t *first = &index_group_of(x, packet)->facts;
	if (!*first)
		*first = position + 1;
}

static struct fact *write_fact(const struct fact_log *log, enum fact_kind kind, uint16_t number,
			       uint32_t size)
{
	struct fact *fact = fact_at(log, log->end);

	*fact = (struct fact){ .kind = (uint8_t)kind,
			       .number = (uint8_t)number,
			       .size = SIZE_LARGE };
	if (is_large(number, size))
		*(struct large_fact *)(void *)(fact + 1) = (struct large_fact){ number, size };
	else
		fact->size = (uint8_t)size;
	return fact;
}

void *learn_numbered(struct dissection *d, enum fact_kind kind, uint16_t number, uint32_t size)
{
	if (!d->pen || size > FACT_LIMIT || d->packet.number != d->pen->index.count)
		return NULL;
	struct fact_log *log = d->pen->facts;
	uint32_t room = room_for(number, size);
	if (!reserve(log, room))
		return NULL;
	struct fact *fact = write_fact(log, kind, number, size);
	fact->place = (uint8_t)(index_slot(d->packet.number) % 64);
	if (log->last_packet == d->packet.number) {
		log->last->place |= HAS_MORE;
	} else {
		note_in_index(&d->pen->index, d->packet.number, log->end);
		log->last_first = log->end;
	}
	log->last = fact;
	log->last_packet = d->packet.number;
	log->end += room;
	return body_of(fact);
}

static uint64_t next_position(const struct fact_log *log, uint64_t position)
{
	const struct fact *fact = fact_at(log, position);

	position += room_for((uint16_t)number_of(fact), size_of(fact));
	uint64_t offset = position % CHUNK_BYTES;
	if (offset && fact_at(log, position)->kind == KIND_SKIP)
		return position + CHUNK_BYTES - offset;
	return position;
}

/* The packet's first fact; the index says it has one. */
static uint64_t first_position(const struct learned *learned, uint32_t packet)
{
	const struct fact_log *log = learned->facts;
	uint32_t slot = index_slot(packet);
	uint64_t position = index_group_of(&learned->index, packet)->facts - 1;

	while ((fact_at(log, position)->place & PLACE) != slot % 64)
		position = next_position(log, position);
	return position;
}

/* The same for the packet at hand: the writer remembers where it began. */
static uint64_t first_position_here(const struct dissection *d)
{
	const struct fact_log *log = d->learned->facts;

	if (d->pen && log->last_packet == d->packet.number)
		return log->last_first;
	return first_position(d->learned, d->packet.number);
}

/* Walks the packet's facts from `from` to `until`, or to their end. */
static struct fact *walk(const struct fact_log *log, uint64_t *from, uint64_t until,
			 enum fact_kind kind, uint16_t number)
{
	for (uint64_t position = *from; position != until;
	     position = next_position(log, position)) {
		struct fact *fact = fact_at(log, position);
		if (fact->kind == kind && number_of(fact) == number) {
			*from = position;
			return fact;
		}
		if (!(fact->place & HAS_MORE))
			break;
	}
	return NULL;
}

const void *recall_numbered(struct dissection *d, enum fact_kind kind, uint16_t number,
			    uint32_t *size)
{
	uint32_t packet = d->packet.number;

	if (!is_indexed(d))
		return NULL;
	if (!(index_block_of(&d->learned->index, packet)->flags[index_slot(packet)] &
	      INDEX_HAS_FACTS))
		return NULL;
	uint64_t first = first_position_here(d);
	uint64_t at = d->fact_hint_packet == packet ? d->fact_hint : first;
	uint64_t until = at;
	struct fact *fact = walk(d->learned->facts, &at, UINT64_MAX, kind, number);
	if (!fact && until != first) {
		at = first;
		fact = walk(d->learned->facts, &at, until, kind, number);
	}
	if (!fact)
		return NULL;
	d->fact_hint = at;
	d->fact_hint_packet = packet;
	if (size)
		*size = size_of(fact);
	return body_of(fact);
}

static struct fact *find(const struct learned *learned, uint32_t packet, enum fact_kind kind,
			 uint16_t number)
{
	if (!(index_block_of(&learned->index, packet)->flags[index_slot(packet)] & INDEX_HAS_FACTS))
		return NULL;
	uint64_t at = first_position(learned, packet);
	return walk(learned->facts, &at, UINT64_MAX, kind, number);
}

const void *fact_of(const struct learned *learned, uint32_t packet, enum fact_kind kind,
		    uint16_t number, uint32_t *size)
{
	struct fact *fact = find(learned, packet, kind, number);

	if (!fact)
		return NULL;
	if (size)
		*size = size_of(fact);
	return body_of(fact);
}

void *fact_pen(struct dissection *d, uint32_t packet, enum fact_kind kind, uint16_t number)
{
	struct fact *fact = d->pen ? find(d->pen, packet, kind, number) : NULL;

	return fact ? body_of(fact) : NULL;
}

int64_t time_since(const struct dissection *d, uint32_t packet)
{
	return time_between(index_time(&d->learned->index, packet), d->packet.time_ns);
}

void *learn(struct dissection *d, enum fact_kind kind, uint32_t size)
{
	if (!d->pen || d->in_error || !d->layer_count)
		return NULL;
	const struct layer *layer = &d->layers[d->layer_count - 1];
	if (layer->fault != FAULT_NONE || layer->serial == UINT16_MAX)
		return NULL;
	return learn_numbered(d, kind, layer->serial, size);
}

const void *recall(struct dissection *d, enum fact_kind kind, uint32_t *size)
{
	if (d->in_error || !d->layer_count)
		return NULL;
	return recall_numbered(d, kind, fact_number(d), size);
}
