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

/* "00: " to "ff: ": four bytes each. */
#define SIXTEEN(digit)                                                                             \
	digit "0: " digit "1: " digit "2: " digit "3: " digit "4: " digit "5: " digit "6: " digit  \
	      "7: " digit "8: " digit "9: " digit "a: " digit "b: " digit "c: " digit "d: " digit  \
	      "e: " digit "f: "
static const char quads[] = SIXTEEN("0") SIXTEEN("1") SIXTEEN("2") SIXTEEN("3") SIXTEEN("4")
	SIXTEEN("5") SIXTEEN("6") SIXTEEN("7") SIXTEEN("8") SIXTEEN("9") SIXTEEN("a") SIXTEEN("b")
		SIXTEEN("c") SIXTEEN("d") SIXTEEN("e") SIXTEEN("f");

/* All but the first two of the four bytes are written over, or taken back. */
static char *put_pairs(char *at, const uint8_t *bytes, size_t n, unsigned step)
{
	for (size_t i = 0; i < n; i++, at += step)
		memcpy(at, quads + 4 * (size_t)bytes[i], 4);
	return at;
}

void sink_put_bytes(struct sink *sink, const uint8_t *bytes, size_t n, bool colons)
{
	const size_t most = SINK_PIECE / 3 - 1;

	for (size_t done = 0, piece; done < n; done += piece) {
		piece = n - done < most ? n - done : most;
		char *at = sink_room(sink, 3 * piece + 2);
		at = put_pairs(at, bytes + done, piece, colons ? 3 : 2);
		sink_wrote(sink, at - (colons && done + piece == n));
	}
}
