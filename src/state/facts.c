/* facts.c - a log of small records in the order of packets.
 *
 * For every 64 packets the index says where their facts begin; from there a reader walks
 * to those of its packet.  A record says whether the packet has another one after it, so
 * that a reader never looks at what the writer is still writing. */
#include "state/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
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
static bool reserve(struct fact_log *log, const struct packet_index *x, uint32_t room)
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
		log->chunk[chunk] = huge_alloc(CHUNK_BYTES, x->rest * (log->end / x->count + 1));
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
	if (!reserve(log, &d->pen->index, room))
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

/* What is looked for, and how much was passed over so far. */
struct search {
	const struct fact_log *log;
	uint32_t packet;
	uint32_t key;
	uint32_t steps;
};

static uint32_t key_of(enum fact_kind kind, uint32_t number)
{
	return (uint32_t)kind << 16 | number;
}

/* The packet's first fact; the index says it has one. */
static uint64_t first_position(const struct learned *learned, struct search *search)
{
	uint32_t slot = index_slot(search->packet);
	uint64_t position = index_group_of(&learned->index, search->packet)->facts - 1;

	for (; (fact_at(search->log, position)->place & PLACE) != slot % 64; search->steps++)
		position = next_position(search->log, position);
	return position;
}

/* Walks the packet's facts from `from` to `until`, or to their end. */
static struct fact *walk(struct search *search, uint64_t *from, uint64_t until)
{
	for (uint64_t position = *from; position != until; search->steps++) {
		struct fact *fact = fact_at(search->log, position);
		if (key_of(fact->kind, number_of(fact)) == search->key) {
			*from = position;
			return fact;
		}
		if (!(fact->place & HAS_MORE))
			break;
		position = next_position(search->log, position);
	}
	return NULL;
}

/* Where the facts of one packet are, by kind and number: a packet of a thousand messages asks a
 * thousand times, and none of them shall walk past all the others. */
struct fact_places {
	const struct fact_log *log;
	uint32_t packet;
	uint32_t room;	  /* a power of 2 */
	uint64_t place[]; /* 1 + position, 0: none */
};

enum {
	MOST_STEPS = 64, /* cheaper than such a table */
	OWN_PLACES = 0,	 /* of the packet that is dissected; the others are of those it refers to */
};

static unsigned places_slot(const struct dissection *d, uint32_t packet)
{
	return packet == d->packet.number ? OWN_PLACES : 1 + packet % (FACT_PLACES - 1);
}

static uint64_t *place_of(struct fact_places *places, uint32_t key)
{
	uint32_t at = (uint32_t)hash_number(key) & (places->room - 1);

	for (; places->place[at]; at = (at + 1) & (places->room - 1)) {
		const struct fact *fact = fact_at(places->log, places->place[at] - 1);
		if (key_of(fact->kind, number_of(fact)) == key)
			break;
	}
	return &places->place[at];
}

static struct fact_places *make_places(struct fact_places *old, const struct search *search,
				       uint64_t first)
{
	uint32_t count = 1, room = 64;
	uint64_t position = first;

	for (; fact_at(search->log, position)->place & HAS_MORE; count++)
		position = next_position(search->log, position);
	while (room < 2 * count)
		room *= 2;
	struct fact_places *places =
		must_resize(old, 1, sizeof *places + room * sizeof places->place[0]);
	places->log = search->log;
	places->packet = search->packet;
	places->room = room;
	memset(places->place, 0, room * sizeof places->place[0]);
	for (position = first; count; count--) {
		const struct fact *fact = fact_at(search->log, position);
		uint64_t *place = place_of(places, key_of(fact->kind, number_of(fact)));
		if (!*place)
			*place = position + 1;
		if (count > 1)
			position = next_position(search->log, position);
	}
	return places;
}

/* Of a packet to which no facts will be added. */
static struct fact *find_in_places(struct dissection *d, const struct search *search, bool *known)
{
	struct fact_places *places = d->fact_places[places_slot(d, search->packet)];

	*known = places && places->packet == search->packet && places->log == search->log;
	if (!*known)
		return NULL;
	uint64_t place = *place_of(places, search->key);
	return place ? fact_at(search->log, place - 1) : NULL;
}

static void keep_places(struct dissection *d, const struct search *search, uint64_t first)
{
	struct fact_places **places = &d->fact_places[places_slot(d, search->packet)];

	*places = make_places(*places, search, first);
}

static bool has_facts(const struct learned *learned, uint32_t packet)
{
	return index_block_of(&learned->index, packet)->flags[index_slot(packet)] & INDEX_HAS_FACTS;
}

/* Facts of the packet at hand are mostly asked for in the order they were learnt. */
static struct fact *find_here(struct dissection *d, struct search *search)
{
	bool is_written = d->pen && search->log->last_packet == search->packet, known = false;
	struct fact *fact = is_written ? NULL : find_in_places(d, search, &known);

	if (known)
		return fact;
	uint64_t first = is_written ? search->log->last_first : first_position(d->learned, search);
	uint64_t at = d->fact_hint_packet == search->packet ? d->fact_hint : first;
	uint64_t until = at;
	fact = walk(search, &at, UINT64_MAX);
	if (!fact && until != first) {
		at = first;
		fact = walk(search, &at, until);
	}
	if (fact) {
		d->fact_hint = at;
		d->fact_hint_packet = search->packet;
	}
	if (search->steps > MOST_STEPS && !is_written)
		keep_places(d, search, first);
	return fact;
}

static const void *told(struct fact *fact, uint32_t *size)
{
	if (fact && size)
		*size = size_of(fact);
	return fact ? body_of(fact) : NULL;
}

const void *recall_numbered(struct dissection *d, enum fact_kind kind, uint16_t number,
			    uint32_t *size)
{
	struct search search = { d->learned ? d->learned->facts : NULL, d->packet.number,
				 key_of(kind, number), 0 };

	if (!is_indexed(d) || !has_facts(d->learned, search.packet))
		return NULL;
	return told(find_here(d, &search), size);
}

/* In another packet than that at hand, which is complete. */
static struct fact *find_there(struct dissection *d, uint32_t packet, enum fact_kind kind,
			       uint16_t number)
{
	struct search search = { d->learned->facts, packet, key_of(kind, number), 0 };
	bool known;

	if (!has_facts(d->learned, packet))
		return NULL;
	if (packet == d->packet.number)
		return find_here(d, &search);
	struct fact *fact = find_in_places(d, &search, &known);
	if (known)
		return fact;
	uint64_t first = first_position(d->learned, &search), at = first;
	fact = walk(&search, &at, UINT64_MAX);
	if (search.steps > MOST_STEPS)
		keep_places(d, &search, first);
	return fact;
}

const void *fact_of(struct dissection *d, uint32_t packet, enum fact_kind kind, uint16_t number,
		    uint32_t *size)
{
	return told(find_there(d, packet, kind, number), size);
}

const void *fact_in(const struct learned *learned, uint32_t packet, enum fact_kind kind,
		    uint16_t number, uint32_t *size)
{
	struct search search = { learned->facts, packet, key_of(kind, number), 0 };

	if (!has_facts(learned, packet))
		return NULL;
	uint64_t at = first_position(learned, &search);
	return told(walk(&search, &at, UINT64_MAX), size);
}

void *fact_pen(struct dissection *d, uint32_t packet, enum fact_kind kind, uint16_t number)
{
	struct fact *fact = d->pen ? find_there(d, packet, kind, number) : NULL;

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
