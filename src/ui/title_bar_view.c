/* title_bar_view.c - the capture at a glance: its name, views, packets, bytes and duration. */
#include <stdio.h>
#include <string.h>

#include "ui/app.h"
#include "ui/app_capture.h"
#include "ui/app_rows.h"
#include "ui/quantity.h"
#include "ui/tabs.h"
#include "ui/view_tabs.h"

enum {
	FIGURES_COLUMNS = 27,
	FILTER_COLUMNS = 12, /* less would tell nothing */
	FIGURES_ROOM = 200,
	TAB_ROOM = 300,
};

/* What is there, the most important last: what does not fit is left out from the left. */
static void figures(const struct app *app, int room, char *text, size_t text_room)
{
	char count[QUANTITY_ROOM], bytes[QUANTITY_ROOM], span[QUANTITY_ROOM];
	char problem_text[60] = "", keys[KEYS_ROOM];
	const char *problem = problem_text;
	bool reading = app->scan_state == SCAN_MORE && !app_is_live(app);
	bool piped = app->scan_state == SCAN_WAITING && !app_is_live(app);
	int percent = app_progress(app);

	if (app_problem(app)[0])
		problem = capture_file_is_damaged(session_file(app->session)) ? "⚠ damaged  "
									      : "⚠ cut off  ";
	else if (capture_file_passed_over(session_file(app->session))[0] &&
		 app->scan_state == SCAN_DONE)
		problem = "⚠ damaged  ";
	else if (app->lost && !app->live)
		snprintf(problem_text, sizeof problem_text, "⚠ lost %s  ",
			 short_count_text(app->lost, count));
	uint64_t size =
		app->frozen ? app->frozen_size : capture_file_size(session_file(app->session));
	const char *many = app_packet_count(app) == 1 ? "" : "s";

	count_text(app_packet_count(app), count);
	if (app->reading_stopped && percent >= 0)
		snprintf(text, text_room, "stopped at %d %%  %s pkt%s  %s reads on", percent, count,
			 many, key_of(&app->user.keys, ACTION_GO_ON, keys));
	else if (app->reading_stopped)
		snprintf(text, text_room, "stopped  %s pkt%s  %s reads on", count, many,
			 key_of(&app->user.keys, ACTION_GO_ON, keys));
	else if (reading && percent >= 0)
		snprintf(text, text_room, "reading… %s pkt%s  %d %%", count, many, percent);
	else if (reading || piped)
		snprintf(text, text_room, "reading… %s pkt%s", count, many);
	else
		snprintf(text, text_room, "%s%s pkt%s  %s  %s", problem, count, many,
			 bytes_text(size, bytes), span_text(time_range_span(&app->times), span));
	if (text_columns(text) > room)
		snprintf(text, text_room, "%s%sp", problem[0] ? "⚠ " : "", count);
}

/* "●2E 3W 24N", once it was looked for. */
static void findings_text(const struct app *app, char *text, size_t room)
{
	static const struct {
		enum expert_severity severity;
		char letter;
	} told[] = { { EXPERT_ERROR, 'E' }, { EXPERT_WARN, 'W' }, { EXPERT_NOTE, 'N' } };
	size_t used = 0;

	text[0] = '\0';
	for (unsigned i = 0; app->experts.pass && i < sizeof told / sizeof told[0]; i++) {
		uint64_t n =
			expert_list_total(expert_pass_list(app->experts.pass), told[i].severity);
		char count[QUANTITY_ROOM];

		if (n && used < room)
			used += (size_t)snprintf(
				text + used, room - used, "%s%s%c", used ? " " : "●",
				n < 1000 ? count_text(n, count) : "999+", told[i].letter);
	}
}

/* "[2 b.pcap] " */
static void tab_text(const struct tabs *tabs, unsigned n, char text[TAB_ROOM])
{
	snprintf(text, TAB_ROOM, n == tabs->at ? "[%u %.200s] " : " %u %.200s  ", n + 1,
		 app_name(tabs->apps[n]));
}

