/* app_user_files.c - what the user has written down for peel, and what peel has for the user. */
#include <stdio.h>
#include <string.h>

#include "base/user_file.h"
#include "ui/app.h"
#include "ui/app_columns.h"
#include "ui/app_memory.h"
#include "ui/app_panes.h"
#include "ui/user_filters.h"

static const char keys_file[] = "keys.conf";

struct key_reader {
	struct app *app;
	unsigned line;
};

static void take_binding(void *owner, const char *text)
{
	struct key_reader *reader = owner;
	char said[KEY_LINE_ROOM];

	reader->line++;
	text += strspn(text, " \t\r");
	if (!*text || *text == '#')
		return;
	key_map_read_line(&reader->app->user.keys, text, reader->line, said);
	if (said[0])
		app_message(reader->app, MESSAGE_WARNING, "%s, line %u: %s.", keys_file,
			    reader->line, said);
}

void app_use_keys(struct app *app, enum key_set set)
{
	struct key_reader reader = { .app = app };

	app->user.key_set = set;
	key_map_free(&app->user.keys);
	key_map_init(&app->user.keys, set);
	if (app->user.keys_from_file)
		user_file_read(USER_CONFIG, keys_file, take_binding, &reader);
}

void app_read_macros(struct app *app)
{
	char path[USER_PATH_ROOM];

	user_path(USER_CONFIG, "dfilter_macros", path);
	filter_macros_free(app->user.macros);
	app->user.macros = filter_macros_read(path);
}

void app_read_user_files(struct app *app)
{
	filter_history_read(&app->user.history);
	saved_filters_read(&app->user.saved_filters);
	app_read_macros(app);
	app_read_colour_rules(app);
	app_read_columns(app);
	app_read_panes(app);
	settings_read(app);
	app->user.keys_from_file = true;
	app_use_keys(app, app->user.key_set);
}
