/* header_lines.c - lines of a header list, as HTTP/1 would have them. */
#include "header_lines.h"

#include <string.h>

enum { FIRST_ROOM = 512, AROUND = 3 /* ": " and the newline */ };

static void put(struct header_lines *lines, const void *bytes, uint32_t n)
{
	if (n)
		memcpy(lines->bytes + lines->length, bytes, n);
	lines->length += n;
}

/* Room for n bytes more, and the empty line. */
static void make_room(struct dissection *d, struct header_lines *lines, uint32_t n)
{
	if (n < lines->room - lines->length)
		return;
	uint32_t room = 2 * lines->room + n + FIRST_ROOM;
	uint8_t *bytes = arena_alloc(&d->arena, room);

	if (lines->length)
		memcpy(bytes, lines->bytes, lines->length);
	lines->bytes = bytes;
	lines->room = room;
}

void header_lines_add(struct dissection *d, struct header_lines *lines,
		      const struct text_part *name, const struct text_part *value)
{
	if (!lines->asked_for)
		return;
	make_room(d, lines, name->length + value->length + AROUND);
	put(lines, name->bytes, name->length);
	put(lines, ": ", 2);
	put(lines, value->bytes, value->length);
	put(lines, "\n", 1);
}

void header_lines_put(struct dissection *d, const struct cursor *c, unsigned field,
		      struct header_lines *lines)
{
	if (!lines->length)
		return;
	put(lines, "\n", 1);
	struct cursor text = cursor_on_buffer(d, c, lines->bytes, lines->length, "Header lines");

	if (text.source)
		put_bytes(d, field, &text);
}
