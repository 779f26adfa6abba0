/* live_capture.c - starts the helper that captures, and listens to what it tells. */
#include "capture/live_capture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <pcap.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "capture/capture_file.h"
#include "capture/link_type.h"
#include "capture_filter.h"

#ifndef PEEL_CAPTURE_PATH
#define PEEL_CAPTURE_PATH "/usr/libexec/peel-capture"
#endif

enum {
	ARGUMENTS = 4 * LIVE_INTERFACES + 2 * CAPTURE_COMMENTS + 34,
	START_MS = 15000,               /* opening takes milliseconds; a filter may ask a name server */
	HIGH_DESCRIPTOR = 20,           /* clear of those that the helper expects */
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
	       error_set(error, "live capture needs the program peel-capture, which is neither beside peel "
			 "nor at %s.", PEEL_CAPTURE_PATH);
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
	if ((size_t)snprintf(path, room, "%s/%.30s-%s-XXXXXX.pcapng", folder, interface, stamp) >= room)
		return -1;
	for (char *p = path + strlen(folder) + 1; *p; p++)
		if (*p == '/')
			*p = '_';
	make_folders(path);
	return mkostemps(path, (int)strlen(".pcapng"), O_CLOEXEC);
}

static int open_temporary(struct live_capture *live, const char *interface, struct error *error)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME"), *spare = getenv("TMPDIR");
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
		error_set(error, "cannot make a file to capture into: %s. TMPDIR names a folder for it.",
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
		return;                 /* it stays root's, and can be read all the same */
}

/* A file that the group may read if that was asked for, and that is the caller's. */
static bool hand_over(struct live_capture *live, int fd, struct error *error)
{
	struct stat status;

	if (live->group_read && (fstat(fd, &status) != 0 ||
				 fchmod(fd, (status.st_mode & 0777) | S_IRGRP) != 0))
		return error_set(error, "cannot let the group read \"%s\": %s.", live->path,
				 strerror(errno));
	give_to_caller(fd);
	return true;
}

static int open_output(struct live_capture *live, const struct live_options *options,
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
	if (hand_over(live, fd, error))
		return fd;
	close(fd);
	return -1;
}

struct arguments {
	char *list[ARGUMENTS];
	unsigned count;
};

static void add_argument(struct arguments *arguments, const char *flag, const char *value)
{
	arguments->list[arguments->count++] = must_copy(flag);
	if (value)
		arguments->list[arguments->count++] = must_copy(value);
}

static void add_number(struct arguments *arguments, const char *flag, uint64_t number)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRIu64, number);
	if (number)
		add_argument(arguments, flag, text);
}

static void build_arguments(struct arguments *arguments, const struct live_options *options)
{
	*arguments = (struct arguments){ .count = 0 };
	add_argument(arguments, "peel-capture", NULL);
	add_number(arguments, "-s", options->snap_length);
	add_number(arguments, "-B", options->buffer_mib);
	add_number(arguments, "-c", options->packet_limit);
	add_number(arguments, "-a", options->duration_ns);
	add_number(arguments, "-z", options->ring.file_bytes);
	if (options->ring.several) {
		add_argument(arguments, "-m", NULL);
		add_number(arguments, "-n", options->ring.file_packets);
		add_number(arguments, "-d", options->ring.file_ns);
		add_number(arguments, "-t", options->ring.interval);
	}
	if (options->no_promiscuous)
		add_argument(arguments, "-p", NULL);
	if (options->monitor)
		add_argument(arguments, "-I", NULL);
	if (options->link_type)
		add_argument(arguments, "-y", options->link_type);
	for (unsigned i = 0; i < options->comment_count; i++)
		add_argument(arguments, "-C", options->comments[i]);
	for (unsigned i = 0; i < options->interface_count && i < LIVE_INTERFACES; i++) {
		add_argument(arguments, "-i", options->interfaces[i]);
		if (options->filters[i] && *options->filters[i])
			add_argument(arguments, "-f", options->filters[i]);
	}
}

static void free_arguments(struct arguments *arguments)
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

/* Starts the helper; takes over `output`, which may be -1. */
static bool start_helper(struct live_capture *live, char **arguments, int output, struct error *error)
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

/* Descriptors go over the control socket with a byte that says what they are: F, the next file; E
 * alone, the end; S alone, that it is time to stop. */
static void send_control(const struct live_capture *live, char what, int fd)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof fd)];
	} control = { .room = { 0 } };
	struct iovec byte = { &what, 1 };
	struct msghdr message = { .msg_iov = &byte, .msg_iovlen = 1 };

	if (fd >= 0) {
		message.msg_control = control.room;
		message.msg_controllen = sizeof control.room;
		struct cmsghdr *header = CMSG_FIRSTHDR(&message);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(sizeof fd);
		memcpy(CMSG_DATA(header), &fd, sizeof fd);
	}
	while (live->control >= 0 && sendmsg(live->control, &message, MSG_NOSIGNAL) < 0 && errno == EINTR)
		;
}

