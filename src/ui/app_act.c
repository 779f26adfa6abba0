/* app_act.c - what keys and commands do: first the view in focus, then everybody's actions. */
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stream_faces.h"
#include "ui/user_filters.h"

static const int64_t CANCEL_AGAIN = INT64_C(1000000000);

void app_focus_pane(struct app *app, enum pane pane)
{
	app->focus = pane;
	app->dirty = true;
}

void app_ask(struct app *app, enum prompt prompt, const char *text)
{
	app->prompt = prompt;
	line_set(&app->line, text);
	app->dirty = true;
}

void app_quit_now(struct app *app)
{
	app->quit = true;
}

void app_quit(struct app *app)
{
	if (!app_has_unsaved(app)) {
		app->quit = true;
		return;
	}
	app->dialog = DIALOG_KEEP;
	uint32_t unsaved = app->packet_count - app->live_saved;

	snprintf(app->dialog_text, sizeof app->dialog_text,
		 "Keep the %u packet%s captured on %s%s? They are in no file of yours yet.",
		 unsaved, unsaved == 1 ? "" : "s", app->live_name,
		 app->live_saved ? " since you saved" : "");
}

static void cancel(struct app *app)
{
	if (app->saving) {
		app_message(app, MESSAGE_WARNING, "Saving was stopped: \"%s\" was not written.",
			    save_job_path(app->saving));
		save_job_free(app->saving);
		app->saving = NULL;
		app->quit_when_saved = false;
		return;
	}
	if (app_is_finding(app)) {
		app->find.looking = false;
		app_message(app, MESSAGE_NOTE, "Looking for \"%s\" was stopped.", app->find.text);
		return;
	}
	if (app_is_filtering(app) && !app->filter.stopped) {
		packet_filter_stop(&app->filter);
		app_filter_news(app);
		app_message(app, MESSAGE_WARNING,
			    "The filter was stopped at #%u of %u: / Enter runs it again.",
			    app->filter.progress.tested, app->packet_count);
		return;
	}
	if (app->cancelled_at && app->now - app->cancelled_at < CANCEL_AGAIN) {
		app_quit(app);
		return;
	}
	app->cancelled_at = app->now;
	app_message(app, MESSAGE_NOTE, "^C again quits.");
}

static void leave(struct app *app, bool may_quit)
{
	if (app->zoomed)
		app->zoomed = false;
	else if (app->session && app->focus != PANE_LIST && !may_quit)
		app->focus = PANE_LIST;
	else if (may_quit)
		app_quit(app);
	else
		app_stream_return(app);
}

static void stop_capture(struct app *app)
{
	if (!app_is_live(app)) {
		app_message(app, MESSAGE_NOTE, "No capture is going on.");
		return;
	}
	live_capture_stop(app->live);
	app_message(app, MESSAGE_NOTE, "Stopping the capture…");
}

static void next_buffer(struct app *app)
{
	struct packet_focus *focus = &app->packet;

	if (!focus->d || focus->d->buffer_count < 2) {
		app_message(app, MESSAGE_NOTE, "This packet has no other bytes than the frame's.");
		return;
	}
	focus_select_byte(focus, (focus->buffer + 1) % focus->d->buffer_count, 0);
}

static void next_time_format(struct app *app)
{
	static const enum time_format next[] = {
		[TIME_RELATIVE] = TIME_DELTA,	      [TIME_DELTA] = TIME_DELTA_SHOWN,
		[TIME_DELTA_SHOWN] = TIME_ABSOLUTE,   [TIME_ABSOLUTE] = TIME_ABSOLUTE_DATE,
		[TIME_ABSOLUTE_DATE] = TIME_UTC_DATE, [TIME_UTC_DATE] = TIME_EPOCH,
		[TIME_EPOCH] = TIME_RELATIVE,
	};

	app->time_format = app->time_format < sizeof next / sizeof next[0] ? next[app->time_format]
									   : TIME_RELATIVE;
	app->columns.widest[COLUMN_TIME] = 4;
	app->measured_from = app->measured_to = 0;
}

static void follow(struct app *app)
{
	app->following = !app->following && app_can_grow(app);
	if (!app_can_grow(app))
		app_message(app, MESSAGE_NOTE, "No more packets will come.");
	else if (!app->live)
		app_message(app, MESSAGE_NOTE,
			    app->following ? "Following new packets."
					   : "Not following new packets.");
	app_select_row(app, UINT32_MAX);
}

static void ask_save(struct app *app)
{
	app->save_scope = SAVE_ALL;
	if (app->packet_count)
		app_ask(app, PROMPT_SAVE, "");
	else
		app_message(app, MESSAGE_NOTE, "There are no packets to save.");
}

