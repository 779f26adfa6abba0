/* file_window.c - pread() into a buffer that grows to what is asked for.
 *
 * A far jump reads little.  Each read that goes on forward takes four times as much as
 * the last, so reading a screen of neighbours costs little and reading all costs least. */
#include "capture/file_window.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"

static size_t bytes_to_read(const struct file_window *window, uint64_t offset, size_t n)
{
	size_t ahead = WINDOW_JUMP_BYTES;

	if (window->held && offset >= window->start && offset - window->start <= window->held) {
		ahead = window->held * 4;
		if (ahead > WINDOW_BYTES)
			ahead = WINDOW_BYTES;
		if (ahead < WINDOW_JUMP_BYTES)
			ahead = WINDOW_JUMP_BYTES;
	}
	if (!window->held && !offset)
		ahead = WINDOW_BYTES;
	return n > ahead ? n : ahead;
}

static void make_room(struct file_window *window, size_t n)
{
	if (n <= window->room)
		return;
	free(window->bytes);
	window->bytes = must_alloc(n);
	window->room = n;
}

static size_t read_fully(struct file_window *window, int fd, uint64_t offset, size_t n)
{
	size_t done = 0;

	window->error = 0;
	while (done < n) {
		ssize_t got = pread(fd, window->bytes + done, n - done, (off_t)(offset + done));

		if (got > 0) {
			done += (size_t)got;
			continue;
		}
		if (!got)
			break;
		if (errno == EINTR)
			continue;
		window->error = errno;
		break;
	}
	return done;
}

const uint8_t *file_window_at(struct file_window *window, int fd, uint64_t offset, size_t n, size_t *held)
{
	if (window->fd != fd) {
		window->fd = fd;
		window->held = 0;
	}
	uint64_t into = offset - window->start;

	if (offset < window->start || into > window->held || n > window->held - into) {
		size_t want = bytes_to_read(window, offset, n);

		window->held = 0;
		if (offset > INT64_MAX - want) {
			if (held)
				*held = 0;
			return NULL;
		}
		make_room(window, want);
		window->start = offset;
		window->held = read_fully(window, fd, offset, want);
		into = 0;
	}
	size_t there = window->held - (size_t)into;

	if (held)
		*held = there < n ? there : n;
	return there ? window->bytes + into : NULL;
}

void file_window_free(struct file_window *window)
{
	free(window->bytes);
	*window = (struct file_window){ 0 };
}
