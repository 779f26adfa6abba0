/* packet_bytes_view.c - the bytes of the selected packet, and of what was reassembled in it.
 *
 *  0020  bb 2b d7 27 00 50 e9 fd  c7 ea 42 ae 50 02[50 18] .+.'.P....B.P.[P.]
 *
 * The selected field is marked strongly and what is around it weakly; without colours the field
 * has brackets too. */
#include <stdio.h>
#include <stdlib.h>

#include "ui/app.h"
#include "ui/app_save.h"

enum { TITLE_ROWS = 1 };

static uint32_t rows_shown(const struct view *view)
{
	return view->area.rows > TITLE_ROWS ? (uint32_t)(view->area.rows - TITLE_ROWS) : 0;
}

static int offset_digits(uint32_t length)
{
	return length > 0x100000 ? 8 : length > 0x10000 ? 6 : 4;
}

/* How wide a line of n bytes is: a blank, offset, hex with a gap at each 8, characters, a blank. */
static int line_columns(int digits, int n)
{
	return 1 + digits + 2 + 3 * n + n / 8 + 1 + n + 1;
}

static uint32_t bytes_per_line(const struct view *view, uint32_t length)
{
	int digits = offset_digits(length);

	for (int n = 16; n > 4; n /= 2)
		if (line_columns(digits, n) <= view->area.columns + 1)
			return (uint32_t)n;
	return 4;
}

static const struct buffer *buffer_of(const struct app *app)
{
	const struct packet_focus *focus = app_focus(app);

	if (!focus->d || focus->buffer >= focus->d->buffer_count)
		return NULL;
	return &focus->d->buffers[focus->buffer];
}

static uint32_t rows_of(const struct view *view, const struct buffer *buffer)
{
	uint32_t n = bytes_per_line(view, buffer->length);

	return buffer->length / n + (buffer->length % n != 0);
}

static void settle(struct view *view, struct app *app)
{
	const struct buffer *buffer = buffer_of(app);

	if (!buffer)
		return;
	uint32_t n = bytes_per_line(view, buffer->length);
	uint32_t rows = rows_of(view, buffer);

	/* The end of the field too, if it fits, so that the whole of it is seen. */
	const struct packet_focus *focus = app_focus(app);
	const struct node *node = focus_node(focus);

	if (node && node->source == focus->buffer && node->length && focus->byte == node->start &&
	    node->length <= buffer->length - node->start)
		view->top = top_for(view->top, (node->start + node->length - 1) / n, rows,
				    rows_shown(view));
	view->top = top_for(view->top, focus->byte / n, rows, rows_shown(view));
}

static bool in_node(const struct node *n, unsigned buffer, uint32_t byte)
{
	return n && n->source == buffer && byte >= n->start && byte - n->start < n->length;
}

struct marks {
	const struct node *field, *parent;
	unsigned buffer;
	bool brackets;
};

static enum style style_at(const struct marks *marks, uint32_t byte)
{
	if (in_node(marks->field, marks->buffer, byte))
		return STYLE_BYTES_FIELD;
	return in_node(marks->parent, marks->buffer, byte) ? STYLE_BYTES_PARENT : STYLE_BYTES;
}

static int hex_column(int digits, uint32_t i)
{
	return 1 + digits + 2 + (int)(3 * i + i / 8);
}

/* Joins what is marked across the blanks between bytes. */
static void draw_gaps(struct canvas *canvas, int line, int digits, const struct marks *marks,
		      uint32_t offset, uint32_t n)
{
	for (uint32_t i = 0; i <= n; i++) {
		bool left = i && in_node(marks->field, marks->buffer, offset + i - 1);
		bool right = i < n && in_node(marks->field, marks->buffer, offset + i);
		bool weak = i && i < n && style_at(marks, offset + i - 1) != STYLE_BYTES &&
			    style_at(marks, offset + i) != STYLE_BYTES;
		int column = hex_column(digits, i);
		int end = column;

		column -= i == 0 ? 1 : i % 8 ? 1 : 2;
		if (left && right)
			canvas_restyle(canvas, line, column, end - column, STYLE_BYTES_FIELD);
		else if (weak)
			canvas_restyle(canvas, line, column, end - column, STYLE_BYTES_PARENT);
		if (marks->brackets && left != right)
			canvas_text(canvas, line, left ? column : end - 1, 1, STYLE_BYTES,
				    left ? "]" : "[");
	}
}

