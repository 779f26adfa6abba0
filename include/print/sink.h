/* sink.h - text on its way to a stream, written in large pieces, or kept.
 *
 * What is put here reaches the stream when the room is full, or with sink_flush(). */
#ifndef PRINT_SINK_H
#define PRINT_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/likely.h"

enum { SINK_SIZE = 1 << 16, SINK_PIECE = 4096 };

struct sink {
	FILE *out;		 /* NULL: the text is kept, for which there is always room */
	char *buffer, *at, *end; /* the text is what lies before `at` */
};

void sink_init(struct sink *sink, FILE *out);
void sink_free(struct sink *sink);
/* Hands all to the stream, if there is one; what is wrong with that, ferror() tells. */
void sink_flush(struct sink *sink);
/* Makes room for SINK_PIECE bytes. */
void sink_make_room(struct sink *sink);
/* Of any length. */
void sink_put_long(struct sink *sink, const char *text, size_t n);
/* Two digits a byte; with `colons` as "0a:1b". */
void sink_put_bytes(struct sink *sink, const uint8_t *bytes, size_t n, bool colons);

/* Where to write n bytes, at most SINK_PIECE; sink_wrote() says how many they became. */
static inline char *sink_room(struct sink *sink, size_t n)
{
	if (unlikely((size_t)(sink->end - sink->at) < n))
		sink_make_room(sink);
	return sink->at;
}

/* Bytes of text that are here. */
static inline size_t sink_length(const struct sink *sink)
{
	return (size_t)(sink->at - sink->buffer);
}

/* Whoever kept the text has done with it. */
static inline void sink_empty(struct sink *sink)
{
	sink->at = sink->buffer;
}

static inline void sink_wrote(struct sink *sink, const char *end)
{
	sink->at += end - sink->at;
}

static inline void sink_put(struct sink *sink, const char *text, size_t n)
{
	if (n > SINK_PIECE) {
		sink_put_long(sink, text, n);
		return;
	}
	memcpy(sink_room(sink, n), text, n);
	sink->at += n;
}

static inline void sink_put_text(struct sink *sink, const char *text)
{
	sink_put(sink, text, strlen(text));
}

static inline void sink_put_char(struct sink *sink, char c)
{
	*sink_room(sink, 1) = c;
	sink->at++;
}

#endif
