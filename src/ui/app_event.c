/* app_event.c - who gets the keys, and what time does. */
#include "ui/app.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_marks.h"
#include "ui/app_panes.h"
#include "ui/app_rows.h"
#include "ui/app_save.h"
#include "ui/app_statistics.h"
#include "ui/app_stream.h"

static const int64_t SECOND = INT64_C(1000000000);

/* How often the growing file is looked at: the helper tells only now and then. */
static const int64_t LOOK = INT64_C(50000000);

/* --- keys --- */

enum place app_place(const struct app *app)
{
	static const enum place places[PANES] = {
		[PANE_LIST] = IN_LIST,
		[PANE_DETAILS] = IN_DETAILS,
		[PANE_BYTES] = IN_BYTES,
	};

	if (app->sheet.kind)
		return IN_SHEET;
	if (app->stream.open)
		return IN_STREAM;
	if (app->statistics.open)
		return app->statistics.tab == TAB_GRAPH ? IN_GRAPH : IN_STATISTICS;
	if (app->expert_open)
		return IN_EXPERT;
	return app->session ? places[app->focus] : IN_START;
}

struct view *app_view_in_focus(struct app *app)
{
	if (app->dialog)
		return &app->views[VIEW_DIALOG];
	if (app->prompt)
		return &app->views[VIEW_PROMPT];
	if (app->bar.open)
		return &app->views[VIEW_FILTER];
	if (app->help_open)
		return &app->views[VIEW_HELP];
	if (app->sheet.kind)
		return &app->views[VIEW_SHEET];
	if (app->stream.open)
		return &app->views[VIEW_STREAM];
	if (app->statistics.open)
		return &app->views[app_statistics_view(app)];
	if (app->expert_open)
		return &app->views[VIEW_EXPERT];
	return &app->views[app->session ? (unsigned)app->focus : VIEW_START];
}

/* Does it show what is inside the selected packet? */
static bool is_packet_view(const struct app *app, const struct view *view)
{
	return view == &app->views[VIEW_DETAILS] || view == &app->views[VIEW_BYTES];
}

/* What the last keys asked for is stopped before anything is left. */
static bool is_waited_for(struct app *app)
{
	return !app->dialog && !app->prompt && !app->bar.open && !app->help_open &&
	       app_stop_work(app, WORK_SEARCHING);
}

void app_event(struct app *app, const struct event *event)
{
	struct view *view = app_view_in_focus(app);
	uint32_t count;

	app->dirty = true;
	if (event->key == KEY_ESCAPE && is_waited_for(app))
		return;
	if (view->class->type && view->class->type(view, app, event))
		return;
	if (event->key == KEY_MOUSE) {
		app_click(app, &event->mouse);
		return;
	}
	if (event->key == KEY_PASTE) {
		app_ask_pasted(app, event->text);
		return;
	}
	if (app_take_name(app, event->key))
		return;
	enum place place = app->help_open ? IN_HELP : app_place(app);
	bool waiting = app->user.keys.typed_count || app->user.keys.count;
	enum action action = key_map_type(&app->user.keys, place, event->key, &count);

	if (!waiting)
		app->message[0] = 0;
	if (action == ACTION_NONE)
		return;
	uint32_t selected = app->selected;
	bool by_view = view->class->act && view->class->act(view, app, action, count);

	if (!by_view)
		app_act(app, action, count);
	/* Who looks at a packet wants it to stay. */
	if (app->selected < selected || (by_view && is_packet_view(app, view)))
		app->following = false;
}

/* --- time --- */

static void measure_rate(struct app *app)
{
	int64_t span = app->now - app->live_rate_at;

	if (span < SECOND)
		return;
	uint64_t packets = app_packets_read(app);

	app->live_rate =
		(uint64_t)((double)(packets - app->live_rate_packets) * 1e9 / (double)span);
	app->live_rate_packets = packets;
	app->live_rate_at = app->now;
	app->dirty = true;
}

/* A file that was read to its end, and is not the live capture's. */
static bool may_be_written_to(const struct app *app)
{
	return app->session && !app->live && !app->reading_stopped &&
	       app->scan_state == SCAN_DONE && app_can_grow(app);
}

void app_tick(struct app *app)
{
	if (app->saving)
		app_save_more(app);
	app_find_more(app);
	app_count_more(app);
	app_objects_more(app);
	app_names_more(app);
	app_preview(app);
	app_count_fields(app);
	app_order_more(app);
	app_ignored_more(app);
	app_digest_more(app);
	app_decode_recalled(app);
	if (app->find.kind == FIND_WORDS)
		app_find_packet_more(app);
	app_stream_more(app);
	if (app_is_live(app)) {
		measure_rate(app);
		if (app->now - app->live_looked_at >= LOOK) {
			app->live_looked_at = app->now;
			scanner_kick(app->scanner);
		}
	}
	if (may_be_written_to(app) && app->now - app->size_looked_at >= SECOND)
		app_look_for_growth(app);
	if (!app->session && app->now - app->interfaces.read_at >= SECOND) {
		interface_list_count(&app->interfaces, app->now);
		app->dirty = true;
	}
}

int64_t app_wake_time(const struct app *app)
{
	int64_t wake = app_findings_time(app), other = INT64_MAX;

	if (app->saving || app->decode.recalled_count || !app_stream_time(app) ||
	    !app_statistics_time(app) || !app_objects_time(app) || !app_names_time(app) ||
	    !app_field_count_time(app) || (app_is_finding(app) && app->find.kind == FIND_WORDS))
		return 0;
	if (app_is_live(app))
		other = app->live_looked_at + LOOK;
	else if (!app->session)
		other = app->interfaces.read_at + SECOND;
	else if (may_be_written_to(app))
		other = app->size_looked_at + SECOND;
	if (app_order_time(app) < other)
		other = app_order_time(app);
	if (app_ignored_time(app) < other)
		other = app_ignored_time(app);
	if (app_digest_time(app) < other)
		other = app_digest_time(app);
	if (app_preview_time(app) < other)
		other = app_preview_time(app);
	return other < wake ? other : wake;
}

void app_check_filter(struct app *app)
{
	app->filter_error.text[0] = 0;
	if (app->capture_filter.length &&
	    !live_filter_check(app->capture_filter.text, 1, &app->filter_error) &&
	    !app->filter_error.text[0])
		error_set(&app->filter_error, "not valid");
	if (app->filter_error.text[0])
		app_message(app, MESSAGE_WARNING, "%s", app->filter_error.text);
	else
		app->message[0] = 0;
}