static void draw_line(struct canvas *canvas, int line, int digits, const struct buffer *buffer,
		      const struct marks *marks, uint32_t offset, uint32_t n)
{
	int text_column = hex_column(digits, n) + 1;
	uint32_t held = buffer->length - offset < n ? buffer->length - offset : n;

	canvas_printf(canvas, line, 1, digits, STYLE_DIM, "%0*x", digits, offset);
	for (uint32_t i = 0; i < held; i++) {
		uint8_t byte = buffer->bytes[offset + i];
		char shown[2] = { byte >= 0x20 && byte < 0x7f ? (char)byte : '.', 0 };
		enum style style = style_at(marks, offset + i);

		canvas_printf(canvas, line, hex_column(digits, i), 2, style, "%02x", byte);
		canvas_text(canvas, line, text_column + (int)i, 1, style, shown);
	}
	draw_gaps(canvas, line, digits, marks, offset, held);
}

static void draw_title(const struct view *view, const struct app *app, struct canvas *canvas,
		       const struct buffer *buffer)
{
	const struct packet_focus *focus = app_focus(app);
	const struct node *n = focus_node(focus);
	char left[200] = "Bytes", right[100] = "";

	if (buffer && focus->d->buffer_count > 1)
		snprintf(left, sizeof left, "Bytes ─ %s · %u bytes ─ %u of %u, b: next",
			 focus->buffer ? buffer->title : "Frame", buffer->length, focus->buffer + 1,
			 focus->d->buffer_count);
	else if (buffer)
		snprintf(left, sizeof left, "Bytes ─ %u bytes", buffer->length);
	if (n && n->length && n->source == focus->buffer)
		snprintf(right, sizeof right, "offset 0x%x  len %u", focus->byte, n->length);
	draw_pane_title(view, canvas, left, right);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	const struct packet_focus *focus = app_focus(app);
	const struct buffer *buffer = buffer_of(app);

	draw_title(view, app, canvas, buffer);
	if (!buffer || !buffer->bytes)
		return;
	node_id parent = focus_parent(focus, focus->node);
	struct marks marks = { focus_node(focus),
			       parent == NO_NODE ? NULL : &focus->d->nodes[parent], focus->buffer,
			       canvas->screen->mono };

	struct node chosen = { .source = focus->buffer & 0xff };
	uint32_t first, last;

	if (focus == &app->packet && app_range_of_bytes(app, &first, &last)) {
		chosen.start = first;
		chosen.length = last - first + 1;
		marks.field = &chosen;
		marks.parent = NULL;
	} else if (marks.field && in_node(marks.field, focus->buffer, 0) &&
		   marks.field->length >= buffer->length) {
		/* All bytes marked strongly would say nothing. */
		marks.parent = marks.field;
		marks.field = NULL;
	}
	int digits = offset_digits(buffer->length);
	uint32_t n = bytes_per_line(view, buffer->length);

	for (uint32_t i = 0; i < rows_shown(view); i++) {
		uint64_t offset = (uint64_t)(view->top + i) * n;

		if (offset >= buffer->length)
			break;
		draw_line(canvas, TITLE_ROWS + (int)i, digits, buffer, &marks, (uint32_t)offset, n);
	}
	if (view->focused && focus->byte / n >= view->top)
		canvas_cursor(canvas, TITLE_ROWS + (int)(focus->byte / n - view->top),
			      hex_column(digits, focus->byte % n));
}

