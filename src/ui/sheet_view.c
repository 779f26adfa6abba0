/* sheet_view.c - draws the list that lies over the screen, and moves in it. */
#include <stdio.h>
#include <string.h>

#include "ui/app.h"

enum { BORDER = 2, HEADED_FROM = 6 };

static const struct sheet_class *const classes[SHEETS] = {
	[SHEET_MESSAGES] = &messages_sheet, [SHEET_OPTIONS] = &options_sheet,
	[SHEET_DECODE_AS] = &decode_sheet,  [SHEET_DECODE_CHOICE] = &decode_choice_sheet,
	[SHEET_OBJECTS] = &object_sheet,    [SHEET_INFO] = &info_sheet,
	[SHEET_FLAGS] = &flags_sheet,	    [SHEET_OF_COLUMNS] = &column_sheet,
	[SHEET_NAMES] = &name_sheet,	    [SHEET_IMPORT] = &import_sheet,
};

const struct sheet_class *app_sheet_class(const struct app *app)
{
	return classes[app->sheet.kind];
}

void app_show_sheet(struct app *app, enum sheet_kind kind)
{
	app_close_sheet(app);
	app->sheet = (struct sheet){ .kind = kind };
	app->views[VIEW_SHEET].top = 0;
	app->dirty = true;
	if (classes[kind]->begin)
		classes[kind]->begin(app);
}

void app_close_sheet(struct app *app)
{
	const struct sheet_class *class = app_sheet_class(app);

	if (class && class->end)
		class->end(app);
	app->sheet.kind = SHEET_NONE;
	app->dirty = true;
}

bool app_act_on_sheets(struct app *app, enum action action)
{
	static const struct {
		enum action action;
		enum sheet_kind kind;
	} kinds[] = {
		{ ACTION_MESSAGES, SHEET_MESSAGES },   { ACTION_OPTIONS, SHEET_OPTIONS },
		{ ACTION_DECODE_AS, SHEET_DECODE_AS }, { ACTION_OBJECTS, SHEET_OBJECTS },
		{ ACTION_INFO, SHEET_INFO },	       { ACTION_FLAGS, SHEET_FLAGS },
		{ ACTION_COLUMNS, SHEET_OF_COLUMNS },  { ACTION_NAME_SOURCES, SHEET_NAMES },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (kinds[i].action != action)
			continue;
		app_show_sheet(app, kinds[i].kind);
		return true;
	}
	return false;
}

static int heading_rows(const struct view *view, const struct app *app)
{
	return app_sheet_class(app)->heading && view->area.rows >= HEADED_FROM;
}

static uint32_t rows_shown(const struct view *view, const struct app *app)
{
	int rows = view->area.rows - 2 - heading_rows(view, app);

	return rows > 0 ? (uint32_t)rows : 0;
}

/* Rows that are there.  The one that was chosen may have gone. */
static uint32_t rows_now(struct app *app)
{
	uint32_t count = app_sheet_class(app)->count(app);

	if (app->sheet.row >= count)
		app->sheet.row = count ? count - 1 : 0;
	return count;
}

static void settle(struct view *view, struct app *app)
{
	uint32_t count = rows_now(app);

	view->top = top_for(view->top, app->sheet.row, count, rows_shown(view, app));
}

/* "Enter Change · + Add · Esc Close" */
static void keys_text(const struct app *app, char *text, size_t room)
{
	const struct sheet_class *class = app_sheet_class(app);
	char name[KEYS_ROOM];
	size_t used = 0;

	for (unsigned i = 0; i < SHEET_KEYS && class->keys[i].action && used < room; i++) {
		key_map_names(&app->user.keys, class->keys[i].action, IN_SHEET, 1, name);
		used += (size_t)snprintf(text + used, room - used, "%s %s · ", name,
					 class->keys[i].label);
	}
	if (used < room)
		snprintf(text + used, room - used, "Esc Close");
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	const struct sheet_class *class = app_sheet_class(app);
	uint32_t count = class->count(app), shown = rows_shown(view, app);
	int columns = canvas->area.columns;
	char keys[300], title[200], state[120] = "";

	keys_text(app, keys, sizeof keys);
	if (class->state)
		class->state(app, state, sizeof state);
	snprintf(title, sizeof title, "%s%s%s", class->title, state[0] ? " · " : "", state);
	draw_box(canvas, title, keys);
	if (heading_rows(view, app))
		canvas_text(canvas, 1, BORDER, columns - 2 * BORDER, STYLE_BOX_TITLE,
			    class->heading);
	if (!count)
		canvas_text(canvas, 1 + heading_rows(view, app), BORDER, columns - 2 * BORDER,
			    STYLE_BOX_DIM, class->nothing);
	for (uint32_t i = 0; i < shown && view->top + i < count; i++) {
		int line = 1 + heading_rows(view, app) + (int)i;
		bool chosen = view->top + i == app->sheet.row;
		struct canvas inside =
			canvas_part(canvas, (struct rect){ line, 1, 1, columns - 2 });

		canvas_blank(&inside, 0, 0, chosen ? STYLE_SELECTED : STYLE_BOX);
		if (chosen) {
			canvas_text(&inside, 0, 0, 1, STYLE_SELECTED, "▌");
			canvas_cursor(&inside, 0, 0);
		}
		inside =
			canvas_part(canvas, (struct rect){ line, BORDER, 1, columns - 2 * BORDER });
		class->draw_row(app, &inside, 0, view->top + i,
				chosen ? STYLE_SELECTED : STYLE_BOX);
	}
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	const struct sheet_class *class = app_sheet_class(app);
	uint32_t rows = rows_now(app);

	if (row_moved(action, count, app->sheet.row, rows, rows_shown(view, app), &app->sheet.row))
		return true;
	if (class->act && class->act(app, action, app->sheet.row))
		return true;
	switch (action) {
	case ACTION_CLOSE:
	case ACTION_LEAVE:
		app_close_sheet(app);
		return true;
	default:
		return false;
	}
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	uint32_t count = app_sheet_class(app)->count(app);
	int row = (int)view->top + mouse->row - 1 - heading_rows(view, app);

	if (row >= (int)view->top && row < (int)count)
		app->sheet.row = (uint32_t)row;
}

const struct view_class sheet_view = {
	.name = "sheet",
	.place = IN_SHEET,
	.settle = settle,
	.draw = draw,
	.act = act,
	.click = click,
};
