/* quantity.h - numbers for people: "12 408", "9.1 MB", "00:03:12". */
#ifndef UI_QUANTITY_H
#define UI_QUANTITY_H

#include <stdint.h>

enum { QUANTITY_ROOM = 32 };

/* Returns `text`, so that it can stand in a list of arguments. */
const char *count_text(uint64_t n, char text[QUANTITY_ROOM]);
/* At most 4 digits and a prefix: "494 k", "1.4 M"; below 10,000 as it is. */
const char *short_count_text(uint64_t n, char text[QUANTITY_ROOM]);
const char *bytes_text(uint64_t bytes, char text[QUANTITY_ROOM]);
/* Hours, minutes, seconds. */
const char *clock_text(int64_t ns, char text[QUANTITY_ROOM]);
/* "17.49 s", "3 min 2 s", "2 d 4 h". */
const char *span_text(int64_t ns, char text[QUANTITY_ROOM]);

/* Local date and time, to the minute, of seconds since 1970. */
const char *date_text(int64_t seconds, char text[QUANTITY_ROOM]);

#endif
