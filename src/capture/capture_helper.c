/* capture_helper.c - finds the helper that captures, and starts it. */
#include "capture_helper.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/arena.h"

#ifndef PEEL_CAPTURE_PATH
#define PEEL_CAPTURE_PATH "/usr/libexec/peel-capture"
#endif

enum {
	HIGH_DESCRIPTOR = 20, /* clear of those that the helper expects */
	OUTPUT_DESCRIPTOR = 3,
};

extern char **environ;

static bool join_path(char *path, size_t room, const char *folder, size_t n, const char *name)
{
	return (size_t)snprintf(path, room, "%.*s/%s", (int)n, folder, name) < room;
}

static bool find_in_path(char *path, size_t room)
{
	const char *folder = getenv("PATH");

	while (folder && *folder) {
		size_t n = strcspn(folder, ":");

		if (n && join_path(path, room, folder, n, "peel-capture") && !access(path, X_OK))
			return true;
		folder += n + (folder[n] == ':');
	}
	return false;
}

static bool find_helper(char *path, size_t room, struct error *error)
{
	ssize_t n = readlink("/proc/self/exe", path, room - 1);
	char *slash;

	path[n > 0 ? n : 0] = 0;
	slash = strrchr(path, '/');
	if (slash && (size_t)(slash - path) + sizeof "/peel-capture" <= room) {
		strcpy(slash, "/peel-capture");
		if (!access(path, X_OK))
			return true;
	}
	snprintf(path, room, "%s", PEEL_CAPTURE_PATH);
	if (!access(path, X_OK))
		return true;
	return find_in_path(path, room) ||
	       error_set(
		       error,
		       "live capture needs the program peel-capture, which is neither beside peel "
		       "nor at %s.",
		       PEEL_CAPTURE_PATH);
}

/* The capability to open packet sockets, in force for this process. */
static bool has_capability(void)
{
	enum { CAP_NET_RAW_BIT = 13 };
	FILE *in = fopen("/proc/self/status", "re");
	unsigned long long mask = 0;
	char line[256];

	while (in && fgets(line, sizeof line, in))
		if (sscanf(line, "CapEff: %llx", &mask) == 1)
			break;
	if (in)
		fclose(in);
	return mask >> CAP_NET_RAW_BIT & 1;
}

bool live_capture_is_permitted(void)
{
	char path[4096];
	struct stat file;

	if (!find_helper(path, sizeof path, NULL))
		return false;
	if (has_capability() || getxattr(path, "security.capability", NULL, 0) > 0)
		return true;
	return stat(path, &file) == 0 && file.st_uid == 0 && file.st_mode & S_ISUID;
}

void helper_argument(struct helper_arguments *arguments, const char *flag, const char *value)
{
	arguments->list[arguments->count++] = must_copy(flag);
	if (value)
		arguments->list[arguments->count++] = must_copy(value);
}

static void add_number(struct helper_arguments *arguments, const char *flag, uint64_t number)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRIu64, number);
	if (number)
		helper_argument(arguments, flag, text);
}

void helper_arguments(struct helper_arguments *arguments, const struct live_options *options)
{
	*arguments = (struct helper_arguments){ .count = 0 };
	helper_argument(arguments, "peel-capture", NULL);
	add_number(arguments, "-s", options->snap_length);
	add_number(arguments, "-B", options->buffer_mib);
	add_number(arguments, "-c", options->packet_limit);
	add_number(arguments, "-a", options->duration_ns);
	add_number(arguments, "-z", options->ring.file_bytes);
	if (options->ring.several) {
		helper_argument(arguments, "-m", NULL);
		add_number(arguments, "-n", options->ring.file_packets);
		add_number(arguments, "-d", options->ring.file_ns);
		add_number(arguments, "-t", options->ring.interval);
	}
	if (options->no_promiscuous)
		helper_argument(arguments, "-p", NULL);
	if (options->monitor)
		helper_argument(arguments, "-I", NULL);
	if (options->link_type)
		helper_argument(arguments, "-y", options->link_type);
	for (unsigned i = 0; i < options->comment_count; i++)
		helper_argument(arguments, "-C", options->comments[i]);
	for (unsigned i = 0; i < options->interface_count && i < LIVE_INTERFACES; i++) {
		helper_argument(arguments, "-i", options->interfaces[i]);
		if (options->filters[i] && *options->filters[i])
			helper_argument(arguments, "-f", options->filters[i]);
	}
}

void helper_arguments_free(struct helper_arguments *arguments)
{
	for (unsigned i = 0; i < arguments->count; i++)
		free(arguments->list[i]);
}

static int raised(int fd)
{
	int high = fcntl(fd, F_DUPFD_CLOEXEC, HIGH_DESCRIPTOR);

	close(fd);
	return high;
}

static bool make_pipe(int ends[2])
{
	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	ends[0] = raised(ends[0]);
	ends[1] = raised(ends[1]);
	return ends[0] >= 0 && ends[1] >= 0;
}

/* Like a pipe from [1] to [0], but for descriptors too. */
static bool make_control(int ends[2])
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return false;
	ends[0] = raised(ends[0]);
	ends[1] = raised(ends[1]);
	return ends[0] >= 0 && ends[1] >= 0;
}

/* Signals that our threads block, or the terminal interface ignores, are the helper's. */
static int spawn(const char *helper, char **arguments, int input, int news, int output, int *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none;
	int failed;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input, 0);
	posix_spawn_file_actions_adddup2(&actions, news, 1);
	if (output >= 0)
		posix_spawn_file_actions_adddup2(&actions, output, OUTPUT_DESCRIPTOR);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&attributes);
	sigemptyset(&none);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	failed = posix_spawn(pid, helper, &actions, &attributes, arguments, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

bool helper_start(struct live_capture *live, char **arguments, int output, struct error *error)
{
	int control[2] = { -1, -1 }, news[2] = { -1, -1 };
	char helper[4096];
	bool started = false;

	if (output >= 0)
		output = raised(output);
	if (!find_helper(helper, sizeof helper, error)) {
	} else if (!make_control(control) || !make_pipe(news)) {
		error_set(error, "cannot make a pipe: %s", strerror(errno));
	} else {
		int failed = spawn(helper, arguments, control[0], news[1], output, &live->pid);

		started = !failed;
		if (failed)
			error_set(error, "cannot start \"%s\": %s", helper, strerror(failed));
	}
	if (output >= 0)
		close(output);
	if (control[0] >= 0)
		close(control[0]);
	if (news[1] >= 0)
		close(news[1]);
	live->control = control[1];
	live->news = news[0];
	if (started)
		fcntl(live->news, F_SETFL, O_NONBLOCK);
	return started;
}