/* From which on the shown one can be seen. */
static unsigned first_tab(const struct tabs *tabs, int room)
{
	unsigned first = 0;

	for (int used = 1, i = (int)tabs->at; i >= 0 && used < room; i--) {
		first = (unsigned)i;
		used += text_columns(app_name(tabs->apps[i])) + 6;
		if (used >= room && first < tabs->at)
			first++;
	}
	return first;
}

/* " 1 a.pcap [2 b.pcap] 3 c.pcap"; returns the column after it. */
static int draw_tabs(const struct app *app, struct canvas *canvas, int room)
{
	const struct tabs *tabs = app->tabs;
	char text[TAB_ROOM];
	int at = 1;

	for (unsigned i = first_tab(tabs, room); i < tabs->count && at < room; i++) {
		tab_text(tabs, i, text);
		at += canvas_text(canvas, 0, at, room - at + 1,
				  i == tabs->at ? STYLE_TITLE : STYLE_TITLE_TEXT, text);
	}
	return at;
}

static int room_for_name(const struct app *app, int columns, char figures_text[FIGURES_ROOM])
{
	figures(app, columns * 2 / 3, figures_text, FIGURES_ROOM);
	return columns - text_columns(figures_text) - 4;
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	struct tabs *tabs = app->tabs;
	char text[FIGURES_ROOM], name[TAB_ROOM];
	int at = 1;

	if (!app->session || mouse->kind != MOUSE_PRESS)
		return;
	view_tabs_click(app, mouse->column);
	if (!tabs || tabs->count < 2)
		return;
	int room = room_for_name(app, view->area.columns, text);

	for (unsigned i = first_tab(tabs, room); i < tabs->count && at < room; i++) {
		tab_text(tabs, i, name);
		at += text_columns(name);
		if (mouse->column < at) {
			tabs_show(tabs, i);
			return;
		}
	}
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	char text[FIGURES_ROOM] = "", found[100];
	int columns = canvas->area.columns;

	(void)view;
	memset(app->view_tabs, 0, sizeof app->view_tabs);
	canvas_blank(canvas, 0, 0, STYLE_TITLE_TEXT);
	if (!app->session) {
		int used = canvas_text(canvas, 0, 1, columns - 1, STYLE_TITLE, PACKAGE_STRING);

		if (!app->capture_permitted && columns > used + 20)
			canvas_text_right(canvas, 0, used + 3, columns - used - 4, STYLE_TITLE,
					  columns >= 76
						  ? "live capture: not permitted, Enter on an "
						    "interface explains"
						  : "may not capture");
		return;
	}
	int room = room_for_name(app, columns, text);
	bool many = app->tabs && app->tabs->count > 1;
	int at = many ? draw_tabs(app, canvas, room)
		      : 1 + canvas_text(canvas, 0, 1, room > 0 ? room : 0, STYLE_TITLE,
					app_name(app));

	if (app->live && app->live_filter[0] && room - at > FILTER_COLUMNS) {
		at += 2 + canvas_text(canvas, 0, at + 2, -1, STYLE_TITLE_TEXT, "only ");
		at += canvas_text(canvas, 0, at, room - at, STYLE_TITLE_TEXT, app->live_filter);
	}
	/* What is wrong with the file is said in words. */
	bool is_whole = strncmp(text, "⚠", strlen("⚠")) != 0;

	at = view_tabs_draw(app, canvas, at + 2, is_whole ? columns - FIGURES_COLUMNS : room, room);
	if (at > room + 2)
		figures(app, columns - at - 2, text, sizeof text);
	int right = text_columns(text);

	room = columns - right - 4;
	findings_text(app, found, sizeof found);
	if (room - at > text_columns(found) + 1)
		canvas_text(canvas, 0, at + 1, -1, STYLE_TITLE_TEXT, found);
	canvas_text_right(canvas, 0, columns - right - 1, right, STYLE_TITLE_TEXT, text);
}

const struct view_class title_bar_view = {
	.name = "title-bar",
	.draw = draw,
	.click = click,
};
