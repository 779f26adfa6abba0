/* unpack.h - packed bytes (gzip, deflate, Brotli, Zstandard) by the libraries that peel was built with. */
#ifndef DISSECT_UNPACK_H
#define DISSECT_UNPACK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum packing {
	PACKING_NONE,
	PACKING_GZIP,           /* RFC 1952, several members too */
	PACKING_DEFLATE,        /* RFC 1950, or RFC 1951 as some servers send it */
	PACKING_RAW_DEFLATE,    /* RFC 1951 */
	PACKING_BROTLI,         /* RFC 7932 */
	PACKING_ZSTD,           /* RFC 8878 */
};

enum unpack_end {
	UNPACK_WHOLE,           /* to the end of what was packed */
	UNPACK_CUT,             /* more input would be needed */
	UNPACK_LIMITED,         /* more output than the limit allows */
	UNPACK_BROKEN,          /* what follows is wrong */
	UNPACK_MISSING,         /* peel was built without the library */
};

struct unpacked {
	const uint8_t *bytes;   /* in the arena; what there is of them, however it ended */
	uint32_t length;
	enum unpack_end end;
};

struct unpacked unpack(struct arena *arena, enum packing packing, const uint8_t *bytes, uint32_t n,
		       uint32_t limit);

/* Raw deflate (RFC 1951) that goes on where it was left, with what it made before as context. */
struct inflation;

/* NULL: there is no zlib, or no memory for it; the others take that. */
struct inflation *inflation_begin(void);
void inflation_end(struct inflation *inflation);
/* UNPACK_CUT: all is read.  After any other end nothing more can be unpacked. */
struct unpacked inflation_feed(struct inflation *inflation, struct arena *arena,
			       const uint8_t *bytes, uint32_t n, uint32_t limit);

#endif
