/* expert_view.c - what dissectors found, worst first.
 *
 *      ▾ Warning Checksum   UDP            2  Bad checksum                       #3 #7
 *          #3  Bad checksum [should be 0x3381]
 *
 * Only packets on the screen are taken apart for their words. */
#include <stdio.h>
#include <string.h>

#include "ui/app.h"
#include "ui/app_rows.h"
#include "ui/app_stream.h"
#include "ui/explain.h"
#include "ui/quantity.h"

enum { TITLE_ROWS = 1, HEADED_FROM = 6, TEXT_ROOM = 400, LISTED = 4 };

enum expert_column { SEVERITY, GROUP, PROTOCOL, COUNT_COLUMN, SUMMARY, PACKETS, COLUMNS_HERE };

/* A column is there on screens of at least so many columns. */
static const struct {
	const char *title;
	int columns, from;
} columns_here[COLUMNS_HERE] = {
	[SEVERITY] = { "Severity", 8, 40 }, [GROUP] = { "Group", 10, 76 },
	[PROTOCOL] = { "Protocol", 9, 56 }, [COUNT_COLUMN] = { "Count", 7, 30 },
	[SUMMARY] = { "Summary", -1, 0 },   [PACKETS] = { "Packets", 24, 100 },
};

static const struct {
	const char *one, *many;
	enum style style;
} severities[EXPERT_SEVERITIES] = {
	[EXPERT_COMMENT] = { "comment", "comments", STYLE_DIM },
	[EXPERT_CHAT] = { "chat", "chats", STYLE_DIM },
	[EXPERT_NOTE] = { "note", "notes", STYLE_NORMAL },
	[EXPERT_WARN] = { "warning", "warnings", STYLE_WARNING },
	[EXPERT_ERROR] = { "error", "errors", STYLE_FIELD_BAD },
};

static bool has_heading(const struct view *view)
{
	return view->area.rows >= HEADED_FROM;
}

static int first_line(const struct view *view)
{
	return TITLE_ROWS + has_heading(view);
}

static uint32_t rows_shown(const struct view *view)
{
	int rows = view->area.rows - first_line(view);

	return rows > 0 ? (uint32_t)rows : 0;
}

static void settle(struct view *view, struct app *app)
{
	view->top = top_for(view->top, expert_tree_selected(&app->experts),
			    expert_tree_rows(&app->experts), rows_shown(view));
}

/* Where each column begins; what is left is the summary's.  0: it is not shown. */
static void place_columns(int columns, int start[COLUMNS_HERE], int *summary)
{
	int left = 3, right = columns;

	for (enum expert_column c = SEVERITY; c < SUMMARY; c++) {
		start[c] = columns >= columns_here[c].from ? left : 0;
		left += start[c] ? columns_here[c].columns + 1 : 0;
	}
	start[PACKETS] =
		columns >= columns_here[PACKETS].from ? right - columns_here[PACKETS].columns : 0;
	start[SUMMARY] = left + 1;
	*summary = (start[PACKETS] ? start[PACKETS] - 1 : right) - start[SUMMARY];
}

static void draw_heading(struct canvas *canvas, int line, const int start[COLUMNS_HERE],
			 int summary)
{
	canvas_blank(canvas, line, 0, STYLE_HEADING);
	for (enum expert_column c = SEVERITY; c < COLUMNS_HERE; c++) {
		int room = c == SUMMARY ? summary : columns_here[c].columns;

		if (start[c] && c == COUNT_COLUMN)
			canvas_text_right(canvas, line, start[c], room, STYLE_HEADING,
					  columns_here[c].title);
		else if (start[c])
			canvas_text(canvas, line, start[c], room, STYLE_HEADING,
				    columns_here[c].title);
	}
}

static void packets_text(const struct expert_row *kind, char *text, size_t room)
{
	size_t used = 0;

	text[0] = '\0';
	for (uint32_t i = 0; i < kind->packet_count && i < LISTED && used < room; i++)
		used += (size_t)snprintf(text + used, room - used, "%s#%u", i ? " " : "",
					 kind->packets[i]);
	if (kind->packet_count > LISTED && used < room)
		snprintf(text + used, room - used, " …");
}

static void draw_kind(const struct expert_tree *tree, struct canvas *canvas, int line, uint32_t n,
		      enum style style)
{
	const struct expert_row *kind = expert_tree_kind(tree, n);
	int start[COLUMNS_HERE], summary;
	char text[TEXT_ROOM];

