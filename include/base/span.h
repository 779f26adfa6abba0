/* span.h - a span of time in three or four digits: "170.0 µs", "5.73 ms", "5.007 s", "60.16 s". */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdint.h>

enum { SPAN_ROOM = 40 };

/* Returns `text`, so that it can stand in a list of arguments. */
const char *span_short(int64_t ns, char text[SPAN_ROOM]);

#endif
