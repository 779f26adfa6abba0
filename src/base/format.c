/* format.c - the conversions of printf that most words need. */
#include "base/format.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/number_text.h"

enum { WIDEST = 40 };

struct conversion {
	bool zero;
	unsigned width, longs;
	int limit; /* of %.*s; -1: none */
};

/* What stands between '%' and the letter. */
static const char *read_conversion(struct format_reader *reader, const char *at,
				   struct conversion *how)
{
	*how = (struct conversion){ .limit = -1 };
	if (*at == '0') {
		how->zero = true;
		at++;
	}
	for (; *at >= '0' && *at <= '9' && how->width <= WIDEST; at++)
		how->width = how->width * 10 + (unsigned)(*at - '0');
	if (at[0] == '.' && at[1] == '*') {
		how->limit = va_arg(reader->args, int);
		at += 2;
	}
	for (; *at == 'l' || *at == 'z'; at++)
		how->longs++;
	return at;
}

/* Digits from the end of the room; returns where they begin. */
static const char *number_piece(struct format_reader *reader, uint64_t value, bool negative,
				char letter, const struct conversion *how)
{
	const char *digits = letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
	unsigned base = letter == 'x' || letter == 'X' ? 16 : 10;
	char *end = reader->number + FORMAT_NUMBER_ROOM, *from = end;

	do {
		*--from = digits[value % base];
		value /= base;
	} while (value);
	if (how->zero)
		while ((unsigned)(end - from) + negative < how->width)
			*--from = '0';
	if (negative)
		*--from = '-';
	while ((unsigned)(end - from) < how->width)
		*--from = ' ';
	return from;
}

static const char *unsigned_piece(struct format_reader *reader, char letter,
				  const struct conversion *how, size_t *n)
{
	uint64_t value =
		how->longs ? va_arg(reader->args, uint64_t) : va_arg(reader->args, unsigned);

	if (letter == 'u' && !how->width) {
		*n = (size_t)(number_put(reader->number, value) - reader->number);
		return reader->number;
	}
	const char *from = number_piece(reader, value, false, letter, how);
	*n = (size_t)(reader->number + FORMAT_NUMBER_ROOM - from);
	return from;
}

static const char *signed_piece(struct format_reader *reader, const struct conversion *how,
				size_t *n)
{
	int64_t value = how->longs ? va_arg(reader->args, int64_t) : va_arg(reader->args, int);
	const char *from = number_piece(reader, value < 0 ? -(uint64_t)value : (uint64_t)value,
					value < 0, 'd', how);

	*n = (size_t)(reader->number + FORMAT_NUMBER_ROOM - from);
	return from;
}

static const char *text_piece(struct format_reader *reader, const struct conversion *how, size_t *n)
{
	const char *text = va_arg(reader->args, const char *);

	reader->foreign = true;
	if (!text)
		text = "(null)";
	*n = how->limit >= 0 ? strnlen(text, (size_t)how->limit) : strlen(text);
	return text;
}

static const char *convert(struct format_reader *reader, size_t *n)
{
	struct conversion how;
	const char *at = read_conversion(reader, reader->at + 1, &how);

	if (how.width > WIDEST || (how.width && (*at == 's' || *at == 'c')))
		return NULL;
	switch (*at) {
	case 'u':
	case 'x':
	case 'X':
		reader->at = at + 1;
		return unsigned_piece(reader, *at, &how, n);
	case 'd':
		reader->at = at + 1;
		return signed_piece(reader, &how, n);
	case 's':
		reader->at = at + 1;
		return text_piece(reader, &how, n);
	case 'c':
		reader->at = at + 1;
		reader->foreign = true;
		reader->number[0] = (char)va_arg(reader->args, int);
		*n = 1;
		return reader->number;
	case '%':
		reader->at = at + 1;
		*n = 1;
		return at;
	default:
		return NULL;
	}
}

const char *format_piece(struct format_reader *reader, size_t *n)
{
	const char *text = reader->at;

	reader->foreign = false;
	if (text[0] == '%' && text[1] == 's') {
		static const struct conversion whole = { .limit = -1 };
		reader->at = text + 2;
		return text_piece(reader, &whole, n);
	}
	if (*text == '%')
		return convert(reader, n);
	reader->at = strchrnul(text, '%');
	*n = (size_t)(reader->at - text);
	return *n ? text : NULL;
}

size_t format_text(char *out, size_t room, const char *format, va_list args)
{
	struct format_reader reader = { .at = format };
	size_t length = 0, n;
	const char *piece;

	va_copy(reader.args, args);
	while ((piece = format_piece(&reader, &n)) && n < room - length) {
		memcpy(out + length, piece, n);
		length += n;
	}
	va_end(reader.args);
	if (!piece && !*reader.at && length < room) {
		out[length] = '\0';
		return length;
	}
	int wanted = vsnprintf(out, room, format, args);
	return wanted > 0 ? (size_t)wanted : 0;
}
