/* value_parts.h - the pieces that value_text() and node_text() share; private to src/dissect. */
#ifndef DISSECT_VALUE_PARTS_H
#define DISSECT_VALUE_PARTS_H

#include "dissect/value_text.h"

/* A number in the field's base; `digits`: of hexadecimal.  Returns the end, without a 0. */
char *put_number(char *at, const struct field *field, uint64_t value, enum field_base base,
		 unsigned digits);

#endif
