/* help_view.c - the keys of the pane in focus, from the live key table. */
#include <stdio.h>
#include <string.h>

#include "ui/app.h"
#include "ui/app_statistics.h"
#include "ui/fuzzy.h"
#include "ui/help_screen.h"

enum { ENTRY_COLUMNS = 46, KEY_COLUMNS = 16, BORDER = 2, LINES = ACTION_COUNT + 2 * GROUP_COUNT };

static const uint32_t NO_LINE = UINT32_MAX;

/* A line of the page: an action, or a group's name, or nothing. */
struct help_line {
	enum action action;
	const char *heading;
};

static bool is_searched(const struct help_screen *help)
{
	return help->line.length;
}

/* Here, or anywhere while one searches. */
static void names_of_keys(const struct app *app, enum action action, unsigned most,
			  char keys[KEYS_ROOM])
{
	key_map_names(&app->user.keys, action, app->place, most, keys);
	if (!keys[0] && is_searched(&app->help))
		key_map_names(&app->user.keys, action, ANYWHERE, most, keys);
}

static bool is_here(const struct app *app, enum action action)
{
	return action_table[action].places & app->place;
}

static bool is_listed(const struct app *app, enum action action)
{
	const char *typed = app->help.line.text;
	char keys[KEYS_ROOM];

	names_of_keys(app, action, 3, keys);
	if (!is_searched(&app->help))
		return keys[0];
	return fuzzy_is_clear(typed, action_table[action].help) ||
	       fuzzy_is_clear(typed, action_table[action].name) ||
	       !strncmp(keys, typed, strlen(typed));
}

