/* capture_writer.c - writes beside the wanted file, and renames when all went well. */
#include "capture/capture_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "pcapng_blocks.h"

enum {
	FLUSH_BYTES = 1 << 18,
	NAME_TRIES = 100,
	SECOND_NS = 1000000000,
	PCAP_MAGIC = 0xa1b2c3d4, PCAP_NANOSECOND_MAGIC = 0xa1b23c4d,
	PCAP_FCS_PRESENT = 0x04000000,
};

struct kept_interface {
	int64_t offset_seconds;
	uint32_t snap_length;
	bool nanoseconds;
};

struct capture_writer {
	enum capture_format format;
	int fd;
	char *path;
	char *temporary;                /* NULL: written straight to where it goes */
	struct block_buffer buffer;
	struct kept_interface *interfaces;
	uint32_t interface_count;
	uint64_t packets;
	uint32_t pcap_link;             /* the link type's word, once there is an interface */
};

static bool write_error(const struct capture_writer *writer, int cause, struct error *error)
{
	const char *reason = cause == ENOSPC || cause == EDQUOT ? "the disk is full" : strerror(cause);

	return error_set(error, "cannot write \"%s\": %s.%s", writer->path, reason,
			 writer->temporary ? " What was there before is untouched." : "");
}

/* Where the path leads if it is a link, so that the link stays one. */
static char *real_path(const char *path)
{
	char *real = realpath(path, NULL);

	return real ? real : must_copy(path);
}

/* A new file beside `path`, with the rights that `path` has or a new file gets. */
static bool open_beside(struct capture_writer *writer, const char *path, const struct stat *old)
{
	size_t room = strlen(path) + 40;

	writer->temporary = must_alloc(room);
	for (unsigned i = 0; i < NAME_TRIES; i++) {
		snprintf(writer->temporary, room, "%s.peel-%d-%u", path, (int)getpid(), i);
		writer->fd = open(writer->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (writer->fd >= 0 || errno != EEXIST)
			break;
	}
	if (writer->fd < 0)
		return false;
	if (old && fchmod(writer->fd, old->st_mode & 0777) != 0)
		return false;
	return true;
}

static bool open_output(struct capture_writer *writer, const char *path)
{
	struct stat status;

	if (!strcmp(path, "-")) {
		writer->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
		return writer->fd >= 0;
	}
	bool exists = stat(path, &status) == 0;
	if (exists && S_ISDIR(status.st_mode)) {
		errno = EISDIR;
		return false;
	}
	if (exists && !S_ISREG(status.st_mode)) {       /* a pipe or device is no file to replace */
		writer->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return writer->fd >= 0;
	}
	if (exists && access(path, W_OK) != 0)
		return false;
	free(writer->path);
	writer->path = real_path(path);
	return open_beside(writer, writer->path, exists ? &status : NULL);
}

static bool let_group_read(const struct capture_writer *writer)
{
	struct stat status;

	return fstat(writer->fd, &status) == 0 &&
	       (!S_ISREG(status.st_mode) || fchmod(writer->fd, (status.st_mode & 0777) | S_IRGRP) == 0);
}

struct capture_writer *capture_writer_open(const char *path, enum capture_format format,
					   struct error *error)
{
	struct capture_writing how = { .format = format };

	return capture_writer_open_as(path, &how, error);
}

struct capture_writer *capture_writer_open_as(const char *path, const struct capture_writing *how,
					      struct error *error)
{
	struct capture_writer *writer = must_zeroed(1, sizeof *writer);

	writer->format = how->format;
	writer->fd = -1;
	writer->path = must_copy(strcmp(path, "-") ? path : "standard output");
	if (!open_output(writer, path) || (how->group_read && !let_group_read(writer))) {
		error_set(error, "cannot write \"%s\": %s.", writer->path, strerror(errno));
		capture_writer_abandon(writer);
		return NULL;
	}
	if (how->format == FORMAT_PCAPNG)
		put_section_block(&writer->buffer, "peel", how->comments, how->comment_count);
	return writer;
}

static bool write_out(struct capture_writer *writer, struct error *error)
{
	size_t done = 0;

	while (done < writer->buffer.used) {
		ssize_t put = write(writer->fd, writer->buffer.bytes + done, writer->buffer.used - done);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0) {
			int cause = errno;

			writer->buffer.used -= done;
			memmove(writer->buffer.bytes, writer->buffer.bytes + done, writer->buffer.used);
			return write_error(writer, cause, error);
		}
		done += (size_t)put;
	}
	writer->buffer.used = 0;
	return true;
}

static bool write_if_full(struct capture_writer *writer, struct error *error)
{
	return writer->buffer.used < FLUSH_BYTES || write_out(writer, error);
}

static void put_pcap_header(struct capture_writer *writer, uint32_t link)
{
	uint32_t words[6] = {
		writer->format == FORMAT_NSEC_PCAP ? PCAP_NANOSECOND_MAGIC : PCAP_MAGIC,
		0, 0, 0, RECORD_LIMIT, link,
	};
	uint16_t version[2] = { 2, 4 };

	memcpy(&words[1], version, sizeof version);
	memcpy(block_buffer_add(&writer->buffer, sizeof words), words, sizeof words);
	writer->pcap_link = link;
}

static bool pcap_interface(struct capture_writer *writer, const struct capture_interface *interface,
			   struct error *error)
{
	uint32_t link = interface->link_type;

