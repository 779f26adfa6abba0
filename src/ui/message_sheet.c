/* message_sheet.c - all that was said, the newest last, as a message goes with the next key. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ui/app.h"

void app_keep_message(struct app *app)
{
	struct message_log *log = &app->user.messages;
	struct said *last = log->count ? &log->said[log->count - 1] : NULL;

	/* What is told again and again is one message. */
	if (last && !strcmp(last->text, app->message)) {
		last->at = time(NULL);
		return;
	}
	if (log->count == MESSAGES_KEPT) {
		free(log->said[0].text);
		memmove(log->said, log->said + 1, (MESSAGES_KEPT - 1) * sizeof log->said[0]);
		log->count--;
	}
	log->said[log->count++] = (struct said){ .kind = app->message_kind,
						 .at = time(NULL),
						 .text = strdup(app->message) };
}

void app_forget_messages(struct app *app)
{
	for (unsigned i = 0; i < app->user.messages.count; i++)
		free(app->user.messages.said[i].text);
	app->user.messages.count = 0;
}

static uint32_t count(const struct app *app)
{
	return app->user.messages.count;
}

static void begin(struct app *app)
{
	app->sheet.row = app->user.messages.count ? app->user.messages.count - 1 : 0;
}

static void draw_row(struct app *app, struct canvas *canvas, int line, uint32_t row,
		     enum style style)
{
	static const char marks[][4] = {
		[MESSAGE_NOTE] = "·", [MESSAGE_WARNING] = "!", [MESSAGE_ERROR] = "E"
	};
	const struct said *said = &app->user.messages.said[row];
	struct tm tm;
	char clock[16];

	localtime_r(&said->at, &tm);
	strftime(clock, sizeof clock, "%H:%M:%S", &tm);
	canvas_text(canvas, line, 0, 8, style == STYLE_BOX ? STYLE_BOX_DIM : style, clock);
	canvas_text(canvas, line, 9, 1, style, marks[said->kind]);
	canvas_text(canvas, line, 11, -1, style, said->text ? said->text : "");
}

/* Again in the last line, where there is room for all of it. */
static bool act(struct app *app, enum action action, uint32_t row)
{
	if (action != ACTION_OPEN || row >= app->user.messages.count)
		return false;
	char text[sizeof app->message];

	snprintf(text, sizeof text, "%s", app->user.messages.said[row].text);
	app_close_sheet(app);
	app_message(app, app->user.messages.said[row].kind, "%s", text);
	return true;
}

const struct sheet_class messages_sheet = {
	.title = "Messages",
	.nothing = "Nothing was said yet.",
	.keys = { { ACTION_OPEN, "Whole" } },
	.begin = begin,
	.count = count,
	.draw_row = draw_row,
	.act = act,
};
