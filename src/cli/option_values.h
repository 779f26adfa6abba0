/* option_values.h - what the table of options does with their values; private to src/cli. */
#ifndef CLI_OPTION_VALUES_H
#define CLI_OPTION_VALUES_H

#include "cli/options.h"

/* A decimal number up to `most` and nothing else. */
bool option_number(const char *text, uint64_t most, uint64_t *value);
/* Of all together, after the last one; some mean something else beside others. */
bool options_check(struct options *options, struct error *error);

/* What is read: input_options.c. */
bool apply_read(struct options *options, const char *value, struct error *error);
bool apply_count(struct options *options, const char *value, struct error *error);
bool apply_selected_frame(struct options *options, const char *value, struct error *error);
extern const struct choices decode_choices; /* LAYER== of -d */
bool apply_decode_as(struct options *options, const char *value, struct error *error);
bool disable_protocol(struct options *options, const char *value, struct error *error);
bool enable_protocol(struct options *options, const char *value, struct error *error);
bool only_protocols(struct options *options, const char *value, struct error *error);
extern const struct choices raw_choices; /* besides all link types */
bool apply_raw(struct options *options, const char *value, struct error *error);

/* What is printed and written: output_options.c. */
bool apply_open_only(struct options *options, const char *value, struct error *error);
extern const struct choices output_choices;
bool apply_output(struct options *options, const char *value, struct error *error);
bool apply_layers(struct options *options, const char *value, struct error *error);
bool apply_whole_layers(struct options *options, const char *value, struct error *error);
extern const struct choices hexdump_choices;
bool apply_hexdump(struct options *options, const char *value, struct error *error);
bool apply_field(struct options *options, const char *value, struct error *error);
extern const struct choices field_option_choices;
bool apply_field_option(struct options *options, const char *value, struct error *error);
extern const struct choices time_choices;
bool apply_time(struct options *options, const char *value, struct error *error);
extern const struct choices seconds_choices;
bool apply_seconds(struct options *options, const char *value, struct error *error);
extern const struct choices format_choices;
bool apply_format(struct options *options, const char *value, struct error *error);
bool apply_export_objects(struct options *options, const char *value, struct error *error);
extern const struct choices catalog_choices;
bool apply_catalog(struct options *options, const char *value, struct error *error);
extern const struct choices statistic_choices;
bool apply_statistic(struct options *options, const char *value, struct error *error);
bool apply_explain(struct options *options, const char *value, struct error *error);
extern const struct choices verify_choices;
bool apply_verify(struct options *options, const char *value, struct error *error);
extern const struct choices verdict_format_choices;
bool apply_verdict_format(struct options *options, const char *value, struct error *error);
bool apply_ladder(struct options *options, const char *value, struct error *error);

#endif
