/* statistics_view.c - a table of what was counted.
 *
 *      Conversations ─ Ethernet IPv4 IPv6 [TCP] UDP ─ by Bytes ▼             13 rows
 *        A                    B                    Packets        Bytes
 *      ▌ 10.0.2.15:55080      192.150.187.43:80        315      253 412 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "statistics_requests.h"
#include "ui/app.h"
#include "ui/app_filter.h"
#include "ui/app_statistics.h"
#include "ui/app_stream.h"
#include "ui/copy.h"
#include "ui/explain.h"
#include "ui/quantity.h"
#include "waterfall.h"

enum {
	TITLE_ROWS = 1,
	HEADED_FROM = 6,
	SUMMED_FROM = 12,
	SPLIT_FROM = 28,
	MARGIN = 2,
	LEAST_LEFT = 12
};

static const char *const layer_names[TRAFFIC_LAYERS] = { "Ethernet", "802.11", "IPv4",
							 "IPv6",     "TCP",    "UDP" };

/* Where all requests are summed up; -1: nowhere. */
static int line_of_sums(const struct view *view, const struct statistics_screen *s)
{
	return s->summary[0] && view->area.rows >= SUMMED_FROM ? TITLE_ROWS : -1;
}

static int first_line(const struct view *view, const struct statistics_screen *s)
{
	return TITLE_ROWS + (view->area.rows >= HEADED_FROM) + (line_of_sums(view, s) >= 0);
}

/* Lines of the table with its title; what is below them shows the selected lookup. */
static int table_lines(const struct view *view, const struct statistics_screen *s)
{
	int rows = view->area.rows, wanted = first_line(view, s) + (int)s->rows + 1;

	if (s->tab != TAB_DNS)
		return rows;
	if (s->lookup.full)
		return 0;
	return s->waterfall || rows < SPLIT_FROM ? rows : wanted < rows / 3 ? wanted : rows / 3;
}

static uint32_t rows_shown(const struct view *view, const struct statistics_screen *s)
{
	int rows = table_lines(view, s) - first_line(view, s);

	return rows > 0 ? (uint32_t)rows : 0;
}

static void settle(struct view *view, struct app *app)
{
	const struct statistics_screen *s = &app->statistics;

	view->top = top_for(view->top, s->selected, s->rows, rows_shown(view, s));
	if (table_lines(view, s) < view->area.rows)
		lookup_pane_settle(app, view->area.columns - 2);
}

/* --- the table --- */

/* Where columns stand; width 0: not shown. */
struct columns_at {
	int start[TABLE_COLUMNS], width[TABLE_COLUMNS];
};

/* The title or the widest cell of the rows that are shown. */
static int widest_cell(const struct view *view, const struct statistics_screen *s, unsigned c)
{
	const struct table *table = &statistics_tables[s->tab];
	int widest = text_columns(table->columns[c].title);
	char text[TABLE_CELL_ROOM];

	for (uint32_t row = view->top; row < s->rows && row - view->top < rows_shown(view, s);
	     row++) {
		table->cell(s, s->order[row], c, text);
		if (text_columns(text) > widest)
			widest = text_columns(text);
	}
	return widest;
}

/* Those that are left out first when there is no room: from the left. */
static void leave_out(const struct table *table, int columns, struct columns_at *at)
{
	int used = MARGIN;

	for (unsigned c = 0; c < TABLE_COLUMNS; c++)
		used += at->width[c] ? (at->width[c] > 0 ? at->width[c] : LEAST_LEFT) + 1 : 0;
	for (unsigned c = 0; c < TABLE_COLUMNS && used > columns; c++)
		if (table->columns[c].from && at->width[c] > 0) {
			used -= at->width[c] + 1;
			at->width[c] = 0;
		}
}

static void place_columns(const struct view *view, const struct statistics_screen *s, int columns,
			  struct columns_at *at)
{
	const struct table *table = &statistics_tables[s->tab];
	int used = MARGIN, flexible = 0;

