/* mail_dots.c - taking back the dots that were put in front of lines. */
#include "mail_dots.h"

#include <string.h>

static bool has_dots(const uint8_t *bytes, uint32_t n)
{
	return (n && bytes[0] == '.') || (n > 1 && memmem(bytes, n, "\n.", 2));
}

struct cursor without_dots(struct dissection *d, const struct cursor *mail)
{
	uint32_t n = cursor_left(mail), length = 0;
	const uint8_t *bytes;

	if (!n || !cursor_peek(mail, 0, n, &bytes) || !has_dots(bytes, n))
		return *mail;
	uint8_t *plain = arena_alloc(&d->arena, n);
	for (uint32_t i = 0; i < n; i++)
		if (bytes[i] != '.' || (i && bytes[i - 1] != '\n'))
			plain[length++] = bytes[i];
	struct cursor c = cursor_on_buffer(d, mail, plain, length, "Mail");
	c.reported = length + (cursor_sent(mail) - n);
	return c;
}
