/* cursor.h - the only way a dissector reads packet bytes.
 *
 * A cursor walks a run of bytes that the capture may have cut short (snaplen) or
 * that may lie about its own length.  A read that does not fit sets the layer's
 * fault; from then on every cursor of that layer reads 0 and has nothing left.
 * So code reads straight on without an error check per field, and nothing jumps.
 * A loop over cursor_more() ends if each round reads at least one byte. */
#ifndef DISSECT_CURSOR_H
#define DISSECT_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/likely.h"

enum cursor_fault {
	FAULT_NONE,
	FAULT_CUT_SHORT,        /* the sender had these bytes, the capture lacks them */
	FAULT_MALFORMED,        /* no one ever had these bytes: the packet is wrong */
};

struct cursor {
	const uint8_t *data;    /* byte 0 of the source: the frame or a reassembled buffer */
	uint8_t *fault;         /* shared by all cursors of one layer */
	uint32_t pos;           /* next byte to read */
	uint32_t captured;      /* end of the bytes we hold; pos <= captured */
	uint32_t reported;      /* end of the bytes on the wire; captured <= reported */
	uint8_t source;         /* 0: the frame; n: the dissection's n-th buffer */
};

static inline bool cursor_ok(const struct cursor *c)
{
	return likely(*c->fault == FAULT_NONE);
}

/* Were there more bytes on the wire?  If the capture lacks them, the next read faults. */
static inline bool cursor_more(const struct cursor *c)
{
	return cursor_ok(c) && c->pos < c->reported;
}

/* How many can be read without a fault. */
static inline uint32_t cursor_left(const struct cursor *c)
{
	return cursor_ok(c) ? c->captured - c->pos : 0;
}

/* Notes that n more bytes were wanted and are not there. */
void cursor_fail(struct cursor *c, uint32_t n) __attribute__((cold));

/* The next n bytes, which the cursor steps over, or NULL. */
static inline const uint8_t *cursor_bytes(struct cursor *c, uint32_t n)
{
	if (unlikely(n > cursor_left(c))) {
		cursor_fail(c, n);
		return NULL;
	}
	const uint8_t *at = c->data + c->pos;
	c->pos += n;
	return at;
}

static inline uint8_t cursor_u8(struct cursor *c)
{
	const uint8_t *p = cursor_bytes(c, 1);
	return p ? p[0] : 0;
}

static inline uint16_t cursor_u16(struct cursor *c)
{
	const uint8_t *p = cursor_bytes(c, 2);
	return p ? load_be16(p) : 0;
}

static inline uint32_t cursor_u32(struct cursor *c)
{
	const uint8_t *p = cursor_bytes(c, 4);
	return p ? load_be32(p) : 0;
}

static inline uint32_t cursor_u24(struct cursor *c)
{
	const uint8_t *p = cursor_bytes(c, 3);
	return p ? load_be24(p) : 0;
}

static inline uint64_t cursor_u64(struct cursor *c)
{
	const uint8_t *p = cursor_bytes(c, 8);
	return p ? load_be64(p) : 0;
}

static inline uint16_t cursor_le16(struct cursor *c)
{
	const uint8_t *p = cursor_bytes(c, 2);
	return p ? load_le16(p) : 0;
}

static inline uint32_t cursor_le32(struct cursor *c)
{
	const uint8_t *p = cursor_bytes(c, 4);
	return p ? load_le32(p) : 0;
}

static inline void cursor_skip(struct cursor *c, uint32_t n)
{
	(void)cursor_bytes(c, n);
}

/* Looks ahead without moving and without a fault; false when it does not fit. */
static inline bool cursor_peek(const struct cursor *c, uint32_t offset, uint32_t n,
			       const uint8_t **at)
{
	uint32_t left = cursor_left(c);
	if (offset > left || n > left - offset)
		return false;
	*at = c->data + c->pos + offset;
	return true;
}

/* A cursor on the next n bytes only, which the parent steps over: what a length
 * field in the packet allows.  A length that overruns the parent is clamped, and
 * reading on past that is a fault of the packet, not of the capture. */
struct cursor cursor_split(struct cursor *parent, uint32_t n);

/* How many bytes the wire had from here on, held or not. */
static inline uint32_t cursor_sent(const struct cursor *c)
{
	return cursor_ok(c) ? c->reported - c->pos : 0;
}

/* Forgets the last n bytes that were sent (a trailer, padding), which go to the
 * returned cursor. */
struct cursor cursor_cut_tail(struct cursor *c, uint32_t n);

#endif
