/* scanner.c - the first pass on a thread of its own, behind a screen. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "session/session.h"

enum { SCAN_BATCH = 512, LOOK_AGAIN_MS = 500 };

struct scanner {
	struct session *session;
	pthread_t thread;
	int news[2];                    /* the scanner writes, the screen polls */
	int orders[2];                  /* the screen writes: look again, or stop */
	unsigned interval_ms;
	_Atomic int state;              /* enum scan_state */
	_Atomic bool stop;
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* A full pipe says the same as one byte more. */
static void write_byte(int fd)
{
	while (write(fd, "", 1) < 0 && errno == EINTR)
		;
}

static void read_bytes(int fd)
{
	char bytes[64];

	while (read(fd, bytes, sizeof bytes) > 0)
		;
}

/* Until the file may have grown, or an order came. */
static void wait_for_more(struct scanner *scanner)
{
	struct pollfd fds[2] = {
		{ .fd = scanner->orders[0], .events = POLLIN },
		{ .fd = capture_file_news(session_file(scanner->session)), .events = POLLIN },
	};

	poll(fds, fds[1].fd >= 0 ? 2 : 1, LOOK_AGAIN_MS);
	read_bytes(scanner->orders[0]);
}

static void *scan(void *owner)
{
	struct scanner *scanner = owner;
	uint32_t told = 0;
	int64_t told_at = 0;

	while (!scanner->stop) {
		enum scan_state state = session_scan(scanner->session, SCAN_BATCH, false);
		uint32_t count = session_packet_count(scanner->session);
		int64_t now = now_ms();
		bool changed = state != (enum scan_state)scanner->state;
		scanner->state = (int)state;
		if (changed || (count != told && (state != SCAN_MORE || now - told_at >= scanner->interval_ms))) {
			write_byte(scanner->news[1]);
			told = count;
			told_at = now;
		}
		if (state == SCAN_DONE)
			break;
		if (state == SCAN_WAITING)
			wait_for_more(scanner);
	}
	return NULL;
}

struct scanner *scanner_start(struct session *session, unsigned interval_ms)
{
	struct scanner *scanner = must_zeroed(1, sizeof *scanner);

	scanner->session = session;
	scanner->interval_ms = interval_ms;
	if (pipe2(scanner->news, O_NONBLOCK | O_CLOEXEC) == 0) {
		if (pipe2(scanner->orders, O_NONBLOCK | O_CLOEXEC) == 0) {
			if (pthread_create(&scanner->thread, NULL, scan, scanner) == 0)
				return scanner;
			close(scanner->orders[0]);
			close(scanner->orders[1]);
		}
		close(scanner->news[0]);
		close(scanner->news[1]);
	}
	free(scanner);
	return NULL;
}

int scanner_news(const struct scanner *scanner)
{
	return scanner->news[0];
}

enum scan_state scanner_poll(struct scanner *scanner)
{
	read_bytes(scanner->news[0]);
	return (enum scan_state)scanner->state;
}

void scanner_kick(struct scanner *scanner)
{
	write_byte(scanner->orders[1]);
}

void scanner_stop(struct scanner *scanner)
{
	if (!scanner)
		return;
	scanner->stop = true;
	write_byte(scanner->orders[1]);
	pthread_join(scanner->thread, NULL);
	for (unsigned i = 0; i < 2; i++) {
		close(scanner->news[i]);
		close(scanner->orders[i]);
	}
	free(scanner);
}
