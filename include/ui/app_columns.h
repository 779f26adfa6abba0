/* app_columns.h - columns of the list and their profiles, and colours of rows. */
#ifndef UI_APP_COLUMNS_H
#define UI_APP_COLUMNS_H

#include "ui/app.h"

void app_read_colour_rules(struct app *app);

/* A new rule for packets like this one. */
void app_add_colour_rule(struct app *app);
/* "colour-conversation" and its like; `count`: which colour, 0 for the next. */
bool app_act_on_colours(struct app *app, enum action action, uint32_t count);
/* Rules or columns are others now. */
void app_rows_changed(struct app *app);
/* A column for the selected field, or none any more. */
void app_toggle_column(struct app *app);
void app_read_columns(struct app *app);
/* Columns of a profile; "": the usual ones.  One that is not there is made of those that are shown. */
void app_use_profile(struct app *app, const char *name);
/* The next by the alphabet, and the usual columns after the last. */
void app_next_profile(struct app *app);
/* The one that the file was left with, if it is still there. */
void app_recall_profile(struct app *app, const char *name);
void profile_file_name(const char *profile, char name[PROFILE_FILE_ROOM]);
bool app_act_on_columns(struct app *app, enum action action, uint32_t count);
/* Columns are others, or stand elsewhere: measured anew, and kept for the next time. */
void app_columns_changed(struct app *app);
/* ":column http.host", ":column Host=http.host": adds one. */
void app_add_column(struct app *app, const char *text);
void app_name_column(struct app *app, const char *title);
void app_complete_column(struct app *app); /* the field in the prompt */
void app_size_column(struct app *app, unsigned n, int width);
/* '3': the rule is that of the conversation with this colour; 0: of none. */
char app_talk_digit(const struct app *app, int rule);
/* "HTTP": the rule that colours the selected packet; "": none. */
const char *app_rule_name(const struct app *app);

#endif