/* The helper has filled a file and waits for the next. */
static void change_file(struct live_capture *live)
{
	const struct ring_rules *rules = live->ring.rules;

	if (!live->ring.pattern)
		return;
	ring_ended(&live->ring);
	live->ring_told = live->ring.begun;
	if (rules->files && live->ring.begun >= rules->files) {
		send_control(live, 'E', -1);
		return;
	}
	int fd = ring_next(&live->ring, live->path, sizeof live->path, &live->problem);
	if (fd >= 0 && hand_over(live, fd, &live->problem))
		send_control(live, 'F', fd);
	else
		send_control(live, 'E', -1);
	if (fd >= 0)
		close(fd);
}

static bool take_word(const char **line, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*line, word, n) || ((*line)[n] && (*line)[n] != ' '))
		return false;
	*line += n + ((*line)[n] == ' ');
	return true;
}

/* What one line of the helper says.  `opened` may be NULL. */
static void take_line(struct live_capture *live, const char *line, bool *opened)
{
	struct live_counts counts = { 0 };

	if (take_word(&line, "counts")) {
		if (sscanf(line, "%" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64, &counts.written,
			   &counts.received, &counts.dropped_kernel, &counts.dropped_interface,
			   &counts.lost_silently) == 5)
			live->counts = counts;
	} else if (take_word(&line, "switch")) {
		change_file(live);
	} else if (take_word(&line, "problem")) {
		error_set(&live->problem, "%s", line);
	} else if (take_word(&line, "unwritten")) {
		error_set(&live->problem, "cannot write \"%s\": %s", live->path, line);
	} else if (take_word(&line, "open") && opened) {
		*opened = true;
	} else if (take_word(&line, "end")) {
		live->ended = true;
	}
}

