/* app_filter.c - the display filter of the packet list: set, switched off and on, gone back in.
 *
 * The selected packet stays where it is on the screen if it passes; else the next one that does
 * is selected, as soon as it is known, and the filter's end brings the first one back. */
#include "ui/app_filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dissect/registry.h"
#include "state/conversation.h"
#include "ui/app_capture.h"
#include "ui/app_columns.h"
#include "ui/app_marks.h"
#include "ui/app_rows.h"
#include "ui/field_filter.h"
#include "ui/user_filters.h"

static const int64_t PREVIEW_AFTER = INT64_C(120000000);

bool app_is_filtered(const struct app *app)
{
	return app->filter.run != NULL;
}

struct filter_food app_filter_food(const struct app *app)
{
	return (struct filter_food){ .packets = app->packet_count,
				     .complete = app->scan_state == SCAN_DONE,
				     .waits = app->live || app->scan_state == SCAN_WAITING };
}

bool app_is_filtering(const struct app *app)
{
	struct filter_food food = app_filter_food(app);

	food.complete = true;
	return app_is_filtered(app) && !packet_filter_is_done(&app->filter, &food);
}

/* --- what is selected --- */

static void select_nothing(struct app *app)
{
	app->selected = 0;
	app->link_count = 0;
	focus_on(&app->packet, NULL);
}

/* The packet that is to be selected instead of the anchor; 0: not known, or none. */
static uint32_t instead_of(const struct app *app, uint32_t anchor, bool done)
{
	const struct filter_progress *progress = &app->filter.progress;
	uint32_t next = progress->tested >= anchor ? filter_run_next(app->filter.run, anchor) : 0;

	if (!next && done && progress->passed)
		next = filter_run_packet(app->filter.run, progress->passed - 1);
	return next;
}

static void show_anchor(struct app *app)
{
	struct filter_food food = app_filter_food(app);
	bool done = packet_filter_is_done(&app->filter, &food);
	uint32_t anchor = app->filter_anchor;

	if (!anchor) {
		if (!app->selected && app_row_count(app))
			app_select_row(app, app->following ? UINT32_MAX : 0);
		return;
	}
	uint32_t row = app_row_of_packet(app, anchor);

	if (row == UINT32_MAX && app_is_filtered(app)) {
		app->filter_picked = instead_of(app, anchor, done);
		row = app_row_of_packet(app, app->filter_picked);
	}
	if (row == UINT32_MAX) {
		if (done && !app_is_filtered(app) && app_row_count(app))
			app_select_row(app, 0);
		else if (done)
			select_nothing(app);
		return;
	}
	app_select_row(app, row);
	app->views[VIEW_LIST].top =
		row > (uint32_t)app->filter_line ? row - (uint32_t)app->filter_line : 0;
}

/* What is selected now is to be so after the filter has changed. */
static void drop_anchor(struct app *app)
{
	uint32_t row = app_selected_row(app), top = app->views[VIEW_LIST].top;

	if (app->filter_anchor)
		return;
	app->filter_line = row != UINT32_MAX && row > top ? (int)(row - top) : 0;
	if (!app_is_filtered(app) || app->selected != app->filter_picked)
		app->filter_home = app->selected;
	app->filter_anchor = app->filter_home ? app->filter_home : app->selected;
	app->filter_picked = 0;
}

/* --- the filter at work --- */

static void show_through(struct app *app, struct packet_filter *fresh)
{
	drop_anchor(app);
	packet_filter_end(&app->filter);
	app->filter = *fresh;
	app->measured_from = app->measured_to = 0;
	app->dirty = true;
	app_forget_order(app);
	app_filter_news(app);
}

void app_refilter(struct app *app)
{
	struct packet_filter fresh = { 0 };
	struct filter_error error = { 0 };

	if (!packet_filter_start(&fresh, app->session, app->filter_text, app->packet.d,
				 app->user.macros, &error))
		app_message(app, MESSAGE_ERROR, "The filter does not work: %s", error.message);
	free(error.text);
	show_through(app, &fresh);
}

void app_filter_news(struct app *app)
{
	struct filter_food food = app_filter_food(app);

	packet_filter_feed(&app->filter, &food);
	packet_filter_poll(&app->filter);
	packet_filter_feed(&app->bar.preview, &food);
	packet_filter_poll(&app->bar.preview);
	packet_filter_feed(&app->find.filter, &food);
	packet_filter_poll(&app->find.filter);
	if (app->find.looking && app->find.kind != FIND_WORDS)
		app_find_packet_more(app);
	show_anchor(app);
	app_renew_sheet(app);
	app->dirty = true;
	if (food.complete && app->filter.early)
		app_refilter(app);
}

void app_filter_end(struct app *app)
{
	packet_filter_end(&app->filter);
	packet_filter_end(&app->bar.preview);
	field_counter_end(&app->bar.counter);
	app->bar.open = false;
	app->bar.preview_at = INT64_MAX;
	app->filter_anchor = app->filter_home = app->filter_picked = 0;
}

/* --- setting it --- */

