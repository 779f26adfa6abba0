/* nearest.h - names of fields like a mistyped one. */
#ifndef DISSECT_NEAREST_H
#define DISSECT_NEAREST_H

#include <stddef.h>

enum { NEAREST_LIMIT = 3 };

/* The nearest first; how many there are. */
unsigned nearest_fields(const char *name, const char *found[NEAREST_LIMIT]);

#endif
