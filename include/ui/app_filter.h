/* app_filter.h - which packets are shown: the filter, and those that are ignored. */
#ifndef UI_APP_FILTER_H
#define UI_APP_FILTER_H

#include "ui/app.h"

/* Shows those that pass; "": all.  False: the filter is not valid, and nothing has changed. */
bool app_set_filter(struct app *app, const char *text);
/* Puts a text in the bar. */
void app_open_filter_bar(struct app *app, const char *text);
void app_close_filter_bar(struct app *app);
/* As it was before. */
void app_cancel_filter_bar(struct app *app);
/* The line has changed. */
void app_check_filter_line(struct app *app);
bool app_act_on_filter(struct app *app, enum action action);
/* More packets are there, or were looked at. */
void app_filter_news(struct app *app);
void app_filter_end(struct app *app);
/* Runs the filter that is set anew. */
void app_refilter(struct app *app);
bool app_is_filtered(const struct app *app);
/* Is it still being found out which packets pass? */
bool app_is_filtering(const struct app *app);
struct filter_food app_filter_food(const struct app *app);
int64_t app_preview_time(const struct app *app);
/* When to count more of the fields that are offered; INT64_MAX: never, 0: at once. */
int64_t app_field_count_time(const struct app *app);
void app_count_fields(struct app *app);
void app_preview(struct app *app);
/* Reads the capture as if packets were not there, or with them again. */
void app_toggle_ignored(struct app *app);
/* When to read it, if keys for that may still come; INT64_MAX: never. */
int64_t app_ignored_time(const struct app *app);
void app_ignored_more(struct app *app);
/* ":ignore displayed", "marked", "10-20", "none". */
void app_ignore_command(struct app *app, const char *text);
/* Those that were ignored the last time, again; false: none were. */
bool app_ignore_again(struct app *app);

#endif
