/* app_findings.c - looks for findings in short steps, once somebody asked for them. */
#include "state/learned.h"
#include "ui/app.h"
#include "ui/app_statistics.h"

enum { PACKETS_AT_ONCE = 64 };

static const int64_t STEP = INT64_C(4000000);
static const int64_t TOLD_EVERY = INT64_C(200000000);

/* While packets come, so long is waited for the answers to those that are there. */
static const int64_t PATIENCE = INT64_C(2000000000);

void app_show_findings(struct app *app)
{
	if (!app->experts.pass) {
		expert_tree_begin(&app->experts, app->session);
		app->expert_last = app->expert_coming = 0;
		app->expert_moved_at = 0;
		app->expert_stopped = false;
	}
	app->expert_open = true;
	app->dirty = true;
}

static void move_limit(struct app *app)
{
	if (app->scan_state == SCAN_DONE) {
		app->expert_last = app->packet_count;
	} else if (app->now - app->expert_moved_at >= PATIENCE) {
		app->expert_last = app->expert_coming;
		app->expert_coming = app->packet_count;
		app->expert_moved_at = app->now;
	}
}

int64_t app_findings_time(const struct app *app)
{
	if (!app->experts.pass || app->expert_stopped)
		return INT64_MAX;
	if (expert_pass_done(app->experts.pass) < app->expert_last)
		return 0;
	if (app->scan_state != SCAN_DONE)
		return app->expert_moved_at + PATIENCE;
	return app->expert_last < app->packet_count ? 0 : INT64_MAX;
}

void app_find_more(struct app *app)
{
	struct expert_pass *pass = app->experts.pass;
	int64_t end = app_clock() + STEP;

	if (!pass || app->expert_stopped)
		return;
	move_limit(app);
	if (expert_pass_done(pass) == app->expert_last)
		return;
	do
		expert_pass_step(pass, PACKETS_AT_ONCE, app->expert_last);
	while (expert_pass_done(pass) < app->expert_last && app_clock() < end);
	if (expert_pass_done(pass) < app->expert_last &&
	    app->now - app->expert_told_at < TOLD_EVERY)
		return;
	app->expert_told_at = app->now;
	app->dirty = true;
}

enum expert_severity app_severity(const struct app *app, uint32_t packet)
{
	enum expert_severity first = EXPERT_NONE, second = EXPERT_NONE;

	if (packet && packet <= app->packet_count)
		first = index_severity(&session_learned(app->session)->index, packet);
	if (app->experts.pass)
		second = expert_pass_severity(app->experts.pass, packet);
	return first > second ? first : second;
}
