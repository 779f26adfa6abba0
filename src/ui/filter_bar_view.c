/* filter_bar_view.c - the display filter: what is set, and while it is typed, whether it is valid,
 * how many packets it would show, and how the word at the cursor could go on.
 *
 *      Filter: tcp.prot == 443▏                               ✗ no field "tcp.prot"
 *              ▲ */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ui/app.h"
#include "ui/app_filter.h"
#include "ui/quantity.h"
#include "ui/user_filters.h"

enum {
	POPUP_ROWS = 8,
	MANY = 10,
	POPUP_COLUMNS = 104,
	TEXT_AT = 9,
	LEAST_TEXT = 24,
	SAY_ROOM = 400,
	COUNT_ROOM = 24
};

/* --- what is said of it --- */

static void count_words(const struct app *app, const struct packet_filter *pf, char *text,
			size_t room)
{
	struct filter_food food = app_filter_food(app);
	char passed[QUANTITY_ROOM], all[QUANTITY_ROOM];

	count_text(pf->progress.passed, passed);
	count_text(app->packet_count, all);
	if (pf->stopped)
		snprintf(text, room, "%s of %s, stopped", passed, all);
	else
		snprintf(text, room, "%s of %s packets%s", passed, all,
			 packet_filter_is_done(pf, &food) ? "" : " so far");
}

/* A comparison that means something else than many expect. */
static bool is_questionable(const char *text)
{
	static const char *const several[] = { "ip.addr !=",  "ipv6.addr !=", "eth.addr !=",
					       "tcp.port !=", "udp.port !=",  "ip.host !=" };

	for (unsigned i = 0; i < sizeof several / sizeof several[0]; i++) {
		const char *at = strstr(text, several[i]);

		if (at && at[strlen(several[i])] != '=')
			return true;
	}
	return false;
}

/* What a capture filter typed here would be; "": it is none. */
static void translate(const char *text, char filter[SAY_ROOM])
{
	char word[64], rest[64];
	unsigned port;
	int end = 0;

	filter[0] = '\0';
	if (sscanf(text, " port %u%n", &port, &end) == 1 && !text[end])
		snprintf(filter, SAY_ROOM, "tcp.port == %u || udp.port == %u", port, port);
	else if (sscanf(text, " %3[a-z] port %u%n", word, &port, &end) == 2 && !text[end] &&
		 (!strcmp(word, "tcp") || !strcmp(word, "udp")))
		snprintf(filter, SAY_ROOM, "%s.port == %u", word, port);
	else if (sscanf(text, " host %60[0-9.]%n", rest, &end) == 1 && !text[end])
		snprintf(filter, SAY_ROOM, "ip.addr == %s", rest);
	else if (sscanf(text, " net %60[0-9./]%n", rest, &end) == 1 && !text[end])
		snprintf(filter, SAY_ROOM, "ip.addr == %s", rest);
}

/* A sign, words, and their look: never by colour alone. */
static enum style verdict(const struct app *app, char text[SAY_ROOM])
{
	const struct filter_bar *bar = &app->bar;
	char other[SAY_ROOM];

	if (bar->searching) {
		snprintf(text, SAY_ROOM,
			 "used before, with \"%.100s\"%s   ^R earlier  Enter takes it",
			 bar->needle.text, bar->recalled || !bar->needle.length ? "" : ": none");
		return bar->recalled || !bar->needle.length ? STYLE_DIM : STYLE_WARNING;
	}
	if (!bar->line.length) {
		snprintf(text, SAY_ROOM, "all packets   Enter applies  Tab completes  ↑ earlier");
		return STYLE_DIM;
	}
	translate(bar->line.text, other);
	if (!bar->valid && !*other && bar->completion.count &&
	    bar->line.cursor == bar->line.length) {
		snprintf(text, SAY_ROOM, "… incomplete");
		return STYLE_WARNING;
	}
	if (!bar->valid) {
		if (*other)
			snprintf(text, SAY_ROOM, "✗ a capture filter; here: %.300s (Tab)", other);
		else
			snprintf(text, SAY_ROOM, "%s %.300s", bar->error.incomplete ? "…" : "✗",
				 bar->error.message);
		return bar->error.incomplete && !*other ? STYLE_WARNING : STYLE_INVALID;
	}
	if (is_questionable(bar->line.text)) {
		snprintf(text, SAY_ROOM, "! true if none of them is equal; if one differs: !==");
		return STYLE_WARNING;
	}
	if (bar->preview.run)
		count_words(app, &bar->preview, other, sizeof other);
	else if (app->filter.text && !strcmp(app->filter.text, bar->line.text))
		count_words(app, &app->filter, other, sizeof other);
	else
		snprintf(other, sizeof other, "valid");
	snprintf(text, SAY_ROOM, "✓ %.300s", other);
	return STYLE_VALID;
}

