/* dialog_view.c - a box with a question or with words that do not fit a line. */
#include <string.h>

#include "ui/app.h"
#include "ui/app_capture.h"
#include "ui/app_save.h"

static const char *const answers[] = {
	[DIALOG_KEEP] = "s save as…   d discard   Esc back",
	[DIALOG_OVERWRITE] = "y replace it   n other name   Esc back",
	[DIALOG_RESTART] = "r capture anew   s save as…   Esc back",
	[DIALOG_PASTE] = "y put it there   Esc back",
	[DIALOG_ERROR] = "Enter",
};

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	const char *text = app->dialog_text;
	int room = canvas->area.columns - 4;

	(void)view;
	draw_box(canvas, "", "");
	for (int row = 1; row < canvas->area.rows - 2 && *text; row++) {
		struct text_line line = text_line_of(text, room);

		canvas_text(canvas, row, 2, room, STYLE_BOX, line.text);
		text = line.rest;
	}
	canvas_text(canvas, canvas->area.rows - 2, 2, room, STYLE_BOX_KEY, answers[app->dialog]);
}

static void answer_keep(struct app *app, uint32_t key)
{
	if (key == 's' || key == 'y' || key == KEY_ENTER) {
		/* Else there would be more to save whenever the saving is done. */
		live_capture_stop(app->live);
		app->dialog = DIALOG_NONE;
		app->quit_when_saved = true;
		app->save_scope = SAVE_ALL;
		app_ask(app, PROMPT_SAVE, "");
	} else if (key == 'd') {
		app_quit_now(app);
	} else if (key == KEY_ESCAPE || key == 'q' || key == 'n' || key == KEY_CTRL('C')) {
		app->dialog = DIALOG_NONE;
	}
}

static void answer_overwrite(struct app *app, uint32_t key)
{
	char path[sizeof app->save_path];

	strcpy(path, app->save_path);
	if (key == 'y') {
		app->dialog = DIALOG_NONE;
		app_save(app, path, true);
	} else if (key == 'n') {
		app->dialog = DIALOG_NONE;
		app_ask(app, PROMPT_SAVE, path);
	} else if (key == KEY_ESCAPE || key == 'q' || key == KEY_CTRL('C')) {
		app->dialog = DIALOG_NONE;
		app->quit_when_saved = false;
	}
}

static void answer_restart(struct app *app, uint32_t key)
{
	if (key == 'r') {
		app_restart_now(app);
	} else if (key == 's') {
		app->dialog = DIALOG_NONE;
		app_do(app, ACTION_SAVE);
	} else if (key == KEY_ESCAPE || key == 'q' || key == 'n' || key == KEY_CTRL('C')) {
		app->dialog = DIALOG_NONE;
	}
}

static void answer_paste(struct app *app, uint32_t key)
{
	if (key == 'y') {
		app->dialog = DIALOG_NONE;
		app_take_pasted(app);
	} else if (key == KEY_ESCAPE || key == 'q' || key == 'n' || key == KEY_CTRL('C')) {
		app->dialog = DIALOG_NONE;
	}
}

static bool type(struct view *view, struct app *app, const struct event *event)
{
	(void)view;
	if (app->dialog == DIALOG_KEEP)
		answer_keep(app, event->key);
	else if (app->dialog == DIALOG_OVERWRITE)
		answer_overwrite(app, event->key);
	else if (app->dialog == DIALOG_RESTART)
		answer_restart(app, event->key);
	else if (app->dialog == DIALOG_PASTE)
		answer_paste(app, event->key);
	else if (event->key == KEY_ENTER || event->key == KEY_ESCAPE || event->key == 'q' ||
		 event->key == KEY_CTRL('C'))
		app->dialog = DIALOG_NONE;
	return true;
}

const struct view_class dialog_view = { .name = "dialog", .draw = draw, .type = type };
