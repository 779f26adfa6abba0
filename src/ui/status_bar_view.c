/* status_bar_view.c - the last lines: what is selected, what was said, how the capture goes on. */
#include <stdio.h>
#include <string.h>

#include "start_files.h"
#include "stream_faces.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_rows.h"
#include "ui/app_save.h"
#include "ui/explain.h"
#include "ui/plain.h"
#include "ui/quantity.h"

static const char *const time_names[] = {
	[TIME_RELATIVE] = "time since start",
	[TIME_ABSOLUTE] = "time of day",
	[TIME_ABSOLUTE_DATE] = "date and time",
	[TIME_ABSOLUTE_DAY_OF_YEAR] = "day of the year",
	[TIME_DELTA] = "time since the one before",
	[TIME_DELTA_SHOWN] = "time since the one shown before",
	[TIME_EPOCH] = "seconds since 1970",
	[TIME_UTC_CLOCK] = "UTC",
	[TIME_UTC_DATE] = "UTC date",
	[TIME_UTC_DAY_OF_YEAR] = "UTC day of the year",
};

/* Pieces from the left, as many as there is room for: the most important first. */
struct pieces {
	struct canvas *canvas;
	int row, column;
	bool full;
};

static void piece(struct pieces *pieces, enum style style, const char *text)
{
	int columns = text_columns(text);
	int room = pieces->canvas->area.columns - pieces->column;

	if (pieces->full || !*text)
		return;
	if (columns > room && pieces->column > 1) {
		pieces->full = true;
		return;
	}
	pieces->column +=
		canvas_text(pieces->canvas, pieces->row, pieces->column, -1, style, text) + 2;
}

static void draw_losses(struct app *app, struct pieces *pieces)
{
	const struct live_counts *c = &app->live->counts;
	uint64_t lost = c->dropped_kernel + c->dropped_interface + c->lost_silently;
	char a[QUANTITY_ROOM], b[QUANTITY_ROOM], d[QUANTITY_ROOM], text[200];

	if (!lost) {
		snprintf(text, sizeof text, "lost 0");
	} else {
		char all[QUANTITY_ROOM];
		uint64_t of = lost + c->written;

		snprintf(text, sizeof text,
			 "!! lost %s (%.3g %%): kernel %s, interface %s, untold %s",
			 count_text(lost, all), 100.0 * (double)lost / (double)of,
			 count_text(c->dropped_kernel, a), count_text(c->dropped_interface, b),
			 count_text(c->lost_silently, d));
	}
	piece(pieces, lost ? STYLE_ERROR : STYLE_STATUS, text);
}

/* What is kept back is told. */
static void draw_frozen(struct app *app, struct pieces *pieces, bool named)
{
	char count[QUANTITY_ROOM], keys[KEYS_ROOM], text[300];

	key_map_names(&app->user.keys, ACTION_FREEZE, IN_PACKETS, 1, keys);
	snprintf(text, sizeof text, "○ FROZEN%s%.150s", named ? " " : "",
		 named ? app_name(app) : "");
	piece(pieces, STYLE_WARNING, text);
	snprintf(text, sizeof text, "+%s new, %s shows them",
		 count_text(app_packets_read(app) - app->packet_count, count), keys);
	piece(pieces, STYLE_STATUS, text);
}

static void draw_live(struct app *app, struct canvas *canvas, int row)
{
	struct pieces pieces = { canvas, row, 1, false };
	char a[QUANTITY_ROOM], b[QUANTITY_ROOM], text[300];
	int64_t end = app->live_until ? app->live_until : app->now;

	if (app->live_until)
		snprintf(text, sizeof text, "■ STOPPED %s", app_name(app));
	else
		snprintf(text, sizeof text, "● LIVE %s", app_name(app));
	if (!app->frozen || app->live_until)
		piece(&pieces, app->live_until ? STYLE_WARNING : STYLE_GOOD, text);
	if (app->frozen)
		draw_frozen(app, &pieces, !app->live_until);
	snprintf(text, sizeof text, "%s pkt%s", count_text(app_packet_count(app), a),
		 app_packet_count(app) == 1 ? "" : "s");
	piece(&pieces, STYLE_STATUS, text);
	draw_losses(app, &pieces);
	piece(&pieces, STYLE_STATUS, clock_text(end - app->live_since, b));
	if (app->following)
		snprintf(text, sizeof text, "▼ following");
	else if (app->selected && app->selected < app_packet_count(app))
		snprintf(text, sizeof text, "+%s below, End follows",
			 count_text(app_packet_count(app) - app->selected, a));
	else
		text[0] = 0;
	piece(&pieces, STYLE_STATUS, text);
	if (!app->live_until) {
		snprintf(text, sizeof text, "%s pkt/s", short_count_text(app->live_rate, a));
		piece(&pieces, STYLE_STATUS, text);
	} else if (app_has_unsaved(app)) {
		piece(&pieces, STYLE_WARNING, "not saved: ^S saves");
	}
}

