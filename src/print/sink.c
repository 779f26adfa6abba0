/* sink.c - text on its way to a stream. */
#include "print/sink.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/number_text.h"

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
	if (!sink->out)
		return;
	if (sink->at > sink->buffer)
		fwrite_unlocked(sink->buffer, 1, sink_length(sink), sink->out);
	sink_empty(sink);
}

static void grow(struct sink *sink)
{
	size_t length = sink_length(sink), room = 2 * (size_t)(sink->end - sink->buffer);

	sink->buffer = must_resize(sink->buffer, room, 1);
	sink->at = sink->buffer + length;
	sink->end = sink->buffer + room;
}

void sink_make_room(struct sink *sink)
{
	if (sink->out)
		sink_flush(sink);
	else
		grow(sink);
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

void sink_put_bytes(struct sink *sink, const uint8_t *bytes, size_t n, bool colons)
{
	const size_t most = SINK_PIECE / 3 - 1;

	for (size_t done = 0, piece; done < n; done += piece) {
		piece = n - done < most ? n - done : most;
		char *at = sink_room(sink, 3 * piece + 2);
		if (!colons)
			at = number_put_bytes(at, bytes + done, (uint32_t)piece);
		else
			at = number_put_bytes_apart(at, bytes + done, (uint32_t)piece);
		/* The one behind the last of a piece is there, but not counted. */
		sink_wrote(sink, at + (colons && done + piece < n));
	}
}
