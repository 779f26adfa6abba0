/* format.h - printf for words that are made a million times.
 *
 * What dissectors use of it is done here, a piece at a time: %% %c %s %.*s, and %u %d %x %X with
 * 0, a width and l, ll or z.  What else there is goes to the C library. */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

enum { FORMAT_NUMBER_ROOM = 72 };

struct format_reader {
	const char *at; /* in the format */
	va_list args;	/* to be given by va_copy() or va_start() */
	bool foreign;	/* the last piece was an argument's text */
	char number[FORMAT_NUMBER_ROOM];
};

/* The next piece and its length; NULL at the end, and before what it cannot do (then *at is not 0).
 */
const char *format_piece(struct format_reader *reader, size_t *n);

/* As vsnprintf(). */
size_t format_text(char *out, size_t room, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));

#endif
