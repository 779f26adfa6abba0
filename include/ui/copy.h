/* copy.h - what is sent to the terminal's clipboard. */
#ifndef UI_COPY_H
#define UI_COPY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "ui/action.h"

struct app;

/* More than this is not made: what is longer belongs into a file. */
enum { COPY_MOST = 2 << 20 };

/* Writes bytes as the action has them: digits, a dump, text, a C array, Base64. */
void copy_put_bytes(enum action action, const uint8_t *bytes, uint32_t length, FILE *out);
/* Sends `text`, which belongs to the app from here on, and says so: "Sent the row (30 B)...". */
void copy_send(struct app *app, char *text, size_t size, const char *what);

/* A table, one of its rows, or the filter of that.  False: the action is none of these. */
bool statistics_copy(struct app *app, enum action action);

#endif
