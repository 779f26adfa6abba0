/* json_text.h - text as a JSON string. */
#ifndef PRINT_JSON_TEXT_H
#define PRINT_JSON_TEXT_H

#include <stddef.h>
#include <stdio.h>

#include "print/sink.h"

/* In quotes.  What JSON or a terminal does not take is escaped; bad UTF-8 becomes U+FFFD. */
void json_put_text(FILE *out, const char *text, size_t n);
void json_sink_text(struct sink *sink, const char *text, size_t n);

#endif
