/* app_panes.h - panes, and what the mouse does in them. */
#ifndef UI_APP_PANES_H
#define UI_APP_PANES_H

#include "ui/app.h"

/* Sizes of panes, from one time to the next. */
void app_read_panes(struct app *app);
void app_write_panes(struct app *app);
/* "usual", "stacked" ...; false: there is none. */
bool app_set_arrangement(struct app *app, const char *name);
bool app_act_on_panes(struct app *app, enum action action, uint32_t count);
/* A click, a turn of the wheel, a held button: for the view that is there. */
void app_click(struct app *app, const struct mouse *mouse);
/* Whoever drags something with the mouse; false: nobody does, or can here. */
bool app_drag(struct app *app, const struct mouse *mouse);

#endif
