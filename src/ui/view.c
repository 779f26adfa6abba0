/* view.c - what several views do alike. */
#include "ui/view.h"

void draw_pane_title(const struct view *view, struct canvas *canvas, const char *left,
		     const char *right)
{
	enum style style = view->focused ? STYLE_PANE_FOCUSED : STYLE_PANE;
	int columns = canvas->area.columns;
	int right_columns = text_columns(right);

	canvas_repeat(canvas, 0, 0, columns, style, 0x2500);
	int room = columns - 6;

	if (right_columns && right_columns + 24 < columns) {
		int at = columns - right_columns - 4;

		canvas_text(canvas, 0, at, 1, style, " ");
		canvas_text(canvas, 0, at + 1, right_columns, style, right);
		canvas_text(canvas, 0, at + 1 + right_columns, 1, style, " ");
		room = at - 5;
	}
	canvas_text(canvas, 0, 2, 1, style, " ");
	int used = canvas_text(canvas, 0, 3, room, style, left);

	canvas_text(canvas, 0, 3 + used, 1, style, " ");
}

void draw_box(struct canvas *canvas, const char *title, const char *bottom)
{
	int last = canvas->area.rows - 1;
	int columns = canvas->area.columns;

	for (int row = 0; row <= last; row++) {
		canvas_blank(canvas, row, 0, STYLE_BOX);
		if (!row || row == last)
			canvas_repeat(canvas, row, 1, columns - 2, STYLE_BOX, 0x2500);
		canvas_text(canvas, row, 0, 1, STYLE_BOX, !row ? "┌" : row == last ? "└" : "│");
		canvas_text(canvas, row, columns - 1, 1, STYLE_BOX,
			    !row	  ? "┐"
			    : row == last ? "┘"
					  : "│");
	}
	if (*title)
		canvas_printf(canvas, 0, 2, columns - 4, STYLE_BOX_TITLE, " %s ", title);
	if (*bottom)
		canvas_printf(canvas, last, 2, columns - 4, STYLE_BOX, " %s ", bottom);
}

bool row_moved(enum action action, uint32_t count, uint32_t row, uint32_t rows, uint32_t page,
	       uint32_t *to)
{
	int64_t times = count ? count : 1;
	int64_t target = row;

	if (page < 1)
		page = 1;
	switch (action) {
	case ACTION_NEXT:
		target += times;
		break;
	case ACTION_PREVIOUS:
		target -= times;
		break;
	case ACTION_PAGE_DOWN:
		target += times * page;
		break;
	case ACTION_PAGE_UP:
		target -= times * page;
		break;
	case ACTION_HALF_DOWN:
		target += times * ((page + 1) / 2);
		break;
	case ACTION_HALF_UP:
		target -= times * ((page + 1) / 2);
		break;
	case ACTION_FIRST:
		target = count ? (int64_t)count - 1 : 0;
		break;
	case ACTION_LAST:
		target = count ? (int64_t)count - 1 : (int64_t)rows - 1;
		break;
	default:
		return false;
	}
	if (target >= (int64_t)rows)
		target = (int64_t)rows - 1;
	*to = target > 0 ? (uint32_t)target : 0;
	return true;
}

uint32_t top_for(uint32_t top, uint32_t row, uint32_t rows, uint32_t shown)
{
	if (!shown)
		return top;
	if (rows <= shown)
		return 0;
	if (top > rows - shown)
		top = rows - shown;
	if (row == UINT32_MAX)
		return top;
	if (row < top)
		return row;
	if (row - top >= shown)
		return row - shown + 1;
	return top;
}
