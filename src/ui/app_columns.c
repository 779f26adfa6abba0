/* app_columns.c - the columns of the packet list as the user changes them, and their file.
 *
 * A line of the file is a format, what is to be said of it, and its title:
 * "%Cus:http.host:0:R width=20 title=Host".  Lines that are names of fields alone, as files had
 * once, stand beside the usual columns. */
#include "ui/app_columns.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/user_file.h"
#include "dissect/registry.h"
#include "ui/app_rows.h"

enum { LINE_MOST = COLUMN_FORMAT_ROOM + COLUMN_TITLE_ROOM + 40 };

void app_rows_changed(struct app *app)
{
	unsigned bytes = registry_field_count() / 8 + 1;

	free(app->row_fields);
	app->row_fields = must_zeroed(bytes, 1);
	for (unsigned i = 0; app->user.rules.wanted && i < bytes; i++)
		app->row_fields[i] = app->user.rules.wanted[i];
	for (unsigned i = 0; i < app->user.columns.count; i++)
		if (!app->user.columns.columns[i].hidden)
			column_want_fields(&app->user.columns.columns[i].column, app->row_fields);
	if (app->session)
		app->list_port.d.wanted_fields = app->row_fields;
	columns_reset(&app->user.columns);
	app->measured_from = app->measured_to = 0;
	app->dirty = true;
}

/* --- the file --- */

/* What the command line says, and a fresh run, are for this time alone. */
static bool is_users(const struct app *app)
{
	const struct ui_options *options = app->options;

	return !options->fresh && !(options->columns && options->columns->count);
}

static void write_columns(struct app *app)
{
	char text[LIST_COLUMNS * LINE_MOST] = "", format[COLUMN_FORMAT_ROOM];
	char name[PROFILE_FILE_ROOM];
	size_t used = 0;

	for (unsigned i = 0; i < app->user.columns.count; i++) {
		const struct list_column *c = &app->user.columns.columns[i];
		char width[24] = "";

		if (c->width)
			snprintf(width, sizeof width, " width=%d", c->width);
		column_format_text(&c->column, format);
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s%s title=%s\n",
					 format, c->hidden ? " hidden" : "", width,
					 c->column.title);
	}
	profile_file_name(app->profile, name);
	if (!user_file_write(USER_CONFIG, name, text))
		app_message(app, MESSAGE_ERROR, "The columns cannot be saved: %s.",
			    strerror(errno));
}

struct column_reader {
	struct list_columns columns;
	bool has_formats;
};

/* A format, or the name of a field; without a title it has that of the field. */
static bool read_format(struct column *column, const char *word, const char *title)
{
	char format[COLUMN_FORMAT_ROOM];

	if (word[0] != '%' && registry_field_named(word) < 0)
		return false;
	snprintf(format, sizeof format, "%s%.*s",
		 word[0] == '%' ? "" : "%Cus:", COLUMN_FORMAT_ROOM - 10, word);
	if (!column_read(column, title, format))
		return false;
	if (!column->title[0])
		snprintf(column->title, sizeof column->title, "%s",
			 column->field_count ? registry_field(column->fields[0])->name
					     : column->format->meaning);
	return true;
}

static void take_column(void *owner, const char *line)
{
	struct column_reader *reader = owner;
	char word[COLUMN_FORMAT_ROOM];
	size_t length = strcspn(line, " ");
	const char *title = strstr(line, " title="), *width = strstr(line, " width=");
	const char *hidden = strstr(line, " hidden");
	struct list_column *c = &reader->columns.columns[reader->columns.count];

	if (!length || length >= sizeof word || reader->columns.count == LIST_COLUMNS)
		return;
	*c = (struct list_column){ 0 };
	snprintf(word, sizeof word, "%.*s", (int)length, line);
	if (!read_format(&c->column, word, title ? title + strlen(" title=") : ""))
		return;
	c->hidden = hidden && (!title || hidden < title);
	if (width && (!title || width < title))
		c->width = atoi(width + strlen(" width="));
	if (c->width < 0 || c->width > WIDTH_MOST)
		c->width = 0;
	reader->has_formats |= word[0] == '%';
	reader->columns.count++;
}

void app_read_columns(struct app *app)
{
	struct column_reader reader = { .columns = { .count = 0 } };
	char name[PROFILE_FILE_ROOM];

	if (!is_users(app))
		return;
	profile_file_name(app->profile, name);
	user_file_read(USER_CONFIG, name, take_column, &reader);
	if (reader.has_formats) {
		app->user.columns = reader.columns;
	} else {
		columns_default(&app->user.columns);
		for (unsigned i = 0; i < reader.columns.count; i++)
			columns_add(&app->user.columns, &reader.columns.columns[i].column);
	}
	app_rows_changed(app);
}

void app_columns_changed(struct app *app)
{
	app_rows_changed(app);
	/* What was sorted by may be gone. */
	if (columns_sorted(&app->user.columns) < 0)
		app_resort(app);
	if (is_users(app) && app_keeps_files(app))
		write_columns(app);
}

/* --- changes --- */

