/* plain_text.h - text whose bytes mostly stay as they are, eight at once; private to src/print. */
#ifndef PRINT_PLAIN_TEXT_H
#define PRINT_PLAIN_TEXT_H

#include "print/sink.h"

#define EVERY_BYTE (UINT64_MAX / 0xff)
#define HIGH_BITS  (0x80 * EVERY_BYTE)

/* These set the high bit of the first byte that is meant, if there is one; above it, and in other
 * bits, they say nothing. */
static inline uint64_t bytes_that_are(uint64_t word, char c)
{
	uint64_t differs = word ^ (uint8_t)c * EVERY_BYTE;

	return (differs - EVERY_BYTE) & ~differs;
}

static inline uint64_t bytes_not_printable(uint64_t word)
{
	return word | (word - 0x20 * EVERY_BYTE) | (word + EVERY_BYTE);
}

/* Puts bytes at p up to the first that is not among `plain`, as far as a piece has room; returns
 * how many.  needs_look() of eight of them has no high bit if all are. */
static inline size_t put_plain(struct sink *sink, const uint8_t *p, size_t n,
			       uint64_t (*needs_look)(uint64_t word), const bool plain[256])
{
	size_t at = 0;
	uint64_t word;

	if (n > SINK_PIECE)
		n = SINK_PIECE;
	char *to = sink_room(sink, n);
	for (; n - at >= sizeof word; at += sizeof word) {
		memcpy(&word, p + at, sizeof word);
		if (needs_look(word) & HIGH_BITS)
			break;
		memcpy(to + at, &word, sizeof word);
	}
	for (; at < n && plain[p[at]]; at++)
		to[at] = (char)p[at];
	sink_wrote(sink, to + at);
	return at;
}

#endif