	for (unsigned c = 0; c < TABLE_COLUMNS; c++) {
		const struct table_column *column = &table->columns[c];

		at->width[c] = !column->title || columns < column->from ? 0 : column->width;
		/* Numbers are never cut. */
		if (at->width[c] == WIDTH_FITS || (at->width[c] > 0 && !column->is_text)) {
			int widest = widest_cell(view, s, c);

			at->width[c] = widest > at->width[c] ? widest : at->width[c];
		}
	}
	leave_out(table, columns, at);
	for (unsigned c = 0; c < TABLE_COLUMNS; c++) {
		flexible += at->width[c] < 0;
		used += at->width[c] > 0 ? at->width[c] + 1 : 0;
	}
	int room = flexible ? (columns - used) / flexible - 1 : 0, start = MARGIN;

	for (unsigned c = 0; c < TABLE_COLUMNS; c++) {
		if (at->width[c] < 0)
			at->width[c] = room > 0 ? room : 0;
		at->start[c] = start;
		start += at->width[c] ? at->width[c] + 1 : 0;
	}
}

static void draw_cell(struct canvas *canvas, int line, const struct columns_at *at, unsigned c,
		      enum style style, const struct table_column *column, const char *text)
{
	if (!at->width[c])
		return;
	if (column->keeps_ends)
		canvas_text_ends(canvas, line, at->start[c], at->width[c], style, text);
	else if (column->is_text)
		canvas_text(canvas, line, at->start[c], at->width[c], style, text);
	else
		canvas_text_right(canvas, line, at->start[c], at->width[c], style, text);
}

static void draw_row(const struct view *view, const struct app *app, struct canvas *canvas,
		     const struct columns_at *at, uint32_t row)
{
	const struct statistics_screen *s = &app->statistics;
	const struct table *table = &statistics_tables[s->tab];
	int line = first_line(view, s) + (int)(row - view->top);
	enum style style = STYLE_NORMAL;
	char text[TABLE_CELL_ROOM];

	if (row == s->selected) {
		style = view->focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
		canvas_blank(canvas, line, 0, style);
		canvas_text(canvas, line, 0, 1, style, "▌");
		canvas_cursor(canvas, line, 0);
	}
	for (unsigned c = 0; c < TABLE_COLUMNS; c++) {
		if (!at->width[c])
			continue;
		table->cell(s, s->order[row], c, text);
		draw_cell(canvas, line, at, c, style, &table->columns[c], text);
	}
}

static void draw_table(struct view *view, const struct app *app, struct canvas *canvas)
{
	const struct statistics_screen *s = &app->statistics;
	const struct table *table = &statistics_tables[s->tab];
	struct columns_at at;

	place_columns(view, s, canvas->area.columns, &at);
	if (first_line(view, s) > TITLE_ROWS) {
		int line = first_line(view, s) - 1;

		canvas_blank(canvas, line, 0, STYLE_HEADING);
		for (unsigned c = 0; c < TABLE_COLUMNS; c++)
			if (table->columns[c].title)
				draw_cell(canvas, line, &at, c, STYLE_HEADING, &table->columns[c],
					  table->columns[c].title);
	}
	if (!s->rows)
		canvas_text(canvas, first_line(view, s), MARGIN, -1, STYLE_DIM,
			    s->only	 ? "There are none: the same key shows all again."
			    : s->limited ? "Nothing among the packets that pass the filter."
					 : "There is nothing of this kind here.");
	for (uint32_t row = view->top; row < s->rows && row - view->top < rows_shown(view, s);
	     row++)
		draw_row(view, app, canvas, &at, row);
}

/* --- the whole --- */

/* Most captures have no frames of IEEE 802.11. */
static bool is_offered(const struct statistics_screen *s, enum traffic_layer layer)
{
	return layer != TRAFFIC_WLAN || (s->traffic[layer] && traffic_count(s->traffic[layer]));
}

static void layers_text(const struct statistics_screen *s, char *text, size_t room)
{
	size_t used = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < TRAFFIC_LAYERS && used < room; i++)
		if (is_offered(s, (enum traffic_layer)i))
			used += (size_t)snprintf(text + used, room - used,
						 i == s->layer ? " [%s]" : " %s", layer_names[i]);
}

