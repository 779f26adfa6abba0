/* filter_run.c - a filter over many packets, on several threads.
 *
 * Packets are handed out in blocks.  A block belongs to one thread at a time, which writes its
 * bits and then says how far it got, so that readers need no lock. */
#include "session/filter_run.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/threads.h"
#include "news.h"
#include "session/filter_look.h"

enum {
	BLOCK = 1 << 14, /* packets */
	BACKLOG = 3, /* whole blocks that wait before others help: the first pass needs a processor too */
	WORD = 64,
	BLOCKS = 1 << 18,
};

struct block {
	_Atomic uint64_t bits[BLOCK / WORD];
	_Atomic uint32_t tested; /* of its packets, from its first on */
	bool taken;		 /* under the lock, as is: */
	uint32_t until;		 /* so far it will be tested */
};

static uint64_t bits_of(const struct block *block, uint32_t word)
{
	return atomic_load_explicit(&block->bits[word], memory_order_relaxed);
}

struct filter_run {
	struct session *session;
	const struct filter *filter;
	struct filter_look_options look_options;
	unsigned thread_count, thread_wanted;
	pthread_t threads[MOST_THREADS];
	struct news news;
	_Atomic bool untold; /* something was tested since */
	_Atomic bool stop, damaged;

	pthread_mutex_t lock;
	pthread_cond_t more; /* packets, for the thread that takes parts of blocks */
	pthread_cond_t more_blocks;
	bool parts_taken;   /* under the lock: there is such a thread */
	uint32_t published; /* under the lock, as are these: */
	uint32_t block_count;
	uint32_t first_open; /* blocks before it are taken and will be tested to their end */
	bool finished;
	_Atomic(struct block *) blocks[BLOCKS];

	/* The owner's: */
	struct filter_progress progress;
	uint32_t *rows_before; /* by block: in the blocks before it, which are whole */
	uint32_t whole_blocks, row_room;
};

static void tell_now(struct filter_run *run)
{
	if (atomic_exchange(&run->untold, false))
		news_tell(&run->news);
}

static void tell_at_times(struct filter_run *run)
{
	run->untold = true;
	if (news_are_due(&run->news))
		tell_now(run);
}

static uint32_t block_start(uint32_t number)
{
	return number * BLOCK;
}

/* Of a block's packets, those that are published. */
static uint32_t block_published(const struct filter_run *run, uint32_t number)
{
	uint32_t start = block_start(number);
	uint32_t published = run->published > start ? run->published - start : 0;

	return published < BLOCK ? published : BLOCK;
}

/* While packets still come, does the thread that takes parts fall behind?  Under the lock. */
static bool lags(const struct filter_run *run)
{
	uint32_t whole = run->published / BLOCK;

	return run->finished || whole >= run->first_open + BACKLOG;
}

/* A block with packets to test, for this thread alone; false: none.  Under the lock. */
static bool take_block(struct filter_run *run, bool takes_parts, uint32_t *number, uint32_t *until)
{
	if (!takes_parts && !lags(run))
		return false;
	takes_parts = takes_parts || run->finished;
	for (uint32_t n = run->first_open; n < run->block_count; n++) {
		struct block *block = run->blocks[n];
		*until = block_published(run, n);
		if (block->taken || block->tested >= *until || (*until < BLOCK && !takes_parts))
			continue;
		block->taken = true;
		block->until = *until;
		*number = n;
		while (run->first_open < run->block_count &&
		       run->blocks[run->first_open]->until == BLOCK)
			run->first_open++;
		return true;
	}
	return false;
}

static bool wait_for_block(struct filter_run *run, bool takes_parts, uint32_t *number,
			   uint32_t *until)
{
	bool found = false;

	pthread_mutex_lock(&run->lock);
	while (!run->stop && !(found = take_block(run, takes_parts, number, until)) &&
	       !run->finished) {
		tell_now(run);
		pthread_cond_wait(takes_parts ? &run->more : &run->more_blocks, &run->lock);
	}
	pthread_mutex_unlock(&run->lock);
	return found;
}

static void give_back(struct filter_run *run, struct block *block)
{
	pthread_mutex_lock(&run->lock);
	block->taken = false;
	pthread_mutex_unlock(&run->lock);
}

