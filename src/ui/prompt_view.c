/* prompt_view.c - one line in which something is asked for: a packet, a command, a file. */
#include "ui/app.h"
#include "ui/app_save.h"

static const struct {
	const char *label, *hint;
} prompts[PROMPTS] = {
	[PROMPT_GO_TO] = { "Go to packet: ", "a number; Enter goes there, Esc cancels" },
	[PROMPT_COMMAND] = { ":", "a packet's number, or what is to be done" },
	[PROMPT_OPEN] = { "Open file: ", "Enter opens, Tab completes, ↓ chooses, Esc cancels" },
	[PROMPT_OPEN_TAB] = { "Open beside: ",
			      "Enter opens, Tab completes, ↓ chooses, Esc cancels" },
	[PROMPT_MERGE] = { "Merge with: ", "Enter merges, Tab completes, ↓ chooses, Esc cancels" },
	[PROMPT_FIND_PACKET] = { "Find ", "Enter finds, Tab: another kind, Esc cancels" },
	[PROMPT_FIND] = { "Find in the text: ", "large and small letters are alike; Esc cancels" },
	[PROMPT_SAVE_STREAM] = { "Save what was said as: ",
				 "its bytes, of the sides that are shown (d); Esc cancels" },
	[PROMPT_EXPORT] = { "Save into the folder: ", "it is made if need be; Esc cancels" },
	[PROMPT_COMMENT] = { "Comment: ", "without words there is none any more" },
	[PROMPT_COLUMN] = { "Column of: ", "a field, several with || between them, or a format: %Gt" },
	[PROMPT_COLUMN_TITLE] = { "Title of the column: ", "Enter keeps it, Esc cancels" },
	[PROMPT_CURVE] = { "Curve of: ", "a display filter; Esc cancels" },
	[PROMPT_SAVE] = { "Save ", "pcapng, or pcap if the name ends so; ↓ other packets" },
};

static const char *const find_labels[FIND_KINDS] = {
	[FIND_WORDS] = "words of the list: ",  [FIND_DETAILS] = "words of details: ",
	[FIND_TEXT] = "text in bytes: ",
	[FIND_REGEX] = "regular expression: ", [FIND_HEX] = "hexadecimal bytes: ",
	[FIND_FILTER] = "display filter: ",
};

static const char *const scope_names[] = {
	[SAVE_ALL] = "all",
	[SAVE_DISPLAYED] = "the displayed",
	[SAVE_MARKED] = "the marked",
	[SAVE_RANGE] = "the range of",
};

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	const char *label = prompts[app->prompt].label;
	int columns = canvas->area.columns;

	(void)view;
	canvas_blank(canvas, 0, 0, STYLE_STATUS);
	int at = 1 + canvas_text(canvas, 0, 1, columns / 2, STYLE_KEY, label);

	if (app->prompt == PROMPT_FIND_PACKET)
		at += canvas_text(canvas, 0, at, columns / 2, STYLE_KEY,
				  find_labels[app->find.kind]);
	if (app->prompt == PROMPT_SAVE)
		at += canvas_printf(canvas, 0, at, columns / 2, STYLE_KEY,
				    "%s %u as: ", scope_names[app->save_scope],
				    app_save_count(app, app->save_scope));
	const char *words = app->message[0] ? app->message : prompts[app->prompt].hint;
	int hint = text_columns(words);
	int room = columns - at;

	if (room > hint + 30) {
		room -= hint + 2;
		canvas_text(canvas, 0, at + room, hint + 1, STYLE_DIM, words);
	}
	line_draw(&app->line, canvas, 0, at, room, STYLE_STATUS);
}

static void close_prompt(struct app *app)
{
	app->prompt = PROMPT_NONE;
	app->quit_when_saved = false;
}

/* Keys of the list above a command; false: not one of these. */
static bool type_in_palette(struct app *app, const struct event *event)
{
	switch (event->key) {
	case KEY_UP:
	case KEY_CTRL('P'):
		palette_move(app, -1);
		return true;
	case KEY_DOWN:
	case KEY_CTRL('N'):
		palette_move(app, 1);
		return true;
	case KEY_PAGE_UP:
		palette_move(app, -8);
		return true;
	case KEY_PAGE_DOWN:
		palette_move(app, 8);
		return true;
	case KEY_TAB:
		palette_fill(app);
		return true;
	case KEY_ENTER:
		palette_enter(app);
		return true;
	default:
		return false;
	}
}

/* Keys of the list above a file to open; false: not one of these. */
static bool type_in_chooser(struct app *app, const struct event *event)
{
	switch (event->key) {
	case KEY_UP:
	case KEY_CTRL('P'):
		file_chooser_move(app, -1);
		return true;
	case KEY_DOWN:
	case KEY_CTRL('N'):
		file_chooser_move(app, 1);
		return true;
	case KEY_PAGE_UP:
		file_chooser_move(app, -8);
		return true;
	case KEY_PAGE_DOWN:
		file_chooser_move(app, 8);
		return true;
	case KEY_TAB:
		file_chooser_fill(app);
		return true;
	case KEY_ENTER:
		return file_chooser_enter(app);
	default:
		return false;
	}
}

static bool type(struct view *view, struct app *app, const struct event *event)
{
	(void)view;
	app->message[0] = 0;
	if (app->prompt == PROMPT_COMMAND && type_in_palette(app, event))
		return true;
	if (app_asks_for_file(app) && type_in_chooser(app, event))
		return true;
	switch (event->key) {
	case KEY_ESCAPE:
	case KEY_CTRL('C'):
	case KEY_CTRL('G'):
		close_prompt(app);
		return true;
	case KEY_ENTER:
		app_answer(app);
		return true;
	case KEY_DOWN:
	case KEY_UP:
		if (app->prompt == PROMPT_SAVE)
			app_next_scope(app);
		return true;
	case KEY_TAB:
		app_complete(app);
		return true;
	case KEY_BACKSPACE:
		if (!app->line.length) {
			close_prompt(app);
			return true;
		}
		break;
	case KEY_MOUSE:
		return false;
	default:
		break;
	}
	line_type(&app->line, event);
	if (app->prompt == PROMPT_COMMAND)
		palette_look(app);
	if (app_asks_for_file(app))
		file_chooser_look(app);
	return true;
}

const struct view_class prompt_view = { .name = "prompt", .draw = draw, .type = type };
