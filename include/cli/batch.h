/* batch.h - packets as text or into a file, without a screen. */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include "cli/options.h"

/* All of these tell what went wrong on standard error and return the exit status. */
int batch_run(const struct options *options);
int errand_run(const struct options *options, const char *screen);
/* Of -Y and -R, before a screen runs them; false: it was told what is wrong, and where. */
bool filters_are_valid(const struct options *options);

#endif
