/* file_window.c - pread() into a buffer that grows to what is asked for.
 *
 * A far jump reads little.  Each read that goes on forward takes four times as much as
 * the last, so reading a screen of neighbours costs little and reading all costs least. */
#include "capture/file_window.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "capture/recent_bytes.h"

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
	free(window->own);
	window->own = must_alloc(n);
	window->room = n;
}

static size_t read_fully(struct file_window *window, int fd, uint64_t offset, size_t n)
{
	size_t done = 0;

	window->error = 0;
	while (done < n) {
		ssize_t got = pread(fd, window->own + done, n - done, (off_t)(offset + done));

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

static void leave_part(struct file_window *window)
{
	if (window->part)
		recent_bytes_give_back(window->follows, window->part);
	window->part = NULL;
}

/* Moves to where another thread has just been; false: it was not there. */
static bool follow(struct file_window *window, uint64_t offset, size_t n)
{
	leave_part(window);
	if (window->follows)
		window->part = recent_bytes_hold(window->follows, offset, n);
	if (!window->part)
		return false;
	window->bytes = window->part->bytes;
	window->start = window->part->start;
	window->held = window->part->held;
	window->error = 0;
	return true;
}

static void read_window(struct file_window *window, int fd, uint64_t offset, size_t n)
{
	size_t want = bytes_to_read(window, offset, n);

	window->held = 0;
	if (offset > INT64_MAX - want)
		return;
	make_room(window, want);
	window->bytes = window->own;
	window->start = offset;
	window->held = read_fully(window, fd, offset, want);
}

const uint8_t *file_window_at(struct file_window *window, int fd, uint64_t offset, size_t n,
			      size_t *held)
{
	if (window->fd != fd) {
		window->fd = fd;
		window->held = 0;
	}
	uint64_t into = offset - window->start;

	if (offset < window->start || into > window->held || n > window->held - into) {
		const uint8_t *bytes =
			window->beside ? file_window_has(window->beside, fd, offset, n) : NULL;
		if (bytes) {
			if (held)
				*held = n;
			return bytes;
		}
		if (!follow(window, offset, n))
			read_window(window, fd, offset, n);
		into = offset - window->start;
	}
	size_t there = window->held ? window->held - (size_t)into : 0;

	if (held)
		*held = there < n ? there : n;
	return there ? window->bytes + into : NULL;
}

void file_window_free(struct file_window *window)
{
	leave_part(window);
	free(window->own);
	*window = (struct file_window){ 0 };
}
