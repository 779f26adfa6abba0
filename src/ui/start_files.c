/* start_files.c - what can be opened: a line for each file, with what is known of it. */
#include "start_files.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "ui/app_capture.h"
#include "ui/quantity.h"

enum {
	MARGIN = 4,
	BYTES_COLUMNS = 9,
	COUNT_COLUMNS = 13,
	DATE_COLUMNS = 18,
	WHEN_COLUMNS = 12,
	NOTE_COLUMNS = 26,
	WIDE_FROM = 100,
	NOTES_FROM = 116,
	MEDIUM_FROM = 60,
	RECENT_LEAST = 3,
};

uint32_t start_file_rows(const struct app *app)
{
	return app->recent.count + app->file_count + 1;
}

/* --- how much room there is --- */

struct file_lines {
	int recent, here; /* rows shown of each; `here` includes "Browse" */
	bool restores;	  /* "Last session" is told */
};

static int least(int a, int b)
{
	return a < b ? a : b;
}

static struct file_lines share_lines(const struct app *app, int most)
{
	int recent = (int)app->recent.count, here = (int)app->file_count + 1;
	struct file_lines share = { .restores = recent && most >= 8 };
	int left = most - 1 - share.restores - (recent && app->file_count ? 1 : 0);

	if (recent + here <= left) {
		share.recent = recent;
		share.here = here;
		return share;
	}
	share.recent = least(recent, here < left / 2 ? left - here : left - left / 2);
	share.here = left - share.recent > 1 ? left - share.recent : 1;
	return share;
}

static int lines_of(const struct app *app, const struct file_lines *share)
{
	return 1 + share->recent + (app->recent.count && app->file_count ? 1 : 0) + share->here +
	       share->restores;
}

int start_file_lines(const struct app *app, int most)
{
	struct file_lines share = share_lines(app, most);

	return lines_of(app, &share);
}

/* --- drawing --- */

static enum style begin_row(struct canvas *canvas, int line, bool selected, bool dim)
{
	enum style style = selected ? STYLE_SELECTED : dim ? STYLE_DIM : STYLE_STATUS;

	if (!selected)
		return style;
	canvas_blank(canvas, line, 0, style);
	canvas_text(canvas, line, 0, 1, style, "▌");
	canvas_cursor(canvas, line, 0);
	return style;
}

/* "filter: http", "3 marks" */
static void note_text(const struct recent_file *file, char *text, size_t room)
{
	int used = 0;

	text[0] = '\0';
	if (file->marks)
		used = snprintf(text, room, "%u mark%s", file->marks, file->marks == 1 ? "" : "s");
	if (file->filter)
		snprintf(text + used, room - (size_t)used, "%sfilter: %s", used ? ", " : "",
			 file->filter);
}

static void draw_recent(struct canvas *canvas, int line, const struct recent_file *file,
			bool selected)
{
	int columns = canvas->area.columns;
	bool wide = columns >= WIDE_FROM, medium = columns >= MEDIUM_FROM;
	enum style style = begin_row(canvas, line, selected, !file->is_there);
	int at = columns - 1 - (columns >= NOTES_FROM ? NOTE_COLUMNS : 0);
	char name[4200], text[QUANTITY_ROOM], count[QUANTITY_ROOM], note[400];

	home_shortened(file->path, name, sizeof name);
	if (!file->is_there) {
		int used = canvas_text(canvas, line, MARGIN, columns / 2, style, name);

		canvas_text(canvas, line, MARGIN + used + 2, -1, style,
			    wide ? "(no longer there: d removes it from the list)"
				 : "(gone: d removes it)");
		return;
	}
	if (columns >= NOTES_FROM) {
		note_text(file, note, sizeof note);
		canvas_text(canvas, line, at + 2, NOTE_COLUMNS - 2, style, note);
	}
	canvas_text_right(canvas, line, at -= WHEN_COLUMNS, WHEN_COLUMNS, style,
			  when_text(file->left, time(NULL), text));
	if (wide)
		canvas_text_right(canvas, line, at -= DATE_COLUMNS, DATE_COLUMNS, style,
				  date_text(file->first_ns / 1000000000, text));
	if (medium) {
		snprintf(count, sizeof count, "%.20s pkt%s", short_count_text(file->packets, text),
			 file->packets == 1 ? "" : "s");
		canvas_text_right(canvas, line, at -= COUNT_COLUMNS, COUNT_COLUMNS, style, count);
	}
	canvas_text_right(canvas, line, at -= BYTES_COLUMNS, BYTES_COLUMNS, style,
			  bytes_text(file->bytes, text));
	canvas_text(canvas, line, MARGIN, at - MARGIN - 1, style, name);
}

