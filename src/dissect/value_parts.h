/* value_parts.h - the pieces that value_text() and node_text() share; private to src/dissect. */
#ifndef DISSECT_VALUE_PARTS_H
#define DISSECT_VALUE_PARTS_H

#include "dissect/dissection.h"

enum { SCALAR_ROOM = 96 };

/* Does a node of this type need more room than a scalar's? */
bool value_is_long(enum field_type type);
/* A number in the field's base; `digits`: of hexadecimal.  Returns the end, without a 0. */
char *put_number(char *at, const struct field *field, uint64_t value, enum field_base base,
		 unsigned digits);
/* The value of a node that is not long, as -T fields prints it.  Returns the end. */
char *put_scalar(char *at, const struct field *field, const struct node *node);

#endif
