/* palette_view.c - the list above ":", or what the command takes that is being typed. */
#include <stdio.h>
#include <string.h>

#include "ui/app.h"
#include "ui/command.h"
#include "ui/palette.h"
#include "ui/setting.h"

enum { KEYS_MOST = 34, BORDER = 2 };

static const struct command *command_typed(const struct app *app)
{
	const char *text = app->line.text + strspn(app->line.text, " ");
	size_t length = strcspn(text, " ");

	return text[length] ? command_named(text, length) : NULL;
}

static void draw_command(const struct command *command, struct canvas *canvas)
{
	char title[ENTRY_ROOM];
	int room = canvas->area.columns - 2 * BORDER;

	snprintf(title, sizeof title, ":%s", command->name);
	draw_box(canvas, title, "Enter runs · Esc leaves");
	canvas_text(canvas, 1, BORDER, room, STYLE_BOX, command->help);
	canvas_printf(canvas, 2, BORDER, room, STYLE_BOX_DIM, ":%s %s", command->name,
		      command->takes);
	canvas_printf(canvas, 3, BORDER, room, STYLE_BOX_DIM, "such as  %s", command->example);
}

static void draw_entry(const struct app *app, struct canvas *canvas, int row,
		       const struct palette_entry *entry, bool chosen)
{
	char text[ENTRY_ROOM], keys[ENTRY_ROOM];
	int room = canvas->area.columns - 2 * BORDER;

	palette_words(app, entry, text, keys);
	int width = text_columns(keys);

	if (width > KEYS_MOST)
		width = KEYS_MOST;
	if (width > room / 2)
		width = room / 2;
	if (chosen)
		canvas_repeat(canvas, row, 1, canvas->area.columns - 2, STYLE_SELECTED, ' ');
	canvas_text(canvas, row, 1, 1, chosen ? STYLE_SELECTED : STYLE_BOX, chosen ? "▌" : " ");
	canvas_text(canvas, row, BORDER, room - width - 1, chosen ? STYLE_SELECTED : STYLE_BOX,
		    text);
	canvas_text_right(canvas, row, BORDER + room - width, width,
			  chosen ? STYLE_SELECTED : STYLE_BOX_KEY, keys);
}

static bool is_number(const char *text)
{
	return *text && !text[strspn(text, "0123456789")];
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	struct palette *palette = &app->palette;
	const struct command *command = command_typed(app);
	char bottom[100];

	if (command) {
		draw_command(command, canvas);
		return;
	}
	uint32_t shown = canvas->area.rows > 2 ? (uint32_t)(canvas->area.rows - 2) : 0;

	view->top = palette->top =
		top_for(palette->top, palette->chosen < 0 ? 0 : (uint32_t)palette->chosen,
			palette->count, shown);
	snprintf(bottom, sizeof bottom, "↓ ↑ choose · Enter runs · Tab fills the line · %u",
		 palette->count);
	draw_box(canvas, "",
		 palette->count		     ? bottom
		 : is_number(app->line.text) ? "Enter goes to this packet"
					     : "nothing is called so");
	for (uint32_t i = 0; i < shown && view->top + i < palette->count; i++)
		draw_entry(app, canvas, 1 + (int)i, &palette->entries[view->top + i],
			   (int)(view->top + i) == palette->chosen);
}

int palette_rows(const struct app *app)
{
	int rows = (int)app->palette.count + 2;

	return command_typed(app) ? 5 : rows;
}

static void scroll(struct view *view, struct app *app, const struct mouse *mouse, int rows)
{
	(void)view, (void)mouse;
	palette_move(app, rows);
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	int row = (int)view->top + mouse->row - 1;

	if (command_typed(app) || mouse->row < 1 || mouse->row >= view->area.rows - 1 ||
	    row >= (int)app->palette.count)
		return;
	app->palette.chosen = row;
	app->palette.moved = true;
	palette_enter(app);
}

const struct view_class palette_view = {
	.name = "palette", .draw = draw, .click = click, .scroll = scroll
};
