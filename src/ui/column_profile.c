/* column_profile.c - sets of columns with names, each in a file of its own beside the usual one; a
 * capture file comes back with the set that it was left with. */
#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/user_file.h"
#include "ui/app.h"
#include "ui/app_columns.h"

static const char usual_file[] = "columns", named_file[] = "columns-";

void profile_file_name(const char *profile, char name[PROFILE_FILE_ROOM])
{
	snprintf(name, PROFILE_FILE_ROOM, "%s%s", *profile ? named_file : usual_file, profile);
}

/* It becomes part of a file's name. */
static bool is_name(const char *text)
{
	size_t length = strlen(text);

	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("-_", text[i]))
			return false;
	return length && length < PROFILE_ROOM;
}

static bool is_there(const char *profile)
{
	char name[PROFILE_FILE_ROOM], path[USER_PATH_ROOM];

	profile_file_name(profile, name);
	user_path(USER_CONFIG, name, path);
	return *path && access(path, R_OK) == 0;
}

void app_use_profile(struct app *app, const char *name)
{
	bool is_new = *name && !is_there(name);

	if (*name && !is_name(name)) {
		app_message(app, MESSAGE_WARNING,
			    "A profile's name has letters, digits, - and _, %d at most.",
			    PROFILE_ROOM - 1);
		return;
	}
	snprintf(app->profile, sizeof app->profile, "%s", name);
	if (is_new)
		app_columns_changed(app);
	else
		app_read_columns(app);
	app_message(app, MESSAGE_NOTE,
		    is_new  ? "Profile %s begins with the columns as they are."
		    : *name ? "Columns of the profile %s."
			    : "The usual columns.",
		    name);
}

/* The first one after `name` by the alphabet; "": there is none. */
static void profile_after(const char *name, char next[PROFILE_ROOM])
{
	char pattern[USER_PATH_ROOM + sizeof named_file + 1], path[USER_PATH_ROOM];
	glob_t found;

	next[0] = '\0';
	user_path(USER_CONFIG, named_file, path);
	snprintf(pattern, sizeof pattern, "%s*", path);
	if (!*path || glob(pattern, 0, NULL, &found))
		return;
	for (size_t i = 0; i < found.gl_pathc && !next[0]; i++) {
		const char *one = found.gl_pathv[i] + strlen(path);

		if (is_name(one) && strcmp(one, name) > 0)
			snprintf(next, PROFILE_ROOM, "%s", one);
	}
	globfree(&found);
}

void app_next_profile(struct app *app)
{
	char next[PROFILE_ROOM];

	profile_after(app->profile, next);
	if (!next[0] && !app->profile[0])
		app_message(app, MESSAGE_NOTE,
			    "There is no other profile: :profile NAME makes one of these columns.");
	else
		app_use_profile(app, next);
}

void app_recall_profile(struct app *app, const char *name)
{
	if (is_name(name) && is_there(name) && strcmp(name, app->profile) != 0)
		app_use_profile(app, name);
}
