/* capture_format.h - what the readers of pcap and pcapng share.
 *
 * Private to src/capture.  One thread writes all of this; what other threads may read
 * (interfaces, names, secrets) never moves once it is counted. */
#ifndef CAPTURE_CAPTURE_FORMAT_H
#define CAPTURE_CAPTURE_FORMAT_H

#include <inttypes.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"
#include "capture/capture_file.h"
#include "capture/file_window.h"
#include "capture/recent_bytes.h"

#include "compressed_source.h"

enum {
	CHUNK_FIRST = 16,               /* items in a list's first chunk; each next has twice as many */
	CHUNKS = 16,
	LIST_LIMIT = 65535,             /* interfaces, sections, names, secrets of one file */
	TEXT_LIMIT = 1 << 24,           /* bytes of names, comments and options kept of one file */
	SECRETS_LIMIT = 1 << 26,        /* bytes of secrets kept of one file */
	BLOCK_LIMIT = 1 << 24,          /* a pcapng block that is looked into */
};

/* A list that grows without moving its items. */
struct growing_list {
	void *chunk[CHUNKS];
	_Atomic unsigned count;
};

/* A zeroed item, which counts from list_publish() on; NULL: LIST_LIMIT is reached. */
void *list_add(struct growing_list *list, size_t item_size);
void list_publish(struct growing_list *list);
/* NULL: there is none. */
void *list_item(const struct growing_list *list, size_t item_size, unsigned n);
void list_free(struct growing_list *list);

static inline unsigned list_count(const struct growing_list *list)
{
	return atomic_load_explicit(&list->count, memory_order_acquire);
}

struct capture_format {
	const char *(*name)(const struct capture_file *file);
	/* The record at file->at. */
	enum record_status (*next)(struct capture_file *file, bool wait, struct record *record,
				   const uint8_t **bytes);
	/* May a record begin with these DAMAGE_HEAD bytes, whatever follows?  It is asked of each byte
	 * of what is damaged.  NULL: nothing is searched for. */
	bool (*may_begin)(const struct capture_file *file, const uint8_t *bytes);
	/* Does one begin there, so that others follow it or the file ends? */
	bool (*begins)(struct capture_file *file, uint64_t offset, bool wait);
	/* A record's header and body again; false: not what was there. */
	bool (*read)(const struct capture_file *file, struct file_window *window, uint64_t offset,
		     const struct capture_interface *from, struct record *record,
		     const uint8_t **bytes);
	/* Of most records: how many bytes stand before the packet's; 0: not known.  And how many there
	 * are altogether, at least as many; 0: it is no record. */
	size_t record_head;
	uint32_t (*record_bytes)(const struct capture_file *file, const uint8_t *record);
};

struct capture_file {
	char *path;
	bool is_input;                  /* standard input */
	char format_name[64];
	const struct capture_format *format;
	int fd;                         /* where pread() finds the plain bytes */
	struct spool *spool;            /* NULL: fd is the file itself */
	bool takes_raw;                 /* what is no capture is taken for packets of this link type: */
	uint16_t raw_link_type;
	struct merged *merged;          /* NULL: it is one file */
	struct file_window window;      /* of the thread that reads in order */
	struct recent_bytes recent;     /* what was in that window */
	const struct reads_ahead *reads_ahead; /* NULL: nobody does */
	bool ahead_asked;               /* to fill recent.reserved */
	uint64_t ahead_start;           /* from this offset on */
	size_t ahead_held;              /* the other thread's: bytes there are */
	uint64_t at;                    /* offset of the next record or block */
	_Atomic uint64_t size, position;
	uint64_t packets;               /* returned so far */
	bool damaged;
	struct error problem;
	int64_t last_time_ns;           /* of the packet returned last */
	uint32_t skips, skips_made;     /* damage that is still, and that was, passed over */
	uint64_t skipped_bytes;
	uint64_t search_at;             /* 0: nothing is being searched */
	bool search_failed;             /* nothing plausible follows */
	struct error passed_over;

