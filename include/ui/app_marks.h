/* app_marks.h - marks, names and comments of packets, and looking for packets. */
#ifndef UI_APP_MARKS_H
#define UI_APP_MARKS_H

#include "ui/app.h"

bool app_act_on_find(struct app *app, enum action action);
bool app_find_packet(struct app *app, enum find_kind kind, const char *text);
void app_find_again(struct app *app, bool backwards);
/* A step further. */
void app_find_packet_more(struct app *app);
bool app_is_finding(const struct app *app);
void app_find_end(struct app *app);
bool app_act_on_marks(struct app *app, enum action action);
/* The letter that an action waited for; false: none did. */
bool app_take_name(struct app *app, uint32_t key);
void app_forget_marks(struct app *app);
void app_comment(struct app *app, const char *text);
/* As few letters as say what the first comment of the selected packet is. */
void app_ask_comment(struct app *app);

#endif
