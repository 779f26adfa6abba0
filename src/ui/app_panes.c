/* app_panes.c - how large the panes are, by keys, and from one time to the next. */
#include "ui/app_panes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/user_file.h"

enum { WHOLE = 1000, SIDE_STEP = 2 };

static const char panes_file[] = "panes";

static const struct {
	const char *name;
	size_t at;
} sizes[] = {
	{ "list-rows ", offsetof(struct pane_sizes, list_rows) },
	{ "bytes-rows ", offsetof(struct pane_sizes, bytes_rows) },
	{ "bytes-columns ", offsetof(struct pane_sizes, bytes_columns) },
	{ "list-columns ", offsetof(struct pane_sizes, list_columns) },
};

enum { SIZES = sizeof sizes / sizeof sizes[0] };

static int *size_of(struct app *app, unsigned n)
{
	return (int *)(void *)((char *)&app->user.pane_sizes + sizes[n].at);
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
	app->user.pane_sizes = (struct pane_sizes){ 0 };
	if (!app->options->fresh)
		user_file_read(USER_STATE, panes_file, take_size, app);
}

void app_write_panes(struct app *app)
{
	char text[200] = "";
	size_t used = 0;

	if (!app->user.pane_sizes_changed || !app_keeps_files(app) || app->options->fresh)
		return;
	for (unsigned i = 0; i < SIZES; i++)
		if (*size_of(app, i))
			used += (size_t)snprintf(text + used, sizeof text - used, "%s%d\n",
						 sizes[i].name, *size_of(app, i));
	user_file_write(USER_STATE, panes_file, text);
	app->user.pane_sizes_changed = false;
}

static void grow(struct app *app, int by)
{
	bool sideways = app->layout.arrangement == ARRANGED_COLUMNS
				? app->focus == PANE_LIST
				: app->focus == PANE_BYTES && layout_is_wide(&app->layout);

	if (sideways)
		by *= SIDE_STEP;
	if (!layout_grow(&app->layout, app->focus, by, &app->user.pane_sizes)) {
		app_message(app, MESSAGE_NOTE, "This pane is alone.");
		return;
	}
	app->user.pane_sizes_changed = true;
}

/* Is the pane wholly on that side? */
static bool is_towards(const struct rect *from, const struct rect *to, enum action side)
{
	bool beside = from->row < to->row + to->rows && to->row < from->row + from->rows;

	switch (side) {
	case ACTION_PANE_LEFT:
		return beside && to->column + to->columns <= from->column;
	case ACTION_PANE_RIGHT:
		return beside && to->column >= from->column + from->columns;
	case ACTION_PANE_ABOVE:
		return to->row + to->rows <= from->row;
	default:
		return to->row >= from->row + from->rows;
	}
}

/* The nearest one, which is the last above and the first otherwise. */
static void go(struct app *app, enum action side)
{
	const struct rect *panes = app->layout.panes;
	enum pane to = app->focus;

	for (enum pane p = 0; p < PANES; p++) {
		if (!panes[p].rows || !is_towards(&panes[app->focus], &panes[p], side))
			continue;
		to = p;
		if (side != ACTION_PANE_ABOVE)
			break;
	}
	if (to == app->focus)
		app_message(app, MESSAGE_NOTE, "There is no pane on that side.");
	app_focus_pane(app, to);
}

bool app_set_arrangement(struct app *app, const char *name)
{
	enum arrangement a = ARRANGED_BY_SIZE;

	while (a < ARRANGEMENTS && strcmp(arrangement_names[a], name) != 0)
		a++;
	if (a == ARRANGEMENTS)
		return false;
	app->arrangement = a;
	app->dirty = true;
	return true;
}

/* The next one that there is room for. */
static void rearrange(struct app *app)
{
	static const char *const meanings[ARRANGEMENTS] = {
		[ARRANGED_BY_SIZE] = "as is usual for a terminal of this size",
		[ARRANGED_STACKED] = "list, details and bytes above one another",
		[ARRANGED_BESIDE] = "details and bytes beside one another",
		[ARRANGED_COLUMNS] = "the list at the left of details and bytes",
		[ARRANGED_WITHOUT_BYTES] = "no bytes; in the pane of bytes they are alone",
	};

	do
		app->arrangement = (app->arrangement + 1) % ARRANGEMENTS;
	while (!layout_fits(app->drawn_rows, app->drawn_columns, app->arrangement));
	app->zoomed = false;
	app_message(app, MESSAGE_NOTE, "Layout %s: %s.", arrangement_names[app->arrangement],
		    app->user.plain ? "in plain mode there is one pane"
				    : meanings[app->arrangement]);
}

bool app_act_on_panes(struct app *app, enum action action, uint32_t count)
{
	int times = count && count < WHOLE ? (int)count : 1;

	switch (action) {
	case ACTION_PANE_LEFT:
	case ACTION_PANE_RIGHT:
	case ACTION_PANE_ABOVE:
	case ACTION_PANE_BELOW:
		go(app, action);
		return true;
	case ACTION_TALLER:
		grow(app, times);
		return true;
	case ACTION_SMALLER:
		grow(app, -times);
		return true;
	case ACTION_LAYOUT:
		rearrange(app);
		return true;
	case ACTION_USUAL_PANES:
		app->user.pane_sizes = (struct pane_sizes){ 0 };
		app->user.pane_sizes_changed = true;
		return true;
	default:
		return false;
	}
}
