/* turns.c - pieces in a ring; the one whose number is the turn's is the first that is not done. */
#include "session/turns.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/threads.h"

enum { WAITING_PER_THREAD = 2 };

struct turn {
	struct turns *turns;
	pthread_t thread;
	uint64_t piece; /* at hand */
};

struct turns {
	const struct turns_work *work;
	void *owner;
	unsigned thread_count;
	struct turn threads[MOST_THREADS];

	pthread_mutex_t lock;
	pthread_cond_t more; /* pieces, or there will be none */
	pthread_cond_t room; /* for pieces */
	pthread_cond_t next; /* has the turn */
	/* Under the lock, as are these: piece n is at n % room. */
	char *pieces;
	uint64_t piece_room, added, taken, turn;
	bool finished, stopped;
};

static char *piece_at(const struct turns *turns, uint64_t piece)
{
	return turns->pieces + piece % turns->piece_room * turns->work->piece_size;
}

static void stop(struct turns *turns)
{
	pthread_mutex_lock(&turns->lock);
	turns->stopped = true;
	pthread_cond_broadcast(&turns->more);
	pthread_cond_broadcast(&turns->room);
	pthread_cond_broadcast(&turns->next);
	pthread_mutex_unlock(&turns->lock);
}

static bool take_piece(struct turn *turn, void *piece)
{
	struct turns *turns = turn->turns;

	pthread_mutex_lock(&turns->lock);
	while (turns->taken == turns->added && !turns->finished && !turns->stopped)
		pthread_cond_wait(&turns->more, &turns->lock);
	bool found = turns->taken < turns->added && !turns->stopped;
	if (found) {
		turn->piece = turns->taken++;
		memcpy(piece, piece_at(turns, turn->piece), turns->work->piece_size);
		pthread_cond_signal(&turns->room);
	}
	pthread_mutex_unlock(&turns->lock);
	return found;
}

bool turn_wait(struct turn *turn)
{
	struct turns *turns = turn->turns;

	pthread_mutex_lock(&turns->lock);
	while (turns->turn != turn->piece && !turns->stopped)
		pthread_cond_wait(&turns->next, &turns->lock);
	bool goes_on = !turns->stopped;
	pthread_mutex_unlock(&turns->lock);
	return goes_on;
}

static bool pass_turn(struct turn *turn)
{
	struct turns *turns = turn->turns;

	if (!turn_wait(turn))
		return false;
	pthread_mutex_lock(&turns->lock);
	turns->turn++;
	pthread_cond_broadcast(&turns->next);
	pthread_mutex_unlock(&turns->lock);
	return true;
}

static void *work(void *owner)
{
	struct turn *turn = owner;
	const struct turns_work *what = turn->turns->work;
	void *piece = must_alloc(what->piece_size);
	void *worker = what->begin(turn->turns->owner, turn);
	bool good = true;

	while (good && take_piece(turn, piece))
		good = what->piece(worker, piece) && pass_turn(turn);
	if (!good)
		stop(turn->turns);
	what->end(worker);
	free(piece);
	return NULL;
}

static bool start_thread(struct turns *turns)
{
	struct turn *turn = &turns->threads[turns->thread_count];

	turn->turns = turns;
	if (pthread_create(&turn->thread, NULL, work, turn))
		return false;
	turns->thread_count++;
	return true;
}

static void free_turns(struct turns *turns)
{
	pthread_cond_destroy(&turns->next);
	pthread_cond_destroy(&turns->room);
	pthread_cond_destroy(&turns->more);
	pthread_mutex_destroy(&turns->lock);
	free(turns->pieces);
	free(turns);
}

struct turns *turns_start(const struct turns_work *work, void *owner)
{
	unsigned wanted = threads_at_once();

	if (wanted < 2)
		return NULL;
	struct turns *turns = must_zeroed(1, sizeof *turns);

	turns->work = work;
	turns->owner = owner;
	turns->piece_room = (uint64_t)wanted * WAITING_PER_THREAD;
	turns->pieces = must_alloc(turns->piece_room * work->piece_size);
	pthread_mutex_init(&turns->lock, NULL);
	pthread_cond_init(&turns->more, NULL);
	pthread_cond_init(&turns->room, NULL);
	pthread_cond_init(&turns->next, NULL);
	while (turns->thread_count < wanted && start_thread(turns))
		;
	if (turns->thread_count)
		return turns;
	free_turns(turns);
	return NULL;
}

bool turns_add(struct turns *turns, const void *piece)
{
	pthread_mutex_lock(&turns->lock);
	while (turns->added - turns->taken == turns->piece_room && !turns->stopped)
		pthread_cond_wait(&turns->room, &turns->lock);
	bool goes_on = !turns->stopped;
	if (goes_on) {
		memcpy(piece_at(turns, turns->added++), piece, turns->work->piece_size);
		pthread_cond_signal(&turns->more);
	}
	pthread_mutex_unlock(&turns->lock);
	return goes_on;
}

bool turns_end(struct turns *turns)
{
	if (!turns)
		return true;
	pthread_mutex_lock(&turns->lock);
	turns->finished = true;
	pthread_cond_broadcast(&turns->more);
	pthread_mutex_unlock(&turns->lock);
	for (unsigned i = 0; i < turns->thread_count; i++)
		pthread_join(turns->threads[i].thread, NULL);
	bool good = !turns->stopped;
	free_turns(turns);
	return good;
}
