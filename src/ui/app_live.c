/* app_live.c - captures: begins, begins anew, takes in what the helper tells, and ends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "ui/app.h"
#include "ui/app_capture.h"
#include "ui/app_rows.h"
#include "ui/signals.h"

/* Appends a word to a list; what does not fit is left out. */
static void add_word(char *list, size_t room, const char *word)
{
	size_t used = strlen(list);

	snprintf(list + used, room - used, "%s%s", used ? ", " : "", word);
}

static void name_live(struct app *app, const struct live_options *options)
{
	const char *last = NULL;

	app->live_name[0] = app->live_filter[0] = 0;
	for (unsigned i = 0; i < options->interface_count; i++) {
		const char *filter = options->filters[i];

		add_word(app->live_name, sizeof app->live_name, options->interfaces[i]);
		if (filter && *filter && (!last || strcmp(filter, last) != 0))
			add_word(app->live_filter, sizeof app->live_filter, filter);
		last = filter;
	}
}

/* Interfaces and filters may be the start screen's; the rest stays as long as the program runs. */
static struct live_options *options_keep(const struct live_options *from)
{
	struct live_options *to = must_alloc(sizeof *to);

	*to = *from;
	for (unsigned i = 0; i < from->interface_count; i++) {
		to->interfaces[i] = must_copy(from->interfaces[i]);
		to->filters[i] = from->filters[i] ? must_copy(from->filters[i]) : NULL;
	}
	return to;
}

static void options_free(struct live_options *options)
{
	if (!options)
		return;
	for (unsigned i = 0; i < options->interface_count; i++) {
		free((char *)(uintptr_t)options->interfaces[i]);
		free((char *)(uintptr_t)options->filters[i]);
	}
	free(options);
}

static struct capture_file *start(struct live_capture *live, const struct live_options *options,
				  struct error *error)
{
	struct capture_file *file = NULL;

	if (!live_capture_start(live, options, error))
		return NULL;
	file = capture_file_open(live->path, error);
	if (!file)
		live_capture_close(live);
	return file;
}

bool app_capture(struct app *app, const struct live_options *options, struct error *error)
{
	struct live_capture *live = must_zeroed(1, sizeof *live);
	struct live_options *kept = options_keep(options);
	struct capture_file *file = start(live, kept, error);

	if (!file) {
		options_free(kept);
		free(live);
		return false;
	}
	app_close(app);
	app->live = live;
	app->live_options = kept;
	signals_name_packets(live->path);
	app->live_since = app->live_rate_at = app->now;
	app->live_until = 0;
	app->live_rate = app->live_rate_packets = 0;
	app->live_problem_told = false;
	app->live_saved = live->temporary ? 0 : UINT32_MAX;
	app->following = true;
	name_live(app, kept);
	return app_look_at(app, file, error);
}

void app_live_end(struct app *app)
{
	if (app->live) {
		signals_name_packets(NULL);
		live_capture_close(app->live);
	}
	free(app->live);
	app->live = NULL;
	options_free(app->live_options);
	app->live_options = NULL;
	app->live_saved = 0;
	app->live_saved_as[0] = 0;
	app->losses.count = 0;
	app->losses.told = 0;
}

/* --- news --- */

/* Also of an interface that went away while others go on. */
static void tell_of_live_problem(struct app *app)
{
	char again[KEYS_ROOM + 20] = "", keys[KEYS_ROOM];

	if (app->live_until)
		snprintf(again, sizeof again, " %s tries again.",
			 key_of(&app->user.keys, ACTION_STOP_CAPTURE, keys));
	if (app->live->problem.text[0] && !app->live_problem_told)
		app_message(app, MESSAGE_WARNING, "%s%s", app->live->problem.text, again);
	app->live_problem_told = app->live->problem.text[0];
}

void app_live_news(struct app *app)
{
	if (app->live_until)
		return;
	if (!live_capture_poll(app->live)) {
		app->live_until = app->now;
		app->following = false;
		app->message[0] = 0;
		app->live_problem_told = false;
		session_follow(app->session, false);
		scanner_kick(app->scanner);
	}
	losses_tell(&app->losses,
		    app->live->counts.dropped_kernel + app->live->counts.dropped_interface,
		    (uint32_t)app->live->counts.written);
	tell_of_live_problem(app);
}

uint64_t app_lost_before(const struct app *app, uint32_t row)
{
	if (!app->losses.count || app_is_sorted(app))
		return 0;
	return losses_between(&app->losses, row ? app_packet_in_row(app, row - 1) : 0,
			      app_packet_in_row(app, row));
}

/* --- once more --- */

void app_restart_now(struct app *app)
{
	struct error error = { "" };

	app->dialog = DIALOG_NONE;
	if (app_capture(app, app->live_options, &error))
		return;
	app->dialog = DIALOG_ERROR;
	snprintf(app->dialog_text, sizeof app->dialog_text, "%s", error.text);
}

static void restart(struct app *app)
{
	uint32_t unsaved = app_packets_read(app) - app->live_saved;

	if (!app_has_unsaved(app)) {
		app_restart_now(app);
		return;
	}
	app->dialog = DIALOG_RESTART;
	snprintf(app->dialog_text, sizeof app->dialog_text,
		 "Capture anew on %s? %u packet%s captured so far %s in no file of yours yet, and "
		 "would be gone.",
		 app->live_name, unsaved, unsaved == 1 ? "" : "s", unsaved == 1 ? "is" : "are");
}

static void change_nothing(void *owner)
{
	(void)owner;
}

static void read_again(struct app *app)
{
	struct error error = { "" };

	if (app_rescan(app, change_nothing, NULL, &error))
		app_message(app, MESSAGE_NOTE, "%s is read again.", app_name(app));
	else
		app_message(app, MESSAGE_ERROR, "%s", error.text);
}

static void stop(struct app *app)
{
	if (!app->live) {
		app_message(app, MESSAGE_NOTE, "No capture is going on.");
	} else if (app->live_until) {
		restart(app);
	} else {
		live_capture_stop(app->live);
		app_message(app, MESSAGE_NOTE, "Stopping the capture…");
	}
}

bool app_act_on_capture(struct app *app, enum action action)
{
	switch (action) {
	case ACTION_STOP_CAPTURE:
		stop(app);
		return true;
	case ACTION_RESTART:
		if (app->live)
			restart(app);
		else
			read_again(app);
		return true;
	default:
		return false;
	}
}
