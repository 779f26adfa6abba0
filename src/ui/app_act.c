/* app_act.c - what keys and commands do: first the view in focus, then everybody's actions. */
#include <stdio.h>
#include <string.h>

#include "stream_faces.h"
#include "ui/app_capture.h"
#include "ui/app_columns.h"
#include "ui/app_filter.h"
#include "ui/app_marks.h"
#include "ui/app_memory.h"
#include "ui/app_panes.h"
#include "ui/app_rows.h"
#include "ui/app_save.h"
#include "ui/app_statistics.h"
#include "ui/app_stream.h"
#include "ui/app_tabs.h"

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
	if (app_asks_for_file(app))
		file_chooser_look(app);
	app->dirty = true;
}

bool app_asks_for_file(const struct app *app)
{
	return app->prompt == PROMPT_OPEN || app->prompt == PROMPT_OPEN_TAB ||
	       app->prompt == PROMPT_MERGE;
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
	uint32_t unsaved = app_packets_read(app) - app->live_saved;

	snprintf(app->dialog_text, sizeof app->dialog_text,
		 "Keep the %u packet%s captured on %s%s? They are in no file of yours yet.",
		 unsaved, unsaved == 1 ? "" : "s", app->live_name,
		 app->live_saved ? " since you saved" : "");
}

static void cancel(struct app *app)
{
	char key[KEYS_ROOM];

	if (app_stop_work(app, WORK_READING))
		return;
	if (app->cancelled_at && app->now - app->cancelled_at < CANCEL_AGAIN) {
		app_quit(app);
		return;
	}
	app->cancelled_at = app->now;
	app_message(app, MESSAGE_NOTE, "%s again quits.",
		    key_of(&app->user.keys, ACTION_CANCEL, key));
}

static void leave(struct app *app, bool may_quit)
{
	if (app->range.kind != RANGE_NONE && !may_quit)
		app->range.kind = RANGE_NONE;
	else if (app->zoomed)
		app->zoomed = false;
	else if (app->session && app->focus != PANE_LIST && !may_quit)
		app->focus = PANE_LIST;
	else if (may_quit)
		app_quit(app);
	else if (app->find.marks)
		app->find.marks = false;
	else if (!app_stream_return(app))
		app_stop_long_work(app);
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

void app_set_time_format(struct app *app, enum time_format format)
{
	app->user.time_format = format;
	columns_reset(&app->user.columns);
	app_resort(app);
	app->measured_from = app->measured_to = 0;
}

static void next_time_format(struct app *app)
{
	static const enum time_format next[] = {
		[TIME_RELATIVE] = TIME_DELTA,	      [TIME_DELTA] = TIME_DELTA_SHOWN,
		[TIME_DELTA_SHOWN] = TIME_ABSOLUTE,   [TIME_ABSOLUTE] = TIME_ABSOLUTE_DATE,
		[TIME_ABSOLUTE_DATE] = TIME_UTC_DATE, [TIME_UTC_DATE] = TIME_EPOCH,
		[TIME_EPOCH] = TIME_RELATIVE,
	};

	app_set_time_format(app, app->user.time_format < sizeof next / sizeof next[0]
					 ? next[app->user.time_format]
					 : TIME_RELATIVE);
}

static void follow(struct app *app)
{
	app->following = !app->following && app_can_grow(app);
	app->follows_to_end = false;
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
	app_thaw(app);
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
		app_open_help(app);
		return true;
	case ACTION_COMMAND:
		app_ask(app, PROMPT_COMMAND, "");
		palette_look(app);
		return true;
	case ACTION_MESSAGES:
	case ACTION_OPTIONS:
		return app_act_on_sheets(app, action);
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
	case ACTION_GO_ON:
		app_go_on(app);
		return true;
	case ACTION_LEAVE:
		leave(app, false);
		return true;
	case ACTION_QUIT:
		app_leave_all(app);
		return true;
	case ACTION_MOUSE:
		app->user.mouse = !app->user.mouse;
		app_message(app, MESSAGE_NOTE,
			    app->user.mouse ? "The mouse selects here."
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
		{ ACTION_CONVERSATIONS, TAB_CONVERSATIONS },
		{ ACTION_ENDPOINTS, TAB_ENDPOINTS },
		{ ACTION_HIERARCHY, TAB_HIERARCHY },
		{ ACTION_LOOKUPS, TAB_DNS },
		{ ACTION_REQUESTS, TAB_HTTP },
		{ ACTION_IO_GRAPH, TAB_GRAPH },
		{ ACTION_LEASES, TAB_LEASES },
		{ ACTION_ARP, TAB_ARP },
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
	if (app_act_on_statistics(app, action) || app_act_on_capture(app, action))
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
	case ACTION_DECODE_AS:
	case ACTION_OBJECTS:
	case ACTION_INFO:
	case ACTION_FLAGS:
	case ACTION_NAME_SOURCES:
	case ACTION_COLUMNS:
		return app_act_on_sheets(app, action);
	case ACTION_STREAM:
		app_show_stream(app, app->selected);
		return true;
	case ACTION_ZOOM:
		app->zoomed = !app->zoomed;
		if (app->user.plain)
			app_message(app, MESSAGE_NOTE, "There is one pane: Tab shows the next.");
		return true;
	case ACTION_LAST_FILTER:
		app_apply_last_filter(app);
		return true;
	case ACTION_GO_TO:
		app_ask(app, PROMPT_GO_TO, "");
		return true;
	case ACTION_TIME_FORMAT:
		next_time_format(app);
		return true;
	case ACTION_NAMES:
		app_toggle_names(app);
		return true;
	case ACTION_COLOURS:
		app->user.colours = !app->user.colours;
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
	case ACTION_SAVE:
		ask_save(app);
		return true;
	case ACTION_IGNORE:
		app_toggle_ignored(app);
		return true;
	case ACTION_FREEZE:
		app_freeze(app);
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
	if (act_anywhere(app, action) || app_act_on_tabs(app, action, count))
		return true;
	if (!app->session)
		return false;
	return act_on_packets(app, action) || app_act_on_filter(app, action) ||
	       app_act_on_find(app, action) || app_act_on_range(app, action) ||
	       (app->selected && app_act_on_marks(app, action)) ||
	       app_act_on_colours(app, action, count) || app_act_on_copy(app, action) ||
	       app_act_on_columns(app, action, count) || app_act_on_panes(app, action, count) ||
	       app_act_on_selection(app, action, count);
}
