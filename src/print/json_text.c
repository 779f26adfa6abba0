/* json_text.c - text as a JSON string. */
#include "print/json_text.h"

#include "base/number_text.h"
#include "base/text.h"
#include "plain_text.h"

static char *put_escaped(char *at, uint32_t code)
{
	*at++ = '\\';
	*at++ = 'u';
	return number_put_hex(at, code, 4);
}

/* One character that JSON or a terminal does not take as it is; `at` is returned if it may stay. */
static char *put_special(char *at, uint32_t code)
{
	static const char letters[] = "btn\0fr"; /* 8 to 13 */

	if (code == '"' || code == '\\') {
		*at++ = '\\';
		*at++ = (char)code;
		return at;
	}
	if (code >= 8 && code <= 13 && letters[code - 8]) {
		*at++ = '\\';
		*at++ = letters[code - 8];
		return at;
	}
	if (text_is_safe(code))
		return at;
	if (code < 0x10000)
		return put_escaped(at, code);
	at = put_escaped(at, 0xd800 + ((code - 0x10000) >> 10));
	return put_escaped(at, 0xdc00 + (code & 0x3ff));
}

static inline uint64_t needs_look(uint64_t word)
{
	return bytes_not_printable(word) | bytes_that_are(word, '"') | bytes_that_are(word, '\\');
}

static const bool plain[256] = { [' ' ... '!'] = true, ['#' ... '['] = true, [']' ... '~'] = true };

/* The character at p; returns its bytes. */
static size_t put_character(struct sink *sink, const uint8_t *p, size_t n)
{
	uint32_t code = 0;
	unsigned length = text_character(p, n, &code);
	char *at = sink_room(sink, 16), *end;

	if (!length) {
		sink_put(sink, "\xef\xbf\xbd", 3);
		return 1;
	}
	end = put_special(at, code);
	if (end == at)
		sink_put(sink, (const char *)p, length);
	else
		sink_wrote(sink, end);
	return length;
}

/* Letters of two bytes, up to U+05FF: they stay.  Returns their bytes. */
static size_t put_letters(struct sink *sink, const uint8_t *p, size_t n)
{
	char *to = sink_room(sink, SINK_PIECE);
	size_t at = 0;

	for (; at + 1 < n && at + 1 < SINK_PIECE; at += 2) {
		bool letter = p[at] > 0xc2 ? p[at] < 0xd8 : p[at] == 0xc2 && p[at + 1] >= 0xa0;
		if (!letter || (p[at + 1] & 0xc0) != 0x80)
			break;
		memcpy(to + at, p + at, 2);
	}
	sink_wrote(sink, to + at);
	return at;
}

void json_sink_text(struct sink *sink, const char *text, size_t n)
{
	const uint8_t *p = (const uint8_t *)text;
	char *to = sink_room(sink, SHORT_TEXT + 2);

	*to++ = '"';
	if (copy_short(to, p, n, needs_look)) {
		to[n] = '"';
		sink_wrote(sink, to + n + 1);
		return;
	}
	sink_wrote(sink, to);
	for (size_t at = 0; at < n;) {
		at += put_plain(sink, p + at, n - at, needs_look, plain);
		if (at == n)
			break;
		size_t letters = put_letters(sink, p + at, n - at);
		at += letters ? letters : put_character(sink, p + at, n - at);
	}
	sink_put_char(sink, '"');
}

void json_put_text(FILE *out, const char *text, size_t n)
{
	char room[SINK_PIECE];
	struct sink sink = { out, room, room, room + sizeof room };

	json_sink_text(&sink, text, n);
	sink_flush(&sink);
}
