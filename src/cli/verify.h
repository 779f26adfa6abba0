/* verify.h - --verify in batch; private to src/cli. */
#ifndef CLI_VERIFY_H
#define CLI_VERIFY_H

#include "cli/options.h"
#include "filter/filter.h"
#include "session/verify.h"

/* Prints the verdicts on a capture that was scanned to its end since verify_init(); the exit status
 * that they give.  `filter` chooses what is judged, NULL: everything; `path`: what to call it, or
 * NULL. */
int verify_session(struct verify_run *run, const struct options *options,
		   const struct filter *filter, const char *path);

#endif