static void draw_here(const struct app *app, struct canvas *canvas, int line, unsigned n,
		      bool selected)
{
	int columns = canvas->area.columns;
	enum style style = begin_row(canvas, line, selected, false);
	char text[QUANTITY_ROOM];

	if (n == app->file_count) {
		canvas_text(canvas, line, MARGIN, -1, style, "Browse…");
		return;
	}
	const struct capture_choice *file = &app->files[n];
	int right = columns >= MEDIUM_FROM ? 28 : 10;

	canvas_text(canvas, line, MARGIN, columns - right - 6, style, file->name);
	canvas_text_right(canvas, line, columns - right - 1, BYTES_COLUMNS, style,
			  bytes_text(file->bytes, text));
	if (columns >= MEDIUM_FROM)
		canvas_text_right(canvas, line, columns - 18, 17, style,
				  date_text(file->changed, text));
}

/* "bro.org.pcap, filter "http", packet #4, 2 marks, left 09:41" */
static void draw_session(const struct app *app, struct canvas *canvas, int line)
{
	const struct recent_file *file = &app->recent.files[0];
	const char *slash = strrchr(file->path, '/');
	char text[600], filter[300] = "", marks[60] = "", when[WHEN_ROOM], keys[KEYS_ROOM];
	int columns = canvas->area.columns;

	if (file->filter)
		snprintf(filter, sizeof filter, ", filter \"%.200s\"", file->filter);
	if (file->marks)
		snprintf(marks, sizeof marks, ", %u mark%s", file->marks,
			 file->marks == 1 ? "" : "s");
	key_map_names(&app->user.keys, ACTION_RESTORE, IN_START, 1, keys);
	snprintf(text, sizeof text, "%s restore", keys);
	int room = columns - text_columns(text) - 4;

	canvas_text_right(canvas, line, columns - text_columns(text) - 1, text_columns(text),
			  STYLE_KEY, text);
	snprintf(text, sizeof text, "Last session: %.200s%s, packet #%u%s, left %s",
		 slash ? slash + 1 : file->path, filter, file->selected, marks,
		 when_text(file->left, time(NULL), when));
	canvas_text(canvas, line, 1, room, STYLE_STATUS, text);
}

/* Of `count` rows the first one to show, so that number `selected` is among the `shown` ones. */
static uint32_t first_of(uint32_t selected, uint32_t count, int shown)
{
	return selected < count && selected >= (uint32_t)shown ? selected - (uint32_t)shown + 1 : 0;
}

void draw_start_files(struct app *app, struct canvas *canvas, int line, int most)
{
	struct file_lines share = share_lines(app, most);
	uint32_t recent = app->recent.count, here = app->file_count + 1;
	uint32_t selected = app->start_row - app->interfaces.count; /* wraps: none of these */
	uint32_t first = first_of(selected, recent, share.recent);
	bool wide = canvas->area.columns >= WIDE_FROM && canvas->area.columns < NOTES_FROM;

	uint32_t row = app->interfaces.count;

	start_heading(canvas, line++, recent ? "Recent files" : "Open a file",
		      recent && wide ? "first packet        left" : "");
	for (int i = 0; i < share.recent && first < recent; i++, first++) {
		start_note_line(app, line, row + first);
		draw_recent(canvas, line++, &app->recent.files[first], first == selected);
	}
	if (recent && app->file_count)
		start_heading(canvas, line++, "In this folder", "");
	first = first_of(selected - recent, here, share.here);
	for (int i = 0; i < share.here && first < here; i++, first++) {
		start_note_line(app, line, row + recent + first);
		draw_here(app, canvas, line++, first, recent + first == selected);
	}
	if (share.restores) {
		start_note_line(app, line, START_RESTORE);
		draw_session(app, canvas, line);
	}
}

/* --- what is done --- */

bool open_start_file(struct app *app, uint32_t row, struct error *error)
{
	char path[4096];

	if (row < app->recent.count) {
		snprintf(path, sizeof path, "%s", app->recent.files[row].path);
		return app_open(app, path, error);
	}
	row -= app->recent.count;
	if (row < app->file_count)
		return app_open(app, app->files[row].name, error);
	app_ask(app, PROMPT_OPEN, "");
	return true;
}

void remove_start_file(struct app *app, uint32_t row)
{
	if (row >= app->recent.count) {
		app_message(app, MESSAGE_NOTE,
			    "Only recent files can be taken off the list; no file is removed.");
		return;
	}
	char name[4200];

	if (!app_may_write(app))
		return;
	home_shortened(app->recent.files[row].path, name, sizeof name);
	recent_files_remove(app->recent.files[row].path);
	app_start_screen(app);
	app->start_row = app->interfaces.count + row;
	app_message(app, MESSAGE_NOTE, "%.600s is not listed any more; the file is as it was.",
		    name);
}

void explain_start_row(const struct app *app, char *text, size_t room)
{
	uint32_t row = app->start_row;

	text[0] = '\0';
	if (row < app->interfaces.count) {
		interface_details(app->interfaces.interfaces[row].name, text, room);
		return;
	}
	row -= app->interfaces.count;
	if (row < app->recent.count)
		home_shortened(app->recent.files[row].path, text, (unsigned)room);
}
