/* import_sheet.c - what Wireshark's files of the user have for peel: shown first, then taken.
 *
 * They are read only.  What peel has already of a kind is replaced by it, so such a row is off
 * until one switches it on; filters are added to those that are there. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/user_file.h"
#include "ui/app.h"
#include "ui/app_columns.h"
#include "ui/app_memory.h"
#include "ui/recent_files.h"
#include "ui/user_filters.h"

enum { NAME_AT = 2, COUNT_AT = 20, FILE_AT = 27, NOTE_AT = 45, FORMAT_ROOM = 8192 };

static const char format_name[] = "gui.column.format:";
static const char recent_name[] = "recent.display_filter:";

/* What is being read of a file. */
struct reading {
	struct app *app;
	bool takes; /* else it counts only */
	uint32_t count;
	char format[FORMAT_ROOM];
	bool in_format;
};

/* --- columns --- */

/* The value stands on the lines that begin with a blank, too. */
static void read_preference(void *owner, const char *line)
{
	struct reading *reading = owner;
	size_t used = strlen(reading->format);

	if (!strncmp(line, format_name, strlen(format_name))) {
		reading->in_format = true;
		line += strlen(format_name);
	} else if (*line != '\t' && *line != ' ') {
		reading->in_format = false;
	}
	if (reading->in_format)
		snprintf(reading->format + used, FORMAT_ROOM - used, "%s", line);
}

static void use_columns(struct reading *reading)
{
	struct column_list list = { 0 };
	struct error error = { "" };

	if (!reading->format[0] || !column_list_read(&list, reading->format, &error))
		return;
	reading->count = list.count;
	if (reading->takes) {
		columns_take(&reading->app->user.columns, &list);
		app_columns_changed(reading->app);
	}
	column_list_free(&list);
}

/* --- whole files --- */

static void count_line(void *owner, const char *line)
{
	struct reading *reading = owner;

	line += strspn(line, " \t\r");
	reading->count += *line && *line != '#';
}

static void copy_line(void *owner, const char *line)
{
	fprintf(owner, "%s\n", line);
}

static void copy_file(struct app *app, const char *name)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = app_keeps_files(app) ? open_memstream(&text, &size) : NULL;

	if (!out)
		return;
	user_file_read(USER_OF_WIRESHARK, name, copy_line, out);
	if (!fclose(out) && !user_file_write(USER_CONFIG, name, text))
		app_message(app, MESSAGE_ERROR, "\"%s\" cannot be saved: %s.", name,
			    strerror(errno));
	free(text);
}

static void use_rules(struct reading *reading)
{
	if (!reading->takes)
		return;
	copy_file(reading->app, "colorfilters");
	app_read_colour_rules(reading->app);
}

static void use_macros(struct reading *reading)
{
	if (!reading->takes)
		return;
	copy_file(reading->app, "dfilter_macros");
	app_read_macros(reading->app);
}

/* --- filters --- */

/* "\"name\" filter" */
static void read_filter(void *owner, const char *line)
{
	struct reading *reading = owner;
	const char *end = *line == '"' ? strchr(line + 1, '"') : NULL;
	char name[80];

	if (!end)
		return;
	snprintf(name, sizeof name, "%.*s", (int)(end - line - 1), line + 1);
	end += 1 + strspn(end + 1, " \t");
	/* Names are words here. */
	for (char *p = name; *p; p++)
		if (*p == ' ' || *p == '\t' || *p == '=')
			*p = '-';
	if (!name[0] || !*end)
		return;
	reading->count++;
	if (reading->takes)
		saved_filters_set(&reading->app->user.saved_filters, name, end);
}

static void keep_filters(struct reading *reading)
{
	if (reading->takes && app_keeps_files(reading->app) &&
	    !saved_filters_write(&reading->app->user.saved_filters))
		app_message(reading->app, MESSAGE_ERROR, "The filters cannot be saved: %s.",
			    strerror(errno));
}

static void read_recent(void *owner, const char *line)
{
	struct reading *reading = owner;

	if (strncmp(line, recent_name, strlen(recent_name)) != 0)
		return;
	line += strlen(recent_name);
	line += strspn(line, " ");
	if (!*line)
		return;
	reading->count++;
	if (reading->takes)
		filter_history_add(&reading->app->user.history, line);
}

