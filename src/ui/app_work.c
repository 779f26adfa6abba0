/* app_work.c - one table of what may take long: how far it is, how it stops, how it goes on. */
#include "ui/work.h"

#include <stdio.h>

#include "stream_faces.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_marks.h"
#include "ui/app_rows.h"
#include "ui/app_statistics.h"
#include "ui/app_stream.h"
#include "ui/quantity.h"

enum { PERCENT = 100, BAR_COLUMNS = 10, BAR_FROM = 100, FILTERED_AT_ONCE = 20000 };

static const int64_t WONDER = INT64_C(300000000);
static const int64_t NANOSECONDS = INT64_C(1000000000);

/* --- saving --- */

static bool is_saving(const struct app *app, struct work_progress *p)
{
	if (!app->saving)
		return false;
	*p = (struct work_progress){ .doing = "Saving",
				     .things = "packets",
				     .done = save_job_done(app->saving),
				     .total = save_job_total(app->saving) };
	return true;
}

static void stop_saving(struct app *app)
{
	app_message(app, MESSAGE_WARNING, "Saving was stopped: \"%s\" was not written.",
		    save_job_path(app->saving));
	save_job_free(app->saving);
	app->saving = NULL;
	app->quit_when_saved = false;
}

static bool is_exporting(const struct app *app, struct work_progress *p)
{
	const struct object_screen *objects = &app->objects;

	if (!objects->list || objects->to_save >= objects->end)
		return false;
	*p = (struct work_progress){ .doing = "Saving",
				     .things = "objects",
				     .done = objects->to_save - objects->from,
				     .total = objects->end - objects->from };
	return true;
}

static void stop_exporting(struct app *app)
{
	app_stop_exporting(app);
}

static bool is_saving_stream(const struct app *app, struct work_progress *p)
{
	return text_save_progress(&app->stream, p);
}

static void stop_saving_stream(struct app *app)
{
	text_save_cancel(app);
}

/* --- finding --- */

static bool is_finding(const struct app *app, struct work_progress *p)
{
	const struct packet_find *find = &app->find;

	if (!app_is_finding(app))
		return false;
	*p = (struct work_progress){ .doing = "Looking for it",
				     .things = "packets",
				     .done = find->looked,
				     .total = app_row_count(app) };
	if (!find->filter.run)
		return true;
	p->done = find->filter.progress.tested;
	p->total = app->packet_count;
	p->found_word = "found";
	p->found = find->filter.progress.passed;
	return true;
}

static void stop_finding(struct app *app)
{
	char looked[QUANTITY_ROOM], keys[KEYS_ROOM];
	struct work_progress p = { 0 };

	is_finding(app, &p);
	app->find.looking = false;
	app_message(app, MESSAGE_NOTE,
		    "Looking for \"%s\" was stopped after %s packets: %s looks on.", app->find.text,
		    count_text(p.done, looked), key_of(&app->user.keys, ACTION_NEXT_MATCH, keys));
}

static bool is_searching(const struct app *app, struct work_progress *p)
{
	const struct stream_screen *stream = &app->stream;

	if (!stream->searching)
		return false;
	*p = (struct work_progress){ .doing = "Searching",
				     .things = "turns",
				     .done = stream->search.at.turn,
				     .total = follow_turn_count(stream->follow) };
	if (stream->search.flags & SEARCH_BACKWARDS)
		p->done = p->total - p->done;
	return true;
}

static void stop_searching(struct app *app)
{
	char keys[KEYS_ROOM];

	app->stream.searching = false;
	app_message(app, MESSAGE_NOTE, "Searching for \"%s\" was stopped: %s goes on.",
		    app->stream.needle, key_of(&app->user.keys, ACTION_NEXT_EVENT, keys));
}

static bool is_filtering(const struct app *app, struct work_progress *p)
{
	if (!app_is_filtering(app))
		return false;
	*p = (struct work_progress){ .doing = "Filtering",
				     .things = "packets",
				     .done = app->filter.progress.tested,
				     .total = app->packet_count,
				     .found_word = "found",
				     .found = app->filter.progress.passed };
	return true;
}

static void stop_filtering(struct app *app)
{
	char tested[QUANTITY_ROOM], all[QUANTITY_ROOM], keys[KEYS_ROOM];

	packet_filter_stop(&app->filter);
	app_filter_news(app);
	app_message(
		app, MESSAGE_WARNING, "The filter was stopped at #%s of %s: %s goes on with it.",
		count_text(app->filter.progress.tested, tested), count_text(app->packet_count, all),
		key_of(&app->user.keys, ACTION_GO_ON, keys));
}

static bool go_on_filtering(struct app *app)
{
	if (!app->filter.stopped)
		return false;
	packet_filter_go_on(&app->filter);
	app->dirty = true;
	app_filter_news(app);
	return true;
}

static bool is_sorting(const struct app *app, struct work_progress *p)
{
	if (!app->order.run)
		return false;
	*p = (struct work_progress){ .doing = "Sorting",
				     .things = "packets",
				     .done = app->order.done,
				     .total = app->order.run_count };
	return true;
}

