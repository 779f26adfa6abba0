/* user_file.c - small files of the user's, read in lines and replaced as a whole. */
#include "base/user_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void user_path(enum user_folder folder, const char *name, char path[USER_PATH_ROOM])
{
	static const struct {
		const char *variable, *in_home, *program;
	} folders[] = {
		[USER_CONFIG] = { "XDG_CONFIG_HOME", ".config", "peel" },
		[USER_STATE] = { "XDG_STATE_HOME", ".local/state", "peel" },
		[USER_OF_WIRESHARK] = { "XDG_CONFIG_HOME", ".config", "wireshark" },
	};
	const char *base = getenv(folders[folder].variable), *home = getenv("HOME");
	int length = 0;

	/* What is not absolute is to be ignored, says the XDG Base Directory Specification. */
	if (base && *base == '/')
		length = snprintf(path, USER_PATH_ROOM, "%s/%s/%s", base, folders[folder].program,
				  name);
	else if (home && *home == '/')
		length = snprintf(path, USER_PATH_ROOM, "%s/%s/%s/%s", home,
				  folders[folder].in_home, folders[folder].program, name);
	if (length <= 0 || length >= USER_PATH_ROOM)
		path[0] = '\0';
}

void user_file_read(enum user_folder folder, const char *name,
		    void (*take)(void *owner, const char *line), void *owner)
{
	char path[USER_PATH_ROOM], line[USER_LINE_ROOM];
	bool whole = true; /* the line before ended */

	user_path(folder, name, path);
	FILE *in = *path ? fopen(path, "re") : NULL;

	for (unsigned i = 0; in && i < USER_LINES && fgets(line, sizeof line, in); i++) {
		size_t length = strlen(line);
		bool begins = whole;

		whole = length && line[length - 1] == '\n';
		if (whole)
			line[length - 1] = '\0';
		if (begins && (whole || feof(in)))
			take(owner, line);
	}
	if (in)
		fclose(in);
}

static void make_folders(char *path)
{
	for (char *p = path + 1; (p = strchr(p, '/')); p++) {
		*p = '\0';
		mkdir(path, 0700);
		*p = '/';
	}
}

bool user_file_write(enum user_folder folder, const char *name, const char *text)
{
	char path[USER_PATH_ROOM], fresh[USER_PATH_ROOM + 8];
	size_t length = strlen(text);

	user_path(folder, name, path);
	if (!*path) {
		errno = ENOENT;
		return false;
	}
	make_folders(path);
	snprintf(fresh, sizeof fresh, "%s.XXXXXX", path);
	int fd = mkostemp(fresh, O_CLOEXEC);

	if (fd < 0)
		return false;
	bool fine = write(fd, text, length) == (ssize_t)length;

	fine = close(fd) == 0 && fine && rename(fresh, path) == 0;
	if (!fine)
		unlink(fresh);
	return fine;
}

void user_typed_path(const char *typed, char *path, size_t room)
{
	const char *home = getenv("HOME");
	bool at_home = home && !strncmp(typed, "~/", 2);

	snprintf(path, room, "%s%s", at_home ? home : "", typed + at_home);
}