	struct growing_list interfaces, names, secrets, sections;
	struct arena texts;
	size_t text_bytes, secret_bytes;

	/* pcap */
	uint8_t record_header;          /* 16 or 24 */
	uint32_t fraction_ns;           /* nanoseconds per unit of the second number: 1 or 1000 */
	uint8_t lengths_swapped;        /* enum lengths_swapped in pcap_format.c */

	/* pcapng: the section at work */
	bool swapped;
	uint32_t first_interface;       /* index of the section's interface 0 */
	uint32_t interface_count;       /* in this section */
};

/* n bytes at `offset`, reading on as far as needed; NULL when fewer are there, *held then
 * says how many. */
const uint8_t *capture_bytes_slowly(struct capture_file *file, uint64_t offset, size_t n, bool wait,
				    size_t *held);

static inline const uint8_t *capture_bytes(struct capture_file *file, uint64_t offset, size_t n,
					   bool wait, size_t *held)
{
	const struct file_window *window = &file->window;
	uint64_t into = offset - window->start;

	if (offset >= window->start && into <= window->held && n <= window->held - into)
		return window->bytes + into;
	return capture_bytes_slowly(file, offset, n, wait, held);
}

/* Is `end` within the file, as far as it can be read? */
bool capture_reaches(struct capture_file *file, uint64_t end, bool wait);

/* What it means that only `held` of `wanted` bytes are there of what begins at file->at:
 * "packet #", which is followed by its number, or "a block at byte ". */
enum record_status capture_ended(struct capture_file *file, const char *what, uint64_t held,
				 uint64_t wanted);
/* Nothing can be read from here on.  Words it, with the packet's number. */
enum record_status capture_damaged(struct capture_file *file, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Goes on from damage at file->at; RECORD_OK: file->at is where a record begins again. */
enum record_status damage_pass_over(struct capture_file *file, bool wait);
/* A clean copy that lives as long as the file; NULL when TEXT_LIMIT is reached. */
char *capture_text(struct capture_file *file, const uint8_t *bytes, size_t n);

static inline uint64_t load_u64(const uint8_t *p, bool big_endian)
{
	return big_endian ? load_be64(p) : load_le64(p);
}

static inline uint32_t load_u32(const uint8_t *p, bool big_endian)
{
	return big_endian ? load_be32(p) : load_le32(p);
}

static inline uint16_t load_u16(const uint8_t *p, bool big_endian)
{
	return big_endian ? load_be16(p) : load_le16(p);
}

/* Bytes of a record that tell whether it may be one. */
enum { DAMAGE_HEAD = 16 };

/* Bytes that every file of the format begins with, enough for its start function. */
enum { PCAP_HEADER = 24, PCAPNG_HEADER = 12 };

/* Does the file begin as this format does?  `n` bytes of it are there. */
bool pcap_matches(const uint8_t *bytes, size_t n);
bool pcapng_matches(const uint8_t *bytes, size_t n);
/* Takes in the file's header.  The error lacks the file's name. */
bool pcap_start(struct capture_file *file, const uint8_t *header, struct error *error);
bool pcapng_start(struct capture_file *file, const uint8_t *header, struct error *error);
/* Of a file with raw_link_type, whatever it begins with. */
void raw_start(struct capture_file *file);
/* Adds what the packet block at `offset` says to empty notes. */
void pcapng_notes(const struct capture_file *file, struct file_window *window, uint64_t offset,
		  bool big_endian, struct packet_notes *notes);

/* Of a capture with `merged`. */
void merged_skip(struct capture_file *file, uint32_t times);
void merged_close(struct capture_file *file);
void merged_notes(const struct capture_file *file, struct file_window *window, uint64_t offset,
		  bool big_endian, struct packet_notes *notes);

/* Why a path cannot be opened, with what may help. */
bool open_error(struct error *error, const char *path, int cause);
/* Why bytes that begin like this are no capture. */
bool foreign_error(struct error *error, const char *path, const uint8_t *bytes, size_t n,
		   const char *packed);
/* "3 145 728" */
const char *grouped(char out[32], uint64_t number);

#endif
