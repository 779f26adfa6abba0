/* work.h - what may take so long that one wonders: how far it is, and how it is stopped.
 *
 * What was found out before it was stopped stays; but for what is written into a file, it can be
 * gone on with. */
#ifndef UI_WORK_H
#define UI_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum work {
	WORK_NONE,
	/* What was asked for by the last keys: it is told in the status line. */
	WORK_SAVING,
	WORK_EXPORTING,
	WORK_SAVING_STREAM,
	WORK_FINDING,
	WORK_SEARCHING,
	WORK_FILTERING,
	WORK_SORTING,
	WORK_HASHING,
	WORK_NAMING,
	/* What goes on behind a view, which tells it itself. */
	WORK_LISTING_OBJECTS,
	WORK_READING_STREAM,
	WORK_COUNTING,
	WORK_JUDGING,
	WORK_READING,
	WORKS,
};

struct work_progress {
	const char *doing;	/* "Filtering" */
	const char *things;	/* "packets", "bytes" */
	uint64_t done, total;	/* total 0: nobody knows */
	const char *found_word; /* NULL: nothing is looked for */
	uint64_t found;
};

struct app;

/* The first work that goes on, in the order above, as far as `last`. */
enum work app_work(const struct app *app, enum work last, struct work_progress *progress);
/* Notices what has begun or ended, so that it is known since when it goes on. */
void app_note_work(struct app *app);
/* Of what is told in the status line, once it takes so long that one wonders: "Filtering 62 %
 * 124 000 of 200 000 packets  312 found  2 s left  ^C stops".  False: there is nothing to tell. */
bool app_work_text(const struct app *app, int columns, char *text, size_t room);
/* Stops what app_work() tells; false: nothing goes on. */
bool app_stop_work(struct app *app, enum work last);
/* The same for what goes on so long that one wonders. */
bool app_stop_long_work(struct app *app);
/* Goes on with all that was stopped. */
void app_go_on(struct app *app);

#endif
