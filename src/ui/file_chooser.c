/* file_chooser.c - reads the folder that the line names; any folder may be large, so no more than
 * CHOICES_MOST entries are looked at. */
#include "ui/file_chooser.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/user_file.h"
#include "ui/app.h"

enum { PATH_ROOM = 4200 };

void file_chooser_free(struct file_chooser *chooser)
{
	for (unsigned i = 0; i < chooser->count; i++)
		free(chooser->choices[i].name);
	free(chooser->choices);
	*chooser = (struct file_chooser){ .chosen = -1 };
}

static struct file_choice *add(struct file_chooser *chooser, const char *name)
{
	if (chooser->count == chooser->room)
		chooser->choices =
			must_grow(chooser->choices, &chooser->room, 32, sizeof *chooser->choices);
	struct file_choice *choice = &chooser->choices[chooser->count++];

	*choice = (struct file_choice){ .name = must_copy(name) };
	return choice;
}

/* Files of other kinds are offered once their name was begun. */
static void consider(struct file_chooser *chooser, int folder, const char *name, const char *begun)
{
	struct stat status;

	if (strncmp(name, begun, strlen(begun)) != 0 || (name[0] == '.' && begun[0] != '.') ||
	    !strcmp(name, ".") || !strcmp(name, "..") || fstatat(folder, name, &status, 0) != 0)
		return;
	bool is_folder = S_ISDIR(status.st_mode), is_capture = is_capture_name(name);

	if (!is_folder && !is_capture && !*begun)
		return;
	struct file_choice *choice = add(chooser, name);

	choice->is_folder = is_folder;
	choice->is_capture = is_capture;
	choice->bytes = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
	choice->changed = status.st_mtime;
}

static int kind_of(const struct file_choice *choice)
{
	return choice->is_recent ? 0 : choice->is_folder ? 1 : choice->is_capture ? 2 : 3;
}

static int by_kind_and_name(const void *a, const void *b)
{
	const struct file_choice *x = a, *y = b;

	return kind_of(x) != kind_of(y) ? kind_of(x) - kind_of(y) : strcmp(x->name, y->name);
}

static void add_recent(struct app *app)
{
	struct recent_files recent = { .count = 0 };

	if (app->options->remembers)
		recent_files_read(&recent);
	for (unsigned i = 0; i < recent.count; i++) {
		const struct recent_file *file = &recent.files[i];

		if (!file->is_there)
			continue;
		struct file_choice *choice = add(&app->chooser, file->path);

		choice->is_recent = true;
		choice->bytes = file->bytes;
		choice->changed = file->left;
	}
	recent_files_free(&recent);
}

void file_chooser_look(struct app *app)
{
	struct file_chooser *chooser = &app->chooser;
	const char *typed = app->line.text, *slash = strrchr(typed, '/');
	const char *begun = slash ? slash + 1 : typed;
	char path[PATH_ROOM], folder[LINE_ROOM];
	struct dirent *entry;

	file_chooser_free(chooser);
	chooser->folder_length = (unsigned)(begun - typed);
	snprintf(folder, sizeof folder, "%.*s", (int)chooser->folder_length, typed);
	user_typed_path(folder, path, sizeof path);
	if (!*typed)
		add_recent(app);
	unsigned recent = chooser->count;
	DIR *dir = opendir(*path ? path : ".");

	chooser->unreadable = !dir;
	for (unsigned i = 0; dir && i < CHOICES_MOST && (entry = readdir(dir)); i++)
		consider(chooser, dirfd(dir), entry->d_name, begun);
	if (dir)
		closedir(dir);
	if (chooser->count > recent)
		qsort(chooser->choices + recent, chooser->count - recent, sizeof *chooser->choices,
		      by_kind_and_name);
}

void file_chooser_move(struct app *app, int by)
{
	struct file_chooser *chooser = &app->chooser;
	int chosen = chooser->chosen + by;

	if (chosen >= (int)chooser->count)
		chosen = (int)chooser->count - 1;
	chooser->chosen = chosen < -1 ? -1 : chosen;
	app->dirty = true;
}

/* `length` letters of a choice become the line. */
static void put(struct app *app, const struct file_choice *choice, size_t length)
{
	struct file_chooser *chooser = &app->chooser;
	char path[LINE_ROOM];
	bool whole = length == strlen(choice->name);

	snprintf(path, sizeof path, "%.*s%.*s%s",
		 choice->is_recent ? 0 : (int)chooser->folder_length, app->line.text, (int)length,
		 choice->name, whole && choice->is_folder ? "/" : "");
	line_set(&app->line, path);
}

void file_chooser_fill(struct app *app)
{
	struct file_chooser *chooser = &app->chooser;
	int chosen = chooser->chosen;

	if (!chooser->count)
		return;
	const struct file_choice *first = &chooser->choices[chosen < 0 ? 0 : chosen];
	size_t length = strlen(first->name);

	for (unsigned i = 1; chosen < 0 && i < chooser->count; i++) {
		size_t same = 0;

		while (same < length && first->name[same] == chooser->choices[i].name[same])
			same++;
		length = same;
	}
	if (chosen < 0 && first->is_recent && chooser->count > 1)
		return;
	put(app, first, length);
	file_chooser_look(app);
}

bool file_chooser_enter(struct app *app)
{
	struct file_chooser *chooser = &app->chooser;
	char path[PATH_ROOM];
	struct stat status;

	if (chooser->chosen >= 0) {
		const struct file_choice *choice = &chooser->choices[chooser->chosen];

		put(app, choice, strlen(choice->name));
	}
	user_typed_path(app->line.text, path, sizeof path);
	if (!*path || stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
		return false;
	size_t length = strlen(app->line.text);

	if (app->line.text[length - 1] != '/' && length + 2 < LINE_ROOM) {
		snprintf(path, sizeof path, "%s/", app->line.text);
		line_set(&app->line, path);
	}
	file_chooser_look(app);
	return true;
}

int file_chooser_rows(const struct app *app)
{
	return (int)app->chooser.count + (app->chooser.count ? 2 : 3);
}
