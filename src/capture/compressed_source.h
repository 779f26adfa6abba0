/* compressed_source.h - input that cannot be read at random, copied into a file that can.
 *
 * Pipes and compressed files are copied (unpacked) to an unlinked temporary file, as far
 * as somebody asks for.  The file is in $TMPDIR or else /var/tmp, which is on
 * a disk. */
#ifndef CAPTURE_COMPRESSED_SOURCE_H
#define CAPTURE_COMPRESSED_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum {
	SNIFF_BYTES = 6,                /* that tell one kind of compression from another */
	UNPACK_RATIO = 1000,            /* unpacked to packed bytes that is still believed, */
	DISK_RESERVE_MIB = 256,         /* and what must stay free on the temporary file's disk */
};
#define UNPACK_FREE (UINT64_C(4) << 30) /* below this many unpacked bytes any ratio is believed */

enum spool_status {
	SPOOL_GREW,
	SPOOL_QUIET,                    /* nothing more for now */
	SPOOL_ENDED,                    /* all is there, or a problem ended it */
};

struct spool;

/* "gzip"; NULL: not compressed.  *missing: compressed in a way we cannot unpack. */
const char *compression_name(const uint8_t *bytes, size_t n, bool *missing);

/* Takes over the descriptor.  A stream is read as it comes, and may be compressed;
 * `stream` false is an ordinary file.  NULL: see error. */
struct spool *spool_open(int input, bool stream, struct error *error);
void spool_close(struct spool *spool);

/* Copies some more. With `wait` blocks until there is something or the end. */
enum spool_status spool_more(struct spool *spool, bool wait);
int spool_file(const struct spool *spool);      /* the temporary file */
uint64_t spool_size(const struct spool *spool); /* of the temporary file */
int spool_input(const struct spool *spool);     /* -1: an ordinary file, or a stream that ended */
bool spool_ended(const struct spool *spool);
const char *spool_compression(const struct spool *spool);       /* NULL: none */
/* Why it ended before the input did; "": it did not.  *cut: the input itself ends early. */
const char *spool_problem(const struct spool *spool, bool *cut);

#endif
