/* read_ahead.h - a thread that reads the next part of a file while this one is taken apart; private
 * to src/session. */
#ifndef SESSION_READ_AHEAD_H
#define SESSION_READ_AHEAD_H

#include <pthread.h>
#include <stdbool.h>

#include "capture/capture_file.h"

struct read_ahead {
	struct capture_file *file;
	struct reads_ahead calls;
	pthread_t thread;
	bool started; /* once a part is asked for */

	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool asked, stop; /* under the lock */
};

/* For the thread that reads the file in order, before and after it does. */
void read_ahead_begin(struct read_ahead *ahead, struct capture_file *file);
void read_ahead_end(struct read_ahead *ahead);

#endif
