/* sort_run.c - keys of packets, made and sorted in chunks by several threads, and merged by the
 * last.
 *
 * A key is 16 bytes: a number, or the first 8 bytes of a text whose rest is kept beside it, so that
 * most comparisons look at nothing else. */
#include "session/sort_run.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/threads.h"
#include "dissect/expert.h"
#include "news.h"

enum {
	CHUNK = 1 << 14, /* rows */
	PREFIX = 8,
	REST_MOST = 120, /* bytes of a text that count, besides its prefix */
	STOP_EACH = 1 << 12,
	MERGE_SHARE = 8, /* a merge of a row costs an eighth of making its key */
};

/* Where a text goes on; others are places in the chunk's texts, from 1. */
enum { REST_NONE = 0, NO_VALUE = 0x7fffffff };

struct sort_key {
	uint64_t prefix;
	uint32_t rest;
	uint32_t row;
};

/* The rests of texts, each a byte of length and its bytes. */
struct texts {
	uint8_t *bytes;
	uint32_t used, room;
};

struct sort_run {
	struct session *session;
	struct sort_order order;
	uint32_t *packets;
	uint32_t count, chunk_count;
	struct sort_key *keys, *spare;
	struct texts *texts; /* of each chunk */
	uint32_t *rows, *ranks;
	unsigned thread_count;
	pthread_t threads[MOST_THREADS];
	struct news news;
	_Atomic uint32_t next_chunk, chunks_done;
	_Atomic uint64_t rows_done, rows_merged;
	_Atomic bool stop, finished;
};

/* --- comparing --- */

static const uint8_t *rest_of(const struct sort_run *run, const struct sort_key *key,
			      size_t *length)
{
	if (key->rest == REST_NONE) {
		*length = 0;
		return (const uint8_t *)"";
	}
	const uint8_t *at = run->texts[key->row / CHUNK].bytes + key->rest - 1;

	*length = *at;
	return at + 1;
}

static int compare_rests(const struct sort_run *run, const struct sort_key *a,
			 const struct sort_key *b)
{
	size_t na, nb;
	const uint8_t *ra = rest_of(run, a, &na), *rb = rest_of(run, b, &nb);
	int order = memcmp(ra, rb, na < nb ? na : nb);

	return order ? order : (na > nb) - (na < nb);
}

/* Equal ones stay in the order in which they were captured. */
static int compare(const struct sort_run *run, const struct sort_key *a, const struct sort_key *b)
{
	int order = (a->prefix > b->prefix) - (a->prefix < b->prefix);
	bool a_last = a->rest == NO_VALUE, b_last = b->rest == NO_VALUE;

	if (a_last != b_last)
		return a_last - b_last;
	if (!order && (a->rest || b->rest) && !a_last)
		order = compare_rests(run, a, b);
	if (order)
		return run->order.down ? -order : order;
	return (a->row > b->row) - (a->row < b->row);
}

static int compare_keys(const void *a, const void *b, void *run)
{
	return compare(run, a, b);
}

/* --- making keys --- */

static uint32_t keep_rest(struct texts *texts, const uint8_t *bytes, uint32_t n)
{
	uint32_t at = texts->used;

	if (n > REST_MOST)
		n = REST_MOST;
	if (n + 1 > texts->room - texts->used) {
		texts->room = 2 * texts->room + CHUNK;
		texts->bytes = must_resize(texts->bytes, texts->room, 1);
	}
	texts->bytes[at] = (uint8_t)n;
	memcpy(texts->bytes + at + 1, bytes, n);
	texts->used += n + 1;
	return at + 1;
}

static void make_key(struct sort_run *run, struct view_port *port, uint32_t row)
{
	struct sort_key *key = &run->keys[row];
	uint32_t packet = run->packets ? run->packets[row] : row + 1;
	uint32_t before = !row ? 0 : run->packets ? run->packets[row - 1] : row;
	struct sort_value value = { .kind = SORT_LAST };
	uint8_t prefix[PREFIX] = { 0 };

	run->order.value(run->order.owner, port, packet, before, &value);
	*key = (struct sort_key){ .prefix = value.number, .row = row };
	if (value.kind == SORT_LAST)
		*key = (struct sort_key){ .rest = NO_VALUE, .row = row };
	if (value.kind != SORT_BYTES)
		return;
	memcpy(prefix, value.bytes, value.length < PREFIX ? value.length : PREFIX);
	key->prefix = 0;
	for (unsigned i = 0; i < PREFIX; i++)
		key->prefix = key->prefix << 8 | prefix[i];
	if (value.length > PREFIX)
		key->rest = keep_rest(&run->texts[row / CHUNK],
				      (const uint8_t *)value.bytes + PREFIX, value.length - PREFIX);
}

static void tell_at_times(struct sort_run *run)
{
	if (news_are_due(&run->news))
		news_tell(&run->news);
}

