/* sent_mail.c - taking back the dots that were put in front of lines, and keeping pieces. */
#include "sent_mail.h"

#include <string.h>

#include "state/pieces.h"

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

void keep_mail_piece(struct dissection *d, uint32_t *list, const struct cursor *piece,
		     uint32_t count, bool is_last)
{
	if (count == 1)
		pieces_drop(d, *list);
	if (count == 1 && is_last)
		return;
	piece_add(d, list, piece);
	if (is_last)
		pieces_complete(d, *list);
}