static void stop_sorting(struct app *app)
{
	app_stop_sorting(app);
	app_message(app, MESSAGE_NOTE,
		    app_is_sorted(app) ? "Sorting was stopped: what came last is below."
				       : "Sorting was stopped: the packets are in the order "
					 "of capture.");
}

static bool is_naming(const struct app *app, struct work_progress *p)
{
	if (!app->names.tally)
		return false;
	*p = (struct work_progress){ .doing = "Looking for names",
				     .things = "packets",
				     .done = tally_done(app->names.tally),
				     .total = app->packet_count,
				     .found_word = "found",
				     .found = answered_hosts_count(app->names.hosts) };
	return true;
}

static void stop_naming(struct app *app)
{
	app_names_stop(app);
	app->names.taken = true;
	app_message(app, MESSAGE_NOTE, "Looking for names was stopped: they stay as they were.");
}

/* --- behind views --- */

static bool is_listing_objects(const struct app *app, struct work_progress *p)
{
	if (app->objects.stopped || app_objects_time(app) == INT64_MAX)
		return false;
	*p = (struct work_progress){ .doing = "Looking for objects",
				     .things = "packets",
				     .done = object_list_seen(app->objects.list),
				     .total = app->packet_count };
	return true;
}

static void stop_listing_objects(struct app *app)
{
	app->objects.stopped = true;
}

static bool go_on_listing_objects(struct app *app)
{
	bool stopped = app->objects.stopped;

	app->objects.stopped = false;
	return stopped;
}

static bool is_reading_stream(const struct app *app, struct work_progress *p)
{
	const struct stream_screen *stream = &app->stream;

	if (app_stream_time(app) == INT64_MAX)
		return false;
	*p = (struct work_progress){ .doing = "Reading the stream",
				     .things = "packets",
				     .done = stream->ladder->taken,
				     .total = stream->ladder->list.count };
	return true;
}

static void stop_reading_stream(struct app *app)
{
	app->stream.stopped = true;
}

static bool go_on_reading_stream(struct app *app)
{
	bool stopped = app->stream.stopped;

	app->stream.stopped = false;
	return stopped;
}

static bool is_counting(const struct app *app, struct work_progress *p)
{
	const struct statistics_screen *s = &app->statistics;

	if (app_statistics_time(app) == INT64_MAX)
		return false;
	*p = (struct work_progress){ .doing = "Counting",
				     .things = "packets",
				     .done = tally_done(s->tally),
				     .total = app->packet_count };
	return true;
}

/* With rows for all that was counted. */
static void stop_counting(struct app *app)
{
	struct statistics_screen *s = &app->statistics;

	s->stopped = true;
	s->made_at = tally_done(s->tally);
	statistics_sort(s);
}

static bool go_on_counting(struct app *app)
{
	bool stopped = app->statistics.stopped;

	app->statistics.stopped = false;
	return stopped;
}

static bool is_judging(const struct app *app, struct work_progress *p)
{
	if (!app->expert_open || app_findings_time(app) != 0)
		return false;
	*p = (struct work_progress){ .doing = "Judging",
				     .things = "packets",
				     .done = expert_pass_done(app->experts.pass),
				     .total = app->packet_count };
	return true;
}

static void stop_judging(struct app *app)
{
	app->expert_stopped = true;
}

static bool go_on_judging(struct app *app)
{
	bool stopped = app->expert_stopped;

	app->expert_stopped = false;
	return stopped;
}

static bool is_reading(const struct app *app, struct work_progress *p)
{
	if (!app->session || app->live || app->scan_state == SCAN_DONE)
		return false;
	*p = (struct work_progress){ .doing = "Reading",
				     .things = "bytes",
				     .done = capture_file_position(session_file(app->session)) };
	if (capture_file_news(session_file(app->session)) < 0)
		p->total = capture_file_size(session_file(app->session));
	return true;
}

static void stop_reading(struct app *app)
{
	char count[QUANTITY_ROOM], keys[KEYS_ROOM];

	app_stop_reading(app);
	app_message(app, MESSAGE_WARNING, "Reading was stopped after %s packets: %s reads on.",
		    count_text(app->packet_count, count),
		    key_of(&app->user.keys, ACTION_GO_ON, keys));
}

static bool go_on_reading(struct app *app)
{
	return app_read_on(app);
}

static bool is_hashing(const struct app *app, struct work_progress *p)
{
	if (!app->digest || app->digest_done)
		return false;
	*p = (struct work_progress){ .doing = "Hashing", .things = "bytes" };
	file_digest_progress(app->digest, &p->done, &p->total);
	return true;
}

static void stop_hashing(struct app *app)
{
	app_forget_digest(app);
	app_message(app, MESSAGE_NOTE, "Hashing was stopped.");
}

/* --- the table --- */

