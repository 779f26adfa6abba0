/* event_loop.c - the only place where the screen waits.
 *
 * All that is pending is taken in before anything is drawn, so a held key never lags. */
#include "ui/event_loop.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_rows.h"
#include "ui/rule_looks.h"
#include "ui/signals.h"
#include "ui/tabs.h"

enum {
	ESCAPE_MS = 25,	    /* how long an Esc may be the beginning of a sequence */
	FIRST_ROWS_MS = 30, /* how long the first screen waits for them */
	READ_AT_ONCE = 4096,
	READS = 16,
};

enum { FD_KEYS, FD_SIGNALS, FD_SCANNER, FD_LIVE, FD_FILTER, FD_PREVIEW, FD_FIND, FD_ORDER, FDS };

struct loop {
	struct tabs *tabs;
	struct app *app; /* of the tab that is shown */
	struct terminal *terminal;
	struct key_decoder decoder;
	bool gone; /* the terminal is */
	int trace; /* a descriptor for times; -1: none */
	uint64_t keys;
	int64_t read_at; /* when the key came that is not shown yet; 0: none */
};

/* A small file is shown at once with its packets, not first without. */
static void wait_for_first_rows(struct app *app)
{
	struct pollfd fd = { .fd = app->scanner ? scanner_news(app->scanner) : -1,
			     .events = POLLIN };

	if (poll(&fd, 1, app->scanner && !app->live ? FIRST_ROWS_MS : 0) > 0)
		app_news(app);
}

/* A key or a command may have gone to another tab. */
static void follow_tab(struct loop *loop)
{
	struct app *app = tabs_current(loop->tabs);

	if (app != loop->app && !app->packet_count)
		wait_for_first_rows(app);
	loop->app = app;
}

/* True: it was an answer of the terminal's, and no key. */
static bool take_answer(struct loop *loop, const struct event *event)
{
	if (event->key != KEY_ANSWER)
		return false;
	if (!loop->app->dirty)
		loop->read_at = 0;
	if (terminal_answer(loop->terminal, event->text))
		loop->app->theme_changed = loop->app->dirty = true;
	return true;
}

static void take_keys(struct loop *loop)
{
	uint8_t bytes[READ_AT_ONCE];
	struct event event;
	struct pollfd fd = { .fd = terminal_input(loop->terminal), .events = POLLIN };

	for (unsigned reads = 0; reads < READS && poll(&fd, 1, 0) > 0; reads++) {
		ssize_t n = read(fd.fd, bytes, sizeof bytes);

		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			return;
		if (n <= 0) {
			loop->gone = true;
			return;
		}
		int64_t now = app_clock();

		for (ssize_t i = 0; i < n; i++) {
			if (!key_decode(&loop->decoder, bytes[i], &event) || loop->app->quit ||
			    take_answer(loop, &event))
				continue;
			if (!loop->read_at)
				loop->read_at = now;
			app_event(loop->app, &event);
			follow_tab(loop);
		}
		/* An Esc, it may be. */
		if (!loop->read_at && key_decoder_waits(&loop->decoder))
			loop->read_at = now;
	}
}

static void take_signals(struct loop *loop)
{
	int number;

	while ((number = signals_next())) {
		switch (number) {
		case SIGWINCH:
		case SIGCONT:
			terminal_resize(loop->terminal);
			loop->app->dirty = true;
			break;
		case SIGTSTP:
			loop->app->suspend = true;
			break;
		default:
			loop->gone = true;
			break;
		}
	}
}

/* What goes on behind the tab that is shown: captures, and what is being saved. */
static bool goes_on_behind(const struct app *app)
{
	return app_is_live(app) || app->saving;
}

static int64_t wake_time(const struct loop *loop)
{
	int64_t wake = app_wake_time(loop->app);

	for (unsigned i = 0; i < loop->tabs->count; i++) {
		const struct app *app = loop->tabs->apps[i];
		int64_t other =
			app != loop->app && goes_on_behind(app) ? app_wake_time(app) : INT64_MAX;

		if (other < wake)
			wake = other;
	}
	return wake;
}

/* Live captures are looked at as often as the one that is shown is. */
static void attend_to_others(struct loop *loop)
{
	for (unsigned i = 0; i < loop->tabs->count; i++) {
		struct app *app = loop->tabs->apps[i];

		if (app == loop->app || !goes_on_behind(app))
			continue;
		app->now = loop->app->now;
		if (app_is_live(app))
			app_news(app);
		if (app_wake_time(app) <= app->now)
			app_tick(app);
	}
}

static int timeout_of(const struct loop *loop)
{
	int64_t wake = wake_time(loop);
	int64_t left = wake - loop->app->now;
	int timeout = -1;

	if (wake != INT64_MAX)
		timeout = left <= 0			  ? 0
			  : left > INT64_C(3600000000000) ? 3600000
							  : (int)(left / 1000000 + 1);
	if (key_decoder_waits(&loop->decoder) && (timeout < 0 || timeout > ESCAPE_MS))
		timeout = ESCAPE_MS;
	return timeout;
}

