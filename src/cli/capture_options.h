/* capture_options.h - which interfaces are captured from and how; -a and -b: when that stops and
 * when it goes on in another file; private to src/cli. */
#ifndef CLI_CAPTURE_OPTIONS_H
#define CLI_CAPTURE_OPTIONS_H

#include "cli/options.h"

bool apply_interface(struct options *options, const char *value, struct error *error);
bool apply_capture_filter(struct options *options, const char *value, struct error *error);
bool apply_snap_length(struct options *options, const char *value, struct error *error);
bool apply_buffer(struct options *options, const char *value, struct error *error);
bool apply_capture_comment(struct options *options, const char *value, struct error *error);
extern const struct choices autostop_choices, ring_choices;
bool apply_autostop(struct options *options, const char *value, struct error *error);
bool apply_ring(struct options *options, const char *value, struct error *error);
/* The n-th, if it was given as its number in -D and no interface is called so. */
bool interface_number_to_name(struct options *options, unsigned n, struct error *error);
/* What these and -w, -i, -r say about each other. */
bool check_capture_files(const struct options *options, struct error *error);

#endif
