/* sink.c - text on its way to a stream. */
#include "print/sink.h"

#include <stdlib.h>

#include "base/arena.h"

void sink_init(struct sink *sink, FILE *out)
{
	char *buffer = must_alloc(SINK_SIZE);

	*sink = (struct sink){ out, buffer, buffer, buffer + SINK_SIZE };
}

void sink_free(struct sink *sink)
{
	free(sink->buffer);
	*sink = (struct sink){ 0 };
}

void sink_flush(struct sink *sink)
{
	if (sink->at > sink->buffer)
		fwrite_unlocked(sink->buffer, 1, (size_t)(sink->at - sink->buffer), sink->out);
	sink->at = sink->buffer;
}

void sink_put_long(struct sink *sink, const char *text, size_t n)
{
	while (n) {
		size_t piece = n < SINK_PIECE ? n : SINK_PIECE;
		sink_put(sink, text, piece);
		text += piece;
		n -= piece;
	}
}

static char *put_pair(char *at, uint8_t byte)
{
	static const char digits[] = "0123456789abcdef";

	at[0] = digits[byte >> 4];
	at[1] = digits[byte & 15];
	return at + 2;
}

void sink_put_bytes(struct sink *sink, const uint8_t *bytes, size_t n, bool colons)
{
	for (size_t done = 0; done < n;) {
		size_t piece = n - done < SINK_PIECE / 3 ? n - done : SINK_PIECE / 3;
		char *at = sink_room(sink, 3 * piece);
		for (size_t end = done + piece; done < end; done++) {
			if (colons && done)
				*at++ = ':';
			at = put_pair(at, bytes[done]);
		}
		sink_wrote(sink, at);
	}
}
