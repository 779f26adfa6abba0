/* choices.h - values that options take by name; private to src/cli.
 *
 * Each is said once, in a table: parsing, --help, the manual, completion and what errors list are
 * made of it. */
#ifndef CLI_CHOICES_H
#define CLI_CHOICES_H

#include "cli/options.h"

/* The n-th, from 0; false: there are no more. */
bool choice_at(const struct choices *choices, unsigned n, struct choice *choice);
/* False: none is called so. */
bool choice_named(const struct choices *choices, const char *name, struct choice *choice);
/* What follows the name and ending that `text` begins with; NULL: with none of them. */
const char *choice_begun(const struct choices *choices, const char *text, struct choice *choice);

/* Says in an error what was wrong, then which there are.  Returns false. */
bool choices_refuse(const struct choices *choices, struct error *error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* As words for completion, separated by blanks. */
void choices_print_words(const struct choices *choices, FILE *out);
/* What an option does, with its choices in place; to be freed. */
char *option_meaning(const struct option_row *row);

#endif
