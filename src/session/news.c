/* news.c - wakes whoever waits for work that threads do. */
#include "news.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

bool news_open(struct news *news, unsigned interval_ms)
{
	news->interval_ms = interval_ms;
	news->opened = pipe2(news->ends, O_NONBLOCK | O_CLOEXEC) == 0;
	return news->opened;
}

void news_close(struct news *news)
{
	for (unsigned i = 0; news->opened && i < 2; i++)
		close(news->ends[i]);
	news->opened = false;
}

/* A full pipe says the same as one byte more. */
void news_tell(struct news *news)
{
	while (write(news->ends[1], "", 1) < 0 && errno == EINTR)
		;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

bool news_are_due(struct news *news)
{
	int64_t now = now_ms(), told = news->told_at;

	return now - told >= news->interval_ms &&
	       atomic_compare_exchange_strong(&news->told_at, &told, now);
}

void news_take(const struct news *news)
{
	char bytes[64];

	while (read(news->ends[0], bytes, sizeof bytes) > 0)
		;
}
