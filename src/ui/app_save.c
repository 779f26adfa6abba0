/* app_save.c - saves packets: all, those displayed, those marked, or a range. */
#include "ui/app_save.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/user_file.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_rows.h"

bool app_keeps_files(const struct app *app)
{
	return app->options->remembers && !app->options->read_only;
}

bool app_may_write(struct app *app)
{
	if (app->options->read_only)
		app_message(app, MESSAGE_WARNING,
			    "Nothing is written, as peel was begun with --readonly.");
	return !app->options->read_only;
}

/* While the capture is read anew some are not there yet. */
static uint32_t marked_and_read(const struct app *app)
{
	uint32_t count = app->marked.count;

	while (count && app->marked.numbers[count - 1] > app->packet_count)
		count--;
	return count;
}

uint32_t app_save_count(const struct app *app, enum save_scope scope)
{
	uint32_t to = app->save_to < app->packet_count ? app->save_to : app->packet_count;

	switch (scope) {
	case SAVE_DISPLAYED:
		return app_row_count(app);
	case SAVE_MARKED:
		return marked_and_read(app);
	case SAVE_RANGE:
		return to >= app->save_from ? to - app->save_from + 1 : 0;
	default:
		return app->packet_count;
	}
}

/* The next scope that differs from all packets and holds some. */
void app_next_scope(struct app *app)
{
	enum save_scope scope = app->save_scope;

	do
		scope = (scope + 1) % SAVE_RANGE;
	while (scope != SAVE_ALL &&
	       (!app_save_count(app, scope) || (scope == SAVE_DISPLAYED && !app_is_filtered(app))));
	app->save_scope = scope;
	app->dirty = true;
}

/* The numbers as they are now: what is displayed may change while they are written. */
uint32_t *app_scoped_packets(const struct app *app, uint32_t count)
{
	uint32_t *numbers = must_alloc((count ? count : 1) * sizeof *numbers);
	uint32_t packet = 0;

	for (uint32_t i = 0; i < count; i++) {
		if (app->save_scope == SAVE_DISPLAYED)
			packet = app->filter.run ? filter_run_next(app->filter.run, packet) : i + 1;
		else if (app->save_scope == SAVE_MARKED)
			packet = app->marked.numbers[i];
		else
			packet = app->save_from + i;
		numbers[i] = packet;
	}
	return numbers;
}

void app_save(struct app *app, const char *path, bool overwrite)
{
	struct error error = { "" };
	struct stat there;

	if (!app_may_write(app)) {
		app->quit_when_saved = false;
		return;
	}
	user_typed_path(path, app->save_path, sizeof app->save_path);
	if (!overwrite && stat(app->save_path, &there) == 0 && !S_ISDIR(there.st_mode)) {
		app->dialog = DIALOG_OVERWRITE;
		snprintf(app->dialog_text, sizeof app->dialog_text, "\"%s\" is there already.",
			 path);
		return;
	}
	uint32_t count = app_save_count(app, app->save_scope);
	uint32_t *numbers = app->save_scope == SAVE_ALL ? NULL : app_scoped_packets(app, count);

	app->save_left_out = app->save_scope == SAVE_MARKED ? app->marked.count - count : 0;
	app->saving = save_job_start(app->session, app->save_path, numbers, count, &error);
	if (!app->saving) {
		app->quit_when_saved = false;
		app_message(app, MESSAGE_ERROR, "%s", error.text);
	}
}

static void tell_saved(struct app *app)
{
	uint32_t count = save_job_total(app->saving);
	char left[60] = "";

	const char *path = save_job_path(app->saving);
	size_t length = strlen(path);
	bool without_comments = app->comments && comments_count(app->comments) && length > 5 &&
				!strcmp(path + length - 5, ".pcap");

	if (app->save_left_out)
		snprintf(left, sizeof left, "; %u marked not read yet: left out",
			 app->save_left_out);
	app_message(app, without_comments || *left ? MESSAGE_WARNING : MESSAGE_NOTE,
		    "Saved %u packet%s to \"%s\"%s%s.", count, count == 1 ? "" : "s", path,
		    without_comments ? ", without comments: pcapng keeps them" : "", left);
	if (app->live && app->live->temporary && app->save_scope == SAVE_ALL) {
		app->live_saved = count;
		snprintf(app->live_saved_as, sizeof app->live_saved_as, "%s",
			 save_job_path(app->saving));
	}
}

void app_save_more(struct app *app)
{
	struct error error = { "" };
	enum save_state state = save_job_step(app->saving, &error);

	app->dirty = true;
	if (state == SAVE_GOES_ON)
		return;
	if (state == SAVE_DONE)
		tell_saved(app);
	else
		app_message(app, MESSAGE_ERROR, "%s", error.text);
	save_job_free(app->saving);
	app->saving = NULL;
	if (app->quit_when_saved && state == SAVE_DONE)
		app_quit(app);
	app->quit_when_saved = false;
	app->save_scope = SAVE_ALL;
}

const char *app_read_scope(struct app *app, const char *text)
{
	unsigned from, to;
	int end = 0;

	app->save_scope = SAVE_ALL;
	if (sscanf(text, "%u-%u %n", &from, &to, &end) == 2 && end) {
		app->save_scope = SAVE_RANGE;
		app->save_from = from ? from : 1;
		app->save_to = to < app->packet_count ? to : app->packet_count;
	} else if (!strncmp(text, "displayed ", 10)) {
		app->save_scope = SAVE_DISPLAYED;
		end = 10;
	} else if (!strncmp(text, "marked ", 7)) {
		app->save_scope = SAVE_MARKED;
		end = 7;
	}
	return text + end + strspn(text + end, " ");
}

/* ":w FILE", ":w 10-20 FILE", ":w displayed FILE", ":w marked FILE". */
void app_save_command(struct app *app, const char *text)
{
	app_thaw(app);
	const char *path = app_read_scope(app, text);

	if (!app_save_count(app, app->save_scope))
		app_message(app, MESSAGE_NOTE,
			    app->save_scope == SAVE_MARKED && app->marked.count
				    ? "None of the marked packets is read yet."
				    : "There are no such packets to save.");
	else
		app_save(app, path, false);
}