static void keep_text(struct app *app, const char *text)
{
	char *copy = *text ? must_copy(text) : NULL;

	free(app->filter_text);
	app->filter_text = copy;
	app->filter_off = false;
}

static bool set_filter(struct app *app, const char *text)
{
	struct filter_bar *bar = &app->bar;
	struct packet_filter fresh = { 0 };

	if (app->filter.stopped && app->filter.text && !strcmp(app->filter.text, text)) {
		packet_filter_go_on(&app->filter);
		app_filter_news(app);
		return true;
	}
	if (bar->preview.text && !strcmp(bar->preview.text, text)) {
		fresh = bar->preview;
		bar->preview = (struct packet_filter){ 0 };
	} else {
		free(bar->error.text);
		bar->error.text = NULL;
		if (!packet_filter_start(&fresh, app->session, text, app->packet.d,
					 app->user.macros, &bar->error))
			return false;
	}
	keep_text(app, text);
	show_through(app, &fresh);
	return true;
}

bool app_set_filter(struct app *app, const char *text)
{
	if (!app->session || !set_filter(app, text))
		return false;
	if (filter_history_add(&app->user.history, text))
		filter_history_write(&app->user.history, app_keeps_files(app));
	return true;
}

static void toggle(struct app *app)
{
	struct packet_filter none = { 0 };
	char key[KEYS_ROOM];

	if (!app->filter_text) {
		app_message(app, MESSAGE_NOTE, "No filter is set: %s sets one.",
			    key_of(&app->user.keys, ACTION_FILTER, key));
		return;
	}
	app->filter_off = !app->filter_off;
	if (app->filter_off)
		show_through(app, &none);
	else
		app_refilter(app);
	app_message(app, MESSAGE_NOTE,
		    app->filter_off ? "The filter is off: \\ puts it on again."
				    : "The filter is on.");
}

/* The filters before, or after that again, the one that is set. */
static void walk_history(struct app *app, int by)
{
	struct filter_history *history = &app->user.history;
	int at = (int)history->at + by;

	if (by < 0 && !app->filter_text && history->at == history->count)
		at = (int)history->count - 1;
	if (at < 0 || at > (int)history->count) {
		app_message(app, MESSAGE_NOTE,
			    by < 0 ? "There is no filter before." : "There is no filter after.");
		return;
	}
	const char *text = (unsigned)at < history->count ? history->texts[at] : "";

	if (!set_filter(app, text))
		app_message(app, MESSAGE_WARNING, "%s: %s", text, app->bar.error.message);
	history->at = (unsigned)at;
}

/* --- filter by this --- */

static void combine(struct app *app, const char *part, const char *operator, bool negated)
{
	const char *set = app->filter_text && !app->filter_off && *operator? app->filter_text : "";
	char text[LINE_ROOM];
	bool both = *set;
	int length = snprintf(text, sizeof text, "%s%s%s%s%s%s%s%s", both ? "(" : "", set,
			      both ? ") " : "", both ? operator: "", both ? " " : "",
			      negated ? "!(" : "", part, negated ? ")" : "");

	if (length >= (int)sizeof text)
		app_message(app, MESSAGE_WARNING, "The filter would be too long.");
	else if (!app_set_filter(app, text))
		app_message(app, MESSAGE_WARNING, "%s: %s", text, app->bar.error.message);
}

static bool part_of(struct app *app, enum action action, char part[FIELD_FILTER_ROOM])
{
	struct dissection *d = app->packet.d;
	const struct node *n = focus_node(&app->packet);

	part[0] = '\0';
	if (!d)
		return false;
	if (action == ACTION_FILTER_CONVERSATION)
		conversation_filter(d, part);
	else if (action == ACTION_FILTER_SOURCE || action == ACTION_FILTER_DESTINATION)
		endpoint_filter(d, action == ACTION_FILTER_SOURCE, part);
	else if (n && n->field != registry_first_field(registry_root()))
		field_filter(d, n, part); /* all packets are frames */
	return *part;
}

static const struct {
	enum action action;
	const char *operator;
	bool negated;
} combinations[] = {
	{ ACTION_FILTER_FIELD, "", false },	   { ACTION_FILTER_NOT, "", true },
	{ ACTION_FILTER_AND, "&&", false },	   { ACTION_FILTER_OR, "||", false },
	{ ACTION_FILTER_AND_NOT, "&&", true },	   { ACTION_FILTER_OR_NOT, "||", true },
	{ ACTION_FILTER_CONVERSATION, "", false }, { ACTION_FILTER_SOURCE, "", false },
	{ ACTION_FILTER_DESTINATION, "", false },
};

static bool filter_by_this(struct app *app, enum action action)
{
	char part[FIELD_FILTER_ROOM];

	for (unsigned i = 0; i < sizeof combinations / sizeof combinations[0]; i++) {
		if (combinations[i].action != action)
			continue;
		if (part_of(app, action, part))
			combine(app, part, combinations[i].operator, combinations[i].negated);
		else
			app_message(app, MESSAGE_NOTE,
				    "Select a field in the details first: Tab goes there.");
		return true;
	}
	return false;
}

