/* scanner.c - the first pass on a thread of its own, behind a screen. */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/arena.h"
#include "news.h"
#include "read_ahead.h"
#include "session/session.h"

enum { SCAN_BATCH = 512, LOOK_AGAIN_MS = 500 };

struct scanner {
	struct session *session;
	pthread_t thread;
	struct news news;               /* the scanner tells, the screen polls */
	struct news orders;             /* the screen tells: look again, or stop */
	_Atomic int state;              /* enum scan_state */
	_Atomic bool stop;
};

/* Until the file may have grown, or an order came. */
static void wait_for_more(struct scanner *scanner)
{
	struct pollfd fds[2] = {
		{ .fd = scanner->orders.ends[0], .events = POLLIN },
		{ .fd = capture_file_news(session_file(scanner->session)), .events = POLLIN },
	};

	poll(fds, fds[1].fd >= 0 ? 2 : 1, LOOK_AGAIN_MS);
	news_take(&scanner->orders);
}

static void *scan(void *owner)
{
	struct scanner *scanner = owner;
	struct read_ahead ahead;
	uint32_t told = 0;

	read_ahead_begin(&ahead, session_file(scanner->session));
	while (!scanner->stop) {
		enum scan_state state = session_scan(scanner->session, SCAN_BATCH, false);
		uint32_t count = session_packet_count(scanner->session);
		bool changed = state != (enum scan_state)scanner->state;
		scanner->state = (int)state;
		if (changed || (count != told && (state != SCAN_MORE || news_are_due(&scanner->news)))) {
			news_tell(&scanner->news);
			told = count;
		}
		if (state == SCAN_DONE)
			break;
		if (state == SCAN_WAITING)
			wait_for_more(scanner);
	}
	read_ahead_end(&ahead);
	return NULL;
}

static void free_scanner(struct scanner *scanner)
{
	news_close(&scanner->news);
	news_close(&scanner->orders);
	free(scanner);
}

struct scanner *scanner_start(struct session *session, unsigned interval_ms)
{
	struct scanner *scanner = must_zeroed(1, sizeof *scanner);

	scanner->session = session;
	if (news_open(&scanner->news, interval_ms) && news_open(&scanner->orders, 0) &&
	    pthread_create(&scanner->thread, NULL, scan, scanner) == 0)
		return scanner;
	free_scanner(scanner);
	return NULL;
}

int scanner_news(const struct scanner *scanner)
{
	return scanner->news.ends[0];
}

enum scan_state scanner_poll(struct scanner *scanner)
{
	news_take(&scanner->news);
	return (enum scan_state)scanner->state;
}

void scanner_kick(struct scanner *scanner)
{
	news_tell(&scanner->orders);
}

void scanner_stop(struct scanner *scanner)
{
	if (!scanner)
		return;
	scanner->stop = true;
	news_tell(&scanner->orders);
	pthread_join(scanner->thread, NULL);
	free_scanner(scanner);
}
