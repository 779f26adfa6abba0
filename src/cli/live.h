/* live.h - capturing in batch; private to src/cli. */
#ifndef CLI_LIVE_H
#define CLI_LIVE_H

#include "cli/options.h"

/* Captures, prints and writes until it is told to stop; the exit status. */
int live_run(const struct options *options);
bool print_interfaces(FILE *out, struct error *error);
bool print_link_types(FILE *out, const struct options *options, struct error *error);

#endif
