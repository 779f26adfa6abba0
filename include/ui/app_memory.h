/* app_memory.h - what is kept from one time to the next: of the file, and of the user. */
#ifndef UI_APP_MEMORY_H
#define UI_APP_MEMORY_H

#include "ui/app.h"

/* Keeps where one is in the file for the next time. */
void app_remember(struct app *app);
/* Once its first packet is there: goes to where one was. */
void app_recall(struct app *app);
void app_forget(struct app *app);
/* Opens the file that was left last, as it was left.  False: see error. */
bool app_restore(struct app *app, struct error *error);
/* The filter that was set the last time. */
void app_apply_last_filter(struct app *app);
/* Reads the user's history, saved filters and macros. */
void app_read_user_files(struct app *app);
/* The keys of a set, and the user's on top of them. */
void app_use_keys(struct app *app, enum key_set set);
void app_read_macros(struct app *app);

#endif