static void draw_title(const struct view *view, const struct app *app, struct canvas *canvas)
{
	const struct statistics_screen *s = &app->statistics;
	const struct table *table = &statistics_tables[s->tab];
	unsigned by = s->sorted_by[s->tab];
	char keys[KEYS_ROOM], left[300], right[80], layers[80] = "", count[QUANTITY_ROOM],
						    sorted[60] = "";

	static const char *const only[] = { "", "unanswered only · ", "failed only · " };

	if (s->tab == TAB_CONVERSATIONS || s->tab == TAB_ENDPOINTS)
		layers_text(s, layers, sizeof layers);
	else if (s->tab == TAB_ARP || s->tab == TAB_ARP_ADDRESSES)
		snprintf(layers, sizeof layers, "%s",
			 s->tab == TAB_ARP ? " [Exchanges] Addresses" : " Exchanges [Addresses]");
	if (by || !table->keeps_order)
		snprintf(sorted, sizeof sorted, " ─ by %s %s",
			 table->columns[by ? by - 1 : table->sorted_by].title,
			 s->ascending[s->tab] ? "▲" : "▼");
	snprintf(left, sizeof left, "%s%s%s%s", table->title, layers[0] ? " ─" : "", layers,
		 sorted);
	if (tally_done(s->tally) < app->packet_count)
		snprintf(right, sizeof right,
			 s->stopped ? "stopped at %u %%, %s goes on" : "so far: %u %%",
			 (unsigned)((uint64_t)tally_done(s->tally) * 100 / app->packet_count),
			 key_of(&app->user.keys, ACTION_GO_ON, keys));
	else
		snprintf(right, sizeof right, "%s%s%s row%s", only[s->only],
			 s->filter ? "filtered · " : "", count_text(s->rows, count),
			 s->rows == 1 ? "" : "s");
	draw_pane_title(view, canvas, left, right);
}

/* As many of its parts as fit whole. */
static void draw_sums(const struct statistics_screen *s, struct canvas *canvas, int line)
{
	static const char between[] = " · ";
	int column = 1;

	for (const char *part = s->summary; *part;) {
		const char *end = strstr(part, between);
		char text[sizeof s->summary];

		snprintf(text, sizeof text, "%s%.*s", part == s->summary ? "" : between,
			 (int)(end ? end - part : (long)strlen(part)), part);
		if (column + text_columns(text) > canvas->area.columns)
			return;
		column += canvas_text(canvas, line, column, -1, STYLE_STATUS, text);
		part = end ? end + strlen(between) : part + strlen(part);
	}
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	if (!app->statistics.tally)
		return;
	const struct statistics_screen *s = &app->statistics;
	int lines = table_lines(view, s);

	if (lines < view->area.rows)
		lookup_pane_draw(view, app, canvas, lines);
	if (!lines)
		return;
	draw_title(view, app, canvas);
	if (line_of_sums(view, s) >= 0)
		draw_sums(s, canvas, line_of_sums(view, s));
	if (app->statistics.waterfall && has_waterfall(&app->statistics))
		draw_waterfall(view, app, canvas, first_line(view, s), rows_shown(view, s));
	else
		draw_table(view, app, canvas);
}

/* The filter that Enter would set, or, where it opens the lookup, `f`. */
void explain_statistics(struct app *app, char *text, size_t room)
{
	const struct statistics_screen *s = &app->statistics;
	const struct table *table = &statistics_tables[s->tab];
	char filter[TABLE_CELL_ROOM];

	text[0] = '\0';
	if (!table->filter || s->selected >= s->rows)
		return;
	table->filter(s, s->order[s->selected], filter);
	snprintf(text, room, "%s", filter);
}

/* The next column that is shown on some screen; a second time the other way round. */
static void sort_otherwise(struct statistics_screen *s)
{
	const struct table *table = &statistics_tables[s->tab];
	unsigned by = s->sorted_by[s->tab] ? s->sorted_by[s->tab] - 1 : table->sorted_by;

	do
		by = (by + 1) % TABLE_COLUMNS;
	while (!table->columns[by].title);
	s->sorted_by[s->tab] = by + 1;
	s->ascending[s->tab] = table->columns[by].is_text && !table->columns[by].is_drawn;
	statistics_sort(s);
}

static void reverse(struct statistics_screen *s)
{
	if (!s->sorted_by[s->tab])
		s->sorted_by[s->tab] = statistics_tables[s->tab].sorted_by + 1;
	s->ascending[s->tab] = !s->ascending[s->tab];
	statistics_sort(s);
}

