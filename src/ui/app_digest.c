/* app_digest.c - the SHA-256 of the capture's files, made while one goes on. */
#include <string.h>

#include "ui/app.h"
#include "ui/app_capture.h"

static const int64_t LOOK_EVERY = INT64_C(100000000);

void app_start_digest(struct app *app)
{
	unsigned count;
	char *const *paths = capture_file_paths(session_file(app->session), &count);

	if (app->digest) {
		app_message(app, MESSAGE_NOTE,
			    app->digest_done ? "It is there: below the length."
					     : "It is being made.");
		return;
	}
	if (!strcmp(capture_file_path(session_file(app->session)), "-")) {
		app_message(app, MESSAGE_NOTE,
			    "What came through a pipe cannot be read again: save it first.");
		return;
	}
	app->digest = file_digest_start(paths, count);
	app->digest_done = false;
	app->digest_looked_at = app->now;
	if (!app->digest)
		app_message(app, MESSAGE_NOTE, "peel was built without libgcrypt.");
}

void app_forget_digest(struct app *app)
{
	file_digest_free(app->digest);
	app->digest = NULL;
	app->digest_done = false;
}

int64_t app_digest_time(const struct app *app)
{
	return app->digest && !app->digest_done ? app->digest_looked_at + LOOK_EVERY : INT64_MAX;
}

void app_digest_more(struct app *app)
{
	uint64_t done, total;

	if (app->now < app_digest_time(app))
		return;
	app->digest_looked_at = app->now;
	app->dirty = true;
	app->digest_done = file_digest_progress(app->digest, &done, &total);
	if (!app->digest_done)
		return;
	const char *text = file_digest_text(app->digest, 0);

	if (text)
		app_message(app, MESSAGE_NOTE, "SHA-256 %s", text);
	app_renew_sheet(app);
}
