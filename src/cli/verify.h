/* verify.h - --verify in batch; private to src/cli. */
#ifndef CLI_VERIFY_H
#define CLI_VERIFY_H

#include "cli/options.h"
#include "filter/filter.h"
#include "session/session.h"

/* Prints the verdicts on a capture that was scanned to its end; the exit status that they give.
 * `filter` chooses what is judged, NULL: everything; `path`: what to call it, or NULL; `lost`:
 * packets that the system dropped while capturing. */
int verify_session(const struct options *options, const struct filter *filter,
		   struct session *session, const char *path, uint64_t lost);

#endif
