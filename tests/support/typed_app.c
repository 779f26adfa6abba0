/* typed_app.c - what the event loop does, without a terminal and without waiting. */
#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_capture.h"
#include "ui/app_rows.h"
#include "ui/app_statistics.h"
#include "ui/app_stream.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


struct app app;
struct ui_options typed_options;
struct screen screen;

void begin_app(const char *path)
{
	struct error error = { "" };

	typed_options.path = path;
	screen = memory_screen(24, 80);
	app_init(&app, &typed_options);
	if (!app_open(&app, path, &error))
		fail_msg("%s", error.text);
	read_all();
}

void begin_app_on(const char *capture)
{
	const char *srcdir = getenv("srcdir");
	static char path[4096]; /* it has to stay */

	snprintf(path, sizeof path, "%s/captures/%s", srcdir ? srcdir : ".", capture);
	begin_app(path);
}

void end_app(void)
{
	app_free(&app);
	screen_free(&screen);
}

static void hear_scanner(void)
{
	struct pollfd fd = { .fd = scanner_news(app.scanner), .events = POLLIN };

	if (poll(&fd, 1, 10000) <= 0)
		fail_msg("the first pass does not end");
	app_news(&app);
}

void read_all(void)
{
	while (app.scan_state != SCAN_DONE)
		hear_scanner();
	draw();
}

void draw(void)
{
	app.now = app_clock();
	while (app_stream_time(&app) == 0)
		app_stream_more(&app);
	while (app_statistics_time(&app) == 0)
		app_count_more(&app);
	while (app_objects_time(&app) == 0)
		app_objects_more(&app);
	if (app.decode.recalled_count) {
		app_decode_recalled(&app);
		read_all();
	}
	app_order_more(&app);
	while (app.order.run) {
		struct pollfd fd = { .fd = app_order_news_at(&app), .events = POLLIN };

		if (poll(&fd, 1, 10000) <= 0)
			fail_msg("sorting does not end");
		app_order_news(&app);
	}
	while (app_names_time(&app) == 0)
		app_names_more(&app);
	/* A key may have made it read the capture anew. */
	while (app_findings_time(&app) != INT64_MAX) {
		if (app.scan_state != SCAN_DONE)
			hear_scanner();
		app_tick(&app);
	}
	app_draw(&app, &screen);
}

void show_at(int rows, int columns)
{
	screen_resize(&screen, rows, columns);
	draw();
}

void type(const char *keys)
{
	while (*keys) {
		const char *end = keys + strcspn(keys, " ");

		while (keys < end) {
			struct event event = { .key = key_parse(&keys, (size_t)(end - keys)) };

			assert_int_not_equal(event.key, KEY_NONE);
			app_event(&app, &event);
			draw();
		}
		keys += *keys == ' ';
	}
}