	place_columns(canvas->area.columns, start, &summary);
	canvas_text(canvas, line, 1, 1, style, expert_tree_is_open(tree, n) ? "▾" : "▸");
	/* Where there is no room for the word its letter tells. */
	canvas_printf(canvas, line, start[SEVERITY] ? start[SEVERITY] : 2, -1, style, "%.*s",
		      start[SEVERITY] ? columns_here[SEVERITY].columns : 1,
		      expert_severity_name(kind->severity));
	if (start[GROUP])
		canvas_text(canvas, line, start[GROUP], columns_here[GROUP].columns, style,
			    expert_group_name(kind->group));
	if (start[PROTOCOL])
		canvas_text(canvas, line, start[PROTOCOL], columns_here[PROTOCOL].columns, style,
			    kind->protocol);
	if (start[COUNT_COLUMN])
		canvas_text_right(canvas, line, start[COUNT_COLUMN],
				  columns_here[COUNT_COLUMN].columns, style,
				  count_text(kind->count, text));
	canvas_text(canvas, line, start[SUMMARY], summary, style, kind->words);
	packets_text(kind, text, sizeof text);
	if (start[PACKETS])
		canvas_text(canvas, line, start[PACKETS], columns_here[PACKETS].columns, style,
			    text);
}

/* What is special about it here; where that is nothing, what the packet is. */
static const char *words_of(struct app *app, const struct expert_row *kind, uint32_t packet)
{
	const char *words = expert_pass_words(app->experts.pass, kind, packet);
	struct list_row row;

	if (strcmp(words, kind->words) != 0 || !app_read_row(app, packet - 1, &row))
		return words;
	return row.summary.info;
}

static void draw_packet(struct app *app, struct canvas *canvas, int line,
			const struct expert_place *place, enum style style)
{
	const struct expert_row *kind = expert_tree_kind(&app->experts, place->kind);
	uint32_t packet = kind->packets[place->packet];
	char number[20];

	snprintf(number, sizeof number, "#%u", packet);
	int used = canvas_text(canvas, line, 5, -1, style, number);
	int at = 5 + (used < 7 ? 7 : used) + 1;

	canvas_text(canvas, line, at, -1, style, words_of(app, kind, packet));
}

static void draw_row(const struct view *view, struct app *app, struct canvas *canvas, uint32_t row)
{
	struct expert_tree *tree = &app->experts;
	int line = first_line(view) + (int)(row - view->top);
	struct expert_place place;

	if (!expert_tree_row(tree, row, &place))
		return;
	bool is_kind = place.packet == NOT_A_PACKET;
	enum style style = is_kind ? severities[expert_tree_kind(tree, place.kind)->severity].style
				   : STYLE_NORMAL;

	if (row == expert_tree_selected(tree)) {
		style = view->focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
		canvas_blank(canvas, line, 0, style);
		canvas_text(canvas, line, 0, 1, style, "▌");
		canvas_cursor(canvas, line, 0);
	}
	if (is_kind)
		draw_kind(tree, canvas, line, place.kind, style);
	else
		draw_packet(app, canvas, line, &place, style);
}

/* "2 errors · 7 warnings (hidden) · 13 notes" */
static void totals_text(const struct expert_tree *tree, char *text, size_t room)
{
	size_t used = 0;
	char count[QUANTITY_ROOM];

	text[0] = '\0';
	for (enum expert_severity s = EXPERT_ERROR; s > EXPERT_NONE && used < room; s--) {
		uint64_t total = expert_list_total(expert_pass_list(tree->pass), s);

		if (total)
			used += (size_t)snprintf(text + used, room - used, "%s%s %s%s",
						 used ? " · " : "", count_text(total, count),
						 total == 1 ? severities[s].one
							    : severities[s].many,
						 expert_tree_hides(tree, s) ? " (hidden)" : "");
	}
}

