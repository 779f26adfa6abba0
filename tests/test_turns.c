/* test_turns.c - work of several threads: its results come in order, and stop where a piece fails.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/threads.h"
#include "session/turns.h"
#include "support/unit_test.h"

enum { PIECES = 2000, NONE = -1 };

struct results {
	int count, values[PIECES]; /* written by who has the turn */
	int failing;		   /* the piece that cannot be done, or NONE */
};

struct worker {
	struct results *results;
	struct turn *turn;
};

static void *begin(void *owner, struct turn *turn)
{
	struct worker *worker = must_alloc(sizeof *worker);

	*worker = (struct worker){ owner, turn };
	return worker;
}

/* Of different length, so that later ones are ready first. */
static int work_on(int piece)
{
	volatile int value = 0;

	for (int i = 0; i < piece % 7 * 1000; i++)
		value++;
	return piece;
}

static bool do_piece(void *owner, const void *what)
{
	struct worker *worker = owner;
	struct results *results = worker->results;
	int value = work_on(*(const int *)what);

	if (!turn_wait(worker->turn))
		return false;
	if (value == results->failing)
		return false;
	results->values[results->count++] = value;
	return true;
}

static const struct turns_work work = { sizeof(int), begin, do_piece, free };

static struct turns *start(struct results *results)
{
	struct turns *turns = turns_start(&work, results);

	if (!turns) {
		assert_int_equal(threads_at_once(), 1);
		skip();
	}
	return turns;
}

static void test_in_order(void **state)
{
	(void)state;
	struct results *results = must_zeroed(1, sizeof *results);

	results->failing = NONE;
	struct turns *turns = start(results);
	for (int piece = 0; piece < PIECES; piece++)
		assert_true(turns_add(turns, &piece));
	assert_true(turns_end(turns));
	assert_int_equal(results->count, PIECES);
	for (int piece = 0; piece < PIECES; piece++)
		assert_int_equal(results->values[piece], piece);
	free(results);
}

static void test_stops(void **state)
{
	(void)state;
	struct results *results = must_zeroed(1, sizeof *results);
	bool good = true;

	results->failing = PIECES / 2;
	struct turns *turns = start(results);
	for (int piece = 0; good && piece < PIECES; piece++)
		good = turns_add(turns, &piece);
	assert_false(good);
	assert_false(turns_end(turns));
	assert_int_equal(results->count, PIECES / 2);
	free(results);
}

static void test_nothing(void **state)
{
	(void)state;
	struct results results = { .failing = NONE };

	assert_true(turns_end(start(&results)));
	assert_true(turns_end(NULL));
	assert_int_equal(results.count, 0);
}

UNIT_TESTS(test_turns)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_order),
		cmocka_unit_test(test_stops),
		cmocka_unit_test(test_nothing),
	};

	return cmocka_run_group_tests_name("turns", tests, NULL, NULL);
}
