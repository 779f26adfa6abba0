/* scroll_map.c - marks, hits and problems in a stretch of the list.
 *
 * A line of the scroll bar may stand for a million packets, so of problems a summary is kept. */
#include "ui/scroll_map.h"

#include <stdlib.h>

#include "base/arena.h"
#include "state/learned.h"
#include "ui/app.h"
#include "ui/app_rows.h"

enum {
	TOGETHER = 4096,	 /* packets that are summed up */
	FILTERED_MOST = 1 << 16, /* rows, above which problems of a filtered list are not shown */
	TRIES = 64,
};

void scroll_map_forget(struct scroll_map *map)
{
	free(map->worst);
	*map = (struct scroll_map){ 0 };
}

static enum expert_severity severity_of(const struct app *app, uint32_t packet)
{
	return index_severity(&session_learned(app->session)->index, packet);
}

static void catch_up(struct app *app)
{
	struct scroll_map *map = &app->scroll_map;
	uint32_t parts = app->packet_count / TOGETHER + 1;

	if (map->room < parts) {
		map->worst = must_resize(map->worst, 2 * parts, 1);
		for (uint32_t i = map->room; i < 2 * parts; i++)
			map->worst[i] = EXPERT_NONE;
		map->room = 2 * parts;
	}
	while (map->looked_at < app->packet_count) {
		uint8_t *worst = &map->worst[map->looked_at / TOGETHER];
		enum expert_severity severity = severity_of(app, ++map->looked_at);

		if (severity > *worst)
			*worst = (uint8_t)severity;
	}
}

/* In packets first..last. */
static bool has_problem(struct app *app, uint32_t first, uint32_t last)
{
	const struct scroll_map *map = &app->scroll_map;

	catch_up(app);
	for (uint32_t n = first; n <= last;) {
		bool is_whole = (n - 1) % TOGETHER == 0 && last - n >= TOGETHER - 1;
		enum expert_severity worst =
			is_whole ? (enum expert_severity)map->worst[(n - 1) / TOGETHER]
				 : severity_of(app, n);

		if (worst >= EXPERT_WARN)
			return true;
		n += is_whole ? TOGETHER : 1;
	}
	return false;
}

static bool has_shown_problem(struct app *app, uint32_t first, uint32_t last)
{
	if (!app->filter.run)
		return has_problem(app, first, last);
	if (app_row_count(app) > FILTERED_MOST)
		return false;
	for (uint32_t n = first; n && n <= last; n = filter_run_next(app->filter.run, n))
		if (severity_of(app, n) >= EXPERT_WARN)
			return true;
	return false;
}

static bool is_shown(const struct app *app, uint32_t packet)
{
	return app_row_of_packet(app, packet) != UINT32_MAX;
}

static bool has_mark(const struct app *app, uint32_t first, uint32_t last)
{
	uint32_t n = packet_set_after(&app->marked, first - 1);

	for (unsigned i = 0; n && n <= last && i < TRIES; i++) {
		if (is_shown(app, n))
			return true;
		n = packet_set_after(&app->marked, n);
	}
	return false;
}

static bool has_hit(const struct app *app, uint32_t first, uint32_t last)
{
	const struct filter_run *run = app->find.text[0] ? app->find.filter.run : NULL;
	uint32_t n = first - 1;

	if (!run || filter_run_row(run, last + 1) == filter_run_row(run, first))
		return false;
	for (unsigned i = 0; i < TRIES; i++) {
		n = filter_run_next(run, n);
		if (!n || n > last)
			return false;
		if (is_shown(app, n))
			return true;
	}
	return false;
}

/* Rows in another order than that of capture. */
static enum scroll_sign sign_of_sorted(const struct app *app, uint32_t from, uint32_t end)
{
	for (uint32_t i = 0; i < app->marked.count && i < TRIES; i++) {
		uint32_t row = app_row_of_packet(app, app->marked.numbers[i]);

		if (row >= from && row < end)
			return SIGN_MARK;
	}
	return SIGN_NONE;
}

enum scroll_sign app_scroll_sign(struct app *app, uint32_t from, uint32_t end)
{
	uint32_t first = app_packet_in_row(app, from), last = app_packet_in_row(app, end - 1);

	if (!first || !last || end <= from)
		return SIGN_NONE;
	if (app_is_sorted(app))
		return sign_of_sorted(app, from, end);
	if (has_mark(app, first, last))
		return SIGN_MARK;
	if (has_hit(app, first, last))
		return SIGN_HIT;
	return has_shown_problem(app, first, last) ? SIGN_PROBLEM : SIGN_NONE;
}
