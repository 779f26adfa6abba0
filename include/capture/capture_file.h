/* capture_file.h - a capture file, read in order or at random.
 *
 * Reads pcap (microseconds, nanoseconds, both byte orders) and pcapng (several
 * sections and interfaces), plain or compressed by gzip, zstd or lz4
 * (draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng).  Compressed files and pipes are
 * copied to an unlinked temporary file in $TMPDIR or /var/tmp, as far as has been read;
 * a file that unpacks to over 4 GiB and 1,000 times its size is not believed.  Memory is
 * bounded: 16 MiB of texts and 64 MiB of secrets are kept of one file, 65,535 names,
 * secrets and sections; more are read over.
 *
 * One thread reads in order with capture_file_next(); any number of threads read
 * at random with capture_file_read() and a window of their own, but only records
 * that capture_file_next() has returned. */
#ifndef CAPTURE_CAPTURE_FILE_H
#define CAPTURE_CAPTURE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "capture/file_window.h"

enum {
	RECORD_LIMIT = 1 << 18,         /* a packet's captured bytes: libpcap's MAXIMUM_SNAPLEN */
};

struct capture_interface {
	uint16_t link_type;             /* LINKTYPE_*, not DLT_* */
	uint8_t fcs_bytes;              /* of each packet's end that are a frame check sequence */
	bool swapped;                   /* its section is big-endian */
	bool nanoseconds;               /* time stamps are finer than a microsecond */
	uint8_t precision;              /* decimals of a second that its time stamps have, 0-9 */
	uint32_t snap_length;           /* 0: no limit */
	uint64_t ticks_per_second;      /* of its time stamps */
	int64_t offset_seconds;         /* if_tsoffset */
	uint16_t section;               /* which section header it belongs to, from 0 */
	uint32_t number;                /* within its section, from 0 */
	_Atomic uint64_t received, dropped;     /* from the last interface statistics block;
						 * UINT64_MAX: not said */
	char *name, *description, *filter, *hardware, *system;  /* NULL: not said; cleaned */
};

struct record {
	uint64_t offset;                /* of the record's or block's header in the file */
	int64_t time_ns;                /* since 1970; clamped to what 64 bits can say */
	uint32_t captured;              /* bytes that follow in the file */
	uint32_t reported;              /* bytes on the wire, at least `captured` */
	uint16_t interface;             /* index for capture_file_interface() */
	bool has_time;                  /* false: a simple packet block */
	bool has_comment, has_notes;    /* capture_file_notes() tells; a comment is one of the notes */
	bool sent_less;                 /* the file says that fewer were on the wire than it holds */
	bool time_clamped;
};

enum record_status {
	RECORD_OK,
	RECORD_NONE,            /* no more for now: the end, or a growing file's end so far */
	RECORD_CUT,             /* the file ends within a record; capture_file_problem() says where.
				 * Ask again if it may still grow */
	RECORD_SEARCHING,       /* damage is being passed over (capture_file_skip): ask again */
	RECORD_DAMAGED,         /* what follows cannot be read; capture_file_problem() says why */
};

/* What the file says of a packet beside its bytes (pcapng: draft-ietf-opsawg-pcapng, section 4.3). */
enum packet_note { NOTE_FLAGS = 1, NOTE_LOST = 2, NOTE_ID = 4, NOTE_QUEUE = 8 };

struct packet_notes {                   /* zeroed before it is first used */
	unsigned said;                  /* enum packet_note: which of the numbers */
	uint32_t flags;                 /* direction, how it was received, errors: epb_flags, as it stands */
	uint32_t queue;                 /* of its interface */
	uint64_t lost;                  /* packets, since the one before it on its interface */
	uint64_t id;                    /* the same wherever else this packet was captured */
	char *comments;                 /* as they stand in the file (so text_clean() them), up to a zero,
					 * which is behind each; NULL until there was one */
	uint32_t comment_count;
	size_t used, room;              /* of their memory */
};

/* Bytes of the check sequence behind the packet, by its flags; 0: not said. */
static inline uint8_t packet_check_bytes(uint32_t flags)
{
	return flags >> 5 & 15;
}

void packet_notes_free(struct packet_notes *notes);
/* Says nothing any more, but keeps the memory. */
void packet_notes_clear(struct packet_notes *notes);
/* `length` bytes of text, or up to a zero. */
void packet_notes_comment(struct packet_notes *notes, const char *text, size_t length);

/* What the file says besides packets, in the order of the file; texts are cleaned. */
struct capture_name {
	char *name;
	uint8_t size;                   /* of the address: 4 or 16 */
	uint8_t address[16];
};

struct capture_secret {
	uint8_t *bytes;
	uint32_t type, length;          /* type: "TLSK" as a big-endian number, ... */
};

struct capture_section {
	char *comment, *hardware, *system, *application;        /* NULL: not said */
	bool swapped;
};

struct capture_file;

/* `path` may be "-" for standard input.  Waits until a pipe has sent its header.
 * NULL: see error. */
struct capture_file *capture_file_open(const char *path, struct error *error);
/* The same, but a file that is no capture is taken for packets of this link type, as its bytes stand:
 * of one packet up to RECORD_LIMIT of them. */
