/* option_sheet.c - all settings with what they are and where that is from. */
#include <stdio.h>

#include "ui/app.h"

enum { NAME_AT = 0, VALUE_AT = 14, SOURCE_AT = 26, HELP_AT = 40 };

static uint32_t count(const struct app *app)
{
	uint32_t n = 0;

	(void)app;
	while (settings[n].name)
		n++;
	return n;
}

static void draw_row(struct app *app, struct canvas *canvas, int line, uint32_t row,
		     enum style style)
{
	char value[SETTING_ROOM];

	setting_text(app, row, value);
	canvas_text(canvas, line, NAME_AT, VALUE_AT - 1, style, settings[row].name);
	canvas_text(canvas, line, VALUE_AT, SOURCE_AT - VALUE_AT - 1,
		    style == STYLE_BOX ? STYLE_BOX_KEY : style, value);
	canvas_text(canvas, line, SOURCE_AT, HELP_AT - SOURCE_AT - 1,
		    style == STYLE_BOX ? STYLE_BOX_DIM : style, setting_source_name(app, row));
	canvas_text(canvas, line, HELP_AT, -1, style, settings[row].help);
}

static bool act(struct app *app, enum action action, uint32_t row)
{
	switch (action) {
	case ACTION_OPEN:
	case ACTION_TOGGLE_ROW:
		setting_step(app, row);
		return true;
	case ACTION_SAVE_ROWS:
		settings_write(app);
		return true;
	default:
		return false;
	}
}

const struct sheet_class options_sheet = {
	.title = "Options",
	.heading = "Name          Value       From          What it does",
	.nothing = "",
	.keys = { { ACTION_OPEN, "Next value" }, { ACTION_SAVE_ROWS, "Keep what is set" } },
	.count = count,
	.draw_row = draw_row,
	.act = act,
};
