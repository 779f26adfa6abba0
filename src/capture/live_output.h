/* live_output.h - the file that is captured into; private to src/capture. */
#ifndef CAPTURE_LIVE_OUTPUT_H
#define CAPTURE_LIVE_OUTPUT_H

#include "capture/live_capture.h"

/* The file that was asked for, the first of several, or a temporary one; its name is put into
 * `live`. The descriptor, or -1. */
int live_output_open(struct live_capture *live, const struct live_options *options,
		     struct error *error);
/* A file that the group may read if that was asked for, and that is the caller's. */
bool live_output_hand_over(struct live_capture *live, int fd, struct error *error);

#endif