/* --- drawing --- */

static void draw_set(const struct app *app, struct canvas *canvas)
{
	char count[SAY_ROOM] = "";
	int columns = canvas->area.columns, room = columns - TEXT_AT - 1;

	canvas_blank(canvas, 0, 0, STYLE_FILTER);
	canvas_text(canvas, 0, 1, -1, STYLE_FILTER, "Filter: ");
	if (!app->filter_text) {
		canvas_text(canvas, 0, TEXT_AT, -1, STYLE_FILTER, "none, all packets are shown");
		return;
	}
	if (app->filter_off)
		snprintf(count, sizeof count, "off: \\ puts it on");
	else
		count_words(app, &app->filter, count, sizeof count);
	int width = text_columns(count);

	if (room - width - 2 >= LEAST_TEXT / 2) {
		canvas_text(canvas, 0, columns - width - 1, -1, STYLE_FILTER, count);
		room -= width + 2;
	}
	canvas_text(canvas, 0, TEXT_AT, room, app->filter_off ? STYLE_FILTER : STYLE_FILTER_SET,
		    app->filter_text);
}

/* The place of a byte of the line on the screen. */
static int column_of(const struct line_edit *line, unsigned byte)
{
	char head[LINE_ROOM];

	memcpy(head, line->text, sizeof head);
	head[byte < line->length ? byte : line->length] = '\0';
	return TEXT_AT + text_columns(head);
}

/* Under the fault, and the words beside it if they found no room above. */
static void draw_caret(const struct filter_bar *bar, struct canvas *canvas, const char *words,
		       enum style style)
{
	int columns = canvas->area.columns, width = text_columns(words);
	int at = column_of(&bar->line, bar->error.text && !strcmp(bar->error.text, bar->line.text)
					       ? bar->error.column
					       : bar->line.length);

	if (bar->valid || (bar->error.incomplete && !*words))
		return;
	canvas_blank(canvas, 1, 0, STYLE_NORMAL);
	if (at < columns)
		canvas_text(canvas, 1, at, 1, style, "▲");
	if (at + 2 + width < columns)
		canvas_text(canvas, 1, at + 2, -1, style, words);
	else if (width + 2 < at)
		canvas_text(canvas, 1, at - width - 1, width, style, words);
	else
		canvas_text(canvas, 1, 1, -1, style, words);
}

/* Where the box stands: below the line, but not on the packet that is selected. */
static int popup_row(const struct canvas *canvas, int rows)
{
	int cursor = canvas->screen->cursor_row - canvas->area.row;

	if (cursor < 1 || cursor > rows || cursor + 1 + rows > canvas->area.rows)
		return 1;
	return cursor + 1;
}

/* "54", "54+" of packets that were not all looked at; "": not known yet, or no field. */
static void occurrences(const struct app *app, const struct completion_choice *choice,
			char text[COUNT_ROOM])
{
	const struct field_counter *counter = &app->bar.counter;
	char count[QUANTITY_ROOM];

	text[0] = '\0';
	if (choice->field < 0 || !field_counter_is_done(counter, app->packet_count))
		return;
	snprintf(text, COUNT_ROOM, "%.20s%s", count_text(counter->packets[choice->field], count),
		 app->packet_count > COUNTED_MOST ? "+" : "");
}

static void draw_choice(const struct app *app, struct canvas *canvas, int row,
			const struct completion_choice *choice, bool chosen)
{
	int columns = canvas->area.columns - 4;
	enum style style = chosen ? STYLE_SELECTED : choice->in_file ? STYLE_BOX : STYLE_BOX_DIM;
	int name = columns * 2 / 5, count = columns > 60 ? 8 : 0;
	int type = count ? 18 + count : 0;
	char times[COUNT_ROOM];

	canvas_repeat(canvas, row, 1, columns + 2, style, ' ');
	canvas_text(canvas, row, 2, name, style, choice->text);
	canvas_text(canvas, row, 3 + name, columns - name - type - (type ? 2 : 1), style,
		    choice->title);
	if (!type)
		return;
	canvas_text(canvas, row, 2 + columns - type, type - count, style, choice->type);
	occurrences(app, choice, times);
	canvas_text_right(canvas, row, 2 + columns - count, count, style, times);
}