struct capture_file *capture_file_open_raw(const char *path, uint16_t link_type,
					   struct error *error);
/* Several files as one, in the order of their packets' times; where files are out of order
 * themselves, so is it.  The names of its interfaces begin with their file's.  NULL: see error. */
struct capture_file *capture_file_open_merged(char *const *paths, unsigned count,
					      struct error *error);
/* The same file or files anew.  Not for standard input. */
struct capture_file *capture_file_reopen(const struct capture_file *file, struct error *error);
/* Of the files that it is read from, at least one. */
char *const *capture_file_paths(const struct capture_file *file, unsigned *count);
void capture_file_close(struct capture_file *file);

/* The next record and its bytes, which stay until the next call.  After RECORD_NONE
 * it can be asked again: a file that has grown goes on.  With `wait` it blocks on a
 * pipe until there is more, and RECORD_NONE is the end. */
enum record_status capture_file_next(struct capture_file *file, bool wait, struct record *record,
				     const uint8_t **bytes);

/* Up to `room` of the records behind it that were read already, their bytes beside its own and as long
 * there.  How many; 0 tells nothing of what comes. */
unsigned capture_file_more(struct capture_file *file, struct record *records, const uint8_t **bytes,
			   unsigned room);

/* From here on damage is passed over, so many times, UINT32_MAX: always: what follows is searched for
 * the next record, or block, that is plausible and is followed by others.  After RECORD_DAMAGED it
 * begins at once.  Files that are merged have to be reopened then.  The file reopened passes over as
 * much. */
void capture_file_skip(struct capture_file *file, uint32_t times);
/* Did reading stop at damage behind which nothing was searched yet? */
bool capture_file_may_skip(const struct capture_file *file);
/* What was passed over: "1 234 bytes after packet #47"; "": nothing.  As capture_file_problem(). */
const char *capture_file_passed_over(const struct capture_file *file);

/* A record again, by the offset and interface that capture_file_next() gave, without
 * its time if `interface` no longer matters.  The bytes stay until the window moves.
 * False: the file was changed or truncated under us. */
bool capture_file_read(const struct capture_file *file, struct file_window *window, uint64_t offset,
		       uint16_t interface, struct record *record, const uint8_t **bytes);

/* Who reads ahead for the thread that calls capture_file_next(), on another one. */
struct reads_ahead {
	void *owner;
	/* capture_file_read_ahead() is to be called once; false: it will not be. */
	bool (*ask)(void *owner);
	/* Until it was. */
	void (*wait)(void *owner);
};

/* From here on; it stays the caller's.  NULL: nobody does any more. */
void capture_file_use_ahead(struct capture_file *file, const struct reads_ahead *reads_ahead);
/* On that other thread, only after it was asked. */
void capture_file_read_ahead(struct capture_file *file);

/* Lets the window have what capture_file_next() has just read, on whatever thread, without reading
 * it again.  It is to be freed before the file is closed. */
void capture_file_follow(struct capture_file *file, struct file_window *window);
/* The same for the thread that calls capture_file_next() itself: packets shortly before the last one are
 * not read again. */
void capture_file_look_beside(const struct capture_file *file, struct file_window *window);

/* What the file says of a record with `has_notes`, in place of what `notes` had; nothing, if the file was
 * changed under us. */
void capture_file_notes(const struct capture_file *file, struct file_window *window,
			uint64_t offset, uint16_t interface, struct packet_notes *notes);

const struct capture_interface *capture_file_interface(const struct capture_file *file, uint16_t n);
unsigned capture_file_interface_count(const struct capture_file *file);

/* "": none.  Else what ended reading (RECORD_CUT, RECORD_DAMAGED) and where, without the
 * file's name.  For the thread that reads in order. */
const char *capture_file_problem(const struct capture_file *file);
/* With a problem: false says that the file only ends too early. */
bool capture_file_is_damaged(const struct capture_file *file);
/* "pcap", "pcapng", "nanosecond pcap", with ", gzip" and so on. */
const char *capture_file_format(const struct capture_file *file);
/* Of files that are merged, their names: "a.pcap + b.pcap". */
const char *capture_file_path(const struct capture_file *file);
/* Did it come from standard input, so that its path names nothing? */
bool capture_file_is_input(const struct capture_file *file);
/* Bytes in the (unpacked) file now, and how far capture_file_next() has got. */
uint64_t capture_file_size(const struct capture_file *file);
uint64_t capture_file_position(const struct capture_file *file);
/* An ordinary file, not damaged, that is longer than capture_file_size().  Not while another
 * thread reads in order. */
bool capture_file_has_grown(const struct capture_file *file);
/* Readable, as poll() says, when a pipe has more; -1: an ordinary file. */
int capture_file_news(const struct capture_file *file);

/* These lists only grow, and their items never move. */
unsigned capture_file_section_count(const struct capture_file *file);
const struct capture_section *capture_file_section(const struct capture_file *file, unsigned n);
unsigned capture_file_name_count(const struct capture_file *file);
const struct capture_name *capture_file_name(const struct capture_file *file, unsigned n);
unsigned capture_file_secret_count(const struct capture_file *file);
const struct capture_secret *capture_file_secret(const struct capture_file *file, unsigned n);

#endif
