/* tables.h - rows that are only appended and never move, so that readers need no lock;
 * private to src/state. */
#ifndef STATE_TABLES_H
#define STATE_TABLES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "state/facts.h"
#include "state/learned.h"
#include "state/reassembly.h"

/* A growing array in chunks of 2^shift rows of `size` bytes. */
enum { TABLE_CHUNKS = 1 << 14 };

struct table {
	uint8_t *chunk[TABLE_CHUNKS];
	uint32_t size, shift, count;
};

/* The table is zeroed: assigned as a whole, all of its pages would be touched. */
static inline void table_init(struct table *table, uint32_t size, uint32_t shift)
{
	table->size = size;
	table->shift = shift;
}

static inline void *table_row(const struct table *table, uint32_t n)
{
	return table->chunk[n >> table->shift] + (size_t)(n & ((1u << table->shift) - 1)) * table->size;
}

/* A zeroed row more; NULL: there are too many. */
static inline void *table_append(struct table *table)
{
	uint32_t chunk = table->count >> table->shift;

	if (chunk >= TABLE_CHUNKS)
		return NULL;
	if (!table->chunk[chunk])
		table->chunk[chunk] = must_zeroed((size_t)1 << table->shift, table->size);
	return table_row(table, table->count++);
}

static inline void table_free(struct table *table)
{
	for (uint32_t i = 0; i < TABLE_CHUNKS && table->chunk[i]; i++)
		free(table->chunk[i]);
}

struct message_table {
	struct table messages;          /* struct message */
	struct table extents;           /* struct extent; those of one message are neighbours */
};

enum { EXTENT_SHIFT = 16, EXTENT_CHUNK = 1 << EXTENT_SHIFT };

struct message_table *message_table_new(void);
void message_table_free(struct message_table *table);
/* A message to be completed; its number + 1, or 0 when there are too many. */
uint32_t message_open(struct message_table *table);
struct message *message_numbered(const struct message_table *table, uint32_t number_plus_1);
/* Gives it its extents (at most EXTENT_CHUNK) and says where it was completed. */
bool message_complete(struct message_table *table, struct message *message, const struct extent *extents,
		      uint32_t count, uint32_t packet);
/* Copies bytes [from, from + n) of what the extents refer to; how many there were. */
uint32_t extents_gather(struct dissection *d, const struct extent *extents, uint32_t count, uint32_t from,
			uint32_t n, uint8_t *out);
/* What the cursor's rest is, as an extent of the packet at hand. */
struct extent extent_of(const struct dissection *d, const struct cursor *c);

/* Has the packet at hand an entry in the index that this thread may read? */
static inline bool is_indexed(const struct dissection *d)
{
	uint32_t n = d->packet.number;

	if (!d->learned || !n)
		return false;
	return n <= (d->pen ? d->pen->index.count
			    : atomic_load_explicit(&d->learned->index.published, memory_order_acquire));
}

struct connection_id_table *connection_id_table_new(void);
void connection_id_table_free(struct connection_id_table *table);
struct conversation_table *conversation_table_new(void);
void conversation_table_free(struct conversation_table *table);
/* A conversation begins with the packet at work: was it announced? */
void apply_announcement(struct dissection *d, struct conversation *talk);
void announced_table_free(struct announced_table *table);
void capture_table_free(struct capture_table *table);
void conversation_table_finish(struct conversation_table *table);
/* The packet, which is published, becomes the last one of its conversations. */
void conversation_table_publish(struct conversation_table *table, uint32_t packet);
struct fact_log *fact_log_new(void);
void fact_log_free(struct fact_log *log);
struct fragment_table *fragment_table_new(void);
void fragment_table_free(struct fragment_table *table);
/* Where the conversation at hand keeps which halves (their numbers + 1) put the streams of its two sides
 * together, the opener's first; NULL: not in the first pass. */
uint32_t *tcp_stream_halves(struct dissection *d);
struct tcp_tracks *tcp_tracks_new(void);
void tcp_tracks_free(struct tcp_tracks *tracks);
/* Asks memory for what is kept of the connection with this number. */
void tcp_track_fetch(const struct tcp_tracks *tracks, uint32_t stream);
struct pieces_table *pieces_table_new(void);
void pieces_table_free(struct pieces_table *table);
struct sealed_table *sealed_table_new(void);
void sealed_table_free(struct sealed_table *table);
struct stream_table *stream_table_new(void);
void stream_table_free(struct stream_table *table);
/* Asks memory for the half with this number + 1. */
void stream_half_fetch(const struct stream_table *table, uint32_t number);

#endif
