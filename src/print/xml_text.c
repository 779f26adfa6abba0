/* xml_text.c - text as XML has it. */
#include "xml_text.h"

#include "base/number_text.h"
#include "base/text.h"

static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#x27;";
	default:
		return NULL;
	}
}

/* Eight bytes at once: may each of them stay as it is?  "&" and "'", and "<" and ">", differ in a
 * bit. */
static inline bool word_stays(uint64_t word)
{
	const uint64_t ones = UINT64_MAX / 0xff, high = 0x80 * ones;
	uint64_t quote = word ^ '"' * ones, angle = (word | 2 * ones) ^ '>' * ones;
	uint64_t other = (word | ones) ^ '\'' * ones;

	return !((word | (word - 0x20 * ones) | (word + ones) | ((quote - ones) & ~quote) |
		  ((angle - ones) & ~angle) | ((other - ones) & ~other)) &
		 high);
}

/* Puts the bytes at p that stay as they are; returns how many. */
static size_t put_plain(struct sink *sink, const uint8_t *p, size_t n)
{
	static const bool stays[256] = {
		['\t'] = true,	      ['\n'] = true,	    ['\r'] = true, [' ' ... '!'] = true,
		['#' ... '%'] = true, ['(' ... ';'] = true, ['='] = true,  ['?' ... '~'] = true,
	};
	size_t at = 0;
	uint64_t word;

	if (n > SINK_PIECE)
		n = SINK_PIECE;
	char *to = sink_room(sink, n);
	for (; n - at >= sizeof word; at += sizeof word) {
		memcpy(&word, p + at, sizeof word);
		if (!word_stays(word))
			break;
		memcpy(to + at, &word, sizeof word);
	}
	for (; at < n && stays[p[at]]; at++)
		to[at] = (char)p[at];
	sink_wrote(sink, to + at);
	return at;
}

/* The character at p; returns its bytes. */
static size_t put_character(struct sink *sink, const uint8_t *p, size_t n)
{
	uint32_t code = 0;
	unsigned length = text_character(p, n, &code);
	const char *named = length == 1 ? entity((char)*p) : NULL;

	if (named) {
		sink_put_text(sink, named);
	} else if (!length || (code >= 0x80 && !text_is_safe(code))) {
		sink_put(sink, "\xef\xbf\xbd", 3);
	} else if (code < 0x20 || code == 0x7f) {
		char text[4] = "\\x";
		sink_put(sink, text,
			 (size_t)(number_put_hex(text + 2, code, code < 16 ? 1 : 2) - text));
	} else {
		sink_put(sink, (const char *)p, length);
	}
	return length ? length : 1;
}

void xml_put_text(struct sink *sink, const char *text, size_t n)
{
	const uint8_t *p = (const uint8_t *)text;

	for (size_t at = 0; at < n;) {
		at += put_plain(sink, p + at, n - at);
		if (at < n)
			at += put_character(sink, p + at, n - at);
	}
}
