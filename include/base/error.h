/* error.h - what to tell the user when something failed: one line, what and where. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

struct error {
	char text[600];         /* a sentence without the program's name; "": no error */
};

/* Always returns false, so that a failing function can `return error_set(...)`.
 * `error` may be NULL.  Control characters in the text are replaced. */
bool error_set(struct error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