static void draw_popup(const struct app *app, struct canvas *canvas)
{
	const struct filter_bar *bar = &app->bar;
	const struct completion *completion = &bar->completion;
	int rows = (int)completion->count < POPUP_ROWS ? (int)completion->count : POPUP_ROWS;
	int columns = canvas->area.columns < POPUP_COLUMNS ? canvas->area.columns : POPUP_COLUMNS;
	char bottom[120];

	if (rows > canvas->area.rows - 3)
		rows = canvas->area.rows - 3;
	if (completion->closed || rows < 1)
		return;
	int at = column_of(&bar->line, completion->from) - 2;

	if (at > canvas->area.columns - columns)
		at = canvas->area.columns - columns;
	struct canvas box =
		canvas_part(canvas, (struct rect){ popup_row(canvas, rows + 2), at > 0 ? at : 0,
						   rows + 2, columns });
	int first = completion->chosen >= rows ? completion->chosen - rows + 1 : 0;

	/* How many more fields there are says nothing of this file. */
	bool many = !completion->is_value && completion->total > MANY;
	snprintf(bottom, sizeof bottom, "Tab completes · ↓ ↑ choose · Esc closes · %u%s%s",
		 many ? MANY : completion->total, many ? "+" : "",
		 !completion->is_value	  ? ", of this file first"
		 : completion->total == 1 ? " value"
					  : " values");
	draw_box(&box, "", bottom);
	for (int i = 0; i < rows; i++)
		draw_choice(app, &box, 1 + i, &completion->choices[first + i],
			    first + i == completion->chosen);
}

static void draw_typed(const struct app *app, struct canvas *canvas)
{
	const struct filter_bar *bar = &app->bar;
	char words[SAY_ROOM];
	enum style style = verdict(app, words);
	int columns = canvas->area.columns, width = text_columns(words);
	int room = columns - TEXT_AT - 1;
	bool beside = text_columns(bar->line.text) + 2 + width < room;

	if (canvas->area.rows > 1 && (!bar->completion.count || bar->completion.closed))
		draw_caret(bar, canvas, beside || bar->valid ? "" : words, style);
	draw_popup(app, canvas);
	canvas_blank(canvas, 0, 0, STYLE_FILTER);
	canvas_text(canvas, 0, 1, -1, STYLE_KEY, "Filter: ");
	/* The sign alone, where there is no room for its words. */
	canvas_text(canvas, 0, beside ? columns - width - 1 : columns - 2, beside ? width : 1,
		    style, beside ? words : (char[]){ words[0], words[1], words[2], '\0' });
	line_draw(&bar->line, canvas, 0, TEXT_AT, beside ? columns - TEXT_AT - width - 2 : room - 2,
		  style == STYLE_INVALID ? STYLE_FILTER_BAD
		  : style == STYLE_VALID ? STYLE_FILTER_GOOD
					 : STYLE_FILTER_TYPED);
}

static void draw(struct view *view, struct app *app, struct canvas *canvas)
{
	(void)view;
	if (app->bar.open)
		draw_typed(app, canvas);
	else
		draw_set(app, canvas);
}

/* --- typing --- */

static void replace_word(struct app *app, const char *by)
{
	struct filter_bar *bar = &app->bar;
	const struct completion *completion = &bar->completion;
	char text[LINE_ROOM];
	int head = snprintf(text, sizeof text, "%.*s%s", (int)completion->from, bar->line.text, by);

	if (head >= (int)sizeof text)
		return;
	snprintf(text + head, sizeof text - (size_t)head, "%s", bar->line.text + completion->to);
	line_set(&bar->line, text);
	bar->line.cursor = (unsigned)head;
	app_check_filter_line(app);
}

static void complete(struct app *app)
{
	struct filter_bar *bar = &app->bar;
	const struct completion *completion = &bar->completion;
	char text[COMPLETION_ROOM], other[SAY_ROOM];

	translate(bar->line.text, other);
	if (!bar->valid && *other) {
		line_set(&bar->line, other);
		app_check_filter_line(app);
	} else if (completion->chosen >= 0 || completion->count == 1) {
		int chosen = completion->chosen > 0 ? completion->chosen : 0;

		snprintf(text, sizeof text, "%s", completion->choices[chosen].text);
		replace_word(app, text);
		bar->completion.closed = true;
	} else if (completion_common(completion, text)) {
		replace_word(app, text);
	} else if (completion->count) {
		bar->completion.chosen = 0;
		bar->completion.closed = false;
	}
}

/* Filters that begin as what was typed does. */
static void recall(struct app *app, bool older)
{
	struct filter_bar *bar = &app->bar;
	const struct filter_history *history = &app->user.history;
	unsigned at = bar->recalled;

	if (!at)
		snprintf(bar->typed, sizeof bar->typed, "%s", bar->line.text);
	if (older) {
		at = filter_history_find(history, at, bar->typed);
		if (!at)
			return;
	} else {
		if (!at)
			return;
		do
			at++;
		while (at <= history->count &&
		       strncmp(history->texts[at - 1], bar->typed, strlen(bar->typed)) != 0);
		if (at > history->count)
			at = 0;
	}
	bar->recalled = at;
	line_set(&bar->line, at ? history->texts[at - 1] : bar->typed);
	app_check_filter_line(app);
	bar->completion.closed = true;
}

/* --- backwards in what was used --- */

