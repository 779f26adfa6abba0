/* app.c - opens captures, takes in news of them, and says what a row shows. */
#include "ui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "dissect/registry.h"
#include "state/conversation.h"
#include "state/learned.h"
#include "ui/app_capture.h"
#include "ui/app_columns.h"
#include "ui/app_filter.h"
#include "ui/app_marks.h"
#include "ui/app_memory.h"
#include "ui/app_panes.h"
#include "ui/app_rows.h"
#include "ui/app_statistics.h"
#include "ui/app_stream.h"
#include "ui/tabs.h"
#include "ui/user_filters.h"

enum { NEWS_MS = 33, FILE_CHOICES = 200 };

static const int64_t MESSAGE_STAYS = INT64_C(5000000000);

int64_t app_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

void app_init(struct app *app, const struct ui_options *options)
{
	static const struct view_class *const classes[VIEWS] = {
		[VIEW_LIST] = &packet_list_view,
		[VIEW_DETAILS] = &packet_tree_view,
		[VIEW_BYTES] = &packet_bytes_view,
		[VIEW_EXPLAIN] = &explain_view,
		[VIEW_TITLE] = &title_bar_view,
		[VIEW_STATUS] = &status_bar_view,
		[VIEW_KEYS] = &key_bar_view,
		[VIEW_START] = &start_view,
		[VIEW_FILTER] = &filter_bar_view,
		[VIEW_HELP] = &help_view,
		[VIEW_PROMPT] = &prompt_view,
		[VIEW_PALETTE] = &palette_view,
		[VIEW_FILES] = &file_chooser_view,
		[VIEW_SHEET] = &sheet_view,
		[VIEW_DIALOG] = &dialog_view,
		[VIEW_EXPERT] = &expert_view,
		[VIEW_STATISTICS] = &statistics_view,
		[VIEW_IO_GRAPH] = &io_graph_view,
		[VIEW_STREAM] = &stream_view,
		[VIEW_STREAM_DETAILS] = &packet_tree_view,
		[VIEW_STREAM_BYTES] = &packet_bytes_view,
	};

	*app = (struct app){ .options = options,
			     .user.time_format = options->time_format,
			     .user.colours = true,
			     .user.mouse = !options->no_mouse,
			     .user.plain = options->plain,
			     .dirty = true,
			     .place = IN_START,
			     .now = app_clock() };
	for (enum view_id v = 0; v < VIEWS; v++)
		app->views[v].class = classes[v];
	key_map_init(&app->user.keys, KEY_SET_DEFAULT);
	focus_init(&app->packet);
	columns_default(&app->user.columns);
	if (options->columns && options->columns->count)
		columns_take(&app->user.columns, options->columns);
	colour_rules_default(&app->user.rules);
	app->rules_changed = true;
	app->user.names = (struct name_choice){ names_chosen(), options->names_from_dns };
	settings_begin(app);
}

void app_free(struct app *app)
{
	app_write_panes(app);
	app_close(app);
	capture_file_close(app->reopened);
	free(app->filter_text);
	free(app->bar.error.text);
	free(app->bar.before);
	filter_history_free(&app->user.history);
	saved_filters_free(&app->user.saved_filters);
	filter_macros_free(app->user.macros);
	colour_rules_free(&app->user.rules);
	free(app->user.copied);
	free(app->row_fields);
	io_graph_free(&app->statistics.graph);
	focus_free(&app->packet);
	key_map_free(&app->user.keys);
	interface_list_free(&app->interfaces);
	recent_files_free(&app->recent);
	file_chooser_free(&app->chooser);
	free(app->files);
	app_forget_messages(app);
}

void app_message(struct app *app, enum message_kind kind, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(app->message, sizeof app->message, format, args);
	va_end(args);
	app->message_kind = kind;
	app->message_until = app->now + MESSAGE_STAYS;
	app->dirty = true;
	app_keep_message(app);
}

/* Files of the folder that are listed already. */
static void leave_out_recent(struct app *app)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < app->file_count; i++) {
		char *path = realpath(app->files[i].name, NULL);
		bool listed = false;

		for (unsigned r = 0; path && r < app->recent.count; r++)
			listed |= !strcmp(app->recent.files[r].path, path);
		free(path);
		if (!listed)
			app->files[kept++] = app->files[i];
	}
	app->file_count = kept;
}

void app_start_screen(struct app *app)
{
	interface_list_refresh(&app->interfaces);
	app->capture_permitted = live_capture_is_permitted();
	if (app->options->remembers)
		recent_files_read(&app->recent);
	free(app->files);
	app->files = capture_choices(".", FILE_CHOICES, &app->file_count);
	leave_out_recent(app);
	app->start_row = 0;
	app->dirty = true;
}