bool app_act_on_filter(struct app *app, enum action action)
{
	char part[FIELD_FILTER_ROOM];

	switch (action) {
	case ACTION_FILTER:
		app_open_filter_bar(app, app->filter_text ? app->filter_text : "");
		return true;
	case ACTION_TOGGLE_FILTER:
		toggle(app);
		return true;
	case ACTION_CLEAR_FILTER:
		app_set_filter(app, "");
		return true;
	case ACTION_OLDER_FILTER:
		walk_history(app, -1);
		return true;
	case ACTION_NEWER_FILTER:
		walk_history(app, 1);
		return true;
	case ACTION_FIELD_COLUMN:
		app_toggle_column(app);
		return true;
	case ACTION_COLOUR_FIELD:
		app_add_colour_rule(app);
		return true;
	case ACTION_FILTER_PREPARE:
		if (part_of(app, action, part))
			app_open_filter_bar(app, part);
		return true;
	default:
		return filter_by_this(app, action);
	}
}

/* --- the bar --- */

void app_open_filter_bar(struct app *app, const char *text)
{
	struct filter_bar *bar = &app->bar;

	bar->open = true;
	bar->searching = false;
	bar->recalled = 0;
	free(bar->before);
	bar->before = app->filter_text ? must_copy(app->filter_text) : NULL;
	bar->before_off = app->filter_off;
	line_set(&bar->line, text);
	app_check_filter_line(app);
	bar->completion.closed = true;
	app->dirty = true;
}

void app_close_filter_bar(struct app *app)
{
	app->bar.open = false;
	packet_filter_end(&app->bar.preview);
	app->bar.preview_at = INT64_MAX;
	app->dirty = true;
}

static bool is_set(const struct app *app, const char *text)
{
	return !strcmp(app->filter_text ? app->filter_text : "", text ? text : "");
}

void app_cancel_filter_bar(struct app *app)
{
	const char *before = app->bar.before ? app->bar.before : "";

	app_close_filter_bar(app);
	if (is_set(app, before))
		return;
	set_filter(app, before);
	if (app->bar.before_off)
		toggle(app);
}

void app_check_filter_line(struct app *app)
{
	struct filter_bar *bar = &app->bar;
	bool counted = app->filter.text && !strcmp(app->filter.text, bar->line.text);

	free(bar->error.text);
	bar->error = (struct filter_error){ 0 };
	struct filter *filter = filter_compile(bar->line.text, app->user.macros, &bar->error);

	bar->valid = filter != NULL;
	filter_free(filter);
	packet_filter_end(&bar->preview);
	bool wanted = bar->line.length ? !counted : app->user.filter_live && app->filter_text;

	bar->preview_at = bar->valid && wanted ? app->now + PREVIEW_AFTER : INT64_MAX;
	completion_find(&bar->completion, bar->line.text, bar->line.cursor, app->session,
			&app->user.saved_filters);
}

int64_t app_preview_time(const struct app *app)
{
	return app->bar.open ? app->bar.preview_at : INT64_MAX;
}

void app_preview(struct app *app)
{
	struct filter_bar *bar = &app->bar;
	struct filter_error error = { 0 };

	if (app->now < app_preview_time(app))
		return;
	bar->preview_at = INT64_MAX;
	if (app->user.filter_live) {
		set_filter(app, bar->line.text);
		return;
	}
	packet_filter_start(&bar->preview, app->session, bar->line.text, app->packet.d,
			    app->user.macros, &error);
	free(error.text);
	app_filter_news(app);
}

/* --- what is pasted where nobody types --- */

void app_ask_pasted(struct app *app, const char *text)
{
	char *to = app->pasted;

	if (app->help_open || app->sheet.kind || app->stream.open || app->statistics.open ||
	    app->expert_open)
		return;
	/* A line is one line. */
	for (; *text && to < app->pasted + sizeof app->pasted - 1; text++)
		*to++ = *text == '\n' || *text == '\r' || *text == '\t' ? ' ' : *text;
	*to = '\0';
	if (!app->pasted[strspn(app->pasted, " ")])
		return;
	app->dialog = DIALOG_PASTE;
	snprintf(app->dialog_text, sizeof app->dialog_text,
		 "You pasted \"%.400s\". Is that a %s filter?", app->pasted,
		 app->session ? "display" : "capture");
}

void app_take_pasted(struct app *app)
{
	if (app->session) {
		app_open_filter_bar(app, app->pasted);
		return;
	}
	line_set(&app->capture_filter, app->pasted);
	app->filter_focused = true;
	app_check_filter(app);
}

/* --- how often fields occur --- */

static bool offers_fields(const struct filter_bar *bar)
{
	return bar->open && bar->completion.count && !bar->completion.closed &&
	       !bar->completion.is_value;
}

int64_t app_field_count_time(const struct app *app)
{
	return app->session && offers_fields(&app->bar) &&
			       !field_counter_is_done(&app->bar.counter, app->packet_count)
		       ? 0
		       : INT64_MAX;
}

void app_count_fields(struct app *app)
{
	if (app_field_count_time(app) != 0)
		return;
	if (!field_counter_step(&app->bar.counter, app->session, app->packet_count))
		app->dirty = true;
}