/* The newest one before number `from` that has the needle in it; 0 is before none. */
static void look_back(struct app *app, unsigned from)
{
	struct filter_bar *bar = &app->bar;
	unsigned at = filter_history_search(&app->user.history, from, bar->needle.text);

	if (!at && from)
		return; /* the earliest stays */
	bar->recalled = at;
	line_set(&bar->line, at ? app->user.history.texts[at - 1] : bar->typed);
	app_check_filter_line(app);
	bar->completion.closed = true;
}

static void begin_search(struct app *app)
{
	struct filter_bar *bar = &app->bar;

	if (!bar->recalled)
		snprintf(bar->typed, sizeof bar->typed, "%s", bar->line.text);
	bar->searching = true;
	line_set(&bar->needle, "");
	look_back(app, 0);
}

static void end_search(struct app *app, bool takes)
{
	struct filter_bar *bar = &app->bar;

	bar->searching = false;
	if (takes)
		return;
	bar->recalled = 0;
	line_set(&bar->line, bar->typed);
	app_check_filter_line(app);
	bar->completion.closed = true;
}

/* False: a key that ends the search, and means something then. */
static bool type_needle(struct app *app, const struct event *event)
{
	struct filter_bar *bar = &app->bar;
	unsigned length = bar->needle.length;

	switch (event->key) {
	case KEY_CTRL('R'):
		look_back(app, bar->recalled);
		return true;
	case KEY_ESCAPE:
	case KEY_CTRL('C'):
	case KEY_CTRL('G'):
		end_search(app, false);
		return true;
	case KEY_ENTER:
	case KEY_TAB:
		end_search(app, true);
		return true;
	case KEY_MOUSE:
		return true;
	default:
		break;
	}
	if (!line_type(&bar->needle, event) || bar->needle.length == length) {
		end_search(app, true);
		return event->key == KEY_BACKSPACE;
	}
	look_back(app, 0);
	return true;
}

static void go_up_or_down(struct app *app, bool up)
{
	struct completion *completion = &app->bar.completion;
	bool choosing = completion->count && !completion->closed;

	if (choosing && (!up || completion->chosen >= 0)) {
		completion->chosen += up ? -1 : 1;
		if (completion->chosen >= (int)completion->count)
			completion->chosen = (int)completion->count - 1;
		return;
	}
	recall(app, up);
}

static void apply(struct app *app)
{
	struct filter_bar *bar = &app->bar;
	char text[LINE_ROOM];

	if (bar->completion.chosen >= 0 && !bar->completion.closed) {
		complete(app);
		return;
	}
	memcpy(text, bar->line.text, sizeof text);
	if (text[strspn(text, " ")] == '\0')
		text[0] = '\0';
	if (app_set_filter(app, text)) {
		app_close_filter_bar(app);
		app_focus_pane(app, PANE_LIST);
	} else {
		bar->completion.closed = true;
	}
}

static bool edit(struct app *app, const struct event *event)
{
	struct filter_bar *bar = &app->bar;

	if (event->key == KEY_BACKSPACE && !bar->line.length) {
		app_cancel_filter_bar(app);
		return true;
	}
	unsigned cursor = bar->line.cursor, length = bar->line.length;

	line_type(&bar->line, event);
	if (bar->line.length != length || bar->line.cursor != cursor) {
		bar->recalled = 0;
		app_check_filter_line(app);
		/* Who only goes through the line does not ask for words. */
		bar->completion.closed = bar->line.length == length;
	}
	return true;
}

static bool type(struct view *view, struct app *app, const struct event *event)
{
	struct completion *completion = &app->bar.completion;

	(void)view;
	app->message[0] = '\0';
	if (app->bar.searching && type_needle(app, event))
		return true;
	switch (event->key) {
	case KEY_CTRL('R'):
		begin_search(app);
		return true;
	case KEY_ESCAPE:
		if (completion->count && !completion->closed)
			completion->closed = true;
		else
			app_cancel_filter_bar(app);
		return true;
	case KEY_CTRL('C'):
	case KEY_CTRL('G'):
		app_cancel_filter_bar(app);
		return true;
	case KEY_ENTER:
		apply(app);
		return true;
	case KEY_TAB:
		complete(app);
		return true;
	case KEY_UP:
	case KEY_CTRL('P'):
		go_up_or_down(app, true);
		return true;
	case KEY_DOWN:
	case KEY_CTRL('N'):
		go_up_or_down(app, false);
		return true;
	case KEY_MOUSE:
		return false;
	default:
		return edit(app, event);
	}
}

static void click(struct view *view, struct app *app, const struct mouse *mouse)
{
	(void)view;
	if (!app->bar.open && mouse->kind == MOUSE_PRESS)
		app_do(app, ACTION_FILTER);
}

const struct view_class filter_bar_view = {
	.name = "filter",
	.draw = draw,
	.type = type,
	.click = click,
};
