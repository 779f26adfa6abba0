/* save_job.c - copies packets into a new file, in steps short enough not to be felt. */
#include "ui/save_job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "capture/capture_writer.h"
#include "state/learned.h"

enum { STEP = 4096 };

static const uint32_t UNKNOWN = UINT32_MAX;

struct save_job {
	struct session *session;
	struct capture_writer *writer;
	struct file_window window, notes_window;
	uint32_t *packets; /* NULL: the first ones */
	uint32_t *numbers; /* of the file's interfaces in the new one */
	unsigned interfaces;
	uint32_t next, total;
	struct packet_notes notes;
	char path[4096];
};

static enum capture_format format_of(const char *path)
{
	size_t length = strlen(path);

	return length >= 5 && !strcmp(path + length - 5, ".pcap") ? FORMAT_NSEC_PCAP
								  : FORMAT_PCAPNG;
}

struct save_job *save_job_start(struct session *session, const char *path, uint32_t *packets,
				uint32_t count, struct error *error)
{
	struct capture_writer *writer = capture_writer_open(path, format_of(path), error);

	if (!writer) {
		free(packets);
		return NULL;
	}
	struct save_job *job = must_zeroed(1, sizeof *job);

	job->session = session;
	job->writer = writer;
	job->next = 1;
	job->packets = packets;
	job->total = count;
	snprintf(job->path, sizeof job->path, "%s", path);
	return job;
}

/* The writer's number for an interface of the file, which it is told of when first met. */
static bool number_of(struct save_job *job, uint16_t interface, uint32_t *number,
		      struct error *error)
{
	const struct capture_file *file = session_file(job->session);

	if (interface >= job->interfaces) {
		unsigned count = interface + 1u;

		job->numbers = must_resize(job->numbers, count, sizeof *job->numbers);
		for (unsigned i = job->interfaces; i < count; i++)
			job->numbers[i] = UNKNOWN;
		job->interfaces = count;
	}
	if (job->numbers[interface] == UNKNOWN &&
	    !capture_writer_interface(job->writer, capture_file_interface(file, interface),
				      &job->numbers[interface], error))
		return false;
	*number = job->numbers[interface];
	return true;
}

/* What the file and the user say of the packet; NULL: nothing. */
static const struct packet_notes *notes_of(struct save_job *job, uint32_t packet,
					   const struct record *record)
{
	struct packet_notes *notes = &job->notes;

	if (record->has_notes)
		capture_file_notes(session_file(job->session), &job->notes_window, record->offset,
				   record->interface, notes);
	else
		packet_notes_clear(notes);
	session_new_comment(job->session, packet, notes);
	return notes->said || notes->comment_count ? notes : NULL;
}

static bool copy_packet(struct save_job *job, uint32_t packet, struct error *error)
{
	const struct capture_file *file = session_file(job->session);
	const struct index_block *block =
		index_block_of(&session_learned(job->session)->index, packet);
	uint32_t slot = index_slot(packet);
	uint64_t offset = (uint64_t)block->offset_high[slot] << 32 | block->offset_low[slot];
	uint16_t interface = block->interface[slot];
	struct record record;
	const uint8_t *bytes;
	uint32_t number;

	if (!capture_file_read(file, &job->window, offset, interface, &record, &bytes))
		return error_set(error, "packet %u cannot be read: the file was changed", packet);
	if (!number_of(job, interface, &number, error))
		return false;
	record.has_notes = block->flags[slot] & INDEX_NOTES;
	return capture_writer_packet(job->writer, number, &record, bytes,
				     notes_of(job, packet, &record), error);
}

enum save_state save_job_step(struct save_job *job, struct error *error)
{
	for (unsigned i = 0; i < STEP && job->next <= job->total; i++, job->next++)
		if (!copy_packet(job, job->packets ? job->packets[job->next - 1] : job->next,
				 error))
			return SAVE_FAILED;
	if (job->next <= job->total)
		return SAVE_GOES_ON;
	struct capture_writer *writer = job->writer;

	job->writer = NULL;
	return capture_writer_finish(writer, error) ? SAVE_DONE : SAVE_FAILED;
}

uint32_t save_job_done(const struct save_job *job)
{
	return job->next - 1;
}

uint32_t save_job_total(const struct save_job *job)
{
	return job->total;
}

const char *save_job_path(const struct save_job *job)
{
	return job->path;
}

void save_job_free(struct save_job *job)
{
	if (!job)
		return;
	if (job->writer)
		capture_writer_abandon(job->writer);
	file_window_free(&job->window);
	file_window_free(&job->notes_window);
	free(job->packets);
	free(job->numbers);
	packet_notes_free(&job->notes);
	free(job);
}