static void draw_title(const struct view *view, struct app *app, struct canvas *canvas)
{
	char keys[KEYS_ROOM], totals[TEXT_ROOM], left[TEXT_ROOM + 40], right[80] = "";
	uint32_t done = expert_pass_done(app->experts.pass), count = app_packet_count(app);

	totals_text(&app->experts, totals, sizeof totals);
	snprintf(left, sizeof left, "Findings%s%s", totals[0] ? " ─ " : "", totals);
	if (done < count)
		snprintf(right, sizeof right,
			 app->expert_stopped ? "stopped at %u %%, %s goes on" : "so far: %u %%",
			 (unsigned)((uint64_t)done * 100 / count),
			 key_of(&app->user.keys, ACTION_GO_ON, keys));
	draw_pane_title(view, canvas, left, right);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	uint32_t rows = expert_tree_rows(&app->experts), shown = rows_shown(view);
	int start[COLUMNS_HERE], summary;

	draw_title(view, app, canvas);
	place_columns(canvas->area.columns, start, &summary);
	if (has_heading(view))
		draw_heading(canvas, TITLE_ROWS, start, summary);
	if (!rows)
		canvas_text(canvas, first_line(view), 3, -1, STYLE_DIM,
			    app->experts.hidden ? "Nothing but what is hidden."
			    : expert_pass_done(app->experts.pass) < app_packet_count(app)
				    ? "Nothing found so far."
				    : "Nothing found.");
	for (uint32_t row = view->top; row < rows && row - view->top < shown; row++)
		draw_row(view, app, canvas, row);
}

void explain_finding(struct app *app, char *text, size_t room)
{
	const struct expert_tree *tree = &app->experts;
	struct expert_place place;

	text[0] = '\0';
	if (!expert_tree_row(tree, expert_tree_selected(tree), &place))
		return;
	const struct expert_row *kind = expert_tree_kind(tree, place.kind);
	const char *words = kind->words;

	if (place.packet != NOT_A_PACKET)
		words = expert_pass_words(tree->pass, kind, kind->packets[place.packet]);
	snprintf(text, room, "%s   %s", kind->field ? kind->field->abbrev : "", words);
}

static bool toggle_severity(struct expert_tree *tree, enum action action)
{
	static const struct {
		enum action action;
		enum expert_severity severity;
	} toggles[] = {
		{ ACTION_ERRORS, EXPERT_ERROR },  { ACTION_WARNINGS, EXPERT_WARN },
		{ ACTION_NOTES, EXPERT_NOTE },	  { ACTION_CHATS, EXPERT_CHAT },
		{ ACTION_CHATS, EXPERT_COMMENT },
	};
	bool found = false;

	for (size_t i = 0; i < sizeof toggles / sizeof toggles[0]; i++) {
		if (toggles[i].action != action)
			continue;
		expert_tree_hide(tree, toggles[i].severity,
				 !expert_tree_hides(tree, toggles[i].severity));
		found = true;
	}
	return found;
}

static void collapse(struct expert_tree *tree, const struct expert_place *place)
{
	if (place->packet != NOT_A_PACKET)
		tree->selected.packet = NOT_A_PACKET;
	else
		expert_tree_open(tree, place->kind, false);
}

static void go_to_packet(struct app *app)
{
	uint32_t packet = expert_tree_packet(&app->experts);

	if (!packet)
		return;
	app->expert_open = false;
	app_focus_pane(app, PANE_LIST);
	app_go_to(app, packet);
}

static bool act(struct view *view, struct app *app, enum action action, uint32_t count)
{
	struct expert_tree *tree = &app->experts;
	uint32_t row = expert_tree_selected(tree), to;
	struct expert_place place;

	if (row_moved(action, count, row, expert_tree_rows(tree), rows_shown(view), &to)) {
		expert_tree_select(tree, to);
		return true;
	}
	bool there = expert_tree_row(tree, row, &place);

	switch (action) {
	case ACTION_OPEN:
		go_to_packet(app);
		return true;
	case ACTION_STREAM:
		app_show_stream(app, expert_tree_packet(tree));
		return true;
	case ACTION_EXPAND:
		if (there)
			expert_tree_open(tree, place.kind, true);
		return true;
	case ACTION_COLLAPSE:
		if (there)
			collapse(tree, &place);
		return true;
	case ACTION_CLOSE:
	case ACTION_LEAVE:
	case ACTION_EXPERT:
		app->expert_open = false;
		return true;
	default:
		return toggle_severity(tree, action);
	}
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	struct expert_tree *tree = &app->experts;
	struct expert_place place;

	if (mouse->row < first_line(view))
		return;
	uint32_t row = view->top + (uint32_t)(mouse->row - first_line(view));

	if (!expert_tree_row(tree, row, &place))
		return;
	expert_tree_select(tree, row);
	if (place.packet == NOT_A_PACKET && mouse->column <= 2)
		expert_tree_open(tree, place.kind, !expert_tree_is_open(tree, place.kind));
}

const struct view_class expert_view = {
	.name = "findings",
	.place = IN_EXPERT,
	.settle = settle,
	.draw = draw,
	.act = act,
	.click = click,
};
