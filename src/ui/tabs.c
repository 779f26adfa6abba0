/* tabs.c - opens captures beside each other, and leaves them. */
#include "ui/tabs.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "ui/app.h"
#include "ui/app_capture.h"
#include "ui/app_columns.h"
#include "ui/app_memory.h"
#include "ui/app_rows.h"

static struct app *new_app(struct tabs *tabs, const struct ui_options *options)
{
	struct app *app = must_alloc(sizeof *app);

	app_init(app, options);
	app->tabs = tabs;
	return app;
}

static void free_app(struct app *app)
{
	app_free(app);
	free(app);
}

void tabs_init(struct tabs *tabs, const struct ui_options *options)
{
	*tabs = (struct tabs){ .count = 1 };
	tabs->apps[0] = new_app(tabs, options);
}

void tabs_free(struct tabs *tabs)
{
	while (tabs->count)
		free_app(tabs->apps[--tabs->count]);
}

struct app *tabs_current(const struct tabs *tabs)
{
	return tabs->apps[tabs->at];
}

/* --- what the user has set --- */

/* One of each thing is enough, but each app has to have one. */
static void hand_over(struct app *from, struct app *to)
{
	struct user_state user = from->user;

	from->user = to->user;
	to->user = user;
	to->terminal = from->terminal;
	to->now = from->now;
	to->theme_changed = to->rules_changed = to->dirty = true;
	columns_reset(&to->user.columns);
	to->measured_from = to->measured_to = 0;
	app_rows_changed(to);
	/* Which column they are sorted by stands with the columns. */
	app_resort(to);
}

/* --- which is shown --- */

void tabs_show(struct tabs *tabs, unsigned number)
{
	if (number >= tabs->count || number == tabs->at)
		return;
	hand_over(tabs_current(tabs), tabs->apps[number]);
	tabs->at = number;
}

bool tabs_open(struct tabs *tabs, char *const *paths, unsigned count, struct error *error)
{
	struct app *from = tabs_current(tabs);

	if (tabs->count == TABS_MOST)
		return error_set(error, "no more than %d captures can be open", TABS_MOST);
	struct app *app = new_app(tabs, from->options);

	app->now = from->now;
	if (from->options->remembers)
		app_read_user_files(app);
	/* What is wrong with them was told at the beginning. */
	app->message[0] = '\0';
	if (!app_open_files(app, paths, count, error)) {
		free_app(app);
		return false;
	}
	tabs->apps[tabs->count++] = app;
	tabs_show(tabs, tabs->count - 1);
	return true;
}

bool tabs_leave(struct tabs *tabs)
{
	struct app *left = tabs_current(tabs);
	unsigned at = tabs->at, beside = at ? at - 1 : 1;

	if (tabs->count == 1)
		return false;
	tabs_show(tabs, beside);
	if (left->live && !left->live->temporary)
		app_message(tabs_current(tabs), MESSAGE_NOTE, "Packets of %s are in %s.",
			    left->live_name, left->live->path);
	memmove(tabs->apps + at, tabs->apps + at + 1, (--tabs->count - at) * sizeof tabs->apps[0]);
	tabs->at = beside > at ? beside - 1 : beside;
	free_app(left);
	return true;
}

void tabs_leave_all(struct tabs *tabs)
{
	tabs->leaving = true;
	for (unsigned i = 0; i < tabs->count; i++) {
		if (!app_has_unsaved(tabs->apps[i]))
			continue;
		tabs_show(tabs, i);
		app_quit(tabs->apps[i]);
		return;
	}
	tabs_current(tabs)->quit = true;
}

/* --- all read anew --- */

bool tabs_stop_reading(struct tabs *tabs, const struct app *but, struct error *error)
{
	for (unsigned i = 0; tabs && i < tabs->count; i++)
		if (tabs->apps[i] != but && tabs->apps[i]->session &&
		    !app_can_read_again(tabs->apps[i], error))
			return false;
	for (unsigned i = 0; tabs && i < tabs->count; i++)
		if (tabs->apps[i] != but)
			app_suspend_reading(tabs->apps[i]);
	return true;
}

void tabs_read_again(struct tabs *tabs, const struct app *but)
{
	struct error error = { "" };

	for (unsigned i = 0; tabs && i < tabs->count; i++)
		if (tabs->apps[i] != but && !app_resume_reading(tabs->apps[i], &error))
			app_message(tabs->apps[i], MESSAGE_ERROR, "%s", error.text);
}
