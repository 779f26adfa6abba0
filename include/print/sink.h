/* sink.h - text on its way to a stream, written in large pieces.
 *
 * What is put here reaches the stream when the room is full, or with sink_flush(). */
#ifndef PRINT_SINK_H
#define PRINT_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { SINK_SIZE = 1 << 16, SINK_PIECE = 4096 };

struct sink {
	FILE *out; /* NULL: nobody reads it; what does not fit is lost */
	char *buffer, *at, *end;
	bool is_cut; /* that was so */
};

void sink_init(struct sink *sink, FILE *out);
void sink_free(struct sink *sink);
/* Hands all to the stream; what is wrong with that, ferror() tells. */
void sink_flush(struct sink *sink);
/* Of any length. */
void sink_put_long(struct sink *sink, const char *text, size_t n);
/* Two digits a byte; with `colons` as "0a:1b". */
void sink_put_bytes(struct sink *sink, const uint8_t *bytes, size_t n, bool colons);

/* Where to write n bytes, at most SINK_PIECE; sink_wrote() says how many they became. */
static inline char *sink_room(struct sink *sink, size_t n)
{
	if ((size_t)(sink->end - sink->at) < n)
		sink_flush(sink);
	return sink->at;
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