/* All that reads its packets. */
static void end_session(struct app *app)
{
	app_close_sheet(app);
	save_job_free(app->saving);
	app->saving = NULL;
	app_forget_order(app);
	scanner_stop(app->scanner);
	app->scanner = NULL;
	focus_on(&app->packet, NULL);
	app_stream_close(app);
	app_filter_end(app);
	app_find_end(app);
	app_forget_digest(app);
	app_statistics_end(app);
	app_names_stop(app);
	app->statistics.open = false;
	io_graph_forget(&app->statistics.graph);
	if (app->session) {
		view_port_free(&app->list_port);
		view_port_free(&app->packet_port);
		session_free(app->session);
	}
	app->session = NULL;
	app->selected = app->packet_count = 0;
	app->times = (struct time_range){ 0 };
	app->frozen = false;
	expert_tree_end(&app->experts);
	app->expert_open = false;
	app->quality[0] = '\0';
	app->lost = 0;
	app->link_count = 0;
	app->measured_from = app->measured_to = 0;
	scroll_map_forget(&app->scroll_map);
}

void app_close(struct app *app)
{
	app_remember(app);
	app->recalled = app->forgotten = false;
	app->offered_filter[0] = '\0';
	end_session(app);
	app_names_forget(app);
	app_forget_marks(app);
	app->naming = ACTION_NONE;
	app_live_end(app);
	app->place_count = app->place_at = 0;
	app->following = app->follows_to_end = false;
	columns_sort(&app->user.columns, 0, UNSORTED);
	columns_reset(&app->user.columns);
}

bool app_look_at(struct app *app, struct capture_file *file, struct error *error)
{
	struct session *session = session_new(file);
	struct scanner *scanner;

	if (!app->comments)
		app->comments = comments_new();
	session_use_comments(session, app->comments);
	session_ignore(session, app->ignored.numbers, app->ignored.count);
	app->ignored_at = 0;
	if (app->options->key_log && !session_read_keys(session, app->options->key_log, error)) {
		session_free(session);
		return false;
	}
	if (app->options->skips_damage)
		session_skip(session, UINT32_MAX);
	session_follow(session, app->live != NULL);
	session_limit(session, app->options->packet_limit);
	scanner = scanner_start(session, NEWS_MS);
	if (!scanner) {
		session_free(session);
		return error_set(error, "cannot start a thread to read the capture");
	}
	app->session = session;
	app->scanner = scanner;
	app->scan_state = SCAN_MORE;
	app->size_looked_at = app->now;
	app->grown = app->reading_stopped = false;
	view_port_init(&app->list_port, session);
	app_rows_changed(app);
	view_port_init(&app->packet_port, session);
	if (app->filter_text && !app->filter_off)
		app_refilter(app);
	app->dirty = true;
	return true;
}

bool app_open_files(struct app *app, char *const *paths, unsigned count, struct error *error)
{
	const struct ui_options *options = app->options;
	struct capture_file *file =
		count > 1 ? capture_file_open_merged(paths, count, error)
		: options->takes_raw
			? capture_file_open_raw(paths[0], options->raw_link_type, error)
			: capture_file_open(paths[0], error);

	if (!file)
		return false;
	app_close(app);
	return app_look_at(app, file, error);
}

bool app_open(struct app *app, const char *path, struct error *error)
{
	char *copy = must_copy(path);
	bool fine = app_open_files(app, &copy, 1, error);

	free(copy);
	return fine;
}

bool app_can_read_again(struct app *app, struct error *error)
{
	const struct capture_file *file = session_file(app->session);

	if (capture_file_is_input(file))
		return error_set(error, "what came from standard input cannot be read again: save "
					"it, and open the file");
	capture_file_close(app->reopened);
	app->reopened = capture_file_reopen(file, error);
	return app->reopened;
}

void app_suspend_reading(struct app *app)
{
	uint32_t selected = app->selected;

	if (!app->session)
		return;
	end_session(app);
	app->filter_anchor = app->following ? 0 : selected;
}

bool app_resume_reading(struct app *app, struct error *error)
{
	struct capture_file *file = app->reopened;

	app->reopened = NULL;
	return !file || app_look_at(app, file, error);
}

bool app_rescan(struct app *app, void (*change)(void *owner), void *owner, struct error *error)
{
	bool done;

	if (!app_can_read_again(app, error) || !tabs_stop_reading(app->tabs, app, error))
		return false;
	app_suspend_reading(app);
	change(owner);
	done = app_resume_reading(app, error);
	tabs_read_again(app->tabs, app);
	return done;
}

/* --- news --- */

static void show_all_read(struct app *app)
{
	app->packet_count = session_packet_count(app->session);
	time_range_extend(&app->times, app->session, app->packet_count);
}

/* Links to later packets may have become known. */
static void look_again(struct app *app)
{
	if (app->selected)
		app_show_packet(app, app->selected);
}

/* Also what is missing though the file is whole. */
static void tell_of_problem(struct app *app)
{
	struct capture_quality quality = session_quality(app->session);

	quality_text(&quality, app->quality);
	app->lost = quality.lost;
	const struct capture_file *file = session_file(app->session);
	if (app_problem(app)[0])
		app_message(app, MESSAGE_WARNING, "%s%s", app_problem(app),
			    capture_file_may_skip(file)
				    ? "   :skip searches for the next plausible packet."
				    : "");
	else if (capture_file_passed_over(file)[0])
		app_message(app, MESSAGE_WARNING, "Passed over, as it cannot be read: %s.",
			    capture_file_passed_over(file));
	else if (quality.lost && !app->live)
		app_message(app, MESSAGE_WARNING,
			    "%s: what follows from gaps may not have happened.", app->quality);
}

