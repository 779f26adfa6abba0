/* capture_helper.h - starting peel-capture; private to src/capture. */
#ifndef CAPTURE_CAPTURE_HELPER_H
#define CAPTURE_CAPTURE_HELPER_H

#include "capture/live_capture.h"

enum { HELPER_ARGUMENTS = 4 * LIVE_INTERFACES + 2 * CAPTURE_COMMENTS + 34 };

struct helper_arguments {
	char *list[HELPER_ARGUMENTS];
	unsigned count; /* a NULL follows */
};

void helper_argument(struct helper_arguments *arguments, const char *flag, const char *value);
void helper_arguments(struct helper_arguments *arguments, const struct live_options *options);
void helper_arguments_free(struct helper_arguments *arguments);
/* Takes over `output`, which may be -1.  Fills in pid, control and news. */
bool helper_start(struct live_capture *live, char **arguments, int output, struct error *error);

#endif