static unsigned list_lines(const struct app *app, struct help_line lines[LINES])
{
	unsigned count = 0;

	for (enum action_group g = 0; g < GROUP_COUNT; g++) {
		unsigned first = count;

		for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
			if (action_table[a].group != g || !is_listed(app, a))
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

static void draw_line(const struct app *app, struct canvas *canvas, struct rect at,
		      const struct help_line *line, bool chosen)
{
	char keys[KEYS_ROOM];

	if (line->heading) {
		canvas_text(canvas, at.row, at.column, at.columns, STYLE_BOX_TITLE, line->heading);
		return;
	}
	bool here = is_here(app, line->action);
	enum style style = chosen ? STYLE_SELECTED : here ? STYLE_BOX : STYLE_BOX_DIM;

	names_of_keys(app, line->action, 3, keys);
	if (text_columns(keys) > KEY_COLUMNS)
		names_of_keys(app, line->action, 2, keys);
	if (chosen) {
		canvas_repeat(canvas, at.row, at.column, at.columns, style, ' ');
		canvas_text(canvas, at.row, at.column, 1, style, "▌");
		canvas_cursor(canvas, at.row, at.column);
	}
	canvas_text(canvas, at.row, at.column + 1, KEY_COLUMNS,
		    here && !chosen ? STYLE_BOX_KEY : style, keys);
	canvas_text(canvas, at.row, at.column + KEY_COLUMNS + 2, at.columns - KEY_COLUMNS - 2,
		    style, action_table[line->action].help);
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

/* So that the chosen line is in sight. */
static void settle(struct view *view, struct app *app)
{
	struct help_line lines[LINES];
	uint32_t count = list_lines(app, lines), rows = rows_needed(view, count);
	uint32_t chosen = app->help.chosen < count ? app->help.chosen % rows : UINT32_MAX;

	if (chosen == 1) /* with its heading */
		chosen = 0;
	view->top = top_for(view->top, chosen, rows, rows_shown(view));
}

static const char *title_of(const struct app *app)
{
	if (is_searched(&app->help) || app->help.typing)
		return "all keys";
	return app->sheet.kind	      ? app_sheet_class(app)->title
	       : app->stream.open     ? app->views[VIEW_STREAM].class->name
	       : app->statistics.open ? app->views[app_statistics_view(app)].class->name
	       : app->expert_open     ? app->views[VIEW_EXPERT].class->name
	       : app->session	      ? app->views[(unsigned)app->focus].class->name
				      : "start";
}

/* What can be done with the chosen line. */
static void tell_chosen(const struct app *app, const struct help_line *lines, unsigned count,
			char text[PLACES_ROOM])
{
	const struct help_line *line = app->help.chosen < count ? &lines[app->help.chosen] : NULL;
	char places[PLACES_ROOM];

	if (!count)
		snprintf(text, PLACES_ROOM, " no key does that ");
	else if (line && !line->heading && !is_here(app, line->action))
		snprintf(text, PLACES_ROOM, " only in: %.80s ",
			 places_text(action_table[line->action].places, places));
	else
		snprintf(text, PLACES_ROOM, " ↓ ↑ choose · Enter does it ");
}

/* What is searched for stands in the frame. */
static void draw_search(const struct app *app, struct canvas *canvas, const char *told)
{
	int row = canvas->area.rows - 1, columns = canvas->area.columns, at = BORDER;
	int width = text_columns(told);

	canvas_text_right(canvas, row, columns - width - BORDER, width, STYLE_BOX_TITLE, told);
	at += canvas_text(canvas, row, at, -1, STYLE_BOX_KEY, " /");
	canvas_repeat(canvas, row, at, columns / 3, STYLE_BOX_KEY, ' ');
	line_draw(&app->help.line, canvas, row, at, columns / 3, STYLE_BOX_KEY);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	struct help_line lines[LINES];
	uint32_t count = list_lines(app, lines), rows = rows_needed(view, count);
	uint32_t across = columns_of_text(view);
	int width = (canvas->area.columns - 2 * BORDER) / (int)across;
	bool searching = app->help.typing || is_searched(&app->help);
	char title[100], bottom[100], told[PLACES_ROOM];

	snprintf(title, sizeof title, "Help · %s", title_of(app));
	snprintf(bottom, sizeof bottom, "%s/ searches all keys · ↓ Enter does it · Esc closes",
		 rows > rows_shown(view) ? "PageDown: more · " : "");
	draw_box(canvas, title, searching ? "" : bottom);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t row = i % rows, column = i / rows;
		struct rect at = { 1 + (int)(row - view->top), BORDER + (int)column * width, 1,
				   width - 1 };

		if (row >= view->top && row - view->top < rows_shown(view))
			draw_line(app, canvas, at, &lines[i], i == app->help.chosen);
	}
	if (searching) {
		tell_chosen(app, lines, count, told);
		draw_search(app, canvas, told);
	}
}

/* --- choosing a line --- */

/* From there on, in the direction of `by`, to a line that is no heading. */
static void choose(struct app *app, int64_t line, int by)
{
	struct help_line lines[LINES];
	int64_t count = list_lines(app, lines);

	if (line >= count && by > 0) {
		line = count - 1;
		by = -1;
	}
	if (line < 0) {
		line = 0;
		by = 1;
	}
	while (line >= 0 && line < count && lines[line].heading)
		line += by;
	if (line >= 0 && line < count)
		app->help.chosen = (uint32_t)line;
	app->dirty = true;
}

static void move(struct view *view, struct app *app, enum action action, uint32_t count)
{
	struct help_line lines[LINES];
	uint32_t all = list_lines(app, lines), from = app->help.chosen, to;
	uint32_t page = rows_shown(view);

	if (from == NO_LINE)
		from = action == ACTION_PAGE_DOWN || action == ACTION_HALF_DOWN ? view->top : 0;
	if (!all || !row_moved(action, count, from, all, page, &to))
		return;
	bool up = action == ACTION_PREVIOUS || action == ACTION_PAGE_UP ||
		  action == ACTION_HALF_UP || action == ACTION_LAST;

	choose(app, to, up ? -1 : 1);
}

static void begin(struct app *app, bool open)
{
	app->help_open = open;
	app->help = (struct help_screen){ .chosen = NO_LINE };
}

void app_open_help(struct app *app)
{
	begin(app, true);
}

static void do_chosen(struct app *app)
{
	struct help_line lines[LINES];
	unsigned count = list_lines(app, lines);
	enum action action =
		app->help.chosen < count ? lines[app->help.chosen].action : ACTION_NONE;

	if (action && !is_here(app, action))
		return;
	begin(app, false);
	if (action)
		app_do(app, action);
}

static void search(struct app *app)
{
	app->help.typing = true;
	app->help.chosen = NO_LINE;
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	if (action_table[action].group == GROUP_MOVE) {
		move(view, app, action, count);
		return true;
	}
	switch (action) {
	case ACTION_SEARCH_HELP:
		search(app);
		return true;
	case ACTION_OPEN:
		do_chosen(app);
		return true;
	case ACTION_HELP:
	case ACTION_CLOSE:
	case ACTION_LEAVE:
	case ACTION_CANCEL:
		begin(app, false);
		return true;
	default:
		return false;
	}
}

static bool type(struct view *view, struct app *app, const struct event *event)
{
	struct help_screen *help = &app->help;

	if (event->key == KEY_TAB) {
		move(view, app, ACTION_PAGE_DOWN, 0);
		return true;
	}
	if (!help->typing || event->key == KEY_MOUSE)
		return false;
	if (event->key == KEY_ESCAPE || event->key == KEY_CTRL('C')) {
		*help = (struct help_screen){ .chosen = NO_LINE };
		return true;
	}
	if (event->key == KEY_ENTER)
		do_chosen(app);
	else if (event->key == KEY_UP || event->key == KEY_DOWN)
		move(view, app, event->key == KEY_UP ? ACTION_PREVIOUS : ACTION_NEXT, 0);
	else if (line_type(&help->line, event)) {
		help->chosen = NO_LINE;
		view->top = 0;
		if (is_searched(help))
			choose(app, 0, 1);
	}
	return true;
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	struct help_line lines[LINES];
	uint32_t count = list_lines(app, lines), rows = rows_needed(view, count);
	int width = (view->area.columns - 2 * BORDER) / (int)columns_of_text(view);

	if (mouse->row < 1 || mouse->column < BORDER || mouse->row > (int)rows_shown(view))
		return;
	uint32_t row = view->top + (uint32_t)mouse->row - 1;
	uint32_t line = (uint32_t)((mouse->column - BORDER) / width) * rows + row;

	if (row < rows && line < count && !lines[line].heading)
		app->help.chosen = line;
}

const struct view_class help_view = {
	.name = "help",
	.place = IN_HELP,
	.settle = settle,
	.draw = draw,
	.act = act,
	.type = type,
	.click = click,
};