void app_news(struct app *app)
{
	enum scan_state before = app->scan_state;
	uint32_t rows = app_row_count(app);

	if (!app->session)
		return;
	if (app->live) {
		app_live_news(app);
		scanner_kick(app->scanner);
	}
	app->scan_state = scanner_poll(app->scanner);
	if (!app->frozen)
		show_all_read(app);
	app_recall(app);
	app_stream_news(app);
	app_filter_news(app);
	if (app->following && rows != app_row_count(app))
		app_select_row(app, UINT32_MAX);
	else if (app->scan_state != before || !app->live)
		look_again(app);
	else if (app->selected && !app->acknowledged_by)
		app_find_acknowledgment(app);
	if (app->scan_state == SCAN_DONE && app->follows_to_end)
		app->following = app->follows_to_end = false;
	if (app->scan_state == SCAN_DONE && before != SCAN_DONE && !app->grown)
		tell_of_problem(app);
	app->dirty = true;
}

uint32_t app_packets_read(const struct app *app)
{
	uint32_t read = app->session ? session_packet_count(app->session) : 0;

	return app->frozen ? read : app->packet_count;
}

static void change_nothing(void *owner)
{
	(void)owner;
}

void app_skip(struct app *app, const char *rest)
{
	const struct capture_file *file = session_file(app->session);
	uint32_t times = !strcmp(rest, "all") ? UINT32_MAX : 1;
	unsigned files;

	if (app->scan_state != SCAN_DONE || !capture_file_may_skip(file)) {
		app_message(app, MESSAGE_NOTE, "There is no damage to pass over.");
		return;
	}
	capture_file_paths(file, &files);
	if (files > 1) {
		/* Each of them was read to its end or its damage. */
		struct error error = { "" };

		session_skip(app->session, UINT32_MAX);
		if (!app_rescan(app, change_nothing, NULL, &error))
			app_message(app, MESSAGE_WARNING, "%s", error.text);
		return;
	}
	scanner_stop(app->scanner);
	session_skip(app->session, times);
	app->scanner = scanner_start(app->session, NEWS_MS);
	app->scan_state = app->scanner ? SCAN_MORE : SCAN_DONE;
	app_message(app, MESSAGE_NOTE, "Searching for the next plausible packet…");
}

void app_freeze(struct app *app)
{
	if (app->frozen) {
		app_thaw(app);
		return;
	}
	if (!app_can_grow(app)) {
		app_message(app, MESSAGE_NOTE,
			    "No more packets will come: there is nothing to freeze.");
		return;
	}
	app->frozen = true;
	app->frozen_size = capture_file_size(session_file(app->session));
	app->dirty = true;
}

void app_thaw(struct app *app)
{
	if (!app->frozen)
		return;
	app->frozen = false;
	app_news(app);
}

void app_look_for_growth(struct app *app)
{
	app->size_looked_at = app->now;
	if (!session_has_grown(app->session))
		return;
	scanner_stop(app->scanner);
	app->scanner = scanner_start(app->session, NEWS_MS);
	app->scan_state = app->scanner ? SCAN_MORE : SCAN_DONE;
	app->grown = true;
}

void app_stop_reading(struct app *app)
{
	scanner_stop(app->scanner);
	app->scanner = NULL;
	app->frozen = false;
	show_all_read(app);
	app->scan_state = SCAN_DONE;
	app->reading_stopped = true;
	app_filter_news(app);
}

bool app_read_on(struct app *app)
{
	if (!app->reading_stopped)
		return false;
	app->reading_stopped = false;
	app->scanner = scanner_start(app->session, NEWS_MS);
	app->scan_state = app->scanner ? SCAN_MORE : SCAN_DONE;
	return true;
}

int app_progress(const struct app *app)
{
	const struct capture_file *file = session_file(app->session);
	uint64_t size = capture_file_size(file);
	uint64_t position = capture_file_position(file);

	if (!size || position > size || capture_file_news(file) >= 0)
		return -1;
	return (int)((double)position * 100 / (double)size);
}

const char *app_name(const struct app *app)
{
	if (!app->session)
		return "";
	const char *path = capture_file_path(session_file(app->session));
	const char *slash = strrchr(path, '/');

	if (app->live)
		return app->live_name;
	return slash && slash[1] ? slash + 1 : path;
}

const char *app_problem(const struct app *app)
{
	return app->session && app->scan_state == SCAN_DONE && !app->reading_stopped
		       ? session_problem(app->session)
		       : "";
}

bool app_is_live(const struct app *app)
{
	return app->live && !app->live_until;
}

bool app_can_grow(const struct app *app)
{
	if (!app->session || app->live)
		return app_is_live(app);
	return app->scan_state != SCAN_DONE || capture_file_news(session_file(app->session)) < 0;
}

bool app_has_unsaved(const struct app *app)
{
	return app->live && app_packets_read(app) > app->live_saved;
}