static const struct work_class {
	bool (*progress)(const struct app *app,
			 struct work_progress *p); /* false: does not go on */
	void (*stop)(struct app *app);
	bool (*go_on)(struct app *app); /* false: was not stopped; NULL: cannot be gone on with */
} classes[WORKS] = {
	[WORK_SAVING] = { is_saving, stop_saving },
	[WORK_EXPORTING] = { is_exporting, stop_exporting },
	[WORK_SAVING_STREAM] = { is_saving_stream, stop_saving_stream },
	[WORK_FINDING] = { is_finding, stop_finding },
	[WORK_SEARCHING] = { is_searching, stop_searching },
	[WORK_FILTERING] = { is_filtering, stop_filtering, go_on_filtering },
	[WORK_SORTING] = { is_sorting, stop_sorting },
	[WORK_HASHING] = { is_hashing, stop_hashing },
	[WORK_NAMING] = { is_naming, stop_naming },
	[WORK_LISTING_OBJECTS] = { is_listing_objects, stop_listing_objects,
				   go_on_listing_objects },
	[WORK_READING_STREAM] = { is_reading_stream, stop_reading_stream, go_on_reading_stream },
	[WORK_COUNTING] = { is_counting, stop_counting, go_on_counting },
	[WORK_JUDGING] = { is_judging, stop_judging, go_on_judging },
	[WORK_READING] = { is_reading, stop_reading, go_on_reading },
};

enum work app_work(const struct app *app, enum work last, struct work_progress *progress)
{
	for (enum work w = WORK_NONE + 1; w <= last; w++)
		if (classes[w].progress(app, progress))
			return w;
	return WORK_NONE;
}

void app_note_work(struct app *app)
{
	struct work_progress p;
	enum work work = app_work(app, WORK_READING, &p);

	if (work != app->work)
		app->work_since = app->now;
	app->work = work;
}

bool app_stop_work(struct app *app, enum work last)
{
	struct work_progress p;
	enum work work = app_work(app, last, &p);

	if (!work)
		return false;
	classes[work].stop(app);
	app->dirty = true;
	return true;
}

bool app_stop_long_work(struct app *app)
{
	app_note_work(app);
	return app->work && app->now - app->work_since > WONDER && app_stop_work(app, WORK_READING);
}

void app_go_on(struct app *app)
{
	bool any = false;

	for (enum work w = WORK_NONE + 1; w < WORKS; w++)
		if (classes[w].go_on)
			any |= classes[w].go_on(app);
	app->dirty = true;
	if (!any)
		app_message(app, MESSAGE_NOTE, "Nothing was stopped.");
}

/* --- words --- */

/* "▕██████░░░░▏ " */
static const char *bar_text(uint64_t done, uint64_t total, char text[8 * BAR_COLUMNS])
{
	size_t used = (size_t)snprintf(text, 8, "▕");

	for (unsigned i = 0; i < BAR_COLUMNS; i++)
		used += (size_t)snprintf(text + used, 8, "%s",
					 i < done * BAR_COLUMNS / total ? "█" : "░");
	snprintf(text + used, 8, "▏ ");
	return text;
}

/* What is left takes as long as what was done did, for each of them. */
static void put_rest(const struct app *app, const struct work_progress *p, char *text, size_t room)
{
	int64_t span = app->now - app->work_since;
	char seconds[QUANTITY_ROOM];

	text[0] = '\0';
	if (p->total <= p->done || !p->done || span < NANOSECONDS)
		return;
	double left = (double)span / (double)p->done * (double)(p->total - p->done) / 1e9;

	snprintf(text, room, "%s s left  ",
		 count_text(left < 1e9 ? (uint64_t)left + 1 : 1000000000, seconds));
}

/* A filter goes on by itself over a few packets that come in. */
static bool is_worth_telling(const struct app *app, enum work work, const struct work_progress *p)
{
	return work && app->now - app->work_since > WONDER &&
	       (work != WORK_FILTERING || p->total - p->done > FILTERED_AT_ONCE);
}

bool app_work_text(const struct app *app, int columns, char *text, size_t room)
{
	char done[QUANTITY_ROOM], total[QUANTITY_ROOM], found[QUANTITY_ROOM], rest[60];
	char bar[8 * BAR_COLUMNS] = "", hits[60] = "";
	struct work_progress p;
	enum work work = app_work(app, WORK_NAMING, &p);

	if (!is_worth_telling(app, work, &p))
		return false;
	if (columns >= BAR_FROM && p.total)
		bar_text(p.done < p.total ? p.done : p.total, p.total, bar);
	if (p.found_word)
		snprintf(hits, sizeof hits, "%s %s  ", count_text(p.found, found), p.found_word);
	put_rest(app, &p, rest, sizeof rest);
	snprintf(text, room, "%s %s%u %%  %s of %s %s  %s%s^C stops", p.doing, bar,
		 p.total ? (unsigned)(p.done * PERCENT / p.total) : 0, count_text(p.done, done),
		 count_text(p.total, total), p.things, hits, rest);
	return true;
}
