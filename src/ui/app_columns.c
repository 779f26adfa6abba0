/* app_columns.c - columns of the packet list that show fields. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/user_file.h"
#include "dissect/registry.h"
#include "ui/app.h"

static const char columns_file[] = "columns";

void app_rows_changed(struct app *app)
{
	unsigned bytes = registry_field_count() / 8 + 1;
	const struct list_columns *columns = &app->columns;

	free(app->row_fields);
	app->row_fields = must_zeroed(bytes, 1);
	for (unsigned i = 0; app->rules.wanted && i < bytes; i++)
		app->row_fields[i] = app->rules.wanted[i];
	for (unsigned i = 0; i < columns->custom_count; i++)
		app->row_fields[columns->custom[i].field / 8] |=
			(uint8_t)(1u << columns->custom[i].field % 8);
	if (app->session)
		app->list_port.d.wanted_fields = app->row_fields;
	app->measured_from = app->measured_to = 0;
	app->dirty = true;
}

static void write_columns(struct app *app)
{
	char text[CUSTOM_COLUMNS * 130] = "";
	size_t used = 0;

	for (unsigned i = 0; i < app->columns.custom_count && used < sizeof text; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%.120s\n",
					 registry_field(app->columns.custom[i].field)->abbrev);
	if (app->options->remembers && !user_file_write(USER_CONFIG, columns_file, text))
		app_message(app, MESSAGE_ERROR, "The columns cannot be saved: %s.",
			    strerror(errno));
}

void app_toggle_column(struct app *app)
{
	const struct node *n = focus_node(&app->packet);

	if (!n || n->field == registry_first_field(registry_root())) {
		app_message(app, MESSAGE_NOTE,
			    "Select a field in the details first: Tab goes there.");
		return;
	}
	if (!columns_toggle(&app->columns, n->field)) {
		app_message(app, MESSAGE_NOTE, "There are %d such columns already.",
			    CUSTOM_COLUMNS);
		return;
	}
	app_rows_changed(app);
	write_columns(app);
}

static void take_column(void *owner, const char *line)
{
	struct app *app = owner;
	int field = registry_field_named(line);

	if (field >= 0)
		columns_toggle(&app->columns, (uint16_t)field);
}

void app_read_columns(struct app *app)
{
	app->columns.custom_count = 0;
	user_file_read(USER_CONFIG, columns_file, take_column, app);
	app_rows_changed(app);
}
