/* printing.c - text of packets, made by several threads and written by one after the other. */
#include "printing.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "session/turns.h"

enum {
	PIECE = 128,	      /* packets */
	TEXT_LIMIT = 1 << 20, /* bytes, and one packet's, that wait for their turn */
};

struct piece {
	struct batch_place before; /* where the batch stood */
	uint32_t count;
	uint32_t packets[PIECE];
};

struct printing {
	struct batch *batch; /* whose place goes on */
	struct batch model;  /* as it was: threads copy it when they begin */
	bool one_pass;
	struct turns *turns;
	struct piece chosen; /* not handed out yet */
};

/* What a thread makes text with. */
struct worker {
	struct batch *whole; /* whose stream it is */
	struct turn *turn;
	FILE *out;
	struct batch batch; /* a copy, that prints into `text` */
	struct view_port port;
	struct sink *text; /* what a format keeps, or */
	struct sink lines; /* what comes by `out` */
};

static ssize_t keep_text(void *owner, const char *bytes, size_t n)
{
	struct worker *worker = owner;

	sink_put(&worker->lines, bytes, n);
	return (ssize_t)n;
}

static void *begin(void *owner, struct turn *turn)
{
	const struct printing *printing = owner;
	const cookie_io_functions_t functions = { .write = keep_text };
	struct worker *worker = must_zeroed(1, sizeof *worker);

	worker->whole = printing->batch;
	worker->turn = turn;
	worker->out = fopencookie(worker, "w", functions);
	if (!worker->out)
		abort(); /* only for want of memory */
	batch_share(&worker->batch, &printing->model, worker->out);
	batch_open_port(&worker->batch, &worker->port, printing->one_pass);
	sink_init(&worker->lines, NULL);
	worker->text = worker->batch.options->format ? &worker->batch.output.sink : &worker->lines;
	sink_empty(worker->text); /* what stands before the first packet of all */
	return worker;
}

static void end(void *owner)
{
	struct worker *worker = owner;

	view_port_free(&worker->port);
	batch_unshare(&worker->batch);
	fclose(worker->out);
	sink_free(&worker->lines);
	free(worker);
}

static bool write_text(struct worker *worker)
{
	batch_flush(&worker->batch);
	bool good = turn_wait(worker->turn) &&
		    batch_write(worker->whole, worker->text->buffer, sink_length(worker->text));
	sink_empty(worker->text);
	return good;
}

static bool print_packet(struct worker *worker, uint32_t number)
{
	if (!view_port_dissect(&worker->port, number, worker->port.d.wants))
		return write_text(worker) && batch_tell_changed(worker->whole);
	batch_packet(&worker->batch, &worker->port.d);
	return sink_length(worker->text) < TEXT_LIMIT || write_text(worker);
}

static bool print_piece(void *owner, const void *what)
{
	struct worker *worker = owner;
	const struct piece *piece = what;

	batch_stand(&worker->batch, &piece->before);
	for (uint32_t i = 0; i < piece->count; i++)
		if (!print_packet(worker, piece->packets[i]))
			return false;
	return write_text(worker);
}

static const struct turns_work work = {
	.piece_size = sizeof(struct piece),
	.begin = begin,
	.piece = print_piece,
	.end = end,
};

bool printing_is_possible(const struct batch *batch)
{
	return batch_only_prints(batch) && !batch->rules.count;
}

struct printing *printing_start(struct batch *batch, bool one_pass)
{
	struct printing *printing = must_zeroed(1, sizeof *printing);

	printing->batch = batch;
	printing->one_pass = one_pass;
	/* In front of what the threads write. */
	batch_flush(batch);
	printing->model = *batch;
	printing->turns = turns_start(&work, printing);
	if (printing->turns)
		return printing;
	free(printing);
	return NULL;
}

bool printing_hurry(struct printing *printing)
{
	bool good = !printing->chosen.count || turns_add(printing->turns, &printing->chosen);

	printing->chosen.count = 0;
	return good;
}

bool printing_choose(struct printing *printing, uint32_t number)
{
	struct piece *chosen = &printing->chosen;

	if (!chosen->count)
		chosen->before = printing->batch->place;
	batch_pass(printing->batch, number);
	chosen->packets[chosen->count++] = number;
	return chosen->count < PIECE || printing_hurry(printing);
}

void printing_end(struct printing *printing)
{
	if (!printing)
		return;
	printing_hurry(printing);
	turns_end(printing->turns);
	free(printing);
}
