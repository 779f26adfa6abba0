/* hex.c - bytes in hexadecimal and as ASCII, sixteen a line. */
#include <string.h>

#include "base/number_text.h"
#include "print/printer.h"
#include "print/sink.h"

enum { LINE_BYTES = 16, LINE_ROOM = 100 };

static unsigned offset_digits(uint32_t last)
{
	unsigned digits = 4;

	while (digits < 8 && last >> 4 * digits)
		digits++;
	return digits;
}

static char *put_ascii(char *at, const uint8_t *bytes, uint32_t n, enum hex_ascii ascii)
{
	if (ascii == HEX_NO_ASCII)
		return at;
	if (ascii == HEX_ASCII_DELIMITED)
		*at++ = '|';
	for (uint32_t i = 0; i < n; i++) {
		uint8_t byte = bytes[i];
		*at++ = byte >= 0x20 && byte < 0x7f ? (char)byte : '.';
	}
	if (ascii == HEX_ASCII_DELIMITED)
		*at++ = '|';
	return at;
}

/* n bytes; `line` begins with their offset, which ends at `at`. */
static size_t put_line(char *line, char *at, const uint8_t *bytes, uint32_t n, enum hex_ascii ascii)
{
	static const char digits[] = "0123456789abcdef";
	enum { WIDTH = 1 + 3 * LINE_BYTES + 3 };

	memset(at, ' ', WIDTH);
	for (uint32_t i = 0; i < n; i++) {
		at[2 + 3 * i] = digits[bytes[i] >> 4];
		at[3 + 3 * i] = digits[bytes[i] & 15];
	}
	return (size_t)(put_ascii(at + WIDTH, bytes, n, ascii) - line);
}

size_t hex_line(char *line, size_t room, const uint8_t *bytes, uint32_t offset, uint32_t n)
{
	char text[LINE_ROOM];
	char *at = number_put_hex(text, offset, offset_digits(offset));
	size_t length = put_line(text, at, bytes, n < LINE_BYTES ? n : LINE_BYTES, HEX_ASCII);

	if (!room)
		return 0;
	if (length > room - 1)
		length = room - 1;
	memcpy(line, text, length);
	line[length] = '\0';
	return length;
}

void hex_print_bytes(FILE *out, const uint8_t *bytes, uint32_t n, enum hex_ascii ascii)
{
	char room[2 * SINK_PIECE];
	struct sink sink = { out, room, room, room + sizeof room };
	unsigned digits = offset_digits(n ? n - 1 : 0);

	for (uint32_t offset = 0; offset < n; offset += LINE_BYTES) {
		uint32_t left = n - offset;
		char *line = sink_room(&sink, LINE_ROOM);
		char *at = number_put_hex(line, offset, digits);
		at = line + put_line(line, at, bytes + offset,
				     left < LINE_BYTES ? left : LINE_BYTES, ascii);
		*at++ = '\n';
		sink_wrote(&sink, at);
		if (left <= LINE_BYTES)
			break;
	}
	sink_flush(&sink);
}

void hex_print(FILE *out, const struct dissection *d, const struct hex_style *style)
{
	unsigned count = style->only_frame && d->buffer_count ? 1 : d->buffer_count;

	for (unsigned i = 0; i < count; i++) {
		const struct buffer *buffer = &d->buffers[i];
		if (count > 1)
			fprintf(out, "%s (%u byte%s):\n", i ? buffer->title : "Frame",
				buffer->length, buffer->length == 1 ? "" : "s");
		hex_print_bytes(out, buffer->bytes, buffer->length, style->ascii);
	}
}
