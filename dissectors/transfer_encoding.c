/* transfer_encoding.c - bodies of mails as they were before they were made fit for lines. */
#include "transfer_encoding.h"

#include "mail_words.h"

/* RFC 2045 section 6.8: line ends and what else is no letter of the alphabet is skipped. */
static uint32_t letters_only(uint8_t *out, const uint8_t *bytes, uint32_t n)
{
	uint32_t length = 0;

	for (uint32_t i = 0; i < n; i++)
		if (bytes[i] > ' ' && bytes[i] < 0x7f)
			out[length++] = bytes[i];
	return length;
}

struct cursor transfer_decoded(struct dissection *d, const struct cursor *body,
			       const struct text_part *encoding)
{
	struct text_part word = trim_part(*encoding);
	uint32_t n = cursor_left(body);
	const uint8_t *bytes;
	int64_t length;

	bool base64 = part_is(&word, "base64"), quoted = part_is(&word, "quoted-printable");
	if (!n || (!base64 && !quoted) || !cursor_peek(body, 0, n, &bytes))
		return *body;
	uint8_t *plain = arena_alloc(&d->arena, (size_t)n + 1);
	if (base64) {
		uint8_t *letters = arena_alloc(&d->arena, n);
		length = base64_decode(plain, letters, letters_only(letters, bytes, n));
	} else {
		length = quoted_printable_decode(plain, bytes, n, false);
	}
	if (length < 0)
		return *body;
	return cursor_on_buffer(d, body, plain, (uint32_t)length,
				base64 ? "Decoded base64" : "Decoded quoted-printable");
}