/* Tests a block's packets up to `until`, a word of bits at a time. */
static void test_block(struct filter_run *run, struct filter_look *look, uint32_t number,
		       uint32_t until)
{
	struct block *block = run->blocks[number];
	uint32_t at = block->tested;

	while (at < until && !run->stop) {
		uint32_t word = at / WORD,
			 end = (word + 1) * WORD < until ? (word + 1) * WORD : until;
		uint64_t found = filter_look_at(look, block_start(number) + at + 1, end - at);
		uint64_t bits = bits_of(block, word) | found << at % WORD;
		at = end;
		atomic_store_explicit(&block->bits[word], bits, memory_order_relaxed);
		atomic_store_explicit(&block->tested, at, memory_order_release);
		tell_at_times(run);
	}
	if (filter_look_is_damaged(look))
		run->damaged = true;
	give_back(run, block);
}

/* Of what comes little by little one thread has the part of the file at hand where the last one
 * ended. */
static bool is_first(struct filter_run *run)
{
	pthread_mutex_lock(&run->lock);
	bool first = !run->parts_taken;
	run->parts_taken = true;
	pthread_mutex_unlock(&run->lock);
	return first;
}

static void *work(void *owner)
{
	struct filter_run *run = owner;
	struct filter_look *look = filter_look_new(run->session, run->filter, &run->look_options);
	bool takes_parts = is_first(run);
	uint32_t number, until;

	while (wait_for_block(run, takes_parts, &number, &until))
		test_block(run, look, number, until);
	news_tell(&run->news);
	filter_look_free(look);
	return NULL;
}

static bool start_threads(struct filter_run *run)
{
	while (run->thread_count < run->thread_wanted &&
	       pthread_create(&run->threads[run->thread_count], NULL, work, run) == 0)
		run->thread_count++;
	return run->thread_count;
}

struct filter_run *filter_run_start(struct session *session, const struct filter *filter,
				    const struct filter_run_options *options)
{
	struct filter_run *run = must_zeroed(1, sizeof *run);
	unsigned wanted = options->threads ? options->threads : threads_at_once();

	run->session = session;
	run->filter = filter;
	run->look_options = options->look;
	pthread_mutex_init(&run->lock, NULL);
	pthread_cond_init(&run->more, NULL);
	pthread_cond_init(&run->more_blocks, NULL);
	run->thread_wanted = wanted < MOST_THREADS ? wanted : MOST_THREADS;
	if (news_open(&run->news, options->interval_ms) && start_threads(run))
		return run;
	filter_run_free(run);
	return NULL;
}

void filter_run_stop(struct filter_run *run)
{
	pthread_mutex_lock(&run->lock);
	run->stop = true;
	pthread_cond_broadcast(&run->more);
	pthread_cond_broadcast(&run->more_blocks);
	pthread_mutex_unlock(&run->lock);
	while (run->thread_count)
		pthread_join(run->threads[--run->thread_count], NULL);
}

/* Blocks that were given back half tested were counted on to be tested to their end. */
bool filter_run_go_on(struct filter_run *run)
{
	if (run->thread_count)
		return true;
	for (uint32_t n = 0; n < run->block_count; n++)
		run->blocks[n]->until = run->blocks[n]->tested;
	run->first_open = 0;
	run->parts_taken = false;
	run->stop = false;
	return start_threads(run);
}

void filter_run_free(struct filter_run *run)
{
	if (!run)
		return;
	filter_run_stop(run);
	for (uint32_t n = 0; n < run->block_count; n++)
		free(run->blocks[n]);
	news_close(&run->news);
	pthread_cond_destroy(&run->more);
	pthread_cond_destroy(&run->more_blocks);
	pthread_mutex_destroy(&run->lock);
	free(run->rows_before);
	free(run);
}

void filter_run_feed(struct filter_run *run, uint32_t published, bool finished)
{
	pthread_mutex_lock(&run->lock);
	uint32_t whole = run->published / BLOCK;
	if (published > run->published)
		run->published = published;
	while (run->block_count < BLOCKS && block_start(run->block_count) < run->published)
		run->blocks[run->block_count++] = must_zeroed(1, sizeof(struct block));
	run->finished = run->finished || finished;
	pthread_cond_signal(&run->more);
	if (finished || (run->published / BLOCK > whole && lags(run)))
		pthread_cond_broadcast(&run->more_blocks);
	pthread_mutex_unlock(&run->lock);
}

