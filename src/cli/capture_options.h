/* capture_options.h - -a and -b: when a capture stops and when it goes on in another file; private
 * to src/cli. */
#ifndef CLI_CAPTURE_OPTIONS_H
#define CLI_CAPTURE_OPTIONS_H

#include "cli/options.h"

bool apply_autostop(struct options *options, const char *value, struct error *error);
bool apply_ring(struct options *options, const char *value, struct error *error);
/* What these and -w, -i, -r say about each other. */
bool check_capture_files(const struct options *options, struct error *error);

#endif
