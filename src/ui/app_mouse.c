/* app_mouse.c - which view a click, a turn of the wheel or a held button is for. */
#include "ui/app.h"
#include "ui/app_panes.h"
#include "ui/app_statistics.h"

static const int64_t DOUBLE_CLICK = INT64_C(400000000);

enum { WHEEL_ROWS = 3 };

static bool contains(struct rect r, const struct mouse *mouse)
{
	return mouse->row >= r.row && mouse->row < r.row + r.rows && mouse->column >= r.column &&
	       mouse->column < r.column + r.columns;
}

/* The second click in the same place soon after the first is Enter. */
static bool is_double(struct app *app, const struct mouse *mouse)
{
	bool is_click = mouse->kind == MOUSE_PRESS && mouse->button == 0;
	bool again = is_click && app->now - app->clicked_at < DOUBLE_CLICK &&
		     mouse->row == app->clicked_row && mouse->column == app->clicked_column;

	if (is_click) {
		app->clicked_at = again ? 0 : app->now;
		app->clicked_row = mouse->row;
		app->clicked_column = mouse->column;
	}
	return again;
}

static bool is_wheel(const struct mouse *mouse)
{
	return mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN;
}

static void scroll(struct view *view, struct app *app, const struct mouse *mouse)
{
	bool up = mouse->kind == MOUSE_WHEEL_UP;

	if (view->class->scroll)
		view->class->scroll(view, app, mouse, up ? -WHEEL_ROWS : WHEEL_ROWS);
	else if (view->class->act)
		view->class->act(view, app, up ? ACTION_PREVIOUS : ACTION_NEXT, WHEEL_ROWS);
}

static void click_in(struct view *view, struct app *app, const struct mouse *mouse)
{
	struct mouse inside = *mouse;

	inside.row -= view->area.row;
	inside.column -= view->area.column;
	if (is_wheel(mouse))
		scroll(view, app, &inside);
	else if (view->class->click)
		view->class->click(view, app, &inside);
}

/* What is above all else takes everything; VIEWS: the panes of the list are in sight. */
static enum view_id uppermost(const struct app *app)
{
	if (app_asks_for_file(app))
		return VIEW_FILES;
	if (app->prompt)
		return app->prompt == PROMPT_COMMAND ? VIEW_PALETTE : VIEW_PROMPT;
	if (app->bar.open)
		return VIEW_FILTER;
	if (app->help_open)
		return VIEW_HELP;
	if (app->sheet.kind)
		return VIEW_SHEET;
	if (app->stream.open)
		return VIEW_STREAM;
	if (app->statistics.open)
		return app_statistics_view(app);
	if (app->expert_open)
		return VIEW_EXPERT;
	return app->session ? VIEWS : VIEW_START;
}

static struct view *view_at(struct app *app, const struct mouse *mouse)
{
	static const enum view_id panes[] = { VIEW_FILTER, VIEW_LIST, VIEW_DETAILS, VIEW_BYTES };
	static const enum view_id below[] = { VIEW_STREAM_DETAILS, VIEW_STREAM_BYTES };
	enum view_id above = uppermost(app);
	bool covered = app->prompt || app->bar.open || app->help_open || app->sheet.kind;

	if (!covered && contains(app->views[VIEW_TITLE].area, mouse))
		return &app->views[VIEW_TITLE];
	/* The packet below a stream is looked through, while keys and clicks are the stream's. */
	for (unsigned i = 0; above == VIEW_STREAM && is_wheel(mouse) && i < 2; i++)
		if (contains(app->views[below[i]].area, mouse))
			return &app->views[below[i]];
	if (above != VIEWS)
		return contains(app->views[above].area, mouse) ? &app->views[above] : NULL;
	for (unsigned i = 0; i < sizeof panes / sizeof panes[0]; i++)
		if (contains(app->views[panes[i]].area, mouse))
			return &app->views[panes[i]];
	return NULL;
}

static void press_in_pane(struct app *app, enum pane pane, const struct mouse *mouse)
{
	app->focus = pane;
	if (mouse->button == 2)
		key_map_begin(&app->user.keys, ACTION_FILTER_FIELD,
			      app->views[(unsigned)pane].class->place);
}

void app_click(struct app *app, const struct mouse *mouse)
{
	struct view *keys = &app->views[VIEW_KEYS];

	if (app->dialog || app_drag(app, mouse))
		return;
	if (contains(keys->area, mouse)) {
		click_in(keys, app, mouse);
		return;
	}
	struct view *view = view_at(app, mouse);

	if (!view || mouse->kind == MOUSE_RELEASE || mouse->kind == MOUSE_DRAG)
		return;
	bool is_pane = view >= &app->views[VIEW_LIST] && view <= &app->views[VIEW_BYTES];
	bool again = is_double(app, mouse);

	if (is_pane && view != &app->views[VIEW_LIST])
		app->following = false;
	if (!again)
		click_in(view, app, mouse);
	if (is_pane && mouse->kind == MOUSE_PRESS)
		press_in_pane(app, (enum pane)(view - app->views), mouse);
	if (again)
		app_do(app, ACTION_OPEN);
}