static void reap(struct live_capture *live)
{
	int status = 0;

	if (live->pid <= 0)
		return;
	while (waitpid(live->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	live->pid = 0;
	if (!live->ended && !*live->problem.text && WIFSIGNALED(status))
		error_set(&live->problem, "Capturing ended: peel-capture was ended by signal %d.",
			  WTERMSIG(status));
	else if (!live->ended && !*live->problem.text)
		error_set(&live->problem, "Capturing ended: peel-capture ended with status %d.",
			  WEXITSTATUS(status));
	live->ended = true;
}

static void take_lines(struct live_capture *live, bool *opened)
{
	char *newline;

	while ((newline = memchr(live->pending, '\n', live->pending_length))) {
		size_t n = (size_t)(newline - live->pending) + 1;

		*newline = 0;
		take_line(live, live->pending, opened);
		live->pending_length -= (unsigned)n;
		memmove(live->pending, live->pending + n, live->pending_length);
	}
	if (live->pending_length == sizeof live->pending)       /* no line of ours is so long */
		live->pending_length = 0;
}

/* Takes in what there is.  False: the helper has gone. */
static bool listen_to(struct live_capture *live, bool *opened)
{
	for (;;) {
		ssize_t got = read(live->news, live->pending + live->pending_length,
				   sizeof live->pending - live->pending_length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return true;
		if (got <= 0)
			return false;
		live->pending_length += (unsigned)got;
		take_lines(live, opened);
	}
}

bool live_capture_poll(struct live_capture *live)
{
	if (live->pid <= 0)
		return false;
	if (listen_to(live, NULL))
		return true;
	reap(live);
	return false;
}

static void close_control(struct live_capture *live)
{
	if (live->control >= 0)
		close(live->control);
	live->control = -1;
}

/* What is still in the kernel's buffer may need another file. */
void live_capture_stop(struct live_capture *live)
{
	if (!live->ring.pattern) {
		close_control(live);
	} else if (!live->stopping) {
		live->stopping = true;
		send_control(live, 'S', -1);
	}
}

void live_capture_close(struct live_capture *live)
{
	close_control(live);
	if (live->pid > 0) {
		if (!live->ended)
			kill(live->pid, SIGKILL);
		live->ended = true;
		reap(live);
	}
	if (live->news >= 0)
		close(live->news);
	live->news = -1;
	if (live->temporary && *live->path)
		unlink(live->path);
	live->temporary = false;
	if (live->ring.pattern && live->ring.begun > live->ring_told && live->ended)
		ring_ended(&live->ring);
	ring_free(&live->ring);
	live->ring.pattern = NULL;
}

static bool wait_until_open(struct live_capture *live, struct error *error)
{
	bool opened = false;

	while (!opened) {
		struct pollfd ready = { .fd = live->news, .events = POLLIN };
		int result = poll(&ready, 1, START_MS);

		if (result < 0 && errno == EINTR)
			continue;
		if (result <= 0)
			return error_set(error, "peel-capture does not answer.");
		if (!listen_to(live, &opened) && !opened) {
			reap(live);
			return error_set(error, "%s", live->problem.text);
		}
	}
	return true;
}

bool live_capture_start(struct live_capture *live, const struct live_options *options, struct error *error)
{
	struct arguments arguments;
	bool started;
	int output;

	*live = (struct live_capture){ .control = -1, .news = -1, .group_read = options->group_read };
	if (options->ring.several)
		live->ring = (struct capture_ring){ &options->ring, options->write_path, NULL, 0, 0 };
	if (!options->interface_count)
		return error_set(error, "no interface to capture on.");
	output = open_output(live, options, error);
	if (output < 0)
		return false;
	build_arguments(&arguments, options);
	started = start_helper(live, arguments.list, output, error) && wait_until_open(live, error);
	free_arguments(&arguments);
	if (!started) {
		if (live->created)
			unlink(live->path);
		live_capture_close(live);
	}
	return started;
}

bool live_link_types(const char *interface, char *text, unsigned room, struct error *error)
{
	const char *const list[] = { "peel-capture", "-L", "-i", interface, NULL };
	struct live_capture live = { .control = -1, .news = -1 };
	struct arguments arguments = { .count = 0 };
	unsigned used = 0;
	char all[4096];
	size_t length = 0;
	ssize_t got;

	for (unsigned i = 0; list[i]; i++)
		add_argument(&arguments, list[i], NULL);
	*text = 0;
	bool started = start_helper(&live, arguments.list, -1, error);
	free_arguments(&arguments);
	if (!started)
		return false;
	fcntl(live.news, F_SETFL, 0);
	while (length < sizeof all - 1 && (got = read(live.news, all + length, sizeof all - 1 - length)) > 0)
		length += (size_t)got;
	all[length] = 0;
	for (char *rest = all, *line; (line = strsep(&rest, "\n"));) {
		const char *type = line;

		if (take_word(&type, "type") && used + strlen(type) + 2 < room)
			used += (unsigned)snprintf(text + used, room - used, "%s%s", used ? "\n" : "", type);
		else
			take_line(&live, line, NULL);
	}
	if (!used)
		error_set(error, "%s", *live.problem.text ? live.problem.text : "peel-capture says nothing.");
	live_capture_close(&live);
	return used > 0;
}

static void add_address(struct live_interface *to, const struct sockaddr *address)
{
	char text[INET6_ADDRSTRLEN] = "";
	size_t used = strlen(to->addresses);

	if (address && address->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, text,
			  sizeof text);
	else if (address && address->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, text,
			  sizeof text);
	if (*text && used + strlen(text) + 2 <= sizeof to->addresses)
		snprintf(to->addresses + used, sizeof to->addresses - used, "%s%s", used ? " " : "", text);
}

static void take_interface(struct live_interface *to, const pcap_if_t *from)
{
	const char *description = from->description ? from->description : "";

	text_clean(to->name, sizeof to->name, (const uint8_t *)from->name, strlen(from->name), false);
	text_clean(to->description, sizeof to->description, (const uint8_t *)description,
		   strlen(description), false);
	to->up = from->flags & PCAP_IF_UP;
	to->running = from->flags & PCAP_IF_RUNNING;
	to->loopback = from->flags & PCAP_IF_LOOPBACK;
	to->wireless = from->flags & PCAP_IF_WIRELESS;
	for (const pcap_addr_t *one = from->addresses; one; one = one->next)
		add_address(to, one->addr);
}

struct live_interface *live_interfaces(unsigned *count, struct error *error)
{
	char message[PCAP_ERRBUF_SIZE];
	struct live_interface *list;
	pcap_if_t *all;
	unsigned n = 0;

	*count = 0;
	if (pcap_findalldevs(&all, message) != 0) {
		error_set(error, "cannot list the interfaces: %s.", message);
		return NULL;
	}
	for (const pcap_if_t *one = all; one; one = one->next)
		n++;
	list = must_zeroed(n, sizeof *list);
	for (const pcap_if_t *one = all; one; one = one->next)
		take_interface(&list[(*count)++], one);
	pcap_freealldevs(all);
	return list;
}

bool live_filter_check(const char *filter, uint16_t link_type, struct error *error)
{
	const char *name = link_type_name(link_type);
	int type = name ? pcap_datalink_name_to_val(name) : PCAP_ERROR;
	pcap_t *pcap = pcap_open_dead(type == PCAP_ERROR ? DLT_EN10MB : type, RECORD_LIMIT);
	struct bpf_program program;
	bool right;

	if (!pcap)
		return error_set(error, "out of memory");
	right = capture_filter_compile(pcap, filter, &program, error);
	if (right)
		pcap_freecode(&program);
	pcap_close(pcap);
	return right;
}

const char *live_library_version(void)
{
	return pcap_lib_version();
}
