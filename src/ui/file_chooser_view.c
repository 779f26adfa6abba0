/* file_chooser_view.c - the list above the line in which a file is asked for. */
#include <stdio.h>
#include <string.h>

#include "ui/app.h"
#include "ui/quantity.h"

enum { BORDER = 2, BYTES_COLUMNS = 9, DATE_COLUMNS = 18, DATES_FROM = 60 };

static void draw_choice(const struct file_choice *choice, struct canvas *canvas, int line,
			bool chosen)
{
	enum style style = chosen				     ? STYLE_SELECTED
			   : choice->is_folder			     ? STYLE_BOX_KEY
			   : choice->is_capture || choice->is_recent ? STYLE_BOX
								     : STYLE_BOX_DIM;
	int columns = canvas->area.columns, at = columns - BORDER;
	char text[QUANTITY_ROOM], name[4200];

	if (chosen) {
		canvas_repeat(canvas, line, 1, columns - 2, STYLE_SELECTED, ' ');
		canvas_text(canvas, line, 1, 1, STYLE_SELECTED, "▌");
	}
	if (columns >= DATES_FROM)
		at -= DATE_COLUMNS;
	if (columns >= DATES_FROM && !choice->is_folder)
		canvas_text_right(canvas, line, at, DATE_COLUMNS, style,
				  date_text(choice->changed, text));
	if (!choice->is_folder)
		canvas_text_right(canvas, line, at - BYTES_COLUMNS, BYTES_COLUMNS, style,
				  bytes_text(choice->bytes, text));
	home_shortened(choice->name, name, sizeof name - 1);
	if (choice->is_folder)
		snprintf(name + strlen(name), 2, "/");
	canvas_text(canvas, line, BORDER, at - BYTES_COLUMNS - BORDER - 1, style, name);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	struct file_chooser *chooser = &app->chooser;
	uint32_t shown = canvas->area.rows > 2 ? (uint32_t)(canvas->area.rows - 2) : 0;
	char bottom[100];

	view->top = chooser->top =
		top_for(chooser->top, chooser->chosen < 0 ? 0 : (uint32_t)chooser->chosen,
			chooser->count, shown);
	snprintf(bottom, sizeof bottom, "↓ ↑ choose · Enter opens · Tab completes · %u",
		 chooser->count);
	draw_box(canvas, "", bottom);
	if (!chooser->count)
		canvas_text(canvas, 1, BORDER, canvas->area.columns - 2 * BORDER, STYLE_BOX_DIM,
			    chooser->unreadable ? "There is no such folder, or it cannot be read."
			    : app->line.length > chooser->folder_length
				    ? "No file here begins so."
				    : "There are no captures here.");
	for (uint32_t i = 0; i < shown && view->top + i < chooser->count; i++)
		draw_choice(&chooser->choices[view->top + i], canvas, 1 + (int)i,
			    (int)(view->top + i) == chooser->chosen);
}

static void scroll(struct view *view, struct app *app, const struct mouse *mouse, int rows)
{
	(void)view, (void)mouse;
	file_chooser_move(app, rows);
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	int row = (int)view->top + mouse->row - 1;

	if (mouse->row >= 1 && mouse->row < view->area.rows - 1 && row < (int)app->chooser.count)
		app->chooser.chosen = row;
}

const struct view_class file_chooser_view = {
	.name = "files", .draw = draw, .click = click, .scroll = scroll
};