/* What works on any screen; false: not one of these. */
static bool act_anywhere(struct app *app, enum action action)
{
	switch (action) {
	case ACTION_HELP:
		app->help_open = true;
		return true;
	case ACTION_COMMAND:
		app_ask(app, PROMPT_COMMAND, "");
		return true;
	case ACTION_OPEN_FILE:
		app_ask(app, PROMPT_OPEN, "");
		return true;
	case ACTION_REDRAW:
		app->redraw = true;
		return true;
	case ACTION_SUSPEND:
		app->suspend = true;
		return true;
	case ACTION_CANCEL:
		cancel(app);
		return true;
	case ACTION_CLOSE:
		leave(app, true);
		return true;
	case ACTION_LEAVE:
		leave(app, false);
		return true;
	case ACTION_QUIT:
		app_quit(app);
		return true;
	case ACTION_MOUSE:
		app->mouse = !app->mouse;
		app_message(app, MESSAGE_NOTE,
			    app->mouse ? "The mouse selects here."
				       : "The mouse is the terminal's.");
		return true;
	default:
		return false;
	}
}

bool app_act_on_statistics(struct app *app, enum action action)
{
	static const struct {
		enum action action;
		enum statistics_tab tab;
	} tabs[] = {
		{ ACTION_CONVERSATIONS, TAB_CONVERSATIONS }, { ACTION_ENDPOINTS, TAB_ENDPOINTS },
		{ ACTION_HIERARCHY, TAB_HIERARCHY },	     { ACTION_LOOKUPS, TAB_DNS },
		{ ACTION_REQUESTS, TAB_HTTP },		     { ACTION_IO_GRAPH, TAB_GRAPH },
	};

	for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++) {
		if (tabs[i].action != action)
			continue;
		app_show_statistics(app, tabs[i].tab);
		return true;
	}
	return false;
}

static bool act_on_packets(struct app *app, enum action action)
{
	if (app_act_on_statistics(app, action))
		return true;
	switch (action) {
	case ACTION_NEXT_PANE:
		app_focus_pane(app, (app->focus + 1) % PANES);
		return true;
	case ACTION_PREVIOUS_PANE:
		app_focus_pane(app, (app->focus + PANES - 1) % PANES);
		return true;
	case ACTION_EXPERT:
		app_show_findings(app);
		return true;
	case ACTION_STREAM:
		app_show_stream(app, app->selected);
		return true;
	case ACTION_ZOOM:
		app->zoomed = !app->zoomed;
		return true;
	case ACTION_GO_TO:
		app_ask(app, PROMPT_GO_TO, "");
		return true;
	case ACTION_TIME_FORMAT:
		next_time_format(app);
		return true;
	case ACTION_COLOURS:
		app->colours = !app->colours;
		return true;
	case ACTION_EXPAND_ALL:
		focus_open_all(&app->packet, true);
		return true;
	case ACTION_COLLAPSE_ALL:
		focus_open_all(&app->packet, false);
		return true;
	case ACTION_NEXT_BUFFER:
		next_buffer(app);
		return true;
	case ACTION_STOP_CAPTURE:
		stop_capture(app);
		return true;
	case ACTION_SAVE:
		ask_save(app);
		return true;
	case ACTION_FOLLOW:
		follow(app);
		return true;
	default:
		return false;
	}
}

bool app_act(struct app *app, enum action action, uint32_t count)
{
	app->dirty = true;
	if (act_anywhere(app, action))
		return true;
	if (!app->session)
		return false;
	return act_on_packets(app, action) || app_act_on_filter(app, action) ||
	       app_act_on_find(app, action) || (app->selected && app_act_on_marks(app, action)) ||
	       app_act_on_copy(app, action) ||
	       app_act_on_selection(app, action, count);
}

/* --- prompts --- */

static void open_file(struct app *app, const char *typed)
{
	struct error error = { "" };
	char path[4096];

	expand_home(typed, path, sizeof path);

	if (app_has_unsaved(app))
		app_message(app, MESSAGE_WARNING,
			    "What was captured is not saved: ^S saves it first.");
	else if (!app_open(app, path, &error))
		app_message(app, MESSAGE_ERROR, "%s", error.text);
}

static void save_stream(struct app *app, const char *typed)
{
	char path[4096];

	expand_home(typed, path, sizeof path);
	app_stream_save(app, path);
}