int filter_run_news(const struct filter_run *run)
{
	return run->news.ends[0];
}

/* Bits of a block's first `n` packets. */
static uint32_t count_bits(const struct block *block, uint32_t n)
{
	uint32_t count = 0;

	for (uint32_t word = 0; word < n / WORD; word++)
		count += (uint32_t)__builtin_popcountll(bits_of(block, word));
	if (n % WORD)
		count += (uint32_t)__builtin_popcountll(bits_of(block, n / WORD) &
							((UINT64_C(1) << n % WORD) - 1));
	return count;
}

static void note_whole_block(struct filter_run *run, uint32_t rows)
{
	if (run->whole_blocks + 1 >= run->row_room) {
		run->rows_before =
			must_grow(run->rows_before, &run->row_room, 16, sizeof *run->rows_before);
		run->rows_before[0] = 0;
	}
	run->rows_before[run->whole_blocks + 1] = run->rows_before[run->whole_blocks] + rows;
	run->whole_blocks++;
}

static uint32_t rows_before(const struct filter_run *run, uint32_t block)
{
	return run->rows_before ? run->rows_before[block] : 0;
}

struct filter_progress filter_run_poll(struct filter_run *run)
{
	uint32_t tested = 0;

	news_take(&run->news);
	while (run->whole_blocks < run->block_count) {
		const struct block *block = run->blocks[run->whole_blocks];
		tested = atomic_load_explicit(&block->tested, memory_order_acquire);
		if (tested < BLOCK)
			break;
		note_whole_block(run, count_bits(block, BLOCK));
		tested = 0;
	}
	run->progress = (struct filter_progress){
		.tested = block_start(run->whole_blocks) + tested,
		.passed = rows_before(run, run->whole_blocks),
		.damaged = run->damaged,
	};
	if (tested)
		run->progress.passed += count_bits(run->blocks[run->whole_blocks], tested);
	run->progress.done = run->finished && run->progress.tested == run->published;
	return run->progress;
}

bool filter_run_passes(const struct filter_run *run, uint32_t number)
{
	if (!number || number > run->progress.tested)
		return false;
	const struct block *block = run->blocks[(number - 1) / BLOCK];
	uint32_t at = (number - 1) % BLOCK;
	return bits_of(block, at / WORD) >> at % WORD & 1;
}

uint32_t filter_run_next(const struct filter_run *run, uint32_t number)
{
	/* `number` packets come before the next one, which has this index. */
	while (number < run->progress.tested) {
		uint32_t at = number % BLOCK;
		uint64_t bits = bits_of(run->blocks[number / BLOCK], at / WORD) >> at % WORD;
		uint32_t left = WORD - at % WORD;
		if (bits) {
			number += (uint32_t)__builtin_ctzll(bits);
			return number < run->progress.tested ? number + 1 : 0;
		}
		if (left > run->progress.tested - number)
			break;
		number += left;
	}
	return 0;
}

/* The block of a row, which is there. */
static uint32_t block_of_row(const struct filter_run *run, uint32_t row)
{
	uint32_t from = 0, to = run->whole_blocks;

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;
		if (run->rows_before[middle + 1] <= row)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

uint32_t filter_run_packet(const struct filter_run *run, uint32_t row)
{
	if (row >= run->progress.passed)
		return 0;
	uint32_t number = block_of_row(run, row), word = 0;
	const struct block *block = run->blocks[number];
	row -= rows_before(run, number);
	for (;; word++) {
		uint32_t count = (uint32_t)__builtin_popcountll(bits_of(block, word));
		if (row < count)
			break;
		row -= count;
	}
	uint64_t bits = bits_of(block, word);
	while (row--)
		bits &= bits - 1;
	return block_start(number) + word * WORD + (uint32_t)__builtin_ctzll(bits) + 1;
}

uint32_t filter_run_row(const struct filter_run *run, uint32_t number)
{
	uint32_t before = number ? number - 1 : 0;

	if (before > run->progress.tested)
		before = run->progress.tested;
	uint32_t block = before / BLOCK;
	if (before % BLOCK == 0)
		return rows_before(run, block);
	return rows_before(run, block) + count_bits(run->blocks[block], before % BLOCK);
}
