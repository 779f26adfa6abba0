/* live_output.c - the file that is captured into. */
#include "live_output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		mkdir(path, 0700);
		*slash = '/';
	}
}

/* "FOLDER/eth0-20260102-030405-XXXXXX.pcapng", created. */
static int temporary_in(const char *folder, const char *interface, char *path, size_t room)
{
	char stamp[32];
	time_t now = time(NULL);
	struct tm when;

	strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", localtime_r(&now, &when));
	if ((size_t)snprintf(path, room, "%s/%.30s-%s-XXXXXX.pcapng", folder, interface, stamp) >=
	    room)
		return -1;
	for (char *p = path + strlen(folder) + 1; *p; p++)
		if (*p == '/')
			*p = '_';
	make_folders(path);
	return mkostemps(path, (int)strlen(".pcapng"), O_CLOEXEC);
}

static int open_temporary(struct live_capture *live, const char *interface, struct error *error)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME"),
		   *spare = getenv("TMPDIR");
	char folder[3000] = "";
	int fd = -1;

	if (cache && *cache == '/')
		snprintf(folder, sizeof folder, "%s/peel/live", cache);
	else if (home && *home == '/')
		snprintf(folder, sizeof folder, "%s/.cache/peel/live", home);
	live->temporary = true;
	if (*folder)
		fd = temporary_in(folder, interface, live->path, sizeof live->path);
	if (fd < 0)
		fd = temporary_in(spare && *spare ? spare : "/var/tmp", interface, live->path,
				  sizeof live->path);
	if (fd < 0)
		error_set(error,
			  "cannot make a file to capture into: %s. TMPDIR names a folder for it.",
			  strerror(errno));
	return fd;
}

/* A file that root makes for somebody who used sudo is theirs. */
static void give_to_caller(int fd)
{
	const char *uid = getenv("SUDO_UID"), *gid = getenv("SUDO_GID");

	if (geteuid() != 0 || !uid || !gid)
		return;
	if (fchown(fd, (uid_t)strtoul(uid, NULL, 10), (gid_t)strtoul(gid, NULL, 10)) != 0)
		return; /* it stays root's, and can be read all the same */
}

bool live_output_hand_over(struct live_capture *live, int fd, struct error *error)
{
	struct stat status;

	if (live->group_read &&
	    (fstat(fd, &status) != 0 || fchmod(fd, (status.st_mode & 0777) | S_IRGRP) != 0))
		return error_set(error, "cannot let the group read \"%s\": %s.", live->path,
				 strerror(errno));
	give_to_caller(fd);
	return true;
}

int live_output_open(struct live_capture *live, const struct live_options *options,
		     struct error *error)
{
	const char *path = options->write_path;
	struct stat status;
	int fd;

	if (live->ring.pattern) {
		live->created = true;
		fd = ring_next(&live->ring, live->path, sizeof live->path, error);
	} else if (!path) {
		fd = open_temporary(live, options->interfaces[0], error);
	} else if (strlen(path) >= sizeof live->path) {
		error_set(error, "the file's name is too long.");
		return -1;
	} else {
		strcpy(live->path, path);
		live->created = access(path, F_OK) != 0;
		fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
		if (fd < 0)
			error_set(error, "cannot write \"%s\": %s.", path, strerror(errno));
	}
	if (fd < 0)
		return -1;
	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
		close(fd);
		error_set(error, "cannot capture into \"%s\": it is no ordinary file.", live->path);
		return -1;
	}
	if (live_output_hand_over(live, fd, error))
		return fd;
	close(fd);
	return -1;
}
