/* app_drag.c - what is done by holding a button of the mouse down: headings of columns move, their
 * edges and those of panes size, bytes are copied.  What was not moved was clicked. */
#include "ui/app.h"
#include "ui/app_columns.h"
#include "ui/app_panes.h"
#include "ui/app_rows.h"
#include "ui/app_save.h"

/* Is the list to be seen with nothing above it? */
static bool is_open(const struct app *app)
{
	return app->session && !app->stream.open && !app->statistics.open && !app->expert_open &&
	       !app->sheet.kind && !app->help_open && !app->dialog && !app->prompt &&
	       !app->bar.open;
}

/* The column whose heading, or the blank before the next one, is there; -1: none. */
static int column_at(const struct app *app, int at, bool *edge)
{
	const struct column_places *p = &app->column_places;

	for (unsigned i = 0; i < app->user.columns.count; i++) {
		int end = p->start[i] + p->columns[i];

		*edge = at == end;
		if (p->columns[i] && at >= p->start[i] && at <= end)
			return (int)i;
	}
	return -1;
}

static bool is_on_heading(const struct app *app, const struct mouse *mouse)
{
	const struct view *list = &app->views[VIEW_LIST];

	return is_open(app) && list->area.rows >= LIST_HEADED_FROM &&
	       mouse->row == list->area.row && mouse->column >= list->area.column &&
	       mouse->column < list->area.column + list->area.columns;
}

/* The edge between the columns is the list's, as it has none else. */
static enum pane pane_in_columns(const struct app *app, const struct mouse *mouse)
{
	const struct rect *details = &app->layout.panes[PANE_DETAILS];
	const struct rect *bytes = &app->layout.panes[PANE_BYTES];

	if (mouse->row == bytes->row && mouse->column > bytes->column)
		return PANE_BYTES;
	return mouse->column == details->column && mouse->row >= details->row &&
			       mouse->row < bytes->row + bytes->rows
		       ? PANE_LIST
		       : PANES;
}

/* The pane whose edge to the one before it is there; PANES: none. */
static enum pane pane_at(const struct app *app, const struct mouse *mouse)
{
	const struct rect *details = &app->layout.panes[PANE_DETAILS];
	const struct rect *bytes = &app->layout.panes[PANE_BYTES];
	bool wide = layout_is_wide(&app->layout);

	if (!is_open(app) || app->zoomed || !app->layout.panes[PANE_LIST].rows)
		return PANES;
	if (app->layout.arrangement == ARRANGED_COLUMNS)
		return pane_in_columns(app, mouse);
	if (wide && mouse->column == bytes->column && mouse->row > bytes->row &&
	    mouse->row < bytes->row + bytes->rows)
		return PANE_BYTES;
	if (details->rows && mouse->row == details->row)
		return PANE_DETAILS;
	return bytes->rows && !wide && mouse->row == bytes->row ? PANE_BYTES : PANES;
}

/* Its title is clicked as well. */
static bool take_hold_of_pane(struct app *app, const struct mouse *mouse)
{
	enum pane pane = pane_at(app, mouse);

	if (pane == PANES || mouse->button != 0)
		return false;
	bool beside = layout_is_wide(&app->layout) &&
		      mouse->column >= app->layout.panes[PANE_BYTES].column;

	app->focus = beside ? PANE_BYTES : pane;
	app->drag = (struct drag){ .kind = DRAG_PANE, .column = pane };
	return true;
}

/* The edge goes where the mouse is. */
static void drag_pane(struct app *app, const struct mouse *mouse)
{
	enum pane pane = (enum pane)app->drag.column;
	const struct rect *area = &app->layout.panes[pane];
	bool sideways = pane == PANE_BYTES && layout_is_wide(&app->layout);
	int by = pane == PANE_LIST ? mouse->column - area->column - area->columns
		 : sideways	   ? area->column - mouse->column
				   : area->row - mouse->row;

	if (by && layout_grow(&app->layout, pane, by, &app->user.pane_sizes))
		app->user.pane_sizes_changed = true;
}

