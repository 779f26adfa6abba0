/* live_capture.c - starts the helper that captures, and listens to what it tells. */
#include "capture/live_capture.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture_helper.h"
#include "live_output.h"

enum { START_MS = 15000 }; /* opening takes milliseconds; a filter may ask a name server */

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
	while (live->control >= 0 && sendmsg(live->control, &message, MSG_NOSIGNAL) < 0 &&
	       errno == EINTR)
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
	if (fd >= 0 && live_output_hand_over(live, fd, &live->problem))
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
		if (sscanf(line, "%" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64,
			   &counts.written, &counts.received, &counts.dropped_kernel,
			   &counts.dropped_interface, &counts.lost_silently) == 5)
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
	if (live->pending_length == sizeof live->pending) /* no line of ours is so long */
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

bool live_capture_start(struct live_capture *live, const struct live_options *options,
			struct error *error)
{
	struct helper_arguments arguments;
	bool started;
	int output;

	*live = (struct live_capture){ .control = -1,
				       .news = -1,
				       .group_read = options->group_read };
	if (options->ring.several)
		live->ring =
			(struct capture_ring){ &options->ring, options->write_path, NULL, 0, 0 };
	if (!options->interface_count)
		return error_set(error, "no interface to capture on.");
	output = live_output_open(live, options, error);
	if (output < 0)
		return false;
	helper_arguments(&arguments, options);
	started = helper_start(live, arguments.list, output, error) && wait_until_open(live, error);
	helper_arguments_free(&arguments);
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
	struct helper_arguments arguments = { .count = 0 };
	unsigned used = 0;
	char all[4096];
	size_t length = 0;
	ssize_t got;

	for (unsigned i = 0; list[i]; i++)
		helper_argument(&arguments, list[i], NULL);
	*text = 0;
	bool started = helper_start(&live, arguments.list, -1, error);
	helper_arguments_free(&arguments);
	if (!started)
		return false;
	fcntl(live.news, F_SETFL, 0);
	while (length < sizeof all - 1 &&
	       (got = read(live.news, all + length, sizeof all - 1 - length)) > 0)
		length += (size_t)got;
	all[length] = 0;
	for (char *rest = all, *line; (line = strsep(&rest, "\n"));) {
		const char *type = line;

		if (take_word(&type, "type") && used + strlen(type) + 2 < room)
			used += (unsigned)snprintf(text + used, room - used, "%s%s",
						   used ? "\n" : "", type);
		else
			take_line(&live, line, NULL);
	}
	if (!used)
		error_set(error, "%s",
			  *live.problem.text ? live.problem.text : "peel-capture says nothing.");
	live_capture_close(&live);
	return used > 0;
}