static void apply_filter(struct app *app)
{
	const struct statistics_screen *s = &app->statistics;
	const struct table *table = &statistics_tables[s->tab];
	char text[TABLE_CELL_ROOM];

	if (!table->filter || s->selected >= s->rows)
		return;
	table->filter(s, s->order[s->selected], text);
	if (!app_set_filter(app, text)) {
		app_message(app, MESSAGE_NOTE, "There is no filter for this row.");
		return;
	}
	app->statistics.open = false;
	app_statistics_end(app);
	app_focus_pane(app, PANE_LIST);
}

static void next_layer(struct app *app, int by)
{
	struct statistics_screen *s = &app->statistics;

	if (s->tab == TAB_DNS) {
		s->lookup.of_query = !s->lookup.of_query;
		s->lookup.shown = 0;
	}
	if (s->tab == TAB_ARP || s->tab == TAB_ARP_ADDRESSES)
		app_show_statistics(app, s->tab == TAB_ARP ? TAB_ARP_ADDRESSES : TAB_ARP);
	if (s->tab != TAB_CONVERSATIONS && s->tab != TAB_ENDPOINTS)
		return;
	do
		s->layer = (enum traffic_layer)(((int)s->layer + TRAFFIC_LAYERS + by) % TRAFFIC_LAYERS);
	while (!is_offered(s, s->layer));
	s->layer_chosen = true;
	s->selected = s->rows = 0;
	statistics_sort(s);
}

/* False: the action does not scroll. */
static bool scroll_lookup(const struct view *view, struct statistics_screen *s, enum action action,
			  uint32_t count)
{
	uint32_t shown = view->area.rows > 1 ? (uint32_t)view->area.rows - 1 : 1, to;

	if (!row_moved(action, count, s->lookup.top, s->lookup.lines, shown, &to))
		return false;
	lookup_pane_scroll(&s->lookup, (int64_t)to - s->lookup.top, shown);
	return true;
}

/* With the keys that open what has it. */
static void refuse(struct app *app, const char *why, bool may_be_http)
{
	char dns[KEYS_ROOM], http[KEYS_ROOM];

	key_of(&app->user.keys, ACTION_LOOKUPS, dns);
	key_of(&app->user.keys, ACTION_REQUESTS, http);
	app_message(app, MESSAGE_NOTE, "%s: %s%s%s.", why, may_be_http ? http : "",
		    may_be_http ? ", " : "", dns);
}

static void zoom_lookup(struct app *app)
{
	struct statistics_screen *s = &app->statistics;

	if (s->tab == TAB_DNS && s->rows)
		s->lookup.full = !s->lookup.full;
	else
		refuse(app, "Only a lookup has more to show", false);
}

/* To the packet that the row is about. */
static void go_to_packet(struct app *app)
{
	struct statistics_screen *s = &app->statistics;
	const struct table *table = &statistics_tables[s->tab];
	uint32_t packet = 0;

	if (table->packet && s->selected < s->rows)
		packet = table->packet(s, s->order[s->selected]);
	if (s->tab == TAB_DNS && s->lookup.shown == packet && s->lookup.message)
		packet = s->lookup.message;
	if (!packet) {
		app_message(app, MESSAGE_NOTE, "There is no single packet for this row.");
		return;
	}
	s->open = false;
	app_statistics_end(app);
	app_focus_pane(app, PANE_LIST);
	app_go_to(app, packet);
}

/* A lookup is shown whole, then its packet; other rows are shown by a filter. */
static void open_row(const struct view *view, struct app *app)
{
	struct statistics_screen *s = &app->statistics;

	if (s->tab != TAB_DNS || !s->rows)
		apply_filter(app);
	else if (table_lines(view, s) < view->area.rows)
		go_to_packet(app);
	else
		s->lookup.full = true;
}