static void add(struct app *app, const struct column *column)
{
	int n = columns_add(&app->user.columns, column);

	if (n < 0) {
		app_message(app, MESSAGE_NOTE, "There are %d columns already.", LIST_COLUMNS);
		return;
	}
	app->user.columns.chosen = (unsigned)n;
	if (app->sheet.kind == SHEET_OF_COLUMNS)
		app->sheet.row = (unsigned)n;
	app_columns_changed(app);
}

void app_toggle_column(struct app *app)
{
	const struct node *n = focus_node(&app->packet);
	struct column column;

	if (!n || n->field == registry_first_field(registry_root())) {
		app_message(app, MESSAGE_NOTE,
			    "Select a field in the details first: Tab goes there.");
		return;
	}
	int at = columns_find_field(&app->user.columns, n->field);

	if (at >= 0) {
		columns_remove(&app->user.columns, (unsigned)at);
		app_columns_changed(app);
		return;
	}
	column_of_field(&column, n->field);
	add(app, &column);
}

void app_add_column(struct app *app, const char *text)
{
	const char *equals = strchr(text, '='), *format = equals ? equals + 1 : text;
	char title[COLUMN_TITLE_ROOM] = "", word[COLUMN_FORMAT_ROOM];
	struct column column;

	if (equals)
		snprintf(title, sizeof title, "%.*s", (int)(equals - text), text);
	snprintf(word, sizeof word, "%s%.*s",
		 *format == '%' ? "" : "%Cus:", COLUMN_FORMAT_ROOM - 10, format);
	if (!read_format(&column, word, title) ||
	    (column.format->says == SAYS_FIELDS && !column.field_count)) {
		app_message(app, MESSAGE_WARNING,
			    "\"%s\" is no field and no format of a column, such as http.host, "
			    "tcp.port||udp.port:1 or %%Gt.",
			    format);
		return;
	}
	add(app, &column);
}

void app_name_column(struct app *app, const char *title)
{
	struct list_column *c = &app->user.columns.columns[app->user.columns.chosen];
	struct column named = c->column;

	if (column_read(&named, title, named.format->text) && named.title[0])
		memcpy(c->column.title, named.title, sizeof named.title);
	app_columns_changed(app);
}

/* The longest common beginning of the fields whose names begin as the last word does. */
void app_complete_column(struct app *app)
{
	size_t from = app->line.length, common = 0;
	const char *first = NULL;
	unsigned count = 0;
	char text[LINE_ROOM];

	while (from && !strchr("=| ", app->line.text[from - 1]))
		from--;
	const char *typed = app->line.text + from;

	for (unsigned i = 0; i < registry_field_count(); i++) {
		const char *name = registry_field(i)->abbrev;

		if (strncmp(name, typed, strlen(typed)) != 0)
			continue;
		if (!count++) {
			first = name;
			common = strlen(name);
		}
		for (size_t j = 0; j < common; j++)
			if (name[j] != first[j])
				common = j;
	}
	if (!count) {
		app_message(app, MESSAGE_NOTE, "No field begins so.");
		return;
	}
	snprintf(text, sizeof text, "%.*s%.*s", (int)from, app->line.text, (int)common, first);
	line_set(&app->line, text);
	if (count > 1)
		app_message(app, MESSAGE_NOTE, "%u fields begin so.", count);
}

void app_size_column(struct app *app, unsigned n, int width)
{
	struct list_column *c = &app->user.columns.columns[n];

	if (column_is_info(&c->column)) {
		app_message(app, MESSAGE_NOTE, "Info has what the other columns leave.");
		return;
	}
	c->width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
	app_columns_changed(app);
}

/* --- keys --- */

static void choose(struct app *app, int by)
{
	struct list_columns *columns = &app->user.columns;
	unsigned n = columns->chosen;

	columns->choosing = true;
	do
		n += (unsigned)by;
	while (n < columns->count && !app->column_places.columns[n] &&
	       (int)n != columns_sorted(columns));
	if (n < columns->count)
		columns->chosen = n;
	app->dirty = true;
}

static void move(struct app *app, int by)
{
	struct list_columns *columns = &app->user.columns;

	columns->choosing = true;
	if (columns_move(columns, columns->chosen, columns->chosen + (unsigned)by))
		app_columns_changed(app);
}

static void resize(struct app *app, int by)
{
	struct list_columns *columns = &app->user.columns;
	const struct list_column *c = &columns->columns[columns->chosen];
	int now = app->column_places.columns[columns->chosen];

	columns->choosing = true;
	app_size_column(app, columns->chosen, (c->width ? c->width : now ? now : c->widest) + by);
}

bool app_act_on_columns(struct app *app, enum action action, uint32_t count)
{
	int times = count && count < WIDTH_MOST ? (int)count : 1;

	switch (action) {
	case ACTION_NEXT_COLUMN:
		choose(app, 1);
		return true;
	case ACTION_PREVIOUS_COLUMN:
		choose(app, -1);
		return true;
	case ACTION_COLUMN_LEFT:
		move(app, -1);
		return true;
	case ACTION_COLUMN_RIGHT:
		move(app, 1);
		return true;
	case ACTION_SORT_COLUMN:
		app->user.columns.choosing = true;
		app_sort_on(app, app->user.columns.chosen);
		return true;
	case ACTION_COLUMN_NARROWER:
		resize(app, -times);
		return true;
	case ACTION_COLUMN_WIDER:
		resize(app, times);
		return true;
	default:
		return false;
	}
}
