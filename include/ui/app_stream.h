/* app_stream.h - the stream that is looked at. */
#ifndef UI_APP_STREAM_H
#define UI_APP_STREAM_H

#include "ui/app.h"

/* Opens the stream of the packet. */
void app_show_stream(struct app *app, uint32_t packet);
/* Opens a stream of TCP or UDP by its number. */
void app_show_stream_numbered(struct app *app, enum stream_protocol protocol, uint32_t number);
void app_stream_close(struct app *app);
/* Back to a stream that a packet was gone to from; false: there is none. */
bool app_stream_return(struct app *app);
/* The stream `by` numbers on. */
void app_stream_step(struct app *app, int by);
/* To a packet of it in the list, from where one can return. */
void app_stream_leave_for(struct app *app, uint32_t packet);
void app_stream_news(struct app *app);
int64_t app_stream_time(const struct app *app);
void app_stream_more(struct app *app);
/* Writes what the sides shown said. */
void app_stream_save(struct app *app, const char *path);
/* Takes the packet apart that the stream's details show. */
void app_stream_show_packet(struct app *app, uint32_t packet);

#endif