static void wait_for_events(struct loop *loop, int signals)
{
	struct app *app = loop->app;
	struct pollfd fds[FDS] = {
		[FD_KEYS] = { .fd = terminal_input(loop->terminal), .events = POLLIN },
		[FD_SIGNALS] = { .fd = signals, .events = POLLIN },
		[FD_SCANNER] = { .fd = app->scanner ? scanner_news(app->scanner) : -1,
				 .events = POLLIN },
		[FD_FILTER] = { .fd = packet_filter_news(&app->filter), .events = POLLIN },
		[FD_PREVIEW] = { .fd = packet_filter_news(&app->bar.preview), .events = POLLIN },
		[FD_FIND] = { .fd = packet_filter_news(&app->find.filter), .events = POLLIN },
		[FD_ORDER] = { .fd = app_order_news_at(app), .events = POLLIN },
		[FD_LIVE] = { .fd = app_is_live(app) ? app->live->news : -1, .events = POLLIN },
	};
	struct event event;
	int ready = poll(fds, FDS, timeout_of(loop));

	app->now = app_clock();
	attend_to_others(loop);
	if (ready < 0)
		return;
	if (fds[FD_SIGNALS].revents)
		take_signals(loop);
	if (fds[FD_KEYS].revents)
		take_keys(loop);
	else if (key_decoder_flush(&loop->decoder, &event))
		app_event(app, &event);
	follow_tab(loop);
	/* What was polled may not be there any more. */
	if (loop->app != app || app->quit)
		return;
	if (fds[FD_SCANNER].revents || fds[FD_LIVE].revents)
		app_news(app);
	else if (fds[FD_FILTER].revents || fds[FD_PREVIEW].revents || fds[FD_FIND].revents)
		app_filter_news(app);
	if (fds[FD_ORDER].revents)
		app_order_news(app);
	if (app_wake_time(app) <= app->now)
		app_tick(app);
}

static void tell_rules(struct loop *loop)
{
	const struct colour_rules *rules = &loop->app->user.rules;
	struct style_look looks[RULE_STYLES];
	unsigned count = rules->count < RULE_STYLES ? rules->count : RULE_STYLES;

	for (unsigned i = 0; i < count; i++)
		looks[i] = rule_look(&rules->rules[i], loop->app->user.rule_style);
	terminal_rules(loop->terminal, looks, count);
	loop->app->rules_changed = false;
}

static int trace_descriptor(void)
{
	const char *said = getenv("PEEL_TRACE");
	char *end;
	long fd = said ? strtol(said, &end, 10) : -1;

	return said && end != said && !*end && fd > STDERR_FILENO && fd < INT_MAX ? (int)fd : -1;
}

/* How long a key took: until it was acted on, until the screen was made, until it was written. */
static void trace(struct loop *loop, int64_t drawing_at, int64_t showing_at)
{
	int64_t from = loop->read_at;

	loop->read_at = 0;
	if (loop->trace < 0 || !from)
		return;
	dprintf(loop->trace, "key %" PRIu64 " act %.3f draw %.3f flush %.3f ms\n", ++loop->keys,
		(double)(drawing_at - from) / 1e6, (double)(showing_at - from) / 1e6,
		(double)(app_clock() - from) / 1e6);
}

/* Leaves the tabs that are to be left; true: all are, or the terminal is gone. */
static bool is_over(struct loop *loop)
{
	struct tabs *tabs = loop->tabs;

	while (tabs_current(tabs)->quit) {
		if (!tabs_leave(tabs))
			return true;
		if (tabs->leaving)
			tabs_leave_all(tabs);
	}
	loop->app = tabs_current(tabs);
	/* Whoever was asked and did not answer stays. */
	if (!loop->app->dialog && !loop->app->quit_when_saved)
		tabs->leaving = false;
	return loop->gone;
}

void event_loop(struct tabs *tabs, struct terminal *terminal, int signals)
{
	struct loop loop = { .tabs = tabs,
			     .app = tabs_current(tabs),
			     .terminal = terminal,
			     .trace = trace_descriptor() };

	loop.app->now = app_clock();
	loop.app->terminal = terminal_description(terminal);
	loop.decoder.asks_position = terminal_asks_position(terminal);
	wait_for_first_rows(loop.app);
	/* What the terminal has answered until then needs no second screen. */
	take_keys(&loop);
	while (!is_over(&loop)) {
		struct app *app = loop.app;

		if (app->suspend) {
			app->suspend = false;
			terminal_suspend(terminal);
			app->dirty = true;
		}
		if (app->copy_pending) {
			app->copy_pending = false;
			terminal_copy(terminal, app->user.copied);
		}
		if (app->theme_changed) {
			app->theme_changed = false;
			app->rules_changed = true;
			terminal_theme(terminal, &app->user.theme);
		}
		if (app->rules_changed)
			tell_rules(&loop);
		if (app->redraw)
			terminal_forget(terminal);
		terminal_mouse(terminal, app->user.mouse);
		if (app->dirty || app->redraw) {
			app->redraw = false;
			int64_t drawing_at = app_clock();

			app_draw(app, terminal_screen(terminal));
			int64_t showing_at = app_clock();

			terminal_show(terminal);
			trace(&loop, drawing_at, showing_at);
		}
		wait_for_events(&loop, signals);
	}
}