static void keep_history(struct reading *reading)
{
	if (reading->takes)
		filter_history_write(&reading->app->user.history, app_keeps_files(reading->app));
}

/* --- the parts --- */

static const struct {
	const char *name, *file;
	const char *ours; /* the file that it would replace; NULL: it adds to what is there */
	void (*read)(void *owner, const char *line);
	void (*use)(struct reading *reading);
} parts[IMPORT_PARTS] = {
	{ "Columns", "preferences", "columns", read_preference, use_columns },
	{ "Colour rules", "colorfilters", "colorfilters", count_line, use_rules },
	{ "Saved filters", "dfilters", NULL, read_filter, keep_filters },
	{ "Filter macros", "dfilter_macros", "dfilter_macros", count_line, use_macros },
	{ "Filters used", "recent_common", NULL, read_recent, keep_history },
};

static uint32_t read_part(struct app *app, unsigned part, bool takes)
{
	struct reading reading = { .app = app, .takes = takes };

	user_file_read(USER_OF_WIRESHARK, parts[part].file, parts[part].read, &reading);
	parts[part].use(&reading);
	return reading.count;
}

static void note_file(void *owner, const char *line)
{
	(void)line;
	*(bool *)owner = true;
}

static bool has_ours(unsigned part)
{
	bool there = false;

	if (parts[part].ours)
		user_file_read(USER_CONFIG, parts[part].ours, note_file, &there);
	return there;
}

static void begin(struct app *app)
{
	for (unsigned i = 0; i < IMPORT_PARTS; i++) {
		struct import_part *part = &app->import[i];

		part->count = read_part(app, i, false);
		part->replaces = has_ours(i);
		part->wanted = part->count && !part->replaces;
	}
}

static uint32_t count(const struct app *app)
{
	(void)app;
	return IMPORT_PARTS;
}

static void state(const struct app *app, char *text, size_t room)
{
	char path[USER_PATH_ROOM];

	(void)app;
	user_path(USER_OF_WIRESHARK, "", path);
	home_shortened(path, text, (unsigned)room);
}

static void draw_row(struct app *app, struct canvas *canvas, int line, uint32_t row,
		     enum style style)
{
	const struct import_part *part = &app->import[row];
	char number[16];

	snprintf(number, sizeof number, "%u", part->count);
	canvas_text(canvas, line, 0, 1, style == STYLE_BOX ? STYLE_BOX_KEY : style,
		    part->wanted ? "✓" : " ");
	canvas_text(canvas, line, NAME_AT, COUNT_AT - NAME_AT - 1, style, parts[row].name);
	canvas_text_right(canvas, line, COUNT_AT, 5, style, number);
	canvas_text(canvas, line, FILE_AT, NOTE_AT - FILE_AT - 1, style, parts[row].file);
	canvas_text(canvas, line, NOTE_AT, -1, style,
		    !part->count      ? "nothing there"
		    : part->replaces  ? "in place of yours"
		    : parts[row].ours ? "you have none of your own"
				      : "beside yours");
}

static void take(struct app *app)
{
	unsigned taken = 0, things = 0;

	for (unsigned i = 0; i < IMPORT_PARTS; i++) {
		if (!app->import[i].wanted)
			continue;
		things += read_part(app, i, true);
		taken++;
	}
	app_close_sheet(app);
	if (taken)
		app_message(app, MESSAGE_NOTE,
			    "Taken from Wireshark: %u thing%s of %u kind%s. Its files are as they "
			    "were.",
			    things, things == 1 ? "" : "s", taken, taken == 1 ? "" : "s");
	else
		app_message(app, MESSAGE_NOTE, "Nothing was taken.");
}

static bool act(struct app *app, enum action action, uint32_t row)
{
	struct import_part *part = &app->import[row];

	switch (action) {
	case ACTION_TOGGLE_ROW:
		part->wanted = !part->wanted && part->count;
		return true;
	case ACTION_OPEN:
		take(app);
		return true;
	default:
		return false;
	}
}

const struct sheet_class import_sheet = {
	.title = "Import from Wireshark",
	.heading = "  What            Number  File              Taken",
	.nothing = "",
	.keys = { { ACTION_OPEN, "Take what is ticked" }, { ACTION_TOGGLE_ROW, "Tick" } },
	.begin = begin,
	.state = state,
	.count = count,
	.draw_row = draw_row,
	.act = act,
};
