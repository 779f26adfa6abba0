/* app_save.h - what is chosen of the packets, and saved or copied. */
#ifndef UI_APP_SAVE_H
#define UI_APP_SAVE_H

#include "ui/app.h"

void app_save(struct app *app, const char *path, bool overwrite);
void app_save_more(struct app *app);
void app_save_command(struct app *app, const char *text);
uint32_t app_save_count(const struct app *app, enum save_scope scope);
/* Which packets a text begins with ("displayed ", "marked ", "10-20 "), in save_scope: all if it names
 * none; returns the rest of it. */
const char *app_read_scope(struct app *app, const char *text);
/* Their numbers, rising, to be freed.  `count`: app_save_count() of them. */
uint32_t *app_scoped_packets(const struct app *app, uint32_t count);
void app_next_scope(struct app *app);
bool app_act_on_copy(struct app *app, enum action action);
/* Rows between which copying and marking work; false: none are chosen. */
bool app_range_of_rows(const struct app *app, uint32_t *first, uint32_t *last);
/* Bytes of the buffer that is shown. */
bool app_range_of_bytes(const struct app *app, uint32_t *first, uint32_t *last);
void app_choose_bytes(struct app *app, uint32_t from);
bool app_act_on_range(struct app *app, enum action action);
/* "13 rows, #4 to #16"; "": nothing is chosen. */
void app_range_text(const struct app *app, char *text, size_t room);

#endif
