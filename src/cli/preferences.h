/* preferences.h - -o NAME:VALUE: tshark's preferences, as far as peel has what they choose. */
#ifndef CLI_PREFERENCES_H
#define CLI_PREFERENCES_H

#include "cli/options.h"

/* False: *error says what is wrong with it, in one line. */
bool preference_apply(struct options *options, const char *text, struct error *error);
/* Their names, for completion. */
void preference_names(FILE *out);

#endif