static void follow_row(struct app *app)
{
	struct statistics_screen *s = &app->statistics;
	const struct table *table = &statistics_tables[s->tab];

	if (s->selected >= s->rows)
		return;
	if (s->tab == TAB_CONVERSATIONS && traffic_has_ports(s->layer))
		app_show_stream_numbered(
			app, s->layer == TRAFFIC_TCP ? STREAM_TCP : STREAM_UDP,
			traffic_row(s->traffic[s->layer], s->order[s->selected])->stream);
	else if (table->packet)
		app_show_stream(app, table->packet(s, s->order[s->selected]));
	else
		app_message(app, MESSAGE_NOTE, "Only conversations of TCP and UDP are followed.");
}

static void group(struct app *app)
{
	struct statistics_screen *s = &app->statistics;

	if (!requests_of(s)) {
		refuse(app, "Only requests have groups", true);
		return;
	}
	s->tab = next_grouping(s->tab);
	s->selected = s->rows = 0;
	statistics_sort(s);
}

/* A second time: all again. */
static void show_only(struct app *app, enum requests_shown only)
{
	struct statistics_screen *s = &app->statistics;

	if (!is_table_of_requests(s->tab)) {
		refuse(app, "Only requests have replies", true);
		return;
	}
	s->only = s->only == only ? ONLY_ALL : only;
	statistics_sort(s);
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	struct statistics_screen *s = &app->statistics;
	uint32_t to;

	if (s->tab == TAB_DNS && s->lookup.full && scroll_lookup(view, s, action, count))
		return true;
	if (row_moved(action, count, s->selected, s->rows, rows_shown(view, s), &to)) {
		s->selected = to;
		return true;
	}
	switch (action) {
	case ACTION_OPEN:
		open_row(view, app);
		return true;
	case ACTION_FILTER_ROW:
		apply_filter(app);
		return true;
	case ACTION_GO_TO_ROW:
		go_to_packet(app);
		return true;
	case ACTION_ZOOM:
		zoom_lookup(app);
		return true;
	case ACTION_STREAM:
		follow_row(app);
		return true;
	case ACTION_NEXT_TYPE:
	case ACTION_PREVIOUS_TYPE:
		next_layer(app, action == ACTION_NEXT_TYPE ? 1 : -1);
		return true;
	case ACTION_SORT:
		sort_otherwise(s);
		return true;
	case ACTION_REVERSE:
		reverse(s);
		return true;
	case ACTION_WATERFALL:
		if (has_waterfall(s))
			s->waterfall = !s->waterfall;
		else
			refuse(app, "Only requests have bars", true);
		return true;
	case ACTION_GROUP:
		group(app);
		return true;
	case ACTION_UNANSWERED:
	case ACTION_FAILED:
		show_only(app, action == ACTION_FAILED ? ONLY_FAILED : ONLY_UNANSWERED);
		return true;
	case ACTION_LIMIT:
		app_limit_statistics(app);
		return true;
	case ACTION_CLOSE:
	case ACTION_LEAVE:
		if (s->tab == TAB_DNS && s->lookup.full) {
			s->lookup.full = false;
			return true;
		}
		s->open = false;
		app_statistics_end(app);
		return true;
	default:
		return statistics_copy(app, action) || app_act_on_statistics(app, action);
	}
}

static bool is_in_lookup(const struct view *view, const struct statistics_screen *s,
			 const struct mouse *mouse)
{
	return s->tab == TAB_DNS && mouse->row >= table_lines(view, s);
}

static void scroll(struct view *view, struct app *app, const struct mouse *mouse, int rows)
{
	struct statistics_screen *s = &app->statistics;

	if (is_in_lookup(view, s, mouse))
		lookup_pane_scroll(&s->lookup, rows,
				   (uint32_t)(view->area.rows - table_lines(view, s) - 1));
	else
		act(view, app, rows < 0 ? ACTION_PREVIOUS : ACTION_NEXT, (uint32_t)abs(rows));
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	struct statistics_screen *s = &app->statistics;

	if (is_in_lookup(view, s, mouse))
		return;
	uint32_t row = view->top + (uint32_t)(mouse->row - first_line(view, s));

	if (mouse->row >= first_line(view, s) && row < s->rows)
		s->selected = row;
}

const struct view_class statistics_view = {
	.name = "statistics",
	.place = IN_STATISTICS,
	.settle = settle,
	.draw = draw,
	.act = act,
	.click = click,
	.scroll = scroll,
};
