/* app_panes.c - how large the panes are, by keys, and from one time to the next. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/user_file.h"
#include "ui/app.h"

enum { WHOLE = 1000, SIDE_STEP = 2 };

static const char panes_file[] = "panes";

static const struct {
	const char *name;
	size_t at;
} sizes[] = {
	{ "list-rows ", offsetof(struct pane_sizes, list_rows) },
	{ "bytes-rows ", offsetof(struct pane_sizes, bytes_rows) },
	{ "bytes-columns ", offsetof(struct pane_sizes, bytes_columns) },
};

enum { SIZES = sizeof sizes / sizeof sizes[0] };

static int *size_of(struct app *app, unsigned n)
{
	return (int *)(void *)((char *)&app->pane_sizes + sizes[n].at);
}

static void take_size(void *owner, const char *line)
{
	for (unsigned i = 0; i < SIZES; i++) {
		size_t length = strlen(sizes[i].name);

		if (strncmp(line, sizes[i].name, length) != 0)
			continue;
		int size = atoi(line + length);

		*size_of(owner, i) = size > 0 && size < WHOLE ? size : 0;
	}
}

void app_read_panes(struct app *app)
{
	app->pane_sizes = (struct pane_sizes){ 0 };
	if (!app->options->fresh)
		user_file_read(USER_STATE, panes_file, take_size, app);
}

void app_write_panes(struct app *app)
{
	char text[200] = "";
	size_t used = 0;

	if (!app->pane_sizes_changed || !app->options->remembers || app->options->fresh)
		return;
	for (unsigned i = 0; i < SIZES; i++)
		if (*size_of(app, i))
			used += (size_t)snprintf(text + used, sizeof text - used, "%s%d\n",
						 sizes[i].name, *size_of(app, i));
	user_file_write(USER_STATE, panes_file, text);
	app->pane_sizes_changed = false;
}

static void grow(struct app *app, int by)
{
	if (app->focus == PANE_BYTES && layout_is_wide(&app->layout))
		by *= SIDE_STEP;
	if (!layout_grow(&app->layout, app->focus, by, &app->pane_sizes)) {
		app_message(app, MESSAGE_NOTE, "This pane is alone.");
		return;
	}
	app->pane_sizes_changed = true;
}

bool app_act_on_panes(struct app *app, enum action action, uint32_t count)
{
	int times = count && count < WHOLE ? (int)count : 1;

	switch (action) {
	case ACTION_TALLER:
		grow(app, times);
		return true;
	case ACTION_SMALLER:
		grow(app, -times);
		return true;
	case ACTION_USUAL_PANES:
		app->pane_sizes = (struct pane_sizes){ 0 };
		app->pane_sizes_changed = true;
		return true;
	default:
		return false;
	}
}
