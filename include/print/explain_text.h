/* explain_text.h - a packet told field by field: what it says, what that means, where it is
 * defined. */
#ifndef PRINT_EXPLAIN_TEXT_H
#define PRINT_EXPLAIN_TEXT_H

#include <stdio.h>

#include "dissect/dissection.h"

/* The packet was taken apart with all fields and labels.  `columns`: where lines are broken. */
void explain_print(FILE *out, const struct dissection *d, unsigned columns);

#endif