static void sort_chunk(struct sort_run *run, struct view_port *port, uint32_t chunk)
{
	uint32_t from = chunk * CHUNK;
	uint32_t end = run->count - from > CHUNK ? from + CHUNK : run->count;

	for (uint32_t row = from; row < end && !run->stop; row++) {
		make_key(run, port, row);
		if (row % 256 == 255) {
			run->rows_done += 256;
			tell_at_times(run);
		}
	}
	if (run->stop)
		return;
	run->rows_done += (end - from) % 256;
	qsort_r(run->keys + from, end - from, sizeof *run->keys, compare_keys, run);
}

/* --- merging --- */

/* Two sorted parts of `from` become one of `to`. */
static bool merge(struct sort_run *run, const struct sort_key *from, struct sort_key *to,
		  uint32_t middle, uint32_t end)
{
	uint32_t a = 0, b = middle;

	for (uint32_t n = 0; n < end; n++) {
		bool first = b == end || (a < middle && compare(run, &from[a], &from[b]) <= 0);

		to[n] = first ? from[a++] : from[b++];
		if (n % STOP_EACH == 0 && run->stop)
			return false;
	}
	run->rows_merged += end;
	tell_at_times(run);
	return true;
}

static bool merge_all(struct sort_run *run)
{
	for (uint64_t size = CHUNK; size < run->count; size *= 2) {
		for (uint64_t at = 0; at < run->count; at += 2 * size) {
			uint64_t left = run->count - at;

			if (!merge(run, run->keys + at, run->spare + at,
				   (uint32_t)(left < size ? left : size),
				   (uint32_t)(left < 2 * size ? left : 2 * size)))
				return false;
		}
		struct sort_key *sorted = run->spare;

		run->spare = run->keys;
		run->keys = sorted;
	}
	return true;
}

static void finish(struct sort_run *run)
{
	if (!merge_all(run))
		return;
	for (uint32_t n = 0; n < run->count; n++) {
		run->rows[n] = run->keys[n].row;
		run->ranks[run->keys[n].row] = n;
	}
	atomic_store_explicit(&run->finished, true, memory_order_release);
}

static void *work(void *owner)
{
	struct sort_run *run = owner;
	struct view_port port;
	uint32_t chunk;

	view_port_init(&port, run->session);
	port.d.wanted_fields = run->order.wanted_fields;
	port.d.ignores_findings = !expert_is_among(run->order.wanted_fields);
	while (!run->stop && (chunk = run->next_chunk++) < run->chunk_count) {
		sort_chunk(run, &port, chunk);
		if (++run->chunks_done == run->chunk_count && !run->stop)
			finish(run);
	}
	view_port_free(&port);
	news_tell(&run->news);
	return NULL;
}

/* --- the owner's --- */

struct sort_run *sort_run_start(struct session *session, const struct sort_order *order,
				uint32_t *packets, uint32_t count, unsigned interval_ms)
{
	struct sort_run *run = must_zeroed(1, sizeof *run);
	unsigned wanted = threads_at_once();

	run->session = session;
	run->order = *order;
	run->packets = packets;
	run->count = count;
	run->chunk_count = count / CHUNK + (count % CHUNK != 0);
	run->keys = must_resize(NULL, count + 1u, sizeof *run->keys);
	run->spare = must_resize(NULL, count + 1u, sizeof *run->spare);
	run->rows = must_resize(NULL, count + 1u, sizeof *run->rows);
	run->ranks = must_resize(NULL, count + 1u, sizeof *run->ranks);
	run->texts = must_zeroed(run->chunk_count + 1u, sizeof *run->texts);
	if (!count || !news_open(&run->news, interval_ms))
		wanted = 0;
	while (run->thread_count < wanted && run->thread_count < run->chunk_count &&
	       pthread_create(&run->threads[run->thread_count], NULL, work, run) == 0)
		run->thread_count++;
	if (run->thread_count)
		return run;
	sort_run_free(run);
	return NULL;
}

void sort_run_free(struct sort_run *run)
{
	if (!run)
		return;
	run->stop = true;
	while (run->thread_count)
		pthread_join(run->threads[--run->thread_count], NULL);
	news_close(&run->news);
	for (uint32_t n = 0; n < run->chunk_count; n++)
		free(run->texts[n].bytes);
	free(run->texts);
	free(run->keys);
	free(run->spare);
	free(run->rows);
	free(run->ranks);
	free(run->packets);
	free(run);
}

int sort_run_news(const struct sort_run *run)
{
	return run->news.ends[0];
}

struct sort_progress sort_run_poll(struct sort_run *run)
{
	uint32_t passes = 0;

	news_take(&run->news);
	for (uint64_t size = CHUNK; size < run->count; size *= 2)
		passes++;
	uint64_t whole = run->count * (uint64_t)(MERGE_SHARE + passes);
	uint64_t done = run->rows_done * (uint64_t)MERGE_SHARE + run->rows_merged;

	return (struct sort_progress){
		.done = (uint32_t)(done * run->count / (whole ? whole : 1)),
		.finished = atomic_load_explicit(&run->finished, memory_order_acquire),
	};
}

void sort_run_take(struct sort_run *run, uint32_t **rows, uint32_t **ranks)
{
	*rows = run->rows;
	*ranks = run->ranks;
	run->rows = run->ranks = NULL;
}