	if (interface->fcs_bytes && interface->fcs_bytes < 32)
		link |= PCAP_FCS_PRESENT | (uint32_t)(interface->fcs_bytes / 2) << 28;
	if (!writer->interface_count)
		put_pcap_header(writer, link);
	if (link != writer->pcap_link)
		return error_set(error, "pcap holds one link type only, and these packets have %u and %u: "
				 "write pcapng.", writer->pcap_link & 0xffff, interface->link_type);
	return true;
}

bool capture_writer_interface(struct capture_writer *writer, const struct capture_interface *interface,
			      uint32_t *number, struct error *error)
{
	if (writer->format == FORMAT_PCAPNG)
		put_interface_block(&writer->buffer, interface);
	else if (!pcap_interface(writer, interface, error))
		return false;
	*number = writer->interface_count++;
	writer->interfaces = must_resize(writer->interfaces, writer->interface_count,
					 sizeof *writer->interfaces);
	writer->interfaces[*number] = (struct kept_interface){
		.offset_seconds = interface->offset_seconds,
		.snap_length = interface->snap_length,
		.nanoseconds = interface->nanoseconds,
	};
	return write_if_full(writer, error);
}

/* The time as the interface counts it; 0 for what lies before its offset. */
static uint64_t ticks_of(const struct kept_interface *interface, int64_t time_ns)
{
	__extension__ __int128 since =
		time_ns - (__int128)interface->offset_seconds * SECOND_NS;

	if (!interface->nanoseconds)
		since /= 1000;
	if (since < 0)
		return 0;
	return since > UINT64_MAX ? UINT64_MAX : (uint64_t)since;
}

static bool pcap_packet(struct capture_writer *writer, const struct record *record, const uint8_t *bytes,
			struct error *error)
{
	int64_t seconds = record->time_ns / SECOND_NS, rest = record->time_ns % SECOND_NS;

	if (record->time_ns < 0 || seconds > UINT32_MAX)
		return error_set(error, "cannot write \"%s\": the time of packet #%llu is before 1970 or "
				 "after 2106, which pcap cannot say: write pcapng.", writer->path,
				 (unsigned long long)writer->packets + 1);
	uint32_t header[4] = {
		(uint32_t)seconds,
		(uint32_t)(writer->format == FORMAT_NSEC_PCAP ? rest : rest / 1000),
		record->captured, record->reported,
	};
	memcpy(block_buffer_add(&writer->buffer, sizeof header), header, sizeof header);
	if (record->captured)
		memcpy(block_buffer_add(&writer->buffer, record->captured), bytes, record->captured);
	return true;
}

/* A simple packet block says neither time nor interface nor how much was cut off. */
static bool is_simple(const struct kept_interface *from, uint32_t number, const struct record *record,
		      const struct packet_notes *notes)
{
	return !record->has_time && !number && !notes &&
	       (record->captured == record->reported || record->captured == from->snap_length);
}

bool capture_writer_packet(struct capture_writer *writer, uint32_t interface, const struct record *record,
			   const uint8_t *bytes, const struct packet_notes *notes, struct error *error)
{
	const struct kept_interface *from = &writer->interfaces[interface];

	if (writer->format != FORMAT_PCAPNG) {
		if (!pcap_packet(writer, record, bytes, error))
			return false;
	} else if (is_simple(from, interface, record, notes)) {
		put_simple_packet_block(&writer->buffer, record, bytes);
	} else {
		put_packet_block(&writer->buffer, interface, ticks_of(from, record->time_ns), record, bytes,
				 notes);
	}
	writer->packets++;
	return write_if_full(writer, error);
}

bool capture_writer_name(struct capture_writer *writer, const struct capture_name *name,
			 struct error *error)
{
	if (writer->format == FORMAT_PCAPNG)
		put_name_block(&writer->buffer, name);
	return write_if_full(writer, error);
}

bool capture_writer_secret(struct capture_writer *writer, const struct capture_secret *secret,
			   struct error *error)
{
	if (writer->format == FORMAT_PCAPNG)
		put_secrets_block(&writer->buffer, secret);
	return write_if_full(writer, error);
}

bool capture_writer_flush(struct capture_writer *writer, struct error *error)
{
	return write_out(writer, error);
}

static void free_writer(struct capture_writer *writer)
{
	if (writer->fd >= 0)
		close(writer->fd);
	block_buffer_free(&writer->buffer);
	free(writer->interfaces);
	free(writer->temporary);
	free(writer->path);
	free(writer);
}

/* Everything is on the disk before the name says that it is there. */
static bool put_in_place(struct capture_writer *writer, struct error *error)
{
	if (!write_out(writer, error))
		return false;
	if (writer->temporary && fsync(writer->fd) != 0 && errno != EINVAL)
		return write_error(writer, errno, error);
	int fd = writer->fd;
	writer->fd = -1;
	if (close(fd) != 0)
		return write_error(writer, errno, error);
	if (writer->temporary && rename(writer->temporary, writer->path) != 0)
		return write_error(writer, errno, error);
	return true;
}

bool capture_writer_finish(struct capture_writer *writer, struct error *error)
{
	if (writer->format != FORMAT_PCAPNG && !writer->interface_count)
		put_pcap_header(writer, 1);
	if (!put_in_place(writer, error)) {
		capture_writer_abandon(writer);
		return false;
	}
	free_writer(writer);
	return true;
}

void capture_writer_abandon(struct capture_writer *writer)
{
	if (!writer)
		return;
	if (writer->temporary)
		unlink(writer->temporary);
	free_writer(writer);
}
