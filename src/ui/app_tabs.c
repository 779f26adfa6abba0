/* app_tabs.c - keys and commands for several captures. */
#include "ui/app_tabs.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/user_file.h"
#include "ui/app_capture.h"
#include "ui/app_save.h"
#include "ui/tabs.h"

/* Unit tests have one app without tabs. */
static bool has_others(struct app *app)
{
	if (app->tabs && app->tabs->count > 1)
		return true;
	char keys[KEYS_ROOM];

	app_message(app, MESSAGE_NOTE, "No other file is open: %s opens one beside this one.",
		    key_of(&app->user.keys, ACTION_OPEN_TAB, keys));
	return false;
}

/* With a count, to the tab of that number, from 1. */
static void step(struct app *app, int by, uint32_t count)
{
	struct tabs *tabs = app->tabs;

	if (!has_others(app))
		return;
	if (count > tabs->count)
		app_message(app, MESSAGE_NOTE, "There are %u tabs.", tabs->count);
	else if (count && by > 0)
		tabs_show(tabs, count - 1);
	else
		tabs_show(tabs, (tabs->at + tabs->count + (unsigned)by) % tabs->count);
}

bool app_act_on_tabs(struct app *app, enum action action, uint32_t count)
{
	switch (action) {
	case ACTION_OPEN_TAB:
		app_ask(app, PROMPT_OPEN_TAB, "");
		return true;
	case ACTION_MERGE:
		if (app->session)
			app_ask(app, PROMPT_MERGE, "");
		return true;
	case ACTION_NEXT_TAB:
		step(app, 1, count);
		return true;
	case ACTION_PREVIOUS_TAB:
		step(app, -1, count);
		return true;
	default:
		return false;
	}
}

void app_open_tab(struct app *app, const char *typed)
{
	struct error error = { "" };
	char path[4096], *paths = path;

	user_typed_path(typed, path, sizeof path);
	if (!app->session && !app->live) {
		if (!app_open(app, path, &error))
			app_message(app, MESSAGE_ERROR, "%s", error.text);
	} else if (!app->tabs || !tabs_open(app->tabs, &paths, 1, &error)) {
		app_message(app, MESSAGE_ERROR, "%s", error.text);
	}
}

void app_merge(struct app *app, const char *typed)
{
	const struct capture_file *file = session_file(app->session);
	struct error error = { "" };
	char path[4096];
	unsigned count;
	char *const *paths = capture_file_paths(file, &count);

	if (capture_file_is_input(file) || app->live) {
		app_message(app, MESSAGE_NOTE,
			    "Only files can be merged: ^S saves this capture into one.");
		return;
	}
	char **all = must_zeroed(count + 1, sizeof *all);

	memcpy(all, paths, count * sizeof *all);
	user_typed_path(typed, path, sizeof path);
	all[count] = path;
	if (!app->tabs || !tabs_open(app->tabs, all, count + 1, &error))
		app_message(app, MESSAGE_ERROR, "%s", error.text);
	else
		app_message(tabs_current(app->tabs), MESSAGE_NOTE,
			    "Merged by time; frame.interface_name begins with each packet's file.");
	free(all);
}

void app_go_to_tab(struct app *app, const char *typed)
{
	unsigned long number = strtoul(typed, NULL, 10);

	if (has_others(app))
		step(app, 1, number && number < UINT32_MAX ? (uint32_t)number : UINT32_MAX);
}

void app_leave_all(struct app *app)
{
	if (app->tabs)
		tabs_leave_all(app->tabs);
	else
		app_quit(app);
}
