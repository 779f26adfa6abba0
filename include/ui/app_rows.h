/* app_rows.h - rows of the list: their packets, words and order, and how they relate to the selected one. */
#ifndef UI_APP_ROWS_H
#define UI_APP_ROWS_H

#include "ui/app.h"

/* The packet shown in a row; 0: there is none. */
uint32_t app_packet_in_row(const struct app *app, uint32_t row);
/* The row that shows a packet; UINT32_MAX: none does. */
uint32_t app_row_of_packet(const struct app *app, uint32_t packet);
/* Of the selected packet; "": none. */
bool app_has_comment(const struct app *app, uint32_t packet);
/* Where a row is in the order of capture, and the other way round. */
uint32_t app_captured_row(const struct app *app, uint32_t row);
uint32_t app_sorted_row(const struct app *app, uint32_t row);
bool app_is_sorted(const struct app *app);
/* By a column of the list; UNSORTED: by none. */
void app_sort(struct app *app, unsigned n, enum sort_way way);
/* Rising, falling, not at all, in turn. */
void app_sort_on(struct app *app, unsigned n);
void app_sort_command(struct app *app, const char *text);
/* Other rows are shown, or columns say something else: sorts anew, if they are to be sorted. */
void app_resort(struct app *app);
void app_forget_order(struct app *app);
void app_stop_sorting(struct app *app);
int64_t app_order_time(const struct app *app);
void app_order_more(struct app *app);
int app_order_news_at(const struct app *app); /* readable: there is news; -1: never */
void app_order_news(struct app *app);

uint32_t app_packet_count(const struct app *app);
/* Of packets shown. */
uint32_t app_row_count(const struct app *app);
uint32_t app_selected_row(const struct app *app); /* UINT32_MAX: none */
/* The words of a row, valid until the next call.  False: the packet cannot be read any more. */
bool app_read_row(struct app *app, uint32_t row, struct list_row *out);
/* Of a packet; 0: none. */
uint32_t app_conversation(const struct app *app, uint32_t packet);
/* Does the selected packet name this one? */
bool app_is_linked(const struct app *app, uint32_t packet);
/* What acknowledges the selected packet, among those that are there. */
void app_find_acknowledgment(struct app *app);
uint32_t app_previous_in_conversation(const struct app *app, uint32_t packet);
/* How row's packet relates to the selected one, as a character for the gutter; ' ': not. */
uint32_t app_relation(const struct app *app, uint32_t row, bool later_on_screen);

#endif
