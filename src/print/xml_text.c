/* xml_text.c - text as XML has it. */
#include "xml_text.h"

#include "base/number_text.h"
#include "base/text.h"
#include "plain_text.h"

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

/* "&" and "'", and "<" and ">", differ in a bit. */
static inline uint64_t needs_look(uint64_t word)
{
	return bytes_not_printable(word) | bytes_that_are(word, '"') |
	       bytes_that_are(word | 2 * EVERY_BYTE, '>') | bytes_that_are(word | EVERY_BYTE, '\'');
}

static const bool plain[256] = {
	['\t'] = true,	      ['\n'] = true,	    ['\r'] = true, [' ' ... '!'] = true,
	['#' ... '%'] = true, ['(' ... ';'] = true, ['='] = true,  ['?' ... '~'] = true,
};

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
	char *to = sink_room(sink, SHORT_TEXT);

	if (copy_short(to, p, n, needs_look)) {
		sink_wrote(sink, to + n);
		return;
	}
	for (size_t at = 0; at < n;) {
		at += put_plain(sink, p + at, n - at, needs_look, plain);
		if (at < n)
			at += put_character(sink, p + at, n - at);
	}
}
