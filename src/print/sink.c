/* sink.c - text on its way to a stream. */
#include "print/sink.h"

#include <stdlib.h>

#include "base/arena.h"

void sink_init(struct sink *sink, FILE *out)
{
	char *buffer = must_alloc(SINK_SIZE);

	*sink = (struct sink){ out, buffer, buffer, buffer + SINK_SIZE, false };
}

void sink_free(struct sink *sink)
{
	free(sink->buffer);
	*sink = (struct sink){ 0 };
}

void sink_flush(struct sink *sink)
{
	if (!sink->out)
		sink->is_cut = true;
	else if (sink->at > sink->buffer)
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

/* "00" to "ff" */
#define SIXTEEN(digit)                                                                             \
	digit "0" digit "1" digit "2" digit "3" digit "4" digit "5" digit "6" digit "7" digit      \
	      "8" digit "9" digit "a" digit "b" digit "c" digit "d" digit "e" digit "f"
static const char pairs[] = SIXTEEN("0") SIXTEEN("1") SIXTEEN("2") SIXTEEN("3") SIXTEEN("4")
	SIXTEEN("5") SIXTEEN("6") SIXTEEN("7") SIXTEEN("8") SIXTEEN("9") SIXTEEN("a") SIXTEEN("b")
		SIXTEEN("c") SIXTEEN("d") SIXTEEN("e") SIXTEEN("f");

static char *put_pair(char *at, uint8_t byte)
{
	memcpy(at, pairs + 2 * (size_t)byte, 2);
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
