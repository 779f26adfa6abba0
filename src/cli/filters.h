/* filters.h - the display filters of a command line; private to src/cli. */
#ifndef CLI_FILTERS_H
#define CLI_FILTERS_H

#include "base/error.h"
#include "cli/options.h"
#include "filter/filter.h"

bool filters_given(const struct options *options);
/* What -R and -Y ask for, together; *filter is NULL if neither is given. False: it was told on
 * standard error what is wrong, and where. */
bool filters_compile(const struct options *options, struct filter **filter);

/* A filter inside another argument, with the user's macros; NULL: *error says what is wrong. */
struct filter *filter_argument(const char *text, struct error *error);

/* One of them, NULL: none; the same otherwise. */
bool filter_compile_text(const char *text, struct filter **filter);

/* The text may be a filter: for hints. */
bool filter_is_valid(const char *text);

/* --show-filter; the exit status. */
int filters_show(const struct options *options);

#endif
