/* ui.c - opens what was asked for, takes the terminal over, and gives it back. */
#include "ui/ui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "ui/app.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_memory.h"
#include "ui/event_loop.h"
#include "ui/signals.h"
#include "ui/tabs.h"
#include "ui/terminal.h"

enum { EXIT_FINE = 0, EXIT_BAD = 2 };

/* Or all that were named, merged. */
static bool open_path(struct app *app, const struct ui_options *options, struct error *error)
{
	if (!options->merge || !options->more_count)
		return app_open(app, options->path, error);
	char **paths = must_zeroed(options->more_count + 1, sizeof *paths);

	paths[0] = must_copy(options->path);
	memcpy(paths + 1, options->more_paths, options->more_count * sizeof *paths);
	bool fine = app_open_files(app, paths, options->more_count + 1, error);

	free(paths[0]);
	free(paths);
	return fine;
}

static bool open_first(struct app *app, const struct ui_options *options, struct error *error)
{
	if (options->live)
		return app_capture(app, options->live, error);
	if (!options->path && options->restore)
		return app_restore(app, error);
	if (!options->path) {
		app_start_screen(app);
		return true;
	}
	/* Who feeds us may still ask for a password on this terminal. */
	if (!strcmp(options->path, "-") && !isatty(STDIN_FILENO))
		fputs("peel: waiting for packets on standard input; Ctrl-C quits\n", stderr);
	if (!open_path(app, options, error))
		return false;
	app->restoring = options->restore;
	return true;
}

/* The first one is shown. */
static bool open_others(struct tabs *tabs, const struct ui_options *options, struct error *error)
{
	if (options->merge)
		return true;
	for (unsigned i = 0; i < options->more_count; i++)
		if (!tabs_open(tabs, &options->more_paths[i], 1, error))
			return false;
	tabs_show(tabs, 0);
	return true;
}

/* Killed before it could ask, peel keeps what it captured. */
static void keep_unsaved(const struct tabs *tabs)
{
	for (unsigned i = 0; i < tabs->count; i++)
		if (!tabs->apps[i]->quit && app_has_unsaved(tabs->apps[i]))
			tabs->apps[i]->live->temporary = false;
}

static void say_where_packets_are(const struct app *app)
{
	if (app->live && !app->live->temporary)
		printf("peel: packets are in %s\n", app->live->path);
	else if (app->live && app->live_saved_as[0])
		printf("peel: packets are in %s\n", app->live_saved_as);
}

static bool begin_filter(struct app *app, const struct ui_options *options)
{
	const char *text = options->display_filter;

	if (!text || !*text || !app->session || app_set_filter(app, text))
		return true;
	fprintf(stderr, "peel: %s\n", app->bar.error.message);
	return false;
}

static bool begin_filters(const struct tabs *tabs, const struct ui_options *options)
{
	for (unsigned i = 0; i < tabs->count; i++)
		if (!begin_filter(tabs->apps[i], options))
			return false;
	return true;
}

static int run(struct tabs *tabs, const struct ui_options *options)
{
	struct error error = { "" };
	struct terminal *terminal;
	int signals;

	if (!open_first(tabs_current(tabs), options, &error) ||
	    !open_others(tabs, options, &error)) {
		fprintf(stderr, "peel: %s\n", error.text);
		return EXIT_BAD;
	}
	if (!begin_filters(tabs, options))
		return EXIT_BAD;
	signals = signals_begin();
	terminal = terminal_open(options, &error);
	if (!terminal) {
		fprintf(stderr, "peel: %s\n", error.text);
		return EXIT_BAD;
	}
	event_loop(tabs, terminal, signals);
	terminal_close(terminal);
	keep_unsaved(tabs);
	for (unsigned i = 0; i < tabs->count; i++)
		say_where_packets_are(tabs->apps[i]);
	return EXIT_FINE;
}

static bool begin_keys(struct app *app, const struct ui_options *options)
{
	enum key_set set = options->key_set ? key_set_named(options->key_set) : KEY_SET_DEFAULT;

	if (set == KEY_SETS) {
		fprintf(stderr,
			"peel: there is no key map \"%s\"; there are default, vim, less and "
			"wireshark\n",
			options->key_set);
		return false;
	}
	app_use_keys(app, set);
	return true;
}

static bool begin_theme(struct app *app, const struct ui_options *options)
{
	if (!options->theme || app_set_theme(app, options->theme))
		return true;
	fprintf(stderr, "peel: %s\n", app->message);
	return false;
}

int ui_run(const struct ui_options *options)
{
	struct tabs tabs;
	int status = EXIT_BAD;

	tabs_init(&tabs, options);
	struct app *app = tabs_current(&tabs);

	if (begin_keys(app, options)) {
		if (options->remembers)
			app_read_user_files(app);
		if (begin_theme(app, options))
			status = run(&tabs, options);
	}
	tabs_free(&tabs);
	/* A terminal that is closed hangs up twice: what is remembered is written before the second
	 * may end us. */
	signals_end();
	return status;
}