static void draw_state(struct app *app, struct canvas *canvas, int row)
{
	struct pieces pieces = { canvas, row, 1, false };
	char all[QUANTITY_ROOM], shown[QUANTITY_ROOM], text[200];
	uint32_t count = app_packet_count(app);

	if (!count)
		return;
	snprintf(text, sizeof text, "#%u of %s", app->selected, count_text(count, all));
	piece(&pieces, STYLE_DIM, text);
	if (app->frozen)
		draw_frozen(app, &pieces, false);
	if (app->following)
		piece(&pieces, STYLE_STATUS, "▼ following");
	snprintf(text, sizeof text, "displayed %s of %s (%.1f %%)%s",
		 count_text(app_row_count(app), shown), all,
		 100.0 * (double)app_row_count(app) / (double)count,
		 app->scan_state == SCAN_DONE && !app_is_filtering(app) && !app->filter.stopped
			 ? ""
			 : " so far");
	piece(&pieces, app_is_filtered(app) ? STYLE_STATUS : STYLE_DIM, text);
	if (columns_sorted(&app->user.columns) >= 0) {
		const struct list_column *c =
			&app->user.columns.columns[columns_sorted(&app->user.columns)];

		snprintf(text, sizeof text, "%s %s %s", app_is_sorted(app) ? "by" : "to be by",
			 c->column.title, c->sorted == SORTED_UP ? "▲" : "▼");
		piece(&pieces, STYLE_STATUS, text);
	}
	if (app->marked.count) {
		snprintf(text, sizeof text, "%s marked", count_text(app->marked.count, all));
		piece(&pieces, STYLE_STATUS, text);
	}
	if (app->ignored.count) {
		snprintf(text, sizeof text, "%s ignored", count_text(app->ignored.count, all));
		piece(&pieces, STYLE_WARNING, text);
	}
	piece(&pieces, STYLE_DIM, time_names[app->user.time_format]);
	if (names_chosen())
		piece(&pieces, STYLE_DIM, "names on");
	piece(&pieces, STYLE_DIM, app->user.colours ? "colours on" : "colours off");
	if (app->profile[0]) {
		snprintf(text, sizeof text, "columns %s", app->profile);
		piece(&pieces, STYLE_DIM, text);
	}
	if (app->layout.arrangement != ARRANGED_BY_SIZE) {
		snprintf(text, sizeof text, "layout %s",
			 arrangement_names[app->layout.arrangement]);
		piece(&pieces, STYLE_DIM, text);
	}
	if (app->zoomed)
		piece(&pieces, STYLE_DIM, "zoomed: z shows all");
	if (app->terminal)
		piece(&pieces, STYLE_DIM, app->terminal);
}

/* A long message takes more lines, for as long as it stays. */
static void draw_lines(struct canvas *canvas, enum style style, const char *text)
{
	for (int row = 0; *text && row < canvas->area.rows; row++) {
		struct text_line line = text_line_of(text, canvas->area.columns - 2);

		canvas_blank(canvas, row, 0, STYLE_NORMAL);
		canvas_text(canvas, row, 1, -1, style, line.text);
		text = line.rest;
	}
}

int status_rows_wanted(const struct app *app, int columns)
{
	const char *text = app->message;
	int rows = 0;

	for (; *text && columns > 2; rows++)
		text = text_line_of(text, columns - 2).rest;
	return rows > 1 ? rows : 1;
}

static void draw_message(struct app *app, struct canvas *canvas, int row)
{
	static const enum style styles[] = { STYLE_STATUS, STYLE_WARNING, STYLE_ERROR };
	char typed[KEYS_ROOM], text[700];

	key_map_typed(&app->user.keys, typed);
	if (typed[0]) {
		snprintf(text, sizeof text, "%s…", typed);
		canvas_text(canvas, row, 1, -1, STYLE_KEY, text);
		return;
	}
	if (app_work_text(app, canvas->area.columns, text, sizeof text)) {
		canvas_text(canvas, row, 1, -1, STYLE_STATUS, text);
		return;
	}
	if (app->message[0]) {
		draw_lines(canvas, styles[app->message_kind], app->message);
		return;
	}
	if (!app->session) {
		explain_start_row(app, text, sizeof text);
		canvas_text(canvas, row, 1, -1, STYLE_DIM, text);
		return;
	}
	app_range_text(app, text, sizeof text);
	if (text[0] && !app->stream.open && !app->statistics.open && !app->expert_open) {
		canvas_text(canvas, row, 1, -1, STYLE_STATUS, text);
		return;
	}
	if (app->live && app->layout.status.rows == 1) {
		draw_live(app, canvas, row);
		return;
	}
	/* Where it has no line of its own: what does not move is to say why. */
	if (app->frozen && app->layout.status.rows == 1) {
		draw_state(app, canvas, row);
		return;
	}
	if (app->stream.open)
		stream_face(app)->explain(app, text, sizeof text);
	else if (app->statistics.open && app->statistics.tab == TAB_GRAPH)
		explain_io_graph(app, text, sizeof text);
	else if (app->statistics.open)
		explain_statistics(app, text, sizeof text);
	else if (app->expert_open)
		explain_finding(app, text, sizeof text);
	else if (app->user.plain && app->focus == PANE_LIST)
		plain_packet(app, text, sizeof text);
	else
		explain_field(&app->packet, text, sizeof text);
	canvas_text(canvas, row, 1, -1, STYLE_STATUS, text);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	int rows = canvas->area.rows;
	bool has_state = app->layout.status.rows > 1 && app->session;
	struct canvas upper =
		canvas_part(canvas, (struct rect){ 0, 0, rows - has_state, canvas->area.columns });

	(void)view;
	for (int row = 0; row < rows; row++)
		canvas_blank(canvas, row, 0, STYLE_NORMAL);
	draw_message(app, &upper, 0);
	if (!has_state)
		return;
	if (app->live)
		draw_live(app, canvas, rows - 1);
	else
		draw_state(app, canvas, rows - 1);
}

const struct view_class status_bar_view = { .name = "status-bar", .draw = draw };
