/* news.h - a byte through a pipe, by which threads wake whoever polls it; private to src/session.
 */
#ifndef SESSION_NEWS_H
#define SESSION_NEWS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct news {
	int ends[2]; /* to be polled and read, to be written */
	bool opened;
	unsigned interval_ms;	 /* news_are_due() at most so often */
	_Atomic int64_t told_at; /* ms */
};

bool news_open(struct news *news, unsigned interval_ms);
void news_close(struct news *news);
/* From any thread. */
void news_tell(struct news *news);
/* Is it time to tell again?  True for one of the threads that ask. */
bool news_are_due(struct news *news);
/* The poller's: forgets what was told. */
void news_take(const struct news *news);

#endif
