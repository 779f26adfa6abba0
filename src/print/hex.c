/* hex.c - bytes in hexadecimal and as ASCII, sixteen a line. */
#include <string.h>

#include "base/number_text.h"
#include "print/printer.h"

enum { LINE_BYTES = 16, LINE_ROOM = 100 };

static unsigned offset_digits(uint32_t last)
{
	unsigned digits = 4;

	while (digits < 8 && last >> 4 * digits)
		digits++;
	return digits;
}

static size_t put_line(char *line, const uint8_t *bytes, uint32_t offset, uint32_t n,
		       unsigned digits)
{
	char *at = number_put_hex(line, offset, digits);

	*at++ = ' ';
	for (uint32_t i = 0; i < LINE_BYTES; i++) {
		*at++ = ' ';
		if (i < n) {
			at = number_put_bytes(at, bytes + i, 1);
		} else {
			*at++ = ' ';
			*at++ = ' ';
		}
	}
	memset(at, ' ', 3);
	at += 3;
	for (uint32_t i = 0; i < n; i++) {
		uint8_t byte = bytes[i];
		*at++ = byte >= 0x20 && byte < 0x7f ? (char)byte : '.';
	}
	return (size_t)(at - line);
}

size_t hex_line(char *line, size_t room, const uint8_t *bytes, uint32_t offset, uint32_t n)
{
	char text[LINE_ROOM];
	size_t length = put_line(text, bytes, offset, n < LINE_BYTES ? n : LINE_BYTES,
				 offset_digits(offset));

	if (!room)
		return 0;
	if (length > room - 1)
		length = room - 1;
	memcpy(line, text, length);
	line[length] = '\0';
	return length;
}

void hex_print_bytes(FILE *out, const uint8_t *bytes, uint32_t n)
{
	unsigned digits = offset_digits(n ? n - 1 : 0);
	char line[LINE_ROOM];

	for (uint32_t offset = 0; offset < n; offset += LINE_BYTES) {
		uint32_t left = n - offset;
		size_t length = put_line(line, bytes + offset, offset,
					 left < LINE_BYTES ? left : LINE_BYTES, digits);
		line[length++] = '\n';
		fwrite_unlocked(line, 1, length, out);
		if (left <= LINE_BYTES)
			break;
	}
}

void hex_print(FILE *out, const struct dissection *d)
{
	for (unsigned i = 0; i < d->buffer_count; i++) {
		const struct buffer *buffer = &d->buffers[i];
		if (d->buffer_count > 1)
			fprintf(out, "%s (%u byte%s):\n", i ? buffer->title : "Frame",
				buffer->length, buffer->length == 1 ? "" : "s");
		hex_print_bytes(out, buffer->bytes, buffer->length);
	}
	putc_unlocked('\n', out);
}
