/* capture_writer.h - writes pcap and pcapng files.
 *
 * A file appears under its name only when it is complete: it is written beside it
 * under a temporary name and renamed by capture_writer_finish().  So a full disk or a
 * crash leaves what was there before.  "-" is standard output; pipes and devices are
 * written straight to. */
#ifndef CAPTURE_CAPTURE_WRITER_H
#define CAPTURE_CAPTURE_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "capture/capture_file.h"

enum capture_format { FORMAT_PCAPNG, FORMAT_PCAP, FORMAT_NSEC_PCAP };

enum { CAPTURE_COMMENTS = 16 };

struct capture_writing {		/* how a file is written */
	enum capture_format format;
	bool group_read;		/* whatever the umask says */
	const char *const *comments;	/* of the file; pcap drops them */
	unsigned comment_count;
};

struct capture_writer;

struct capture_writer *capture_writer_open_as(const char *path, const struct capture_writing *how,
					      struct error *error);
struct capture_writer *capture_writer_open(const char *path, enum capture_format format,
					   struct error *error);
/* Makes the source's interface known; the number is for capture_writer_packet().
 * pcap holds one link type only: a second one is an error. */
bool capture_writer_interface(struct capture_writer *writer, const struct capture_interface *interface,
			      uint32_t *number, struct error *error);
/* `notes` may be NULL; pcap drops them. */
bool capture_writer_packet(struct capture_writer *writer, uint32_t interface, const struct record *record,
			   const uint8_t *bytes, const struct packet_notes *notes, struct error *error);
/* What the source says besides packets; pcap drops it. */
bool capture_writer_name(struct capture_writer *writer, const struct capture_name *name,
			 struct error *error);
bool capture_writer_secret(struct capture_writer *writer, const struct capture_secret *secret,
			   struct error *error);
/* Writes what is buffered, so that a reader of the growing file sees it. */
bool capture_writer_flush(struct capture_writer *writer, struct error *error);
/* Flushes, renames into place, frees.  On failure the temporary file is removed. */
bool capture_writer_finish(struct capture_writer *writer, struct error *error);
/* Throws away what was written. */
void capture_writer_abandon(struct capture_writer *writer);

#endif
