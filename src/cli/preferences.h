/* preferences.h - -o NAME:VALUE: tshark's preferences, as far as peel has what they choose. */
#ifndef CLI_PREFERENCES_H
#define CLI_PREFERENCES_H

#include "cli/options.h"

/* False: *error says what is wrong with it, in one line. */
bool preference_apply(struct options *options, const char *text, struct error *error);
struct preference_words {
	const char *name;
	const char *values;  /* that are taken: "TRUE, FALSE" */
	const char *meaning; /* of TRUE, or of the value */
};

/* Those of the n-th, from 0; false: there are no more. */
bool preference_told(unsigned n, struct preference_words *words);
extern const struct choices preference_choices;

#endif
