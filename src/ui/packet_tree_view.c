/* packet_tree_view.c - the details of the selected packet: its fields as a tree.
 *
 * While the tree is scrolled, its first line shows the protocol that the fields belong to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "ui/app.h"

enum { TITLE_ROWS = 1, TITLE_WORDS = 200, INDENT = 2, TEXT_ROOM = 1024 };

static uint32_t rows_shown(const struct view *view)
{
	return view->area.rows > TITLE_ROWS ? (uint32_t)(view->area.rows - TITLE_ROWS) : 0;
}

/* The protocol to show in place of the first row; NO_NODE: the row says it itself. */
static node_id pinned(const struct view *view, const struct packet_focus *focus)
{
	if (!view->top || view->top >= focus->row_count || rows_shown(view) < 3)
		return NO_NODE;
	node_id first = focus->rows[view->top];
	node_id protocol = focus_protocol(focus, first);

	return protocol == first ? NO_NODE : protocol;
}

static void settle(struct view *view, struct app *app)
{
	const struct packet_focus *focus = app_focus(app);
	uint32_t row = focus_row(focus);

	view->top = top_for(view->top, row, focus->row_count, rows_shown(view));
	if (row == view->top && pinned(view, focus) != NO_NODE)
		view->top--;
}

static enum style style_of(const struct node *n)
{
	if (n->flags & NODE_BAD)
		return STYLE_FIELD_BAD;
	if (!n->depth)
		return STYLE_PROTOCOL;
	return n->flags & NODE_GENERATED ? STYLE_FIELD_MADE : STYLE_FIELD;
}

static int indent_of(const struct node *n, int columns)
{
	int indent = 1 + INDENT * n->depth;

	return indent < columns / 2 ? indent : columns / 2;
}

static void draw_row(const struct view *view, const struct packet_focus *focus,
		     struct canvas *canvas, uint32_t row, int line)
{
	node_id id = focus->rows[row];
	const struct node *n = &focus->d->nodes[id];
	int column = indent_of(n, canvas->area.columns);
	enum style style = style_of(n);
	char text[TEXT_ROOM];

	if (id == focus->node) {
		style = view->focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
		canvas_blank(canvas, line, column - 1, style);
		canvas_text(canvas, line, column - 1, 1, style, "▌");
		canvas_cursor(canvas, line, column - 1);
	}
	if (focus_has_children(focus, id))
		canvas_text(canvas, line, column, 1, style, focus_is_open(focus, id) ? "▾" : "▸");
	node_text(focus->d, n, text, sizeof text);
	canvas_text(canvas, line, column + 2, -1, style, text);
}

static void draw_pinned(const struct view *view, const struct packet_focus *focus,
			struct canvas *canvas, node_id protocol)
{
	char text[TEXT_ROOM], above[40];
	int room = canvas->area.columns - 3;

	node_text(focus->d, &focus->d->nodes[protocol], text, sizeof text);
	snprintf(above, sizeof above, "(pinned, %u ↑)", view->top);
	if (room > 60) {
		canvas_text_right(canvas, TITLE_ROWS, 3, room - 1, STYLE_DIM, above);
		room -= text_columns(above) + 3;
	}
	canvas_text(canvas, TITLE_ROWS, 1, 1, STYLE_PROTOCOL, "▾");
	canvas_text(canvas, TITLE_ROWS, 3, room, STYLE_PROTOCOL, text);
}

/* Of a packet's words: some end in a blank. */
static int length_shown(const char *info)
{
	size_t length = strnlen(info, TITLE_WORDS);

	while (length && info[length - 1] == ' ')
		length--;
	return (int)length;
}

