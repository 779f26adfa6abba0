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
	/* What is left of it, with some that were copied. */
	if (n - at < sizeof word && n >= sizeof word) {
		memcpy(&word, p + n - sizeof word, sizeof word);
		if (!(needs_look(word) & HIGH_BITS)) {
			memcpy(to + n - sizeof word, &word, sizeof word);
			at = n;
		}
	}
	for (; at < n && plain[p[at]]; at++)
		to[at] = (char)p[at];
	sink_wrote(sink, to + at);
	return at;
}

enum { SHORT_TEXT = 64 };

/* All of a short text at once, where SHORT_TEXT bytes have room; false: it is too long or too short
 * for that, or not all of it is plain. */
static inline bool copy_short(char *to, const uint8_t *p, size_t n,
			      uint64_t (*needs_look)(uint64_t word))
{
	uint64_t word, last, look = 0;

	if (n < sizeof word || n > SHORT_TEXT)
		return false;
	memcpy(&last, p + n - sizeof last, sizeof last);
	for (size_t at = 0; at < n - sizeof word; at += sizeof word) {
		memcpy(&word, p + at, sizeof word);
		memcpy(to + at, &word, sizeof word);
		look |= needs_look(word);
	}
	memcpy(to + n - sizeof last, &last, sizeof last);
	return !((look | needs_look(last)) & HIGH_BITS);
}

#endif
