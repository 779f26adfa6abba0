/* help_view.c - the keys of the pane in focus, from the live key table. */
#include <stdio.h>

#include "ui/app.h"

enum { ENTRY_COLUMNS = 46, KEY_COLUMNS = 16, BORDER = 2, LINES = ACTION_COUNT + 2 * GROUP_COUNT };

/* A line of the page: an action, or a group's name, or nothing. */
struct help_line {
	enum action action;
	const char *heading;
};

static unsigned list_lines(const struct app *app, struct help_line lines[LINES])
{
	unsigned count = 0;

	for (enum action_group g = 0; g < GROUP_COUNT; g++) {
		unsigned first = count;

		for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
			char keys[KEYS_ROOM];

			key_map_names(&app->keys, a, app->place, 3, keys);
			if (action_table[a].group != g || !keys[0])
				continue;
			if (count == first)
				lines[count++] =
					(struct help_line){ .heading = action_group_names[g] };
			lines[count++] = (struct help_line){ .action = a };
		}
		if (count > first)
			lines[count++] = (struct help_line){ .heading = "" };
	}
	return count;
}

static void draw_line(const struct app *app, struct canvas *canvas, int row, int column, int room,
		      const struct help_line *line)
{
	char keys[KEYS_ROOM];

	if (line->heading) {
		canvas_text(canvas, row, column, room, STYLE_BOX_TITLE, line->heading);
		return;
	}
	key_map_names(&app->keys, line->action, app->place, 3, keys);
	if (text_columns(keys) > KEY_COLUMNS)
		key_map_names(&app->keys, line->action, app->place, 2, keys);
	canvas_text(canvas, row, column + 1, KEY_COLUMNS, STYLE_BOX_KEY, keys);
	canvas_text(canvas, row, column + KEY_COLUMNS + 2, room - KEY_COLUMNS - 2, STYLE_BOX,
		    action_table[line->action].help);
}

static uint32_t columns_of_text(const struct view *view)
{
	int room = view->area.columns - 2 * BORDER;
	int n = room / ENTRY_COLUMNS;

	return n < 1 ? 1 : n > 3 ? 3 : (uint32_t)n;
}

static uint32_t rows_shown(const struct view *view)
{
	return view->area.rows > BORDER ? (uint32_t)(view->area.rows - BORDER) : 1;
}

static uint32_t rows_needed(const struct view *view, uint32_t lines)
{
	uint32_t n = columns_of_text(view);

	return (lines + n - 1) / n;
}

static void settle(struct view *view, struct app *app)
{
	struct help_line lines[LINES];
	uint32_t rows = rows_needed(view, list_lines(app, lines));
	uint32_t shown = rows_shown(view);

	if (rows <= shown)
		view->top = 0;
	else if (view->top > rows - shown)
		view->top = rows - shown;
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	struct help_line lines[LINES];
	uint32_t count = list_lines(app, lines);
	uint32_t rows = rows_needed(view, count);
	uint32_t across = columns_of_text(view);
	int width = (canvas->area.columns - 2 * BORDER) / (int)across;
	char title[100], bottom[100];

	snprintf(title, sizeof title, "Help · %s",
		 app->sheet.kind    ? app_sheet_class(app)->title
		 : app->stream.open   ? app->views[VIEW_STREAM].class->name
		 : app->statistics.open ? app->views[app_statistics_view(app)].class->name
		 : app->expert_open ? app->views[VIEW_EXPERT].class->name
		 : app->session	    ? app->views[(unsigned)app->focus].class->name
				    : "start");
	if (rows > rows_shown(view))
		snprintf(bottom, sizeof bottom, "↓ ↑ PageDown PageUp: more · Esc closes");
	else
		snprintf(bottom, sizeof bottom, "Esc closes");
	draw_box(canvas, title, bottom);
	for (uint32_t i = 0; i < rows_shown(view); i++) {
		for (uint32_t column = 0; column < across; column++) {
			uint32_t line = column * rows + view->top + i;

			if (view->top + i < rows && line < count)
				draw_line(app, canvas, 1 + (int)i, BORDER + (int)column * width,
					  width - 1, &lines[line]);
		}
	}
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	struct help_line lines[LINES];
	uint32_t rows = rows_needed(view, list_lines(app, lines));

	if (row_moved(action, count, view->top, rows, rows_shown(view), &view->top))
		return true;
	switch (action) {
	case ACTION_HELP:
	case ACTION_CLOSE:
	case ACTION_LEAVE:
	case ACTION_OPEN:
	case ACTION_CANCEL:
		app->help_open = false;
		return true;
	default:
		return false;
	}
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN)
		act(view, app, mouse->kind == MOUSE_WHEEL_UP ? ACTION_PREVIOUS : ACTION_NEXT, 3);
}

const struct view_class help_view = {
	.name = "help",
	.place = IN_HELP,
	.settle = settle,
	.draw = draw,
	.act = act,
	.click = click,
};
