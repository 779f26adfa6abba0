/* dns_card.h - a DNS message's flags: each bit with its value, what it means here, and whether that
 * may be. */
#ifndef PRINT_DNS_CARD_H
#define PRINT_DNS_CARD_H

#include <stdbool.h>
#include <stdio.h>

#include "dissect/dissection.h"

/* Of every message in the packet, with fields; broken between words to so many columns.  False:
 * there is none, and nothing was printed. */
bool dns_card_print(FILE *out, const struct dissection *d, unsigned columns);
/* Words from column `at` on, broken to so many columns, and a line end. */
void put_wrapped(FILE *out, const char *text, unsigned at, unsigned columns);

#endif