static void run_action(struct app *app, const char *text, size_t length)
{
	enum action action = action_named(text, length);
	struct view *view = app_view_in_focus(app);

	if (action == ACTION_NONE)
		app_message(app, MESSAGE_WARNING,
			    "There is no command \"%.*s\". ? shows what there is.", (int)length,
			    text);
	else if (!view->class->act(view, app, action, 0))
		app_act(app, action, 0);
}

static void set_filter(struct app *app, const char *text)
{
	if (!app_set_filter(app, text))
		app_open_filter_bar(app, text);
}

/* What is set now; nothing being set, the name is forgotten. */
static void save_filter(struct app *app, const char *name)
{
	const char *text = app->filter_text ? app->filter_text : "";

	saved_filters_set(&app->saved_filters, name, text);
	if (app->options->remembers && !saved_filters_write(&app->saved_filters))
		app_message(app, MESSAGE_ERROR, "The filter cannot be saved: %s.", strerror(errno));
	else if (*text)
		app_message(app, MESSAGE_NOTE, "Typing \"%s\" in the filter bar completes to %s",
			    name, text);
	else
		app_message(app, MESSAGE_NOTE, "There is no saved filter \"%s\" any more.", name);
}

void app_command(struct app *app, const char *text)
{
	text += strspn(text, " ");
	size_t length = strcspn(text, " ");
	const char *rest = text + length + strspn(text + length, " ");
	char *end;
	unsigned long number = strtoul(text, &end, 10);

#define IS(word) (length == strlen(word) && !memcmp(text, word, length))
	if (!length)
		return;
	if (end == text + length && app->session)
		app_go_to(app, number > UINT32_MAX ? UINT32_MAX : (uint32_t)number);
	else if (IS("q") || IS("quit"))
		app_quit(app);
	else if (IS("q!"))
		app_quit_now(app);
	else if ((IS("e") || IS("open")) && *rest)
		open_file(app, rest);
	else if ((IS("w") || IS("save")) && *rest && app->session)
		app_save_command(app, rest);
	else if (IS("filter") && app->session && *rest)
		set_filter(app, rest);
	else if (IS("save-filter") && *rest)
		save_filter(app, rest);
	else if (IS("h"))
		app->help_open = true;
	else
		run_action(app, text, length);
#undef IS
}

void app_answer(struct app *app)
{
	enum prompt prompt = app->prompt;
	char text[LINE_ROOM];

	memcpy(text, app->line.text, sizeof text);
	app->prompt = PROMPT_NONE;
	if (!text[0]) {
		app->quit_when_saved = false;
		return;
	}
	if (prompt == PROMPT_GO_TO && strspn(text, "0123456789") != strlen(text))
		app_message(app, MESSAGE_WARNING, "\"%s\" is not the number of a packet.", text);
	else if (prompt == PROMPT_GO_TO || prompt == PROMPT_COMMAND)
		app_command(app, text);
	else if (prompt == PROMPT_OPEN)
		open_file(app, text);
	else if (prompt == PROMPT_SAVE)
		app_save(app, text, false);
	else if (prompt == PROMPT_FIND_PACKET)
		app_find_packet(app, app->find.kind, text);
	else if (prompt == PROMPT_FIND)
		text_find(app, text);
	else if (prompt == PROMPT_SAVE_STREAM)
		save_stream(app, text);
}

/* The longest common beginning of the files that begin like this. */
void app_complete(struct app *app)
{
	char pattern[2 * LINE_ROOM + 2];
	size_t used = 0;
	glob_t found;

	if (app->prompt == PROMPT_FIND_PACKET)
		app->find.kind = (app->find.kind + 1) % FIND_KINDS;
	if (app->prompt != PROMPT_OPEN && app->prompt != PROMPT_SAVE &&
	    app->prompt != PROMPT_SAVE_STREAM)
		return;
	for (const char *p = app->line.text; *p; p++) {
		if (strchr("*?[\\", *p))
			pattern[used++] = '\\';
		pattern[used++] = *p;
	}
	memcpy(pattern + used, "*", 2);
	if (!glob(pattern, GLOB_MARK | GLOB_TILDE, NULL, &found) && found.gl_pathc) {
		size_t common = strlen(found.gl_pathv[0]);

		for (size_t i = 1; i < found.gl_pathc; i++)
			for (size_t j = 0; j < common; j++)
				if (found.gl_pathv[i][j] != found.gl_pathv[0][j])
					common = j;
		snprintf(pattern, sizeof pattern, "%.*s", (int)common, found.gl_pathv[0]);
		line_set(&app->line, pattern);
		if (found.gl_pathc > 1)
			app_message(app, MESSAGE_NOTE, "%zu files begin so.", found.gl_pathc);
	}
	globfree(&found);
}
