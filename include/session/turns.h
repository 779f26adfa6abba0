/* turns.h - pieces of work that several threads do at the same time, while each hands in its
 * results only when those of all pieces before it are in.
 *
 * One thread owns the turns: it starts them, adds pieces and ends them. */
#ifndef SESSION_TURNS_H
#define SESSION_TURNS_H

#include <stdbool.h>
#include <stddef.h>

struct turns;
struct turn; /* a thread's own */

/* What is to be done; each thread has a worker of its own. */
struct turns_work {
	size_t piece_size; /* bytes that say what is to be done, which are copied */
	void *(*begin)(void *owner, struct turn *turn);
	/* False: nothing more can be done, by any thread. */
	bool (*piece)(void *worker, const void *piece);
	void (*end)(void *worker);
};

/* NULL: threads would not help, as there is one processor or none can be started. */
struct turns *turns_start(const struct turns_work *work, void *owner);
/* Waits while enough pieces are waiting.  False: a piece could not be done, nothing more will. */
bool turns_add(struct turns *turns, const void *piece);
/* Waits for all pieces and frees; NULL is fine.  False: one could not be done. */
bool turns_end(struct turns *turns);

/* The worker's, within a piece: waits until it may hand in what it has, as the only thread that
 * does.  False: it may not, as a piece before it could not be done. */
bool turn_wait(struct turn *turn);

#endif