static void move_by(struct app *app, int64_t by)
{
	const struct buffer *buffer = buffer_of(app);
	struct packet_focus *focus = app_shown_focus(app);
	int64_t to = (int64_t)focus->byte + by;

	if (!buffer || !buffer->length)
		return;
	if (to >= (int64_t)buffer->length)
		to = by > 1 ? (int64_t)focus->byte : (int64_t)buffer->length - 1;
	if (to < 0)
		to = by < -1 ? (int64_t)focus->byte : 0;
	focus_select_byte(focus, focus->buffer, (uint32_t)to);
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	const struct buffer *buffer = buffer_of(app);
	int64_t times = count ? count : 1;
	uint32_t to;

	if (!buffer || (count && (action == ACTION_FIRST || action == ACTION_LAST)))
		return false;
	uint32_t n = bytes_per_line(view, buffer->length);

	switch (action) {
	case ACTION_LEFT:
		move_by(app, -times);
		return true;
	case ACTION_RIGHT:
		move_by(app, times);
		return true;
	case ACTION_NEXT:
		move_by(app, times * n);
		return true;
	case ACTION_PREVIOUS:
		move_by(app, -times * n);
		return true;
	case ACTION_FIRST:
		focus_select_byte(&app->packet, app->packet.buffer, 0);
		return true;
	case ACTION_LAST:
		focus_select_byte(&app->packet, app->packet.buffer, UINT32_MAX);
		return true;
	case ACTION_OPEN:
		app_focus_pane(app, PANE_DETAILS);
		return true;
	case ACTION_PARENT:
		focus_select_node(&app->packet, focus_parent(&app->packet, app->packet.node));
		return true;
	default:
		break;
	}
	uint32_t row = app->packet.byte / n;

	if (!row_moved(action, count, row, rows_of(view, buffer), rows_shown(view), &to))
		return false;
	move_by(app, ((int64_t)to - row) * n);
	return true;
}

bool packet_bytes_at(const struct view *view, const struct app *app, const struct mouse *mouse,
		     struct byte_place *place)
{
	const struct buffer *buffer = buffer_of(app);

	if (!buffer || mouse->row < TITLE_ROWS || mouse->row >= view->area.rows)
		return false;
	uint32_t n = bytes_per_line(view, buffer->length);
	int digits = offset_digits(buffer->length);
	uint64_t offset = (uint64_t)(view->top + (uint32_t)(mouse->row - TITLE_ROWS)) * n;
	int text_column = hex_column(digits, n) + 1;

	for (uint32_t i = 0; i < n && offset + i < buffer->length; i++) {
		int hex = hex_column(digits, i);
		bool in_text = mouse->column == text_column + (int)i;

		if (!in_text && (mouse->column < hex || mouse->column >= hex + 3))
			continue;
		*place = (struct byte_place){ (uint32_t)(offset + i), in_text };
		return true;
	}
	return false;
}

/* Of the packet below a stream, too, whose keys are the stream's. */
static void scroll(struct view *view, struct app *app, const struct mouse *mouse, int rows)
{
	const struct buffer *buffer = buffer_of(app);

	(void)mouse;
	/* Line by line: where fewer are left it goes to the last. */
	for (int i = 0; buffer && i < abs(rows); i++)
		move_by(app, (rows < 0 ? -1 : 1) * (int64_t)bytes_per_line(view, buffer->length));
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	struct byte_place place;

	if (!packet_bytes_at(view, app, mouse, &place))
		return;
	app->range.kind = RANGE_NONE;
	focus_select_byte(&app->packet, app->packet.buffer, place.byte);
}

const struct view_class packet_bytes_view = {
	.name = "packet-bytes",
	.place = IN_BYTES,
	.settle = settle,
	.draw = draw,
	.act = act,
	.click = click,
	.scroll = scroll,
};
