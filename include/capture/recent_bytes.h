/* recent_bytes.h - what one thread has just read of a file, for windows that follow close behind.
 *
 * Who reads in order fills one part after the other, and then again the oldest that nobody looks
 * into.  A window that follows looks into a part as it is: the file is read once for both. */
#ifndef CAPTURE_RECENT_BYTES_H
#define CAPTURE_RECENT_BYTES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct file_window;

enum { RECENT_PARTS = 8, RECENT_FOLLOWERS = RECENT_PARTS - 2 };

struct recent_part {
	uint8_t *bytes;
	size_t room;
	uint64_t start;		  /* offset in the file */
	_Atomic size_t held;	  /* 0: nothing for others */
	_Atomic unsigned holders; /* while there is one, or `held` is not 0, the rest stays */
};

/* Zeroed: nobody follows, and nothing is kept. */
struct recent_bytes {
	struct recent_part parts[RECENT_PARTS];
	struct recent_part *last; /* whose bytes the reader's window has; NULL: it has its own */
	struct recent_part *reserved; /* for what will be read next; NULL: none */
	_Atomic bool wanted;
	_Atomic unsigned holders; /* of all parts: at most RECENT_FOLLOWERS, so that one is free */
};

/* The reader, before its window reads on, and after it did. */
void recent_bytes_turn(struct recent_bytes *recent, struct file_window *window);
void recent_bytes_publish(struct recent_bytes *recent, const struct file_window *window);
/* The reader: a part that it fills without its window, until it turns to it; NULL: none is free. */
struct recent_part *recent_bytes_reserve(struct recent_bytes *recent);
void recent_bytes_turn_to_reserved(struct recent_bytes *recent, struct file_window *window);
/* Of both, once nobody follows any more. */
void recent_bytes_free(struct recent_bytes *recent, struct file_window *window);

/* The part that has these bytes, to be given back; NULL: there is none. */
const struct recent_part *recent_bytes_hold(struct recent_bytes *recent, uint64_t offset, size_t n);
void recent_bytes_give_back(struct recent_bytes *recent, const struct recent_part *part);

#endif
