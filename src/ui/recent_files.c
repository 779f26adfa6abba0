/* recent_files.c - a line for each: times and numbers, the path, a tab, the filter. */
#include "ui/recent_files.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "base/user_file.h"

static const char list_file[] = "recent";

/* --- lines --- */

/* A path may hold anything but a zero byte. */
static void put_escaped(FILE *out, const char *text)
{
	for (; *text; text++)
		if (*text == '\n')
			fputs("\\n", out);
		else if (*text == '\t')
			fputs("\\t", out);
		else if (*text == '\\')
			fputs("\\\\", out);
		else
			putc(*text, out);
}

static char *taken_escaped(const char *text, size_t length)
{
	char *copy = must_alloc(length + 1);
	size_t used = 0;

	for (size_t i = 0; i < length; i++) {
		bool escaped = text[i] == '\\' && i + 1 < length;
		char c = text[escaped ? ++i : i];

		copy[used++] = escaped && c == 'n' ? '\n' : escaped && c == 't' ? '\t' : c;
	}
	copy[used] = '\0';
	return copy;
}

static void put_file(FILE *out, const struct recent_file *file)
{
	fprintf(out, "%" PRId64 " %u %" PRId64 " %u %u ", file->left, file->packets, file->first_ns,
		file->selected, file->marks);
	put_escaped(out, file->path);
	putc('\t', out);
	put_escaped(out, file->filter ? file->filter : "");
	putc('\n', out);
}

static void take_line(void *owner, const char *line)
{
	struct recent_files *recent = owner;
	struct recent_file file = { 0 };
	int used = 0;

	if (recent->count == RECENT_FILES ||
	    sscanf(line, "%" SCNd64 " %u %" SCNd64 " %u %u %n", &file.left, &file.packets,
		   &file.first_ns, &file.selected, &file.marks, &used) != 5 ||
	    line[used] != '/')
		return;
	const char *path = line + used;
	size_t length = strcspn(path, "\t");
	const char *filter = path + length + (path[length] == '\t');
	struct stat status;

	file.path = taken_escaped(path, length);
	file.filter = *filter ? taken_escaped(filter, strlen(filter)) : NULL;
	file.is_there = stat(file.path, &status) == 0 && S_ISREG(status.st_mode);
	file.bytes = file.is_there ? (uint64_t)status.st_size : 0;
	recent->files[recent->count++] = file;
}

void recent_files_read(struct recent_files *recent)
{
	recent_files_free(recent);
	user_file_read(USER_STATE, list_file, take_line, recent);
}

void recent_files_free(struct recent_files *recent)
{
	while (recent->count) {
		recent->count--;
		free(recent->files[recent->count].path);
		free(recent->files[recent->count].filter);
	}
}

/* The list without `path`, and with `first` before it, which may be NULL. */
static void write_list(const char *path, const struct recent_file *first)
{
	struct recent_files recent = { .count = 0 };
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	unsigned put = 0;

	recent_files_read(&recent);
	if (out && first)
		put_file(out, first);
	put += first != NULL;
	for (unsigned i = 0; out && i < recent.count && put < RECENT_FILES; i++)
		if (strcmp(recent.files[i].path, path) != 0) {
			put_file(out, &recent.files[i]);
			put++;
		}
	if (out && !fclose(out))
		user_file_write(USER_STATE, list_file, text);
	free(text);
	recent_files_free(&recent);
}

void recent_files_add(const struct recent_file *file)
{
	write_list(file->path, file);
}

void recent_files_remove(const char *path)
{
	write_list(path, NULL);
}

/* --- words --- */

const char *when_text(int64_t then, int64_t now, char text[WHEN_ROOM])
{
	static const int64_t week = 6 * 86400;
	time_t a = (time_t)then, b = (time_t)now, before = (time_t)(now - 86400);
	struct tm at, today, yesterday;

	text[0] = '\0';
	if (!localtime_r(&a, &at) || !localtime_r(&b, &today) || !localtime_r(&before, &yesterday))
		return text;
	if (at.tm_year == today.tm_year && at.tm_yday == today.tm_yday)
		strftime(text, WHEN_ROOM, "%H:%M", &at);
	else if (at.tm_year == yesterday.tm_year && at.tm_yday == yesterday.tm_yday)
		snprintf(text, WHEN_ROOM, "yest.");
	else if (then < now && now - then < week)
		strftime(text, WHEN_ROOM, "%a", &at);
	else
		strftime(text, WHEN_ROOM, "%Y-%m-%d", &at);
	return text;
}

void home_shortened(const char *path, char *text, unsigned room)
{
	const char *home = getenv("HOME");
	size_t length = home ? strlen(home) : 0;
	bool at_home = length > 1 && !strncmp(path, home, length) && path[length] == '/';

	snprintf(text, room, "%s%s", at_home ? "~" : "", at_home ? path + length : path);
}
