/* helper_file.c - the file that is captured into, and going on in the next. */
#include "helper.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SWITCH_MS = 10000 }; /* the next file comes at once, unless the program hangs */

/* A cut block at the end would spoil the file, so it is taken away. */
static bool output_failed(struct helper *helper)
{
	int cause = errno;

	if (ftruncate(helper->output, helper->whole_bytes) != 0)
		helper->whole_bytes = 0;
	helper_tell("unwritten %s. Capture stopped, %" PRIu64 " packet%s kept.",
		    cause == ENOSPC || cause == EDQUOT ? "the disk is full" : strerror(cause),
		    helper->in_file, helper->in_file == 1 ? "" : "s");
	helper->written = helper->in_file;
	helper->buffer.used = 0;
	helper->failed = helper->done = true;
	return false;
}

bool file_flush(struct helper *helper)
{
	size_t done = 0;

	while (done < helper->buffer.used) {
		ssize_t put = write(helper->output, helper->buffer.bytes + done,
				    helper->buffer.used - done);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return output_failed(helper);
		done += (size_t)put;
	}
	helper->whole_bytes += (off_t)done;
	helper->in_file = helper->written;
	helper->buffer.used = 0;
	return true;
}

void file_put_statistics(struct helper *helper)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	for (unsigned i = 0; i < helper->source_count; i++) {
		const struct source *source = &helper->sources[i];
		uint64_t ticks =
			source->nanoseconds
				? (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec
				: (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;

		put_statistics_block(&helper->buffer, i, ticks, source->received,
				     source->dropped + source->dropped_by_interface);
	}
}

void file_put_headers(struct helper *helper)
{
	put_section_block(&helper->buffer, "peel", helper->comments, helper->comment_count);
	for (unsigned i = 0; i < helper->source_count; i++)
		source_describe(helper, &helper->sources[i]);
}

/* The descriptor that came with an F; -1: none, and *ended if there will be no other. */
static int receive_file(struct helper *helper, bool *ended)
{
	struct pollfd ready = { .fd = CONTROL, .events = POLLIN };
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int))];
	} control;
	char byte = 0;
	struct iovec into = { &byte, 1 };
	struct msghdr message = { .msg_iov = &into,
				  .msg_iovlen = 1,
				  .msg_control = control.room,
				  .msg_controllen = sizeof control.room };
	int fd = -1;

	do {
		message.msg_controllen = sizeof control.room;
		if (byte == 'S')
			helper_begin_stop(helper);
		if (poll(&ready, 1, SWITCH_MS) <= 0 ||
		    recvmsg(CONTROL, &message, MSG_CMSG_CLOEXEC) <= 0)
			return -1;
	} while (byte == 'S');
	*ended = byte == 'E';
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	if (byte == 'F' && header && header->cmsg_type == SCM_RIGHTS)
		memcpy(&fd, CMSG_DATA(header), sizeof fd);
	return fd;
}

void file_begin(struct helper *helper)
{
	struct timespec now;

	helper->file_packets = 0;
	helper->file_began = helper_now();
	clock_gettime(CLOCK_REALTIME, &now);
	if (helper->ring.interval)
		helper->next_interval =
			((int64_t)now.tv_sec / helper->ring.interval + 1) * helper->ring.interval;
}

void file_end(struct helper *helper)
{
	bool ended = false;

	if (!helper->ring.several) {
		helper->done = helper->limit_reached = true;
		return;
	}
	for (unsigned i = 0; i < helper->source_count; i++)
		source_take_counts(&helper->sources[i]);
	file_put_statistics(helper);
	if (!file_flush(helper))
		return;
	helper_tell("switch");
	int fd = receive_file(helper, &ended);
	if (ended)
		helper->done = helper->limit_reached = true;
	else if (fd < 0)
		helper_begin_stop(helper);
	if (fd < 0) {
		helper->ring = (struct ring_rules){ 0 };
		return;
	}
	close(helper->output);
	helper->output = fd;
	helper->whole_bytes = 0;
	file_put_headers(helper);
	file_begin(helper);
}

bool file_is_full(const struct helper *helper)
{
	const struct ring_rules *rules = &helper->ring;
	uint64_t bytes = (uint64_t)helper->whole_bytes + helper->buffer.used;

	return (rules->file_bytes && bytes >= rules->file_bytes) ||
	       (rules->file_packets && helper->file_packets >= rules->file_packets);
}

bool file_is_old(const struct helper *helper)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (helper->ring.file_ns &&
		(uint64_t)(helper_now() - helper->file_began) >= helper->ring.file_ns) ||
	       (helper->ring.interval && now.tv_sec >= helper->next_interval);
}