static bool byte_at(const struct app *app, const struct mouse *mouse, struct byte_place *place)
{
	const struct view *bytes = &app->views[VIEW_BYTES];
	struct mouse inside = *mouse;

	inside.row -= bytes->area.row;
	inside.column -= bytes->area.column;
	return is_open(app) && bytes->area.rows > 0 && packet_bytes_at(bytes, app, &inside, place);
}

/* Which is a click, until the mouse is moved: false. */
static bool take_hold_of_byte(struct app *app, const struct mouse *mouse)
{
	struct byte_place place;

	if (mouse->button == 0 && byte_at(app, mouse, &place))
		app->drag = (struct drag){ .kind = DRAG_BYTES,
					   .column = place.byte,
					   .as_text = place.as_text };
	return false;
}

static void drag_bytes(struct app *app, const struct mouse *mouse)
{
	struct byte_place place;

	if (!byte_at(app, mouse, &place) || place.as_text != app->drag.as_text)
		return;
	app_choose_bytes(app, app->drag.column);
	focus_select_byte(&app->packet, app->packet.buffer, place.byte);
}

static bool take_hold(struct app *app, const struct mouse *mouse)
{
	bool edge = false;
	int list = app->views[VIEW_LIST].area.column;
	int n = is_on_heading(app, mouse) ? column_at(app, mouse->column - list, &edge) : -1;

	if (n < 0)
		return take_hold_of_pane(app, mouse) || take_hold_of_byte(app, mouse);
	app->user.columns.chosen = (unsigned)n;
	if (mouse->button == 2) {
		app->user.columns.choosing = true;
		app_show_sheet(app, SHEET_OF_COLUMNS);
		return true;
	}
	app->drag =
		(struct drag){ .kind = edge ? DRAG_EDGE : DRAG_HEADING,
			       .column = (unsigned)n,
			       .from = edge ? app->column_places.start[n] + list : mouse->column };
	return mouse->button == 0;
}

/* Would it be under the mouse in the place of column n?  Else it would jump to and fro. */
static bool would_hold(const struct app *app, unsigned n, int at)
{
	const struct column_places *p = &app->column_places;
	int width = p->columns[app->drag.column];

	if (n > app->drag.column)
		return at >= p->start[n] + p->columns[n] - width;
	return at < p->start[n] + width;
}

static void drag_on(struct app *app, const struct mouse *mouse)
{
	struct drag *drag = &app->drag;
	int at = mouse->column - app->views[VIEW_LIST].area.column;
	bool edge;
	int n;

	drag->moved |= mouse->column != drag->from;
	switch (drag->kind) {
	case DRAG_EDGE:
		app_size_column(app, drag->column, mouse->column - drag->from);
		break;
	case DRAG_PANE:
		drag_pane(app, mouse);
		break;
	case DRAG_BYTES:
		drag_bytes(app, mouse);
		break;
	case DRAG_HEADING:
		n = column_at(app, at, &edge);
		if (n < 0 || n == (int)drag->column || !would_hold(app, (unsigned)n, at))
			break;
		columns_move(&app->user.columns, drag->column, (unsigned)n);
		drag->column = (unsigned)n;
		app_columns_changed(app);
		break;
	default:
		break;
	}
}

static void let_go(struct app *app)
{
	struct drag drag = app->drag;

	app->drag = (struct drag){ 0 };
	if (drag.kind == DRAG_HEADING && !drag.moved)
		app_sort_on(app, drag.column);
	if (drag.kind == DRAG_BYTES && app->range.kind == RANGE_BYTES)
		app_act_on_copy(app, drag.as_text ? ACTION_COPY_TEXT : ACTION_COPY_HEX);
}

bool app_drag(struct app *app, const struct mouse *mouse)
{
	bool held = app->drag.kind != DRAG_NONE;

	switch (mouse->kind) {
	case MOUSE_PRESS:
		return take_hold(app, mouse);
	case MOUSE_DRAG:
		if (held)
			drag_on(app, mouse);
		return held;
	case MOUSE_RELEASE:
		if (held)
			let_go(app);
		return held;
	default:
		return false;
	}
}
