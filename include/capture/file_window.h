/* file_window.h - part of a file in memory, read by pread().
 *
 * Not a mapping: a file that is truncated while we read it gives a short read, where
 * a mapping would raise SIGBUS.  Each thread has its own window; one that follows another thread
 * closely finds what that one has read. */
#ifndef CAPTURE_FILE_WINDOW_H
#define CAPTURE_FILE_WINDOW_H

#include <stddef.h>
#include <stdint.h>

enum {
	WINDOW_BYTES = 1 << 18,         /* read ahead when moving forward */
	WINDOW_JUMP_BYTES = 1 << 11,    /* read at a far jump, unless more is asked for */
};

struct recent_bytes;
struct recent_part;

struct file_window {
	const uint8_t *bytes;           /* zeroed: an empty window */
	int fd;                         /* what it was read from last */
	uint64_t start;                 /* offset in the file of bytes[0] */
	size_t held, room;
	int error;                      /* errno of the last read; 0: it went well */
	uint8_t *own;                   /* room for as many bytes */
	struct recent_bytes *follows;   /* of the same file, to be asked first; NULL: nobody */
	const struct file_window *beside; /* this thread's other one, to be looked into first; NULL: none */
	const struct recent_part *part; /* where the window is now; NULL: its own */
};

/* Where these n bytes are, if the window holds them; NULL: it has to be moved. */
static inline const uint8_t *file_window_has(const struct file_window *window, int fd, uint64_t offset,
					     size_t n)
{
	uint64_t into = offset - window->start;

	if (offset < window->start || into >= window->held || n > window->held - into ||
	    window->fd != fd)
		return NULL;
	return window->bytes + into;
}

/* At least n bytes at `offset`, valid until the next call; *held, if not NULL, is how
 * many there are, at most n when the file ends early.  NULL: none at all, or an
 * I/O error. */
const uint8_t *file_window_at(struct file_window *window, int fd, uint64_t offset, size_t n, size_t *held);
void file_window_free(struct file_window *window);

#endif
