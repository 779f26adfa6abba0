/* app_user_files.c - what the user has written down for peel, and what peel has for the user. */
#include <stdio.h>
#include <string.h>

#include "base/user_file.h"
#include "ui/app.h"
#include "ui/user_filters.h"

static const char keys_file[] = "keys.conf";

struct key_reader {
	struct app *app;
	unsigned line;
};

/* "^F page-down": keys, and the action they are to do wherever it means something. */
static void take_binding(void *owner, const char *line)
{
	struct key_reader *reader = owner;
	size_t keys = strcspn(line, " \t");
	const char *name = line + keys + strspn(line + keys, " \t");
	size_t length = strcspn(name, " \t\r");

	reader->line++;
	if (!*line || *line == '#')
		return;
	enum action action = action_named(name, length);

	if (action == ACTION_NONE)
		app_message(reader->app, MESSAGE_WARNING,
			    "%s, line %u: there is no action \"%.*s\".", keys_file, reader->line,
			    (int)length, name);
	else if (!key_map_bind(&reader->app->keys, line, keys, action))
		app_message(reader->app, MESSAGE_WARNING, "%s, line %u: \"%.*s\" is not a key.",
			    keys_file, reader->line, (int)keys, line);
}

void app_read_user_files(struct app *app)
{
	struct key_reader reader = { .app = app };
	char path[USER_PATH_ROOM];

	filter_history_read(&app->bar.history);
	saved_filters_read(&app->saved_filters);
	user_path(USER_CONFIG, "dfilter_macros", path);
	filter_macros_free(app->macros);
	app->macros = filter_macros_read(path);
	app_read_colour_rules(app);
	app_read_columns(app);
	user_file_read(USER_CONFIG, keys_file, take_binding, &reader);
	settings_read(app);
}
