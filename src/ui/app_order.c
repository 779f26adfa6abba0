/* app_order.c - sorts the rows by a column, and again when more of them have come. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "dissect/registry.h"
#include "ui/app.h"
#include "ui/app_filter.h"
#include "ui/app_rows.h"

enum { NEWS_MS = 33, TAKES_TIMES = 4 };

static const int64_t REST = INT64_C(1000000000);

/* --- which row is where --- */

uint32_t app_captured_row(const struct app *app, uint32_t row)
{
	return row < app->order.count ? app->order.rows[row] : row;
}

uint32_t app_sorted_row(const struct app *app, uint32_t row)
{
	return row < app->order.count ? app->order.ranks[row] : row;
}

bool app_is_sorted(const struct app *app)
{
	return app->order.count != 0;
}

/* --- the work --- */

static void end_run(struct packet_order *order)
{
	if (!order->run)
		return;
	sort_run_free(order->run);
	order_key_end(&order->key);
	order->run = NULL;
}

static void keep_in_sight(struct app *app, uint32_t line)
{
	uint32_t row = app_selected_row(app);

	/* Widths are those of rows that are near now, whatever was drawn before. */
	columns_reset(&app->user.columns);
	app->measured_from = app->measured_to = 0;
	if (row != UINT32_MAX)
		app->views[VIEW_LIST].top = row > line ? row - line : 0;
	app->dirty = true;
}

/* On which line of the list the selected packet is. */
static uint32_t selected_line(const struct app *app)
{
	uint32_t row = app_selected_row(app), top = app->views[VIEW_LIST].top;

	return row != UINT32_MAX && row > top ? row - top : 0;
}

void app_forget_order(struct app *app)
{
	struct packet_order *order = &app->order;

	end_run(order);
	free(order->rows);
	free(order->ranks);
	*order = (struct packet_order){ 0 };
}

/* The packets of rows in the order of capture; NULL: all. */
static uint32_t *packets_of_rows(const struct app *app, uint32_t count)
{
	uint32_t *packets;

	if (!app_is_filtered(app))
		return NULL;
	packets = must_resize(NULL, count + 1u, sizeof *packets);
	for (uint32_t n = 0, packet = 0; n < count; n++)
		packets[n] = packet = filter_run_next(app->filter.run, packet);
	return packets;
}

static void begin_run(struct app *app)
{
	struct packet_order *order = &app->order;
	const struct list_column *c =
		&app->user.columns.columns[columns_sorted(&app->user.columns)];
	uint32_t count = app_row_count(app);

	order_key_begin(&order->key, &c->column, app->user.time_format);
	struct sort_order how = { .value = order_value,
				  .owner = &order->key,
				  .wanted_fields = order->key.fields,
				  .down = c->sorted == SORTED_DOWN };

	order->run =
		sort_run_start(app->session, &how, packets_of_rows(app, count), count, NEWS_MS);
	if (!order->run) {
		order_key_end(&order->key);
		columns_sort(&app->user.columns, 0, UNSORTED);
		app_message(app, MESSAGE_ERROR, "No thread can be started to sort.");
		return;
	}
	order->run_count = count;
	order->done = 0;
	order->since = app->now;
}

/* Nothing else is going to add rows right now. */
static bool is_quiet(const struct app *app)
{
	return app->scan_state != SCAN_MORE && !app_is_filtering(app);
}

int64_t app_order_time(const struct app *app)
{
	const struct packet_order *order = &app->order;
	uint32_t rows = app_row_count(app);

	if (!app->session || order->run || columns_sorted(&app->user.columns) < 0 ||
	    rows == order->count || (app_is_filtered(app) && !is_quiet(app)))
		return INT64_MAX;
	if (!order->count)
		return 0;
	return is_quiet(app) ? order->next : INT64_MAX;
}

void app_order_more(struct app *app)
{
	if (app->now >= app_order_time(app))
		begin_run(app);
}

int app_order_news_at(const struct app *app)
{
	return app->order.run ? sort_run_news(app->order.run) : -1;
}

void app_order_news(struct app *app)
{
	struct packet_order *order = &app->order;
	struct sort_progress progress;

	if (!order->run)
		return;
	progress = sort_run_poll(order->run);
	order->done = progress.done;
	app->dirty = true;
	if (!progress.finished)
		return;
	uint32_t line = selected_line(app);
	int64_t took = TAKES_TIMES * (app->now - order->since);

	free(order->rows);
	free(order->ranks);
	sort_run_take(order->run, &order->rows, &order->ranks);
	order->count = order->run_count;
	order->next = app->now + (took > REST ? took : REST);
	end_run(order);
	keep_in_sight(app, line);
}

/* --- asking for it --- */

static void anew(struct app *app)
{
	uint32_t line = selected_line(app);

	app_forget_order(app);
	keep_in_sight(app, line);
	app_order_more(app);
}

void app_sort(struct app *app, unsigned n, enum sort_way way)
{
	app->following = false;
	columns_sort(&app->user.columns, n, way);
	if (columns_sorted(&app->user.columns) < 0)
		app_message(app, MESSAGE_NOTE, "The packets are in the order of capture.");
	anew(app);
}

void app_sort_on(struct app *app, unsigned n)
{
	static const enum sort_way next[] = {
		[UNSORTED] = SORTED_UP, [SORTED_UP] = SORTED_DOWN, [SORTED_DOWN] = UNSORTED
	};

	app_sort(app, n, next[app->user.columns.columns[n].sorted]);
}

void app_stop_sorting(struct app *app)
{
	end_run(&app->order);
	if (app_is_sorted(app)) {
		app->order.next = INT64_MAX;
		return;
	}
	columns_sort(&app->user.columns, 0, UNSORTED);
}

void app_resort(struct app *app)
{
	if (columns_sorted(&app->user.columns) >= 0 || app_is_sorted(app) || app->order.run)
		anew(app);
}

/* "Len", "-http.host", "": a column by its title or field; "-": the greatest first. */
void app_sort_command(struct app *app, const char *text)
{
	bool down = *text == '-';
	const char *name = text + down;
	int field = registry_field_named(name);

	if (!*text) {
		app_sort(app, 0, UNSORTED);
		return;
	}
	for (unsigned i = 0; i < app->user.columns.count; i++) {
		const struct column *column = &app->user.columns.columns[i].column;

		if (strcasecmp(column->title, name) != 0 &&
		    (field < 0 ||
		     columns_find_field(&app->user.columns, (uint16_t)field) != (int)i))
			continue;
		app_sort(app, i, down ? SORTED_DOWN : SORTED_UP);
		return;
	}
	app_message(app, MESSAGE_WARNING, "There is no column \"%s\": :column %s adds one.", name,
		    field >= 0 ? name : "FIELD");
}