static void draw_title(const struct view *view, struct app *app, struct canvas *canvas)
{
	const struct packet_focus *focus = app_focus(app);
	const struct node *n = focus_node(focus);
	char left[300], right[160] = "";

	if (focus->d && focus->d->info)
		snprintf(left, sizeof left, "Details ─ #%u%s%s · %.*s", focus->d->packet.number,
			 focus->d->protocol && *focus->d->protocol ? " · " : "",
			 focus->d->protocol ? focus->d->protocol : "", length_shown(focus->d->info),
			 focus->d->info);
	else
		snprintf(left, sizeof left, "Details");
	if (n && n->length > 1)
		snprintf(right, sizeof right, "%s · bytes %u–%u", registry_field(n->field)->abbrev,
			 n->start, n->start + n->length - 1);
	else if (n && n->length)
		snprintf(right, sizeof right, "%s · byte %u", registry_field(n->field)->abbrev,
			 n->start);
	else if (n)
		snprintf(right, sizeof right, "%s", registry_field(n->field)->abbrev);
	draw_pane_title(view, canvas, left, right);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	const struct packet_focus *focus = app_focus(app);
	node_id protocol = pinned(view, focus);

	draw_title(view, app, canvas);
	if (!focus->d)
		return;
	for (uint32_t i = 0; i < rows_shown(view) && view->top + i < focus->row_count; i++) {
		if (!i && protocol != NO_NODE)
			draw_pinned(view, focus, canvas, protocol);
		else
			draw_row(view, focus, canvas, view->top + i, TITLE_ROWS + (int)i);
		find_mark_hits(app, FIND_DETAILS, canvas, TITLE_ROWS + (int)i);
	}
}

static bool act_on_field(struct app *app, enum action action)
{
	struct packet_focus *focus = &app->packet;
	node_id node = focus->node;
	const struct node *n = focus_node(focus);

	switch (action) {
	case ACTION_EXPAND:
		focus_open(focus, node, true);
		return true;
	case ACTION_COLLAPSE:
		if (focus_is_open(focus, node) && focus_has_children(focus, node))
			focus_open(focus, node, false);
		else
			focus_select_node(focus, focus_parent(focus, node));
		return true;
	case ACTION_OPEN:
		if (n && registry_field(n->field)->type == FIELD_FRAME)
			app_go_to(app, (uint32_t)n->value.number);
		else
			focus_open(focus, node, !focus_is_open(focus, node));
		return true;
	case ACTION_EXPAND_TREE:
	case ACTION_COLLAPSE_TREE:
		focus_open_subtree(focus, node, action == ACTION_EXPAND_TREE);
		return true;
	case ACTION_PARENT:
		focus_select_node(focus, focus_parent(focus, node));
		return true;
	default:
		return false;
	}
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	struct packet_focus *focus = &app->packet;
	uint32_t to;

	if (count && (action == ACTION_FIRST || action == ACTION_LAST))
		return false;
	if (row_moved(action, count, focus_row(focus), focus->row_count, rows_shown(view), &to)) {
		focus_select_row(focus, to);
		return true;
	}
	return act_on_field(app, action);
}

/* Of the packet below a stream, too, whose keys are the stream's. */
static void scroll(struct view *view, struct app *app, const struct mouse *mouse, int rows)
{
	struct packet_focus *focus = app_shown_focus(app);
	uint32_t to;

	(void)mouse;
	if (row_moved(rows < 0 ? ACTION_PREVIOUS : ACTION_NEXT, (uint32_t)abs(rows),
		      focus_row(focus), focus->row_count, rows_shown(view), &to))
		focus_select_row(focus, to);
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	struct packet_focus *focus = &app->packet;

	uint32_t row = view->top + (uint32_t)(mouse->row - TITLE_ROWS);

	if (mouse->row < TITLE_ROWS || row >= focus->row_count)
		return;
	focus_select_row(focus, row);
	const struct node *n = focus_node(focus);

	if (n && mouse->column <= indent_of(n, view->area.columns) + 1)
		focus_open(focus, focus->node, !focus_is_open(focus, focus->node));
}

const struct view_class packet_tree_view = {
	.name = "packet-details",
	.place = IN_DETAILS,
	.settle = settle,
	.draw = draw,
	.act = act,
	.click = click,
	.scroll = scroll,
};
