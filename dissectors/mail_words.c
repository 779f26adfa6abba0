/* mail_words.c - unfolding header fields, and RFC 2047's =?charset?encoding?text?=. */
#include "mail_words.h"

#include <iconv.h>
#include <string.h>

enum { WORD_LIMIT = 4096, CHARSET_ROOM = 40, UTF8_GROWTH = 4 };

/* =?charset?B?text?= */
struct encoded_word {
	struct text_part charset, text;
	uint8_t encoding; /* 'b' or 'q' */
	uint32_t whole;
};

static bool take_until_mark(struct text_part *rest, struct text_part *part)
{
	*part = *rest;
	part->length = part_find(rest, '?');
	if (part->length == rest->length || !part->length)
		return false;
	*rest = part_from(rest, part->length + 1);
	return true;
}

static bool read_word(const struct text_part *at, struct encoded_word *word)
{
	struct text_part rest, encoding;

	if (at->length < 8 || at->bytes[0] != '=' || at->bytes[1] != '?')
		return false;
	rest = part_from(at, 2);
	if (rest.length > WORD_LIMIT)
		rest.length = WORD_LIMIT;
	if (!take_until_mark(&rest, &word->charset) || !take_until_mark(&rest, &encoding) ||
	    encoding.length != 1)
		return false;
	word->text = rest;
	word->text.length = part_find(&rest, '?');
	if (rest.length < word->text.length + 2 || rest.bytes[word->text.length + 1] != '=')
		return false;
	word->encoding = encoding.bytes[0] | 0x20;
	word->whole = (uint32_t)(word->text.bytes - at->bytes) + word->text.length + 2;
	/* RFC 2231 section 5: a language may follow the character set. */
	word->charset.length = part_find(&word->charset, '*');
	return (word->encoding == 'b' || word->encoding == 'q') &&
	       word->charset.length < CHARSET_ROOM;
}

/* Bytes of a soft line break behind the `=` at `text`, or 0. */
static uint32_t soft_break(const uint8_t *text, uint32_t n)
{
	uint32_t i = 1;

	while (i < n && (text[i] == ' ' || text[i] == '\t'))
		i++;
	if (i < n && text[i] == '\r')
		i++;
	return i < n && text[i] == '\n' ? i + 1 : 0;
}

uint32_t quoted_printable_decode(uint8_t *out, const uint8_t *text, uint32_t n, bool in_words)
{
	uint32_t length = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t skipped;
		int high = i + 2 < n ? hex_value(text[i + 1]) : -1;
		int low = i + 2 < n ? hex_value(text[i + 2]) : -1;
		if (text[i] == '=' && high >= 0 && low >= 0) {
			out[length++] = (uint8_t)(high << 4 | low);
			i += 2;
		} else if (text[i] == '=' && !in_words && (skipped = soft_break(text + i, n - i))) {
			i += skipped - 1;
		} else {
			out[length++] = in_words && text[i] == '_' ? ' ' : text[i];
		}
	}
	return length;
}

/* False: the character set is not known, or the bytes are not of it. */
static bool to_utf8(const struct text_part *charset, uint8_t *bytes, size_t n, char *out,
		    size_t *length)
{
	char name[CHARSET_ROOM];
	char *from = (char *)bytes, *to = out;
	size_t left = n, room = n * UTF8_GROWTH;

	memcpy(name, charset->bytes, charset->length);
	name[charset->length] = '\0';
	iconv_t converter = iconv_open("UTF-8", name);
	if (converter == (iconv_t)-1)
		return false;
	bool done = iconv(converter, &from, &left, &to, &room) != (size_t)-1;
	iconv_close(converter);
	*length = (size_t)(to - out);
	return done;
}

/* `out` has room for UTF8_GROWTH bytes for each of the word. */
static bool decode_word(struct dissection *d, const struct encoded_word *word, char *out,
			size_t *length)
{
	uint8_t *plain = arena_alloc(&d->arena, (size_t)word->text.length + 1);
	int64_t n;

	if (word->encoding == 'b')
		n = base64_decode(plain, word->text.bytes, word->text.length);
	else
		n = quoted_printable_decode(plain, word->text.bytes, word->text.length, true);
	return n >= 0 && to_utf8(&word->charset, plain, (size_t)n, out, length);
}

static uint32_t blanks(const struct text_part *rest)
{
	uint32_t n = 0;

	while (n < rest->length && memchr(" \t\r\n", rest->bytes[n], 4))
		n++;
	return n;
}

const char *mail_words(struct dissection *d, const struct text_part *value)
{
	struct text_part rest = *value;
	struct encoded_word word;
	size_t length = 0, added;
	bool changed = false;

	if (!(d->wants & WANT_FIELDS) || !value->length)
		return NULL;
	uint8_t *out = arena_alloc(&d->arena, (size_t)value->length * UTF8_GROWTH + 1);
	while (rest.length) {
		if (read_word(&rest, &word) &&
		    decode_word(d, &word, (char *)out + length, &added)) {
			length += added;
			rest = part_from(&rest, word.whole);
			/* What parts two encoded words is not shown. */
			struct text_part next = part_from(&rest, blanks(&rest));
			if (read_word(&next, &word))
				rest = next;
			changed = true;
		} else if (rest.bytes[0] == '\r' || rest.bytes[0] == '\n') {
			rest = part_from(&rest, 1);
			changed = true;
		} else {
			out[length++] = rest.bytes[0];
			rest = part_from(&rest, 1);
		}
	}
	return changed ? text_of(d, out, (uint32_t)length) : NULL;
}
