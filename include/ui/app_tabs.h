/* app_tabs.h - several captures beside each other. */
#ifndef UI_APP_TABS_H
#define UI_APP_TABS_H

#include "ui/app.h"

/* All captures. */
void app_leave_all(struct app *app);
/* Opens a file beside this one; in place of the start screen. */
void app_open_tab(struct app *app, const char *typed);
/* This file and another, in a tab of their own. */
void app_merge(struct app *app, const char *typed);
void app_go_to_tab(struct app *app, const char *typed);
bool app_act_on_tabs(struct app *app, enum action action, uint32_t count);

#endif
